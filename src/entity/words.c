/* The word lists about names. Must not know reports. */
#include "entity/words.h"

#include "base/hash.h"
#include "base/map.h"
#include "entity/entity.h"
#include "entity/letters.h"

#include <string.h>

static const char STAGE[] = "entity";
enum { WORD_BYTES = 64, SEED_PART = 11, SEED_GIVEN = 12, SEED_SEX = 13, SEED_ROLE = 14, SEED_SPELLING = 15 };

struct dsr_entity_words {
    dsr_map *parts; /* word -> dsr_name_part */
    dsr_map *given; /* pair of names -> dsr_given_tie */
    dsr_map *sexes; /* word -> 'f', 'm' */
    dsr_map *roles; /* word -> family */
    uint32_t families;
    dsr_map *spellings; /* word -> name */
    uint32_t names;
};

static uint64_t hash_word(dsr_slice word, uint64_t seed)
{
    char folded[WORD_BYTES];
    size_t count = dsr_letters_fold(word, ' ', folded, sizeof folded);
    return dsr_hash64((dsr_slice){folded, count}, seed);
}

static uint64_t hash_pair(dsr_slice a, dsr_slice b)
{
    return hash_word(a, SEED_GIVEN) + hash_word(b, SEED_GIVEN);
}

dsr_name_part dsr_entity_words_part(const dsr_entity_words *words, dsr_slice word)
{
    uint32_t found = dsr_map_get(words->parts, hash_word(word, SEED_PART));
    return found == DSR_MAP_NONE ? DSR_PART_NAME : (dsr_name_part)found;
}

dsr_given_tie dsr_entity_words_tie(const dsr_entity_words *words, dsr_slice a, dsr_slice b)
{
    uint32_t found = dsr_map_get(words->given, hash_pair(a, b));
    return found == DSR_MAP_NONE ? DSR_GIVEN_NOTHING : (dsr_given_tie)found;
}

bool dsr_entity_words_are_spellings(const dsr_entity_words *words, dsr_slice a, dsr_slice b)
{
    uint32_t one = dsr_map_get(words->spellings, hash_word(a, SEED_SPELLING));
    return one != DSR_MAP_NONE && one == dsr_map_get(words->spellings, hash_word(b, SEED_SPELLING));
}

uint32_t dsr_entity_words_family(const dsr_entity_words *words, dsr_slice role)
{
    uint32_t found = dsr_map_get(words->roles, hash_word(role, SEED_ROLE));
    return found == DSR_MAP_NONE ? 0 : found;
}

static bool ends_folded(const char *folded, size_t count, const char *ending)
{
    size_t length = strlen(ending);
    return count > length && memcmp(folded + count - length, ending, length) == 0;
}

char dsr_entity_words_sex(const dsr_entity_words *words, dsr_slice word)
{
    char folded[WORD_BYTES];
    size_t count = dsr_letters_fold(word, ' ', folded, sizeof folded);
    uint32_t found = dsr_map_get(words->sexes, dsr_hash64((dsr_slice){folded, count}, SEED_SEX));
    if (found != DSR_MAP_NONE) {
        return (char)found;
    }
    if (ends_folded(folded, count, "woman") || ends_folded(folded, count, "women")) {
        return 'f';
    }
    return ends_folded(folded, count, "man") || ends_folded(folded, count, "men") ? 'm' : 0;
}

/* ---- reading ---- */

typedef struct table_row {
    dsr_slice fields[3];
} table_row;

typedef struct reader {
    dsr_arena *arena;
    dsr_entity_words *words;
    dsr_lexicon_file file;
    dsr_error *error;
} reader;

static dsr_status put(reader *r, dsr_map *map, uint64_t key, uint32_t value)
{
    return dsr_map_put(map, key, value) == DSR_OK ? DSR_OK : dsr_fail_memory(r->error, STAGE);
}

static dsr_status read_part(reader *r, const table_row *row)
{
    static const char *const names[] = {"", "particle", "suffix", "title"};
    for (uint32_t i = 1; i < 4; i++) {
        if (dsr_slice_equal(row->fields[1], dsr_slice_of(names[i]))) {
            return put(r, r->words->parts, hash_word(row->fields[0], SEED_PART), i);
        }
    }
    return dsr_lexicon_file_fail(&r->file, r->error, "\"particle\", \"suffix\" or \"title\" was expected");
}

static dsr_status read_given(reader *r, const table_row *row)
{
    bool is_short = dsr_slice_equal(row->fields[2], DSR_SLICE("short"));
    if (!is_short && !dsr_slice_equal(row->fields[2], DSR_SLICE("other"))) {
        return dsr_lexicon_file_fail(&r->file, r->error,
                                     "a name, names and \"short\" or \"other\" were expected");
    }
    dsr_slice rest = row->fields[1];
    dsr_slice name;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && dsr_slice_next_field(&rest, '|', &name)) {
        uint64_t key = hash_pair(row->fields[0], name);
        uint32_t tie = is_short ? DSR_GIVEN_SHORT : DSR_GIVEN_OTHER;
        uint32_t before = dsr_map_get(r->words->given, key);
        status = before == DSR_GIVEN_SHORT ? DSR_OK : put(r, r->words->given, key, tie);
    }
    return status;
}

