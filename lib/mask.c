/* SPDX-License-Identifier: MIT */
/* mask: enough of a private value to tell two apart. */
#include "out.h"
#include "utf8.h"

static bool digits(struct gv_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static struct gv_str part(struct gv_str s, size_t from, size_t n)
{
	return (struct gv_str){ s.p + from, n };
}

static bool is_resident_id(struct gv_str s)
{
	return (s.n == 15 && digits(s)) ||
	       (s.n == 18 && digits(part(s, 0, 17)) && (digits(part(s, 17, 1)) || s.p[17] == 'X' ||
	                                                s.p[17] == 'x'));
}

static bool is_date(struct gv_str s)
{
	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && digits(part(s, 0, 4)) &&
	       digits(part(s, 5, 2)) && digits(part(s, 8, 2));
}

static void keep_ends(struct gv_str s, size_t first, size_t last, struct gv_buf *out)
{
	gv_buf_add(out, s.p, first);
	for (size_t i = first; i < s.n - last; i++)
		gv_buf_addc(out, '*');
	gv_buf_add(out, s.p + s.n - last, last);
}

/* The number of stars does not tell how long a name or an address is. */
static void keep_beginning(struct gv_str s, struct gv_buf *out)
{
	size_t pos = 0, characters = 0, keep;

	while (gv_utf8_next(s, &pos) >= 0 && characters < 18)
		characters++;
	keep = characters / 3;
	for (pos = 0; keep; keep--)
		gv_utf8_next(s, &pos);
	gv_buf_add(out, s.p, pos);
	gv_buf_adds(out, "***");
}

void gv_mask(struct gv_str s, struct gv_buf *out)
{
	if (s.n == 0)
		return;
	if (is_resident_id(s))
		keep_ends(s, 6, 1, out);
	else if (s.n == 11 && s.p[0] == '1' && digits(s))
		keep_ends(s, 3, 4, out);
	else if (s.n >= 12 && s.n <= 32 && digits(s))
		keep_ends(s, 0, 4, out);
	else if (is_date(s))
		gv_buf_addf(out, "%.4s-**-**", s.p);
	else
		keep_beginning(s, out);
}
