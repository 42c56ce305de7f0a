// SPDX-License-Identifier: MIT
// Records a document in one of the ledger's files: under the lock, with the person who acts and the
// time, and only once if it is asked for twice. Does not judge the document, which its caller does,
// nor make its text, which render.h does.
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

/* Adds a note to RECORDED->notes, which the person will see. It is kept in ARENA. */
void record_note(struct recorded *recorded, struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* --- who acts, and when --- */

/* Whether WHEN lies in a year that ids can tell from others; STATUS_REFUSED says so of NAME. */
bool record_year(const struct zone *zone, int64_t when, const char *name, struct err *err);

/* Members are borrowed from the book's staff and are valid until that is read again. */
struct acting {
	const struct member *by;  /* the person who acts */
	const struct member *via; /* whose login records it for them; NULL: their own */
	int64_t at;               /* when it happened */
};

/* The member under whose login it is recorded: VIA if there is one, else BY. */
const struct member *acting_login(const struct acting *acting);

/* Whether MEMBER may record for others now: a station, an administrator, or who has a role that the
 * packs let do so. */
bool record_may_for_others(const struct book *book, const struct member *member);

/* Finds out who acts at the present time. BY is the person that was asked for; NULL stands for the
 * owner of the login. A login may record for another person if it is a station or an
 * administrator's, if it has a role that records for others, or (OWN_APPROVAL) if what it records
 * is its own approval of something that person asks for. STATUS_REFUSED if it may not, or if one of
 * the two does not work here; STATUS_USAGE if the login is a station and BY is NULL. */
bool record_actors(struct book *book, const char *by, bool own_approval, struct acting *acting,
		   struct err *err);

/* What recording begins with: takes the lock, reads staff.yaml again, which may have changed while
 * we waited, and finds out who acts and when. A dry run takes no lock, and fails where
 * it could not take one. The caller unlocks the book's store, also after a failure. Fails as
 * record_actors does, and with STATUS_REFUSED for a time in the future. */
bool record_begin(struct book *book, const struct request *request, bool own_approval,
		  struct acting *acting, struct err *err);

/* --- the document --- */

/* Puts into DOCUMENT what every document says of its recording: seq, site, at, by and so on. If it
 * begins a form, ID is the form's and is put in too, with what caused it; otherwise ID is NULL. */
void record_head(struct book *book, struct arena *arena, const struct request *request,
		 const struct acting *acting, struct node *document, const char *id, int64_t seq);

/* Puts into DOCUMENT, which has its head, which documents of other sites are in its file: BEFORE,
 * COUNT of them. Nothing where there are none, or where SCHEMA, the document's, has no place for
 * it. */
void record_seen(const struct book *book, struct arena *arena, const struct schema *schema,
		 const struct document *before, size_t count, struct node *document);

/* --- numbers: none that was given is given again --- */

/* The number a document gets that comes behind LAST, the highest in the file PATH (0: there is
 * none): one more than that, or than the highest this clone has given there. */
bool record_next(const struct book *book, const char *path, int64_t last, int64_t *next,
		 struct err *err);

/* The mark of the number that document SEQ of PATH uses: of a ticket's first document, the ticket's
 * number in its day. The key lives in ARENA. */
struct mark record_mark(struct arena *arena, const char *path, int64_t seq);

/* Writes TEXT, to which render_document has added, as the whole file PATH, whose last document is
 * SEQ. The lock is held. A dry run writes nothing and returns what writing
 * would, as far as that can be told. */
enum store_result record_write(struct book *book, const struct request *request, const char *path,
			       int64_t seq, const struct buf *text, enum store_mode mode,
			       struct err *err);

/* Whether the file is in place after record_write returned RESULT, whether or not the disk
 * confirmed it. */
bool record_stands(enum store_result result, const struct err *err);

/* For a retry that found in PATH, up to OUT->last, what it asks for: makes the file durable once
 * more and sets OUT->in_place. */
bool record_confirm(struct book *book, const struct request *request, const char *path,
		    struct recorded *out, struct err *err);

/* --- the whole of recording one document, for files that are no forms --- */

enum posting_place {
	POSTING_BEGINS, /* it begins its file; STATUS_REFUSED if the file exists already */
	POSTING_ADDS,   /* it is added to a file; STATUS_USAGE if that does not exist */
	POSTING_EITHER,
};

struct recording;

/* A document that is to be recorded, and the file it is added to. */
struct posting {
	const char *path; /* of the file, beneath the ledger */
	const char *id;   /* what the file is called in messages and output */
	bool without_id;  /* the first document of the file does not hold ID, as that of every other
			     file does: only for staff.yaml */
	const char *schema;    /* URI of the document's schema */
	struct node *document; /* event and fields; the head is added to it */
	enum posting_place place;
	const char *const *added; /* the fields that judging may add; they do not tell a retry apart
				     (record/retry.h) */

	/* Judges the document; may add fields to it. Called under the lock, after the head was put
	 * in and before the schema is checked. NULL: nothing has to be judged. */
	bool (*judge)(const struct recording *recording, struct err *err);

	/* Judges the whole file, whose TEXT is as it would be written. NULL: nothing has to be
	 * judged. */
	bool (*verify)(const struct recording *recording, const char *text, size_t len,
		       struct err *err);

	void *context; /* for judge and verify */
};

/* What judge and verify are given. */
struct recording {
	struct book *book;
	struct arena *arena; /* the arena of the document: whatever is added to the document lives
				there */
	const struct posting *posting;
	const struct request *request;
	const struct acting *acting;
	const struct documents *before; /* what the file holds before */
	struct recorded *out;
};

/* Takes the lock, looks for a retry, judges, renders, writes, and gives the lock back. The caller
 * must not hold the lock. OUT is set also on failure; ARENA is that of the document. */
bool record_document(struct book *book, struct arena *arena, const struct request *request,
		     const struct posting *posting, struct recorded *out, struct err *err);

#endif
