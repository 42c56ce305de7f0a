// SPDX-License-Identifier: MIT
// How survey-tally shows what a survey came to: in tables with bars for people, in rows for
// programs.
#ifndef KEFU_CLI_TALLY_H
#define KEFU_CLI_TALLY_H

#include "cli/cli.h"
#include "survey/tally.h"

/* Rates, intervals and changes of every service, worked out once. */
struct tally_view {
	struct cli *cli;
	struct book *book;
	const struct tally *now, *before; /* BEFORE: NULL where there is none to compare with */
	struct decimal *z;
	const char *confidence;
	bool people;  /* not for a program */
	bool settled; /* valid: rates may be shown */
	struct share *satisfied, *dissatisfied;
	struct share_change *changes;
	struct arena arena; /* of the cells */
};

void tally_view_init(struct tally_view *view, struct cli *cli, struct book *book,
		     const struct tally *now, const struct tally *before);
void tally_view_clear(struct tally_view *view);

/* PART is "summary", "services", "grades", "types", "areas", "texts" or
 * "improve"; NULL: all of them for people, services for a program. */
void tally_view_show(struct tally_view *view, const char *part);

/* What is to be improved, as a table: cli/tally_improve.c. */
void tally_view_improve(struct tally_view *view);

/* A share as people or programs read it: "83.3 %", "0.8333"; NULL for NULL. */
const char *tally_view_rate(struct tally_view *view, const struct decimal *rate);
/* The same of a difference: "-3.1", "-0.0312". */
const char *tally_view_change(struct tally_view *view, const struct decimal *change);

#endif
