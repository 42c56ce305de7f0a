// SPDX-License-Identifier: MIT
// A form: the documents of a file in order, folded into a state. Never writes, knows no policy.
#include "book/form.h"

#include <stddef.h>
#include <string.h>

const char *form_state_name(enum form_state state)
{
	static const char *const names[] = {"open", "finished", "closed", "voided", "disputed"};
	return names[state];
}

void form_init(struct form *form)
{
	*form = (struct form){.cycle = 1};
}

void form_clear(struct form *form)
{
	arena_clear(&form->arena);
	form_init(form);
}

/* Makes the error a damage of the form, at the place of AT where it has one. Returns false. */
static bool damaged(struct form *form, const struct node *at, struct err *err)
{
	err->status = STATUS_DAMAGED;
	return err_place(err, form->file, at ? at->line : 0, at ? at->column : 0);
}

/* Whether EVENT contradicts the state that the form is in. */
static bool contradicts(const struct form *form, enum event event)
{
	bool begins = event == EVENT_OPENED || event == EVENT_IMPORTED;
	switch (form->state) {
	case FORM_DISPUTED:
		return false;
	case FORM_VOIDED:
		return true;
	case FORM_CLOSED:
		return begins || event == EVENT_CLOSED || event == EVENT_FINISHED ||
		       event == EVENT_ASSIGNED;
	case FORM_FINISHED:
		return begins || event == EVENT_FINISHED;
	case FORM_OPEN:
		return begins || event == EVENT_REOPENED;
	}
	return false;
}

static void end_duty(struct duty *duty, const struct document *document, enum duty_state state)
{
	duty->state = state;
	duty->ended_by = document;
	duty->ended = document->at;
	for (size_t i = 0; i < duty->notice_count; i++)
		if (duty->notices[i].state == NOTICE_OPEN)
			duty->notices[i].state = duty->notices[i].at <= document->at ? NOTICE_MISSED
										     : NOTICE_VOID;
}

/* Whether DOCUMENT gives NOTICE: by being the step that does, or as a `told` that names it. */
static bool tells(const struct document *document, const struct node *settles,
		  const struct notice *notice)
{
	return strcmp(notice->until, "told") == 0 ? node_holds(settles, notice->id)
						  : strcmp(notice->until, document->event) == 0;
}

bool duty_outlives_reopening(const struct duty *duty)
{
	return duty->set_by->which == EVENT_SCHEDULED ||
	       (!duty->callback && duty->set_by->which == EVENT_CALLBACK);
}

bool duty_is_on_site(const struct duty *duty)
{
	const struct node *root = duty->state == DUTY_MET ? duty->ended_by->root : NULL,
			  *manner = node_get(root, "manner");
	return node_get(root, "signature") &&
	       (node_is_string(manner, "visit") || node_is_string(manner, "on-site"));
}

bool duty_stands_before(const struct form *form, const struct duty *duty)
{
	if (duty->set_by->which != EVENT_SCHEDULED)
		return false;
	for (const struct duty *other = form->duties; other < duty; other++)
		if (other->state == duty->state && other->start == duty->start &&
		    strcmp(other->id, duty->id) == 0 && strcmp(other->rule, duty->rule) == 0)
			return true;
	return false;
}

struct duty *form_open_duty(const struct form *form, const char *id)
{
	for (size_t i = form->duty_count; i-- > 0;)
		if (form->duties[i].state == DUTY_OPEN && strcmp(form->duties[i].id, id) == 0)
			return &form->duties[i];
	return NULL;
}

/* Ends every open duty that IDS name. Whether a duty was missed before it was withdrawn is decided
 * by the time of recording, so that nobody withdraws one afterwards by an earlier date. */
