// SPDX-License-Identifier: MIT
// The reader's language by the environment, as gettext(3) takes it, and the title in it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/language.h"
#include "text/yaml.h"

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

/* ENVIRONMENT: "LANG=zh_CN.UTF-8 LANGUAGE=de:fr". Returns the codes with commas between. */
static const char *reads(const char *environment)
{
	static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
	struct languages languages;
	const char *codes = "";
	char *text = arena_dup(&arena, environment), *one;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	while ((one = strsep(&text, " "))) {
		char *value = strchr(one, '=');
		if (!value)
			continue;
		*value = '\0';
		setenv(one, value + 1, 1);
	}
	languages_read(&languages);
	for (size_t i = 0; i < languages.count; i++)
		codes = arena_printf(&arena, "%s%s%s", codes, *codes ? "," : "",
				     languages.codes[i]);
	return codes;
}

static void the_locale_says_the_language(void **state)
{
	(void)state;
	assert_string_equal(reads("LANG=zh_CN.UTF-8"), "zh");
	assert_string_equal(reads("LANG=zh_HK"), "zh");
	assert_string_equal(reads("LANG=zh_TW.Big5"), "zh");
	assert_string_equal(reads("LANG=yue_HK"), "zh");
	assert_string_equal(reads("LANG=cmn_TW.UTF-8"), "zh");
	assert_string_equal(reads("LANG=zh"), "zh");
	assert_string_equal(reads("LANG=en_US.UTF-8"), "en");
	assert_string_equal(reads("LANG=de_DE@euro"), "de");
	assert_string_equal(reads("LANG=fil_PH"), "fil");
	assert_string_equal(reads("LANG=C.UTF-8"), "en");
	assert_string_equal(reads("LANG=C"), "en");
	assert_string_equal(reads("LANG=POSIX"), "en");
	assert_string_equal(reads(""), "en");
	assert_string_equal(reads("LANG="), "en");
}

static void the_first_that_is_set_is_the_locale(void **state)
{
	(void)state;
	assert_string_equal(reads("LC_ALL=en_GB LC_MESSAGES=de_DE LANG=zh_CN"), "en");
	assert_string_equal(reads("LC_ALL= LC_MESSAGES=de_DE LANG=zh_CN"), "de");
	assert_string_equal(reads("LC_ALL= LC_MESSAGES= LANG=zh_CN"), "zh");
	assert_string_equal(reads("LC_ALL=C LANG=zh_CN"), "en");
}

static void a_list_is_tried_in_its_order(void **state)
{
	(void)state;
	assert_string_equal(reads("LANGUAGE=zh_CN:en LANG=de_DE"), "zh,en");
	assert_string_equal(reads("LANGUAGE=zh_HK:zh_TW:zh LANG=en_US"), "zh");
	assert_string_equal(reads("LANGUAGE=zh LANG=C.UTF-8"), "zh");
	assert_string_equal(reads("LANGUAGE=de::fr LANG=en_US"), "de,fr");
	assert_string_equal(reads("LANGUAGE= LANG=zh_CN"), "zh");
	/* as gettext: who asks for C gets C */
	assert_string_equal(reads("LANGUAGE=zh LANG=C"), "en");
	assert_string_equal(reads("LANGUAGE=zh LC_ALL=POSIX LANG=zh_CN"), "en");
	assert_string_equal(reads("LANGUAGE=zh"), "en");
	assert_string_equal(reads("LANGUAGE=aa:ab:ac:ad:ae:af:ag:ah:ai LANG=en_US"),
			    "aa,ab,ac,ad,ae,af,ag,ah");
}

static void what_names_no_language_is_passed_over(void **state)
{
	(void)state;
	assert_string_equal(reads("LANGUAGE=../../etc:zh LANG=en_US"), "zh");
	assert_string_equal(reads("LANGUAGE=chinese:ZH:z:zhx1 LANG=de_DE"), "de");
	assert_string_equal(reads("LANG=klingon"), "");
}

/* The title TEXT says for a reader of CODES, with MORE beside it. */
static const char *chosen(const char *text, const char *more, const char *codes)
{
	struct err err = ERR_INIT;
	struct node *title = NULL, *others = NULL;
	struct languages languages;
	assert_true(yaml_read_one(&arena, "t", text, strlen(text), &title, &err));
	assert_true(!more || yaml_read_one(&arena, "t", more, strlen(more), &others, &err));
	setenv("LANG", "en_US", 1);
	setenv("LANGUAGE", codes, 1);
	languages_read(&languages);
	return language_choose(&languages, title, others);
}

static void a_title_is_the_readers(void **state)
{
	(void)state;
	assert_string_equal(chosen("{zh: 报修, en: repair}", NULL, "zh"), "报修");
	assert_string_equal(chosen("{zh: 报修, en: repair}", NULL, "en"), "repair");
	assert_string_equal(chosen("{zh: 报修, en: repair}", NULL, "de"), "repair");
	assert_string_equal(chosen("{zh: 报修, en: repair}", NULL, "de:zh"), "报修");
	assert_string_equal(chosen("{en: repair}", NULL, "zh"), "repair");
	assert_string_equal(chosen("{zh: 报修}", NULL, "en"), "报修");
	assert_string_equal(chosen("{ja: 修理, zh: 报修}", NULL, "de"), "修理");
	assert_string_equal(chosen("报修", NULL, "en"), "报修");
	assert_string_equal(chosen("repair", NULL, "zh"), "repair");
}

static void a_title_with_more_beside_it_is_the_english_one(void **state)
{
	(void)state;
	assert_string_equal(chosen("Unit", "{zh: 房号}", "zh"), "房号");
	assert_string_equal(chosen("Unit", "{zh: 房号}", "en:zh"), "Unit");
	assert_string_equal(chosen("Unit", "{zh: 房号}", "de"), "Unit");
	assert_string_equal(chosen("房号", "{en: Unit}", "en"), "Unit");
	assert_string_equal(chosen("房号", "{en: Unit}", "zh"), "房号");
	assert_null(language_choose(&(struct languages){0}, NULL, NULL));
}

static void a_title_that_says_no_more_than_the_key_is_left_out(void **state)
{
	(void)state;
	assert_string_equal(language_called(&arena, "drain", "下水堵塞"), "drain (下水堵塞)");
	assert_string_equal(language_called(&arena, "drain", "Blocked drain"),
			    "drain (Blocked drain)");
	assert_string_equal(language_called(&arena, "work-slip", "Work slip"), "work-slip");
	assert_string_equal(language_called(&arena, "repair", "Repairs"), "repair (Repairs)");
	assert_string_equal(language_called(&arena, "repairs", "Repair"), "repairs (Repair)");
	assert_string_equal(language_called(&arena, "drain", NULL), "drain");
	assert_null(language_called(&arena, NULL, "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_locale_says_the_language),
		cmocka_unit_test(the_first_that_is_set_is_the_locale),
		cmocka_unit_test(a_list_is_tried_in_its_order),
		cmocka_unit_test(what_names_no_language_is_passed_over),
		cmocka_unit_test(a_title_is_the_readers),
		cmocka_unit_test(a_title_with_more_beside_it_is_the_english_one),
		cmocka_unit_test(a_title_that_says_no_more_than_the_key_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
