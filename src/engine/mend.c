/* What a caller says is to be corrected -> a correction that the desk can carry out: ids are looked up, names
 * are found in the reports that have them. */
#include "engine/mend.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/internal.h"
#include "model/pack.h"

static const char STAGE[] = "mend";

typedef struct finding {
    dsr_engine *engine;
    dsr_arena *arena;
    dsr_correction *correction;
    dsr_error *error;
} finding;

static dsr_status check_text(dsr_slice text, const char *what, dsr_error *error)
{
    if (text.len > DSR_LIMIT_CORRECTION_BYTES) {
        return dsr_fail(error, DSR_ERR_LIMIT, STAGE, "%s is longer than %d bytes; shorten it", what,
                        DSR_LIMIT_CORRECTION_BYTES);
    }
    return dsr_utf8_is_valid(text, NULL)
               ? DSR_OK
               : dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "%s is not UTF-8; set the terminal to UTF-8", what);
}

static dsr_status take_said(finding *f, const dsr_correction_said *said, dsr_correction_said *out)
{
    dsr_status status = check_text(said->who, "the name of who says so", f->error);
    if (status == DSR_OK) {
        status = check_text(said->why, "the reason", f->error);
    }
    if (status != DSR_OK) {
        return status;
    }
    *out = (dsr_correction_said){.when = said->when};
    if (dsr_arena_copy(f->arena, said->who.len ? said->who : DSR_SLICE("unknown"), &out->who) != DSR_OK ||
        dsr_arena_copy(f->arena, said->why.len ? said->why : DSR_SLICE(""), &out->why) != DSR_OK) {
        return dsr_fail_memory(f->error, STAGE);
    }
    return DSR_OK;
}

/* --- reports and stories --- */

static dsr_status add_report(finding *f, dsr_slice id)
{
    dsr_correction_report named;
    dsr_store_report stored;
    dsr_status status = dsr_engine_find_report(f->engine, id, &named.id, f->error);
    if (status == DSR_OK) {
        status = dsr_store_get_report(f->engine->store, named.id, f->arena, &stored, NULL, f->error);
    }
    if (status == DSR_OK && DSR_LIST_RESERVE(f->arena, &f->correction->reports, 1) != DSR_OK) {
        status = dsr_fail_memory(f->error, STAGE);
    }
    if (status == DSR_OK) {
        named.source = dsr_correction_source(stored.id, stored.key);
        f->correction->reports.items[f->correction->reports.count++] = named;
    }
    return status;
}

static dsr_status find_story(finding *f, dsr_slice id, uint32_t *number)
{
    dsr_store_story stored;
    dsr_status status = dsr_engine_find_story(f->engine, id, f->arena, &stored, f->error);
    if (status == DSR_OK && stored.number == 0) {
        status = dsr_fail(f->error, DSR_ERR_ARGUMENT, STAGE,
                          "a newer version of this report stands in its story; name that one");
        dsr_error_set_subject(f->error, id.ptr, id.len);
    }
    if (status == DSR_OK) {
        *number = stored.number;
    }
    return status;
}

/* --- people --- */

static dsr_status take_entity(finding *f, dsr_slice id, int at)
{
    dsr_status status = check_text(id, "an entity's id", f->error);
    if (status == DSR_OK && id.len == 0) {
        status = dsr_fail(f->error, DSR_ERR_ARGUMENT, STAGE, "an entity's id is empty");
    }
    if (status == DSR_OK && dsr_arena_copy(f->arena, id, &f->correction->entities[at]) != DSR_OK) {
        status = dsr_fail_memory(f->error, STAGE);
    }
    return status;
}

static const dsr_cast_entry *find_entry(const dsr_story *story, dsr_slice entity)
{
    for (size_t i = 0; i < story->cast.count; i++) {
        if (dsr_slice_equal(story->cast.items[i].entity, entity)) {
            return &story->cast.items[i];
        }
    }
    for (size_t i = 0; i < story->cast.count; i++) {
        const dsr_cast_entry *entry = &story->cast.items[i];
        for (size_t m = 0; m < entry->members.count; m++) {
            if (dsr_slice_equal(entry->members.items[m].entity, entity)) {
                return entry;
            }
        }
    }
    return NULL;
}

