/* Reads the gazetteers of data/ into one table from a phrase's hash to the lists it stands in. Must not know
 * what the lists are used for. */
#include "lexicon/gazetteer.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "lexicon/internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const STAGE = "lexicon";

enum { FIELDS_MOST = 10, FIRST_BITS = 16 };

/* A longer phrase begins with this one. */
#define LONGER (UINT32_C(1) << 31)
#define FACTOR UINT64_C(0x9e3779b97f4a7c55)

typedef struct slot {
    uint32_t print; /* low half of the mixed hash */
    uint32_t lists; /* 0: empty */
} slot;

struct dsr_gazetteer {
    slot *slots;
    uint64_t *keys; /* while it is built: the whole mixed hash, for growing; then NULL */
    unsigned bits;
    size_t count;
};

/* ---- keys ---- */

/* The character at `p` as keys have it; 0 where it is none of a word. */
static inline uint32_t folded_at(const char *p, const char *end, size_t *length)
{
    unsigned char byte = (unsigned char)*p;
    *length = 1;
    if (byte >= 128) {
        uint32_t c = dsr_utf8_decode(p, end, length);
        return dsr_is_word(c) ? dsr_fold(c) : 0;
    }
    if (byte >= 'A' && byte <= 'Z') {
        return byte + 32u;
    }
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ? byte : 0;
}

static inline dsr_phrase_key add_character(dsr_phrase_key key, uint32_t c)
{
    return (dsr_phrase_key){key.hash * FACTOR + c, key.power * FACTOR};
}

dsr_phrase_key dsr_phrase_key_of(dsr_slice text)
{
    dsr_phrase_key key = DSR_PHRASE_NOTHING;
    const char *end = text.ptr + text.len;
    size_t length;
    for (const char *p = text.ptr; p < end; p += length) {
        uint32_t c = folded_at(p, end, &length);
        key = c != 0 ? add_character(key, c) : key;
    }
    return key;
}

/* ---- the table ---- */

static slot *find_slot(const dsr_gazetteer *gazetteer, uint64_t mixed)
{
    size_t mask = ((size_t)1 << gazetteer->bits) - 1;
    size_t at = (size_t)(mixed >> 32) & mask;
    while (gazetteer->slots[at].lists != 0 && gazetteer->slots[at].print != (uint32_t)mixed) {
        at = (at + 1) & mask;
    }
    return &gazetteer->slots[at];
}

static dsr_status make_room(dsr_gazetteer *gazetteer)
{
    size_t old = gazetteer->bits > 0 ? (size_t)1 << gazetteer->bits : 0;
    if (gazetteer->bits > 0 && gazetteer->count * 4 < old * 3) {
        return DSR_OK;
    }
    dsr_gazetteer grown = {.bits = gazetteer->bits > 0 ? gazetteer->bits + 1 : FIRST_BITS};
    grown.slots = calloc((size_t)1 << grown.bits, sizeof *grown.slots);
    grown.keys = calloc((size_t)1 << grown.bits, sizeof *grown.keys);
    if (grown.slots == NULL || grown.keys == NULL) {
        free(grown.slots);
        free(grown.keys);
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < old; i++) {
        if (gazetteer->slots[i].lists != 0) {
            slot *place = find_slot(&grown, gazetteer->keys[i]);
            *place = gazetteer->slots[i];
            grown.keys[place - grown.slots] = gazetteer->keys[i];
        }
    }
    free(gazetteer->slots);
    free(gazetteer->keys);
    grown.count = gazetteer->count;
    *gazetteer = grown;
    return DSR_OK;
}

