// SPDX-License-Identifier: MIT
// How survey-tally shows what a survey came to.
#include "cli/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/time.h"
#include "survey/sample.h"

enum { BAR_CELLS = 20, RATE_PLACES = 4, MEAN_PLACES = 2 };

/* --- cells --- */

static const char *decimal_text(struct tally_view *view, const struct decimal *value,
				unsigned places)
{
	struct buf text;
	if (!value)
		return NULL;
	buf_init(&text);
	decimal_format(value, places, &text);
	const char *kept = arena_dup(&view->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *hundredfold(struct tally_view *view, const struct decimal *value)
{
	struct decimal *percent = decimal_copy(value), *hundred = decimal_new(100);
	decimal_multiply(percent, hundred);
	const char *text = decimal_text(view, percent, 1);
	decimal_free(percent);
	decimal_free(hundred);
	return text;
}

const char *tally_view_rate(struct tally_view *view, const struct decimal *rate)
{
	if (!rate || !view->people)
		return decimal_text(view, rate, RATE_PLACES);
	return arena_printf(&view->arena, "%s %%", hundredfold(view, rate));
}

const char *tally_view_change(struct tally_view *view, const struct decimal *change)
{
	if (!change || !view->people)
		return decimal_text(view, change, RATE_PLACES);
	return arena_printf(&view->arena, "%s%s", decimal_sign(change) > 0 ? "+" : "",
			    hundredfold(view, change));
}

static const char *count_text(struct tally_view *view, int64_t count)
{
	return count < 0 ? NULL : arena_printf(&view->arena, "%" PRId64, count);
}

static const char *fraction_text(struct tally_view *view, int64_t numerator, int64_t denominator,
				 bool mean)
{
	if (!denominator)
		return NULL;
	struct decimal *value = decimal_new(numerator), *by = decimal_new(denominator);
	decimal_divide(value, by);
	const char *text =
		mean ? decimal_text(view, value, view->people ? MEAN_PLACES : RATE_PLACES)
		     : tally_view_rate(view, value);
	decimal_free(value);
	decimal_free(by);
	return text;
}

/* Twenty cells: # satisfied, - dissatisfied, . neither. */
static const char *bar(struct tally_view *view, const struct tally_service *service)
{
	const int64_t counts[] = {service->satisfied,
				  service->rated - service->satisfied - service->dissatisfied,
				  service->dissatisfied};
	int64_t cells[3];
	struct buf text;
	if (!service->rated)
		return NULL;
	buf_init(&text);
	sample_allocate(BAR_CELLS, counts, 3, cells);
	for (size_t i = 0; i < 3; i++)
		buf_fill(&text, "#.-"[i], (size_t)cells[i]);
	const char *kept = arena_dup(&view->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *time_text(struct tally_view *view, int64_t at)
{
	struct buf text;
	buf_init(&text);
	(view->people ? time_format_short : time_format)(&view->book->zone, at, &text);
	const char *kept = arena_dup(&view->arena, text.data);
	buf_clear(&text);
	return kept;
}

static const char *verdict_text(const struct tally_view *view)
{
	static const char *const words[] = {
		[TALLY_OPEN] = "open", [TALLY_VALID] = "valid", [TALLY_INVALID] = "invalid"};
	return view->now->verdict == TALLY_INVALID && view->people ? "INVALID"
								   : words[view->now->verdict];
}

/* --- making it --- */

void tally_view_init(struct tally_view *view, struct cli *cli, struct book *book,
		     const struct tally *now, const struct tally *before)
{
	*view = (struct tally_view){.cli = cli,
				    .book = book,
				    .now = now,
				    .before = before,
				    .people = cli_format(cli) == TABLE_TABLE,
				    .settled = now->verdict == TALLY_VALID};
	view->z = tally_quantile(book, now->survey, &view->confidence);
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

static void say_summary(struct tally_view *view)
{
	const struct tally *tally = view->now;
	const struct survey *survey = tally->survey;
	struct cli *cli = view->cli;
	const char *clause = tally->validity ? tally->validity->clause : NULL;
	cli_print(cli, "%s  %s  %s", survey->id, survey->title, survey->occasion);
	cli_print(cli, "\n%s: %" PRId64 " of %" PRId64 " came back in time", verdict_text(view),
		  tally->whole.returned, tally->whole.sent);
	const char *share = fraction_text(view, tally->whole.returned, tally->whole.sent, false);
	cli_print(cli, ", %s", share ? share : "-");
	if (tally->validity) {
		struct decimal *needed = decimal_new(0);
		const char *rate = node_text(tally->validity->node, "valid-above");
		decimal_set(needed, rate, strlen(rate));
		cli_print(cli, "; more than %s is needed", tally_view_rate(view, needed));
		decimal_free(needed);
	}
	cli_print(cli, clause ? " [%s]\n" : "\n", clause);
	cli_print(cli, "drawn from %" PRId64 "; issued %s, ", tally->whole.population,
		  time_text(view, survey->issued->at));
	cli_print(cli, "%s %s",
		  survey->closed || view->book->now > survey->closes ? "closed" : "closes",
		  time_text(view, survey->closes));
	if (tally->late)
		cli_print(cli, "; late and not counted: %" PRId64, tally->late);
	if (tally->voided)
		cli_print(cli, "; voided: %" PRId64, tally->voided);
	cli_print(cli, "\n");
	if (!view->settled)
		cli_print(cli, "%s\n",
			  tally->verdict == TALLY_INVALID
				  ? _("no rates are shown: the survey is not valid")
				  : _("no rates are shown: it is not valid yet"));
	else if (view->before)
		cli_print(cli, "compared with %s; intervals and changes at a confidence of %s\n",
			  view->before->survey->id, view->confidence);
	else
		cli_print(cli, "nothing valid to compare with; intervals at a confidence of %s\n",
			  view->confidence);
}

static void show_summary(struct tally_view *view)
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
	};
	const struct tally *tally = view->now;
	const struct survey *survey = tally->survey;
	const char *cells[] = {
		survey->id,
		survey->title,
		survey->occasion,
		verdict_text(view),
		count_text(view, tally->whole.population),
		count_text(view, tally->whole.sent),
		count_text(view, tally->whole.returned),
		fraction_text(view, tally->whole.returned, tally->whole.sent, false),
		count_text(view, tally->late),
		count_text(view, tally->voided),
		time_text(view, survey->issued->at),
		time_text(view, survey->closes),
		view->before ? view->before->survey->id : NULL,
		view->confidence,
		tally->validity ? tally->validity->clause : NULL,
	};
	struct table *table = cli_table(view->cli, columns, sizeof columns / sizeof *columns);
	table_row(table, cells);
	cli_show(view->cli, table);
	table_free(table);
}

/* --- services --- */

static const char *finding(const struct tally_view *view, size_t i)
{
	const struct share_change *change = &view->changes[i];
	if (!change->change)
		return NULL;
	if (!decimal_sign(change->change))
		return "same";
	bool fell = decimal_sign(change->change) < 0;
	return change->significant ? (fell ? "fell" : "rose")
	       : fell              ? "fell-by-chance"
				   : "rose-by-chance";
}

static const char *range(struct tally_view *view, const struct decimal *low,
			 const struct decimal *high, bool change)
{
	const char *(*text)(struct tally_view *, const struct decimal *) =
		change ? tally_view_change : tally_view_rate;
	return low ? arena_printf(&view->arena, "%s to %s", text(view, low), text(view, high))
		   : NULL;
}

static void show_services_to_people(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "service"},
		{.name = "rated", .right = true},
		{.name = "no rating", .right = true},
		{.name = "satisfied", .right = true},
		{.name = "bar", .title = "# satisfied - dissatisfied", .whole = true},
		{.name = "interval", .whole = true},
		{.name = "dissatisfied", .right = true},
		{.name = "mean", .right = true},
		{.name = "change", .right = true},
		{.name = "its interval", .whole = true},
		{.name = "finding", .whole = true},
	};
	const struct tally *tally = view->now;
	struct table *table =
		cli_table(view->cli, columns, view->before ? sizeof columns / sizeof *columns : 8);
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct tally_service *service = &tally->whole.services[i];
		const struct share *share = &view->satisfied[i];
		const struct share_change *change = &view->changes[i];
		const char *cells[] = {
			tally->services[i]->title,
			count_text(view, service->rated),
			count_text(view, service->unrated),
			tally_view_rate(view, share->rate),
			view->settled ? bar(view, service) : NULL,
			range(view, share->low, share->high, false),
			tally_view_rate(view, view->dissatisfied[i].rate),
			view->settled ? fraction_text(view, service->sum, service->rated, true)
				      : NULL,
			tally_view_change(view, change->change),
			range(view, change->low, change->high, true),
			finding(view, i),
		};
		table_row(table, cells);
	}
	cli_show(view->cli, table);
	table_free(table);
}

