// SPDX-License-Identifier: MIT
// What a household asks for again and again, by the policy's `repeats`.
#include "ticket/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/deadline.h"
#include "store/walk.h"

enum {
	TEXT_BYTES = 600
}; /* of a ticket's text, compared: what it is about stands at the beginning */

struct asked {
	const char *id, *unit, *kind, *category, *text;
	int64_t opened;
};

struct worker {
	struct arena arena;
	const char *unit;
	int64_t since, until;
	struct asked *items;
	size_t count, room;
};

static void look_at(void *state, struct form *form)
{
	struct worker *worker = state;
	const char *unit = node_text(form->customer, "unit");
	int64_t opened = form->documents[0].at;
	const struct node *text = node_get(form->documents[0].root, "text");
	if (!unit || !form->kind || form->state == FORM_VOIDED || opened < worker->since ||
	    opened >= worker->until || (worker->unit && strcmp(unit, worker->unit) != 0))
		return;
	if (worker->count == worker->room) {
		worker->room = worker->room ? worker->room * 2 : 64;
		worker->items = mem_grow(worker->items, worker->room, sizeof *worker->items);
	}
	struct arena *arena = &worker->arena;
	size_t len = text && text->type == NODE_STRING ? text->len : 0;
	worker->items[worker->count++] = (struct asked){
		.id = arena_dup(arena, form->id),
		.unit = arena_dup(arena, unit),
		.kind = arena_dup(arena, form->kind),
		.category = arena_dup(arena, form->category),
		.opened = opened,
		.text = arena_dup_len(arena, len ? text->text : "",
				      len < TEXT_BYTES ? len : TEXT_BYTES),
	};
}

/* --- likeness --- */

/* Pairs of neighbouring letters and digits, as numbers, sorted. */
static size_t pairs_of(const char *text, uint64_t *pairs, size_t room)
{
	size_t count = 0, len = strlen(text);
	uint32_t before = 0;
	for (size_t i = 0; i < len && count < room;) {
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		i += used ? used : 1;
		bool counts = used && (utf8_is_letter(code) || (code >= '0' && code <= '9'));
		if (counts && before)
			pairs[count++] = (uint64_t)before << 32 | code;
		before = counts ? code : 0;
	}
	return count;
}

