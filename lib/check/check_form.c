// SPDX-License-Identifier: MIT
// The check of one file of documents: whole, in order, canonical, valid, and speaking of what
// exists.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "book/family.h"
#include "check/check_parts.h"
#include "data/time.h"
#include "store/file.h"
#include "text/conflict.h"
#include "text/emit.h"
#include "text/yaml.h"
#include "ticket/balances.h"
#include "ticket/judge.h"

enum { SHOWN_COLUMNS = 60 };

/* --- what cannot be read --- */

static bool has_line(const char *text, size_t len, const char *begin, bool whole)
{
	size_t wanted = strlen(begin);
	for (const char *at = text, *end = text + len; at < end;) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		size_t line = (size_t)((lf ? lf : end) - at);
		if (line >= wanted && memcmp(at, begin, wanted) == 0 &&
		    (!whole || (lf && line == wanted)))
			return true;
		at += line + 1;
	}
	return false;
}

/* Which name the damage in TEXT has, of which what could be read ends at FROM. */
static enum problem_kind damage_kind(const char *text, size_t len, size_t from)
{
	const char *rest = text + from, *close = memmem(rest, len - from, "\n...\n", 5);
	size_t bad = utf8_check(text, len);
	if (conflict_line(text, len))
		return PROBLEM_CONFLICT_MARKERS;
	if (strncmp(rest, "\xef\xbb\xbf", 3) == 0 || memmem(rest, len - from, "\n...\r\n", 6))
		return PROBLEM_NOT_YAML; /* an editor for another system */
	if (!close)
		return bad + 4 < len ? PROBLEM_BAD_UTF8
				     : PROBLEM_CUT_FILE; /* a cut goes through characters, too */
	size_t document = (size_t)(close - rest) + 5;
	if (bad < from + document)
		return PROBLEM_BAD_UTF8;
	if (strncmp(rest, "---", 3) != 0 || has_line(rest + 3, document - 3, "---", true))
		return PROBLEM_CUT_FILE;
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	struct err err = ERR_INIT;
	bool is_yaml = yaml_read(&arena, NULL, rest, document, &stream, &err);
	err_clear(&err);
	arena_clear(&arena);
	return is_yaml ? PROBLEM_SCHEMA
		       : PROBLEM_NOT_YAML; /* without number, event or time it is no document */
}

/* --- one document --- */

/* One line of TEXT from AT, as far as it can be shown. */
static void add_line(struct buf *out, const char *text, size_t len, size_t at)
{
	const char *lf = memchr(text + at, '\n', len - at);
	size_t line = lf ? (size_t)(lf - text) - at : len - at;
	size_t shown = utf8_fit(text + at, line, SHOWN_COLUMNS);
	buf_add_visible(out, text + at, shown);
	if (shown < line)
		buf_adds(out, "…");
}

static void check_canonical(struct checker *checker, const struct schema *schema,
			    const struct document *document)
{
	struct buf *canonical = &checker->text, *words = &checker->other;
	buf_reset(canonical);
	schema_order(schema, document->root);
	emit_document(canonical, document->root);
	if (canonical->len == document->len &&
	    memcmp(canonical->data, document->text, document->len) == 0)
		return;
	size_t at = 0, line_begin = 0;
	unsigned line = document->line, column = 1;
	for (;
	     at < document->len && at < canonical->len && document->text[at] == canonical->data[at];
	     at++) {
		if (document->text[at] == '\n') {
			line++;
			column = 1;
			line_begin = at + 1;
		} else if (((unsigned char)document->text[at] & 0xc0) != 0x80) {
			column++;
		}
	}
	buf_reset(words);
	buf_adds(words, "not written as kefu writes it, which is: ");
	add_line(words, canonical->data, canonical->len, line_begin);
	check_tell_line(checker, PROBLEM_NOT_CANONICAL, line, column, words->data);
}

