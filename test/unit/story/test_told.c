/* The timeline and the figures of a story: what is joined, what is not, who is a voice. Dates, figures and
 * copies are found by the rooms that find them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/figures.h"
#include "annotate/times.h"
#include "base/limits.h"
#include "reports.h"
#include "story/story_figures.h"
#include "story/timeline.h"
