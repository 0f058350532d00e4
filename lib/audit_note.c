/* SPDX-License-Identifier: MIT */
/* Annotations: a commit that explains or voids what was found about an earlier one. */
#include "audit_impl.h"

#include <stdlib.h>

#include "i18n.h"

/* ---- finding them, while history is listed ---- */

int gv_notes_look(void *ctx, const struct gv_commit *c)
{
	struct gv_notes *n = ctx;

	if (!memmem(c->body.p, c->body.n, "Gavel-Annotates", 15) || !gv_commit_trailer(c, "Gavel-Annotates").n)
		return 0;
	if (n->n == n->cap) {
		size_t cap = n->cap ? n->cap * 2 : 16;
		struct gv_note *list = reallocarray(n->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(n->err);
		n->list = list;
		n->cap = cap;
	}
	n->list[n->n++] = (struct gv_note){ .note.by = c->id };
	return 0;
}

void gv_notes_free(struct gv_notes *n)
{
	gv_doc_free(&n->doc);
	free(n->list);
}

/* ---- do they count? ---- */

/* Why not, as a text; NULL if it does. */
struct weighing {
	struct gv_audit *a;
	struct gv_note *note;
	struct gv_object obj, other;
	struct gv_commit by, on;
	struct gv_regime regime;
	struct gv_verdict verdict;
	const char *why;
};

static int resolve(struct weighing *w)
{
	struct gv_str text = gv_commit_trailer(&w->by, "Gavel-Annotates");
	char hex[GV_HEX + 1];
	int rc;

	if (text.n > GV_HEX) {
		w->why = _("it names no commit");
		return 0;
	}
	memcpy(hex, text.p, text.n);
	hex[text.n] = '\0';
	rc = gv_store_resolve(w->a->o.store, hex, &w->note->on, w->a->err);
	if (rc == GV_EIO)
		return rc;
	gv_err_clear(w->a->err);
	if (rc) {
		w->note->on = (struct gv_oid){ 0 };
		w->why = _("there is no such commit");
	}
	return 0;
}

static int refuse(void *ctx, const struct gv_duty_told *told)
{
	struct weighing *w = ctx;

	if (!told->met)
		w->why = _("the duties do not let this person annotate");
	return 0;
}

static int may_annotate(struct weighing *w)
{
	struct gv_act act = { .path = GV_STR("annotations"), .on = gv_day_from_unix(w->by.time), .cn = w->a->judge.cn };

	if (w->regime.duties_err.code)
		w->why = _("the duties cannot be read");
	if (!w->regime.duties || w->why)
		return 0;
	return gv_duties_judge(w->regime.duties, &act, w->verdict.actor, w->verdict.actor ? 1 : 0, refuse, w, w->a->err);
}

/* Nobody explains his own doing away. */
static int is_by_another(struct weighing *w)
{
	struct gv_verdict on;
	struct gv_oid trees[2];
	int64_t latest;
	int rc = gv_audit_load(w->a, &w->note->on, &w->other, &w->on, trees, &latest);

	if (!rc)
		rc = gv_verdict_of(&on, w->a->regimes, &w->regime, w->a->o.store, &w->on, true, w->a->err);
	if (rc)
		return rc;
	if ((on.print[0] && strcmp(on.print, w->verdict.print) == 0) || (on.actor && on.actor == w->verdict.actor) ||
	    gv_actor_is_named(w->verdict.actor, w->verdict.signer, w->on.author, w->on.email) ||
	    gv_actor_is_named(w->verdict.actor, w->verdict.signer, w->on.committer, w->on.committer_email))
		w->why = _("it is by the one whose commit it is about");
	return 0;
}

static int weigh(struct weighing *w)
{
	struct gv_oid trees[2];
	int64_t latest;
	int rc = gv_audit_load(w->a, &w->note->note.by, &w->obj, &w->by, trees, &latest);

	if (!rc && w->by.time < latest)
		w->by.time = latest;
	if (!rc)
		rc = resolve(w);
	if (rc || w->why)
		return rc;
	rc = gv_regime_at(w->a->regimes, &trees[0], &w->regime, w->a->err);
	if (!rc)
		rc = gv_verdict_of(&w->verdict, w->a->regimes, &w->regime, w->a->o.store, &w->by, false, w->a->err);
	if (rc)
		return rc;
	if (w->verdict.is != GV_SIG_GOOD)
		w->why = _("it is not signed by a known signer");
	else if (!gv_commit_trailer(&w->by, "Gavel-Reason").n)
		w->why = _("it gives no reason (trailer Gavel-Reason)");
	else
		rc = is_by_another(w);
	return rc || w->why ? rc : may_annotate(w);
}

static int keep(struct weighing *w)
{
	struct gv_arena *arena = &w->a->notes.doc.arena;
	struct gv_str who = w->verdict.actor ? w->verdict.actor->key : w->verdict.signer->principals;

	w->note->counts = true;
	w->note->note.who = gv_arena_copy(arena, who);
	w->note->note.reason = gv_arena_copy(arena, gv_commit_trailer(&w->by, "Gavel-Reason"));
	return w->note->note.who.p && w->note->note.reason.p ? 0 : gv_fail_nomem(w->a->err);
}

static int weigh_one(struct gv_audit *a, struct gv_note *note, const char **why)
{
	struct weighing w = { .a = a, .note = note, .obj = GV_OBJECT_INIT, .other = GV_OBJECT_INIT };
	int rc = weigh(&w);

	if (!rc && !w.why)
		rc = keep(&w);
	gv_object_free(&w.obj);
	gv_object_free(&w.other);
	*why = w.why;
	return rc;
}

static int by_on(const void *x, const void *y)
{
	return memcmp(((const struct gv_note *)x)->on.b, ((const struct gv_note *)y)->on.b, sizeof(struct gv_oid));
}

int gv_notes_read(struct gv_audit *a)
{
	const char *why;
	int rc = 0;

	for (size_t i = 0; i < a->notes.n && !rc; i++)
		rc = weigh_one(a, &a->notes.list[i], &why);
	if (a->notes.n)
		qsort(a->notes.list, a->notes.n, sizeof *a->notes.list, by_on);
	return rc;
}

const struct gv_note *gv_notes_find(const struct gv_notes *n, const struct gv_oid *on)
{
	size_t low = 0, high = n->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(n->list[mid].on.b, on->b, sizeof on->b) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < n->n && gv_oid_eq(&n->list[low].on, on); low++)
		if (n->list[low].counts)
			return &n->list[low];
	return NULL;
}

