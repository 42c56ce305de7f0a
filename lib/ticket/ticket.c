// SPDX-License-Identifier: MIT
// Recording steps of tickets: who acts, when, judged, with what they make due, written by the
// store's protocol.
#include "ticket/ticket.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data/time.h"
#include "record/render.h"
#include "record/retry.h"
#include "record/value.h"
#include "store/file.h"
#include "ticket/duty.h"
#include "ticket/judge.h"

enum { DAY_SECONDS = 86400 };

struct node *ticket_document(struct arena *arena, const char *event)
{
	struct node *document = node_map(arena);
	node_add_string(arena, document, "event", event);
	return document;
}

bool ticket_field(struct book *book, struct arena *arena, struct node *document, const char *kind,
		  const char *field, const char *typed, struct err *err)
{
	const struct schema *schema =
		book_event_schema(book, kind, node_text(document, "event"), err);
	return schema && value_set(book, arena, schema, document, field, typed, err);
}

/* --- who acts --- */

/* Whether DOCUMENT is the approval of another's request, recorded by the approver themselves: that
 * takes --by. */
static bool is_own_approval(struct book *book, const struct node *document)
{
	struct err ignored = ERR_INIT;
	const struct member *login = document ? book_actor(book, &ignored) : NULL;
	err_clear(&ignored);
	return login && node_is_string(node_get(document, "approved-by"), login->id);
}

/* --- one step --- */

struct work {
	struct book *book;
	struct arena *arena;
	const struct request *request;
	struct acting who;
	bool automatic;  /* the document follows from another: nobody's step to be judged */
	bool overridden; /* --override was used */
	bool undurable;  /* a linked form is in place, but the disk did not confirm it */
	struct recorded *out;
	struct err *err;
};

/* A step that contradicts what the form already is. */
static bool check_state(const struct form *form, enum form_state before, const char *event,
			struct err *err)
{
	if (strcmp(event, "settled") == 0 && before != FORM_DISPUTED)
		return err_set(
			err, STATUS_REFUSED,
			"its steps do not contradict each other: there is nothing to settle");
	if (form->state != FORM_DISPUTED)
		return true;
	if (before == FORM_DISPUTED)
		return strcmp(event, "settled") == 0 || strcmp(event, "told") == 0 ||
		       err_set(err, STATUS_REFUSED,
			       "its steps contradict each other (#%" PRId64
			       "): record a settled step first",
			       form->disputed_by->seq);
	return err_set(err, STATUS_REFUSED, "it is %s%s: %s is not possible",
		       form_state_name(before),
		       before == FORM_OPEN ? " and was not closed" : " already", event);
}

bool ticket_names(const struct book *book, const struct node *document, struct err *err)
{
	static const struct {
		const char *field;
		enum rule_list list;
	} names[] = {{"kind", RULE_KIND}, {"category", RULE_CATEGORY}, {"severity", RULE_SEVERITY}};
	const char *kind = node_text(document, "kind");
	const struct rule *kind_rule = policy_find(book->policy, RULE_KIND, kind);
	const struct node *severities = kind_rule ? node_get(kind_rule->node, "severities") : NULL;
	for (size_t i = 0; i < 3; i++) {
		const char *name = node_text(document, names[i].field);
		const struct rule *rule = policy_find(book->policy, names[i].list, name);
		const struct node *of = rule ? node_get(rule->node, "kind") : NULL;
		if (names[i].list == RULE_KIND && name && strcmp(name, KIND_CUSTOMER) == 0)
			continue;
		bool fits = rule &&
			    (names[i].list == RULE_KIND || !of || !kind || node_holds(of, kind)) &&
			    (names[i].list != RULE_SEVERITY || !severities ||
			     node_holds(severities, name));
		if (!name || fits)
			continue;
		struct buf allowed;
		buf_init(&allowed);
		if (names[i].list == RULE_SEVERITY && severities)
			for (size_t j = 0; j < node_count(severities); j++)
				buf_addf(&allowed, "%s%s", j ? ", " : "",
					 severities->list.items[j]->text);
		else
			policy_names(book->policy, names[i].list, kind, &allowed);
		err_set(err, STATUS_REFUSED, "%s: \"%s\" is not known%s%s (allowed: %s)",
			names[i].field, name, i && kind ? " for a " : "", i && kind ? kind : "",
			allowed.data);
		buf_clear(&allowed);
		return false;
	}
	return true;
}

