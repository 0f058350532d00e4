/* SPDX-License-Identifier: MIT */
/* case-audit people: who holds what on a day: roles, delegations, keys. */
#include <stdio.h>
#include <string.h>

#include "roster.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("as of this day, if not today"), .check = "date" },
	{ 0, "all", NULL, N_("also who holds nothing on that day") },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct roster roster;
	struct gv_doc doc;     /* the row at hand */
	gv_day on;
	bool any;              /* the row has a role or a key */
};

static int add_text(struct work *w, struct gv_val *list, const char *text)
{
	if (!text)
		return gv_fail_nomem(&w->c->err);
	w->any = true;
	return gv_arr_add(&w->doc, list, gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

/* "审判员 (执行裁判庭)" */
static int add_roles(struct work *w, const struct gv_actor *a, struct gv_val *list)
{
	const struct gv_val *roles = gv_val_get(a->person, "roles");
	int rc = 0;

	for (uint32_t i = 0; roles && roles->type == GV_ARRAY && i < roles->n && !rc; i++) {
		struct gv_str role = gv_val_getstr(&roles->items[i], "role"), unit = gv_val_getstr(&roles->items[i], "unit");
		struct gv_val one = { .type = GV_ARRAY, .n = 1, .items = &roles->items[i] };
		struct gv_val with = *a->person;
		struct gv_actor only = { .person = &with };

		/* This entry alone, judged as a signature would be. */
		rc = gv_val_copy(&w->doc, &with, a->person, &w->c->err);
		if (!rc)
			rc = gv_obj_set(&w->doc, &with, GV_STR("roles"), one, &w->c->err);
		if (rc || !gv_actor_has_role(&only, role, NULL, w->on))
			continue;
		rc = add_text(w, list, unit.n ? gv_arena_printf(&w->doc.arena, "%.*s (%.*s)", (int)role.n, role.p, (int)unit.n, unit.p)
		                              : gv_arena_printf(&w->doc.arena, "%.*s", (int)role.n, role.p));
	}
	return rc;
}

static int add_delegations(struct work *w, const struct gv_actor *a, struct gv_val *list)
{
	const struct gv_val *all = w->roster.duties ? gv_val_get(gv_duties_val(w->roster.duties), "delegations") : NULL;
	int rc = 0;

	for (uint32_t i = 0; all && i < all->n && !rc; i++) {
		const struct gv_val *g = &all->items[i], *roles = gv_val_get(g, "roles");
		struct gv_str duty = gv_val_getstr(g, "duty"), by = gv_val_getstr(g, "by"), until = gv_val_getstr(g, "until");
		struct gv_buf what = GV_BUF_INIT(4096);

		if (!gv_str_eq(gv_val_getstr(g, "to"), a->key) || w->on < gv_day_read(gv_val_getstr(g, "from")) ||
		    w->on > gv_day_read(until) || !gv_actor_is_active(a, w->on))
			continue;
		gv_buf_addstr(&what, duty);
		for (uint32_t k = 0; roles && k < roles->n; k++) {
			gv_buf_adds(&what, what.n ? " " : "");
			gv_buf_addstr(&what, gv_val_str(&roles->items[k]));
		}
		gv_buf_addf(&what, _(" for %.*s until %.*s"), (int)by.n, by.p, (int)until.n, until.p);
		rc = gv_buf_check(&what, &w->c->err);
		if (!rc)
			rc = add_text(w, list, gv_arena_copy(&w->doc.arena, gv_buf_str(&what)).p);
		gv_buf_free(&what);
	}
	return rc;
}

static int add_keys(struct work *w, const struct gv_actor *a, struct gv_val *list)
{
	const struct gv_signers *all = w->roster.signers;
	int64_t noon = roster_noon(w->on);
	int rc = 0;

	for (size_t i = 0; i < gv_signers_count(all) && !rc; i++) {
		const struct gv_signer *s = gv_signers_at(all, i);

		if (gv_people_of_principals(w->roster.people, s->principals) == a && s->after <= noon &&
		    (!s->before || noon < s->before))
			rc = add_text(w, list, s->key.print);
	}
	return rc;
}

static int put_list(struct work *w, const char *name, struct gv_val list)
{
	return list.n ? gv_obj_set(&w->doc, &w->doc.root, gv_str_of(name), list, &w->c->err) : 0;
}

static int copy(struct work *w, const struct gv_actor *a, const char *name)
{
	const struct gv_val *v = gv_val_get(a->person, name);

	return v ? gv_obj_set(&w->doc, &w->doc.root, gv_str_of(name), *v, &w->c->err) : 0;
}

static int make_row(struct work *w, const struct gv_actor *a)
{
	struct gv_val roles = gv_mkarr(), delegated = gv_mkarr(), keys = gv_mkarr();
	int rc = 0;

	gv_doc_reset(&w->doc);
	w->doc.root = gv_mkobj();
	w->any = false;
	rc = gv_obj_set(&w->doc, &w->doc.root, GV_STR("kind"), gv_mklit("signer"), &w->c->err);
	if (!rc)
		rc = copy(w, a, "id");
	if (!rc)
		rc = copy(w, a, "name");
	if (!rc)
		rc = copy(w, a, "state");
	if (!rc)
		rc = copy(w, a, "emails");
	if (!rc)
		rc = add_roles(w, a, &roles);
	if (!rc)
		rc = add_delegations(w, a, &delegated);
	if (!rc)
		rc = add_keys(w, a, &keys);
	if (!rc)
		rc = put_list(w, "roles", roles);
	if (!rc)
		rc = put_list(w, "delegated", delegated);
	return rc ? rc : put_list(w, "keys", keys);
}

/* A key that nobody in people/ stands behind can sign, but has no role. */
static void warn_of_strangers(struct work *w)
{
	for (size_t i = 0; i < gv_signers_count(w->roster.signers); i++) {
		const struct gv_signer *s = gv_signers_at(w->roster.signers, i);

		if (!gv_people_of_principals(w->roster.people, s->principals))
			gv_cmd_warn(w->c, _("signers, line %zu: %.*s is nobody in people/"), s->line, (int)s->principals.n,
			            s->principals.p);
	}
}

static int print_all(struct work *w)
{
	struct gv_out *out = gv_cmd_out(w->c);
	int rc = 0;

	if (!out)
		return w->c->err.code;
	for (size_t i = 0; i < gv_people_count(w->roster.people) && !rc && !gv_cmd_closed(w->c); i++) {
		rc = make_row(w, gv_people_at(w->roster.people, i));
		if (!rc && (w->any || gv_cmd_has(w->c, "all")))
			rc = gv_out_rec(out, &w->doc.root, &w->c->err);
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	if (c->argc)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": people takes no names; --on DATE is the day"), c->argv[0]);
	if (!gv_cmd_store(c))
		return c->err.code;
	rc = roster_day(c, "on", &w.on);
	if (!rc)
		rc = roster_read(&w.roster, gv_cmd_store(c), &c->err);
	if (!rc)
		rc = print_all(&w);
	if (!rc)
		warn_of_strangers(&w);
	roster_free(&w.roster);
	gv_doc_free(&w.doc);
	return rc;
}

const struct gv_cmd_spec case_audit_people = {
	.name = "people", .summary = N_("list who holds which roles and keys on a day"),
	.usage = N_("[--on DATE]"), .opts = opts, .kind = "person", .fields = "id,name,state,roles,delegated,keys",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
