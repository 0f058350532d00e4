/* SPDX-License-Identifier: MIT */
/* divert_bar: which disputes are not mediated (CM-01, JM-08, CPL art. 125). */
#include "divert.h"
#include "mediation_bar.h"

#define CPL "中华人民共和国民事诉讼法", "2023"
#define ALL "中华人民共和国行政诉讼法", "2017"

static bool has_type(struct gv_cmd *c, const struct gv_rec *rec, const char *prefix)
{
	struct gv_caseno number;

	gv_caseno_parse(gv_cmd_caseno(c), &number, gv_str_of(rec->id.key), NULL);
	return gv_str_starts(gv_str_of(number.type), gv_str_of(prefix));
}

/* A case tells a special procedure, a payment order or a public notice by more than its cause. */
static bool is_special(struct gv_cmd *c, const struct gv_rec *rec)
{
	return gv_str_is(gv_val_getstr(rec->val, "procedure"), "special") || has_type(c, rec, "民特") ||
	       has_type(c, rec, "民督") || has_type(c, rec, "民催");
}

static bool is_administrative(struct gv_cmd *c, const struct gv_rec *rec)
{
	return gv_str_is(gv_val_getstr(rec->val, "dispute_type"), "administrative") || has_type(c, rec, "行");
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
	enum gv_bar bar = gv_mediation_bar(causes, gv_val_getstr(rec->val, "cause"));

	if (is_refused(rec->val))
		return (struct divert_bar){ _("a party does not agree to mediation"), { CPL, "125" } };
	if (bar == GV_BAR_SPECIAL || is_special(c, rec))
		return (struct divert_bar){ _("special procedure, payment order and public notice are not mediated"),
			                    gv_mediation_bar_basis[0] };
	if (bar == GV_BAR_STATUS)
		return (struct divert_bar){ _("whether a status exists is not mediated"), gv_mediation_bar_basis[0] };
	if (is_administrative(c, rec) && !has_type(c, rec, "行赔") && !gv_mediation_bar_lifted(rec->val))
		return (struct divert_bar){ _("an administrative dispute that is not about compensation or discretion"), { ALL, "60" } };
	return (struct divert_bar){ 0 };
}
