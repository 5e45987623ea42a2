/* The table of --meta: CSV as RFC 4180 has it. The file's bytes are kept as they are, with the place of each
 * row and a hash table over paths, so that millions of rows take little more than the file. Must not know
 * what the fields mean. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "read/meta_table.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "read/csv.h"
#include "read/input.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_ROW DSR_MAP_NONE
static const uint32_t AMBIGUOUS = 0x80000000u; /* in `rows`: a later row of that path says something else */

static const char *const column_names[DSR_META_COLUMNS] = {"path", "outlet", "url", "published", "authors"};
#define KNOWN_COLUMNS "path, outlet, url, published, authors"

/* Rows by one kind of key. */
typedef struct index {
    dsr_map *first; /* hash of the key -> first row with that hash */
    uint32_t *same; /* the next row with another key of the same hash; NO_ROW */
} index;

struct dsr_meta_table {
    char *bytes; /* the file, without its mark of byte order */
    size_t size;
    dsr_meta_column columns[DSR_META_COLUMNS]; /* which column stands in each place */
    size_t width;                              /* how many there are */
    uint32_t *rows;                            /* where each row starts */
    size_t count;
    index by_path;  /* by the path as the row gives it */
    index by_place; /* by the path from the root that it means when it is relative to the table */
    char *folder;   /* of the table, from the root; NULL where it is not known */
    char *here;     /* the working folder; NULL where it is not known */
};

void dsr_meta_table_close(dsr_meta_table *table)
{
    if (table != NULL) {
        dsr_map_drop(table->by_path.first);
        dsr_map_drop(table->by_place.first);
        free(table->by_path.same);
        free(table->by_place.same);
        free(table->bytes);
        free(table->rows);
        free(table->folder);
        free(table->here);
        free(table);
    }
}

/* Takes one row apart: raw fields by column. False where it is broken (c->fault). */
static bool next_row(const dsr_meta_table *table, dsr_csv *c, dsr_slice fields[DSR_META_COLUMNS])
{
    uint64_t line = c->line;
    bool more = true;
    for (size_t i = 0; i < DSR_META_COLUMNS; i++) {
        fields[i] = DSR_SLICE_NONE;
    }
    for (size_t i = 0; more; i++) {
        dsr_slice field = DSR_SLICE_NONE;
        more = dsr_csv_next_field(c, &field);
        if (c->fault == NULL && i >= table->width) {
            c->line = line;
            c->fault = "it has more fields than the first line has columns; put a field that holds a comma "
                       "in quotation marks";
        }
        if (c->fault != NULL) {
            return false;
        }
        fields[table->columns[i]] = field;
    }
    return true;
}

/* Appends a path without ".", ".." and doubled slashes. */
static void append_clean_path(dsr_buffer *out, dsr_slice path)
{
    size_t floor = out->len;
    dsr_slice part;
    if (path.len > 0 && path.ptr[0] == '/' && floor == 0) {
        dsr_buffer_append_char(out, '/');
        floor = 1;
    }
    while (dsr_slice_next_field(&path, '/', &part)) {
        if (part.len == 0 || dsr_slice_equal(part, DSR_SLICE("."))) {
            continue;
        }
        dsr_slice held = dsr_buffer_slice(out);
        if (dsr_slice_equal(part, DSR_SLICE("..")) && held.len > 1 &&
            !dsr_slice_ends(held, DSR_SLICE(".."))) {
            while (out->len > 1 && out->data[out->len - 1] != '/') {
                out->len--;
            }
            out->len -= out->len > 1;
            continue;
        }
        if (out->len > 0 && out->data[out->len - 1] != '/') {
            dsr_buffer_append_char(out, '/');
        }
        dsr_buffer_append(out, part);
    }
}

/* The key of a path: as given, or from the root where `folder` is what it is relative to. */
static void make_key(dsr_buffer *out, const char *folder, dsr_slice path)
{
    dsr_buffer_reset(out);
    if (folder != NULL && (path.len == 0 || path.ptr[0] != '/')) {
        append_clean_path(out, dsr_slice_of(folder));
    }
    append_clean_path(out, path);
}

