/* SPDX-License-Identifier: MIT */
/* Deltas of packs: copy and insert instructions against a base; and the cache of bases. */
#include "odb_impl.h"

#include <stdlib.h>

/* Seven bits a byte, low ones first. */
static bool size_next(struct gv_str s, size_t *pos, size_t *out)
{
	unsigned shift = 0;
	size_t v = 0;

	while (*pos < s.n) {
		unsigned char c = (unsigned char)s.p[(*pos)++];
		size_t bits = c & 0x7F;

		if (shift >= 8 * sizeof v || bits << shift >> shift != bits)
			return false;
		v |= bits << shift;
		if (!(c & 0x80)) {
			*out = v;
			return true;
		}
		shift += 7;
	}
	return false;
}

bool gv_delta_sizes(struct gv_str delta, size_t *base, size_t *result)
{
	size_t pos = 0;

	return size_next(delta, &pos, base) && size_next(delta, &pos, result);
}

/* Operands of a copy: one bit of `op` for each byte that is there. */
static bool copy_operands(unsigned char op, const unsigned char **pp, const unsigned char *end,
                          size_t *offset, size_t *size)
{
	const unsigned char *p = *pp;

	*offset = *size = 0;
	for (unsigned i = 0; i < 7; i++) {
		if (!(op & 1u << i))
			continue;
		if (p == end)
			return false;
		if (i < 4)
			*offset |= (size_t)*p++ << 8 * i;
		else
			*size |= (size_t)*p++ << 8 * (i - 4);
	}
	if (*size == 0)
		*size = 0x10000;
	*pp = p;
	return true;
}

bool gv_delta_apply(struct gv_str base, struct gv_str delta, unsigned char *out)
{
	size_t pos = 0, want_base, left;
	const unsigned char *p, *end = (const unsigned char *)delta.p + delta.n;

	if (!size_next(delta, &pos, &want_base) || !size_next(delta, &pos, &left) ||
	    want_base != base.n)
		return false;
	p = (const unsigned char *)delta.p + pos;
	while (p < end) {
		unsigned char op = *p++;
		size_t offset, size = op;
		const void *from;

		if (op & 0x80) {
			if (!copy_operands(op, &p, end, &offset, &size) || offset > base.n ||
			    size > base.n - offset)
				return false;
			from = base.p + offset;
		} else {
			if (op == 0 || size > (size_t)(end - p)) /* 0 is reserved */
				return false;
			from = p;
			p += size;
		}
		if (size > left)
			return false;
		memcpy(out, from, size);
		out += size;
		left -= size;
	}
	return left == 0;
}

/*
 * Bases.  Some 32 MiB of rebuilt objects are kept: records that were read in the order of their
 * paths lean on each other, and a chain is then one step long.  A walk over 100k records in deltas was not
 * faster with the 96 MiB that git takes.
 */
#define BASES_MAX   (32 * GV_MIB)
#define BASES_SLOTS ((size_t)1 << 16)

static size_t slot_of(const struct gv_pack *p, uint64_t offset)
{
	uint64_t h = (offset ^ (uint64_t)(uintptr_t)p) * 0x9E3779B97F4A7C15u;

	return (size_t)(h >> 48) & (BASES_SLOTS - 1);
}

struct gv_base *gv_base_new(enum gv_otype type, size_t n)
{
	struct gv_base *b = malloc(sizeof *b + n + 1); /* never empty: data is written to */

	if (b)
		*b = (struct gv_base){ .type = type, .n = n };
	return b;
}

static void unlink_use(struct gv_bases *c, struct gv_base *b)
{
	if (b->newer)
		b->newer->older = b->older;
	else
		c->newest = b->older;
	if (b->older)
		b->older->newer = b->newer;
	else
		c->oldest = b->newer;
}

static void link_newest(struct gv_bases *c, struct gv_base *b)
{
	b->newer = NULL;
	b->older = c->newest;
	if (c->newest)
		c->newest->newer = b;
	else
		c->oldest = b;
	c->newest = b;
}

static void drop_oldest(struct gv_bases *c)
{
	struct gv_base *b = c->oldest, **at = &c->slots[slot_of(b->pack, b->offset)];

	while (*at != b)
		at = &(*at)->chain;
	*at = b->chain;
	c->oldest = b->newer;
	if (c->oldest)
		c->oldest->older = NULL;
	else
		c->newest = NULL;
	c->bytes -= b->n + sizeof *b;
	c->count--;
	free(b);
}

struct gv_base *gv_bases_find(struct gv_bases *c, const struct gv_pack *p, uint64_t offset)
{
	struct gv_base *b;

	if (!c->slots)
		return NULL;
	for (b = c->slots[slot_of(p, offset)]; b; b = b->chain) {
		if (b->offset == offset && b->pack == p) {
			if (b != c->newest) {
				unlink_use(c, b);
				link_newest(c, b);
			}
			return b;
		}
	}
	return NULL;
}

void gv_bases_keep(struct gv_bases *c, struct gv_base *b, const struct gv_pack *p, uint64_t offset)
{
	struct gv_base **slot;

	if (!c->slots)
		c->slots = calloc(BASES_SLOTS, sizeof(struct gv_base *));
	if (!c->slots || b->n > BASES_MAX / 4 || gv_bases_find(c, p, offset)) {
		free(b);
		return;
	}
	while (c->oldest && c->bytes + b->n + sizeof *b > BASES_MAX)
		drop_oldest(c);
	b->pack = p;
	b->offset = offset;
	slot = &c->slots[slot_of(p, offset)];
	b->chain = *slot;
	*slot = b;
	link_newest(c, b);
	c->bytes += b->n + sizeof *b;
	c->count++;
}

void gv_bases_free(struct gv_bases *c)
{
	struct gv_base *b = c->newest, *older;

	for (; b; b = older) {
		older = b->older;
		free(b);
	}
	free(c->slots);
	*c = (struct gv_bases){ 0 };
}
