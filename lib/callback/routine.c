// SPDX-License-Identifier: MIT
// What routines bring about: when they come round, and for which forms.
#include "callback/routine.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "data/anchor.h"
#include "data/time.h"

enum { ROUNDS_MAX = 4000 }; /* of one form: more is a date nobody means */

enum routine_for routine_for(const struct rule *rule)
{
	const struct node *wanted = node_get(rule->node, "for");
	return node_is_string(wanted, "desk")     ? ROUTINE_DESK
	       : node_is_string(wanted, "person") ? ROUTINE_PERSON
						  : ROUTINE_FORM;
}

static const char *period_text(const struct book *book, struct arena *arena, int64_t instant,
			       enum period period)
{
	struct buf name;
	buf_init(&name);
	period_name(&book->zone, instant, period, &name);
	const char *kept = arena_dup(arena, name.data);
	buf_clear(&name);
	return kept;
}

/* The period of the calendar a routine comes round with; false when it is counted, or a date. */
static bool calendar_period(const struct rule *rule, enum period *period)
{
	const char *every = node_text(rule->node, "every");
	struct err ignored = ERR_INIT;
	bool is_period = every && (*every < '0' || *every > '9') &&
			 period_parse(every, period, &ignored);
	err_clear(&ignored);
	return is_period;
}

static bool is_spread(const struct rule *rule)
{
	return node_get(rule->node, "spread");
}

/* Whether the routine comes round on working days only. */
static bool is_for_working_days(const struct rule *rule)
{
	return node_get(rule->node, "days");
}

/* The first day from DAY on and before END on which the routine RULE may come round; END if there
 * is none. In a year that nobody has published, weekends are off. */
static int day_it_falls_on(const struct book *book, const struct rule *rule, int day, int end)
{
	struct clock clock = book_clock(book, NULL, book->now);
	for (; is_for_working_days(rule) && day < end; day++) {
		bool working = true, provisional;
		struct err ignored = ERR_INIT;
		calendar_working(clock.calendar, clock.known, day, &working, &provisional,
				 &ignored);
		err_clear(&ignored);
		if (working)
			break;
	}
	return day;
}

/* The form's own day of a period of DAYS days, the same in each: by its name, so that everybody
 * comes about as often. */
static int own_day(const struct rule *rule, const char *form, int days)
{
	unsigned char digest[DIGEST_BYTES];
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s\n%s\n", node_text(rule->node, "routine"), form);
	digest_of(text.data, text.len, digest);
	buf_clear(&text);
	unsigned number = (unsigned)digest[0] << 16 | (unsigned)digest[1] << 8 | digest[2];
	int most = days * 3 / 4;
	return most ? (int)(number % (unsigned)most) : 0;
}

size_t routine_periods(const struct book *book, const struct rule *rule, const struct span *span,
		       struct arena *arena, struct occurrence *out, size_t room)
{
	enum period period;
	size_t count = 0;
	int64_t first, end;
	if (!calendar_period(rule, &period))
		return 0;
	int64_t founded = book->staff.count ? book->staff.versions[0].from : 0;
	/* the one that AFTER lies in had begun by then */
	period_bounds(&book->zone, zone_day_start(&book->zone, span->after), period, &first, &end);
	int64_t today = zone_day_start(&book->zone, span->today);
	bool later = is_spread(rule) || is_for_working_days(rule);
	if (end > today || (later && !span->begins)) /* it lasts, or its days do */
		end = first;
	while (end <= today && count < room) {
		period_bounds(&book->zone, end, period, &first, &end);
		int day = zone_day(&book->zone, first);
		if (!is_spread(rule)) {
			day = day_it_falls_on(book, rule, day, zone_day(&book->zone, end));
			if (day > span->today || day == zone_day(&book->zone, end))
				continue;
		}
		/* of a rule that is changed meanwhile each entry has the days it is in force */
		bool in_force = is_spread(rule) ? zone_day(&book->zone, end - 1) >= rule->from &&
							  day < rule->before
						: rule_in_force(rule, day);
		/* nothing is owed for a time before there was a desk */
		if (first >= founded && in_force)
			out[count++] = (struct occurrence){
				.at = zone_day_start(&book->zone, day),
				.end = end,
				.period = period_text(book, arena, first, period)};
	}
	return count;
}

