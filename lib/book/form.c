// SPDX-License-Identifier: MIT
// A form: the documents of a file in order, folded into a state. Never writes, knows no policy.
#include "book/form_parts.h"

#include <string.h>

const char *form_state_name(enum form_state state)
{
	static const char *const names[] = {"open", "finished", "closed", "voided", "disputed"};
	return names[state];
}

void form_init(struct form *form)
{
	*form = (struct form){.cycle = 1, .assigned_at = INT64_MIN, .team_at = INT64_MIN};
}

void form_clear(struct form *form)
{
	arena_clear(&form->arena);
	form_init(form);
}

bool form_damaged(const struct form *form, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, form->file, at ? at->line : 0, at ? at->column : 0);
}

bool form_contradicts(const struct form *form, enum event event)
{
	bool begins = event == EVENT_OPENED || event == EVENT_IMPORTED;
	if (event == EVENT_RENUMBERED)
		return false;
	switch (form->state) {
	case FORM_DISPUTED:
		return false;
	case FORM_VOIDED:
		return true;
	case FORM_CLOSED:
		return begins || event == EVENT_CLOSED || event == EVENT_FINISHED ||
		       event == EVENT_ASSIGNED || event == EVENT_JOINED_BY ||
		       event == EVENT_MERGED || event_ends_unworked(event);
	case FORM_FINISHED:
		return begins || event == EVENT_FINISHED || event_ends_unworked(event);
	case FORM_OPEN:
		return begins || event == EVENT_REOPENED;
	}
	return false;
}

/* KEY is as long as NAME. */
static inline bool is(const char *key, const char *name)
{
	return memcmp(key, name, strlen(name)) == 0;
}

/* Where PICKED has the field of that name; NULL: nowhere. By length first, as this is asked of
 * every key of 100,000 forms. */
static const struct node **place_of(struct picked *picked, const char *key, size_t len)
{
	switch (len) {
	case 2:
		return is(key, "id") ? &picked->id : is(key, "to") ? &picked->to : NULL;
	case 3:
		return is(key, "due") ? &picked->due : NULL;
	case 4:
		return is(key, "kind") ? &picked->kind : is(key, "team") ? &picked->team : NULL;
	case 5:
		return is(key, "state") ? &picked->state : NULL;
	case 6:
		return is(key, "fields") ? &picked->fields : NULL;
	case 7:
		return is(key, "settles")   ? &picked->settles
		       : is(key, "reached") ? &picked->reached
					    : NULL;
	case 8:
		return is(key, "category")   ? &picked->category
		       : is(key, "severity") ? &picked->severity
		       : is(key, "charging") ? &picked->charging
		       : is(key, "customer") ? &picked->customer
					     : NULL;
	case 9:
		return is(key, "withdraws")   ? &picked->withdraws
		       : is(key, "callbacks") ? &picked->callbacks
					      : NULL;
	case 10:
		return is(key, "department")   ? &picked->department
		       : is(key, "phone-seen") ? &picked->phone_seen
					       : NULL;
	default:
		return NULL;
	}
}

static void pick(const struct node *map, struct picked *picked)
{
	*picked = (struct picked){0};
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(map, i)); i++) {
		const struct node **place = place_of(picked, pair->key, pair->key_len);
		if (place)
			*place = pair->value;
	}
}

static void take(const struct node *value, const char **into)
{
	if (value && value->type == NODE_STRING)
		*into = node_as_text(value);
}

/* When what is known of KEY of the customer happened. */
static int64_t customer_time(const struct form *form, const char *key)
{
	int64_t at = form->customer_at;
	if (!node_get(form->customer, key))
		return INT64_MIN;
	node_integer(form->customer_times, key, &at);
	return at;
}

/* Takes what FROM says of the customer, as of AT. What happened later stays, whichever was recorded
 * first. */
