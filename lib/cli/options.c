// SPDX-License-Identifier: MIT
// Tables of options, and what a command line gives to them.
#include "cli/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/gettext.h"
#include "base/mem.h"
#include "base/utf8.h"

#define WIDTH 80u       /* of --help */
#define HELP_COLUMN 26u /* where the help of an option begins */
#define LONG_BASE 256   /* getopt's values of long options begin above every letter */

/* Hidden from --help and from itself. */
static const char listing[] = "options";

static const struct {
	unsigned manner; /* 0: every command */
	struct cli_option option;
} shared[] = {
	{CLI_LEDGER,
	 {'C', "ledger", "DIR",
	  N_("the ledger; without it, $KEFU_LEDGER, else the nearest one upwards"), false}},
	{CLI_LEDGER, {0, "now", "TIME", N_("take this as the present time"), false}},
	{CLI_FORMAT,
	 {0, "format", "table|tsv|csv|json|yaml", N_("the format of the output"), false}},
	{CLI_FORMAT, {0, "no-header", NULL, N_("leave out the heading"), false}},
	{CLI_WRITES, {0, "by", "PERSON", N_("the person who did it, when that is not you"), false}},
	{CLI_WRITES, {0, "at", "TIME", N_("when it happened, if that is not now"), false}},
	{CLI_WRITES,
	 {0, "request-id", "ID",
	  N_("a name for this request: a retry under it records nothing twice"), false}},
	{CLI_WRITES,
	 {0, "dry-run", NULL, N_("check everything, print what would be recorded, write nothing"),
	  false}},
	{0, {'q', "quiet", NULL, N_("print errors only, no notes"), false}},
	{0, {'h', "help", NULL, N_("print this and exit"), false}},
	{0, {0, "version", NULL, N_("print the version and exit"), false}},
	{0, {0, listing, NULL, "", false}},
};

void options_init(struct options *options, const struct cli_option *own, unsigned manners)
{
	size_t room = sizeof shared / sizeof *shared;
	size_t entries = 0;
	*options = (struct options){.letters = own};
	while (own && own[entries].name)
		entries++;
	options->table = mem_array(entries + room, sizeof *options->table);
	for (size_t i = 0; i < entries; i++)
		if (own[i].help)
			options->table[options->count++] = &own[i];
	options->own = options->count;
	for (size_t i = 0; i < room; i++) {
		if (manners != CLI_ALONE && (!shared[i].manner || (shared[i].manner & manners)))
			options->table[options->count++] = &shared[i].option;
	}
	options->given = mem_array(options->count, sizeof *options->given);
}

void options_clear(struct options *options)
{
	for (size_t i = 0; i < options->count; i++)
		free(options->given[i].values);
	free(options->given);
	free(options->table);
	free(options->operands);
	*options = (struct options){0};
}

const struct option_values *options_find(const struct options *options, const char *name)
{
	for (size_t i = 0; i < options->count; i++) {
		if (!strcmp(options->table[i]->name, name))
			return &options->given[i];
	}
	return NULL;
}

bool options_given(const struct options *options, const char *name)
{
	const struct option_values *values = options_find(options, name);
	return values && values->count;
}

/* Whether WORD is one of CHOICES, "a|b|c". */
static bool choice_has(const char *choices, const char *word)
{
	size_t len = strlen(word);
	for (const char *choice = choices; choice;) {
		size_t span = strcspn(choice, "|");
		if (span == len && !memcmp(choice, word, len))
			return true;
		choice = choice[span] ? choice + span + 1 : NULL;
	}
	return false;
}

static bool check_utf8(const char *text, struct err *err)
{
	if (utf8_check(text, strlen(text)) == strlen(text))
		return true;
	return err_set(err, STATUS_USAGE, _("“%s” is not UTF-8"), text);
}

static bool option_take(struct options *options, size_t index, const char *value, struct err *err)
{
	const struct cli_option *option = options->table[index];
	struct option_values *values = &options->given[index];
	if (value && !check_utf8(value, err))
		return false;
	if (value && strchr(option->argument, '|') && !choice_has(option->argument, value))
		return err_set(err, STATUS_USAGE, _("--%s: “%s” is not one of %s"), option->name,
			       value, option->argument);
	values->values = mem_room(values->values, values->count, 1, sizeof *values->values);
	values->values[values->count++] = value;
	return true;
}

