/* What is labelled in a report, and what is not. */
#include "cleaned.h"

#include "base/limits.h"

/* Four paragraphs for a body. */
#define BODY_1                                                                                               \
    "The council of the valley voted on Monday to build a second bridge across the river, officials "        \
    "said.\n\n"
#define BODY_2                                                                                               \
    "\"We have waited for this bridge for thirty years,\" the mayor told reporters after the vote.\n\n"
#define BODY_3 "Work will begin in the spring and last for about three years, according to the plan.\n\n"
#define BODY_4 "Opponents said that the money should be spent on the school instead.\n"
#define BODY   BODY_1 BODY_2 BODY_3 BODY_4

static void same(const char *text, const char *expected)
{
    cleaned c;
    cleaned_make(&c, text);
    cleaned_is(&c, expected);
    cleaned_drop(&c);
}

static void body_alone(void **state)
{
    (void)state;
    same(BODY, "");
    same("", "");
    same("\n\n \n", "");
    same("The council of the valley voted on Monday to build a bridge.", "");
}

static void headline(void **state)
{
    (void)state;
    same("Valley to build second bridge\n\n" BODY, "headline: Valley to build second bridge\n");
    same("Will the valley get its bridge?\n" BODY, "headline: Will the valley get its bridge?\n");
    same("Valley to build second bridge\n\nValley to build second bridge\n\n" BODY,
         "headline: Valley to build second bridge\nheadline: Valley to build second bridge\n");
    same("World\nValley to build second bridge\n\n" BODY,
         "other: World\nheadline: Valley to build second bridge\n");
    /* What leads on to the next line is none. */
    same("The mayor of the valley said on Monday:\n\n" BODY, "");
    /* A headline needs a report below it. */
    same("Valley to build second bridge\n", "");
    same("Valley to build second bridge\nBridge to cost millions\n", "");
}

static void standfirst(void **state)
{
    (void)state;
    same("Valley to build second bridge\n\nIt is to open in three years. Some would rather have a school.\n3 "
         "min read\n"
         "The old bridge on Monday [source: Getty]\n\n" BODY,
         "headline: Valley to build second bridge\n"
         "standfirst: It is to open in three years. Some would rather have a school.\nread_time: 3 min read\n"
         "caption: The old bridge on Monday [source: Getty]\n");
    /* Without a headline: the paragraph above the picture's caption, which stands there twice. */
    same("It is to open in three years. Some would rather have a school.\n\nThe old bridge stands in the way "
         "of ships.\n"
         "The old bridge stands in the way of ships. (Reuters)\n\n" BODY,
         "standfirst: It is to open in three years. Some would rather have a school.\n"
         "caption: The old bridge stands in the way of ships.\n"
         "caption: The old bridge stands in the way of ships. (Reuters)\n");
    same("Valley to build second bridge\nCouncil votes after thirty years of talk\nBy Ann Lee\n\n" BODY,
         "headline: Valley to build second bridge\nstandfirst: Council votes after thirty years of "
         "talk\nbyline: By Ann Lee\n");
    /* A paragraph with a dateline is the report's first, whatever stands below it. */
    same("OSLO (AP) - The council voted on Monday to build a second bridge, it said.\n\nThe old bridge. "
         "(Reuters)\n\n" BODY,
         "dateline: OSLO (AP) -\ncaption: The old bridge. (Reuters)\n");
}

static void subheads(void **state)
{
    (void)state;
    same(BODY_1 BODY_2 "Thirty years\n\n" BODY_3 BODY_4, "subhead: Thirty years\n");
    same(BODY_1 BODY_2 "'Too expensive'\n\n" BODY_3 BODY_4, "subhead: 'Too expensive'\n");
    same(BODY_1 BODY_2 "What will it cost?\n\n" BODY_3 BODY_4, "subhead: What will it cost?\n");
    same(BODY_1 BODY_2 "READ MORE: How the old bridge was built\n\nThirty years\n\n" BODY_3 BODY_4,
         "readmore: READ MORE: How the old bridge was built\nsubhead: Thirty years\n");
    /* A list stays, and so does what leads on. */
    same(BODY_1 BODY_2 "Oslo\n\nBergen\n\nMolde\n\n" BODY_3 BODY_4, "");
    same(BODY_1 BODY_2 "The plan in short:\n\n" BODY_3 BODY_4, "");
    same(BODY_1 BODY_2 "a lower case line\n\n" BODY_3 BODY_4, "");
}

