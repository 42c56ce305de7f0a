// SPDX-License-Identifier: MIT
// What is wrong with a ledger: the parts all forms depend on, then every file, in parallel.
#include "check/check.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "book/family.h"
#include "check/check_parts.h"
#include "check/scope.h"
#include "store/file.h"
#include "store/rights.h"
#include "text/conflict.h"
#include "text/yaml.h"

static const struct {
	const char *name, *meaning;
	bool damage; /* readers lose something by it */
} kinds[PROBLEM_KINDS] = {
	[PROBLEM_HEADER] = {"header", "kefu.yaml cannot be used", true},
	[PROBLEM_SCHEMA_FILE] = {"schema-file",
				 "a schema or questionnaire is missing or cannot be used", true},
	[PROBLEM_STAFF] = {"staff", "staff.yaml is missing, or contradicts itself", false},
	[PROBLEM_DEPUTY] = {"deputy",
			    "somebody absent, now or soon, whose deputy has left or is absent too",
			    false},
	[PROBLEM_CALENDAR] =
		{"calendar",
		 "the calendar cannot be used, or lacks a year a deadline was computed by", true},
	[PROBLEM_POLICY] = {"policy", "a policy pack cannot be used", true},
	[PROBLEM_UNREADABLE] = {"unreadable", "the system does not let a file or folder be read",
				true},
	[PROBLEM_CLOSED_FOLDER] = {"closed-folder",
				   "a folder of several logins that their group cannot write",
				   false},
	[PROBLEM_SYMLINK] = {"symlink", "a symbolic link, which is never followed", true},
	[PROBLEM_STRAY_FILE] = {"stray-file", "a file among the forms that is not a form", false},
	[PROBLEM_TOO_LARGE] = {"too-large", "a file larger than a form can be", true},
	[PROBLEM_CUT_FILE] = {"cut-file",
			      "the end of a document, or a whole file's text, is missing", true},
	[PROBLEM_BAD_UTF8] = {"bad-utf8", "bytes that are not UTF-8", true},
	[PROBLEM_CONFLICT_MARKERS] = {"conflict-markers",
				      "conflict markers that git left where it could not merge",
				      true},
	[PROBLEM_NOT_YAML] = {"not-yaml", "not YAML, or YAML of a kind that is not allowed", true},
	[PROBLEM_SCHEMA] = {"schema", "a document that its schema does not allow", false},
	[PROBLEM_NOT_CANONICAL] = {"not-canonical",
				   "a document that is not written as kefu writes it", false},
	[PROBLEM_OUT_OF_ORDER] = {"out-of-order",
				  "documents that are not in the order of their numbers", false},
	[PROBLEM_DUPLICATE_DOCUMENT] = {"duplicate-document",
					"the very same document twice in one file", false},
	[PROBLEM_DUPLICATE_SEQ] = {"duplicate-seq",
				   "two documents of one site with the same number", false},
	[PROBLEM_MISSING_SEQ] = {"missing-seq",
				 "a gap in the numbers of a file's documents that no document "
				 "accounts for",
				 false},
	[PROBLEM_MISSING_NUMBER] = {"missing-number",
				    "a gap in a day's ticket numbers that no document accounts for",
				    false},
	[PROBLEM_NOT_LOST] = {"not-lost", "a number that is recorded as lost, and is there", false},
	[PROBLEM_WRONG_START] = {"wrong-start",
				 "a form that does not begin with opened or imported", true},
	[PROBLEM_WRONG_FOLDER] = {"wrong-folder",
				  "a form that is in another folder than its "
				  "number says",
				  false},
	[PROBLEM_WRONG_ID] = {"wrong-id",
			      "a form whose number is not its file's, its site's or its day's",
			      false},
	[PROBLEM_UNKNOWN_SITE] = {"unknown-site", "a site code that kefu.yaml does not list",
				  false},
	[PROBLEM_UNKNOWN_PERSON] = {"unknown-person",
				    "somebody who was not in staff.yaml at the time", false},
	[PROBLEM_LEFT_PERSON] = {"left-person", "somebody who had left at the time", false},
	[PROBLEM_UNKNOWN_EVENT] = {"unknown-event", "a step that no policy names", false},
	[PROBLEM_UNKNOWN_CLASS] = {"unknown-class",
				   "a kind, category or severity that no policy names", false},
	[PROBLEM_DANGLING_REFERENCE] = {"dangling-reference",
					"a reference to a form or document that is not there",
					false},
	[PROBLEM_FUTURE_TIME] = {"future-time", "a time that has not come yet", false},
	[PROBLEM_RECORDED_BEFORE_HAPPENED] = {"recorded-before-happened",
					      "something recorded before it happened", false},
	[PROBLEM_BEFORE_OPENING] = {"before-opening",
				    "a step that happened before its form was opened", false},
	[PROBLEM_BREACH] = {"breach",
			    "a correction that says what a rule forbids, and that somebody who may "
			    "override the rule recorded",
			    false},
	[PROBLEM_TWO_SPELLINGS] = {"two-spellings",
				   "a unit that another form writes in other letters", false},
	[PROBLEM_WRONG_SAMPLE] = {"wrong-sample",
				  "a survey's sample that does not follow from its frame and seed",
				  false},
	[PROBLEM_WRONG_ANSWER] =
		{"wrong-answer",
		 "an answer to a survey that it does not allow, or of somebody it did not draw",
		 false},
	[PROBLEM_UNKNOWN_RULE] = {"unknown-rule",
				  "a deadline or callback by a rule that no policy has", false},
	[PROBLEM_RULE_NOT_IN_FORCE] =
		{"rule-not-in-force", "a deadline or callback by a rule that was not in force then",
		 false},
	[PROBLEM_WRONG_CLAUSE] = {"wrong-clause",
				  "a deadline or callback with another clause than its rule's",
				  false},
	[PROBLEM_WRONG_DEADLINE] = {"wrong-deadline", "a time that does not follow from the rule",
				    false},
	[PROBLEM_WRONG_DUTY] = {"wrong-duty", "steps, shares or callers other than the rule's",
				false},
	[PROBLEM_MISSING_DEADLINE] =
		{"missing-deadline", "a document without a deadline or callback that the rules set",
		 false},
	[PROBLEM_WRONG_SIGNATURE] =
		{"wrong-signature",
		 "a step that was not signed as it had to be, or says something else", false},
	[PROBLEM_WRONG_DRAW] = {"wrong-draw", "a lot that does not follow from its frame and seed",
				false},
	[PROBLEM_NOT_OPEN] = {"not-open", "something settled or withdrawn that was not open",
			      false},
	[PROBLEM_DISPUTED] = {"disputed", "steps of two sites that contradict each other", false},
	[PROBLEM_WRONG_SCORE] = {"wrong-score",
				 "an appraisal's score that does not follow from its marks", false},
	[PROBLEM_WRONG_AMOUNT] =
		{"wrong-amount",
		 "an amount other than the price list's, or beyond what others leave", false},
	[PROBLEM_INCOMPLETE] = {"incomplete",
				"a step that items of a checklist were missing for, or an item "
				"that no checklist has",
				false},
	[PROBLEM_NOT_UNIQUE] = {"not-unique",
				"two tickets with what only one may have, like a receipt", false},
	[PROBLEM_WRONG_BALANCE] =
		{"wrong-balance",
		 "something taken back that was not out, or a step while something was", false},
	[PROBLEM_KEPT_BY_LEAVER] =
		{"kept-by-leaver",
		 "something still out with somebody who left, which was not said "
		 "then",
		 false},
	[PROBLEM_GONE_FORM] = {"gone-form", "a file of documents that was committed and is gone",
			       false},
	[PROBLEM_GONE_DOCUMENT] = {"gone-document", "a document that was committed and is gone",
				   false},
	[PROBLEM_CHANGED_DOCUMENT] = {"changed-document",
				      "a document that was committed and stands otherwise now",
				      false},
	[PROBLEM_HISTORY] = {"history", "what was committed cannot be read", true},
	[PROBLEM_MERGE_DRIVER] = {"merge-driver", "git does not unite files in this clone", false},
};

