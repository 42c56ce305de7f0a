// SPDX-License-Identifier: MIT
// store/lock: one holder, a bounded wait, and what a dead holder leaves.
#include "../scratch.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "store/lock.h"

struct locking {
	struct scratch *scratch;
	struct root root;
	struct err err;
	int to_child[2], to_parent[2];
};

static struct locking begin(void **state)
{
	struct locking l = {.scratch = *state};
	assert_true(root_open(&l.root, l.scratch->path, &l.err));
	assert_return_code(pipe(l.to_child), 0);
	assert_return_code(pipe(l.to_parent), 0);
	return l;
}

static void end(struct locking *l)
{
	root_close(&l->root);
	err_clear(&l->err);
	for (int i = 0; i < 2; i++) {
		close(l->to_child[i]);
		close(l->to_parent[i]);
	}
}

static void tell(const int pipe[2])
{
	assert_int_equal(write(pipe[1], "x", 1), 1);
}

static void await(const int pipe[2])
{
	char byte;
	assert_int_equal(read(pipe[0], &byte, 1), 1);
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until PROCESS waits for a lock: /proc/locks shows waiters with an arrow. */
static void until_waiting(pid_t process)
{
	char line[256], wanted[64];
	snprintf(wanted, sizeof wanted, "WRITE %d ", process);
	for (bool waiting = false; !waiting;) {
		FILE *locks = fopen("/proc/locks", "r");
		assert_non_null(locks);
		while (fgets(line, sizeof line, locks))
			waiting = waiting || (strstr(line, "->") && strstr(line, wanted));
		fclose(locks);
	}
}

/* fork; the child does not outlive a test that fails. */
static pid_t spawn(void)
{
	pid_t child = fork();
	assert_return_code(child, 0);
	if (!child)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return child;
}

/* A child that holds the lock until told to let go, which it does cleanly or by dying. */
static pid_t holder(struct locking *l, bool dies)
{
	pid_t child = spawn();
	if (!child) {
		struct lock lock;
		if (!lock_take(&lock, &l->root, "lock", 1000, &l->err))
			_exit(1);
		tell(l->to_parent);
		await(l->to_child);
		if (dies)
			kill(getpid(), SIGKILL);
		lock_release(&lock);
		_exit(0);
	}
	await(l->to_parent);
	return child;
}

static void is_taken_and_released(void **state)
{
	struct locking l = begin(state);
	struct lock lock = LOCK_INIT;
	lock_release(&lock);
	for (int i = 0; i < 3; i++) {
		assert_true(lock_take(&lock, &l.root, "lock", i * 100, &l.err));
		assert_false(lock.abandoned);
		lock_release(&lock);
		assert_int_equal(lock.fd, -1);
	}
	scratch_expect(l.scratch, "lock", "               \n");
	end(&l);
}

static void is_given_up_after_the_time(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	pid_t child = holder(&l, false);

	const unsigned waits[] = {0, 1, 150};
	for (size_t i = 0; i < 3; i++) {
		int64_t start = now_ms();
		assert_false(lock_take(&lock, &l.root, "lock", waits[i], &l.err));
		int64_t took = now_ms() - start;
		assert_in_range(took, waits[i], waits[i] + 2000);
		assert_int_equal(l.err.status, STATUS_SYSTEM);
		assert_int_equal(lock.fd, -1);
	}
	char expected[128];
	snprintf(expected, sizeof expected,
		 "the ledger has been locked for 0.15 s by process %d: try again, or see who holds "
		 "lock",
		 child);
	assert_string_equal(l.err.text, expected);
	tell(l.to_child);
	waitpid(child, NULL, 0);
	end(&l);
}

static void alarm_of_the_caller(int number)
{
	(void)number;
}

static void leaves_signals_as_they_were(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	pid_t child = holder(&l, false);
	struct sigaction mine = {.sa_handler = alarm_of_the_caller, .sa_flags = SA_RESTART}, before,
			 after;
	sigset_t blocked, mask;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGALRM);
	sigaction(SIGALRM, &mine, &before);
	sigprocmask(SIG_BLOCK, &blocked, NULL);

	assert_false(
		lock_take(&lock, &l.root, "lock", 50, &l.err)); /* times out although blocked */

	sigpending(&mask);
	assert_false(sigismember(&mask, SIGALRM));
	sigprocmask(SIG_UNBLOCK, &blocked, &mask);
	assert_true(sigismember(&mask, SIGALRM));
	sigaction(SIGALRM, &before, &after);
	assert_ptr_equal(after.sa_handler, alarm_of_the_caller);
	assert_true(after.sa_flags & SA_RESTART);
	tell(l.to_child);
	waitpid(child, NULL, 0);
	end(&l);
}

