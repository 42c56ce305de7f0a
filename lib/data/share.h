// SPDX-License-Identifier: MIT
// Computes from counts a share, its confidence interval, and whether two shares differ by more than
// chance. Exact; knows nothing of surveys.
#ifndef KEFU_DATA_SHARE_H
#define KEFU_DATA_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"

/* Roots and the quantile are truncated after 60 decimals, everything else is an
 * exact fraction: so all digits of a figure printed with a few decimals are right. */
enum { SHARE_PLACES = 60 };

/* Each is a part of the next. */
struct share_counts {
	int64_t hits;       /* those whose rating counts for the share, such as "satisfied" */
	int64_t rated;      /* those who rated at all */
	int64_t returned;   /* those whose answers came back */
	int64_t population; /* those of whom the sample was drawn */
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
 * population of those who would have rated, is population × rated / returned.
 * When the answers of the whole population came back, the interval is the rate alone. */
void share_of(struct share *share, const struct share_counts *counts, const struct decimal *z);
void share_clear(struct share *share);

/* NOW less BEFORE, with its interval: method 10 of R. G. Newcombe, Interval
 * Estimation for the Difference between Independent Proportions, Statistics
 * in Medicine 17 (1998) 873–890, from both shares' Wilson intervals,
 *
 *   d − √((p−l)² + (u'−p')²)  to  d + √((u−p)² + (p'−l')²).
 *
 * If the interval contains 0, the change may be due to chance alone. */
struct share_change {
	struct decimal *change, *low, *high; /* NULL when one of the shares has no rate */
	bool significant;                    /* the interval does not contain 0 */
};

void share_compare(struct share_change *change, const struct share *now,
		   const struct share *before);
void share_change_clear(struct share_change *change);

#endif
