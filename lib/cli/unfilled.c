// SPDX-License-Identifier: MIT
// What commands say of duties that nobody can fulfil. Finds none itself.
#include "cli/unfilled.h"

#include <string.h>

#include "data/time.h"

void cli_unfilled(struct cli *cli, size_t count)
{
	if (count)
		cli_say(cli,
			count == 1 ? _("%zu duty nobody here can fulfil: policy-list --unfilled "
				       "lists it")
				   : _("%zu duties nobody here can fulfil: policy-list --unfilled "
				       "lists them"),
			count);
}

/* Whether all that WHOM names is among what BEFORE names at the same place. */
static bool was_there(const struct unfilled_set *before, const struct unfilled *now)
{
	const char *one;
	for (size_t i = 0; i < before->count; i++) {
		const struct unfilled *item = &before->items[i];
		bool all = item->rule == now->rule && strcmp(item->key, now->key) == 0;
		for (size_t j = 0; all && (one = node_each_text(now->whom, &j));)
			all = node_holds(item->whom, one);
		if (all)
			return true;
	}
	return false;
}

/* Whether NOW has something that BEFORE has not, or fewer. */
static bool has_changed(const struct unfilled_set *before, const struct unfilled_set *now)
{
	for (size_t i = 0; i < now->count; i++)
		if (!was_there(before, &now->items[i]))
			return true;
	return now->count != before->count;
}

void cli_unfilled_changed(struct cli *cli, const struct book *book,
			  const struct unfilled_set *before, const struct unfilled_set *now,
			  int64_t at)
{
	struct buf when;
	if (!has_changed(before, now))
		return;
	buf_init(&when);
	if (at > book->now) {
		buf_adds(&when, "from ");
		time_format_short(&book->zone, at, &when);
		buf_adds(&when, " on: ");
	}
	if (now->count)
		cli_say(cli,
			_("%sduties nobody here can fulfil: %zu, before: %zu (policy-list "
			  "--unfilled)"),
			when.data, now->count, before->count);
	else
		cli_say(cli, _("%sno duty is left that nobody here can fulfil"), when.data);
	buf_clear(&when);
}
