/* SPDX-License-Identifier: MIT */
/* court-id: what is this number, is it valid, and how is it written officially? */
#include <stdio.h>

#include "caseno.h"
#include "cmd.h"
#include "i18n.h"
#include "ident.h"

#define CASE_NUMBER "case-number"

static const struct gv_opt opts[] = {
	{ 0, "kind", "KIND", N_("take every input as this kind instead of guessing"),
	  .complete = CASE_NUMBER "|resident-id|credit-code|phone|plate|bank-card" },
	{ 0, "court", "CODE", N_("home court of short case numbers such as 民初1234, e.g. 沪0114") },
	{ 0 }
};

struct work {
	struct gv_caseno_reader *reader;
	bool forced;                /* --kind: no guessing */
	enum gv_ident_kind kind;    /* GV_ID_NONE = case numbers */
	struct gv_doc doc;          /* of the record that is printed */
	bool some_invalid;
};

static int put_text(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_str s, struct gv_err *err)
{
	return s.n ? gv_obj_set(d, obj, gv_str_of(name), gv_mkstr(d, s), err) : 0;
}

static int caseno_parts(struct gv_doc *d, struct gv_val *parts, struct gv_caseno_reader *r,
                        const struct gv_caseno *n, struct gv_err *err)
{
	char type[sizeof n->special + sizeof n->type];
	int rc = put_text(d, parts, "class", gv_str_of(gv_caseno_class_name(n->class)), err);

	if (!rc && n->year)
		rc = gv_obj_set(d, parts, GV_STR("year"), gv_mkint(n->year), err);
	if (!rc)
		rc = put_text(d, parts, "court", gv_str_of(n->court), err);
	if (!rc && n->court[0])
		rc = put_text(d, parts, "court_name", gv_caseno_court_name(r, n->court), err);
	if (!rc)
		rc = put_text(d, parts, "special", gv_str_of(n->special), err);
	if (!rc)
		rc = put_text(d, parts, "type", gv_str_of(n->type), err);
	if (!rc && n->type[0]) {
		snprintf(type, sizeof type, "%s%s", n->special, n->type);
		rc = put_text(d, parts, "type_name", gv_caseno_type_name(r, type), err);
	}
	if (!rc)
		rc = put_text(d, parts, "serial", gv_str_of(n->serial), err);
	if (!rc)
		rc = put_text(d, parts, "suffix", gv_str_of(n->suffix), err);
	return rc;
}

struct each_number { struct gv_doc *d; struct gv_val list; struct gv_err *err; };

static int add_number(void *ctx, const struct gv_caseno *one)
{
	struct each_number *e = ctx;

	return gv_arr_add(e->d, &e->list, gv_mkstr(e->d, gv_str_of(one->id)), e->err);
}

static int describe_caseno(struct gv_cmd *c, struct gv_doc *d, const struct gv_caseno *n, struct gv_str text, bool valid)
{
	const struct work *w = c->ctx;
	struct gv_val parts = gv_mkobj();
	struct each_number numbers = { d, gv_mkarr(), &c->err };
	int rc = gv_obj_set(d, &d->root, GV_STR("kind"),
	                    gv_mklit(n->class == GV_CN_OTHER && !w->forced ? "unknown" : CASE_NUMBER), &c->err);

	if (!rc && valid)
		rc = put_text(d, &d->root, "normal", gv_str_of(n->id), &c->err);
	if (!rc)
		rc = caseno_parts(d, &parts, w->reader, n, &c->err);
	if (!rc && n->class == GV_CN_MULTI) {
		rc = gv_caseno_split(w->reader, text, add_number, &numbers, &c->err);
		if (!rc)
			rc = gv_obj_set(d, &parts, GV_STR("numbers"), numbers.list, &c->err);
	}
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("parts"), parts, &c->err);
	if (!rc)
		rc = put_text(d, &d->root, "reason", gv_str_of(n->reason), &c->err);
	return rc;
}

