/* SPDX-License-Identifier: MIT */
/* Reading policy/duties.json: strictly, since a rule that is misspelt must not pass for none. */
#include <stdio.h>
#include <stdlib.h>

#include "casekey.h"
#include "duties_impl.h"
#include "i18n.h"
#include "schema_impl.h"

/* ---- members ---- */

/* Only these members; the list ends with NULL. */
static int known(const struct gv_val *v, const char *const *names, struct gv_err *err)
{
	if (v->type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
	for (uint32_t i = 0; i < v->n; i++) {
		struct gv_near near = gv_near_start(v->members[i].name);
		const char *const *name = names;

		while (*name && !gv_str_is(v->members[i].name, *name))
			gv_near_try(&near, *name++);
		if (*name)
			continue;
		if (near.best)
			return gv_fail(err, GV_EDATA, _("there is no member \"%.*s\" here (did you mean %s?)"),
			               gv_cut(v->members[i].name), v->members[i].name.p, near.best);
		return gv_fail(err, GV_EDATA, _("there is no member \"%.*s\" here"), gv_cut(v->members[i].name),
		               v->members[i].name.p);
	}
	return 0;
}

static int missing(const char *name, bool required, struct gv_err *err)
{
	return required ? gv_fail_field(err, GV_EDATA, name, "%s", _("is missing")) : 0;
}

static int get_text(const struct gv_val *v, const char *name, bool required, struct gv_str *out, struct gv_err *err)
{
	const struct gv_val *m = gv_val_get(v, name);

	*out = (struct gv_str){ 0 };
	if (!m)
		return missing(name, required, err);
	if (m->type != GV_STRING)
		return gv_fail_field(err, GV_EDATA, name, "%s", _("is not a string"));
	if (!m->n)
		return gv_fail_field(err, GV_EDATA, name, "%s", _("is empty"));
	*out = gv_val_str(m);
	return 0;
}

/* A list of different texts, one at least. */
static int get_texts(const struct gv_val *v, const char *name, bool required, const struct gv_val **out,
                     struct gv_err *err)
{
	const struct gv_val *m = gv_val_get(v, name);

	*out = m;
	if (!m)
		return missing(name, required, err);
	if (m->type != GV_ARRAY)
		return gv_fail_field(err, GV_EDATA, name, "%s", _("is not a list"));
	if (!m->n)
		return gv_fail_field(err, GV_EDATA, name, "%s", _("is empty"));
	for (uint32_t i = 0; i < m->n; i++) {
		struct gv_str s = gv_val_str(&m->items[i]);

		if (!s.n)
			return gv_fail_field(err, GV_EDATA, name, _("item %u is no text"), i + 1);
		for (uint32_t k = 0; k < i; k++)
			if (gv_str_eq(gv_val_str(&m->items[k]), s))
				return gv_fail_field(err, GV_EDATA, name, _("\"%.*s\" is there twice"), gv_cut(s), s.p);
	}
	return 0;
}

static int get_day(const struct gv_val *v, const char *name, bool required, gv_day otherwise, gv_day *out,
                   struct gv_err *err)
{
	struct gv_str s;
	int rc = get_text(v, name, required, &s, err);

	*out = otherwise;
	if (rc || !s.n)
		return rc;
	*out = gv_day_read(s);
	if (*out == GV_DAY_NONE)
		return gv_fail_field(err, GV_EDATA, name, _("%.*s is not a date"), gv_cut(s), s.p);
	return 0;
}

static int get_days(const struct gv_val *v, bool required, gv_day *from, gv_day *until, struct gv_err *err)
{
	int rc = get_day(v, "from", required, GV_DAY_FIRST, from, err);

	if (!rc)
		rc = get_day(v, "until", required, GV_DAY_LAST, until, err);
	if (!rc && *until < *from)
		rc = gv_fail_field(err, GV_EDATA, "until", "%s", _("is before from"));
	return rc;
}

/* In front of the field of what failed: "needs[0]". */
static int at_item(int rc, const char *list, size_t i, struct gv_err *err)
{
	char prefix[64];

	if (!rc || !err)
		return rc;
	snprintf(prefix, sizeof prefix, "%s[%zu]", list, i);
	if (err->field[0])
		gv_err_field_prefix(err, prefix);
	else
		snprintf(err->field, sizeof err->field, "%s", prefix);
	return rc;
}

/* An array member of at most `max` items; absent is empty. */
static int get_list(const struct gv_val *v, const char *name, bool required, size_t max, const struct gv_val **out,
                    struct gv_err *err)
{
	static const struct gv_val none = { .type = GV_ARRAY };
	const struct gv_val *m = gv_val_get(v, name);

	*out = m ? m : &none;
	if (!m)
		return missing(name, required, err);
	if (m->type != GV_ARRAY)
		return gv_fail_field(err, GV_EDATA, name, "%s", _("is not a list"));
	if (m->n > max)
		return gv_fail_field(err, GV_EDATA, name, _("has more than %zu items"), max);
	return 0;
}

/* ---- what touches a duty ---- */

static int get_step(struct gv_duty_field *f, struct gv_str s, struct gv_err *err)
{
	const char *bracket = memchr(s.p, '[', s.n);
	size_t name = bracket ? (size_t)(bracket - s.p) : s.n;

	f->steps[f->n++] = (struct gv_duty_step){ { s.p, name }, false };
	if (name && (!bracket || (s.n - name == 2 && bracket[1] == ']'))) {
		if (bracket)
			f->steps[f->n++] = (struct gv_duty_step){ .any = true };
		return 0;
	}
	return gv_fail_field(err, GV_EDATA, "fields", _("\"%.*s\": a path takes [] for any item and .0 for the first"),
	                     gv_cut(s), s.p);
}

static int get_field(struct gv_duties *d, struct gv_duty *duty, struct gv_str path, struct gv_err *err)
{
	struct gv_duty_field *f = &duty->fields[duty->nfields++];
	size_t steps = 2, from = 0;
	const char *near;
	int rc = 0;

	for (size_t i = 0; i < path.n; i++)
		steps += path.p[i] == '.' ? 2 : 0;
	f->n = 0;
	f->steps = gv_arena_alloc(&d->doc.arena, steps * sizeof *f->steps);
	if (!f->steps)
		return gv_fail_nomem(err);
	for (size_t i = 0; i <= path.n && !rc; i++) {
		if (i < path.n && path.p[i] != '.')
			continue;
		rc = get_step(f, (struct gv_str){ path.p + from, i - from }, err);
		from = i + 1;
	}
	if (rc || !duty->schema || gv_schema_at(duty->schema, path))
		return rc;
	near = gv_schema_suggest(duty->schema, path);
	if (near)
		return gv_fail_field(err, GV_EDATA, "fields", _("%.*s is no field of a %s (did you mean %s?)"), gv_cut(path),
		                     path.p, duty->schema->kind, near);
	return gv_fail_field(err, GV_EDATA, "fields", _("%.*s is no field of a %s"), gv_cut(path), path.p,
	                     duty->schema->kind);
}

static int get_fields(struct gv_duties *d, struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	const struct gv_val *list;
	int rc = get_texts(v, "fields", false, &list, err);

	if (rc || !list)
		return rc;
	duty->fields = gv_arena_alloc(&d->doc.arena, list->n * sizeof *duty->fields);
	if (!duty->fields)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; i < list->n && !rc; i++) {
		struct gv_str path = gv_val_str(&list->items[i]);

		if (gv_str_is(path, "*"))
			duty->any_field = true;
		else
			rc = get_field(d, duty, path, err);
	}
	return rc;
}

