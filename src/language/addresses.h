/* Addresses in running text: URL, e-mail, @handle, #tag. Only src/language includes it. */
#ifndef DSR_LANGUAGE_ADDRESSES_H
#define DSR_LANGUAGE_ADDRESSES_H

#include "base/slice.h"

/* The end of the address that begins at `at`, inside text[0, end); `at` where none begins there. What ends a
 * sentence or a bracket around an address does not belong to it. */
size_t dsr_address_end(dsr_slice text, size_t at, size_t end);
/* The end of the URL whose "://" stands at `colon`; `colon` where what stands before it, from `from` on, is
 * no scheme. */
size_t dsr_address_url_end(dsr_slice text, size_t from, size_t colon, size_t end);
/* Whether a URL begins at `at`. */
bool dsr_address_is_url(dsr_slice text, size_t at, size_t end);

#endif
