/* What a page says of itself, from whole small pages. */
#include "page/facts.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first */
#include <cmocka.h>

static dsr_lexicon *lexicon;

static int open_lexicon(void **state)
{
    (void)state;
    return dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, NULL) == DSR_OK ? 0 : -1;
}

static int close_lexicon(void **state)
{
    (void)state;
    dsr_lexicon_close(lexicon);
    return 0;
}

typedef struct taken {
    dsr_arena *arena;
    page_tree tree;
    dsr_report report;
    uint32_t heading;
} taken;

static void take_bytes(taken *t, dsr_slice page)
{
    memset(t, 0, sizeof *t);
    t->arena = dsr_arena_new(0);
    assert_non_null(t->arena);
    assert_int_equal(dsr_page_tree_build(t->arena, page, &t->tree), DSR_OK);
    assert_int_equal(dsr_page_facts_take(&t->tree, lexicon, &t->report, &t->heading), DSR_OK);
}

static void take(taken *t, const char *page)
{
    take_bytes(t, dsr_slice_of(page));
}

static void drop(taken *t)
{
    dsr_arena_drop(t->arena);
}

static void expect(dsr_slice got, const char *wanted)
{
    char shown[512];
    assert_true(got.len < sizeof shown);
    memcpy(shown, got.len > 0 ? got.ptr : "", got.len);
    shown[got.len] = '\0';
    assert_string_equal(shown, wanted);
}

/* Authors joined by "|". */
static void expect_authors(const taken *t, const char *wanted)
{
    char joined[512] = "";
    for (size_t i = 0; i < t->report.meta.authors.count; i++) {
        dsr_slice name = t->report.meta.authors.items[i];
        assert_true(strlen(joined) + name.len + 2 < sizeof joined);
        strcat(joined, i > 0 ? "|" : "");
        strncat(joined, name.ptr, name.len);
    }
    assert_string_equal(joined, wanted);
}

static void check_headline(const char *page, const char *headline, const char *why)
{
    taken t;
    take(&t, page);
    expect(t.report.meta.headline, headline);
    expect(t.report.meta.headline_why, why);
    drop(&t);
}

static void check_published(const char *page, const char *iso, const char *why, dsr_origin from)
{
    taken t;
    take(&t, page);
    expect(t.report.meta.published.iso, iso);
    expect(t.report.meta.published_why, why);
    assert_int_equal(t.report.meta.published_from, from);
    drop(&t);
}

static void check_authors(const char *page, const char *authors)
{
    taken t;
    take(&t, page);
    expect_authors(&t, authors);
    drop(&t);
}

#define LD(json)                                                                                             \
    "<html><head><script type=\"application/ld+json\">" json "</script></head><body><p>x</p></body></html>"

static void everything_from_json_ld(void **state)
{
    (void)state;
    taken t;
    take(&t,
         LD("{\"@context\":\"https://schema.org\",\"@type\":[\"Thing\",\"ReportageNewsArticle\"],"
            "\"headline\":\"Storm hits the coast\",\"datePublished\":\"2022-01-11T20:17:00+05:00\","
            "\"dateModified\":\"2022-01-10\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Lee\"},\"Bo "
            "Dee\"],"
            "\"publisher\":{\"@type\":\"NewsMediaOrganization\",\"name\":\"The Post\"},"
            "\"articleSection\":[\"World\",\"Asia\"],\"url\":\"https://e.org/a\",\"inLanguage\":\"en-GB\"}"));
    const dsr_meta *meta = &t.report.meta;
    expect(meta->headline, "Storm hits the coast");
    expect(meta->headline_why, "JSON-LD headline");
    assert_int_equal(meta->headline_from, DSR_FROM_METADATA);
    expect(meta->published.iso, "2022-01-11T20:17:00+05:00");
    expect(meta->published_why, "JSON-LD datePublished");
    expect(meta->modified.iso, "2022-01-10"); /* before it was published: as stated */
    expect(meta->outlet, "The Post");
    expect(meta->outlet_why, "JSON-LD publisher");
    expect(meta->section, "World");
    expect(meta->canonical, "https://e.org/a");
    expect(t.report.source.url, "https://e.org/a");
    expect(meta->language, "en");
    expect_authors(&t, "Ann Lee|Bo Dee");
    expect(meta->authors_why, "JSON-LD author");
    assert_true(t.heading == UINT32_MAX);
    drop(&t);
}

