// SPDX-License-Identifier: MIT
// The folders of a ledger that hold files of documents, and the folders with the schemas of these
// documents. Reads nothing.
#ifndef KEFU_BOOK_FAMILY_H
#define KEFU_BOOK_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

struct family {
	const char *folder;  /* beneath the ledger: "tickets" */
	const char *schemas; /* beneath schemas/, a file for each event: "ticket" */
	bool is_form; /* its files are forms (book/form.h), with deadlines and callbacks; otherwise
			 other code reads them */
};

/* Ended by a NULL folder. */
extern const struct family families[];

/* The family whose folder PATH is, or lies in; NULL when there is none. */
const struct family *family_of(const char *path);

#endif