static dsr_status read_sex(reader *r, const table_row *row)
{
    dsr_slice sex = row->fields[1];
    if (sex.len != 1 || (sex.ptr[0] != 'f' && sex.ptr[0] != 'm')) {
        return dsr_lexicon_file_fail(&r->file, r->error, "a word, a tab and f or m were expected");
    }
    return put(r, r->words->sexes, hash_word(row->fields[0], SEED_SEX), (uint32_t)sex.ptr[0]);
}

static dsr_status read_family(reader *r, const table_row *row)
{
    dsr_slice rest = row->fields[0];
    dsr_slice word;
    dsr_status status = DSR_OK;
    if (dsr_slice_find(rest, DSR_SLICE("|"), 0) == SIZE_MAX) {
        return dsr_lexicon_file_fail(&r->file, r->error, "words of one family, parted by |, were expected");
    }
    r->words->families++;
    while (status == DSR_OK && dsr_slice_next_field(&rest, '|', &word)) {
        status = put(r, r->words->roles, hash_word(word, SEED_ROLE), r->words->families);
    }
    return status;
}

static dsr_status read_spellings(reader *r, const table_row *row)
{
    dsr_slice rest = row->fields[0];
    dsr_slice word;
    dsr_status status = DSR_OK;
    if (dsr_slice_find(rest, DSR_SLICE("|"), 0) == SIZE_MAX) {
        return dsr_lexicon_file_fail(&r->file, r->error, "spellings of one name, parted by |, were expected");
    }
    r->words->names++;
    while (status == DSR_OK && dsr_slice_next_field(&rest, '|', &word)) {
        status = put(r, r->words->spellings, hash_word(word, SEED_SPELLING), r->words->names);
    }
    return status;
}

typedef dsr_status read_row(reader *r, const table_row *row);

static dsr_status read_table(reader *r, const char *folder, const char *name, read_row *read, size_t *rows)
{
    bool found = false;
    dsr_status status = dsr_lexicon_file_open(r->arena, folder, name, &r->file, &found, r->error);
    while (status == DSR_OK && found && dsr_lexicon_file_next(&r->file)) {
        table_row row = {{{0}, {0}, {0}}};
        dsr_slice rest = r->file.line;
        for (size_t i = 0; i < 3; i++) {
            (void)dsr_slice_next_field(&rest, '\t', &row.fields[i]);
        }
        status = read(r, &row);
        (*rows)++;
    }
    return status;
}

static const struct {
    const char *name;
    read_row *read;
} tables[] = {{"names/particles.tsv", read_part},
              {"names/variants.tsv", read_spellings},
              {"en/nicknames.tsv", read_given},
              {"en/sex.tsv", read_sex},
              {"en/role_families.tsv", read_family}};

static dsr_status read_all(reader *r, const char *const folders[2])
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < sizeof tables / sizeof *tables; i++) {
        size_t rows = 0;
        status = read_table(r, folders[0], tables[i].name, tables[i].read, &rows);
        if (status == DSR_OK && rows == 0) {
            status = dsr_entity_fail_empty(folders[0], tables[i].name, r->error);
        }
        if (status == DSR_OK && folders[1] != NULL) {
            status = read_table(r, folders[1], tables[i].name, tables[i].read, &rows);
        }
    }
    return status;
}

dsr_status dsr_entity_words_open(dsr_arena *arena, const char *const folders[2], dsr_entity_words **out,
                                 dsr_error *error)
{
    dsr_entity_words *words = dsr_arena_alloc(arena, sizeof *words);
    if (words == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    words->parts = dsr_map_new(256);
    words->given = dsr_map_new(1024);
    words->sexes = dsr_map_new(256);
    words->roles = dsr_map_new(256);
    words->spellings = dsr_map_new(1024);
    reader r = {.arena = arena, .words = words, .error = error};
    dsr_status status = DSR_OK;
    if (words->parts == NULL || words->given == NULL || words->sexes == NULL || words->roles == NULL ||
        words->spellings == NULL) {
        status = dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = read_all(&r, folders);
    }
    if (status != DSR_OK) {
        dsr_entity_words_drop(words);
        return status;
    }
    *out = words;
    return DSR_OK;
}

void dsr_entity_words_drop(dsr_entity_words *words)
{
    if (words != NULL) {
        dsr_map_drop(words->parts);
        dsr_map_drop(words->given);
        dsr_map_drop(words->sexes);
        dsr_map_drop(words->roles);
        dsr_map_drop(words->spellings);
    }
}
