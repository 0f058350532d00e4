/* SPDX-License-Identifier: MIT */
/* Who did which duty on which record, for rules that want two different people one after the other. */
#include "audit_impl.h"

#include <stdlib.h>

struct gv_deed {
	uint64_t key;      /* of path and duty; two that share one make one rule too strict, never too lax */
	uint32_t next;     /* number of the next one in the slot + 1 */
	char person[40];   /* COURT-Pnnnnnn; longer keys do not exist */
};

static uint64_t key_of(struct gv_str path, struct gv_str duty)
{
	struct gv_sha1 s;
	struct gv_oid id;
	uint64_t key;

	gv_sha1_init(&s);
	gv_sha1_add(&s, path.p, path.n);
	gv_sha1_add(&s, "\n", 1);
	gv_sha1_add(&s, duty.p, duty.n);
	gv_sha1_done(&s, &id);
	memcpy(&key, id.b, sizeof key);
	return key;
}

static int grow(struct gv_deeds *d, struct gv_err *err)
{
	size_t cap = d->cap ? d->cap * 2 : 256;
	struct gv_deed *list = reallocarray(d->list, cap, sizeof *list);
	uint32_t *slots;

	if (!list)
		return gv_fail_nomem(err);
	d->list = list;
	slots = calloc(cap, sizeof *slots);
	if (!slots)
		return gv_fail_nomem(err);
	free(d->slots);
	d->slots = slots;
	d->nslots = d->cap = cap;
	for (size_t i = 0; i < d->n; i++) {
		uint32_t *slot = &slots[list[i].key & (cap - 1)];

		list[i].next = *slot;
		*slot = (uint32_t)i + 1;
	}
	return 0;
}

int gv_deeds_add(struct gv_deeds *d, struct gv_str path, struct gv_str duty, struct gv_str person, struct gv_err *err)
{
	struct gv_deed *deed;
	uint32_t *slot;
	int rc = d->n == d->cap ? grow(d, err) : 0;

	if (rc || person.n >= sizeof deed->person)
		return rc;
	deed = &d->list[d->n];
	*deed = (struct gv_deed){ .key = key_of(path, duty) };
	memcpy(deed->person, person.p, person.n);
	slot = &d->slots[deed->key & (d->nslots - 1)];
	deed->next = *slot;
	*slot = (uint32_t)++d->n;
	return 0;
}

bool gv_deeds_any(const struct gv_deeds *d, struct gv_str path, struct gv_str duty, bool (*is)(void *, struct gv_str person),
                  void *arg)
{
	uint64_t key = key_of(path, duty);

	if (!d->n)
		return false;
	for (uint32_t i = d->slots[key & (d->nslots - 1)]; i; i = d->list[i - 1].next)
		if (d->list[i - 1].key == key && is(arg, gv_str_of(d->list[i - 1].person)))
			return true;
	return false;
}

void gv_deeds_free(struct gv_deeds *d)
{
	free(d->list);
	free(d->slots);
	*d = (struct gv_deeds){ 0 };
}
