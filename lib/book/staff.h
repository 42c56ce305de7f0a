// SPDX-License-Identifier: MIT
// Who works here, since when, as what. Reads staff.yaml; never writes, asks the system nothing.
#ifndef KEFU_BOOK_STAFF_H
#define KEFU_BOOK_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

#define ROLE_ADMINISTRATOR "administrator" /* may do everything, but never two people's part */

/* A person as of a time. Everything is borrowed from the staff it came from. */
struct member {
	const char *id, *name, *login, *phone, *department;
	const char *nature;       /* "person", "service" or "station" */
	const struct node *roles; /* list of names; NULL: none */
	const struct node *areas; /* list; NULL or empty: everywhere */
	int64_t from;
	bool left;
	int64_t seq; /* of the document that made it so */
	/* What that document contradicts, or NULL: who was there joined again, who had
	 * left changed. Two clones that meet can bring that about, so it is no damage. */
	const char *contradiction;
	unsigned line; /* of that document */
};

/* That somebody is not here for a while, or is back before it is over. */
struct absence {
	const char *person;
	const char *deputy; /* who acts for them meanwhile; NULL: nobody */
	int64_t from, until;
	bool back;
};

struct staff {
	struct arena arena;
	struct absence *absences; /* in the order they were recorded */
	size_t absence_count;
	struct member *versions; /* in the order they came into force for each person */
	size_t count;
	int64_t last_seq;
};

void staff_init(struct staff *staff);
void staff_clear(struct staff *staff);

/* Reads staff.yaml's TEXT. Fails with STATUS_DAMAGED and a place. Of documents
 * that contradict each other the later counts, but who has left is back only by
 * joining. */
bool staff_read(struct staff *staff, const char *file, const char *text, size_t len,
		struct err *err);

/* What PERSON was at the instant AT; NULL if not known then. Who has left is
 * found, with `left` set. */
const struct member *staff_find(const struct staff *staff, const char *person, int64_t at);

/* The same by OS login; who has left is not found. */
const struct member *staff_login(const struct staff *staff, const char *login, int64_t at);

/* Steps through those who work here at AT, in the order of their ids' first
 * documents: start with *CURSOR 0; NULL at the end. */
const struct member *staff_next(const struct staff *staff, int64_t at, size_t *cursor);

/* Whether MEMBER has ROLE; an administrator has every role. */
bool member_has_role(const struct member *member, const char *role);

/* Whether UNIT ("3-1201") lies in one of the member's areas ("3", "3-12"…). */
bool member_covers(const struct member *member, const char *unit);

/* Whether MEMBER fits WHO as callbacks record it: a role,
 * "head-of:DEPARTMENT": a department-head of that department, or
 * "person:ID". An administrator fits none unless by a role of their own. */
bool member_fits(const struct member *member, const char *who);

/* The absence PERSON is in at AT; NULL when they are here. */
const struct absence *staff_absence(const struct staff *staff, const char *person, int64_t at);

/* The same as member_has_role and member_fits, but a deputy of somebody absent
 * at AT has the roles of that person too (never the administrator's), and
 * stands in the areas and departments of both. */
bool staff_has_role(const struct staff *staff, const struct member *member, const char *role,
		    int64_t at);
/* As staff_has_role, but never by the role of ASKER: whoever stands in for those who ask does not
 * approve it for them. */
bool staff_may_approve(const struct staff *staff, const struct member *member, const char *role,
		       const char *asker, int64_t at);
bool staff_fits(const struct staff *staff, const struct member *member, const char *who,
		int64_t at);

/* Whether MEMBER, or somebody absent at AT whose deputy MEMBER is, has WHO's part and UNIT (NULL:
 * any) in the own areas. Of a person who has left, whoever has one of the roles they had. */
bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at);

#endif
