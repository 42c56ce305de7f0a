// SPDX-License-Identifier: MIT
// store/store: what is written, with which rights, and what is left after a refusal. (tests/fault
// breaks the disk.)
#include "../scratch.h"

#include <sys/resource.h>

#include "store/store.h"

struct writing {
	struct scratch *scratch;
	struct store store;
	struct err err;
};

static struct writing begin(void **state)
{
	struct writing w = {.scratch = *state};
	assert_true(store_open(&w.store, w.scratch->path, &w.err));
	assert_true(store_lock(&w.store, 1000, &w.err));
	return w;
}

static void end(struct writing *w)
{
	store_close(&w->store);
	err_clear(&w->err);
}

static enum store_result put(struct writing *w, const char *relative, const char *text,
			     enum store_mode mode)
{
	err_clear(&w->err);
	return store_write(&w->store, relative, text, strlen(text), mode, &w->err);
}

static unsigned mode_of(const struct writing *w, const char *relative)
{
	struct stat found;
	assert_return_code(fstatat(w->scratch->fd, relative, &found, AT_SYMLINK_NOFOLLOW), 0);
	return found.st_mode & 07777;
}

/* How many names a folder has, hidden ones included. */
static size_t names_in(const struct writing *w, const char *relative)
{
	struct stat found;
	size_t count = 0;
	char command[256], line[256];
	if (fstatat(w->scratch->fd, relative, &found, 0) < 0)
		return 0;
	snprintf(command, sizeof command, "ls -A '%s/%s'", w->scratch->path, relative);
	FILE *names = popen(command, "r");
	while (fgets(line, sizeof line, names))
		count++;
	pclose(names);
	return count;
}

static void creates_once(void **state)
{
	struct writing w = begin(state);
	assert_int_equal(put(&w, "tickets/2026/11/A.yaml", "one", STORE_CREATE), STORE_WRITTEN);
	assert_int_equal(put(&w, "tickets/2026/11/A.yaml", "two", STORE_CREATE), STORE_EXISTS);
	assert_null(w.err.text);
	scratch_expect(w.scratch, "tickets/2026/11/A.yaml", "one");
	assert_int_equal(names_in(&w, "tickets/2026/11"), 1);
	end(&w);
}

static void replaces(void **state)
{
	struct writing w = begin(state);
	assert_int_equal(put(&w, "kefu.yaml", "one", STORE_REPLACE), STORE_WRITTEN);
	assert_int_equal(put(&w, "kefu.yaml", "", STORE_REPLACE), STORE_WRITTEN);
	scratch_expect(w.scratch, "kefu.yaml", "");
	assert_int_equal(put(&w, "kefu.yaml", "three", STORE_REPLACE), STORE_WRITTEN);
	scratch_expect(w.scratch, "kefu.yaml", "three");
	assert_int_equal(names_in(&w, "."), 2);
	end(&w);
}

static void writes_only_under_the_lock(void **state)
{
	struct writing w = begin(state);
	store_unlock(&w.store);
	assert_int_equal(put(&w, "a/b", "one", STORE_CREATE), STORE_FAILED);
	assert_int_equal(w.err.status, STATUS_SYSTEM);
	assert_false(store_remove(&w.store, "a", &w.err));
	assert_null(store_batch_begin(&w.store, &w.err));
	scratch_expect(w.scratch, "a", NULL);
	assert_true(store_lock(&w.store, 0, &w.err));
	assert_false(store_lock(&w.store, 0, &w.err)); /* not twice */
	end(&w);
}

