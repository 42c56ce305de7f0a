// SPDX-License-Identifier: MIT
// personnel-list: what stands in personnel registers, as it holds now; and what they lack by the
// policy.
#include <inttypes.h>
#include <string.h>

#include "book/scheme.h"
#include "cli/desk.h"
#include "data/time.h"
#include "staff/lacking.h"
#include "staff/personnel.h"
#include "store/file.h"

static const struct cli_option options[] = {
	{'e', "event", "EVENT", N_("only this event: commended, sanctioned, trained, …"), false},
	{'l', "lacking", NULL,
	 N_("instead, courses and certificates that are missing, and ratings that are due"), false},
	{0},
};

/* --- what stands there --- */

/* What an entry is about, in the words of its fields. */
static void add_what(const struct personnel_entry *entry, struct buf *out)
{
	static const char *const keys[] = {"subject",     "name",   "degree", "money",   "course",
					   "certificate", "number", "role",   "penalty", "bearer",
					   "amount",      "rating", "result"};
	const struct node *passed = node_get(entry->root, "passed"),
			  *measures = node_get(entry->root, "measures"), *measure;
	const char *hours = node_text(entry->root, "hours"),
		   *until = node_text(entry->root, "until");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = node_text(entry->root, keys[i]);
		if (value)
			buf_addf(out, "%s%s", out->len ? " " : "", value);
	}
	if (hours)
		buf_addf(out, " %s h", hours);
	if (passed)
		buf_adds(out, passed->boolean ? " passed" : " not passed");
	if (until)
		buf_addf(out, " until %s", until);
	for (size_t i = 0; (measure = node_each(measures, i)); i++)
		buf_addf(out, "%s%s", i ? ", " : " ", measure->text);
}

static void add_rows(struct cli *cli, const struct book *book, const struct personnel *personnel,
		     struct table *table)
{
	const char *event = cli_value(cli, "event");
	struct buf record, at, what, state;
	struct buf *const all[] = {&record, &at, &what, &state};
	for (size_t i = 0; i < 4; i++)
		buf_init(all[i]);
	for (size_t i = 0; i < personnel->count; i++) {
		const struct personnel_entry *entry = &personnel->entries[i];
		if (event && strcmp(entry->event, event) != 0)
			continue;
		for (size_t j = 0; j < 4; j++)
			buf_reset(all[j]);
		buf_addf(&record, "%s#%" PRId64, personnel->person, entry->seq);
		date_format(zone_day(&book->zone, entry->at), &at);
		add_what(entry, &what);
		if (entry->mended)
			buf_addf(&state, "%s by #%" PRId64, entry->voided ? "voided" : "corrected",
				 entry->mended);
		const char *cells[] = {record.data,
				       at.data,
				       entry->event,
				       what.data,
				       state.len ? state.data : NULL,
				       node_text(entry->root, "reason"),
				       node_text(entry->root, "ticket"),
				       node_text(entry->root, "by"),
				       node_text(entry->root, "clause")};
		table_row(table, cells);
	}
	for (size_t i = 0; i < 4; i++)
		buf_clear(all[i]);
}

static void list_one(struct cli *cli, struct book *book, const char *person, struct table *table)
{
	struct personnel personnel;
	struct err err = ERR_INIT;
	if (personnel_read(book, person, &personnel, &err))
		add_rows(cli, book, &personnel, table);
	else
		cli_problem(cli, &err);
	err_clear(&err);
	personnel_clear(&personnel);
}

static bool list(struct cli *cli, struct book *book, const char *person, struct err *err)
{
	static const struct table_column columns[] = {
		{.name = "record", .whole = true},
		{.name = "at", .whole = true},
		{.name = "event"},
		{.name = "what"},
		{.name = "state"},
		{.name = "reason"},
		{.name = "ticket", .whole = true},
		{.name = "by"},
		{.name = "clause", .whole = true},
	};
	struct table *table = cli_table(cli, columns, sizeof columns / sizeof *columns);
	struct file_names names = {0};
	enum file_result listed = person ? FILE_READ
					 : file_list(&book->store.root, "personnel", &names, err);
	if (person)
		list_one(cli, book, person, table);
	for (size_t i = 0; i < names.count; i++) {
		size_t len = strlen(names.items[i]);
		if (len > 5 && strcmp(names.items[i] + len - 5, ".yaml") == 0) {
			names.items[i][len - 5] = '\0';
			list_one(cli, book, names.items[i], table);
		}
	}
	cli_show(cli, table);
	file_names_clear(&names);
	return listed != FILE_FAILED;
}

/* --- what they lack --- */

static void add_lack(void *state, const struct lack *lack)
{
	const char *cells[] = {lack->person, lack->name, lack->what,  lack->title,
			       lack->needs,  lack->has,  lack->clause};
	table_row(state, cells);
}

static bool list_lacking(struct cli *cli, struct book *book, const char *person, struct err *err)
{
	static const struct table_column columns[] = {
		{.name = "person", .whole = true},
		{.name = "name"},
		{.name = "lacks", .whole = true},
		{.name = "title"},
		{.name = "needs"},
		{.name = "has"},
		{.name = "clause", .whole = true},
	};
	struct table *table = cli_table(cli, columns, sizeof columns / sizeof *columns);
	bool done = lacking_find(book, person, add_lack, table, err);
	cli_show(cli, table);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	const char *person = cli_operand(cli, 0);
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	bool done = cli_has(cli, "lacking") ? list_lacking(cli, &book, person, err)
					    : list(cli, &book, person, err);
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "personnel-list",
		.synopsis = "[PERSON]",
		.summary = N_("list what stands in personnel registers, or what they lack"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
