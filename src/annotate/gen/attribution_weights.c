/* Written by train/attributions.c. */
#include "annotate/attributions_parts.h"

const uint16_t dsr_at_least = 400;
const int16_t dsr_at_weights[DSR_AT_FEATURES + 1] = {0};
