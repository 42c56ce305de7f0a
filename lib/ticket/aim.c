// SPDX-License-Identifier: MIT
// Which document a correction mends: the one it names, or the one that the schemas say should have
// had the field. Refuses what would mend nothing.
#include <inttypes.h>
#include <string.h>

#include "ticket/judge.h"
#include "ticket/ticket_parts.h"

/* What a correction is aimed at. */
struct aim {
	struct ticket_recording *recording;
	const struct form *form;
	struct node **roots; /* the documents as they are by now */
};

static bool can_be_mended(const struct document *document)
{
	return document->which != EVENT_CORRECTED && document->which != EVENT_RENUMBERED &&
	       !document->undone;
}

/* Whether the schema of DOCUMENT has FIELD. The one of steps that have none of their own has nearly
 * all there are, and so says nothing, unless ANY. */
static bool may_have(const struct aim *aim, const struct document *document, const char *field,
		     bool any)
{
	struct err ignored = ERR_INIT;
	struct book *book = aim->recording->book;
	const char *kind = aim->form->kind;
	bool own = any || event_is_core(document->which) ||
		   book_has_schema(book, kind, document->event);
	const struct schema *schema =
		own && can_be_mended(document)
			? book_event_schema(book, kind, document->event, &ignored)
			: NULL;
	err_clear(&ignored);
	return schema && schema_property(schema, field, NULL);
}

static bool has(const struct aim *aim, size_t index, const char *field)
{
	return can_be_mended(&aim->form->documents[index]) && node_get(aim->roots[index], field);
}

/* Names the documents from BEGIN to before END that have FIELD, or may have it. */
static void name_documents(const struct aim *aim, size_t begin, size_t end, const char *field,
			   bool having, struct buf *out)
{
	for (size_t i = begin; i < end; i++) {
		const struct document *document = &aim->form->documents[i];
		if (having ? has(aim, i, field) : may_have(aim, document, field, false))
			buf_addf(out, "%s#%" PRId64 " %s", out->len ? ", " : "", document->known,
				 document->event);
	}
}

static bool ask_which(const struct aim *aim, size_t begin, size_t end, const char *field,
		      bool having, struct err *err)
{
	struct buf names;
	buf_init(&names);
	name_documents(aim, begin, end, field, having, &names);
	err_set(err, STATUS_REFUSED,
		"fields.%s: more than one document has it: say which one is wrong with --set "
		"of=NUMBER (%s)",
		field, names.data);
	buf_clear(&names);
	return false;
}

/* What can be corrected: the fields of CORRECTION's schema that some document has or may have. */
static bool refuse_field(const struct aim *aim, const struct schema *correction, const char *field,
			 struct err *err)
{
	const struct node *all =
		schema_annotation(schema_property(correction, "fields", NULL), "properties");
	const struct pair *one;
	struct buf names;
	buf_init(&names);
	for (size_t i = 0; (one = node_pair(all, i)); i++) {
		bool fits = form_is_fact(one->key);
		for (size_t j = 0; !fits && j < aim->form->count; j++)
			fits = has(aim, j, one->key) ||
			       may_have(aim, &aim->form->documents[j], one->key, false);
		if (fits)
			buf_addf(&names, "%s%s", names.len ? ", " : "", one->key);
	}
	err_set(err, STATUS_REFUSED,
		"fields.%s: nothing is recorded yet that has this field, so there is nothing to "
		"correct (what can be corrected: %s)",
		field, names.data);
	buf_clear(&names);
	return false;
}

/* Which of the documents from BEGIN to before END have FIELD: *ONE is the only one, or the first
 * where all say the same; a callback is one call, and never mended with another document. False
 * with ERR when it takes somebody to say which. */
static bool find_having(const struct aim *aim, size_t begin, size_t end, const char *field,
			const struct document **one, size_t *count, struct err *err)
{
	bool callback = false, differ = false;
	const struct node *value = NULL;
	*one = NULL;
	*count = 0;
	for (size_t i = begin; i < end; i++) {
		if (!has(aim, i, field))
			continue;
		const struct node *other = node_get(aim->roots[i], field);
		differ = differ || (value && !node_identical(value, other));
		callback = callback || aim->form->documents[i].which == EVENT_CALLBACK;
		value = other;
		*one = *one ? *one : &aim->form->documents[i];
		++*count;
	}
	return *count < 2 || (!callback && !differ) || ask_which(aim, begin, end, field, true, err);
}

/* Which of them should have had FIELD: the opening, or else what came last, callbacks put last. */
static bool find_carrier(const struct aim *aim, size_t begin, size_t end, const char *field,
			 const struct document **carrier, struct err *err)
{
	const struct document *documents = aim->form->documents, *call = NULL;
	size_t calls = 0;
	*carrier = may_have(aim, &documents[begin], field, false) ? &documents[begin] : NULL;
	for (size_t i = end; !*carrier && i-- > begin;) {
		if (!may_have(aim, &documents[i], field, false))
			continue;
		if (documents[i].which != EVENT_CALLBACK)
			*carrier = &documents[i];
		else if (!calls++)
			call = &documents[i];
	}
	if (!*carrier && calls > 1)
		return ask_which(aim, begin, end, field, false, err);
	*carrier = *carrier ? *carrier : call;
	return true;
}

