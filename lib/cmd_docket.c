/* SPDX-License-Identifier: MIT */
#include "cmd_docket.h"

#include <stdlib.h>

#include "conflict.h"
#include "i18n.h"

struct gv_cmd_docket {
	struct gv_store *store;
	struct gv_caseno_reader *own_reader;  /* where no docket is open */
	int (*each)(struct gv_cmd *c, const struct gv_rec *rec);  /* of the loop that runs */
	struct gv_doc record, derived;        /* scratch of loops */
	struct gv_doc named;                  /* of gv_cmd_id() */
	struct gv_doc opened;                 /* of gv_cmd_unseal() */
	struct gv_buf open_text;
	struct gv_check check;
	struct gv_doc annotated;
	struct gv_val findings;               /* of the record that --annotate is at */
};

static struct gv_cmd_docket *docket(struct gv_cmd *c)
{
	if (!c->docket) {
		c->docket = calloc(1, sizeof *c->docket);
		if (!c->docket)
			gv_fail_nomem(&c->err);
	}
	return c->docket;
}

const struct gv_schema *gv_cmd_schema(const struct gv_cmd *c)
{
	const char *kind = c->opts ? gv_cmd_opt(c, "kind") : NULL; /* of commands for more than one */

	if (!kind)
		kind = c->spec->kind;
	return kind ? gv_schema_find(gv_str_of(kind)) : NULL;
}

struct gv_store *gv_cmd_store(struct gv_cmd *c)
{
	struct gv_cmd_docket *d = docket(c);
	const char *at = gv_cmd_opt(c, "at");

	if (!d)
		return NULL;
	if (d->store)
		return d->store;
	if (gv_store_open(&d->store, gv_cmd_opt(c, "docket"), &c->err))
		return NULL;
	if (at && gv_store_at(d->store, at, &c->err)) {
		gv_store_close(d->store);
		d->store = NULL;
	}
	return d->store;
}

struct gv_caseno_reader *gv_cmd_caseno(struct gv_cmd *c)
{
	struct gv_cmd_docket *d = docket(c);

	if (!d)
		return NULL;
	if (d->store)
		return gv_store_caseno(d->store);
	if (!d->own_reader)
		gv_caseno_reader_new(&d->own_reader, NULL, gv_day_ymd(c->today).year, &c->err);
	return d->own_reader;
}

int gv_cmd_id_of(struct gv_cmd *c, struct gv_str text, const struct gv_schema *s, struct gv_id *out)
{
	int rc;

	*out = (struct gv_id){ 0 };
	rc = gv_cmd_store(c) ? gv_id_parse(out, text, s, gv_cmd_caseno(c), &c->err) : c->err.code;
	if (!rc && out->schema != s)
		rc = gv_fail(&c->err, GV_EDATA, _("\"%.*s\" is no id of a %s"), (int)text.n, text.n ? text.p : "", s->kind);
	return rc;
}

int gv_cmd_get(struct gv_cmd *c, struct gv_str text, const char *kind, struct gv_doc *d, const struct gv_val **out)
{
	struct gv_rec rec = { 0 };
	struct gv_id id;
	int rc = gv_cmd_id_of(c, text, gv_schema_find(gv_str_of(kind)), &id);

	if (!rc)
		rc = gv_store_get(gv_cmd_store(c), &id, d, &rec, &c->err);
	*out = rec.val;
	return rc;
}

int gv_cmd_look_up(struct gv_cmd *c, struct gv_str text, struct gv_doc *d, const struct gv_val **out)
{
	struct gv_id id;
	struct gv_rec rec;
	int rc;

	*out = NULL;
	if (!c->docket || !c->docket->store || !text.n || gv_id_parse(&id, text, gv_cmd_schema(c), gv_cmd_caseno(c), NULL))
		return 0;
	rc = gv_store_get(c->docket->store, &id, d, &rec, &c->err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&c->err);
		return 0;
	}
	if (!rc)
		rc = gv_cmd_unseal_doc(c, d);
	*out = rc ? NULL : &d->root;
	return rc;
}

int gv_cmd_id(struct gv_cmd *c, struct gv_str text, struct gv_id *out)
{
	struct gv_caseno_reader *cn = gv_cmd_caseno(c);
	struct gv_rec rec;
	int rc;

	*out = (struct gv_id){ 0 };
	if (!cn)
		return c->err.code;
	if (!gv_str_starts(text, GV_STR("{")))
		return gv_id_parse(out, text, gv_cmd_schema(c), cn, &c->err);
	rc = gv_json_parse(&c->docket->named, text, 0, &c->err);
	if (!rc)
		rc = gv_rec_of(&rec, &c->docket->named, gv_cmd_schema(c), cn, &c->err);
	if (!rc)
		*out = rec.id;
	return rc;
}

