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
		problems_take(problems, &readers[t].problems);
		form_clear(&readers[t].form);
		files += readers[t].files;
	}
	problems_sort(problems);
	free(walkers);
	free(readers);
	return files;
}
