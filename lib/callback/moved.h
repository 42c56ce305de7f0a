// SPDX-License-Identifier: MIT
// Which open deadlines and callbacks would have another end by what is known of the calendar now.
// Reads without a lock; moves nothing.
#ifndef KEFU_CALLBACK_MOVED_H
#define KEFU_CALLBACK_MOVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "book/gather.h"
#include "ticket/duty.h"

struct moved {
	const char *form, *id, *rule, *clause; /* owned by the list; ID is the duty's */
	enum duty_move_how how;
	int64_t old, new;
	bool guessed; /* the new end is provisional */
	const char *why;
};

struct moved_list {
	struct moved *items; /* by form */
	size_t count;
	struct gathered gathered; /* holds the texts; PROBLEMS could not be read */
};

const char *moved_name(enum duty_move_how how); /* "moves", "stands", … */

/* Whether a document can move it: whether it is one that moves, or stands. */
bool moved_can(const struct moved *moved);

/* Reads every ticket and customer's file; with FORM only that one. */
void moved_read(struct book *book, const char *form, struct moved_list *list);
void moved_clear(struct moved_list *list);

#endif
