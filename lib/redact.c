/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "i18n.h"
#include "redact_impl.h"
#include "writings.h"

int gv_redactor_open(struct gv_redactor **out, gv_day on, struct gv_err *err)
{
	struct gv_redactor *r = calloc(1, sizeof *r);
	int rc;

	*out = NULL;
	if (!r)
		return gv_fail_nomem(err);
	gv_buf_init(&r->text, 2 * GV_FOLD_MAX);
	rc = gv_sifter_open(&r->sifter, err);
	if (!rc)
		rc = gv_causes_open(&r->causes, on, err);
	if (rc) {
		gv_redactor_free(r);
		return rc;
	}
	*out = r;
	return 0;
}

void gv_redactor_free(struct gv_redactor *r)
{
	if (!r)
		return;
	gv_sifter_free(r->sifter);
	gv_causes_free(r->causes);
	gv_writings_free(r->writings);
	gv_cast_free(&r->cast);
	gv_fold_free(&r->fold);
	gv_hits_free(&r->hits);
	gv_needles_free(&r->needles);
	gv_buf_free(&r->text);
	free(r->sought);
	free(r->edits);
	free(r->order);
	free(r->map);
	free(r);
}

/* 李小宝（未成年人）, 李小宝，未成年, 未成年被害人李小宝. */
static bool is_called_minor(struct gv_str text, const struct gv_hit *name)
{
	static const char *const before[] = { "未成年", "未成年人", "未成年原告", "未成年被告", "未成年被告人", "未成年被害人", "未成年受害人", "未成年子女", "未成年证人", NULL };
	struct gv_str to = { text.p, name->from }, behind = { text.p + name->to, text.n - name->to };

	for (const char *const *w = before; *w; w++)
		if (gv_str_ends(to, gv_str_of(*w)))
			return true;
	return gv_str_starts(behind, GV_STR("(未成年")) || gv_str_starts(behind, GV_STR(",未成年")) || gv_str_starts(behind, GV_STR("(系未成年")) ||
	       gv_str_starts(behind, GV_STR(",系未成年"));
}

/* What the text says of an age counts as what the record says: 原告李小宝，男，2016年5月1日出生. */
static bool find_minors(struct gv_redactor *r)
{
	struct gv_str text = gv_redactor_text(r);
	bool found = false;

	for (size_t i = 0; i < r->hits.n; i++) {
		const struct gv_hit *hit = &r->hits.list[i];
		struct gv_str said = { text.p + hit->from, hit->to - hit->from };
		struct gv_cast_member *m;
		uint32_t who = hit->trait == GV_TRAIT_BIRTH ? gv_subject_of(r, i) : hit->trait == GV_TRAIT_NAME && r->hits.says_minor ? hit->who : GV_NOBODY;

		m = who == GV_NOBODY ? NULL : &r->cast.list[who];
		if (!m || m->minor || m->unit || m->part == GV_PART_OFFICIAL)
			continue;
		if (hit->trait == GV_TRAIT_NAME ? !is_called_minor(text, hit) : !gv_cast_is_minor(said, r->job->as_of))
			continue;
		m->minor = m->hide = found = true;
	}
	for (size_t i = 0; found && i < r->cast.n; i++)
		if (r->cast.list[i].part == GV_PART_GUARDIAN)
			r->cast.list[i].hide = true;
	return found;
}

/* The member whose name ends right before text[at]; NULL: none. */
static struct gv_cast_member *named_before(struct gv_redactor *r, struct gv_str text, size_t at)
{
	for (size_t i = 0; i < r->cast.n; i++)
		for (size_t k = 0; k < r->cast.list[i].nforms; k++)
			if (gv_str_ends((struct gv_str){ text.p, at }, r->cast.list[i].forms[k]))
				return &r->cast.list[i];
	return NULL;
}

/* What is behind 以下简称, without its quotes; {0}: nothing that ends. */
static struct gv_str alias_at(struct gv_str text, size_t from)
{
	static const char *const opens[] = { "“", "‘", "「", "为", "\"", NULL }, *const ends[] = { "”", "’", "」", "\"", ")", ",", ";", "。", NULL };
	enum { LONGEST = 64 };

	for (const char *const *o = opens; *o; o++)
		if (gv_str_starts((struct gv_str){ text.p + from, text.n - from }, gv_str_of(*o)))
			from += strlen(*o);
	for (size_t at = from; at < text.n && at - from < LONGEST; at++)
		for (const char *const *e = ends; *e; e++)
			if (gv_str_starts((struct gv_str){ text.p + at, text.n - at }, gv_str_of(*e)))
				return (struct gv_str){ text.p + from, at - from };
	return (struct gv_str){ 0 };
}

