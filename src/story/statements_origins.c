/* On whom a statement leans: to whom its carriers ascribe what they tell. What is ascribed to nobody is the
 * newsroom's own word. Must not know how speakers are found. */
#include "story/statements_parts.h"

#include "base/hash.h"

#include <stdlib.h>

enum {
    SPEAKER_SURE = 400, /* thousandths, of speakers of indirect speech */
    EARLIER_QUOTES = 12 /* that may reach into a clause */
};

static size_t first_quote(const dsr_report *report, uint32_t at)
{
    size_t low = 0, high = report->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->quotes.items[middle].span.start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > EARLIER_QUOTES ? low - EARLIER_QUOTES : 0;
}

static bool has_speaker(const dsr_report *report, const dsr_quote *quote)
{
    bool named = quote->entity < report->entities.count;
    bool spoken = named || quote->speaker.end > quote->speaker.start;
    return spoken && quote->kind != DSR_QUOTE_SCARE &&
           (quote->kind != DSR_QUOTE_INDIRECT || quote->confidence >= SPEAKER_SURE);
}

static bool is_one_speaker(const dsr_quote *a, const dsr_quote *b)
{
    return a->entity != DSR_NO_ENTITY ? a->entity == b->entity
                                      : b->entity == DSR_NO_ENTITY && a->speaker.start == b->speaker.start;
}

/* Bytes of a clause that a speaker's words fill: indirect speech holds the marked words within it. */
static uint32_t spoken_bytes(const dsr_report *report, const dsr_quote *by, dsr_span clause)
{
    uint32_t bytes = 0, until = clause.start;
    for (size_t i = first_quote(report, clause.start); i < report->quotes.count; i++) {
        const dsr_quote *q = &report->quotes.items[i];
        if (q->span.start >= clause.end) {
            break;
        }
        uint32_t start = q->span.start > until ? q->span.start : until;
        uint32_t end = q->span.end < clause.end ? q->span.end : clause.end;
        if (end > start && has_speaker(report, q) && is_one_speaker(by, q)) {
            bytes += end - start;
            until = end;
        }
    }
    return bytes;
}

/* The quotation whose speaker the clause is ascribed to: his words fill half of it and more. */
static const dsr_quote *speaker_of(const dsr_report *report, dsr_span clause)
{
    const dsr_quote *best = NULL;
    uint32_t most = (clause.end - clause.start) / 2;
    for (size_t i = first_quote(report, clause.start); i < report->quotes.count; i++) {
        const dsr_quote *q = &report->quotes.items[i];
        if (q->span.start >= clause.end) {
            break;
        }
        uint32_t bytes =
            q->span.end > clause.start && has_speaker(report, q) ? spoken_bytes(report, q, clause) : 0;
        if (bytes > most) {
            most = bytes;
            best = q;
        }
    }
    return best;
}

static dsr_slice name_of(const dsr_statements *s, const dsr_report *report, uint32_t entity)
{
    const dsr_entity *e = &report->entities.items[entity];
    uint32_t cast = dsr_map_get(s->told.cast, dsr_hash64(e->id, 0));
    return cast != DSR_MAP_NONE ? s->story->cast.items[cast].canonical : e->canonical;
}

dsr_status dsr_statements_ascribe(dsr_statements *s, dsr_statement_carrier *carrier)
{
    const dsr_report *report = s->story->reports.items[carrier->carrier.report].report;
    const dsr_quote *q = speaker_of(report, carrier->carrier.clause);
    carrier->lean = DSR_LEAN_OWN;
    carrier->attributed_to = DSR_SLICE_NONE;
    if (q == NULL) {
        return DSR_OK;
    }
    bool named = q->entity < report->entities.count;
    carrier->attributed_to = named ? name_of(s, report, q->entity)
                                   : dsr_slice_part(report->text, q->speaker.start, q->speaker.end);
    bool paper = q->medium == DSR_MEDIUM_DOCUMENT || q->medium == DSR_MEDIUM_LETTER;
    carrier->lean = named ? DSR_LEAN_NAMED : paper ? DSR_LEAN_DOCUMENT : DSR_LEAN_UNNAMED;
    return DSR_OK;
}

/* ---- all of a statement ---- */

typedef struct counted {
    dsr_lean lean;
    uint32_t reports, last;
} counted;

static int by_count(const void *a, const void *b)
{
    const counted *x = a, *y = b;
    if (x->lean.kind != y->lean.kind) {
        return x->lean.kind < y->lean.kind ? -1 : 1;
    }
    if (x->reports != y->reports) {
        return x->reports > y->reports ? -1 : 1;
    }
    return dsr_slice_compare(x->lean.who, y->lean.who);
}

static void count_lean(counted *list, uint32_t *used, const dsr_statement_carrier *c)
{
    for (uint32_t i = 0; i < *used; i++) {
        bool one = list[i].lean.kind == c->lean && dsr_slice_equal_nocase(list[i].lean.who, c->attributed_to);
        if (one) {
            list[i].reports += list[i].last != c->carrier.report;
            list[i].last = c->carrier.report;
            return;
        }
    }
    list[(*used)++] = (counted){{c->lean, c->attributed_to}, 1, c->carrier.report};
}

dsr_status dsr_statements_origins(dsr_statements *s, dsr_statement *statement)
{
    enum { ORIGINS_MOST = 16 };
    counted list[ORIGINS_MOST];
    uint32_t used = 0;
    for (size_t i = 0; i < statement->carriers.count && used < ORIGINS_MOST; i++) {
        count_lean(list, &used, &statement->carriers.items[i]);
    }
    if (DSR_LIST_RESERVE(s->arena, &statement->origins, used) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    qsort(list, used, sizeof *list, by_count);
    for (uint32_t i = 0; i < used; i++) {
        statement->origins.items[statement->origins.count++] = list[i].lean;
    }
    return DSR_OK;
}
