/* SPDX-License-Identifier: MIT */
#include "big.h"

#include <math.h>

enum { LIMB_BITS = 64, DIGITS_AT_ONCE = 18 };
_Static_assert(GMP_NUMB_BITS == LIMB_BITS, "limbs of 64 bits");

static void trim(struct gv_big *b)
{
	while (b->n && !b->limb[b->n - 1])
		b->n--;
	if (!b->n)
		b->negative = false;
}

void gv_big_setu(struct gv_big *b, gv_uwide value)
{
	b->negative = false;
	b->limb[0] = (mp_limb_t)value;
	b->limb[1] = (mp_limb_t)(value >> LIMB_BITS);
	b->n = 2;
	trim(b);
}

void gv_big_set(struct gv_big *b, gv_wide value)
{
	gv_big_setu(b, value < 0 ? -(gv_uwide)value : (gv_uwide)value);
	b->negative = value < 0;
}

void gv_big_copy(struct gv_big *to, const struct gv_big *from)
{
	to->negative = from->negative;
	to->n = from->n;
	memmove(to->limb, from->limb, (size_t)from->n * sizeof to->limb[0]);
}

/* to = to * factor + addend */
static void mul_add_small(struct gv_big *to, mp_limb_t factor, mp_limb_t addend)
{
	mp_limb_t carry = to->n ? mpn_mul_1(to->limb, to->limb, to->n, factor) : 0;

	if (to->n)
		carry += mpn_add_1(to->limb, to->limb, to->n, addend);
	else
		carry = addend;
	to->limb[to->n++] = carry;
	trim(to);
}

static mp_limb_t power10(unsigned n)
{
	mp_limb_t p = 1;

	while (n--)
		p *= 10;
	return p;
}

void gv_big_read(struct gv_big *b, struct gv_str digits, bool negative)
{
	b->n = 0;
	b->negative = false;
	for (size_t at = 0; at < digits.n;) {
		mp_limb_t part = 0;
		unsigned n = 0;

		for (; n < DIGITS_AT_ONCE && at < digits.n; n++, at++)
			part = part * 10 + (mp_limb_t)(digits.p[at] - '0');
		mul_add_small(b, power10(n), part);
	}
	b->negative = negative && b->n;
}

static int compare_sizes(const struct gv_big *a, const struct gv_big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return a->n ? mpn_cmp(a->limb, b->limb, a->n) : 0;
}

int gv_big_cmp(const struct gv_big *a, const struct gv_big *b)
{
	int sizes = compare_sizes(a, b);

	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? -sizes : sizes;
}

static void add_signed(struct gv_big *to, const struct gv_big *a, bool negative)
{
	if (!a->n)
		return;
	if (to->negative == negative || !to->n) {
		bool longer = to->n >= a->n;
		const struct gv_big *x = longer ? to : a, *y = longer ? a : to;
		mp_limb_t carry = y->n ? mpn_add(to->limb, x->limb, x->n, y->limb, y->n) : 0;

		if (!y->n)
			memcpy(to->limb, x->limb, (size_t)x->n * sizeof x->limb[0]);
		to->n = x->n;
		to->limb[to->n++] = carry;
		to->negative = negative;
	} else if (compare_sizes(to, a) >= 0) {
		mpn_sub(to->limb, to->limb, to->n, a->limb, a->n);
	} else {
		mpn_sub(to->limb, a->limb, a->n, to->limb, to->n);
		to->n = a->n;
		to->negative = negative;
	}
	trim(to);
}

void gv_big_add(struct gv_big *to, const struct gv_big *a)
{
	add_signed(to, a, a->negative);
}

void gv_big_sub(struct gv_big *to, const struct gv_big *a)
{
	add_signed(to, a, !a->negative);
}

void gv_big_mul(struct gv_big *to, const struct gv_big *a)
{
	mp_limb_t product[GV_BIG_LIMBS + 1];
	bool longer = to->n >= a->n;
	const struct gv_big *x = longer ? to : a, *y = longer ? a : to;

	if (!y->n) {
		to->n = 0;
		to->negative = false;
		return;
	}
	mpn_mul(product, x->limb, x->n, y->limb, y->n);
	to->negative = to->negative != a->negative;
	to->n = x->n + y->n;
	memcpy(to->limb, product, (size_t)to->n * sizeof product[0]);
	trim(to);
}

void gv_big_mul10(struct gv_big *to, unsigned power)
{
	bool negative = to->negative;

	for (; power > DIGITS_AT_ONCE; power -= DIGITS_AT_ONCE)
		mul_add_small(to, power10(DIGITS_AT_ONCE), 0);
	mul_add_small(to, power10(power), 0);
	to->negative = negative && to->n;
}

