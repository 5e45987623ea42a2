/* Short names by which a story's page calls its reports: the beginning of the file's name up to the first
 * separator ("000" of "000_c196.txt"), a record's own id, else numbers. */
#include "engine/internal.h"

#include "base/map.h"
#include "base/utf8.h"

#include <stdio.h>

enum { LONGEST = 8 };

/* Letters, digits; anything else would need quoting in [handle:position]. */
static bool is_plain(dsr_slice s)
{
    if (!s.len || s.len > LONGEST) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain) {
            return false;
        }
    }
    return true;
}

static dsr_slice wished_handle(const dsr_report *report)
{
    if (report->source.record.len) {
        return report->source.record;
    }
    dsr_slice name = dsr_slice_base_name(report->source.path);
    size_t end = 0;
    while (end < name.len && name.ptr[end] != '_' && name.ptr[end] != '-' && name.ptr[end] != '.') {
        end++;
    }
    return dsr_slice_part(name, 0, end);
}

/* All wishes are granted when they are plain and no two are alike; else the reports are numbered, so that
 * nobody's name looks like another's. */
static bool wishes_can_be_granted(const dsr_story *story, dsr_words *seen, dsr_status *status)
{
    for (size_t i = 0; i < story->reports.count; i++) {
        dsr_slice wish = wished_handle(story->reports.items[i].report);
        if (!is_plain(wish) || dsr_words_get(seen, wish) != DSR_MAP_NONE) {
            return false;
        }
        *status = dsr_words_put(seen, wish, 1);
        if (*status != DSR_OK) {
            return false;
        }
    }
    return true;
}

dsr_status dsr_assemble_handles(dsr_arena *arena, dsr_story *story)
{
    dsr_words *seen = dsr_words_new(story->reports.count);
    if (!seen) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = DSR_OK;
    bool granted = wishes_can_be_granted(story, seen, &status);
    dsr_words_drop(seen);
    int digits = story->reports.count < 100 ? 2 : 5;
    for (size_t i = 0; status == DSR_OK && i < story->reports.count; i++) {
        dsr_story_report *r = &story->reports.items[i];
        if (granted) {
            r->handle = wished_handle(r->report);
        } else {
            status = dsr_arena_format(arena, &r->handle, "r%0*zu", digits, i + 1);
        }
    }
    return status;
}
