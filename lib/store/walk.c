// SPDX-License-Identifier: MIT
// Reads every *.yaml below some folders, in several threads, with little memory. Keeps nothing,
// sorts nothing, follows no link.
#include "store/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	THREADS_MAX = 8,
	ENTRIES_SIZE = 16 * 1024, /* some 400 names: the smallest share of work */
	TEXT_SIZE = 16 * 1024,    /* a form has about 2 kB */
	TEXT_KEEP = 1024 * 1024,  /* a larger buffer is given back at once */
};

/* A folder being read by any number of workers, each taking some names. */
struct folder {
	struct folder *next;
	char *relative;
	int fd;                  /* -1: not opened yet */
	unsigned readers;        /* workers that hold FD */
	bool exhausted;          /* off the stack; the last reader frees it */
	pthread_mutex_t entries; /* one reader of names at a time; guards FD and DONE */
	bool done;               /* no names left, or it could not be read */
};

struct walk {
	const struct root *root;
	const struct walk_options *options;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct folder *stack; /* with names left; depth first, so that it stays short */
	unsigned busy;        /* workers that may still find folders */
	bool stop;
};

struct worker {
	struct walk *walk;
	void *state;
	pthread_t thread;
	struct buf relative;
	struct buf text;
	_Alignas(struct dirent64) char entries[ENTRIES_SIZE];
};

unsigned walk_threads(void)
{
	cpu_set_t usable;
	int count = sched_getaffinity(0, sizeof usable, &usable) ? 1 : CPU_COUNT(&usable);
	return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (unsigned)count;
}

/* ---- folders ---- */

/* With the mutex held. */
static void folder_push(struct walk *walk, char *relative)
{
	struct folder *folder = mem_alloc(sizeof *folder);
	folder->relative = relative;
	folder->fd = -1;
	pthread_mutex_init(&folder->entries, NULL);
	folder->next = walk->stack;
	walk->stack = folder;
	pthread_cond_signal(&walk->changed);
}

static void folder_free(struct folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	pthread_mutex_destroy(&folder->entries);
	free(folder->relative);
	free(folder);
}

/* With the mutex held. */
static void folder_leave(struct walk *walk, struct folder *folder, bool exhausted)
{
	folder->readers--;
	if (exhausted && !folder->exhausted) {
		folder->exhausted = true;
		for (struct folder **link = &walk->stack; *link; link = &(*link)->next)
			if (*link == folder) {
				*link = folder->next;
				break;
			}
	}
	if (folder->exhausted && !folder->readers)
		folder_free(folder);
}

/* ---- files ---- */

static bool report(struct worker *worker, struct err *problem)
{
	err_place(problem, worker->relative.data, 0, 0);
	bool go_on = worker->walk->options->visit(worker->state, worker->relative.data, NULL, 0,
						  problem);
	err_clear(problem);
	return go_on;
}

static bool report_errno(struct worker *worker, const char *action)
{
	struct err problem = ERR_INIT;
	root_explain(worker->walk->root, worker->relative.data, action, &problem);
	return report(worker, &problem);
}

static bool report_damage(struct worker *worker, const char *what)
{
	struct err problem = ERR_INIT;
	err_set(&problem, STATUS_DAMAGED, "%s", what);
	return report(worker, &problem);
}

static bool visit_file(struct worker *worker, int folder, const char *name)
{
	const struct walk_options *options = worker->walk->options;
	struct buf *text = &worker->text;

	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return true; /* moved away meanwhile */
	if (fd < 0)
		return report_errno(worker, "read");

	buf_reset(text);
	for (;;) {
		ssize_t got = read(fd, text->data + text->len, text->cap - 1 - text->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int code = errno;
			close(fd);
			errno = code;
			return report_errno(worker, "read");
		}
		if (!got)
			break;
		text->len += (size_t)got;
		if (text->len > options->max)
			break;
		if (text->len == text->cap - 1)
			buf_reserve(text, text->cap);
	}
	close(fd);
	if (text->len > options->max) {
		struct err problem = ERR_INIT;
		err_set(&problem, STATUS_DAMAGED, "is larger than %zu bytes", options->max);
		return report(worker, &problem);
	}
	text->data[text->len] = '\0';
	bool go_on =
		options->visit(worker->state, worker->relative.data, text->data, text->len, NULL);
	if (text->cap > TEXT_KEEP) {
		buf_clear(text);
		buf_reserve(text, TEXT_SIZE);
	}
	return go_on;
}

static unsigned char type_of(int folder, const char *name)
{
	struct stat found;
	if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_REG; /* opening it will say what is wrong */
	return IFTODT(found.st_mode);
}

