/* SPDX-License-Identifier: MIT */
/* aside: what other records of the docket show of an entry's obligation: its case, and for an officer the entry of the unit. */
#include <stdlib.h>
#include <string.h>

#include "credit-repair.h"

struct unit { struct gv_str of_case, debtor; gv_day performed, lifted; };

struct credit_units {
	struct gv_cmd *c;
	struct gv_arena names;
	struct unit *list;         /* entries that are no officer's, by case */
	size_t n, cap;
	struct gv_doc doc;
};

/* ---- units ---- */

static int add(struct credit_units *u, const struct gv_val *rec)
{
	struct unit one = { .of_case = gv_arena_copy(&u->names, gv_val_getstr(rec, "case")), .performed = gv_credit_performed(rec, NULL) };

	one.lifted = gv_str_is(gv_val_getstr(rec, "restriction"), "lifted") ? gv_credit_day(rec, "lift.on") : GV_DAY_NONE;
	one.debtor = gv_arena_copy(&u->names, gv_val_getstr(rec, "debtor"));
	if (!one.of_case.p || !one.debtor.p)
		return gv_fail_nomem(&u->c->err);
	if (u->n == u->cap) {
		size_t cap = u->cap ? 2 * u->cap : 256;
		struct unit *more = realloc(u->list, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(&u->c->err);
		u->list = more;
		u->cap = cap;
	}
	u->list[u->n++] = one;
	return 0;
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct credit_units *u = ctx;
	int rc = gv_json_parse(&u->doc, item->text, 0, &u->c->err);

	if (rc == GV_EDATA) { /* the walk over the entries tells of it */
		gv_err_clear(&u->c->err);
		return 0;
	}
	return rc || gv_credit_is_officer(&u->doc.root) ? rc : add(u, &u->doc.root);
}

static int by_case(const void *a, const void *b)
{
	return gv_str_cmp(((const struct unit *)a)->of_case, ((const struct unit *)b)->of_case);
}

/* In one walk, the first time that an officer is asked about. */
static int load(struct credit_judge *j, struct gv_store *store)
{
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("credit")) };
	int rc;

	j->units = calloc(1, sizeof *j->units);
	if (!j->units)
		return gv_fail_nomem(&j->c->err);
	j->units->c = j->c;
	rc = gv_store_scan(store, &what, take_item, j->units, &j->c->err);
	if (!rc && j->units->n)
		qsort(j->units->list, j->units->n, sizeof *j->units->list, by_case);
	return rc;
}

void credit_units_free(struct credit_units *u)
{
	if (!u)
		return;
	free(u->list);
	gv_arena_free(&u->names);
	gv_doc_free(&u->doc);
	free(u);
}

/* The entry of an officer says the unit's name, or its id. */
static int is_of(struct credit_judge *j, const struct unit *u, struct gv_str unit, bool *yes)
{
	struct gv_str prefix = GV_STR("debtor:"), id = gv_str_starts(u->debtor, prefix) ? (struct gv_str){ u->debtor.p + prefix.n, u->debtor.n - prefix.n } : u->debtor;
	const struct gv_val *debtor;
	int rc;

	*yes = gv_str_eq(unit, u->debtor) || gv_str_eq(unit, id);
	rc = *yes ? 0 : gv_cmd_look_up(j->c, u->debtor, &j->other, &debtor);
	if (!rc && !*yes)
		*yes = unit.n && gv_str_eq(gv_str_trim(unit), gv_str_trim(gv_val_getstr(debtor, "name")));
	return rc;
}

static void earlier(gv_day *day, gv_day other)
{
	if (other != GV_DAY_NONE && (*day == GV_DAY_NONE || other < *day))
		*day = other;
}

/* Each entry of the case whose debtor is that unit. */
static int each_unit(struct credit_judge *j, struct gv_store *store, struct gv_str of_case, struct gv_str unit, void (*found)(struct gv_credit_aside *aside, const struct unit *u))
{
	struct unit key = { .of_case = of_case }, *at, *end;
	int rc = j->units ? 0 : load(j, store);

	if (rc || !j->units->n || !key.of_case.n)
		return rc;
	end = j->units->list + j->units->n;
	at = bsearch(&key, j->units->list, j->units->n, sizeof key, by_case);
	while (at && at > j->units->list && gv_str_eq(at[-1].of_case, key.of_case))
		at--;
	for (; at && at < end && !rc && gv_str_eq(at->of_case, key.of_case); at++) {
		bool yes;

		rc = is_of(j, at, unit, &yes);
		if (!rc && yes)
			found(&j->aside, at);
	}
	return rc;
}

static void take_days(struct gv_credit_aside *aside, const struct unit *u)
{
	earlier(&aside->unit_performed, u->performed);
	earlier(&aside->unit_lifted, u->lifted);
}

static void take_office(struct gv_credit_aside *aside, const struct unit *u)
{
	(void)u;
	aside->holds_office = true;
}

int credit_aside_offices(struct credit_judge *j, const struct gv_val *rec, const struct gv_val *debtor)
{
	const struct gv_val *offices = gv_val_items(debtor, "offices");
	struct gv_store *store = j->has_store ? gv_cmd_store(j->c) : NULL;
	int rc = 0;

	for (uint32_t i = 0; store && i < offices->n && !rc && !gv_credit_is_officer(rec) && !gv_credit_is_foreign(rec); i++)
		if (gv_val_getstr(&offices->items[i], "role").n)
			rc = each_unit(j, store, gv_val_getstr(rec, "case"), gv_val_getstr(&offices->items[i], "unit"), take_office);
	return rc;
}

/* ---- the case ---- */

/* The day is that of its event; a case that came from elsewhere may have that of its end alone. */
static gv_day case_performed(const struct gv_val *of)
{
	bool closed = gv_str_is(gv_val_getstr(of, "closed_by"), "performed");
	gv_day on = gv_credit_first(of, "perform", GV_DAY_NONE);

	if (!gv_credit_in_state(of, "performed") && !closed)
		return GV_DAY_NONE;
	return on == GV_DAY_NONE && closed ? gv_credit_day(of, "closed_on") : on;
}

int credit_aside(struct credit_judge *j, const struct gv_val *rec)
{
	struct gv_store *store = j->has_store ? gv_cmd_store(j->c) : NULL;
	const struct gv_val *of;
	struct gv_id id;
	struct gv_err none;
	int rc;

	j->aside = (struct gv_credit_aside){ GV_DAY_NONE, GV_DAY_NONE, GV_DAY_NONE, false };
	if (gv_str_is(gv_val_getstr(rec, "restriction"), "none") && !gv_credit_in_state(rec, "listed")) /* nothing of it is to end */
		return 0;
	if (!store || gv_id_parse(&id, gv_val_getstr(rec, "case"), gv_schema_find(GV_STR("case")), gv_cmd_caseno(j->c), &none))
		return 0;
	rc = gv_cmd_get(j->c, gv_val_getstr(rec, "case"), "case", &j->other, &of);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&j->c->err);
		rc = 0;
	}
	if (!rc && of)
		j->aside.case_performed = case_performed(of);
	return rc || !gv_credit_is_officer(rec) ? rc : each_unit(j, store, gv_val_getstr(rec, "case"), gv_val_getstr(rec, "unit"), take_days);
}
