// SPDX-License-Identifier: MIT
// Times during which a ticket waits for somebody else: nothing pauses by itself, but what the wait
// has cost can be added to a deadline, and is told from lateness of one's own.
#ifndef KEFU_TICKET_WAITING_H
#define KEFU_TICKET_WAITING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* Whether DUTY, a deadline, would end later if the waits of FORM until UNTIL did not count. *END
 * gets that later end, by the deadline's own kind of time: what is counted in working time is
 * longer by the working time waited, what is counted in working days by the working days, what is
 * counted in other days by the days, and all else by the time. What was waited before the clock
 * started, before its end was last approved, or after that end has passed, does not count. */
bool waiting_moves(const struct book *book, const struct form *form, const struct duty *duty,
		   int64_t until, int64_t *end);

/* Whether DUTY was missed, and would have been met if the waits did not count. */
bool waiting_excuses(const struct book *book, const struct form *form, const struct duty *duty);

/* Whether FORM, whose last document was just appended and is called waiting or resumed, was in the
 * state that this ends. STATUS_REFUSED otherwise. */
bool waiting_check(const struct book *book, struct arena *arena, const struct form *form,
		   struct err *err);

/* FORM's last document ends a wait: adds to NOTES, a list of strings, which open deadlines may be
 * extended by it, until when, who approves that, and the command for it. */
void waiting_propose(const struct book *book, struct arena *arena, const struct form *form,
		     struct node *notes);

#endif
