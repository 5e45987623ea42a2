/* Trains the name tagger: train_names CORPORA DATA NEWS OUT [options]. CORPORA is the folder with the corpora
 * that models/en.names.md lists, DATA the folder data/, NEWS the folder train/news/en. The same input gives
 * the same file, byte for byte. */
#include "names.h"
#include "perceptron.h"
#include "perceptron_parts.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct options {
    const char *corpora, *data, *news, *out;
    unsigned rounds, memory_rounds, folds, bags, least, share;
    unsigned held, held_of;                             /* marked reports that are kept for scoring */
    unsigned drop, drop_lists, drop_habits, drop_words; /* per cent */
    unsigned most;                                      /* features that stay */
    unsigned cut;                                       /* hundredths; smaller weights are left out */
    float rate, decay, trust;
    float weights[SETS];
} options;

typedef struct chunk chunk;

typedef struct trainer {
    options o;
    dsr_arena *arena;
    dsr_lexicon *lexicon;
    dsr_gazetteer *gazetteer;
    name_documents documents;
    name_examples examples;
    model_file *file;
    uint64_t seed;
    float weight;         /* of the document that is learnt from */
    dsr_name_steps steps; /* of the learner that labels */
    chunk *chunk;
} trainer;

static unsigned roll(trainer *t)
{
    t->seed += UINT64_C(0x9e3779b97f4a7c15);
    return (unsigned)(dsr_hash_mix(t->seed) % 100);
}

/* ---- one document ---- */

enum { MOST_CHUNK = 512, MOST_FOLDS = 10 };

/* A run of active words, and what is worked out of it. */
struct chunk {
    crf_word words[MOST_CHUNK];
    uint64_t features[MOST_CHUNK][DSR_NAME_FEATURES];
    float below[MOST_CHUNK][DSR_NAME_LABELS];
    size_t count;
    int32_t scores[MOST_CHUNK][DSR_NAME_LABELS];
    uint8_t room[MOST_CHUNK * DSR_NAME_LABELS];
    dsr_name_word steps[MOST_CHUNK];
};

static const uint32_t naming =
    ~(uint32_t)(DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE | DSR_GAZETTEER_KIN | DSR_GAZETTEER_BODY_HEAD |
                DSR_GAZETTEER_BODY_LAST | DSR_GAZETTEER_BODY_FIRST | DSR_GAZETTEER_NATURE_WORD |
                DSR_GAZETTEER_BUILDING_WORD | DSR_GAZETTEER_REGION_WORD | DSR_GAZETTEER_EVENT_WORD);

/* Hides by chance what the lists say of a name and how words are written, so that context is learnt too. */
static void hide(trainer *t, const name_example *example, dsr_name_word *words)
{
    bool hidden = false;
    for (size_t i = 0; i < example->words.count; i++) {
        bool outside = (example->allowed[i] & 1) != 0;
        bool begins = outside || i == 0 || example->allowed[i] != example->allowed[i - 1];
        if (begins) {
            hidden = roll(t) < t->o.drop_lists;
        }
        if (hidden) {
            words[i].lists &= ~naming;
            words[i].phrase &= ~naming;
        }
        if (roll(t) < t->o.drop_habits) {
            words[i].habit = 0;
        }
        if (!outside && roll(t) < t->o.drop_words) {
            words[i].lower = 3;
            words[i].tail = 0;
            words[i].head = 0;
        }
    }
}

/* A document while it is learnt from or labelled. */
typedef struct view {
    const name_example *example;
    const dsr_name_text *text;     /* its words, some of what is known of them hidden */
    const dsr_name_memory *memory; /* NULL: the first pass */
    const crf *below;              /* in the second: the first pass' learner */
    unsigned drop;                 /* of a hundred features */
} view;

typedef void chunk_work(trainer *t, crf *c, chunk *k, uint8_t *labels);

/* Leaves some features out by chance; how many stay. */
static size_t drop_features(trainer *t, unsigned drop, uint64_t *features, size_t count)
{
    size_t kept = 0;
    for (size_t f = 0; f < count; f++) {
        features[kept] = features[f];
        kept += drop == 0 || roll(t) >= drop;
    }
    return kept;
}

/* Adds word `at` of sentence `s` to the chunk: its features in the first pass, or in the second those of the
 * memory, on top of what the first pass' learner says. */
