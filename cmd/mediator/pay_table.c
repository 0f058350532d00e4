/* SPDX-License-Identifier: MIT */
/* pay_table: what the court's table (policy mediator_pay) gives for one mediation.  No rate is built in: national texts set none. */
#include <inttypes.h>
#include <stdio.h>

#include "big.h"
#include "mediator.h"
#include "num.h"
#include "policy.h"

enum { SHARE_SCALE = 9 };

struct share { int64_t num, den; };

/* One computation: an amount that shares are taken of. */
struct sum {
	struct gv_cmd *c;
	struct gv_doc *d;
	const struct gv_val *table;
	struct pay_part *part;
	gv_wide num, den;
};

static int wrong(struct gv_cmd *c, const char *field, const char *what)
{
	gv_fail_field(&c->err, GV_EDATA, field, "%s", what);
	gv_err_thing(&c->err, "gavel.json", strlen("gavel.json"));
	return GV_EDATA;
}

static int find_table(struct gv_cmd *c, const struct gv_val **out, gv_day on)
{
	char day[GV_DATE_LEN + 1];
	int rc = gv_policy_get(out, gv_store_config(gv_cmd_store(c)), PAY_POLICY, on, &c->err);

	if (rc)
		return rc;
	gv_day_format(on, day);
	if (!*out)
		return gv_fail_field(&c->err, GV_EDATA, "policy." PAY_POLICY, _("gavel.json has no table of allowances for %s"), day);
	return (*out)->type == GV_OBJECT ? 0 : wrong(c, "policy." PAY_POLICY, _("is no table: an object with \"classes\""));
}

int pay_cap(struct gv_cmd *c, gv_day on, int64_t *fen)
{
	const struct gv_val *table, *cap;
	int rc = find_table(c, &table, on);

	*fen = GV_JSON_INT_MAX;
	if (rc)
		return rc;
	cap = gv_val_get(table, "cap_month_fen");
	if (!cap)
		return 0;
	if (cap->type != GV_INT || cap->i < 0)
		return wrong(c, "policy." PAY_POLICY ".cap_month_fen", _("is no amount in fen"));
	*fen = cap->i;
	return 0;
}

/* "1/2", "0.5", 1: exactly, from 0 to 1. */
static bool read_share(const struct gv_val *v, struct share *out)
{
	struct gv_num_room room;
	struct gv_num n;
	struct gv_str text = gv_val_str(v);
	const char *slash = text.n ? memchr(text.p, '/', text.n) : NULL;

	*out = (struct share){ 0, 1 };
	if (slash) {
		size_t at = (size_t)(slash - text.p);

		return gv_str_int((struct gv_str){ text.p, at }, &out->num) &&
		       gv_str_int((struct gv_str){ slash + 1, text.n - at - 1 }, &out->den) && out->num >= 0 &&
		       out->num <= out->den && out->den > 0 && out->den <= 1000000000;
	}
	if (!gv_num_of(&n, v, &room) || n.digits.p || n.m < 0 || n.scale > SHARE_SCALE)
		return false;
	out->num = n.m;
	for (int32_t i = 0; i < n.scale; i++)
		out->den *= 10;
	return out->num <= out->den;
}

static int note(struct sum *s, const char *text)
{
	return text ? gv_arr_add(s->d, &s->part->work, gv_mkstr(s->d, gv_str_of(text)), &s->c->err) : gv_fail_nomem(&s->c->err);
}

/* Nothing is paid, and why. */
static int nothing(struct sum *s, const char *why)
{
	s->num = 0;
	s->part->why_not = gv_str_of(why);
	return note(s, why);
}

static int take_share(struct sum *s, const char *name)
{
	const struct gv_val *v = gv_val_get(gv_val_get(s->table, "shares"), name);
	char field[128];
	struct share share;

	if (!v)
		return nothing(s, gv_arena_printf(&s->d->arena, _("the table has no shares.%s"), name));
	snprintf(field, sizeof field, "policy." PAY_POLICY ".shares.%s", name);
	if (!read_share(v, &share))
		return wrong(s->c, field, _("is no share from 0 to 1, such as \"1/2\" or \"0.5\""));
	s->num *= share.num;
	s->den *= share.den;
	return note(s, gv_arena_printf(&s->d->arena, "shares.%s: × %" PRId64 "/%" PRId64, name, share.num, share.den));
}

/* The class's amount; one that the table does not have is no zero. */
static int start(struct sum *s, const struct gv_val *mediation, const char *amount)
{
	struct gv_str class = gv_val_getstr(mediation, "difficulty");
	const struct gv_val *row = class.n ? gv_val_getn(gv_val_get(s->table, "classes"), class) : NULL;
	int64_t fen = 0;

	if (!class.n)
		return gv_fail_field(&s->c->err, GV_EDATA, "difficulty", "%s", _("missing: the table of allowances goes by it"));
	if (!row)
		return gv_fail_field(&s->c->err, GV_EDATA, "difficulty", _("\"%.*s\" is no class of the table of allowances"),
		                     (int)class.n, class.p);
	if (!gv_val_get(row, amount))
		return nothing(s, gv_arena_printf(&s->d->arena, _("the class %s has no %s"), class.p, amount));
	if (!gv_val_getint(row, amount, &fen) || fen < 0)
		return wrong(s->c, "policy." PAY_POLICY ".classes", _("has an amount that is no whole number of fen"));
	s->num = fen;
	s->den = 1;
	return note(s, gv_arena_printf(&s->d->arena, "classes.%s.%s: %" PRId64, class.p, amount, fen));
}

