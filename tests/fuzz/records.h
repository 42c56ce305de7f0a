// SPDX-License-Identifier: MIT
// For fuzzers of what a ledger records: changes a file in a copy of a ledger with something of
// everything and runs the commands themselves on it, in this process. Nothing else is written. A
// target defines FUZZED, the pattern (fnmatch) of the files it changes, and includes this.
#ifndef KEFU_TESTS_FUZZ_RECORDS_H
#define KEFU_TESTS_FUZZ_RECORDS_H

#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mutate.h"
#include "text/emit.h"
#include "text/json.h"
#include "text/yaml.h"

/* Every command with its main, ended by {0}: the Makefile makes the table. */
struct records_command {
	const char *name;
	int (*main)(int argc, char **argv);
};
extern const struct records_command records_commands[];

/* There with a sanitizer only. */
void __sanitizer_set_report_fd(void *fd) __attribute__((weak));

enum { RECORDS_FILES = 500, RECORDS_LINES = 200 };

static struct {
	char folder[2000]; /* the copy, in which the process stays */
	char *files[RECORDS_FILES];
	bool changed[RECORDS_FILES]; /* whether the fuzzer changes it */
	size_t file_count;
	char *lines[RECORDS_LINES]; /* of hostile-commands, "[SECTION]" among them */
	size_t line_count;
	int out, err;  /* what commands print, and the messages of the fuzzer itself: */
	int said;      /* its own stderr */
	bool narrated; /* $KEFU_FUZZ_SHOW: everything is printed */
	const char *line;
	struct buf text; /* of the changed file */
	const char *file;
} records;

static inline bool records_read_all(int fd, struct buf *text)
{
	char block[65536];
	ssize_t got;
	while ((got = read(fd, block, sizeof block)) > 0)
		buf_add(text, block, (size_t)got);
	return !got;
}

static inline void records_read(const char *file, struct buf *text)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || !records_read_all(fd, text)) {
		perror(file);
		abort();
	}
	close(fd);
}

static inline void records_write(const char *file, const struct buf *text)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text->data, text->len) != (ssize_t)text->len)
		abort();
	close(fd);
}

static inline int records_remove(const char *path, const struct stat *found, int type,
				 struct FTW *at)
{
	(void)found, (void)type, (void)at;
	return remove(path);
}

static inline void records_end(void)
{
	nftw(records.folder, records_remove, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < records.file_count; i++)
		free(records.files[i]);
	for (size_t i = 0; i < records.line_count; i++)
		free(records.lines[i]);
}

static inline int records_found(const char *path, const struct stat *found, int type,
				struct FTW *at)
{
	size_t len = strlen(path);
	(void)found, (void)at;
	if (type == FTW_F && len > 7 && strcmp(path + len - 5, ".yaml") == 0 &&
	    strncmp(path, "./schemas/", 10) != 0 && records.file_count < RECORDS_FILES)
		records.files[records.file_count++] = mem_dup(path + 2);
	return 0;
}

static inline int records_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void records_lines(const char *file)
{
	struct buf text;
	buf_init(&text);
	records_read(file, &text);
	for (char *rest = text.data, *line; (line = strsep(&rest, "\n"));)
		if (*line && *line != '#' && records.line_count < RECORDS_LINES)
			records.lines[records.line_count++] = mem_dup(line);
	buf_clear(&text);
}

/* The process works in the copy: the paths that the fuzzer was given are made absolute. */
static inline void records_arguments(int *argc, char ***argv)
{
	static const char prefix[] = "-artifact_prefix=";
	static char *arguments[100];
	char *here = getcwd(NULL, 0);
	int count = 0;
	struct buf text;
	buf_init(&text);
	for (int i = 0; i < *argc && count < 98; i++) {
		const char *given = (*argv)[i];
		bool named = strncmp(given, prefix, sizeof prefix - 1) == 0;
		const char *path = named ? given + sizeof prefix - 1 : given;
		buf_reset(&text);
		if (i && path[0] != '/' && (named || path[0] != '-'))
			buf_addf(&text, "%s%s/%s", named ? prefix : "", here, path);
		else
			buf_adds(&text, given);
		arguments[count++] = mem_dup(text.data);
		if (!i) { /* a later one counts */
			buf_reset(&text);
			buf_addf(&text, "%s%s/", prefix, here);
			arguments[count++] = mem_dup(text.data);
		}
	}
	setenv("KEFU_DATA", here, 0);
	*argc = count;
	*argv = arguments;
	buf_clear(&text);
	free(here);
}

