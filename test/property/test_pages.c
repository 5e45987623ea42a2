/* What must hold of any report whatever stands in it: spans in range and ordered, nothing lost, twice equals
 * once. */
#include "base/utf8.h"
#include "clean/clean.h"
#include "language/language.h"
#include "language/words.h"
#include "model/json.h"
#include "model/pack.h"
#include "random_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PAGES = 600, MOST_PIECES = 120 };

typedef struct page {
    dsr_arena *arena;
    dsr_buffer text;
    dsr_report report;
} page;

static int open_lexicon(void **state)
{
    dsr_lexicon *lexicon = NULL;
    if (dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, NULL) != DSR_OK) {
        return -1;
    }
    *state = lexicon;
    return 0;
}

static int close_lexicon(void **state)
{
    dsr_lexicon_close(*state);
    return 0;
}

static void open_page(page *made, uint64_t number)
{
    random_source random = {number};
    memset(made, 0, sizeof *made);
    made->arena = dsr_arena_new(0);
    assert_non_null(made->arena);
    dsr_buffer_open(&made->text, 0);
    random_page(&random, &made->text, 1 + random_below(&random, MOST_PIECES));
    assert_int_equal(made->text.status, DSR_OK);
    made->report.text = dsr_buffer_slice(&made->text);
    made->report.source.path = DSR_SLICE("page");
    made->report.source.format = DSR_SLICE("text");
}

static void close_page(page *made)
{
    dsr_buffer_drop(&made->text);
    dsr_arena_drop(made->arena);
}

static void annotate(page *made, const dsr_lexicon *lexicon)
{
    dsr_report *report = &made->report;
    report->meta.language = dsr_language_identify(lexicon, report->text);
    assert_int_equal(dsr_clean_report(made->arena, lexicon, report), DSR_OK);
    assert_int_equal(dsr_language_find_sentences(made->arena, lexicon, report), DSR_OK);
    assert_int_equal(dsr_language_find_quotes(made->arena, lexicon, report), DSR_OK);
}

static void every_report_is_sound(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        const char *what = "";
        open_page(&made, i);
        annotate(&made, *state);
        if (!dsr_report_is_sound(&made.report, &what)) {
            fail_msg("page %llu: %s", (unsigned long long)i, what);
        }
        close_page(&made);
    }
}

static bool is_space_at(dsr_slice text, size_t at, size_t *length)
{
    uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, length);
    return dsr_is_space(c);
}

static void everything_stands_in_one_token(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        dsr_tokens tokens = {0};
        open_page(&made, i);
        dsr_slice text = made.report.text;
        assert_int_equal(dsr_language_tokenize(made.arena, *state, DSR_SLICE("en"), text,
                                               (dsr_span){0, (uint32_t)text.len}, &tokens),
                         DSR_OK);
        size_t at = 0;
        for (size_t k = 0; k < tokens.count; k++) {
            dsr_span span = tokens.items[k].span;
            assert_true(span.start >= at && span.start < span.end && span.end <= text.len);
            assert_true(tokens.items[k].space_before == (span.start > at));
            assert_true(!tokens.items[k].joined || (k > 0 && span.start == at));
            for (size_t length = 0; at < span.start; at += length) {
                assert_true(is_space_at(text, at, &length));
            }
            at = span.end;
        }
        for (size_t length = 0; at < text.len; at += length) {
            assert_true(is_space_at(text, at, &length));
        }
        close_page(&made);
    }
}

/* Tokens of the sentences and the gaps between them, put together, are the text. */
static void tokens_and_gaps_are_the_text(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        dsr_buffer built;
        open_page(&made, i);
        annotate(&made, *state);
        const dsr_report *report = &made.report;
        dsr_slice text = report->text;
        dsr_buffer_open(&built, 0);
        size_t at = 0;
        for (size_t s = 0; s < report->sentences.count; s++) {
            dsr_tokens tokens = {0};
            dsr_span sentence = report->sentences.items[s];
            assert_int_equal(
                dsr_language_tokenize(made.arena, *state, report->meta.language, text, sentence, &tokens),
                DSR_OK);
            assert_true(tokens.count > 0 && tokens.items[0].span.start == sentence.start &&
                        tokens.items[tokens.count - 1].span.end == sentence.end);
            for (size_t k = 0; k < tokens.count; k++) {
                dsr_span span = tokens.items[k].span;
                dsr_buffer_append(&built, dsr_slice_part(text, at, span.start));
                dsr_buffer_append(&built, dsr_slice_part(text, span.start, span.end));
                at = span.end;
            }
        }
        dsr_buffer_append(&built, dsr_slice_part(text, at, text.len));
        assert_int_equal(built.status, DSR_OK);
        assert_true(dsr_slice_equal(dsr_buffer_slice(&built), text));
        dsr_buffer_drop(&built);
        close_page(&made);
    }
}

