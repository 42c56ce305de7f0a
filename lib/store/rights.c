// SPDX-License-Identifier: MIT
// Modes of a ledger's files and folders, and what this process may do with them. Adds to the mode
// of what was there before, never takes away from it.
#include "store/rights.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/mem.h"

static const char acl_own[] = "system.posix_acl_access";
static const char acl_default[] = "system.posix_acl_default";

/* --- what is made --- */

bool rights_of_new(int fd, int folder, mode_t possible)
{
	struct stat made, around;
	if (fstat(fd, &made) < 0 || fstat(folder, &around) < 0)
		return false;
	if (fgetxattr(folder, acl_default, NULL, 0) > 0)
		return true;
	mode_t now = made.st_mode & 07777, wanted = now | (possible & 0700);
	if (around.st_mode & S_ISGID)
		wanted = (now & S_ISGID) | (around.st_mode & possible) | (possible & 0700);
	return now == wanted || made.st_uid != geteuid() || !fchmod(fd, wanted);
}

void rights_added(int fd, int folder, mode_t possible)
{
	struct stat found, around;
	if (fstat(fd, &found) < 0 || fstat(folder, &around) < 0 || !(around.st_mode & S_ISGID) ||
	    fgetxattr(folder, acl_default, NULL, 0) > 0)
		return;
	mode_t wanted = (found.st_mode & 07777) | (around.st_mode & possible);
	if ((found.st_mode & 07777) != wanted && found.st_uid == geteuid())
		(void)fchmod(fd, wanted); /* if it fails, this command can still go on */
}

/* An ACL holds the mode's bits, too. Without one, or where the disk has none, nothing is done. */
static void keep_acl(int fd, int folder, const char *name)
{
	int old = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t len = old < 0 ? -1 : fgetxattr(old, acl_own, NULL, 0);
	char *acl = len > 0 ? mem_alloc((size_t)len) : NULL;
	if (acl && fgetxattr(old, acl_own, acl, (size_t)len) == len)
		(void)fsetxattr(fd, acl_own, acl, (size_t)len, 0); /* the mode stands already */
	free(acl);
	if (old >= 0)
		close(old);
}

bool rights_of_old(int fd, int folder, const char *name, const struct stat *old)
{
	struct stat made;
	mode_t mode = old->st_mode & 0777;
	if (fstat(fd, &made) < 0)
		return false;
	/* The owner can be kept by root only; cron's root must not take clerks' files away. */
	if ((made.st_uid != old->st_uid || made.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid) < 0 && fchown(fd, (uid_t)-1, old->st_gid) < 0) {
		if (errno != EPERM)
			return false;
		/* what the old group could must not become what another group can */
		if (made.st_gid != old->st_gid)
			mode &= ~(mode_t)S_IRWXG | (mode << 3);
	}
	if ((made.st_mode & 0777) != mode && fchmod(fd, mode) < 0)
		return false;
	if (mode == (old->st_mode & 0777))
		keep_acl(fd, folder, name);
	return true;
}

/* --- a ledger of several logins --- */

static bool in_group(gid_t group)
{
	if (!geteuid() || getegid() == group)
		return true;
	int count = getgroups(0, NULL);
	gid_t *groups = mem_array((size_t)(count > 0 ? count : 0) + 1, sizeof *groups);
	bool found = false;
	count = getgroups(count, groups);
	for (int i = 0; i < count; i++)
		found = found || groups[i] == group;
	free(groups);
	return found;
}

static void add_owner(const struct stat *found, struct buf *out)
{
	const struct passwd *owner = getpwuid(found->st_uid);
	if (owner)
		buf_adds(out, owner->pw_name);
	else
		buf_addf(out, "%lu", (unsigned long)found->st_uid);
}

static void add_group(gid_t id, struct buf *out)
{
	const struct group *group = getgrgid(id);
	if (group)
		buf_adds(out, group->gr_name);
	else
		buf_addf(out, "%lu", (unsigned long)id);
}

/* PATH, which is as FOUND, lacks something of MODE ("g+rwxs"): who can give it that? The owner, and
 * only where they are in the group. */
static bool refuse(const char *path, const struct stat *found, const char *mode, struct err *err)
{
	struct buf owner, group;
	buf_init(&owner);
	buf_init(&group);
	add_owner(found, &owner);
	add_group(found->st_gid, &group);
	if (in_group(found->st_gid))
		err_set(err, STATUS_SYSTEM,
			"%s is not open to its group %s: its owner %s has to run: chmod %s %s",
			path, group.data, owner.data, mode, path);
	else
		err_set(err, STATUS_SYSTEM,
			"%s belongs to the group %s, and you do not: root has to run: chmod %s %s",
			path, group.data, mode, path);
	buf_clear(&owner);
	buf_clear(&group);
	return false;
}

