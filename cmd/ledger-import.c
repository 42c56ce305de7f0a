// SPDX-License-Identifier: MIT
// ledger-import: brings the tickets of another system in, from CSV or NDJSON.
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/desk.h"
#include "cli/foreign.h"
#include "desk/import.h"

enum { MAX_BYTES = 1 << 30, MAX_MAPPING = 1 << 20 };

static const struct cli_option options[] = {
	{'m', "mapping", "FILE", N_("what the columns mean here (required)"), false},
	{0, "rejects", "FILE", N_("where rejected rows go (the file's name with .rejects.ndjson)"), false},
	{0, "encoding", "NAME", N_("the file's encoding, instead of finding it out"), false},
	{0, "by", "PERSON", N_("who imports, when that is not who is typing"), false},
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
	struct buf rejects_path; /* empty: none are written */
	struct arena arena;
	size_t rejected;
};

static bool choose_rejects(struct work *work, struct err *err)
{
	const char *named = cli_value(work->cli, "rejects");
	if (!named && strcmp(work->file, "-") == 0)
		return err_set(err, STATUS_USAGE, "say where rejected rows of stdin go: --rejects FILE");
	if (named)
		buf_adds(&work->rejects_path, named);
	else
		buf_addf(&work->rejects_path, "%s.rejects.ndjson", work->file);
	const char *path = work->rejects_path.data;
	if (foreign_lies_in(path, work->book.path))
		return err_set(err, STATUS_USAGE, "%s lies in the ledger: rejected rows go elsewhere, name a place with --rejects", path);
	if (foreign_same(path, work->file) || foreign_same(path, cli_value(work->cli, "mapping")))
		return err_set(err, STATUS_USAGE, "--rejects: %s is what is being read", path);
	return true;
}

/* Called before anything is recorded. Without --rejects a file is written
 * only when there is something to say, or when one of an earlier import is
 * there and would be taken for this one's. */
static bool write_rejects(void *context, const char *ndjson, size_t len, size_t count, struct err *err)
{
	struct work *work = context;
	const char *path = work->rejects_path.data;
	work->rejected = count;
	if (!cli_value(work->cli, "rejects") && (cli_has(work->cli, "dry-run") || (!count && access(path, F_OK) < 0)))
		return true;
	return foreign_write(path, ndjson, len, err);
}

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
	bool done = foreign_read(work->file, MAX_BYTES, &bytes, err) && rows_open(&work->rows, bytes.data, bytes.len, &wanted, err);
	buf_clear(&bytes);
	if (done)
		cli_say(work->cli, _("%s: read as %s"), work->file, work->rows.encoding);
	return done;
}

static void report(struct work *work, const struct import_result *result)
{
	struct cli *cli = work->cli;
	struct buf names;
	buf_init(&names);
	for (size_t i = 0; i < node_count(result->left_out); i++)
		buf_addf(&names, "%s%s", i ? ", " : "", result->left_out->list.items[i]->text);
	if (names.len)
		cli_say(cli, _("columns left out: %s"), names.data);
	buf_clear(&names);
	if (result->rejected && (cli_value(cli, "rejects") || !cli_has(cli, "dry-run")))
		cli_say(cli, _("rejected rows: %s"), work->rejects_path.data);
	cli_print(cli, "read\t%zu\nrecorded\t%zu\nalready\t%zu\nrejected\t%zu\n", result->read, result->recorded, result->already,
		  result->rejected);
	if (result->rejected)
		cli_raise(cli, STATUS_NO);
}

static bool import(struct work *work, struct err *err)
{
	struct import_options wanted = {
		.by = cli_value(work->cli, "by"),
		.dry_run = cli_has(work->cli, "dry-run"),
		.rejects = write_rejects,
		.context = work,
	};
	struct import_result result;
	struct buf text;
	const char *path = cli_value(work->cli, "mapping");
	buf_init(&text);
	bool done = foreign_read(path, MAX_MAPPING, &text, err) && mapping_read(&work->mapping, &work->book, path, text.data, text.len, err) &&
		    choose_rejects(work, err) && open_rows(work, err);
	buf_clear(&text);
	if (!done)
		return false;
	done = import_rows(&work->book, &work->mapping, &work->rows, &wanted, &work->arena, &result, err);
	if (done && !wanted.dry_run)
		cli_written(work->cli, work->file);
	if (done || err->status == STATUS_UNDURABLE)
		report(work, &result);
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
	buf_init(&work.rejects_path);
	bool done = import(&work, err);
	rows_clear(&work.rows);
	mapping_clear(&work.mapping);
	arena_clear(&work.arena);
	buf_clear(&work.rejects_path);
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
