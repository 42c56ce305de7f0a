// SPDX-License-Identifier: MIT
// Runs git on the repository in which a folder lies, and reads what it says. Git gets an
// environment of its own and starts no program that the repository's configuration names: such a
// repository may be somebody else's.
#ifndef KEFU_STORE_GIT_H
#define KEFU_STORE_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

struct git {
	char *top;    /* the folder in which .git lies; heap; NULL: there is none */
	char *prefix; /* from there to the folder, with "/" behind it; "" where both are one */
};

/* Looks for the repository of FOLDER without running git. git->top stays NULL when FOLDER lies in
 * none. False only when FOLDER cannot be found out. Clear GIT even then. */
bool git_find(struct git *git, const char *folder, struct err *err);
void git_clear(struct git *git);

/* A running git. */
struct git_process {
	const struct git *git;
	FILE *output; /* what git prints; the caller reads it, git_end closes it */
	pid_t child;
	int complaints; /* what git says on stderr */
};

/* Starts git with ARGUMENTS, ended by NULL, at git->top; INPUT is what it reads, NULL: nothing.
 * Only commands that neither look into the work tree nor go over a network are safe: rev-parse,
 * rev-list, ls-tree, ls-files, diff-tree, cat-file, check-attr, config. */
bool git_start(const struct git *git, const char *const *arguments, const struct buf *input,
	       struct git_process *process, struct err *err);
/* Waits for the end, which comes even where the output was not read to its end. False with
 * STATUS_SYSTEM and what git said, when git failed. */
bool git_end(struct git_process *process, struct err *err);

/* All of it. OUT is emptied first, and gets git's output without a line break at its end. */
bool git_read(const struct git *git, const char *const *arguments, struct buf *out,
	      struct err *err);

#endif
