/* The entries of the cast: for each group of nodes its spellings by report, its roles, its members with why.
 * Must not know how groups came to be. */
#include "story/cast_parts.h"

#include "base/hash.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* One name in one report. */
typedef struct use {
    uint32_t root;
    dsr_slice text;
    uint32_t report;
    uint32_t start; /* of it in the report */
    bool people;    /* a word of nationality, which is no spelling of its country's name */
} use;

typedef struct uses {
    use *items;
    size_t count;
} uses;

static int by_text(const void *a, const void *b)
{
    const use *x = a;
    const use *y = b;
    if (x->root != y->root) {
        return x->root < y->root ? -1 : 1;
    }
    if (x->people != y->people) {
        return x->people ? 1 : -1;
    }
    int order = dsr_slice_compare(x->text, y->text);
    if (order == 0 && x->report != y->report) {
        return x->report < y->report ? -1 : 1;
    }
    return order != 0 ? order : x->start < y->start ? -1 : x->start > y->start;
}

static dsr_status list_uses(dsr_cast_state *c, uses *out)
{
    size_t most = 0;
    const dsr_story *story = c->story;
    for (size_t i = 0; i < story->reports.count; i++) {
        most += story->reports.items[i].report->names.count;
    }
    out->items = dsr_arena_alloc_array(c->arena, most + 1, sizeof *out->items);
    if (out->items == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < story->reports.count; i++) {
        const dsr_report *report = story->reports.items[i].report;
        for (size_t n = 0; n < report->names.count; n++) {
            const dsr_name *name = &report->names.items[n];
            if (name->entity < report->entities.count) {
                out->items[out->count++] =
                    (use){dsr_cast_root(c, c->node_of[i][name->entity]),
                          dsr_slice_part(report->text, name->span.start, name->span.end), (uint32_t)i,
                          (uint32_t)name->span.start, name->type == DSR_NAME_NORP};
            }
        }
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, by_text);
    }
    return DSR_OK;
}

/* ---- variants ---- */

static size_t count_words(dsr_slice text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++) {
        words += text.ptr[i] == ' ';
    }
    return words;
}

/* "S. Ivanov", "S.K. Ivanov", "S Ivanov". */
static bool begins_with_initial(dsr_slice text)
{
    return text.len > 2 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z' &&
           (text.ptr[1] == '.' || text.ptr[1] == ' ');
}

typedef struct ranked {
    dsr_cast_variant variant;
    const dsr_story *story;
    uint32_t uses;
    uint32_t report, start; /* where it stands first */
    bool full;
    bool initial; /* instead of the given name */
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a;
    const ranked *y = b;
    if (x->full != y->full) {
        return x->full ? -1 : 1;
    }
    if (x->initial != y->initial) {
        return y->initial ? -1 : 1;
    }
    if (x->uses != y->uses) {
        return x->uses > y->uses ? -1 : 1;
    }
    int order = dsr_story_compare_reports(x->story, x->report, y->report);
    if (order != 0) {
        return order;
    }
    if (x->report != y->report) {
        return x->report < y->report ? -1 : 1;
    }
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return dsr_slice_compare(x->variant.text, y->variant.text);
}

static dsr_status read_variant(dsr_cast_state *c, const use *first, size_t count, bool full_first,
                               ranked *out)
{
    *out = (ranked){.variant.text = first->text,
                    .story = c->story,
                    .uses = (uint32_t)count,
                    .report = first->report,
                    .start = first->start,
                    .initial = full_first && begins_with_initial(first->text),
                    .full = full_first && count_words(first->text) > 1};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && first[i].report == first[i - 1].report) {
            continue;
        }
        if (dsr_story_compare_reports(c->story, first[i].report, out->report) < 0) {
            out->report = first[i].report;
            out->start = first[i].start;
        }
        if (DSR_LIST_RESERVE(c->arena, &out->variant.reports, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        out->variant.reports.items[out->variant.reports.count++] = first[i].report;
    }
    return DSR_OK;
}