static void a_refusal_leaves_nothing(void **state)
{
	struct writing w = begin(state);
	scratch_mkdir(w.scratch, "real");
	scratch_write(w.scratch, "file", "");
	assert_return_code(symlinkat("real", w.scratch->fd, "link"), 0);
	assert_return_code(symlinkat("file", w.scratch->fd, "real/link"), 0);
	assert_return_code(mkfifoat(w.scratch->fd, "real/fifo", 0644), 0);
	const struct {
		const char *path;
		enum status status;
		const char *file;
	} cases[] = {
		{"link/new/x", STATUS_DAMAGED, "link"},
		{"link/x", STATUS_DAMAGED, "link"},
		{"real/link", STATUS_DAMAGED, "real/link"},
		{"real/fifo", STATUS_DAMAGED, "real/fifo"},
		{"real", STATUS_DAMAGED, "real"},
		{"file/x", STATUS_DAMAGED, "file"},
		{"../x", STATUS_DAMAGED, ".."},
		{"new/../../x", STATUS_DAMAGED, "new/.."},
		{"new/folder/", STATUS_SYSTEM, "new/folder/"},
		{"", STATUS_SYSTEM, ""},
		{"a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/x", STATUS_SYSTEM,
		 "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(put(&w, cases[i].path, "text", STORE_REPLACE), STORE_FAILED);
		assert_int_equal(w.err.status, cases[i].status);
		assert_string_equal(w.err.file, cases[i].file);
	}
	char name[300];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_int_equal(put(&w, name, "text", STORE_CREATE), STORE_FAILED);
	assert_int_equal(names_in(&w, "."), 4); /* .kefu file link real */
	assert_int_equal(names_in(&w, "real"), 2);
	scratch_expect(w.scratch, "file", "");
	end(&w);
}

static void an_existing_name_of_any_kind_exists(void **state)
{
	struct writing w = begin(state);
	scratch_mkdir(w.scratch, "folder");
	assert_return_code(symlinkat("nowhere", w.scratch->fd, "link"), 0);
	assert_int_equal(put(&w, "folder", "x", STORE_CREATE), STORE_EXISTS);
	assert_int_equal(put(&w, "link", "x", STORE_CREATE), STORE_EXISTS);
	scratch_expect(w.scratch, "nowhere", NULL);
	end(&w);
}

static void the_umask_decides_in_plain_folders(void **state)
{
	struct writing w = begin(state);
	const struct {
		mode_t mask;
		unsigned file, folder;
	} cases[] = {{022, 0644, 0755}, {002, 0664, 0775}, {077, 0600, 0700}, {0, 0664, 0775}};
	char folder[16], path[32];
	for (size_t i = 0; i < 4; i++) {
		snprintf(folder, sizeof folder, "d%zu", i);
		snprintf(path, sizeof path, "%s/f", folder);
		mode_t before = umask(cases[i].mask);
		assert_int_equal(put(&w, path, "x", STORE_CREATE), STORE_WRITTEN);
		umask(before);
		assert_int_equal(mode_of(&w, path), cases[i].file);
		assert_int_equal(mode_of(&w, folder), cases[i].folder);
	}
	/* Never a record its owner cannot read. */
	mode_t before = umask(0777);
	assert_int_equal(put(&w, "own", "x", STORE_CREATE), STORE_WRITTEN);
	umask(before);
	assert_int_equal(mode_of(&w, "own"), 0600);
	end(&w);
}

static void a_setgid_folder_is_the_groups(void **state)
{
	struct writing w = begin(state);
	const mode_t masks[] = {0, 022, 077};
	const unsigned trees[] = {02775, 02770};
	char path[64];
	for (size_t t = 0; t < 2; t++) {
		assert_return_code(fchmod(w.scratch->fd, trees[t]), 0);
		for (size_t m = 0; m < 3; m++) {
			mode_t before = umask(masks[m]);
			snprintf(path, sizeof path, "t%zu%zu/2026/f", t, m);
			assert_int_equal(put(&w, path, "x", STORE_CREATE), STORE_WRITTEN);
			umask(before);
			assert_int_equal(mode_of(&w, path), trees[t] & 0666);
			*strrchr(path, '/') = '\0';
			assert_int_equal(mode_of(&w, path), trees[t]);
			*strrchr(path, '/') = '\0';
			assert_int_equal(mode_of(&w, path), trees[t]);
		}
	}
	end(&w);
}

static void the_lock_is_the_groups_too(void **state)
{
	struct scratch *scratch = *state;
	assert_return_code(fchmod(scratch->fd, 02770), 0);
	mode_t before = umask(077);
	struct writing w = begin(state);
	umask(before);
	assert_int_equal(mode_of(&w, ".kefu"), 02770);
	assert_int_equal(mode_of(&w, ".kefu/lock"), 0660);
	end(&w);
}

static void replacing_keeps_the_rights(void **state)
{
	struct writing w = begin(state);
	scratch_write(w.scratch, "f", "old");
	assert_return_code(fchmodat(w.scratch->fd, "f", 0640, 0), 0);
	if (!geteuid())
		assert_return_code(fchownat(w.scratch->fd, "f", 12345, 54321, 0), 0);
	mode_t before = umask(077);
	assert_int_equal(put(&w, "f", "new", STORE_REPLACE), STORE_WRITTEN);
	umask(before);
	assert_int_equal(mode_of(&w, "f"), 0640);
	struct stat found;
	assert_return_code(fstatat(w.scratch->fd, "f", &found, 0), 0);
	if (!geteuid()) {
		assert_int_equal(found.st_uid, 12345);
		assert_int_equal(found.st_gid, 54321);
	}
	end(&w);
}

static void a_size_limit_is_an_error_not_a_signal(void **state)
{
	struct writing w = begin(state);
	struct rlimit before, small;
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 20;
	setrlimit(RLIMIT_FSIZE, &small);
	enum store_result fits = put(&w, "fits", "12345678901234567890", STORE_CREATE);
	enum store_result result = put(&w, "d/f", "123456789012345678901", STORE_CREATE);
	store_unlock(&w.store);
	small.rlim_cur = 0;
	setrlimit(RLIMIT_FSIZE, &small);
	struct err err = ERR_INIT;
	bool locked = store_lock(&w.store, 0, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(fits, STORE_WRITTEN);
	assert_int_equal(result, STORE_FAILED);
	assert_string_equal(w.err.text, "cannot write: File too large");
	assert_false(locked);
	scratch_expect(w.scratch, "d", NULL);
	err_clear(&err);
	end(&w);
}

/* --- marks --- */

static int64_t marked(struct writing *w, const char *key)
{
	int64_t value = -1;
	assert_true(mark_read(&w->store.root, key, &value, &w->err));
	return value;
}

static enum store_result put_marked(struct writing *w, const char *relative, int64_t value,
				    enum store_mode mode)
{
	const struct mark mark = {.key = "YL261102", .value = value};
	err_clear(&w->err);
	return store_write_marked(&w->store, relative, "x", 1, mode, &mark, &w->err);
}

static const char *file_of_marks(struct buf *path)
{
	buf_reset(path);
	mark_path(mark_file_of("YL261102"), path);
	return path->data;
}

static void raises_marks(void **state)
{
	struct writing w = begin(state);
	struct buf path;
	buf_init(&path);
	assert_int_equal(marked(&w, "YL261102"), 0);
	assert_int_equal(put_marked(&w, "a", 3, STORE_CREATE), STORE_WRITTEN);
	assert_int_equal(marked(&w, "YL261102"), 3);
	assert_int_equal(marked(&w, "YL26110"), 0);
	/* what is not written uses no number, and a lower one changes nothing */
	assert_int_equal(put_marked(&w, "a", 4, STORE_CREATE), STORE_EXISTS);
	assert_int_equal(put_marked(&w, "b", 2, STORE_CREATE), STORE_WRITTEN);
	scratch_expect(w.scratch, file_of_marks(&path), "YL261102 3\n");
	const struct mark mark = {.key = "YL261102", .value = 5};
	assert_true(store_sync_marked(&w.store, "a", &mark, &w.err));
	assert_int_equal(marked(&w, "YL261102"), 5);
	store_unlock(&w.store);
	assert_false(store_sync_marked(&w.store, "a", &mark, &w.err));
	buf_clear(&path);
	end(&w);
}

/* What a writer left that was killed, or a power cut. */
static void passes_over_what_was_not_finished(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		int64_t value;
	} cases[] = {
		{"YL261102 3\nYL261102 4", 21, 3},
		{"YL261102 3\n\0L261102 4\n", 22, 3},
		{"YL261102 3\nYL26\0\0\0\0\0\0\n", 22, 3},
		{"\0", 1, 0},
		{"", 0, 0},
	};
	struct writing w = begin(state);
	struct buf path;
	buf_init(&path);
	assert_int_equal(put_marked(&w, "a", 1, STORE_CREATE), STORE_WRITTEN);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int fd = openat(w.scratch->fd, file_of_marks(&path), O_WRONLY | O_TRUNC);
		assert_int_equal(write(fd, cases[i].text, cases[i].len), cases[i].len);
		close(fd);
		assert_int_equal(marked(&w, "YL261102"), cases[i].value);
		assert_int_equal(put_marked(&w, "a", 7, STORE_REPLACE), STORE_WRITTEN);
		scratch_expect(w.scratch, file_of_marks(&path),
			       cases[i].value ? "YL261102 3\nYL261102 7\n" : "YL261102 7\n");
		assert_null(w.store.said.text);
	}
	buf_clear(&path);
	end(&w);
}

