// SPDX-License-Identifier: MIT
// store/file: what is read beneath a root, and what is refused.
#include "../scratch.h"

#include <errno.h>

#include "store/file.h"

struct reading {
	struct scratch *scratch;
	struct root root;
	struct buf text;
	struct err err;
};

static struct reading begin(void **state)
{
	struct reading r = {.scratch = *state};
	buf_init(&r.text);
	assert_true(root_open(&r.root, r.scratch->path, &r.err));
	return r;
}

static void end(struct reading *r)
{
	root_close(&r->root);
	buf_clear(&r->text);
	err_clear(&r->err);
}

static void expect_failure(struct reading *r, const char *relative, enum status status,
			   const char *message)
{
	struct buf line;
	buf_init(&line);
	err_clear(&r->err);
	assert_int_equal(file_read(&r->root, relative, 100, &r->text, &r->err), FILE_FAILED);
	err_render(&r->err, &line);
	assert_string_equal(line.data, message);
	assert_int_equal(r->err.status, status);
	assert_int_equal(r->text.len, 0);
	buf_clear(&line);
}

static void reads_whole_files(void **state)
{
	struct reading r = begin(state);
	scratch_mkdir(r.scratch, "a");
	scratch_write(r.scratch, "a/b.yaml", "one\ntwo\n");
	scratch_write(r.scratch, "empty", "");
	buf_adds(&r.text, "from before");
	assert_int_equal(file_read(&r.root, "a/b.yaml", 100, &r.text, &r.err), FILE_READ);
	assert_string_equal(r.text.data, "one\ntwo\n");
	assert_int_equal(file_read(&r.root, "empty", 0, &r.text, &r.err), FILE_READ);
	assert_int_equal(r.text.len, 0);
	assert_string_equal(r.text.data, "");
	end(&r);
}

static void bounds_what_it_reads(void **state)
{
	struct reading r = begin(state);
	scratch_write(r.scratch, "b", "12345678");
	assert_int_equal(file_read(&r.root, "b", 8, &r.text, &r.err), FILE_READ);
	assert_int_equal(r.text.len, 8);
	assert_int_equal(file_read(&r.root, "b", 7, &r.text, &r.err), FILE_FAILED);
	assert_int_equal(r.err.status, STATUS_DAMAGED);
	assert_string_equal(r.err.text, "is larger than 7 bytes");
	assert_string_equal(r.err.file, "b");

	/* A size that fstat does not tell: /proc files say 0. */
	root_close(&r.root);
	assert_true(root_open(&r.root, "/proc/self", &r.err));
	assert_int_equal(file_read(&r.root, "status", 100000, &r.text, &r.err), FILE_READ);
	assert_true(r.text.len > 100);
	end(&r);
}

static void tells_absent_from_unreadable(void **state)
{
	struct reading r = begin(state);
	scratch_write(r.scratch, "file", "");
	assert_int_equal(file_read(&r.root, "none", 100, &r.text, &r.err), FILE_ABSENT);
	assert_int_equal(file_read(&r.root, "none/below", 100, &r.text, &r.err), FILE_ABSENT);
	assert_null(r.err.text);
	expect_failure(&r, "file/below", STATUS_DAMAGED,
		       "file/below: a part of this path is not a folder");
	end(&r);
}

static void refuses_what_is_no_plain_file(void **state)
{
	struct reading r = begin(state);
	scratch_mkdir(r.scratch, "folder");
	assert_return_code(mkfifoat(r.scratch->fd, "fifo", 0644), 0);
	expect_failure(&r, "folder", STATUS_DAMAGED, "folder: is not a plain file");
	expect_failure(&r, "fifo", STATUS_DAMAGED, "fifo: is not a plain file");
	assert_false(file_exists(&r.root, "folder"));
	assert_false(file_exists(&r.root, "fifo"));
	end(&r);
}

static void follows_no_link(void **state)
{
	struct reading r = begin(state);
	scratch_mkdir(r.scratch, "a");
	scratch_mkdir(r.scratch, "a/b");
	scratch_write(r.scratch, "a/b/c", "secret");
	assert_return_code(symlinkat("b/c", r.scratch->fd, "a/file"), 0);
	assert_return_code(symlinkat("b", r.scratch->fd, "a/folder"), 0);
	assert_return_code(symlinkat("a", r.scratch->fd, "top"), 0);
	assert_return_code(symlinkat("nowhere", r.scratch->fd, "dangling"), 0);
#define LINK " is a symbolic link: the ledger holds only plain files"
	expect_failure(&r, "a/file", STATUS_DAMAGED, "a/file:" LINK);
	expect_failure(&r, "a/folder/c", STATUS_DAMAGED, "a/folder:" LINK);
	expect_failure(&r, "top/b/c", STATUS_DAMAGED, "top:" LINK);
	expect_failure(&r, "dangling", STATUS_DAMAGED, "dangling:" LINK);
	assert_false(file_exists(&r.root, "a/file"));
	assert_false(file_exists(&r.root, "top/b/c"));
	assert_true(file_exists(&r.root, "a/b/c"));
	end(&r);
}

