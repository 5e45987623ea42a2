/* Pages as a whole: limits from both sides, what is labelled, and the way back from the text. */
#include "page/page.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first */
#include <cmocka.h>

static const char said[] =
    "<p>The harbour board voted on Tuesday to close the old pier, its chair said in a statement.</p>";

typedef struct reading {
    dsr_arena *arena;
    dsr_buffer page;
    dsr_report report;
    dsr_error error;
    dsr_status status;
} reading;

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

static void start(reading *r)
{
    memset(r, 0, sizeof *r);
    r->arena = dsr_arena_new(0);
    assert_non_null(r->arena);
    dsr_buffer_open(&r->page, 0);
}

static void put(reading *r, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        dsr_buffer_append(&r->page, dsr_slice_of(text));
    }
}

static void finish(reading *r)
{
    assert_int_equal(r->page.status, DSR_OK);
    r->status = dsr_page_read(r->arena, lexicon, dsr_buffer_slice(&r->page), &r->report, &r->error);
    if (r->status == DSR_OK) {
        const char *what = "";
        assert_true(dsr_report_is_sound(&r->report, &what));
    }
}

static void drop(reading *r)
{
    dsr_buffer_drop(&r->page);
    dsr_arena_drop(r->arena);
}

static bool warns(const reading *r, const char *words)
{
    for (size_t i = 0; i < r->report.warnings.count; i++) {
        if (dsr_slice_find(r->report.warnings.items[i], dsr_slice_of(words), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* Elements deeper than the limit are passed through and told of; no text is lost at either side of it. */
static void depth_is_capped_without_losing_text(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        reading r;
        start(&r);
        put(&r, "<div>", DSR_LIMIT_PAGE_DEPTH + more);
        put(&r, said, 1);
        put(&r, "</div>", DSR_LIMIT_PAGE_DEPTH + more);
        put(&r, said, 2);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        assert_int_equal(r.report.blocks.count, 3);
        assert_int_equal(warns(&r, "deep"), more);
        drop(&r);
    }
}

static void blocks_are_limited(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        reading r;
        start(&r);
        put(&r, "<p>x.", DSR_LIMIT_PAGE_BLOCKS - 3 + more);
        put(&r, said, 3);
        finish(&r);
        assert_int_equal(r.status == DSR_ERR_LIMIT, more);
        drop(&r);
    }
}

/* Past the limit, parts left out are joined to the last, so that the list covers all of them. */
static void parts_left_out_are_limited(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        reading r;
        start(&r);
        put(&r, "<nav>Go here</nav><aside>Or read that</aside>", DSR_LIMIT_LEFT_PARTS / 2 + more);
        put(&r, "<article>", 1);
        put(&r, said, 4);
        put(&r, "</article>", 1);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        assert_int_equal(r.report.left.count, DSR_LIMIT_LEFT_PARTS);
        uint32_t words = 0;
        for (size_t i = 0; i < r.report.left.count; i++) {
            words += r.report.left.items[i].words;
        }
        assert_int_equal(words, 5 * (DSR_LIMIT_LEFT_PARTS / 2 + more));
        drop(&r);
    }
}

/* The bytes of the page to which a place in the text leads. */
static void expect_source(const reading *r, const char *in_text, const char *in_page)
{
    size_t at = dsr_slice_find(r->report.text, dsr_slice_of(in_text), 0);
    assert_int_not_equal(at, SIZE_MAX);
    dsr_source_span span;
    assert_true(dsr_source_map_find(r->report.source_map.items, r->report.source_map.count, r->report.text,
                                    (uint32_t)at, &span));
    dsr_slice page = dsr_buffer_slice(&r->page);
    assert_true(dsr_slice_starts(dsr_slice_part(page, span.start, page.len), dsr_slice_of(in_page)));
    assert_true(span.end > span.start);
}

static void references_and_dress_lead_back(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r, said, 2);
    put(&r,
        "<p>R&B fans &amp; others paid &#8364;20, <em>the</em> b<i>oa</i>rd&nbsp;said "
        "&quot;twice&quot;.<br>Then it "
        "stopped &copy; <!-- no --> there.</p>",
        1);
    finish(&r);
    assert_int_equal(r.status, DSR_OK);
    expect_source(&r, "&B fans", "&B fans");
    expect_source(&r, "& others", "&amp; others");
    expect_source(&r,
                  "\xe2\x82\xac"
                  "20",
                  "&#8364;20");
    expect_source(&r, "\"twice", "&quot;twice");
    expect_source(&r, "twice", "twice&quot;");
    expect_source(&r, "oard said", "oa</i>rd");
    expect_source(&r, "there.", "there.</p>");
    assert_int_not_equal(
        dsr_slice_find(r.report.text, DSR_SLICE("the board said \"twice\". Then it stopped"), 0), SIZE_MAX);
    drop(&r);
}

