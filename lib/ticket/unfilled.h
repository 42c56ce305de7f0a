// SPDX-License-Identifier: MIT
// What the rules ask of somebody whom nobody here is: a role nobody has, the head of a department
// that has none, somebody who left. Being an administrator is no role here, as for deadlines and
// callbacks everywhere (staff_serves).
#ifndef KEFU_TICKET_UNFILLED_H
#define KEFU_TICKET_UNFILLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "book/book.h"
#include "book/form.h"

/* One thing that a rule asks for: one entry where it asks for several people. */
struct unfilled {
	const struct rule *rule;
	enum rule_list list;
	const char *key;   /* where the rule asks: "by", "who", "countersign", … */
	struct node *whom; /* list of texts as documents have them, all of them nobody's:
			      "duty-lead", "head-of:cleaning" */
	bool heads;        /* it asks for the head of the form's department; those who are
			      missing come last */
	size_t always;     /* how many of WHOM come before them */
};

struct unfilled_set {
	struct arena arena;
	struct unfilled *items; /* in the order of the lists, packs and lines */
	size_t count;
	bool steps; /* one of them is about a step */
};

/* What the rules of the day of AT ask for, and who is not here at AT: who has left, or is absent
 * and has no deputy, is not. */
void unfilled_find(struct unfilled_set *set, const struct book *book, int64_t at);
void unfilled_clear(struct unfilled_set *set);

/* Whether something open on FORM waits for what ITEM of SET asks for, by now. */
bool unfilled_waits(const struct book *book, const struct unfilled_set *set,
		    const struct unfilled *item, struct form *form);

/* Whom the open deadline DUTY of FORM waits for though nobody here is that: each step that could
 * end it asks for somebody else. A list of texts in ARENA, or NULL. */
const struct node *unfilled_deadline(const struct book *book, const struct unfilled_set *set,
				     struct form *form, const struct duty *duty,
				     struct arena *arena);

/* Whether WHO, one of the callers of a callback, names people of whom nobody is here, and for whom
 * nobody stands. */
bool unfilled_is_gone(const struct book *book, const char *who);

#endif
