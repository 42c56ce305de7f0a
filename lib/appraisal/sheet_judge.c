// SPDX-License-Identifier: MIT
// Judges what is recorded on a sheet by its scheme: who marks, confirms and voids whom, and when.
// Computes the score through sheet_marks.c, and says what it came to.
#include <inttypes.h>
#include <string.h>

#include "appraisal/sheet_parts.h"
#include "book/called.h"
#include "book/form.h"
#include "book/scheme.h"
#include "data/time.h"
#include "staff/personnel.h"
#include "store/file.h"

static bool refuse(struct err *err, const struct node *part)
{
	return clause_refuses(err, part);
}

bool sheet_has_role(const struct member *member, const struct node *roles)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(roles, &i));)
		if (node_holds(member->roles, role))
			return true;
	return !roles;
}

/* Whether PERSON is one of those whom the sheet marks, now and in its period. */
static bool check_staff(const struct recording *recording, const struct marking *marking,
			struct err *err)
{
	const struct book *book = recording->book;
	const struct node *scheme = marking->name->scheme->node, *sheet = marking->name->sheet;
	int64_t at = recording->acting->at,
		end = zone_day_start(&book->zone, marking->name->span.last + 1) - 1;
	const struct member *now = staff_find(&book->staff, marking->person, at);
	const struct member *then = staff_find(&book->staff, marking->person, end < at ? end : at);
	if (!now)
		err_set(err, STATUS_REFUSED, "%s is not in %s", marking->person, LEDGER_STAFF);
	else if (now->left)
		err_set(err, STATUS_REFUSED, "%s does not work here any more", marking->person);
	else if (strcmp(now->nature, "person") != 0)
		err_set(err, STATUS_REFUSED, "%s is a %s, not a person", marking->person,
			now->nature);
	else if (!then || then->left)
		err_set(err, STATUS_REFUSED, "%s did not work here in %s", marking->person,
			marking->name->period);
	else if (!sheet_has_role(now, node_get(scheme, "of")) ||
		 !sheet_has_role(now, node_get(sheet, "of")))
		err_set(err, STATUS_REFUSED, "%s has none of the roles that the sheet %s is for",
			marking->person,
			language_called(recording->arena, node_text(sheet, "sheet"),
					policy_title_of(book->policy, sheet)));
	else
		return true;
	return refuse(err, sheet);
}

static bool check_subject(const struct marking *marking, const struct personnel *personnel,
			  const char *subject, struct err *err)
{
	if (personnel->subject && strcmp(personnel->subject, subject) == 0)
		return true;
	err_set(err, STATUS_REFUSED, "%s is not registered as %s", marking->person, subject);
	return refuse(err, marking->name->sheet);
}

static bool check_time(const struct recording *recording, const struct marking *marking,
		       struct err *err)
{
	const struct book *book = recording->book;
	const struct rule *scheme = marking->name->scheme;
	const struct sheet_period *span = &marking->name->span;
	if (span->first > zone_day(&book->zone, recording->acting->at))
		err_set(err, STATUS_REFUSED, "%s has not begun", marking->name->period);
	else if (span->last < scheme->from || span->last >= scheme->before)
		err_set(err, STATUS_REFUSED, "%s is not in force in %s",
			node_text(scheme->node, "scheme"), marking->name->period);
	else
		return true;
	return refuse(err, marking->name->sheet);
}

/* Whether the grade and the part are ones the scheme has. */
static bool check_words(const struct node *scheme, const struct node *sheet,
			const struct node *root, struct err *err)
{
	const struct node *grades = node_get(scheme, "grades"), *parts = node_get(scheme, "parts");
	const char *grade = node_text(root, "grade"), *part = node_text(root, "part");
	bool known = !grade && !grades;
	const struct node *one;
	for (size_t i = 0; grade && !known && (one = node_item(grades, i)); i++)
		known = node_is_string(node_get(one, "grade"), grade);
	if (!known)
		err_set(err, STATUS_REFUSED,
			grade ? "grade: \"%s\" is not a grade of this scheme" : "grade: missing",
			grade);
	else if (part ? !node_holds(parts, part) : node_item_count(parts) > 0)
		err_set(err, STATUS_REFUSED,
			part ? "part: \"%s\" is not a part of this scheme" : "part: missing", part);
	else
		return true;
	return refuse(err, sheet);
}

