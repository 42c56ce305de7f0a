// SPDX-License-Identifier: MIT
// What a document changed about duties because a fact did, in words: the person who records it may
// know nothing of the rules that read the fact. Changes nothing itself.
#include "ticket/duty_parts.h"

static void add_note(struct duty_step *step, struct buf *text, const char *clause)
{
	if (clause)
		buf_addf(text, " [%s]", clause);
	node_push(step->arena, step->notes, node_string_len(step->arena, text->data, text->len));
	buf_clear(text);
}

static int64_t time_of(const struct node *entry, const char *key)
{
	struct err ignored = ERR_INIT;
	int64_t at = 0;
	if (!document_time(NULL, entry, key, &at, &ignored))
		err_clear(&ignored);
	return at;
}

/* The duty that was open as ID, or, whatever it was called, by RULE with the clock of ENTRY, and
 * that the document withdraws; NULL: none. */
static const struct duty *replaced_by(const struct duty_step *step, const struct node *entry,
				      bool callback)
{
	const struct node *withdrawn = node_get(step->root, "withdraws");
	const struct duty *found = NULL;
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		if (duty->state != DUTY_OPEN || duty->twin || duty->callback != callback ||
		    !node_holds(withdrawn, duty->id))
			continue;
		if (node_is_string(node_get(entry, "id"), duty->id))
			return duty;
		if (duty_names_rule(duty, entry))
			found = duty;
	}
	return found;
}

static void say_who(struct buf *text, const struct node *who)
{
	buf_adds(text, ", made by ");
	node_join(who, " and ", text);
}

/* Says that ENTRY, of the document's list of deadlines or callbacks, is set. */
static void say_set(struct duty_step *step, const struct node *entry, bool callback)
{
	const struct duty *old = replaced_by(step, entry, callback);
	const char *id = node_text(entry, "id");
	int64_t at = time_of(entry, "at");
	const struct zone *zone = &step->book->zone;
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s: %s", old && old->at != at ? "moved" : "set", id ? id : "");
	if (old && old->at != at) {
		buf_adds(&text, " from ");
		time_format_short(zone, old->at, &text);
		buf_adds(&text,
			 old->at < step->document->recorded ? ", which was missed, to " : " to ");
	} else {
		buf_adds(&text, " by ");
	}
	time_format_short(zone, at, &text);
	if (callback)
		say_who(&text, node_get(entry, "who"));
	if (at < step->document->recorded)
		buf_adds(&text, ", which is past");
	add_note(step, &text, node_text(entry, "clause"));
}

void duty_note_set(struct duty_step *step, const struct node *entry)
{
	say_set(step, entry, false);
}

void duty_note_changes(struct duty_step *step, size_t withdrawn, size_t due, size_t callbacks)
{
	static const char *const keys[] = {"due", "callbacks"};
	const size_t begins[] = {due, callbacks};
	const struct node *entry, *list = node_get(step->root, "withdraws");
	for (size_t i = 0; i < step->form->duty_count; i++) {
		const struct duty *duty = &step->form->duties[i];
		bool is_set = false, is_withdrawn = false;
		for (size_t j = withdrawn; (entry = node_item(list, j)); j++)
			is_withdrawn = is_withdrawn || node_is_string(entry, duty->id);
		if (duty->state != DUTY_OPEN || duty->twin || !is_withdrawn)
			continue;
		for (size_t j = 0; j < 2; j++)
			for (size_t k = begins[j];
			     (entry = node_item(node_get(step->root, keys[j]), k)); k++)
				is_set = is_set || replaced_by(step, entry, j == 1) == duty;
		if (is_set)
			continue;
		struct buf text;
		buf_init(&text);
		buf_addf(&text, "withdrawn: %s, due by ", duty->id);
		time_format_short(&step->book->zone, duty->at, &text);
		if (duty->at < step->document->recorded)
			buf_adds(&text, ", which was missed");
		add_note(step, &text, duty->clause);
	}
	for (size_t j = 0; j < 2; j++)
		for (size_t k = begins[j]; (entry = node_item(node_get(step->root, keys[j]), k));
		     k++)
			say_set(step, entry, j == 1);
}
