/* What was changed inside a passage: the words between the aligned ones, and the marks between words. Which
 * kind of change it is, kind.c decides. */
#include "compare/edits.h"

#include "base/limits.h"
#include "base/utf8.h"

enum { LONGEST_GAP = 24 /* bytes of marks between two words that are compared */ };

typedef struct finder {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    const dsr_compare_text *a, *b;
    dsr_passage *passage;
} finder;

static dsr_status push_edit(finder *f, dsr_span from, dsr_span to, dsr_edit_kind kind)
{
    if (f->passage->edits.count >= DSR_LIMIT_EDITS) {
        return DSR_OK;
    }
    dsr_status status = DSR_LIST_RESERVE(f->arena, &f->passage->edits, 1);
    if (status == DSR_OK) {
        f->passage->edits.items[f->passage->edits.count++] = (dsr_edit){from, to, kind};
    }
    return status;
}

static dsr_slice text_at(const dsr_compare_text *text, uint32_t start, uint32_t end)
{
    return dsr_slice_part(text->report->text, start, end);
}

/* The text between word i and the next one of the sequence. */
static dsr_slice gap_after(const dsr_compare_text *text, uint32_t i)
{
    return text_at(text, text->words[i].span.end, text->words[i + 1].span.start);
}

/* A gap without white space and quotation marks: which of them a house uses is nobody's edit. */
static dsr_status bare_marks(dsr_arena *arena, dsr_slice gap, dsr_slice *out)
{
    char marks[LONGEST_GAP];
    size_t count = 0;
    const char *end = gap.ptr + gap.len;
    for (const char *p = gap.ptr; p < end;) {
        size_t length = 1;
        uint32_t cp = dsr_utf8_decode(p, end, &length);
        if (!dsr_is_space(cp) && !dsr_compare_is_quote_mark(cp)) {
            for (size_t k = 0; k < length; k++) {
                marks[count++] = p[k];
            }
        }
        p += length;
    }
    return dsr_arena_copy(arena, (dsr_slice){marks, count}, out);
}

/* Furniture lies in it, or it is very long: there is nothing to compare. */
static bool is_no_gap(dsr_slice gap)
{
    const char *end = gap.ptr + gap.len;
    for (const char *p = gap.ptr; gap.len <= LONGEST_GAP && p < end;) {
        size_t length = 1;
        if (dsr_is_word(dsr_utf8_decode(p, end, &length))) {
            return true;
        }
        p += length;
    }
    return gap.len > LONGEST_GAP;
}

static bool has_space(dsr_slice s)
{
    const char *end = s.ptr + s.len;
    for (const char *p = s.ptr; p < end;) {
        size_t length = 1;
        if (dsr_is_space(dsr_utf8_decode(p, end, &length))) {
            return true;
        }
        p += length;
    }
    return false;
}

/* The span of the marks themselves, or the place where they are missing. */
static dsr_span marks_span(const dsr_compare_text *text, uint32_t i)
{
    dsr_slice gap = gap_after(text, i);
    dsr_slice marks = dsr_slice_trim(gap);
    uint32_t start = text->words[i].span.end + (uint32_t)(marks.len ? marks.ptr - gap.ptr : 0);
    return (dsr_span){start, start + (uint32_t)marks.len};
}

/* Two words that follow each other in both texts: was a mark between them changed? Words that one side writes
 * together are shown whole ("open door" -> "open-door"). */
static dsr_status compare_gap(finder *f, dsr_word_pair pair)
{
    dsr_slice a = gap_after(f->a, pair.a), b = gap_after(f->b, pair.b);
    if (dsr_slice_equal(a, b) || is_no_gap(a) || is_no_gap(b)) {
        return DSR_OK;
    }
    dsr_slice marks_a, marks_b;
    dsr_status status = bare_marks(f->arena, a, &marks_a);
    if (status == DSR_OK) {
        status = bare_marks(f->arena, b, &marks_b);
    }
    if (status != DSR_OK || dsr_slice_equal(marks_a, marks_b)) {
        return status;
    }
    if (has_space(a) != has_space(b)) {
        dsr_span from = {f->a->words[pair.a].span.start, f->a->words[pair.a + 1].span.end};
        dsr_span to = {f->b->words[pair.b].span.start, f->b->words[pair.b + 1].span.end};
        return push_edit(f, from, to, DSR_EDIT_STYLE);
    }
    return push_edit(f, marks_span(f->a, pair.a), marks_span(f->b, pair.b), DSR_EDIT_STYLE);
}

