/* Learns data/names/spellings.tsv: what it costs that one group of letters stands for another in two
 * spellings of one name. Steps are taken from the cheapest alignments of true pairs; their costs are those of
 * a logistic model whose alignments are found anew in each pass.
 *
 * usage: train_spellings PAIRS.tsv OUT.tsv [HALF]
 * With HALF (0 or 1) only that half of the names is learnt from, so that the other can be measured on. */
#include "name_pairs.h"

#include "base/hash.h"
#include "base/map.h"
#include "entity/align.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRONG = 20000, PASSES = 12, SEEN_LEAST = 3, MINED_STEPS = 4, PER_NAT = 1000, LENGTH_MOST = 12 };
static const double RATE = 0.05, PULL = 0.003, START_COST = 1.0, TRUE_WEIGHT = 2.0;

typedef struct feature {
    uint64_t key;
    double weight, home; /* home: where the weight is pulled to */
    double squares;
    uint32_t seen;
    dsr_step example;
    dsr_letters a, b;
} feature;

typedef struct trainer {
    dsr_arena *arena;
    dsr_map *index;
    DSR_LIST(feature) features;
    double bias, bonus[LENGTH_MOST + 1];
    bool plain; /* the costs before anything is learnt */
} trainer;

static void stop(const char *why)
{
    fprintf(stderr, "train_spellings: %s\n", why);
    exit(1);
}

static feature *find(const trainer *t, uint64_t key)
{
    uint32_t at = dsr_map_get(t->index, key);
    return at != DSR_MAP_NONE ? &t->features.items[at] : NULL;
}

static feature *make(trainer *t, uint64_t key)
{
    feature *f = find(t, key);
    if (f != NULL) {
        return f;
    }
    if (DSR_LIST_RESERVE(t->arena, &t->features, 1) != DSR_OK ||
        dsr_map_put(t->index, key, (uint32_t)t->features.count) != DSR_OK) {
        stop("out of memory");
    }
    f = &t->features.items[t->features.count++];
    *f = (feature){.key = key};
    return f;
}

/* ---- features of a step ---- */

static uint64_t kind_key(unsigned kind, unsigned place)
{
    return 1ull << 60 | kind << 4 | place;
}

static uint64_t place_key(uint64_t key, unsigned place)
{
    return key | (uint64_t)(place + 1) << 50;
}

/* The keys of what a step's cost is made of; 0 for none. False where there is no such step. */
static bool keys_of(const trainer *t, const dsr_step *step, uint64_t keys[2])
{
    dsr_step_kind kind = dsr_step_kind_of(step);
    keys[1] = 0;
    if (kind == DSR_STEP_SAME) {
        keys[0] = kind_key(16 + step->a->at[step->left], 0);
        return true;
    }
    bool doubled = kind == DSR_STEP_VOWEL_DOUBLED || kind == DSR_STEP_CONSONANT_DOUBLED;
    uint64_t key = dsr_step_key(step);
    const feature *f = t->plain || doubled ? NULL : find(t, key);
    if (f != NULL && f->seen >= SEEN_LEAST) {
        keys[0] = key;
        keys[1] = place_key(key, step->place);
        return true;
    }
    keys[0] = kind_key(kind, 8);
    keys[1] = kind_key(kind, step->place);
    return kind != DSR_STEP_LONG;
}

static double weight_of(const trainer *t, uint64_t key)
{
    const feature *f = key != 0 ? find(t, key) : NULL;
    return f != NULL ? f->weight : 0;
}

static int32_t cost_of(const void *context, const dsr_step *step)
{
    const trainer *t = context;
    uint64_t keys[2];
    if (!keys_of(t, step, keys)) {
        return DSR_STEP_NEVER;
    }
    return (int32_t)lround(PER_NAT * (weight_of(t, keys[0]) + weight_of(t, keys[1])));
}

/* ---- mining ---- */

static void set_plain(trainer *t)
{
    static const double costs[DSR_STEP_KINDS] = {1.0, 1.6, 2.2, 1.0, 1.3, 0.6, 0.4, 0.2, 0};
    for (unsigned i = 0; i < DSR_STEP_LONG; i++) {
        feature *f = make(t, kind_key(i, 8));
        f->weight = costs[i];
        f->home = costs[i];
    }
}

