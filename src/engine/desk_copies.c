/* Which earlier reports share text with a new one: the index names them, their texts are aligned. */
#include "engine/desk_parts.h"

#include "model/pack.h"

static const char STAGE[] = "settle";

void dsr_desk_forget_texts(dsr_desk *desk)
{
    for (size_t i = 0; i < DSR_DESK_TEXTS; i++) {
        dsr_arena_drop(desk->texts[i].arena);
        desk->texts[i] = (dsr_desk_text){.sequence = 0};
    }
}

/* As it was read, without what is learnt of its outlet: that changes with every report. */
static dsr_status open_text(dsr_desk *desk, dsr_id id, dsr_desk_text *t, dsr_error *error)
{
    dsr_store_report stored;
    t->sequence = 0;
    if (t->arena) {
        dsr_arena_reset(t->arena);
    } else {
        t->arena = dsr_arena_new(0);
    }
    if (!t->arena) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = dsr_store_get_report(desk->store, id, t->arena, &stored, NULL, error);
    if (status == DSR_OK) {
        status = dsr_report_unpack(t->arena, stored.packed, &t->report, error);
    }
    if (status == DSR_OK && dsr_compare_prepare(t->arena, &t->report, &t->text) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status;
}

static dsr_status fetch_text(dsr_desk *desk, uint32_t sequence, dsr_id id, const dsr_desk_text **out,
                             dsr_error *error)
{
    dsr_desk_text *oldest = &desk->texts[0];
    for (size_t i = 0; i < DSR_DESK_TEXTS; i++) {
        dsr_desk_text *t = &desk->texts[i];
        if (t->sequence == sequence) {
            t->used = ++desk->clock;
            *out = t;
            return DSR_OK;
        }
        oldest = t->used < oldest->used ? t : oldest;
    }
    dsr_status status = open_text(desk, id, oldest, error);
    if (status == DSR_OK) {
        oldest->sequence = sequence;
        oldest->used = ++desk->clock;
        *out = oldest;
    }
    return status;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static dsr_record_copy describe(const dsr_reuse *reuse, uint32_t earlier)
{
    uint32_t from = dsr_reuse_share_of_from(reuse), to = dsr_reuse_share_of_to(reuse);
    bool straight = reuse->from == 0;
    dsr_record_copy copy = {.earlier = earlier,
                            .share_of_earlier = straight ? from : to,
                            .share_of_later = straight ? to : from,
                            .words = reuse->words,
                            .words_quoted = reuse->words_quoted,
                            .direction = reuse->direction,
                            .earlier_is_source = straight};
    for (size_t p = 0; p < reuse->passages.count; p++) {
        for (size_t e = 0; e < reuse->passages.items[p].edits.count; e++) {
            copy.edits[reuse->passages.items[p].edits.items[e].kind]++;
        }
    }
    return copy;
}

/* Aligns the report with one candidate. */
static dsr_status try_candidate(dsr_desk *desk, const dsr_copies_candidate *candidate,
                                const dsr_clipping *clipping, dsr_desk_ties *ties, dsr_record_copies *copies,
                                dsr_error *error)
{
    dsr_record_place place;
    const dsr_desk_text *earlier = NULL;
    dsr_reuse reuse;
    bool found = false;
    dsr_status status = dsr_desk_read_place(desk->store, candidate->number, &place, error);
    if (status != DSR_OK) {
        return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
    }
    status = fetch_text(desk, candidate->number, place.report, &earlier, error);
    if (status != DSR_OK) {
        return status;
    }
    if (dsr_compare_pair(desk->scratch, desk->lexicon, earlier->text, clipping->text, &found, &reuse) !=
            DSR_OK ||
        DSR_LIST_RESERVE(desk->scratch, ties, 1) != DSR_OK ||
        DSR_LIST_RESERVE(desk->scratch, copies, 1) != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    if (!found) {
        return DSR_OK;
    }
    dsr_record_copy copy = describe(&reuse, candidate->number);
    const dsr_report *one = &earlier->report, *other = clipping->report;
    copy.wrong = dsr_corrections_deny_copy(&desk->corrections, dsr_correction_source(one->id, one->key),
                                           dsr_correction_source(other->id, other->key));
    copies->items[copies->count++] = copy;
    if (place.story && !copy.wrong) {
        status = dsr_desk_resolve(desk->store, &place.story, error);
        ties->items[ties->count++] =
            (dsr_stream_tie){place.story, least(copy.share_of_earlier, copy.share_of_later)};
    }
    return status;
}

dsr_status dsr_desk_put_copies(dsr_desk *desk, uint32_t sequence, const dsr_record_copies *copies,
                               dsr_error *error)
{
    if (!copies->count) {
        return DSR_OK;
    }
    dsr_record_key key = dsr_record_key_make(sequence);
    dsr_buffer_reset(&desk->buffer);
    dsr_record_pack_copies(&desk->buffer, copies);
    if (desk->buffer.status != DSR_OK) {
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = desk->chunks.put(desk->chunks.context, DSR_RECORD_COPIES, dsr_record_key_slice(&key),
                                         dsr_buffer_slice(&desk->buffer), error);
    dsr_buffer_reset(&desk->buffer);
    dsr_record_pack_edits(&desk->buffer, copies);
    if (status == DSR_OK && desk->buffer.status != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    return status == DSR_OK
               ? desk->chunks.put(desk->chunks.context, DSR_RECORD_EDITS, dsr_record_key_slice(&key),
                                  dsr_buffer_slice(&desk->buffer), error)
               : status;
}

dsr_status dsr_desk_compare(dsr_desk *desk, const dsr_copies_report *about, const dsr_clipping *clipping,
                            dsr_desk_ties *ties, dsr_record_copies *copies, dsr_error *error)
{
    dsr_copies_found found;
    dsr_status status = dsr_copies_find(desk->copies, desk->scratch, about, &clipping->prints, &found, error);
    for (size_t i = 0; status == DSR_OK && i < found.candidates.count; i++) {
        status = try_candidate(desk, &found.candidates.items[i], clipping, ties, copies, error);
    }
    return status == DSR_OK ? dsr_desk_put_copies(desk, about->number, copies, error) : status;
}
