/* Chooses the headline among what a page calls its title, without the outlet's name. Must not know where in a
 * page a title stands. */
#include "page/facts_parts.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum {
    AGREES = 4,   /* weight that another source with the same words adds */
    COPIES = 2,   /* the same of one that is made from the same field */
    ALONE = 2,    /* weight of an h1 that nothing else resembles: a logo, a rubric */
    RELATED = 50, /* likeness */
    RESEMBLES = 1,
    ALIKE = 80,
    MOST_WORDS = 8, /* of an outlet's name */
    PARTS = 8       /* separators looked at in one title */
};

dsr_status dsr_page_title_add(dsr_arena *arena, page_candidates *list, dsr_slice raw, const char *why,
                              unsigned weight)
{
    if (list->count >= PAGE_CANDIDATES) {
        return DSR_OK;
    }
    page_candidate new = {.why = why, .weight = weight};
    dsr_status status = dsr_page_clean(arena, raw, &new.text);
    if (status == DSR_OK && new.text.len > 0) {
        status = dsr_page_fold(arena, new.text, &new.folded);
    }
    if (status == DSR_OK && new.folded.len > 0) {
        list->items[list->count++] = new;
    }
    return status;
}

dsr_status dsr_page_title_site(dsr_arena *arena, page_candidates *list, dsr_slice name)
{
    if (list->site_count >= PAGE_SITES || name.len == 0) {
        return DSR_OK;
    }
    dsr_slice folded;
    dsr_status status = dsr_page_fold(arena, name, &folded);
    /* More words than that are a motto or a headline. */
    if (status == DSR_OK && folded.len > 1 && dsr_page_fold_words(folded) <= MOST_WORDS) {
        list->sites[list->site_count++] = folded;
    }
    return status;
}

/* "bbc news" begins with the outlet "bbc": a part of a title may say more than its name. */
static bool is_longer_name(dsr_slice part, dsr_slice site)
{
    return site.len >= 3 && part.len > site.len && part.ptr[site.len] == ' ' &&
           dsr_slice_starts(part, site) && dsr_page_fold_words(part) <= dsr_page_fold_words(site) + 1;
}

static bool is_site(const page_candidates *list, dsr_slice folded)
{
    for (size_t i = 0; i < list->site_count; i++) {
        if (dsr_page_same_name(folded, list->sites[i]) || is_longer_name(folded, list->sites[i])) {
            return true;
        }
    }
    return false;
}

/* Whether another candidate says just these words. */
static bool is_said(const page_candidates *list, size_t but, dsr_slice folded)
{
    for (size_t i = 0; i < list->count; i++) {
        if (i != but && dsr_slice_equal(list->items[i].folded, folded) && !is_site(list, folded)) {
            return true;
        }
    }
    return false;
}

typedef struct separator {
    size_t start, end; /* bytes, blanks around it included */
    bool strong;       /* not a colon */
} separator;

static bool is_separator(uint32_t c)
{
    switch (c) {
    case '|':
    case '-':
    case 0x2013:
    case 0x2014:
    case 0xb7:
    case 0x2022:
    case 0xbb:
    case 0xab:
    case 0x2039:
    case 0x203a:
    case 0xff5c: /* the wide bar */
    case 0x2502:
    case '>':
    case '<':
    case '/':
    case '_':
    case ':':
        return true;
    default:
        return false;
    }
}

/* The separators of a title, from its start; past PARTS the last ones are kept. */
static size_t find_separators(dsr_slice text, separator found[PARTS])
{
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t size;
        uint32_t c = dsr_utf8_decode(text.ptr + at, text.ptr + text.len, &size);
        size_t after = at + size;
        if (is_separator(c) && at > 0 && after < text.len) {
            bool before_blank = text.ptr[at - 1] == ' ';
            bool after_blank = text.ptr[after] == ' ';
            bool bar = c == '|' || c == 0xff5c || c == '_';
            if (bar || after_blank) {
                while (after < text.len && (text.ptr[after] == ' ' || text.ptr[after] == (char)c)) {
                    after++;
                }
                separator new = {before_blank ? at - 1 : at, after, bar || (before_blank && c != ':')};
                if (count == PARTS) {
                    memmove(found, found + 1, (PARTS - 1) * sizeof *found);
                    count--;
                }
                if (new.strong || c == ':') {
                    found[count++] = new;
                }
            }
        }
        at = after;
    }
    return count;
}

static dsr_status set_text(dsr_arena *arena, page_candidate *item, dsr_slice text)
{
    item->text = dsr_slice_trim(text);
    return dsr_page_fold(arena, item->text, &item->folded);
}

