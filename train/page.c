/* Trains the weights that tell an article's blocks (models/page.tsv). Logistic regression by gradient descent
 * over the features of src/page/judge.h: first the look at each block, then the second look, which sees
 * what the first made of the page. Same input, same weights.
 *
 * usage: train_page DATA_FOLDER LIST OUT.tsv [FOLD FOLDS FOLDER]
 * LIST has a line a page: path of the page, tab, path of the expected text, tab, group (pages of one site).
 * With FOLD and FOLDS, groups of that fold are left out of the training and the text found in them is written
 * to FOLDER, a file a page by its line number: what the weights do on sites that they never saw. */
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "page/article.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 40, SHINGLE = 4 };
static const double STEP = 0.35;
static const double DECAY = 3e-5;

typedef struct sample {
    float weight;
    float wanted;
    float *features;
} sample;

typedef struct page_data {
    dsr_arena *arena;
    page_tree tree;
    page_blocks blocks;
    bool held;
    sample *samples;
    char path[512];
} page_data;

static char *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "train_page: %s cannot be read\n", path);
        exit(1);
    }
    fseek(f, 0, SEEK_END);
    *size = (size_t)ftell(f);
    rewind(f);
    char *bytes = malloc(*size + 1);
    if (bytes == NULL || fread(bytes, 1, *size, f) != *size) {
        exit(1);
    }
    fclose(f);
    return bytes;
}

/* Folded words of a text, as hashes. */
static size_t words_of(const char *p, const char *end, uint64_t *out, size_t most)
{
    size_t count = 0;
    while (p < end && count < most) {
        uint64_t hash = 7;
        bool any = false;
        while (p < end) {
            size_t length = 1;
            uint32_t c = dsr_utf8_decode(p, end, &length);
            if (!dsr_is_word(c)) {
                break;
            }
            hash = dsr_hash_mix(hash ^ dsr_fold(c));
            any = true;
            p += length;
        }
        if (any) {
            out[count++] = hash;
            continue;
        }
        size_t length = 1;
        (void)dsr_utf8_decode(p, end, &length);
        p += length;
    }
    return count;
}

static uint64_t shingle(const uint64_t *words, size_t n)
{
    uint64_t hash = n;
    for (size_t i = 0; i < n; i++) {
        hash = dsr_hash_mix(hash + words[i]);
    }
    return hash;
}

static size_t block_words(const page_data *page, const page_block *b, uint64_t *out, size_t most)
{
    static char text[1 << 20];
    size_t used = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        const page_node *n = &page->tree.nodes.items[i];
        dsr_slice t = n->tag == PAGE_TAG_TEXT ? page->tree.texts.items[n->first].text
                                              : (n->tag == PAGE_TAG_BR ? DSR_SLICE(" ") : DSR_SLICE(""));
        if (used + t.len < sizeof text) {
            memcpy(text + used, t.ptr, t.len);
            used += t.len;
        }
    }
    return words_of(text, text + used, out, most);
}

/* Gold shingles of up to four words: whole lines of fewer are one. */
static dsr_map *gold_of(const char *path)
{
    static uint64_t words[1 << 18];
    size_t size;
    char *text = read_file(path, &size);
    dsr_map *map = dsr_map_new(1024);
    dsr_slice rest = {text, size};
    dsr_slice line;
    size_t count = words_of(text, text + size, words, 1 << 18);
    for (size_t i = 0; i + SHINGLE <= count; i++) {
        if (dsr_map_put(map, shingle(words + i, SHINGLE), 1) != DSR_OK) {
            exit(1);
        }
    }
    while (dsr_slice_next_line(&rest, &line)) {
        count = words_of(line.ptr, line.ptr + line.len, words, SHINGLE);
        if (count > 0 && count < SHINGLE && dsr_map_put(map, shingle(words, count), 1) != DSR_OK) {
            exit(1);
        }
    }
    free(text);
    return map;
}

static void label(page_data *page, const dsr_map *gold)
{
    static uint64_t words[1 << 16];
    for (size_t i = 0; i < page->blocks.count; i++) {
        sample *s = &page->samples[i];
        size_t count = block_words(page, &page->blocks.items[i], words, 1 << 16);
        size_t hits = 0;
        size_t all = count < SHINGLE ? (count > 0) : count - SHINGLE + 1;
        for (size_t k = 0; k < all; k++) {
            size_t n = count < SHINGLE ? count : SHINGLE;
            hits += dsr_map_get(gold, shingle(words + k, n)) != DSR_MAP_NONE;
        }
        double part = all > 0 ? (double)hits / (double)all : 0;
        s->wanted = part >= 0.6 ? 1 : 0;
        s->weight = (float)((count < 80 ? (double)count : 80) / 20 + 0.4);
        s->weight *= part > 0.3 && part < 0.6 ? 0.1F : 1.0F;
    }
}