/* The spellings of one group: first[0..count) are its uses, by text. */
static dsr_status add_variants(dsr_cast_state *c, dsr_cast_entry *entry, const use *first, size_t count)
{
    ranked *all = dsr_arena_alloc_array(c->arena, count, sizeof *all);
    size_t different = 0;
    if (all == NULL) {
        return DSR_ERR_MEMORY;
    }
    /* Words of nationality stand last; where there is nothing else, they are its spellings. */
    size_t names = count;
    while (names > 0 && first[names - 1].people) {
        names--;
    }
    count = names > 0 ? names : count;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && dsr_slice_equal(first[end].text, first[i].text)) {
            end++;
        }
        dsr_status status = read_variant(c, &first[i], end - i, entry->type == DSR_NAME_PER, &all[different]);
        if (status != DSR_OK) {
            return status;
        }
        different++;
        i = end;
    }
    if (different > 1) {
        qsort(all, different, sizeof *all, by_rank);
    }
    size_t kept = different < DSR_LIMIT_CAST_VARIANTS ? different : DSR_LIMIT_CAST_VARIANTS;
    if (DSR_LIST_RESERVE(c->arena, &entry->variants, kept) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < kept; i++) {
        entry->variants.items[entry->variants.count++] = all[i].variant;
    }
    return DSR_OK;
}

static uint32_t count_reports(const use *first, size_t count, uint32_t *seen, uint32_t mark)
{
    uint32_t reports = 0;
    for (size_t i = 0; i < count; i++) {
        reports += seen[first[i].report] != mark;
        seen[first[i].report] = mark;
    }
    return reports;
}

/* A gazetteer's name, else the full name that most reports have. */
static dsr_slice canonical_of(const dsr_cast_entry *entry, const dsr_cast_node *root)
{
    if (root->type != DSR_NAME_PER || entry->variants.count == 0) {
        return root->canonical;
    }
    dsr_slice best = entry->variants.items[0].text;
    return count_words(best) > 1 || root->person.count < 2 ? best : root->canonical;
}

/* ---- members and roles ---- */

static int by_entity(const void *a, const void *b)
{
    const dsr_cast_member *x = a;
    const dsr_cast_member *y = b;
    int order = dsr_slice_compare(x->entity, y->entity);
    /* Of one id that stands twice, the one that has a reason first. */
    return order != 0 ? order : (x->why.ptr == NULL) - (y->why.ptr == NULL);
}

static void drop_doubles(dsr_cast_entry *entry)
{
    if (entry->members.count > 1) {
        qsort(entry->members.items, entry->members.count, sizeof *entry->members.items, by_entity);
    }
    size_t kept = 0;
    for (size_t i = 0; i < entry->members.count; i++) {
        dsr_cast_member *member = &entry->members.items[i];
        if (kept == 0 || !dsr_slice_equal(entry->members.items[kept - 1].entity, member->entity)) {
            entry->members.items[kept++] = *member;
        }
    }
    entry->members.count = kept;
}

static bool has_role(const dsr_cast_entry *entry, dsr_slice text)
{
    for (size_t i = 0; i < entry->roles.count; i++) {
        if (dsr_slice_equal_nocase(entry->roles.items[i].text, text)) {
            return true;
        }
    }
    return false;
}

static dsr_status add_roles(dsr_cast_state *c, const uint32_t *entry_of)
{
    for (size_t i = 0; i < c->story->reports.count; i++) {
        const dsr_report *report = c->story->reports.items[i].report;
        for (size_t k = 0; k < report->roles.count; k++) {
            const dsr_role *role = &report->roles.items[k];
            if (role->entity >= report->entities.count) {
                continue;
            }
            uint32_t at = entry_of[dsr_cast_root(c, c->node_of[i][role->entity])];
            dsr_slice text = dsr_slice_part(report->text, role->span.start, role->span.end);
            dsr_cast_entry *entry = at != UINT32_MAX ? &c->story->cast.items[at] : NULL;
            if (entry == NULL || entry->roles.count >= DSR_LIMIT_CAST_ROLES || has_role(entry, text)) {
                continue;
            }
            if (DSR_LIST_RESERVE(c->arena, &entry->roles, 1) != DSR_OK) {
                return DSR_ERR_MEMORY;
            }
            entry->roles.items[entry->roles.count++] = (dsr_cast_role){text, (uint32_t)i, role->span};
        }
    }
    return DSR_OK;
}