const char *problem_name(enum problem_kind kind)
{
	return kinds[kind].name;
}

const char *problem_meaning(enum problem_kind kind)
{
	return kinds[kind].meaning;
}

/* --- telling --- */

static struct problem *add_problem(struct checker *checker, enum problem_kind kind,
				   const char *file)
{
	struct problem *problem = gather_push(checker->to, 0);
	*problem = (struct problem){.kind = kind,
				    .damage = kinds[kind].damage,
				    .file = arena_dup(&checker->to->arena, file)};
	return problem;
}

size_t check_told(const struct checker *checker)
{
	return checker->to->lists[0].count;
}

void check_damage(struct checker *checker, size_t index)
{
	((struct problem *)checker->to->lists[0].items)[index].damage = true;
}

static const char *keep_visible(struct checker *checker, const char *text, size_t len)
{
	struct buf visible;
	buf_init(&visible);
	buf_add_visible(&visible, text, len);
	const char *kept = arena_dup_len(&checker->to->arena, visible.data, visible.len);
	buf_clear(&visible);
	return kept;
}

void check_tell(struct checker *checker, enum problem_kind kind, const struct node *at,
		const char *clause, const char *format, ...)
{
	struct buf text;
	va_list args;
	struct problem *problem = add_problem(checker, kind, checker->file);
	buf_init(&text);
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	problem->line = at ? at->line : 0;
	problem->column = at ? at->column : 0;
	problem->text = keep_visible(checker, text.data, text.len);
	problem->clause = clause ? arena_dup(&checker->to->arena, clause) : NULL;
	buf_clear(&text);
}

