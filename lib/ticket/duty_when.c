// SPDX-License-Identifier: MIT
// When a deadline by a rule ends, when the window of a callback opens, and when somebody is to be
// told of it.
#include <string.h>

#include "data/anchor.h"
#include "ticket/duty.h"

int duty_rule_day(const struct book *book, const struct duty *duty)
{
	int64_t set = duty->set_by->at;
	return zone_day(&book->zone, duty->start < set ? duty->start : set);
}

static enum rule_list list_of(const struct duty *duty)
{
	return duty->callback ? RULE_CALLBACK : RULE_DEADLINE;
}

const struct rule *duty_rule(const struct book *book, const struct duty *duty)
{
	return policy_find_cited(book->policy, list_of(duty), duty->rule, duty->clause,
				 duty_rule_day(book, duty));
}

bool duty_is_by(const struct book *book, const struct duty *duty, const struct rule *rule)
{
	return strcmp(duty->rule, rule->cited) == 0 ||
	       (rule_is_called(book->policy, list_of(duty), rule, duty->rule) &&
		rules_are_one(book->policy, list_of(duty), duty_rule(book, duty), rule));
}

const char *duty_rule_name(const struct book *book, const struct duty *duty)
{
	const struct rule *rule = duty_rule(book, duty);
	return rule ? rule->cited : duty->rule;
}

bool duty_is_of(const struct book *book, const struct duty *duty, const char *wanted)
{
	const struct rule *rule;
	if (strcmp(duty->rule, wanted) == 0 || clauses_hold(duty->clause, wanted))
		return true;
	rule = duty_rule(book, duty);
	return rule && rule_is_called(book->policy, list_of(duty), rule, wanted);
}

static enum day_end day_end_of(const struct node *rule)
{
	const struct node *end = node_get(rule, "end");
	return node_is_string(end, "business")   ? DAY_END_BUSINESS
	       : node_is_string(end, "midnight") ? DAY_END_MIDNIGHT
	       : node_is_string(end, "clock")    ? DAY_END_SAME_CLOCK
						 : DAY_END_USUAL;
}

/* A clock that starts at START: by the hours in force then. */
static struct clock clock_of(const struct book *book, const struct rule *rule,
			     struct calendar_known known, int64_t start)
{
	return (struct clock){
		.zone = &book->zone,
		.calendar = book->calendar,
		.hours = policy_hours(book->policy, node_text(rule->node, "hours"),
				      zone_day(&book->zone, start)),
		.known = known,
	};
}

bool duty_counts(const struct book *book, const struct rule *rule, struct calendar_known known,
		 int64_t start, struct duty_count *count, struct err *err)
{
	const char *within = node_text(rule->node, "within");
	*count = (struct duty_count){.clock = clock_of(book, rule, known, start),
				     .end = day_end_of(rule->node),
				     .roll = node_get(rule->node, "roll") != NULL};
	return duration_parse(within ? within : "", &count->within, err) ||
	       err_clause(err, rule->clause);
}

bool duty_deadline(const struct book *book, const struct rule *rule, struct calendar_known known,
		   int64_t start, struct due *due, struct err *err)
{
	const char *anchored = node_text(rule->node, "anchor");
	struct clock clock = clock_of(book, rule, known, start);
	struct duty_count count;
	struct anchor anchor;
	bool found = anchored ? anchor_parse(anchored, &anchor, err) &&
					anchor_find(&clock, start, &anchor, due, err)
			      : duty_counts(book, rule, known, start, &count, err) &&
					deadline_find(&count.clock, start, count.within, count.end,
						      count.roll, due, err);
	return found || err_clause(err, rule->clause);
}

bool duty_window(const struct book *book, const struct rule *rule, struct calendar_known known,
		 int64_t start, struct due *opens, struct due *due, struct err *err)
{
	struct duration until_open;
	struct clock clock = clock_of(book, rule, known, start);
	const char *text = node_text(rule->node, "opens");
	*opens = (struct due){.at = start};
	if (text && (!duration_parse(text, &until_open, err) ||
		     !window_open(&clock, start, until_open, opens, err)))
		return err_clause(err, rule->clause);
	/* a moment of the calendar that passes before the window opens cannot close it */
	bool anchored = node_get(rule->node, "anchor");
	return duty_deadline(book, rule, known, anchored ? opens->at : start, due, err);
}

/* When ENTRY of a rule's `tell` asks for somebody to be told of a deadline that ends AT. */
static bool notice_when(const struct clock *clock, const struct node *entry, int64_t at,
			struct due *when, struct err *err)
{
	const char *early = node_text(entry, "early"), *late = node_text(entry, "late");
	struct duration duration;
	if (!duration_parse(early  ? early
			    : late ? late
				   : "",
			    &duration, err) ||
	    !(early ? deadline_early(clock, at, duration, when, err)
		    : deadline_find(clock, at, duration, DAY_END_SAME_CLOCK, false, when, err)))
		return false;
	if (!early) /* exactly at the end is in time: late begins the second after */
		when->at++;
	return true;
}

bool duty_notices_guessed(const struct book *book, const struct rule *rule,
			  struct calendar_known known, int64_t start, int64_t at)
{
	const struct clock clock = clock_of(book, rule, known, start);
	const struct node *entry;
	bool guessed = false;
	for (size_t i = 0; (entry = node_item(node_get(rule->node, "tell"), i)); i++) {
		struct err err = ERR_INIT;
		struct due when = {0};
		guessed = (notice_when(&clock, entry, at, &when, &err) && when.provisional) ||
			  guessed;
		err_clear(&err);
	}
	return guessed;
}

/* What ENTRY of a rule's `tell` asks for a deadline that ends AT; it is called ID. */
static struct node *notice_of(const struct book *book, struct arena *arena, const struct rule *rule,
			      struct calendar_known known, const struct node *entry, const char *id,
			      int64_t start, int64_t at, struct err *err)
{
	const char *step = node_text(entry, "step");
	const struct node *role;
	struct clock clock = clock_of(book, rule, known, start);
	struct due when;
	if (!notice_when(&clock, entry, at, &when, err))
		return NULL;
	struct node *notice = node_map(arena), *who = node_list(arena);
	for (size_t i = 0; (role = node_each(node_get(entry, "role"), i)); i++)
		node_push(arena, who, node_copy(arena, role));
	node_add_string(arena, notice, "id", id);
	node_add(arena, notice, "at", book_time(book, arena, when.at));
	node_add(arena, notice, "who", who);
	node_add_string(arena, notice, "until", step ? step : event_name(EVENT_TOLD));
	return notice;
}

struct node *duty_notices(const struct book *book, struct arena *arena, const struct rule *rule,
			  struct calendar_known known, const char *id, int64_t start, int64_t at,
			  struct err *err)
{
	const struct node *tell = node_get(rule->node, "tell"), *entry;
	struct node *list = node_list(arena);
	for (size_t i = 0; (entry = node_item(tell, i)); i++) {
		const char *name = arena_printf(arena, "%s-tell-%zu", id, i + 1);
		struct node *notice =
			notice_of(book, arena, rule, known, entry, name, start, at, err);
		if (!notice) {
			err_clause(err, rule->clause);
			return NULL;
		}
		node_push(arena, list, notice);
	}
	return list;
}
