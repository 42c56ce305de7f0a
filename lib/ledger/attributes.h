// SPDX-License-Identifier: MIT
// What .gitattributes of a ledger says, so that git has ledger-merge unite its forms.
#ifndef KEFU_LEDGER_ATTRIBUTES_H
#define KEFU_LEDGER_ATTRIBUTES_H

#include <stdbool.h>

#include "base/buf.h"

#define LEDGER_ATTRIBUTES ".gitattributes"

/* Appends the whole of it to OUT. */
void attributes_text(struct buf *out);

/* The first line that a ledger is to have and TEXT, which ends with a NUL, has not: it is appended
 * to OUT without its line feed. False when TEXT has them all. A line about the same files counts,
 * whatever it says of them: that is the organisation's. */
bool attributes_missing(const char *text, struct buf *out);

#endif
