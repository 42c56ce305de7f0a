// SPDX-License-Identifier: MIT
// Fast reader of canonical text, as text/emit.h writes it; declines everything else and never says
// why.
#ifndef KEFU_TEXT_CANON_H
#define KEFU_TEXT_CANON_H

#include "text/yaml.h"

/* True: yaml_read would accept TEXT too and give the same documents, values and
 * places, and OUT holds them. False: declined; that says nothing about the
 * text, read it with yaml_read. The arena may then hold what was begun.
 *
 * Accepted is what emit_document writes, and a little more (any plain text
 * without ':' and '#' that begins with a letter or a character beyond ASCII).
 * TEXT is copied into the arena as a whole and the copy cut up in place, so
 * the values keep nothing of TEXT. Reentrant. */
bool canon_read(struct arena *arena, const char *text, size_t len, struct yaml_stream *out);

#endif
