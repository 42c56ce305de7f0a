// SPDX-License-Identifier: MIT
// Who is asked: a frame of units, frozen on the disk, and a sample drawn from it so that everybody
// can draw it again.
#ifndef KEFU_SURVEY_SAMPLE_H
#define KEFU_SURVEY_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"
#include "record/record.h"
#include "survey/frame.h"

enum { STRATIFY_AREA = 1, STRATIFY_TYPE = 2 };

struct sample_options {
	struct frame_options from; /* whom to draw from */
	int64_t size;              /* units to draw, or 0: */
	const char *rate;          /* the share of them, in each stratum rounded up */
	unsigned stratify;         /* of the above; 0: one stratum */
};

/* Freezes the frame in surveys/ID/frame.yaml, then draws, and records that in
 * the survey. The frame is on the disk before the seed is asked for. A frame
 * that stands there from a draw that was interrupted serves when nothing has
 * changed. A dry run ends with the frame: OUT->text is it. What could not be
 * read is in PROBLEMS, and nothing is drawn. */
bool sample_draw(struct book *book, struct arena *arena, const struct request *request,
		 const char *id, const struct sample_options *options, struct problems *problems,
		 struct recorded *out, struct err *err);

/* Draws again what is recorded; false with STATUS_NO when it comes out otherwise. */
bool sample_verify(struct book *book, const char *id, struct err *err);

/* How many of SIZE units each of COUNT strata with POPULATIONS gets: in
 * proportion, by largest remainders, of equal ones the earlier (Hamilton's method). */
void sample_allocate(int64_t size, const int64_t *populations, size_t count, int64_t *sizes);

#endif
