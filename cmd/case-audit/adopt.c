/* SPDX-License-Identifier: MIT */
/* case-audit adopt: the duties policy comes into the docket. */
#include <string.h>

#include "home.h"
#include "merge.h"
#include "roster.h"

struct work {
	struct gv_cmd *c;
	struct gv_buf text;             /* of the file, then in canonical form */
	struct gv_duties *duties;
};

/* ---- what changes ---- */

static struct gv_str id_of(const struct gv_val *duty)
{
	return gv_val_getstr(duty, "id");
}

static const struct gv_val *find(const struct gv_val *list, struct gv_str id)
{
	for (uint32_t i = 0; list && i < list->n; i++)
		if (gv_str_eq(id_of(&list->items[i]), id))
			return &list->items[i];
	return NULL;
}

static void tell(struct work *w, const char *how, const struct gv_val *duty)
{
	struct gv_str id = id_of(duty), title = gv_val_getstr(duty, "title");

	gv_cmd_note(w->c, "%s %.*s %.*s", how, (int)id.n, id.p, (int)title.n, title.p);
}

static int tell_field(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct work *w = ctx;
	struct gv_buf text = GV_BUF_INIT(65536);

	if (before)
		gv_json_line(&text, before);
	else
		gv_buf_adds(&text, "-");
	gv_buf_adds(&text, " → ");
	if (after)
		gv_json_line(&text, after);
	else
		gv_buf_adds(&text, "-");
	gv_cmd_note(w->c, "  %.*s: %s", (int)path.n, path.p, text.p ? text.p : "");
	gv_buf_free(&text);
	return 0;
}

static bool is_in(const struct gv_val *list, const struct gv_val *v)
{
	for (uint32_t i = 0; list && i < list->n; i++)
		if (gv_val_eq(&list->items[i], v))
			return true;
	return false;
}

/* Each delegation that `a` has and `b` has not. */
static void tell_delegations(struct work *w, const char *how, const struct gv_val *a, const struct gv_val *b)
{
	const struct gv_val *list = gv_val_get(a, "delegations"), *others = gv_val_get(b, "delegations");

	for (uint32_t i = 0; list && i < list->n; i++) {
		const struct gv_val *g = &list->items[i];
		struct gv_str to = gv_val_getstr(g, "to"), by = gv_val_getstr(g, "by");
		struct gv_str from = gv_val_getstr(g, "from"), until = gv_val_getstr(g, "until");

		if (!is_in(others, g))
			gv_cmd_note(w->c, _("%s delegation to %.*s by %.*s, %.*s to %.*s"), how, (int)to.n, to.p, (int)by.n, by.p,
			            (int)from.n, from.p, (int)until.n, until.p);
	}
}

static int tell_changes(struct work *w, const struct gv_val *old, const struct gv_val *now)
{
	const struct gv_val *was = gv_val_get(old, "duties"), *is = gv_val_get(now, "duties");
	int rc = 0;

	for (uint32_t i = 0; i < is->n && !rc; i++) {
		const struct gv_val *before = find(was, id_of(&is->items[i]));

		if (!before)
			tell(w, _("new:"), &is->items[i]);
		if (!before || gv_val_eq(before, &is->items[i]))
			continue;
		tell(w, _("changed:"), &is->items[i]);
		rc = gv_fields_diff(before, &is->items[i], tell_field, w, &w->c->err);
	}
	for (uint32_t i = 0; was && i < was->n; i++)
		if (!find(is, id_of(&was->items[i])))
			tell(w, _("gone:"), &was->items[i]);
	tell_delegations(w, _("new:"), now, old);
	tell_delegations(w, _("gone:"), old, now);
	if (!gv_str_eq(gv_val_getstr(old, "otherwise"), gv_val_getstr(now, "otherwise")))
		gv_cmd_note(w->c, _("what no duty is about: %s"), gv_val_get(now, "otherwise")->s);
	return rc;
}

/* ---- the file ---- */

static int read_policy(struct work *w)
{
	struct gv_cmd *c = w->c;
	const char *file = c->argc ? c->argv[0] : NULL;
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	if (file && strcmp(file, "-") == 0)
		rc = gv_buf_read_fd(&w->text, 0, "<stdin>", &c->err);
	else if (file)
		rc = gv_buf_read_file(&w->text, file, &c->err);
	else if (!(rc = gv_home_share(&path, "duties/court.json", &c->err)))
		rc = gv_buf_read_file(&w->text, path.p, &c->err);
	if (!rc)
		rc = gv_duties_read(&w->duties, gv_buf_str(&w->text), &c->err);
	if (rc && file)
		gv_err_thing(&c->err, file, strlen(file));
	gv_buf_free(&path);
	if (rc)
		return rc;
	gv_buf_reset(&w->text);
	gv_json_canon(&w->text, gv_duties_val(w->duties));
	return gv_buf_check(&w->text, &c->err);
}

static int under_lock(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_doc old = GV_DOC_INIT;
	struct gv_str text;
	struct gv_oid base = { 0 };
	int rc = gv_store_read(gv_cmd_store(w->c), DUTIES_PATH, &text, &base, err);

	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = 0;
	} else if (!rc) {
		rc = gv_json_parse(&old, text, 0, err);
	}
	if (!rc)
		rc = tell_changes(w, &old.root, gv_duties_val(w->duties));
	if (!rc)
		rc = gv_plan_put_text(p, DUTIES_PATH, gv_oid_is_zero(&base) ? NULL : &base, gv_buf_str(&w->text), err);
	gv_doc_free(&old);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .text = GV_BUF_INIT(GV_DUTIES_MAX) };
	struct gv_plan *p = NULL;
	int rc;

	if (c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which policy?  case-audit adopt [FILE] -m REASON"));
	if (!gv_cmd_store(c))
		return c->err.code;
	rc = roster_reason(c);
	if (!rc)
		rc = read_policy(&w);
	if (!rc)
		rc = gv_plan_new(&p, gv_cmd_store(c), &c->err);
	if (!rc)
		rc = gv_cmd_commit(c, p, DUTIES_PATH, under_lock, &w, NULL);
	gv_plan_free(p);
	gv_duties_free(w.duties);
	gv_buf_free(&w.text);
	return rc;
}

const struct gv_cmd_spec case_audit_adopt = {
	.name = "adopt", .summary = N_("put a duties policy into the docket: who may do what"),
	.usage = N_("[FILE] -m REASON   (without FILE: the court's list of powers that comes with gavel)"),
	.operands = "file", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
