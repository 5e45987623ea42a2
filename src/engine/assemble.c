/* A stored story -> the whole story: its reports opened, every pair of them that shares text aligned. */
#include "engine/internal.h"

#include "language/words.h"
#include "story/cast.h"
#include "story/quotations.h"
#include "story/statements.h"
#include "story/story_figures.h"
#include "story/timeline.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "story";

/* A copy of an array in the story's arena. */
static dsr_status keep(dsr_arena *arena, const void *items, size_t bytes, void *out)
{
    void *copy = dsr_arena_alloc(arena, bytes);
    if (!copy) {
        return DSR_ERR_MEMORY;
    }
    if (bytes) {
        memcpy(copy, items, bytes);
    }
    memcpy(out, &copy, sizeof copy);
    return DSR_OK;
}

/* Takes a reuse record out of the arena it was made in. Its spans point into texts that the story has too;
 * `wire` and `why` are copied. */
static dsr_status keep_reuse(dsr_arena *arena, const dsr_reuse *from, dsr_reuse *out)
{
    dsr_reuse reuse = *from;
    dsr_status status = dsr_arena_copy(arena, from->wire, &reuse.wire);
    if (status == DSR_OK) {
        status = dsr_arena_copy(arena, from->why, &reuse.why);
    }
    size_t count = from->passages.count;
    if (status == DSR_OK) {
        status =
            keep(arena, from->passages.items, count * sizeof *from->passages.items, &reuse.passages.items);
    }
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        const dsr_passage *p = &from->passages.items[i];
        dsr_passage *kept = &reuse.passages.items[i];
        status = keep(arena, p->edits.items, p->edits.count * sizeof *p->edits.items, &kept->edits.items);
        kept->edits.capacity = p->edits.count;
    }
    if (status == DSR_OK) {
        reuse.passages.capacity = count;
        *out = reuse;
    }
    return status;
}

typedef struct assembly {
    dsr_arena *arena;
    dsr_story *story;
    dsr_error *error;
} assembly;

static dsr_status add_reuse(void *context, const dsr_aligned *aligned)
{
    assembly *a = context;
    dsr_reuse reuse;
    dsr_status status = DSR_LIST_RESERVE(a->arena, &a->story->reuse, 1);
    if (status == DSR_OK) {
        status = keep_reuse(a->arena, aligned->reuse, &reuse);
    }
    if (status != DSR_OK) {
        return dsr_fail_memory(a->error, STAGE);
    }
    a->story->reuse.items[a->story->reuse.count++] = reuse;
    return DSR_OK;
}

static int compare_reuse(const void *x, const void *y)
{
    const dsr_reuse *a = x, *b = y;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Marks the words of one side of a passage as copied, but for those that were edited in more than style. */
static void mark_passage(const dsr_word_spans *words, const dsr_passage *passage, bool from_side,
                         uint8_t *copied)
{
    dsr_span span = from_side ? passage->from : passage->to;
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->items[middle].span.start < span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t e = 0;
    for (size_t i = low; i < words->count && words->items[i].span.end <= span.end; i++) {
        bool edited = false;
        for (; e < passage->edits.count; e++) {
            const dsr_edit *edit = &passage->edits.items[e];
            dsr_span at = from_side ? edit->from : edit->to;
            if (at.end > words->items[i].span.start) {
                edited = at.start <= words->items[i].span.start && edit->kind != DSR_EDIT_STYLE;
                break;
            }
        }
        copied[i] = copied[i] || !edited;
    }
}

/* The reuse records of each report: of[first[i]] .. of[first[i + 1]). */
typedef struct partner_list {
    size_t *first;
    uint32_t *of;
} partner_list;

static dsr_status list_partners(dsr_arena *arena, const dsr_story *story, partner_list *out)
{
    size_t count = story->reports.count;
    partner_list list = {dsr_arena_alloc_array(arena, count + 2, sizeof *list.first),
                         dsr_arena_alloc_array(arena, 2 * story->reuse.count + 1, sizeof *list.of)};
    if (!list.first || !list.of) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < story->reuse.count; i++) {
        list.first[story->reuse.items[i].from + 1]++;
        list.first[story->reuse.items[i].to + 1]++;
    }
    for (size_t i = 0; i < count; i++) {
        list.first[i + 1] += list.first[i];
    }
    /* Filled from behind: each start moves down to where it belongs. */
    for (size_t i = story->reuse.count; i-- > 0;) {
        list.of[--list.first[story->reuse.items[i].from + 1]] = (uint32_t)i;
        list.of[--list.first[story->reuse.items[i].to + 1]] = (uint32_t)i;
    }
    /* Report i begins where the ends of those before it were: one place further on. */
    memmove(list.first, list.first + 1, (count + 1) * sizeof *list.first);
    list.first[count] = 2 * story->reuse.count;
    *out = list;
    return DSR_OK;
}

