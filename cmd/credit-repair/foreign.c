/* SPDX-License-Identifier: MIT */
#include "foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casekey.h"

/* ---- entries by key ---- */

static size_t hash_of(struct gv_str key)
{
	size_t h = 14695981039346656037u; /* FNV-1a */

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
	return h;
}

static uint32_t *slot_of(const struct foreign *f, struct gv_str key)
{
	size_t at = hash_of(key) & (f->nslots - 1);

	while (f->slots[at] && !gv_str_eq(f->entries[f->slots[at] - 1].key, key))
		at = (at + 1) & (f->nslots - 1);
	return &f->slots[at];
}

static bool grow(struct foreign *f)
{
	size_t cap = f->cap ? 2 * f->cap : 1024;
	struct foreign_entry *bigger = realloc(f->entries, cap * sizeof *bigger);

	if (!bigger)
		return false;
	f->entries = bigger;
	f->cap = cap;
	free(f->slots);
	f->nslots = 2 * cap;
	f->slots = calloc(f->nslots, sizeof *f->slots);
	if (!f->slots)
		return false;
	for (size_t i = 0; i < f->n; i++)
		*slot_of(f, f->entries[i].key) = (uint32_t)i + 1;
	return true;
}

struct foreign_entry *foreign_entry(struct foreign *f, struct gv_str key, struct gv_err *err)
{
	struct foreign_entry one = { 0 };
	uint32_t *slot;

	if (f->n == f->cap && !grow(f)) {
		gv_fail_nomem(err);
		return NULL;
	}
	slot = slot_of(f, key);
	if (*slot)
		return &f->entries[*slot - 1];
	one.key = gv_arena_copy(&f->arena, key);
	if (!one.key.p) {
		gv_fail_nomem(err);
		return NULL;
	}
	f->entries[f->n] = one;
	*slot = (uint32_t)++f->n;
	return &f->entries[f->n - 1];
}

static int take_item(void *ctx, const struct gv_item *item)
{
	static const struct gv_str names[] = { { "id", 2 }, { "source", 6 } };
	struct foreign *f = ctx;
	const struct gv_val *source;
	struct foreign_entry *e;
	int rc;

	if (!gv_str_find(item->text, GV_STR("\n  \"source\": {")))
		return 0;
	rc = gv_json_parse_only(&f->old, item->text, 0, &(struct gv_json_only){ names, 2 }, &f->c->err);
	if (rc)
		return rc;
	source = gv_val_get(&f->old.root, "source");
	if (!gv_str_is(gv_val_getstr(source, "court"), f->court) || !gv_val_getstr(source, "key").n)
		return 0;
	e = foreign_entry(f, gv_val_getstr(source, "key"), &f->c->err);
	if (!e)
		return f->c->err.code;
	e->id = gv_arena_copy(&f->arena, gv_val_getstr(&f->old.root, "id"));
	return e->id.p ? 0 : gv_fail_nomem(&f->c->err);
}

int foreign_load(struct foreign *f)
{
	return gv_store_scan(f->store, &(struct gv_scan){ .kind = gv_schema_find(GV_STR("credit")) }, take_item, f, &f->c->err);
}

void foreign_free(struct foreign *f)
{
	gv_numbering_free(&f->waiting);
	gv_plan_free(f->plan);
	gv_arena_free(&f->arena);
	free(f->entries);
	free(f->slots);
	gv_doc_free(&f->new);
	gv_doc_free(&f->old);
	gv_doc_free(&f->doc);
}

/* ---- what a row says ---- */

/* A day that is one, and not after today: a listing to come is none yet. */
static int check_day(struct foreign *f, const struct gv_val *row, const char *name)
{
	struct gv_str text = gv_val_getstr(row, name);
	gv_day day = text.n ? gv_day_read(text) : GV_DAY_NONE;

	if (!gv_val_get(row, name))
		return 0;
	if (day == GV_DAY_NONE)
		return gv_fail_field(&f->c->err, GV_EDATA, name, _("\"%.*s\" is not a date"), (int)(text.n < 64 ? text.n : 64), text.n ? text.p : "");
	return day <= f->c->today ? 0 : gv_fail_field(&f->c->err, GV_EDATA, name, _("%.10s is after today (%s)"), text.p, f->today);
}

