/* Corrections at the desk: what somebody says of reports and stories is carried out, kept, and taken back. A
 * story that a merge ended is a number that leads on; taking the merge back has it lead to a new number, and
 * all that was ever merged into it goes along. */
#include "engine/desk_parts.h"

#include "base/limits.h"
#include "model/pack.h"

#include <string.h>

static const char STAGE[] = "mend";

/* --- what is settled --- */

dsr_status dsr_desk_find_current(dsr_store *store, const dsr_correction_report *named, dsr_id *id,
                                 uint32_t *sequence, dsr_error *error)
{
    uint64_t at = 0;
    bool current = false;
    dsr_status status = DSR_OK;
    *id = named->id;
    *sequence = 0;
    if (dsr_id_compare(named->id, named->source) != 0) {
        status = dsr_store_find_current(store, named->source, id, error);
    }
    if (status == DSR_OK) {
        status = dsr_store_locate_report(store, *id, &at, &current, error);
    }
    if (status == DSR_OK && at < DSR_LIMIT_REPORTS) {
        *sequence = (uint32_t)at;
    }
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

static dsr_status settle_move(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    const dsr_correction *last = dsr_corrections_find_move(&desk->corrections, c->reports.items[0].source);
    uint32_t sequence = 0, from = c->numbers[0], to = last->numbers[1];
    dsr_id id;
    dsr_status status = dsr_desk_find_current(desk->store, &c->reports.items[0], &id, &sequence, error);
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &from, error);
    }
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &to, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    bool held = !sequence || dsr_stream_hold_report(desk->stream, sequence) == DSR_OK;
    return held && dsr_stream_hold_apart(desk->stream, from, to) == DSR_OK ? DSR_OK
                                                                           : dsr_fail_memory(error, STAGE);
}

static dsr_status settle_one(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    if (c->undone) {
        return DSR_OK;
    }
    if (c->kind == DSR_CORRECTION_MOVE) {
        return settle_move(desk, c, error);
    }
    if (c->kind != DSR_CORRECTION_MERGE) {
        return DSR_OK;
    }
    uint32_t story = c->numbers[1];
    dsr_status status = dsr_desk_resolve(desk->store, &story, error);
    if (status == DSR_OK && dsr_stream_hold_story(desk->stream, story) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

dsr_status dsr_desk_read_corrections(dsr_desk *desk, dsr_error *error)
{
    dsr_status status = dsr_corrections_read(desk->store, &desk->corrections, error);
    dsr_stream_release(desk->stream);
    for (size_t i = 0; status == DSR_OK && i < desk->corrections.count; i++) {
        status = settle_one(desk, &desk->corrections.items[i], error);
    }
    return status;
}

static const dsr_correction *find_move(const dsr_desk *desk, const dsr_report *report)
{
    return dsr_corrections_find_move(&desk->corrections, dsr_correction_source(report->id, report->key));
}

dsr_status dsr_desk_find_target(dsr_desk *desk, const dsr_report *report, uint32_t *into, dsr_error *error)
{
    const dsr_correction *move = find_move(desk, report);
    bool there = false;
    *into = 0;
    if (!move) {
        return DSR_OK;
    }
    uint32_t story = move->numbers[1];
    dsr_status status = dsr_desk_resolve(desk->store, &story, error);
    if (status == DSR_OK) {
        status = dsr_desk_has_story(desk, story, &there, error);
    }
    *into = there ? story : DSR_STREAM_NEW;
    return status;
}

/* The id under which a story is known. */
static dsr_status name_of(dsr_desk *desk, uint32_t number, dsr_id *out, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_status status = dsr_desk_reach(desk, number, &story, error);
    if (status == DSR_OK) {
        *out = story->id;
    }
    return status;
}

/* The number by which a report is led to its story: that of the story itself, or of one that was merged into
 * it, with which it leaves when the merge is taken back. */
static dsr_status lead(dsr_desk *desk, uint32_t sequence, uint32_t story, dsr_error *error)
{
    dsr_record_place place;
    dsr_status status = dsr_desk_read_place(desk->store, sequence, &place, error);
    if (status != DSR_OK || place.story == story) {
        return status;
    }
    place.story = story;
    return dsr_desk_put_place(desk, sequence, &place, error);
}

dsr_status dsr_desk_keep_target(dsr_desk *desk, const dsr_report *report, uint32_t sequence, dsr_error *error)
{
    const dsr_corrections *all = &desk->corrections;
    const dsr_correction *found = find_move(desk, report);
    dsr_correction *move = &all->items[found->number - 1];
    dsr_record_place place;
    uint32_t kept = move->numbers[1];
    dsr_status status = dsr_desk_read_place(desk->store, sequence, &place, error);
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &place.story, error);
    }
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &kept, error);
    }
    if (status == DSR_OK && kept != place.story) {
        move->numbers[1] = place.story;
        status = name_of(desk, place.story, &move->stories[1], error);
        status = status == DSR_OK ? dsr_corrections_put(desk->store, move, error) : status;
    }
    if (status == DSR_OK) {
        status = lead(desk, sequence, move->numbers[1], error);
    }
    const dsr_id source = move->reports.items[0].source;
    for (size_t i = (size_t)(dsr_corrections_first_move(all, source) - all->moves);
         status == DSR_OK && i < all->move_count &&
         dsr_id_compare(all->moves[i]->reports.items[0].source, source) == 0;
         i++) {
        status = settle_move(desk, all->moves[i], error);
    }
    return status;
}

