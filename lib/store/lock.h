// SPDX-License-Identifier: MIT
// One writer at a time, by a blocking flock(2) on a file, with a time limit. Never polls.
#ifndef KEFU_STORE_LOCK_H
#define KEFU_STORE_LOCK_H

#include <stdbool.h>

#include "base/err.h"
#include "store/file.h"

/* While the lock is held, its file contains the holder's process number; releasing
 * it blanks the file. So a number in a free lock means that its last holder
 * died while it was writing. */
struct lock {
	int fd;         /* -1: not held */
	bool abandoned; /* the last holder died without releasing it */
};

#define LOCK_INIT \
	{ \
		.fd = -1 \
	}

/* Waits at most TIMEOUT_MS (0: does not wait) for the file RELATIVE, which is
 * made when missing; its folder must exist. While it waits, it uses SIGALRM and
 * restores the process's own handler afterwards. Failure is STATUS_SYSTEM, or
 * STATUS_DAMAGED when something that is no plain file has this name. */
bool lock_take(struct lock *lock, const struct root *root, const char *relative,
	       unsigned timeout_ms, struct err *err);
void lock_release(struct lock *lock); /* does nothing when it is not held */

#endif
