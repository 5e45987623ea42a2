/* Learns the weights of attributions: train_attributions DATA MODELS TRAIN.jsonl DEV.jsonl OUT.c
 * A logistic regression over the closed features of annotate/attributions_parts.h; the threshold is the one
 * with the best mean of the character F of source, cue and content on TRAIN. DEV is only measured. With "-"
 * for OUT the candidates of DEV are printed instead, a line each. */
#include "attributions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 30, STEPS = 55 };
static const double RATE = 0.2;
static const double DECAY = 1e-6;

typedef struct model {
    double weights[DSR_AT_FEATURES + 1];
    double sums[DSR_AT_FEATURES + 1]; /* of squared steps */
} model;

static double logit_of(const model *m, const example *e)
{
    double sum = m->weights[DSR_AT_FEATURES];
    for (uint16_t i = 0; i < e->feature_count; i++) {
        sum += m->weights[e->features[i]];
    }
    return sum;
}

static void step(model *m, size_t feature, double slope)
{
    slope += DECAY * m->weights[feature];
    m->sums[feature] += slope * slope;
    m->weights[feature] -= RATE * slope / (1e-3 + sqrt(m->sums[feature]));
}

static void learn(const corpus *c, model *m)
{
    uint64_t state = 1;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t n = 0; n < c->examples.count; n++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            const example *e = &c->examples.items[(state >> 33) % c->examples.count];
            double slope = 1 / (1 + exp(-logit_of(m, e))) - (e->right ? 1 : 0);
            for (uint16_t i = 0; i < e->feature_count; i++) {
                step(m, e->features[i], slope);
            }
            step(m, DSR_AT_FEATURES, slope);
        }
    }
}

/* ---- measuring ---- */

static void lay(uint8_t *over, dsr_span span, uint8_t bit)
{
    for (uint32_t b = span.start; b < span.end; b++) {
        over[b] |= bit;
    }
}

typedef struct counts {
    double both, ours, theirs;
} counts;

static double f_of(const counts *c)
{
    return c->ours + c->theirs > 0 ? 200 * c->both / (c->ours + c->theirs) : 0;
}

/* Quotations in marks count as content, as the record has them, where `marks`. */
static void measure(const corpus *c, double least, bool marks, counts out[ROLES])
{
    memset(out, 0, ROLES * sizeof *out);
    size_t next = 0;
    for (size_t d = 0; d < c->documents.count; d++) {
        const document *doc = &c->documents.items[d];
        uint8_t *over = calloc(doc->text.len + 1, 1);
        if (over == NULL) {
            exit(1);
        }
        for (; next < c->examples.count && c->examples.items[next].document == d; next++) {
            const example *e = &c->examples.items[next];
            if (e->logit < least) {
                continue;
            }
            lay(over, e->told.source, 1 << ROLE_SOURCE);
            lay(over, e->told.cue, 1 << ROLE_CUE);
            for (uint32_t i = 0; i < e->told.contents; i++) {
                lay(over, e->told.content[i], 1 << ROLE_CONTENT);
            }
        }
        for (size_t b = 0; b < doc->text.len; b++) {
            over[b] |= (uint8_t)(marks && doc->marked[b] ? 1 << ROLE_CONTENT : 0);
            for (int r = 0; r < ROLES; r++) {
                bool ours = (over[b] >> r & 1) != 0;
                bool theirs = doc->known[r][b] != 0;
                out[r].both += ours && theirs;
                out[r].ours += ours;
                out[r].theirs += theirs;
            }
        }
        free(over);
    }
}

static double mean_f(const corpus *c, double least)
{
    counts all[ROLES];
    measure(c, least, true, all);
    return (f_of(&all[0]) + f_of(&all[1]) + f_of(&all[2])) / 3;
}

