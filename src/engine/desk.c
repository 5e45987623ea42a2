/* The desk: one report after the other is placed, and what is kept of that. */
#include "engine/desk_parts.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "settle";

enum {
    STATE_VERSION = 1,
    /* A new version tells what the old one told: a strong tie, yet not that of a copy, which would add
     * nothing to its story. Thousandths. */
    VERSION_SHARE = 799
};

dsr_status dsr_clipping_make(const dsr_lexicon *lexicon, dsr_arena *arena, const dsr_report *report,
                             dsr_met_words *met, dsr_clipping *out)
{
    dsr_clipping c = {.report = report};
    dsr_status status = dsr_compare_prepare(arena, report, &c.text);
    if (status == DSR_OK) {
        status = dsr_stream_take_names(arena, report, &c.names, &c.name_count);
    }
    if (status == DSR_OK) {
        status = dsr_fingerprints_take(c.text, &c.prints);
    }
    if (status == DSR_OK) {
        status = dsr_story_terms_take(lexicon, report, met, &c.terms);
    }
    if (status != DSR_OK) {
        dsr_clipping_drop(&c);
        return DSR_ERR_MEMORY;
    }
    *out = c;
    return DSR_OK;
}

void dsr_clipping_drop(dsr_clipping *clipping)
{
    dsr_fingerprints_drop(&clipping->prints);
    dsr_story_terms_drop(&clipping->terms);
}

/* --- the state --- */

static dsr_slice state_key(void)
{
    return DSR_SLICE("state");
}

/* Both 0 where nothing was placed yet. */
static dsr_status read_state(dsr_desk *desk, uint32_t *last, uint32_t *removals, dsr_error *error)
{
    *last = *removals = 0;
    dsr_buffer_reset(&desk->buffer);
    dsr_status status =
        desk->chunks.get(desk->chunks.context, DSR_RECORD_STATE, state_key(), &desk->buffer, error);
    if (status == DSR_ERR_NOT_FOUND) {
        return DSR_OK;
    }
    dsr_slice rest = dsr_buffer_slice(&desk->buffer);
    uint64_t version = 0, a = 0, b = 0;
    if (status == DSR_OK && (!dsr_slice_next_varint(&rest, &version) || version != STATE_VERSION ||
                             !dsr_slice_next_varint(&rest, &a) || !dsr_slice_next_varint(&rest, &b) ||
                             a > UINT32_MAX || b > UINT32_MAX)) {
        return dsr_fail(error, DSR_ERR_STORE, STAGE, "what the store knows of its last report is damaged");
    }
    *last = (uint32_t)a;
    *removals = (uint32_t)b;
    return status;
}