static int check_events(const struct gv_duty *duty, struct gv_err *err)
{
	for (uint32_t i = 0; duty->schema && duty->events && i < duty->events->n; i++) {
		struct gv_str name = gv_val_str(&duty->events->items[i]);

		if (!gv_schema_event(duty->schema, name))
			return gv_fail_field(err, GV_EDATA, "events", _("%s has no event \"%.*s\""), duty->schema->kind,
			                     gv_cut(name), name.p);
	}
	for (uint32_t i = 0; duty->schema && duty->states && i < duty->states->n; i++) {
		struct gv_str name = gv_val_str(&duty->states->items[i]);

		if (!gv_schema_state(duty->schema, name))
			return gv_fail_field(err, GV_EDATA, "states", _("%s has no state \"%.*s\""), duty->schema->kind,
			                     gv_cut(name), name.p);
	}
	return 0;
}

struct unknown { struct gv_str path; };

static void note_unknown(void *ctx, struct gv_str path)
{
	struct unknown *u = ctx;

	if (!u->path.p)
		u->path = path;
}

static int get_where(struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	struct unknown u = { { 0 } };
	struct gv_str text;
	struct gv_err why = { 0 };
	int rc = get_text(v, "where", false, &text, err);

	if (rc || !text.n)
		return rc;
	rc = gv_query_parse(&duty->where, text.p, duty->schema, note_unknown, &u, &why);
	if (rc == GV_EUSAGE || rc == GV_EDATA)
		return gv_fail_field(err, GV_EDATA, "where", "%s", why.msg);
	if (rc) {
		if (err)
			*err = why;
		return rc;
	}
	if (u.path.p && duty->schema)
		return gv_fail_field(err, GV_EDATA, "where", _("%.*s is no field of a %s"), gv_cut(u.path), u.path.p,
		                     duty->schema->kind);
	return 0;
}

