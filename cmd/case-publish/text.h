/* SPDX-License-Identifier: MIT */
/* text: the texts that redact and scan work on, and whose they are. */
#ifndef GAVEL_PUBLISH_TEXT_H
#define GAVEL_PUBLISH_TEXT_H

#include "case-publish.h"
#include "labels.h"
#include "residue.h"

#define PUBLISH_TEXT_OPTS \
	{ 0, "text", "FILE", N_("a plain text, not records; \"-\": standard input"), .complete = "file" }, \
	{ 0, "profile", "PROFILE", N_("whose names are hidden: 2016, the text of the law; 2024, practice since (default: policy anon_profile)"), .complete = "2016|2024" }, \
	{ 0, "party", "ROLE=NAME", N_("somebody of the text's case, as 原告=张伟, 证人=李丽"), GV_OPT_MANY }, \
	{ 0, "cause", "CAUSE", N_("cause of the text's case"), .complete = "cause" }, \
	{ 0, "case", "NUMBER", N_("number of the text's case") }, \
	{ 0, "by-length", NULL, N_("as many 某 as the given name has characters") }, \
	{ 0, "by-letter", NULL, N_("甲, 乙 behind names that would be equal, not 1, 2") },

struct publish_text {
	struct gv_redact_job job;
	struct gv_val *row;       /* NULL: a plain text */
	struct gv_doc *doc;       /* that it lives in */
	struct gv_str kase;       /* number of its case; {0} */
	struct gv_str id;         /* of the record; {0} */
	bool redacted;            /* it went through redact already */
	bool withheld;            /* nothing of it is published: there is no text to look at */
	size_t line;              /* of the input, 0: none */
};

struct publish_texts {
	struct gv_cmd *c;
	struct gv_redactor *redactor;
	struct gv_labels *labels;
	struct gv_doc row, kase;
	struct gv_buf text;
	bool told;                /* typical cases and reports may be looked at, too: every word of them */
	int (*each)(struct publish_texts *t, struct publish_text *one);
	void *ctx;
};

/* All of them: --text, else records (publications, or rows with a "text" of their own) and ids from operands or standard input. */
int publish_texts_run(struct publish_texts *t);

#endif
