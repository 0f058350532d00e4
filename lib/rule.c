/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include <stdio.h>

#include "i18n.h"
#include "schema_impl.h"

enum { MESSAGE_MAX = 64 * 1024 };

const char *gv_level_name(enum gv_level l)
{
	static const char *const names[] = { "info", "review", "warn", "violation" };

	return names[l];
}

bool gv_rule_in_force(const struct gv_rule *r, gv_day on)
{
	if (r->from && on < gv_day_read(gv_str_of(r->from)))
		return false;
	return !r->until || on <= gv_day_read(gv_str_of(r->until));
}

/* ---- which rules ---- */

/* One entry of --only or --skip: an id, or "SL-*". */
static bool entry_is(struct gv_str entry, struct gv_str id)
{
	if (entry.n && entry.p[entry.n - 1] == '*')
		return gv_str_starts(id, (struct gv_str){ entry.p, entry.n - 1 });
	return gv_str_eq(entry, id);
}

/* The next entry of a comma list; false at the end. */
bool gv_rule_next(struct gv_str *list, struct gv_str *entry)
{
	const char *comma;
	size_t n;

	if (!list->n)
		return false;
	comma = memchr(list->p, ',', list->n);
	n = comma ? (size_t)(comma - list->p) : list->n;
	*entry = gv_str_trim((struct gv_str){ list->p, n });
	n += comma != NULL;
	*list = (struct gv_str){ list->p + n, list->n - n };
	return true;
}

bool gv_rule_listed(struct gv_str list, struct gv_str id)
{
	struct gv_str entry;

	while (gv_rule_next(&list, &entry))
		if (entry_is(entry, id))
			return true;
	return false;
}

static int no_such_rule(const struct gv_rule *rules, struct gv_str id, struct gv_err *err)
{
	struct gv_near near = gv_near_start(id);

	for (; rules && rules->id; rules++)
		gv_near_try(&near, rules->id);
	if (near.best)
		return gv_fail(err, GV_EUSAGE, _("there is no rule \"%.*s\" (did you mean %s?)"),
		               gv_cut(id), id.p, near.best);
	return gv_fail(err, GV_EUSAGE, _("there is no rule \"%.*s\""), gv_cut(id),
	               id.p);
}

int gv_rules_check_list(const struct gv_rule *rules, struct gv_str list, struct gv_err *err)
{
	struct gv_str entry;

	while (gv_rule_next(&list, &entry)) {
		const struct gv_rule *r = rules;

		while (r && r->id && !entry_is(entry, gv_str_of(r->id)))
			r++;
		if (!r || !r->id)
			return no_such_rule(rules, entry, err);
	}
	return 0;
}

int gv_rules_run(struct gv_check *c, const struct gv_rule *rules, const void *subject)
{
	int rc = 0;

	for (const struct gv_rule *r = rules; r && r->id && !rc; r++) {
		if (!r->fn || (c->only.n && !gv_rule_listed(c->only, gv_str_of(r->id))) || gv_rule_listed(c->skip, gv_str_of(r->id)))
			continue;
		if (!r->own_dates && !gv_rule_in_force(r, c->as_of))
			continue;
		if (r->kind && c->rec && strcmp(r->kind, c->rec->id.schema->kind) != 0)
			continue;
		c->rule = r;
		gv_doc_reset(&c->scratch);
		rc = r->fn(c, subject);
	}
	c->rule = NULL;
	return rc;
}

/* ---- findings ---- */

/* An object in the making; the first failure is kept. */
struct making {
	struct gv_doc *d;
	struct gv_val *obj;
	struct gv_err *err;
	int rc;
};

static void put(struct making *m, const char *name, struct gv_val v)
{
	if (!m->rc)
		m->rc = gv_obj_set(m->d, m->obj, gv_str_of(name), v, m->err);
}

static void put_text(struct making *m, const char *name, const char *text)
{
	if (text)
		put(m, name, gv_mklit(text));
}

static void put_copy(struct making *m, const char *name, struct gv_str s)
{
	if (s.n)
		put(m, name, gv_mkstr(m->d, s));
}

static void put_basis(struct making *m, const struct gv_basis *basis)
{
	struct gv_val list = gv_mkarr();

	for (; basis && basis->doc; basis++) {
		struct gv_val one = gv_mkobj();
		struct making inner = { m->d, &one, m->err, m->rc };

		put_text(&inner, "doc", basis->doc);
		put_text(&inner, "no", basis->no);
		put_text(&inner, "art", basis->art);
		m->rc = inner.rc;
		if (!m->rc)
			m->rc = gv_arr_add(m->d, &list, one, m->err);
	}
	if (list.n)
		put(m, "basis", list);
}

/* Which record, and which case it belongs to. */
static void put_ref(struct making *m, const struct gv_rec *rec, struct gv_str kase)
{
	struct gv_str own = rec->id.schema->letter ? gv_val_getstr(rec->val, "case") : gv_str_of(rec->id.key);
	struct gv_val ref = gv_mkobj();
	struct making inner = { m->d, &ref, m->err, m->rc };

	put_text(&inner, "kind", rec->id.schema->kind);
	put_copy(&inner, "id", gv_str_of(rec->id.key));
	m->rc = inner.rc;
	put(m, "ref", ref);
	put_copy(m, "case", own.n ? own : kase);
}

static int message(struct making *m, const char *fmt, va_list ap)
{
	struct gv_buf text = GV_BUF_INIT(MESSAGE_MAX);
	int rc;

	gv_buf_addv(&text, fmt, ap);
	rc = gv_buf_check(&text, m->err);
	if (!rc)
		put_copy(m, "message", gv_buf_str(&text));
	gv_buf_free(&text);
	return rc ? rc : m->rc;
}

