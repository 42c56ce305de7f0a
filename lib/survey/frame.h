// SPDX-License-Identifier: MIT
// The units a sample may be drawn from: households on file, those whose tickets were closed, or a
// file's. Reads only.
#ifndef KEFU_SURVEY_FRAME_H
#define KEFU_SURVEY_FRAME_H

#include "book/gather.h"
#include "survey/survey.h"
#include "text/rows.h"

struct frame_options {
	const char *frame;                        /* "customers", "tickets" or "file" */
	struct rows *rows;                        /* of "file": columns unit, type, area */
	const char *source;                       /* that file's name */
	const struct node *areas, *types, *kinds; /* lists, or NULL: all */
	const char *since, *until;                /* of "tickets": days, or NULL */
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

/* Makes FRAME of the units that a document lists under `groups` or `sample`. Texts are borrowed
 * from GROUPS. */
void frame_of_groups(const struct node *groups, struct frame *frame);

/* A list of groups {area, type, population, units}, sorted; POPULATION is
 * counted in OF, the frame the units are from, or left out when that is NULL. */
struct node *frame_groups(struct arena *arena, const struct frame *frame, const struct frame *of);

void frame_digest(const struct frame *frame, char digest[DIGEST_TEXT]);
void frame_add(struct frame *frame, struct frame_unit unit);
/* Sorts by unit. Of a unit that occurs twice the entry with more known of it stays. */
void frame_sort(struct frame *frame);

#endif
