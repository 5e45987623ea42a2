/* References to characters that the parser does not resolve. Only src/page includes it. */
#ifndef DSR_PAGE_REFERENCES_H
#define DSR_PAGE_REFERENCES_H

#include "base/slice.h"

/* The character that such a name stands for ("bsol"); 0 where it is none, or one that the parser knows. */
uint32_t dsr_page_reference_named(dsr_slice name);
/* The bytes of the reference at the start of `text` (its sign "&" first) that only this file resolves:
 * "&bsol;", and
 * "&copy" of "&copy2025"; 0 where there is none. Constant time. */
size_t dsr_page_reference_at(dsr_slice text, uint32_t *out);

#endif