/* Two buffers that every key needs. */
typedef struct scratch {
    dsr_buffer field, key;
} scratch;

/* The key of a row; lent until the next call. */
static dsr_slice key_of_row(const dsr_meta_table *table, const char *folder, uint32_t row, scratch *s)
{
    dsr_csv c = {table->bytes + (table->rows[row] & ~AMBIGUOUS), table->bytes + table->size, 0, NULL};
    dsr_slice fields[DSR_META_COLUMNS];
    dsr_buffer_reset(&s->field);
    if (next_row(table, &c, fields)) {
        dsr_csv_unquote(fields[DSR_META_PATH], &s->field);
    }
    make_key(&s->key, folder, dsr_buffer_slice(&s->field));
    return dsr_buffer_slice(&s->key);
}

/* The first row of that key; NO_ROW. `key` must not be s->key's. *last is the last row of its hash. */
static uint32_t find_row(const dsr_meta_table *table, const index *by, const char *folder, dsr_slice key,
                         scratch *s, uint32_t *last)
{
    uint32_t row = by->first != NULL ? dsr_map_get(by->first, dsr_hash64(key, 0)) : NO_ROW;
    *last = NO_ROW;
    while (row != NO_ROW && !dsr_slice_equal(key_of_row(table, folder, row, s), key)) {
        *last = row;
        row = by->same[row];
    }
    return row;
}

/* Whether two rows say the same of their path. */
static bool same_data(const dsr_meta_table *table, uint32_t a, uint32_t b)
{
    dsr_csv left = {table->bytes + (table->rows[a] & ~AMBIGUOUS), table->bytes + table->size, 0, NULL};
    dsr_csv right = {table->bytes + (table->rows[b] & ~AMBIGUOUS), table->bytes + table->size, 0, NULL};
    dsr_slice of_left[DSR_META_COLUMNS];
    dsr_slice of_right[DSR_META_COLUMNS];
    bool same = next_row(table, &left, of_left) && next_row(table, &right, of_right);
    for (size_t i = DSR_META_PATH + 1; i < DSR_META_COLUMNS; i++) {
        same = same && dsr_slice_equal(of_left[i], of_right[i]);
    }
    return same;
}

static dsr_status index_row(dsr_meta_table *table, index *by, const char *folder, uint32_t row, scratch *s)
{
    dsr_slice made = key_of_row(table, folder, row, s);
    dsr_buffer held; /* the key outlives the scratch, which the comparison needs */
    dsr_buffer_open(&held, 0);
    dsr_buffer_append(&held, made);
    dsr_slice key = dsr_buffer_slice(&held);
    dsr_status status = s->field.status == DSR_OK && s->key.status == DSR_OK ? held.status : DSR_ERR_MEMORY;
    uint32_t last = NO_ROW;
    uint32_t other = status == DSR_OK ? find_row(table, by, folder, key, s, &last) : NO_ROW;
    by->same[row] = NO_ROW;
    if (status == DSR_OK && other != NO_ROW && !same_data(table, other, row)) {
        table->rows[other] |= AMBIGUOUS;
    } else if (status == DSR_OK && other == NO_ROW && last != NO_ROW) {
        by->same[last] = row;
    } else if (status == DSR_OK && other == NO_ROW) {
        status = dsr_map_put(by->first, dsr_hash64(key, 0), row);
    }
    dsr_buffer_drop(&held);
    return status;
}