static void json_ld_that_is_broken_somehow(void **state)
{
    (void)state;
    check_headline(LD("<!-- {\"@type\":\"NewsArticle\",\"headline\":\"A commented one\"} -->"),
                   "A commented one", "JSON-LD headline");
    check_headline(LD("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"In a section\"}\n//]]>"),
                   "In a section", "JSON-LD headline");
    check_headline(LD("{\"@type\":\"NewsArticle\",\"headline\":\"A line\n\tbroken \\'twice\\'\",};"),
                   "A line broken 'twice'", "JSON-LD headline");
    check_headline(
        LD("{\"@type\":\"NewsArticle\",\"headline\":\"It&amp;#8217;s &quot;so&quot; <i>said</i>\"}"),
        "It\xe2\x80\x99s \"so\" said", "JSON-LD headline");
    /* One that cannot be read does not cost the next. */
    check_headline(
        "<script type=\"application/ld+json\">{\"@type\":</script>"
        "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"The second\"}</script>",
        "The second", "JSON-LD headline");
}

static void json_ld_by_reference(void **state)
{
    (void)state;
    taken t;
    take(&t, LD("{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"Rain\",\"author\":{\"@id\":\"#p\"},"
                "\"publisher\":{\"@id\":\"#o\"}},{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Ann Lee\"},"
                "{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Weather Daily\"}]}"));
    expect_authors(&t, "Ann Lee");
    expect(t.report.meta.outlet, "Weather Daily");
    drop(&t);
}

static void the_article_that_the_page_is_about(void **state)
{
    (void)state;
    taken t;
    take(&t,
         "<title>Minister quits over leak | Daily</title><script type=\"application/ld+json\">"
         "[{\"@type\":\"NewsArticle\",\"headline\":\"Ten best beaches\",\"datePublished\":\"2020-05-05\"},"
         "{\"@type\":\"NewsArticle\",\"headline\":\"Minister quits over "
         "leak\",\"datePublished\":\"2022-01-11\"}]"
         "</script><h1>Minister quits over leak</h1>");
    expect(t.report.meta.headline, "Minister quits over leak");
    expect(t.report.meta.published.iso, "2022-01-11");
    drop(&t);
    /* Items of a list are other reports. */
    take(&t, LD("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":"
                "\"Other\"}]}"));
    assert_null(t.report.meta.headline.ptr);
    drop(&t);
}

static void headlines_without_the_outlet(void **state)
{
    (void)state;
    check_headline("<meta property=og:title content='Rain stops play - The Post'>"
                   "<meta property=og:site_name content='The Post'>",
                   "Rain stops play", "meta og:title");
    check_headline("<link rel=canonical href='https://www.dailyrain.co.uk/a'><title>Rain stops play | Daily "
                   "Rain</title>",
                   "Rain stops play", "title element");
    check_headline("<title>Rain \xe2\x80\x94 stops play \xe2\x80\x93 Sport \xc2\xbb Blah</title><h1>Rain "
                   "\xe2\x80\x94 stops play</h1>",
                   "Rain \xe2\x80\x94 stops play", "h1");
    check_headline("<title>The Post: Rain stops play</title><meta property=og:site_name content=Post>",
                   "Rain stops play", "title element");
    /* A dash inside a headline is no separator of a name. */
    check_headline("<meta property=og:title content='Rain - and wind - stop play'>"
                   "<meta property=og:site_name content='The Post'>",
                   "Rain - and wind - stop play", "meta og:title");
    check_headline("<title>It&amp;#8217;s   raining\n now</title>", "It\xe2\x80\x99s raining now",
                   "title element");
}