static void twice_gives_the_same(void **state)
{
    (void)state;
    reading a;
    reading b;
    start(&a);
    start(&b);
    put(&a, said, 5);
    put(&b, said, 5);
    finish(&a);
    finish(&b);
    assert_true(dsr_slice_equal(a.report.text, b.report.text));
    assert_int_equal(a.report.blocks.count, b.report.blocks.count);
    drop(&a);
    drop(&b);
}

static bool says(const reading *r, const char *words)
{
    return dsr_slice_find(r->report.text, dsr_slice_of(words), 0) != SIZE_MAX;
}

static const dsr_left_part *left_for(const reading *r, const char *why)
{
    for (size_t i = 0; i < r->report.left.count; i++) {
        if (dsr_slice_equal(r->report.left.items[i].why, dsr_slice_of(why))) {
            return &r->report.left.items[i];
        }
    }
    return NULL;
}

/* Only display and visibility hide; what they hide is listed. */
static void styles_hide_only_what_they_hide(void **state)
{
    (void)state;
    static const char *const shown[] = {"overflow:hidden", "list-style: none; border:none",
                                        "display:none;display:block", "background:url(none.png)",
                                        "visibility:visible"};
    static const char *const hidden[] = {"display:none",
                                         " DISPLAY : None !important ;color:red",
                                         "color:red;visibility:hidden",
                                         "visibility:collapse",
                                         "position:absolute;overflow:hidden;height:1px;width:1px",
                                         "clip:rect(0,0,0,0);position:absolute"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown + sizeof hidden / sizeof *hidden; i++) {
        bool is_shown = i < sizeof shown / sizeof *shown;
        reading r;
        start(&r);
        put(&r, said, 3);
        put(&r, "<p style=\"", 1);
        put(&r, is_shown ? shown[i] : hidden[i - sizeof shown / sizeof *shown], 1);
        put(&r, "\">The ferry will call at the new quay from the first of May, the board said.</p>", 1);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        assert_int_equal(says(&r, "The ferry"), is_shown);
        const dsr_left_part *left = left_for(&r, "hidden");
        assert_int_equal(left == NULL, is_shown);
        if (left != NULL) {
            assert_true(dsr_slice_starts(left->start, DSR_SLICE("The ferry will call")));
            assert_int_equal(left->words, 16);
        }
        drop(&r);
    }
}

/* What hides or is struck out inside a paragraph is no part of its text. */
static void hidden_and_struck_words_are_no_text(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r, said, 2);
    put(&r,
        "<p>The pier cost <s>50</s> <del>or 60</del> 40 million <span style='display:none'>secret</span> "
        "crowns, the <strike>old</strike> board said on Monday.</p>",
        1);
    put(&r, said, 1);
    finish(&r);
    assert_true(says(&r, "The pier cost 40 million crowns, the board said"));
    assert_non_null(left_for(&r, "deleted"));
    drop(&r);
}

/* A page need not say where its body begins, whatever element begins it. */
static void bodies_begin_without_a_tag(void **state)
{
    (void)state;
    static const char *const firsts[] = {"article", "main", "section", "header", "figure", "x-story"};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        reading r;
        start(&r);
        put(&r, "<!doctype html><html><head><title>The old pier closes</title><", 1);
        put(&r, firsts[i], 1);
        put(&r, ">", 1);
        put(&r, said, 4);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        assert_true(says(&r, "The harbour board voted"));
        drop(&r);
    }
}

/* What the parser hands out sign by sign is one text: the page below would else be millions of them. */
static void signs_alone_cost_little(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r, said, 3);
    put(&r, "<p>", 1);
    put(&r, "<&", DSR_LIMIT_PAGE_NODES / 2 + 8);
    finish(&r);
    assert_int_equal(r.status, DSR_OK);
    assert_false(warns(&r, "elements and texts"));
    drop(&r);
}

