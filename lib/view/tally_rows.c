// SPDX-License-Identifier: MIT
// The tables of survey-tally: services, grades, types and areas, open answers.
#include <string.h>

#include "survey/sample.h"
#include "view/tally_parts.h"

enum { BAR_CELLS = 20 };

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

static struct table *services_for_people(struct tally_view *view)
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
	struct table *table = view_table(view->style, columns,
					 view->before ? sizeof columns / sizeof *columns : 8);
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct tally_service *service = &tally->whole.services[i];
		const struct share *share = &view->satisfied[i];
		const struct share_change *change = &view->changes[i];
		const char *cells[] = {
			tally->services[i]->shown,
			tally_view_count(view, service->rated),
			tally_view_count(view, service->unrated),
			tally_view_rate(view, share->rate),
			view->settled ? bar(view, service) : NULL,
			range(view, share->low, share->high, false),
			tally_view_rate(view, view->dissatisfied[i].rate),
			tally_view_mean(view, service),
			tally_view_change(view, change->change),
			range(view, change->low, change->high, true),
			finding(view, i),
		};
		table_row(table, cells);
	}
	return table;
}

static struct table *services_for_programs(struct tally_view *view)
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
	struct table *table = view_table(view->style, columns, sizeof columns / sizeof *columns);
	const struct rule *rates = tally->questionnaire.rates;
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct tally_service *service = &tally->whole.services[i];
		const struct share *share = &view->satisfied[i], *not = &view->dissatisfied[i];
		const struct share_change *change = &view->changes[i];
		const char *cells[] = {
			tally->survey->id,
			tally_view_verdict(view),
			tally->services[i]->name,
			tally->services[i]->title,
			tally_view_count(view, service->rated),
			tally_view_count(view, service->unrated),
			tally_view_count(view, service->satisfied),
			tally_view_count(view, service->dissatisfied),
			tally_view_rate(view, share->rate),
			tally_view_rate(view, share->low),
			tally_view_rate(view, share->high),
			tally_view_rate(view, not ->rate),
			tally_view_rate(view, not ->low),
			tally_view_rate(view, not ->high),
			tally_view_mean(view, service),
			change->change ? view->before->survey->id : NULL,
			tally_view_change(view, change->change),
			tally_view_change(view, change->low),
			tally_view_change(view, change->high),
			finding(view, i),
			rates ? rates->clause : NULL,
		};
		table_row(table, cells);
	}
	return table;
}

struct table *tally_view_services(struct tally_view *view)
{
	return view_for_people(view->style) ? services_for_people(view)
					    : services_for_programs(view);
}

/* Count and share of every grade; of those that are no rating the count alone. */
struct table *tally_view_grades(struct tally_view *view)
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
	struct table *table = view_table(view->style, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct question *question = tally->services[i];
		const struct tally_service *service = &tally->whole.services[i];
		for (size_t j = 0; j < question->grade_count; j++) {
			const struct grade *grade = &question->grades[j];
			const char *cells[] = {
				question->name,
				tally_view_title(view, question),
				tally_view_count(view, grade->value),
				grade->unrated        ? "no-rating"
				: grade->satisfied    ? "satisfied"
				: grade->dissatisfied ? "dissatisfied"
						      : NULL,
				tally_view_count(view, service->grades[j]),
				grade->unrated || !view->settled
					? NULL
					: tally_view_share(view, service->grades[j],
							   service->rated),
			};
			table_row(table, cells);
		}
	}
	return table;
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
			tally_view_count(view, part->sent),
			tally_view_count(view, part->returned),
			tally->services[i]->name,
			tally_view_title(view, tally->services[i]),
			tally_view_count(view, service->rated),
			tally_view_count(view, service->satisfied),
			tally_view_count(view, service->dissatisfied),
			tally_view_rate(view, share.rate),
			tally_view_rate(view, share.low),
			tally_view_rate(view, share.high),
			tally_view_rate(view, not .rate),
			tally_view_mean(view, service),
		};
		table_row(table, cells);
		share_clear(&share);
		share_clear(&not );
	}
}

struct table *tally_view_by_part(struct tally_view *view, const char *name,
				 const struct tally_part *parts, size_t count)
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
	struct table *table = view_table(view->style, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++)
		if (parts[i].returned || parts[i].sent > 0)
			add_part(view, table, &parts[i]);
	return table;
}

/* --- texts --- */

struct table *tally_view_texts(struct tally_view *view)
{
	static const struct table_column columns[] = {
		{.name = "kind"},
		{.name = "question"},
		{.name = "times", .number = true, .right = true},
		{.name = "text"},
		{.name = "units", .max = 40},
	};
	struct table *table = view_table(view->style, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < view->now->text_count; i++) {
		const struct tally_text *text = &view->now->texts[i];
		const char *cells[] = {
			question_kind_name(text->question->kind),
			view_for_people(view->style) ? text->question->shown : text->question->name,
			tally_view_count(view, (int64_t)text->times), text->text, text->units};
		table_row(table, cells);
	}
	return table;
}
