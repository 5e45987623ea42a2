/* Reports whose layout was labelled when they were read: what the layout says stands, and nothing is guessed.
 */
#include "cleaned.h"

#include "base/limits.h"

#define BODY_1                                                                                               \
    "The council of the valley voted on Monday to build a second bridge across the river, officials "        \
    "said.\n\n"
#define BODY_2                                                                                               \
    "\"We have waited for this bridge for thirty years,\" the mayor told reporters after the vote.\n\n"
#define BODY_3 "Work will begin in the spring and last for about three years, according to the plan.\n\n"
#define BODY_4 "Opponents said that the money should be spent on the school instead.\n"

static dsr_span place(const cleaned *c, const char *words)
{
    size_t at = dsr_slice_find(c->report.text, dsr_slice_of(words), 0);
    assert_true(at < c->report.text.len);
    return (dsr_span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

static void open_labelled(cleaned *c, const char *text)
{
    cleaned_open(c, text);
    c->report.labelled = true;
}

static void add_label(cleaned *c, dsr_span span, dsr_furniture_kind kind)
{
    assert_int_equal(DSR_LIST_RESERVE(c->arena, &c->report.furniture, 1), DSR_OK);
    c->report.furniture.items[c->report.furniture.count++] = (dsr_furniture){span, kind};
}

static void label(cleaned *c, const char *words, dsr_furniture_kind kind)
{
    add_label(c, place(c, words), kind);
}

static void block(cleaned *c, const char *words, dsr_block_kind kind)
{
    assert_int_equal(DSR_LIST_RESERVE(c->arena, &c->report.blocks, 1), DSR_OK);
    c->report.blocks.items[c->report.blocks.count++] =
        (dsr_block){place(c, words), kind, kind == DSR_BLOCK_HEADING ? 2 : 0};
}

static void finds(cleaned *c, const char *expected)
{
    cleaned_run(c);
    cleaned_is(c, expected);
    cleaned_drop(c);
}

/* The same text without labels: headline, standfirst, subhead, tail are guessed. */
static void nothing_is_guessed(void **state)
{
    (void)state;
    static const char text[] =
        "Valley to build second bridge\n\nCouncil votes after thirty years of talk\n\n" BODY_1 BODY_2
        "Thirty years\n\n" BODY_3 BODY_4 "\nBridges and Roads\n";
    cleaned c;
    cleaned_open(&c, text);
    finds(&c,
          "headline: Valley to build second bridge\nstandfirst: Council votes after thirty years of talk\n"
          "subhead: Thirty years\nother: Bridges and Roads\n");
    open_labelled(&c, text);
    finds(&c, "");
    open_labelled(&c, BODY_1 "The old bridge stands in the way of ships.\n\nThe old bridge stands in the way "
                             "of ships. Again.\n\n" BODY_2);
    label(&c, "The old bridge stands in the way of ships. Again.", DSR_FURNITURE_CAPTION);
    finds(&c, "caption: The old bridge stands in the way of ships. Again.\n");
}

static void a_bare_date_above_the_text_is_its_own(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c,
                  "Valley to build second bridge\n\nBy Ann Lee\n\nMarch 4, 2025\n\n" BODY_1 BODY_2 BODY_3);
    label(&c, "Valley to build second bridge", DSR_FURNITURE_HEADLINE);
    finds(&c, "headline: Valley to build second bridge\nbyline: By Ann Lee\npublished: March 4, 2025\n");
    open_labelled(&c, BODY_1 BODY_2 "March 4, 2025\n\n" BODY_3);
    finds(&c, "");
}

static void labels_stand(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c,
                  "Valley to build second bridge\n\nBy Ann Lee\n\n" BODY_1 "Advertisement\n\n" BODY_2 BODY_3);
    label(&c, "Valley to build second bridge", DSR_FURNITURE_STANDFIRST);
    label(&c, "Advertisement", DSR_FURNITURE_SHARE); /* a rule knows better, and is not asked */
    finds(&c, "standfirst: Valley to build second bridge\nbyline: By Ann Lee\nshare: Advertisement\n");
    /* Even a paragraph of the body, and with white space around it. */
    open_labelled(&c, BODY_1 BODY_2 BODY_3);
    dsr_span span = place(&c, BODY_2);
    span.start -= 2;
    add_label(&c, span, DSR_FURNITURE_CAPTION);
    finds(&c,
          "caption: \"We have waited for this bridge for thirty years,\" the mayor told reporters after the "
          "vote.\n");
    /* OTHER says little: a rule may name it. */
    open_labelled(&c, BODY_1 "Advertisement\n\nBridges\n\n" BODY_2);
    label(&c, "Advertisement", DSR_FURNITURE_OTHER);
    label(&c, "Bridges", DSR_FURNITURE_OTHER);
    finds(&c, "advert: Advertisement\nother: Bridges\n");
}