static bool begins_sentence(const dsr_compare_text *text, uint32_t i)
{
    if (i == 0) {
        return true;
    }
    dsr_slice gap = gap_after(text, i - 1);
    for (size_t k = 0; k < gap.len; k++) {
        char c = gap.ptr[k];
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == '"') {
            return true;
        }
    }
    return dsr_slice_find(gap, DSR_SLICE("\xe2\x80"), 0) !=
           SIZE_MAX; /* dashes and typographic quotation marks */
}

/* The same word written otherwise: another case or accent. A capital that only follows from the place in the
 * sentence is none. */
static dsr_status compare_word(finder *f, dsr_word_pair pair)
{
    dsr_slice a = dsr_compare_word(f->a, pair.a), b = dsr_compare_word(f->b, pair.b);
    if (dsr_slice_equal(a, b)) {
        return DSR_OK;
    }
    if (dsr_slice_equal_nocase(a, b) && (begins_sentence(f->a, pair.a) || begins_sentence(f->b, pair.b))) {
        return DSR_OK;
    }
    return push_edit(f, f->a->words[pair.a].span, f->b->words[pair.b].span, DSR_EDIT_STYLE);
}

/* The words of one side between two aligned ones: [first, last), perhaps none. */
static dsr_span side_span(const dsr_compare_text *text, uint32_t first, uint32_t last)
{
    if (first == last) {
        uint32_t at = text->words[last].span.start;
        return (dsr_span){at, at};
    }
    dsr_span span = {text->words[first].span.start, text->words[last - 1].span.end};
    /* "Moscow's demands" against "Moscow has demanded": the mark belongs to what was changed. */
    dsr_slice joint = first > 0 ? gap_after(text, first - 1) : DSR_SLICE(" ");
    if (joint.len && joint.len <= LONGEST_GAP && !has_space(joint)) {
        span.start = text->words[first - 1].span.end;
    }
    return span;
}

/* The same at the beginning of a passage, with the marks behind the words ("Meanwhile,"). */
static dsr_span start_span(const dsr_compare_text *text, uint32_t first, uint32_t last)
{
    uint32_t next = text->words[last].span.start;
    if (first == last) {
        return (dsr_span){next, next};
    }
    uint32_t start = text->words[first].span.start, end = text->words[last - 1].span.end;
    /* "Today's": the mark belongs to what stands behind it. */
    if (!has_space(text_at(text, end, next))) {
        return (dsr_span){start, end};
    }
    return (dsr_span){start, start + (uint32_t)dsr_slice_trim(text_at(text, start, next)).len};
}

/* And at its end, where an empty side lies behind the last aligned word. */
static dsr_span end_span(const dsr_compare_text *text, uint32_t first, uint32_t last)
{
    uint32_t at = text->words[first - 1].span.end;
    return first == last ? (dsr_span){at, at} : side_span(text, first, last);
}

/* Whether word i and the one after it are parts of one number: "13" and "000" of "13,000". */
static bool is_number_join(const dsr_compare_text *text, uint32_t i)
{
    dsr_slice gap = gap_after(text, i);
    dsr_slice left = dsr_compare_word(text, i), right = dsr_compare_word(text, i + 1);
    bool digits = left.len && right.len && left.ptr[left.len - 1] >= '0' && left.ptr[left.len - 1] <= '9' &&
                  right.ptr[0] >= '0' && right.ptr[0] <= '9';
    return digits && gap.len == 1 && (gap.ptr[0] == ',' || gap.ptr[0] == '.');
}

/* Draws the aligned words around an edit into it where they belong to a number that was cut in two. */
static void keep_numbers_whole(const finder *f, dsr_edit_words *w, uint32_t a_most, uint32_t b_most)
{
    while (w->a_first > 0 && w->b_first > 0 &&
           ((w->a_first < w->a_last && is_number_join(f->a, w->a_first - 1)) ||
            (w->b_first < w->b_last && is_number_join(f->b, w->b_first - 1)))) {
        w->a_first--, w->b_first--;
    }
    while (w->a_last < a_most && w->b_last < b_most &&
           ((w->a_first < w->a_last && is_number_join(f->a, w->a_last - 1)) ||
            (w->b_first < w->b_last && is_number_join(f->b, w->b_last - 1)))) {
        w->a_last++, w->b_last++;
    }
}

