/* Who wrote a page: the places where authors stand, and the persons in what is said there. */
#include "page/facts_parts.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum { PERSON_BYTES = 100, PERSON_WORDS = 8 };

static size_t count_words(dsr_slice s)
{
    size_t words = 0;
    for (size_t i = 0; i < s.len; i++) {
        words += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
    }
    return words;
}

static dsr_slice trim_marks(dsr_slice s)
{
    s = dsr_slice_trim(s);
    while (s.len > 0 && strchr(",;:|/-*", s.ptr[0]) != NULL) {
        s = dsr_slice_trim(dsr_slice_part(s, 1, s.len));
    }
    while (s.len > 0 && strchr(",;:|/-*", s.ptr[s.len - 1]) != NULL) {
        s = dsr_slice_trim(dsr_slice_part(s, 0, s.len - 1));
    }
    return s;
}

/* Without "By " and its like. */
static dsr_slice drop_lead(dsr_slice s)
{
    static const char *const leads[] = {
        "written by ", "posted by ",   "published by ", "reported by ", "story by ",   "words by ",
        "text by ",    "analysis by ", "report by ",    "opinion by ",  "comment by ", "review by ",
        "by: ",        "by ",          "from ",         "author: ",     "authors: ",   "autor: ",
        "par ",        "por ",         "von ",          "di ",          "door "};
    enum { NAMES = 18 }; /* from here on they may begin a name */
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        dsr_slice lead = dsr_slice_of(leads[i]);
        /* "Von Trapp" is a name. */
        bool name = i >= NAMES && count_words(s) < 3;
        if (!name && s.len > lead.len && dsr_slice_equal_nocase(dsr_slice_part(s, 0, lead.len), lead)) {
            return dsr_slice_trim(dsr_slice_part(s, lead.len, s.len));
        }
    }
    return s;
}

/* Whether a part after a comma is a person's work, no person. */
static bool is_role(dsr_slice s)
{
    static const char *const roles[] = {"reporter", "correspondent", "editor",     "writer",     "columnist",
                                        "staff",    "contributor",   "journalist", "special to", "producer"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (dsr_page_has(s, roles[i])) {
            return true;
        }
    }
    return dsr_slice_equal_nocase(s, DSR_SLICE("jr.")) || dsr_slice_equal_nocase(s, DSR_SLICE("phd")) ||
           dsr_slice_equal_nocase(s, DSR_SLICE("md"));
}

/* Whether a part after a comma says where or for whom, or that there are others: "in Hale", "agencies". */
static bool is_place_or_others(dsr_slice s)
{
    return dsr_slice_starts(s, DSR_SLICE("in ")) || dsr_slice_starts(s, DSR_SLICE("at ")) ||
           dsr_slice_starts(s, DSR_SLICE("for ")) || dsr_slice_equal_nocase(s, DSR_SLICE("agencies")) ||
           dsr_slice_equal_nocase(s, DSR_SLICE("and agencies"));
}

/* A name without what follows it: "Jane Doe in Hale", "Jane Doe and agencies", "Jane Doe @janedoe". */
static dsr_slice cut_tail(dsr_slice s)
{
    static const char *const others[] = {" and agencies", " and agency", " with agencies", " and wires",
                                         " and news agencies"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        dsr_slice tail = dsr_slice_of(others[i]);
        if (s.len > tail.len && dsr_slice_equal_nocase(dsr_slice_part(s, s.len - tail.len, s.len), tail)) {
            s = dsr_slice_part(s, 0, s.len - tail.len);
        }
    }
    static const char *const handles[] = {" @", " (@"};
    for (size_t i = 0; i < sizeof handles / sizeof *handles; i++) {
        s = dsr_slice_part(s, 0, dsr_slice_find(s, dsr_slice_of(handles[i]), 0));
    }
    size_t place = dsr_slice_find(s, DSR_SLICE(" in "), 0);
    /* "Women in Media" is a body. */
    bool placed = place != SIZE_MAX && count_words(dsr_slice_part(s, 0, place)) > 1 && place + 4 < s.len &&
                  !(s.ptr[place + 4] >= 'a' && s.ptr[place + 4] <= 'z');
    return trim_marks(placed ? dsr_slice_part(s, 0, place) : s);
}

