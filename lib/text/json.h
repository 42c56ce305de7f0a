// SPDX-License-Identifier: MIT
// Reads and writes JSON (RFC 8259), strictly: refuses what two readers could understand
// differently.
#ifndef KEFU_TEXT_JSON_H
#define KEFU_TEXT_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"

enum { JSON_MAX_DEPTH = 256 };

/* Reads the one value TEXT holds into ARENA, every value and key with its line
 * and column (in characters, from 1). Numbers keep their literal. On failure
 * ERR is STATUS_REFUSED with FILE (may be NULL) and the place: duplicate keys,
 * lone surrogates, bytes that are not UTF-8, a BOM, depth beyond the limit and
 * anything after the value are failures. A string may contain U+0000: use its len. */
bool json_read(struct arena *arena, const char *file, const char *text, size_t len,
	       struct node **out, struct err *err);

/* Adds NODE on one line, without spaces, keys in their order. Escapes only what
 * JSON requires and what is invisible (controls, utf8_is_hidden_at). */
void json_write(struct buf *out, const struct node *node);

#endif
