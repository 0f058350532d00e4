/* SPDX-License-Identifier: MIT */
/* assign: FIELD=VALUE as typed on a command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case-file.h"
#include "utf8.h"

/* "@FILE" and "@-" bring the value from elsewhere: sensitive ones do not belong on a command line. */
static int read_value(const char *value, struct gv_buf *out, struct gv_err *err)
{
	int rc;

	if (value[0] != '@') {
		gv_buf_adds(out, value);
		return gv_buf_check(out, err);
	}
	rc = strcmp(value, "@-") == 0 ? gv_buf_read_fd(out, STDIN_FILENO, _("standard input"), err)
	                              : gv_buf_read_file(out, value + 1, err);
	while (!rc && out->n && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '\r'))
		out->n--;
	return rc;
}

static int read_one(struct assignment *a, const char *text, struct gv_err *err)
{
	const char *eq = strchr(text, '=');
	int rc;

	a->field = (struct gv_str){ text, eq ? (size_t)(eq - text) : 0 };
	gv_buf_init(&a->value, GV_JSON_TEXT_MAX);
	if (!a->field.n)
		return gv_fail(err, GV_EUSAGE, _("\"%s\" is not FIELD=VALUE"), text);
	rc = read_value(eq + 1, &a->value, err);
	if (!rc && gv_utf8_valid(gv_buf_str(&a->value)) != a->value.n) {
		rc = gv_fail(err, GV_EDATA, "%s", _("the value is not UTF-8"));
		gv_err_thing(err, text, a->field.n);
	}
	return rc;
}

int assignments_read(struct assignments *a, struct gv_cmd *c, char **texts, int n)
{
	int rc = 0;

	*a = (struct assignments){ .list = calloc((size_t)n + 1, sizeof *a->list) };
	if (!a->list)
		return gv_fail_nomem(&c->err);
	for (int i = 0; i < n && !rc; i++)
		rc = read_one(&a->list[a->n++], texts[i], &c->err);
	return rc;
}

void assignments_free(struct assignments *a)
{
	for (size_t i = 0; i < a->n; i++)
		gv_buf_free(&a->list[i].value);
	free(a->list);
}

static int forbidden(const struct gv_schema *s, struct gv_str field, struct gv_err *err)
{
	char name[128];

	snprintf(name, sizeof name, "%.*s", (int)field.n, field.p);
	if (gv_str_is(field, "id") || gv_str_is(field, "kind"))
		return gv_fail_field(err, GV_EUSAGE, name, "%s", _("is fixed: a record keeps its id"));
	if (s->state_field && gv_str_is(field, s->state_field))
		return gv_fail_field(err, GV_EUSAGE, name, "%s",
		                     _("moves by events: case-file event ID NAME, case-file close ID"));
	if (gv_str_is(field, "events") || gv_str_starts(field, GV_STR("events.")))
		return gv_fail_field(err, GV_EUSAGE, name, "%s", _("grows by events: case-file event ID NAME"));
	return 0;
}

static int apply_one(const struct assignment *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                     struct gv_val *root)
{
	struct gv_val v;
	struct gv_str name;
	const char *near;
	bool was_there;
	int rc = forbidden(s, a->field, &c->err);

	if (rc)
		return rc;
	if (!a->value.n)
		return gv_val_del_path(root, a->field, &was_there);
	if (!gv_schema_at(s, a->field) && (near = gv_schema_suggest(s, a->field)))
		gv_cmd_warn(c, _("%.*s is no field of a %s (did you mean %s?): kept as text"), (int)a->field.n,
		            a->field.p, s->kind, near);
	rc = gv_schema_value(s, d, a->field, gv_buf_str(&a->value), &v, &c->err);
	name = gv_arena_copy(&d->arena, a->field);
	if (!rc && !name.p)
		rc = gv_fail_nomem(&c->err);
	return rc ? rc : gv_val_set_path(d, root, name, v, &c->err);
}

int assignments_apply(const struct assignments *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                      struct gv_val *root)
{
	int rc = 0;

	for (size_t i = 0; i < a->n && !rc; i++)
		rc = apply_one(&a->list[i], c, s, d, root);
	return rc;
}