static void says_once_what_is_no_mark(void **state)
{
	static const char *const lines[] = {"YL261102",
					    "YL261102 ",
					    " 3",
					    "YL261102 x",
					    "a b 3",
					    "YL261102 1000001",
					    "YL261102 99999999999999999999",
					    ""};
	struct writing w = begin(state);
	struct buf path;
	buf_init(&path);
	assert_int_equal(put_marked(&w, "a", 1, STORE_CREATE), STORE_WRITTEN);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char text[64];
		snprintf(text, sizeof text, "YL261102 2\n%s\n", lines[i]);
		scratch_write(w.scratch, file_of_marks(&path), text);
		assert_int_equal(marked(&w, "YL261102"), 2);
		assert_int_equal(put_marked(&w, "a", 3, STORE_REPLACE), STORE_WRITTEN);
		assert_non_null(w.store.said.text);
		assert_int_equal(w.store.said.line, 2);
		err_clear(&w.store.said);
		scratch_expect(w.scratch, file_of_marks(&path), "YL261102 2\nYL261102 3\n");
	}
	buf_clear(&path);
	end(&w);
}

static void syncs_again(void **state)
{
	struct writing w = begin(state);
	put(&w, "a/b/c", "x", STORE_CREATE);
	store_unlock(&w.store);
	assert_true(store_sync(&w.store, "a/b/c", &w.err));
	assert_false(store_sync(&w.store, "a/b/d", &w.err));
	assert_int_equal(w.err.status, STATUS_SYSTEM);
	assert_false(store_sync(&w.store, "a/x/c", &w.err));
	assert_int_equal(w.err.status, STATUS_SYSTEM);
	end(&w);
}