static void edges(void **state)
{
    (void)state;
    same("OSLO (AP) \xe2\x80\x94 The council voted on Monday to build a bridge across the river.\n\n" BODY_2
         "Work will begin in the spring, the mayor said. read more\n\n" BODY_4,
         "dateline: OSLO (AP) \xe2\x80\x94\nreadmore: read more\n");
    /* Who signs words in marks said them. */
    same(BODY_1 BODY_2
         "\"The bridge has come at last, after thirty years of waiting for it.\" - Ann Lee\n\n" BODY_4,
         "");
    same(BODY_1 BODY_2 "\xe2\x80\x9cThe bridge has come at last, after thirty years of waiting for "
                       "it.\xe2\x80\x9d \xe2\x80\x94 Ann Lee\n\n" BODY_4,
         "");
    same(BODY_1 BODY_2
         "The bridge has come at last, after thirty years of waiting for it. - Ann Lee\n\n" BODY_4,
         "byline: - Ann Lee\n");
    /* Datelines open the first paragraph only. */
    same(BODY_1 "OSLO \xe2\x80\x94 The council will meet again in the spring, the mayor said.\n\n" BODY_3,
         "");
    same("OSLO (AP) - The council voted on Monday to build a bridge across the river.",
         "dateline: OSLO (AP) -\n");
}

/* A paragraph that ends with its agency is a paragraph; a short line with one is a caption wherever it
 * stands. */
static void credited_paragraph(void **state)
{
    (void)state;
    same(BODY_1 BODY_2 BODY_3 BODY_4 "\nThe minister of transport, who came by ferry, said that the state "
                                     "would pay half of the bridge. (Reuters)\n\n" BODY_1,
         "source_credit: (Reuters)\n");
    same(BODY_1 BODY_2 BODY_3 BODY_4 "\nThe old bridge on Monday. (Reuters)\n\n" BODY_1,
         "caption: The old bridge on Monday. (Reuters)\n");
}

static void tail(void **state)
{
    (void)state;
    same(BODY "\nSource: Reuters\n", "source_credit: Source: Reuters\n");
    same(
        BODY "\nRelated stories\nHow the old bridge was built\nFerry stays in port\n",
        "readmore: Related stories\nreadmore: How the old bridge was built\nreadmore: Ferry stays in port\n");
    same(BODY "\nRiver\nBridges\n", "other: River\nother: Bridges\n");
    /* A table of the report is no list of tags. */
    same(BODY "\nFor: 12\nAgainst: 7\n", "");
    same(BODY "\nAnn Lee is a reporter who covers the valley.\n",
         "byline: Ann Lee is a reporter who covers the valley.\n");
}

static void related_block_ends_with_a_paragraph(void **state)
{
    (void)state;
    same(BODY_1 "More on this story\nHow the old bridge was built\n\n" BODY_2 BODY_3,
         "readmore: More on this story\nreadmore: How the old bridge was built\n");
}

static void stated_headline(void **state)
{
    (void)state;
    cleaned c;
    cleaned_open(&c, "valley to build second bridge\n\n" BODY);
    c.report.meta.headline = DSR_SLICE("Valley to Build Second Bridge");
    c.report.meta.headline_from = DSR_FROM_METADATA;
    cleaned_run(&c);
    cleaned_is(&c, "headline: valley to build second bridge\n");
    slice_is(c.report.meta.headline, "Valley to Build Second Bridge");
    assert_int_equal(c.report.meta.headline_from, DSR_FROM_METADATA);
    cleaned_drop(&c);
}

static void other_languages(void **state)
{
    (void)state;
    const char *const codes[] = {"de", "und", "xx"};
    for (size_t i = 0; i < 3; i++) {
        cleaned c;
        cleaned_open(&c, "Advertisement\n\nOSLO (AP) - Ein Satz.\n");
        c.report.meta.language = dsr_slice_of(codes[i]);
        cleaned_run(&c);
        cleaned_is(&c, "");
        cleaned_drop(&c);
    }
}

/* Twice equals once. */
static void again(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, "Valley to build second bridge\nBy Ann Lee\n\nOSLO (AP) - " BODY "\nSource: Reuters\n");
    size_t furniture = c.report.furniture.count, credits = c.report.credits.count,
           agencies = c.report.meta.agencies.count;
    cleaned_run(&c);
    assert_int_equal(c.report.furniture.count, furniture);
    assert_int_equal(c.report.credits.count, credits);
    assert_int_equal(c.report.meta.agencies.count, agencies);
    cleaned_drop(&c);
}

