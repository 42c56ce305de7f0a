// SPDX-License-Identifier: MIT
// Which files of documents a ledger's git repository holds.
#include "check/committed.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sort.h"
#include "book/book.h"
#include "book/family.h"
#include "text/yaml.h"

/* --- reading what git prints --- */

static bool read_hex(const char *hex, size_t len, unsigned char *digest)
{
	memset(digest, 0, DIGEST_BYTES);
	if (len > 2 * (size_t)DIGEST_BYTES)
		return false;
	for (size_t i = 0; i < len; i++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, hex[i]);
		if (!at || !*at)
			return false;
		digest[i / 2] |= (unsigned char)((at - digits) << (i % 2 ? 0 : 4));
	}
	return len == 40 || len == 64;
}

/* Where PATH, from the top of the repository, lies beneath the ledger, if it is one of its files of
 * documents; else NULL. */
static const char *beneath(const struct committed_files *files, const char *path)
{
	size_t len = strlen(files->git.prefix);
	if (strncmp(path, files->git.prefix, len) != 0)
		return NULL;
	path += len;
	bool documents = file_ends_in(path, ".yaml") && family_of(path) && !strstr(path, "/.");
	return documents || strcmp(path, LEDGER_STAFF) == 0 ? path : NULL;
}

static void add(struct committed_files *files, const char *path, const char *mode, const char *blob,
		size_t blob_len, size_t commit)
{
	struct committed item = {.commit = commit};
	const char *relative = beneath(files, path);
	/* a link or another repository is no file of documents */
	if (!relative || strncmp(mode, "100", 3) != 0 || !read_hex(blob, blob_len, item.blob))
		return;
	item.path = arena_dup(&files->arena, relative);
	files->items = mem_room(files->items, files->count, 1, sizeof *files->items);
	files->items[files->count++] = item;
}

static size_t add_commit(struct committed_files *files, const char *name)
{
	files->commits = mem_room(files->commits, files->commit_count, 1, sizeof *files->commits);
	files->commits[files->commit_count] = arena_dup(&files->arena, name);
	return files->commit_count++;
}

/* The whole tree of COMMIT, which is listed. */
static bool read_tree(struct committed_files *files, size_t commit, struct err *err)
{
	const char *prefix = *files->git.prefix ? files->git.prefix : NULL;
	struct git_process process;
	char *entry = NULL;
	size_t room = 0;
	if (!git_start(&files->git,
		       (const char *const[]){"ls-tree", "-r", "-z", "--full-tree",
					     files->commits[commit], "--", prefix, NULL},
		       NULL, &process, err))
		return false;
	/* MODE SP TYPE SP BLOB TAB PATH */
	while (getdelim(&entry, &room, '\0', process.output) > 0) {
		char *blob = strchr(entry, ' '), *tab = strchr(entry, '\t');
		blob = blob ? strchr(blob + 1, ' ') : NULL;
		if (blob && tab > blob)
			add(files, tab + 1, entry, blob + 1, (size_t)(tab - blob) - 1, commit);
	}
	free(entry);
	return git_end(&process, err);
}

/* What diff-tree with ARGUMENTS prints: the contents on the side of AFTER, of the commit that it
 * names in front of them, else of COMMIT. */
static bool read_differences(struct committed_files *files, const char *const *arguments,
			     const struct buf *input, bool after, size_t commit, struct err *err)
{
	struct git_process process;
	char *token = NULL, *path = NULL;
	size_t room = 0, path_room = 0;
	const char *words[6];
	char *rest;
	if (!git_start(&files->git, arguments, input, &process, err))
		return false;
	while (getdelim(&token, &room, '\0', process.output) > 0) {
		if (*token != ':') {
			if (strcmp(files->commits[files->commit_count - 1], token) != 0)
				commit = add_commit(files, token);
			continue;
		}
		/* ":MODE MODE BLOB BLOB STATUS", then the path */
		size_t count = 0;
		for (char *at = strtok_r(token + 1, " ", &rest); at && count < 6;
		     at = strtok_r(NULL, " ", &rest))
			words[count++] = at;
		if (getdelim(&path, &path_room, '\0', process.output) <= 0 || count < 5)
			break;
		const char *blob = words[2 + after];
		add(files, path, words[after], blob, strlen(blob), commit);
	}
	free(token);
	free(path);
	return git_end(&process, err);
}

/* --- which commits --- */

#define DIFF_TREE "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"