/* 上海嘉实汽车零部件有限公司（以下简称嘉实公司）, or with a comma: from here on it is called so. */
static int find_aliases(struct gv_redactor *r, struct gv_err *err)
{
	static const char sign[] = "以下简称";
	struct gv_str text = gv_redactor_text(r);
	int rc = 0;

	for (size_t at = 0; at < text.n && !rc;) {
		const char *p = gv_str_find((struct gv_str){ text.p + at, text.n - at }, GV_STR(sign));
		struct gv_cast_member *m;
		struct gv_str alias;
		size_t before;

		if (!p)
			break;
		before = (size_t)(p - text.p) - (p > text.p);
		at = (size_t)(p - text.p) + sizeof sign - 1;
		if ((text.p[before] != '(' && text.p[before] != ',') || !(m = named_before(r, text, before)))
			continue;
		alias = alias_at(text, at);
		if (alias.n && gv_part_of_role(alias) == GV_PART_OTHER)  /* 以下简称原告 says nothing about its name */
			rc = gv_cast_alias(&r->cast, m, alias, err);
	}
	return rc;
}

/* 约翰·史密斯（John Smith）: letters in brackets behind a name are the same name. */
static int find_latin_names(struct gv_redactor *r, struct gv_err *err)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .'-,";
	struct gv_str text = gv_redactor_text(r);
	int rc = 0;

	for (size_t at = 0; at < text.n && !rc;) {
		const char *open = memchr(text.p + at, '(', text.n - at);
		struct gv_str name;
		struct gv_cast_member *m;

		if (!open)
			break;
		at = (size_t)(open - text.p) + 1;
		name = (struct gv_str){ open + 1, strspn(open + 1, letters) };
		if (name.n < 4 || name.n > 64 || at + name.n >= text.n || open[1 + name.n] != ')')
			continue;
		m = named_before(r, text, at - 1);
		if (m)
			rc = gv_cast_alias(&r->cast, m, name, err);
	}
	return rc;
}

int gv_redactor_read(struct gv_redactor *r, const struct gv_redact_job *job, enum gv_sift_for what, struct gv_err *err)
{
	struct gv_cast_source source = {
		.profile = job->profile, .by_length = job->by_length, .by_letter = job->by_letter, .as_of = job->as_of, .kase = job->kase, .people = job->people,
	};
	int rc;

	r->job = job;
	gv_cast_case_is(r->causes, job->kase, &source.family, &source.criminal);
	rc = gv_cast_make(&r->cast, &source, err);
	if (!rc)
		rc = gv_fold(&r->fold, job->text, err);
	if (!rc)
		rc = find_aliases(r, err);
	if (!rc)
		rc = find_latin_names(r, err);
	if (!rc)
		rc = gv_sifter_cast(r->sifter, &r->cast, err);
	if (!rc)
		rc = gv_sift(r->sifter, &r->fold, what, &r->hits, err);
	/* Schools are looked for where there are minors: once it turns out that there are. */
	if (!rc && find_minors(r)) {
		rc = gv_sifter_cast(r->sifter, &r->cast, err);
		if (!rc)
			rc = gv_sift(r->sifter, &r->fold, what, &r->hits, err);
	}
	return rc ? rc : gv_cast_bases(&r->cast, gv_sifter_surnames(r->sifter), gv_sifter_divisions(r->sifter), err);
}

static int label_all(struct gv_redactor *r, struct gv_err *err)
{
	size_t n = 0;

	if (r->cast.n > r->order_cap) {
		uint32_t *order = reallocarray(r->order, r->cast.n, sizeof *order);

		if (!order)
			return gv_fail_nomem(err);
		r->order = order;
		r->order_cap = r->cast.n;
	}
	for (size_t i = 0; i < r->hits.n; i++) {
		bool met = r->hits.list[i].trait != GV_TRAIT_NAME;

		for (size_t k = 0; k < n && !met; k++)
			met = r->order[k] == r->hits.list[i].who;
		if (!met)
			r->order[n++] = r->hits.list[i].who;
	}
	return gv_cast_label(&r->cast, r->order, n, r->job->labels, err);
}

