/* SPDX-License-Identifier: MIT */
/* case-publish release, withdraw: the public side of a publication, then its own record: one commit each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amend.h"
#include "policy.h"
#include "release.h"

#define TO { 0, "to", "PUBLIC", N_("the docket for the public"), .complete = "dir" }
#define ON { 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") }

static const struct gv_opt release_opts[] = {
	TO, ON,
	{ 0, "again", NULL, N_("publish once more what was withdrawn, though its text is the same") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0 }
};
static const struct gv_opt withdraw_opts[] = {
	TO, ON,
	{ 0, "by", "NAME", N_("who it is, by name or number of the register of people") },
	{ 0 }
};

/* What must still be in the docket when it is written. */
struct seen { struct gv_str path; struct gv_oid oid; };

struct work {
	struct gv_cmd *c;
	bool withdraws, three_steps;
	bool told;                         /* a typical case or a report is at hand, not a publication */
	char on[GV_ON_MAX];
	struct gv_amend amend;
	struct publish_judge judge;
	struct publish_index *index;
	struct release_docket docket;
	struct release_text text;
	struct gv_doc rec, kase, new;      /* opened, for reading; what will be public */
	struct gv_publication p;           /* at hand */
	struct gv_arena names;
	struct seen *seen;
	size_t nseen, cap;
};

/* ---- may it be? ---- */

static int check_effect(struct work *w)
{
	struct gv_publication_effect e = gv_publication_effective(&w->p, NULL);

	if (e.day == GV_DAY_NONE)
		return gv_fail_field(&w->c->err, GV_EDATA, "effective_on", _("not known: %s missing (PUB-06)"), e.lacks);
	if (e.day > w->c->today)
		return gv_fail_field(&w->c->err, GV_EDATA, "effective_on", _("it has effect from %s on (PUB-06)"), gv_publication_date(e.day).s);
	if (e.stated)
		gv_cmd_warn(w->c, _("%s: effective_on rests on the case alone: served missing (PUB-06)"), w->amend.rec.id.key);
	return 0;
}

/* Facts may have changed since it was decided.  What a person decided stands, and PUB-07 is asked for by itself. */
static int check_decision(struct work *w)
{
	struct gv_publication_decision d = gv_publication_decide(&w->p);
	struct gv_str decision = gv_val_getstr(w->p.rec, "decision");
	bool publish = gv_str_is(decision, "publish");

	if (!publish && !gv_str_is(decision, "withhold"))
		return gv_fail_field(&w->c->err, GV_EDATA, "decision", "%s", _("nobody has decided yet"));
	if (d.answer == GV_BY_DECISION && publish && !gv_val_get(w->p.rec, "decided_by"))
		return gv_fail_field(&w->c->err, GV_EDATA, "decision", _("%s says by now: %s; decide again"), d.rule, _(d.why));
	if (d.answer == (publish ? GV_WITHHOLD : GV_PUBLISH))
		return gv_fail_field(&w->c->err, GV_EDATA, "decision", _("%s says by now: %s; decide again"), d.rule, publish ? d.reason : gv_publication_answer_word(d.answer));
	return 0;
}

static int check_steps(struct work *w)
{
	const char *wanting = gv_publication_steps(w->p.rec, w->c->today);

	if (!wanting || !gv_str_is(gv_val_getstr(w->p.rec, "ground"), "unsuitable"))
		return 0;
	if (w->three_steps)
		return gv_fail_field(&w->c->err, GV_EDATA, "ground", "%s (PUB-07)", _(wanting));
	gv_cmd_warn(w->c, "%s: %s (PUB-07)", w->amend.rec.id.key, _(wanting));
	return 0;
}

/* ---- what will be public ---- */

static int add_kept(struct release_names *kept, const struct work *w)
{
	static const char *const officials[] = { "judge", "clerk" };
	const struct gv_val *waivers = gv_val_items(w->p.rec, "waivers"), *panel = gv_val_items(w->p.kase, "panel");
	const struct gv_val *parties = gv_val_items(w->p.kase, "parties");
	struct gv_err *err = &w->c->err;
	int rc = 0;

	for (uint32_t i = 0; i < waivers->n && !rc; i++)
		rc = release_names_add(kept, gv_val_getstr(&waivers->items[i], "text"), err);
	for (uint32_t i = 0; i < panel->n && !rc; i++)
		rc = release_names_add(kept, gv_val_str(&panel->items[i]), err);
	for (uint32_t i = 0; i < parties->n && !rc; i++)
		if (gv_str_is(gv_val_getstr(&parties->items[i], "type"), "unit"))
			rc = release_names_add(kept, gv_val_getstr(&parties->items[i], "name"), err);
	for (size_t i = 0; i < sizeof officials / sizeof officials[0] && !rc; i++)
		rc = release_names_add(kept, gv_val_getstr(w->p.kase, officials[i]), err);
	return rc;
}