static void report(const char *name, const corpus *c, double least)
{
    static const char *const roles[ROLES] = {"source", "cue", "content"};
    size_t right = 0;
    for (size_t i = 0; i < c->examples.count; i++) {
        right += c->examples.items[i].right;
    }
    printf("%s: %zu texts, %zu candidates, %zu right, least %.3f\n", name, c->documents.count,
           c->examples.count, right, 1 / (1 + exp(-least)));
    for (int marks = 0; marks < 2; marks++) {
        counts all[ROLES];
        measure(c, least, marks != 0, all);
        for (int r = marks ? ROLE_CONTENT : 0; r < ROLES; r++) {
            printf("  %-8s%s character F %.1f precision %.1f recall %.1f\n", roles[r],
                   marks ? " with marks" : "", f_of(&all[r]), 100 * all[r].both / (all[r].ours + 1),
                   100 * all[r].both / (all[r].theirs + 1));
        }
    }
}

static void give_logits(const model *m, corpus *c)
{
    for (size_t i = 0; i < c->examples.count; i++) {
        c->examples.items[i].logit = logit_of(m, &c->examples.items[i]);
    }
}

/* ---- writing ---- */

static bool write_weights(const char *path, const model *m, double least)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be written\n", path);
        return false;
    }
    fprintf(file,
            "/* Written by train/attributions.c: what set the weights says models/attributions.md. "
            "Thousandths. */\n"
            "#include \"annotate/attributions_parts.h\"\n\nconst uint16_t dsr_at_least = %d;\n"
            "const int16_t dsr_at_weights[DSR_AT_FEATURES + 1] = {\n",
            (int)lround(1000 / (1 + exp(-least))));
    for (size_t i = 0; i <= DSR_AT_FEATURES; i++) {
        fprintf(file, "    %d, /* %s */\n", (int)lround(1000 * m->weights[i]), dsr_at_feature_name(i));
    }
    fprintf(file, "};\n");
    return fclose(file) == 0;
}

static void print_examples(const corpus *c)
{
    for (size_t i = 0; i < c->examples.count; i++) {
        const example *e = &c->examples.items[i];
        const dsr_attribution *a = &e->told;
        printf("%u\t%d\t%.3f\t%.*s\t%u,%u\t%u,%u\t", e->document, e->right, e->logit, DSR_PRINT(e->lemma),
               a->cue.start, a->cue.end, a->source.start, a->source.end);
        for (uint32_t k = 0; k < a->contents; k++) {
            printf("%s%u,%u", k ? ";" : "", a->content[k].start, a->content[k].end);
        }
        printf("\t");
        for (uint16_t k = 0; k < e->feature_count; k++) {
            printf("%s%s", k ? " " : "", dsr_at_feature_name(e->features[k]));
        }
        printf("\n");
    }
}

int main(int count, char **args)
{
    corpus train;
    corpus dev;
    model m = {{0}, {0}};
    toolbox *t = count == 6 ? toolbox_open(args[1], args[2]) : NULL;
    if (t == NULL) {
        fprintf(stderr, "usage: train_attributions DATA MODELS TRAIN.jsonl DEV.jsonl OUT.c|-\n");
        return 2;
    }
    if (!corpus_read(t, args[3], &train) || !corpus_read(t, args[4], &dev)) {
        return 1;
    }
    learn(&train, &m);
    give_logits(&m, &train);
    give_logits(&m, &dev);
    double best = 0;
    double least = 0;
    for (int i = 0; i < STEPS; i++) {
        double at = -2.0 + 0.05 * i;
        double f = mean_f(&train, at);
        least = f > best ? at : least;
        best = f > best ? f : best;
    }
    bool done = true;
    if (strcmp(args[5], "-") == 0) {
        print_examples(&dev);
    } else {
        report("train", &train, least);
        report("dev", &dev, least);
        done = write_weights(args[5], &m, least);
    }
    toolbox_close(t);
    dsr_arena_drop(train.arena);
    dsr_arena_drop(dev.arena);
    return done ? 0 : 1;
}
