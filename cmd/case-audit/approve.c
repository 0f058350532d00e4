/* SPDX-License-Identifier: MIT */
/* case-audit approve: sign what somebody else plans to change. */
#include <string.h>

#include "merge.h"
#include "plan_file.h"
#include "roster.h"
#include "sign.h"

struct work {
	struct gv_cmd *c;
	struct roster roster;
	struct plan_file plan;
	struct gv_sign_how *how;
	struct plan_change change;
	struct gv_buf added;          /* the lines to add */
	struct gv_buf statement, armour, path;
	size_t approved, had;
};

/* ---- showing ---- */

/* A value of the record, as compact JSON, with what is sensitive in it masked: as tables show it. */
struct shown {
	struct gv_buf *out;
	struct gv_str kind;
	struct gv_buf path;      /* with [] for every item */
};

static void add_scalar(struct shown *s, const struct gv_val *v, bool bare)
{
	struct gv_buf plain = GV_BUF_INIT(GV_JSON_TEXT_MAX), text = GV_BUF_INIT(GV_JSON_TEXT_MAX);

	if (v->type == GV_STRING)
		gv_buf_addstr(&plain, gv_val_str(v));
	else
		gv_json_line(&plain, v);
	if (s->path.failed || gv_schema_is_sensitive(s->kind, gv_buf_str(&s->path)))
		gv_mask(gv_buf_str(&plain), &text);
	else
		gv_buf_addstr(&text, gv_buf_str(&plain));
	if (bare || v->type != GV_STRING)
		gv_buf_addstr(s->out, gv_buf_str(&text));
	else
		gv_json_quote(s->out, gv_buf_str(&text));
	gv_buf_free(&plain);
	gv_buf_free(&text);
}

static void add_inside(struct shown *s, const struct gv_val *v)
{
	bool is_object = v->type == GV_OBJECT;
	size_t base = s->path.n;

	if (!is_object && v->type != GV_ARRAY) {
		add_scalar(s, v, false);
		return;
	}
	gv_buf_addc(s->out, is_object ? '{' : '[');
	for (uint32_t i = 0; i < v->n; i++) {
		gv_buf_adds(s->out, i ? "," : "");
		if (is_object) {
			gv_buf_addc(&s->path, '.');
			gv_buf_addstr(&s->path, v->members[i].name);
			gv_json_quote(s->out, v->members[i].name);
			gv_buf_addc(s->out, ':');
		} else {
			gv_buf_adds(&s->path, "[]");
		}
		add_inside(s, is_object ? &v->members[i].val : &v->items[i]);
		if (!s->path.failed)
			s->path.n = base;
	}
	gv_buf_addc(s->out, is_object ? '}' : ']');
}

static void add_value(struct shown *s, const struct gv_val *v)
{
	if (!v)
		gv_buf_adds(s->out, "-");
	else if (v->type == GV_OBJECT || v->type == GV_ARRAY)
		add_inside(s, v);
	else
		add_scalar(s, v, true);
}

/* "events[ab12].note" is asked about as "events[].note". */
static void set_path(struct gv_buf *out, struct gv_str path)
{
	bool inside = false;

	for (size_t i = 0; i < path.n; i++) {
		inside = inside && path.p[i] != ']';
		if (!inside)
			gv_buf_addc(out, path.p[i]);
		inside = inside || path.p[i] == '[';
	}
}

static int show_field(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct work *w = ctx;
	struct gv_str name = plan_change_name(&w->change);
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX);
	struct shown s = { &text, gv_str_of(w->change.schema->kind), GV_BUF_INIT(65536) };

	set_path(&s.path, path);
	add_value(&s, before);
	gv_buf_adds(&text, " → ");
	add_value(&s, after);
	gv_cmd_note(w->c, "%.*s: %.*s: %s", (int)name.n, name.p, (int)path.n, path.p, text.p ? text.p : "");
	gv_buf_free(&text);
	gv_buf_free(&s.path);
	return 0;
}

static int show(struct work *w)
{
	const struct plan_change *ch = &w->change;
	struct gv_str path = ch->line->path;

	if (ch->schema)
		return gv_fields_diff(ch->before, ch->after, show_field, w, &w->c->err);
	if (gv_oid_is_zero(&ch->line->now))
		gv_cmd_note(w->c, _("%.*s: removed"), (int)path.n, path.p);
	else
		gv_cmd_note(w->c, _("%.*s: %zu bytes, read them in the plan"), (int)path.n, path.p, ch->text.n);
	return 0;
}

/* ---- signing ---- */

/* Whose signature is it, and is it one that counts? */
static int make_path(struct work *w, const struct gv_actor **who)
{
	int rc = gv_approval_check(gv_buf_str(&w->armour), gv_buf_str(&w->statement), w->roster.signers, w->roster.people,
	                           roster_noon(w->c->today), who, &w->c->err);

	if (rc == GV_EINTEGRITY)
		gv_err_thing(&w->c->err, "user.signingKey", strlen("user.signingKey"));
	if (rc)
		return rc;
	gv_buf_reset(&w->path);
	gv_approval_folder(&w->path, gv_buf_str(&w->statement));
	gv_buf_addstr(&w->path, (*who)->key);
	gv_buf_adds(&w->path, ".sig");
	return gv_buf_check(&w->path, &w->c->err);
}

