// SPDX-License-Identifier: MIT
// Append-only files: their numbered documents, the order of these, and the union of two versions of
// a file. Does not know what an event does.
#ifndef KEFU_BOOK_DOCUMENT_H
#define KEFU_BOOK_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"
#include "book/event.h"

enum { SEQ_MAX = 1000000000 }; /* of what is read: one more can be counted */

struct document {
	struct node *root;
	struct node *now; /* as corrections of its form that name it have it; NULL: as recorded */
	bool undone;      /* a reopening that a later document of its form takes back */
	const char *
		text; /* its bytes as recorded, from "---" past "...\n"; borrowed, not terminated */
	size_t len;
	unsigned line; /* of its first line */
	int64_t seq;
	int64_t known;     /* the number it is cited by: SEQ, unless it was renumbered */
	const char *event; /* its name, borrowed from root */
	enum event which;  /* the same as an enum; EVENT_NAMED for events only a policy knows */
	const char *site;  /* of the clone that recorded it; NULL if it does not say */
	int64_t at;        /* when it happened */
	int64_t recorded;  /* when it was recorded; AT if the document does not say */
};

struct documents {
	struct document *items; /* in order, in the arena */
	size_t count;
	bool unordered; /* the file's order was not (seq, digest), or it holds a document twice */
	unsigned repeated; /* line of a document that appears a second time (it counts once); 0:
			      none */
	size_t read_len;   /* bytes of the file that could be read as documents */
};

/* Reads a file of documents. Only their bytes are borrowed from TEXT, the rest
 * lives in ARENA, which should be empty: it is reset on the way. On failure
 * ERR has STATUS_DAMAGED and a place, and OUT the documents before the damage. */
bool documents_read(struct arena *arena, const char *file, const char *text, size_t len,
		    struct documents *out, struct err *err);

/* Whether one clone recorded both, or neither says which did. */
bool document_same_site(const struct document *a, const struct document *b);

/* Whether the clone that recorded DOCUMENT had EARLIER in the file then. FIRST is the file's first
 * document, both are of its array. That is so of what the site recorded itself, and of what the
 * document says its site had `seen`. Documents of versions that did not say it know what has a
 * smaller number. */
bool document_knows(const struct document *first, const struct document *document,
		    const struct document *earlier);

/* What EVENT_RENUMBERED says: two documents had one number, and the one with this SHA-256 is cited
 * by another from then on. Where it stands does not change. False when ROOT does not say so. */
struct renumbering {
	int64_t number, as;
	const char *digest; /* borrowed */
};
bool document_renumbering(const struct node *root, struct renumbering *renumbering);

/* The one of COUNT documents that RENUMBERING is about; NULL when there is none. */
struct document *document_renumbered(struct document *documents, size_t count,
				     const struct renumbering *renumbering);

/* Fills seq, event, at, … from document->root. */
bool document_open(struct document *document, const char *file, struct err *err);

/* What DOCUMENT says by now: with the corrections of its form that name it. */
const struct node *document_now(const struct document *document);

/* The event of ROOT, a document that is to be recorded. */
enum event document_event(const struct node *root);

/* A copy of ROOT without what recording says of itself (seq, site, at, by and so on): what the
 * document says, whoever recorded it when. */
struct node *document_content(struct arena *arena, const struct node *root);

/* Whether A and B are the same event with the same fields, whoever recorded them when, and whatever
 * they made due and ended. */
bool document_same_content(const struct document *a, const struct document *b);

/* The step that DOCUMENT is for rules: its event; but `reopened` is the step `opened`, as it opens
 * the form's next cycle. */
const char *document_step(const struct document *document);

/* The order documents stand in: by seq, then by SHA-256 of their bytes. */
int document_compare(const struct document *a, const struct document *b);

/* The union of two versions of a file, in order: commutative, associative,
 * idempotent. Fails (STATUS_REFUSED) when they begin with different documents: then
 * they are not versions of the same file; but the file of a customer, a person, a sheet or an
 * answer can be begun by two sites. */
bool documents_merge(const struct documents *ours, const struct documents *theirs, struct buf *out,
		     struct err *err);

/* OUT gets the time, or the text, at KEY of MAP. When it is missing or something else, ERR has
 * STATUS_DAMAGED, the key, and the place in FILE. */
bool document_time(const char *file, const struct node *map, const char *key, int64_t *out,
		   struct err *err);
bool document_name(const char *file, const struct node *map, const char *key, const char **out,
		   struct err *err);

#endif
