// SPDX-License-Identifier: MIT
// Reads and folds every ticket of a ledger, in parallel, without a lock.
#include "book/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/walk.h"

struct reader {
	forms_visit visit;
	void *state;
	struct form form;
	struct problems problems;
	size_t files;
};

void problems_add(struct problems *problems, const char *relative, struct err *err)
{
	if (!err->file)
		err_place(err, relative, 0, 0);
	problems->items = mem_room(problems->items, problems->count, 1, sizeof *problems->items);
	problems->items[problems->count++] = *err;
	*err = (struct err)ERR_INIT;
}

static void copy_problem(const struct err *from, struct err *to)
{
	*to = (struct err){.status = from->status,
			   .line = from->line,
			   .column = from->column,
			   .file = mem_dup(from->file),
			   .clause = mem_dup(from->clause),
			   .text = mem_dup(from->text)};
}

static bool read_one(void *state, const char *relative, const char *text, size_t len,
		     const struct err *problem)
{
	struct reader *reader = state;
	struct err err = ERR_INIT;
	reader->files++;
	if (problem) {
		copy_problem(problem, &err);
		problems_add(&reader->problems, relative, &err);
	} else if (form_read(&reader->form, relative, text, len, &err) &&
		   form_fits_file(&reader->form, &err)) {
		reader->visit(reader->state, &reader->form);
	} else {
		problems_add(&reader->problems, relative, &err);
	}
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

static int compare_problems(const void *a, const void *b)
{
	return strcmp(((const struct err *)a)->file, ((const struct err *)b)->file);
}

size_t forms_read(struct book *book, const char *const *folders, void *const *states,
		  unsigned threads, forms_visit visit, struct problems *problems)
{
	static const char *const all[] = {"tickets", NULL};
	struct reader *readers = mem_array(threads, sizeof *readers);
	void **walkers = mem_array(threads, sizeof *walkers);
	size_t files = 0;
	for (unsigned t = 0; t < threads; t++) {
		readers[t] = (struct reader){.visit = visit, .state = states[t]};
		form_init(&readers[t].form);
		walkers[t] = &readers[t];
	}
	struct walk_options walk = {.folders = folders ? folders : all,
				    .states = walkers,
				    .threads = threads,
				    .max = FORM_MAX_BYTES,
				    .strays = true,
				    .visit = read_one};
	walk_tree(&book->store.root, &walk);
	*problems = (struct problems){0};
	for (unsigned t = 0; t < threads; t++) {
		for (size_t i = 0; i < readers[t].problems.count; i++)
			problems_add(problems, NULL, &readers[t].problems.items[i]);
		free(readers[t].problems.items);
		form_clear(&readers[t].form);
		files += readers[t].files;
	}
	if (problems->count)
		qsort(problems->items, problems->count, sizeof *problems->items, compare_problems);
	free(walkers);
	free(readers);
	return files;
}

void problems_clear(struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		err_clear(&problems->items[i]);
	free(problems->items);
	*problems = (struct problems){0};
}