/* The name of what git calls OBJECT; false, without an error, when there is none. */
static bool resolve(const struct git *git, const char *object, struct buf *name)
{
	struct err none = ERR_INIT;
	bool there = git_read(
		git, (const char *const[]){"rev-parse", "--verify", "--quiet", object, NULL}, name,
		&none);
	err_clear(&none);
	return there;
}

static bool find_commit(const struct git *git, const char *revision, struct buf *name)
{
	struct buf wanted;
	buf_init(&wanted);
	buf_addf(&wanted, "%s^{commit}", revision);
	bool found = resolve(git, wanted.data, name);
	buf_clear(&wanted);
	return found;
}

/* Whether anything was committed, be it readable or not. */
static bool has_head(const struct git *git)
{
	struct buf name;
	buf_init(&name);
	bool there = resolve(git, "HEAD", &name);
	buf_clear(&name);
	return there;
}

static const char few_commits[] =
	"this clone has only the last commits, unless you run git fetch --unshallow";

static void no_such_commit(const char *since, bool begun, bool shallow, struct err *err)
{
	err_set(err, STATUS_USAGE, "--since: there is no commit %s here%s%s", since,
		begun && !shallow ? "" : ": ",
		!begun    ? "nothing is committed yet"
		: shallow ? few_commits
			  : "");
}

/* What the parents of a merge held, which it may have dropped: of the first commit itself, or,
 * where LAST, of the last merge up to it, which somebody may have gone on from without a look. */
static bool read_parents(struct committed_files *files, bool last, struct err *err)
{
	struct buf line;
	char *rest;
	buf_init(&line);
	bool done = git_read(&files->git,
			     (const char *const[]){"rev-list", "--max-count=1",
						   last ? "--merges" : "--no-walk", "--parents",
						   files->commits[0], NULL},
			     &line, err);
	/* the commit, then its parents */
	const char *merge = done ? strtok_r(line.data, " ", &rest) : NULL,
		   *parent = merge ? strtok_r(NULL, " ", &rest) : NULL,
		   *other = parent ? strtok_r(NULL, " ", &rest) : NULL;
	for (bool more = other; done && more; more = parent) {
		size_t commit = add_commit(files, parent);
		done = read_differences(files,
					(const char *const[]){DIFF_TREE, parent, merge, NULL}, NULL,
					false, commit, err);
		parent = other;
		other = other ? strtok_r(NULL, " ", &rest) : NULL;
	}
	buf_clear(&line);
	return done;
}

/* What commits after the first one listed brought; if EVER, all of them. */
static bool read_later(struct committed_files *files, bool ever, struct err *err)
{
	struct buf range, commits;
	buf_init(&range);
	buf_init(&commits);
	if (ever)
		buf_adds(&range, "HEAD");
	else
		buf_addf(&range, "%s..HEAD", files->commits[0]);
	bool done = !has_head(&files->git) ||
		    git_read(&files->git,
			     (const char *const[]){"rev-list", "--reverse", "--topo-order",
						   range.data, "--", NULL},
			     &commits, err);
	if (done && commits.len) {
		buf_addc(&commits, '\n');
		done = read_differences(
			files, (const char *const[]){DIFF_TREE, "-m", "--root", "--stdin", NULL},
			&commits, true, 0, err);
	}
	buf_clear(&range);
	buf_clear(&commits);
	return done;
}

/* The other side of a merge that is not committed yet. */
static bool read_merging(struct committed_files *files, struct err *err)
{
	struct buf other;
	buf_init(&other);
	bool done = true;
	if (find_commit(&files->git, "MERGE_HEAD", &other)) {
		size_t commit = add_commit(files, other.data);
		done = read_differences(files,
					(const char *const[]){DIFF_TREE, "HEAD", other.data, NULL},
					NULL, true, commit, err);
	}
	buf_clear(&other);
	return done;
}

static bool holds(const struct git *git, const char *commit, const char *path)
{
	struct buf name, object;
	buf_init(&name);
	buf_init(&object);
	buf_addf(&object, "%s:%s", commit, path);
	bool there = resolve(git, object.data, &name);
	buf_clear(&name);
	buf_clear(&object);
	return there;
}

/* A ledger whose folder was renamed is another one for git, and would have no past. False when
 * COMMIT, which the user calls CALLED, had one that is gone, and none where this one lies. */
