/* Reads the corpora that the name tagger learns from: marked reports, and lists of tokens with labels. Their
 * types are led over to ours; where theirs do not tell, several of ours may be true. */
#include "marked.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

enum {
    BIT_PER = 1 << DSR_NAME_PER,
    BIT_ORG = 1 << DSR_NAME_ORG,
    BIT_GPE = 1 << DSR_NAME_GPE,
    BIT_LOC = 1 << DSR_NAME_LOC,
    BIT_FAC = 1 << DSR_NAME_FAC,
    BIT_NORP = 1 << DSR_NAME_NORP,
    BIT_EVENT = 1 << DSR_NAME_EVENT
};

static name_document *new_document(dsr_arena *arena, name_documents *out, name_set set)
{
    if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
        return NULL;
    }
    name_document *document = &out->items[out->count++];
    *document = (name_document){.set = set};
    return document;
}

/* ---- marked reports ---- */

bool load_news(dsr_arena *arena, const char *folder, name_documents *out)
{
    marked_reports reports = {0};
    if (!marked_read_folder(arena, folder, &reports)) {
        return false;
    }
    for (size_t i = 0; i < reports.count; i++) {
        name_document *document = new_document(arena, out, SET_NEWS);
        if (document == NULL) {
            return false;
        }
        document->text = reports.items[i].text;
        document->demonyms_known = true;
        for (size_t k = 0; k < reports.items[i].marks.count; k++) {
            const mark *m = &reports.items[i].marks.items[k];
            if (m->kind > MARK_EVENT) {
                continue;
            }
            if (DSR_LIST_RESERVE(arena, &document->spans, 1) != DSR_OK) {
                return false;
            }
            document->spans.items[document->spans.count++] = (known_span){m->span, 1u << m->kind};
        }
    }
    return true;
}

/* ---- text from tokens ---- */

bool text_put(text_maker *t, dsr_slice bytes)
{
    if (t->capacity - t->len < bytes.len + 1) {
        size_t capacity = (t->capacity + bytes.len + 64) * 2;
        char *grown = dsr_arena_alloc(t->arena, capacity);
        if (grown == NULL) {
            return false;
        }
        memcpy(grown, t->bytes != NULL ? t->bytes : "", t->len);
        t->bytes = grown;
        t->capacity = capacity;
    }
    memcpy(t->bytes + t->len, bytes.ptr, bytes.len);
    t->len += bytes.len;
    return true;
}

static bool is_one_of(dsr_slice token, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (dsr_slice_equal(token, dsr_slice_of(*list))) {
            return true;
        }
    }
    return false;
}

bool text_put_token(text_maker *t, dsr_slice token, uint32_t *at)
{
    static const char *const closing[] = {",",   ".",   ":",  ";",   "!",   "?",  ")",
                                          "]",   "%",   "''", "n't", "'s",  "'m", "'re",
                                          "'ve", "'ll", "'d", "’s",  "...", "”",  NULL};
    static const char *const opening[] = {"(", "[", "$", "``", "“", "#", NULL};
    bool quote = dsr_slice_equal(token, DSR_SLICE("\""));
    bool closes = is_one_of(token, closing) || (quote && t->open);
    if (t->len > 0 && !t->glue && !closes && t->bytes[t->len - 1] != '\n' && !text_put(t, DSR_SLICE(" "))) {
        return false;
    }
    *at = (uint32_t)t->len;
    t->glue = is_one_of(token, opening) || (quote && !t->open);
    t->open = quote ? !t->open : t->open;
    if (is_one_of(token, (const char *const[]){"``", "''", NULL})) {
        token = DSR_SLICE("\"");
    }
    return text_put(t, token);
}

/* ---- lists of tokens ---- */

typedef struct label_map {
    const char *label; /* without "B-" */
    unsigned types;
} label_map;

typedef struct token_list {
    const char *file;
    name_set set;
    char separator;
    unsigned word, label; /* columns */
    unsigned sentences;   /* make a document; 0 where the file says */
    const label_map *map;
} token_list;