static bool visit_entry(struct worker *worker, int folder, const struct dirent64 *entry)
{
	struct walk *walk = worker->walk;
	const char *name = entry->d_name;
	unsigned char type = entry->d_type == DT_UNKNOWN ? type_of(folder, name) : entry->d_type;

	if (type == DT_DIR) {
		pthread_mutex_lock(&walk->mutex);
		folder_push(walk, mem_dup_len(worker->relative.data, worker->relative.len));
		pthread_mutex_unlock(&walk->mutex);
		return true;
	}
	if (type == DT_LNK) {
		errno = ELOOP;
		return report_errno(worker, "read");
	}
	if (type != DT_REG)
		return report_damage(worker, "is not a plain file");
	if (file_ends_in(name, ".yaml"))
		return visit_file(worker, folder, name);
	return !walk->options->strays || report_damage(worker, "is not named *.yaml");
}

/* Takes some names of FOLDER and reads those files. EXHAUSTED: there were none left. */
static bool visit_folder(struct worker *worker, struct folder *folder, bool *exhausted)
{
	struct buf *relative = &worker->relative;
	buf_reset(relative);
	buf_adds(relative, folder->relative);

	pthread_mutex_lock(&folder->entries);
	ssize_t size = 0;
	if (!folder->done && folder->fd < 0)
		folder->fd =
			root_reach(worker->walk->root, folder->relative, O_RDONLY | O_DIRECTORY, 0);
	if (!folder->done)
		size = folder->fd < 0
			       ? -1
			       : getdents64(folder->fd, worker->entries, sizeof worker->entries);
	int fd = folder->fd, code = errno;
	folder->done = *exhausted = size <= 0;
	pthread_mutex_unlock(&folder->entries);

	if (size < 0) {
		errno = code;
		return errno == ENOENT || report_errno(worker, "read this folder");
	}
	if (!strcmp(folder->relative, "."))
		buf_reset(relative);
	else
		buf_addc(relative, '/');
	size_t prefix = relative->len;
	for (ssize_t at = 0; at < size;) {
		const struct dirent64 *entry = (const struct dirent64 *)(worker->entries + at);
		at += entry->d_reclen;
		if (entry->d_name[0] == '.')
			continue;
		relative->len = prefix;
		buf_adds(relative, entry->d_name);
		if (!visit_entry(worker, fd, entry))
			return false;
	}
	return true;
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	struct walk *walk = worker->walk;

	pthread_mutex_lock(&walk->mutex);
	for (;;) {
		while (!walk->stop && !walk->stack && walk->busy)
			pthread_cond_wait(&walk->changed, &walk->mutex);
		if (walk->stop || !walk->stack)
			break;
		struct folder *folder = walk->stack;
		folder->readers++;
		walk->busy++;
		pthread_mutex_unlock(&walk->mutex);

		bool exhausted = false;
		bool go_on = visit_folder(worker, folder, &exhausted);

		pthread_mutex_lock(&walk->mutex);
		walk->busy--;
		folder_leave(walk, folder, exhausted);
		if (!go_on)
			walk->stop = true;
	}
	pthread_cond_broadcast(&walk->changed);
	pthread_mutex_unlock(&walk->mutex);
	return NULL;
}

bool walk_tree(const struct root *root, const struct walk_options *options)
{
	struct walk walk = {.root = root, .options = options};
	pthread_mutex_init(&walk.mutex, NULL);
	pthread_cond_init(&walk.changed, NULL);
	size_t count = 0;
	while (options->folders[count])
		count++;
	while (count)
		folder_push(&walk, mem_dup(options->folders[--count]));

	struct worker *workers = mem_array(options->threads, sizeof *workers);
	unsigned started = 1; /* the first is this thread */
	for (unsigned i = 0; i < options->threads; i++) {
		workers[i].walk = &walk;
		workers[i].state = options->states[i];
		buf_init(&workers[i].relative);
		buf_init(&workers[i].text);
		buf_reserve(&workers[i].text, TEXT_SIZE);
	}
	while (started < options->threads &&
	       !pthread_create(&workers[started].thread, NULL, work, &workers[started]))
		started++;
	work(&workers[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);

	for (unsigned i = 0; i < options->threads; i++) {
		buf_clear(&workers[i].relative);
		buf_clear(&workers[i].text);
	}
	free(workers);
	for (struct folder *folder; (folder = walk.stack);) {
		walk.stack = folder->next;
		folder_free(folder);
	}
	pthread_cond_destroy(&walk.changed);
	pthread_mutex_destroy(&walk.mutex);
	return !walk.stop;
}