void check_tell_line(struct checker *checker, enum problem_kind kind, unsigned line,
		     unsigned column, const char *text)
{
	struct problem *problem = add_problem(checker, kind, checker->file);
	problem->line = line;
	problem->column = column;
	problem->text = keep_visible(checker, text, strlen(text));
}

void check_tell_err(struct checker *checker, enum problem_kind kind, struct err *err)
{
	/* whatever the file is: what is to be done is the same */
	if (strncmp(err->text, CONFLICT_MARKERS, strlen(CONFLICT_MARKERS)) == 0)
		kind = PROBLEM_CONFLICT_MARKERS;
	else if (err->file && strncmp(err->file, "schemas/", strlen("schemas/")) == 0)
		kind = PROBLEM_SCHEMA_FILE; /* whoever came upon it */
	struct problem *problem = add_problem(checker, kind, err->file ? err->file : checker->file);
	problem->damage = problem->damage || err->status == STATUS_DAMAGED;
	problem->line = err->line;
	problem->column = err->column;
	problem->text = arena_dup(&checker->to->arena, err->text);
	problem->clause = err->clause ? arena_dup(&checker->to->arena, err->clause) : NULL;
	err_clear(err);
}

/* --- what all forms depend on --- */

static void check_schemas(struct checker *checker, const char *folder, struct common *common)
{
	struct book *book = checker->book;
	struct file_names names = {0};
	struct err err = ERR_INIT;
	struct buf path;
	buf_init(&path);
	bool top = strcmp(folder, "schemas") == 0;
	enum file_result listed = file_list(&book->store.root, folder, &names, &err);
	checker->file = folder;
	if (listed == FILE_ABSENT)
		check_tell(checker, PROBLEM_SCHEMA_FILE, NULL, NULL, "missing");
	if (listed == FILE_FAILED)
		check_tell_err(checker, PROBLEM_UNREADABLE, &err);
	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];
		buf_reset(&path);
		buf_addf(&path, "%s/%s", folder, name);
		if (!file_ends_in(name, ".yaml")) {
			char *deeper = top ? mem_dup(path.data) : NULL;
			if (deeper)
				check_schemas(checker, deeper, common);
			free(deeper);
			continue;
		}
		checker->file = path.data;
		const struct schema *schema = schema_find(book->schemas, path.data, &err);
		if (!schema)
			check_tell_err(checker, PROBLEM_SCHEMA_FILE, &err);
		if (top)
			continue;
		common->schemas =
			mem_room(common->schemas, common->schema_count, 1, sizeof *common->schemas);
		common->schemas[common->schema_count++] = (struct event_schema){
			.folder = arena_dup(&book->arena, folder + strlen("schemas/")),
			.event = arena_dup_len(&book->arena, name, strlen(name) - strlen(".yaml")),
			.schema = schema};
	}
	file_names_clear(&names);
	buf_clear(&path);
}

