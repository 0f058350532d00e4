/* SPDX-License-Identifier: MIT */
/* mediation_rules_child: disputes about children, and what social workers find out about them. */
#include <stdio.h>

#include "mediation_child.h"
#include "mediation_rules_impl.h"

enum { AGE_TO_BE_ASKED = 8 }; /* 未成年人保护法 art. 107 */

static bool is_true(const void *subject, const char *path)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *v = gv_val_path(s->rec->val, gv_str_of(path));

	return v && v->type == GV_BOOL && v->truth;
}

/* ---- who is to be asked ---- */

/* Has somebody born then that many years on the day?  Who was born on 02-29 has them on 03-01. */
static bool has_years(gv_day born, int years, gv_day on)
{
	struct gv_ymd b = gv_day_ymd(born), d = gv_day_ymd(on);
	int age = d.year - b.year;

	if (d.month < b.month || (d.month == b.month && d.day < b.day))
		age--;
	return age >= years;
}

/* The day of which a child's age counts: that of the agreement. */
static gv_day agreed_day(const struct gv_check *c, const void *subject)
{
	gv_day on = gv_day_read(gv_text_of(subject, "agreement.made_on"));

	if (on == GV_DAY_NONE)
		on = gv_day_read(gv_text_of(subject, "ended_on"));
	return on == GV_DAY_NONE ? c->as_of : on;
}

static int check_child(struct gv_check *c, const void *subject, const struct gv_val *child, uint32_t i)
{
	const struct gv_val *born = gv_val_get(child, "born_on");
	gv_day on = agreed_day(c, subject), asked = gv_day_read(gv_val_getstr(child, "asked_on"));
	char day[GV_DATE_LEN + 1];

	if (!born)
		return gv_finding(c, GV_REVIEW, NULL, _("children[%u].born_on missing"), i);
	if (born->type != GV_STRING)
		return gv_finding(c, GV_REVIEW, NULL, _("children[%u].born_on is sealed: not judged"), i);
	if (gv_day_read(gv_val_str(born)) == GV_DAY_NONE || !has_years(gv_day_read(gv_val_str(born)), AGE_TO_BE_ASKED, on))
		return 0;
	gv_day_format(on, day);
	if (asked != GV_DAY_NONE && asked > on)
		return gv_finding(c, GV_REVIEW, NULL, _("children[%u]: 8 or over, and asked only after the agreement of %s"), i, day);
	if (asked != GV_DAY_NONE || gv_val_get(child, "wishes"))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("children[%u]: 8 or over on %s, and not asked"), i, day);
}

int gv_mediation_rule_child_asked(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *child;
	int rc = 0;

	if (!gv_mediation_applies(c, s) || !gv_mediation_agreed(s) ||
	    !gv_rule_listed(GV_STR("离婚纠纷,抚养纠纷,变更抚养关系纠纷,同居关系纠纷,同居关系子女抚养纠纷,监护权纠纷,探望权纠纷"),
	                    gv_text_of(s, "cause")))
		return 0;
	if (!gv_mediation_has_minor(s->rec->val))
		return gv_val_get(s->rec->val, "involves_minor") ? 0 : gv_mediation_missing(c, "involves_minor");
	if (gv_val_path(s->rec->val, GV_STR("investigation.child_wishes"))) /* of all of them */
		return 0;
	if (!gv_item_of(s->rec->val, "children", 0))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("children missing: those of 8 or over are to be asked"));
	for (uint32_t i = 0; !rc && (child = gv_item_of(s->rec->val, "children", i)); i++)
		rc = check_child(c, s, child, i);
	return rc;
}

/* ---- the investigation ---- */

static int check_investigator(struct gv_check *c, const struct gv_mediation_subject *s)
{
	struct gv_str id = gv_text_of(s, "investigation.investigator"), on = gv_text_of(s, "investigation.asked_on");
	const struct gv_val *person;
	int rc;

	if (!id.n)
		return gv_mediation_missing(c, "investigation.investigator");
	rc = gv_mediation_fetch(s, id, &person, c->err);
	if (rc)
		return rc;
	if (!person)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s is not known here"), (int)id.n, id.p);
	if (gv_day_read(on) == GV_DAY_NONE || gv_is_social_worker(person, gv_day_read(on)))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s was no youth social worker of the court on %.*s"), (int)id.n, id.p, (int)on.n,
	                  on.p);
}

