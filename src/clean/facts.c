/* What the furniture tells of the report: outlet, agencies, authors, place and date. What the source states
 * itself is never changed; what the user gave for reports that state none gives way to what the text states.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "clean/lines.h"
#include "lexicon/stamp.h"

#include <string.h>

static bool is_open(dsr_origin origin)
{
    return origin == DSR_FROM_UNKNOWN || origin == DSR_FROM_OPTION;
}

/* Pictures' credits, links and prompts tell nothing of the text itself. */
static bool tells_agency(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_SOURCE_CREDIT || kind == DSR_FURNITURE_DATELINE ||
           kind == DSR_FURNITURE_BYLINE || kind == DSR_FURNITURE_PUBLISHED;
}

static bool tells_outlet(dsr_furniture_kind kind)
{
    return tells_agency(kind) || kind == DSR_FURNITURE_APP_PROMO || kind == DSR_FURNITURE_SUBSCRIPTION ||
           kind == DSR_FURNITURE_SHARE;
}

static dsr_status add_credit(cleaner *c, const dsr_rule_match *match, dsr_slice agency)
{
    dsr_report *report = c->report;
    uint32_t start = (uint32_t)(match->span.ptr - c->text.ptr);
    if (DSR_LIST_RESERVE(c->arena, &report->credits, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    /* Facts are found in another order than the text has them; credits are kept by place. */
    size_t at = report->credits.count++;
    for (; at > 0 && report->credits.items[at - 1].span.start > start; at--)
        report->credits.items[at] = report->credits.items[at - 1];
    report->credits.items[at] = (dsr_credit){{start, (uint32_t)(start + match->span.len)}, agency};
    return DSR_OK;
}

static bool has_slice(const dsr_slices *list, dsr_slice s)
{
    for (size_t i = 0; i < list->count; i++)
        if (dsr_slice_equal(list->items[i], s))
            return true;
    return false;
}

static dsr_status add_slice(cleaner *c, dsr_slices *list, dsr_slice s)
{
    if (has_slice(list, s))
        return DSR_OK;
    if (DSR_LIST_RESERVE(c->arena, list, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    dsr_status status = dsr_arena_copy(c->arena, s, &list->items[list->count]);
    if (status == DSR_OK)
        list->count++;
    return status;
}

static dsr_status take_agencies(cleaner *c, const dsr_rule_match *match)
{
    dsr_meta *meta = &c->report->meta;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < match->agency_count; i++) {
        dsr_slice agency;
        status = dsr_arena_copy(c->arena, match->agencies[i], &agency);
        if (status == DSR_OK)
            status = add_credit(c, match, agency);
        /* What a page says of its author is not all that its text may lean on. */
        bool page = c->report->labelled && meta->agencies_from == DSR_FROM_METADATA;
        if (status != DSR_OK ||
            !(page || is_open(meta->agencies_from) || meta->agencies_from == DSR_FROM_TEXT))
            continue;
        status = add_slice(c, &meta->agencies, agency);
        meta->agencies_from = page ? DSR_FROM_METADATA : DSR_FROM_TEXT;
    }
    if (status == DSR_OK && match->some_agency)
        status = add_credit(c, match, DSR_SLICE_NONE);
    return status;
}

static dsr_status take_outlet(cleaner *c, const dsr_rule_match *match)
{
    dsr_meta *meta = &c->report->meta;
    if (!match->outlet.ptr || !is_open(meta->outlet_from))
        return DSR_OK;
    const dsr_outlet *outlet = dsr_lexicon_outlet_by_name(c->lexicon, match->outlet);
    meta->outlet_from = DSR_FROM_TEXT;
    return dsr_arena_copy(c->arena, outlet ? outlet->name : match->outlet, &meta->outlet);
}

/* Takes the next name off a list "Jane Doe, John Roe and Ann Poe". */
static bool next_author(dsr_slice *rest, dsr_slice *name)
{
    static const char *const joints[] = {", ", " and ", " & ", "; "};
    if (rest->len == 0)
        return false;
    size_t cut = rest->len, skip = 0;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        size_t at = dsr_slice_find(*rest, dsr_slice_of(joints[i]), 0);
        if (at < cut) {
            cut = at;
            skip = strlen(joints[i]);
        }
    }
    *name = dsr_slice_trim(dsr_slice_part(*rest, 0, cut));
    *rest = dsr_slice_part(*rest, cut + skip, rest->len);
    return true;
}

static bool is_upper_word(dsr_slice s)
{
    size_t letters = 0;
    for (size_t i = 0; i < s.len;) {
        size_t length;
        uint32_t c = dsr_utf8_decode(s.ptr + i, s.ptr + s.len, &length);
        i += length;
        if (dsr_is_letter(c) && !dsr_is_upper(c))
            return false;
        letters += dsr_is_letter(c);
    }
    return letters > 2;
}

/* "MOSCOW" as "Moscow": in words of capitals all letters but the first of each run become small. */
static dsr_status soften(cleaner *c, dsr_slice s, dsr_slice *out)
{
    char *to = dsr_arena_alloc(c->arena, s.len * 2 + 1);
    if (!to)
        return DSR_ERR_MEMORY;
    size_t used = 0, at = 0;
    while (at < s.len) {
        size_t end = at;
        while (end < s.len && s.ptr[end] != ' ')
            end++;
        bool upper = is_upper_word(dsr_slice_part(s, at, end)), inside = false;
        while (at < end) {
            size_t length;
            uint32_t code = dsr_utf8_decode(s.ptr + at, s.ptr + s.len, &length);
            bool letter = dsr_is_letter(code);
            char bytes[4];
            size_t n = dsr_utf8_encode(upper && inside ? dsr_lower(code) : code, bytes);
            if (used + n <= s.len * 2)
                memcpy(to + used, bytes, n);
            used += n;
            inside = letter || code == '\'' || code == 0x2019;
            at += length;
        }
        if (at < s.len)
            to[used++] = s.ptr[at++];
    }
    *out = (dsr_slice){to, used};
    return DSR_OK;
}

static bool is_house(const cleaner *c, dsr_slice name)
{
    return dsr_lexicon_agency(c->lexicon, name).ptr || dsr_lexicon_outlet_by_name(c->lexicon, name);
}

/* The name without the house before or behind it: "CNN's Amy Roe", "ROBERT KANE Associated Press". */
static dsr_slice person_of(const cleaner *c, dsr_slice name)
{
    for (size_t i = 1; i + 1 < name.len; i++) {
        if (name.ptr[i] != ' ')
            continue;
        dsr_slice before = dsr_slice_part(name, 0, i), behind = dsr_slice_part(name, i + 1, name.len);
        if (is_house(c, behind))
            return before;
        if (dsr_slice_ends(before, DSR_SLICE("'s")) || dsr_slice_ends(before, DSR_SLICE("\xe2\x80\x99s")))
            return behind;
    }
    return is_house(c, name) ? DSR_SLICE("") : name;
}

static dsr_status take_authors(cleaner *c, const dsr_rule_match *match, bool allowed)
{
    dsr_meta *meta = &c->report->meta;
    dsr_slice rest = match->author, name;
    dsr_status status = DSR_OK;
    if (!allowed || !rest.ptr)
        return DSR_OK;
    while (status == DSR_OK && meta->authors.count < DSR_LIMIT_AUTHORS && next_author(&rest, &name)) {
        dsr_slice soft;
        name = person_of(c, name);
        if (name.len == 0 || name.len > 200)
            continue;
        status = soften(c, name, &soft);
        if (status == DSR_OK)
            status = add_slice(c, &meta->authors, soft);
    }
    return status;
}

/* The place of a dateline without what stands in brackets: "Moscow [Russia]". */
static dsr_status take_place(cleaner *c, const dsr_rule_match *match)
{
    dsr_meta *meta = &c->report->meta;
    if (match->kind != DSR_FURNITURE_DATELINE || !match->place.ptr || meta->dateline.ptr)
        return DSR_OK;
    dsr_slice place = match->place;
    for (size_t i = 0; i < place.len; i++)
        if (place.ptr[i] == '[' || place.ptr[i] == '(')
            place.len = i;
    return soften(c, dsr_slice_trim(place), &meta->dateline);
}

/* Takes a date where none is known yet, or where the one that was taken is worth less: it told of a change,
 * or of the day on which a dateline was written. */
static dsr_status take_date(cleaner *c, const dsr_rule_match *match, bool *is_weak)
{
    dsr_meta *meta = &c->report->meta;
    bool dateline = match->kind == DSR_FURNITURE_DATELINE;
    bool weak = dateline || match->date_of_update;
    bool better = meta->published_from == DSR_FROM_TEXT && *is_weak && !weak;
    dsr_moment_parts parts;
    dsr_moment moment;
    if (!match->date.ptr || !(match->kind == DSR_FURNITURE_PUBLISHED || dateline) ||
        !(is_open(meta->published_from) || better))
        return DSR_OK;
    if (dsr_stamp_scan(c->lexicon, c->language, match->date, &parts) == 0 || parts.year < 0)
        return DSR_OK;
    dsr_status status = dsr_moment_from_parts(c->arena, &parts, &moment);
    if (status == DSR_ERR_INPUT)
        return DSR_OK; /* 31 February */
    if (status == DSR_OK)
        status = dsr_arena_copy(c->arena, match->span, &meta->published_why);
    if (status != DSR_OK)
        return status;
    meta->published = moment;
    meta->published_from = DSR_FROM_TEXT;
    *is_weak = weak;
    return DSR_OK;
}

dsr_status dsr_clean_take_facts(cleaner *c)
{
    bool authors = c->report->meta.authors.count == 0, is_weak = false;
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < c->matches.count; i++) {
        const dsr_rule_match *match = &c->matches.items[i];
        if (tells_agency(match->kind))
            status = take_agencies(c, match);
        if (status == DSR_OK && tells_outlet(match->kind))
            status = take_outlet(c, match);
        if (status == DSR_OK)
            status = take_authors(
                c, match,
                authors && (match->kind == DSR_FURNITURE_BYLINE || match->kind == DSR_FURNITURE_PUBLISHED));
        if (status == DSR_OK)
            status = take_place(c, match);
        if (status == DSR_OK)
            status = take_date(c, match, &is_weak);
    }
    return status;
}