static int get_files(struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	static const char *const of_records[] = { "kind", "where", "fields", "events", "states" };
	int rc = get_texts(v, "files", true, &duty->files, err);

	for (size_t i = 0; i < sizeof of_records / sizeof of_records[0] && !rc; i++)
		if (gv_val_get(v, of_records[i]))
			rc = gv_fail_field(err, GV_EDATA, of_records[i], "%s", _("goes with \"kind\", not with \"files\""));
	for (uint32_t i = 0; !rc && i < duty->files->n; i++) {
		struct gv_str path = gv_val_str(&duty->files->items[i]);

		if (path.p[0] == '/' || path.p[0] == '.' || memchr(path.p, '*', path.n))
			rc = gv_str_is(path, ".gitattributes") ? 0
			     : gv_fail_field(err, GV_EDATA, "files",
			                     _("\"%.*s\" is no path in a docket; a folder is written as policy/"),
			                     gv_cut(path), path.p);
	}
	return rc;
}

static int get_reach(struct gv_duties *d, struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	struct gv_str kind;
	int rc;

	if (gv_val_get(v, "files"))
		return get_files(duty, v, err);
	rc = get_text(v, "kind", true, &kind, err);
	if (rc)
		return rc;
	if (!gv_str_is(kind, "*")) {
		duty->schema = gv_schema_find(kind);
		if (!duty->schema || !duty->schema->folder)
			return gv_fail_field(err, GV_EDATA, "kind", _("there is no kind \"%.*s\""), gv_cut(kind), kind.p);
	}
	rc = get_fields(d, duty, v, err);
	if (!rc)
		rc = get_texts(v, "events", false, &duty->events, err);
	if (!rc)
		rc = get_texts(v, "states", false, &duty->states, err);
	if (!rc)
		rc = check_events(duty, err);
	return rc ? rc : get_where(duty, v, err);
}

/* ---- who is needed ---- */

static int get_need(struct gv_duty_need *need, const struct gv_val *v, struct gv_err *err)
{
	static const char *const names[] = { "roles", "signatures", "units", NULL };
	const struct gv_val *count;
	int rc = known(v, names, err);

	if (!rc)
		rc = get_texts(v, "roles", true, &need->roles, err);
	if (!rc)
		rc = get_texts(v, "units", false, &need->units, err);
	count = gv_val_get(v, "signatures");
	need->signatures = 1;
	if (!rc && count && (count->type != GV_INT || count->i < 1 || count->i > 99))
		rc = gv_fail_field(err, GV_EDATA, "signatures", "%s", _("is no number from 1 to 99"));
	if (!rc && count)
		need->signatures = count->i;
	return rc;
}

static int get_needs(struct gv_duties *d, struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	int rc = get_list(v, "needs", true, 20, &duty->needs_val, err);

	if (rc)
		return rc;
	if (!duty->needs_val->n)
		return gv_fail_field(err, GV_EDATA, "needs", "%s", _("is empty"));
	duty->nneeds = duty->needs_val->n;
	duty->needs = gv_arena_alloc(&d->doc.arena, duty->nneeds * sizeof *duty->needs);
	if (!duty->needs)
		return gv_fail_nomem(err);
	memset(duty->needs, 0, duty->nneeds * sizeof *duty->needs);
	for (size_t i = 0; i < duty->nneeds && !rc; i++)
		rc = at_item(get_need(&duty->needs[i], &duty->needs_val->items[i], err), "needs", i, err);
	return rc;
}

