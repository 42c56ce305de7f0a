// SPDX-License-Identifier: MIT
// Canonical YAML writer: the same values always give the same bytes. Never writes files.
#ifndef KEFU_TEXT_EMIT_H
#define KEFU_TEXT_EMIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/node.h"

/* Canonical text: LF, UTF-8, block style, one key per line in the order of the
 * map, two spaces of indent, lists indented under their key. A string is
 *  - plain when it begins with a letter, holds no ':' or '#', no space at its
 *    end, nothing invisible, and no reader could take it for anything else;
 *  - a literal block ("|2", "|2-", "|2+") when it has line breaks, something
 *    besides white space, no other controls than LF and TAB, and does not end
 *    in a line of spaces;
 *  - else double-quoted, with escapes for '"', '\', controls and hidden characters
 *    (utf8_is_hidden_at). Everything that a person can read stays readable.
 * Numbers are written as their literal. */

/* Adds "---\n", ROOT, "...\n". ROOT is a map or a list. */
void emit_document(struct buf *out, const struct node *root);

/* The same without markers, for configuration files. */
void emit_value(struct buf *out, const struct node *root);

/* Reads TEXT back through libyaml: it must be exactly one closed document and
 * node_identical to ROOT. Otherwise ERR is STATUS_REFUSED, "cannot be stored
 * unchanged", and names the field that differs. */
bool emit_check(const char *text, size_t len, const struct node *root, struct err *err);

#endif
