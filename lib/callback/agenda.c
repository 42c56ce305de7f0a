// SPDX-License-Identifier: MIT
// What is owed, callbacks or deadlines: read from what the forms record, in parallel, without a
// lock.
#include "callback/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "callback/lots.h"
#include "callback/plan.h"
#include "store/walk.h"

/* What is known of a rule that owes a share, in one calendar month. */
struct share {
	const char *rule, *clause, *rate, *on_site_rate, *who;
	char period[8];
	int64_t total, called,
		on_site; /* that ended in the month; called; called on site and signed */
	int64_t settled,
		drawn; /* ended before today, so that a lot decides; drawn and still to be called */
	int64_t open, last; /* can still be called; the latest end of a window */
};

struct worker {
	struct book *book;
	const struct agenda_options *options;
	struct arena arena;
	const struct form *form; /* being looked at */
	struct agenda_entry *entries;
	size_t count, room;
	struct share *shares;
	size_t share_count;
};

const char *agenda_status_name(enum agenda_status status)
{
	static const char *const names[] = {"overdue", "tell", "due", "sample", "later"};
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

static const char *words_of(struct worker *worker, const struct node *words)
{
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < node_count(words); i++)
		buf_addf(&text, "%s%s", i ? " " : "", words->list.items[i]->text);
	const char *kept = arena_dup_len(&worker->arena, text.data, text.len);
	buf_clear(&text);
	return kept;
}

static void count_share(struct worker *worker, const struct duty *duty)
{
	const struct book *book = worker->book;
	char period[8];
	month_of(worker->book, duty->start, period);
	struct share *share = NULL;
	for (size_t i = 0; i < worker->share_count && !share; i++)
		if (strcmp(worker->shares[i].rule, duty->rule) == 0 &&
		    strcmp(worker->shares[i].period, period) == 0)
			share = &worker->shares[i];
	if (!share) {
		worker->shares =
			mem_grow(worker->shares, worker->share_count + 1, sizeof *worker->shares);
		share = &worker->shares[worker->share_count++];
		*share = (struct share){.rule = arena_dup(&worker->arena, duty->rule),
					.clause = arena_dup(&worker->arena, duty->clause),
					.rate = arena_dup(&worker->arena, duty->rate),
					.on_site_rate = arena_dup(&worker->arena, duty->on_site),
					.who = words_of(worker, duty->who)};
		memcpy(share->period, period, sizeof period);
	}
	share->total++;
	share->called += duty->state == DUTY_MET;
	share->on_site += duty_is_on_site(duty);
	share->settled += zone_day(&book->zone, duty->start) < zone_day(&book->zone, book->now);
	share->open += duty->state == DUTY_OPEN && book->now <= duty->at;
	share->drawn += duty->state == DUTY_OPEN && book->now <= duty->at && duty->drawn;
	if (duty->at > share->last)
		share->last = duty->at;
}

static const char *keep(struct worker *worker, const char *text)
{
	return arena_dup(&worker->arena, text);
}

static struct agenda_entry *keep_entry(struct worker *worker, const struct duty *duty,
				       enum agenda_status status)
{
	const struct form *form = worker->form;
	if (worker->count == worker->room) {
		worker->room = worker->room ? worker->room * 2 : 64;
		worker->entries = mem_grow(worker->entries, worker->room, sizeof *worker->entries);
	}
	struct agenda_entry *entry = &worker->entries[worker->count++];
	*entry = (struct agenda_entry){
		.status = status,
		.form = keep(worker, form->id),
		.id = keep(worker, duty->id),
		.rule = keep(worker, duty->rule),
		.clause = keep(worker, duty->clause),
		.kind = keep(worker, form->kind),
		.category = keep(worker, form->category),
		.unit = keep(worker, node_text(form->customer, "unit")),
		.name = keep(worker, node_text(form->customer, "name")),
		.phone = keep(worker, form->phone),
		.who = duty->callback ? words_of(worker, duty->who) : NULL,
		.assignee = keep(worker, form->assignee),
		.until = duty->callback ? NULL : words_of(worker, duty->until),
		.start = duty->start,
		.opens = duty->opens,
		.at = duty->at,
		.attempts = duty->attempts,
		.provisional = duty->provisional,
	};
	if (duty->callback && is_share(duty))
		month_of(worker->book, duty->start, entry->period);
	entry->drawn = duty->drawn;
	return entry;
}