static bool check_tickets(struct book *book, const struct node *scheme, const struct node *root,
			  struct err *err)
{
	const struct node *deduction;
	for (size_t i = 0; (deduction = node_item(node_get(root, "deductions"), i)); i++) {
		const char *ticket = node_text(deduction, "ticket");
		struct buf path;
		buf_init(&path);
		bool there = !ticket ||
			     (book_is_ticket(ticket) && book_form_path(ticket, &path, err) &&
			      file_exists(&book->store.root, path.data));
		buf_clear(&path);
		if (there)
			continue;
		err_set(err, STATUS_REFUSED, "%s: there is no ticket %s",
			node_text(deduction, "item"), ticket);
		return refuse(err, node_get(scheme, "deductions"));
	}
	return true;
}

/* Whether RECORD is a document of the person's register that was recorded as EVENT and holds. */
static const struct personnel_entry *find_record(const struct personnel *personnel,
						 const char *record, enum event event,
						 const struct node *part, struct err *err)
{
	const struct personnel_entry *entry = personnel_cited(personnel, record);
	if (!entry)
		err_set(err, STATUS_REFUSED,
			"%s: the register of %s has no such record (personnel-list %s)", record,
			personnel->person, personnel->person);
	else if (entry->which != event)
		err_set(err, STATUS_REFUSED, "%s must be a %s document, not a %s one", record,
			event_name(event), entry->event);
	else if (entry->voided)
		err_set(err, STATUS_REFUSED, "%s is voided by #%" PRId64, record, entry->mended);
	else
		return entry;
	refuse(err, part);
	return NULL;
}

/* Whether the marks that hold on the sheet at PATH have RECORD's points. */
static bool sheet_uses(const struct book *book, const char *path, const char *record)
{
	struct arena arena = ARENA_INIT;
	struct documents documents = {0};
	struct err ignored = ERR_INIT;
	struct sheet sheet;
	struct buf text;
	bool uses = false;
	buf_init(&text);
	/* what cannot be read is ledger-check's business */
	if (file_read(&book->store.root, path, FORM_MAX_BYTES, &text, &ignored) == FILE_READ &&
	    documents_read(&arena, path, text.data, text.len, &documents, &ignored) &&
	    documents.count) {
		sheet_fold(&documents, &sheet);
		uses = !sheet.voided &&
		       node_is_string(node_path(sheet.root, "commendation.record"), record);
	}
	err_clear(&ignored);
	buf_clear(&text);
	arena_clear(&arena);
	return uses;
}

/* Whether no other sheet of the person has the points of RECORD already. */
static bool check_once(const struct recording *recording, const char *person, const char *record,
		       const struct node *rule, struct err *err)
{
	const struct book *book = recording->book;
	struct file_names years = {0}, names = {0};
	struct buf folder;
	bool fits = file_list(&book->store.root, "appraisals", &years, err) != FILE_FAILED;
	buf_init(&folder);
	for (size_t y = 0; fits && y < years.count; y++) {
		buf_reset(&folder);
		buf_addf(&folder, "appraisals/%s/%s", years.items[y], person);
		size_t len = folder.len, id_at = len - strlen(person);
		fits = file_list(&book->store.root, folder.data, &names, err) != FILE_FAILED;
		for (size_t i = 0; fits && i < names.count; i++) {
			folder.len = len;
			buf_addf(&folder, "/%s", names.items[i]);
			if (strcmp(folder.data, recording->posting->path) == 0 ||
			    !sheet_uses(book, folder.data, record))
				continue;
			const char *id = folder.data + id_at;
			err_set(err, STATUS_REFUSED, "%s: its points were added on %.*s already",
				record, (int)(strlen(id) - strlen(".yaml")), id);
			fits = refuse(err, rule);
		}
	}
	buf_clear(&folder);
	file_names_clear(&years);
	file_names_clear(&names);
	return fits;
}

