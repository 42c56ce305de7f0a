// SPDX-License-Identifier: MIT
// What is owed, callbacks or deadlines: read from what the forms record, in parallel, without a
// lock.
#include "callback/agenda.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "book/called.h"
#include "book/whom.h"
#include "callback/lots.h"
#include "callback/plan.h"
#include "callback/terms.h"
#include "data/time.h"
#include "ticket/countersign.h"
#include "ticket/duty.h"
#include "ticket/unfilled.h"

enum { ENTRIES, SHARES, OUTLOOK };

/* What look_at goes by. */
struct asked {
	const struct agenda_options *options;
	struct unfilled_set unfilled; /* of deadlines alone */
};

/* What is known of a rule that owes a share, in one calendar month. */
struct share {
	const char *rule;
	char period[8];
	struct terms terms;
	int64_t total, called,
		on_site;        /* that ended in the month; called; called on site and signed */
	int64_t settled, drawn; /* ended before today, so that a lot decides; drawn and still to be
				   called */
	int64_t unreached, unreached_settled; /* of the total, and of those settled, who could not
						 be reached */
};

/* What the calendar means for all that is open. */
struct outlook {
	size_t reaching, guessed, moved;
};

/* The year whose days off ought to be known by now, and are not; 0: none. */
static int unpublished_year(const struct book *book)
{
	struct civil today;
	zone_civil(&book->zone, book->now, &today);
	for (int year = today.year; book->calendar && year <= today.year + (today.month >= 11);
	     year++)
		if (!calendar_published(book->calendar, book_known(book, book->now), year))
			return year;
	return 0;
}

/* Whether the end of DUTY lies in a year that nobody has published. In such a year itself only
 * those that had to guess are worth a word. */
static bool reaches(const struct book *book, const struct duty *duty)
{
	int year = unpublished_year(book), first = year ? day_of_civil(year, 1, 1) : 0;
	return year && zone_day(&book->zone, duty->at) >= first &&
	       (duty->provisional || zone_day(&book->zone, book->now) < first);
}

static void look_ahead(struct gatherer *to, const struct duty *duty)
{
	const struct book *book = to->book;
	const struct document *set = duty->moved_by ? duty->moved_by : duty->set_by;
	struct duty_move move;
	struct arena scratch = ARENA_INIT;
	if (duty->state != DUTY_OPEN || book->now > duty->at)
		return;
	bool far = reaches(book, duty);
	bool may_move = duty->provisional ||
			calendar_last_known(book->calendar) >= zone_day(&book->zone, set->recorded);
	bool moves = may_move && duty_follows(book, &scratch, duty, &move) &&
		     (move.how == DUTY_MOVES || move.how == DUTY_STANDS);
	if (far || moves) {
		bool added;
		struct outlook *outlook = gather_sum(to, OUTLOOK, &(struct outlook){0}, &added);
		outlook->reaching += far;
		outlook->guessed += far && duty->provisional;
		outlook->moved += moves;
	}
	arena_clear(&scratch);
}

static int one_outlook(const void *a, const void *b)
{
	(void)a;
	(void)b;
	return 0;
}

static void add_outlook(void *into, const void *from)
{
	struct outlook *sum = into;
	const struct outlook *outlook = from;
	sum->reaching += outlook->reaching;
	sum->guessed += outlook->guessed;
	sum->moved += outlook->moved;
}

const char *agenda_status_name(enum agenda_status status)
{
	static const char *const names[] = {"overdue", "tell", "sign", "due", "sample", "later"};
	return names[status];
}

/* Less than all: rates are written 0, 0.30, 1 or 1.00 (schemas/fields.yaml). */
static bool is_share(const struct duty *duty)
{
	return duty->rate[0] != '1';
}

static void month_of(const struct book *book, int64_t instant, char period[8])
{
	struct civil civil;
	zone_civil(&book->zone, instant, &civil);
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "%04d-%02d", civil.year, civil.month);
	memcpy(period, text.data, 8);
	buf_clear(&text);
}

static const char *words_of(struct arena *arena, const struct node *words)
{
	struct buf text;
	buf_init(&text);
	node_join(words, " ", &text);
	const char *kept = arena_dup_len(arena, text.data, text.len);
	buf_clear(&text);
	return kept;
}

