/* Gathers what a page says of itself and decides which of it to believe. Knows meta elements, microdata and
 * headings; must not know any site. */
#include "page/facts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "page/facts_parts.h"

#include <string.h>

const page_meta_rule dsr_page_rules[] = {
    {"og:title", PAGE_FACT_TITLE, 6},
    {"twitter:title", PAGE_FACT_TITLE, 3},
    {"parsely-title", PAGE_FACT_TITLE, 4},
    {"dc:title", PAGE_FACT_TITLE, 9},
    {"dcterms:title", PAGE_FACT_TITLE, 9},
    {"dcterm:title", PAGE_FACT_TITLE, 9},
    {"sailthru:title", PAGE_FACT_TITLE, 4},
    {"headline", PAGE_FACT_TITLE, 4},
    {"title", PAGE_FACT_TITLE, 3},
    {"article:published_time", PAGE_FACT_PUBLISHED, 0},
    {"article:published", PAGE_FACT_PUBLISHED, 0},
    {"og:article:published_time", PAGE_FACT_PUBLISHED, 0},
    {"og:published_time", PAGE_FACT_PUBLISHED, 0},
    {"datepublished", PAGE_FACT_PUBLISHED, 0},
    {"rnews:datepublished", PAGE_FACT_PUBLISHED, 0},
    {"parsely-pub-date", PAGE_FACT_PUBLISHED, 0},
    {"cxenseparse:recs:publishtime", PAGE_FACT_PUBLISHED, 0},
    {"dc:date:issued", PAGE_FACT_PUBLISHED, 0},
    {"dcterms:issued", PAGE_FACT_PUBLISHED, 0},
    {"dcterms:created", PAGE_FACT_PUBLISHED, 0},
    {"dc:date:created", PAGE_FACT_PUBLISHED, 0},
    {"sailthru:date", PAGE_FACT_PUBLISHED, 0},
    {"article_date_original", PAGE_FACT_PUBLISHED, 0},
    {"originalpublicationdate", PAGE_FACT_PUBLISHED, 0},
    {"publication_date", PAGE_FACT_PUBLISHED, 0},
    {"publication-date", PAGE_FACT_PUBLISHED, 0},
    {"publish_date", PAGE_FACT_PUBLISHED, 0},
    {"publish-date", PAGE_FACT_PUBLISHED, 0},
    {"publishdate", PAGE_FACT_PUBLISHED, 0},
    {"published_time", PAGE_FACT_PUBLISHED, 0},
    {"published", PAGE_FACT_PUBLISHED, 0},
    {"pubdate", PAGE_FACT_PUBLISHED, 0},
    {"bt:pubdate", PAGE_FACT_PUBLISHED, 0},
    {"dc:date", PAGE_FACT_PUBLISHED, 0},
    {"dcterms:date", PAGE_FACT_PUBLISHED, 0},
    {"date", PAGE_FACT_PUBLISHED, 0},
    {"article:modified_time", PAGE_FACT_MODIFIED, 0},
    {"article:modified", PAGE_FACT_MODIFIED, 0},
    {"og:article:modified_time", PAGE_FACT_MODIFIED, 0},
    {"og:modified_time", PAGE_FACT_MODIFIED, 0},
    {"og:updated_time", PAGE_FACT_MODIFIED, 0},
    {"datemodified", PAGE_FACT_MODIFIED, 0},
    {"dcterms:modified", PAGE_FACT_MODIFIED, 0},
    {"dc:date:modified", PAGE_FACT_MODIFIED, 0},
    {"lastmod", PAGE_FACT_MODIFIED, 0},
    {"last-modified", PAGE_FACT_MODIFIED, 0},
    {"updated_time", PAGE_FACT_MODIFIED, 0},
    {"parsely-author", PAGE_FACT_AUTHOR, 0},
    {"sailthru:author", PAGE_FACT_AUTHOR, 0},
    {"dc:creator", PAGE_FACT_AUTHOR, 0},
    {"dcterms:creator", PAGE_FACT_AUTHOR, 0},
    {"dcterm:creator", PAGE_FACT_AUTHOR, 0},
    {"author", PAGE_FACT_AUTHOR, 0},
    {"article:author", PAGE_FACT_AUTHOR, 0},
    {"article:author_name", PAGE_FACT_AUTHOR, 0},
    {"article:authors", PAGE_FACT_AUTHOR, 0},
    {"authors", PAGE_FACT_AUTHOR, 0},
    {"creator", PAGE_FACT_AUTHOR, 0},
    {"byl", PAGE_FACT_AUTHOR, 0},
    {"twitter:creator", PAGE_FACT_AUTHOR, 0},
    {"og:site_name", PAGE_FACT_OUTLET, 0},
    {"application-name", PAGE_FACT_OUTLET, 0},
    {"publisher", PAGE_FACT_OUTLET, 0},
    {"dc:publisher", PAGE_FACT_OUTLET, 0},
    {"dcterms:publisher", PAGE_FACT_OUTLET, 0},
    {"twitter:site", PAGE_FACT_HANDLE, 0},
    {"article:section", PAGE_FACT_SECTION, 0},
    {"parsely-section", PAGE_FACT_SECTION, 0},
    {"cxenseparse:recs:category", PAGE_FACT_SECTION, 0},
    {"section", PAGE_FACT_SECTION, 0},
    {"og:url", PAGE_FACT_ADDRESS, 0},
    {"parsely-link", PAGE_FACT_ADDRESS, 0},
    {"twitter:url", PAGE_FACT_ADDRESS, 0},
    {"content-language", PAGE_FACT_LANGUAGE, 0},
    {"og:locale", PAGE_FACT_LANGUAGE, 0},
    {"language", PAGE_FACT_LANGUAGE, 0},
    {"dc:language", PAGE_FACT_LANGUAGE, 0},
};
_Static_assert(sizeof dsr_page_rules / sizeof *dsr_page_rules == PAGE_RULES, "one place for each");
static dsr_status remember(page_gathered *g, page_places *list, uint32_t node)
{
    if (list->count >= PAGE_REMEMBERED) {
        return DSR_OK;
    }
    dsr_status status = DSR_LIST_RESERVE(g->arena, list, 1);
    if (status == DSR_OK) {
        list->items[list->count++] = node;
    }
    return status;
}

