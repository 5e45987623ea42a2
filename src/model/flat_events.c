/* Events and positions as varints and back, field by field in the same order. Words that repeat (modes,
 * codes, rules) are few bytes each and stand as they are. Must not know what the fields mean. */
#include "model/flat_events.h"

#include <string.h>

/* Fewest bytes of an actor, an event and a position: a short record cannot ask for much memory. */
enum { ACTOR_BYTES = 4, EVENT_BYTES = 12, POSITION_BYTES = 10 };

static void put_number(dsr_buffer *to, uint64_t value)
{
    dsr_buffer_append_varint(to, value);
}

static void put_words(dsr_buffer *to, dsr_slice value)
{
    put_number(to, value.ptr == NULL ? 0 : (uint64_t)value.len + 1);
    dsr_buffer_append(to, value);
}

/* The length, then the way from the start of the clause, in wrapping arithmetic; length 0 is the empty span
 * at 0. */
static void put_span(dsr_buffer *to, dsr_span span, uint32_t start)
{
    uint32_t length = span.end - span.start, from = span.start - start;
    put_number(to, length);
    if (length > 0) {
        put_number(to, from << 1 ^ (from > INT32_MAX ? UINT32_MAX : 0));
    }
}

static void put_actor(dsr_buffer *to, const dsr_actor *actor, uint32_t start)
{
    put_span(to, actor->span, start);
    put_number(to, actor->entity == DSR_NO_ENTITY ? 0 : (uint64_t)actor->entity + 1);
    put_number(to, actor->side == DSR_NO_ENTITY ? 0 : (uint64_t)actor->side + 1);
    put_words(to, actor->code);
}

static void put_actors(dsr_buffer *to, const dsr_actors *actors, uint32_t start)
{
    put_number(to, actors->count);
    for (size_t i = 0; i < actors->count; i++) {
        put_actor(to, &actors->items[i], start);
    }
}

void dsr_events_append(dsr_buffer *to, const dsr_report *report)
{
    put_number(to, report->events.count);
    for (size_t i = 0; i < report->events.count; i++) {
        const dsr_event *e = &report->events.items[i];
        put_span(to, e->span, 0);
        put_span(to, e->action, e->span.start);
        put_number(to, (uint64_t)e->type);
        put_number(to, (uint64_t)e->realis);
        put_words(to, e->mode);
        put_words(to, e->cameo);
        put_words(to, e->rule);
        put_actors(to, &e->sources, e->span.start);
        put_actors(to, &e->targets, e->span.start);
        put_span(to, e->when, e->span.start);
        put_span(to, e->where, e->span.start);
        put_actor(to, &e->told_by, e->span.start);
    }
    put_number(to, report->positions.count);
    for (size_t i = 0; i < report->positions.count; i++) {
        const dsr_position *p = &report->positions.items[i];
        put_span(to, p->span, 0);
        put_span(to, p->action, p->span.start);
        put_number(to, (uint64_t)p->stance);
        put_actor(to, &p->party, p->span.start);
        put_actor(to, &p->speaker, p->span.start);
        put_actors(to, &p->toward, p->span.start);
        put_words(to, p->issue);
        put_words(to, p->rule);
        put_span(to, p->answers, p->span.start);
    }
}

/* ---- reading ---- */

/* Remembers its first failure and then gives zeros. */
typedef struct taker {
    dsr_arena *arena;
    dsr_slice *rest;
    dsr_status status;
} taker;

static uint64_t take_number(taker *t)
{
    uint64_t value = 0;
    if (t->status == DSR_OK && !dsr_slice_next_varint(t->rest, &value)) {
        t->status = DSR_ERR_STORE;
        value = 0;
    }
    return value;
}

static uint32_t take_u32(taker *t)
{
    uint64_t value = take_number(t);
    if (value > UINT32_MAX) {
        t->status = DSR_ERR_STORE;
        return 0;
    }
    return (uint32_t)value;
}