/* Whether it can be a name at all: no address, no handle, no sentence. */
static bool is_name(dsr_slice s)
{
    bool letters = false;
    for (size_t i = 0; i < s.len; i++) {
        letters = letters || (unsigned char)((s.ptr[i] | 0x20) - 'a') < 26 || (unsigned char)s.ptr[i] >= 0x80;
    }
    return letters && s.len <= PERSON_BYTES && count_words(s) <= PERSON_WORDS && s.ptr[0] != '@' &&
           dsr_slice_find(s, DSR_SLICE("://"), 0) == SIZE_MAX && !dsr_slice_starts(s, DSR_SLICE("www.")) &&
           !(dsr_slice_find(s, DSR_SLICE("@"), 0) != SIZE_MAX && count_words(s) == 1) &&
           !dsr_slice_equal_nocase(s, DSR_SLICE("admin")) && !dsr_slice_equal_nocase(s, DSR_SLICE("null")) &&
           !dsr_slice_equal_nocase(s, DSR_SLICE("undefined"));
}

static dsr_status add(dsr_arena *arena, dsr_slices *authors, dsr_slice name)
{
    name = cut_tail(trim_marks(drop_lead(trim_marks(name))));
    if (name.len == 0 || !is_name(name) || authors->count >= DSR_LIMIT_AUTHORS) {
        return DSR_OK;
    }
    dsr_slice folded;
    dsr_status status = dsr_page_fold(arena, name, &folded);
    for (size_t i = 0; i < authors->count && status == DSR_OK; i++) {
        dsr_slice other;
        status = dsr_page_fold(arena, authors->items[i], &other);
        if (status == DSR_OK && dsr_slice_equal(folded, other)) {
            return DSR_OK;
        }
    }
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(arena, authors, 1);
    }
    if (status == DSR_OK) {
        status = dsr_arena_copy(arena, name, &authors->items[authors->count]);
    }
    if (status == DSR_OK) {
        authors->count++;
    }
    return status;
}

/* The next place where a list of names is parted, its length in *length: "," ";" "|" " and " ... */
static size_t next_break(dsr_slice s, size_t from, size_t *length)
{
    static const char *const words[] = {" and ", " & ", " und ", " et ", " with "};
    for (size_t at = from; at < s.len; at++) {
        if (s.ptr[at] == ',' || s.ptr[at] == ';' || s.ptr[at] == '|') {
            *length = 1;
            return at;
        }
        for (size_t i = 0; i < sizeof words / sizeof *words && s.ptr[at] == ' '; i++) {
            dsr_slice word = dsr_slice_of(words[i]);
            if (dsr_slice_equal_nocase(dsr_slice_part(s, at, at + word.len), word)) {
                /* "Smith & Sons": names in a list have two words. */
                bool both = count_words(dsr_slice_part(s, from, at)) > 1 &&
                            count_words(dsr_slice_part(s, at + word.len, s.len)) > 1;
                if (both) {
                    *length = word.len;
                    return at;
                }
            }
        }
    }
    *length = 0;
    return s.len;
}

/* "Jong, Michiel de": one person, the family's name first. */
static bool is_turned(dsr_slice s)
{
    size_t comma = dsr_slice_find(s, DSR_SLICE(","), 0);
    return comma != SIZE_MAX && dsr_slice_find(s, DSR_SLICE(","), comma + 1) == SIZE_MAX &&
           count_words(dsr_slice_part(s, 0, comma)) == 1;
}

