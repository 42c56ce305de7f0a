// SPDX-License-Identifier: MIT
// Days, civil time and time zones, out of the system's TZif files.
#include "data/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define ZONE_DIRECTORY "/usr/share/zoneinfo"
#define DAY_SECONDS 86400

enum {
	NAME_MAX_LEN = 64,
	FILE_MAX = 1 << 20,
	HEADER_LEN = 44,
};

/* A day within the years 0000 to 9999, so that no zone leads out of them. */
static const int64_t instant_min = INT64_C(-62167132800); /* 0000-01-02T00:00:00Z */
static const int64_t instant_max = INT64_C(253402214399); /* 9999-12-30T23:59:59Z */

/* One side of a daylight saving rule: on which day, and when on it. */
struct turn {
	enum { TURN_WEEKDAY, TURN_JULIAN, TURN_ORDINAL } kind;
	int month, week, weekday; /* TURN_WEEKDAY; weekday 0 is Sunday, week 5 the last */
	int day;     /* TURN_JULIAN: 1 … 365 without 29 February; TURN_ORDINAL: 0 … 365 */
	int seconds; /* after local midnight; may be negative or past 24 h */
};

struct rule {
	int offset, summer_offset;
	bool summer; /* whether there is summer time at all */
	struct turn begins, ends;
};

struct change {
	int64_t at;
	int offset; /* from then on */
};

struct zone_table {
	struct change *changes; /* ascending */
	size_t change_count;
	int first_offset; /* before the first change */
	bool has_rule;    /* from the last change on */
	struct rule rule;
};

/* Days and civil time: H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", days_from_civil and civil_from_days. Years begin in March, so
 * the leap day comes last; 719468 is 0000-03-01 counted from 1970-01-01. */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int day_of_civil(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (int)(era * 146097 + day_of_era - 719468);
}

void civil_of_day(int day, struct civil *civil)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era -
			      (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	int month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
	*civil = (struct civil){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1),
	};
}

/* LOCAL is wall clock time in seconds, as if it were UTC. */
static void civil_of_local(int64_t local, struct civil *civil)
{
	int64_t day = floor_div(local, DAY_SECONDS);
	int seconds = (int)(local - day * DAY_SECONDS);
	civil_of_day((int)day, civil);
	civil->hour = seconds / 3600;
	civil->minute = seconds / 60 % 60;
	civil->second = seconds % 60;
}

int day_weekday(int day)
{
	int weekday = (day % 7 + 3) % 7; /* 1970-01-01 was a Thursday */
	return weekday < 0 ? weekday + 7 : weekday;
}

const char *weekday_name(int weekday)
{
	static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	return names[weekday];
}

int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

/* The rule at the end of a TZif file: POSIX TZ as RFC 8536 section 3.3.1
 * extends it (times of -167 to 167 hours). Each function returns the place
 * after what it read, or NULL. */

static const char *read_number(const char *at, int max, int *value)
{
	if (*at < '0' || *at > '9')
		return NULL;
	for (*value = 0; *at >= '0' && *at <= '9'; at++) {
		*value = *value * 10 + (*at - '0');
		if (*value > max)
			return NULL;
	}
	return at;
}

static const char *read_name(const char *at)
{
	const char *begin = at;
	if (*at == '<') {
		at += strcspn(at, ">");
		return *at ? at + 1 : NULL;
	}
	while ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'))
		at++;
	return at - begin >= 3 ? at : NULL;
}

static const char *read_clock(const char *at, int max_hours, int *seconds)
{
	int sign = 1;
	if (*at == '+' || *at == '-')
		sign = *at++ == '-' ? -1 : 1;
	int hours = 0, part = 0;
	at = read_number(at, max_hours, &hours);
	*seconds = hours * 3600;
	for (int unit = 60; at && *at == ':' && unit; unit /= 60) {
		at = read_number(at + 1, 59, &part);
		*seconds += part * unit;
	}
	*seconds *= sign;
	return at;
}