static bool is_planned(const struct work *w, struct gv_str path)
{
	for (size_t i = 0; i < w->plan.n; i++)
		if (w->plan.list[i].approval && gv_str_eq(w->plan.list[i].path, path))
			return true;
	return false;
}

/* What the docket has at that path: an approval of the same change, once made and perhaps by another key. */
static int find_base(struct work *w, struct gv_oid *base, bool *same)
{
	struct gv_str text;
	int rc = gv_store_read(gv_cmd_store(w->c), w->path.p, &text, base, &w->c->err);

	*same = !rc && gv_str_eq(text, gv_buf_str(&w->armour));
	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(&w->c->err);
	*base = (struct gv_oid){ 0 };
	return 0;
}

static int add_line(struct work *w, const struct gv_oid *base)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err *err = &w->c->err;
	struct gv_val line = gv_mkobj();
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(base, hex);
	rc = gv_obj_set(&d, &line, GV_STR("op"), gv_mklit("put"), err);
	if (!rc)
		rc = gv_obj_set(&d, &line, GV_STR("path"), gv_mkstr(&d, gv_buf_str(&w->path)), err);
	if (!rc)
		rc = gv_obj_set(&d, &line, GV_STR("base"), gv_oid_is_zero(base) ? (struct gv_val){ .type = GV_NULL } : gv_mklit(hex), err);
	if (!rc)
		rc = gv_obj_set(&d, &line, GV_STR("text"), gv_mkstr(&d, gv_buf_str(&w->armour)), err);
	if (!rc) {
		gv_json_line(&w->added, &line);
		gv_buf_addc(&w->added, '\n');
		rc = gv_buf_check(&w->added, err);
	}
	gv_doc_free(&d);
	return rc;
}

static int sign(struct work *w, const struct planned *line)
{
	const struct gv_actor *who = NULL;
	struct gv_oid base;
	bool same = false;
	int rc;

	gv_buf_reset(&w->statement);
	gv_buf_reset(&w->armour);
	gv_approval_statement(&w->statement, line->path, &line->base, &line->now);
	rc = gv_buf_check(&w->statement, &w->c->err);
	if (!rc)
		rc = gv_sign(w->how, gv_buf_str(&w->statement), GV_APPROVAL_SPACE, &w->armour, &w->c->err);
	if (!rc)
		rc = make_path(w, &who);
	if (!rc)
		rc = find_base(w, &base, &same);
	if (rc)
		return rc;
	if (same || is_planned(w, gv_buf_str(&w->path))) {
		w->had++;
		return 0;
	}
	w->approved++;
	return add_line(w, &base);
}

/* ---- all of it ---- */

static int approve_all(struct work *w)
{
	int rc = 0;

	for (size_t i = 0; i < w->plan.n && !rc; i++) {
		const struct planned *line = &w->plan.list[i];

		if (!line->path.p || line->approval)
			continue;
		rc = plan_change_load(&w->change, line, w->c);
		if (!rc)
			rc = show(w);
		if (!rc)
			rc = sign(w, line);
	}
	if (!rc && !w->approved && !w->had)
		rc = gv_fail(&w->c->err, GV_EDATA, "%s", _("nothing to approve: the plan changes nothing"));
	return rc;
}

/* Only when everything is signed: half an approved plan would look like a whole one. */
static int print_plan(struct work *w)
{
	int rc = 0;

	for (size_t i = 0; i < w->plan.n && !rc; i++) {
		rc = gv_cmd_put(w->c, w->plan.list[i].text);
		if (!rc)
			rc = gv_cmd_put(w->c, GV_STR("\n"));
	}
	if (!rc)
		rc = gv_cmd_put(w->c, gv_buf_str(&w->added));
	if (!rc)
		gv_cmd_note(w->c, _("changes approved %zu, approved before %zu"), w->approved, w->had);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .added = GV_BUF_INIT(1024 * GV_MIB), .statement = GV_BUF_INIT(8192),
		          .armour = GV_BUF_INIT(65536), .path = GV_BUF_INIT(4096) };
	int rc;

	if (!gv_cmd_store(c))
		return c->err.code;
	rc = plan_file_read(&w.plan, c);
	if (!rc)
		rc = roster_read(&w.roster, gv_cmd_store(c), &c->err);
	if (!rc)
		rc = gv_sign_settings(&w.how, gv_store_gitdir(gv_cmd_store(c)), &c->err);
	if (!rc)
		rc = approve_all(&w);
	if (!rc)
		rc = print_plan(&w);
	gv_sign_how_free(w.how);
	plan_change_free(&w.change);
	plan_file_free(&w.plan);
	roster_free(&w.roster);
	gv_buf_free(&w.added);
	gv_buf_free(&w.statement);
	gv_buf_free(&w.armour);
	gv_buf_free(&w.path);
	return rc;
}

const struct gv_cmd_spec case_audit_approve = {
	.name = "approve", .summary = N_("sign the changes that a plan of --dry-run holds, for case-file apply"),
	.usage = N_("[PLAN]   (or a plan on standard input; the approved plan is printed)"), .operands = "file",
	.common = GV_C_DOCKET | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