static bool is_read(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_STANDFIRST ||
           kind == DSR_FURNITURE_SUBHEAD;
}

static bool is_in_unread_furniture(const dsr_report *report, size_t at)
{
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *item = &report->furniture.items[i];
        if (at >= item->span.start && at < item->span.end) {
            return !is_read(item->kind);
        }
    }
    return false;
}

static void every_letter_stands_in_a_sentence(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        open_page(&made, i);
        annotate(&made, *state);
        const dsr_report *report = &made.report;
        size_t sentence = 0, length = 0;
        for (size_t at = 0; at < report->text.len; at += length) {
            uint32_t c = dsr_utf8_decode(report->text.ptr + at, report->text.ptr + report->text.len, &length);
            while (sentence < report->sentences.count && report->sentences.items[sentence].end <= at) {
                sentence++;
            }
            bool inside = sentence < report->sentences.count && report->sentences.items[sentence].start <= at;
            if (dsr_is_letter(c) && !inside && !is_in_unread_furniture(report, at)) {
                fail_msg("page %llu: the letter at byte %zu stands in no sentence", (unsigned long long)i,
                         at);
            }
        }
        close_page(&made);
    }
}

static void words_are_in_order(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        dsr_word_spans words = {0};
        open_page(&made, i);
        dsr_slice text = made.report.text;
        assert_int_equal(dsr_words_split(made.arena, text, &words), DSR_OK);
        uint32_t at = 0;
        for (size_t k = 0; k < words.count; k++) {
            dsr_span span = words.items[k].span;
            assert_true(span.start >= at && span.start < span.end && span.end <= text.len);
            assert_int_equal(dsr_utf8_floor(text, span.start), span.start);
            assert_int_equal(dsr_utf8_floor(text, span.end), span.end);
            at = span.end;
        }
        close_page(&made);
    }
}

static void take_json(page *made, dsr_buffer *to)
{
    dsr_buffer_open(to, 0);
    dsr_report_write_json(made->arena, to, &made->report, DSR_VIEW_EXTRACT);
    assert_int_equal(to->status, DSR_OK);
}

static void twice_is_once(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page first, second;
        dsr_buffer one, other;
        open_page(&first, i);
        annotate(&first, *state);
        take_json(&first, &one);
        open_page(&second, i);
        annotate(&second, *state);
        take_json(&second, &other);
        assert_true(dsr_slice_equal(dsr_buffer_slice(&one), dsr_buffer_slice(&other)));
        dsr_buffer_drop(&one);
        dsr_buffer_drop(&other);
        close_page(&first);
        close_page(&second);
    }
}

static void packing_loses_nothing(void **state)
{
    for (uint64_t i = 0; i < PAGES; i++) {
        page made;
        dsr_buffer packed, before, after;
        open_page(&made, i);
        annotate(&made, *state);
        take_json(&made, &before);
        dsr_buffer_open(&packed, 0);
        dsr_report_pack(&packed, &made.report);
        assert_int_equal(packed.status, DSR_OK);
        assert_int_equal(dsr_report_unpack(made.arena, dsr_buffer_slice(&packed), &made.report, NULL),
                         DSR_OK);
        take_json(&made, &after);
        assert_true(dsr_slice_equal(dsr_buffer_slice(&before), dsr_buffer_slice(&after)));
        dsr_buffer_drop(&packed);
        dsr_buffer_drop(&before);
        dsr_buffer_drop(&after);
        close_page(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_is_sound),        cmocka_unit_test(everything_stands_in_one_token),
        cmocka_unit_test(tokens_and_gaps_are_the_text), cmocka_unit_test(every_letter_stands_in_a_sentence),
        cmocka_unit_test(words_are_in_order),           cmocka_unit_test(twice_is_once),
        cmocka_unit_test(packing_loses_nothing),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
