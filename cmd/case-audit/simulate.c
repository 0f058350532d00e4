/* SPDX-License-Identifier: MIT */
/* case-audit simulate: who would have to sign a planned change? */
#include <stdlib.h>
#include <string.h>

#include "past.h"
#include "plan_file.h"
#include "roster.h"

static const struct gv_opt opts[] = {
	{ 0, "as", "PERSON", N_("as if this person (id or e-mail) committed it") },
	{ 0 }
};

enum { SIGNERS_MAX = 256 };  /* of one change */

struct work {
	struct gv_cmd *c;
	struct roster roster;
	struct plan_file plan;
	struct plan_change change;
	struct past past;
	const struct gv_actor *me;      /* NULL: nobody in people/ */
	struct gv_oid tree;             /* of the docket as it is */
	struct gv_actor who[SIGNERS_MAX];
	size_t nwho;
	struct gv_buf statement, folder;
	struct gv_doc doc;              /* the row */
	size_t changes, touched, open;
};

/* ---- who signed already ---- */

static int add_who(struct work *w, const struct gv_actor *a)
{
	if (w->nwho == SIGNERS_MAX)
		return gv_fail(&w->c->err, GV_EDATA, _("more than %d signatures for one change"), SIGNERS_MAX);
	w->who[w->nwho++] = *a;
	return 0;
}

/* An approval in the plan; one that does not count is told, since somebody thinks it does. */
static int take_approval(struct work *w, const struct planned *line)
{
	const struct gv_actor *a = NULL;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err why = { 0 };
	int rc = gv_json_parse(&doc, line->text, 0, &w->c->err);

	if (!rc && !gv_oid_is_zero(&line->now)) {
		rc = gv_approval_check(gv_val_getstr(&doc.root, "text"), gv_buf_str(&w->statement), w->roster.signers,
		                       w->roster.people, roster_noon(w->c->today), &a, &why);
		if (rc == GV_EINTEGRITY) {
			gv_cmd_warn(w->c, "%.*s: %s", (int)line->path.n, line->path.p, why.msg);
			rc = 0;
		} else if (rc) {
			w->c->err = why;
		}
	}
	if (!rc && a)
		rc = add_who(w, a);
	gv_doc_free(&doc);
	return rc;
}

static int take_stored(void *ctx, const struct gv_actor *who, struct gv_str file, const struct gv_err *why)
{
	(void)file;
	(void)why; /* the past's business */
	return who ? add_who(ctx, who) : 0;
}

static int find_signers(struct work *w, const struct planned *line)
{
	struct gv_err *err = &w->c->err;
	int rc = 0;

	w->nwho = 0;
	gv_buf_reset(&w->statement);
	gv_buf_reset(&w->folder);
	gv_approval_statement(&w->statement, line->path, &line->base, &line->now);
	gv_approval_folder(&w->folder, gv_buf_str(&w->statement));
	if ((rc = gv_buf_check(&w->statement, err)) || (rc = gv_buf_check(&w->folder, err)))
		return rc;
	if (w->me)
		rc = add_who(w, w->me);
	for (size_t i = 0; i < w->plan.n && !rc; i++)
		if (w->plan.list[i].approval && gv_str_starts(w->plan.list[i].path, gv_buf_str(&w->folder)))
			rc = take_approval(w, &w->plan.list[i]);
	if (rc)
		return rc;
	return gv_approval_each(&(struct gv_approval_ask){
		.store = gv_cmd_store(w->c), .tree = &w->tree, .path = line->path, .base = &line->base, .now = &line->now,
		.signers = w->roster.signers, .people = w->roster.people, .time = roster_noon(w->c->today),
	}, take_stored, w, err);
}

/* ---- a row ---- */

static int put(struct work *w, struct gv_val *obj, const char *name, struct gv_val v)
{
	return gv_obj_set(&w->doc, obj, gv_str_of(name), v, &w->c->err);
}

static int put_text(struct work *w, struct gv_val *obj, const char *name, struct gv_str text)
{
	return text.n ? put(w, obj, name, gv_mkstr(&w->doc, text)) : 0;
}

static bool has_signed(const struct work *w, const struct gv_actor *a)
{
	for (size_t i = 0; i < w->nwho; i++)
		if (gv_str_eq(w->who[i].key, a->key))
			return true;
	return false;
}

