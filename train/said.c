/* Sets the weights by which speakers of quotations are ranked, from PolNeAR's training part: closed features
 * only, so that no word of it stays. said POLNEAR DATA OUT writes the table of
 * src/annotate/gen/said_weights.c; with
 * "-" for OUT it measures the weights that are built in, with "?" it shows their choices. */
#include "annotate/said.h"
#include "base/json.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "engine/analysis.h"
#include "marked.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 3, PASSES = 40, SCALE = 100, MOST_FEATURES = 256, STEPS = 12 };

/* ---- what is known ---- */

typedef struct attribution {
    DSR_LIST(dsr_span) source;
    DSR_LIST(dsr_span) content;
} attribution;

typedef struct document {
    dsr_slice text;
    DSR_LIST(attribution) attributions;
} document;
typedef DSR_LIST(document) documents;

/* ---- examples ---- */

typedef struct candidate {
    const uint16_t *features;
    size_t count;
    bool right;
} candidate;

typedef struct example {
    candidate *candidates;
    size_t count;
} example;

typedef struct trainer {
    dsr_arena *arena; /* of the present round's examples */
    const document *present;
    DSR_LIST(example) examples;
    size_t right, wrong, lost, quiet; /* lost: no candidate is right; quiet: gold names no source */
    bool follow_gold;
    bool shows;
    bool failed;
    double weights[MOST_FEATURES];
    /* for the margins: each answer that names a speaker */
    DSR_LIST(struct answer {
        int32_t margin;
        bool right;
    })
    answers;
} trainer;

static uint32_t overlap(dsr_span a, dsr_span b)
{
    uint32_t start = a.start > b.start ? a.start : b.start;
    uint32_t end = a.end < b.end ? a.end : b.end;
    return end > start ? end - start : 0;
}

/* The attribution with most of the quotation in its content. */
static const attribution *attribution_of(const document *d, dsr_span quote)
{
    const attribution *best = NULL;
    uint32_t most = 0;
    for (size_t i = 0; i < d->attributions.count; i++) {
        const attribution *a = &d->attributions.items[i];
        uint32_t shared = 0;
        for (size_t k = 0; k < a->content.count; k++) {
            shared += overlap(a->content.items[k], quote);
        }
        /* of nested ones the inner, which has the smaller content */
        if (shared > most) {
            most = shared;
            best = a;
        }
    }
    return best;
}

static bool is_right(const attribution *a, dsr_span head)
{
    for (size_t i = 0; a != NULL && i < a->source.count; i++) {
        if (overlap(a->source.items[i], head) > 0) {
            return true;
        }
    }
    return a == NULL && head.end == 0;
}

static int32_t margin_of(const dsr_said_choice *choice)
{
    int32_t second = INT32_MIN;
    for (size_t i = 0; i < choice->count; i++) {
        if (i != choice->chosen && choice->candidates[i].score > second) {
            second = choice->candidates[i].score;
        }
    }
    return second == INT32_MIN ? 0 : choice->candidates[choice->chosen].score - second;
}

static bool keep(trainer *t, const dsr_said_choice *choice, const attribution *a)
{
    example e = {dsr_arena_alloc_array(t->arena, choice->count, sizeof *e.candidates), choice->count};
    if (e.candidates == NULL || DSR_LIST_RESERVE(t->arena, &t->examples, 1) != DSR_OK) {
        return false;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const dsr_said_candidate *from = &choice->candidates[i];
        dsr_slice bytes = {(const char *)from->features, from->feature_count * sizeof *from->features};
        dsr_slice copy;
        if (dsr_arena_copy(t->arena, bytes, &copy) != DSR_OK) {
            return false;
        }
        uint16_t *features = dsr_arena_alloc_array(t->arena, from->feature_count, sizeof *features);
        if (features == NULL) {
            return false;
        }
        memcpy(features, copy.ptr, copy.len);
        e.candidates[i] = (candidate){features, from->feature_count, is_right(a, from->head)};
    }
    t->examples.items[t->examples.count++] = e;
    return true;
}