const char *routine_about(const struct book *book, const struct rule *rule,
			  const struct occurrence *occurrence, struct arena *arena)
{
	enum period period;
	int64_t first, end;
	if (!node_get(rule->node, "about") || !calendar_period(rule, &period))
		return occurrence->period;
	period_bounds(&book->zone, occurrence->at, period, &first, &end);
	return period_text(book, arena, first - 1, period);
}

enum verdict routine_concerns(const struct book *book, const struct rule *rule,
			      const struct form *form, const struct node *view, int today,
			      struct err *err)
{
	bool gone = form->state == FORM_CLOSED && form->kind &&
		    strcmp(form->kind, KIND_CUSTOMER) == 0;
	if (gone || form->state == FORM_VOIDED || form->state == FORM_DISPUTED)
		return VERDICT_NO;
	/* the dates are judged for each time it comes round */
	int day = today < rule->from      ? rule->from
		  : today >= rule->before ? rule->before - 1
					  : today;
	return policy_applies(book->policy, rule, view, day, err);
}

/* Whether FORM has the document that ROUTINE adds for PERIOD, for whomever. */
static bool is_recorded(const struct form *form, const char *routine, const char *period)
{
	for (size_t i = form->count; i-- > 0;) {
		const struct node *root = form->documents[i].root;
		if (node_is_string(node_get(root, "routine"), routine) &&
		    node_is_string(node_get(root, "period"), period))
			return true;
	}
	return false;
}

/* Adds AT, which is called by PERIOD, unless it is recorded, or the rule was not in force then. */
static void add(const struct book *book, const struct rule *rule, const struct form *form,
		int64_t at, const char *period, struct occurrence *out, size_t *count)
{
	int day = zone_day(&book->zone, at);
	if (at >= form->opened_at && rule_in_force(rule, day) &&
	    !is_recorded(form, node_text(rule->node, "routine"), period))
		out[(*count)++] = (struct occurrence){.at = at, .period = period};
}

/* The time or date VALUE says. */
static bool time_of(const struct book *book, const struct node *value, int64_t *at)
{
	struct err ignored = ERR_INIT;
	int day;
	const char *text = node_as_text(value);
	if (!text)
		return false;
	bool found = time_parse(text, at, &ignored);
	err_clear(&ignored);
	if (!found && date_parse(text, &day, &ignored)) {
		*at = zone_day_start(&book->zone, day);
		found = true;
	}
	err_clear(&ignored);
	return found;
}

/* The instant REFERENCE ("live", "opened.agreed-at") names: in the latest such document of the
 * form, in whatever cycle; of this cycle VIEW has it with its corrections. */
static bool since_of(const struct book *book, const struct form *form, const struct node *view,
		     const char *reference, int64_t *since)
{
	size_t len = strcspn(reference, ".");
	if (reference[len] && time_of(book, node_path(node_get(view, "steps"), reference), since))
		return true;
	for (size_t i = form->count; i-- > 0;) {
		const struct document *document = &form->documents[i];
		const char *event = document->which == EVENT_IMPORTED ? event_name(EVENT_OPENED)
								      : document->event;
		if (strlen(event) != len || memcmp(event, reference, len) != 0)
			continue;
		*since = document->at;
		if (!reference[len] ||
		    time_of(book, node_path(document->root, reference + len + 1), since))
			return true;
	}
	return false;
}

