/* SPDX-License-Identifier: MIT */
/* case-audit checkpoint: verify, then remember outside of the docket up to where it was good. */
#include <string.h>

#include "case-audit.h"
#include "gitconf.h"

static const struct gv_opt opts[] = {
	{ 0, "file", "FILE", N_("remember here, not below XDG_STATE_HOME"), .complete = "file" },
	{ 0, "show", NULL, N_("print what is remembered, and stop") },
	{ 'm', "reason", "TEXT", N_("remember it although there are findings: why") },
	{ 0, "sign", NULL, N_("sign it, as git signs commits (user.signingKey)") },
	{ 0, "from", "REV", N_("trust what this commit and those before it made; judge what came after"), .complete = "rev",
	  .excl = "from" },
	{ 0, "all", NULL, N_("from the very beginning, whatever was remembered"), .excl = "from" },
	{ 0, "strict", NULL, N_("also tell unsigned commits from before the docket knew signers") },
	VERIFY_RULE_OPTS
	{ 0 }
};

static int show(struct gv_cmd *c, const struct remembered *m)
{
	if (!m->there)
		return gv_fail(&c->err, GV_ENOTFOUND, _("nothing is remembered of this docket (case-audit checkpoint does it): no file %s"),
		               m->path.p);
	if (!gv_cmd_out(c))
		return c->err.code;
	return gv_out_rec(c->out, &m->doc.root, &c->err);
}

/* ---- the record ---- */

struct making {
	struct gv_cmd *c;
	struct gv_doc doc;
	struct gv_val obj;
	int rc;
};

static void put(struct making *k, const char *name, struct gv_val v)
{
	if (!k->rc)
		k->rc = gv_obj_set(&k->doc, &k->obj, gv_str_of(name), v, &k->c->err);
}

static void put_text(struct making *k, const char *name, struct gv_str text)
{
	if (text.n)
		put(k, name, gv_mkstr(&k->doc, text));
}

static void put_oid(struct making *k, const char *name, const struct gv_oid *id)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(id, hex);
	put_text(k, name, gv_str_of(hex));
}

/* "Name <mail>", without the time. */
static void put_person(struct making *k)
{
	struct gv_buf who = GV_BUF_INIT(4096);
	const char *end;

	if (!k->rc)
		k->rc = gv_gitconf_person(gv_store_dir(gv_cmd_store(k->c)), true, &who, &k->c->err);
	end = k->rc ? NULL : memrchr(who.p, '>', who.n);
	if (end)
		put_text(k, "by", (struct gv_str){ who.p, (size_t)(end - who.p) + 1 });
	gv_buf_free(&who);
}

static int make(struct making *k, const struct verify_range *r, const struct gv_audit_sums *sums, int64_t before)
{
	struct gv_store *s = gv_cmd_store(k->c);
	char day[GV_DATE_LEN + 1];
	struct gv_oid first;

	k->rc = first_commit(s, &r->tip, &first, &k->c->err);
	gv_day_format(k->c->today, day);
	k->obj = gv_mkobj();
	put(k, "kind", gv_mklit("checkpoint"));
	put(k, "format", gv_mkint(1));
	put_text(k, "docket", gv_str_of(gv_store_dir(s)));
	put_text(k, "court", gv_str_of(gv_store_court(s)));
	put_oid(k, "root", &first);
	put_oid(k, "commit", &r->tip);
	put(k, "commits", gv_mkint(before + (int64_t)sums->commits));
	put(k, "violations", gv_mkint((int64_t)sums->counts[GV_VIOLATION]));
	put(k, "warnings", gv_mkint((int64_t)(sums->counts[GV_WARN] + sums->counts[GV_REVIEW])));
	put_text(k, "on", gv_str_of(day));
	put_person(k);
	put_text(k, "reason", gv_str_of(gv_cmd_opt(k->c, "reason")));
	return k->rc;
}

static int remember(struct gv_cmd *c, struct remembered *m, const struct verify_range *r, const struct gv_audit_sums *sums)
{
	struct making k = { .c = c };
	char hex[GV_HEX + 1];
	int64_t before = r->remembered && !sums->replaced ? remembered_commits(m) : 0;
	int rc;

	rc = make(&k, r, sums, before);
	if (!rc)
		rc = remembered_write(m, c, &k.obj, gv_cmd_has(c, "sign"));
	gv_oid_hex(&r->tip, hex);
	if (!rc)
		gv_cmd_note(c, _("remembered up to commit %.10s in %s"), hex, m->path.p);
	gv_doc_free(&k.doc);
	return rc;
}

/* ---- all of it ---- */

static int verify(struct gv_cmd *c, struct remembered *m)
{
	struct verify_range r = { .tip = *gv_store_commit_id(gv_cmd_store(c)) };
	const char *from = gv_cmd_opt(c, "from");
	struct gv_audit_sums sums;
	int rc = 0, result;

	if (from)
		rc = gv_store_resolve(gv_cmd_store(c), from, &r.from, &c->err);
	else if (m->there && !gv_cmd_has(c, "all")) {
		r.from = m->commit;
		r.remembered = true;
	}
	if (!rc)
		rc = verify_range_run(c, &r, &sums);
	if (rc)
		return rc < 0 ? 0 : rc;
	result = verify_result(c, &sums);
	if (!result || gv_cmd_has_reason(c)) {
		struct gv_err why = c->err;

		rc = remember(c, m, &r, &sums);
		if (!rc)
			c->err = why;
		return rc ? rc : result;
	}
	gv_cmd_note(c, "%s", _("nothing is remembered: there are findings (-m REASON remembers all the same)"));
	return result;
}

static int run(struct gv_cmd *c)
{
	struct remembered m = REMEMBERED_INIT;
	int rc = c->argc ? gv_fail(&c->err, GV_EUSAGE, "%s", _("checkpoint takes no operands")) : 0;

	if (!rc)
		rc = remembered_find(&m, c, gv_cmd_opt(c, "file"));
	if (!rc)
		rc = gv_cmd_has(c, "show") ? show(c, &m) : verify(c, &m);
	remembered_free(&m);
	return rc;
}

const struct gv_cmd_spec case_audit_checkpoint = {
	.name = "checkpoint", .summary = N_("verify, and remember outside of the docket how far it was good"),
	.usage = "", .opts = opts, .kind = "finding", .rules = gv_audit_rules, .fields = "docket,commit,commits,on,by,reason",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
