// SPDX-License-Identifier: MIT
// What an unquoted YAML scalar means, and whether all YAML readers agree on it.
#include "text/plain.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_sign(char byte)
{
	return byte == '+' || byte == '-';
}

static bool is_text(const char *text, size_t len, const char *wanted)
{
	return strlen(wanted) == len && memcmp(text, wanted, len) == 0;
}

/* WORDS are in lower case. */
static bool in_words(const char *text, size_t len, const char *const *words)
{
	for (; len && *words; words++)
		if ((text[0] | 0x20) == **words && strlen(*words) == len &&
		    strncasecmp(text, *words, len) == 0)
			return true;
	return false;
}

/* The length of the run of bytes from SET at the start of TEXT. */
static size_t run(const char *text, size_t len, const char *set)
{
	size_t i = 0;
	while (i < len && text[i] && strchr(set, text[i]))
		i++;
	return i;
}

static const char digits[] = "0123456789";

static bool is_decimal(const char *text, size_t len)
{
	size_t i = len && text[0] == '-';
	size_t whole = run(text + i, len - i, digits);
	if (!whole || (whole > 1 && text[i] == '0'))
		return false;
	i += whole;
	if (i == len)
		return true;
	return text[i] == '.' && i + 1 < len &&
	       run(text + i + 1, len - i - 1, digits) == len - i - 1;
}

/* Any spelling of a number some reader knows: 0755, 0o14, 0b1, 0x1F, 1_000,
 * 1,000, 1.2.3 (a float of YAML 1.1), .5, 1e5, +1, .inf, 12:30, 190:20:30.15. */
static bool is_numeric(const char *text, size_t len)
{
	static const char *const floats[] = {".inf", ".nan", NULL};
	size_t i = len && is_sign(text[0]);
	text += i;
	len -= i;
	if (in_words(text, len, floats))
		return true;
	if (len > 2 && text[0] == '0') {
		const char *set = strchr("bB", text[1])   ? "01_"
				  : strchr("oO", text[1]) ? "01234567_"
				  : strchr("xX", text[1]) ? "0123456789abcdefABCDEF_"
							  : "";
		if (run(text + 2, len - 2, set) == len - 2)
			return true;
	}
	if (!len || (!is_digit(text[0]) && text[0] != '.'))
		return false;
	i = run(text, len, "0123456789_.,");
	while (i + 1 < len && text[i] == ':' && is_digit(text[i + 1]))
		i += 1 + run(text + i + 1, len - i - 1, "0123456789_.");
	if (i < len && (text[i] == 'e' || text[i] == 'E')) {
		i++;
		i += i < len && is_sign(text[i]);
		size_t exponent = run(text + i, len - i, "0123456789_");
		if (!exponent)
			return false;
		i += exponent;
	}
	return i == len;
}

/* 2026-11-21, and the same with anything that looks like a time of day after it. */
static bool is_timestamp(const char *text, size_t len)
{
	size_t i = len && text[0] == '-';
	size_t year = run(text + i, len - i, digits);
	if (year != 4)
		return false;
	i += year;
	for (int part = 0; part < 2; part++) {
		if (i == len || text[i] != '-')
			return false;
		i++;
		size_t width = run(text + i, len - i, digits);
		if (!width || width > 2)
			return false;
		i += width;
	}
	if (i == len)
		return true;
	size_t gap = run(text + i, len - i, " \tTt");
	return gap && i + gap < len && is_digit(text[i + gap]);
}

/* TEXT is not empty. */
static bool is_yaml_word(const char *text, size_t len)
{
	static const char *const words[] = {"y",     "n",    "yes", "no", "on", "off", "true",
					    "false", "null", "~",   "=",  "<<", NULL};
	/* the first letter and the length rule out nearly all text; this runs for every key */
	return len <= 5 && strchr("yYnNoOtTfF~=<", text[0]) && in_words(text, len, words);
}

enum plain plain_resolve(const char *text, size_t len)
{
	if (!len)
		return PLAIN_UNCLEAR;
	if (is_yaml_word(text, len))
		return is_text(text, len, "true")    ? PLAIN_TRUE
		       : is_text(text, len, "false") ? PLAIN_FALSE
		       : is_text(text, len, "null")  ? PLAIN_NULL
						     : PLAIN_UNCLEAR;
	if (!is_digit(text[0]) && !is_sign(text[0]) && text[0] != '.')
		return PLAIN_STRING;
	if (is_decimal(text, len))
		return PLAIN_NUMBER;
	return is_numeric(text, len) || is_timestamp(text, len) ? PLAIN_UNCLEAR : PLAIN_STRING;
}

bool plain_is_word(const char *text, size_t len)
{
	static const char *const number_words[] = {"nan", "inf", "infinity", NULL};
	return len && (is_yaml_word(text, len) || in_words(text, len, number_words));
}