static const char *read_turn(const char *at, struct turn *turn)
{
	*turn = (struct turn){.kind = TURN_ORDINAL, .seconds = 2 * 3600};
	if (*at == 'M') {
		turn->kind = TURN_WEEKDAY;
		at = read_number(at + 1, 12, &turn->month);
		at = at && *at == '.' ? read_number(at + 1, 5, &turn->week) : NULL;
		at = at && *at == '.' ? read_number(at + 1, 6, &turn->weekday) : NULL;
		if (!at || !turn->month || !turn->week)
			return NULL;
	} else {
		if (*at == 'J') {
			turn->kind = TURN_JULIAN;
			at++;
		}
		at = read_number(at, 365, &turn->day);
		if (!at || (turn->kind == TURN_JULIAN && !turn->day))
			return NULL;
	}
	return *at == '/' ? read_clock(at + 1, 167, &turn->seconds) : at;
}

static bool read_rule(const char *at, struct rule *rule)
{
	int west;
	at = read_name(at);
	at = at ? read_clock(at, 23, &west) : NULL;
	if (!at)
		return false;
	rule->offset = -west;
	if (!*at)
		return true;
	rule->summer = true;
	rule->summer_offset = rule->offset + 3600;
	at = read_name(at);
	if (at && *at != ',') {
		at = read_clock(at, 23, &west);
		rule->summer_offset = -west;
	}
	at = at && *at == ',' ? read_turn(at + 1, &rule->begins) : NULL;
	at = at && *at == ',' ? read_turn(at + 1, &rule->ends) : NULL;
	return at && !*at;
}

/* Local seconds (as if they were UTC) at which TURN happens in YEAR. */
static int64_t turn_in_year(const struct turn *turn, int year)
{
	int day;
	if (turn->kind == TURN_WEEKDAY) {
		int first = day_of_civil(year, turn->month, 1);
		int first_weekday = (day_weekday(first) + 1) % 7; /* 0 is Sunday here */
		int in_month = (turn->weekday - first_weekday + 7) % 7 + 7 * (turn->week - 1);
		if (in_month >= month_days(year, turn->month))
			in_month -= 7;
		day = first + in_month;
	} else {
		day = day_of_civil(year, 1, 1) + turn->day;
		if (turn->kind == TURN_JULIAN)
			day -= turn->day < 60 || month_days(year, 2) == 28;
	}
	return (int64_t)day * DAY_SECONDS + turn->seconds;
}

static int rule_offset(const struct rule *rule, int64_t instant)
{
	if (!rule->summer)
		return rule->offset;
	struct civil civil;
	civil_of_day((int)floor_div(instant + rule->offset, DAY_SECONDS), &civil);
	int64_t begins = turn_in_year(&rule->begins, civil.year) - rule->offset;
	int64_t ends = turn_in_year(&rule->ends, civil.year) - rule->summer_offset;
	bool summer = begins < ends ? instant >= begins && instant < ends
				    : instant >= begins || instant < ends;
	return summer ? rule->summer_offset : rule->offset;
}

/* TZif. */

struct reader {
	const unsigned char *at, *end;
};

static bool take(struct reader *reader, size_t len, struct reader *part)
{
	if ((size_t)(reader->end - reader->at) < len)
		return false;
	*part = (struct reader){reader->at, reader->at + len};
	reader->at += len;
	return true;
}

static uint64_t big_endian(const unsigned char *bytes, size_t len)
{
	uint64_t value = 0;
	for (size_t i = 0; i < len; i++)
		value = value << 8 | bytes[i];
	return value;
}

struct header {
	char version;
	uint32_t utc_count, standard_count, leap_count, time_count, type_count, name_bytes;
};

static bool read_header(struct reader *reader, struct header *header)
{
	struct reader raw;
	if (!take(reader, HEADER_LEN, &raw) || memcmp(raw.at, "TZif", 4) != 0)
		return false;
	uint32_t *counts[] = {&header->utc_count,  &header->standard_count, &header->leap_count,
			      &header->time_count, &header->type_count,     &header->name_bytes};
	header->version = (char)raw.at[4];
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		*counts[i] = (uint32_t)big_endian(raw.at + 20 + 4 * i, 4);
		if (*counts[i] > FILE_MAX)
			return false;
	}
	return true;
}

