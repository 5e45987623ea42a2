/* What the files that gather a page's facts share. Only src/page/facts*.c include it. */
#ifndef DSR_PAGE_FACTS_PARTS_H
#define DSR_PAGE_FACTS_PARTS_H

#include "lexicon/page_words.h"
#include "page/tree.h"

/* A node of JSON-LD that tells of an article or of the page itself. Values are clean. */
typedef struct page_article {
    dsr_slice headline;
    dsr_slice section;
    dsr_slice publisher;
    dsr_slice published;
    const char *published_key; /* of the field that states it: "datePublished" ... */
    dsr_slice modified;
    dsr_slice url;
    dsr_slice language;
    dsr_slices authors;
    unsigned rank; /* 3 an article, 2 a kindred work, 1 the page */
} page_article;

typedef struct page_ld {
    DSR_LIST(page_article) articles;
    dsr_slice site; /* the name of a WebSite node */
} page_ld;

/* Reads the page's JSON-LD; what cannot be read is passed over. DSR_ERR_MEMORY only. */
dsr_status dsr_page_ld_take(const page_tree *tree, page_ld *out) DSR_MUST_CHECK;

/* What a field says: references resolved even where they were written twice over, inline tags gone, white
 * space collapsed, at most DSR_LIMIT_FIELD_BYTES. No value where nothing is left. */
dsr_status dsr_page_clean(dsr_arena *arena, dsr_slice raw, dsr_slice *out) DSR_MUST_CHECK;
/* The words of a text folded, one blank between them; apostrophes are left out. */
dsr_status dsr_page_fold(dsr_arena *arena, dsr_slice text, dsr_slice *out) DSR_MUST_CHECK;
/* How alike two folded texts are: 100 the same words in the same order ... 0 none shared. */
unsigned dsr_page_likeness(dsr_slice a, dsr_slice b);
/* Whether two folded texts are the same but for blanks and a leading "the". */
bool dsr_page_same_name(dsr_slice a, dsr_slice b);
/* Whether `text` contains `word` (ASCII, lower case), whatever the case of its letters. */
bool dsr_page_has(dsr_slice text, const char *word);
/* Words of a folded text. */
size_t dsr_page_fold_words(dsr_slice folded);

/* A date as pages write it: what dsr_moment_parse takes, seconds since 1970, "2022/01/11", "Jan. 11, 2022
 * 8:17 pm". Midnight without a zone is a day. DSR_ERR_INPUT, DSR_ERR_MEMORY. */
dsr_status dsr_page_date(dsr_arena *arena, dsr_slice text, dsr_moment *out) DSR_MUST_CHECK;
/* The date in an address: "/2022/01/11/", "/2022/jan/11/", "-20220111". DSR_ERR_INPUT where it has none. */
dsr_status dsr_page_url_date(dsr_arena *arena, dsr_slice url, dsr_moment *out) DSR_MUST_CHECK;

/* Something that may be the article's title. */
typedef struct page_candidate {
    dsr_slice text;
    dsr_slice folded;
    const char *why;
    unsigned weight;
} page_candidate;
enum { PAGE_CANDIDATES = 24, PAGE_SITES = 8 };
typedef struct page_candidates {
    page_candidate items[PAGE_CANDIDATES];
    size_t count;
    dsr_slice sites[PAGE_SITES]; /* folded names of the outlet */
    size_t site_count;
} page_candidates;
/* Adds one, cleaned; without words, or past PAGE_CANDIDATES, it is left out. */
dsr_status dsr_page_title_add(dsr_arena *arena, page_candidates *list, dsr_slice raw, const char *why,
                              unsigned weight) DSR_MUST_CHECK;
dsr_status dsr_page_title_site(dsr_arena *arena, page_candidates *list, dsr_slice name) DSR_MUST_CHECK;
/* Takes the outlet's name off all of them and chooses; NULL where there is none. */
dsr_status dsr_page_title_choose(dsr_arena *arena, page_candidates *list,
                                 const page_candidate **out) DSR_MUST_CHECK;

/* Adds the persons that `raw` names to `authors`: parted, without "By", addresses, handles and repetitions.
 */
dsr_status dsr_page_authors_add(dsr_arena *arena, dsr_slices *authors, dsr_slice raw) DSR_MUST_CHECK;

enum {
    PAGE_REMEMBERED = 256,  /* elements remembered of one sort */
    PAGE_NAME_BYTES = 200,  /* of an element that may name an author */
    PAGE_TITLE_BYTES = 1024 /* of a heading */
};

typedef enum page_fact {
    PAGE_FACT_TITLE,
    PAGE_FACT_PUBLISHED,
    PAGE_FACT_MODIFIED,
    PAGE_FACT_AUTHOR,
    PAGE_FACT_OUTLET,
    PAGE_FACT_HANDLE,
    PAGE_FACT_SECTION,
    PAGE_FACT_ADDRESS,
    PAGE_FACT_LANGUAGE
} page_fact;

/* Names of meta elements, lower case, "." as ":". Of each sort the first in this order counts first. */
typedef struct page_meta_rule {
    const char *name;
    page_fact kind;
    uint8_t weight; /* of a title */
} page_meta_rule;
enum { PAGE_RULES = 77 };

typedef DSR_LIST(uint32_t) page_places;

typedef struct page_said {
    size_t rule; /* its place in dsr_page_rules */
    dsr_slice value;
} page_said;

typedef struct page_gathered {
    const page_tree *tree;
    dsr_arena *arena;
    dsr_meta *meta;
    dsr_slice found[PAGE_RULES];
    bool by_property[PAGE_RULES];
    DSR_LIST(page_said) authors; /* every author that a meta element names */
    page_places headings;
    page_places properties; /* elements with itemprop */
    page_places times;
    page_places bylines;
    dsr_slice title;
    dsr_slice canonical;
    dsr_slice base;
    dsr_slice language;
    const dsr_lexicon *lexicon;
    page_ld ld;
    const page_article *article; /* the page's own; NULL */
    dsr_slice unread; /* a date of publication that cannot be read, and the place where it stands */
    dsr_slice unread_place;
    page_candidates titles;
} page_gathered;

/* PAGE_RULES of them. */
extern const page_meta_rule dsr_page_rules[];

static inline dsr_slice dsr_page_attribute(const page_gathered *g, uint32_t node, page_attribute name)
{
    return dsr_page_tree_attribute(g->tree, node, name);
}
/* Whether one of the words of an attribute is `word`, whatever its case. */
bool dsr_page_has_token(dsr_slice value, const char *word);
/* Whether an element stands in what is not the article: comments, related reports, navigation. */
bool dsr_page_is_aside(const page_gathered *g, uint32_t node);
/* A phrase in the arena; NULL without memory. */
const char *dsr_page_why(dsr_arena *arena, const char *before, const char *name);
dsr_status dsr_page_set_why(page_gathered *g, const char *why, dsr_slice *out) DSR_MUST_CHECK;

/* Set published and modified, and the authors, where the report has none. */
dsr_status dsr_page_dates_take(page_gathered *g, dsr_report *report, uint32_t heading) DSR_MUST_CHECK;
dsr_status dsr_page_authors_take(page_gathered *g, uint32_t heading) DSR_MUST_CHECK;

#endif