/* Takes the outlet's name, or whatever the other candidates show to be no part of the title, off one. */
static dsr_status strip_once(dsr_arena *arena, page_candidates *list, size_t which, bool *changed)
{
    separator found[PARTS];
    dsr_slice text = list->items[which].text;
    size_t count = find_separators(text, found);
    for (size_t i = 0; i < count; i++) {
        dsr_slice parts[2] = {dsr_slice_part(text, 0, found[i].start),
                              dsr_slice_part(text, found[i].end, text.len)};
        dsr_slice folded[2];
        for (int side = 0; side < 2; side++) {
            dsr_status status = dsr_page_fold(arena, parts[side], &folded[side]);
            if (status != DSR_OK) {
                return status;
            }
        }
        bool both = is_said(list, which, folded[0]) && is_said(list, which, folded[1]);
        for (int side = 0; side < 2; side++) {
            /* Where both are said, the shorter one is a logo. */
            bool logo = both && dsr_page_fold_words(folded[side]) < dsr_page_fold_words(folded[1 - side]);
            bool said = found[i].strong && dsr_page_fold_words(folded[side]) > 1 && !logo &&
                        is_said(list, which, folded[side]);
            bool site = (found[i].strong || side == 1) && is_site(list, folded[1 - side]);
            if (folded[side].len > 0 && (said || site)) {
                *changed = true;
                return set_text(arena, &list->items[which], parts[side]);
            }
        }
    }
    return DSR_OK;
}

/* A title that nothing else tells of: its last part, short and after a strong separator, is the site's. */
static dsr_status strip_unknown(dsr_arena *arena, page_candidate *item)
{
    separator found[PARTS];
    size_t count = find_separators(item->text, found);
    while (count > 0 && !found[count - 1].strong) {
        count--;
    }
    if (count == 0) {
        return DSR_OK;
    }
    dsr_slice head = dsr_slice_part(item->text, 0, found[count - 1].start);
    dsr_slice tail = dsr_slice_part(item->text, found[count - 1].end, item->text.len);
    dsr_slice folded_head;
    dsr_slice folded_tail;
    dsr_status status = dsr_page_fold(arena, head, &folded_head);
    if (status == DSR_OK) {
        status = dsr_page_fold(arena, tail, &folded_tail);
    }
    if (status == DSR_OK && dsr_page_fold_words(folded_head) >= 4 && dsr_page_fold_words(folded_tail) <= 4) {
        status = set_text(arena, item, head);
    }
    return status;
}

static bool is_cut(dsr_slice text)
{
    return dsr_slice_ends(text, DSR_SLICE("...")) || dsr_slice_ends(text, DSR_SLICE("\xe2\x80\xa6"));
}

static bool is_meta(const page_candidate *item)
{
    return dsr_slice_starts(dsr_slice_of(item->why), DSR_SLICE("meta "));
}

static bool is_heading(const page_candidate *item)
{
    return strcmp(item->why, "h1") == 0;
}

/* An h1 that is like no title is the site's or a part's, unless the titles say next to nothing. */
static unsigned weight_of(const page_candidates *list, size_t which)
{
    enum { FULL = 5, SHORT = 3 };
    const page_candidate *item = &list->items[which];
    if (!is_heading(item)) {
        return item->weight;
    }
    bool others = false;
    bool full = dsr_page_fold_words(item->folded) >= FULL;
    for (size_t i = 0; i < list->count; i++) {
        const page_candidate *other = &list->items[i];
        if (is_heading(other) || is_site(list, other->folded)) {
            continue;
        }
        if (dsr_page_likeness(item->folded, other->folded) >= RELATED) {
            return item->weight;
        }
        others = others || !full || dsr_page_fold_words(other->folded) > SHORT;
    }
    return others ? ALONE : item->weight;
}

/* Weight with what the other candidates add. */
static unsigned worth(const page_candidates *list, size_t which)
{
    const page_candidate *item = &list->items[which];
    if (is_site(list, item->folded)) {
        return 1;
    }
    unsigned sum = weight_of(list, which);
    for (size_t i = 0; i < list->count; i++) {
        const page_candidate *other = &list->items[i];
        if (i == which || strcmp(other->why, item->why) == 0) {
            continue;
        }
        if (is_cut(item->text) && other->folded.len > item->folded.len &&
            dsr_slice_starts(other->folded, item->folded)) {
            return 2;
        }
        if (dsr_slice_equal(other->folded, item->folded)) {
            sum += is_meta(item) && is_meta(other) ? COPIES : AGREES;
        } else if (dsr_page_likeness(other->folded, item->folded) >= ALIKE) {
            sum += RESEMBLES;
        }
    }
    return sum;
}

dsr_status dsr_page_title_choose(dsr_arena *arena, page_candidates *list, const page_candidate **out)
{
    for (size_t i = 0; i < list->count; i++) {
        bool changed = true;
        for (int pass = 0; pass < 3 && changed; pass++) {
            changed = false;
            dsr_status status = strip_once(arena, list, i, &changed);
            if (status != DSR_OK) {
                return status;
            }
        }
    }
    *out = NULL;
    unsigned best = 0;
    size_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        unsigned own = worth(list, i);
        if (own > best) {
            best = own;
            at = i;
            *out = &list->items[i];
        }
    }
    /* Of those with the same words the source that counts most gives the spelling. */
    for (size_t i = 0; i < list->count; i++) {
        if (*out != NULL && list->items[i].weight > (*out)->weight &&
            dsr_slice_equal(list->items[i].folded, list->items[at].folded)) {
            *out = &list->items[i];
        }
    }
    if (*out != NULL && best == list->items[at].weight && strcmp((*out)->why, "title element") == 0) {
        return strip_unknown(arena, &list->items[at]);
    }
    return DSR_OK;
}
