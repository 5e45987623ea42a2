/* Resolves reports whose names are given, and prints who is who: for scoring against marked reports.
 *
 * usage: print_references DATA_FOLDER SYNTAX_MODEL|- [WEIGHTS]
 * Standard input holds reports one after the other: a line "report BYTES NAMES HEADLINE_BYTES", the text, an
 * end of line, then a line "START END TYPE" for each name, in bytes. Printed for each: a line "report", then
 * "name START END ENTITY STATE|-", "role START END ENTITY", "reference START END KIND ENTITY". WEIGHTS is a
 * file of numbers in the order of dsr_refer_weight. */
#include "annotate/refer.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tools {
    dsr_refer_tables tables;
    dsr_entity_tables *entities;
    dsr_gazetteer *gazetteer;
    dsr_lexicon *lexicon;
    dsr_syntax_model *syntax;
    int16_t weights[DSR_REFER_WEIGHTS];
} tools;

static void stop(const char *what, const dsr_error *error)
{
    fprintf(stderr, "print_references: %s %s %s\n", what, error->subject, error->message);
    exit(2);
}

static void open_tools(tools *t, int count, char **arguments)
{
    dsr_error error;
    dsr_error_clear(&error);
    if (count < 3) {
        stop("usage: print_references DATA_FOLDER SYNTAX_MODEL|- [WEIGHTS]", &error);
    }
    if (dsr_entity_open(arguments[1], NULL, &t->entities, &error) != DSR_OK ||
        dsr_gazetteer_open(arguments[1], NULL, &t->gazetteer, &error) != DSR_OK ||
        dsr_lexicon_open(arguments[1], NULL, &t->lexicon, &error) != DSR_OK ||
        (strcmp(arguments[2], "-") != 0 && dsr_syntax_open(arguments[2], &t->syntax, &error) != DSR_OK)) {
        stop("the tables cannot be read:", &error);
    }
    t->tables = (dsr_refer_tables){t->entities, t->gazetteer, t->lexicon, NULL};
    if (count > 3) {
        FILE *file = fopen(arguments[3], "r");
        for (size_t i = 0; file != NULL && i < DSR_REFER_WEIGHTS; i++) {
            int number = 0;
            t->weights[i] = fscanf(file, "%d", &number) == 1 ? (int16_t)number : dsr_refer_weights[i];
        }
        if (file == NULL) {
            stop("the weights cannot be read", &error);
            return;
        }
        fclose(file);
        t->tables.weights = t->weights;
    }
}

static bool read_report(dsr_arena *arena, dsr_report *report)
{
    size_t bytes, names, headline;
    if (scanf(" report %zu %zu %zu%*c", &bytes, &names, &headline) != 3 || bytes > DSR_LIMIT_TEXT_BYTES ||
        names > bytes) {
        return false;
    }
    char *text = dsr_arena_alloc(arena, bytes + 1);
    report->names.items = dsr_arena_alloc_array(arena, names + 1, sizeof *report->names.items);
    report->furniture.items = dsr_arena_alloc_array(arena, 1, sizeof *report->furniture.items);
    if (text == NULL || report->names.items == NULL || report->furniture.items == NULL ||
        fread(text, 1, bytes, stdin) != bytes) {
        return false;
    }
    report->text = (dsr_slice){text, bytes};
    report->meta.language = DSR_SLICE("en");
    if (headline > 0) {
        report->furniture.items[report->furniture.count++] =
            (dsr_furniture){{0, (uint32_t)headline}, DSR_FURNITURE_HEADLINE};
    }
    for (size_t i = 0; i < names; i++) {
        char type[16];
        dsr_name name = {.entity = DSR_NO_ENTITY, .metonym_for = DSR_NO_ENTITY};
        if (scanf("%u %u %15s", &name.span.start, &name.span.end, type) != 3 ||
            !dsr_name_type_parse(dsr_slice_of(type), &name.type)) {
            return false;
        }
        report->names.items[report->names.count++] = name;
    }
    return true;
}

static dsr_status analyse(const tools *t, dsr_arena *arena, dsr_report *report)
{
    dsr_status status = dsr_language_find_sentences(arena, t->lexicon, report);
    if (status == DSR_OK) {
        status = dsr_language_find_quotes(arena, t->lexicon, report);
    }
    size_t count = report->sentences.count;
    dsr_refer_sentence *sentences = dsr_arena_alloc_array(arena, count + 1, sizeof *sentences);
    dsr_syntax *trees = dsr_arena_alloc_array(arena, count + 1, sizeof *trees);
    for (size_t i = 0; status == DSR_OK && sentences != NULL && trees != NULL && i < count; i++) {
        dsr_tokens tokens = {0};
        status = dsr_language_tokenize(arena, t->lexicon, report->meta.language, report->text,
                                       report->sentences.items[i], &tokens);
        if (status == DSR_OK && t->syntax != NULL) {
            status =
                dsr_syntax_analyse(t->syntax, arena, report->text, tokens.items, tokens.count, &trees[i]);
        }
        sentences[i] = (dsr_refer_sentence){tokens.items, tokens.count, t->syntax != NULL ? &trees[i] : NULL};
    }
    return status == DSR_OK ? dsr_refer(&t->tables, arena, sentences, count, report) : status;
}

static void print_entity(const dsr_report *report, uint32_t entity)
{
    if (entity < report->entities.count) {
        printf(" %.*s", DSR_PRINT(report->entities.items[entity].id));
    } else {
        printf(" -");
    }
}

static void print_report(const dsr_report *report)
{
    puts("report");
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        printf("name %u %u", name->span.start, name->span.end);
        print_entity(report, name->entity);
        print_entity(report, name->metonym_for);
        putchar('\n');
    }
    for (size_t i = 0; i < report->roles.count; i++) {
        const dsr_role *role = &report->roles.items[i];
        printf("role %u %u", role->span.start, role->span.end);
        print_entity(report, role->entity);
        putchar('\n');
    }
    for (size_t i = 0; i < report->references.count; i++) {
        const dsr_reference *reference = &report->references.items[i];
        printf("reference %u %u %s", reference->span.start, reference->span.end,
               dsr_reference_kind_name(reference->kind));
        print_entity(report, reference->entity);
        putchar('\n');
    }
}

int main(int count, char **arguments)
{
    tools t = {0};
    open_tools(&t, count, arguments);
    dsr_arena *arena = dsr_arena_new(0);
    for (bool more = arena != NULL; more;) {
        dsr_report report = {0};
        more = read_report(arena, &report);
        if (more && analyse(&t, arena, &report) != DSR_OK) {
            return 1;
        }
        if (more) {
            print_report(&report);
            dsr_arena_reset(arena);
        }
    }
    dsr_arena_drop(arena);
    dsr_syntax_drop(t.syntax);
    dsr_lexicon_close(t.lexicon);
    dsr_gazetteer_drop(t.gazetteer);
    dsr_entity_close(t.entities);
    return 0;
}
