/* Fuzz target: one input all the way from bytes to records: read, clean, language, pack and unpack, JSON, and
 * the comparison of its two halves. What every record promises must hold of whatever comes out. A first byte
 * chooses the format. */
#include "base/utf8.h"
#include "clean/clean.h"
#include "compare/compare.h"
#include "language/language.h"
#include "model/json.h"
#include "model/pack.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* Opened once: compiling the word lists takes longer than any input. A fuzz target has no handle to hang it
 * on. */
static const dsr_lexicon *lexicon_of_all_runs(void)
{
    static dsr_lexicon *lexicon;
    if (lexicon == NULL) {
        insist(dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, NULL) == DSR_OK);
    }
    return lexicon;
}

static bool annotate(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    report->meta.language = dsr_language_identify(lexicon, report->text);
    return dsr_clean_report(arena, lexicon, report) == DSR_OK &&
           dsr_language_find_sentences(arena, lexicon, report) == DSR_OK &&
           dsr_language_find_quotes(arena, lexicon, report) == DSR_OK;
}

static bool read_report(dsr_arena *arena, const char *format, const uint8_t *data, size_t size,
                        dsr_report *out)
{
    dsr_read_options options = {0};
    dsr_piece piece = {.path = DSR_SLICE("fuzz"), .format = format, .size = size, .status = DSR_OK};
    piece.line = strcmp(format, "jsonl") == 0;
    piece.bytes = malloc(size > 0 ? size : 1);
    if (piece.bytes == NULL) {
        return false;
    }
    memcpy(piece.bytes, data, size);
    dsr_status status = dsr_read_piece(arena, &piece, &options, out, NULL);
    free(piece.bytes);
    return status == DSR_OK;
}

static bool make_report(dsr_arena *arena, const char *format, const uint8_t *data, size_t size,
                        dsr_report *out)
{
    const char *what = NULL;
    if (!read_report(arena, format, data, size, out)) {
        return false;
    }
    insist(annotate(arena, lexicon_of_all_runs(), out));
    insist(dsr_report_is_sound(out, &what));
    return true;
}

/* Packed and unpacked it is the same: packed again it gives the same bytes. */
static void pack_both_ways(dsr_arena *arena, const dsr_report *report)
{
    dsr_buffer first, second;
    dsr_report again;
    dsr_buffer_open(&first, 0);
    dsr_buffer_open(&second, 0);
    dsr_report_pack(&first, report);
    insist(first.status == DSR_OK);
    insist(dsr_report_unpack(arena, dsr_buffer_slice(&first), &again, NULL) == DSR_OK);
    dsr_report_pack(&second, &again);
    insist(dsr_slice_equal(dsr_buffer_slice(&first), dsr_buffer_slice(&second)));
    dsr_buffer_drop(&first);
    dsr_buffer_drop(&second);
}

static void write_json(dsr_arena *arena, const dsr_report *report)
{
    dsr_buffer to;
    dsr_json_doc *doc = NULL;
    dsr_buffer_open(&to, 0);
    dsr_report_write_json(arena, &to, report, DSR_VIEW_EXTRACT);
    insist(to.status == DSR_OK);
    insist(dsr_json_parse(dsr_buffer_slice(&to), &doc, NULL) == DSR_OK);
    dsr_json_drop(doc);
    dsr_buffer_drop(&to);
}

static void check_span(dsr_span span, dsr_slice text)
{
    insist(span.start <= span.end && span.end <= text.len);
    insist(dsr_utf8_floor(text, span.start) == span.start && dsr_utf8_floor(text, span.end) == span.end);
}

static void compare(dsr_arena *arena, const dsr_report *a, const dsr_report *b)
{
    const dsr_lexicon *lexicon = lexicon_of_all_runs();
    dsr_compare_text *left = NULL, *right = NULL;
    dsr_reuse reuse;
    bool found = false;
    insist(dsr_compare_prepare(arena, a, &left) == DSR_OK);
    insist(dsr_compare_prepare(arena, b, &right) == DSR_OK);
    insist(dsr_compare_pair(arena, lexicon, left, right, &found, &reuse) == DSR_OK);
    if (!found) {
        return;
    }
    insist(reuse.from + reuse.to == 1 && reuse.words >= reuse.words_quoted);
    insist(dsr_reuse_share_of_from(&reuse) <= 1000 && dsr_reuse_share_of_to(&reuse) <= 1000);
    for (size_t i = 0; i < reuse.passages.count; i++) {
        check_span(reuse.passages.items[i].from, (reuse.from == 0 ? a : b)->text);
        check_span(reuse.passages.items[i].to, (reuse.to == 0 ? a : b)->text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report whole, first, second;
    if (arena == NULL || size == 0) {
        dsr_arena_drop(arena);
        return 0;
    }
    const char *format = data[0] % 2 == 0 ? "text" : "jsonl";
    data++;
    size--;
    if (make_report(arena, format, data, size, &whole)) {
        pack_both_ways(arena, &whole);
        write_json(arena, &whole);
    }
    if (make_report(arena, "text", data, size / 2, &first) &&
        make_report(arena, "text", data + size / 2, size - size / 2, &second)) {
        compare(arena, &first, &second);
    }
    dsr_arena_drop(arena);
    return 0;
}