static void take_customer(struct form *form, const struct node *from, int64_t at)
{
	struct arena *arena = &form->arena;
	const struct pair *pair;
	if (!form->customer) {
		form->customer = from;
		form->customer_at = at;
		return;
	}
	struct node *both = node_map(arena), *times = node_map(arena);
	for (size_t i = 0; (pair = node_pair(form->customer, i)); i++) {
		node_add(arena, both, pair->key, pair->value);
		node_add(arena, times, pair->key, node_int(arena, customer_time(form, pair->key)));
	}
	for (size_t i = 0; (pair = node_pair(from, i)); i++) {
		if (customer_time(form, pair->key) > at)
			continue;
		node_set(arena, both, pair->key, pair->value);
		node_set(arena, times, pair->key, node_int(arena, at));
	}
	form->customer = both;
	form->customer_times = times;
}

/* Who deals with it is whoever was assigned last, whichever was recorded first. A team or a
 * department alone: nobody there has it yet. */
static void take_assignment(struct form *form, const struct picked *picked, int64_t at)
{
	if (at >= form->assigned_at) {
		form->assignee = NULL;
		take(picked->to, &form->assignee);
		form->assigned_at = at;
	}
	if (picked->team && at >= form->team_at) {
		take(picked->team, &form->team);
		form->team_at = at;
	}
}

static void take_matter(struct form *form, const struct picked *picked, int64_t at)
{
	take(picked->kind, &form->kind);
	take(picked->category, &form->category);
	take(picked->severity, &form->severity);
	take(picked->charging, &form->charging);
	/* whom it concerns, not who is asked to deal with it */
	if (!picked->to || !form->department)
		take(picked->department, &form->department);
	if (picked->customer && picked->customer->type == NODE_MAP) {
		take_customer(form, picked->customer, at);
		take(node_get(form->customer, "phone"), &form->phone);
	}
	take(picked->phone_seen, &form->phone);
}

static void take_state(struct form *form, const struct node *state)
{
	for (enum form_state to = FORM_OPEN; to <= FORM_VOIDED; to++)
		if (node_is_string(state, form_state_name(to)))
			form->state = to;
}

bool form_imported_at(const struct document *document, const char *event, int64_t *at)
{
	static const char *const fields[] = {
		[EVENT_FINISHED] = "finished-at", [EVENT_CLOSED] = "closed-at"};
	enum event which = event_of(event);
	struct err ignored = ERR_INIT;
	if (document->which != EVENT_IMPORTED)
		return false;
	*at = document->at;
	if (which == EVENT_OPENED)
		return true;
	bool said = (which == EVENT_FINISHED || which == EVENT_CLOSED) &&
		    document_time(NULL, document->root, fields[which], at, &ignored);
	err_clear(&ignored);
	return said;
}

/* What a `settled` document says of the state is so from then on, whatever the steps say that
 * contradict each other. */
static void settle(struct form *form, const struct document *document, const struct node *state)
{
	take_state(form, state);
	form->state_by = document;
	form->disputed_by = form->disputed_with = NULL;
	if (form->state != FORM_CLOSED)
		form->closed_at = 0;
	else if (!form->closed_at)
		form->closed_at = document->at;
}

/* Makes the form disputed if DOCUMENT, the next, contradicts what came before. Returns whether it
 * changes the state: not where another clone has brought it about, or gone further, already. */
static bool dispute(struct form *form, const struct document *document)
{
	bool misfit = document->which != EVENT_SETTLED && form_contradicts(form, document->which),
	     excused = misfit && form_excused(form, document);
	const struct document *with = misfit && !excused ? NULL : form_opposed(form, document);
	if ((!misfit || excused) && !with)
		return !misfit;
	form->state = FORM_DISPUTED;
	form->disputed_by = document;
	form->disputed_with = with;
	return false;
}

static void enter(struct form *form, const struct document *document, enum form_state state)
{
	form->state = state;
	form->state_by = document;
}

bool form_is_fact(const char *field)
{
	struct picked picked;
	const struct node **place = place_of(&picked, field, strlen(field));
	return place == &picked.charging || place == &picked.department ||
	       place == &picked.customer;
}

