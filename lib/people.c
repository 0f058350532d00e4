/* SPDX-License-Identifier: MIT */
#include "people.h"

#include <stdlib.h>
#include <strings.h>

#include "casekey.h"
#include "i18n.h"

struct by_email {
	struct gv_str email;
	size_t person;
};

struct gv_people {
	struct gv_doc *docs;        /* one each: records come and go whole */
	struct gv_actor *list;
	size_t n, room;
	struct by_email *emails;    /* sorted, without regard to case */
	size_t nemails;
};

void gv_people_free(struct gv_people *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		gv_doc_free(&p->docs[i]);
	free(p->docs);
	free(p->list);
	free(p->emails);
	free(p);
}

/* ---- reading ---- */

struct reading {
	struct gv_people *p;
	struct gv_store *s;
	struct gv_buf text;
	struct gv_err *err;
};

static int make_room(struct gv_people *p, struct gv_err *err)
{
	size_t room = p->room ? p->room * 2 : 64;
	struct gv_doc *docs;
	struct gv_actor *list;

	if (p->n < p->room)
		return 0;
	docs = realloc(p->docs, room * sizeof *docs);
	if (!docs)
		return gv_fail_nomem(err);
	p->docs = docs;
	list = realloc(p->list, room * sizeof *list);
	if (!list)
		return gv_fail_nomem(err);
	p->list = list;
	p->room = room;
	return 0;
}

static int take_record(struct reading *r, struct gv_str path)
{
	struct gv_people *p = r->p;
	struct gv_doc *d;
	struct gv_id id;
	struct gv_str key;
	int rc = make_room(p, r->err);

	if (rc)
		return rc;
	d = &p->docs[p->n];
	*d = GV_DOC_INIT;
	rc = gv_json_parse(d, gv_buf_str(&r->text), 0, r->err);
	p->n++;
	if (rc)
		return rc;
	key = gv_val_getstr(&d->root, "id");
	if (!gv_str_is(gv_val_getstr(&d->root, "kind"), "person") || !gv_serialkey_ok(key, 'P') || key.n >= sizeof id.key)
		return gv_fail(r->err, GV_EDATA, "%s", _("is no record of a person"));
	id.schema = gv_schema_find(GV_STR("person"));
	memcpy(id.key, key.p, key.n);
	id.key[key.n] = '\0';
	p->list[p->n - 1] = (struct gv_actor){ key, NULL };
	return gv_id_lies_at(&id, path, r->err);
}

static int one_file(void *ctx, const struct gv_change *c)
{
	struct reading *r = ctx;
	int rc;

	gv_buf_reset(&r->text);
	rc = gv_store_blob(r->s, &c->after, &r->text, r->err);
	if (!rc)
		rc = take_record(r, c->path);
	if (rc)
		gv_err_thing(r->err, c->path.p, c->path.n);
	return rc;
}

static int compare_email(struct gv_str a, struct gv_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? strncasecmp(a.p, b.p, n) : 0;

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

static int by_email(const void *a, const void *b)
{
	return compare_email(((const struct by_email *)a)->email, ((const struct by_email *)b)->email);
}

static int by_key(const void *a, const void *b)
{
	return gv_str_cmp(((const struct gv_actor *)a)->key, ((const struct gv_actor *)b)->key);
}

static const struct gv_val *emails_of(const struct gv_actor *a)
{
	static const struct gv_val none = { .type = GV_ARRAY };
	const struct gv_val *v = gv_val_get(a->person, "emails");

	return v && v->type == GV_ARRAY ? v : &none;
}

static int sort(struct gv_people *p, struct gv_err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) /* not before all are there: docs moves while it grows */
		p->list[i].person = &p->docs[i].root;
	if (p->n)
		qsort(p->list, p->n, sizeof *p->list, by_key);
	for (size_t i = 0; i < p->n; i++)
		n += emails_of(&p->list[i])->n;
	p->emails = calloc(n + 1, sizeof *p->emails);
	if (!p->emails)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < p->n; i++) {
		const struct gv_val *list = emails_of(&p->list[i]);

		for (uint32_t k = 0; k < list->n; k++)
			if (list->items[k].type == GV_STRING)
				p->emails[p->nemails++] = (struct by_email){ gv_val_str(&list->items[k]), i };
	}
	if (p->nemails)
		qsort(p->emails, p->nemails, sizeof *p->emails, by_email);
	return 0;
}

static int read_people(struct gv_people **out, struct gv_store *s, const struct gv_oid *id, bool is_tree,
                       struct gv_err *err)
{
	static const struct gv_oid none;
	struct reading r = { .s = s, .text = GV_BUF_INIT(GV_JSON_TEXT_MAX), .err = err };
	int rc;

	*out = NULL;
	r.p = calloc(1, sizeof *r.p);
	if (!r.p)
		return gv_fail_nomem(err);
	rc = is_tree ? gv_store_diff_trees(s, &none, id, "people", one_file, &r, err)
	             : gv_store_diff(s, &none, id, "people", one_file, &r, err);
	if (!rc)
		rc = sort(r.p, err);
	gv_buf_free(&r.text);
	if (rc) {
		gv_people_free(r.p);
		r.p = NULL;
	}
	*out = r.p;
	return rc;
}

int gv_people_read(struct gv_people **out, struct gv_store *s, const struct gv_oid *tree, struct gv_err *err)
{
	return read_people(out, s, tree, true, err);
}

int gv_people_of_store(struct gv_people **out, struct gv_store *s, struct gv_err *err)
{
	return read_people(out, s, gv_store_commit_id(s), false, err);
}

/* ---- finding ---- */

size_t gv_people_count(const struct gv_people *p)
{
	return p->n;
}

const struct gv_actor *gv_people_at(const struct gv_people *p, size_t i)
{
	return &p->list[i];
}

static const struct gv_actor *find_email(const struct gv_people *p, struct gv_str email)
{
	size_t low = 0, high = p->nemails;
	const struct gv_actor *found = NULL;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (compare_email(p->emails[mid].email, email) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < p->nemails && compare_email(p->emails[low].email, email) == 0; low++) {
		const struct gv_actor *a = &p->list[p->emails[low].person];

		if (found && found != a)
			return NULL; /* two people: neither is meant for sure */
		found = a;
	}
	return found;
}

const struct gv_actor *gv_people_find(const struct gv_people *p, struct gv_str key)
{
	struct gv_actor want = { .key = key };

	if (key.n && memchr(key.p, '@', key.n))
		return find_email(p, key);
	return p->n ? bsearch(&want, p->list, p->n, sizeof want, by_key) : NULL;
}

const struct gv_actor *gv_people_of_principals(const struct gv_people *p, struct gv_str list)
{
	const struct gv_actor *a = NULL;
	size_t from = 0;

	for (size_t i = 0; i <= list.n && !a; i++) {
		if (i < list.n && list.p[i] != ',')
			continue;
		a = gv_people_find(p, (struct gv_str){ list.p + from, i - from });
		from = i + 1;
	}
	return a;
}