/* Texts that nobody writes: they take no time, and what is labelled stays inside. */
static void hostile(void **state)
{
    (void)state;
    const char *const units[] = {"a\n",
                                 "Advertisement\n",
                                 "READ MORE: x\n",
                                 "\n",
                                 "(",
                                 "A b\n\n",
                                 "\xc2\xa0\n",
                                 "x. ",
                                 "By Ann Lee\n",
                                 "Caption: x\nx\n",
                                 "\x01\x02\x7f\n",
                                 "Related stories\nA b c\n",
                                 "- \n",
                                 "\"\n\"",
                                 ".\n"};
    size_t length = 1 << 20;
    char *text = test_malloc(length + 1);
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t n = strlen(units[u]);
        for (size_t i = 0; i < length; i++)
            text[i] = units[u][i % n];
        text[length - length % n] = '\0';
        cleaned c;
        cleaned_make(&c, text);
        cleaned_drop(&c);
        text[100] = '\0';
        cleaned_make(&c, text);
        cleaned_drop(&c);
    }
    test_free(text);
}

#define FLAT                                                                                                 \
    "The council of the valley voted on Monday to build a second bridge across the river, officials said. "  \
    "The mayor told reporters that the town had waited for it for thirty years. Work will begin in the "     \
    "spring and last for about three years, according to the plan. Opponents said that the money should be " \
    "spent on the school instead. The old bridge will be closed to lorries from the first of next month, "   \
    "and buses will go round by the mill until the new one is open. "

/* Pages whose lines were run together: prompts stand in the middle of paragraphs. */
static void prompts_inside_flat_text(void **state)
{
    (void)state;
    same(FLAT "Thank you for subscribing. Please try again later. " FLAT,
         "subscription: Thank you for subscribing.\nother: Please try again later.\n");
    same(FLAT "\"Thank you for subscribing to my view,\" he said. #bridge. " FLAT, "");
    /* Where lines are lines, a paragraph is the reporter's. */
    same(BODY_1 BODY_2 BODY_3 FLAT "Thank you for subscribing. " FLAT "\n\n" BODY_4, "");
}

/* As many lines as are looked at, then one more: it is body, whatever it says. */
static void lines_are_looked_at_up_to_a_limit(void **state)
{
    (void)state;
    static const char line[] = "Work went on at the bridge that day and those who watched went home.\n";
    size_t each = sizeof line - 1;
    char *text = test_malloc((size_t)DSR_LIMIT_LINES * each + 64);
    for (size_t more = 0; more <= 1; more++) {
        size_t lines = (size_t)DSR_LIMIT_LINES - 1 + more;
        for (size_t i = 0; i < lines; i++)
            memcpy(text + i * each, line, each);
        strcpy(text + lines * each, "Advertisement\n");
        cleaned c;
        cleaned_make(&c, text);
        size_t count = c.report.furniture.count;
        bool labelled = count > 0 && c.report.furniture.items[count - 1].span.start == lines * each;
        assert_int_equal(labelled, more == 0);
        cleaned_drop(&c);
    }
    test_free(text);
}

static void windows_lines_and_blanks(void **state)
{
    (void)state;
    same("Valley to build second bridge \xc2\xa0\r\n\r\n\tAdvertisement  \r\n" BODY,
         "headline: Valley to build second bridge\nadvert: Advertisement\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(body_alone),
                                       cmocka_unit_test(headline),
                                       cmocka_unit_test(standfirst),
                                       cmocka_unit_test(subheads),
                                       cmocka_unit_test(edges),
                                       cmocka_unit_test(credited_paragraph),
                                       cmocka_unit_test(tail),
                                       cmocka_unit_test(related_block_ends_with_a_paragraph),
                                       cmocka_unit_test(stated_headline),
                                       cmocka_unit_test(other_languages),
                                       cmocka_unit_test(again),
                                       cmocka_unit_test(hostile),
                                       cmocka_unit_test(prompts_inside_flat_text),
                                       cmocka_unit_test(lines_are_looked_at_up_to_a_limit),
                                       cmocka_unit_test(windows_lines_and_blanks)};
    return cmocka_run_group_tests(tests, lexicon_make, lexicon_drop);
}