static void count_share(struct gatherer *to, const struct form *form, const struct duty *duty)
{
	const struct book *book = to->book;
	struct share key = {.rule = duty_rule_name(book, duty)};
	bool added;
	month_of(book, duty->start, key.period);
	struct share *share = gather_sum(to, SHARES, &key, &added);
	if (added)
		share->rule = arena_dup(&to->arena, key.rule);
	terms_take(&share->terms, &to->arena, form, duty);
	share->total++;
	share->called += duty->state == DUTY_MET;
	share->on_site += duty_is_on_site(duty);
	share->settled += zone_day(&book->zone, duty->start) < zone_day(&book->zone, book->now);
	if (duty->state == DUTY_UNREACHED && duty->ended <= duty->at) {
		share->unreached++;
		share->unreached_settled += zone_day(&book->zone, duty->start) <
					    zone_day(&book->zone, book->now);
	}
	share->drawn += duty->state == DUTY_OPEN && book->now <= duty->at && duty->drawn;
}

static struct agenda_entry *add_form(struct gatherer *to, const struct form *form,
				     enum agenda_status status)
{
	struct arena *arena = &to->arena;
	struct agenda_entry *entry = gather_push(to, ENTRIES);
	*entry = (struct agenda_entry){
		.status = status,
		.form = arena_dup(arena, form->id),
		.kind = arena_dup(arena, form->kind),
		.category = arena_dup(arena, form->category),
		.unit = arena_dup(arena, node_text(form->customer, "unit")),
		.name = arena_dup(arena, node_text(form->customer, "name")),
		.phone = arena_dup(arena, form->phone),
		.assignee = arena_dup(arena, form->assignee),
	};
	const struct agenda_options *options = ((const struct asked *)to->context)->options;
	const struct document *last;
	if (options->deadlines && (entry->asked = form_asked_again(form, &last)))
		entry->asked_at = last->at;
	return entry;
}

/* Whom ENTRY is owed to: one of several who called. */
static void take_household(struct arena *arena, const struct form *form, const struct duty *duty,
			   struct agenda_entry *entry)
{
	struct household household;
	if (!duty->household || !form_household(form, duty->household, &household))
		return;
	entry->unit = arena_dup(arena, node_text(household.customer, "unit"));
	entry->name = arena_dup(arena, node_text(household.customer, "name"));
	entry->phone = arena_dup(arena, node_text(household.customer, "phone"));
}

static struct agenda_entry *keep_entry(struct gatherer *to, const struct form *form,
				       const struct duty *duty, enum agenda_status status)
{
	struct arena *arena = &to->arena;
	struct agenda_entry *entry = add_form(to, form, status);
	take_household(arena, form, duty, entry);
	entry->id = arena_dup(arena, duty->id);
	entry->rule = arena_dup(arena, duty_rule_name(to->book, duty));
	entry->clause = arena_dup(arena, duty->clause);
	entry->who = duty->callback ? words_of(arena, form_callers(form, duty, NULL, &to->scratch))
		     : duty->to     ? words_of(arena, duty->to)
				    : NULL;
	entry->told = !duty->callback && duty->to;
	entry->until = duty->callback ? NULL : words_of(arena, duty->until);
	entry->start = duty->start;
	entry->opens = duty->opens;
	entry->at = duty->at;
	entry->attempts = duty->attempts;
	entry->tries = duty->tries;
	entry->tries_needed = duty->limit.times;
	entry->try_days = duty->try_days;
	entry->days_needed = duty->limit.days;
	entry->provisional = duty->provisional;
	entry->drawn = duty->drawn;
	struct wait wait;
	if (!duty->callback && form_waits(form, &wait))
		entry->waits = arena_dup(arena, wait.whom);
	if (duty->callback && is_share(duty))
		month_of(to->book, duty->start, entry->period);
	return entry;
}

/* A deadline that is open, and whom to tell of it by now. */
static void look_at_deadline(struct gatherer *to, struct form *form, const struct duty *duty)
{
	const struct asked *asked = to->context;
	const struct agenda_options *options = asked->options;
	int64_t now = to->book->now;
	if (!duty_can_be_met(form, duty))
		return;
	if (now > duty->at || !options->within || duty->at <= options->within) {
		struct agenda_entry *entry =
			keep_entry(to, form, duty, now > duty->at ? AGENDA_OVERDUE : AGENDA_DUE);
		const struct node *whom =
			unfilled_deadline(to->book, &asked->unfilled, form, duty, &to->scratch);
		entry->unfilled = whom ? words_of(&to->arena, whom) : NULL;
	}
	for (size_t i = 0; i < duty->notice_count; i++) {
		const struct notice *notice = &duty->notices[i];
		if (notice->state != NOTICE_OPEN || now < notice->at)
			continue;
		struct agenda_entry *entry = keep_entry(to, form, duty, AGENDA_TELL);
		entry->who = words_of(&to->arena, notice->who);
		entry->told = true;
		entry->until = arena_dup(&to->arena, notice->until);
	}
}