static dsr_status add_members(dsr_cast_state *c, const uint32_t *entry_of)
{
    for (uint32_t i = 0; i < c->nodes.count; i++) {
        const dsr_cast_node *node = &c->nodes.items[i];
        uint32_t at = entry_of[dsr_cast_root(c, i)];
        if (at == UINT32_MAX) {
            continue;
        }
        dsr_cast_entry *entry = &c->story->cast.items[at];
        if (DSR_LIST_RESERVE(c->arena, &entry->members, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        const dsr_cast_node *root = &c->nodes.items[dsr_cast_root(c, i)];
        bool same = dsr_slice_equal(node->id, root->id) && dsr_slice_equal(node->canonical, root->canonical);
        dsr_slice why = same ? DSR_SLICE_NONE : node->why; /* the same words need none */
        entry->members.items[entry->members.count++] = (dsr_cast_member){node->id, why};
    }
    for (size_t i = 0; i < c->story->cast.count; i++) {
        drop_doubles(&c->story->cast.items[i]);
    }
    return DSR_OK;
}

/* ---- entries ---- */

static dsr_status add_entries(dsr_cast_state *c, const uses *all, uint32_t *entry_of)
{
    uint32_t *seen = dsr_arena_alloc_array(c->arena, c->story->reports.count + 1, sizeof *seen);
    if (seen == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < all->count;) {
        size_t end = i + 1;
        while (end < all->count && all->items[end].root == all->items[i].root) {
            end++;
        }
        const dsr_cast_node *root = &c->nodes.items[all->items[i].root];
        dsr_cast_entry entry = {.entity = root->id, .type = root->type, .mentions = (uint32_t)(end - i)};
        dsr_status status = add_variants(c, &entry, &all->items[i], end - i);
        if (status != DSR_OK || DSR_LIST_RESERVE(c->arena, &c->story->cast, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        entry.canonical = canonical_of(&entry, root);
        entry.reports = count_reports(&all->items[i], end - i, seen, (uint32_t)c->story->cast.count + 1);
        entry_of[all->items[i].root] = (uint32_t)c->story->cast.count;
        c->story->cast.items[c->story->cast.count++] = entry;
        i = end;
    }
    return DSR_OK;
}

static int by_mentions(const void *a, const void *b)
{
    const dsr_cast_entry *x = a;
    const dsr_cast_entry *y = b;
    if (x->mentions != y->mentions) {
        return x->mentions > y->mentions ? -1 : 1;
    }
    return dsr_slice_compare(x->entity, y->entity);
}

/* Two of one id (people of one surname whom nothing tells apart but that they are two): the second gets a
 * number. */
static dsr_status make_unique(dsr_cast_state *c)
{
    dsr_map *ids = dsr_map_new(c->story->cast.count);
    dsr_status status = ids != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < c->story->cast.count; i++) {
        dsr_cast_entry *entry = &c->story->cast.items[i];
        dsr_slice made = entry->entity;
        uint32_t out = 0;
        for (unsigned number = 2; status == DSR_OK; number++) {
            status = dsr_map_intern(ids, dsr_hash64(made, 0), i, &out);
            if (status != DSR_OK || out == i) {
                break;
            }
            status = dsr_arena_format(c->arena, &made, "%.*s-%u", DSR_PRINT(entry->entity), number);
        }
        entry->entity = made;
    }
    dsr_map_drop(ids);
    return status;
}

dsr_status dsr_cast_entries(dsr_cast_state *c)
{
    uses all = {NULL, 0};
    dsr_status status = list_uses(c, &all);
    uint32_t *entry_of = dsr_arena_alloc_array(c->arena, c->nodes.count + 1, sizeof *entry_of);
    dsr_story before = *c->story;
    if (status != DSR_OK || entry_of == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < c->nodes.count; i++) {
        entry_of[i] = UINT32_MAX;
    }
    memset(&c->story->cast, 0, sizeof c->story->cast);
    status = add_entries(c, &all, entry_of);
    if (status == DSR_OK) {
        status = add_roles(c, entry_of);
    }
    if (status == DSR_OK) {
        status = add_members(c, entry_of);
    }
    if (status == DSR_OK && c->story->cast.count > 1) {
        qsort(c->story->cast.items, c->story->cast.count, sizeof *c->story->cast.items, by_mentions);
    }
    if (status == DSR_OK) {
        status = make_unique(c);
    }
    if (status != DSR_OK) {
        *c->story = before;
    }
    return status;
}