static bool read_changes(struct zone_table *table, struct reader times, struct reader indexes,
			 struct reader types)
{
	size_t type_count = (size_t)(types.end - types.at) / 6,
	       count = (size_t)(indexes.end - indexes.at);
	for (size_t i = 0; i < type_count; i++) {
		int32_t offset = (int32_t)big_endian(types.at + 6 * i, 4);
		if (offset <= -DAY_SECONDS || offset >= DAY_SECONDS)
			return false;
	}
	table->first_offset = (int32_t)big_endian(types.at, 4);
	table->changes = mem_array(count ? count : 1, sizeof *table->changes);
	table->change_count = count;
	for (size_t i = 0; i < count; i++) {
		if (indexes.at[i] >= type_count)
			return false;
		table->changes[i].at = (int64_t)big_endian(times.at + 8 * i, 8);
		table->changes[i].offset = (int32_t)big_endian(types.at + 6 * indexes.at[i], 4);
		if (i && table->changes[i].at <= table->changes[i - 1].at)
			return false;
	}
	return true;
}

static bool read_footer(struct zone_table *table, struct reader footer)
{
	size_t len = (size_t)(footer.end - footer.at);
	if (len < 2 || footer.at[0] != '\n')
		return false;
	const unsigned char *end = memchr(footer.at + 1, '\n', len - 1);
	if (!end)
		return false;
	if (end == footer.at + 1)
		return true; /* the table is all there is */
	char *text = mem_dup_len((const char *)footer.at + 1, (size_t)(end - footer.at) - 1);
	table->has_rule = read_rule(text, &table->rule);
	free(text);
	return table->has_rule;
}

/* A static text of what is wrong, or NULL. The 32-bit half is skipped. */
static const char *read_table(struct zone_table *table, const struct buf *file)
{
	struct reader reader = {(const unsigned char *)file->data,
				(const unsigned char *)file->data + file->len};
	struct reader skipped, times, indexes, types;
	struct header header;
	if (!read_header(&reader, &header))
		return "is no time zone file";
	if (header.version < '2')
		return "is of the old 32-bit kind";
	if (!take(&reader,
		  header.time_count * 5 + header.type_count * 6 + header.name_bytes +
			  header.leap_count * 8 + header.standard_count + header.utc_count,
		  &skipped) ||
	    !read_header(&reader, &header))
		return "is cut off";
	if (header.leap_count)
		return "counts leap seconds";
	if (!header.type_count || !take(&reader, header.time_count * 8, &times) ||
	    !take(&reader, header.time_count, &indexes) ||
	    !take(&reader, header.type_count * 6, &types) ||
	    !take(&reader, header.name_bytes + header.standard_count + header.utc_count, &skipped))
		return "is cut off";
	if (!read_changes(table, times, indexes, types) || !read_footer(table, reader))
		return "is damaged";
	return NULL;
}

static bool read_whole(int fd, struct buf *out)
{
	while (out->len <= FILE_MAX) {
		buf_reserve(out, 4096);
		ssize_t got = read(fd, out->data + out->len, 4096);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			return true;
		out->len += (size_t)got;
		out->data[out->len] = '\0';
	}
	errno = EFBIG;
	return false;
}

static bool open_failed(const char *name, struct err *err)
{
	if (errno != ENOENT && errno != ENOTDIR)
		return err_system(err, "cannot read the time zone %s", name);
	if (access(ZONE_DIRECTORY, X_OK) != 0)
		return err_set(err, STATUS_SYSTEM,
			       "no time zones in %s: install tzdata, or use a fixed offset such as "
			       "\"+08:00\"",
			       ZONE_DIRECTORY);
	return err_set(err, STATUS_DAMAGED, "there is no time zone %s in %s", name, ZONE_DIRECTORY);
}

static bool load(struct zone_table *table, const char *name, struct err *err)
{
	struct buf path, file;
	struct stat stat;
	const char *wrong = NULL;
	bool done = false;
	int fd = -1;

	buf_init(&path);
	buf_init(&file);
	buf_addf(&path, "%s/%s", ZONE_DIRECTORY, name);
	fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0) {
		open_failed(name, err);
		goto out;
	}
	if (fstat(fd, &stat) != 0 || (S_ISREG(stat.st_mode) && !read_whole(fd, &file))) {
		err_system(err, "cannot read the time zone %s", name);
		goto out;
	}
	wrong = S_ISREG(stat.st_mode) ? read_table(table, &file) : "is no time zone file";
	if (wrong)
		err_set(err, STATUS_DAMAGED, "time zone %s: %s %s", name, path.data, wrong);
	done = !wrong;
