// SPDX-License-Identifier: MIT
// Whether a text says that there is nothing to say, as forms are filled in where a field must not
// stay empty.
#ifndef KEFU_TEXT_NOTHING_H
#define KEFU_TEXT_NOTHING_H

#include <stdbool.h>

/* 无, 没有, none and the like, whatever blanks and full stops stand around it. An honest answer,
 * but nothing to be dealt with. */
bool nothing_said(const char *text);

#endif