static bool check_links(struct work *work, const struct node *document)
{
	const struct node *links = node_get(document, "links"), *link;
	struct buf path;
	buf_init(&path);
	bool done = true;
	for (size_t i = 0; done && (link = node_each(links, i)); i++) {
		buf_reset(&path);
		done = book_form_path(link->text, &path, work->err);
		/* a dry run has not written what it would link to */
		if (done && !work->request->dry_run &&
		    !file_exists(&work->book->store.root, path.data))
			done = err_set(work->err, STATUS_REFUSED, "links: there is no ticket %s",
				       link->text);
	}
	buf_clear(&path);
	return done;
}

/* Kind, category and severity as they stand after the step belong together. */
static bool check_class(struct work *work, const struct form *form)
{
	const struct document *last = &form->documents[form->count - 1];
	if (form->imported || (form->count > 1 && strcmp(last->event, "reclassified") != 0))
		return true;
	struct node *class = node_map(work->arena);
	node_add_string(work->arena, class, "kind", form->kind);
	node_add_string(work->arena, class, "category", form->category);
	node_add_string(work->arena, class, "severity", form->severity);
	return ticket_names(work->book, class, work->err);
}

/* An approval is recorded by the approver, or by who records for others: not by who asks, and not
 * at a shared login. */
static bool check_approval(struct work *work, const struct node *document)
{
	const struct member *login = acting_login(&work->who);
	const char *approver = node_text(document, "approved-by");
	/* one's own request is refused with the rule's clause, elsewhere */
	if (!approver || strcmp(approver, work->who.by->id) == 0)
		return true;
	if (strcmp(login->nature, "station") == 0)
		return err_set(work->err, STATUS_REFUSED,
			       "approved-by: approvals are not recorded at a station (%s)",
			       login->id);
	if (login == work->who.by)
		return err_set(
			work->err, STATUS_REFUSED,
			"approved-by: who asks for it does not record the approval too: let the "
			"approver record it, with --by %s",
			login->id);
	return true;
}

/* Judges DOCUMENT as the next of FORM (which holds all before it), gives it
 * what it makes due, and adds its bytes to TEXT. */
static bool step(struct work *work, struct form *form, struct node *document, struct buf *text)
{
	struct err *err = work->err;
	bool first = !form->count;
	enum form_state before = form->state;
	struct node *prior = first ? NULL : form_view(form);
	const char *kind = first ? node_text(document, "kind") : form->kind;
	const char *event = node_text(document, "event");
	int64_t opened = first ? work->who.at : form->opened_at;
	const struct schema *schema = book_event_schema(work->book, kind, event, err);
	if (!schema || !render_check(schema, document, err))
		return false;
	if (work->who.at < opened)
		return err_set(err, STATUS_REFUSED,
			       "--at: it would have happened before the ticket was opened%s",
			       form->cycle > 1 ? " again" : "");
	if (!judge_references(work->book, document, work->who.at, err) ||
	    !check_links(work, document) || !form_append(form, document, err) ||
	    !check_state(form, before, event, err))
		return false;
	struct judgement judgement = {.book = work->book,
				      .arena = work->arena,
				      .form = form,
				      .prior = prior,
				      .by = work->who.by,
				      .login = acting_login(&work->who),
				      .override = work->request->override,
				      .notes = work->out->notes};
	if (!check_class(work, form) || (!work->automatic && !judge_step(&judgement, err)) ||
	    !check_approval(work, document) ||
	    !duty_work_out(work->book, work->arena, form, prior, work->out->notes, err) ||
	    !render_document(schema, document, text, err))
		return false;
	work->overridden = work->overridden || node_get(document, "override");
	/* once more, with what it has made due and ended: that is what its file says */
	form_take_back(form);
	return form_append(form, document, err);
}

/* --- retries --- */