static int get_basis(struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	static const char *const names[] = { "art", "doc", "no", NULL };
	struct gv_str s;
	int rc = get_list(v, "basis", false, 50, &duty->basis, err);

	for (uint32_t i = 0; i < duty->basis->n && !rc; i++) {
		const struct gv_val *one = &duty->basis->items[i];

		rc = known(one, names, err);
		if (!rc)
			rc = get_text(one, "doc", true, &s, err);
		if (!rc)
			rc = get_text(one, "no", false, &s, err);
		if (!rc)
			rc = get_text(one, "art", false, &s, err);
		at_item(rc, "basis", i, err);
	}
	if (!rc && !duty->basis->n)
		duty->basis = NULL;
	return rc;
}

static int get_level(struct gv_duty *duty, const struct gv_val *v, struct gv_err *err)
{
	struct gv_str level;
	int rc = get_text(v, "level", false, &level, err);

	duty->level = GV_VIOLATION;
	if (rc || !level.n)
		return rc;
	for (enum gv_level l = GV_REVIEW; l <= GV_VIOLATION; l++)
		if (gv_str_is(level, gv_level_name(l))) {
			duty->level = l;
			return 0;
		}
	return gv_fail_field(err, GV_EDATA, "level", _("\"%.*s\" is none of violation, warn, review"), gv_cut(level),
	                     level.p);
}

static const struct gv_duty *find_duty(const struct gv_duties *d, struct gv_str id)
{
	for (size_t i = 0; i < d->n; i++)
		if (gv_str_eq(d->list[i].id, id))
			return &d->list[i];
	return NULL;
}

static int get_duty(struct gv_duties *d, const struct gv_val *v, struct gv_err *err)
{
	static const char *const names[] = { "basis", "events", "fields", "files", "from", "id", "kind", "level", "needs",
		                             "not_by", "states", "title", "until", "where", NULL };
	struct gv_duty *duty = &d->list[d->n];
	int rc = known(v, names, err);

	if (!rc)
		rc = get_text(v, "id", true, &duty->id, err);
	if (!rc && (find_duty(d, duty->id) || gv_str_is(duty->id, "otherwise")))
		rc = gv_fail_field(err, GV_EDATA, "id", _("\"%.*s\" is there twice"), gv_cut(duty->id), duty->id.p);
	d->n++; /* from here on it is freed with the rest */
	if (!rc)
		rc = get_text(v, "title", true, &duty->title, err);
	if (!rc)
		rc = get_reach(d, duty, v, err);
	if (!rc)
		rc = get_needs(d, duty, v, err);
	if (!rc)
		rc = get_texts(v, "not_by", false, &duty->not_by, err);
	if (!rc)
		rc = get_days(v, false, &duty->from, &duty->until, err);
	if (!rc)
		rc = get_level(duty, v, err);
	return rc ? rc : get_basis(duty, v, err);
}

/* Once all are known. */
static int check_not_by(const struct gv_duties *d, struct gv_err *err)
{
	for (size_t i = 0; i < d->n; i++)
		for (uint32_t k = 0; d->list[i].not_by && k < d->list[i].not_by->n; k++) {
			struct gv_str id = gv_val_str(&d->list[i].not_by->items[k]);

			if (find_duty(d, id))
				continue;
			return at_item(gv_fail_field(err, GV_EDATA, "not_by", _("there is no duty \"%.*s\""), gv_cut(id),
			                             id.p), "duties", i, err);
		}
	return 0;
}

/* ---- delegations ---- */

static int get_person(const struct gv_val *v, const char *name, struct gv_str *out, struct gv_err *err)
{
	int rc = get_text(v, name, true, out, err);

	if (!rc && !gv_serialkey_ok(*out, 'P'))
		rc = gv_fail_field(err, GV_EDATA, name, _("\"%.*s\" is no key of a person: it looks like COURT-P000123"),
		                   gv_cut(*out), out->p);
	return rc;
}

static int get_delegated(struct gv_duties *d, struct gv_delegation *g, const struct gv_val *v, struct gv_err *err)
{
	struct gv_str id;
	int rc = get_text(v, "duty", false, &id, err);

	if (!rc)
		rc = get_texts(v, "roles", false, &g->roles, err);
	if (!rc)
		rc = get_text(v, "unit", false, &g->unit, err);
	if (rc)
		return rc;
	g->duty = id.n ? find_duty(d, id) : NULL;
	if (id.n && !g->duty)
		return gv_fail_field(err, GV_EDATA, "duty", _("there is no duty \"%.*s\""), gv_cut(id), id.p);
	if (!g->duty && !g->roles)
		return gv_fail(err, GV_EDATA, "%s", _("needs \"duty\" or \"roles\": what is delegated?"));
	if (!g->roles && g->duty && g->duty->nneeds > 1)
		return gv_fail_field(err, GV_EDATA, "duty",
		                     _("%.*s needs several people: say with \"roles\" whom the delegate stands for"),
		                     gv_cut(id), id.p);
	return 0;
}

