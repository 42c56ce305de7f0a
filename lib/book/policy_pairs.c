// SPDX-License-Identifier: MIT
// Whether keys that stand beside each other in a rule have a meaning together. Looks at one rule at
// a time, and at no names.
#include <inttypes.h>
#include <string.h>

#include "book/policy_parts.h"
#include "book/scheme.h"
#include "data/time.h"

/* A key that says nothing where another stands beside it, or has a value that begins like that. */
struct apart {
	enum rule_list list;
	const char *key, *other, *value; /* VALUE NULL: whatever the other says */
	const char *because;
};

static const struct apart aparts[] = {
	{RULE_STEP, "by", "refuse", NULL, "the step is refused to everybody"},
	{RULE_STEP, "after", "refuse", NULL, "the step is refused in any order"},
	{RULE_STEP, "not-after", "refuse", NULL, "the step is refused in any order"},
	{RULE_STEP, "newer", "refuse", NULL, "the step is refused in any order"},
	{RULE_STEP, "nothing-owed", "refuse", NULL, "the step is refused in any order"},
	{RULE_STEP, "needs", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "fill", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "equal", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "totals", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "at-most", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "sum", "refuse", NULL, "the step is refused with any fields"},
	{RULE_STEP, "sign", "refuse", NULL, "the step is refused whoever signs"},
	{RULE_STEP, "to", "refuse", NULL, "the step is refused to whomever it goes"},
	{RULE_STEP, "paper", "refuse", NULL, "the step is refused whoever signs"},
	{RULE_STEP, "countersign", "refuse", NULL, "the step is refused whoever signs"},
	{RULE_STEP, "outsiders", "refuse", NULL, "the step is refused whoever signs"},
	{RULE_STEP, "late", "refuse", NULL, "the step is refused at any time"},
	{RULE_STEP, "priced", "refuse", NULL, "the step is refused at any price"},
	{RULE_STEP, "caps", "refuse", NULL, "the step is refused whatever it comes to"},
	{RULE_STEP, "settled", "refuse", NULL, "the step is refused whatever is out"},
	{RULE_STEP, "report", "refuse", NULL, "the step is refused whatever is said"},
	{RULE_STEP, "complete", "refuse", NULL, "the step is refused whatever is there"},
	{RULE_PRICE, "least", "amount", NULL, "both say what it costs"},
	{RULE_PRICE, "most", "amount", NULL, "both say what it costs"},
	{RULE_DEADLINE, "start", "at", NULL, "the end is a time in a field, and not counted"},
	{RULE_DEADLINE, "within", "at", NULL, "the end is a time in a field, and not counted"},
	{RULE_DEADLINE, "anchor", "at", NULL, "the end is a time in a field"},
	{RULE_DEADLINE, "end", "at", NULL, "a time in a field is the very end"},
	{RULE_DEADLINE, "roll", "at", NULL, "a time in a field does not move"},
	{RULE_DEADLINE, "restart", "at", NULL, "a time in a field does not begin anew"},
	{RULE_DEADLINE, "restart", "only-if-late", NULL, "what looks back does not begin anew"},
	{RULE_DEADLINE, "anchor", "within", NULL, "both say when it ends"},
	{RULE_DEADLINE, "end", "anchor", NULL, "such a moment is always the end of a day"},
	{RULE_DEADLINE, "roll", "anchor", NULL, "such a moment does not move: count it in wd"},
	{RULE_DEADLINE, "group", "only-if-late", NULL, "such a deadline belongs to no group"},
	{RULE_DEADLINE, "to", "only-if-late", NULL,
	 "such a deadline ends with the step that was late"},
	{RULE_CALLBACK, "anchor", "within", NULL, "both say when the window closes"},
	{RULE_CALLBACK, "end", "anchor", NULL, "such a moment is always the end of a day"},
	{RULE_ROUTINE, "yearly", "every", NULL, "both say when it comes round"},
	{RULE_ROUTINE, "since", "yearly", NULL, "the date in the field comes round by itself"},
	{RULE_ROUTINE, "spread", "yearly", NULL, "the date in the field is the day"},
	{RULE_ROUTINE, "spread", "since", NULL, "what is counted has its day"},
	{RULE_ROUTINE, "spread", "every", "day", "there is one day only"},
	{RULE_ROUTINE, "if", "for", "desk", "such a ticket is opened for no form"},
	{RULE_ROUTINE, "unless", "for", "desk", "such a ticket is opened for no form"},
	{RULE_PHRASE, "override", "then", "warn", "nothing is refused"},
	{RULE_SCHEME, "of", "subject", NULL, "what is appraised has no roles"},
	{RULE_SCHEME, "scores", "deductions", NULL, "both say how items are marked"},
	{RULE_SCHEME, "other", "scores", NULL, "there are no deductions"},
};

