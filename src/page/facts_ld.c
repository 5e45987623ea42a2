/* JSON-LD as pages carry it: tolerant of what breaks it, bounded in all that it can drive. Must not know
 * which of its articles is the page's. */
#include "page/facts_parts.h"

#include "base/json.h"
#include "base/limits.h"

#include <string.h>

enum {
    SCRIPTS = 64,
    SCRIPT_BYTES = 1024 * 1024,
    DEPTH = 8,
    ARTICLES = 64,
    NODES = 4096,  /* looked at in one script */
    LOOKUPS = 128, /* of an @id, in the whole page */
    ITEMS = 64     /* of a list of authors */
};

typedef struct walker {
    dsr_arena *arena;
    page_ld *out;
    const dsr_json_value *root;
    unsigned nodes;
    unsigned lookups;
} walker;

/* Without the comments and CDATA marks that keep scripts from old readers. */
static dsr_slice peel(dsr_slice s)
{
    static const char *const opens[] = {"\xef\xbb\xbf", "<!--", "/*", "*/", "//", "<![CDATA["};
    static const char *const closes[] = {"-->", "*/", "/*", "//", "]]>", ";"};
    bool more = true;
    while (more) {
        more = false;
        s = dsr_slice_trim(s);
        for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
            if (dsr_slice_starts(s, dsr_slice_of(opens[i]))) {
                s = dsr_slice_part(s, strlen(opens[i]), s.len);
                more = true;
            }
        }
        for (size_t i = 0; i < sizeof closes / sizeof *closes; i++) {
            if (dsr_slice_ends(s, dsr_slice_of(closes[i]))) {
                s = dsr_slice_part(s, 0, s.len - strlen(closes[i]));
                more = true;
            }
        }
    }
    return s;
}

/* Whether the comma at `at` has nothing behind it but the end of its list. */
static bool is_last_comma(dsr_slice s, size_t at)
{
    enum { FAR = 256 }; /* keeps it linear */
    for (size_t i = at + 1; i < s.len && i < at + FAR; i++) {
        if (s.ptr[i] == '}' || s.ptr[i] == ']') {
            return true;
        }
        if ((unsigned char)s.ptr[i] > ' ') {
            return false;
        }
    }
    return false;
}

/* Copies a script to `to` (as long as it) such that a strict reader takes it: control characters become
 * blanks, escapes that are none lose their backslash, a comma too many goes. */
static size_t mend(dsr_slice s, char *to)
{
    size_t length = 0;
    bool inside = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if ((unsigned char)c < ' ') {
            to[length++] = ' ';
        } else if (inside && c == '\\') {
            char next = i + 1 < s.len ? s.ptr[i + 1] : '\0';
            if (next != '\0' && strchr("\"\\/bfnrtu", next) != NULL) {
                to[length++] = c;
                to[length++] = next;
                i++;
            }
        } else if (c != ',' || inside || !is_last_comma(s, i)) {
            inside = inside != (c == '"');
            to[length++] = c;
        }
    }
    return length;
}

/* The last part of a type: "http://schema.org/NewsArticle" -> "NewsArticle". */
static dsr_slice bare(dsr_slice type)
{
    for (size_t at = type.len; at > 0; at--) {
        char c = type.ptr[at - 1];
        if (c == '/' || c == ':' || c == '#') {
            return dsr_slice_part(type, at, type.len);
        }
    }
    return type;
}

static unsigned rank_of_type(dsr_slice type)
{
    static const char *const kindred[] = {"Report",      "Review",      "Recipe",         "HowTo",
                                          "VideoObject", "AudioObject", "PodcastEpisode", "CreativeWork"};
    type = bare(type);
    if (dsr_slice_ends(type, DSR_SLICE("Article")) || dsr_slice_ends(type, DSR_SLICE("Posting"))) {
        return 3;
    }
    for (size_t i = 0; i < sizeof kindred / sizeof *kindred; i++) {
        if (dsr_slice_equal(type, dsr_slice_of(kindred[i]))) {
            return 2;
        }
    }
    return dsr_slice_ends(type, DSR_SLICE("Page")) ? 1 : 0;
}

