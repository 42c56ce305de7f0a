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

/* FORM's last document, just appended, gets its `withdraws`, `settles`, `due` and `callbacks`;
 * PRIOR is the view of the form before it (NULL for a new form). What the person should know is
 * added to NOTES, a list of strings. What is added lives in ARENA. STATUS_REFUSED where a deadline
 * cannot be computed (a year without a published calendar) or an extension is not allowed. */
bool duty_work_out(struct book *book, struct arena *arena, struct form *form,
		   const struct node *prior, struct node *notes, struct err *err);

/* What a ticket from elsewhere owes by the policy when an import asks for it:
 * FORM's only document, `imported`, gets `due` and `callbacks` as if it had
 * been opened, finished and closed here at the times it names. A deadline that
 * the state of the ticket shows to be over is not set. Fails as duty_work_out. */
enum { DUTY_CALLBACKS = 1, DUTY_DEADLINES = 2 };
bool duty_work_out_imported(struct book *book, struct arena *arena, struct form *form,
			    unsigned owed, struct err *err);

/* What an unsatisfied answer brings about. Decided by the rules of the callbacks that FORM's last
 * document, a callback, settles. NULL: nothing; else "reopen", or "open KIND". *CLAUSE gets the
 * rule's clause. */
const char *duty_unsatisfied(struct book *book, const struct form *form, const char **clause);

/* The rule that set DUTY: of those of its name the one that was in force when its clock started.
 * NULL when the policy has none any more. */
const struct rule *duty_rule(const struct book *book, const struct duty *duty);

/* --- when a deadline ends; also what ledger-check compares recorded ones with --- */

/* How a rule counts: what deadline_find and deadline_walk want to know. */
struct duty_count {
	struct clock clock; /* borrows from the book */
	struct duration within;
	enum day_end end;
	bool roll;
};

/* False with ERR when RULE has no `within`. */
bool duty_counts(const struct book *book, const struct rule *rule, struct duty_count *count,
		 struct err *err);

/* The end of a deadline by RULE for a clock that starts at START. */
bool duty_deadline(const struct book *book, const struct rule *rule, int64_t start, struct due *due,
		   struct err *err);

/* When the window of a callback by RULE opens, and when the callback is due. */
bool duty_window(const struct book *book, const struct rule *rule, int64_t start, struct due *opens,
		 struct due *due, struct err *err);

/* Who is to be told of a deadline by RULE that is called ID and ends AT, and
 * when: the list that stands as `tell` in documents, empty when nobody is. NULL
 * with ERR when a time cannot be computed. */
struct node *duty_notices(const struct book *book, struct arena *arena, const struct rule *rule,
			  const char *id, int64_t at, struct err *err);

#endif
