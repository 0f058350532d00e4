/* SPDX-License-Identifier: MIT */
#include "numbering.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "i18n.h"

/* A record that waits: under the number with serial 1 until it gets its own. */
struct gv_waiting {
	struct gv_val rec;       /* in n->doc */
	char folder[96];         /* where it will lie: cases/2022/沪0114/民初 */
	char number[128];        /* the number up to its serial: （2022）沪0114民初, 沪0114-M */
	struct gv_id id;
};

void gv_numbering_free(struct gv_numbering *n)
{
	free(n->list);
	*n = (struct gv_numbering){ 0 };
}

static int grow(struct gv_numbering *n)
{
	size_t cap = n->cap ? n->cap * 2 : 16;
	struct gv_waiting *bigger;

	if (n->n < n->cap)
		return 0;
	bigger = realloc(n->list, cap * sizeof *bigger);
	if (!bigger)
		return gv_fail_nomem(&n->c->err);
	n->list = bigger;
	n->cap = cap;
	return 0;
}

static void write_number(char out[160], const struct gv_schema *s, const char *prefix, int64_t serial)
{
	if (s->letter)
		snprintf(out, 160, "%s%06" PRId64, prefix, serial);
	else
		snprintf(out, 160, "%s%" PRId64 "号", prefix, serial);
}

/*
 * Is it read as it was put together?  "民初7" as a type would make 71 of serial 1.  A code that no table has may be right
 * all the same, but is worth a word, as a number is given once and for all.
 */
static int check_number(struct gv_numbering *n, const struct gv_waiting *new, const char *number, const char *serial)
{
	struct gv_caseno read;

	gv_caseno_parse(gv_store_caseno(gv_cmd_store(n->c)), &read, gv_str_of(number), NULL);
	if (strcmp(new->id.key, number) != 0)
		return gv_fail(&n->c->err, GV_EDATA, _("%s is no official case number (%s would be)"), number, new->id.key);
	if (strcmp(read.serial, serial) != 0)
		return gv_fail(&n->c->err, GV_EDATA, _("%s: court and type have digits only in the court's code"), new->number);
	if (read.reason[0] && read.class != GV_CN_REGISTER)
		gv_cmd_warn(n->c, "%s: %s", number, read.reason);
	return 0;
}

/* FFFF/SERIAL.json is left away. */
static int find_folder(struct gv_numbering *n, struct gv_waiting *new)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc = gv_id_path(&new->id, &path, &n->c->err);

	for (int cut = 0; !rc && cut < 2; cut++)
		path.n = (size_t)((char *)memrchr(path.p, '/', path.n) - path.p);
	if (!rc)
		snprintf(new->folder, sizeof new->folder, "%.*s", (int)path.n, path.p);
	gv_buf_free(&path);
	return rc;
}

/* The prefix is checked by reading the number it makes with serial 1; its path tells the folder. */
static int place(struct gv_numbering *n, struct gv_waiting *new, const struct gv_schema *s)
{
	struct gv_err *err = &n->c->err;
	bool random = !s->letter && strstr(new->number, "刑核");
	char number[160], full[256];
	int rc;

	write_number(number, s, new->number, random ? 10000001 : 1);
	snprintf(full, sizeof full, "%s:%s", s->kind, number); /* else a number of another register would be taken */
	rc = gv_id_parse(&new->id, gv_str_of(full), s, gv_store_caseno(gv_cmd_store(n->c)), err);
	if (!rc && !s->letter)
		rc = check_number(n, new, number, random ? "10000001" : "1");
	return rc ? rc : find_folder(n, new);
}

int gv_numbering_add(struct gv_numbering *n, const struct gv_schema *s, struct gv_val rec, const char *prefix)
{
	struct gv_err *err = &n->c->err;
	struct gv_waiting *new;
	int rc = grow(n);

	if (rc)
		return rc;
	new = &n->list[n->n];
	*new = (struct gv_waiting){ .rec = rec };
	snprintf(new->number, sizeof new->number, "%s", prefix);
	rc = place(n, new, s);
	if (!rc)
		rc = gv_obj_set(n->doc, &new->rec, GV_STR("id"), gv_mkstr(n->doc, gv_str_of(new->id.key)), err);
	if (!rc)
		rc = gv_rec_check(s, &new->rec, gv_store_caseno(gv_cmd_store(n->c)), err);
	n->n += !rc;
	return rc;
}

/* ---- under the lock ---- */

static int next_serial(struct gv_numbering *n, struct gv_plan *p, const struct gv_waiting *one, int64_t *serial)
{
	uint32_t random;

	/* CN-11: criminal review cases carry eight random digits that must not be in order. */
	if (!one->id.schema->letter && strstr(one->number, "刑核")) {
		if (getrandom(&random, sizeof random, 0) != sizeof random)
			return gv_fail_sys(&n->c->err, "getrandom", _("no random numbers"));
		*serial = 10000000 + random % 90000000;
		return 0;
	}
	return gv_store_next_serial(p, one->folder, serial, &n->c->err);
}

int gv_numbering_give(struct gv_numbering *n, struct gv_plan *p, size_t i)
{
	struct gv_err *err = &n->c->err;
	struct gv_waiting *one = &n->list[i];
	const struct gv_schema *s = one->id.schema;
	char number[160];
	int64_t serial = 0;
	int rc = next_serial(n, p, one, &serial);

	write_number(number, s, one->number, serial);
	if (!rc)
		rc = gv_id_parse(&one->id, gv_str_of(number), s, gv_store_caseno(gv_cmd_store(n->c)), err);
	if (!rc)
		rc = gv_obj_set(n->doc, &one->rec, GV_STR("id"), gv_mkstr(n->doc, gv_str_of(one->id.key)), err);
	if (!rc)
		rc = gv_plan_put(p, &one->id, NULL, &one->rec, err);
	if (rc)
		gv_err_thing(err, one->number, strlen(one->number));
	return rc;
}

int gv_numbering_print(struct gv_numbering *n)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec rec;
	int rc = gv_store_refresh(gv_cmd_store(n->c), &n->c->err);

	for (size_t i = 0; i < n->n && !rc; i++) {
		rc = gv_store_get(gv_cmd_store(n->c), &n->list[i].id, &doc, &rec, &n->c->err);
		if (!rc)
			rc = gv_cmd_print_rec(n->c, &rec);
	}
	gv_doc_free(&doc);
	return rc < 0 ? 0 : rc;
}

const struct gv_id *gv_numbering_id(const struct gv_numbering *n, size_t i)
{
	return &n->list[i].id;
}

struct gv_val *gv_numbering_rec(const struct gv_numbering *n, size_t i)
{
	return &n->list[i].rec;
}