static double predict(const double *weights, const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += weights[i] * (double)x[i];
    }
    return sum;
}

static void train(page_data *pages, size_t count, double *weights, size_t n)
{
    memset(weights, 0, n * sizeof *weights);
    double *squares = calloc(n, sizeof *squares); /* AdaGrad (Duchi and others 2011) */
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t p = 0; p < count; p++) {
            page_data *page = &pages[(p * 7919 + (size_t)round * 31) % count];
            double scale = 1.0 / (1.0 + (double)page->blocks.count / 200.0);
            for (size_t b = 0; !page->held && b < page->blocks.count; b++) {
                const sample *s = &page->samples[b];
                double z = predict(weights, s->features, n);
                double slope = (1 / (1 + exp(-z)) - (double)s->wanted) * (double)s->weight * scale;
                for (size_t i = 0; i < n; i++) {
                    if (s->features[i] == 0.0F) {
                        continue;
                    }
                    double g = slope * (double)s->features[i] + DECAY * weights[i];
                    squares[i] += g * g;
                    weights[i] -= STEP * g / (sqrt(squares[i]) + 1e-6);
                }
            }
        }
    }
    free(squares);
}

static void fill(float *to, const int32_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        to[i] = (float)from[i] / (float)PAGE_FEATURE_ONE;
    }
}

static void run_first(page_data *page)
{
    int32_t f[PAGE_FEATURES];
    for (size_t b = 0; b < page->blocks.count; b++) {
        dsr_page_first_features(&page->tree, &page->blocks, b, f);
        fill(page->samples[b].features, f, PAGE_FIRST_FEATURES);
    }
}

static void run_second(page_data *page, const page_model *model)
{
    int32_t f[PAGE_FEATURES];
    page_view view;
    for (size_t b = 0; b < page->blocks.count; b++) {
        dsr_page_first_features(&page->tree, &page->blocks, b, f);
        page->blocks.items[b].logit = dsr_page_logit(model->first, f, PAGE_FIRST_FEATURES);
    }
    if (dsr_page_level(&page->tree, &page->blocks, dsr_page_first_level) != DSR_OK ||
        dsr_page_view_find(&page->tree, &page->blocks, &view) != DSR_OK) {
        exit(1);
    }
    for (size_t b = 0; b < page->blocks.count; b++) {
        dsr_page_second_features(&page->tree, &page->blocks, &view, b, f);
        fill(page->samples[b].features + PAGE_FIRST_FEATURES, f, PAGE_SECOND_FEATURES);
    }
}

static void round_weights(const double *weights, int32_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double w = weights[i] * 1024;
        out[i] = (int32_t)(w < -90000 ? -90000 : w > 90000 ? 90000 : w < 0 ? w - 0.5 : w + 0.5);
    }
}

static void write_model(const char *path, const page_model *model)
{
    char name[PAGE_FEATURE_NAME];
    FILE *f = fopen(path, "wb");
    if (f == NULL) {
        exit(1);
    }
    fprintf(f, "# Weights in 1/1024 of the two looks at a page's blocks; made by train/page.c, see page.md.\n");
    for (int i = 0; i < PAGE_FIRST_FEATURES + PAGE_FEATURES; i++) {
        bool first = i < PAGE_FIRST_FEATURES;
        int32_t weight = first ? model->first[i] : model->second[i - PAGE_FIRST_FEATURES];
        dsr_page_feature_name(first ? i : i - PAGE_FIRST_FEATURES, name);
        if (weight != 0) {
            fprintf(f, "%d %s\t%d\n", first ? 1 : 2, name, weight);
        }
    }
    fclose(f);
}

static void write_held(page_data *page, const page_model *model, const char *folder, size_t line)
{
    page_view view;
    char path[1024];
    snprintf(path, sizeof path, "%s/%zu.txt", folder, line);
    FILE *f = fopen(path, "wb");
    if (f == NULL || dsr_page_classify(&page->tree, &page->blocks, model, &view) != DSR_OK) {
        exit(1);
    }
    for (size_t i = 0; i < page->blocks.count; i++) {
        const page_block *b = &page->blocks.items[i];
        fprintf(f, "%c %d %d\t", b->logit > 0 ? '+' : '-', (int)page->samples[i].wanted, b->logit);
        for (uint32_t n = b->first; n < b->end; n++) {
            const page_node *node = &page->tree.nodes.items[n];
            dsr_slice t = node->tag == PAGE_TAG_TEXT ? page->tree.texts.items[node->first].text
                                                     : (node->tag == PAGE_TAG_BR ? DSR_SLICE(" ") : DSR_SLICE(""));
            for (size_t k = 0; k < t.len; k++) {
                fputc(t.ptr[k] == '\n' || t.ptr[k] == '\r' ? ' ' : t.ptr[k], f);
            }
        }
        fputc('\n', f);
    }
    fclose(f);
}

