/* The entities of a story's reports as nodes: one for each id. A person of whom a report has a single word
 * only is a node by itself, and people of one name whom spelling, sex, or country and calling keep apart are
 * two. Must not know what speaks for a merge of different ids. */
#include "story/cast_parts.h"

#include "base/hash.h"

#include <string.h>

enum { SAME_ID_MOST = 24 };

/* ---- signs: what roles, titles and pronouns tell ---- */

static void add_country(dsr_cast_node *node, uint64_t sign)
{
    for (size_t i = 0; i < node->country_count; i++) {
        if (node->countries[i] == sign) {
            return;
        }
    }
    if (node->country_count < DSR_CAST_SIGNS) {
        node->countries[node->country_count++] = sign;
    }
}

static void add_family(dsr_cast_node *node, uint32_t family)
{
    for (size_t i = 0; i < node->family_count; i++) {
        if (node->families[i] == family) {
            return;
        }
    }
    if (family != 0 && node->family_count < DSR_CAST_SIGNS) {
        node->families[node->family_count++] = family;
    }
}

static void add_calling(dsr_cast_node *node, uint64_t calling)
{
    for (size_t i = 0; i < node->calling_count; i++) {
        if (node->callings[i] == calling) {
            return;
        }
    }
    if (node->calling_count < DSR_CAST_SIGNS) {
        node->callings[node->calling_count++] = calling;
    }
}

/* The word that tells what somebody is: the last before "of", "from" and the like. A clause tells none. */
static void read_calling(dsr_cast_node *node, dsr_slice role)
{
    static const char *const ends[] = {"of", "from", "in", "at", "for", "with", "on", "to", "and", "who"};
    dsr_slice head = DSR_SLICE_NONE;
    dsr_slice word;
    for (bool over = false; !over && dsr_slice_next_field(&role, ' ', &word);) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            over = over || dsr_slice_equal_nocase(word, dsr_slice_of(ends[i]));
        }
        head = over ? head : word;
    }
    char small[24];
    if (head.len > 2 && head.len <= sizeof small) {
        for (size_t i = 0; i < head.len; i++) {
            bool capital = head.ptr[i] >= 'A' && head.ptr[i] <= 'Z';
            small[i] = capital ? (char)(head.ptr[i] | 0x20) : head.ptr[i];
        }
        add_calling(node, dsr_hash64((dsr_slice){small, head.len}, 41));
    }
}

static bool is_state(const dsr_report *report, const dsr_name *name)
{
    if (name->entity >= report->entities.count) {
        return false;
    }
    dsr_name_type type = report->entities.items[name->entity].type;
    return type == DSR_NAME_GPE || type == DSR_NAME_LOC;
}

/* *name: the first name that does not end before the role; roles stand in order. */
static void read_role(dsr_cast_state *c, const dsr_report *report, const dsr_role *role, dsr_cast_node *node,
                      size_t *name)
{
    const dsr_name *names = report->names.items;
    while (*name < report->names.count && names[*name].span.end <= role->span.start) {
        (*name)++;
    }
    for (size_t i = *name; i < report->names.count && names[i].span.start < role->span.end; i++) {
        if (is_state(report, &names[i])) {
            add_country(node, dsr_hash64(report->entities.items[names[i].entity].id, 0));
        }
    }
    dsr_slice rest = dsr_slice_part(report->text, role->span.start, role->span.end);
    dsr_slice word;
    read_calling(node, rest);
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        char sex = dsr_entity_words_sex(c->persons.words, word);
        node->sex = node->sex == 0 ? sex : node->sex;
        add_family(node, dsr_entity_words_family(c->persons.words, word));
    }
}

/* The word right before a name; no value where there is none. */
static dsr_slice word_before(const dsr_report *report, const dsr_name *name)
{
    size_t end = name->span.start;
    if (end == 0 || report->text.ptr[end - 1] != ' ') {
        return DSR_SLICE_NONE;
    }
    size_t start = --end;
    while (start > 0 && end - start < 16 && report->text.ptr[start - 1] > ' ') {
        start--;
    }
    return dsr_slice_part(report->text, start, end);
}