void gv_cmd_name_id(struct gv_cmd *c, struct gv_str text, const struct gv_id *id)
{
	if (!gv_str_starts(text, GV_STR("{")))
		gv_err_thing(&c->err, text.p, text.n);
	else if (id->schema)
		gv_err_thing(&c->err, id->key, strlen(id->key));
}

/* ---- gv_cmd_records ---- */

static int print_field_row(void *ctx, const struct gv_val *row)
{
	struct gv_cmd *c = ctx;

	return gv_out_rec(c->out, row, &c->err);
}

static int list_fields(struct gv_cmd *c)
{
	const struct gv_schema *s = gv_cmd_schema(c);

	if (!s)
		return gv_fail(&c->err, GV_EUSAGE, _("--list-fields: this command has no kind of its own"));
	c->fields = "field,type,title,zh,required,sensitive,derived,values";
	if (!gv_cmd_out(c))
		return c->err.code;
	return gv_schema_fields(s, print_field_row, c, &c->err);
}

static int list_rules(struct gv_cmd *c)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_out *out;
	int rc = 0;

	c->fields = "id,level,title,from,until";
	out = gv_cmd_out(c);
	if (!out)
		return c->err.code;
	for (const struct gv_rule *r = c->spec->rules; r && r->id && !rc; r++) {
		gv_doc_reset(&d);
		rc = gv_rule_row(&d, &d.root, r, &c->err);
		if (!rc)
			rc = gv_out_rec(out, &d.root, &c->err);
	}
	gv_doc_free(&d);
	return rc;
}

static int serve(struct gv_cmd *c)
{
	const char *rule = gv_cmd_opt(c, "explain");

	if (gv_cmd_has(c, "list-fields"))
		return list_fields(c);
	if (gv_cmd_has(c, "rules"))
		return list_rules(c);
	if (rule) {
		c->text.max = GV_MIB;
		return gv_rule_explain(&c->text, c->spec->rules, rule, &c->err);
	}
	return -1;
}

/* A case number says what it is; any other key wears its kind. */
/* A finding stands for the record that it is about. */
static void full_id(const struct gv_val *rec, struct gv_buf *out)
{
	const struct gv_val *of = gv_str_is(gv_val_getstr(rec, "kind"), "finding") ? gv_val_get(rec, "ref") : rec;
	const struct gv_schema *s = gv_schema_find(gv_val_getstr(of, "kind"));

	if (s && s->letter) {
		gv_buf_adds(out, s->kind);
		gv_buf_addc(out, ':');
	}
	gv_buf_addstr(out, gv_val_getstr(of, "id"));
}

static void close_docket(struct gv_cmd *c)
{
	struct gv_cmd_docket *d = c->docket;

	if (!d)
		return;
	gv_store_close(d->store);
	gv_caseno_reader_free(d->own_reader);
	gv_doc_free(&d->record);
	gv_doc_free(&d->derived);
	gv_doc_free(&d->named);
	gv_doc_free(&d->opened);
	gv_buf_free(&d->open_text);
	gv_doc_free(&d->check.scratch);
	gv_doc_free(&d->annotated);
	free(d);
	c->docket = NULL;
}

const struct gv_cmd_records gv_cmd_records = {
	.serve = serve,
	.is_sensitive = gv_schema_is_sensitive,
	.full_id = full_id,
	.close = close_docket,
};

/* ---- sealed values ---- */