static void headlines_by_agreement(void **state)
{
    (void)state;
    check_headline(
        "<meta property=og:title content='You will not believe this'><title>Rain stops play</title>"
        "<h1>Rain stops play</h1>",
        "Rain stops play", "h1");
    /* Cut by a machine. */
    check_headline("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Rain "
                   "stops play at\\u2026\"}"
                   "</script><h1>Rain stops play at last in Leeds</h1>",
                   "Rain stops play at last in Leeds", "h1");
    /* A logo. */
    check_headline("<h1>Sport</h1><meta property=og:title content='Rain stops play'><h1>Rain stops play</h1>",
                   "Rain stops play", "meta og:title");
    check_headline("<title>Rain stops play at last - The Tam Post</title><h1><a href=/>The Tam Post</a></h1>"
                   "<h2 class=entry-title>Rain stops play at last</h2>",
                   "Rain stops play at last", "h2");
    check_headline("<title>The Tam Post - Rain stops play at last</title><h1><a href=/>The Tam Post</a></h1>"
                   "<h2>Rain stops play at last</h2>",
                   "Rain stops play at last", "h2");
    check_headline("<meta name=DC.Title content='Rain stops play'>", "Rain stops play", "meta dc:title");
    check_headline("<meta property='x:y og:title' content='Rain'>", "Rain", "meta og:title");
}

static void the_heading_that_says_it(void **state)
{
    (void)state;
    taken t;
    take(&t, "<h1>Sport</h1><meta property=og:title content=\"Rain's here again\"><h2>Rain\xe2\x80\x99s HERE "
             "again</h2>");
    assert_true(t.heading < t.tree.nodes.count);
    assert_int_equal(t.tree.nodes.items[t.heading].tag, PAGE_TAG_H2);
    drop(&t);
    take(&t, "<meta property=og:title content='Rain is here again today'><h1>Rain is here again</h1>");
    assert_true(t.heading < t.tree.nodes.count);
    assert_int_equal(t.tree.nodes.items[t.heading].tag, PAGE_TAG_H1);
    drop(&t);
    take(&t, "<meta property=og:title content='Rain is here'><h2>Read more</h2>");
    assert_true(t.heading == UINT32_MAX);
    drop(&t);
}

static void dates_in_order(void **state)
{
    (void)state;
    check_published("<meta property=article:published_time content='2022-01-11T20:17:00Z'>"
                    "<meta name=date content='2021-01-01'><time datetime='2020-01-01'>x</time>",
                    "2022-01-11T20:17:00Z", "meta article:published_time", DSR_FROM_METADATA);
    /* What cannot be read is passed over. */
    check_published("<meta property=article:published_time content='yesterday'><meta name=pubdate "
                    "content='Jan. 11, 2022 8:17 pm'>",
                    "2022-01-11T20:17", "meta pubdate", DSR_FROM_METADATA);
    check_published("<meta property=article:modified_time content='2022-01-12'>", "", "", DSR_FROM_UNKNOWN);
    check_published("<div itemscope><span itemprop='dateModified' content='2022-02-02'></span>"
                    "<span itemprop='datePublished' content='2022-01-11'></span></div>",
                    "2022-01-11", "itemprop datePublished", DSR_FROM_METADATA);
    /* The same moment with the place's own zone tells more. */
    check_published(
        "<script "
        "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2022-01-12T01:00:00Z\"}"
        "</script><meta property=article:published_time content='2022-01-11T20:00:00-05:00'>",
        "2022-01-11T20:00:00-05:00", "meta article:published_time", DSR_FROM_METADATA);
    check_published("<meta name=date content='1641930000'>", "2022-01-11T19:40:00Z", "meta date",
                    DSR_FROM_METADATA);
    check_published("<meta name=date content='1970-01-01T00:00:00Z'>", "", "", DSR_FROM_UNKNOWN);
    check_published("<meta name=date content='2022-01-11T00:00:00'>", "2022-01-11", "meta date",
                    DSR_FROM_METADATA);
    check_published("<meta name=date content='31 February 2022'>", "", "", DSR_FROM_UNKNOWN);
}

