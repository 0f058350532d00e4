/* SPDX-License-Identifier: MIT */
/* The walk: every commit loaded with what judges it, asked, told. */
#include "audit_impl.h"

#include <stdlib.h>

#include "i18n.h"

/* ---- trees of parents ---- */

static struct gv_seen *seen_slot(struct gv_audit *a, const struct gv_oid *id)
{
	return &a->seen[(id->b[0] << 8 | id->b[1]) % GV_SEEN];
}

static void see(struct gv_audit *a, const struct gv_commit *c)
{
	*seen_slot(a, &c->id) = (struct gv_seen){ c->id, c->tree, c->time };
}

/* A parent's tree and time; most were read just before. */
static int parent_of(struct gv_audit *a, const struct gv_commit *child, const struct gv_oid *id, struct gv_oid *tree, int64_t *time)
{
	const struct gv_seen *s = seen_slot(a, id);
	struct gv_commit c;
	int rc;

	if (!gv_oid_eq(&s->id, id)) {
		rc = gv_commit_read(a->o.store, id, &a->other, &c, a->err);
		if (rc == GV_EINTEGRITY && gv_store_is_shallow(a->o.store, &child->id)) {
			gv_err_clear(a->err);
			return 0;
		}
		if (rc)
			return rc;
		see(a, &c);
	}
	*tree = s->tree;
	*time = s->time;
	return 0;
}

int gv_audit_load(struct gv_audit *a, const struct gv_oid *id, struct gv_object *obj, struct gv_commit *c, struct gv_oid before[2],
                  int64_t *latest)
{
	int rc = gv_commit_read(a->o.store, id, obj, c, a->err);

	before[0] = before[1] = (struct gv_oid){ 0 };
	*latest = INT64_MIN;
	for (unsigned i = 0; !rc && i < c->parents && i < 2; i++) {
		int64_t time = INT64_MIN;

		rc = parent_of(a, c, &c->parent[i], &before[i], &time);
		*latest = time > *latest ? time : *latest;
	}
	return rc;
}

/* ---- when ---- */

enum { LOOK_BACK = 1000 };

struct newest { int64_t time; unsigned n; };

static int keep_newest(void *ctx, const struct gv_commit *c)
{
	struct newest *n = ctx;

	n->time = c->time > n->time ? c->time : n->time;
	return ++n->n < LOOK_BACK ? 0 : -1;
}

/* The time of the baseline: what lies behind it was judged before, but not so that its clocks were set right. */
static int time_of_baseline(struct gv_audit *a)
{
	struct newest n = { INT64_MIN, 0 };
	int rc = gv_oid_is_zero(&a->o.from) ? 0 : gv_store_log(a->o.store, &a->o.from, false, keep_newest, &n, a->err);

	a->from_time = n.time;
	return rc < 0 ? 0 : rc;
}

/*
 * Days of keys, roles and policies go by the committer's clock, which he sets as he likes: not back behind what he builds on.  What
 * an earlier clock put into the future holds for nobody after it.
 */
static void set_time(struct gv_audit *a, int64_t latest)
{
	for (unsigned i = 0; i < a->commit.parents && i < 2; i++) {
		uint32_t parent = gv_lineage_parent(a->line, a->pos, i);
		int64_t time = parent != GV_LINE_NONE ? a->times[parent]
		               : gv_oid_eq(&a->commit.parent[i], &a->o.from) ? a->from_time : INT64_MIN;

		latest = time > latest ? time : latest;
	}
	if (a->o.now && latest > a->o.now)
		latest = a->o.now;
	a->claimed = a->commit.time;
	if (a->commit.time < latest)
		a->commit.time = latest;
	a->times[a->pos] = a->commit.time;
}

/* ---- what judges a commit ---- */