static void add_word(trainer *t, const view *v, size_t s, size_t at)
{
    chunk *k = t->chunk;
    uint64_t *features = k->features[k->count];
    float *scores = NULL;
    size_t count = dsr_name_features(v->text, s, at, features);
    count = drop_features(t, v->drop, features, count);
    if (v->memory != NULL) {
        scores = k->below[k->count];
        memset(scores, 0, sizeof k->below[0]);
        if (v->below != NULL) {
            crf_sum(v->below, features, count, scores);
        }
        count = dsr_name_memory_features(v->text, v->example->first, v->memory, at, features);
    }
    k->words[k->count++] =
        (crf_word){features, count, scores, v->example->allowed[at], v->text->words[at].step};
}

/* Calls `work` for each run of active words. */
static void walk(trainer *t, crf *c, const view *v, chunk_work *work, uint8_t *labels)
{
    const dsr_name_text *text = v->text;
    chunk *k = t->chunk;
    for (size_t s = 0; s < text->sentences; s++) {
        k->count = 0;
        for (size_t i = text->starts[s]; i < text->starts[s + 1]; i++) {
            bool active = text->words[i].active;
            if (active) {
                add_word(t, v, s, i);
            }
            bool ends = !active || i + 1 == text->starts[s + 1] || k->count == MOST_CHUNK;
            if (ends && k->count > 0) {
                work(t, c, k, labels != NULL ? labels + (i + active - k->count) : NULL);
                k->count = 0;
            }
        }
    }
}

static void walk_first(trainer *t, crf *c, const name_example *example, chunk_work *work, uint8_t *labels)
{
    view v = {example, &example->words, NULL, NULL, 0};
    walk(t, c, &v, work, labels);
}

static void count_chunk(trainer *t, crf *c, chunk *k, uint8_t *labels)
{
    (void)t;
    (void)labels;
    for (size_t i = 0; i < k->count; i++) {
        crf_count(c, k->words[i].features, k->words[i].count);
    }
}

static void learn_chunk(trainer *t, crf *c, chunk *k, uint8_t *labels)
{
    (void)labels;
    crf_learn(c, k->words, k->count, t->o.rate, t->weight);
}

static void label_chunk(trainer *t, crf *c, chunk *k, uint8_t *labels)
{
    memset(k->scores, 0, k->count * sizeof k->scores[0]);
    for (size_t i = 0; i < k->count; i++) {
        crf_score(c, k->words[i].features, k->words[i].count, k->scores[i]);
        k->steps[i].step = k->words[i].step;
    }
    dsr_name_best_path(&t->steps, (const int32_t(*)[DSR_NAME_LABELS])k->scores, k->steps, k->count, k->room,
                       labels);
}

static dsr_name_memory *memory_of(const name_example *example)
{
    dsr_name_memory *memory = must_alloc(example->words.memory_count, sizeof *memory);
    dsr_name_remember(&example->words, example->first, memory);
    return memory;
}

static void walk_memory(trainer *t, crf *c, const crf *below, const name_example *example, chunk_work *work)
{
    dsr_name_memory *memory = memory_of(example);
    view v = {example, &example->words, memory, below, 0};
    walk(t, c, &v, work, NULL);
    free(memory);
}

static void learn_example(trainer *t, crf *c, const name_example *example)
{
    size_t count = example->words.count;
    dsr_name_word *words = must_alloc(count + 2 * DSR_NAME_PAD, sizeof *words);
    memcpy(words, example->words.words - DSR_NAME_PAD, (count + 2 * DSR_NAME_PAD) * sizeof *words);
    dsr_name_text text = example->words;
    text.words = words + DSR_NAME_PAD;
    hide(t, example, text.words);
    t->weight = example->weight;
    view v = {example, &text, NULL, NULL, t->o.drop};
    walk(t, c, &v, learn_chunk, NULL);
    free(words);
}

/* ---- rounds ---- */

static bool is_held(const trainer *t, const name_example *example)
{
    return t->o.held_of != 0 && example->document->set == SET_NEWS &&
           example->number % t->o.held_of == t->o.held;
}

typedef struct order {
    uint64_t key;
    size_t example;
} order;