static bool check_records(const struct recording *recording, const struct personnel *personnel,
			  const struct node *scheme, const struct node *root, struct err *err)
{
	const struct book *book = recording->book;
	const struct node *offence, *commendation = node_get(root, "commendation");
	for (size_t i = 0; (offence = node_item(node_get(root, "offences"), i)); i++)
		if (!find_record(personnel, node_text(offence, "record"), EVENT_SANCTIONED,
				 node_get(scheme, "offences"), err))
			return false;
	if (!commendation)
		return true;
	const struct node *rule = node_get(scheme, "commendation");
	const char *record = node_text(commendation, "record"), *from = node_text(rule, "from");
	const struct personnel_entry *entry =
		find_record(personnel, record, EVENT_COMMENDED, rule, err);
	if (!entry)
		return false;
	if (personnel_degree(book, node_text(entry->root, "degree")) >=
	    personnel_degree(book, from))
		return !node_true(rule, "once") ||
		       check_once(recording, personnel->person, record, rule, err);
	err_set(err, STATUS_REFUSED, "%s: a commendation adds points from the degree %s on", record,
		from);
	return refuse(err, rule);
}

/* The weight the sheet has in the year, and who is to confirm it. */
static void add_place(const struct recording *recording, const struct node *sheet,
		      struct node *root)
{
	struct arena *arena = recording->arena;
	const struct node *confirm = node_get(sheet, "confirm");
	const char *role, *const about[] = {node_text(root, "person"), NULL};
	struct node *roles = node_list(arena);
	node_set(arena, root, "component", node_string(arena, node_text(sheet, "component")));
	node_set(arena, root, "weight", node_string(arena, node_text(sheet, "weight")));
	for (size_t i = 0; (role = node_each_text(confirm, &i));)
		node_push(arena, roles, node_string(arena, role));
	if (node_item_count(roles) &&
	    !staff_may_approve(&recording->book->staff, recording->acting->by, confirm, about,
			       recording->acting->at))
		node_set(arena, root, "awaits", roles);
}

static bool judge_marks(const struct recording *recording, const struct marking *marking,
			struct err *err)
{
	const struct node *scheme = marking->name->scheme->node, *sheet = marking->name->sheet;
	const char *subject = node_text(scheme, "subject");
	struct node *root = recording->posting->document;
	struct personnel personnel = {.arena = ARENA_INIT};
	bool done = personnel_may(recording, marking->person, node_get(sheet, "by"), sheet, err) &&
		    personnel_read(recording->book, marking->person, &personnel, err) &&
		    (subject ? check_subject(marking, &personnel, subject, err)
			     : check_staff(recording, marking, err)) &&
		    check_time(recording, marking, err) && check_words(scheme, sheet, root, err) &&
		    sheet_compute(recording->arena, scheme, root, err) &&
		    check_tickets(recording->book, scheme, root, err) &&
		    check_records(recording, &personnel, scheme, root, err);
	personnel_clear(&personnel);
	if (done)
		add_place(recording, sheet, root);
	return done;
}

static bool judge_confirmation(const struct recording *recording, const struct marking *marking,
			       struct err *err)
{
	struct sheet sheet;
	sheet_fold(recording->before, &sheet);
	if (!sheet.root || sheet.voided || sheet.disputed || !sheet.awaits)
		err_set(err, STATUS_REFUSED, "%s",
			!sheet.root || sheet.voided ? "it is voided"
			: sheet.disputed            ? "it is disputed: mark it anew with --correct"
						    : "it does not wait to be confirmed");
	else if (node_is_string(node_get(sheet.root, "by"), recording->acting->by->id))
		err_set(err, STATUS_REFUSED, "%s marked it: somebody else has to confirm it",
			recording->acting->by->id);
	else
		return personnel_may(recording, marking->person, sheet.awaits, marking->name->sheet,
				     err);
	return refuse(err, marking->name->sheet);
}

