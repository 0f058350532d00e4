/* SPDX-License-Identifier: MIT */
#include "sealing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case-file.h"
#include "stored.h"

/* ---- --field ---- */

/* "parties.0.id_no" is the place "parties[0].id_no". */
static void add_place(struct gv_buf *out, const char *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t digits = from[i] == '.' ? strspn(from + i + 1, "0123456789") : 0;

		if (digits && (i + 1 + digits >= n || from[i + 1 + digits] == '.')) {
			gv_buf_addf(out, "[%.*s]", (int)digits, from + i + 1);
			i += digits;
		} else {
			gv_buf_addc(out, from[i]);
		}
	}
}

static int check_field(struct gv_cmd *c, const char *from, size_t n)
{
	const struct gv_schema *s = gv_cmd_schema(c);
	const struct gv_node *node = gv_schema_at(s, (struct gv_str){ from, n });

	if (!n)
		return gv_fail(&c->err, GV_EUSAGE, _("--field: a field is empty in \"%s\""), gv_cmd_opt(c, "field"));
	if (node && node->sensitive)
		return 0;
	if (node)
		return gv_fail(&c->err, GV_EUSAGE, _("--field: %.*s is not sensitive: only what the schema calls so can be sealed"),
		               (int)n, from);
	return gv_fail(&c->err, GV_EUSAGE, _("--field: %.*s is no field of a %s"), (int)n, from, s->kind);
}

static int read_fields(struct sealing *s, struct gv_cmd *c)
{
	const char *list = gv_cmd_opt(c, "field");
	size_t n = 1;
	int rc = 0;

	if (!list)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which fields?  --field parties[].id_no"));
	for (const char *p = list; *p; p++)
		n += *p == ',';
	s->fields = calloc(n, sizeof *s->fields);
	if (!s->fields || !gv_buf_reserve(&s->names, 3 * strlen(list))) /* it must not move while slices point into it */
		return gv_fail_nomem(&c->err);
	for (const char *p = list; !rc; p++) {
		size_t len = strcspn(p, ","), from = s->names.n;

		rc = check_field(c, p, len);
		add_place(&s->names, p, len);
		s->fields[s->nfields++] = (struct gv_str){ s->names.p + from, s->names.n - from };
		p += len;
		if (!*p)
			break;
	}
	return rc;
}

static bool is_among(const struct sealing *s, const struct gv_sealable *v)
{
	for (size_t i = 0; i < s->nfields; i++)
		if (gv_str_eq(s->fields[i], v->shape) || gv_str_eq(s->fields[i], v->place))
			return true;
	return false;
}

/* ---- life ---- */

int sealing_begin(struct sealing *s, struct gv_cmd *c)
{
	int rc = gv_amend_begin(&s->ch, c);

	s->names.max = GV_MIB;
	if (!rc)
		rc = read_fields(s, c);
	if (!rc)
		rc = gv_store_keys(s->ch.store, &s->keys, &c->err);
	return rc ? rc : gv_store_sealed_fields(s->ch.store, &s->policy, &c->err);
}

void sealing_end(struct sealing *s)
{
	gv_amend_end(&s->ch);
	free(s->fields);
	gv_buf_free(&s->names);
}

/* ---- records ---- */

static int take_value(void *ctx, const struct gv_sealable *v)
{
	struct sealing *s = ctx;
	struct gv_err *err = &s->ch.c->err;
	int rc;

	if (!is_among(s, v))
		return 0;
	s->matched++;
	rc = s->each(s, v);
	if (rc && !err->thing[0] && !err->field[0])
		gv_err_field_prefix(err, v->place.p);
	return rc == GV_EINTEGRITY ? (err->code = GV_EDATA) : rc; /* of many, this one is bad */
}

static int one_record(struct sealing *s, struct gv_str id, size_t line, bool named)
{
	struct gv_cmd *c = s->ch.c;
	int rc = gv_amend_load(&s->ch, id);

	s->matched = 0;
	if (!rc)
		rc = gv_sealable_each(s->ch.rec.id.schema, &s->ch.doc.root, take_value, s, &c->err);
	if (!rc && named && !s->matched)
		rc = gv_fail(&c->err, GV_EDATA, _("has no value in %s"), gv_cmd_opt(c, "field"));
	if (!rc && s->matched)
		rc = gv_amend_put(&s->ch);
	if (rc)
		gv_err_thing(&c->err, s->ch.rec.id.key, strlen(s->ch.rec.id.key));
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		c->err.line = line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	if (!rc)
		c->done++;
	return rc;
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	return one_record(c->ctx, text, line, true);
}

static int one_selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct gv_str id = gv_stored_id(text);
	char key[GV_KEY_MAX];

	if (!id.n || id.n >= sizeof key)
		return gv_fail(err, GV_EDATA, "%s", _("is not in the canonical text: case-file migrate"));
	memcpy(key, id.p, id.n); /* loading it reads into the same memory */
	return one_record(ctx, (struct gv_str){ key, id.n }, 0, false);
}

static bool selects(struct gv_cmd *c)
{
	static const char *const options[] = { "where", "jq", "since", "until", "type", "court", "year",
		                               "state", "tribunal", "judge", "cause", "party" };

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (gv_cmd_has(c, options[i]))
			return true;
	return false;
}

int sealing_run(struct sealing *s)
{
	struct gv_cmd *c = s->ch.c;
	int rc;

	if (c->argc > 0 && selects(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("ids and --where exclude each other"));
	if (c->argc == 0 && !selects(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which cases?  ids, - for ids on standard input, or --where"));
	if (c->argc == 0)
		return gv_selection_walk(c, true, one_selected, s);
	c->ctx = s;
	rc = gv_cmd_each_text(c, one_text, &c->err);
	c->ctx = NULL;
	return rc;
}

int sealing_commit(struct sealing *s)
{
	char what[GV_KEY_MAX + 32];
	size_t n = gv_plan_count(s->ch.plan);

	if (n == 1)
		snprintf(what, sizeof what, "%s", s->ch.key);
	else
		snprintf(what, sizeof what, "%zu cases", n);
	return gv_cmd_commit(s->ch.c, s->ch.plan, what, NULL, NULL, NULL);
}

/* ---- who names a key ---- */

struct usage {
	const char *mark;
	size_t n, records;
	void (*each)(void *ctx, struct gv_str id);
	void *ctx;
};

static int use(void *ctx, const struct gv_item *item)
{
	struct usage *u = ctx;
	struct gv_str id = gv_stored_id(item->text);

	if (!memmem(item->text.p, item->text.n, u->mark, u->n))
		return 0;
	u->records++;
	if (u->each)
		u->each(u->ctx, id.n ? id : item->path);
	return 0;
}

int key_usage(struct gv_cmd *c, const char *key, size_t *records, void (*each)(void *ctx, struct gv_str id), void *ctx)
{
	char mark[64];
	struct usage u = { .mark = mark, .each = each, .ctx = ctx };
	struct gv_scan all = { 0 };
	struct gv_store *store = gv_cmd_store(c);
	int rc;

	if (!store)
		return c->err.code;
	u.n = (size_t)snprintf(mark, sizeof mark, "\"key\": \"%.32s\"", key);
	rc = gv_store_scan(store, &all, use, &u, &c->err);
	*records = u.records;
	return rc;
}
