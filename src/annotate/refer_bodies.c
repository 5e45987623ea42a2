/* Which names of bodies name one body: equal keys, full name and abbreviation, a short form of the full name,
 * the gazetteer. Must not know persons. */
#include "annotate/refer_parts.h"

#include "base/hash.h"
#include "entity/letters.h"

#include <string.h>

enum { BODY_WORDS = 12, SHORT_MOST = 10 };

typedef struct bodies {
    dsr_refer_state *r;
    dsr_map *by_key;      /* hash of a name's key, of its words in any order -> the first mention of it */
    dsr_map *by_initials; /* hash of capitals -> thing */
    dsr_map *by_known;    /* hash of a gazetteer id -> thing */
    dsr_map *by_word;     /* hash of a first or last word -> thing; AMBIGUOUS */
} bodies;
enum { AMBIGUOUS = 0x7fffffff };

static bool is_small(dsr_slice word)
{
    return word.len == 0 || (word.ptr[0] >= 'a' && word.ptr[0] <= 'z');
}

typedef struct body_words {
    dsr_slice at[BODY_WORDS];
    size_t count;
} body_words;

static body_words split(dsr_slice name)
{
    body_words words = {{{0}}, 0};
    dsr_slice word;
    dsr_slice rest = name;
    while (words.count < BODY_WORDS && dsr_slice_next_field(&rest, ' ', &word)) {
        if (word.len > 0) {
            words.at[words.count++] = word;
        }
    }
    return words;
}

static uint64_t key_of(const bodies *b, dsr_slice word, uint64_t seed)
{
    char key[DSR_KEY_BYTES];
    size_t count = dsr_key_of_word(b->r->persons.keys, word, key);
    return dsr_hash64((dsr_slice){key, count}, seed);
}

static bool is_joining(dsr_slice word)
{
    static const char *const words[] = {"of", "the", "for", "and", "&",  "in",
                                        "de", "on",  "to",  "del", "la", "des"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* "Ministry of Health" and "Health Ministry" are one. */
static uint64_t bag_of(const bodies *b, const body_words *words)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        if (!is_joining(words->at[i])) {
            sum += dsr_hash_mix(key_of(b, words->at[i], 7));
        }
    }
    return dsr_hash_mix(sum + 1);
}

static bool is_short_form(dsr_slice name)
{
    size_t capitals = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == ' ' || name.len > 2 * SHORT_MOST) {
            return false;
        }
        capitals += name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
    }
    return capitals >= 2;
}

/* The capitals of a name: "World Health Organization" -> "WHO"; hyphens and inner capitals count. */
static uint64_t initials_of(const body_words *words, bool joining_too)
{
    char letters[2 * BODY_WORDS];
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++) {
        dsr_slice word = words->at[i];
        if (is_small(word) ? !joining_too : is_joining(word)) {
            continue;
        }
        bool start = true;
        for (size_t j = 0; j < word.len && count < sizeof letters; j++) {
            char c = word.ptr[j];
            if (start && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
                letters[count++] = (char)(c & ~0x20);
            }
            start = c == '-';
        }
    }
    return count >= 2 ? dsr_hash64((dsr_slice){letters, count}, 9) : 0;
}

static uint64_t capitals_of(dsr_slice name)
{
    char letters[SHORT_MOST];
    size_t count = 0;
    for (size_t i = 0; i < name.len && count < SHORT_MOST; i++) {
        char c = name.ptr[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            letters[count++] = (char)(c & ~0x20);
        }
    }
    return dsr_hash64((dsr_slice){letters, count}, 9);
}

/* ---- learning a name ---- */

static dsr_status put_first(dsr_map *map, uint64_t key, uint32_t thing)
{
    uint32_t out;
    return key == 0 ? DSR_OK : dsr_map_intern(map, key, thing, &out);
}

/* Of these words the one that only one body has may stand for it. */
static dsr_status put_alone(bodies *b, uint64_t key, uint32_t thing)
{
    uint32_t before = dsr_map_get(b->by_word, key);
    if (before == thing) {
        return DSR_OK;
    }
    return dsr_map_put(b->by_word, key, before == DSR_MAP_NONE ? thing : AMBIGUOUS);
}

/* A first or last word, or one that makes a body ("Court"), may stand for it; a country's name may not. */
static dsr_status put_word(bodies *b, dsr_slice word, bool outer, uint32_t thing)
{
    uint32_t lists = dsr_gazetteer_find_text(b->r->tables->gazetteer, word);
    bool makes_body = (lists & (DSR_GAZETTEER_BODY_HEAD | DSR_GAZETTEER_BODY_LAST)) != 0;
    bool place = (lists & (DSR_GAZETTEER_DEMONYM | DSR_GAZETTEER_COUNTRY)) != 0;
    if (word.len < 3 || is_small(word) || is_joining(word) || place || !(outer || makes_body)) {
        return DSR_OK;
    }
    return put_alone(b, key_of(b, word, 8), thing);
}

/* "Blue Sambuk" for "Blue Sambuk Lines": two and more of the first words. */
static uint64_t sequence_of(const bodies *b, const body_words *words, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum = dsr_hash_mix(sum + key_of(b, words->at[i], 6));
    }
    return sum;
}