/* Each pack by itself, so that one hides no other. */
static bool check_packs(struct checker *checker)
{
	struct book *book = checker->book;
	const struct node *packs = node_get(book->header, "packs");
	struct err err = ERR_INIT;
	size_t before = check_told(checker);
	const struct schema *schema = schema_find(book->schemas, "schemas/policy.yaml", &err);
	const char *pack;
	for (size_t i = 0; schema && (pack = node_each_text(packs, &i));) {
		struct node *root;
		checker->file = arena_printf(&book->arena, "policy/%s.yaml", pack);
		if (!book_read_yaml(book, checker->file, &root, &err) ||
		    !schema_check(schema, root, checker->file, &err))
			check_tell_err(checker, PROBLEM_POLICY, &err);
	}
	err_clear(&err); /* of the schema: told already */
	return schema && check_told(checker) == before;
}

static bool load(struct checker *checker, const struct book_options *options, enum book_part part,
		 enum problem_kind kind, const char *file)
{
	struct err err = ERR_INIT;
	if (book_load(checker->book, options, part, &err))
		return true;
	checker->file = file;
	check_tell_err(checker, kind, &err);
	return false;
}

/* Header, schemas, calendar and policies. False only when --now makes no sense. */
static bool check_book(struct checker *checker, const struct book_options *options,
		       struct common *common, struct err *err)
{
	struct book *book = checker->book;
	struct err ignored = ERR_INIT;
	bool headed = book_load(book, options, BOOK_HEADER, err);
	if (!headed && err->status == STATUS_USAGE)
		return false;
	checker->file = LEDGER_HEADER;
	if (!headed)
		check_tell_err(checker, PROBLEM_HEADER, err);
	check_schemas(checker, "schemas", common);
	common->staff_schema = schema_find(book->schemas, "schemas/staff.yaml", &ignored);
	if (file_exists(&book->store.root, "schemas/renumbered.yaml"))
		common->renumbered_schema =
			schema_find(book->schemas, "schemas/renumbered.yaml", &ignored);
	err_clear(&ignored); /* told with the other schemas */
	if (!headed)
		return true;
	bool dated =
		load(checker, options, BOOK_CALENDAR, PROBLEM_CALENDAR, "policy/calendar.yaml");
	common->rules_known = check_packs(checker) &&
			      load(checker, options, BOOK_PACKS, PROBLEM_POLICY, "policy") && dated;
	/* a clone that only reads needs no code */
	if (file_exists(&book->store.root, LEDGER_SITE))
		load(checker, options, BOOK_SITE, PROBLEM_UNKNOWN_SITE, LEDGER_SITE);
	return true;
}

/* staff.yaml; its documents only when the whole ledger or the file itself is asked about. */
static void check_staff(struct checker *checker, const struct book_options *options, bool documents,
			struct common *common)
{
	struct err err = ERR_INIT;
	struct buf text;
	buf_init(&text);
	size_t before = check_told(checker);
	common->staff_known = book_load(checker->book, options, BOOK_STAFF, &err);
	if (documents && file_read(&checker->book->store.root, LEDGER_STAFF, YAML_MAX_BYTES, &text,
				   &err) == FILE_READ)
		check_staff_file(checker, text.data, text.len);
	if (documents && text.len)
		check_committed_file(checker, LEDGER_STAFF, text.data, text.len);
	checker->file = LEDGER_STAFF;
	if (!common->staff_known && check_told(checker) == before)
		check_tell_err(checker, PROBLEM_STAFF, &err);
	if (documents)
		check_roster(checker);
	err_clear(&err);
	buf_clear(&text);
}