static void count_step(trainer *t, const dsr_step *first, const dsr_step *last, uint32_t worth)
{
    dsr_step step = *first;
    step.left_end = last->left_end;
    step.right_end = last->right_end;
    int left = step.left_end - step.left;
    int right = step.right_end - step.right;
    if (left > DSR_STEP_LETTERS || right > DSR_STEP_LETTERS || left + right > DSR_STEP_TOGETHER) {
        return;
    }
    feature *f = make(t, dsr_step_key(&step));
    f->seen += worth;
    f->weight = START_COST;
    f->home = START_COST;
    f->a = *step.a;
    f->b = *step.b;
    f->example = step;
}

/* Counts each run of up to MINED_STEPS steps of a true pair that holds a difference. */
static void mine_pair(trainer *t, const name_pair *pair)
{
    dsr_letters a = dsr_letters_of(pair->a);
    dsr_letters b = dsr_letters_of(pair->b);
    dsr_step path[DSR_STEPS_MOST];
    size_t count = 0;
    (void)dsr_letters_align(&a, &b, cost_of, t, path, &count);
    for (size_t i = count; i-- > 0;) {
        bool differs = false;
        for (size_t j = i; j + MINED_STEPS > i && j < count; j--) {
            differs = differs || dsr_step_kind_of(&path[j]) != DSR_STEP_SAME;
            if (differs) {
                count_step(t, &path[i], &path[j], 1);
            }
        }
    }
}

/* ---- learning ---- */

static double score(const trainer *t, const dsr_letters *a, const dsr_letters *b, dsr_step *path,
                    size_t *count)
{
    size_t least = a->count < b->count ? a->count : b->count;
    least = least > LENGTH_MOST ? LENGTH_MOST : least;
    return t->bias + t->bonus[least] - dsr_letters_align(a, b, cost_of, t, path, count) / (double)PER_NAT;
}

static void move_weight(trainer *t, uint64_t key, double slope, double rate)
{
    feature *f = make(t, key);
    f->squares += slope * slope;
    f->weight += rate * (-slope - PULL * (f->weight - f->home)) / sqrt(1 + 0.05 * f->squares);
}

static double learn_pair(trainer *t, const name_pair *pair, double rate)
{
    dsr_letters a = dsr_letters_of(pair->a);
    dsr_letters b = dsr_letters_of(pair->b);
    dsr_step path[DSR_STEPS_MOST];
    size_t count = 0;
    bool same = pair->kind == PAIR_SAME;
    double p = 1 / (1 + exp(-score(t, &a, &b, path, &count)));
    double slope = same ? TRUE_WEIGHT * (1 - p) : -p;
    size_t least = a.count < b.count ? a.count : b.count;
    t->bias += 0.1 * rate * slope;
    t->bonus[least > LENGTH_MOST ? LENGTH_MOST : least] += 0.3 * rate * slope;
    for (size_t i = 0; i < count; i++) {
        uint64_t keys[2];
        (void)keys_of(t, &path[i], keys);
        move_weight(t, keys[0], slope, rate);
        if (keys[1] != 0) {
            move_weight(t, keys[1], slope, rate);
        }
        feature *f = find(t, keys[0]);
        if (dsr_step_kind_of(&path[i]) != DSR_STEP_SAME && f->weight < 0) {
            f->weight = 0;
        }
    }
    return -log((same ? p : 1 - p) + 1e-9);
}

static void learn(trainer *t, const name_pairs *pairs, uint32_t *order, size_t count)
{
    uint64_t random = 7;
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = count; i-- > 1;) {
            random = dsr_hash_mix(random + 0x9e3779b97f4a7c15u);
            size_t j = random % (i + 1);
            uint32_t swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        double loss = 0;
        for (size_t i = 0; i < count; i++) {
            loss += learn_pair(t, &pairs->items[order[i]], RATE / (1 + 0.3 * pass));
        }
        printf("pass %d: loss %.4f over %zu pairs\n", pass + 1, loss / (double)count, count);
    }
}

/* ---- writing ---- */

static int hundredths(double nats)
{
    return (int)lround(100 * nats);
}

static void write_group(FILE *out, const dsr_letters *of, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        fputc(of->at[i] + 'a' - 1, out);
    }
    if (start == end) {
        fputc('-', out);
    }
}

