/* SPDX-License-Identifier: MIT */
/* case-file open: register cases and give them their numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the number: 民初, 执, 知民初 ...") },
	{ 0, "court", "CODE", N_("court code, if not the docket's own") },
	{ 0, "year", "YEAR", N_("year of receipt, if not that of --on"), .check = "count" },
	{ 0, "on", "DATE", N_("day of receipt and filing, if not today"), .check = "date" },
	{ 0, "received", NULL, N_("only received, not yet filed: the filing clock starts") },
	{ 0, "party", "ROLE=NAME", N_("a party, e.g. 原告=张三; as often as needed"), GV_OPT_MANY },
	{ 0 }
};

/* A case that waits for its number. */
struct waiting {
	struct gv_val rec;       /* in work.doc; under the number with serial 1 until it gets its own */
	char folder[96];         /* where it will lie: cases/2022/沪0114/民初 */
	char number[128];        /* the number up to its serial: （2022）沪0114民初 */
	int64_t serial;
	struct gv_id id;
};

struct work {
	struct gv_cmd *c;
	struct gv_doc doc;
	struct waiting *cases;
	size_t n, cap;
	char on[32];
	char what[GV_KEY_MAX];   /* the commit's subject: the number, once it is known */
};

/* ---- building a case ---- */

static int add_parties(struct work *w, struct gv_val *rec)
{
	struct gv_err *err = &w->c->err;
	struct gv_val list = gv_mkarr();
	const char *text;
	int rc = 0;

	for (size_t i = 0; !rc && (text = gv_opts_nth(w->c->opts, "party", i)); i++) {
		const char *eq = strchr(text, '=');
		struct gv_val party = gv_mkobj();

		if (!eq || eq == text || !eq[1])
			return gv_fail(err, GV_EUSAGE, _("--party: \"%s\" is not ROLE=NAME"), text);
		rc = gv_obj_set(&w->doc, &party, GV_STR("role"),
		                gv_mkstr(&w->doc, (struct gv_str){ text, (size_t)(eq - text) }), err);
		if (!rc)
			rc = gv_obj_set(&w->doc, &party, GV_STR("name"), gv_mklit(eq + 1), err);
		if (!rc)
			rc = gv_arr_add(&w->doc, &list, party, err);
	}
	return rc || !list.n ? rc : gv_obj_set(&w->doc, rec, GV_STR("parties"), list, err);
}

