/* Logarithms in whole numbers. Private to story. */
#ifndef DSR_STORY_LOGARITHM_H
#define DSR_STORY_LOGARITHM_H

#include <stdint.h>

/* log2(x) in 1024ths, x >= 1, by repeated squaring: the same on every machine. */
int32_t dsr_log2(uint64_t x);

#endif
