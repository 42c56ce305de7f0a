// SPDX-License-Identifier: MIT
// Strict YAML reader: any layout is accepted, but no value that readers could understand
// differently. The only includer of <yaml.h>; reads memory, never files.
#ifndef KEFU_TEXT_YAML_H
#define KEFU_TEXT_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

enum {
	YAML_MAX_BYTES = 16 << 20, /* of a whole stream */
	YAML_MAX_DEPTH = 64,       /* maps and lists within each other, the root included */
	YAML_MAX_KEY = 1000,       /* bytes; libyaml reads no key of more than 1024 characters */
};

/* What is accepted: YAML without anchors, aliases, tags, directives, merge keys,
 * complex keys and duplicate keys. Further:
 *  - UTF-8 without BOM; lines end in LF or CRLF; no control characters but TAB;
 *    none of NEL, U+2028 and U+2029, which end a line for some readers only.
 *  - Keys are strings. Unquoted scalars are strings, decimal numbers as JSON
 *    writes them, true, false or null (lower case); whatever readers of YAML 1.1
 *    and 1.2 understand differently (no, 0755, 12:30, 1e5, 2026-11-21, an empty
 *    value) is an error that says "quote it". See text/plain.h.
 * Strings may hold any code point, by escapes even NUL; keys may not hold NUL.
 * All errors are STATUS_DAMAGED with file, line and column (in characters).
 * Every node has its line and column. Everything read is owned by the arena;
 * nothing points into TEXT afterwards. FILE is for messages only and may be NULL. */

struct yaml_document {
	struct node *root;
	size_t begin, end; /* bytes [begin, end) of the stream: from its "---" line to just past its
			      "...\n" */
	unsigned line;     /* of its "---", from 1 */
	bool closed;       /* ended by a "..." line; always so in a stream */
};

struct yaml_stream {
	struct yaml_document *documents; /* in the arena */
	size_t count, room;
};

/* Appends DOCUMENT; what it points to is kept, not copied. */
void yaml_stream_add(struct arena *arena, struct yaml_stream *stream,
		     struct yaml_document document);

/* A whole stream: one document or more, each from a line that begins with
 * "---" to a line that is exactly "...", and nothing between them, so that the
 * documents' bytes make up the file. A stream cut off anywhere but just after
 * a document is damaged, as is an empty one. On damage OUT holds the complete
 * documents before it. */
bool yaml_read(struct arena *arena, const char *file, const char *text, size_t len,
	       struct yaml_stream *out, struct err *err);

/* Reads exactly one document, whose markers may be missing: configuration, policies, schemas. */
bool yaml_read_one(struct arena *arena, const char *file, const char *text, size_t len,
		   struct node **root, struct err *err);

/* The first pair of MAP that repeats the key of an earlier one, which FIRST gets; NULL when
 * all keys differ. Fast for any choice of keys, since it sorts them. */
const struct pair *yaml_duplicate_key(const struct node *map, const struct pair **first);

#endif
