// SPDX-License-Identifier: MIT
// What the parts of making a daily plan share. For plan.c and plan_*.c alone.
#ifndef KEFU_CALLBACK_PLAN_PARTS_H
#define KEFU_CALLBACK_PLAN_PARTS_H

#include "book/document.h"
#include "callback/plan.h"
#include "callback/plan_forms.h"
#include "callback/routine.h"
#include "ticket/recent.h"

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
	int64_t seq;          /* the last in it, or the last that was given in it */
	bool begins;          /* it holds nothing yet */
	int64_t planned_seq;  /* the last in it by which a day was planned; 0: there is none */
	int last_day;         /* planned by any site; 0: none was */
	struct recent recent; /* which numbers tickets had before the forms were read */
	bool outdated; /* others have recorded what this run has read in another state: so what it
			  left out has to be decided anew */
	struct err *err;
};

/* --- plan_register.c: the files under plans/ --- */

/* A site's register of a month, as it was read. */
struct plan_file {
	const char *site, *id, *path;
	const struct buf *text;
	const struct documents *documents;
};

/* Reads the registers of all sites for the last months: which days were planned, what was frozen
 * and drawn, and the text of this site's register of this month, to which the run adds. A register
 * that cannot be read is a problem; if it is the one that the run adds to, the run fails. */
bool plan_register_read(struct plan_run *run);

/* To be called under the lock, after plan_register_read: sets RUN->outdated if the register of this
 * month, to which the run adds, has changed since. */
bool plan_register_look(struct plan_run *run);

/* Adds DOCUMENT, a map with event and fields, to this site's register of this month, in memory
 * only. */
bool plan_register_add(struct plan_run *run, struct node *document);

enum store_result plan_register_write(struct plan_run *run);

/* --- plan_draw.c: lots --- */

/* Adds to RUN the frames and lots that PLAN records. To be called for the newest register first. */
void plan_draw_take(struct plan_run *run, const struct plan_file *plan);

/* To be called after the last plan_draw_take. */
void plan_draw_sort(struct plan_run *run);

/* Writes all frames from which lots will be drawn now, before the first seed is asked for. */
bool plan_draw_freeze(struct plan_run *run);

/* Draws the lots of all frames that were not drawn yet, and writes them. Then gives each chosen
 * form, also those chosen by earlier runs, a document that says so, if it has none. */
bool plan_draw(struct plan_run *run);

#endif
