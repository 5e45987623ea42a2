/* What Unicode says of a character, and the folding under which words are compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void ascii_classes(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 128; c++) {
        bool upper = c >= 'A' && c <= 'Z';
        bool letter = upper || (c >= 'a' && c <= 'z');
        bool digit = c >= '0' && c <= '9';
        bool space = c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
        assert_int_equal(dsr_is_upper(c), upper);
        assert_int_equal(dsr_is_letter(c), letter);
        assert_int_equal(dsr_is_digit(c), digit);
        assert_int_equal(dsr_is_word(c), letter || digit || c == '_');
        assert_int_equal(dsr_is_space(c), space);
        assert_int_equal(dsr_is_control(c), c == 127 || (c < 32 && c != '\t' && c != '\n'));
        assert_false(dsr_is_unspaced(c));
        assert_int_equal(dsr_lower(c), upper ? c + 32 : c);
        assert_int_equal(dsr_fold(c), upper ? c + 32 : c);
    }
}

typedef struct character {
    uint32_t code_point;
    const char *classes; /* w word, l letter, u upper, d digit, s space, x unspaced, c control */
} character;

static void classes_beyond_ascii(void **state)
{
    (void)state;
    static const character characters[] = {
        {0xe9, "wl"},                     /* e acute */
        {0xc9, "wlu"},                    /* E acute */
        {0x1c5, "wlu"},                   /* Dz with caron, title case */
        {0xdf, "wl"},                     /* sharp s */
        {0xaa, "wl"},                     /* ordinal */
        {0xb2, "w"},                      /* superscript two: a number, no decimal digit */
        {0xbd, "w"},                      /* one half */
        {0x2167, "w"},                    /* Roman numeral eight */
        {0x663, "wd"},                    /* Arabic digit */
        {0x301, "w"},                     /* combining acute */
        {0x414, "wlu"},                   /* Cyrillic */
        {0x3c3, "wl"},                    /* Greek */
        {0x5d0, "wl"},                    /* Hebrew */
        {0xd55c, "wl"},                   /* Hangul is written with spaces */
        {0x5317, "wlx"},                  /* Han */
        {0x3042, "wlx"},                  /* hiragana */
        {0x30ab, "wlx"},                  /* katakana */
        {0x0e19, "wlx"},                  /* Thai consonant */
        {0x0e49, "w"},                    /* Thai tone mark: belongs to the character before it */
        {0x0e3f, ""},                     /* baht sign */
        {0x0e51, "wdx"},                  /* Thai digit */
        {0x1780, "wlx"},                  /* Khmer */
        {0x20000, "wlx"},                 /* Han, beyond the first plane */
        {0x3001, ""},                     /* ideographic comma */
        {0x3000, "s"},                    /* ideographic space */
        {0xa0, "s"},                      /* space that does not break */
        {0x2009, "s"},                    /* thin space */
        {0x85, "sc"},                     /* next line */
        {0x2028, "sc"},                   /* line separator */
        {0x200b, "c"},                    /* space of no width: for Unicode a format character */
        {0x202e, "c"},                    /* right to left override */
        {0x2066, "c"},                    /* isolate */
        {0x200f, "c"},                    /* right to left mark */
        {0xfeff, "c"},                    /* byte order mark */
        {0x9b, "c"},                      /* control sequence introducer */
        {0xe0041, "c"},                   /* tag */
        {0xad, ""},                       /* soft hyphen */
        {0x200d, ""},                     /* joiner */
        {0x2019, ""},                     /* right single quotation mark */
        {0x2014, ""},                     /* dash */
        {0x20ac, ""},                     /* euro */
        {0x1f600, ""},                    /* a face */
        {0x10ffff, ""},   {0x110000, ""}, /* no character */
        {UINT32_MAX, ""},
    };
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        uint32_t c = characters[i].code_point;
        const char *classes = characters[i].classes;
        assert_int_equal(dsr_is_word(c), strchr(classes, 'w') != NULL);
        assert_int_equal(dsr_is_letter(c), strchr(classes, 'l') != NULL);
        assert_int_equal(dsr_is_upper(c), strchr(classes, 'u') != NULL);
        assert_int_equal(dsr_is_digit(c), strchr(classes, 'd') != NULL);
        assert_int_equal(dsr_is_space(c), strchr(classes, 's') != NULL);
        assert_int_equal(dsr_is_unspaced(c), strchr(classes, 'x') != NULL);
        assert_int_equal(dsr_is_control(c), strchr(classes, 'c') != NULL);
    }
}

