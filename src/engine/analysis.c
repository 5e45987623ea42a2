/* The order of language and annotation within one report. What is needed on the way (tokens, trees) lives in
 * an arena of its own, many times the text, and goes before the next report comes. */
#include "engine/analysis.h"

#include "annotate/names.h"
#include "annotate/refer.h"
#include "annotate/said.h"
#include "events/events.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_BYTES = 4096 };

struct dsr_analyst {
    dsr_syntax_model *syntax;
    dsr_name_model *names;
    dsr_gazetteer *gazetteer;
    dsr_entity_tables *entities;
    dsr_media_words *media;
    dsr_attribution_tables *attributions;
    dsr_coding_rules *coding;
    dsr_said_watch watch; /* of who says what; NULL: nobody looks on */
    void *watch_context;
    const int16_t *said_weights; /* NULL: those that are built in */
};

/* The path of a model beside the data folder. */
static dsr_status model_path(const char *data_folder, const char *name, char path[PATH_BYTES],
                             dsr_error *error)
{
    int length = snprintf(path, PATH_BYTES, "%s/../models/%s", data_folder, name);
    if (length < 0 || length >= PATH_BYTES) {
        return dsr_fail(error, DSR_ERR_ARGUMENT, "models", "the path of the data folder is too long");
    }
    return DSR_OK;
}

static dsr_status open_syntax(dsr_analyst *analyst, const char *data_folder, dsr_error *error)
{
    char path[PATH_BYTES];
    dsr_status status = model_path(data_folder, "en.syntax", path, error);
    return status == DSR_OK ? dsr_syntax_open(path, &analyst->syntax, error) : status;
}

static dsr_status open_names(dsr_analyst *analyst, const char *data_folder, const char *user_folder,
                             dsr_error *error)
{
    char path[PATH_BYTES];
    dsr_status status = model_path(data_folder, "en.names", path, error);
    if (status == DSR_OK) {
        status = dsr_names_open(path, &analyst->names, error);
    }
    if (status == DSR_OK) {
        status = dsr_gazetteer_open(data_folder, user_folder, &analyst->gazetteer, error);
    }
    if (status == DSR_OK) {
        status = dsr_entity_open(data_folder, user_folder, &analyst->entities, error);
    }
    if (status == DSR_OK) {
        status = dsr_media_words_open(data_folder, user_folder, &analyst->media, error);
    }
    if (status == DSR_OK) {
        status = dsr_attribution_tables_open(data_folder, user_folder, &analyst->attributions, error);
    }
    return status == DSR_OK ? dsr_coding_rules_open(data_folder, user_folder, &analyst->coding, error)
                            : status;
}

dsr_status dsr_analyst_open(const char *data_folder, const char *user_folder, dsr_annotation what,
                            dsr_analyst **out, dsr_error *error)
{
    dsr_analyst *analyst = calloc(1, sizeof *analyst);
    if (!analyst) {
        return dsr_fail_memory(error, "models");
    }
    dsr_status status = open_syntax(analyst, data_folder, error);
    if (status == DSR_OK && what == DSR_ANNOTATE_ALL) {
        status = open_names(analyst, data_folder, user_folder, error);
    }
    if (status != DSR_OK) {
        dsr_analyst_close(analyst);
        return status;
    }
    *out = analyst;
    return DSR_OK;
}

void dsr_analyst_close(dsr_analyst *analyst)
{
    if (analyst) {
        dsr_coding_rules_drop(analyst->coding);
        dsr_attribution_tables_drop(analyst->attributions);
        dsr_media_words_drop(analyst->media);
        dsr_entity_close(analyst->entities);
        dsr_gazetteer_drop(analyst->gazetteer);
        dsr_names_drop(analyst->names);
        dsr_syntax_drop(analyst->syntax);
        free(analyst);
    }
}

const dsr_entity_tables *dsr_analyst_entities(const dsr_analyst *analyst)
{
    return analyst->entities;
}

void dsr_analyst_watch_said(dsr_analyst *analyst, dsr_said_watch watch, void *context, const int16_t *weights)
{
    analyst->said_weights = weights;
    analyst->watch = watch;
    analyst->watch_context = context;
}

