// SPDX-License-Identifier: MIT
// What appraise and appraise-tally show: explanations, years, months, as tables. A missing figure
// is a word to people, an absent cell to programs.
#ifndef KEFU_CLI_APPRAISAL_H
#define KEFU_CLI_APPRAISAL_H

#include "appraisal/marks.h"
#include "cli/cli.h"

/* A table of explanations: people set apart by a column where BY_PERSON. */
struct table *cli_explanation(const struct cli *cli, bool by_person);

/* Adds PERSON's total (and everything below it) to such a table, or one sheet of SCHEME. */
void cli_explain(struct table *table, const struct marks *marks, const struct marks_person *person);
void cli_explain_sheet(struct table *table, const struct rule *scheme,
		       const struct marks_sheet *sheet);

/* The annual table of all; one person by month, and the year; the sheets of a
 * month (of ONLY, or with NULL of all), and monthly ones there are none of. */
void cli_tally_year(struct cli *cli, const struct marks *marks);
void cli_tally_person(struct cli *cli, const struct marks *marks,
		      const struct marks_person *person);
void cli_tally_month(struct cli *cli, const struct book *book, const struct marks *marks,
		     const struct marks_person *only, int month);

#endif
