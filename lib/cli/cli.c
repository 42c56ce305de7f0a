// SPDX-License-Identifier: MIT
// What all commands share: options, operands, messages, output, exit status.
#include "cli/cli.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/compose.h"

#define FLUSH_AT (1u << 16) /* bytes kept before stdout is written */

struct cli {
	const struct cli_command *command;
	struct options options;
	struct options *steps; /* what follows each + */
	size_t step_count;
	const struct options *turn; /* what is asked about now */
	int64_t now;
	enum status status; /* the worst so far */
	struct buf out;     /* for stdout */
	int out_errno;      /* of the write that failed; nothing is written after it */
	char *recorded;     /* the last id recorded, heap; NULL before */
};

/* Opens what the caller left closed, so that no file of ours becomes 0, 1 or
 * 2; the wrong way round, so that using it fails as it would have. */
static void open_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			_exit(STATUS_SYSTEM);
	}
}

/* A signal's fate is inherited through exec; these must not be left to chance. */
static void set_signals(bool writes)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, normal = {.sa_handler = SIG_DFL};
	sigset_t none;
	sigemptyset(&none);
	sigaction(SIGXFSZ, &ignore, NULL); /* a file size limit is an error of write(2) */
	sigaction(SIGCHLD, &normal, NULL); /* ignored, waitpid(2) would find nobody */
	sigaction(SIGPIPE, writes ? &ignore : &normal,
		  NULL); /* a pipe's end must not stop a writer half-way */
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void set_language(void)
{
	setlocale(LC_MESSAGES, ""); /* nothing else: numbers, dates and sorting stay as in C */
	bindtextdomain("kefu", KEFU_LOCALEDIR);
	bind_textdomain_codeset("kefu", "UTF-8");
	bind_textdomain_codeset("libc", "UTF-8"); /* strerror */
	textdomain("kefu");
}

/* All of TEXT to FD, waiting where a hasty caller made it non-blocking. */
static bool write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t put = write(fd, text, len);
		if (put < 0 && errno == EAGAIN) {
			struct pollfd ready = {.fd = fd, .events = POLLOUT};
			poll(&ready, 1, -1);
		} else if (put < 0 && errno != EINTR) {
			return false;
		} else if (put > 0) {
			text += put;
			len -= (size_t)put;
		}
	}
	return true;
}

/* A terminal acts upon some characters, also in CSV or in a file that is shown as it is. */
static void show_on_terminal(struct buf *out)
{
	struct buf seen;
	buf_init(&seen);
	for (size_t at = 0; at < out->len;) {
		size_t start = at;
		while (at < out->len && out->data[at] != '\n' && out->data[at] != '\t')
			at++;
		bool crlf = at > start && at < out->len && out->data[at] == '\n' &&
			    out->data[at - 1] == '\r';
		buf_add_visible(&seen, out->data + start, at - start - crlf);
		if (at < out->len)
			buf_addc(&seen, out->data[at++]);
	}
	buf_reset(out);
	buf_add(out, seen.data, seen.len);
	buf_clear(&seen);
}

static void flush(struct cli *cli)
{
	if (cli->out.len && isatty(STDOUT_FILENO))
		show_on_terminal(&cli->out);
	if (!cli->out_errno && !write_all(STDOUT_FILENO, cli->out.data, cli->out.len))
		cli->out_errno = errno;
	buf_reset(&cli->out);
}

static void flush_when_long(struct cli *cli)
{
	if (cli->out.len >= FLUSH_AT)
		flush(cli);
}

/* One line on stderr, in one write, after what stdout was given before it. */
static void complain(struct cli *cli, const char *line)
{
	struct buf whole;
	buf_init(&whole);
	buf_addf(&whole, "%s: ", cli->command->name);
	buf_add_visible(&whole, line, strlen(line));
	buf_addc(&whole, '\n');
	flush(cli);
	write_all(STDERR_FILENO, whole.data, whole.len); /* nobody is left to tell of a failure */
	buf_clear(&whole);
}

void cli_print(struct cli *cli, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(&cli->out, format, args);
	va_end(args);
	flush_when_long(cli);
}

void cli_write(struct cli *cli, const char *bytes, size_t len)
{
	buf_add(&cli->out, bytes, len);
	flush_when_long(cli);
}

void cli_written(struct cli *cli, const char *what)
{
	char *old = cli->recorded;
	cli->recorded = mem_dup(what);
	free(old);
}

void cli_recorded(struct cli *cli, const char *id)
{
	cli_written(cli, id);
	cli_print(cli, "%s\n", id);
}

struct view_style cli_style(const struct cli *cli, const struct book *book)
{
	const struct option_values *format = options_find(&cli->options, "format");
	struct view_style style = {.book = book,
				   .format = TABLE_TABLE,
				   .headless = options_given(&cli->options, "no-header"),
				   .columns = cli_columns(cli)};
	if (format && format->count)
		table_format_parse(format->values[format->count - 1], &style.format);
	return style;
}

