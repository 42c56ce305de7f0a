// SPDX-License-Identifier: MIT
// One writer at a time, by a blocking flock(2) on a file, with a time limit. Never polls.
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid /* glibc before 2.38 does not name it */
#endif

/* "4711" and spaces, or spaces only. Always this long, so that marking never
 * changes the file's size and needs no room on a full disk. */
enum { MARK_LEN = 16 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct timespec from_ms(unsigned ms)
{
	return (struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
}

static void interrupt(int number)
{
	(void)number; /* nothing to do: its delivery makes flock return EINTR */
}

/* flock until DEADLINE. False with errno; ETIMEDOUT when time ran out. */
static bool flock_until(int fd, int64_t deadline)
{
	for (;;) {
		if (!flock(fd, LOCK_EX))
			return true;
		if (errno != EINTR)
			return false;
		if (now_ms() >= deadline) {
			errno = ETIMEDOUT;
			return false;
		}
	}
}

/* False with errno; ETIMEDOUT when time ran out. */
static bool flock_within(int fd, unsigned timeout_ms)
{
	if (!timeout_ms) {
		if (!flock(fd, LOCK_EX | LOCK_NB))
			return true;
		errno = errno == EWOULDBLOCK ? ETIMEDOUT : errno;
		return false;
	}

	int64_t deadline = now_ms() + timeout_ms;
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = SIGALRM,
		.sigev_notify_thread_id = gettid(),
	};
	timer_t timer;
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) < 0)
		return false;

	struct sigaction action = {.sa_handler = interrupt}, action_before;
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, &action_before);
	sigset_t alarm_only, mask_before;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	pthread_sigmask(SIG_UNBLOCK, &alarm_only, &mask_before);

	/* It repeats, since the first signal may come just before flock. */
	struct itimerspec times = {.it_value = from_ms(timeout_ms + 1), .it_interval = from_ms(20)};
	timer_settime(timer, 0, &times, NULL);
	bool taken = flock_until(fd, deadline);
	int code = errno;

	/* A signal already on its way is delivered, to us, before timer_delete returns. */
	timer_delete(timer);
	pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
	sigaction(SIGALRM, &action_before, NULL);
	errno = code;
	return taken;
}

static long mark_read(int fd)
{
	char mark[MARK_LEN + 1] = "";
	if (pread(fd, mark, MARK_LEN, 0) <= 0)
		return 0;
	return strtol(mark, NULL, 10);
}

static bool mark_write(int fd, long process)
{
	char mark[MARK_LEN + 1];
	struct rlimit limit;
	if (!getrlimit(RLIMIT_FSIZE, &limit) && limit.rlim_cur < MARK_LEN) {
		errno = EFBIG; /* rather than SIGXFSZ */
		return false;
	}
	if (process)
		snprintf(mark, sizeof mark, "%-15ld\n", process);
	else
		snprintf(mark, sizeof mark, "%15s\n", "");
	for (;;) {
		ssize_t put = pwrite(fd, mark, MARK_LEN, 0);
		if (put == MARK_LEN)
			return true;
		if (put >= 0)
			errno = ENOSPC;
		else if (errno == EINTR)
			continue;
		return false;
	}
}

static bool timed_out(int fd, const char *relative, unsigned timeout_ms, struct err *err)
{
	long holder = mark_read(fd);
	struct buf by;
	buf_init(&by);
	if (holder > 0)
		buf_addf(&by, " by process %ld", holder);
	err_set(err, STATUS_SYSTEM,
		"the ledger has been locked for %g s%s: try again, or see who holds %s",
		timeout_ms / 1000.0, by.data, relative);
	buf_clear(&by);
	return false;
}

/* Opens the lock file. Without O_CREAT first: where a folder has the sticky bit, a kernel may
 * refuse that for another's file (protected_regular). */
static int lock_open(const struct root *root, const char *relative, struct err *err)
{
	struct stat found;
	const int how = O_RDWR | O_NONBLOCK | O_NOCTTY;
	int fd = root_reach(root, relative, how, 0);
	if (fd < 0 && errno == ENOENT)
		fd = root_reach(root, relative, how | O_CREAT, 0660);
	if (fd < 0 || fstat(fd, &found) < 0) {
		root_explain(root, relative, "lock the ledger", err);
		goto failed;
	}
	if (!S_ISREG(found.st_mode)) {
		errno = EISDIR;
		root_explain(root, relative, "lock the ledger", err);
		goto failed;
	}
	return fd;
failed:
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Whether the locked file still has its name: someone may have removed it
 * (git clean does) while we waited, and the next one locks another file. */
static bool still_there(const struct root *root, const char *relative, int fd, bool *there)
{
	struct stat held, named;
	int again = root_reach(root, relative, O_PATH | O_NOFOLLOW, 0);
	*there = false;
	if (again < 0)
		return errno == ENOENT;
	bool known = !fstat(fd, &held) && !fstat(again, &named);
	*there = known && held.st_dev == named.st_dev && held.st_ino == named.st_ino;
	close(again);
	return known;
}

bool lock_take(struct lock *lock, const struct root *root, const char *relative,
	       unsigned timeout_ms, struct err *err)
{
	*lock = (struct lock)LOCK_INIT;
	int64_t deadline = now_ms() + timeout_ms;
	int fd = -1;
	for (bool there = false; !there;) {
		if (fd >= 0)
			close(fd);
		fd = lock_open(root, relative, err);
		if (fd < 0)
			return false;
		int64_t left = deadline - now_ms();
		if (!flock_within(fd, left > 0 ? (unsigned)left : 0) ||
		    !still_there(root, relative, fd, &there))
			goto failed;
	}
	lock->abandoned = mark_read(fd) != 0;
	if (!mark_write(fd, getpid()))
		goto failed;
	lock->fd = fd;
	return true;
failed:
	if (errno == ETIMEDOUT)
		timed_out(fd, relative, timeout_ms, err);
	else
		root_explain(root, relative, "lock the ledger", err);
	close(fd);
	return false;
}

void lock_release(struct lock *lock)
{
	if (lock->fd < 0)
		return;
	/* Should this fail, the next holder cleans up although there is nothing to clean: no harm.
	 */
	(void)mark_write(lock->fd, 0);
	close(lock->fd);
	*lock = (struct lock)LOCK_INIT;
}