static bool was_here(struct committed_files *files, const char *commit, const char *option,
		     const char *called, struct err *err)
{
	const struct git *git = &files->git;
	struct git_process process;
	struct buf header;
	char *path = NULL;
	size_t room = 0;
	buf_init(&header);
	buf_addf(&header, "%s" LEDGER_HEADER, git->prefix);
	bool here = holds(git, commit, header.data);
	buf_clear(&header);
	if (here)
		return true;
	if (!git_start(git,
		       (const char *const[]){"ls-tree", "-r", "-z", "--full-tree", "--name-only",
					     commit, NULL},
		       NULL, &process, err))
		return false;
	while (getdelim(&path, &room, '\0', process.output) > 0) {
		const char *slash = strrchr(path, '/');
		if (err->text || strcmp(slash ? slash + 1 : path, LEDGER_HEADER) != 0 ||
		    holds(git, "HEAD", path))
			continue;
		err_set(err, STATUS_USAGE,
			"%s: in %s this folder held no ledger, but %.*s did, which is gone: "
			"move it back there, then compare",
			option, called, slash ? (int)(slash - path) : 1, slash ? path : ".");
	}
	free(path);
	return git_end(&process, err) && !err->text;
}

/* The same of what was in front of the commit that brought this ledger. */
static bool was_always_here(struct committed_files *files, struct err *err)
{
	struct buf header, commits, before;
	buf_init(&header);
	buf_init(&commits);
	buf_init(&before);
	buf_addf(&header, "%s" LEDGER_HEADER, files->git.prefix);
	bool done = git_read(&files->git,
			     (const char *const[]){"rev-list", "--reverse", "--topo-order", "HEAD",
						   "--", header.data, NULL},
			     &commits, err);
	if (done && commits.len) {
		size_t end = strcspn(commits.data, "\n");
		const char *parent = arena_printf(&files->arena, "%.*s~1", (int)end, commits.data);
		if (find_commit(&files->git, parent, &before))
			done = was_here(files, before.data, "--audit",
					arena_printf(&files->arena, "%.12s", before.data), err);
	}
	buf_clear(&header);
	buf_clear(&commits);
	buf_clear(&before);
	return done;
}

static int compare_items(const void *a, const void *b)
{
	const struct committed *x = a, *y = b;
	int paths = strcmp(x->path, y->path);
	return paths ? paths : x->commit < y->commit ? -1 : x->commit > y->commit;
}

/* Of contents that a path had in several commits, keeps the first. */
static void drop_repeated(struct committed_files *files)
{
	size_t kept = 0, path_begin = 0;
	sort_stable(files->items, files->count, sizeof *files->items, compare_items);
	for (size_t i = 0; i < files->count; i++) {
		const struct committed *item = &files->items[i];
		bool known = false;
		if (!kept || strcmp(files->items[path_begin].path, item->path) != 0)
			path_begin = kept;
		for (size_t j = path_begin; !known && j < kept; j++)
			known = memcmp(files->items[j].blob, item->blob, DIGEST_BYTES) == 0;
		if (!known)
			files->items[kept++] = *item;
	}
	files->count = kept;
}

bool committed_read(struct committed_files *files, const char *ledger, const char *since, bool ever,
		    struct err *err)
{
	const char *option = since ? "--since" : "--audit";
	struct buf said, commit;
	bool done = false;
	*files = (struct committed_files){.arena = ARENA_INIT};
	if (since && (!*since || *since == '-'))
		return err_set(err, STATUS_USAGE,
			       "--since: \"%s\" is no revision (see gitrevisions(7))", since);
	if (!git_find(&files->git, ledger, err))
		return false;
	if (!files->git.top)
		return !(since || ever) ||
		       err_set(err, STATUS_USAGE, "%s: the ledger %s lies in no git tree", option,
			       ledger);
	buf_init(&said);
	buf_init(&commit);
	if (!git_read(&files->git,
		      (const char *const[]){"rev-parse", "--show-object-format",
					    "--is-shallow-repository", NULL},
		      &said, err))
		goto out;
	files->sha256 = strncmp(said.data, "sha256", 6) == 0;
	bool shallow = strstr(said.data, "true");
	if (ever && shallow) {
		err_set(err, STATUS_USAGE, "%s: %s", option, few_commits);
		goto out;
	}
	if (!find_commit(&files->git, since ? since : "HEAD", &commit)) {
		bool begun = has_head(&files->git);
		if (since)
			no_such_commit(since, begun, shallow, err);
		else if (begun)
			err_set(err, STATUS_SYSTEM,
				"git cannot read the commit HEAD: git fsck says more");
		else if (git_read(&files->git,
				  (const char *const[]){"rev-list", "--all", "--max-count=1", NULL},
				  &commit, err) &&
			 commit.len)
			err_set(err, STATUS_SYSTEM,
				"nothing is committed on the branch that HEAD names, but on "
				"others: compare with --since BRANCH");
		else if (ever)
			err_set(err, STATUS_USAGE, "%s: nothing is committed yet", option);
		done = !err->text;
		goto out;
	}
	size_t first = add_commit(files, commit.data);
	if (ever)
		done = was_always_here(files, err);
	else
		done = (!since || was_here(files, files->commits[first], option, since, err)) &&
		       read_tree(files, first, err) && read_parents(files, !since, err);
	done = done && read_later(files, ever, err) && read_merging(files, err);
	drop_repeated(files);
out:
	buf_clear(&said);
	buf_clear(&commit);
	return done;
}

