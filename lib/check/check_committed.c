// SPDX-License-Identifier: MIT
// What was committed and does not stand any more, or stands otherwise: files, documents, lines.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "check/check_parts.h"
#include "check/committed.h"
#include "store/file.h"
#include "text/yaml.h"

enum { COMMIT_SHOWN = 12, LINE_SHOWN = 60 };

struct fingerprint {
	unsigned char bytes[DIGEST_BYTES];
};

/* One path: what stands there, and what is found to be missing. */
struct standing {
	const char *path;
	bool absent; /* there is no such file */
	struct buf text;
	struct arena arena;
	struct documents documents; /* as far as they can be read */
	struct fingerprint *prints; /* of all that is closed like a document, sorted; heap */
	size_t count;
	struct fingerprint *told; /* of the missing ones that were told; heap */
	size_t told_count;
	int64_t first, last; /* seq of the missing ones, where the file is absent */
	size_t commit;       /* where the file that is absent was found first */
};

static int compare_prints(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct fingerprint));
}

/* What TEXT holds from a line "---" to the next line "...", however damaged the rest may be. */
static void find_prints(struct standing *standing)
{
	const char *text = standing->text.data, *end = text + standing->text.len, *begin = NULL;
	for (const char *at = text, *next; at < end; at = next) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		next = lf ? lf + 1 : end;
		if (next - at >= 4 && memcmp(at, "---", 3) == 0)
			begin = at;
		if (!begin || next - at != 4 || memcmp(at, "...\n", 4) != 0)
			continue;
		standing->prints =
			mem_room(standing->prints, standing->count, 1, sizeof *standing->prints);
		digest_of(begin, (size_t)(next - begin), standing->prints[standing->count++].bytes);
		begin = NULL;
	}
	if (standing->count)
		qsort(standing->prints, standing->count, sizeof *standing->prints, compare_prints);
}

static void standing_clear(struct standing *standing)
{
	buf_clear(&standing->text);
	arena_clear(&standing->arena);
	free(standing->prints);
	free(standing->told);
}

static void standing_read(struct standing *standing, struct checker *checker, const char *path)
{
	struct err ignored = ERR_INIT; /* what is damaged is told by itself */
	*standing = (struct standing){.path = path, .arena = ARENA_INIT};
	buf_init(&standing->text);
	standing->absent = file_read(&checker->book->store.root, path, YAML_MAX_BYTES,
				     &standing->text, &ignored) == FILE_ABSENT;
	if (!standing->absent)
		documents_read(&standing->arena, path, standing->text.data, standing->text.len,
			       &standing->documents, &ignored);
	find_prints(standing);
	err_clear(&ignored);
}

/* --- telling --- */

static void add_shown(struct buf *out, const char *line, size_t len)
{
	size_t fits = utf8_fit(line, len, LINE_SHOWN);
	buf_add(out, line, fits);
	buf_adds(out, fits < len ? "…" : "");
}

static size_t line_length(const char *text, size_t len)
{
	const char *lf = memchr(text, '\n', len);
	return lf ? (size_t)(lf - text) : len;
}

/* OLD stands as NOW: the first line in which they differ. */
static void tell_changed(struct checker *checker, const struct committed_files *files,
			 const struct standing *standing, const struct document *old,
			 const struct document *now, size_t commit)
{
	size_t at = 0, begin = 0;
	unsigned line = now->line;
	for (; at < old->len && at < now->len && old->text[at] == now->text[at]; at++) {
		if (old->text[at] != '\n')
			continue;
		begin = at + 1;
		line++;
	}
	struct buf *words = &checker->other;
	buf_reset(words);
	buf_addf(words, "%s#%" PRId64 ": committed in %.*s as \"",
		 series_called(&checker->to->arena, standing->path), old->seq, COMMIT_SHOWN,
		 files->commits[commit]);
	add_shown(words, old->text + begin, line_length(old->text + begin, old->len - begin));
	buf_adds(words, "\", now it is \"");
	add_shown(words, now->text + begin, line_length(now->text + begin, now->len - begin));
	buf_addc(words, '"');
	check_tell_line(checker, PROBLEM_CHANGED_DOCUMENT, line, 1, words->data);
}

