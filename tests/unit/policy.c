// SPDX-License-Identifier: MIT
// book/policy: packs put together: names that are used are given, and what makes no sense is
// refused, each with its place; what replaces what; which rules apply when.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "book/policy.h"
#include "data/time.h"
#include "text/yaml.h"

/* What a test's schemas/policy.yaml has besides: lines put behind the line AFTER. */
struct addition {
	const char *after, *lines;
};

struct fixture {
	struct arena arena;
	struct schema_set *schemas;
	struct policy *policy;
	struct err err;
	const struct addition *additions; /* closed by {0} */
	bool unannotated;                 /* as an earlier kefu founded ledgers */
	bool loosened;                    /* anything may stand anywhere */
};

/* In the working directory of the tests, the root of the project, unless KEFU_DATA says where. */
static void read_file(const char *path, struct buf *text)
{
	const char *root = getenv("KEFU_DATA");
	struct buf whole;
	buf_init(&whole);
	buf_addf(&whole, "%s/%s", root ? root : ".", path);
	FILE *file = fopen(whole.data, "rb");
	char block[65536];
	for (size_t got = 1; file && got;) {
		got = fread(block, 1, sizeof block, file);
		buf_add(text, block, got);
	}
	if (file)
		fclose(file);
	buf_clear(&whole);
}

static void add_lines(struct buf *text, const struct addition *addition)
{
	struct buf whole;
	buf_init(&whole);
	const char *at = strstr(text->data, addition->after);
	assert_non_null(at);
	at += strlen(addition->after);
	buf_add(&whole, text->data, (size_t)(at - text->data));
	buf_adds(&whole, addition->lines);
	buf_adds(&whole, at);
	buf_reset(text);
	buf_add(text, whole.data, whole.len);
	buf_clear(&whole);
}

/* Takes out of SCHEMA all that it asks for, but for which properties there are and what is noted of
 * them. */
static void loosen(struct node *schema, bool are_properties)
{
	static const char *const kept[] = {"properties",    "items",   "$ref",    "$defs",
					   "propertyNames", "x-sorts", "x-names", "x-refers"};
	for (size_t i = node_pair_count(schema); i--;) {
		struct pair *pair = node_pair(schema, i);
		bool keep = are_properties;
		for (size_t j = 0; !keep && j < sizeof kept / sizeof *kept; j++)
			keep = strcmp(pair->key, kept[j]) == 0;
		bool inner = !are_properties && (strcmp(pair->key, "properties") == 0 ||
						 strcmp(pair->key, "$defs") == 0);
		if (keep && strncmp(pair->key, "x-", 2) != 0)
			loosen(pair->value, inner);
		if (!keep)
			node_remove(schema, pair->key);
	}
}

static bool load(void *context, const char *uri, struct arena *arena, struct node **root,
		 struct err *err)
{
	const struct fixture *fixture = context;
	struct buf text;
	buf_init(&text);
	read_file(uri, &text);
	bool policy = strcmp(uri, "schemas/policy.yaml") == 0;
	for (const struct addition *addition = fixture->additions;
	     policy && addition && addition->after; addition++)
		add_lines(&text, addition);
	bool done = text.len ? yaml_read_one(arena, arena_dup(arena, uri), text.data, text.len,
					     root, err)
			     : err_set(err, STATUS_DAMAGED, "%s: missing", uri);
	if (done && policy && fixture->unannotated)
		node_remove(*root, "x-sorts");
	if (done && fixture->loosened)
		loosen(*root, false);
	buf_clear(&text);
	return done;
}

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	return !*state;
}

static void forget(struct fixture *fixture)
{
	policy_free(fixture->policy);
	schema_set_free(fixture->schemas);
	err_clear(&fixture->err);
	arena_clear(&fixture->arena);
	fixture->policy = NULL;
	fixture->schemas = NULL;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	forget(fixture);
	free(fixture);
	return 0;
}