/* What was to be found out, and is not in the report. */
static int check_scope(struct gv_check *c, const struct gv_mediation_subject *s)
{
	const struct gv_val *word;
	int rc = 0;

	if (!gv_item_of(s->rec->val, "investigation.scope", 0))
		return gv_mediation_missing(c, "investigation.scope");
	if (!gv_text_of(s, "investigation.reported_on").n)
		return 0;
	for (uint32_t i = 0; !rc && (word = gv_item_of(s->rec->val, "investigation.scope", i)); i++)
		if (!gv_val_getn(gv_val_get(s->rec->val, "investigation"), gv_val_str(word)))
			rc = gv_finding(c, GV_REVIEW, NULL, _("the report says nothing about %.*s"), (int)gv_val_str(word).n,
			                gv_val_str(word).p);
	return rc;
}

int gv_mediation_rule_investigated(struct gv_check *c, const void *subject)
{
	static const char *const said[] = { "investigation.qualified", "investigation.consent" };
	const struct gv_mediation_subject *s = subject;
	struct gv_str asked = gv_text_of(s, "investigation.asked_on"), reported = gv_text_of(s, "investigation.reported_on");
	int rc = 0;

	if (!gv_mediation_applies(c, s) || (!asked.n && !reported.n && !gv_mediation_event(s->rec->val, "investigate")))
		return 0;
	if (!asked.n)
		rc = gv_mediation_missing(c, "investigation.asked_on");
	else if (reported.n && gv_day_read(reported) < gv_day_read(asked))
		rc = gv_finding(c, GV_REVIEW, NULL, _("the report is of %.*s, before it was asked for on %.*s"), (int)reported.n, reported.p,
		                (int)asked.n, asked.p);
	if (!rc)
		rc = check_investigator(c, s);
	for (size_t i = 0; i < sizeof said / sizeof said[0] && !rc; i++)
		if (!is_true(s, said[i]))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%s is not said to be so"), said[i]);
	return rc ? rc : check_scope(c, s);
}

/* ---- what a report is good for ---- */

/* The words themselves are not told: they are about a child. */
static int compare(struct gv_check *c, const struct gv_mediation_subject *s, struct gv_str text, const char *where)
{
	const struct gv_val *report = gv_val_get(s->rec->val, "investigation"), *v;

	for (size_t i = 0; gv_social_report_fields[i]; i++) {
		struct gv_str said;

		v = gv_val_get(report, gv_social_report_fields[i]);
		said = gv_str_trim(gv_val_str(v));
		if (v && v->type != GV_STRING)
			return gv_finding(c, GV_REVIEW, NULL, _("investigation.%s is sealed: not compared"), gv_social_report_fields[i]);
		if (said.n && gv_str_find(text, said))
			return gv_finding(c, GV_REVIEW, NULL, _("%s repeats investigation.%s: a reference, not evidence by itself"), where,
			                  gv_social_report_fields[i]);
	}
	return 0;
}

int gv_mediation_rule_reference(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *fact;
	char where[32];
	int rc = 0;

	if (!gv_mediation_applies(c, s) || !gv_val_get(s->rec->val, "investigation"))
		return 0;
	for (uint32_t i = 0; !rc && (fact = gv_item_of(s->rec->val, "undisputed", i)); i++) {
		snprintf(where, sizeof where, "undisputed[%u]", i);
		rc = compare(c, s, gv_val_str(fact), where);
	}
	if (!rc && gv_text_of(s, "agreement.facts").n)
		rc = compare(c, s, gv_text_of(s, "agreement.facts"), "agreement.facts");
	if (!rc && gv_text_is(s, "state", "filed") && gv_text_of(s, "investigation.reported_on").n)
		rc = gv_finding(c, GV_INFO, NULL, "%s", _("the court may look at the social report, which is no evidence by itself"));
	return rc;
}
