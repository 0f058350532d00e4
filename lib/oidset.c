/* SPDX-License-Identifier: MIT */
#include "oidset.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_oid));
}

int gv_oidset_add(struct gv_oidset *s, const struct gv_oid *id, bool *is_new, struct gv_err *err)
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

bool gv_oidset_has(const struct gv_oidset *s, const struct gv_oid *id)
{
	return tfind(id, &s->root, compare) != NULL;
}

void gv_oidset_del(struct gv_oidset *s, const struct gv_oid *id)
{
	struct gv_oid **node = tfind(id, &s->root, compare), *own;

	if (!node)
		return;
	own = *node;
	tdelete(id, &s->root, compare);
	free(own);
	s->n--;
}

void gv_oidset_free(struct gv_oidset *s)
{
	tdestroy(s->root, free);
	*s = (struct gv_oidset){ 0 };
}