/* --- carrying reports --- */

/* Takes a placed report from one story into another; *to becomes the number of a new one. Merges what is
 * empty then. */
static dsr_status carry(dsr_desk *desk, const struct dsr_desk_member *member, uint32_t from, uint32_t *to,
                        dsr_error *error)
{
    dsr_store_report stored;
    dsr_report report;
    dsr_clipping clipping;
    dsr_stream_events events = {NULL, 0};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? dsr_store_get_report(desk->store, member->id, arena, &stored, NULL, error)
                              : dsr_fail_memory(error, STAGE);
    if (status == DSR_OK) {
        status = dsr_report_unpack(arena, stored.packed, &report, error);
    }
    if (status == DSR_OK && dsr_clipping_make(desk->lexicon, arena, &report, NULL, &clipping) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    } else if (status == DSR_OK) {
        dsr_stream_report put = {.report = member->facts.sequence,
                                 .terms = &clipping.terms,
                                 .names = clipping.names,
                                 .name_count = clipping.name_count};
        if (dsr_stream_put(desk->stream, &put, from, *to, &events) != DSR_OK) {
            status = dsr_fail_memory(error, STAGE);
        }
        *to = status == DSR_OK && *to == DSR_STREAM_NEW ? events.items[0].story : *to;
        status = status == DSR_OK ? dsr_desk_follow(desk, &events, NULL, error) : status;
        dsr_clipping_drop(&clipping);
    }
    dsr_arena_drop(arena);
    return status;
}

/* A story that the stream no longer knew may be left empty: it is merged into the other one. */
static dsr_status close_empty(dsr_desk *desk, uint32_t from, uint32_t to, bool *emptied, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_status status = dsr_desk_reach(desk, from, &story, error);
    if (status != DSR_OK) {
        return status;
    }
    *emptied = story->gone || story->count == 0;
    if (!*emptied || story->gone) {
        return DSR_OK;
    }
    dsr_stream_event event = {DSR_STREAM_MERGED, 0, to, from};
    dsr_stream_events events = {&event, 1};
    return dsr_desk_follow(desk, &events, NULL, error);
}

static dsr_status move_member(dsr_desk *desk, const struct dsr_desk_member *member, uint32_t from,
                              uint32_t *to, bool *emptied, dsr_error *error)
{
    dsr_status status = carry(desk, member, from, to, error);
    return status == DSR_OK ? close_empty(desk, from, *to, emptied, error) : status;
}

/* Where a report that a correction names stands, and by which number it is led there (may be NULL);
 * member->facts.sequence 0 where it does not stand anywhere. */
