/* Publication stamps: a date, often with a time, as pages print it ("08:17 PM, 11 Jan, 2022"). */
#ifndef DSR_LEXICON_STAMP_H
#define DSR_LEXICON_STAMP_H

#include "lexicon/lexicon.h"

/* Reads the stamp at the beginning of `text`: date and time in either order, weekday and zone. Returns its
 * length in bytes, 0 where no date stands there; *parts has what is certain: of "11/01/2022" no part at all
 * (year -1), because day and month may be either; a zone only where its name has one meaning. A time alone is
 * no stamp. */
size_t dsr_stamp_scan(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice text,
                      dsr_moment_parts *parts);
/* The same for a time of day alone: "8:17 p.m. ET", "20.17 GMT", "1417 GMT". */
size_t dsr_stamp_scan_time(dsr_slice text, dsr_moment_parts *parts);

#endif
