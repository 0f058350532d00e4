/* SPDX-License-Identifier: MIT */
#include "uniq.h"

#include <endian.h>
#include <math.h>
#include <openssl/evp.h>
#include <stdlib.h>

#include "sha.h"

enum { FEWEST_SLOTS = 8, INDEX_BITS = 14, REGISTERS = 1 << INDEX_BITS, RANK_MAX = 64 - INDEX_BITS + 1 };

void gv_uniq_free(struct gv_uniq *u)
{
	free(u->slots);
	free(u->registers);
	*u = (struct gv_uniq){ .limit = u->limit };
}

size_t gv_uniq_bytes(const struct gv_uniq *u)
{
	return u->nslots * sizeof *u->slots + (u->registers ? REGISTERS : 0);
}

static bool is_empty(const struct gv_digest *d)
{
	return !d->high && !d->low;
}

static size_t slot_of(const struct gv_uniq *u, const struct gv_digest *d)
{
	size_t i = (size_t)d->low & (u->nslots - 1);

	while (!is_empty(&u->slots[i]) && (u->slots[i].high != d->high || u->slots[i].low != d->low))
		i = (i + 1) & (u->nslots - 1);
	return i;
}

/* ---- registers ---- */

static void count_in(uint8_t *registers, const struct gv_digest *d)
{
	uint64_t rest = d->high << INDEX_BITS;
	int rank = rest ? __builtin_clzll(rest) + 1 : RANK_MAX;
	uint8_t *r = &registers[d->high >> (64 - INDEX_BITS)];

	if (*r < rank)
		*r = (uint8_t)rank;
}

static int begin_estimate(struct gv_uniq *u, struct gv_err *err)
{
	u->registers = calloc(REGISTERS, 1);
	if (!u->registers)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < u->nslots; i++)
		if (!is_empty(&u->slots[i]))
			count_in(u->registers, &u->slots[i]);
	free(u->slots);
	u->slots = NULL;
	u->nslots = 0;
	return 0;
}

static int grow(struct gv_uniq *u, struct gv_err *err)
{
	struct gv_digest *old = u->slots;
	size_t n = u->nslots;

	u->nslots = n ? n * 2 : FEWEST_SLOTS;
	u->slots = calloc(u->nslots, sizeof *u->slots);
	if (!u->slots) {
		u->slots = old;
		u->nslots = n;
		return gv_fail_nomem(err);
	}
	for (size_t i = 0; i < n; i++)
		if (!is_empty(&old[i]))
			u->slots[slot_of(u, &old[i])] = old[i];
	free(old);
	return 0;
}

static int add_digest(struct gv_uniq *u, const struct gv_digest *d, struct gv_err *err)
{
	size_t slot;
	int rc = 0;

	if (!u->registers && ((size_t)u->used + 1) * 4 > u->nslots * 3)
		rc = grow(u, err);
	if (rc)
		return rc;
	if (!u->registers) {
		slot = slot_of(u, d);
		if (!is_empty(&u->slots[slot]))
			return 0;
		u->slots[slot] = *d;
		if (++u->used > u->limit)
			rc = begin_estimate(u, err);
		return rc;
	}
	count_in(u->registers, d);
	return 0;
}

static struct gv_digest digest_of(const unsigned char bytes[16])
{
	struct gv_digest d;

	memcpy(&d, bytes, sizeof d);
	d.high = be64toh(d.high);
	d.low = be64toh(d.low);
	d.low |= is_empty(&d); /* that of nothing is taken */
	return d;
}

int gv_uniq_add(struct gv_uniq *u, struct gv_str value, struct gv_err *err)
{
	unsigned char sha[32];
	struct gv_digest d;

	gv_sha256(value, sha);
	d = digest_of(sha);
	return add_digest(u, &d, err);
}

int gv_uniq_join(struct gv_uniq *u, const struct gv_uniq *other, struct gv_err *err)
{
	int rc = other->registers && !u->registers ? begin_estimate(u, err) : 0;

	for (size_t i = 0; other->registers && i < REGISTERS && !rc; i++)
		if (u->registers[i] < other->registers[i])
			u->registers[i] = other->registers[i];
	for (size_t i = 0; i < other->nslots && !rc; i++)
		if (!is_empty(&other->slots[i]))
			rc = add_digest(u, &other->slots[i], err);
	return rc;
}

