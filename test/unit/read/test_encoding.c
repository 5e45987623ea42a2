/* Plain text in any encoding: the file's own characters, each led back to its bytes. */
#include "support.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#define RUSSIAN                                                                                                                                                                        \
    "Женева, 11 января. Дипломаты двух стран провели восемь часов за закрытыми дверями. Представитель " \
    "министерства сказал, что разговор был трудным, но полезным.\n"
#define JAPANESE                                                                                                                                                \
    "ジュネーブで両国の高官が安全保障について協議した。双方は対話を続けることで一致したが、溝は埋まらなかっ" \
    "た。\n"
#define CHINESE "两国官员周一在日内瓦就安全保障问题举行会谈。双方同意继续对话，但分歧依然存在。\n"
#define KOREAN  "두 나라의 고위 관리들이 제네바에서 안보 문제를 논의했다. 양측은 대화를 계속하기로 했다.\n"
#define GERMAN                                                                                                       \
    "Die Minister trafen sich am Dienstag in Brüssel. „Wir müssen zuhören“, sagte die Sprecherin. Über die " \
    "Höhe der Kosten äußerte sie sich nicht – noch nicht.\n"
#define POLISH                                                                                               \
    "Ministrowie spotkali się w środę w Genewie, żeby omówić położenie na granicy. Rzeczniczka "     \
    "powiedziała, "                                                                                         \
    "że rozmowy były trudne, ale pożyteczne.\n"
#define ENGLISH "“We will listen,” she said – the first day’s talks cost £3m. They met for eight hours.\n"
#define EMOJI   "Smiles 😀 and 𝄞 clefs, then plain words again.\n"

static size_t convert(const char *encoding, const char *text, char *out, size_t room)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char *copy = strdup(text);
    char *from = copy;
    char *to = out;
    size_t left = strlen(text);
    size_t rest = room;
    assert_int_equal(iconv(converter, &from, &left, &to, &rest), 0);
    assert_int_equal(iconv(converter, NULL, NULL, &to, &rest), 0);
    assert_int_equal(iconv_close(converter), 0);
    free(copy);
    return room - rest;
}

static void check_encoding(const char *iconv_name, const char *name, const char *text)
{
    char bytes[4096];
    size_t size = convert(iconv_name, text, bytes, sizeof bytes);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_piece piece = piece_of("text", bytes, size);
    piece.offset = 1000; /* as of a text inside a larger file */
    dsr_report report = read_piece(arena, &piece);
    assert_slice(report.source.encoding, name);
    assert_slice(report.text, text);
    assert_int_equal(report.warnings.count, 0);
    assert_true(report.source_map.count < 40);
    dsr_arena_drop(arena);
}

static void test_each_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *iconv, *name, *text;
    } cases[] = {{"UTF-8", "UTF-8", RUSSIAN},
                 {"UTF-16LE", "UTF-16LE", ENGLISH},
                 {"UTF-16BE", "UTF-16BE", ENGLISH},
                 {"UTF-16LE", "UTF-16LE", RUSSIAN},
                 {"UTF-16BE", "UTF-16BE", RUSSIAN},
                 {"UTF-16LE", "UTF-16LE", EMOJI},
                 {"UTF-32LE", "UTF-32LE", EMOJI},
                 {"UTF-32BE", "UTF-32BE", RUSSIAN},
                 {"WINDOWS-1252", "windows-1252", GERMAN},
                 {"WINDOWS-1252", "windows-1252", ENGLISH},
                 {"WINDOWS-1250", "windows-1250", POLISH},
                 {"ISO-8859-2", "ISO-8859-2", POLISH},
                 {"WINDOWS-1251", "windows-1251", RUSSIAN},
                 {"KOI8-R", "KOI8-R", RUSSIAN},
                 {"IBM866", "IBM866", RUSSIAN},
                 {"CP932", "Shift_JIS", JAPANESE},
                 {"EUC-JP", "EUC-JP", JAPANESE},
                 {"ISO-2022-JP", "ISO-2022-JP", JAPANESE},
                 {"GB18030", "GB18030", CHINESE},
                 {"EUC-KR", "EUC-KR", KOREAN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_encoding(cases[i].iconv, cases[i].name, cases[i].text);
    }
}

