/* The table of spellings, and comparing by it. Must not know persons: it sees single words. */
#include "entity/spelling.h"

#include "base/limits.h"
#include "base/map.h"
#include "entity/align.h"

#include <stdlib.h>
#include <string.h>

typedef struct costs {
    int16_t at[DSR_STEP_PLACES];
} costs;

enum { LETTERS = 27, FILTER_BITS = 16, FILTER_WORDS = (1 << FILTER_BITS) / 64 };

struct dsr_spellings {
    dsr_map *steps; /* dsr_step_key of longer steps -> index of `known` */
    DSR_LIST(costs) known;
    uint64_t filter[FILTER_WORDS];  /* a bit for the key of each longer step: most are in no table */
    costs single[LETTERS][LETTERS]; /* of one letter for one or none (0) */
    bool has_single[LETTERS][LETTERS];
    costs kinds[DSR_STEP_KINDS];
    int16_t same[LETTERS];               /* of each letter that both have */
    int16_t bonus[DSR_LETTERS_MOST + 1]; /* by the letters of the shorter word */
};

static size_t filter_bit(uint64_t key)
{
    return (size_t)((key * 0x9e3779b97f4a7c15u) >> (64 - FILTER_BITS));
}

static int32_t cost_of_single(const dsr_spellings *s, const dsr_step *step, dsr_step_kind kind)
{
    uint8_t a = step->left < step->left_end ? step->a->at[step->left] : 0;
    uint8_t b = step->right < step->right_end ? step->b->at[step->right] : 0;
    return s->has_single[a][b] ? s->single[a][b].at[step->place] : s->kinds[kind].at[step->place];
}

static int32_t cost_of(const void *context, const dsr_step *step)
{
    const dsr_spellings *s = context;
    dsr_step_kind kind = dsr_step_kind_of(step);
    switch (kind) {
    case DSR_STEP_SAME:
        return s->same[step->a->at[step->left]];
    case DSR_STEP_VOWEL_DOUBLED:
    case DSR_STEP_CONSONANT_DOUBLED:
        return s->kinds[kind].at[step->place];
    case DSR_STEP_LONG:
        break;
    case DSR_STEP_VOWEL_FOR_VOWEL:
    case DSR_STEP_CONSONANT_FOR_CONSONANT:
    case DSR_STEP_VOWEL_FOR_CONSONANT:
    case DSR_STEP_VOWEL_MORE:
    case DSR_STEP_CONSONANT_MORE:
    case DSR_STEP_KINDS:
        return cost_of_single(s, step, kind);
    }
    uint64_t key = dsr_step_key(step);
    size_t bit = filter_bit(key);
    if ((s->filter[bit / 64] >> (bit % 64) & 1) == 0) {
        return DSR_STEP_NEVER;
    }
    uint32_t found = dsr_map_get(s->steps, key);
    return found != DSR_MAP_NONE ? s->known.items[found].at[step->place] : DSR_STEP_NEVER;
}

int32_t dsr_spellings_compare(const dsr_spellings *spellings, dsr_slice a, dsr_slice b)
{
    char left[DSR_LIMIT_WORD_BYTES];
    char right[DSR_LIMIT_WORD_BYTES];
    size_t left_count = dsr_letters_fold(a, '\0', left, sizeof left);
    size_t right_count = dsr_letters_fold(b, '\0', right, sizeof right);
    if (left_count == right_count && memcmp(left, right, left_count) == 0) {
        return left_count > 0 ? DSR_SPELLING_EQUAL : -DSR_SPELLING_EQUAL;
    }
    dsr_letters one = dsr_letters_of(a);
    dsr_letters other = dsr_letters_of(b);
    size_t least = one.count < other.count ? one.count : other.count;
    if (least == 0) {
        return -DSR_SPELLING_EQUAL;
    }
    int32_t cost = dsr_letters_align(&one, &other, cost_of, spellings, NULL, NULL);
    int32_t evidence = spellings->bonus[least] - cost;
    return evidence < DSR_SPELLING_EQUAL ? evidence : DSR_SPELLING_EQUAL - 1;
}

/* ---- reading ---- */

static const char *const kind_names[DSR_STEP_KINDS] = {
    "vowel=vowel", "consonant=consonant", "vowel=consonant", "vowel",
    "consonant",   "vowel twice",         "consonant twice", NULL,
    NULL};

static bool read_number(dsr_slice field, int16_t *out)
{
    char digits[8] = "";
    if (field.len == 0 || field.len >= sizeof digits) {
        return false;
    }
    memcpy(digits, field.ptr, field.len);
    char *end = NULL;
    long value = strtol(digits, &end, 10);
    if (end != digits + field.len || value < INT16_MIN || value > INT16_MAX) {
        return false;
    }
    *out = (int16_t)value;
    return true;
}

static bool read_letters(dsr_slice field, dsr_letters *out)
{
    *out = (dsr_letters){{0}, 0};
    if (dsr_slice_equal(field, DSR_SLICE("-"))) {
        return true;
    }
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] < 'a' || field.ptr[i] > 'z' || i >= DSR_STEP_LETTERS) {
            return false;
        }
        out->at[out->count++] = (uint8_t)(field.ptr[i] - 'a' + 1);
    }
    return field.len > 0;
}

