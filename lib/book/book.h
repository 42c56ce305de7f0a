// SPDX-License-Identifier: MIT
// An opened ledger: header, zone, staff, policy, schemas, this clone's site code. Reads only; the
// room record writes through its store.
#ifndef KEFU_BOOK_BOOK_H
#define KEFU_BOOK_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/policy.h"
#include "book/staff.h"
#include "data/calendar.h"
#include "data/deadline.h"
#include "data/language.h"
#include "data/schema.h"
#include "data/zone.h"
#include "store/store.h"

enum {
	LEDGER_FORMAT = 1,
	/* What two digits of a year in an id can say: what is recorded lies in these years. */
	LEDGER_YEAR_FIRST = 1970,
	LEDGER_YEAR_LAST = 2069,
};

#define LEDGER_HEADER "kefu.yaml"
#define LEDGER_LANGUAGE "zh" /* of a ledger whose header names none */
#define LEDGER_STAFF "staff.yaml"
#define LEDGER_SITE ".kefu/site"
#define LEDGER_CLONE ".kefu/clone" /* "CODE MARK": that this clone took CODE (see founded) */

/* The parts of a ledger that a command can ask for besides header and schemas. */
enum book_part {
	BOOK_STAFF = 1,
	BOOK_PACKS = 2,
	BOOK_SITE = 4, /* this clone's site code: commands that record need it */
	BOOK_HINT =
		8, /* the site code if there is one: readers complete short numbers ("7") with it */
	BOOK_CALENDAR = 16,
	BOOK_HEADER = 32, /* with the zone and the time of day; book_open always reads it */
	BOOK_POLICY = BOOK_PACKS | BOOK_CALENDAR,
};

struct book {
	struct arena arena;
	struct store store;
	char *path; /* of the ledger, absolute */
	struct node *header;
	const char *name;
	bool test; /* a ledger for tests: --now may set the time for commands that record */
	struct zone zone;
	bool zone_open;
	struct calendar *calendar;
	struct schema_set *schemas;
	struct staff staff;
	struct policy *policy;
	struct languages reader; /* whom screens and messages are for */
	struct languages own;    /* the ledger's: of titles that are written into documents, and of
				    those that programs get */
	char site[8];
	int64_t now; /* the time at which this command runs: the clock, or --now; later once
			somebody has written a text */
};

struct book_options {
	const char *directory; /* -C, NULL: $KEFU_LEDGER, else the working directory */
	int64_t clock;         /* seconds since 1970, read once */
	const char *now;       /* --now as typed, or NULL */
	bool writes;           /* the command records: --now is then refused outside test ledgers */
	unsigned parts;        /* of enum book_part */
};

/* Finds the ledger (kefu.yaml, upwards from the directory) and reads it. On
 * failure nothing stays open. STATUS_USAGE: no ledger; STATUS_DAMAGED: header,
 * schemas, staff, calendar or policy; STATUS_REFUSED: no site code. */
bool book_open(struct book *book, const struct book_options *options, struct err *err);
void book_close(struct book *book);

/* Whether TEXT can be a site code: two to four capital letters. */
bool book_is_site(const char *text);

/* Whether SITE, a code that the header lists, is not another clone's: of two clones that took one
 * code, the header says which has it (founded). */
bool book_owns_site(const struct book *book, const char *site);

/* book_open in steps, for commands that go on when a part is damaged: book_find, then
 * book_load for each part, the header first (the others need it). When a part fails it
 * is not there, and the book stays open. */
bool book_find(struct book *book, const struct book_options *options, struct err *err);
bool book_load(struct book *book, const struct book_options *options, enum book_part part,
	       struct err *err);

/* Reads staff.yaml again, as is needed after taking the lock. What was borrowed from book->staff
 * becomes invalid. */
bool book_refresh(struct book *book, struct err *err);

/* Reads a single-document YAML file of the ledger into the book's arena. */
bool book_read_yaml(struct book *book, const char *relative, struct node **root, struct err *err);

/* The compiled schema for EVENT of KIND's forms: schemas/KIND/EVENT.yaml, else
 * schemas/ticket/EVENT.yaml, else schemas/ticket/step.yaml. STATUS_REFUSED when EVENT cannot be the
 * name of a step. */
const struct schema *book_event_schema(const struct book *book, const char *kind, const char *event,
				       struct err *err);

/* Whether there is a schema just for EVENT of KIND's forms. Then EVENT is one of their steps even
 * if no pack names it. */
bool book_has_schema(struct book *book, const char *kind, const char *event);

/* Below 0, 0 or above: whether version A of kefu is older than B ("0.9.0" is older than "0.10.0").
 */
int version_compare(const char *a, const char *b);

/* Whether the header says that the schemas, the calendar or a pack are of an older version than
 * this one. A ledger of 0.1 does not say of which it is. */
bool book_is_older(const struct book *book);

/* Whether the ledger has the schema URI, which earlier versions did not ship; else STATUS_REFUSED,
 * with what brings it. */
bool book_needs_schema(const struct book *book, const char *uri, struct err *err);

/* Where form ID lies: a ticket at "tickets/2026/11/YL261121001.yaml", the file
 * of the customer in unit 3-1201 at "customers/3/3-1201.yaml". False
 * (STATUS_USAGE) when ID is neither. */
bool book_form_path(const char *id, struct buf *path, struct err *err);

/* Gives UNIT the letters of the customer's file that there is for the same unit (book/unit.h);
 * without one it stays as it is. */
void book_known_unit(const struct book *book, struct buf *unit);

/* Whether ID is a ticket's, not a customer's. */
bool book_is_ticket(const char *id);

/* ID gets the id of the form that a person means: a whole ticket id, today's number
 * ("7", "007"), or a customer by a unit that has a hyphen ("3-1201") or any unit after
 * an @ ("@5"). Full-width characters count as plain ones. Fails with STATUS_USAGE. */
bool book_resolve_id(const struct book *book, const char *typed, struct buf *id, struct err *err);

/* What of the calendar was known when something was RECORDED: entries that had become known by
 * the end of that day (schemas/calendar.yaml, `known`). */
struct calendar_known book_known(const struct book *book, int64_t recorded);

/* What deadlines are computed from when they are RECORDED. HOURS may be NULL. */
struct clock book_clock(const struct book *book, const struct hours *hours, int64_t recorded);

/* A string node in ARENA: INSTANT as it is written in documents, RFC 3339 with the offset of the
 * ledger's zone. */
struct node *book_time(const struct book *book, struct arena *arena, int64_t instant);
/* The same as text. */
const char *book_time_text(const struct book *book, struct arena *arena, int64_t instant);

/* The person who runs the program: whose login in staff.yaml is that of the real user id
 * at this time. NULL with STATUS_REFUSED when there is none. */
const struct member *book_actor(const struct book *book, struct err *err);

/* The OS login of the real user id, in the book's arena; NULL with ERR. Never $USER. */
const char *book_login(struct arena *arena, struct err *err);

#endif
