/* Which blocks make up the article part, and what each of them is. Only src/page includes it. */
#ifndef DSR_PAGE_ARTICLE_H
#define DSR_PAGE_ARTICLE_H

#include "page/judge.h"

typedef enum page_fate {
    PAGE_LEFT,      /* outside the article part */
    PAGE_TAKEN,     /* text of the article */
    PAGE_FURNITURE, /* in the article part, labelled */
    PAGE_READ       /* labelled and read: headline, standfirst, subhead */
} page_fate;

typedef struct page_choice {
    uint8_t fate;      /* page_fate */
    uint8_t furniture; /* dsr_furniture_kind, where FURNITURE or READ */
} page_choice;

/* Decides on every block. `headline` is the node of the page's headline, UINT32_MAX where there is none.
 * *taken gets the words of the article's own text. */
dsr_status dsr_page_article_choose(const page_tree *tree, const page_blocks *blocks, const page_view *view,
                                   uint32_t headline, page_choice **out, uint64_t *taken) DSR_MUST_CHECK;
/* Why a block was left out: a static phrase. */
const char *dsr_page_article_why(const page_block *block);
/* What a block is in the page's layout. */
dsr_block_kind dsr_page_block_kind(const page_tree *tree, const page_block *block, uint8_t *level);

/* render.c: writes the chosen blocks. */
dsr_status dsr_page_render(const page_tree *tree, const page_blocks *blocks, const page_choice *choices,
                           dsr_report *report) DSR_MUST_CHECK;

#endif