static int regime_of_commit(struct gv_audit *a, const struct gv_oid *id, struct gv_regime *out)
{
	struct gv_oid tree = { 0 };
	int64_t time;
	int rc = parent_of(a, &a->commit, id, &tree, &time);

	return rc ? rc : gv_regime_at(a->regimes, &tree, out, a->err);
}

int gv_audit_baseline(struct gv_audit *a, struct gv_regime *out)
{
	*out = (struct gv_regime){ 0 };
	return gv_oid_is_zero(&a->o.from) ? 0 : regime_of_commit(a, &a->o.from, out);
}

/* Did the docket know signers at that parent, or before it? */
static bool parent_adopted(const struct gv_audit *a, unsigned which, const struct gv_regime *at)
{
	uint32_t pos = gv_lineage_parent(a->line, a->pos, which);

	return at->has_signers || (pos != GV_LINE_NONE && a->flags[pos] & FLAG_ADOPTED);
}

/*
 * The first parent's; the second's where only that line knew signers.  A line that never knew any, and comes to a docket that
 * does (`from`), is judged by what the docket has: it cannot bring signers of its own.
 */
static int choose_regime(struct gv_audit *a, bool *adopted)
{
	struct gv_regime other;
	int rc = gv_regime_at(a->regimes, &a->before[0], &a->regime, a->err);

	*adopted = !rc && a->commit.parents && parent_adopted(a, 0, &a->regime);
	if (rc || *adopted)
		return rc;
	if (a->commit.parents > 1) {
		rc = gv_regime_at(a->regimes, &a->before[1], &other, a->err);
		*adopted = !rc && parent_adopted(a, 1, &other);
		if (*adopted)
			a->regime = other;
		if (rc || *adopted)
			return rc;
	}
	if (gv_oid_is_zero(&a->o.from))
		return 0;
	rc = regime_of_commit(a, &a->o.from, &other);
	*adopted = !rc && other.has_signers;
	if (*adopted)
		a->regime = other;
	return rc;
}

/* The commit at hand: its parents, its regime, its verdict. */
static int load(struct gv_audit *a, uint32_t pos)
{
	const struct gv_oid *id = gv_lineage_at(a->line, pos);
	int64_t latest;
	bool adopted;
	int rc;

	a->pos = pos;
	a->id = *id;
	a->duties_told = false;
	memset(a->counts, 0, sizeof a->counts);
	rc = gv_audit_load(a, id, &a->obj, &a->commit, a->before, &latest);
	if (!rc) {
		see(a, &a->commit);
		set_time(a, latest);
		rc = choose_regime(a, &adopted);
	}
	if (!rc)
		rc = gv_regime_at(a->regimes, &a->commit.tree, &a->own, a->err);
	if (rc)
		return rc;
	a->asked = adopted;
	a->flags[pos] = (uint8_t)((adopted || a->own.has_signers ? FLAG_ADOPTED : 0) | (adopted ? 0 : FLAG_UNASKED));
	return gv_verdict_of(&a->verdict, a->regimes, &a->regime, a->o.store, &a->commit, a->quick, a->err);
}

/* ---- one commit ---- */