static void stays_beneath_the_root(void **state)
{
	struct reading r = begin(state);
	scratch_mkdir(r.scratch, "in");
	scratch_write(r.scratch, "out", "secret");
	root_close(&r.root);
	char path[128];
	snprintf(path, sizeof path, "%s/in", r.scratch->path);
	assert_true(root_open(&r.root, path, &r.err));
	expect_failure(&r, "../out", STATUS_DAMAGED, "../out: leads out of the ledger");
	expect_failure(&r, "/etc/passwd", STATUS_DAMAGED, "/etc/passwd: leads out of the ledger");
	end(&r);
}

static void lists_names_in_byte_order(void **state)
{
	struct reading r = begin(state);
	struct file_names names;
	scratch_mkdir(r.scratch, "f");
	assert_int_equal(file_list(&r.root, "f", &names, &r.err), FILE_READ);
	assert_int_equal(names.count, 0);
	file_names_clear(&names);

	const char *const made[] = {
		"b", "a", "Z", "客", ".hidden", ".a.yaml.1.0123456789abcdef.tmp", "a.yaml"};
	char path[128];
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		snprintf(path, sizeof path, "f/%s", made[i]);
		scratch_write(r.scratch, path, "");
	}
	assert_int_equal(file_list(&r.root, "f", &names, &r.err), FILE_READ);
	const char *const expected[] = {"Z", "a", "a.yaml", "b", "客"};
	assert_int_equal(names.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(names.items[i], expected[i]);
	assert_true(file_ends_in("f/lihua.yaml", ".yaml"));
	assert_false(file_ends_in("lihua.yaml~", ".yaml"));
	assert_false(file_ends_in(".yaml", ".yaml"));
	assert_false(file_ends_in("", ".yaml"));
	file_names_keep(&names, ".yaml");
	assert_int_equal(names.count, 1);
	assert_string_equal(names.items[0], "a");
	file_names_clear(&names);
	file_names_keep(&names, ".yaml");
	assert_int_equal(names.count, 0);

	assert_int_equal(file_list(&r.root, "none", &names, &r.err), FILE_ABSENT);
	file_names_clear(&names);
	assert_int_equal(file_list(&r.root, "f/a", &names, &r.err), FILE_FAILED);
	file_names_clear(&names);
	assert_int_equal(file_list(&r.root, ".", &names, &r.err), FILE_READ);
	assert_int_equal(names.count, 1);
	file_names_clear(&names);
	end(&r);
}

static void names_a_root_that_cannot_be_opened(void **state)
{
	struct scratch *scratch = *state;
	struct root root;
	struct err err = ERR_INIT;
	scratch_write(scratch, "file", "");
	char path[128];
	snprintf(path, sizeof path, "%s/file", scratch->path);
	assert_false(root_open(&root, path, &err));
	assert_int_equal(err.status, STATUS_SYSTEM);
	root_close(&root);
	root_close(&root);
	err_clear(&err);
}

static void never_uses_the_standard_descriptors(void **state)
{
	struct scratch *scratch = *state;
	struct root root;
	struct err err = ERR_INIT;
	int saved = dup(STDIN_FILENO);
	close(STDIN_FILENO);
	bool opened = root_open(&root, scratch->path, &err);
	char byte;
	ssize_t got = read(STDIN_FILENO, &byte, 1);
	int code = errno;
	dup2(saved, STDIN_FILENO);
	close(saved);
	assert_true(opened);
	assert_true(root.fd > STDERR_FILENO);
	assert_int_equal(got, -1); /* closed it was, closed it seems */
	assert_int_equal(code, EBADF);
	root_close(&root);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(reads_whole_files),
		TEST(bounds_what_it_reads),
		TEST(tells_absent_from_unreadable),
		TEST(refuses_what_is_no_plain_file),
		TEST(follows_no_link),
		TEST(stays_beneath_the_root),
		TEST(lists_names_in_byte_order),
		TEST(names_a_root_that_cannot_be_opened),
		TEST(never_uses_the_standard_descriptors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
