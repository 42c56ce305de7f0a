// SPDX-License-Identifier: MIT
// Marks: the highest number this clone has given in each series, so that none is given twice.
#include "store/mark.h"

#include <string.h>

#include "base/keys.h"

unsigned mark_file_of(const char *key)
{
	return (unsigned)(keys_hash(key, strlen(key)) % MARK_FILES);
}

void mark_path(unsigned file, struct buf *path)
{
	buf_addf(path, MARKS_FOLDER "/%02x", file);
}

/* The number that ends a line of LEN bytes; *KEY_LEN gets how much stands before it, 0 where the
 * line is no mark. */
static int64_t value_of(const char *line, size_t len, size_t *key_len)
{
	int64_t value = 0;
	const char *space = memrchr(line, ' ', len);
	size_t begin = space ? (size_t)(space - line) + 1 : len;
	*key_len = 0;
	if (begin < 2 || begin == len || memchr(line, ' ', begin - 1))
		return 0;
	for (size_t i = begin; i < len; i++) {
		if (line[i] < '0' || line[i] > '9' || value > MARK_MAX)
			return 0;
		value = value * 10 + (line[i] - '0');
	}
	*key_len = value <= MARK_MAX ? begin - 1 : 0;
	return value;
}

bool mark_next(const char *text, size_t len, size_t *at, struct mark_line *line)
{
	const char *begin = text + *at, *end = memchr(begin, '\n', len - *at);
	if (!end || memchr(begin, '\0', (size_t)(end - begin)))
		return false;
	*line = (struct mark_line){.key = begin};
	line->value = value_of(begin, (size_t)(end - begin), &line->key_len);
	*at += (size_t)(end - begin) + 1;
	return true;
}

bool mark_read(const struct root *root, const char *key, int64_t *value, struct err *err)
{
	struct buf path, text;
	struct mark_line line;
	size_t len = strlen(key);
	*value = 0;
	buf_init(&path);
	buf_init(&text);
	mark_path(mark_file_of(key), &path);
	enum file_result result = file_read(root, path.data, MARK_FILE_MAX, &text, err);
	for (size_t at = 0; result == FILE_READ && mark_next(text.data, text.len, &at, &line);)
		if (line.key_len == len && memcmp(line.key, key, len) == 0 && line.value > *value)
			*value = line.value;
	buf_clear(&path);
	buf_clear(&text);
	return result != FILE_FAILED;
}

bool mark_each(const struct root *root,
	       void (*visit)(void *context, const char *key, int64_t value), void *context,
	       struct err *err)
{
	struct buf path, text, key;
	buf_init(&path);
	buf_init(&text);
	buf_init(&key);
	for (unsigned file = 0; file < MARK_FILES; file++) {
		struct err problem = ERR_INIT;
		struct mark_line line;
		buf_reset(&path);
		mark_path(file, &path);
		if (file_read(root, path.data, MARK_FILE_MAX, &text, &problem) == FILE_FAILED)
			err_merge(err, &problem);
		else
			for (size_t at = 0; mark_next(text.data, text.len, &at, &line);) {
				buf_reset(&key);
				buf_add(&key, line.key, line.key_len);
				if (key.len)
					visit(context, key.data, line.value);
			}
		buf_reset(&text);
	}
	buf_clear(&path);
	buf_clear(&text);
	buf_clear(&key);
	return !err->text;
}