/* What is about the commit's own objects is a finding, and the walk goes on. */
static int as_finding(struct gv_audit *a, int rc)
{
	struct gv_err why = *a->err;

	if (rc != GV_EINTEGRITY && rc != GV_EDATA && rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(a->err);
	a->broken = true;
	rc = gv_audit_tell(a, AU_WHOLE, GV_VIOLATION, _("it cannot be read whole: %s%s%s"), why.thing, why.thing[0] ? ": " : "",
	                   why.msg);
	a->broken = false;
	return rc;
}

static int trailer_commit(struct gv_audit *a, const char *name, struct gv_oid *out)
{
	struct gv_str hex = gv_commit_trailer(&a->commit, name);
	char text[GV_HEX + 1];

	*out = (struct gv_oid){ 0 };
	if (!hex.n || hex.n > GV_HEX)
		return 0;
	memcpy(text, hex.p, hex.n);
	text[hex.n] = '\0';
	if (gv_store_resolve(a->o.store, text, out, NULL))
		*out = (struct gv_oid){ 0 };
	return 0;
}

static void sum(struct gv_audit *a)
{
	struct gv_audit_sums *s = a->sums;

	s->commits++;
	s->merges += a->commit.parents > 1;
	s->corrections += !gv_oid_is_zero(&a->corrects);
	s->annotations += !gv_oid_is_zero(&a->annotates);
	s->verdicts[a->verdict.is]++;
}

static int step(struct gv_audit *a)
{
	struct gv_audit_step s = {
		.commit = &a->commit, .verdict = &a->verdict, .before = a->flags[a->pos] & FLAG_UNASKED,
		.merge = a->commit.parents > 1, .annotates = a->annotates, .corrects = a->corrects,
	};

	memcpy(s.counts, a->counts, sizeof s.counts);
	return a->o.step ? a->o.step(a->o.ctx, &s, a->err) : 0;
}

/* The words of the trailers are looked for before they are read: few commits have them. */
static int read_words(struct gv_audit *a)
{
	a->corrects = a->annotates = (struct gv_oid){ 0 };
	a->note = gv_notes_find(&a->notes, &a->commit.id);
	if (!memmem(a->commit.body.p, a->commit.body.n, "Gavel-", 6))
		return 0;
	trailer_commit(a, "Gavel-Corrects", &a->corrects);
	return trailer_commit(a, "Gavel-Annotates", &a->annotates);
}

static int one(struct gv_audit *a, uint32_t pos)
{
	int rc = load(a, pos);

	if (rc)
		return as_finding(a, rc);
	rc = read_words(a);
	if (!rc && !a->quick)
		rc = gv_audit_whole(a);
	if (!rc && !a->quick)
		rc = gv_audit_signature(a);
	if (!rc && !a->quick)
		rc = gv_notes_judge(a);
	a->judge.names_only = !a->o.law && !(a->asked && a->regime.has_duties);
	if (!rc)
		rc = as_finding(a, gv_judge_commit(&a->judge, &a->commit, a->before));
	if (rc || a->quick)
		return rc;
	sum(a);
	return step(a);
}

/* ---- all of them ---- */

static void set_up(struct gv_audit *a, const struct gv_audit_opts *o, struct gv_audit_sums *sums, struct gv_err *err)
{
	*a = (struct gv_audit){
		.o = *o, .sums = sums, .err = err, .adopted_at = GV_LINE_NONE, .obj = GV_OBJECT_INIT, .other = GV_OBJECT_INIT,
		.judge = {
			.store = o->store, .law = o->law, .cn = gv_store_caseno(o->store), .home = gv_schema_find(GV_STR("case")),
			.check = { .as_of = o->as_of, .sink = gv_audit_sink, .err = err },
		},
	};
	a->notes.err = err;
	a->judge.check.ctx = a;
	a->judge.check.only = o->law ? GV_STR("DK-*") : GV_STR("none");
	a->judge.each = gv_audit_duties;
	a->judge.each_ctx = a;
}

static int read_line(struct gv_audit *a)
{
	gv_lineage_free(a->line);
	a->notes.n = 0;
	return gv_lineage_read(&a->line, a->o.store, &a->o.from, &a->o.tip, a->quick ? NULL : gv_notes_look, &a->notes, a->err);
}

/* What was remembered is not behind the tip: that is told, and then everything is judged. */
static int replaced(struct gv_audit *a, bool there)
{
	char tip[GV_HEX + 1], from[GV_HEX + 1];
	int rc;

	gv_oid_hex(&a->o.tip, tip);
	gv_oid_hex(&a->o.from, from);
	a->id = a->o.from;
	rc = there ? gv_audit_tell(a, AU_WHOLE, GV_VIOLATION, _("history was replaced: the remembered commit %.10s does not lead "
	                           "to %.10s"), from, tip)
	           : gv_audit_tell(a, AU_WHOLE, GV_VIOLATION, _("history was replaced: the remembered commit %.10s is not in the "
	                           "docket any more, which is at %.10s"), from, tip);
	a->o.from = (struct gv_oid){ 0 };
	a->sums->replaced = true;
	return rc;
}

static int read_lineage(struct gv_audit *a)
{
	struct gv_commit c;
	int rc = 0;

	if (a->o.remembered && gv_commit_read(a->o.store, &a->o.from, &a->other, &c, NULL))
		rc = replaced(a, false);
	if (!rc)
		rc = read_line(a);
	if (rc || gv_lineage_met(a->line) || a->o.apart)
		return rc;
	if (!a->o.remembered)
		return gv_fail(a->err, GV_EDATA, "%s", _("the baseline does not lead to the commit that is to be judged"));
	rc = replaced(a, true);
	return rc ? rc : read_line(a);
}

static int prepare(struct gv_audit *a)
{
	int rc = gv_store_distrust(a->o.store, a->err);

	if (!rc)
		rc = gv_regimes_new(&a->regimes, a->o.store, a->err);
	if (!rc)
		rc = read_lineage(a);
	if (rc)
		return rc;
	a->flags = calloc((size_t)gv_lineage_count(a->line) + 1, sizeof *a->flags);
	a->seen = calloc(GV_SEEN, sizeof *a->seen);
	a->times = calloc((size_t)gv_lineage_count(a->line) + 1, sizeof *a->times);
	if (!a->flags || !a->seen || !a->times)
		return gv_fail_nomem(a->err);
	rc = time_of_baseline(a);
	return rc || a->quick ? rc : gv_notes_read(a);
}

void gv_audit_end(struct gv_audit *a)
{
	gv_judge_free(&a->judge);
	gv_notes_free(&a->notes);
	gv_deeds_free(&a->deeds);
	gv_regimes_free(a->regimes);
	gv_lineage_free(a->line);
	gv_object_free(&a->obj);
	gv_object_free(&a->other);
	free(a->flags);
	free(a->seen);
	free(a->times);
}

int gv_audit_begin(struct gv_audit *a, const struct gv_audit_opts *o, struct gv_audit_sums *sums, struct gv_err *err)
{
	set_up(a, o, sums, err);
	return prepare(a);
}

static int walk(struct gv_audit *a)
{
	uint32_t n = gv_lineage_count(a->line);
	int rc = 0;

	for (uint32_t i = 0; i < n && !rc; i++) {
		rc = one(a, i);
		if (a->o.progress && !a->quick)
			a->o.progress(a->o.ctx, i + 1, n);
	}
	return rc;
}

int gv_audit_run(const struct gv_audit_opts *o, struct gv_audit_sums *sums, struct gv_err *err)
{
	struct gv_audit a;
	int rc;

	*sums = (struct gv_audit_sums){ 0 };
	rc = gv_audit_begin(&a, o, sums, err);
	if (!rc)
		rc = walk(&a);
	if (!rc)
		rc = gv_audit_unasked(&a);
	gv_audit_end(&a);
	return rc;
}

int gv_audit_fill_deeds(struct gv_audit *a)
{
	struct gv_audit_opts o = a->o;
	struct gv_audit_sums sums = { 0 };
	struct gv_audit old;
	int rc;

	a->deeds_full = true;
	if (gv_oid_is_zero(&o.from))
		return 0;
	o.tip = o.from;
	o.from = (struct gv_oid){ 0 };
	o.law = NULL;
	o.remembered = false;
	set_up(&old, &o, &sums, a->err);
	old.quick = old.deeds_full = true;
	old.deeds = a->deeds; /* what was found so far, and more */
	rc = prepare(&old);
	if (!rc)
		rc = walk(&old);
	a->deeds = old.deeds;
	old.deeds = (struct gv_deeds){ 0 };
	gv_audit_end(&old);
	return rc;
}
