/* Who says a quotation: one index for all reports. Must not know what is said. */
#include "base/hash.h"
#include "story/quotations_parts.h"

#include <stdlib.h>

/* A member of a cast entry; sorted by id. */
typedef struct member {
    dsr_slice id;
    uint32_t entry;
} member;

struct dsr_said_people {
    member *members;
    size_t count;
    dsr_map *known; /* key of a person -> index into q->people */
};

static int compare_members(const void *x, const void *y)
{
    const member *a = x;
    const member *b = y;
    int order = dsr_slice_compare(a->id, b->id);
    return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

dsr_status dsr_quotations_people(dsr_quotations *q, dsr_said_people **out)
{
    size_t count = 0;
    for (size_t i = 0; i < q->story->cast.count; i++) {
        count += q->story->cast.items[i].members.count;
    }
    dsr_said_people *people = dsr_arena_alloc(q->scratch, sizeof *people);
    if (people == NULL) {
        return DSR_ERR_MEMORY;
    }
    people->members = dsr_arena_alloc_array(q->scratch, count + 1, sizeof *people->members);
    people->known = people->members != NULL ? dsr_map_new(64) : NULL;
    if (people->known == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < q->story->cast.count; i++) {
        const dsr_cast_entry *entry = &q->story->cast.items[i];
        for (size_t j = 0; j < entry->members.count; j++) {
            people->members[people->count++] = (member){entry->members.items[j].entity, (uint32_t)i};
        }
    }
    qsort(people->members, people->count, sizeof *people->members, compare_members);
    *out = people;
    return DSR_OK;
}

void dsr_said_people_drop(dsr_said_people *people)
{
    if (people != NULL) {
        dsr_map_drop(people->known);
    }
}

static bool is_named_in(const dsr_cast_entry *entry, uint32_t report)
{
    for (size_t i = 0; i < entry->variants.count; i++) {
        for (size_t j = 0; j < entry->variants.items[i].reports.count; j++) {
            if (entry->variants.items[i].reports.items[j] == report) {
                return true;
            }
        }
    }
    return false;
}

/* The entry of an id. Where two people share one, it is that of the report. */
static uint32_t find_entry(const dsr_quotations *q, const dsr_said_people *people, dsr_slice id,
                           uint32_t report)
{
    size_t low = 0;
    size_t high = people->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dsr_slice_compare(people->members[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t found = DSR_NO_ENTITY;
    for (size_t i = low; i < people->count && dsr_slice_equal(people->members[i].id, id); i++) {
        bool alone = i + 1 == people->count || !dsr_slice_equal(people->members[i + 1].id, id);
        found = found == DSR_NO_ENTITY ? people->members[i].entry : found;
        if (!(alone && i == low) && is_named_in(&q->story->cast.items[people->members[i].entry], report)) {
            return people->members[i].entry;
        }
    }
    return found;
}

static dsr_status intern(dsr_quotations *q, dsr_said_people *people, uint64_t key, dsr_said_who who,
                         uint32_t *out)
{
    uint32_t next = (uint32_t)q->people.count;
    if (DSR_LIST_RESERVE(q->scratch, &q->people, 1) != DSR_OK ||
        dsr_map_intern(people->known, key, next, out) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    if (*out == next) {
        q->people.items[q->people.count++] = who;
    } else if (!who.named && dsr_slice_compare(who.name, q->people.items[*out].name) < 0) {
        q->people.items[*out].name = who.name; /* of several ways to write it, whichever report came first */
    }
    return DSR_OK;
}

/* Words that name nobody without what stands before them. */
static bool is_pronoun(dsr_slice words)
{
    static const char *const pronouns[] = {"he",  "she", "they", "it",  "i",    "we",   "you",  "who",
                                           "him", "her", "them", "one", "that", "this", "which"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        if (dsr_slice_equal_nocase(words, dsr_slice_of(pronouns[i]))) {
            return true;
        }
    }
    return false;
}

enum { SEED_ENTITY = 1, SEED_WORDS = 2, SEED_CAST = 3 };

dsr_status dsr_quotations_who(dsr_quotations *q, dsr_said_people *people, uint32_t report,
                              const dsr_quote *quote, uint32_t *out)
{
    const dsr_report *from = q->story->reports.items[report].report;
    dsr_slice words = dsr_slice_part(from->text, quote->speaker.start, quote->speaker.end);
    *out = DSR_SAID_NOBODY;
    if (quote->entity < from->entities.count) {
        const dsr_entity *entity = &from->entities.items[quote->entity];
        dsr_said_who who = {find_entry(q, people, entity->id, report), entity->id, entity->canonical, true};
        if (who.cast == DSR_NO_ENTITY) {
            return intern(q, people, dsr_hash64(entity->id, SEED_ENTITY), who, out);
        }
        const dsr_cast_entry *entry = &q->story->cast.items[who.cast];
        who.entity = entry->entity;
        who.name = entry->canonical;
        return intern(q, people, dsr_hash_mix((uint64_t)SEED_CAST << 32 | who.cast), who, out);
    }
    if (words.len == 0 || is_pronoun(words)) {
        return DSR_OK;
    }
    dsr_said_who who = {DSR_NO_ENTITY, DSR_SLICE_NONE, words, false};
    return intern(q, people, dsr_hash_mix(dsr_quotations_key(words) ^ SEED_WORDS), who, out);
}