/* The best candidates of a choice with their features. */
static void show(const document *d, const dsr_said_choice *choice)
{
    dsr_slice quote = dsr_slice_part(d->text, choice->quote.start, choice->quote.end);
    printf("%.*s\n", DSR_PRINT(quote));
    int32_t best = choice->candidates[choice->chosen].score;
    for (size_t i = 0; i < choice->count; i++) {
        const dsr_said_candidate *c = &choice->candidates[i];
        if (c->score + 3 * SCALE < best) {
            continue;
        }
        dsr_slice head = dsr_slice_part(d->text, c->head.start, c->head.end);
        printf("  %5d %.*s:", c->score, DSR_PRINT(head));
        for (size_t f = 0; f < c->feature_count; f++) {
            printf(" %s", dsr_said_feature_name(c->features[f]));
        }
        printf("\n");
    }
}

static size_t watch(void *context, const dsr_said_choice *choice)
{
    trainer *t = context;
    const attribution *a = attribution_of(t->present, choice->quote);
    size_t gold = choice->count;
    if (t->shows) {
        show(t->present, choice);
    }
    for (size_t i = choice->count; i-- > 0;) {
        gold = is_right(a, choice->candidates[i].head) ? i : gold;
    }
    bool right = gold < choice->count && is_right(a, choice->candidates[choice->chosen].head);
    if (a != NULL && a->source.count == 0) {
        t->quiet++;
        return t->follow_gold ? 0 : choice->chosen;
    }
    if (gold == choice->count) {
        t->lost++;
    }
    t->right += right;
    t->wrong += !right;
    t->failed |= gold < choice->count && !keep(t, choice, a);
    if (choice->chosen != 0 && DSR_LIST_RESERVE(t->arena, &t->answers, 1) == DSR_OK) {
        t->answers.items[t->answers.count].margin = margin_of(choice);
        t->answers.items[t->answers.count++].right = right;
    }
    return t->follow_gold ? (gold < choice->count ? gold : 0) : choice->chosen;
}

/* ---- reading ---- */

static bool read_spans(dsr_arena *arena, const dsr_json_value *list, const uint32_t *bytes, void *out)
{
    DSR_LIST(dsr_span) *spans = out;
    for (size_t i = 0; i < dsr_json_count(list); i++) {
        const dsr_json_value *pair = dsr_json_at(list, i);
        if (DSR_LIST_RESERVE(arena, spans, 1) != DSR_OK) {
            return false;
        }
        int64_t start = dsr_json_integer(dsr_json_at(pair, 0), 0),
                end = dsr_json_integer(dsr_json_at(pair, 1), 0);
        spans->items[spans->count++] = (dsr_span){bytes[start], bytes[end]};
    }
    return true;
}

/* Where each code point begins, and the end. */
static uint32_t *starts_of(dsr_arena *arena, dsr_slice text)
{
    uint32_t *starts = dsr_arena_alloc_array(arena, text.len + 1, sizeof *starts);
    size_t count = 0;
    for (size_t i = 0; starts != NULL && i <= text.len; i++) {
        if (i == text.len || ((unsigned char)text.ptr[i] & 0xc0) != 0x80) {
            starts[count++] = (uint32_t)i;
        }
    }
    return starts;
}

static bool read_document(dsr_arena *arena, dsr_slice line, document *out)
{
    dsr_json_doc *json = NULL;
    dsr_error error = {0};
    if (dsr_json_parse(line, &json, &error) != DSR_OK) {
        fprintf(stderr, "%s\n", error.message);
        return false;
    }
    *out = (document){0};
    const dsr_json_value *root = dsr_json_root(json);
    bool done = dsr_arena_copy(arena, dsr_json_text(dsr_json_get(root, "text")), &out->text) == DSR_OK;
    uint32_t *starts = done ? starts_of(arena, out->text) : NULL;
    const dsr_json_value *list = dsr_json_get(root, "attributions");
    done = starts != NULL;
    for (size_t i = 0; done && i < dsr_json_count(list); i++) {
        const dsr_json_value *item = dsr_json_at(list, i);
        attribution a = {0};
        done = read_spans(arena, dsr_json_get(item, "source"), starts, &a.source) &&
               read_spans(arena, dsr_json_get(item, "content"), starts, &a.content) &&
               DSR_LIST_RESERVE(arena, &out->attributions, 1) == DSR_OK;
        if (done) {
            out->attributions.items[out->attributions.count++] = a;
        }
    }
    dsr_json_drop(json);
    return done;
}

