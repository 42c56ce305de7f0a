// SPDX-License-Identifier: MIT
// Rows of an imported file that were not accepted.
#include "cli/rejects.h"

#include <string.h>
#include <unistd.h>

#include "cli/foreign.h"

void rejects_init(struct rejects *rejects, struct cli *cli)
{
	*rejects = (struct rejects){.cli = cli};
	buf_init(&rejects->path);
}

void rejects_clear(struct rejects *rejects)
{
	buf_clear(&rejects->path);
}

bool rejects_choose(struct rejects *rejects, const struct book *book, const char *file,
		    const char *mapping, struct err *err)
{
	const char *named = cli_value(rejects->cli, "rejects");
	if (!named && strcmp(file, "-") == 0)
		return err_set(err, STATUS_USAGE,
			       "say where rejected rows of stdin go: --rejects FILE");
	if (named)
		buf_adds(&rejects->path, named);
	else
		buf_addf(&rejects->path, "%s.rejects.ndjson", file);
	const char *path = rejects->path.data;
	if (foreign_lies_in(path, book->path))
		return err_set(
			err, STATUS_USAGE,
			"%s, for rejected rows, lies in the ledger: name a file outside it with "
			"--rejects",
			path);
	if (foreign_same(path, file) || (mapping && foreign_same(path, mapping)))
		return err_set(err, STATUS_USAGE, "--rejects: %s is being read: name another file",
			       path);
	return true;
}

bool rejects_write(void *context, const char *ndjson, size_t len, size_t count, struct err *err)
{
	struct rejects *rejects = context;
	const char *path = rejects->path.data;
	rejects->count = count;
	bool named = cli_value(rejects->cli, "rejects");
	if (!named && !count && access(path, F_OK) < 0)
		return true;
	if (!named && cli_has(rejects->cli, "dry-run"))
		return foreign_may_write(path, err);
	return foreign_write(path, ndjson, len, err);
}

void rejects_report(const struct rejects *rejects, const struct importing_result *result,
		    const struct node *left_out)
{
	struct cli *cli = rejects->cli;
	struct buf names;
	buf_init(&names);
	node_join(left_out, ", ", &names);
	if (names.len)
		cli_say(cli, _("columns left out: %s"), names.data);
	buf_clear(&names);
	if (rejects->count && (cli_value(cli, "rejects") || !cli_has(cli, "dry-run")))
		cli_say(cli, _("rejected rows: %s"), rejects->path.data);
	cli_print(cli, "read\t%zu\nrecorded\t%zu\nalready\t%zu\nrejected\t%zu\n", result->read,
		  result->recorded, result->already, result->rejected);
	if (rejects->count)
		cli_raise(cli, STATUS_NO);
}