static void check_person(struct checker *checker, const struct node *person, const char *field,
			 int64_t at)
{
	struct book *book = checker->book;
	const char *id = node_as_text(person);
	if (!id || person->type != NODE_STRING)
		return;
	const struct member *member = staff_find(&book->staff, id, at);
	if (!member) {
		check_tell(checker, PROBLEM_UNKNOWN_PERSON, person, NULL,
			   "%s: %s was not in %s at that time", field, id, LEDGER_STAFF);
	} else if (member->left) {
		struct buf since;
		buf_init(&since);
		time_format_short(&book->zone, member->left_at, &since);
		check_tell(checker, PROBLEM_LEFT_PERSON, person, NULL, "%s: %s left on %.10s",
			   field, id, since.data);
		buf_clear(&since);
	}
}

static void check_field(struct checker *checker, const struct node *map, const char *field,
			int64_t at)
{
	const struct node *people = node_get(map, field), *person;
	for (size_t i = 0; (person = node_each(people, i)); i++)
		check_person(checker, person, field, at);
}

/* Whether FIELD says whose it is that comes back: whoever left with it is named all the same. */
static bool has_left_with(const struct checker *checker, const struct node *root, const char *field)
{
	const char *person = node_text(root, field);
	return person && checker->common->rules_known &&
	       balance_says_whose(checker->book->policy, root, field) &&
	       staff_person(&checker->book->staff, person);
}

/* The people whom DOCUMENT names were here when they did that. */
static void check_people(struct checker *checker, const struct document *document)
{
	/* an import is signed by who brought it in, not by who was there */
	int64_t acted = document->which == EVENT_IMPORTED ? document->recorded : document->at;
	for (size_t i = 0; checker->common->staff_known && judge_people[i]; i++)
		if (!has_left_with(checker, document->root, judge_people[i]))
			check_field(checker, document->root, judge_people[i], acted);
}

static void check_site(struct checker *checker, const struct document *document)
{
	const struct node *header = checker->book->header;
	if (header && document->site && !node_holds(node_get(header, "sites"), document->site))
		check_tell(checker, PROBLEM_UNKNOWN_SITE, node_get(document->root, "site"), NULL,
			   "site: %s is not among the sites in %s", document->site, LEDGER_HEADER);
}

/* One of two clocks is wrong: that of the site that wrote TIME, or the one here. */
static void tell_future(struct checker *checker, const struct document *document,
			const struct node *time, const char *field)
{
	struct buf now;
	buf_init(&now);
	time_format_short(&checker->book->zone, checker->book->now, &now);
	check_tell(checker, PROBLEM_FUTURE_TIME, time, NULL,
		   "%s: %s is in the future, by the clock of %s%s; the clock here says %s", field,
		   node_as_text(time), document->site ? "the site " : "whoever wrote it",
		   document->site ? document->site : "", now.data);
	buf_clear(&now);
}

static void check_times(struct checker *checker, const struct document *document)
{
	const struct node *at = node_get(document->root, "at"),
			  *recorded = node_get(document->root, "recorded");
	int64_t now = checker->book->now;
	if (document->at > now)
		tell_future(checker, document, at, "at");
	else if (document->recorded > now)
		tell_future(checker, document, recorded, "recorded");
	if (document->recorded < document->at)
		check_tell(checker, PROBLEM_RECORDED_BEFORE_HAPPENED, recorded, NULL,
			   "recorded: %s is before it happened, at %s", node_as_text(recorded),
			   node_as_text(at));
}

/* What every document of every file has to be. SCHEMA may be NULL: then it cannot be used, which is
 * told already. */
static void check_document(struct checker *checker, const struct schema *schema,
			   const struct document *document)
{
	struct err err = ERR_INIT;
	if (schema && !schema_check(schema, document->root, checker->file, &err))
		check_tell_err(checker, PROBLEM_SCHEMA, &err);
	else if (schema)
		check_canonical(checker, schema, document);
	check_times(checker, document);
	check_site(checker, document);
	check_people(checker, document);
}

/* --- the documents of a file together --- */

static int compare_places(const void *a, const void *b)
{
	const struct document *x = *(const struct document *const *)a,
			      *y = *(const struct document *const *)b;
	return x->text < y->text ? -1 : x->text > y->text;
}