static int note_row(struct gv_redactor *r, const struct gv_map_row *row, struct gv_err *err)
{
	for (size_t i = 0; i < r->nmap; i++)
		if (r->map[i].kind == row->kind && gv_str_eq(r->map[i].text, row->text) && gv_str_eq(r->map[i].label, row->label)) {
			r->map[i].count++;
			return 0;
		}
	if (r->nmap == r->map_cap) {
		size_t cap = r->map_cap ? r->map_cap * 2 : 32;
		struct gv_map_row *map = reallocarray(r->map, cap, sizeof *map);

		if (!map)
			return gv_fail_nomem(err);
		r->map = map;
		r->map_cap = cap;
	}
	r->map[r->nmap] = *row;
	r->map[r->nmap++].count = 1;
	return 0;
}

static int write_text(struct gv_redactor *r, struct gv_err *err)
{
	struct gv_str in = r->job->text;
	size_t at = 0;
	int rc = 0;

	gv_buf_reset(&r->text);
	r->nmap = 0;
	for (size_t i = 0; i < r->nedits && !rc; i++) {
		const struct gv_edit *e = &r->edits[i];
		size_t from = gv_fold_from(&r->fold, e->from), to = gv_fold_to(&r->fold, e->to);
		struct gv_map_row row = { .kind = e->clause ? "clause" : gv_trait_name(e->trait), .rule = gv_trait_rule(e->trait, &r->cast) };

		row.text = (struct gv_str){ in.p + from, to - from };
		if (e->who != GV_NOBODY)
			row.label = gv_cast_label_of(&r->cast, &r->cast.list[e->who], (struct gv_str){ r->fold.text.p + e->from, e->to - e->from });
		if (e->who != GV_NOBODY && !row.label.p)
			return gv_fail_nomem(err);
		gv_buf_add(&r->text, in.p + at, from - at);
		gv_buf_addstr(&r->text, row.label);
		at = to;
		rc = note_row(r, &row, err);
	}
	gv_buf_add(&r->text, in.p + at, in.n - at);
	return rc ? rc : gv_buf_check(&r->text, err);
}

int gv_redact(struct gv_redactor *r, const struct gv_redact_job *job, struct gv_redacted *out, struct gv_err *err)
{
	int rc = gv_redactor_read(r, job, GV_SIFT_KNOWN, err);

	if (!rc)
		rc = label_all(r, err);
	if (!rc)
		rc = gv_redact_plan(r, err);
	if (!rc)
		rc = write_text(r, err);
	if (!rc)
		*out = (struct gv_redacted){ gv_buf_str(&r->text), r->map, r->nmap, &r->cast };
	return rc;
}

int gv_redacted_map(struct gv_doc *d, struct gv_val *out, const struct gv_redacted *redacted, struct gv_err *err)
{
	int rc = 0;

	*out = gv_mkarr();
	for (size_t i = 0; i < redacted->nmap && !rc; i++) {
		const struct gv_map_row *m = &redacted->map[i];
		struct gv_val row = gv_mkobj();

		rc = gv_obj_set(d, &row, GV_STR("kind"), gv_mklit(m->kind), err);
		if (!rc)
			rc = gv_obj_set(d, &row, GV_STR("text"), gv_mkstr(d, m->text), err);
		if (!rc && m->label.n)
			rc = gv_obj_set(d, &row, GV_STR("label"), gv_mkstr(d, m->label), err);
		if (!rc)
			rc = gv_obj_set(d, &row, GV_STR("rule"), gv_mklit(m->rule), err);
		if (!rc)
			rc = gv_obj_set(d, &row, GV_STR("count"), gv_mkint(m->count), err);
		if (!rc)
			rc = gv_arr_add(d, out, row, err);
	}
	return rc;
}

int gv_redacted_labels(struct gv_doc *d, struct gv_val *out, const struct gv_redacted *redacted, struct gv_err *err)
{
	int rc = 0;

	*out = gv_mkarr();
	for (size_t i = 0; i < redacted->cast->n && !rc; i++) {
		const struct gv_cast_member *m = &redacted->cast->list[i];
		struct gv_val row = gv_mkobj();

		if (!m->label.n)
			continue;
		rc = gv_obj_set(d, &row, GV_STR("name"), gv_mkstr(d, m->name), err);
		if (!rc)
			rc = gv_obj_set(d, &row, GV_STR("label"), gv_mkstr(d, m->label), err);
		if (!rc)
			rc = gv_arr_add(d, out, row, err);
	}
	return rc;
}