static dsr_status find_member(dsr_desk *desk, const dsr_correction_report *named,
                              struct dsr_desk_member *member, uint32_t *story, uint32_t *led,
                              dsr_error *error)
{
    dsr_record_place place = {.story = 0};
    *member = (struct dsr_desk_member){.facts = {.sequence = 0}};
    uint32_t sequence = 0;
    dsr_status status = dsr_desk_find_current(desk->store, named, &member->id, &sequence, error);
    if (status != DSR_OK || !sequence) {
        return status;
    }
    status = dsr_desk_read_place(desk->store, sequence, &place, error);
    if (status == DSR_OK && place.story) {
        member->facts.sequence = sequence;
        *story = place.story;
        if (led) {
            *led = place.story;
        }
        return dsr_desk_resolve(desk->store, story, error);
    }
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

/* The members of a story as they are now; they move while they are walked. */
static dsr_status list_members(dsr_desk *desk, uint32_t number, dsr_arena *arena,
                               struct dsr_desk_member **members, size_t *count, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_status status = dsr_desk_reach(desk, number, &story, error);
    if (status != DSR_OK) {
        return status;
    }
    *count = story->count;
    *members = dsr_arena_alloc_array(arena, story->count + 1, sizeof **members);
    if (!*members) {
        return dsr_fail_memory(error, STAGE);
    }
    if (story->count) {
        memcpy(*members, story->members, story->count * sizeof **members);
    }
    return DSR_OK;
}

/* Keeps those of the members that came by way of the story `by`. */
static dsr_status keep_those_of(dsr_desk *desk, uint32_t by, struct dsr_desk_member *members, size_t *count,
                                dsr_error *error)
{
    size_t kept = 0;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < *count; i++) {
        dsr_record_place place;
        bool passes = false;
        status = dsr_desk_read_place(desk->store, members[i].facts.sequence, &place, error);
        if (status == DSR_OK) {
            status = dsr_desk_passes(desk->store, place.story, by, &passes, error);
        }
        if (passes) {
            members[kept++] = members[i];
        }
    }
    *count = kept;
    return status;
}

/* What leads a report to its story stays as it was: an earlier merge within that story is taken back by it.
 */
static dsr_status carry_back(dsr_desk *desk, const struct dsr_desk_member *member, uint32_t from,
                             uint32_t *to, dsr_error *error)
{
    dsr_record_place before;
    bool emptied = false;
    const uint32_t sequence = member->facts.sequence;
    dsr_status status = dsr_desk_read_place(desk->store, sequence, &before, error);
    if (status == DSR_OK) {
        status = move_member(desk, member, from, to, &emptied, error);
    }
    return status == DSR_OK ? dsr_desk_put_place(desk, sequence, &before, error) : status;
}

/* All members of a story that came by way of the story `by` go into another one; *to becomes the number of a
 * new one. Where nobody else is left in it they stay: the story is all theirs. */
static dsr_status bring_back(dsr_desk *desk, uint32_t by, uint32_t from, uint32_t *to, dsr_error *error)
{
    struct dsr_desk_member *members = NULL;
    size_t all = 0, count = 0;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status =
        arena ? list_members(desk, from, arena, &members, &all, error) : dsr_fail_memory(error, STAGE);
    count = all;
    if (status == DSR_OK) {
        status = keep_those_of(desk, by, members, &count, error);
    }
    count = count < all || *to != DSR_STREAM_NEW ? count : 0;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = carry_back(desk, &members[i], from, to, error);
    }
    dsr_arena_drop(arena);
    return status;
}

/* --- moves --- */

static dsr_status count_members(dsr_desk *desk, uint32_t number, size_t *out, dsr_error *error)
{
    dsr_desk_story *story = NULL;
    dsr_status status = dsr_desk_reach(desk, number, &story, error);
    *out = status == DSR_OK ? story->count : 0;
    return status;
}