/* "张三", "李四 for 沪0114-P000001" */
static int add_name(struct work *w, struct gv_val *list, const struct gv_actor *a, struct gv_str by)
{
	struct gv_str name = roster_name(a);
	const char *text = by.n ? gv_arena_printf(&w->doc.arena, _("%.*s for %.*s"), (int)name.n, name.p, (int)by.n, by.p)
	                        : gv_arena_printf(&w->doc.arena, "%.*s", (int)name.n, name.p);

	if (!text)
		return gv_fail_nomem(&w->c->err);
	return gv_arr_add(&w->doc, list, gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

static bool is_person(void *arg, struct gv_str person)
{
	return gv_str_eq(*(const struct gv_str *)arg, person);
}

/* Who did what bars from this duty, did it here. */
static int is_barred(struct work *w, const struct gv_duty_told *t, struct gv_str key, bool *yes)
{
	const struct gv_val *duties = gv_val_get(gv_duties_val(w->roster.duties), "duties");
	const struct gv_val *not_by = gv_val_get(&duties->items[t->index], "not_by");
	int rc = 0;

	*yes = false;
	for (uint32_t i = 0; not_by && i < not_by->n && !rc && !*yes; i++)
		rc = past_did(&w->past, gv_val_str(&not_by->items[i]), is_person, &key, yes, &w->c->err);
	return rc;
}

/* Everybody who could sign for a need, or did. */
static int add_people(struct work *w, const struct gv_duty_told *t, size_t need, bool signed_, struct gv_val *list)
{
	const struct gv_people *p = w->roster.people;
	int rc = 0;

	for (size_t i = 0; i < gv_people_count(p) && !rc; i++) {
		const struct gv_actor *a = gv_people_at(p, i);
		struct gv_str by;
		bool barred;

		if (has_signed(w, a) != signed_ || !gv_duty_fits(w->roster.duties, t->index, need, a, w->c->today, &by))
			continue;
		rc = is_barred(w, t, a->key, &barred);
		if (!rc && !barred && by.n)
			rc = is_barred(w, t, by, &barred);
		if (!rc && !barred)
			rc = add_name(w, list, a, by);
	}
	return rc;
}

/* The need with who signed and who could; the latter into `missing`, too, if more are wanted. */
static int add_need(struct work *w, const struct gv_duty_told *t, uint32_t i, struct gv_val *one, struct gv_val *missing)
{
	const struct gv_val *n = &t->needs->items[i], *roles = gv_val_get(n, "roles"), *units = gv_val_get(n, "units");
	struct gv_val have = gv_mkarr(), could = gv_mkarr();
	int64_t signatures = 1;
	int rc;

	gv_val_getint(n, "signatures", &signatures);
	rc = put(w, one, "roles", *roles);
	if (!rc && units)
		rc = put(w, one, "units", *units);
	if (!rc)
		rc = put(w, one, "signatures", gv_mkint(signatures));
	if (!rc)
		rc = add_people(w, t, i, true, &have);
	if (!rc && have.n)
		rc = put(w, one, "have", have);
	if (!rc)
		rc = add_people(w, t, i, false, &could);
	if (!rc && could.n)
		rc = put(w, one, "could", could);
	for (uint32_t k = 0; k < could.n && have.n < signatures && !rc; k++)
		rc = gv_arr_add(&w->doc, missing, could.items[k], &w->c->err);
	return rc;
}

static int add_needs(struct work *w, const struct gv_duty_told *t, struct gv_val *row)
{
	struct gv_val needs = gv_mkarr(), could = gv_mkarr();
	int rc = 0;

	for (uint32_t i = 0; t->needs && i < t->needs->n && !rc; i++) {
		struct gv_val one = gv_mkobj();

		rc = add_need(w, t, i, &one, &could);
		if (!rc)
			rc = gv_arr_add(&w->doc, &needs, one, &w->c->err);
	}
	if (!rc && could.n)
		rc = put(w, row, "could", could);
	return !rc && needs.n ? put(w, row, "needs", needs) : rc;
}

static int add_ref(struct work *w, struct gv_val *row)
{
	struct gv_val ref = gv_mkobj();
	const struct gv_schema *s = w->change.schema;
	int rc = put(w, &ref, "kind", gv_mklit(s ? s->kind : "file"));

	if (!rc)
		rc = put_text(w, &ref, "id", plan_change_name(&w->change));
	return rc ? rc : put(w, row, "ref", ref);
}

static int tell(void *ctx, const struct gv_duty_told *t)
{
	struct work *w = ctx;
	struct gv_val row = gv_mkobj();
	int rc;

	w->touched++;
	w->open += !t->met;
	gv_doc_reset(&w->doc);
	rc = put(w, &row, "kind", gv_mklit("duty"));
	if (!rc)
		rc = put_text(w, &row, "id", t->id);
	if (!rc)
		rc = put_text(w, &row, "title", t->title);
	if (!rc)
		rc = put(w, &row, "level", gv_mklit(gv_level_name(t->level)));
	if (!rc)
		rc = put(w, &row, "met", gv_mkbool(t->met));
	if (!rc)
		rc = put_text(w, &row, "missing", t->missing);
	if (!rc && t->basis)
		rc = put(w, &row, "basis", *t->basis);
	if (!rc)
		rc = add_ref(w, &row);
	if (!rc)
		rc = add_needs(w, t, &row);
	if (!rc)
		rc = gv_out_rec(w->c->out, &row, &w->c->err);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

/* ---- all of it ---- */

static int judge(struct work *w, const struct planned *line)
{
	struct gv_act act = { .path = line->path, .on = w->c->today, .cn = gv_cmd_caseno(w->c), .earlier = past_did,
		              .ctx = &w->past };
	int rc = plan_change_load(&w->change, line, w->c);

	if (!rc)
		rc = find_signers(w, line);
	if (rc)
		return rc;
	w->changes++;
	act.schema = w->change.schema;
	act.before = w->change.before;
	act.after = w->change.after;
	past_of(&w->past, line->path);
	return gv_duties_judge(w->roster.duties, &act, w->who, w->nwho, tell, w, &w->c->err);
}

static int find_me(struct work *w)
{
	const char *as = gv_cmd_opt(w->c, "as");
	int rc;

	if (as)
		return roster_find(&w->roster, as, &w->me, &w->c->err);
	rc = roster_me(&w->roster, w->c, &w->me, &w->c->err);
	if (!rc && !w->me)
		gv_cmd_warn(w->c, "%s", _("nobody in people/ has your key or e-mail: your own signature counts for nothing"));
	return rc;
}

static int simulate(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc;

	if (!w->roster.duties) {
		gv_cmd_note(c, _("the docket has no %s: nobody is asked (case-audit adopt)"), DUTIES_PATH);
		return 0;
	}
	rc = past_open(&w->past, c);
	if (!rc)
		rc = find_me(w);
	if (!rc)
		rc = commit_tree(gv_cmd_store(c), gv_store_commit_id(gv_cmd_store(c)), &w->tree, &c->err);
	if (!rc && !gv_cmd_out(c))
		rc = c->err.code;
	for (size_t i = 0; i < w->plan.n && !rc; i++)
		if (w->plan.list[i].path.p && !w->plan.list[i].approval)
			rc = judge(w, &w->plan.list[i]);
	if (rc)
		return rc < 0 ? 0 : rc;
	gv_cmd_note(c, _("changes %zu, duties touched %zu, in want of signatures %zu"), w->changes, w->touched, w->open);
	return w->open ? GV_FOUND : 0;
}

static int run(struct gv_cmd *c)
{
	struct work *w = calloc(1, sizeof *w);
	int rc;

	if (!w)
		return gv_fail_nomem(&c->err);
	w->c = c;
	w->statement = GV_BUF_INIT(8192);
	w->folder = GV_BUF_INIT(256);
	rc = gv_cmd_store(c) ? plan_file_read(&w->plan, c) : c->err.code;
	if (!rc)
		rc = roster_read(&w->roster, gv_cmd_store(c), &c->err);
	if (!rc)
		rc = simulate(w);
	past_close(&w->past);
	plan_change_free(&w->change);
	plan_file_free(&w->plan);
	roster_free(&w->roster);
	gv_doc_free(&w->doc);
	gv_buf_free(&w->statement);
	gv_buf_free(&w->folder);
	free(w);
	return rc;
}

const struct gv_cmd_spec case_audit_simulate = {
	.name = "simulate", .summary = N_("say who would have to sign the changes of a plan that --dry-run printed"),
	.usage = N_("[PLAN] [--as PERSON]   (or a plan on standard input)"), .operands = "file", .opts = opts,
	.fields = "ref.id,id,title,met,missing,could", .common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
