/* SPDX-License-Identifier: MIT */
/* story_impl: story.c tells values and records, story_change.c what became of them. */
#ifndef GAVEL_STORY_IMPL_H
#define GAVEL_STORY_IMPL_H

#include "story.h"

/* An event as records have it: "eid", "on" and "event". */
bool gv_story_is_event(const struct gv_val *v);

/* "2022-06-30 close (结案)", "原告 张三"; nothing for an item of another shape. */
void gv_story_item_name(struct gv_buf *out, const struct gv_schema *s, const struct gv_val *v);

/* gv_story_text() with something before and behind each line. */
int gv_story_record(struct gv_buf *out, const struct gv_val *rec, const char *before, const char *behind,
                    struct gv_err *err);

/* What a buffer on the way could not take, `out` has not got. */
static inline void gv_story_pass(struct gv_buf *out, const struct gv_buf *from)
{
	out->failed = out->failed || from->failed;
	out->nomem = out->nomem || from->nomem;
}

#endif
