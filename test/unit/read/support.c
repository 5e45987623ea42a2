/* For the suites of the reading room. */
#define _XOPEN_SOURCE 700
#include "support.h"

#include "base/utf8.h"

#include <ftw.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

int enter_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/dossier-read-XXXXXX");
    return mkdtemp(folder) != NULL && chdir(folder) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
    (void)about;
    (void)kind;
    (void)ftw;
    return remove(path);
}

int leave_folder(void **state)
{
    (void)state;
    if (chdir("/") != 0) {
        return -1;
    }
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

void make_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

dsr_piece piece_of(const char *format, const void *bytes, size_t size)
{
    dsr_piece piece = {.path = DSR_SLICE("a/b.txt"), .format = format, .size = size, .status = DSR_OK};
    memcpy(&piece.bytes, &bytes, sizeof bytes); /* the piece is never dropped, so nothing is written there */
    piece.line = strcmp(format, "text") == 0 ? 0 : 7;
    return piece;
}

/* What one character is in an encoding, by the C library alone. */
static size_t encode(const char *encoding, dsr_slice character, char out[8])
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char in[8];
    memcpy(in, character.ptr, character.len);
    char *from = in;
    size_t left = character.len;
    size_t room = 8;
    size_t result = iconv(converter, &from, &left, &out, &room);
    assert_int_equal(iconv_close(converter), 0);
    return result == (size_t)-1 ? 0 : 8 - room;
}

/* Whether an escape of JSON means the character. */
static bool escape_means(dsr_slice source, uint32_t code_point)
{
    char wanted[16];
    uint32_t unit = code_point;
    static const char *const short_ones[] = {"\\\"\"", "\\\\\\", "\\//",  "\\b\b",
                                             "\\f\f",  "\\n\n",  "\\r\r", "\\t\t"};
    for (size_t i = 0; source.len == 2 && i < sizeof short_ones / sizeof *short_ones; i++) {
        if (memcmp(source.ptr, short_ones[i], 2) == 0) {
            return (unsigned char)short_ones[i][2] == code_point;
        }
    }
    if (code_point >= 0x10000) {
        unit = 0xD800 + ((code_point - 0x10000) >> 10);
        snprintf(wanted, sizeof wanted, "\\u%04x\\u%04x", unit, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else {
        snprintf(wanted, sizeof wanted, "\\u%04x", unit);
    }
    return dsr_slice_equal_nocase(source, dsr_slice_of(wanted));
}

static void check_character(const dsr_report *report, const dsr_piece *piece, dsr_slice character,
                            uint32_t at)
{
    dsr_source_span span;
    size_t length = 0;
    char bytes[8];
    assert_true(
        dsr_source_map_find(report->source_map.items, report->source_map.count, report->text, at, &span));
    assert_true(span.start >= piece->offset && span.start < span.end &&
                span.end <= piece->offset + piece->size);
    dsr_slice source = {piece->bytes + (span.start - piece->offset), (size_t)(span.end - span.start)};
    uint32_t code_point = dsr_utf8_decode(character.ptr, character.ptr + character.len, &length);
    if (dsr_slice_equal(source, character) || code_point == 0xFFFD || code_point == '\n') {
        return; /* the same bytes; or what stands for bytes that mean nothing; or a joint between paragraphs
                 */
    }
    if (source.len > 1 && source.ptr[0] == '\\' && piece->line > 0) {
        assert_true(escape_means(source, code_point));
        return;
    }
    char name[32];
    bool stray = source.len == 1 && dsr_slice_equal(report->source.encoding, DSR_SLICE("UTF-8"));
    snprintf(name, sizeof name, "%.*s", DSR_PRINT(report->source.encoding));
    const char *encoding = stray ? "windows-1252" : strcmp(name, "Shift_JIS") == 0 ? "CP932" : name;
    size_t size = encode(encoding, character, bytes);
    if (strcmp(name, "ISO-2022-JP") != 0) { /* there a byte means what the last escape said */
        assert_int_equal(size, source.len);
        assert_memory_equal(bytes, source.ptr, size);
    }
}

void check_report(const dsr_report *report, const dsr_piece *piece)
{
    const char *what = NULL;
    if (!dsr_report_is_sound(report, &what)) {
        fail_msg("not sound: %s", what != NULL ? what : "?");
    }
    const char *end = report->text.ptr + report->text.len;
    for (const char *p = report->text.ptr; p < end;) {
        size_t length = 0;
        (void)dsr_utf8_decode(p, end, &length);
        check_character(report, piece, (dsr_slice){p, length}, (uint32_t)(p - report->text.ptr));
        p += length;
    }
}

dsr_report read_piece(dsr_arena *arena, const dsr_piece *piece)
{
    dsr_report report = {0};
    dsr_error error = {0};
    dsr_status status = dsr_read_piece(arena, piece, NULL, &report, &error);
    if (status != DSR_OK) {
        fail_msg("set aside: %s", error.message);
    }
    check_report(&report, piece);
    return report;
}

dsr_report read_bytes(dsr_arena *arena, const char *format, const void *bytes, size_t size)
{
    dsr_piece piece = piece_of(format, bytes, size);
    return read_piece(arena, &piece);
}

void refuse_bytes(const char *format, const void *bytes, size_t size, dsr_status status, const char *words)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_piece piece = piece_of(format, bytes, size);
    dsr_report report = {.text = DSR_SLICE("untouched")};
    dsr_error error = {0};
    assert_non_null(arena);
    assert_int_equal(dsr_read_piece(arena, &piece, NULL, &report, &error), status);
    assert_int_equal(error.status, status);
    assert_string_equal(error.subject, "a/b.txt");
    assert_slice(report.text, "untouched");
    if (strstr(error.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", error.message, words);
    }
    dsr_arena_drop(arena);
}

void assert_slice(dsr_slice got, const char *wanted)
{
    if (!dsr_slice_equal(got, dsr_slice_of(wanted))) {
        fail_msg("\"%.*s\" is not \"%s\"", DSR_PRINT(got), wanted);
    }
}

bool warns(const dsr_report *report, const char *words)
{
    for (size_t i = 0; i < report->warnings.count; i++) {
        if (dsr_slice_find(report->warnings.items[i], dsr_slice_of(words), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

void list_paths(listing *list, const char *const *paths, size_t count, int standard_input)
{
    dsr_reader *reader = NULL;
    dsr_error error = {0};
    dsr_status failed = DSR_OK;
    *list = (listing){.len = 0};
    assert_int_equal(dsr_reader_open(paths, count, standard_input, &reader, &error), DSR_OK);
    for (;;) {
        dsr_piece *piece = dsr_reader_next(reader, &failed);
        if (piece == NULL) {
            break;
        }
        list->pieces++;
        list->aside += piece->status != DSR_OK;
        assert_int_equal(piece->path.ptr[piece->path.len], '\0');
        assert_int_equal(piece->status == DSR_OK, piece->bytes != NULL);
        assert_int_equal(piece->status == DSR_OK, piece->format != NULL);
        int wrote =
            snprintf(list->text + list->len, sizeof list->text - list->len, "%s %llu %s%s\n", piece->path.ptr,
                     (unsigned long long)piece->line, piece->status == DSR_OK ? piece->format : "ASIDE ",
                     piece->status == DSR_OK ? "" : piece->error.message);
        list->len +=
            (size_t)wrote < sizeof list->text - list->len ? (size_t)wrote : sizeof list->text - 1 - list->len;
        dsr_piece_drop(piece);
    }
    assert_int_equal(failed, DSR_OK);
    dsr_reader_close(reader);
}
