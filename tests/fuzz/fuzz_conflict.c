/* SPDX-License-Identifier: MIT */
/*
 * fuzz_conflict: three lines of JSON, versions of one conflict file (base, ours, theirs; an empty line is "none").  What
 * passes for a conflict prints canonically and is one again; two joined, or one put on top of the other, lose no value
 * that was open, whoever is ours; what is resolved field by field leaves nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "conflict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static bool same(const struct gv_val *a, const struct gv_val *b)
{
	return a && b ? gv_val_eq(a, b) : a == b;
}

/* Is the value (NULL: the field's absence) one of those that are open? */
static bool holds(const struct gv_val *k, struct gv_str field, const struct gv_val *value)
{
	const struct gv_val *others = gv_conflict_others(k, field);

	if (same(value, gv_conflict_value(k, "ours", field)) || same(value, gv_conflict_value(k, "theirs", field)))
		return true;
	for (uint32_t i = 0; others && i < others->n; i++)
		if (same(value, gv_val_get(&others->items[i], "value")))
			return true;
	return false;
}

static void holds_all(const struct gv_val *k, const struct gv_val *of, struct gv_str field)
{
	const struct gv_val *others = gv_conflict_others(of, field);

	must(gv_conflict_has(k, field) && holds(k, field, gv_conflict_value(of, "ours", field)) &&
	     holds(k, field, gv_conflict_value(of, "theirs", field)));
	for (uint32_t i = 0; others && i < others->n; i++)
		must(holds(k, field, gv_val_get(&others->items[i], "value")));
}

/* What was printed is canonical, and a conflict as before. */
static void round_trip(const struct gv_val *k)
{
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
	struct gv_doc again = GV_DOC_INIT;
	struct gv_err err = { 0 };

	must(gv_conflict_check(k, &err) == 0);
	gv_json_canon(&text, k);
	must(!text.failed && gv_json_check_canon(gv_buf_str(&text), &again, &err) == 0 && gv_val_eq(k, &again.root) &&
	     gv_conflict_check(&again.root, &err) == 0);
	gv_doc_free(&again);
	gv_buf_free(&text);
}

static void look(const struct gv_val *k)
{
	static const char *const sides[] = { "base", "ours", "theirs" };

	for (size_t i = 0; i < gv_conflict_count(k); i++) {
		struct gv_str field = gv_conflict_field(k, i);
		const struct gv_val *value = gv_conflict_value(k, "theirs", field);

		must(gv_conflict_has(k, field));
		for (size_t s = 0; s < 3; s++)
			gv_conflict_who(k, sides[s], field);
		must(!value || gv_conflict_holds_event(k, value));
	}
}

/* One after the other, until there is none; each is gone from every member. */
static void resolve_all(struct gv_doc *d)
{
	for (size_t n = gv_conflict_count(&d->root); n; n--) {
		struct gv_str field = gv_conflict_field(&d->root, n / 2);

		must(gv_conflict_drop(d, &d->root, field, NULL) == 0 && gv_conflict_count(&d->root) == n - 1);
		must(!gv_conflict_has(&d->root, field) && !gv_conflict_value(&d->root, "base", field) &&
		     !gv_conflict_value(&d->root, "ours", field) && !gv_conflict_value(&d->root, "theirs", field) &&
		     !gv_conflict_others(&d->root, field));
	}
}

/* What one side resolved, and the other left as it was, is gone; what both have and changed is all there. */
static void joined(const struct gv_val *k, const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs)
{
	for (size_t i = 0; ours && i < gv_conflict_count(ours); i++) {
		struct gv_str field = gv_conflict_field(ours, i);

		if (theirs && gv_conflict_has(theirs, field) && !(base && gv_conflict_has(base, field))) {
			holds_all(k, ours, field);
			holds_all(k, theirs, field);
		} else if (!base || !gv_conflict_has(base, field)) {
			holds_all(k, ours, field);
		}
	}
}

static void join(const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs)
{
	struct gv_doc one = GV_DOC_INIT, two = GV_DOC_INIT;

	must(gv_conflict_join(&one, base, ours, theirs, NULL) == 0 && gv_conflict_join(&two, base, theirs, ours, NULL) == 0);
	must(one.root.type == two.root.type && gv_conflict_count(&one.root) == gv_conflict_count(&two.root));
	for (size_t i = 0; i < gv_conflict_count(&one.root); i++) {
		struct gv_str field = gv_conflict_field(&one.root, i);

		must(gv_str_eq(field, gv_conflict_field(&two.root, i)));
		holds_all(&two.root, &one.root, field);
	}
	joined(&one.root, base, ours, theirs);
	joined(&one.root, base, theirs, ours);
	if (one.root.type != GV_NULL) {
		round_trip(&one.root);
		look(&one.root);
		resolve_all(&one);
	}
	gv_doc_free(&one);
	gv_doc_free(&two);
}

static void put_on_top(const struct gv_val *old, const struct gv_val *newer)
{
	struct gv_doc d = GV_DOC_INIT;

	must(gv_val_copy(&d, &d.root, old, NULL) == 0 && gv_conflict_add_all(&d, newer, NULL) == 0);
	round_trip(&d.root);
	for (size_t i = 0; i < gv_conflict_count(old); i++)
		holds_all(&d.root, old, gv_conflict_field(old, i));
	for (size_t i = 0; i < gv_conflict_count(newer); i++) {
		struct gv_str field = gv_conflict_field(newer, i);

		holds_all(&d.root, newer, field);
		must(same(gv_conflict_value(&d.root, "ours", field), gv_conflict_value(newer, "ours", field)) &&
		     same(gv_conflict_value(&d.root, "base", field), gv_conflict_value(newer, "base", field)));
	}
	resolve_all(&d);
	gv_doc_free(&d);
}

/* A file's name, whatever the key is, and none of another key's. */
static void path_of(struct gv_str key)
{
	struct gv_buf at = GV_BUF_INIT(4096);
	const char *name;

	gv_conflict_path(&at, gv_schema_find(GV_STR("case")), key);
	must(gv_buf_check(&at, NULL) == 0 && strncmp(at.p, "conflicts/case/", 15) == 0);
	name = at.p + 15;
	must(name[0] != '.' && !strchr(name, '/') && strlen(at.p) == at.n && at.n - 15 <= 255);
	gv_buf_free(&at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_doc docs[3] = { { .root = { 0 } }, { .root = { 0 } }, { .root = { 0 } } };
	struct gv_str rest = { (const char *)data, size };
	const struct gv_val *k[3] = { NULL, NULL, NULL };
	struct gv_err err = { 0 };

	for (size_t i = 0; i < 3; i++) {
		const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
		size_t n = end ? (size_t)(end - rest.p) : rest.n;

		if (n && gv_json_parse_scalar(&docs[i], (struct gv_str){ rest.p, n }, 0, NULL) == 0) {
			path_of(gv_val_getstr(&docs[i].root, "path"));
			if (gv_conflict_check(&docs[i].root, &err) == 0)
				k[i] = &docs[i].root;
			else
				must(err.code == GV_EDATA && err.msg[0]);
		}
		n += end != NULL;
		rest = (struct gv_str){ rest.p + n, rest.n - n };
		if (k[i]) {
			round_trip(k[i]);
			look(k[i]);
		}
	}
	if (k[1] || k[2])
		join(k[0], k[1], k[2]);
	if (k[1] && k[2])
		put_on_top(k[1], k[2]);
	for (size_t i = 0; i < 3; i++)
		gv_doc_free(&docs[i]);
	return 0;
}
