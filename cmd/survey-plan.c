// SPDX-License-Identifier: MIT
// survey-plan: records what is planned for a survey, who approved it, when it was issued, closed,
// or voided.
#include <string.h>

#include "cli/desk.h"
#include "cli/foreign.h"
#include "survey/questionnaire.h"
#include "survey/survey_plan.h"

static const struct cli_option options[] = {
	{0, "questionnaire", "FILE", N_("planned: the questionnaire, a JSON Schema"), false},
	{0, "title", "TITLE", N_("planned: the title of the survey"), false},
	{'o', "occasion", "OCCASION",
	 N_("planned: half-yearly, new-service, special, or another that the policy names"), false},
	{0, "service", "TEXT", N_("planned: the new service that the survey is about"), false},
	{'r', "reason", "TEXT", N_("why"), false},
	CLI_ONCE('f', "questionnaire"),
	CLI_ONCE('t', "title"),
	{0},
};

static bool record(struct desk *desk, struct buf *text, struct err *err)
{
	static const struct desk_field fields[] = {{"title", "title"},
						   {"occasion", "occasion"},
						   {"service", "service"},
						   {"reason", "reason"},
						   {0}};
	const char *event = cli_operand(desk->cli, 0), *id = cli_operand(desk->cli, 1),
		   *file = cli_value(desk->cli, "questionnaire");
	struct node *document = ticket_document(&desk->arena, event);
	bool plans = event_of(event) == EVENT_PLANNED;
	if (plans != (file != NULL))
		return err_set(err, STATUS_USAGE,
			       plans ? "say what is asked: --questionnaire FILE"
				     : "--questionnaire is for planned only");
	if ((file && !foreign_read(file, QUESTIONNAIRE_MAX_BYTES, text, err)) ||
	    !desk_take(desk, document, fields, survey_field, err))
		return false;
	struct survey_handout handout = {.file = file, .text = text->data, .len = text->len};
	bool done = survey_plan(&desk->book, &desk->arena, &desk->request, id, document,
				file ? &handout : NULL, &desk->recorded, err);
	desk_report(desk, plans);
	return done;
}

static bool plan(struct desk *desk, struct err *err)
{
	struct buf text;
	buf_init(&text);
	bool done = record(desk, &text, err);
	buf_clear(&text);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return cli_one_of(cli_operand(cli, 0), survey_plan_events, err) &&
	       desk_run(cli, DESK_RECORDS, plan, err);
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