/* How much of a report stands in others of its story: words that any pair shares, and at least what the
 * largest pair does. */
static dsr_status count_copied(dsr_arena *arena, const dsr_story *story, const partner_list *list,
                               uint32_t number, dsr_story_report *report)
{
    dsr_word_spans words;
    dsr_status status = dsr_words_split(arena, report->report->text, &words);
    uint8_t *copied = status == DSR_OK ? dsr_arena_alloc(arena, words.count + 1) : NULL;
    if (!copied) {
        return DSR_ERR_MEMORY;
    }
    uint32_t largest = 0;
    size_t partners = list->first[number + 1] - list->first[number];
    for (size_t i = list->first[number]; i < list->first[number + 1]; i++) {
        const dsr_reuse *r = &story->reuse.items[list->of[i]];
        largest = r->words > largest ? r->words : largest;
        for (size_t p = 0; p < r->passages.count; p++) {
            mark_passage(&words, &r->passages.items[p], r->from == number, copied);
        }
    }
    uint64_t all = 0;
    for (size_t i = 0; i < words.count; i++) {
        all += copied[i];
    }
    /* With one partner it is what that pair says. */
    all = partners == 1 || all < largest ? largest : all;
    report->words = (uint32_t)words.count;
    report->share_copied = words.count ? (uint32_t)((all * 1000 + words.count / 2) / words.count) : 0;
    return DSR_OK;
}