/* Whether FORM already holds the request: all of its COUNT documents, or none. */
static bool find_request(struct work *work, const struct form *form, struct node *const *documents,
			 size_t count)
{
	static const char *const added[] = {"due",     "callbacks",  "withdraws",
					    "settles", "override",   "classified",
					    "links",   "department", NULL};
	struct retry retry = {.book = work->book,
			      .arena = work->arena,
			      .request = work->request,
			      .at = work->who.at,
			      .documents = documents,
			      .count = count,
			      .added = added};
	return retry_find(&retry, form->id, form->documents, form->count, work->out, work->err);
}

static bool confirm(struct work *work, const char *path, const char *id)
{
	work->out->id = arena_dup(work->arena, id);
	return record_confirm(work->book, work->request, path, work->out, work->err);
}

/* Whether OTHER was opened because of an answer on ORIGIN that was never recorded: the power went
 * in between. */
static bool is_orphan_of(const struct form *other, const struct form *origin)
{
	const char *cause = other->count ? node_text(other->documents[0].root, "cause") : NULL;
	size_t len = strlen(origin->id);
	if (!cause || strncmp(cause, origin->id, len) != 0 || cause[len] != '#')
		return false;
	for (size_t i = 0; i < origin->count; i++)
		if (node_holds(node_get(origin->documents[i].root, "links"), other->id))
			return false;
	return true;
}

/* Looks through the tickets of the last days for the one that DOCUMENT asked
 * for, or, with ORIGIN, that an answer on it opened; only a retry and an
 * unsatisfied answer pay for this. *ID stays NULL when there is none. */