struct pairing {
	const struct policy *policy;
	const struct rule *rule;
	struct err *err; /* is set */
};

/* Places the error at AT. Returns false. */
static bool wrong_at(const struct pairing *pairing, const struct node *at)
{
	policy_damaged(pairing->rule->file, at, pairing->err);
	return err_clause(pairing->err, pairing->rule->clause);
}

/* KEY of MAP says nothing beside OTHER, BECAUSE of that. Returns false. */
static bool idle(const struct pairing *pairing, const struct node *map, const char *key,
		 const char *other, const char *because)
{
	const char *text = node_text(map, other);
	err_set(pairing->err, STATUS_DAMAGED, "%s: says nothing beside %s%s%s: %s", key, other,
		text ? " " : "", text ? text : "", because);
	return wrong_at(pairing, node_get(map, key));
}

static bool is_apart(const struct pairing *pairing, const struct apart *apart)
{
	const struct node *map = pairing->rule->node;
	if (!node_get(map, apart->key) || !node_get(map, apart->other) ||
	    (apart->value && !node_is_string(node_get(map, apart->other), apart->value)))
		return true;
	return idle(pairing, map, apart->key, apart->other, apart->because);
}

/* --- durations --- */

/* How long a duration is at least and at most, in whole days or, if it counts time, in seconds. */
struct span {
	bool days;
	int64_t least, most;
};

static bool span_of(const char *text, struct span *span, struct duration *duration)
{
	static const struct {
		int64_t least, most; /* most 0: no limit */
	} units[] = {
		[DURATION_MIN] = {60, 60}, [DURATION_H] = {3600, 3600}, [DURATION_WMIN] = {60, 0},
		[DURATION_WH] = {3600, 0}, [DURATION_D] = {1, 1},       [DURATION_WD] = {1, 0},
		[DURATION_W] = {7, 7},     [DURATION_MO] = {28, 31},    [DURATION_Y] = {365, 366},
	};
	struct err ignored = ERR_INIT;
	if (!text || !duration_parse(text, duration, &ignored)) {
		err_clear(&ignored);
		return false;
	}
	span->days = !duration_counts_time(duration->unit);
	span->least = duration->count * units[duration->unit].least;
	span->most = units[duration->unit].most ? duration->count * units[duration->unit].most
						: INT64_MAX;
	return true;
}

/* The unit that is counted: 1 h is 60 min, a year 12 months. */
static enum duration_unit plain(struct duration *duration)
{
	static const struct {
		enum duration_unit unit, plain;
		int64_t count;
	} plains[] = {{DURATION_H, DURATION_MIN, 60},
		      {DURATION_WH, DURATION_WMIN, 60},
		      {DURATION_W, DURATION_D, 7},
		      {DURATION_Y, DURATION_MO, 12}};
	for (size_t i = 0; i < sizeof plains / sizeof *plains; i++)
		if (plains[i].unit == duration->unit) {
			duration->unit = plains[i].plain;
			duration->count *= plains[i].count;
		}
	return duration->unit;
}

