/* A page as a tree: elements with the attributes that tell something, and the text between them with the way
 * back to the page's bytes. Only src/page includes it. */
#ifndef DSR_PAGE_TREE_H
#define DSR_PAGE_TREE_H

#include "base/arena.h"
#include "model/report.h"

/* Elements that mean something here; any other is PAGE_TAG_OTHER. */
typedef enum page_tag {
    PAGE_TAG_TEXT, /* no element: a stretch of text */
    PAGE_TAG_OTHER,
    PAGE_TAG_A,
    PAGE_TAG_ADDRESS,
    PAGE_TAG_ARTICLE,
    PAGE_TAG_ASIDE,
    PAGE_TAG_B,
    PAGE_TAG_BLOCKQUOTE,
    PAGE_TAG_BODY,
    PAGE_TAG_BR,
    PAGE_TAG_BUTTON,
    PAGE_TAG_CAPTION,
    PAGE_TAG_CENTER,
    PAGE_TAG_DD,
    PAGE_TAG_DIV,
    PAGE_TAG_DL,
    PAGE_TAG_DT,
    PAGE_TAG_FIGCAPTION,
    PAGE_TAG_FIGURE,
    PAGE_TAG_FOOTER,
    PAGE_TAG_FORM,
    PAGE_TAG_H1,
    PAGE_TAG_H2,
    PAGE_TAG_H3,
    PAGE_TAG_H4,
    PAGE_TAG_H5,
    PAGE_TAG_H6,
    PAGE_TAG_HEAD,
    PAGE_TAG_HEADER,
    PAGE_TAG_HR,
    PAGE_TAG_HTML,
    PAGE_TAG_IMG,
    PAGE_TAG_INPUT,
    PAGE_TAG_LABEL,
    PAGE_TAG_LI,
    PAGE_TAG_LINK,
    PAGE_TAG_MAIN,
    PAGE_TAG_META,
    PAGE_TAG_NAV,
    PAGE_TAG_OL,
    PAGE_TAG_OPTION,
    PAGE_TAG_P,
    PAGE_TAG_PRE,
    PAGE_TAG_SECTION,
    PAGE_TAG_SELECT,
    PAGE_TAG_SPAN,
    PAGE_TAG_TABLE,
    PAGE_TAG_TBODY,
    PAGE_TAG_TD,
    PAGE_TAG_TEXTAREA,
    PAGE_TAG_TH,
    PAGE_TAG_TIME,
    PAGE_TAG_TITLE,
    PAGE_TAG_TR,
    PAGE_TAG_UL,
    PAGE_TAGS,
    PAGE_TAG_DEL = PAGE_TAGS, /* also <s> and <strike>; no feature knows it: it is never a block's own */
    PAGE_TAG_BASE,            /* nor does one know this */
    PAGE_TAGS_ALL
} page_tag;

/* Attributes that are kept; all others are gone before the tree is made. */
typedef enum page_attribute {
    PAGE_ATTR_ARIA_HIDDEN,
    PAGE_ATTR_CLASS,
    PAGE_ATTR_CONTENT,
    PAGE_ATTR_DATETIME,
    PAGE_ATTR_HIDDEN,
    PAGE_ATTR_HREF,
    PAGE_ATTR_ID,
    PAGE_ATTR_ITEMPROP,
    PAGE_ATTR_ITEMTYPE,
    PAGE_ATTR_LANG,
    PAGE_ATTR_NAME,
    PAGE_ATTR_PROPERTY,
    PAGE_ATTR_REL,
    PAGE_ATTR_ROLE,
    PAGE_ATTR_STYLE,
    PAGE_ATTRS
} page_attribute;
extern const char *const dsr_page_attribute_names[PAGE_ATTRS];

/* A stretch of text, references resolved, white space as in the page. */
typedef struct page_text {
    dsr_slice text;
    dsr_source_span source; /* bytes of the page as it was decoded to UTF-8 */
    bool whole;             /* a reference: it corresponds to `source` only as a whole */
} page_text;

typedef struct page_value {
    page_attribute name;
    dsr_slice value; /* references resolved; "" where the attribute has none */
} page_value;

/* Nodes lie in the order of the page: the descendants of node n are n + 1 ... end - 1. Node 0 is the root and
 * stands for the page. */
typedef struct page_node {
    uint32_t parent;
    uint32_t end;
    uint32_t first; /* PAGE_TAG_TEXT: index of texts; else first of its values */
    uint16_t values;
    uint16_t depth;
    uint8_t tag; /* page_tag */
} page_node;

typedef struct page_tree {
    dsr_arena *arena;
    dsr_slice page; /* UTF-8 */
    DSR_LIST(page_node) nodes;
    DSR_LIST(page_text) texts;
    DSR_LIST(page_value) values;
    dsr_slices json_ld; /* contents of <script type="application/ld+json">, inside `page` */
    bool cut_depth, cut_script, cut_nodes;
} page_tree;

/* Makes the tree of a page (valid UTF-8, lent for as long as the tree is used). Linear time; depth is capped
 * without losing text; past DSR_LIMIT_PAGE_NODES the rest of the page is not read. DSR_ERR_MEMORY,
 * DSR_ERR_LIMIT. */
dsr_status dsr_page_tree_build(dsr_arena *arena, dsr_slice page, page_tree *out) DSR_MUST_CHECK;

/* The character that a named reference stands for ("amp"); 0 where HTML knows no such name. Any thread. */
uint32_t dsr_page_tree_entity(dsr_slice name);

/* An attribute of an element; no value where it has none. */
dsr_slice dsr_page_tree_attribute(const page_tree *tree, uint32_t node, page_attribute name);
/* The text below a node, white space collapsed and trimmed, at most `most` bytes of it, copied into the
 * arena. */
dsr_status dsr_page_tree_text(const page_tree *tree, uint32_t node, size_t most,
                              dsr_slice *out) DSR_MUST_CHECK;

#endif