static dsr_status put_parts(bodies *b, const body_words *words, uint32_t thing)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < words->count; i++) {
        status = put_word(b, words->at[i], i == 0 || i + 1 == words->count, thing);
    }
    for (size_t count = 2; status == DSR_OK && count < words->count; count++) {
        if (!is_joining(words->at[count - 1])) {
            status = put_alone(b, sequence_of(b, words, count), thing);
        }
    }
    return status;
}

/* A short form that the report gives two bodies in brackets is neither's where it stands alone. */
static dsr_status put_key(bodies *b, uint64_t key, uint32_t mention)
{
    const dsr_refer_mention *m = &b->r->mentions[mention];
    uint32_t before = dsr_map_get(b->by_key, key);
    bool other = before != DSR_MAP_NONE && before != AMBIGUOUS && b->r->mentions[before].thing != m->thing;
    if (before == DSR_MAP_NONE || (before == AMBIGUOUS && m->tie != DSR_TIE_BRACKETS)) {
        return dsr_map_put(b->by_key, key, mention);
    }
    return other && m->tie == DSR_TIE_BRACKETS ? dsr_map_put(b->by_key, key, AMBIGUOUS) : DSR_OK;
}

static dsr_status learn(bodies *b, uint32_t mention, uint32_t thing)
{
    dsr_refer_state *r = b->r;
    dsr_slice name = dsr_refer_text(r, r->report->names.items[mention].span);
    body_words words = split(name);
    dsr_refer_thing *t = &r->things.items[thing];
    bool fuller = name.len > t->canonical.len && words.count > 1;
    t->canonical = fuller ? name : t->canonical;
    t->fullest = fuller ? mention : t->fullest;
    dsr_status status = put_key(b, bag_of(b, &words), mention);
    if (status == DSR_OK && words.count > 1) {
        status = put_first(b->by_initials, initials_of(&words, false), thing);
    }
    if (status == DSR_OK && words.count > 1) {
        status = put_first(b->by_initials, initials_of(&words, true), thing);
    }
    return status == DSR_OK && words.count > 1 ? put_parts(b, &words, thing) : status;
}

/* ---- finding ---- */

/* "World Health Organization (WHO)": the name in brackets is the name before them. */
static uint32_t before_brackets(const bodies *b, uint32_t mention)
{
    const dsr_refer_state *r = b->r;
    if (mention == 0) {
        return DSR_NONE;
    }
    const dsr_refer_mention *m = &r->mentions[mention];
    const dsr_refer_mention *before = &r->mentions[mention - 1];
    bool brackets = m->first < m->end && m->first > 0 && before->end + 1 == m->first &&
                    dsr_refer_is(r, m->first - 1, "(") && dsr_refer_is(r, m->end, ")");
    bool bodies_both = r->report->names.items[mention - 1].type == DSR_NAME_ORG;
    return brackets && bodies_both ? before->thing : DSR_NONE;
}

static const dsr_known_thing *known_of(const bodies *b, dsr_slice name)
{
    uint32_t state = 0;
    const dsr_known *known = b->r->tables->entities->known;
    const dsr_known_thing *first = dsr_known_next(known, name, DSR_NAME_ORG, &state);
    uint32_t rank = state >> 16;
    if (first == NULL) {
        return NULL;
    }
    const dsr_known_thing *second = dsr_known_next(known, name, DSR_NAME_ORG, &state);
    return second == NULL || state >> 16 != rank ? first : NULL; /* two bearers: nobody knows which */
}

/* "the Court" is the report's own court first. */
static bool is_generic(const bodies *b, dsr_slice name)
{
    uint32_t lists = dsr_gazetteer_find_text(b->r->tables->gazetteer, name);
    return dsr_slice_find(name, DSR_SLICE(" "), 0) == SIZE_MAX &&
           (lists & (DSR_GAZETTEER_BODY_HEAD | DSR_GAZETTEER_BODY_LAST)) != 0;
}

/* What a name is joined to. */
typedef struct found_body {
    uint32_t thing;   /* DSR_NONE */
    uint32_t because; /* the mention that says so; DSR_NONE: the thing's fullest name */
    dsr_tie tie;
} found_body;

/* By what the report itself says of a name: the name before the brackets in which it stands, the same name
 * elsewhere. False where it says nothing. */
static bool find_stated(const bodies *b, uint32_t mention, uint64_t bag, found_body *out)
{
    const dsr_refer_state *r = b->r;
    uint32_t thing = before_brackets(b, mention);
    if (thing != DSR_NONE) {
        *out = (found_body){thing, mention - 1, DSR_TIE_BRACKETS};
        return true;
    }
    uint32_t same = dsr_map_get(b->by_key, bag);
    if (same == DSR_MAP_NONE) {
        return false;
    }
    *out = (found_body){DSR_NONE, DSR_NONE, DSR_TIE_NONE};
    if (same != AMBIGUOUS) {
        *out = (found_body){r->mentions[same].thing, same, DSR_TIE_ORDER};
    }
    return true;
}