/* --- files --- */

/* Why the walk could not read RELATIVE, seen again. */
static enum problem_kind obstacle(const struct checker *checker, const char *relative)
{
	struct stat found;
	int fd = root_reach(&checker->book->store.root, relative, O_PATH, 0);
	if (fd < 0)
		return errno == ELOOP ? PROBLEM_SYMLINK : PROBLEM_UNREADABLE;
	bool plain = fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
	bool folder = S_ISDIR(found.st_mode);
	close(fd);
	if (folder)
		return PROBLEM_UNREADABLE;
	if (!plain || !file_ends_in(relative, ".yaml"))
		return PROBLEM_STRAY_FILE;
	return found.st_size > FORM_MAX_BYTES ? PROBLEM_TOO_LARGE : PROBLEM_UNREADABLE;
}

static void look_at_obstacle(struct gatherer *to, const char *relative, struct err *err)
{
	struct checker *checker = to->state;
	checker->file = relative;
	check_tell(checker, obstacle(checker, relative), NULL, NULL, "%s", err->text);
	check_ticket_seen(checker, relative, NULL);
	check_committed_skip(checker, relative);
}

static bool look_at(struct gatherer *to, const char *relative, const char *text, size_t len,
		    struct err *err)
{
	struct checker *checker = to->state;
	(void)err;
	check_committed_file(checker, relative, text, len);
	checker->file = relative;
	if (family_of(relative)->is_form)
		check_form_file(checker, relative, text, len);
	else if (strncmp(relative, "surveys/", strlen("surveys/")) != 0 ||
		 check_survey_file(checker, relative, text, len))
		check_register_file(checker, relative, text, len);
	return true;
}

static void tell_closed(void *context, const char *relative, const char *how)
{
	struct checker *checker = context;
	checker->file = relative;
	check_tell(checker, PROBLEM_CLOSED_FOLDER, NULL, NULL, "%s", how);
}

/* --- all of it --- */

static int compare_problems(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;
	int files = strcmp(x->file, y->file);
	if (files)
		return files;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->text, y->text);
}

static bool is_same_place(const struct problem *a, const struct problem *b)
{
	return a->line == b->line && a->column == b->column && strcmp(a->file, b->file) == 0;
}

/* What several files, or several parts of the check, came upon is told once: by its first name. */
static size_t drop_repeated(struct problem *problems, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct problem *same = NULL;
		for (size_t j = kept; j-- > 0 && is_same_place(&problems[j], &problems[i]);) {
			if (strcmp(problems[j].text, problems[i].text) == 0)
				same = &problems[j];
			if (same || !problems[j].line)
				break; /* of a whole file there may be many */
		}
		if (same)
			same->damage = same->damage || problems[i].damage;
		else
			problems[kept++] = problems[i];
	}
	return kept;
}

static void open_checker(struct gatherer *to)
{
	struct checker *checker = to->state;
	*checker = (struct checker){.book = to->book, .common = to->context, .to = to};
	form_init(&checker->form);
	form_init(&checker->earlier);
	buf_init(&checker->text);
	buf_init(&checker->other);
}

static void close_checker(struct gatherer *to)
{
	struct checker *checker = to->state;
	form_clear(&checker->form);
	form_clear(&checker->earlier);
	buf_clear(&checker->text);
	buf_clear(&checker->other);
	check_survey_clear(checker);
}

/* What there is to look at: in the ledger, and of what was committed. False when an operand or
 * --since or --audit is not to be had. */
static bool decide_scope(struct checker *checker, const struct check_options *wanted,
			 struct scope *scope, struct committed_files *committed, struct err *err)
{
	struct book *book = checker->book;
	checker->file = CHECK_GIT;
	bool narrow = wanted->since && !wanted->audit;
	if (!committed_read(committed, book->path, wanted->since, wanted->audit && !wanted->since,
			    err)) {
		if (wanted->since || wanted->audit)
			return false;
		check_tell_err(checker, PROBLEM_HISTORY, err);
		committed->count = 0;
	} else if (committed->git.top && !narrow && !wanted->operand_count) {
		check_driver(checker, &committed->git);
	}
	if (!scope_fill(scope, book, committed, wanted->operands, wanted->operand_count, err))
		return false;
	scope_limit(scope, committed);
	if (!narrow)
		return true;
	if (!committed_compare(committed, &book->store.root, err))
		return false;
	scope_narrow(scope, committed);
	return true;
}