/* Folds DOCUMENT, the next in order, into the form. */
static bool fold(struct form *form, const struct document *document, bool first, struct err *err)
{
	const struct node *root = document->root;
	enum event event = document->which;
	struct picked picked, corrected;
	bool changes = form->state != FORM_DISPUTED;
	pick(root, &picked);
	if (first && event != EVENT_OPENED && event != EVENT_IMPORTED) {
		err_set(err, STATUS_DAMAGED,
			"the form begins with \"%s\", not with opened or imported",
			document->event);
		return form_damaged(form, root, err);
	}
	if (first) {
		take(picked.id, &form->id);
		form->state_by = document;
		form->opened_at = document->at;
	} else {
		form->of_two_sites = form->of_two_sites ||
				     !document_same_site(document, form->documents);
		if (event != EVENT_SETTLED && form->state != FORM_DISPUTED)
			changes = dispute(form, document);
		if (event == EVENT_OPENED && document->at < form->opened_at && form->cycle == 1)
			form->opened_at = document->at;
	}
	bool disputed = form->state == FORM_DISPUTED;
	take_matter(form, &picked, document->at);
	switch (event) {
	case EVENT_IMPORTED:
		form->imported = form->imported || first;
		if (!first)
			break;
		take_state(form, picked.state);
		form->state_by = document;
		if (form->state != FORM_CLOSED ||
		    !form_imported_at(document, event_name(EVENT_CLOSED), &form->closed_at))
			form->closed_at = 0;
		break;
	case EVENT_ASSIGNED:
		take_assignment(form, &picked, document->at);
		break;
	case EVENT_CORRECTED:
		pick(picked.fields, &corrected);
		take_matter(form, &corrected, document->at);
		form_fold_correction(form, document);
		form_undo_reopening(form, document);
		break;
	case EVENT_SETTLED:
		settle(form, document, picked.state);
		dispute(form, document); /* with what its clone did not have */
		break;
	case EVENT_FINISHED:
		if (changes)
			enter(form, document, FORM_FINISHED);
		break;
	case EVENT_CLOSED:
	case EVENT_WITHDRAWN:
	case EVENT_UNNEEDED:
	case EVENT_MERGED:
		if (changes)
			enter(form, document, FORM_CLOSED);
		if (!form->closed_at || document->at < form->closed_at)
			form->closed_at = document->at;
		break;
	case EVENT_VOIDED:
		if (changes)
			enter(form, document, FORM_VOIDED);
		break;
	case EVENT_DRAWN:
		form_choose(form, document);
		break;
	case EVENT_REOPENED:
		/* an unsatisfied answer opens it again, whatever another clone heard */
		if (!changes && (!disputed || !form->disputed_with ||
				 form->disputed_by->which != EVENT_CALLBACK))
			break;
		form_reopen(form, document);
		break;
	default:
		break;
	}
	return form_fold_duties(form, document, &picked, err);
}

const char *form_assignee_at(const struct form *form, int64_t at)
{
	const char *assignee = NULL;
	int64_t since = INT64_MIN;
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		bool assigned = document->which == EVENT_ASSIGNED;
		if (document->at > at || document->at < since ||
		    (!assigned && (document->which != EVENT_REOPENED || document->undone)))
			continue;
		assignee = assigned ? node_text(document->root, "to") : NULL;
		since = document->at;
	}
	return assignee;
}

/* Makes the form empty as form_init does, but keeps its storage. */
static void forget(struct form *form)
{
	struct arena arena = form->arena;
	arena_reset(&arena);
	form_init(form);
	form->arena = arena;
}

bool form_read(struct form *form, const char *file, const char *text, size_t len, struct err *err)
{
	forget(form);
	form->file = file;
	struct documents documents;
	bool whole = documents_read(&form->arena, file, text, len, &documents, err);
	form->documents = documents.items;
	form->count = documents.count;
	form->unordered = documents.unordered;
	form->repeated = documents.repeated;
	form->read_len = documents.read_len;
	if (!whole)
		return false;
	for (size_t i = 0; i < form->count; i++)
		if (!fold(form, &form->documents[i], i == 0, err))
			return false;
	return true;
}

