// SPDX-License-Identifier: MIT
// ledger-import: brings the tickets of another system in, from CSV or NDJSON.
#include <signal.h>

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

struct foreign {
	struct mapping mapping;
	struct rows rows;
	struct rejects rejects;
};

static bool open_rows(struct desk *desk, const char *file, struct foreign *foreign, struct err *err)
{
	const char *encoding = cli_value(desk->cli, "encoding");
	struct rows_options wanted = {
		.name = file,
		.format = foreign->mapping.format,
		.encoding = encoding ? encoding : foreign->mapping.encoding,
		.delimiter = foreign->mapping.delimiter ? foreign->mapping.delimiter[0] : '\0',
		.columns = foreign->mapping.columns,
	};
	if (!foreign_rows(file, MAX_BYTES, &wanted, &foreign->rows, err))
		return false;
	cli_say(desk->cli, _("%s: read as %s"), file, foreign->rows.encoding);
	return true;
}

static bool open_all(struct desk *desk, const char *file, struct foreign *foreign, struct err *err)
{
	const char *path = cli_value(desk->cli, "mapping");
	struct buf text;
	buf_init(&text);
	bool done = foreign_read(path, MAX_MAPPING, &text, err) &&
		    mapping_read(&foreign->mapping, &desk->book, path, text.data, text.len, err) &&
		    rejects_choose(&foreign->rejects, &desk->book, file, path, err) &&
		    open_rows(desk, file, foreign, err);
	buf_clear(&text);
	return done;
}

static bool record(struct desk *desk, const char *file, struct foreign *foreign, struct err *err)
{
	struct import_options wanted = {
		.by = desk->request.by,
		.dry_run = desk->request.dry_run,
		.rejects = rejects_write,
		.context = &foreign->rejects,
	};
	struct import_result result;
	bool done = import_rows(&desk->book, &foreign->mapping, &foreign->rows, &wanted,
				&desk->arena, &result, err);
	if (result.in_place && !wanted.dry_run)
		cli_written(desk->cli, file);
	if (result.in_place)
		rejects_report(&foreign->rejects, &result.rows, result.left_out);
	return done;
}

static bool import(struct desk *desk, struct err *err)
{
	const char *file = cli_operand(desk->cli, 0); /* "-": stdin */
	struct foreign foreign = {0};
	signal(SIGPIPE, SIG_IGN); /* nobody listening must not stop a batch half-way */
	rejects_init(&foreign.rejects, desk->cli);
	bool done = open_all(desk, file, &foreign, err) && record(desk, file, &foreign, err);
	rows_clear(&foreign.rows);
	mapping_clear(&foreign.mapping);
	rejects_clear(&foreign.rejects);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	if (!cli_value(cli, "mapping"))
		return err_set(err, STATUS_USAGE, "say what the columns mean: --mapping FILE");
	return desk_run(cli, DESK_RECORDS, import, err);
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
