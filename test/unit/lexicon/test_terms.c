/* The look-up of number, time and measure words: classes, phrases, units, capitals, and bad lines. */
#include "folder.h"

#include "lexicon/terms.h"

static dsr_lexicon *lexicon_open(const char *path, dsr_status expected, dsr_error *error)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error_clear(error);
    assert_int_equal(dsr_lexicon_open(path, NULL, &lexicon, error), expected);
    return lexicon;
}

static void drop_folder(const char *path)
{
    folder_remove(path, "en/numerals.tsv");
    folder_remove(path, "en/times.tsv");
    folder_remove(path, "en/units.tsv");
    folder_drop(path);
}

static void words_phrases_and_units(void **state)
{
    (void)state;
    char path[FOLDER_PATH];
    dsr_error error;
    folder_make(path);
    folder_fill(path);
    folder_put(path, "en/numerals.tsv",
               "# words\ndigit\t2\ttwo\nmore_than\t0\tmore than, >\nordinal\t2\tsecond\n");
    folder_put(path, "en/times.tsv",
               "unit\tS\tsecond, sec\nday\t-2\tday before yesterday\nholiday\t101\tnew year's day\n");
    folder_put(path, "en/units.tsv",
               "currency\tUnited States dollar\tUSD\tus dollar, ^us $, "
               "USD\nlength\tMeter\t\tm\nweight\tPound\t\tpound\n"
               "currency\tPound\t\tpound\narea\tSquare meter\t\tm2, m\xc2\xb2\n");
    dsr_lexicon *lexicon = lexicon_open(path, DSR_OK, &error);
    const dsr_terms *terms = dsr_lexicon_terms(lexicon, DSR_SLICE("en"));
    assert_non_null(terms);
    assert_ptr_equal(terms, dsr_lexicon_terms(lexicon, DSR_SLICE("und")));
    assert_null(dsr_lexicon_terms(lexicon, DSR_SLICE("de")));
    const dsr_term *second = dsr_terms_find(terms, DSR_SLICE("second"));
    assert_int_equal(second->number, DSR_NUMBER_ORDINAL);
    assert_int_equal(second->number_value, 2);
    assert_int_equal(second->time, DSR_TIMEWORD_UNIT);
    assert_int_equal(second->time_value, DSR_SYMBOL1('S'));
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("more"))->longest, 2);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("more than"))->cue, DSR_CUE_MORE_THAN);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE(">"))->cue, DSR_CUE_MORE_THAN);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("day before yesterday"))->time_value, -2);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("new year s day"))->time, DSR_TIMEWORD_HOLIDAY);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("january"))->time, DSR_TIMEWORD_MONTH);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("monday"))->time, DSR_TIMEWORD_WEEKDAY);
    const dsr_term *dollar = dsr_terms_find(terms, DSR_SLICE("us dollar"));
    assert_true(dsr_slice_equal(dsr_terms_unit(terms, dollar->unit[0])->code, DSR_SLICE("USD")));
    assert_int_not_equal(dsr_terms_find(terms, DSR_SLICE("us $"))->unit_before[0], DSR_NO_UNIT);
    assert_int_equal(dsr_terms_find(terms, DSR_SLICE("usd"))->unit[0], DSR_NO_UNIT);
    assert_int_not_equal(dsr_terms_find(terms, DSR_SLICE("usd"))->unit[1], DSR_NO_UNIT); /* capitals only */
    assert_int_not_equal(dsr_terms_find(terms, DSR_SLICE("m 2"))->unit[0], DSR_NO_UNIT);
    const dsr_term *pound = dsr_terms_find(terms, DSR_SLICE("pound"));
    assert_true(dsr_slice_equal(dsr_terms_unit(terms, pound->unit[0])->kind, DSR_SLICE("weight")));
    assert_true(dsr_slice_equal(dsr_terms_unit(terms, pound->unit_also)->kind, DSR_SLICE("currency")));
    assert_null(dsr_terms_find(terms, DSR_SLICE("nothing")));
    assert_null(dsr_terms_unit(terms, DSR_NO_UNIT));
    dsr_lexicon_close(lexicon);
    drop_folder(path);
}

static void bad_lines_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *told;
    } rows[] = {{"en/numerals.tsv", "digit\t2\n", "line 1: a class, a value"},
                {"en/numerals.tsv", "digit\ttwo\ttwo\n", "line 1: a class, a value"},
                {"en/times.tsv", "unit\tS\tsec\nnoise\t1\tx\n", "line 2: \"noise\" is no class"},
                {"en/units.tsv", "length\tMeter\n", "line 1: a kind, a name"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[FOLDER_PATH];
        dsr_error error;
        folder_make(path);
        folder_fill(path);
        folder_put(path, rows[i].file, rows[i].text);
        assert_null(lexicon_open(path, DSR_ERR_INPUT, &error));
        assert_non_null(strstr(error.message, rows[i].told));
        assert_non_null(strstr(error.subject, rows[i].file));
        drop_folder(path);
    }
}

static void a_folder_without_tables_has_no_terms(void **state)
{
    (void)state;
    char path[FOLDER_PATH];
    dsr_error error;
    folder_make(path);
    folder_fill(path);
    dsr_lexicon *lexicon = lexicon_open(path, DSR_OK, &error);
    assert_null(dsr_lexicon_terms(lexicon, DSR_SLICE("en")));
    dsr_lexicon_close(lexicon);
    drop_folder(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_phrases_and_units),
                                       cmocka_unit_test(bad_lines_are_named),
                                       cmocka_unit_test(a_folder_without_tables_has_no_terms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
