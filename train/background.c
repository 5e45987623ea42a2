/* Counts in how many texts each English stem occurs: models/background-en.tsv. Prints the table.
 *
 *   train_background CORPUS.conllu...
 *
 * Reads CoNLL-U; a text begins at "# newdoc". A stem counts when at least two texts have it. */
#include "base/arena.h"
#include "base/map.h"
#include "story/stem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct stem_count {
    dsr_slice stem;
    unsigned texts;
    unsigned last; /* the text that counted it last */
} stem_count;

typedef struct trainer {
    dsr_arena *arena;
    dsr_stemmer *stemmer;
    dsr_words *numbers;
    DSR_LIST(stem_count) counts;
    unsigned texts;
} trainer;

static dsr_status count_stem(trainer *t, dsr_slice stem)
{
    uint32_t number = dsr_words_get(t->numbers, stem);
    if (number == DSR_MAP_NONE) {
        stem_count fresh = {.texts = 0, .last = 0};
        number = (uint32_t)t->counts.count;
        if (DSR_LIST_RESERVE(t->arena, &t->counts, 1) != DSR_OK ||
            dsr_arena_copy(t->arena, stem, &fresh.stem) != DSR_OK ||
            dsr_words_put(t->numbers, fresh.stem, number) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        t->counts.items[t->counts.count++] = fresh;
    }
    stem_count *c = &t->counts.items[number];
    if (c->last != t->texts) {
        c->last = t->texts;
        c->texts++;
    }
    return DSR_OK;
}

static dsr_status count_form(trainer *t, dsr_slice form)
{
    dsr_slice word, stem;
    char folded[DSR_STEM_WORD_BYTES];
    while (dsr_stem_next_word(&form, &word)) {
        dsr_slice key = {folded, dsr_stem_fold(word, folded)};
        if (!key.len) {
            continue;
        }
        if (dsr_stem(t->stemmer, key, &stem) != DSR_OK || count_stem(t, stem) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_status count_line(trainer *t, dsr_slice line)
{
    if (dsr_slice_starts(line, DSR_SLICE("# newdoc"))) {
        t->texts++;
        return DSR_OK;
    }
    dsr_slice id, form;
    if (!line.len || line.ptr[0] == '#' || !dsr_slice_next_field(&line, '\t', &id) ||
        !dsr_slice_next_field(&line, '\t', &form)) {
        return DSR_OK;
    }
    /* "3.1" is an empty node; a range such as "3-4" repeats its words. */
    bool plain = !memchr(id.ptr, '.', id.len) && !memchr(id.ptr, '-', id.len);
    return plain ? count_form(t, form) : DSR_OK;
}

static int read_corpus(trainer *t, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "train_background: %s cannot be opened\n", path);
        return 1;
    }
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && (length = getline(&line, &room, file)) >= 0) {
        dsr_slice s = {line, (size_t)length};
        status = count_line(t, dsr_slice_trim(s));
    }
    free(line);
    fclose(file);
    return status != DSR_OK;
}

static int compare_stems(const void *x, const void *y)
{
    const stem_count *a = x, *b = y;
    return dsr_slice_compare(a->stem, b->stem);
}

static void print_counts(trainer *t)
{
    puts("# English stems (Snowball) and the number of background texts in which they occur; see background-en.md.");
    printf("documents\t%u\n", t->texts);
    qsort(t->counts.items, t->counts.count, sizeof *t->counts.items, compare_stems);
    for (size_t i = 0; i < t->counts.count; i++) {
        if (t->counts.items[i].texts > 1) {
            printf("%.*s\t%u\n", DSR_PRINT(t->counts.items[i].stem), t->counts.items[i].texts);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: train_background CORPUS.conllu... > models/background-en.tsv\n", stderr);
        return 2;
    }
    trainer t = {.arena = dsr_arena_new(0), .numbers = dsr_words_new(65536)};
    int failed = !t.arena || !t.numbers || dsr_stemmer_open(DSR_SLICE("en"), &t.stemmer) != DSR_OK;
    for (int i = 1; !failed && i < argc; i++) {
        failed = read_corpus(&t, argv[i]);
    }
    if (!failed) {
        print_counts(&t);
    }
    dsr_stemmer_close(t.stemmer);
    dsr_words_drop(t.numbers);
    dsr_arena_drop(t.arena);
    return failed;
}
