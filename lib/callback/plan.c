// SPDX-License-Identifier: MIT
// The daily plan: what time itself brings about is recorded, lots are drawn.
#include "callback/plan.h"

#include <stdlib.h>
#include <string.h>

#include "callback/plan_parts.h"
#include "data/time.h"
#include "ticket/ticket.h"

bool plan_wanted(const struct policy *policy)
{
	size_t cursor = 0;
	const struct rule *rule;
	if (policy_next(policy, RULE_ROUTINE, &cursor))
		return true;
	for (cursor = 0; (rule = policy_next(policy, RULE_CALLBACK, &cursor));)
		if (node_text(rule->node, "rate")[0] != '1')
			return true;
	return false;
}

/* Whom the routines for persons send where. */
static void add_visits(struct plan_run *run)
{
	struct arena *arena = run->arena;
	struct book *book = run->book;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_ROUTINE, &cursor))) {
		struct occurrence occurrences[OCCURRENCES_MAX];
		size_t count = routine_for(rule) == ROUTINE_PERSON
				       ? routine_periods(book, rule, &run->span, arena, occurrences,
							 OCCURRENCES_MAX)
				       : 0;
		/* visits of a period that is over are visits nobody can make any more */
		for (size_t i = count ? count - 1 : 0; i < count; i++)
			plan_forms_visits(&run->forms, book, arena, rule, &occurrences[i],
					  run->out);
	}
}

/* How many of the deadlines and callbacks that DOCUMENT sets had to guess days off. */
static size_t guesses_in(const struct node *document)
{
	static const char *const lists[] = {"due", "callbacks"};
	const struct node *entry;
	size_t count = 0;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; (entry = node_item(node_get(document, lists[i]), j)); j++)
			count += node_true(entry, "provisional");
	return count;
}

/* What stands in the ledger is in its own language, whoever's cron runs this. */
static const char *title_of(const struct book *book, const struct rule *routine)
{
	return language_choose(&book->own, node_get(routine->node, "title"), NULL);
}

/* The tickets of the desk's routines, each written as it is opened. */
static bool open_tickets(struct plan_run *run)
{
	struct book *book = run->book;
	struct arena *arena = run->arena;
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, RULE_ROUTINE, &cursor))) {
		struct occurrence occurrences[OCCURRENCES_MAX];
		const char *routine = node_text(rule->node, "routine");
		if (routine_for(rule) != ROUTINE_DESK)
			continue;
		size_t count = routine_periods(book, rule, &run->span, arena, occurrences,
					       OCCURRENCES_MAX);
		for (size_t i = 0; i < count; i++) {
			struct recorded recorded;
			struct acting acting = run->acting;
			struct node *fields = ticket_document(arena, "opened");
			if (plan_forms_opened(&run->forms, routine, occurrences[i].period))
				continue;
			acting.at = occurrences[i].at;
			static const char *const copied[] = {"kind", "category", "department"};
			for (size_t j = 0; j < 3; j++)
				node_add_string(arena, fields, copied[j],
						node_text(rule->node, copied[j]));
			node_add_string(arena, fields, "channel", "staff");
			node_add_string(arena, fields, "routine", routine);
			node_add_string(arena, fields, "period", occurrences[i].period);
			node_add_string(
				arena, fields, "text",
				arena_printf(arena, "%s %s", title_of(book, rule),
					     routine_about(book, rule, &occurrences[i], arena)));
			run->out->opened++;
			if (!ticket_open_as(book, arena, run->request, &acting, fields, &recorded,
					    run->err)) {
				if (run->err->status >= STATUS_SYSTEM)
					return false;
				err_prefix(run->err, routine);
				problems_add(&run->out->problems, NULL, run->err);
				run->out->opened--;
			} else {
				run->out->provisional += guesses_in(fields);
			}
		}
	}
	return true;
}

