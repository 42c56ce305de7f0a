// SPDX-License-Identifier: MIT
// Recorded ends and the calendar: whether an end is what was known when it was recorded, and which
// open ones are others by now. Moves none but by a document that says so.
#include <limits.h>
#include <string.h>

#include "ticket/duty_parts.h"

/* What a rule gives for the clock of a duty. */
struct given {
	struct due opens, due;
	bool guessed; /* days off that nobody has published were */
};

static bool compute(const struct book *book, const struct rule *rule, const struct duty *duty,
		    struct calendar_known known, struct given *given, struct err *err)
{
	*given = (struct given){.opens = {.at = duty->start}};
	if (duty->callback
		    ? !duty_window(book, rule, known, duty->start, &given->opens, &given->due, err)
		    : !duty_deadline(book, rule, known, duty->start, &given->due, err))
		return false;
	given->guessed = given->opens.provisional || given->due.provisional ||
			 duty_notices_guessed(book, rule, known, duty->start, given->due.at);
	return true;
}

static bool same_times(const struct duty *duty, const struct given *given)
{
	return duty->at == given->due.at && (!duty->callback || duty->opens == given->opens.at);
}

/* Whether the times of DUTY are what the rule gives by KNOWN. What is not called provisional must
 * not be a guess. */
static bool gives(const struct book *book, const struct rule *rule, const struct duty *duty,
		  struct calendar_known known)
{
	struct err err = ERR_INIT;
	struct given given;
	bool same = compute(book, rule, duty, known, &given, &err) && same_times(duty, &given) &&
		    (duty->provisional || !given.guessed);
	err_clear(&err);
	return same;
}

static int year_of(const struct book *book, int64_t instant)
{
	struct civil civil;
	zone_civil(&book->zone, instant, &civil);
	return civil.year;
}

/* The last entry before NUMBER that became known on DAY; before the end where that is 0. The last
 * one was most likely added last. 0: there is none. */
static unsigned entry_before(const struct book *book, int day, unsigned number)
{
	struct calendar_entry entry;
	unsigned last = 0;
	for (unsigned i = 1; (!number || i < number) && calendar_entry(book->calendar, i, &entry);
	     i++)
		if (entry.known == day)
			last = i;
	return last;
}

bool duty_next_known(const struct book *book, const struct duty *duty, int64_t recorded,
		     struct calendar_known *known)
{
	struct calendar_known day = book_known(book, recorded);
	if (known->by == day.by && !known->published_before) {
		known->without = entry_before(book, day.by, known->without);
		if (!known->without)
			*known = (struct calendar_known){.by = day.by - 1};
		return true;
	}
	if (!duty->provisional)
		return false;
	int year = known->published_before ? known->published_before + 1
					   : year_of(book, duty->start);
	*known = (struct calendar_known){.by = day.by, .published_before = year};
	return year <= year_of(book, duty->at) + 1;
}

/* As duty_agrees; *KNOWN gets by which knowledge it agrees. */
static enum duty_agreement agrees_by(const struct book *book, const struct rule *rule,
				     const struct duty *duty, int64_t recorded,
				     struct calendar_known *known, struct given *given,
				     struct err *err)
{
	*known = book_known(book, recorded);
	if (!compute(book, rule, duty, *known, given, err))
		return DUTY_UNKNOWN;
	bool agrees = same_times(duty, given) && (duty->provisional || !given->guessed);
	while (!agrees && duty_next_known(book, duty, recorded, known))
		agrees = gives(book, rule, duty, *known);
	return agrees ? DUTY_AGREES : DUTY_DIFFERS;
}

enum duty_agreement duty_agrees(const struct book *book, const struct rule *rule,
				const struct duty *duty, int64_t recorded, struct due *opens,
				struct due *due, struct err *err)
{
	struct calendar_known known;
	struct given given = {0};
	enum duty_agreement agreement = agrees_by(book, rule, duty, recorded, &known, &given, err);
	*opens = given.opens;
	*due = given.due;
	return agreement;
}

/* Whether ENTRY is about a day that could matter to DUTY. */
static bool touches(const struct book *book, const struct calendar_entry *entry,
		    const struct duty *duty)
{
	enum { NEAR = 62 }; /* days: a count ends later, or earlier, by no more than a long leave */
	return entry->last >= zone_day(&book->zone, duty->start) - 1 &&
	       entry->first <= zone_day(&book->zone, duty->at) + NEAR;
}

unsigned duty_undated_entry(const struct book *book, const struct rule *rule,
			    const struct duty *duty, int64_t recorded)
{
	struct calendar_known known = book_known(book, recorded);
	struct calendar_entry entry;
	for (unsigned number = 1; calendar_entry(book->calendar, number, &entry); number++) {
		known.without = number;
		if (entry.known == INT_MIN && touches(book, &entry, duty) &&
		    gives(book, rule, duty, known))
			return number;
	}
	return 0;
}

/* --- what moves --- */

