/* See spill.h. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "store/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TAIL_BYTES = 256 * 1024 };

void dsr_spill_open(dsr_spill *spill, const char *folder)
{
    *spill = (dsr_spill){.folder = folder, .file = -1, .refused = !folder};
}

void dsr_spill_close(dsr_spill *spill)
{
    if (spill->file >= 0) {
        close(spill->file);
    }
    free(spill->tail);
    dsr_spill_open(spill, NULL);
}

/* Nobody else can open it: it has no name, and others have no right to it. */
static int open_scratch(const char *folder)
{
    return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/* Writes the tail into the file; false where that is not possible, and then nothing is lost. */
static bool flush_tail(dsr_spill *spill)
{
    if (spill->file < 0) {
        spill->file = open_scratch(spill->folder);
    }
    size_t done = 0;
    while (spill->file >= 0 && done < spill->tail_len) {
        ssize_t wrote =
            pwrite(spill->file, spill->tail + done, spill->tail_len - done, (off_t)(spill->flushed + done));
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            break;
        }
        done += (size_t)wrote;
    }
    if (spill->file < 0 || done < spill->tail_len) {
        spill->refused = true;
        return false;
    }
    spill->flushed += spill->tail_len;
    spill->tail_len = 0;
    return true;
}

static dsr_status make_room(dsr_spill *spill, size_t more)
{
    if (more <= spill->tail_room - spill->tail_len) {
        return DSR_OK;
    }
    if (!spill->refused && spill->tail_len && spill->tail_len + more > TAIL_BYTES && flush_tail(spill) &&
        more <= spill->tail_room) {
        return DSR_OK;
    }
    size_t room = spill->tail_room + spill->tail_room / 2;
    room = room < spill->tail_len + more ? spill->tail_len + more : room;
    room = !spill->refused && room < TAIL_BYTES ? TAIL_BYTES : room;
    char *grown = realloc(spill->tail, room);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    spill->tail = grown;
    spill->tail_room = room;
    return DSR_OK;
}

dsr_status dsr_spill_append(dsr_spill *spill, dsr_slice bytes, uint64_t *at)
{
    dsr_status status = make_room(spill, bytes.len);
    if (status != DSR_OK) {
        return status;
    }
    *at = dsr_spill_end(spill);
    if (bytes.len) {
        memcpy(spill->tail + spill->tail_len, bytes.ptr, bytes.len);
        spill->tail_len += bytes.len;
    }
    return DSR_OK;
}

dsr_status dsr_spill_read(const dsr_spill *spill, uint64_t at, size_t count, char *out)
{
    if (at >= spill->flushed) {
        if (count) {
            memcpy(out, spill->tail + (at - spill->flushed), count);
        }
        return DSR_OK;
    }
    size_t done = 0;
    while (done < count) {
        ssize_t got = pread(spill->file, out + done, count - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return DSR_ERR_IO;
        }
        done += (size_t)got;
    }
    return DSR_OK;
}

uint64_t dsr_spill_end(const dsr_spill *spill)
{
    return spill->flushed + spill->tail_len;
}

void dsr_spill_truncate(dsr_spill *spill, uint64_t end)
{
    if (end >= spill->flushed) {
        spill->tail_len = (size_t)(end - spill->flushed);
    } else {
        spill->flushed = end;
        spill->tail_len = 0;
    }
}
