// SPDX-License-Identifier: MIT
// Recording a document in one of the ledger's files: under the lock, by a person, at a time, once.
// What is asked of the document is its caller's to judge; its text is render.h's.
#ifndef KEFU_RECORD_RECORD_H
#define KEFU_RECORD_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/document.h"
#include "record/request.h"
#include "store/store.h"

/* Adds a note, in ARENA. */
void record_note(struct recorded *recorded, struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* --- who acts, and when --- */

/* Members are borrowed from the book's staff, until that is read again. */
struct acting {
	const struct member *by;  /* the person who acts */
	const struct member *via; /* whose login records it for them; NULL: their own */
	int64_t at;               /* when it happened */
};

/* The member whose login records it: VIA, or BY. */
const struct member *acting_login(const struct acting *acting);

/* Finds out who acts, now, where BY is asked for (NULL: the login itself). A login may record for
 * another person where it is a station, an administrator's, or has a role that records for others;
 * or where what it records is its own approval of what that person asks for (OWN_APPROVAL).
 * STATUS_REFUSED where it may not, and where either is nobody who works here; STATUS_USAGE where a
 * station does not say for whom. */
bool record_actors(struct book *book, const char *by, bool own_approval, struct acting *acting,
		   struct err *err);

/* What recording begins with: takes the lock, reads staff.yaml again, which may have changed while
 * we waited, and finds out who acts and when. A dry run takes no lock. The caller unlocks the
 * book's store, also after a failure. STATUS_REFUSED also for a time that lies ahead. */
bool record_begin(struct book *book, const struct request *request, bool own_approval,
		  struct acting *acting, struct err *err);

/* --- the document --- */

/* Puts into DOCUMENT what every document says of its recording: seq, site, at, by and so on; and,
 * where it begins a form, the form's ID and what it was caused by (ID is NULL else). */
void record_head(struct book *book, struct arena *arena, const struct request *request,
		 const struct acting *acting, struct node *document, const char *id, int64_t seq);

/* --- numbers: none that was given is given again --- */

/* The number a document gets that comes behind LAST, the highest in the file PATH (0: there is
 * none): one more than that, or than the highest this clone has given there. */
bool record_next(const struct book *book, const char *path, int64_t last, int64_t *next,
		 struct err *err);

/* The mark of the number that document SEQ of PATH uses: of a ticket's first document, the ticket's
 * number in its day. The key lives in ARENA. */
struct mark record_mark(struct arena *arena, const char *path, int64_t seq);

/* The key under which the numbers of a day are marked, for the ticket ID. In ARENA. */
const char *record_day_key(struct arena *arena, const char *id);

/* Writes TEXT, to which render_document has added, as the whole file PATH, whose last document is
 * SEQ. The lock is held. A dry run writes nothing, and answers as if it had. */
enum store_result record_write(struct book *book, const struct request *request, const char *path,
			       int64_t seq, const struct buf *text, enum store_mode mode,
			       struct err *err);

/* Whether the file is in place after record_write answered RESULT, confirmed or not. */
bool record_stands(enum store_result result, const struct err *err);

/* For a retry that has found what it asks for in PATH, up to OUT->last: has the disk confirm it
 * again, and sets OUT->in_place. */
bool record_confirm(struct book *book, const struct request *request, const char *path,
		    struct recorded *out, struct err *err);

/* --- the whole of recording one document, for files that are no forms --- */

enum posting_place {
	POSTING_BEGINS, /* it is the first of its file; STATUS_REFUSED when the file is there */
	POSTING_ADDS,   /* it comes after others; STATUS_USAGE when there is no such file */
	POSTING_EITHER,
};

struct recording;

/* A document, and the file it belongs into. */
struct posting {
	const char *path;      /* of the file, beneath the ledger */
	const char *id;        /* what the file is called in messages and output */
	bool without_id;       /* the first document does not carry ID, as all others' do: for
				  staff.yaml, which is known by its name */
	const char *schema;    /* URI of the document's schema */
	struct node *document; /* event and fields; the head is added to it */
	enum posting_place place;
	const char *const *added; /* the fields that judging may add, for telling a retry
				     (record/retry.h) */

	/* Called under the lock with the head in place, before the schema is
	 * asked; may add fields. NULL: nothing is to be judged. */
	bool (*judge)(const struct recording *recording, struct err *err);

	/* Called with the text of the whole file as it would be written, for what only that shows.
	 * NULL: nothing is to be seen to. */
	bool (*verify)(const struct recording *recording, const char *text, size_t len,
		       struct err *err);

	void *context; /* for judge and verify */
};

/* What judge and verify are told. */
struct recording {
	struct book *book;
	struct arena *arena; /* the document's: what is added to it lives there */
	const struct posting *posting;
	const struct request *request;
	const struct acting *acting;
	const struct documents *before; /* what the file holds */
	struct recorded *out;
};

/* Locks, looks for a retry, judges, renders, writes and unlocks. Nobody is to hold the lock. OUT is
 * set whatever happens; ARENA is the document's. */
bool record_document(struct book *book, struct arena *arena, const struct request *request,
		     const struct posting *posting, struct recorded *out, struct err *err);

#endif
