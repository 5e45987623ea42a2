/* Story state in an SQLite file: the stories with their members, and what was learnt of the outlets. Must not
 * know what is in a packed record. */
#include "store/sqlite_store.h"

static dsr_sqlite_store *of(dsr_store *store)
{
    return (dsr_sqlite_store *)store;
}

static dsr_status run(dsr_sqlite_store *s, dsr_sqlite_statement which, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, which);
    return dsr_sqlite_run(&query, error);
}

static dsr_status insert_row(dsr_sqlite_store *s, int64_t position, const dsr_store_story *story,
                             dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_INSERT);
    dsr_sqlite_bind_number(&query, 1, position);
    dsr_sqlite_bind_id(&query, 2, &story->id);
    dsr_sqlite_bind_slice(&query, 3, story->packed);
    dsr_sqlite_bind_number(&query, 4, dsr_sqlite_sum(story->packed));
    return dsr_sqlite_run(&query, error);
}

/* Those from the one at `from` on. */
static dsr_status insert_members(dsr_sqlite_store *s, int64_t position, const dsr_store_story *story,
                                 size_t from, dsr_error *error)
{
    dsr_status status = DSR_OK;
    for (size_t i = from; status == DSR_OK && i < story->member_count; i++) {
        dsr_sqlite_query member = dsr_sqlite_take(s->db, DSR_SQLITE_MEMBER_INSERT);
        dsr_sqlite_bind_number(&member, 1, position);
        dsr_sqlite_bind_number(&member, 2, (int64_t)i + 1);
        dsr_sqlite_bind_id(&member, 3, &story->members[i]);
        status = dsr_sqlite_run(&member, error);
    }
    return status;
}

dsr_status dsr_sqlite_put_stories(dsr_store *base, const dsr_store_story *stories, size_t count,
                                  dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    dsr_status status = run(s, DSR_SQLITE_MEMBER_CLEAR, error);
    if (status == DSR_OK) {
        status = run(s, DSR_SQLITE_STORY_CLEAR, error);
    }
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        status = insert_row(s, (int64_t)i + 1, &stories[i], error);
        if (status == DSR_OK) {
            status = insert_members(s, (int64_t)i + 1, &stories[i], 0, error);
        }
    }
    return status;
}

/* The number of the story that has this id; 0: none. */
static dsr_status number_of(dsr_sqlite_store *s, dsr_id id, int64_t *out, dsr_error *error)
{
    bool there;
    *out = 0;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_GET);
    dsr_sqlite_bind_id(&query, 1, &id);
    dsr_status status = dsr_sqlite_step(&query, &there, error);
    if (status != DSR_OK || !there) {
        return status;
    }
    bool good = dsr_sqlite_get_number(&query, 0, out);
    dsr_sqlite_done(&query);
    return good ? DSR_OK : dsr_sqlite_fail_row(s, error);
}

/* How many members stand there already as they are to stand. */
static dsr_status count_same(dsr_sqlite_store *s, const dsr_store_story *story, size_t *same,
                             dsr_error *error)
{
    bool more;
    *same = 0;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_MEMBER_LIST);
    dsr_sqlite_bind_number(&query, 1, story->number);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        dsr_id id;
        if (*same == story->member_count || !dsr_sqlite_get_id(&query, 0, &id) ||
            dsr_id_compare(id, story->members[*same]) != 0) {
            dsr_sqlite_done(&query);
            return DSR_OK;
        }
        ++*same;
        status = dsr_sqlite_step(&query, &more, error);
    }
    return status;
}

static dsr_status drop_members(dsr_sqlite_store *s, uint32_t number, size_t after, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_MEMBER_DROP);
    dsr_sqlite_bind_number(&query, 1, number);
    dsr_sqlite_bind_number(&query, 2, (int64_t)after);
    return dsr_sqlite_run(&query, error);
}

static dsr_status drop_row(dsr_sqlite_store *s, uint32_t number, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_DROP);
    dsr_sqlite_bind_number(&query, 1, number);
    return dsr_sqlite_run(&query, error);
}

dsr_status dsr_sqlite_put_story(dsr_store *base, const dsr_store_story *story, dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    int64_t there = 0;
    size_t same = 0;
    dsr_status status = number_of(s, story->id, &there, error);
    if (status == DSR_OK && there != 0 && there != story->number) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, DSR_STORE_STAGE, "another story has this id");
    }
    if (status == DSR_OK) {
        status = count_same(s, story, &same, error);
    }
    if (status == DSR_OK) {
        status = drop_members(s, story->number, same, error);
    }
    if (status == DSR_OK) {
        status = drop_row(s, story->number, error);
    }
    if (status == DSR_OK) {
        status = insert_row(s, story->number, story, error);
    }
    return status == DSR_OK ? insert_members(s, story->number, story, same, error) : status;
}

dsr_status dsr_sqlite_drop_story(dsr_store *base, uint32_t number, dsr_error *error)
{
    dsr_status status = drop_members(of(base), number, 0, error);
    return status == DSR_OK ? drop_row(of(base), number, error) : status;
}

static dsr_status read_members(dsr_sqlite_store *s, int64_t position, dsr_arena *arena,
                               dsr_store_story *story, dsr_error *error)
{
    bool more;
    DSR_LIST(dsr_id) members = {NULL, 0, 0};
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_MEMBER_LIST);
    dsr_sqlite_bind_number(&query, 1, position);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        dsr_id id;
        bool good = dsr_sqlite_get_id(&query, 0, &id);
        if (!good || DSR_LIST_RESERVE(arena, &members, 1) != DSR_OK) {
            dsr_sqlite_done(&query);
            return good ? dsr_fail_memory(error, DSR_STORE_STAGE) : dsr_sqlite_fail_row(s, error);
        }
        members.items[members.count++] = id;
        status = dsr_sqlite_step(&query, &more, error);
    }
    story->members = members.items;
    story->member_count = members.count;
    return status;
}