static bool operand_take(struct options *options, const char *text, struct err *err)
{
	if (!check_utf8(text, err))
		return false;
	options->operands =
		mem_room(options->operands, options->operand_count, 1, sizeof *options->operands);
	options->operands[options->operand_count++] = text;
	return true;
}

/* The option behind a value of getopt's; COUNT when there is none. */
static size_t option_index(const struct options *options, int value)
{
	size_t index = 0;
	if (value >= LONG_BASE)
		return (size_t)value - LONG_BASE;
	while (index < options->count && (!value || options->table[index]->letter != value))
		index++;
	return index;
}

/* The option that LETTER once stood for, where that takes VALUE (NULL: whatever it takes). */
static const struct cli_option *option_once(const struct options *options, int letter,
					    const char *value)
{
	const struct cli_option *once = options->letters;
	while (once && once->name && (once->help || once->letter != letter))
		once++;
	for (size_t i = 0; once && once->name && i < options->own; i++) {
		const struct cli_option *option = options->table[i];
		if (strcmp(option->name, once->name) == 0)
			return !value || (option->argument && strchr(option->argument, '|') &&
					  choice_has(option->argument, value))
				       ? option
				       : NULL;
	}
	return NULL;
}

/* What to write in place of a letter that means something else now, or nothing. */
static bool refuse_old_letter(const struct cli_option *once, int letter, struct err *err)
{
	if (once->letter)
		return err_set(err, STATUS_USAGE, _("-%c has become -%c: write -%c or --%s"),
			       letter, once->letter, once->letter, once->name);
	return err_set(err, STATUS_USAGE, _("-%c has become --%s: write that"), letter, once->name);
}

/* Says why getopt did not take WORD, or a letter in it. */
static bool option_refuse(const struct options *options, int answer, const char *word,
			  struct err *err)
{
	size_t index = option_index(options, optopt);
	const struct cli_option *option = index < options->count ? options->table[index] : NULL;
	if (option && answer == ':' && options->divided)
		return err_set(err, STATUS_USAGE,
			       _("--%s needs %s, but the + behind it begins a further step; a + "
				 "itself is written --%s=+"),
			       option->name, option->argument, option->name);
	if (option && answer == ':')
		return err_set(err, STATUS_USAGE, _("--%s needs %s"), option->name,
			       option->argument);
	if (option)
		return err_set(err, STATUS_USAGE, _("--%s takes no argument"), option->name);
	const struct cli_option *once = option_once(options, optopt, NULL);
	if (once)
		return refuse_old_letter(once, optopt, err);
	if (strncmp(word, "--", 2) && optopt > ' ' && optopt < 0x7f)
		return err_set(err, STATUS_USAGE, _("unknown option -%c"), optopt);
	return err_set(err, STATUS_USAGE, _("unknown option %.*s"), (int)strcspn(word, "="), word);
}

/* Whether WORD, "--name" or "--name=value", names OPTION in full: getopt_long also takes any prefix
 * that is not ambiguous. */
static bool name_is_whole(const char *word, const struct cli_option *option)
{
	size_t len = strlen(option->name);
	return !strncmp(word + 2, option->name, len) &&
	       (word[2 + len] == '\0' || word[2 + len] == '=');
}

static bool options_walk(struct options *options, int argc, char **argv, const char *letters,
			 const struct option *names, struct err *err)
{
	optind = 0; /* begin anew */
	opterr = 0;
	for (;;) {
		const char *word = argv[optind ? optind : 1];
		optopt = 0;
		int answer = getopt_long(argc, argv, letters, names, NULL);
		if (answer == -1)
			break;
		if (answer == 1) {
			if (!operand_take(options, optarg, err))
				return false;
			continue;
		}
		if (answer == '?' || answer == ':')
			return option_refuse(options, answer, word, err);
		size_t index = option_index(options, answer);
		if (answer >= LONG_BASE && !name_is_whole(word, options->table[index]))
			return err_set(err, STATUS_USAGE,
				       _("unknown option %.*s: names are written in full"),
				       (int)strcspn(word, "="), word);
		const char *value = options->table[index]->argument ? optarg : NULL;
		/* A word that only the letter's old option can mean is an old script's. */
		const struct cli_option *once =
			value && answer < LONG_BASE ? option_once(options, answer, value) : NULL;
		if (once)
			return refuse_old_letter(once, answer, err);
		if (!option_take(options, index, value, err))
			return false;
	}
	for (int i = optind; i < argc; i++) {
		if (!operand_take(options, argv[i], err))
			return false;
	}
	return true;
}

