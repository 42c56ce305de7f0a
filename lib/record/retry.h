// SPDX-License-Identifier: MIT
// Retries: whether what is asked for was recorded before, under the same --request-id. Records
// nothing.
#ifndef KEFU_RECORD_RETRY_H
#define KEFU_RECORD_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/document.h"
#include "record/request.h"

enum { RETRY_DAYS = 7 }; /* how long a request id is remembered */

/* What may have been asked for, and recorded, before. */
struct retry {
	struct book *book;
	struct arena *arena;
	const struct request *request;
	int64_t at; /* when it happened; compared only if the request has an --at */
	struct node *const
		*documents; /* as the person gave them, before recording added anything */
	size_t count;
	/* The fields that recording may add to such documents, ended by NULL; or NULL. Such a field
	 * counts as a difference between two requests only if the person has given it. */
	const char *const *added;
};

/* Since when request ids are remembered now: the same time of the day, RETRY_DAYS days before. */
int64_t retry_since(const struct book *book);

/* Whether DOCUMENT was recorded under REQUEST_ID (NULL: it was not), and that is remembered. */
bool retry_remembers(const struct book *book, const struct document *document,
		     const char *request_id);

/* Looks for the documents that are asked for among BEFORE, the COUNT documents of form ID. If all
 * of them are there, in order, sets OUT->repeated, first and last. If no document has the request
 * id, OUT stays as it is. STATUS_REFUSED if something else was recorded under it. */
bool retry_find(const struct retry *retry, const char *id, const struct document *before,
		size_t count, struct recorded *out, struct err *err);

#endif