/* Whether A is longer than B whatever the days are like. A day that begins is not over: 1 d opens
 * a window before 24 h have passed, and ends one after. */
static bool is_longer(const char *a, const char *b)
{
	enum { DAY = 86400, HOUR = 3600 }; /* an hour for clocks that go forward or back */
	struct span longer, shorter;
	struct duration one, two;
	if (!span_of(a, &longer, &one) || !span_of(b, &shorter, &two))
		return false;
	if (plain(&one) == plain(&two))
		return one.count > two.count;
	if (shorter.most == INT64_MAX)
		return false;
	if (longer.days == shorter.days)
		return longer.least > shorter.most;
	if (longer.days)
		return (longer.least - 1) * DAY - HOUR > shorter.most;
	return longer.least > (shorter.most + 1) * DAY + HOUR;
}

static bool is_none(const char *text)
{
	return strncmp(text, "0 ", 2) == 0;
}

/* What is counted in time and is 0 long is over when it begins. 0 d is that day. */
static bool lasts(const struct pairing *pairing, enum rule_list list)
{
	static const struct {
		enum rule_list list;
		const char *map, *key; /* MAP NULL: the rule itself */
		bool days;             /* 0 d, too, is nothing */
	} keys[] = {
		{RULE_DEADLINE, NULL, "within", false},
		{RULE_CALLBACK, NULL, "within", false},
		{RULE_REPEAT, NULL, "within", false},
		{RULE_SURVEY, NULL, "within", false},
		{RULE_SURVEY, NULL, "every", true},
		{RULE_SURVEY, NULL, "ask-again-after", true},
		{RULE_RATING, NULL, "every", true},
		{RULE_EXTENSION, NULL, "total", false},
		{RULE_SCHEME, "keep", "for", true},
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].list != list)
			continue;
		const struct node *map = keys[i].map ? node_get(pairing->rule->node, keys[i].map)
						     : pairing->rule->node;
		const char *text = node_text(map, keys[i].key);
		struct duration duration;
		struct span span;
		if (!text || !is_none(text) || !span_of(text, &span, &duration) ||
		    (span.days && !keys[i].days))
			continue;
		err_set(pairing->err, STATUS_DAMAGED, "%s: \"%s\" is no time at all", keys[i].key,
			text);
		return wrong_at(pairing, node_get(map, keys[i].key));
	}
	return true;
}

/* Whether what is counted by KEY of MAP ends in a time anybody will see. What is later fails when
 * it is counted, so no ticket could be opened. */
static bool ends_some_day(const struct pairing *pairing, const struct node *map, const char *key)
{
	enum { DAYS = 40 * 365, DAY = 86400 };
	const char *text = node_text(map, key);
	struct duration duration;
	struct span span;
	if (!span_of(text, &span, &duration) || (span.days ? span.least : span.least / DAY) <= DAYS)
		return true;
	err_set(pairing->err, STATUS_DAMAGED, "%s: \"%s\" is longer than 40 years", key, text);
	return wrong_at(pairing, node_get(map, key));
}

static bool all_end_some_day(const struct pairing *pairing)
{
	static const char *const keys[] = {"within", "opens", "late",
					   "total",  "every", "ask-again-after"};
	const struct node *map = pairing->rule->node, *notice;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!ends_some_day(pairing, map, keys[i]))
			return false;
	for (size_t i = 0; (notice = node_item(node_get(map, "tell"), i)); i++)
		if (!ends_some_day(pairing, notice, "early") ||
		    !ends_some_day(pairing, notice, "late"))
			return false;
	return true;
}

/* end and roll are about the last of some days. */
static bool ends_a_day(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node;
	const char *within = node_text(map, "within");
	struct duration duration;
	struct span span;
	if (!span_of(within, &span, &duration))
		return true;
	if (node_get(map, "end") && !span.days)
		return idle(pairing, map, "end", "within", "time is counted, not days");
	if (node_get(map, "roll") && !span.days)
		return idle(pairing, map, "roll", "within", "time is counted, not days");
	if (node_get(map, "roll") && duration.unit == DURATION_WD)
		return idle(pairing, map, "roll", "within", "the last working day is never off");
	return true;
}

