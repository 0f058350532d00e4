/* SPDX-License-Identifier: MIT */
#include "claim.h"

#include "fee.h"
#include "i18n.h"

static int read_day(const struct gv_val *val, const char *path, gv_day *out, struct gv_err *err)
{
	struct gv_str text = gv_val_str(gv_val_path(val, gv_str_of(path)));

	*out = GV_DAY_NONE;
	if (!text.p)
		return 0;
	*out = gv_day_read(text);
	if (*out == GV_DAY_NONE)
		return gv_fail_field(err, GV_EDATA, path, _("\"%.*s\" is not a date"), (int)text.n, text.p);
	return 0;
}

static void add_line(struct gv_claim *c, struct gv_claim_line line)
{
	c->lines[c->nlines++] = line;
	c->total += line.fen;
}

static int recorded(struct gv_claim *c, const char *what, const char *field, const char *rule, int sign, struct gv_err *err)
{
	int64_t fen;
	bool there;
	int rc = gv_fen_read(c->val, field, &fen, &there, err);

	if (!rc && there)
		add_line(c, (struct gv_claim_line){ .what = what, .field = field, .rule = rule, .fen = sign * fen, .of = -1, .days = -1 });
	return rc;
}

/* As recorded, or as the law computes it from the money adjudged and the days. */
static int doubled(struct gv_claim *c, gv_day as_of, struct gv_err *err)
{
	gv_day from, until;
	int64_t unpaid, stay = 0, interest;
	bool there;
	int rc = 0;

	if (gv_val_get(c->val, "doubled_fen") || !gv_val_get(c->val, "delay"))
		return recorded(c, N_("doubled part of the interest for delay"), "doubled_fen", "EX-21", 1, err);
	rc = gv_fen_read(c->val, "delay.unpaid_fen", &unpaid, &there, err);
	if (!rc)
		rc = read_day(c->val, "delay.due_on", &from, err);
	if (!rc)
		rc = read_day(c->val, "delay.until", &until, err);
	if (!rc)
		rc = gv_fen_read(c->val, "delay.stay_days", &stay, &(bool){ false }, err);
	if (rc)
		return rc;
	if (!there || from == GV_DAY_NONE) {
		c->missing = there ? "delay.due_on" : "delay.unpaid_fen";
		return 0;
	}
	if (until == GV_DAY_NONE)
		until = as_of > from ? as_of : from;
	if (until < from || stay > until - from)
		return gv_fail_field(err, GV_EDATA, "delay", "%s", _("the days end before they begin"));
	interest = gv_delay_interest(unpaid, until - from - stay);
	if (interest < 0 || interest > GV_FEN_MAX)
		return gv_fail_field(err, GV_EDATA, "delay", "%s", _("the interest is too large"));
	add_line(c, (struct gv_claim_line){ .what = N_("doubled part of the interest for delay"), .field = "delay", .rule = "EX-21",
	                                    .fen = interest, .of = unpaid, .days = until - from - stay, .from = from, .until = until, .stay = stay });
	return 0;
}

/* As recorded, or of the amount that enforcement was asked for: principal and interest, without the costs of the suit. */
static int fee(struct gv_claim *c, struct gv_err *err)
{
	int64_t principal, interest;
	bool there;
	int rc;

	if (gv_val_get(c->val, "fee_fen"))
		return recorded(c, N_("enforcement fee"), "fee_fen", "EX-20", 1, err);
	rc = gv_fen_read(c->val, "principal_fen", &principal, &there, err);
	if (!rc)
		rc = gv_fen_read(c->val, "interest_fen", &interest, &there, err);
	if (!rc)
		add_line(c, (struct gv_claim_line){ .what = N_("enforcement fee"), .field = "principal_fen+interest_fen", .rule = "EX-20",
		                                    .fen = gv_enforcement_fee(principal + interest), .of = principal + interest, .days = -1 });
	return rc;
}

static int enforcement(struct gv_claim *c, gv_day as_of, struct gv_err *err)
{
	int rc = recorded(c, N_("principal"), "principal_fen", "SZ-10", 1, err);

	if (!rc && !c->nlines)
		c->missing = "principal_fen";
	if (!rc)
		rc = recorded(c, N_("interest to the cut-off day"), "interest_fen", "SZ-10", 1, err);
	if (!rc)
		rc = doubled(c, as_of, err);
	if (!rc)
		rc = recorded(c, N_("costs adjudged"), "costs_fen", "SZ-10", 1, err);
	if (!rc)
		rc = fee(c, err);
	if (!rc)
		rc = recorded(c, N_("costs of disposal, estimated"), "disposal_fen", "SZ-10", 1, err);
	if (!rc)
		rc = recorded(c, N_("recovered already"), "recovered_fen", "SZ-10", -1, err);
	return rc;
}

int gv_claim_read(struct gv_claim *out, const struct gv_val *val, gv_day as_of, struct gv_err *err)
{
	int rc;

	*out = (struct gv_claim){ .val = val };
	out->preservation = gv_str_is(gv_val_getstr(val, "stage"), "preservation");
	if (out->preservation) {
		rc = recorded(out, N_("amount in the preservation ruling"), "preservation_fen", "SZ-12", 1, err);
		out->missing = out->nlines ? NULL : "preservation_fen";
	} else {
		rc = enforcement(out, as_of, err);
	}
	if (out->total < 0)
		out->total = 0;
	return rc;
}

bool gv_claim_is_paid(const struct gv_claim *claim)
{
	int64_t recovered;

	return claim->val && !claim->missing && !claim->preservation && claim->total == 0 && gv_val_getint(claim->val, "recovered_fen", &recovered) && recovered > 0;
}