/* Every string of the record, and who commits it: no name that is hidden, whatever made them. */
static int check_public(struct work *w, const struct gv_val *document, bool all_names)
{
	struct release_names hidden = { 0 }, kept = { 0 };
	struct gv_err *err = &w->c->err;
	int rc = all_names ? release_names_of_case(&hidden, w->p.rec, w->p.kase, err) : release_names_of_labels(&hidden, &w->text.labels, w->p.rec, w->p.kase, err);

	if (!rc && !all_names)
		rc = add_kept(&kept, w);
	for (uint32_t i = 0; i < document->n && !rc; i++)
		rc = release_check_names(&hidden, &kept, gv_val_str(&document->members[i].val), document->members[i].name.p, err);
	if (!rc)
		rc = release_check_names(&hidden, &kept, gv_buf_str(&w->docket.persons), "user.name", err);
	free(hidden.list);
	free(kept.list);
	return rc;
}

/* *out: what the public docket will have; *event: of the private record, NULL: it has it already. */
static int make_release(struct work *w, struct release_record *r, struct gv_val *out, const char **event)
{
	struct gv_val labels;
	struct gv_str before = gv_val_getstr(w->p.rec, "redacted_sha256");
	int rc = publish_labels_of_case(w->c, w->amend.plan, w->index, w->p.rec, &w->new, &labels);

	*event = gv_publication_in_state(w->p.rec, "decided") ? "release" : gv_publication_in_state(w->p.rec, "withdrawn") ? "republish" : NULL;
	if (!rc && !*event && !gv_publication_in_state(w->p.rec, "released"))
		return gv_fail_field(&w->c->err, GV_EDATA, "state", _("release is not possible in state %s"), gv_val_getstr(w->p.rec, "state").p);
	if (!rc)
		rc = release_text_make(&w->text, w->p.rec, w->p.kase, &labels);
	if (!rc && !*event && !gv_str_is(before, w->text.sha256))
		return gv_fail_field(&w->c->err, GV_EDATA, "redacted_sha256", "%s", _("it is published with another text: withdraw it first (PUB-09)"));
	/* A run over all cases must not bring back what somebody took away. */
	if (!rc && gv_str_is(gv_val_getstr(r->was, "state"), "withdrawn") && gv_str_is(before, w->text.sha256) && !gv_cmd_has(w->c, "again"))
		return gv_fail_field(&w->c->err, GV_EDATA, "text", "%s", _("is the same that was withdrawn: mend it, or publish it with --again (PUB-09)"));
	if (!rc)
		rc = release_document(r, &w->text, out);
	return rc ? rc : check_public(w, out, false);
}

static int make_stub(struct work *w, struct release_record *r, struct gv_val *out, const char **event)
{
	struct gv_str ground = gv_val_getstr(w->p.rec, "ground");
	int rc;

	if (gv_str_is(ground, "state-secret"))
		return gv_fail_field(&w->c->err, GV_EDATA, "ground", "%s", _("a state secret: nothing of it is published, not even a stub (PUB-04)"));
	if (!ground.n || !gv_val_get(w->p.rec, "issued_on"))
		return gv_fail_field(&w->c->err, GV_EDATA, ground.n ? "issued_on" : "ground", "%s", _("is missing: a stub shows number, court, date and reason (PUB-04)"));
	rc = check_steps(w);
	*event = gv_publication_in_state(w->p.rec, "withheld") ? "stub" : NULL;
	if (!rc && !*event && !gv_publication_in_state(w->p.rec, "stub"))
		return gv_fail_field(&w->c->err, GV_EDATA, "state", _("release is not possible in state %s"), gv_val_getstr(w->p.rec, "state").p);
	if (!rc)
		rc = release_stub(r, out);
	return rc ? rc : check_public(w, out, true);
}

