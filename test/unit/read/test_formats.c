/* Which format a file is: content first, name second. And what is said of those that cannot be read. */
#include "support.h"

#include "read/format.h"

#include <string.h>

static const char *tell(const char *head, size_t size, const char *name)
{
    dsr_sniff sniff = {{head, size}, dsr_slice_of(name), true};
    return dsr_format_tell(&sniff)->name;
}

static void check(const char *wanted, const char *head, const char *name)
{
    const char *got = tell(head, strlen(head), name);
    if (strcmp(got, wanted) != 0) {
        fail_msg("%.60s (%s) is %s, not %s", head, name, got, wanted);
    }
}

static void test_text(void **state)
{
    (void)state;
    check("text", "", "a.txt");
    check("text", "MOSCOW -- Words.\n", "a.txt");
    check("text", "[Updated] Words.\n", "a.txt");
    check("text", "{Editor's note} Words.\n", "a.txt");
    check("text", "<3 from Geneva\n", "a.txt");
    check("text", "Words that mention <html> and {\"a\":1}\n", "a.txt");
    check("text", "Words in a file named as something else\n", "a.json");
    check("text", "Words in a file named as something else\n", "a.jsonl");
    check("text", "Words in a file named as something else\n", "a.html");
}

static void test_json(void **state)
{
    (void)state;
    check("jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "a.txt");
    check("jsonl", "{\"text\":\"a\"}", "a.json");
    check("jsonl", "\xEF\xBB\xBF{\"text\":\"a\"}\n", "");
    check("jsonl", "{\"text\":\"cut off\n{\"text\":\"b\"}\n", "a.jsonl");
    check("jsonl", "{\"text\": tru}\n{\"text\":\"b\"}\n", "a.jsonl");
    check("jsonl", "{\"text\":\"a\",\n{\"text\":\"b\"}\n", "a.jsonl");
    check("jsonl", "broken\n{\"text\":\"b\"}\n", "a.jsonl");
    check("json", "{\n  \"text\": \"a\"\n}\n", "a.json");
    check("json", "{\"title\": \"b\",\n \"text\": \"a\"}\n", "a.jsonl");
    check("json", "[{\"text\":\"a\"},\n{\"text\":\"b\"}]", "a.txt");
    check("json", "[\"a\"]", "a.json");
    check("jsonfeed", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", "feed.json");
    check("ninjs", "{\n \"uri\":\"u\", \"versionCreated\":\"2022-01-11\"}", "a.json");
    check("ninjs", "{\"uri\":\"u\",\"body_text\":\"x\"}", "a.json");
    assert_string_equal(tell("\xFF\xFE{\0\"\0a\0\"\0:\0"
                             "1\0}\0",
                             16, "a.json"),
                        "json-utf16");
}

static void test_markup(void **state)
{
    (void)state;
    check("html", "<!doctype HTML>\n<title>a</title>", "a");
    check("html", "  <html lang=en>", "a.txt");
    check("html", "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\" \"y\">\n<html xmlns=\"z\">", "a");
    check("html", "<!-- saved --><div class=a>x</div>", "a");
    check("html", "<p>A paragraph", "a.txt");
    check("html", "<custom-tag>x", "a.html");
    check("rss", "<?xml version=\"1.0\"?><rss version=\"2.0\">", "a.xml");
    check("rss", "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", "a");
    check("xml", "<?xml version=\"1.0\"?><rdf:RDF xmlns=\"http://example.org/\">", "a");
    check("atom", "<?xml version=\"1.0\"?>\n<!-- c > -->\n<atom:feed xmlns:atom=\"a\">", "a");
    check("opml", "<opml version=\"2.0\">", "a");
    check("sitemap", "<urlset xmlns=\"x\">", "a");
    check("sitemap", "<sitemapindex>", "a");
    check("newsml-g2", "<?xml version=\"1.0\"?><newsItem guid=\"x\">", "a");
    check("newsml-1", "<NewsML Version=\"1.2\">", "a");
    check("nitf", "<!DOCTYPE nitf SYSTEM \"nitf.dtd\" [ <!ENTITY a \">\"> ]>\n<nitf>", "a");
    check("xml", "<?xml version=\"1.0\"?><kml>", "a");
    check("xml", "<thing>", "a.xml");
    check("text", "<thing>", "a.txt");
    check("xml", "<?xml version=\"1.0\"", "a"); /* the head ends before the first element */
    assert_string_equal(tell("\xFF\xFE<\0r\0s\0s\0 \0v\0>\0", 16, "a"), "rss");
}

static void test_binaries(void **state)
{
    (void)state;
    check("pdf", "%PDF-1.7\n", "a.txt");
    check("zip", "PK\3\4rest", "a.docx");
    check("gzip", "\x1F\x8B\x08", "a.warc.gz");
    check("zstd", "\x28\xB5\x2F\xFD", "a");
    check("warc", "WARC/1.0\r\n", "a");
    check("arc", "filedesc://x", "a");
    check("binary", "\x89PNG\r\n\x1A\n", "a.txt");
    check("binary", "{\\rtf1 Words}", "a.txt");
}

static void refusal(const char *head, size_t size, const char *wanted)
{
    dsr_sniff sniff = {{head, size}, DSR_SLICE(""), true};
    dsr_error error = {0};
    assert_int_equal(dsr_format_refuse(dsr_format_tell(&sniff), sniff.head, &error), DSR_ERR_INPUT);
    assert_string_equal(error.message, wanted);
}

static void test_refusals_say_what_to_do(void **state)
{
    (void)state;
    refusal("%PDF-1.7", 8, "is a PDF document, not text; save its text as plain text first");
    refusal("PK\3\4..word/document.xml", 23,
            "is a Word document (DOCX), not text; save its text as plain text first");
    refusal("PK\3\4..a.txt", 11, "is a ZIP archive, not text; unpack it first");
    refusal("SQLite format 3\0", 16, "is an SQLite database, not text; save its text as plain text first");
    refusal("<rss>", 5,
            "is an RSS feed, which this version cannot read yet; save its articles as plain text or JSON "
            "Lines first");
    refusal("WARC/1.0", 8,
            "is a WARC archive, which this version cannot read yet; save its articles as plain text or "
            "JSON Lines first");
}

/* Every entry can be found by its name, and either reads or says what to do instead. */
static void test_registry(void **state)
{
    (void)state;
    for (size_t i = 0; dsr_formats[i] != NULL; i++) {
        assert_ptr_equal(dsr_format_named(dsr_formats[i]->name), dsr_formats[i]);
        assert_true((dsr_formats[i]->decode == NULL) == (dsr_formats[i]->advice != NULL));
    }
    assert_null(dsr_format_named("nothing"));
    assert_null(dsr_format_named(NULL));
}

/* Sniffers see any bytes and never look past them. */
static void test_any_head(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "<!DOCTYPE html [", "<?xml version=\"1.0\"?><rss", "{\"version\":\"https://jsonfeed.org/version/1\"",
        "PK\3\4word/",      "\xFF\xFE<\0r\0s\0s\0",        "[ {\"a\":1}",
        "<!-- x --><a:b"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        for (size_t size = 0; size <= strlen(heads[i]); size++) {
            char *exact = test_malloc(size + (size == 0));
            memcpy(exact, heads[i], size);
            assert_non_null(tell(exact, size, "a.xml"));
            test_free(exact);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text),
                                       cmocka_unit_test(test_json),
                                       cmocka_unit_test(test_markup),
                                       cmocka_unit_test(test_binaries),
                                       cmocka_unit_test(test_refusals_say_what_to_do),
                                       cmocka_unit_test(test_registry),
                                       cmocka_unit_test(test_any_head)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