static int default_text(struct work *w, struct gv_val *rec, const char *field, const char *text)
{
	if (gv_val_get(rec, field))
		return 0;
	return gv_obj_set(&w->doc, rec, gv_str_of(field), gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

static int check_state(struct work *w, const struct gv_val *rec, bool *received)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	*received = gv_str_is(state, "received");
	if (*received || gv_str_is(state, "open"))
		return 0;
	return gv_fail_field(&w->c->err, GV_EDATA, "state", "%s",
	                     _("a case begins as received or open; case-file import takes those that are further on"));
}

static int add_first_event(struct work *w, struct gv_val *rec, const char *name, const char *date_field)
{
	struct gv_str on = gv_val_getstr(rec, date_field);
	struct gv_err *err = &w->c->err;
	struct gv_val event = gv_mkobj();
	int rc;

	if (!on.n) /* check() will say what it is instead of a date */
		return 0;
	rc = gv_obj_set(&w->doc, &event, GV_STR("event"), gv_mklit(name), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &event, GV_STR("on"), gv_mkstr(&w->doc, on), err);
	return rc ? rc : gv_event_add(&w->doc, rec, event, err);
}

/* State, dates and the first event, where the input does not say otherwise. */
static int complete(struct work *w, struct gv_val *rec)
{
	bool received = gv_cmd_has(w->c, "received");
	int rc = default_text(w, rec, "kind", "case");

	if (!rc)
		rc = default_text(w, rec, "state", received ? "received" : "open");
	if (!rc)
		rc = check_state(w, rec, &received);
	if (!rc)
		rc = default_text(w, rec, "received_on", w->on);
	if (!rc && !received)
		rc = default_text(w, rec, "filed_on", w->on);
	return rc ? rc : add_first_event(w, rec, received ? "receive" : "file", received ? "received_on" : "filed_on");
}

/* A member that steers the number: out of the record, into `out`; the option where the record has none. */
static int take(struct work *w, struct gv_val *rec, const char *name, const char *otherwise, char *out, size_t size)
{
	const struct gv_val *v = gv_val_get(rec, name);
	struct gv_buf text = GV_BUF_INIT(size - 1);
	int rc;

	if (v && v->type == GV_INT && strcmp(name, "year") == 0)
		gv_buf_addint(&text, v->i);
	else if (v && v->type != GV_STRING)
		return gv_fail_field(&w->c->err, GV_EDATA, name, "%s", _("must be a string"));
	else if (v)
		gv_buf_addstr(&text, gv_val_str(v));
	else if (otherwise)
		gv_buf_adds(&text, otherwise);
	rc = gv_buf_check(&text, NULL);
	if (rc)
		rc = gv_fail_field(&w->c->err, GV_EDATA, name, _("longer than %zu bytes"), size - 1);
	else
		memcpy(out, text.p ? text.p : "", text.n + 1);
	gv_buf_free(&text);
	gv_obj_del(rec, gv_str_of(name));
	return rc;
}

/* The number up to its serial, out of court, type and year. */
static int name_number(struct work *w, struct waiting *new)
{
	struct gv_cmd *c = w->c;
	const char *home = gv_store_court(gv_cmd_store(c)), *other = gv_cmd_opt(c, "court");
	struct gv_str received = gv_val_getstr(&new->rec, "received_on");
	char court[32], type[32], year[16];
	gv_day day;
	int rc = take(w, &new->rec, "court", other ? other : home, court, sizeof court);

	if (!rc)
		rc = take(w, &new->rec, "type", gv_cmd_opt(c, "type"), type, sizeof type);
	if (!rc)
		rc = take(w, &new->rec, "year", gv_cmd_opt(c, "year"), year, sizeof year);
	if (!rc && !type[0])
		rc = gv_fail_field(&c->err, GV_EUSAGE, "type", "%s", _("missing: --type CODE, e.g. --type 民初"));
	if (rc)
		return rc;
	if (!year[0])
		snprintf(year, sizeof year, "%.4s", gv_day_parse(&day, received, NULL) ? w->on : received.p);
	snprintf(new->number, sizeof new->number, "（%s）%s%s", year, court, type);
	return 0;
}

/*
 * Is it read as it was put together?  "民初7" as a type would make 71 of serial 1.  A code that no table has may be right
 * all the same, but is worth a word, as a number is given once and for all.
 */
static int check_number(struct work *w, const struct waiting *new, const char *number, const char *serial)
{
	struct gv_caseno read;

	gv_caseno_parse(gv_store_caseno(gv_cmd_store(w->c)), &read, gv_str_of(number), NULL);
	if (strcmp(new->id.key, number) != 0)
		return gv_fail(&w->c->err, GV_EDATA, _("%s is no official case number (%s would be)"), number, new->id.key);
	if (strcmp(read.serial, serial) != 0)
		return gv_fail(&w->c->err, GV_EDATA, _("%s: court and type have digits only in the court's code"), new->number);
	if (read.reason[0])
		gv_cmd_warn(w->c, "%s: %s", number, read.reason);
	return 0;
}

/* Court, type and year are checked by reading the number they make with serial 1; its path tells the folder. */
static int place(struct work *w, struct waiting *new)
{
	struct gv_cmd *c = w->c;
	struct gv_store *s = gv_cmd_store(c);
	struct gv_buf path = GV_BUF_INIT(4096);
	const char *serial;
	char number[160];
	int rc = name_number(w, new);

	if (rc)
		return rc;
	serial = strstr(new->number, "刑核") ? "10000001" : "1";
	snprintf(number, sizeof number, "%s%s号", new->number, serial);
	rc = gv_id_parse(&new->id, gv_str_of(number), gv_cmd_schema(c), gv_store_caseno(s), &c->err);
	if (!rc)
		rc = check_number(w, new, number, serial);
	if (!rc)
		rc = gv_id_path(&new->id, &path, &c->err);
	for (int cut = 0; !rc && cut < 2; cut++) /* FFFF/SERIAL.json */
		path.n = (size_t)((char *)memrchr(path.p, '/', path.n) - path.p);
	if (!rc)
		snprintf(new->folder, sizeof new->folder, "%.*s", (int)path.n, path.p);
	gv_buf_free(&path);
	return rc;
}

/* Checked before there is a lock, so that one bad row does not keep the others from their numbers. */
static int check(struct work *w, struct waiting *new)
{
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(&w->doc, &new->rec, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(new->id.key)), err);

	return rc ? rc : gv_rec_check(new->id.schema, &new->rec, gv_store_caseno(gv_cmd_store(w->c)), err);
}

static int grow(struct work *w)
{
	size_t cap = w->cap ? w->cap * 2 : 16;
	struct waiting *bigger;

	if (w->n < w->cap)
		return 0;
	bigger = realloc(w->cases, cap * sizeof *bigger);
	if (!bigger)
		return gv_fail_nomem(&w->c->err);
	w->cases = bigger;
	w->cap = cap;
	return 0;
}

static int add_case(struct work *w, struct gv_val rec)
{
	struct waiting *new;
	int rc = grow(w);

	if (rc)
		return rc;
	new = &w->cases[w->n];
	*new = (struct waiting){ .rec = rec };
	if (gv_val_get(&rec, "id"))
		return gv_fail_field(&w->c->err, GV_EDATA, "id", "%s",
		                     _("open gives the number; case-file import takes records that have one"));
	rc = complete(w, &new->rec);
	if (!rc)
		rc = place(w, new);
	if (!rc)
		rc = check(w, new);
	w->n += !rc;
	return rc;
}

/* ---- numbers, under the lock (with --dry-run: those that would be next now) ---- */