static bool counts_working_time(const char *text)
{
	struct duration duration;
	struct span span;
	return span_of(text, &span, &duration) &&
	       (duration.unit == DURATION_WMIN || duration.unit == DURATION_WH);
}

/* Whether something is counted in the deadline's hours, or ends with them. */
static bool hours_are_used(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *end = node_get(map, "end"), *notice;
	const char *within = node_text(map, "within");
	struct duration duration;
	struct span span;
	bool used = !node_get(map, "hours") || counts_working_time(within);
	if (!used && span_of(within, &span, &duration) && span.days)
		used = end ? node_is_string(end, "business") : duration.unit == DURATION_WD;
	for (size_t i = 0; !used && (notice = node_item(node_get(map, "tell"), i)); i++)
		used = counts_working_time(node_text(notice, "early")) ||
		       counts_working_time(node_text(notice, "late"));
	if (used)
		return true;
	err_set(pairing->err, STATUS_DAMAGED,
		"hours: nothing of this deadline is counted in them: only wmin and wh are, and wd "
		"or end: business ends with them");
	return wrong_at(pairing, node_get(map, "hours"));
}

/* --- rules of each list --- */

/* Whether there is a name in A, and every one is among B. */
static bool all_are_in(const struct node *a, const struct node *b)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(a, &i));)
		if (!node_holds(b, name))
			return false;
	return node_each(a, 0);
}

static bool conditions_can_hold(const struct pairing *pairing)
{
	const struct node *unless = node_get(pairing->rule->node, "unless");
	const char *name;
	for (size_t i = 0; (name = node_each_text(node_get(pairing->rule->node, "if"), &i));) {
		if (!node_holds(unless, name))
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"unless: \"%s\" stands under if as well, so the rule never applies", name);
		return wrong_at(pairing, unless);
	}
	return true;
}

/* What has to be newer comes before the step. */
static bool newer_comes_before(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *list = node_get(map, "newer"), *pair;
	for (size_t i = 0; (pair = node_item(list, i)); i++) {
		const char *first = node_item_text(pair, 0);
		if (!first || !node_holds(node_get(map, "step"), first))
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"newer: %s is the step itself: what has to be newer comes before it",
			first);
		return wrong_at(pairing, node_item(pair, 0));
	}
	return true;
}

/* All of after must have happened, and none of not-after. */
static bool step_has_its_turn(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *after = node_get(map, "after"),
			  *steps = node_get(map, "step");
	const char *step;
	if (!newer_comes_before(pairing))
		return false;
	if (!after)
		return true;
	if (names_meet(after, node_get(map, "not-after"))) {
		err_set(pairing->err, STATUS_DAMAGED,
			"not-after: the same step stands under after, and it cannot have happened "
			"and not have happened");
		return wrong_at(pairing, node_get(map, "not-after"));
	}
	for (size_t i = 0; (step = node_each_text(steps, &i));) {
		if (!node_holds(after, step))
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"after: %s would have to happen before it happens first", step);
		return wrong_at(pairing, after);
	}
	return true;
}

/* The number at A of MAP compared with the one at B; 0 where one is missing. */
static int compare(const struct node *map, const char *a, const char *b)
{
	struct decimal *one = scheme_number(map, a), *two = scheme_number(map, b);
	int order = one && two ? decimal_compare(one, two) : 0;
	if (one)
		decimal_free(one);
	if (two)
		decimal_free(two);
	return order;
}