/* The rule of a name, whatever its case, "." as ":"; PAGE_RULES where there is none. */
static size_t rule_of(dsr_slice name)
{
    enum { LONGEST = 40 };
    char key[LONGEST];
    if (name.len > LONGEST) {
        return PAGE_RULES;
    }
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        key[i] = c == '.' ? ':' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    for (size_t i = 0; i < PAGE_RULES; i++) {
        if (dsr_slice_equal((dsr_slice){key, name.len}, dsr_slice_of(dsr_page_rules[i].name))) {
            return i;
        }
    }
    return PAGE_RULES;
}

static dsr_status take_meta_name(page_gathered *g, dsr_slice name, dsr_slice content, bool property)
{
    size_t which = rule_of(dsr_slice_trim(name));
    if (which == PAGE_RULES) {
        return DSR_OK;
    }
    /* Of equal keys a property is more exact than a name. */
    if (g->found[which].ptr == NULL || (property && !g->by_property[which])) {
        g->found[which] = content;
        g->by_property[which] = property;
    }
    if (dsr_page_rules[which].kind != PAGE_FACT_AUTHOR || g->authors.count >= PAGE_REMEMBERED) {
        return DSR_OK;
    }
    dsr_status status = DSR_LIST_RESERVE(g->arena, &g->authors, 1);
    if (status == DSR_OK) {
        g->authors.items[g->authors.count++] = (page_said){which, content};
    }
    return status;
}

static dsr_status take_meta(page_gathered *g, uint32_t node)
{
    static const page_attribute names[] = {PAGE_ATTR_PROPERTY, PAGE_ATTR_NAME};
    enum { SEVERAL = 8 }; /* names in one attribute */
    dsr_slice content = dsr_slice_trim(dsr_page_attribute(g, node, PAGE_ATTR_CONTENT));
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && content.len > 0; i++) {
        dsr_slice rest = dsr_page_attribute(g, node, names[i]);
        dsr_slice name;
        for (int n = 0; n < SEVERAL && status == DSR_OK && dsr_slice_next_field(&rest, ' ', &name); n++) {
            status = take_meta_name(g, name, content, names[i] == PAGE_ATTR_PROPERTY);
        }
    }
    return status;
}

