// SPDX-License-Identifier: MIT
// Exact numbers: money, rates, weights, bounds. Never a float; nothing is rounded but by
// decimal_format, decimal_root and decimal_cut.
#ifndef KEFU_BASE_DECIMAL_H
#define KEFU_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A rational number of any size. A value may be read by several threads at
 * once as long as none of them changes it. */
struct decimal;

/* What a literal may hold; more is refused, so that "1e999999999" costs nothing. */
enum { DECIMAL_MAX_DIGITS = 1000, DECIMAL_MAX_EXPONENT = 5000 };

struct decimal *decimal_new(int64_t value); /* freed with decimal_free */
struct decimal *decimal_copy(const struct decimal *value);
void decimal_free(struct decimal *value); /* NULL is fine */

/* Reads a JSON number (RFC 8259: "3", "-0.30", "1e5"). False, with VALUE as it
 * was, when TEXT is not a JSON number or exceeds the bounds above. */
bool decimal_set(struct decimal *value, const char *text, size_t len);
void decimal_set_int(struct decimal *value, int64_t integer);

/* TO becomes TO + BY, and so on. Dividing by zero returns false and leaves TO as it was. */
void decimal_add(struct decimal *to, const struct decimal *by);
void decimal_subtract(struct decimal *to, const struct decimal *by);
void decimal_multiply(struct decimal *to, const struct decimal *by);
bool decimal_divide(struct decimal *to, const struct decimal *by);

/* VALUE becomes its square root, truncated after PLACES decimals: exact when the root has no more
 * than these. False, with VALUE as it was, when VALUE is negative. */
bool decimal_root(struct decimal *value, unsigned places);
/* Truncates VALUE after PLACES decimals, towards zero. For sums of many terms, whose fractions
 * would otherwise grow longer with each term. */
void decimal_cut(struct decimal *value, unsigned places);

int decimal_compare(const struct decimal *a, const struct decimal *b); /* <0, 0, >0 */
int decimal_sign(const struct decimal *value);                         /* -1, 0, 1 */
bool decimal_is_integer(const struct decimal *value);
/* Whether VALUE is OF times a whole number. The only multiple of zero is zero. */
bool decimal_is_multiple(const struct decimal *value, const struct decimal *of);

/* The smallest whole number not below VALUE, and the largest not above it. False
 * when it does not fit. "At least 30 % of N" needs decimal_ceil. */
bool decimal_ceil(const struct decimal *value, int64_t *integer);
bool decimal_floor(const struct decimal *value, int64_t *integer);

/* Adds VALUE with exactly PLACES decimals, a half rounded away from zero
 * (the usual 四舍五入); never "-0.00". */
void decimal_format(const struct decimal *value, unsigned places, struct buf *out);

/* Adds VALUE exactly: with as few decimals as it needs ("97.5"), or as a fraction in
 * lowest terms when its decimals would never end ("292/3"). */
void decimal_format_exact(const struct decimal *value, struct buf *out);

/* Whether a limited number of decimals is enough to write VALUE exactly. */
bool decimal_is_finite(const struct decimal *value);

#endif
