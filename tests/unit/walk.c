// SPDX-License-Identifier: MIT
// store/walk: everything is seen exactly once, whatever the number of threads, and problems hide
// nothing.
#include "../scratch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/prctl.h>

#include "store/walk.h"

enum { THREADS = 8 };

struct seen {
	char lines[512 * 1024]; /* "PATH: TEXT or problem", one each */
	size_t len;
	size_t limit; /* stop after so many; 0: never */
	size_t count;
	bool busy;
};

struct walking {
	struct scratch *scratch;
	struct root root;
	struct err err;
	struct seen *seen;
	void *states[THREADS];
	char *sorted;
};

static struct walking begin(void **state)
{
	struct walking w = {.scratch = *state, .seen = calloc(THREADS, sizeof *w.seen)};
	assert_true(root_open(&w.root, w.scratch->path, &w.err));
	for (int i = 0; i < THREADS; i++)
		w.states[i] = &w.seen[i];
	return w;
}

static void end(struct walking *w)
{
	root_close(&w->root);
	free(w->seen);
	free(w->sorted);
}

static bool see(void *state, const char *relative, const char *text, size_t len,
		const struct err *problem)
{
	struct seen *seen = state;
	assert_false(seen->busy);
	seen->busy = true;
	if (!problem)
		assert_int_equal(strlen(text), len);
	seen->len += (size_t)snprintf(seen->lines + seen->len, sizeof seen->lines - seen->len,
				      "%s: %.60s\n", relative, problem ? problem->text : text);
	assert_true(seen->len < sizeof seen->lines);
	if (problem)
		assert_string_equal(problem->file, relative);
	seen->busy = false;
	return ++seen->count != seen->limit;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Walks and returns what was seen, sorted; valid until the next walk. */
static const char *walked(struct walking *w, struct walk_options options)
{
	size_t len = 0, count = 0;
	options.states = w->states;
	options.visit = see;
	for (int i = 0; i < THREADS; i++)
		w->seen[i].len = w->seen[i].count = 0;
	assert_true(walk_tree(&w->root, &options));
	for (int i = 0; i < THREADS; i++) {
		len += w->seen[i].len;
		count += w->seen[i].count;
	}
	char **lines = calloc(count + 1, sizeof *lines);
	size_t filled = 0;
	for (int i = 0; i < THREADS; i++)
		for (char *at = w->seen[i].lines, *stop = at + w->seen[i].len; at < stop;
		     at = strchr(at, '\n') + 1)
			lines[filled++] = at;
	assert_int_equal(filled, count);
	for (size_t i = 0; i < filled; i++)
		*strchr(lines[i], '\n') = '\0';
	qsort(lines, filled, sizeof *lines, compare_lines);
	free(w->sorted);
	w->sorted = calloc(len + 1, 1);
	char *out = w->sorted;
	for (size_t i = 0; i < filled; i++)
		out += sprintf(out, "%s\n", lines[i]);
	free(lines);
	return w->sorted;
}

static struct walk_options options(unsigned threads, const char *const *folders)
{
	return (struct walk_options){.folders = folders, .threads = threads, .max = 100000};
}

#define FOLDERS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void reads_every_form_once(void **state)
{
	struct walking w = begin(state);
	size_t room = 1 << 20;
	char *expected = calloc(room, 1), path[64], text[64], *out = expected;
	scratch_mkdir(w.scratch, "t");
	for (int folder = 100; folder < 107; folder++) {
		snprintf(path, sizeof path, "t/%d", folder);
		scratch_mkdir(w.scratch, path);
		int files = folder == 103   ? 3000
			    : folder == 104 ? 0
					    : 50; /* more than one read of names */
		for (int file = 1000; file < 1000 + files; file++) {
			snprintf(path, sizeof path, "t/%d/%d.yaml", folder, file);
			snprintf(text, sizeof text, "%d of %d", file, folder);
			scratch_write(w.scratch, path, text);
			out += sprintf(out, "%s: %s\n", path, text);
		}
	}
	for (unsigned threads = 1; threads <= THREADS; threads++) {
		assert_string_equal(walked(&w, options(threads, FOLDERS("t"))), expected);
		assert_string_equal(walked(&w, options(threads, FOLDERS("."))), expected);
	}
	free(expected);
	end(&w);
}

static void reads_only_the_folders_asked_for(void **state)
{
	struct walking w = begin(state);
	const char *const folders[] = {"a", "b", "c", "b/deep", ".kefu", "b/.git"};
	char path[64];
	for (size_t i = 0; i < 6; i++) {
		scratch_mkdir(w.scratch, folders[i]);
		snprintf(path, sizeof path, "%s/x.yaml", folders[i]);
		scratch_write(w.scratch, path, "x");
	}
	scratch_write(w.scratch, "b/.hidden.yaml", "x");
	scratch_write(w.scratch, "b/.x.yaml.1.0123456789abcdef.tmp", "x");
	scratch_write(w.scratch, "b/notes.txt", "x");
	scratch_write(w.scratch, "b/.yaml", "x");
	assert_string_equal(walked(&w, options(2, FOLDERS("b", "a", "none"))),
			    "a/x.yaml: x\nb/deep/x.yaml: x\nb/x.yaml: x\n");
	assert_string_equal(walked(&w, options(2, FOLDERS("none", "none/either"))), "");
	assert_string_equal(walked(&w, options(2, (const char *const[]){NULL})), "");
	assert_string_equal(walked(&w, options(2, FOLDERS("b/deep"))), "b/deep/x.yaml: x\n");
	end(&w);
}

static void problems_hide_nothing(void **state)
{
	struct walking w = begin(state);
	scratch_mkdir(w.scratch, "t");
	scratch_mkdir(w.scratch, "t/real");
	scratch_mkdir(w.scratch, "t/folder.yaml");
	scratch_write(w.scratch, "t/good.yaml", "good");
	scratch_write(w.scratch, "t/real/good.yaml", "good");
	scratch_write(w.scratch, "t/stray.txt", "x");
	scratch_write(w.scratch, "t/stray.yaml~", "x");
	scratch_write(w.scratch, "t/folder.yaml/good.yaml", "good");
	assert_return_code(symlinkat("good.yaml", w.scratch->fd, "t/link.yaml"), 0);
	assert_return_code(symlinkat("real", w.scratch->fd, "t/linked"), 0);
	assert_return_code(symlinkat("t", w.scratch->fd, "top"), 0);
	assert_return_code(mkfifoat(w.scratch->fd, "t/fifo.yaml", 0644), 0);
	char *big = calloc(100002, 1);
	memset(big, 'b', 100001);
	scratch_write(w.scratch, "t/big.yaml", big);
	free(big);

	const char *expected =
		"t/big.yaml: is larger than 100000 bytes\n"
		"t/fifo.yaml: is not a plain file\n"
		"t/folder.yaml/good.yaml: good\n"
		"t/good.yaml: good\n"
		"t/link.yaml: is a symbolic link: the ledger holds only plain files\n"
		"t/linked: is a symbolic link: the ledger holds only plain files\n"
		"t/real/good.yaml: good\n";
	for (unsigned threads = 1; threads <= 3; threads++)
		assert_string_equal(walked(&w, options(threads, FOLDERS("t"))), expected);

	struct walk_options strays = options(2, FOLDERS("t/real", "t"));
	strays.folders = FOLDERS("t");
	strays.strays = true;
	char *more = calloc(2000, 1);
	sprintf(more, "%st/stray.txt: is not named *.yaml\nt/stray.yaml~: is not named *.yaml\n",
		expected);
	assert_string_equal(walked(&w, strays), more);
	free(more);

	assert_string_equal(walked(&w, options(2, FOLDERS("top"))),
			    "top: is a symbolic link: the ledger holds only plain files\n");
	assert_string_equal(walked(&w, options(2, FOLDERS("t/good.yaml"))),
			    "t/good.yaml: a part of this path is not a folder\n");
	end(&w);
}

static void an_unreadable_folder_is_one_problem(void **state)
{
	struct walking w = begin(state);
	scratch_mkdir(w.scratch, "t");
	scratch_mkdir(w.scratch, "t/closed");
	scratch_write(w.scratch, "t/good.yaml", "good");
	scratch_write(w.scratch, "t/closed.yaml", "secret");
	assert_return_code(fchmodat(w.scratch->fd, "t/closed", 0, 0), 0);
	assert_return_code(fchmodat(w.scratch->fd, "t/closed.yaml", 0, 0), 0);
	assert_return_code(fchmod(w.scratch->fd, 0755), 0);
	uid_t user = geteuid();
	if (!user)
		assert_return_code(seteuid(65534), 0);
	for (unsigned threads = 1; threads <= 4; threads += 3)
		assert_string_equal(walked(&w, options(threads, FOLDERS("t"))),
				    "t/closed.yaml: cannot read: Permission denied\n"
				    "t/closed: cannot read this folder: Permission denied\n"
				    "t/good.yaml: good\n");
	assert_return_code(seteuid(user), 0);
	prctl(PR_SET_DUMPABLE, 1); /* the leak checker traces this process */
	assert_return_code(fchmodat(w.scratch->fd, "t/closed", 0755, 0), 0);
	end(&w);
}

static void long_forms_come_whole(void **state)
{
	struct walking w = begin(state);
	scratch_mkdir(w.scratch, "t");
	char *big = calloc(3000001, 1), path[64];
	const size_t sizes[] = {0, 16383, 16384, 16385, 32768, 99999, 100000};
	for (size_t i = 0; i < 7; i++) {
		memset(big, 'a' + (int)i, sizes[i]);
		big[sizes[i]] = '\0';
		snprintf(path, sizeof path, "t/%zu.yaml", i);
		scratch_write(w.scratch, path, big);
	}
	const char *seen = walked(&w, options(2, FOLDERS("t")));
	assert_non_null(strstr(seen, "t/0.yaml: \n"));
	assert_non_null(strstr(seen, "t/6.yaml: ggggg"));
	assert_null(strstr(seen, "larger"));

	memset(big, 'z', 3000000);
	scratch_write(w.scratch, "t/huge.yaml", big);
	struct walk_options huge = options(1, FOLDERS("t"));
	huge.max = 3000000;
	assert_non_null(strstr(walked(&w, huge), "t/huge.yaml: zzzzzz"));
	free(big);
	end(&w);
}

static void a_visit_can_end_it(void **state)
{
	struct walking w = begin(state);
	char path[64];
	scratch_mkdir(w.scratch, "t");
	for (int i = 0; i < 1000; i++) {
		snprintf(path, sizeof path, "t/%d.yaml", i);
		scratch_write(w.scratch, path, "x");
	}
	struct walk_options ended = options(4, FOLDERS("t"));
	ended.states = w.states;
	ended.visit = see;
	for (int i = 0; i < THREADS; i++)
		w.seen[i].limit = 3;
	assert_false(walk_tree(&w.root, &ended));
	for (int i = 0; i < THREADS; i++)
		assert_true(w.seen[i].count <= 1000);
	end(&w);
}

struct disturbance {
	const struct scratch *scratch;
	atomic_bool over;
	bool failed;
};

/* Someone replaces, adds and removes forms all the while, and puts links in their place. */
static void *disturb(void *argument)
{
	struct disturbance *disturbance = argument;
	int folder = disturbance->scratch->fd;
	char path[64];
	for (int i = 0; !atomic_load(&disturbance->over); i = (i + 1) % 100) {
		snprintf(path, sizeof path, "t/moving%d.yaml", i);
		int fd = openat(folder, "t/.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
		if (fd < 0 || write(fd, "whole", 5) != 5 || close(fd) < 0 ||
		    renameat(folder, "t/.new", folder, path) < 0 ||
		    (i % 3 == 0 && unlinkat(folder, path, 0) < 0) ||
		    (i % 3 == 1 && (symlinkat("../secret", folder, "t/.new") < 0 ||
				    renameat(folder, "t/.new", folder, path) < 0)))
			disturbance->failed = true;
	}
	return NULL;
}

static void a_changing_tree_is_no_problem(void **state)
{
	struct walking w = begin(state);
	struct disturbance disturbance = {.scratch = w.scratch};
	char path[64];
	scratch_mkdir(w.scratch, "t");
	scratch_write(w.scratch, "secret", "secret");
	for (int i = 0; i < 500; i++) {
		snprintf(path, sizeof path, "t/still%d.yaml", i);
		scratch_write(w.scratch, path, "still");
	}
	pthread_t other;
	assert_int_equal(pthread_create(&other, NULL, disturb, &disturbance), 0);
	for (int round = 0; round < 50; round++) {
		const char *seen = walked(&w, options(2, FOLDERS("t")));
		size_t still = 0;
		for (const char *line = seen; *line; line = strchr(line, '\n') + 1) {
			size_t len = strcspn(line, "\n");
			if (!strncmp(line, "t/still", 7))
				still++;
			else if (!memmem(line, len, ": is a symbolic link", 20))
				assert_memory_equal(line + len - 7, ": whole", 7);
		}
		assert_int_equal(still, 500);
	}
	atomic_store(&disturbance.over, true);
	pthread_join(other, NULL);
	assert_false(disturbance.failed);
	end(&w);
}

static void suits_the_machine(void **state)
{
	(void)state;
	assert_in_range(walk_threads(), 1, 8);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(reads_every_form_once),         TEST(reads_only_the_folders_asked_for),
		TEST(problems_hide_nothing),         TEST(an_unreadable_folder_is_one_problem),
		TEST(long_forms_come_whole),         TEST(a_visit_can_end_it),
		TEST(a_changing_tree_is_no_problem), TEST(suits_the_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