bool dsr_page_has_token(dsr_slice value, const char *word)
{
    enum { LONGEST = 1024 };
    dsr_slice token;
    value = value.ptr != NULL ? dsr_slice_part(value, 0, LONGEST) : value;
    while (dsr_slice_next_field(&value, ' ', &token)) {
        if (dsr_slice_equal_nocase(dsr_slice_trim(token), dsr_slice_of(word))) {
            return true;
        }
    }
    return false;
}

static bool is_byline(const page_gathered *g, uint32_t node)
{
    dsr_slice class = dsr_page_attribute(g, node, PAGE_ATTR_CLASS);
    dsr_slice id = dsr_page_attribute(g, node, PAGE_ATTR_ID);
    return dsr_page_has_token(dsr_page_attribute(g, node, PAGE_ATTR_REL), "author") ||
           dsr_page_has(class, "byline") || dsr_page_has(class, "author") || dsr_page_has(id, "byline") ||
           dsr_page_has_token(id, "author");
}

static dsr_status gather_node(page_gathered *g, uint32_t at)
{
    dsr_status status = DSR_OK;
    switch (g->tree->nodes.items[at].tag) {
    case PAGE_TAG_META:
        status = take_meta(g, at);
        break;
    case PAGE_TAG_LINK:
        if (g->canonical.len == 0 &&
            dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_REL), "canonical")) {
            g->canonical = dsr_page_attribute(g, at, PAGE_ATTR_HREF);
        }
        break;
    case PAGE_TAG_BASE:
        g->base = g->base.len > 0 ? g->base : dsr_slice_trim(dsr_page_attribute(g, at, PAGE_ATTR_HREF));
        break;
    case PAGE_TAG_HTML:
        g->language = g->language.len > 0 ? g->language : dsr_page_attribute(g, at, PAGE_ATTR_LANG);
        break;
    case PAGE_TAG_TITLE:
        /* Drawings have titles too: the first one is the page's. */
        if (g->title.len == 0) {
            status = dsr_page_tree_text(g->tree, at, PAGE_TITLE_BYTES, &g->title);
        }
        break;
    case PAGE_TAG_H1:
    case PAGE_TAG_H2:
    case PAGE_TAG_H3:
    case PAGE_TAG_H4:
    case PAGE_TAG_H5:
    case PAGE_TAG_H6:
        status = remember(g, &g->headings, at);
        break;
    case PAGE_TAG_TIME:
        status = remember(g, &g->times, at);
        break;
    default:
        break;
    }
    if (status == DSR_OK && dsr_page_attribute(g, at, PAGE_ATTR_ITEMPROP).len > 0) {
        status = remember(g, &g->properties, at);
    }
    if (status == DSR_OK && is_byline(g, at)) {
        status = remember(g, &g->bylines, at);
    }
    return status;
}

static dsr_status gather(page_gathered *g)
{
    dsr_status status = dsr_page_ld_take(g->tree, &g->ld);
    for (uint32_t at = 0; at < g->tree->nodes.count && status == DSR_OK; at++) {
        const page_node *node = &g->tree->nodes.items[at];
        if (node->tag != PAGE_TAG_TEXT && node->values + node->tag > 0) {
            status = gather_node(g, at);
        }
    }
    return status;
}

