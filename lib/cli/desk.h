// SPDX-License-Identifier: MIT
// What commands that work on a ledger share: opening and closing it, fields out of options,
// recording and saying what was recorded.
#ifndef KEFU_CLI_DESK_H
#define KEFU_CLI_DESK_H

#include <stdbool.h>

#include "book/book.h"
#include "cli/cli.h"
#include "ticket/ticket.h"

/* A command at work on a ledger. */
struct desk {
	struct cli *cli;
	struct book book;
	struct view_style style; /* how the command line wants what is shown */
	struct request request;  /* what the command line says of a recording */
	struct arena arena;      /* of what is recorded */
	struct recorded recorded;
};

/* The parts of a ledger that most commands need. */
enum {
	DESK_READS = BOOK_STAFF | BOOK_POLICY,
	DESK_RECORDS = DESK_READS | BOOK_SITE,
};

/* Opens the ledger that -C, $KEFU_LEDGER or the working directory names, with PARTS of enum
 * book_part, calls WORK, and closes the ledger. False with ERR if opening or WORK fails. */
bool desk_run(struct cli *cli, unsigned parts, bool (*work)(struct desk *desk, struct err *err),
	      struct err *err);

/* Reads the form that TYPED names (book_resolve_id) into FORM; TEXT holds its bytes and must live
 * as long. */
bool desk_read(struct desk *desk, const char *typed, struct form *form, struct buf *text,
	       struct err *err);

/* --- a document out of options --- */

/* An option, and the field of a document that its values are given to. */
struct desk_field {
	const char *option, *field;
};

/* Puts into DOCUMENT, by calling SET, each value of the options in FIELDS, which ends with {0}. */
typedef bool (*desk_setter)(struct book *book, struct arena *arena, struct node *document,
			    const char *field, const char *typed, struct err *err);
bool desk_take(struct desk *desk, struct node *document, const struct desk_field *fields,
	       desk_setter set, struct err *err);

/* The same for a step of a form of KIND, by ticket_field. */
bool desk_fields(struct desk *desk, struct node *document, const char *kind,
		 const struct desk_field *fields, struct err *err);

/* Free text as FIELD of DOCUMENT, verbatim; VALUE as cli_text has it. */
bool desk_text(struct desk *desk, struct node *document, const char *field, const char *value,
	       struct err *err);

/* The options of every command that records steps of forms. desk_more puts into DOCUMENT what they
 * say: each --set, and --text, if the command has it, as the field `text`. */
#define DESK_STEP_OPTIONS \
	{0, "set", "FIELD=VALUE", N_("set any other field of the document"), true}, \
	{ \
		0, "override", "REASON", \
			N_("record it although a rule that your role may override refuses it"), \
			false \
	}
bool desk_more(struct desk *desk, struct node *document, const char *kind, struct err *err);

/* --- recording --- */

/* The ticket that the first operand names: its id, and its kind, which chooses the schemas of its
 * steps. Both live in the desk's arena. */
bool desk_ticket(struct desk *desk, const char **id, const char **kind, struct err *err);

/* Records COUNT steps on form ID in one write, and says so: prints the number of the first of the
 * OWN that the command itself made, and of each further one. */
bool desk_record(struct desk *desk, const char *id, struct node *const *documents, size_t count,
		 size_t own, struct err *err);

/* Opens a form by the first of COUNT documents, with the others as its next steps, and says so:
 * prints its id, and the numbers of the steps behind the OWN that the command itself made. */
bool desk_open(struct desk *desk, struct node *const *documents, size_t count, size_t own,
	       struct err *err);

/* Prints what was recorded, if anything was: the form's id where it is WHOLE_FORM, else ID#SEQ of
 * the document; notes go to stderr. A dry run prints the document instead. To be called whether or
 * not the recording failed: a document can be in place that the disk did not confirm, and whoever
 * called must learn its number all the same. */
void desk_report(struct desk *desk, bool whole_form);

#endif