static int by_key(const void *a, const void *b)
{
    const order *x = a;
    const order *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Examples to learn from: not held, not of `fold` of `folds` (0: all), of some weight; in an order by chance.
 */
static order *shuffle(trainer *t, unsigned fold, unsigned folds, size_t *count)
{
    order *all = must_alloc(t->examples.count, sizeof *all);
    *count = 0;
    for (size_t i = 0; i < t->examples.count; i++) {
        const name_example *e = &t->examples.items[i];
        bool left_out = folds != 0 && e->number % folds == fold;
        if (!is_held(t, e) && !left_out && e->weight > 0) {
            all[(*count)++] = (order){dsr_hash_mix(t->seed + i), i};
        }
    }
    qsort(all, *count, sizeof *all, by_key);
    return all;
}

/* A learner that knows which features there are, and has learnt nothing yet. */
static crf *new_learner(trainer *t, unsigned fold, unsigned folds)
{
    crf *c = crf_new(t->o.decay);
    size_t count;
    order *all = shuffle(t, fold, folds, &count);
    for (size_t i = 0; i < count; i++) {
        const name_example *e = &t->examples.items[all[i].example];
        walk_first(t, c, e, count_chunk, NULL);
    }
    free(all);
    crf_choose(c, t->o.least);
    return c;
}

static crf *learn(trainer *t, unsigned fold, unsigned folds)
{
    crf *c = new_learner(t, fold, folds);
    size_t count;
    order *all;
    float rate = t->o.rate;
    for (unsigned round = 0; round < t->o.rounds; round++) {
        all = shuffle(t, fold, folds, &count);
        t->o.rate = rate * (round + 1 == t->o.rounds ? 0.3F : 1.0F);
        for (size_t i = 0; i < count; i++) {
            learn_example(t, c, &t->examples.items[all[i].example]);
        }
        free(all);
        printf("  round %u of %u\n", round + 1, t->o.rounds);
        fflush(stdout);
    }
    t->o.rate = rate;
    return c;
}

/* The mean of several learners, each of which has not seen a part of the documents: steadier than one. */
static crf *learn_mean(trainer *t)
{
    if (t->o.bags < 2) {
        return learn(t, 0, 0);
    }
    crf *mean = new_learner(t, 0, 0);
    for (unsigned bag = 0; bag < t->o.bags; bag++) {
        crf *c = learn(t, bag, t->o.bags);
        crf_add(mean, c, 1.0F / (float)t->o.bags);
        crf_drop(c);
    }
    return mean;
}

/* Each document's first pass comes from a model that has not learnt from it. */
static void label_first(trainer *t, crf **models)
{
    for (unsigned fold = 0; fold < t->o.folds; fold++) {
        models[fold] = learn(t, fold, t->o.folds);
        crf_steps(models[fold], &t->steps);
        for (size_t i = 0; i < t->examples.count; i++) {
            const name_example *e = &t->examples.items[i];
            if (e->number % t->o.folds == fold) {
                walk_first(t, models[fold], e, label_chunk, e->first);
            }
        }
    }
}

/* What the memory is worth, on top of a first pass that has not seen the document. */
static crf *learn_memory(trainer *t, crf *const *models)
{
    crf *c = crf_new(t->o.decay);
    size_t count;
    order *all = shuffle(t, 0, 0, &count);
    for (size_t i = 0; i < count; i++) {
        walk_memory(t, c, NULL, &t->examples.items[all[i].example], count_chunk);
    }
    crf_choose(c, t->o.least * 2);
    for (unsigned round = 0; round < t->o.memory_rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            const name_example *e = &t->examples.items[all[i].example];
            const crf *below = models[e->number % t->o.folds];
            t->weight =
                e->document->set == SET_NEWS || e->document->set == SET_GUM || e->document->set == SET_UNER
                    ? e->weight
                    : 0;
            crf_stand_on(c, below);
            if (t->weight > 0) {
                walk_memory(t, c, below, e, learn_chunk);
            }
        }
    }
    free(all);
    return c;
}

/* ---- the file ---- */

static void add_weights(trainer *t, const crf *c, float scale, learner *l)
{
    int32_t cut = (int32_t)t->o.cut * 100;
    l->ticks = 0; /* sums stay zero: a weight is its own average */
    for (size_t i = 0; i < crf_features(c); i++) {
        uint64_t feature;
        const float *weights = crf_weights(c, i, &feature);
        for (unsigned y = 0; y < DSR_NAME_LABELS; y++) {
            int32_t by = (int32_t)(weights[y] * scale * 10000.0F);
            if (by > cut || by < -cut) {
                learner_update(l, &feature, 1, y, by);
            }
        }
    }
    l->ticks = 1;
}

static void put_weights(trainer *t, const crf *first, const crf *memory)
{
    learner *l = learner_new(DSR_NAME_LABELS);
    add_weights(t, first, 1.0F, l);
    if (memory != NULL) {
        add_weights(t, memory, t->o.trust, l);
    }
    model_file_put_rows(t->file, "names", l, t->o.most);
    learner_drop(l);
}