/* Whether an element stands in what is not the article: comments, related reports, navigation. */
bool dsr_page_is_aside(const page_gathered *g, uint32_t node)
{
    static const char *const marks[] = {"comment", "related", "sidebar", "recommend", "footer", "trending"};
    for (uint32_t up = node; up != 0 && up != UINT32_MAX;) {
        const page_node *at = &g->tree->nodes.items[up];
        if (at->tag == PAGE_TAG_BODY || at->tag == PAGE_TAG_HTML) {
            return false;
        }
        if (at->tag == PAGE_TAG_ASIDE || at->tag == PAGE_TAG_NAV || at->tag == PAGE_TAG_FOOTER ||
            dsr_page_has(dsr_page_attribute(g, up, PAGE_ATTR_ITEMTYPE), "comment")) {
            return true;
        }
        dsr_slice class = dsr_page_attribute(g, up, PAGE_ATTR_CLASS);
        dsr_slice id = dsr_page_attribute(g, up, PAGE_ATTR_ID);
        /* A class with many words describes the whole page. */
        for (size_t i = 0; i < sizeof marks / sizeof *marks && class.len < 80; i++) {
            if (dsr_page_has(class, marks[i]) || dsr_page_has(id, marks[i])) {
                return true;
            }
        }
        up = at->parent < up ? at->parent : 0;
    }
    return false;
}

const char *dsr_page_why(dsr_arena *arena, const char *before, const char *name)
{
    dsr_slice why;
    return dsr_arena_format(arena, &why, "%s%s", before, name) == DSR_OK ? why.ptr : NULL;
}

dsr_status dsr_page_set_why(page_gathered *g, const char *why, dsr_slice *out)
{
    return dsr_arena_copy(g->arena, dsr_slice_of(why), out);
}

/* ---- the outlet, the address and the language ---- */

static bool is_address(dsr_slice url)
{
    return dsr_slice_starts(url, DSR_SLICE("http://")) || dsr_slice_starts(url, DSR_SLICE("https://"));
}

/* The address by which those without a host are read: <base>, the source's own, og:url. */
static dsr_slice base_of(const page_gathered *g, const dsr_report *report)
{
    dsr_slice base = is_address(g->base) ? g->base : report->source.url;
    for (size_t i = 0; i < PAGE_RULES && !is_address(base); i++) {
        base = dsr_page_rules[i].kind == PAGE_FACT_ADDRESS ? g->found[i] : base;
    }
    return is_address(base) ? base : DSR_SLICE_NONE;
}

/* Completes "//host/x", "/x", "x" and "?x" by `base`; what climbs ("../x"), and all without a base, gives
 * none. */
static dsr_status complete(page_gathered *g, dsr_slice base, dsr_slice *address)
{
    dsr_slice rest = *address;
    *address = DSR_SLICE_NONE;
    if (base.len == 0 || rest.len == 0 ||
        dsr_slice_find(rest, DSR_SLICE(":"), 0) < dsr_slice_find(rest, DSR_SLICE("/"), 0) ||
        rest.ptr[0] == '.' || rest.ptr[0] == '#') {
        return DSR_OK;
    }
    size_t scheme = dsr_slice_find(base, DSR_SLICE("://"), 0) + 1;
    size_t end = scheme + 2; /* of the host; then of the folder, or of the page for "?x" */
    while (end < base.len && strchr("/?#", base.ptr[end]) == NULL) {
        end++;
    }
    bool slash = rest.ptr[0] != '/';
    if (slash) {
        size_t page = end;
        while (page < base.len && strchr("?#", base.ptr[page]) == NULL) {
            page++;
        }
        while (rest.ptr[0] != '?' && page > end && base.ptr[page - 1] != '/') {
            page--;
        }
        slash = page == end;
        end = page;
    } else if (dsr_slice_starts(rest, DSR_SLICE("//"))) {
        end = scheme;
    }
    dsr_slice before = dsr_slice_part(base, 0, end);
    char *joined = dsr_arena_alloc(g->arena, before.len + rest.len + 1);
    if (joined == NULL) {
        return DSR_ERR_MEMORY;
    }
    memcpy(joined, before.ptr, before.len);
    joined[before.len] = '/';
    memcpy(joined + before.len + slash, rest.ptr, rest.len);
    *address = (dsr_slice){joined, before.len + slash + rest.len};
    return DSR_OK;
}