static void check_mark(const char *mark, size_t length, const char *encoding, const char *name)
{
    char bytes[512];
    memcpy(bytes, mark, length);
    size_t size = length + convert(encoding, RUSSIAN, bytes + length, sizeof bytes - length);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", bytes, size);
    assert_slice(report.source.encoding, name);
    assert_slice(report.text, RUSSIAN);
    assert_int_equal(report.source_map.items[0].source.start, length);
    dsr_arena_drop(arena);
}

static void test_marks_are_no_text(void **state)
{
    (void)state;
    char wide[2048];
    check_mark("\xEF\xBB\xBF", 3, "UTF-8", "UTF-8");
    check_mark("\xFF\xFE", 2, "UTF-16LE", "UTF-16LE");
    check_mark("\xFE\xFF", 2, "UTF-16BE", "UTF-16BE");
    memcpy(wide, "\xFF\xFE\0\0", 4);
    size_t size = 4 + convert("UTF-32LE", JAPANESE, wide + 4, sizeof wide - 4);
    dsr_arena *arena = dsr_arena_new(0);
    assert_slice(read_bytes(arena, "text", wide, size).text, JAPANESE);
    dsr_arena_drop(arena);
}

static void test_line_ends_stay(void **state)
{
    (void)state;
    static const char text[] = "one\r\ntwo\rthree\n\n\tfour\f";
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", text, sizeof text - 1);
    assert_slice(report.text, text);
    assert_int_equal(report.source_map.count, 1);
    dsr_arena_drop(arena);
}

static void test_stray_bytes(void **state)
{
    (void)state;
    /* UTF-8 with a "é" and quotation marks of windows-1252, and a byte that is nothing there either. */
    static const char bytes[] = "Élysée, déjà, Genève: caf\xE9 \x93quoted\x94 \x81 end";
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", bytes, sizeof bytes - 1);
    assert_slice(report.source.encoding, "UTF-8");
    assert_slice(report.text, "Élysée, déjà, Genève: café “quoted” \xEF\xBF\xBD end");
    assert_true(warns(&report, "3 bytes are not UTF-8 and read as windows-1252, the first at byte 30"));
    assert_true(warns(&report, "1 character is no text and stands as U+FFFD, the first at byte 41"));
    dsr_arena_drop(arena);
}

static void test_cut_off_character(void **state)
{
    (void)state;
    static const char bytes[] = "Genève à l’été, où l\xE2\x80";
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", bytes, sizeof bytes - 1);
    assert_slice(report.text, "Genève à l’été, où lâ€");
    assert_true(warns(&report, "2 bytes are not UTF-8"));
    dsr_arena_drop(arena);
}

static void test_half_pairs(void **state)
{
    (void)state;
    static const char bytes[] = "\xFF\xFE"
                                "a\0b\0\0\xD8"
                                "c\0d\0e\0f\0g\0h\0i\0j\0k";
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", bytes, sizeof bytes - 1);
    assert_slice(report.text, "ab\xEF\xBF\xBD"
                              "cdefghij\xEF\xBF\xBD");
    assert_true(warns(&report, "2 characters are no text and stand as U+FFFD, the first at byte 6"));
    dsr_arena_drop(arena);
}

static void test_first_high_byte_late(void **state)
{
    (void)state;
    /* The guess must look where there is something to see: behind 100 KB of ASCII. */
    enum { PLAIN = 100 * 1024 };
    char *bytes = malloc(PLAIN + 8 * 1024);
    assert_non_null(bytes);
    for (size_t i = 0; i < PLAIN; i++) {
        bytes[i] = "plain words "[i % 12];
    }
    size_t size = PLAIN;
    for (int i = 0; i < 20; i++) {
        size += convert("KOI8-R", RUSSIAN, bytes + size, 512);
    }
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = read_bytes(arena, "text", bytes, size);
    assert_slice(report.source.encoding, "KOI8-R");
    dsr_arena_drop(arena);
    free(bytes);
}

