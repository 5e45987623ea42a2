/* How surely two sentences tell one fact. Names and stems in common, weighed by how rare they are in the
 * story, are the ground; what they share beyond words (a day, a number of one thing, a quotation) speaks for
 * it, what they hold against each other speaks against it. Thousandths. Set by reading the statements of some
 * stories side by side. */
#include "story/statements_parts.h"

enum {
    SHRINK = 10,    /* weight in common at which likeness counts by half: few common words say little */
    SAME_DAY = 130, /* both date it to one day ... */
    SAME_YEAR = 60, /* ... to one longer time */
    RARE_EACH = 40, /* a word in common that few sentences have, from the third on */
    RARE_MOST = 160,
    OTHER_DAY = 180,   /* both tell days, and none in common */
    SAME_FIGURE = 240, /* a number of one thing */
    SAME_SMALL = 80,   /* ... a small one */
    SAME_QUOTE = 700,  /* most of the shorter sentence is one quotation, in marks */
    SAME_SPEECH = 250, /* some of it is, or all of it is told indirectly */
    OTHER_QUOTE = 120, /* both quote somebody, and not one quotation */
    QUOTED_PART = 300, /* thousandths of a sentence in marks that make it a quotation */
    QUOTE_PART = 350,  /* thousandths of the shorter sentence that are most of it */
    PIECE_OFF = 60,    /* a piece of a sentence is looser evidence than the whole */
    QUOTE_ALIKE = 150, /* what is quoted of it must be told alike, too */
    FEWEST = 3,        /* names and stems in common without which nothing is one ... */
    FEWEST_STEMS = 2,  /* ... and those of them that tell what is done ... */
    FEWEST_DATED = 1   /* ... of one day, or of a number of one thing */
};

static bool is_narrow(const dsr_unit_days *d)
{
    return d->latest - d->earliest <= 3;
}

static int32_t day_evidence(const dsr_told_unit *a, const dsr_told_unit *b)
{
    bool narrow_a = false, narrow_b = false;
    int32_t best = 0;
    for (unsigned i = 0; i < a->days; i++) {
        narrow_a = narrow_a || is_narrow(&a->day[i]);
        for (unsigned k = 0; k < b->days; k++) {
            const dsr_unit_days *x = &a->day[i], *y = &b->day[k];
            bool equal = x->earliest == y->earliest && x->latest == y->latest;
            int32_t worth = !equal ? 0 : is_narrow(x) ? SAME_DAY : SAME_YEAR;
            best = worth > best ? worth : best;
        }
    }
    for (unsigned k = 0; k < b->days; k++) {
        narrow_b = narrow_b || is_narrow(&b->day[k]);
    }
    return best > 0 ? best : narrow_a && narrow_b ? -OTHER_DAY : 0;
}

static uint32_t shared_figures(const dsr_told_unit *a, const dsr_told_unit *b, bool telling)
{
    uint32_t shared = 0;
    for (unsigned i = 0; i < (telling ? a->telling : a->figures); i++) {
        for (unsigned k = 0; k < (telling ? b->telling : b->figures); k++) {
            shared += a->figure[i] == b->figure[k];
        }
    }
    return shared;
}

static uint32_t shared_days(const dsr_told_unit *a, const dsr_told_unit *b)
{
    uint32_t shared = 0;
    for (unsigned i = 0; i < a->days; i++) {
        for (unsigned k = 0; k < b->days; k++) {
            shared += a->day[i].earliest == b->day[k].earliest && a->day[i].latest == b->day[k].latest;
        }
    }
    return shared;
}

static uint32_t shared_quotes(const dsr_told_unit *a, const dsr_told_unit *b)
{
    uint32_t shared = 0;
    for (unsigned i = 0; i < a->quotes; i++) {
        for (unsigned k = 0; k < b->quotes; k++) {
            shared += a->quote[i].quote == b->quote[k].quote && a->quote[i].whole && b->quote[k].whole;
        }
    }
    return shared;
}

/* Words in common that only say who somebody is, in both. */
static uint32_t shared_roles(const dsr_told_unit *a, const dsr_told_unit *b)
{
    return dsr_told_share(&a->roles, &b->roles, DSR_TOLD_STEM) +
           dsr_told_share(&a->roles, &b->roles, DSR_TOLD_KIN);
}