/* Who may not sign PART of PROPOSAL though they are asked. */
static const char *barred_from(struct gatherer *to, const struct form *form,
			       const struct proposal *proposal, const struct node *part)
{
	const struct book *book = to->book;
	struct arena scratch = ARENA_INIT;
	struct node *barred = node_list(&scratch);
	const struct member *member;
	for (size_t cursor = 0; (member = staff_next(&book->staff, book->now, &cursor));)
		if (countersign_fits(book, part, member->id, book->now) &&
		    countersign_is_barred(book, form, proposal, part, member->id, book->now))
			node_push(&scratch, barred, node_string(&scratch, member->id));
	const char *words = words_of(&to->arena, barred);
	arena_clear(&scratch);
	return words;
}

/* The signatures that steps of FORM await. One that is complete, as two clones had it signed, waits
 * for one of those who have signed: they are asked again. */
static void look_at_signatures(struct gatherer *to, const struct form *form)
{
	const struct agenda_options *options = ((const struct asked *)to->context)->options;
	struct arena *arena = &to->arena;
	struct proposal proposal;
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal);) {
		struct arena scratch = ARENA_INIT;
		const struct node *missing =
			countersign_missing(to->book, &scratch, form, &proposal);
		bool all = !node_item_count(missing);
		const struct node *parts = all ? proposal.awaits : missing, *part;
		for (size_t i = 0; (part = node_item(parts, i)); i++) {
			const char *clause = node_text(part, "clause");
			if (options->rule && (!clause || !clauses_hold(clause, options->rule)))
				continue;
			struct agenda_entry *entry = add_form(to, form, AGENDA_SIGN);
			entry->id = arena_printf(arena, "%s#%" PRId64, proposal.step,
						 proposal.document->known);
			entry->rule = arena_dup(arena, proposal.step);
			entry->clause = arena_dup(arena, clause);
			entry->who = words_of(arena, node_get(part, "role"));
			entry->barred = all ? arena_dup(arena, proposal.by)
					    : barred_from(to, form, &proposal, part);
			entry->until = "signed";
			entry->start = entry->at = proposal.document->at;
		}
		arena_clear(&scratch);
	}
}

static bool is_wanted(const struct gatherer *to, const struct duty *duty)
{
	const struct asked *asked = to->context;
	const struct agenda_options *options = asked->options;
	return duty->callback != options->deadlines && duty->state != DUTY_WITHDRAWN &&
	       (!options->rule || duty_is_of(to->book, duty, options->rule));
}

static void look_at(struct gatherer *to, struct form *form)
{
	const struct agenda_options *options = ((const struct asked *)to->context)->options;
	int64_t now = to->book->now;
	size_t cursor = 0;
	const struct duty *duty;
	if (options->deadlines)
		look_at_signatures(to, form);
	while ((duty = form_next_duty(form, &cursor))) {
		look_ahead(to, duty);
		if (!is_wanted(to, duty))
			continue;
		if (duty->callback && is_share(duty))
			count_share(to, form, duty);
		if (duty->state != DUTY_OPEN)
			continue;
		if (!duty->callback)
			look_at_deadline(to, form, duty);
		else if (now > duty->at) {
			if (!is_share(duty))
				keep_entry(to, form, duty, AGENDA_OVERDUE);
		} else if (now < duty->opens) {
			if (options->within >= duty->opens)
				keep_entry(to, form, duty, AGENDA_LATER);
		} else if (!options->within || duty->at <= options->within) {
			keep_entry(to, form, duty,
				   is_share(duty) && !duty->drawn ? AGENDA_SAMPLE : AGENDA_DUE);
		}
	}
}

/* --- shares --- */

static int compare_shares(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	int rules = strcmp(x->rule, y->rule);
	return rules ? rules : strcmp(x->period, y->period);
}

static void add_share(void *into, const void *from)
{
	struct share *sum = into;
	const struct share *share = from;
	terms_keep_first(&sum->terms, &share->terms);
	sum->total += share->total;
	sum->called += share->called;
	sum->on_site += share->on_site;
	sum->settled += share->settled;
	sum->drawn += share->drawn;
	sum->unreached += share->unreached;
	sum->unreached_settled += share->unreached_settled;
}

/* ceil(rate × N), N those that ended in the calendar month (RULEBOOK, "Counting") and could be
 * reached. */
