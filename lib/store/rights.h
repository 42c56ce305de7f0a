// SPDX-License-Identifier: MIT
// Modes of a ledger's files and folders, and what this process may do with them, found out without
// doing it. Writes no content.
#ifndef KEFU_STORE_RIGHTS_H
#define KEFU_STORE_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/err.h"
#include "store/file.h"

/* --- what is made --- */

/* Gives what was just made as FD, in the open FOLDER, its rights, within POSSIBLE (0777 or 0666). A
 * folder with the setgid bit belongs to a group: what is made in it is as open as the folder
 * itself, whatever the umask. A folder with a default ACL decides by that. Elsewhere the umask
 * decides, but never against the owner. False with errno. */
bool rights_of_new(int fd, int folder, mode_t possible);

/* Adds to the mode of FD, which may have been there before, what rights_of_new would give it; as
 * far as we may. */
void rights_added(int fd, int folder, mode_t possible);

/* Gives FD, which will replace NAME in FOLDER, that one's rights: owner and group as far as we may,
 * mode and ACL. Where its group cannot be kept, the group it has instead gets no more than
 * everybody has. False with errno. */
bool rights_of_old(int fd, int folder, const char *name, const struct stat *old);

/* --- a ledger of several logins --- */

/* What a folder of a shared ledger has: the setgid bit, and everything for its group. */
enum { RIGHTS_SHARED = S_ISGID | S_IRWXG };

/* Adds RIGHTS_SHARED to the folder PATH, where they are missing; takes nothing away. With DRY only
 * finds out whether it could. STATUS_SYSTEM, with what is to be done by whom, where it cannot. */
bool rights_share(const char *path, bool dry, struct err *err);

/* The same for the whole ledger beneath ROOT: its folders, and for its files that the group may
 * read and write. git's own folder is git's (core.sharedRepository). */
bool rights_share_all(const struct root *root, bool dry, struct err *err);

/* Tells each folder of the ledger beneath ROOT that its group cannot write, or that belongs to
 * another group than the ledger, and likewise each file in OWN, a folder whose files are written in
 * place; HOW says what is to be done. Nothing where the ledger is none of several logins: where
 * neither ROOT nor OWN has RIGHTS_SHARED. */
typedef void (*rights_told)(void *context, const char *relative, const char *how);
void rights_closed(const struct root *root, const char *own, rights_told tell, void *context);

/* --- would it work? --- */

/* Whether writing the file RELATIVE, of LEN bytes, and making the folders that are missing on the
 * way, would be let; else ERR as writing it would set it. What only the moment decides, like a full
 * disk, is not asked. */
bool rights_to_write(const struct root *root, const char *relative, size_t len, struct err *err);

/* The same for a file that is written in place, or made with its folders; ERR says that one cannot
 * ACTION. */
bool rights_to_change(const struct root *root, const char *relative, const char *action,
		      struct err *err);

#endif
