// SPDX-License-Identifier: MIT
// customer-import: opens and brings up to date customers' files from CSV or NDJSON.
#include "cli/desk.h"
#include "cli/foreign.h"
#include "data/schema.h"
#include "text/rows.h"
#include "ticket/customers.h"

enum { FILE_MAX = 64 << 20 };

static const struct cli_option options[] = {
	{0, "file-format", "csv|ndjson", N_("what FILE is, when its name does not say it"), false},
	{0, "encoding", "NAME", N_("the encoding of the file, where it is not recognised"), false},
	{0},
};

struct counts {
	size_t changes[3], rejected; /* by enum customer_change */
};

/* One row that cannot be taken hides no other. False when nothing more is worth trying. */
static bool take_row(struct desk *desk, struct customer_rows *customers, const struct row *row,
		     struct arena *arena, struct counts *counts, struct err *end)
{
	struct recorded recorded = {0};
	struct err err = ERR_INIT;
	enum customer_change change = CUSTOMER_SAME;
	bool done = row->columns &&
		    customer_take(customers, &desk->book, arena, &desk->request, row->line,
				  row->columns, &change, &recorded, &err);
	if (!row->columns)
		err_set(&err, STATUS_REFUSED, "%s", row->problem);
	counts->changes[change] += recorded.in_place;
	counts->rejected += !recorded.in_place;
	if (recorded.in_place && change == CUSTOMER_OPENED && !desk->request.dry_run)
		cli_written(desk->cli, recorded.id);
	if (!done && err.status >= STATUS_SYSTEM) {
		/* the disk, not the row: the next would fare no better */
		err_merge(end, &err);
		return false;
	}
	if (!done) {
		err.status = STATUS_NO;
		err_place(&err, cli_operand(desk->cli, 0), (unsigned)row->line, 1);
		cli_problem(desk->cli, &err);
	}
	err_clear(&err);
	return true;
}

/* Columns nobody knows are one mistake, not one a row; and lost if they were passed over. */
static bool check_columns(struct book *book, const struct rows *rows, const char *file,
			  struct err *err)
{
	const char *column;
	bool done = true;
	for (size_t i = 0; done && (column = node_each_text(rows->columns, &i));) {
		const struct schema *schema = book_event_schema(book, KIND_CUSTOMER, "opened", err);
		const struct schema *customer = schema ? schema_property(schema, "customer", NULL)
						       : NULL;
		if (customer && !schema_property(customer, column, NULL)) {
			err_set(err, STATUS_REFUSED,
				"there is no column “%s” of customers (unit, name, phone, card, "
				"address, branch, type, rank, birthday)",
				column);
			err_place(err, file, 1, 1);
		}
		done = !err->text;
	}
	return done;
}

static void take_rows(struct desk *desk, struct rows *rows, struct err *err)
{
	struct customer_rows customers = {0};
	struct counts counts = {0};
	struct arena arena = ARENA_INIT;
	struct row row;
	while (rows_next(rows, &arena, &row)) {
		if (row.columns)
			customer_note(&customers, &desk->book, &arena, row.line, row.columns);
		arena_reset(&arena);
	}
	rows_rewind(rows);
	while (rows_next(rows, &arena, &row) &&
	       take_row(desk, &customers, &row, &arena, &counts, err))
		arena_reset(&arena);
	arena_clear(&arena);
	customer_rows_clear(&customers);
	cli_print(desk->cli, "%zu opened, %zu changed, %zu as they were, %zu rejected\n",
		  counts.changes[CUSTOMER_OPENED], counts.changes[CUSTOMER_CHANGED],
		  counts.changes[CUSTOMER_SAME], counts.rejected);
}

static bool import(struct desk *desk, struct err *err)
{
	struct rows rows = {0};
	struct rows_options wanted = {.name = cli_operand(desk->cli, 0),
				      .format = cli_value(desk->cli, "file-format"),
				      .encoding = cli_value(desk->cli, "encoding")};
	if (foreign_rows(wanted.name, FILE_MAX, &wanted, &rows, err) &&
	    check_columns(&desk->book, &rows, wanted.name, err))
		take_rows(desk, &rows, err);
	rows_clear(&rows);
	return !err->text;
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "request-id"))
		return err_set(
			err, STATUS_USAGE,
			"--request-id: not needed: run it again, and what is recorded already "
			"stays as it is");
	return desk_run(cli, DESK_RECORDS, import, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "customer-import",
		.synopsis = "FILE",
		.summary = N_("open and bring up to date customers' files from CSV or NDJSON"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
