/* The blocks of a page: stretches that stand by themselves when it is shown. Only src/page and its trainer
 * include it. */
#ifndef DSR_PAGE_BLOCKS_H
#define DSR_PAGE_BLOCKS_H

#include "lexicon/page_words.h"
#include "page/tree.h"

/* Where a node stands: bits 0 to 31 are those of dsr_page_group, told by class and id of what it stands in.
 */
enum {
    PAGE_IN_ARTICLE = 32,
    PAGE_IN_MAIN,
    PAGE_IN_ASIDE,
    PAGE_IN_NAV,
    PAGE_IN_FOOTER,
    PAGE_IN_HEADER,
    PAGE_IN_FORM,
    PAGE_IN_FIGURE,
    PAGE_IN_LIST,
    PAGE_IN_TABLE,
    PAGE_IN_QUOTE,
    PAGE_IN_BUTTON,
    PAGE_IN_LINK,
    PAGE_IN_BOLD,
    PAGE_IN_HIDDEN,
    PAGE_IN_HEAD,
    PAGE_IN_TIME,
    PAGE_IN_BODY_PROPERTY, /* itemprop="articleBody" */
    PAGE_PLACES,
    PAGE_IN_DELETED = PAGE_PLACES /* struck out; no feature: no block stands in it */
};

typedef struct page_block {
    uint32_t first, end; /* nodes; its text is that of the text nodes among them */
    uint32_t node;       /* the element in which it stands */
    uint32_t words, link_words, bold_words, characters;
    uint32_t stops, commas;           /* stops: ends of sentences */
    uint32_t capitals, smalls, marks; /* letters of ASCII; signs of addresses and handles */
    bool quoted;                      /* typographic signs or quotation marks in it */
    uint32_t near;                    /* groups of the element and the one around it */
    bool colon;                       /* ends so */
    bool comma;
    bool stopped; /* its last character ends a sentence */
    uint64_t places;
    int32_t logit; /* 1/1024; above 0: of the article */
} page_block;

typedef struct page_blocks {
    page_block *items;
    size_t count, capacity;
    DSR_LIST(page_block) unseen; /* prose that the page hides, and what it strikes out; in order too */
    uint64_t *places;            /* a node */
    uint32_t *near;
} page_blocks;

/* All visible blocks of a tree, in order. DSR_ERR_MEMORY, DSR_ERR_LIMIT past DSR_LIMIT_PAGE_BLOCKS. */
dsr_status dsr_page_blocks_find(const page_tree *tree, const dsr_lexicon *lexicon,
                                page_blocks *out) DSR_MUST_CHECK;
/* Whether elements of a tag stand in a line of text, not as a block of their own. */
bool dsr_page_tag_is_inline(uint8_t tag);
/* Whether what stands in such places is not shown. */
bool dsr_page_is_unseen(uint64_t places);
/* Whether a text shows nothing. */
bool dsr_page_text_is_blank(dsr_slice text);

#endif