static unsigned rank_of(const dsr_json_value *node)
{
    const dsr_json_value *type = dsr_json_get(node, "@type");
    unsigned rank = rank_of_type(dsr_json_text(type));
    for (size_t i = 0; i < dsr_json_count(type) && i < ITEMS; i++) {
        unsigned other = rank_of_type(dsr_json_text(dsr_json_at(type, i)));
        rank = other > rank ? other : rank;
    }
    return rank;
}

static bool is_of(const dsr_json_value *node, const char *name)
{
    const dsr_json_value *type = dsr_json_get(node, "@type");
    dsr_slice wanted = dsr_slice_of(name);
    bool found = dsr_slice_ends(bare(dsr_json_text(type)), wanted);
    for (size_t i = 0; i < dsr_json_count(type) && i < ITEMS && !found; i++) {
        found = dsr_slice_ends(bare(dsr_json_text(dsr_json_at(type, i))), wanted);
    }
    return found;
}

static const dsr_json_value *find_in(const dsr_json_value *list, dsr_slice id)
{
    for (size_t i = 0; i < dsr_json_count(list) && i < NODES; i++) {
        const dsr_json_value *node = dsr_json_at(list, i);
        dsr_slice own = dsr_json_text(dsr_json_get(node, "@id"));
        if (own.len > 0 && dsr_slice_equal(own, id) && dsr_json_get(node, "name") != NULL) {
            return node;
        }
    }
    return NULL;
}

/* A node, or the one of the script that it refers to. */
static const dsr_json_value *follow(walker *w, const dsr_json_value *node)
{
    dsr_slice id = dsr_json_text(dsr_json_get(node, "@id"));
    if (id.len == 0 || dsr_json_get(node, "name") != NULL || w->lookups >= LOOKUPS) {
        return node;
    }
    w->lookups++;
    const dsr_json_value *found = find_in(w->root, id);
    found = found != NULL ? found : find_in(dsr_json_get(w->root, "@graph"), id);
    found = found != NULL ? found : find_in(dsr_json_get(dsr_json_at(w->root, 0), "@graph"), id);
    return found != NULL ? found : node;
}

/* A text, or the first of a list of them. */
static dsr_slice text_of(const dsr_json_value *value)
{
    return dsr_json_text(dsr_json_count(value) > 0 ? dsr_json_at(value, 0) : value);
}

static dsr_status take_text(walker *w, const dsr_json_value *node, const char *key, dsr_slice *out)
{
    return out->len > 0 ? DSR_OK : dsr_page_clean(w->arena, text_of(dsr_json_get(node, key)), out);
}

static dsr_status add_author(walker *w, dsr_slice name, dsr_slices *authors)
{
    dsr_slice clean;
    dsr_status status = dsr_page_clean(w->arena, name, &clean);
    if (status == DSR_OK && clean.len > 0 && authors->count < ITEMS) {
        status = DSR_LIST_RESERVE(w->arena, authors, 1);
        if (status == DSR_OK) {
            authors->items[authors->count++] = clean;
        }
    }
    return status;
}

static dsr_status take_authors(walker *w, const dsr_json_value *value, unsigned depth, dsr_slices *authors)
{
    if (depth > 3 || value == NULL) {
        return DSR_OK;
    }
    dsr_status status = DSR_OK;
    if (dsr_json_type_of(value) == DSR_JSON_STRING) {
        return add_author(w, dsr_json_text(value), authors);
    }
    if (dsr_json_type_of(value) == DSR_JSON_ARRAY) {
        for (size_t i = 0; i < dsr_json_count(value) && i < ITEMS && status == DSR_OK; i++) {
            status = take_authors(w, dsr_json_at(value, i), depth + 1, authors);
        }
        return status;
    }
    const dsr_json_value *node = follow(w, value);
    return take_authors(w, dsr_json_get(node, "name"), depth + 1, authors);
}

static dsr_status take_publisher(walker *w, const dsr_json_value *node, dsr_slice *out)
{
    const dsr_json_value *publisher = dsr_json_get(node, "publisher");
    publisher = dsr_json_count(publisher) > 0 ? dsr_json_at(publisher, 0) : publisher;
    if (dsr_json_type_of(publisher) == DSR_JSON_STRING) {
        return dsr_page_clean(w->arena, dsr_json_text(publisher), out);
    }
    publisher = follow(w, publisher);
    /* A blog's publisher may be a person: no outlet. */
    bool person = is_of(publisher, "Person") && !is_of(publisher, "Organization");
    return person ? DSR_OK : take_text(w, publisher, "name", out);
}

