/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assignment.h"
#include "i18n.h"
#include "near.h"
#include "utf8.h"

/* ---- reading ---- */

/* "parties[0].name", as messages and --fields write it, is "parties.0.name". */
static int read_field(struct gv_assignment *a, struct gv_str typed, struct gv_err *err)
{
	const char *open;

	while ((open = memchr(typed.p, '[', typed.n))) {
		size_t before = (size_t)(open - typed.p);
		const char *close = memchr(open, ']', typed.n - before);
		size_t inside = close ? (size_t)(close - open - 1) : 0;

		if (inside == 0 || strspn(open + 1, "0123456789-") != inside)
			return gv_fail(err, GV_EUSAGE, "%s",
			               _("an item of a list is written parties.0, a new one parties.-"));
		gv_buf_add(&a->field, typed.p, before);
		gv_buf_addc(&a->field, '.');
		gv_buf_add(&a->field, open + 1, inside);
		typed.n -= before + inside + 2;
		typed.p = close + 1;
	}
	gv_buf_addstr(&a->field, typed);
	return gv_buf_check(&a->field, err);
}

/* Before anything is said about it. */
static int check_names(struct gv_str field, struct gv_err *err)
{
	int rc = 0;

	for (size_t from = 0; from <= field.n && !rc;) {
		const char *dot = memchr(field.p + from, '.', field.n - from);
		size_t end = dot ? (size_t)(dot - field.p) : field.n;

		rc = end > from ? gv_json_check_name((struct gv_str){ field.p + from, end - from }, err)
		                : gv_fail(err, GV_EUSAGE, "%s", _("a name is missing between two dots"));
		from = end + 1;
	}
	return rc;
}

/* "@FILE" and "@-" bring the value from elsewhere: sensitive ones do not belong on a command line. */
static int read_value(struct gv_assignment *a, const char *value, struct gv_err *err)
{
	struct gv_buf *out = &a->value;
	const char *from = strcmp(value, "@-") == 0 ? _("standard input") : value + 1;
	int rc;

	a->remove = *value == '\0';
	if (value[0] != '@') {
		gv_buf_adds(out, value);
		return gv_buf_check(out, err);
	}
	rc = strcmp(value, "@-") == 0 ? gv_buf_read_fd(out, STDIN_FILENO, from, err)
	                              : gv_buf_read_file(out, from, err);
	while (!rc && out->n && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '\r'))
		out->n--;
	/* An export that failed must not take the field away. */
	if (!rc && !out->n)
		rc = gv_fail(err, GV_EDATA, _("%s is empty; FIELD= removes the field"), from);
	if (!rc && gv_utf8_valid(gv_buf_str(out)) != out->n)
		rc = gv_fail(err, GV_EDATA, _("%s is not UTF-8 (iconv -f GB18030 makes it so, if it is GBK)"), from);
	return rc;
}

static int read_one(struct gv_assignment *a, const char *text, struct gv_err *err)
{
	const char *eq = strchr(text, '=');
	int rc;

	gv_buf_init(&a->field, GV_JSON_DEPTH_MAX * (GV_JSON_NAME_MAX + 1));
	gv_buf_init(&a->value, GV_JSON_TEXT_MAX);
	if (!eq || eq == text)
		return gv_fail(err, GV_EUSAGE, _("\"%s\" is not FIELD=VALUE"), text);
	rc = read_field(a, (struct gv_str){ text, (size_t)(eq - text) }, err);
	if (!rc)
		rc = check_names(gv_buf_str(&a->field), err);
	if (!rc)
		rc = read_value(a, eq + 1, err);
	if (rc)
		gv_err_thing(err, text, (size_t)(eq - text));
	return rc;
}

/* Ids may come from there, or one value. */
static int check_stdin(struct gv_cmd *c, char **texts, int n)
{
	bool taken = c->argc > 0 && texts != c->argv && strcmp(c->argv[0], "-") == 0;

	for (int i = 0; i < n; i++) {
		const char *eq = strchr(texts[i], '=');

		if (!eq || strcmp(eq, "=@-") != 0)
			continue;
		if (taken)
			return gv_fail(&c->err, GV_EUSAGE, _("%s: standard input can be read once only"), texts[i]);
		taken = true;
	}
	return 0;
}

int gv_assignments_read(struct gv_assignments *a, struct gv_cmd *c, char **texts, int n)
{
	int rc = check_stdin(c, texts, n);

	*a = (struct gv_assignments){ 0 };
	if (rc)
		return rc;
	a->list = calloc((size_t)n + 1, sizeof *a->list);
	if (!a->list)
		return gv_fail_nomem(&c->err);
	for (int i = 0; i < n && !rc; i++)
		rc = read_one(&a->list[a->n++], texts[i], &c->err);
	return rc;
}

void gv_assignments_free(struct gv_assignments *a)
{
	for (size_t i = 0; i < a->n; i++) {
		gv_buf_free(&a->list[i].field);
		gv_buf_free(&a->list[i].value);
	}
	free(a->list);
}

/* ---- applying ---- */

static bool lies_in(struct gv_str field, const char *name)
{
	size_t n = strlen(name);

	return gv_str_starts(field, (struct gv_str){ name, n }) && (field.n == n || field.p[n] == '.');
}

static bool is_derived(const struct gv_schema *s, struct gv_str field)
{
	for (size_t i = 0; i < s->nderived; i++)
		if (gv_str_is(field, s->derived[i].name))
			return true;
	return false;
}

