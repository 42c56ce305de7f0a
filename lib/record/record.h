// SPDX-License-Identifier: MIT
// Recording a document in a file of documents: who acts, when, retried or new, judged, written by
// the store's protocol.
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
#include "store/store.h"

/* What a command wants recorded. */
struct request {
	const char *by;         /* --by, or NULL: who runs the program */
	const char *at;         /* --at as typed, or NULL: now */
	const char *request_id; /* or NULL */
	const char *override;   /* the reason for overriding a refusal, or NULL */
	bool dry_run;           /* do everything but write */
	const char *cause;      /* ID#seq of the document that brings this about, or NULL */
};

/* What was recorded. Texts live in the arena given. */
struct recorded {
	const char *id;      /* of the form */
	int64_t first, last; /* seq of the documents added, or of those a retry found */
	bool repeated;       /* a retry: it had been recorded before */
	/* It stands in the ledger, or would but for the dry run. True as well where the disk did
	 * not confirm it, and the call failed with STATUS_UNDURABLE. */
	bool in_place;
	const char *linked; /* a new form that this brought about, or NULL */
	const char *text;   /* of the documents added, as they stand in the file */
	struct node *notes; /* list of strings: what is worth telling the person */
};

/* Adds a note, in ARENA. */
void record_note(struct recorded *recorded, struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Who acts, and when it happened. Borrowed from the book's staff. */
struct acting {
	const struct member *by;
	const struct member *via; /* the login that records it for BY; NULL: BY's own */
	int64_t at;
};

/* Whose login records it. */
const struct member *acting_login(const struct acting *acting);

/* Who acts when BY (or NULL) is asked for. LENT: the login may record for BY
 * whatever its roles. STATUS_REFUSED when it may not, when BY is nobody here. */
bool record_actors(struct book *book, const char *by, bool lent, struct acting *acting,
		   struct err *err);

/* Takes the lock (not for a dry run), reads again what may have changed while
 * waiting for it, and finds who acts and when. The caller unlocks the book's
 * store, also after a failure. */
bool record_begin(struct book *book, const struct request *request, bool lent,
		  struct acting *acting, struct err *err);

/* Gives DOCUMENT the head every document has; ID for the first of a form, else NULL. */
void record_head(struct book *book, struct arena *arena, const struct request *request,
		 const struct acting *acting, struct node *document, const char *id, int64_t seq);

/* A copy of DOCUMENT without what record_head gives it: what it says, whoever recorded it when. */
struct node *record_content(struct arena *arena, const struct node *document);

/* Writes TEXT, to which render_document (record/render.h) has added, as the whole file PATH;
 * a dry run only says that it was written. The lock must be held. */
enum store_result record_write(struct book *book, const struct request *request, const char *path,
			       const struct buf *text, enum store_mode mode, struct err *err);

/* Whether what record_write answered RESULT to is in place, confirmed or not. */
bool record_stands(enum store_result result, const struct err *err);

/* For a retry that has found its record in PATH: asks the disk for it again. */
bool record_confirm(struct book *book, const struct request *request, const char *path,
		    struct recorded *out, struct err *err);

/* --- one document in a file that is no ticket --- */

enum posting_place {
	POSTING_BEGINS, /* the file: STATUS_REFUSED when it is there */
	POSTING_ADDS,   /* to the file: STATUS_USAGE when it is not there */
	POSTING_EITHER,
};

struct recording; /* see below */

struct posting {
	const char *path;   /* of the file, beneath the ledger */
	const char *id;     /* what the form is called, for messages and output; its first document
			       carries it */
	const char *schema; /* URI of the document's schema */
	enum posting_place place;
	const char *const *added; /* as in a retry: fields that judging adds */
	bool anonymous;           /* unless so: the file is a register */
	struct node *document;    /* event and fields; the head is added to it */
	/* Called under the lock with the head in place, before the schema is
	 * asked; may add fields. NULL: nothing to judge. */
	bool (*judge)(const struct recording *recording, struct err *err);
	/* Called with the whole text that would be written. NULL: nothing to see to. */
	bool (*verify)(const struct recording *recording, const char *text, size_t len,
		       struct err *err);
	void *context; /* the caller's */
};

/* What judge and verify are told. */
struct recording {
	struct book *book;
	struct arena *arena; /* the document's: what is added to it lives there */
	const struct posting *posting;
	const struct request *request;
	const struct acting *acting;
	const struct documents *before; /* those that are there */
	struct recorded *out;
};

/* Records it: locks, judges, writes, unlocks. A document under the same
 * --request-id that stands there already is a retry, if it asks for the same. */
bool record_document(struct book *book, struct arena *arena, const struct request *request,
		     const struct posting *posting, struct recorded *out, struct err *err);

#endif
