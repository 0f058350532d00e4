/* SPDX-License-Identifier: MIT */
/* published: what of a publication is known already, from the debtor and the entry (CR-09). */
#include "credit-repair.h"

static int set(struct gv_amend *a, const char *path, struct gv_val v)
{
	return gv_val_path(&a->doc.root, gv_str_of(path)) ? 0 : gv_val_set_path(&a->doc, &a->doc.root, gv_str_of(path), v, &a->c->err);
}

static int set_text(struct gv_amend *a, const char *path, struct gv_str text)
{
	return text.n ? set(a, path, gv_mkstr(&a->doc, text)) : 0;
}

static int set_age(struct gv_amend *a, const struct gv_val *debtor)
{
	gv_day born = gv_credit_born(debtor), on = gv_credit_day(&a->doc.root, "published_on");
	struct gv_ymd from = gv_day_ymd(born), to = gv_day_ymd(on);

	if (born == GV_DAY_NONE || on == GV_DAY_NONE || on < born)
		return 0;
	return set(a, "published.age", gv_mkint(to.year - from.year - (to.month < from.month || (to.month == from.month && to.day < from.day))));
}

static int fill_from(struct gv_amend *a, const struct gv_val *debtor)
{
	static const char *const of_debtor[] = { "name", "credit_code", "legal_representative", "sex", "id_no" };
	static const char *const of_entry[] = { "case", "filed_on" };
	int rc = set_age(a, debtor);

	for (size_t i = 0; i < sizeof of_debtor / sizeof of_debtor[0] && !rc; i++) {
		const char *path = gv_arena_printf(&a->doc.arena, "published.%s", of_debtor[i]);

		rc = path ? set_text(a, path, gv_val_getstr(debtor, of_debtor[i])) : gv_fail_nomem(&a->c->err);
	}
	for (size_t i = 0; i < sizeof of_entry / sizeof of_entry[0] && !rc; i++) {
		const char *path = gv_arena_printf(&a->doc.arena, "published.%s", of_entry[i]);

		rc = path ? set_text(a, path, gv_val_getstr(&a->doc.root, of_entry[i])) : gv_fail_nomem(&a->c->err);
	}
	return rc ? rc : set_text(a, "published.court", gv_str_of(gv_store_court(a->store)));
}

/* As it is stored: what is sealed there is not written down here for everybody. */
int credit_fill_published(struct gv_amend *a)
{
	struct gv_doc doc = GV_DOC_INIT;
	const struct gv_val *debtor;
	int rc = gv_cmd_get(a->c, gv_val_getstr(&a->doc.root, "debtor"), "debtor", &doc, &debtor);

	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&a->c->err);
		rc = 0;
	}
	if (!rc)
		rc = fill_from(a, debtor);
	gv_doc_free(&doc);
	return rc;
}