static dsr_status take_address(page_gathered *g, const dsr_report *report)
{
    dsr_slice value = dsr_slice_trim(g->canonical);
    const char *why = "link rel=canonical";
    dsr_status completed = is_address(value) ? DSR_OK : complete(g, base_of(g, report), &value);
    if (completed != DSR_OK) {
        return completed;
    }
    for (size_t i = 0; i < PAGE_RULES && !is_address(value); i++) {
        if (dsr_page_rules[i].kind == PAGE_FACT_ADDRESS && is_address(g->found[i])) {
            value = g->found[i];
            why = dsr_page_why(g->arena, "meta ", dsr_page_rules[i].name);
        }
    }
    if (!is_address(value) && g->article != NULL) {
        value = g->article->url;
        why = "JSON-LD url";
    }
    if (why == NULL) {
        return DSR_ERR_MEMORY;
    }
    if (!is_address(value) || g->meta->canonical.ptr != NULL) {
        return DSR_OK;
    }
    dsr_slice cut = dsr_slice_part(value, 0, dsr_utf8_floor(value, DSR_LIMIT_FIELD_BYTES));
    dsr_status status = dsr_arena_copy(g->arena, cut, &g->meta->canonical);
    return status == DSR_OK ? dsr_page_set_why(g, why, &g->meta->canonical_why) : status;
}

/* The first of the meta elements of a kind, clean. */
static dsr_status first_of(page_gathered *g, page_fact kind, dsr_slice *out, const char **why)
{
    *out = DSR_SLICE_NONE;
    for (size_t i = 0; i < PAGE_RULES; i++) {
        if (dsr_page_rules[i].kind == kind && g->found[i].len > 0) {
            dsr_status status = dsr_page_clean(g->arena, g->found[i], out);
            if (status != DSR_OK) {
                return status;
            }
            /* A publisher may be given as an address. */
            if (out->len > 0 && !is_address(*out)) {
                *why = dsr_page_why(g->arena, "meta ", dsr_page_rules[i].name);
                return *why != NULL ? DSR_OK : DSR_ERR_MEMORY;
            }
            *out = DSR_SLICE_NONE;
        }
    }
    return DSR_OK;
}

/* The host in an address, without "www."; no value where there is none. */
static dsr_slice host_of(dsr_slice url)
{
    dsr_slice host = dsr_slice_host(url);
    return dsr_slice_starts(host, DSR_SLICE("www.")) ? dsr_slice_part(host, 4, host.len) : host;
}

/* The longest label of a host: "example" of "www.example.co.uk". */
static dsr_slice label_of(dsr_slice host)
{
    dsr_slice label;
    dsr_slice longest = DSR_SLICE_NONE;
    while (dsr_slice_next_field(&host, '.', &label)) {
        longest = label.len > longest.len ? label : longest;
    }
    return longest;
}

/* Whether a name is that of the page's host. */
static dsr_status is_host(page_gathered *g, dsr_slice name, bool *out)
{
    dsr_slice folded[2];
    dsr_status status = dsr_page_fold(g->arena, name, &folded[0]);
    if (status == DSR_OK) {
        status = dsr_page_fold(g->arena, label_of(host_of(g->meta->canonical)), &folded[1]);
    }
    *out = status == DSR_OK && dsr_page_same_name(folded[0], folded[1]);
    return status;
}

static dsr_status take_outlet(page_gathered *g)
{
    dsr_slice name = g->article != NULL ? g->article->publisher : DSR_SLICE_NONE;
    dsr_slice other = DSR_SLICE_NONE;
    const char *why = "JSON-LD publisher";
    const char *other_why = NULL;
    bool own = false;
    bool others = false;
    dsr_status status = first_of(g, PAGE_FACT_OUTLET, &other, &other_why);
    if (status == DSR_OK) {
        status = is_host(g, name, &own);
    }
    if (status == DSR_OK) {
        status = is_host(g, other, &others);
    }
    /* A publisher may be a company or a motto: the name that the address bears is the outlet's. */
    if (status == DSR_OK && (name.len == 0 || is_address(name) || (others && !own))) {
        name = other;
        why = other_why;
    }
    if (status == DSR_OK && name.len == 0) {
        name = g->ld.site;
        why = "JSON-LD WebSite name";
    }
    if (status != DSR_OK || name.len == 0 || g->meta->outlet.ptr != NULL) {
        return status;
    }
    g->meta->outlet = name;
    g->meta->outlet_from = DSR_FROM_METADATA;
    return dsr_page_set_why(g, why, &g->meta->outlet_why);
}