/* ---- the estimate: O. Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017, algorithm 6 ---- */

static double sigma(double x)
{
	double y = 1, z = x, before;

	if (x == 1)
		return HUGE_VAL;
	do {
		x *= x;
		before = z;
		z += x * y;
		y += y;
	} while (z != before);
	return z;
}

static double tau(double x)
{
	double y = 1, z = 1 - x, before;

	if (x == 0 || x == 1)
		return 0;
	do {
		x = sqrt(x);
		before = z;
		y *= 0.5;
		z -= (1 - x) * (1 - x) * y;
	} while (z != before);
	return z / 3;
}

static double estimate(const uint8_t *registers)
{
	unsigned ranks[RANK_MAX + 1] = { 0 };
	double z;

	for (size_t i = 0; i < REGISTERS; i++)
		ranks[registers[i]]++;
	z = REGISTERS * tau(1 - ranks[RANK_MAX] / (double)REGISTERS);
	for (int k = RANK_MAX - 1; k > 0; k--)
		z = 0.5 * (z + ranks[k]);
	z += REGISTERS * sigma(ranks[0] / (double)REGISTERS);
	return REGISTERS / (2 * M_LN2) * REGISTERS / z;
}

uint64_t gv_uniq_count(const struct gv_uniq *u)
{
	uint64_t n;

	if (!u->registers)
		return u->used;
	n = (uint64_t)llround(estimate(u->registers));
	return n > u->limit ? n : (uint64_t)u->limit + 1; /* that many are certain */
}

/* ---- states ---- */

static int compare_digests(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_digest));
}

/* The digests in order, as bytes. */
static unsigned char *sorted(const struct gv_uniq *u)
{
	struct gv_digest *list = malloc((u->used + 1u) * sizeof *list);
	size_t n = 0;

	for (size_t i = 0; list && i < u->nslots; i++)
		if (!is_empty(&u->slots[i]))
			list[n++] = (struct gv_digest){ htobe64(u->slots[i].high), htobe64(u->slots[i].low) };
	if (list)
		qsort(list, n, sizeof *list, compare_digests);
	return (unsigned char *)list;
}

int gv_uniq_write(const struct gv_uniq *u, struct gv_buf *out, struct gv_err *err)
{
	unsigned char *list = u->registers ? u->registers : sorted(u);
	size_t n = u->registers ? REGISTERS : u->used * sizeof(struct gv_digest), len = (n + 2) / 3 * 4;

	if (!list)
		return gv_fail_nomem(err);
	if (gv_buf_reserve(out, len + 1) && n)
		out->n += (size_t)EVP_EncodeBlock((unsigned char *)out->p + out->n, list, (int)n);
	if (!u->registers)
		free(list);
	return gv_buf_check(out, err);
}

static int take_digests(struct gv_uniq *u, const unsigned char *bytes, size_t n, struct gv_err *err)
{
	int rc = n % sizeof(struct gv_digest) ? GV_EDATA : 0;

	for (size_t i = 0; i < n && !rc; i += sizeof(struct gv_digest)) {
		struct gv_digest d = digest_of(bytes + i);

		rc = add_digest(u, &d, err);
	}
	return rc;
}

static int take_registers(struct gv_uniq *u, const unsigned char *bytes, size_t n, struct gv_err *err)
{
	if (n != REGISTERS)
		return GV_EDATA;
	u->registers = malloc(REGISTERS);
	if (!u->registers)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] > RANK_MAX)
			return GV_EDATA;
		u->registers[i] = bytes[i];
	}
	return 0;
}

int gv_uniq_read(struct gv_uniq *u, bool exact, struct gv_str text, struct gv_err *err)
{
	size_t n = text.n / 4 * 3, padding = 0;
	unsigned char *bytes;
	int rc = GV_EDATA;

	while (padding < 2 && padding < text.n && text.p[text.n - padding - 1] == '=')
		padding++;
	if (text.n % 4 || text.n > INT32_MAX || memchr(text.p, '=', text.n - padding))
		return GV_EDATA;
	bytes = malloc(n + 1);
	if (!bytes)
		return gv_fail_nomem(err);
	if (!n || EVP_DecodeBlock(bytes, (const unsigned char *)text.p, (int)text.n) == (int)n)
		rc = exact ? take_digests(u, bytes, n - padding, err) : take_registers(u, bytes, n - padding, err);
	free(bytes);
	return rc;
}