/* Every so often since a moment of the form: 6 months, 12 months, … after it. */
static bool counted(const struct book *book, const struct rule *rule, const struct form *form,
		    const struct node *view, const struct span *span, struct arena *arena,
		    struct occurrence *out, size_t room, size_t *count, struct err *err)
{
	struct clock clock = book_clock(book, NULL, book->now);
	struct duration every;
	struct due next;
	int64_t since;
	int after = span->after < span->today - LOOK_BACK_DAYS ? span->after
							       : span->today - LOOK_BACK_DAYS;
	if (!since_of(book, form, view, node_text(rule->node, "since"), &since))
		return true;
	if (!duration_parse(node_text(rule->node, "every"), &every, err))
		return err_clause(err, rule->clause);
	struct duration passed = {.unit = every.unit};
	for (int round = 1; round <= ROUNDS_MAX && *count < room; round++) {
		passed.count = every.count * round;
		if (passed.count > DURATION_MAX)
			return true;
		if (!window_open(&clock, since, passed, &next, err))
			return err_clause(err, rule->clause);
		int day = zone_day(&book->zone, next.at),
		    moved = day_it_falls_on(book, rule, day, day + LOOK_BACK_DAYS);
		if (moved > span->today)
			return true;
		if (moved > after)
			add(book, rule, form,
			    moved == day ? next.at : zone_day_start(&book->zone, moved),
			    period_text(book, arena, next.at, PERIOD_DAY), out, count);
	}
	return true;
}

/* A date of the form, "03-15" or "1980-03-15", each year; the 29th of February is the 28th in other
 * years. */
static void yearly(const struct book *book, const struct rule *rule, const struct form *form,
		   const struct node *view, const struct span *span, struct arena *arena,
		   struct occurrence *out, size_t room, size_t *count)
{
	const char *date = node_as_text(node_path(view, node_text(rule->node, "yearly")));
	size_t len = date ? strlen(date) : 0;
	if (len != 5 && len != 10)
		return;
	int month = (int)strtol(date + len - 5, NULL, 10),
	    of_month = (int)strtol(date + len - 2, NULL, 10);
	/* today's even when it was planned before the date was known */
	int after = span->after < span->today ? span->after : span->today - 1;
	int first = after + 1 - (is_for_working_days(rule) ? LOOK_BACK_DAYS : 0);
	for (int day = first; day <= span->today && *count < room; day++) {
		struct civil civil;
		civil_of_day(day, &civil);
		int last = month_days(civil.year, civil.month);
		if (civil.month != month || civil.day != (of_month < last ? of_month : last))
			continue;
		int moved = day_it_falls_on(book, rule, day, day + LOOK_BACK_DAYS);
		if (moved > after && moved <= span->today)
			add(book, rule, form, zone_day_start(&book->zone, moved),
			    period_text(book, arena, zone_day_start(&book->zone, day), PERIOD_DAY),
			    out, count);
	}
}

size_t routine_occurrences(const struct book *book, const struct rule *rule, struct form *form,
			   const struct node *view, const struct span *span, struct arena *arena,
			   struct occurrence *out, size_t room, struct err *err)
{
	size_t count = 0, fresh = 0;
	if (node_get(rule->node, "yearly")) {
		yearly(book, rule, form, view, span, arena, out, room, &count);
	} else if (node_get(rule->node, "since")) {
		if (!counted(book, rule, form, view, span, arena, out, room, &count, err))
			return 0;
	} else {
		count = routine_periods(book, rule, span, arena, out, room);
		for (size_t i = 0; i < count; i++) {
			int first = zone_day(&book->zone, out[i].at),
			    days = zone_day(&book->zone, out[i].end) - first;
			int day = first;
			if (is_spread(rule))
				day = day_it_falls_on(book, rule,
						      day + own_day(rule, form->id, days),
						      first + days);
			/* who came after the period began waits for the next */
			if (day <= span->today && out[i].at >= form->opened_at)
				add(book, rule, form, zone_day_start(&book->zone, day),
				    out[i].period, out, &fresh);
		}
		count = fresh;
	}
	return count;
}
