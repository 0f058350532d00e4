/* SPDX-License-Identifier: MIT */
#include "persons.h"

#include <stdlib.h>
#include <string.h>

#include "credit_public.h"
#include "ident.h"

struct record { struct gv_str id, first; };
/* A number, or a name with a mask, of the record of that id. */
struct word { struct gv_str text, id; };
struct words { struct word *list; size_t n, cap; };

struct credit_persons {
	struct gv_cmd *c;
	struct gv_arena names;
	struct gv_doc doc;
	struct gv_buf text;
	struct record *list;       /* by id, */
	size_t n, cap;
	const struct record **by_first;  /* and by person */
	struct words numbers, masks;
};

/* ---- what is known of a record ---- */

static int by_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int d = gv_str_cmp(x->text, y->text);

	return d ? d : gv_str_cmp(x->id, y->id);
}

/* The list, or one with more room; NULL: memory is short. */
static void *grown(void *list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? 2 * *cap : 1024;
	void *bigger;

	if (n < *cap)
		return list;
	bigger = realloc(list, more * size);
	if (bigger)
		*cap = more;
	return bigger;
}

/* The text at hand, which is used up. */
static int add_word(struct credit_persons *p, struct words *to, struct gv_str id)
{
	struct gv_str text = gv_arena_copy(&p->names, gv_buf_str(&p->text));
	struct word *list = grown(to->list, to->n, &to->cap, sizeof *list);
	int rc = gv_buf_check(&p->text, &p->c->err);

	gv_buf_reset(&p->text);
	if (list)
		to->list = list;
	if (rc)
		return rc;
	if (!text.p || !list)
		return gv_fail_nomem(&p->c->err);
	to->list[to->n++] = (struct word){ text, id };
	return 0;
}

static void put_name(struct credit_persons *p, struct gv_str name)
{
	gv_buf_addstr(&p->text, name);
	gv_buf_addc(&p->text, '\n');
}

/* A resident's number is published with 18 characters, or was, with 15. */
static int add_masks(struct credit_persons *p, struct gv_str name, struct gv_str number, struct gv_str id)
{
	struct gv_str old = { NULL, 0 };
	int rc;

	put_name(p, name);
	gv_credit_mask(number, &p->text);
	rc = add_word(p, &p->masks, id);
	if (number.n == 18 && number.p[6] == '1' && number.p[7] == '9')
		old = gv_str_of(gv_arena_printf(&p->names, "%.6s%.9s", number.p, number.p + 8));
	if (rc || !old.n)
		return rc;
	put_name(p, name);
	gv_credit_mask(old, &p->text);
	return add_word(p, &p->masks, id);
}

static int add_numbers(struct credit_persons *p, const struct gv_val *rec, struct gv_str id)
{
	struct gv_str number = gv_val_getstr(rec, "id_no"), code = gv_val_getstr(rec, "credit_code"), form;
	int rc = 0;

	if (code.n) {
		gv_ident_add_form(&p->text, GV_ID_CREDIT, code);
		rc = add_word(p, &p->numbers, id);
	}
	if (rc || !number.n)
		return rc;
	gv_ident_add_form(&p->text, GV_ID_RESIDENT, number);
	rc = add_word(p, &p->numbers, id);
	form = rc ? (struct gv_str){ 0 } : p->numbers.list[p->numbers.n - 1].text;
	return rc ? rc : add_masks(p, gv_val_getstr(rec, "name"), form, id);
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct credit_persons *p = ctx;
	struct record *list = grown(p->list, p->n, &p->cap, sizeof *list);
	struct gv_str text = item->text, id;
	int rc = list ? gv_cmd_unseal(p->c, &text, item->path) : gv_fail_nomem(&p->c->err);

	if (list)
		p->list = list;
	if (!rc)
		rc = gv_json_parse(&p->doc, text, 0, &p->c->err);
	if (rc)
		return rc;
	id = gv_val_getstr(&p->doc.root, "id");
	id = gv_str_of(gv_arena_printf(&p->names, "debtor:%.*s", (int)id.n, id.n ? id.p : ""));
	if (!id.p)
		return gv_fail_nomem(&p->c->err);
	p->list[p->n++] = (struct record){ id, id };
	return add_numbers(p, &p->doc.root, id);
}

/* ---- who is who ---- */

