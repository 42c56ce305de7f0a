// SPDX-License-Identifier: MIT
// What ledger-upgrade shows.
#ifndef KEFU_VIEW_UPGRADE_H
#define KEFU_VIEW_UPGRADE_H

#include "ledger/changes.h"
#include "view/view.h"

/* A change a row; the caller frees the table. */
struct table *view_changes(const struct view_style *style, const struct changes *changes);

#endif