static void test_what_is_no_text(void **state)
{
    (void)state;
    static const char nul[] = "A line of text\0with a NUL in it, and more of it\n";
    static const char controls[] = "\1\2\3\4\5\6\7 not much else here \1\2\3\4";
    refuse_bytes("text", "", 0, DSR_ERR_INPUT, "is empty");
    refuse_bytes("text", " \n\t\r\n ", 6, DSR_ERR_INPUT, "nothing but white space");
    refuse_bytes("text", "\xEF\xBB\xBF", 3, DSR_ERR_INPUT, "nothing but white space");
    refuse_bytes("text", "\xFF\xFE", 2, DSR_ERR_INPUT, "nothing but white space");
    refuse_bytes("text", "\xC2\xA0\xE2\x80\x8B\n", 6, DSR_ERR_INPUT, "nothing but white space");
    refuse_bytes("text", nul, sizeof nul - 1, DSR_ERR_INPUT, "the first at byte 14");
    refuse_bytes("text", controls, sizeof controls - 1, DSR_ERR_INPUT, "control characters");
    refuse_bytes("text", "\0\0\0\0\0\0\0\0", 8, DSR_ERR_INPUT, "NUL bytes");
}

static void test_a_few_controls_are_text(void **state)
{
    (void)state;
    static const char text[] = "A bell \a and a page \f and a colour \x1B[31m are no reason.";
    dsr_arena *arena = dsr_arena_new(0);
    assert_slice(read_bytes(arena, "text", text, sizeof text - 1).text, text);
    dsr_arena_drop(arena);
}

/* Any bytes at all give a sound report or a reason. xorshift, so that each run sees the same. */
static void test_any_bytes(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    static const char alphabet[] = "abc \n\xC3\xA9\xE2\x80\x99\xFF\xFE\x93\x81\xD0\xB0\\\"{";
    for (int round = 0; round < 3000; round++) {
        char bytes[64];
        size_t size = (size_t)(round % 64);
        for (size_t i = 0; i < size; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            bytes[i] = round % 3 == 0 ? (char)seed : alphabet[seed % (sizeof alphabet - (round % 3 == 1))];
        }
        dsr_arena *arena = dsr_arena_new(0);
        dsr_piece piece = piece_of("text", bytes, size);
        dsr_report report;
        dsr_error error = {0};
        const char *what = NULL;
        dsr_status status = dsr_read_piece(arena, &piece, NULL, &report, &error);
        if (status == DSR_OK && !dsr_report_is_sound(&report, &what)) {
            fail_msg("round %d: %s", round, what != NULL ? what : "?");
        }
        assert_true(status == DSR_OK || error.message[0] != '\0');
        dsr_arena_drop(arena);
    }
}

/* Stray bytes without end: the map stays within its limit and still covers the text. */
static void test_map_stays_bounded(void **state)
{
    (void)state;
    enum { PAIRS = 100 * 1000 };
    char *bytes = malloc(3 * PAIRS);
    assert_non_null(bytes);
    for (size_t i = 0; i < PAIRS; i++) {
        memcpy(bytes + 3 * i, "\xC3\xA9\xE9", 3);
    }
    dsr_arena *arena = dsr_arena_new(0);
    dsr_piece piece = piece_of("text", bytes, 3 * PAIRS);
    dsr_report report;
    dsr_error error = {0};
    assert_int_equal(dsr_read_piece(arena, &piece, NULL, &report, &error), DSR_OK);
    assert_true(dsr_report_is_sound(&report, NULL));
    assert_true(report.source_map.count <= 64 * 1024);
    for (uint32_t at = 0; at < report.text.len; at += 998) {
        dsr_source_span span;
        assert_true(
            dsr_source_map_find(report.source_map.items, report.source_map.count, report.text, at, &span));
        uint64_t expected = (uint64_t)at * 3 / 4;
        assert_true(span.start <= expected + 1 && span.end + 1 >= expected);
    }
    dsr_arena_drop(arena);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_encoding),           cmocka_unit_test(test_marks_are_no_text),
        cmocka_unit_test(test_line_ends_stay),          cmocka_unit_test(test_stray_bytes),
        cmocka_unit_test(test_cut_off_character),       cmocka_unit_test(test_half_pairs),
        cmocka_unit_test(test_first_high_byte_late),    cmocka_unit_test(test_what_is_no_text),
        cmocka_unit_test(test_a_few_controls_are_text), cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_map_stays_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
