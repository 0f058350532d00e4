/* SPDX-License-Identifier: MIT */
#include "bundles.h"

#include <stdio.h>
#include <stdlib.h>

#include "casekey.h"
#include "estate.h"
#include "i18n.h"
#include "sorter.h"

enum { MEMORY = 8 * GV_MIB };  /* of each sorter */

struct work {
	const struct gv_bundles_ask *ask;
	struct gv_sorter *by_asset, *by_case;
	struct gv_doc doc;         /* the few fields of a record that are looked at */
	struct gv_buf key, line;
	const char *kind;          /* that is walked now */
	/* of one asset */
	struct gv_buf asset_id, asset, seizures;
	/* of one case */
	struct gv_buf of_case, claim, others, assets, list;
};

/* Cases in the order of their numbers, not of the digits. */
static void add_order(struct gv_buf *key, struct gv_str of_case)
{
	struct gv_casekey k;

	if (gv_casekey_split(&k, of_case))
		gv_buf_addf(key, "%.*s%.*s%.*s%12.*s", (int)k.year.n, k.year.p, (int)k.court.n, k.court.p, (int)k.full.n, k.full.p, (int)k.serial.n, k.serial.p);
	else
		gv_buf_addstr(key, of_case);
	gv_buf_add(key, "", 1);
}

/* "[order\0]group\0what more" */
static int put(struct gv_sorter *to, struct gv_buf *key, bool by_case, struct gv_str group, const char *what, struct gv_str more, struct gv_str payload, struct gv_err *err)
{
	int rc;

	gv_buf_reset(key);
	if (by_case)
		add_order(key, group);
	gv_buf_addstr(key, group);
	gv_buf_add(key, "", 1);
	gv_buf_addstr(key, gv_str_of(what));
	gv_buf_addstr(key, more);
	rc = gv_buf_check(key, err);
	return rc ? rc : gv_sorter_add(to, gv_buf_str(key), payload, err);
}

/* "GROUP\0rest": the group, and what is behind it. */
static struct gv_str split(struct gv_str key, struct gv_str *rest)
{
	const char *nul = memchr(key.p, '\0', key.n);
	size_t n = (size_t)(nul - key.p);

	*rest = (struct gv_str){ nul + 1, key.n - n - 1 };
	return (struct gv_str){ key.p, n };
}

/* ---- the walk ---- */

static int take(struct work *w, struct gv_str text, struct gv_err *err)
{
	static const struct gv_str names[] = { { "asset", 5 }, { "case", 4 }, { "id", 2 }, { "stage", 5 } };
	static const struct gv_json_only only = { names, sizeof names / sizeof names[0] };
	int rc = gv_json_parse_only(&w->doc, text, 0, &only, err);
	const struct gv_val *rec = &w->doc.root;

	if (rc)
		return rc;
	gv_buf_reset(&w->line);
	if (!gv_buf_reserve(&w->line, text.n))
		return gv_fail_nomem(err);
	gv_json_canon_to_line(&w->line, text);
	if (strcmp(w->kind, "asset") == 0)
		return put(w->by_asset, &w->key, false, gv_val_getstr(rec, "id"), "a", GV_STR(""), gv_buf_str(&w->line), err);
	if (strcmp(w->kind, "claim") == 0) /* the enforcement's comes last, and stays */
		return put(w->by_case, &w->key, true, gv_val_getstr(rec, "case"), gv_str_is(gv_val_getstr(rec, "stage"), "enforcement") ? "c1" : "c0",
		           gv_val_getstr(rec, "id"), gv_buf_str(&w->line), err);
	return put(w->by_asset, &w->key, false, gv_asset_key(gv_val_getstr(rec, "asset")), "s", gv_val_getstr(rec, "case"), gv_buf_str(&w->line), err);
}

struct walk { struct work *w; struct gv_err *err; };

static int take_item(void *ctx, const struct gv_item *item)
{
	struct walk *walk = ctx;
	struct work *w = walk->w;
	struct gv_str text = item->text;
	int rc = w->ask->unseal ? w->ask->unseal(w->ask->ctx, &text, item->path) : 0;

	if (!rc)
		rc = take(w, text, walk->err);
	if (rc == GV_EDATA)
		gv_err_thing(walk->err, item->path.p, item->path.n);
	return rc;
}

static int walk_kinds(struct work *w, struct gv_store *s, struct gv_err *err)
{
	static const char *const kinds[] = { "claim", "asset", "seizure" };
	struct walk walk = { w, err };
	int rc = 0;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && !rc; i++) {
		struct gv_scan what = { .kind = gv_schema_find(gv_str_of(kinds[i])) };

		w->kind = kinds[i];
		rc = gv_store_scan(s, &what, take_item, &walk, err);
	}
	return rc;
}

/* ---- from assets to cases ---- */

