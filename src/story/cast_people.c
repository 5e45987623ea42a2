/* Which persons of different reports are one: full names that agree, then bare surnames that only one can
 * bear. A role or country that differs keeps people apart. Must not know bodies. */
#include "story/cast_parts.h"

#include "base/hash.h"

typedef struct link {
    uint32_t node, next;
} link;

typedef struct people {
    dsr_cast_state *c;
    dsr_map *heads; /* skeleton of a word -> link */
    DSR_LIST(link) links;
    uint8_t *ambiguous; /* by node: whether its name fits two people; 0 before it was asked */
} people;

static uint64_t skeleton_of(const people *p, dsr_slice word)
{
    char key[DSR_KEY_BYTES];
    size_t count = dsr_key_skeleton(p->c->persons.keys, word, key);
    return dsr_hash64((dsr_slice){key, count}, 31);
}

static dsr_status link_word(people *p, uint32_t node, dsr_slice word)
{
    uint64_t key = skeleton_of(p, word);
    uint32_t head = dsr_map_get(p->heads, key);
    if (head != DSR_MAP_NONE && p->links.items[head].node == node) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(p->c->arena, &p->links, 1) != DSR_OK ||
        dsr_map_put(p->heads, key, (uint32_t)p->links.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    p->links.items[p->links.count++] = (link){node, head};
    return DSR_OK;
}

static dsr_status link_words(people *p, uint32_t node)
{
    dsr_status status = DSR_OK;
    const dsr_person_name *name = &p->c->nodes.items[node].person;
    for (size_t i = 0; status == DSR_OK && i < name->count; i++) {
        dsr_slice rest = name->words[i];
        dsr_slice part;
        status = link_word(p, node, rest);
        while (status == DSR_OK && dsr_slice_next_field(&rest, '-', &part)) {
            status = part.len > 2 && part.len < name->words[i].len ? link_word(p, node, part) : DSR_OK;
        }
    }
    return status;
}

/* ---- evidence ---- */

static bool share_role(const dsr_cast_node *a, const dsr_cast_node *b)
{
    return dsr_cast_share_family(a, b) && !dsr_cast_countries_differ(a, b);
}

/* ---- full names ---- */

/* Whether a third person bears the surname: two who may be one must not be told apart by guessing. */
static bool is_only_pair(people *p, uint32_t a, uint32_t b)
{
    const dsr_person_name *name = &p->c->nodes.items[a].person;
    dsr_slice family = name->words[name->count - 1];
    uint32_t at = dsr_map_get(p->heads, skeleton_of(p, family));
    for (int step = 0; at != DSR_MAP_NONE; step++) {
        uint32_t other = p->links.items[at].node;
        const dsr_person_name *theirs = &p->c->nodes.items[other].person;
        bool bears =
            dsr_word_compare(&p->c->persons, theirs->words[theirs->count - 1], family) >= DSR_WORD_SPELLING;
        uint32_t root = dsr_cast_root(p->c, other);
        if (step >= DSR_CAST_CHAIN ||
            (bears && root != dsr_cast_root(p->c, a) && root != dsr_cast_root(p->c, b))) {
            return false;
        }
        at = p->links.items[at].next;
    }
    return true;
}

static bool roles_differ(const dsr_cast_node *a, const dsr_cast_node *b)
{
    return dsr_cast_countries_differ(a, b) ||
           (a->family_count > 0 && b->family_count > 0 && !dsr_cast_share_family(a, b));
}

/* Whether two people who are not one both match a name that tells less than theirs: "George Bush" beside
 * "George W. Bush" and "George H. W. Bush", "Alex" beside "Alexander" and "Alexandra". It joins neither. */
static bool fits_two(const people *p, uint32_t node)
{
    uint32_t found[DSR_CAST_CHAIN];
    size_t count = 0;
    const dsr_person_name *name = &p->c->nodes.items[node].person;
    for (size_t w = 0; w < name->count; w++) {
        uint32_t at = dsr_map_get(p->heads, skeleton_of(p, name->words[w]));
        for (int step = 0; at != DSR_MAP_NONE && step < DSR_CAST_CHAIN; step++) {
            uint32_t other = p->links.items[at].node;
            const dsr_person_name *theirs = &p->c->nodes.items[other].person;
            at = p->links.items[at].next;
            if (other == node ||
                dsr_person_compare(&p->c->persons, name, theirs, NULL) < DSR_PERSON_POSSIBLE) {
                continue;
            }
            for (size_t i = 0; i < count; i++) {
                const dsr_person_name *rival = &p->c->nodes.items[found[i]].person;
                if (dsr_person_compare(&p->c->persons, rival, theirs, NULL) == DSR_PERSON_OTHER) {
                    return true;
                }
            }
            if (count < DSR_CAST_CHAIN) {
                found[count++] = other;
            }
        }
    }
    return false;
}

/* The same, asked once. */
static bool is_ambiguous(people *p, uint32_t node)
{
    enum { NO = 1, YES };
    if (p->ambiguous[node] == 0) {
        p->ambiguous[node] = fits_two(p, node) ? YES : NO;
    }
    return p->ambiguous[node] == YES;
}

static dsr_status compare_full(people *p, uint32_t a, uint32_t b, dsr_person_match wanted)
{
    const dsr_cast_node *one = &p->c->nodes.items[a];
    const dsr_cast_node *other = &p->c->nodes.items[b];
    dsr_person_why what;
    dsr_person_match match = dsr_person_compare(&p->c->persons, &one->person, &other->person, &what);
    bool asked =
        wanted == DSR_PERSON_SAME ? match == wanted : match == wanted || match == DSR_PERSON_DOUBTFUL;
    if (!asked || dsr_cast_sexes_differ(one, other) || is_ambiguous(p, a) || is_ambiguous(p, b)) {
        return DSR_OK;
    }
    bool equal = what == DSR_PERSON_WHY_EQUAL;
    if (!equal && dsr_cast_sexes_seem_to_differ(one, other)) {
        return DSR_OK;
    }
    /* "Ahmad Ali, a neighbour" and "Ahmed Ali, the judge". */
    if (what == DSR_PERSON_WHY_SPELLING && dsr_cast_callings_differ(one, other)) {
        return DSR_OK;
    }
    bool role = share_role(one, other);
    const char *more = role && !equal ? "; the role agrees" : "";
    if (match != DSR_PERSON_SAME && !role) {
        if (match == DSR_PERSON_DOUBTFUL || roles_differ(one, other) || !is_only_pair(p, a, b)) {
            return DSR_OK;
        }
        more = "; nobody else in the story bears the surname";
    }
    bool callings = one->family_count > 0 && other->family_count > 0 && !dsr_cast_share_family(one, other);
    if (dsr_cast_countries_differ(one, other) &&
        (callings || (!equal && !dsr_cast_share_family(one, other)))) {
        return DSR_OK;
    }
    dsr_slice why;
    dsr_status status = dsr_arena_format(p->c->arena, &why, "%s%s", dsr_person_why_phrase(what), more);
    if (status == DSR_OK) {
        status = dsr_cast_unite(p->c, a, b, why);
    }
    return status;
}

static dsr_status merge_matching(people *p, dsr_person_match wanted)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < p->c->nodes.count; i++) {
        const dsr_cast_node *node = &p->c->nodes.items[i];
        if (node->type != DSR_NAME_PER || node->person.count < 2) {
            continue;
        }
        for (size_t w = 0; status == DSR_OK && w < node->person.count; w++) {
            uint32_t at = dsr_map_get(p->heads, skeleton_of(p, node->person.words[w]));
            for (int step = 0; status == DSR_OK && at != DSR_MAP_NONE && step < DSR_CAST_CHAIN; step++) {
                uint32_t other = p->links.items[at].node;
                status = other != i ? compare_full(p, i, other, wanted) : DSR_OK;
                at = p->links.items[at].next;
            }
        }
    }
    return status;
}