static void time_elements(void **state)
{
    (void)state;
    check_published("<nav><time datetime='2019-01-01'>a</time></nav><h1>Rain stops play</h1>"
                    "<time class=updated datetime='2022-01-12'>b</time><time datetime='2022-01-11'>c</time>"
                    "<div class=comments><time class=published datetime='2022-03-01'>d</time></div>",
                    "2022-01-11", "time element", DSR_FROM_METADATA);
    check_published("<h1>Rain stops play</h1><time datetime='2020-01-11'>c</time><p>x</p>"
                    "<time class='entry-published' datetime='2022-01-11'>c</time>",
                    "2022-01-11", "time element", DSR_FROM_METADATA);
    check_published("<h1>Rain stops play</h1><time>11 January 2022</time>", "2022-01-11", "time element",
                    DSR_FROM_METADATA);
}

static void dates_in_addresses(void **state)
{
    (void)state;
    static const char why[] = "the date in its address";
    check_published("<link rel=canonical href='https://e.org/2022/01/11/rain'>", "2022-01-11", why,
                    DSR_FROM_INFERRED);
    check_published("<link rel=canonical href='https://e.org/world/2022/jan/11/rain'>", "2022-01-11", why,
                    DSR_FROM_INFERRED);
    check_published("<meta property=og:url content='https://e.org/rain-20220111.html'>", "2022-01-11", why,
                    DSR_FROM_INFERRED);
    check_published("<link rel=canonical href='https://e.org/20221399/2022/13/11?d=2022-01-11'>", "", "",
                    DSR_FROM_UNKNOWN);
    check_published("<link rel=canonical href='https://e.org/202201115'>", "", "", DSR_FROM_UNKNOWN);
}

static void authors_of_all_sorts(void **state)
{
    (void)state;
    check_authors("<meta name=author content='By Ann Lee, Bo Dee and Cy Fee'>", "Ann Lee|Bo Dee|Cy Fee");
    check_authors("<meta name=author content='Ann Lee'><meta name=author content='ANN LEE'><meta name=author "
                  "content='Bo Dee'>",
                  "Ann Lee|Bo Dee");
    check_authors("<meta property=article:author content='https://www.facebook.com/x'><a rel=author "
                  "href=/x>Ann Lee</a>",
                  "Ann Lee");
    check_authors("<meta name=twitter:creator content='@annlee'>", "");
    check_authors("<meta property=og:site_name content='The Post'><meta name=author content='The Post'>"
                  "<p class=byline>By Ann Lee</p>",
                  "Ann Lee");
    check_authors("<meta property=og:site_name content='The Post'><meta name=author content='The Post'>",
                  "The Post");
    check_authors("<meta name=author content='Lee, Ann'>", "Lee, Ann");
    check_authors("<meta name=author content='Ann Lee, Senior Reporter'>", "Ann Lee");
    check_authors("<div itemprop=author itemscope><b itemprop=name>Ann Lee</b> likes cats</div>"
                  "<div class=comments><i itemprop=author>Troll One</i></div>",
                  "Ann Lee");
    check_authors("<p class=byline>By Ann Lee 11 January 2022</p>", "");
    check_authors("<meta name=author content='Smith & Sons'>", "Smith & Sons");
}

