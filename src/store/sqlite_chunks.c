/* Chunks in an SQLite file: the working state of other parts. Must not know what is in a chunk. */
#include "store/sqlite_store.h"

#include <string.h>

static dsr_sqlite_store *of(dsr_store *store)
{
    return (dsr_sqlite_store *)store;
}

/* Over family, key and value, so that a chunk in another's place is found out. */
static int64_t sum_of(uint8_t family, dsr_slice key, dsr_slice value)
{
    uint64_t hash = dsr_hash64(value, dsr_hash64(key, family));
    int64_t sum;
    memcpy(&sum, &hash, sizeof sum);
    return sum;
}

dsr_status dsr_sqlite_put_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_slice value,
                                dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(of(base)->db, DSR_SQLITE_CHUNK_PUT);
    dsr_sqlite_bind_number(&query, 1, family);
    dsr_sqlite_bind_slice(&query, 2, key);
    dsr_sqlite_bind_slice(&query, 3, value);
    dsr_sqlite_bind_number(&query, 4, sum_of(family, key, value));
    return dsr_sqlite_run(&query, error);
}

dsr_status dsr_sqlite_drop_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_error *error)
{
    dsr_sqlite_query query = dsr_sqlite_take(of(base)->db, DSR_SQLITE_CHUNK_DROP);
    dsr_sqlite_bind_number(&query, 1, family);
    dsr_sqlite_bind_slice(&query, 2, key);
    return dsr_sqlite_run(&query, error);
}

/* A chunk as it is read. */
typedef struct chunk {
    uint8_t family;
    bool there;
    dsr_buffer *key; /* NULL: not asked for */
    dsr_buffer *value;
} chunk;

/* The row of CHUNK_GET or CHUNK_WALK, if there is one. Ends the query. */
static dsr_status read_chunk(dsr_sqlite_store *s, dsr_sqlite_query *query, chunk *c, dsr_error *error)
{
    dsr_status status = dsr_sqlite_step(query, &c->there, error);
    if (status != DSR_OK || !c->there) {
        return status;
    }
    dsr_slice k, v;
    int64_t sum = 0;
    bool good = dsr_sqlite_get_slice(query, 0, &k) && dsr_sqlite_get_slice(query, 1, &v) &&
                dsr_sqlite_get_number(query, 2, &sum) && k.len > 0 && k.len <= DSR_CHUNK_KEY_BYTES &&
                v.len <= DSR_CHUNK_BYTES && sum == sum_of(c->family, k, v);
    if (good) {
        dsr_buffer_reset(c->value);
        dsr_buffer_append(c->value, v);
    }
    if (good && c->key != NULL) {
        dsr_buffer_reset(c->key);
        dsr_buffer_append(c->key, k);
    }
    dsr_sqlite_done(query);
    if (!good) {
        return dsr_sqlite_fail_damaged(s->db, error, "a chunk is not as it was written");
    }
    bool kept = c->value->status == DSR_OK && (c->key == NULL || c->key->status == DSR_OK);
    return kept ? DSR_OK : dsr_fail_memory(error, DSR_STORE_STAGE);
}

dsr_status dsr_sqlite_get_chunk(dsr_store *base, uint8_t family, dsr_slice key, dsr_buffer *out,
                                dsr_error *error)
{
    dsr_sqlite_store *s = of(base);
    chunk c = {family, false, NULL, out};
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_CHUNK_GET);
    dsr_sqlite_bind_number(&query, 1, family);
    dsr_sqlite_bind_slice(&query, 2, key);
    dsr_status status = read_chunk(s, &query, &c, error);
    return status == DSR_OK && !c.there ? DSR_ERR_NOT_FOUND : status;
}

/* The chunk behind the one that *c has. */
static dsr_status next_chunk(dsr_sqlite_store *s, int64_t *version, chunk *c, dsr_error *error)
{
    char after[DSR_CHUNK_KEY_BYTES];
    size_t length = c->key->len < sizeof after ? c->key->len : sizeof after;
    if (length > 0) {
        memcpy(after, c->key->data, length);
    }
    dsr_status status = dsr_sqlite_view_begin(s, version, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_CHUNK_WALK);
    dsr_sqlite_bind_number(&query, 1, c->family);
    dsr_sqlite_bind_slice(&query, 2, (dsr_slice){after, length});
    status = read_chunk(s, &query, c, error);
    dsr_sqlite_view_end(s);
    return status;
}

/* The first chunk from `prefix` on. */
static dsr_status first_chunk(dsr_sqlite_store *s, int64_t *version, chunk *c, dsr_slice prefix,
                              dsr_error *error)
{
    dsr_status status = dsr_sqlite_view_begin(s, version, error);
    if (status != DSR_OK) {
        return status;
    }
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_CHUNK_FIRST);
    dsr_sqlite_bind_number(&query, 1, c->family);
    dsr_sqlite_bind_slice(&query, 2, prefix);
    status = read_chunk(s, &query, c, error);
    dsr_sqlite_view_end(s);
    return status;
}

dsr_status dsr_sqlite_each_chunk(dsr_store *base, uint8_t family, dsr_slice prefix, dsr_store_chunk_sink sink,
                                 dsr_error *error)
{
    dsr_buffer key, value;
    chunk c = {family, false, &key, &value};
    int64_t version = DSR_SQLITE_NO_VERSION;
    dsr_buffer_open(&key, 0);
    dsr_buffer_open(&value, 0);
    dsr_status status = first_chunk(of(base), &version, &c, prefix, error);
    while (status == DSR_OK && c.there && dsr_slice_starts(dsr_buffer_slice(&key), prefix)) {
        status = sink.each(sink.context, dsr_buffer_slice(&key), dsr_buffer_slice(&value));
        if (status == DSR_OK) {
            status = next_chunk(of(base), &version, &c, error);
        }
    }
    dsr_buffer_drop(&key);
    dsr_buffer_drop(&value);
    return status;
}

dsr_status dsr_sqlite_check_chunks(dsr_sqlite_store *s, dsr_store_flaws *flaws, dsr_error *error)
{
    bool more;
    uint64_t place = 0;
    dsr_sqlite_query query = dsr_sqlite_take(s->db, DSR_SQLITE_CHUNK_SUMS);
    dsr_status status = dsr_sqlite_step(&query, &more, error);
    while (status == DSR_OK && more) {
        dsr_slice key, value;
        int64_t sum = 0, family = 0;
        place++;
        bool good = dsr_sqlite_get_slice(&query, 0, &key) && dsr_sqlite_get_slice(&query, 1, &value) &&
                    dsr_sqlite_get_number(&query, 2, &sum) && dsr_sqlite_get_number(&query, 3, &family) &&
                    family >= 0 && family <= UINT8_MAX && sum == sum_of((uint8_t)family, key, value);
        if (!good) {
            dsr_store_add_flaw(flaws, "the chunk at place %llu is not as it was written",
                               (unsigned long long)place);
        }
        status = dsr_sqlite_step(&query, &more, error);
    }
    return status;
}