static void end_named(struct form *form, const struct document *document, const struct node *ids,
		      bool withdraw)
{
	int64_t when = withdraw ? document->recorded : document->at;
	const struct node *id;
	for (size_t i = 0; (id = node_item(ids, i)); i++)
		for (size_t j = 0; j < form->duty_count; j++) {
			struct duty *duty = &form->duties[j];
			if (duty->state == DUTY_OPEN && node_is_string(id, duty->id))
				end_duty(duty, document,
					 when > duty->at ? DUTY_LATE
					 : withdraw      ? DUTY_WITHDRAWN
							 : DUTY_MET);
		}
}

/* Ends a new deadline by an earlier document, where one does. That happens when the deadline starts
 * before the document that sets it (a ticket is reclassified, another deadline was missed,
 * something heard yesterday is recorded today), and when a step was recorded late or by another
 * clone. BEGAN: the deadline starts before DOCUMENT; only then does a step at the very start count.
 */
static void end_by_past(const struct form *form, const struct document *document, bool began,
			struct duty *duty)
{
	for (const struct document *past = form->documents + form->cycle_begin;
	     past < document && duty->state == DUTY_OPEN; past++)
		if (past->at >= duty->start + !began && node_holds(duty->until, past->event))
			end_duty(duty, past, past->at <= duty->at ? DUTY_MET : DUTY_LATE);
}

/* Reads a list of names, which fields of duties then borrow. */
static bool read_names(struct form *form, const struct node *source, const char *key,
		       const struct node **out, struct err *err)
{
	const struct node *names = node_get(source, key);
	bool fine = names && names->type == NODE_LIST;
	for (size_t i = 0; fine && i < node_item_count(names); i++)
		fine = node_item(names, i)->type == NODE_STRING;
	*out = names;
	if (fine)
		return true;
	err_set(err, STATUS_DAMAGED, names ? "%s: no list of names" : "%s: missing", key);
	return damaged(form, names ? names : source, err);
}

static bool add_notices(struct form *form, struct duty *duty, const struct node *list,
			struct err *err)
{
	duty->notice_count = node_item_count(list);
	duty->notices = duty->notice_count ? arena_alloc(&form->arena,
							 duty->notice_count * sizeof *duty->notices)
					   : NULL;
	for (size_t i = 0; i < duty->notice_count; i++) {
		struct notice *notice = &duty->notices[i];
		const struct node *source = node_item(list, i);
		if (!document_name(form->file, source, "id", &notice->id, err) ||
		    !document_name(form->file, source, "until", &notice->until, err) ||
		    !document_time(form->file, source, "at", &notice->at, err))
			return false;
		if (!read_names(form, source, "who", &notice->who, err))
			return false;
	}
	return true;
}

static bool add_duty(struct form *form, const struct document *document, const struct node *source,
		     bool callback, struct err *err)
{
	struct duty duty = {.callback = callback, .cycle = form->cycle, .set_by = document};
	if (source->type != NODE_MAP) {
		err_set(err, STATUS_DAMAGED, "%s: not a map of fields",
			callback ? "callbacks" : "due");
		return damaged(form, source, err);
	}
	if (!document_name(form->file, source, "id", &duty.id, err) ||
	    !document_name(form->file, source, "rule", &duty.rule, err) ||
	    !document_name(form->file, source, "clause", &duty.clause, err) ||
	    !document_time(form->file, source, "start", &duty.start, err) ||
	    !document_time(form->file, source, "at", &duty.at, err))
		return false;
	duty.opens = duty.start;
	if (callback) {
		if (!document_time(form->file, source, "opens", &duty.opens, err) ||
		    !document_name(form->file, source, "rate", &duty.rate, err))
			return false;
		duty.minimum = node_text(source, "minimum");
		duty.on_site = node_text(source, "on-site");
		if (!read_names(form, source, "who", &duty.who, err))
			return false;
	} else {
		const struct node *tell = node_get(source, "tell");
		if (!read_names(form, source, "until", &duty.until, err))
			return false;
		if (!add_notices(form, &duty, tell, err))
			return false;
	}
	duty.provisional = node_get(source, "provisional") != NULL;
	if (form->duty_count == form->duty_room) {
		size_t room = form->duty_room ? form->duty_room * 2 : 8;
		struct duty *bigger = arena_raw(&form->arena, room * sizeof *bigger);
		if (form->duty_count)
			memcpy(bigger, form->duties, form->duty_count * sizeof *bigger);
		form->duties = bigger;
		form->duty_room = room;
	}
	if (!callback) {
		bool began = duty.start < document->at;
		end_by_past(form, document, began, &duty);
		if (began && duty.state == DUTY_OPEN && node_holds(duty.until, document->event))
			end_duty(&duty, document, document->at <= duty.at ? DUTY_MET : DUTY_LATE);
	}
	form->duties[form->duty_count++] = duty;
	return true;
}

