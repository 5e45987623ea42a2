/* See seen.h. A chunk an input: the report's id, then its place in a container. */
#include "engine/seen.h"

#include "base/hash.h"
#include "engine/records.h"

#include <string.h>

enum { RECORD_BYTES = 200 /* of a place in a container; longer ones are not kept */ };

dsr_seen_key dsr_seen_key_make(const dsr_piece *piece, dsr_slice published, dsr_slice outlet)
{
    const dsr_slice pieces[] = {DSR_SLICE(DSR_VERSION),      piece->path, dsr_slice_of(piece->format),
                                {piece->bytes, piece->size}, published,   outlet};
    dsr_digest digest = dsr_sha256_list(pieces, sizeof pieces / sizeof *pieces);
    dsr_seen_key key;
    memcpy(key.bytes, digest.bytes, sizeof key.bytes);
    return key;
}

dsr_status dsr_seen_find(dsr_store *store, const dsr_seen_key *key, dsr_id *id, dsr_buffer *entry,
                         dsr_error *error)
{
    dsr_chunks chunks = dsr_store_chunks(store);
    *id = (dsr_id){{0}};
    dsr_status status =
        chunks.get(chunks.context, DSR_RECORD_SEEN, (dsr_slice){key->bytes, sizeof key->bytes}, entry, error);
    if (status != DSR_OK) {
        return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
    }
    dsr_slice value = dsr_buffer_slice(entry);
    dsr_id found;
    if (value.len < sizeof found.bytes) {
        return DSR_OK;
    }
    memcpy(found.bytes, value.ptr, sizeof found.bytes);
    uint64_t sequence = 0;
    bool current = false;
    status = dsr_store_locate_report(store, found, &sequence, &current, error);
    if (status == DSR_OK && current) {
        *id = found;
    }
    return status == DSR_ERR_NOT_FOUND ? DSR_OK : status;
}

dsr_slice dsr_seen_record(const dsr_buffer *entry)
{
    dsr_slice value = dsr_buffer_slice(entry);
    return value.len > sizeof(dsr_id) ? (dsr_slice){value.ptr + sizeof(dsr_id), value.len - sizeof(dsr_id)}
                                      : DSR_SLICE_NONE;
}

dsr_status dsr_seen_put(dsr_store *store, const dsr_seen_key *key, dsr_id id, dsr_slice record,
                        dsr_error *error)
{
    if (record.len > RECORD_BYTES) {
        return DSR_OK;
    }
    char bytes[sizeof id.bytes + RECORD_BYTES];
    memcpy(bytes, id.bytes, sizeof id.bytes);
    if (record.len) {
        memcpy(bytes + sizeof id.bytes, record.ptr, record.len);
    }
    dsr_chunks chunks = dsr_store_chunks(store);
    return chunks.put(chunks.context, DSR_RECORD_SEEN, (dsr_slice){key->bytes, sizeof key->bytes},
                      (dsr_slice){bytes, sizeof id.bytes + record.len}, error);
}