enum { PLACE = BIT_GPE | BIT_LOC | BIT_FAC };

static const label_map plain_map[] = {{"PER", BIT_PER},
                                      {"ORG", BIT_ORG},
                                      {"LOC", PLACE},
                                      {"MISC", BIT_NORP | BIT_EVENT | MAY_BE_NONE},
                                      {NULL, 0}};
static const label_map wnut_map[] = {{"person", BIT_PER},
                                     {"location", PLACE},
                                     {"corporation", BIT_ORG},
                                     {"group", BIT_ORG | BIT_NORP | MAY_BE_NONE},
                                     {"product", MAY_BE_NONE},
                                     {"creative-work", MAY_BE_NONE},
                                     {NULL, 0}};
static const label_map cross_map[] = {{"politician", BIT_PER},
                                      {"person", BIT_PER},
                                      {"writer", BIT_PER},
                                      {"organisation", BIT_ORG},
                                      {"politicalparty", BIT_ORG},
                                      {"magazine", BIT_ORG},
                                      {"country", BIT_GPE},
                                      {"location", PLACE},
                                      {"election", BIT_EVENT},
                                      {"event", BIT_EVENT | MAY_BE_NONE},
                                      {"award", BIT_EVENT | MAY_BE_NONE},
                                      {"book", MAY_BE_NONE},
                                      {"poem", MAY_BE_NONE},
                                      {"literarygenre", BIT_NORP | MAY_BE_NONE},
                                      {"misc", BIT_NORP | BIT_EVENT | MAY_BE_NONE},
                                      {NULL, 0}};

static const token_list token_lists[] = {
    {"ner-uner-ewt-dev.iob2", SET_UNER, '\t', 1, 2, 0, plain_map},
    {"ner-wikigold.conll", SET_WIKIGOLD, ' ', 0, 1, 12, plain_map},
    {"ner-wnut17-train.conll", SET_WNUT, '\t', 0, 1, 1, wnut_map},
    {"ner-crossner-politics.conll", SET_POLITICS, '\t', 0, 1, 1, cross_map},
    {"ner-crossner-literature.conll", SET_LITERATURE, '\t', 0, 1, 1, cross_map},
};

typedef struct token_reader {
    const token_list *list;
    const dsr_gazetteer *gazetteer;
    dsr_arena *arena;
    name_documents *out;
    name_document *document;
    text_maker text;
    dsr_slice label; /* of the name that is open: without "B-"; no value: none */
    size_t sentences;
} token_reader;

unsigned types_of_place(const dsr_gazetteer *gazetteer, dsr_slice name)
{
    uint32_t lists = dsr_gazetteer_find_text(gazetteer, name);
    unsigned types = 0;
    types |=
        (lists & (DSR_GAZETTEER_COUNTRY | DSR_GAZETTEER_CITY | DSR_GAZETTEER_REGION)) != 0 ? BIT_GPE : 0u;
    types |= (lists & DSR_GAZETTEER_NATURE) != 0 ? BIT_LOC : 0u;
    types |= (lists & DSR_GAZETTEER_BUILDING) != 0 ? BIT_FAC : 0u;
    return types != 0 ? types : PLACE;
}

static unsigned types_of(const token_reader *r, dsr_slice label, dsr_slice name)
{
    for (const label_map *m = r->list->map; m->label != NULL; m++) {
        if (dsr_slice_equal(label, dsr_slice_of(m->label))) {
            bool demonym = (dsr_gazetteer_find_text(r->gazetteer, name) & DSR_GAZETTEER_DEMONYM) != 0;
            if ((m->types & BIT_NORP) != 0 && demonym) {
                return BIT_NORP;
            }
            return m->types == PLACE ? types_of_place(r->gazetteer, name) : m->types;
        }
    }
    return MAY_BE_NONE;
}

