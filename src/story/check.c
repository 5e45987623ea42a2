/* See check.h. Sentence by sentence: which lines tell it, which contradict it, what is left. */
#include "story/check_parts.h"

#include "base/limits.h"

#include <stdlib.h>

enum {
    PART_OF_BEST = 850, /* thousandths of the best share that other lines need to stand beside it */
    PART_LISTED = 8     /* lines that tell some of a sentence */
};

static const dsr_check_line *line_of(const dsr_checker *c, const dsr_check_match *match)
{
    return &c->lines.items[match->line];
}

/* The lines that tell a unit, some of it, or otherwise. */
static dsr_status match_unit(dsr_checker *c, const dsr_check_unit *unit, dsr_check_matches *out)
{
    uint32_t *lines = NULL, count = 0;
    dsr_status status = dsr_check_find_lines(c, unit, &lines, &count);
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_check_match match;
        status = dsr_check_match_line(c, unit, lines[i], &match);
        if (status == DSR_OK && match.kind != DSR_MATCH_NONE) {
            status = DSR_LIST_RESERVE(c->work, out, 1);
        }
        if (status == DSR_OK && match.kind != DSR_MATCH_NONE) {
            out->items[out->count++] = match;
        }
    }
    return status;
}

static bool report_has(const dsr_checker *c, const dsr_check_matches *list, uint32_t report,
                       dsr_match_kind kind, bool body_only)
{
    for (size_t i = 0; i < list->count; i++) {
        const dsr_check_line *line = line_of(c, &list->items[i]);
        if (line->report == report && list->items[i].kind == kind && !(body_only && line->heading)) {
            return true;
        }
    }
    return false;
}

static dsr_status add_carrier(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_match *match)
{
    const dsr_check_line *line = line_of(c, match);
    if (s->carriers.count >= DSR_LIMIT_TOLD_CARRIERS) {
        return DSR_OK;
    }
    for (size_t i = 0; i < s->carriers.count; i++) {
        const dsr_carrier *k = &s->carriers.items[i].carrier;
        if (k->report == line->report && k->sentence.start == line->span.start) {
            return DSR_OK;
        }
    }
    if (DSR_LIST_RESERVE(c->arena, &s->carriers, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    s->carriers.items[s->carriers.count++] = (dsr_statement_carrier){
        .carrier = {.report = line->report, .sentence = line->span, .clause = line->span, .at = line->span},
        .heading = line->heading};
    return DSR_OK;
}

static dsr_status add_all(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_matches *list,
                          dsr_match_kind kind)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < list->count; i++) {
        const dsr_check_line *line = line_of(c, &list->items[i]);
        bool beside = line->heading && report_has(c, list, line->report, kind, true);
        if (list->items[i].kind == kind && !beside) {
            status = add_carrier(c, s, &list->items[i]);
        }
    }
    return status;
}

/* A line contradicts where its report tells the draft's version nowhere: each report once, its surest line.
 */
static dsr_status add_contradictions(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_matches *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const dsr_check_match *m = &list->items[i];
        uint32_t report = line_of(c, m)->report;
        bool best =
            m->kind == DSR_MATCH_CONTRADICTS && !report_has(c, list, report, DSR_MATCH_CARRIES, false);
        for (size_t k = 0; best && k < list->count; k++) {
            const dsr_check_match *other = &list->items[k];
            bool rival =
                k != i && other->kind == DSR_MATCH_CONTRADICTS && line_of(c, other)->report == report;
            best = !rival || other->share < m->share || (other->share == m->share && k > i);
        }
        for (size_t k = 0; best && k < s->contradictions.count; k++) {
            best = s->contradictions.items[k].carrier.report != report;
        }
        for (size_t k = 0; best && k < s->carriers.count; k++) {
            best = s->carriers.items[k].carrier.report != report;
        }
        if (!best || s->contradictions.count >= DSR_LIMIT_TOLD_CARRIERS) {
            continue;
        }
        if (DSR_LIST_RESERVE(c->arena, &s->contradictions, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        s->contradictions.items[s->contradictions.count++] = m->found;
    }
    return DSR_OK;
}

/* Of lines that tell only some of a sentence, those that have the very figure or day in which others
 * contradict it, and are no less like it, tell that. */
static bool supports(const dsr_checker *c, const dsr_check_match *m, const dsr_check_unit *unit,
                     const dsr_checked_sentence *s, const dsr_check_matches *list)
{
    uint32_t contradicted = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool against = list->items[i].kind == DSR_MATCH_CONTRADICTS;
        contradicted = against && list->items[i].share > contradicted ? list->items[i].share : contradicted;
    }
    if (m->kind != DSR_MATCH_PART || m->names_missing > 0 || m->share < contradicted ||
        line_of(c, m)->heading) {
        return false;
    }
    for (size_t k = 0; k < s->contradictions.count; k++) {
        dsr_span at = s->contradictions.items[k].draft;
        for (uint32_t i = 0; i < unit->figure_count; i++) {
            if (m->figures[i].draft.start == at.start && m->figures[i].verdict == DSR_DETAIL_SAME) {
                return true;
            }
        }
        for (uint32_t i = 0; i < unit->time_count; i++) {
            if (m->times[i].draft.start == at.start && m->times[i].verdict == DSR_DETAIL_SAME) {
                return true;
            }
        }
    }
    return false;
}

