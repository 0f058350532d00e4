/* SPDX-License-Identifier: MIT */
/*
 * Validation.  A million records go through here on import: members and properties are both
 * sorted by name, so one walk joins them; a path, a message and a copy are only made
 * when something is wrong.
 */
#include <pcre2.h>
#include <stdio.h>

#include "casekey.h"
#include "date.h"
#include "i18n.h"
#include "ident.h"
#include "rec.h"
#include "schema_impl.h"
#include "utf8.h"

struct walk {
	struct gv_problems *p;
	const struct gv_schema *s;
	const struct gv_node *event;  /* node of one event; its own fields depend on its name */
	struct gv_caseno_reader *cn;
	bool part;                    /* as gv_schema_check_part() says */
};

/* ---- problems ---- */

/* A text of limited length, on the stack: saying what is wrong needs no memory. */
struct text { size_t n; char p[480]; };

static void add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(t->p + t->n, sizeof t->p - t->n, fmt, ap);
	va_end(ap);
	t->n += n < 0 ? 0 : (size_t)n;
	if (t->n >= sizeof t->p)
		t->n = sizeof t->p - 1;
}

static void write_path(const struct gv_at *at, struct text *out)
{
	if (!at || !at->up)
		return;
	write_path(at->up, out);
	if (at->name.p)
		add(out, "%s%.*s", out->n ? "." : "", (int)at->name.n, at->name.p);
	else
		add(out, "[%zu]", at->index);
}

static void deliver(struct gv_problems *p, const struct gv_at *at, int code, const char *msg)
{
	struct text path = { 0 };
	struct gv_err err;

	if (p->stopped)
		return;
	write_path(at, &path);
	gv_fail_field(&err, code, path.p, "%s", msg);
	if (p->rc != GV_EIO)
		p->rc = code;
	p->stopped = (p->each && p->each(p->ctx, &err)) || ++p->count == GV_PROBLEMS_MAX ||
	             code == GV_EIO;
}

void gv_problem(struct gv_problems *p, const struct gv_at *at, const char *fmt, ...)
{
	char msg[sizeof ((struct gv_err *)0)->msg];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	deliver(p, at, GV_EDATA, msg);
}

void gv_problem_err(struct gv_problems *p, const struct gv_at *at, const struct gv_err *why)
{
	deliver(p, at, why->code == GV_EIO ? GV_EIO : GV_EDATA, why->msg);
}

void gv_types_text(char *out, size_t size, unsigned types)
{
	static const char *const names[] = {
		N_("null"), N_("boolean"), N_("integer"), N_("string"), N_("array"), N_("object"),
		N_("number")
	};
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof names[0] && n < size; i++)
		if (types & 1u << i)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? _(" or ") : "",
			                      _(names[i]));
}

/* A value as messages show it: short, and never one that the schema calls sensitive. */
static const char *shown(char *out, size_t size, const struct gv_node *n, const struct gv_val *v)
{
	bool text = v->type == GV_STRING || v->type == GV_NUMBER;
	int cut = text ? gv_cut((struct gv_str){ v->s, v->n }) : 0;

	if (n && n->sensitive)
		return _("(hidden)");
	switch (v->type) {
	case GV_BOOL:
		return v->truth ? "true" : "false";
	case GV_INT:
		snprintf(out, size, "%lld", (long long)v->i);
		return out;
	case GV_STRING:
		snprintf(out, size, "\"%.*s%s\"", cut, v->s, (uint32_t)cut < v->n ? "..." : "");
		return out;
	case GV_NUMBER:
		snprintf(out, size, "%.*s", cut, v->s);
		return out;
	case GV_ARRAY:
		return v->n ? "[...]" : "[]";
	case GV_OBJECT:
		return v->n ? "{...}" : "{}";
	default:
		return "null";
	}
}

enum { SHOWN = 128 };

/* ---- strings ---- */

static size_t code_points(const struct gv_val *v)
{
	size_t n = 0;

	for (uint32_t i = 0; i < v->n; i++)
		n += ((unsigned char)v->s[i] & 0xC0) != 0x80;
	return n;
}

static void check_length(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                         const struct gv_at *at)
{
	uint32_t min = w->part && n->min_len ? 1 : n->min_len; /* keys are longer, of a docket's records alone */
	size_t length;

	/* A code point is one to four bytes: mostly that is answer enough. */
	if ((n->max_len == 0 || v->n <= n->max_len) && v->n / 4 >= min)
		return;
	length = code_points(v);
	if (length == 0 && min)
		gv_problem(w->p, at, "%s", _("empty"));
	else if (length < min)
		gv_problem(w->p, at, _("%zu of at least %u characters"), length, min);
	else if (n->max_len && length > n->max_len)
		gv_problem(w->p, at, _("%zu of at most %u characters"), length, n->max_len);
}

