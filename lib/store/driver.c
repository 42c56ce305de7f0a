// SPDX-License-Identifier: MIT
// Git's merge driver for files of documents.
#include "store/driver.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define TRY "if test -x "
#define THEN "; then "
/* Git runs the command by sh. What git itself finds is here as well: sh, sed, mv. Line by line as
 * in git's own conflicts would mix the two sides; whole, ledger-merge can unite them later. `$a\`
 * ends the last line of a side that is cut. Above 128 git stops instead of taking our side for all.
 */
#define OTHERWISE \
	" -- %A %B %P; else ledger-merge -- %A %B %P; fi || { " \
	"echo ledger-merge: %P: both sides stand in it between conflict markers, " \
	"see ledger-merge\\(1\\) >&2; " \
	"{ echo '<<<<<<< ours'; sed -e '$a\\' %A; echo =======; sed -e '$a\\' %B; " \
	"echo '>>>>>>> theirs'; } >%A.both && mv -f %A.both %A || exit 129; exit 1; }"

/* PROGRAM as a word of the shell, in which git replaces nothing. */
static void add_word(const char *program, struct buf *out)
{
	buf_addc(out, '\'');
	for (const char *at = program; *at; at++) {
		if (*at == '\'')
			buf_adds(out, "'\\''");
		else if (*at == '%')
			buf_adds(out, "%%");
		else
			buf_addc(out, *at);
	}
	buf_addc(out, '\'');
}

/* The reverse: the word at TEXT as a path, which goes to OUT. False where no word of ours stands.
 */
static bool take_word(const char **text, struct buf *out)
{
	const char *at = *text;
	if (*at++ != '\'')
		return false;
	for (; *at && (*at != '\'' || strncmp(at, "'\\''", 4) == 0); at++) {
		buf_addc(out, *at);
		if (*at == '\'')
			at += 3;
		else if (*at == '%')
			at++;
	}
	*text = at + (*at == '\'');
	return *at == '\'';
}

static void write_command(const char *program, struct buf *out)
{
	buf_adds(out, TRY);
	add_word(program, out);
	buf_adds(out, THEN);
	add_word(program, out);
	buf_adds(out, OTHERWISE);
}

bool driver_install(const struct git *git, const char *program, struct err *err)
{
	struct buf command, said;
	buf_init(&command);
	buf_init(&said);
	write_command(program, &command);
	/* asked first, git says whose repository it does not read */
	bool done =
		git_read(git, (const char *const[]){"rev-parse", "--git-dir", NULL}, &said, err) &&
		git_read(git,
			 (const char *const[]){"config", "--local", "--replace-all",
					       "merge.kefu.name", "union of a form's documents",
					       NULL},
			 &said, err) &&
		git_read(git,
			 (const char *const[]){"config", "--local", "--replace-all",
					       "merge.kefu.driver", command.data, NULL},
			 &said, err);
	buf_clear(&command);
	buf_clear(&said);
	return done;
}

static enum driver_state judge(const char *command)
{
	struct buf program, ours;
	const char *at = command + strlen(TRY);
	enum driver_state state = DRIVER_OTHER;
	buf_init(&program);
	buf_init(&ours);
	if (strncmp(command, TRY, strlen(TRY)) == 0 && take_word(&at, &program)) {
		write_command(program.data, &ours);
		if (strcmp(command, ours.data) == 0)
			state = !strchr(program.data, '/') || access(program.data, X_OK) == 0
					? DRIVER_READY
					: DRIVER_GONE;
	}
	buf_clear(&program);
	buf_clear(&ours);
	return state;
}

enum driver_state driver_look(const struct git *git, struct err *err)
{
	struct buf value;
	buf_init(&value);
	bool asked =
		git_read(git, (const char *const[]){"rev-parse", "--git-dir", NULL}, &value, err) &&
		git_read(git, (const char *const[]){"config", "-z", "--includes", "--list", NULL},
			 &value, err);
	enum driver_state state = asked ? DRIVER_MISSING : DRIVER_UNKNOWN;
	for (size_t at = 0; asked && at < value.len; at += strlen(value.data + at) + 1) {
		const char *name = value.data + at, *lf = strchr(name, '\n');
		if (lf && strncmp(name, "merge.kefu.driver\n", strlen("merge.kefu.driver\n")) == 0)
			state = judge(lf + 1);
	}
	buf_clear(&value);
	return state;
}
