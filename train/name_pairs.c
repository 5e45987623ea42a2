/* Making pairs of names for learning and measuring. Pairs that the table itself gives one Russian side in any
 * of its rows are never called false. */
#include "name_pairs.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "entity/letters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_BYTES = 256, RUSSIAN_LETTERS = 3, COUNT_LEAST = 2, LETTERS_LEAST = 3, BUCKET_MOST = 60 };

typedef struct row {
    dsr_slice latin, russian, plain; /* plain: the Latin side in a-z */
    uint32_t block;                  /* bytes of the first three Russian letters */
    uint32_t count;
    uint8_t half;
} row;

typedef struct table {
    dsr_arena *arena;
    DSR_LIST(row) all;  /* by plain, then Russian */
    DSR_LIST(row) good; /* those to make pairs of, by Russian, then Latin */
    uint64_t random;
    size_t wrong;
    name_pairs *out;
} table;

static void stop(const char *why, const char *what)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static uint32_t draw(table *t, size_t below)
{
    t->random = dsr_hash_mix(t->random + 0x9e3779b97f4a7c15u);
    return (uint32_t)(t->random % below);
}

static void add(table *t, const row *a, const row *b, name_pair_kind kind)
{
    if (DSR_LIST_RESERVE(t->arena, t->out, 1) != DSR_OK) {
        stop("out of memory", "pairs");
    }
    bool turned = dsr_slice_compare(a->latin, b->latin) > 0;
    t->out->items[t->out->count++] =
        (name_pair){turned ? b->latin : a->latin, turned ? a->latin : b->latin, (uint8_t)kind, a->half};
}

/* ---- reading ---- */

static dsr_slice keep(table *t, const char *bytes, size_t count)
{
    dsr_slice copy;
    if (dsr_arena_copy(t->arena, (dsr_slice){bytes, count}, &copy) != DSR_OK) {
        stop("out of memory", "pairs");
    }
    return copy;
}

static bool is_plain(dsr_slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < 'a' || s.ptr[i] > 'z') {
            return false;
        }
    }
    return s.len >= LETTERS_LEAST;
}

static void read_row(table *t, dsr_slice line)
{
    dsr_slice latin, spaced, count;
    char bytes[ROW_BYTES];
    size_t used = 0;
    if (!dsr_slice_next_field(&line, '\t', &latin) || !dsr_slice_next_field(&line, '\t', &spaced) ||
        !dsr_slice_next_field(&line, '\t', &count) || spaced.len > sizeof bytes) {
        return;
    }
    for (size_t i = 0; i < spaced.len; i++) {
        if (spaced.ptr[i] != ' ') {
            bytes[used++] = spaced.ptr[i];
        }
    }
    row r = {keep(t, latin.ptr, latin.len), keep(t, bytes, used), {0}, 0, 0, 0};
    used = dsr_letters_fold(latin, '\0', bytes, sizeof bytes);
    r.plain = keep(t, bytes, used);
    size_t three = dsr_utf8_floor(r.russian, r.russian.len < 2 * RUSSIAN_LETTERS ? r.russian.len : 6);
    r.block = (uint32_t)dsr_hash64(dsr_slice_part(r.russian, 0, three), 0);
    r.half = (uint8_t)(dsr_hash64(r.russian, 1) & 1);
    for (size_t i = 0; i < count.len && i < 8; i++) {
        r.count = r.count * 10 + (uint32_t)(count.ptr[i] - '0');
    }
    if (DSR_LIST_RESERVE(t->arena, &t->all, 1) != DSR_OK ||
        DSR_LIST_RESERVE(t->arena, &t->good, 1) != DSR_OK) {
        stop("out of memory", "pairs");
    }
    t->all.items[t->all.count++] = r;
    if (r.count >= COUNT_LEAST && is_plain(r.plain)) {
        t->good.items[t->good.count++] = r;
    }
}

static int by_plain(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = dsr_slice_compare(x->plain, y->plain);
    return order != 0 ? order : dsr_slice_compare(x->russian, y->russian);
}

static int by_russian(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = dsr_slice_compare(x->russian, y->russian);
    return order != 0 ? order : dsr_slice_compare(x->latin, y->latin);
}

static void read_table(table *t, const char *path)
{
    FILE *file = fopen(path, "rb");
    char line[ROW_BYTES];
    if (file == NULL) {
        stop("cannot be opened; a table of name pairs was expected", path);
        return;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        size_t length = strcspn(line, "\r\n");
        read_row(t, (dsr_slice){line, length});
    }
    fclose(file);
    if (t->good.count == 0) {
        stop("holds no pairs of names", path);
    }
    qsort(t->all.items, t->all.count, sizeof *t->all.items, by_plain);
    qsort(t->good.items, t->good.count, sizeof *t->good.items, by_russian);
}

