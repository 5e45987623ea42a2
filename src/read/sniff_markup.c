/* Tells the formats that are written in XML or HTML apart by their first element. Must not look further. */
#include "read/encoding.h"
#include "read/format.h"

#include <string.h>

enum { CERTAIN = 90, LIKELY = 60, BY_NAME = 40 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends(dsr_slice name, const char *ending)
{
    dsr_slice wanted = dsr_slice_of(ending);
    return name.len >= wanted.len &&
           dsr_slice_equal_nocase(dsr_slice_part(name, name.len - wanted.len, name.len), wanted);
}

/* The head as ASCII: UTF-16 squeezed into `room`, without a mark of byte order and leading white space. */
static dsr_slice squeeze(dsr_slice head, char room[DSR_SNIFF_BYTES])
{
    bool marked =
        head.len >= 2 && ((unsigned char)head.ptr[0] >= 0xFE || head.ptr[0] == 0 || head.ptr[1] == 0);
    dsr_wide wide = marked ? dsr_wide_tell(head) : (dsr_wide){NULL, 0, false, 0};
    if (wide.name != NULL) {
        size_t count = 0;
        for (size_t at = wide.mark; at + wide.unit <= head.len; at += wide.unit) {
            uint32_t unit = dsr_wide_unit(wide, head, at);
            room[count++] = unit < 0x80 ? (char)unit : '?';
        }
        head = (dsr_slice){room, count};
    } else if (dsr_slice_starts(head, DSR_SLICE("\xEF\xBB\xBF"))) {
        head = dsr_slice_part(head, 3, head.len);
    }
    return dsr_slice_trim(head);
}

/* What stands behind the first `mark`; nothing where there is none. */
static dsr_slice behind(dsr_slice s, const char *mark)
{
    size_t at = dsr_slice_find(s, dsr_slice_of(mark), 0);
    return at == SIZE_MAX ? dsr_slice_part(s, s.len, s.len) : dsr_slice_part(s, at + strlen(mark), s.len);
}

/* A <!DOCTYPE ...>, with the declarations in brackets that it may hold. */
static dsr_slice behind_doctype(dsr_slice s)
{
    bool inside = false;
    for (size_t i = 0; i < s.len; i++) {
        inside = s.ptr[i] == '[' || (inside && s.ptr[i] != ']');
        if (s.ptr[i] == '>' && !inside) {
            return dsr_slice_part(s, i + 1, s.len);
        }
    }
    return dsr_slice_part(s, s.len, s.len);
}

typedef struct prolog {
    dsr_slice root; /* name of the first element, without prefix; "" where the head does not reach it */
    dsr_slice from; /* the head from that element on */
    bool markup;    /* it begins like markup at all */
    bool declared;  /* <?xml ...?> */
    bool html;      /* <!DOCTYPE html */
    bool nitf;      /* <!DOCTYPE nitf */
} prolog;

static dsr_slice name_at(dsr_slice s)
{
    size_t end = 0;
    size_t start = 0;
    while (end < s.len && !is_blank(s.ptr[end]) && s.ptr[end] != '>' && s.ptr[end] != '/' &&
           s.ptr[end] != '<') {
        start = s.ptr[end] == ':' ? end + 1 : start;
        end++;
    }
    return dsr_slice_part(s, start, end);
}

static bool begins_nocase(dsr_slice s, const char *word)
{
    return dsr_slice_equal_nocase(dsr_slice_part(s, 0, strlen(word)), dsr_slice_of(word));
}

static prolog read_prolog(dsr_slice s)
{
    prolog p = {.root = DSR_SLICE(""), .from = DSR_SLICE("")};
    while (s.len > 1 && s.ptr[0] == '<' && (s.ptr[1] == '?' || s.ptr[1] == '!')) {
        p.markup = true;
        if (s.ptr[1] == '?') {
            p.declared = p.declared || dsr_slice_starts(s, DSR_SLICE("<?xml"));
            s = behind(s, "?>");
        } else if (dsr_slice_starts(s, DSR_SLICE("<!--"))) {
            s = behind(s, "-->");
        } else {
            dsr_slice type = dsr_slice_trim(dsr_slice_part(s, sizeof "<!DOCTYPE" - 1, s.len));
            p.html = p.html || (begins_nocase(s, "<!DOCTYPE") && begins_nocase(type, "html"));
            p.nitf = p.nitf || (begins_nocase(s, "<!DOCTYPE") && begins_nocase(type, "nitf"));
            s = behind_doctype(s);
        }
        s = dsr_slice_trim(s);
    }
    char next = s.len > 1 && s.ptr[0] == '<' ? (char)(s.ptr[1] | 0x20) : '\0';
    if (next >= 'a' && next <= 'z') {
        p.markup = true;
        p.from = s;
        p.root = name_at(dsr_slice_part(s, 1, s.len));
    }
    return p;
}

static prolog prolog_of(const dsr_sniff *sniff, char room[DSR_SNIFF_BYTES])
{
    return read_prolog(squeeze(sniff->head, room));
}

/* Whether the first element has one of these names. */
static int root_is(const dsr_sniff *sniff, const char *const *names, size_t count)
{
    char room[DSR_SNIFF_BYTES];
    prolog p = prolog_of(sniff, room);
    for (size_t i = 0; i < count; i++) {
        if (p.root.len > 0 && dsr_slice_equal(p.root, dsr_slice_of(names[i]))) {
            return CERTAIN;
        }
    }
    return 0;
}

#define ROOT_IS(sniff, ...)                                                                                  \
    root_is(sniff, (const char *const[]){__VA_ARGS__},                                                       \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

int dsr_sniff_rss(const dsr_sniff *sniff)
{
    char room[DSR_SNIFF_BYTES];
    if (ROOT_IS(sniff, "rss") != 0) {
        return CERTAIN;
    }
    dsr_slice from = prolog_of(sniff, room).from; /* RSS 1.0 is RDF, but not all RDF is RSS */
    bool feed = dsr_slice_find(from, DSR_SLICE("purl.org/rss/"), 0) != SIZE_MAX ||
                dsr_slice_find(from, DSR_SLICE("my.netscape.com/rdf/"), 0) != SIZE_MAX ||
                dsr_slice_find(from, DSR_SLICE("purl.org/net/rss"), 0) != SIZE_MAX;
    return feed && ROOT_IS(sniff, "RDF", "Channel") != 0 ? CERTAIN : 0;
}

int dsr_sniff_atom(const dsr_sniff *sniff)
{
    return ROOT_IS(sniff, "feed", "entry");
}

int dsr_sniff_opml(const dsr_sniff *sniff)
{
    return ROOT_IS(sniff, "opml");
}

int dsr_sniff_sitemap(const dsr_sniff *sniff)
{
    return ROOT_IS(sniff, "urlset", "sitemapindex");
}

int dsr_sniff_newsml_g2(const dsr_sniff *sniff)
{
    return ROOT_IS(sniff, "newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem",
                   "planningItem", "catalogItem");
}

int dsr_sniff_newsml_1(const dsr_sniff *sniff)
{
    return ROOT_IS(sniff, "NewsML");
}

int dsr_sniff_nitf(const dsr_sniff *sniff)
{
    char room[DSR_SNIFF_BYTES];
    return prolog_of(sniff, room).nitf ? CERTAIN : ROOT_IS(sniff, "nitf");
}

int dsr_sniff_html(const dsr_sniff *sniff)
{
    static const char *const tags[] = {"a",    "article", "base",  "blockquote", "body", "br",     "center",
                                       "div",  "font",    "h1",    "h2",         "h3",   "head",   "img",
                                       "link", "main",    "meta",  "ol",         "p",    "script", "section",
                                       "span", "style",   "table", "title",      "ul"};
    char room[DSR_SNIFF_BYTES];
    prolog p = prolog_of(sniff, room);
    if (p.html || begins_nocase(p.from, "<html")) {
        return CERTAIN;
    }
    bool named = ends(sniff->name, ".html") || ends(sniff->name, ".htm") || ends(sniff->name, ".xhtml");
    if (p.markup && named) {
        return LIKELY;
    }
    for (size_t i = 0; p.root.len > 0 && !p.declared && i < sizeof tags / sizeof *tags; i++) {
        if (dsr_slice_equal_nocase(p.root, dsr_slice_of(tags[i]))) {
            return LIKELY;
        }
    }
    return 0;
}

int dsr_sniff_xml(const dsr_sniff *sniff)
{
    char room[DSR_SNIFF_BYTES];
    prolog p = prolog_of(sniff, room);
    if (p.declared) {
        return LIKELY - 10;
    }
    bool named = ends(sniff->name, ".xml") || ends(sniff->name, ".rdf") || ends(sniff->name, ".xsd") ||
                 ends(sniff->name, ".svg") || ends(sniff->name, ".kml");
    return p.markup && named ? BY_NAME : 0;
}