/* Adds WANTED to the mode of NAME in AT, which is CALLED so, as "chmod MODE" would. */
static bool add_mode(int at, const char *name, const char *called, mode_t wanted, const char *mode,
		     bool dry, struct err *err)
{
	struct stat found;
	if (fstatat(at, name, &found, 0) < 0)
		return err_system(err, "%s", called);
	if ((found.st_mode & wanted) == wanted)
		return true;
	/* whoever is not in the group would take the setgid bit away by giving anything */
	if (!in_group(found.st_gid) || (geteuid() && geteuid() != found.st_uid))
		return refuse(called, &found, mode, err);
	return dry || !fchmodat(at, name, (found.st_mode & 07777) | wanted, 0) ||
	       err_system(err, "%s", called);
}

bool rights_share(const char *path, bool dry, struct err *err)
{
	return add_mode(AT_FDCWD, path, path, RIGHTS_SHARED, "g+rwxs", dry, err);
}

/* What a walk of the ledger's folders does with each of them, and with files where it asks for
 * them. FOLDER is the folder itself, for a file the one it lies in. */
struct visit {
	bool (*folder)(struct visit *visit, int folder, const char *relative);
	bool (*file)(struct visit *visit, int folder, const char *name, const char *relative);
	bool dry;
	const char *own; /* the folder whose files are written in place */
	gid_t group;     /* the ledger's */
	rights_told tell;
	void *context;
	struct err *err;
};

enum { DEPTH_MAX = 16 };

/* Closes FD. What cannot be read is passed over: whoever reads it says so. */
static bool visit_folder(struct visit *visit, int fd, const char *relative, unsigned depth)
{
	bool done = visit->folder(visit, fd, relative);
	DIR *stream = fdopendir(fd);
	struct buf path;
	buf_init(&path);
	for (struct dirent *entry; done && stream && (entry = readdir(stream));) {
		const char *name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, ".git") == 0)
			continue;
		buf_reset(&path);
		buf_addf(&path, "%s%s%s", depth ? relative : "", depth ? "/" : "", name);
		const struct root at = {.fd = fd};
		bool may_be = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;
		int below = may_be && depth < DEPTH_MAX
				    ? root_reach(&at, name, O_RDONLY | O_DIRECTORY, 0)
				    : -1;
		if (below >= 0)
			done = visit_folder(visit, below, path.data, depth + 1);
		else if (visit->file && entry->d_type != DT_DIR)
			done = visit->file(visit, fd, name, path.data);
	}
	buf_clear(&path);
	if (stream)
		closedir(stream);
	else
		close(fd);
	return done;
}

static bool visit_ledger(struct visit *visit, const struct root *root)
{
	int fd = root_reach(root, ".", O_RDONLY | O_DIRECTORY, 0);
	return fd >= 0 && visit_folder(visit, fd, ".", 0);
}

static bool share_folder(struct visit *visit, int folder, const char *relative)
{
	return add_mode(folder, ".", relative, RIGHTS_SHARED, "g+rwxs", visit->dry, visit->err);
}