static int by_id(const void *a, const void *b)
{
	return gv_str_cmp(((const struct record *)a)->id, ((const struct record *)b)->id);
}

static int by_first(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a, *y = *(const struct record *const *)b;
	int d = gv_str_cmp(x->first, y->first);

	return d ? d : gv_str_cmp(x->id, y->id);
}

static struct record *find(const struct credit_persons *p, struct gv_str id)
{
	struct record key = { .id = id };

	return p->n ? bsearch(&key, p->list, p->n, sizeof key, by_id) : NULL;
}

/* The record at the end of the way, which the others are led to. */
static struct record *root_of(const struct credit_persons *p, struct gv_str id)
{
	struct record *r = find(p, id);

	while (!gv_str_eq(r->first, r->id)) {
		struct record *next = find(p, r->first);

		r->first = next->first;
		r = next;
	}
	return r;
}

/* Of two persons that turn out to be one, the first record stands for both. */
static void join(struct credit_persons *p, struct gv_str a, struct gv_str b)
{
	struct record *x = root_of(p, a), *y = root_of(p, b);

	if (gv_str_cmp(x->id, y->id) <= 0)
		y->first = x->id;
	else
		x->first = y->id;
}

static int group(struct credit_persons *p)
{
	if (!p->n)
		return 0;
	qsort(p->list, p->n, sizeof *p->list, by_id);
	if (p->numbers.n)
		qsort(p->numbers.list, p->numbers.n, sizeof *p->numbers.list, by_text);
	if (p->masks.n)
		qsort(p->masks.list, p->masks.n, sizeof *p->masks.list, by_text);
	for (size_t i = 1; i < p->numbers.n; i++)
		if (gv_str_eq(p->numbers.list[i].text, p->numbers.list[i - 1].text))
			join(p, p->numbers.list[i].id, p->numbers.list[i - 1].id);
	p->by_first = calloc(p->n, sizeof *p->by_first);
	if (!p->by_first)
		return gv_fail_nomem(&p->c->err);
	for (size_t i = 0; i < p->n; i++) {
		p->list[i].first = root_of(p, p->list[i].id)->id;
		p->by_first[i] = &p->list[i];
	}
	qsort(p->by_first, p->n, sizeof *p->by_first, by_first);
	return 0;
}

int credit_persons_load(struct credit_persons **out, struct gv_cmd *c)
{
	struct credit_persons *p = calloc(1, sizeof *p);
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("debtor")) };
	struct gv_store *store = gv_cmd_store(c);
	int rc;

	*out = p;
	if (!p)
		return gv_fail_nomem(&c->err);
	p->c = c;
	p->text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	rc = store ? gv_store_scan(store, &what, take_item, p, &c->err) : c->err.code;
	return rc ? rc : group(p);
}

void credit_persons_free(struct credit_persons *p)
{
	if (!p)
		return;
	free(p->list);
	free(p->by_first);
	free(p->numbers.list);
	free(p->masks.list);
	gv_buf_free(&p->text);
	gv_doc_free(&p->doc);
	gv_arena_free(&p->names);
	free(p);
}

struct gv_str credit_persons_first(const struct credit_persons *p, struct gv_str debtor)
{
	const struct record *r = find(p, debtor);

	return r ? r->first : debtor;
}

struct gv_str credit_persons_next(const struct credit_persons *p, struct gv_str first, size_t *at)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (gv_str_cmp(p->by_first[middle]->first, first) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	low += (*at)++;
	return low < p->n && gv_str_eq(p->by_first[low]->first, first) ? p->by_first[low]->id : (struct gv_str){ 0 };
}

struct gv_str credit_persons_masked(struct credit_persons *p, struct gv_str name, struct gv_str mask, size_t *at)
{
	struct word key;
	size_t low = 0, high = p->masks.n;

	gv_buf_reset(&p->text);
	put_name(p, name);
	gv_ident_add_form(&p->text, GV_ID_RESIDENT, mask);
	key.text = gv_buf_str(&p->text);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (gv_str_cmp(p->masks.list[middle].text, key.text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	low += (*at)++;
	return low < p->masks.n && gv_str_eq(p->masks.list[low].text, key.text) ? credit_persons_first(p, p->masks.list[low].id) : (struct gv_str){ 0 };
}
