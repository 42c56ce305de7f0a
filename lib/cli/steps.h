// SPDX-License-Identifier: MIT
// The fields of a step as options: of ticket-log, and of each further step that follows a + in the
// commands that record on tickets.
#ifndef KEFU_CLI_STEPS_H
#define KEFU_CLI_STEPS_H

#include "cli/desk.h"

#define STEPS_OPTIONS \
	{'t', "text", "TEXT", N_("free text; - reads it from stdin"), false}, \
		{'w', "worker", "PERSON", N_("who did the work"), true}, \
		{'M', "material", "ITEM:QUANTITY", N_("what material was used, and how much"), \
		 true}, \
		{0, "work", "TEXT", N_("the work that was done"), false}, \
		{0, "price", "MONEY", N_("the price quoted"), false}, \
		{0, "item", "ITEM:QUANTITY", N_("what of the price list, and how much of it"), \
		 true}, \
		{0, "amount", "MONEY", N_("an amount that the step is about"), false}, \
		{0, "labour", "MONEY", N_("what the labour costs"), false}, \
		{0, "material-cost", "MONEY", N_("what the material costs"), false}, \
		{0, "charge", "MONEY", N_("the charge"), false}, \
		{0, "start", "TIME", N_("when work began"), false}, \
		{0, "end", "TIME", N_("when work ended"), false}, \
		{0, "hours", "HOURS", N_("hours in all"), false}, \
		{0, "checked-by", "PERSON", N_("who checked and signed the slip"), false}, \
		{0, "signature", "NAME", N_("who signed for the household"), false}, \
		{0, "opinion", "TEXT", N_("what the household says"), false}, \
		{'p', "phone", "NUMBER", \
		 N_("the telephone number written on the slip, or of a household that joins"), \
		 false}, \
		{'r', "result", "TEXT", N_("the outcome"), false}, \
		{0, "checked", "ITEM", N_("an item of a checklist that is there, or done"), true}, \
		{0, "unchecked", "ITEM", N_("an item that is not, after all"), true}, \
		{0, "said-by", "NAME", N_("who of the household said so, or was told"), false}, \
		{0, "channel", "CHANNEL", N_("how they said it: phone, desk, visit, …"), false}, \
		{0, "found", "TEXT", N_("what was found on site"), false}, \
		{'u', "unit", "UNIT", N_("the household of which several called"), false}, \
		{'n', "name", "NAME", N_("its name"), false}, \
		{0, "into", "TICKET", N_("the ticket in which the matter goes on"), false}, \
		{0, "of", "NUMBER", N_("which document is signed, declined or corrected"), false}, \
	{ \
		0, "reason", "TEXT", N_("why"), false \
	}

/* The table of what may follow a +, for struct cli_command. */
extern const struct cli_option steps_options[];

/* Whether EVENT is a step that is recorded by itself, not by a command of its own; STATUS_USAGE
 * says by which. */
bool steps_allow(const char *event, struct err *err);

/* A document for STEP of a form of KIND (NULL: not known yet), out of the options that cli_turn has
 * turned to; in the desk's arena. NULL with ERR. */
struct node *steps_document(struct desk *desk, const char *step, const char *kind, struct err *err);

/* The documents of a recording: COUNT of them come first, those of the command itself, in OWN; then
 * one for each further step. In the desk's arena; NULL with ERR. */
struct node **steps_all(struct desk *desk, struct node *const *own, size_t count, const char *kind,
			struct err *err);

/* Records on the form ID, of KIND, the COUNT documents of OWN, which are the command's, and those
 * of the further steps: all or none. */
bool steps_record(struct desk *desk, const char *id, const char *kind, struct node *const *own,
		  size_t count, struct err *err);

#endif