/* AU-08 about the commit at hand, if it annotates. */
int gv_notes_judge(struct gv_audit *a)
{
	struct gv_note again = { .note.by = a->commit.id };
	const char *why = NULL;
	int rc;

	if (!memmem(a->commit.body.p, a->commit.body.n, "Gavel-Annotates", 15) ||
	    !gv_commit_trailer(&a->commit, "Gavel-Annotates").n)
		return 0;
	rc = weigh_one(a, &again, &why);
	return rc || !why ? rc : gv_audit_tell(a, AU_NOTE, GV_VIOLATION, _("the annotation does not count: %s"), why);
}

/* ---- for others ---- */

struct gv_annotations {
	struct gv_audit audit;
	struct gv_audit_sums sums;
};

int gv_annotations_read(struct gv_annotations **out, struct gv_store *s, const struct gv_oid *tip, struct gv_err *err)
{
	struct gv_audit_opts o = { .store = s, .tip = *tip };
	int rc;

	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(err);
	rc = gv_audit_begin(&(*out)->audit, &o, &(*out)->sums, err);
	if (!rc)
		return 0;
	gv_annotations_free(*out);
	*out = NULL;
	return rc;
}

const struct gv_annotation *gv_annotations_of(const struct gv_annotations *a, const struct gv_oid *commit)
{
	const struct gv_note *n = gv_notes_find(&a->audit.notes, commit);

	return n ? &n->note : NULL;
}

void gv_annotations_free(struct gv_annotations *a)
{
	if (!a)
		return;
	gv_audit_end(&a->audit);
	free(a);
}