static int make_withdrawn(struct work *w, struct release_record *r, struct gv_val *out, const char **event)
{
	struct gv_str reason = gv_str_of(gv_cmd_opt(w->c, "reason"));
	int rc;

	*event = "withdraw";
	if (!r->was)
		return gv_fail(&w->c->err, GV_EDATA, "%s", _("the public docket has nothing of it"));
	/* A stub is taken back, too: of a state secret that was found late, nothing is to be seen (PUB-04). */
	if (!gv_publication_in_state(w->p.rec, gv_str_is(gv_val_getstr(r->was, "state"), "withheld") ? "stub,withheld" : "released"))
		return gv_fail_field(&w->c->err, GV_EDATA, "state", _("withdraw is not possible in state %s"), gv_val_getstr(w->p.rec, "state").p);
	rc = gv_json_check_string(reason, &w->c->err);
	if (!rc)
		rc = release_text_check(&w->text, w->p.rec, w->p.kase, reason, "withdrawn_reason");
	if (!rc)
		rc = release_withdrawn(r, reason, out);
	return rc ? rc : check_public(w, out, true);
}

/* ---- the private record ---- */

static int set(struct work *w, const char *field, struct gv_str text)
{
	struct gv_amend *a = &w->amend;

	return gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), gv_mkstr(&a->doc, text), &w->c->err);
}

static int set_copy(struct work *w, const char *field, const struct gv_val *v)
{
	struct gv_amend *a = &w->amend;
	struct gv_val copy;
	int rc = v->n ? gv_val_copy(&a->doc, &copy, v, &w->c->err) : 0;

	return rc || !v->n ? rc : gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), copy, &w->c->err);
}

static int set_private(struct work *w, const char *event, const struct gv_val *document)
{
	struct publish_event e = { .name = event, .on = gv_str_of(w->on), };
	struct gv_str day = gv_val_getstr(document, w->withdraws ? "withdrawn_on" : "published_on");
	bool text = strcmp(event, "release") == 0 || strcmp(event, "republish") == 0;
	char full[GV_KEY_MAX + 16];
	int rc;

	snprintf(full, sizeof full, "document:%s", w->docket.id.key);
	e.public_id = gv_str_of(full);
	e.by = gv_str_of(w->withdraws ? gv_cmd_opt(w->c, "by") : NULL);
	e.sha256 = gv_str_of(text ? w->text.sha256 : NULL);
	if (w->withdraws) {
		e.public_id = (struct gv_str){ 0 };
		e.reason = gv_val_getstr(document, "withdrawn_reason");
	}
	rc = publish_add_event(w->c, &w->amend.doc, &w->amend.doc.root, &e);
	if (!rc && w->withdraws)
		rc = set(w, "withdrawn_reason", e.reason);
	if (!rc && !w->withdraws)
		rc = set(w, "public_id", e.public_id);
	if (!rc)
		rc = set(w, w->withdraws ? "withdrawn_on" : "released_on", day.n ? day : (struct gv_str){ w->on, GV_DATE_LEN });
	if (!rc && text)
		rc = set(w, "redacted_sha256", e.sha256);
	if (!rc && text)
		rc = set_copy(w, "labels", &w->text.labels);
	return rc || !text ? rc : set_copy(w, "map", &w->text.map);
}

static int set_private_told(struct work *w, const char *event, const struct gv_val *out)
{
	struct publish_event e = { .name = event, .on = gv_str_of(w->on) };
	struct gv_str reason = gv_val_getstr(out, "withdrawn_reason");
	int rc;

	e.by = w->withdraws ? gv_str_of(gv_cmd_opt(w->c, "by")) : gv_val_getstr(w->p.rec, "approver");  /* a report has none */
	rc = publish_add_event(w->c, &w->amend.doc, &w->amend.doc.root, &e);
	if (!rc && w->withdraws)
		rc = set(w, "withdrawn_reason", reason);
	return rc ? rc : set(w, w->withdraws ? "withdrawn_on" : "published_on", gv_val_getstr(out, w->withdraws ? "withdrawn_on" : "published_on"));
}

static int grow_seen(struct work *w)
{
	size_t cap = w->cap ? 2 * w->cap : 64;
	struct seen *more = realloc(w->seen, cap * sizeof *more);

	if (!more)
		return gv_fail_nomem(&w->c->err);
	w->seen = more;
	w->cap = cap;
	return 0;
}

static int remember(struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc = gv_id_path(&w->amend.rec.id, &path, &w->c->err);

	if (!rc && w->nseen == w->cap)
		rc = grow_seen(w);
	if (!rc)
		w->seen[w->nseen++] = (struct seen){ gv_arena_copy(&w->names, gv_str_of(path.p)), w->amend.base };
	gv_buf_free(&path);
	return rc;
}

/* ---- one publication ---- */

