// SPDX-License-Identifier: MIT
// Reads every *.yaml below some folders, in several threads, with little memory. Keeps nothing,
// sorts nothing, follows no link.
#ifndef KEFU_STORE_WALK_H
#define KEFU_STORE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/file.h"

/* Called for each file, in no order, from several threads at once, but never
 * twice at once with the same STATE. TEXT is terminated and valid until the
 * call returns. When PROBLEM is not NULL the file (or folder) could not be
 * read and TEXT is NULL; its place is RELATIVE. Returning false ends the
 * walk. */
typedef bool (*walk_visit)(void *state, const char *relative, const char *text, size_t len,
			   const struct err *problem);

struct walk_options {
	const char *const
		*folders;    /* relative to the root, ended by NULL; a missing one is empty */
	void *const *states; /* one for each thread */
	unsigned threads;    /* at least 1 */
	size_t max;          /* bytes of the largest file; larger ones are problems */
	bool strays;         /* files not named *.yaml are problems too, not passed over */
	walk_visit visit;
};

/* How many threads suit this machine: the processors this process may use, at most 8. */
unsigned walk_threads(void);

/* Reads the tree as other processes go on writing it: each file is one whole
 * version; one created, moved or removed meanwhile may be seen or not. Names
 * beginning with a dot are passed over. Symbolic links and anything else
 * that is no folder and no plain file is a problem (STATUS_DAMAGED). When a
 * thread cannot be started the others do its work. Returns false when a visit
 * returned false. */
bool walk_tree(const struct root *root, const struct walk_options *options);

#endif
