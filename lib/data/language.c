// SPDX-License-Identifier: MIT
// Titles in several languages. Reads the environment, and knows nothing of locales but their names.
#include "data/language.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Whoever speaks one of these reads the Chinese that is written. */
static const char *const chinese[] = {"cmn", "yue", "nan", "hak", "wuu", "lzh"};

/* Adds the language of a locale's NAME of LEN bytes ("zh_HK.UTF-8", "C"); a name that is none says
 * nothing. */
static void add(struct languages *languages, const char *name, size_t len)
{
	size_t letters = 0;
	char code[LANGUAGE_SIZE] = "";
	while (letters < len && letters < LANGUAGE_SIZE && name[letters] >= 'a' &&
	       name[letters] <= 'z')
		letters++;
	bool ends = letters == len || strchr("_.@-", name[letters]);
	if (ends && (letters == 2 || letters == 3))
		memcpy(code, name, letters);
	else if (len && (*name == 'C' || *name == 'P'))
		memcpy(code, "en", 2);
	for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
		if (strcmp(code, chinese[i]) == 0)
			memcpy(code, "zh", sizeof "zh");
	for (size_t i = 0; i < languages->count; i++)
		if (strcmp(languages->codes[i], code) == 0)
			return;
	if (*code && languages->count < LANGUAGES_MAX)
		memcpy(languages->codes[languages->count++], code, sizeof code);
}

void languages_one(struct languages *languages, const char *code)
{
	*languages = (struct languages){0};
	add(languages, code, strlen(code));
}

void languages_read(struct languages *languages)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *locale = NULL, *list = getenv("LANGUAGE");
	for (size_t i = 0; i < sizeof names / sizeof *names && !(locale && *locale); i++)
		locale = getenv(names[i]);
	*languages = (struct languages){0};
	if (!locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0) {
		add(languages, "C", 1);
		return;
	}
	for (size_t len; list && *list; list += len + (list[len] == ':')) {
		len = strcspn(list, ":");
		add(languages, list, len);
	}
	if (!languages->count)
		add(languages, locale, strlen(locale));
}

const char *language_choose(const struct languages *languages, const struct node *title,
			    const struct node *more)
{
	const char *english = node_as_text(title), *text = NULL;
	const struct node *titles = node_pair_count(title) ? title : more;
	if (!english)
		english = node_text(titles, "en");
	for (size_t i = 0; i < languages->count && !text; i++) {
		text = node_text(titles, languages->codes[i]);
		if (!text && strcmp(languages->codes[i], "en") == 0)
			text = english;
	}
	if (!text)
		text = english;
	return text || !node_pair_count(titles) ? text : node_as_text(node_pair(titles, 0)->value);
}

static char plain(char c)
{
	return c == '-' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool says_more(const char *key, const char *title)
{
	while (*key && plain(*key) == plain(*title))
		key++, title++;
	return *key || *title;
}

const char *language_called(struct arena *arena, const char *key, const char *title)
{
	return key && title && says_more(key, title) ? arena_printf(arena, "%s (%s)", key, title)
						     : key;
}
