/* SPDX-License-Identifier: MIT */
#include "history.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void history_time(const struct gv_commit *commit, char out[32])
{
	time_t t = (time_t)(commit->time + 8 * 3600);
	struct tm tm;
	size_t n;

	gmtime_r(&t, &tm);
	n = strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, 32 - n, "+08:00");
}

static int set(struct gv_doc *d, struct gv_val *row, const char *name, struct gv_str text, struct gv_err *err)
{
	return text.n ? gv_obj_set(d, row, gv_str_of(name), gv_mkstr(d, text), err) : 0;
}

int history_who(struct gv_doc *d, struct gv_val *row, const struct gv_commit *commit, struct gv_err *err)
{
	char hex[GV_HEX + 1], when[32];
	int rc;

	gv_oid_hex(&commit->id, hex);
	history_time(commit, when);
	rc = set(d, row, "commit", gv_str_of(hex), err);
	if (!rc)
		rc = set(d, row, "time", gv_str_of(when), err);
	if (!rc)
		rc = set(d, row, "author", commit->author, err);
	if (!rc)
		rc = set(d, row, "email", commit->email, err);
	if (!rc)
		rc = set(d, row, "subject", commit->subject, err);
	if (!rc)
		rc = set(d, row, "command", gv_commit_trailer(commit, "Gavel-Cmd"), err);
	return rc ? rc : set(d, row, "reason", gv_commit_trailer(commit, "Gavel-Reason"), err);
}

struct names {
	struct gv_doc *d;
	struct gv_val *list;
	struct gv_err *err;
};

static int add_name(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct names *n = ctx;

	(void)before;
	(void)after;
	return gv_arr_add(n->d, n->list, gv_mkstr(n->d, path), n->err);
}

int history_fields(struct gv_doc *d, struct gv_val *list, const struct gv_val *before, const struct gv_val *after,
                   struct gv_err *err)
{
	struct names n = { d, list, err };

	*list = gv_mkarr();
	return gv_fields_diff(before, after, add_name, &n, err);
}

int history_blob(struct gv_store *s, const struct gv_oid *oid, struct gv_doc *d, const struct gv_val **v,
                 struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	int rc;

	*v = NULL;
	if (gv_oid_is_zero(oid))
		return 0;
	rc = gv_store_blob(s, oid, &text, err);
	if (!rc)
		rc = gv_json_parse(d, gv_buf_str(&text), 0, err);
	gv_buf_free(&text);
	if (!rc)
		*v = &d->root;
	return rc;
}

/* ---- walking ---- */

struct walk {
	struct gv_cmd *c;
	const char *path;
	int (*each)(void *ctx, const struct step *s);
	void *ctx;
	const struct gv_commit *commit;
	struct gv_doc before, after;
};

static int at_change(void *ctx, const struct gv_change *change)
{
	struct walk *w = ctx;
	struct gv_store *s = gv_cmd_store(w->c);
	struct step st = { .commit = w->commit, .path = change->path };
	int rc = history_blob(s, &change->before, &w->before, &st.before, &w->c->err);

	if (!rc)
		rc = history_blob(s, &change->after, &w->after, &st.after, &w->c->err);
	return rc ? rc : w->each(w->ctx, &st);
}

static int at_commit(void *ctx, const struct gv_commit *commit)
{
	struct walk *w = ctx;
	struct gv_oid none = { 0 };

	w->commit = commit;
	return gv_store_diff(gv_cmd_store(w->c), commit->parents ? &commit->parent[0] : &none, &commit->id, w->path,
	                     at_change, w, &w->c->err);
}

int history_walk(struct gv_cmd *c, const char *path, int (*each)(void *ctx, const struct step *s), void *ctx)
{
	struct walk w = { .c = c, .path = path, .each = each, .ctx = ctx };
	struct gv_store *s = gv_cmd_store(c);
	int rc = gv_store_log(s, gv_store_commit_id(s), true, at_commit, &w, &c->err);

	gv_doc_free(&w.before);
	gv_doc_free(&w.after);
	return rc;
}
