// SPDX-License-Identifier: MIT
// What the rules ask of somebody whom nobody here is. Reads rules, staff and forms; judges no step.
#include "ticket/unfilled.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/whom.h"

struct finding {
	struct unfilled_set *set;
	const struct book *book;
	struct staff_moment moment;
	size_t room;
	const struct rule *rule;
	enum rule_list list;
	const char *key;
};

/* Where rules ask for people. */
static const struct place {
	enum rule_list list;
	const char *key;
	const char *within; /* of each entry of a list the key that asks */
	bool each;          /* each one of the list is asked for, not one of them */
} places[] = {
	{RULE_STEP, "by", NULL, false},
	{RULE_STEP, "to", NULL, false},
	{RULE_STEP, "sign", "role", false},
	{RULE_STEP, "countersign", "role", false},
	{RULE_DEADLINE, "to", NULL, false},
	{RULE_DEADLINE, "tell", "role", false},
	{RULE_EXTENSION, "by", NULL, false},
	{RULE_CALLBACK, "who", NULL, true},
	{RULE_ROUTINE, "role", NULL, false},
	{RULE_SURVEY, "by", NULL, false},
	{RULE_SURVEY, "approve", NULL, false},
	{RULE_SCHEME, "sheets", "by", false},
	{RULE_SCHEME, "sheets", "confirm", false},
	{RULE_DEGREE, "by", NULL, false},
	{RULE_COURSE, "by", NULL, false},
	{RULE_CERTIFICATE, "by", NULL, false},
	{RULE_APPOINTMENT, "by", NULL, false},
	{RULE_PENALTY, "by", NULL, false},
	{RULE_RATING, "by", NULL, false},
};

static bool is_anybody(struct finding *finding, const char *who)
{
	return staff_moment_meant(&finding->moment, who)->count;
}

/* Adds to WHOM the heads of departments that have none. */
static void add_headless(struct finding *finding, struct node *whom)
{
	struct arena *arena = &finding->set->arena;
	const struct rule *rule;
	for (size_t cursor = 0;
	     (rule = policy_next(finding->book->policy, RULE_DEPARTMENT, &cursor));) {
		const char *name = node_text(rule->node, "department");
		const char *head = whom_head(arena, name);
		if (name && !is_anybody(finding, head) && !node_holds(whom, head))
			node_push(arena, whom, node_string(arena, head));
	}
}

/* Looks for those of whom one is enough: PEOPLE (a role, {head-of: department}, or a list), or the
 * head, with HEAD. */
static void look_for(struct finding *finding, const struct node *people, bool head)
{
	struct unfilled_set *set = finding->set;
	struct arena *arena = &set->arena;
	struct node *whom = node_list(arena);
	const struct node *one;
	for (size_t i = 0; (one = node_each(people, i)); i++) {
		const char *role = node_as_text(one), *of = node_text(one, "head-of");
		bool own = of && strcmp(of, "department") == 0;
		if (of && !own)
			role = whom_head(arena, of);
		head = head || own;
		/* whoever recorded something is there, unless they have left */
		if (node_get(one, "recorded") || (role && is_anybody(finding, role)))
			return;
		if (role)
			node_push(arena, whom, node_string(arena, role));
	}
	size_t roles = node_item_count(whom);
	if (head)
		add_headless(finding, whom);
	if (!node_item_count(whom) || (head && node_item_count(whom) == roles))
		return;
	set->items = mem_room(set->items, set->count, 1, sizeof *set->items);
	set->items[set->count++] = (struct unfilled){.rule = finding->rule,
						     .list = finding->list,
						     .key = finding->key,
						     .whom = whom,
						     .heads = head,
						     .always = roles};
	set->steps = set->steps || finding->list == RULE_STEP;
}

static void look_at_place(struct finding *finding, const struct place *place)
{
	const struct node *asked = node_get(finding->rule->node, place->key), *one;
	if (!asked)
		return;
	if (!place->within && !place->each) {
		look_for(finding, asked, false);
		return;
	}
	for (size_t i = 0; (one = node_each(asked, i)); i++)
		if (place->within && (node_get(one, place->within) || node_get(one, "head-of")))
			look_for(finding, node_get(one, place->within), node_get(one, "head-of"));
		else if (place->each && !node_get(one, "person") && !node_get(one, "named"))
			look_for(finding, one, false);
}

void unfilled_find(struct unfilled_set *set, const struct book *book, int64_t at)
{
	*set = (struct unfilled_set){.arena = ARENA_INIT};
	struct finding finding = {.set = set, .book = book};
	int day = zone_day(&book->zone, at);
	staff_moment_take(&finding.moment, &book->staff, at);
	for (enum rule_list list = 0; list < RULE_LISTS; list++)
		for (size_t cursor = 0;
		     (finding.rule = policy_next(book->policy, list, &cursor));) {
			finding.list = list;
			if (!rule_in_force(finding.rule, day) ||
			    node_get(finding.rule->node, "refuse"))
				continue;
			for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
				finding.key = places[i].key;
				if (places[i].list == list)
					look_at_place(&finding, &places[i]);
			}
		}
	staff_moment_clear(&finding.moment);
}

void unfilled_clear(struct unfilled_set *set)
{
	arena_clear(&set->arena);
	free(set->items);
	*set = (struct unfilled_set){.arena = ARENA_INIT};
}

