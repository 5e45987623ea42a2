/* The sentences of a story that may carry a statement, with what they are compared by: names, stems, days,
 * figures, quotations. Must not know what makes two of them one. */
#include "story/statements_parts.h"

#include "base/hash.h"
#include "base/limits.h"
#include "story/figures_agree.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_KEYS = 3, /* a sentence of fewer names and stems tells nothing that could be recognised */
    LONGEST_DAYS = 400,
    PIECE_KEYS = 4,
    UNSPOKEN_WORDS = 8 /* fewer that nobody says may be a title or a name in marks */
};

/* ---- which sentences ---- */

typedef struct ordered {
    dsr_id id;
    uint32_t report;
    uint64_t text;
} ordered;

static int by_id(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    int order = dsr_id_compare(x->id, y->id);
    if (order != 0) {
        return order;
    }
    if (x->text != y->text) {
        return x->text < y->text ? -1 : 1;
    }
    return x->report < y->report ? -1 : x->report > y->report;
}

static dsr_status add_units(dsr_statements *s, uint32_t number)
{
    const dsr_report *report = s->story->reports.items[number].report;
    if (DSR_LIST_RESERVE(s->told.arena, &s->units, report->sentences.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < report->sentences.count && s->units.count < DSR_LIMIT_STATEMENT_UNITS; i++) {
        uint32_t sentence = s->told.first_sentence[number] + i;
        if (s->told.place[sentence] == DSR_TOLD_NOWHERE) {
            continue;
        }
        s->unit_of[sentence] = (uint32_t)s->units.count;
        s->units.items[s->units.count++] =
            (dsr_told_unit){.report = number,
                            .sentence = sentence,
                            .span = report->sentences.items[i],
                            .heading = s->told.place[sentence] == DSR_TOLD_HEADING};
    }
    return DSR_OK;
}

static dsr_status list_units(dsr_statements *s)
{
    size_t reports = s->story->reports.count, sentences = s->told.first_sentence[reports];
    ordered *order = dsr_arena_alloc_array(s->told.arena, reports + 1, sizeof *order);
    s->unit_of = dsr_arena_alloc_array(s->told.arena, sentences + 1, sizeof *s->unit_of);
    dsr_status status = order != NULL && s->unit_of != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < sentences; i++) {
        s->unit_of[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; status == DSR_OK && i < reports; i++) {
        const dsr_report *report = s->story->reports.items[i].report;
        order[i] = (ordered){report->id, i, dsr_hash64(report->text, 0)};
    }
    if (status == DSR_OK && reports > 1) {
        qsort(order, reports, sizeof *order, by_id);
    }
    for (size_t i = 0; status == DSR_OK && i < reports; i++) {
        status = add_units(s, order[i].report);
    }
    return status;
}

/* ---- what stands in them ---- */

static dsr_told_unit *unit_at(dsr_statements *s, uint32_t report, uint32_t at)
{
    uint32_t sentence = dsr_told_sentence(&s->told, report, at);
    uint32_t unit = sentence != UINT32_MAX ? s->unit_of[sentence] : UINT32_MAX;
    return unit != UINT32_MAX ? &s->units.items[unit] : NULL;
}

/* The timeline has chosen those times that date something. */
static void note_days(dsr_statements *s)
{
    for (size_t i = 0; i < s->story->timeline.count; i++) {
        const dsr_timeline_entry *entry = &s->story->timeline.items[i];
        for (size_t c = 0; c < entry->carriers.count; c++) {
            const dsr_carrier *carrier = &entry->carriers.items[c];
            dsr_told_unit *unit = unit_at(s, carrier->report, carrier->at.start);
            bool fits =
                unit != NULL && unit->days < DSR_UNIT_DAYS && entry->latest - entry->earliest <= LONGEST_DAYS;
            bool there = false;
            for (unsigned d = 0; fits && d < unit->days; d++) {
                there = there ||
                        (unit->day[d].earliest == entry->earliest && unit->day[d].latest == entry->latest);
            }
            if (fits && !there) {
                unit->day[unit->days++] = (dsr_unit_days){entry->earliest, entry->latest, entry->realis};
            }
        }
    }
}

static const dsr_figure *figure_at(const dsr_statements *s, const dsr_figure_value *value)
{
    return &s->story->reports.items[value->carrier.report].report->figures.items[value->figure];
}

/* Numbers that tell first: there may be more than there is room for. */
static void note_figures(dsr_statements *s, bool telling)
{
    for (uint32_t i = 0; i < s->story->figures.count; i++) {
        const dsr_story_figure *group = &s->story->figures.items[i];
        if (group->reports < 2) {
            continue;
        }
        const dsr_figure_value *first = &group->values.items[0], *last = first + group->values.count - 1;
        if (dsr_figures_compare(figure_at(s, first), figure_at(s, last)).telling != telling) {
            continue;
        }
        for (const dsr_figure_value *v = first; v <= last; v++) {
            dsr_told_unit *unit = unit_at(s, v->carrier.report, v->carrier.at.start);
            if (unit != NULL && unit->figures < DSR_UNIT_FIGURES) {
                unit->figure[unit->figures++] = i;
                unit->telling = telling ? unit->figures : unit->telling;
            }
        }
    }
}

/* Of a quotation that may be a title only its marks are noted: UINT32_MAX. */
static void note_quote(dsr_statements *s, uint32_t quote, uint32_t report, dsr_span part)
{
    bool indirect = quote != UINT32_MAX && s->story->quotes.items[quote].kind == DSR_QUOTE_INDIRECT;
    bool whole =
        dsr_told_sentence(&s->told, report, part.start) == dsr_told_sentence(&s->told, report, part.end - 1);
    for (uint32_t at = part.start; at < part.end;) {
        dsr_told_unit *unit = unit_at(s, report, at);
        if (unit == NULL) {
            at++; /* between sentences */
            continue;
        }
        uint32_t end = unit->span.end < part.end ? unit->span.end : part.end;
        unit->marked += indirect ? 0 : end - at;
        dsr_unit_quote *last = unit->quotes > 0 ? &unit->quote[unit->quotes - 1] : NULL;
        if (last != NULL && last->quote == quote) {
            last->bytes += end - at;
        } else if (quote != UINT32_MAX && unit->quotes < DSR_UNIT_QUOTES) {
            unit->quote[unit->quotes++] = (dsr_unit_quote){quote, end - at, indirect, whole};
        }
        at = end;
    }
}

static void note_quotes(dsr_statements *s)
{
    for (uint32_t i = 0; i < s->story->quotes.count; i++) {
        const dsr_story_quote *quote = &s->story->quotes.items[i];
        bool says = quote->speaker_name.len > 0 || quote->words >= UNSPOKEN_WORDS;
        for (size_t v = 0; v < quote->variants.count; v++) {
            const dsr_quote_variant *variant = &quote->variants.items[v];
            for (size_t p = 0; p < variant->parts.count; p++) {
                note_quote(s, says ? i : UINT32_MAX, variant->report, variant->parts.items[p]);
            }
        }
    }
}

/* ---- keys ---- */

static uint64_t special_key(uint64_t what, uint64_t number)
{
    return (dsr_hash_mix(number * 4 + what + 1) & ~(uint64_t)3) | DSR_TOLD_STEM;
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static size_t first_reference(const dsr_report *report, uint32_t at)
{
    size_t low = 0, high = report->references.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->references.items[middle].span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds days, figures, quotations and those whom pronouns and roles mean to the keys of names and stems. */
static dsr_status add_special(dsr_statements *s, const dsr_told_unit *unit, dsr_told_keys *keys)
{
    enum { REFERENCES_MOST = 8 };
    const dsr_report *report = s->story->reports.items[unit->report].report;
    uint64_t room[DSR_LIMIT_TOLD_KEYS + DSR_UNIT_DAYS + DSR_UNIT_FIGURES + DSR_UNIT_QUOTES + REFERENCES_MOST];
    uint32_t count = keys->count, references = 0;
    if (count > 0) {
        memcpy(room, keys->items, count * sizeof *room);
    }
    for (unsigned i = 0; i < unit->days; i++) {
        room[count++] =
            special_key(0, (uint64_t)(uint32_t)unit->day[i].earliest << 32 | (uint32_t)unit->day[i].latest);
    }
    for (unsigned i = 0; i < unit->figures; i++) {
        room[count++] = special_key(1, unit->figure[i]);
    }
    for (unsigned i = 0; i < unit->quotes; i++) {
        if (!unit->quote[i].whole) {
            continue;
        }
        room[count++] = special_key(2, unit->quote[i].quote);
    }
    for (size_t i = first_reference(report, unit->span.start);
         i < report->references.count && references < REFERENCES_MOST; i++) {
        const dsr_reference *r = &report->references.items[i];
        if (r->span.start >= unit->span.end) {
            break;
        }
        uint64_t key = dsr_told_entity_key(&s->told, report, r->entity);
        if (key != 0) {
            room[count++] = key;
            references++;
        }
    }
    qsort(room, count, sizeof *room, by_key);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || room[kept - 1] != room[i]) {
            room[kept++] = room[i];
        }
    }
    keys->items = dsr_arena_alloc_array(s->told.arena, kept + 1, sizeof *keys->items);
    if (keys->items == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(keys->items, room, kept * sizeof *room);
    keys->count = kept;
    return DSR_OK;
}

static size_t first_role(const dsr_report *report, uint32_t at)
{
    size_t low = 0, high = report->roles.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->roles.items[middle].span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The keys of all roles of a sentence, one list. */
static dsr_status take_roles(dsr_statements *s, dsr_told_unit *unit)
{
    const dsr_report *report = s->story->reports.items[unit->report].report;
    uint64_t room[DSR_LIMIT_TOLD_KEYS];
    uint32_t count = 0;
    for (size_t i = first_role(report, unit->span.start);
         i < report->roles.count && report->roles.items[i].span.start < unit->span.end; i++) {
        dsr_told_keys keys;
        dsr_status status =
            dsr_told_keys_take(&s->told, unit->report, report->roles.items[i].span, (dsr_span){0, 0}, &keys);
        if (status != DSR_OK) {
            return status;
        }
        for (uint32_t k = 0; k < keys.count && count < DSR_LIMIT_TOLD_KEYS; k++) {
            room[count++] = keys.items[k];
        }
    }
    qsort(room, count, sizeof *room, by_key);
    unit->roles.items = dsr_arena_alloc_array(s->told.arena, (size_t)count + 1, sizeof *unit->roles.items);
    if (unit->roles.items == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(unit->roles.items, room, count * sizeof *room);
    unit->roles.count = count;
    return DSR_OK;
}

static dsr_status take_keys(dsr_statements *s)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < s->units.count; i++) {
        dsr_told_unit *unit = &s->units.items[i];
        status = dsr_told_read(&s->told, unit->report);
        if (status == DSR_OK) {
            status = dsr_told_keys_take(&s->told, unit->report, unit->span, (dsr_span){0, 0}, &unit->keys);
        }
        if (status == DSR_OK) {
            status = add_special(s, unit, &unit->keys);
        }
        if (status == DSR_OK) {
            status = take_roles(s, unit);
        }
    }
    return status;
}

/* ---- nodes and items ---- */

/* The unit of most keys stands for its twins. */
static dsr_status make_nodes(dsr_statements *s)
{
    dsr_map *nodes = dsr_map_new(s->units.count);
    dsr_status status =
        nodes != NULL ? DSR_LIST_RESERVE(s->told.arena, &s->nodes, s->units.count + 1) : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < s->units.count; i++) {
        dsr_told_unit *unit = &s->units.items[i];
        uint32_t next = (uint32_t)s->nodes.count, node;
        status = dsr_map_intern(nodes, dsr_told_twin_of(&s->told, unit->sentence), next, &node);
        if (status != DSR_OK) {
            break;
        }
        unit->node = node;
        if (node == next) {
            s->nodes.items[s->nodes.count++] =
                (dsr_told_node){.unit = i, .twins = 1, .cluster = node, .next = UINT32_MAX};
            continue;
        }
        s->nodes.items[node].twins++;
        if (unit->keys.count > s->units.items[s->nodes.items[node].unit].keys.count) {
            s->nodes.items[node].unit = i;
        }
    }
    dsr_map_drop(nodes);
    return status;
}

static void add_item(dsr_statements *s, uint32_t node, dsr_told_keys keys)
{
    s->items[s->item_count] = (dsr_told_item){.keys = keys, .up = s->item_count};
    s->node_of[s->item_count++] = node;
}

static dsr_status add_items(dsr_statements *s, uint32_t number)
{
    dsr_told_node *node = &s->nodes.items[number];
    const dsr_told_unit *unit = &s->units.items[node->unit];
    const dsr_report *report = s->story->reports.items[unit->report].report;
    dsr_span pieces[DSR_TOLD_PIECES];
    node->item = s->item_count;
    if (unit->keys.count < LEAST_KEYS) {
        add_item(s, number, (dsr_told_keys){NULL, 0});
        return DSR_OK;
    }
    add_item(s, number, unit->keys);
    dsr_status status = dsr_told_read(&s->told, unit->report);
    unsigned count = status == DSR_OK ? dsr_told_pieces(&s->told, report, unit->span, pieces) : 0;
    for (unsigned i = 0; status == DSR_OK && count > 1 && i < count; i++) {
        dsr_told_keys keys;
        status = dsr_told_keys_take(&s->told, unit->report, pieces[i], (dsr_span){0, 0}, &keys);
        if (status == DSR_OK && keys.count >= PIECE_KEYS) {
            add_item(s, number, keys);
            node->pieces++;
        }
    }
    return status;
}

static dsr_status make_items(dsr_statements *s)
{
    size_t most = s->nodes.count * (1 + DSR_TOLD_PIECES) + 1;
    s->items = dsr_arena_alloc_array(s->told.arena, most, sizeof *s->items);
    s->node_of = dsr_arena_alloc_array(s->told.arena, most, sizeof *s->node_of);
    dsr_status status = s->items != NULL && s->node_of != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < s->nodes.count; i++) {
        status = add_items(s, i);
    }
    return status;
}

dsr_status dsr_statements_collect(dsr_statements *s)
{
    dsr_status status = list_units(s);
    if (status == DSR_OK) {
        note_days(s);
        note_figures(s, true);
        note_figures(s, false);
        note_quotes(s);
        status = take_keys(s);
    }
    if (status == DSR_OK) {
        status = make_nodes(s);
    }
    return status == DSR_OK ? make_items(s) : status;
}
