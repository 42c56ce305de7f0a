// SPDX-License-Identifier: MIT
// Free text out of an argument, stdin or the person's editor. Commands use cli_text.
#include "cli/compose.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/gettext.h"
#include "base/utf8.h"

/* Everything FD has, as long as it is not more than allowed. */
static bool read_all(int fd, const char *what, struct buf *out, struct err *err)
{
	char chunk[8192];
	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_system(err, _("%s cannot be read"), what);
		if (got == 0)
			return true;
		if (out->len + (size_t)got >
		    COMPOSE_MAX + 1) /* 1 for the line break that is dropped */
			return err_set(err, STATUS_REFUSED, _("%s is longer than %u bytes"), what,
				       COMPOSE_MAX);
		buf_add(out, chunk, (size_t)got);
	}
}

static void drop_line_break(struct buf *text)
{
	if (text->len && text->data[text->len - 1] == '\n')
		text->data[--text->len] = '\0';
}

/* Runs EDITOR, a shell command as in $EDITOR, on PATH, with the signals a program expects. */
static bool editor_spawn(const char *editor, const char *path, pid_t *child, struct err *err)
{
	struct buf script;
	buf_init(&script);
	buf_addf(&script, "%s \"$@\"", editor);
	char *const argv[] = {(char *)"sh", (char *)"-c", script.data,
			      (char *)"sh", (char *)path, NULL};
	sigset_t defaults;
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_t attributes;
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	errno = posix_spawn(child, "/bin/sh", NULL, &attributes, argv, environ);
	bool done = !errno || err_system(err, _("the editor cannot be started"));
	posix_spawnattr_destroy(&attributes);
	buf_clear(&script);
	return done;
}

/* As editor_spawn, and waits. Ctrl-C is the editor's meanwhile, as it is for git. */
static bool editor_run(const char *editor, const char *path, struct err *err)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	pid_t child;
	int status = 0;
	bool done = editor_spawn(editor, path, &child, err);
	while (done && waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			done = err_system(err, _("the editor cannot be waited for"));
	}
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	if (done && status)
		return err_set(err, STATUS_REFUSED, _("the editor failed: nothing is recorded"));
	return done;
}

static bool read_file(const char *path, const char *what, struct buf *out, struct err *err)
{
	/* Opened anew: editors write a new file and rename it over the old one. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return err_system(err, _("%s cannot be read"), path);
	bool done = read_all(fd, what, out, err);
	close(fd);
	return done;
}

static bool edit_text(const char *editor, const char *what, struct buf *out, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	struct buf path;
	buf_init(&path);
	buf_addf(&path, "%s/kefu-XXXXXX.txt", folder && *folder ? folder : "/tmp");
	int fd = mkostemps(path.data, 4, O_CLOEXEC); /* mode 0600 */
	if (fd < 0) {
		err_system(err, "%s", path.data);
		buf_clear(&path);
		return false;
	}
	close(fd);
	bool done = editor_run(editor, path.data, err) && read_file(path.data, what, out, err);
	unlink(path.data);
	buf_clear(&path);
	return done;
}

static const char *editor_wanted(void)
{
	const char *editor = getenv("VISUAL");
	if (!editor || !*editor)
		editor = getenv("EDITOR");
	return editor && *editor ? editor : NULL;
}

bool compose_text(const char *argument, const char *what, struct buf *out, struct err *err)
{
	bool done = true;
	buf_reset(out);
	if (argument && strcmp(argument, "-")) {
		buf_adds(out, argument);
	} else if (argument) {
		done = read_all(STDIN_FILENO, what, out, err);
		drop_line_break(out);
	} else {
		const char *editor = isatty(STDIN_FILENO) ? editor_wanted() : NULL;
		if (!editor)
			return err_set(
				err, STATUS_USAGE,
				_("%s is missing: give it as an argument, as - from stdin, or in "
				  "$EDITOR"),
				what);
		done = edit_text(editor, what, out, err);
		drop_line_break(out);
	}
	if (!done)
		return false;
	if (!out->len)
		return err_set(err, STATUS_REFUSED, _("%s is empty: nothing is recorded"), what);
	if (out->len > COMPOSE_MAX)
		return err_set(err, STATUS_REFUSED, _("%s is longer than %u bytes"), what,
			       COMPOSE_MAX);
	if (memchr(out->data, '\0', out->len))
		return err_set(err, STATUS_REFUSED, _("%s holds a NUL byte"), what);
	size_t good = utf8_check(out->data, out->len);
	if (good < out->len)
		return err_set(err, STATUS_REFUSED, _("%s is not UTF-8 at byte %zu"), what,
			       good + 1);
	return true;
}
