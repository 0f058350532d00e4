/* SPDX-License-Identifier: MIT */
/* AU-06: was it theirs to change?  First by the signer alone; approvals are looked for only where that is not enough. */
#include "audit_impl.h"

#include <stdlib.h>

#include "approval.h"
#include "i18n.h"

enum { WHO_MAX = 64 };

struct asking {
	struct gv_audit *a;
	const struct gv_judged *file;
	struct gv_actor who[WHO_MAX];
	size_t n;
	bool last;             /* what is missing now is missing */
	bool unmet;
};

/* ---- telling ---- */

static int add_names(struct asking *k, struct gv_val *facts)
{
	struct gv_doc *d = &k->a->judge.check.scratch;
	struct gv_val list = gv_mkarr();
	int rc = 0;

	for (size_t i = 0; i < k->n && !rc; i++)
		rc = gv_arr_add(d, &list, gv_mkstr(d, k->who[i].key), k->a->err);
	return rc ? rc : gv_obj_set(d, facts, GV_STR("signers"), list, k->a->err);
}

static int set_copy(struct gv_audit *a, struct gv_val *facts, const char *name, const struct gv_val *v)
{
	struct gv_val copy;
	int rc = v ? gv_val_copy(&a->judge.check.scratch, &copy, v, a->err) : 0;

	return rc || !v ? rc : gv_obj_set(&a->judge.check.scratch, facts, gv_str_of(name), copy, a->err);
}

static int tell(struct asking *k, const struct gv_duty_told *told)
{
	struct gv_audit *a = k->a;
	struct gv_doc *d = &a->judge.check.scratch;
	struct gv_val facts = gv_mkobj();
	struct gv_buf text = GV_BUF_INIT(16 * 1024);
	int rc;

	gv_doc_reset(d);
	rc = gv_obj_set(d, &facts, GV_STR("duty"), gv_mkstr(d, told->id), a->err);
	if (!rc)
		rc = gv_obj_set(d, &facts, GV_STR("path"), gv_mkstr(d, k->file->path), a->err);
	if (!rc)
		rc = gv_obj_set(d, &facts, GV_STR("missing"), gv_mkstr(d, told->missing), a->err);
	if (!rc)
		rc = set_copy(a, &facts, "basis", told->basis);
	if (!rc)
		rc = add_names(k, &facts);
	gv_buf_addf(&text, _("%.*s (%.*s): missing: %.*s"), (int)told->title.n, told->title.p, (int)told->id.n, told->id.p,
	            (int)told->missing.n, told->missing.p);
	if (!rc)
		rc = gv_buf_check(&text, a->err);
	if (!rc)
		rc = gv_audit_tell_file(a, k->file, told->level, &facts, text.p);
	gv_buf_free(&text);
	return rc;
}

/* ---- asking ---- */

static int remember(struct asking *k, const struct gv_duty_told *told)
{
	int rc = 0;

	for (size_t i = 0; i < k->n && !rc; i++)
		rc = gv_deeds_add(&k->a->deeds, k->file->path, told->id, k->who[i].key, k->a->err);
	return rc;
}

static int one_duty(void *ctx, const struct gv_duty_told *told)
{
	struct asking *k = ctx;

	k->unmet = k->unmet || !told->met;
	if (!k->last)
		return 0;
	/* Also what was done without the right to do it was done. */
	return !told->met && !k->a->quick ? tell(k, told) : 0;
}

static int note_deed(void *ctx, const struct gv_duty_told *told)
{
	return remember(ctx, told);
}

static int earlier(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str person), void *arg, bool *yes,
                   struct gv_err *err)
{
	struct asking *k = ctx;
	int rc = 0;

	(void)err; /* it is the audit's own */
	if (!k->a->deeds_full)
		rc = gv_audit_fill_deeds(k->a);
	*yes = !rc && gv_deeds_any(&k->a->deeds, k->file->path, duty, is, arg);
	return rc;
}

static int add_approval(void *ctx, const struct gv_actor *who, struct gv_str file, const struct gv_err *why)
{
	struct asking *k = ctx;

	(void)file;
	(void)why; /* one that does not count is one that is missing */
	if (who && k->n < WHO_MAX)
		k->who[k->n++] = *who;
	return 0;
}

static int add_approvals(struct asking *k)
{
	struct gv_audit *a = k->a;

	if (!a->regime.signers || !a->regime.people)
		return 0;
	return gv_approval_each(&(struct gv_approval_ask){
		.store = a->o.store, .tree = &a->commit.tree, .path = k->file->path, .base = &k->file->before,
		.now = &k->file->after, .signers = a->regime.signers, .people = a->regime.people, .time = a->commit.time,
	}, add_approval, k, a->err);
}

static int judge(struct asking *k)
{
	struct gv_audit *a = k->a;
	struct gv_act act = {
		.schema = k->file->schema, .path = k->file->path, .before = k->file->was, .after = k->file->now,
		.on = gv_day_from_unix(a->commit.time), .cn = a->judge.cn, .earlier = earlier, .ctx = k,
	};
	const struct gv_duties *d = a->regime.duties;
	int rc = gv_duties_judge(d, &act, k->who, k->n, one_duty, k, a->err);

	if (!rc && k->unmet) {
		k->last = true;
		rc = add_approvals(k);
		if (!rc)
			rc = gv_duties_judge(d, &act, k->who, k->n, one_duty, k, a->err);
	}
	act.earlier = NULL;
	return rc ? rc : gv_duties_judge(d, &act, k->who, k->n, note_deed, k, a->err);
}

static int unreadable(struct gv_audit *a)
{
	const struct gv_err *bad = &a->regime.duties_err;
	int rc;

	if (a->duties_told || a->quick)
		return 0;
	a->duties_told = a->broken = true;
	rc = gv_audit_tell(a, AU_DUTY, GV_VIOLATION, _("policy/duties.json before it cannot be read, so nothing is allowed: %s%s%s"),
	                   bad->field, bad->field[0] ? ": " : "", bad->msg);
	a->broken = false;
	return rc;
}

int gv_audit_duties(void *ctx, const struct gv_judged *file)
{
	struct gv_audit *a = ctx;
	struct asking k = { .a = a, .file = file };
	/* A merge may bring a record back to nothing that it changed itself. */
	bool same = file->was && file->now && gv_val_eq(file->was, file->now);

	if (!a->asked || !a->regime.has_duties || same)
		return 0;
	if (!a->regime.duties)
		return unreadable(a);
	if (a->verdict.is == GV_SIG_GOOD && a->verdict.actor)
		k.who[k.n++] = *a->verdict.actor;
	return judge(&k);
}
