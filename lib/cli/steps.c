// SPDX-License-Identifier: MIT
// The fields of a step as options, and further steps behind a +.
#include "cli/steps.h"

#include <string.h>

const struct cli_option steps_options[] = {
	STEPS_OPTIONS,
	{0, "set", "FIELD=VALUE", N_("set any other field of the document"), true},
	{0},
};

bool steps_allow(const char *event, struct err *err)
{
	static const char *const others[] = {"opened",        "ticket-open", "imported",
					     "ledger-import", "callback",    "callback-log"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i += 2)
		if (strcmp(event, others[i]) == 0)
			return err_set(err, STATUS_USAGE, "%s is recorded by %s", event,
				       others[i + 1]);
	return true;
}

struct node *steps_document(struct desk *desk, const char *step, const char *kind, struct err *err)
{
	static const struct desk_field fields[] = {
		{"worker", "workers"},
		{"material", "materials"},
		{"work", "work"},
		{"price", "price"},
		{"item", "items"},
		{"amount", "amount"},
		{"charge", "charge"},
		{"labour", "labour"},
		{"material-cost", "material"},
		{"start", "start"},
		{"end", "end"},
		{"checked-by", "checked-by"},
		{"hours", "hours"},
		{"signature", "signature"},
		{"opinion", "opinion"},
		{"result", "result"},
		{"checked", "checked"},
		{"unchecked", "unchecked"},
		{"said-by", "said-by"},
		{"channel", "channel"},
		{"found", "found"},
		{"into", "into"},
		{"of", "of"},
		{"reason", "reason"},
		{0},
	};
	/* who joins, who leaves, or whom the matter concerns, and the number on the slip */
	static const struct desk_field joins[] = {{"unit", "joined.unit"},
						  {"name", "joined.name"},
						  {"phone", "joined.phone"},
						  {0}},
				       leaves[] = {{"unit", "household"},
						   {"phone", "household"},
						   {0}},
				       others[] = {{"unit", "customer.unit"},
						   {"name", "customer.name"},
						   {"phone", "phone-seen"},
						   {0}};
	enum event event = event_of(step);
	struct node *document = ticket_document(&desk->arena, step);
	bool done = desk_fields(desk, document, kind,
				event == EVENT_JOINED_BY  ? joins
				: event == EVENT_UNJOINED ? leaves
							  : others,
				err) &&
		    desk_fields(desk, document, kind, fields, err) &&
		    desk_more(desk, document, kind, err);
	return done ? document : NULL;
}

struct node **steps_all(struct desk *desk, struct node *const *own, size_t count, const char *kind,
			struct err *err)
{
	size_t more = cli_steps(desk->cli);
	struct node **all = arena_alloc(&desk->arena, (count + more) * sizeof *all);
	for (size_t i = 0; i < count; i++)
		all[i] = own[i];
	bool done = true;
	for (size_t i = 0; done && i < more; i++) {
		cli_turn(desk->cli, i + 1);
		const char *step = cli_operand(desk->cli, 0);
		done = steps_allow(step, err) &&
		       (all[count + i] = steps_document(desk, step, kind, err)) != NULL;
	}
	cli_turn(desk->cli, 0);
	return done ? all : NULL;
}

bool steps_record(struct desk *desk, const char *id, const char *kind, struct node *const *own,
		  size_t count, struct err *err)
{
	struct node **all = steps_all(desk, own, count, kind, err);
	return all && desk_record(desk, id, all, count + cli_steps(desk->cli), count, err);
}
