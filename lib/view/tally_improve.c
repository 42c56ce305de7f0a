// SPDX-License-Identifier: MIT
// What a survey says is to be improved: the worst services, those that fell, and what people wrote.
#include "view/tally_parts.h"

/* Rows of one table, one after the other. */
struct findings {
	struct tally_view *view;
	struct table *table;
	const char *clause;
};

static void add(struct findings *findings, const char *finding, const char *what, const char *title,
		const char *value, const char *note, const char *units)
{
	const char *cells[] = {finding, what, title, value, note, units, findings->clause};
	table_row(findings->table, cells);
}

static void add_service(struct findings *findings, const char *finding, size_t i, const char *value,
			const char *note)
{
	const struct question *question = findings->view->now->services[i];
	add(findings, finding, question->name, tally_view_title(findings->view, question), value,
	    note, NULL);
}

/* Every service whose share is as far out as that of none but its equals: the lowest (SIGN −1) or
 * the highest (1). */
static void add_extremes(struct findings *findings, const char *finding, const struct share *shares,
			 int sign)
{
	const struct tally *tally = findings->view->now;
	const struct decimal *extreme = NULL;
	for (size_t i = 0; i < tally->service_count; i++)
		if (shares[i].rate &&
		    (!extreme || decimal_compare(shares[i].rate, extreme) * sign > 0))
			extreme = shares[i].rate;
	for (size_t i = 0; extreme && i < tally->service_count; i++)
		if (shares[i].rate && decimal_compare(shares[i].rate, extreme) == 0)
			add_service(findings, finding, i,
				    tally_view_rate(findings->view, shares[i].rate), NULL);
}

/* Every service whose rate fell, whether or not chance alone would explain it: the note says. */
static void add_fallen(struct findings *findings)
{
	struct tally_view *view = findings->view;
	for (size_t i = 0; i < view->now->service_count; i++) {
		const struct share_change *change = &view->changes[i];
		if (change->change && decimal_sign(change->change) < 0)
			add_service(findings, "fell", i, tally_view_change(view, change->change),
				    change->significant ? "significant" : "may-be-chance");
	}
}

static void add_texts(struct findings *findings)
{
	struct tally_view *view = findings->view;
	for (size_t i = 0; i < view->now->text_count; i++) {
		const struct tally_text *text = &view->now->texts[i];
		add(findings, question_kind_name(text->question->kind), text->question->name,
		    text->text, tally_view_count(view, (int64_t)text->times), NULL, text->units);
	}
}

struct table *tally_view_improve(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "finding"},
		{.name = "question"},
		{.name = "what"},
		{.name = "value", .right = true},
		{.name = "note"},
		{.name = "units", .max = 40},
		{.name = "clause", .whole = true},
	};
	const struct survey *survey = view->now->survey;
	const struct book *book = view->style->book;
	const struct rule *rule = survey_rule(book, zone_day(&book->zone, survey->planned->at),
					      survey->occasion, "improve");
	struct findings findings = {
		.view = view,
		.table = view_table(view->style, columns, sizeof columns / sizeof *columns),
		.clause = rule ? rule->clause : NULL};
	add_extremes(&findings, "lowest-rate", view->satisfied, -1);
	add_extremes(&findings, "highest-dissatisfied", view->dissatisfied, 1);
	add_fallen(&findings);
	add_texts(&findings);
	return findings.table;
}