/* Reads packs, each by its name, and puts them together; false with the error set. */
static bool put_together(struct fixture *fixture, const char *const names[],
			 const char *const texts[], size_t count)
{
	forget(fixture);
	fixture->schemas = schema_set_new(load, fixture);
	schema_set_flags(fixture->schemas, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	fixture->policy = policy_new(fixture->schemas);
	for (size_t i = 0; i < count; i++) {
		const char *file = arena_printf(&fixture->arena, "%s.yaml", names[i]);
		const char *text = arena_printf(
			&fixture->arena, "pack: %s\ntitle: x\nsource: x\n%s", names[i], texts[i]);
		struct node *root;
		if (!yaml_read_one(&fixture->arena, file, text, strlen(text), &root, &fixture->err))
			fail_msg("%s: %s", text, fixture->err.text);
		if (!policy_add(fixture->policy, names[i], file, root, &fixture->err))
			return false;
	}
	return policy_seal(fixture->policy, &fixture->err);
}

/* What the packs of the tests refer to. */
static const char base[] =
	"roles:\n"
	"  - {role: desk, title: Desk}\n"
	"  - {role: lead, title: Lead}\n"
	"hours: [{hours: office, days: working, open: [\"08:00-18:00\"]}]\n"
	"kinds:\n"
	"  - {kind: repair, title: Repair, severities: [usual], category: water}\n"
	"  - {kind: complaint, title: Complaint}\n"
	"categories:\n"
	"  - {category: water, kind: repair, title: Water}\n"
	"  - {category: noise, kind: [complaint], title: Noise}\n"
	"severities:\n"
	"  - {severity: usual, title: Usual}\n"
	"  - {severity: urgent, kind: repair, title: Urgent}\n"
	"match: {paid: true, free: true}\n"
	"steps:\n"
	"  - {step: [quoted, visited], by: [desk], clause: B-1}\n"
	"deadlines:\n"
	"  - {rule: done, start: opened, until: finished, within: 1 d, clause: B-2}\n"
	"  - {rule: reported, routine: report, start: opened, until: closed, within: 1 d, clause: B-4}\n"
	"extensions: [{extend: longer, total: any, by: lead, clause: B-3}]\n"
	"routines:\n"
	"  - {routine: report, title: Report, for: desk, kind: repair, every: month, clause: B-4}\n"
	"degrees:\n"
	"  - {degree: praise, title: Praise, of: commendation, by: lead, clause: B-5}\n"
	"  - {degree: warning, title: Warning, of: sanction, by: lead, clause: B-5}\n"
	"courses: [{course: first-day, title: The first day, by: lead, clause: B-6}]\n"
	"certificates: [{certificate: welder, title: Welder, by: lead, clause: B-6}]\n";

/* A pack of the rules OWN beside the base gives just MESSAGE, whose place is where @ stands; NULL:
 * nothing is wrong with it. */
static void expect(struct fixture *fixture, const char *own, const char *message)
{
	struct buf text, said, wanted;
	buf_init(&text);
	buf_init(&said);
	buf_init(&wanted);
	const char *mark = strchr(own, '@');
	buf_adds(&text, own);
	if (mark) {
		size_t line = 4, column = 1;
		for (const char *at = own; at < mark; at++) {
			column = *at == '\n' ? 1 : column + 1;
			line += *at == '\n';
		}
		buf_reset(&text);
		buf_addf(&text, "%.*s%s", (int)(mark - own), own, mark + 1);
		buf_addf(&wanted, "own.yaml:%zu:%zu: ", line, column);
	}
	buf_adds(&wanted, message ? message : "");
	if (!put_together(fixture, (const char *const[]){"base", "own"},
			  (const char *const[]){base, text.data}, 2)) {
		err_render(&fixture->err, &said);
		assert_int_equal(fixture->err.status, STATUS_DAMAGED);
	}
	if (strcmp(said.data, wanted.data) != 0)
		fail_msg("%sgives    %s\nand not  %s", own, said.data, wanted.data);
	buf_clear(&text);
	buf_clear(&said);
	buf_clear(&wanted);
}

struct expectation {
	const char *own, *message;
};

static void expect_all(struct fixture *fixture, const struct expectation *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(fixture, cases[i].own, cases[i].message);
}

#define EXPECT_ALL(fixture, cases) expect_all(fixture, cases, sizeof(cases) / sizeof *(cases))

/* --- names --- */

#define NO_ROLE "\"boss\" is not a role of these packs (allowed: desk, lead)"
#define NO_KIND "\"row\" is not a kind of these packs (allowed: repair, complaint)"
#define NO_CONDITION "\"payed\" is not a condition under match (allowed: paid, free)"
#define NO_STEP "\"qouted\" is not a step: no entry under steps names it"
#define SCHEME(rest) \
	"schemes: [{scheme: s, title: S, full: '10', dimensions: [{dimension: d, title: D, points: '10', items: [{item: i, title: I}]}],\n" \
	"  deductions: {clause: C-1}, components: [{component: c, title: C, share: '1', clause: C-1}],\n" rest
#define SHEET_OF(component, by, rest) \
	"  sheets: [{sheet: m, title: M, period: month, component: " component \
	", weight: '1', by: " by ", clause: C-1" rest "}], clause: C-1}]\n"
#define SHEET(rest) SHEET_OF("c", "lead", rest)

static void refuses_names_that_are_not_given(void **state)
{
	static const struct expectation cases[] = {
		{"kinds:\n  - {kind: own, title: Own, severities: [@urgnt]}\n",
		 "\"urgnt\" is not a severity of the kind own (allowed: usual)"},
		{"kinds:\n  - {kind: own, title: Own, category: @water}\n",
		 "\"water\" is not a category of the kind own (allowed: none)"},
		{"categories:\n  - {category: own, kind: @row, title: Own}\n", NO_KIND},
		{"categories:\n  - {category: own, kind: repair, title: Own, severity: @grave}\n",
		 "\"grave\" is not a severity of the kind repair (allowed: usual, urgent)"},
		{"severities:\n  - {severity: own, kind: [repair, @row], title: Own}\n", NO_KIND},
		{"steps:\n  - {step: own, kind: @row, clause: C-1}\n", NO_KIND " [C-1]"},
		{"steps:\n  - {step: own, category: @wind, clause: C-1}\n",
		 "\"wind\" is not a category of these packs (allowed: water, noise) [C-1]"},
		{"steps:\n  - {step: own, severity: @grave, clause: C-1}\n",
		 "\"grave\" is not a severity of these packs (allowed: usual, urgent) [C-1]"},
		{"steps:\n  - {step: own, routine: @none, clause: [C-1, C-2]}\n",
		 "\"none\" is not a routine of these packs (allowed: report) [C-1 C-2]"},
		{"steps:\n  - {step: own, if: @payed, clause: C-1}\n",
		 "if: " NO_CONDITION " [C-1]"},
		{"steps:\n  - {step: own, unless: [paid, @payed], clause: C-1}\n",
		 "unless: " NO_CONDITION " [C-1]"},
		{"steps:\n  - {step: own, by: [desk, @boss], clause: C-1}\n", NO_ROLE " [C-1]"},
		{"steps:\n  - {step: own, after: @qouted, clause: C-1}\n",
		 "after: " NO_STEP " [C-1]"},
		{"steps:\n  - {step: own, not-after: @qouted, clause: C-1}\n",
		 "not-after: " NO_STEP " [C-1]"},
		{"steps:\n  - {step: own, newer: [[quoted, @qouted]], clause: C-1}\n",
		 "newer: " NO_STEP " [C-1]"},
		{"steps:\n  - {step: own, sign: [{field: signer, role: @boss}], clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"steps:\n  - {step: own, override: @boss, clause: C-1}\n", NO_ROLE " [C-1]"},
		{"deadlines:\n  - {rule: own, start: @qouted.price, until: closed, within: 1 d, clause: C-1}\n",
		 "start: \"qouted.price\" is not a step: no entry under steps names it [C-1]"},
		{"deadlines:\n  - {rule: own, at: @qouted.until, until: closed, clause: C-1}\n",
		 "at: \"qouted.until\" is not a step: no entry under steps names it [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: [closed, @qouted], within: 1 d, clause: C-1}\n",
		 "until: " NO_STEP " [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, only-if-late: @dne, clause: C-1}\n",
		 "\"dne\" is not a deadline of these packs (allowed: done, reported, own) [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 wh, hours: @night, clause: C-1}\n",
		 "\"night\" is not one of the hours of these packs (allowed: office) [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, extend: @shorter, clause: C-1}\n",
		 "\"shorter\" is not an extension of these packs (allowed: longer) [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, tell: [{early: 1 h, role: @boss}], clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, tell: [{early: 1 h, role: desk, step: @qouted}], clause: C-1}\n",
		 "step: " NO_STEP " [C-1]"},
		{"phrases:\n  - {phrase: own, pattern: x, step: @qouted, field: text, then: warn, clause: C-1}\n",
		 "step: " NO_STEP " [C-1]"},
		{"phrases:\n  - {phrase: own, pattern: x, step: closed, field: text, then: warn, override: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"repeats:\n  - {repeat: own, kind: @row, times: 2, within: 1 d, clause: C-1}\n",
		 NO_KIND " [C-1]"},
		{"extensions:\n  - {extend: own, total: any, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"callbacks:\n  - {rule: own, after: @qouted, within: 1 d, rate: '1', who: [desk], clause: C-1}\n",
		 "after: " NO_STEP " [C-1]"},
		{"callbacks:\n  - {rule: own, after: closed, within: 1 d, rate: '1', who: [{head-of: department}, @boss], clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"callbacks:\n  - {rule: own, after: closed, within: 1 d, rate: '1', who: [desk], unsatisfied: @open row, clause: C-1}\n",
		 "unsatisfied: \"row\" is not a kind of these packs (allowed: reopen, open repair, open complaint) [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: desk, kind: @row, every: month, clause: C-1}\n",
		 NO_KIND " [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: desk, kind: repair, category: @wind, every: month, clause: C-1}\n",
		 "\"wind\" is not a category of the kind repair (allowed: water) [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: form, kind: repair, every: 1 mo, since: @qouted.at, clause: C-1}\n",
		 "since: \"qouted.at\" is not a step: no entry under steps names it [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: form, kind: repair, every: month, if: @payed, clause: C-1}\n",
		 "if: " NO_CONDITION " [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: form, kind: repair, every: month, unless: @payed, clause: C-1}\n",
		 "unless: " NO_CONDITION " [C-1]"},
		{"routines:\n  - {routine: own, title: Own, for: person, kind: repair, every: month, role: @boss, count: 1, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"surveys:\n  - {survey: own, by: @boss, clause: C-1}\n", NO_ROLE " [C-1]"},
		{"surveys:\n  - {survey: own, approve: [@boss], clause: C-1}\n", NO_ROLE " [C-1]"},
		{SCHEME("  of: @boss,\n") SHEET(""), NO_ROLE " [C-1]"},
		{SCHEME("  grades: [{grade: g, title: G, of: @boss}],\n") SHEET(""),
		 NO_ROLE " [C-1]"},
		{SCHEME("  commendation: {least: '1', most: '2', from: @medal, clause: C-2},\n")
			 SHEET(""),
		 "\"medal\" is not a degree of these packs (allowed: praise, warning) [C-1]"},
		{SCHEME("  evidence: [{evidence: late, item: @none}],\n") SHEET(""),
		 "item: \"none\" is not an item of this scheme (allowed: i) [C-1]"},
		{SCHEME("") SHEET(", of: @boss"), NO_ROLE " [C-1]"},
		{SCHEME("") SHEET(", confirm: @boss"), NO_ROLE " [C-1]"},
		{SCHEME("") SHEET_OF("c", "@boss", ""), NO_ROLE " [C-1]"},
		{SCHEME("") SHEET_OF("@x", "lead", ""),
		 "component: \"x\" is not a component of this scheme (allowed: c) [C-1]"},
		{"degrees:\n  - {degree: own, title: Own, of: sanction, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"courses:\n  - {course: own, title: Own, roles: @boss, by: lead, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"courses:\n  - {course: own, title: Own, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"certificates:\n  - {certificate: own, title: Own, roles: @boss, by: lead, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"certificates:\n  - {certificate: own, title: Own, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"appointments:\n  - {appointment: own, roles: @boss, courses: first-day, by: lead, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"appointments:\n  - {appointment: own, courses: @last-day, by: lead, clause: C-1}\n",
		 "\"last-day\" is not a course of these packs (allowed: first-day) [C-1]"},
		{"appointments:\n  - {appointment: own, certificates: @baker, by: lead, clause: C-1}\n",
		 "\"baker\" is not a certificate of these packs (allowed: welder) [C-1]"},
		{"appointments:\n  - {appointment: own, certificates: welder, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"penalties:\n  - {penalty: own, title: Own, bearers: [{bearer: x, title: X, cost: true}], by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
		{"ratings:\n  - {rating: own, title: Own, subject: firm, least: 1, most: 5, by: @boss, clause: C-1}\n",
		 NO_ROLE " [C-1]"},
	};
	EXPECT_ALL(*state, cases);
}

static void takes_names_that_are_given(void **state)
{
	static const struct expectation cases[] = {
		{"roles: [{role: boss, title: Boss}]\nsteps: [{step: own, by: boss, clause: C-1}]\n",
		 NULL},
		/* by a list that stands below, and by another pack */
		{"steps: [{step: own, by: boss, after: [seen, quoted], clause: C-1}, {step: seen, clause: C-1}]\nroles: [{role: boss, title: Boss}]\n",
		 NULL},
		/* what kefu itself gives a meaning to */
		{"steps: [{step: own, by: administrator, kind: customer, after: [opened, scheduled, callback], clause: C-1}]\n",
		 NULL},
		{"callbacks: [{rule: own, after: closed, within: 1 d, rate: '1', who: [{person: to}], unsatisfied: reopen, clause: C-1}]\n",
		 NULL},
		{"callbacks: [{rule: own, after: closed, within: 1 d, rate: '1', who: [desk], unsatisfied: open complaint, clause: C-1}]\n",
		 NULL},
		{SCHEME("  of: [desk, lead], evidence: [{evidence: late, item: i}],\n") SHEET(""),
		 NULL},
	};
	EXPECT_ALL(*state, cases);
}

static void knows_where_a_name_is_known(void **state)
{
	static const struct expectation cases[] = {
		{"steps: [{step: own, kind: repair, category: water, severity: urgent, clause: C-1}]\n",
		 NULL},
		{"steps: [{step: own, kind: repair, category: @noise, clause: C-1}]\n",
		 "\"noise\" is not a category of the kind repair (allowed: water) [C-1]"},
		{"steps: [{step: own, kind: complaint, severity: @urgent, clause: C-1}]\n",
		 "\"urgent\" is not a severity of the kind complaint (allowed: usual) [C-1]"},
		{"steps: [{step: own, kind: [repair, complaint], category: [noise, @wind], clause: C-1}]\n",
		 "\"wind\" is not a category of the kind repair or complaint (allowed: water, noise) [C-1]"},
		{"steps: [{step: own, category: noise, severity: urgent, clause: C-1}]\n", NULL},
		/* what two packs give adds up, though the first one's entry counts */
		{"categories: [{category: noise, kind: repair, title: Noise}]\nsteps: [{step: own, kind: repair, category: noise, clause: C-1}]\n",
		 NULL},
	};
	EXPECT_ALL(*state, cases);
}

static void refuses_names_given_twice(void **state)
{
	static const struct expectation cases[] = {
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, clause: C-1}\n"
		 "  - {rule: @own, start: opened, until: closed, within: 1 d, clause: C-1}\n",
		 "rule: \"own\" is defined already at own.yaml:5 [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, clause: C-1}\n"
		 "callbacks:\n  - {rule: @own, after: closed, within: 1 d, rate: '1', who: [desk], clause: C-1}\n",
		 "rule: \"own\" is defined already at own.yaml:5 [C-1]"},
		/* the rules of another pack are called by its name where that is needed */
		{"deadlines:\n  - {rule: done, start: opened, until: closed, within: 1 d, clause: C-1}\n",
		 NULL},
		{"callbacks:\n  - {rule: done, after: closed, within: 1 d, rate: '1', who: [desk], clause: C-1}\n",
		 NULL},
		{"routines:\n  - {routine: @report, title: X, for: desk, kind: repair, every: day, clause: C-1}\n",
		 "routine: \"report\" is defined already at base.yaml:25 [C-1]"},
		{"appointments:\n  - {appointment: own, courses: first-day, by: lead, clause: C-1}\n  - {appointment: @own, certificates: welder, by: lead, clause: C-2}\n",
		 "appointment: \"own\" is defined already at own.yaml:5 [C-2]"},
		{"penalties:\n  - {penalty: own, title: X, bearers: [{bearer: x, title: X, cost: true}], by: lead, clause: C-1}\n"
		 "  - {penalty: @own, title: X, bearers: [{bearer: x, title: X, cost: true}], by: lead, clause: C-2}\n",
		 "penalty: \"own\" is defined already at own.yaml:5 [C-2]"},
		{SCHEME("") SHEET("}, {sheet: @m, title: M, period: day, component: c, "
				  "weight: '1', by: lead, clause: C-1"),
		 "sheet: \"m\" is defined already at own.yaml:6 [C-1]"},
		/* where two packs may name the same, the first one's entry counts */
		{"roles: [{role: desk, title: X}]\nhours: [{hours: office, days: all, open: ['00:00-24:00']}]\n"
		 "kinds: [{kind: repair, title: X}]\ncategories: [{category: water, kind: repair, title: X}]\n"
		 "severities: [{severity: usual, title: X}]\nsteps: [{step: quoted, clause: C-1}]\n"
		 "extensions: [{extend: longer, total: 1 d, by: desk, clause: C-1}]\n"
		 "degrees: [{degree: praise, title: X, of: commendation, by: desk, clause: C-1}]\n"
		 "courses: [{course: first-day, title: X, by: desk, clause: C-1}]\n"
		 "certificates: [{certificate: welder, title: X, by: desk, clause: C-1}]\n",
		 NULL},
	};
	EXPECT_ALL(*state, cases);
}

static void finds_first_what_stands_first(void **state)
{
	static const struct expectation cases[] = {
		/* by lines, not by lists */
		{"steps: [{step: own, by: @boss, clause: C-1}]\ndegrees: [{degree: own, title: X, of: sanction, by: chief, clause: C-2}]\n",
		 NO_ROLE " [C-1]"},
		{"degrees: [{degree: own, title: X, of: sanction, by: @boss, clause: C-2}]\nsteps: [{step: own, by: chief, clause: C-1}]\n",
		 NO_ROLE " [C-2]"},
		{"surveys: [{survey: own, satisfied: [1], dissatisfied: [@1], clause: C-1}]\ndeadlines: [{rule: own, start: opened, until: closed, within: 1 wh, clause: C-2}]\n",
		 "dissatisfied: 1 is also listed under satisfied [C-1]"},
		{"deadlines: [{rule: own, start: opened, until: closed, within: @1 wh, clause: C-2}]\nsurveys: [{survey: own, satisfied: [1], dissatisfied: [1], clause: C-1}]\n",
		 "within: \"1 wh\" counts working time: say which, with hours [C-2]"},
	};
	EXPECT_ALL(*state, cases);
}

/* --- lists of an organisation's own --- */

static const struct addition vehicles[] = {
	{"\nx-sorts:\n",
	 "  vehicle: {once: true}\n  plate: {once: in-force}\n  seat: {own: true}\n"},
	{"\nproperties:\n",
	 "  vehicles:\n"
	 "    type: array\n"
	 "    items:\n"
	 "      type: object\n"
	 "      properties:\n"
	 "        title: {type: string}\n"
	 "        vehicle: {$ref: '#/$defs/name', x-names: vehicle}\n"
	 "        plate: {type: string, x-names: plate}\n"
	 "        driver: {$ref: '#/$defs/name', x-refers: {to: [role, vehicle], or: [nobody]}}\n"
	 "        seats: {type: array, items: {$ref: '#/$defs/name'}, x-names: seat}\n"
	 "        best-seat: {$ref: '#/$defs/name', x-refers: seat}\n"
	 "        from: {$ref: '#/$defs/date'}\n"
	 "        before: {$ref: '#/$defs/date'}\n"
	 "        pattern: {type: integer}\n"
	 "        clause: {$ref: '#/$defs/clause'}\n"
	 "      required: [vehicle, clause]\n"
	 "  parking:\n"
	 "    type: object\n"
	 "    propertyNames: {x-refers: vehicle}\n"
	 "    additionalProperties: {$ref: '#/$defs/names', x-refers: role}\n"},
	{"        step: {$ref: '#/$defs/names', title: 'The steps that the rule is about', x-names: step}\n",
	 "        trip: {properties: {vehicle: {$ref: '#/$defs/names'}}, unevaluatedProperties: false,\n"
	 "          if: {properties: {length: {const: day}}, required: [length]},\n"
	 "          then: {properties: {length: true, vehicle: {x-refers: vehicle}}}}\n"},
	{0},
};

static void knows_lists_of_an_organisations_own(void **state)
{
	struct fixture *fixture = *state;
	static const struct expectation cases[] = {
		{"vehicles: [{vehicle: van, driver: desk, clause: V-1}, {vehicle: bus, driver: nobody, pattern: 3, clause: V-1}]\n"
		 "parking: {van: [desk], bus: administrator}\n"
		 "steps: [{step: own, trip: {length: day, vehicle: [van, bus]}, clause: C-1}]\n",
		 NULL},
		{"vehicles: [{vehicle: van, clause: V-1}, {vehicle: @van, clause: [V-2, V-3]}]\n",
		 "vehicle: \"van\" is defined already at own.yaml:4 [V-2 V-3]"},
		{"steps: [{step: own, trip: {length: day, vehicle: @vna}, clause: C-1}]\nvehicles: [{vehicle: van, clause: V-1}, {vehicle: bus, clause: V-1}]\n",
		 "\"vna\" is not a vehicle of these packs (allowed: van, bus) [C-1]"},
		/* what the schema says only of entries that are otherwise does not count */
		{"steps: [{step: own, trip: {vehicle: vna}, clause: C-1}]\n", NULL},
		{"vehicles: [{vehicle: van, driver: @boss, clause: V-1}]\n",
		 "\"boss\" is not a role or vehicle of these packs (allowed: nobody, desk, lead, van) [V-1]"},
		/* a map's keys, and what stands in no list */
		{"parking: {@van: desk}\n",
		 "\"van\" is not a vehicle of these packs (allowed: none)"},
		{"vehicles: [{vehicle: van, clause: V-1}]\nparking: {van: [desk, @boss]}\n",
		 NO_ROLE},
		/* known within its entry */
		{"vehicles: [{vehicle: van, seats: [front, back], best-seat: front, clause: V-1}]\n",
		 NULL},
		{"vehicles: [{vehicle: van, seats: [front], clause: V-1}, {vehicle: bus, seats: [deck], best-seat: @front, clause: V-1}]\n",
		 "best-seat: \"front\" is not a seat of this vehicle (allowed: deck) [V-1]"},
		/* given again once it is not in force */
		{"vehicles:\n  - {vehicle: van, plate: A1, before: '2026-07-01', clause: V-1}\n  - {vehicle: bus, plate: A1, from: '2026-07-01', clause: V-1}\n",
		 NULL},
		{"vehicles:\n  - {vehicle: van, plate: A1, before: '2026-07-02', clause: V-1}\n  - {vehicle: bus, plate: @A1, from: '2026-07-01', clause: V-1}\n",
		 "plate: \"A1\" is defined already at own.yaml:5 [V-1]"},
		{"vehicles:\n  - {vehicle: van, plate: A1, clause: V-1}\n  - {vehicle: bus, plate: A2, clause: V-1}\n  - {vehicle: car, plate: @A2, from: '2026-07-01', clause: V-1}\n",
		 "plate: \"A2\" is defined already at own.yaml:6 [V-1]"},
	};
	fixture->additions = vehicles;
	EXPECT_ALL(fixture, cases);
}

static void lists_them_behind_those_it_knows(void **state)
{
	struct fixture *fixture = *state;
	fixture->additions = vehicles;
	expect(fixture, "vehicles: [{title: Van, vehicle: van, clause: V-1}]\n", NULL);
	const struct policy *policy = fixture->policy;
	assert_int_equal(policy_list_count(policy), RULE_LISTS + 1);
	assert_string_equal(policy_list_key(policy, RULE_LISTS), "vehicles");
	assert_string_equal(policy_list_name(policy, RULE_LISTS), "vehicle");
	assert_string_equal(policy_list_key(policy, RULE_DEADLINE), "deadlines");
	assert_string_equal(policy_list_name(policy, RULE_DEADLINE), "rule");
	const struct rule *rule = policy_find(policy, RULE_LISTS, "van");
	assert_non_null(rule);
	assert_string_equal(rule->clause, "V-1");
	assert_null(policy_find(policy, RULE_LISTS, "bus"));
}

static void refuses_annotations_that_make_no_sense(void **state)
{
	struct fixture *fixture = *state;
	static const char sort_due[] =
		"vehicle: must be a map of once (true, in-force or in-pack), own (true), free (true), by "
		"and says";
	static const char names_due[] = "x-names: must be one of x-sorts or a list of some";
	static const char refers_due[] =
		"x-refers: must be one of x-sorts, a list of some, or a map "
		"of to, or, behind and up-to";
	static const struct {
		const char *sort, *note, *message;
	} cases[] = {
		{"  vehicle: {once: sometimes}\n", "x-names: vehicle", sort_due},
		{"  vehicle: {twice: true}\n", "x-names: vehicle", sort_due},
		{"  vehicle: once\n", "x-names: vehicle", "vehicle: must be a map"},
		{"  vehicle: {}\n", "x-names: vehicel", "x-names: \"vehicel\" is not in x-sorts"},
		{"  vehicle: {}\n", "x-names: {to: vehicle}", names_due},
		{"  vehicle: {}\n", "x-names: []", "x-names: must be of one sort at least"},
		{"  vehicle: {}\n", "x-refers: [vehicle, roel]",
		 "x-refers: \"roel\" is not in x-sorts"},
		{"  vehicle: {}\n", "x-refers: {or: [any]}",
		 "x-refers: must be of one sort at least"},
		{"  vehicle: {}\n", "x-refers: {to: vehicle, before: x}", refers_due},
		{"  vehicle: {}\n", "x-refers: 7", "x-refers: \"7\" is not in x-sorts"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf property;
		buf_init(&property);
		buf_addf(&property,
			 "  vehicles: {type: array, items: {properties: {vehicle: {%s}}}}\n",
			 cases[i].note);
		fixture->additions = (const struct addition[]){
			{"\nx-sorts:\n", cases[i].sort}, {"\nproperties:\n", property.data}, {0}};
		assert_false(put_together(fixture, (const char *const[]){"own"},
					  (const char *const[]){"vehicles: [{vehicle: van}]\n"},
					  1));
		assert_string_equal(fixture->err.text, cases[i].message);
		assert_string_equal(fixture->err.file, "schemas/policy.yaml");
		assert_true(fixture->err.line && fixture->err.column);
		assert_int_equal(fixture->err.status, STATUS_DAMAGED);
		buf_clear(&property);
	}
	fixture->additions = NULL;
}

/* Ledgers that an earlier kefu founded keep their schema: names in their packs are checked by the
 * present one. */
static void knows_names_without_annotations(void **state)
{
	struct fixture *fixture = *state;
	fixture->unannotated = true;
	expect(fixture, "steps: [{step: own, by: @boss, clause: C-1}]\n",
	       "\"boss\" is not a role of these packs (allowed: desk, lead) [C-1]");
	expect(fixture,
	       "deadlines:\n  - {rule: own, if: @pad, start: opened, until: closed, within: 1 d, "
	       "clause: C-1}\n",
	       "if: \"pad\" is not a condition under match (allowed: paid, free) [C-1]");
	expect(fixture,
	       "deadlines:\n  - {rule: @done, start: opened, until: closed, within: 1 d, clause: "
	       "C-1}\n",
	       "rule: \"done\" is defined already at base.yaml:21 [C-1]");
	/* keys that say nothing, and names given twice, were taken when those ledgers were founded
	 */
	expect(fixture,
	       "roles: [{role: boss, title: X}, {role: boss, title: Z}]\n"
	       "deadlines:\n  - {rule: own, start: opened, until: opened, anchor: month end, roll: "
	       "working-day, clause: C-1}\n",
	       NULL);
	/* such rules, which never apply, were taken when those ledgers were founded */
	expect(fixture,
	       "deadlines:\n  - {rule: own, kind: repair, category: noise, start: opened, until: "
	       "closed, within: 1 d, clause: C-1}\n",
	       NULL);
	expect(fixture,
	       SCHEME("  commendation: {least: '1', most: '2', from: @warning, clause: C-2},\n")
		       SHEET(""),
	       "from: \"warning\" is not a commendation [C-1]");
	expect(fixture, "replaces: [B-2]\n", NULL);
	assert_null(policy_find(fixture->policy, RULE_DEADLINE, "done"));
	assert_non_null(policy_find(fixture->policy, RULE_ROUTINE, "report"));
}

/* --- sense --- */

#define BUSINESS "hours: [{hours: day, days: working, open: ['09:00-17:00'], business: true}]\n"

static void refuses_what_makes_no_sense(void **state)
{
	static const struct expectation cases[] = {
		/* working time that nothing says the hours of */
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: @4 wh, clause: C-1}\n",
		 "within: \"4 wh\" counts working time: say which, with hours [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 4 wh, hours: office, clause: C-1}\n",
		 NULL},
		{BUSINESS
		 "deadlines:\n  - {rule: own, start: opened, until: closed, within: 4 wh, clause: C-1}\n",
		 NULL},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 4 wd, clause: C-1}\n",
		 NULL},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, tell: [{early: @4 wmin, role: desk}], clause: C-1}\n",
		 "early: \"4 wmin\" counts working time: say which, with hours [C-1]"},
		{"deadlines:\n  - {rule: own, start: opened, until: closed, within: 1 d, tell: [{late: @4 wh, role: desk}], clause: C-1}\n",
		 "late: \"4 wh\" counts working time: say which, with hours [C-1]"},
		{"steps:\n  - {step: own, late: @4 wh, clause: C-1}\n",
		 "late: \"4 wh\" counts working time: mark a set of hours as business [C-1]"},
		{"callbacks:\n  - {rule: own, after: closed, opens: @1 wh, within: 1 d, rate: '1', who: [desk], clause: C-1}\n",
		 "opens: \"1 wh\" counts working time: mark a set of hours as business [C-1]"},
		{"callbacks:\n  - {rule: own, after: closed, within: @9 wmin, rate: '1', who: [desk], clause: C-1}\n",
		 "within: \"9 wmin\" counts working time: mark a set of hours as business [C-1]"},
		{"repeats:\n  - {repeat: own, kind: repair, times: 2, within: @4 wh, clause: C-1}\n",
		 "within: \"4 wh\" counts working time: mark a set of hours as business [C-1]"},
		{"surveys:\n  - {survey: own, every: @4 wh, clause: C-1}\n",
		 "every: \"4 wh\" counts working time: mark a set of hours as business [C-1]"},
		{"surveys:\n  - {survey: own, ask-again-after: @4 wh, clause: C-1}\n",
		 "ask-again-after: \"4 wh\" counts working time: mark a set of hours as business [C-1]"},
		{"surveys:\n  - {survey: own, within: @4 wh, clause: C-1}\n",
		 "within: \"4 wh\" counts working time: mark a set of hours as business [C-1]"},
		/* moments of the calendar */
		{"deadlines:\n  - {rule: own, start: opened, until: closed, anchor: @day end - 1 w, clause: C-1}\n",
		 "\"day end - 1 w\" is not a moment of the calendar (like month end + 9 d) [C-1]"},
		/* fields and steps */
		{"steps:\n  - {step: closed, needs: [result, @reciept], clause: C-1}\n",
		 "needs: \"reciept\" is not a field of closed [C-1]"},
		{"steps:\n  - {step: [opened, closed], needs: [@customer.unit], clause: C-1}\n",
		 "needs: \"customer.unit\" is not a field of closed [C-1]"},
		{"steps:\n  - {step: opened, needs: [@customer.untit], clause: C-1}\n",
		 "needs: \"customer.untit\" is not a field of opened [C-1]"},
		{"steps:\n  - {step: quoted, by: @lead, clause: C-1}\n",
		 "by: no role may record quoted: base.yaml:19 allows other roles [C-1]"},
		{"steps:\n  - {step: [seen, visited], by: @[lead], clause: C-1}\n",
		 "by: no role may record visited: base.yaml:19 allows other roles [C-1]"},
		/* of a rule that is narrower, and of several that leave nobody together */
		{"steps:\n  - {step: quoted, kind: repair, if: paid, by: @lead, clause: C-1}\n",
		 "by: no role may record quoted: base.yaml:19 allows other roles [C-1]"},
		{"roles: [{role: boss, title: Boss}]\nsteps:\n  - {step: seen, by: [desk, lead], clause: C-1}\n"
		 "  - {step: seen, by: [lead, boss], clause: C-1}\n  - {step: seen, by: @[boss, desk], clause: C-1}\n",
		 "by: no role may record seen: own.yaml:7 allows other roles [C-1]"},
		{"steps:\n  - {step: seen, kind: repair, by: desk, clause: C-1}\n"
		 "  - {step: seen, kind: complaint, by: lead, clause: C-1}\n",
		 NULL},
		{"steps:\n  - {step: seen, by: desk, from: '2026-01-01', before: '2026-02-01', clause: C-1}\n"
		 "  - {step: seen, by: lead, from: '2026-02-01', clause: C-1}\n",
		 NULL},
		{"steps:\n  - {step: quoted, by: [lead, desk], clause: C-1}\n", NULL},
		{"steps:\n  - {step: quoted, if: paid, by: @lead, clause: C-1}\n",
		 "by: no role may record quoted: base.yaml:19 allows other roles [C-1]"},
		{"match: {never: false}\nsteps:\n  - {step: seen, if: paid, by: lead, clause: C-1}\n  - {step: seen, if: never, by: desk, clause: C-1}\n",
		 NULL},
		/* routines */
		{"routines:\n  - {routine: @own, title: X, for: desk, kind: repair, every: day, clause: C-1}\n",
		 "routine: it has no effect, as no deadline or callback has \"routine: own\" [C-1]"},
		{"routines:\n  - {routine: own, title: X, for: form, kind: repair, every: @6 mo, clause: C-1}\n",
		 "every: \"6 mo\" needs a start: say with since what it is counted from [C-1]"},
		{"routines:\n  - {routine: own, title: X, for: form, kind: repair, every: half, since: @opened, clause: C-1}\n",
		 "since: not allowed with every \"half\", which starts by the calendar [C-1]"},
		{"routines:\n  - {routine: own, title: X, for: desk, kind: @customer, every: day, clause: C-1}\n",
		 "kind: a routine with `for: desk` opens tickets, so it cannot be customer [C-1]"},
		{"routines:\n  - {routine: own, title: X, for: form, kind: customer, every: day, clause: C-1}\n"
		 "callbacks: [{rule: own, routine: [own], after: scheduled, within: 1 d, rate: '1', who: [desk], clause: C-1}]\n",
		 NULL},
		/* surveys, appraisals */
		{"surveys:\n  - {survey: own, satisfied: [4, 5], dissatisfied: [1, @4], clause: C-1}\n",
		 "dissatisfied: 4 is also listed under satisfied [C-1]"},
		{SCHEME("  commendation: {least: '1', most: '2', from: @warning, clause: C-2},\n")
			 SHEET(""),
		 "from: \"warning\" is not a commendation [C-1]"},
		{SCHEME("  commendation: {least: '1', most: '2', from: praise, clause: C-2},\n")
			 SHEET(""),
		 NULL},
		{SCHEME("  commendation: @{least: '3', most: '2', from: praise, clause: C-2},\n")
			 SHEET(""),
		 "commendation: least 3 is more than most 2 [C-1]"},
	};
	EXPECT_ALL(*state, cases);
}

/* Adds NODE and all that is in it to NODES. */
static size_t gather(struct node *node, struct node **nodes, size_t count)
{
	nodes[count++] = node;
	for (size_t i = 0; i < node_item_count(node); i++)
		count = gather(node_item(node, i), nodes, count);
	for (size_t i = 0; i < node_pair_count(node); i++)
		count = gather(node_pair(node, i)->value, nodes, count);
	return count;
}

static void ignore_gap(void *context, const struct policy_gap *gap)
{
	(void)context, (void)gap;
}

/* A step by which a rule never fires, or always refuses. */
#define STEP(rest) "steps: [{step: quoted, " rest ", clause: C-1}]\n"
#define SHOWS \
	"(allowed: id, kind, category, severity, charging, department, assignee, team, state, " \
	"waits-for, imported, cycle, phone, customer, channel, checked, joined, events, steps, document, earlier, linked)"

static void refuses_fields_that_are_none(void **state)
{
	static const struct expectation cases[] = {
		{STEP("at-most: [[@chrge, price]]"),
		 "at-most: \"chrge\" is not a field of quoted [C-1]"},
		{STEP("at-most: [[charge, @quoted.prise]]"),
		 "at-most: \"prise\" is not a field of quoted [C-1]"},
		{STEP("at-most: [[charge, @qouted.price]]"),
		 "at-most: \"qouted.price\" is neither a field of quoted nor one of a step qouted: "
		 "no entry under steps names that [C-1]"},
		{STEP("at-most: [[charge, @workers]]"),
		 "at-most: \"workers\" is no field for an amount [C-1]"},
		{STEP("at-most: [[charge, visited.price]]"), NULL},
		{STEP("equal: [[@too, opened.first-asked]]"),
		 "equal: \"too\" is not a field of quoted [C-1]"},
		{STEP("equal: [[to, @opened.frist-asked]]"),
		 "equal: \"frist-asked\" is not a field of opened [C-1]"},
		{STEP("equal: [[to, opened.first-asked], [customer.phone, opened.customer.phone]]"),
		 NULL},
		{STEP("sum: [charge, labour, @matterial]"),
		 "sum: \"matterial\" is not a field of quoted [C-1]"},
		{STEP("sum: [@chrage, labour, material]"),
		 "sum: \"chrage\" is not a field of quoted [C-1]"},
		{STEP("sum: [charge, labour, @valid]"),
		 "sum: \"valid\" is no field for an amount [C-1]"},
		{STEP("totals: [[@materails, visited.materials]]"),
		 "totals: \"materails\" is not a field of quoted [C-1]"},
		{STEP("totals: [[materials, @visited.materails]]"),
		 "totals: \"materails\" is not a field of visited [C-1]"},
		{STEP("totals: [[materials, @vistied.materials]]"),
		 "totals: \"vistied.materials\" is neither a field of quoted nor one of a step "
		 "vistied: no entry under steps names that [C-1]"},
		{STEP("totals: [[materials, @materials]]"),
		 "steps[0].totals[0][1]: the same as item [0]"},
		{STEP("totals: [[materials, @workers]]"),
		 "totals: \"workers\" is no field for items and quantities [C-1]"},
		{STEP("sign: [{field: @cheked-by, role: lead}]"),
		 "field: \"cheked-by\" is not a field of quoted [C-1]"},
		{STEP("sign: [{field: @workers, role: lead}]"),
		 "field: \"workers\" does not name one person [C-1]"},
		{"steps: [{step: [quoted, closed], sign: [{field: @checked-by, role: lead}], clause: C-1}]\n",
		 "field: \"checked-by\" is not a field of closed [C-1]"},
		{"phrases: [{phrase: p, pattern: x, step: closed, field: [text, @resutl], then: warn, clause: C-1}]\n",
		 "field: \"resutl\" is not a field of closed [C-1]"},
		{"phrases: [{phrase: p, pattern: x, step: [closed, @callback], field: [result], then: warn, clause: C-1}]\n",
		 "step: callback has none of these fields [C-1]"},
		{"phrases: [{phrase: p, pattern: x, step: [closed, callback], field: [result, text, shortcomings], then: warn, clause: C-1}]\n",
		 NULL},
		{"extensions: [{extend: longer, total: any, by: lead, needs: [@raeson], clause: C-1}]\n",
		 "needs: \"raeson\" is not a field of extended [C-1]"},
		{"deadlines: [{rule: r, start: @opened.text, until: closed, within: 1 d, clause: C-1}]\n",
		 "start: \"text\" is no time of opened [C-1]"},
		{"deadlines: [{rule: r, at: @quoted.price, until: closed, clause: C-1}]\n",
		 "at: \"price\" is no time of quoted [C-1]"},
		{"routines: [{routine: r, title: R, for: form, kind: repair, yearly: @customer.brithday, clause: C-1}]\n"
		 "deadlines: [{rule: r, routine: r, start: scheduled, until: closed, within: 1 d, clause: C-1}]\n",
		 "yearly: \"customer.brithday\" is nothing that a form has [C-1]"},
		{"routines: [{routine: r, title: R, for: form, kind: repair, yearly: @customer.name, clause: C-1}]\n"
		 "deadlines: [{rule: r, routine: r, start: scheduled, until: closed, within: 1 d, clause: C-1}]\n",
		 "yearly: \"customer.name\" is no date of a form [C-1]"},
		{"routines: [{routine: r, title: R, for: form, kind: repair, yearly: customer.birthday, clause: C-1}]\n"
		 "deadlines: [{rule: r, routine: r, start: scheduled, until: closed, within: 1 d, clause: C-1}]\n",
		 NULL},
		{"routines: [{routine: r, title: R, for: form, kind: customer, every: 3 mo, since: @opened.customer, clause: C-1}]\n"
		 "deadlines: [{rule: r, routine: r, start: scheduled, until: closed, within: 1 d, clause: C-1}]\n",
		 "since: \"customer\" is no time of opened [C-1]"},
		{"callbacks: [{rule: r, after: closed, within: 1 d, rate: '1', who: [desk], manner: @vist, clause: C-1}]\n",
		 "callbacks[0].manner: \"vist\" does not match the pattern ^(telephone|visit|on-site|written)$"},
		{"events: [{event: quoted, title: Q}, {event: changed, title: C}, {event: @qouted, title: Q}]\n",
		 "event: \"qouted\" is not a step: no entry under steps names it"},
		{"scope: @own-kinds\n",
		 "scope: this pack gives no kinds, so that its rules would hold for none"},
		{"scope: own-kinds\nkinds: [{kind: repair, title: Own}]\n", NULL},
		{"replaces: [B-1, @B-77]\n",
		 "replaces: no rule of these packs has the clause B-77"},
	};
	EXPECT_ALL(*state, cases);
}

static void refuses_steps_that_never_come(void **state)
{
#define LAST " is the last that is recorded: nothing comes after it [C-1]"
#define IMPORTED \
	" imported is never judged: rules of steps leave out what another system began [C-1]"
	static const struct expectation cases[] = {
		{STEP("after: @voided"), "after: voided" LAST},
		{STEP("not-after: [closed, @voided]"), "not-after: voided" LAST},
		{STEP("newer: [[finished, @voided]]"), "newer: voided" LAST},
		{STEP("newer: [[@voided, finished]]"), "newer: voided" LAST},
		{STEP("newer: [[@opened, finished]]"),
		 "newer: opened comes first, so it is never newer [C-1]"},
		{STEP("after: @imported"), "after:" IMPORTED},
		{"steps: [{step: [closed, @imported], needs: [text], clause: C-1}]\n",
		 "step:" IMPORTED},
		{"phrases: [{phrase: p, pattern: x, step: @imported, field: text, then: warn, clause: C-1}]\n",
		 "step:" IMPORTED},
		{"deadlines: [{rule: r, start: opened, until: [closed, @imported], within: 1 d, clause: C-1}]\n",
		 "until: imported begins a ticket, so it ends nothing [C-1]"},
		{"deadlines: [{rule: r, start: quoted, until: @opened, within: 1 d, clause: C-1}]\n",
		 "until: opened comes first, so it ends nothing [C-1]"},
		{"deadlines: [{rule: r, start: opened.heard-at, until: opened, within: 1 d, clause: C-1}]\n",
		 NULL},
		{"deadlines: [{rule: r, start: opened, until: closed, within: 1 d, tell: [{late: 1 d, role: lead, step: @voided}], clause: C-1}]\n",
		 "step: voided is the last that is recorded, and tells nobody [C-1]"},
		{"callbacks: [{rule: r, after: closed, within: 1 d, rate: '1', who: [desk], unsatisfied: @open customer, clause: C-1}]\n",
		 "unsatisfied: a customer's file is no ticket, which an answer could open [C-1]"},
		{"repeats: [{repeat: r, kind: [repair, @customer], times: 2, within: 1 mo, clause: C-1}]\n",
		 "kind: a customer's file is no ticket, and does not come again [C-1]"},
	};
	EXPECT_ALL(*state, cases);
}

static void refuses_conditions_that_never_hold(void **state)
{
	static const struct expectation cases[] = {
		{"match: {own: {properties: {chargin: @{const: paid}}}}\n",
		 "match.own: \"chargin\" is nothing that a form shows " SHOWS},
		{"match: {own: {required: [@chargin]}}\n",
		 "match.own: \"chargin\" is nothing that a form shows " SHOWS},
		{"match: {own: {properties: {charging: {const: @payed}}}}\n",
		 "match.own: charging is never \"payed\""},
		{"match: {own: {not: {properties: {charging: {enum: [free, @payed]}}}}}\n",
		 "match.own: charging is never \"payed\""},
		{"match: {own: {properties: {charging: {const: @7}}}}\n",
		 "match.own: charging is never 7"},
		{"match: {own: {properties: {kind: {const: @repare}}}}\n",
		 "match.own: kind is never \"repare\""},
		{"match: {own: {properties: {category: {enum: [water, @wind]}}}}\n",
		 "match.own: category is never \"wind\""},
		{"match: {own: {anyOf: [{properties: {severity: {const: @grave}}}]}}\n",
		 "match.own: severity is never \"grave\""},
		{"match: {own: {properties: {state: {const: @done}}}}\n",
		 "match.own: state is never \"done\""},
		{"match: {own: {properties: {channel: {const: @fax}}}}\n",
		 "match.own: channel is never \"fax\""},
		{"match: {own: {properties: {events: {contains: {const: @qouted}}}}}\n",
		 "match.own: events is never \"qouted\""},
		{"match: {own: {properties: {steps: {anyOf: [{required: [quoted]}, {required: [@qouted]}]}}}}\n",
		 "match.own: \"qouted\" is not a step: no entry under steps names it"},
		{"match: {own: {properties: {steps: {properties: {qouted: @true}}}}}\n",
		 "match.own: \"qouted\" is not a step: no entry under steps names it"},
		{"match: {own: {properties: {steps: {properties: {quoted: {required: [@prise]}}}}}}\n",
		 "match.own: \"prise\" is not a field of quoted"},
		{"match: {own: {properties: {steps: {properties: {callback: {properties: {answer: {const: @bad}}}}}}}}\n",
		 "match.own: answer is never \"bad\""},
		{"match: {own: {properties: {document: {required: [@prise]}}}}\n",
		 "match.own: \"prise\" is not a field of any step"},
		{"match: {own: {properties: {document: {properties: {event: {const: @qouted}}}}}}\n",
		 "match.own: event is never \"qouted\""},
		{"match: {own: {properties: {document: {if: {required: [reached]}, then: {properties: {reached: {const: @'yes'}}}}}}}\n",
		 "match.own: reached is never \"yes\""},
		{"match: {own: {properties: {customer: {anyOf: [{required: [unit]}, {required: [@adress]}]}}}}\n",
		 "match.own: \"adress\" is not a field of customer"},
		{"match: {own: {properties: {document: {properties: {grades: {required: [@qualty]}}}}}}\n",
		 "match.own: \"qualty\" is not a field of grades"},
		{"match: {own: {properties: {kind: {const: customer}, state: {enum: [open, disputed]}, assignee: {const: ma}, team: {const: a}, "
		 "events: {contains: {const: quoted}}, cycle: {minimum: 2}, customer: {properties: {unit: {pattern: '^1-'}}}, "
		 "steps: {properties: {quoted: {properties: {price: {const: '5.00'}}}, opened: {required: [reason]}}}, "
		 "document: {properties: {reached: {const: true}, links: {contains: {const: x}}, grades: {properties: {quality: {const: 5}}}}}}}}\n",
		 NULL},
	};
	EXPECT_ALL(*state, cases);
}

/* The ledger's own schema decides what a pack may hold, and it may have been loosened: whatever
 * stands there, the pack is taken or refused. */
static void survives_values_of_any_type(void **state)
{
	struct fixture *fixture = *state;
	static const char junk_text[] =
		"[null, true, 7, x, '', [], {}, [[]], [{}], [x, 3], {a: b}, 4 wh]";
	static const char more[] =
		"surveys: [{survey: s, every: 1 d, satisfied: [1], dissatisfied: [2], clause: C-1}]\n"
		"callbacks: [{rule: r, after: closed, within: 1 d, rate: '1', who: [desk], unsatisfied: open repair, clause: C-1}]\n"
		"phrases: [{phrase: p, pattern: x, step: closed, field: text, then: warn, clause: C-1}]\n" SCHEME(
			"  commendation: {least: '1', most: '2', from: praise, clause: C-2}, evidence: [{evidence: late, item: i}],\n")
			SHEET("");
	struct node *nodes[1000], *junk, *root;
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "pack: p\ntitle: x\nsource: x\nreplaces: [X-1]\n%s%s", base, more);
	fixture->loosened = true;
	fixture->schemas = schema_set_new(load, fixture);
	assert_true(yaml_read_one(&fixture->arena, "p", text.data, text.len, &root, &fixture->err));
	assert_true(yaml_read_one(&fixture->arena, "j", junk_text, strlen(junk_text), &junk,
				  &fixture->err));
	size_t count = gather(root, nodes, 0), round = 0;
	assert_in_range(count, 150, 1000);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < node_item_count(junk); j++) {
			struct node kept = *nodes[i];
			*nodes[i] = *node_item(junk, j);
			struct policy *policy = policy_new(fixture->schemas);
			const char *file = arena_printf(&fixture->arena, "p%zu.yaml", round++);
			if (policy_add(policy, "p", file, root, &fixture->err) &&
			    policy_seal(policy, &fixture->err))
				policy_gaps(policy, 20000, ignore_gap, NULL);
			else
				assert_int_equal(fixture->err.status, STATUS_DAMAGED);
			err_clear(&fixture->err);
			policy_free(policy);
			*nodes[i] = kept;
		}
	buf_clear(&text);
	forget(fixture);
}

