/* Reads the tables of number, time and measure words into one look-up. Must not know what the classes mean to
 * those who parse. */
#include "lexicon/terms.h"

#include "base/map.h"
#include "base/utf8.h"
#include "lexicon/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dsr_terms {
    dsr_words *words; /* folded word or phrase -> index of items */
    dsr_term *items;
    size_t count, capacity;
    dsr_unit *units;
    size_t unit_count, unit_capacity;
    /* By the first two letters: bit n is set where a key of n bytes (31: or more) begins so. Most words of a
     * text are told apart here, without a hash. */
    uint32_t lengths[26 * 26];
};

/* Where the first two letters of a key lie in `lengths`; SIZE_MAX where they are no small ASCII letters. */
static size_t letters_at(dsr_slice key)
{
    bool two =
        key.len >= 2 && key.ptr[0] >= 'a' && key.ptr[0] <= 'z' && key.ptr[1] >= 'a' && key.ptr[1] <= 'z';
    return two ? (size_t)(key.ptr[0] - 'a') * 26 + (size_t)(key.ptr[1] - 'a') : SIZE_MAX;
}

static uint32_t length_bit(dsr_slice key)
{
    return UINT32_C(1) << (key.len < 31 ? key.len : 31);
}

static const char *const number_names[] = {
    [DSR_NUMBER_NONE] = "",
    [DSR_NUMBER_UNIT] = "digit",
    [DSR_NUMBER_TEEN] = "teen",
    [DSR_NUMBER_TENS] = "tens",
    [DSR_NUMBER_HUNDRED] = "hundred",
    [DSR_NUMBER_HUNDREDS] = "hundreds",
    [DSR_NUMBER_SCALE] = "scale",
    [DSR_NUMBER_SCALES] = "scales",
    [DSR_NUMBER_SHORT] = "short",
    [DSR_NUMBER_DOZEN] = "dozen",
    [DSR_NUMBER_DOZENS] = "dozens",
    [DSR_NUMBER_ORDINAL] = "ordinal",
    [DSR_NUMBER_ORDINALS] = "ordinals",
    [DSR_NUMBER_ORDINAL_SCALE] = "ordinal_scale",
    [DSR_NUMBER_ORDINAL_SCALES] = "ordinal_scales",
    [DSR_NUMBER_PART] = "part",
    [DSR_NUMBER_PARTS] = "parts",
    [DSR_NUMBER_ARTICLE] = "article",
    [DSR_NUMBER_AND] = "and",
    [DSR_NUMBER_POINT] = "point",
    [DSR_NUMBER_MINUS] = "minus",
    [DSR_NUMBER_OVER] = "over",
    [DSR_NUMBER_OF] = "of",
    [DSR_NUMBER_FEW] = "few",
    [DSR_NUMBER_COUPLE] = "couple",
    [DSR_NUMBER_SUFFIX] = "suffix",
    [DSR_NUMBER_PLACE] = "place",
    [DSR_NUMBER_PERCENT] = "percent",
};
static const char *const time_names[] = {
    [DSR_TIMEWORD_NONE] = "",
    [DSR_TIMEWORD_UNIT] = "unit",
    [DSR_TIMEWORD_UNITS] = "units",
    [DSR_TIMEWORD_MONTH] = "month",
    [DSR_TIMEWORD_WEEKDAY] = "weekday",
    [DSR_TIMEWORD_WEEKDAYS] = "weekdays",
    [DSR_TIMEWORD_SEASON] = "season",
    [DSR_TIMEWORD_PART] = "daypart",
    [DSR_TIMEWORD_PARTS] = "dayparts",
    [DSR_TIMEWORD_CLOCK] = "clock",
    [DSR_TIMEWORD_MERIDIEM] = "meridiem",
    [DSR_TIMEWORD_ZONE] = "zone",
    [DSR_TIMEWORD_DAY] = "day",
    [DSR_TIMEWORD_DAYPART] = "todaypart",
    [DSR_TIMEWORD_REF] = "ref",
    [DSR_TIMEWORD_LAST] = "last",
    [DSR_TIMEWORD_PAST] = "past",
    [DSR_TIMEWORD_RECENT] = "recent",
    [DSR_TIMEWORD_THAT] = "that",
    [DSR_TIMEWORD_EACH] = "each",
    [DSR_TIMEWORD_FREQUENCY] = "frequency",
    [DSR_TIMEWORD_HOLIDAY] = "holiday",
    [DSR_TIMEWORD_POSITION] = "position",
    [DSR_TIMEWORD_EDGE] = "edge",
    [DSR_TIMEWORD_AGO] = "ago",
    [DSR_TIMEWORD_EARLIER] = "earlier",
    [DSR_TIMEWORD_AFTER] = "after",
    [DSR_TIMEWORD_SINCE] = "since",
    [DSR_TIMEWORD_FROM] = "from",
    [DSR_TIMEWORD_TO] = "to",
    [DSR_TIMEWORD_SIDE] = "side",
    [DSR_TIMEWORD_BETWEEN] = "between",
    [DSR_TIMEWORD_IN] = "in",
    [DSR_TIMEWORD_AT] = "at",
    [DSR_TIMEWORD_ON] = "on",
    [DSR_TIMEWORD_OF] = "time_of",
    [DSR_TIMEWORD_BY] = "by",
    [DSR_TIMEWORD_THE] = "the",
    [DSR_TIMEWORD_FISCAL] = "fiscal",
    [DSR_TIMEWORD_LATEST] = "latest",
    [DSR_TIMEWORD_DECADE] = "decade",
    [DSR_TIMEWORD_YEAR_AGO] = "year_ago",
    [DSR_TIMEWORD_HALF] = "time_half",
    [DSR_TIMEWORD_OLD] = "old",
    [DSR_TIMEWORD_SPAN] = "span",
    [DSR_TIMEWORD_GLUE] = "glue",
    [DSR_TIMEWORD_OR_SO] = "or_so",
    [DSR_TIMEWORD_ALL] = "all",
};
static const char *const cue_names[] = {
    [DSR_CUE_NONE] = "",
    [DSR_CUE_ABOUT] = "about",
    [DSR_CUE_NEARLY] = "nearly",
    [DSR_CUE_MORE_THAN] = "more_than",
    [DSR_CUE_AT_LEAST] = "at_least",
    [DSR_CUE_LESS_THAN] = "less_than",
    [DSR_CUE_UP_TO] = "up_to",
    [DSR_CUE_EXACTLY] = "exactly",
    [DSR_CUE_OR_MORE] = "or_more",
    [DSR_CUE_OR_LESS] = "or_less",
    [DSR_CUE_FUTURE] = "future",
    [DSR_CUE_PAST] = "was",
    [DSR_CUE_PRESENT] = "is",
    [DSR_CUE_LABEL] = "label",
    [DSR_CUE_STOP] = "stop",
};
_Static_assert(sizeof number_names / sizeof *number_names == DSR_NUMBER_CLASSES, "each class has a name");
_Static_assert(sizeof time_names / sizeof *time_names == DSR_TIMEWORDS, "each class has a name");
_Static_assert(sizeof cue_names / sizeof *cue_names == DSR_CUE_CLASSES, "each class has a name");

