// SPDX-License-Identifier: MIT
// What routines bring about: when they come round, and for which forms. Computes; records nothing.
#ifndef KEFU_CALLBACK_ROUTINE_H
#define KEFU_CALLBACK_ROUTINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* For whom a routine of the policy comes round. */
enum routine_for { ROUTINE_DESK, ROUTINE_FORM, ROUTINE_PERSON };

enum routine_for routine_for(const struct rule *rule);

enum {
	OCCURRENCES_MAX = 400, /* of one routine at once: a year of days, which a plan looks back at
				  the most */
	LOOK_BACK_DAYS = 31, /* for what came round before it was recorded, or while the form was in
				dispute */
};

/* A time it comes round. */
struct occurrence {
	int64_t at;         /* its first instant */
	int64_t end;        /* of a period of the calendar: the next one's first instant */
	const char *period; /* what it is called: "2026-Q4", or a day; in the arena given */
};

/* The stretch of days a plan is made for: what came round after AFTER and until
 * TODAY, both days of the ledger's zone. */
struct span {
	int after, today;
	bool begins; /* nothing was ever planned before */
};

/* The times ROUTINE, of a period of the calendar, came round: the period TODAY
 * lies in and those that began after AFTER, oldest first; of a spread one the
 * period that AFTER lies in as well, of which some may be missing. None that
 * began before the ledger. Returns how many, at most ROOM. */
size_t routine_periods(const struct book *book, const struct rule *rule, const struct span *span,
		       struct arena *arena, struct occurrence *out, size_t room);

/* The period that what ROUTINE opens is about: the occurrence's own, or the one before it. */
const char *routine_about(const struct book *book, const struct rule *rule,
			  const struct occurrence *occurrence, struct arena *arena);

/* Whether ROUTINE speaks of FORM: kind, conditions, dates in force, and the form
 * stands (it is neither voided nor disputed, and a customer's not closed). VIEW is the form's. */
enum verdict routine_concerns(const struct book *book, const struct rule *rule,
			      const struct form *form, const struct node *view, int today,
			      struct err *err);

/* The times ROUTINE (for forms) came round for FORM, without those that are
 * recorded: of a period of the calendar from the first that begins with the
 * form there; of a spread one the form's own day of it; of `since` those within SPAN or the
 * LOOK_BACK_DAYS before today; of `yearly` those within SPAN, and today. */
size_t routine_occurrences(const struct book *book, const struct rule *rule, struct form *form,
			   const struct node *view, const struct span *span, struct arena *arena,
			   struct occurrence *out, size_t room, struct err *err);

/* Whether FORM holds the document by which ROUTINE brought PERIOD about, for PERSON (NULL:
 * whoever). */
bool routine_recorded(const struct form *form, const char *routine, const char *period,
		      const char *person);

#endif