/* "state: "opne" is not one of received, ... (did you mean open?)" */
static void not_a_word(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                       const struct gv_at *at)
{
	struct gv_near near = gv_near_start(gv_val_str(v));
	struct text list = { 0 };
	char text[SHOWN];
	const char *value = shown(text, sizeof text, n, v);
	bool all = true;

	if (!n->words[1]) {
		gv_problem(w->p, at, _("%s is not \"%s\""), value, n->words[0]);
		return;
	}
	for (const char *const *word = n->words; *word; word++) {
		gv_near_try(&near, *word);
		all = all && list.n + strlen(*word) < sizeof list.p - sizeof ", ...";
		if (all)
			add(&list, "%s%s", list.n ? ", " : "", *word);
	}
	if (!all)
		add(&list, ", ...");
	if (near.best && !n->sensitive)
		gv_problem(w->p, at, _("%s is not one of %s (did you mean %s?)"), value, list.p,
		           near.best);
	else
		gv_problem(w->p, at, _("%s is not one of %s"), value, list.p);
}

static bool is_word(const struct gv_node *n, const struct gv_val *v)
{
	for (const char *const *w = n->words; *w; w++)
		if ((*w)[0] == v->s[0] && strcmp(*w, v->s) == 0)
			return true;
	return false;
}

/* 1 yes, 0 no, -1 memory is short. */
static int matches(struct gv_pattern *p, const struct gv_val *v)
{
	pcre2_match_data *data;
	int rc, at;
	PCRE2_SIZE where;

	if (!p->code)
		p->code = pcre2_compile((PCRE2_SPTR)p->text, PCRE2_ZERO_TERMINATED,
		                        PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &at, &where, NULL);
	data = p->code ? pcre2_match_data_create(1, NULL) : NULL;
	if (!data)
		return -1;
	rc = pcre2_match(p->code, (PCRE2_SPTR)v->s, v->n, 0, 0, data, NULL);
	pcre2_match_data_free(data);
	return rc == PCRE2_ERROR_NOMEMORY ? -1 : rc >= 0;
}

static void check_pattern(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                          const struct gv_at *at)
{
	struct gv_err nomem;
	char text[SHOWN];
	int yes = matches(n->pattern, v);

	if (yes < 0) {
		gv_fail_nomem(&nomem);
		gv_problem_err(w->p, at, &nomem);
	} else if (!yes) {
		gv_problem(w->p, at, _("%s does not match %s"), shown(text, sizeof text, n, v),
		           n->pattern->text);
	}
}

/* ---- checks in C ---- */

/* "2022-06-30" quickly, all else through the parser that also knows why. */
static int check_date(struct gv_str s, bool time_too, struct gv_err *err)
{
	struct gv_moment moment;
	gv_day day;

	if (s.n == GV_DATE_LEN && gv_day_read(s) != GV_DAY_NONE)
		return 0;
	return time_too ? gv_moment_parse(&moment, s, err) : gv_day_parse(&day, s, err);
}

static int check_eid(struct gv_str s, struct gv_err *err)
{
	size_t i = 0;

	while (i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '2' && s.p[i] <= '7')))
		i++;
	if (i == s.n && s.n == 16)
		return 0;
	return gv_fail(err, GV_EDATA, _("\"%.*s\" is no event id (16 characters of a-z and 2-7)"),
	               gv_cut(s), s.p);
}

static int check_person(struct gv_str s, struct gv_err *err)
{
	struct gv_ident id;

	gv_ident_check(&id, GV_ID_RESIDENT, s);
	if (!id.valid)
		return gv_fail(err, GV_EDATA, "%s", id.reason);
	if (!gv_str_is(s, id.normal))
		return gv_fail(err, GV_EDATA, "%s",
		               _("not in official form: 18 characters, X in upper case"));
	return 0;
}

static void check_special(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                          const struct gv_at *at)
{
	struct gv_str s = gv_val_str(v);
	struct gv_err why;
	int rc = 0;

	if (w->part && (n->check == GV_CHECK_CASENO || n->check == GV_CHECK_RECID || n->check == GV_CHECK_EID))
		return;
	switch ((enum gv_check_type)n->check) {
	case GV_CHECK_DATE:
		rc = check_date(s, false, &why);
		break;
	case GV_CHECK_MOMENT:
		rc = check_date(s, true, &why);
		break;
	case GV_CHECK_CASENO:
		rc = gv_casekey_check(w->cn, s, NULL, &why);
		break;
	case GV_CHECK_RECID:
		rc = gv_id_check(s, w->cn, &why);
		break;
	case GV_CHECK_EID:
		rc = check_eid(s, &why);
		break;
	case GV_CHECK_COURT:
		if (!gv_court_code_ok(s))
			rc = gv_fail(&why, GV_EDATA, _("\"%.*s\" is no court code"),
			             gv_cut(s), s.p);
		break;
	case GV_CHECK_PERSONID:
		rc = check_person(s, &why);
		break;
	case GV_CHECK_FEN:   /* all that is to know is in minimum */
	case GV_CHECK_NONE:
		break;
	}
	if (rc && n->sensitive)
		gv_problem(w->p, at, "%s", _("(hidden) is not valid"));
	else if (rc)
		gv_problem_err(w->p, at, &why);
}

