// SPDX-License-Identifier: MIT
// Makes a ledger, and prepares a clone of one.
#include "ledger/founding.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "book/book.h"
#include "data/draw.h"
#include "data/time.h"
#include "ledger/attributes.h"
#include "ledger/shipped.h"
#include "ledger/trial.h"
#include "record/record.h"
#include "record/render.h"
#include "store/driver.h"
#include "store/file.h"
#include "store/rights.h"
#include "store/store.h"
#include "text/yaml.h"

static const char gitignore[] = "/.kefu/\n.*.tmp\n";

#define LEDGER_BEGUN ".kefu/begun" /* there while a ledger is being made */

struct plan {
	const struct founding *founding;
	struct arena arena;
	struct shipped shipped;
	struct node *files;         /* map: path in the ledger → text */
	struct node *packs;         /* list of names */
	struct node *versions;      /* map: what kefu ships → the version it is of */
	struct node *origins;       /* map: policy/NAME.yaml → where that pack's file came from */
	struct schema_set *schemas; /* those among the files */
	struct err *err;
};

static bool check_site(const char *site, struct err *err)
{
	return (site && book_is_site(site)) ||
	       err_set(err, STATUS_USAGE,
		       "--site: a site code is two to four capital letters, like YL");
}

static void plan_text(struct plan *plan, const char *path, const char *text, size_t len)
{
	node_set(&plan->arena, plan->files, arena_dup(&plan->arena, path),
		 node_string_len(&plan->arena, text, len));
}

static bool load_planned(void *context, const char *uri, struct arena *arena, struct node **root,
			 struct err *err)
{
	struct plan *plan = context;
	const struct node *text = node_get(plan->files, uri);
	if (!text)
		return err_set(err, STATUS_DAMAGED, "%s is missing: kefu is not wholly installed",
			       uri);
	return yaml_read_one(arena, uri, node_as_text(text), node_text_len(text), root, err);
}

/* ROOT as the file PATH, which URI is the schema of: the header, or else its first document. */
static bool plan_node(struct plan *plan, const char *path, const char *uri, struct node *root)
{
	const struct schema *schema = schema_find(plan->schemas, uri, plan->err);
	bool header = strcmp(path, LEDGER_HEADER) == 0;
	struct buf text;
	buf_init(&text);
	bool done = schema && (header ? render_settings(schema, root, &text, plan->err)
				      : render_document(schema, root, &text, plan->err));
	if (done)
		plan_text(plan, path, text.data, text.len);
	else if (header)
		err_place(plan->err, path, 0, 0);
	buf_clear(&text);
	return done;
}

/* Copies what kefu ships for PATH. */
static bool plan_copy(struct plan *plan, const char *path)
{
	struct buf text;
	buf_init(&text);
	enum file_result result = shipped_read(&plan->shipped, path, &text, plan->err);
	if (result == FILE_READ)
		plan_text(plan, path, text.data, text.len);
	else if (result == FILE_ABSENT)
		err_set(plan->err, STATUS_SYSTEM,
			"%s is missing in %s: kefu is not wholly installed", path,
			plan->shipped.folder);
	buf_clear(&text);
	return result == FILE_READ;
}

static bool plan_schemas(struct plan *plan)
{
	struct node *paths = node_list(&plan->arena);
	const char *path;
	if (!shipped_schemas(&plan->shipped, paths, plan->err))
		return false;
	for (size_t i = 0; (path = node_each_text(paths, &i));)
		if (!plan_copy(plan, path))
			return false;
	return true;
}

/* Other files of policy/, and what else has a version in kefu.yaml. */
static bool is_no_pack(const char *name)
{
	static const char *const taken[] = {VERSION_SCHEMAS, VERSION_CALENDAR, "calendar-own"};
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(name, taken[i]) == 0)
			return true;
	return false;
}

