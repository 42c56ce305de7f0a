// SPDX-License-Identifier: MIT
// Exact numbers over GMP rationals; the only includer of gmp.h.
#include "base/decimal.h"

#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct decimal {
	mpq_t q; /* always canonical */
};

_Static_assert(sizeof(long) >= sizeof(int64_t), "GMP's si functions must take an int64_t");

struct decimal *decimal_new(int64_t value)
{
	struct decimal *decimal = mem_alloc(sizeof *decimal);
	mpq_init(decimal->q);
	mpq_set_si(decimal->q, value, 1);
	return decimal;
}

struct decimal *decimal_copy(const struct decimal *value)
{
	struct decimal *copy = decimal_new(0);
	mpq_set(copy->q, value->q);
	return copy;
}

void decimal_free(struct decimal *value)
{
	if (!value)
		return;
	mpq_clear(value->q);
	free(value);
}

/* A JSON number taken apart: the digits without the point, and the power of
 * ten to multiply them by. */
struct literal {
	bool negative;
	char digits[DECIMAL_MAX_DIGITS + 1];
	size_t count;
	long exponent;
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool take_digits(struct literal *literal, const char **next, const char *end)
{
	const char *first = *next;
	for (; *next < end && is_digit(**next); ++*next) {
		if (literal->count == DECIMAL_MAX_DIGITS)
			return false;
		literal->digits[literal->count++] = **next;
	}
	return *next > first;
}

static bool take_exponent(struct literal *literal, const char **next, const char *end)
{
	bool negative = *next < end && **next == '-';
	if (*next < end && (**next == '-' || **next == '+'))
		++*next;
	const char *first = *next;
	long exponent = 0;
	for (; *next < end && is_digit(**next); ++*next) {
		exponent = exponent * 10 + (**next - '0');
		if (exponent > DECIMAL_MAX_EXPONENT)
			return false;
	}
	literal->exponent = negative ? -exponent : exponent;
	return *next > first;
}

static bool take_apart(struct literal *literal, const char *text, size_t len)
{
	const char *next = text, *end = text + len;
	literal->negative = next < end && *next == '-';
	if (literal->negative)
		next++;
	if (end - next > 1 && next[0] == '0' && is_digit(next[1]))
		return false;
	literal->count = 0;
	literal->exponent = 0;
	if (!take_digits(literal, &next, end))
		return false;
	size_t whole = literal->count;
	if (next < end && *next == '.') {
		next++;
		if (!take_digits(literal, &next, end))
			return false;
	}
	size_t decimals = literal->count - whole;
	if (next < end && (*next == 'e' || *next == 'E')) {
		next++;
		if (!take_exponent(literal, &next, end))
			return false;
	}
	literal->exponent -= (long)decimals;
	literal->digits[literal->count] = '\0';
	return next == end;
}

bool decimal_set(struct decimal *value, const char *text, size_t len)
{
	struct literal literal;
	if (!take_apart(&literal, text, len))
		return false;
	mpz_set_str(mpq_numref(value->q), literal.digits, 10);
	mpz_set_ui(mpq_denref(value->q), 1);
	if (literal.exponent) {
		mpz_t power;
		mpz_init(power);
		mpz_ui_pow_ui(power, 10, (unsigned long)labs(literal.exponent));
		if (literal.exponent > 0)
			mpz_mul(mpq_numref(value->q), mpq_numref(value->q), power);
		else
			mpz_set(mpq_denref(value->q), power);
		mpz_clear(power);
		mpq_canonicalize(value->q);
	}
	if (literal.negative)
		mpq_neg(value->q, value->q);
	return true;
}

void decimal_set_int(struct decimal *value, int64_t integer)
{
	mpq_set_si(value->q, integer, 1);
}

void decimal_add(struct decimal *to, const struct decimal *by)
{
	mpq_add(to->q, to->q, by->q);
}

void decimal_subtract(struct decimal *to, const struct decimal *by)
{
	mpq_sub(to->q, to->q, by->q);
}

void decimal_multiply(struct decimal *to, const struct decimal *by)
{
	mpq_mul(to->q, to->q, by->q);
}

bool decimal_divide(struct decimal *to, const struct decimal *by)
{
	if (mpq_sgn(by->q) == 0)
		return false;
	mpq_div(to->q, to->q, by->q);
	return true;
}

/* VALUE becomes WHOLE / 10^PLACES. */
static void set_scaled(struct decimal *value, const mpz_t whole, unsigned places)
{
	mpz_set(mpq_numref(value->q), whole);
	mpz_ui_pow_ui(mpq_denref(value->q), 10, places);
	mpq_canonicalize(value->q);
}

bool decimal_root(struct decimal *value, unsigned places)
{
	if (mpq_sgn(value->q) < 0)
		return false;
	/* the root of n/d in units of 10^-places is that of the whole part of n * 10^(2 * places) /
	 * d */
	mpz_t scaled;
	mpz_init(scaled);
	mpz_ui_pow_ui(scaled, 10, 2UL * places);
	mpz_mul(scaled, scaled, mpq_numref(value->q));
	mpz_fdiv_q(scaled, scaled, mpq_denref(value->q));
	mpz_sqrt(scaled, scaled);
	set_scaled(value, scaled, places);
	mpz_clear(scaled);
	return true;
}

void decimal_cut(struct decimal *value, unsigned places)
{
	mpz_t scaled;
	mpz_init(scaled);
	mpz_ui_pow_ui(scaled, 10, places);
	mpz_mul(scaled, scaled, mpq_numref(value->q));
	mpz_tdiv_q(scaled, scaled, mpq_denref(value->q));
	set_scaled(value, scaled, places);
	mpz_clear(scaled);
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	return mpq_cmp(a->q, b->q);
}

int decimal_sign(const struct decimal *value)
{
	return mpq_sgn(value->q);
}

bool decimal_is_integer(const struct decimal *value)
{
	return mpz_cmp_ui(mpq_denref(value->q), 1) == 0;
}

bool decimal_is_multiple(const struct decimal *value, const struct decimal *of)
{
	if (mpq_sgn(of->q) == 0)
		return mpq_sgn(value->q) == 0;
	mpq_t ratio;
	mpq_init(ratio);
	mpq_div(ratio, value->q, of->q);
	bool whole = mpz_cmp_ui(mpq_denref(ratio), 1) == 0;
	mpq_clear(ratio);
	return whole;
}

static bool fit(const mpz_t whole, int64_t *integer)
{
	if (!mpz_fits_slong_p(whole))
		return false;
	*integer = mpz_get_si(whole);
	return true;
}

bool decimal_ceil(const struct decimal *value, int64_t *integer)
{
	mpz_t whole;
	mpz_init(whole);
	mpz_cdiv_q(whole, mpq_numref(value->q), mpq_denref(value->q));
	bool fits = fit(whole, integer);
	mpz_clear(whole);
	return fits;
}

bool decimal_floor(const struct decimal *value, int64_t *integer)
{
	mpz_t whole;
	mpz_init(whole);
	mpz_fdiv_q(whole, mpq_numref(value->q), mpq_denref(value->q));
	bool fits = fit(whole, integer);
	mpz_clear(whole);
	return fits;
}

void decimal_format(const struct decimal *value, unsigned places, struct buf *out)
{
	/* |value| * 10^places + 1/2, cut off: (2 * n * 10^places + d) / (2 * d) */
	mpz_t scaled, twice;
	mpz_init(scaled);
	mpz_init(twice);
	mpz_ui_pow_ui(scaled, 10, places);
	mpz_mul(scaled, scaled, mpq_numref(value->q));
	mpz_abs(scaled, scaled);
	mpz_mul_2exp(scaled, scaled, 1);
	mpz_add(scaled, scaled, mpq_denref(value->q));
	mpz_mul_2exp(twice, mpq_denref(value->q), 1);
	mpz_fdiv_q(scaled, scaled, twice);
	bool negative = mpq_sgn(value->q) < 0 && mpz_sgn(scaled) != 0;

	char *digits = mem_alloc(mpz_sizeinbase(scaled, 10) + 2);
	mpz_get_str(digits, 10, scaled);
	size_t len = strlen(digits);
	if (negative)
		buf_addc(out, '-');
	size_t whole = len > places ? len - places : 0;
	if (whole)
		buf_add(out, digits, whole);
	else
		buf_addc(out, '0');
	if (places) {
		buf_addc(out, '.');
		buf_fill(out, '0', places - (len - whole));
		buf_add(out, digits + whole, len - whole);
	}
	free(digits);
	mpz_clear(scaled);
	mpz_clear(twice);
}

/* How many decimals VALUE needs to be exact; false when its decimals never end. */
static bool places_of(const struct decimal *value, unsigned *places)
{
	mpz_t rest, prime;
	mpz_init(rest);
	mpz_init(prime);
	mpz_set_ui(prime, 2);
	mp_bitcnt_t twos = mpz_remove(rest, mpq_denref(value->q), prime);
	mpz_set_ui(prime, 5);
	mp_bitcnt_t fives = mpz_remove(rest, rest, prime);
	bool finite = mpz_cmp_ui(rest, 1) == 0;
	mpz_clear(rest);
	mpz_clear(prime);
	*places = (unsigned)(twos > fives ? twos : fives);
	return finite;
}

bool decimal_is_finite(const struct decimal *value)
{
	unsigned places;
	return places_of(value, &places);
}

void decimal_format_exact(const struct decimal *value, struct buf *out)
{
	unsigned places;
	if (places_of(value, &places)) {
		decimal_format(value, places, out);
		return;
	}
	char *text = mem_alloc(mpz_sizeinbase(mpq_numref(value->q), 10) +
			       mpz_sizeinbase(mpq_denref(value->q), 10) + 3);
	mpq_get_str(text, 10, value->q);
	buf_adds(out, text);
	free(text);
}