/* Writes all documents that forms get, each form once, with one acknowledgement. */
static bool write_forms(struct plan_run *run)
{
	struct book *book = run->book;
	struct form_addition *all = run->forms.additions;
	size_t count = plan_forms_sort(&run->forms);
	if (!count)
		return true;
	struct store_batch *batch =
		run->request->dry_run ? NULL : store_batch_begin(&book->store, run->err);
	struct buf text, path;
	bool done = batch || run->request->dry_run;
	buf_init(&text);
	buf_init(&path);
	for (size_t begin = 0, end; done && begin < count; begin = end) {
		struct arena scratch = ARENA_INIT;
		for (end = begin + 1; end < count && strcmp(all[begin].form, all[end].form) == 0;
		     end++)
			;
		struct addition *additions =
			arena_alloc(&scratch, (end - begin) * sizeof *additions);
		for (size_t i = begin; i < end; i++)
			additions[i - begin] = (struct addition){
				.document = node_copy(&scratch, all[i].document), .at = all[i].at};
		struct err err = ERR_INIT;
		int64_t last;
		buf_reset(&text);
		buf_reset(&path);
		if (!ticket_compose(book, &scratch, run->request, &run->acting, all[begin].form,
				    additions, end - begin, &text, &last, &err)) {
			/* one that cannot be planned for hides no other */
			for (size_t i = begin; i < end; i++)
				(*(document_event(all[i].document) == EVENT_DRAWN
					   ? &run->out->drawn
					   : &run->out->scheduled))--;
			problems_add(&run->out->problems, NULL, &err);
		} else {
			for (size_t i = 0; i < end - begin; i++)
				run->out->provisional += guesses_in(additions[i].document);
			done = book_form_path(all[begin].form, &path, run->err);
			struct mark mark = record_mark(&scratch, path.data, last);
			done = done && (batch ? store_batch_add(batch, path.data, text.data,
								text.len, STORE_REPLACE, run->err)
					      : store_may_write(&book->store, path.data, text.len,
								STORE_REPLACE, mark.key,
								run->err)) == STORE_WRITTEN;
			if (batch)
				store_batch_mark(batch, &mark);
		}
		arena_clear(&scratch);
	}
	if (batch && done)
		done = store_batch_commit(batch, run->err);
	else
		store_batch_abort(batch);
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

/* The day is planned: the last of the documents, and what the command answers with. */
static bool add_planned(struct plan_run *run, struct recorded *out)
{
	struct arena *arena = run->arena;
	struct planned *planned = run->out;
	/* planned before, and nothing has come since */
	if (run->last_day == run->span.today && run->planned_seq && !planned->scheduled &&
	    !planned->opened && !planned->drawn) {
		out->first = out->last = run->planned_seq;
		out->in_place = true;
		return true;
	}
	struct node *document = ticket_document(arena, "planned");
	struct buf day;
	size_t begins = run->text.len;
	buf_init(&day);
	date_format(run->span.today, &day);
	node_add_string(arena, document, "day", day.data);
	node_add(arena, document, "scheduled", node_int(arena, (int64_t)run->out->scheduled));
	node_add(arena, document, "opened", node_int(arena, (int64_t)run->out->opened));
	node_add(arena, document, "drawn", node_int(arena, (int64_t)run->out->drawn));
	buf_clear(&day);
	if (!plan_register_add(run, document))
		return false;
	out->first = out->last = run->seq;
	out->text = arena_dup_len(arena, run->text.data + begins, run->text.len - begins);
	enum store_result result = plan_register_write(run);
	out->in_place = record_stands(result, run->err);
	return result == STORE_WRITTEN;
}

bool plan_run(struct book *book, struct arena *arena, const struct request *request,
	      struct recorded *out, struct planned *planned, struct err *err)
{
	*planned = (struct planned){.notes = node_list(arena)};
	*out = (struct recorded){.notes = node_list(arena)};
	struct plan_run run = {
		.book = book, .arena = arena, .request = request, .out = planned, .err = err};
	buf_init(&run.text);
	bool done = record_begin(book, request, false, &run.acting, err) &&
		    plan_register_read(&run);
	if (done) {
		out->id = run.id;
		/* who was drawn stands in the plans: while one cannot be read, nobody is drawn anew
		 */
		bool may_draw = !request->dry_run && !planned->problems.count;
		plan_forms_read(&run.forms, book, &run.span, &planned->problems);
		planned->scheduled = run.forms.addition_count;
		add_visits(&run);
		/* What an earlier run left undone comes first: it counts for the frames of today. A
		 * dry run must not show a lot that would then be drawn otherwise. */
		done = !may_draw || (plan_draw(&run) && plan_draw_freeze(&run) && plan_draw(&run));
		/* drawing is what would write first */
		if (request->dry_run)
			done = store_may_write(&book->store, run.path, run.text.len, STORE_REPLACE,
					       NULL, err) == STORE_WRITTEN;
	}
	done = done && write_forms(&run) && open_tickets(&run);
	if (done && !planned->problems.count)
		done = add_planned(&run, out);
	store_unlock(&book->store);
	plan_forms_clear(&run.forms);
	buf_clear(&run.text);
	free(run.framed);
	return done;
}

void planned_clear(struct planned *planned)
{
	problems_clear(&planned->problems);
}