static int forbidden(const struct gv_assignment *a, const struct gv_schema *s, const struct gv_val *root,
                     struct gv_err *err)
{
	struct gv_str field = gv_buf_str(&a->field);
	const char *why = NULL;
	char name[128];

	/* A case without a number yet is being opened: court, type and year say which it will get. */
	if (!a->remove && gv_val_get(root, "id") && is_derived(s, field))
		why = _("is computed from other fields: it cannot be set");
	else if (lies_in(field, "id") || lies_in(field, "kind"))
		why = _("is fixed: a record keeps its id");
	else if (s->state_field && lies_in(field, s->state_field))
		why = _("moves by events: case-file event ID NAME, case-file close ID");
	else if (lies_in(field, "events"))
		why = _("grows by events: case-file event ID NAME");
	if (!why)
		return 0;
	snprintf(name, sizeof name, "%.*s", (int)field.n, field.p);
	return gv_fail_field(err, GV_EUSAGE, name, "%s", why);
}

/* Said once, however many records there are. */
static void warn_unknown(struct gv_assignment *a, struct gv_cmd *c, const struct gv_schema *s)
{
	const char *near = gv_schema_suggest(s, gv_buf_str(&a->field));
	const char *what = a->remove ? _("there is nothing to remove") : _("kept as text");

	if (a->warned || is_derived(s, gv_buf_str(&a->field)))
		return;
	a->warned = true;
	if (near)
		gv_cmd_warn(c, _("%s is no field of a %s (did you mean %s?): %s"), a->field.p, s->kind, near, what);
	else
		gv_cmd_warn(c, _("%s is no field of a %s: %s"), a->field.p, s->kind, what);
}

static int apply_one(struct gv_assignment *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                     struct gv_val *root)
{
	struct gv_str field = gv_buf_str(&a->field);
	bool known = gv_schema_at(s, field) != NULL, was_there;
	struct gv_val v;
	int rc = forbidden(a, s, root, &c->err);

	if (rc)
		return rc;
	if (a->remove) {
		rc = gv_val_del_path(root, field, &was_there);
		if (!known && !was_there)
			warn_unknown(a, c, s);
		return rc;
	}
	if (!known)
		warn_unknown(a, c, s);
	rc = gv_schema_value(s, d, field, gv_buf_str(&a->value), &v, &c->err);
	field = gv_arena_copy(&d->arena, field);
	if (!rc && !field.p)
		rc = gv_fail_nomem(&c->err);
	return rc ? rc : gv_val_set_path(d, root, field, v, &c->err);
}

int gv_assignments_apply(struct gv_assignments *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                      struct gv_val *root)
{
	int rc = 0;

	for (size_t i = 0; i < a->n && !rc; i++)
		rc = apply_one(&a->list[i], c, s, d, root);
	return rc;
}

const struct gv_assignment *gv_assignments_find(const struct gv_assignments *a, const char *field)
{
	for (size_t i = 0; i < a->n; i++)
		if (gv_str_is(gv_buf_str(&a->list[i].field), field))
			return &a->list[i];
	return NULL;
}

/* ---- words ---- */

int gv_cmd_check_word(struct gv_cmd *c, const char *what, const char *word, const char *field)
{
	const struct gv_node *n = gv_schema_at(gv_cmd_schema(c), gv_str_of(field));
	struct gv_near near = gv_near_start(gv_str_of(word));
	struct gv_buf list = GV_BUF_INIT(4096);
	int rc = GV_EUSAGE;

	for (size_t i = 0; n && n->words && n->words[i]; i++) {
		if (strcmp(n->words[i], word) == 0)
			rc = 0;
		gv_near_try(&near, n->words[i]);
		gv_buf_addf(&list, "%s%s", i ? ", " : "", n->words[i]);
	}
	if (rc && gv_buf_check(&list, &c->err) == 0) {
		if (near.best)
			gv_fail(&c->err, rc, _("%s: \"%s\" is not one of %s (did you mean %s?)"), what, word,
			        gv_buf_str(&list).p, near.best);
		else
			gv_fail(&c->err, rc, _("%s: \"%s\" is not one of %s"), what, word, gv_buf_str(&list).p);
	}
	gv_buf_free(&list);
	return rc ? c->err.code : 0;
}

/* ---- of an event, or of the record ---- */

/* Does this kind of event, or any event, have such a field? */
static bool of_event(const struct gv_schema *s, const char *event, const char *field)
{
	static const char *const any[] = { "by", "note", "doc", "until" };
	const struct gv_node *own = gv_schema_event(s, gv_str_of(event))->body;
	size_t n = strcspn(field, ".");

	for (size_t i = 0; i < sizeof any / sizeof any[0]; i++)
		if (strlen(any[i]) == n && strncmp(field, any[i], n) == 0)
			return true;
	for (size_t i = 0; own && i < own->nprops; i++)
		if (own->props[i].len == n && memcmp(own->props[i].name, field, n) == 0)
			return true;
	return false;
}

void gv_assignments_split(struct gv_assignments *all, const struct gv_schema *s, const char *event, struct gv_assignments *event_half,
                          struct gv_assignments *rest)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct gv_assignment one = all->list[i];

		if (!of_event(s, event, one.field.p))
			continue;
		memmove(&all->list[n + 1], &all->list[n], (i - n) * sizeof one);
		all->list[n++] = one;
	}
	*event_half = (struct gv_assignments){ all->list, n };
	*rest = (struct gv_assignments){ all->list + n, all->n - n };
}