static const char *entry_text(struct arena *arena, const struct calendar_entry *entry)
{
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s ", entry->name);
	date_format(entry->first, &text);
	if (entry->last > entry->first) {
		buf_addc(&text, '/');
		date_format(entry->last, &text);
	}
	if (entry->known == INT_MIN) {
		buf_addf(&text, ": %s:%u does not say since when it is known", entry->file,
			 entry->line);
	} else {
		buf_adds(&text, ", known ");
		date_format(entry->known, &text);
	}
	const char *kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

static void add_reason(struct buf *why, const char *reason)
{
	buf_addf(why, "%s%s", why->len ? "; " : "", reason);
}

/* The entries by which the end is another than it was: those that were not known THEN, and without
 * which it is not what it is now. And the years that were guessed, and are not any more. */
static void find_reasons(const struct book *book, struct arena *arena, const struct rule *rule,
			 const struct duty *duty, struct calendar_known then,
			 const struct duty_move *move, struct buf *why)
{
	struct calendar_known now = book_known(book, book->now);
	struct calendar_entry entry;
	int first = year_of(book, duty->start), last = year_of(book, duty->at);
	for (int year = first; duty->provisional && year <= last; year++)
		if (calendar_published(book->calendar, now, year) && (year > first || year == last))
			add_reason(why,
				   arena_printf(arena, "the days off of %d are published", year));
	for (unsigned number = 1; calendar_entry(book->calendar, number, &entry); number++) {
		struct err err = ERR_INIT;
		struct given given;
		now.without = number;
		if ((entry.known > then.by || number == then.without) &&
		    touches(book, &entry, duty) && compute(book, rule, duty, now, &given, &err) &&
		    (given.due.at != move->due.at || given.opens.at != move->opens.at))
			add_reason(why, entry_text(arena, &entry));
		err_clear(&err);
	}
}

bool duty_follows(const struct book *book, struct arena *arena, const struct duty *duty,
		  struct duty_move *move)
{
	const struct rule *rule = duty_rule(book, duty);
	int64_t recorded = duty->moved_by ? duty->moved_by->recorded : duty->set_by->recorded;
	struct err err = ERR_INIT;
	struct calendar_known then;
	struct given given;
	struct buf why;
	if (!rule || duty->state != DUTY_OPEN || book->now > duty->at ||
	    duty->set_by->which == EVENT_EXTENDED ||
	    (!duty->callback && node_get(rule->node, "at")))
		return false;
	enum duty_agreement agreement = agrees_by(book, rule, duty, recorded, &then, &given, &err);
	bool computed = agreement != DUTY_UNKNOWN &&
			compute(book, rule, duty, book_known(book, book->now), &given, &err);
	err_clear(&err);
	if (!computed || (same_times(duty, &given) && (!duty->provisional || given.guessed)))
		return false;
	*move = (struct duty_move){
		.opens = given.opens, .due = given.due, .guessed = given.guessed};
	buf_init(&why);
	if (agreement == DUTY_DIFFERS) {
		struct calendar_entry entry;
		unsigned number = duty_undated_entry(book, rule, duty, recorded);
		move->how = DUTY_UNDATED;
		if (!number || !calendar_entry(book->calendar, number, &entry)) {
			buf_clear(&why);
			return false; /* it was never right: ledger-check says so */
		}
		add_reason(&why, entry_text(arena, &entry));
	} else {
		find_reasons(book, arena, rule, duty, then, move, &why);
		move->how = same_times(duty, &given)   ? DUTY_STANDS
			    : move->due.at < book->now ? DUTY_STAYS
						       : DUTY_MOVES;
	}
	move->why = arena_dup(arena, why.len ? why.data : "the calendar");
	buf_clear(&why);
	return true;
}

/* What the document that set DUTY, or moved it last, says of it. */
static const struct node *entry_of(const struct duty *duty)
{
	const struct document *document = duty->moved_by ? duty->moved_by : duty->set_by;
	const struct node *entries = node_get(document->root, duty->callback ? "callbacks" : "due"),
			  *entry;
	for (size_t i = 0; (entry = node_item(entries, i)); i++)
		if (node_is_string(node_get(entry, "id"), duty->id) && duty_names_rule(duty, entry))
			return entry;
	return NULL;
}

/* Withdraws DUTY, and sets it as it was but for its times. */
static bool move_one(struct duty_step *step, const struct duty *duty, const struct duty_move *move)
{
	const struct node *before = entry_of(duty);
	const struct rule *rule = duty_rule(step->book, duty);
	struct arena *arena = step->arena;
	if (!before || !rule)
		return true;
	struct node *entry = node_copy(arena, before), *item = node_map(arena);
	node_set(arena, entry, "at", book_time(step->book, arena, move->due.at));
	if (duty->callback)
		node_set(arena, entry, "opens", book_time(step->book, arena, move->opens.at));
	node_remove(entry, "provisional");
	if (move->guessed)
		node_add(arena, entry, "provisional", node_bool(arena, true));
	node_remove(entry, "tell");
	struct node *tell = duty->callback
				    ? NULL
				    : duty_notices(step->book, arena, rule, duty_known(step),
						   duty->id, duty->start, move->due.at, step->err);
	if (!duty->callback && !tell)
		return false;
	if (node_item_count(tell))
		node_add(arena, entry, "tell", tell);
	node_add_string(arena, item, "id", duty->id);
	node_add(arena, item, "old", book_time(step->book, arena, duty->at));
	node_add(arena, item, "new", book_time(step->book, arena, move->due.at));
	node_push(arena, duty_list(step, "moves"), item);
	node_push(arena, duty_list(step, duty->callback ? "callbacks" : "due"), entry);
	duty_withdraw(step, duty);
	return true;
}

bool duty_recompute(struct duty_step *step)
{
	const struct form *form = step->form;
	if (step->document->at != step->document->recorded)
		return err_set(
			step->err, STATUS_REFUSED,
			"--at: not possible here: deadlines move at the time it is recorded");
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor))) {
		struct duty_move move;
		if (!duty_follows(step->book, step->arena, duty, &move) ||
		    (move.how != DUTY_MOVES && move.how != DUTY_STANDS))
			continue;
		if (!move_one(step, duty, &move))
			return false;
	}
	return node_get(step->root, "moves") ||
	       err_set(step->err, STATUS_REFUSED,
		       "recomputed: no open deadline changes by what the calendar says now");
}
