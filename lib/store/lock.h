// SPDX-License-Identifier: MIT
// One writer at a time: a blocking flock(2) on a file, given up after a while. Never polls.
#ifndef KEFU_STORE_LOCK_H
#define KEFU_STORE_LOCK_H

#include <stdbool.h>

#include "base/err.h"
#include "store/file.h"

/* While it is held the lock file shows the holder's process number, in
 * between nothing: whoever finds a number in a free lock knows that the
 * holder before died at work. */
struct lock {
	int fd;         /* -1: not held */
	bool abandoned; /* the holder before died at work */
};

#define LOCK_INIT \
	{ \
		.fd = -1 \
	}

/* Waits at most TIMEOUT_MS (0: does not wait) for the file RELATIVE, which is
 * made when missing; its folder must be there. While waiting, SIGALRM is
 * taken over from the process and given back after. Failure is
 * STATUS_SYSTEM, or STATUS_DAMAGED when something else has the file's name. */
bool lock_take(struct lock *lock, const struct root *root, const char *relative,
	       unsigned timeout_ms, struct err *err);
void lock_release(struct lock *lock); /* nothing when it is not held */

#endif