static int read_all(struct work *w)
{
	struct gv_amend *a = &w->amend;
	const struct gv_val *kase = NULL;
	struct gv_err *err = &w->c->err;
	int rc;

	w->told = publish_is_told(gv_str_of(a->rec.id.schema->kind));
	if (!w->told && strcmp(a->rec.id.schema->kind, "publication") != 0)
		return gv_fail(err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, "publication");
	gv_doc_reset(&w->rec);
	gv_doc_reset(&w->new);
	rc = gv_val_copy(&w->rec, &w->rec.root, &a->doc.root, err);
	if (!rc)
		rc = gv_cmd_unseal_doc(w->c, &w->rec);
	if (!rc && gv_val_get(&w->rec.root, "case"))
		rc = gv_cmd_look_up(w->c, gv_val_getstr(&w->rec.root, "case"), &w->kase, &kase);
	if (!rc && !kase && (!w->told || gv_val_get(&w->rec.root, "case")))
		rc = gv_fail_field(err, GV_EDATA, "case", "%s", _("is not in the docket"));
	return rc ? rc : publish_judge_subject(&w->judge, &w->rec.root, kase, &w->p);
}

static struct release_told told_of(struct work *w, const struct gv_val *was)
{
	return (struct release_told){ .c = w->c, .d = &w->new, .text = &w->text, .docket = &w->docket, .rec = w->p.rec, .kase = w->p.kase, .was = was, .on = w->on };
}

static int make_told(struct work *w, const struct gv_val *was, struct gv_val *out, const char **event)
{
	struct release_told r = told_of(w, was);

	return w->withdraws ? release_told_withdraw(&r, gv_str_of(gv_cmd_opt(w->c, "reason")), out, event) : release_told_make(&r, out, event);
}

/* What should not be seen is taken back, whoever disagrees about the rest. */
static int check_all(struct work *w)
{
	struct release_told told = told_of(w, NULL);
	int rc = w->withdraws ? 0 : publish_check_dispute(w->c, w->p.rec);

	if (rc || w->withdraws)
		return rc;
	if (w->told) {
		rc = publish_judge_told(&w->judge, w->p.rec, &told.told);
		return rc ? rc : release_told_check(&told);
	}
	rc = check_decision(w);
	return rc ? rc : check_effect(w);
}

static int make(struct work *w, struct release_record *r, struct gv_val *out, const char **event)
{
	if (w->told)
		return make_told(w, r->was, out, event);
	if (w->withdraws)
		return make_withdrawn(w, r, out, event);
	return gv_str_is(gv_val_getstr(w->p.rec, "decision"), "publish") ? make_release(w, r, out, event) : make_stub(w, r, out, event);
}

static int release_one(struct work *w)
{
	char key[GV_KEY_MAX];
	struct release_record r = { .c = w->c, .d = &w->new, .p = &w->p, .key = key, .on = w->on };
	const char *event = NULL, *kind = NULL;
	struct gv_val out;
	int rc = read_all(w);

	if (!rc)
		rc = check_all(w);
	if (!rc)
		kind = release_docket_key(&w->amend.rec, key);
	if (!rc)
		rc = release_docket_get(&w->docket, kind, key, &r.was);
	if (!rc)
		rc = make(w, &r, &out, &event);
	if (rc)
		return rc;
	if (!release_is_same(r.was, &out))
		rc = release_docket_put(&w->docket, &out);
	else
		out = *r.was; /* its half was written, and ours was not */
	if (rc || !event)
		return rc;
	rc = w->told ? set_private_told(w, event, &out) : set_private(w, event, &out);
	if (!rc)
		rc = gv_amend_put(&w->amend);
	return rc ? rc : remember(w);
}

/* Once the first id has come: what decide has just made of them in the same pipe is there by then. */
static int read_docket(struct work *w)
{
	int rc = gv_store_refresh(w->amend.store, &w->c->err);

	return rc ? rc : publish_index_load(&w->index, w->c, "publication");
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	int rc = w->index ? 0 : read_docket(w);
	size_t mark = gv_plan_mark(w->amend.plan), other = gv_plan_mark(w->docket.plan), n = w->docket.n, changed = w->amend.changed;

	if (rc)
		return rc;
	rc = gv_amend_load(&w->amend, text);
	if (!rc) {
		rc = release_one(w);
		if (rc)
			gv_err_thing(&c->err, w->amend.rec.id.key, strlen(w->amend.rec.id.key));
	}
	c->done += !rc;
	if (rc != GV_EDATA && rc != GV_ENOTFOUND && rc != GV_EINTEGRITY)
		return rc;
	gv_plan_rollback(w->amend.plan, mark);
	gv_plan_rollback(w->docket.plan, other);
	w->docket.n = n;
	w->amend.changed = changed;
	if (line)
		c->err.byte = 0;
	gv_cmd_pass_over(c, line);
	return 0;
}