static bool add_duties(struct form *form, const struct document *document,
		       const struct node *entries, bool callback, struct err *err)
{
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(entries, i)); i++)
		if (!add_duty(form, document, entry, callback, err))
			return false;
	return true;
}

/* The fields of a document that a fold looks at, found in one pass. */
struct picked {
	const struct node *id, *kind, *category, *severity, *charging, *department, *team,
		*customer, *to, *state, *fields, *reached, *withdraws, *settles, *due, *callbacks,
		*phone_seen;
};

static void pick(const struct node *map, struct picked *picked)
{
	static const struct {
		const char *name;
		size_t len, offset;
	} wanted[] = {
#define FIELD(name, member) {name, sizeof name - 1, offsetof(struct picked, member)}
		FIELD("id", id),
		FIELD("kind", kind),
		FIELD("category", category),
		FIELD("severity", severity),
		FIELD("charging", charging),
		FIELD("department", department),
		FIELD("team", team),
		FIELD("customer", customer),
		FIELD("to", to),
		FIELD("state", state),
		FIELD("fields", fields),
		FIELD("reached", reached),
		FIELD("withdraws", withdraws),
		FIELD("settles", settles),
		FIELD("due", due),
		FIELD("callbacks", callbacks),
		FIELD("phone-seen", phone_seen),
#undef FIELD
	};
	*picked = (struct picked){0};
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(map, i)); i++)
		for (size_t j = 0; j < sizeof wanted / sizeof *wanted; j++)
			if (pair->key_len == wanted[j].len && pair->key[0] == wanted[j].name[0] &&
			    memcmp(pair->key, wanted[j].name, wanted[j].len) == 0)
				*(const struct node **)((char *)picked + wanted[j].offset) =
					pair->value;
}

static void take(const struct node *value, const char **into)
{
	if (value && value->type == NODE_STRING)
		*into = node_as_text(value);
}

/* A new map with the fields of TO and FROM; where both have one, FROM's counts. Either may be NULL.
 */
static const struct node *merged(struct arena *arena, const struct node *to,
				 const struct node *from)
{
	if (!to || !from)
		return to ? to : from;
	struct node *both = node_map(arena);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(to, i)); i++)
		node_add(arena, both, pair->key, pair->value);
	for (size_t i = 0; (pair = node_pair(from, i)); i++)
		node_set(arena, both, pair->key, pair->value);
	return both;
}