static bool is_wanted(const struct gv_bundles_ask *ask, struct gv_str id, size_t *at)
{
	size_t low = 0, high = ask->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int diff = gv_str_cmp(ask->wanted[mid], id);

		*at = mid;
		if (!diff)
			return true;
		if (diff < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return !ask->wanted;
}

/* The next seizure that was kept: "LENGTH of case, case, LENGTH of text, text". */
static bool next_kept(struct gv_str *rest, struct gv_str *id, struct gv_str *text)
{
	struct gv_str *const parts[] = { id, text };

	if (!rest->n)
		return false;
	for (int i = 0; i < 2; i++) {
		size_t n;

		memcpy(&n, rest->p, sizeof n);
		*parts[i] = (struct gv_str){ rest->p + sizeof n, n };
		rest->p += sizeof n + n;
		rest->n -= sizeof n + n;
	}
	return true;
}

static void keep(struct gv_buf *to, struct gv_str id, struct gv_str text)
{
	gv_buf_add(to, &id.n, sizeof id.n);
	gv_buf_addstr(to, id);
	gv_buf_add(to, &text.n, sizeof text.n);
	gv_buf_addstr(to, text);
}

/* All that is known of the asset at hand. */
static int put_asset(struct work *w, struct gv_str of_case, struct gv_err *err)
{
	struct gv_str all = gv_buf_str(&w->seizures), other, text;
	int rc = w->asset.n ? put(w->by_case, &w->key, true, of_case, "a", gv_buf_str(&w->asset_id), gv_buf_str(&w->asset), err) : 0;

	while (!rc && next_kept(&all, &other, &text))
		rc = put(w->by_case, &w->key, true, of_case, "s", gv_buf_str(&w->asset_id), text, err);
	return rc;
}

/* It goes to every case that has a seizure on it. */
static int end_asset(struct work *w, struct gv_err *err)
{
	struct gv_str cases = gv_buf_str(&w->seizures), of_case, text, before = { 0 };
	bool asked = w->ask->asset.n && gv_str_eq(w->ask->asset, gv_buf_str(&w->asset_id));
	int rc = gv_buf_check(&w->seizures, err);

	while (!rc && next_kept(&cases, &of_case, &text)) {
		size_t at;

		if ((before.p && gv_str_eq(before, of_case)) || !is_wanted(w->ask, of_case, &at))
			continue;
		before = of_case; /* they come by case */
		asked = asked && !gv_str_eq(of_case, w->ask->wanted[0]);
		rc = put_asset(w, of_case, err);
	}
	if (!rc && asked)
		rc = put_asset(w, w->ask->wanted[0], err);
	gv_buf_reset(&w->asset);
	gv_buf_reset(&w->seizures);
	return rc;
}

static int to_cases(struct work *w, struct gv_err *err)
{
	struct gv_str key, payload;
	int rc = gv_sorter_done(w->by_asset, err);

	while (!rc && !(rc = gv_sorter_next(w->by_asset, &key, &payload, err)) && key.p) {
		struct gv_str rest, asset = split(key, &rest);

		if (!gv_str_eq(asset, gv_buf_str(&w->asset_id))) {
			rc = end_asset(w, err);
			gv_buf_reset(&w->asset_id);
			gv_buf_addstr(&w->asset_id, asset);
		}
		if (rest.p[0] == 'a')
			gv_buf_addstr(&w->asset, payload);
		else
			keep(&w->seizures, (struct gv_str){ rest.p + 1, rest.n - 1 }, payload);
	}
	return rc ? rc : end_asset(w, err);
}

/* ---- bundles ---- */

static int end_case(struct work *w, struct gv_err *err)
{
	struct gv_buf *line = &w->line;
	int rc;

	if (!w->of_case.n)
		return 0;
	gv_buf_reset(line);
	gv_buf_addf(line, "{\"assets\":[");
	gv_buf_addstr(line, gv_buf_str(&w->assets));
	gv_buf_addf(line, "],\"case\":");
	gv_json_quote(line, gv_buf_str(&w->of_case));
	if (w->claim.n) {
		gv_buf_addf(line, ",\"claim\":");
		gv_buf_addstr(line, gv_buf_str(&w->claim));
	}
	if (w->others.n) {
		gv_buf_addf(line, ",\"other_claims\":[");
		gv_buf_addstr(line, gv_buf_str(&w->others));
		gv_buf_addc(line, ']');
	}
	gv_buf_addf(line, ",\"seizures\":[");
	gv_buf_addstr(line, gv_buf_str(&w->list));
	gv_buf_addf(line, "]}");
	rc = gv_buf_check(line, err);
	gv_buf_reset(&w->claim);
	gv_buf_reset(&w->others);
	gv_buf_reset(&w->assets);
	gv_buf_reset(&w->list);
	return rc ? rc : w->ask->each(w->ask->ctx, gv_buf_str(line), err);
}

static void add_item(struct gv_buf *list, struct gv_str text)
{
	if (list->n)
		gv_buf_addc(list, ',');
	gv_buf_addstr(list, text);
}

static int to_bundles(struct work *w, struct gv_err *err)
{
	struct gv_str key, payload;
	int rc = gv_sorter_done(w->by_case, err);

	while (!rc && !(rc = gv_sorter_next(w->by_case, &key, &payload, err)) && key.p) {
		struct gv_str rest, of_case;
		size_t at = 0;

		(void)split(key, &rest);
		of_case = split(rest, &rest);
		if (!is_wanted(w->ask, of_case, &at))
			continue;
		if (w->ask->wanted)
			w->ask->seen[at] = true;
		if (!gv_str_eq(of_case, gv_buf_str(&w->of_case))) {
			rc = end_case(w, err);
			gv_buf_reset(&w->of_case);
			gv_buf_addstr(&w->of_case, of_case);
		}
		if (rest.p[0] == 'c') {
			if (w->claim.n)
				add_item(&w->others, gv_buf_str(&w->claim));
			gv_buf_reset(&w->claim);
			gv_buf_addstr(&w->claim, payload);
		} else {
			add_item(rest.p[0] == 'a' ? &w->assets : &w->list, payload);
		}
	}
	return rc ? rc : end_case(w, err);
}

int gv_bundles_each(struct gv_store *s, const struct gv_bundles_ask *ask, struct gv_err *err)
{
	struct work w = { .ask = ask };
	struct gv_buf *const bufs[] = { &w.key, &w.line, &w.asset_id, &w.asset, &w.seizures, &w.of_case, &w.claim, &w.others, &w.assets, &w.list };
	int rc = gv_sorter_new(&w.by_asset, MEMORY, err);

	for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
		gv_buf_init(bufs[i], GV_RUNS_MAX);
	if (!rc)
		rc = gv_sorter_new(&w.by_case, MEMORY, err);
	if (!rc)
		rc = walk_kinds(&w, s, err);
	if (!rc)
		rc = to_cases(&w, err);
	if (!rc)
		rc = to_bundles(&w, err);
	for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
		gv_buf_free(bufs[i]);
	gv_sorter_free(w.by_asset);
	gv_sorter_free(w.by_case);
	gv_doc_free(&w.doc);
	return rc;
}

static int copy_bundle(void *ctx, struct gv_str bundle, struct gv_err *err)
{
	gv_buf_reset(ctx);
	gv_buf_addstr(ctx, bundle);
	return gv_buf_check(ctx, err);
}

int gv_bundles_one(struct gv_store *s, struct gv_str of_case, struct gv_str asset, struct gv_buf *bundle, bool *there, struct gv_err *err)
{
	struct gv_bundles_ask ask = { .wanted = &of_case, .n = 1, .seen = there, .asset = asset, .each = copy_bundle, .ctx = bundle };

	*there = false;
	return gv_bundles_each(s, &ask, err);
}

/* ---- those from elsewhere ---- */

/* `where`: what it is called if it has no id. */
static int check_record(const char *kind, const char *where, const struct gv_val *rec, struct gv_err *err)
{
	int rc = rec->type == GV_OBJECT ? gv_schema_check_part(gv_schema_find(gv_str_of(kind)), rec, err) : 0;
	struct gv_str id = gv_val_getstr(rec, "id");

	return gv_bundle_blame(err, rc, id.n ? kind : where, id);
}

int gv_bundle_check(const struct gv_val *bundle, struct gv_err *err)
{
	static const struct { const char *list, *kind; } lists[] = { { "other_claims", "claim" }, { "assets", "asset" }, { "seizures", "seizure" } };
	const struct gv_val *claim = gv_val_get(bundle, "claim");
	int rc = claim ? check_record("claim", "claim", claim, err) : 0;
	char where[32];

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		const struct gv_val *items = gv_val_items(bundle, lists[i].list);

		for (uint32_t k = 0; k < items->n && !rc; k++) {
			snprintf(where, sizeof where, "%s[%u]", lists[i].list, (unsigned)k);
			rc = check_record(lists[i].kind, where, &items->items[k], err);
		}
	}
	return rc;
}

