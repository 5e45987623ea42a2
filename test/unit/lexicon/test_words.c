/* Word lists, spelling groups, months, languages and background counts. */
#include "folder.h"

#include "base/utf8.h"
#include "lexicon/lexicon.h"

static const dsr_slice EN = {"en", 2};
static char data[FOLDER_PATH], user[FOLDER_PATH];

static int make(void **state)
{
    (void)state;
    folder_make(data);
    folder_make(user);
    folder_fill(data);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    folder_drop(data);
    folder_drop(user);
    return 0;
}

static dsr_lexicon *opened(const char *folder, const char *user_folder)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_lexicon_open(folder, user_folder, &lexicon, &error) != DSR_OK)
        fail_msg("%s: %s", error.subject, error.message);
    return lexicon;
}

static bool has(const dsr_lexicon *l, dsr_word_list list, const char *word)
{
    return dsr_lexicon_has(l, EN, list, dsr_slice_of(word));
}

static uint32_t group(const dsr_lexicon *l, const char *word)
{
    return dsr_lexicon_variant(l, EN, dsr_slice_of(word));
}

static void lists(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(data, NULL);
    assert_true(has(l, DSR_WORDS_STOP, "the"));
    assert_false(has(l, DSR_WORDS_STOP, "talks"));
    assert_true(has(l, DSR_WORDS_HEDGE, "sign of"));
    assert_false(has(l, DSR_WORDS_HEDGE, "sign"));
    assert_true(has(l, DSR_WORDS_ABBREVIATION, "u.s"));
    /* A word with an apostrophe is found however words are cut. */
    assert_true(has(l, DSR_WORDS_STOP, "don't"));
    assert_true(has(l, DSR_WORDS_STOP, "don t"));
    assert_false(dsr_lexicon_has(l, DSR_SLICE("xx"), DSR_WORDS_STOP, DSR_SLICE("the")));
    assert_false(dsr_lexicon_has(l, DSR_SLICE_NONE, DSR_WORDS_STOP, DSR_SLICE("the")));
    dsr_lexicon_close(l);
}

static void user_adds_and_takes_out(void **state)
{
    (void)state;
    folder_put(user, "en/stop.txt", "-the\nouch\n");
    folder_put(user, "en/variants.tsv", "Kiev\tKyjiw\n-us\n");
    dsr_lexicon *l = opened(data, user);
    assert_false(has(l, DSR_WORDS_STOP, "the"));
    assert_true(has(l, DSR_WORDS_STOP, "of"));
    assert_true(has(l, DSR_WORDS_STOP, "ouch"));
    assert_int_not_equal(group(l, "kyjiw"), 0);
    assert_int_equal(group(l, "kyjiw"), group(l, "kyiv"));
    assert_int_equal(group(l, "us"), 0);
    assert_int_not_equal(group(l, "united states"), 0);
    dsr_lexicon_close(l);
}

static void variants(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(data, NULL);
    assert_int_not_equal(group(l, "us"), 0);
    assert_int_equal(group(l, "us"), group(l, "united states"));
    assert_int_equal(group(l, "us"), group(l, "u s"));
    assert_int_not_equal(group(l, "us"), group(l, "kiev"));
    assert_int_equal(group(l, "united"), 0);
    assert_int_equal(dsr_lexicon_variant_words(l, EN), 2);
    assert_int_equal(dsr_lexicon_variant_words(l, DSR_SLICE("xx")), 0);
    dsr_lexicon_close(l);
}

static void refused(const char *file, const char *text, const char *line)
{
    dsr_lexicon *l = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    folder_fill(data);
    folder_put(data, file, text);
    assert_int_equal(dsr_lexicon_open(data, NULL, &l, &error), DSR_ERR_INPUT);
    assert_null(l);
    assert_non_null(strstr(error.subject, file));
    if (!strstr(error.message, line))
        fail_msg("\"%s\" lacks \"%s\"", error.message, line);
}

static void refusals(void **state)
{
    (void)state;
    refused("en/variants.tsv", "alone\n", "line 1");
    refused("en/variants.tsv", "a\tb\nc\td\nb\tc\n", "line 3");
    refused("en/variants.tsv", "a\t--\n", "line 1");
    refused("en/months.tsv", "13\tnever\n", "from 1 to 12");
    refused("en/months.tsv", "0\tnever\n", "from 1 to 12");
    refused("en/months.tsv", "one\tjanuary\n", "line 1");
    refused("en/months.tsv", "1 january\n", "line 1");
    refused("en/weekdays.tsv", "7\tdoomsday\n", "from 0 to 6");
    refused("en/stop.txt", "fine\n---\n", "line 2");
    char longest[800];
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    refused("en/cues.txt", longest, "line 1");
}