static dsr_status save_state(dsr_desk *desk, dsr_error *error)
{
    if (!desk->state_dirty) {
        return DSR_OK;
    }
    dsr_buffer_reset(&desk->buffer);
    dsr_buffer_append_varint(&desk->buffer, STATE_VERSION);
    dsr_buffer_append_varint(&desk->buffer, desk->last);
    dsr_buffer_append_varint(&desk->buffer, desk->removals);
    if (desk->buffer.status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    desk->state_dirty = false;
    return desk->chunks.put(desk->chunks.context, DSR_RECORD_STATE, state_key(),
                            dsr_buffer_slice(&desk->buffer), error);
}

static dsr_status open_parts(dsr_desk *desk, dsr_error *error)
{
    dsr_stream_options options = {.background_size =
                                      dsr_lexicon_background_size(desk->lexicon, DSR_SLICE("en"))};
    dsr_status status = desk->scratch && desk->by_number && dsr_stream_new(&options, &desk->stream) == DSR_OK
                            ? DSR_OK
                            : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = read_state(desk, &desk->last, &desk->removals, error);
    }
    if (status == DSR_OK) {
        status = dsr_stream_load(desk->stream, &desk->chunks, error);
    }
    if (status == DSR_OK) {
        status = dsr_finder_open(&desk->chunks, &desk->finder, error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_open(&desk->chunks, NULL, &desk->copies, error);
    }
    return status == DSR_OK ? dsr_desk_read_corrections(desk, error) : status;
}

dsr_status dsr_desk_open(const dsr_lexicon *lexicon, dsr_store *store, dsr_desk **out, dsr_error *error)
{
    dsr_desk *desk = calloc(1, sizeof *desk);
    if (!desk) {
        return dsr_fail_memory(error, STAGE);
    }
    desk->lexicon = lexicon;
    desk->store = store;
    desk->chunks = dsr_store_chunks(store);
    desk->scratch = dsr_arena_new(0);
    desk->by_number = dsr_map_new(64);
    dsr_buffer_open(&desk->buffer, 0);
    dsr_status status = open_parts(desk, error);
    if (status != DSR_OK) {
        dsr_desk_close(desk);
        return status;
    }
    *out = desk;
    return DSR_OK;
}

void dsr_desk_close(dsr_desk *desk)
{
    if (!desk) {
        return;
    }
    dsr_desk_forget_stories(desk);
    dsr_desk_forget_texts(desk);
    dsr_corrections_clear(&desk->corrections);
    dsr_copies_close(desk->copies);
    dsr_stream_drop(desk->stream);
    dsr_map_drop(desk->by_number);
    dsr_arena_drop(desk->scratch);
    dsr_buffer_drop(&desk->buffer);
    free(desk->stories);
    free(desk);
}

dsr_status dsr_desk_is_current(dsr_desk *desk, bool *out, dsr_error *error)
{
    uint32_t last, removals;
    dsr_status status = read_state(desk, &last, &removals, error);
    *out = status == DSR_OK && last == desk->last && removals == desk->removals;
    return status;
}

dsr_status dsr_desk_save(dsr_desk *desk, dsr_error *error)
{
    dsr_status status = dsr_desk_save_stories(desk, error);
    if (status == DSR_OK) {
        status = dsr_stream_save(desk->stream, &desk->chunks, error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_save(desk->copies, error);
    }
    if (status == DSR_OK) {
        status = dsr_finder_save(&desk->finder, &desk->chunks, error);
    }
    return status == DSR_OK ? save_state(desk, error) : status;
}

/* --- placing --- */

static uint32_t hash_outlet(dsr_slice outlet)
{
    return outlet.len ? (uint32_t)dsr_hash64(outlet, 0) | 1u : 0;
}

/* Reports that state no day were taken in on the day of the stream: the clock would make a second run
 * another. */
static dsr_copies_report describe(const dsr_desk *desk, const dsr_clipping *clipping, uint32_t sequence)
{
    dsr_copies_report about = {.number = sequence,
                               .outlet = hash_outlet(clipping->report->meta.outlet),
                               .dated = clipping->terms.has_day,
                               .day = clipping->terms.has_day ? clipping->terms.day : 0};
    if (!dsr_stream_day(desk->stream, &about.intake_day)) {
        about.intake_day = 0;
    }
    return about;
}

static struct dsr_desk_member make_member(const dsr_clipping *clipping, uint32_t sequence, bool copies)
{
    const dsr_report *report = clipping->report;
    const dsr_moment *published = &report->meta.published;
    return (struct dsr_desk_member){.id = report->id,
                                    .facts = {.sequence = sequence,
                                              .outlet = hash_outlet(report->meta.outlet),
                                              .has_headline = report->meta.headline.len > 0,
                                              .dated = published->iso.len > 0,
                                              .has_copies = copies,
                                              .earliest = published->iso.len ? published->earliest : 0,
                                              .latest = published->iso.len ? published->latest : 0}};
}

/* The copies of the report: found before it is in the index itself. What stands again after a later version
 * was removed comes out of turn, and the index takes no such report: copies of it are not found by it. */
static dsr_status find_copies(dsr_desk *desk, const dsr_clipping *clipping, uint32_t sequence,
                              dsr_desk_ties *ties, dsr_record_copies *copies, dsr_error *error)
{
    dsr_copies_report about = describe(desk, clipping, sequence);
    dsr_status status = dsr_desk_compare(desk, &about, clipping, ties, copies, error);
    if (status != DSR_OK || sequence <= desk->last) {
        return status;
    }
    desk->last = sequence;
    return dsr_copies_add(desk->copies, &about, &clipping->prints, error);
}

static dsr_status add_to_stream(dsr_desk *desk, const dsr_clipping *clipping, uint32_t sequence,
                                const dsr_desk_ties *ties, bool copies, dsr_error *error)
{
    dsr_stream_report report = {.report = sequence,
                                .terms = &clipping->terms,
                                .names = clipping->names,
                                .name_count = clipping->name_count,
                                .ties = ties->items,
                                .tie_count = ties->count};
    dsr_record_place place = {.report = clipping->report->id};
    dsr_stream_events events;
    dsr_status status = dsr_desk_find_target(desk, clipping->report, &report.into, error);
    if (status != DSR_OK) {
        return status;
    }
    if (dsr_stream_add(desk->stream, &report, &place.decision, &events) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    place.story = place.decision.story;
    status = dsr_desk_put_place(desk, sequence, &place, error);
    struct dsr_desk_member member = make_member(clipping, sequence, copies);
    if (status == DSR_OK) {
        status = dsr_desk_follow(desk, &events, &member, error);
    }
    return status == DSR_OK && report.into ? dsr_desk_keep_target(desk, clipping->report, sequence, error)
                                           : status;
}

static dsr_status locate(dsr_desk *desk, dsr_id id, uint32_t *out, dsr_error *error)
{
    uint64_t sequence = 0;
    bool current = false;
    dsr_status status = dsr_store_locate_report(desk->store, id, &sequence, &current, error);
    if (status == DSR_OK && sequence >= DSR_LIMIT_REPORTS) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE,
                        "the store has taken in as many reports as one store can; start a second one");
    }
    *out = (uint32_t)sequence;
    return status;
}

/* Where the earlier version stands; it is nobody's source any more. 0: nowhere. */
static dsr_status retire(dsr_desk *desk, uint32_t sequence, dsr_record_place *place, dsr_error *error)
{
    *place = (dsr_record_place){.story = 0};
    dsr_status status = dsr_desk_read_place(desk->store, sequence, place, error);
    if (status == DSR_ERR_NOT_FOUND) {
        return DSR_OK;
    }
    if (status == DSR_OK && place->story) {
        status = dsr_desk_resolve(desk->store, &place->story, error);
    }
    if (status == DSR_OK) {
        status = dsr_copies_remove(desk->copies, sequence, error);
        status = status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
    }
    return status;
}

static dsr_status leave_story(dsr_desk *desk, uint32_t sequence, dsr_record_place *place, dsr_error *error)
{
    dsr_stream_events events;
    if (!place->story) {
        return DSR_OK;
    }
    if (dsr_stream_remove(desk->stream, sequence, place->story, &events) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = dsr_desk_leave(desk, place->story, sequence, error);
    place->story = 0;
    return status == DSR_OK ? dsr_desk_put_place(desk, sequence, place, error) : status;
}

dsr_status dsr_desk_place(dsr_desk *desk, const dsr_clipping *clipping, dsr_id previous, dsr_error *error)
{
    uint32_t sequence = 0, old = 0;
    dsr_record_place replaced = {.story = 0};
    dsr_desk_ties ties = {NULL, 0, 0};
    dsr_record_copies copies = {NULL, 0, 0};
    dsr_arena_reset(desk->scratch);
    desk->state_dirty = true;
    dsr_status status = locate(desk, clipping->report->id, &sequence, error);
    if (status == DSR_OK && !dsr_id_is_none(previous)) {
        status = locate(desk, previous, &old, error);
        status = status == DSR_OK ? retire(desk, old, &replaced, error) : status;
    }
    if (status == DSR_OK) {
        status = find_copies(desk, clipping, sequence, &ties, &copies, error);
    }
    if (status == DSR_OK) {
        status = dsr_finder_add(&desk->finder, &desk->chunks, sequence, clipping, error);
    }
    if (status == DSR_OK && replaced.story) {
        if (DSR_LIST_RESERVE(desk->scratch, &ties, 1) != DSR_OK) {
            return dsr_fail_memory(error, STAGE);
        }
        ties.items[ties.count++] = (dsr_stream_tie){replaced.story, VERSION_SHARE};
    }
    if (status == DSR_OK) {
        status = add_to_stream(desk, clipping, sequence, &ties, copies.count > 0, error);
    }
    if (status == DSR_OK && replaced.story) {
        /* The new report may have had stories merged. */
        status = dsr_desk_resolve(desk->store, &replaced.story, error);
    }
    return status == DSR_OK ? leave_story(desk, old, &replaced, error) : status;
}

dsr_status dsr_desk_remove(dsr_desk *desk, dsr_id report, dsr_error *error)
{
    uint32_t sequence = 0;
    dsr_record_place place;
    desk->removals++;
    desk->state_dirty = true;
    dsr_status status = locate(desk, report, &sequence, error);
    if (status == DSR_OK) {
        status = retire(desk, sequence, &place, error);
    }
    if (status == DSR_OK) {
        status = leave_story(desk, sequence, &place, error);
    }
    dsr_record_key key = dsr_record_key_make(sequence);
    dsr_slice of = dsr_record_key_slice(&key);
    if (status == DSR_OK) {
        status = desk->chunks.drop(desk->chunks.context, DSR_RECORD_PLACE, of, error);
    }
    if (status == DSR_OK) {
        status = desk->chunks.drop(desk->chunks.context, DSR_RECORD_EDITS, of, error);
    }
    return status == DSR_OK ? desk->chunks.drop(desk->chunks.context, DSR_RECORD_COPIES, of, error) : status;
}
