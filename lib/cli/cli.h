// SPDX-License-Identifier: MIT
// What all commands share: options, operands, messages, output, exit status.
// Only the thread that called cli_main may call these.
#ifndef KEFU_CLI_CLI_H
#define KEFU_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/gettext.h"
#include "base/problems.h"
#include "cli/options.h"
#include "view/view.h"

struct cli;

struct cli_command {
	const char *name;
	const char *synopsis; /* the operands: "TICKET [TEXT]"; "" when there are none */
	const char *summary;  /* N_("…"), one line */
	const struct cli_option *options; /* closed by {0}; NULL: none of its own */
	unsigned manners;                 /* of enum cli_manner */
	int operands_min, operands_max;   /* max -1: any number */
	/* The options of each further step, "+ STEP [OPTION]..."; NULL: it takes no further ones */
	const struct cli_option *steps;
	/* The command's work. False when it failed, with ERR set; an answer of no is cli_raise and
	 * true. */
	bool (*run)(struct cli *cli, struct err *err);
};

/* The whole life of a command: prepares the process (descriptors 0 to 2
 * open, signals, message language, the clock), parses, runs, writes what is
 * left for stdout, prints the error once, and returns the exit status for
 * main to return. Operands and option values are checked to be UTF-8. */
int cli_main(const struct cli_command *command, int argc, char **argv);

/* Whether the command has such an option at all. */
bool cli_takes(const struct cli *cli, const char *name);

/* Options by long name, own and shared alike; naming one the command does not have is a bug and
 * aborts. Texts are argv's. */
bool cli_has(const struct cli *cli, const char *name);
const char *cli_value(const struct cli *cli, const char *name); /* the last one given, or NULL */
size_t cli_values(const struct cli *cli, const char *name, const char *const **values);

/* How many further steps the command line has, each behind a lone "+". cli_turn makes the options
 * and operands that follow the INDEXth + the ones that cli_takes, cli_has, cli_value, cli_values,
 * cli_operands and cli_operand speak of, counted from 1; 0 are those before the first +. */
size_t cli_steps(const struct cli *cli);
void cli_turn(struct cli *cli, size_t index);

size_t cli_operands(const struct cli *cli);
const char *cli_operand(const struct cli *cli, size_t index); /* NULL past the last */

/* Whether WORD is one of WORDS, closed by NULL; otherwise STATUS_USAGE, with all of them. */
bool cli_one_of(const char *word, const char *const *words, struct err *err);

/* The clock, read at the start and whenever a person has written a text: seconds since
 * 1970-01-01T00:00:00Z. It never goes back. Knows nothing of --now, which is understood in the zone
 * of a ledger (book_open). */
int64_t cli_now(const struct cli *cli);

/* To stdout, buffered. That it cannot be written is reported at the end. When nobody reads it any
 * more, a command that records goes on, and another is ended by SIGPIPE, silently. */
void cli_print(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_write(struct cli *cli, const char *bytes, size_t len);

/* Says that WHAT, an id or a file, is recorded: from here on an stdout that cannot be written is
 * status 6, never 5. */
void cli_written(struct cli *cli, const char *what);
/* The same, and prints the id of what was recorded, as a line. */
void cli_recorded(struct cli *cli, const char *id);

/* The style that --format, --no-header and the terminal ask for. A format that only this command
 * has, and no table, counts as one for people. BOOK is borrowed; NULL where nothing of a ledger is
 * shown. */
struct view_style cli_style(const struct cli *cli, const struct book *book);

/* Writes TABLE and frees it. */
void cli_show(struct cli *cli, struct table *table);

/* A note for people on stderr, "NAME: …", unless -q. */
void cli_say(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints a problem that does not end the command, and raises the exit status
 * to the problem's: readers finish, name the damage, and exit 4. ERR stays the caller's. */
void cli_problem(struct cli *cli, const struct err *err);
void cli_problems(struct cli *cli, const struct problems *problems); /* each of them */
/* The same for what changes nothing about the status, and is to be seen also with -q. */
void cli_warn(struct cli *cli, const struct err *err);
void cli_raise(struct cli *cli, enum status status); /* the worst status wins */

/* As compose_text (cli/compose.h), after stdout got what was printed before. */
bool cli_text(struct cli *cli, const char *argument, const char *what, struct buf *out,
	      struct err *err);

/* Columns of the terminal stdout is; 0 (unlimited) when it is none. */
unsigned cli_columns(const struct cli *cli);
/* Whether stdout may be coloured: a terminal that can, and no $NO_COLOR. */
bool cli_colour(const struct cli *cli);

#endif