/* Where a word stands in a table of names; 0 where it does not. */
static uint8_t name_at(const char *const *names, size_t count, dsr_slice name)
{
    for (size_t i = 1; i < count; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(names[i]))) {
            return (uint8_t)i;
        }
    }
    return 0;
}
#define NAME_AT(table, name) name_at((table), sizeof(table) / sizeof *(table), (name))

/* A number with or without sign, or a symbol of one to three letters. */
static bool parse_value(dsr_slice text, int32_t *out)
{
    bool negative = text.len > 1 && text.ptr[0] == '-';
    int32_t number = 0, symbol = 0;
    bool digits = text.len > (negative ? 1U : 0U) && text.len < 8;
    for (size_t i = negative; digits && i < text.len; i++) {
        digits = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        number = number * 10 + (text.ptr[i] - '0');
    }
    if (digits) {
        *out = negative ? -number : number;
        return true;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < 'A' || text.ptr[i] > 'Z') {
            return false;
        }
        symbol = symbol << 8 | text.ptr[i];
    }
    *out = 0x40000000 | symbol;
    return text.len >= 1 && text.len <= 3;
}

static dsr_status grow(void **items, size_t *capacity, size_t size)
{
    size_t room = *capacity ? 2 * *capacity : 256;
    void *grown = realloc(*items, room * size);
    if (!grown) {
        return DSR_ERR_MEMORY;
    }
    *items = grown;
    *capacity = room;
    return DSR_OK;
}

