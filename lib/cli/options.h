// SPDX-License-Identifier: MIT
// Tables of options, and what a command line gives to them. Knows no command, prints nothing.
#ifndef KEFU_CLI_OPTIONS_H
#define KEFU_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* One option. A command has one table of them: parsing, --help, completion and
 * the comparison with the man page all come from it. Long options are accepted
 * by their whole name only, so that a script keeps working when an option is
 * added. A letter means one thing in all commands of a family (ticket-*), some of
 * them everywhere (tests/unit/letters.bats). */
struct cli_option {
	char letter;          /* 0: none */
	const char *name;     /* "to"; NULL in the entry that closes the table */
	const char *argument; /* NULL: a flag; "PERSON": any text; "a|b|c": one of these words */
	const char *help;     /* N_("…"), one line without a full stop */
	bool repeat;          /* every value counts; otherwise the last one given */
};

/* An entry for a letter of an earlier version, in the same table: LETTER stood for --NAME. Whoever
 * gives it is told what to write instead. If the letter stands for another option now, that happens
 * only if its argument is one of the words that --NAME takes. */
#define CLI_ONCE(letter, name) \
	{ \
		letter, name, NULL, NULL, false \
	}

/* Which shared options a command takes. All take -q, -h and --version. */
enum cli_manner {
	CLI_LEDGER = 1, /* -C DIR, --now TIME */
	CLI_FORMAT = 2, /* --format FORMAT, --no-header */
	CLI_WRITES = 4, /* --by PERSON, --at TIME, --request-id ID, --dry-run */
	CLI_ALONE = 8,  /* no shared option at all: what follows a + */
};

struct option_values {
	const char **values; /* borrowed from argv; of a flag: NULLs */
	size_t count;
};

struct options {
	const struct cli_option **table; /* the command's own, then the shared ones */
	struct option_values *given;     /* to the option of the same index in TABLE */
	size_t count, own;
	const struct cli_option *letters; /* the command's own entries, CLI_ONCE among them */
	const char **operands;            /* borrowed from argv */
	size_t operand_count;
	bool divided; /* for messages: a lone + stands behind them and begins a further step */
};

/* OWN, closed by {0}, is borrowed; NULL: the command has none of its own. */
void options_init(struct options *options, const struct cli_option *own, unsigned manners);
void options_clear(struct options *options);

/* Takes ARGV apart, which stays as it is; errors are STATUS_USAGE. */
bool options_parse(struct options *options, int argc, char **argv, struct err *err);

/* Whether there are MIN to MAX operands (MAX -1: any number), or --help, --version or --options was
 * given, which need none. SYNOPSIS names the operands in messages. */
bool options_check_operands(const struct options *options, const char *synopsis, int min, int max,
			    struct err *err);

/* NULL when there is no such option. */
const struct option_values *options_find(const struct options *options, const char *name);

/* Whether there is such an option and it was given. */
bool options_given(const struct options *options, const char *name);

/* What --help says of the command's own options, then of the shared ones, in at most 80 columns. */
void options_help(const struct options *options, struct buf *out);

/* Adds TEXT in lines of at most 80 columns. */
void options_wrap(const char *text, struct buf *out);

/* What the hidden --options prints, for completion and tests: a line each of letter, name,
 * argument, help, with tabs between. */
void options_list(const struct options *options, struct buf *out);

#endif
