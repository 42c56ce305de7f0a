// SPDX-License-Identifier: MIT
// What importers of foreign rows share: the rows that cannot be taken, with their reasons, and
// writing in batches, between which others can record. Knows nothing of what a row becomes.
#ifndef KEFU_RECORD_IMPORTING_H
#define KEFU_RECORD_IMPORTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "store/store.h"
#include "text/rows.h"

/* What becomes of a row. */
struct importing_row {
	size_t line;
	const char *key;    /* what it is called among the rejected; NULL: nothing */
	const char *reason; /* why it is rejected; NULL: it is not */
	bool already;       /* there is nothing to record */
};

/* Rows whose fate is known but for what happens meanwhile. */
struct importing {
	struct book *book;
	struct rows *rows;
	size_t count; /* of the rows that were read */
	bool dry_run;
	struct arena *arena; /* of reasons that are found while recording */

	/* The row INDEX, of COUNT. */
	struct importing_row *(*row)(void *context, size_t index);

	/* Makes of a row that is to be recorded what RECORD needs of it, or NULL: without the lock,
	 * which others may have in the meantime. */
	bool (*prepare)(void *context, struct arena *arena, const struct row *row, size_t index,
			void **prepared, struct err *err);

	/* Asks again, under the lock, what may have changed since the rows were read. NULL: nothing
	 * may. */
	bool (*begin)(void *context, struct err *err);

	/* Adds a row to BATCH, or sets its `already`. In a dry run BATCH is NULL: whether it could
	 * be written. Like PREPARE it fails with STATUS_REFUSED if this row alone cannot be. */
	bool (*record)(void *context, struct arena *arena, size_t index, void *prepared,
		       struct store_batch *batch, struct err *err);

	/* Gets the rejected rows before anything is written; if it fails, nothing is written. They
	 * are NDJSON: line, key, reason, and the columns of the row as far as they could be read.
	 * Called even when there are none, and again if more are rejected while recording. */
	bool (*rejects)(void *context, const char *ndjson, size_t len, size_t count,
			struct err *err);
	void *rejects_context;
	void *context; /* for the others */
};

/* What came of them: READ is the sum of the others. */
struct importing_result {
	size_t read, recorded, already, rejected;
};

/* Keeps in ROW, in ARENA, why it is rejected, and clears ERR. If ERR is no fault of the row, false,
 * and END gets it. */
bool importing_reject(struct importing_row *row, struct arena *arena, struct err *err,
		      struct err *end);

/* Records what is to be recorded, some rows at a time, taking the lock for each time. A failure is
 * STATUS_UNDURABLE if some of it is written: the same again completes it. */
bool importing_run(const struct importing *importing, struct importing_result *out,
		   struct err *err);

/* Whether OUT tells what is in place after importing_run returned DONE. */
bool importing_stands(bool done, const struct err *err);

#endif