/* --- several packs --- */

/* A condition is its own pack's; one that a pack does not give is the first's. */
static void conditions_are_of_their_pack(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second", "third"};
	static const char first[] = "match: {paid: false, free: true}\n"
				    "steps: [{step: own, if: paid, clause: F-1}]\n";
	static const char second[] = "match: {paid: true}\n"
				     "steps: [{step: own, if: paid, clause: S-1}]\n";
	static const char third[] = "steps:\n  - {step: own, if: paid, clause: T-1}\n"
				    "  - {step: own, if: free, clause: T-2}\n";
	static const char *const applying[] = {"S-1", "T-2"};
	assert_true(put_together(fixture, names, (const char *const[]){first, second, third}, 3));
	const struct rule *rule;
	struct node *view = node_map(&fixture->arena);
	size_t found = 0;
	for (size_t i = 0; (rule = policy_next(fixture->policy, RULE_STEP, &i));)
		if (strcmp(rule->clause, "kefu") != 0 && /* of every ledger */
		    policy_applies(fixture->policy, rule, view, 0, &fixture->err) == VERDICT_YES)
			assert_string_equal(rule->clause, applying[found++]);
	assert_int_equal(found, 2);
}

static const struct rule *cited(const struct policy *policy, const char *name, const char *clause)
{
	return policy_find_cited(policy, RULE_DEADLINE, name, clause, 0);
}