static void a_waiter_gets_it_when_it_is_free(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	pid_t child = holder(&l, false);
	pid_t helper = spawn(); /* lets the holder go while we wait */
	if (!helper) {
		until_waiting(getppid());
		tell(l.to_child);
		_exit(0);
	}
	assert_true(lock_take(&lock, &l.root, "lock", 10000, &l.err));
	assert_false(lock.abandoned);
	lock_release(&lock);
	waitpid(child, NULL, 0);
	waitpid(helper, NULL, 0);
	end(&l);
}

static void shows_that_its_holder_died(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	pid_t child = holder(&l, true);
	tell(l.to_child);
	waitpid(child, NULL, 0);
	assert_true(lock_take(&lock, &l.root, "lock", 1000, &l.err));
	assert_true(lock.abandoned);
	lock_release(&lock);
	assert_true(lock_take(&lock, &l.root, "lock", 1000, &l.err));
	assert_false(lock.abandoned);
	lock_release(&lock);
	end(&l);
}

static void no_second_holder(void **state, bool replaced)
{
	struct locking l = begin(state);
	struct lock lock;
	pid_t child = holder(&l, false);
	pid_t waiter = spawn(); /* waits on the file that is about to lose its name */
	if (!waiter) {
		if (!lock_take(&lock, &l.root, "lock", 10000, &l.err))
			_exit(1);
		tell(l.to_parent);
		await(l.to_child);
		lock_release(&lock);
		_exit(0);
	}
	until_waiting(waiter);
	assert_return_code(unlinkat(l.scratch->fd, "lock", 0), 0);
	if (replaced)
		scratch_write(l.scratch, "lock", "");
	tell(l.to_child);
	waitpid(child, NULL, 0);
	await(l.to_parent); /* it holds a lock now: on the file of that name? */
	assert_false(lock_take(&lock, &l.root, "lock", 0, &l.err));
	tell(l.to_child);
	int status;
	waitpid(waiter, &status, 0);
	assert_int_equal(status, 0);
	end(&l);
}

static void a_removed_lock_file_makes_no_second_holder(void **state)
{
	no_second_holder(state, false);
}

static void a_replaced_lock_file_makes_no_second_holder(void **state)
{
	no_second_holder(state, true);
}

static void refuses_what_is_no_plain_file(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	scratch_write(l.scratch, "victim", "precious");
	assert_return_code(symlinkat("victim", l.scratch->fd, "link"), 0);
	assert_return_code(mkfifoat(l.scratch->fd, "fifo", 0644), 0);
	scratch_mkdir(l.scratch, "folder");
	const char *const names[] = {"link", "fifo", "folder"};
	for (size_t i = 0; i < 3; i++) {
		assert_false(lock_take(&lock, &l.root, names[i], 100, &l.err));
		assert_int_equal(l.err.status, STATUS_DAMAGED);
		assert_int_equal(lock.fd, -1);
	}
	scratch_expect(l.scratch, "victim", "precious");
	end(&l);
}

static void garbage_in_it_only_means_abandoned(void **state)
{
	struct locking l = begin(state);
	struct lock lock;
	scratch_write(l.scratch, "lock", "99999999999999999999999 and more than sixteen bytes");
	assert_true(lock_take(&lock, &l.root, "lock", 100, &l.err));
	assert_true(lock.abandoned);
	lock_release(&lock);
	scratch_write(l.scratch, "lock", "garbage");
	assert_true(lock_take(&lock, &l.root, "lock", 100, &l.err));
	lock_release(&lock);
	end(&l);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(is_taken_and_released),
		TEST(is_given_up_after_the_time),
		TEST(leaves_signals_as_they_were),
		TEST(a_waiter_gets_it_when_it_is_free),
		TEST(shows_that_its_holder_died),
		TEST(a_removed_lock_file_makes_no_second_holder),
		TEST(a_replaced_lock_file_makes_no_second_holder),
		TEST(refuses_what_is_no_plain_file),
		TEST(garbage_in_it_only_means_abandoned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