static dsr_status apply_move(dsr_desk *desk, dsr_correction *c, dsr_error *error)
{
    struct dsr_desk_member member;
    uint32_t from = 0, to = c->numbers[1];
    size_t count = 0;
    dsr_status status = find_member(desk, &c->reports.items[0], &member, &from, &c->numbers[0], error);
    if (status == DSR_OK && !member.facts.sequence) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE,
                        "this report stands in no story; `dossier add` puts reports into stories");
    }
    if (status == DSR_OK) {
        status = count_members(desk, from, &count, error);
    }
    if (status == DSR_OK && c->alone) {
        to = count == 1 ? from : DSR_STREAM_NEW;
    } else if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &to, error);
    }
    if (status == DSR_OK) {
        status = name_of(desk, from, &c->stories[0], error);
    }
    if (status == DSR_OK && to != from) {
        status = move_member(desk, &member, from, &to, &c->emptied, error);
        c->numbers[0] = c->emptied ? from : c->numbers[0];
    } else if (status == DSR_OK) {
        status = lead(desk, member.facts.sequence, to, error);
    }
    c->numbers[1] = to;
    return status == DSR_OK ? name_of(desk, to, &c->stories[1], error) : status;
}

/* The next move of the same report that stands, and what it takes the report from is what this one took it
 * from. */
static dsr_status hand_back(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    dsr_id source = c->reports.items[0].source;
    for (size_t i = c->number; i < desk->corrections.count; i++) {
        dsr_correction next = desk->corrections.items[i];
        if (!next.undone && next.kind == DSR_CORRECTION_MOVE &&
            dsr_id_compare(next.reports.items[0].source, source) == 0) {
            next.numbers[0] = c->numbers[0];
            next.stories[0] = c->stories[0];
            next.emptied = c->emptied;
            return dsr_corrections_put(desk->store, &next, error);
        }
    }
    return DSR_OK;
}

/* A move under way back: where to, and by what number the report is led there then. */
typedef struct retreat {
    const dsr_correction *move, *earlier; /* the one before it that stands; NULL */
    struct dsr_desk_member member;
    uint32_t here, back, led;
    bool revives; /* the story that it had left empty */
    bool there;   /* the one that it goes back to */
} retreat;

static dsr_status plan_retreat(dsr_desk *desk, retreat *r, dsr_error *error)
{
    const dsr_corrections *all = &desk->corrections;
    const dsr_correction *const *first = dsr_corrections_first_move(all, r->move->reports.items[0].source);
    const bool last = first + 1 == all->moves + all->move_count;
    r->earlier =
        last || dsr_id_compare(first[1]->reports.items[0].source, r->move->reports.items[0].source) != 0
            ? NULL
            : first[1];
    r->led = r->earlier ? r->earlier->numbers[1] : r->move->numbers[0];
    r->back = r->led;
    bool passes = false;
    dsr_status status = dsr_desk_passes(desk->store, r->led, r->move->numbers[0], &passes, error);
    r->revives = r->move->emptied && passes;
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &r->back, error);
    }
    return status == DSR_OK ? dsr_desk_has_story(desk, r->back, &r->there, error) : status;
}

/* Its story is gone, or stands for itself again: a new number for both. */
static dsr_status retreat_to_new(dsr_desk *desk, retreat *r, dsr_error *error)
{
    bool emptied = false;
    uint32_t to = DSR_STREAM_NEW;
    dsr_status status = move_member(desk, &r->member, r->here, &to, &emptied, error);
    if (status != DSR_OK) {
        return status;
    }
    if (r->revives) {
        /* Others were led back to that story while it was none. */
        status = emptied ? DSR_OK : bring_back(desk, r->move->numbers[0], r->here, &to, error);
        if (status != DSR_OK) {
            return status;
        }
        status = dsr_desk_revive(desk, r->move->numbers[0], r->move->stories[0], to, error);
        return status == DSR_OK ? lead(desk, r->member.facts.sequence, r->led, error) : status;
    }
    if (!r->earlier) {
        return DSR_OK;
    }
    dsr_correction earlier = *r->earlier;
    earlier.numbers[1] = to;
    status = name_of(desk, to, &earlier.stories[1], error);
    return status == DSR_OK ? dsr_corrections_put(desk->store, &earlier, error) : status;
}

