/* What the furniture tells: outlet, agencies, authors, place, date; and what is never overwritten. */
#include "cleaned.h"

#define BODY                                                                                                 \
    "The council of the valley voted on Monday to build a second bridge across the river, officials "        \
    "said.\n\n"                                                                                              \
    "\"We have waited for this bridge for thirty years,\" the mayor told reporters after the vote.\n\n"      \
    "Work will begin in the spring and last for about three years, according to the plan.\n"

static void published(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, "Valley to build second bridge\n\nPublished: 08:17 PM, 11 Jan, 2022\n\n" BODY);
    slice_is(c.report.meta.headline, "Valley to build second bridge");
    assert_int_equal(c.report.meta.headline_from, DSR_FROM_TEXT);
    slice_is(c.report.meta.published.iso, "2022-01-11T20:17");
    assert_int_equal(c.report.meta.published_from, DSR_FROM_TEXT);
    slice_is(c.report.meta.published_why, "Published: 08:17 PM, 11 Jan, 2022");
    cleaned_drop(&c);
}

static void published_before_updated(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, "Updated: 13 January 2022\nPublished: 11 January 2022\n" BODY);
    slice_is(c.report.meta.published.iso, "2022-01-11");
    cleaned_drop(&c);
    cleaned_make(&c, "Published 11 January 2022 | Updated 13 January 2022\n" BODY);
    slice_is(c.report.meta.published.iso, "2022-01-11");
    cleaned_drop(&c);
    /* Better than none. */
    cleaned_make(&c, "Updated: 13 January 2022\n" BODY);
    slice_is(c.report.meta.published.iso, "2022-01-13");
    cleaned_drop(&c);
}

static void uncertain_dates(void **state)
{
    (void)state;
    const char *const texts[] = {"Published: 11/01/2022\n" BODY, "Published: 31 February 2022\n" BODY,
                                 "Published: Jan 11\n" BODY, "Published 3 hours ago\n" BODY};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cleaned c;
        cleaned_make(&c, texts[i]);
        slice_is(c.report.meta.published.iso, NULL);
        assert_int_equal(c.report.meta.published_from, DSR_FROM_UNKNOWN);
        cleaned_drop(&c);
    }
}

static void stated_wins_over_text(void **state)
{
    (void)state;
    const dsr_origin origins[] = {DSR_FROM_METADATA, DSR_FROM_OPTION};
    for (size_t i = 0; i < 2; i++) {
        cleaned c;
        cleaned_open(&c, "Published: 11 January 2022\n" BODY "\nSource: TRT World and AFP\n");
        dsr_meta *meta = &c.report.meta;
        assert_int_equal(dsr_moment_parse(c.arena, DSR_SLICE("2021-05-05"), &meta->published), DSR_OK);
        meta->published_from = meta->outlet_from = origins[i];
        meta->published_why = DSR_SLICE("stated");
        meta->outlet = DSR_SLICE("Valley Post");
        cleaned_run(&c);
        /* What the source states stays; what the user gave for reports that state none gives way. */
        slice_is(meta->published.iso, i == 0 ? "2021-05-05" : "2022-01-11");
        slice_is(meta->published_why, i == 0 ? "stated" : "Published: 11 January 2022");
        slice_is(meta->outlet, i == 0 ? "Valley Post" : "TRT World");
        assert_int_equal(meta->outlet_from, i == 0 ? DSR_FROM_METADATA : DSR_FROM_TEXT);
        slice_is(meta->agencies.items[0], "AFP");
        cleaned_drop(&c);
    }
}

static void credits(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, BODY "\nSource: TRTWorld and agencies\n");
    slice_is(c.report.meta.outlet, "TRT World");
    assert_int_equal(c.report.meta.agencies.count, 0);
    assert_int_equal(c.report.credits.count, 1);
    slice_is(c.report.credits.items[0].agency, NULL);
    cleaned_drop(&c);

    cleaned_make(&c,
                 "OSLO (AP) - " BODY
                 "\n(With inputs from Reuters)\n\nAgence France-Presse is an international news agency.\n");
    assert_int_equal(c.report.meta.agencies.count, 3);
    assert_int_equal(c.report.credits.count, 3);
    assert_int_equal(c.report.meta.agencies_from, DSR_FROM_TEXT);
    slice_is(c.report.meta.dateline, "Oslo");
    cleaned_drop(&c);
}

