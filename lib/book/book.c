// SPDX-License-Identifier: MIT
// An opened ledger: header, zone, staff, policy, schemas, this clone's site code.
#include "book/book.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "book/form.h"
#include "book/unit.h"
#include "data/time.h"
#include "store/file.h"
#include "text/yaml.h"

/* The folder that holds kefu.yaml, from START upwards. NULL: there is none. */
static char *find_ledger(const char *start, struct err *err)
{
	char *path = realpath(start, NULL);
	if (!path) {
		err_system(err, "%s", start);
		err->status = STATUS_USAGE;
		return NULL;
	}
	for (;;) {
		struct buf header;
		buf_init(&header);
		buf_addf(&header, "%s/%s", path, LEDGER_HEADER);
		bool found = access(header.data, F_OK) == 0;
		buf_clear(&header);
		if (found)
			return path;
		char *slash = strrchr(path, '/');
		if (!slash || !slash[1])
			break;
		slash[slash == path] = '\0';
	}
	free(path);
	err_set(err, STATUS_USAGE,
		"no ledger here: no %s in %s or above it (ledger-init makes one)", LEDGER_HEADER,
		strcmp(start, ".") == 0 ? "this folder" : start);
	return NULL;
}

bool book_read_yaml(struct book *book, const char *relative, struct node **root, struct err *err)
{
	struct buf text;
	buf_init(&text);
	bool done = false;
	switch (file_read(&book->store.root, relative, YAML_MAX_BYTES, &text, err)) {
	case FILE_READ:
		done = yaml_read_one(&book->arena, arena_dup(&book->arena, relative), text.data,
				     text.len, root, err);
		break;
	case FILE_ABSENT:
		err_set(err, STATUS_DAMAGED, "missing");
		err_place(err, relative, 0, 0);
		break;
	case FILE_FAILED:
		break;
	}
	buf_clear(&text);
	return done;
}

static bool load_schema(void *context, const char *uri, struct arena *arena, struct node **root,
			struct err *err)
{
	struct book *book = context;
	struct buf text;
	buf_init(&text);
	bool done = false;
	if (strncmp(uri, "schemas/", 8) != 0 || strstr(uri, "..")) {
		err_set(err, STATUS_DAMAGED, "a schema refers to %s, which is not in schemas/",
			uri);
		goto out;
	}
	switch (file_read(&book->store.root, uri, YAML_MAX_BYTES, &text, err)) {
	case FILE_READ:
		done = yaml_read_one(arena, arena_dup(arena, uri), text.data, text.len, root, err);
		break;
	case FILE_ABSENT:
		err_set(err, STATUS_DAMAGED, "missing");
		err_place(err, uri, 0, 0);
		break;
	case FILE_FAILED:
		break;
	}
out:
	buf_clear(&text);
	return done;
}

static bool checked(struct book *book, const char *schema_uri, const struct node *root,
		    const char *file, struct err *err)
{
	const struct schema *schema = schema_find(book->schemas, schema_uri, err);
	if (!schema)
		return false;
	if (schema_check(schema, root, file, err))
		return true;
	err->status = STATUS_DAMAGED;
	return false;
}

static bool open_header(struct book *book, struct err *err)
{
	int64_t format;
	if (!book_read_yaml(book, LEDGER_HEADER, &book->header, err))
		return false;
	if (node_integer(book->header, "format", &format) && format > LEDGER_FORMAT) {
		err_set(err, STATUS_DAMAGED,
			"this ledger has format %lld, this kefu knows formats up to %d: "
			"install a newer kefu",
			(long long)format, LEDGER_FORMAT);
		return err_place(err, LEDGER_HEADER, node_get(book->header, "format")->line, 1);
	}
	if (!checked(book, "schemas/header.yaml", book->header, LEDGER_HEADER, err))
		return false;
	book->name = node_text(book->header, "name");
	book->test = node_true(book->header, "test");
	const char *zone, *language = node_text(book->header, "language");
	languages_one(&book->own, language ? language : LEDGER_LANGUAGE);
	if (!document_name(LEDGER_HEADER, book->header, "zone", &zone, err))
		return false;
	if (!zone_init(&book->zone, zone, err))
		return err_place(err, LEDGER_HEADER, node_get(book->header, "zone")->line, 1);
	book->zone_open = true;
	return true;
}