static bool find_recent(struct work *work, struct node *document, const struct form *origin,
			const char **id)
{
	struct book *book = work->book;
	struct file_names names = {0};
	struct form form;
	struct buf text, path;
	bool done = true;
	form_init(&form);
	buf_init(&text);
	buf_init(&path);
	*id = NULL;
	for (int back = 0; back <= RETRY_DAYS && done && !*id; back++) {
		struct civil day;
		zone_civil(&book->zone, book->now - (int64_t)back * DAY_SECONDS, &day);
		const char *folder =
			arena_printf(work->arena, "tickets/%04d/%02d", day.year, day.month);
		const char *date = arena_printf(work->arena, "%s%02d%02d%02d", book->site,
						day.year % 100, day.month, day.day);
		file_names_clear(&names);
		if (file_list(&book->store.root, folder, &names, work->err) == FILE_FAILED) {
			done = false;
			break;
		}
		for (size_t i = 0; i < names.count && done && !*id; i++) {
			if (strncmp(names.items[i], date, strlen(date)) != 0)
				continue;
			buf_reset(&path);
			buf_addf(&path, "%s/%s", folder, names.items[i]);
			struct err damage = ERR_INIT;
			if (file_read(&book->store.root, path.data, FORM_MAX_BYTES, &text,
				      &damage) != FILE_READ ||
			    !form_read(&form, path.data, text.data, text.len, &damage)) {
				err_clear(&damage); /* another form's damage is not this one's */
				continue;
			}
			done = origin || find_request(work, &form, &document, 1);
			if (done && (origin ? is_orphan_of(&form, origin) : work->out->repeated)) {
				*id = arena_dup(work->arena, form.id);
				done = confirm(work, path.data, form.id);
			}
		}
	}
	form_clear(&form);
	file_names_clear(&names);
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

/* --- new tickets --- */

/* The highest running number of TODAY's ids, 0 when there is none. */
static bool last_number(struct work *work, const char *folder, const char *prefix, long *last)
{
	struct file_names names = {0};
	*last = 0;
	bool done = file_list(&work->book->store.root, folder, &names, work->err) != FILE_FAILED;
	size_t len = strlen(prefix);
	for (size_t i = 0; done && i < names.count; i++) {
		if (strncmp(names.items[i], prefix, len) != 0)
			continue;
		long number = strtol(names.items[i] + len, NULL, 10);
		if (number > *last)
			*last = number;
	}
	file_names_clear(&names);
	return done;
}

/* Finds kind, category and severity where they were not given. */
static bool classify(struct work *work, struct node *fields)
{
	static const char *const names[] = {"kind", "category", "severity"};
	static const enum rule_list lists[] = {RULE_KIND, RULE_CATEGORY, RULE_SEVERITY};
	const char *values[3], *given[3];
	const struct node *text = node_get(fields, "text");
	struct policy *policy = work->book->policy;
	for (size_t i = 0; i < 3; i++)
		values[i] = given[i] = node_text(fields, names[i]);
	if (!ticket_names(work->book, fields, work->err))
		return false;
	if (text && text->type == NODE_STRING &&
	    !policy_classify(policy, text->text, text->len, &values[0], &values[1], &values[2],
			     work->err))
		return false;
	const struct rule *kind = policy_find(policy, RULE_KIND, values[0]);
	if (!values[0]) {
		struct buf allowed;
		buf_init(&allowed);
		policy_names(policy, RULE_KIND, NULL, &allowed);
		err_set(work->err, STATUS_REFUSED,
			"kind: the text fits none by itself; give one of: %s", allowed.data);
		buf_clear(&allowed);
		return false;
	}
	if (!values[1] && kind)
		values[1] = node_text(kind->node, "category");
	const struct node *severities = kind ? node_get(kind->node, "severities") : NULL;
	if (!values[2] && severities)
		values[2] = severities->list.items[0]->text;
	struct node *found = node_list(work->arena);
	struct buf chosen;
	buf_init(&chosen);
	for (size_t i = 0; i < 3; i++) {
		if (!values[i] || given[i])
			continue;
		const char *title = policy_title(policy, lists[i], values[i]);
		node_set(work->arena, fields, names[i], node_string(work->arena, values[i]));
		node_push(work->arena, found, node_string(work->arena, names[i]));
		buf_addf(&chosen, "%s %s %s", chosen.len ? "," : "", names[i], values[i]);
		if (title != values[i])
			buf_addf(&chosen, " (%s)", title);
	}
	if (chosen.len)
		node_push(work->arena, work->out->notes,
			  node_string(work->arena,
				      arena_printf(work->arena, "not given, so by the policy:%s",
						   chosen.data)));
	buf_clear(&chosen);
	const struct rule *category =
		policy_find(policy, RULE_CATEGORY, node_text(fields, "category"));
	const char *department = category ? node_text(category->node, "department") : NULL;
	if (department && !node_get(fields, "department"))
		node_add_string(work->arena, fields, "department", department);
	if (node_count(found))
		node_set(work->arena, fields, "classified", found);
	return true;
}

/* The id of a new form, as far as it is known before others of the day are looked at: a customer's
 * is the unit. */
static const char *customer_id(const struct node *fields)
{
	return node_is_string(node_get(fields, "kind"), KIND_CUSTOMER)
		       ? node_text(node_get(fields, "customer"), "unit")
		       : NULL;
}

/* Writes the new form's only document, FIELDS, whose text is TEXT, under its id. */
static enum store_result write_new(struct work *work, const char *id, const struct buf *text)
{
	struct buf path;
	enum store_result result = STORE_FAILED;
	buf_init(&path);
	if (book_form_path(id, &path, work->err))
		result = record_write(work->book, work->request, path.data, text, STORE_CREATE,
				      work->err);
	buf_clear(&path);
	return result;
}

/* Writes FIELDS as a new form: a customer's by its unit, a ticket under the next free number.
 * Called with the lock, unless it is a dry run. */
static bool create(struct work *work, struct node *fields)
{
	struct book *book = work->book;
	struct civil today;
	struct form form;
	struct buf text;
	long number = 0;
	bool done = false;
	form_init(&form);
	buf_init(&text);
	zone_civil(&book->zone, book->now, &today);
	const char *prefix = arena_printf(work->arena, "%s%02d%02d%02d", book->site,
					  today.year % 100, today.month, today.day);
	const char *folder =
		arena_printf(work->arena, "tickets/%04d/%02d", today.year, today.month);
	const char *id = customer_id(fields);
	bool numbered = !id;
	if (numbered && !last_number(work, folder, prefix, &number))
		goto out;
	if (numbered)
		id = arena_printf(work->arena, "%s%03ld", prefix, ++number);
	record_head(book, work->arena, work->request, &work->who, fields, id, 1);
	form.file = id;
	const struct schema *schema = book_event_schema(book, node_text(fields, "kind"),
							node_text(fields, "event"), work->err);
	if (!schema || !step(work, &form, fields, &text))
		goto out;
	if (work->request->override && !work->automatic && !work->overridden) {
		err_set(work->err, STATUS_USAGE, "nothing here needs an override");
		goto out;
	}
	enum store_result result = write_new(work, id, &text);
	while (numbered && result == STORE_EXISTS) {
		/* somebody who is not kefu made that name: the next one */
		id = arena_printf(work->arena, "%s%03ld", prefix, ++number);
		node_set(work->arena, fields, "id", node_string(work->arena, id));
		buf_reset(&text);
		if (!render_document(schema, fields, &text, work->err))
			goto out;
		result = write_new(work, id, &text);
	}
	if (result == STORE_EXISTS)
		err_set(work->err, STATUS_REFUSED,
			"%s is there already: what is new of it is recorded as changed", id);
	done = result == STORE_WRITTEN;
	work->out->in_place = record_stands(result, work->err);
	if (work->out->in_place) {
		work->out->id = id;
		work->out->first = work->out->last = 1;
		work->out->text = arena_dup_len(work->arena, text.data, text.len);
	}
out:
	form_clear(&form);
	buf_clear(&text);
	return done;
}

/* Whether the customer's file is there already, by a request with this id. */
static bool find_customer(struct work *work, struct node *document, const char *id,
			  const char **found)
{
	struct form form;
	struct buf path, text;
	bool done;
	form_init(&form);
	buf_init(&path);
	buf_init(&text);
	done = book_form_path(id, &path, work->err);
	if (done && file_exists(&work->book->store.root, path.data))
		done = ticket_read(work->book, id, &form, &text, work->err) &&
		       find_request(work, &form, &document, 1) &&
		       (!work->out->repeated || confirm(work, path.data, id));
	*found = work->out->repeated ? work->out->id : NULL;
	form_clear(&form);
	buf_clear(&path);
	buf_clear(&text);
	return done;
}

bool ticket_open(struct book *book, struct arena *arena, const struct request *request,
		 struct node *fields, struct recorded *out, struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena)};
	struct work work = {
		.book = book, .arena = arena, .request = request, .out = out, .err = err};
	const char *found = NULL, *customer = customer_id(fields);
	if (customer && book_is_ticket(customer))
		return err_set(err, STATUS_REFUSED,
			       "customer.unit: %s is a ticket's number, not a unit", customer);
	bool done = record_begin(book, request, false, &work.who, err);
	if (done && request->request_id)
		done = customer ? find_customer(&work, fields, customer, &found)
				: find_recent(&work, fields, NULL, &found);
	if (done && !found)
		done = (customer || classify(&work, fields)) && create(&work, fields);
	store_unlock(&book->store);
	return done;
}