static void show_services(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "survey"},
		{.name = "verdict"},
		{.name = "service"},
		{.name = "title"},
		{.name = "rated", .number = true},
		{.name = "unrated", .number = true},
		{.name = "satisfied", .number = true},
		{.name = "dissatisfied", .number = true},
		{.name = "rate"},
		{.name = "low"},
		{.name = "high"},
		{.name = "dissatisfied-rate"},
		{.name = "dissatisfied-low"},
		{.name = "dissatisfied-high"},
		{.name = "mean"},
		{.name = "before"},
		{.name = "change"},
		{.name = "change-low"},
		{.name = "change-high"},
		{.name = "finding"},
		{.name = "clause"},
	};
	const struct tally *tally = view->now;
	struct table *table = cli_table(view->cli, columns, sizeof columns / sizeof *columns);
	const struct rule *rates = tally->questionnaire.rates;
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct tally_service *service = &tally->whole.services[i];
		const struct share *share = &view->satisfied[i], *not = &view->dissatisfied[i];
		const struct share_change *change = &view->changes[i];
		const char *cells[] = {
			tally->survey->id,
			verdict_text(view),
			tally->services[i]->name,
			tally->services[i]->title,
			count_text(view, service->rated),
			count_text(view, service->unrated),
			count_text(view, service->satisfied),
			count_text(view, service->dissatisfied),
			tally_view_rate(view, share->rate),
			tally_view_rate(view, share->low),
			tally_view_rate(view, share->high),
			tally_view_rate(view, not ->rate),
			tally_view_rate(view, not ->low),
			tally_view_rate(view, not ->high),
			view->settled ? fraction_text(view, service->sum, service->rated, true)
				      : NULL,
			change->change ? view->before->survey->id : NULL,
			tally_view_change(view, change->change),
			tally_view_change(view, change->low),
			tally_view_change(view, change->high),
			finding(view, i),
			rates ? rates->clause : NULL,
		};
		table_row(table, cells);
	}
	cli_show(view->cli, table);
	table_free(table);
}

