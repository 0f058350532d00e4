/* SPDX-License-Identifier: MIT */
/* What an open conflict excuses: a join leaves a record at the values of before, and somebody chooses later. */
#include "conflict.h"
#include "i18n.h"
#include "judge_impl.h"

/* The record's conflict as one of the trees has it; *k NULL if none is open there. */
static int load(struct gv_judge *j, const struct gv_oid *tree, struct gv_str at, const struct gv_val **k, struct gv_err *err)
{
	struct gv_oid blob = { 0 };
	int rc = gv_oid_is_zero(tree) ? 0 : gv_store_entry(j->store, tree, at.p, &blob, err);

	*k = NULL;
	if (!rc)
		rc = gv_store_value(j->store, &blob, &j->open, k, err);
	if (rc == GV_EDATA || (!rc && *k && gv_conflict_check(*k, NULL))) { /* it excuses nothing */
		gv_err_clear(err);
		*k = NULL;
		rc = 0;
	}
	return rc;
}

static bool excuses(const struct gv_val *k, const struct gv_schema *kind, const struct gv_val *event)
{
	if (event)
		return gv_conflict_holds_event(k, event);
	return gv_conflict_has(k, GV_STR("")) || (kind->state_field && gv_conflict_has(k, gv_str_of(kind->state_field)));
}

static int ask(struct gv_judge *j, const struct gv_schema *kind, struct gv_str key, const struct gv_val *event, bool *yes,
               struct gv_err *err)
{
	struct gv_buf at = GV_BUF_INIT(4096);
	int rc;

	gv_conflict_path(&at, kind, key);
	rc = gv_buf_check(&at, err);
	*yes = false;
	for (size_t i = 0; !rc && !*yes && i < sizeof j->open_in / sizeof j->open_in[0]; i++) {
		const struct gv_val *k;

		rc = load(j, &j->open_in[i], gv_buf_str(&at), &k, err);
		*yes = !rc && k && excuses(k, kind, event);
	}
	for (uint32_t i = 0; !rc && !*yes && j->all && event && i < j->chosen.root.n; i++)
		*yes = gv_conflict_holds_event(&j->chosen.root.items[i], event);
	gv_buf_free(&at);
	return rc;
}

/* What was chosen between two lines may be gone from what is left of one of them. */
static int remember(struct gv_judge *j, const struct gv_val *was)
{
	struct gv_val copy;
	int rc = gv_val_copy(&j->chosen, &copy, was, j->check.err);

	if (!rc && j->chosen.root.type != GV_ARRAY)
		j->chosen.root = gv_mkarr();
	return rc ? rc : gv_arr_add(&j->chosen, &j->chosen.root, copy, j->check.err);
}

int gv_judge_open(struct gv_judge *j, const struct gv_oid *tree, const struct gv_schema *kind, struct gv_str key,
                  const struct gv_val **k)
{
	struct gv_buf at = GV_BUF_INIT(4096);
	int rc;

	*k = NULL;
	gv_conflict_path(&at, kind, key);
	rc = gv_buf_check(&at, j->check.err);
	if (!rc)
		rc = load(j, tree, gv_buf_str(&at), k, j->check.err);
	gv_buf_free(&at);
	return rc;
}

int gv_judge_disputed(void *judge, const struct gv_rec *rec, const struct gv_val *event, bool *yes, struct gv_err *err)
{
	return ask(judge, rec->id.schema, gv_str_of(rec->id.key), event, yes, err);
}

int gv_judge_removal(struct gv_judge *j, const struct gv_schema *kind, const struct gv_oid *before, bool *yes)
{
	struct gv_doc d = GV_DOC_INIT;
	const struct gv_val *rec;
	int rc = gv_store_value(j->store, before, &d, &rec, j->check.err);

	*yes = false;
	if (rc == GV_EDATA) {
		gv_err_clear(j->check.err);
		rc = 0;
	} else if (!rc && rec) {
		rc = ask(j, kind, gv_val_getstr(rec, "id"), NULL, yes, j->check.err);
	}
	gv_doc_free(&d);
	return rc;
}

/* Is every field of `now` as it was? */
static bool only_loses(const struct gv_val *was, const struct gv_val *now)
{
	static const char *const members[] = { "base", "ours", "theirs", "others" };

	for (size_t i = 0; i < gv_conflict_count(now); i++) {
		struct gv_str field = gv_conflict_field(now, i);

		if (!was || !gv_conflict_has(was, field))
			return false;
		for (size_t m = 0; m < sizeof members / sizeof members[0]; m++) {
			const struct gv_val *a = gv_val_getn(gv_val_get(was, members[m]), field);
			const struct gv_val *b = gv_val_getn(gv_val_get(now, members[m]), field);

			if (a && b ? !gv_val_eq(a, b) : a != b)
				return false;
		}
	}
	return true;
}

/* A conflict that somebody made up would excuse what is not legal. */
int gv_judge_conflict(struct gv_judge *j, const struct gv_change *change)
{
	struct gv_doc docs[2] = { { .root = { 0 } }, { .root = { 0 } } };
	const struct gv_val *was = NULL, *now = NULL;
	int rc = gv_store_value(j->store, &change->after, &docs[1], &now, j->check.err);

	if (!rc)
		rc = gv_store_value(j->store, &change->before, &docs[0], &was, j->check.err);
	if (rc == GV_EDATA) {
		gv_err_clear(j->check.err);
		rc = 0;
		was = NULL;
	}
	if (!rc && !gv_oid_is_zero(&change->after) && (!now || gv_conflict_check(now, NULL) || !only_loses(was, now)))
		rc = gv_judge_tell(j, "DK-07", change->path, _("conflicts come from joining two lines of history, not by hand"));
	if (!rc && was && !gv_conflict_check(was, NULL))
		rc = remember(j, was);
	gv_doc_free(&docs[0]);
	gv_doc_free(&docs[1]);
	return rc;
}
