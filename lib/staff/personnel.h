// SPDX-License-Identifier: MIT
// Personnel registers: commendations, sanctions, training, certificates, appointments, proposed
// penalties, ratings. Proposes, never carries out.
#ifndef KEFU_STAFF_PERSONNEL_H
#define KEFU_STAFF_PERSONNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "record/record.h"

/* A document of a register as it holds now. */
struct personnel_entry {
	const char *event;
	enum event which;
	int64_t seq, at;
	const struct node *root; /* the document, with later corrections put in */
	int64_t mended;          /* seq of the document that last corrected or voided it; 0: none */
	bool voided;
};

/* personnel/PERSON.yaml, read. */
struct personnel {
	struct arena arena;
	const char *person;
	struct personnel_entry *entries; /* corrections and voidings are applied to these; they are
					    not entries themselves */
	size_t count;
	const char *subject; /* what sort of thing is registered; NULL: a member of staff */
	const char *name;    /* the name of that thing */
};

/* A register that does not exist is empty. STATUS_USAGE if PERSON cannot be a person's id. On
 * failure nothing stays in PERSONNEL. */
bool personnel_read(struct book *book, const char *person, struct personnel *personnel,
		    struct err *err);
void personnel_clear(struct personnel *personnel);

/* The entry RECORD ("lihua#2") cites among those of a person; NULL when there is none. */
const struct personnel_entry *personnel_cited(const struct personnel *personnel,
					      const char *record);

/* How many degrees of the same sort (commendations, or sanctions) are lower than DEGREE; -1 if the
 * policy has no such degree. */
int personnel_degree(const struct book *book, const char *degree);

/* The hours of those lessons of COURSE that were passed by the instant AT. *PASSED gets whether any
 * was. Freed with decimal_free. */
struct decimal *personnel_hours(const struct personnel *personnel, const char *course, int64_t at,
				bool *passed);

/* Whether a certificate is held on the day of AT. */
bool personnel_certified(const struct book *book, const struct personnel *personnel,
			 const char *certificate, int64_t at);

/* Whether the policy's `appointments` let the person have ROLE at the instant AT; if not,
 * STATUS_REFUSED with the clause. */
bool personnel_qualifies(const struct book *book, const struct personnel *personnel,
			 const char *role, int64_t at, struct err *err);

/* Puts what somebody TYPED into DOCUMENT as FIELD, as value_set does. STATUS_USAGE if there is no
 * event like the document's. */
bool personnel_field(struct book *book, struct arena *arena, struct node *document,
		     const char *field, const char *typed, struct err *err);

/* Records DOCUMENT (event and fields) in PERSON's register. OUT->id is PERSON. */
bool personnel_record(struct book *book, struct arena *arena, const struct request *request,
		      const char *person, struct node *document, struct recorded *out,
		      struct err *err);

/* Whether the person who acts and the one whose login records it may do this about PERSON: neither
 * may be PERSON or a station, and both need one of ROLES (a name or a list). If not, STATUS_REFUSED
 * with the clause of PART, the rule that asks for this. */
bool personnel_may(const struct recording *recording, const char *person, const struct node *roles,
		   const struct node *part, struct err *err);

#endif
