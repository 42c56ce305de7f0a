// SPDX-License-Identifier: MIT
// Opens tickets and customers' files and adds steps to them. A step that is refused leaves every
// file as it was.
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
#include "ticket/number.h"

/* A document as a command begins it: a map with `event`, in ARENA. */
struct node *ticket_document(struct arena *arena, const char *event);

/* Puts into DOCUMENT the FIELD that somebody TYPED, as value_set does. KIND, of the form it is for,
 * chooses among the schemas of its event; NULL where it is not known. */
bool ticket_field(struct book *book, struct arena *arena, struct node *document, const char *kind,
		  const char *field, const char *typed, struct err *err);

/* Whether the packs have the kind, category and severity that DOCUMENT names (any of them may be
 * missing), and whether these go together. STATUS_REFUSED says which are allowed. */
bool ticket_names(const struct book *book, const struct node *document, struct err *err);

/* Opens a ticket, or a customer's file where that is its kind. FIELDS is the `opened` document
 * without what recording adds. If kind, category or severity of a ticket are not given, they are
 * found from the text by the patterns of the policy; OUT's notes name those that were found, and so
 * does the document (`classified`). Fails as record_begin does, with STATUS_REFUSED by a schema or
 * a rule, and as store_write. */
bool ticket_open(struct book *book, struct arena *arena, const struct request *request,
		 struct node *fields, struct recorded *out, struct err *err);

/* The same with COUNT steps that are recorded in the new form at once, each judged as if those
 * before it stood in the file: all of them or none. */
bool ticket_open_with(struct book *book, struct arena *arena, const struct request *request,
		      struct node *fields, struct node *const *steps, size_t count,
		      struct recorded *out, struct err *err);

/* Records COUNT steps on form ID, all of them or none, each judged as if those before it stood in
 * the file. What an unsatisfied answer brings about is recorded with it: the reopening in the same
 * write, or a ticket that is opened, and written, before the answer that names it. A step that is a
 * retry records nothing. STATUS_USAGE when there is no such form; else fails as ticket_open. */
bool ticket_record(struct book *book, struct arena *arena, const struct request *request,
		   const char *id, struct node *const *documents, size_t count,
		   struct recorded *out, struct err *err);

/* --- for the daily plan, which records what time brings about --- */

/* A document that is added to a form, and the time at which it happened. */
struct addition {
	struct node *document;
	int64_t at;
};

/* Fills TEXT, which is empty, with the whole file of form ID and COUNT documents added. No rule
 * about steps judges these documents, but the deadlines and callbacks that they bring about are put
 * in. LAST gets the number of the last one. SEEN is how many documents the form had when this was
 * decided on: if it has others by now, *CHANGED becomes true, and TEXT stays empty. The caller
 * holds the lock, and writes the text. */
bool ticket_compose(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, const char *id, const struct addition *additions,
		    size_t count, size_t seen, struct buf *text, int64_t *last, bool *changed,
		    struct err *err);

/* Opens a ticket in the same way, and writes it; OUT->id is its number. The caller holds the lock,
 * and has read NUMBERS, those of this month (number_read), before it took it. */
bool ticket_open_as(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, struct month_numbers *numbers, struct node *fields,
		    struct recorded *out, struct err *err);

/* --- reading --- */

/* Reads form ID into FORM; TEXT holds its bytes and must live as long. STATUS_USAGE when there is
 * no such form. */
bool ticket_read(struct book *book, const char *id, struct form *form, struct buf *text,
		 struct err *err);

#endif