static bool open_clock(struct book *book, const struct book_options *options, struct err *err)
{
	book->now = options->clock;
	if (!options->now)
		return true;
	if (options->writes && !book->test)
		return err_set(err, STATUS_USAGE, "--now is for ledgers marked `test: true` in %s",
			       LEDGER_HEADER);
	if (time_input(&book->zone, options->clock, options->now, &book->now, err))
		return true;
	err_prefix(err, "--now");
	return false;
}

static bool open_staff(struct book *book, struct err *err)
{
	struct buf text;
	buf_init(&text);
	enum file_result result =
		file_read(&book->store.root, LEDGER_STAFF, YAML_MAX_BYTES, &text, err);
	if (result == FILE_ABSENT) {
		err_set(err, STATUS_DAMAGED, "missing");
		err_place(err, LEDGER_STAFF, 0, 0);
	}
	bool done = result == FILE_READ &&
		    staff_read(&book->staff, LEDGER_STAFF, text.data, text.len, err);
	buf_clear(&text);
	return done;
}

static bool open_calendar(struct book *book, struct err *err)
{
	static const char *const files[] = {"policy/calendar.yaml", "policy/calendar-own.yaml"};
	book->calendar = calendar_new();
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct node *root;
		if (i && !file_exists(&book->store.root, files[i]))
			continue;
		if (!book_read_yaml(book, files[i], &root, err) ||
		    !calendar_add(book->calendar, root, files[i], err))
			return false;
	}
	return true;
}

static bool open_policy(struct book *book, struct err *err)
{
	const struct node *packs = node_get(book->header, "packs");
	book->policy = policy_new(book->schemas);
	policy_read_by(book->policy, &book->reader);
	const char *name;
	for (size_t i = 0; (name = node_each_text(packs, &i));) {
		const char *file = arena_printf(&book->arena, "policy/%s.yaml", name);
		struct node *root;
		if (!book_read_yaml(book, file, &root, err) ||
		    !policy_add(book->policy, name, file, root, err))
			return false;
	}
	return policy_seal(book->policy, err);
}

bool book_is_site(const char *text)
{
	size_t len = strlen(text);
	return len >= 2 && len <= 4 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len;
}

bool book_owns_site(const struct book *book, const char *site)
{
	const char *mark = node_text(node_get(book->header, "founded"), site);
	struct buf text, wanted;
	struct err ignored = ERR_INIT;
	if (!mark)
		return true;
	buf_init(&text);
	buf_init(&wanted);
	buf_addf(&wanted, "%s %s\n", site, mark);
	bool owns = file_read(&book->store.root, LEDGER_CLONE, 64, &text, &ignored) == FILE_READ &&
		    strcmp(text.data, wanted.data) == 0;
	err_clear(&ignored);
	buf_clear(&text);
	buf_clear(&wanted);
	return owns;
}

/* NEEDED: a missing site code is an error, as for commands that record. */
static bool open_site(struct book *book, bool needed, struct err *err)
{
	struct buf text;
	buf_init(&text);
	bool read = file_read(&book->store.root, LEDGER_SITE, 64, &text, err) != FILE_FAILED,
	     known = false;
	size_t len = strcspn(text.data, "\n");
	if (len)
		text.data[len] = '\0';
	if (read && len && len < sizeof book->site)
		known = node_holds(node_get(book->header, "sites"), text.data);
	if (known) {
		memcpy(book->site, text.data, len + 1);
		if (needed && !book_owns_site(book, text.data))
			known = err_set(err, STATUS_REFUSED,
					"the site code %s is another clone's, which took it too: "
					"run `ledger-init --replace --site CODE` in this one, with "
					"a code no other clone uses",
					text.data);
	} else if (read && needed && len)
		err_set(err, STATUS_REFUSED,
			"this clone's site code %s is not among the sites in %s", text.data,
			LEDGER_HEADER);
	else if (read && needed)
		err_set(err, STATUS_REFUSED,
			"this clone has no site code yet: run `ledger-init --site CODE` in it, "
			"with a code no other clone uses");
	buf_clear(&text);
	return known || (read && !needed);
}