/* Numbers of entries are read as ours are: nothing else gets near a path. */
static int check_key(struct foreign *f, const struct gv_val *row)
{
	struct gv_str key = gv_val_getstr(row, "key"), court = gv_val_getstr(row, "court"), home = gv_str_of(gv_store_court(f->store));
	struct gv_err *err = &f->c->err;
	struct gv_id id;

	if (key.n >= GV_KEY_MAX || gv_id_parse(&id, key, gv_schema_find(GV_STR("credit")), gv_cmd_caseno(f->c), NULL) || !gv_str_is(key, id.key) ||
	    strcmp(id.schema->kind, "credit") != 0)
		return gv_fail_field(err, GV_EDATA, "key", _("\"%.*s\" is no number of an entry (%s-C000001)"), (int)(key.n < 64 ? key.n : 64), key.n ? key.p : "",
		                     f->court);
	if (gv_val_get(row, "court") && !gv_str_is(court, f->court))
		return gv_fail_field(err, GV_EDATA, "court", _("\"%.*s\" is not %s, whose list this is"), (int)(court.n < 64 ? court.n : 64), court.n ? court.p : "",
		                     f->court);
	if (gv_str_starts(key, home) && key.p[home.n] == '-')
		return gv_fail_field(err, GV_EDATA, "key", _("%.*s is an entry of our own: no other court's list changes it"), (int)key.n, key.p);
	return 0;
}

/* A court lists in its own cases and under its own numbers: what else a list has is not that court's to say. */
static int check_court(struct foreign *f, const struct gv_val *row)
{
	struct gv_str key = gv_val_getstr(row, "key"), of_case = gv_val_getstr(row, "case");
	struct gv_serialkey number;
	struct gv_casekey parts;

	if (gv_serialkey_split(&number, key) && !gv_str_is(number.court, f->court))
		return gv_fail_field(&f->c->err, GV_EDATA, "key", _("%.*s is a number of %.*s, not of %s, whose list this is"), (int)key.n, key.p,
		                     (int)number.court.n, number.court.p, f->court);
	if (!gv_casekey_split(&parts, of_case) || gv_str_is(parts.court, f->court))
		return 0;
	return gv_fail_field(&f->c->err, GV_EDATA, "case", _("%.*s is a case of %.*s, not of %s, whose list this is"), (int)of_case.n, of_case.p,
	                     (int)parts.court.n, parts.court.p, f->court);
}

static int check_row(struct foreign *f, const struct gv_val *row, bool *removed)
{
	gv_day end;
	int rc = gv_credit_public_check(row, removed, &f->c->err);

	if (!rc)
		rc = check_key(f, row);
	if (!rc)
		rc = check_court(f, row);
	if (!rc)
		rc = check_day(f, row, "published_on");
	if (!rc && *removed)
		rc = check_day(f, row, "on");
	end = gv_credit_day(row, "on");
	if (rc || end == GV_DAY_NONE || end >= gv_credit_day(row, "published_on"))
		return rc;
	return gv_fail_field(&f->c->err, GV_EDATA, "on", _("%.10s is before published_on, %.10s"), gv_val_getstr(row, "on").p,
	                     gv_val_getstr(row, "published_on").p);
}

/* ---- records ---- */

static int set(struct foreign *f, struct gv_doc *d, struct gv_val *rec, const char *path, const char *text)
{
	return gv_val_set_path(d, rec, gv_str_of(path), gv_mkstr(d, gv_str_of(text)), &f->c->err);
}

static int set_source(struct foreign *f, struct gv_doc *d, struct gv_val *rec, struct gv_str key)
{
	int rc = set(f, d, rec, "source.court", f->court);

	if (!rc)
		rc = gv_val_set_path(d, rec, GV_STR("source.key"), gv_mkstr(d, key), &f->c->err);
	if (!rc && f->feed)
		rc = set(f, d, rec, "source.feed", f->feed);
	return rc ? rc : set(f, d, rec, "source.received_on", f->today);
}