static bool write_out(trainer *t)
{
    dsr_buffer bytes;
    dsr_buffer_open(&bytes, 0);
    model_file_finish(t->file, &bytes);
    FILE *out = fopen(t->o.out, "wb");
    bool written = out != NULL && fwrite(bytes.data, 1, bytes.len, out) == bytes.len;
    written = out != NULL && fclose(out) == 0 && written;
    printf("%s: %zu bytes\n", t->o.out, bytes.len);
    dsr_buffer_drop(&bytes);
    return written;
}

/* ---- beginning ---- */

/* Habits are needed for features: a model without weights holds them. */
static bool open_tables(trainer *t, dsr_number_table *habits)
{
    unsigned sets =
        1u << SET_GUM | 1u << SET_EWT | 1u << SET_WIKIGOLD | 1u << SET_POLITICS | 1u << SET_LITERATURE;
    t->file = model_file_new();
    count_habits(&t->examples, sets, t->file);
    dsr_buffer bytes;
    dsr_buffer_open(&bytes, 0);
    model_file_finish(t->file, &bytes);
    dsr_weights *weights = NULL;
    bool opened = dsr_weights_open_bytes(dsr_buffer_slice(&bytes), "habits", &weights, NULL) == DSR_OK &&
                  dsr_weights_numbers(weights, "habits", habits, NULL) == DSR_OK;
    dsr_buffer_drop(&bytes);
    return opened; /* the weights live as long as the program */
}

static bool add_copies(trainer *t)
{
    name_documents all = {0};
    for (size_t i = 0; i < t->documents.count; i++) {
        const name_document *from = &t->documents.items[i];
        bool copies = from->set != SET_EWT && from->set != SET_WNUT;
        uint64_t seed = dsr_hash_mix(i);
        bool spaced = seed % 2 == 0 || from->set == SET_NEWS;
        if (DSR_LIST_RESERVE(t->arena, &all, 3) != DSR_OK) {
            return false;
        }
        all.items[all.count++] = *from;
        if (copies && spaced && !copy_document(t->arena, from, true, 5, seed, &all.items[all.count++])) {
            return false;
        }
        if (copies && from->set == SET_NEWS &&
            !copy_document(t->arena, from, false, t->o.share, seed, &all.items[all.count++])) {
            return false;
        }
    }
    t->documents = all;
    return true;
}

static bool prepare(trainer *t)
{
    dsr_number_table habits;
    t->arena = dsr_arena_new(1 << 20);
    t->chunk = must_alloc(1, sizeof *t->chunk);
    if (t->arena == NULL || dsr_lexicon_open(t->o.data, NULL, &t->lexicon, NULL) != DSR_OK ||
        dsr_gazetteer_open(t->o.data, NULL, &t->gazetteer, NULL) != DSR_OK) {
        fprintf(stderr, "%s: the word lists cannot be read\n", t->o.data);
        return false;
    }
    printf("gazetteer: %zu phrases\n", dsr_gazetteer_count(t->gazetteer));
    if (!load_news(t->arena, t->o.news, &t->documents) ||
        !load_corpora(t->arena, t->o.corpora, t->gazetteer, &t->documents) ||
        !load_gum(t->arena, t->o.corpora, t->gazetteer, &t->documents) || !add_copies(t) ||
        !make_examples(t->arena, t->lexicon, &t->documents, &t->examples) || !open_tables(t, &habits)) {
        return false;
    }
    for (size_t i = 0; i < t->examples.count; i++) {
        t->examples.items[i].weight = t->o.weights[t->examples.items[i].document->set];
    }
    return prepare_examples(t->arena, &habits, t->gazetteer, &t->examples);
}

/* ---- the held reports ---- */

static void score_held(trainer *t)
{
    dsr_name_model *model;
    size_t found = 0;
    size_t gold = 0;
    size_t right = 0;
    if (t->o.held_of == 0 || dsr_names_open(t->o.out, &model, NULL) != DSR_OK) {
        return;
    }
    for (size_t i = 0; i < t->examples.count; i++) {
        const name_example *e = &t->examples.items[i];
        dsr_names names = {0};
        dsr_name_input input = {e->document->text, e->sentences.items, e->sentences.count};
        if (!is_held(t, e) || e->document->copy ||
            dsr_names_find(model, t->gazetteer, t->arena, &input, &names) != DSR_OK) {
            continue;
        }
        size_t at = 0;
        gold += e->document->spans.count;
        found += names.count;
        for (size_t k = 0; k < names.count; k++) {
            const known_span *spans = e->document->spans.items;
            while (at < e->document->spans.count && spans[at].span.start < names.items[k].span.start) {
                at++;
            }
            right += at < e->document->spans.count && spans[at].span.start == names.items[k].span.start &&
                     spans[at].span.end == names.items[k].span.end &&
                     spans[at].types == 1u << names.items[k].type;
        }
    }
    printf("held reports: gold %zu found %zu right %zu  F1 %.2f\n", gold, found, right,
           200.0 * (double)right / (double)(gold + found > 0 ? gold + found : 1));
    dsr_names_drop(model);
}

