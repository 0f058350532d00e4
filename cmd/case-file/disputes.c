/* SPDX-License-Identifier: MIT */
#include "disputes.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An operand. */
struct name {
	const char *typed;
	char key[GV_KEY_MAX];  /* official form, where it is an id */
	bool is_pattern, met;
};

struct walk {
	struct gv_cmd *c;
	struct gv_store *s;
	struct name *names;
	size_t n;
	int (*each)(void *ctx, struct dispute *d);
	void *ctx;
	struct dispute d;
};

/* ---- which ---- */

static bool matches(struct walk *w, const char *key)
{
	bool yes = !w->n;

	for (size_t i = 0; i < w->n; i++) {
		struct name *name = &w->names[i];
		bool is = name->is_pattern ? fnmatch(name->typed, key, 0) == 0
		                           : strcmp(name->key, key) == 0 || strcmp(name->typed, key) == 0;

		name->met = name->met || is;
		yes = yes || is;
	}
	return yes;
}

/* conflicts/KIND/KEY.json; a key that can be no file name is told by the record itself. */
static void read_key(struct walk *w)
{
	struct dispute *d = &w->d;
	static const char *const sides[] = { "ours", "theirs", "base" };
	const char *slash = memrchr(d->at.p, '/', d->at.n);
	struct gv_str file = { slash + 1, (size_t)(d->at.p + d->at.n - slash - 1) };
	size_t end = file.n > 5 ? file.n - 5 : 0; /* ".json" */
	struct gv_str key = { file.p, end };
	enum { HASH = 64 };

	d->schema = gv_path_kind(d->path);
	if (d->schema && gv_str_starts(d->at, GV_STR(GV_CONFLICT_FOLDER "file/")))
		d->schema = NULL; /* it does not lie where its id says */
	for (size_t i = 0; key.n == HASH && i < sizeof sides / sizeof sides[0]; i++) {
		struct gv_str id = gv_val_getstr(gv_conflict_value(&d->doc.root, sides[i], GV_STR("")), "id");

		if (id.n) {
			key = id;
			break;
		}
	}
	if (!d->schema)
		key = d->path;
	snprintf(d->key, sizeof d->key, "%.*s", (int)(key.n < sizeof d->key ? key.n : sizeof d->key - 1), key.p);
}

static int complain(struct gv_cmd *c, struct gv_str thing)
{
	gv_err_thing(&c->err, thing.p, thing.n);
	gv_cmd_complain(c, &c->err);
	gv_err_clear(&c->err);
	return 0;
}

static int one(void *ctx, const struct gv_change *change)
{
	struct walk *w = ctx;
	struct dispute *d = &w->d;
	const struct gv_val *k;
	int rc = gv_store_value(w->s, &change->after, &d->doc, &k, &w->c->err);

	if (!rc)
		rc = gv_conflict_check(k, &w->c->err);
	if (rc == GV_EDATA)
		return complain(w->c, change->path);
	if (rc)
		return rc;
	d->at = change->path;
	d->blob = change->after;
	d->path = gv_val_getstr(k, "path");
	read_key(w);
	return matches(w, d->key) ? w->each(w->ctx, d) : 0;
}

/* ---- operands ---- */

static int read_name(struct gv_cmd *c, struct name *name, const char *typed)
{
	struct gv_id id;
	int rc = 0;

	*name = (struct name){ .typed = typed, .is_pattern = strpbrk(typed, "*?[") != NULL };
	if (name->is_pattern)
		return 0;
	rc = gv_cmd_id(c, gv_str_of(typed), &id);
	if (!rc)
		memcpy(name->key, id.key, sizeof name->key);
	else if (rc == GV_EDATA) /* the path of a file, then; if nothing is there, that is said */
		rc = 0;
	gv_err_clear(&c->err);
	return rc;
}

static int read_names(struct walk *w, char **names, int n)
{
	int rc = 0;

	w->names = calloc((size_t)n + 1, sizeof *w->names);
	if (!w->names)
		return gv_fail_nomem(&w->c->err);
	for (int i = 0; i < n && !rc; i++)
		rc = read_name(w->c, &w->names[w->n++], names[i]);
	return rc;
}

int disputes_each(struct gv_cmd *c, char **names, int n, int (*each)(void *ctx, struct dispute *d), void *ctx)
{
	struct walk w = { .c = c, .s = gv_cmd_store(c), .each = each, .ctx = ctx };
	static const struct gv_oid nothing;
	int rc = w.s ? read_names(&w, names, n) : c->err.code;

	if (!rc)
		rc = gv_store_diff(w.s, &nothing, gv_store_commit_id(w.s), "conflicts", one, &w, &c->err);
	for (size_t i = 0; !rc && i < w.n; i++) {
		if (w.names[i].met)
			continue;
		gv_fail(&c->err, GV_ENOTFOUND, "%s", _("no conflict is open about it"));
		complain(c, gv_str_of(w.names[i].typed));
	}
	gv_doc_free(&w.d.doc);
	free(w.names);
	return rc;
}
