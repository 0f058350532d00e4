/* SPDX-License-Identifier: MIT */
#include "estate.h"

#include <stdlib.h>

#include "fee.h"
#include "i18n.h"
#include "rank.h"

/* ---- assets ---- */

static int by_id(const void *a, const void *b)
{
	const struct gv_val *x = *(const struct gv_val *const *)a, *y = *(const struct gv_val *const *)b;

	return gv_str_cmp(gv_val_getstr(x, "id"), gv_val_getstr(y, "id"));
}

const struct gv_val *gv_estate_asset(const struct gv_estate *e, struct gv_str id)
{
	size_t low = 0, high = e->nassets;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int diff = gv_str_cmp(gv_val_getstr(e->assets[mid], "id"), id);

		if (!diff)
			return e->assets[mid];
		if (diff < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static int read_assets(struct gv_estate *e, struct gv_doc *d, const struct gv_val *bundle, struct gv_err *err)
{
	const struct gv_val *list = gv_val_items(bundle, "assets");

	e->nassets = list->n;
	e->assets = gv_arena_alloc(&d->arena, (list->n + 1) * sizeof(struct gv_val *));
	if (!e->assets)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; i < list->n; i++) {
		e->assets[i] = &list->items[i];
		if (!gv_val_getstr(e->assets[i], "id").n)
			return gv_fail_field(err, GV_EDATA, "assets", _("item %u has no id"), (unsigned)i);
	}
	qsort(e->assets, e->nassets, sizeof(struct gv_val *), by_id);
	for (size_t i = 1; i < e->nassets; i++)
		if (!by_id(&e->assets[i - 1], &e->assets[i]))
			return gv_fail_field(err, GV_EDATA, "assets", _("two have the id \"%.*s\""),
			                     (int)gv_val_getstr(e->assets[i], "id").n, gv_val_getstr(e->assets[i], "id").p);
	return 0;
}

/* ---- seizures ---- */

struct gv_str gv_asset_key(struct gv_str id)
{
	static const struct gv_str prefix = { "asset:", sizeof "asset:" - 1 };

	if (gv_str_starts(id, prefix)) {
		id.p += prefix.n;
		id.n -= prefix.n;
	}
	return id;
}

/* Who came first; of one moment the eid tells, and without one the text: anything but the order of the input. */
struct timed { gv_instant on; const struct gv_val *event; };

static int by_text(const struct gv_val *a, const struct gv_val *b)
{
	struct gv_buf x = GV_BUF_INIT(GV_JSON_TEXT_MAX), y = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int diff;

	gv_json_line(&x, a);
	gv_json_line(&y, b);
	diff = gv_str_cmp(gv_buf_str(&x), gv_buf_str(&y));
	gv_buf_free(&x);
	gv_buf_free(&y);
	return diff;
}

static int by_moment(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;
	int diff = x->on < y->on ? -1 : x->on > y->on;

	if (!diff)
		diff = gv_str_cmp(gv_val_getstr(x->event, "eid"), gv_val_getstr(y->event, "eid"));
	return diff ? diff : by_text(x->event, y->event);
}

static int sort_events(struct gv_doc *d, struct timed *t, size_t n, const struct gv_val **seizure, struct gv_err *err)
{
	struct gv_val list = gv_mkarr(), *copy = gv_arena_alloc(&d->arena, sizeof *copy);
	int rc = copy ? gv_val_copy(d, copy, *seizure, err) : gv_fail_nomem(err);

	qsort(t, n, sizeof *t, by_moment);
	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_arr_add(d, &list, *t[i].event, err);
	if (!rc)
		rc = gv_obj_set(d, copy, GV_STR("events"), list, err);
	*seizure = copy;
	return rc;
}

/* The seizure, or a copy of it, with its events as they happened. */
static int put_in_order(struct gv_doc *d, const struct gv_val **seizure, struct gv_err *err)
{
	const struct gv_val *events = gv_val_items(*seizure, "events");
	bool sorted = true;
	struct timed *t;

	if (events->n < 2)
		return 0;
	t = gv_arena_alloc(&d->arena, events->n * sizeof *t);
	if (!t)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; i < events->n; i++) {
		int rc;

		t[i].event = &events->items[i];
		rc = gv_instant_begin(t[i].event, "on", &t[i].on, err);
		if (rc)
			return rc;
		sorted = sorted && (!i || by_moment(&t[i - 1], &t[i]) <= 0);
	}
	return sorted ? 0 : sort_events(d, t, events->n, seizure, err);
}

static bool is_another(struct gv_str a, struct gv_str b)
{
	return a.n && b.n && !gv_str_eq(a, b);
}