static dsr_status take_section(page_gathered *g)
{
    dsr_slice name;
    const char *why = NULL;
    dsr_status status = first_of(g, PAGE_FACT_SECTION, &name, &why);
    if (status == DSR_OK && name.len == 0 && g->article != NULL) {
        name = g->article->section;
        why = "JSON-LD articleSection";
    }
    if (status != DSR_OK || name.len == 0 || g->meta->section.ptr != NULL) {
        return status;
    }
    g->meta->section = name;
    return dsr_page_set_why(g, why, &g->meta->section_why);
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static dsr_status take_language(page_gathered *g)
{
    dsr_slice values[PAGE_RULES + 2];
    size_t count = 0;
    values[count++] = g->language;
    for (size_t i = 0; i < PAGE_RULES; i++) {
        if (dsr_page_rules[i].kind == PAGE_FACT_LANGUAGE) {
            values[count++] = g->found[i];
        }
    }
    values[count++] = g->article != NULL ? g->article->language : DSR_SLICE_NONE;
    for (size_t i = 0; i < count && g->meta->language.ptr == NULL; i++) {
        dsr_slice v = dsr_slice_trim(values[i]);
        if (v.len >= 2 && is_letter(v.ptr[0]) && is_letter(v.ptr[1]) &&
            (v.len == 2 || !is_letter(v.ptr[2]))) {
            char lower[2] = {(char)(v.ptr[0] | 0x20), (char)(v.ptr[1] | 0x20)};
            return dsr_arena_copy(g->arena, (dsr_slice){lower, 2}, &g->meta->language);
        }
    }
    return DSR_OK;
}

/* ---- the headline ---- */

/* The names of the outlet that an address holds: "example co uk" and "example". */
static dsr_status add_host(page_gathered *g, dsr_slice url)
{
    dsr_slice host = host_of(url);
    dsr_slice label = label_of(host);
    dsr_status status = dsr_page_title_site(g->arena, &g->titles, host);
    return status == DSR_OK && label.len >= 3 ? dsr_page_title_site(g->arena, &g->titles, label) : status;
}

static dsr_status add_sites(page_gathered *g, const dsr_report *report)
{
    dsr_status status = dsr_page_title_site(g->arena, &g->titles, g->meta->outlet);
    for (size_t i = 0; i < PAGE_RULES && status == DSR_OK; i++) {
        bool name = dsr_page_rules[i].kind == PAGE_FACT_OUTLET ||
                    (dsr_page_rules[i].kind == PAGE_FACT_HANDLE && g->meta->outlet.len == 0);
        dsr_slice clean = DSR_SLICE_NONE;
        if (name && g->titles.site_count < PAGE_SITES - 3) {
            status = dsr_page_clean(g->arena, g->found[i], &clean);
        }
        if (status == DSR_OK) {
            status = dsr_page_title_site(g->arena, &g->titles, clean);
        }
    }
    if (status == DSR_OK) {
        status = dsr_page_title_site(g->arena, &g->titles, g->ld.site);
    }
    return status == DSR_OK
               ? add_host(g, report->source.url.len > 0 ? report->source.url : g->meta->canonical)
               : status;
}

static dsr_status add_headings(page_gathered *g)
{
    enum { FIRST = 4 };
    unsigned added = 0;
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < g->headings.count && added < FIRST && status == DSR_OK; i++) {
        uint32_t at = g->headings.items[i];
        if (g->tree->nodes.items[at].tag != PAGE_TAG_H1 || dsr_page_is_aside(g, at)) {
            continue;
        }
        dsr_slice text;
        status = dsr_page_tree_text(g->tree, at, PAGE_TITLE_BYTES, &text);
        if (status == DSR_OK) {
            status = dsr_page_title_add(g->arena, &g->titles, text, "h1", added > 0 ? 4 : 5);
        }
        added++;
    }
    return status;
}

/* Whether `words` stand in `text` as words; both folded. */
static bool holds_words(dsr_slice text, dsr_slice words)
{
    for (size_t at = 0; (at = dsr_slice_find(text, words, at)) != SIZE_MAX; at++) {
        size_t end = at + words.len;
        if ((at == 0 || text.ptr[at - 1] == ' ') && (end == text.len || text.ptr[end] == ' ')) {
            return true;
        }
    }
    return false;
}

