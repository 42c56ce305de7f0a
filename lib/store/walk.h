// SPDX-License-Identifier: MIT
// Reads every *.yaml file below some folders, in several threads, with little memory. Keeps
// nothing, sorts nothing, follows no link.
#ifndef KEFU_STORE_WALK_H
#define KEFU_STORE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/file.h"

/* Called for each file, in no order, from several threads at once, but never
 * twice at once with the same STATE. TEXT is terminated and valid until the
 * call returns. When PROBLEM is not NULL, the file or folder RELATIVE could not be
 * read and TEXT is NULL. Returning false ends the walk. */
typedef bool (*walk_visit)(void *state, const char *relative, const char *text, size_t len,
			   const struct err *problem);

struct walk_options {
	const char *const *
		folders; /* relative to the root, ended by NULL; a missing folder counts as empty */
	void *const *states; /* one for each thread */
	unsigned threads;    /* at least 1 */
	size_t max;          /* bytes of the largest file; larger ones are problems */
	bool strays;         /* report files not named *.yaml as problems; else they are skipped */
	walk_visit visit;
};

/* How many threads suit this machine: the processors this process may use, at most 8. */
unsigned walk_threads(void);

/* Other processes may write meanwhile: of each file one whole version is read; a
 * file that is created, moved or removed during the walk may be visited or not. Names
 * that begin with a dot are skipped. Symbolic links and whatever else is neither
 * folder nor plain file are problems (STATUS_DAMAGED). When a thread cannot be
 * started, the others do its work. Returns false when a visit returned false. */
bool walk_tree(const struct root *root, const struct walk_options *options);

#endif
