// SPDX-License-Identifier: MIT
// Makes the text of documents: nothing else makes text for a ledger. Judges by the schema alone and
// writes no file.
#ifndef KEFU_RECORD_RENDER_H
#define KEFU_RECORD_RENDER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"
#include "data/schema.h"

/* Adds the text of DOCUMENT to TEXT, which is what its file holds so far. Brings its keys into
 * SCHEMA's order, checks it against SCHEMA, writes it as canonical text, reads that back, and
 * compares the two.
 *
 * STATUS_REFUSED, with TEXT as it was, where SCHEMA forbids the document, where it would read back
 * as something else, and where the file would grow beyond FORM_MAX_BYTES. */
bool render_document(const struct schema *schema, struct node *document, struct buf *text,
		     struct err *err);

/* The first two of these steps: for a document that is yet to be judged, and must not hold values
 * of other types than the judges expect. */
bool render_check(const struct schema *schema, struct node *document, struct err *err);

/* The same for ROOT, a file of settings (kefu.yaml): one map without the markers that documents
 * have. Whoever wrote it chose the order of its keys, so that stays. */
bool render_settings(const struct schema *schema, const struct node *root, struct buf *text,
		     struct err *err);

#endif