/* An h2 that the page's title repeats: under a logo that is an h1, headlines are set so. Where an h1 may be a
 * headline, an h2 is a part of the text. */
static dsr_status add_lower_headings(page_gathered *g)
{
    enum { FIRST = 8, LEAST_WORDS = 3, LOGO_WORDS = 4, WEIGHT = 4 };
    for (size_t i = 0; i < g->titles.count; i++) {
        bool h1 = strcmp(g->titles.items[i].why, "h1") == 0;
        if (h1 && dsr_page_fold_words(g->titles.items[i].folded) > LOGO_WORDS) {
            return DSR_OK;
        }
    }
    dsr_slice title;
    unsigned looked_at = 0;
    dsr_status status = dsr_page_fold(g->arena, g->title, &title);
    for (size_t i = 0; i < g->headings.count && looked_at < FIRST && status == DSR_OK; i++) {
        uint32_t at = g->headings.items[i];
        if (g->tree->nodes.items[at].tag != PAGE_TAG_H2 || dsr_page_is_aside(g, at)) {
            continue;
        }
        looked_at++;
        dsr_slice text;
        dsr_slice folded = DSR_SLICE_NONE;
        status = dsr_page_tree_text(g->tree, at, PAGE_TITLE_BYTES, &text);
        status = status == DSR_OK ? dsr_page_fold(g->arena, text, &folded) : status;
        if (status == DSR_OK && dsr_page_fold_words(folded) >= LEAST_WORDS && holds_words(title, folded)) {
            return dsr_page_title_add(g->arena, &g->titles, text, "h2", WEIGHT);
        }
    }
    return status;
}

static dsr_status add_property_titles(page_gathered *g)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < g->properties.count && status == DSR_OK; i++) {
        uint32_t at = g->properties.items[i];
        if (!dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_ITEMPROP), "headline") ||
            dsr_page_is_aside(g, at)) {
            continue;
        }
        dsr_slice text = dsr_page_attribute(g, at, PAGE_ATTR_CONTENT);
        if (text.len == 0) {
            status = dsr_page_tree_text(g->tree, at, PAGE_TITLE_BYTES, &text);
        }
        return status == DSR_OK ? dsr_page_title_add(g->arena, &g->titles, text, "itemprop headline", 4)
                                : status;
    }
    return status;
}

/* Everything that may be the title but JSON-LD: by it the page's own article is told from others. */
static dsr_status add_titles(page_gathered *g)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < PAGE_RULES && status == DSR_OK; i++) {
        if (dsr_page_rules[i].kind == PAGE_FACT_TITLE && g->found[i].len > 0) {
            const char *why = dsr_page_why(g->arena, "meta ", dsr_page_rules[i].name);
            status = why == NULL ? DSR_ERR_MEMORY
                                 : dsr_page_title_add(g->arena, &g->titles, g->found[i], why,
                                                      dsr_page_rules[i].weight);
        }
    }
    if (status == DSR_OK) {
        status = add_headings(g);
    }
    if (status == DSR_OK) {
        status = add_lower_headings(g);
    }
    if (status == DSR_OK) {
        status = add_property_titles(g);
    }
    return status == DSR_OK ? dsr_page_title_add(g->arena, &g->titles, g->title, "title element", 3) : status;
}

static dsr_status choose_article(page_gathered *g)
{
    unsigned best = 0;
    for (size_t i = 0; i < g->ld.articles.count; i++) {
        const page_article *article = &g->ld.articles.items[i];
        dsr_slice folded;
        dsr_status status = dsr_page_fold(g->arena, article->headline, &folded);
        if (status != DSR_OK) {
            return status;
        }
        unsigned alike = 0;
        for (size_t c = 0; c < g->titles.count; c++) {
            unsigned one = dsr_page_likeness(folded, g->titles.items[c].folded);
            alike = one > alike ? one : alike;
        }
        /* A page that is no article tells less; one that resembles nothing is another report. */
        unsigned own = 1 + article->rank * 100 + alike + (alike >= 50 ? 50 : 0);
        if (own > best) {
            best = own;
            g->article = article;
        }
    }
    return DSR_OK;
}

