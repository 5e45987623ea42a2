/* Which bodies, places and events of different reports are one: a spelling that both have, or an abbreviation
 * and the only full name with its initials. Must not know persons. */
#include "story/cast_parts.h"

#include "base/hash.h"
#include "entity/letters.h"

#include <string.h>

enum { AMBIGUOUS = 0x7fffffff, PHRASE = 160, INITIALS = 12, WORD_LEAST = 4 };

typedef struct bodies {
    dsr_cast_state *c;
    dsr_map *texts;    /* kind and folded name -> node */
    dsr_map *shorts;   /* short forms -> the node of a full name, AMBIGUOUS */
    dsr_map *initials; /* of full names -> node, AMBIGUOUS */
    dsr_map *words;    /* first words of full names -> node, AMBIGUOUS */
} bodies;

/* Places may be a GPE here, a LOC there. */
static uint64_t kind_of(dsr_name_type type)
{
    return type == DSR_NAME_ORG ? 1 : type == DSR_NAME_EVENT ? 2 : type == DSR_NAME_NORP ? 3 : 4;
}

static bool is_short_form(dsr_slice name)
{
    size_t capitals = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == ' ') {
            return false;
        }
        capitals += name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
    }
    return capitals >= 3 && name.len <= INITIALS;
}

static uint64_t initials_of(dsr_slice name)
{
    static const char *const left_out[] = {"of", "the", "for", "and", "in", "de", "on", "to"};
    char letters[INITIALS];
    size_t count = 0;
    size_t words = 0;
    dsr_slice rest = name;
    dsr_slice word;
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        bool out = word.len == 0;
        for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
            out = out || dsr_slice_equal_nocase(word, dsr_slice_of(left_out[i]));
        }
        if (!out && count < INITIALS) {
            words++;
            letters[count++] = (char)(word.ptr[0] & ~0x20);
        }
    }
    return words >= 3 ? dsr_hash64((dsr_slice){letters, count}, 41) : 0;
}

static bool is_here(const dsr_cast_node *node)
{
    return node->type != DSR_NAME_PER;
}

/* Full names first, then what short forms stand for, then short forms. */
typedef enum see_round { SEE_FULL, SEE_EXPANSIONS, SEE_SHORT } see_round;

/* Whether two full names may be one body's: one is the other with more words. */
static bool may_be_one(dsr_slice a, dsr_slice b)
{
    char left[PHRASE];
    char right[PHRASE];
    dsr_slice one = {left, dsr_letters_fold(a, ' ', left, sizeof left)};
    dsr_slice other = {right, dsr_letters_fold(b, ' ', right, sizeof right)};
    return dsr_slice_find(one, other, 0) != SIZE_MAX || dsr_slice_find(other, one, 0) != SIZE_MAX;
}

/* Notes the full name for which a short form stands in a report. */
static dsr_status see_expansion(bodies *b, uint64_t key, uint32_t node)
{
    dsr_cast_state *c = b->c;
    const dsr_cast_node *n = &c->nodes.items[node];
    uint32_t before = dsr_map_get(b->shorts, key);
    if (is_short_form(n->canonical) || before == AMBIGUOUS) {
        return DSR_OK;
    }
    bool other = before != DSR_MAP_NONE && dsr_cast_root(c, before) != dsr_cast_root(c, node) &&
                 !may_be_one(c->nodes.items[before].canonical, n->canonical);
    return before == DSR_MAP_NONE || other ? dsr_map_put(b->shorts, key, other ? AMBIGUOUS : node) : DSR_OK;
}

/* A name in a report: its node meets others that have it, too. A short form of two different full names is no
 * evidence for either. */
static dsr_status see_name(bodies *b, const dsr_report *report, const dsr_name *name, uint32_t node,
                           see_round round)
{
    char folded[PHRASE];
    dsr_cast_state *c = b->c;
    dsr_slice text = dsr_slice_part(report->text, name->span.start, name->span.end);
    size_t count = dsr_letters_fold(text, ' ', folded, sizeof folded);
    if (name->type == DSR_NAME_NORP || count == 0) {
        return DSR_OK; /* a word of nationality is no name of its country */
    }
    uint64_t key = dsr_hash64((dsr_slice){folded, count}, 50 + kind_of(c->nodes.items[node].type));
    bool is_short = c->nodes.items[node].type == DSR_NAME_ORG && is_short_form(text);
    if (is_short != (round != SEE_FULL)) {
        return DSR_OK;
    }
    if (round == SEE_EXPANSIONS) {
        return see_expansion(b, key, node);
    }
    if (is_short && dsr_map_get(b->shorts, key) == AMBIGUOUS &&
        !is_short_form(c->nodes.items[node].canonical)) {
        return DSR_OK;
    }
    uint32_t first;
    dsr_status status = dsr_map_intern(b->texts, key, node, &first);
    if (status == DSR_OK && dsr_cast_root(c, first) != dsr_cast_root(c, node)) {
        dsr_slice why;
        status = dsr_arena_format(c->arena, &why, "\xe2\x80\x9c%.*s\xe2\x80\x9d names both", DSR_PRINT(text));
        if (status == DSR_OK) {
            status = dsr_cast_unite(c, first, node, why);
        }
    }
    return status;
}