/* The term of a key, made where it is not there; NULL without memory. Valid until the next call. */
static dsr_term *need_term(dsr_arena *arena, dsr_terms *terms, dsr_slice key)
{
    uint32_t at = dsr_words_get(terms->words, key);
    if (at != DSR_MAP_NONE) {
        return &terms->items[at];
    }
    dsr_slice copy;
    if (terms->count == terms->capacity) {
        void *items = terms->items;
        if (grow(&items, &terms->capacity, sizeof *terms->items) != DSR_OK) {
            return NULL;
        }
        terms->items = items;
    }
    if (dsr_arena_copy(arena, key, &copy) != DSR_OK ||
        dsr_words_put(terms->words, copy, (uint32_t)terms->count) != DSR_OK) {
        return NULL;
    }
    size_t letters = letters_at(key);
    if (letters != SIZE_MAX) {
        terms->lengths[letters] |= length_bit(key);
    }
    dsr_term *term = &terms->items[terms->count++];
    *term = (dsr_term){.unit = {DSR_NO_UNIT, DSR_NO_UNIT},
                       .unit_before = {DSR_NO_UNIT, DSR_NO_UNIT},
                       .unit_also = DSR_NO_UNIT};
    return term;
}

/* What parts words without being one. */
static bool parts_words(uint32_t c)
{
    return c == '-' || c == '.' || c == '\'' || c == 0x2019 || dsr_is_space(c);
}

/* The spelling as dsr_terms_find looks it up; nothing where it is too long. */
static dsr_slice key_of(dsr_slice spelling, char out[DSR_LEXICON_KEY_BYTES])
{
    const char *p = spelling.ptr, *end = p + spelling.len;
    size_t used = 0;
    int before = 0; /* 1 letters, 2 digits, 0 neither */
    while (p < end) {
        size_t length;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (parts_words(c)) {
            before = 0;
            continue;
        }
        int kind = dsr_is_letter(c) ? 1 : c >= '0' && c <= '9' ? 2 : 0;
        if (used + 5 > DSR_LEXICON_KEY_BYTES) {
            return (dsr_slice){out, 0};
        }
        if (used > 0 && (kind == 0 || kind != before)) {
            out[used++] = ' ';
        }
        used += dsr_utf8_encode(dsr_fold(c), out + used);
        before = kind;
    }
    return (dsr_slice){out, used};
}

static bool is_capitals(dsr_slice spelling)
{
    bool capitals = false;
    for (size_t i = 0; i < spelling.len; i++) {
        char c = spelling.ptr[i];
        if (c >= 'a' && c <= 'z') {
            return false;
        }
        capitals = capitals || (c >= 'A' && c <= 'Z');
    }
    return capitals;
}

/* Notes at the first word of a phrase how long the phrase is. */
static bool note_phrase(dsr_arena *arena, dsr_terms *terms, dsr_slice key)
{
    size_t words = 1;
    size_t first = key.len;
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == ' ') {
            words++;
            first = first == key.len ? i : first;
        }
    }
    if (words == 1) {
        return true;
    }
    dsr_term *term = need_term(arena, terms, dsr_slice_part(key, 0, first));
    if (term && term->longest < words && words <= UINT8_MAX) {
        term->longest = (uint8_t)words;
    }
    return term != NULL;
}

/* What a line says of each of its spellings. */
typedef struct meaning {
    uint8_t number, time, cue;
    int32_t value;
    uint16_t unit;
} meaning;

