// SPDX-License-Identifier: MIT
// Runs git safely: in an environment of its own, without a program that a repository names.
#include "store/git.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

enum { ARGUMENTS_MAX = 24 };

/* Put in front of what is asked. The commands that git_start may be given run none of these
 * programs; were one to do it in some version of git, there would be none to run. */
static const char *const guard[] = {
	"--no-pager",
	"--no-replace-objects",
	"--literal-pathspecs",
	"-c",
	"core.fsmonitor=false",
	"-c",
	"core.hooksPath=/dev/null",
	"-c",
	"core.commitGraph=false", /* which could tell of other parents */
	"-c",
	"core.sshCommand=false",
	"-c",
	"diff.external=",
	"-c",
	"diff.relative=false",
	"-c",
	"log.showSignature=false",
};

enum { GUARD_COUNT = sizeof guard / sizeof *guard };

bool git_find(struct git *git, const char *folder, struct err *err)
{
	*git = (struct git){0};
	char *path = realpath(folder, NULL);
	if (!path)
		return err_system(err, "%s", folder);
	size_t whole = strlen(path);
	struct buf name;
	buf_init(&name);
	for (size_t len = whole; !git->top; len--) {
		while (len && path[len] && path[len] != '/')
			len--;
		struct stat found;
		buf_reset(&name);
		buf_addf(&name, "%.*s/.git", len > 1 ? (int)len : 0, path);
		bool there = stat(name.data, &found) == 0;
		/* as git does, which passes over a folder .git that is no repository */
		if (there && S_ISDIR(found.st_mode)) {
			buf_adds(&name, "/HEAD");
			there = lstat(name.data, &found) == 0 || errno == EACCES;
		}
		if (there) {
			const char *rest = path + len;
			git->top = mem_dup_len(path, len > 1 ? len : 1);
			rest += *rest == '/';
			buf_reset(&name);
			buf_addf(&name, "%s%s", rest, *rest ? "/" : "");
			git->prefix = mem_dup(name.data);
		}
		if (len <= 1)
			break;
	}
	buf_clear(&name);
	free(path);
	return true;
}

void git_clear(struct git *git)
{
	free(git->top);
	free(git->prefix);
	*git = (struct git){0};
}