/* "Mrs", "King" in front of a person's name. */
static void read_title(const dsr_cast_state *c, const dsr_report *report, const dsr_name *name,
                       dsr_cast_node *node)
{
    dsr_slice word = word_before(report, name);
    bool title = word.len > 0 && dsr_entity_words_part(c->persons.words, word) == DSR_PART_TITLE;
    if (title && node->sex == 0) {
        node->sex = dsr_entity_words_sex(c->persons.words, word);
    }
    node->person.regnal = node->person.regnal || (word.len > 0 && dsr_person_is_regnal(word));
}

/* "Ana Luz, 45, said": the number behind a name, between commas or before a full stop; 0. */
static uint8_t age_behind(const dsr_report *report, const dsr_name *name)
{
    dsr_slice rest = dsr_slice_part(report->text, name->span.end, report->text.len);
    unsigned age = 0;
    size_t at = 2;
    if (rest.len < 4 || rest.ptr[0] != ',' || rest.ptr[1] != ' ') {
        return 0;
    }
    for (; at < rest.len && at < 5 && rest.ptr[at] >= '0' && rest.ptr[at] <= '9'; at++) {
        age = age * 10 + (unsigned)(rest.ptr[at] - '0');
    }
    bool ends = at < rest.len && strchr(",.;)", rest.ptr[at]) != NULL &&
                (at + 1 == rest.len || rest.ptr[at + 1] == ' ' || rest.ptr[at + 1] == '\n');
    return ends && age < 120 ? (uint8_t)age : 0;
}