static void classes_hold_together(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        if (dsr_is_upper(c)) {
            assert_true(dsr_is_letter(c));
        }
        if (dsr_is_letter(c) || dsr_is_digit(c) || dsr_is_unspaced(c)) {
            assert_true(dsr_is_word(c));
        }
        if (dsr_is_word(c)) {
            assert_false(dsr_is_space(c));
            assert_false(dsr_is_control(c));
        }
    }
}

static void lower_case_of_some(void **state)
{
    (void)state;
    static const uint32_t pairs[][2] = {
        {0xc9, 0xe9},
        {0xd8, 0xf8},
        {0x130, 'i'},
        {0x178, 0xff},
        {0x1e9e, 0xdf},
        {0x410, 0x430},
        {0x42f, 0x44f},
        {0x391, 0x3b1},
        {0x3a3, 0x3c3},
        {0x212a, 'k'},
        {0xff21, 0xff41},
        {0x10400, 0x10428},
        {0xdf, 0xdf},
        {0x2019, 0x2019},
        {0xd7, 0xd7},
        {0x110000, 0x110000},
        {UINT32_MAX, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(dsr_lower(pairs[i][0]), pairs[i][1]);
    }
}

static void assert_fold(const char *word, const char *expected)
{
    char out[256];
    size_t written = dsr_fold_word(dsr_slice_of(word), out, sizeof out);
    assert_int_equal(written, strlen(expected));
    assert_memory_equal(out, expected, written);
}

static void words_meet_under_folding(void **state)
{
    (void)state;
    assert_fold("", "");
    assert_fold("Reuters", "reuters");
    assert_fold("\xc3\x89lys\xc3\xa9"
                "e",
                "elysee"); /* Elysee, with accents */
    assert_fold("E\xcc\x81lyse\xcc\x81"
                "e",
                "elysee"); /* the same, decomposed */
    assert_fold("Erdo\xc4\x9f"
                "an",
                "erdogan");
    assert_fold("\xc4\xb0"
                "brahim",
                "ibrahim");                                   /* capital I with a dot */
    assert_fold("Y\xc4\xb1ld\xc4\xb1r\xc4\xb1m", "yildirim"); /* dotless i */
    assert_fold("\xc5\x81\xc3\xb3"
                "d\xc5\xba",
                "lodz"); /* Lodz */
    assert_fold("\xc4\x90okovi\xc4\x87", "dokovic");
    assert_fold("S\xc3\xb8ren", "soren");
    assert_fold("K\xc3\xb8"
                "benhavn",
                "kobenhavn");
    assert_fold("\xc3\x85land", "aland");
    assert_fold("Stra\xc3\x9f"
                "e",
                "stra\xc3\x9f"
                "e");                           /* sharp s stays */
    assert_fold("Nguy\xe1\xbb\x85n", "nguyen"); /* two diacritics on one letter */
    assert_fold("\xc6\x8fliyev", "aliyev");     /* schwa */
    assert_fold("O\xe2\x80\x99"
                "Brien",
                "o'brien");
    assert_fold("O\xca\xbc"
                "Brien",
                "o'brien");
    assert_fold("O'Brien", "o'brien");
    assert_fold("\xd0\x81\xd0\xbb\xd0\xba\xd0\xb8\xd0\xbd",
                "\xd0\xb5\xd0\xbb\xd0\xba\xd0\xb8\xd0\xbd"); /* yo -> ye */
    assert_fold("\xce\x9f\xce\x94\xce\x9f\xce\xa3", "\xce\xbf\xce\xb4\xce\xbf\xcf\x83");
    assert_fold("\xce\xbf\xce\xb4\xcf\x8c\xcf\x82",
                "\xce\xbf\xce\xb4\xce\xbf\xcf\x83");            /* final sigma, tonos */
    assert_fold("\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\x93", "ab3"); /* wide letters */
    assert_fold("\xe2\x84\xab", "a");                           /* the unit, canonically a letter */
}

/* Letters without a decomposition, both cases, in the order of their code points. */
static void letters_with_a_stroke_or_hook_have_a_base(void **state)
{
    (void)state;
    static const char *const upper_and_lower[] = {"\xc3\x86\xc3\x90\xc3\x98\xc3\x9e\xc4\x90\xc4\xa6\xc5\x81"
                                                  "\xc5\x8a\xc5\x92\xc5\xa6\xc6\x98\xc6\xb3\xc6\xb5\xc7\xa4",
                                                  "\xc3\xa6\xc3\xb0\xc3\xb8\xc3\xbe\xc4\x91\xc4\xa7\xc5\x82"
                                                  "\xc5\x8b\xc5\x93\xc5\xa7\xc6\x99\xc6\xb4\xc6\xb6\xc7\xa5"};
    assert_fold(upper_and_lower[0], "adotdhlnotkyzg");
    assert_fold(upper_and_lower[1], "adotdhlnotkyzg");
    assert_fold("\xc4\xb1\xc4\xb8\xc5\xbf\xc6\x80\xc6\x92", "iksbf");
    assert_fold("\xc6\x81\xc6\x86\xc6\x8a\xc6\x8f\xc6\x90\xc6\x97\xc9\x84",
                "bodaeiu"); /* and their lower case: */
    assert_fold("\xc9\x93\xc9\x94\xc9\x97\xc9\x99\xc9\x9b\xc9\xa8\xca\x89", "bodaeiu");
    assert_fold("\xca\xbb\xca\xbc\xe2\x80\x98\xe2\x80\x99\xe2\x80\x9b\xe2\x80\x90\xe2\x80\x91", "'''''--");
    assert_fold("\xe2\x80\x93\xe2\x80\x9c\xca\xbd",
                "\xe2\x80\x93\xe2\x80\x9c\xca\xbd"); /* their neighbours stay */
}

/* What looks like a diacritic but makes another letter is kept. */
static void other_letters_stay_apart(void **state)
{
    (void)state;
    assert_int_equal(dsr_fold(0x304c), 0x304c); /* hiragana ga is not ka */
    assert_int_equal(dsr_fold(0x30d1), 0x30d1); /* katakana pa is not ha */
    assert_int_equal(dsr_fold(0xd55c), 0xd55c); /* a syllable of Hangul is not its first letter */
    assert_int_equal(dsr_fold(0x0929), 0x0929); /* Devanagari nnna is not na */
    assert_int_equal(dsr_fold(0x5317), 0x5317);
    assert_int_equal(dsr_fold(0x0623), 0x0627); /* alef with hamza is alef */
    assert_int_equal(dsr_fold(0x110000), 0x110000);
    assert_int_equal(dsr_fold(UINT32_MAX), UINT32_MAX);
}

static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        uint32_t folded = dsr_fold(c);
        assert_int_equal(dsr_fold(folded), folded);
        assert_int_equal(dsr_fold(dsr_lower(c)), folded);
        /* A letter never becomes something that would end a word. */
        if (dsr_is_letter(c)) {
            assert_true(dsr_is_word(folded) || folded == '\'');
        }
        char bytes[4];
        char out[4];
        size_t before = dsr_utf8_encode(c, bytes);
        assert_true(dsr_utf8_encode(folded, out) <= 3 * before);
    }
}