static void rules_of_one_name_are_told_apart_by_their_packs(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second"};
	static const char first[] =
		"roles: [{role: desk, title: Desk}]\n"
		"deadlines:\n"
		"  - {rule: visit, title: One, start: opened, until: closed, within: 1 d, clause: F-1}\n"
		"  - {rule: done, start: opened, until: closed, within: 1 d, clause: F-2}\n"
		"  - {rule: looks, start: opened, until: closed, within: 1 d, only-if-late: visit, clause: F-3}\n";
	static const char second[] =
		"deadlines:\n"
		"  - {rule: visit, title: Two, start: opened, until: closed, within: 2 d, clause: [S-1, S-2]}\n"
		"  - {rule: looking, start: opened, until: closed, within: 1 d, only-if-late: visit, clause: S-3}\n"
		"callbacks: [{rule: done, after: closed, within: 1 d, rate: '1', who: [desk], clause: S-4}]\n";
	assert_true(put_together(fixture, names, (const char *const[]){first, second}, 2));
	const struct policy *policy = fixture->policy;
	const struct rule *one = policy_find(policy, RULE_DEADLINE, "first/visit"),
			  *two = policy_find(policy, RULE_DEADLINE, "second/visit");
	assert_string_equal(one->clause, "F-1");
	assert_string_equal(two->clause, "S-1 S-2");
	assert_ptr_equal(policy_find(policy, RULE_DEADLINE, "visit"), one);
	assert_string_equal(one->cited, "first/visit");
	assert_string_equal(two->cited, "second/visit");
	/* a callback and a deadline, too */
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "done")->cited, "first/done");
	assert_string_equal(policy_find(policy, RULE_CALLBACK, "done")->cited, "second/done");
	/* where there is one only, its name does, and its pack may be said */
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "looks")->cited, "looks");
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "first/looks")->cited, "looks");
	assert_null(policy_find(policy, RULE_DEADLINE, "second/looks"));
	assert_null(policy_find(policy, RULE_ROLE, "first/desk"));
	assert_string_equal(policy_title(policy, RULE_DEADLINE, "second/visit"), "Two");
	assert_string_equal(policy_title(policy, RULE_DEADLINE, "first/visit"), "One");
	/* what was recorded before says no pack: the clause does */
	assert_ptr_equal(cited(policy, "visit", "F-1"), one);
	assert_ptr_equal(cited(policy, "visit", "S-2"), two);
	assert_ptr_equal(cited(policy, "visit", "gone"), one);
	assert_ptr_equal(cited(policy, "second/visit", "F-1"), two);
	assert_null(cited(policy, "third/visit", "F-1"));
	/* a rule means its own pack's */
	const struct rule *looking = policy_find(policy, RULE_DEADLINE, "looking"),
			  *looks = policy_find(policy, RULE_DEADLINE, "looks");
	assert_ptr_equal(policy_find_beside(policy, RULE_DEADLINE, looking, "visit"), two);
	assert_ptr_equal(policy_find_beside(policy, RULE_DEADLINE, looks, "visit"), one);
	assert_ptr_equal(policy_find_beside(policy, RULE_DEADLINE, looks, "looking"), looking);
	struct buf all;
	buf_init(&all);
	policy_names(policy, RULE_DEADLINE, NULL, &all);
	assert_string_equal(all.data,
			    "first/visit (One), first/done, looks, second/visit (Two), looking, "
			    "promised-at-opening (Reply promised at the opening)");
	buf_clear(&all);
}

