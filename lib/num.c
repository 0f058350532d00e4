/* SPDX-License-Identifier: MIT */
#include "num.h"

#include <stdio.h>

/* ---- reading ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct gv_str take_digits(const char **p, const char *end)
{
	struct gv_str digits = { *p, 0 };

	while (*p < end && is_digit(**p))
		++*p;
	digits.n = (size_t)(*p - digits.p);
	return digits;
}

static bool take_exponent(const char *p, const char *end, int64_t *out)
{
	bool negative = p < end && *p == '-';
	struct gv_str digits;

	p += p < end && (*p == '-' || *p == '+');
	digits = take_digits(&p, end);
	if (!digits.n || p != end)
		return false;
	while (digits.n > 1 && digits.p[0] == '0') {
		digits.p++;
		digits.n--;
	}
	if (digits.n > 4) /* far out of range: only zero survives this */
		digits = GV_STR("9999");
	gv_str_int(digits, out);
	*out = negative ? -*out : *out;
	return true;
}

bool gv_num_parts(struct gv_num_parts *out, struct gv_str text)
{
	const char *p = text.p, *end = text.p + text.n;

	*out = (struct gv_num_parts){ 0 };
	out->negative = p < end && *p == '-';
	p += out->negative;
	out->whole = take_digits(&p, end);
	if (!out->whole.n)
		return false;
	if (p < end && *p == '.') {
		p++;
		out->fraction = take_digits(&p, end);
		if (!out->fraction.n)
			return false;
	}
	return p == end || ((*p == 'e' || *p == 'E') && take_exponent(p + 1, end, &out->exponent));
}

struct limits { size_t whole, fraction; };

/* Digits and scale of what is not simply an integer; `digits` has room for all that is within the limits. */
static bool gather(const struct gv_num_parts *parts, struct gv_num *n, struct limits most, char digits[static GV_NUM_TEXT])
{
	struct gv_str in[2] = { parts->whole, parts->fraction.p ? parts->fraction : GV_STR("") };
	int64_t scale = (int64_t)parts->fraction.n - parts->exponent;
	size_t len = 0, zeros = 0;

	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < in[i].n; k++) {
			if (in[i].p[k] == '0') { /* written only if a digit follows */
				zeros += len > 0;
				continue;
			}
			if (len + zeros + 1 > most.whole + most.fraction)
				return false;
			memset(digits + len, '0', zeros);
			len += zeros;
			zeros = 0;
			digits[len++] = in[i].p[k];
		}
	scale -= (int64_t)zeros;
	if (!len)
		scale = 0;
	if (scale > (int64_t)most.fraction || (int64_t)len - scale > (int64_t)most.whole)
		return false;
	for (; scale < 0; scale++)
		digits[len++] = '0';
	n->scale = (int32_t)scale;
	n->digits = (struct gv_str){ digits, len };
	n->negative = parts->negative;
	return true;
}

static bool read_within(struct gv_num *n, struct gv_str text, struct limits most, struct gv_num_room *room)
{
	struct gv_num_parts parts;

	*n = (struct gv_num){ 0 };
	if (!gv_num_parts(&parts, text))
		return false;
	if (!parts.fraction.p && !parts.exponent && parts.whole.n <= 18) {
		gv_str_int(parts.whole, &n->m);
	} else {
		if (!gather(&parts, n, most, room->text))
			return false;
		if (n->digits.n > 18)
			return true;
		n->m = 0;
		for (size_t i = 0; i < n->digits.n; i++)
			n->m = n->m * 10 + (n->digits.p[i] - '0');
		n->digits = (struct gv_str){ 0 };
	}
	n->m = parts.negative ? -n->m : n->m;
	n->negative = false;
	return true;
}

bool gv_num_read(struct gv_num *n, struct gv_str text, struct gv_num_room *room)
{
	return read_within(n, text, (struct limits){ GV_NUM_WHOLE, GV_NUM_FRACTION }, room);
}

bool gv_num_read_result(struct gv_num *n, struct gv_str text, struct gv_num_room *room)
{
	return read_within(n, text, (struct limits){ GV_NUM_RESULT, GV_NUM_RESULT }, room);
}

bool gv_num_of(struct gv_num *n, const struct gv_val *v, struct gv_num_room *room)
{
	if (v->type == GV_INT) { /* within 2^53 */
		*n = (struct gv_num){ .m = v->i };
		return true;
	}
	if (v->type != GV_STRING && v->type != GV_NUMBER)
		return false;
	return gv_num_read(n, (struct gv_str){ v->s, v->n }, room);
}

/* ---- comparing, writing ---- */

struct shape {
	bool negative;
	struct gv_str digits;  /* none: zero */
	int32_t whole;         /* digits in front of the point; below 0 for zeros behind it */
	char text[24];
};

static void shape_of(const struct gv_num *n, struct shape *s)
{
	char *end = s->text + sizeof s->text, *p = end;

	s->negative = n->digits.p ? n->negative : n->m < 0;
	s->digits = n->digits;
	if (!n->digits.p) {
		for (uint64_t m = s->negative ? -(uint64_t)n->m : (uint64_t)n->m; m; m /= 10)
			*--p = (char)('0' + m % 10);
		s->digits = (struct gv_str){ p, (size_t)(end - p) };
	}
	s->whole = (int32_t)s->digits.n - n->scale;
}