static bool read_documents(dsr_arena *arena, const char *path, documents *out)
{
    dsr_slice rest, line;
    if (!read_file(arena, path, &rest)) {
        return false;
    }
    while (dsr_slice_next_line(&rest, &line)) {
        if (line.len > 0) {
            if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK ||
                !read_document(arena, line, &out->items[out->count])) {
                return false;
            }
            out->count++;
        }
    }
    return true;
}

/* ---- learning ---- */

static bool annotate(const dsr_analyst *analyst, const dsr_lexicon *lexicon, dsr_slice text)
{
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report = {.text = text};
    report.meta.language = DSR_SLICE("en");
    bool done = arena != NULL && dsr_clean_report(arena, lexicon, &report) == DSR_OK &&
                dsr_language_find_sentences(arena, lexicon, &report) == DSR_OK &&
                dsr_language_find_quotes(arena, lexicon, &report) == DSR_OK &&
                dsr_analyst_annotate(analyst, lexicon, arena, &report) == DSR_OK;
    dsr_arena_drop(arena);
    return done;
}

static double score_of(const trainer *t, const candidate *c)
{
    double sum = 0;
    for (size_t i = 0; i < c->count; i++) {
        sum += t->weights[c->features[i]];
    }
    return sum;
}

enum { CANDIDATES = 64 };
/* A step up the likelihood that one of the right candidates is taken (AdaGrad: Duchi and others 2011). */
static void learn(trainer *t, const example *e, double squares[MOST_FEATURES])
{
    double p[CANDIDATES], all = 0, good = 0, most = -1e300;
    size_t count = e->count < CANDIDATES ? e->count : CANDIDATES;
    for (size_t i = 0; i < count; i++) {
        p[i] = score_of(t, &e->candidates[i]);
        most = p[i] > most ? p[i] : most;
    }
    for (size_t i = 0; i < count; i++) {
        p[i] = exp(p[i] - most);
        all += p[i];
        good += e->candidates[i].right ? p[i] : 0;
    }
    for (size_t i = 0; i < count && good > 0; i++) {
        const candidate *c = &e->candidates[i];
        double slope = (c->right ? p[i] / good : 0) - p[i] / all;
        for (size_t k = 0; k < c->count; k++) {
            double *w = &t->weights[c->features[k]];
            double g = slope - 1e-5 * *w;
            squares[c->features[k]] += g * g;
            *w += 0.2 * g / sqrt(squares[c->features[k]] + 1e-6);
        }
    }
}

static void fit(trainer *t)
{
    double squares[MOST_FEATURES] = {0};
    for (unsigned pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < t->examples.count; i++) {
            learn(t, &t->examples.items[(i * 7919) % t->examples.count], squares);
        }
    }
}

static int16_t whole(double weight)
{
    double w = round(weight * SCALE);
    return (int16_t)(w > 3000 ? 3000 : w < -3000 ? -3000 : w);
}

static int by_margin(const void *a, const void *b)
{
    int32_t x = ((const struct answer *)a)->margin, y = ((const struct answer *)b)->margin;
    return (x > y) - (x < y);
}

/* Answers in STEPS groups of one size by their margin: from which margin on, and what share is right. */
static void write_margins(FILE *file, trainer *t)
{
    qsort(t->answers.items, t->answers.count, sizeof *t->answers.items, by_margin);
    double shares[STEPS];
    int32_t from[STEPS];
    for (size_t i = 0; i < STEPS; i++) {
        size_t start = t->answers.count * i / STEPS, end = t->answers.count * (i + 1) / STEPS;
        size_t right = 0;
        for (size_t k = start; k < end; k++) {
            right += t->answers.items[k].right;
        }
        from[i] = t->answers.items[start].margin;
        shares[i] = (double)right / (double)(end > start ? end - start : 1);
        for (size_t k = i; k > 0 && shares[k - 1] > shares[k]; k--) {
            shares[k - 1] = shares[k] = (shares[k - 1] + shares[k]) / 2; /* never falls */
        }
    }
    for (size_t i = 1; i < STEPS; i++) {
        shares[i] = shares[i] > shares[i - 1] ? shares[i] : shares[i - 1];
    }
    fprintf(file, "\nconst dsr_said_margin dsr_said_margins[DSR_SAID_MARGINS] = {\n");
    for (size_t i = 0; i < STEPS; i++) {
        fprintf(file, "    {%d, %.0f},\n", i == 0 ? 0 : from[i], shares[i] * 1000);
    }
    fprintf(file, "};\n");
}

