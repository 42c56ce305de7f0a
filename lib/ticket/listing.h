// SPDX-License-Identifier: MIT
// Lists tickets by their state, kind, unit and so on. Reads them in parallel, without a lock.
#ifndef KEFU_TICKET_LISTING_H
#define KEFU_TICKET_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/book.h"
#include "book/gather.h"
#include "text/pattern.h"

struct listing_filter {
	unsigned states; /* bit 1 << enum form_state; 0: what is not over (open, finished, disputed)
			  */
	const char *kind, *category, *severity, *assignee, *team,
		*department;  /* equal to; NULL: any */
	const char *person;   /* assigned to them, or with an open callback that they are to make by
			       * name, customers' files too; also for those they stand in for */
	const char *unit;     /* equal to, or a building or floor of it */
	const char *customer; /* a part of the name, or the last digits of the telephone number */
	const struct pattern *text; /* found in any free text of the form */
	int64_t since, until;       /* opened in [since, until); UNTIL 0: no end */
	bool asked;                 /* the household has asked again */
	bool overdue;               /* an open deadline has passed */
	bool overridden;            /* a rule was overridden, whatever the state */
	bool incomplete;            /* something is missing in a checklist; customers' files, too */
};

struct listing_entry {
	const char *id, *state, *kind, *category, *severity, *assignee, *team, *unit, *name,
		*phone;         /* NULL: none */
	const char *text;       /* its first line */
	const char *clause;     /* of the next deadline */
	const char *overridden; /* the rules that were: override_say, with ;  between; NULL: none */
	const char *missing;    /* in checklists: checklists_say_missing; NULL: nothing */
	int64_t opened, due;    /* DUE 0: no open deadline */
	unsigned cycle, asked;  /* ASKED: how often the household has asked again in this cycle */
	int64_t asked_at;       /* when last */
	bool overdue, imported;
	bool callback; /* listed for the callback that PERSON of the filter is to make */
};

struct listing {
	struct listing_entry *entries; /* in order of opening; of those opened at once, first what
					  was asked about again more often; then by id */
	size_t count;
	bool overridden, incomplete; /* that is what was asked for */
	bool asked;                  /* about one of them the household has asked again */
	struct gathered gathered; /* holds the entries; PROBLEMS could not be read, and ONCE is set
				   * when texts could not be searched to the end: then some may be
				   * lacking */
};

void listing_read(struct book *book, const struct listing_filter *filter, struct listing *listing);
void listing_clear(struct listing *listing);

/* Whether FORM, which TO visits, is one that FILTER asks for. */
bool listing_fits(struct gatherer *to, const struct listing_filter *filter, struct form *form);

#endif