static found_body find(const bodies *b, uint32_t mention, const dsr_known_thing *known)
{
    dsr_slice name = dsr_refer_text(b->r, b->r->report->names.items[mention].span);
    body_words words = split(name);
    found_body out;
    uint32_t alias = b->r->mentions[mention].alias_of;
    if (alias != DSR_NONE && b->r->mentions[alias].thing != DSR_NONE) {
        return (found_body){b->r->mentions[alias].thing, alias, b->r->mentions[mention].alias_tie};
    }
    if (find_stated(b, mention, bag_of(b, &words), &out)) {
        return out;
    }
    uint32_t found = DSR_MAP_NONE;
    dsr_tie tie = DSR_TIE_WORD;
    if (is_generic(b, name)) {
        found = dsr_map_get(b->by_word, key_of(b, name, 8));
    }
    if (found == DSR_MAP_NONE && known != NULL) {
        tie = DSR_TIE_GAZETTEER;
        found = dsr_map_get(b->by_known, dsr_hash64(known->id, 0));
    }
    if (found == DSR_MAP_NONE && is_short_form(name)) {
        tie = DSR_TIE_INITIALS;
        found = dsr_map_get(b->by_initials, capitals_of(name));
    }
    if (found == DSR_MAP_NONE && known == NULL) {
        tie = words.count == 1 ? DSR_TIE_WORD : DSR_TIE_OPENING;
        uint64_t key = words.count == 1 ? key_of(b, name, 8) : sequence_of(b, &words, words.count);
        found = dsr_map_get(b->by_word, key);
    }
    bool none = found == AMBIGUOUS || found == DSR_MAP_NONE;
    return (found_body){none ? DSR_NONE : found, DSR_NONE, tie};
}

/* Whether the body that the gazetteer has under a name is the report's. A short form is many bodies': where
 * the report spells it out itself, the gazetteer's body has to have those words. */
static bool may_be_known(const bodies *b, uint32_t thing, dsr_slice name, const dsr_known_thing *known)
{
    const dsr_refer_thing *t = &b->r->things.items[thing];
    body_words own = split(t->canonical);
    if (!is_short_form(name) || own.count < 2) {
        return true;
    }
    body_words theirs = split(known->canonical);
    return bag_of(b, &own) == bag_of(b, &theirs) || known_of(b, t->canonical) == known;
}

static dsr_status note_known(bodies *b, uint32_t thing, const dsr_known_thing *known)
{
    dsr_refer_thing *t = &b->r->things.items[thing];
    if ((t->known == NULL && known->kind == DSR_KNOWN_BODY) || t->mentions == 1) {
        t->known = known;
    }
    return put_first(b->by_known, dsr_hash64(known->id, 0), thing);
}

static dsr_status bind(bodies *b, uint32_t mention)
{
    dsr_refer_state *r = b->r;
    dsr_slice name = dsr_refer_text(r, r->report->names.items[mention].span);
    const dsr_known_thing *known = known_of(b, name);
    found_body found = find(b, mention, known);
    uint32_t thing = found.thing;
    if (thing != DSR_NONE) {
        dsr_refer_join(r, mention, thing, found.tie);
        r->mentions[mention].because =
            found.because != DSR_NONE ? found.because : r->mentions[mention].because;
    } else {
        dsr_status status = dsr_refer_new_thing(r, mention, &thing);
        if (status != DSR_OK) {
            return status;
        }
    }
    bool unclear = found.thing == DSR_NONE && found.tie == DSR_TIE_NONE;
    if (known != NULL && !unclear && may_be_known(b, thing, name, known) &&
        note_known(b, thing, known) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    return learn(b, mention, thing);
}

enum { TURNS = BODY_WORDS + 1 };

static size_t turn_of(const bodies *b, uint32_t mention)
{
    body_words words = split(dsr_refer_text(b->r, b->r->report->names.items[mention].span));
    if (words.count > 1) {
        return BODY_WORDS - words.count;
    }
    return before_brackets(b, mention) != DSR_NONE ? BODY_WORDS - 1 : BODY_WORDS;
}

dsr_status dsr_refer_bodies(dsr_refer_state *r)
{
    bodies b = {r, dsr_map_new(64), dsr_map_new(64), dsr_map_new(64), dsr_map_new(64)};
    dsr_status status = b.by_key != NULL && b.by_initials != NULL && b.by_known != NULL && b.by_word != NULL
                            ? DSR_OK
                            : DSR_ERR_MEMORY;
    /* The longest names first, then what stands in brackets behind one, then the rest: a short form may stand
     * in the headline. */
    for (size_t turn = 0; turn < TURNS; turn++) {
        for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
            bool body = r->report->names.items[i].type == DSR_NAME_ORG && r->mentions[i].thing == DSR_NONE;
            /* Its turn may have come before what it stands behind was bound: "Acme (ACM)". */
            status = body && turn_of(&b, i) <= turn ? bind(&b, i) : DSR_OK;
        }
    }
    dsr_map_drop(b.by_key);
    dsr_map_drop(b.by_initials);
    dsr_map_drop(b.by_known);
    dsr_map_drop(b.by_word);
    return status;
}
