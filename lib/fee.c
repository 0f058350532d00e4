/* SPDX-License-Identifier: MIT */
#include "fee.h"

#include <stdio.h>

#include "i18n.h"

#define YUAN 100

__extension__ typedef __int128 wide;

static int64_t narrow(wide v)
{
	return v > INT64_MAX ? -1 : (int64_t)v;
}

static wide half_up(wide v, int64_t den)
{
	return (v + den / 2) / den;
}

size_t gv_enforcement_fee_steps(int64_t fen, struct gv_fee_step out[GV_FEE_STEPS])
{
	static const struct { int64_t from, to; int rate; } steps[GV_FEE_STEPS - 1] = {
		{ 10000 * YUAN, 500000 * YUAN, 15 },
		{ 500000 * YUAN, 5000000LL * YUAN, 10 },
		{ 5000000LL * YUAN, 10000000LL * YUAN, 5 },
		{ 10000000LL * YUAN, INT64_MAX, 1 },
	};
	size_t n = 1;

	out[0] = (struct gv_fee_step){ .to = steps[0].from, .part = fen < steps[0].from ? fen : steps[0].from, .thousandths = 50LL * YUAN * 1000 };
	for (; n < GV_FEE_STEPS && fen > steps[n - 1].from; n++) {
		int64_t from = steps[n - 1].from, to = steps[n - 1].to, part = (fen < to ? fen : to) - from;

		out[n] = (struct gv_fee_step){ from, to, part, steps[n - 1].rate, part * steps[n - 1].rate };
	}
	return n;
}

/* The sum of two amounts at most: no step is too large for 64 bits. */
int64_t gv_enforcement_fee(int64_t fen)
{
	struct gv_fee_step steps[GV_FEE_STEPS];
	size_t n = gv_enforcement_fee_steps(fen, steps);
	wide thousandths = 0;

	for (size_t i = 0; i < n; i++)
		thousandths += steps[i].thousandths;
	return narrow(half_up(thousandths, 1000));
}

int64_t gv_delay_interest(int64_t unpaid, int64_t days)
{
	return days <= 0 ? 0 : narrow(half_up((wide)unpaid * days * 175, 1000000));
}

int gv_fen_read(const struct gv_val *rec, const char *path, int64_t *out, bool *there, struct gv_err *err)
{
	const struct gv_val *v = gv_val_path(rec, gv_str_of(path));

	*out = 0;
	*there = v != NULL;
	if (v && (v->type != GV_INT || v->i < 0))
		return gv_fail_field(err, GV_EDATA, path, "%s", _("is no amount in fen"));
	*out = v ? v->i : 0;
	return 0;
}

int64_t gv_fen_share(int64_t a, int64_t num, int64_t den)
{
	return narrow((wide)a * num / den);
}

int64_t gv_fen_share_up(int64_t a, int64_t num, int64_t den)
{
	return narrow(((wide)a * num + den - 1) / den);
}

const char *gv_yuan(int64_t fen, char out[GV_YUAN])
{
	char digits[GV_YUAN];
	int n = snprintf(digits, sizeof digits, "%03lld", (long long)(fen < 0 ? -fen : fen)), to = 0;

	if (fen < 0)
		out[to++] = '-';
	for (int i = 0; i < n - 2; i++) {
		out[to++] = digits[i];
		if ((n - 2 - i) % 3 == 1 && i < n - 3)
			out[to++] = ',';
	}
	snprintf(out + to, GV_YUAN - (size_t)to, ".%s", digits + n - 2);
	return out;
}
