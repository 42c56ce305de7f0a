// SPDX-License-Identifier: MIT
// An LD_PRELOAD library for the fault tests: logs what a program asks of the disk below $SHIM_ROOT,
// and makes it fail.
//
// SHIM_LOG=FILE               one line for each thing done, fields separated by tabs, for
// power-cut.py SHIM_FAIL=KIND:N:ERRNO      the Nth call of that kind fails (0: every one) without
// being done SHIM_DIE=KIND:N             the process is killed just before its Nth call of that
// kind SHIM_SKIP=KIND,KIND         such calls succeed without being done: a safeguard taken away
// SHIM_SHORT=1                writes take 7 bytes at most, and every third is interrupted
//
// Kinds: open (openat2), create, write, fsync, fsyncdir, syncfs, rename, mkdir, unlink, close,
// chmod, chown, lock, mark, ack.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind {
	OPEN,
	CREATE,
	WRITE,
	FSYNC,
	FSYNCDIR,
	SYNCFS,
	RENAME,
	MKDIR,
	UNLINK,
	CLOSE,
	CHMOD,
	CHOWN,
	LOCK,
	MARK,
	ACK,
	KINDS
};

static const char *const kind_names[KINDS] = {
	"open",   "create", "write", "fsync", "fsyncdir", "syncfs", "rename", "mkdir",
	"unlink", "close",  "chmod", "chown", "lock",     "mark",   "ack",
};

static unsigned long counts[KINDS];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether SPECIFICATION ("KIND:N…") speaks of this call; REST is what follows N. */
static bool meant(const char *specification, enum kind kind, const char **rest)
{
	size_t len = strlen(kind_names[kind]);
	if (!specification || strncmp(specification, kind_names[kind], len) ||
	    specification[len] != ':')
		return false;
	char *end;
	unsigned long number = strtoul(specification + len + 1, &end, 10);
	*rest = end;
	return number == 0 || number == counts[kind];
}

/* True when the call is to be done; else RESULT is its result, with errno. */
static bool proceed(enum kind kind, int *result)
{
	const char *rest;
	counts[kind]++;
	if (meant(getenv("SHIM_DIE"), kind, &rest))
		kill(getpid(), SIGKILL);
	if (meant(getenv("SHIM_FAIL"), kind, &rest)) {
		errno = atoi(rest + 1);
		*result = -1;
		return false;
	}
	char skipped[256];
	snprintf(skipped, sizeof skipped, "%s", getenv("SHIM_SKIP") ? getenv("SHIM_SKIP") : "");
	for (char *at = skipped, *name; (name = strsep(&at, ","));)
		if (!strcmp(name, kind_names[kind])) {
			*result = 0;
			return false;
		}
	return true;
}

/* The path of NAME in the folder FD (or of FD itself) below the root; false when it is elsewhere.
 */
static bool below(int fd, const char *name, char *out)
{
	const char *root = getenv("SHIM_ROOT");
	char link[64], path[PATH_MAX] = "";
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t len = readlink(link, path, sizeof path - 1);
	if (!root || len < 0 || strncmp(path, root, strlen(root)))
		return false;
	path[len] = '\0';
	const char *relative = path + strlen(root);
	relative += *relative == '/';
	snprintf(out, PATH_MAX, "%s%s%s", relative, name && *relative ? "/" : "", name ? name : "");
	return true;
}

static void note(enum kind kind, const char *path, const char *text, size_t len)
{
	const char *log = getenv("SHIM_LOG");
	if (!log)
		return;
	int code = errno;
	char *line = NULL;
	size_t size;
	FILE *out = open_memstream(&line, &size);
	fprintf(out, "%s\t%s", kind_names[kind], path);
	if (text)
		fputc('\t', out);
	for (size_t i = 0; text && i < len; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte <= ' ' || byte == '%' || byte > '~')
			fprintf(out, "%%%02x", byte);
		else
			fputc(byte, out);
	}
	fputc('\n', out);
	fclose(out);
	int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			      0666);
	syscall(SYS_write, fd, line, size);
	syscall(SYS_close, fd);
	free(line);
	errno = code;
}

long syscall(long number, ...)
{
	long args[6];
	va_list list;
	va_start(list, number);
	for (int i = 0; i < 6; i++)
		args[i] = va_arg(list, long);
	va_end(list);
	int result;
	if (number == SYS_openat2 && getenv("SHIM_ROOT") && !proceed(OPEN, &result))
		return result;
	return REAL(syscall)(number, args[0], args[1], args[2], args[3], args[4], args[5]);
}

