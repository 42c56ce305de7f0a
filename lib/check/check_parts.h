// SPDX-License-Identifier: MIT
// What the parts of the check share: the state of a thread, and reporting a problem. For check*.c
// alone.
#ifndef KEFU_CHECK_CHECK_PARTS_H
#define KEFU_CHECK_CHECK_PARTS_H

#include "book/form.h"
#include "book/gather.h"
#include "book/series.h"
#include "check/check.h"
#include "check/committed.h"
#include "ticket/unfilled_read.h"

/* A compiled schemas/FOLDER/EVENT.yaml. All are compiled before the threads start, because
 * compiling one changes the set of schemas that the threads share. */
struct event_schema {
	const char *folder, *event;
	const struct schema *schema; /* NULL: it cannot be used, which was reported already */
};

/* What the marks say (store/mark.h): by series. */
struct given {
	struct arena arena;
	struct given_number {
		const char *series;
		int64_t highest;
	} * items; /* heap */
	size_t count;
};

/* What is found out before the first file is checked. All threads read it, none changes it. */
struct common {
	struct event_schema *schemas;
	size_t schema_count;
	const struct schema *staff_schema;      /* NULL when it cannot be used */
	const struct schema *renumbered_schema; /* the same; ledgers of before have none */
	struct accounts accounts;               /* numbers that are recorded as lost */
	struct given given;                     /* numbers that this clone has given */
	bool staff_known, rules_known; /* STAFF_KNOWN: staff.yaml can be used; RULES_KNOWN: header,
					  calendar and policies can */
	struct committed_files *committed; /* each file marks its own items */
};

/* The lists of the gather: the problems, the tickets there are, the units that forms name, what no
 * two may have the same of, callbacks owed by people who left. */
enum { CHECK_PROBLEMS, CHECK_TICKETS, CHECK_UNITS, CHECK_UNIQUE, CHECK_GONE };

struct ticket_seen {
	const char *series; /* of its day */
	int64_t number;
	const char *file; /* NULL: there is none; the number before was given last here */
};

/* A unit that can be written in several ways, where a form names it. */
struct unit_seen {
	const char *unit, *file;
	unsigned line, column;
	bool of_customer; /* the file is the customer's */
};

/* A value that only one form may have. */
struct unique_seen {
	const char *rule, *clause, *field, *value, *file, *id;
	int64_t seq;
	unsigned line, column;
};

/* The file that problems with git's own data are reported of. */
#define CHECK_GIT ".git"

/* The state of one thread. */
struct checker {
	struct book *book;
	const struct common *common;
	struct gatherer *to; /* where problems are reported */
	struct form form, earlier;
	struct buf text, other;
	const char *file;              /* the one being checked */
	struct survey_checker *survey; /* check_survey.c's; or NULL */
};

/* The number of problems this thread has reported so far. */
size_t check_told(const struct checker *checker);
/* Marks the problem at INDEX as one that keeps part of the ledger from being read (status 4). */
void check_damage(struct checker *checker, size_t index);

/* Reports a problem of the file being checked. AT gives the place; AT and CLAUSE may be NULL. */
void check_tell(struct checker *checker, enum problem_kind kind, const struct node *at,
		const char *clause, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same, with the place as line and column. */
void check_tell_line(struct checker *checker, enum problem_kind kind, unsigned line,
		     unsigned column, const char *text);
/* The same, with the text and place of ERR, which is cleared. Where ERR names a file, that one is
 * reported instead. */
void check_tell_err(struct checker *checker, enum problem_kind kind, struct err *err);

/* Each checks one file, whose text is given. */
void check_form_file(struct checker *checker, const char *relative, const char *text, size_t len);
void check_register_file(struct checker *checker, const char *relative, const char *text,
			 size_t len);
/* Checks what only a survey's file has. False where the file holds no documents, and so is not to
 * be checked as documents: a questionnaire is a schema. */
bool check_survey_file(struct checker *checker, const char *relative, const char *text, size_t len);
void check_survey_clear(struct checker *checker);
void check_staff_file(struct checker *checker, const char *text, size_t len);
/* Who joins, changes and leaves, and who stands in for whom, by the book's staff. */
void check_roster(struct checker *checker);

/* --- check_numbers.c --- */

void given_read(struct checker *checker, struct given *given);
void given_clear(struct given *given);

/* Checks the numbers of a file's DOCUMENTS, which are in order: from 1 without gaps but for those
 * recorded as lost, one twice only from two sites; what `renumbered` documents speak of is there.
 */
void check_numbers(struct checker *checker, struct document *documents, size_t count);

/* Notes which ticket there is in the file RELATIVE, if any: by its document FIRST, or by its name
 * where that is NULL or does not say. */
void check_ticket_seen(struct checker *checker, const char *relative, const struct document *first);
int check_order_tickets(const void *a, const void *b); /* struct ticket_seen */

/* Once all files are read: names the ticket numbers that are missing between the first of a day and
 * the last that is there, or that this clone has given. FOLDERS, ended by NULL, are those that were
 * read. With WHOLE, all were, and files that are missing altogether are named, too. */
void check_days(struct checker *checker, const struct gathering *gathering,
		const char *const *folders, bool whole);

/* --- check_units.c --- */

/* Notes which unit the checker's form, just folded, is about. */
void check_unit_seen(struct checker *checker);
int check_order_units(const void *a, const void *b); /* struct unit_seen */
/* Once all files are read: names the forms that write a unit otherwise than another form does. */
void check_units(struct checker *checker, const struct gathering *gathering);

/* --- check_unique.c --- */

/* Notes what the checker's form, just folded, has that no other may have. */
void check_unique_seen(struct checker *checker);
int check_order_unique(const void *a, const void *b); /* struct unique_seen */
/* Once all files are read: names the tickets that have the same. */
void check_unique(struct checker *checker, const struct gathering *gathering);

/* Marks whether the file RELATIVE, whose text is given, is what was committed; or that nobody asks.
 */
void check_committed_file(struct checker *checker, const char *relative, const char *text,
			  size_t len);
void check_committed_skip(struct checker *checker, const char *relative);
/* Reports what was committed and does not stand in the files that are not marked as the same. */
void check_committed(struct checker *checker, const struct committed_files *files);

/* Checks what git was told in this clone. */
void check_driver(struct checker *checker, const struct git *git);

/* Checks the draws that a plan's documents record, by drawing again. */
void check_plan(struct checker *checker, const struct documents *documents);
/* Checks ROOT, a `drawn` document of the checker's form, against the draw in the plan it names. */
void check_choice(struct checker *checker, const struct node *root);

/* Checks the scores of a sheet's documents, which are valid by their schemas, by computing them
 * again, and the records they cite. */
void check_sheet(struct checker *checker, const struct documents *documents);

/* Checks what two clones say differently, or twice, in a person's register. */
void check_personnel(struct checker *checker, const struct documents *documents);

/* Checks what the documents of the checker's form, just folded, set and end: deadlines and
 * callbacks. */
void check_duties(struct checker *checker);

/* Computes again what the documents of the checker's form, just folded, say of prices and come to:
 * what each clone kept, two together may not. */
void check_amounts(struct checker *checker);

/* Checks who signed the steps of the checker's form that counted only then, and what. */
void check_signed(struct checker *checker);

#endif
