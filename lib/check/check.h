// SPDX-License-Identifier: MIT
// Finds what is wrong with a ledger. Each kind of problem has a name that will not change. Reads
// only, takes no lock, mends nothing.
#ifndef KEFU_CHECK_CHECK_H
#define KEFU_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "book/book.h"
#include "book/gather.h"

/* In the order of the man page. */
enum problem_kind {
	/* what all forms depend on */
	PROBLEM_HEADER,
	PROBLEM_SCHEMA_FILE,
	PROBLEM_STAFF,
	PROBLEM_DEPUTY,
	PROBLEM_CALENDAR,
	PROBLEM_POLICY,
	/* files */
	PROBLEM_UNREADABLE,
	PROBLEM_CLOSED_FOLDER,
	PROBLEM_SYMLINK,
	PROBLEM_STRAY_FILE,
	PROBLEM_TOO_LARGE,
	PROBLEM_CUT_FILE,
	PROBLEM_BAD_UTF8,
	PROBLEM_CONFLICT_MARKERS,
	PROBLEM_NOT_YAML,
	/* the documents of a file */
	PROBLEM_SCHEMA,
	PROBLEM_NOT_CANONICAL,
	PROBLEM_OUT_OF_ORDER,
	PROBLEM_DUPLICATE_DOCUMENT,
	PROBLEM_DUPLICATE_SEQ,
	PROBLEM_MISSING_SEQ,
	PROBLEM_MISSING_NUMBER,
	PROBLEM_NOT_LOST,
	PROBLEM_WRONG_START,
	PROBLEM_WRONG_FOLDER,
	PROBLEM_WRONG_ID,
	/* what documents speak of */
	PROBLEM_UNKNOWN_SITE,
	PROBLEM_UNKNOWN_PERSON,
	PROBLEM_LEFT_PERSON,
	PROBLEM_UNKNOWN_EVENT,
	PROBLEM_UNKNOWN_CLASS,
	PROBLEM_DANGLING_REFERENCE,
	PROBLEM_FUTURE_TIME,
	PROBLEM_RECORDED_BEFORE_HAPPENED,
	PROBLEM_BEFORE_OPENING,
	PROBLEM_BREACH,
	PROBLEM_TWO_SPELLINGS,
	PROBLEM_WRONG_SAMPLE,
	PROBLEM_WRONG_ANSWER,
	/* what is owed */
	PROBLEM_UNKNOWN_RULE,
	PROBLEM_RULE_NOT_IN_FORCE,
	PROBLEM_WRONG_CLAUSE,
	PROBLEM_WRONG_DEADLINE,
	PROBLEM_WRONG_DUTY,
	PROBLEM_MISSING_DEADLINE,
	PROBLEM_WRONG_SIGNATURE,
	PROBLEM_WRONG_DRAW,
	PROBLEM_NOT_OPEN,
	PROBLEM_DISPUTED,
	/* what is computed */
	PROBLEM_WRONG_SCORE,
	PROBLEM_WRONG_AMOUNT,
	PROBLEM_INCOMPLETE,
	PROBLEM_NOT_UNIQUE,
	PROBLEM_WRONG_BALANCE,
	PROBLEM_KEPT_BY_LEAVER,
	/* what was committed, and git itself */
	PROBLEM_GONE_FORM,
	PROBLEM_GONE_DOCUMENT,
	PROBLEM_CHANGED_DOCUMENT,
	PROBLEM_HISTORY,
	PROBLEM_MERGE_DRIVER,
	PROBLEM_KINDS,
};

const char *problem_name(enum problem_kind kind);    /* "cut-file" */
const char *problem_meaning(enum problem_kind kind); /* one line */

/* Texts belong to the check they are part of. */
struct problem {
	enum problem_kind kind;
	bool damage;           /* something could not be read because of it */
	const char *file;      /* beneath the ledger */
	unsigned line, column; /* from 1; 0 when unknown */
	const char *text;      /* one line, controls visible */
	const char *clause;    /* NULL: none */
};

struct check_options {
	const char *const *
		operands; /* tickets by number, files and folders by path; none: the whole ledger */
	size_t operand_count;
	unsigned threads; /* 0: as suits the machine */
	/* A revision of git: only what it holds is looked at, and checked where it is not as it was
	 * then. NULL: everything, and that what HEAD holds stands. */
	const char *since;
	/* Everything, and that what any commit from SINCE on held stands; without SINCE, any. */
	bool audit;
};

struct check {
	struct problem
		*problems; /* by file, place and name: the same ledger always gives the same list */
	size_t count;
	bool damage; /* of any */
	bool older;  /* ledger-upgrade has something to bring: no problem */
	struct arena arena;
	struct node *tolerated; /* list of texts with their places: what packs of kefu 0.1 say to no
				   effect, and today's would be refused for: no problems */
	size_t unfilled;        /* what rules ask for of somebody whom nobody here is: no problems
				 */
	struct gathered gathered; /* holds the problems */
};

/* Checks a ledger, however damaged: what cannot be read is a problem and hides nothing else. False
 * (STATUS_USAGE, STATUS_SYSTEM) only if there is no ledger, if an operand names nothing in it, or
 * if SINCE cannot be compared with. Clear CHECK even then. */
bool ledger_check(const struct book_options *options, const struct check_options *wanted,
		  struct check *check, struct err *err);
void check_clear(struct check *check);

#endif
