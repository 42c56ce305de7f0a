// SPDX-License-Identifier: MIT
// The registers of what was planned, one a site and month: read, each once, and added to.
#include <string.h>

#include "book/form.h"
#include "callback/plan_parts.h"
#include "data/time.h"
#include "record/render.h"
#include "store/file.h"

/* Where the plan of SITE for the month of INSTANT lies, and its id ("YL2611"). */
static const char *plan_path(const struct book *book, struct arena *arena, const char *site,
			     int64_t instant, const char **id)
{
	struct civil civil;
	zone_civil(&book->zone, instant, &civil);
	*id = arena_printf(arena, "%s%02d%02d", site, civil.year % 100, civil.month);
	return arena_printf(arena, "plans/%04d/%s.yaml", civil.year, *id);
}

enum { MONTHS_READ = 25 }; /* of plans, back from now: the windows of callbacks are shorter */

/* The first instant of the month BACK months before NOW. */
static int64_t month_back(const struct book *book, int back)
{
	struct civil civil;
	zone_civil(&book->zone, book->now, &civil);
	int months = civil.year * 12 + civil.month - 1 - back;
	return zone_day_start(&book->zone, day_of_civil(months / 12, months % 12 + 1, 1));
}

/* Calls VISIT with each plan of the last months, the newest month first; with ERR set, PLAN has
 * neither text nor documents. */
static void each_plan(struct book *book,
		      void (*visit)(void *context, const struct plan_file *plan, struct err *err),
		      void *context)
{
	const struct node *sites = node_get(book->header, "sites");
	struct arena arena = ARENA_INIT, paths = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	for (int back = 0; back < MONTHS_READ; back++)
		for (size_t i = 0; i < node_item_count(sites); i++) {
			struct documents documents;
			struct plan_file plan = {.site = node_item_text(sites, i)};
			struct err err = ERR_INIT;
			plan.path = plan_path(book, &paths, plan.site, month_back(book, back),
					      &plan.id);
			enum file_result read = file_read(&book->store.root, plan.path,
							  FORM_MAX_BYTES, &text, &err);
			if (read == FILE_READ && documents_read(&arena, plan.path, text.data,
								text.len, &documents, &err)) {
				plan.text = &text;
				plan.documents = &documents;
			}
			if (read != FILE_ABSENT)
				visit(context, &plan, &err);
			err_clear(&err);
		}
	buf_clear(&text);
	arena_clear(&arena);
	arena_clear(&paths);
}

/* The last day that DOCUMENTS, a plan's, say was planned; 0: none. SEQ, which may be NULL, gets the
 * last document that says so of any day. */
static int last_planned(const struct documents *documents, int64_t *seq)
{
	int last = 0, day;
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		const char *text = node_text(document->root, "day");
		struct err ignored = ERR_INIT;
		if (document->which != EVENT_PLANNED)
			continue;
		if (text && date_parse(text, &day, &ignored) && day > last)
			last = day;
		if (seq)
			*seq = document->seq;
		err_clear(&ignored);
	}
	return last;
}

static void find_last_day(void *context, const struct plan_file *plan, struct err *err)
{
	int *last = context, day = err->text ? 0 : last_planned(plan->documents, NULL);
	*last = day > *last ? day : *last;
}

int plan_last_day(struct book *book)
{
	int last = 0;
	each_plan(book, find_last_day, &last);
	return last;
}

static void take_plan(void *context, const struct plan_file *plan, struct err *err)
{
	struct plan_run *run = context;
	const struct documents *documents = plan->documents;
	bool adds_to_it = strcmp(plan->path, run->path) == 0;
	if (err->text && adds_to_it)
		err_merge(run->err, err);
	else if (err->text)
		problems_add(&run->out->problems, NULL, err);
	if (!documents)
		return;
	find_last_day(&run->last_day, plan, err);
	plan_draw_take(run, plan);
	if (!adds_to_it)
		return;
	buf_reset(&run->text);
	buf_add(&run->text, plan->text->data, plan->text->len);
	run->seq = documents->items[documents->count - 1].seq;
	last_planned(documents, &run->planned_seq);
}

bool plan_register_read(struct plan_run *run)
{
	struct book *book = run->book;
	int today = zone_day(&book->zone, book->now);
	run->lots = node_list(run->arena);
	run->draws = node_list(run->arena);
	run->pending = node_list(run->arena);
	run->path = plan_path(book, run->arena, book->site, book->now, &run->id);
	each_plan(book, take_plan, run);
	run->begins = !run->seq;
	if (!run->err->text && record_next(book, run->path, run->seq, &run->seq, run->err))
		run->seq--;
	plan_draw_sort(run);
	/* who has never planned begins today; who has not for long does not dig up what is long
	 * over */
	run->span = (struct span){.after = run->last_day ? run->last_day : today - 1,
				  .today = today,
				  .begins = !run->last_day};
	if (run->span.after < today - 366)
		run->span.after = today - 366;
	return !run->err->text;
}

bool plan_register_look(struct plan_run *run)
{
	const struct book *book = run->book;
	struct buf text;
	int64_t next = 0;
	buf_init(&text);
	enum file_result read =
		file_read(&book->store.root, run->path, FORM_MAX_BYTES, &text, run->err);
	run->outdated = text.len != run->text.len ||
			(text.len && memcmp(text.data, run->text.data, text.len) != 0);
	bool done = read != FILE_FAILED && record_next(book, run->path, run->seq, &next, run->err);
	run->outdated = run->outdated || (done && next != run->seq + 1);
	buf_clear(&text);
	return done;
}

bool plan_register_add(struct plan_run *run, struct node *document)
{
	const char *event = node_text(document, "event");
	const struct schema *schema =
		schema_find(run->book->schemas,
			    arena_printf(run->arena, "schemas/plan/%s.yaml", event), run->err);
	if (!schema)
		return false;
	record_head(run->book, run->arena, run->request, &run->acting, document,
		    run->begins ? run->id : NULL, run->seq + 1);
	if (!render_document(schema, document, &run->text, run->err))
		return err_place(run->err, run->path, 0, 0);
	run->seq++;
	run->begins = false;
	return true;
}

enum store_result plan_register_write(struct plan_run *run)
{
	return record_write(run->book, run->request, run->path, run->seq, &run->text, STORE_REPLACE,
			    run->err);
}
