// SPDX-License-Identifier: MIT
// What the tables of survey-tally have in common: how counts, shares and verdicts are written.
#include "view/tally_parts.h"

enum { RATE_PLACES = 4, MEAN_PLACES = 2 };

static const char *decimal_text(struct tally_view *view, const struct decimal *value,
				unsigned places)
{
	struct buf text;
	if (!value)
		return NULL;
	buf_init(&text);
	decimal_format(value, places, &text);
	const char *kept = arena_dup(&view->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *hundredfold(struct tally_view *view, const struct decimal *value)
{
	struct decimal *percent = decimal_copy(value), *hundred = decimal_new(100);
	decimal_multiply(percent, hundred);
	const char *text = decimal_text(view, percent, 1);
	decimal_free(percent);
	decimal_free(hundred);
	return text;
}

const char *tally_view_rate(struct tally_view *view, const struct decimal *rate)
{
	if (!rate || !view_for_people(view->style))
		return decimal_text(view, rate, RATE_PLACES);
	return arena_printf(&view->arena, "%s %%", hundredfold(view, rate));
}

const char *tally_view_change(struct tally_view *view, const struct decimal *change)
{
	if (!change || !view_for_people(view->style))
		return decimal_text(view, change, RATE_PLACES);
	return arena_printf(&view->arena, "%s%s", decimal_sign(change) > 0 ? "+" : "",
			    hundredfold(view, change));
}

const char *tally_view_count(struct tally_view *view, int64_t count)
{
	return count < 0 ? NULL : view_number(&view->arena, count);
}

/* NUMERATOR / DENOMINATOR, which is not 0. */
static struct decimal *fraction(int64_t numerator, int64_t denominator)
{
	struct decimal *value = decimal_new(numerator), *by = decimal_new(denominator);
	decimal_divide(value, by);
	decimal_free(by);
	return value;
}

const char *tally_view_share(struct tally_view *view, int64_t count, int64_t all)
{
	if (!all)
		return NULL;
	struct decimal *share = fraction(count, all);
	const char *text = tally_view_rate(view, share);
	decimal_free(share);
	return text;
}

const char *tally_view_mean(struct tally_view *view, const struct tally_service *service)
{
	if (!view->settled || !service->rated)
		return NULL;
	struct decimal *mean = fraction(service->sum, service->rated);
	const char *text =
		decimal_text(view, mean, view_for_people(view->style) ? MEAN_PLACES : RATE_PLACES);
	decimal_free(mean);
	return text;
}

const char *tally_view_title(const struct tally_view *view, const struct question *question)
{
	return view_for_people(view->style) ? question->shown : question->title;
}

const char *tally_view_verdict(const struct tally_view *view)
{
	static const char *const words[] = {
		[TALLY_OPEN] = "open", [TALLY_VALID] = "valid", [TALLY_INVALID] = "invalid"};
	if (view->now->verdict == TALLY_INVALID && view_for_people(view->style))
		return "INVALID";
	return words[view->now->verdict];
}
