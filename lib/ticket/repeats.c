// SPDX-License-Identifier: MIT
// What a household asks for again and again, by the policy's `repeats`.
#include "ticket/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/keys.h"
#include "base/mem.h"
#include "book/unit.h"
#include "data/deadline.h"
#include "ticket/alike.h"

enum {
	TEXT_BYTES = 600
}; /* of a ticket's text, compared: what it is about stands at the beginning */

struct asked {
	const char *id, *unit, *kind, *category, *text;
	int64_t opened;
};

/* Which tickets are looked at. */
struct span {
	const char *unit; /* NULL: of all */
	int64_t since, until;
};

static void add_asked(struct gatherer *to, const struct form *form, const char *unit,
		      int64_t opened)
{
	const struct span *span = to->context;
	const struct node *text = node_get(form->documents[0].root, "text");
	if (!unit || opened < span->since || opened >= span->until ||
	    (span->unit && !unit_same(unit, span->unit)))
		return;
	struct arena *arena = &to->arena;
	struct asked *asked = gather_push(to, 0);
	size_t len = text && text->type == NODE_STRING ? node_text_len(text) : 0;
	*asked = (struct asked){
		.id = arena_dup(arena, form->id),
		.unit = arena_dup(arena, unit),
		.kind = arena_dup(arena, form->kind),
		.category = arena_dup(arena, form->category),
		.opened = opened,
		.text = arena_dup_len(arena, len ? node_as_text(text) : "",
				      len < TEXT_BYTES ? len : TEXT_BYTES),
	};
}

static void look_at(struct gatherer *to, struct form *form)
{
	struct household household;
	if (!form->kind || form->state == FORM_VOIDED)
		return;
	add_asked(to, form, node_text(form->customer, "unit"), form->documents[0].at);
	/* who comes from another ticket asked in that one */
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (!node_get(household.joined->root, "cause"))
			add_asked(to, form, node_text(household.customer, "unit"),
				  household.joined->at);
}

/* --- counting --- */

struct count {
	struct book *book;
	const struct rule *rule;
	int64_t since;
	struct repeats *out;

	/* the tickets of one household and kind, by time */
	const struct asked *asked;
	size_t total;
	int64_t *from;       /* since when tickets count for each of them */
	size_t *next, *last; /* the next and the last one of its category; TOTAL and + 1: none */
	struct alike *alike; /* NULL: only the category counts */
	size_t *found;       /* room for all of them */
};

/* From when on tickets count for one opened at LATEST. */
static int64_t window_start(const struct count *count, int64_t latest)
{
	struct duration within;
	struct err err = ERR_INIT;
	struct clock clock = book_clock(
		count->book,
		policy_hours(count->book->policy, NULL, zone_day(&count->book->zone, latest)),
		count->book->now);
	struct due from;
	if (duration_parse(node_text(count->rule->node, "within"), &within, &err) &&
	    deadline_early(&clock, latest, within, &from, &err))
		return from.at;
	err_clear(&err);
	return latest;
}

static int compare_indexes(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return (x > y) - (x < y);
}

/* MATTER are the TIMES tickets of it, in any order. */
static void add_repeat(struct count *count, size_t *matter, size_t times)
{
	struct repeats *out = count->out;
	struct arena *arena = &out->gathered.arenas[0];
	struct buf ids;
	buf_init(&ids);
	qsort(matter, times, sizeof *matter, compare_indexes);
	for (size_t i = 0; i < times; i++)
		buf_addf(&ids, "%s%s", ids.len ? " " : "", count->asked[matter[i]].id);
	const struct asked *first = &count->asked[matter[0]],
			   *latest = &count->asked[matter[times - 1]];
	out->items = mem_room(out->items, out->count, 1, sizeof *out->items);
	out->items[out->count++] = (struct repeat){
		.rule = node_text(count->rule->node, "repeat"),
		.clause = count->rule->clause,
		.unit = latest->unit,
		.kind = latest->kind,
		.category = latest->category,
		.times = times,
		.tickets = arena_dup(arena, ids.data),
		.first = first->opened,
		.latest = latest->opened,
	};
	buf_clear(&ids);
}

