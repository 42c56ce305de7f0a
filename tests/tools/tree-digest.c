// SPDX-License-Identifier: MIT
// Prints a line for every name below the working directory: type and mode, what a link points to,
// the SHA-256 of what a file holds. Leaves out .git and kefu's locks; sorts by name and writes
// nothing. Usage: tree-digest [FILE], FILE being what it printed before: then it prints what
// differs, status 1
#include <fts.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static char type_of(mode_t mode)
{
	return S_ISDIR(mode)    ? 'd'
	       : S_ISREG(mode)  ? 'f'
	       : S_ISLNK(mode)  ? 'l'
	       : S_ISFIFO(mode) ? 'p'
				: '?';
}

static void add(struct buf *out, FTSENT *entry)
{
	const struct stat *found = entry->fts_statp;
	char shown[SHA256_DIGEST_STRING_LENGTH] = "";
	buf_addf(out, "%c %04o %s", type_of(found->st_mode), found->st_mode & 07777U,
		 entry->fts_path);
	if (S_ISLNK(found->st_mode)) {
		char target[4096];
		ssize_t len = readlink(entry->fts_path, target, sizeof target);
		buf_adds(out, " -> ");
		buf_add(out, target, len > 0 ? (size_t)len : 0);
	} else if (S_ISREG(found->st_mode)) {
		buf_addf(out, " %s", SHA256File(entry->fts_path, shown) ? shown : "cannot be read");
	}
	buf_addc(out, '\n');
}

static bool tree(struct buf *out)
{
	char *paths[] = {".", NULL};
	FTS *all = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	if (!all)
		return false;
	for (FTSENT *entry; (entry = fts_read(all));) {
		if (entry->fts_info == FTS_DP || strcmp(entry->fts_path, "./.kefu/lock") == 0 ||
		    strcmp(entry->fts_path, "./.kefu/turn") == 0)
			continue;
		if (strcmp(entry->fts_name, ".git") == 0)
			fts_set(all, entry, FTS_SKIP);
		else
			add(out, entry);
	}
	fts_close(all);
	return true;
}

static bool file(struct buf *out, const char *path)
{
	FILE *in = fopen(path, "r");
	if (!in)
		return false;
	for (size_t got = 1; got; out->len += got) {
		buf_reserve(out, 65536);
		got = fread(out->data + out->len, 1, 65536, in);
	}
	out->data[out->len] = '\0';
	return fclose(in) == 0;
}

/* Prints the lines of SOME that are not among OTHERS. */
static void print_new(char sign, const char *some, const char *others)
{
	for (const char *line = some; *line;) {
		size_t len = strcspn(line, "\n") + 1;
		const char *at = others;
		while (*at && strncmp(at, line, len) != 0)
			at += strcspn(at, "\n") + 1;
		if (!*at)
			printf("%c %.*s", sign, (int)len, line);
		line += len;
	}
}

int main(int argc, char **argv)
{
	struct buf now, before;
	buf_init(&now);
	buf_init(&before);
	bool read = tree(&now) && (argc < 2 || file(&before, argv[1]));
	bool same = argc < 2 || strcmp(now.data, before.data) == 0;
	if (!read)
		perror("tree-digest");
	else if (argc < 2)
		fputs(now.data, stdout);
	if (read && !same) {
		print_new('-', before.data, now.data);
		print_new('+', now.data, before.data);
	}
	buf_clear(&now);
	buf_clear(&before);
	return read && same && fflush(stdout) == 0 ? 0 : 1;
}
