// SPDX-License-Identifier: MIT
// The household's own acts, and work that was not needed.
#include "ticket/household.h"

#include <string.h>

#include "record/record.h"
#include "ticket/words.h"

static bool is_customer(const struct form *form)
{
	return form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
}

/* What was closed is not waited for: another time is another matter, unless the clerk takes it up
 * again. What was asked before the closing and is recorded now counts. */
static bool check_asked(const struct form *form, enum form_state before, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	if (before != FORM_CLOSED || last->at < form->closed_at)
		return true;
	return err_set(err, STATUS_REFUSED,
		       "it is closed: take it up again (`ticket-log %s reopened --reason WHY`), or "
		       "open another about it (`ticket-open --about %s`)",
		       form->id, form->id);
}

static void add_roles(const struct book *book, struct buf *out)
{
	size_t cursor = 0;
	const struct rule *rule;
	const char *between = "";
	while (book->policy && (rule = policy_next(book->policy, RULE_ROLE, &cursor))) {
		const char *role = node_text(rule->node, "role");
		if (!role || !node_true(rule->node, "records-for-others") ||
		    policy_find(book->policy, RULE_ROLE, role) != rule)
			continue;
		buf_addf(out, "%s%s", between, role);
		between = ", ";
	}
	buf_adds(out, *between ? "" : "administrator");
}

static bool check_withdrawn(const struct book *book, const struct member *by, struct err *err)
{
	struct buf roles;
	if (record_may_for_others(book, by))
		return true;
	buf_init(&roles);
	add_roles(book, &roles);
	err_set(err, STATUS_REFUSED,
		"withdrawn is recorded by who may record for households (%s); %s may not: tell "
		"them",
		roles.data, by->id);
	buf_clear(&roles);
	return false;
}

/* Whether BY is at work on FORM: they have it, or are of the department that has it. */
static bool works_on(const struct book *book, const struct form *form, const struct member *by,
		     int64_t at)
{
	const char *assignee = form->assignee;
	const struct member *has = assignee ? staff_find(&book->staff, assignee, at) : NULL;
	if (member_is_administrator(by) ||
	    (assignee && staff_acts_for(&book->staff, by->id, assignee, at)))
		return true;
	return by->department &&
	       ((form->department && strcmp(by->department, form->department) == 0) ||
		(has && has->department && strcmp(by->department, has->department) == 0));
}

static bool check_unneeded(const struct book *book, const struct form *form,
			   const struct member *by, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	const char *found = node_text(last->root, "found"),
		   *said_by = node_text(last->root, "said-by"),
		   *reason = node_text(last->root, "reason");
	if (!works_on(book, form, by, last->at))
		return err_set(err, STATUS_REFUSED,
			       "unneeded is recorded by who was there: %s does not have it and is "
			       "not of its department (`ticket-assign %s %s`, or --by WORKER)",
			       by->id, form->id, by->id);
	if (!found || !words_say_something(found))
		return err_set(err, STATUS_REFUSED,
			       "found says nothing: write what was found on site, in some words");
	if (!said_by && (!reason || !words_say_something(reason)))
		return err_set(err, STATUS_REFUSED,
			       "say who of the household was told (--said-by NAME), or in some "
			       "words why nobody (--reason WHY)");
	return true;
}

bool household_check(const struct book *book, const struct form *form, enum form_state before,
		     const struct member *by, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	enum event event = last->which;
	if (event != EVENT_ASKED_AGAIN && !event_ends_unworked(event))
		return true;
	if (is_customer(form))
		return err_set(err, STATUS_REFUSED,
			       "%s is about a ticket: this is the file of a customer", last->event);
	switch (event) {
	case EVENT_ASKED_AGAIN:
		return check_asked(form, before, err);
	case EVENT_WITHDRAWN:
		return check_withdrawn(book, by, err);
	default:
		return check_unneeded(book, form, by, err);
	}
}
