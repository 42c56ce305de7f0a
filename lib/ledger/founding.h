// SPDX-License-Identifier: MIT
// Makes a ledger, and prepares a clone of one: header, schemas, packs, calendar, first member,
// git's settings.
#ifndef KEFU_LEDGER_FOUNDING_H
#define KEFU_LEDGER_FOUNDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "book/book.h"

struct founding {
	const char *directory;    /* the new ledger; made if missing */
	const char *name;         /* of the desk */
	const char *zone;         /* IANA name or offset */
	const char *site;         /* this clone's site code */
	const char *person;       /* whoever makes it, in staff.yaml; NULL: as their login */
	const char *const *packs; /* names of shipped packs, or paths of pack files */
	size_t pack_count;
	bool test;
	bool shared;     /* several logins of one group record: folders get the setgid bit */
	int64_t clock;   /* seconds since 1970, read once */
	const char *now; /* the time to take instead, as typed, in a test ledger; or NULL */
	bool dry_run;
};

/* Makes a new ledger. STATUS_REFUSED when there is one already. Everything is checked before the
 * first file is written. kefu.yaml is written last: where ledger_found was interrupted there is no
 * ledger yet, and it can be run again. */
bool ledger_found(const struct founding *founding, struct err *err);

enum adopting {
	ADOPT_REPLACE = 1, /* the clone that had the code is gone for good, or has ours */
	ADOPT_SHARED = 2,  /* open the clone's folders to their group */
	ADOPT_DRY = 4,
};

/* Gives the clone that OPTIONS name its site code: writes .kefu/site, and lists the code in
 * kefu.yaml where it is missing. *ADDED says whether it was; then kefu.yaml is to be committed, so
 * that other clones know. STATUS_REFUSED when the clone has another code already, unless
 * ADOPT_REPLACE says that another clone has the same, and the new one is listed nowhere; and when
 * the code is listed, unless ADOPT_REPLACE says that its clone is gone. HOW is of enum adopting. */
bool ledger_adopt(const struct book_options *options, const char *site, unsigned how, bool *added,
		  struct err *err);

/* Tells git, in the repository that DIRECTORY lies in, to merge files of documents by PROGRAM,
 * which is ledger-merge; what it was told before is replaced. False when it could not be told, with
 * STATUS_NO where there is no repository. */
bool ledger_tell_git(const char *directory, const char *program, bool dry_run, struct err *err);

/* Whether the group of the ledger in DIRECTORY could not commit there: git's own folder, which
 * FOLDER gets, is closed to it. False where there is no repository, or none that shows. */
bool ledger_git_closed(const char *directory, struct buf *folder);

#endif