void cli_show(struct cli *cli, struct table *table)
{
	table_write(table, &cli->out, cli_columns(cli));
	table_free(table);
	flush_when_long(cli);
}

void cli_say(struct cli *cli, const char *format, ...)
{
	if (options_given(&cli->options, "quiet"))
		return;
	struct buf raw, seen;
	buf_init(&raw);
	buf_init(&seen);
	va_list args;
	va_start(args, format);
	buf_vaddf(&raw, format, args);
	va_end(args);
	buf_add_visible(&seen, raw.data, raw.len);
	complain(cli, seen.data);
	buf_clear(&raw);
	buf_clear(&seen);
}

void cli_raise(struct cli *cli, enum status status)
{
	if (status > cli->status)
		cli->status = status;
}

void cli_warn(struct cli *cli, const struct err *err)
{
	struct buf line;
	buf_init(&line);
	err_render(err, &line);
	complain(cli, line.data);
	buf_clear(&line);
}

void cli_problem(struct cli *cli, const struct err *err)
{
	cli_warn(cli, err);
	cli_raise(cli, err->status ? err->status : STATUS_SYSTEM);
}

void cli_problems(struct cli *cli, const struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		cli_problem(cli, &problems->items[i]);
}

static const struct option_values *values_of(const struct cli *cli, const char *name)
{
	const struct option_values *values = options_find(cli->turn, name);
	assert(values && "an option the command does not have");
	return values;
}

bool cli_takes(const struct cli *cli, const char *name)
{
	return options_find(cli->turn, name);
}

bool cli_has(const struct cli *cli, const char *name)
{
	return values_of(cli, name)->count;
}

const char *cli_value(const struct cli *cli, const char *name)
{
	const struct option_values *values = values_of(cli, name);
	return values->count ? values->values[values->count - 1] : NULL;
}

size_t cli_values(const struct cli *cli, const char *name, const char *const **values)
{
	const struct option_values *given = values_of(cli, name);
	*values = given->values;
	return given->count;
}

size_t cli_steps(const struct cli *cli)
{
	return cli->step_count;
}

void cli_turn(struct cli *cli, size_t index)
{
	assert(index <= cli->step_count);
	cli->turn = index ? &cli->steps[index - 1] : &cli->options;
}

size_t cli_operands(const struct cli *cli)
{
	return cli->turn->operand_count;
}

const char *cli_operand(const struct cli *cli, size_t index)
{
	return index < cli->turn->operand_count ? cli->turn->operands[index] : NULL;
}

bool cli_one_of(const char *word, const char *const *words, struct err *err)
{
	struct buf names;
	bool known = false;
	buf_init(&names);
	for (size_t i = 0; words[i]; i++) {
		known = known || strcmp(words[i], word) == 0;
		buf_addf(&names, "%s%s", i ? ", " : "", words[i]);
	}
	if (!known)
		err_set(err, STATUS_USAGE, "\"%s\" is not one of %s", word, names.data);
	buf_clear(&names);
	return known;
}

static void read_clock(struct cli *cli)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	cli->now = now.tv_sec > cli->now ? now.tv_sec : cli->now;
}

int64_t cli_now(const struct cli *cli)
{
	return cli->now;
}

bool cli_text(struct cli *cli, const char *argument, const char *what, struct buf *out,
	      struct err *err)
{
	flush(cli);
	bool done = compose_text(argument, what, out, err);
	if (!argument || strcmp(argument, "-") == 0)
		read_clock(cli);
	return done;
}

unsigned cli_columns(const struct cli *cli)
{
	(void)cli;
	struct winsize size = {0};
	if (!isatty(STDOUT_FILENO))
		return 0;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	const char *columns = getenv("COLUMNS");
	unsigned long wanted = columns ? strtoul(columns, NULL, 10) : 0;
	return wanted && wanted < 10000 ? (unsigned)wanted : 80;
}

bool cli_colour(const struct cli *cli)
{
	(void)cli;
	const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
	return isatty(STDOUT_FILENO) && !(refused && *refused) && terminal &&
	       strcmp(terminal, "dumb");
}

/* What --help prints: at most 80 columns. */
static void help(const struct cli *cli, struct buf *out)
{
	const struct cli_command *command = cli->command;
	struct buf usage;
	buf_init(&usage);
	buf_addf(&usage, "%s %s [%s]...%s%s", _("Usage:"), command->name, _("OPTION"),
		 *command->synopsis ? " " : "", command->synopsis);
	if (command->steps)
		buf_addf(&usage, " [+ %s [%s]...]...", _("STEP"), _("OPTION"));
	options_wrap(usage.data, out);
	buf_addc(out, '\n');
	options_wrap(_(command->summary), out);
	options_help(&cli->options, out);
	buf_addc(out, '\n');
	buf_addf(out, _("More in the manual: %s(1), kefu(7)."), command->name);
	buf_addc(out, '\n');
	buf_clear(&usage);
}