static bool share_file(struct visit *visit, int folder, const char *name, const char *relative)
{
	struct stat is;
	if (fstatat(folder, name, &is, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(is.st_mode))
		return true;
	/* another's file is replaced and never written into: it only has to be read */
	bool own = !geteuid() || geteuid() == is.st_uid;
	return add_mode(folder, name, relative, own ? S_IRGRP | S_IWGRP : S_IRGRP, "g+rw",
			visit->dry, visit->err);
}

bool rights_share_all(const struct root *root, bool dry, struct err *err)
{
	struct visit visit = {.folder = share_folder, .file = share_file, .dry = dry, .err = err};
	return visit_ledger(&visit, root) || err->text ||
	       root_explain(root, ".", "open this folder", err);
}

/* Tells RELATIVE, which is as IS, where the group cannot do with it what WANTED says. */
static void tell_closed(struct visit *visit, const char *relative, const struct stat *is,
			mode_t wanted, const char *mode)
{
	bool foreign = is->st_gid != visit->group;
	if (!foreign && (is->st_mode & wanted) == wanted)
		return;
	struct buf how, group;
	buf_init(&how);
	buf_init(&group);
	add_group(visit->group, &group);
	buf_addf(&how, "the group %s cannot write here: ", group.data);
	if (foreign)
		buf_addf(&how, "root has to run: chgrp %s %s; chmod %s %s", group.data, relative,
			 mode, relative);
	else {
		add_owner(is, &how);
		buf_addf(&how, ", who owns it, has to run: chmod %s %s", mode, relative);
	}
	visit->tell(visit->context, relative, how.data);
	buf_clear(&group);
	buf_clear(&how);
}

static bool tell_folder(struct visit *visit, int folder, const char *relative)
{
	struct stat is;
	if (!fstat(folder, &is))
		tell_closed(visit, relative, &is, RIGHTS_SHARED, "g+rwxs");
	return true;
}

static bool tell_file(struct visit *visit, int folder, const char *name, const char *relative)
{
	struct stat is;
	size_t len = strlen(visit->own);
	if (strncmp(relative, visit->own, len) == 0 && relative[len] == '/' &&
	    !fstatat(folder, name, &is, AT_SYMLINK_NOFOLLOW) && S_ISREG(is.st_mode))
		tell_closed(visit, relative, &is, S_IRGRP | S_IWGRP, "g+rw");
	return true;
}

void rights_closed(const struct root *root, const char *own, rights_told tell, void *context)
{
	struct visit visit = {.folder = tell_folder,
			      .file = tell_file,
			      .own = own,
			      .tell = tell,
			      .context = context};
	struct stat found, inner;
	if (fstatat(root->fd, ".", &found, 0) < 0)
		return;
	if (fstatat(root->fd, own, &inner, AT_SYMLINK_NOFOLLOW) < 0)
		inner = found;
	visit.group = found.st_gid;
	if (((found.st_mode & RIGHTS_SHARED) == RIGHTS_SHARED) ||
	    (inner.st_mode & RIGHTS_SHARED) == RIGHTS_SHARED)
		visit_ledger(&visit, root);
}

/* --- would it work? --- */

static bool may(int folder, const char *name, int how)
{
	return !faccessat(folder, name, how, AT_EACCESS);
}

/* In a folder with the sticky bit only owners replace a file. */
static bool may_replace(const struct stat *folder, const struct stat *file)
{
	uid_t self = geteuid();
	if (!self || !(folder->st_mode & S_ISVTX) || folder->st_uid == self || file->st_uid == self)
		return true;
	errno = EPERM;
	return false;
}

/* Whether the file NAME could be made or replaced in FOLDER. */
static bool may_write(int folder, const char *name, size_t len)
{
	struct stat around, old;
	struct rlimit limit;
	if (fstat(folder, &around) < 0 || !may(folder, ".", W_OK | X_OK))
		return false;
	if (!fstatat(folder, name, &old, AT_SYMLINK_NOFOLLOW)) {
		errno = S_ISLNK(old.st_mode) ? ELOOP : EISDIR;
		if (!S_ISREG(old.st_mode) || !may_replace(&around, &old))
			return false;
	}
	errno = EFBIG;
	return getrlimit(RLIMIT_FSIZE, &limit) || limit.rlim_cur >= len;
}

bool rights_to_write(const struct root *root, const char *relative, size_t len, struct err *err)
{
	struct buf path;
	bool done = false;
	int fd = root_reach(root, ".", O_RDONLY | O_DIRECTORY, 0);
	buf_init(&path);
	buf_adds(&path, ".");
	const char *name = relative, *slash;
	while (fd >= 0 && (slash = strchr(name, '/'))) {
		buf_reset(&path);
		buf_add(&path, relative, (size_t)(slash - relative));
		int next = root_reach(root, path.data, O_RDONLY | O_DIRECTORY, 0);
		if (next < 0 && errno == ENOENT) {
			/* this folder and all below it would be made */
			done = may(fd, ".", W_OK | X_OK) ||
			       root_explain(root, path.data, "open this folder", err);
			goto out;
		}
		close(fd);
		fd = next;
		name = slash + 1;
	}
	done = fd < 0 ? root_explain(root, path.data, "open this folder", err)
		      : may_write(fd, name, len) || root_explain(root, relative, "write", err);
out:
	if (fd >= 0)
		close(fd);
	buf_clear(&path);
	return done;
}

bool rights_to_change(const struct root *root, const char *relative, const char *action,
		      struct err *err)
{
	struct stat found;
	/* as it would be opened; what it holds stays */
	int fd = root_reach(root, relative, O_RDWR | O_NONBLOCK | O_NOCTTY, 0);
	if (fd < 0)
		return errno == ENOENT ? rights_to_write(root, relative, 0, err)
				       : root_explain(root, relative, action, err);
	bool plain = !fstat(fd, &found) && S_ISREG(found.st_mode);
	close(fd);
	errno = EISDIR;
	return plain || root_explain(root, relative, action, err);
}