/* ---- nodes ---- */

static void check_node(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                       const struct gv_at *at);

/* Null and foreign numbers are stored nowhere. */
static bool storable(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                     const struct gv_at *at)
{
	char text[SHOWN];

	if (v->type == GV_NULL)
		gv_problem(w->p, at, "%s", _("null is not stored: leave the field out"));
	else if (v->type == GV_NUMBER)
		gv_problem(w->p, at, _("%s is no integer: write it as a string"),
		           shown(text, sizeof text, n, v));
	else
		return true;
	return false;
}

/* A field that the schema does not know, or one of any type. */
static void check_unknown(struct walk *w, const struct gv_val *v, const struct gv_at *at)
{
	if (!storable(w, NULL, v, at))
		return;
	if (v->type != GV_ARRAY && v->type != GV_OBJECT)
		return;
	for (uint32_t i = 0; i < v->n && !w->p->stopped; i++) {
		bool object = v->type == GV_OBJECT;
		struct gv_at below = { at, object ? v->members[i].name : (struct gv_str){ 0 }, i };

		check_unknown(w, object ? &v->members[i].val : &v->items[i], &below);
	}
}

static void check_integer(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                          const struct gv_at *at)
{
	long long i = v->i, min = n->min, max = n->max;
	const char *value;
	char text[SHOWN];

	if ((!n->has_min || i >= min) && (!n->has_max || i <= max))
		return;
	value = shown(text, sizeof text, n, v);
	if (n->has_min && n->has_max && min == max)
		gv_problem(w->p, at, _("%s is not %lld"), value, min);
	else if (n->has_min && i < min)
		gv_problem(w->p, at, _("%s is less than %lld"), value, min);
	else
		gv_problem(w->p, at, _("%s is more than %lld"), value, max);
}

static void check_string(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                         const struct gv_at *at)
{
	if (n->check) {
		check_special(w, n, v, at);
	} else if (n->words) {
		if (!is_word(n, v))
			not_a_word(w, n, v, at);
	} else {
		check_length(w, n, v, at);
		if (n->pattern)
			check_pattern(w, n, v, at);
	}
}

static void check_array(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                        const struct gv_at *at)
{
	if (v->n < n->min_len)
		gv_problem(w->p, at, _("%u of at least %u items"), v->n, n->min_len);
	if (n->max_len && v->n > n->max_len)
		gv_problem(w->p, at, _("%u of at most %u items"), v->n, n->max_len);
	for (uint32_t i = 0; i < v->n && !w->p->stopped; i++) {
		struct gv_at below = { at, { 0 }, i };

		if (n->items)
			check_node(w, n->items, &v->items[i], &below);
		else
			check_unknown(w, &v->items[i], &below);
	}
}

/* Most differ in the first byte; an empty name has its NUL there. */
static int compare_name(const struct gv_prop *p, struct gv_str name)
{
	int d = (unsigned char)p->name[0] - (unsigned char)name.p[0];
	size_t n = p->len < name.n ? p->len : name.n;

	if (d)
		return d;
	d = n ? memcmp(p->name, name.p, n) : 0;
	return d ? d : (p->len > name.n) - (p->len < name.n);
}

/* Of a part only events must be whole. */
static void missing(struct walk *w, const struct gv_node *of, const struct gv_prop *p, const struct gv_at *at)
{
	struct gv_at below = { at, { p->name, p->len }, 0 };

	if (p->required && (!w->part || (of == w->event && p->node->check != GV_CHECK_EID)))
		gv_problem(w->p, &below, "%s", _("missing"));
}

static const struct gv_prop *find_prop(const struct gv_node *n, struct gv_str name)
{
	for (size_t i = 0; n && i < n->nprops; i++)
		if (compare_name(&n->props[i], name) == 0)
			return &n->props[i];
	return NULL;
}

static void no_such_field(struct walk *w, const struct gv_node *n, const struct gv_node *more, const struct gv_at *at)
{
	struct gv_near near = gv_near_start(at->name);

	for (size_t i = 0; i < n->nprops; i++)
		gv_near_try(&near, n->props[i].name);
	for (size_t i = 0; more && i < more->nprops; i++)
		gv_near_try(&near, more->props[i].name);
	if (near.best)
		gv_problem(w->p, at, _("there is no such field (did you mean %s?)"), near.best);
	else
		gv_problem(w->p, at, "%s", _("there is no such field"));
}