static int next_serial(struct work *w, struct gv_plan *p, size_t i)
{
	struct waiting *one = &w->cases[i];
	uint32_t random;

	/* CN-11: criminal review cases carry eight random digits that must not be in order. */
	if (strstr(one->number, "刑核")) {
		if (getrandom(&random, sizeof random, 0) != sizeof random)
			return gv_fail_sys(&w->c->err, "getrandom", _("no random numbers"));
		one->serial = 10000000 + random % 90000000;
		return 0;
	}
	return gv_store_next_serial(p, one->folder, &one->serial, &w->c->err);
}

/* This may run again, if a push moved main in between: the number is replaced then. */
static int give_number(struct work *w, struct gv_plan *p, size_t i)
{
	struct gv_store *s = gv_cmd_store(w->c);
	struct gv_err *err = &w->c->err;
	struct waiting *one = &w->cases[i];
	char number[160];
	int rc = next_serial(w, p, i);

	snprintf(number, sizeof number, "%s%lld号", one->number, (long long)one->serial);
	if (!rc)
		rc = gv_id_parse(&one->id, gv_str_of(number), gv_cmd_schema(w->c), gv_store_caseno(s), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &one->rec, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(one->id.key)), err);
	if (!rc)
		rc = gv_plan_put(p, &one->id, NULL, &one->rec, err);
	if (rc)
		gv_err_thing(err, one->number, strlen(one->number));
	return rc;
}

static int give_numbers(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)err; /* the command's own, which give_number() fills */
	for (size_t i = 0; i < w->n && !rc; i++)
		rc = give_number(w, p, i);
	if (!rc && w->n == 1)
		memcpy(w->what, w->cases[0].id.key, sizeof w->what);
	else
		snprintf(w->what, sizeof w->what, "%zu cases", w->n);
	return rc;
}

/* ---- where cases come from ---- */

static int from_arguments(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_assignments fields = { 0 };
	struct gv_val rec = gv_mkobj();
	int rc = gv_assignments_read(&fields, c, c->argv, c->argc);

	if (!rc)
		rc = gv_assignments_apply(&fields, c, gv_cmd_schema(c), &w->doc, &rec);
	if (!rc)
		rc = add_parties(w, &rec);
	if (!rc)
		rc = add_case(w, rec);
	gv_assignments_free(&fields);
	return rc;
}

static int from_stream(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_doc row = GV_DOC_INIT;
	struct gv_in *in;
	bool eof = false;
	int rc = gv_in_open(&in, NULL, GV_IN_NDJSON, NULL, &c->err);

	if (rc)
		return rc;
	while (!rc) {
		struct gv_str raw = { 0 };
		size_t number = 0;
		struct gv_val rec;
		struct gv_err bad;

		rc = gv_in_row(in, &row, GV_JSON_DROP_NULL, &raw, &number, &eof, &c->err);
		if (eof)
			break;
		if (!rc)
			rc = gv_val_copy(&w->doc, &rec, &row.root, &c->err);
		if (!rc)
			rc = add_case(w, rec);
		if ((rc != GV_EDATA && rc != GV_EUSAGE) || gv_in_broken(in))
			continue;
		c->err.line = number;
		bad = c->err;
		gv_err_clear(&c->err);
		rc = gv_cmd_bad_row(c, &bad, raw);
	}
	gv_in_close(in);
	gv_doc_free(&row);
	return rc;
}

static int print_opened(struct work *w)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec rec;
	int rc = gv_store_refresh(gv_cmd_store(w->c), &w->c->err);

	for (size_t i = 0; i < w->n && !rc; i++) {
		rc = gv_store_get(gv_cmd_store(w->c), &w->cases[i].id, &doc, &rec, &w->c->err);
		if (!rc)
			rc = gv_cmd_print_rec(w->c, &rec);
	}
	gv_doc_free(&doc);
	return rc < 0 ? 0 : rc;
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_plan *plan = NULL;
	int rc = gv_plan_new(&plan, gv_cmd_store(c), &c->err);

	if (!rc)
		rc = gv_cmd_commit(c, plan, w->what, give_numbers, w, NULL);
	gv_plan_free(plan);
	c->done += rc ? 0 : w->n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : print_opened(w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = 0;

	if (!gv_cmd_store(c))
		return c->err.code;
	snprintf(w.on, sizeof w.on, "%s", gv_cmd_opt(c, "on") ? gv_cmd_opt(c, "on") : "");
	if (!w.on[0])
		gv_day_format(c->today, w.on);
	if (c->argc == 0 && !gv_cmd_opt(c, "type") && !isatty(STDIN_FILENO))
		rc = from_stream(&w);
	else
		rc = from_arguments(&w);
	if (!rc && w.n)
		rc = commit(&w);
	else if (!rc && !c->failed)
		gv_cmd_note(c, "%s", _("no rows, nothing opened"));
	free(w.cases);
	gv_doc_free(&w.doc);
	return rc;
}

const struct gv_cmd_spec case_file_open = {
	.name = "open", .summary = N_("register a case and give it the next number; prints it"),
	.usage = N_("--type CODE [FIELD=VALUE...]   (or NDJSON without ids on standard input)"),
	.opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
