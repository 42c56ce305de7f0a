// SPDX-License-Identifier: MIT
// What commands that work on a ledger share: opening it, what was asked of a recording, saying what
// was recorded.
#ifndef KEFU_CLI_DESK_H
#define KEFU_CLI_DESK_H

#include <stdbool.h>

#include "base/problems.h"
#include "book/book.h"
#include "cli/cli.h"
#include "ticket/ticket.h"

/* A command at work on a ledger. */
struct desk {
	struct cli *cli;
	struct book book;
	struct view_style style; /* how the command line wants the book's rows and pages shown */
	struct arena arena;      /* of what is recorded */
};

/* Opens the ledger that -C, $KEFU_LEDGER or the working directory names, with PARTS of enum
 * book_part, has WORK done at it, and closes it again. False with ERR when either fails. */
bool desk_run(struct cli *cli, unsigned parts, bool (*work)(struct desk *desk, struct err *err),
	      struct err *err);

/* Reads the form that TYPED names (book_resolve_id) into FORM; TEXT holds its bytes and must live
 * as long. */
bool desk_read(struct desk *desk, const char *typed, struct form *form, struct buf *text,
	       struct err *err);

/* Opens the ledger -C, $KEFU_LEDGER or the working directory names, with PARTS of enum book_part.
 */
bool cli_book(struct cli *cli, struct book *book, unsigned parts, struct err *err);

/* Names each of PROBLEMS (cli_problem): what could not be read hides nothing else. */
void cli_problems(struct cli *cli, const struct problems *problems);

/* The shared writing options as a request, --override too where the command has it; texts are
 * argv's. */
struct request cli_request(const struct cli *cli, bool overrides);

/* The options every writing command of tickets adds to its table. */
#define CLI_FIELD_OPTIONS \
	{0, "set", "FIELD=VALUE", N_("set any other field of the document"), true}, \
	{ \
		0, "override", "REASON", \
			N_("record it although a rule that your role may override refuses it"), \
			false \
	}

/* The ticket the first operand names: its id, and its kind, which chooses the schemas of its steps.
 * Both live in ARENA. */
bool cli_ticket(struct cli *cli, struct book *book, struct arena *arena, const char **id,
		const char **kind, struct err *err);

/* A document's fields from options that have their names: FIELDS are pairs
 * {option, field} closed by {0}, then every --set. */
struct cli_field {
	const char *option, *field;
};

bool cli_fields(struct cli *cli, struct book *book, struct arena *arena, struct node *document,
		const char *kind, const struct cli_field *fields, struct err *err);

/* Free text from VALUE ("-", NULL: editor) as FIELD of DOCUMENT, verbatim. */
bool cli_text_field(struct cli *cli, struct arena *arena, struct node *document, const char *value,
		    const char *field, struct err *err);

/* Prints what was recorded, if anything was: the form's id, or ID#SEQ of the
 * document; notes go to stderr. A dry run prints the document instead. To be called
 * whether or not the recording failed: a document can be in place that the disk did
 * not confirm, and whoever called must learn its number all the same. */
void cli_report(struct cli *cli, const struct recorded *recorded, bool whole_form);

/* The whole of a command that records steps on the ticket its first operand names. */
bool cli_record_steps(struct cli *cli, struct book *book, struct arena *arena, const char *id,
		      struct node *const *documents, size_t count, struct err *err);

#endif
