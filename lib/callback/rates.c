// SPDX-License-Identifier: MIT
// How many callbacks a period owed and got, by rule: the shares owed and the shares judged.
#include "callback/rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "callback/lots.h"
#include "store/walk.h"

struct worker {
	struct book *book;
	int64_t first, end;
	const char *rule;
	struct arena arena;
	struct rate *items;
	size_t count;
};

const char *rate_verdict_name(enum rate_verdict verdict)
{
	static const char *const names[] = {"kept", "open", "missed"};
	return names[verdict];
}

static struct rate *rate_of(struct worker *worker, const struct duty *duty)
{
	for (size_t i = 0; i < worker->count; i++)
		if (strcmp(worker->items[i].rule, duty->rule) == 0)
			return &worker->items[i];
	worker->items = mem_grow(worker->items, worker->count + 1, sizeof *worker->items);
	struct rate *rate = &worker->items[worker->count++];
	struct arena *arena = &worker->arena;
	*rate = (struct rate){
		.rule = arena_dup(arena, duty->rule),
		.clause = arena_dup(arena, duty->clause),
		.share = arena_dup(arena, duty->rate),
		.minimum = arena_dup(arena, duty->minimum ? duty->minimum : duty->rate),
		.on_site_share = arena_dup(arena, duty->on_site)};
	return rate;
}

static void count(struct worker *worker, const struct duty *duty)
{
	bool finished = duty->start >= worker->first && duty->start < worker->end,
	     ended = duty->at >= worker->first && duty->at < worker->end;
	bool made = duty->state == DUTY_MET,
	     late = duty->state == DUTY_LATE && duty->ended_by->which == EVENT_CALLBACK;
	if (!finished && !ended)
		return;
	struct rate *rate = rate_of(worker, duty);
	rate->finished += finished;
	rate->drawn += finished && duty->drawn;
	rate->called += finished && made;
	rate->ended += ended;
	rate->made += ended && made;
	rate->late += ended && late;
	rate->open += ended && duty->state == DUTY_OPEN && worker->book->now <= duty->at;
	rate->on_site += ended && duty_is_on_site(duty);
}

static void look_at(void *state, struct form *form)
{
	struct worker *worker = state;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (duty->callback && duty->state != DUTY_WITHDRAWN &&
		    !duty_stands_before(form, duty) &&
		    (!worker->rule || strcmp(worker->rule, duty->rule) == 0 ||
		     clauses_hold(duty->clause, worker->rule)))
			count(worker, duty);
	}
}

static enum rate_verdict judge(int64_t made, int64_t open, int64_t needed)
{
	return made >= needed ? RATE_KEPT : made + open >= needed ? RATE_OPEN : RATE_MISSED;
}

static void finish(struct rate *rate)
{
	rate->owed = lots_needed(rate->share, rate->finished);
	rate->needed = lots_needed(rate->minimum, rate->ended);
	rate->verdict = judge(rate->made, rate->open, rate->needed);
	if (!rate->on_site_share)
		return;
	rate->on_site_needed = lots_needed(rate->on_site_share, rate->made);
	rate->on_site_verdict = judge(rate->on_site, rate->open, rate->on_site_needed);
}

static int compare_rates(const void *a, const void *b)
{
	return strcmp(((const struct rate *)a)->rule, ((const struct rate *)b)->rule);
}

static void add(struct rates *rates, const struct rate *rate)
{
	struct rate *sum = NULL;
	for (size_t i = 0; i < rates->count && !sum; i++)
		if (strcmp(rates->items[i].rule, rate->rule) == 0)
			sum = &rates->items[i];
	if (!sum) {
		rates->items = mem_grow(rates->items, rates->count + 1, sizeof *rates->items);
		rates->items[rates->count++] = *rate;
		return;
	}
	sum->finished += rate->finished;
	sum->drawn += rate->drawn;
	sum->called += rate->called;
	sum->ended += rate->ended;
	sum->made += rate->made;
	sum->late += rate->late;
	sum->open += rate->open;
	sum->on_site += rate->on_site;
}

void rates_read(struct book *book, int64_t first, int64_t end, const char *rule,
		struct rates *rates)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	unsigned threads = walk_threads();
	struct worker *workers = mem_array(threads, sizeof *workers);
	void **states = mem_array(threads, sizeof *states);
	*rates = (struct rates){.arenas = mem_array(threads, sizeof *rates->arenas),
				.arena_count = threads};
	for (unsigned t = 0; t < threads; t++) {
		workers[t] =
			(struct worker){.book = book, .first = first, .end = end, .rule = rule};
		states[t] = &workers[t];
	}
	forms_read(book, folders, states, threads, look_at, &rates->problems);
	for (unsigned t = 0; t < threads; t++) {
		for (size_t i = 0; i < workers[t].count; i++)
			add(rates, &workers[t].items[i]);
		rates->arenas[t] = workers[t].arena;
		free(workers[t].items);
	}
	for (size_t i = 0; i < rates->count; i++)
		finish(&rates->items[i]);
	if (rates->count)
		qsort(rates->items, rates->count, sizeof *rates->items, compare_rates);
	free(states);
	free(workers);
}

void rates_clear(struct rates *rates)
{
	for (size_t i = 0; i < rates->arena_count; i++)
		arena_clear(&rates->arenas[i]);
	free(rates->arenas);
	free(rates->items);
	problems_clear(&rates->problems);
	*rates = (struct rates){0};
}
