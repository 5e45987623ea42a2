/* The timeline and the statements: which entry dates which statement, and entries of one time that one
 * statement shows to be one. Must not know how either was found. */
#include "story/statements_parts.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static uint64_t key_of(const dsr_carrier *carrier)
{
    return (uint64_t)carrier->report << 32 | carrier->sentence.start;
}

/* The statement that half of an entry's carriers and more tell. */
static uint32_t statement_of(const dsr_map *sentences, const dsr_timeline_entry *entry)
{
    uint32_t best = DSR_NO_STATEMENT;
    size_t most = 0, looked = entry->carriers.count < 16 ? entry->carriers.count : 16;
    for (size_t i = 0; i < looked; i++) {
        uint32_t statement = dsr_map_get(sentences, key_of(&entry->carriers.items[i]));
        size_t count = 0;
        for (size_t k = 0; statement != DSR_MAP_NONE && k < looked; k++) {
            count += dsr_map_get(sentences, key_of(&entry->carriers.items[k])) == statement;
        }
        if (count > most) {
            most = count;
            best = statement;
        }
    }
    return most * 2 >= looked ? best : DSR_NO_STATEMENT;
}

static dsr_status find_statements(dsr_story *story)
{
    dsr_map *sentences = dsr_map_new(4 * story->statements.count + 16);
    dsr_status status = sentences != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < story->statements.count; i++) {
        const dsr_statement *statement = &story->statements.items[i];
        for (size_t c = 0; status == DSR_OK && c < statement->carriers.count; c++) {
            uint32_t first;
            status = dsr_map_intern(sentences, key_of(&statement->carriers.items[c].carrier), i, &first);
        }
    }
    for (size_t i = 0; status == DSR_OK && i < story->timeline.count; i++) {
        story->timeline.items[i].statement = statement_of(sentences, &story->timeline.items[i]);
    }
    dsr_map_drop(sentences);
    return status;
}

static int by_time_and_statement(const void *a, const void *b)
{
    const dsr_timeline_entry *x = *(dsr_timeline_entry *const *)a, *y = *(dsr_timeline_entry *const *)b;
    if (x->earliest != y->earliest) {
        return x->earliest < y->earliest ? -1 : 1;
    }
    if (x->latest != y->latest) {
        return x->latest < y->latest ? -1 : 1;
    }
    if (x->statement != y->statement) {
        return x->statement < y->statement ? -1 : 1;
    }
    return x < y ? -1 : x > y;
}

static bool is_one_event(const dsr_timeline_entry *a, const dsr_timeline_entry *b)
{
    return a->statement != DSR_NO_STATEMENT && a->statement == b->statement && a->earliest == b->earliest &&
           a->latest == b->latest;
}

static int by_place(const void *a, const void *b)
{
    const dsr_carrier *x = a, *y = b;
    if (x->report != y->report) {
        return x->report < y->report ? -1 : 1;
    }
    return x->at.start < y->at.start ? -1 : x->at.start > y->at.start;
}

/* A number that carriers of one voice share: the statement has looked closer than the copied text. */
static uint32_t voice_of(dsr_statements *s, const dsr_timeline_entry *entry, const dsr_carrier *carrier)
{
    const dsr_statement *statement = &s->story->statements.items[entry->statement];
    for (size_t i = 0; i < statement->carriers.count; i++) {
        const dsr_carrier *c = &statement->carriers.items[i].carrier;
        if (c->report == carrier->report && c->sentence.start == carrier->sentence.start) {
            return UINT32_MAX - c->voice; /* numbers of texts begin at the other end */
        }
    }
    return dsr_told_text_of(&s->told, dsr_told_sentence(&s->told, carrier->report, carrier->at.start));
}

/* Voices of the carriers, counted anew. */
static dsr_status count_anew(dsr_statements *s, dsr_timeline_entry *to)
{
    size_t all = to->carriers.count;
    dsr_voiced *voiced = dsr_arena_alloc_array(s->told.arena, all, sizeof *voiced);
    if (voiced == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < all; i++) {
        dsr_carrier *c = &to->carriers.items[i];
        voiced[i] = (dsr_voiced){c, voice_of(s, to, c), 0, 0};
    }
    dsr_voice_count voices;
    dsr_status status = dsr_told_voices(&s->told, voiced, (uint32_t)all, &voices);
    if (status == DSR_OK) {
        to->reports = voices.reports;
        to->independent = voices.independent;
    }
    return status;
}

/* The carriers of both. The words shown are those of the better known one. */
static dsr_status join(dsr_statements *s, dsr_timeline_entry *to, dsr_timeline_entry *from)
{
    size_t all = to->carriers.count + from->carriers.count;
    const dsr_timeline_entry *known = to->independent >= from->independent ? to : from;
    dsr_carrier shown = known->carriers.items[known->shown];
    dsr_carrier other = from->carriers.items[from->shown];
    if (to->independent == from->independent &&
        dsr_story_compare_reports(s->story, other.report, shown.report) < 0) {
        shown = other;
    }
    if (all > DSR_LIMIT_TOLD_CARRIERS) {
        return DSR_OK; /* they stay two */
    }
    if (DSR_LIST_RESERVE(s->arena, &to->carriers, from->carriers.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    memcpy(&to->carriers.items[to->carriers.count], from->carriers.items,
           from->carriers.count * sizeof *from->carriers.items);
    to->carriers.count = all;
    from->carriers.count = 0;
    to->realis = to->realis == DSR_REALIS_FUTURE ? from->realis : to->realis;
    qsort(to->carriers.items, all, sizeof *to->carriers.items, by_place);
    for (uint32_t i = 0; i < all; i++) {
        const dsr_carrier *c = &to->carriers.items[i];
        to->shown = c->report == shown.report && c->at.start == shown.at.start ? i : to->shown;
    }
    return DSR_OK;
}

/* Entries that went into others have no carriers left, and are taken out. */
static void drop_joined(dsr_story *story)
{
    size_t kept = 0;
    for (size_t i = 0; i < story->timeline.count; i++) {
        if (story->timeline.items[i].carriers.count > 0) {
            story->timeline.items[kept++] = story->timeline.items[i];
        }
    }
    story->timeline.count = kept;
}

dsr_status dsr_statements_link(dsr_statements *s)
{
    dsr_story *story = s->story;
    size_t count = story->timeline.count;
    dsr_timeline_entry **order =
        dsr_arena_alloc_array(s->told.arena, count + 1, sizeof(dsr_timeline_entry *));
    dsr_status status = order != NULL ? find_statements(story) : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        order[i] = &story->timeline.items[i];
    }
    if (status == DSR_OK && count > 1) {
        qsort(order, count, sizeof(dsr_timeline_entry *), by_time_and_statement);
    }
    for (size_t i = 1, first = 0; status == DSR_OK && i < count; i++) {
        if (is_one_event(order[first], order[i])) {
            status = join(s, order[first], order[i]);
        } else {
            first = i;
        }
    }
    if (status == DSR_OK) {
        drop_joined(story);
    }
    for (size_t i = 0; status == DSR_OK && i < story->timeline.count; i++) {
        dsr_timeline_entry *entry = &story->timeline.items[i];
        bool whole = entry->statement != DSR_NO_STATEMENT && entry->carriers.count < DSR_LIMIT_TOLD_CARRIERS;
        if (whole && entry->carriers.count > 1) {
            status = count_anew(s, entry);
        }
    }
    return status;
}