static int read_holding(struct gv_estate *e, struct gv_doc *d, struct gv_holding *h, const struct gv_val *seizure, struct gv_err *err)
{
	int rc = put_in_order(d, &seizure, err);

	if (rc)
		return gv_bundle_blame(err, rc, "seizure", gv_val_getstr(seizure, "id"));
	*h = (struct gv_holding){ .seizure = seizure, .id = gv_val_getstr(seizure, "id"), .asset_id = gv_asset_key(gv_val_getstr(seizure, "asset")) };
	h->asset = gv_estate_asset(e, h->asset_id);
	h->ours = !is_another(gv_val_getstr(seizure, "case"), e->kase) && !is_another(gv_val_getstr(seizure, "court"), gv_val_getstr(e->claim.val, "court"));
	rc = gv_hold_read(&h->hold, seizure, gv_val_getstr(h->asset, "type"), e->as_of, err);
	return gv_bundle_blame(err, rc, "seizure", h->id);
}

static int by_asset(const void *a, const void *b)
{
	const struct gv_holding *x = a, *y = b;
	int diff = gv_str_cmp(x->asset_id, y->asset_id);

	if (diff)
		return diff;
	if (x->hold.from != y->hold.from) /* what has no effect yet comes last */
		return x->hold.from == GV_INSTANT_NONE ? 1 : y->hold.from == GV_INSTANT_NONE ? -1 : x->hold.from < y->hold.from ? -1 : 1;
	diff = gv_str_cmp(x->id, y->id);
	return diff ? diff : by_text(x->seizure, y->seizure);
}

static int read_seizures(struct gv_estate *e, struct gv_doc *d, const struct gv_val *bundle, struct gv_err *err)
{
	const struct gv_val *list = gv_val_items(bundle, "seizures");

	e->n = list->n;
	e->holdings = gv_arena_alloc(&d->arena, (list->n + 1) * sizeof *e->holdings);
	if (!e->holdings)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; i < list->n; i++) {
		int rc = read_holding(e, d, &e->holdings[i], &list->items[i], err);

		if (rc)
			return rc;
	}
	qsort(e->holdings, e->n, sizeof *e->holdings, by_asset);
	return 0;
}

/* ---- each asset ---- */

/* Behind another's that ended; that of one of ours, of which no record names case or court, is nobody's way. */
static bool took_effect(const struct gv_rank *r)
{
	struct gv_str state = gv_val_getstr(r->holding->seizure, "state");
	bool known = true;

	if ((r->is != GV_RANK_TAKES && r->is != GV_RANK_TAKES_REST) || r->missing || r->end != GV_INSTANT_NONE)
		return false;
	if (gv_str_is(state, "lapsed") || gv_str_is(state, "released") || gv_str_is(state, "disposed"))
		return false;
	if (r->before->holding->ours)
		(void)gv_rank_same_case(r, r->before, &known);
	return known;
}

/* Those of ours that wait and have taken effect by themselves, as those before them ended: the record may not tell. */
static int take_effect(struct gv_estate *e, struct gv_doc *d, struct gv_holding *h, size_t n, struct gv_err *err)
{
	struct gv_rank *order;
	bool waits = false;
	int rc;

	for (size_t i = 0; i < n && n > 1; i++)
		waits = waits || (h[i].ours && h[i].hold.is == GV_HOLD_WAITING);
	if (!waits)
		return 0;
	order = gv_arena_alloc(&d->arena, n * sizeof *order);
	if (!order)
		return gv_fail_nomem(err);
	rc = gv_rank_of(order, h, n, e->as_of, err);
	for (size_t i = 0; i < n && !rc; i++) {
		struct gv_holding *own = &h[order[i].holding - h];

		if (!own->ours || own->hold.is != GV_HOLD_WAITING || own->hold.from != GV_INSTANT_NONE || !took_effect(&order[i]))
			continue;
		own->hold.is = GV_HOLD_ON;
		own->hold.since = order[i].since;
	}
	return rc;
}

/* What is ours and holds stands for the asset, with a value that is known if any is; the others are added to it. */
static void join_ours(struct gv_holding *h, size_t n)
{
	struct gv_holding *stands = NULL;

	for (size_t i = 0; i < n; i++)
		if (h[i].ours && h[i].asset && h[i].hold.is == GV_HOLD_ON && (!stands || (stands->worth.missing && !h[i].worth.missing)))
			stands = &h[i];
	for (size_t i = 0; i < n && stands; i++) {
		h[i].counts = &h[i] == stands;
		h[i].joins = !h[i].counts && h[i].ours && h[i].hold.is == GV_HOLD_ON;
		if (h[i].joins && !h[i].worth.missing && !stands->worth.missing && stands->worth.use != GV_USE_NONE)
			gv_worth_join(&stands->worth, &h[i].worth);
	}
}