static int name_case(struct gv_doc *d, struct gv_val *text, struct gv_caseno_reader *cn, struct gv_err *err)
{
	struct gv_casekey official;
	struct gv_caseno no;

	if (gv_casekey_split(&official, gv_val_str(text)) || gv_caseno_parse(cn, &no, gv_val_str(text), NULL))
		return 0;
	*text = gv_mkstr(d, gv_str_of(no.id));
	return text->type == GV_STRING ? 0 : gv_fail_nomem(err);
}

/* Of the bundle, of its claim, of its seizures. */
static int name_cases(struct gv_doc *d, struct gv_val *v, struct gv_caseno_reader *cn, struct gv_err *err)
{
	int rc = 0;

	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !rc; i++) {
		struct gv_val *m = &v->members[i].val;

		if (gv_str_is(v->members[i].name, "case") && m->type == GV_STRING)
			rc = name_case(d, m, cn, err);
		else if (gv_str_is(v->members[i].name, "claim"))
			rc = name_cases(d, m, cn, err);
		for (uint32_t k = 0; gv_str_is(v->members[i].name, "seizures") && m->type == GV_ARRAY && k < m->n && !rc; k++)
			rc = name_cases(d, &m->items[k], cn, err);
	}
	return rc;
}

int gv_bundle_name_cases(struct gv_doc *bundle, struct gv_caseno_reader *cn, struct gv_err *err)
{
	return name_cases(bundle, &bundle->root, cn, err);
}