/* What is sure first: it tells how many bear a surname. */
static dsr_status merge_full(people *p)
{
    p->ambiguous = dsr_arena_alloc_array(p->c->arena, p->c->nodes.count + 1, sizeof *p->ambiguous);
    dsr_status status = p->ambiguous != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < p->c->nodes.count; i++) {
        bool full = p->c->nodes.items[i].type == DSR_NAME_PER && p->c->nodes.items[i].person.count > 1;
        status = full ? link_words(p, i) : DSR_OK;
    }
    if (status == DSR_OK) {
        status = merge_matching(p, DSR_PERSON_SAME);
    }
    return status == DSR_OK ? merge_matching(p, DSR_PERSON_POSSIBLE) : status;
}

/* ---- single words ---- */

typedef struct bearers {
    uint32_t roots[DSR_CAST_CHAIN];
    uint32_t nodes[DSR_CAST_CHAIN]; /* the node of each root that fits best */
    unsigned worth[DSR_CAST_CHAIN];
    size_t count;
} bearers;

static void add_bearer(people *p, bearers *b, uint32_t node, unsigned worth)
{
    uint32_t root = dsr_cast_root(p->c, node);
    for (size_t i = 0; i < b->count; i++) {
        if (b->roots[i] == root) {
            if (worth > b->worth[i]) {
                b->worth[i] = worth;
                b->nodes[i] = node;
            }
            return;
        }
    }
    if (b->count < DSR_CAST_CHAIN) {
        b->roots[b->count] = root;
        b->nodes[b->count] = node;
        b->worth[b->count++] = worth;
    }
}