static dsr_slice take_words(taker *t)
{
    uint64_t length = take_number(t);
    dsr_slice copy = DSR_SLICE_NONE;
    if (length == 0) {
        return copy;
    }
    if (length - 1 > t->rest->len) {
        t->status = DSR_ERR_STORE;
        return copy;
    }
    dsr_slice lent = dsr_slice_part(*t->rest, 0, (size_t)length - 1);
    if (lent.ptr == NULL || dsr_arena_copy(t->arena, lent, &copy) != DSR_OK) {
        t->status = DSR_ERR_MEMORY;
    }
    *t->rest = (dsr_slice){t->rest->ptr + lent.len, t->rest->len - lent.len};
    return copy;
}

static dsr_span take_span(taker *t, uint32_t start)
{
    uint32_t length = take_u32(t);
    uint32_t packed = length > 0 ? take_u32(t) : 0;
    uint32_t from = packed >> 1 ^ ((packed & 1) != 0 ? UINT32_MAX : 0);
    return length > 0 ? (dsr_span){start + from, start + from + length} : (dsr_span){0, 0};
}

static dsr_actor take_actor(taker *t, uint32_t start)
{
    dsr_actor actor = {.span = take_span(t, start)};
    uint32_t entity = take_u32(t), side = take_u32(t);
    actor.entity = entity == 0 ? DSR_NO_ENTITY : entity - 1;
    actor.side = side == 0 ? DSR_NO_ENTITY : side - 1;
    actor.code = take_words(t);
    return actor;
}

static void *take_list(taker *t, size_t size, size_t least, size_t *count)
{
    uint64_t told = take_number(t);
    *count = 0;
    if (told > t->rest->len / least) {
        t->status = DSR_ERR_STORE;
        return NULL;
    }
    void *items = told > 0 ? dsr_arena_alloc_array(t->arena, (size_t)told, size) : NULL;
    if (told > 0 && items == NULL) {
        t->status = DSR_ERR_MEMORY;
        return NULL;
    }
    *count = (size_t)told;
    return items;
}

static void take_actors(taker *t, uint32_t start, dsr_actors *out)
{
    out->items = take_list(t, sizeof *out->items, ACTOR_BYTES, &out->count);
    out->capacity = out->count;
    for (size_t i = 0; i < out->count; i++) {
        out->items[i] = take_actor(t, start);
    }
}

static void take_event(taker *t, dsr_event *e)
{
    e->span = take_span(t, 0);
    e->action = take_span(t, e->span.start);
    e->type = (dsr_event_type)take_u32(t);
    e->realis = (dsr_realis)take_u32(t);
    e->mode = take_words(t);
    e->cameo = take_words(t);
    e->rule = take_words(t);
    take_actors(t, e->span.start, &e->sources);
    take_actors(t, e->span.start, &e->targets);
    e->when = take_span(t, e->span.start);
    e->where = take_span(t, e->span.start);
    e->told_by = take_actor(t, e->span.start);
}

static void take_position(taker *t, dsr_position *p)
{
    p->span = take_span(t, 0);
    p->action = take_span(t, p->span.start);
    p->stance = (dsr_stance)take_u32(t);
    p->party = take_actor(t, p->span.start);
    p->speaker = take_actor(t, p->span.start);
    take_actors(t, p->span.start, &p->toward);
    p->issue = take_words(t);
    p->rule = take_words(t);
    p->answers = take_span(t, p->span.start);
}

dsr_status dsr_events_take(dsr_arena *arena, dsr_slice *rest, dsr_report *out)
{
    taker t = {arena, rest, DSR_OK};
    out->events.items = take_list(&t, sizeof *out->events.items, EVENT_BYTES, &out->events.count);
    out->events.capacity = out->events.count;
    for (size_t i = 0; i < out->events.count; i++) {
        take_event(&t, &out->events.items[i]);
    }
    out->positions.items = take_list(&t, sizeof *out->positions.items, POSITION_BYTES, &out->positions.count);
    out->positions.capacity = out->positions.count;
    for (size_t i = 0; i < out->positions.count; i++) {
        take_position(&t, &out->positions.items[i]);
    }
    return t.status;
}