static dsr_status add_key(dsr_gazetteer *gazetteer, dsr_phrase_key key, uint32_t lists)
{
    if (make_room(gazetteer) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint64_t mixed = dsr_hash_mix(key.hash);
    slot *place = find_slot(gazetteer, mixed);
    if (place->lists == 0) {
        place->print = (uint32_t)mixed;
        gazetteer->keys[place - gazetteer->slots] = mixed;
        gazetteer->count++;
    }
    place->lists |= lists;
    return DSR_OK;
}

uint32_t dsr_gazetteer_find(const dsr_gazetteer *gazetteer, dsr_phrase_key key, bool *longer)
{
    uint32_t lists = find_slot(gazetteer, dsr_hash_mix(key.hash))->lists;
    if (longer != NULL) {
        *longer = (lists & LONGER) != 0;
    }
    return lists & ~LONGER;
}

uint32_t dsr_gazetteer_find_text(const dsr_gazetteer *gazetteer, dsr_slice text)
{
    return dsr_gazetteer_find(gazetteer, dsr_phrase_key_of(text), NULL);
}

size_t dsr_gazetteer_count(const dsr_gazetteer *gazetteer)
{
    return gazetteer->count;
}

/* ---- phrases ---- */

/* Adds the phrase, and what stands before each further word of it as the beginning of a longer one. */
static dsr_status add_phrase(dsr_gazetteer *gazetteer, dsr_slice phrase, uint32_t lists)
{
    phrase = dsr_slice_trim(phrase);
    if (phrase.len > 4 && dsr_slice_equal_nocase(dsr_slice_part(phrase, 0, 4), DSR_SLICE("the "))) {
        phrase = dsr_slice_part(phrase, 4, phrase.len);
    }
    dsr_phrase_key key = DSR_PHRASE_NOTHING;
    const char *end = phrase.ptr + phrase.len;
    bool inside = true;
    size_t length;
    for (const char *p = phrase.ptr; p < end; p += length) {
        uint32_t c = folded_at(p, end, &length);
        if (c != 0 && !inside && key.hash != 0 && add_key(gazetteer, key, LONGER) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        inside = c != 0;
        key = c != 0 ? add_character(key, c) : key;
    }
    return key.hash != 0 && lists != 0 ? add_key(gazetteer, key, lists) : DSR_OK;
}

static dsr_status add_phrases(dsr_gazetteer *gazetteer, dsr_slice phrases, char separator, uint32_t lists)
{
    dsr_slice phrase;
    while (dsr_slice_next_field(&phrases, separator, &phrase)) {
        if (add_phrase(gazetteer, phrase, lists) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

/* ---- the tables of data/ ---- */

typedef struct row {
    dsr_slice fields[FIELDS_MOST]; /* those that a line lacks have no value */
    size_t count;
} row;

static bool has_value(dsr_slice list, const char *value)
{
    dsr_slice one;
    while (dsr_slice_next_field(&list, '|', &one)) {
        if (dsr_slice_equal(one, dsr_slice_of(value))) {
            return true;
        }
    }
    return false;
}

/* "Dutch", and the plural that the table leaves out. */
static dsr_status add_demonyms(dsr_gazetteer *gazetteer, dsr_slice demonyms)
{
    dsr_slice one;
    while (dsr_slice_next_field(&demonyms, '|', &one)) {
        char plural[64];
        if (add_phrase(gazetteer, one, DSR_GAZETTEER_DEMONYM) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        if (one.len < 2 || one.len + 1 > sizeof plural || strchr("shez", one.ptr[one.len - 1]) != NULL) {
            continue;
        }
        memcpy(plural, one.ptr, one.len);
        plural[one.len] = 's';
        if (add_phrase(gazetteer, (dsr_slice){plural, one.len + 1}, DSR_GAZETTEER_DEMONYM) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_status add_country(dsr_gazetteer *g, const row *r)
{
    dsr_status status = add_phrase(g, r->fields[1], DSR_GAZETTEER_COUNTRY);
    status = status == DSR_OK ? add_phrase(g, r->fields[2], DSR_GAZETTEER_COUNTRY) : status;
    status = status == DSR_OK ? add_phrases(g, r->fields[3], '|', DSR_GAZETTEER_CITY) : status;
    status = status == DSR_OK ? add_demonyms(g, r->fields[4]) : status;
    status = status == DSR_OK ? add_phrases(g, r->fields[5], '|', DSR_GAZETTEER_COUNTRY) : status;
    return status == DSR_OK ? add_phrases(g, r->fields[6], '|', DSR_GAZETTEER_BUILDING) : status;
}

static dsr_status add_city(dsr_gazetteer *g, const row *r)
{
    dsr_status status = add_phrase(g, r->fields[0], DSR_GAZETTEER_CITY);
    return status == DSR_OK ? add_phrases(g, r->fields[2], '|', DSR_GAZETTEER_CITY) : status;
}

static dsr_status add_people(dsr_gazetteer *g, const row *r)
{
    return add_demonyms(g, r->fields[0]);
}

static dsr_status add_region(dsr_gazetteer *g, const row *r)
{
    uint32_t lists =
        dsr_slice_equal(r->fields[2], DSR_SLICE("-")) ? DSR_GAZETTEER_NATURE : DSR_GAZETTEER_REGION;
    dsr_status status = add_phrase(g, r->fields[0], lists);
    status = status == DSR_OK ? add_phrases(g, r->fields[3], '|', lists) : status;
    return status == DSR_OK && r->fields[4].len > 0 ? add_phrases(g, r->fields[4], '|', DSR_GAZETTEER_CITY)
                                                    : status;
}

static dsr_status add_title(dsr_gazetteer *g, const row *r)
{
    uint32_t lists = 0;
    if (!has_value(r->fields[2], "after")) {
        lists |= DSR_GAZETTEER_TITLE;
    }
    if (has_value(r->fields[4], "role") || lists == 0) {
        lists |= DSR_GAZETTEER_ROLE;
    }
    if (has_value(r->fields[4], "kin") || has_value(r->fields[1], "kin")) {
        lists |= DSR_GAZETTEER_KIN;
    }
    dsr_status status = add_phrase(g, r->fields[0], lists);
    return status == DSR_OK ? add_phrases(g, r->fields[3], '|', lists) : status;
}

static dsr_status add_given(dsr_gazetteer *g, const row *r)
{
    uint32_t lists = DSR_GAZETTEER_GIVEN;
    lists |= has_value(r->fields[1], "m") ? 0 : DSR_GAZETTEER_FEMALE;
    lists |= has_value(r->fields[1], "f") ? 0 : DSR_GAZETTEER_MALE;
    return add_phrase(g, r->fields[0], lists);
}

static dsr_status add_surname(dsr_gazetteer *g, const row *r)
{
    uint32_t lists = DSR_GAZETTEER_SURNAME;
    lists |= has_value(r->fields[2], "word") ? DSR_GAZETTEER_COMMON : 0;
    lists |= has_value(r->fields[2], "place") ? DSR_GAZETTEER_PLACE_TOO : 0;
    return add_phrase(g, r->fields[0], lists);
}

static dsr_status add_body(dsr_gazetteer *g, const row *r)
{
    bool team = has_value(r->fields[4], "team") || has_value(r->fields[4], "league");
    uint32_t lists = team ? DSR_GAZETTEER_TEAM : DSR_GAZETTEER_BODY;
    dsr_status status = add_phrase(g, r->fields[1], lists);
    status = status == DSR_OK ? add_phrases(g, r->fields[2], '|', DSR_GAZETTEER_SHORT) : status;
    return status == DSR_OK ? add_phrases(g, r->fields[3], '|', lists) : status;
}

static dsr_status add_press(dsr_gazetteer *g, const row *r)
{
    dsr_status status = add_phrase(g, r->fields[0], DSR_GAZETTEER_PRESS);
    return status == DSR_OK ? add_phrases(g, r->fields[1], ';', DSR_GAZETTEER_PRESS) : status;
}

static dsr_status add_body_word(dsr_gazetteer *g, const row *r)
{
    uint32_t lists = has_value(r->fields[1], "head") ? DSR_GAZETTEER_BODY_HEAD : 0;
    lists |= has_value(r->fields[1], "last") ? DSR_GAZETTEER_BODY_LAST : 0;
    lists |= has_value(r->fields[1], "first") ? DSR_GAZETTEER_BODY_FIRST : 0;
    return add_phrase(g, r->fields[0], lists);
}

static dsr_status add_place_word(dsr_gazetteer *g, const row *r)
{
    uint32_t lists = 0;
    for (size_t i = 1; i < 4; i += 2) {
        lists |= has_value(r->fields[i], "LOC") ? DSR_GAZETTEER_NATURE_WORD : 0;
        lists |= has_value(r->fields[i], "FAC") ? DSR_GAZETTEER_BUILDING_WORD : 0;
        lists |= has_value(r->fields[i], "GPE") ? DSR_GAZETTEER_REGION_WORD : 0;
    }
    return add_phrase(g, r->fields[0], lists);
}

static dsr_status add_event_word(dsr_gazetteer *g, const row *r)
{
    return add_phrase(g, r->fields[0], DSR_GAZETTEER_EVENT_WORD);
}

typedef struct table {
    const char *name;
    size_t least; /* fields in each line */
    dsr_status (*add)(dsr_gazetteer *gazetteer, const row *r);
} table;

static const table tables[] = {
    {"places/countries.tsv", 4, add_country},
    {"places/cities.tsv", 2, add_city},
    {"places/demonyms.tsv", 1, add_people},
    {"places/regions.tsv", 3, add_region},
    {"names/given.tsv", 2, add_given},
    {"names/surnames.tsv", 1, add_surname},
    {"organisations.tsv", 5, add_body},
    {"agencies.tsv", 1, add_press},
    {"outlets.tsv", 1, add_press},
    {"en/titles.tsv", 3, add_title},
    {"en/org_words.tsv", 2, add_body_word},
    {"en/place_words.tsv", 2, add_place_word},
    {"en/event_words.tsv", 1, add_event_word},
};

static dsr_status add_lines(dsr_gazetteer *gazetteer, const table *t, dsr_lexicon_file *file,
                            dsr_error *error)
{
    while (dsr_lexicon_file_next(file)) {
        row r = {.count = 0};
        dsr_slice rest = file->line;
        while (r.count < FIELDS_MOST && dsr_slice_next_field(&rest, '\t', &r.fields[r.count])) {
            r.count++;
        }
        if (r.count < t->least || r.fields[0].len == 0) {
            return dsr_lexicon_file_fail(file, error, "at least %zu fields parted by tabs were expected",
                                         t->least);
        }
        if (t->add(gazetteer, &r) != DSR_OK) {
            return dsr_fail_memory(error, STAGE);
        }
    }
    return DSR_OK;
}

/* Names would be found worse without a word said. */
static dsr_status fail_missing(const char *folder, const char *name, dsr_error *error)
{
    dsr_status status = dsr_fail(error, DSR_ERR_NOT_FOUND, STAGE,
                                 "the table %s is missing here; give Dossier's whole data folder", name);
    dsr_error_set_subject(error, folder, strlen(folder));
    return status;
}

static dsr_status read_folder(dsr_gazetteer *gazetteer, const char *folder, bool whole, dsr_error *error)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_status status = arena != NULL ? DSR_OK : dsr_fail_memory(error, STAGE);
    for (size_t i = 0; status == DSR_OK && i < sizeof tables / sizeof *tables; i++) {
        dsr_lexicon_file file;
        bool found = false;
        dsr_arena_reset(arena);
        status = dsr_lexicon_file_open(arena, folder, tables[i].name, &file, &found, error);
        if (status == DSR_OK && found) {
            status = add_lines(gazetteer, &tables[i], &file, error);
        } else if (status == DSR_OK && whole) {
            status = fail_missing(folder, tables[i].name, error);
        }
    }
    dsr_arena_drop(arena);
    return status;
}

dsr_status dsr_gazetteer_open(const char *data_folder, const char *user_folder, dsr_gazetteer **out,
                              dsr_error *error)
{
    dsr_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
    if (gazetteer == NULL || make_room(gazetteer) != DSR_OK) {
        free(gazetteer);
        return dsr_fail_memory(error, STAGE);
    }
    dsr_status status = read_folder(gazetteer, data_folder, true, error);
    if (status == DSR_OK && user_folder != NULL) {
        status = read_folder(gazetteer, user_folder, false, error);
    }
    if (status != DSR_OK) {
        dsr_gazetteer_drop(gazetteer);
        return status;
    }
    free(gazetteer->keys);
    gazetteer->keys = NULL;
    *out = gazetteer;
    return DSR_OK;
}

void dsr_gazetteer_drop(dsr_gazetteer *gazetteer)
{
    if (gazetteer != NULL) {
        free(gazetteer->slots);
        free(gazetteer->keys);
        free(gazetteer);
    }
}