static void nodes_are_limited(void **state)
{
    (void)state;
    /* root, html, body, three paragraphs with their text, the last paragraph; then two nodes each */
    for (size_t more = 0; more < 2; more++) {
        reading r;
        start(&r);
        put(&r, said, 3);
        put(&r, "<p>", 1);
        put(&r, "<br>x", (DSR_LIMIT_PAGE_NODES - 10) / 2);
        put(&r, "<br>", more);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        assert_true(says(&r, "The harbour board voted"));
        assert_int_equal(warns(&r, "elements and texts"), more);
        drop(&r);
    }
}

/* Raised figures do not join the number or word before them; quotations get the marks that browsers set. */
static void tags_show_what_browsers_show(void **state)
{
    (void)state;
    static const struct {
        const char *page, *text;
    } cases[] = {{"<p>It paid 12,000<sup>1</sup> crowns", "It paid 12,000 1 crowns"},
                 {"<p>It paid 12,000<sup>1</sup>crowns", "It paid 12,000 1 crowns"},
                 {"<p>a word<sup><a href=#n>[2]</a></sup>.", "a word [2]."},
                 {"<p>some 10<sup>6</sup> of them", "some 10 6 of them"},
                 {"<p>on the 1<sup>st</sup> of May", "on the 1st of May"},
                 {"<p>CO<sub>2</sub> fell", "CO2 fell"},
                 {"<p>He said <q>never <q>again</q></q>.", "He said \u201cnever \u2018again\u2019\u201d."},
                 {"<p>He said <q>\"never\"</q>.", "He said \"never\"."},
                 {"<p>He said never</q>.", "He said never."},
                 {"<p>before <!-- not --!>after", "before after"},
                 {"<p>either&sol;or &lpar;so&rpar; &Ccaron;ern&yacute; &dollar;5",
                  "either/or (so) \u010cern\u00fd $5"},
                 {"<p>&copy2025 &ampT &lt2 &nosuch; R&D", "\u00a92025 &T <2 &nosuch; R&D"},
                 {"<p>before <template><b>not</b></template>after", "before after"},
                 {"<p>before <template shadowrootmode=open>and</template> after", "before and after"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading r;
        start(&r);
        put(&r, said, 2);
        put(&r, cases[i].page, 1);
        put(&r, said, 2);
        finish(&r);
        assert_int_equal(r.status, DSR_OK);
        if (!says(&r, cases[i].text)) {
            fail_msg("not \"%s\" in: %.*s", cases[i].text, DSR_PRINT(r.report.text));
        }
        drop(&r);
    }
    reading r;
    start(&r);
    put(&r, said, 2);
    put(&r, "<p>He said <q cite=x>never</q> to them.", 1);
    finish(&r);
    expect_source(&r, "\u201c", "<q cite=x>");
    expect_source(&r, "never", "never</q>");
    expect_source(&r, "\u201d", "</q> to");
    drop(&r);
}

static bool labels(const reading *r, const char *words, dsr_furniture_kind kind)
{
    for (size_t i = 0; i < r->report.furniture.count; i++) {
        dsr_span span = r->report.furniture.items[i].span;
        if (r->report.furniture.items[i].kind == kind &&
            dsr_slice_equal(dsr_slice_part(r->report.text, span.start, span.end), dsr_slice_of(words))) {
            return true;
        }
    }
    return false;
}

/* Pages show a headline twice, once for each width; a logo above it is no text. */
static void headlines_said_twice_and_logos(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r,
        "<title>The old pier closes</title><header><a href=/>Tam Post</a></header><article>"
        "<h1>The old pier closes</h1>",
        1);
    put(&r, said, 1);
    put(&r, "<h1>The OLD pier closes</h1>", 1);
    put(&r, said, 3);
    finish(&r);
    assert_int_equal(r.status, DSR_OK);
    assert_true(labels(&r, "The old pier closes", DSR_FURNITURE_HEADLINE));
    assert_false(labels(&r, "The OLD pier closes", DSR_FURNITURE_SUBHEAD));
    bool taken = says(&r, "Tam Post") && !labels(&r, "Tam Post", DSR_FURNITURE_READMORE) &&
                 !labels(&r, "Tam Post", DSR_FURNITURE_OTHER);
    assert_false(taken);
    drop(&r);
    start(&r);
    put(&r,
        "<title>The old pier closes for good - The Tam Post</title><h1><a href=/>The Tam Post</a></h1>"
        "<h2>The old pier closes for good</h2>",
        1);
    put(&r, said, 4);
    finish(&r);
    assert_true(labels(&r, "The old pier closes for good", DSR_FURNITURE_HEADLINE));
    assert_false(labels(&r, "The Tam Post", DSR_FURNITURE_SUBHEAD));
    drop(&r);
}

