/* What is compared: the sentences of the reports by their keys, and the words of the draft by their weight.
 */
#include "story/check_parts.h"

#include "base/limits.h"
#include "story/logarithm.h"

#include <stdlib.h>
#include <string.h>

enum {
    ONE_BIT = 1024,
    MOST_WEIGHT = 6 * ONE_BIT, /* of a word that no line has: a rare word is no proof by itself */
    LEAST_WEIGHT = ONE_BIT / 4,
    CUE_WEIGHT = 2 * ONE_BIT,
    LIGHT = 4,             /* words of a role weigh so many times less */
    SHARE_LOOKED_AT = 300, /* thousandths of a unit's weight that a line must have */
    LINES_MOST = 256,      /* looked at for one unit */
    COMMON_POSTS = 4096,   /* a key that more lines have leads to none */
    NAME_WORDS_MOST = 24,  /* words of names in a line */
    SPEAKERS_MOST = 4,     /* of quotations in a line */
    CUES_MOST = 8,         /* verbs of speech in a line */
    REFERENCES_MOST = 8,   /* of a line */
    LEAST_KEYS = 2,
    SPEAKER_SURE = 600, /* thousandths */
    ROLE_KEYS = 16      /* of a line */
};

/* ---- lines ---- */

size_t dsr_check_first(const void *items, size_t count, size_t size, uint32_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        dsr_span span;
        memcpy(&span, (const char *)items + middle * size, sizeof span);
        if (span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The same, some records before it: those may reach beyond the place. */
static size_t before(size_t first)
{
    enum { REACHING = 12 };
    return first > REACHING ? first - REACHING : 0;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Who says what is quoted in a line may be named beside another part of it. */
static uint32_t quote_speakers(const dsr_checker *c, const dsr_report *report, dsr_span span, uint64_t *out)
{
    uint32_t count = 0;
    for (size_t i = before(DSR_CHECK_FIRST(&report->quotes, span.start));
         i < report->quotes.count && report->quotes.items[i].span.start < span.end && count < SPEAKERS_MOST;
         i++) {
        const dsr_quote *q = &report->quotes.items[i];
        bool sure = q->kind == DSR_QUOTE_DIRECT && q->confidence >= SPEAKER_SURE && q->span.end > span.start;
        uint64_t key = sure ? dsr_told_entity_key(&c->told, report, q->entity) : 0;
        out[count] = key;
        count += key != 0;
    }
    return count;
}

static uint32_t cue_keys(dsr_checker *c, const dsr_report *report, dsr_span span, uint64_t *out)
{
    dsr_slice rest = dsr_slice_part(report->text, span.start, span.end), word;
    uint32_t count = 0;
    while (count < CUES_MOST && dsr_stem_next_word(&rest, &word)) {
        out[count] = dsr_told_cue_key(&c->told, word);
        count += out[count] != 0;
    }
    return count;
}

/* Those whom pronouns and roles mean are named there, too; and the words of a name are words, as a name that
 * is known here may be none in the draft. */
static dsr_status add_references(dsr_checker *c, const dsr_report *report, dsr_check_line *line)
{
    uint64_t room[REFERENCES_MOST + NAME_WORDS_MOST + SPEAKERS_MOST + CUES_MOST];
    uint32_t found = 0, words = 0;
    for (size_t i = DSR_CHECK_FIRST(&report->names, line->span.start);
         i < report->names.count && report->names.items[i].span.start < line->span.end; i++) {
        dsr_span name = report->names.items[i].span;
        dsr_slice rest = dsr_slice_part(report->text, name.start, name.end), word;
        while (words < NAME_WORDS_MOST && dsr_stem_next_word(&rest, &word)) {
            uint64_t key = dsr_told_key(&c->told, word);
            room[found] = key;
            found += key != 0;
            words += key != 0;
        }
    }
    uint32_t most = found + REFERENCES_MOST;
    for (size_t i = DSR_CHECK_FIRST(&report->references, line->span.start);
         i < report->references.count && report->references.items[i].span.start < line->span.end; i++) {
        uint64_t key = dsr_told_entity_key(&c->told, report, report->references.items[i].entity);
        if (key != 0 && found < most && !dsr_check_has_key(line, key)) {
            room[found++] = key;
        }
    }
    found += quote_speakers(c, report, line->span, room + found);
    found += cue_keys(c, report, line->span, room + found);
    if (found == 0) {
        return DSR_OK;
    }
    uint32_t count = line->keys.count;
    uint64_t *items = dsr_arena_alloc_array(c->told.arena, (size_t)count + found, sizeof *items);
    if (items == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(items, line->keys.items, count * sizeof *items);
    memcpy(items + count, room, found * sizeof *items);
    qsort(items, (size_t)count + found, sizeof *items, by_number);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < count + found; i++) {
        if (items[i] != items[kept - 1]) {
            items[kept++] = items[i];
        }
    }
    line->keys = (dsr_told_keys){items, kept};
    return DSR_OK;
}

/* Keys that only say who somebody is. */
static dsr_status take_roles(dsr_checker *c, const dsr_report *report, dsr_check_line *line)
{
    uint64_t room[ROLE_KEYS];
    uint32_t count = 0;
    for (size_t i = DSR_CHECK_FIRST(&report->roles, line->span.start);
         i < report->roles.count && report->roles.items[i].span.start < line->span.end; i++) {
        dsr_span role = report->roles.items[i].span;
        dsr_slice rest = dsr_slice_part(report->text, role.start, role.end), word;
        while (count < ROLE_KEYS && dsr_stem_next_word(&rest, &word)) {
            uint64_t key = dsr_told_key(&c->told, word);
            room[count] = key;
            count += key != 0;
        }
    }
    if (count == 0) {
        return DSR_OK;
    }
    line->roles.items = dsr_arena_alloc_array(c->told.arena, count, sizeof *line->roles.items);
    if (line->roles.items == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(line->roles.items, room, count * sizeof *room);
    line->roles.count = count;
    return DSR_OK;
}

static dsr_status add_line(dsr_checker *c, uint32_t report, uint32_t at)
{
    const dsr_report *r = c->story->reports.items[report].report;
    uint32_t sentence = c->told.first_sentence[report] + at;
    dsr_check_line line = {.report = report,
                           .sentence = sentence,
                           .span = r->sentences.items[at],
                           .heading = c->told.place[sentence] == DSR_TOLD_HEADING};
    dsr_status status = dsr_told_keys_take(&c->told, report, line.span, (dsr_span){0, 0}, &line.keys);
    if (status == DSR_OK && line.keys.count >= LEAST_KEYS) {
        status = add_references(c, r, &line);
    }
    if (status == DSR_OK && line.keys.count >= LEAST_KEYS) {
        status = take_roles(c, r, &line);
    }
    if (status != DSR_OK || line.keys.count < LEAST_KEYS) {
        return status;
    }
    if (DSR_LIST_RESERVE(c->told.arena, &c->lines, 1) != DSR_OK ||
        DSR_LIST_RESERVE(c->told.arena, &c->posts, line.keys.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    c->line_of[sentence] = (uint32_t)c->lines.count;
    for (uint32_t i = 0; i < line.keys.count; i++) {
        c->posts.items[c->posts.count++] = (dsr_check_post){line.keys.items[i], (uint32_t)c->lines.count};
    }
    c->lines.items[c->lines.count++] = line;
    return DSR_OK;
}

static int by_key(const void *a, const void *b)
{
    const dsr_check_post *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

dsr_status dsr_check_collect(dsr_checker *c)
{
    size_t sentences = c->told.first_sentence[c->story->reports.count];
    c->line_of = dsr_arena_alloc_array(c->told.arena, sentences + 1, sizeof *c->line_of);
    dsr_status status = c->line_of != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < sentences; i++) {
        c->line_of[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; status == DSR_OK && i < c->draft_at; i++) {
        const dsr_report *report = c->story->reports.items[i].report;
        status = dsr_told_read(&c->told, i);
        for (uint32_t s = 0;
             status == DSR_OK && s < report->sentences.count && c->lines.count < DSR_LIMIT_CHECK_LINES; s++) {
            if (c->told.place[c->told.first_sentence[i] + s] != DSR_TOLD_NOWHERE) {
                status = add_line(c, i, s);
            }
        }
    }
    if (status == DSR_OK && c->posts.count > 1) {
        qsort(c->posts.items, c->posts.count, sizeof *c->posts.items, by_key);
    }
    if (status == DSR_OK) {
        status = dsr_check_collect_names(c);
    }
    c->score = dsr_arena_alloc_array(c->told.arena, c->lines.count + 1, sizeof *c->score);
    c->touched = dsr_arena_alloc_array(c->told.arena, c->lines.count + 1, sizeof *c->touched);
    return status == DSR_OK && (c->score == NULL || c->touched == NULL) ? DSR_ERR_MEMORY : status;
}

bool dsr_check_has_key(const dsr_check_line *line, uint64_t key)
{
    uint32_t low = 0, high = line->keys.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (line->keys.items[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < line->keys.count && line->keys.items[low] == key;
}

static size_t first_post(const dsr_checker *c, uint64_t key)
{
    size_t low = 0, high = c->posts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->posts.items[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- units ---- */

static uint32_t weigh(const dsr_checker *c, uint64_t key)
{
    size_t first = first_post(c, key), last = key == UINT64_MAX ? c->posts.count : first_post(c, key + 1);
    int32_t weight = dsr_log2(c->lines.count + 1) - dsr_log2(last - first + 1) + LEAST_WEIGHT;
    weight = last == first || weight > MOST_WEIGHT ? MOST_WEIGHT : weight;
    return weight < LEAST_WEIGHT ? LEAST_WEIGHT : (uint32_t)weight;
}

static bool is_within_role(const dsr_report *report, dsr_span span)
{
    for (size_t i = before(DSR_CHECK_FIRST(&report->roles, span.start + 1));
         i < report->roles.count && report->roles.items[i].span.start <= span.start; i++) {
        if (report->roles.items[i].span.end >= span.end) {
            return true;
        }
    }
    for (size_t i = before(DSR_CHECK_FIRST(&report->references, span.start + 1));
         i < report->references.count && report->references.items[i].span.start <= span.start; i++) {
        if (report->references.items[i].span.end >= span.end) {
            return true;
        }
    }
    return false;
}

/* What a time says is compared by itself. */
static bool is_within_time(const dsr_report *report, dsr_span span)
{
    for (size_t i = before(DSR_CHECK_FIRST(&report->times, span.start + 1));
         i < report->times.count && report->times.items[i].span.start <= span.start; i++) {
        if (report->times.items[i].span.end >= span.end) {
            return true;
        }
    }
    return false;
}

/* A word that the lines have under one of several keys weighs what the most frequent of them does. */
static uint32_t weigh_word(const dsr_checker *c, const dsr_check_word *word)
{
    uint32_t least = weigh(c, word->key);
    for (unsigned i = 0; i < DSR_WORD_ALSO && word->also[i] != 0; i++) {
        uint32_t weight = weigh(c, word->also[i]);
        least = weight < least ? weight : least;
    }
    return least / (word->light ? LIGHT : 1);
}

bool dsr_check_has_word(const dsr_check_line *line, const dsr_check_word *word)
{
    bool has = dsr_check_has_key(line, word->key);
    for (unsigned i = 0; !has && i < DSR_WORD_ALSO && word->also[i] != 0; i++) {
        has = dsr_check_has_key(line, word->also[i]);
    }
    return has;
}

static bool is_capital(dsr_slice text, uint32_t at)
{
    char c = text.ptr[at];
    return c >= 'A' && c <= 'Z';
}

/* `cue`: a verb of speech. Those that half of the lines have tell nothing; of the others another one may
 * stand there. */
static void put_word(dsr_checker *c, dsr_check_unit *unit, uint64_t key, dsr_span span, bool cue)
{
    if (key == 0 || unit->word_count == DSR_UNIT_WORDS || is_within_time(c->draft, span) ||
        (cue && weigh(c, key) < CUE_WEIGHT)) {
        return;
    }
    dsr_check_word word = {.key = key, .span = span, .light = is_within_role(c->draft, span)};
    for (uint32_t i = 0; i < unit->word_count; i++) {
        word.again = word.again || unit->words[i].key == key;
    }
    if ((key & 1) != 0 || is_capital(c->draft->text, span.start)) {
        dsr_check_note_names(c, dsr_slice_part(c->draft->text, span.start, span.end), &word);
    }
    word.weight = word.again ? 0 : weigh_word(c, &word) / (cue ? 2 : 1);
    unit->total += word.weight;
    if (!word.again && !word.light) {
        unit->names += (key & 1) != 0;
        unit->stems += (key & 1) == 0;
    }
    unit->words[unit->word_count++] = word;
}

static void put_words(dsr_checker *c, dsr_check_unit *unit, uint32_t from, uint32_t to)
{
    if (from >= to) {
        return;
    }
    dsr_slice text = c->draft->text, rest = dsr_slice_part(text, from, to), word;
    while (dsr_stem_next_word(&rest, &word)) {
        uint32_t at = (uint32_t)(word.ptr - text.ptr);
        uint64_t key = dsr_told_key(&c->told, word);
        uint64_t cue = key == 0 ? dsr_told_cue_key(&c->told, word) : 0;
        put_word(c, unit, key != 0 ? key : cue, (dsr_span){at, at + (uint32_t)word.len}, cue != 0);
    }
}

static bool overlaps(dsr_span a, dsr_span b)
{
    return a.start < b.end && b.start < a.end;
}

static void note_details(const dsr_checker *c, dsr_check_unit *unit)
{
    const dsr_report *d = c->draft;
    for (size_t i = before(DSR_CHECK_FIRST(&d->figures, unit->span.start));
         i < d->figures.count && unit->figure_count < DSR_UNIT_DETAILS &&
         d->figures.items[i].span.start < unit->span.end;
         i++) {
        if (overlaps(d->figures.items[i].span, unit->span)) {
            unit->figures[unit->figure_count++] = (uint32_t)i;
        }
    }
    for (size_t i = before(DSR_CHECK_FIRST(&d->times, unit->span.start));
         i < d->times.count && unit->time_count < DSR_UNIT_DETAILS &&
         d->times.items[i].span.start < unit->span.end;
         i++) {
        const dsr_time *time = &d->times.items[i];
        if (overlaps(time->span, unit->span) &&
            (time->type == DSR_TIME_DATE || time->type == DSR_TIME_TIME)) {
            unit->times[unit->time_count++] = (uint32_t)i;
        }
    }
    for (size_t i = before(DSR_CHECK_FIRST(&d->quotes, unit->span.start));
         i < d->quotes.count && unit->quote_count < DSR_UNIT_DETAILS &&
         d->quotes.items[i].span.start < unit->span.end;
         i++) {
        const dsr_quote *quote = &d->quotes.items[i];
        if (!overlaps(quote->span, unit->span) || quote->kind == DSR_QUOTE_SCARE) {
            continue;
        }
        unit->quotes[unit->quote_count++] = (uint32_t)i;
        if (quote->kind != DSR_QUOTE_INDIRECT) {
            uint32_t start = quote->span.start > unit->span.start ? quote->span.start : unit->span.start;
            uint32_t end = quote->span.end < unit->span.end ? quote->span.end : unit->span.end;
            unit->quoted += end - start;
        }
    }
}

dsr_status dsr_check_read_unit(dsr_checker *c, dsr_span span, dsr_check_unit *out)
{
    *out = (dsr_check_unit){.span = span};
    dsr_status status = dsr_told_read(&c->told, c->draft_at);
    if (status != DSR_OK) {
        return status;
    }
    uint32_t at = span.start;
    for (size_t i = before(DSR_CHECK_FIRST(&c->draft->names, span.start)); i < c->draft->names.count; i++) {
        const dsr_name *name = &c->draft->names.items[i];
        if (name->span.start >= span.end) {
            break;
        }
        if (name->span.end <= span.start) {
            continue;
        }
        put_words(c, out, at, name->span.start);
        put_word(c, out, dsr_told_name_key(&c->told, c->draft, name), name->span, false);
        at = name->span.end;
    }
    put_words(c, out, at, span.end);
    for (size_t i = DSR_CHECK_FIRST(&c->draft->references, span.start);
         i < c->draft->references.count && c->draft->references.items[i].span.start < span.end; i++) {
        const dsr_reference *r = &c->draft->references.items[i];
        if (r->kind == DSR_REFERENCE_PRONOUN) {
            put_word(c, out, dsr_told_entity_key(&c->told, c->draft, r->entity), r->span, false);
        }
    }
    note_details(c, out);
    out->number_count = dsr_check_take_numbers(c, c->draft, span, true, out->numbers);
    dsr_check_find_scope(c, c->draft, span, &out->scope);
    return DSR_OK;
}

static int by_line(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

typedef struct ranked {
    uint32_t score, line;
} ranked;

static int by_score(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Those touched that have enough, the best first; scores are zero again. */
static dsr_status rank(dsr_checker *c, uint32_t touched, uint32_t least, uint32_t **out, uint32_t *count)
{
    ranked *list = dsr_arena_alloc_array(c->work, (size_t)touched + 1, sizeof *list);
    if (list == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < touched; i++) {
        uint32_t line = c->touched[i];
        if (c->score[line] >= least) {
            list[kept++] = (ranked){c->score[line], line};
        }
        c->score[line] = 0;
    }
    if (kept > 1) {
        qsort(list, kept, sizeof *list, by_score);
    }
    kept = kept < LINES_MOST ? kept : LINES_MOST;
    uint32_t *lines = dsr_arena_alloc_array(c->work, (size_t)kept + 1, sizeof *lines);
    if (lines == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < kept; i++) {
        lines[i] = list[i].line;
    }
    if (kept > 1) {
        qsort(lines, kept, sizeof *lines, by_line);
    }
    *out = lines;
    *count = kept;
    return DSR_OK;
}

/* Adds a word's weight to all lines that have the key, unless they are too many; returns how many are
 * touched. */
static uint32_t add_scores(dsr_checker *c, uint64_t key, uint32_t weight, uint32_t touched)
{
    size_t first = first_post(c, key), last = first;
    while (last < c->posts.count && c->posts.items[last].key == key && last - first <= COMMON_POSTS) {
        last++;
    }
    for (size_t i = first; last - first <= COMMON_POSTS && i < last; i++) {
        uint32_t line = c->posts.items[i].line;
        if (c->score[line] == 0) {
            c->touched[touched++] = line;
        }
        c->score[line] += weight;
    }
    return touched;
}

dsr_status dsr_check_find_lines(dsr_checker *c, const dsr_check_unit *unit, uint32_t **out, uint32_t *count)
{
    uint32_t touched = 0;
    for (uint32_t w = 0; w < unit->word_count; w++) {
        const dsr_check_word *word = &unit->words[w];
        if (word->weight == 0) {
            continue;
        }
        touched = add_scores(c, word->key, word->weight, touched);
        for (unsigned i = 0; i < DSR_WORD_ALSO && word->also[i] != 0; i++) {
            touched =
                word->also[i] != word->key ? add_scores(c, word->also[i], word->weight, touched) : touched;
        }
    }
    uint32_t least = (uint32_t)((uint64_t)unit->total * SHARE_LOOKED_AT / 1000);
    return rank(c, touched, least > 0 ? least : 1, out, count);
}
