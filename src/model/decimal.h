/* Decimal numbers as news tells them: up to 18 digits and a power of ten. Exact for what is written with
 * digits; quotients are rounded to 15 digits. No floating point, so that the same words give the same number
 * everywhere. */
#ifndef DSR_MODEL_DECIMAL_H
#define DSR_MODEL_DECIMAL_H

#include "base/buffer.h"

/* digits * 10^exponent. Kept without trailing zeros in `digits`; zero is {0, 0}. */
typedef struct dsr_decimal {
    int64_t digits;   /* of at most 18 places */
    int32_t exponent; /* between -DSR_DECIMAL_EXPONENT and DSR_DECIMAL_EXPONENT */
} dsr_decimal;
enum { DSR_DECIMAL_EXPONENT = 300 };

dsr_decimal dsr_decimal_of(int64_t value);
/* From ASCII digits, `fraction` of them behind the point; what is no digit is passed over. Digits past the
 * 18th are dropped, their places kept. */
dsr_decimal dsr_decimal_read(dsr_slice digits, size_t fraction);
dsr_decimal dsr_decimal_scale(dsr_decimal a, int32_t power); /* a * 10^power */
dsr_decimal dsr_decimal_negate(dsr_decimal a);
dsr_decimal dsr_decimal_add(dsr_decimal a, dsr_decimal b);
dsr_decimal dsr_decimal_multiply(dsr_decimal a, dsr_decimal b);
/* Zero where b is zero. */
dsr_decimal dsr_decimal_divide(dsr_decimal a, dsr_decimal b);
/* <0, 0, >0 */
int dsr_decimal_compare(dsr_decimal a, dsr_decimal b);
bool dsr_decimal_is_integer(dsr_decimal a);
/* The whole number, or `otherwise` where it is none or does not fit into 15 places. */
int64_t dsr_decimal_integer(dsr_decimal a, int64_t otherwise);
/* Whether it is kept as promised. */
bool dsr_decimal_is_sound(dsr_decimal a);
/* As JSON writes it: "13000", "-0.25", "1e-12", "1e25". */
void dsr_decimal_write(dsr_buffer *to, dsr_decimal a);

#endif