static bool is_word(const dsr_report *report, dsr_span span, const char *const words[4])
{
    dsr_slice text = dsr_slice_part(report->text, span.start, span.end);
    for (size_t i = 0; i < 4; i++) {
        if (dsr_slice_equal_nocase(text, dsr_slice_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Pronouns tell a sex where they agree. */
static void settle_sex(dsr_cast_node *node)
{
    if (node->sex == 0 && node->he + node->she >= 1 && (node->he == 0 || node->she == 0)) {
        node->sex = node->he > 0 ? 'm' : 'f';
    }
}

/* nodes[e] is entity e of the report. */
static void read_signs(dsr_cast_state *c, const dsr_report *report, dsr_cast_node *nodes)
{
    static const char *const he[4] = {"he", "him", "his", "himself"};
    static const char *const she[4] = {"she", "her", "hers", "herself"};
    size_t count = report->entities.count;
    size_t name = 0;
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *n = &report->names.items[i];
        if (n->entity < count) {
            nodes[n->entity].mentions++;
            if (n->type == DSR_NAME_PER) {
                read_title(c, report, n, &nodes[n->entity]);
                nodes[n->entity].age =
                    nodes[n->entity].age == 0 ? age_behind(report, n) : nodes[n->entity].age;
            }
        }
    }
    for (size_t i = 0; i < report->roles.count; i++) {
        const dsr_role *role = &report->roles.items[i];
        if (role->entity < count) {
            read_role(c, report, role, &nodes[role->entity], &name);
        }
    }
    for (size_t i = 0; i < report->references.count; i++) {
        const dsr_reference *reference = &report->references.items[i];
        if (reference->kind == DSR_REFERENCE_PRONOUN && reference->entity < count) {
            nodes[reference->entity].he += is_word(report, reference->span, he);
            nodes[reference->entity].she += is_word(report, reference->span, she);
        }
    }
    for (size_t i = 0; i < count; i++) {
        settle_sex(&nodes[i]);
    }
}

/* ---- nodes ---- */

/* People of one id whose names are spelled differently are two, too, until they are compared: that merge has
 * its reason. */
static bool are_apart(const dsr_cast_node *a, const dsr_cast_node *b)
{
    if (a->type == DSR_NAME_PER && !dsr_slice_equal_nocase(a->canonical, b->canonical)) {
        return true;
    }
    bool callings = a->family_count > 0 && b->family_count > 0 && !dsr_cast_share_family(a, b);
    return a->type == DSR_NAME_PER && (dsr_cast_sexes_differ(a, b) || dsr_cast_ages_differ(a->age, b->age) ||
                                       (callings && dsr_cast_countries_differ(a, b)));
}

static void join_signs(dsr_cast_node *node, const dsr_cast_node *more)
{
    node->mentions += more->mentions;
    node->he += more->he;
    node->she += more->she;
    node->sex = node->sex == 0 ? more->sex : node->sex;
    node->age = node->age == 0 ? more->age : node->age;
    node->given_sex = node->given_sex == 0 ? more->given_sex : node->given_sex;
    for (size_t i = 0; i < more->country_count; i++) {
        add_country(node, more->countries[i]);
    }
    for (size_t i = 0; i < more->family_count; i++) {
        add_family(node, more->families[i]);
    }
    for (size_t i = 0; i < more->calling_count; i++) {
        add_calling(node, more->callings[i]);
    }
}

static dsr_status add_node(dsr_cast_state *c, const dsr_cast_node *made, uint32_t *out)
{
    if (DSR_LIST_RESERVE(c->arena, &c->nodes, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    *out = (uint32_t)c->nodes.count;
    dsr_cast_node node = *made;
    node.up = *out;
    node.next = DSR_MAP_NONE;
    node.group = *out;
    node.first_report = node.last_report = DSR_MAP_NONE;
    c->nodes.items[c->nodes.count++] = node;
    return DSR_OK;
}

/* Puts an entity of a report with its like, or by itself. Past SAME_ID_MOST people of one id, which are
 * compared, whoever is none of them is one more by himself; names may still merge him with others. */
static dsr_status place_node(dsr_cast_state *c, dsr_map *ids, const dsr_cast_node *made, uint32_t *out)
{
    uint64_t key = dsr_hash64(made->id, 0);
    uint32_t at = dsr_cast_is_bare(made) ? DSR_MAP_NONE : dsr_map_get(ids, key);
    uint32_t last = DSR_MAP_NONE;
    int step = 0;
    for (; at != DSR_MAP_NONE && step < SAME_ID_MOST; step++) {
        dsr_cast_node *node = &c->nodes.items[at];
        if (!are_apart(node, made)) {
            join_signs(node, made);
            *out = at;
            return DSR_OK;
        }
        last = at;
        at = node->next;
    }
    dsr_status status = add_node(c, made, out);
    if (status != DSR_OK || dsr_cast_is_bare(made) || step == SAME_ID_MOST) {
        return status;
    }
    if (last != DSR_MAP_NONE) {
        c->nodes.items[last].next = *out;
        return DSR_OK;
    }
    return dsr_map_put(ids, key, *out);
}

static dsr_status collect_report(dsr_cast_state *c, dsr_map *ids, size_t number)
{
    const dsr_report *report = c->story->reports.items[number].report;
    size_t count = report->entities.count;
    uint32_t *places = dsr_arena_alloc_array(c->arena, count + 1, sizeof *places);
    dsr_cast_node *made = dsr_arena_alloc_array(c->arena, count + 1, sizeof *made);
    if (places == NULL || made == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t e = 0; e < count; e++) {
        const dsr_entity *entity = &report->entities.items[e];
        made[e] = (dsr_cast_node){.id = entity->id,
                                  .canonical = entity->canonical,
                                  .type = entity->type,
                                  .given_sex = entity->given_sex};
        if (entity->type == DSR_NAME_PER) {
            made[e].person = dsr_person_read(c->persons.words, entity->canonical);
        }
    }
    read_signs(c, report, made);
    c->node_of[number] = places;
    dsr_status status = DSR_OK;
    for (size_t e = 0; status == DSR_OK && e < count; e++) {
        status = place_node(c, ids, &made[e], &places[e]);
        if (status == DSR_OK && made[e].type == DSR_NAME_PER) {
            status = dsr_cast_hold(c, places[e], (uint32_t)number);
        }
    }
    return status;
}

dsr_status dsr_cast_collect(dsr_cast_state *c)
{
    size_t reports = c->story->reports.count;
    dsr_map *ids = dsr_map_new(256);
    c->node_of = dsr_arena_alloc_array(c->arena, reports + 1, sizeof *c->node_of);
    dsr_status status = ids != NULL && c->node_of != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < reports; i++) {
        status = collect_report(c, ids, i);
    }
    dsr_map_drop(ids);
    return status;
}
