/* Reads a corpus of attributions and finds the candidates in its texts, as the program itself would. */
#include "attributions.h"

#include "annotate/names.h"
#include "base/json.h"
#include "clean/clean.h"
#include "marked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct toolbox {
    dsr_lexicon *lexicon;
    dsr_gazetteer *gazetteer;
    dsr_name_model *names;
    dsr_syntax_model *syntax;
    dsr_attribution_tables *cues;
};

enum { PATH_BYTES = 1024 };

toolbox *toolbox_open(const char *data, const char *models)
{
    char syntax[PATH_BYTES];
    char names[PATH_BYTES];
    dsr_error error;
    dsr_error_clear(&error);
    toolbox *t = calloc(1, sizeof *t);
    snprintf(syntax, sizeof syntax, "%s/en.syntax", models);
    snprintf(names, sizeof names, "%s/en.names", models);
    if (t == NULL || dsr_lexicon_open(data, NULL, &t->lexicon, &error) != DSR_OK ||
        dsr_gazetteer_open(data, NULL, &t->gazetteer, &error) != DSR_OK ||
        dsr_names_open(names, &t->names, &error) != DSR_OK ||
        dsr_syntax_open(syntax, &t->syntax, &error) != DSR_OK ||
        dsr_attribution_tables_open(data, NULL, &t->cues, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        toolbox_close(t);
        return NULL;
    }
    return t;
}

void toolbox_close(toolbox *t)
{
    if (t != NULL) {
        dsr_attribution_tables_drop(t->cues);
        dsr_syntax_drop(t->syntax);
        dsr_names_drop(t->names);
        dsr_gazetteer_drop(t->gazetteer);
        dsr_lexicon_close(t->lexicon);
        free(t);
    }
}

/* ---- what is known ---- */

/* By code point: the byte that it begins at; one more for the end. */
static uint32_t *byte_places(dsr_arena *arena, dsr_slice text, size_t *count)
{
    uint32_t *places = dsr_arena_alloc_array(arena, text.len + 2, sizeof *places);
    *count = 0;
    for (size_t i = 0; places != NULL && i < text.len; i++) {
        if (((unsigned char)text.ptr[i] & 0xC0) != 0x80) {
            places[(*count)++] = (uint32_t)i;
        }
    }
    if (places != NULL) {
        places[*count] = (uint32_t)text.len;
    }
    return places;
}

static bool read_known(corpus *c, const dsr_json_value *list, document *d)
{
    static const char *const roles[ROLES] = {"source", "cue", "content"};
    size_t points;
    uint32_t *places = byte_places(c->arena, d->text, &points);
    for (int r = 0; r < ROLES; r++) {
        d->known[r] = dsr_arena_alloc_array(c->arena, d->text.len + 1, sizeof *d->known[r]);
        if (d->known[r] == NULL || places == NULL) {
            return false;
        }
        for (size_t i = 0; i < dsr_json_count(list); i++) {
            const dsr_json_value *spans = dsr_json_get(dsr_json_at(list, i), roles[r]);
            for (size_t k = 0; k < dsr_json_count(spans); k++) {
                int64_t from = dsr_json_integer(dsr_json_at(dsr_json_at(spans, k), 0), 0);
                int64_t to = dsr_json_integer(dsr_json_at(dsr_json_at(spans, k), 1), 0);
                for (int64_t p = from; p >= 0 && p < to && p < (int64_t)points; p++) {
                    for (uint32_t b = places[p]; b < places[p + 1]; b++) {
                        d->known[r][b] = (uint32_t)i + 1;
                    }
                }
            }
        }
    }
    return true;
}

/* ---- candidates ---- */

typedef struct watching {
    corpus *corpus;
    const dsr_refer_sentence *sentences;
    bool failed;
} watching;

/* The corpus has a cue at its head, and some of its content in what is told. */
static bool is_right(const document *d, dsr_span head, const dsr_attribution *told)
{
    for (uint32_t i = 0; d->known[ROLE_CUE][head.start] != 0 && i < told->contents; i++) {
        for (uint32_t b = told->content[i].start; b < told->content[i].end; b++) {
            if (d->known[ROLE_CONTENT][b] != 0) {
                return true;
            }
        }
    }
    return false;
}

static void watch(void *context, const dsr_at_candidate *candidate, const dsr_attribution *told)
{
    watching *w = context;
    corpus *c = w->corpus;
    if (w->failed || DSR_LIST_RESERVE(c->arena, &c->examples, 1) != DSR_OK) {
        w->failed = true;
        return;
    }
    example *e = &c->examples.items[c->examples.count++];
    *e = (example){.document = (uint32_t)c->documents.count - 1,
                   .told = *told,
                   .feature_count = (uint16_t)candidate->feature_count,
                   .frame = (uint8_t)candidate->frame,
                   .kind = candidate->entry.kind};
    for (uint32_t i = 0; i < candidate->feature_count; i++) {
        e->features[i] = (uint16_t)candidate->features[i];
    }
    dsr_span head = w->sentences[told->sentence].tokens[candidate->head].span;
    e->right = is_right(&c->documents.items[e->document], head, told);
    w->failed = dsr_arena_copy(c->arena, w->sentences[told->sentence].syntax->tokens[candidate->head].lemma,
                               &e->lemma) != DSR_OK;
}

static bool parse(const toolbox *t, dsr_arena *arena, dsr_report *report, dsr_refer_sentence **out)
{
    size_t count = report->sentences.count;
    dsr_refer_sentence *sentences = dsr_arena_alloc_array(arena, count + 1, sizeof *sentences);
    dsr_name_sentence *named = dsr_arena_alloc_array(arena, count + 1, sizeof *named);
    bool done = sentences != NULL && named != NULL;
    for (size_t i = 0; done && i < count; i++) {
        dsr_tokens tokens = {0};
        dsr_syntax *syntax = dsr_arena_alloc(arena, sizeof *syntax);
        done =
            syntax != NULL &&
            dsr_language_tokenize(arena, t->lexicon, report->meta.language, report->text,
                                  report->sentences.items[i], &tokens) == DSR_OK &&
            dsr_syntax_analyse(t->syntax, arena, report->text, tokens.items, tokens.count, syntax) == DSR_OK;
        sentences[i] = (dsr_refer_sentence){tokens.items, tokens.count, syntax};
        named[i] = (dsr_name_sentence){tokens.items, tokens.count};
    }
    dsr_names names = {0};
    dsr_name_input input = {report->text, named, count};
    done = done && dsr_names_find(t->names, t->gazetteer, arena, &input, &names) == DSR_OK &&
           DSR_LIST_RESERVE(arena, &report->names, names.count) == DSR_OK;
    for (size_t i = 0; done && i < names.count; i++) {
        report->names.items[report->names.count++] = names.items[i];
    }
    *out = sentences;
    return done;
}

static bool find_candidates(const toolbox *t, corpus *c, document *d)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = {.text = d->text};
    report.meta.language = DSR_SLICE("en");
    watching w = {.corpus = c};
    dsr_refer_sentence *sentences = NULL;
    bool done = arena != NULL && dsr_clean_report(arena, t->lexicon, &report) == DSR_OK &&
                dsr_language_find_sentences(arena, t->lexicon, &report) == DSR_OK &&
                dsr_language_find_quotes(arena, t->lexicon, &report) == DSR_OK &&
                parse(t, arena, &report, &sentences);
    d->marked = dsr_arena_alloc(c->arena, d->text.len + 1);
    done = done && d->marked != NULL;
    for (size_t q = 0; done && q < report.quotes.count; q++) {
        dsr_span span = report.quotes.items[q].span;
        memset(d->marked + span.start, report.quotes.items[q].kind != DSR_QUOTE_SCARE, span.end - span.start);
    }
    w.sentences = sentences;
    dsr_at_watcher watcher = {t->cues, watch, &w};
    dsr_attributions told = {0};
    done = done && dsr_attributions_watch(&watcher, arena, sentences, report.sentences.count, &report,
                                          &told) == DSR_OK;
    dsr_arena_drop(arena);
    return done && !w.failed;
}

static bool read_document(const toolbox *t, corpus *c, dsr_slice line)
{
    dsr_json_doc *json = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_json_parse(line, &json, &error) != DSR_OK) {
        fprintf(stderr, "a line is no JSON: %s\n", error.message);
        return false;
    }
    const dsr_json_value *root = dsr_json_root(json);
    bool done = DSR_LIST_RESERVE(c->arena, &c->documents, 1) == DSR_OK;
    if (done) {
        document *d = &c->documents.items[c->documents.count++];
        *d = (document){.text = DSR_SLICE("")};
        done = dsr_arena_copy(c->arena, dsr_json_text(dsr_json_get(root, "text")), &d->text) == DSR_OK &&
               read_known(c, dsr_json_get(root, "attributions"), d) && find_candidates(t, c, d);
    }
    dsr_json_drop(json);
    return done;
}

bool corpus_read(const toolbox *t, const char *path, corpus *out)
{
    dsr_slice rest;
    dsr_slice line;
    *out = (corpus){.arena = dsr_arena_new(0)};
    if (out->arena == NULL || !read_file(out->arena, path, &rest)) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    bool done = true;
    while (done && dsr_slice_next_line(&rest, &line)) {
        done = line.len == 0 || read_document(t, out, line);
    }
    return done;
}