/* Without signs.  No digits end in a zero of a fraction, so that the longer of two is the larger. */
static int compare_shapes(const struct shape *a, const struct shape *b)
{
	size_t n = a->digits.n < b->digits.n ? a->digits.n : b->digits.n;
	int diff;

	if (!a->digits.n || !b->digits.n)
		return (a->digits.n > 0) - (b->digits.n > 0);
	if (a->whole != b->whole)
		return a->whole < b->whole ? -1 : 1;
	diff = memcmp(a->digits.p, b->digits.p, n);
	return diff ? diff : (a->digits.n > n) - (b->digits.n > n);
}

int gv_num_cmp(const struct gv_num *a, const struct gv_num *b)
{
	struct shape x, y;
	int diff;

	if (!a->digits.p && !b->digits.p && a->scale == b->scale)
		return (a->m > b->m) - (a->m < b->m);
	shape_of(a, &x);
	shape_of(b, &y);
	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	diff = compare_shapes(&x, &y);
	diff = (diff > 0) - (diff < 0);
	return x.negative ? -diff : diff;
}

size_t gv_num_place_point(struct gv_str signed_digits, int32_t scale, char *out)
{
	size_t sign = signed_digits.n && signed_digits.p[0] == '-', len = sign;
	struct gv_str digits = { signed_digits.p + sign, signed_digits.n - sign };
	size_t whole;

	if (sign)
		out[0] = '-';
	while (scale > 0 && digits.n > 1 && digits.p[digits.n - 1] == '0') {
		digits.n--;
		scale--;
	}
	whole = digits.n > (size_t)scale ? digits.n - (size_t)scale : 0;
	memcpy(out + len, digits.p, whole);
	len += whole;
	if (!whole)
		out[len++] = '0';
	if (scale > 0 && digits.p[0] != '0') {
		out[len++] = '.';
		memset(out + len, '0', (size_t)scale - (digits.n - whole));
		len += (size_t)scale - (digits.n - whole);
		memcpy(out + len, digits.p + whole, digits.n - whole);
		len += digits.n - whole;
	}
	out[len] = '\0';
	return len;
}

size_t gv_num_write(const struct gv_num *n, char out[static GV_NUM_TEXT])
{
	char digits[GV_NUM_TEXT];
	int len;

	if (n->digits.p)
		len = snprintf(digits, sizeof digits, "%s%.*s", n->negative ? "-" : "", (int)n->digits.n, n->digits.p);
	else
		len = snprintf(digits, sizeof digits, "%lld", (long long)n->m);
	return gv_num_place_point((struct gv_str){ digits, (size_t)len }, n->scale, out);
}

/* One more in the last place; true if that made a digit more. */
static bool count_up(char *digits, size_t n)
{
	while (n--) {
		if (digits[n] != '9') {
			digits[n]++;
			return false;
		}
		digits[n] = '0';
	}
	return true;
}

/* Is what is cut off more than half of the last place, or half of an odd one? */
static bool rounds_up(struct gv_str kept, struct gv_str cut)
{
	bool odd = kept.n && (kept.p[kept.n - 1] - '0') % 2;

	if (cut.p[0] != '5')
		return cut.p[0] > '5';
	for (size_t i = 1; i < cut.n; i++)
		if (cut.p[i] != '0')
			return true;
	return odd;
}

size_t gv_num_fixed(const struct gv_num *n, int decimals, char out[static GV_NUM_TEXT + 16])
{
	char digits[GV_NUM_TEXT + GV_NUM_RESULT + 16];
	size_t len = 0, whole, sign;
	struct shape s;

	shape_of(n, &s);
	/* As many zeros in front that there is a digit before the point, and one to carry into. */
	for (int32_t i = s.whole; i < 1; i++)
		digits[len++] = '0';
	memcpy(digits + len, s.digits.p, s.digits.n);
	len += s.digits.n;
	whole = s.digits.n && s.whole > 0 ? (size_t)s.whole : 1;
	if (len > whole + (size_t)decimals) {
		size_t kept = whole + (size_t)decimals;
		bool up = rounds_up((struct gv_str){ digits, kept }, (struct gv_str){ digits + kept, len - kept });

		len = kept;
		if (up && count_up(digits, len)) {
			memmove(digits + 1, digits, len++);
			digits[0] = '1';
			whole++;
		}
	}
	while (len < whole + (size_t)decimals)
		digits[len++] = '0';
	sign = s.negative && strspn(digits, "0") < len;
	if (sign)
		out[0] = '-';
	memcpy(out + sign, digits, whole);
	if (!decimals) {
		out[sign + whole] = '\0';
		return sign + whole;
	}
	out[sign + whole] = '.';
	memcpy(out + sign + whole + 1, digits + whole, (size_t)decimals);
	out[sign + len + 1] = '\0';
	return sign + len + 1;
}
