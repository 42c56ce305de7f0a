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
 * was, when TEXT is none or exceeds the bounds above. */
bool decimal_set(struct decimal *value, const char *text, size_t len);
void decimal_set_int(struct decimal *value, int64_t integer);

/* TO becomes TO + BY, and so on. Dividing by zero gives false, TO as it was. */
void decimal_add(struct decimal *to, const struct decimal *by);
void decimal_subtract(struct decimal *to, const struct decimal *by);
void decimal_multiply(struct decimal *to, const struct decimal *by);
bool decimal_divide(struct decimal *to, const struct decimal *by);

/* The square root of VALUE, cut off behind PLACES decimals: exact where it ends
 * by then. False, with VALUE as it was, for a negative one. */
bool decimal_root(struct decimal *value, unsigned places);
/* Cuts VALUE off behind PLACES decimals, towards zero: series stay short. */
void decimal_cut(struct decimal *value, unsigned places);

int decimal_compare(const struct decimal *a, const struct decimal *b); /* <0, 0, >0 */
int decimal_sign(const struct decimal *value);                         /* -1, 0, 1 */
bool decimal_is_integer(const struct decimal *value);
/* Whether VALUE is OF times a whole number; of zero only zero is. */
bool decimal_is_multiple(const struct decimal *value, const struct decimal *of);

/* The smallest whole number not below VALUE, the largest not above it; false
 * when it does not fit. "30 % of N, at least" is a ceil. */
bool decimal_ceil(const struct decimal *value, int64_t *integer);
bool decimal_floor(const struct decimal *value, int64_t *integer);

/* Adds VALUE with exactly PLACES decimals, a half rounded away from zero
 * (the usual 四舍五入); never "-0.00". */
void decimal_format(const struct decimal *value, unsigned places, struct buf *out);

/* Adds VALUE as it is: with as few decimals as it takes ("97.5"), or as a
 * fraction in lowest terms where no decimals would do ("292/3"). */
void decimal_format_exact(const struct decimal *value, struct buf *out);

/* Whether some number of decimals writes VALUE exactly. */
bool decimal_is_finite(const struct decimal *value);

#endif