/* What entries of two packs leave open, the other's may say. */
static void packs_say_together_what_a_kind_is(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second"};
	static const char first[] =
		"kinds: [{kind: complaint, title: C}]\n"
		"categories: [{category: noise, kind: complaint, title: Noise}]\n";
	static const char second[] =
		"kinds: [{kind: complaint, title: C, severities: [ordinary, major], category: noise}, {kind: other, title: Other}]\n"
		"categories: [{category: noise, kind: complaint, title: Noise, department: security}, {category: noise, kind: other, title: Other, department: else}]\n"
		"severities: [{severity: ordinary, title: Other}, {severity: major, title: M}]\n";
	/* the category may be given by one pack for two kinds only in one entry */
	assert_false(put_together(fixture, names, (const char *const[]){first, second}, 2));
	assert_string_equal(
		fixture->err.text,
		"category: it has no effect, as line 5 gives the same name: write all its kinds there");
	static const char third[] =
		"kinds: [{kind: complaint, title: C, severities: [ordinary, major], category: noise}]\n"
		"categories: [{category: noise, kind: complaint, title: Noise, department: security}]\n"
		"severities: [{severity: ordinary, title: Other}, {severity: major, title: M}]\n";
	assert_true(put_together(fixture, names, (const char *const[]){first, third}, 2));
	const struct policy *policy = fixture->policy;
	assert_string_equal(
		node_as_text(policy_says(policy, RULE_KIND, "complaint", NULL, "category")),
		"noise");
	assert_string_equal(node_as_text(policy_says(policy, RULE_CATEGORY, "noise", "complaint",
						     "department")),
			    "security");
	assert_null(policy_says(policy, RULE_CATEGORY, "noise", "other", "department"));
	const struct node *severities = policy_severities(policy, &fixture->arena, "complaint");
	assert_int_equal(node_item_count(severities), 2);
	assert_string_equal(node_item_text(severities, 0), "ordinary");
	assert_null(policy_severities(policy, &fixture->arena, "other"));
}