static void removes(void **state)
{
	struct writing w = begin(state);
	put(&w, "a/b", "x", STORE_CREATE);
	assert_true(store_remove(&w.store, "a/b", &w.err));
	scratch_expect(w.scratch, "a/b", NULL);
	assert_true(store_remove(&w.store, "a/b", &w.err));
	assert_true(store_remove(&w.store, "x/b", &w.err));
	assert_false(store_remove(&w.store, "a", &w.err));
	assert_int_equal(w.err.status, STATUS_DAMAGED);
	end(&w);
}

static enum store_result add(struct store_batch *batch, const char *relative, const char *text,
			     enum store_mode mode, struct err *err)
{
	return store_batch_add(batch, relative, text, strlen(text), mode, err);
}

static void a_batch_appears_at_its_commit(void **state)
{
	struct writing w = begin(state);
	put(&w, "old", "old", STORE_CREATE);
	struct store_batch *batch = store_batch_begin(&w.store, &w.err);
	assert_non_null(batch);
	assert_int_equal(add(batch, "a/b/1", "one", STORE_CREATE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "a/b/2", "two", STORE_CREATE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "a/3", "three", STORE_CREATE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "old", "new", STORE_REPLACE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "old", "newer", STORE_CREATE, &w.err), STORE_EXISTS);
	scratch_expect(w.scratch, "a/b/1", NULL);
	scratch_expect(w.scratch, "old", "old");
	assert_true(store_batch_commit(batch, &w.err));
	scratch_expect(w.scratch, "a/b/1", "one");
	scratch_expect(w.scratch, "a/b/2", "two");
	scratch_expect(w.scratch, "a/3", "three");
	scratch_expect(w.scratch, "old", "new");
	assert_int_equal(names_in(&w, "."), 3);
	assert_int_equal(names_in(&w, "a"), 2);
	assert_int_equal(names_in(&w, "a/b"), 2);
	end(&w);
}

static void an_aborted_batch_leaves_nothing(void **state)
{
	struct writing w = begin(state);
	scratch_mkdir(w.scratch, "kept");
	struct store_batch *batch = store_batch_begin(&w.store, &w.err);
	assert_int_equal(add(batch, "a/b/c/1", "one", STORE_CREATE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "a/d/2", "two", STORE_CREATE, &w.err), STORE_WRITTEN);
	assert_int_equal(add(batch, "kept/3", "three", STORE_CREATE, &w.err), STORE_WRITTEN);
	store_batch_abort(batch);
	assert_int_equal(names_in(&w, "."), 2); /* .kefu kept */
	assert_int_equal(names_in(&w, "kept"), 0);
	store_batch_abort(NULL);

	batch = store_batch_begin(&w.store, &w.err);
	assert_true(store_batch_commit(batch, &w.err)); /* nothing at all */
	end(&w);
}

