// SPDX-License-Identifier: MIT
// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing past U+10FFFF.
#ifndef KEFU_BASE_UTF8_H
#define KEFU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads one code point from TEXT. Returns the bytes it takes (1..4), or 0
 * when LEN is 0 or the bytes there are not UTF-8. */
size_t utf8_decode(const char *text, size_t len, uint32_t *code);

/* Writes CODE to OUT (room for 4). Returns the bytes written. */
size_t utf8_encode(uint32_t code, char *out);

/* The offset of the first byte that is not UTF-8, or LEN when all is well. */
size_t utf8_check(const char *text, size_t len);

/* Whether CODE is a control (Cc): TAB, LF and CR are, too. */
bool utf8_is_control(uint32_t code);

/* Whether CODE is invisible or changes how its neighbours look: Unicode's
 * Default_Ignorable_Code_Point, Bidi_Control, noncharacters, line and paragraph separators, and
 * format characters (Cf) but those that have a glyph. Controls (Cc) are not asked about. */
bool utf8_is_hidden(uint32_t code);

/* The same of CODE where it stands in TEXT, at the byte AT: what a script or an emoji needs
 * there is not hidden, namely a joiner between letters of a script that joins or between emoji, and
 * a variation selector after what it can vary. */
bool utf8_is_hidden_at(const char *text, size_t len, size_t at, uint32_t code);

/* Whether CODE is a letter: a conservative subset of Unicode's L*, namely Latin,
 * Greek, Cyrillic, kana, hangul, and Han with all extensions. */
bool utf8_is_letter(uint32_t code);

/* Columns TEXT takes on a terminal: 0 for combining marks, 2 for East Asian
 * wide and fullwidth characters and emoji (UAX #11), else 1. */
size_t utf8_width(const char *text, size_t len);

/* The longest prefix of TEXT not wider than COLUMNS, in bytes. */
size_t utf8_fit(const char *text, size_t len, size_t columns);

#endif
