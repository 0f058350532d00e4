/* SPDX-License-Identifier: MIT */
/* Ids of records, and records as commands pass them around. */
#include "rec.h"

#include <stdio.h>

#include "casekey.h"
#include "i18n.h"
#include "schema_impl.h"
#include "utf8.h"

static struct gv_str skip(struct gv_str s, size_t n)
{
	return (struct gv_str){ s.p + n, s.n - n };
}

/* ---- the parts of an id ---- */

/* Bytes of "case:" in front, 0 if there is no such word. */
static size_t prefix_length(struct gv_str text)
{
	size_t n = 0;

	while (n < text.n && ((text.p[n] >= 'a' && text.p[n] <= 'z') || text.p[n] == '-'))
		n++;
	return n && n < text.n && text.p[n] == ':' ? n + 1 : 0;
}

/* Copies of numbers carry blanks and zero-width marks, which are dropped; what else
 * cannot be seen is meant to deceive. */
static int refuse_hostile(struct gv_str text, struct gv_err *err)
{
	struct gv_buf seen = GV_BUF_INIT(64);
	size_t pos = 0, start = 0;
	int32_t cp;
	int rc = 0;

	if (text.n == 0)
		return gv_fail(err, GV_EDATA, "%s", _("the id is empty"));
	if (text.n >= (size_t)4 * GV_KEY_MAX)
		return gv_fail(err, GV_EDATA, _("an id of %zu bytes is too long"), text.n);
	if (gv_utf8_valid(text) != text.n)
		return gv_fail(err, GV_EDATA, "%s", _("the id is not UTF-8"));
	while (!rc && (cp = gv_utf8_next(text, &pos)) >= 0) {
		struct gv_str one = { text.p + start, pos - start };

		start = pos;
		if (gv_utf8_is_space(cp) || gv_utf8_is_safe(one))
			continue;
		gv_utf8_safe(one, &seen);
		rc = gv_fail(err, GV_EDATA, _("the id has the character %s, which no id has"),
		             seen.p ? seen.p : "?");
	}
	gv_buf_free(&seen);
	return rc;
}

static int unknown_kind(struct gv_str name, struct gv_err *err)
{
	struct gv_near near = gv_near_start(name);
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);

	for (size_t i = 0; i < n; i++)
		if (all[i]->folder)
			gv_near_try(&near, all[i]->kind);
	if (near.best)
		return gv_fail(err, GV_EDATA, _("there is no kind \"%.*s\" (did you mean %s?)"),
		               gv_cut(name), name.p, near.best);
	return gv_fail(err, GV_EDATA, _("there is no kind \"%.*s\""), gv_cut(name), name.p);
}

static int find_kind(const struct gv_schema **out, struct gv_str name, struct gv_err *err)
{
	*out = gv_schema_find(name);
	if (!*out)
		return unknown_kind(name, err);
	if (!(*out)->folder)
		return gv_fail(err, GV_EDATA, _("a %s is no record with an id"), (*out)->kind);
	return 0;
}

static int check_serial_key(const struct gv_schema *s, struct gv_str key, struct gv_err *err)
{
	if (gv_serialkey_ok(key, s->letter))
		return 0;
	return gv_fail(err, GV_EDATA, _("\"%.*s\" is no id of a %s: it looks like COURT-%c000123"),
	               gv_cut(key), key.p, s->kind, s->letter);
}

static int set_key(struct gv_id *out, const struct gv_schema *s, struct gv_str key,
                   struct gv_err *err)
{
	if (key.n >= sizeof out->key)
		return gv_fail(err, GV_EDATA, _("an id of %zu bytes is too long"), key.n);
	out->schema = s;
	memcpy(out->key, key.p, key.n);
	out->key[key.n] = '\0';
	return 0;
}

/* Official already, as in every record that comes from a docket. */
static bool quick_case(struct gv_str key, struct gv_caseno_reader *cn)
{
	struct gv_casekey parts;
	enum gv_caseno_class class;

	return gv_casekey_split(&parts, key) && gv_casekey_check(cn, key, &class, NULL) == 0 &&
	       class == GV_CN_NEW;
}

/* The kind whose keys are numbers of mediation registers; NULL if no such kind is known. */
static const struct gv_schema *register_kind(void)
{
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);

	for (size_t i = 0; i < n; i++)
		if (all[i]->in_register)
			return all[i];
	return NULL;
}

static int of_other_kind(const struct gv_schema *s, struct gv_str number, struct gv_err *err)
{
	if (s->in_register)
		return gv_fail(err, GV_EDATA, _("%.*s is a number of a case, not of a mediation register"), gv_cut(number),
		               number.p);
	return gv_fail(err, GV_EDATA, _("%.*s is a number of a mediation register, not of a case"), gv_cut(number),
	               number.p);
}

/* The number itself says whether it is of a case or of a register; `s`, if given, is what it should be. */
static int parse_number(struct gv_id *out, const struct gv_schema *s, struct gv_str text,
                        struct gv_caseno_reader *cn, struct gv_err *err)
{
	struct gv_caseno number;
	const struct gv_schema *is;
	int rc = gv_caseno_parse(cn, &number, text, err);

	if (rc)
		return rc;
	is = number.class == GV_CN_REGISTER ? register_kind() : gv_schema_find(GV_STR("case"));
	if (s && s != is)
		return of_other_kind(s, gv_str_of(number.id), err);
	return set_key(out, is, gv_str_of(number.id), err);
}