/* The document that FIELD is to be corrected in. *NEEDED: that has to be recorded, as the documents
 * alone do not say it. In the present cycle, or else in the last before it that has it. */
static bool find_document(const struct aim *aim, const struct schema *correction, const char *field,
			  const struct document **found, bool *needed, struct err *err)
{
	const struct form *form = aim->form;
	size_t count = 0;
	*found = NULL;
	*needed = false;
	if (form_is_fact(field))
		return true;
	for (size_t end = form->count, begin; !*found && end; end = begin) {
		for (begin = end - 1; begin && (form->documents[begin].which != EVENT_REOPENED ||
						form->documents[begin].undone);)
			begin--;
		if (!find_having(aim, begin, end, field, found, &count, err) ||
		    (!count && !find_carrier(aim, begin, end, field, found, err)))
			return false;
	}
	if (!*found)
		return refuse_field(aim, correction, field, err);
	*needed = !count || (*found)->which == EVENT_CALLBACK;
	if (count > 1)
		*found = NULL; /* all of them */
	return true;
}

static bool refuse_mixture(const struct document *target, const char *field, struct err *err)
{
	return err_set(
		err, STATUS_REFUSED,
		"fields.%s: #%" PRId64
		" (%s) has no such field: correct what is wrong in other documents by itself",
		field, target->known, target->event);
}

/* The document of that number. */
static const struct document *find_number(const struct aim *aim, int64_t number, struct err *err)
{
	struct buf names;
	for (size_t i = 0; i < aim->form->count; i++)
		if (aim->form->documents[i].known == number &&
		    can_be_mended(&aim->form->documents[i]))
			return &aim->form->documents[i];
	buf_init(&names);
	for (size_t i = 0; i < aim->form->count; i++)
		if (can_be_mended(&aim->form->documents[i]))
			buf_addf(&names, "%s#%" PRId64 " %s", names.len ? ", " : "",
				 aim->form->documents[i].known, aim->form->documents[i].event);
	err_set(err, STATUS_REFUSED,
		"of: there is no #%" PRId64 " that can be corrected (there are: %s)", number,
		names.data);
	buf_clear(&names);
	return NULL;
}

/* A reopening that followed from TARGET's answer falls with it, as long as nobody has worked on the
 * ticket since. */
static void undo_reopening(const struct aim *aim, const struct document *target,
			   struct node *document)
{
	const struct form *form = aim->form;
	const struct document *begun = &form->documents[form_cycle_begin(form)], *cause = begun - 1;
	if (begun == form->documents || begun->which != EVENT_REOPENED ||
	    (cause != target && form_target(form, cause) != target) || cause->at != begun->at ||
	    !document_same_site(cause, begun))
		return;
	if (form->state == FORM_OPEN && form_is_untouched(form))
		node_set(aim->recording->arena, document, "undoes",
			 node_int(aim->recording->arena, begun->known));
	else
		record_note(aim->recording->out, aim->recording->arena,
			    "it stays reopened (#%" PRId64
			    "): more was recorded since; close it when nothing is left to do",
			    begun->known);
}

static bool aim_at(const struct aim *aim, const struct schema *correction, struct node *document,
		   struct err *err)
{
	const struct node *fields = node_get(document, "fields");
	const struct document *target = NULL, *one;
	struct arena *arena = aim->recording->arena;
	const struct pair *field;
	int64_t of;
	bool typed = node_integer(document, "of", &of), needed;
	if (typed && !(target = find_number(aim, of, err)))
		return false;
	for (size_t i = 0; !typed && (field = node_pair(fields, i)); i++) {
		if (!find_document(aim, correction, field->key, &one, &needed, err))
			return false;
		if (needed && target && target != one)
			return refuse_mixture(target, field->key, err);
		target = needed ? one : target;
	}
	for (size_t i = 0; target && (field = node_pair(fields, i)); i++)
		if (!may_have(aim, target, field->key, true))
			return refuse_mixture(target, field->key, err);
	/* a ledger that was not brought up to this version cannot say it */
	if (!target || !schema_property(correction, "of", NULL))
		return true;
	node_set(arena, document, "of", node_int(arena, target->known));
	bool unreached = node_get(fields, "reached") && !node_true(fields, "reached"),
	     satisfied = node_get(fields, "answer") && !ticket_is_unsatisfied(fields);
	if (target->which == EVENT_CALLBACK && ticket_is_unsatisfied(document_now(target)) &&
	    (unreached || satisfied))
		undo_reopening(aim, target, document);
	return true;
}

bool correction_aim(struct ticket_recording *recording, const struct form *form,
		    const struct schema *correction, struct node *document, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const struct aim aim = {.recording = recording,
				.form = form,
				.roots = form_mended(form, form->count, &arena)};
	bool done = aim_at(&aim, correction, document, err);
	arena_clear(&arena);
	return done;
}

bool correction_references(struct book *book, const struct form *form, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	const struct node *fields = node_get(last->root, "fields");
	struct arena arena = ARENA_INIT;
	struct node **old = form_mended(form, form->count - 1, &arena),
		    **now = form_mended(form, form->count, &arena);
	bool fine = true;
	for (size_t i = 0; fine && i + 1 < form->count; i++)
		fine = old[i] == now[i] || judge_mended_references(book, old[i], now[i], fields,
								   form->documents[i].at, err);
	arena_clear(&arena);
	return fine;
}