/* Count and share of every grade; of those that are no rating the count alone. */
static void show_grades(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "service"},
		{.name = "title"},
		{.name = "grade", .number = true, .right = true},
		{.name = "meaning"},
		{.name = "count", .number = true, .right = true},
		{.name = "share", .right = true},
	};
	const struct tally *tally = view->now;
	struct table *table = cli_table(view->cli, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct question *question = tally->services[i];
		const struct tally_service *service = &tally->whole.services[i];
		for (size_t j = 0; j < question->grade_count; j++) {
			const struct grade *grade = &question->grades[j];
			const char *cells[] = {
				question->name,
				question->title,
				count_text(view, grade->value),
				grade->unrated        ? "no-rating"
				: grade->satisfied    ? "satisfied"
				: grade->dissatisfied ? "dissatisfied"
						      : NULL,
				count_text(view, service->grades[j]),
				grade->unrated || !view->settled
					? NULL
					: fraction_text(view, service->grades[j], service->rated,
							false),
			};
			table_row(table, cells);
		}
	}
	cli_show(view->cli, table);
	table_free(table);
}

/* --- types and areas --- */

static void add_part(struct tally_view *view, struct table *table, const struct tally_part *part)
{
	const struct tally *tally = view->now;
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct tally_service *service = &part->services[i];
		struct share share = {0}, not = {0};
		if (view->settled) {
			tally_share(tally, part, i, false, view->z, &share);
			tally_share(tally, part, i, true, view->z, &not );
		}
		const char *cells[] = {
			part->name,
			count_text(view, part->sent),
			count_text(view, part->returned),
			tally->services[i]->name,
			tally->services[i]->title,
			count_text(view, service->rated),
			count_text(view, service->satisfied),
			count_text(view, service->dissatisfied),
			tally_view_rate(view, share.rate),
			tally_view_rate(view, share.low),
			tally_view_rate(view, share.high),
			tally_view_rate(view, not .rate),
			view->settled ? fraction_text(view, service->sum, service->rated, true)
				      : NULL,
		};
		table_row(table, cells);
		share_clear(&share);
		share_clear(&not );
	}
}

