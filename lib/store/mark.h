// SPDX-License-Identifier: MIT
// Marks: the highest number this clone has given in each series, so that none is given twice. Reads
// them; the store raises them.
#ifndef KEFU_STORE_MARK_H
#define KEFU_STORE_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/file.h"

/* Marks lie in .kefu/marks/00 to ff, each key in the file its hash names: so a command reads and
 * writes one small file, however large the ledger is. A line is "KEY VALUE"; of several lines with
 * one key the highest counts. What follows a zero byte, or the last line break, was begun by a
 * writer that died, and does not count. */
#define MARKS_FOLDER ".kefu/marks"

enum { MARK_MAX = 1000000 };       /* what a document can have as its number */
enum { MARK_FILE_MAX = 64 << 20 }; /* bytes */

/* The number VALUE was given in the series KEY, which holds neither spaces nor controls. */
struct mark {
	const char *key;
	int64_t value;
};

/* The highest number given in the series KEY; 0: none. Damaged lines are passed over. */
bool mark_read(const struct root *root, const char *key, int64_t *value, struct err *err);

/* Calls VISIT for each line that counts, in any order; several lines may have one KEY, and then the
 * highest VALUE is the mark. KEY ends with a NUL and is valid only during the call. False with ERR
 * when a file cannot be read; the others are read all the same. A clone without marks is no
 * failure. */
bool mark_each(const struct root *root,
	       void (*visit)(void *context, const char *key, int64_t value), void *context,
	       struct err *err);

/* --- for the store --- */

enum { MARK_FILES = 256 };

unsigned mark_file_of(const char *key); /* below MARK_FILES */
void mark_path(unsigned file, struct buf *path);

/* Takes the line that begins at TEXT[*AT] of LEN bytes, and moves *AT behind it. False at the end
 * of what counts. A line that is no mark has KEY_LEN 0. KEY is borrowed from TEXT. */
struct mark_line {
	const char *key;
	size_t key_len;
	int64_t value;
};
bool mark_next(const char *text, size_t len, size_t *at, struct mark_line *line);

#endif
