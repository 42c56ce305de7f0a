// SPDX-License-Identifier: MIT
// Steps that count only when others have signed them: whom a rule asks, who still has to sign, and
// whether somebody may. Records nothing itself.
#ifndef KEFU_TICKET_COUNTERSIGN_H
#define KEFU_TICKET_COUNTERSIGN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

enum { COUNTERSIGN_MAX = 64 }; /* how many signatures one step may need, by all rules */

/* Somebody who signs, or has. */
struct signer {
	const char *person;
	int64_t at;
};

/* The signatures that RULE asks for on a form with DEPARTMENT (NULL: it has none): a list of parts
 * as documents have them in `awaits`, each another person's. Empty where the rule asks for none.
 * NULL where a head is asked and there is no department. In ARENA. */
struct node *countersign_parts(struct arena *arena, const struct rule *rule,
			       const char *department);

/* Gives each of PARTS a signer of its own, as far as that goes. BY records the step. Returns how
 * many signers are used. TAKEN, as long as PARTS, gets who signs each: an index, or -1. */
size_t countersign_match(const struct book *book, const struct node *parts, const struct signer *by,
			 const struct signer *signers, size_t count, int *taken);

/* The parts of PROPOSAL that nobody has signed yet. In ARENA. */
struct node *countersign_missing(const struct book *book, struct arena *arena,
				 const struct form *form, const struct proposal *proposal);

/* Whether PERSON has a role, or is the head, that PART asks for at AT. */
bool countersign_fits(const struct book *book, const struct node *part, const char *person,
		      int64_t at);

/* Whether PERSON, who fits PART of PROPOSAL, may not sign it all the same: they recorded it, or
 * have signed it, or are of the department of one who did where it takes another. */
bool countersign_is_barred(const struct book *book, const struct form *form,
			   const struct proposal *proposal, const struct node *part,
			   const char *person, int64_t at);

/* Adds who is asked by PART, and who that is at AT: "department-head or the head of engineering
 * (zhaoqiang, sunli)". Leaves out those whom countersign_is_barred bars of PROPOSAL; NULL: nobody.
 */
void countersign_say(const struct book *book, const struct form *form,
		     const struct proposal *proposal, const struct node *part, int64_t at,
		     struct buf *out);

/* The same of all that is awaited: "A and B", each with its clause. */
void countersign_say_missing(const struct book *book, const struct form *form,
			     const struct proposal *proposal, int64_t at, struct buf *out);

/* Gives DOCUMENT, which signs or declines for BY, the number of the proposal that it is about where
 * it names none and there is only one. STATUS_REFUSED when there is none, or it takes the person to
 * say which. */
bool countersign_aim(const struct book *book, struct arena *arena, const struct form *form,
		     const char *by, int64_t at, struct node *document, struct err *err);

/* Whether the last document of FORM, `signed` or `declined`, which BY records at LOGIN, may be
 * recorded. Of other documents: yes. */
bool countersign_allowed(const struct book *book, const struct form *form, const struct member *by,
			 const struct member *login, struct err *err);

/* Whether with the last document of FORM, `signed`, all have signed a proposal that is not yet
 * recorded as a step: then PROPOSAL gets it, and *STEP the document to record, without its head. */
bool countersign_completes(const struct book *book, struct arena *arena, const struct form *form,
			   struct proposal *proposal, struct node **step);

/* The document that says that STEP, appended to FORM and judged, AWAITS signatures: with the head
 * of STEP. In ARENA. */
struct node *countersign_proposal(struct arena *arena, const struct node *step,
				  const struct node *awaits);

#endif