static dsr_status index_rows(dsr_meta_table *table, index *by, const char *folder)
{
    scratch s;
    dsr_status status = DSR_OK;
    by->first = dsr_map_new(table->count);
    by->same = malloc((table->count + 1) * sizeof *by->same);
    if (by->first == NULL || by->same == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_buffer_open(&s.field, 0);
    dsr_buffer_open(&s.key, 0);
    for (uint32_t row = 0; status == DSR_OK && row < table->count; row++) {
        status = index_row(table, by, folder, row, &s);
    }
    dsr_buffer_drop(&s.field);
    dsr_buffer_drop(&s.key);
    return status;
}

static dsr_status broken(const char *path, uint64_t line, const char *fault, dsr_error *error)
{
    dsr_status status = dsr_fail(error, DSR_ERR_INPUT, "read", "line %llu of the table is broken: %s",
                                 (unsigned long long)line, fault);
    dsr_error_set_subject(error, path, strlen(path));
    return status;
}

static bool column_named(dsr_slice name, dsr_meta_column *out)
{
    for (size_t i = 0; i < DSR_META_COLUMNS; i++) {
        if (dsr_slice_equal_nocase(name, dsr_slice_of(column_names[i]))) {
            *out = (dsr_meta_column)i;
            return true;
        }
    }
    return false;
}

static dsr_status refuse_column(const char *path, dsr_slice name, dsr_error *error)
{
    const char *hint = dsr_slice_find(name, DSR_SLICE(";"), 0) != SIZE_MAX ||
                               dsr_slice_find(name, DSR_SLICE("\t"), 0) != SIZE_MAX
                           ? "; columns are separated by commas"
                           : "";
    dsr_slice shown = dsr_slice_part(name, 0, dsr_utf8_floor(name, 60));
    dsr_status status =
        name.len
            ? dsr_fail(error, DSR_ERR_INPUT, "read",
                       "the table has an unknown column \"%.*s\"; known are %s%s", DSR_PRINT(shown),
                       KNOWN_COLUMNS, hint)
            : dsr_fail(error, DSR_ERR_INPUT, "read",
                       "the table is empty, or a column has no name; its first line names the columns: %s",
                       KNOWN_COLUMNS);
    dsr_error_set_subject(error, path, strlen(path));
    return status;
}

static dsr_status take_header(dsr_meta_table *table, dsr_csv *c, const char *path, dsr_error *error)
{
    bool seen[DSR_META_COLUMNS] = {false};
    dsr_buffer name;
    dsr_buffer_open(&name, 0);
    dsr_status status = DSR_OK;
    for (bool more = true; more && status == DSR_OK;) {
        dsr_slice raw = DSR_SLICE_NONE;
        dsr_meta_column column = DSR_META_PATH;
        more = dsr_csv_next_field(c, &raw);
        dsr_buffer_reset(&name);
        dsr_csv_unquote(raw, &name);
        if (c->fault != NULL) {
            status = broken(path, c->line, c->fault, error);
        } else if (name.status != DSR_OK) {
            status = dsr_fail_memory(error, "read");
        } else if (!column_named(dsr_buffer_slice(&name), &column)) {
            status = refuse_column(path, dsr_buffer_slice(&name), error);
        } else if (seen[column]) {
            status = broken(path, 1, "a column stands in it twice", error);
        } else {
            seen[column] = true;
            table->columns[table->width++] = column;
        }
    }
    dsr_buffer_drop(&name);
    if (status == DSR_OK && !seen[DSR_META_PATH]) {
        status = broken(path, 1, "it names no column \"path\", which says whose row it is", error);
    }
    return status;
}

static dsr_status add_row(dsr_meta_table *table, size_t *room, uint32_t at, const char *path,
                          dsr_error *error)
{
    if (table->count >= DSR_LIMIT_META_ROWS) {
        dsr_status status = dsr_fail(error, DSR_ERR_LIMIT, "read",
                                     "the table has more than %d rows; split it", DSR_LIMIT_META_ROWS);
        dsr_error_set_subject(error, path, strlen(path));
        return status;
    }
    if (table->count == *room) {
        size_t wanted = *room * 2 + 64;
        uint32_t *rows = realloc(table->rows, wanted * sizeof *rows);
        if (rows == NULL) {
            return dsr_fail_memory(error, "read");
        }
        table->rows = rows;
        *room = wanted;
    }
    table->rows[table->count++] = at;
    return DSR_OK;
}

static dsr_status take_rows(dsr_meta_table *table, dsr_csv *c, const char *path, dsr_error *error)
{
    size_t room = 0;
    dsr_status status = DSR_OK;
    for (dsr_csv_pass_blank_lines(c); status == DSR_OK && c->at < c->end; dsr_csv_pass_blank_lines(c)) {
        uint32_t at = (uint32_t)(c->at - table->bytes);
        uint64_t line = c->line;
        dsr_slice fields[DSR_META_COLUMNS];
        if (!next_row(table, c, fields)) {
            return broken(path, c->line, c->fault, error);
        }
        dsr_slice name = fields[DSR_META_PATH];
        if (dsr_slice_trim(name).len == 0 || dsr_slice_equal(name, DSR_SLICE("\"\""))) {
            return broken(path, line, "it has no path", error);
        }
        status = add_row(table, &room, at, path, error);
    }
    return status;
}

/* The table must be text in UTF-8. */
static dsr_status check_bytes(dsr_slice bytes, const char *path, dsr_error *error)
{
    size_t bad = 0;
    const char *nul = bytes.len > 0 ? memchr(bytes.ptr, 0, bytes.len) : NULL;
    if (nul == NULL && dsr_utf8_is_valid(bytes, &bad)) {
        return DSR_OK;
    }
    bad = nul != NULL ? (size_t)(nul - bytes.ptr) : bad;
    uint64_t line = 1;
    for (size_t i = 0; i < bad; i++) {
        line += bytes.ptr[i] == '\n';
    }
    return broken(path, line, "it is not UTF-8; save the table as CSV in UTF-8", error);
}

/* The real path of a folder, on the heap; NULL where the system does not tell it. (realpath's own memory
 * would be out of reach of the tests that count ours.) */
static dsr_status real_folder(const char *folder, char **out)
{
    char *room = malloc(PATH_MAX);
    if (room == NULL) {
        return DSR_ERR_MEMORY;
    }
    *out = realpath(folder, room);
    if (*out == NULL) {
        free(room);
    }
    return DSR_OK;
}

/* The real folder of a file. */
static dsr_status folder_of(const char *path, char **out)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return real_folder(".", out);
    }
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    char *folder = malloc(length + 1);
    if (folder == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    dsr_status status = real_folder(folder, out);
    free(folder);
    return status;
}