dsr_status dsr_page_authors_add(dsr_arena *arena, dsr_slices *authors, dsr_slice raw)
{
    enum { LONGEST = 2048 };
    dsr_slice text;
    dsr_status status = dsr_page_clean(arena, raw, &text);
    if (status != DSR_OK || text.len == 0) {
        return status;
    }
    text = dsr_slice_part(text, 0, dsr_utf8_floor(text, LONGEST));
    text = drop_lead(trim_marks(text));
    if (is_turned(text)) {
        return add(arena, authors, text);
    }
    for (size_t at = 0; at < text.len && status == DSR_OK;) {
        size_t length;
        size_t end = next_break(text, at, &length);
        dsr_slice part = dsr_slice_trim(dsr_slice_part(text, at, end));
        /* After ", " an "and" may stay. */
        if (dsr_slice_starts(part, DSR_SLICE("and "))) {
            part = dsr_slice_part(part, 4, part.len);
        }
        if (at == 0 || !(is_role(part) || is_place_or_others(part))) {
            status = add(arena, authors, part);
        }
        at = end + (length > 0 ? length : 1);
    }
    return status;
}

/* Whether a name is the outlet's. */
static bool is_outlet(const page_gathered *g, dsr_slice folded)
{
    for (size_t i = 0; i < g->titles.site_count; i++) {
        if (dsr_page_same_name(folded, g->titles.sites[i])) {
            return true;
        }
    }
    return false;
}

/* ---- agencies ---- */

static dsr_status add_agency(page_gathered *g, dsr_slice name)
{
    dsr_meta *meta = g->meta;
    for (size_t i = 0; i < meta->agencies.count; i++) {
        if (dsr_slice_equal(meta->agencies.items[i], name)) {
            return DSR_OK;
        }
    }
    dsr_slice copy;
    dsr_status status = dsr_arena_copy(g->arena, name, &copy);
    if (status == DSR_OK && meta->agencies.count < DSR_LIMIT_AUTHORS) {
        status = DSR_LIST_RESERVE(g->arena, &meta->agencies, 1);
        if (status == DSR_OK) {
            meta->agencies.items[meta->agencies.count++] = copy;
            meta->agencies_from = DSR_FROM_METADATA;
        }
    }
    return status;
}

/* Without the word that joined an agency to it. */
static dsr_slice cut_joint(dsr_slice s, bool *joined)
{
    static const char *const joints[] = {" and", " &",      " with", " for", " of", "/",
                                         " -",   " \u2013", " |",    " (",   ","};
    *joined = false;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        dsr_slice joint = dsr_slice_of(joints[i]);
        if (dsr_slice_ends(s, joint)) {
            *joined = true;
            s = dsr_slice_trim(dsr_slice_part(s, 0, s.len - joint.len));
        }
    }
    return trim_marks(s);
}

static bool has_small(dsr_slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') {
            return true;
        }
    }
    return false;
}

/* Whether a name ends in an agency's, or is one; *person gets what is before it. Surnames are not taken for
 * agencies: one word counts only where a joint or its capitals show what it is. */
static bool find_agency(const page_gathered *g, dsr_slice name, dsr_slice *agency, dsr_slice *person)
{
    bool closed = dsr_slice_ends(name, DSR_SLICE(")"));
    dsr_slice open = dsr_slice_part(name, 0, name.len - closed);
    *person = DSR_SLICE("");
    *agency = dsr_lexicon_agency(g->lexicon, name);
    for (size_t at = 0; agency->len == 0 && at < open.len; at++) {
        char c = open.ptr[at];
        if (c != ' ' && c != '/' && c != '(') {
            continue;
        }
        dsr_slice tail = dsr_slice_part(open, at + 1, open.len);
        dsr_slice found = tail.len > 0 ? dsr_lexicon_agency(g->lexicon, tail) : DSR_SLICE_NONE;
        bool joined = false;
        dsr_slice before = cut_joint(dsr_slice_part(open, 0, at + (c != ' ')), &joined);
        bool sure = joined || c == '(' || count_words(tail) > 1 || (!has_small(tail) && has_small(before));
        if (found.len > 0 && sure) {
            *agency = found;
            *person = before;
        }
    }
    return agency->len > 0;
}

/* "Reuters Staff", "AFP correspondent". */
static bool is_agency_staff(const page_gathered *g, dsr_slice name, dsr_slice *agency)
{
    size_t last = name.len;
    while (last > 0 && name.ptr[last - 1] != ' ') {
        last--;
    }
    *agency = last > 0 && is_role(dsr_slice_part(name, last, name.len))
                  ? dsr_lexicon_agency(g->lexicon, dsr_slice_trim(dsr_slice_part(name, 0, last)))
                  : DSR_SLICE_NONE;
    return agency->len > 0;
}

