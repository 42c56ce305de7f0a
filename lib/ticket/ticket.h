// SPDX-License-Identifier: MIT
// Recording steps of tickets: who acts, when, judged, with what they make due, written by the
// store's protocol.
#ifndef KEFU_TICKET_TICKET_H
#define KEFU_TICKET_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"
#include "record/record.h"

/* A document as a command builds it: a map with `event`, fields added by
 * ticket_field. KIND chooses the schema where the form's kind is known. */
struct node *ticket_document(struct arena *arena, const char *event);
bool ticket_field(struct book *book, struct arena *arena, struct node *document, const char *kind,
		  const char *field, const char *typed, struct err *err);

/* Whether the packs know DOCUMENT's kind, category and severity, as far as it
 * names them, and they go together. STATUS_REFUSED lists what is allowed. */
bool ticket_names(const struct book *book, const struct node *document, struct err *err);

/* Opens a new ticket. FIELDS is its `opened` document without what the
 * library adds (seq, id, at, …); kind, category and severity are found in the
 * text by the policy's patterns where they are missing, and said in
 * `classified` and the notes. */
bool ticket_open(struct book *book, struct arena *arena, const struct request *request,
		 struct node *fields, struct recorded *out, struct err *err);

/* Records COUNT steps on form ID in one write, each judged after the one
 * before. An unsatisfied answer that settles a callback adds the reopening,
 * or opens the linked ticket first. */
bool ticket_record(struct book *book, struct arena *arena, const struct request *request,
		   const char *id, struct node *const *documents, size_t count,
		   struct recorded *out, struct err *err);

/* What a plan wants recorded on forms without anybody's asking, for a caller
 * that holds the lock and writes TEXT itself: the whole file of ID with
 * DOCUMENTS added, each as if it had happened at its AT, judged by no rule but
 * with what it makes due. */
struct happening {
	struct node *document;
	int64_t at;
};
bool ticket_compose(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, const char *id, const struct happening *happenings,
		    size_t count, struct buf *text, struct err *err);

/* The same for a ticket that is new: opens and writes it; OUT->id is its number. */
bool ticket_open_as(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, struct node *fields, struct recorded *out,
		    struct err *err);

/* Reads form ID into FORM; TEXT holds its bytes and must live as long.
 * STATUS_USAGE when there is no such form. */
bool ticket_read(struct book *book, const char *id, struct form *form, struct buf *text,
		 struct err *err);

#endif