static void a_half_committed_batch_says_so(void **state)
{
	struct writing w = begin(state);
	struct store_batch *batch = store_batch_begin(&w.store, &w.err);
	add(batch, "a/1", "one", STORE_CREATE, &w.err);
	add(batch, "a/2", "two", STORE_CREATE, &w.err);
	add(batch, "a/3", "three", STORE_CREATE, &w.err);
	scratch_write(w.scratch, "a/2", "intruder"); /* by something that knows no lock */
	assert_false(store_batch_commit(batch, &w.err));
	assert_int_equal(w.err.status, STATUS_UNDURABLE);
	assert_string_equal(w.err.text, "1 of 3 files written, then: cannot write: File exists");
	scratch_expect(w.scratch, "a/1", "one");
	scratch_expect(w.scratch, "a/2", "intruder");
	assert_int_equal(names_in(&w, "a"), 2);

	batch = store_batch_begin(&w.store, &w.err);
	add(batch, "b/1", "one", STORE_CREATE, &w.err);
	scratch_write(w.scratch, "b/1", "intruder");
	assert_false(store_batch_commit(batch, &w.err));
	assert_int_equal(w.err.status, STATUS_SYSTEM); /* nothing written */
	end(&w);
}

static void what_a_dead_writer_left_is_removed(void **state)
{
	struct writing w = begin(state);
	put(&w, "a/b/f", "x", STORE_CREATE);
	store_unlock(&w.store);
	const char *const temporaries[] = {".x.yaml.123.0123456789abcdef.tmp",
					   "a/.x.yaml.1.0123456789abcdef.tmp",
					   "a/b/.f.4711.ffffffffffffffff.tmp"};
	const char *const others[] = {"a/.tmp",
				      "a/.x.tmp",
				      "a/.x.yaml.1.0123456789abcdeg.tmp",
				      "a/x.yaml.1.0123456789abcdef.tmp",
				      "a/.x.yaml.0123456789abcdef.tmp",
				      "a/.x.yaml.1.0123456789abcdef"};
	for (size_t i = 0; i < 3; i++)
		scratch_write(w.scratch, temporaries[i], "");
	for (size_t i = 0; i < 6; i++)
		scratch_write(w.scratch, others[i], "kept");
	scratch_write(w.scratch, ".kefu/lock", "4711           \n");

	assert_true(store_lock(&w.store, 0, &w.err));
	for (size_t i = 0; i < 3; i++)
		scratch_expect(w.scratch, temporaries[i], NULL);
	for (size_t i = 0; i < 6; i++)
		scratch_expect(w.scratch, others[i], "kept");

	/* Nobody looks again once all is well; only bulk writing does, before it takes the lock,
	 * and removes what is nobody's once it has it. */
	store_unlock(&w.store);
	for (size_t i = 0; i < 3; i++)
		scratch_write(w.scratch, temporaries[i], "");
	store_find_left(&w.store);
	assert_true(store_lock(&w.store, 0, &w.err));
	for (size_t i = 0; i < 3; i++)
		scratch_expect(w.scratch, temporaries[i], "");
	store_batch_abort(store_batch_begin(&w.store, &w.err));
	for (size_t i = 0; i < 3; i++)
		scratch_expect(w.scratch, temporaries[i], NULL);
	for (size_t i = 0; i < 6; i++)
		scratch_expect(w.scratch, others[i], "kept");
	end(&w);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(creates_once),
		TEST(replaces),
		TEST(writes_only_under_the_lock),
		TEST(a_refusal_leaves_nothing),
		TEST(an_existing_name_of_any_kind_exists),
		TEST(the_umask_decides_in_plain_folders),
		TEST(a_setgid_folder_is_the_groups),
		TEST(the_lock_is_the_groups_too),
		TEST(replacing_keeps_the_rights),
		TEST(a_size_limit_is_an_error_not_a_signal),
		TEST(raises_marks),
		TEST(passes_over_what_was_not_finished),
		TEST(says_once_what_is_no_mark),
		TEST(syncs_again),
		TEST(removes),
		TEST(a_batch_appears_at_its_commit),
		TEST(an_aborted_batch_leaves_nothing),
		TEST(a_half_committed_batch_says_so),
		TEST(what_a_dead_writer_left_is_removed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