static dsr_status add_supporters(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_unit *unit,
                                 const dsr_check_matches *list)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < list->count; i++) {
        if (supports(c, &list->items[i], unit, s, list)) {
            status = add_carrier(c, s, &list->items[i]);
        }
    }
    return status;
}

/* ---- pieces ---- */

typedef struct pieces {
    dsr_check_unit *units;
    dsr_check_matches *matches; /* of each */
    unsigned count;
} pieces;

static dsr_status match_pieces(dsr_checker *c, dsr_span span, pieces *out)
{
    dsr_span parts[DSR_TOLD_PIECES];
    *out = (pieces){NULL, NULL, 0};
    dsr_status status = dsr_told_read(&c->told, c->draft_at);
    unsigned count = status == DSR_OK ? dsr_told_pieces(&c->told, c->draft, span, parts) : 0;
    if (count < 2) {
        return status;
    }
    out->units = dsr_arena_alloc_array(c->work, count, sizeof *out->units);
    out->matches = dsr_arena_alloc_array(c->work, count, sizeof *out->matches);
    if (out->units == NULL || out->matches == NULL) {
        return DSR_ERR_MEMORY;
    }
    out->count = count;
    for (unsigned i = 0; status == DSR_OK && i < count; i++) {
        status = dsr_check_read_unit(c, parts[i], &out->units[i]);
        if (status == DSR_OK) {
            status = match_unit(c, &out->units[i], &out->matches[i]);
        }
    }
    return status;
}

/* Reports that tell each piece, if not in one sentence. */
static dsr_status add_pieced(dsr_checker *c, dsr_checked_sentence *s, const pieces *p)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; p->count > 0 && status == DSR_OK && i < p->matches[0].count; i++) {
        uint32_t report = line_of(c, &p->matches[0].items[i])->report;
        bool all = true;
        for (unsigned k = 0; all && k < p->count; k++) {
            all = report_has(c, &p->matches[k], report, DSR_MATCH_CARRIES, false);
        }
        for (unsigned k = 0; all && status == DSR_OK && k < p->count; k++) {
            for (size_t m = 0; status == DSR_OK && m < p->matches[k].count; m++) {
                const dsr_check_match *match = &p->matches[k].items[m];
                if (match->kind == DSR_MATCH_CARRIES && line_of(c, match)->report == report) {
                    status = add_carrier(c, s, match);
                }
            }
        }
    }
    return status;
}

/* Lines that tell some of it: those nearest to the best, and those that tell a piece. */
static dsr_status add_parts(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_matches *whole,
                            const pieces *p)
{
    uint32_t best = 0;
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < whole->count; i++) {
        bool part = whole->items[i].kind == DSR_MATCH_PART;
        best = part && whole->items[i].share > best ? whole->items[i].share : best;
    }
    for (size_t i = 0; status == DSR_OK && i < whole->count && s->carriers.count < PART_LISTED; i++) {
        const dsr_check_match *m = &whole->items[i];
        if (m->kind == DSR_MATCH_PART && m->share * 1000 >= best * PART_OF_BEST) {
            status = add_carrier(c, s, m);
        }
    }
    for (unsigned k = 0; k < p->count; k++) {
        for (size_t i = 0; status == DSR_OK && i < p->matches[k].count && s->carriers.count < 2 * PART_LISTED;
             i++) {
            if (p->matches[k].items[i].kind == DSR_MATCH_CARRIES) {
                status = add_carrier(c, s, &p->matches[k].items[i]);
            }
        }
    }
    return status;
}

/* ---- what is told of it ---- */

enum { BARE_NUMBER = DSR_CHECK_KINDS };

static const dsr_check_detail *detail_of(const dsr_check_match *m, unsigned kind, uint32_t at)
{
    if (kind == BARE_NUMBER) {
        return &m->numbers[at];
    }
    return kind == DSR_CHECK_FIGURE ? &m->figures[at]
           : kind == DSR_CHECK_DATE ? &m->times[at]
                                    : &m->quotes[at];
}