static void months_and_weekdays(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    assert_int_equal(dsr_lexicon_month(l, EN, DSR_SLICE("january")), 1);
    assert_int_equal(dsr_lexicon_month(l, EN, DSR_SLICE("sept")), 9);
    assert_int_equal(dsr_lexicon_month(l, EN, DSR_SLICE("monday")), -1);
    assert_int_equal(dsr_lexicon_weekday(l, EN, DSR_SLICE("tue")), 1);
    assert_int_equal(dsr_lexicon_weekday(l, EN, DSR_SLICE("sunday")), 6);
    assert_int_equal(dsr_lexicon_month(l, DSR_SLICE("de"), DSR_SLICE("marz")), 3);
    assert_int_equal(dsr_lexicon_month(l, DSR_SLICE("xx"), DSR_SLICE("january")), -1);
    dsr_lexicon_close(l);
}

static void shipped_lists(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    assert_true(has(l, DSR_WORDS_CUE, "tweeted"));
    assert_true(has(l, DSR_WORDS_CUE, "according to"));
    assert_true(has(l, DSR_WORDS_UNIT, "km"));
    assert_true(has(l, DSR_WORDS_PREFIX, "anti"));
    assert_false(has(l, DSR_WORDS_PREFIX, "vice"));
    assert_true(has(l, DSR_WORDS_CONTRACTION, "dont"));
    assert_true(has(l, DSR_WORDS_NAME_ABBREVIATION, "miss"));
    assert_true(has(l, DSR_WORDS_ABBREVIATION, "miss"));
    assert_true(has(l, DSR_WORDS_HEDGE, "implied"));
    assert_true(has(l, DSR_WORDS_HEDGE, "sign of"));
    assert_true(has(l, DSR_WORDS_NUMBER, "dozen"));
    assert_true(has(l, DSR_WORDS_ABBREVIATION, "gen"));
    assert_int_equal(group(l, "kiev"), group(l, "kyiv"));
    assert_int_equal(group(l, "per cent"), group(l, "percent"));
    assert_int_equal(group(l, "organised"), group(l, "organized"));
    assert_int_equal(group(l, "neighbours"), group(l, "neighbors"));
    assert_int_not_equal(group(l, "organised"), group(l, "organise"));
    assert_true(dsr_lexicon_variant_words(l, EN) >= 3);
    dsr_lexicon_close(l);
}

static void languages(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    const char *const needed[] = {"da", "de", "el", "en", "es", "fi", "fr", "hu", "id", "it",
                                  "nl", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi"};
    size_t at = 0, count = 0;
    dsr_slice before = DSR_SLICE(""), code;
    while ((code = dsr_lexicon_bit_language(l, (unsigned)count)).ptr) {
        assert_true(dsr_slice_compare(before, code) < 0);
        if (at < sizeof needed / sizeof needed[0] && dsr_slice_equal(code, dsr_slice_of(needed[at])))
            at++;
        before = code;
        count++;
    }
    assert_int_equal(at, sizeof needed / sizeof needed[0]);
    dsr_lexicon_close(l);
}

static void background(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    uint32_t all = dsr_lexicon_background_size(l, EN);
    assert_true(all > 100);
    assert_true(dsr_lexicon_background(l, EN, DSR_SLICE("work")) > 10);
    assert_true(dsr_lexicon_background(l, EN, DSR_SLICE("work")) < all);
    assert_int_equal(dsr_lexicon_background(l, EN, DSR_SLICE("xqzzy")), 0);
    assert_int_equal(dsr_lexicon_background(l, EN, DSR_SLICE("documents")),
                     dsr_lexicon_background(l, EN, DSR_SLICE("documents")));
    assert_int_equal(dsr_lexicon_background_size(l, DSR_SLICE("de")), 0);
    dsr_lexicon_close(l);
    l = opened(data, NULL); /* without a model there are no counts */
    assert_int_equal(dsr_lexicon_background_size(l, EN), 0);
    assert_int_equal(dsr_lexicon_background(l, EN, DSR_SLICE("work")), 0);
    dsr_lexicon_close(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists, make, drop),
        cmocka_unit_test_setup_teardown(user_adds_and_takes_out, make, drop),
        cmocka_unit_test_setup_teardown(variants, make, drop),
        cmocka_unit_test_setup_teardown(refusals, make, drop),
        cmocka_unit_test(months_and_weekdays),
        cmocka_unit_test(shipped_lists),
        cmocka_unit_test(languages),
        cmocka_unit_test_setup_teardown(background, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
