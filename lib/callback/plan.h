// SPDX-License-Identifier: MIT
// The daily plan: records what time itself brings about, and draws lots. Each site has a register
// for each month, like plans/2026/YL2611.yaml.
#ifndef KEFU_CALLBACK_PLAN_H
#define KEFU_CALLBACK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problems.h"
#include "book/book.h"
#include "record/record.h"

/* Whether the policy has anything to plan: a routine, or a callback that is owed for a share. */
bool plan_wanted(const struct policy *policy);

/* The last day that any site has planned, by the plans that can be read; 0 when none ever has. */
int plan_last_day(struct book *book);

struct planned {
	size_t scheduled, opened,
		drawn;      /* documents added to forms; tickets opened; forms chosen by lot */
	size_t provisional; /* deadlines and callbacks set by them that had to guess days off */
	struct node *notes; /* list of strings */
	struct problems problems; /* forms that could not be read or planned for; all others were
				     planned for */
};

/* Records what has come round until today: frames before their seeds, draws before the forms that
 * name them, and last of all that the day is planned. So the power may fail at any point: the next
 * run completes what an earlier one began, and records nothing twice. OUT is the `planned`
 * document; it is not written if PLANNED has problems, and the day then stays unplanned. A dry run
 * draws nothing. */
bool plan_run(struct book *book, struct arena *arena, const struct request *request,
	      struct recorded *out, struct planned *planned, struct err *err);
void planned_clear(struct planned *planned);

#endif