/* A pack file given by its path. */
static bool plan_pack_file(struct plan *plan, const char *path)
{
	struct buf text;
	struct root folder = {.fd = -1};
	struct node *root;
	buf_init(&text);
	const char *slash = strrchr(path, '/');
	const char *where = slash ? arena_dup_len(&plan->arena, path, (size_t)(slash - path)) : ".";
	bool done = root_open(&folder, where, plan->err) &&
		    file_read(&folder, slash ? slash + 1 : path, YAML_MAX_BYTES, &text,
			      plan->err) == FILE_READ;
	if (!done && !plan->err->text)
		err_set(plan->err, STATUS_USAGE, "--pack: %s is not there", path);
	done = done && yaml_read_one(&plan->arena, path, text.data, text.len, &root, plan->err);
	const char *name = done ? node_text(root, "pack") : NULL;
	if (done && !name)
		done = err_set(plan->err, STATUS_DAMAGED,
			       "%s does not say which pack it is (pack: NAME)", path);
	if (done && is_no_pack(name))
		done = err_set(plan->err, STATUS_DAMAGED,
			       "%s: a pack cannot be called %s, as other files are", path, name);
	if (done) {
		const char *target = arena_printf(&plan->arena, "policy/%s.yaml", name);
		plan_text(plan, target, text.data, text.len);
		node_set(&plan->arena, plan->origins, target, node_string(&plan->arena, path));
		node_push(&plan->arena, plan->packs, node_string(&plan->arena, name));
	}
	root_close(&folder);
	buf_clear(&text);
	return done;
}

/* kefu.yaml says which version a file is of, so that ledger-upgrade knows what was changed. */
static void plan_version(struct plan *plan, const char *of)
{
	node_add_string(&plan->arena, plan->versions, arena_dup(&plan->arena, of), KEFU_VERSION);
}

static bool plan_pack(struct plan *plan, const char *pack)
{
	if (strchr(pack, '/') || strchr(pack, '.'))
		return plan_pack_file(plan, pack);
	const char *path = arena_printf(&plan->arena, "policy/%s.yaml", pack);
	struct buf text;
	buf_init(&text);
	enum file_result result = is_no_pack(pack)
					  ? FILE_ABSENT
					  : shipped_read(&plan->shipped, path, &text, plan->err);
	if (result == FILE_READ) {
		plan_text(plan, path, text.data, text.len);
		node_push(&plan->arena, plan->packs, node_string(&plan->arena, pack));
		plan_version(plan, pack);
	} else if (result == FILE_ABSENT) {
		buf_reset(&text);
		shipped_packs(&plan->shipped, &text);
		err_set(plan->err, STATUS_USAGE, "--pack: there is no pack %s (there are: %s)",
			pack, text.data);
	}
	buf_clear(&text);
	return !plan->err->text;
}

static bool plan_header(struct plan *plan)
{
	const struct founding *founding = plan->founding;
	struct arena *arena = &plan->arena;
	struct node *header = node_map(arena), *sites = node_list(arena);
	node_add(arena, header, "format", node_int(arena, LEDGER_FORMAT));
	node_add_string(arena, header, "name", founding->name);
	node_add_string(arena, header, "zone", founding->zone);
	if (founding->test)
		node_add(arena, header, "test", node_bool(arena, true));
	node_push(arena, sites, node_string(arena, founding->site));
	node_add(arena, header, "sites", sites);
	node_add(arena, header, "packs", plan->packs);
	node_add(arena, header, "versions", plan->versions);
	return plan_node(plan, LEDGER_HEADER, "schemas/header.yaml", header);
}