static dsr_status put_spelling(dsr_arena *arena, dsr_terms *terms, dsr_slice spelling, const meaning *m)
{
    char buffer[DSR_LEXICON_KEY_BYTES];
    bool before = spelling.len > 1 && spelling.ptr[0] == '^';
    dsr_slice key = key_of(before ? dsr_slice_part(spelling, 1, spelling.len) : spelling, buffer);
    if (key.len == 0) {
        return DSR_OK;
    }
    if (!note_phrase(arena, terms, key)) {
        return DSR_ERR_MEMORY;
    }
    dsr_term *term = need_term(arena, terms, key);
    if (!term) {
        return DSR_ERR_MEMORY;
    }
    if (m->number) {
        term->number = m->number;
        term->number_value = m->value;
    }
    if (m->time) {
        term->time = m->time;
        term->time_value = m->value;
    }
    term->cue = m->cue ? m->cue : term->cue;
    if (m->unit != DSR_NO_UNIT) {
        uint16_t *slot = &(before ? term->unit_before : term->unit)[is_capitals(spelling)];
        bool taken = *slot != DSR_NO_UNIT && !before && slot == term->unit;
        *(taken ? &term->unit_also : slot) = m->unit;
    }
    return DSR_OK;
}

static dsr_status put_spellings(dsr_arena *arena, dsr_terms *terms, dsr_slice list, const meaning *m)
{
    dsr_slice spelling;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && dsr_slice_next_field(&list, ',', &spelling)) {
        spelling = dsr_slice_trim(spelling);
        if (spelling.len > 0 && spelling.len < DSR_LEXICON_KEY_BYTES) {
            status = put_spelling(arena, terms, spelling, m);
        }
    }
    return status;
}

/* "class <tab> value <tab> spellings": numerals.tsv and times.tsv. */
static dsr_status read_words(dsr_arena *arena, dsr_terms *terms, dsr_lexicon_file *file, dsr_error *error)
{
    while (dsr_lexicon_file_next(file)) {
        dsr_slice rest = file->line, class, value;
        meaning m = {.unit = DSR_NO_UNIT};
        if (!dsr_slice_next_field(&rest, '\t', &class) || !dsr_slice_next_field(&rest, '\t', &value) ||
            rest.ptr == NULL || !parse_value(dsr_slice_trim(value), &m.value)) {
            return dsr_lexicon_file_fail(
                file, error, "a class, a value (a number or up to three capitals) and words were expected");
        }
        class = dsr_slice_trim(class);
        m.number = NAME_AT(number_names, class);
        m.time = NAME_AT(time_names, class);
        m.cue = NAME_AT(cue_names, class);
        if (!m.number && !m.time && !m.cue) {
            return dsr_lexicon_file_fail(file, error, "\"%.*s\" is no class of words",
                                         (int)(class.len > 40 ? 40 : class.len), class.ptr);
        }
        if (put_spellings(arena, terms, rest, &m) != DSR_OK) {
            return dsr_fail_memory(error, "lexicon");
        }
    }
    return DSR_OK;
}

/* "kind <tab> name <tab> code <tab> spellings": units.tsv. */
static dsr_status read_units(dsr_arena *arena, dsr_terms *terms, dsr_lexicon_file *file, dsr_error *error)
{
    while (dsr_lexicon_file_next(file)) {
        dsr_slice rest = file->line;
        dsr_unit unit;
        if (!dsr_slice_next_field(&rest, '\t', &unit.kind) ||
            !dsr_slice_next_field(&rest, '\t', &unit.name) ||
            !dsr_slice_next_field(&rest, '\t', &unit.code) || rest.ptr == NULL || unit.name.len == 0 ||
            terms->unit_count >= DSR_NO_UNIT) {
            return dsr_lexicon_file_fail(file, error,
                                         "a kind, a name, a code (or nothing) and spellings were expected");
        }
        unit.code = unit.code.len > 0 ? unit.code : DSR_SLICE_NONE;
        if (terms->unit_count == terms->unit_capacity) {
            void *items = terms->units;
            if (grow(&items, &terms->unit_capacity, sizeof *terms->units) != DSR_OK) {
                return dsr_fail_memory(error, "lexicon");
            }
            terms->units = items;
        }
        meaning m = {.unit = (uint16_t)terms->unit_count};
        terms->units[terms->unit_count++] = unit;
        if (put_spellings(arena, terms, rest, &m) != DSR_OK) {
            return dsr_fail_memory(error, "lexicon");
        }
    }
    return DSR_OK;
}

