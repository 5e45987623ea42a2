/* Names of the documents in a file, parted by NUL bytes: names_tag MODEL DATA FILE prints a line "document
 * start end type" (bytes) a name, and on standard error how fast it went. For measuring. */
#include "marked.h"
#include "names.h"

#include <stdio.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

typedef struct tagger {
    dsr_lexicon *lexicon;
    dsr_gazetteer *gazetteer;
    dsr_name_model *model;
    double spent;
    size_t tokens;
} tagger;

static bool tag(tagger *t, size_t number, dsr_slice text)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = {.text = text};
    dsr_slice english = DSR_SLICE("en");
    report.meta.language = english;
    bool done = arena != NULL && dsr_language_find_sentences(arena, t->lexicon, &report) == DSR_OK;
    dsr_name_sentence *sentences =
        done ? dsr_arena_alloc_array(arena, report.sentences.count, sizeof *sentences) : NULL;
    done = sentences != NULL;
    for (size_t s = 0; done && s < report.sentences.count; s++) {
        dsr_tokens tokens = {0};
        done = dsr_language_tokenize(arena, t->lexicon, english, text, report.sentences.items[s], &tokens) ==
               DSR_OK;
        sentences[s] = (dsr_name_sentence){tokens.items, tokens.count};
        t->tokens += tokens.count;
    }
    double before = seconds();
    dsr_names names = {0};
    dsr_name_input input = {text, sentences, report.sentences.count};
    done = done && dsr_names_find(t->model, t->gazetteer, arena, &input, &names) == DSR_OK;
    t->spent += seconds() - before;
    for (size_t i = 0; done && i < names.count; i++) {
        printf("%zu %u %u %s\n", number, names.items[i].span.start, names.items[i].span.end,
               dsr_name_type_name(names.items[i].type));
    }
    dsr_arena_drop(arena);
    return done;
}

int main(int count, char **args)
{
    tagger t = {0};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_slice all;
    dsr_error error = {0};
    if (count != 4) {
        fprintf(stderr, "usage: names_tag MODEL DATA FILE\n");
        return 2;
    }
    double before = seconds();
    if (dsr_names_open(args[1], &t.model, &error) != DSR_OK ||
        dsr_lexicon_open(args[2], NULL, &t.lexicon, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return 1;
    }
    double middle = seconds();
    if (dsr_gazetteer_open(args[2], NULL, &t.gazetteer, &error) != DSR_OK ||
        !read_file(arena, args[3], &all)) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return 1;
    }
    fprintf(stderr, "opened in %.1f ms, gazetteer %.1f ms\n", (middle - before) * 1e3,
            (seconds() - middle) * 1e3);
    dsr_slice text;
    size_t number = 0;
    while (dsr_slice_next_field(&all, '\0', &text)) {
        if (!tag(&t, number++, text)) {
            return 1;
        }
    }
    fprintf(stderr, "%zu tokens, %.0f a second\n", t.tokens, (double)t.tokens / t.spent);
    dsr_names_drop(t.model);
    dsr_gazetteer_drop(t.gazetteer);
    dsr_lexicon_close(t.lexicon);
    dsr_arena_drop(arena);
    return 0;
}