int gv_cmd_unseal(struct gv_cmd *c, struct gv_str *text, struct gv_str name)
{
	struct gv_store *store;
	struct gv_keys *keys;
	int rc;

	if (!gv_text_may_be_sealed(*text))
		return 0;
	store = gv_cmd_store(c);
	if (!store)
		return c->err.code;
	c->docket->open_text.max = GV_JSON_TEXT_MAX * 2;
	rc = gv_store_keys(store, &keys, &c->err);
	if (!rc)
		rc = gv_unseal_text(keys, text, &c->docket->opened, &c->docket->open_text, &c->err);
	if (rc == GV_EINTEGRITY) {
		gv_err_thing(&c->err, name.p, name.n);
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	return rc;
}

int gv_cmd_unseal_doc(struct gv_cmd *c, struct gv_doc *d)
{
	struct gv_store *store = gv_cmd_store(c);
	struct gv_keys *keys = NULL;
	size_t opened;
	int rc = store ? gv_store_keys(store, &keys, &c->err) : c->err.code;

	if (!rc)
		rc = gv_unseal_rec(keys, d, &opened, &c->err);
	if (rc == GV_EINTEGRITY) {
		gv_err_clear(&c->err);
		return 0;
	}
	return rc;
}

int gv_cmd_is_disputed(struct gv_cmd *c, const char *kind, struct gv_str key, bool *yes)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text;
	int rc;

	gv_conflict_path(&path, gv_schema_find(gv_str_of(kind)), key);
	rc = gv_buf_check(&path, &c->err);
	if (!rc)
		rc = gv_store_read(gv_cmd_store(c), path.p, &text, NULL, &c->err);
	gv_buf_free(&path);
	*yes = !rc;
	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(&c->err);
	return 0;
}

/* ---- records from arguments or stdin ---- */

static int read_one(struct gv_cmd *c, struct gv_str text, struct gv_rec *rec)
{
	struct gv_cmd_docket *d = docket(c);
	struct gv_id id;
	int rc;

	if (!d)
		return c->err.code;
	if (text.n && text.p[0] == '{') {
		rc = gv_json_parse(&d->record, text, GV_JSON_DROP_NULL, &c->err);
		if (!rc && !gv_cmd_caseno(c))
			rc = c->err.code;
		return rc ? rc : gv_rec_of(rec, &d->record, gv_cmd_schema(c), gv_cmd_caseno(c), &c->err);
	}
	if (!gv_cmd_store(c))
		return c->err.code;
	rc = gv_cmd_id(c, text, &id);
	return rc ? rc : gv_store_get(d->store, &id, &d->record, rec, &c->err);
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct gv_rec rec;
	int rc = read_one(c, text, &rec);

	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		/* Without a docket nothing can be found: that is about the whole run, not about this line. */
		if (text.p[0] != '{' && (!c->docket || !c->docket->store))
			return rc;
		c->err.line = line;
		gv_err_thing(&c->err, text.p, text.p[0] == '{' ? 0 : text.n);
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	if (rc)
		return rc;
	c->done++;
	return c->docket->each(c, &rec);
}

int gv_cmd_each_rec(struct gv_cmd *c, int (*each)(struct gv_cmd *c, const struct gv_rec *rec))
{
	struct gv_cmd_docket *d = docket(c);
	int rc;

	if (!d)
		return c->err.code;
	d->each = each;
	rc = gv_cmd_each_text(c, one_text, &c->err);
	return rc < 0 ? 0 : rc;
}

