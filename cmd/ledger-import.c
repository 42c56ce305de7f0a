// SPDX-License-Identifier: MIT
// ledger-import: brings the tickets of another system in, from CSV or NDJSON.
#include <signal.h>

#include "cli/cli.h"
#include "cli/desk.h"
#include "cli/foreign.h"
#include "cli/rejects.h"
#include "ticket/import.h"

enum { MAX_BYTES = 1 << 30, MAX_MAPPING = 1 << 20 };

static const struct cli_option options[] = {
	{'m', "mapping", "FILE", N_("the mapping: what the columns mean (required)"), false},
	{0, "rejects", "FILE", N_("the file for rejected rows (FILE.rejects.ndjson)"), false},
	{0, "encoding", "NAME", N_("the encoding of the file, instead of recognising it"), false},
	{0, "by", "PERSON", N_("the person who imports, when that is not you"), false},
	{0, "dry-run", NULL, N_("check everything, record nothing"), false},
	{0},
};

/* What run() works with; all of it is cleared at its end. */
struct work {
	struct cli *cli;
	const char *file; /* "-" for stdin */
	struct book book;
	struct mapping mapping;
	struct rows rows;
	struct rejects rejects;
	struct arena arena;
};

static bool open_rows(struct work *work, struct err *err)
{
	struct buf bytes;
	const char *encoding = cli_value(work->cli, "encoding");
	struct rows_options wanted = {
		.name = work->file,
		.format = work->mapping.format,
		.encoding = encoding ? encoding : work->mapping.encoding,
		.delimiter = work->mapping.delimiter ? work->mapping.delimiter[0] : '\0',
		.columns = work->mapping.columns,
	};
	buf_init(&bytes);
	bool done = foreign_read(work->file, MAX_BYTES, &bytes, err) &&
		    rows_open(&work->rows, bytes.data, bytes.len, &wanted, err);
	buf_clear(&bytes);
	if (done)
		cli_say(work->cli, _("%s: read as %s"), work->file, work->rows.encoding);
	return done;
}

static bool import(struct work *work, struct err *err)
{
	struct import_options wanted = {
		.by = cli_value(work->cli, "by"),
		.dry_run = cli_has(work->cli, "dry-run"),
		.rejects = rejects_write,
		.context = &work->rejects,
	};
	struct import_result result;
	struct buf text;
	const char *path = cli_value(work->cli, "mapping");
	buf_init(&text);
	bool done = foreign_read(path, MAX_MAPPING, &text, err) &&
		    mapping_read(&work->mapping, &work->book, path, text.data, text.len, err) &&
		    rejects_choose(&work->rejects, &work->book, work->file, path, err) &&
		    open_rows(work, err);
	buf_clear(&text);
	if (!done)
		return false;
	done = import_rows(&work->book, &work->mapping, &work->rows, &wanted, &work->arena, &result,
			   err);
	if (result.in_place && !wanted.dry_run)
		cli_written(work->cli, work->file);
	if (result.in_place)
		rejects_report(&work->rejects, result.read, result.recorded, result.already,
			       result.left_out);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct work work = {.cli = cli, .file = cli_operand(cli, 0)};
	if (!cli_value(cli, "mapping"))
		return err_set(err, STATUS_USAGE, "say what the columns mean: --mapping FILE");
	if (!cli_book(cli, &work.book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	signal(SIGPIPE, SIG_IGN); /* nobody listening must not stop a batch half-way */
	rejects_init(&work.rejects, cli);
	bool done = import(&work, err);
	rows_clear(&work.rows);
	mapping_clear(&work.mapping);
	arena_clear(&work.arena);
	rejects_clear(&work.rejects);
	book_close(&work.book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ledger-import",
		.synopsis = "FILE",
		.summary = N_("bring the tickets of another system in, from CSV or NDJSON"),
		.options = options,
		.manners = CLI_LEDGER,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
