/* SPDX-License-Identifier: MIT */
#include "ids.h"

#include <stdlib.h>

enum { FIRST = 256 };

/* An id is a hash already. */
static size_t slot_of(const struct gv_ids *s, const struct gv_oid *id)
{
	uint32_t h;
	size_t i;

	memcpy(&h, id->b, sizeof h);
	for (i = h & (s->nslots - 1); s->slots[i]; i = (i + 1) & (s->nslots - 1))
		if (gv_oid_eq(&s->list[s->slots[i] - 1], id))
			break;
	return i;
}

static int make_room(struct gv_ids *s, struct gv_err *err)
{
	if (s->n >= UINT32_MAX - 1)
		return gv_fail_nomem(err);
	if (s->n == s->room) {
		size_t room = s->room ? s->room + s->room / 2 : FIRST;
		struct gv_oid *list = realloc(s->list, room * sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		s->list = list;
		s->room = room;
	}
	if (s->n + 1 > s->nslots / 4 * 3) {
		size_t nslots = s->nslots ? s->nslots * 2 : (size_t)2 * FIRST;
		uint32_t *slots = calloc(nslots, sizeof *slots);

		if (!slots)
			return gv_fail_nomem(err);
		free(s->slots);
		s->slots = slots;
		s->nslots = nslots;
		for (size_t i = 0; i < s->n; i++)
			slots[slot_of(s, &s->list[i])] = (uint32_t)i + 1;
	}
	return 0;
}

int gv_ids_add(struct gv_ids *s, const struct gv_oid *id, bool *is_new, struct gv_err *err)
{
	int rc = make_room(s, err);
	size_t slot;

	if (rc)
		return rc;
	slot = slot_of(s, id);
	if (is_new)
		*is_new = !s->slots[slot];
	if (s->slots[slot])
		return 0;
	s->list[s->n++] = *id;
	s->slots[slot] = (uint32_t)s->n;
	return 0;
}

uint32_t gv_ids_find(const struct gv_ids *s, const struct gv_oid *id)
{
	uint32_t at = s->nslots ? s->slots[slot_of(s, id)] : 0;

	return at ? at - 1 : GV_IDS_NONE;
}

bool gv_ids_has(const struct gv_ids *s, const struct gv_oid *id)
{
	return gv_ids_find(s, id) != GV_IDS_NONE;
}

void gv_ids_close(struct gv_ids *s)
{
	free(s->slots);
	s->slots = NULL;
	s->nslots = 0;
}

void gv_ids_free(struct gv_ids *s)
{
	free(s->list);
	free(s->slots);
	*s = (struct gv_ids){ 0 };
}
