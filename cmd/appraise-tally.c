// SPDX-License-Identifier: MIT
// appraise-tally: a year of appraisals weighed: all of the staff, one of them by month, or the
// sheets of one month.
#include <string.h>

#include "cli/appraisal.h"
#include "cli/desk.h"

static const struct cli_option options[] = {
	{'y', "year", "YYYY", N_("the year; without it, this year"), false},
	{'m', "month", "YYYY-MM", N_("instead, the sheets of one month"), false},
	{'s', "scheme", "SCHEME", N_("by this scheme; without it, by the policy's first"), false},
	{'e', "explain", NULL, N_("how every figure came about, down to the sheets and reasons"),
	 false},
	{0},
};

static const struct rule *find_scheme(struct cli *cli, const struct book *book, struct err *err)
{
	const char *wanted = cli_value(cli, "scheme");
	size_t cursor = 0;
	const struct rule *scheme = wanted ? policy_find(book->policy, RULE_SCHEME, wanted)
					   : policy_next(book->policy, RULE_SCHEME, &cursor);
	struct buf names;
	buf_init(&names);
	policy_names(book->policy, RULE_SCHEME, NULL, &names);
	if (!scheme && wanted)
		err_set(err, STATUS_USAGE,
			"--scheme: \"%s\" is no scheme of these packs (they have: %s)", wanted,
			names.len ? names.data : "none");
	else if (!scheme)
		err_set(err, STATUS_USAGE, "these packs have no scheme of appraisal");
	buf_clear(&names);
	return scheme;
}

static void show(struct cli *cli, const struct book *book, const struct marks *marks,
		 const struct marks_person *person, int month)
{
	if (cli_has(cli, "explain")) {
		struct table *table = cli_explanation(cli, true);
		for (size_t i = 0; i < marks->person_count; i++)
			if (!person || person == &marks->people[i])
				cli_explain(table, marks, &marks->people[i]);
		cli_show(cli, table);
		table_free(table);
	} else if (month) {
		cli_tally_month(cli, book, marks, person, month);
	} else if (person) {
		cli_tally_person(cli, marks, person);
	} else {
		cli_tally_year(cli, marks);
	}
}

static bool run(struct cli *cli, struct err *err)
{
	const char *month = cli_value(cli, "month"), *year = cli_value(cli, "year"),
		   *wanted = cli_operand(cli, 0);
	struct sheet_period span;
	struct marks marks;
	struct book book;
	struct civil today;
	if (month && (year || cli_has(cli, "explain")))
		return err_set(
			err, STATUS_USAGE,
			"--month stands alone: it has its year, and its sheets explain themselves");
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	zone_civil(&book.zone, book.now, &today);
	span = (struct sheet_period){.year = today.year};
	const struct rule *scheme = find_scheme(cli, &book, err);
	bool done = scheme && (!month || sheet_period_parse("month", month, &span, err)) &&
		    (!year || sheet_period_parse("year", year, &span, err));
	if (done) {
		marks_read(&book, scheme, span.year, &marks);
		const struct marks_person *person = wanted ? marks_find(&marks, wanted) : NULL;
		if (wanted && !person)
			done = err_set(err, STATUS_USAGE, "%s is not marked by %s in %04d", wanted,
				       node_text(scheme->node, "scheme"), span.year);
		else
			show(cli, &book, &marks, person, span.month);
		for (size_t i = 0; i < marks.problems.count; i++)
			cli_problem(cli, &marks.problems.items[i]);
		marks_clear(&marks);
	}
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "appraise-tally",
		.synopsis = "[PERSON]",
		.summary = N_("weigh a year of appraisals: means, totals, ranks"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