static bool is_member(const dsr_cast_entry *entry, dsr_slice entity)
{
    for (size_t m = 0; m < entry->members.count; m++) {
        if (dsr_slice_equal(entry->members.items[m].entity, entity)) {
            return true;
        }
    }
    return false;
}

/* The ids of the report as it was read, for those by which its story knows the entity now. */
static dsr_status add_mentions(finding *f, uint32_t at, const dsr_story *story, const dsr_cast_entry *entry)
{
    dsr_correction *c = f->correction;
    const dsr_id source = c->reports.items[at].source;
    size_t before = c->mentions.count;
    for (size_t r = 0; r < story->reports.count; r++) {
        const dsr_report *report = story->reports.items[r].report;
        if (dsr_id_compare(dsr_correction_source(report->id, report->key), source) != 0) {
            continue;
        }
        dsr_report plain;
        dsr_status status = dsr_engine_load(f->engine, report->id, f->arena, &plain, f->error);
        for (size_t e = 0; status == DSR_OK && e < plain.entities.count; e++) {
            if (!is_member(entry, report->entities.items[e].id)) {
                continue;
            }
            if (DSR_LIST_RESERVE(f->arena, &c->mentions, 1) != DSR_OK) {
                return dsr_fail_memory(f->error, STAGE);
            }
            c->mentions.items[c->mentions.count++] = (dsr_correction_mention){at, plain.entities.items[e].id};
        }
        if (status != DSR_OK) {
            return status;
        }
    }
    return c->mentions.count > before
               ? DSR_OK
               : dsr_fail(f->error, DSR_ERR_ARGUMENT, STAGE,
                          "this report does not name %.*s; `dossier show --json` has the cast with its ids",
                          DSR_PRINT(c->entities[0]));
}

static dsr_status split_in(finding *f, dsr_slice report)
{
    const dsr_story *story = NULL;
    dsr_status status = add_report(f, report);
    if (status == DSR_OK) {
        status = dsr_engine_show(f->engine, report, f->arena, &story, f->error);
    }
    if (status != DSR_OK) {
        return status;
    }
    const dsr_cast_entry *entry = find_entry(story, f->correction->entities[0]);
    static const dsr_cast_entry nobody = {.mentions = 0};
    status = add_mentions(f, (uint32_t)f->correction->reports.count - 1, story, entry ? entry : &nobody);
    if (status == DSR_ERR_ARGUMENT) {
        dsr_error_set_subject(f->error, report.ptr, report.len);
    }
    return status;
}

static dsr_status find_split(finding *f, const dsr_mend *mend)
{
    if (mend->count - 1 > DSR_LIMIT_CORRECTION_REPORTS) {
        return dsr_fail(f->error, DSR_ERR_LIMIT, STAGE,
                        "one correction names at most %d reports; make several of it",
                        DSR_LIMIT_CORRECTION_REPORTS);
    }
    dsr_status status = take_entity(f, mend->what[0], 0);
    for (size_t i = 1; status == DSR_OK && i < mend->count; i++) {
        status = split_in(f, mend->what[i]);
    }
    return status;
}

static dsr_status find_people(finding *f, const dsr_mend *mend)
{
    dsr_status status = take_entity(f, mend->what[0], 0);
    if (status == DSR_OK) {
        status = take_entity(f, mend->what[1], 1);
    }
    if (status == DSR_OK && dsr_slice_equal(mend->what[0], mend->what[1])) {
        status = dsr_fail(f->error, DSR_ERR_ARGUMENT, STAGE, "these two are one entity already");
    }
    return status;
}

/* --- any --- */