/* What a cap compares with: at most two limits, of which one is not above the other. */
static bool caps_can_be_kept(const struct pairing *pairing)
{
	static const char *const limits[] = {"at-most", "at-least", "exactly"};
	const struct node *cap;
	for (size_t i = 0; (cap = node_item(node_get(pairing->rule->node, "caps"), i)); i++) {
		const char *most = node_text(cap, "at-most"), *least = node_text(cap, "at-least");
		size_t count = 0;
		for (size_t j = 0; j < sizeof limits / sizeof *limits; j++)
			count += node_get(cap, limits[j]) != NULL;
		if (node_get(cap, "count") && node_get(cap, "sum"))
			return idle(pairing, cap, "count", "sum", "write one entry for each");
		for (size_t j = 0; j < 2; j++)
			if (node_get(cap, limits[j]) && node_get(cap, "exactly"))
				return idle(pairing, cap, limits[j], "exactly",
					    "that leaves no other number");
		bool numbers = most && least && *most >= '0' && *most <= '9' && *least >= '0' &&
			       *least <= '9';
		if (count && (!numbers || compare(cap, "at-least", "at-most") <= 0))
			continue;
		if (count)
			err_set(pairing->err, STATUS_DAMAGED,
				"at-least: %s is more than at-most, %s", least, most);
		else
			err_set(pairing->err, STATUS_DAMAGED,
				"caps: it says nothing without at-most, at-least or exactly");
		return wrong_at(pairing, count ? node_get(cap, "at-least") : cap);
	}
	return true;
}

/* What the step ends itself is never owed any more when it is judged. */
static bool something_may_be_owed(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *names = node_get(map, "nothing-owed"), *at;
	for (size_t i = 0; (at = node_each(names, i)); i++) {
		const char *name = node_as_text(at);
		const struct rule *owed =
			policy_find_beside(pairing->policy, RULE_DEADLINE, pairing->rule, name);
		if (!owed || !names_meet(node_get(owed->node, "until"), node_get(map, "step")))
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"nothing-owed: it has no effect, as the step itself ends %s", name);
		return wrong_at(pairing, at);
	}
	return true;
}

static bool step_can_be_taken(const struct pairing *pairing)
{
	return step_has_its_turn(pairing) && something_may_be_owed(pairing) &&
	       caps_can_be_kept(pairing);
}

static bool deadline_can_end(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *until = node_get(map, "until"), *notice;
	const char *start = node_text(map, "start"), *other = node_text(map, "only-if-late"),
		   *name = node_text(map, "rule");
	if (start && until && all_are_in(until, node_get(map, "start"))) {
		err_set(pairing->err, STATUS_DAMAGED,
			"until: %s starts the deadline, so it cannot end it", start);
		return wrong_at(pairing, until);
	}
	if (names_meet(node_get(map, "restart"), until)) {
		err_set(pairing->err, STATUS_DAMAGED,
			"restart: the same step stands under until, which ends the deadline");
		return wrong_at(pairing, node_get(map, "restart"));
	}
	if (other && name && strcmp(other, name) == 0) {
		err_set(pairing->err, STATUS_DAMAGED,
			"only-if-late: \"%s\" is this deadline itself, which is not yet set", name);
		return wrong_at(pairing, node_get(map, "only-if-late"));
	}
	if (other && start && strchr(start, '.')) {
		err_set(pairing->err, STATUS_DAMAGED,
			"start: beside only-if-late it is a step, and no field of one");
		return wrong_at(pairing, node_get(map, "start"));
	}
	for (size_t i = 0; (notice = node_item(node_get(map, "tell"), i)); i++) {
		const char *within = node_text(map, "within"), *early = node_text(notice, "early");
		if (node_get(notice, "early") && node_get(notice, "late"))
			return idle(pairing, notice, "late", "early",
				    "write one entry for each of them");
		if (!within || !early || !is_longer(early, within))
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"early: \"%s\" before the end is before the start, as all of it is \"%s\"",
			early, within);
		return wrong_at(pairing, node_get(notice, "early"));
	}
	return ends_a_day(pairing) && hours_are_used(pairing);
}

