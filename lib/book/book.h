// SPDX-License-Identifier: MIT
// An opened ledger: header, zone, staff, policy, schemas, this clone's site code. Reads only;
// lib/desk writes through its store.
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
#include "data/schema.h"
#include "data/zone.h"
#include "store/store.h"

enum { LEDGER_FORMAT = 1 };

#define LEDGER_HEADER "kefu.yaml"
#define LEDGER_STAFF "staff.yaml"
#define LEDGER_SITE ".kefu/site"

/* What of a ledger a command needs besides header and schemas. */
enum book_part {
	BOOK_STAFF = 1,
	BOOK_PACKS = 2,
	BOOK_SITE = 4, /* this clone's site code: for whoever records */
	BOOK_HINT = 8, /* the site code if there is one: readers understand today's numbers by it */
	BOOK_CALENDAR = 16,
	BOOK_HEADER = 32, /* with the zone and the clock; book_open reads it always */
	BOOK_POLICY = BOOK_PACKS | BOOK_CALENDAR,
};

struct book {
	struct arena arena;
	struct store store;
	char *path; /* of the ledger, absolute */
	struct node *header;
	const char *name;
	bool test; /* --now may set the clock for writers */
	struct zone zone;
	bool zone_open;
	struct calendar *calendar;
	struct schema_set *schemas;
	struct staff staff;
	struct policy *policy;
	char site[8];
	int64_t now; /* the one reading of the clock */
};

struct book_options {
	const char *directory; /* -C, NULL: $KEFU_LEDGER, else the working directory */
	int64_t clock;         /* seconds since 1970, read once */
	const char *now;       /* --now as typed, or NULL */
	bool writes;           /* --now is then for test ledgers only */
	unsigned parts;        /* of enum book_part */
};

/* Finds the ledger (kefu.yaml, upwards from the directory) and reads it. On
 * failure nothing stays open. STATUS_USAGE: no ledger; STATUS_DAMAGED: header,
 * schemas, staff, calendar or policy; STATUS_REFUSED: no site code. */
bool book_open(struct book *book, const struct book_options *options, struct err *err);
void book_close(struct book *book);

/* book_open in steps, for whoever goes on where a part is damaged: finding the
 * ledger, then each part by itself, the header first (the others need it). A
 * part that fails is not there, and the book stays open. */
bool book_find(struct book *book, const struct book_options *options, struct err *err);
bool book_load(struct book *book, const struct book_options *options, enum book_part part,
	       struct err *err);

/* Reads staff.yaml again, for whoever has just got the lock: what was borrowed from book->staff is
 * gone. */
bool book_refresh(struct book *book, struct err *err);

/* Reads a single-document YAML file of the ledger into the book's arena. */
bool book_read_yaml(struct book *book, const char *relative, struct node **root, struct err *err);

/* The compiled schema for EVENT of KIND's forms: schemas/KIND/EVENT.yaml, else
 * schemas/ticket/EVENT.yaml, else schemas/ticket/step.yaml. STATUS_REFUSED when EVENT is no name.
 */
const struct schema *book_event_schema(struct book *book, const char *kind, const char *event,
				       struct err *err);

/* Whether KIND's forms have a schema of their own for EVENT: then it is a step they know, whatever
 * the packs name. */
bool book_has_schema(struct book *book, const char *kind, const char *event);

/* Where form ID lies: a ticket at "tickets/2026/11/YL261121001.yaml", the file
 * of the customer in unit 3-1201 at "customers/3/3-1201.yaml". False
 * (STATUS_USAGE) when ID is neither. */
bool book_form_path(const char *id, struct buf *path, struct err *err);

/* Whether ID is a ticket's, not a customer's. */
bool book_is_ticket(const char *id);

/* Which form a person means: a whole ticket id, today's number ("7", "007"), a
 * customer by a unit with a hyphen ("3-1201") or behind an @ ("@5"). Full-width
 * characters count. */
bool book_resolve_id(const struct book *book, const char *typed, struct buf *id, struct err *err);

/* An instant as documents have it: RFC 3339 with the offset of the ledger's zone. A string node in
 * ARENA. */
struct node *book_time(const struct book *book, struct arena *arena, int64_t instant);
/* The same as text. */
const char *book_time_text(const struct book *book, struct arena *arena, int64_t instant);

/* Who runs the program: the login of the real user id in staff.yaml, now.
 * LOGIN is for messages. NULL with STATUS_REFUSED when not known. */
const struct member *book_actor(const struct book *book, struct err *err);

/* The OS login of the real user id, in the book's arena; NULL with ERR. Never $USER. */
const char *book_login(struct arena *arena, struct err *err);

#endif
