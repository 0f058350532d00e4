/* SPDX-License-Identifier: MIT */
#include "policy.h"
#include "seizure_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define SEAL "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定", "法释〔2004〕15号"
#define PRESERVE "最高人民法院关于人民法院办理财产保全案件若干问题的规定", "法释〔2016〕22号"
#define GOOD_FAITH "最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见", "法发〔2019〕35号"
#define CIVIL(art21, art23) { "中华人民共和国民事诉讼法", "2021", art21 }, { "中华人民共和国民事诉讼法", "2023", art23 }

BASIS(sz10, { SEAL, "19" }, CIVIL("249", "253"));
BASIS(sz11, { SEAL, "19" });
BASIS(sz12, CIVIL("105", "105"), { PRESERVE, "15" });
BASIS(sz13, { PRESERVE, "15" }, { GOOD_FAITH, "4" });
BASIS(sz14, { PRESERVE, "15" });
BASIS(sz19, { SEAL, "26,28" });

#define RULE(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .needs = (what), .fn = gv_seizure_rule_##check }

const struct gv_rule gv_seizure_rules[] = {
	RULE("SZ-10", GV_VIOLATION, "no more is seized than the claim and its costs need", "不得明显超标的额查封", sz10, "2005-01-01",
	     N_("claim, assets with value, share and encumbrances, seizures that hold; policy seizure_lowest_percent, seizure_obvious_percent"), too_much),
	RULE("SZ-11", GV_VIOLATION, "what is indivisible may be seized whole only where nothing else suffices", "不可分物的例外须具备两个条件", sz11,
	     "2005-01-01", N_("assets with indivisible, and all other property"), indivisible),
	RULE("SZ-12", GV_REVIEW, "there is a claim to compare with: at preservation the amount in the ruling", "以裁定或执行标的额为准", sz12,
	     "2005-01-01", N_("claim: stage, principal_fen or preservation_fen"), claim_known),
	RULE("SZ-13", GV_VIOLATION, "of an immovable that can be divided the corresponding part is seized", "可分割不动产应查封相应部分", sz13,
	     "2016-12-01", N_("assets with indivisible, units, one_certificate, split_asked_on, split_on, split_refused_on"), part),
	RULE("SZ-14", GV_VIOLATION, "the ruling states the exact sum that is frozen", "冻结账户须明确数额", sz14, "2016-12-01",
	     N_("sum_fen of each seizure of a deposit"), sum_stated),
	RULE("SZ-19", GV_REVIEW, "what a seizure is worth is known", "价值可核", sz19, "2005-01-01",
	     N_("assets with price.fen, value_fen, balance_fen or shares and close_fen; served_at, published_at"), values_known),
	{ 0 }
};

static int read_percent(const struct gv_val *config, const char *name, int most, gv_day on, int *out, struct gv_err *err)
{
	const struct gv_val *v;
	int rc = gv_policy_get(&v, config, name, on, err);

	if (rc || !v)
		return rc;
	if (v->type != GV_INT || v->i < 1 || v->i > most)
		return gv_fail_field(err, GV_EDATA, name, _("is no percentage from 1 to %d"), most);
	*out = (int)v->i;
	return 0;
}

int gv_seizure_policy_read(struct gv_seizure_policy *out, const struct gv_val *config, gv_day on, struct gv_err *err)
{
	int rc;

	*out = GV_SEIZURE_POLICY;
	rc = config ? read_percent(config, "seizure_lowest_percent", 100, on, &out->lowest, err) : 0;
	return rc || !config ? rc : read_percent(config, "seizure_obvious_percent", 1000, on, &out->obvious, err);
}
