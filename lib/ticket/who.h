// SPDX-License-Identifier: MIT
// Whom rules mean by roles and by the head of a department, and whether people are among them.
#ifndef KEFU_TICKET_WHO_H
#define KEFU_TICKET_WHO_H

#include "base/arena.h"
#include "base/buf.h"
#include "book/book.h"

/* Whom PEOPLE of a rule (a role, {head-of: department} or of another one, or a list of such) means
 * where the form has DEPARTMENT, which may be NULL: a list of texts as documents have them,
 * "duty-lead", "head-of:engineering". In ARENA. */
struct node *who_meant(struct arena *arena, const struct node *people, const char *department);

/* Whether PEOPLE of a rule mean the head of a department. */
bool who_asks_head(const struct node *people);

/* Whether PEOPLE of a rule mean the head of the department that the form has. */
bool who_asks_department(const struct node *people);

/* Whether PERSON is meant at AT by one of WHO, a list from who_meant, themself or because they
 * stand in for somebody; where UNIT (NULL: any) lies in their areas. */
bool who_means(const struct book *book, const struct node *who, const char *person,
	       const char *unit, int64_t at);

/* The first of PEOPLE, an id or a list of ids, whom WHO means, or, with not MEANT, does not mean;
 * NULL: there is none. */
const char *who_first(const struct book *book, const struct node *who, const struct node *people,
		      const char *unit, int64_t at, bool meant);

/* Adds "the role duty-lead (zhaoqiang) or the head of engineering (nobody)": WHO, and who that is
 * at AT. */
void who_say(const struct book *book, const struct node *who, const char *unit, int64_t at,
	     struct buf *out);

#endif
