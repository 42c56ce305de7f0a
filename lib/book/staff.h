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
#include "base/keys.h"
#include "base/node.h"
#include "book/event.h"

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
	int64_t left_at; /* if LEFT: when they did, which may be before FROM */
	const struct node
		*kept;    /* if LEFT: what was said then to be still out with them; or NULL */
	int64_t seq;      /* of the document that this comes from */
	enum event event; /* of that document: joined, changed or left */
	/* How that document contradicted those recorded before it, or NULL: somebody joined who had
	 * not left, or under the id of somebody else, or was changed after leaving. Merging two
	 * clones can cause that, so it is no damage. */
	const char *contradiction;
	unsigned line; /* of that document */
};

/* Somebody is absent for a while. */
struct absence {
	const char *person;
	const char *deputy;  /* who is named to act for them meanwhile; NULL: nobody */
	int64_t from, until; /* the first and the last instant; UNTIL before FROM: it never began */
	int64_t seq;         /* of the document that this comes from */
	unsigned line;       /* of that document */
	const struct document *document;
};

/* A person, with everything that staff.yaml says about them. */
struct staff_person {
	const char *id;
	const struct member *first; /* by the document that was recorded first */
	struct member **versions;   /* in the order in which they came into force */
	struct absence *absences;   /* in the order in which they begin */
	size_t version_count, absence_count;
	int64_t absent_from, absent_until; /* at no other time are they absent */
};

struct staff {
	struct arena arena;
	struct member *versions; /* one for each document that is about who works here, in the order
				    in which they were recorded; each each has what all documents
				    together say of the time at which it came into force */
	size_t count;
	struct staff_person *people; /* in the order of their ids */
	struct staff_person **order; /* the same, in the order of their first documents */
	struct staff_person **away;  /* those of them who are absent at some time, in that order */
	size_t person_count, away_count;
};

void staff_init(struct staff *staff);
void staff_clear(struct staff *staff);

/* Reads TEXT, the content of staff.yaml. Fails with STATUS_DAMAGED and a place. A document says
 * only what it changes: what it leaves out is as it was when it came into force, whichever was
 * recorded first. Absences of one person add up, until the person is back. Of documents that
 * contradict each other the later counts, except that who has left comes back only by joining. */
bool staff_read(struct staff *staff, const char *file, const char *text, size_t len,
		struct err *err);

/* Whether any document of staff.yaml gives somebody ROLE, at whatever time: for names alone. */
bool staff_names_role(const struct staff *staff, const char *role);

/* All that is known of the person ID; NULL when nothing is. */
const struct staff_person *staff_person(const struct staff *staff, const char *id);

/* PERSON as of the instant AT; NULL if not known then. Somebody who has left is
 * found, with `left` set. */
const struct member *staff_find(const struct staff *staff, const char *person, int64_t at);

/* The same by OS login; somebody who has left is not found. */
const struct member *staff_login(const struct staff *staff, const char *login, int64_t at);

/* Steps through those who work here at AT, in the order of their ids' first
 * documents: start with *CURSOR 0; NULL at the end. */
const struct member *staff_next(const struct staff *staff, int64_t at, size_t *cursor);

/* Whether MEMBER has the role administrator. */
bool member_is_administrator(const struct member *member);

/* Whether UNIT ("3-1201") lies in one of the member's areas ("3", "3-12"…). */
bool member_covers(const struct member *member, const char *unit);

/* Whether MEMBER is meant by WHO, as callbacks record it: a role;
 * "head-of:DEPARTMENT", a department-head of that department; "person:ID"; or, of those whom a step
 * names, "people:ID,ID". Being
 * an administrator does not count here, only the roles that MEMBER has besides. */
bool member_fits(const struct member *member, const char *who);

/* --- who is absent, and who acts for them (staff_absence.c) --- */

/* Whether PERSON is absent at AT. */
bool staff_is_absent(const struct staff *staff, const char *person, int64_t at);

/* The last instant of the absence that PERSON is in at AT, with what follows it at once; AT - 1
 * when they are here, INT64_MAX when it has no end yet. */
int64_t staff_absent_until(const struct staff *staff, const char *person, int64_t at);

/* The absence by which PERSON has a deputy at AT: of those they are in, the one that began last and
 * names somebody. NULL when PERSON is here, or nobody is named. */