/* A key without prefix that looks like COURT-X000123: of the home kind, or say of which. */
static int serial_without_prefix(const struct gv_schema **out, const struct gv_schema *home,
                                 struct gv_str key, struct gv_err *err)
{
	struct gv_serialkey serial;
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);

	if (!gv_serialkey_split(&serial, key))
		return 0;
	if (home && home->letter == (serial.letter & ~0x20)) {
		*out = home;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		if (all[i]->letter == serial.letter)
			return gv_fail(err, GV_EDATA, _("%.*s is a %s: say %s:%.*s"), gv_cut(key),
			               key.p, all[i]->kind, all[i]->kind, gv_cut(key), key.p);
	return 0;
}

int gv_id_parse(struct gv_id *out, struct gv_str text, const struct gv_schema *home,
                struct gv_caseno_reader *cn, struct gv_err *err)
{
	const struct gv_schema *s = NULL;
	struct gv_str key = gv_str_trim(text);
	size_t prefix;
	int rc;

	if (quick_case(key, cn))
		return set_key(out, gv_schema_find(GV_STR("case")), key, err);
	rc = refuse_hostile(key, err);
	if (rc)
		return rc;
	prefix = prefix_length(key);
	if (prefix)
		rc = find_kind(&s, (struct gv_str){ key.p, prefix - 1 }, err);
	key = skip(key, prefix);
	if (!rc && !prefix)
		rc = serial_without_prefix(&s, home, key, err);
	if (!rc && s && s->letter) {
		rc = check_serial_key(s, key, err);
		return rc ? rc : set_key(out, s, key, err);
	}
	if (rc)
		return rc;
	rc = parse_number(out, s, key, cn, err);
	/* A name, say, where an id is wanted: that it is no case number either is not what helps. */
	if (rc == GV_EDATA && !prefix && home && home->letter)
		rc = gv_fail(err, GV_EDATA, _("\"%.*s\" is no id of a %s, such as 沪0114-%c000001"), gv_cut(key), key.p, home->kind,
		             home->letter);
	return rc;
}

int gv_id_check(struct gv_str text, struct gv_caseno_reader *cn, struct gv_err *err)
{
	const struct gv_schema *s = NULL;
	enum gv_caseno_class class = GV_CN_NEW;
	size_t prefix = prefix_length(text);
	struct gv_str key = skip(text, prefix);
	int rc;

	if (text.n >= GV_KEY_MAX)
		return gv_fail(err, GV_EDATA, _("an id of %zu bytes is too long"), text.n);
	if (prefix) {
		rc = find_kind(&s, (struct gv_str){ text.p, prefix - 1 }, err);
		if (rc)
			return rc;
		if (s->letter)
			return check_serial_key(s, key, err);
	}
	rc = gv_casekey_check(cn, key, &class, err);
	if (!rc && s && s->in_register != (class == GV_CN_REGISTER))
		rc = of_other_kind(s, key, err);
	return rc;
}

void gv_id_format(const struct gv_id *id, bool short_form, struct gv_buf *out)
{
	if (!short_form || id->schema->letter) {
		gv_buf_adds(out, id->schema->kind);
		gv_buf_addc(out, ':');
	}
	gv_buf_adds(out, id->key);
}

/* ---- records ---- */

int gv_rec_of(struct gv_rec *out, struct gv_doc *doc, const struct gv_schema *home,
              struct gv_caseno_reader *cn, struct gv_err *err)
{
	const struct gv_val *kind = gv_val_get(&doc->root, "kind");
	const struct gv_val *id = gv_val_get(&doc->root, "id");
	const struct gv_schema *s;
	int rc;

	if (doc->root.type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, "%s", _("a record is a JSON object"));
	if (!kind && home)
		return gv_fail_field(err, GV_EDATA, "kind", _("missing: a %s has \"kind\":\"%s\""),
		                     home->kind, home->kind);
	if (!kind)
		return gv_fail_field(err, GV_EDATA, "kind", "%s", _("missing"));
	if (kind->type != GV_STRING)
		return gv_fail_field(err, GV_EDATA, "kind", "%s", _("must be a string"));
	rc = find_kind(&s, gv_val_str(kind), err);
	if (rc) {
		gv_err_field_prefix(err, "kind");
		return rc;
	}
	if (!id)
		return gv_fail_field(err, GV_EDATA, "id", "%s", _("missing"));
	if (id->type != GV_STRING)
		return gv_fail_field(err, GV_EDATA, "id", "%s", _("must be a string"));
	rc = gv_id_parse(&out->id, gv_val_str(id), s, cn, err);
	if (!rc && out->id.schema != s && !out->id.schema->letter && !s->letter)
		rc = of_other_kind(s, gv_str_of(out->id.key), err);
	else if (!rc && out->id.schema != s)
		rc = gv_fail(err, GV_EDATA, _("\"%.*s\" is no id of a %s"), gv_cut(gv_val_str(id)),
		             id->s, s->kind);
	if (rc) {
		gv_err_field_prefix(err, "id");
		return rc;
	}
	out->doc = doc;
	out->val = &doc->root;
	return 0;
}

int gv_rec_problems(const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn,
                    int (*each)(void *ctx, const struct gv_err *problem), void *ctx)
{
	struct gv_problems p = { .each = each, .ctx = ctx };

	gv_schema_walk(&p, s, rec, cn);
	if (!p.stopped)
		gv_cross_walk(&p, s, rec, cn);
	return p.rc;
}

int gv_rec_check(const struct gv_schema *s, const struct gv_val *rec, struct gv_caseno_reader *cn,
                 struct gv_err *err)
{
	return gv_rec_problems(s, rec, cn, gv_first_problem, err);
}
