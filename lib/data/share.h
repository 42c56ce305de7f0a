// SPDX-License-Identifier: MIT
// What counts say: a share, how far it may be off by chance, and whether two shares differ. Exact;
// knows no survey.
#ifndef KEFU_DATA_SHARE_H
#define KEFU_DATA_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"

/* Roots and the quantile are cut off behind 60 decimals, everything else is
 * a fraction: what is printed with a few decimals is right to the last. */
enum { SHARE_PLACES = 60 };

/* HITS of RATED answers, which are some of the ASKED whose answers came back,
 * themselves drawn from POPULATION. */
struct share_counts {
	int64_t hits, rated, asked, population;
};

struct share {
	struct decimal *rate;       /* hits / rated; NULL: nothing was rated */
	struct decimal *low, *high; /* of the confidence interval; NULL with the rate */
};

/* The two-sided quantile z of the normal distribution for a CONFIDENCE like
 * "0.95" (0.5 to 0.9999): the probability within ±z is the confidence. By
 * the series of the normal integral and the secant method. Freed by the caller. */
struct decimal *share_quantile(const struct decimal *confidence);

/* The share with its interval: Wilson's score interval (E. B. Wilson, Probable
 * Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927)
 * 209–212),
 *
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n),
 *
 * with the finite population correction (W. G. Cochran, Sampling Techniques,
 * 3rd ed. (1977), 2.6): n is rated / ((M − rated) / (M − 1)), where M, the
 * population of those who would have rated, is population × rated / asked.
 * Where all of the population answered nothing is left to chance. */
void share_of(struct share *share, const struct share_counts *counts, const struct decimal *z);
void share_clear(struct share *share);

/* NOW less BEFORE, with its interval: method 10 of R. G. Newcombe, Interval
 * Estimation for the Difference between Independent Proportions, Statistics
 * in Medicine 17 (1998) 873–890, from both shares' Wilson intervals,
 *
 *   d − √((p−l)² + (u'−p')²)  to  d + √((u−p)² + (p'−l')²).
 *
 * Chance alone explains a change whose interval holds 0. */
struct share_change {
	struct decimal *change, *low, *high; /* NULL when one of the shares is none */
	bool significant;                    /* the interval does not hold 0 */
};

void share_compare(struct share_change *change, const struct share *now,
		   const struct share *before);
void share_change_clear(struct share_change *change);

#endif
