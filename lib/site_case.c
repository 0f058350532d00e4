/* SPDX-License-Identifier: MIT */
/* site_case: pages of typical cases, each with its documents and with those that are like it; and of reports. */
#include <stdlib.h>

#include "site_impl.h"

enum { SIMILAR = 5, ENOUGH = 3 };

/* What cases may have in common, and how much it says: a cause alone is enough. */
struct trait { uint64_t what; uint32_t entry, weight; };

struct named { struct gv_str key; uint32_t entry; };

struct cases {
	struct site *s;
	struct trait *traits;   /* of all, by what */
	size_t n;
	struct trait *mine;     /* of the one at hand */
	uint32_t *score;        /* of each other with it */
	uint32_t *touched;      /* those who have one */
	size_t ntouched;
	struct named *names;    /* of all entries, by key */
};

/* ---- traits ---- */

static uint64_t hash(uint64_t h, struct gv_str text)
{
	for (size_t i = 0; i < text.n; i++)
		h = (h ^ (unsigned char)text.p[i]) * 0x100000001B3;
	return h;
}

static struct trait trait(uint32_t entry, uint64_t seed, struct gv_str text, struct gv_str more, uint32_t weight)
{
	return (struct trait){ hash(hash(hash(0xCBF29CE484222325 + seed, text), GV_STR("\n")), more), entry, weight };
}

static int by_what(const void *a, const void *b)
{
	const struct trait *x = a, *y = b;

	return x->what != y->what ? (x->what < y->what ? -1 : 1) : x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Sorted, each once. */
static size_t settle(struct trait *t, size_t n)
{
	size_t kept = 0;

	qsort(t, n, sizeof *t, by_what);
	for (size_t i = 0; i < n; i++)
		if (!kept || by_what(&t[kept - 1], &t[i]))
			t[kept++] = t[i];
	return kept;
}

static bool is_case(const struct site_entry *e)
{
	return e->kind == SITE_CASE && e->shown;
}

static size_t count_traits(const struct site_entry *e)
{
	return is_case(e) ? 1 + gv_val_items(&e->rec, "laws")->n + gv_val_items(&e->rec, "keywords")->n : 0;
}

static size_t traits_of(const struct site_entry *e, uint32_t entry, struct trait *out)
{
	const struct gv_val *laws = gv_val_items(&e->rec, "laws"), *words = gv_val_items(&e->rec, "keywords");
	size_t n = 0;

	if (!is_case(e))
		return 0;
	if (e->facet[SITE_CAUSE].n)
		out[n++] = trait(entry, 1, e->facet[SITE_CAUSE], (struct gv_str){ 0 }, 3);
	for (uint32_t k = 0; k < laws->n; k++)
		out[n++] = trait(entry, 2, gv_val_getstr(&laws->items[k], "doc"), gv_val_getstr(&laws->items[k], "art"), 2);
	for (uint32_t k = 0; k < words->n; k++)
		out[n++] = trait(entry, 3, gv_val_str(&words->items[k]), (struct gv_str){ 0 }, 2);
	return settle(out, n);
}

/* Everybody who has this trait, too. */
static void count_trait(struct cases *c, const struct trait *mine)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->traits[mid].what < mine->what)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < c->n && c->traits[low].what == mine->what; low++) {
		uint32_t other = c->traits[low].entry;

		if (other == mine->entry)
			continue;
		if (!c->score[other])
			c->touched[c->ntouched++] = other;
		c->score[other] += mine->weight;
	}
}

/* More in common, then newer, then later in the docket. */
static bool is_nearer(const struct cases *c, uint32_t x, uint32_t y)
{
	int order = gv_str_cmp(c->s->entries[x].on, c->s->entries[y].on);

	if (c->score[x] != c->score[y])
		return c->score[x] > c->score[y];
	return order ? order > 0 : x > y;
}

