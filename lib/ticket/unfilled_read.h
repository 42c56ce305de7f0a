// SPDX-License-Identifier: MIT
// What the rules ask of somebody whom nobody here is, with the forms in which something waits for
// them. Reads the forms in parallel, without a lock.
#ifndef KEFU_TICKET_UNFILLED_READ_H
#define KEFU_TICKET_UNFILLED_READ_H

#include "book/gather.h"
#include "ticket/unfilled.h"

struct unfilled_row {
	const struct rule *rule; /* NULL: the policy has it no more */
	enum rule_list list;
	const char *name, *clause; /* of the rule; CLAUSE may be NULL */
	const char *key;           /* where it asks */
	const struct node *whom;   /* list of texts as documents have them */
	const struct node *forms;  /* ids of forms in which something waits, in their order */
};

struct unfilled_report {
	struct unfilled_row *rows; /* as in the set; then what forms owe by people who left */
	size_t count;
	struct unfilled_set set;
	struct gathered gathered; /* PROBLEMS could not be read */
};

/* As of the book's time. */
void unfilled_read(struct book *book, struct unfilled_report *report);
void unfilled_report_clear(struct unfilled_report *report);

/* What is kept of a callback that is owed by somebody who left: the order in which it is handed
 * back is by rule, then by whom, then by form. For whoever reads forms for more than this. */
struct unfilled_gone {
	const char *rule, *clause, *who, *form;
};
void unfilled_take_gone(struct gatherer *to, size_t list, const struct form *form);
int unfilled_order_gone(const void *a, const void *b);
/* How many rows COUNT of them, in that order, make: one for each rule and each who. */
size_t unfilled_count_gone(const struct unfilled_gone *gone, size_t count);

#endif