/* "Jane Doe for The Post". */
static dsr_slice without_employer(dsr_slice name)
{
    size_t at = dsr_slice_find(name, DSR_SLICE(" for The "), 0);
    at = at == SIZE_MAX ? dsr_slice_find(name, DSR_SLICE(" for the "), 0) : at;
    return at != SIZE_MAX && count_words(dsr_slice_part(name, 0, at)) > 1 ? dsr_slice_part(name, 0, at)
                                                                          : name;
}

/* Takes the agencies off a list of authors: they are whose text it is, not who wrote it. The outlet's own
 * name stays. */
static dsr_status part_agencies(page_gathered *g, dsr_slices *names)
{
    enum { SEVERAL = 3 }; /* "AFP - Agence France-Presse" */
    size_t kept = 0;
    for (size_t i = 0; i < names->count; i++) {
        dsr_slice name = names->items[i];
        for (int pass = 0; pass < SEVERAL && g->lexicon != NULL && name.len > 0; pass++) {
            dsr_slice agency;
            dsr_slice person = DSR_SLICE("");
            dsr_slice folded;
            if (!is_agency_staff(g, name, &agency) && !find_agency(g, name, &agency, &person)) {
                break;
            }
            dsr_status status = dsr_page_fold(g->arena, agency, &folded);
            bool own = dsr_slice_equal(dsr_lexicon_agency(g->lexicon, g->meta->outlet), agency);
            if (status == DSR_OK && (own || is_outlet(g, folded))) {
                break;
            }
            status = status == DSR_OK ? add_agency(g, agency) : status;
            if (status != DSR_OK) {
                return status;
            }
            name = person;
        }
        name = without_employer(name);
        if (name.len > 0) {
            names->items[kept++] = name;
        }
    }
    names->count = kept;
    return DSR_OK;
}

/* Takes the names found at one place: the outlet's own go where others are there. `settled` once a person is
 * among them; names of the outlet alone are kept until persons come. */
static dsr_status settle(page_gathered *g, dsr_slices *names, const char *why, bool *settled)
{
    size_t persons = 0;
    dsr_status status = part_agencies(g, names);
    for (size_t i = 0; i < names->count && status == DSR_OK; i++) {
        dsr_slice folded;
        status = dsr_page_fold(g->arena, names->items[i], &folded);
        if (status != DSR_OK) {
            return status;
        }
        if (!is_outlet(g, folded)) {
            names->items[persons++] = names->items[i];
        }
    }
    if (status != DSR_OK || (persons == 0 && (names->count == 0 || g->meta->authors.count > 0))) {
        return status;
    }
    names->count = persons > 0 ? persons : names->count;
    *settled = persons > 0;
    g->meta->authors = *names;
    return dsr_page_set_why(g, why, &g->meta->authors_why);
}

static dsr_status authors_of_article(page_gathered *g, bool *settled)
{
    dsr_slices names = {0};
    dsr_status status = DSR_OK;
    for (size_t i = 0; g->article != NULL && i < g->article->authors.count && status == DSR_OK; i++) {
        status = dsr_page_authors_add(g->arena, &names, g->article->authors.items[i]);
    }
    return status == DSR_OK ? settle(g, &names, "JSON-LD author", settled) : status;
}

static dsr_status authors_of_meta(page_gathered *g, bool *settled)
{
    dsr_status status = DSR_OK;
    for (size_t rule = 0; rule < PAGE_RULES && !*settled && status == DSR_OK; rule++) {
        dsr_slices names = {0};
        for (size_t i = 0;
             i < g->authors.count && status == DSR_OK && dsr_page_rules[rule].kind == PAGE_FACT_AUTHOR; i++) {
            if (g->authors.items[i].rule == rule) {
                status = dsr_page_authors_add(g->arena, &names, g->authors.items[i].value);
            }
        }
        if (status == DSR_OK && names.count > 0) {
            const char *why = dsr_page_why(g->arena, "meta ", dsr_page_rules[rule].name);
            status = why == NULL ? DSR_ERR_MEMORY : settle(g, &names, why, settled);
        }
    }
    return status;
}