bool form_fits_file(const struct form *form, struct err *err)
{
	const char *slash = strrchr(form->file, '/'), *name = slash ? slash + 1 : form->file;
	size_t len = form->id ? strlen(form->id) : 0;
	if (len && strncmp(name, form->id, len) == 0 && strcmp(name + len, ".yaml") == 0)
		return true;
	const struct node *root = form->documents[0].root, *id = node_get(root, "id");
	err_set(err, STATUS_DAMAGED, "id: is %s, but the file is %s",
		form->id ? form->id : "missing", name);
	return err_place(err, form->file, id ? id->line : root->line,
			 id ? id->column : root->column);
}

/* Keeps the present state of FORM for form_take_back. Folding changes duties and notices in place,
 * so these are copied; documents and nodes never change. */
static void keep(struct form *form)
{
	struct form *before = arena_raw(&form->arena, sizeof *before);
	*before = *form;
	before->duties = arena_raw(&form->arena, form->duty_count * sizeof *before->duties);
	before->duty_room = form->duty_count;
	for (size_t i = 0; i < form->duty_count; i++) {
		struct duty *duty = &before->duties[i];
		*duty = form->duties[i];
		size_t size = duty->notice_count * sizeof *duty->notices;
		if (size)
			duty->notices = memcpy(arena_raw(&form->arena, size), duty->notices, size);
	}
	form->before = before;
}

void form_take_back(struct form *form)
{
	struct arena arena = form->arena;
	*form = *form->before;
	form->arena = arena;
}

bool form_append(struct form *form, struct node *root, struct err *err)
{
	keep(form);
	struct document *bigger = arena_alloc(&form->arena, (form->count + 1) * sizeof *bigger);
	if (form->count)
		memcpy(bigger, form->documents, form->count * sizeof *bigger);
	/* duties point at the documents that set and ended them */
	for (size_t i = 0; i < form->duty_count; i++) {
		struct duty *duty = &form->duties[i];
		duty->set_by = &bigger[duty->set_by - form->documents];
		if (duty->ended_by)
			duty->ended_by = &bigger[duty->ended_by - form->documents];
		if (duty->moved_by)
			duty->moved_by = &bigger[duty->moved_by - form->documents];
		if (duty->drawn)
			duty->drawn = &bigger[duty->drawn - form->documents];
		for (size_t j = 0; j < duty->notice_count; j++)
			if (duty->notices[j].ended_by)
				duty->notices[j].ended_by =
					&bigger[duty->notices[j].ended_by - form->documents];
	}
	if (form->disputed_by)
		form->disputed_by = &bigger[form->disputed_by - form->documents];
	if (form->disputed_with)
		form->disputed_with = &bigger[form->disputed_with - form->documents];
	if (form->state_by)
		form->state_by = &bigger[form->state_by - form->documents];
	form->documents = bigger;
	struct document *document = &bigger[form->count];
	document->root = root;
	if (!document_open(document, form->file, err))
		return false;
	return fold(form, document, form->count++ == 0, err);
}

void form_begin(struct form *form, size_t count)
{
	form->documents = arena_alloc(&form->arena, (count + 1) * sizeof *form->documents);
}

bool form_add(struct form *form, struct node *root, struct err *err)
{
	struct document *document = &form->documents[form->count];
	document->root = root;
	return document_open(document, form->file, err) &&
	       fold(form, document, form->count++ == 0, err);
}

const struct document *form_last(const struct form *form, const char *event)
{
	size_t begin = form_cycle_begin(form);
	for (size_t i = form->count; i-- > begin;)
		if (strcmp(form->documents[i].event, event) == 0)
			return &form->documents[i];
	return NULL;
}
