// SPDX-License-Identifier: MIT
// Computes from counts a share, its confidence interval, and whether two shares differ.
#include "data/share.h"

/* Room for what is lost where large terms of a series cancel: at 4 standard deviations four digits.
 */
enum { WORK_PLACES = SHARE_PLACES + 20, SECANT_STEPS = 60 };

static const char two_pi[] =
	"6.28318530717958647692528676655900576839433879875021164194988918461563281257241799725606965068423413596";

static struct decimal *fraction(int64_t numerator, int64_t denominator)
{
	struct decimal *value = decimal_new(numerator), *by = decimal_new(denominator);
	decimal_divide(value, by);
	decimal_free(by);
	return value;
}

static struct decimal *sum(const struct decimal *a, const struct decimal *b)
{
	struct decimal *value = decimal_copy(a);
	decimal_add(value, b);
	return value;
}

static struct decimal *difference(const struct decimal *a, const struct decimal *b)
{
	struct decimal *value = decimal_copy(a);
	decimal_subtract(value, b);
	return value;
}

static struct decimal *product(const struct decimal *a, const struct decimal *b)
{
	struct decimal *value = decimal_copy(a);
	decimal_multiply(value, b);
	return value;
}

/* The probability between −Z and Z times √(2π): 2 Σ (−1)^k z^(2k+1) / (2^k k! (2k+1)). */
static struct decimal *normal_integral(const struct decimal *z)
{
	struct decimal *total = decimal_new(0), *power = decimal_copy(z), *square = product(z, z);
	for (int64_t k = 0; decimal_sign(power); k++) {
		struct decimal *term = fraction(k % 2 ? -2 : 2, 2 * k + 1),
			       *next = fraction(1, 2 * (k + 1));
		decimal_multiply(term, power);
		decimal_add(total, term);
		decimal_multiply(power, square);
		decimal_multiply(power, next);
		decimal_cut(power, WORK_PLACES);
		decimal_cut(total, WORK_PLACES);
		decimal_free(term);
		decimal_free(next);
	}
	decimal_free(power);
	decimal_free(square);
	return total;
}

struct decimal *share_quantile(const struct decimal *confidence)
{
	struct decimal *wanted = decimal_new(0), *z = fraction(1, 2), *before = decimal_new(0);
	decimal_set(wanted, two_pi, sizeof two_pi - 1);
	decimal_root(wanted, WORK_PLACES);
	decimal_multiply(wanted, confidence);
	/* how far the integral is from what is wanted; it is concave, so that from below the
	 * secants never pass the root by much */
	struct decimal *off_before = difference(before, wanted), *step = decimal_copy(z);
	for (int i = 0; i < SECANT_STEPS && decimal_sign(step); i++) {
		struct decimal *integral = normal_integral(z), *off = difference(integral, wanted),
			       *slope = difference(off, off_before);
		decimal_free(integral);
		decimal_free(step);
		step = difference(z, before);
		if (decimal_divide(step, slope))
			decimal_multiply(step, off);
		decimal_cut(step, WORK_PLACES - 10);
		decimal_free(before);
		decimal_free(off_before);
		decimal_free(slope);
		before = z;
		off_before = off;
		z = difference(before, step);
	}
	decimal_free(step);
	decimal_free(before);
	decimal_free(off_before);
	decimal_free(wanted);
	decimal_cut(z, SHARE_PLACES);
	return z;
}

/* One over n, n corrected for the finite population: (population − returned) / (population × rated
 * − returned). */
static struct decimal *inverse_size(const struct share_counts *counts)
{
	struct decimal *value = fraction(counts->population, 1),
		       *returned = decimal_new(counts->returned),
		       *below = decimal_new(counts->rated);
	decimal_multiply(below, value);
	decimal_subtract(below, returned);
	decimal_subtract(value, returned);
	if (decimal_sign(value) <= 0 || !decimal_divide(value, below))
		decimal_set_int(value, 0); /* everybody answered */
	decimal_free(returned);
	decimal_free(below);
	return value;
}

void share_of(struct share *share, const struct share_counts *counts, const struct decimal *z)
{
	*share = (struct share){0};
	if (counts->rated <= 0)
		return;
	struct decimal *p = fraction(counts->hits, counts->rated),
		       *q = fraction(counts->rated - counts->hits, counts->rated);
	struct decimal *inverse = inverse_size(counts), *one = decimal_new(1),
		       *half = fraction(1, 2);
	struct decimal *spread = product(z, z);
	decimal_multiply(spread, inverse); /* z²/n */
	struct decimal *middle = product(spread, half), *below = sum(one, spread);
	struct decimal *root = product(p, q);
	decimal_multiply(root, spread); /* z² p(1−p)/n */
	struct decimal *square = product(middle, middle);
	decimal_add(root, square); /* z²(p(1−p)/n + z²/4n²) */
	decimal_root(root, SHARE_PLACES);
	decimal_add(middle, p);
	share->low = difference(middle, root);
	share->high = sum(middle, root);
	decimal_divide(share->low, below);
	decimal_divide(share->high, below);
	share->rate = p;
	/* at 0 and 1 the bound is the rate itself; a root that was cut off may miss it */
	if (!counts->hits)
		decimal_set_int(share->low, 0);
	if (counts->hits == counts->rated)
		decimal_set_int(share->high, 1);
	decimal_free(q);
	decimal_free(inverse);
	decimal_free(one);
	decimal_free(half);
	decimal_free(spread);
	decimal_free(middle);
	decimal_free(below);
	decimal_free(root);
	decimal_free(square);
}

void share_clear(struct share *share)
{
	decimal_free(share->rate);
	decimal_free(share->low);
	decimal_free(share->high);
	*share = (struct share){0};
}

/* √((a−b)² + (c−d)²) */
static struct decimal *distance(const struct decimal *a, const struct decimal *b,
				const struct decimal *c, const struct decimal *d)
{
	struct decimal *first = difference(a, b), *second = difference(c, d);
	decimal_multiply(first, first);
	decimal_multiply(second, second);
	decimal_add(first, second);
	decimal_root(first, SHARE_PLACES);
	decimal_free(second);
	return first;
}

void share_compare(struct share_change *change, const struct share *now, const struct share *before)
{
	*change = (struct share_change){0};
	if (!now->rate || !before->rate)
		return;
	struct decimal *down = distance(now->rate, now->low, before->high, before->rate);
	struct decimal *up = distance(now->high, now->rate, before->rate, before->low);
	change->change = difference(now->rate, before->rate);
	change->low = difference(change->change, down);
	change->high = sum(change->change, up);
	change->significant = decimal_sign(change->low) > 0 || decimal_sign(change->high) < 0;
	decimal_free(down);
	decimal_free(up);
}

void share_change_clear(struct share_change *change)
{
	decimal_free(change->change);
	decimal_free(change->low);
	decimal_free(change->high);
	*change = (struct share_change){0};
}
