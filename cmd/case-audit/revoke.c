/* SPDX-License-Identifier: MIT */
/* case-audit revoke: a key or a role ends.  Nothing is removed: what was signed before stays explained. */
#include <stdio.h>
#include <string.h>

#include "roster.h"

static const struct gv_opt opts[] = {
	{ 0, "key", "PRINT", N_("this key alone (SHA256:..., as people shows it)") },
	{ 0, "role", "ROLE", N_("this role alone") },
	{ 0, "on", "DATE", N_("the first day without, if not today"), .check = "date" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	const char *key, *role;
	gv_day on;
	char last[GV_DATE_LEN + 1];      /* the last day with it */
	struct roster roster;
	const struct gv_actor *who;
	struct gv_doc doc;
	struct gv_id id;
	struct gv_buf what, path, signers;
	size_t keys, roles;              /* how many end */
};

static int set(struct work *w, struct gv_val *obj, const char *name, struct gv_str text)
{
	return gv_obj_set(&w->doc, obj, gv_str_of(name), gv_mkstr(&w->doc, text), &w->c->err);
}

/* ---- roles ---- */

static int add_event(struct work *w, const struct gv_val *role)
{
	struct gv_val event = gv_mkobj();
	struct gv_str unit = gv_val_getstr(role, "unit");
	int rc = set(w, &event, "event", GV_STR("dismiss"));

	if (!rc)
		rc = set(w, &event, "on", gv_str_of(w->last));
	if (!rc)
		rc = set(w, &event, "role", gv_val_getstr(role, "role"));
	if (!rc && unit.n)
		rc = set(w, &event, "unit", unit);
	return rc ? rc : gv_event_add(&w->doc, &w->doc.root, event, &w->c->err);
}

/* Does the role go on on that day? */
static bool is_held(const struct work *w, const struct gv_val *role)
{
	struct gv_str until = gv_val_getstr(role, "until");

	if (w->role && !gv_str_is(gv_val_getstr(role, "role"), w->role))
		return false;
	return !until.n || gv_day_read(until) >= w->on;
}

static int end_roles(struct work *w, struct gv_plan *p)
{
	const struct gv_val *list = gv_val_get(&w->doc.root, "roles");
	struct gv_oid base;
	struct gv_str text;
	int rc = 0;

	for (uint32_t i = 0; list && list->type == GV_ARRAY && i < list->n && !rc; i++) {
		if (!is_held(w, &list->items[i]))
			continue;
		w->roles++;
		rc = set(w, &list->items[i], "until", gv_str_of(w->last));
		if (!rc)
			rc = add_event(w, &list->items[i]);
	}
	if (rc || !w->roles)
		return rc;
	rc = gv_rec_check(w->id.schema, &w->doc.root, gv_store_caseno(gv_cmd_store(w->c)), &w->c->err);
	if (rc)
		gv_err_thing(&w->c->err, w->id.key, strlen(w->id.key));
	gv_buf_reset(&w->path);
	if (!rc)
		rc = gv_id_path(&w->id, &w->path, &w->c->err);
	if (!rc)
		rc = gv_store_read(gv_cmd_store(w->c), w->path.p, &text, &base, &w->c->err);
	return rc ? rc : gv_plan_put(p, &w->id, &base, &w->doc.root, &w->c->err);
}

/* ---- keys ---- */

static bool is_good(const struct work *w, const struct gv_signer *s)
{
	int64_t begin = roster_noon(w->on) - INT64_C(12) * 3600;

	if (gv_people_of_principals(w->roster.people, s->principals) != w->who)
		return false;
	if (w->key && strcmp(s->key.print, w->key) != 0)
		return false;
	return !s->before || s->before > begin;
}

static int end_one_key(struct work *w, const struct gv_signer *s)
{
	struct gv_buf text = GV_BUF_INIT(16 * GV_MIB);
	int rc;

	if (s->after >= roster_noon(w->on))
		return gv_fail(&w->c->err, GV_EDATA, _("key %s begins later: it cannot end before"), s->key.print);
	rc = signers_end(&text, gv_buf_str(&w->signers), s->line, w->on, &w->c->err);
	gv_buf_free(&w->signers);
	w->signers = text;
	w->keys++;
	return rc;
}

static int end_keys(struct work *w, struct gv_plan *p)
{
	struct roster *r = &w->roster;
	int rc = 0;

	gv_buf_reset(&w->signers);
	gv_buf_addstr(&w->signers, gv_buf_str(&r->signers_text));
	for (size_t i = 0; i < gv_signers_count(r->signers) && !rc; i++)
		if (is_good(w, gv_signers_at(r->signers, i)))
			rc = end_one_key(w, gv_signers_at(r->signers, i));
	if (rc || !w->keys)
		return rc;
	rc = gv_buf_check(&w->signers, &w->c->err);
	return rc ? rc : gv_plan_put_text(p, SIGNERS_PATH, &r->signers_oid, gv_buf_str(&w->signers), &w->c->err);
}

/* ---- all of it, under the lock ---- */

static int nothing(struct work *w)
{
	struct gv_err *err = &w->c->err;
	char day[GV_DATE_LEN + 1];

	gv_day_format(w->on, day);
	if (w->key)
		gv_fail(err, GV_ENOTFOUND, _("has no key %s that is good on %s"), w->key, day);
	else if (w->role)
		gv_fail(err, GV_ENOTFOUND, _("does not hold the role %s on %s"), w->role, day);
	else
		gv_fail(err, GV_ENOTFOUND, _("has no key and no role on %s"), day);
	gv_err_thing(err, w->id.key, strlen(w->id.key));
	return err->code;
}

static int under_lock(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = roster_read(&w->roster, gv_cmd_store(w->c), err);

	w->keys = w->roles = 0;
	gv_doc_reset(&w->doc);
	if (!rc)
		rc = roster_find(&w->roster, w->c->argv[0], &w->who, err);
	if (!rc)
		rc = gv_val_copy(&w->doc, &w->doc.root, w->who->person, err);
	if (rc)
		return rc;
	w->id.schema = gv_schema_find(GV_STR("person"));
	snprintf(w->id.key, sizeof w->id.key, "%.*s", (int)w->who->key.n, w->who->key.p);
	if (!w->key || w->role)
		rc = end_roles(w, p);
	if (!rc && (!w->role || w->key))
		rc = end_keys(w, p);
	if (!rc && !w->keys && !w->roles)
		rc = nothing(w);
	if (rc)
		return rc;
	gv_buf_reset(&w->what);
	gv_buf_addf(&w->what, "%s (keys %zu, roles %zu)", w->id.key, w->keys, w->roles);
	return gv_buf_check(&w->what, err);
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_commit_result r;
	int rc = roster_commit(c, &w->what, under_lock, w, &r);

	if (!rc && !gv_cmd_has(c, "dry-run"))
		gv_cmd_note(c, _("%s: keys %zu, roles %zu end with %s"), w->id.key, w->keys, w->roles, w->last);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .key = gv_cmd_opt(c, "key"), .role = gv_cmd_opt(c, "role"), .what = GV_BUF_INIT(1024),
		          .path = GV_BUF_INIT(4096), .signers = GV_BUF_INIT(16 * GV_MIB) };
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("whose?  case-audit revoke PERSON [--key PRINT] [--role ROLE] -m REASON"));
	rc = roster_reason(c);
	if (!rc)
		rc = roster_day(c, "on", &w.on);
	if (!rc) {
		gv_day_format(w.on - 1, w.last);
		rc = commit(&w);
	}
	roster_free(&w.roster);
	gv_doc_free(&w.doc);
	gv_buf_free(&w.what);
	gv_buf_free(&w.path);
	gv_buf_free(&w.signers);
	return rc;
}

const struct gv_cmd_spec case_audit_revoke = {
	.name = "revoke", .summary = N_("end somebody's keys and roles"),
	.usage = N_("PERSON [--key PRINT] [--role ROLE] [--on DATE] -m REASON"),
	.opts = opts, .kind = "person", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
