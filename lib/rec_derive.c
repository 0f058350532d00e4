/* SPDX-License-Identifier: MIT */
/*
 * Derived fields: what a record says without storing it.  Each name in a schema's
 * x-gavel-derived has a row in the table at the end.
 */
#include "casekey.h"
#include "date.h"
#include "i18n.h"
#include "rec.h"
#include "schema_impl.h"

struct derive {
	struct gv_doc *d;
	const struct gv_val *rec;
	struct gv_caseno_reader *cn;
	struct gv_casekey key;      /* if parsed: parts of a number of today's grammar */
	bool parsed;
	struct gv_str id;
	gv_day as_of;
	struct gv_err *err;
};

/* Sets *out, or leaves it GV_NULL where nothing can be said. */
typedef int derive_fn(struct derive *v, struct gv_val *out);

static int give(struct derive *v, struct gv_val *out, struct gv_str s)
{
	if (!s.n)
		return 0;
	*out = gv_mkstr(v->d, s);
	return out->type == GV_STRING ? 0 : gv_fail_nomem(v->err);
}

/* ---- from the number ---- */

static struct gv_str court_code(const struct derive *v)
{
	struct gv_str name = gv_val_getstr(v->rec, "court_name");

	if (v->parsed)
		return v->key.court;
	return gv_caseno_court_code(v->cn, name);
}

static int court(struct derive *v, struct gv_val *out)
{
	return give(v, out, court_code(v));
}

static int court_full(struct derive *v, struct gv_val *out)
{
	char code[32];
	struct gv_str c = court_code(v), name = { NULL, 0 };

	if (c.n && c.n < sizeof code) {
		memcpy(code, c.p, c.n);
		code[c.n] = '\0';
		name = gv_caseno_court_name(v->cn, code);
	}
	return give(v, out, name.n ? name : gv_val_getstr(v->rec, "court_name"));
}

static int year(struct derive *v, struct gv_val *out)
{
	int64_t i;

	if (gv_str_int(gv_casekey_year(v->id), &i) && i > 0)
		*out = gv_mkint(i);
	return 0;
}

static int type(struct derive *v, struct gv_val *out)
{
	return v->parsed ? give(v, out, v->key.full) : 0;
}

/* Of an old number: the digits at its end. */
static int serial(struct derive *v, struct gv_val *out)
{
	struct gv_str s = v->id, hao = GV_STR("号");
	size_t from;

	if (v->parsed)
		return give(v, out, v->key.serial);
	if (s.n < hao.n || memcmp(s.p + s.n - hao.n, hao.p, hao.n) != 0)
		return 0;
	s.n -= hao.n;
	for (from = s.n; from && s.p[from - 1] >= '0' && s.p[from - 1] <= '9';)
		from--;
	return give(v, out, (struct gv_str){ s.p + from, s.n - from });
}

static int group(struct derive *v, struct gv_val *out)
{
	char code[32];

	if (!v->parsed || v->key.full.n >= sizeof code)
		return 0;
	memcpy(code, v->key.full.p, v->key.full.n);
	code[v->key.full.n] = '\0';
	return give(v, out, gv_caseno_type_group(v->cn, code));
}

/* ---- from the parties ---- */

static const char *const first_side[] = {
	"原告", "上诉人", "申请人", "申请执行人", "再审申请人", "复议申请人", "申诉人", "异议人",
	"起诉人", "自诉人", "公诉机关", "抗诉机关", "赔偿请求人", "反诉被告", NULL
};
static const char *const other_side[] = {
	"被告", "被告人", "被上诉人", "被申请人", "被执行人", "被申诉人", "赔偿义务机关",
	"反诉原告", NULL
};

/* 原告（反诉被告） is 原告: the first role is the one in the main suit. */
static bool role_is(struct gv_str role, const char *const *words)
{
	static const char *const brackets[] = { "（", "(" };

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(brackets[i]);
		const char *at = role.n ? memmem(role.p, role.n, brackets[i], n) : NULL;

		if (at)
			role.n = (size_t)(at - role.p);
	}
	for (; *words; words++)
		if (gv_str_is(role, *words))
			return true;
	return false;
}