/* The first document that stands where it should not, and one that stands twice. */
static void tell_disorder(struct checker *checker, const struct document *documents, size_t count,
			  unsigned repeated)
{
	const struct document **placed = arena_alloc(&checker->to->scratch, count * sizeof *placed);
	for (size_t i = 0; i < count; i++)
		placed[i] = &documents[i];
	qsort(placed, count, sizeof *placed, compare_places);
	if (repeated)
		check_tell_line(checker, PROBLEM_DUPLICATE_DOCUMENT, repeated, 1,
				"is in this file twice");
	for (size_t i = 1; i < count; i++) {
		if (document_compare(placed[i - 1], placed[i]) <= 0)
			continue;
		buf_reset(&checker->other);
		buf_addf(&checker->other, "#%" PRId64 " stands behind #%" PRId64 "%s",
			 placed[i]->seq, placed[i - 1]->seq,
			 placed[i]->seq == placed[i - 1]->seq
				 ? ", but their SHA-256 have the opposite order"
				 : "");
		check_tell_line(checker, PROBLEM_OUT_OF_ORDER, placed[i]->line, 1,
				checker->other.data);
		return;
	}
}

/* --- tickets --- */

static const struct schema *find_schema(struct checker *checker, const char *folder,
					const char *event, bool *known)
{
	*known = false;
	for (size_t i = 0; folder && i < checker->common->schema_count; i++) {
		const struct event_schema *one = &checker->common->schemas[i];
		if (strcmp(one->event, event) != 0 || strcmp(one->folder, folder) != 0)
			continue;
		*known = true;
		return one->schema;
	}
	return NULL;
}

/* As book_event_schema, among those compiled before. */
static const struct schema *schema_for(struct checker *checker, const char *kind,
				       const struct document *document)
{
	if (document->which == EVENT_RENUMBERED)
		return checker->common->renumbered_schema;
	const char *event = document->event;
	bool known;
	const struct schema *schema = find_schema(checker, kind, event, &known);
	if (!known)
		schema = find_schema(checker, "ticket", event, &known);
	if (!known && !event_is_core(document->which))
		schema = find_schema(checker, "ticket", "step", &known);
	if (!known)
		check_tell(checker, PROBLEM_SCHEMA_FILE, node_get(document->root, "event"), NULL,
			   "there is no schema for \"%s\"", event);
	return schema;
}

static void check_event(struct checker *checker, const struct document *document)
{
	const struct policy *policy = checker->book->policy;
	size_t cursor = 0;
	const struct rule *rule;
	bool known;
	find_schema(checker, checker->form.kind, document->event, &known);
	if (known || event_is_core(document->which) || checker->form.imported ||
	    document->which == EVENT_SCHEDULED || document->which == EVENT_RENUMBERED)
		return;
	while ((rule = policy_next(policy, RULE_STEP, &cursor)))
		if (node_holds(node_get(rule->node, "step"), document->event))
			return;
	check_tell(checker, PROBLEM_UNKNOWN_EVENT, node_get(document->root, "event"), NULL,
		   "the policy has no step \"%s\"", document->event);
}

static void check_class(struct checker *checker, const struct node *root)
{
	static const struct {
		const char *field;
		enum rule_list list;
	} classes[] = {
		{"kind", RULE_KIND}, {"category", RULE_CATEGORY}, {"severity", RULE_SEVERITY}};
	for (size_t i = 0; !checker->form.imported && i < sizeof classes / sizeof *classes; i++) {
		const struct node *at = node_get(root, classes[i].field);
		const char *name = node_as_text(at);
		bool customer = i == 0 && node_is_string(at, KIND_CUSTOMER);
		if (name && at->type == NODE_STRING && !customer &&
		    !policy_find_recorded(checker->book->policy, classes[i].list, name, 0))
			check_tell(checker, PROBLEM_UNKNOWN_CLASS, at, NULL,
				   "%s: the policy has no \"%s\"", classes[i].field, name);
	}
}

/* Reads form ID to see whether it holds SEQ (0: nothing particular), which is STEP if that is not
 * NULL, and names this form in its links. */