/* A row of one step: "kh  h  35  20  40". */
static dsr_status read_step(dsr_arena *arena, dsr_spellings *s, const dsr_slice fields[5], costs row)
{
    dsr_letters a;
    dsr_letters b;
    if (!read_letters(fields[0], &a) || !read_letters(fields[1], &b) || a.count + b.count == 0) {
        return DSR_ERR_INPUT;
    }
    if (a.count <= 1 && b.count <= 1) {
        s->single[a.at[0]][b.at[0]] = row;
        s->single[b.at[0]][a.at[0]] = row;
        s->has_single[a.at[0]][b.at[0]] = true;
        s->has_single[b.at[0]][a.at[0]] = true;
        return DSR_OK;
    }
    dsr_step step = {&a, &b, 0, a.count, 0, b.count, 0};
    size_t bit = filter_bit(dsr_step_key(&step));
    s->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
    if (DSR_LIST_RESERVE(arena, &s->known, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = dsr_map_put(s->steps, dsr_step_key(&step), (uint32_t)s->known.count);
    if (status == DSR_OK) {
        s->known.items[s->known.count++] = row;
    }
    return status;
}

/* Rows that speak of kinds, of equal letters ("=") and of lengths ("#"). DSR_ERR_NOT_FOUND: it is another
 * row. */
static dsr_status read_special(dsr_spellings *s, const dsr_slice fields[5], costs row)
{
    if (dsr_slice_equal(fields[0], DSR_SLICE("same"))) {
        dsr_letters letter;
        if (!read_letters(fields[1], &letter) || letter.count != 1) {
            return DSR_ERR_INPUT;
        }
        s->same[letter.at[0]] = row.at[0];
        return DSR_OK;
    }
    if (dsr_slice_equal(fields[0], DSR_SLICE("length"))) {
        int16_t length;
        if (!read_number(fields[1], &length) || length < 1 || length > DSR_LETTERS_MOST) {
            return DSR_ERR_INPUT;
        }
        for (size_t i = (size_t)length; i <= DSR_LETTERS_MOST; i++) {
            s->bonus[i] = row.at[0];
        }
        return DSR_OK;
    }
    if (!dsr_slice_equal(fields[0], DSR_SLICE("kind"))) {
        return DSR_ERR_NOT_FOUND;
    }
    for (size_t i = 0; i < DSR_STEP_KINDS; i++) {
        if (kind_names[i] != NULL && dsr_slice_equal(fields[1], dsr_slice_of(kind_names[i]))) {
            s->kinds[i] = row;
            return DSR_OK;
        }
    }
    return DSR_ERR_INPUT;
}

static dsr_status read_row(dsr_arena *arena, dsr_spellings *s, dsr_lexicon_file *file, dsr_error *error)
{
    dsr_slice rest = file->line;
    dsr_slice fields[5] = {{0}, {0}, {0}, {0}, {0}};
    costs row;
    bool good = true;
    for (size_t i = 0; i < 5; i++) {
        good = dsr_slice_next_field(&rest, '\t', &fields[i]) && good;
        if (i >= 2) {
            good = good && read_number(fields[i], &row.at[i - 2]);
        }
    }
    dsr_status status = good ? read_special(s, fields, row) : DSR_ERR_INPUT;
    if (status == DSR_ERR_NOT_FOUND) {
        status = read_step(arena, s, fields, row);
    }
    if (status == DSR_ERR_INPUT) {
        return dsr_lexicon_file_fail(
            file, error,
            "two groups of one to three letters and three whole numbers, parted by tabs, "
            "were expected");
    }
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, "entity");
}

dsr_status dsr_spellings_open(dsr_arena *arena, const char *folder, dsr_spellings **out, dsr_error *error)
{
    dsr_spellings *s = dsr_arena_alloc(arena, sizeof *s);
    dsr_lexicon_file file;
    bool found = false;
    if (s == NULL) {
        return dsr_fail_memory(error, "entity");
    }
    dsr_status status = dsr_lexicon_file_open(arena, folder, "names/spellings.tsv", &file, &found, error);
    if (status != DSR_OK) {
        return status;
    }
    if (!found) {
        status = dsr_fail(error, DSR_ERR_NOT_FOUND, "entity",
                          "names/spellings.tsv is missing there; a complete data folder was expected");
        dsr_error_set_subject(error, folder, strlen(folder));
        return status;
    }
    s->steps = dsr_map_new(4096);
    if (s->steps == NULL) {
        return dsr_fail_memory(error, "entity");
    }
    while (status == DSR_OK && dsr_lexicon_file_next(&file)) {
        status = read_row(arena, s, &file, error);
    }
    if (status != DSR_OK) {
        dsr_spellings_drop(s);
        return status;
    }
    *out = s;
    return DSR_OK;
}

void dsr_spellings_drop(dsr_spellings *spellings)
{
    if (spellings != NULL) {
        dsr_map_drop(spellings->steps);
    }
}
