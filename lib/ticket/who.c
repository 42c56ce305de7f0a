// SPDX-License-Identifier: MIT
// Whom rules mean by roles and by the head of a department, and whether people are among them.
// Judges nothing.
#include "ticket/who.h"

#include <string.h>

#include "book/whom.h"

/* of the rule: whichever the form has */
static const char forms_own[] = "department";

struct node *who_meant(struct arena *arena, const struct node *people, const char *department)
{
	struct node *meant = node_list(arena);
	const struct node *one;
	for (size_t i = 0; (one = node_each(people, i)); i++) {
		const char *head = node_text(one, "head-of"),
			   *of = head && strcmp(head, forms_own) == 0 ? department : head;
		node_push(arena, meant,
			  node_string(arena, head ? whom_head(arena, of) : node_as_text(one)));
	}
	return meant;
}

bool who_asks_head(const struct node *people)
{
	const struct node *one;
	for (size_t i = 0; (one = node_each(people, i)); i++)
		if (one->type == NODE_MAP)
			return true;
	return false;
}

bool who_asks_department(const struct node *people)
{
	const struct node *one;
	for (size_t i = 0; (one = node_each(people, i)); i++)
		if (node_is_string(node_get(one, "head-of"), forms_own))
			return true;
	return false;
}

bool who_means(const struct book *book, const struct node *who, const char *person,
	       const char *unit, int64_t at)
{
	const struct member *member = staff_find(&book->staff, person, at);
	const char *one;
	for (size_t i = 0; member && !member->left && (one = node_each_text(who, &i));)
		if (staff_serves(&book->staff, member, one, unit, at))
			return true;
	return false;
}

const char *who_first(const struct book *book, const struct node *who, const struct node *people,
		      const char *unit, int64_t at, bool meant)
{
	const char *person;
	for (size_t i = 0; (person = node_each_text(people, &i));)
		if (who_means(book, who, person, unit, at) == meant)
			return person;
	return NULL;
}

/* Adds the ids of those whom ONE means. */
static void say_people(const struct book *book, const char *one, const char *unit, int64_t at,
		       struct buf *out)
{
	const struct member *member;
	size_t cursor = 0, begin = out->len;
	while ((member = staff_next(&book->staff, at, &cursor)))
		if (strcmp(member->nature, "person") == 0 &&
		    staff_serves(&book->staff, member, one, unit, at))
			buf_addf(out, "%s%s", out->len > begin ? ", " : "", member->id);
	if (out->len == begin)
		buf_adds(out, "nobody");
}

void who_say(const struct book *book, const struct node *who, const char *unit, int64_t at,
	     struct buf *out)
{
	const char *one, *between = "";
	for (size_t i = 0; (one = node_each_text(who, &i)); between = " or ") {
		if (whom_department(one))
			buf_addf(out, "%sthe head of %s (", between, whom_department(one));
		else
			buf_addf(out, "%sthe role %s (", between, one);
		say_people(book, one, unit, at, out);
		buf_addc(out, ')');
	}
}