static void take_matter(struct form *form, const struct picked *picked)
{
	take(picked->kind, &form->kind);
	take(picked->category, &form->category);
	take(picked->severity, &form->severity);
	take(picked->charging, &form->charging);
	/* whom it concerns, not who is asked to deal with it */
	if (!picked->to || !form->department)
		take(picked->department, &form->department);
	if (picked->customer && picked->customer->type == NODE_MAP) {
		form->customer = merged(&form->arena, form->customer, picked->customer);
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

/* A document of a drawing chooses a callback, in whatever cycle: the one of the same rule that the
 * document with the number `of` made due. */
static void choose(struct form *form, const struct document *document)
{
	const char *rule = node_text(document->root, "rule");
	int64_t of;
	for (size_t i = 0; rule && node_integer(document->root, "of", &of) && i < form->duty_count;
	     i++) {
		struct duty *duty = &form->duties[i];
		if (duty->callback && !duty->drawn && duty->set_by->seq == of &&
		    strcmp(duty->rule, rule) == 0)
			duty->drawn = document;
	}
}

/* Folds DOCUMENT into the form's duties: ends those it ends, adds those it sets. */
static bool fold_duties(struct form *form, const struct document *document,
			const struct picked *picked, struct err *err)
{
	bool reopens = &form->documents[form->cycle_begin] == document;
	bool missed = document->which == EVENT_CALLBACK && picked->reached &&
		      picked->reached->type == NODE_BOOL && !node_true(document->root, "reached");
	for (size_t i = 0; i < form->duty_count; i++) {
		struct duty *duty = &form->duties[i];
		if (duty->state != DUTY_OPEN)
			continue;
		for (size_t j = 0; j < duty->notice_count; j++)
			if (duty->notices[j].state == NOTICE_OPEN &&
			    tells(document, picked->settles, &duty->notices[j])) {
				duty->notices[j].state = NOTICE_GIVEN;
				duty->notices[j].ended_by = document;
			}
		if (form->state == FORM_VOIDED)
			end_duty(duty, document,
				 document->recorded > duty->at ? DUTY_LATE : DUTY_WITHDRAWN);
		else if (!duty->callback && node_holds(duty->until, document->event))
			end_duty(duty, document, document->at <= duty->at ? DUTY_MET : DUTY_LATE);
		else if (reopens && !duty_outlives_reopening(duty))
			end_duty(duty, document,
				 document->recorded > duty->at ? DUTY_LATE : DUTY_WITHDRAWN);
		else if (duty->callback && missed)
			duty->attempts++;
	}
	end_named(form, document, picked->withdraws, true);
	end_named(form, document, picked->settles, false);
	return add_duties(form, document, picked->due, false, err) &&
	       add_duties(form, document, picked->callbacks, true, err);
}

/* Folds DOCUMENT, the next in order, into the form. */
static bool fold(struct form *form, const struct document *document, bool first, struct err *err)
{
	const struct node *root = document->root;
	enum event event = document->which;
	struct picked picked, corrected;
	pick(root, &picked);
	if (first && event != EVENT_OPENED && event != EVENT_IMPORTED) {
		err_set(err, STATUS_DAMAGED,
			"the form begins with \"%s\", not with opened or imported",
			document->event);
		return damaged(form, root, err);
	}
	if (first) {
		take(picked.id, &form->id);
		form->opened_at = document->at;
	} else if (event != EVENT_SETTLED && contradicts(form, event)) {
		form->state = FORM_DISPUTED;
		form->disputed_by = document;
	}
	bool disputed = form->state == FORM_DISPUTED;
	take_matter(form, &picked);
	switch (event) {
	case EVENT_IMPORTED:
		form->imported = form->imported || first;
		if (first)
			take_state(form, picked.state);
		break;
	case EVENT_ASSIGNED:
		take(picked.to, &form->assignee);
		take(picked.team, &form->team);
		break;
	case EVENT_CORRECTED:
		pick(picked.fields, &corrected);
		take_matter(form, &corrected);
		break;
	case EVENT_SETTLED:
		take_state(form, picked.state);
		form->disputed_by = NULL;
		break;
	case EVENT_FINISHED:
		form->state = disputed ? FORM_DISPUTED : FORM_FINISHED;
		break;
	case EVENT_CLOSED:
		form->state = disputed ? FORM_DISPUTED : FORM_CLOSED;
		form->closed_at = document->at;
		break;
	case EVENT_VOIDED:
		form->state = disputed ? FORM_DISPUTED : FORM_VOIDED;
		break;
	case EVENT_DRAWN:
		choose(form, document);
		break;
	case EVENT_REOPENED:
		if (disputed)
			break;
		form->state = FORM_OPEN;
		form->cycle++;
		form->opened_at = document->at;
		form->closed_at = 0;
		form->assignee = form->team = NULL;
		form->cycle_begin = (size_t)(document - form->documents);
		break;
	default:
		break;
	}
	return fold_duties(form, document, &picked, err);
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
	err_set(err, STATUS_DAMAGED, "id: it is %s, the file is %s",
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
		if (duty->drawn)
			duty->drawn = &bigger[duty->drawn - form->documents];
		for (size_t j = 0; j < duty->notice_count; j++)
			if (duty->notices[j].ended_by)
				duty->notices[j].ended_by =
					&bigger[duty->notices[j].ended_by - form->documents];
	}
	if (form->disputed_by)
		form->disputed_by = &bigger[form->disputed_by - form->documents];
	form->documents = bigger;
	struct document *document = &bigger[form->count];
	document->root = root;
	if (!document_open(document, form->file, err))
		return false;
	return fold(form, document, form->count++ == 0, err);
}

size_t form_cycle_begin(const struct form *form)
{
	return form->cycle_begin;
}

const struct document *form_last(const struct form *form, const char *event)
{
	size_t begin = form_cycle_begin(form);
	for (size_t i = form->count; i-- > begin;)
		if (strcmp(form->documents[i].event, event) == 0)
			return &form->documents[i];
	return NULL;
}

/* Puts the corrected FIELDS into every step that has these fields. */
static void correct(struct arena *arena, struct node *steps, const struct node *fields)
{
	const struct pair *field;
	struct pair *step;
	for (size_t i = 0; (field = node_pair(fields, i)); i++) {
		for (size_t j = 0; (step = node_pair(steps, j)); j++) {
			if (!node_get(step->value, field->key) ||
			    event_of(step->key) == EVENT_CORRECTED)
				continue;
			struct node *one = node_map(arena);
			node_add(arena, one, field->key, field->value);
			step->value = (struct node *)merged(arena, step->value, one);
		}
	}
}

struct node *form_view(struct form *form)
{
	struct arena *arena = &form->arena;
	struct node *view = node_map(arena), *events = node_list(arena), *steps = node_map(arena);
	node_add_string(arena, view, "id", form->id);
	node_add_string(arena, view, "kind", form->kind);
	node_add_string(arena, view, "category", form->category);
	node_add_string(arena, view, "severity", form->severity);
	node_add_string(arena, view, "charging", form->charging);
	node_add_string(arena, view, "department", form->department);
	node_add_string(arena, view, "assignee", form->assignee);
	node_add_string(arena, view, "team", form->team);
	node_add_string(arena, view, "state", form_state_name(form->state));
	node_add(arena, view, "imported", node_bool(arena, form->imported));
	node_add(arena, view, "cycle", node_int(arena, form->cycle));
	node_add_string(arena, view, "phone", form->phone);
	if (form->customer)
		node_add(arena, view, "customer", (struct node *)form->customer);
	if (form->count) {
		struct node *channel = node_get(form->documents[0].root, "channel");
		if (channel)
			node_add(arena, view, "channel", channel);
	}
	for (size_t i = form_cycle_begin(form); i < form->count; i++) {
		const struct document *document = &form->documents[i];
		const char *event = document_step(document);
		if (!node_holds(events, event))
			node_push(arena, events, node_string(arena, event));
		node_set(arena, steps, event, document->root);
	}
	for (size_t i = form_cycle_begin(form); i < form->count; i++)
		if (form->documents[i].which == EVENT_CORRECTED)
			correct(arena, steps, node_get(form->documents[i].root, "fields"));
	node_add(arena, view, "events", events);
	node_add(arena, view, "steps", steps);
	if (form->count)
		node_add(arena, view, "document", form->documents[form->count - 1].root);
	return view;
}