bool book_find(struct book *book, const struct book_options *options, struct err *err)
{
	*book = (struct book){.now = options->clock};
	staff_init(&book->staff);
	languages_read(&book->reader);
	languages_one(&book->own, LEDGER_LANGUAGE);
	const char *start = options->directory ? options->directory : getenv("KEFU_LEDGER");
	book->path = find_ledger(start && *start ? start : ".", err);
	if (!book->path)
		return false;
	book->schemas = schema_set_new(load_schema, book);
	schema_set_flags(book->schemas, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	if (store_open(&book->store, book->path, err))
		return true;
	book_close(book);
	return false;
}

bool book_load(struct book *book, const struct book_options *options, enum book_part part,
	       struct err *err)
{
	bool done = true;
	switch (part) {
	case BOOK_HEADER:
		if (open_header(book, err))
			return open_clock(book, options, err);
		book->header = NULL;
		return false;
	case BOOK_SITE:
	case BOOK_HINT:
		return open_site(book, part == BOOK_SITE, err);
	case BOOK_STAFF:
		if (!(done = open_staff(book, err)))
			staff_clear(&book->staff);
		break;
	case BOOK_CALENDAR:
		if (!(done = open_calendar(book, err))) {
			calendar_free(book->calendar);
			book->calendar = NULL;
		}
		break;
	case BOOK_PACKS:
		if (!(done = open_policy(book, err))) {
			policy_free(book->policy);
			book->policy = NULL;
		}
		break;
	case BOOK_POLICY:
		return book_load(book, options, BOOK_CALENDAR, err) &&
		       book_load(book, options, BOOK_PACKS, err);
	}
	return done;
}

bool book_open(struct book *book, const struct book_options *options, struct err *err)
{
	static const enum book_part order[] = {BOOK_SITE, BOOK_HINT, BOOK_STAFF, BOOK_CALENDAR,
					       BOOK_PACKS};
	if (!book_find(book, options, err))
		return false;
	bool done = book_load(book, options, BOOK_HEADER, err);
	for (size_t i = 0; done && i < sizeof order / sizeof *order; i++)
		done = !(options->parts & order[i]) || book_load(book, options, order[i], err);
	if (!done)
		book_close(book);
	return done;
}

void book_close(struct book *book)
{
	if (!book->path)
		return;
	policy_free(book->policy);
	schema_set_free(book->schemas);
	calendar_free(book->calendar);
	staff_clear(&book->staff);
	if (book->zone_open)
		zone_clear(&book->zone);
	store_close(&book->store);
	free(book->path);
	arena_clear(&book->arena);
	*book = (struct book){0};
}

bool book_refresh(struct book *book, struct err *err)
{
	staff_clear(&book->staff);
	return open_staff(book, err);
}

int version_compare(const char *a, const char *b)
{
	for (;;) {
		char *rest_a, *rest_b;
		unsigned long x = strtoul(a, &rest_a, 10), y = strtoul(b, &rest_b, 10);
		if (x != y)
			return x < y ? -1 : 1;
		if (*rest_a != '.' || *rest_b != '.')
			return (*rest_a == '.') - (*rest_b == '.');
		a = rest_a + 1;
		b = rest_b + 1;
	}
}

bool book_is_older(const struct book *book)
{
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(node_get(book->header, "versions"), i)); i++)
		if (node_as_text(pair->value) &&
		    version_compare(node_as_text(pair->value), KEFU_VERSION) < 0)
			return true;
	return false;
}

