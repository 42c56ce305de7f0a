// SPDX-License-Identifier: MIT
// Lists what is owed, callbacks or deadlines, as the forms record it. Reads in parallel, without a
// lock, and judges by the clock of the book.
#ifndef KEFU_CALLBACK_AGENDA_H
#define KEFU_CALLBACK_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"

enum agenda_status {
	AGENDA_OVERDUE, /* the window has closed */
	AGENDA_TELL,    /* somebody has to be told of a deadline now */
	AGENDA_SIGN,    /* somebody has to sign a step that counts only then */
	AGENDA_DUE,     /* the window is open; the deadline has not passed */
	AGENDA_SAMPLE,  /* the window is open; it was not drawn, but its share still lacks calls */
	AGENDA_LATER,   /* the window opens later */
};

const char *agenda_status_name(enum agenda_status status);

/* A callback, a deadline, or somebody who is to be told or to sign: what somebody can do something
 * about. A share that was missed is none: whether it was kept is what rates.h counts. Where FORM is
 * NULL: a daily plan that was not made. */
struct agenda_entry {
	enum agenda_status status;
	const char *form, *id, *rule, *clause, *kind,
		*category;               /* owned by the agenda; ID is the duty's */
	const char *unit, *name, *phone; /* NULL: not recorded */
	const char *who; /* callbacks and notices: roles, "head-of:engineering officer"; deadlines:
			    NULL */
	const char *assignee; /* NULL: nobody */
	const char *until;    /* deadlines and notices: the steps that end it, "finished returned";
				 signatures: "signed" */
	bool told; /* it is enough to tell one of WHO; else all of them make the call together */
	const char *barred; /* signatures: who may not sign though they are asked, "lihua wanggang";
			       NULL: nobody */
	const char *waits;  /* deadlines: for whom the form waits; NULL: it does not */
	unsigned asked;     /* deadlines: how often the household has asked again */
	int64_t asked_at;   /* when last */
	const char *unfilled; /* deadlines: whom it waits for though nobody here is that, "director
				 head-of:cleaning"; NULL: somebody is */
	int64_t start, opens, at;
	unsigned attempts;
	/* calls in vain so far, and their days, of those after which it ends; all 0: none end it */
	unsigned tries, tries_needed, try_days, days_needed;
	bool provisional;
	/* where a share is owed, of the rule and the month in which the matters ended; else all 0
	 */
	char period[8]; /* "2026-09" */
	int64_t total, needed, called;
	int64_t on_site; /* how many more calls have to be made on site and signed */
	bool drawn;      /* a lot chose it */
	bool unplanned;  /* this entry says that no daily plan was made since START */
};

struct agenda_options {
	bool deadlines; /* deadlines and who is to be told of them; otherwise callbacks */
	int64_t within; /* entries that open or close later than this are left out; 0: only what is
			 * open or overdue. Of deadlines nothing is later: 0 gives all */
	const char *person; /* only what this person may make; NULL: everybody's */
	const char *rule;   /* only this rule or clause; NULL: all */
	bool asked;         /* only what the household has asked about again */
	unsigned threads;   /* 0: as suits the machine */
};

struct agenda {
	struct agenda_entry *entries; /* a plan that was not made, overdue, due, later; by deadline;
					 of what is due at once, first what was asked about again
					 more often; then by form */
	size_t count;
	int unpublished; /* the year whose notice of days off is missing though it is time to have
			    it: this one, from November on the next; 0: none is */
	size_t reaching; /* how many open deadlines and callbacks end in that year or later */
	size_t guessed;  /* for how many of these days off were guessed; the others stay as they are
			  */
	size_t moved;    /* how many the calendar would move (deadline-recompute) */
	struct gathered gathered; /* holds the texts; PROBLEMS could not be read */
};

/* Reads every ticket. Damaged files end up among the problems and hide nothing else. */
void agenda_read(struct book *book, const struct agenda_options *options, struct agenda *agenda);
void agenda_clear(struct agenda *agenda);

/* Adds the ids of those who may make the callback, by role, area and
 * department, with commas between, for each part that somebody has to fill:
 * "lihua,meizhen + zhao"; the role itself where there is nobody, where TITLES, the ledger, is not
 * NULL as "nobody: ROLE (TITLE)". NOBODY gets what the entry waits for though nobody here is that,
 * with spaces between. */
void agenda_callers(struct staff_moment *now, const struct agenda_entry *entry,
		    const struct book *titles, struct buf *out, struct buf *nobody);

#endif