static void a_pack_may_be_for_its_own_kinds(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second"};
	static const char first[] =
		"scope: own-kinds\nkinds: [{kind: repair, title: R}]\n"
		"steps:\n  - {step: own, clause: F-1}\n  - {step: own, kind: complaint, clause: F-2}\n";
	static const char second[] =
		"kinds: [{kind: complaint, title: C}]\nsteps: [{step: own, clause: S-1}]\n";
	static const struct {
		const char *kind, *clauses[3];
	} cases[] = {
		{"repair", {"F-1", "S-1"}}, {"complaint", {"F-2", "S-1"}}, {"customer", {"S-1"}}};
	assert_true(put_together(fixture, names, (const char *const[]){first, second}, 2));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *view = node_map(&fixture->arena);
		const struct rule *rule;
		size_t found = 0;
		node_add_string(&fixture->arena, view, "kind", cases[i].kind);
		for (size_t j = 0; (rule = policy_next(fixture->policy, RULE_STEP, &j));)
			if (strcmp(rule->clause, "kefu") != 0 &&
			    policy_applies(fixture->policy, rule, view, 0, &fixture->err) ==
				    VERDICT_YES)
				assert_string_equal(rule->clause, cases[i].clauses[found++]);
		assert_null(cases[i].clauses[found]);
	}
}

