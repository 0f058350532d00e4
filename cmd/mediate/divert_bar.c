/* SPDX-License-Identifier: MIT */
/* divert_bar: which disputes are not mediated (CM-01, JM-08, CPL art. 125). */
#include "divert.h"

#define CPL "中华人民共和国民事诉讼法", "2023"
#define CPL_INTERP "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号"
#define ALL "中华人民共和国行政诉讼法", "2017"

static bool has_type(struct gv_cmd *c, const struct gv_rec *rec, const char *prefix)
{
	struct gv_caseno number;

	gv_caseno_parse(gv_cmd_caseno(c), &number, gv_str_of(rec->id.key), NULL);
	return gv_str_starts(gv_str_of(number.type), gv_str_of(prefix));
}

static bool is_true(const struct gv_val *rec, const char *name)
{
	const struct gv_val *v = gv_val_get(rec, name);

	return v && v->type == GV_BOOL && v->truth;
}

/* Special procedure, payment order, public notice. */
static bool is_special(struct gv_cmd *c, struct gv_causes *causes, const struct gv_rec *rec, struct gv_str cause)
{
	return gv_str_is(gv_val_getstr(rec->val, "procedure"), "special") || has_type(c, rec, "民特") ||
	       has_type(c, rec, "民督") || has_type(c, rec, "民催") ||
	       gv_causes_covers(causes, GV_STR("非讼程序案件案由"), cause, NULL);
}

/* Whether marriage, parentage or adoption holds; divorce and the end of an adoption are mediated. */
static bool is_status(struct gv_causes *causes, struct gv_str cause)
{
	static const char *const names[] = {
		"婚姻无效纠纷", "撤销婚姻纠纷", "亲子关系纠纷", "确认收养关系纠纷",
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (gv_causes_covers(causes, gv_str_of(names[i]), cause, NULL))
			return true;
	return false;
}

static bool is_administrative(struct gv_cmd *c, const struct gv_rec *rec)
{
	return gv_str_is(gv_val_getstr(rec->val, "dispute_type"), "administrative") || has_type(c, rec, "行");
}

/* Compensation is told by the cause or the type of the case; discretion by the field alone. */
static bool may_be_mediated(struct gv_cmd *c, const struct gv_rec *rec, struct gv_str cause)
{
	return is_true(rec->val, "discretion") || has_type(c, rec, "行赔") || (cause.n && gv_str_find(cause, GV_STR("赔偿"))) ||
	       gv_str_ends(cause, GV_STR("补偿")) || gv_str_starts(cause, GV_STR("行政补偿"));
}

static bool is_refused(const struct gv_val *rec)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	if (!gv_str_is(gv_val_getstr(rec, "kind"), "mediation"))
		return false;
	for (uint32_t i = 0; i < parties->n; i++)
		if (gv_mediation_stance(rec, gv_val_getstr(&parties->items[i], "name")) == GV_STANCE_REFUSES)
			return true;
	return gv_str_is(gv_val_getstr(rec, "state"), "refused");
}

struct divert_bar divert_bar(struct gv_cmd *c, struct gv_causes *causes, const struct gv_rec *rec)
{
	struct gv_str cause = gv_val_getstr(rec->val, "cause");

	if (is_refused(rec->val))
		return (struct divert_bar){ _("a party does not agree to mediation"), { CPL, "125" } };
	if (is_special(c, causes, rec, cause))
		return (struct divert_bar){ _("special procedure, payment order and public notice are not mediated"),
			                    { CPL_INTERP, "143" } };
	if (is_status(causes, cause))
		return (struct divert_bar){ _("whether a status exists is not mediated"), { CPL_INTERP, "143" } };
	if (is_administrative(c, rec) && !may_be_mediated(c, rec, cause))
		return (struct divert_bar){ _("an administrative dispute that is not about compensation or discretion"), { ALL, "60" } };
	return (struct divert_bar){ 0 };
}