static void one_label_over_many_lines(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c, BODY_1 "Read on\nOne\n\nTwo\n\n" BODY_2);
    label(&c, "Read on\nOne\n\nTwo", DSR_FURNITURE_READMORE);
    finds(&c, "readmore: Read on\nreadmore: One\nreadmore: Two\n");
}

static void labels_inside_a_line_stay(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c,
                  BODY_1 "Work begins in the spring, he said. Click here now. It ends in three years. Tell a "
                         "friend about it.\n\n" BODY_4);
    label(&c, "Click here now.", DSR_FURNITURE_ADVERT);
    label(&c, "Tell a friend about it.", DSR_FURNITURE_SHARE);
    finds(&c, "advert: Click here now.\nshare: Tell a friend about it.\n");
    /* A line with one is no short prompt, and its edges give way to it. */
    open_labelled(&c, "OSLO (AP) - The council voted on Monday to build a bridge across the river.\n\n" BODY_2
                      "Advertisement\n\nWork will begin in the spring, the mayor said. read more\n\n" BODY_4);
    label(&c, "(AP)", DSR_FURNITURE_CREDIT);
    label(&c, "Adv", DSR_FURNITURE_OTHER);
    label(&c, "more", DSR_FURNITURE_SHARE);
    finds(&c, "credit: (AP)\nother: Adv\nshare: more\n");
    /* Over the end of one line, the whole next and the start of a third. */
    open_labelled(&c, "One two three\nfour five six\nseven eight nine\n");
    label(&c, "three\nfour five six\nseven", DSR_FURNITURE_CAPTION);
    finds(&c, "caption: three\ncaption: four five six\ncaption: seven\n");
}

static void rules_name_short_lines(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c, "OSLO (AP) - The council voted on Monday to build a bridge across the river.\n\n" BODY_2
                      "Advertisement\n\nREAD MORE: How the old bridge was built\n\n"
                      "Work will begin in the spring, the mayor said. read more\n\n" BODY_4);
    finds(&c,
          "dateline: OSLO (AP) -\nadvert: Advertisement\nreadmore: READ MORE: How the old bridge was built\n"
          "readmore: read more\n");
}

/* A rule that takes whole lines takes none of 40 words or more: the same beginning, one word less and more.
 */
static void rules_leave_long_lines(void **state)
{
    (void)state;
    for (int words = 39; words <= 40; words++) {
        char text[1000] = BODY_1 "READ MORE: ";
        for (int i = 2; i < words; i++)
            strcat(text, i + 1 < words ? "bridge " : "bridge");
        strcat(text, "\n\n" BODY_2);
        cleaned c;
        open_labelled(&c, text);
        cleaned_run(&c);
        assert_int_equal(c.report.furniture.count, words < 40 ? 1 : 0);
        cleaned_drop(&c);
    }
}