/* A file in memory that holds TEXT, read from its beginning; -1 with errno. */
static int memory_file(const struct buf *text)
{
	int fd = memfd_create("kefu", MFD_CLOEXEC);
	for (size_t done = 0; fd >= 0 && text && done < text->len;) {
		ssize_t wrote = write(fd, text->data + done, text->len - done);
		if (wrote < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* What git needs to know of this process, and nothing else: no variable says where the repository
 * is, what is configured or which programs are to be run. Heap, ended by NULL. */
static char **clean_environment(void)
{
	/* HOME and the like hold which owners' repositories the user trusts */
	static const char *const kept[] = {"PATH", "HOME", "XDG_CONFIG_HOME", "SUDO_UID"};
	static const char *const set[] = {
		"LC_ALL=C",
		"GIT_TERMINAL_PROMPT=0",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_GRAFT_FILE=/dev/null",
		"GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none", /* nothing is fetched that is missing here */
		"GIT_PAGER=cat",
		"GIT_EDITOR=false",
	};
	size_t count = 0, sets = sizeof set / sizeof *set, keeps = sizeof kept / sizeof *kept;
	char **environment = mem_array(sets + keeps + 1, sizeof *environment);
	for (size_t i = 0; i < keeps; i++) {
		const char *value = getenv(kept[i]);
		struct buf text;
		if (!value)
			continue;
		buf_init(&text);
		buf_addf(&text, "%s=%s", kept[i], value);
		environment[count++] = buf_take(&text);
	}
	for (size_t i = 0; i < sets; i++)
		environment[count++] = mem_dup(set[i]);
	return environment;
}

static int spawn(char *const *argv, const int fds[3], pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	char **environment = clean_environment();
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int failed = posix_spawnp(child, "git", &actions, &attributes, argv, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	for (size_t i = 0; environment[i]; i++)
		free(environment[i]);
	free(environment);
	return failed;
}

bool git_start(const struct git *git, const char *const *arguments, const struct buf *input,
	       struct git_process *process, struct err *err)
{
	const char *argv[GUARD_COUNT + ARGUMENTS_MAX + 4] = {"git", "-C", git->top};
	size_t count = 3;
	int fds[3] = {-1, -1, -1}, ends[2] = {-1, -1};
	memcpy(argv + count, guard, sizeof guard);
	count += GUARD_COUNT;
	for (size_t i = 0; arguments[i] && i < ARGUMENTS_MAX; i++)
		argv[count++] = arguments[i];
	*process = (struct git_process){.git = git, .complaints = -1};
	fds[0] = memory_file(input);
	fds[2] = memory_file(NULL);
	if (fds[0] < 0 || fds[2] < 0 || pipe2(ends, O_CLOEXEC)) {
		err_system(err, "git cannot be run");
	} else {
		fds[1] = ends[1];
		errno = spawn((char *const *)argv, fds, &process->child);
		if (errno == ENOENT)
			err_set(err, STATUS_SYSTEM, "git is not installed, or not in PATH");
		else if (errno)
			err_system(err, "git cannot be run");
		else
			process->output = fdopen(ends[0], "r");
	}
	if (fds[0] >= 0)
		close(fds[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	if (process->output) {
		process->complaints = fds[2];
		return true;
	}
	if (ends[0] >= 0)
		close(ends[0]);
	if (fds[2] >= 0)
		close(fds[2]);
	return false;
}

/* Git's first line that says what is wrong. */
static void explain(const struct git_process *process, struct err *err)
{
	char said[4096];
	ssize_t got = pread(process->complaints, said, sizeof said - 1, 0);
	said[got > 0 ? got : 0] = '\0';
	if (strstr(said, "dubious ownership") || strstr(said, "unsafe repository")) {
		err_set(err, STATUS_SYSTEM,
			"git reads no repository of somebody else: run this as the owner of %s, or "
			"if you trust them: %sgit config --global --add safe.directory '%s'",
			process->git->top,
			/* where the user's git would write to, and this one does not look */
			getenv("GIT_CONFIG_GLOBAL") ? "env -u GIT_CONFIG_GLOBAL " : "",
			process->git->top);
		return;
	}
	struct buf name;
	buf_init(&name);
	buf_addf(&name, "%s/.git", process->git->top);
	bool closed = strstr(said, "not a git repository") && access(name.data, R_OK | X_OK);
	if (closed)
		err_system(err, "%s cannot be read", name.data);
	buf_clear(&name);
	if (closed)
		return;
	const char *fatal = strstr(said, "fatal: ");
	if (!fatal)
		fatal = strstr(said, "error: ");
	const char *line = fatal ? fatal + strlen("fatal: ") : said;
	err_set(err, STATUS_SYSTEM, "git says: %.*s",
		*line ? (int)strcspn(line, "\n") : (int)strlen("nothing"),
		*line ? line : "nothing");
}

bool git_end(struct git_process *process, struct err *err)
{
	int status = -1;
	fclose(process->output); /* a git that still prints ends by SIGPIPE */
	while (waitpid(process->child, &status, 0) < 0 && errno == EINTR)
		;
	bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!done)
		explain(process, err);
	close(process->complaints);
	return done;
}

bool git_read(const struct git *git, const char *const *arguments, struct buf *out, struct err *err)
{
	struct git_process process;
	char chunk[8192];
	size_t got;
	buf_reset(out);
	if (!git_start(git, arguments, NULL, &process, err))
		return false;
	while ((got = fread(chunk, 1, sizeof chunk, process.output)))
		buf_add(out, chunk, got);
	if (!git_end(&process, err))
		return false;
	if (out->len && out->data[out->len - 1] == '\n')
		out->data[--out->len] = '\0';
	return true;
}
