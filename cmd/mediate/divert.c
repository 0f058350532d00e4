/* SPDX-License-Identifier: MIT */
/* mediate divert: which channel, tribunal and post suit a dispute. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "divert.h"

static const struct gv_opt opts[] = {
	{ 0, "apply", NULL, N_("record the suggestion in the mediations: event divert, channel, post, tribunal") },
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

enum { GENERAL = 100 };  /* a channel without causes stands behind all that name one above the dispute's */

struct divert {
	struct gv_cmd *c;
	struct gv_causes *causes;
	struct gv_doc channels, posts;  /* roots: those that work on c->today, in the order of their numbers */
	struct gv_doc d;                /* one suggestion */
	struct gv_val reasons;
	struct gv_amend a;
	char on[GV_ON_MAX];
};

/* ---- the docket's channels and posts, read once ---- */

struct reading {
	struct divert *w;
	struct gv_doc *to, row;
};

static int take_working(void *ctx, const struct gv_item *item)
{
	struct reading *r = ctx;
	gv_day since, until;
	struct gv_val copy;
	int rc = gv_json_parse(&r->row, item->text, 0, &r->w->c->err);

	if (rc)
		return rc;
	since = gv_day_read(gv_val_getstr(&r->row.root, "since"));
	until = gv_day_read(gv_val_getstr(&r->row.root, "until"));
	if (!gv_str_is(gv_val_getstr(&r->row.root, "state"), "active") || (since != GV_DAY_NONE && since > r->w->c->today) ||
	    (until != GV_DAY_NONE && until < r->w->c->today))
		return 0;
	rc = gv_val_copy(r->to, &copy, &r->row.root, &r->w->c->err);
	return rc ? rc : gv_arr_add(r->to, &r->to->root, copy, &r->w->c->err);
}

static int read_working(struct divert *w, const char *kind, struct gv_doc *to)
{
	struct reading r = { .w = w, .to = to };
	int rc;

	to->root = gv_mkarr();
	rc = gv_store_scan(gv_cmd_store(w->c), &(struct gv_scan){ .kind = gv_schema_find(gv_str_of(kind)) }, take_working, &r,
	                   &w->c->err);
	gv_doc_free(&r.row);
	return rc;
}

/* ---- reasons ---- */

static int say(struct divert *w, const char *text)
{
	return text ? gv_arr_add(&w->d, &w->reasons, gv_mkstr(&w->d, gv_str_of(text)), &w->c->err)
	            : gv_fail_nomem(&w->c->err);
}

/* ---- what fits ---- */

/* Where it arose, else where the other side lives: the area that is named there.  Addresses are not repeated in reasons. */
static struct gv_str area_of(const struct gv_val *place, const struct gv_val *rec)
{
	const struct gv_val *areas = gv_val_items(place, "areas"), *parties = gv_val_items(rec, "parties");
	struct gv_str at = gv_val_getstr(rec, "place");

	for (uint32_t i = 0; i < areas->n; i++) {
		struct gv_str area = gv_val_str(&areas->items[i]);

		if (!area.n)
			continue;
		if (at.n && gv_str_find(at, area))
			return area;
		for (uint32_t k = 0; !at.n && k < parties->n; k++) {
			struct gv_str role = gv_val_getstr(&parties->items[k], "role");
			struct gv_str address = gv_val_getstr(&parties->items[k], "address");

			if ((gv_str_starts(role, GV_STR("被"))) && address.n && gv_str_find(address, area))
				return area;
		}
	}
	return (struct gv_str){ 0 };
}

/* How far the dispute's cause lies below one of the channel's; -1 if below none. */
static int cause_steps(struct divert *w, const struct gv_val *channel, struct gv_str cause, struct gv_str *by)
{
	const struct gv_val *list = gv_val_items(channel, "causes");
	int best = list->n ? -1 : GENERAL;

	*by = (struct gv_str){ 0 };
	for (uint32_t i = 0; i < list->n; i++) {
		int steps;

		if (!gv_causes_covers(w->causes, gv_val_str(&list->items[i]), cause, &steps) || (best >= 0 && steps >= best))
			continue;
		best = steps;
		*by = gv_val_str(&list->items[i]);
	}
	return best;
}

