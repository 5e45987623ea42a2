/* Reads the marked reports of train/news. Must not know what is learnt from them. */
#include "marked.h"

#include "base/buffer.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 32 };

static const char *const kind_names[MARK_KINDS] = {"PER",   "ORG",  "GPE", "LOC", "FAC",  "NORP",
                                                   "EVENT", "ROLE", "PRO", "SAY", "TOLD", "CUE"};

/* ---- files ---- */

bool read_file(dsr_arena *arena, const char *path, dsr_slice *out)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *bytes = dsr_arena_alloc(arena, size + 1);
    bool read = bytes != NULL && fread(bytes, 1, size, stream) == size;
    fclose(stream);
    if (!read) {
        fprintf(stderr, "%s: cannot be read to its end\n", path);
        return false;
    }
    *out = (dsr_slice){bytes, size};
    return true;
}

/* ---- one report ---- */

typedef struct parser {
    dsr_arena *arena;
    marked_report *report;
    dsr_buffer text;
    uint32_t open[DEPTH]; /* marks that have not closed */
    size_t depth;
} parser;

static bool fail(const parser *p, const char *message, dsr_slice near)
{
    near = dsr_slice_part(near, 0, 40);
    fprintf(stderr, "%.*s: %s at \"%.*s\"\n", DSR_PRINT(p->report->path), message, DSR_PRINT(near));
    return false;
}

/* "[PER:a " at the beginning of `rest`; its bytes, 0 where it is none. */
static size_t read_opening(dsr_slice rest, mark_kind *kind, dsr_slice *key)
{
    size_t colon = dsr_slice_find(rest, DSR_SLICE(":"), 0);
    size_t blank = dsr_slice_find(rest, DSR_SLICE(" "), 0);
    if (colon == SIZE_MAX || blank == SIZE_MAX || colon > blank) {
        return 0;
    }
    dsr_slice name = dsr_slice_part(rest, 1, colon);
    *key = dsr_slice_part(rest, colon + 1, blank);
    for (unsigned k = 0; k < MARK_KINDS; k++) {
        if (dsr_slice_equal(name, dsr_slice_of(kind_names[k])) && key->len > 0) {
            *kind = (mark_kind)k;
            return blank + 1;
        }
    }
    return 0;
}

static bool open_mark(parser *p, mark_kind kind, dsr_slice key)
{
    if (p->depth == DEPTH || DSR_LIST_RESERVE(p->arena, &p->report->marks, 1) != DSR_OK) {
        return false;
    }
    uint32_t at = (uint32_t)p->text.len;
    p->open[p->depth++] = (uint32_t)p->report->marks.count;
    p->report->marks.items[p->report->marks.count++] = (mark){{at, at}, kind, key};
    return true;
}

/* Adds marked text. */
static bool add_marked(parser *p, dsr_slice marked)
{
    for (size_t at = 0; at < marked.len;) {
        dsr_slice rest = dsr_slice_part(marked, at, marked.len);
        char c = rest.ptr[0];
        if (c == '\\' && rest.len > 1 && (rest.ptr[1] == '[' || rest.ptr[1] == ']')) {
            dsr_buffer_append_char(&p->text, rest.ptr[1]);
            at += 2;
        } else if (c == '[') {
            mark_kind kind = MARK_KINDS;
            dsr_slice key = DSR_SLICE_NONE;
            size_t length = read_opening(rest, &kind, &key);
            if (length == 0 || !open_mark(p, kind, key)) {
                return fail(p, "no mark", rest);
            }
            at += length;
        } else if (c == ']') {
            if (p->depth == 0) {
                return fail(p, "a mark ends that did not begin", rest);
            }
            p->report->marks.items[p->open[--p->depth]].span.end = (uint32_t)p->text.len;
            at++;
        } else {
            dsr_buffer_append_char(&p->text, c);
            at++;
        }
    }
    return p->depth == 0 || fail(p, "a mark does not end", marked);
}

/* Reads the head lines up to the empty line. */
static bool read_head(parser *p, dsr_slice *rest)
{
    dsr_slice line;
    while (dsr_slice_next_line(rest, &line) && line.len > 0) {
        dsr_slice value = line;
        dsr_slice key;
        if (!dsr_slice_next_field(&value, ':', &key) || value.len == 0) {
            return fail(p, "a line \"key: value\" was expected", line);
        }
        value = dsr_slice_trim(value);
        if (dsr_slice_equal(key, DSR_SLICE("headline"))) {
            if (!add_marked(p, value)) {
                return false;
            }
            p->report->headline = p->text.len;
            dsr_buffer_append(&p->text, DSR_SLICE("\n\n"));
        } else if (dsr_slice_equal(key, DSR_SLICE("outlet"))) {
            p->report->outlet = value;
        } else if (dsr_slice_equal(key, DSR_SLICE("place"))) {
            p->report->place = value;
        } else {
            p->report->style = value;
        }
    }
    return true;
}

static bool read_all(parser *p, dsr_slice bytes)
{
    if (!read_head(p, &bytes)) {
        return false;
    }
    dsr_slice line;
    while (dsr_slice_next_line(&bytes, &line)) {
        if (!add_marked(p, line)) {
            return false;
        }
        dsr_buffer_append_char(&p->text, '\n');
    }
    return dsr_arena_copy(p->arena, dsr_buffer_slice(&p->text), &p->report->text) == DSR_OK;
}

bool marked_parse(dsr_arena *arena, dsr_slice path, dsr_slice bytes, marked_report *out)
{
    *out = (marked_report){.path = path};
    parser p = {.arena = arena, .report = out};
    dsr_buffer_open(&p.text, 0);
    bool read = read_all(&p, bytes);
    dsr_buffer_drop(&p.text);
    return read;
}

bool marked_read(dsr_arena *arena, const char *path, marked_report *out)
{
    dsr_slice bytes;
    return read_file(arena, path, &bytes) && marked_parse(arena, dsr_slice_of(path), bytes, out);
}

/* ---- a folder ---- */

static int by_name(const void *a, const void *b)
{
    const dsr_slice *x = a;
    const dsr_slice *y = b;
    return dsr_slice_compare(*x, *y);
}

typedef DSR_LIST(dsr_slice) path_list;

static bool list_folder(dsr_arena *arena, const char *folder, path_list *out)
{
    DIR *all = opendir(folder);
    if (all == NULL) {
        fprintf(stderr, "%s: there is no such folder\n", folder);
        return false;
    }
    const struct dirent *entry;
    bool fits = true;
    while (fits && (entry = readdir(all)) != NULL) {
        if (dsr_slice_ends(dsr_slice_of(entry->d_name), DSR_SLICE(".txt"))) {
            fits = DSR_LIST_RESERVE(arena, out, 1) == DSR_OK &&
                   dsr_arena_format(arena, &out->items[out->count], "%s/%s", folder, entry->d_name) == DSR_OK;
            out->count += fits;
        }
    }
    closedir(all);
    if (out->count > 0) {
        qsort(out->items, out->count, sizeof *out->items, by_name);
    }
    return fits;
}

bool marked_read_folder(dsr_arena *arena, const char *folder, marked_reports *out)
{
    path_list paths = {0};
    if (!list_folder(arena, folder, &paths)) {
        return false;
    }
    for (size_t i = 0; i < paths.count; i++) {
        marked_report report;
        if (!marked_read(arena, paths.items[i].ptr, &report)) {
            continue; /* said already; the others can still be used */
        }
        if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
            return false;
        }
        out->items[out->count++] = report;
    }
    return true;
}