/* Runs the command, or answers what every command answers. */
static bool answer(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "help"))
		help(cli, &cli->out);
	else if (cli_has(cli, "version"))
		cli_print(cli, "%s (kefu) %s\n", cli->command->name, KEFU_VERSION);
	else if (cli_has(cli, "options"))
		options_list(&cli->options, &cli->out);
	else
		return cli->command->run(cli, err);
	return true;
}

/* stdout is part of the answer: losing any of it is an error; only a reader who left wants to hear
 * nothing. */
static void finish_output(struct cli *cli)
{
	flush(cli);
	if (close(STDOUT_FILENO) && !cli->out_errno && errno != EINTR)
		cli->out_errno = errno;
	if (!cli->out_errno)
		return;
	struct err err = ERR_INIT;
	errno = cli->out_errno;
	if (cli->recorded) {
		err_system(&err, _("%s is recorded, but stdout cannot be written"), cli->recorded);
		err.status = STATUS_UNDURABLE;
	} else {
		err_system(&err, _("stdout cannot be written"));
	}
	if (cli->out_errno == EPIPE)
		cli_raise(cli, err.status);
	else
		cli_problem(cli, &err);
	err_clear(&err);
}

/* Where the first lone + of ARGV stands at or after FROM; ARGC where there is none. What stands
 * behind -- is no option, but a + there still divides. */
static int next_plus(int from, int argc, char **argv)
{
	while (from < argc && strcmp(argv[from], "+") != 0)
		from++;
	return from;
}

/* Takes apart what follows a + from ARGV[BEGIN], which is that +, up to END. */
static bool parse_step(struct cli *cli, int argc, char **argv, int begin, int end, struct err *err)
{
	struct options *step;
	cli->steps = mem_room(cli->steps, cli->step_count, 1, sizeof *cli->steps);
	step = &cli->steps[cli->step_count++];
	options_init(step, cli->command->steps, CLI_ALONE);
	step->divided = end < argc;
	for (int i = begin + 1; i < end; i++) {
		const char *name = argv[i];
		size_t len = strcspn(name, "=");
		for (size_t j = cli->options.own; j < cli->options.count; j++) {
			const char *shared = cli->options.table[j]->name;
			if (strncmp(name, "--", 2) == 0 && strlen(shared) == len - 2 &&
			    memcmp(name + 2, shared, len - 2) == 0)
				return err_set(
					err, STATUS_USAGE,
					_("--%s is for all steps: give it before the first +"),
					shared);
		}
	}
	/* getopt takes the first word for the name of the program */
	if (!options_parse(step, end - begin, argv + begin, err))
		return false;
	return options_check_operands(step, "STEP", 1, 1, err);
}

/* Takes the command line apart. */
static bool parse(struct cli *cli, int argc, char **argv, struct err *err)
{
	const struct cli_command *command = cli->command;
	int end = command->steps ? next_plus(1, argc, argv) : argc;
	cli->options.divided = end < argc;
	bool parsed = options_parse(&cli->options, end, argv, err) &&
		      options_check_operands(&cli->options, command->synopsis,
					     command->operands_min, command->operands_max, err);
	while (parsed && end < argc) {
		int begin = end;
		end = next_plus(begin + 1, argc, argv);
		parsed = parse_step(cli, argc, argv, begin, end, err);
	}
	return parsed;
}

int cli_main(const struct cli_command *command, int argc, char **argv)
{
	open_standard_files();
	set_signals(command->manners & CLI_WRITES);
	set_language();

	struct cli cli = {.command = command};
	struct err err = ERR_INIT;
	read_clock(&cli);
	buf_init(&cli.out);
	options_init(&cli.options, command->options, command->manners);

	cli.turn = &cli.options;
	bool parsed = parse(&cli, argc, argv, &err);
	if (!parsed) {
		/* who mistyped an option wants to see them */
		struct buf hint;
		buf_init(&hint);
		buf_addf(&hint, _("%s (see %s --help)"), err.text, command->name);
		err_set(&err, STATUS_USAGE, "%s", hint.data);
		buf_clear(&hint);
	}
	if (!parsed || !answer(&cli, &err))
		cli_problem(&cli, &err);
	finish_output(&cli);

	options_clear(&cli.options);
	for (size_t i = 0; i < cli.step_count; i++)
		options_clear(&cli.steps[i]);
	free(cli.steps);
	buf_clear(&cli.out);
	err_clear(&err);
	free(cli.recorded);
	return cli.status;
}