static bool has_unit(const struct gv_val *rec)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < parties->n; i++)
		if (gv_str_is(gv_val_getstr(&parties->items[i], "type"), "unit"))
			return true;
	return false;
}

/* Channels for certain people go first among equals, where such people are parties. */
static bool for_parties(const struct gv_val *channel, const struct gv_val *rec)
{
	struct gv_str mechanism = gv_val_getstr(channel, "mechanism");

	return (gv_str_is(mechanism, "chamber") && has_unit(rec)) ||
	       (gv_str_is(mechanism, "women-children") && gv_val_is_true(rec, "involves_minor"));
}

struct fit { const struct gv_val *channel; struct gv_str cause, area; int steps, rank; bool parties; };

/* Does the channel take it?  A limit is no answer where the amount is not known. */
static int fits(struct divert *w, const struct gv_val *channel, const struct gv_val *rec, struct fit *f)
{
	int64_t max, fen;

	*f = (struct fit){ .channel = channel };
	f->steps = cause_steps(w, channel, gv_val_getstr(rec, "cause"), &f->cause);
	f->area = area_of(channel, rec);
	f->parties = for_parties(channel, rec);
	f->rank = f->steps * 4 + (f->area.n ? 0 : 2) + (f->parties ? 0 : 1);
	if (f->steps < 0 || (gv_val_items(channel, "areas")->n && !f->area.n)) {
		f->channel = NULL;
		return 0;
	}
	if (!gv_val_getint(channel, "max_fen", &max) || (gv_val_getint(rec, "claim_fen", &fen) && fen <= max))
		return 0;
	f->channel = NULL;
	if (gv_val_get(rec, "claim_fen"))
		return say(w, gv_arena_printf(&w->d.arena, _("%s takes at most %" PRId64 " fen"), gv_val_getstr(channel, "name").p, max));
	return say(w, gv_arena_printf(&w->d.arena, _("%s takes at most %" PRId64 " fen, and the amount is not known"),
	                              gv_val_getstr(channel, "name").p, max));
}

static int set_id(struct divert *w, struct gv_val *out, const char *kind, const struct gv_val *rec)
{
	const char *id = gv_arena_printf(&w->d.arena, "%s:%s", kind, gv_val_getstr(rec, "id").p);

	return id ? gv_obj_set(&w->d, out, gv_str_of(kind), gv_mkstr(&w->d, gv_str_of(id)), &w->c->err)
	          : gv_fail_nomem(&w->c->err);
}

static int choose_channel(struct divert *w, const struct gv_val *rec, struct gv_val *out)
{
	struct fit best = { 0 };
	int rc = 0;

	for (uint32_t i = 0; i < w->channels.root.n && !rc; i++) {
		struct fit f;

		rc = fits(w, &w->channels.root.items[i], rec, &f);
		if (!rc && f.channel && (!best.channel || f.rank < best.rank))
			best = f;
	}
	if (rc || !best.channel)
		return rc ? rc : say(w, _("no channel takes this cause, place and amount"));
	rc = set_id(w, out, "channel", best.channel);
	if (!rc && best.cause.n)
		rc = say(w, gv_arena_printf(&w->d.arena, _("cause: %s takes %.*s"), gv_val_getstr(best.channel, "name").p,
		                            (int)best.cause.n, best.cause.p));
	else if (!rc)
		rc = say(w, gv_arena_printf(&w->d.arena, _("cause: %s takes all"), gv_val_getstr(best.channel, "name").p));
	if (!rc && best.area.n)
		rc = say(w, gv_arena_printf(&w->d.arena, _("place: %s works in %.*s"), gv_val_getstr(best.channel, "name").p,
		                            (int)best.area.n, best.area.p));
	if (!rc && best.parties)
		rc = say(w, gv_arena_printf(&w->d.arena, _("parties: %s is for such"), gv_val_getstr(best.channel, "name").p));
	return rc;
}