static bool is_quotation(const dsr_told_unit *unit)
{
    return (uint64_t)unit->marked * 1000 >= (uint64_t)(unit->span.end - unit->span.start) * QUOTED_PART;
}

static int32_t quote_evidence(const dsr_told_unit *a, const dsr_told_unit *b)
{
    uint32_t length_a = a->span.end - a->span.start, length_b = b->span.end - b->span.start;
    uint32_t shorter = length_a < length_b ? length_a : length_b;
    int32_t worth = 0;
    for (unsigned i = 0; i < a->quotes; i++) {
        for (unsigned k = 0; k < b->quotes; k++) {
            const dsr_unit_quote *x = &a->quote[i], *y = &b->quote[k];
            if (x->quote != y->quote) {
                continue;
            }
            uint32_t bytes = x->bytes < y->bytes ? x->bytes : y->bytes;
            bool most = (uint64_t)bytes * 1000 >= (uint64_t)shorter * QUOTE_PART;
            int32_t now = most && !x->indirect ? SAME_QUOTE : SAME_SPEECH;
            worth = now > worth ? now : worth;
        }
    }
    return worth == 0 && is_quotation(a) && is_quotation(b) ? -OTHER_QUOTE : worth;
}

/* Whether what they share can tell a fact at all: who alone does not. */
static bool tells(const dsr_told_unit *a, const dsr_told_unit *b, const dsr_likeness *likeness, bool whole)
{
    uint32_t days = shared_days(a, b), figures = shared_figures(a, b, false), quotes = shared_quotes(a, b);
    uint32_t special = whole ? days + figures + quotes : 0;
    uint32_t roles = shared_roles(a, b), stems = likeness->stems > special ? likeness->stems - special : 0;
    stems = stems > roles ? stems - roles : 0;
    if (quotes > 0 || shared_figures(a, b, true) > 0) {
        return likeness->names + stems > 0;
    }
    return likeness->names + stems >= FEWEST && stems >= (days + figures > 0 ? FEWEST_DATED : FEWEST_STEMS);
}

static int32_t figure_evidence(const dsr_told_unit *a, const dsr_told_unit *b)
{
    if (shared_figures(a, b, true) > 0) {
        return SAME_FIGURE;
    }
    return shared_figures(a, b, false) > 0 ? SAME_SMALL : 0;
}

uint32_t dsr_statements_likeness(const dsr_statements *s, uint32_t a, uint32_t b,
                                 const dsr_likeness *likeness)
{
    const dsr_told_node *x = &s->nodes.items[s->node_of[a]], *y = &s->nodes.items[s->node_of[b]];
    const dsr_told_unit *u = &s->units.items[x->unit], *v = &s->units.items[y->unit];
    bool whole = a == x->item && b == y->item;
    if (likeness->weight == 0 || !tells(u, v, likeness, whole)) {
        return 0;
    }
    int32_t sure = (int32_t)(likeness->thousandths * likeness->weight / (likeness->weight + SHRINK));
    if (sure >= QUOTE_ALIKE && u->report != v->report) {
        sure += quote_evidence(u, v);
    }
    sure -= whole ? 0 : PIECE_OFF;
    int32_t rare = likeness->rare > 2 ? (int32_t)(likeness->rare - 2) * RARE_EACH : 0;
    sure += rare > RARE_MOST ? RARE_MOST : rare;
    sure += day_evidence(u, v) + figure_evidence(u, v);
    return sure <= 0 ? 0 : sure > DSR_STATEMENTS_SURE ? DSR_STATEMENTS_SURE : (uint32_t)sure;
}

uint32_t dsr_statements_alike(const dsr_statements *s, uint32_t a, uint32_t b)
{
    const dsr_told_node *x = &s->nodes.items[a], *y = &s->nodes.items[b];
    uint32_t best = 0;
    for (uint32_t i = x->item; i <= x->item + x->pieces; i++) {
        for (uint32_t k = y->item; k <= y->item + y->pieces; k++) {
            dsr_likeness likeness = dsr_told_compare(&s->items[i], &s->items[k]);
            uint32_t now = dsr_statements_likeness(s, i, k, &likeness);
            best = now > best ? now : best;
        }
    }
    return best;
}
