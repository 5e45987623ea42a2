/* What class and id of a page's elements say, and the weights that tell an article's blocks from the others.
 * data/page.tsv and models/page.tsv. */
#ifndef DSR_LEXICON_PAGE_WORDS_H
#define DSR_LEXICON_PAGE_WORDS_H

#include "lexicon/lexicon.h"

typedef enum dsr_page_group {
    DSR_PAGE_BODY,
    DSR_PAGE_CONTENT,
    DSR_PAGE_TITLE,
    DSR_PAGE_STANDFIRST,
    DSR_PAGE_BYLINE,
    DSR_PAGE_DATE,
    DSR_PAGE_CAPTION,
    DSR_PAGE_CREDIT,
    DSR_PAGE_RELATED,
    DSR_PAGE_COMMENT,
    DSR_PAGE_SHARE,
    DSR_PAGE_SUBSCRIBE,
    DSR_PAGE_ADVERT,
    DSR_PAGE_NAVIGATION,
    DSR_PAGE_SIDEBAR,
    DSR_PAGE_TAGS,
    DSR_PAGE_AUTHOR_BOX,
    DSR_PAGE_CONSENT,
    DSR_PAGE_LIVE,
    DSR_PAGE_HIDDEN,
    DSR_PAGE_EMBED,
    DSR_PAGE_LISTING,
    DSR_PAGE_GROUPS
} dsr_page_group;

/* The groups, one bit each, that the words of a class or id belong to: words and pairs of neighbouring words,
 * cut at what is no letter and before capitals, without regard to case. */
uint32_t dsr_lexicon_page_groups(const dsr_lexicon *lexicon, dsr_slice names);
/* The weight of a feature in 1/1024; 0 where it has none. */
int32_t dsr_lexicon_page_weight(const dsr_lexicon *lexicon, dsr_slice feature);

#endif
