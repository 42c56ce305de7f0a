// SPDX-License-Identifier: MIT
// A command's table of options and what the command line made of it. For cli.c; commands use cli.h.
#ifndef KEFU_CLI_OPTIONS_H
#define KEFU_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"

struct option_values {
	const char **values; /* borrowed from argv; of a flag: NULLs */
	size_t count;
};

struct options {
	const struct cli_command *command;
	const struct cli_option **table; /* the command's own, then the shared ones */
	struct option_values *given;     /* as TABLE */
	size_t count, own;
	const char **operands; /* borrowed from argv */
	size_t operand_count;
};

void options_init(struct options *options, const struct cli_command *command);
void options_clear(struct options *options);

/* Takes ARGV apart, which stays as it is; errors are STATUS_USAGE. Sees to
 * the number of operands unless --help, --version or --options was given. */
bool options_parse(struct options *options, int argc, char **argv, struct err *err);

/* NULL when the command has no such option. */
const struct option_values *options_find(const struct options *options, const char *name);

/* What --help prints: at most 80 columns. */
void options_help(const struct options *options, struct buf *out);

/* What the hidden --options prints, for completion and tests: a line each of letter, name,
 * argument, help, tabs between. */
void options_list(const struct options *options, struct buf *out);

#endif
