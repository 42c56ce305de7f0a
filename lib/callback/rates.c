// SPDX-License-Identifier: MIT
// How many callbacks a period owed and got, by rule: the shares owed and the shares judged.
#include "callback/rates.h"

#include <string.h>

#include "callback/lots.h"
#include "ticket/duty.h"

struct wanted {
	int64_t first, end;
	const char *rule; /* or clause; NULL: all */
};

const char *rate_verdict_name(enum rate_verdict verdict)
{
	static const char *const names[] = {"kept", "open", "missed"};
	return names[verdict];
}

static void count(struct gatherer *to, const struct form *form, const struct duty *duty)
{
	const struct wanted *wanted = to->context;
	bool finished = duty->start >= wanted->first && duty->start < wanted->end,
	     ended = duty->at >= wanted->first && duty->at < wanted->end;
	bool made = duty->state == DUTY_MET,
	     late = duty->state == DUTY_LATE && duty->ended_by->which == EVENT_CALLBACK;
	bool added;
	if (!finished && !ended)
		return;
	const char *rule = duty_rule_name(to->book, duty);
	struct rate *rate = gather_sum(to, 0, &(struct rate){.rule = rule}, &added);
	if (added)
		rate->rule = arena_dup(&to->arena, rule);
	terms_take(&rate->terms, &to->arena, form, duty);
	rate->finished += finished;
	rate->drawn += finished && duty->drawn;
	rate->called += finished && made;
	rate->ended += ended;
	rate->made += ended && made;
	rate->late += ended && late;
	bool unreached = duty->state == DUTY_UNREACHED && duty->ended <= duty->at;
	rate->unreached += ended && unreached;
	rate->unreached_finished += finished && unreached;
	rate->open += ended && duty->state == DUTY_OPEN && to->book->now <= duty->at;
	rate->on_site += ended && duty_is_on_site(duty);
	rate->overridden += duty_is_overridden(form, duty);
}

static void look_at(struct gatherer *to, struct form *form)
{
	const struct wanted *wanted = to->context;
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor)))
		if (duty->callback && duty->state != DUTY_WITHDRAWN &&
		    (!wanted->rule || duty_is_of(to->book, duty, wanted->rule)))
			count(to, form, duty);
}

static int compare_rates(const void *a, const void *b)
{
	return strcmp(((const struct rate *)a)->rule, ((const struct rate *)b)->rule);
}

static void add_rate(void *into, const void *from)
{
	struct rate *sum = into;
	const struct rate *rate = from;
	terms_keep_first(&sum->terms, &rate->terms);
	sum->finished += rate->finished;
	sum->drawn += rate->drawn;
	sum->called += rate->called;
	sum->ended += rate->ended;
	sum->made += rate->made;
	sum->late += rate->late;
	sum->unreached += rate->unreached;
	sum->unreached_finished += rate->unreached_finished;
	sum->open += rate->open;
	sum->on_site += rate->on_site;
	sum->overridden += rate->overridden;
}

static enum rate_verdict judge(int64_t made, int64_t open, int64_t needed)
{
	return made >= needed ? RATE_KEPT : made + open >= needed ? RATE_OPEN : RATE_MISSED;
}

static void finish(struct rate *rate)
{
	const struct terms *terms = &rate->terms;
	rate->owed = lots_needed(terms->rate, rate->finished - rate->unreached_finished);
	rate->needed = lots_needed(terms->minimum, rate->ended - rate->unreached);
	rate->verdict = judge(rate->made, rate->open, rate->needed);
	if (!terms->on_site)
		return;
	rate->on_site_needed = lots_needed(terms->on_site, rate->made);
	rate->on_site_verdict = judge(rate->on_site, rate->open, rate->on_site_needed);
}

void rates_read(struct book *book, int64_t first, int64_t end, const char *rule,
		struct rates *rates)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	const struct wanted wanted = {.first = first, .end = end, .rule = rule};
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {{.size = sizeof(struct rate), .order = compare_rates, .sum = add_rate}},
		.context = &wanted};
	gather_run(book, &gather, &rates->gathered);
	rates->items = rates->gathered.lists[0].items;
	rates->count = rates->gathered.lists[0].count;
	for (size_t i = 0; i < rates->count; i++)
		finish(&rates->items[i]);
}

void rates_clear(struct rates *rates)
{
	gathered_clear(&rates->gathered);
	*rates = (struct rates){0};
}
