// SPDX-License-Identifier: MIT
// Raises marks: written before a file gets its name, made to count after, so that a writer that is
// killed in between has used up no number.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sort.h"
#include "store/store_parts.h"

#define MARKS_SINCE ".kefu/marked" /* there once marks were kept */

enum { TIDY_BYTES = 4096 }; /* smaller files of marks are not tidied up */

/* --- one file of marks --- */

struct lines {
	struct mark_line *items; /* heap */
	size_t count;
	size_t end;       /* of what counts, in bytes */
	unsigned damaged; /* the first line that is no mark; 0: none */
};

static void lines_read(const struct buf *text, struct lines *lines)
{
	struct mark_line line;
	unsigned number = 0;
	*lines = (struct lines){0};
	while (mark_next(text->data, text->len, &lines->end, &line)) {
		number++;
		if (!line.key_len && !lines->damaged)
			lines->damaged = number;
		if (!line.key_len)
			continue;
		lines->items = mem_room(lines->items, lines->count, 1, sizeof line);
		lines->items[lines->count++] = line;
	}
}

static int64_t value_of(const struct lines *lines, const char *key)
{
	size_t len = strlen(key);
	int64_t value = 0;
	for (size_t i = 0; i < lines->count; i++)
		if (lines->items[i].key_len == len && lines->items[i].value > value &&
		    memcmp(lines->items[i].key, key, len) == 0)
			value = lines->items[i].value;
	return value;
}

/* By key, the highest value first. */
static int compare_lines(const void *a, const void *b)
{
	const struct mark_line *x = a, *y = b;
	if (x->key_len != y->key_len)
		return x->key_len < y->key_len ? -1 : 1;
	int order = memcmp(x->key, y->key, x->key_len);
	return order ? order : (x->value < y->value) - (x->value > y->value);
}

/* TEXT with one line for each key. */
static void tidy(struct lines *lines, struct buf *out)
{
	const struct mark_line *last = NULL;
	if (lines->count)
		qsort(lines->items, lines->count, sizeof *lines->items, compare_lines);
	for (size_t i = 0; i < lines->count; i++) {
		const struct mark_line *line = &lines->items[i];
		if (!last || last->key_len != line->key_len ||
		    memcmp(last->key, line->key, line->key_len) != 0)
			buf_addf(out, "%.*s %lld\n", (int)line->key_len, line->key,
				 (long long)line->value);
		last = line;
	}
}

static bool write_whole(int fd, const char *text, size_t len, off_t at)
{
	struct rlimit limit;
	if (!getrlimit(RLIMIT_FSIZE, &limit) && limit.rlim_cur < (rlim_t)at + len) {
		errno = EFBIG; /* rather than SIGXFSZ */
		return false;
	}
	while (len) {
		ssize_t put = pwrite(fd, text, len, at);
		if (put < 0 && errno == EINTR)
			continue;
		if (!put)
			errno = ENOSPC;
		if (put <= 0)
			return false;
		text += put;
		at += put;
		len -= (size_t)put;
	}
	return true;
}

/* --- marks that are missing or damaged --- */

/* Keeps TEXT for the person, unless there is something already. */
static void say(struct store *store, const char *file, unsigned line, const char *text)
{
	if (store->said.text)
		return;
	err_set(&store->said, STATUS_DONE, "%s", text);
	err_place(&store->said, file, line, line ? 1 : 0);
}

/* Marks are kept from the first number on. Where they are gone although they were kept, that is
 * said: what has been lost from the ledger since may be given again. */
static bool begin_keeping(struct store *store, struct err *err)
{
	if (!file_exists(&store->root, MARKS_SINCE))
		return store_write(store, MARKS_SINCE, "", 0, STORE_REPLACE, err) == STORE_WRITTEN;
	say(store, MARKS_FOLDER, 0,
	    "is gone: numbers go on from the highest in the ledger; one that was given and is not "
	    "in it any more may come again");
	return true;
}

/* Whether LEN bytes, as many as there were before MORE were added, are worth tidying up: seldom
 * enough that it costs nothing in the long run. */
static bool grows_over(size_t len, size_t more)
{
	size_t limit = TIDY_BYTES;
	while (limit <= len)
		limit *= 2;
	return limit <= len + more;
}

/* --- raising --- */

/* Writes TEXT, which stands for marks that are lower or missing in the file. */
static bool stage(struct marking_file *file, const struct buf *text, off_t end, struct err *err,
		  const char *path)
{
	file->begin = end;
	file->first = text->data[0];
	if (!text->len)
		return true;
	char *staged = mem_dup_len(text->data, text->len);
	staged[0] = '\0';
	bool done = ftruncate(file->fd, end) == 0 && write_whole(file->fd, staged, text->len, end);
	free(staged);
	if (done)
		return true;
	err_system(err, "cannot write");
	err_place(err, path, 0, 0);
	if (ftruncate(file->fd, end) < 0)
		file->first = 0; /* what is there begins with a zero byte, and so does not count */
	return false;
}