const struct absence *staff_deputised(const struct staff *staff, const char *person, int64_t at);

/* The deputy of PERSON at AT; NULL when PERSON is here, or nobody is named who works here. */
const struct staff_person *staff_deputy(const struct staff *staff,
					const struct staff_person *person, int64_t at);

/* With whom the chain of deputies of somebody who is absent ends. */
enum deputy_end {
	DEPUTY_HERE,   /* with somebody who is here */
	DEPUTY_NONE,   /* with somebody who is absent and has no deputy */
	DEPUTY_GONE,   /* with somebody who does not work here then */
	DEPUTY_CIRCLE, /* with somebody who was among them before */
};

/* Follows the deputies of PERSON, who is absent at AT: the deputy, the deputy's deputy where that
 * one is absent too, and so on. *LAST gets the id of the one they end with; PERSON itself where
 * nobody is named. For somebody who is here: DEPUTY_HERE, themself. */
enum deputy_end staff_deputies(const struct staff *staff, const char *person, int64_t at,
			       const char **last);

/* Steps through the absent people that MEMBER stands in for at AT, as their deputy or their
 * deputy's and so on: start with *CURSOR 0. Leaves out whoever they stand in for only through
 * somebody in NOT_FOR, a list of ids ended by NULL, or NULL. */
const struct member *staff_next_absent(const struct staff *staff, const struct member *member,
				       int64_t at, const char *const *not_for, size_t *cursor);

/* Whether ID acts for PERSON at AT: as themself, or because they stand in for them. */
bool staff_acts_for(const struct staff *staff, const char *id, const char *person, int64_t at);

/* The first instant after AT at which it may change who works here, is absent or is a deputy;
 * INT64_MAX if nothing changes any more. */
int64_t staff_next_change(const struct staff *staff, int64_t at);

/* --- who may do what (staff_roles.c): whoever asks whether somebody has a role asks here --- */

/* Whether MEMBER has one of ROLES, a name or a list of them, at AT, or is the head of a department
 * where they say "head-of:DEPARTMENT": by themself, as an
 * administrator, who has every role, or because they stand in for somebody absent who has it. By
 * standing in nobody is an administrator. What counts are the roles MEMBER had AT, if they were
 * known then. */
bool staff_has_role(const struct staff *staff, const struct member *member,
		    const struct node *roles, int64_t at);

/* As staff_has_role, but not by standing in for any of ASKERS, ids closed by NULL: nobody approves
 * as a deputy what the absent person has asked for, or what is about them. */
bool staff_may_approve(const struct staff *staff, const struct member *member,
		       const struct node *roles, const char *const *askers, int64_t at);

/* As member_fits, but whoever stands in for somebody absent at AT is meant as that person is. If
 * WHO is a person who has left, everybody who has one of their last roles is meant. */
bool staff_fits(const struct staff *staff, const struct member *member, const char *who,
		int64_t at);

/* As staff_fits, but with a role UNIT (NULL: any) must also lie in the areas of MEMBER, or of the
 * absent person that MEMBER stands in for. */
bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at);

/* Who can be sent anywhere at one moment: the people who work here and are not absent, in the order
 * of staff_next, each with whom they act for. For whoever asks of many forms. */
struct staff_moment {
	struct arena arena;
	const struct staff *staff; /* borrowed */
	int64_t at;
	struct staff_acting {
		const struct member *member;
		const struct member **acting; /* the member, and whom they stand in for */
		size_t count;
	} * people;
	size_t count;

	/* for staff_moment_meant: whom it was asked about before */
	struct keys asked;
	struct staff_meant {
		const struct staff_acting **people;
		size_t count;
	} * meant; /* heap */
	size_t meant_count;
};
void staff_moment_take(struct staff_moment *moment, const struct staff *staff, int64_t at);
void staff_moment_clear(struct staff_moment *moment);

/* Those of the moment's people whom WHO means at some unit or other, in their order: so that of
 * many units not everybody is asked. Valid until it is called for another WHO. */
const struct staff_meant *staff_moment_meant(struct staff_moment *moment, const char *who);

/* As staff_serves, for one of the moment's people. */
bool staff_moment_serves(const struct staff_moment *moment, const struct staff_acting *person,
			 const char *who, const char *unit);

#endif
