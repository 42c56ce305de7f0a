// SPDX-License-Identifier: MIT
// Marks the texts that people read, so that they can be translated. The process chooses the
// language (cli/cli.c).
#ifndef KEFU_BASE_GETTEXT_H
#define KEFU_BASE_GETTEXT_H

#include <libintl.h>

#define _(text) gettext(text) /* the text in the reader's language; English where there is none */
#define N_(text) text         /* marks a text of a static table; whoever shows it translates it */

#endif
