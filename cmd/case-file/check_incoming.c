/* SPDX-License-Identifier: MIT */
/* check --incoming: judge a push before it becomes the docket.  Every new commit is judged, not only the last. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "history.h"

struct push {
	struct checker *k;
	struct gv_oid old, new_;
	struct gv_oid commit;   /* being judged */
};

static int judge_record(struct push *p, const struct gv_change *change, struct gv_str text, const struct gv_val *before)
{
	struct checker *k = p->k;
	struct gv_case_subject s;
	struct gv_rec rec;
	int rc = gv_json_parse(&k->doc, text, 0, &k->c->err);

	if (!rc)
		rc = gv_rec_of(&rec, &k->doc, NULL, gv_cmd_caseno(k->c), &k->c->err);
	if (rc == GV_EDATA) {
		struct gv_err why = k->c->err;

		gv_err_clear(&k->c->err);
		return check_unreadable(k, "DK-01", change->path, why.msg);
	}
	if (rc)
		return rc;
	check_subject(k, &s, &rec);
	s.text = text;
	s.path = change->path;
	s.before = before;
	s.incoming = true;
	return gv_cmd_check(k->c, gv_case_rules, &rec, &s);
}

/* gavel.json decides how everything else is read. */
static int judge_config(struct push *p, const struct gv_change *change, struct gv_str text)
{
	struct checker *k = p->k;
	struct gv_err why = { 0 };
	int rc = gv_json_parse(&k->doc, text, 0, &why);

	if (!rc)
		rc = gv_schema_check(gv_schema_find(GV_STR("docket")), &k->doc.root, gv_cmd_caseno(k->c), &why);
	if (!rc)
		return 0;
	gv_err_clear(&k->c->err);
	return check_unreadable(k, "DK-04", change->path, why.msg);
}

static int judge_change(void *ctx, const struct gv_change *change)
{
	struct push *p = ctx;
	struct checker *k = p->k;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	const struct gv_val *before = NULL;
	bool record = gv_path_kind(change->path) != NULL, config = gv_str_is(change->path, "gavel.json");
	int rc;

	if (!record && !config)
		return 0;
	if (gv_oid_is_zero(&change->after))
		return check_unreadable(k, "DK-08", change->path, _("a push may not remove it"));
	rc = gv_store_blob(k->store, &change->after, &text, &k->c->err);
	if (!rc && record)
		rc = history_blob(k->store, &change->before, &k->before, &before, &k->c->err);
	if (rc == GV_EINTEGRITY || rc == GV_EDATA || rc == GV_ENOTFOUND) { /* a link or a submodule in place of a file, or worse */
		struct gv_err why = k->c->err;

		gv_err_clear(&k->c->err);
		rc = check_unreadable(k, "DK-01", change->path, why.msg);
	} else if (!rc) {
		rc = record ? judge_record(p, change, gv_buf_str(&text), before)
		            : judge_config(p, change, gv_buf_str(&text));
	}
	gv_buf_free(&text);
	return rc;
}

static int judge_commit(void *ctx, const struct gv_commit *commit)
{
	struct push *p = ctx;
	struct gv_oid none = { 0 };

	if (gv_oid_eq(&commit->id, &p->old))
		return -1; /* from here on it is history */
	p->commit = commit->id;
	return gv_store_diff(p->k->store, commit->parents ? &commit->parent[0] : &none, &commit->id, "", judge_change, p,
	                     &p->k->c->err);
}

static int judge_push(struct push *p)
{
	struct checker *k = p->k;
	char old[GV_HEX + 1];
	bool yes = false;
	int rc;

	gv_oid_hex(&p->old, old);
	if (gv_oid_is_zero(&p->new_))
		return gv_fail(&k->c->err, GV_EDATA, "%s", _("main may not be deleted"));
	rc = gv_store_is_ancestor(k->store, &p->old, &p->new_, &yes, &k->c->err);
	if (rc)
		return rc;
	if (!yes)
		return gv_fail(&k->c->err, GV_EDATA, _("history may not be replaced: %.10s would be lost"), old);
	rc = gv_store_log(k->store, &p->new_, true, judge_commit, p, &k->c->err);
	return rc < 0 ? 0 : rc;
}

/* "OLD NEW REF" */
static int one_ref(struct gv_cmd *c, struct gv_str line, size_t number)
{
	struct push p = { .k = c->ctx };
	struct gv_str ref = { line.p + 82, line.n > 82 ? line.n - 82 : 0 };

	if (line.n < 83 || !gv_oid_read(&p.old, (struct gv_str){ line.p, GV_HEX }) ||
	    !gv_oid_read(&p.new_, (struct gv_str){ line.p + GV_HEX + 1, GV_HEX })) {
		gv_fail(&c->err, GV_EUSAGE, "%s", _("--incoming reads lines OLD NEW REF, as git gives them to pre-receive"));
		c->err.line = number;
		return GV_EUSAGE;
	}
	/* The docket is main; other branches are anybody's own business. */
	if (!gv_str_is(ref, "refs/heads/main"))
		return 0;
	return judge_push(&p);
}

int check_incoming(struct checker *k)
{
	k->c->argc = 0;
	k->c->fields = "level,rule,ref.id,message";
	return gv_cmd_each_text(k->c, one_ref, &k->c->err);
}
