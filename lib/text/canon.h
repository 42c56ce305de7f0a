// SPDX-License-Identifier: MIT
// Fast reader of canonical YAML, as text/emit.h writes it. Declines everything else without saying
// why; text/yaml.h then reads it.
#ifndef KEFU_TEXT_CANON_H
#define KEFU_TEXT_CANON_H

#include "text/yaml.h"

/* True: yaml_read would accept TEXT too and give the same documents, values and
 * places, and OUT holds them. False: declined. The text may still be good: read
 * it with yaml_read. The arena may then hold remains of the attempt.
 *
 * Accepted is what emit_document writes, and a little more (any plain text
 * without ':' and '#' that begins with a letter or a character beyond ASCII).
 * TEXT is copied into the arena as a whole and the copy is cut up in place, so
 * nothing points into TEXT afterwards. Reentrant. */
bool canon_read(struct arena *arena, const char *text, size_t len, struct yaml_stream *out);

#endif