int openat(int at, const char *name, int flags, ...)
{
	char path[PATH_MAX];
	va_list list;
	va_start(list, flags);
	mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
	va_end(list);
	if (!(flags & O_CREAT) || !below(at, name, path))
		return REAL(openat)(at, name, flags, mode);
	int result;
	if (!proceed(CREATE, &result))
		return result;
	result = REAL(openat)(at, name, flags, mode);
	if (result >= 0)
		note(CREATE, path, NULL, 0);
	return result;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	static unsigned turns;
	char path[PATH_MAX];
	int result;
	if (fd == STDOUT_FILENO) {
		if (!proceed(ACK, &result))
			return result;
		note(ACK, "", bytes, len); /* before it is out: stricter */
		return REAL(write)(fd, bytes, len);
	}
	if (!below(fd, NULL, path))
		return REAL(write)(fd, bytes, len);
	if (!proceed(WRITE, &result))
		return result;
	if (getenv("SHIM_SHORT")) {
		if (++turns % 3 == 0) {
			errno = EINTR;
			return -1;
		}
		len = len > 7 ? 7 : len;
	}
	ssize_t put = REAL(write)(fd, bytes, len);
	if (put > 0)
		note(WRITE, path, bytes, (size_t)put);
	return put;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	char path[PATH_MAX];
	int result;
	if (below(fd, NULL, path) && !proceed(MARK, &result))
		return result;
	return REAL(pwrite)(fd, bytes, len, at);
}

int fsync(int fd)
{
	char path[PATH_MAX];
	struct stat found;
	int result;
	if (!below(fd, NULL, path) || fstat(fd, &found) < 0)
		return REAL(fsync)(fd);
	enum kind kind = S_ISDIR(found.st_mode) ? FSYNCDIR : FSYNC;
	if (!proceed(kind, &result))
		return result;
	result = REAL(fsync)(fd);
	if (!result)
		note(kind, path, NULL, 0);
	return result;
}

int syncfs(int fd)
{
	int result;
	if (!proceed(SYNCFS, &result))
		return result;
	/* Not the real one: it would wait for everything else on this machine. */
	note(SYNCFS, "", NULL, 0);
	(void)fd;
	return 0;
}

int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags)
{
	char from_path[PATH_MAX], to_path[PATH_MAX];
	int result;
	if (!below(from_at, from, from_path) || !below(to_at, to, to_path))
		return REAL(renameat2)(from_at, from, to_at, to, flags);
	if (!proceed(RENAME, &result))
		return result;
	result = REAL(renameat2)(from_at, from, to_at, to, flags);
	if (!result)
		note(RENAME, from_path, to_path, strlen(to_path));
	return result;
}

int mkdirat(int at, const char *name, mode_t mode)
{
	char path[PATH_MAX];
	int result;
	if (!below(at, name, path))
		return REAL(mkdirat)(at, name, mode);
	if (!proceed(MKDIR, &result))
		return result;
	result = REAL(mkdirat)(at, name, mode);
	if (!result)
		note(MKDIR, path, NULL, 0);
	return result;
}

int unlinkat(int at, const char *name, int flags)
{
	char path[PATH_MAX];
	int result;
	if (!below(at, name, path))
		return REAL(unlinkat)(at, name, flags);
	if (!proceed(UNLINK, &result))
		return result;
	result = REAL(unlinkat)(at, name, flags);
	if (!result)
		note(UNLINK, path, NULL, 0);
	return result;
}

int close(int fd)
{
	char path[PATH_MAX];
	int result;
	bool counted = below(fd, NULL, path) && strstr(path, ".tmp");
	if (counted && !proceed(CLOSE, &result)) {
		int code = errno;
		REAL(close)(fd);
		errno = code;
		return result;
	}
	return REAL(close)(fd);
}

int fchmod(int fd, mode_t mode)
{
	char path[PATH_MAX];
	int result;
	if (below(fd, NULL, path) && !proceed(CHMOD, &result))
		return result;
	return REAL(fchmod)(fd, mode);
}

int fchown(int fd, uid_t user, gid_t group)
{
	char path[PATH_MAX];
	int result;
	if (below(fd, NULL, path) && !proceed(CHOWN, &result))
		return result;
	return REAL(fchown)(fd, user, group);
}

int flock(int fd, int operation)
{
	char path[PATH_MAX];
	int result;
	if (below(fd, NULL, path) && !proceed(LOCK, &result))
		return result;
	return REAL(flock)(fd, operation);
}
