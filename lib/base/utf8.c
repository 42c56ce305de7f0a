// SPDX-License-Identifier: MIT
// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing past U+10FFFF.
#include "base/utf8.h"

#include <string.h>

struct range {
	uint32_t first, last;
};

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (code > ranges[middle].last)
			low = middle + 1;
		else if (code < ranges[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

#define IN(code, ranges) in_ranges(code, ranges, sizeof ranges / sizeof *ranges)

size_t utf8_decode(const char *text, size_t len, uint32_t *code)
{
	if (!len)
		return 0;
	const unsigned char *s = (const unsigned char *)text;
	if (s[0] < 0x80) {
		*code = s[0];
		return 1;
	}
	size_t need = s[0] >= 0xf0 && s[0] <= 0xf4  ? 4
		      : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
		      : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
						    : 0;
	if (!need || need > len)
		return 0;
	uint32_t value = need == 4 ? s[0] & 0x07u : need == 3 ? s[0] & 0x0fu : s[0] & 0x1fu;
	for (size_t i = 1; i < need; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (s[i] & 0x3fu);
	}
	if ((need == 3 && value < 0x800) || (need == 4 && value < 0x10000) || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return need;
}

size_t utf8_encode(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

size_t utf8_check(const char *text, size_t len)
{
	size_t i = 0;
	while (i < len) {
		/* eight ASCII bytes at a time: most of every file */
		while (len - i >= 8) {
			uint64_t word;
			memcpy(&word, text + i, 8);
			if (word & 0x8080808080808080u)
				break;
			i += 8;
		}
		if (i == len)
			break;
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		if (!used)
			return i;
		i += used;
	}
	return len;
}

bool utf8_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

bool utf8_is_hidden(uint32_t code)
{
	/* tests/unit/visible.bats compares them with the properties that perl has */
	static const struct range hidden[] = {
		{0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x061c, 0x061c},   {0x115f, 0x1160},
		{0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
		{0x2060, 0x206f},   {0x3164, 0x3164},   {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},
		{0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0xfffe, 0xffff},
		{0x13430, 0x13438}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
	};
	return code >= 0xad && (IN(code, hidden) || (code & 0xfffe) == 0xfffe);
}

/* The character before AT; 0 when there is none. */
static uint32_t code_before(const char *text, size_t *at)
{
	size_t start = *at;
	uint32_t code = 0;
	while (start > 0 && *at - start < 4) {
		start--;
		if (((unsigned char)text[start] & 0xc0) != 0x80)
			break;
	}
	if (utf8_decode(text + start, *at - start, &code) != *at - start)
		return 0;
	*at = start;
	return code;
}

/* Scripts whose spelling has joiners (UAX #31, A1 and A2): those that join as Arabic does, and
 * those of India and around it. */
static bool takes_joiners(uint32_t code)
{
	static const struct range scripts[] = {
		{0x0620, 0x065f}, {0x066e, 0x06d3}, {0x06d5, 0x06dc}, {0x06fa, 0x06ff},
		{0x0710, 0x074a}, {0x074d, 0x07b1}, {0x07ca, 0x07f5}, {0x0840, 0x085b},
		{0x0860, 0x0887}, {0x0889, 0x088e}, {0x0898, 0x08e1}, {0x08e3, 0x0963},
		{0x0971, 0x0df3}, {0x1000, 0x109d}, {0x1780, 0x17b3}, {0x17b6, 0x17d3},
		{0x1820, 0x1878}, {0x1880, 0x18aa}, {0xa840, 0xa873}, {0xa8e0, 0xa8ff},
	};
	return IN(code, scripts);
}

static bool is_virama(uint32_t code)
{
	static const struct range viramas[] = {
		{0x094d, 0x094d}, {0x09cd, 0x09cd}, {0x0a4d, 0x0a4d}, {0x0acd, 0x0acd},
		{0x0b4d, 0x0b4d}, {0x0bcd, 0x0bcd}, {0x0c4d, 0x0c4d}, {0x0ccd, 0x0ccd},
		{0x0d4d, 0x0d4d}, {0x0dca, 0x0dca}, {0x1039, 0x1039}, {0x17d2, 0x17d2},
	};
	return IN(code, viramas);
}

/* The blocks that hold all emoji but digits, # and *, and other pictures and signs. */
static bool is_pictograph(uint32_t code)
{
	static const struct range pictographs[] = {
		{0x00a9, 0x00a9}, {0x00ae, 0x00ae}, {0x203c, 0x203c}, {0x2049, 0x2049},
		{0x2122, 0x2122}, {0x2139, 0x2139}, {0x2190, 0x21ff}, {0x2300, 0x23ff},
		{0x2460, 0x27bf}, {0x2900, 0x297f}, {0x2b00, 0x2bff}, {0x3030, 0x3030},
		{0x303d, 0x303d}, {0x3297, 0x3297}, {0x3299, 0x3299}, {0x1f000, 0x1faff},
	};
	return IN(code, pictographs);
}

static bool is_han(uint32_t code)
{
	static const struct range han[] = {
		{0x3400, 0x4dbf},
		{0x4e00, 0x9fff},
		{0xf900, 0xfad9},
		{0x20000, 0x323af},
	};
	return IN(code, han);
}

static bool may_vary(uint32_t code, uint32_t selector)
{
	if (selector == 0xfe0e || selector == 0xfe0f)
		return is_pictograph(code) || code == '#' || code == '*' ||
		       (code >= '0' && code <= '9');
	if (selector < 0x1810) /* Mongolian */
		return (code >= 0x1820 && code <= 0x1878) || (code >= 0x1880 && code <= 0x18aa);
	return is_han(code);
}

bool utf8_is_hidden_at(const char *text, size_t len, size_t at, uint32_t code)
{
	if (!utf8_is_hidden(code))
		return false;
	bool joiner = code == 0x200c || code == 0x200d;
	bool selector = (code >= 0x180b && code <= 0x180d) || code == 0x180f ||
			(code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
	if (!joiner && !selector)
		return true;
	size_t before_at = at;
	uint32_t before = code_before(text, &before_at), after = 0;
	if (selector)
		return !may_vary(before, code);
	at += 3;
	utf8_decode(text + at, len - at, &after);
	if (is_virama(before) || (takes_joiners(before) && takes_joiners(after)))
		return false;
	if (before == 0xfe0f)
		before = code_before(text, &before_at);
	return code != 0x200d || !is_pictograph(before) || !is_pictograph(after);
}

bool utf8_is_letter(uint32_t code)
{
	static const struct range letters[] = {
		{'A', 'Z'},         {'a', 'z'},         {0x00c0, 0x00d6},   {0x00d8, 0x00f6},
		{0x00f8, 0x02af},   {0x0386, 0x0386},   {0x0388, 0x038a},   {0x038e, 0x03a1},
		{0x03a3, 0x03f5},   {0x0400, 0x0481},   {0x048a, 0x052f},   {0x1e00, 0x1eff},
		{0x3041, 0x3096},   {0x30a1, 0x30fa},   {0x3105, 0x312f},   {0x31a0, 0x31bf},
		{0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xac00, 0xd7a3},   {0xf900, 0xfa6d},
		{0xfa70, 0xfad9},   {0x20000, 0x2a6df}, {0x2a700, 0x2ebe0}, {0x2f800, 0x2fa1d},
		{0x30000, 0x323af},
	};
	return IN(code, letters);
}

static size_t code_width(uint32_t code)
{
	static const struct range zero[] = {
		{0x0300, 0x036f}, {0x0483, 0x0489},   {0x0591, 0x05bd}, {0x0610, 0x061a},
		{0x064b, 0x065f}, {0x0e31, 0x0e31},   {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
		{0x1ab0, 0x1aff}, {0x180b, 0x180f},   {0x1dc0, 0x1dff}, {0x200b, 0x200d},
		{0x20d0, 0x20ff}, {0x302a, 0x302d},   {0x3099, 0x309a}, {0xfe00, 0xfe0f},
		{0xfe20, 0xfe2f}, {0xe0100, 0xe01ef},
	};
	static const struct range wide[] = {
		{0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
		{0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
		{0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
		{0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},
		{0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
		{0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
		{0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},
		{0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
		{0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
		{0x3041, 0x3247},   {0x3250, 0x4dbf},   {0x4e00, 0xa4c6},   {0xa960, 0xa97c},
		{0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},
		{0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cd5}, {0x1b000, 0x1b2fb},
		{0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a},
		{0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393},
		{0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4},
		{0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d},
		{0x1f54b, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
		{0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d7},
		{0x1f6eb, 0x1f6fc}, {0x1f7e0, 0x1f7eb}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
		{0x1f947, 0x1faff}, {0x20000, 0x2fffd}, {0x30000, 0x3fffd},
	};
	if (code < 0x300)
		return 1;
	return IN(code, zero) ? 0 : IN(code, wide) ? 2 : 1;
}

static size_t width_until(const char *text, size_t len, size_t columns, size_t *width)
{
	size_t i = 0;
	*width = 0;
	while (i < len) {
		uint32_t code;
		size_t used = utf8_decode(text + i, len - i, &code);
		size_t cells = used ? code_width(code) : 1;
		if (*width + cells > columns)
			break;
		*width += cells;
		i += used ? used : 1;
	}
	return i;
}

size_t utf8_width(const char *text, size_t len)
{
	size_t width;
	width_until(text, len, SIZE_MAX, &width);
	return width;
}

size_t utf8_fit(const char *text, size_t len, size_t columns)
{
	size_t width;
	return width_until(text, len, columns, &width);
}