int gv_finding(struct gv_check *c, enum gv_level level, const struct gv_val *facts, const char *fmt,
               ...)
{
	struct gv_val finding = gv_mkobj();
	struct making m = { &c->scratch, &finding, c->err, 0 };
	char as_of[GV_DATE_LEN + 1];
	va_list ap;
	int rc;

	if (level > c->rule->level)
		level = c->rule->level;
	gv_day_format(c->as_of, as_of);
	put_text(&m, "kind", "finding");
	put_text(&m, "rule", c->rule->id);
	put_text(&m, "level", gv_level_name(level));
	put_copy(&m, "as_of", gv_str_of(as_of));
	put_basis(&m, c->rule->basis);
	if (c->rec && c->rec->id.schema)  /* a row of somebody else's has no id of ours */
		put_ref(&m, c->rec, c->kase);
	if (facts && facts->type == GV_OBJECT && facts->n)
		put(&m, "facts", *facts);
	va_start(ap, fmt);
	rc = m.rc ? m.rc : message(&m, fmt, ap);
	va_end(ap);
	if (rc)
		return rc;
	c->counts[level]++;
	return c->sink(c, &finding, c->err);
}

/* ---- of findings that are there ---- */

static void add_text(struct gv_buf *out, const struct gv_val *rec, const char *field)
{
	gv_buf_addstr(out, gv_val_getstr(rec, field));
}

/* A line, with the record that it is about. */
void gv_finding_remember(struct gv_buf *known, const struct gv_val *finding)
{
	gv_buf_addc(known, '\n');
	add_text(known, finding, "rule");
	gv_buf_addc(known, ' ');
	add_text(known, gv_val_get(finding, "ref"), "id");
	gv_buf_addc(known, ' ');
	add_text(known, finding, "message");
	gv_buf_addc(known, '\n');
}

bool gv_finding_is_known(const struct gv_buf *known, const struct gv_val *finding)
{
	struct gv_buf key = GV_BUF_INIT(2 * MESSAGE_MAX);
	bool is;

	gv_finding_remember(&key, finding);
	is = key.n && gv_str_find(gv_buf_str(known), gv_buf_str(&key));
	gv_buf_free(&key);
	return is;
}

void gv_finding_tell(struct gv_buf *out, const struct gv_val *finding, struct gv_str message)
{
	const struct gv_val *basis = gv_val_items(finding, "basis"), *first = basis->n ? basis->items : NULL;
	struct gv_str doc = gv_val_getstr(first, "doc"), no = gv_val_getstr(first, "no"), art = gv_val_getstr(first, "art");

	add_text(out, finding, "rule");
	gv_buf_adds(out, ": ");
	gv_buf_addstr(out, message);
	if (first && art.n)
		gv_buf_addf(out, _(" (%.*s %.*s, art. %.*s)"), (int)doc.n, doc.n ? doc.p : "", (int)no.n, no.n ? no.p : "", (int)art.n, art.p);
	else if (first)
		gv_buf_addf(out, _(" (%.*s %.*s)"), (int)doc.n, doc.n ? doc.p : "", (int)no.n, no.n ? no.p : "");
}

/* ---- --rules, --explain ---- */

const char *gv_rule_title(const struct gv_rule *r)
{
	return gv_i18n_is_zh() && r->zh ? r->zh : r->title;
}

int gv_rule_row(struct gv_doc *d, struct gv_val *out, const struct gv_rule *r, struct gv_err *err)
{
	struct making m = { d, out, err, 0 };

	*out = gv_mkobj();
	put_text(&m, "id", r->id);
	put_text(&m, "title", gv_rule_title(r));
	put_text(&m, "level", gv_level_name(r->level));
	put_basis(&m, r->basis);
	put_text(&m, "from", r->from);
	put_text(&m, "until", r->until);
	return m.rc;
}

static void explain_dates(struct gv_buf *out, const struct gv_rule *r)
{
	if (r->from && r->until)
		gv_buf_addf(out, _("in force: %s to %s\n"), r->from, r->until);
	else if (r->from)
		gv_buf_addf(out, _("in force: from %s\n"), r->from);
	else if (r->until)
		gv_buf_addf(out, _("in force: until %s\n"), r->until);
}

const struct gv_rule *gv_rule_find(const struct gv_rule *rules, const char *id)
{
	const struct gv_rule *r = rules;

	while (r && r->id && strcmp(r->id, id) != 0)
		r++;
	return r && r->id ? r : NULL;
}

int gv_rule_explain(struct gv_buf *out, const struct gv_rule *rules, const char *id,
                    struct gv_err *err)
{
	const struct gv_rule *r = gv_rule_find(rules, id);

	if (!r)
		return no_such_rule(rules, gv_str_of(id), err);
	gv_buf_addf(out, "%s: %s\n", r->id, gv_rule_title(r));
	gv_buf_addf(out, _("level: %s at most\n"), gv_level_name(r->level));
	explain_dates(out, r);
	for (const struct gv_basis *b = r->basis; b && b->doc; b++) {
		gv_buf_addf(out, _("basis: %s"), b->doc);
		if (b->no)
			gv_buf_addf(out, _(" (%s)"), b->no);
		if (b->art)
			gv_buf_addf(out, _(", art. %s"), b->art);
		gv_buf_addc(out, '\n');
	}
	if (r->needs)
		gv_buf_addf(out, _("needs: %s\n"), _(r->needs));
	return gv_buf_check(out, err);
}