static void add_tolerated(void *context, const struct err *err)
{
	struct check *check = context;
	struct buf text;
	buf_init(&text);
	err_render(err, &text);
	node_push(&check->arena, check->tolerated,
		  node_string_len(&check->arena, text.data, text.len));
	buf_clear(&text);
}

/* How many things rules ask for of somebody whom nobody is; with what the forms that were looked at
 * owe by people who left. */
static size_t count_unfilled(const struct check *check, const struct book *book)
{
	const struct gather_items *gone = &check->gathered.lists[CHECK_GONE];
	struct unfilled_set set;
	unfilled_find(&set, book, book->now);
	size_t count = set.count + unfilled_count_gone(gone->items, gone->count);
	unfilled_clear(&set);
	return count;
}

bool ledger_check(const struct book_options *options, const struct check_options *wanted,
		  struct check *check, struct err *err)
{
	struct book book;
	struct committed_files committed = {.arena = ARENA_INIT};
	struct common common = {.committed = &committed};
	struct scope scope = SCOPE_INIT;
	struct gathering gathering;
	*check = (struct check){0};
	if (!book_find(&book, options, err))
		return false;
	struct gather gather = {.threads = wanted->threads,
				.file = look_at,
				.unreadable = look_at_obstacle,
				.lists = {[CHECK_PROBLEMS] = {.size = sizeof *check->problems,
							      .order = compare_problems},
					  [CHECK_TICKETS] = {.size = sizeof(struct ticket_seen),
							     .order = check_order_tickets},
					  [CHECK_UNITS] = {.size = sizeof(struct unit_seen),
							   .order = check_order_units},
					  [CHECK_UNIQUE] = {.size = sizeof(struct unique_seen),
							    .order = check_order_unique},
					  [CHECK_GONE] = {.size = sizeof(struct unfilled_gone),
							  .order = unfilled_order_gone}},
				.context = &common,
				.state_size = sizeof(struct checker),
				.open = open_checker,
				.close = close_checker};
	gather_begin(&gathering, &book, &gather);
	struct checker *first = gathering.gatherers[0].state;
	bool done = check_book(first, options, &common, err) &&
		    decide_scope(first, wanted, &scope, &committed, err);
	gather.folders = scope.folders;
	gather.files = scope.files;
	if (done) {
		accounts_read(&book, &common.accounts);
		given_read(first, &common.given);
		check_staff(first, options, scope.staff, &common);
		if (!wanted->operand_count)
			rights_closed(&book.store.root, STORE_FOLDER, tell_closed, first);
		gather_read(&gathering);
		check_days(first, &gathering, scope.folders,
			   !wanted->operand_count && (wanted->audit || !wanted->since));
		check_units(first, &gathering);
		check_unique(first, &gathering);
		check_committed(first, &committed);
	}
	gather_end(&gathering, &check->gathered);
	check->problems = check->gathered.lists[0].items;
	check->count = drop_repeated(check->problems, check->gathered.lists[0].count);
	for (size_t i = 0; i < check->count; i++)
		check->damage = check->damage || check->problems[i].damage;
	check->older = book_is_older(&book);
	check->tolerated = node_list(&check->arena);
	if (done && common.rules_known)
		policy_tolerates(book.policy, add_tolerated, check);
	if (done && common.rules_known && common.staff_known)
		check->unfilled = count_unfilled(check, &book);
	scope_clear(&scope);
	free(common.schemas);
	accounts_clear(&common.accounts);
	given_clear(&common.given);
	committed_clear(&committed);
	book_close(&book);
	return done;
}

void check_clear(struct check *check)
{
	gathered_clear(&check->gathered);
	arena_clear(&check->arena);
	*check = (struct check){0};
}
