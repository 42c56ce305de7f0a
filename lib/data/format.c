// SPDX-License-Identifier: MIT
// The formats that the keyword `format` of JSON Schemas can check.
#include "data/format.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/err.h"
#include "data/uri.h"
#include "text/pattern.h"

struct text {
	const char *at, *end;
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_hex(char byte)
{
	return is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

static bool take_byte(struct text *text, const char *any_of)
{
	if (text->at == text->end || !*text->at || !strchr(any_of, *text->at))
		return false;
	text->at++;
	return true;
}

/* Exactly COUNT digits, their value between LEAST and MOST. */
static bool take_number(struct text *text, int count, int least, int most, int *value)
{
	*value = 0;
	for (int i = 0; i < count; i++) {
		if (text->at == text->end || !is_digit(*text->at))
			return false;
		*value = *value * 10 + (*text->at++ - '0');
	}
	return *value >= least && *value <= most;
}

static bool take_date(struct text *text)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year, month, day;
	if (!take_number(text, 4, 0, 9999, &year) || !take_byte(text, "-") ||
	    !take_number(text, 2, 1, 12, &month) || !take_byte(text, "-"))
		return false;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return take_number(text, 2, 1, days[month - 1] + (month == 2 && leap), &day);
}

static bool take_time(struct text *text)
{
	int hour, minute, second, zone_hour = 0, zone_minute = 0;
	if (!take_number(text, 2, 0, 23, &hour) || !take_byte(text, ":") ||
	    !take_number(text, 2, 0, 59, &minute) || !take_byte(text, ":") ||
	    !take_number(text, 2, 0, 60, &second))
		return false;
	if (take_byte(text, ".")) {
		const char *first = text->at;
		while (text->at < text->end && is_digit(*text->at))
			text->at++;
		if (text->at == first)
			return false;
	}
	if (!take_byte(text, "zZ")) {
		int sign = take_byte(text, "-") ? -1 : 1;
		if ((sign > 0 && !take_byte(text, "+")) ||
		    !take_number(text, 2, 0, 23, &zone_hour) || !take_byte(text, ":") ||
		    !take_number(text, 2, 0, 59, &zone_minute))
			return false;
		zone_hour *= sign;
		zone_minute *= sign;
	}
	if (second < 60)
		return true;
	/* A leap second is the last of a UTC day. */
	int utc = (hour - zone_hour) * 60 + minute - zone_minute;
	return (utc + 2 * 24 * 60) % (24 * 60) == 24 * 60 - 1;
}

static bool is_date(const char *bytes, size_t len)
{
	struct text text = {bytes, bytes + len};
	return take_date(&text) && text.at == text.end;
}

static bool is_time(const char *bytes, size_t len)
{
	struct text text = {bytes, bytes + len};
	return take_time(&text) && text.at == text.end;
}

static bool is_date_time(const char *bytes, size_t len)
{
	struct text text = {bytes, bytes + len};
	return take_date(&text) && take_byte(&text, "tT") && take_time(&text) &&
	       text.at == text.end;
}

static bool is_uuid(const char *text, size_t len)
{
	if (len != 36)
		return false;
	for (size_t i = 0; i < len; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !is_hex(text[i]))
			return false;
	return true;
}

static bool is_atom_byte(char byte)
{
	return is_letter(byte) || is_digit(byte) || (byte && strchr("!#$%&'*+/=?^_`{|}~-", byte));
}

/* The part before the @: atoms with dots between them, or a quoted string. */
static bool is_local_part(const char *text, size_t len)
{
	if (len >= 2 && text[0] == '"' && text[len - 1] == '"') {
		for (size_t i = 1; i < len - 1; i++) {
			if (text[i] < ' ' || text[i] > '~' || text[i] == '"')
				return false;
			if (text[i] == '\\' && ++i == len - 1)
				return false;
		}
		return true;
	}
	for (size_t i = 0; i < len; i++) {
		bool dot_between = text[i] == '.' && i > 0 && i + 1 < len && text[i - 1] != '.';
		if (!dot_between && !is_atom_byte(text[i]))
			return false;
	}
	return len > 0;
}

static bool is_domain(const char *text, size_t len)
{
	size_t label = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '.') {
			if (!label || text[i - 1] == '-')
				return false;
			label = 0;
		} else if (is_letter(text[i]) || is_digit(text[i]) || (text[i] == '-' && label)) {
			if (++label > 63)
				return false;
		} else {
			return false;
		}
	}
	return label && text[len - 1] != '-';
}

/* An address in brackets, as RFC 5321 4.1.3 has it. */
static bool is_address(const char *text, size_t len)
{
	char address[INET6_ADDRSTRLEN];
	unsigned char bytes[sizeof(struct in6_addr)];
	if (len < 3 || text[0] != '[' || text[len - 1] != ']')
		return false;
	bool six = len > 7 && memcmp(text + 1, "IPv6:", 5) == 0;
	const char *start = text + (six ? 6 : 1);
	size_t address_len = (size_t)(text + len - 1 - start);
	if (address_len >= sizeof address)
		return false;
	memcpy(address, start, address_len);
	address[address_len] = '\0';
	return inet_pton(six ? AF_INET6 : AF_INET, address, bytes) == 1;
}

static bool is_email(const char *text, size_t len)
{
	const char *at = memrchr(text, '@', len);
	if (!at)
		return false;
	size_t local = (size_t)(at - text), domain = len - local - 1;
	return is_local_part(text, local) &&
	       (is_domain(at + 1, domain) || is_address(at + 1, domain));
}

static bool is_uri(const char *text, size_t len)
{
	return uri_is_valid(text, len, true);
}

static bool is_uri_reference(const char *text, size_t len)
{
	return uri_is_valid(text, len, false);
}

static bool is_json_pointer(const char *text, size_t len)
{
	if (len && text[0] != '/')
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] == '~' && (i + 1 == len || (text[i + 1] != '0' && text[i + 1] != '1')))
			return false;
	return true;
}

static bool is_regex(const char *text, size_t len)
{
	struct err err = ERR_INIT;
	struct pattern *pattern = pattern_new(text, len, false, &err);
	err_clear(&err);
	pattern_free(pattern);
	return pattern;
}

format_check format_find(const char *name)
{
	static const struct {
		const char *name;
		format_check check;
	} formats[] = {
		{"date", is_date},
		{"time", is_time},
		{"date-time", is_date_time},
		{"uuid", is_uuid},
		{"email", is_email},
		{"uri", is_uri},
		{"uri-reference", is_uri_reference},
		{"json-pointer", is_json_pointer},
		{"regex", is_regex},
	};
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].check;
	return NULL;
}