dsr_status dsr_analyst_parse(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_arena *arena,
                             const dsr_report *report, dsr_analysed_sentence **out)
{
    size_t count = report->sentences.count;
    dsr_analysed_sentence *list = dsr_arena_alloc_array(arena, count + 1, sizeof *list);
    dsr_status status = list ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_analysed_sentence *s = &list[i];
        status = dsr_language_tokenize(arena, lexicon, report->meta.language, report->text,
                                       report->sentences.items[i], &s->tokens);
        if (status == DSR_OK) {
            status = dsr_syntax_analyse(analyst->syntax, arena, report->text, s->tokens.items,
                                        s->tokens.count, &s->syntax);
        }
    }
    if (status == DSR_OK) {
        *out = list;
    }
    return status;
}

static dsr_status find_names(const dsr_analyst *analyst, dsr_arena *scratch, dsr_arena *arena,
                             const dsr_analysed_sentence *parsed, dsr_report *report)
{
    size_t count = report->sentences.count;
    dsr_names names = {0};
    dsr_name_sentence *sentences = dsr_arena_alloc_array(scratch, count + 1, sizeof *sentences);
    if (!sentences) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        sentences[i] = (dsr_name_sentence){parsed[i].tokens.items, parsed[i].tokens.count};
    }
    dsr_name_input input = {report->text, sentences, count};
    dsr_status status = dsr_names_find(analyst->names, analyst->gazetteer, scratch, &input, &names);
    if (status != DSR_OK || DSR_LIST_RESERVE(arena, &report->names, names.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < names.count; i++) {
        report->names.items[i] = names.items[i];
    }
    report->names.count = names.count;
    return DSR_OK;
}

static dsr_status refer(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_arena *scratch,
                        dsr_arena *arena, const dsr_analysed_sentence *parsed, dsr_report *report)
{
    size_t count = report->sentences.count;
    dsr_refer_sentence *sentences = dsr_arena_alloc_array(scratch, count + 1, sizeof *sentences);
    if (!sentences) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        sentences[i] =
            (dsr_refer_sentence){parsed[i].tokens.items, parsed[i].tokens.count, &parsed[i].syntax};
    }
    dsr_refer_tables tables = {analyst->entities, analyst->gazetteer, lexicon, NULL};
    dsr_status status = dsr_refer(&tables, arena, sentences, count, report);
    if (status != DSR_OK) {
        return status;
    }
    dsr_said_tables said = {.lexicon = lexicon,
                            .gazetteer = analyst->gazetteer,
                            .media = analyst->media,
                            .attributions = analyst->attributions,
                            .weights = analyst->said_weights,
                            .watch = analyst->watch,
                            .watch_context = analyst->watch_context};
    /* What fails leaves the report as it was: quotations too, though they are written before events. */
    size_t quotes = report->quotes.count;
    dsr_quote *before = dsr_arena_alloc_array(scratch, quotes + 1, sizeof *before);
    if (before == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < quotes; i++) {
        before[i] = report->quotes.items[i];
    }
    status = dsr_said(&said, arena, sentences, count, report);
    if (status != DSR_OK) {
        return status;
    }
    dsr_event_tables events = {analyst->coding, analyst->entities->known};
    status = dsr_events_find(&events, arena, sentences, count, report);
    for (size_t i = 0; status != DSR_OK && i < quotes; i++) {
        report->quotes.items[i] = before[i];
    }
    report->quotes.count = status != DSR_OK ? quotes : report->quotes.count;
    return status;
}

dsr_status dsr_analyst_annotate(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_arena *arena,
                                dsr_report *report)
{
    if (!analyst->names || !dsr_slice_equal(report->meta.language, DSR_SLICE("en"))) {
        return DSR_OK;
    }
    dsr_analysed_sentence *parsed = NULL;
    dsr_arena *scratch = dsr_arena_new(0);
    dsr_status status =
        scratch ? dsr_analyst_parse(analyst, lexicon, scratch, report, &parsed) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = find_names(analyst, scratch, arena, parsed, report);
    }
    if (status == DSR_OK) {
        status = refer(analyst, lexicon, scratch, arena, parsed, report);
    }
    dsr_arena_drop(scratch);
    return status;
}
