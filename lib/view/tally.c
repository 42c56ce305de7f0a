// SPDX-License-Identifier: MIT
// What survey-tally shows of what a survey came to: the survey as a whole, and all its parts.
#include "view/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/gettext.h"
#include "base/mem.h"
#include "view/tally_parts.h"

/* --- making it --- */

void tally_view_init(struct tally_view *view, const struct view_style *style,
		     const struct tally *now, const struct tally *before)
{
	*view = (struct tally_view){.style = style,
				    .now = now,
				    .before = before,
				    .settled = now->verdict == TALLY_VALID};
	view->z = tally_quantile(style->book, now->survey, &view->confidence);
	view->satisfied = mem_array(now->service_count + 1, sizeof *view->satisfied);
	view->dissatisfied = mem_array(now->service_count + 1, sizeof *view->dissatisfied);
	view->changes = mem_array(now->service_count + 1, sizeof *view->changes);
	for (size_t i = 0; view->settled && i < now->service_count; i++) {
		struct share earlier = {0};
		long other = before ? tally_find(before, now->services[i]->name) : -1;
		tally_share(now, &now->whole, i, false, view->z, &view->satisfied[i]);
		tally_share(now, &now->whole, i, true, view->z, &view->dissatisfied[i]);
		if (other >= 0)
			tally_share(before, &before->whole, (size_t)other, false, view->z,
				    &earlier);
		share_compare(&view->changes[i], &view->satisfied[i], &earlier);
		share_clear(&earlier);
	}
}

void tally_view_clear(struct tally_view *view)
{
	for (size_t i = 0; i < view->now->service_count; i++) {
		share_clear(&view->satisfied[i]);
		share_clear(&view->dissatisfied[i]);
		share_change_clear(&view->changes[i]);
	}
	free(view->satisfied);
	free(view->dissatisfied);
	free(view->changes);
	decimal_free(view->z);
	arena_clear(&view->arena);
}

/* --- the survey --- */

static void add_lines(struct tally_view *view, struct buf *out)
{
	const struct tally *tally = view->now;
	const struct survey *survey = tally->survey;
	const char *clause = tally->validity ? tally->validity->clause : NULL;
	const char *share = tally_view_share(view, tally->whole.returned, tally->whole.sent);
	bool closed = survey->closed || view->style->book->now > survey->closes;
	buf_addf(out, "%s  %s  %s\n", survey->id, survey->title, survey->occasion);
	buf_addf(out, "%s: %" PRId64 " of %" PRId64 " came back in time, %s",
		 tally_view_verdict(view), tally->whole.returned, tally->whole.sent,
		 share ? share : "-");
	if (tally->validity) {
		struct decimal *needed = decimal_new(0);
		const char *rate = node_text(tally->validity->node, "valid-above");
		decimal_set(needed, rate, strlen(rate));
		buf_addf(out, "; more than %s is needed", tally_view_rate(view, needed));
		decimal_free(needed);
	}
	buf_addf(out, clause ? " [%s]\n" : "\n", clause);
	buf_addf(out, "drawn from %" PRId64 "; issued %s, %s %s", tally->whole.population,
		 view_time(view->style, &view->arena, survey->issued->at),
		 closed ? "closed" : "closes",
		 view_time(view->style, &view->arena, survey->closes));
	if (tally->late)
		buf_addf(out, "; late and not counted: %" PRId64, tally->late);
	if (tally->voided)
		buf_addf(out, "; voided: %" PRId64, tally->voided);
	if (tally->disputed)
		buf_addf(out, "; disputed (see ledger-check): %" PRId64, tally->disputed);
	buf_addc(out, '\n');
	if (!view->settled)
		buf_addf(out, "%s\n",
			 tally->verdict == TALLY_INVALID
				 ? _("no rates are shown: the survey is not valid")
				 : _("no rates are shown: it is not valid yet"));
	else if (view->before)
		buf_addf(out, "compared with %s; intervals and changes at a confidence of %s\n",
			 view->before->survey->id, view->confidence);
	else
		buf_addf(out, "nothing valid to compare with; intervals at a confidence of %s\n",
			 view->confidence);
}

static struct table *summary(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "survey", .whole = true},
		{.name = "title"},
		{.name = "occasion"},
		{.name = "verdict"},
		{.name = "population", .number = true, .right = true},
		{.name = "sent", .number = true, .right = true},
		{.name = "returned", .number = true, .right = true},
		{.name = "return-rate", .right = true},
		{.name = "late", .number = true, .right = true},
		{.name = "voided", .number = true, .right = true},
		{.name = "issued", .whole = true},
		{.name = "closes", .whole = true},
		{.name = "before", .whole = true},
		{.name = "confidence"},
		{.name = "clause"},
		{.name = "disputed", .number = true, .right = true},
	};
	const struct tally *tally = view->now;
	const struct survey *survey = tally->survey;
	const char *cells[] = {
		survey->id,
		survey->title,
		survey->occasion,
		tally_view_verdict(view),
		tally_view_count(view, tally->whole.population),
		tally_view_count(view, tally->whole.sent),
		tally_view_count(view, tally->whole.returned),
		tally_view_share(view, tally->whole.returned, tally->whole.sent),
		tally_view_count(view, tally->late),
		tally_view_count(view, tally->voided),
		view_time(view->style, &view->arena, survey->issued->at),
		view_time(view->style, &view->arena, survey->closes),
		view->before ? view->before->survey->id : NULL,
		view->confidence,
		tally->validity ? tally->validity->clause : NULL,
		tally_view_count(view, tally->disputed),
	};
	struct table *table = view_table(view->style, columns, sizeof columns / sizeof *columns);
	table_row(table, cells);
	return table;
}

/* --- all of it --- */

struct table *tally_view_table(struct tally_view *view, const char *part)
{
	const struct tally *tally = view->now;
	if (strcmp(part, "summary") == 0)
		return summary(view);
	if (strcmp(part, "services") == 0)
		return tally_view_services(view);
	if (strcmp(part, "grades") == 0)
		return tally_view_grades(view);
	if (strcmp(part, "types") == 0)
		return tally_view_by_part(view, "type", tally->types, tally->type_count);
	if (strcmp(part, "areas") == 0)
		return tally_view_by_part(view, "area", tally->areas, tally->area_count);
	if (strcmp(part, "texts") == 0)
		return tally_view_texts(view);
	return tally_view_improve(view);
}

/* Whether there is more to say than of the whole. */
static bool worth_showing(const struct tally *tally, const char *part)
{
	if (strcmp(part, "types") == 0)
		return tally->type_count > 1;
	if (strcmp(part, "areas") == 0)
		return tally->area_count > 1;
	return strcmp(part, "texts") != 0 || tally->text_count;
}

void tally_view_page(struct tally_view *view, struct buf *out)
{
	static const struct {
		const char *part, *heading;
	} sections[] = {
		{"services", N_("Services")},         {"grades", N_("Grades")},
		{"types", N_("By type of customer")}, {"areas", N_("By area")},
		{"texts", N_("In their own words")},  {"improve", N_("To be improved")},
	};
	add_lines(view, out);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		if (!worth_showing(view->now, sections[i].part))
			continue;
		struct table *table = tally_view_table(view, sections[i].part);
		buf_addf(out, "\n%s\n", _(sections[i].heading));
		table_write(table, out, view->style->columns);
		table_free(table);
	}
}