/* Takes a copy of the ledger $KEFU_FUZZ_LEDGER, which `make fuzz` makes. Its files whose path fits
 * PATTERN (fnmatch) are what records_fuzz changes. */
static inline int records_begin(int *argc, char ***argv, const char *pattern)
{
	const char *ledger = getenv("KEFU_FUZZ_LEDGER"), *scratch = getenv("TMPDIR");
	char command[8192];
	ledger = ledger ? ledger : "build/fuzzing/fuzz/ledger";
	records_arguments(argc, argv);
	records_lines("tests/flow/hostile-commands");
	snprintf(records.folder, sizeof records.folder, "%s/kefu-fuzz.XXXXXX",
		 scratch ? scratch : "/tmp");
	if (!mkdtemp(records.folder))
		abort();
	atexit(records_end);
	snprintf(command, sizeof command, "cp -r '%s'/. %s", ledger, records.folder);
	if (system(command) || chdir(records.folder) || nftw(".", records_found, 16, FTW_PHYS))
		abort();
	qsort(records.files, records.file_count, sizeof *records.files, records_order);
	size_t changed = 0;
	for (size_t i = 0; i < records.file_count; i++)
		changed += records.changed[i] = fnmatch(pattern, records.files[i], 0) == 0;
	records.out = memfd_create("out", MFD_CLOEXEC);
	records.err = memfd_create("err", MFD_CLOEXEC);
	records.said = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	records.narrated = getenv("KEFU_FUZZ_SHOW");
	if (__sanitizer_set_report_fd)
		__sanitizer_set_report_fd((void *)(intptr_t)records.said);
	buf_init(&records.text);
	if (!changed || records.out < 0 || records.err < 0 || records.said < 0)
		abort();
	return 0;
}

/* --- the changed file --- */

/* One of the files; of those the fuzzer changes if OWN. */
static inline const char *records_file(struct bytes *bytes, bool own)
{
	size_t at = bytes_below(bytes, records.file_count);
	while (own && !records.changed[at])
		at = (at + 1) % records.file_count;
	return records.files[at];
}

static inline void records_stream(struct arena *arena, const char *file, struct yaml_stream *stream)
{
	struct buf text;
	struct err err = ERR_INIT;
	*stream = (struct yaml_stream){0};
	buf_init(&text);
	records_read(file, &text);
	if (!yaml_read(arena, file, text.data, text.len, stream, &err) && !stream->count) {
		struct node *root;
		err_clear(&err);
		if (yaml_read_one(arena, file, text.data, text.len, &root, &err))
			yaml_stream_add(arena, stream, (struct yaml_document){.root = root});
	}
	err_clear(&err);
	buf_clear(&text);
}

/* What YAML has beside values, put before some value or in its place. */
static inline void records_spoil(struct bytes *bytes, struct buf *text)
{
	static const char *const parts[] = {"&a ",
					    "*a ",
					    "!!binary /w== ",
					    "!!str ",
					    "!x ",
					    "<<: ",
					    "? ",
					    "\"\\0\" ",
					    "\xff",
					    "\xc0\x80",
					    "\x1b[31m",
					    "\r",
					    "\"\\xff\\ud800",
					    "0x7fffffff ",
					    "1_000 ",
					    "~ ",
					    ".inf ",
					    "|2+\n",
					    "\n...\n---\n",
					    "\n%YAML 1.2",
					    "[[[[",
					    "{{{{",
					    "}",
					    "\t",
					    "\n<<<<<<< a\n",
					    "\n=======\n",
					    "\n>>>>>>> b\n",
					    "\n# x\n",
					    "9999999999999999999 "};
	struct buf spoiled;
	if (!text->len)
		return;
	size_t at = bytes_below(bytes, text->len);
	for (size_t tried = 0; tried < text->len; tried++, at = (at + 1) % text->len)
		if (at && (text->data[at - 1] == ' ' || text->data[at - 1] == ':'))
			break;
	size_t gone = bytes_take(bytes) & 1 ? bytes_take(bytes) % 16 : 0;
	gone = gone < text->len - at ? gone : text->len - at;
	buf_init(&spoiled);
	buf_add(&spoiled, text->data, at);
	buf_adds(&spoiled, parts[bytes_take(bytes) % (sizeof parts / sizeof *parts)]);
	buf_add(&spoiled, text->data + at + gone, text->len - at - gone);
	buf_reset(text);
	buf_add(text, spoiled.data, spoiled.len);
	buf_clear(&spoiled);
}

