/* Names, times, figures and quotations as rows of numbers, for the packed record. Only src/model includes it.
 */
#ifndef DSR_MODEL_FLAT_H
#define DSR_MODEL_FLAT_H

#include "model/report.h"

enum { DSR_NAME_NUMBERS = 6, DSR_REFERENCE_NUMBERS = 5 };
enum { DSR_TIME_NUMBERS = 22, DSR_FIGURE_NUMBERS = 10, DSR_QUOTE_NUMBERS = 12 };
/* Everything but the span and what is found again when the record is opened. Small numbers stay small. */
void dsr_time_flatten(const dsr_time *time, uint64_t out[DSR_TIME_NUMBERS]);
/* False where a number is out of its range. */
bool dsr_time_unflatten(const uint64_t in[DSR_TIME_NUMBERS], dsr_time *out);
/* Everything but spans and words. */
void dsr_figure_flatten(const dsr_figure *figure, uint64_t out[DSR_FIGURE_NUMBERS]);
bool dsr_figure_unflatten(const uint64_t in[DSR_FIGURE_NUMBERS], dsr_figure *out);
/* Everything but the span; `out` has it, and what is told by its place is counted from there. */
void dsr_name_flatten(const dsr_name *name, uint64_t out[DSR_NAME_NUMBERS]);
bool dsr_name_unflatten(const uint64_t in[DSR_NAME_NUMBERS], dsr_name *out);
void dsr_reference_flatten(const dsr_reference *reference, uint64_t out[DSR_REFERENCE_NUMBERS]);
bool dsr_reference_unflatten(const uint64_t in[DSR_REFERENCE_NUMBERS], dsr_reference *out);
/* Everything but the span. */
void dsr_quote_flatten(const dsr_quote *quote, uint64_t out[DSR_QUOTE_NUMBERS]);
/* `out` has its span, which the others are counted from. */
bool dsr_quote_unflatten(const uint64_t in[DSR_QUOTE_NUMBERS], dsr_quote *out);

#endif