static int64_t needed_of(const struct share *share)
{
	return lots_needed(share->terms.rate, share->total - share->unreached);
}

/* How many of the calls that are made, or have to be, are still to be made on site. */
static int64_t on_site_missing(const struct share *share)
{
	int64_t calls = share->called > needed_of(share) ? share->called : needed_of(share);
	int64_t missing = share->terms.on_site
				  ? lots_needed(share->terms.on_site, calls) - share->on_site
				  : 0;
	return missing > 0 ? missing : 0;
}

static void add_entry(struct agenda *agenda, const struct agenda_entry *entry)
{
	agenda->entries = mem_room(agenda->entries, agenda->count, 1, sizeof *agenda->entries);
	agenda->entries[agenda->count++] = *entry;
}

/* Whether the entry is owed: of a share what a lot chose, and the others only while those are too
 * few; with the figures. */
static bool still_owed(struct agenda_entry *entry, const struct gather_items *shares)
{
	struct share key = {.rule = entry->rule};
	memcpy(key.period, entry->period, sizeof key.period);
	const struct share *share = entry->period[0] ? bsearch(&key, shares->items, shares->count,
							       sizeof *share, compare_shares)
						     : NULL;
	if (!share)
		return true;
	entry->total = share->total;
	entry->needed = needed_of(share);
	entry->called = share->called;
	entry->on_site = on_site_missing(share);
	if (entry->drawn || entry->status == AGENDA_LATER)
		return entry->drawn || entry->called < entry->needed;
	/* what ended today waits for the lot */
	bool too_few = share->called + share->drawn <
		       lots_needed(share->terms.rate, share->settled - share->unreached_settled);
	return too_few || (entry->called >= entry->needed && entry->on_site);
}

/* Whether MEMBER, who is here, may fill PART ("officer", "head-of:security", "person:lihua") of the
 * entry's callers. */
static bool may_call(const struct book *book, const struct member *member,
		     const struct agenda_entry *entry, const char *part)
{
	return strcmp(member->nature, "person") == 0 &&
	       !staff_is_absent(&book->staff, member->id, book->now) &&
	       staff_serves(&book->staff, member, part,
			    entry->status == AGENDA_SIGN ? NULL : entry->unit, book->now);
}

/* Whether PERSON is among those of ENTRY who may not sign. */
static bool is_barred(const struct agenda_entry *entry, const char *person)
{
	size_t len = strlen(person);
	for (const char *at = entry->barred; at; at = strchr(at, ' '), at += at != NULL)
		if (strncmp(at, person, len) == 0 && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

static bool for_person(const struct book *book, const struct agenda_entry *entry,
		       const char *person)
{
	const struct member *member = staff_find(&book->staff, person, book->now);
	if (!entry->who)
		return entry->assignee &&
		       staff_acts_for(&book->staff, person, entry->assignee, book->now);
	char *who = mem_dup(entry->who), *rest = who, *part;
	bool fits = false;
	while (member && !fits && !is_barred(entry, person) && (part = strsep(&rest, " ")))
		fits = may_call(book, member, entry, part);
	free(who);
	return fits;
}

static int compare_entries(const void *a, const void *b)
{
	const struct agenda_entry *x = a, *y = b;
	if (x->unplanned != y->unplanned)
		return x->unplanned ? -1 : 1;
	/* what is due and what a share is drawn from stand together, by deadline */
	int rank_x = x->status == AGENDA_SAMPLE ? AGENDA_DUE : x->status,
	    rank_y = y->status == AGENDA_SAMPLE ? AGENDA_DUE : y->status;
	if (rank_x != rank_y)
		return rank_x < rank_y ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->asked != y->asked)
		return x->asked > y->asked ? -1 : 1;
	int forms = strcmp(x->form ? x->form : "", y->form ? y->form : "");
	if (forms)
		return forms;
	int rules = strcmp(x->rule, y->rule);
	return rules ? rules : strcmp(x->id ? x->id : "", y->id ? y->id : "");
}

/* A cron job that died must not look like a quiet day: what was to be planned for yesterday is
 * overdue. */
static void add_unplanned(struct book *book, struct agenda *agenda)
{
	int today = zone_day(&book->zone, book->now), last = plan_last_day(book);
	for (size_t i = 0; !last && i < book->staff.count; i++)
		last = zone_day(
			&book->zone,
			book->staff.versions[i].from); /* never: since the ledger is there */
	if (!plan_wanted(book->policy) || last >= today - 1)
		return;
	struct agenda_entry entry = {.status = AGENDA_OVERDUE,
				     .rule = "callback-plan",
				     .clause = "ours",
				     .unplanned = true,
				     .start = zone_day_start(&book->zone, last),
				     .at = zone_day_start(&book->zone, last + 2) - 1};
	add_entry(agenda, &entry);
}

void agenda_read(struct book *book, const struct agenda_options *options, struct agenda *agenda)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	struct asked asked = {.options = options};
	const struct gather gather = {.folders = folders,
				      .threads = options->threads,
				      .form = look_at,
				      .lists = {[ENTRIES] = {.size = sizeof(struct agenda_entry),
							     .order = compare_entries},
						[SHARES] = {.size = sizeof(struct share),
							    .order = compare_shares,
							    .sum = add_share},
						[OUTLOOK] = {.size = sizeof(struct outlook),
							     .order = one_outlook,
							     .sum = add_outlook}},
				      .context = &asked};
	size_t found;
	*agenda = (struct agenda){0};
	if (options->deadlines)
		unfilled_find(&asked.unfilled, book, book->now);
	gather_run(book, &gather, &agenda->gathered);
	unfilled_clear(&asked.unfilled);
	const struct gather_items *outlook = &agenda->gathered.lists[OUTLOOK];
	agenda->unpublished = unpublished_year(book);
	if (outlook->count) {
		const struct outlook *sum = outlook->items;
		agenda->reaching = sum->reaching;
		agenda->guessed = sum->guessed;
		agenda->moved = sum->moved;
	}
	agenda->entries = gathered_take(&agenda->gathered, ENTRIES, &found);
	for (size_t i = 0; i < found; i++) {
		struct agenda_entry *entry = &agenda->entries[i];
		if (still_owed(entry, &agenda->gathered.lists[SHARES]) &&
		    (!options->asked || entry->asked) &&
		    (!options->person || for_person(book, entry, options->person)))
			agenda->entries[agenda->count++] = *entry;
	}
	if (!options->deadlines && !options->rule)
		add_unplanned(book, agenda);
	sort_stable(agenda->entries, agenda->count, sizeof *agenda->entries, compare_entries);
}