out:
	if (fd >= 0)
		close(fd);
	buf_clear(&path);
	buf_clear(&file);
	return done;
}

static bool read_fixed(const char *name, int *offset)
{
	*offset = 0;
	if (strcmp(name, "Z") == 0 || strcmp(name, "UTC") == 0)
		return true;
	if (strlen(name) != 6 || (name[0] != '+' && name[0] != '-') || name[3] != ':' ||
	    strspn(name + 1, "0123456789") != 2 || strspn(name + 4, "0123456789") != 2)
		return false;
	int hours = (name[1] - '0') * 10 + name[2] - '0',
	    minutes = (name[4] - '0') * 10 + name[5] - '0';
	*offset = (name[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	return hours < 24 && minutes < 60;
}

/* No dots at all, so nothing climbs out of the directory. */
static bool is_zone_name(const char *name)
{
	size_t len = strlen(name);
	if (len == 0 || len > NAME_MAX_LEN || name[len - 1] == '/' || strstr(name, "//"))
		return false;
	if (strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") !=
	    len)
		return false;
	return strspn(name, "0123456789_+-/") == 0 && strcmp(name, "localtime") != 0;
}

bool zone_init(struct zone *zone, const char *name, struct err *err)
{
	int offset;
	bool fixed = read_fixed(name, &offset);
	if (!fixed && !is_zone_name(name))
		return err_set(
			err, STATUS_DAMAGED,
			"\"%.*s\" is not a time zone: write a name such as Asia/Shanghai or an "
			"offset such as +08:00",
			(int)utf8_fit(name, strlen(name), NAME_MAX_LEN), name);

	struct zone_table *table = mem_alloc(sizeof *table);
	table->first_offset = offset;
	zone->table = table;
	zone->name = mem_dup(name);
	if (fixed || load(table, name, err))
		return true;
	zone_clear(zone);
	return false;
}

void zone_clear(struct zone *zone)
{
	if (zone->table)
		free(zone->table->changes);
	free(zone->table);
	free(zone->name);
	*zone = (struct zone){0};
}

static int64_t clamp(int64_t instant)
{
	return instant < instant_min ? instant_min : instant > instant_max ? instant_max : instant;
}

int zone_offset(const struct zone *zone, int64_t instant)
{
	const struct zone_table *table = zone->table;
	if (!table)
		return 0;
	instant = clamp(instant);
	size_t low = 0, high = table->change_count; /* the number of changes at or before INSTANT */
	if (high && instant >= table->changes[high - 1].at)
		low = high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (table->changes[middle].at <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->change_count && table->has_rule)
		return rule_offset(&table->rule, instant);
	return low ? table->changes[low - 1].offset : table->first_offset;
}

int zone_day(const struct zone *zone, int64_t instant)
{
	return (int)floor_div(clamp(instant) + zone_offset(zone, instant), DAY_SECONDS);
}

void zone_civil(const struct zone *zone, int64_t instant, struct civil *civil)
{
	civil_of_local(clamp(instant) + zone_offset(zone, instant), civil);
}

int zone_civil_minutes(const struct zone *zone, int64_t instant, struct civil *civil)
{
	int minutes = zone_offset(zone, instant) / 60;
	civil_of_local(clamp(instant) + minutes * 60, civil);
	return minutes;
}

/* No offset reaches a day, so a day to either side lies before and after any change that matters.
 */
static int64_t instant_of_local(const struct zone *zone, int64_t local)
{
	int before = zone_offset(zone, local - DAY_SECONDS),
	    after = zone_offset(zone, local + DAY_SECONDS);
	if (before != after && zone_offset(zone, local - before) != before &&
	    zone_offset(zone, local - after) == after)
		return local - after;
	return local - before;
}

int64_t zone_instant(const struct zone *zone, const struct civil *civil)
{
	int64_t day = day_of_civil(civil->year, civil->month, civil->day);
	return instant_of_local(zone, clamp(day * DAY_SECONDS + civil->hour * 3600 +
					    civil->minute * 60 + civil->second));
}

int64_t zone_day_start(const struct zone *zone, int day)
{
	return instant_of_local(zone, clamp((int64_t)day * DAY_SECONDS));
}
