// SPDX-License-Identifier: MIT
// Draws whom a survey asks: freezes a frame of units on the disk and draws a sample from it, so
// that everybody can draw it again.
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
	int64_t size;              /* units to draw; 0: RATE counts */
	const char *rate;          /* the share of the units to draw, rounded up in each stratum */
	unsigned stratify;         /* of the above; 0: one stratum */
};

/* Freezes the frame in surveys/ID/frame.yaml, then draws, and records that in the survey. The frame
 * is on the disk before the seed is asked for. A frame that an interrupted draw has left there is
 * used if it would be the same now. A dry run stops after the frame, which is OUT->text. Files that
 * cannot be read are added to PROBLEMS; then nothing is drawn. */
bool sample_draw(struct book *book, struct arena *arena, const struct request *request,
		 const char *id, const struct sample_options *options, struct problems *problems,
		 struct recorded *out, struct err *err);

/* Draws the recorded sample again. False with STATUS_NO if the result differs from what is
 * recorded. */
bool sample_verify(struct book *book, const char *id, struct err *err);

/* Divides SIZE units among COUNT strata in proportion to their POPULATIONS, by largest remainders
 * (Hamilton's method); of equal remainders the earlier stratum's counts as larger. */
void sample_allocate(int64_t size, const int64_t *populations, size_t count, int64_t *sizes);

#endif
