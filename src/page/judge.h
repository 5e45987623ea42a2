/* What is known of a block, as numbers, and the article that follows from them. Only src/page and its trainer
 * include it. */
#ifndef DSR_PAGE_JUDGE_H
#define DSR_PAGE_JUDGE_H

#include "page/blocks.h"

/* Features of the first look (the block, its place, its neighbours), then those of the second (what the first
 * look made of the page). Each is a whole number, 0 to 4096 for 0.0 to 1.0 (a few to 4.0). */
enum {
    PAGE_FIRST_FEATURES = 40 + (int)PAGE_PLACES + (int)DSR_PAGE_GROUPS + (int)PAGE_TAGS,
    PAGE_SECOND_FEATURES = 40,
    PAGE_FEATURES = PAGE_FIRST_FEATURES + PAGE_SECOND_FEATURES,
    PAGE_FEATURE_ONE = 4096,
    PAGE_FEATURE_NAME = 48
};

/* The name of a feature in models/page.tsv. */
void dsr_page_feature_name(int feature, char out[PAGE_FEATURE_NAME]);

/* What the first look found of the page as a whole. */
typedef struct page_view {
    uint32_t root;      /* the element that holds the article */
    uint32_t home;      /* the element in which most of its words stand directly */
    uint64_t looks;     /* what most of its words' elements look like: tag and class */
    size_t from, to;    /* blocks of the root */
    size_t first, last; /* blocks of it that the first look takes */
} page_view;

void dsr_page_first_features(const page_tree *tree, const page_blocks *blocks, size_t at,
                             int32_t out[PAGE_FIRST_FEATURES]);
void dsr_page_second_features(const page_tree *tree, const page_blocks *blocks, const page_view *view,
                              size_t at, int32_t out[PAGE_SECOND_FEATURES]);
/* Of a page's prose, one word in `part` at least has a logit of `sure`. */
typedef struct page_level {
    int32_t sure;
    uint32_t part;
} page_level;
extern const page_level dsr_page_first_level;
/* Lifts all logits where a page is unlike others, so that the level is reached: a part of its prose is the
 * article, or it would be no page of one. */
dsr_status dsr_page_level(const page_tree *tree, page_blocks *blocks, page_level level) DSR_MUST_CHECK;
/* Finds the view from the logits of the blocks. */
dsr_status dsr_page_view_find(const page_tree *tree, const page_blocks *blocks,
                              page_view *out) DSR_MUST_CHECK;

typedef struct page_model {
    int32_t first[PAGE_FIRST_FEATURES];
    int32_t second[PAGE_FEATURES]; /* the second look sees the features of the first too */
} page_model;
void dsr_page_model_load(const dsr_lexicon *lexicon, page_model *out);
/* Both looks: sets the logits of all blocks. */
dsr_status dsr_page_classify(const page_tree *tree, page_blocks *blocks, const page_model *model,
                             page_view *view) DSR_MUST_CHECK;
/* Sum of weights times features, in 1/1024. */
int32_t dsr_page_logit(const int32_t *weights, const int32_t *features, size_t count);

#endif
