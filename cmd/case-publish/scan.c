/* SPDX-License-Identifier: MIT */
/*
 * case-publish scan: what in a text may still say who somebody is.  A publication's own text is redacted first: what would be released
 * is what is looked at; of a typical case or a report, every word.
 */
#include "anon_rules.h"
#include "text.h"

static const struct gv_opt opts[] = { PUBLISH_TEXT_OPTS { 0 } };

/* A row that is a record of ours has an id that findings can name. */
static bool rec_of(const struct publish_text *one, struct gv_rec *rec)
{
	struct gv_str kind = gv_val_getstr(one->row, "kind");
	const struct gv_schema *s = gv_str_is(kind, "publication") || publish_is_told(kind) ? gv_schema_find(kind) : NULL;

	if (!one->row || !s || one->id.n >= sizeof rec->id.key)
		return false;
	*rec = (struct gv_rec){ .val = one->row };
	rec->id.schema = s;
	memcpy(rec->id.key, one->id.p, one->id.n);
	return true;
}

static int each(struct publish_texts *t, struct publish_text *one)
{
	struct gv_cmd *c = t->c;
	struct gv_leftovers left = { .id = one->id, .line = one->line };
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	struct gv_redacted done;
	struct gv_rec rec = { .val = one->row };
	bool known = rec_of(one, &rec);
	int rc = 0;

	if (one->withheld)
		return 0;
	if (one->row && !one->redacted && known) {
		rc = gv_redact(t->redactor, &one->job, &done, &c->err);
		if (!rc)
			gv_buf_addstr(&text, done.text);
		if (!rc)
			rc = gv_buf_check(&text, &c->err);
		one->job.text = gv_buf_str(&text);
	}
	left.text = one->job.text;
	if (!rc)
		rc = gv_residue(t->redactor, &one->job, gv_leftovers_add, &left, &c->err);
	gv_cmd_findings_of(c, one->kase);
	if (known)
		left.id = (struct gv_str){ 0 };
	if (!rc)
		rc = gv_cmd_check(c, gv_anon_rules, known || (one->row && gv_cmd_has(c, "annotate")) ? &rec : NULL, &left);
	c->done++;
	gv_leftovers_free(&left);
	gv_buf_free(&text);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct publish_texts t = { .c = c, .each = each, .told = true };
	int rc;

	if (gv_cmd_opt(c, "text") && gv_cmd_has(c, "annotate"))
		return gv_fail(&c->err, GV_EUSAGE, _("--annotate is about records, not about a --text"));
	rc = gv_cmd_check_lists(c, gv_anon_rules);
	if (!rc)
		rc = publish_texts_run(&t);
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec publish_scan = {
	.name = "scan", .summary = N_("find what may still say who somebody is"),
	.usage = "[ID...]", .operands = "id", .opts = opts, .kind = "publication", .rules = gv_anon_rules,
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF | GV_C_RULES | GV_C_ANNOTATE | GV_C_BULK,
	.records = &gv_cmd_records, .run = run,
};