static dsr_status undo_move(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    retreat r = {.move = c};
    bool emptied = false;
    if (dsr_corrections_find_move(&desk->corrections, c->reports.items[0].source)->number != c->number) {
        return hand_back(desk, c, error);
    }
    dsr_status status = find_member(desk, &c->reports.items[0], &r.member, &r.here, NULL, error);
    if (status != DSR_OK || !r.member.facts.sequence) {
        return status;
    }
    status = plan_retreat(desk, &r, error);
    if (status == DSR_OK && (r.revives || !r.there)) {
        return retreat_to_new(desk, &r, error);
    }
    if (status == DSR_OK && r.back != r.here) {
        status = move_member(desk, &r.member, r.here, &r.back, &emptied, error);
    }
    return status == DSR_OK ? lead(desk, r.member.facts.sequence, r.led, error) : status;
}

/* --- merges --- */

/* Of two stories that may have ended the one that is open stays, else the one with the lower number. */
static dsr_status merge_ended(dsr_desk *desk, uint32_t one, uint32_t other, dsr_stream_event *event)
{
    bool first = dsr_stream_is_open(desk->stream, one), second = dsr_stream_is_open(desk->stream, other);
    uint32_t into = first != second ? (first ? one : other) : (one < other ? one : other);
    *event = (dsr_stream_event){DSR_STREAM_MERGED, 0, into, into == one ? other : one};
    return DSR_OK;
}

static dsr_status apply_merge(dsr_desk *desk, dsr_correction *c, dsr_error *error)
{
    uint32_t one = c->numbers[0], other = c->numbers[1];
    dsr_stream_event event;
    dsr_stream_events events = {&event, 1};
    dsr_status status = dsr_desk_resolve(desk->store, &one, error);
    if (status == DSR_OK) {
        status = dsr_desk_resolve(desk->store, &other, error);
    }
    if (status == DSR_OK && one == other) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "these two are one story already");
    }
    if (status == DSR_OK) {
        status = dsr_stream_merge(desk->stream, one, other, &events);
        status = status == DSR_ERR_NOT_FOUND ? merge_ended(desk, one, other, &event)
                 : status == DSR_OK          ? DSR_OK
                                             : dsr_fail_memory(error, STAGE);
    }
    if (status != DSR_OK) {
        return status;
    }
    c->numbers[0] = events.items[0].from;
    c->numbers[1] = events.items[0].story;
    status = name_of(desk, c->numbers[0], &c->stories[0], error);
    if (status == DSR_OK) {
        status = name_of(desk, c->numbers[1], &c->stories[1], error);
    }
    return status == DSR_OK ? dsr_desk_follow(desk, &events, NULL, error) : status;
}

static dsr_status undo_merge(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    uint32_t here = c->numbers[1], to = DSR_STREAM_NEW;
    bool there = false;
    dsr_status status = dsr_desk_resolve(desk->store, &here, error);
    if (status == DSR_OK) {
        status = dsr_desk_has_story(desk, here, &there, error);
    }
    if (status == DSR_OK && there) {
        status = bring_back(desk, c->numbers[0], here, &to, error);
    }
    return status == DSR_OK && to != DSR_STREAM_NEW
               ? dsr_desk_revive(desk, c->numbers[0], c->stories[0], to, error)
               : status;
}

/* --- copies --- */

static dsr_status mark_copy(dsr_desk *desk, uint32_t earlier, uint32_t later, bool wrong, dsr_error *error)
{
    dsr_record_copies copies;
    bool found = false;
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena ? dsr_desk_read_copies(desk->store, later, arena, &copies, error)
                              : dsr_fail_memory(error, STAGE);
    for (size_t i = 0; status == DSR_OK && i < copies.count; i++) {
        if (copies.items[i].earlier == earlier) {
            copies.items[i].wrong = wrong;
            found = true;
        }
    }
    if (status == DSR_OK && found) {
        status = dsr_desk_put_copies(desk, later, &copies, error);
    }
    dsr_arena_drop(arena);
    return status;
}

