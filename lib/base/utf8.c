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

bool utf8_is_hidden(uint32_t code)
{
	static const struct range hidden[] = {
		{0x061c, 0x061c}, {0x200e, 0x200f}, {0x2028, 0x202e},
		{0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xfffe, 0xffff},
	};
	return IN(code, hidden);
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
		{0x0300, 0x036f},   {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
		{0x064b, 0x065f},   {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
		{0x1ab0, 0x1aff},   {0x1dc0, 0x1dff}, {0x200b, 0x200d}, {0x20d0, 0x20ff},
		{0x302a, 0x302d},   {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
		{0xe0100, 0xe01ef},
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
