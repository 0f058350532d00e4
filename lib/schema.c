/* SPDX-License-Identifier: MIT */
#include "schema.h"

#include <stdio.h>

#include "i18n.h"
#include "schema_impl.h"
#include "utf8.h"

const struct gv_schema *const *gv_schema_all(size_t *n)
{
	*n = gv_nschemas;
	return gv_schemas;
}

const struct gv_schema *gv_schema_find(struct gv_str kind)
{
	for (size_t i = 0; i < gv_nschemas; i++)
		if (gv_str_is(kind, gv_schemas[i]->kind))
			return gv_schemas[i];
	return NULL;
}

const struct gv_schema *gv_schema_by_folder(struct gv_str folder)
{
	for (size_t i = 0; i < gv_nschemas; i++)
		if (gv_schemas[i]->folder && gv_str_is(folder, gv_schemas[i]->folder))
			return gv_schemas[i];
	return NULL;
}

/* ---- paths ---- */

/* The next step of "parties[0].name" or "parties.0.name"; false at the end.  A step
 * with p NULL is "any item". */
static bool next_step(struct gv_str *path, struct gv_str *step)
{
	size_t n = 0;

	if (path->n == 0)
		return false;
	if (path->p[0] == '[') {
		while (n < path->n && path->p[n] != ']')
			n++;
		*step = (struct gv_str){ n > 1 ? path->p + 1 : NULL, n - 1 };
		n += n < path->n;
	} else {
		while (n < path->n && path->p[n] != '.' && path->p[n] != '[')
			n++;
		*step = (struct gv_str){ path->p, n };
	}
	path->p += n;
	path->n -= n;
	if (path->n && path->p[0] == '.') {
		path->p++;
		path->n--;
	}
	return true;
}

static bool is_index(struct gv_str step)
{
	for (size_t i = 0; i < step.n; i++)
		if (step.p[i] < '0' || step.p[i] > '9')
			return step.n == 1 && step.p[0] == '-';
	return true;
}

static const struct gv_node *child(const struct gv_node *n, struct gv_str step)
{
	if (n->items && (!step.p || is_index(step)))
		return n->items;
	if (!step.p)
		return NULL;
	for (size_t i = 0; i < n->nprops; i++)
		if (n->props[i].len == step.n && memcmp(n->props[i].name, step.p, step.n) == 0)
			return n->props[i].node;
	return n->rest;
}

/* A field that only events of some name have. */
static const struct gv_node *event_field(const struct gv_schema *s, struct gv_str step)
{
	const struct gv_node *found = NULL;

	for (size_t i = 0; i < s->nevents && !found; i++)
		if (s->events[i].body)
			found = child(s->events[i].body, step);
	return found;
}

/* Also tells whether any node on the way is sensitive. */
static const struct gv_node *walk(const struct gv_schema *s, struct gv_str path, bool *sensitive)
{
	const struct gv_node *n = s->root, *log = child(s->root, GV_STR("events"));
	struct gv_str step;

	*sensitive = n->sensitive;
	while (n && next_step(&path, &step)) {
		const struct gv_node *below = child(n, step);

		if (!below && s->nevents && log && n == log->items && step.p)
			below = event_field(s, step);
		n = below;
		*sensitive = *sensitive || (n && n->sensitive);
	}
	return n;
}

const struct gv_node *gv_schema_at(const struct gv_schema *s, struct gv_str path)
{
	bool sensitive;

	return walk(s, path, &sensitive);
}

bool gv_schema_is_sensitive(struct gv_str kind, struct gv_str path)
{
	const struct gv_schema *s = gv_schema_find(kind);
	bool sensitive = false;

	if (s)
		walk(s, path, &sensitive);
	return sensitive;
}

/* ---- states and events ---- */

const struct gv_event_type *gv_schema_event(const struct gv_schema *s, struct gv_str name)
{
	size_t low = 0, high = s->nevents;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = gv_str_cmp(name, gv_str_of(s->events[mid].name));

		if (d == 0)
			return &s->events[mid];
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const struct gv_state *gv_schema_state(const struct gv_schema *s, struct gv_str name)
{
	for (size_t i = 0; i < s->nstates; i++)
		if (gv_str_is(name, s->states[i].name))
			return &s->states[i];
	return NULL;
}

const struct gv_transition *gv_schema_moves(const struct gv_schema *s, struct gv_str event)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(event, s->transitions[i].event))
			return &s->transitions[i];
	return NULL;
}

