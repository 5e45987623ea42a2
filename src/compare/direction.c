/* Who took from whom. Claims no more than the texts prove: an agency's credit makes both carriers of one
 * wire; a report that names the other's outlet took from it; else the earlier one is the likelier source,
 * where the dates tell; else it is not known. What share of each stands in the other says which way it cannot
 * have gone only by guessing, so it decides nothing by itself: it is what the wire rule asks for. */
#include "compare/text.h"

enum {
    WIRE_SHARE = 200, /* thousandths of a text: below this, one credit does not make the other's copied words
                         the wire's */
    SHORTEST_NAME = 4 /* an outlet's name of fewer bytes is found everywhere */
};

/* How a message names a report: by its outlet, else by the end of its path, with the record. */
static dsr_status label(dsr_arena *arena, const dsr_report *report, const dsr_report *other, dsr_slice *out)
{
    dsr_slice outlet = report->meta.outlet;
    if (outlet.len && !dsr_slice_equal_nocase(outlet, other->meta.outlet)) {
        *out = outlet;
        return DSR_OK;
    }
    dsr_slice name = dsr_slice_base_name(report->source.path);
    if (!report->source.record.len) {
        *out = name;
        return DSR_OK;
    }
    return dsr_arena_format(arena, out, "%.*s:%.*s", DSR_PRINT(name), DSR_PRINT(report->source.record));
}

static bool credits_agency(const dsr_report *report, dsr_slice agency)
{
    for (size_t i = 0; i < report->meta.agencies.count; i++) {
        if (dsr_slice_equal(report->meta.agencies.items[i], agency)) {
            return true;
        }
    }
    return false;
}

/* 2: names an agency, 1: says "agencies" without naming one, 0: says nothing. */
static int credit_strength(const dsr_report *report)
{
    if (report->meta.agencies.count) {
        return 2;
    }
    return report->credits.count ? 1 : 0;
}

static bool is_outlet_of(const dsr_lexicon *lexicon, const dsr_report *report, dsr_slice agency)
{
    return report->meta.outlet.len &&
           dsr_slice_equal(dsr_lexicon_agency(lexicon, report->meta.outlet), agency);
}

/* Whether the report's outlet is an agency, and another one: what it writes is its own. */
static bool is_other_agency(const dsr_lexicon *lexicon, const dsr_report *report, dsr_slice agency)
{
    return dsr_lexicon_agency(lexicon, report->meta.outlet).len > 0 && !is_outlet_of(lexicon, report, agency);
}

/* The agency whose text both may carry: credited by both, or by one while the other names no other. */
static dsr_slice shared_agency(const dsr_lexicon *lexicon, const dsr_report *a, const dsr_report *b)
{
    for (size_t i = 0; i < a->meta.agencies.count; i++) {
        if (credits_agency(b, a->meta.agencies.items[i])) {
            return a->meta.agencies.items[i];
        }
    }
    if (a->meta.agencies.count == 1 && !b->meta.agencies.count &&
        !is_other_agency(lexicon, b, a->meta.agencies.items[0])) {
        return a->meta.agencies.items[0];
    }
    if (b->meta.agencies.count == 1 && !a->meta.agencies.count &&
        !is_other_agency(lexicon, a, b->meta.agencies.items[0])) {
        return b->meta.agencies.items[0];
    }
    return DSR_SLICE_NONE;
}

static bool is_word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u >= 0x80;
}

/* Links, picture credits and the like are no evidence; a line that credits the text's own source is. */
static bool in_furniture(const dsr_report *report, size_t at)
{
    for (size_t i = 0; i < report->furniture.count && report->furniture.items[i].span.start <= at; i++) {
        const dsr_furniture *f = &report->furniture.items[i];
        bool credits = f->kind == DSR_FURNITURE_SOURCE_CREDIT || f->kind == DSR_FURNITURE_BYLINE ||
                       f->kind == DSR_FURNITURE_DATELINE;
        if (f->span.end > at && !credits) {
            return true;
        }
    }
    return false;
}