static void a_full_place_ends_at_a_character(void **state)
{
    (void)state;
    dsr_slice word = DSR_SLICE("a\xd0\xb6\xe5\x8c\x97z"); /* 1 + 2 + 3 + 1 bytes */
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 7, 7};
    for (size_t room = 0; room < sizeof expected / sizeof *expected; room++) {
        char *out = malloc(room + 1);
        assert_non_null(out);
        memset(out, '#', room + 1);
        assert_int_equal(dsr_fold_word(word, out, room), expected[room]);
        assert_int_equal(out[room], '#');
        assert_true(dsr_utf8_is_valid((dsr_slice){out, expected[room]}, NULL));
        free(out);
    }
}

static void odd_words_are_folded_too(void **state)
{
    (void)state;
    assert_fold("\xcc\x81", "\xcc\x81"); /* nothing but a mark: kept, so that something is there */
    assert_fold("\xcc\x81"
                "a",
                "\xcc\x81"
                "a");
    assert_fold("a\xcc\x81\xcc\xa3\xcc\x88"
                "b",
                "ab");
    assert_fold("a\xff"
                "B",
                "a\xef\xbf\xbd"
                "b"); /* not UTF-8 */
    assert_fold("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

/* Three times the input is room enough for every character, as the declaration promises. */
static void three_times_is_enough(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char bytes[4];
        char out[12];
        size_t length = dsr_utf8_encode(c, bytes);
        size_t written = dsr_fold_word((dsr_slice){bytes, length}, out, 3 * length);
        assert_true(written > 0);
        size_t read = 0;
        uint32_t got = dsr_utf8_decode(out, out + written, &read);
        assert_int_equal(read, written);
        assert_int_equal(got, dsr_fold(c >= 0xd800 && c < 0xe000 ? 0xfffd : c));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_classes),
        cmocka_unit_test(classes_beyond_ascii),
        cmocka_unit_test(classes_hold_together),
        cmocka_unit_test(lower_case_of_some),
        cmocka_unit_test(words_meet_under_folding),
        cmocka_unit_test(letters_with_a_stroke_or_hook_have_a_base),
        cmocka_unit_test(other_letters_stay_apart),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(a_full_place_ends_at_a_character),
        cmocka_unit_test(odd_words_are_folded_too),
        cmocka_unit_test(three_times_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
