/* What goes before the tree is made. Only src/page includes it. */
#ifndef DSR_PAGE_STRIP_H
#define DSR_PAGE_STRIP_H

#include "base/buffer.h"
#include "page/tree.h"

/* A stretch that stands in both: `page` bytes of the page became those from `kept` on, byte for byte, up to
 * the next stretch. */
typedef struct page_stretch {
    uint32_t kept;
    uint32_t page;
    uint32_t tag; /* not 0: it is what a tag of so many bytes shows, and corresponds to it as a whole */
} page_stretch;

typedef struct page_stripped {
    dsr_buffer kept; /* heap */
    DSR_LIST(page_stretch) stretches;
} page_stripped;

/* Copies what a parser must see of tree->page: text, and tags with the attributes that tell something. Left
 * out are scripts, styles, comments, drawings, forms' values, tags deeper than DSR_LIMIT_PAGE_DEPTH, end tags
 * that nothing opened: so that hostile pages cost no more than others, and most bytes of usual ones nothing
 * at all. What tags show by themselves becomes text: the marks of <q>, the gap before a raised figure.
 * JSON-LD scripts are noted in the tree. Drop `kept` in any case. */
dsr_status dsr_page_strip(page_tree *tree, page_stripped *out) DSR_MUST_CHECK;

/* Where byte `at` of what was kept stands in the page. `cursor` (0 at first) makes a walk linear. */
uint32_t dsr_page_strip_find(const page_stripped *stripped, uint32_t at, size_t *cursor);

#endif
