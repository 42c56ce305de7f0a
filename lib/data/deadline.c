// SPDX-License-Identifier: MIT
// When something is due.
#include "data/deadline.h"

#include <string.h>

enum {
	DAY_SECONDS = 86400,
	WALK_DAYS = 40 * 366, /* a search that goes on longer will find nothing */
};

static const struct intervals whole_day = {.count = 1, .at = {{0, DAY_SECONDS}}};

/* One search for a deadline: what it computes from, and who is shown its days. */
struct search {
	const struct clock *clock;
	struct duration within;
	bool *provisional;
	struct err *err;
	void (*visit)(void *context, const struct deadline_day *day); /* or NULL */
	void *context;
};

static int64_t earliest(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t clock_instant(const struct zone *zone, int day, int seconds)
{
	struct civil civil;
	civil_of_day(day, &civil);
	civil.second = seconds;
	return zone_instant(zone, &civil);
}

static bool working(const struct search *search, int day, bool *is_working)
{
	return calendar_working(search->clock->calendar, search->clock->known, day, is_working,
				search->provisional, search->err);
}

/* Whether DAY is one of HOURS, and when they open on it; of a day that the calendar shortens, only
 * what it leaves. HOURS NULL: always. */
static bool open_on(const struct search *search, const struct hours *hours, int day,
		    struct intervals *open)
{
	bool counts = !hours || hours->days == HOURS_ALL_DAYS ||
		      (hours->days == HOURS_WEEKDAYS && hours->weekdays >> day_weekday(day) & 1);
	*open = (struct intervals){0};
	if (hours && hours->days == HOURS_WORKING_DAYS && !working(search, day, &counts))
		return false;
	if (!counts)
		return true;
	*open = hours ? *hours_open(hours, day_weekday(day)) : whole_day;
	const struct intervals *left =
		hours && hours->days == HOURS_WORKING_DAYS
			? calendar_open(search->clock->calendar, search->clock->known, day)
			: NULL;
	if (left)
		intervals_limit(open, left);
	return true;
}

static void show(const struct search *search, int day, int64_t counted, int64_t total)
{
	if (!search->visit)
		return;
	struct deadline_day seen = {.day = day, .counted = counted, .total = total};
	seen.kind = calendar_day(search->clock->calendar, search->clock->known, day, &seen.name);
	if (seen.kind == DAY_UNKNOWN && *search->provisional) {
		struct err ignored = ERR_INIT;
		bool is_working;
		if (calendar_working(search->clock->calendar, search->clock->known, day,
				     &is_working, &seen.provisional, &ignored))
			seen.kind = is_working ? DAY_WORKING : DAY_OFF;
		err_clear(&ignored);
	}
	search->visit(search->context, &seen);
}

static bool refuse(const struct search *search, const char *why)
{
	struct buf text;
	buf_init(&text);
	duration_format(search->within, &text);
	err_set(search->err, STATUS_REFUSED, "%s: %s", text.data, why);
	buf_clear(&text);
	return false;
}

/* Refuses days outside the years that can be written. One day before them is let through: an
 * instant of 1900 in one zone may still be in 1899 in another. */
static bool in_range(const struct search *search, int64_t day)
{
	if (day < day_of_civil(YEAR_FIRST, 1, 1) - 1 || day > day_of_civil(YEAR_LAST, 12, 31))
		return refuse(search, "the result is outside the years 1900 to 2199");
	return true;
}

/* Time. */

static int64_t duration_seconds(struct duration duration)
{
	bool hours = duration.unit == DURATION_H || duration.unit == DURATION_WH;
	return duration.count * (hours ? 3600 : 60);
}

/* HOURS gets NULL for elapsed time, which always counts. */
static bool hours_of(const struct search *search, const struct hours **hours)
{
	bool elapsed = search->within.unit == DURATION_MIN || search->within.unit == DURATION_H;
	*hours = elapsed ? NULL : search->clock->hours;
	if (!*hours && !elapsed)
		return refuse(search, "working time needs a set of working hours");
	return true;
}

/* The first day whose hours may hold what is at START: the night of the day before may last. */
static int first_day(const struct search *search, const struct hours *hours, int64_t start)
{
	return zone_day(search->clock->zone, start) - (hours && hours->nights);
}

/* How much of OPEN, the hours of DAY, lies after *REACHED and before UNTIL, at most
 * WANTED seconds; *REACHED moves to where they are used up, else to the last
 * closing. Clocks that go back or forward may push intervals into each other:
 * none counts twice. */
static int64_t spend_day(const struct zone *zone, const struct intervals *open, int day,
			 int64_t wanted, int64_t until, int64_t *reached, bool *done)
{
	int64_t counted = 0;
	for (unsigned i = 0; i < open->count && !*done; i++) {
		int64_t from = latest(clock_instant(zone, day, open->at[i].from), *reached);
		int64_t to = earliest(clock_instant(zone, day, open->at[i].to), until);
		if (to <= from)
			continue;
		*done = wanted - counted <= to - from;
		*reached = *done ? from + wanted - counted : to;
		counted = *done ? wanted : counted + to - from;
	}
	return counted;
}

static bool spend(const struct search *search, int64_t start, int64_t *at)
{
	const struct zone *zone = search->clock->zone;
	const struct hours *hours;
	int64_t wanted = duration_seconds(search->within), total = 0, reached = start;
	if (!hours_of(search, &hours))
		return false;
	int first = first_day(search, hours, start), starts = zone_day(zone, start);
	for (int day = first; day < first + WALK_DAYS; day++) {
		struct intervals open;
		bool done = false;
		if (!in_range(search, day) || !open_on(search, hours, day, &open))
			return false;
		int64_t counted =
			spend_day(zone, &open, day, wanted - total, INT64_MAX, &reached, &done);
		total += counted;
		if (day >= starts || counted)
			show(search, day, counted, total);
		*at = reached;
		if (done)
			return true;
	}
	return refuse(search, "there is not enough working time within 40 years");
}

/* spend backwards: *FROM is where the last WANTED seconds before AT begin. */
static bool spend_back(const struct search *search, int64_t at, int64_t *from)
{
	const struct zone *zone = search->clock->zone;
	const struct hours *hours;
	int64_t left = duration_seconds(search->within);
	int last = zone_day(zone, at);
	if (!hours_of(search, &hours))
		return false;
	*from = at;
	for (int day = last; left && day > last - WALK_DAYS; day--) {
		struct intervals open;
		if (!in_range(search, day) || !open_on(search, hours, day, &open))
			return false;
		for (unsigned i = open.count; left && i > 0; i--) {
			int64_t opens = clock_instant(zone, day, open.at[i - 1].from);
			int64_t closes =
				earliest(clock_instant(zone, day, open.at[i - 1].to), *from);
			if (closes <= opens)
				continue;
			int64_t room = earliest(closes - opens, left);
			*from = closes - room;
			left -= room;
		}
	}
	return left ? refuse(search, "there is not enough working time within 40 years") : true;
}

/* Days. */

static int64_t months_later(int day, int64_t months)
{
	struct civil civil;
	civil_of_day(day, &civil);
	months += (int64_t)civil.year * 12 + civil.month - 1;
	if (months < YEAR_FIRST * 12 || months >= (YEAR_LAST + 1) * 12)
		return INT32_MAX; /* out of range */
	int year = (int)(months / 12), month = (int)(months % 12) + 1,
	    days = month_days(year, month);
	return day_of_civil(year, month, civil.day < days ? civil.day : days);
}

/* The day reached from FIRST in d, w, mo or y; SIGN -1 goes back. */
static bool days_later(const struct search *search, int first, int sign, int *day)
{
	int64_t count = sign * search->within.count, reached = first;
	switch (search->within.unit) {
	case DURATION_W:
		reached += 7 * count;
		break;
	case DURATION_MO:
		reached = months_later(first, count);
		break;
	case DURATION_Y:
		reached = months_later(first, 12 * count);
		break;
	default:
		reached += count;
	}
	*day = (int)reached;
	return in_range(search, reached);
}

/* The last instant of DAY that is in time. */
static bool end_of_day(const struct search *search, int64_t start, int day, enum day_end end,
		       int64_t *at)
{
	const struct zone *zone = search->clock->zone;
	const struct hours *hours = search->clock->hours;
	*at = zone_day_start(zone, day + 1) - 1;
	if (end == DAY_END_SAME_CLOCK) {
		struct civil date, time;
		civil_of_day(day, &date);
		zone_civil(zone, start, &time);
		time.year = date.year;
		time.month = date.month;
		time.day = date.day;
		*at = zone_instant(zone, &time);
	} else if (end == DAY_END_BUSINESS && hours) {
		struct intervals open;
		if (!open_on(search, hours, day, &open))
			return false;
		int closes = open.count ? open.at[open.count - 1].to : DAY_SECONDS;
		if (closes != DAY_SECONDS)
			*at = clock_instant(zone, day, closes);
	}
	return true;
}

static bool find_working_day(const struct search *search, int64_t start, enum day_end end, int *day,
			     int64_t *at)
{
	int first = zone_day(search->clock->zone, start);
	int64_t total = 0;
	for (*day = first; *day < first + WALK_DAYS; ++*day) {
		bool is_working;
		if (!in_range(search, *day) || !working(search, *day, &is_working))
			return false;
		bool counts = is_working && *day > first && total < search->within.count;
		total += counts;
		show(search, *day, counts, total);
		if (!is_working || total < search->within.count)
			continue;
		if (!end_of_day(search, start, *day, end, at))
			return false;
		if (*at >= start) /* else 0 wd after closing: due on the next working day */
			return true;
	}
	return refuse(search, "there are not enough working days within 40 years");
}

static bool find_day(const struct search *search, int64_t start, enum day_end end, bool roll,
		     int *day, int64_t *at)
{
	int first = zone_day(search->clock->zone, start), reached;
	if (!days_later(search, first, 1, &reached))
		return false;
	for (*day = reached; roll; ++*day) {
		bool is_working;
		if (*day >= reached + WALK_DAYS)
			return refuse(search, "no working day follows within 40 years");
		if (!in_range(search, *day) || !working(search, *day, &is_working))
			return false;
		if (is_working)
			break;
	}
	for (int seen = first; search->visit && seen <= *day; seen++)
		show(search, seen, seen > first && seen <= reached,
		     (seen < reached ? seen : reached) - first);
	if (!end_of_day(search, start, *day, end, at))
		return false;
	return *at >= start ||
	       end_of_day(search, start, *day, DAY_END_MIDNIGHT, at); /* 0 d after closing */
}

static bool find(const struct search *search, int64_t start, enum day_end end, bool roll, int *day,
		 int64_t *at)
{
	bool by_working_days = search->within.unit == DURATION_WD;
	if (end == DAY_END_USUAL)
		end = by_working_days ? DAY_END_BUSINESS : DAY_END_MIDNIGHT;
	return by_working_days ? find_working_day(search, start, end, day, at)
			       : find_day(search, start, end, roll, day, at);
}

bool deadline_walk(const struct clock *clock, int64_t start, struct duration within,
		   enum day_end end, bool roll,
		   void (*visit)(void *context, const struct deadline_day *day), void *context,
		   struct due *due, struct err *err)
{
	struct search search = {clock, within, &due->provisional, err, visit, context};
	int day;
	*due = (struct due){0};
	if (!in_range(&search, zone_day(clock->zone, start)))
		return false;
	if (roll && (within.unit == DURATION_MIN || within.unit == DURATION_H))
		return refuse(
			&search,
			"only a deadline in days, weeks, months or years can roll to a working "
			"day");
	bool found = duration_counts_time(within.unit)
			     ? spend(&search, start, &due->at)
			     : find(&search, start, end, roll, &day, &due->at);
	return found && in_range(&search, zone_day(clock->zone, due->at));
}

bool deadline_find(const struct clock *clock, int64_t start, struct duration within,
		   enum day_end end, bool roll, struct due *due, struct err *err)
{
	return deadline_walk(clock, start, within, end, roll, NULL, NULL, due, err);
}

bool window_open(const struct clock *clock, int64_t start, struct duration opens, struct due *due,
		 struct err *err)
{
	struct search search = {
		.clock = clock, .within = opens, .provisional = &due->provisional, .err = err};
	int day;
	if (duration_counts_time(opens.unit))
		return deadline_find(clock, start, opens, DAY_END_USUAL, false, due, err);
	*due = (struct due){0};
	if (!in_range(&search, zone_day(clock->zone, start)) ||
	    !find(&search, start, DAY_END_MIDNIGHT, false, &day, &due->at))
		return false;
	due->at = zone_day_start(clock->zone, day);
	return true;
}

bool deadline_early(const struct clock *clock, int64_t at, struct duration early, struct due *from,
		    struct err *err)
{
	struct search search = {
		.clock = clock, .within = early, .provisional = &from->provisional, .err = err};
	int last = zone_day(clock->zone, at), day = last;
	*from = (struct due){0};
	if (!in_range(&search, last))
		return false;
	if (duration_counts_time(early.unit))
		return spend_back(&search, at, &from->at);
	if (early.unit != DURATION_WD) {
		if (!days_later(&search, last, -1, &day))
			return false;
		from->at = zone_day_start(clock->zone, day);
		return true;
	}
	for (int64_t left = early.count; day > last - WALK_DAYS; day--) {
		bool is_working;
		if (!in_range(&search, day) || !working(&search, day, &is_working))
			return false;
		left -= is_working && day < last;
		from->at = zone_day_start(clock->zone, day);
		if (is_working && left <= 0)
			return true;
	}
	return refuse(&search, "there are not enough working days within 40 years");
}

bool working_seconds_between(const struct clock *clock, int64_t from, int64_t to, int64_t *seconds,
			     bool *provisional, struct err *err)
{
	struct search search = {.clock = clock,
				.within = {.unit = DURATION_WH},
				.provisional = provisional,
				.err = err};
	const struct hours *hours;
	int last = zone_day(clock->zone, to);
	*seconds = 0;
	if (!hours_of(&search, &hours))
		return false;
	int first = first_day(&search, hours, from);
	if (!in_range(&search, first) || !in_range(&search, last))
		return false;
	for (int day = first; day <= last && from < to; day++) {
		struct intervals open;
		bool done = false;
		if (!open_on(&search, hours, day, &open))
			return false;
		*seconds += spend_day(clock->zone, &open, day, INT64_MAX, to, &from, &done);
	}
	return true;
}
