/* SPDX-License-Identifier: MIT */
/* credit-repair prove: the proof that a repair was granted, as text for people; the record for platforms is the repair itself. */
#include <string.h>

#include "credit-repair.h"
#include "utf8.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day of the proof, if not today") },
	{ 0, "text", NULL, N_("print the certificate again, and write nothing") },
	{ 0 }
};

struct work {
	char on[GV_ON_MAX];
	struct gv_assignments all;
	struct gv_doc entry, debtor;
	struct gv_buf text;
	bool again;
};

static void line(struct gv_buf *to, const char *label, struct gv_str value)
{
	if (!value.n)
		return;
	gv_buf_addf(to, "%s：", label);
	gv_utf8_safe(value, to); /* nothing in a record may move the cursor */
	gv_buf_addc(to, '\n');
}

/* The paper is a Chinese court's: its words are not translated. */
static int write_text(struct gv_cmd *c, struct work *w, const struct gv_val *repair)
{
	const struct gv_val *entry, *debtor;
	struct gv_str unit;
	int rc = gv_cmd_get(c, gv_val_getstr(repair, "credit"), "credit", &w->entry, &entry);

	if (!rc)
		rc = gv_cmd_get(c, gv_val_getstr(entry, "debtor"), "debtor", &w->debtor, &debtor);
	if (rc)
		return rc;
	unit = gv_val_getstr(debtor, "credit_code");
	gv_buf_adds(&w->text, "信用修复证明\n\n");
	line(&w->text, "文号", gv_val_getstr(repair, "proof_no"));
	line(&w->text, "被执行人", gv_val_getstr(debtor, "name"));
	line(&w->text, "统一社会信用代码", unit);
	line(&w->text, "执行案号", gv_val_getstr(entry, "case"));
	line(&w->text, "公布日期", gv_val_getstr(entry, "published_on"));
	line(&w->text, "删除（屏蔽）日期", gv_credit_text(entry, "removal.on"));
	line(&w->text, "准予修复日期", gv_val_getstr(repair, "decided_on"));
	line(&w->text, "出具机关", gv_str_of(gv_store_court(gv_cmd_store(c))));
	line(&w->text, "出具日期", gv_val_getstr(repair, "proof_on"));
	gv_buf_addc(&w->text, '\n');
	return gv_buf_check(&w->text, &c->err);
}

/* Of a court's list repair is the removal: what stands there is not repaired. */
static int check_proof(struct gv_cmd *c, struct work *w, const struct gv_val *repair)
{
	struct gv_str decided = gv_val_getstr(repair, "decided_on");
	const struct gv_val *entry;
	int rc = gv_cmd_get(c, gv_val_getstr(repair, "credit"), "credit", &w->entry, &entry);

	if (!rc && decided.n && gv_str_cmp(gv_str_of(w->on), decided) < 0)
		rc = gv_fail(&c->err, GV_EDATA, _("--on: %.10s is before decided_on, %.*s"), w->on, (int)decided.n, decided.p);
	if (!rc && gv_credit_day(entry, "removal.on") != GV_DAY_NONE && gv_day_read((struct gv_str){ w->on, GV_DATE_LEN }) < gv_credit_day(entry, "removal.on"))
		rc = gv_fail(&c->err, GV_EDATA, _("--on: %.10s is before the removal on %.10s"), w->on, gv_credit_text(entry, "removal.on").p);
	if (!rc && entry && !gv_credit_was_published(entry))
		rc = gv_fail_field(&c->err, GV_EDATA, "credit", "%s", _("was never published: there is nothing to repair"));
	else if (!rc && entry && gv_credit_in_state(entry, "decided,grace,listed"))
		rc = gv_fail_field(&c->err, GV_EDATA, "credit", "%s", _("the entry stands: of a court's list repair is the removal (CR-30)"));
	return rc;
}

static int alter(struct gv_amend *a)
{
	struct work *w = a->work;
	struct gv_cmd *c = a->c;
	struct gv_val *rec = &a->doc.root;
	int rc;

	if (strcmp(a->rec.id.schema->kind, "repair") != 0)
		return gv_fail(&c->err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, "repair");
	if (!gv_credit_in_state(rec, "granted"))
		return gv_fail_field(&c->err, GV_EDATA, "state", "%s", _("only what was granted is proved (CR-31)"));
	if (gv_val_get(rec, "proof_on") && !w->again)
		return gv_fail_field(&c->err, GV_EDATA, "proof_on", _("was issued on %.10s; --text prints it again"), gv_val_getstr(rec, "proof_on").p);
	if (w->again && !gv_val_get(rec, "proof_on"))
		return gv_fail_field(&c->err, GV_EDATA, "proof_on", "%s", _("none was issued yet: prove it first (CR-31)"));
	if (w->again)
		return write_text(c, w, rec);
	rc = check_proof(c, w, rec);
	if (!rc)
		rc = gv_amend_event(a, "prove", w->on, NULL);
	if (!rc)
		rc = gv_obj_set(&a->doc, rec, GV_STR("proof_on"), gv_mkstr(&a->doc, (struct gv_str){ w->on, GV_DATE_LEN }), &c->err);
	if (!rc)
		rc = gv_assignments_apply(&w->all, c, a->rec.id.schema, &a->doc, rec);
	if (!rc && !gv_val_get(rec, "proof_no"))
		rc = gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), c->spec->name, "proof_no", _("VALUE"));
	return rc ? rc : write_text(c, w, rec);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .text = GV_BUF_INIT(16 * GV_MIB), .again = gv_cmd_has(c, "text") };
	int rc;

	if (c->argc < 1 || strchr(c->argv[0], '='))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	rc = gv_cmd_on_done(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.all, c, c->argv + 1, c->argc - 1);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, "prove");
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&w.text));
	gv_assignments_free(&w.all);
	gv_buf_free(&w.text);
	gv_doc_free(&w.entry);
	gv_doc_free(&w.debtor);
	return rc;
}

const struct gv_cmd_spec credit_prove = {
	.name = "prove", .summary = N_("issue the proof of a repair and print it"), .usage = N_("ID|- proof_no=NUMBER"), .operands = "id", .opts = opts,
	.kind = "repair", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