void committed_clear(struct committed_files *files)
{
	git_clear(&files->git);
	arena_clear(&files->arena);
	free(files->items);
	free(files->commits);
	*files = (struct committed_files){.arena = ARENA_INIT};
}

/* --- looking up --- */

struct committed *committed_find(const struct committed_files *files, const char *path,
				 size_t *count)
{
	const struct committed wanted = {.path = path};
	size_t len = strlen(path),
	       from = sort_find(files->items, files->count, sizeof wanted, &wanted, compare_items);
	*count = 0;
	/* "tickets.yaml" may stand between "tickets" and "tickets/…" */
	while (from < files->count && strncmp(files->items[from].path, path, len) == 0 &&
	       files->items[from].path[len] && files->items[from].path[len] != '/')
		from++;
	for (size_t i = from; i < files->count; i++) {
		const char *found = files->items[i].path;
		if (strncmp(found, path, len) != 0 || (found[len] && found[len] != '/'))
			break;
		++*count;
	}
	return files->count ? files->items + from : NULL;
}

/* --- comparing --- */

/* One file as git's index has it. */
struct indexed {
	const char *path;
	unsigned char blob[DIGEST_BYTES];
	int64_t ctime, ctime_ns, mtime, mtime_ns, size;
	uint64_t inode;
};

static bool same_file(const struct indexed *indexed, const struct stat *found,
		      const struct timespec *written)
{
	/* what was changed while, or after, the index was written, may have the same times */
	bool settled = indexed->mtime < written->tv_sec ||
		       (indexed->mtime == written->tv_sec && indexed->mtime_ns < written->tv_nsec);
	return settled && S_ISREG(found->st_mode) && found->st_size == indexed->size &&
	       found->st_mtim.tv_sec == indexed->mtime &&
	       found->st_mtim.tv_nsec == indexed->mtime_ns &&
	       found->st_ctim.tv_sec == indexed->ctime &&
	       found->st_ctim.tv_nsec == indexed->ctime_ns &&
	       (uint32_t)found->st_ino == (uint32_t)indexed->inode;
}

/* ENTRY is "MODE BLOB STAGE\tPATH"; TIMES what --debug prints after it. */
static bool read_indexed(const struct committed_files *files, char *entry, const char *times,
			 struct indexed *out)
{
	char *blob = strchr(entry, ' '), *stage = blob ? strchr(blob + 1, ' ') : NULL,
	     *tab = stage ? strchr(stage, '\t') : NULL;
	int64_t size;
	if (!tab || strncmp(stage, " 0\t", 3) != 0 ||
	    !read_hex(blob + 1, (size_t)(stage - blob) - 1, out->blob))
		return false;
	out->path = beneath(files, tab + 1);
	if (!out->path || sscanf(times,
				 " ctime: %" SCNd64 ":%" SCNd64 " mtime: %" SCNd64 ":%" SCNd64
				 " dev: %*u ino: %" SCNu64 " uid: %*u gid: %*u size: %" SCNd64,
				 &out->ctime, &out->ctime_ns, &out->mtime, &out->mtime_ns,
				 &out->inode, &size) != 6)
		return false;
	out->size = size;
	return true;
}

/* The folder that was looked into last: files that follow each other mostly lie together. */
struct open_folder {
	const struct root *root;
	struct buf path;
	int fd; /* -1: there is none */
};