/* MARKS, all of one file. */
static bool begin_file(struct marking *marking, struct store *store, const struct mark *marks,
		       size_t count, struct err *err)
{
	struct marking_file *file = &marking->files[marking->count++];
	struct lines lines = {0};
	struct buf path, text, more;
	bool done = false;
	buf_init(&path);
	buf_init(&text);
	buf_init(&more);
	*file = (struct marking_file){.file = mark_file_of(marks[0].key)};
	mark_path(file->file, &path);
	file->fd = store_touch(store, path.data, &file->new, err);
	if (file->fd < 0 || (file->new > 1 && !begin_keeping(store, err)))
		goto out;
	if (file_read(&store->root, path.data, MARK_FILE_MAX, &text, err) != FILE_READ)
		goto out;
	lines_read(&text, &lines);
	for (size_t i = 0; i < count; i++)
		if (marks[i].value > value_of(&lines, marks[i].key))
			buf_addf(&more, "%s %lld\n", marks[i].key, (long long)marks[i].value);
	size_t end = lines.end;
	if (lines.damaged || (more.len && grows_over(end, more.len))) {
		struct buf tidied;
		buf_init(&tidied);
		tidy(&lines, &tidied);
		bool worth = lines.damaged || tidied.len <= end / 2;
		bool written = !worth || (store_write(store, path.data, tidied.data, tidied.len,
						      STORE_REPLACE, err) == STORE_WRITTEN);
		if (worth && written) {
			end = tidied.len;
			close(file->fd);
			file->fd = store_touch(store, path.data, &file->new, err);
			written = file->fd >= 0;
		}
		buf_clear(&tidied);
		if (!written)
			goto out;
		if (lines.damaged)
			say(store, path.data, lines.damaged,
			    "is no mark and is left out: a number that was given, and is not in "
			    "the ledger any more, may come again");
	}
	done = stage(file, &more, (off_t)end, err, path.data);
out:
	free(lines.items);
	buf_clear(&path);
	buf_clear(&text);
	buf_clear(&more);
	return done;
}

static int compare_files(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	unsigned first = mark_file_of(x->key), second = mark_file_of(y->key);
	return (first > second) - (first < second);
}

bool marking_begin(struct marking *marking, struct store *store, const struct mark *marks,
		   size_t count, struct err *err)
{
	struct mark *sorted = mem_array(count + 1, sizeof *sorted);
	bool done = true;
	*marking = (struct marking){.files = mem_array(count + 1, sizeof *marking->files)};
	if (count)
		memcpy(sorted, marks, count * sizeof *sorted);
	sort_stable(sorted, count, sizeof *sorted, compare_files);
	for (size_t begin = 0, end; done && begin < count; begin = end) {
		for (end = begin + 1;
		     end < count && compare_files(&sorted[begin], &sorted[end]) == 0; end++)
			;
		done = begin_file(marking, store, &sorted[begin], end - begin, err);
	}
	free(sorted);
	if (done)
		return true;
	marking_drop(marking, store);
	/* the number is not used: nothing of it was written, whatever happened to the marks */
	if (err->status == STATUS_UNDURABLE)
		err->status = STATUS_SYSTEM;
	return false;
}

bool marking_end(struct marking *marking, struct store *store, bool sync)
{
	bool done = true;
	int code = 0;
	struct buf path;
	buf_init(&path);
	for (size_t i = 0; i < marking->count; i++) {
		struct marking_file *file = &marking->files[i];
		buf_reset(&path);
		mark_path(file->file, &path);
		bool one = (!file->first || write_whole(file->fd, &file->first, 1, file->begin)) &&
			   (!sync || (fsync(file->fd) == 0 &&
				      store_sync_folders(store, path.data, file->new)));
		code = one || code ? code : errno;
		done = done && one;
		file->first = 0; /* it counts now, or nobody knows */
	}
	buf_clear(&path);
	for (size_t i = 0; i < marking->count; i++)
		close(marking->files[i].fd);
	free(marking->files);
	*marking = (struct marking){0};
	errno = code;
	return done;
}

void marking_drop(struct marking *marking, struct store *store)
{
	struct buf path;
	buf_init(&path);
	for (size_t i = 0; i < marking->count; i++) {
		struct marking_file *file = &marking->files[i];
		if (file->fd < 0)
			continue;
		/* should this fail: it stands behind a zero byte, and the next writer goes over it
		 */
		if (file->first)
			(void)!ftruncate(file->fd, file->begin);
		close(file->fd);
		buf_reset(&path);
		mark_path(file->file, &path);
		struct err ignored = ERR_INIT;
		if (file->new)
			(void)store_remove(store, path.data, &ignored);
		err_clear(&ignored);
	}
	buf_clear(&path);
	free(marking->files);
	*marking = (struct marking){0};
}