static void agencies_of_the_source_stay(void **state)
{
    (void)state;
    cleaned c;
    cleaned_open(&c, "OSLO (AP) - " BODY);
    assert_int_equal(DSR_LIST_RESERVE(c.arena, &c.report.meta.agencies, 1), DSR_OK);
    c.report.meta.agencies.items[c.report.meta.agencies.count++] = DSR_SLICE("AFP");
    c.report.meta.agencies_from = DSR_FROM_METADATA;
    cleaned_run(&c);
    assert_int_equal(c.report.meta.agencies.count, 1);
    slice_is(c.report.meta.agencies.items[0], "AFP");
    assert_int_equal(c.report.credits.count, 1); /* the text's own credit is a fact all the same */
    cleaned_drop(&c);
}

/* A picture's credit says nothing of the text. */
static void picture_credits(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, "Valley to build second bridge\nThe old bridge on Monday. (Reuters)\nPhoto: AFP\n\n" BODY
                     "\nREAD MORE: AP wins prize\n");
    assert_int_equal(c.report.meta.agencies.count, 0);
    assert_int_equal(c.report.credits.count, 0);
    slice_is(c.report.meta.outlet, NULL);
    cleaned_drop(&c);
}

static void authors(void **state)
{
    (void)state;
    cleaned c;
    cleaned_make(&c, "Valley to build second bridge\nBy ANN LEE, Tom Roe and Mia de Vries\n\n" BODY);
    assert_int_equal(c.report.meta.authors.count, 3);
    slice_is(c.report.meta.authors.items[0], "Ann Lee");
    slice_is(c.report.meta.authors.items[1], "Tom Roe");
    slice_is(c.report.meta.authors.items[2], "Mia de Vries");
    cleaned_drop(&c);

    cleaned_make(&c, "Valley to build second bridge\nBy ANN LEE Associated Press\n\n" BODY);
    assert_int_equal(c.report.meta.authors.count, 1);
    slice_is(c.report.meta.authors.items[0], "Ann Lee");
    cleaned_drop(&c);

    cleaned_open(&c, "Valley to build second bridge\nBy Ann Lee\n\n" BODY);
    assert_int_equal(DSR_LIST_RESERVE(c.arena, &c.report.meta.authors, 1), DSR_OK);
    c.report.meta.authors.items[c.report.meta.authors.count++] = DSR_SLICE("Bo Ek");
    cleaned_run(&c);
    assert_int_equal(c.report.meta.authors.count, 1);
    cleaned_drop(&c);
}

static void datelines(void **state)
{
    (void)state;
    const char *const cases[][2] = {{"MOSCOW \xe2\x80\x94 " BODY, "Moscow"},
                                    {"NEW DELHI: " BODY, "New Delhi"},
                                    {"KYIV, Ukraine (CNN) \xe2\x80\x94 " BODY, "Kyiv, Ukraine"},
                                    {"Moscow [Russia], January 11 (ANI): " BODY, "Moscow"},
                                    {BODY, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cleaned c;
        cleaned_make(&c, cases[i][0]);
        slice_is(c.report.meta.dateline, cases[i][1]);
        cleaned_drop(&c);
    }
}

static void outlets(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {BODY "\nDownload The Times of India News App\n", "The Times of India"},
        {BODY "\nCopyright \xc2\xa9 2022 Al Jazeera. All rights reserved.\n", "Al Jazeera"},
        {"DENVER (CNN) \xe2\x80\x94 " BODY, "CNN"},
        /* Who published it first is not who publishes it here. */
        {BODY "\nThis story was originally published by ProPublica.\n", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cleaned c;
        cleaned_make(&c, cases[i][0]);
        slice_is(c.report.meta.outlet, cases[i][1]);
        cleaned_drop(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),       cmocka_unit_test(published_before_updated),
        cmocka_unit_test(uncertain_dates), cmocka_unit_test(stated_wins_over_text),
        cmocka_unit_test(credits),         cmocka_unit_test(agencies_of_the_source_stay),
        cmocka_unit_test(picture_credits), cmocka_unit_test(authors),
        cmocka_unit_test(datelines),       cmocka_unit_test(outlets)};
    return cmocka_run_group_tests(tests, lexicon_make, lexicon_drop);
}
