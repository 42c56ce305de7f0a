// SPDX-License-Identifier: MIT
// What personnel registers lack by the policy: courses and certificates of those who work here,
// ratings that are due.
#include "staff/lacking.h"

#include <string.h>

#include "base/decimal.h"
#include "book/scheme.h"
#include "data/deadline.h"
#include "data/time.h"
#include "staff/personnel.h"
#include "store/file.h"

struct search {
	struct book *book;
	const struct languages *languages;
	struct arena arena;
	void (*tell)(void *state, const struct lack *lack);
	void *state;
};

static bool owes(const struct rule *rule, const struct member *member)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(node_get(rule->node, "roles"), &i));)
		if (node_holds(member->roles, role))
			return true;
	return false;
}

static const char *title_of(const struct search *search, const struct rule *rule)
{
	return language_choose(search->languages, node_get(rule->node, "title"), NULL);
}

static const char *hours_text(struct search *search, const struct decimal *hours)
{
	struct buf text;
	buf_init(&text);
	decimal_format_exact(hours, &text);
	const char *kept = arena_printf(&search->arena, "%s h", text.data);
	buf_clear(&text);
	return kept;
}

static void look_for_courses(struct search *search, const struct member *member,
			     const struct personnel *personnel)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(search->book->policy, RULE_COURSE, &cursor))) {
		const char *course = node_text(rule->node, "course");
		bool passed;
		if (!owes(rule, member))
			continue;
		struct decimal *hours = personnel_hours(personnel, course, search->book->now,
							&passed),
			       *needed = scheme_number(rule->node, "hours");
		if (!passed || (needed && decimal_compare(hours, needed) < 0)) {
			struct lack lack = {.person = member->id,
					    .name = member->name,
					    .what = course,
					    .title = title_of(search, rule),
					    .needs = needed ? hours_text(search, needed) : NULL,
					    .has = needed && passed ? hours_text(search, hours)
								    : NULL,
					    .clause = rule->clause};
			search->tell(search->state, &lack);
		}
		decimal_free(hours);
		decimal_free(needed);
	}
}

static void look_for_certificates(struct search *search, const struct member *member,
				  const struct personnel *personnel)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(search->book->policy, RULE_CERTIFICATE, &cursor))) {
		const char *certificate = node_text(rule->node, "certificate");
		if (!owes(rule, member) ||
		    personnel_certified(search->book, personnel, certificate, search->book->now))
			continue;
		struct lack lack = {.person = member->id,
				    .name = member->name,
				    .what = certificate,
				    .title = title_of(search, rule),
				    .clause = rule->clause};
		search->tell(search->state, &lack);
	}
}

/* When the rating that was last recorded, or else the registering, asks for the next. */
static bool next_rating(struct search *search, const struct rule *rule,
			const struct personnel *personnel, int64_t *last, int64_t *next)
{
	const char *every = node_text(rule->node, "every"), *name = node_text(rule->node, "rating");
	struct clock clock = book_clock(search->book, NULL, search->book->now);
	struct duration duration;
	struct err ignored = ERR_INIT;
	struct due due = {0};
	int64_t from = 0;
	*last = 0;
	for (size_t i = 0; i < personnel->count; i++) {
		const struct personnel_entry *entry = &personnel->entries[i];
		bool rated = entry->which == EVENT_RATED &&
			     node_is_string(node_get(entry->root, "rating"), name);
		if (entry->voided || (!rated && entry->which != EVENT_REGISTERED))
			continue;
		from = entry->at > from ? entry->at : from;
		*last = rated && entry->at > *last ? entry->at : *last;
	}
	bool done = every && duration_parse(every, &duration, &ignored) &&
		    deadline_find(&clock, from, duration, DAY_END_USUAL, false, &due, &ignored);
	*next = due.at;
	err_clear(&ignored);
	return done;
}

static const char *day_text(struct search *search, const char *before, int64_t at)
{
	struct buf text;
	buf_init(&text);
	date_format(zone_day(&search->book->zone, at), &text);
	const char *kept = arena_printf(&search->arena, "%s%s", before, text.data);
	buf_clear(&text);
	return kept;
}

static void look_for_ratings(struct search *search, const struct personnel *personnel)
{
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(search->book->policy, RULE_RATING, &cursor))) {
		int64_t last, next;
		if (!node_is_string(node_get(rule->node, "subject"), personnel->subject) ||
		    !next_rating(search, rule, personnel, &last, &next) ||
		    search->book->now <= next)
			continue;
		struct lack lack = {.person = personnel->person,
				    .name = personnel->name,
				    .what = node_text(rule->node, "rating"),
				    .title = title_of(search, rule),
				    .needs = day_text(search, "by ", next),
				    .has = last ? day_text(search, "", last) : NULL,
				    .clause = rule->clause};
		search->tell(search->state, &lack);
	}
}

static void find_in(struct search *search, const char *person, struct err *err)
{
	const struct member *member = staff_find(&search->book->staff, person, search->book->now);
	struct personnel personnel;
	struct err problem = ERR_INIT;
	if (personnel_read(search->book, person, &personnel, &problem)) {
		if (member && !member->left && strcmp(member->nature, "person") == 0) {
			look_for_courses(search, member, &personnel);
			look_for_certificates(search, member, &personnel);
		}
		if (personnel.subject)
			look_for_ratings(search, &personnel);
	} else {
		err_merge(err, &problem);
	}
	personnel_clear(&personnel);
}

bool lacking_find(struct book *book, const char *person, const struct languages *languages,
		  void (*tell)(void *state, const struct lack *lack), void *state, struct err *err)
{
	struct search search = {.book = book, .languages = languages, .tell = tell, .state = state};
	struct file_names names = {0};
	const struct member *member;
	size_t cursor = 0;
	if (person) {
		find_in(&search, person, err);
	} else {
		while ((member = staff_next(&book->staff, book->now, &cursor)))
			find_in(&search, member->id, err);
		if (file_list(&book->store.root, "personnel", &names, err) != FILE_READ)
			file_names_clear(&names);
		file_names_keep(&names, ".yaml");
		for (size_t i = 0; i < names.count; i++)
			if (!staff_find(&book->staff, names.items[i], INT64_MAX))
				find_in(&search, names.items[i], err);
	}
	file_names_clear(&names);
	arena_clear(&search.arena);
	return !err->text;
}