/* ---- the two commits ---- */

/*
 * The public side is written first, while the court's own docket is locked and has been found as it was read: what is left undone
 * by a crash is the note that it was done, and running it again finds the document there and writes that note.
 */
static int under_lock(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)plan;
	for (size_t i = 0; i < w->nseen && !rc; i++) {
		struct gv_str text;
		struct gv_oid now;

		rc = gv_store_read(w->amend.store, w->seen[i].path.p, &text, &now, err);
		if (!rc && !gv_oid_eq(&now, &w->seen[i].oid))
			rc = gv_fail(err, GV_ECONFLICT, w->docket.committed ? _("%s was changed by somebody else meanwhile: the public side is written, run it again")
			                                                    : _("%s was changed by somebody else meanwhile: nothing was published, run it again"), w->seen[i].path.p);
	}
	return rc ? rc : release_docket_commit(&w->docket);
}

static int print_line(void *ctx, const struct gv_val *line)
{
	struct gv_cmd *c = ctx;

	c->text.max = 64 * GV_MIB;
	gv_json_line(&c->text, line);
	return gv_cmd_print(c, "\n");
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	char what[GV_KEY_MAX + 32];

	if (gv_cmd_has(c, "dry-run")) /* what the public would see */
		return gv_plan_print(w->docket.plan, print_line, c, &c->err);
	if (w->amend.changed == 1)
		snprintf(what, sizeof what, "%s", w->amend.key);
	else
		snprintf(what, sizeof what, "%zu %s", w->amend.changed, w->docket.n ? w->docket.folder : w->amend.folder);
	if (w->amend.changed)
		return gv_cmd_commit(c, w->amend.plan, what, under_lock, w, NULL);
	return release_docket_commit(&w->docket);
}

/* ---- the command line ---- */

static int prepare(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc;

	w->text.c = c;
	if (!gv_schema_find(GV_STR("document")))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("this build knows no public documents"));
	if (w->withdraws && !gv_cmd_has_reason(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("withdraw needs --reason TEXT, which the public is told (PUB-09)"));
	rc = gv_cmd_on_done(c, w->on);
	if (!rc)
		rc = gv_amend_begin(&w->amend, c);
	if (!rc)
		rc = release_docket_open(&w->docket, c, gv_cmd_opt(c, "to"));
	if (!rc)
		rc = publish_judge_open(&w->judge, c);
	return rc ? rc : gv_policy_bool(&w->three_steps, gv_store_config(w->amend.store), "publication_three_steps", c->today, &c->err);
}

static int run_both(struct gv_cmd *c, bool withdraws)
{
	struct work w = { .c = c, .withdraws = withdraws };
	int rc = prepare(&w);

	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_text(c, one_text, &c->err);
	if (!rc && c->done)
		rc = commit(&w);
	if (!rc && withdraws && c->done && !gv_cmd_has(c, "dry-run"))
		gv_cmd_note(c, "%s", _("copies, mirrors and the history of the public docket may still have it; what can be done about them is for people to do"));
	c->ctx = NULL;
	publish_index_free(w.index);
	publish_judge_close(&w.judge);
	release_docket_close(&w.docket);
	release_text_free(&w.text);
	gv_amend_end(&w.amend);
	gv_arena_free(&w.names);
	free(w.seen);
	gv_doc_free(&w.rec);
	gv_doc_free(&w.kase);
	gv_doc_free(&w.new);
	return rc;
}

static int run_release(struct gv_cmd *c)
{
	return run_both(c, false);
}

static int run_withdraw(struct gv_cmd *c)
{
	return run_both(c, true);
}

#define ACT(symbol, word, options, does, text, words) \
	const struct gv_cmd_spec publish_##symbol = { \
		.name = (word), .summary = (text), .usage = (words), .operands = "id", .opts = (options), .kind = "publication", \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = (does), \
	};

ACT(release, "release", release_opts, run_release, N_("publish, or show a stub of what is withheld, in the public docket"), N_("ID...|- --to PUBLIC"))
ACT(withdraw, "withdraw", withdraw_opts, run_withdraw, N_("take back what is published; the record that it was stays"), N_("ID...|- --to PUBLIC --reason TEXT"))
