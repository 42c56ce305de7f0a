// SPDX-License-Identifier: MIT
// staff-log: records who joins, changes, leaves, is absent or back.
#include "cli/desk.h"
#include "cli/unfilled.h"
#include "staff/roster.h"
#include "ticket/listing.h"
#include "ticket/outstanding.h"

static const struct cli_option options[] = {
	{'n', "name", "NAME", N_("the person's name"), false},
	{'r', "role", "ROLE", N_("a role"), true},
	{'a', "area", "AREA", N_("a building, or how its units begin"), true},
	{'d', "department", "DEPARTMENT", N_("the department"), false},
	{'p', "phone", "NUMBER", N_("the telephone number"), false},
	{'l', "login", "LOGIN", N_("the login on this machine, where it is not the person's id"),
	 false},
	{0, "nature", "person|service|station",
	 N_("what the login is: a person's, cron's, or one that several share"), false},
	{0, "from", "TIME", N_("when it comes into force; may be in the future"), false},
	{0, "until", "TIME", N_("when the absence ends"), false},
	{0, "deputy", "PERSON", N_("who acts for the absent person"), false},
	{0, "again", NULL, N_("who joins was here before, under this id"), false},
	{0, "reason", "TEXT", N_("why"), false},
	{0},
};

/* Says what waits for PERSON, who leaves or is absent, and how to list it. */
static void say_open(struct desk *desk, const char *person)
{
	const struct listing_filter filter = {.person = person, .since = INT64_MIN};
	struct listing listing;
	size_t callbacks = 0;
	listing_read(&desk->book, &filter, &listing);
	for (size_t i = 0; i < listing.count; i++)
		callbacks += listing.entries[i].callback;
	if (listing.count)
		cli_say(desk->cli,
			"%s: open for them: tickets %zu, callbacks %zu (ticket-list --for %s)",
			person, listing.count - callbacks, callbacks, person);
	if (listing.gathered.problems.count)
		cli_say(desk->cli, "%s: more may be open: not all could be read (ledger-check)",
			person);
	listing_clear(&listing);
}

/* What is still out with PERSON, who leaves: *SAID gets it, NULL where that is nothing. Without a
 * REASON for it they do not leave. */
static bool find_outstanding(struct desk *desk, const char *person, bool reason, struct node **said,
			     struct err *err)
{
	const struct outstanding_filter filter = {.forms = {.since = INT64_MIN}, .holder = person};
	struct outstanding outstanding;
	size_t cursor = 0;
	if (!policy_next(desk->book.policy, RULE_BALANCE, &cursor))
		return true;
	outstanding_read(&desk->book, &filter, &outstanding);
	if (outstanding.count && !reason)
		outstanding_refuse(&outstanding, person, err);
	else if (outstanding.count)
		*said = outstanding_said(&outstanding, &desk->arena);
	outstanding_clear(&outstanding);
	return !err->text;
}

/* When what DOCUMENT says comes into force, from now on. */
static int64_t moment_of(const struct desk *desk, const struct node *document)
{
	struct err ignored = ERR_INIT;
	int64_t from;
	bool says = node_get(document, "from") &&
		    document_time(LEDGER_STAFF, document, "from", &from, &ignored);
	err_clear(&ignored);
	return says && from > desk->book.now ? from : desk->book.now;
}

/* Says what follows from what was recorded of PERSON, as it is now. BEFORE: what nobody could
 * fulfil at the instant AT before that. */
static void say_follows(struct desk *desk, enum event what, const char *person,
			const struct unfilled_set *before, int64_t at)
{
	struct err ignored = ERR_INIT;
	struct unfilled_set now;
	if (book_refresh(&desk->book, &ignored)) {
		if (what == EVENT_LEFT || what == EVENT_ABSENT)
			say_open(desk, person);
		unfilled_find(&now, &desk->book, at);
		cli_unfilled_changed(desk->cli, &desk->book, before, &now, at);
		unfilled_clear(&now);
	}
	err_clear(&ignored);
}

static bool record(struct desk *desk, struct err *err)
{
	static const struct desk_field fields[] = {
		{"name", "name"},     {"role", "roles"},
		{"area", "areas"},    {"department", "department"},
		{"phone", "phone"},   {"login", "login"},
		{"nature", "nature"}, {"from", "from"},
		{"until", "until"},   {"deputy", "deputy"},
		{"reason", "reason"}, {0},
	};
	const char *event = cli_operand(desk->cli, 0), *person = cli_operand(desk->cli, 1);
	struct node *document = ticket_document(&desk->arena, event);
	if (!roster_field(&desk->book, &desk->arena, document, "person", person, err) ||
	    !desk_take(desk, document, fields, roster_field, err))
		return false;
	bool again = cli_has(desk->cli, "again");
	enum event what = event_of(event);
	if (again && what != EVENT_JOINED)
		return err_set(err, STATUS_USAGE,
			       "--again: only who joined can have been here before");
	struct node *outstanding = NULL;
	if (what == EVENT_LEFT &&
	    !find_outstanding(desk, person, node_get(document, "reason"), &outstanding, err))
		return false;
	struct unfilled_set before;
	int64_t at = moment_of(desk, document);
	unfilled_find(&before, &desk->book, at);
	bool done = roster_record(&desk->book, &desk->arena, &desk->request, document, again,
				  outstanding, &desk->recorded, err);
	desk_report(desk, true);
	if (desk->recorded.in_place && !desk->request.dry_run && !cli_has(desk->cli, "quiet"))
		say_follows(desk, what, person, &before, at);
	unfilled_clear(&before);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	static const char *const events[] = {"joined", "changed", "left", "absent", "back", NULL};
	return cli_one_of(cli_operand(cli, 0), events, err) &&
	       desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "staff-log",
		.synopsis = "joined|changed|left|absent|back PERSON",
		.summary = N_("record who joins, changes, leaves, is absent or back"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 2,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
