/* SPDX-License-Identifier: MIT */
/* release_record: what stands in the public docket for a document, for one that is not published, and for one that was. */
#include <string.h>

#include "release.h"

static int set_text(struct gv_doc *d, struct gv_val *out, const char *field, struct gv_str text, struct gv_err *err)
{
	return text.n ? gv_obj_set(d, out, gv_str_of(field), gv_mkstr(d, text), err) : 0;
}

static int set(struct release_record *r, struct gv_val *out, const char *field, struct gv_str text)
{
	return set_text(r->d, out, field, text, &r->c->err);
}

static struct gv_str court_of(const struct release_record *r)
{
	struct gv_str named = gv_val_getstr(r->p->kase, "court_name"), name;
	struct gv_caseno number;
	struct gv_err none;
	const char *code = gv_store_court(gv_cmd_store(r->c));

	if (named.n)
		return named;
	if (gv_caseno_parse(r->p->cn, &number, gv_val_getstr(r->p->rec, "case"), &none) == 0 && number.court[0])
		name = gv_caseno_court_name(r->p->cn, number.court);
	else
		name = gv_caseno_court_name(r->p->cn, code);
	return name.n ? name : gv_str_of(code);
}

int release_add_event(struct gv_doc *d, const struct gv_val *was, struct gv_val *out, const char *name, const char *on, struct gv_err *err)
{
	const struct gv_val *log = gv_val_get(was, "events");
	struct gv_val copy;
	int rc = log ? gv_val_copy(d, &copy, log, err) : 0;

	if (!rc && log)
		rc = gv_obj_set(d, out, GV_STR("events"), copy, err);
	return rc || !name ? rc : gv_event_add_plain(d, out, name, gv_str_of(on), err);
}

int release_set_withdrawn(struct gv_doc *d, const struct gv_val *was, struct gv_val *out, struct gv_str reason, const char *on, struct gv_err *err)
{
	int rc = set_text(d, out, "published_on", gv_val_getstr(was, "published_on"), err);

	if (!rc)
		rc = set_text(d, out, "withdrawn_on", (struct gv_str){ on, GV_DATE_LEN }, err);
	if (!rc)
		rc = set_text(d, out, "withdrawn_reason", reason, err);
	return rc ? rc : release_add_event(d, was, out, "withdraw", on, err);
}

static int add_event(struct release_record *r, struct gv_val *out, const char *name)
{
	return release_add_event(r->d, r->was, out, name, r->on, &r->c->err);
}

/* The four fields that every kind of it shows (PUB-04), but for the reason. */
static int begin(struct release_record *r, struct gv_val *out, const char *state)
{
	const struct gv_val *rec = r->p->rec;
	int rc;

	*out = gv_mkobj();
	rc = set(r, out, "kind", GV_STR("document"));
	if (!rc)
		rc = set(r, out, "id", gv_str_of(r->key));
	if (!rc)
		rc = set(r, out, "state", gv_str_of(state));
	if (!rc)
		rc = set(r, out, "court", court_of(r));
	if (!rc)
		rc = set(r, out, "case", gv_val_getstr(rec, "case"));
	return rc ? rc : set(r, out, "issued_on", gv_val_getstr(rec, "issued_on"));
}

static struct gv_str procedure_of(const struct release_record *r)
{
	static const struct { const char *instance, *word; } levels[] = { { "first", "一审" }, { "second", "二审" }, { "retrial", "再审" } };

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (gv_str_is(gv_val_getstr(r->p->rec, "instance"), levels[i].instance))
			return gv_str_of(levels[i].word);
	return (struct gv_str){ 0 };
}

static const char *event_of(const struct gv_val *was)
{
	struct gv_str state = gv_val_getstr(was, "state");

	return gv_str_is(state, "withdrawn") ? "republish" : gv_str_is(state, "withheld") ? "publish" : "release";
}

int release_document(struct release_record *r, const struct release_text *t, struct gv_val *out)
{
	const struct gv_val *rec = r->p->rec;
	struct gv_str published = gv_val_getstr(r->was, "published_on"), today = { r->on, GV_DATE_LEN };
	const struct { const char *field; struct gv_str text; } fields[] = {
		{ "title", gv_buf_str(&t->title) }, { "doc_kind", gv_val_getstr(rec, "doc_kind") }, { "cause", gv_val_getstr(rec, "cause") },
		{ "case_type", gv_publication_type(r->p) }, { "procedure", procedure_of(r) }, { "tribunal", gv_val_getstr(r->p->kase, "tribunal") },
		{ "effective_on", gv_val_getstr(rec, "effective_on") }, { "class", gv_val_getstr(rec, "class") }, { "profile", gv_val_getstr(rec, "profile") },
		{ "text", gv_buf_str(&t->text) }, { "published_on", gv_str_is(gv_val_getstr(r->was, "state"), "published") && published.n ? published : today },
	};
	int rc = begin(r, out, "published");

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		rc = set(r, out, fields[i].field, fields[i].text);
	return rc ? rc : add_event(r, out, event_of(r->was));
}

int release_stub(struct release_record *r, struct gv_val *out)
{
	int rc = begin(r, out, "withheld");

	if (!rc)
		rc = set(r, out, "withheld_reason", gv_val_getstr(r->p->rec, "reason"));
	return rc ? rc : add_event(r, out, "withhold");
}

int release_withdrawn(struct release_record *r, struct gv_str reason, struct gv_val *out)
{
	bool stub = gv_str_is(gv_val_getstr(r->was, "state"), "withheld");
	int rc = begin(r, out, "withdrawn");

	if (stub)
		gv_obj_del(out, GV_STR("issued_on"));
	if (!rc)
		rc = set(r, out, "doc_kind", gv_val_getstr(r->was, "doc_kind"));
	return rc ? rc : release_set_withdrawn(r->d, r->was, out, reason, r->on, &r->c->err);
}

static bool is_of_day(struct gv_str name)
{
	return gv_str_is(name, "published_on") || gv_str_is(name, "withdrawn_on") || gv_str_is(name, "events");
}

static bool has_all(const struct gv_val *a, const struct gv_val *b)
{
	for (uint32_t i = 0; i < a->n; i++) {
		const struct gv_val *other = gv_val_getn(b, a->members[i].name);

		if (!is_of_day(a->members[i].name) && (!other || !gv_val_eq(&a->members[i].val, other)))
			return false;
	}
	return true;
}

bool release_is_same(const struct gv_val *was, const struct gv_val *out)
{
	return was && has_all(was, out) && has_all(out, was);
}