size_t gv_big_write(const struct gv_big *b, char out[static GV_BIG_TEXT])
{
	mp_limb_t work[GV_BIG_LIMBS + 1];  /* mpn_get_str() destroys its operand */
	unsigned char digits[GV_BIG_TEXT];
	size_t n = 0, len = 0, skip = 0;

	if (b->n) {
		memcpy(work, b->limb, (size_t)b->n * sizeof work[0]);
		n = mpn_get_str(digits, 10, work, b->n);
	}
	while (skip < n && !digits[skip])
		skip++;
	if (b->negative)
		out[len++] = '-';
	if (skip == n)
		out[len++] = '0';
	for (; skip < n; skip++)
		out[len++] = (char)('0' + digits[skip]);
	out[len] = '\0';
	return len;
}

/* ---- to a double, rounded once ---- */

static int bits(const struct gv_big *b)
{
	return b->n ? b->n * LIMB_BITS - __builtin_clzl(b->limb[b->n - 1]) : 0;
}

static void shift_up(struct gv_big *b, int by)
{
	int limbs = by / LIMB_BITS, rest = by % LIMB_BITS;

	if (!b->n || by <= 0)
		return;
	memmove(b->limb + limbs, b->limb, (size_t)b->n * sizeof b->limb[0]);
	memset(b->limb, 0, (size_t)limbs * sizeof b->limb[0]);
	b->n += limbs;
	if (rest) {
		b->limb[b->n] = mpn_lshift(b->limb, b->limb, b->n, (unsigned)rest);
		b->n++;
	}
	trim(b);
}

/* The nearest double to (value + something in (0,1) if more) * 2^exponent.  value has 64 bits or more. */
static double nearest(const struct gv_big *value, bool more, int exponent)
{
	unsigned drop = bits(value) > LIMB_BITS ? (unsigned)(bits(value) - LIMB_BITS) : 0;  /* keep 64 bits */
	mp_limb_t top[GV_BIG_LIMBS + 1], half, low;

	memcpy(top, value->limb, (size_t)value->n * sizeof top[0]);
	top[value->n] = 0;
	for (unsigned i = 0; i < drop / LIMB_BITS; i++)
		more |= top[i] != 0;
	memmove(top, top + drop / LIMB_BITS, ((size_t)value->n + 1 - drop / LIMB_BITS) * sizeof top[0]);
	if (drop % LIMB_BITS) {
		unsigned by = drop % LIMB_BITS;

		more |= (top[0] & (((mp_limb_t)1 << by) - 1)) != 0;
		top[0] = top[0] >> by | top[1] << (LIMB_BITS - by);
	}
	/* 53 bits are kept, 11 decide; results below the normal range are not rounded for it and do not occur. */
	low = top[0] & 2047;
	half = 1024;
	top[0] >>= 11;
	if (low > half || (low == half && (more || (top[0] & 1))))
		top[0]++;
	return ldexp((double)top[0], exponent + (int)drop + 11);
}

/* q = a * 2^shift / b with 66 bits or more; true if something was left over */
static bool divide(struct gv_big *q, const struct gv_big *a, const struct gv_big *b, int shift)
{
	struct gv_big num;
	mp_limb_t rest[GV_BIG_LIMBS];
	bool more = false;

	gv_big_copy(&num, a);
	shift_up(&num, shift);
	q->negative = false;
	if (num.n < b->n) {
		q->n = 0;
		return num.n > 0;
	}
	mpn_tdiv_qr(q->limb, rest, 0, num.limb, num.n, b->limb, b->n);
	q->n = num.n - b->n + 1;
	trim(q);
	for (int i = 0; i < b->n; i++)
		more |= rest[i] != 0;
	return more;
}

double gv_big_ratio(const struct gv_big *a, const struct gv_big *b)
{
	struct gv_big q;
	int shift = bits(b) - bits(a) + LIMB_BITS + 2;
	double d;
	bool more;

	if (!a->n)
		return 0;
	if (shift < 0)
		shift = 0;
	more = divide(&q, a, b, shift);
	d = nearest(&q, more, -shift);
	return a->negative ? -d : d;
}

double gv_big_root(const struct gv_big *a, const struct gv_big *b)
{
	struct gv_big q, root = { 0 };
	mp_limb_t rest[GV_BIG_LIMBS];
	int shift = bits(b) - bits(a) + 2 * LIMB_BITS + 2;
	bool more;

	if (!a->n)
		return 0;
	if (shift < 0)
		shift = 0;
	shift += shift & 1;
	more = divide(&q, a, b, shift);
	more |= mpn_sqrtrem(root.limb, rest, q.limb, q.n) != 0;
	root.n = (q.n + 1) / 2;
	trim(&root);
	return nearest(&root, more, -shift / 2);
}