/* Finds the folders that rows may be relative to, and puts the rows in order. */
static dsr_status index_table(dsr_meta_table *table, const char *path)
{
    dsr_status status = folder_of(path, &table->folder);
    if (status == DSR_OK) {
        status = real_folder(".", &table->here);
    }
    if (status == DSR_OK) {
        status = index_rows(table, &table->by_path, NULL);
    }
    if (status == DSR_OK && table->folder != NULL) {
        status = index_rows(table, &table->by_place, table->folder);
    }
    return status;
}

static dsr_status fill_table(dsr_meta_table *table, dsr_slice bytes, const char *path, dsr_error *error)
{
    if (dsr_slice_starts(bytes, DSR_SLICE("\xEF\xBB\xBF"))) {
        bytes = dsr_slice_part(bytes, 3, bytes.len);
    }
    table->bytes = malloc(bytes.len + 1);
    if (table->bytes == NULL) {
        return dsr_fail_memory(error, "read");
    }
    if (bytes.len > 0) {
        memcpy(table->bytes, bytes.ptr, bytes.len);
    }
    table->size = bytes.len;
    dsr_csv c = {table->bytes, table->bytes + table->size, 1, NULL};
    dsr_status status = check_bytes((dsr_slice){table->bytes, table->size}, path, error);
    if (status == DSR_OK) {
        status = take_header(table, &c, path, error);
    }
    if (status == DSR_OK) {
        status = take_rows(table, &c, path, error);
    }
    if (status != DSR_OK) {
        return status;
    }
    return index_table(table, path) == DSR_OK ? DSR_OK : dsr_fail_memory(error, "read");
}

dsr_status dsr_meta_table_read(dsr_slice bytes, const char *path, dsr_meta_table **out, dsr_error *error)
{
    if (bytes.len > DSR_LIMIT_META_BYTES) {
        dsr_status status = dsr_fail(error, DSR_ERR_LIMIT, "read",
                                     "the table is longer than %d bytes; split it", DSR_LIMIT_META_BYTES);
        dsr_error_set_subject(error, path, strlen(path));
        return status;
    }
    dsr_meta_table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return dsr_fail_memory(error, "read");
    }
    dsr_status status = fill_table(table, bytes, path, error);
    if (status != DSR_OK) {
        dsr_meta_table_close(table);
        return status;
    }
    *out = table;
    return DSR_OK;
}