/* How the lines have one figure, date or quotation: the best of those that carry, else of all. */
static dsr_check_detail best_detail(const dsr_check_matches *list, unsigned kind, uint32_t at, dsr_span draft)
{
    dsr_check_detail best = {.kind = kind < DSR_CHECK_KINDS ? (dsr_check_kind)kind : DSR_CHECK_FIGURE,
                             .draft = draft,
                             .verdict = DSR_DETAIL_UNTOLD,
                             .report = DSR_NO_REPORT};
    bool carried = false;
    for (size_t i = 0; i < list->count; i++) {
        const dsr_check_match *m = &list->items[i];
        const dsr_check_detail *d = detail_of(m, kind, at);
        bool carries = m->kind == DSR_MATCH_CARRIES;
        if (d->verdict == DSR_DETAIL_UNTOLD || (carried && !carries)) {
            continue;
        }
        if (d->verdict < best.verdict || (carries && !carried)) {
            best = *d;
            best.draft = draft;
            carried = carries;
        }
    }
    return best;
}

static dsr_status add_details(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_unit *unit,
                              const dsr_check_matches *list)
{
    uint32_t count = unit->number_count + unit->figure_count + unit->time_count + unit->quote_count;
    if (DSR_LIST_RESERVE(c->arena, &s->details, count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < unit->figure_count; i++) {
        s->details.items[s->details.count++] =
            best_detail(list, DSR_CHECK_FIGURE, i, c->draft->figures.items[unit->figures[i]].span);
    }
    for (uint32_t i = 0; i < unit->number_count; i++) {
        s->details.items[s->details.count++] = best_detail(list, BARE_NUMBER, i, unit->numbers[i].span);
    }
    for (uint32_t i = 0; i < unit->time_count; i++) {
        s->details.items[s->details.count++] =
            best_detail(list, DSR_CHECK_DATE, i, c->draft->times.items[unit->times[i]].span);
    }
    for (uint32_t i = 0; i < unit->quote_count; i++) {
        const dsr_quote *quote = &c->draft->quotes.items[unit->quotes[i]];
        if (quote->kind != DSR_QUOTE_INDIRECT) {
            s->details.items[s->details.count++] = best_detail(list, DSR_CHECK_QUOTE, i, quote->span);
        }
    }
    return DSR_OK;
}

static bool is_told(const dsr_checker *c, const dsr_checked_sentence *s, uint64_t key)
{
    for (size_t i = 0; i < s->carriers.count; i++) {
        const dsr_carrier *carrier = &s->carriers.items[i].carrier;
        uint32_t sentence = dsr_told_sentence(&c->told, carrier->report, carrier->sentence.start);
        uint32_t line = sentence != UINT32_MAX ? c->line_of[sentence] : UINT32_MAX;
        if (line != UINT32_MAX && dsr_check_has_key(&c->lines.items[line], key)) {
            return true;
        }
    }
    return false;
}

static dsr_status add_missing_span(dsr_checker *c, dsr_checked_sentence *s, dsr_span span)
{
    enum { JOINED = 24 /* bytes between words that are shown as one stretch */ };
    if (s->missing.count > 0) {
        dsr_span *last = &s->missing.items[s->missing.count - 1];
        if (span.start <= last->end + JOINED) {
            last->end = span.end > last->end ? span.end : last->end;
            return DSR_OK;
        }
    }
    if (DSR_LIST_RESERVE(c->arena, &s->missing, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    s->missing.items[s->missing.count++] = span;
    return DSR_OK;
}

static int by_start(const void *a, const void *b)
{
    const dsr_span *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Words, figures, dates and quotations that no carrier has. */
static dsr_status add_missing(dsr_checker *c, dsr_checked_sentence *s, const dsr_check_unit *unit)
{
    dsr_span room[DSR_UNIT_WORDS + 4 * DSR_UNIT_DETAILS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->word_count; i++) {
        const dsr_check_word *word = &unit->words[i];
        if (word->weight > 0 && !word->light && !is_told(c, s, word->key)) {
            room[count++] = word->span;
        }
    }
    for (size_t i = 0; i < s->details.count; i++) {
        if (s->details.items[i].verdict == DSR_DETAIL_UNTOLD) {
            room[count++] = s->details.items[i].draft;
        }
    }
    if (count > 1) {
        qsort(room, count, sizeof *room, by_start);
    }
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        status = add_missing_span(c, s, room[i]);
    }
    return status;
}

/* ---- a sentence ---- */

static int by_report(const void *a, const void *b)
{
    const dsr_carrier *x = &((const dsr_statement_carrier *)a)->carrier;
    const dsr_carrier *y = &((const dsr_statement_carrier *)b)->carrier;
    if (x->report != y->report) {
        return x->report < y->report ? -1 : 1;
    }
    return x->sentence.start < y->sentence.start ? -1 : x->sentence.start > y->sentence.start;
}

static uint32_t best_share(const dsr_check_matches *list)
{
    uint32_t best = 0;
    for (size_t i = 0; i < list->count; i++) {
        best = list->items[i].share > best ? list->items[i].share : best;
    }
    return best;
}

static dsr_status finish(dsr_checker *c, dsr_checked_sentence *s)
{
    if (s->carriers.count > 1) {
        qsort(s->carriers.items, s->carriers.count, sizeof *s->carriers.items, by_report);
    }
    return dsr_check_voices(c, s);
}

static dsr_status judge(dsr_checker *c, const dsr_check_unit *unit, dsr_checked_sentence *s)
{
    dsr_check_matches whole = {NULL, 0, 0};
    pieces p = {NULL, NULL, 0};
    dsr_status status = match_unit(c, unit, &whole);
    if (status == DSR_OK) {
        status = add_all(c, s, &whole, DSR_MATCH_CARRIES);
    }
    if (status == DSR_OK && s->carriers.count == 0) {
        status = match_pieces(c, unit->span, &p);
        status = status == DSR_OK ? add_pieced(c, s, &p) : status;
    }
    bool carried = s->carriers.count > 0;
    if (status == DSR_OK) {
        status = add_contradictions(c, s, &whole);
    }
    for (unsigned i = 0; status == DSR_OK && i < p.count; i++) {
        status = add_contradictions(c, s, &p.matches[i]);
    }
    bool contradicted = s->contradictions.count > 0;
    if (status == DSR_OK && contradicted && !carried) {
        status = add_supporters(c, s, unit, &whole);
        carried = s->carriers.count > 0;
    }
    if (status == DSR_OK && !carried && !contradicted) {
        status = add_parts(c, s, &whole, &p);
    }
    s->verdict = carried && contradicted ? DSR_VERDICT_DISPUTED
                 : carried               ? DSR_VERDICT_CARRIED
                 : contradicted          ? DSR_VERDICT_CONTRADICTED
                 : s->carriers.count > 0 ? DSR_VERDICT_PARTLY
                                         : DSR_VERDICT_UNKNOWN;
    s->share = best_share(&whole);
    if (status == DSR_OK) {
        status = add_details(c, s, unit, &whole);
    }
    if (status == DSR_OK && s->verdict == DSR_VERDICT_PARTLY) {
        status = add_missing(c, s, unit);
    }
    return status == DSR_OK ? finish(c, s) : status;
}

static dsr_status check_sentences(dsr_checker *c, dsr_check *out)
{
    size_t count = c->draft->sentences.count;
    dsr_check_unit *unit = dsr_arena_alloc(c->told.arena, sizeof *unit);
    dsr_status status =
        unit != NULL ? DSR_LIST_RESERVE(c->arena, &out->sentences,
                                        count < DSR_LIMIT_CHECK_SENTENCES ? count : DSR_LIMIT_CHECK_SENTENCES)
                     : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_span span = c->draft->sentences.items[i];
        if (c->told.place[c->told.first_sentence[c->draft_at] + i] == DSR_TOLD_NOWHERE) {
            continue;
        }
        if (out->sentences.count == DSR_LIMIT_CHECK_SENTENCES) {
            out->sentences_left++;
            continue;
        }
        dsr_checked_sentence s = {.span = span, .first = DSR_NO_REPORT};
        status = dsr_check_read_unit(c, span, unit);
        if (status == DSR_OK) {
            status = judge(c, unit, &s);
        }
        if (status == DSR_OK) {
            out->counts[s.verdict]++;
            out->sentences.items[out->sentences.count++] = s;
        }
        dsr_arena_reset(c->work);
    }
    return status;
}

dsr_status dsr_check_make(const dsr_lexicon *lexicon, dsr_arena *arena, const dsr_story *story,
                          dsr_check *out)
{
    dsr_arena *scratch = dsr_arena_new(0);
    uint32_t draft_at = (uint32_t)story->reports.count - 1;
    dsr_checker c = {.work = dsr_arena_new(0),
                     .arena = arena,
                     .story = story,
                     .draft_at = draft_at,
                     .draft = story->reports.items[draft_at].report};
    dsr_check check = {.draft = c.draft, .story = story, .draft_at = draft_at};
    dsr_status status =
        scratch != NULL && c.work != NULL ? dsr_told_open(&c.told, scratch, lexicon, story) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = dsr_check_collect(&c);
    }
    if (status == DSR_OK) {
        status = check_sentences(&c, &check);
    }
    dsr_told_close(&c.told);
    dsr_arena_drop(c.work);
    dsr_arena_drop(scratch);
    if (status == DSR_OK) {
        *out = check;
    }
    return status;
}
