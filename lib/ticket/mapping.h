// SPDX-License-Identifier: MIT
// Turns a row of another system's file into a document, by a mapping: which column is which field,
// which word means which of ours, how times are written. Reads no file, writes nothing.
#ifndef KEFU_TICKET_MAPPING_H
#define KEFU_TICKET_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "data/zone.h"

struct mapping_field;

struct mapping {
	struct arena arena;
	struct book *book;
	const char *file;                 /* for messages */
	const char *source;               /* what the other system is called */
	const char *format;               /* "csv", "ndjson"; NULL: by the file's name */
	const char *encoding, *delimiter; /* NULL: not given */
	const struct node *columns;       /* of CSV without a heading; NULL: it has one */
	const struct node
		*used;   /* list: every column the mapping names, each once, with its place */
	bool keeps_rest; /* all other columns are kept, under `other` */
	bool owes_callbacks, owes_deadlines;
	bool unlisted; /* kinds, categories and severities that no pack has are accepted */

	const struct node *key, *other;
	const char *const *times;    /* formats (data/time_read.h), ended by NULL */
	const struct schema *schema; /* of what it makes: schemas/ticket/imported.yaml */
	struct mapping_field *fields;
	size_t field_count;
	struct zone zone;
	bool zone_open;
};

/* Reads a mapping (schemas/mapping.yaml) for BOOK, which outlives it and has
 * its policy. Fails with STATUS_DAMAGED and the place in FILE; MAPPING may be
 * cleared after a failure, too. */
bool mapping_read(struct mapping *mapping, struct book *book, const char *file, const char *text,
		  size_t len, struct err *err);
void mapping_clear(struct mapping *mapping);

/* The key of ROW (a map of its columns), by which it differs from all other rows of its source. In
 * ARENA. STATUS_REFUSED when a key column is empty. */
bool mapping_key(const struct mapping *mapping, struct arena *arena, const struct node *row,
		 const char **key, struct err *err);

/* SHA-256 of all of ROW's columns, whatever their order: its JSON with sorted keys. */
void mapping_digest(const struct node *row, char digest[DIGEST_TEXT]);

/* SHA-256 of what ROOT, an `imported` document, says by the columns that MAPPING names: the same
 * for one that is recorded and for one that is made of the same row with other columns beside. */
void mapping_content(const struct mapping *mapping, const struct node *root,
		     char digest[DIGEST_TEXT]);

/* The times that a row gives. */
struct mapped_times {
	int64_t at, finished, closed; /* MAPPED_NEVER: it does not say */
};

#define MAPPED_NEVER INT64_MIN

/* Adds ROW's fields to DOCUMENT: at, kind, state, other and whatever else the
 * mapping names, but not `source`. Values live in ARENA. STATUS_REFUSED, with
 * the field and the reason, when the row cannot be taken. */
bool mapping_apply(const struct mapping *mapping, struct arena *arena, const struct node *row,
		   struct node *document, struct mapped_times *times, struct err *err);

#endif