static bool price_is_possible(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node;
	if (compare(map, "least", "most") <= 0)
		return true;
	err_set(pairing->err, STATUS_DAMAGED, "most: %s is less than the least, %s",
		node_text(map, "most"), node_text(map, "least"));
	return wrong_at(pairing, node_get(map, "most"));
}

/* Whether as many calls, on as many days, can be made in the window. */
static bool can_be_tried(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *attempts = node_get(map, "attempts");
	const char *opens = node_text(map, "opens"), *within = node_text(map, "within");
	struct span from = {0}, to;
	struct duration duration;
	int64_t times, days;
	if (!attempts || !node_integer(attempts, "times", &times) ||
	    !node_integer(attempts, "days", &days))
		return true;
	if (days > times) {
		err_set(pairing->err, STATUS_DAMAGED,
			"days: %" PRId64 " calls cannot be on %" PRId64 " days", times, days);
		return wrong_at(pairing, node_get(attempts, "days"));
	}
	if (!within || !span_of(within, &to, &duration) || to.most == INT64_MAX ||
	    (opens && !span_of(opens, &from, &duration)))
		return true;
	/* the first and the last day are counted whole */
	int64_t most = to.days ? to.most : to.most / 86400 + 1,
		least = from.days ? from.least : from.least / 86400;
	if (days <= most - least + 1)
		return true;
	err_set(pairing->err, STATUS_DAMAGED,
		"days: the window from \"%s\" to \"%s\" does not have %" PRId64 " days",
		opens ? opens : "0 d", within, days);
	return wrong_at(pairing, node_get(attempts, "days"));
}

static bool window_is_open(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node, *manner = node_get(map, "manner");
	const char *opens = node_text(map, "opens"), *within = node_text(map, "within"),
		   *on_site = node_text(map, "on-site");
	if (opens && within && is_longer(opens, within)) {
		err_set(pairing->err, STATUS_DAMAGED,
			"opens: the window closes within \"%s\", before it opens after \"%s\"",
			within, opens);
		return wrong_at(pairing, node_get(map, "opens"));
	}
	if (compare(map, "minimum", "rate") > 0) {
		err_set(pairing->err, STATUS_DAMAGED,
			"minimum: %s is more than the rate %s that is owed",
			node_text(map, "minimum"), node_text(map, "rate"));
		return wrong_at(pairing, node_get(map, "minimum"));
	}
	if (on_site && manner && strspn(on_site, "0.") < strlen(on_site) &&
	    !node_holds(manner, "on-site") && !node_holds(manner, "visit")) {
		err_set(pairing->err, STATUS_DAMAGED,
			"on-site: neither calls on site nor visits count, as manner names others");
		return wrong_at(pairing, node_get(map, "on-site"));
	}
	return can_be_tried(pairing) && ends_a_day(pairing);
}

static bool routine_counts(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node;
	const char *every = node_text(map, "every");
	return !node_get(map, "about") || !every || *every < '0' || *every > '9' ||
	       idle(pairing, map, "about", "every", "what is counted has no period before it");
}

static bool rating_has_a_choice(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node;
	int64_t least, most;
	if (!node_integer(map, "least", &least) || !node_integer(map, "most", &most) ||
	    least < most)
		return true;
	err_set(pairing->err, STATUS_DAMAGED, "most: it must be more than least, %lld",
		(long long)least);
	return wrong_at(pairing, node_get(map, "most"));
}

/* Whether no two entries of the list at KEY of the rule have one name at NAME. */
static bool names_differ(const struct pairing *pairing, const char *key, const char *name)
{
	const struct node *list = node_get(pairing->rule->node, key), *part, *other;
	for (size_t i = 0; (part = node_item(list, i)); i++)
		for (size_t j = 0; j < i && (other = node_item(list, j)); j++) {
			const char *text = node_text(part, name);
			if (!text || !node_is_string(node_get(other, name), text))
				continue;
			err_set(pairing->err, STATUS_DAMAGED, "%s: \"%s\" appears twice", name,
				text);
			return wrong_at(pairing, node_get(part, name));
		}
	return true;
}