/* The name in an element with itemprop=author: that of the name inside, or all its words. */
static dsr_status add_property_author(page_gathered *g, size_t which, dsr_slices *names)
{
    uint32_t at = g->properties.items[which];
    dsr_slice text = dsr_page_attribute(g, at, PAGE_ATTR_CONTENT);
    uint32_t inner = at;
    for (size_t i = which + 1; i < g->properties.count && inner == at; i++) {
        uint32_t other = g->properties.items[i];
        if (other >= g->tree->nodes.items[at].end) {
            break;
        }
        if (dsr_page_has_token(dsr_page_attribute(g, other, PAGE_ATTR_ITEMPROP), "name")) {
            inner = other;
            text = dsr_page_attribute(g, other, PAGE_ATTR_CONTENT);
        }
    }
    dsr_status status = text.len > 0 ? DSR_OK : dsr_page_tree_text(g->tree, inner, PAGE_NAME_BYTES, &text);
    return status == DSR_OK ? dsr_page_authors_add(g->arena, names, text) : status;
}

static dsr_status authors_of_properties(page_gathered *g, bool *settled)
{
    dsr_slices names = {0};
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < g->properties.count && status == DSR_OK; i++) {
        uint32_t at = g->properties.items[i];
        if (dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_ITEMPROP), "author") &&
            !dsr_page_is_aside(g, at)) {
            status = add_property_author(g, i, &names);
        }
    }
    return status == DSR_OK ? settle(g, &names, "itemprop author", settled) : status;
}

/* Whether the words of an element can be a byline: short, without a date in them. */
static bool is_short_line(dsr_slice text)
{
    enum { LONGEST = 80 };
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
            return false;
        }
    }
    return text.len > 2 && text.len <= LONGEST;
}

/* Elements marked as the author: links first (`linked`), else what a byline says. */
static dsr_status authors_of_lines(page_gathered *g, uint32_t heading, bool linked, bool *settled)
{
    enum { NEAR = 60, LARGE = 40 };
    dsr_slices names = {0};
    dsr_status status = DSR_OK;
    uint32_t past = 0;
    for (size_t i = 0; i < g->bylines.count && status == DSR_OK && (linked || names.count == 0); i++) {
        uint32_t at = g->bylines.items[i];
        bool link = dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_REL), "author");
        if (link != linked || at < past || dsr_page_is_aside(g, at)) {
            continue;
        }
        /* Authors of other reports stand further off. */
        if (linked &&
            ((heading != UINT32_MAX && at + NEAR < heading) || (names.count > 0 && at > past + NEAR))) {
            continue;
        }
        past = g->tree->nodes.items[at].end;
        if (!linked && past - at > LARGE) {
            past = at; /* a large part: look inside it */
            continue;
        }
        dsr_slice text;
        status = dsr_page_tree_text(g->tree, at, PAGE_NAME_BYTES, &text);
        if (status == DSR_OK && is_short_line(text)) {
            status = dsr_page_authors_add(g->arena, &names, text);
        } else {
            past = at;
        }
    }
    return status == DSR_OK ? settle(g, &names, linked ? "link rel=author" : "byline", settled) : status;
}

dsr_status dsr_page_authors_take(page_gathered *g, uint32_t heading)
{
    if (g->meta->authors.count > 0) {
        return DSR_OK;
    }
    bool settled = false;
    dsr_status status = authors_of_article(g, &settled);
    if (status == DSR_OK && !settled) {
        status = authors_of_meta(g, &settled);
    }
    if (status == DSR_OK && !settled) {
        status = authors_of_properties(g, &settled);
    }
    for (int linked = 1; linked >= 0 && status == DSR_OK && !settled; linked--) {
        status = authors_of_lines(g, heading, linked == 1, &settled);
    }
    return status;
}
