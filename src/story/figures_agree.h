/* Whether numbers can be one. Must not know what they count. Only src/story includes it. */
#ifndef DSR_STORY_FIGURES_AGREE_H
#define DSR_STORY_FIGURES_AGREE_H

#include "model/story.h"

typedef struct dsr_pair_of_figures {
    bool equal;   /* one number, whatever the hedges */
    bool near;    /* the larger is at most three times the smaller ... */
    bool nearer;  /* ... twice */
    bool telling; /* the larger is no small number that anything might have */
} dsr_pair_of_figures;
dsr_pair_of_figures dsr_figures_compare(const dsr_figure *a, const dsr_figure *b);
/* The number by which a figure is sorted: its value, else the middle that its bounds leave. */
dsr_decimal dsr_figures_size(const dsr_figure *figure);

/* What several figures leave of the line of numbers. Begins as {0}. */
typedef struct dsr_figures_sum {
    unsigned count;
    bool has_low, has_high;
    dsr_decimal low, high; /* the value of all of them lies between */
    dsr_decimal first;     /* the size of one of them */
    bool differ;           /* not all of one size */
    unsigned hedges;       /* bits of dsr_approx */
} dsr_figures_sum;
void dsr_figures_add(dsr_figures_sum *sum, const dsr_figure *figure);
/* Sets agree, differ and why. */
void dsr_figures_judge(const dsr_figures_sum *sum, dsr_story_figure *group);

#endif