/* What is published of the debtor, and nothing of it is more than that: the masked number is no identity number. */
static int fill_debtor(struct foreign *f, struct gv_doc *d, struct gv_val *rec, const struct gv_val *row)
{
	static const char *const same[] = { "name", "credit_code", "legal_representative", "sex" };
	const struct gv_val *from = gv_val_get(row, "published");
	bool unit = gv_val_get(from, "credit_code") || gv_val_get(from, "legal_representative");
	int rc = set(f, d, rec, "type", unit ? "unit" : "person");

	for (size_t i = 0; i < sizeof same / sizeof same[0] && !rc; i++) {
		const struct gv_val *v = gv_val_get(from, same[i]);
		struct gv_val own;

		gv_obj_del(rec, gv_str_of(same[i]));
		rc = v ? gv_val_copy(d, &own, v, &f->c->err) : 0;
		if (!rc && v)
			rc = gv_obj_set(d, rec, gv_str_of(same[i]), own, &f->c->err);
	}
	return rc;
}

static int make_debtor(struct foreign *f, struct gv_val *rec, const struct gv_val *row)
{
	struct gv_doc *d = &f->new;
	int rc = set(f, d, rec, "kind", "debtor");

	if (!rc)
		rc = set(f, d, rec, "known_on", f->today);
	if (!rc)
		rc = set_source(f, d, rec, gv_val_getstr(row, "key"));
	return rc ? rc : fill_debtor(f, d, rec, row);
}

static int make_entry(struct foreign *f, struct gv_val *rec, const struct gv_val *row)
{
	static const struct { const char *field, *text; } fixed[] = { { "kind", "credit" }, { "restriction", "none" }, { "role", "P0" } };
	struct gv_str filed = gv_credit_text(row, "published.filed_on");
	struct gv_doc *d = &f->new;
	int rc = 0;

	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0] && !rc; i++)
		rc = set(f, d, rec, fixed[i].field, fixed[i].text);
	if (!rc)
		rc = set(f, d, rec, "court", f->court);
	if (!rc && filed.n)
		rc = gv_obj_set(d, rec, GV_STR("filed_on"), gv_mkstr(d, filed), &f->c->err);
	if (!rc)
		rc = set_source(f, d, rec, gv_val_getstr(row, "key"));
	return rc ? rc : gv_credit_public_take(d, rec, row, false, &f->c->err);
}

/* Both wait for their numbers; the entry names its debtor once that has one. */
static int add(struct foreign *f, const struct gv_val *row)
{
	struct gv_val debtor = gv_mkobj(), entry = gv_mkobj();
	const char *home = gv_store_court(f->store);
	struct gv_str letters[2] = { { 0 } };
	size_t before = f->waiting.n;
	int rc = make_debtor(f, &debtor, row);

	if (!rc)
		rc = make_entry(f, &entry, row);
	letters[0] = gv_str_of(gv_arena_printf(&f->new.arena, "%s-D", home));
	letters[1] = gv_str_of(gv_arena_printf(&f->new.arena, "%s-C", home));
	if (!rc && (!letters[0].p || !letters[1].p))
		rc = gv_fail_nomem(&f->c->err);
	if (!rc)
		rc = gv_obj_set(&f->new, &entry, GV_STR("debtor"), gv_mkstr(&f->new, gv_str_of(gv_arena_printf(&f->new.arena, "debtor:%s000001", letters[0].p))), &f->c->err);
	/* The entry first: its fields are named as the row's are. */
	if (!rc)
		rc = gv_numbering_add(&f->waiting, gv_schema_find(GV_STR("credit")), entry, letters[1].p);
	if (!rc)
		rc = gv_numbering_add(&f->waiting, gv_schema_find(GV_STR("debtor")), debtor, letters[0].p);
	if (rc)
		f->waiting.n = before;
	f->added += !rc;
	return rc;
}