static dsr_status take_url(walker *w, const dsr_json_value *node, dsr_slice *out)
{
    dsr_status status = take_text(w, node, "url", out);
    if (status == DSR_OK) {
        status = take_text(w, node, "mainEntityOfPage", out);
    }
    return status == DSR_OK ? take_text(w, dsr_json_get(node, "mainEntityOfPage"), "@id", out) : status;
}

static dsr_status add_article(walker *w, const dsr_json_value *node, unsigned rank)
{
    page_article article = {.rank = rank};
    const struct {
        const char *key;
        dsr_slice *to;
    } texts[] = {{"headline", &article.headline},      {"name", &article.headline},
                 {"articleSection", &article.section}, {"datePublished", &article.published},
                 {"uploadDate", &article.published},   {"dateCreated", &article.published},
                 {"dateModified", &article.modified},  {"inLanguage", &article.language}};
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == DSR_OK; i++) {
        status = take_text(w, node, texts[i].key, texts[i].to);
        bool first = texts[i].to == &article.published && article.published.len > 0;
        article.published_key = first && article.published_key == NULL ? texts[i].key : article.published_key;
    }
    if (status == DSR_OK) {
        status = take_authors(w, dsr_json_get(node, "author"), 0, &article.authors);
    }
    if (status == DSR_OK && article.authors.count == 0) {
        status = take_authors(w, dsr_json_get(node, "creator"), 0, &article.authors);
    }
    if (status == DSR_OK) {
        status = take_publisher(w, node, &article.publisher);
    }
    if (status == DSR_OK) {
        status = take_url(w, node, &article.url);
    }
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(w->arena, &w->out->articles, 1);
    }
    if (status == DSR_OK) {
        w->out->articles.items[w->out->articles.count++] = article;
    }
    return status;
}

static dsr_status visit(walker *w, const dsr_json_value *value, unsigned depth)
{
    if (value == NULL || depth > DEPTH || w->nodes >= NODES) {
        return DSR_OK;
    }
    w->nodes++;
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < dsr_json_count(value) && i < NODES && status == DSR_OK; i++) {
        status = visit(w, dsr_json_at(value, i), depth + 1);
    }
    if (status != DSR_OK || dsr_json_type_of(value) != DSR_JSON_OBJECT) {
        return status;
    }
    unsigned rank = rank_of(value);
    if (rank > 0 && w->out->articles.count < ARTICLES) {
        status = add_article(w, value, rank);
    }
    if (status == DSR_OK && is_of(value, "WebSite")) {
        status = take_text(w, value, "name", &w->out->site);
    }
    /* Lists of items and parts are left alone: they name other articles. */
    static const char *const inner[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    for (size_t i = 0; i < sizeof inner / sizeof *inner && status == DSR_OK; i++) {
        status = visit(w, dsr_json_get(value, inner[i]), depth + 1);
    }
    return status;
}

static dsr_status take_script(walker *w, dsr_slice script, dsr_buffer *room)
{
    script = peel(script);
    if (script.len == 0 || script.len > SCRIPT_BYTES) {
        return DSR_OK;
    }
    dsr_buffer_reset(room);
    char *to = dsr_buffer_reserve(room, script.len);
    if (to == NULL) {
        return DSR_ERR_MEMORY;
    }
    size_t length = mend(script, to);
    dsr_json_doc *doc = NULL;
    dsr_status status = dsr_json_parse((dsr_slice){to, length}, &doc, NULL);
    if (status != DSR_OK) {
        return status == DSR_ERR_MEMORY ? status : DSR_OK;
    }
    w->root = dsr_json_root(doc);
    w->nodes = 0;
    status = visit(w, w->root, 0);
    dsr_json_drop(doc);
    return status;
}

dsr_status dsr_page_ld_take(const page_tree *tree, page_ld *out)
{
    memset(out, 0, sizeof *out);
    walker w = {.arena = tree->arena, .out = out};
    dsr_buffer room;
    dsr_buffer_open(&room, 0);
    dsr_status status = DSR_OK;
    for (size_t i = 0; i < tree->json_ld.count && i < SCRIPTS && status == DSR_OK; i++) {
        status = take_script(&w, tree->json_ld.items[i], &room);
    }
    dsr_buffer_drop(&room);
    return status;
}
