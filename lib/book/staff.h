// SPDX-License-Identifier: MIT
// Who works here, since when, and in which roles. Reads staff.yaml; never writes, asks the system
// nothing.
#ifndef KEFU_BOOK_STAFF_H
#define KEFU_BOOK_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

/* May take every step; but where a rule asks for two people, an administrator counts as one. */
#define ROLE_ADMINISTRATOR "administrator"

/* A person as of a time. Everything is borrowed from the staff it came from. */
struct member {
	const char *id, *name, *login, *phone, *department;
	const char *nature;       /* "person", "service" or "station" */
	const struct node *roles; /* list of names; NULL: none */
	const struct node *areas; /* list; NULL or empty: everywhere */
	int64_t from;
	bool left;
	int64_t seq; /* of the document that this comes from */
	/* How that document contradicts the ones before, or NULL: somebody joined who had not
	 * left, or was changed after leaving. Merging two clones can cause that, so it is no
	 * damage. */
	const char *contradiction;
	unsigned line; /* of that document */
};

/* Somebody is absent for a while, or is back before that is over. */
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
	struct member *versions; /* for each person in the order in which they came into force */
	size_t count;
	int64_t last_seq;
};

void staff_init(struct staff *staff);
void staff_clear(struct staff *staff);

/* Reads TEXT, the content of staff.yaml. Fails with STATUS_DAMAGED and a place. Of
 * documents that contradict each other the later counts, except that who has left
 * comes back only by joining. */
bool staff_read(struct staff *staff, const char *file, const char *text, size_t len,
		struct err *err);

/* PERSON as of the instant AT; NULL if not known then. Somebody who has left is
 * found, with `left` set. */
const struct member *staff_find(const struct staff *staff, const char *person, int64_t at);

/* The same by OS login; somebody who has left is not found. */
const struct member *staff_login(const struct staff *staff, const char *login, int64_t at);

/* Steps through those who work here at AT, in the order of their ids' first
 * documents: start with *CURSOR 0; NULL at the end. */
const struct member *staff_next(const struct staff *staff, int64_t at, size_t *cursor);

/* Whether MEMBER has ROLE; an administrator has every role. */
bool member_has_role(const struct member *member, const char *role);

/* Whether UNIT ("3-1201") lies in one of the member's areas ("3", "3-12"…). */
bool member_covers(const struct member *member, const char *unit);

/* Whether MEMBER is meant by WHO, as callbacks record it: a role;
 * "head-of:DEPARTMENT", a department-head of that department; or "person:ID". Being
 * an administrator does not count here, only the roles that MEMBER has besides. */
bool member_fits(const struct member *member, const char *who);

/* The absence PERSON is in at AT; NULL when they are here. */
const struct absence *staff_absence(const struct staff *staff, const char *person, int64_t at);

/* As member_has_role and member_fits, but the deputy of somebody who is absent at AT
 * has the roles, areas and departments of that person too, except the role
 * administrator. */
bool staff_has_role(const struct staff *staff, const struct member *member, const char *role,
		    int64_t at);
/* As staff_has_role, but not by being the deputy of ASKER: nobody approves as a deputy what the
 * absent person has asked for. */
bool staff_may_approve(const struct staff *staff, const struct member *member, const char *role,
		       const char *asker, int64_t at);
bool staff_fits(const struct staff *staff, const struct member *member, const char *who,
		int64_t at);

/* As staff_fits, but with a role UNIT (NULL: any) must also lie in the areas of MEMBER, or of the
 * absent person that MEMBER stands in for. If WHO is a person who has left, everybody who has one
 * of their last roles is meant. */
bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at);

#endif