static bool judge_void(const struct recording *recording, const struct marking *marking,
		       struct err *err)
{
	const struct node *sheet = marking->name->sheet, *confirm = node_get(sheet, "confirm");
	struct sheet before;
	sheet_fold(recording->before, &before);
	if (before.voided)
		return err_set(err, STATUS_REFUSED, "it is voided already");
	return personnel_may(recording, marking->person, confirm ? confirm : node_get(sheet, "by"),
			     sheet, err);
}

static void add_parts(const struct book *book, const struct node *scheme, const struct node *root,
		      struct node *notes, struct arena *arena)
{
	static const char *const lists[] = {"deductions", "scores", "offences"};
	for (size_t l = 0; l < 3; l++) {
		const struct node *entry, *dimension;
		for (size_t i = 0; (entry = node_item(node_get(root, lists[l]), i)); i++) {
			const struct node *item =
				scheme_item(scheme, node_text(entry, "item"), &dimension);
			const char *points = node_text(entry, "points"),
				   *record = node_text(entry, "record"),
				   *reason = node_text(entry, l == 1 ? "remark" : "reason");
			const char *ticket = node_text(entry, "ticket"),
				   *of = node_text(entry, "dimension");
			struct buf line;
			buf_init(&line);
			buf_addf(&line, "  %s",
				 language_called(arena, node_text(entry, "item"),
						 policy_title_of(book->policy, item)));
			if (of)
				buf_addf(&line, "/%s", of);
			if (points)
				buf_addf(&line, "  -%s", points);
			if (l == 1)
				buf_addf(&line, "  self %s, supervisor %s",
					 node_text(entry, "self"), node_text(entry, "supervisor"));
			if (l == 2)
				buf_addf(&line, "  nothing left, for %s", record);
			if (reason)
				buf_addf(&line, ": %s", reason);
			if (ticket)
				buf_addf(&line, " (%s)", ticket);
			node_push(arena, notes, node_string(arena, line.data));
			buf_clear(&line);
		}
	}
}

/* Adds to LINES (a list of strings) what people are told of ROOT, marks by SCHEME: the score first,
 * then a line for each thing that was deducted or added. */
static void add_lines(const struct book *book, const struct node *scheme, const struct node *root,
		      struct arena *arena, struct node *lines)
{
	const struct node *commendation = node_get(root, "commendation"),
			  *awaits = node_get(root, "awaits"), *left;
	struct buf line;
	buf_init(&line);
	for (size_t i = 0; (left = node_item(node_get(root, "dimensions"), i)); i++) {
		const struct node *dimension =
			scheme_dimension(scheme, node_text(left, "dimension"));
		buf_addf(&line, "%s%s %s", i ? ", " : "",
			 language_called(arena, node_text(left, "dimension"),
					 policy_title_of(book->policy, dimension)),
			 node_text(left, "points"));
		if (dimension)
			buf_addf(&line, "/%s", node_text(dimension, "points"));
	}
	if (commendation)
		buf_addf(&line, ", commendation +%s (%s)", node_text(commendation, "points"),
			 node_text(commendation, "record"));
	buf_addf(&line, ": %s", node_text(root, "score"));
	if (awaits)
		buf_addf(&line, ", to be confirmed by %s",
			 called_names(book, arena, RULE_ROLE, awaits, " or "));
	node_push(arena, lines, node_string(arena, line.data));
	buf_clear(&line);
	add_parts(book, scheme, root, lines, arena);
}

static void add_notes(const struct recording *recording, const struct marking *marking)
{
	add_lines(recording->book, marking->name->scheme->node, recording->posting->document,
		  recording->arena, recording->out->notes);
}

bool sheet_judge(const struct recording *recording, struct err *err)
{
	const struct marking *marking = recording->posting->context;
	enum event event = document_event(recording->posting->document);
	if (event == EVENT_CONFIRMED)
		return judge_confirmation(recording, marking, err);
	if (event == EVENT_VOIDED)
		return judge_void(recording, marking, err);
	if (!judge_marks(recording, marking, err))
		return false;
	add_notes(recording, marking);
	return true;
}