static dsr_status find_what(finding *f, const dsr_mend *mend)
{
    dsr_correction *c = f->correction;
    dsr_status status = DSR_OK;
    switch (mend->kind) {
    case DSR_CORRECTION_PEOPLE_MERGE:
        return find_people(f, mend);
    case DSR_CORRECTION_PEOPLE_SPLIT:
        return find_split(f, mend);
    case DSR_CORRECTION_MOVE:
        status = add_report(f, mend->what[0]);
        return status == DSR_OK && !mend->alone ? find_story(f, mend->what[1], &c->numbers[1]) : status;
    case DSR_CORRECTION_MERGE:
        status = find_story(f, mend->what[0], &c->numbers[0]);
        return status == DSR_OK ? find_story(f, mend->what[1], &c->numbers[1]) : status;
    case DSR_CORRECTION_NO_COPY:
        status = add_report(f, mend->what[0]);
        return status == DSR_OK ? add_report(f, mend->what[1]) : status;
    }
    return DSR_ERR_ARGUMENT;
}

static bool is_counted(const dsr_mend *mend)
{
    return mend->kind == DSR_CORRECTION_MOVE           ? mend->count == (mend->alone ? 1 : 2)
           : mend->kind == DSR_CORRECTION_PEOPLE_SPLIT ? mend->count >= 2 && !mend->alone
                                                       : mend->count == 2 && !mend->alone;
}

dsr_status dsr_engine_mend(dsr_engine *engine, const dsr_mend *mend, dsr_arena *arena, dsr_correction *out,
                           dsr_error *error)
{
    dsr_correction c = {.kind = mend->kind, .alone = mend->alone};
    finding f = {engine, arena, &c, error};
    c.entities[0] = c.entities[1] = DSR_SLICE("");
    if (!is_counted(mend)) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, STAGE, "the correction names too few or too many things");
    }
    dsr_status status = dsr_engine_begin(engine, true, error);
    if (status != DSR_OK) {
        return status;
    }
    status = take_said(&f, &mend->said, &c.said);
    if (status == DSR_OK) {
        status = find_what(&f, mend);
    }
    if (status == DSR_OK) {
        status = dsr_desk_correct(engine->desk, &c, error);
    }
    status = dsr_engine_end(engine, false, status, error);
    engine->knows_corrections = false;
    if (status == DSR_OK) {
        *out = c;
    }
    return status;
}

/* One that is in the store already, in `arena`. */
static dsr_status fetch(finding *f, uint32_t number)
{
    dsr_chunks chunks = dsr_store_chunks(f->engine->store);
    dsr_record_key key = dsr_record_key_make(number);
    bool good = false;
    dsr_buffer buffer;
    dsr_buffer_open(&buffer, 0);
    dsr_status status =
        chunks.get(chunks.context, DSR_RECORD_CORRECTION, dsr_record_key_slice(&key), &buffer, f->error);
    if (status == DSR_OK &&
        dsr_correction_unpack(f->arena, dsr_buffer_slice(&buffer), f->correction, &good) != DSR_OK) {
        status = dsr_fail_memory(f->error, STAGE);
    }
    dsr_buffer_drop(&buffer);
    f->correction->number = number;
    return status == DSR_OK && !good
               ? dsr_fail(f->error, DSR_ERR_STORE, STAGE, "correction %u is damaged", number)
               : status;
}

dsr_status dsr_engine_undo(dsr_engine *engine, uint32_t number, const dsr_correction_said *said,
                           dsr_arena *arena, dsr_correction *out, dsr_error *error)
{
    dsr_correction c = {.number = number};
    dsr_correction_said undo;
    finding f = {engine, arena, &c, error};
    dsr_status status = dsr_engine_begin(engine, true, error);
    if (status != DSR_OK) {
        return status;
    }
    status = take_said(&f, said, &undo);
    if (status == DSR_OK) {
        status = dsr_desk_undo(engine->desk, number, &undo, error);
    }
    if (status == DSR_OK) {
        status = fetch(&f, number);
    }
    status = dsr_engine_end(engine, false, status, error);
    engine->knows_corrections = false;
    if (status == DSR_OK) {
        *out = c;
    }
    return status;
}

dsr_status dsr_engine_each_correction(dsr_engine *engine,
                                      dsr_status (*each)(void *context, const dsr_correction *correction),
                                      void *context, dsr_error *error)
{
    dsr_status status = dsr_engine_know_corrections(engine, error);
    for (size_t i = 0; status == DSR_OK && i < engine->corrections.count; i++) {
        status = each(context, &engine->corrections.items[i]);
    }
    return status;
}
