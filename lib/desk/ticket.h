// SPDX-License-Identifier: MIT
// Recording steps of tickets: who acts, when, judged, with what they make due, written by the store's protocol.
#ifndef KEFU_DESK_TICKET_H
#define KEFU_DESK_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

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
	const char *linked;  /* a new form that this brought about, or NULL */
	const char *text;    /* of the documents added, as they stand in the file */
	struct node *notes;  /* list of strings: what is worth telling the person */
};

/* A document as a command builds it: a map with `event`, fields added by
 * ticket_field. KIND chooses the schema where the form's kind is known. */
struct node *ticket_document(struct arena *arena, const char *event);
bool ticket_field(struct book *book, struct arena *arena, struct node *document, const char *kind, const char *field,
		  const char *typed, struct err *err);

/* Whether the packs know DOCUMENT's kind, category and severity, as far as it
 * names them, and they go together. STATUS_REFUSED lists what is allowed. */
bool ticket_names(const struct book *book, const struct node *document, struct err *err);

/* Opens a new ticket. FIELDS is its `opened` document without what the
 * library adds (seq, id, at, …); kind, category and severity are found in the
 * text by the policy's patterns where they are missing, and said in
 * `classified` and the notes. */
bool ticket_open(struct book *book, struct arena *arena, const struct request *request, struct node *fields,
		 struct recorded *out, struct err *err);

/* Records COUNT steps on form ID in one write, each judged after the one
 * before. An unsatisfied answer that settles a callback adds the reopening,
 * or opens the linked ticket first. */
bool ticket_record(struct book *book, struct arena *arena, const struct request *request, const char *id,
		   struct node *const *documents, size_t count, struct recorded *out, struct err *err);

/* Reads form ID into FORM; TEXT holds its bytes and must live as long.
 * STATUS_USAGE when there is no such form. */
bool ticket_read(struct book *book, const char *id, struct form *form, struct buf *text, struct err *err);

/* Who acts when BY (or NULL) is asked for: *BY_MEMBER, and *VIA when somebody
 * else's login records it. Used by every command that records. */
bool ticket_actors(struct book *book, const char *by, const struct member **by_member, const struct member **via,
		   struct err *err);

#endif