static bool write_table(trainer *t, const char *path)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        return false;
    }
    fprintf(
        file,
        "/* Written by train/said.c from PolNeAR's training part; see doc/quotations.md. Weights by closed\n"
        " * feature, in hundredths of a logit; the share of right answers by margin. */\n"
        "#include \"annotate/said_features.h\"\n#include \"annotate/said_parts.h\"\n\n"
        "const int16_t dsr_said_weights[DSR_SAID_FEATURES] = {\n");
    for (size_t f = 0; f < dsr_said_feature_count(); f++) {
        fprintf(file, "    [DSR_F_%s] = %d,\n", dsr_said_feature_name(f), whole(t->weights[f]));
    }
    fprintf(file, "};\n");
    write_margins(file, t);
    return fclose(file) == 0;
}

typedef struct setting {
    dsr_lexicon *lexicon;
    dsr_analyst *analyst;
    int16_t weights[MOST_FEATURES];
} setting;

static bool go_round(trainer *t, setting *with, const documents *docs, bool follow_gold)
{
    dsr_arena_drop(t->arena);
    t->arena = dsr_arena_new(0);
    t->examples.items = NULL;
    t->examples.count = t->examples.capacity = 0;
    t->answers.items = NULL;
    t->answers.count = t->answers.capacity = 0;
    t->right = t->wrong = t->lost = t->quiet = 0;
    t->follow_gold = follow_gold;
    for (size_t i = 0; t->arena != NULL && i < docs->count && !t->failed; i++) {
        t->present = &docs->items[i];
        t->failed = !annotate(with->analyst, with->lexicon, docs->items[i].text) || t->failed;
    }
    fprintf(stderr, "right %zu wrong %zu (%.2f %%), no right candidate %zu, no source %zu\n", t->right,
            t->wrong, 100.0 * (double)t->right / (double)(t->right + t->wrong + !t->right), t->lost,
            t->quiet);
    return t->arena != NULL && !t->failed;
}

static bool train(trainer *t, setting *with, const documents *docs, const char *out)
{
    t->shows = strcmp(out, "?") == 0;
    if (strcmp(out, "-") == 0 || t->shows) {
        return go_round(t, with, docs, false);
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        if (!go_round(t, with, docs, round == 0)) {
            return false;
        }
        fit(t);
        for (size_t f = 0; f < dsr_said_feature_count(); f++) {
            with->weights[f] = whole(t->weights[f]);
        }
        dsr_analyst_watch_said(with->analyst, watch, t, with->weights);
    }
    return go_round(t, with, docs, false) && write_table(t, out);
}

int main(int count, char **args)
{
    static trainer t;
    static setting with;
    documents docs = {0};
    dsr_error error = {0};
    if (count != 4) {
        fprintf(stderr, "usage: train_said POLNEAR.jsonl DATA OUT\n");
        return 2;
    }
    dsr_arena *arena = dsr_arena_new(0);
    if (dsr_lexicon_open(args[2], NULL, &with.lexicon, &error) != DSR_OK ||
        dsr_analyst_open(args[2], NULL, DSR_ANNOTATE_ALL, &with.analyst, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return 1;
    }
    dsr_analyst_watch_said(with.analyst, watch, &t, NULL);
    bool done = dsr_said_feature_count() <= MOST_FEATURES && read_documents(arena, args[1], &docs) &&
                train(&t, &with, &docs, args[3]);
    dsr_analyst_close(with.analyst);
    dsr_lexicon_close(with.lexicon);
    dsr_arena_drop(t.arena);
    dsr_arena_drop(arena);
    return done ? 0 : 1;
}
