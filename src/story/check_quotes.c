/* A quotation of the draft beside what a report has in its place: word for word, and who says it. */
#include "story/check_parts.h"

#include <string.h>

enum {
    WORDS_MOST = 160,  /* of a quotation that are compared */
    WINDOW_MOST = 480, /* of the report's sentences around it */
    FRAGMENT = 4,      /* fewer words have to stand there as they are */
    ALIKE = 600,       /* thousandths of the words that must stand there for it to be the same quotation */
    SURE = 700,        /* thousandths: of a speaker */
    EARLIER_QUOTES = 12
};

typedef struct word_list {
    uint64_t key[WINDOW_MOST];
    dsr_span span[WINDOW_MOST];
    uint32_t count;
} word_list;

/* Words without regard to case and marks. */
static void take_words(const dsr_report *report, dsr_span span, uint32_t most, word_list *out)
{
    dsr_slice rest = dsr_slice_part(report->text, span.start, span.end), word;
    out->count = 0;
    while (out->count < most && dsr_stem_next_word(&rest, &word)) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        uint32_t at = (uint32_t)(word.ptr - report->text.ptr);
        out->key[out->count] = dsr_hash64(folded.len > 0 ? folded : word, 0);
        out->span[out->count++] = (dsr_span){at, at + (uint32_t)word.len};
    }
}

/* The sentence of a line with its neighbours: a quotation may be divided otherwise. */
static dsr_span window_of(const dsr_checker *c, const dsr_check_line *line)
{
    const dsr_report *r = c->story->reports.items[line->report].report;
    uint32_t at = line->sentence - c->told.first_sentence[line->report];
    uint32_t first = at > 0 ? at - 1 : at, last = at + 1 < r->sentences.count ? at + 1 : at;
    return (dsr_span){r->sentences.items[first].start, r->sentences.items[last].end};
}

/* Words of `a` that stand in `b` in the same order, and between which of b's they lie. */
typedef struct common {
    uint32_t words, first, last;
} common;

typedef struct row_cell {
    uint16_t words, first, last; /* first, last: place in b plus one; 0: none */
} row_cell;

/* More words; of as many those that stand closest together. */
static bool is_better(const row_cell *a, const row_cell *b)
{
    if (a->words != b->words) {
        return a->words > b->words;
    }
    return a->first != b->first ? a->first > b->first : a->last < b->last;
}

/* The longest common subsequence, row by row. */
static common align(const word_list *a, const word_list *b)
{
    row_cell rows[2][WINDOW_MOST + 1];
    memset(rows, 0, sizeof rows);
    for (uint32_t i = 1; i <= a->count; i++) {
        const row_cell *up = rows[(i - 1) & 1];
        row_cell *now = rows[i & 1];
        now[0] = (row_cell){0, 0, 0};
        for (uint32_t k = 1; k <= b->count; k++) {
            row_cell best = is_better(&now[k - 1], &up[k]) ? now[k - 1] : up[k];
            if (a->key[i - 1] == b->key[k - 1]) {
                uint16_t first = up[k - 1].words > 0 ? up[k - 1].first : (uint16_t)k;
                row_cell longer = {(uint16_t)(up[k - 1].words + 1), first, (uint16_t)k};
                best = is_better(&longer, &best) ? longer : best;
            }
            now[k] = best;
        }
    }
    row_cell end = rows[a->count & 1][b->count];
    return (common){end.words, end.first > 0 ? end.first - 1u : 0, end.last > 0 ? end.last - 1u : 0};
}

/* Whether the report's quotation goes on before or behind the words that are the same: then it has others
 * there, and is not just shorter. */
