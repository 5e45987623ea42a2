/* Cutting texts into the words that are compared. Words are looked for 64 bytes at once: so each word stands
 * at every place of such a block here, and what comes out must be what a character-by-character loop finds.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "language/words.h"

/* The next word from *at on, character by character; false at the end. */
static bool next_word(dsr_slice text, size_t *at, dsr_span *out)
{
    const char *end = text.ptr + text.len;
    size_t start = SIZE_MAX;
    while (*at < text.len) {
        size_t length = 1;
        uint32_t cp = dsr_utf8_decode(text.ptr + *at, end, &length);
        bool unspaced = dsr_is_unspaced(cp);
        if (start != SIZE_MAX && (!dsr_is_word(cp) || unspaced)) {
            break;
        }
        start = start == SIZE_MAX && dsr_is_word(cp) ? *at : start;
        *at += length;
        if (unspaced && start != SIZE_MAX) {
            break;
        }
    }
    *out = (dsr_span){(uint32_t)start, (uint32_t)*at};
    return start != SIZE_MAX;
}

static uint32_t key_alone(world *w, dsr_slice word)
{
    dsr_word_spans words = {NULL, 0, 0};
    assert_int_equal(dsr_words_split(w->arena, word, &words), DSR_OK);
    assert_int_equal(words.count, 1);
    return words.items[0].key;
}

static void check_words(world *w, dsr_slice text)
{
    dsr_word_spans words = {NULL, 0, 0};
    assert_int_equal(dsr_words_split(w->arena, text, &words), DSR_OK);
    size_t at = 0, count = 0;
    for (dsr_span span; next_word(text, &at, &span); count++) {
        assert_true(count < words.count);
        const dsr_word *found = &words.items[count];
        assert_int_equal(found->span.start, span.start);
        assert_int_equal(found->span.end, span.end);
        dsr_slice word = dsr_slice_part(text, span.start, span.end);
        assert_int_equal(found->key, key_alone(w, word));
        size_t length;
        uint32_t first = dsr_utf8_decode(word.ptr, word.ptr + word.len, &length);
        assert_int_equal(found->capital, dsr_is_upper(first) || (first >= '0' && first <= '9'));
    }
    assert_int_equal(count, words.count);
}

/* `filler` as often as it fits into `bytes` bytes, then `piece`, then more of it. */
static dsr_slice surround(world *w, const char *filler, size_t bytes, const char *piece)
{
    char text[512];
    size_t used = 0;
    while (used + strlen(filler) <= bytes) {
        memcpy(text + used, filler, strlen(filler));
        used += strlen(filler);
    }
    used += (size_t)sprintf(text + used, "%s", piece);
    for (int i = 0; i < 100; i++) {
        text[used++] = " ab"[i % 3];
    }
    dsr_slice copy;
    assert_int_equal(dsr_arena_copy(w->arena, (dsr_slice){text, used}, &copy), DSR_OK);
    return copy;
}

static void test_every_place_of_a_block(void **state)
{
    world *w = *state;
    static const char *const fillers[] = {" ", "a ", "a, ", "abcdefg ", "7.", "_", "e", "é ", "山"};
    static const char *const pieces[] = {" ",
                                         "x",
                                         " Word ",
                                         "seven77",
                                         "eightlet",
                                         "ninelette",
                                         "sixteen_letters_",
                                         "été",
                                         "e\xcc\x81t",
                                         "Été",
                                         "abcé",
                                         "山羊",
                                         "a山b",
                                         "“quoted”",
                                         "don’t",
                                         ""};
    for (size_t f = 0; f < sizeof fillers / sizeof *fillers; f++) {
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
            for (size_t bytes = 0; bytes < 140; bytes++) {
                check_words(w, surround(w, fillers[f], bytes, pieces[p]));
            }
            dsr_arena_reset(w->arena);
        }
    }
}

static void test_soups(void **state)
{
    world *w = *state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        check_words(w, make_soup(w, seed * 7919, 1 + (size_t)seed));
        dsr_arena_reset(w->arena);
    }
}

static void test_more_words_than_expected(void **state)
{
    world *w = *state;
    check_words(w, repeat(w, "a ", 5000));
    check_words(w, repeat(w, "山", 5000));
    check_words(w, repeat(w, "a", 5000));
    check_words(w, DSR_SLICE(""));
}

static void test_case_and_accents_fold(void **state)
{
    world *w = *state;
    assert_int_equal(key_alone(w, DSR_SLICE("Harbour")), key_alone(w, DSR_SLICE("hARBOUR")));
    assert_int_equal(key_alone(w, DSR_SLICE("\xc3\x89t\xc3\xa9")), key_alone(w, DSR_SLICE("ete")));
    assert_int_equal(key_alone(w, DSR_SLICE("e\xcc\x81t")), key_alone(w, DSR_SLICE("et")));
    assert_int_not_equal(key_alone(w, DSR_SLICE("harbour")), key_alone(w, DSR_SLICE("harbours")));
    assert_int_not_equal(key_alone(w, DSR_SLICE("eightlet")), key_alone(w, DSR_SLICE("eightlets")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_place_of_a_block, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_soups, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_more_words_than_expected, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_case_and_accents_fold, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