static void add_similar(struct cases *c, uint32_t entry, struct gv_val *rows)
{
	size_t n = traits_of(&c->s->entries[entry], entry, c->mine), found = 0;
	uint32_t best[SIMILAR + 1];

	c->ntouched = 0;
	for (size_t i = 0; i < n; i++)
		count_trait(c, &c->mine[i]);
	for (size_t i = 0; i < c->ntouched; i++) {
		uint32_t one = c->touched[i];
		size_t at = found;

		if (c->score[one] < ENOUGH)
			continue;
		for (; at > 0 && is_nearer(c, one, best[at - 1]); at--)
			best[at] = best[at - 1];
		best[at] = one;
		found += found < SIMILAR;
	}
	for (size_t i = 0; i < found; i++)
		site_row(c->s, rows, &c->s->entries[best[i]], false);
	for (size_t i = 0; i < c->ntouched; i++)
		c->score[c->touched[i]] = 0;
}

/* ---- what a record names ---- */

static int by_key(const void *a, const void *b)
{
	return gv_str_cmp(((const struct named *)a)->key, ((const struct named *)b)->key);
}

/* Keys of two kinds differ in their letter.  A case is not like itself. */
static void add_named(struct cases *c, uint32_t self, const struct gv_val *ids, enum site_kind kind, const char *prefix,
                      struct gv_val *rows)
{
	struct site *s = c->s;

	for (uint32_t i = 0; i < ids->n; i++) {
		struct named key = { gv_val_str(&ids->items[i]), 0 };
		const struct named *found;

		if (gv_str_starts(key.key, gv_str_of(prefix)))
			key.key = (struct gv_str){ key.key.p + strlen(prefix), key.key.n - strlen(prefix) };
		found = bsearch(&key, c->names, s->n, sizeof key, by_key);
		if (found && found->entry != self && s->entries[found->entry].kind == kind && s->entries[found->entry].shown)
			site_row(s, rows, &s->entries[found->entry], false);
	}
}

/* ---- pages ---- */

static int one_case(struct cases *c, uint32_t entry)
{
	struct site *s = c->s;
	const struct site_entry *e = &s->entries[entry];
	const struct gv_val *named = gv_val_items(&e->rec, "similar");
	struct gv_val documents = gv_mkarr(), similar = gv_mkarr();
	int rc = site_begin(s, "case");

	if (rc)
		return rc;
	site_set(s, "rec", e->rec);
	add_named(c, entry, gv_val_items(&e->rec, "documents"), SITE_DOCUMENT, "document:", &documents);
	if (named->n)
		add_named(c, entry, named, SITE_CASE, "typical-case:", &similar);
	else
		add_similar(c, entry, &similar);
	site_set(s, "documents", documents);
	site_set(s, "similar", similar);
	return site_push(s, e->path);
}

static int prepare(struct cases *c)
{
	struct site *s = c->s;
	size_t all = 0, most = 0;

	for (size_t i = 0; i < s->n; i++) {
		size_t n = count_traits(&s->entries[i]);

		all += n;
		most = n > most ? n : most;
	}
	c->traits = calloc(all + 1, sizeof *c->traits);
	c->mine = calloc(most + 1, sizeof *c->mine);
	c->score = calloc(s->n + 1, sizeof *c->score);
	c->touched = calloc(s->n + 1, sizeof *c->touched);
	c->names = calloc(s->n + 1, sizeof *c->names);
	if (!c->traits || !c->mine || !c->score || !c->touched || !c->names)
		return gv_fail_nomem(s->err);
	for (uint32_t i = 0; i < s->n; i++) {
		c->n += traits_of(&s->entries[i], i, c->traits + c->n);
		c->names[i] = (struct named){ s->entries[i].key, i };
	}
	c->n = settle(c->traits, c->n);
	qsort(c->names, s->n, sizeof *c->names, by_key);
	return 0;
}

int site_cases(struct site *s)
{
	struct cases c = { .s = s };
	int rc = prepare(&c);

	for (uint32_t i = 0; !rc && i < s->n; i++)
		if (s->entries[i].kind == SITE_CASE)
			rc = one_case(&c, i);
	free(c.traits);
	free(c.mine);
	free(c.score);
	free(c.touched);
	free(c.names);
	return rc;
}

int site_reports(struct site *s)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < s->n; i++) {
		if (s->entries[i].kind != SITE_REPORT)
			continue;
		rc = site_begin(s, "report");
		if (!rc)
			site_set(s, "rec", s->entries[i].rec);
		if (!rc)
			rc = site_push(s, s->entries[i].path);
	}
	return rc;
}