static void check_target(struct checker *checker, const struct node *at, const char *id,
			 int64_t seq, const char *step)
{
	struct err err = ERR_INIT;
	struct buf path, text;
	struct documents documents;
	buf_init(&path);
	buf_init(&text);
	bool is_id = book_form_path(id, &path, &err);
	enum file_result result = is_id ? file_read(&checker->book->store.root, path.data,
						    FORM_MAX_BYTES, &text, &err)
					: FILE_FAILED;
	if (result == FILE_ABSENT)
		check_tell(checker, PROBLEM_DANGLING_REFERENCE, at, NULL, "there is no form %s",
			   id);
	arena_reset(&checker->to->scratch);
	/* a damaged form is a problem of its own */
	if (seq && result == FILE_READ &&
	    documents_read(&checker->to->scratch, path.data, text.data, text.len, &documents,
			   &err)) {
		bool there = false, links = false;
		for (size_t i = 0; i < documents.count; i++) {
			bool is = documents.items[i].known == seq;
			there = there || is;
			if (is && step && strcmp(documents.items[i].event, step) != 0)
				check_tell(checker, PROBLEM_DANGLING_REFERENCE, at, NULL,
					   "%s#%" PRId64 " is %s, not %s", id, seq,
					   documents.items[i].event, step);
			/* a step that was interrupted and completed later has another number than
			 * it was to have */
			links = links || node_holds(node_get(documents.items[i].root, "links"),
						    checker->form.id);
		}
		if (!there)
			check_tell(checker, PROBLEM_DANGLING_REFERENCE, at, NULL,
				   "%s has no #%" PRId64, id, seq);
		else if (!links)
			check_tell(checker, PROBLEM_DANGLING_REFERENCE, at, NULL,
				   "%s does not name this form in its links", id);
	}
	err_clear(&err);
	buf_clear(&path);
	buf_clear(&text);
}

static void check_references(struct checker *checker, const struct node *root)
{
	const struct node *links = node_get(root, "links"), *cause = node_get(root, "cause"), *link;
	for (size_t i = 0; (link = node_each(links, i)); i++)
		if (node_as_text(link))
			check_target(checker, link, node_as_text(link), 0, NULL);
	const char *citation = node_as_text(cause), *hash = citation ? strchr(citation, '#') : NULL;
	if (!hash)
		return;
	char *id = mem_dup_len(citation, (size_t)(hash - citation));
	check_target(checker, cause, id, strtoll(hash + 1, NULL, 10),
		     document_event(root) == EVENT_LINKED ? node_text(root, "step") : NULL);
	free(id);
}

/* The form's number against its first document: who gave it, and when. */
static void check_id(struct checker *checker, const char *name)
{
	const struct document *first = &checker->form.documents[0];
	const struct node *id = node_get(first->root, "id");
	if (!id || id->type != NODE_STRING)
		return;
	if (!node_is_string(id, name)) {
		check_tell(checker, PROBLEM_WRONG_ID, id, NULL,
			   "id: is %s, but the file is %s.yaml", node_as_text(id), name);
		return;
	}
	if (!book_is_ticket(name))
		return;
	size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (first->site &&
	    (strlen(first->site) != letters || memcmp(first->site, name, letters) != 0)) {
		check_tell(checker, PROBLEM_WRONG_ID, id, NULL,
			   "id: must begin with %s, the site that recorded it", first->site);
		return;
	}
	/* the day as it was written down, whatever the zone is now */
	const char *day = node_text(
		first->root,
		node_get(first->root, "recorded") && !checker->form.imported ? "recorded" : "at");
	const char digits[] = {day[2], day[3], day[5], day[6], day[8], day[9]};
	if (memcmp(digits, name + letters, sizeof digits) != 0)
		check_tell(checker, PROBLEM_WRONG_ID, id, NULL,
			   "id: its date is not the day it was %s, %.10s",
			   checker->form.imported ? "opened" : "recorded", day);
}

/* Whether RELATIVE is where a form of its name lies; NAME gets that name. */
static bool check_place(struct checker *checker, const char *relative, struct buf *name)
{
	struct err err = ERR_INIT;
	const char *slash = strrchr(relative, '/');
	const char *file = slash ? slash + 1 : relative;
	buf_add(name, file, strlen(file) - strlen(".yaml"));
	buf_reset(&checker->other);
	bool of_tickets = strncmp(relative, "tickets/", 8) == 0;
	bool is_form = book_form_path(name->data, &checker->other, &err) &&
		       book_is_ticket(name->data) == of_tickets;
	if (!is_form)
		check_tell(checker, PROBLEM_STRAY_FILE, NULL, NULL, "must be named after a %s",
			   of_tickets ? "ticket" : "unit");
	else if (strcmp(checker->other.data, relative) != 0)
		check_tell(checker, PROBLEM_WRONG_FOLDER, NULL, NULL, "belongs at %s",
			   checker->other.data);
	err_clear(&err);
	return is_form;
}

