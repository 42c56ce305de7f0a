// SPDX-License-Identifier: MIT
// How often the household has asked again about a form.
#include "book/form.h"

unsigned form_asked_again(const struct form *form, const struct document **last)
{
	unsigned times = 0;
	*last = NULL;
	for (size_t i = form_cycle_begin(form); i < form->count; i++) {
		const struct document *document = &form->documents[i];
		if (document->which != EVENT_ASKED_AGAIN)
			continue;
		times++;
		if (!*last || document->at >= (*last)->at)
			*last = document;
	}
	return times;
}
