/* SPDX-License-Identifier: MIT */
/*
 * redact: a judgment as everybody may read it (法释〔2016〕19号 arts 8 to 11; rules ANON-01 to ANON-10), and the table of what
 * stands for what.  Names of the case's record are replaced, numbers and addresses deleted as far as the rules ask; names that
 * nobody told are left for a person to look at: residue.h names them.  The same text with the same record gives the same bytes,
 * and redacting what was redacted changes nothing.
 *
 * What is deleted is gone, "×" is not used: the text stays readable without it (ANON-08).
 */
#ifndef GAVEL_REDACT_H
#define GAVEL_REDACT_H

#include "sift.h"

struct gv_redactor;

/* The lists of causes are those in force on that day. */
int gv_redactor_open(struct gv_redactor **out, gv_day on, struct gv_err *err);
void gv_redactor_free(struct gv_redactor *r);

/* All but text and profile may be NULL, false or GV_DAY_NONE. */
struct gv_redact_job {
	struct gv_str text;
	enum gv_profile profile;
	bool by_length;               /* as many 某 as the given name has characters */
	bool by_letter;               /* 甲, 乙 behind equal labels */
	bool title;                   /* 甲诉乙…案, for residue: it begins with a name */
	gv_day as_of;                 /* the day of the document: who is a minor */
	const struct gv_val *kase;    /* a case, or any object with "parties", "judge", "cause" ... as a case has them */
	const struct gv_val *people;  /* of the publication */
	const struct gv_val *labels;  /* of other papers of the case: {name, label} */
	const struct gv_val *waivers; /* of the publication: what of the residue stays, {text, reason} */
};

struct gv_map_row {
	const char *kind;             /* gv_trait_name(); "clause" for a part of a party's description that goes as a whole */
	struct gv_str text, label;    /* label.n 0: deleted */
	const char *rule;
	uint32_t count;
};
struct gv_redacted {
	struct gv_str text;
	const struct gv_map_row *map; /* by first appearance */
	size_t nmap;
	const struct gv_cast *cast;   /* with labels; names are replaced where they are hidden */
};

/* *out is borrowed until the next call with the same redactor. */
int gv_redact(struct gv_redactor *r, const struct gv_redact_job *job, struct gv_redacted *out, struct gv_err *err);

/* The map and the labels as records hold them. */
int gv_redacted_map(struct gv_doc *d, struct gv_val *out, const struct gv_redacted *redacted, struct gv_err *err);
int gv_redacted_labels(struct gv_doc *d, struct gv_val *out, const struct gv_redacted *redacted, struct gv_err *err);

#endif
