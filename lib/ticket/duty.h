// SPDX-License-Identifier: MIT
// What a step makes due, ends and moves, worked out from the policy and written into its document.
// Records nothing itself.
#ifndef KEFU_TICKET_DUTY_H
#define KEFU_TICKET_DUTY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"
#include "data/deadline.h"

/* FORM's last document, just appended, gets its `withdraws`, `settles`, `due`, `callbacks`
 * and `keeps`;
 * PRIOR is the view of the form before it (NULL for a new form). What the person should know is
 * added to NOTES, a list of strings. What is added lives in ARENA. STATUS_REFUSED where a deadline
 * cannot be computed or an extension is not allowed. */
bool duty_work_out(struct book *book, struct arena *arena, struct form *form,
		   const struct node *prior, struct node *notes, struct err *err);

/* What a ticket from elsewhere owes by the policy when an import asks for it:
 * FORM's only document, `imported`, gets `due` and `callbacks` as if it had
 * been opened, finished and closed here at the times it names. A deadline that
 * the state of the ticket shows to be over is not set. Fails as duty_work_out. */
enum { DUTY_CALLBACKS = 1, DUTY_DEADLINES = 2 };
bool duty_work_out_imported(struct book *book, struct arena *arena, struct form *form,
			    unsigned owed, struct err *err);

/* What an unsatisfied answer brings about: by the rule of the callbacks of FORM that ROOT, a
 * callback, settles; where it settles none, because of who called, how or when, by that of those
 * which FORM owes or owed; where it has none, by the first that is about such forms. *WHAT: NULL
 * for nothing; else "reopen", or "open KIND"; *CLAUSE gets the rule's clause. False with ERR when a
 * condition cannot be decided. */
bool duty_unsatisfied(struct book *book, struct form *form, const struct node *root,
		      const char **what, const char **clause, struct err *err);

/* The day by which the dates of DUTY's rule count: that on which its clock started, or was set
 * before it starts. */
int duty_rule_day(const struct book *book, const struct duty *duty);

/* The rule that set DUTY: of those of its name the one that was in force on that day.
 * NULL when the policy has none any more. */
const struct rule *duty_rule(const struct book *book, const struct duty *duty);

/* Whether RULE set DUTY, now or with other dates. */
bool duty_is_by(const struct book *book, const struct duty *duty, const struct rule *rule);

/* How DUTY's rule is called now, by struct rule; as it was recorded where the policy has none any
 * more. */
const char *duty_rule_name(const struct book *book, const struct duty *duty);

/* Whether somebody who asks for WANTED, a rule with or without its pack, or a clause, means
 * DUTY. */
bool duty_is_of(const struct book *book, const struct duty *duty, const char *wanted);

/* Whether somebody approved an end, *END, for a deadline by DUTY's rule with its start, before the
 * document BEFORE: the latest such. */
bool duty_approved_end(const struct form *form, const struct duty *duty,
		       const struct document *before, int64_t *end);

/* Whether DOCUMENT, a step of FORM, tells somebody whom TO (who_meant) means: it names them, or one
 * of them took the step themself. To tell oneself says nothing. */
bool duty_tells(const struct book *book, const struct form *form, const struct node *to,
		const struct document *document);

/* The rule by which the deadline DUTY may be extended to UNTIL; NULL when it may not. */
const struct rule *duty_extension(const struct book *book, const struct duty *duty, int64_t until);

/* --- when a deadline ends; also what ledger-check compares recorded ones with --- */

/* How a rule counts: what deadline_find and deadline_walk want to know. */
struct duty_count {
	struct clock clock; /* borrows from the book */
	struct duration within;
	enum day_end end;
	bool roll;
};

/* In all of these KNOWN is what counts of the calendar: book_known of the time at which the
 * deadline is recorded. */

/* For a clock that starts at START. False with ERR when RULE has no `within`. */
bool duty_counts(const struct book *book, const struct rule *rule, struct calendar_known known,
		 int64_t start, struct duty_count *count, struct err *err);

/* The end of a deadline by RULE for a clock that starts at START. */
bool duty_deadline(const struct book *book, const struct rule *rule, struct calendar_known known,
		   int64_t start, struct due *due, struct err *err);

/* When the window of a callback by RULE opens, and when the callback is due. */
bool duty_window(const struct book *book, const struct rule *rule, struct calendar_known known,
		 int64_t start, struct due *opens, struct due *due, struct err *err);

/* Whether it takes a guess at days off that nobody has published to say when somebody is to be told
 * of a deadline by RULE whose clock started at START and that ends AT. */
bool duty_notices_guessed(const struct book *book, const struct rule *rule,
			  struct calendar_known known, int64_t start, int64_t at);

/* Whether a recorded duty is what its rule gives. */
enum duty_agreement {
	DUTY_AGREES,
	DUTY_DIFFERS,
	DUTY_UNKNOWN, /* the end cannot be computed: ERR says why */
};

/* Moves *KNOWN, which begins as book_known of RECORDED, on to the next state of knowledge that
 * DUTY, recorded then, may go by. Of entries that became known on the day itself nobody knows the
 * hour, so one of them may have been missing, or all. Where it is provisional, the notices of a
 * year and those after it may have been, which one clone may have got later than others. False
 * after the last. */
bool duty_next_known(const struct book *book, const struct duty *duty, int64_t recorded,
		     struct calendar_known *known);

/* Compares the times of DUTY, recorded at RECORDED, with those that RULE gives by what was known
 * then (duty_next_known). OPENS and DUE get what the rule gives by what was known on the day. */
enum duty_agreement duty_agrees(const struct book *book, const struct rule *rule,
				const struct duty *duty, int64_t recorded, struct due *opens,
				struct due *due, struct err *err);

/* The number of an entry of the calendar that does not say when it became known, and without
 * which DUTY, which differs, would agree; 0: there is none. */
unsigned duty_undated_entry(const struct book *book, const struct rule *rule,
			    const struct duty *duty, int64_t recorded);

/* What the calendar as it is known now does to an open duty. */
struct duty_move {
	enum duty_move_how {
		DUTY_MOVES,  /* it has another end */
		DUTY_STANDS, /* it was provisional, and is not any more: its end is the right one */
		DUTY_STAYS,  /* its end would be another, but that has passed already */
		DUTY_UNDATED, /* as DUTY_MOVES, but the entry that moves it does not say since when
				 it is known */
	} how;
	struct due opens, due; /* the new ones */
	bool guessed;          /* they are provisional */
	const char *why;       /* in the arena */
};

/* Whether the calendar does anything to DUTY. What is not open any more, or overdue, stays as it
 * is, and so does an end that was approved, or that a step named. */
bool duty_follows(const struct book *book, struct arena *arena, const struct duty *duty,
		  struct duty_move *move);

/* Who is to be told of a deadline by RULE that is called ID, starts at START and ends AT, and
 * when: the list that stands as `tell` in documents, empty when nobody is. NULL
 * with ERR when a time cannot be computed. */
struct node *duty_notices(const struct book *book, struct arena *arena, const struct rule *rule,
			  struct calendar_known known, const char *id, int64_t start, int64_t at,
			  struct err *err);

/* What a callback by RULE, which limits calls in vain, records of that: a map in ARENA. */
struct node *duty_limit(struct arena *arena, const struct rule *rule);

#endif