/* An option of the experiments: its name, and where its value goes. */
typedef struct option {
    const char *name;
    unsigned *whole;
    float *real;
} option;

static bool read_option(options *o, const char *name, const char *value)
{
    const option all[] = {
        {"rounds", &o->rounds, NULL},
        {"memory-rounds", &o->memory_rounds, NULL},
        {"folds", &o->folds, NULL},
        {"bags", &o->bags, NULL},
        {"least", &o->least, NULL},
        {"share", &o->share, NULL},
        {"held", &o->held, NULL},
        {"held-of", &o->held_of, NULL},
        {"drop", &o->drop, NULL},
        {"drop-lists", &o->drop_lists, NULL},
        {"drop-habits", &o->drop_habits, NULL},
        {"drop-words", &o->drop_words, NULL},
        {"most", &o->most, NULL},
        {"cut", &o->cut, NULL},
        {"rate", NULL, &o->rate},
        {"decay", NULL, &o->decay},
        {"trust", NULL, &o->trust},
        {"news", NULL, &o->weights[SET_NEWS]},
        {"gum", NULL, &o->weights[SET_GUM]},
        {"uner", NULL, &o->weights[SET_UNER]},
        {"wnut", NULL, &o->weights[SET_WNUT]},
        {"wikigold", NULL, &o->weights[SET_WIKIGOLD]},
        {"ewt", NULL, &o->weights[SET_EWT]},
        {"politics", NULL, &o->weights[SET_POLITICS]},
        {"literature", NULL, &o->weights[SET_LITERATURE]},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(name, all[i].name) == 0 && all[i].whole != NULL) {
            *all[i].whole = (unsigned)strtoul(value, NULL, 10);
            return true;
        }
        if (strcmp(name, all[i].name) == 0) {
            *all[i].real = strtof(value, NULL);
            return true;
        }
    }
    fprintf(stderr, "no option %s\n", name);
    return false;
}

static bool read_arguments(options *o, int count, char **args)
{
    if (count < 5 || count % 2 == 0) {
        fprintf(stderr, "usage: train_names CORPORA DATA NEWS OUT [option value]...\n");
        return false;
    }
    o->corpora = args[1];
    o->data = args[2];
    o->news = args[3];
    o->out = args[4];
    for (int i = 5; i + 1 < count; i += 2) {
        if (!read_option(o, args[i], args[i + 1])) {
            return false;
        }
    }
    if (o->folds > MOST_FOLDS) {
        fprintf(stderr, "at most %d folds\n", MOST_FOLDS);
        return false;
    }
    return true;
}

/* NULL where no memory is wanted. */
static crf *train_memory(trainer *t)
{
    crf *models[MOST_FOLDS] = {NULL};
    if (t->o.folds < 2) {
        return NULL;
    }
    label_first(t, models);
    crf *memory = learn_memory(t, models);
    for (unsigned fold = 0; fold < t->o.folds; fold++) {
        crf_drop(models[fold]);
    }
    return memory;
}

/* The figures that gave the best scores; models/en.names.md has the table. */
static const options usual = {.rounds = 2,
                              .memory_rounds = 3,
                              .folds = 3,
                              .bags = 5,
                              .least = 2,
                              .share = 20,
                              .drop = 20,
                              .drop_lists = 25,
                              .drop_habits = 10,
                              .drop_words = 5,
                              .most = 150000,
                              .cut = 2,
                              .rate = 0.1F,
                              .decay = 1e-4F,
                              .trust = 0.6F,
                              .weights = {1.0F, 0.3F, 0.2F, 0.5F, 0.1F, 0.4F, 0.3F, 0.0F}};

int main(int count, char **args)
{
    trainer t = {.o = usual};
    if (!read_arguments(&t.o, count, args)) {
        return 2;
    }
    if (!prepare(&t)) {
        return 1;
    }
    crf *memory = train_memory(&t);
    crf *first = learn_mean(&t);
    put_weights(&t, first, memory);
    crf_drop(first);
    crf_drop(memory);
    if (!write_out(&t)) {
        return 1;
    }
    score_held(&t);
    return 0;
}
