// SPDX-License-Identifier: MIT
// Times during which a ticket waits for somebody else.
#include "ticket/waiting.h"

#include <inttypes.h>
#include <string.h>

#include "data/time.h"
#include "ticket/duty.h"

/* By which kind of time a deadline of RULE is longer for a wait. A moment of the calendar, or one
 * that a step names, moves by whole days. */
static enum duration_unit unit_of(const struct rule *rule)
{
	const char *within = node_text(rule->node, "within");
	struct duration duration = {.unit = DURATION_D};
	struct err ignored = ERR_INIT;
	if (within && !duration_parse(within, &duration, &ignored))
		duration.unit = DURATION_D;
	err_clear(&ignored);
	return duration.unit;
}

static int64_t working_days_between(const struct clock *clock, int64_t from, int64_t to)
{
	int64_t count = 0;
	for (int day = zone_day(clock->zone, from) + 1; day <= zone_day(clock->zone, to); day++) {
		bool working = false, provisional;
		struct err ignored = ERR_INIT;
		calendar_working(clock->calendar, clock->known, day, &working, &provisional,
				 &ignored);
		err_clear(&ignored);
		count += working;
	}
	return count;
}

/* END, later by what lies between FROM and TO in UNIT. */
static bool later_by(const struct duty_count *count, enum duration_unit unit, int64_t from,
		     int64_t to, int64_t *end)
{
	const struct clock *clock = &count->clock;
	struct duration more = {.unit = unit};
	enum day_end day_end = DAY_END_SAME_CLOCK;
	struct due due;
	struct err ignored = ERR_INIT;
	bool provisional;
	int64_t seconds = 0;
	switch (unit) {
	case DURATION_MIN:
	case DURATION_H:
		*end += to - from;
		return true;
	case DURATION_WMIN:
	case DURATION_WH:
		more.unit = DURATION_WMIN;
		if (working_seconds_between(clock, from, to, &seconds, &provisional, &ignored))
			more.count = (seconds + 59) / 60;
		break;
	case DURATION_WD:
		more.count = working_days_between(clock, from, to);
		day_end = count->end;
		break;
	default:
		more.unit = DURATION_D;
		more.count = zone_day(clock->zone, to) - zone_day(clock->zone, from);
	}
	bool found = more.count > 0 && more.count <= DURATION_MAX &&
		     deadline_find(clock, *end, more, day_end,
				   count->roll && !duration_counts_time(more.unit), &due, &ignored);
	if (found)
		*end = due.at;
	err_clear(&ignored);
	return found;
}

bool waiting_moves(const struct book *book, const struct form *form, const struct duty *duty,
		   int64_t until, int64_t *end)
{
	const struct rule *rule = duty->callback ? NULL : duty_rule(book, duty);
	if (!rule)
		return false;
	struct duty_count count;
	struct err ignored = ERR_INIT;
	duty_counts(book, rule, book_known(book, duty->set_by->recorded), duty->start, &count,
		    &ignored); /* without a duration: the clock alone */
	err_clear(&ignored);
	enum duration_unit unit = unit_of(rule);
	int64_t since = duty->set_by->which == EVENT_EXTENDED && duty->set_by->at > duty->start
				? duty->set_by->at
				: duty->start;
	struct wait wait;
	*end = duty->at;
	for (size_t cursor = 0; form_next_wait(form, &cursor, &wait);) {
		int64_t from = wait.from > since ? wait.from : since,
			to = wait.to < until ? wait.to : until;
		if (from > *end || to <= from)
			continue;
		later_by(&count, unit, from, to, end);
	}
	return *end > duty->at;
}

bool waiting_excuses(const struct book *book, const struct form *form, const struct duty *duty)
{
	int64_t end;
	return duty->state == DUTY_LATE && duty_was_done(duty) &&
	       waiting_moves(book, form, duty, duty->ended, &end) && duty->ended <= end;
}

static const char *time_text(const struct book *book, struct arena *arena, int64_t at)
{
	struct buf text;
	buf_init(&text);
	struct civil civil;
	zone_civil(&book->zone, at, &civil);
	time_format_short(&book->zone, at, &text);
	if (civil.second)
		buf_addf(&text, ":%02d", civil.second);
	const char *kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

bool waiting_check(const struct book *book, struct arena *arena, const struct form *form,
		   struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	struct wait wait, before = {0};
	bool waited = false;
	for (size_t cursor = 0; form_next_wait(form, &cursor, &wait);) {
		if (wait.begun == last)
			break;
		waited = wait.to == INT64_MAX || wait.to == last->at;
		before = wait;
	}
	if (last->which == EVENT_WAITING && before.begun && before.to == INT64_MAX)
		return err_set(err, STATUS_REFUSED,
			       "it waits for %s already, since %s (#%" PRId64
			       "): record resumed first",
			       before.whom ? before.whom : "somebody",
			       time_text(book, arena, before.from), before.begun->known);
	if (last->which == EVENT_RESUMED && !waited)
		return err_set(err, STATUS_REFUSED, "it does not wait for anybody");
	return true;
}

void waiting_propose(const struct book *book, struct arena *arena, const struct form *form,
		     struct node *notes)
{
	const struct document *last = &form->documents[form->count - 1];
	const struct duty *duty;
	for (size_t cursor = 0; (duty = form_next_duty(form, &cursor));) {
		int64_t end;
		if (duty->callback || duty->state != DUTY_OPEN ||
		    !waiting_moves(book, form, duty, last->at, &end))
			continue;
		const struct rule *extension = duty_extension(book, duty, end);
		const char *until = time_text(book, arena, end);
		struct buf text;
		buf_init(&text);
		buf_addf(&text, "without the time it waited, %s [%s] would end %s", duty->id,
			 duty->clause, until);
		if (extension) {
			buf_adds(&text, "; ");
			node_join(node_get(extension->node, "by"), " or ", &text);
			buf_addf(&text,
				 " may approve that: ticket-log %s extended --set extends=%s --set "
				 "until='%s' --set approved-by=PERSON --reason TEXT",
				 form->id, duty->id, until);
		} else {
			buf_adds(&text, "; no rule lets it be extended that far");
		}
		node_push(arena, notes, node_string(arena, text.data));
		buf_clear(&text);
	}
}
