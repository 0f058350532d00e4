/* SPDX-License-Identifier: MIT */
/* case-file seal: values that only holders of a key can read from now on. */
#include <string.h>

#include "sealing.h"

static const struct gv_opt opts[] = {
	SEALING_OPTS
	{ 0, "subject", "NAME", N_("whose key: one name for all records of a person; else each record has its own") },
	{ 0, "strict", NULL, N_("seal nothing if a value stands in plain in older commits") },
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

struct work {
	const char *subject;
	char today[GV_DATE_LEN + 1];
	struct past *past;
};

static int need_key(struct sealing *s, char key[GV_KEYID_LEN + 1])
{
	struct work *w = s->work;
	struct gv_buf subject = GV_BUF_INIT(GV_SUBJECT_MAX);
	struct gv_err *err = &s->ch.c->err;
	int rc;

	if (w->subject)
		gv_buf_adds(&subject, w->subject);
	else
		gv_id_format(&s->ch.rec.id, false, &subject);
	rc = gv_buf_check(&subject, err);
	if (!rc)
		rc = gv_keys_need(s->keys, gv_buf_str(&subject), w->today, key, err);
	gv_buf_free(&subject);
	return rc;
}

static int seal(struct sealing *s, const struct gv_sealable *v)
{
	const struct gv_id *id = &s->ch.rec.id;
	struct gv_seal_at at = { gv_str_of(id->schema->kind), gv_str_of(id->key), v->field };
	struct work *w = s->work;
	char key[GV_KEYID_LEN + 1];
	struct gv_val sealed;
	int rc;

	if (gv_val_is_sealed(v->val))
		return 0;
	rc = past_add(w->past, id, v);
	if (!rc)
		rc = need_key(s, key);
	if (!rc)
		rc = gv_seal(s->keys, gv_str_of(key), &at, v->val, &s->ch.doc, &sealed, &s->ch.c->err);
	if (!rc)
		*v->val = sealed;
	return rc;
}

/* Nobody is to believe that the value is gone from what was written before. */
static int look_back(struct gv_cmd *c, struct past *past)
{
	size_t n;
	int rc = past_count(past, &n);

	if (rc || !n)
		return rc;
	if (gv_cmd_has(c, "strict"))
		return gv_fail(&c->err, GV_EDATA,
		               _("values stand in plain in the history (commits with them: %zu): nothing sealed (--strict)"), n);
	gv_cmd_warn(c, _("these values stand in plain in the history (commits with them: %zu), which nobody can take back: "
	                 "seal on entry, by the policy sealed_fields"), n);
	return 0;
}

static int check_subject_name(struct gv_cmd *c, const char *subject)
{
	struct gv_err why;

	if (!subject)
		return 0;
	if (!*subject || strlen(subject) > GV_SUBJECT_MAX)
		return gv_fail(&c->err, GV_EUSAGE, _("--subject: a name of 1 to %d bytes"), GV_SUBJECT_MAX);
	if (gv_json_check_string(gv_str_of(subject), &why))
		return gv_fail(&c->err, GV_EUSAGE, "--subject: %s", why.msg);
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .subject = gv_cmd_opt(c, "subject") };
	struct sealing s = { .each = seal, .work = &w };
	int rc = check_subject_name(c, w.subject);

	gv_day_format(c->today, w.today);
	if (!rc)
		rc = past_new(&w.past, c);
	if (!rc) {
		rc = sealing_begin(&s, c);
		if (!rc)
			rc = sealing_run(&s);
		if (!rc && c->done)
			rc = look_back(c, w.past);
		if (!rc && c->done)
			rc = sealing_commit(&s);
		sealing_end(&s);
	}
	past_free(w.past);
	return rc;
}

const struct gv_cmd_spec case_file_seal = {
	.name = "seal", .summary = N_("seal sensitive fields: only who holds the key reads them"),
	.usage = N_("[ID...|-] --field FIELDS -m REASON"), .operands = "id", .opts = opts, .kind = "case",
	.common = GV_C_WRITE | GV_C_SELECT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