/* The documents of FILE, some of them changed: other values, other structure, another order, some
 * twice, left out, or from another file. */
static inline void records_change(struct arena *arena, struct bytes *bytes, const char *file,
				  struct buf *text)
{
	struct yaml_stream stream, foreign;
	records_stream(arena, file, &stream);
	if (!stream.count)
		abort();
	struct node **roots = arena_alloc(arena, (stream.count + 1) * sizeof(struct node *));
	size_t count = stream.count, at = bytes_below(bytes, count);
	unsigned what = bytes_take(bytes), form = bytes_take(bytes);
	for (size_t i = 0; i < count; i++)
		roots[i] = stream.documents[i].root;
	if (what % 16 == 0) { /* in another order */
		struct node *kept = roots[at];
		roots[at] = roots[count - 1];
		roots[count - 1] = kept;
	} else if (what % 16 == 1) { /* twice */
		roots[count++] = node_copy(arena, roots[at]);
	} else if (what % 16 == 2 && count > 1) { /* gone */
		roots[at] = roots[--count];
		at %= count;
	} else if (what % 16 <= 5) { /* from another file */
		records_stream(arena, records_file(bytes, what & 1), &foreign);
		if (foreign.count)
			roots[what % 16 == 3 ? at : count++] =
				foreign.documents[bytes_below(bytes, foreign.count)].root;
	}
	if (what % 16 > 5 || what & 16)
		mutate(arena, bytes, roots[at]);
	for (size_t i = 0; i < count; i++) {
		if (form & 1 && roots[i]->type >= NODE_LIST) {
			emit_document(text, roots[i]);
			continue;
		}
		buf_adds(text,
			 "---\n"); /* JSON is YAML, too, and has a key twice where the tree has */
		json_write(text, roots[i]);
		buf_adds(text, "\n...\n");
	}
	if (form % 8 >= 6)
		records_spoil(bytes, text);
}

/* --- commands --- */

/* The fuzzer has found something: WHAT, and all that is needed to see it. */
static inline void records_fail(const char *what)
{
	dup2(records.said, STDERR_FILENO);
	fprintf(stderr, "\n%s\n  command: %s\n  %s was:\n%.*s\n", what, records.line, records.file,
		(int)(records.text.len < 20000 ? records.text.len : 20000), records.text.data);
	abort();
}

static inline void records_rewind(int fd)
{
	if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
		abort();
}

/* What was printed is text, and messages are lines that can be shown. */
static inline size_t records_printed(int fd, bool messages)
{
	struct buf text;
	buf_init(&text);
	if (lseek(fd, 0, SEEK_SET) || !records_read_all(fd, &text))
		abort();
	if (records.narrated)
		dprintf(records.said, "%s", text.data);
	if (utf8_check(text.data, text.len) < text.len)
		records_fail("prints what is no text");
	for (size_t i = 0; messages && i < text.len; i++)
		if ((unsigned char)text.data[i] < ' ' && text.data[i] != '\n')
			records_fail("prints a control character");
	if (strstr(text.data, "(null)"))
		records_fail("prints a text that is not there");
	size_t len = text.len;
	buf_clear(&text);
	return len;
}

/* Runs LINE, words with a space in between; {id} is how the changed file is called, {file} where it
 * is. */