/* ---- pairs ---- */

static size_t first_of(const table *t, dsr_slice plain)
{
    size_t low = 0;
    size_t high = t->all.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dsr_slice_compare(t->all.items[middle].plain, plain) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether the table gives two spellings one Russian side somewhere. */
static bool are_one(const table *t, dsr_slice a, dsr_slice b)
{
    if (dsr_slice_equal(a, b)) {
        return true;
    }
    size_t i = first_of(t, a);
    size_t j = first_of(t, b);
    while (i < t->all.count && j < t->all.count && dsr_slice_equal(t->all.items[i].plain, a) &&
           dsr_slice_equal(t->all.items[j].plain, b)) {
        int order = dsr_slice_compare(t->all.items[i].russian, t->all.items[j].russian);
        if (order == 0) {
            return true;
        }
        i += order < 0;
        j += order > 0;
    }
    return false;
}

static void add_true(table *t)
{
    for (size_t i = 0; i < t->good.count; i++) {
        const row *a = &t->good.items[i];
        for (size_t j = i + 1; j < t->good.count && dsr_slice_equal(t->good.items[j].russian, a->russian);
             j++) {
            if (!dsr_slice_equal(t->good.items[j].plain, a->plain)) {
                add(t, a, &t->good.items[j], PAIR_SAME);
            }
        }
    }
}

static void add_block(table *t)
{
    /* Rows are sorted by their Russian side: those that begin alike stand together. */
    for (size_t made = 0, tried = 0; made < t->wrong && tried < 100 * t->wrong; tried++) {
        size_t i = draw(t, t->good.count);
        size_t low = i;
        size_t high = i;
        while (low > 0 && t->good.items[low - 1].block == t->good.items[i].block) {
            low--;
        }
        while (high + 1 < t->good.count && t->good.items[high + 1].block == t->good.items[i].block) {
            high++;
        }
        const row *a = &t->good.items[i];
        const row *b = &t->good.items[low + draw(t, high - low + 1)];
        if (a->half == b->half && !are_one(t, a->plain, b->plain)) {
            add(t, a, b, PAIR_BLOCK);
            made++;
        }
    }
}

typedef struct near_key {
    uint64_t key; /* of the letters, one of them left out */
    uint32_t row;
} near_key;

static int by_key(const void *a, const void *b)
{
    const near_key *x = a;
    const near_key *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static near_key *list_keys(const table *t, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < t->good.count; i++) {
        most += t->good.items[i].plain.len + 1;
    }
    near_key *keys = malloc(most * sizeof *keys);
    if (keys == NULL) {
        stop("out of memory", "pairs");
        return NULL;
    }
    *count = 0;
    for (size_t i = 0; i < t->good.count; i++) {
        dsr_slice word = t->good.items[i].plain;
        for (size_t drop = 0; drop <= word.len; drop++) {
            char left[ROW_BYTES];
            memcpy(left, word.ptr, drop);
            size_t length = drop;
            if (drop < word.len) {
                memcpy(left + drop, word.ptr + drop + 1, word.len - drop - 1);
                length = word.len - 1;
            }
            keys[(*count)++] = (near_key){dsr_hash64((dsr_slice){left, length}, 2), (uint32_t)i};
        }
    }
    qsort(keys, *count, sizeof *keys, by_key);
    return keys;
}

static void add_near(table *t)
{
    size_t count = 0;
    near_key *keys = list_keys(t, &count);
    for (size_t made = 0, tried = 0; made < t->wrong && tried < 1000 * t->wrong; tried++) {
        size_t i = draw(t, count);
        size_t low = i;
        while (low > 0 && keys[low - 1].key == keys[i].key) {
            low--;
        }
        size_t high = i;
        while (high + 1 < count && keys[high + 1].key == keys[i].key) {
            high++;
        }
        const row *a = &t->good.items[keys[i].row];
        const row *b = &t->good.items[keys[low + draw(t, high - low + 1)].row];
        if (high - low < BUCKET_MOST && a->half == b->half && !are_one(t, a->plain, b->plain)) {
            add(t, a, b, PAIR_NEAR);
            made++;
        }
    }
    free(keys);
}

void name_pairs_read(dsr_arena *arena, const char *path, size_t wrong, name_pairs *out)
{
    table t = {.arena = arena, .random = 1, .wrong = wrong, .out = out};
    memset(out, 0, sizeof *out);
    read_table(&t, path);
    add_true(&t);
    add_block(&t);
    add_near(&t);
}
