// SPDX-License-Identifier: MIT
// Shares of callbacks: which callbacks stand in which frame, and how many have to be drawn.
// Computes from what is recorded; draws nothing itself.
#ifndef KEFU_CALLBACK_LOTS_H
#define KEFU_CALLBACK_LOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* A callback that is owed for a share only, as its form records it: a lot that may be drawn. */
struct ticket_lot {
	const char *id; /* of the callback: the form, and the document that made it due,
			   "YL261120003#6" */
	const char *rule, *clause, *rate;
	char period[8];    /* of the matter's end: "2026-11" */
	bool before_today; /* the matter ended before today, so it may stand in a frame */
	bool callable;     /* it is open, and its window has not closed */
	bool made;         /* the call was made */
	bool chosen;       /* an earlier draw chose it, by the plan that records the draw */
	bool noted;        /* its form holds the `drawn` document that says so */
	bool framed;       /* it stood in an earlier frame */
	size_t seen;       /* how many documents its form had when it was read */
};

/* The next list to draw from, for one rule and month. */
struct lot_frame {
	const char *rule, *clause, *rate;
	char period[8];
	int64_t forms;         /* callbacks that stand in this frame and in earlier ones */
	int64_t chosen_before; /* those of them chosen earlier that were made or still can be */
	int64_t take; /* how many to draw from this frame: ceil(rate × forms) - chosen_before */
	const char **ids; /* sorted by their bytes */
	size_t count;
};

/* ceil(RATE × FORMS); RATE as schemas/fields.yaml has it. */
int64_t lots_needed(const char *rate, int64_t forms);

/* The order: by rule, then month, then id. */
int lots_compare(const void *a, const void *b);

/* The lot ID by RULE in the month PERIOD, of sorted ones; NULL when there is none. */
struct ticket_lot *lots_find(struct ticket_lot *lots, size_t count, const char *id,
			     const char *rule, const char *period);

/* Sorts LOTS, groups them by rule and month, and makes a frame of each group: of the matters that
 * ended before today and were in no frame yet. If these are fewer than have to be drawn, because
 * somebody who was chosen could not be called in time, the frame also gets those of earlier frames
 * that can still be called. Leaves out empty frames. Returns how many there are; *FRAMES lives in
 * ARENA. */
size_t lots_frames(struct ticket_lot *lots, size_t count, struct arena *arena,
		   struct lot_frame **frames);

#endif
