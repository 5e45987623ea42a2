/* How outlets work, over many reports: how much of each is its own, whose text it carries, who carries its
 * text, how it edits what it carries. Plain data in one arena. */
#ifndef DSR_MODEL_OUTLETS_H
#define DSR_MODEL_OUTLETS_H

#include "model/story.h"

/* An outlet or agency with which an outlet shares text. */
typedef struct dsr_outlet_tie {
    dsr_slice name; /* no value: reports whose outlet is not known */
    bool agency;
    uint32_t reports; /* of the outlet, or of the other one where that carries the outlet's text */
    uint32_t share;   /* thousandths of those reports that are the other's text, on the average */
} dsr_outlet_tie;
typedef DSR_LIST(dsr_outlet_tie) dsr_outlet_ties;

typedef struct dsr_outlet_row {
    dsr_slice name; /* no value: reports whose outlet is not known */
    uint32_t reports;
    uint32_t copying;      /* reports of which some text was taken from others, as far as is known */
    uint32_t own;          /* thousandths of the text that nobody else is known to have had before */
    dsr_outlet_ties takes; /* the most often taken from first; agencies among them: those that it credits, or
                              that others credit for the same text */
    dsr_outlet_ties carried_by;           /* the most frequent first */
    uint32_t edited;                      /* reports of which the text taken was edited */
    uint32_t edits[DSR_EDIT_KINDS];       /* edits of each kind in what it took */
    uint32_t takes_left, carried_by_left; /* beyond those that are listed */
} dsr_outlet_row;

typedef struct dsr_outlets {
    DSR_LIST(dsr_outlet_row) rows; /* the most reports first */
    uint32_t reports;
} dsr_outlets;

/* "dossier.outlets/1", one outlet. */
void dsr_outlet_write_json(dsr_buffer *to, const dsr_outlet_row *row);

#endif