static void headings_between_paragraphs(void **state)
{
    (void)state;
    static const char text[] = "Bridges\n\n" BODY_1 "a lower case line\n\nThirty years\n\n" BODY_2
                               "Advertisement\n\n" BODY_3 BODY_4 "\nRoads\n";
    cleaned c;
    open_labelled(&c, text);
    block(&c, "Bridges", DSR_BLOCK_HEADING); /* nothing above, so it is no subhead */
    block(&c, "a lower case line", DSR_BLOCK_HEADING);
    block(&c, "Thirty years", DSR_BLOCK_HEADING);
    block(&c, "Advertisement", DSR_BLOCK_HEADING); /* named otherwise */
    block(&c, "Roads", DSR_BLOCK_HEADING);
    finds(&c, "subhead: a lower case line\nsubhead: Thirty years\nadvert: Advertisement\n");
    open_labelled(&c, text);
    block(&c, "a lower case line", DSR_BLOCK_LIST_ITEM);
    block(&c, "Thirty years", DSR_BLOCK_HEADING);
    label(&c, "Thirty years", DSR_FURNITURE_CAPTION);
    finds(&c, "caption: Thirty years\nadvert: Advertisement\n");
    /* A paragraph that a page set as a heading is one. */
    open_labelled(&c, BODY_1 BODY_3 BODY_2);
    block(&c, "Work will begin in the spring and last for about three years, according to the plan.",
          DSR_BLOCK_HEADING);
    finds(&c, "");
}

static void what_the_page_stated_stays(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c, "By Tom Roe\n\nPublished: 11 January 2022\n\n" BODY_1 BODY_2 BODY_3
                      "Source: TRT World and AFP\n");
    dsr_meta *meta = &c.report.meta;
    dsr_slice author = DSR_SLICE("Ann Lee");
    assert_int_equal(dsr_moment_parse(c.arena, DSR_SLICE("2021-05-05"), &meta->published), DSR_OK);
    meta->published_why = DSR_SLICE("time element");
    meta->outlet = DSR_SLICE("Valley Post");
    meta->headline = DSR_SLICE("A bridge");
    meta->headline_from = meta->published_from = meta->outlet_from = DSR_FROM_METADATA;
    meta->headline_why = DSR_SLICE("h1");
    meta->section = DSR_SLICE("World");
    meta->authors.items = &author;
    meta->authors.count = 1;
    label(&c, "By Tom Roe", DSR_FURNITURE_BYLINE);
    cleaned_run(&c);
    slice_is(meta->published.iso, "2021-05-05");
    slice_is(meta->published_why, "time element");
    slice_is(meta->outlet, "Valley Post");
    slice_is(meta->headline, "A bridge");
    slice_is(meta->headline_why, "h1");
    slice_is(meta->section, "World");
    assert_int_equal(meta->authors.count, 1);
    slice_is(meta->authors.items[0], "Ann Lee");
    slice_is(meta->agencies.items[0], "AFP"); /* what it did not state */
    cleaned_drop(&c);
}

static void labelled_lines_tell_facts(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c, "By Tom Roe\n\nPublished: 11 January 2022\n\n" BODY_1 BODY_2);
    label(&c, "By Tom Roe", DSR_FURNITURE_BYLINE);
    label(&c, "Published: 11 January 2022", DSR_FURNITURE_PUBLISHED);
    cleaned_run(&c);
    slice_is(c.report.meta.published.iso, "2022-01-11");
    assert_int_equal(c.report.meta.authors.count, 1);
    slice_is(c.report.meta.authors.items[0], "Tom Roe");
    cleaned_drop(&c);
    /* The agency under a picture took the picture. */
    for (int labelled = 0; labelled < 2; labelled++) {
        open_labelled(&c, BODY_1 "Source: Reuters\n\n" BODY_2 BODY_3);
        if (labelled)
            label(&c, "Source: Reuters", DSR_FURNITURE_CAPTION);
        cleaned_run(&c);
        assert_int_equal(c.report.meta.agencies.count, labelled ? 0 : 1);
        assert_int_equal(c.report.credits.count, labelled ? 0 : 1);
        cleaned_drop(&c);
    }
}