static int read_asset(struct gv_estate *e, struct gv_doc *d, struct gv_holding *h, size_t n, struct gv_err *err)
{
	struct gv_gone gone = { 0 };
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_bundle_blame(err, gv_gone_add(&gone, h[i].seizure, h[i].hold.at, err), "seizure", h[i].id);
	if (!rc)
		rc = take_effect(e, d, h, n, err);
	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_bundle_blame(err, gv_worth_read(&h[i].worth, h[i].asset, &h[i].hold, &gone, e->claim.val, e->policy.lowest, err), "asset", h[i].asset_id);
	if (!rc)
		join_ours(h, n);
	return rc;
}

static int read_worth(struct gv_estate *e, struct gv_doc *d, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0, n; i < e->n && !rc; i += n) {
		gv_estate_on_asset(e, &e->holdings[i], &n);
		if (e->holdings[i].asset)
			rc = read_asset(e, d, &e->holdings[i], n, err);
	}
	return rc;
}

/* ---- what counts, and what may stay ---- */

static int add_up(struct gv_estate *e, struct gv_err *err)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->counts)
			continue;
		if (e->nominal > GV_FEN_MAX - h->worth.nominal)
			return gv_fail_field(err, GV_EDATA, "assets", "%s", _("the sum is too large"));
		e->nominal += h->worth.nominal;
		e->least += h->worth.least;
		e->unknown = e->unknown || (h->worth.missing && h->worth.use != GV_USE_NONE);
	}
	return 0;
}

const struct gv_holding *gv_estate_on_asset(const struct gv_estate *e, const struct gv_holding *h, size_t *n)
{
	const struct gv_holding *first = h, *end = h + 1;

	while (first > e->holdings && gv_str_eq(first[-1].asset_id, h->asset_id))
		first--;
	while (end < e->holdings + e->n && gv_str_eq(end->asset_id, h->asset_id))
		end++;
	*n = (size_t)(end - first);
	return first;
}

/* The first holding on the asset of that id; NULL: there is none. */
static const struct gv_holding *first_on(const struct gv_estate *e, struct gv_str asset)
{
	size_t low = 0, high = e->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (gv_str_cmp(e->holdings[mid].asset_id, asset) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < e->n && gv_str_eq(e->holdings[low].asset_id, asset) ? &e->holdings[low] : NULL;
}

bool gv_estate_seizes(const struct gv_estate *e, struct gv_str asset)
{
	const struct gv_holding *h = first_on(e, asset);

	for (; h && h < e->holdings + e->n && gv_str_eq(h->asset_id, asset); h++)
		if (h->ours)
			return true;
	return false;
}

/* Has another one effect on it, or may have? */
static bool is_seized_elsewhere(const struct gv_estate *e, struct gv_str asset)
{
	const struct gv_holding *h = first_on(e, asset);

	for (; h && h < e->holdings + e->n && gv_str_eq(h->asset_id, asset); h++)
		if (h->hold.is != GV_HOLD_LAPSED && h->hold.is != GV_HOLD_RELEASED)
			return true;
	return false;
}

static int read_free(struct gv_estate *e, struct gv_doc *d, struct gv_err *err)
{
	e->free = gv_arena_alloc(&d->arena, (e->nassets + 1) * sizeof *e->free);
	if (!e->free)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < e->nassets; i++) {
		struct gv_str id = gv_val_getstr(e->assets[i], "id");
		struct gv_free *f = &e->free[e->nfree];
		int rc;

		if (gv_estate_seizes(e, id))
			continue;
		rc = gv_worth_read(&f->worth, e->assets[i], NULL, NULL, e->claim.val, e->policy.lowest, err);
		if (rc)
			return gv_bundle_blame(err, rc, "asset", id);
		f->elsewhere = is_seized_elsewhere(e, id);
		e->nfree++;
		if (!e->free_unknown && f->worth.use == GV_USE_PAY && (f->elsewhere || f->worth.missing))
			e->free_unknown = f;
		if (f->elsewhere)
			continue;
		if (e->free_least > GV_FEN_MAX - f->worth.least)
			return gv_fail_field(err, GV_EDATA, "assets", "%s", _("the sum is too large"));
		e->free_least += f->worth.least;
	}
	return 0;
}

/* What may not be seized at all is no means to cover anything. */
static bool can_cover(const struct gv_holding *h)
{
	return h->counts && h->worth.use != GV_USE_NONE && !h->worth.missing;
}