static int describe_ident(struct gv_cmd *c, struct gv_doc *d, const struct gv_ident *id)
{
	struct gv_val parts = gv_mkobj();
	char birth[GV_DATE_LEN + 1] = "";
	const struct { const char *name; const char *text; } rows[] = {
		{ "region", id->region }, { "born_on", birth }, { "sex", id->sex },
		{ "form", id->form }, { "body", id->body }, { "registrar", id->registrar },
	};
	int rc = gv_obj_set(d, &d->root, GV_STR("kind"), gv_mklit(gv_ident_kind_name(id->kind)), &c->err);

	if (id->birth != GV_DAY_NONE)
		gv_day_format(id->birth, birth);
	for (size_t i = 0; !rc && i < sizeof rows / sizeof rows[0]; i++)
		rc = put_text(d, &parts, rows[i].name, gv_str_of(rows[i].text), &c->err);
	if (!rc && id->valid)
		rc = put_text(d, &d->root, "normal", gv_str_of(id->normal), &c->err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("parts"), parts, &c->err);
	if (!rc)
		rc = put_text(d, &d->root, "reason", gv_str_of(id->reason), &c->err);
	return rc;
}

/*
 * A valid case number, else a valid identifier, else whatever it comes nearest to:
 * a case number that was refused for a reason of its own, then an identifier.
 */
static int describe(struct gv_cmd *c, struct gv_doc *d, struct gv_str text, bool *valid)
{
	const struct work *w = c->ctx;
	struct gv_caseno n;
	struct gv_ident id;
	bool is_case;

	if (w->kind != GV_ID_NONE) {
		gv_ident_check(&id, w->kind, text);
		*valid = id.valid;
		return describe_ident(c, d, &id);
	}
	is_case = gv_caseno_parse(w->reader, &n, text, NULL) == 0;
	if (w->forced || is_case) {
		*valid = is_case;
		return describe_caseno(c, d, &n, text, is_case);
	}
	gv_ident_guess(&id, text);
	*valid = id.valid;
	if (id.valid || (n.class == GV_CN_OTHER && id.kind != GV_ID_NONE))
		return describe_ident(c, d, &id);
	return describe_caseno(c, d, &n, text, false);
}

static int one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	struct gv_doc *d = &w->doc;
	bool valid = false;
	int rc;

	(void)line;
	gv_doc_reset(d);
	d->root = gv_mkobj();
	rc = gv_obj_set(d, &d->root, GV_STR("input"), gv_mkstr(d, text), &c->err);
	if (!rc)
		rc = describe(c, d, text, &valid);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("valid"), gv_mkbool(valid), &c->err);
	if (!rc)
		rc = gv_out_rec(c->out, &d->root, &c->err);
	if (!valid)
		w->some_invalid = true;
	c->done++;
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

static int prepare(struct gv_cmd *c)
{
	struct work *w = c->ctx;
	const char *court = gv_cmd_opt(c, "court"), *kind = gv_cmd_opt(c, "kind");
	struct gv_err why;
	int rc = gv_caseno_reader_new(&w->reader, court, gv_day_ymd(c->today).year, &why);

	if (rc == GV_EDATA && court)
		return gv_fail(&c->err, GV_EUSAGE, "--court: \"%s\": %s", court, why.msg);
	if (rc) {
		c->err = why;
		return rc;
	}
	w->forced = kind != NULL;
	if (kind)
		gv_ident_kind_parse(&w->kind, kind);
	return gv_cmd_out(c) ? 0 : c->err.code;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .forced = false };
	int rc;

	c->ctx = &w;
	rc = prepare(c);
	if (!rc)
		rc = gv_cmd_each_text(c, one, &c->err);
	gv_caseno_reader_free(w.reader);
	gv_doc_free(&w.doc);
	if (rc < 0) /* the reader of our output has seen enough */
		rc = 0;
	return rc ? rc : w.some_invalid ? GV_FOUND : 0;
}

int main(int argc, char **argv)
{
	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "court-id",
		.summary = N_("tell case numbers, identity numbers, credit codes, phones, plates and bank cards"),
		.usage = N_("[TEXT...]   (or lines on standard input)"),
		.opts = opts, .common = GV_C_ASOF | GV_C_OUTPUT, .run = run,
		.fields = "kind,valid,normal,reason,input",
	});
}