static int compare_seqs(const void *a, const void *b)
{
	const struct document *x = a, *y = b;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* What stands in place of OLD: a step of the same name and number from the same site; or NULL. */
static const struct document *stands_for(const struct standing *standing,
					 const struct document *old)
{
	const struct documents *documents = &standing->documents;
	size_t from = sort_find(documents->items, documents->count, sizeof *old, old, compare_seqs);
	for (; from < documents->count; from++) {
		const struct document *now = &documents->items[from];
		if (now->seq != old->seq)
			return NULL;
		if (document_same_site(old, now) && strcmp(now->event, old->event) == 0)
			return now;
	}
	return NULL;
}

static void tell_missing(struct checker *checker, const struct committed_files *files,
			 struct standing *standing, const struct document *old, size_t commit)
{
	if (standing->absent) {
		if (!standing->first || old->seq < standing->first)
			standing->first = old->seq;
		if (old->seq > standing->last)
			standing->last = old->seq;
		return;
	}
	const struct document *now = stands_for(standing, old);
	if (now)
		tell_changed(checker, files, standing, old, now, commit);
	else
		check_tell(checker, PROBLEM_GONE_DOCUMENT, NULL, NULL,
			   "%s#%" PRId64 " (%s) is gone: it was committed in %.*s",
			   series_called(&checker->to->arena, standing->path), old->seq, old->event,
			   COMMIT_SHOWN, files->commits[commit]);
}

static void tell_absent(struct checker *checker, const struct committed_files *files,
			const struct standing *standing)
{
	struct buf *words = &checker->other;
	buf_reset(words);
	buf_addf(words, "%s is gone", series_called(&checker->to->arena, standing->path));
	if (standing->last)
		buf_addf(words, ", with #%" PRId64, standing->first);
	if (standing->last > standing->first)
		buf_addf(words, " to #%" PRId64, standing->last);
	buf_addf(words, ": it was committed in %.*s", COMMIT_SHOWN,
		 files->commits[standing->commit]);
	check_tell(checker, PROBLEM_GONE_FORM, NULL, NULL, "%s", words->data);
}

/* --- comparing --- */

/* Whether PRINT was not told of this path before. */
static bool remember(struct standing *standing, const struct fingerprint *print)
{
	for (size_t i = 0; i < standing->told_count; i++)
		if (compare_prints(&standing->told[i], print) == 0)
			return false;
	standing->told = mem_room(standing->told, standing->told_count, 1, sizeof *standing->told);
	standing->told[standing->told_count++] = *print;
	return true;
}

/* TEXT is what COMMIT holds at the path of STANDING. */
static void compare_text(struct checker *checker, const struct committed_files *files,
			 struct standing *standing, const struct buf *text, size_t commit)
{
	struct arena arena = ARENA_INIT;
	struct documents documents;
	struct err ignored = ERR_INIT; /* what was committed damaged counts as far as it is whole */
	/* what was only added to is the usual */
	if (text->len <= standing->text.len && text->len && !standing->absent &&
	    memcmp(text->data, standing->text.data, text->len) == 0)
		return;
	documents_read(&arena, standing->path, text->data, text->len, &documents, &ignored);
	for (size_t i = 0; i < documents.count; i++) {
		const struct document *old = &documents.items[i];
		struct fingerprint print;
		digest_of(old->text, old->len, print.bytes);
		bool stands = standing->count && bsearch(&print, standing->prints, standing->count,
							 sizeof print, compare_prints);
		if (!stands && remember(standing, &print))
			tell_missing(checker, files, standing, old, commit);
	}
	/* a questionnaire is no file of documents, and is never changed */
	if (!documents.count && !standing->absent && strncmp(standing->path, "surveys/", 8) == 0 &&
	    !standing->documents.count)
		check_tell(checker, PROBLEM_CHANGED_DOCUMENT, NULL, NULL,
			   "it is not as it was committed in %.*s", COMMIT_SHOWN,
			   files->commits[commit]);
	err_clear(&ignored);
	arena_clear(&arena);
}

/* Reads from git the content that is asked for next: "NAME blob SIZE", its bytes, a line break. */
static bool next_content(struct git_process *process, struct buf *text)
{
	char *line = NULL;
	size_t room = 0, size = 0;
	buf_reset(text);
	bool there = getline(&line, &room, process->output) > 0;
	char *type = there ? strchr(line, ' ') : NULL;
	there = type && sscanf(type, " blob %zu", &size) == 1;
	free(line);
	for (char chunk[8192]; there && size;) {
		size_t got =
			fread(chunk, 1, size < sizeof chunk ? size : sizeof chunk, process->output);
		there = got;
		size -= got;
		if (text->len + got <= YAML_MAX_BYTES)
			buf_add(text, chunk, got);
	}
	return there && getc(process->output) == '\n';
}

static bool is_asked(const struct committed *item)
{
	return item->state != COMMITTED_STANDS;
}

static void add_name(const struct committed_files *files, const struct committed *item,
		     struct buf *out)
{
	char name[DIGEST_TEXT];
	digest_text(item->blob, name);
	buf_addf(out, "%.*s\n", files->sha256 ? 64 : 40, name);
}

/* The COUNT items of one path, whose contents git hands out next. */
static void check_path(struct checker *checker, const struct committed_files *files,
		       const struct committed *items, size_t count, struct git_process *process)
{
	struct standing standing;
	struct buf text;
	buf_init(&text);
	checker->file = items->path;
	standing_read(&standing, checker, items->path);
	standing.commit = items->commit;
	for (size_t i = 0; i < count; i++) {
		if (!is_asked(&items[i]))
			continue;
		if (next_content(process, &text))
			compare_text(checker, files, &standing, &text, items[i].commit);
		else
			check_tell(checker, PROBLEM_HISTORY, NULL, NULL,
				   "git does not give back what was committed in %.*s: git fsck "
				   "says more",
				   COMMIT_SHOWN, files->commits[items[i].commit]);
	}
	if (standing.absent)
		tell_absent(checker, files, &standing);
	standing_clear(&standing);
	buf_clear(&text);
}

void check_committed(struct checker *checker, const struct committed_files *files)
{
	struct git_process process;
	struct buf names;
	struct err err = ERR_INIT;
	buf_init(&names);
	for (size_t i = 0; i < files->count; i++)
		if (is_asked(&files->items[i]))
			add_name(files, &files->items[i], &names);
	bool running = names.len &&
		       git_start(&files->git, (const char *const[]){"cat-file", "--batch", NULL},
				 &names, &process, &err);
	for (size_t i = 0, end; running && i < files->count; i = end) {
		bool asked = false;
		for (end = i; end < files->count &&
			      strcmp(files->items[end].path, files->items[i].path) == 0;
		     end++)
			asked = asked || is_asked(&files->items[end]);
		if (asked)
			check_path(checker, files, &files->items[i], end - i, &process);
	}
	if (running)
		git_end(&process, &err);
	checker->file = CHECK_GIT;
	if (err.text)
		check_tell_err(checker, PROBLEM_HISTORY, &err);
	buf_clear(&names);
}

void check_committed_file(struct checker *checker, const char *relative, const char *text,
			  size_t len)
{
	struct committed_files *files = checker->common->committed;
	unsigned char blob[DIGEST_BYTES];
	size_t count;
	struct committed *items = committed_find(files, relative, &count);
	if (!count)
		return;
	digest_blob(files->sha256, text, len, blob);
	for (size_t i = 0; i < count; i++)
		if (items[i].state != COMMITTED_STANDS)
			items[i].state = memcmp(items[i].blob, blob, DIGEST_BYTES) == 0
						 ? COMMITTED_STANDS
						 : COMMITTED_DIFFERS;
}

void check_committed_skip(struct checker *checker, const char *relative)
{
	size_t count;
	struct committed *items = committed_find(checker->common->committed, relative, &count);
	for (size_t i = 0; i < count; i++)
		items[i].state = COMMITTED_STANDS;
}