static bool goes_on(const dsr_report *report, const word_list *window, const common *found)
{
    uint32_t first = window->span[found->first].start, last = window->span[found->last].end;
    size_t from = DSR_CHECK_FIRST(&report->quotes, first + 1);
    for (size_t i = from; i > 0 && from - i < EARLIER_QUOTES; i--) {
        const dsr_quote *q = &report->quotes.items[i - 1];
        if (q->kind == DSR_QUOTE_INDIRECT || q->span.end < last) {
            continue;
        }
        bool before = found->first > 0 && window->span[found->first - 1].start >= q->span.start;
        bool behind = found->last + 1 < window->count && window->span[found->last + 1].end <= q->span.end;
        return before || behind;
    }
    return false;
}

dsr_status dsr_check_quote(dsr_checker *c, const dsr_check_line *line, const dsr_quote *quote,
                           dsr_span within, dsr_check_detail *out)
{
    const dsr_report *r = c->story->reports.items[line->report].report;
    dsr_span part = quote->span;
    part.start = part.start < within.start ? within.start : part.start;
    part.end = part.end > within.end ? within.end : part.end;
    word_list *lists = dsr_arena_alloc_array(c->work, 2, sizeof *lists);
    if (lists == NULL) {
        return DSR_ERR_MEMORY;
    }
    take_words(c->draft, part, WORDS_MOST, &lists[0]);
    take_words(r, window_of(c, line), WINDOW_MOST, &lists[1]);
    common found = align(&lists[0], &lists[1]);
    uint32_t words = lists[0].count, length = found.last + 1 - found.first;
    *out = (dsr_check_detail){
        .kind = DSR_CHECK_QUOTE, .draft = part, .verdict = DSR_DETAIL_UNTOLD, .report = line->report};
    if (found.words == 0) {
        return DSR_OK;
    }
    out->at = (dsr_span){lists[1].span[found.first].start, lists[1].span[found.last].end};
    if (found.words == words && length == words) {
        out->verdict = DSR_DETAIL_SAME;
    } else if (words < FRAGMENT) {
        out->verdict = DSR_DETAIL_UNTOLD;
    } else if (found.words == words) {
        out->verdict = length <= 3 * words ? DSR_DETAIL_COMPATIBLE : DSR_DETAIL_UNTOLD;
    } else if (found.words * 1000 >= words * ALIKE && length <= words + words / 2 + 2 &&
               (length > found.words || goes_on(r, &lists[1], &found))) {
        out->verdict = DSR_DETAIL_DIFFERS;
    }
    return DSR_OK;
}

static uint64_t speaker_key(const dsr_checker *c, const dsr_report *report, const dsr_quote *quote)
{
    bool person = quote->entity < report->entities.count &&
                  report->entities.items[quote->entity].type == DSR_NAME_PER && quote->confidence >= SURE;
    return person ? dsr_told_entity_key(&c->told, report, quote->entity) : 0;
}

bool dsr_check_other_speaker(dsr_checker *c, const dsr_check_line *line, const dsr_quote *quote,
                             dsr_span words, dsr_span *at)
{
    const dsr_report *r = c->story->reports.items[line->report].report;
    uint64_t own = speaker_key(c, c->draft, quote);
    if (own == 0 || dsr_check_has_key(line, own)) {
        return false;
    }
    size_t first = DSR_CHECK_FIRST(&r->quotes, words.start);
    bool other = false, marked = quote->kind != DSR_QUOTE_INDIRECT;
    for (size_t i = first > EARLIER_QUOTES ? first - EARLIER_QUOTES : 0;
         i < r->quotes.count && r->quotes.items[i].span.start < words.end; i++) {
        const dsr_quote *q = &r->quotes.items[i];
        bool same_sort = (q->kind == DSR_QUOTE_INDIRECT) == !marked;
        if (q->span.end <= words.start || q->kind == DSR_QUOTE_SCARE || !same_sort) {
            continue;
        }
        uint64_t key = speaker_key(c, r, q);
        if (key == 0 || key == own) {
            return false; /* who speaks there is not sure */
        }
        other = true;
        *at = q->speaker.end > q->speaker.start ? q->speaker : q->span;
    }
    return other;
}