static int compare_pairs(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

unsigned text_likeness(const char *a, const char *b)
{
	uint64_t pairs_a[TEXT_BYTES], pairs_b[TEXT_BYTES];
	size_t count_a = pairs_of(a, pairs_a, TEXT_BYTES),
	       count_b = pairs_of(b, pairs_b, TEXT_BYTES), shared = 0;
	if (!count_a || !count_b)
		return strcmp(a, b) == 0 ? 1000 : 0;
	qsort(pairs_a, count_a, sizeof *pairs_a, compare_pairs);
	qsort(pairs_b, count_b, sizeof *pairs_b, compare_pairs);
	for (size_t i = 0, j = 0; i < count_a && j < count_b;) {
		int order = compare_pairs(&pairs_a[i], &pairs_b[j]);
		shared += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return (unsigned)(2000 * shared / (count_a + count_b));
}

/* --- counting --- */

struct count {
	struct book *book;
	const struct rule *rule;
	const struct asked *asked; /* sorted by unit, kind, time */
	size_t total;
	int64_t since;
	unsigned similar; /* thousandths; 0: only the category counts */
	struct repeats *out;
};

static bool same_matter(const struct count *count, const struct asked *a, const struct asked *b)
{
	bool category = a->category && b->category && strcmp(a->category, b->category) == 0;
	return category || (count->similar && text_likeness(a->text, b->text) >= count->similar);
}

/* From when on tickets count for one opened at LATEST. */
static int64_t window_start(const struct count *count, int64_t latest)
{
	struct duration within;
	struct err err = ERR_INIT;
	struct clock clock = {.zone = &count->book->zone,
			      .calendar = count->book->calendar,
			      .hours = policy_hours(count->book->policy, NULL)};
	struct due from;
	if (duration_parse(node_text(count->rule->node, "within"), &within, &err) &&
	    deadline_early(&clock, latest, within, &from, &err))
		return from.at;
	err_clear(&err);
	return latest;
}

static void add_repeat(struct count *count, const struct asked *latest,
		       const struct asked *const *matter, size_t times)
{
	struct repeats *out = count->out;
	struct arena *arena = &out->arenas[0];
	struct buf ids;
	buf_init(&ids);
	for (size_t i = times; i-- > 0;)
		buf_addf(&ids, "%s%s", ids.len ? " " : "", matter[i]->id);
	out->items = mem_grow(out->items, out->count + 1, sizeof *out->items);
	out->items[out->count++] = (struct repeat){
		.rule = node_text(count->rule->node, "repeat"),
		.clause = count->rule->clause,
		.unit = latest->unit,
		.kind = latest->kind,
		.category = latest->category,
		.times = times,
		.tickets = arena_dup(arena, ids.data),
		.first = matter[times - 1]->opened,
		.latest = latest->opened,
	};
	buf_clear(&ids);
}

/* Whether a later ticket of the household continues the matter: then that one is the latest. */
static bool goes_on(const struct count *count, size_t index)
{
	const struct asked *asked = &count->asked[index];
	const struct node *running = node_get(count->rule->node, "running");
	for (size_t i = index + 1; i < count->total; i++) {
		const struct asked *later = &count->asked[i];
		if (strcmp(later->unit, asked->unit) != 0 || strcmp(later->kind, asked->kind) != 0)
			return false;
		if (same_matter(count, later, asked) &&
		    window_start(count, later->opened) <= asked->opened)
			return true;
		if (running && running->boolean)
			return false;
	}
	return false;
}

static void count_back(struct count *count, size_t index)
{
	const struct asked *latest = &count->asked[index];
	const struct node *running = node_get(count->rule->node, "running");
	int64_t from = window_start(count, latest->opened), wanted = 0;
	const struct asked **matter = mem_array(index + 1, sizeof *matter);
	size_t times = 0;
	node_integer(count->rule->node, "times", &wanted);
	for (size_t i = index + 1; i-- > 0;) {
		const struct asked *asked = &count->asked[i];
		if (asked->opened < from || strcmp(asked->unit, latest->unit) != 0 ||
		    strcmp(asked->kind, latest->kind) != 0)
			break;
		if (same_matter(count, asked, latest))
			matter[times++] = asked;
		else if (running && running->boolean)
			break;
	}
	if ((int64_t)times >= wanted)
		add_repeat(count, latest, matter, times);
	free(matter);
}

static void count_rule(struct count *count)
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
	count->similar = (unsigned)thousandths;
	for (size_t i = 0; i < count->total; i++)
		if (count->asked[i].opened >= count->since &&
		    node_holds(node_get(count->rule->node, "kind"), count->asked[i].kind) &&
		    !goes_on(count, i))
			count_back(count, i);
}

static int compare_asked(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;
	int order = strcmp(x->unit, y->unit);
	order = order ? order : strcmp(x->kind, y->kind);
	order = order ? order : (x->opened > y->opened) - (x->opened < y->opened);
	return order ? order : strcmp(x->id, y->id);
}

static int compare_repeats(const void *a, const void *b)
{
	const struct repeat *x = a, *y = b;
	int order = strcmp(x->unit, y->unit);
	order = order ? order : strcmp(x->rule, y->rule);
	return order ? order : (x->latest > y->latest) - (x->latest < y->latest);
}

/* The folders that hold what was opened at FROM or later: a ticket's number is of the day it was
 * recorded. */
static const char **month_folders(const struct book *book, struct arena *arena, int64_t from)
{
	struct civil first, last;
	zone_civil(&book->zone, from, &first);
	zone_civil(&book->zone, book->now, &last);
	size_t count = 0,
	       room = last.year < first.year ? 1 : (size_t)(last.year - first.year + 1) * 12 + 1;
	const char **folders = mem_array(room, sizeof *folders);
	for (int year = first.year, month = first.month;
	     count + 1 < room &&
	     (year < last.year || (year == last.year && month <= last.month));) {
		folders[count++] = arena_printf(arena, "tickets/%04d/%02d", year, month);
		year += month == 12;
		month = month % 12 + 1;
	}
	return folders;
}

void repeats_read(struct book *book, const char *unit, int64_t since, int64_t until,
		  struct repeats *repeats)
{
	unsigned threads = walk_threads();
	struct worker *workers = mem_array(threads, sizeof *workers);
	void **states = mem_array(threads, sizeof *states);
	struct count count = {.book = book, .since = since, .out = repeats};
	struct asked *all = NULL;
	size_t cursor = 0;
	int64_t from = since;
	*repeats = (struct repeats){.arenas = mem_array(threads + 1, sizeof *repeats->arenas),
				    .arena_count = threads + 1};
	while ((count.rule = policy_next(book->policy, RULE_REPEAT, &cursor))) {
		int64_t start = window_start(&count, since);
		from = start < from ? start : from;
	}
	for (unsigned t = 0; t < threads; t++) {
		workers[t] = (struct worker){.unit = unit, .since = from, .until = until};
		states[t] = &workers[t];
	}
	const char **folders = month_folders(book, &repeats->arenas[0], from);
	forms_read(book, folders, states, threads, look_at, &repeats->problems);
	for (unsigned t = 0; t < threads; t++) {
		all = mem_grow(all, count.total + workers[t].count, sizeof *all);
		if (workers[t].count)
			memcpy(all + count.total, workers[t].items, workers[t].count * sizeof *all);
		count.total += workers[t].count;
		repeats->arenas[t + 1] = workers[t].arena;
		free(workers[t].items);
	}
	if (count.total)
		qsort(all, count.total, sizeof *all, compare_asked);
	count.asked = all;
	for (cursor = 0; (count.rule = policy_next(book->policy, RULE_REPEAT, &cursor));)
		count_rule(&count);
	if (repeats->count)
		qsort(repeats->items, repeats->count, sizeof *repeats->items, compare_repeats);
	free(all);
	free(folders);
	free(states);
	free(workers);
}

void repeats_clear(struct repeats *repeats)
{
	for (size_t i = 0; i < repeats->arena_count; i++)
		arena_clear(&repeats->arenas[i]);
	free(repeats->arenas);
	free(repeats->items);
	problems_clear(&repeats->problems);
	*repeats = (struct repeats){0};
}
