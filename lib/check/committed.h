// SPDX-License-Identifier: MIT
// Which files of documents a ledger's git repository holds, in a commit and in those after it.
// Reads no file of the ledger, trusts neither git's index nor its configuration.
#ifndef KEFU_CHECK_COMMITTED_H
#define KEFU_CHECK_COMMITTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "store/file.h"
#include "store/git.h"

enum committed_state {
	COMMITTED_UNSEEN, /* no file of that path was found */
	COMMITTED_STANDS, /* the file is what was committed, or is not asked about */
	COMMITTED_DIFFERS,
};

/* One content of one file. A path may have several. */
struct committed {
	const char *path;                 /* beneath the ledger; in the arena */
	unsigned char blob[DIGEST_BYTES]; /* as by digest_blob */
	size_t commit;                    /* of committed_files.commits */
	enum committed_state state;
};

struct committed_files {
	struct git git;
	struct arena arena;
	struct committed *items; /* by path, each path's in the order of their commits; heap */
	size_t count;
	const char **commits; /* their names as hex; the first is the one asked for; heap */
	size_t commit_count;
	bool sha256; /* the repository's object format */
};

/* Lists what stood in the commit SINCE, in its parents if it is a merge, in every commit that HEAD
 * has and it has not, and in what is just being merged. Without SINCE: in HEAD and in the parents
 * of the last merge up to it; nothing where there is no repository or nothing committed yet. EVER,
 * which takes no SINCE: in every commit that HEAD has. False with STATUS_USAGE when SINCE or EVER
 * cannot be done, with STATUS_SYSTEM when git cannot read the repository. Clear FILES even then. */
bool committed_read(struct committed_files *files, const char *ledger, const char *since, bool ever,
		    struct err *err);
void committed_clear(struct committed_files *files);

/* The items of PATH, or of the files below it: the first, and in COUNT how many. */
struct committed *committed_find(const struct committed_files *files, const char *path,
				 size_t *count);

/* Marks what stands as it was: by size, times and place on the disk, where they are those that git
 * has written down for that content, else by the content itself. */
bool committed_compare(struct committed_files *files, const struct root *root, struct err *err);

#endif