/* --- steps on a ticket that is there --- */

bool ticket_read(struct book *book, const char *id, struct form *form, struct buf *text,
		 struct err *err)
{
	struct buf path;
	buf_init(&path);
	bool done = false;
	if (!book_form_path(id, &path, err))
		goto out;
	switch (file_read(&book->store.root, path.data, FORM_MAX_BYTES, text, err)) {
	case FILE_READ:
		done = form_read(form, arena_dup(&book->arena, path.data), text->data, text->len,
				 err) &&
		       form_fits_file(form, err);
		break;
	case FILE_ABSENT:
		err_set(err, STATUS_USAGE,
			book_is_ticket(id) ? "there is no ticket %s"
					   : "there is no file of customer %s",
			id);
		break;
	case FILE_FAILED:
		break;
	}
out:
	buf_clear(&path);
	return done;
}

/* What the household said, for the ticket its answer opens. */
static struct node *complaint_from(struct work *work, const struct form *form, const char *kind)
{
	static const char *const said[] = {"shortcomings", "opinions", "problem", "text"};
	const struct node *callback = form->documents[form->count - 1].root;
	struct node *fields = ticket_document(work->arena, "opened");
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *part = node_text(callback, said[i]);
		if (part)
			buf_addf(&text, "%s%s", text.len ? "\n" : "", part);
	}
	if (!text.len)
		buf_addf(&text, "unsatisfied with %s", form->id);
	node_add_string(work->arena, fields, "kind", kind);
	if (form->department)
		node_add_string(work->arena, fields, "department", form->department);
	if (form->customer) {
		struct node *customer = node_copy(work->arena, form->customer);
		if (form->phone)
			node_set(work->arena, customer, "phone",
				 node_string(work->arena, form->phone));
		node_add(work->arena, fields, "customer", customer);
	}
	node_add_string(work->arena, fields, "channel", "staff");
	struct node *links = node_list(work->arena);
	node_push(work->arena, links, node_string(work->arena, form->id));
	node_add(work->arena, fields, "links", links);
	node_add_string(work->arena, fields, "text", text.data);
	buf_clear(&text);
	return fields;
}