/* Rules that are not known for a language change nothing; nor does a text of nothing. */
static void without_rules_labels_stay(void **state)
{
    (void)state;
    cleaned c;
    open_labelled(&c, BODY_1 "Advertisement\n\n" BODY_2);
    c.report.meta.language = DSR_SLICE("und");
    label(&c, "Advertisement", DSR_FURNITURE_OTHER);
    finds(&c, "other: Advertisement\n");
    open_labelled(&c, "");
    finds(&c, "");
}

/* Labels behind the last line that is looked at stay as they are. */
static void labels_behind_the_limit(void **state)
{
    (void)state;
    const size_t lines = DSR_LIMIT_LINES + 10;
    char *text = test_malloc(lines * 2 + 1);
    for (size_t i = 0; i < lines; i++)
        memcpy(text + i * 2, "a\n", 2);
    text[lines * 2] = '\0';
    cleaned c;
    open_labelled(&c, text);
    for (uint32_t i = 0; i < lines; i += 3)
        add_label(&c, (dsr_span){i * 2, i * 2 + 1}, DSR_FURNITURE_SHARE);
    size_t count = c.report.furniture.count;
    add_label(&c, (dsr_span){(uint32_t)lines * 2 - 1, (uint32_t)lines * 2}, DSR_FURNITURE_SHARE);
    cleaned_run(&c);
    assert_int_equal(c.report.furniture.count, count + 1);
    cleaned_drop(&c);
    test_free(text);
}

/* Spans, labels and blocks by chance: what comes out is ordered and disjoint (cleaned_run looks), and no
 * label of a character that stands in a line is lost. */
static void by_chance(void **state)
{
    (void)state;
    static const char *const pieces[] = {BODY_1,          "By Ann Lee\n",   "Advertisement\n\n",
                                         "OSLO (AP) - ",  BODY_4,           "Source: Reuters\n",
                                         "read more\n\n", "Thirty years\n", " \n"};
    uint32_t dice = 1;
    for (int round = 0; round < 3000; round++) {
        char text[4000] = "";
        for (int i = 0; i < 12; i++) {
            dice = dice * 1664525u + 1013904223u;
            strcat(text, pieces[(dice >> 16) % (sizeof pieces / sizeof pieces[0])]);
        }
        cleaned c;
        open_labelled(&c, text);
        uint8_t before[4000] = {0}, after[4000] = {0};
        for (uint32_t at = 0, end; at < c.report.text.len; at = end) {
            dice = dice * 1664525u + 1013904223u;
            end = at + 1 + (dice >> 16) % 60;
            end = end < c.report.text.len ? end : (uint32_t)c.report.text.len;
            if ((dice >> 24) % 3 == 0) {
                add_label(&c, (dsr_span){at, end}, (dsr_furniture_kind)((dice >> 10) % DSR_FURNITURE_KINDS));
                memset(before + at, 1, end - at);
            }
        }
        cleaned_run(&c);
        for (size_t i = 0; i < c.report.furniture.count; i++)
            memset(after + c.report.furniture.items[i].span.start, 1,
                   c.report.furniture.items[i].span.end - c.report.furniture.items[i].span.start);
        for (size_t i = 0; i < c.report.text.len; i++)
            if (before[i] && !after[i] && (unsigned char)text[i] > ' ')
                fail_msg("round %d: the label at %zu is lost", round, i);
        cleaned_drop(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_guessed),
        cmocka_unit_test(a_bare_date_above_the_text_is_its_own),
        cmocka_unit_test(labels_stand),
        cmocka_unit_test(one_label_over_many_lines),
        cmocka_unit_test(labels_inside_a_line_stay),
        cmocka_unit_test(rules_name_short_lines),
        cmocka_unit_test(rules_leave_long_lines),
        cmocka_unit_test(headings_between_paragraphs),
        cmocka_unit_test(what_the_page_stated_stays),
        cmocka_unit_test(labelled_lines_tell_facts),
        cmocka_unit_test(without_rules_labels_stay),
        cmocka_unit_test(labels_behind_the_limit),
        cmocka_unit_test(by_chance),
    };
    return cmocka_run_group_tests(tests, lexicon_make, lexicon_drop);
}