static void addresses_are_completed(void **state)
{
    (void)state;
    static const struct {
        const char *page, *address;
    } cases[] = {
        {"<base href='https://e.org/x/y?z'><link rel=canonical href='/news/a?b#c'>",
         "https://e.org/news/a?b#c"},
        {"<base href='https://e.org/x/y?z'><link rel=canonical href='a'>", "https://e.org/x/a"},
        {"<base href='https://e.org'><link rel=canonical href='a'>", "https://e.org/a"},
        {"<base href='https://e.org/x?y'><link rel=canonical href='?a'>", "https://e.org/x?a"},
        {"<base href='https://e.org/x/'><link rel=canonical href='//f.org/a'>", "https://f.org/a"},
        {"<meta property=og:url content='https://e.org/b'><link rel=canonical href='/a'>", "https://e.org/a"},
        {"<base href='https://e.org/x/'><link rel=canonical href='javascript:alert(1)'>", ""},
        {"<base href='https://e.org/x/'><link rel=canonical href='../a'>", ""},
        {"<base href='/x/'><link rel=canonical href='/a'>", ""},
        {"<link rel=canonical href='//f.org/a'>", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        taken t;
        take(&t, cases[i].page);
        expect(t.report.meta.canonical, cases[i].address);
        drop(&t);
    }
}

static void outlet_section_and_language(void **state)
{
    (void)state;
    taken t;
    take(&t, "<html lang=en-GB><meta property=article:section content='World &amp; all'>"
             "<meta name=application-name content=Post><link rel='x canonical' href='/relative'>"
             "<meta property=og:url content='https://e.org/a'>");
    expect(t.report.meta.outlet, "Post");
    expect(t.report.meta.outlet_why, "meta application-name");
    assert_int_equal(t.report.meta.outlet_from, DSR_FROM_METADATA);
    expect(t.report.meta.section, "World & all");
    expect(t.report.meta.canonical, "https://e.org/relative");
    expect(t.report.meta.canonical_why, "link rel=canonical");
    expect(t.report.meta.language, "en");
    drop(&t);
    /* A motto as publisher: the name that the address bears is the outlet's. */
    take(&t,
         "<script "
         "type=\"application/"
         "ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"publisher\":{\"name\":\"Hope is back\"}}"
         "</script><meta property=og:site_name content='The Daily Rain'>"
         "<link rel=canonical href='https://www.thedailyrain.com/a'>");
    expect(t.report.meta.outlet, "The Daily Rain");
    drop(&t);
    take(&t, "<html lang=x><meta property=og:locale content=de_DE><p>x");
    expect(t.report.meta.language, "de");
    drop(&t);
}

static void long_fields_are_cut(void **state)
{
    (void)state;
    enum { TIMES = 6000 };
    char *page = malloc(TIMES * 3 + 100);
    assert_non_null(page);
    size_t length = (size_t)sprintf(page, "<meta property=og:title content='a");
    for (int i = 0; i < TIMES; i++, length += 2) {
        memcpy(page + length, "\xc3\xa9", 2);
    }
    length += (size_t)sprintf(page + length, "'><p>x");
    taken t;
    take_bytes(&t, (dsr_slice){page, length});
    assert_true(t.report.meta.headline.len == DSR_LIMIT_FIELD_BYTES - 1); /* "a" and whole characters */
    drop(&t);
    free(page);
}

static void hostile_json_ld(void **state)
{
    (void)state;
    enum { DEEP = 200000 };
    char *page = malloc(DEEP * 2 + 200);
    assert_non_null(page);
    size_t length = (size_t)sprintf(page, "<script type=\"application/ld+json\">");
    for (int i = 0; i < DEEP; i++) {
        page[length++] = '[';
    }
    length += (size_t)sprintf(page + length, "</script><script type=\"application/ld+json\">{\"@graph\":");
    for (int i = 0; i < 1000; i++) {
        page[length++] = '[';
    }
    for (int i = 0; i < 1000; i++) {
        page[length++] = ']';
    }
    length += (size_t)sprintf(page + length, "}</script><title>Rain</title>");
    taken t;
    take_bytes(&t, (dsr_slice){page, length});
    expect(t.report.meta.headline, "Rain");
    drop(&t);
    free(page);
}

static void nothing_at_all(void **state)
{
    (void)state;
    taken t;
    take(&t, "<p>Only words.</p>");
    assert_null(t.report.meta.headline.ptr);
    assert_null(t.report.meta.published.iso.ptr);
    assert_null(t.report.meta.outlet.ptr);
    assert_int_equal(t.report.meta.authors.count, 0);
    assert_true(t.heading == UINT32_MAX);
    drop(&t);
    take(&t, "");
    assert_true(t.heading == UINT32_MAX);
    drop(&t);
}

static void what_is_set_stays(void **state)
{
    (void)state;
    taken t = {.arena = dsr_arena_new(0)};
    assert_non_null(t.arena);
    t.report.meta.headline = DSR_SLICE("Mine");
    t.report.meta.outlet = DSR_SLICE("My outlet");
    assert_int_equal(
        dsr_page_tree_build(t.arena, DSR_SLICE("<h1>Theirs</h1><meta name=publisher content=x>"), &t.tree),
        DSR_OK);
    assert_int_equal(dsr_page_facts_take(&t.tree, lexicon, &t.report, &t.heading), DSR_OK);
    expect(t.report.meta.headline, "Mine");
    expect(t.report.meta.outlet, "My outlet");
    drop(&t);
}

static void check_agencies(const char *page, const char *authors, const char *agency)
{
    taken t;
    take(&t, page);
    expect_authors(&t, authors);
    assert_int_equal(t.report.meta.agencies.count, agency[0] != '\0');
    if (agency[0] != '\0') {
        expect(t.report.meta.agencies.items[0], agency);
        assert_int_equal(t.report.meta.agencies_from, DSR_FROM_METADATA);
    }
    drop(&t);
}

/* Whose text it is bears on who copied whom: agencies are no authors. */
static void agencies_are_no_authors(void **state)
{
    (void)state;
    check_agencies(
        LD("{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\",\"name\":\"Reuters\"},"
           "\"publisher\":{\"name\":\"The Post\"}}"),
        "", "Reuters");
    check_agencies("<p class=byline>By ANN LEE, Associated Press</p>", "ANN LEE", "AP");
    check_agencies("<p class=byline>Ann Lee and AFP</p>", "Ann Lee", "AFP");
    check_agencies("<p class=byline>Ann Lee (Reuters)</p>", "Ann Lee", "Reuters");
    check_agencies("<p class=byline>Ann Lee/Reuters</p>", "Ann Lee", "Reuters");
    check_agencies("<p class=byline>Ann Lee for Reuters</p>", "Ann Lee", "Reuters");
    check_agencies("<meta name=author content='Reuters Staff'>", "", "Reuters");
    check_agencies("<meta name=author content='AFP - Agence France-Presse'>", "", "AFP");
    /* Surnames, and the outlet itself, are none. */
    check_agencies("<meta name=author content='Michael Bloomberg'>", "Michael Bloomberg", "");
    check_agencies(
        "<meta property=og:site_name content='AP News'><meta name=author content='The Associated Press'>",
        "The Associated Press", "");
    check_agencies("<meta name=author content='Leyla Efe'>", "Leyla Efe", "");
    check_agencies("<meta property=og:site_name content='Reuters'><meta name=author content='Reuters'>",
                   "Reuters", "");
}

static void bylines_without_what_is_no_name(void **state)
{
    (void)state;
    check_authors("<p class=byline>Words by Ann Lee, in Hale</p>", "Ann Lee");
    check_authors("<p class=byline>Ann Lee in Hale</p>", "Ann Lee");
    check_authors("<p class=byline>From Ann Lee in Hale and Bo Dee in Kyiv</p>", "Ann Lee|Bo Dee");
    check_authors("<p class=byline>By Ann Lee and agencies</p>", "Ann Lee");
    check_authors("<p class=byline>Analysis by Ann Lee</p>", "Ann Lee");
    check_authors("<p class=byline>By Ann Lee for The Tam Post</p>", "Ann Lee");
    check_authors("<p class=byline>Ann Lee @annlee</p>", "Ann Lee");
    check_authors("<meta name=author content='Women in Media'>", "Women in Media");
    check_authors("<meta name=author content='Center for Public Health'>", "Center for Public Health");
}

static void date_lines_of_the_layout(void **state)
{
    (void)state;
    static const char *const classes[] = {"date",      "published", "pubdate",
                                          "timestamp", "posted-on", "article-date"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        char page[256];
        snprintf(page, sizeof page,
                 "<title>Rain stops play</title><h1>Rain stops play</h1><div class='%s'>4 March "
                 "2025</div><p>x",
                 classes[i]);
        check_published(page, "2025-03-04", "date line", DSR_FROM_METADATA);
    }
    check_published("<h1>Rain stops play</h1><div><span>Updated 6 March 2025</span><span>Published 4 March "
                    "2025</span></div>",
                    "2025-03-04", "date line", DSR_FROM_METADATA);
    check_published(
        "<h1>Rain stops play</h1><p class=dateline>Published: Tuesday 4 March 2025, 09:15 AEDT</p>",
        "2025-03-04T09:15+11:00", "date line", DSR_FROM_METADATA);
    check_published("<html lang=de><h1>Rain stops play</h1><p class=artikel-date>4. M\u00e4rz 2025</p>",
                    "2025-03-04", "date line", DSR_FROM_METADATA);
    check_published("<h1>Rain stops play</h1><div class=date>03/04/2025</div>", "", "", DSR_FROM_UNKNOWN);
    check_published("<h1>Rain stops play</h1><div class=date>Updated: 6 March 2025</div>", "", "",
                    DSR_FROM_UNKNOWN);
    check_published("<h1>Rain stops play</h1><div class=date>10 hours ago</div>", "", "", DSR_FROM_UNKNOWN);
    check_published("<h1>Rain stops play</h1><aside><div class=date>6 March 2025</div></aside>", "", "",
                    DSR_FROM_UNKNOWN);
    check_published("<meta name=date content='2025-03-04T10:00:00[Europe/Berlin]'>", "2025-03-04T10:00:00",
                    "meta date", DSR_FROM_METADATA);
    check_published(LD("{\"@type\":\"VideoObject\",\"uploadDate\":\"2025-03-04\"}"), "2025-03-04",
                    "JSON-LD uploadDate", DSR_FROM_METADATA);
}

static void dates_that_cannot_be_read_are_named(void **state)
{
    (void)state;
    taken t;
    take(&t, "<meta property=article:published_time content='04/03/2025 at noon'>");
    assert_int_equal(t.report.warnings.count, 1);
    expect(t.report.warnings.items[0],
           "its date \"04/03/2025 at noon\" (meta article:published_time) cannot be read");
    drop(&t);
    take(&t, "<meta name=date content='31 February 2022'><time datetime='2022-02-27'>x</time>");
    assert_int_equal(t.report.warnings.count, 0);
    drop(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_from_json_ld),
        cmocka_unit_test(json_ld_that_is_broken_somehow),
        cmocka_unit_test(json_ld_by_reference),
        cmocka_unit_test(the_article_that_the_page_is_about),
        cmocka_unit_test(headlines_without_the_outlet),
        cmocka_unit_test(headlines_by_agreement),
        cmocka_unit_test(the_heading_that_says_it),
        cmocka_unit_test(dates_in_order),
        cmocka_unit_test(time_elements),
        cmocka_unit_test(dates_in_addresses),
        cmocka_unit_test(authors_of_all_sorts),
        cmocka_unit_test(addresses_are_completed),
        cmocka_unit_test(outlet_section_and_language),
        cmocka_unit_test(long_fields_are_cut),
        cmocka_unit_test(hostile_json_ld),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(what_is_set_stays),
        cmocka_unit_test(agencies_are_no_authors),
        cmocka_unit_test(bylines_without_what_is_no_name),
        cmocka_unit_test(date_lines_of_the_layout),
        cmocka_unit_test(dates_that_cannot_be_read_are_named),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
