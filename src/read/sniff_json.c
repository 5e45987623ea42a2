/* Tells JSON Lines, JSON and the formats that are written in JSON apart. Must not look at the values
 * themselves. */
#include "read/encoding.h"
#include "read/format.h"
#include "read/json_scan.h"

enum { CERTAIN = 95, LIKELY = 80, BY_NAME = 50 };

static bool has(dsr_slice head, const char *word)
{
    return dsr_slice_find(head, dsr_slice_of(word), 0) != SIZE_MAX;
}

static bool ends(dsr_slice name, const char *ending)
{
    dsr_slice wanted = dsr_slice_of(ending);
    return name.len >= wanted.len &&
           dsr_slice_equal_nocase(dsr_slice_part(name, name.len - wanted.len, name.len), wanted);
}

/* What stands behind a mark of byte order and white space. */
static dsr_slice content(dsr_slice head)
{
    if (dsr_slice_starts(head, DSR_SLICE("\xEF\xBB\xBF"))) {
        head = dsr_slice_part(head, 3, head.len);
    }
    return dsr_slice_trim(head);
}

static char first_after(dsr_slice s)
{
    s = dsr_slice_trim(dsr_slice_part(s, 1, s.len));
    return s.len > 0 ? s.ptr[0] : '\0';
}

/* "{" and then a field's name or the end: how an object begins, and hardly any text. */
static bool begins_object(dsr_slice s, bool whole)
{
    if (s.len == 0 || s.ptr[0] != '{') {
        return false;
    }
    char next = first_after(s);
    return next == '"' || next == '}' || (next == '\0' && !whole);
}

static bool has_object_line(dsr_slice rest)
{
    dsr_slice line;
    while (dsr_slice_next_line(&rest, &line)) {
        if (line.len > 1 && line.ptr[0] == '{' && first_after(line) == '"') {
            return true;
        }
    }
    return false;
}

/* How many objects the lines hold: 'l' one a line, 'v' one over several lines, '\0' none. */
static char layout(const dsr_sniff *sniff)
{
    dsr_slice rest = content(sniff->head);
    if (!begins_object(rest, sniff->whole)) {
        return '\0';
    }
    dsr_slice line;
    if (!dsr_slice_next_line(&rest, &line) || rest.len == 0) {
        return 'l'; /* one line, or the beginning of a long one */
    }
    dsr_raw value;
    dsr_raw_fault fault;
    if (dsr_raw_check(line, &value, &fault) || !fault.cut_off || fault.in_string) {
        return 'l';
    }
    return has_object_line(rest) ? 'l' : 'v';
}

int dsr_sniff_jsonl(const dsr_sniff *sniff)
{
    if (layout(sniff) == 'l') {
        return LIKELY;
    }
    bool named = ends(sniff->name, ".jsonl") || ends(sniff->name, ".ndjson") || ends(sniff->name, ".jl");
    return named && has_object_line(content(sniff->head)) ? BY_NAME : 0;
}

int dsr_sniff_json(const dsr_sniff *sniff)
{
    dsr_slice s = content(sniff->head);
    if (s.len > 0 && s.ptr[0] == '[') {
        char next = first_after(s);
        if (next == '{') {
            return LIKELY;
        }
        return ends(sniff->name, ".json") && (next == '"' || next == '[' || next == ']') ? BY_NAME : 0;
    }
    return layout(sniff) == 'v' ? LIKELY : 0;
}

int dsr_sniff_json_utf16(const dsr_sniff *sniff)
{
    dsr_wide wide = dsr_wide_tell(sniff->head);
    if (wide.name == NULL || wide.unit != 2 || sniff->head.len < wide.mark + 4) {
        return 0;
    }
    size_t at = wide.mark;
    uint32_t first = dsr_wide_unit(wide, sniff->head, at);
    do {
        at += 2;
    } while (at + 2 <= sniff->head.len && dsr_wide_unit(wide, sniff->head, at) <= ' ');
    uint32_t next = at + 2 <= sniff->head.len ? dsr_wide_unit(wide, sniff->head, at) : 0;
    return (first == '{' && next == '"') || (first == '[' && next == '{') ? CERTAIN : 0;
}

int dsr_sniff_jsonfeed(const dsr_sniff *sniff)
{
    dsr_slice s = content(sniff->head);
    if (!begins_object(s, sniff->whole)) {
        return 0;
    }
    return has(s, "jsonfeed.org/version/") || has(s, "jsonfeed.org\\/version\\/") ? CERTAIN : 0;
}

int dsr_sniff_ninjs(const dsr_sniff *sniff)
{
    dsr_slice s = content(sniff->head);
    if (!begins_object(s, sniff->whole)) {
        return 0;
    }
    if (has(s, "iptc.org/std/ninjs/")) {
        return CERTAIN;
    }
    static const char *const signs[] = {"\"versioncreated\"", "\"versionCreated\"", "\"pubstatus\"",
                                        "\"pubStatus\"",      "\"body_text\"",      "\"body_xhtml\"",
                                        "\"bodies\""};
    bool sign = false;
    for (size_t i = 0; has(s, "\"uri\"") && i < sizeof signs / sizeof *signs; i++) {
        sign = sign || has(s, signs[i]);
    }
    return sign ? LIKELY + 5 : 0;
}
