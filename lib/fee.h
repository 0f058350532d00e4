/* SPDX-License-Identifier: MIT */
/*
 * fee: sums that the law computes.  Fen in, fen out, exact, half a fen rounded up; nothing goes through floating point.
 * An amount is 0 to GV_FEN_MAX; what would be more than INT64_MAX is -1.
 */
#ifndef GAVEL_FEE_H
#define GAVEL_FEE_H

#include "json.h"

#define GV_FEN_MAX ((int64_t)1 << 53)  /* as integers of records */

/*
 * Fee of an enforcement for so much (EX-20): 50 yuan up to 10,000, and of what is above 1.5 % to 500,000, 1 % to 5 million,
 * 0.5 % to 10 million, 0.1 % beyond.  诉讼费用交纳办法 (国务院令第481号) art. 14(1).
 */
int64_t gv_enforcement_fee(int64_t fen);

/* One step of that: so much of the amount at so many thousandths; the first is 50 yuan whatever the amount is (rate 0). */
struct gv_fee_step { int64_t from, to, part; int rate; int64_t thousandths; /* of a fen: what it comes to */ };
enum { GV_FEE_STEPS = 5 };
size_t gv_enforcement_fee_steps(int64_t fen, struct gv_fee_step out[GV_FEE_STEPS]);

/*
 * The doubled part of the interest for delay (EX-21): 0.0175 % a day of the money adjudged that is not paid, general interest
 * left out.  法释〔2014〕8号 arts. 1-4, from 2014-08-01.
 */
int64_t gv_delay_interest(int64_t unpaid, int64_t days);

/*
 * An amount of a record, by a path that may be dotted: 0 and *there false if it is not there.  GV_EDATA, naming the field, if
 * it is no amount.
 */
int gv_fen_read(const struct gv_val *rec, const char *path, int64_t *out, bool *there, struct gv_err *err);

/* a * num / den, rounded down: a share of a value.  0 <= a, num; 0 < den.  -1: too large. */
int64_t gv_fen_share(int64_t a, int64_t num, int64_t den);
/* The same, rounded up. */
int64_t gv_fen_share_up(int64_t a, int64_t num, int64_t den);

/* An amount for people: "1,026,200.00". */
enum { GV_YUAN = 32 };
const char *gv_yuan(int64_t fen, char out[GV_YUAN]);

#endif
