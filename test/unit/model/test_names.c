/* The words of the contract, each of them, and the way back. */
#include "model/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void furniture_has_the_contract_words(void **state)
{
    (void)state;
    static const char *const words[] = {
        "headline",      "standfirst", "byline",    "published", "dateline",     "caption",
        "credit",        "readmore",   "advert",    "app_promo", "subscription", "account_form",
        "source_credit", "live_story", "read_time", "subhead",   "share",        "other"};
    assert_int_equal(sizeof words / sizeof *words, DSR_FURNITURE_KINDS);
    for (unsigned i = 0; i < DSR_FURNITURE_KINDS; i++) {
        assert_string_equal(dsr_furniture_kind_name((dsr_furniture_kind)i), words[i]);
        dsr_furniture_kind back = DSR_FURNITURE_KINDS;
        assert_true(dsr_furniture_kind_parse(dsr_slice_of(words[i]), &back));
        assert_int_equal(back, i);
    }
}

static void blocks_have_their_words(void **state)
{
    (void)state;
    static const char *const words[] = {"paragraph", "heading",   "list_item",   "quotation",
                                        "caption",   "table_row", "preformatted"};
    assert_int_equal(sizeof words / sizeof *words, DSR_BLOCK_KINDS);
    for (unsigned i = 0; i < DSR_BLOCK_KINDS; i++) {
        assert_string_equal(dsr_block_kind_name((dsr_block_kind)i), words[i]);
    }
    assert_string_equal(dsr_block_kind_name(DSR_BLOCK_KINDS), "unknown");
}

static void other_words_are_no_furniture(void **state)
{
    (void)state;
    static const char *const words[] = {"", "Headline", "headline ", "headlin", "headlines", "app promo"};
    dsr_furniture_kind kind = DSR_FURNITURE_SHARE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_false(dsr_furniture_kind_parse(dsr_slice_of(words[i]), &kind));
    }
    assert_false(dsr_furniture_kind_parse(DSR_SLICE_NONE, &kind));
    assert_int_equal(kind, DSR_FURNITURE_SHARE);
}

static void the_other_kinds_have_their_words(void **state)
{
    (void)state;
    static const char *const quotes[] = {"direct", "partial", "indirect", "scare"};
    static const char *const hows[] = {"marks", "verb",    "according", "colon", "noun",
                                       "split", "goes_on", "body",      "near"};
    static const char *const origins[] = {"unknown", "metadata", "text", "option", "inferred"};
    static const char *const edits[] = {"hedge",    "number",  "name", "addition",
                                        "deletion", "wording", "style"};
    static const char *const directions[] = {"unknown", "from_to", "to_from", "common_source"};
    for (unsigned i = 0; i < DSR_SAID_HOWS; i++) {
        assert_string_equal(dsr_said_how_name((dsr_said_how)i), hows[i]);
    }
    assert_null(dsr_medium_name(DSR_MEDIUM_UNSAID));
    assert_string_equal(dsr_medium_name(DSR_MEDIUM_PHONE), "phone call");
    assert_string_equal(dsr_medium_name(DSR_MEDIUM_DOCUMENT), "document");
    for (unsigned i = 0; i < 4; i++) {
        assert_string_equal(dsr_quote_kind_name((dsr_quote_kind)i), quotes[i]);
        assert_string_equal(dsr_direction_name((dsr_direction)i), directions[i]);
    }
    for (unsigned i = 0; i < 5; i++) {
        assert_string_equal(dsr_origin_name((dsr_origin)i), origins[i]);
    }
    for (unsigned i = 0; i < 7; i++) {
        assert_string_equal(dsr_edit_kind_name((dsr_edit_kind)i), edits[i]);
    }
}

static void kinds_that_are_none_have_a_word_too(void **state)
{
    (void)state;
    assert_string_equal(dsr_furniture_kind_name(DSR_FURNITURE_KINDS), "other");
    assert_string_equal(dsr_origin_name((dsr_origin)5), "unknown");
    assert_string_equal(dsr_direction_name((dsr_direction)1000), "unknown");
    assert_non_null(dsr_quote_kind_name((dsr_quote_kind)4));
    assert_non_null(dsr_edit_kind_name((dsr_edit_kind)7));
}

static void shares_are_rounded_thousandths(void **state)
{
    (void)state;
    static const struct {
        uint32_t words, of, share;
    } cases[] = {{0, 0, 0},
                 {5, 0, 0},
                 {0, 7, 0},
                 {1, 2, 500},
                 {1, 3, 333},
                 {2, 3, 667},
                 {1, 2000, 1},
                 {1, 2001, 0},
                 {7, 7, 1000},
                 {9, 7, 1000},
                 {510, 889, 574},
                 {UINT32_MAX, UINT32_MAX, 1000},
                 {UINT32_MAX - 1, UINT32_MAX, 1000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dsr_reuse reuse = {.words = cases[i].words, .words_of_from = cases[i].of, .words_of_to = 1};
        assert_int_equal(dsr_reuse_share_of_from(&reuse), cases[i].share);
        reuse.words_of_to = cases[i].of;
        reuse.words_of_from = 1;
        assert_int_equal(dsr_reuse_share_of_to(&reuse), cases[i].share);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(furniture_has_the_contract_words),
        cmocka_unit_test(blocks_have_their_words),
        cmocka_unit_test(other_words_are_no_furniture),
        cmocka_unit_test(the_other_kinds_have_their_words),
        cmocka_unit_test(kinds_that_are_none_have_a_word_too),
        cmocka_unit_test(shares_are_rounded_thousandths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