int gv_cmd_run_each(struct gv_cmd *c)
{
	int rc = gv_cmd_each_rec(c, c->spec->each);

	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const char *gv_cmd_with(const struct gv_cmd *c)
{
	const char *with = gv_cmd_opt(c, "with");

	return with ? with : c->with;
}

int gv_cmd_print_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	const char *with = gv_cmd_with(c);
	struct gv_out *out = gv_cmd_out(c);
	struct gv_cmd_docket *d = docket(c);
	const struct gv_val *val = rec->val;
	struct gv_val more;
	int rc = 0;

	if (!out || !d)
		return c->err.code;
	if (with) {
		gv_doc_reset(&d->derived);
		rc = gv_rec_derive(&d->derived, &more, rec, gv_cmd_caseno(c), c->today, gv_str_of(with), &c->err);
		val = &more;
	}
	if (!rc)
		rc = gv_out_rec(out, val, &c->err);
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

/* ---- checks ---- */

static int take_finding(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct gv_cmd *c = check->ctx;
	struct gv_cmd_docket *d = c->docket;
	struct gv_val copy;
	int rc;

	if (!gv_cmd_has(c, "annotate"))
		return gv_out_rec(c->out, finding, err);
	rc = gv_val_copy(&d->annotated, &copy, finding, err);
	return rc ? rc : gv_arr_add(&d->annotated, &d->findings, copy, err);
}

static int print_annotated(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct gv_cmd_docket *d = c->docket;
	struct gv_val all;
	int rc = gv_val_copy(&d->annotated, &all, rec->val, &c->err);

	if (!rc)
		rc = gv_obj_set(&d->annotated, &all, GV_STR("findings"), d->findings, &c->err);
	return rc ? rc : gv_out_rec(c->out, &all, &c->err);
}

/* The run that findings belong to: one for the whole command, so that it counts them all. */
static struct gv_check *begin_check(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct gv_cmd_docket *d = docket(c);
	const char *only = gv_cmd_opt(c, "only"), *skip = gv_cmd_opt(c, "skip");

	if (!d)
		return NULL;
	if (!gv_cmd_has(c, "annotate"))
		c->fields = "level,rule,ref.id,message";
	if (!gv_cmd_out(c))
		return NULL;
	d->check.rec = rec;
	d->check.as_of = c->today;
	d->check.ctx = c;
	d->check.sink = take_finding;
	d->check.only = gv_str_of(only ? only : "");
	d->check.skip = gv_str_of(skip ? skip : "");
	d->check.err = &c->err;
	gv_doc_reset(&d->annotated);
	d->findings = gv_mkarr();
	return &d->check;
}

int gv_cmd_check_lists(struct gv_cmd *c, const struct gv_rule *rules)
{
	const char *only = gv_cmd_opt(c, "only"), *skip = gv_cmd_opt(c, "skip");
	int rc = only ? gv_rules_check_list(rules, gv_str_of(only), &c->err) : 0;

	return rc || !skip ? rc : gv_rules_check_list(rules, gv_str_of(skip), &c->err);
}

void gv_cmd_findings_of(struct gv_cmd *c, struct gv_str kase)
{
	struct gv_cmd_docket *d = docket(c);

	if (d)
		d->check.kase = kase;
}

int gv_cmd_check(struct gv_cmd *c, const struct gv_rule *rules, const struct gv_rec *rec, const void *subject)
{
	struct gv_check *check = begin_check(c, rec);
	int rc = check ? gv_rules_run(check, rules, subject) : c->err.code;

	if (!rc && gv_cmd_has(c, "annotate"))
		rc = print_annotated(c, rec);
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

int gv_cmd_finding(struct gv_cmd *c, const struct gv_rule *rule, const struct gv_rec *rec, enum gv_level level,
                   const char *message)
{
	struct gv_check *check = begin_check(c, rec);

	if (!check)
		return c->err.code;
	check->rule = rule;
	return gv_finding(check, level, NULL, "%s", message);
}

size_t gv_cmd_findings(const struct gv_cmd *c)
{
	const size_t *n;

	if (!c->docket)
		return 0;
	n = c->docket->check.counts;
	return n[GV_REVIEW] + n[GV_WARN] + n[GV_VIOLATION];
}

/* ---- writing ---- */

static int print_plan_line(void *ctx, const struct gv_val *line)
{
	struct gv_cmd *c = ctx;

	c->text.max = 64 * GV_MIB;
	gv_json_line(&c->text, line);
	return gv_cmd_print(c, "\n");
}

static int dry_run(struct gv_cmd *c, struct gv_plan *p,
                   int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err), void *ctx)
{
	int rc = under_lock ? under_lock(ctx, p, &c->err) : 0;

	return rc ? rc : gv_plan_print(p, print_plan_line, c, &c->err);
}

static void note_commit(struct gv_cmd *c, const struct gv_commit_result *r)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(&r->id, hex);
	if (gv_oid_is_zero(&r->id))
		gv_cmd_note(c, _("nothing to do, %zu unchanged"), r->unchanged);
	else if (r->merged)
		gv_cmd_note(c, _("%zu written (%zu joined with another writer's changes), %zu unchanged: commit %.10s"),
		            r->written, r->merged, r->unchanged, hex);
	else
		gv_cmd_note(c, _("%zu written, %zu unchanged: commit %.10s"), r->written, r->unchanged, hex);
}

int gv_cmd_commit(struct gv_cmd *c, struct gv_plan *p, const char *what,
                  int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err), void *ctx,
                  struct gv_commit_result *result)
{
	const char *wait = gv_cmd_opt(c, "lock-wait");
	struct gv_commit_result own, *r = result ? result : &own;
	int64_t seconds = 0;
	int rc;

	*r = (struct gv_commit_result){ 0 };
	if (gv_cmd_has(c, "dry-run"))
		return dry_run(c, p, under_lock, ctx);
	if (wait)
		gv_str_int(gv_str_of(wait), &seconds);
	rc = gv_store_commit(gv_cmd_store(c), p, &(struct gv_commit_opts){
		.command = c->name, .what = what, .reason = gv_cmd_opt(c, "reason"),
		.bundle = c->bundle, .lock_seconds = (unsigned)seconds, .under_lock = under_lock, .ctx = ctx,
	}, r, &c->err);
	if (!rc && !result)
		note_commit(c, r);
	return rc;
}