static int side(struct derive *v, struct gv_val *out, const char *const *words)
{
	const struct gv_val *parties = gv_val_items(v->rec, "parties");
	struct gv_buf names = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	for (uint32_t i = 0; i < parties->n; i++) {
		const struct gv_val *p = &parties->items[i];
		struct gv_str name = gv_val_getstr(p, "name");

		if (!name.n || !role_is(gv_val_getstr(p, "role"), words))
			continue;
		gv_buf_adds(&names, names.n ? "、" : "");
		gv_buf_addstr(&names, name);
	}
	rc = gv_buf_check(&names, v->err);
	if (!rc)
		rc = give(v, out, gv_buf_str(&names));
	gv_buf_free(&names);
	return rc;
}

static int plaintiffs(struct derive *v, struct gv_val *out)
{
	return side(v, out, first_side);
}
static int defendants(struct derive *v, struct gv_val *out)
{
	return side(v, out, other_side);
}

/* ---- from dates and events ---- */

static int days(struct derive *v, struct gv_val *out)
{
	gv_day from = gv_day_read(gv_val_getstr(v->rec, "filed_on"));
	gv_day to = gv_day_read(gv_val_getstr(v->rec, "closed_on"));

	if (from != GV_DAY_NONE && to != GV_DAY_NONE)
		*out = gv_mkint(to - from);
	return 0;
}

/* From the day that the clock starts: with the papers (ME-09), or online when the mediator accepts (OM-14). */
static int mediation_days(struct derive *v, struct gv_val *out)
{
	bool online = gv_str_is(gv_val_getstr(v->rec, "intake"), "online");
	const struct gv_val *accepted = gv_val_path(v->rec, GV_STR("mediators.0.accepted_on"));
	gv_day from = gv_day_read(online ? gv_val_str(accepted) : gv_val_getstr(v->rec, "papers_on"));
	gv_day to = gv_day_read(gv_val_getstr(v->rec, "ended_on"));

	if (from != GV_DAY_NONE && to != GV_DAY_NONE)
		*out = gv_mkint(to - from);
	return 0;
}

/*
 * IND-10: of mediations before filing that have ended, 1 where the parties agreed or settled, else 0; a number, so that sums
 * count and means are rates.  One that was sent back was never a mediation, and one that went to court settled nothing.
 */
static int succeeded(struct derive *v, struct gv_val *out)
{
	static const char *const lost[] = { "failed", "refused", "filed" };
	struct gv_str by = gv_val_getstr(v->rec, "ended_by"), state = gv_val_getstr(v->rec, "state");
	bool yes = gv_str_is(by, "agreement") || gv_str_is(by, "settled");

	if (!by.n || gv_day_read(gv_val_getstr(v->rec, "ended_on")) == GV_DAY_NONE || gv_str_is(state, "returned") ||
	    gv_str_is(gv_val_getstr(v->rec, "referral"), "after-filing"))
		return 0;
	for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++)
		yes = yes && !gv_str_is(state, lost[i]);
	*out = gv_mkint(yes);
	return 0;
}

/* How long the entry has stood in the list: until it was removed, or still. */
static int days_listed(struct derive *v, struct gv_val *out)
{
	const struct gv_val *removed = gv_val_path(v->rec, GV_STR("removal.on"));
	gv_day from = gv_day_read(gv_val_getstr(v->rec, "published_on")), to = removed ? gv_day_read(gv_val_str(removed)) : v->as_of;

	if (from != GV_DAY_NONE && to != GV_DAY_NONE && to >= from)
		*out = gv_mkint(to - from);
	return 0;
}

static int mediator(struct derive *v, struct gv_val *out)
{
	const struct gv_val *list = gv_val_items(v->rec, "mediators");
	struct gv_buf ids = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	for (uint32_t i = 0; i < list->n; i++) {
		struct gv_str id = gv_val_getstr(&list->items[i], "mediator");

		gv_buf_adds(&ids, ids.n && id.n ? "、" : "");
		gv_buf_addstr(&ids, id);
	}
	rc = gv_buf_check(&ids, v->err);
	if (!rc)
		rc = give(v, out, gv_buf_str(&ids));
	gv_buf_free(&ids);
	return rc;
}

static const struct gv_val *newest(const struct derive *v)
{
	const struct gv_val *log = gv_val_get(v->rec, "events");

	return log && log->type == GV_ARRAY && log->n ? &log->items[log->n - 1] : NULL;
}