static inline void records_run(const char *line)
{
	struct buf whole;
	char option[] = "--now", now[] = "2026-12-30 12:00", *words[64];
	int count = 0;
	const char *name = strrchr(records.file, '/');
	name = name ? name + 1 : records.file;
	buf_init(&whole);
	for (const char *at = line; *at; at++) {
		if (strncmp(at, "{id}", 4) == 0) {
			buf_add(&whole, name, strlen(name) - 5);
			at += 3;
		} else if (strncmp(at, "{file}", 6) == 0) {
			buf_adds(&whole, records.file);
			at += 5;
		} else {
			buf_addc(&whole, *at);
		}
	}
	records.line = line;
	for (char *rest = whole.data; count < 60 && (words[count] = strsep(&rest, " "));)
		count++;
	if (strcmp(words[0], "ledger-merge") != 0) {
		words[count++] = option;
		words[count++] = now;
	}
	words[count] = NULL;
	const struct records_command *command = records_commands;
	while (command->name && strcmp(command->name, words[0]) != 0)
		command++;
	if (!command->name)
		records_fail("no such command");
	records_rewind(records.out);
	records_rewind(records.err);
	if (records.narrated)
		dprintf(records.said, "\n$ %s\n", line);
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	dup2(records.out, STDOUT_FILENO);
	dup2(records.err, STDERR_FILENO);
	int status = command->main(count, words);
	dup2(records.said, STDERR_FILENO);
	if (out >= 0) {
		dup2(out, STDOUT_FILENO);
		close(out);
	}
	if (status < 0 || status > 6)
		records_fail("ends with a status that no command has");
	size_t printed = records_printed(records.out, false) + records_printed(records.err, true);
	if (!printed && status >= 2)
		records_fail("fails without a word");
	buf_clear(&whole);
}

/* Whether LINES[AT] begins the section whose commands read the changed file. */
static inline bool records_section(size_t at)
{
	const char *line = records.lines[at];
	size_t len = strlen(line);
	return *line == '[' &&
	       (strcmp(line, "[all]") == 0 || (strncmp(line + 1, records.file, len - 2) == 0 &&
					       strchr("/", records.file[len - 2])));
}

/* Some of the commands that read the changed file. */
static inline void records_use(struct bytes *bytes)
{
	const char *lines[RECORDS_LINES];
	size_t count = 0;
	bool wanted = false;
	for (size_t i = 0; i < records.line_count; i++) {
		if (*records.lines[i] == '[')
			wanted = records_section(i);
		else if (wanted)
			lines[count++] = records.lines[i];
	}
	for (unsigned i = bytes_take(bytes) % 4 + 1; i; i--)
		records_run(lines[bytes_below(bytes, count)]);
}

/* The changed file as one side of a merge, another change or what it was as the other. */
static inline void records_merge(struct arena *arena, struct bytes *bytes, const struct buf *kept)
{
	struct buf other;
	buf_init(&other);
	records_write(records.file, kept);
	if (bytes_take(bytes) & 1)
		records_change(arena, bytes, records.file, &other);
	else
		buf_add(&other, kept->data, kept->len);
	if (bytes_take(bytes) & 1) {
		records_write(records.file, &records.text);
		records_write("theirs", &other);
		records_run("ledger-merge {file} theirs {file}");
		remove("theirs");
	} else {
		struct buf both;
		buf_init(&both);
		buf_addf(&both, "<<<<<<< ours\n%s=======\n%s>>>>>>> theirs\n", records.text.data,
			 other.data);
		records_write(records.file, &both);
		records_run("ledger-merge {file}");
		buf_clear(&both);
	}
	buf_clear(&other);
}

/* Changes one of the files as DATA says, runs some commands on the ledger, and puts the file back.
 * Aborts when a command ends with a status that none has, fails without a word, or prints what is
 * no text. */
static inline int records_fuzz(const uint8_t *data, size_t size)
{
	struct bytes bytes = bytes_of(data, size);
	struct arena arena = ARENA_INIT;
	struct buf kept;
	buf_init(&kept);
	buf_reset(&records.text);
	records.file = records_file(&bytes, true);
	records_read(records.file, &kept);
	records_change(&arena, &bytes, records.file, &records.text);
	records_write(records.file, &records.text);
	if (records.narrated)
		dprintf(records.said, "%s:\n%s", records.file, records.text.data);
	records_use(&bytes);
	if (bytes_take(&bytes) % 4 == 0)
		records_merge(&arena, &bytes, &kept);
	records_write(records.file, &kept);
	buf_clear(&kept);
	arena_clear(&arena);
	return 0;
}

#ifdef FUZZED /* by the target that includes this */

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	return records_begin(argc, argv, FUZZED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return records_fuzz(data, size);
}

#endif

#endif
