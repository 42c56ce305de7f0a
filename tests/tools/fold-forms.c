// SPDX-License-Identifier: MIT
// fold-forms: folds forms, named one a line on stdin, in the two ways that the library has: by
// reading the file, and by appending one document after the other, as recording does. After each
// document both must have come to the same.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "book/form.h"

struct folding {
	const char *file;
	size_t forms, documents;
	bool differs;
};

static void differ(struct folding *folding, const char *what, size_t document)
{
	printf("%s: after document %zu: %s\n", folding->file, document, what);
	folding->differs = true;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_node(const struct node *a, const struct node *b)
{
	return a == b || (a && b && node_identical(a, b));
}

/* Both point at the same document, each at its own form's, or at none. */
static bool same_document(const struct form *a, const struct document *of_a, const struct form *b,
			  const struct document *of_b)
{
	return !of_a == !of_b && (!of_a || of_a - a->documents == of_b - b->documents);
}

static bool same_notice(const struct form *a, const struct notice *x, const struct form *b,
			const struct notice *y)
{
	return same_text(x->id, y->id) && same_text(x->until, y->until) && x->at == y->at &&
	       same_node(x->who, y->who) && x->state == y->state &&
	       same_document(a, x->ended_by, b, y->ended_by);
}

static bool same_duty(const struct form *a, const struct duty *x, const struct form *b,
		      const struct duty *y)
{
	bool same = x->callback == y->callback && same_text(x->id, y->id) &&
		    same_text(x->rule, y->rule) && same_text(x->clause, y->clause) &&
		    x->start == y->start && x->opens == y->opens && x->at == y->at &&
		    same_node(x->until, y->until) && same_node(x->who, y->who) &&
		    same_text(x->rate, y->rate) && same_text(x->minimum, y->minimum) &&
		    same_text(x->on_site, y->on_site) && same_document(a, x->drawn, b, y->drawn) &&
		    x->provisional == y->provisional && x->cycle == y->cycle &&
		    same_document(a, x->set_by, b, y->set_by) &&
		    same_document(a, x->ended_by, b, y->ended_by) && x->ended == y->ended &&
		    x->state == y->state && x->notice_count == y->notice_count &&
		    x->attempts == y->attempts && x->twin == y->twin;
	for (size_t i = 0; same && i < x->notice_count; i++)
		same = same_notice(a, &x->notices[i], b, &y->notices[i]);
	return same;
}

static bool same_documents(const struct form *a, const struct form *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++) {
		const struct document *x = &a->documents[i], *y = &b->documents[i];
		same = same_node(x->root, y->root) && x->seq == y->seq &&
		       same_text(x->event, y->event) && same_text(x->site, y->site) &&
		       x->at == y->at && x->recorded == y->recorded;
	}
	return same;
}

static bool same_state(const struct form *a, const struct form *b)
{
	return same_text(a->file, b->file) && same_text(a->id, b->id) && a->state == b->state &&
	       same_document(a, a->disputed_by, b, b->disputed_by) &&
	       same_document(a, a->disputed_with, b, b->disputed_with) && a->cycle == b->cycle &&
	       a->cycle_begin == b->cycle_begin && a->imported == b->imported &&
	       a->opened_at == b->opened_at && a->closed_at == b->closed_at &&
	       same_text(a->kind, b->kind) && same_text(a->category, b->category) &&
	       same_text(a->severity, b->severity) && same_text(a->charging, b->charging) &&
	       same_text(a->department, b->department) && same_text(a->assignee, b->assignee) &&
	       same_text(a->team, b->team) && same_node(a->customer, b->customer) &&
	       same_text(a->phone, b->phone);
}

static void compare(struct folding *folding, struct form *read, struct form *appended)
{
	size_t number = read->count;
	if (!same_documents(read, appended))
		differ(folding, "other documents", number);
	if (!same_state(read, appended))
		differ(folding, "another state", number);
	bool same = read->duty_count == appended->duty_count;
	for (size_t i = 0; same && i < read->duty_count; i++)
		same = same_duty(read, &read->duties[i], appended, &appended->duties[i]);
	if (!same)
		differ(folding, "other duties", number);
	if (!same_node(form_view(read), form_view(appended)))
		differ(folding, "another view", number);
}

/* The document without what a step makes due, as it stands while it is judged. */
static struct node *undecided(struct arena *arena, const struct node *root)
{
	static const char *const decided[] = {"due", "callbacks", "withdraws", "settles"};
	struct node *copy = node_copy(arena, root);
	for (size_t i = 0; i < sizeof decided / sizeof *decided; i++)
		node_remove(copy, decided[i]);
	return copy;
}

/* Each document of WHOLE is appended twice, the first time undecided, as recording a step does. */
static void fold(struct folding *folding, const struct form *whole)
{
	struct form read, appended;
	struct buf text;
	struct err err = ERR_INIT;
	form_init(&read);
	form_init(&appended);
	appended.file = folding->file;
	buf_init(&text);
	for (size_t i = 0; i < whole->count && !folding->differs; i++) {
		const struct document *document = &whole->documents[i];
		buf_add(&text, document->text, document->len);
		bool done =
			form_append(&appended, undecided(&appended.arena, document->root), &err);
		form_take_back(&appended);
		if (i) /* nothing of it is left */
			compare(folding, &read, &appended);
		done = done && form_append(&appended, document->root, &err) &&
		       form_read(&read, folding->file, text.data, text.len, &err);
		if (!done)
			differ(folding, err.text, i + 1);
		else
			compare(folding, &read, &appended);
		folding->documents++;
	}
	err_clear(&err);
	form_clear(&read);
	form_clear(&appended);
	buf_clear(&text);
}

static void read_file(const char *path, struct buf *text)
{
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t got;
	buf_reset(text);
	while (file && (got = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(text, bytes, got);
	if (file)
		fclose(file);
}

int main(void)
{
	struct folding folding = {0};
	char path[4096];
	struct buf text;
	int status = 0;
	buf_init(&text);
	while (fgets(path, sizeof path, stdin)) {
		struct form whole;
		struct err err = ERR_INIT;
		path[strcspn(path, "\n")] = '\0';
		folding.file = path;
		folding.differs = false;
		form_init(&whole);
		read_file(path, &text);
		if (form_read(&whole, path, text.data, text.len, &err))
			fold(&folding, &whole);
		else
			differ(&folding, err.text, 0);
		folding.forms++;
		status = status || folding.differs;
		err_clear(&err);
		form_clear(&whole);
	}
	printf("%zu forms, %zu documents\n", folding.forms, folding.documents);
	buf_clear(&text);
	return status;
}