/* --- what waits for them --- */

/* Whether ITEM is about a step that FORM could take, which FORM's department decides where it asks
 * for heads. */
static bool concerns(const struct book *book, const struct unfilled *item, struct form *form)
{
	struct err ignored = ERR_INIT;
	struct arena arena = ARENA_INIT;
	bool concerned = !item->heads ||
			 node_holds(item->whom, whom_head(&arena, form->department));
	/* what a condition sees of linked forms is not read here */
	if (concerned && policy_asks_linked(book->policy, item->rule))
		concerned = false;
	if (concerned)
		concerned = policy_applies(book->policy, item->rule, form_view(form),
					   zone_day(&book->zone, book->now),
					   &ignored) == VERDICT_YES;
	err_clear(&ignored);
	arena_clear(&arena);
	return concerned;
}

static bool is_about(const struct unfilled *item, const char *step)
{
	return item->list == RULE_STEP && node_holds(node_get(item->rule->node, "step"), step);
}

const struct node *unfilled_deadline(const struct book *book, const struct unfilled_set *set,
				     struct form *form, const struct duty *duty,
				     struct arena *arena)
{
	struct node *whom = node_list(arena);
	const char *step, *one;
	for (size_t i = 0; set->steps && (step = node_each_text(duty->until, &i));) {
		bool blocked = !form_takes(form, step);
		for (size_t j = 0; !blocked && j < set->count; j++) {
			const struct unfilled *item = &set->items[j];
			if (!is_about(item, step) || !concerns(book, item, form))
				continue;
			blocked = true;
			const char *head = whom_head(arena, form->department);
			for (size_t k = 0; (one = node_each_text(item->whom, &k));)
				if (!node_holds(whom, one) &&
				    (k <= item->always || strcmp(one, head) == 0))
					node_push(arena, whom, node_string(arena, one));
		}
		if (!blocked)
			return NULL;
	}
	return node_item_count(whom) ? whom : NULL;
}

/* Whether nobody here is any of PEOPLE, which ITEM says of all of them. */
static bool are_all_missing(const struct unfilled *item, const struct node *people)
{
	const char *one;
	for (size_t i = 0; (one = node_each_text(people, &i));)
		if (!node_holds(item->whom, one))
			return false;
	return people;
}

static bool deadline_waits(const struct book *book, const struct unfilled_set *set,
			   const struct unfilled *item, struct form *form, const struct duty *duty)
{
	const char *rule = node_text(item->rule->node, "rule"), *step;
	bool waits = false, same = rule && strcmp(rule, duty->rule) == 0;
	if (item->list == RULE_DEADLINE && same && strcmp(item->key, "to") == 0)
		return are_all_missing(item, duty->to);
	for (size_t i = 0; item->list == RULE_DEADLINE && same && i < duty->notice_count; i++) {
		const struct notice *notice = &duty->notices[i];
		if (strcmp(item->key, "tell") == 0 && notice->state == NOTICE_OPEN &&
		    notice->at <= book->now && are_all_missing(item, notice->who))
			return true;
	}
	for (size_t i = 0; !waits && (step = node_each_text(duty->until, &i));)
		waits = is_about(item, step) && form_takes(form, step) &&
			concerns(book, item, form);
	if (!waits)
		return false;
	struct arena arena = ARENA_INIT;
	waits = unfilled_deadline(book, set, form, duty, &arena);
	arena_clear(&arena);
	return waits;
}

static bool callback_waits(const struct unfilled *item, const struct duty *duty)
{
	const char *rule = node_text(item->rule->node, "rule"), *who;
	for (size_t i = 0; item->list == RULE_CALLBACK && rule && strcmp(rule, duty->rule) == 0 &&
			   (who = node_each_text(duty->who, &i));)
		if (node_holds(item->whom, who))
			return true;
	return false;
}

static bool signature_waits(const struct unfilled *item, const struct form *form)
{
	struct proposal proposal;
	if (item->list != RULE_STEP || strcmp(item->key, "countersign") != 0)
		return false;
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal);) {
		const struct node *part;
		for (size_t i = 0;
		     is_about(item, proposal.step) && (part = node_item(proposal.awaits, i)); i++)
			if (are_all_missing(item, node_get(part, "role")))
				return true;
	}
	return false;
}

bool unfilled_waits(const struct book *book, const struct unfilled_set *set,
		    const struct unfilled *item, struct form *form)
{
	size_t cursor = 0;
	const struct duty *duty;
	while ((duty = form_next_duty(form, &cursor)))
		if (duty->state == DUTY_OPEN &&
		    (duty->callback ? callback_waits(item, duty)
				    : deadline_waits(book, set, item, form, duty)))
			return true;
	return signature_waits(item, form);
}

bool unfilled_is_gone(const struct book *book, const char *who)
{
	const struct staff *staff = &book->staff;
	const char *id = whom_id(who);
	const struct member *member = id ? staff_find(staff, id, book->now) : NULL;
	if ((!id && !whom_people(who)) ||
	    (member && !member->left && !staff_is_absent(staff, id, book->now)))
		return false;
	for (size_t cursor = 0; (member = staff_next(staff, book->now, &cursor));)
		if (strcmp(member->nature, "person") == 0 &&
		    !staff_is_absent(staff, member->id, book->now) &&
		    staff_fits(staff, member, who, book->now))
			return false;
	return true;
}