/* Cards with a line of summary each are an index, one fewer may be an article of many parts. */
static void cards_are_an_index(void **state)
{
    (void)state;
    enum { CARDS = 12 };
    for (size_t fewer = 0; fewer < 2; fewer++) {
        reading r;
        start(&r);
        put(&r, "<title>News</title><main>", 1);
        put(&r,
            "<div class=card><h3><a href=/s>Council votes to close the old bridge</a></h3>"
            "<p>A short account of what happened in the council that day, and why.</p></div>",
            CARDS - fewer);
        finish(&r);
        assert_int_equal(r.status, fewer ? DSR_OK : DSR_ERR_INPUT);
        assert_int_equal(strstr(r.error.message, "index page") != NULL, !fewer);
        drop(&r);
    }
}

/* A short line before one break stands by itself where what follows begins anew; lines that were only wrapped
 * do not. */
static void short_lines_stand_by_themselves(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r,
        "<table><tr><td><b>Old pier closes</b><br><font size=1>By JANE DOE<br>March 4, "
        "2025</font><br><br>The harbour "
        "board voted on Tuesday to close the old<br>pier, its chair said in a statement that was<br>Read out "
        "to "
        "reporters.<br><br>Ships may call<br>at the quay, the board said, until the end of the "
        "year.</td></tr></table>",
        1);
    finish(&r);
    assert_int_equal(r.status, DSR_OK);
    assert_true(says(&r, "Old pier closes\n\nBy JANE DOE\n\nMarch 4, 2025\n\nThe harbour"));
    assert_true(
        says(&r, "close the old pier, its chair said in a statement that was Read out to reporters."));
    assert_true(says(&r, "Ships may call at the quay"));
    drop(&r);
}

static void preformatted_text_keeps_its_lines(void **state)
{
    (void)state;
    reading r;
    start(&r);
    put(&r, said, 2);
    put(&r, "<pre>The tide table of the harbour:\n  high 4  low 10\nno more of it.</pre>", 1);
    put(&r, said, 1);
    finish(&r);
    assert_int_equal(r.status, DSR_OK);
    assert_true(says(&r, "harbour:\nhigh 4 low 10\nno more"));
    drop(&r);
    start(&r);
    put(&r, said, 2);
    put(&r,
        "<pre>HALE (AP) -- The bridge over the river Tam was closed after a lorry\nhit a pillar, police said "
        "in a "
        "statement to the reporters in the town.\nEngineers will come.\n\nBy Ann Lee</pre>",
        1);
    finish(&r);
    assert_true(says(&r, "a lorry hit a pillar"));
    assert_true(says(&r, "in the town.\nEngineers will come.\nBy Ann Lee"));
    drop(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(depth_is_capped_without_losing_text),
        cmocka_unit_test(blocks_are_limited),
        cmocka_unit_test(parts_left_out_are_limited),
        cmocka_unit_test(references_and_dress_lead_back),
        cmocka_unit_test(twice_gives_the_same),
        cmocka_unit_test(styles_hide_only_what_they_hide),
        cmocka_unit_test(hidden_and_struck_words_are_no_text),
        cmocka_unit_test(bodies_begin_without_a_tag),
        cmocka_unit_test(signs_alone_cost_little),
        cmocka_unit_test(nodes_are_limited),
        cmocka_unit_test(tags_show_what_browsers_show),
        cmocka_unit_test(headlines_said_twice_and_logos),
        cmocka_unit_test(cards_are_an_index),
        cmocka_unit_test(preformatted_text_keeps_its_lines),
        cmocka_unit_test(short_lines_stand_by_themselves),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