/* Whether a sentence begins at this byte, where any word has a capital: "Time is running out" names no
 * magazine. */
static bool begins_sentence(const dsr_report *report, size_t at)
{
    size_t low = 0, high = report->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->sentences.items[middle].start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < report->sentences.count && report->sentences.items[low].start == at;
}

/* Whether the text names the outlet as whole words. */
static bool names_outlet(const dsr_report *report, dsr_slice outlet)
{
    if (outlet.len < SHORTEST_NAME || dsr_slice_equal_nocase(report->meta.outlet, outlet)) {
        return false;
    }
    bool one_word = dsr_slice_find(outlet, DSR_SLICE(" "), 0) == SIZE_MAX;
    for (size_t at = dsr_slice_find(report->text, outlet, 0); at != SIZE_MAX;
         at = dsr_slice_find(report->text, outlet, at + 1)) {
        size_t end = at + outlet.len;
        bool left = at == 0 || !is_word_byte(report->text.ptr[at - 1]);
        bool right = end == report->text.len || !is_word_byte(report->text.ptr[end]);
        if (left && right && !in_furniture(report, at) && !(one_word && begins_sentence(report, at))) {
            return true;
        }
    }
    return false;
}

/* The day that a moment without a zone names, as days since 1970; false where it has a zone or tells no day.
 */
static bool local_day(const dsr_moment *m, int64_t *day)
{
    dsr_moment_parts parts;
    if (m->iso.len < 10 || !dsr_moment_parse_parts(m->iso, &parts) || parts.has_zone || parts.day < 0) {
        return false;
    }
    *day = dsr_days_from_date(parts.year, parts.month, parts.day);
    return true;
}

/* -1: a appeared before b, as far as their dates tell; 1: after; 0: they do not tell. Without zones, days
 * that do not follow each other tell enough: no two places are so far apart. */
static int order_of_dates(const dsr_report *a, const dsr_report *b)
{
    const dsr_moment *x = &a->meta.published, *y = &b->meta.published;
    if (!x->iso.len || !y->iso.len) {
        return 0;
    }
    int64_t day_x = 0, day_y = 0;
    if (local_day(x, &day_x) && local_day(y, &day_y) && (day_x - day_y > 1 || day_y - day_x > 1)) {
        return day_x < day_y ? -1 : 1;
    }
    if (x->latest <= y->earliest) {
        return -1;
    }
    return y->latest <= x->earliest ? 1 : 0;
}

bool dsr_direction_is_reversed(const dsr_lexicon *lexicon, const dsr_report *a, const dsr_report *b)
{
    dsr_slice agency = shared_agency(lexicon, a, b);
    if (agency.len && is_outlet_of(lexicon, a, agency) != is_outlet_of(lexicon, b, agency)) {
        return is_outlet_of(lexicon, b, agency);
    }
    bool a_named = names_outlet(b, a->meta.outlet), b_named = names_outlet(a, b->meta.outlet);
    if (a_named != b_named) {
        return b_named;
    }
    int dates = order_of_dates(a, b);
    if (!agency.len && dates) {
        return dates > 0;
    }
    int strength = credit_strength(a) - credit_strength(b);
    return strength ? strength < 0 : dates > 0;
}

/* What a claim is made of: the two reports, source first, and how messages name them. */
typedef struct claim {
    dsr_arena *arena;
    const dsr_report *from, *to;
    dsr_slice from_label, to_label;
    dsr_reuse *reuse;
} claim;