enum { FAMILY_EQUAL = 15, FAMILY_SPELLING = 11, WORD_LEAST = 8 };

/* All who bear a word as a name, those of another sex or country left out. */
static bearers find_bearers(people *p, uint32_t bare)
{
    bearers found = {.count = 0};
    const dsr_cast_node *node = &p->c->nodes.items[bare];
    dsr_slice word = node->person.count > 0 ? node->person.words[0] : node->canonical;
    uint32_t at = dsr_map_get(p->heads, skeleton_of(p, word));
    for (int step = 0; at != DSR_MAP_NONE && step < DSR_CAST_CHAIN; step++) {
        uint32_t other = p->links.items[at].node;
        const dsr_cast_node *full = &p->c->nodes.items[other];
        unsigned worth = dsr_person_has_word(&p->c->persons, &full->person, word);
        if (worth >= WORD_LEAST && dsr_person_fits_single(&p->c->persons, &full->person, &node->person) &&
            !dsr_cast_sexes_seem_to_differ(node, full) && !dsr_cast_countries_differ(node, full)) {
            add_bearer(p, &found, other, worth);
        }
        at = p->links.items[at].next;
    }
    return found;
}

/* The one bearer that a bare name can mean, and why; DSR_MAP_NONE. */
static uint32_t choose_bearer(people *p, uint32_t bare, const bearers *b, const char **why)
{
    const dsr_cast_node *node = &p->c->nodes.items[bare];
    uint32_t by_role = DSR_MAP_NONE;
    size_t with_role = 0;
    for (size_t i = 0; i < b->count; i++) {
        if (share_role(node, &p->c->nodes.items[b->nodes[i]])) {
            by_role = b->nodes[i];
            with_role++;
        }
    }
    if (with_role == 1) {
        *why = "the surname and the role agree";
        return by_role;
    }
    if (b->count != 1) {
        return DSR_MAP_NONE;
    }
    *why = "nobody else in the story bears this name";
    bool sure = b->worth[0] == FAMILY_EQUAL || b->worth[0] == FAMILY_SPELLING ||
                (b->worth[0] > 12 && node->family_count == 0);
    return sure ? b->nodes[0] : DSR_MAP_NONE;
}

static dsr_status merge_bare(people *p)
{
    dsr_map *alone = dsr_map_new(64); /* bare names that no full name explains: id -> node */
    dsr_status status = alone != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < p->c->nodes.count; i++) {
        const dsr_cast_node *node = &p->c->nodes.items[i];
        if (!dsr_cast_is_bare(node)) {
            continue;
        }
        bearers found = find_bearers(p, i);
        const char *why = NULL;
        uint32_t bearer = choose_bearer(p, i, &found, &why);
        if (bearer != DSR_MAP_NONE) {
            status = dsr_cast_unite(p->c, i, bearer, dsr_slice_of(why));
            continue;
        }
        uint64_t key = dsr_hash64(node->id, 0);
        uint32_t other = found.count == 0 ? dsr_map_get(alone, key) : DSR_MAP_NONE;
        bool fits = other != DSR_MAP_NONE && !dsr_cast_sexes_differ(node, &p->c->nodes.items[other]) &&
                    !dsr_cast_countries_differ(node, &p->c->nodes.items[other]);
        if (fits) {
            status = dsr_cast_unite(p->c, i, other,
                                    DSR_SLICE("the same name, and nobody else in the story bears it"));
        } else if (other == DSR_MAP_NONE && found.count == 0) {
            status = dsr_map_put(alone, key, i);
        }
    }
    dsr_map_drop(alone);
    return status;
}

dsr_status dsr_cast_people(dsr_cast_state *c)
{
    people p = {.c = c, .heads = dsr_map_new(256)};
    if (p.heads == NULL) {
        return DSR_ERR_MEMORY;
    }
    dsr_status status = merge_full(&p);
    if (status == DSR_OK) {
        status = merge_bare(&p);
    }
    dsr_map_drop(p.heads);
    return status;
}