/* The first post that serves the place; its tribunal, unless the record has one. */
static int choose_post(struct divert *w, const struct gv_val *rec, struct gv_val *out)
{
	struct gv_str tribunal = gv_val_getstr(rec, "tribunal"), area = { 0 };
	const struct gv_val *post = NULL;
	int rc;

	for (uint32_t i = 0; i < w->posts.root.n && !post; i++) {
		area = area_of(&w->posts.root.items[i], rec);
		if (area.n)
			post = &w->posts.root.items[i];
	}
	if (post) {
		rc = set_id(w, out, "post", post);
		if (!rc)
			rc = say(w, gv_arena_printf(&w->d.arena, _("place: %s serves %.*s"), gv_val_getstr(post, "name").p, (int)area.n,
			                            area.p));
	} else {
		rc = say(w, _("no post serves the place, or it is not known"));
	}
	if (!tribunal.n && post)
		tribunal = gv_val_getstr(post, "tribunal");
	if (!rc && tribunal.n)
		rc = gv_obj_set(&w->d, out, GV_STR("tribunal"), gv_mkstr(&w->d, tribunal), &w->c->err);
	return rc;
}

/* ---- the suggestion ---- */

static int refuse(struct divert *w, struct gv_val *out, const struct divert_bar *bar)
{
	struct gv_val basis = gv_mkobj(), list = gv_mkarr();
	int rc = gv_obj_set(&w->d, out, GV_STR("may_not"), gv_mkbool(true), &w->c->err);

	if (!rc)
		rc = gv_obj_set(&w->d, &basis, GV_STR("doc"), gv_mklit(bar->basis.doc), &w->c->err);
	if (!rc)
		rc = gv_obj_set(&w->d, &basis, GV_STR("no"), gv_mklit(bar->basis.no), &w->c->err);
	if (!rc)
		rc = gv_obj_set(&w->d, &basis, GV_STR("art"), gv_mklit(bar->basis.art), &w->c->err);
	if (!rc)
		rc = gv_arr_add(&w->d, &list, basis, &w->c->err);
	if (!rc)
		rc = gv_obj_set(&w->d, out, GV_STR("basis"), list, &w->c->err);
	return rc ? rc : say(w, bar->why);
}

static int suggest(struct divert *w, const struct gv_rec *rec, struct gv_val *out)
{
	struct divert_bar bar = divert_bar(w->c, w->causes, rec);
	int rc;

	gv_doc_reset(&w->d);
	w->reasons = gv_mkarr();
	*out = gv_mkobj();
	rc = gv_obj_set(&w->d, out, GV_STR("kind"), gv_mklit("suggestion"), &w->c->err);
	if (!rc)
		rc = gv_obj_set(&w->d, out, GV_STR("id"), gv_mkstr(&w->d, gv_str_of(rec->id.key)), &w->c->err);
	if (!rc && bar.why) {
		rc = refuse(w, out, &bar);
	} else if (!rc) {
		rc = choose_channel(w, rec->val, out);
		if (!rc)
			rc = choose_post(w, rec->val, out);
	}
	return rc ? rc : gv_obj_set(&w->d, out, GV_STR("reasons"), w->reasons, &w->c->err);
}

/* ---- --apply ---- */

/* Is it what the newest event divert and the record say already?  A run every night adds nothing then. */
static bool is_kept(const struct gv_val *rec, const struct gv_val *out)
{
	static const char *const names[] = { "channel", "post", "tribunal" };
	const struct gv_val *event = gv_mediation_event(rec, "divert");

	for (size_t i = 0; i < sizeof names / sizeof names[0] && event; i++) {
		struct gv_str now = gv_val_getstr(out, names[i]);

		if (!gv_str_eq(gv_val_getstr(event, names[i]), now) || (now.n && !gv_str_eq(gv_val_getstr(rec, names[i]), now)))
			return false;
	}
	return event != NULL;
}