static int by_letters(const void *a, const void *b)
{
    const feature *x = a;
    const feature *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void write_places(FILE *out, const trainer *t, double base, const uint64_t places[DSR_STEP_PLACES])
{
    for (size_t i = 0; i < DSR_STEP_PLACES; i++) {
        fprintf(out, "\t%d", hundredths(base + weight_of(t, places[i])));
    }
    fputc('\n', out);
}

static void write_kinds(FILE *out, const trainer *t)
{
    static const char *const names[DSR_STEP_SAME] = {
        "vowel=vowel", "consonant=consonant", "vowel=consonant", "vowel",
        "consonant",   "vowel twice",         "consonant twice"};
    for (unsigned i = 0; i < DSR_STEP_SAME; i++) {
        uint64_t places[DSR_STEP_PLACES] = {kind_key(i, 0), kind_key(i, 1), kind_key(i, 2)};
        fprintf(out, "kind\t%s", names[i]);
        write_places(out, t, weight_of(t, kind_key(i, 8)), places);
    }
    for (unsigned i = 1; i <= 26; i++) {
        fprintf(out, "same\t%c\t%d\t0\t0\n", (int)('a' + i - 1),
                hundredths(weight_of(t, kind_key(16 + i, 0))));
    }
    for (unsigned i = 1; i <= LENGTH_MOST; i++) {
        fprintf(out, "length\t%u\t%d\t0\t0\n", i, hundredths(t->bias + t->bonus[i]));
    }
}

static void write_table(trainer *t, const char *path)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        stop("the table cannot be written");
        return;
    }
    fputs("# What it costs that letters of one spelling of a name stand for others in another, in hundredths "
          "of a nat.\n"
          "# Five fields parted by tabs: letters, letters (\"-\": none), cost inside, at the start, at the "
          "end of a word.\n"
          "# \"kind\": what is in no row; \"same\": a letter that both have; \"length\": what speaks for two "
          "words, by the\n"
          "# letters of the shorter, before costs are taken off.\n"
          "# Source: learnt by train/spellings.c from the name pairs of the corpus wd_russian. Licence: "
          "Apache-2.0.\n",
          out);
    write_kinds(out, t);
    size_t count = t->features.count;
    feature *sorted = malloc(count * sizeof *sorted);
    if (sorted == NULL) {
        stop("out of memory");
        return;
    }
    memcpy(sorted, t->features.items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_letters);
    for (size_t i = 0; i < count; i++) {
        const feature *f = &sorted[i];
        if (f->seen < SEEN_LEAST) {
            continue;
        }
        uint64_t places[DSR_STEP_PLACES] = {place_key(f->key, 0), place_key(f->key, 1), place_key(f->key, 2)};
        write_group(out, &f->a, f->example.left, f->example.left_end);
        fputc('\t', out);
        write_group(out, &f->b, f->example.right, f->example.right_end);
        write_places(out, t, f->weight, places);
    }
    free(sorted);
    if (fclose(out) != 0) {
        stop("the table cannot be written to its end");
    }
}

int main(int count, char **arguments)
{
    if (count != 3 && count != 4) {
        stop("usage: train_spellings PAIRS.tsv OUT.tsv [HALF]");
    }
    trainer t = {.arena = dsr_arena_new(0), .index = dsr_map_new(1 << 16), .bias = 3, .plain = true};
    if (t.arena == NULL || t.index == NULL) {
        stop("out of memory");
    }
    name_pairs pairs;
    name_pairs_read(t.arena, arguments[1], WRONG, &pairs);
    int half = count == 4 ? atoi(arguments[3]) : -1;
    uint32_t *order = malloc((pairs.count + 1) * sizeof *order);
    if (order == NULL) {
        stop("out of memory");
        return 1;
    }
    size_t used = 0;
    set_plain(&t);
    for (size_t i = 0; i < pairs.count; i++) {
        if (half < 0 || pairs.items[i].half == half) {
            order[used++] = (uint32_t)i;
            if (pairs.items[i].kind == PAIR_SAME) {
                mine_pair(&t, &pairs.items[i]);
            }
        }
    }
    t.plain = false;
    learn(&t, &pairs, order, used);
    write_table(&t, arguments[2]);
    free(order);
    dsr_map_drop(t.index);
    dsr_arena_drop(t.arena);
    return 0;
}
