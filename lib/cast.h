/* SPDX-License-Identifier: MIT */
/*
 * cast: the people and units of a case, and what stands for their names when its papers are published: whose names are hidden
 * (法释〔2016〕19号 art 8, rules ANON-01 and ANON-02), and how (art 9, ANON-03 to ANON-06).
 */
#ifndef GAVEL_CAST_H
#define GAVEL_CAST_H

#include "arena.h"
#include "causes.h"
#include "date.h"
#include "divisions.h"
#include "json.h"
#include "surnames.h"

enum gv_profile {
	GV_PROFILE_2016,  /* the text of the law: family cases, victims and witnesses of criminal ones, minors */
	GV_PROFILE_2024   /* practice since 2024: every natural person but officials and lawyers; units lose their trade names */
};
/* "2016", "2024"; false for anything else. */
bool gv_profile_parse(enum gv_profile *out, struct gv_str text);

enum gv_part {
	GV_PART_PARTY, GV_PART_GUARDIAN,   /* 法定代理人 */
	GV_PART_HEAD,                      /* 法定代表人, 负责人 of a unit */
	GV_PART_LAWYER, GV_PART_AGENT,     /* lawyers and legal workers; other agents */
	GV_PART_VICTIM, GV_PART_WITNESS, GV_PART_APPRAISER,
	GV_PART_OFFICIAL,                  /* judges, assistants, clerks, jurors, prosecutors: never hidden */
	GV_PART_OTHER
};
/* Of a role as papers have it: 原告, 附带民事诉讼原告人, 证人 ... */
enum gv_part gv_part_of_role(struct gv_str role);

/* The next part of a name with dots, 买买提 of 买买提·艾力, which *rest loses with its dot; false: there is none. */
bool gv_cast_next_part(struct gv_str *rest, struct gv_str *part);
enum { GV_PART_SURE = 3 * 3 };     /* bytes of a part of a name with dots that is a form of its own */

struct gv_cast_member {
	struct gv_str name;
	struct gv_str *forms;      /* the name and all others that it goes by; folded (fold.h) */
	size_t nforms;
	struct gv_str surname, trade_name;  /* as the record says; {0}: to be found in the name */
	struct gv_str hint;        /* two characters of the name with which a short form begins: its trade name may, too; {0} */
	enum gv_part part;
	bool unit, organ, minor;
	bool by_first;             /* ANON-04, ANON-05: the first character stays, whatever the surname */
	bool hide;
	struct gv_str base, label; /* 张某; 张某2 once the labels are given; {0}: the name stays */
	unsigned number;           /* of the label; 0: none */
};

struct gv_cast {
	struct gv_arena arena;
	struct gv_cast_member *list;
	size_t n, cap;
	enum gv_profile profile;
	bool family, criminal;
	bool by_length;            /* as many 某 as the given name has characters */
	bool by_letter;            /* 甲, 乙 after equal labels, not numbers */
};

/* What the cast is made of.  All may be NULL. */
struct gv_cast_source {
	enum gv_profile profile;
	bool by_length, by_letter;
	bool family, criminal;       /* gv_cast_case_is() knows */
	gv_day as_of;                /* who is a minor on that day; GV_DAY_NONE: only who is said to be */
	const struct gv_val *kase;   /* "parties" (objects, or names alone), "judge", "clerk", "panel" */
	const struct gv_val *people; /* of the publication: name, role, class, surname, name_form, aliases, trade_name, hide, keep */
};

/* Does a date as papers write it (1985年3月12日, 一九八五年三月十二日, 1985-03-12, 19850312) make one who is under 18 on that day? */
bool gv_cast_is_minor(struct gv_str born, gv_day on);

bool gv_cast_has_minor(const struct gv_cast *c);

/* Is it a family case by its cause (婚姻家庭、继承纠纷 and all below), a criminal one by its number or its cause's list? */
void gv_cast_case_is(struct gv_causes *causes, const struct gv_val *kase, bool *family, bool *criminal);

/* Members in the order of the record: parties with their agents, people, officials.  Begin with { 0 }; used again from case to case. */
int gv_cast_make(struct gv_cast *c, const struct gv_cast_source *s, struct gv_err *err);
void gv_cast_free(struct gv_cast *c);

/* One more name that a member goes by: 以下简称….  A unit's begins with its trade name, where nobody told that one. */
int gv_cast_alias(struct gv_cast *c, struct gv_cast_member *m, struct gv_str name, struct gv_err *err);

/* What every hidden one is called before numbers tell two apart.  After gv_cast_make(). */
int gv_cast_bases(struct gv_cast *c, const struct gv_surnames *surnames, struct gv_divisions *d, struct gv_err *err);

/*
 * What stands for whom.  Who appears first (`order`, members by first appearance, `norder` of them) gets the first number of
 * those that would be called alike; then those that do not appear, in their own order.  `given` (may be NULL): an array of
 * {name, label} from other papers of the case, which stay as they are; borrowed.
 */
int gv_cast_label(struct gv_cast *c, const uint32_t *order, size_t norder, const struct gv_val *given, struct gv_err *err);

/* What stands for one of the member's forms: 某公司 for 嘉实公司, where 嘉实 is the trade name; else its label.  NULL bytes: out of memory. */
struct gv_str gv_cast_label_of(struct gv_cast *c, const struct gv_cast_member *m, struct gv_str form);

#endif