bool options_check_operands(const struct options *options, const char *synopsis, int min, int max,
			    struct err *err)
{
	size_t count = options->operand_count;
	if (options_given(options, "help") || options_given(options, "version") ||
	    options_given(options, listing))
		return true;
	if (max == 0 && count)
		return err_set(err, STATUS_USAGE, _("unexpected “%s”: it takes no operands"),
			       options->operands[0]);
	if (count < (size_t)min)
		return err_set(err, STATUS_USAGE, _("too few operands: it takes %s"), synopsis);
	if (max >= 0 && count > (size_t)max)
		return err_set(err, STATUS_USAGE, _("unexpected “%s”: it takes %s"),
			       options->operands[max], synopsis);
	return true;
}

bool options_parse(struct options *options, int argc, char **argv, struct err *err)
{
	struct option *names = mem_array(options->count + 1, sizeof *names);
	struct buf letters;
	buf_init(&letters);
	buf_adds(&letters, "-:"); /* operands in order, as option 1; a missing argument is ':' */
	for (size_t i = 0; i < options->count; i++) {
		const struct cli_option *option = options->table[i];
		names[i] = (struct option){
			.name = option->name,
			.has_arg = option->argument ? required_argument : no_argument,
			.val = LONG_BASE + (int)i,
		};
		if (option->letter) {
			buf_addc(&letters, option->letter);
			buf_adds(&letters, option->argument ? ":" : "");
		}
	}
	bool done = argc <= 1 || options_walk(options, argc, argv, letters.data, names, err);
	buf_clear(&letters);
	free(names);
	return done;
}

/* Adds TEXT broken at spaces (or anywhere, when a word is too long, or the
 * script has no spaces) into lines from COLUMN to WIDTH; the first line begins where OUT is. */
static void add_wrapped(struct buf *out, const char *text, size_t column)
{
	size_t len = strlen(text), room = WIDTH - column;
	while (utf8_width(text, len) > room) {
		size_t fit = utf8_fit(text, len, room), cut = fit;
		while (cut && text[cut] != ' ')
			cut--;
		buf_add(out, text, cut ? cut : fit);
		buf_addc(out, '\n');
		buf_fill(out, ' ', column);
		cut = cut ? cut + 1 : fit;
		text += cut;
		len -= cut;
	}
	buf_add(out, text, len);
	buf_addc(out, '\n');
}

static const char *translated(const char *text)
{
	return *text ? gettext(text) : ""; /* of "" gettext gives the catalogue's header */
}

static void option_help(const struct cli_option *option, struct buf *out)
{
	struct buf left, help;
	buf_init(&left);
	buf_init(&help);
	if (option->letter)
		buf_addf(&left, "  -%c, --%s", option->letter, option->name);
	else
		buf_addf(&left, "      --%s", option->name);
	if (option->argument)
		buf_addf(&left, " %s", option->argument);
	buf_adds(&help, translated(option->help));
	if (option->repeat)
		buf_addf(&help, " (%s)", _("may be repeated"));

	buf_add(out, left.data, left.len);
	size_t width = utf8_width(left.data, left.len);
	if (width + 2 > HELP_COLUMN) {
		buf_addc(out, '\n');
		width = 0;
	}
	buf_fill(out, ' ', HELP_COLUMN - width);
	add_wrapped(out, help.data, HELP_COLUMN);
	buf_clear(&left);
	buf_clear(&help);
}

void options_help(const struct options *options, struct buf *out)
{
	for (size_t i = 0; i < options->count; i++) {
		if (i == 0 || i == options->own)
			buf_addf(out, "\n%s\n",
				 i < options->own ? _("Options:")
						  : _("Options that other commands take, too:"));
		if (options->table[i]->name != listing)
			option_help(options->table[i], out);
	}
}

void options_wrap(const char *text, struct buf *out)
{
	add_wrapped(out, text, 0);
}

void options_list(const struct options *options, struct buf *out)
{
	for (size_t i = 0; i < options->count; i++) {
		const struct cli_option *option = options->table[i];
		if (option->name == listing)
			continue;
		if (option->letter)
			buf_addf(out, "-%c", option->letter);
		buf_addf(out, "\t--%s\t%s\t%s\n", option->name,
			 option->argument ? option->argument : "", translated(option->help));
	}
}
