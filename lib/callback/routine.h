// SPDX-License-Identifier: MIT
// When the routines of a policy come round, and for which forms. Computes; records nothing.
#ifndef KEFU_CALLBACK_ROUTINE_H
#define KEFU_CALLBACK_ROUTINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* What a routine is for: the desk, which opens tickets; each form; or each person of a role. */
enum routine_for { ROUTINE_DESK, ROUTINE_FORM, ROUTINE_PERSON };

enum routine_for routine_for(const struct rule *rule);

enum {
	OCCURRENCES_MAX = 400, /* of one routine at once: a year of days, which a plan looks back at
				  the most */
	LOOK_BACK_DAYS = 31, /* how far a plan looks back for what was recorded late, or came round
				while a form was disputed */
};

/* One time at which a routine comes round. */
struct occurrence {
	int64_t at;         /* the first instant of the day on which it comes round */
	int64_t end;        /* for a period of the calendar: the first instant of the next one */
	const char *period; /* its name: "2026-Q4", or a day; in the arena given */
};

/* The days that a plan is made for: those after AFTER, up to and including TODAY, in the ledger's
 * zone. */
struct span {
	int after, today;
	bool begins; /* nothing was ever planned before */
};

/* The times at which the routine RULE, which is for periods of the calendar, came round: the period
 * that TODAY falls in and those that began after AFTER, oldest first. If the routine is spread over
 * its period, the period that AFTER falls in too, since not all of it may be recorded. If it is for
 * working days, it comes round on the first one of the period, or not at all. Leaves out periods
 * that began before the ledger. Returns how many there are, at most ROOM. */
size_t routine_periods(const struct book *book, const struct rule *rule, const struct span *span,
		       struct arena *arena, struct occurrence *out, size_t room);

/* The name of the period that a ticket opened by the routine RULE is about: the occurrence's own,
 * or the one before it. */
const char *routine_about(const struct book *book, const struct rule *rule,
			  const struct occurrence *occurrence, struct arena *arena);

/* Whether the routine RULE applies to FORM: its kind, conditions and dates in force fit, and the
 * form is neither voided nor disputed, nor a customer's that is closed. VIEW is that of the form.
 */
enum verdict routine_concerns(const struct book *book, const struct rule *rule,
			      const struct form *form, const struct node *view, int today,
			      struct err *err);

/* The times at which the routine RULE, which is for forms, came round for FORM, without those that
 * are recorded. If it is for periods of the calendar, from the first one that began after the form
 * was opened; if it is spread over its period, on the day of the period that is FORM's own; with
 * `since`, within SPAN or the LOOK_BACK_DAYS before today; with `yearly`, within SPAN or today.
 * Returns how many there are, at most ROOM. */
size_t routine_occurrences(const struct book *book, const struct rule *rule, struct form *form,
			   const struct node *view, const struct span *span, struct arena *arena,
			   struct occurrence *out, size_t room, struct err *err);

#endif