/* The story in the row of STORY_GET or STORY_WALK; position 0 where there is no row. Ends the query. */
static dsr_status read_story(dsr_sqlite_store *s, dsr_sqlite_query *query, dsr_arena *arena,
                             dsr_store_story *out, int64_t *position, dsr_error *error)
{
    bool there;
    dsr_store_story story = {.member_count = 0};
    dsr_status status = dsr_sqlite_step(query, &there, error);
    if (status != DSR_OK || !there) {
        *position = 0;
        return status;
    }
    bool good = dsr_sqlite_get_number(query, 0, position) && *position > 0 && *position <= INT32_MAX &&
                dsr_sqlite_get_id(query, 1, &story.id) && dsr_sqlite_get_slice(query, 2, &story.packed);
    bool copied = good && dsr_arena_copy(arena, story.packed, &story.packed) == DSR_OK;
    dsr_sqlite_done(query);
    if (!copied) {
        return good ? dsr_fail_memory(error, DSR_STORE_STAGE) : dsr_sqlite_fail_row(s, error);
    }
    story.number = (uint32_t)*position;
    status = read_members(s, *position, arena, &story, error);
    if (status == DSR_OK) {
        *out = story;
    }
    return status;
}

static dsr_status next_story(dsr_sqlite_store *s, int64_t *version, int64_t *position, dsr_arena *arena,
                             dsr_store_story *out, dsr_error *error)
{
    dsr_status status = dsr_sqlite_view_begin(s, version, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_WALK);
    dsr_sqlite_bind_number(&query, 1, *position);
    status = read_story(s, &query, arena, out, position, error);
    dsr_sqlite_view_end(s);
    return status;
}

dsr_status dsr_sqlite_each_story(dsr_store *base, dsr_store_story_sink sink, dsr_error *error)
{
    dsr_store_story story;
    int64_t version = DSR_SQLITE_NO_VERSION;
    int64_t position = 0;
    dsr_arena *arena = dsr_arena_new(0);
    if (arena == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_status status = next_story(of(base), &version, &position, arena, &story, error);
    while (status == DSR_OK && position != 0) {
        status = sink.each(sink.context, &story);
        if (status == DSR_OK) {
            dsr_arena_reset(arena);
            status = next_story(of(base), &version, &position, arena, &story, error);
        }
    }
    dsr_arena_drop(arena);
    return status;
}

/* The one story of a query that is bound already; position 0 where there is none. */
static dsr_status get_one(dsr_sqlite_store *s, dsr_sqlite_query query, dsr_arena *arena, dsr_store_story *out,
                          int64_t *position, dsr_error *error)
{
    dsr_store_story story;
    dsr_status status = read_story(s, &query, arena, &story, position, error);
    if (status == DSR_OK && *position != 0) {
        *out = story;
    }
    return status;
}

dsr_status dsr_sqlite_get_story(dsr_store *base, dsr_id id, dsr_arena *arena, dsr_store_story *out,
                                dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    int64_t position = 0;
    int64_t version = DSR_SQLITE_NO_VERSION;
    dsr_status status = dsr_sqlite_view_begin(s, &version, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_GET);
    dsr_sqlite_bind_id(&query, 1, &id);
    status = get_one(s, query, arena, out, &position, error);
    dsr_sqlite_view_end(s);
    return status == DSR_OK && position == 0 ? dsr_store_fail_missing(error, DSR_STORE_STORIES, id) : status;
}

dsr_status dsr_sqlite_get_numbered(dsr_store *base, uint32_t number, dsr_arena *arena, dsr_store_story *out,
                                   dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    int64_t position = 0;
    int64_t version = DSR_SQLITE_NO_VERSION;
    dsr_status status = dsr_sqlite_view_begin(s, &version, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_STORY_AT);
    dsr_sqlite_bind_number(&query, 1, number);
    status = get_one(s, query, arena, out, &position, error);
    dsr_sqlite_view_end(s);
    return status == DSR_OK && position == 0 ? dsr_store_fail_number(error, number) : status;
}

dsr_status dsr_sqlite_put_learnt(dsr_store *base, dsr_slice packed, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(of(base)->db, DSR_SQLITE_LEARNT_PUT);
    dsr_sqlite_bind_slice(&query, 1, packed);
    dsr_sqlite_bind_number(&query, 2, dsr_sqlite_sum(packed));
    return dsr_sqlite_run(&query, error);
}

dsr_status dsr_sqlite_get_learnt(dsr_store *base, dsr_arena *arena, dsr_slice *out, dsr_error *error)
{
    bool there;
    dsr_slice packed = DSR_SLICE_NONE;
    dsr_sqlite_query query = dsr_sqlite_take(of(base)->db, DSR_SQLITE_LEARNT_GET);
    dsr_status status = dsr_sqlite_step(&query, &there, error);
    if (status != DSR_OK || !there) {
        *out = status == DSR_OK ? DSR_SLICE_NONE : *out;
        return status;
    }
    bool good = dsr_sqlite_get_slice(&query, 0, &packed);
    bool copied = good && dsr_arena_copy(arena, packed, &packed) == DSR_OK;
    dsr_sqlite_done(&query);
    if (!copied) {
        return good ? dsr_fail_memory(error, DSR_STORE_STAGE) : dsr_sqlite_fail_row(of(base), error);
    }
    *out = packed;
    return DSR_OK;
}