/* The new form is written before the reference to it; a retry finds it by its cause. */
static bool open_linked(struct work *work, const struct form *form, const char *kind, int64_t seq,
			const char **linked)
{
	const char *cause = arena_printf(work->arena, "%s#%" PRId64, form->id, seq);
	struct request request = *work->request;
	struct recorded opened = {.notes = node_list(work->arena)};
	request.cause = cause;
	struct work inner = *work;
	inner.request = &request;
	inner.out = &opened;
	struct node *fields = complaint_from(work, form, kind);
	inner.automatic = true;
	if (!find_recent(&inner, fields, form, linked))
		return false;
	if (!*linked && (!classify(&inner, fields) || !create(&inner, fields))) {
		/* it is there: its reference is recorded all the same, and the doubt told at the
		 * end */
		if (!opened.in_place)
			return false;
		work->undurable = true;
		err_clear(work->err);
	}
	*linked = *linked ? *linked : opened.id;
	return true;
}

/* What follows from the step just judged: a reopening to record next, or a linked ticket to name in
 * it. */
static bool follow(struct work *work, struct form *form, struct node *document, struct node **next,
		   const char **linked)
{
	const char *clause = NULL, *what = duty_unsatisfied(work->book, form, &clause);
	*next = NULL;
	*linked = NULL;
	if (!what && node_is_string(node_get(document, "answer"), "unsatisfied"))
		node_push(
			work->arena, work->out->notes,
			node_string(
				work->arena,
				"unsatisfied, but nothing is reopened or opened for it: it settles "
				"no callback whose rule says so"));
	if (!what)
		return true;
	if (strcmp(what, "reopen") == 0) {
		*next = ticket_document(work->arena, "reopened");
		node_add_string(
			work->arena, *next, "reason",
			arena_printf(work->arena, "unsatisfied at the callback [%s]", clause));
		node_push(work->arena, work->out->notes,
			  node_string(work->arena,
				      arena_printf(work->arena, "reopened [%s]", clause)));
		return true;
	}
	int64_t seq;
	node_integer(document, "seq", &seq);
	if (!open_linked(work, form, what + strlen("open "), seq, linked))
		return false;
	node_push(work->arena, work->out->notes,
		  node_string(work->arena,
			      arena_printf(work->arena, "opened %s for it [%s]", *linked, clause)));
	return true;
}

/* Adds DOCUMENT and what follows from it to TEXT. */
static bool add_steps(struct work *work, struct form *form, struct node *document, struct buf *text)
{
	while (document) {
		struct node *next = NULL;
		const char *linked = NULL;
		const char *event = node_text(document, "event");
		struct arena keep = ARENA_INIT;
		int64_t seq = form->count ? form->documents[form->count - 1].seq + 1 : 1;
		size_t begins = text->len;
		record_head(work->book, work->arena, work->request, &work->who, document, NULL,
			    seq);
		struct node *pristine = node_copy(&keep, document);
		bool done = step(work, form, document, text);
		if (done && strcmp(event, "callback") == 0)
			done = follow(work, form, document, &next, &linked);
		if (done && linked) {
			/* once more, with the reference to the ticket it opened */
			struct node *again = node_copy(work->arena, pristine),
				    *links = node_get(again, "links");
			if (!links)
				node_add(work->arena, again, "links",
					 links = node_list(work->arena));
			node_push(work->arena, links, node_string(work->arena, linked));
			text->len = begins;
			text->data[begins] = '\0';
			struct node *notes = work->out->notes;
			work->out->notes = node_list(work->arena); /* they have been said */
			form_take_back(form);
			done = step(work, form, again, text);
			work->out->notes = notes;
			work->out->linked = linked;
		}
		arena_clear(&keep);
		if (!done)
			return false;
		work->out->last = seq;
		document = next;
		work->automatic = next != NULL;
	}
	work->automatic = false;
	return true;
}