/* Whoever makes the ledger is its first member, with the role that may do everything. */
static bool plan_staff(struct plan *plan)
{
	struct arena *arena = &plan->arena;
	struct node *joined = node_map(arena), *roles = node_list(arena);
	struct zone zone;
	struct buf at;
	const char *login = book_login(arena, plan->err);
	if (login && !plan->founding->person &&
	    login[strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789_.-")])
		return err_set(plan->err, STATUS_USAGE,
			       "your login %s cannot be an id in %s: give one with --person", login,
			       LEDGER_STAFF);
	if (!login || !zone_init(&zone, plan->founding->zone, plan->err)) {
		if (login)
			plan->err->status = STATUS_USAGE;
		return false;
	}
	int64_t now = plan->founding->clock;
	if (plan->founding->now && !time_input(&zone, now, plan->founding->now, &now, plan->err)) {
		zone_clear(&zone);
		return err_prefix(plan->err, "--now");
	}
	if (!record_year(&zone, now, "the time now", plan->err)) {
		zone_clear(&zone);
		return false;
	}
	buf_init(&at);
	time_format(&zone, now, &at);
	node_add_string(arena, joined, "event", "joined");
	node_add(arena, joined, "seq", node_int(arena, 1));
	node_add_string(arena, joined, "site", plan->founding->site);
	node_add_string(arena, joined, "at", at.data);
	const char *person = plan->founding->person ? plan->founding->person : login;
	node_add_string(arena, joined, "by", person);
	node_add_string(arena, joined, "person", person);
	node_add_string(arena, joined, "name", person);
	if (strcmp(person, login) != 0)
		node_add_string(arena, joined, "login", login);
	node_add_string(arena, joined, "nature", "person");
	node_push(arena, roles, node_string(arena, ROLE_ADMINISTRATOR));
	node_add(arena, joined, "roles", roles);
	buf_clear(&at);
	zone_clear(&zone);
	return plan_node(plan, LEDGER_STAFF, "schemas/staff.yaml", joined);
}

static bool make_plan(struct plan *plan)
{
	const struct founding *founding = plan->founding;
	if (!shipped_open(&plan->shipped, plan->err) || !plan_schemas(plan) ||
	    !plan_copy(plan, "policy/calendar.yaml"))
		return false;
	plan_version(plan, VERSION_SCHEMAS);
	plan_version(plan, VERSION_CALENDAR);
	for (size_t i = 0; i < founding->pack_count; i++)
		if (!plan_pack(plan, founding->packs[i]))
			return false;
	plan_text(plan, ".gitignore", gitignore, strlen(gitignore));
	struct buf attributes;
	buf_init(&attributes);
	attributes_text(&attributes);
	plan_text(plan, LEDGER_ATTRIBUTES, attributes.data, attributes.len);
	buf_clear(&attributes);
	return plan_staff(plan) && plan_header(plan);
}

/* --- writing --- */

/* What is there already is not ours to replace: git's two files are added to,
 * anything else is refused, unless an interrupted ledger-init left it. Writes nothing;
 * where it only LOOKs, the plan stays as it is. */
static bool respect(struct store *store, struct plan *plan, bool look)
{
	bool interrupted = file_exists(&store->root, LEDGER_BEGUN), done = true;
	struct buf text;
	buf_init(&text);
	struct pair *file;
	for (size_t i = 0; done && (file = node_pair(plan->files, i)); i++) {
		bool shared = strcmp(file->key, ".gitignore") == 0 ||
			      strcmp(file->key, LEDGER_ATTRIBUTES) == 0;
		enum file_result result =
			file_read(&store->root, file->key, YAML_MAX_BYTES, &text, plan->err);
		done = result != FILE_FAILED;
		if (result != FILE_READ || (interrupted && !shared))
			continue;
		if (!shared) {
			done = err_set(plan->err, STATUS_REFUSED,
				       "%s exists already: make the ledger in a folder of its own",
				       file->key);
		} else if (look) {
			continue;
		} else if (strstr(text.data, node_as_text(file->value))) {
			file->value = node_string_len(&plan->arena, text.data, text.len);
		} else {
			if (text.len && text.data[text.len - 1] != '\n')
				buf_addc(&text, '\n');
			buf_adds(&text, node_as_text(file->value));
			file->value = node_string_len(&plan->arena, text.data, text.len);
		}
	}
	buf_clear(&text);
	return done;
}

static bool write_all(struct store *store, struct plan *plan)
{
	if (!respect(store, plan, false) ||
	    (!file_exists(&store->root, LEDGER_BEGUN) &&
	     store_write(store, LEDGER_BEGUN, "", 0, STORE_CREATE, plan->err) != STORE_WRITTEN))
		return false;
	struct store_batch *batch = store_batch_begin(store, plan->err);
	if (!batch)
		return false;
	const struct pair *file;
	for (size_t i = 0; (file = node_pair(plan->files, i)); i++) {
		if (strcmp(file->key, LEDGER_HEADER) == 0)
			continue;
		if (store_batch_add(batch, file->key, node_as_text(file->value),
				    node_text_len(file->value), STORE_REPLACE,
				    plan->err) != STORE_WRITTEN) {
			store_batch_abort(batch);
			return false;
		}
	}
	if (!store_batch_commit(batch, plan->err))
		return false;
	const char *site = arena_printf(&plan->arena, "%s\n", plan->founding->site);
	const struct node *header = node_get(plan->files, LEDGER_HEADER);
	return store_write(store, LEDGER_SITE, site, strlen(site), STORE_REPLACE, plan->err) ==
		       STORE_WRITTEN &&
	       store_write(store, LEDGER_HEADER, node_as_text(header), node_text_len(header),
			   STORE_REPLACE, plan->err) == STORE_WRITTEN &&
	       store_remove(store, LEDGER_BEGUN, plan->err);
}

/* What is planned, read as every command will read it: a pack that does not fit is refused before
 * it is written. */
static bool try_out(struct plan *plan)
{
	return trial_passes(plan->schemas, load_planned, plan, plan->packs, plan->origins,
			    &plan->arena, plan->err);
}

/* Whether the folder for the ledger, which is missing, could be made. */
static bool may_make_folder(struct plan *plan, const char *directory)
{
	struct buf parent;
	buf_init(&parent);
	buf_adds(&parent, directory);
	while (parent.len > 1 && parent.data[parent.len - 1] == '/')
		parent.data[--parent.len] = '\0';
	const char *slash = strrchr(parent.data, '/');
	const char *within = !slash                 ? "."
			     : slash == parent.data ? "/"
						    : arena_dup_len(&plan->arena, parent.data,
								    (size_t)(slash - parent.data));
	bool done = !faccessat(AT_FDCWD, within, W_OK | X_OK, AT_EACCESS) ||
		    err_system(plan->err, "%s", directory);
	buf_clear(&parent);
	return done;
}

/* Whether `make` would be let. */
static bool may_make(struct plan *plan)
{
	const char *directory = plan->founding->directory;
	struct store store;
	const struct pair *file;
	if (access(directory, F_OK) < 0 && errno == ENOENT)
		return may_make_folder(plan, directory);
	if ((plan->founding->shared && !rights_share(directory, true, plan->err)) ||
	    !store_open(&store, directory, plan->err))
		return false;
	bool done = store_may_lock(&store, plan->err) && respect(&store, plan, true);
	for (size_t i = 0; done && (file = node_pair(plan->files, i)); i++)
		done = store_may_write(&store, file->key, node_text_len(file->value), STORE_REPLACE,
				       NULL, plan->err) == STORE_WRITTEN;
	done = done && store_may_write(&store, LEDGER_SITE, 0, STORE_REPLACE, NULL, plan->err) ==
			       STORE_WRITTEN;
	store_close(&store);
	return done;
}

static bool make(struct plan *plan)
{
	const char *directory = plan->founding->directory;
	struct store store;
	bool made = !mkdir(directory, 0775);
	if (!made && errno != EEXIST)
		return err_system(plan->err, "%s", directory);
	if (!made && !may_make(plan))
		return false;
	if (plan->founding->shared && !rights_share(directory, false, plan->err)) {
		if (made)
			rmdir(directory);
		return false;
	}
	bool done = store_open(&store, directory, plan->err) &&
		    store_lock(&store, STORE_PATIENCE_MS, plan->err) && write_all(&store, plan);
	store_close(&store);
	return done;
}

bool ledger_found(const struct founding *founding, struct err *err)
{
	struct plan plan = {.founding = founding,
			    .shipped = {.root = {.fd = -1}, .past = {.fd = -1}},
			    .err = err};
	struct buf header;
	bool done = false;
	buf_init(&header);
	if (!check_site(founding->site, err))
		goto out;
	if (founding->now && !founding->test) {
		err_set(err, STATUS_USAGE, "--now is for ledgers made with --test");
		goto out;
	}
	buf_addf(&header, "%s/%s", founding->directory, LEDGER_HEADER);
	if (access(header.data, F_OK) == 0) {
		err_set(err, STATUS_REFUSED, "%s is a ledger already", founding->directory);
		goto out;
	}
	plan.files = node_map(&plan.arena);
	plan.packs = node_list(&plan.arena);
	plan.versions = node_map(&plan.arena);
	plan.origins = node_map(&plan.arena);
	plan.schemas = schema_set_new(load_planned, &plan);
	schema_set_flags(plan.schemas, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	if (!make_plan(&plan) || !try_out(&plan))
		goto out;
	done = founding->dry_run ? may_make(&plan) : make(&plan);
out:
	shipped_close(&plan.shipped);
	schema_set_free(plan.schemas);
	arena_clear(&plan.arena);
	buf_clear(&header);
	return done;
}

/* Lists SITE in the header as this clone's, by a mark that no other clone has, so that two clones
 * which take one code are told apart when they meet. A ledger of before has no place for the mark.
 * False when it cannot be written. */
static bool take_site(struct book *book, const char *site, bool listed, struct err *err)
{
	struct arena *arena = &book->arena;
	const struct schema *schema = schema_find(book->schemas, "schemas/header.yaml", err);
	char seed[DIGEST_TEXT];
	if (!schema)
		return false;
	if (!listed)
		node_push(arena, node_get(book->header, "sites"), node_string(arena, site));
	else if (!schema_property(schema, "founded", NULL))
		return true;
	struct buf settings, mark;
	buf_init(&settings);
	buf_init(&mark);
	bool done = true;
	if (schema_property(schema, "founded", NULL)) {
		struct node *founded = node_get(book->header, "founded");
		if (!founded) {
			founded = node_map(arena);
			node_add(arena, book->header, "founded", founded);
		}
		done = draw_seed(seed, err);
		seed[16] = '\0';
		node_set(arena, founded, site, node_string(arena, seed));
		buf_addf(&mark, "%s %s\n", site, seed);
	}
	done = done && render_settings(schema, book->header, &settings, err);
	/* first, so that whoever was interrupted knows its own code again */
	done = done && (!mark.len || store_write(&book->store, LEDGER_CLONE, mark.data, mark.len,
						 STORE_REPLACE, err) == STORE_WRITTEN);
	done = done && store_write(&book->store, LEDGER_HEADER, settings.data, settings.len,
				   STORE_REPLACE, err) == STORE_WRITTEN;
	buf_clear(&settings);
	buf_clear(&mark);
	return done;
}

/* Whether the clone may be SITE: no other one is, and it is nothing else itself. REPLACE says that
 * the clone which had the code is gone, or that another has this clone's. */
static bool may_take(struct book *book, const char *site, bool replace, struct err *err)
{
	const struct node *listed = node_get(book->header, "sites");
	size_t len = strlen(site);
	bool done = false;
	struct buf own;
	buf_init(&own);
	enum file_result read = file_read(&book->store.root, LEDGER_SITE, 64, &own, err);
	if (read == FILE_ABSENT) {
		/* one that took it, and was interrupted, goes on */
		done = replace || !node_holds(listed, site) ||
		       (node_get(node_get(book->header, "founded"), site) &&
			book_owns_site(book, site));
		if (!done)
			err_set(err, STATUS_REFUSED,
				"%s is another clone's code: take one of your own, or --replace if "
				"that clone is gone for good",
				site);
	} else if (read == FILE_READ && strncmp(own.data, site, len) == 0 &&
		   own.data[len] == '\n') {
		done = replace || book_owns_site(book, site);
		if (!done)
			err_set(err, STATUS_REFUSED,
				"%s is another clone's, which took it too: take a code of your own "
				"with --replace",
				site);
	} else if (read == FILE_READ) {
		/* two clones with one code: one of them gets a new one */
		done = replace && !node_holds(listed, site);
		if (!done && replace)
			err_set(err, STATUS_REFUSED,
				"%s is another clone's code: take one that %s does not list", site,
				LEDGER_HEADER);
		else if (!done)
			err_set(err, STATUS_REFUSED,
				"this clone's site code is %.*s, and a clone keeps its code; only "
				"where another clone has the same, take a new one with --replace",
				(int)strcspn(own.data, "\n"), own.data);
	}
	buf_clear(&own);
	return done;
}

static bool may_replace(struct book *book, const char *file, struct err *err)
{
	return store_may_write(&book->store, file, 0, STORE_REPLACE, NULL, err) == STORE_WRITTEN;
}

static bool write_site(struct book *book, const char *site, struct err *err)
{
	const char *line = arena_printf(&book->arena, "%s\n", site);
	return store_write(&book->store, LEDGER_SITE, line, strlen(line), STORE_REPLACE, err) ==
	       STORE_WRITTEN;
}

bool ledger_adopt(const struct book_options *options, const char *site, unsigned how, bool *added,
		  struct err *err)
{
	struct book book;
	bool dry_run = how & ADOPT_DRY, replace = how & ADOPT_REPLACE;
	*added = false;
	if (!check_site(site, err) || !book_open(&book, options, err))
		return false;
	bool done = (!(how & ADOPT_SHARED) || rights_share_all(&book.store.root, dry_run, err)) &&
		    (dry_run ? store_may_lock(&book.store, err)
			     : store_lock(&book.store, STORE_PATIENCE_MS, err)) &&
		    may_take(&book, site, replace, err);
	*added = done && !node_holds(node_get(book.header, "sites"), site);
	/* whoever takes over a code takes it from the clone that had it, if that comes back */
	if (done && (*added || replace))
		done = dry_run ? may_replace(&book, LEDGER_CLONE, err) &&
					 may_replace(&book, LEDGER_HEADER, err)
			       : take_site(&book, site, !*added, err);
	done = done &&
	       (dry_run ? may_replace(&book, LEDGER_SITE, err) : write_site(&book, site, err));
	book_close(&book);
	return done;
}

bool ledger_tell_git(const char *directory, const char *program, bool dry_run, struct err *err)
{
	struct git git;
	bool done = git_find(&git, directory, err);
	if (done && !git.top)
		done = err_set(err, STATUS_NO, "there is no git tree here");
	done = done && (dry_run || driver_install(&git, program, err));
	git_clear(&git);
	return done;
}

bool ledger_git_closed(const char *directory, struct buf *folder)
{
	struct git git;
	struct err ignored = ERR_INIT;
	struct stat own, objects;
	bool found = git_find(&git, directory, &ignored) && git.top;
	if (found) {
		buf_addf(folder, "%s/.git/objects", git.top);
		found = !stat(folder->data, &objects);
		buf_reset(folder);
		buf_addf(folder, "%s/.git", git.top);
		found = found && !stat(folder->data, &own);
	}
	git_clear(&git);
	err_clear(&ignored);
	return found && (own.st_mode & objects.st_mode & RIGHTS_SHARED) != RIGHTS_SHARED;
}
