/* Ids: how they are shown, read and compared, and what a report's own id is made of. Must not know where a
 * report lies (path, line) nor what was found in its text: neither may ever change an id. */
#include "model/report.h"

#include <string.h>

void dsr_id_format(dsr_id id, char out[DSR_ID_TEXT])
{
    dsr_hex(id.bytes, sizeof id.bytes, out);
}

bool dsr_id_parse(dsr_slice hex, dsr_id *out)
{
    dsr_id id;
    if (!dsr_unhex(hex, id.bytes, sizeof id.bytes)) {
        return false;
    }
    *out = id;
    return true;
}

int dsr_id_compare(dsr_id a, dsr_id b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes);
}

bool dsr_id_is_none(dsr_id id)
{
    static const dsr_id none;
    return dsr_id_compare(id, none) == 0;
}

static dsr_id id_of_digest(dsr_digest digest)
{
    dsr_id id;
    memcpy(id.bytes, digest.bytes, sizeof id.bytes);
    return id;
}

/* What identifies a report at its source. The first piece keeps the kinds of key apart. A guid names nothing
 * without the outlet that gave it: the items "1" of two unknown outlets are not two versions of one report.
 */
static dsr_id key_of(const dsr_source *source, dsr_slice outlet)
{
    dsr_slice url = dsr_slice_trim(source->url);
    if (url.len > 0) {
        const dsr_slice pieces[] = {DSR_SLICE("url"), url};
        return id_of_digest(dsr_sha256_list(pieces, 2));
    }
    dsr_slice guid = dsr_slice_trim(source->guid);
    outlet = dsr_slice_trim(outlet);
    if (guid.len > 0 && outlet.len > 0) {
        const dsr_slice pieces[] = {DSR_SLICE("guid"), outlet, guid};
        return id_of_digest(dsr_sha256_list(pieces, 3));
    }
    return (dsr_id){{0}};
}

static dsr_slice slice_of_bytes(const uint8_t *bytes, size_t count)
{
    return (dsr_slice){(const char *)bytes, count};
}

void dsr_report_identify(dsr_report *report, dsr_slice outlet)
{
    const dsr_source *source = &report->source;
    report->key = key_of(source, outlet);
    if (dsr_id_is_none(report->key)) {
        report->id = id_of_digest(source->sha256); /* so that sha256sum shows it too */
        return;
    }
    const dsr_slice pieces[] = {DSR_SLICE("report"),
                                slice_of_bytes(report->key.bytes, sizeof report->key.bytes),
                                slice_of_bytes(source->sha256.bytes, sizeof source->sha256.bytes)};
    report->id = id_of_digest(dsr_sha256_list(pieces, 3));
}
