// SPDX-License-Identifier: MIT
// Shares of callbacks: who is in which frame, and how many are to be drawn.
#include "callback/lots.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

int64_t lots_needed(const char *rate, int64_t forms)
{
	struct decimal *share = decimal_new(0), *total = decimal_new(forms);
	int64_t needed = forms;
	if (decimal_set(share, rate, strlen(rate))) {
		decimal_multiply(share, total);
		if (!decimal_ceil(share, &needed))
			needed = forms;
	}
	decimal_free(share);
	decimal_free(total);
	return needed;
}

static int compare_groups(const struct ticket_lot *a, const struct ticket_lot *b)
{
	int rules = strcmp(a->rule, b->rule);
	return rules ? rules : strcmp(a->period, b->period);
}

int lots_compare(const void *a, const void *b)
{
	int groups = compare_groups(a, b);
	return groups ? groups
		      : strcmp(((const struct ticket_lot *)a)->id,
			       ((const struct ticket_lot *)b)->id);
}

static void sort(struct ticket_lot *lots, size_t count)
{
	if (count)
		qsort(lots, count, sizeof *lots, lots_compare);
}

struct ticket_lot *lots_find(struct ticket_lot *lots, size_t count, const char *id,
			     const char *rule, const char *period)
{
	struct ticket_lot wanted = {.id = id, .rule = rule};
	if (!count || strlen(period) >= sizeof wanted.period)
		return NULL;
	strcpy(wanted.period, period);
	return bsearch(&wanted, lots, count, sizeof *lots, lots_compare);
}

/* The frame of LOTS, one rule and month. */
static void make_frame(const struct ticket_lot *lots, size_t count, struct arena *arena,
		       struct lot_frame *frame)
{
	size_t fresh = 0;
	*frame = (struct lot_frame){.rule = lots->rule, .clause = lots->clause, .rate = lots->rate};
	memcpy(frame->period, lots->period, sizeof frame->period);
	frame->ids = arena_alloc(arena, count * sizeof *frame->ids);
	for (size_t i = 0; i < count; i++) {
		fresh += lots[i].before_today && !lots[i].framed;
		frame->forms += lots[i].before_today || lots[i].framed;
		frame->chosen_before += lots[i].chosen && (lots[i].made || lots[i].callable);
	}
	frame->take = lots_needed(frame->rate, frame->forms) - frame->chosen_before;
	if (frame->take < 0)
		frame->take = 0;
	bool again = (size_t)frame->take > fresh;
	for (size_t i = 0; i < count; i++)
		if (lots[i].framed ? again && !lots[i].chosen && lots[i].callable
				   : lots[i].before_today)
			frame->ids[frame->count++] = lots[i].id;
	if ((size_t)frame->take > frame->count)
		frame->take = (int64_t)frame->count;
}

size_t lots_frames(struct ticket_lot *lots, size_t count, struct arena *arena,
		   struct lot_frame **frames)
{
	size_t made = 0;
	sort(lots, count);
	*frames = arena_alloc(arena, (count + 1) * sizeof **frames);
	for (size_t begin = 0, end; begin < count; begin = end) {
		for (end = begin + 1; end < count && compare_groups(&lots[begin], &lots[end]) == 0;
		     end++)
			;
		make_frame(lots + begin, end - begin, arena, &(*frames)[made]);
		made += (*frames)[made].count > 0;
	}
	return made;
}