/* The event and the record get the same three fields. */
static int carry(struct divert *w, const struct gv_val *out)
{
	static const char *const names[] = { "channel", "post", "tribunal" };
	struct gv_doc *d = &w->a.doc;
	struct gv_val event = gv_mkobj(), copy;
	int rc = 0;

	if (is_kept(&d->root, out))
		return 0;
	for (size_t i = 0; i < sizeof names / sizeof names[0] && !rc; i++) {
		const struct gv_val *v = gv_val_get(out, names[i]);

		if (!v)
			continue;
		rc = gv_val_copy(d, &copy, v, &w->c->err);
		if (!rc)
			rc = gv_obj_set(d, &event, gv_str_of(names[i]), copy, &w->c->err);
		if (!rc)
			rc = gv_obj_set(d, &d->root, gv_str_of(names[i]), copy, &w->c->err);
	}
	if (!event.n || rc) /* nothing was found: nothing happened */
		return rc;
	rc = gv_obj_set(d, &event, GV_STR("event"), gv_mklit("divert"), &w->c->err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, gv_str_of(w->on)), &w->c->err);
	return rc ? rc : gv_event_add(d, &d->root, event, &w->c->err);
}

/* By the record as the docket has it now, whatever came on standard input. */
static int apply(struct divert *w, const struct gv_rec *rec, struct gv_val *out)
{
	int rc = 0;

	if (strcmp(rec->id.schema->kind, "mediation") != 0)
		rc = gv_fail(&w->c->err, GV_EDATA, "%s", _("is a case: only mediations keep a suggestion"));
	if (!rc)
		rc = gv_amend_load(&w->a, gv_str_of(rec->id.key));
	if (!rc)
		rc = suggest(w, &w->a.rec, out);
	if (!rc && !gv_val_get(out, "may_not"))
		rc = carry(w, out);
	if (!rc)
		rc = gv_amend_put(&w->a);
	if (rc)
		gv_err_thing(&w->c->err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int each(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct divert *w = c->ctx;
	struct gv_val out;
	int rc = gv_cmd_has(c, "apply") ? apply(w, rec, &out) : suggest(w, rec, &out);

	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		c->done--; /* it was read, but that is all */
		return 0;
	}
	if (!rc && !gv_cmd_has(c, "dry-run"))
		rc = gv_out_rec(c->out, &out, &c->err);
	return rc ? rc : gv_cmd_closed(c) && !gv_cmd_has(c, "apply") ? -1 : 0;
}

static int commit(struct divert *w)
{
	char what[GV_KEY_MAX + 32];

	if (!w->a.changed)
		return 0;
	if (w->a.changed == 1)
		snprintf(what, sizeof what, "%s", w->a.key);
	else
		snprintf(what, sizeof what, "%zu mediations", w->a.changed);
	return gv_cmd_commit(w->c, w->a.plan, what, NULL, NULL, NULL);
}

static int run(struct gv_cmd *c)
{
	struct divert w = { .c = c };
	int rc = gv_cmd_on(c, w.on);

	if (!rc && (gv_cmd_has(c, "dry-run") || gv_cmd_has(c, "reason") || gv_cmd_has(c, "on")) && !gv_cmd_has(c, "apply"))
		rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("-m, --on and --dry-run are for --apply: else nothing is recorded"));
	if (!rc && (!gv_cmd_store(c) || !gv_cmd_out(c)))
		rc = c->err.code;
	if (!rc)
		rc = gv_causes_open(&w.causes, c->today, &c->err);
	if (!rc)
		rc = read_working(&w, "channel", &w.channels);
	if (!rc)
		rc = read_working(&w, "post", &w.posts);
	if (!rc)
		rc = gv_amend_begin(&w.a, c);
	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_rec(c, each);
	c->ctx = NULL;
	if (!rc && gv_cmd_has(c, "apply"))
		rc = commit(&w);
	gv_amend_end(&w.a);
	gv_causes_free(w.causes);
	gv_doc_free(&w.channels);
	gv_doc_free(&w.posts);
	gv_doc_free(&w.d);
	return rc;
}

const struct gv_cmd_spec mediate_divert = {
	.name = "divert", .summary = N_("suggest channel, tribunal and post for disputes, with reasons; --apply records it"),
	.usage = N_("[ID...]   (or cases and mediations, or their ids, on standard input)"), .operands = "id", .opts = opts,
	.kind = "mediation", .fields = "id,may_not,channel,post,tribunal,reasons",
	.common = GV_C_WRITE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