/* A deadline that is open, and whom to tell of it by now. */
static void look_at_deadline(struct worker *worker, const struct duty *duty)
{
	const struct agenda_options *options = worker->options;
	int64_t now = worker->book->now;
	if (now > duty->at || !options->within || duty->at <= options->within)
		keep_entry(worker, duty, now > duty->at ? AGENDA_OVERDUE : AGENDA_DUE);
	for (size_t i = 0; i < duty->notice_count; i++) {
		const struct notice *notice = &duty->notices[i];
		if (notice->state != NOTICE_OPEN || now < notice->at)
			continue;
		struct agenda_entry *entry = keep_entry(worker, duty, AGENDA_TELL);
		entry->who = words_of(worker, notice->who);
		entry->until = keep(worker, notice->until);
	}
}

static bool is_wanted(const struct agenda_options *options, const struct duty *duty)
{
	return duty->callback != options->deadlines && duty->state != DUTY_WITHDRAWN &&
	       (!options->rule || strcmp(options->rule, duty->rule) == 0 ||
		clauses_hold(duty->clause, options->rule));
}

static void look_at(void *state, struct form *form)
{
	struct worker *worker = state;
	const struct agenda_options *options = worker->options;
	int64_t now = worker->book->now;
	worker->form = form;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		if (!is_wanted(options, duty) || duty_stands_before(form, duty))
			continue;
		if (duty->callback && is_share(duty))
			count_share(worker, duty);
		if (duty->state != DUTY_OPEN)
			continue;
		if (!duty->callback)
			look_at_deadline(worker, duty);
		else if (now > duty->at) {
			if (!is_share(duty))
				keep_entry(worker, duty, AGENDA_OVERDUE);
		} else if (now < duty->opens) {
			if (options->within >= duty->opens)
				keep_entry(worker, duty, AGENDA_LATER);
		} else if (!options->within || duty->at <= options->within) {
			keep_entry(worker, duty,
				   is_share(duty) && !duty->drawn ? AGENDA_SAMPLE : AGENDA_DUE);
		}
	}
}

/* --- putting the threads' findings together --- */

static struct share *add_shares(struct worker *workers, unsigned threads, size_t *count)
{
	struct share *all = NULL;
	*count = 0;
	for (unsigned t = 0; t < threads; t++) {
		for (size_t i = 0; i < workers[t].share_count; i++) {
			const struct share *one = &workers[t].shares[i];
			struct share *sum = NULL;
			for (size_t j = 0; j < *count && !sum; j++)
				if (strcmp(all[j].rule, one->rule) == 0 &&
				    strcmp(all[j].period, one->period) == 0)
					sum = &all[j];
			if (!sum) {
				all = mem_grow(all, *count + 1, sizeof *all);
				all[(*count)++] = *one;
				continue;
			}
			sum->total += one->total;
			sum->called += one->called;
			sum->on_site += one->on_site;
			sum->settled += one->settled;
			sum->drawn += one->drawn;
			sum->open += one->open;
			sum->last = one->last > sum->last ? one->last : sum->last;
		}
	}
	return all;
}

/* ceil(rate × N), N those that ended in the calendar month (RULEBOOK, "Counting"). */
static int64_t needed_of(const struct share *share)
{
	return lots_needed(share->rate, share->total);
}

/* How many of the calls that are made, or have to be, are still to be made on site. */
static int64_t on_site_missing(const struct share *share)
{
	int64_t calls = share->called > needed_of(share) ? share->called : needed_of(share);
	int64_t missing =
		share->on_site_rate ? lots_needed(share->on_site_rate, calls) - share->on_site : 0;
	return missing > 0 ? missing : 0;
}

static void add_entry(struct agenda *agenda, size_t *room, const struct agenda_entry *entry)
{
	if (agenda->count == *room) {
		*room = *room ? *room * 2 : 64;
		agenda->entries = mem_grow(agenda->entries, *room, sizeof *agenda->entries);
	}
	agenda->entries[agenda->count++] = *entry;
}

/* Whether the entry is owed: of a share what a lot chose, and the others only while those are too
 * few; with the figures. */
static bool still_owed(struct agenda_entry *entry, const struct share *shares, size_t count)
{
	for (size_t i = 0; entry->period[0] && i < count; i++) {
		const struct share *share = &shares[i];
		if (strcmp(share->rule, entry->rule) != 0 ||
		    strcmp(share->period, entry->period) != 0)
			continue;
		entry->total = share->total;
		entry->needed = needed_of(share);
		entry->called = share->called;
		entry->on_site = on_site_missing(share);
		if (entry->drawn || entry->status == AGENDA_LATER)
			return entry->drawn || entry->called < entry->needed;
		/* what ended today waits for the lot */
		bool too_few = share->called + share->drawn <
			       lots_needed(share->rate, share->settled);
		return too_few || (entry->called >= entry->needed && entry->on_site);
	}
	return true;
}

/* Whether MEMBER, who is here, may fill PART ("officer", "head-of:security", "person:lihua") of the
 * entry's callers. */
