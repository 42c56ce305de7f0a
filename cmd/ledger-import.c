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
struct importing {
	struct cli *cli;
	const char *file; /* "-" for stdin */
	struct book book;
	struct mapping mapping;
	struct rows rows;
	struct rejects rejects;
	struct arena arena;
};

static bool open_rows(struct importing *importing, struct err *err)
{
	struct buf bytes;
	const char *encoding = cli_value(importing->cli, "encoding");
	struct rows_options wanted = {
		.name = importing->file,
		.format = importing->mapping.format,
		.encoding = encoding ? encoding : importing->mapping.encoding,
		.delimiter = importing->mapping.delimiter ? importing->mapping.delimiter[0] : '\0',
		.columns = importing->mapping.columns,
	};
	buf_init(&bytes);
	bool done = foreign_read(importing->file, MAX_BYTES, &bytes, err) &&
		    rows_open(&importing->rows, bytes.data, bytes.len, &wanted, err);
	buf_clear(&bytes);
	if (done)
		cli_say(importing->cli, _("%s: read as %s"), importing->file,
			importing->rows.encoding);
	return done;
}

static bool import(struct importing *importing, struct err *err)
{
	struct import_options wanted = {
		.by = cli_value(importing->cli, "by"),
		.dry_run = cli_has(importing->cli, "dry-run"),
		.rejects = rejects_write,
		.context = &importing->rejects,
	};
	struct import_result result;
	struct buf text;
	const char *path = cli_value(importing->cli, "mapping");
	buf_init(&text);
	bool done =
		foreign_read(path, MAX_MAPPING, &text, err) &&
		mapping_read(&importing->mapping, &importing->book, path, text.data, text.len,
			     err) &&
		rejects_choose(&importing->rejects, &importing->book, importing->file, path, err) &&
		open_rows(importing, err);
	buf_clear(&text);
	if (!done)
		return false;
	done = import_rows(&importing->book, &importing->mapping, &importing->rows, &wanted,
			   &importing->arena, &result, err);
	if (result.in_place && !wanted.dry_run)
		cli_written(importing->cli, importing->file);
	if (result.in_place)
		rejects_report(&importing->rejects, result.read, result.recorded, result.already,
			       result.left_out);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct importing importing = {.cli = cli, .file = cli_operand(cli, 0)};
	if (!cli_value(cli, "mapping"))
		return err_set(err, STATUS_USAGE, "say what the columns mean: --mapping FILE");
	if (!cli_book(cli, &importing.book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	signal(SIGPIPE, SIG_IGN); /* nobody listening must not stop a batch half-way */
	rejects_init(&importing.rejects, cli);
	bool done = import(&importing, err);
	rows_clear(&importing.rows);
	mapping_clear(&importing.mapping);
	arena_clear(&importing.arena);
	rejects_clear(&importing.rejects);
	book_close(&importing.book);
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