static bool has_agreement(const struct gv_val *mediation)
{
	return gv_str_is(gv_val_getstr(mediation, "ended_by"), "agreement");
}

/* How it ended, as far as the table knows. */
static int by_outcome(struct sum *s, const struct gv_val *mediation)
{
	struct gv_str by = gv_val_getstr(mediation, "ended_by");
	bool held = gv_str_is(by, "deadlock") || gv_str_is(by, "expired") || gv_str_is(by, "not-signed");

	if (has_agreement(mediation))
		return gv_str_is(gv_val_getstr(gv_val_get(mediation, "agreement"), "form"), "oral") ? take_share(s, "oral") : 0;
	if (gv_str_is(by, "settled"))
		return take_share(s, "settled");
	if (!held)
		return nothing(s, _("there was no mediation to its end"));
	if (!gv_val_items(mediation, "undisputed")->n)
		return nothing(s, _("failed, and no facts were recorded as undisputed"));
	return take_share(s, "failed");
}

/* Whom and what the table leaves out. */
static int exclusions(struct sum *s, const struct gv_val *mediation, const struct gv_val *mediator)
{
	const struct gv_val *list = gv_val_items(s->table, "excluded_mechanisms");
	struct gv_str mechanism = gv_val_getstr(mediation, "mechanism");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_str(&list->items[i]), mechanism))
			return nothing(s, gv_arena_printf(&s->d->arena, _("excluded_mechanisms: %s"), list->items[i].s));
	if (gv_val_is_true(s->table, "excludes_public_servants") && gv_val_is_true(mediator, "public_servant"))
		return nothing(s, _("excludes_public_servants: the mediator is one"));
	if (gv_val_is_true(s->table, "requires_performed") && has_agreement(mediation) && !gv_val_get(mediation, "performed_on"))
		return nothing(s, _("requires_performed: the agreement has not been performed yet"));
	return 0;
}

/* No text says how several share, so the table must. */
static int among(struct sum *s, bool presiding, uint32_t n)
{
	struct gv_str how = gv_val_getstr(s->table, "several");

	if (n < 2 || gv_str_is(how, "each"))
		return 0;
	if (gv_str_is(how, "equal")) {
		s->den *= n;
		return note(s, gv_arena_printf(&s->d->arena, "several=equal: / %u", n));
	}
	if (gv_str_is(how, "presiding"))
		return presiding ? 0 : nothing(s, _("several=presiding: the mediator does not preside"));
	return wrong(s->c, "policy." PAY_POLICY ".several",
	             _("is none of each, equal, presiding, and there are several mediators"));
}

/* Down to whole fen: a share never gives more than it says. */
static int finish(struct sum *s)
{
	s->part->fen = (int64_t)(s->num / s->den);
	if (s->part->fen > GV_JSON_INT_MAX)
		return wrong(s->c, "policy." PAY_POLICY ".classes", _("has an amount that is no whole number of fen"));
	return s->part->why_not.p ? 0 : note(s, gv_arena_printf(&s->d->arena, "= %" PRId64 " fen", s->part->fen));
}

static int compute_part(struct sum *s, const struct gv_val *mediation, const struct gv_val *mediator, bool presiding,
                        uint32_t n, bool reward)
{
	int rc = start(s, mediation, reward ? "performed_fen" : "base_fen");

	if (!rc && !s->part->why_not.p)
		rc = exclusions(s, mediation, mediator);
	if (!rc && !s->part->why_not.p && !reward)
		rc = by_outcome(s, mediation);
	if (!rc && !s->part->why_not.p && reward && !(has_agreement(mediation) && gv_val_get(mediation, "performed_on")))
		rc = nothing(s, _("no agreement has been performed"));
	if (!rc && !s->part->why_not.p)
		rc = among(s, presiding, n);
	return rc ? rc : finish(s);
}

int pay_compute(struct gv_cmd *c, struct gv_doc *d, struct pay_part parts[2], const struct gv_val *mediation,
                const struct gv_val *mediator, bool presiding, uint32_t n)
{
	const struct gv_val *table;
	struct gv_str name;
	int rc = find_table(c, &table, gv_day_read(gv_val_getstr(mediation, "ended_on")));

	for (int i = 0; i < 2 && !rc; i++) {
		struct sum s = { .c = c, .d = d, .table = table, .part = &parts[i], .den = 1 };

		name = gv_val_getstr(table, "name");
		parts[i] = (struct pay_part){ .line = i ? "reward" : "allowance", .work = gv_mkarr(),
		                              .table = name.n ? name : GV_STR(PAY_POLICY) };
		rc = compute_part(&s, mediation, mediator, presiding, n, i == 1);
	}
	return rc;
}
