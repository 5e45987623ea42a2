/* The registry of formats. Most are known only by name yet: an entry without a decoder sets a file aside with
 * its reason, and a decoder is all that it lacks. Must not read files. */
#include "read/format.h"

#include <string.h>

enum { SURE = 100 };

static int sniff_text(const dsr_sniff *sniff)
{
    (void)sniff;
    return 1; /* what nothing else claims */
}

static int sniff_binary(const dsr_sniff *sniff)
{
    return dsr_binary_kind(sniff->head) != NULL && dsr_binary_format(sniff->head) == NULL ? SURE : 0;
}

static int sniff_kind(const dsr_sniff *sniff, const char *name)
{
    const char *format = dsr_binary_format(sniff->head);
    return format != NULL && strcmp(format, name) == 0 ? SURE : 0;
}

static int sniff_pdf(const dsr_sniff *sniff)
{
    return sniff_kind(sniff, "pdf");
}

static int sniff_zip(const dsr_sniff *sniff)
{
    return sniff_kind(sniff, "zip");
}

static int sniff_gzip(const dsr_sniff *sniff)
{
    return sniff_kind(sniff, "gzip");
}

static int sniff_zstd(const dsr_sniff *sniff)
{
    return sniff_kind(sniff, "zstd");
}

static int sniff_warc(const dsr_sniff *sniff)
{
    return dsr_slice_starts(sniff->head, DSR_SLICE("WARC/")) ? SURE : 0;
}

static int sniff_arc(const dsr_sniff *sniff)
{
    return dsr_slice_starts(sniff->head, DSR_SLICE("filedesc://")) ? SURE : 0;
}

#define SAVE_ARTICLE  "save the article as plain text or JSON Lines first"
#define SAVE_ARTICLES "save its articles as plain text or JSON Lines first"
#define FETCH         "fetch the pages that it lists and save them as plain text or JSON Lines first"
#define SAVE_TEXT     "save its text as plain text first"

#define KNOWN(id, name, description, sniff, advice)                                                          \
    static const dsr_format id = {name, description, advice, sniff, DSR_CUT_FILE, NULL}
#define READABLE(id, name, description, sniff, cut, decode)                                                  \
    static const dsr_format id = {name, description, NULL, sniff, cut, decode}

KNOWN(pdf, "pdf", "a PDF document", sniff_pdf, SAVE_TEXT);
KNOWN(zip, "zip", "a ZIP archive", sniff_zip, "unpack it, or save its text as plain text first");
KNOWN(gzip, "gzip", "a gzip archive", sniff_gzip, "unpack it with gunzip first");
KNOWN(zstd, "zstd", "a zstd archive", sniff_zstd, "unpack it with unzstd first");
KNOWN(binary, "binary", "a binary file", sniff_binary, SAVE_TEXT);
KNOWN(warc, "warc", "a WARC archive", sniff_warc, SAVE_ARTICLES);
KNOWN(arc, "arc", "an ARC archive", sniff_arc, SAVE_ARTICLES);
KNOWN(json_utf16, "json-utf16", "JSON in UTF-16", dsr_sniff_json_utf16,
      "convert it first: iconv -f UTF-16 -t UTF-8 OLD > NEW");
KNOWN(jsonfeed, "jsonfeed", "a JSON Feed", dsr_sniff_jsonfeed, SAVE_ARTICLES);
KNOWN(ninjs, "ninjs", "a ninjs news item", dsr_sniff_ninjs, SAVE_ARTICLE);
READABLE(jsonl, "jsonl", "JSON Lines", dsr_sniff_jsonl, DSR_CUT_LINES, dsr_decode_json);
READABLE(json, "json", "JSON", dsr_sniff_json, DSR_CUT_VALUES, dsr_decode_json);
KNOWN(rss, "rss", "an RSS feed", dsr_sniff_rss, SAVE_ARTICLES);
KNOWN(atom, "atom", "an Atom feed", dsr_sniff_atom, SAVE_ARTICLES);
KNOWN(opml, "opml", "an OPML list of feeds", dsr_sniff_opml, FETCH);
KNOWN(sitemap, "sitemap", "a sitemap", dsr_sniff_sitemap, FETCH);
KNOWN(newsml_g2, "newsml-g2", "a NewsML-G2 item", dsr_sniff_newsml_g2, SAVE_ARTICLE);
KNOWN(newsml_1, "newsml-1", "a NewsML 1 item", dsr_sniff_newsml_1, SAVE_ARTICLE);
KNOWN(nitf, "nitf", "an NITF document", dsr_sniff_nitf, SAVE_ARTICLE);
READABLE(html, "html", "an HTML page", dsr_sniff_html, DSR_CUT_FILE, dsr_decode_html);
KNOWN(xml, "xml", "an XML document", dsr_sniff_xml, SAVE_TEXT);
READABLE(text, "text", "plain text", sniff_text, DSR_CUT_FILE, dsr_decode_text);

const dsr_format *const dsr_formats[] = {
    &pdf, &zip,  &gzip, &zstd,    &binary,    &warc,     &arc,  &json_utf16, &jsonfeed, &ninjs, &jsonl, &json,
    &rss, &atom, &opml, &sitemap, &newsml_g2, &newsml_1, &nitf, &html,       &xml,      &text,  NULL};

const dsr_format *dsr_format_tell(const dsr_sniff *sniff)
{
    const dsr_format *best = &text;
    int most = 0;
    for (size_t i = 0; dsr_formats[i] != NULL; i++) {
        int sure = dsr_formats[i]->sniff(sniff);
        if (sure > most) {
            most = sure;
            best = dsr_formats[i];
        }
    }
    return best;
}

const dsr_format *dsr_format_named(const char *name)
{
    for (size_t i = 0; name != NULL && dsr_formats[i] != NULL; i++) {
        if (strcmp(dsr_formats[i]->name, name) == 0) {
            return dsr_formats[i];
        }
    }
    return NULL;
}

dsr_status dsr_format_refuse(const dsr_format *format, dsr_slice head, dsr_error *error)
{
    const char *kind = dsr_binary_kind(head);
    if (kind != NULL) {
        return dsr_fail(error, DSR_ERR_INPUT, "read", "is %s, not text; %s", kind, dsr_binary_advice(head));
    }
    return dsr_fail(error, DSR_ERR_INPUT, "read", "is %s, which this version cannot read yet; %s",
                    format->description, format->advice);
}