/* ---- what is there already ---- */

/* As this run leaves it, where it changed it already. */
static int read_text(struct foreign *f, const char *path, struct gv_str *text, struct gv_oid *base)
{
	int rc = gv_plan_read(f->plan, path, text, base, &f->c->err);

	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(&f->c->err);
	return gv_store_read(f->store, path, text, base, &f->c->err);
}

static int fetch(struct foreign *f, const char *kind, struct gv_str text, struct gv_rec *rec, struct gv_oid *base)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_id id;
	struct gv_str stored;
	int rc = gv_id_parse(&id, text, gv_schema_find(gv_str_of(kind)), gv_cmd_caseno(f->c), &f->c->err);

	if (!rc)
		rc = gv_id_path(&id, &path, &f->c->err);
	if (!rc)
		rc = read_text(f, path.p, &stored, base);
	if (!rc)
		rc = gv_json_parse(&f->old, stored, 0, &f->c->err);
	if (!rc)
		rc = gv_cmd_unseal_doc(f->c, &f->old);
	*rec = (struct gv_rec){ .id = id, .doc = &f->old, .val = &f->old.root };
	gv_buf_free(&path);
	return rc;
}

/* If it is another than it was: with the day when it became that. */
static int put(struct foreign *f, const struct gv_rec *rec, const struct gv_oid *base, struct gv_str key, bool *changed)
{
	int rc;

	*changed = !gv_val_eq(&f->doc.root, rec->val);
	if (!*changed)
		return 0;
	rc = set_source(f, &f->doc, &f->doc.root, key);
	if (!rc)
		rc = gv_rec_check(rec->id.schema, &f->doc.root, gv_store_caseno(f->store), &f->c->err);
	return rc ? rc : gv_plan_put(f->plan, &rec->id, base, &f->doc.root, &f->c->err);
}

/* The debtor is corrected too, if it came with the entry: one of our own is only ours to change. */
static int correct_debtor(struct foreign *f, struct gv_str id, const struct gv_val *row, bool *changed)
{
	struct gv_str key = gv_val_getstr(row, "key");
	const struct gv_val *source;
	struct gv_rec rec;
	struct gv_oid base;
	int rc = fetch(f, "debtor", id, &rec, &base);

	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&f->c->err);
		return 0;
	}
	source = gv_val_get(&f->old.root, "source");
	if (rc || !gv_str_is(gv_val_getstr(source, "court"), f->court) || !gv_str_eq(gv_val_getstr(source, "key"), key))
		return rc;
	gv_doc_reset(&f->doc);
	rc = gv_val_copy(&f->doc, &f->doc.root, rec.val, &f->c->err);
	if (!rc)
		rc = fill_debtor(f, &f->doc, &f->doc.root, row);
	return rc ? rc : put(f, &rec, &base, key, changed);
}

/* The end of an earlier listing that we know of; NULL: we know of none that was published on that day. */
static const struct gv_val *find_earlier(const struct gv_val *rec, gv_day published)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier");

	for (uint32_t i = earlier->n; i-- > 0;)
		if (published != GV_DAY_NONE && gv_credit_day(&earlier->items[i], "published_on") == published)
			return &earlier->items[i];
	return NULL;
}

/* The row of a removal that came already, and was followed by a new listing. */
static bool is_past(const struct gv_val *old, const struct gv_val *row)
{
	gv_day published = gv_credit_day(row, "published_on"), end = gv_credit_day(row, "on");
	const struct gv_val *earlier = find_earlier(old, published);

	return earlier && published != gv_credit_day(old, "published_on") && (end == GV_DAY_NONE || end == gv_credit_day(earlier, "on"));
}