bool ticket_record(struct book *book, struct arena *arena, const struct request *request,
		   const char *id, struct node *const *documents, size_t count,
		   struct recorded *out, struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena), .id = arena_dup(arena, id)};
	struct work work = {
		.book = book, .arena = arena, .request = request, .out = out, .err = err};
	struct form form;
	struct buf before, text, path; /* the form borrows from BEFORE, so that stays as it is */
	bool done = false;
	form_init(&form);
	buf_init(&before);
	buf_init(&text);
	buf_init(&path);
	if (!book_form_path(id, &path, err) ||
	    !record_begin(book, request, is_own_approval(book, documents[0]), &work.who, err))
		goto out;
	if (!ticket_read(book, id, &form, &before, err))
		goto out;
	if (!find_request(&work, &form, documents, count))
		goto out;
	if (out->repeated) {
		done = confirm(&work, path.data, id);
		goto out;
	}
	buf_add(&text, before.data, before.len);
	out->first = form.documents[form.count - 1].seq + 1;
	for (size_t i = 0; i < count; i++)
		if (!add_steps(&work, &form, documents[i], &text))
			goto out;
	if (request->override && !work.overridden) {
		err_set(err, STATUS_USAGE, "nothing here needs an override");
		goto out;
	}
	out->text = arena_dup_len(arena, text.data + before.len, text.len - before.len);
	enum store_result result =
		record_write(book, request, path.data, &text, STORE_REPLACE, err);
	done = result == STORE_WRITTEN;
	out->in_place = record_stands(result, err);
	if (done && work.undurable)
		done = err_set(err, STATUS_UNDURABLE,
			       "%s is written, but whether it outlives a power cut is unknown",
			       out->linked);
out:
	if (!done && err->text && err->status == STATUS_REFUSED && !err->file)
		err_prefix(err, id);
	store_unlock(&book->store);
	form_clear(&form);
	buf_clear(&before);
	buf_clear(&text);
	buf_clear(&path);
	return done;
}

/* --- what nobody asked for --- */

bool ticket_compose(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, const char *id, const struct happening *happenings,
		    size_t count, struct buf *text, struct err *err)
{
	struct recorded out = {.notes = node_list(arena), .id = id};
	struct work work = {.book = book,
			    .arena = arena,
			    .request = request,
			    .who = *acting,
			    .automatic = true,
			    .out = &out,
			    .err = err};
	struct form form;
	struct buf before;
	form_init(&form);
	buf_init(&before);
	bool done = ticket_read(book, id, &form, &before, err);
	buf_add(text, before.data, before.len);
	for (size_t i = 0; done && i < count; i++) {
		work.who.at = happenings[i].at;
		record_head(book, arena, request, &work.who, happenings[i].document, NULL,
			    form.documents[form.count - 1].seq + 1);
		done = step(&work, &form, happenings[i].document, text);
	}
	form_clear(&form);
	buf_clear(&before);
	return done || err_prefix(err, id);
}

bool ticket_open_as(struct book *book, struct arena *arena, const struct request *request,
		    const struct acting *acting, struct node *fields, struct recorded *out,
		    struct err *err)
{
	*out = (struct recorded){.notes = node_list(arena)};
	struct work work = {.book = book,
			    .arena = arena,
			    .request = request,
			    .who = *acting,
			    .automatic = true,
			    .out = out,
			    .err = err};
	return classify(&work, fields) && create(&work, fields);
}