void agenda_clear(struct agenda *agenda)
{
	free(agenda->entries);
	gathered_clear(&agenda->gathered);
	*agenda = (struct agenda){0};
}

/* Adds those of the people here who fill PART of ENTRY, with commas between; false: nobody does. */
static bool add_people(struct staff_moment *now, const struct agenda_entry *entry, const char *part,
		       struct buf *out)
{
	/* areas are about where somebody is sent */
	const char *unit = entry->status == AGENDA_SIGN ? NULL : entry->unit;
	const struct staff_meant *meant = staff_moment_meant(now, part);
	size_t begin = out->len;
	for (size_t i = 0; i < meant->count; i++)
		if (staff_moment_serves(now, meant->people[i], part, unit) &&
		    !is_barred(entry, meant->people[i]->member->id))
			buf_addf(out, "%s%s", out->len > begin ? "," : "",
				 meant->people[i]->member->id);
	return out->len > begin;
}

void agenda_callers(struct staff_moment *now, const struct agenda_entry *entry,
		    const struct book *titles, struct buf *out, struct buf *nobody)
{
	struct arena arena = ARENA_INIT;
	/* that one of them is told, or signs, is enough; to call takes all */
	bool one = entry->told || entry->status == AGENDA_SIGN, found = false;
	struct buf listed;
	char *who = entry->who ? mem_dup(entry->who) : NULL, *rest = who, *part;
	buf_init(&listed);
	if (!who)
		buf_adds(out, entry->assignee ? entry->assignee : "");
	if (!who && entry->unfilled)
		buf_adds(nobody, entry->unfilled);
	while ((part = strsep(&rest, " "))) {
		if (part > who)
			buf_adds(out, one ? "," : " + ");
		if (add_people(now, entry, part, out)) {
			found = true;
			continue;
		}
		/* a step is yet to name them */
		if (whom_step(part)) {
			buf_adds(out, part);
			continue;
		}
		buf_addf(nobody, "%s%s", nobody->len ? " " : "", part);
		buf_addf(out, "%s%s", titles && !one ? "nobody: " : "",
			 titles ? called_name(titles, &arena, RULE_ROLE, part) : part);
	}
	if (one && found)
		buf_reset(nobody);
	else if (one && who && titles) {
		buf_adds(&listed, out->data);
		buf_reset(out);
		buf_addf(out, "nobody: %s", listed.data);
	}
	buf_clear(&listed);
	arena_clear(&arena);
	free(who);
}
