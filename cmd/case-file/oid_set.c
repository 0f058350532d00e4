/* SPDX-License-Identifier: MIT */
#include "oid_set.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_oid));
}

int oid_set_add(struct oid_set *s, const struct gv_oid *id, bool *is_new, struct gv_err *err)
{
	struct gv_oid *own = malloc(sizeof *own), **node;

	if (!own)
		return gv_fail_nomem(err);
	*own = *id;
	node = tsearch(own, &s->root, compare);
	if (is_new)
		*is_new = node && *node == own;
	if (!node || *node != own)
		free(own);
	else
		s->n++;
	return node ? 0 : gv_fail_nomem(err);
}

bool oid_set_has(const struct oid_set *s, const struct gv_oid *id)
{
	return tfind(id, &s->root, compare) != NULL;
}

void oid_set_del(struct oid_set *s, const struct gv_oid *id)
{
	struct gv_oid **node = tfind(id, &s->root, compare), *own;

	if (!node)
		return;
	own = *node;
	tdelete(id, &s->root, compare);
	free(own);
	s->n--;
}

void oid_set_free(struct oid_set *s)
{
	tdestroy(s->root, free);
	*s = (struct oid_set){ 0 };
}