/* Reads all of `fd`, which may be a pipe (`--meta <(...)`), up to a byte past the limit. */
static dsr_status read_all(int fd, dsr_buffer *bytes, dsr_error *error)
{
    enum { CHUNK = 64 * 1024 };
    while (bytes->len <= DSR_LIMIT_META_BYTES) {
        char *room = dsr_buffer_reserve(bytes, CHUNK);
        if (room == NULL) {
            return dsr_fail_memory(error, "read");
        }
        ssize_t got = read(fd, room, CHUNK);
        if (got < 0) {
            return dsr_input_refused(errno, error);
        }
        if (got == 0) {
            break;
        }
        bytes->len += (size_t)got;
    }
    return DSR_OK;
}

dsr_status dsr_meta_table_open(const char *path, dsr_meta_table **out, dsr_error *error)
{
    int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    dsr_buffer bytes;
    dsr_buffer_open(&bytes, 0);
    dsr_status status = fd >= 0 ? read_all(fd, &bytes, error) : dsr_input_refused(errno, error);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (status == DSR_OK) {
        status = dsr_meta_table_read(dsr_buffer_slice(&bytes), path, out, error);
    } else {
        dsr_error_set_subject(error, path, strlen(path));
    }
    dsr_buffer_drop(&bytes);
    return status;
}

static dsr_status copy_row(dsr_arena *arena, const dsr_meta_table *table, uint32_t row, dsr_buffer *room,
                           dsr_meta_row *out)
{
    dsr_csv c = {table->bytes + (table->rows[row] & ~AMBIGUOUS), table->bytes + table->size, 0, NULL};
    dsr_slice fields[DSR_META_COLUMNS];
    dsr_status status = next_row(table, &c, fields) ? DSR_OK : DSR_ERR_INPUT;
    *out = (dsr_meta_row){0};
    for (size_t i = 0; status == DSR_OK && i < DSR_META_COLUMNS; i++) {
        dsr_buffer_reset(room);
        dsr_csv_unquote(fields[i], room);
        status = room->status;
        if (status == DSR_OK && room->len > 0) {
            status = dsr_arena_copy(arena, dsr_buffer_slice(room), &out->fields[i]);
        }
    }
    return status;
}

static uint32_t row_for(const dsr_meta_table *table, dsr_slice path, dsr_buffer *key, scratch *s, bool *bare)
{
    uint32_t last = NO_ROW;
    *bare = false;
    make_key(key, NULL, path);
    uint32_t row = find_row(table, &table->by_path, NULL, dsr_buffer_slice(key), s, &last);
    if (row == NO_ROW && table->folder != NULL && table->here != NULL) {
        make_key(key, table->here, path);
        row = find_row(table, &table->by_place, table->folder, dsr_buffer_slice(key), s, &last);
    }
    if (row == NO_ROW) {
        *bare = true;
        row = find_row(table, &table->by_path, NULL, dsr_slice_base_name(path), s, &last);
    }
    return row;
}

dsr_status dsr_meta_table_find(dsr_arena *arena, const dsr_meta_table *table, dsr_slice path,
                               dsr_meta_row *row, dsr_meta_found *found)
{
    scratch s;
    dsr_buffer key;
    bool bare = false;
    dsr_buffer_open(&s.field, 0);
    dsr_buffer_open(&s.key, 0);
    dsr_buffer_open(&key, 0);
    uint32_t at = row_for(table, path, &key, &s, &bare);
    dsr_status status =
        key.status != DSR_OK || s.key.status != DSR_OK || s.field.status != DSR_OK ? DSR_ERR_MEMORY : DSR_OK;
    if (status == DSR_OK && at == NO_ROW) {
        *found = DSR_META_NONE;
    } else if (status == DSR_OK && bare && (table->rows[at] & AMBIGUOUS) != 0) {
        *found = DSR_META_AMBIGUOUS;
    } else if (status == DSR_OK) {
        status = copy_row(arena, table, at, &s.field, row);
        *found = DSR_META_FOUND;
    }
    dsr_buffer_drop(&s.field);
    dsr_buffer_drop(&s.key);
    dsr_buffer_drop(&key);
    return status;
}