/* When what DOCUMENT, a correction, says of FIELD happened: that is a time of the document it
 * mends.
 */
static int64_t mended_at(const struct form *form, const struct document *document,
			 const char *field)
{
	const struct document *target = form_target(form, document);
	if (target)
		return target->at;
	for (const struct document *past = document; past-- > form->documents;)
		if (past->which != EVENT_CORRECTED && node_get(document_now(past), field))
			return past->at;
	return document->at;
}

/* The people whom DOCUMENT, a correction, puts into other documents were here when those happened.
 */
static void check_mended_people(struct checker *checker, const struct document *document)
{
	const struct node *fields = node_get(document->root, "fields");
	for (size_t i = 0; checker->common->staff_known && judge_people[i]; i++)
		if (node_get(fields, judge_people[i]))
			check_field(checker, fields, judge_people[i],
				    mended_at(&checker->form, document, judge_people[i]));
}

/* The truth about what the rules forbid, told afterwards: somebody let it be recorded, but it stays
 * a breach. */
static void check_breaches(struct checker *checker)
{
	struct override one;
	struct buf clauses;
	buf_init(&clauses);
	for (size_t cursor = 0; form_next_override(&checker->form, &cursor, &one);) {
		if (!one.breach)
			continue;
		buf_reset(&clauses);
		node_join(one.clauses, " ", &clauses);
		check_tell(checker, PROBLEM_BREACH, node_get(one.document->root, "override"),
			   clauses.data,
			   "#%" PRId64 " (%s) says what the rules forbid; %s overrode them: %s",
			   one.document->known, one.document->event, one.by ? one.by : "somebody",
			   one.reason ? one.reason : "");
	}
	buf_clear(&clauses);
}

static bool begins_form(const struct document *document)
{
	return document->which == EVENT_OPENED || document->which == EVENT_IMPORTED;
}

static void check_ticket_documents(struct checker *checker)
{
	struct form *form = &checker->form;
	const char *kind = NULL;
	int64_t opened = INT64_MAX; /* two sites may have opened it */
	for (size_t i = 0; i < form->count; i++)
		if ((!i || form->documents[i].which == EVENT_OPENED) &&
		    form->documents[i].at < opened)
			opened = form->documents[i].at;
	for (size_t i = 0; i < form->count; i++) {
		const struct document *document = &form->documents[i];
		const char *now = node_text(document->root, "kind");
		/* a reclassification is judged as the old kind, as when it was recorded */
		const struct schema *schema =
			schema_for(checker, kind || !now ? kind : now, document);
		kind = now ? now : kind;
		check_document(checker, schema, document);
		if (i && document->at < opened)
			check_tell(checker, PROBLEM_BEFORE_OPENING, node_get(document->root, "at"),
				   NULL, "at: this is before the form was opened");
		if (checker->common->rules_known) {
			check_event(checker, document);
			check_class(checker, document->root);
		}
		if (document->which == EVENT_CORRECTED)
			check_mended_people(checker, document);
		if (document->which == EVENT_DRAWN)
			check_choice(checker, document->root);
		else
			check_references(checker, document->root);
	}
	check_breaches(checker);
}

void check_form_file(struct checker *checker, const char *relative, const char *text, size_t len)
{
	struct form *form = &checker->form;
	struct err err = ERR_INIT;
	struct buf name;
	buf_init(&name);
	checker->file = relative;
	bool folded = form_read(form, relative, text, len, &err);
	bool parsed = form->read_len == len && len, is_form = check_place(checker, relative, &name);
	form->imported = form->count && form->documents[0].which == EVENT_IMPORTED;
	form->id = is_form ? arena_dup(&form->arena, name.data) : "";
	size_t before = check_told(checker);
	check_ticket_seen(checker, relative, form->count ? &form->documents[0] : NULL);
	check_ticket_documents(checker);
	if (parsed) {
		check_numbers(checker, form->documents, form->count);
		if (form->unordered)
			tell_disorder(checker, form->documents, form->count, form->repeated);
		if (is_form)
			check_id(checker, name.data);
	}
	if (folded) {
		check_unit_seen(checker);
		check_unique_seen(checker);
		check_duties(checker);
		if (checker->common->staff_known)
			unfilled_take_gone(checker->to, CHECK_GONE, &checker->form);
		check_amounts(checker);
		check_signed(checker);
	} else if (parsed) {
		/* a document that cannot be folded is mostly one its schema refuses, too */
		if (!begins_form(&form->documents[0]))
			check_tell_err(checker, PROBLEM_WRONG_START, &err);
		else if (check_told(checker) == before)
			check_tell_err(checker, PROBLEM_SCHEMA, &err);
		else
			check_damage(checker, before);
	} else {
		check_tell_err(checker, damage_kind(text, len, form->read_len), &err);
	}
	err_clear(&err);
	buf_clear(&name);
}

