// SPDX-License-Identifier: MIT
// What was given out on a form and did not come back, by the lists `balances` of packs: things,
// quantities of items, or money. Exact; looks at no other form. May be asked by several threads.
#ifndef KEFU_TICKET_BALANCES_H
#define KEFU_TICKET_BALANCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* What of one item is out with one person. */
struct holding {
	const struct rule *rule; /* of the balance */
	const char *item;        /* as it was called when it went out; NULL: an amount of money */
	const char *person;      /* NULL: nobody is named */
	const char *quantity;    /* exact: "2", "1.5"; of money "500.00"; "0" where all is back */
	bool single;             /* a thing by itself, without a quantity */
	bool out;                /* some of it is */
	int64_t since, seq;      /* since when, by which document */
	size_t document;         /* its index */
};

struct holdings {
	struct holding *items; /* by balance, in the order in which they went out */
	size_t count;
};

/* Whether DOCUMENT, by its event, may give something out or take it back by RULE, an entry of
 * RULE_BALANCE. */
bool balance_is_about(const struct rule *rule, const struct document *document);

/* Whether FORM's last document takes back only what is out by RULE, says whose it is where several
 * have some, gives out no single thing that is out already, and says who has it then.
 * STATUS_REFUSED with RULE's clause. */
bool balance_kept(const struct book *book, const struct form *form, const struct rule *rule,
		  struct err *err);

/* The same of each document of FORM on whose day RULE is in force: calls TELL for those that do
 * not, by their index, with why. */
typedef void (*balance_told)(void *context, size_t index, const struct rule *rule, const char *why);
void balance_each_wrong(const struct book *book, const struct form *form, const struct rule *rule,
			balance_told tell, void *context);

/* Gives FORM's last document, just appended, whose it takes back where it does not say so and one
 * person has all of it: two clones may have given it to two people by the time they meet. SCHEMA is
 * the document's, ARENA too. */
void balances_fill(const struct book *book, struct arena *arena, const struct form *form,
		   const struct schema *schema);

/* Whether FIELD of ROOT, a document, says whose it takes back by a balance: somebody who may have
 * left by then. */
bool balance_says_whose(const struct policy *policy, const struct node *root, const char *field);

/* Whether nothing is out, FORM's last document included, of the balances that RULE, an entry of
 * RULE_STEP, has under `settled`. STATUS_REFUSED with RULE's clause, and what is out with whom. */
bool balances_settled(const struct book *book, const struct form *form, const struct rule *rule,
		      struct err *err);

/* All that went out on FORM by the balances in force on DAY, with what of it is out: nothing of a
 * form that was voided. In ARENA. */
struct holdings balances_of(const struct book *book, const struct form *form, int day,
			    struct arena *arena);

/* Whether KEPT, what a document of staff.yaml says is out with somebody (may be NULL), has HOLDING
 * of the form ID. */
bool holding_is_said(const struct holding *holding, const char *id, const struct node *kept);

/* Adds "2 lamp (wanggang)": HOLDING, as messages say it. */
void holding_say(const struct holding *holding, struct buf *out);

#endif
