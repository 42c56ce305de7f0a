// SPDX-License-Identifier: MIT
// The units that a sample can be drawn from: households on file, households whose tickets were
// closed, or units listed in a file. Reads only.
#ifndef KEFU_SURVEY_FRAME_H
#define KEFU_SURVEY_FRAME_H

#include "book/gather.h"
#include "survey/survey.h"
#include "text/rows.h"

struct frame_options {
	const char *frame;  /* "customers", "tickets" or "file" */
	struct rows *rows;  /* for "file": its rows, with the columns unit, type and area */
	const char *source; /* that file's name */
	const struct node *areas, *types, *kinds; /* lists, or NULL: all */
	const char *since, *until;                /* for "tickets": days, or NULL */
};

struct frame_unit {
	const char *unit;
	const char *area, *type; /* NULL: not known */
};

/* Units sorted by their bytes, each once. */
struct frame {
	struct frame_unit *units;
	size_t count;
	int64_t excluded, without_unit;
	struct gathered gathered; /* holds the texts that are not borrowed */
};

/* Gathers the units that OPTIONS choose, without those that another survey than SURVEY asked too
 * short a time ago (surveys: ask-again-after). False with ERR set, or with PROBLEMS that name the
 * files which could not be read. */
bool frame_gather(struct book *book, const struct survey *survey,
		  const struct frame_options *options, struct frame *frame,
		  struct problems *problems, struct err *err);
void frame_clear(struct frame *frame);

/* Whether none of those whom SURVEY drew was asked, by a survey that was issued meanwhile, too
 * short a time ago: two clones may have drawn the same ones, and neither knew. Refuses otherwise.
 */
bool frame_not_asked(struct book *book, const struct survey *survey, struct err *err);

/* Makes FRAME of the units that a document lists under `groups` or `sample`. Texts are borrowed
 * from GROUPS. */
void frame_of_groups(const struct node *groups, struct frame *frame);

/* The units of FRAME as a sorted list of groups {area, type, population, units}. POPULATION is the
 * size of the group in OF, the frame that the units were drawn from; it is left out if OF is NULL.
 */
struct node *frame_groups(struct arena *arena, const struct frame *frame, const struct frame *of);

void frame_digest(const struct frame *frame, char digest[DIGEST_TEXT]);
void frame_add(struct frame *frame, struct frame_unit unit);
/* Sorts by unit. Of a unit that occurs twice the entry with more known of it stays. */
void frame_sort(struct frame *frame);

#endif