/* The heading that says the headline: an h1, else another with the same words, else an h1 much like it. */
static dsr_status find_heading(page_gathered *g, uint32_t *out)
{
    enum { ENOUGH = 65 };
    dsr_slice wanted;
    dsr_status status = dsr_page_fold(g->arena, g->meta->headline, &wanted);
    unsigned best = 0;
    for (size_t pass = 0; pass < 2 && status == DSR_OK; pass++) {
        const page_places *list = pass == 0 ? &g->headings : &g->properties;
        for (size_t i = 0; i < list->count && status == DSR_OK; i++) {
            uint32_t at = list->items[i];
            bool h1 = g->tree->nodes.items[at].tag == PAGE_TAG_H1;
            if (pass == 1 && !dsr_page_has_token(dsr_page_attribute(g, at, PAGE_ATTR_ITEMPROP), "headline")) {
                continue;
            }
            dsr_slice text;
            dsr_slice folded = DSR_SLICE_NONE;
            status = dsr_page_tree_text(g->tree, at, PAGE_TITLE_BYTES, &text);
            status = status == DSR_OK ? dsr_page_fold(g->arena, text, &folded) : status;
            unsigned alike = status == DSR_OK ? dsr_page_likeness(folded, wanted) : 0;
            unsigned worth = alike == 100 ? 200u + h1 : h1 && alike >= ENOUGH ? alike : 0;
            if (worth > best) {
                best = worth;
                *out = at;
            }
        }
    }
    return status;
}

static dsr_status take_headline(page_gathered *g, const dsr_report *report, uint32_t *heading)
{
    dsr_status status = add_sites(g, report);
    const page_candidate *chosen = NULL;
    if (status == DSR_OK) {
        status = dsr_page_title_choose(g->arena, &g->titles, &chosen);
    }
    if (status != DSR_OK || chosen == NULL) {
        return status;
    }
    if (g->meta->headline.ptr == NULL) {
        g->meta->headline = chosen->text;
        g->meta->headline_from = DSR_FROM_METADATA;
        status = dsr_page_set_why(g, chosen->why, &g->meta->headline_why);
    }
    return status == DSR_OK ? find_heading(g, heading) : status;
}

static dsr_status take_all(page_gathered *g, dsr_report *report, uint32_t *heading)
{
    dsr_status status = gather(g);
    if (status == DSR_OK) {
        status = add_titles(g);
    }
    if (status == DSR_OK) {
        status = choose_article(g);
    }
    if (status == DSR_OK && g->article != NULL) {
        status = dsr_page_title_add(g->arena, &g->titles, g->article->headline, "JSON-LD headline",
                                    g->article->rank > 1 ? 7 : 3);
    }
    if (status == DSR_OK) {
        status = take_address(g, report);
    }
    if (status == DSR_OK) {
        status = take_outlet(g);
    }
    if (status == DSR_OK) {
        status = take_headline(g, report, heading);
    }
    if (status == DSR_OK) {
        status = dsr_page_dates_take(g, report, *heading);
    }
    if (status == DSR_OK) {
        status = dsr_page_authors_take(g, *heading);
    }
    if (status == DSR_OK) {
        status = take_section(g);
    }
    return status == DSR_OK ? take_language(g) : status;
}

dsr_status dsr_page_facts_take(const page_tree *tree, const dsr_lexicon *lexicon, dsr_report *report,
                               uint32_t *headline_node)
{
    *headline_node = UINT32_MAX;
    page_gathered *g = dsr_arena_alloc(tree->arena, sizeof *g);
    if (g == NULL) {
        return DSR_ERR_MEMORY;
    }
    g->tree = tree;
    g->arena = tree->arena;
    g->meta = &report->meta;
    g->lexicon = lexicon;
    dsr_status status = take_all(g, report, headline_node);
    if (status == DSR_OK && report->source.url.ptr == NULL) {
        report->source.url = report->meta.canonical;
    }
    return status;
}
