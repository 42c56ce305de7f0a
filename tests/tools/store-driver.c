// SPDX-License-Identifier: MIT
// Drives lib/store for the fault tests and the benchmark: does one thing, prints what was
// acknowledged.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"
#include "store/walk.h"

enum { TEXT_MAX = 1 << 20, PATIENCE_MS = 60000 };

static const char usage[] = "usage: store-driver create|replace LEDGER PATH TEXT\n"
			    "       store-driver append LEDGER PATH TEXT TIMES\n"
			    "       store-driver spread LEDGER FOLDER NAME TIMES\n"
			    "       store-driver batch LEDGER FOLDER NAME TIMES\n"
			    "       store-driver sync|read|remove LEDGER PATH\n"
			    "       store-driver hold LEDGER\n"
			    "       store-driver walk LEDGER FOLDER THREADS\n";

/* Acknowledged means: on the disk, and said so. One line, "PATH<TAB>LINE":
 * that file holds that line. Not through stdio, so that the shim sees it. */
static bool acknowledge(const char *path, const char *line, struct err *err)
{
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%s\t%.*s\n", path, (int)strcspn(line, "\n"), line);
	bool said = write(STDOUT_FILENO, text.data, text.len) == (ssize_t)text.len;
	buf_clear(&text);
	return said || err_system(err, "cannot write to stdout");
}

static bool report_exists(const char *relative, struct err *err)
{
	err_set(err, STATUS_REFUSED, "exists already");
	return err_place(err, relative, 0, 0);
}

static bool write_once(struct store *store, enum store_mode mode, char **args, struct err *err)
{
	if (!store_lock(store, STORE_PATIENCE_MS, err))
		return false;
	switch (store_write(store, args[0], args[1], strlen(args[1]), mode, err)) {
	case STORE_WRITTEN:
		return acknowledge(args[0], args[1], err);
	case STORE_EXISTS:
		return report_exists(args[0], err);
	default:
		return false;
	}
}

/* Adds a line TEXT-NUMBER to one file, again and again: what every step on a form does. */
static bool append(struct store *store, const char *relative, const char *text, unsigned long times,
		   struct err *err)
{
	bool done = false;
	struct buf whole;
	buf_init(&whole);
	for (unsigned long i = 0; i < times; i++) {
		if (!store_lock(store, PATIENCE_MS, err) ||
		    file_read(&store->root, relative, TEXT_MAX, &whole, err) == FILE_FAILED)
			goto out;
		size_t old = whole.len;
		buf_addf(&whole, "%s-%lu\n", text, i);
		if (store_write(store, relative, whole.data, whole.len, STORE_REPLACE, err) !=
		    STORE_WRITTEN)
			goto out;
		store_unlock(store);
		if (!acknowledge(relative, whole.data + old, err))
			goto out;
	}
	done = true;
out:
	buf_clear(&whole);
	return done;
}

/* The Ith file of NAME, in one of some folders of FOLDER, with one line. */
static void make_form(const char *folder, const char *name, unsigned long i, struct buf *relative,
		      struct buf *text)
{
	buf_reset(relative);
	buf_reset(text);
	buf_addf(relative, "%s/m%lu/%s-%lu.yaml", folder, i % 3, name, i);
	buf_addf(text, "%s-%lu\n", name, i);
}

/* Writes the first TIMES files of NAME, each with its acknowledgement. */
static bool spread(struct store *store, const char *folder, const char *name, unsigned long times,
		   struct err *err)
{
	bool done = false;
	struct buf relative, text;
	buf_init(&relative);
	buf_init(&text);
	for (unsigned long i = 0; i < times; i++) {
		make_form(folder, name, i, &relative, &text);
		if (!store_lock(store, PATIENCE_MS, err))
			goto out;
		enum store_result result =
			store_write(store, relative.data, text.data, text.len, STORE_CREATE, err);
		store_unlock(store);
		if (result == STORE_EXISTS)
			report_exists(relative.data, err);
		if (result != STORE_WRITTEN || !acknowledge(relative.data, text.data, err))
			goto out;
	}
	done = true;
out:
	buf_clear(&relative);
	buf_clear(&text);
	return done;
}

/* Writes those of the first TIMES files of NAME that are missing, and acknowledges them all at the
 * end. */
static bool batch(struct store *store, const char *folder, const char *name, unsigned long times,
		  struct err *err)
{
	bool done = false;
	struct buf relative, text;
	buf_init(&relative);
	buf_init(&text);
	struct store_batch *many = NULL;
	if (!store_lock(store, PATIENCE_MS, err) || !(many = store_batch_begin(store, err)))
		goto out;
	for (unsigned long i = 0; i < times; i++) {
		make_form(folder, name, i, &relative, &text);
		if (store_batch_add(many, relative.data, text.data, text.len, STORE_CREATE, err) ==
		    STORE_FAILED)
			goto out;
	}
	done = store_batch_commit(many, err);
	many = NULL;
	for (unsigned long i = 0; done && i < times; i++) {
		make_form(folder, name, i, &relative, &text);
		done = acknowledge(relative.data, text.data, err);
	}
out:
	store_batch_abort(many);
	buf_clear(&relative);
	buf_clear(&text);
	return done;
}