static void a_pack_has_the_name_it_is_asked_by(void **state)
{
	struct fixture *fixture = *state;
	expect(fixture, "", NULL);
	struct node *root;
	static const char text[] = "pack: other\ntitle: x\nsource: x\n";
	assert_true(yaml_read_one(&fixture->arena, "base.yaml", text, strlen(text), &root,
				  &fixture->err));
	assert_false(policy_add(fixture->policy, "base", "base.yaml", root, &fixture->err));
	assert_string_equal(fixture->err.text, "pack: must be base, like the file's name");
	assert_int_equal(fixture->err.line, 1);
}

/* Those of the packs: others are there in every ledger. */
static size_t count_rules(const struct policy *policy, enum rule_list list)
{
	size_t cursor = 0, count = 0;
	const struct rule *rule;
	while ((rule = policy_next(policy, list, &cursor)))
		count += !rule->clause || strcmp(rule->clause, "kefu") != 0;
	return count;
}

static void takes_out_what_another_pack_replaces(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second", "third"};
	static const char first[] =
		"deadlines:\n"
		"  - {rule: gone, start: opened, until: closed, within: 1 d, clause: F-1}\n"
		"  - {rule: halved, start: opened, until: closed, within: 1 d, clause: [F-1, F-2]}\n"
		"  - {rule: kept, start: opened, until: closed, within: 1 d, clause: F-10}\n"
		"steps: [{step: own, clause: F-1}]\n"
		"severities: [{severity: usual, title: Usual, clause: F-1}]\n";
	static const char second[] =
		"replaces: [F-1, S-1]\n"
		"deadlines: [{rule: gone, start: opened, until: closed, within: 2 d, clause: S-1}]\n";
	assert_true(put_together(fixture, names, (const char *const[]){first, second}, 2));
	const struct policy *policy = fixture->policy;
	/* by others only: what it says of its own clauses stays; a severity is no rule */
	assert_int_equal(count_rules(policy, RULE_DEADLINE), 3);
	assert_int_equal(count_rules(policy, RULE_STEP), 0);
	assert_int_equal(count_rules(policy, RULE_SEVERITY), 1);
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "gone")->file, "second.yaml");
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "halved")->clause, "F-2");
	assert_string_equal(policy_find(policy, RULE_DEADLINE, "kept")->clause, "F-10");
	/* what is taken out gives no names and need not fit, but is remembered */
	assert_null(policy_find(policy, RULE_STEP, "own"));
	assert_non_null(policy_find_recorded(policy, RULE_STEP, "own", 0));
	assert_false(put_together(
		fixture, names,
		(const char *const[]){
			first, second,
			"deadlines: [{rule: third, start: own, until: closed, within: 1 d, clause: T-1}]\n"},
		3));
	assert_string_equal(fixture->err.text,
			    "start: \"own\" is not a step: no entry under steps names it");
	assert_string_equal(fixture->err.clause, "T-1");
	assert_true(
		put_together(fixture, names,
			     (const char *const[]){"steps: [{step: own, by: boss, clause: F-1}]\n",
						   "replaces: [F-1]\n"},
			     2));
}

struct told {
	char text[400];
};

static void tell_replaced(void *context, enum rule_list list, const struct rule *rule,
			  const char *pack, const struct node *entry)
{
	struct told *told = context;
	size_t len = strlen(told->text);
	snprintf(told->text + len, sizeof told->text - len, "%d %s by %s%s\n", (int)list,
		 rule->clause, pack, node_as_text(entry) ? "" : " in part");
}