/* An old removal must not end a new listing. */
static int check_removal(struct foreign *f, const struct gv_val *old, const struct gv_val *row)
{
	gv_day published = gv_credit_day(old, "published_on"), meant = gv_credit_day(row, "published_on"), end = gv_credit_day(row, "on");

	if (meant != GV_DAY_NONE && meant != published)
		return gv_fail_field(&f->c->err, GV_EDATA, "published_on", _("removed is a listing of %s, and here is that of %s"), gv_credit_date(meant).s,
		                     gv_credit_date(published).s);
	if (!gv_credit_in_state(old, "listed") || end == GV_DAY_NONE || end >= published)
		return 0;
	return gv_fail_field(&f->c->err, GV_EDATA, "on", _("removed on %s, and listed on %s: an older listing was meant"), gv_credit_date(end).s,
	                     gv_credit_date(published).s);
}

/* Nor an old list bring back what was removed since. */
static int check_listing(struct foreign *f, const struct gv_val *old, const struct gv_val *row)
{
	gv_day published = gv_credit_day(row, "published_on"), end = gv_credit_day(old, "removal.on");
	const struct gv_val *earlier = gv_val_items(old, "earlier");
	bool same = gv_credit_in_state(old, "removed") && gv_credit_day(old, "published_on") == published;

	if (!gv_credit_in_state(old, "removed"))
		end = earlier->n ? gv_credit_day(&earlier->items[earlier->n - 1], "on") : GV_DAY_NONE;
	if (!same && (end == GV_DAY_NONE || published >= end))
		return 0;
	return gv_fail_field(&f->c->err, GV_EDATA, "published_on", _("listed on %s, and removed on %s: an old list does not bring it back"),
	                     gv_credit_date(published).s, gv_credit_date(end).s);
}

static int change(struct foreign *f, struct gv_str id, const struct gv_val *row, bool removed)
{
	size_t mark = gv_plan_mark(f->plan);
	bool entry_changed = false, debtor_changed = false;
	struct gv_str debtor = { 0 };
	struct gv_rec rec;
	struct gv_oid base;
	int rc = fetch(f, "credit", id, &rec, &base);

	if (!rc && removed && is_past(rec.val, row)) {
		f->unchanged++;
		return 0;
	}
	if (!rc)
		rc = removed ? check_removal(f, rec.val, row) : check_listing(f, rec.val, row);
	gv_doc_reset(&f->doc);
	if (!rc)
		rc = gv_val_copy(&f->doc, &f->doc.root, rec.val, &f->c->err);
	if (!rc && !removed && gv_credit_in_state(rec.val, "removed"))
		rc = gv_credit_keep_last(&f->doc, &f->doc.root, &f->c->err);
	if (!rc)
		rc = gv_credit_public_take(&f->doc, &f->doc.root, row, removed, &f->c->err);
	if (!rc)
		rc = put(f, &rec, &base, gv_val_getstr(row, "key"), &entry_changed);
	if (!rc)
		debtor = gv_arena_copy(&f->arena, gv_val_getstr(rec.val, "debtor"));
	if (!rc && !removed)
		rc = debtor.p ? correct_debtor(f, debtor, row, &debtor_changed) : gv_fail_nomem(&f->c->err);
	if (rc) {
		gv_plan_rollback(f->plan, mark);
		return rc;
	}
	*(removed && entry_changed ? &f->removed : entry_changed || debtor_changed ? &f->changed : &f->unchanged) += 1;
	return 0;
}

/* ---- rows ---- */

/*
 * A row that says the same again does no harm; one that says something else is somebody's mistake, but for a removal with a new
 * listing behind it.
 */
static int check_twice(struct foreign *f, const struct foreign_entry *e, const unsigned char digest[32], bool removed)
{
	if (!e->line || (e->removed && !removed))
		return 0;
	if (memcmp(e->digest, digest, sizeof e->digest) == 0 || memcmp(e->before, digest, sizeof e->before) == 0) {
		f->unchanged++;
		return GV_FOUND;
	}
	return gv_fail_field(&f->c->err, GV_EDATA, "key", _("line %zu has %.*s too, with other content"), e->line, (int)e->key.n, e->key.p);
}

