// SPDX-License-Identifier: MIT
// What the parts of a daily plan share: what is known of it so far, and what it adds. For plan.c
// and plan_*.c alone.
#ifndef KEFU_CALLBACK_PLAN_PARTS_H
#define KEFU_CALLBACK_PLAN_PARTS_H

#include "book/document.h"
#include "callback/plan.h"
#include "callback/plan_forms.h"
#include "callback/routine.h"

struct plan_run {
	struct book *book;
	struct arena *arena;
	const struct request *request;
	struct acting acting;
	struct span span;
	struct plan_forms forms;
	struct planned *out;
	const char **framed; /* "rule period form" of every frame, sorted once all plans are read */
	size_t framed_count;
	struct node *lots;     /* list of strings: frames whose lot is drawn, "YL2611#7" */
	struct node *draws;    /* list of documents: draws that were recorded, for the forms that do
				  not say so yet */
	struct node *pending;  /* list of documents: frames whose lot is not drawn */
	const char *path, *id; /* of this month's plan of this site */
	struct buf text;
	int64_t seq;         /* the last in it, or the last that was given in it */
	bool begins;         /* it holds nothing yet */
	int64_t planned_seq; /* the last in it by which a day was planned; 0: there is none */
	int last_day;        /* planned by any site; 0: none was */
	struct err *err;
};

/* --- plan_register.c: the files under plans/ --- */

/* A site's register of a month, as it was read. */
struct plan_file {
	const char *site, *id, *path;
	const struct buf *text;
	const struct documents *documents;
};

/* Reads those of the last months, each once: which days were planned, what was frozen and drawn,
 * and what this month's own one holds, which the run adds to. One that cannot be read is a problem;
 * the own one of this month ends the run. */
bool plan_register_read(struct plan_run *run);

/* Adds DOCUMENT, a map with event and fields, to this month's own one, in memory. */
bool plan_register_add(struct plan_run *run, struct node *document);

enum store_result plan_register_write(struct plan_run *run);

/* --- plan_draw.c: lots --- */

/* Takes in what PLAN says of frames and lots; the newest register comes first. */
void plan_draw_take(struct plan_run *run, const struct plan_file *plan);

/* Once all are taken in. */
void plan_draw_sort(struct plan_run *run);

/* Writes the frames of what is to be drawn from now, all of them, before the first seed is asked
 * for. */
bool plan_draw_freeze(struct plan_run *run);

/* Draws the lots of all frames that wait for one, and writes them; then the forms that were chosen,
 * by earlier runs too, get a document that says so, where they have none. */
bool plan_draw(struct plan_run *run);

#endif
