/* Who is named in a story, a line each: how often, the role in a report's own words with its place, and the
 * spellings by report where they differ. Must not know how people are merged. */
#include "present/page.h"

#include <stdio.h>

enum {
    NAME_COLUMNS = 22,
    COUNT_COLUMNS = 5,
    GAP = 2,
    TABLE_FROM = 72,   /* columns from which name and role stand beside each other */
    ROLE_COLUMNS = 70, /* of a role, which may be a clause */
    HANDLES_NAMED = 5, /* of one spelling */
    SPELLINGS_NAMED = 5
};

/* Of persons, bodies and places that `brief` lists. */
enum { PERSONS_LISTED = 14, BODIES_LISTED = 6, PLACES_LISTED = 6 };

typedef enum kind { PERSONS, BODIES, PLACES, KINDS } kind;

static kind kind_of(dsr_name_type type)
{
    switch (type) {
    case DSR_NAME_PER:
        return PERSONS;
    case DSR_NAME_ORG:
    case DSR_NAME_NORP:
    case DSR_NAME_EVENT:
        return BODIES;
    case DSR_NAME_GPE:
    case DSR_NAME_LOC:
    case DSR_NAME_FAC:
    case DSR_NAME_TYPES:
        break;
    }
    return PLACES;
}

/* Whether all of `part` stands in `whole` as words. */
static bool holds_words(dsr_slice whole, dsr_slice part)
{
    size_t at = dsr_slice_find(whole, part, 0);
    while (at != SIZE_MAX) {
        bool starts = at == 0 || whole.ptr[at - 1] == ' ';
        bool ends = at + part.len == whole.len || whole.ptr[at + part.len] == ' ';
        if (starts && ends)
            return true;
        at = dsr_slice_find(whole, part, at + 1);
    }
    return false;
}

/* A surname beside the full name is no spelling of its own. */
static bool is_own_spelling(const dsr_cast_entry *entry, size_t at)
{
    dsr_slice text = entry->variants.items[at].text;
    for (size_t i = 0; i < entry->variants.count; i++) {
        dsr_slice other = entry->variants.items[i].text;
        if (i != at && other.len > text.len && holds_words(other, text))
            return false;
        if (i < at && dsr_slice_equal_nocase(other, text))
            return false;
    }
    return true;
}

static void print_handles(dsr_paint *paint, const dsr_page *page, const dsr_cast_variant *variant)
{
    size_t named = variant->reports.count > HANDLES_NAMED ? HANDLES_NAMED - 1 : variant->reports.count;
    for (size_t i = 0; i < named; i++) {
        dsr_paint_print(paint, " ");
        dsr_paint_toned(paint, DSR_TONE_MARK, page->sides[variant->reports.items[i]].handle);
    }
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (named < variant->reports.count)
        dsr_paint_print(paint, " +%zu", variant->reports.count - named);
}

static void print_spellings(dsr_paint *paint, const dsr_page *page, const dsr_cast_entry *entry)
{
    size_t own = 0, said = 0;
    for (size_t i = 0; i < entry->variants.count; i++)
        own += is_own_spelling(entry, i);
    if (own < 2 || page->story->reports.count < 2)
        return;
    for (size_t i = 0; i < entry->variants.count && said < SPELLINGS_NAMED; i++) {
        if (!is_own_spelling(entry, i))
            continue;
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        if (said > 0)
            dsr_paint_print(paint, " \xc2\xb7 ");
        else if (entry->roles.count > 0)
            dsr_paint_pad(paint, GAP + 1);
        dsr_paint_toned(paint, DSR_TONE_PLAIN, entry->variants.items[i].text);
        print_handles(paint, page, &entry->variants.items[i]);
        said++;
    }
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
}

/* A body's full name may be long; then the name that the reports use most. */
static dsr_slice shown_name(const dsr_cast_entry *entry)
{
    bool is_long = dsr_paint_columns(entry->canonical) > NAME_COLUMNS;
    bool person = entry->type == DSR_NAME_PER;
    for (size_t i = 0; is_long && !person && i < entry->variants.count; i++)
        if (dsr_paint_columns(entry->variants.items[i].text) <= NAME_COLUMNS)
            return entry->variants.items[i].text;
    return entry->canonical;
}

static void paint_name(dsr_paint *paint, const dsr_cast_entry *entry, bool table)
{
    dsr_slice name = shown_name(entry);
    char count[24];
    snprintf(count, sizeof count, "%u\xc3\x97", entry->mentions);
    if (!table) {
        dsr_paint_text(paint, name);
        dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE(" "));
        dsr_paint_text(paint, dsr_slice_of(count));
        dsr_paint_pad(paint, GAP);
        return;
    }
    if (dsr_paint_columns(name) <= NAME_COLUMNS) {
        dsr_paint_cell(paint, name, NAME_COLUMNS, false);
    } else {
        dsr_paint_text(paint, name);
        dsr_paint_end(paint, (dsr_layout){2, 4, 2});
        dsr_paint_cell(paint, DSR_SLICE(""), NAME_COLUMNS, false);
    }
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_cell(paint, dsr_slice_of(count), COUNT_COLUMNS, true);
    dsr_paint_pad(paint, GAP);
}

static void paint_entry(dsr_paint *paint, const dsr_page *page, const dsr_cast_entry *entry)
{
    bool table = paint->look.width >= TABLE_FROM;
    paint_name(paint, entry, table);
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    if (entry->roles.count > 0) {
        dsr_slice role = entry->roles.items[0].text;
        dsr_slice head = dsr_paint_head(role, ROLE_COLUMNS);
        dsr_paint_text(paint, head);
        if (head.len < role.len)
            dsr_paint_print(paint, "\xe2\x80\xa6");
        dsr_paint_cite(paint, &page->sides[entry->roles.items[0].report], entry->roles.items[0].span.start);
    }
    print_spellings(paint, page, entry);
    dsr_paint_end(paint, (dsr_layout){2, table ? 2 + NAME_COLUMNS + COUNT_COLUMNS + GAP : 4, 0});
}

static void paint_kind(dsr_paint *paint, const dsr_page *page, kind wanted, size_t most)
{
    size_t listed = 0;
    for (size_t i = 0; i < page->story->cast.count && listed < most; i++) {
        const dsr_cast_entry *entry = &page->story->cast.items[i];
        if (kind_of(entry->type) == wanted) {
            paint_entry(paint, page, entry);
            listed++;
        }
    }
}

static void paint_total(dsr_paint *paint, const dsr_page *page)
{
    uint64_t mentions = 0;
    for (size_t i = 0; i < page->story->cast.count; i++)
        mentions += page->story->cast.items[i].mentions;
    size_t count = page->story->cast.count;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "%zu name%s, %llu mention%s in all", count, count == 1 ? "" : "s",
                    (unsigned long long)mentions, mentions == 1 ? "" : "s");
    dsr_paint_end(paint, (dsr_layout){2, 2, 0});
}

void dsr_page_cast(dsr_paint *paint, const dsr_page *page)
{
    static const size_t listed[KINDS] = {PERSONS_LISTED, BODIES_LISTED, PLACES_LISTED};
    if (page->story->cast.count == 0)
        return;
    dsr_paint_heading(paint, "CAST",
                      page->story->reports.count > 1
                          ? "role in a report\xe2\x80\x99s words; spellings by outlet where they differ"
                          : "role in the report\xe2\x80\x99s words");
    for (int i = 0; i < KINDS; i++)
        paint_kind(paint, page, (kind)i, paint->look.all ? SIZE_MAX : listed[i]);
    paint_total(paint, page);
}