static void remember(struct foreign_entry *e, const unsigned char digest[32], size_t line, bool removed)
{
	if (e->line)
		memcpy(e->before, e->digest, sizeof e->before);
	memcpy(e->digest, digest, sizeof e->digest);
	e->line = line;
	e->removed = removed;
}

/* The error names the entry, and the field as the row does. */
static int name_error(struct foreign *f, const struct gv_val *row, int rc)
{
	struct gv_str key = gv_val_getstr(row, "key");
	struct gv_err *err = &f->c->err;

	for (const struct gv_credit_field *field = gv_credit_fields; field->name; field++)
		if (field->field && strcmp(err->field, field->field) == 0)
			snprintf(err->field, sizeof err->field, "%s", field->name);
	if (key.n && key.n < 64 && strcmp(err->field, "key") != 0)
		gv_err_thing(err, key.p, key.n);
	return rc;
}

static int take(struct foreign *f, const struct gv_val *row, size_t line)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	unsigned char digest[32];
	struct foreign_entry *e;
	bool removed;
	int rc = check_row(f, row, &removed);

	if (rc)
		return rc;
	gv_json_line(&text, row);
	gv_sha256(gv_buf_str(&text), digest);
	rc = gv_buf_check(&text, &f->c->err);
	gv_buf_free(&text);
	e = rc ? NULL : foreign_entry(f, gv_val_getstr(row, "key"), &f->c->err);
	if (!e)
		return f->c->err.code;
	rc = check_twice(f, e, digest, removed);
	if (rc)
		return rc == GV_FOUND ? 0 : rc;
	if (e->id.n)
		rc = change(f, e->id, row, removed);
	else if (removed)
		rc = gv_fail_field(&f->c->err, GV_EDATA, "key", _("%.*s was removed, and it never came"), (int)e->key.n, e->key.p);
	else
		rc = add(f, row);
	if (!rc)
		remember(e, digest, line, removed);
	return rc;
}

int foreign_take(struct foreign *f, const struct gv_val *row, size_t line)
{
	int rc = take(f, row, line);

	return rc == GV_EDATA ? name_error(f, row, rc) : rc;
}

/* ---- under the lock ---- */

static int name_debtor(struct foreign *f, struct gv_val *entry, const struct gv_id *debtor)
{
	struct gv_buf full = GV_BUF_INIT(2 * GV_KEY_MAX);
	int rc;

	gv_id_format(debtor, false, &full);
	rc = gv_buf_check(&full, &f->c->err);
	if (!rc)
		rc = gv_obj_set(&f->new, entry, GV_STR("debtor"), gv_mkstr(&f->new, gv_buf_str(&full)), &f->c->err);
	gv_buf_free(&full);
	return rc;
}

/* Since the snapshot that the rows were read against. */
static int check_others(struct foreign *f)
{
	struct foreign now = { .c = f->c, .store = f->store, .court = f->court };
	int rc = foreign_load(&now);

	for (size_t i = 0; i < f->n && !rc; i++) {
		struct foreign_entry *e = f->entries[i].line && !f->entries[i].id.n ? foreign_entry(&now, f->entries[i].key, &f->c->err) : NULL;

		if (e && e->id.n)
			rc = gv_fail(&f->c->err, GV_ECONFLICT, _("%.*s of %s came in meanwhile: import again"), (int)e->key.n, e->key.p, f->court);
	}
	foreign_free(&now);
	return rc;
}

int foreign_give_numbers(struct foreign *f, struct gv_plan *plan)
{
	int rc = f->waiting.n && !gv_oid_eq(&f->read_at, gv_store_commit_id(f->store)) ? check_others(f) : 0;

	for (size_t i = 0; i + 1 < f->waiting.n && !rc; i += 2) {
		rc = gv_numbering_give(&f->waiting, plan, i + 1);
		if (!rc)
			rc = name_debtor(f, gv_numbering_rec(&f->waiting, i), gv_numbering_id(&f->waiting, i + 1));
		if (!rc)
			rc = gv_numbering_give(&f->waiting, plan, i);
	}
	return rc;
}