static int last_event(struct derive *v, struct gv_val *out)
{
	return give(v, out, gv_val_getstr(newest(v), "event"));
}
static int last_event_on(struct derive *v, struct gv_val *out)
{
	return give(v, out, gv_val_getstr(newest(v), "on"));
}

/* ---- the table ---- */

static const struct {
	const char *kind, *name;
	derive_fn *fn;
} table[] = {
	{ "case", "court", court },
	{ "case", "court_full", court_full },
	{ "case", "year", year },
	{ "case", "type", type },
	{ "case", "serial", serial },
	{ "case", "group", group },
	{ "case", "plaintiffs", plaintiffs },
	{ "case", "defendants", defendants },
	{ "case", "days", days },
	{ "case", "last_event", last_event },
	{ "case", "last_event_on", last_event_on },
	{ "credit", "days_listed", days_listed },
	{ "credit", "last_event", last_event },
	{ "credit", "last_event_on", last_event_on },
	{ "mediation", "year", year },
	{ "mediation", "serial", serial },
	{ "mediation", "plaintiffs", plaintiffs },
	{ "mediation", "defendants", defendants },
	{ "mediation", "mediator", mediator },
	{ "mediation", "days", mediation_days },
	{ "mediation", "succeeded", succeeded },
	{ "mediation", "last_event", last_event },
	{ "mediation", "last_event_on", last_event_on },
};

static derive_fn *find(const struct gv_schema *s, const char *name)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(table[i].kind, s->kind) == 0 && strcmp(table[i].name, name) == 0)
			return table[i].fn;
	return NULL;
}

static const struct gv_derived *known(const struct gv_schema *s, struct gv_str name,
                                      struct gv_err *err)
{
	struct gv_near near = gv_near_start(name);

	for (size_t i = 0; i < s->nderived; i++) {
		if (gv_str_is(name, s->derived[i].name))
			return &s->derived[i];
		gv_near_try(&near, s->derived[i].name);
	}
	if (near.best)
		gv_fail(err, GV_EUSAGE, _("%s has no derived field \"%.*s\" (did you mean %s?)"),
		        s->kind, gv_cut(name), name.p, near.best);
	else
		gv_fail(err, GV_EUSAGE, _("%s has no derived field \"%.*s\""), s->kind,
		        gv_cut(name), name.p);
	return NULL;
}

static int add(struct derive *v, struct gv_val *out, const struct gv_schema *s,
               const struct gv_derived *field)
{
	derive_fn *fn = find(s, field->name);
	struct gv_val value = { .type = GV_NULL };
	int rc = fn ? fn(v, &value) : 0;

	if (rc || value.type == GV_NULL)
		return rc;
	return gv_obj_set(v->d, out, gv_str_of(field->name), value, v->err);
}

int gv_rec_derive(struct gv_doc *d, struct gv_val *out, const struct gv_rec *rec,
                  struct gv_caseno_reader *cn, gv_day as_of, struct gv_str list, struct gv_err *err)
{
	const struct gv_schema *s = rec->id.schema;
	struct derive v = {
		.d = d, .rec = rec->val, .cn = cn, .id = gv_str_of(rec->id.key), .as_of = as_of, .err = err
	};
	bool all = gv_str_is(list, "all");
	int rc = 0;

	v.parsed = !s->letter && gv_casekey_split(&v.key, v.id);
	*out = gv_mkobj();
	for (uint32_t i = 0; i < rec->val->n && !rc; i++)
		rc = gv_obj_set(d, out, rec->val->members[i].name, rec->val->members[i].val, err);
	for (size_t i = 0; all && i < s->nderived && !rc; i++)
		rc = add(&v, out, s, &s->derived[i]);
	while (!all && list.n && !rc) {
		const char *comma = memchr(list.p, ',', list.n);
		size_t n = comma ? (size_t)(comma - list.p) : list.n;
		struct gv_str name = gv_str_trim((struct gv_str){ list.p, n });
		const struct gv_derived *field = known(s, name, err);

		rc = field ? add(&v, out, s, field) : GV_EUSAGE;
		n += comma != NULL;
		list = (struct gv_str){ list.p + n, list.n - n };
	}
	return rc;
}
