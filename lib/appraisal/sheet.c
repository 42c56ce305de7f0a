// SPDX-License-Identifier: MIT
// Sheets of an appraisal: folded, and recorded. sheet_judge.c judges what may be recorded.
#include "appraisal/sheet_parts.h"

#include <string.h>

#include "book/form.h"
#include "book/scheme.h"
#include "record/retry.h"
#include "store/file.h"

/* --- folding --- */

static bool is_marks(enum event event)
{
	return event == EVENT_MARKED || event == EVENT_CORRECTED;
}

/* The document before INDEX that its clone did not have and that says something else; NULL: none.
 */
static const struct document *opposed(const struct documents *documents, size_t index)
{
	const struct document *items = documents->items, *document = &items[index];
	for (size_t i = index; i-- > 0;) {
		const struct document *before = &items[i];
		bool copied = document_same_site(document, before) &&
			      before->known == document->known,
		     agree = before->which == document->which &&
			     (!is_marks(document->which) ||
			      document_same_content(before, document));
		if (!agree && before->which != EVENT_RENUMBERED &&
		    document->which != EVENT_RENUMBERED &&
		    (copied || (!document_same_site(document, before) &&
				!document_knows(items, document, before))))
			return before;
	}
	return NULL;
}

void sheet_fold(const struct documents *documents, struct sheet *sheet)
{
	*sheet = (struct sheet){.id = node_text(documents->items[0].root, "id")};
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i],
				      *other = opposed(documents, i);
		if (is_marks(document->which)) {
			sheet->root = document->root;
			sheet->seq = document->seq;
			sheet->at = document->at;
			sheet->awaits = node_get(document->root, "awaits");
			sheet->confirmed = sheet->voided = sheet->disputed = false;
		} else if (document->which == EVENT_CONFIRMED) {
			sheet->awaits = NULL;
			sheet->confirmed = true;
		} else if (document->which == EVENT_VOIDED) {
			sheet->voided = true;
			sheet->disputed = false;
		}
		if (other && !sheet->disputed) {
			sheet->disputed = true;
			sheet->disputed_by = document;
			sheet->disputed_with = other;
		}
	}
}

bool sheet_counts(const struct sheet *sheet)
{
	return sheet->root && !sheet->voided && !sheet->disputed && !sheet->awaits;
}

/* --- recording --- */

/* Grade and part where they are usual, and what the sheet is. */
static void add_defaults(const struct book *book, struct arena *arena,
			 const struct marking *marking, struct node *document)
{
	const struct node *scheme = marking->name->scheme->node,
			  *grades = node_get(scheme, "grades"), *parts = node_get(scheme, "parts");
	const struct member *member = staff_find(&book->staff, marking->person, book->now);
	node_set(arena, document, "scheme", node_string(arena, node_text(scheme, "scheme")));
	node_set(arena, document, "sheet",
		 node_string(arena, node_text(marking->name->sheet, "sheet")));
	node_set(arena, document, "person", node_string(arena, marking->person));
	node_set(arena, document, "period", node_string(arena, marking->name->period));
	const struct node *grade;
	for (size_t i = 0; member && (grade = node_item(grades, i)) && !node_get(document, "grade");
	     i++)
		if (sheet_has_role(member, node_get(grade, "of")))
			node_add_string(arena, document, "grade", node_text(grade, "grade"));
	if (!node_get(document, "part"))
		node_add_string(arena, document, "part", node_item_text(parts, 0));
}

/* Whether the file at PATH holds a document under REQUEST_ID, as long as that is remembered. */
static bool holds_request(struct book *book, const char *path, const char *request_id)
{
	struct arena arena = ARENA_INIT;
	struct documents documents;
	struct err ignored = ERR_INIT;
	struct buf text;
	bool found = false;
	buf_init(&text);
	if (request_id &&
	    file_read(&book->store.root, path, FORM_MAX_BYTES, &text, &ignored) == FILE_READ &&
	    documents_read(&arena, path, text.data, text.len, &documents, &ignored))
		for (size_t i = 0; i < documents.count && !found; i++)
			found = retry_remembers(book, &documents.items[i], request_id);
	err_clear(&ignored);
	buf_clear(&text);
	arena_clear(&arena);
	return found;
}

/* Records on the sheet that NAME says, whole. */
static bool record_on(struct book *book, struct arena *arena, const struct request *request,
		      const struct marking *marking, struct node *document, struct recorded *out,
		      struct err *err)
{
	static const char *const added[] = {"dimensions", "score",  "component",
					    "weight",     "awaits", NULL};
	const char *event = node_text(document, "event");
	const char *id = arena_printf(arena, "%s/%s", marking->person,
				      sheet_name_text(arena, marking->name));
	struct buf path;
	buf_init(&path);
	struct posting posting = {.id = id,
				  .schema = arena_printf(arena, "schemas/sheet/%s.yaml", event),
				  .added = added,
				  .place = document_event(document) == EVENT_MARKED ? POSTING_BEGINS
										    : POSTING_ADDS,
				  .document = document,
				  .judge = sheet_judge,
				  .context = (void *)marking};
	bool done = sheet_path(id, &path, err);
	posting.path = path.data;
	if (done && !record_document(book, arena, request, &posting, out, err)) {
		done = false;
		if (err->status == STATUS_REFUSED && !err->clause)
			clause_refuses(err, marking->name->sheet);
	}
	buf_clear(&path);
	return done;
}

/* Whether number N of several sheets is taken by another request. */
static bool is_taken(struct book *book, struct arena *arena, const struct request *request,
		     const struct marking *marking)
{
	struct err ignored = ERR_INIT;
	struct buf path;
	buf_init(&path);
	bool named = sheet_path(arena_printf(arena, "%s/%s", marking->person,
					     sheet_name_text(arena, marking->name)),
				&path, &ignored);
	bool taken = named && file_exists(&book->store.root, path.data) &&
		     !holds_request(book, path.data, request->request_id);
	err_clear(&ignored);
	buf_clear(&path);
	return taken;
}

bool sheet_record(struct book *book, struct arena *arena, const struct request *request,
		  const char *person, const struct sheet_name *name, struct node *document,
		  struct recorded *out, struct err *err)
{
	struct sheet_name numbered = *name;
	struct marking marking = {.person = person, .name = &numbered};
	enum event event = document_event(document);
	bool finds = event == EVENT_MARKED && node_true(name->sheet, "several") && !name->number;
	*out = (struct recorded){.notes = node_list(arena), .id = person};
	if (is_marks(event))
		add_defaults(book, arena, &marking, document);
	for (;;) {
		while (finds && is_taken(book, arena, request, &marking))
			numbered.number = numbered.number ? numbered.number + 1 : 2;
		if (record_on(book, arena, request, &marking, document, out, err))
			return true;
		/* somebody else may have taken the number meanwhile */
		if (!finds || err->status != STATUS_REFUSED ||
		    !is_taken(book, arena, request, &marking))
			return false;
		err_clear(err);
	}
}