static void open_page(page_data *page, const dsr_lexicon *lexicon, const char *html, const char *text)
{
    size_t size;
    char *bytes = read_file(html, &size);
    size_t bad = 0;
    for (dsr_slice all = {bytes, size}; !dsr_utf8_is_valid(all, &bad);) {
        bytes[bad] = ' ';
    }
    snprintf(page->path, sizeof page->path, "%s", html);
    page->arena = dsr_arena_new(0);
    if (dsr_page_tree_build(page->arena, (dsr_slice){bytes, size}, &page->tree) != DSR_OK ||
        dsr_page_blocks_find(&page->tree, lexicon, &page->blocks) != DSR_OK) {
        exit(1);
    }
    page->samples = calloc(page->blocks.count + 1, sizeof *page->samples);
    float *all = calloc((page->blocks.count + 1) * PAGE_FEATURES, sizeof *all);
    for (size_t i = 0; i < page->blocks.count; i++) {
        page->samples[i].features = all + i * PAGE_FEATURES;
    }
    dsr_map *gold = gold_of(text);
    label(page, gold);
    dsr_map_drop(gold);
}

static size_t open_pages(page_data *pages, size_t most, const dsr_lexicon *lexicon, const char *list, char **args)
{
    size_t size;
    char *text = read_file(list, &size);
    dsr_slice rest = {text, size};
    dsr_slice line;
    size_t count = 0;
    unsigned long fold = args[0] != NULL ? strtoul(args[0], NULL, 10) : 0;
    unsigned long folds = args[0] != NULL ? strtoul(args[1], NULL, 10) : 0;
    while (count < most && dsr_slice_next_line(&rest, &line)) {
        dsr_slice parts[3] = {DSR_SLICE_NONE, DSR_SLICE_NONE, DSR_SLICE_NONE};
        char html[512];
        char gold[512];
        for (int i = 0; i < 3; i++) {
            (void)dsr_slice_next_field(&line, '\t', &parts[i]);
        }
        snprintf(html, sizeof html, "%.*s", DSR_PRINT(parts[0]));
        snprintf(gold, sizeof gold, "%.*s", DSR_PRINT(parts[1]));
        pages[count].held = folds > 0 && dsr_hash64(parts[2], 3) % folds == fold;
        open_page(&pages[count++], lexicon, html, gold);
    }
    free(text);
    return count;
}

int main(int argc, char **argv)
{
    enum { MOST_PAGES = 4096 };
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    if (argc != 4 && argc != 7) {
        fprintf(stderr, "usage: train_page DATA_FOLDER LIST OUT.tsv [FOLD FOLDS FOLDER]\n");
        return 2;
    }
    if (dsr_lexicon_open(argv[1], NULL, &lexicon, &error) != DSR_OK) {
        fprintf(stderr, "train_page: %s: %s\n", error.subject, error.message);
        return 1;
    }
    page_data *pages = calloc(MOST_PAGES, sizeof *pages);
    page_model *model = calloc(1, sizeof *model);
    double *weights = calloc(PAGE_FEATURES, sizeof *weights);
    if (pages == NULL || model == NULL || weights == NULL) {
        return 1;
    }
    size_t count = open_pages(pages, MOST_PAGES, lexicon, argv[2], argv + 4);
    for (size_t i = 0; i < count; i++) {
        run_first(&pages[i]);
    }
    train(pages, count, weights, PAGE_FIRST_FEATURES);
    round_weights(weights, model->first, PAGE_FIRST_FEATURES);
    for (size_t i = 0; i < count; i++) {
        run_second(&pages[i], model);
    }
    train(pages, count, weights, PAGE_FEATURES);
    round_weights(weights, model->second, PAGE_FEATURES);
    write_model(argv[3], model);
    for (size_t i = 0; argc == 7 && i < count; i++) {
        if (pages[i].held) {
            write_held(&pages[i], model, argv[6], i);
        }
    }
    dsr_lexicon_close(lexicon);
    return 0;
}