static bool bearers_differ(const struct pairing *pairing)
{
	return names_differ(pairing, "bearers", "bearer");
}

/* Items differ, and are asked for by what the form itself shows: a checklist stands in lists of
 * many forms. */
static bool items_can_be_asked(const struct pairing *pairing)
{
	static const char *const keys[] = {"if", "unless"};
	const struct node *list = node_get(pairing->rule->node, "items"), *item;
	for (size_t i = 0; (item = node_item(list, i)); i++) {
		const struct rule rule = {.node = item};
		const struct node *at = node_get(item, keys[0]);
		if (!policy_asks_linked(pairing->policy, &rule))
			continue;
		at = at ? at : node_get(item, keys[1]);
		err_set(pairing->err, STATUS_DAMAGED,
			"%s: an item is asked for by what the form itself shows, and not by what "
			"is linked",
			node_get(item, keys[0]) ? keys[0] : keys[1]);
		return wrong_at(pairing, at);
	}
	return names_differ(pairing, "items", "item");
}

/* What a category gives its tickets must be among what their kinds allow. */
static bool severity_is_allowed(const struct pairing *pairing)
{
	const struct node *map = pairing->rule->node;
	const char *severity = node_text(map, "severity"), *kind;
	for (size_t i = 0; severity && (kind = node_each_text(node_get(map, "kind"), &i));) {
		struct arena arena = ARENA_INIT;
		const struct node *allowed = policy_severities(pairing->policy, &arena, kind);
		bool fine = !allowed || node_holds(allowed, severity);
		arena_clear(&arena);
		if (fine)
			continue;
		err_set(pairing->err, STATUS_DAMAGED,
			"severity: \"%s\" is not among the severities of the kind %s", severity,
			kind);
		return wrong_at(pairing, node_get(map, "severity"));
	}
	return true;
}

/* Whether sheets and grades are for some of those who are appraised. */
static bool sheets_are_for_some(const struct pairing *pairing)
{
	static const char *const lists[] = {"grades", "sheets"};
	const struct node *map = pairing->rule->node, *of = node_get(map, "of"), *part;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; (part = node_item(node_get(map, lists[i]), j)); j++) {
			const struct node *roles = node_get(part, "of");
			if (!roles || (!node_get(map, "subject") && (!of || names_meet(roles, of))))
				continue;
			err_set(pairing->err, STATUS_DAMAGED,
				"of: nobody whom the scheme appraises has one of these roles");
			return wrong_at(pairing, roles);
		}
	return names_differ(pairing, "grades", "grade") &&
	       names_differ(pairing, "evidence", "evidence");
}

bool policy_pairs_fit(const struct policy *policy, enum rule_list list, const struct rule *rule,
		      struct err *err)
{
	const struct pairing pairing = {.policy = policy, .rule = rule, .err = err};
	static bool (*const fits[RULE_LISTS])(const struct pairing *) = {
		[RULE_PRICE] = price_is_possible,      [RULE_PENALTY] = bearers_differ,
		[RULE_CHECKLIST] = items_can_be_asked, [RULE_CATEGORY] = severity_is_allowed,
		[RULE_STEP] = step_can_be_taken,       [RULE_DEADLINE] = deadline_can_end,
		[RULE_CALLBACK] = window_is_open,      [RULE_ROUTINE] = routine_counts,
		[RULE_RATING] = rating_has_a_choice,   [RULE_SCHEME] = sheets_are_for_some,
	};
	if (list >= RULE_LISTS)
		return true;
	for (size_t i = 0; i < sizeof aparts / sizeof *aparts; i++)
		if (aparts[i].list == list && !is_apart(&pairing, &aparts[i]))
			return false;
	return all_end_some_day(&pairing) && lasts(&pairing, list) &&
	       conditions_can_hold(&pairing) && (!fits[list] || fits[list](&pairing));
}