static dsr_status see_names(bodies *b, see_round round)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < b->c->story->reports.count; i++) {
        const dsr_report *report = b->c->story->reports.items[i].report;
        for (size_t n = 0; status == DSR_OK && n < report->names.count; n++) {
            const dsr_name *name = &report->names.items[n];
            if (name->entity < report->entities.count) {
                uint32_t node = b->c->node_of[i][name->entity];
                status = is_here(&b->c->nodes.items[node]) ? see_name(b, report, name, node, round) : DSR_OK;
            }
        }
    }
    return status;
}

static dsr_status see_initials(bodies *b)
{
    dsr_cast_state *c = b->c;
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < c->nodes.count; i++) {
        const dsr_cast_node *node = &c->nodes.items[i];
        uint64_t key = node->type == DSR_NAME_ORG ? initials_of(node->canonical) : 0;
        uint32_t before = key != 0 ? dsr_map_get(b->initials, key) : DSR_MAP_NONE;
        bool second = before != DSR_MAP_NONE &&
                      (before == AMBIGUOUS || dsr_cast_root(c, before) != dsr_cast_root(c, i));
        if (key != 0) {
            status = dsr_map_put(b->initials, key, second ? AMBIGUOUS : i);
        }
    }
    for (uint32_t i = 0; status == DSR_OK && i < c->nodes.count; i++) {
        const dsr_cast_node *node = &c->nodes.items[i];
        if (node->type != DSR_NAME_ORG || !is_short_form(node->canonical)) {
            continue;
        }
        uint32_t full = dsr_map_get(b->initials, dsr_hash64(node->canonical, 41));
        if (full != DSR_MAP_NONE && full != AMBIGUOUS) {
            status = dsr_cast_unite(c, i, full,
                                    DSR_SLICE("it is the initials of the only such name in the story"));
        }
    }
    return status;
}

/* The first word of a name of several; no value where it is too short to tell anything. */
static dsr_slice first_word(dsr_slice name)
{
    dsr_slice rest = name;
    dsr_slice word = DSR_SLICE_NONE;
    bool several = dsr_slice_find(name, DSR_SLICE(" "), 0) != SIZE_MAX;
    (void)dsr_slice_next_field(&rest, ' ', &word);
    return several && word.len >= WORD_LEAST ? word : DSR_SLICE_NONE;
}

static uint64_t word_key(dsr_slice word)
{
    char folded[PHRASE];
    size_t count = dsr_letters_fold(word, ' ', folded, sizeof folded);
    return dsr_hash64((dsr_slice){folded, count}, 42);
}

/* "Corvale" for the only body of the story whose name begins so, where no gazetteer has the short name. */
static dsr_status see_first_words(bodies *b)
{
    dsr_cast_state *c = b->c;
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < c->nodes.count; i++) {
        const dsr_cast_node *node = &c->nodes.items[i];
        dsr_slice word = node->type == DSR_NAME_ORG ? first_word(node->canonical) : DSR_SLICE_NONE;
        uint32_t before = word.len > 0 ? dsr_map_get(b->words, word_key(word)) : DSR_MAP_NONE;
        bool second = before != DSR_MAP_NONE &&
                      (before == AMBIGUOUS || dsr_cast_root(c, before) != dsr_cast_root(c, i));
        if (word.len > 0) {
            status = dsr_map_put(b->words, word_key(word), second ? AMBIGUOUS : i);
        }
    }
    for (uint32_t i = 0; status == DSR_OK && i < c->nodes.count; i++) {
        const dsr_cast_node *node = &c->nodes.items[i];
        uint32_t state = 0;
        bool single =
            node->type == DSR_NAME_ORG && dsr_slice_find(node->canonical, DSR_SLICE(" "), 0) == SIZE_MAX;
        if (!single || dsr_known_next(c->tables->known, node->canonical, DSR_NAME_ORG, &state) != NULL) {
            continue;
        }
        uint32_t full = dsr_map_get(b->words, word_key(node->canonical));
        if (full != DSR_MAP_NONE && full != AMBIGUOUS) {
            status =
                dsr_cast_unite(c, i, full, DSR_SLICE("it begins the name of one body of the story only"));
        }
    }
    return status;
}

dsr_status dsr_cast_bodies(dsr_cast_state *c)
{
    bodies b = {c, dsr_map_new(256), dsr_map_new(64), dsr_map_new(64), dsr_map_new(64)};
    bool made = b.texts != NULL && b.shorts != NULL && b.initials != NULL && b.words != NULL;
    dsr_status status = made ? see_names(&b, SEE_FULL) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = see_names(&b, SEE_EXPANSIONS);
    }
    if (status == DSR_OK) {
        status = see_names(&b, SEE_SHORT);
    }
    if (status == DSR_OK) {
        status = see_initials(&b);
    }
    if (status == DSR_OK) {
        status = see_first_words(&b);
    }
    dsr_map_drop(b.texts);
    dsr_map_drop(b.shorts);
    dsr_map_drop(b.initials);
    dsr_map_drop(b.words);
    return status;
}