/* A change of certainty is read on the word it bears on: an edit that is empty on one side takes in the
 * aligned word behind it, and a small word before it ("no sign of a fire" -> "no fire"). */
static void widen_hedge(const finder *f, dsr_edit_words *w, bool has_next)
{
    if (w->a_first != w->a_last && w->b_first != w->b_last) {
        return;
    }
    if (has_next) {
        w->a_last++, w->b_last++;
    }
    if (w->a_first == 0 || w->b_first == 0) {
        return;
    }
    char folded[DSR_LIMIT_WORD_BYTES];
    dsr_slice before = dsr_compare_word(f->a, w->a_first - 1);
    size_t length = before.len * 3 <= sizeof folded ? dsr_fold_word(before, folded, sizeof folded) : 0;
    if (length > 1 && dsr_lexicon_has(f->lexicon, f->a->report->meta.language, DSR_WORDS_STOP,
                                      (dsr_slice){folded, length})) {
        w->a_first--, w->b_first--;
    }
}

/* The words between two aligned pairs. */
static dsr_status compare_between(finder *f, dsr_word_pair left, dsr_word_pair right)
{
    dsr_edit_words w = {left.a + 1, right.a, left.b + 1, right.b};
    keep_numbers_whole(f, &w, right.a + 1, right.b + 1);
    dsr_edit_kind kind = DSR_EDIT_WORDING;
    dsr_status status = dsr_edit_find_kind(f->arena, f->lexicon, f->a, f->b, &w, &kind);
    if (status != DSR_OK) {
        return status;
    }
    if (kind == DSR_EDIT_HEDGE) {
        widen_hedge(f, &w, true);
    }
    return push_edit(f, side_span(f->a, w.a_first, w.a_last), side_span(f->b, w.b_first, w.b_last), kind);
}

/* Which kind of edit the words at an edge make; *some is false where there are none. */
static dsr_status judge_edge(finder *f, const dsr_edit_words *w, bool *some, dsr_edit_kind *kind)
{
    *some = w->a_first != w->a_last || w->b_first != w->b_last;
    return *some ? dsr_edit_find_kind(f->arena, f->lexicon, f->a, f->b, w, kind) : DSR_OK;
}

/* What stands before the first aligned words, in one text or both. */
static dsr_status compare_start(finder *f, dsr_edit_words w)
{
    bool some = false;
    dsr_edit_kind kind = DSR_EDIT_WORDING;
    dsr_status status = judge_edge(f, &w, &some, &kind);
    return status == DSR_OK && some ? push_edit(f, start_span(f->a, w.a_first, w.a_last),
                                                start_span(f->b, w.b_first, w.b_last), kind)
                                    : status;
}

/* What stands behind the last. */
static dsr_status compare_end(finder *f, dsr_edit_words w)
{
    bool some = false;
    dsr_edit_kind kind = DSR_EDIT_WORDING;
    dsr_status status = judge_edge(f, &w, &some, &kind);
    return status == DSR_OK && some
               ? push_edit(f, end_span(f->a, w.a_first, w.a_last), end_span(f->b, w.b_first, w.b_last), kind)
               : status;
}

dsr_status dsr_edits_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_compare_text *a,
                          const dsr_compare_text *b, const dsr_passage_words *words, dsr_passage *passage)
{
    finder f = {arena, lexicon, a, b, passage};
    const dsr_word_pair *pairs = words->pairs.items;
    size_t count = words->pairs.count;
    dsr_status status =
        compare_start(&f, (dsr_edit_words){words->a_first, pairs[0].a, words->b_first, pairs[0].b});
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_word_pair pair = pairs[i];
        status = compare_word(&f, pair);
        if (status != DSR_OK || i + 1 == count) {
            continue;
        }
        dsr_word_pair next = pairs[i + 1];
        bool adjacent = next.a == pair.a + 1 && next.b == pair.b + 1;
        status = adjacent ? compare_gap(&f, pair) : compare_between(&f, pair, next);
    }
    dsr_word_pair last = pairs[count - 1];
    return status == DSR_OK
               ? compare_end(&f, (dsr_edit_words){last.a + 1, words->a_last, last.b + 1, words->b_last})
               : status;
}