/* --- registers: files of documents that are not folded --- */

/* The documents of TEXT, each with the schema SCHEMA_OF gives it; false when it could not be read
 * to the end. */
static bool check_documents(struct checker *checker, const char *text, size_t len,
			    struct arena *arena,
			    const struct schema *(*schema_of)(struct checker *checker,
							      const struct document *document),
			    struct documents *documents)
{
	struct err err = ERR_INIT;
	bool parsed = documents_read(arena, checker->file, text, len, documents, &err);
	for (size_t i = 0; i < documents->count; i++)
		check_document(checker, schema_of(checker, &documents->items[i]),
			       &documents->items[i]);
	if (parsed) {
		check_numbers(checker, documents->items, documents->count);
		if (documents->unordered)
			tell_disorder(checker, documents->items, documents->count,
				      documents->repeated);
	} else {
		check_tell_err(checker, damage_kind(text, len, documents->read_len), &err);
	}
	err_clear(&err);
	return parsed;
}

static const struct schema *register_schema(struct checker *checker,
					    const struct document *document)
{
	const char *folder = family_of(checker->file)->schemas;
	bool known;
	if (document->which == EVENT_RENUMBERED)
		return checker->common->renumbered_schema;
	const struct schema *schema = find_schema(checker, folder, document->event, &known);
	if (!known)
		check_tell(checker, PROBLEM_UNKNOWN_EVENT, node_get(document->root, "event"), NULL,
			   "there is no schemas/%s/%s.yaml", folder, document->event);
	return schema;
}

void check_register_file(struct checker *checker, const char *relative, const char *text,
			 size_t len)
{
	struct documents documents;
	struct arena arena = ARENA_INIT;
	checker->file = relative;
	size_t before = check_told(checker);
	if (check_documents(checker, text, len, &arena, register_schema, &documents)) {
		const struct node *id = node_get(documents.items[0].root, "id");
		const char *folder = strchr(relative, '/') + 1;
		size_t named = strlen(folder) - strlen(".yaml");
		/* a register is called by where it lies, or by the end of that */
		const char *called = node_as_text(id);
		size_t length = node_text_len(id);
		if (id && (!length || length > named ||
			   memcmp(folder + named - length, called, length) != 0 ||
			   (length < named && folder[named - length - 1] != '/')))
			check_tell(checker, PROBLEM_WRONG_ID, id, NULL,
				   "id: is %s, but the file is %s", called ? called : "not a text",
				   relative);
		if (strcmp(family_of(relative)->folder, "plans") == 0)
			check_plan(checker, &documents);
		if (strcmp(family_of(relative)->folder, "personnel") == 0)
			check_personnel(checker, &documents);
		if (strcmp(family_of(relative)->folder, "appraisals") == 0 &&
		    check_told(checker) == before)
			check_sheet(checker, &documents);
	}
	arena_clear(&arena);
}

/* --- staff.yaml --- */

static const struct schema *staff_schema(struct checker *checker, const struct document *document)
{
	return document->which == EVENT_RENUMBERED ? checker->common->renumbered_schema
						   : checker->common->staff_schema;
}

void check_staff_file(struct checker *checker, const char *text, size_t len)
{
	struct documents documents;
	struct arena arena = ARENA_INIT;
	checker->file = LEDGER_STAFF;
	check_documents(checker, text, len, &arena, staff_schema, &documents);
	arena_clear(&arena);
}