static bool look(struct open_folder *folder, const char *path, struct stat *found)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t len = slash ? (size_t)(slash - path) : 0;
	if (folder->fd < 0 || folder->path.len != len ||
	    memcmp(folder->path.data, path, len) != 0) {
		if (folder->fd >= 0)
			close(folder->fd);
		buf_reset(&folder->path);
		buf_add(&folder->path, path, len);
		folder->fd = root_reach(folder->root, len ? folder->path.data : ".",
					O_PATH | O_DIRECTORY, 0);
	}
	return folder->fd >= 0 && fstatat(folder->fd, name, found, AT_SYMLINK_NOFOLLOW) == 0;
}

static void compare_indexed(struct committed_files *files, struct open_folder *folder,
			    const struct indexed *indexed, const struct timespec *written)
{
	size_t count;
	struct stat found;
	struct committed *items = committed_find(files, indexed->path, &count);
	bool same = count != 0;
	for (size_t i = 0; same && i < count; i++)
		same = memcmp(items[i].blob, indexed->blob, DIGEST_BYTES) == 0;
	same = same && look(folder, indexed->path, &found) && same_file(indexed, &found, written);
	for (size_t i = 0; same && i < count; i++)
		items[i].state = COMMITTED_STANDS;
}

/* When git's index was last written; false when there is none. */
static bool index_written(const struct git *git, struct timespec *written, struct err *err)
{
	struct buf path;
	struct stat found;
	buf_init(&path);
	bool there = git_read(git, (const char *const[]){"rev-parse", "--git-path", "index", NULL},
			      &path, err);
	if (there && path.data[0] != '/') {
		char *relative = buf_take(&path);
		buf_addf(&path, "%s/%s", git->top, relative);
		free(relative);
	}
	there = there && stat(path.data, &found) == 0;
	buf_clear(&path);
	if (there)
		*written = found.st_mtim;
	return there;
}

/* What the index could not tell of, such as a file that was written in the moment in which git
 * wrote the index, is told by its content: what is said of a file must not depend on that moment.
 */
static void compare_contents(struct committed_files *files, const struct root *root)
{
	struct buf text;
	size_t count;
	buf_init(&text);
	for (size_t i = 0; i < files->count; i += count) {
		struct committed *items = files->items + i;
		struct err ignored = ERR_INIT;
		unsigned char blob[DIGEST_BYTES];
		for (count = 1;
		     i + count < files->count && strcmp(items[count].path, items->path) == 0;)
			count++;
		if (items->state == COMMITTED_STANDS)
			continue;
		bool same = file_read(root, items->path, YAML_MAX_BYTES, &text, &ignored) ==
			    FILE_READ;
		err_clear(&ignored);
		if (same)
			digest_blob(files->sha256, text.data, text.len, blob);
		for (size_t k = 0; same && k < count; k++)
			same = memcmp(items[k].blob, blob, DIGEST_BYTES) == 0;
		for (size_t k = 0; same && k < count; k++)
			items[k].state = COMMITTED_STANDS;
	}
	buf_clear(&text);
}

bool committed_compare(struct committed_files *files, const struct root *root, struct err *err)
{
	struct timespec written;
	struct git_process process;
	struct open_folder folder = {.root = root, .fd = -1};
	char *entry = NULL, *times = NULL;
	size_t entry_room = 0, times_room = 0;
	if (!files->count)
		return true;
	if (!index_written(&files->git, &written, err)) {
		if (!err->text)
			compare_contents(files, root);
		return !err->text;
	}
	if (!git_start(&files->git,
		       (const char *const[]){"ls-files", "-s", "-z", "--debug", "--full-name", "--",
					     *files->git.prefix ? files->git.prefix : NULL, NULL},
		       NULL, &process, err))
		return false;
	buf_init(&folder.path);
	/* after each entry and its NUL, five lines about the file */
	while (getdelim(&entry, &entry_room, '\0', process.output) > 0) {
		struct indexed indexed;
		struct buf lines;
		bool whole = true;
		buf_init(&lines);
		for (int i = 0; whole && i < 5; i++) {
			whole = getdelim(&times, &times_room, '\n', process.output) > 0;
			if (whole)
				buf_adds(&lines, times);
		}
		/* what cannot be understood is read */
		if (whole && read_indexed(files, entry, lines.data, &indexed))
			compare_indexed(files, &folder, &indexed, &written);
		buf_clear(&lines);
	}
	free(entry);
	free(times);
	buf_clear(&folder.path);
	if (folder.fd >= 0)
		close(folder.fd);
	if (!git_end(&process, err))
		return false;
	compare_contents(files, root);
	return true;
}
