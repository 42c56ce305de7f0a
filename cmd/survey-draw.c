// SPDX-License-Identifier: MIT
// survey-draw: draws by lot who is asked, so that everybody can draw again.
#include <string.h>

#include "base/decimal.h"
#include "cli/desk.h"
#include "cli/foreign.h"
#include "record/value.h"
#include "survey/sample.h"

enum { MAX_BYTES = 64 << 20, MAX_DIGITS = 8 };

static const struct cli_option options[] = {
	{0, "frame", "customers|tickets",
	 N_("draw from the households on file, or from those whose tickets were closed"), false},
	{0, "units", "FILE", N_("draw from the units in this file instead"), false},
	{0, "size", "NUMBER", N_("how many units to draw"), false},
	{0, "rate", "RATE", N_("which share of the units to draw, like 0.3"), false},
	{0, "stratify", "area|type|both",
	 N_("draw separately from each area, each type of customer, or each type in each area"),
	 false},
	{'a', "area", "AREA", N_("only units of this area"), true},
	{0, "type", "TYPE", N_("only customers of this type"), true},
	{'k', "kind", "KIND", N_("only tickets of this kind"), true},
	{0, "since", "DAY", N_("only tickets closed on this day or later"), false},
	{0, "until", "DAY", N_("only tickets closed on this day or earlier"), false},
	{0, "verify", NULL,
	 N_("draw again what was recorded, and exit with 1 when the result is another"), false},
	CLI_ONCE('n', "size"),
	CLI_ONCE('s', "stratify"),
	CLI_ONCE('t', "type"),
	{0},
};

struct drawing {
	struct desk *desk;
	struct rows rows;
	struct sample_options wanted;
};

static const struct node *list_of(struct drawing *drawing, const char *option, const char *normal,
				  struct err *err)
{
	const char *const *values;
	size_t count = cli_values(drawing->desk->cli, option, &values);
	struct node *list = count ? node_list(&drawing->desk->arena) : NULL;
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < count && !err->text; i++) {
		buf_reset(&text);
		if (!normal)
			buf_adds(&text, values[i]);
		else
			value_normal(&drawing->desk->book, normal, values[i], &text, err);
		if (!node_holds(list, text.data))
			node_push(&drawing->desk->arena, list,
				  node_string(&drawing->desk->arena, text.data));
	}
	buf_clear(&text);
	return list;
}

static bool read_size(struct drawing *drawing, struct err *err)
{
	const char *size = cli_value(drawing->desk->cli, "size"),
		   *rate = cli_value(drawing->desk->cli, "rate");
	if (!size == !rate)
		return err_set(err, STATUS_USAGE,
			       "say how many to draw: --size NUMBER or --rate RATE");
	size_t digits = size ? strspn(size, "0123456789") : 0;
	if (size && (size[digits] || !digits || digits > MAX_DIGITS || size[0] == '0'))
		return err_set(err, STATUS_USAGE, "--size: \"%s\" is not a number from 1", size);
	for (size_t i = 0; i < digits; i++)
		drawing->wanted.size = drawing->wanted.size * 10 + (size[i] - '0');
	if (!rate)
		return true;
	struct decimal *share = decimal_new(0), *one = decimal_new(1);
	bool fine = decimal_set(share, rate, strlen(rate)) && decimal_sign(share) > 0 &&
		    decimal_compare(share, one) <= 0 && !strpbrk(rate, "eE");
	decimal_free(share);
	decimal_free(one);
	drawing->wanted.rate = rate;
	return fine || err_set(err, STATUS_USAGE,
			       "--rate: \"%s\" is not a share above 0 and up to 1, like 0.3", rate);
}

/* A file of units: CSV, TSV or NDJSON by its name, else a unit a line. */
static bool open_units(struct drawing *drawing, const char *file, struct err *err)
{
	static const char *const ends[] = {".csv", ".tsv", ".ndjson", ".jsonl"};
	struct node *columns = node_list(&drawing->desk->arena);
	struct rows_options wanted = {.name = file, .format = "csv", .columns = columns};
	node_push(&drawing->desk->arena, columns, node_string(&drawing->desk->arena, "unit"));
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t len = strlen(file), end = strlen(ends[i]);
		if (len > end && strcmp(file + len - end, ends[i]) == 0)
			wanted = (struct rows_options){.name = file};
	}
	const char *slash = strrchr(file, '/');
	drawing->wanted.from.rows = &drawing->rows;
	drawing->wanted.from.source = slash ? slash + 1 : file;
	return foreign_rows(file, MAX_BYTES, &wanted, &drawing->rows, err);
}

static bool read_options(struct drawing *drawing, struct err *err)
{
	struct cli *cli = drawing->desk->cli;
	const char *frame = cli_value(cli, "frame"), *units = cli_value(cli, "units"),
		   *by = cli_value(cli, "stratify");
	if (frame && units)
		return err_set(err, STATUS_USAGE, "give --frame or --units, not both");
	drawing->wanted.from.frame = units ? "file" : frame ? frame : "customers";
	bool tickets = strcmp(drawing->wanted.from.frame, "tickets") == 0;
	if (!tickets && (cli_has(cli, "kind") || cli_has(cli, "since") || cli_has(cli, "until")))
		return err_set(err, STATUS_USAGE,
			       "--kind, --since and --until need --frame tickets");
	if (by)
		drawing->wanted.stratify = strcmp(by, "area") == 0 ? STRATIFY_AREA
					   : strcmp(by, "type") == 0
						   ? STRATIFY_TYPE
						   : STRATIFY_AREA | STRATIFY_TYPE;
	drawing->wanted.from.since = cli_value(cli, "since");
	drawing->wanted.from.until = cli_value(cli, "until");
	drawing->wanted.from.areas = list_of(drawing, "area", "unit", err);
	drawing->wanted.from.types = list_of(drawing, "type", NULL, err);
	drawing->wanted.from.kinds = list_of(drawing, "kind", NULL, err);
	return !err->text && read_size(drawing, err) && (!units || open_units(drawing, units, err));
}

static bool draw(struct drawing *drawing, struct err *err)
{
	struct desk *desk = drawing->desk;
	struct problems problems;
	if (!read_options(drawing, err))
		return false;
	bool done = sample_draw(&desk->book, &desk->arena, &desk->request,
				cli_operand(desk->cli, 0), &drawing->wanted, &problems,
				&desk->recorded, err);
	cli_problems(desk->cli, &problems);
	done = done ||
	       (problems.count && !err->text &&
		err_set(err, STATUS_DAMAGED,
			"nothing was drawn: the files that cannot be read might belong in the "
			"frame"));
	problems_clear(&problems);
	desk_report(desk, false);
	return done;
}

static bool draw_or_verify(struct desk *desk, struct err *err)
{
	struct drawing drawing = {.desk = desk};
	if (cli_has(desk->cli, "verify"))
		return sample_verify(&desk->book, cli_operand(desk->cli, 0), err);
	bool done = draw(&drawing, err);
	rows_clear(&drawing.rows);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, cli_has(cli, "verify") ? DESK_READS : DESK_RECORDS, draw_or_verify,
			err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "survey-draw",
		.synopsis = "SURVEY",
		.summary = N_("draw by lot whom a survey asks"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