static dsr_status claim_wire(claim *c, const dsr_lexicon *lexicon, dsr_slice agency)
{
    bool from_credits = credits_agency(c->from, agency), to_credits = credits_agency(c->to, agency);
    c->reuse->wire = agency;
    if (is_outlet_of(lexicon, c->from, agency)) {
        c->reuse->direction = DSR_DIRECTION_FROM_TO;
        return dsr_arena_format(c->arena, &c->reuse->why, "%.*s is the agency, and %.*s carries its text",
                                DSR_PRINT(agency), DSR_PRINT(c->to_label));
    }
    c->reuse->direction = DSR_DIRECTION_COMMON_SOURCE;
    if (from_credits && to_credits) {
        return dsr_arena_format(c->arena, &c->reuse->why, "both credit %.*s", DSR_PRINT(agency));
    }
    const dsr_report *silent = from_credits ? c->to : c->from;
    dsr_slice credited = from_credits ? c->from_label : c->to_label;
    dsr_slice other = from_credits ? c->to_label : c->from_label;
    const char *rest = silent->credits.count ? "credits agencies without naming them" : "names no source";
    return dsr_arena_format(c->arena, &c->reuse->why, "one text, %.*s's by the credit in %.*s; %.*s %s",
                            DSR_PRINT(agency), DSR_PRINT(credited), DSR_PRINT(other), rest);
}

static dsr_status claim_dates(claim *c)
{
    c->reuse->direction = DSR_DIRECTION_FROM_TO;
    return dsr_arena_format(c->arena, &c->reuse->why, "%.*s appeared first (%.*s; %.*s: %.*s)",
                            DSR_PRINT(c->from_label), DSR_PRINT(c->from->meta.published.iso),
                            DSR_PRINT(c->to_label), DSR_PRINT(c->to->meta.published.iso));
}

/* Both name an agency, and none in common: each says that its text is somebody else's. */
static bool credit_others(const dsr_report *a, const dsr_report *b)
{
    if (!a->meta.agencies.count || !b->meta.agencies.count) {
        return false;
    }
    for (size_t i = 0; i < a->meta.agencies.count; i++) {
        if (credits_agency(b, a->meta.agencies.items[i])) {
            return false;
        }
    }
    return true;
}

static dsr_status claim_others(claim *c)
{
    c->reuse->direction = DSR_DIRECTION_UNKNOWN;
    return dsr_arena_format(c->arena, &c->reuse->why, "they credit different agencies: %.*s and %.*s",
                            DSR_PRINT(c->from->meta.agencies.items[0]),
                            DSR_PRINT(c->to->meta.agencies.items[0]));
}

static dsr_status claim_nothing(claim *c)
{
    bool undated = !c->from->meta.published.iso.len || !c->to->meta.published.iso.len;
    c->reuse->direction = DSR_DIRECTION_UNKNOWN;
    return dsr_arena_format(c->arena, &c->reuse->why, "neither names the other or a common source, and %s",
                            undated ? "not both are dated" : "their dates do not tell which was first");
}

dsr_status dsr_direction_find(dsr_arena *arena, const dsr_lexicon *lexicon, const dsr_report *from,
                              const dsr_report *to, dsr_reuse *reuse)
{
    claim c = {.arena = arena, .from = from, .to = to, .reuse = reuse};
    dsr_status status = label(arena, from, to, &c.from_label);
    if (status == DSR_OK) {
        status = label(arena, to, from, &c.to_label);
    }
    if (status != DSR_OK) {
        return status;
    }
    dsr_slice agency = shared_agency(lexicon, from, to);
    bool both = agency.len && credits_agency(from, agency) && credits_agency(to, agency);
    bool large = dsr_reuse_share_of_from(reuse) >= WIRE_SHARE || dsr_reuse_share_of_to(reuse) >= WIRE_SHARE;
    if (agency.len && (both || large)) {
        return claim_wire(&c, lexicon, agency);
    }
    if (names_outlet(to, from->meta.outlet) && !names_outlet(from, to->meta.outlet)) {
        reuse->direction = DSR_DIRECTION_FROM_TO;
        return dsr_arena_format(arena, &reuse->why, "%.*s names %.*s", DSR_PRINT(c.to_label),
                                DSR_PRINT(c.from_label));
    }
    if (credit_others(from, to)) {
        return claim_others(&c);
    }
    return order_of_dates(from, to) < 0 ? claim_dates(&c) : claim_nothing(&c);
}