/* The stories of both are counted anew. */
static dsr_status set_copy(dsr_desk *desk, const dsr_correction *c, bool wrong, dsr_error *error)
{
    struct dsr_desk_member members[2];
    uint32_t stories[2] = {0, 0};
    dsr_desk_story *story = NULL;
    dsr_status status = DSR_OK;
    for (int i = 0; status == DSR_OK && i < 2; i++) {
        status = find_member(desk, &c->reports.items[i], &members[i], &stories[i], NULL, error);
        if (status == DSR_OK && stories[i]) {
            status = dsr_desk_reach(desk, stories[i], &story, error);
        }
    }
    if (status != DSR_OK || !stories[0] || !stories[1]) {
        return status;
    }
    uint32_t a = members[0].facts.sequence, b = members[1].facts.sequence;
    return mark_copy(desk, a < b ? a : b, a < b ? b : a, wrong, error);
}

static dsr_status apply_no_copy(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    dsr_id one = c->reports.items[0].source, other = c->reports.items[1].source;
    if (dsr_id_compare(one, other) == 0) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "these two are versions of one report");
    }
    if (dsr_corrections_deny_copy(&desk->corrections, one, other)) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "these two are said to be no copies already");
    }
    return set_copy(desk, c, true, error);
}

/* --- all of them --- */

static dsr_status apply(dsr_desk *desk, dsr_correction *c, dsr_error *error)
{
    switch (c->kind) {
    case DSR_CORRECTION_MOVE:
        return apply_move(desk, c, error);
    case DSR_CORRECTION_MERGE:
        return apply_merge(desk, c, error);
    case DSR_CORRECTION_NO_COPY:
        return apply_no_copy(desk, c, error);
    case DSR_CORRECTION_PEOPLE_MERGE:
    case DSR_CORRECTION_PEOPLE_SPLIT:
        break; /* the cast of each story is made as it is shown */
    }
    return DSR_OK;
}

static dsr_status take_back(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    switch (c->kind) {
    case DSR_CORRECTION_MOVE:
        return undo_move(desk, c, error);
    case DSR_CORRECTION_MERGE:
        return undo_merge(desk, c, error);
    case DSR_CORRECTION_NO_COPY:
        return set_copy(desk, c, false, error);
    case DSR_CORRECTION_PEOPLE_MERGE:
    case DSR_CORRECTION_PEOPLE_SPLIT:
        break;
    }
    return DSR_OK;
}

static dsr_status keep(dsr_desk *desk, const dsr_correction *c, dsr_error *error)
{
    dsr_status status = dsr_corrections_put(desk->store, c, error);
    desk->removals++;
    desk->state_dirty = true;
    return status == DSR_OK ? dsr_desk_read_corrections(desk, error) : status;
}

dsr_status dsr_desk_correct(dsr_desk *desk, dsr_correction *correction, dsr_error *error)
{
    if (desk->corrections.count >= DSR_LIMIT_CORRECTIONS) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE, "the store holds as many corrections as one store can");
    }
    correction->number = (uint32_t)desk->corrections.count + 1;
    dsr_status status = apply(desk, correction, error);
    return status == DSR_OK ? keep(desk, correction, error) : status;
}

dsr_status dsr_desk_undo(dsr_desk *desk, uint32_t number, const dsr_correction_said *said, dsr_error *error)
{
    if (number == 0 || number > desk->corrections.count) {
        return dsr_fail(error, DSR_ERR_NOT_FOUND, STAGE,
                        "there is no correction %u; `dossier mend list` lists them", number);
    }
    dsr_correction c = desk->corrections.items[number - 1];
    if (c.undone) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "correction %u is undone already", number);
    }
    c.undone = true;
    c.undo = *said;
    dsr_status status = take_back(desk, &c, error);
    return status == DSR_OK ? keep(desk, &c, error) : status;
}
