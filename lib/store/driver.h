// SPDX-License-Identifier: MIT
// Git's merge driver for files of documents: how git is told to run ledger-merge, so that no side
// of a merge is ever lost; whether it was told.
#ifndef KEFU_STORE_DRIVER_H
#define KEFU_STORE_DRIVER_H

#include <stdbool.h>

#include "base/err.h"
#include "store/git.h"

/* Sets merge.kefu.driver in the configuration of GIT's repository, in place of any other: a shell
 * command that runs PROGRAM, a path of ledger-merge, or if that is not there, whichever is in PATH.
 * Where neither can be run, or it refuses, both sides are left in the file as they are, between
 * conflict markers. */
bool driver_install(const struct git *git, const char *program, struct err *err);

enum driver_state {
	DRIVER_READY,
	DRIVER_MISSING, /* git merges lines, and leaves markers where it cannot */
	DRIVER_OTHER,   /* another command, which may lose a side: that of an earlier kefu */
	DRIVER_GONE,    /* the program that it names is not there any more */
	DRIVER_UNKNOWN, /* git cannot be asked: ERR is set */
};
enum driver_state driver_look(const struct git *git, struct err *err);

#endif