const struct gv_transition *gv_schema_transition(const struct gv_schema *s, struct gv_str event,
                                                 struct gv_str state)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(event, s->transitions[i].event) &&
		    gv_str_is(state, s->transitions[i].from))
			return &s->transitions[i];
	return NULL;
}

/* ---- values from a command line ---- */

static bool takes(const struct gv_node *n, enum gv_type type)
{
	return n && (n->types == 0 || n->types & 1u << type);
}

static int refuse(struct gv_str path, struct gv_err *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int refuse(struct gv_str path, struct gv_err *err, const char *fmt, ...)
{
	char field[sizeof err->field], msg[sizeof err->msg];
	va_list ap;

	snprintf(field, sizeof field, "%.*s", (int)path.n, path.p);
	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	return gv_fail_field(err, GV_EDATA, field, "%s", msg);
}

static int wrong_type(struct gv_str path, const struct gv_node *n, struct gv_str text,
                      struct gv_err *err)
{
	int shown = gv_cut(text);
	char types[96];

	gv_types_text(types, sizeof types, n->types);
	if (n->sensitive)
		return refuse(path, err, _("(hidden) is no %s"), types);
	if (n->check == GV_CHECK_FEN)
		return refuse(path, err,
		              _("\"%.*s\" is no %s (amounts are in fen, 100 to the yuan)"), shown,
		              text.p, types);
	if (n->types == 1u << GV_BOOL)
		return refuse(path, err, _("\"%.*s\" is no %s (true or false)"), shown, text.p, types);
	return refuse(path, err, _("\"%.*s\" is no %s"), shown, text.p, types);
}

static int read_json(struct gv_doc *d, struct gv_str path, struct gv_str text, struct gv_val *out,
                     struct gv_err *err)
{
	struct gv_doc inner = GV_DOC_INIT;
	struct gv_err why;
	int rc = gv_json_parse(&inner, text, 0, &why);

	if (rc == GV_EDATA)
		rc = refuse(path, err, _("byte %zu: %s"), why.byte, why.msg);
	else if (rc)
		gv_fail(err, rc, "%s", why.msg);
	else
		rc = gv_val_copy(d, out, &inner.root, err);
	gv_doc_free(&inner);
	return rc;
}

/* As JSON writes it: no sign without need, no leading zeros. */
static bool strict_int(struct gv_str text, int64_t *out)
{
	struct gv_str digits = text;

	if (digits.n && digits.p[0] == '-') {
		digits.p++;
		digits.n--;
	}
	if (digits.n && digits.p[0] == '0' && text.n > 1)
		return false;
	return gv_str_int(text, out) && *out >= -GV_JSON_INT_MAX && *out <= GV_JSON_INT_MAX;
}

/* As programs write it, or as registers do. */
static bool read_bool(struct gv_str text, bool *out)
{
	*out = gv_str_is(text, "true") || gv_str_is(text, "是");
	return *out || gv_str_is(text, "false") || gv_str_is(text, "否");
}

int gv_schema_value(const struct gv_schema *s, struct gv_doc *d, struct gv_str path,
                    struct gv_str text, struct gv_val *out, struct gv_err *err)
{
	const struct gv_node *n = gv_schema_at(s, path);
	int64_t i;
	bool yes;

	if (text.n &&
	    ((text.p[0] == '[' && takes(n, GV_ARRAY)) || (text.p[0] == '{' && takes(n, GV_OBJECT))))
		return read_json(d, path, text, out, err);
	if (n && n->types && takes(n, GV_INT) && strict_int(text, &i)) {
		*out = gv_mkint(i);
		return 0;
	}
	if (n && n->types && takes(n, GV_BOOL) && read_bool(text, &yes)) {
		*out = gv_mkbool(yes);
		return 0;
	}
	if (n && !takes(n, GV_STRING))
		return wrong_type(path, n, text, err);
	if (gv_utf8_valid(text) != text.n || (text.n && memchr(text.p, '\0', text.n)))
		return refuse(path, err, "%s", _("the value is not UTF-8 text"));
	*out = gv_mkstr(d, text);
	return out->type == GV_STRING ? 0 : gv_fail_nomem(err);
}