/* `more` (may be NULL) names fields beside those of n. */
static void other_member(struct walk *w, const struct gv_node *n, const struct gv_node *more,
                         const struct gv_val *v, const struct gv_at *at)
{
	const struct gv_prop *p = find_prop(more, at->name);

	if (p)
		check_node(w, p->node, v, at);
	else if (n->rest)
		check_node(w, n->rest, v, at);
	else if (w->part ? !gv_str_starts(at->name, GV_STR("x-")) : n->closed)
		no_such_field(w, n, more, at);
	else
		check_unknown(w, v, at);
}

static void check_members(struct walk *w, const struct gv_node *n, const struct gv_node *more,
                          const struct gv_val *v, const struct gv_at *at)
{
	const struct gv_prop *p = n->props, *end = p + n->nprops;

	for (uint32_t i = 0; i < v->n && !w->p->stopped; i++) {
		const struct gv_member *m = &v->members[i];
		struct gv_at below = { at, m->name, 0 };
		int d = 1;

		while (p < end && (d = compare_name(p, m->name)) < 0)
			missing(w, n, p++, at);
		if (p < end && d == 0)
			check_node(w, p++->node, &m->val, &below);
		else
			other_member(w, n, more, &m->val, &below);
	}
	while (p < end)
		missing(w, n, p++, at);
	for (size_t i = 0; more && i < more->nprops; i++)
		if (!gv_val_get(v, more->props[i].name))
			missing(w, n, &more->props[i], at);
}

static void check_object(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                         const struct gv_at *at)
{
	const struct gv_event_type *type = NULL;

	if (n == w->event) {
		struct gv_str name = gv_val_getstr(v, "event");

		type = gv_schema_event(w->s, name);
		if (w->part && name.n && !type) { /* and so are its fields */
			gv_problem_event(w->p, at, w->s, name);
			return;
		}
	}
	check_members(w, n, type ? type->body : NULL, v, at);
}

static void wrong_type(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                       const struct gv_at *at)
{
	char text[SHOWN], types[SHOWN];

	if (n->sensitive && gv_val_is_sealed(v))
		return;
	gv_types_text(types, sizeof types, n->types);
	gv_problem(w->p, at, _("%s is no %s"), shown(text, sizeof text, n, v), types);
}

static void check_node(struct walk *w, const struct gv_node *n, const struct gv_val *v,
                       const struct gv_at *at)
{
	if (v->type == GV_NULL || v->type == GV_NUMBER) {
		storable(w, n, v, at);
		return;
	}
	if (n->types && !(n->types & 1u << v->type)) {
		wrong_type(w, n, v, at);
		return;
	}
	switch ((enum gv_type)v->type) {
	case GV_INT:
		check_integer(w, n, v, at);
		break;
	case GV_STRING:
		check_string(w, n, v, at);
		break;
	case GV_ARRAY:
		check_array(w, n, v, at);
		break;
	case GV_OBJECT:
		check_object(w, n, v, at);
		break;
	case GV_BOOL:
	case GV_NULL:
	case GV_NUMBER:
		break;
	}
}

/* ---- the calls ---- */

static void walk(struct walk *w, const struct gv_val *rec)
{
	struct gv_at root = { 0 };

	if (w->s->nevents)
		w->event = gv_schema_at(w->s, GV_STR("events[]"));
	check_node(w, w->s->root, rec, &root);
}

void gv_schema_walk(struct gv_problems *p, const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn)
{
	walk(&(struct walk){ .p = p, .s = s, .cn = cn }, rec);
}

int gv_schema_check_part(const struct gv_schema *s, const struct gv_val *rec, struct gv_err *err)
{
	struct gv_problems p = { .each = gv_first_problem, .ctx = err };

	walk(&(struct walk){ .p = &p, .s = s, .part = true }, rec);
	return p.rc;
}

int gv_schema_validate(const struct gv_schema *s, const struct gv_val *rec,
                       struct gv_caseno_reader *cn,
                       int (*each)(void *ctx, const struct gv_err *problem), void *ctx)
{
	struct gv_problems p = { .each = each, .ctx = ctx };

	gv_schema_walk(&p, s, rec, cn);
	return p.rc;
}

int gv_first_problem(void *ctx, const struct gv_err *problem)
{
	struct gv_err *err = ctx;

	if (err)
		*err = *problem;
	return 1;
}

int gv_schema_check(const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn, struct gv_err *err)
{
	return gv_schema_validate(s, rec, cn, gv_first_problem, err);
}