/* "number <tab> names": months.tsv and weekdays.tsv, whose form another reader has checked. */
static dsr_status read_numbered(dsr_arena *arena, dsr_terms *terms, dsr_lexicon_file *file, meaning m,
                                dsr_error *error)
{
    while (dsr_lexicon_file_next(file)) {
        dsr_slice rest = file->line, value;
        if (!dsr_slice_next_field(&rest, '\t', &value) || rest.ptr == NULL ||
            !parse_value(dsr_slice_trim(value), &m.value)) {
            return dsr_lexicon_file_fail(file, error, "a number, a tab and names were expected");
        }
        if (put_spellings(arena, terms, rest, &m) != DSR_OK) {
            return dsr_fail_memory(error, "lexicon");
        }
    }
    return DSR_OK;
}

static dsr_status need_terms(dsr_terms **terms, dsr_error *error)
{
    if (*terms == NULL) {
        *terms = calloc(1, sizeof **terms);
        if (*terms) {
            (*terms)->words = dsr_words_new(2048);
        }
    }
    return *terms && (*terms)->words ? DSR_OK : dsr_fail_memory(error, "lexicon");
}

dsr_status dsr_terms_read(dsr_arena *arena, const char *folder, dsr_slice code, dsr_terms **terms,
                          dsr_error *error)
{
    static const char *const names[] = {"months.tsv", "weekdays.tsv", "numerals.tsv", "times.tsv",
                                        "units.tsv"};
    dsr_status status = DSR_OK;
    bool wanted = *terms != NULL;
    for (size_t i = 5; status == DSR_OK && i-- > 0;) {
        dsr_lexicon_file file;
        bool found = false;
        char name[64];
        snprintf(name, sizeof name, "%.*s/%s", DSR_PRINT(code), names[i]);
        status = dsr_lexicon_file_open(arena, folder, name, &file, &found, error);
        wanted = wanted || (found && i >= 2); /* months alone make no terms */
        if (status != DSR_OK || !found || !wanted || need_terms(terms, error) != DSR_OK) {
            status = status == DSR_OK && found && wanted ? DSR_ERR_MEMORY : status;
        } else if (i == 4) {
            status = read_units(arena, *terms, &file, error);
        } else if (i >= 2) {
            status = read_words(arena, *terms, &file, error);
        } else {
            meaning m = {.time = i == 0 ? DSR_TIMEWORD_MONTH : DSR_TIMEWORD_WEEKDAY, .unit = DSR_NO_UNIT};
            status = read_numbered(arena, *terms, &file, m, error);
        }
    }
    return status;
}

void dsr_terms_drop(dsr_terms *terms)
{
    if (terms) {
        dsr_words_drop(terms->words);
        free(terms->items);
        free(terms->units);
        free(terms);
    }
}

const dsr_terms *dsr_lexicon_terms(const dsr_lexicon *lexicon, dsr_slice language)
{
    bool unknown = language.len == 0 || dsr_slice_equal(language, DSR_SLICE("und"));
    const dsr_language_lists *found =
        dsr_lexicon_find_language(lexicon, unknown ? DSR_SLICE("en") : language);
    return found ? found->terms : NULL;
}

const dsr_term *dsr_terms_find(const dsr_terms *terms, dsr_slice folded)
{
    size_t letters = letters_at(folded);
    if (letters != SIZE_MAX && (terms->lengths[letters] & length_bit(folded)) == 0) {
        return NULL;
    }
    uint32_t at = dsr_words_get(terms->words, folded);
    return at == DSR_MAP_NONE ? NULL : &terms->items[at];
}

const dsr_unit *dsr_terms_unit(const dsr_terms *terms, uint16_t unit)
{
    return unit < terms->unit_count ? &terms->units[unit] : NULL;
}