/* Money is taken first.  Where it does not suffice all of it stays; where it does, nothing else has to. */
static int choose_kept(struct gv_estate *e, struct gv_doc *d, struct gv_err *err)
{
	struct gv_keep *things = gv_arena_alloc(&d->arena, (e->n + 1) * sizeof *things);
	size_t n = 0;
	int rc;

	if (!things)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < e->n; i++)
		e->money += can_cover(&e->holdings[i]) && e->holdings[i].worth.is_money ? e->holdings[i].worth.least : 0;
	for (size_t i = 0; i < e->n; i++) {
		const struct gv_worth *w = &e->holdings[i].worth;

		if (can_cover(&e->holdings[i]))
			things[n++] = (struct gv_keep){ .least = w->least, .effect = w->effect, .always = w->in_dispute || (w->is_money && e->money < e->claim.total) };
	}
	rc = gv_keep_choose(things, n, e->claim.total, &e->covered, &e->exact, err);
	for (size_t i = n = 0; i < e->n && !rc; i++) {
		struct gv_holding *h = &e->holdings[i];

		h->kept = !can_cover(h) || things[n++].kept;
		e->kept_least += can_cover(h) && h->kept ? h->worth.least : 0;
	}
	return rc;
}

/* Money that does not suffice is taken first: the excess is that of the others. */
static bool may_shrink(const struct gv_estate *e, const struct gv_holding *h)
{
	return can_cover(h) && h->kept && !(h->worth.is_money && e->money < e->claim.total);
}

/* The most of what production and life depend on most, then of the next, until the claim is only just covered. */
static void choose_parts(struct gv_estate *e)
{
	e->trimmed_least = e->kept_least;
	for (int effect = GV_KEEP_EFFECTS; effect-- > 0 && e->covered && e->trimmed_least > e->claim.total;) {
		for (size_t i = e->n; i-- > 0;) {
			struct gv_holding *h = &e->holdings[i];
			int64_t others = e->trimmed_least - h->worth.least;

			if (h->worth.effect == effect && may_shrink(e, h) && gv_worth_part(&h->part, &h->worth, e->claim.total - others))
				e->trimmed_least = others + h->part.least;
		}
	}
}

/* A member that is misspelt must not pass for one that is missing. */
static int check_bundle(const struct gv_val *bundle, struct gv_err *err)
{
	static const struct { const char *name; enum gv_type type; } members[] = {
		{ "assets", GV_ARRAY }, { "case", GV_STRING }, { "claim", GV_OBJECT }, { "other_claims", GV_ARRAY }, { "seizures", GV_ARRAY },
	};
	enum { N = sizeof members / sizeof members[0] };

	if (bundle->type != GV_OBJECT || !bundle->n)
		return gv_fail(err, GV_EDATA, "%s", _("is no bundle: an object with claim, assets and seizures"));
	for (uint32_t i = 0; i < bundle->n; i++) {
		struct gv_str name = bundle->members[i].name;
		const struct gv_val *v = &bundle->members[i].val;
		size_t k = 0;

		while (k < N && !gv_str_is(name, members[k].name))
			k++;
		if (k == N && gv_str_starts(name, GV_STR("x-")))
			continue;
		if (k == N)
			return gv_fail(err, GV_EDATA, _("\"%.*s\" is no member of a bundle: claim, assets, seizures, case"), (int)name.n, name.p);
		if (v->type != members[k].type)
			return gv_fail_field(err, GV_EDATA, members[k].name, _("is not of type %s"), gv_type_name(members[k].type));
		for (uint32_t n = 0; v->type == GV_ARRAY && n < v->n; n++)
			if (v->items[n].type != GV_OBJECT)
				return gv_fail_field(err, GV_EDATA, members[k].name, _("item %u is no object"), (unsigned)n);
	}
	return 0;
}

int gv_estate_read(struct gv_estate *out, struct gv_doc *d, const struct gv_val *bundle, gv_day as_of,
                   const struct gv_seizure_policy *policy, struct gv_err *err)
{
	const struct gv_val *claim = gv_val_get(bundle, "claim");
	int rc = check_bundle(bundle, err);

	*out = (struct gv_estate){ .as_of = as_of, .policy = *policy };
	if (!rc && claim)
		rc = gv_bundle_blame(err, gv_claim_read(&out->claim, claim, as_of, err), "claim", gv_val_getstr(claim, "id"));
	out->other_claims = gv_val_items(bundle, "other_claims");
	out->kase = gv_val_getstr(claim, "case");
	if (!out->kase.n)
		out->kase = gv_val_getstr(bundle, "case");
	if (!rc)
		rc = read_assets(out, d, bundle, err);
	if (!rc)
		rc = read_seizures(out, d, bundle, err);
	if (rc)
		return rc;
	rc = read_worth(out, d, err);
	if (!rc)
		rc = add_up(out, err);
	if (!rc)
		rc = read_free(out, d, err);
	if (!rc)
		rc = choose_kept(out, d, err);
	if (!rc)
		choose_parts(out);
	return rc;
}
