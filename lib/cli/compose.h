// SPDX-License-Identifier: MIT
// Free text out of an argument, stdin or the person's editor. Commands use cli_text.
#ifndef KEFU_CLI_COMPOSE_H
#define KEFU_CLI_COMPOSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define COMPOSE_MAX (1u << 20) /* bytes */

/* Puts free text of at most COMPOSE_MAX bytes into OUT, verbatim: ARGUMENT itself; of "-" all that
 * stdin holds; of NULL what the person writes in $VISUAL or $EDITOR, which is STATUS_USAGE when
 * stdin is no terminal. One closing line break of stdin's or the editor's text is dropped. Text
 * that is empty, too long, not UTF-8 or holds a NUL is STATUS_REFUSED. WHAT ("the text") names it
 * in messages. */
bool compose_text(const char *argument, const char *what, struct buf *out, struct err *err);

#endif