static bool may_call(const struct book *book, const struct member *member,
		     const struct agenda_entry *entry, const char *part)
{
	return strcmp(member->nature, "person") == 0 &&
	       !staff_absence(&book->staff, member->id, book->now) &&
	       staff_serves(&book->staff, member, part, entry->unit, book->now);
}

static bool for_person(const struct book *book, const struct agenda_entry *entry,
		       const char *person)
{
	const struct member *member = staff_find(&book->staff, person, book->now);
	if (!entry->who)
		return entry->assignee && strcmp(entry->assignee, person) == 0;
	char *who = mem_dup(entry->who), *rest = who, *part;
	bool fits = false;
	while (member && !fits && (part = strsep(&rest, " ")))
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
	int forms = strcmp(x->form ? x->form : "", y->form ? y->form : "");
	return forms ? forms : strcmp(x->rule, y->rule);
}

static void add_missed_shares(struct book *book, const struct agenda_options *options,
			      struct agenda *agenda, size_t *room, const struct share *shares,
			      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct share *share = &shares[i];
		int64_t needed = needed_of(share), on_site = on_site_missing(share);
		if (share->called + share->open >= needed && (!on_site || share->open))
			continue;
		struct agenda_entry entry = {.status = AGENDA_OVERDUE,
					     .rule = share->rule,
					     .clause = share->clause,
					     .who = share->who,
					     .at = share->last,
					     .total = share->total,
					     .needed = needed,
					     .called = share->called,
					     .on_site = on_site};
		memcpy(entry.period, share->period, sizeof entry.period);
		if (!options->person || for_person(book, &entry, options->person))
			add_entry(agenda, room, &entry);
	}
}

/* A cron job that died must not look like a quiet day: what was to be planned for yesterday is
 * overdue. */
static void add_unplanned(struct book *book, struct agenda *agenda, size_t *room)
{
	int today = zone_day(&book->zone, book->now), last = plan_last_day(book, NULL);
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
	add_entry(agenda, room, &entry);
}

void agenda_read(struct book *book, const struct agenda_options *options, struct agenda *agenda)
{
	unsigned threads = options->threads ? options->threads : walk_threads();
	static const char *const folders[] = {"tickets", "customers", NULL};
	struct worker *workers = mem_array(threads, sizeof *workers);
	void **states = mem_array(threads, sizeof *states);
	*agenda = (struct agenda){0};
	for (unsigned t = 0; t < threads; t++) {
		workers[t] = (struct worker){.book = book, .options = options};
		states[t] = &workers[t];
	}
	agenda->forms = forms_read(book, folders, states, threads, look_at, &agenda->problems);

	size_t share_count, room = 0;
	struct share *shares = add_shares(workers, threads, &share_count);
	agenda->arenas = mem_array(threads, sizeof *agenda->arenas);
	agenda->arena_count = threads;
	for (unsigned t = 0; t < threads; t++) {
		for (size_t i = 0; i < workers[t].count; i++) {
			struct agenda_entry *entry = &workers[t].entries[i];
			if (still_owed(entry, shares, share_count) &&
			    (!options->person || for_person(book, entry, options->person)))
				add_entry(agenda, &room, entry);
		}
		agenda->arenas[t] = workers[t].arena;
		free(workers[t].entries);
		free(workers[t].shares);
	}
	if (!options->deadlines && !options->rule)
		add_unplanned(book, agenda, &room);
	add_missed_shares(book, options, agenda, &room, shares, share_count);
	if (agenda->count)
		qsort(agenda->entries, agenda->count, sizeof *agenda->entries, compare_entries);
	free(shares);
	free(states);
	free(workers);
}

void agenda_clear(struct agenda *agenda)
{
	for (size_t i = 0; i < agenda->arena_count; i++)
		arena_clear(&agenda->arenas[i]);
	free(agenda->arenas);
	problems_clear(&agenda->problems);
	free(agenda->entries);
	*agenda = (struct agenda){0};
}

void agenda_callers(const struct book *book, const struct agenda_entry *entry, struct buf *out)
{
	if (!entry->who) {
		buf_adds(out, entry->assignee ? entry->assignee : "");
		return;
	}
	char *who = mem_dup(entry->who), *rest = who, *part;
	while ((part = strsep(&rest, " "))) {
		size_t cursor = 0, begin;
		const struct member *member;
		/* to tell one of them is enough; to call takes all */
		if (part > who)
			buf_adds(out, entry->status == AGENDA_TELL ? "," : " + ");
		begin = out->len;
		while ((member = staff_next(&book->staff, book->now, &cursor)))
			if (may_call(book, member, entry, part))
				buf_addf(out, "%s%s", out->len > begin ? "," : "", member->id);
		if (out->len == begin)
			buf_adds(out, part);
	}
	free(who);
}