/* The first ticket that was opened at or after TIME. */
static size_t first_since(const struct count *count, int64_t time)
{
	size_t low = 0, high = count->total;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (count->asked[middle].opened < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Behind the last ticket for which one opened at TIME still counts. The later a ticket, the later
 * its window begins. */
static size_t last_reaching(const struct count *count, int64_t time)
{
	size_t low = 0, high = count->total;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (count->from[middle] <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool same_category(const struct count *count, size_t a, size_t b)
{
	const char *x = count->asked[a].category, *y = count->asked[b].category;
	return x && y && strcmp(x, y) == 0;
}

static bool same_matter(struct count *count, size_t a, size_t b)
{
	return same_category(count, a, b) ||
	       (count->alike && alike_find(count->alike, a, b, b + 1, 1, count->found));
}

/* Whether a later ticket of the household continues the matter: then that one is the latest. */
static bool goes_on(struct count *count, size_t index)
{
	size_t reaching = last_reaching(count, count->asked[index].opened);
	if (index + 1 >= reaching)
		return false;
	if (node_true(count->rule->node, "running"))
		return same_matter(count, index + 1, index);
	return count->next[index] < reaching ||
	       (count->alike &&
		alike_find(count->alike, index, index + 1, reaching, 1, count->found));
}

static void count_back(struct count *count, size_t index)
{
	size_t first = first_since(count, count->from[index]), times = 0;
	size_t *matter = count->found;
	int64_t wanted = 0;
	node_integer(count->rule->node, "times", &wanted);
	if (node_true(count->rule->node, "running")) {
		size_t begin = index;
		while (begin > first && same_matter(count, begin - 1, index))
			begin--;
		for (size_t i = begin; i < index; i++)
			matter[times++] = i;
	} else {
		if (count->alike)
			times = alike_find(count->alike, index, first, index, count->total, matter);
		size_t alike = 0; /* that are not of the category, too */
		for (size_t i = 0; i < times; i++)
			if (!same_category(count, matter[i], index))
				matter[alike++] = matter[i];
		times = alike;
		for (size_t i = count->last[index]; i-- > first; i = count->last[i])
			matter[times++] = i;
	}
	matter[times++] = index;
	if ((int64_t)times >= wanted)
		add_repeat(count, matter, times);
}

/* Links tickets of one category. */
static void link_categories(struct count *count)
{
	struct keys latest = {0}; /* of each category, with its place among ENDS */
	size_t *ends = NULL, categories = 0, which;
	for (size_t i = 0; i < count->total; i++) {
		const char *category = count->asked[i].category;
		count->next[i] = count->total;
		count->last[i] = 0;
		if (!category)
			continue;
		if (!keys_find(&latest, category, strlen(category), &which)) {
			ends = mem_room(ends, categories, 1, sizeof *ends);
			keys_add(&latest, category, strlen(category), which = categories++);
		} else {
			count->next[ends[which]] = i;
			count->last[i] = ends[which] + 1;
		}
		ends[which] = i;
	}
	free(ends);
	keys_clear(&latest);
}

/* The tickets of one household and kind. SIMILAR: thousandths; 0: only the category counts. */
static void count_group(struct count *count, unsigned similar)
{
	size_t total = count->total;
	const char **texts = mem_array(total, sizeof *texts);
	count->from = mem_array(total, sizeof *count->from);
	count->next = mem_array(total, sizeof *count->next);
	count->last = mem_array(total, sizeof *count->last);
	count->found = mem_array(total + 1, sizeof *count->found);
	for (size_t i = 0; i < total; i++) {
		texts[i] = count->asked[i].text;
		count->from[i] = window_start(count, count->asked[i].opened);
	}
	count->alike = similar ? alike_new(texts, total, similar) : NULL;
	link_categories(count);
	for (size_t i = 0; i < total; i++)
		if (count->asked[i].opened >= count->since && !goes_on(count, i))
			count_back(count, i);
	alike_free(count->alike);
	free(texts);
	free(count->from);
	free(count->next);
	free(count->last);
	free(count->found);
}

static void count_rule(struct count *count, const struct asked *all, size_t total)
{
	const char *similar = node_text(count->rule->node, "similar");
	struct decimal *rate = decimal_new(0), *thousand = decimal_new(1000);
	int64_t thousandths = 0;
	if (similar && decimal_set(rate, similar, strlen(similar))) {
		decimal_multiply(rate, thousand);
		decimal_ceil(rate, &thousandths);
	}
	decimal_free(rate);
	decimal_free(thousand);
	for (size_t begin = 0, end; begin < total; begin = end) {
		const struct asked *first = &all[begin];
		for (end = begin + 1; end < total && unit_same(all[end].unit, first->unit) &&
				      strcmp(all[end].kind, first->kind) == 0;
		     end++)
			;
		count->asked = first;
		count->total = end - begin;
		/* those of older months alone end nothing that is asked for */
		if (all[end - 1].opened >= count->since &&
		    node_holds(node_get(count->rule->node, "kind"), first->kind))
			count_group(count, (unsigned)(thousandths < 0      ? 0
						      : thousandths > 1000 ? 1000
									   : thousandths));
	}
}

static int compare_asked(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;
	int order = unit_order(x->unit, y->unit);
	order = order ? order : strcmp(x->kind, y->kind);
	order = order ? order : (x->opened > y->opened) - (x->opened < y->opened);
	return order ? order : strcmp(x->id, y->id);
}

static int compare_repeats(const void *a, const void *b)
{
	const struct repeat *x = a, *y = b;
	int order = unit_order(x->unit, y->unit);
	order = order ? order : strcmp(x->rule, y->rule);
	return order ? order : (x->latest > y->latest) - (x->latest < y->latest);
}

bool repeats_count(const struct policy *policy, const char *kind)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, RULE_REPEAT, &cursor)))
		if (node_holds(node_get(rule->node, "kind"), kind))
			return true;
	return false;
}

void repeats_read(struct book *book, const char *unit, int64_t since, int64_t until,
		  struct repeats *repeats)
{
	struct count count = {.book = book, .since = since, .out = repeats};
	struct span span = {.unit = unit, .since = since, .until = until};
	struct arena folders = ARENA_INIT;
	size_t cursor = 0;
	*repeats = (struct repeats){0};
	while ((count.rule = policy_next(book->policy, RULE_REPEAT, &cursor))) {
		int64_t start = window_start(&count, since);
		span.since = start < span.since ? start : span.since;
	}
	/* a ticket's number is of the day it was recorded, which may be much later */
	const struct gather gather = {
		.folders = gather_months(book, &folders, "tickets", span.since, book->now),
		.form = look_at,
		.lists = {{.size = sizeof(struct asked), .order = compare_asked}},
		.context = &span};
	gather_run(book, &gather, &repeats->gathered);
	for (cursor = 0; (count.rule = policy_next(book->policy, RULE_REPEAT, &cursor));)
		count_rule(&count, repeats->gathered.lists[0].items,
			   repeats->gathered.lists[0].count);
	if (repeats->count)
		qsort(repeats->items, repeats->count, sizeof *repeats->items, compare_repeats);
	arena_clear(&folders);
}

void repeats_clear(struct repeats *repeats)
{
	free(repeats->items);
	gathered_clear(&repeats->gathered);
	*repeats = (struct repeats){0};
}