static void show_parts(struct tally_view *view, const char *name, const struct tally_part *parts,
		       size_t count)
{
	const struct table_column columns[] = {
		{.name = name, .whole = true},
		{.name = "sent", .number = true, .right = true},
		{.name = "returned", .number = true, .right = true},
		{.name = "service"},
		{.name = "title"},
		{.name = "rated", .number = true, .right = true},
		{.name = "satisfied", .number = true, .right = true},
		{.name = "dissatisfied", .number = true, .right = true},
		{.name = "rate", .right = true},
		{.name = "low", .right = true},
		{.name = "high", .right = true},
		{.name = "dissatisfied-rate", .right = true},
		{.name = "mean", .right = true},
	};
	struct table *table = cli_table(view->cli, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++)
		if (parts[i].returned || parts[i].sent > 0)
			add_part(view, table, &parts[i]);
	cli_show(view->cli, table);
	table_free(table);
}

/* --- texts --- */

static void show_texts(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "kind"},
		{.name = "question"},
		{.name = "times", .number = true, .right = true},
		{.name = "text"},
		{.name = "units", .max = 40},
	};
	struct table *table = cli_table(view->cli, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < view->now->text_count; i++) {
		const struct tally_text *text = &view->now->texts[i];
		const char *cells[] = {question_kind_name(text->question->kind),
				       view->people ? text->question->title : text->question->name,
				       count_text(view, (int64_t)text->times), text->text,
				       text->units};
		table_row(table, cells);
	}
	if (view->now->text_count || !view->people)
		cli_show(view->cli, table);
	table_free(table);
}

/* --- all of it --- */

static void show_part(struct tally_view *view, const char *part)
{
	const struct tally *tally = view->now;
	if (strcmp(part, "summary") == 0)
		show_summary(view);
	else if (strcmp(part, "services") == 0)
		(view->people ? show_services_to_people : show_services)(view);
	else if (strcmp(part, "grades") == 0)
		show_grades(view);
	else if (strcmp(part, "types") == 0)
		show_parts(view, "type", tally->types, tally->type_count);
	else if (strcmp(part, "areas") == 0)
		show_parts(view, "area", tally->areas, tally->area_count);
	else if (strcmp(part, "texts") == 0)
		show_texts(view);
	else
		tally_view_improve(view);
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

void tally_view_show(struct tally_view *view, const char *part)
{
	static const struct {
		const char *part, *heading;
	} sections[] = {
		{"services", N_("Services")},         {"grades", N_("Grades")},
		{"types", N_("By type of customer")}, {"areas", N_("By area")},
		{"texts", N_("In their own words")},  {"improve", N_("To be improved")},
	};
	if (part || !view->people) {
		show_part(view, part ? part : "services");
		return;
	}
	say_summary(view);
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (worth_showing(view->now, sections[i].part)) {
			cli_print(view->cli, "\n%s\n", _(sections[i].heading));
			show_part(view, sections[i].part);
		}
}
