/* SPDX-License-Identifier: MIT */
/* report: what a page tells of an audit; report.c collects, report_page.c tells. */
#ifndef GAVEL_CASE_AUDIT_REPORT_H
#define GAVEL_CASE_AUDIT_REPORT_H

#include "page.h"
#include "witness.h"

enum { REPORT_LISTED = 1000, REPORT_RULES = 32, REPORT_KINDS = 3 };

/* One signer, or one e-mail that did not sign. */
struct report_person {
	struct gv_str who, name, roles;
	int64_t commits, good, none, other;
	gv_day first, last;
};

struct report_deed { size_t person; struct gv_str command; int64_t n; };

struct report_rule { struct gv_str id; size_t counts[4]; };

/* A finding, or a commit that is listed: a merge, a correction, an annotation. */
struct report_line {
	struct gv_str level, rule, ref, commit, message, note;
	gv_day on;
};

struct report_list { struct report_line *list; size_t n, cap, more; };

struct report {
	struct gv_cmd *c;
	gv_day since, until;               /* GV_DAY_NONE = open */
	struct gv_doc doc;                 /* the texts */
	struct gv_audit_sums sums;         /* of the period */
	struct report_person *people;
	size_t npeople, people_cap;
	struct report_deed *deeds;
	size_t ndeeds, deeds_cap;
	struct report_rule rules[REPORT_RULES];
	size_t nrules;
	struct report_list findings;
	struct report_list pending;        /* of the commit whose step comes next */
	struct report_list kinds[REPORT_KINDS]; /* merges, corrections, annotations */
};

void report_page(const struct report *r, struct page *p);

#endif
