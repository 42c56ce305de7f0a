// SPDX-License-Identifier: MIT
// What a household asks for again and again, by the policy's `repeats`.
#include "ticket/repeats.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/decimal.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/deadline.h"

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

static void look_at(struct gatherer *to, struct form *form)
{
	const struct span *span = to->context;
	const char *unit = node_text(form->customer, "unit");
	int64_t opened = form->documents[0].at;
	const struct node *text = node_get(form->documents[0].root, "text");
	if (!unit || !form->kind || form->state == FORM_VOIDED || opened < span->since ||
	    opened >= span->until || (span->unit && strcasecmp(unit, span->unit) != 0))
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

/* How alike two texts are, from 0 to 1000: twice the pairs of neighbouring letters and digits they
 * share, in thousandths of all they have (the coefficient of Dice and Sørensen). Texts with fewer
 * than two of them are alike only if they are equal. */
static unsigned likeness(const char *a, const char *b)
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
	return category || (count->similar && likeness(a->text, b->text) >= count->similar);
}

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

static void add_repeat(struct count *count, const struct asked *latest,
		       const struct asked *const *matter, size_t times)
{
	struct repeats *out = count->out;
	struct arena *arena = &out->gathered.arenas[0];
	struct buf ids;
	buf_init(&ids);
	for (size_t i = times; i-- > 0;)
		buf_addf(&ids, "%s%s", ids.len ? " " : "", matter[i]->id);
	out->items = mem_room(out->items, out->count, 1, sizeof *out->items);
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
	for (size_t i = index + 1; i < count->total; i++) {
		const struct asked *later = &count->asked[i];
		if (strcasecmp(later->unit, asked->unit) != 0 ||
		    strcmp(later->kind, asked->kind) != 0)
			return false;
		if (same_matter(count, later, asked) &&
		    window_start(count, later->opened) <= asked->opened)
			return true;
		if (node_true(count->rule->node, "running"))
			return false;
	}
	return false;
}

static void count_back(struct count *count, size_t index)
{
	const struct asked *latest = &count->asked[index];
	int64_t from = window_start(count, latest->opened), wanted = 0;
	const struct asked **matter = mem_array(index + 1, sizeof *matter);
	size_t times = 0;
	node_integer(count->rule->node, "times", &wanted);
	for (size_t i = index + 1; i-- > 0;) {
		const struct asked *asked = &count->asked[i];
		if (asked->opened < from || strcasecmp(asked->unit, latest->unit) != 0 ||
		    strcmp(asked->kind, latest->kind) != 0)
			break;
		if (same_matter(count, asked, latest))
			matter[times++] = asked;
		else if (node_true(count->rule->node, "running"))
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
	int order = strcasecmp(x->unit, y->unit);
	order = order ? order : strcmp(x->kind, y->kind);
	order = order ? order : (x->opened > y->opened) - (x->opened < y->opened);
	return order ? order : strcmp(x->id, y->id);
}

static int compare_repeats(const void *a, const void *b)
{
	const struct repeat *x = a, *y = b;
	int order = strcasecmp(x->unit, y->unit);
	order = order ? order : strcmp(x->rule, y->rule);
	return order ? order : (x->latest > y->latest) - (x->latest < y->latest);
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
	count.asked = repeats->gathered.lists[0].items;
	count.total = repeats->gathered.lists[0].count;
	for (cursor = 0; (count.rule = policy_next(book->policy, RULE_REPEAT, &cursor));)
		count_rule(&count);
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
