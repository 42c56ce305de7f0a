// SPDX-License-Identifier: MIT
// For fuzzers of what a ledger is configured by: a ledger in a folder of its own, of which one file
// is changed, and what commands do with it, short of writing. The folder is removed at the end.
// A target defines FUZZED, that file, and includes this.
#ifndef KEFU_TESTS_FUZZ_LEDGER_H
#define KEFU_TESTS_FUZZ_LEDGER_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/check.h"
#include "ledger/founding.h"
#include "mutate.h"
#include "text/json.h"
#include "text/yaml.h"
#include "ticket/ticket.h"
#include "view/policy.h"

static struct fuzzed {
	char path[64];
	int fd;
	struct arena arena;
} fuzzed;

#define FUZZ_NOW "2026-11-20 09:00"

/* A fuzzer that cannot begin has nothing to say. */
static inline void fuzz_must(bool done, const struct err *err)
{
	if (done)
		return;
	fprintf(stderr, "the ledger to be changed cannot be made: %s\n", err->text);
	abort();
}

static inline int fuzz_remove(const char *path, const struct stat *found, int type, struct FTW *at)
{
	(void)found, (void)type, (void)at;
	return remove(path);
}

static inline void fuzz_end(void)
{
	close(fuzzed.fd);
	nftw(fuzzed.path, fuzz_remove, 16, FTW_DEPTH | FTW_PHYS);
	arena_clear(&fuzzed.arena);
}

static inline const struct book_options *fuzz_options(void)
{
	static struct book_options options = {
		.now = FUZZ_NOW, .writes = true, .parts = BOOK_STAFF | BOOK_POLICY | BOOK_SITE};
	options.directory = fuzzed.path;
	return &options;
}

static inline struct node *fuzz_opening(struct arena *arena, const char *text)
{
	struct node *fields = node_map(arena), *customer = node_map(arena);
	node_add_string(arena, fields, "event", "opened");
	node_add_string(arena, customer, "unit", "3-1201");
	node_add(arena, fields, "customer", customer);
	node_add_string(arena, fields, "text", text);
	return fields;
}

/* Makes the ledger, by the pack PACK of the project (seen from its root, or $KEFU_DATA), with two
 * tickets. */
static inline void fuzz_begin(const char *pack)
{
	const char *root = getenv("KEFU_DATA"), *folder = getenv("TMPDIR");
	char file[4096];
	struct err err = ERR_INIT;
	struct book book;
	setenv("KEFU_DATA", root ? root : ".", 1);
	snprintf(fuzzed.path, sizeof fuzzed.path, "%s/kefu-fuzz.XXXXXX",
		 folder && strlen(folder) < 40 ? folder : "/tmp");
	if (!mkdtemp(fuzzed.path) || (fuzzed.fd = open(fuzzed.path, O_RDONLY | O_CLOEXEC)) < 0)
		abort();
	atexit(fuzz_end);
	snprintf(file, sizeof file, "%s/%s", root ? root : ".", pack);
	const char *packs[] = {file};
	struct founding founding = {.directory = fuzzed.path,
				    .name = "fuzzed",
				    .zone = "Asia/Shanghai",
				    .site = "YL",
				    .person = "keeper",
				    .packs = packs,
				    .pack_count = 1,
				    .test = true,
				    .now = "2026-09-01 09:00"};
	fuzz_must(ledger_found(&founding, &err), &err);
	fuzz_must(book_open(&book, fuzz_options(), &err), &err);
	for (int i = 0; i < 2; i++) {
		struct request request = {0};
		struct recorded recorded;
		fuzz_must(ticket_open(&book, &fuzzed.arena, &request,
				      fuzz_opening(&fuzzed.arena, i ? "投诉太吵" : "水管漏了"),
				      &recorded, &err),
			  &err);
	}
	book_close(&book);
}

/* The bytes of FILE of the ledger. */
static inline void fuzz_read(const char *file, struct buf *text)
{
	char block[65536];
	int fd = openat(fuzzed.fd, file, O_RDONLY | O_CLOEXEC);
	for (ssize_t got; fd >= 0 && (got = read(fd, block, sizeof block)) > 0;)
		buf_add(text, block, (size_t)got);
	if (fd >= 0)
		close(fd);
}

static inline void fuzz_write(const char *file, const struct buf *text)
{
	int fd = openat(fuzzed.fd, file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text->data, text->len) != (ssize_t)text->len)
		abort();
	close(fd);
}

/* What went wrong has words and a status, and no words where nothing did. */
static inline void fuzz_said(bool done, struct err *err)
{
	if (done != !err->text || (!done && !err->status))
		abort();
	err_clear(err);
}

/* What commands do with the ledger as it now is; with WHOLE, also what reads every file of it. */
static inline void fuzz_use(bool whole)
{
	struct err err = ERR_INIT;
	struct arena arena = ARENA_INIT;
	struct book book;
	bool open = book_open(&book, fuzz_options(), &err);
	fuzz_said(open, &err);
	if (open) {
		static const char *const texts[] = {"水龙头漏水", "投诉 态度不好", "x"};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			struct request request = {.dry_run = true};
			struct recorded recorded;
			fuzz_said(ticket_open(&book, &arena, &request,
					      fuzz_opening(&arena, texts[i]), &recorded, &err),
				  &err);
		}
		const struct view_style style = {.book = &book};
		table_free(view_rules(&style, NULL, NULL));
		table_free(view_gaps(&style));
		struct unfilled_report report;
		unfilled_read(&book, &report);
		table_free(view_unfilled(&style, &report));
		unfilled_report_clear(&report);
		book_close(&book);
	}
	struct check check;
	const struct check_options wanted = {.threads = 1};
	if (whole) {
		fuzz_said(ledger_check(fuzz_options(), &wanted, &check, &err), &err);
		check_clear(&check);
	}
	arena_clear(&arena);
}

/* Changes FILE of the ledger as DATA says, uses the ledger, and puts the file back. */
static inline int fuzz_file(const char *file, const uint8_t *data, size_t size)
{
	struct bytes bytes = bytes_of(data, size);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct buf kept, text;
	struct node *root;
	buf_init(&kept);
	buf_init(&text);
	fuzz_read(file, &kept);
	fuzz_must(yaml_read_one(&arena, file, kept.data, kept.len, &root, &err), &err);
	mutate(&arena, &bytes, root);
	json_write(&text, root); /* which is YAML, too, and has a key twice where the tree has */
	fuzz_write(file, &text);
	fuzz_use(bytes_take(&bytes) % 8 == 0); /* which takes far longer */
	fuzz_write(file, &kept);
	buf_clear(&kept);
	buf_clear(&text);
	arena_clear(&arena);
	return 0;
}

#ifdef FUZZED /* by the target that includes this */

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	fuzz_begin("tests/fuzz/packs/every.yaml");
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_file(FUZZED, data, size);
}

#endif

#endif