static dsr_status open_reports(dsr_engine *engine, const dsr_store_story *stored, dsr_arena *arena,
                               dsr_story *story, dsr_error *error)
{
    if (DSR_LIST_RESERVE(arena, &story->reports, stored->member_count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_report **dating = dsr_arena_alloc_array(arena, stored->member_count, sizeof *dating);
    for (size_t i = 0; i < stored->member_count; i++) {
        dsr_report *report = dsr_arena_alloc(arena, sizeof *report);
        if (!report || !dating) {
            return dsr_fail_memory(error, STAGE);
        }
        dating[i] = report;
        dsr_status status = dsr_engine_load(engine, stored->members[i], arena, report, error);
        if (status == DSR_OK && dsr_corrections_rename(&engine->corrections, arena, report) != DSR_OK) {
            status = dsr_fail_memory(error, STAGE);
        }
        if (status != DSR_OK) {
            return status;
        }
        story->reports.items[story->reports.count++] = (dsr_story_report){.report = report};
    }
    if (stored->member_count > 0 && dsr_dates_from_story(arena, dating, stored->member_count) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    return DSR_OK;
}

/* Headline, dates, the newest publication. */
static dsr_status describe(dsr_arena *arena, dsr_story *story)
{
    size_t count = story->reports.count;
    const dsr_report **reports = dsr_arena_alloc_array(arena, count, sizeof *reports);
    if (!reports) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        reports[i] = story->reports.items[i].report;
        const dsr_moment *m = &reports[i]->meta.published;
        if (m->iso.len && (!story->as_of.iso.len || m->latest > story->as_of.latest)) {
            story->as_of = *m;
        }
    }
    dsr_story_summary summary;
    dsr_status status = dsr_summary_make(arena, reports, count, &summary, &story->headline_from,
                                         &story->headline_is_sentence);
    if (status == DSR_OK) {
        story->headline = summary.headline;
        story->first_published = summary.first_published;
        story->last_published = summary.last_published;
        story->has_published = summary.has_published;
    }
    return status;
}

static dsr_status find_reuse(dsr_engine *engine, const dsr_store_story *stored, dsr_arena *arena,
                             dsr_story *story, dsr_error *error)
{
    if (stored->member_count < 2) {
        return DSR_OK;
    }
    dsr_id_list list = {NULL, stored->member_count, stored->member_count};
    if (keep(arena, stored->members, stored->member_count * sizeof *stored->members, &list.items) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    assembly a = {arena, story, error};
    dsr_copy_pair *pairs = NULL;
    size_t count = 0;
    dsr_status status = dsr_settle_find_pairs(engine, &list, &pairs, &count, error);
    if (status == DSR_OK) {
        status = dsr_settle_align_pairs(engine, &list, (dsr_pair_list){pairs, count}, add_reuse, &a, error);
    }
    free(pairs);
    if (status == DSR_OK && story->reuse.count > 1) {
        qsort(story->reuse.items, story->reuse.count, sizeof *story->reuse.items, compare_reuse);
    }
    return status;
}

/* Two reports that each carry one agency's text beside a third have it in common, whichever of them appeared
 * first. */
static dsr_status share_wires(dsr_arena *arena, dsr_story *story)
{
    dsr_slice *wire = dsr_arena_alloc_array(arena, story->reports.count + 1, sizeof *wire);
    if (!wire) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < story->reuse.count; i++) {
        const dsr_reuse *r = &story->reuse.items[i];
        if (r->wire.len) {
            wire[r->from] = wire[r->from].len ? wire[r->from] : r->wire;
            wire[r->to] = wire[r->to].len ? wire[r->to] : r->wire;
        }
    }
    for (size_t i = 0; i < story->reuse.count; i++) {
        dsr_reuse *r = &story->reuse.items[i];
        if (r->wire.len || !wire[r->from].len || !dsr_slice_equal(wire[r->from], wire[r->to])) {
            continue;
        }
        r->direction = DSR_DIRECTION_COMMON_SOURCE;
        r->wire = wire[r->from];
        dsr_status status = dsr_arena_format(
            arena, &r->why, "both share text with a report that credits %.*s", DSR_PRINT(r->wire));
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

/* Reports in which nothing is named make no cast, and need no tables. */
static dsr_status make_cast(dsr_engine *engine, dsr_arena *arena, dsr_story *story, dsr_error *error)
{
    bool named = false;
    for (size_t i = 0; i < story->reports.count && !named; i++) {
        named = story->reports.items[i].report->entities.count > 0;
    }
    if (!named) {
        return DSR_OK;
    }
    const dsr_entity_tables *tables = NULL;
    dsr_status status = dsr_engine_entities(engine, &tables, error);
    if (status == DSR_OK && dsr_cast_make_ruled(tables, &engine->corrections.cast, arena, story) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

dsr_status dsr_assemble_story(dsr_engine *engine, const dsr_store_story *stored, dsr_arena *arena,
                              dsr_story *out, dsr_error *error)
{
    dsr_story story = {.id = stored->id};
    dsr_status status = dsr_engine_know_corrections(engine, error);
    if (status == DSR_OK) {
        status = open_reports(engine, stored, arena, &story, error);
    }
    if (status == DSR_OK) {
        status = find_reuse(engine, stored, arena, &story, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    status = share_wires(arena, &story);
    if (status == DSR_OK) {
        status = describe(arena, &story);
    }
    if (status == DSR_OK) {
        status = dsr_assemble_handles(arena, &story);
    }
    partner_list partners = {NULL, NULL};
    if (status == DSR_OK) {
        status = list_partners(arena, &story, &partners);
    }
    for (uint32_t i = 0; status == DSR_OK && i < story.reports.count; i++) {
        status = count_copied(arena, &story, &partners, i, &story.reports.items[i]);
    }
    if (status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    status = make_cast(engine, arena, &story, error);
    if (status == DSR_OK && (dsr_timeline_make(engine->lexicon, arena, &story) != DSR_OK ||
                             dsr_story_figures_make(engine->lexicon, arena, &story) != DSR_OK)) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK && (dsr_quotations_make(arena, &story) != DSR_OK ||
                             dsr_statements_make(engine->lexicon, arena, &story) != DSR_OK)) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        *out = story;
    }
    return status;
}
