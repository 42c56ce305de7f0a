// SPDX-License-Identifier: MIT
// What went wrong, said once: status, place, clause, one line of text. Never prints.
#ifndef KEFU_BASE_ERR_H
#define KEFU_BASE_ERR_H

#include <stdbool.h>

#include "base/buf.h"

/* Exit statuses, the same for every command (kefu(7)). A higher one is worse. */
enum status {
	STATUS_DONE = 0,
	STATUS_NO = 1,        /* the answer is no: problems found, overdue */
	STATUS_USAGE = 2,     /* the command line makes no sense */
	STATUS_REFUSED = 3,   /* by a schema or a rule; nothing written */
	STATUS_DAMAGED = 4,   /* the ledger, a schema or a policy is damaged */
	STATUS_SYSTEM = 5,    /* the operating system said no; nothing written */
	STATUS_UNDURABLE = 6, /* written, but durability is unknown */
};

struct err {
	enum status status;
	char *file;            /* heap, or NULL */
	unsigned line, column; /* from 1; 0 when unknown */
	char *clause;          /* heap, "H2.C-5" or "H2.C-5 H3.4-4"; or NULL */
	char *text;            /* heap, one line, controls already made visible */
};

#define ERR_INIT \
	{ \
		0 \
	}

/* Fills ERR (what it held is freed) and returns false, so that a failing
 * function can say `return err_set(err, …)`. ERR may not be NULL. */
bool err_set(struct err *err, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set with STATUS_REFUSED, naming the CLAUSE of the rule that refuses; it may be NULL. */
bool err_refuse(struct err *err, const char *clause, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set with STATUS_SYSTEM, adding ": " and strerror of the errno at the call. */
bool err_system(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a place or a clause to an error that is set; each returns false. A place that
 * is already there is kept, as it is the more exact one. FILE may be NULL. */
bool err_place(struct err *err, const char *file, unsigned line, unsigned column);
bool err_clause(struct err *err, const char *clause);

/* Puts "PREFIX: " in front of the text. Returns false. */
bool err_prefix(struct err *err, const char *prefix);

/* Moves FROM into ERR when ERR is not set or has a lower status. FROM is cleared either way. */
void err_merge(struct err *err, struct err *from);

/* Adds "file:line:column: text [clause]" to OUT, without a line break. */
void err_render(const struct err *err, struct buf *out);

void err_clear(struct err *err);

#endif