/* Rules of steps stand aside for the steps and kinds that are named, and nowhere else. */
static void rules_of_steps_stand_aside(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second"};
	static const char first[] =
		"roles: [{role: desk, title: D}, {role: lead, title: L}]\n"
		"kinds: [{kind: repair, title: R}, {kind: complaint, title: C}]\n"
		"steps:\n"
		"  - {step: [started, finished], kind: [repair, complaint], by: desk, clause: F-1}\n"
		"  - {step: finished, clause: F-2}\n"
		"  - {step: closed, kind: complaint, clause: F-3}\n";
	static const char second[] =
		"replaces: [{pack: first, step: finished, kind: complaint, reason: ours}, {pack: absent, step: any}]\n"
		"steps: [{step: finished, kind: complaint, by: lead, clause: S-1}]\n";
	static const struct {
		const char *kind, *step, *clauses[3];
	} cases[] = {{"complaint", "finished", {"S-1"}},
		     {"complaint", "started", {"F-1"}},
		     {"complaint", "closed", {"F-3"}},
		     {"repair", "finished", {"F-1", "F-2"}},
		     {"customer", "finished", {"F-2"}}};
	assert_true(put_together(fixture, names, (const char *const[]){first, second}, 2));
	const struct policy *policy = fixture->policy;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *view = node_map(&fixture->arena),
			    *document = node_map(&fixture->arena);
		const struct rule *rule;
		size_t found = 0;
		node_add_string(&fixture->arena, view, "kind", cases[i].kind);
		node_add_string(&fixture->arena, document, "event", cases[i].step);
		node_add(&fixture->arena, view, "document", document);
		for (size_t j = 0; (rule = policy_next(policy, RULE_STEP, &j));)
			if (node_holds(node_get(rule->node, "step"), cases[i].step) &&
			    policy_applies(policy, rule, view, 0, &fixture->err) == VERDICT_YES)
				assert_string_equal(rule->clause, cases[i].clauses[found++]);
		assert_null(cases[i].clauses[found]);
	}
	const struct rule *rule = policy_find(policy, RULE_STEP, "closed");
	assert_null(policy_aside(policy, rule, "complaint", "closed"));
	size_t at = 0;
	rule = policy_next(policy, RULE_STEP, &at);
	assert_string_equal(policy_aside(policy, rule, "complaint", "finished"), "second");
	struct told told = {0};
	policy_replaced(policy, tell_replaced, &told);
	char expected[100];
	snprintf(expected, sizeof expected, "%d F-1 by second in part\n%d F-2 by second in part\n",
		 RULE_STEP, RULE_STEP);
	assert_string_equal(told.text, expected);
	/* without it, nobody could finish a complaint */
	assert_false(put_together(fixture, names,
				  (const char *const[]){first, strchr(second, '\n') + 1}, 2));
	assert_string_equal(fixture->err.text,
			    "by: no role may record finished: first.yaml:7 allows other roles");
}

static void refuses_what_is_not_there_to_replace(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second", "third"};
	static const struct {
		const char *first, *second, *third, *message;
		unsigned line;
	} cases[] = {
		{"", "replaces: [{pack: first, step: seen}]\n", "",
		 "replaces: the pack first has no rule of the step seen", 4},
		{"", "replaces: [{pack: first, step: [own, seen], kind: repair}]\n", "",
		 "replaces: the pack first has no rule of the step seen for the kind repair", 4},
		{"", "replaces: [{pack: first, step: closed, kind: [complaint, repair]}]\n", "",
		 "replaces: the pack first has no rule of the step closed for the kind repair", 4},
		{"", "replaces: [{pack: second, step: own}]\n", "",
		 "replaces: second is this pack itself: change its rules instead", 4},
		{"", "replaces: [{step: own}]\n", "", "replaces[0].pack: missing", 4},
		{"replaces: [{pack: second, step: own}]\n",
		 "replaces: [{pack: first, step: own, kind: repair}]\n", "",
		 "replaces: second replaces the same in turn, so that no rule would be left", 4},
		{"replaces: [{pack: second, step: own}]\n",
		 "replaces: [{pack: third, step: own}]\n", "replaces: [{pack: first, step: own}]\n",
		 "replaces: second replaces the same in turn, so that no rule would be left", 4},
		/* each something else; one after the other */
		{"replaces: [{pack: second, step: own, kind: repair}]\n",
		 "replaces: [{pack: first, step: own, kind: complaint}]\n", "", NULL, 0},
		{"replaces: [{pack: second, step: own}]\n",
		 "replaces: [{pack: third, step: own}]\n", "", NULL, 0},
		{"replaces: [{pack: absent, step: own, kind: none}]\n", "", "", NULL, 0},
	};
	static const char rules[] =
		"kinds: [{kind: repair, title: R}, {kind: complaint, title: C}]\n"
		"steps: [{step: own, clause: X-1}, {step: closed, kind: complaint, clause: X-2}]\n";
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *own[] = {cases[i].first, cases[i].second, cases[i].third}, *texts[3];
		char written[3][400];
		for (size_t j = 0; j < 3; j++) {
			snprintf(written[j], sizeof written[j], "%s%s", own[j], rules);
			texts[j] = written[j];
		}
		bool fits = put_together(fixture, names, texts, 3);
		assert_int_equal(fits, !cases[i].message);
		if (fits)
			continue;
		assert_string_equal(fixture->err.text, cases[i].message);
		assert_int_equal(fixture->err.line, cases[i].line);
	}
}

/* A pack may name a duty of a clause by its letter. */
static void replaces_the_duties_of_a_clause(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {"first", "second"};
	static const char first[] =
		"deadlines:\n"
		"  - {rule: duty, start: opened, until: closed, within: 1 d, clause: F-1b}\n"
		"  - {rule: whole, start: opened, until: closed, within: 1 d, clause: F-1}\n"
		"  - {rule: part, start: opened, until: closed, within: 1 d, clause: F-1.2}\n"
		"  - {rule: word, start: opened, until: closed, within: 1 d, clause: F-1bis}\n";
	static const struct {
		const char *replaces;
		bool whole, duty;
	} cases[] = {{"replaces: [F-1]\n", false, false},
		     {"replaces: [F-1b]\n", true, false},
		     {"replaces: [F-1a]\n", true, true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(put_together(fixture, names,
					 (const char *const[]){first, cases[i].replaces}, 2));
		const struct policy *policy = fixture->policy;
		assert_int_equal(!!policy_find(policy, RULE_DEADLINE, "whole"), cases[i].whole);
		assert_int_equal(!!policy_find(policy, RULE_DEADLINE, "duty"), cases[i].duty);
		assert_non_null(policy_find(policy, RULE_DEADLINE, "part"));
		assert_non_null(policy_find(policy, RULE_DEADLINE, "word"));
	}
	assert_true(clauses_hold("A-1 F-1b", "F-1") && clauses_hold("F-1b A-1", "F-1"));
	assert_false(clauses_hold("F-1", "F-1b") || clauses_hold("F-12", "F-1") ||
		     clauses_hold("F-1bc", "F-1") || clauses_hold("house-rules", "house-rule"));
	assert_true(clauses_lie_under("F-1b", "F") && clauses_lie_under("F-1b", "F-1"));
}

static void rules_apply_from_one_day_until_before_another(void **state)
{
	struct fixture *fixture = *state;
	expect(fixture,
	       "steps: [{step: own, kind: repair, if: paid, from: '2026-02-01', before: '2026-03-01', clause: C-1}]\n",
	       NULL);
	const struct rule *rule = policy_find(fixture->policy, RULE_STEP, "own");
	struct node *view = node_map(&fixture->arena);
	node_add_string(&fixture->arena, view, "kind", "repair");
	static const struct {
		const char *day;
		enum verdict verdict;
	} cases[] = {{"2026-01-31", VERDICT_NO},
		     {"2026-02-01", VERDICT_YES},
		     {"2026-02-28", VERDICT_YES},
		     {"2026-03-01", VERDICT_NO}};
	int day = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(date_parse(cases[i].day, &day, &fixture->err));
		assert_int_equal(policy_applies(fixture->policy, rule, view, day, &fixture->err),
				 cases[i].verdict);
	}
	assert_true(date_parse("2026-02-02", &day, &fixture->err));
	node_set(&fixture->arena, view, "kind", node_string(&fixture->arena, "complaint"));
	assert_int_equal(policy_applies(fixture->policy, rule, view, day, &fixture->err),
			 VERDICT_NO);
	expect(fixture, "steps: [{step: own, from: @'2026-02-30', clause: C-1}]\n",
	       "steps[0].from: \"2026-02-30\" is not of the format date");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refuses_names_that_are_not_given, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(takes_names_that_are_given, set_up, tear_down),
		cmocka_unit_test_setup_teardown(knows_where_a_name_is_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_names_given_twice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finds_first_what_stands_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(knows_lists_of_an_organisations_own, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(lists_them_behind_those_it_knows, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(refuses_annotations_that_make_no_sense, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(knows_names_without_annotations, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_makes_no_sense, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_fields_that_are_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_steps_that_never_come, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_conditions_that_never_hold, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(survives_values_of_any_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(conditions_are_of_their_pack, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rules_of_one_name_are_told_apart_by_their_packs,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(packs_say_together_what_a_kind_is, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_pack_may_be_for_its_own_kinds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rules_of_steps_stand_aside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_is_not_there_to_replace, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_pack_has_the_name_it_is_asked_by, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(takes_out_what_another_pack_replaces, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(replaces_the_duties_of_a_clause, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rules_apply_from_one_day_until_before_another,
						set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