/* Takes the article off the name: ours have none. */
static dsr_span without_article(const text_maker *t, dsr_span span)
{
    dsr_slice name = {t->bytes + span.start, span.end - span.start};
    if (name.len > 4 && dsr_slice_equal_nocase(dsr_slice_part(name, 0, 4), DSR_SLICE("the "))) {
        span.start += 4;
    }
    return span;
}

static void close_name(token_reader *r)
{
    if (r->label.ptr == NULL) {
        return;
    }
    known_span *span = &r->document->spans.items[r->document->spans.count - 1];
    span->span.end = (uint32_t)r->text.len;
    span->span = without_article(&r->text, span->span);
    span->types = types_of(r, r->label,
                           (dsr_slice){r->text.bytes + span->span.start, span->span.end - span->span.start});
    r->label = DSR_SLICE_NONE;
}

static bool open_document(token_reader *r)
{
    r->document = new_document(r->arena, r->out, r->list->set);
    r->text = (text_maker){.arena = r->arena};
    r->sentences = 0;
    return r->document != NULL;
}

static void close_document(token_reader *r)
{
    close_name(r);
    if (r->document != NULL) {
        r->document->text = (dsr_slice){r->text.bytes, r->text.len};
    }
}

static bool read_token(token_reader *r, dsr_slice line)
{
    dsr_slice fields[3] = {{0}};
    for (size_t i = 0; i < 3 && dsr_slice_next_field(&line, r->list->separator, &fields[i]); i++) {
    }
    dsr_slice word = fields[r->list->word];
    dsr_slice label = fields[r->list->label];
    if (word.len == 0 || label.len == 0) {
        return true;
    }
    bool named = label.len > 2;
    dsr_slice type = dsr_slice_part(label, 2, label.len);
    bool goes_on = named && label.ptr[0] == 'I' && r->label.ptr != NULL && dsr_slice_equal(type, r->label);
    if (!goes_on) {
        close_name(r);
    }
    uint32_t at;
    if (!text_put_token(&r->text, word, &at)) {
        return false;
    }
    if (named && !goes_on) {
        if (DSR_LIST_RESERVE(r->arena, &r->document->spans, 1) != DSR_OK) {
            return false;
        }
        r->document->spans.items[r->document->spans.count++] = (known_span){{at, at}, 0};
        r->label = type;
    }
    return true;
}

static bool end_sentence(token_reader *r)
{
    close_name(r);
    if (r->text.len == 0 || r->text.bytes[r->text.len - 1] == '\n') {
        return true;
    }
    r->text.open = false;
    r->sentences++;
    if (r->list->sentences != 0 && r->sentences >= r->list->sentences) {
        close_document(r);
        return open_document(r);
    }
    return text_put(&r->text, DSR_SLICE("\n"));
}

static bool read_list(token_reader *r, dsr_slice bytes)
{
    dsr_slice line;
    bool fits = open_document(r);
    while (fits && dsr_slice_next_line(&bytes, &line)) {
        if (dsr_slice_starts(line, DSR_SLICE("# newdoc"))) {
            close_document(r);
            fits = open_document(r);
        } else if (r->list->sentences == 0 && dsr_slice_starts(line, DSR_SLICE("# "))) {
            continue;
        } else if (dsr_slice_trim(line).len == 0) {
            fits = end_sentence(r);
        } else {
            fits = read_token(r, line);
        }
    }
    close_document(r);
    return fits;
}

bool load_corpora(dsr_arena *arena, const char *corpora, const dsr_gazetteer *gazetteer, name_documents *out)
{
    for (size_t i = 0; i < sizeof token_lists / sizeof *token_lists; i++) {
        dsr_slice path;
        dsr_slice bytes;
        token_reader r = {.list = &token_lists[i], .gazetteer = gazetteer, .arena = arena, .out = out};
        if (dsr_arena_format(arena, &path, "%s/%s", corpora, token_lists[i].file) != DSR_OK ||
            !read_file(arena, path.ptr, &bytes) || !read_list(&r, bytes)) {
            return false;
        }
    }
    return true;
}