static int get_delegation(struct gv_duties *d, const struct gv_val *v, struct gv_err *err)
{
	static const char *const names[] = { "by", "duty", "from", "reason", "roles", "source", "to", "unit", "until", NULL };
	struct gv_delegation *g = &d->delegations[d->ndelegations++];
	struct gv_str s;
	int rc = known(v, names, err);

	if (!rc)
		rc = get_delegated(d, g, v, err);
	if (!rc)
		rc = get_person(v, "to", &g->to, err);
	if (!rc)
		rc = get_person(v, "by", &g->by, err);
	if (!rc && gv_str_eq(g->to, g->by))
		rc = gv_fail_field(err, GV_EDATA, "to", "%s", _("nobody delegates to himself"));
	if (!rc)
		rc = get_days(v, true, &g->from, &g->until, err);
	if (!rc)
		rc = get_text(v, "reason", true, &s, err);
	return rc ? rc : get_text(v, "source", false, &s, err);
}

/* ---- the file ---- */

static int get_otherwise(struct gv_duties *d, struct gv_err *err)
{
	struct gv_str word;
	int rc = get_text(&d->doc.root, "otherwise", true, &word, err);

	d->refuse = gv_str_is(word, "refuse");
	if (!rc && !d->refuse && !gv_str_is(word, "allow"))
		rc = gv_fail_field(err, GV_EDATA, "otherwise", _("\"%.*s\" is neither allow nor refuse"), gv_cut(word), word.p);
	return rc;
}

static int get_format(const struct gv_duties *d, struct gv_err *err)
{
	int64_t format = 0;

	if (gv_val_getint(&d->doc.root, "format", &format) && format == 1)
		return 0;
	return gv_fail_field(err, GV_EDATA, "format", "%s", _("must be 1: this version knows no other"));
}

static int get_all(struct gv_duties *d, struct gv_err *err)
{
	const struct gv_val *duties, *delegations;
	int rc = get_list(&d->doc.root, "duties", true, GV_DUTIES_COUNT, &duties, err);

	if (!rc)
		rc = get_list(&d->doc.root, "delegations", false, GV_DUTIES_COUNT, &delegations, err);
	if (rc)
		return rc;
	d->list = calloc(duties->n + (size_t)1, sizeof *d->list);
	d->delegations = calloc(delegations->n + (size_t)1, sizeof *d->delegations);
	if (!d->list || !d->delegations)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; i < duties->n && !rc; i++)
		rc = at_item(get_duty(d, &duties->items[i], err), "duties", i, err);
	if (!rc)
		rc = check_not_by(d, err);
	for (uint32_t i = 0; !rc && i < delegations->n; i++)
		rc = at_item(get_delegation(d, &delegations->items[i], err), "delegations", i, err);
	return rc;
}

int gv_duties_read(struct gv_duties **out, struct gv_str text, struct gv_err *err)
{
	static const char *const names[] = { "delegations", "duties", "format", "otherwise", NULL };
	struct gv_duties *d;
	int rc;

	*out = NULL;
	if (text.n > GV_DUTIES_MAX)
		return gv_fail(err, GV_EDATA, _("longer than %zu bytes"), GV_DUTIES_MAX);
	d = calloc(1, sizeof *d);
	if (!d)
		return gv_fail_nomem(err);
	rc = gv_json_parse(&d->doc, text, 0, err);
	if (!rc)
		rc = known(&d->doc.root, names, err);
	if (!rc)
		rc = get_format(d, err);
	if (!rc)
		rc = get_otherwise(d, err);
	if (!rc)
		rc = get_all(d, err);
	if (rc) {
		gv_duties_free(d);
		d = NULL;
	}
	*out = d;
	return rc;
}

void gv_duties_free(struct gv_duties *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->n; i++)
		gv_query_free(d->list[i].where);
	free(d->list);
	free(d->delegations);
	gv_doc_free(&d->doc);
	free(d);
}

const struct gv_val *gv_duties_val(const struct gv_duties *d)
{
	return &d->doc.root;
}