static bool print_file(struct store *store, const char *relative, struct err *err)
{
	struct buf text;
	buf_init(&text);
	enum file_result result = file_read(&store->root, relative, TEXT_MAX, &text, err);
	if (result == FILE_ABSENT) {
		err_set(err, STATUS_NO, "no such file");
		err_place(err, relative, 0, 0);
	} else if (result == FILE_READ) {
		fwrite(text.data, 1, text.len, stdout);
	}
	buf_clear(&text);
	return result == FILE_READ;
}

/* Holds the lock until stdin ends. */
static bool hold(struct store *store, struct err *err)
{
	char byte;
	if (!store_lock(store, PATIENCE_MS, err) || !acknowledge("lock", "held", err))
		return false;
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return true;
}

struct tally {
	uint64_t files, bytes, problems, lines;
};

static bool tally_visit(void *state, const char *relative, const char *text, size_t len,
			const struct err *problem)
{
	struct tally *tally = state;
	(void)relative;
	if (problem) {
		tally->problems++;
		return true;
	}
	tally->files++;
	tally->bytes += len;
	for (const char *at = text; (at = memchr(at, '\n', (size_t)(text + len - at))); at++)
		tally->lines++;
	return true;
}

static void walk_count(struct store *store, const char *folder, unsigned threads)
{
	struct tally tallies[8] = {0}, sum = {0};
	void *states[8];
	for (size_t i = 0; i < 8; i++)
		states[i] = &tallies[i];
	struct walk_options options = {
		.folders = (const char *const[]){folder, NULL},
		.states = states,
		.threads = threads ? threads : walk_threads(),
		.max = TEXT_MAX,
		.visit = tally_visit,
	};
	walk_tree(&store->root, &options);
	for (size_t i = 0; i < 8; i++) {
		sum.files += tallies[i].files;
		sum.bytes += tallies[i].bytes;
		sum.lines += tallies[i].lines;
		sum.problems += tallies[i].problems;
	}
	printf("%" PRIu64 " files, %" PRIu64 " bytes, %" PRIu64 " lines, %" PRIu64 " problems\n",
	       sum.files, sum.bytes, sum.lines, sum.problems);
}

static bool run(struct store *store, int count, char **args, struct err *err)
{
	const char *verb = args[1];
	char **rest = args + 3;
	int given = count - 3;
	unsigned long times = given == 3 ? strtoul(rest[2], NULL, 10) : 0;

	if (!strcmp(verb, "create") && given == 2)
		return write_once(store, STORE_CREATE, rest, err);
	if (!strcmp(verb, "replace") && given == 2)
		return write_once(store, STORE_REPLACE, rest, err);
	if (!strcmp(verb, "append") && given == 3)
		return append(store, rest[0], rest[1], times, err);
	if (!strcmp(verb, "spread") && given == 3)
		return spread(store, rest[0], rest[1], times, err);
	if (!strcmp(verb, "batch") && given == 3)
		return batch(store, rest[0], rest[1], times, err);
	if (!strcmp(verb, "sync") && given == 1)
		return store_sync(store, rest[0], err) && acknowledge(rest[0], "", err);
	if (!strcmp(verb, "read") && given == 1)
		return print_file(store, rest[0], err);
	if (!strcmp(verb, "remove") && given == 1)
		return store_lock(store, STORE_PATIENCE_MS, err) &&
		       store_remove(store, rest[0], err);
	if (!strcmp(verb, "hold") && !given)
		return hold(store, err);
	if (!strcmp(verb, "walk") && given == 2) {
		walk_count(store, rest[0], (unsigned)strtoul(rest[1], NULL, 10));
		return true;
	}
	return err_set(err, STATUS_USAGE, "%s", usage);
}

int main(int count, char **args)
{
	struct err err = ERR_INIT;
	struct store store;
	if (count < 3) {
		fputs(usage, stderr);
		return STATUS_USAGE;
	}
	if (store_open(&store, args[2], &err))
		run(&store, count, args, &err);
	store_close(&store);
	if (err.text) {
		struct buf line;
		buf_init(&line);
		err_render(&err, &line);
		fprintf(stderr, "store-driver: %s\n", line.data);
		buf_clear(&line);
	}
	int status = (int)err.status;
	err_clear(&err);
	return status;
}
