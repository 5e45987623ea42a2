/* Trains the model of English tags, lemmas and syntax, and scores it. The same corpus gives the same bytes.
 *
 *   train_syntax [--fold K/N] [--data FOLDER] [--passes N] FOLDER OUT
 *
 * FOLDER has ud-ewt-train.conllu, ud-ewt-dev.conllu and gum-free-train.conllu. --fold K/N leaves every N-th
 * document of GUM, from the K-th on, out of the training and scores on those. --data is the folder of word
 * lists (the tree's), which scores from raw text need. --passes says how long is learnt. */
#include "syntax.h"

#include "perceptron_parts.h"

#include <stdlib.h>
#include <string.h>

/* The finished model, opened. Ends the program where that fails. */
static dsr_syntax_model *open_now(const training *t)
{
    dsr_buffer bytes;
    dsr_syntax_model *model;
    dsr_error error;
    dsr_buffer_open(&bytes, 0);
    model_file_finish(t->file, &bytes);
    if (dsr_syntax_open_bytes(dsr_buffer_slice(&bytes), "the new model", &model, &error) != DSR_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    dsr_buffer_drop(&bytes);
    return model;
}

/* ---- the corpus ---- */

typedef struct options {
    const char *folder;
    const char *out;
    const char *data; /* the folder of word lists */
    unsigned fold;
    unsigned folds;
} options;

static void read_part(dsr_arena *arena, const options *o, const char *name, conllu *out)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", o->folder, name);
    if (!conllu_read(arena, path, out)) {
        exit(1);
    }
}

static bool is_held(const training *t, const options *o, const conllu_sentence *s)
{
    return o->folds > 0 && s->document >= t->web && (s->document - t->web) % o->folds == o->fold;
}

/* By word: held sentences, and all words from `made` on, which are copies. */
static void prepare_words(training *t, size_t made)
{
    t->word_held = must_alloc(t->corpus.words.count, sizeof *t->word_held);
    t->words = must_alloc(t->corpus.words.count, sizeof *t->words);
    for (size_t s = 0; s < t->corpus.sentences.count; s++) {
        const conllu_sentence *from = &t->corpus.sentences.items[s];
        for (size_t i = from->first; i < from->first + from->count; i++) {
            t->word_held[i] = t->held[s] || i >= made;
            dsr_word_set(&t->words[i], t->corpus.words.items[i].form);
        }
    }
}

static void prepare(training *t, const options *o)
{
    read_part(t->arena, o, "ud-ewt-train.conllu", &t->corpus);
    t->web = t->corpus.documents.count;
    read_part(t->arena, o, "gum-free-train.conllu", &t->corpus);
    size_t sentences = t->corpus.sentences.count;
    size_t words = t->corpus.words.count;
    t->held = must_alloc((1 + SPLICED_SENTENCES) * sentences, sizeof *t->held);
    for (size_t s = 0; s < sentences; s++) {
        t->held[s] = is_held(t, o, &t->corpus.sentences.items[s]);
    }
    splice_sentences(t);
    prepare_words(t, words);
}

static void train(training *t)
{
    t->file = model_file_new();
    number_tags(t);
    learn_lemmas(t);
    learn_network(t);
}

static void score(training *t, const options *o)
{
    dsr_syntax_model *model = open_now(t);
    conllu dev = {0};
    read_part(t->arena, o, "ud-ewt-dev.conllu", &dev);
    score_sentences(model, &dev, NULL, "EWT dev");
    if (o->folds > 0) {
        score_sentences(model, &t->corpus, t->held, "GUM held out");
        for (size_t s = 0; s < t->corpus.sentences.count; s++) {
            dsr_slice name = t->corpus.documents.items[t->corpus.sentences.items[s].document];
            t->held[s] = t->held[s] && dsr_slice_starts(name, DSR_SLICE("GUM_news_"));
        }
        score_sentences(model, &t->corpus, t->held, "GUM news");
        score_raw(model, o->data, &t->corpus, t->held, "GUM news");
    }
    dsr_syntax_drop(model);
}

static bool write_out(const training *t, const char *path)
{
    dsr_buffer bytes;
    dsr_buffer_open(&bytes, 0);
    model_file_finish(t->file, &bytes);
    FILE *stream = fopen(path, "wb");
    bool done = stream != NULL && fwrite(bytes.data, 1, bytes.len, stream) == bytes.len;
    done = stream != NULL && fclose(stream) == 0 && done;
    printf("%s: %zu bytes\n", path, bytes.len);
    dsr_buffer_drop(&bytes);
    return done;
}

static bool take_option(training *t, options *o, const char *name, const char *value)
{
    if (strcmp(name, "--fold") == 0) {
        return sscanf(value, "%u/%u", &o->fold, &o->folds) == 2 && o->folds > 1;
    }
    if (strcmp(name, "--passes") == 0) {
        t->passes = (unsigned)strtoul(value, NULL, 10);
        return t->passes > 0;
    }
    if (strcmp(name, "--data") == 0) {
        o->data = value;
        return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    training t = {.passes = 24};
    options o = {.data = DSR_DATA_FOLDER};
    int at = 1;
    while (at + 1 < argc && argv[at][0] == '-' && take_option(&t, &o, argv[at], argv[at + 1])) {
        at += 2;
    }
    if (argc - at != 2 || argv[at][0] == '-') {
        fprintf(stderr, "usage: train_syntax [--fold K/N] [--data FOLDER] [--passes N] FOLDER OUT\n");
        return 2;
    }
    o.folder = argv[at];
    o.out = argv[at + 1];
    t.arena = dsr_arena_new(0);
    if (t.arena == NULL) {
        return 1;
    }
    prepare(&t, &o);
    train(&t);
    bool written = write_out(&t, o.out);
    score(&t, &o);
    model_file_drop(t.file);
    free(t.words);
    free(t.word_held);
    free(t.held);
    dsr_arena_drop(t.arena);
    return written ? 0 : 1;
}
