// SPDX-License-Identifier: MIT
// Free text out of an argument, stdin or the person's editor. For cli.c; commands use cli_text.
#ifndef KEFU_CLI_COMPOSE_H
#define KEFU_CLI_COMPOSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define COMPOSE_MAX (1u << 20) /* bytes */

/* See cli_text (cli/cli.h). */
bool compose_text(const char *argument, const char *what, struct buf *out, struct err *err);

#endif
