// SPDX-License-Identifier: MIT
// survey-plan: records what is planned for a survey, who approved it, when it was issued, closed,
// or voided.
#include <string.h>

#include "cli/desk.h"
#include "cli/foreign.h"
#include "survey/questionnaire.h"
#include "survey/survey_plan.h"

static const struct cli_option options[] = {
	{'f', "questionnaire", "FILE", N_("planned: the questionnaire, a JSON Schema"), false},
	{'t', "title", "TITLE", N_("planned: the title of the survey"), false},
	{'o', "occasion", "OCCASION",
	 N_("planned: half-yearly, new-service, special, or another that the policy names"), false},
	{0, "service", "TEXT", N_("planned: the new service that the survey is about"), false},
	{'r', "reason", "TEXT", N_("why"), false},
	{0},
};

static bool is_event(const char *event, struct err *err)
{
	struct buf names;
	buf_init(&names);
	bool known = false;
	for (size_t i = 0; survey_plan_events[i]; i++) {
		known = known || strcmp(survey_plan_events[i], event) == 0;
		buf_addf(&names, "%s%s", i ? ", " : "", survey_plan_events[i]);
	}
	if (!known)
		err_set(err, STATUS_USAGE, "\"%s\" is none of %s", event, names.data);
	buf_clear(&names);
	return known;
}

static bool fill(struct cli *cli, struct book *book, struct arena *arena, struct node *document,
		 struct err *err)
{
	static const char *const fields[] = {"title", "occasion", "service", "reason"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (cli_has(cli, fields[i]) &&
		    !survey_field(book, arena, document, fields[i], cli_value(cli, fields[i]), err))
			return false;
	return true;
}

static bool record(struct cli *cli, struct book *book, struct arena *arena, struct buf *text,
		   struct err *err)
{
	const char *event = cli_operand(cli, 0), *file = cli_value(cli, "questionnaire");
	struct node *document = ticket_document(arena, event);
	struct request request = cli_request(cli, false);
	struct survey_handout handout = {.file = file};
	struct recorded recorded = {0};
	bool plans = strcmp(event, "planned") == 0;
	if (plans != (file != NULL))
		return err_set(err, STATUS_USAGE,
			       plans ? "say what is asked: --questionnaire FILE"
				     : "--questionnaire goes with planned");
	if ((file && !foreign_read(file, QUESTIONNAIRE_MAX_BYTES, text, err)) ||
	    !fill(cli, book, arena, document, err))
		return false;
	handout.text = text->data;
	handout.len = text->len;
	bool done = survey_plan(book, arena, &request, cli_operand(cli, 1), document,
				file ? &handout : NULL, &recorded, err);
	cli_report(cli, &recorded, plans);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct book book;
	struct buf text;
	if (!is_event(cli_operand(cli, 0), err) ||
	    !cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	buf_init(&text);
	bool done = record(cli, &book, &arena, &text, err);
	buf_clear(&text);
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "survey-plan",
		.synopsis = "planned|approved|issued|closed|voided SURVEY",
		.summary = N_("plan a survey, approve, issue, close or void it"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
