/* Reading marked texts for tests. See named.h. */
#include "named.h"

#include <string.h>

bool named_open(named_world *world)
{
    memset(world, 0, sizeof *world);
    world->arena = dsr_arena_new(0);
    return world->arena != NULL && dsr_entity_open(DSR_DATA_FOLDER, NULL, &world->entities, NULL) == DSR_OK &&
           dsr_gazetteer_open(DSR_DATA_FOLDER, NULL, &world->gazetteer, NULL) == DSR_OK &&
           dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &world->lexicon, NULL) == DSR_OK;
}

void named_close(named_world *world)
{
    dsr_lexicon_close(world->lexicon);
    dsr_gazetteer_drop(world->gazetteer);
    dsr_entity_close(world->entities);
    dsr_arena_drop(world->arena);
}

static bool add_name(named_world *world, dsr_report *report, dsr_slice type, dsr_span span)
{
    dsr_name name = {.span = span, .entity = DSR_NO_ENTITY, .metonym_for = DSR_NO_ENTITY};
    if (!dsr_name_type_parse(type, &name.type) ||
        DSR_LIST_RESERVE(world->arena, &report->names, 1) != DSR_OK) {
        return false;
    }
    report->names.items[report->names.count++] = name;
    return true;
}

dsr_report *named_read(named_world *world, const char *marked)
{
    dsr_report *report = dsr_arena_alloc(world->arena, sizeof *report);
    char *text = dsr_arena_alloc(world->arena, strlen(marked) + 1);
    if (report == NULL || text == NULL) {
        return NULL;
    }
    uint32_t used = 0;
    uint32_t start = 0;
    dsr_slice type = DSR_SLICE_NONE;
    for (const char *p = marked; *p != '\0'; p++) {
        if (*p == '{') {
            type = (dsr_slice){p + 1, strcspn(p + 1, " ")};
            p += type.len + 1;
            start = used;
        } else if (*p == '}') {
            if (!add_name(world, report, type, (dsr_span){start, used})) {
                return NULL;
            }
        } else {
            text[used++] = *p;
        }
    }
    report->text = (dsr_slice){text, used};
    report->meta.language = DSR_SLICE("en");
    bool done = dsr_language_find_sentences(world->arena, world->lexicon, report) == DSR_OK &&
                dsr_language_find_quotes(world->arena, world->lexicon, report) == DSR_OK;
    return done ? report : NULL;
}

dsr_status named_resolve(named_world *world, dsr_arena *arena, dsr_report *report)
{
    size_t count = report->sentences.count;
    dsr_refer_sentence *sentences = dsr_arena_alloc_array(arena, count + 1, sizeof *sentences);
    if (sentences == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        dsr_tokens tokens = {0};
        dsr_status status = dsr_language_tokenize(arena, world->lexicon, report->meta.language, report->text,
                                                  report->sentences.items[i], &tokens);
        if (status != DSR_OK) {
            return status;
        }
        sentences[i] = (dsr_refer_sentence){tokens.items, tokens.count, NULL};
    }
    dsr_refer_tables tables = {world->entities, world->gazetteer, world->lexicon, NULL};
    return dsr_refer(&tables, arena, sentences, count, report);
}

dsr_report *named_report(named_world *world, const char *marked)
{
    dsr_report *report = named_read(world, marked);
    const char *broken = NULL;
    bool done = report != NULL && named_resolve(world, world->arena, report) == DSR_OK &&
                dsr_report_is_sound(report, &broken);
    return done ? report : NULL;
}

static dsr_slice id_of(const dsr_report *report, uint32_t entity)
{
    return entity < report->entities.count ? report->entities.items[entity].id : DSR_SLICE("");
}

dsr_slice named_id(const dsr_report *report, size_t name)
{
    return id_of(report, name < report->names.count ? report->names.items[name].entity : DSR_NO_ENTITY);
}

dsr_slice named_state(const dsr_report *report, size_t name)
{
    return id_of(report, name < report->names.count ? report->names.items[name].metonym_for : DSR_NO_ENTITY);
}

static bool is_text(const dsr_report *report, dsr_span span, const char *words)
{
    return dsr_slice_equal(dsr_slice_part(report->text, span.start, span.end), dsr_slice_of(words));
}

dsr_slice named_reference(const dsr_report *report, const char *words, size_t nth)
{
    for (size_t i = 0; i < report->references.count; i++) {
        if (is_text(report, report->references.items[i].span, words) && nth-- == 0) {
            return id_of(report, report->references.items[i].entity);
        }
    }
    return DSR_SLICE("");
}

dsr_slice named_role(const dsr_report *report, const char *words)
{
    for (size_t i = 0; i < report->roles.count; i++) {
        if (is_text(report, report->roles.items[i].span, words)) {
            return id_of(report, report->roles.items[i].entity);
        }
    }
    return DSR_SLICE("");
}