bool book_needs_schema(const struct book *book, const char *uri, struct err *err)
{
	return file_exists(&book->store.root, uri) ||
	       err_set(err, STATUS_REFUSED,
		       "this ledger has no %s, as it was made by an earlier version: "
		       "`ledger-upgrade --write` brings it",
		       uri);
}

static bool is_name(const char *text)
{
	return *text >= 'a' && *text <= 'z' &&
	       !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

const struct schema *book_event_schema(const struct book *book, const char *kind, const char *event,
				       struct err *err)
{
	struct arena arena = ARENA_INIT;
	const struct schema *schema = NULL;
	if (!is_name(event)) {
		err_set(err, STATUS_REFUSED, "\"%s\" cannot be the name of a step", event);
		return NULL;
	}
	if (kind && !is_name(kind))
		kind = NULL;
	const char *tries[] = {
		kind ? arena_printf(&arena, "schemas/%s/%s.yaml", kind, event) : NULL,
		arena_printf(&arena, "schemas/ticket/%s.yaml", event),
		"schemas/ticket/step.yaml",
	};
	size_t count = event_is_core(event_of(event)) ? 2 : 3, i = 0;
	while (i + 1 < count && !(tries[i] && file_exists(&book->store.root, tries[i])))
		i++;
	schema = schema_find(book->schemas, tries[i], err);
	arena_clear(&arena);
	return schema;
}

bool book_has_schema(struct book *book, const char *kind, const char *event)
{
	return kind && is_name(kind) && is_name(event) &&
	       file_exists(&book->store.root,
			   arena_printf(&book->arena, "schemas/%s/%s.yaml", kind, event));
}

/* Splits an id: letters of the site code, then yymmdd, then the number. */
static bool id_is_whole(const char *id, size_t *site_len)
{
	size_t letters = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t digits = strspn(id + letters, "0123456789");
	*site_len = letters;
	return letters >= 2 && letters <= 4 && digits >= 9 && digits <= 12 && !id[letters + digits];
}

bool book_is_ticket(const char *id)
{
	size_t site;
	return id_is_whole(id, &site);
}

/* Whether TEXT can be a unit, or whatever else a customer's file is named after: parts of letters
 * and digits with hyphens between them. */
static bool is_unit(const char *text)
{
	size_t part = 0, len = 0;
	for (; text[len]; len++) {
		unsigned char byte = (unsigned char)text[len];
		bool letter = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
			      ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
		if (!letter && (byte != '-' || !part))
			return false;
		part = letter ? part + 1 : 0;
	}
	return part && len <= 120;
}

bool book_form_path(const char *id, struct buf *path, struct err *err)
{
	size_t site;
	if (!id_is_whole(id, &site)) {
		if (!is_unit(id))
			return err_set(
				err, STATUS_USAGE,
				"\"%s\" is not a ticket number (like YL261121001, or today's "
				"number: 7)",
				id);
		buf_addf(path, "customers/%.*s/%s.yaml", (int)strcspn(id, "-"), id, id);
		return true;
	}
	const char *date = id + site;
	int year = (date[0] - '0') * 10 + (date[1] - '0');
	/* imports may be older than the ledger: 70 to 99 are of the last century */
	buf_addf(path, "tickets/%d/%.2s/%s.yaml",
		 year + (year >= LEDGER_YEAR_FIRST % 100 ? 1900 : 2000), date + 2, id);
	return true;
}

static bool has_customer(const struct book *book, const char *unit)
{
	struct buf path;
	buf_init(&path);
	if (is_unit(unit))
		buf_addf(&path, "customers/%.*s/%s.yaml", (int)strcspn(unit, "-"), unit, unit);
	bool has = path.len && file_exists(&book->store.root, path.data);
	buf_clear(&path);
	return has;
}

/* The same for UNIT with its LETTERS Latin letters in all the ways that they can be written; KNOWN
 * gets the one that has a file. */
static bool try_letters(const struct book *book, const char *unit, unsigned letters,
			struct buf *known)
{
	for (unsigned way = 0; way < 1u << letters; way++) {
		unsigned letter = 0;
		buf_reset(known);
		for (const char *at = unit; *at; at++) {
			char small = (char)(*at | 0x20);
			bool is_letter = small >= 'a' && small <= 'z';
			char other = way >> letter & 1 ? small : (char)(small - 'a' + 'A');
			buf_addc(known, is_letter ? other : *at);
			letter += is_letter;
		}
		if (has_customer(book, known->data))
			return true;
	}
	return false;
}

/* The same for a unit with so many letters that looking through the folders is quicker. */
static bool look_for_unit(const struct book *book, const char *unit, struct buf *known)
{
	struct err ignored = ERR_INIT;
	struct file_names areas = {0}, units = {0};
	struct buf folder;
	bool found = false;
	buf_init(&folder);
	file_list(&book->store.root, "customers", &areas, &ignored);
	for (size_t i = 0; i < areas.count && !found; i++) {
		if (!unit_lies_in(unit, areas.items[i]))
			continue;
		buf_reset(&folder);
		buf_addf(&folder, "customers/%s", areas.items[i]);
		file_list(&book->store.root, folder.data, &units, &ignored);
		file_names_keep(&units, ".yaml");
		for (size_t j = 0; j < units.count && !found; j++) {
			buf_reset(known);
			buf_adds(known, units.items[j]);
			found = unit_same(unit, units.items[j]) && has_customer(book, known->data);
		}
		file_names_clear(&units);
	}
	file_names_clear(&areas);
	err_clear(&ignored);
	buf_clear(&folder);
	return found;
}

void book_known_unit(const struct book *book, struct buf *unit)
{
	enum { LETTERS_TRIED = 6 };
	unsigned letters = 0;
	struct buf known;
	for (size_t i = 0; i < unit->len; i++)
		letters += (unit->data[i] | 0x20) >= 'a' && (unit->data[i] | 0x20) <= 'z';
	if (!letters || has_customer(book, unit->data))
		return;
	buf_init(&known);
	if (letters <= LETTERS_TRIED ? try_letters(book, unit->data, letters, &known)
				     : look_for_unit(book, unit->data, &known)) {
		buf_reset(unit);
		buf_add(unit, known.data, known.len);
	}
	buf_clear(&known);
}

bool book_resolve_id(const struct book *book, const char *typed, struct buf *id, struct err *err)
{
	struct buf plain;
	buf_init(&plain);
	for (size_t i = 0, len = strlen(typed); i < len;) {
		uint32_t code;
		size_t used = utf8_decode(typed + i, len - i, &code);
		if (!used)
			break;
		i += used;
		if (code >= 0xff01 && code <= 0xff5e)
			code -= 0xfee0;
		if (code == ' ' || code == 0x3000)
			continue;
		char bytes[4];
		buf_add(&plain, bytes, utf8_encode(code, bytes));
	}
	/* a customer's file: by a unit with a hyphen in it, any unit behind an @ */
	const char *unit = plain.data + (plain.data[0] == '@');
	if ((unit > plain.data || strchr(unit, '-')) && is_unit(unit)) {
		struct buf known;
		buf_init(&known);
		buf_adds(&known, unit);
		book_known_unit(book, &known);
		buf_add(id, known.data, known.len);
		buf_clear(&known);
		buf_clear(&plain);
		return true;
	}
	for (char *letter = plain.data; *letter; letter++)
		if (*letter >= 'a' && *letter <= 'z')
			*letter -= 'a' - 'A';
	size_t digits = strspn(plain.data, "0123456789"), site;
	bool done = true;
	if (digits && digits <= 6 && digits == plain.len && book->site[0]) {
		struct civil today;
		zone_civil(&book->zone, book->now, &today);
		buf_addf(id, "%s%02d%02d%02d%03ld", book->site, today.year % 100, today.month,
			 today.day, strtol(plain.data, NULL, 10));
	} else if (id_is_whole(plain.data, &site)) {
		buf_adds(id, plain.data);
	} else {
		done = err_set(
			err, STATUS_USAGE,
			"\"%s\" is not a ticket number (like YL261121001, or today's number: 7)",
			typed);
	}
	buf_clear(&plain);
	return done;
}

struct calendar_known book_known(const struct book *book, int64_t recorded)
{
	return (struct calendar_known){.by = zone_day(&book->zone, recorded)};
}

struct clock book_clock(const struct book *book, const struct hours *hours, int64_t recorded)
{
	return (struct clock){.zone = &book->zone,
			      .calendar = book->calendar,
			      .hours = hours,
			      .known = book_known(book, recorded)};
}

const char *book_time_text(const struct book *book, struct arena *arena, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	time_format(&book->zone, instant, &text);
	const char *kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

struct node *book_time(const struct book *book, struct arena *arena, int64_t instant)
{
	return node_string(arena, book_time_text(book, arena, instant));
}

const char *book_login(struct arena *arena, struct err *err)
{
	struct passwd entry, *found = NULL;
	char *room = mem_alloc(16384);
	const char *login = NULL;
	int code = getpwuid_r(getuid(), &entry, room, 16384, &found);
	if (code || !found)
		err_set(err, STATUS_REFUSED, "user id %ld has no login name on this machine",
			(long)getuid());
	else
		login = arena_dup(arena, found->pw_name);
	free(room);
	return login;
}

/* A machine that lost its clock begins anew in 1970. */
static void say_early(const struct book *book, int64_t first, struct err *err)
{
	struct buf now, begin;
	buf_init(&now);
	buf_init(&begin);
	time_format_short(&book->zone, book->now, &now);
	time_format_short(&book->zone, first, &begin);
	err_set(err, STATUS_REFUSED,
		"the time now is %s, and nobody worked here before %s: set the clock", now.data,
		begin.data);
	buf_clear(&now);
	buf_clear(&begin);
}

/* Somebody who works here only later: they were entered in advance, or where the clock is ahead. */
static void say_coming(const struct book *book, const struct member *member, struct err *err)
{
	struct buf now, begin;
	buf_init(&now);
	buf_init(&begin);
	time_format_short(&book->zone, book->now, &now);
	time_format_short(&book->zone, member->from, &begin);
	err_set(err, STATUS_REFUSED,
		"login %s: %s is in %s from %s on, and the clock of this machine says %s",
		member->login, member->id, LEDGER_STAFF, begin.data, now.data);
	buf_clear(&now);
	buf_clear(&begin);
}

const struct member *book_actor(const struct book *book, struct err *err)
{
	const char *login = book_login((struct arena *)&book->arena, err);
	if (!login)
		return NULL;
	const struct member *member = staff_login(&book->staff, login, book->now);
	const struct member *former = NULL, *coming = NULL;
	for (size_t i = 0; !member && i < book->staff.count; i++)
		if (strcmp(book->staff.versions[i].login, login) == 0 &&
		    book->staff.versions[i].left && book->staff.versions[i].from <= book->now)
			former = &book->staff.versions[i];
		else if (!coming && strcmp(book->staff.versions[i].login, login) == 0)
			coming = &book->staff.versions[i];
	int64_t first = INT64_MAX;
	for (size_t i = 0; i < book->staff.count; i++)
		if (book->staff.versions[i].from < first)
			first = book->staff.versions[i].from;
	if (!member && book->staff.count && book->now < first)
		say_early(book, first, err);
	else if (!member && !former && coming)
		say_coming(book, coming, err);
	else if (former)
		err_set(err, STATUS_REFUSED, "login %s: %s does not work here any more", login,
			former->id);
	else if (!member)
		err_set(err, STATUS_REFUSED,
			"login %s is not in %s: have it entered with staff-log", login,
			LEDGER_STAFF);
	return member;
}
