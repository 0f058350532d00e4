/* SPDX-License-Identifier: MIT */
/* sealing: what seal, unseal, destroy-key and keys share. */
#ifndef GAVEL_CASE_FILE_SEALING_H
#define GAVEL_CASE_FILE_SEALING_H

#include "amend.h"
#include "selection.h"

#define SEALING_OPTS \
	{ 0, "field", "FIELDS", N_("these fields, comma list: parties[].id_no, or parties.0.id_no for one party alone"), \
	  .complete = "field" },

struct sealing {
	struct gv_amend ch;
	struct gv_keys *keys;
	const struct gv_val *policy;     /* gavel.json's sealed_fields today, or NULL */
	struct gv_str *fields;           /* as typed, but indices in brackets: "parties[0].id_no" */
	size_t nfields;
	struct gv_buf names;             /* behind them */
	size_t matched;                  /* values of this record that are among the fields */
	/* What to do with a value that is among them. */
	int (*each)(struct sealing *s, const struct gv_sealable *v);
	void *work;                      /* the subcommand's own */
};

/*
 * For every case that the operands name ("-": ids on standard input), or that --where and the like select: each of its
 * values that --field names goes to `each`, then the record into the plan.  A case that the operands name and that has no
 * such value is complained about.
 */
int sealing_begin(struct sealing *s, struct gv_cmd *c);
int sealing_run(struct sealing *s);
/* One commit: "CASE" or "12 cases". */
int sealing_commit(struct sealing *s);
void sealing_end(struct sealing *s);

/*
 * Values that are about to be sealed, for a look into the past: how many commits made versions of these records in which
 * one of them stands in plain?
 */
struct past;
int past_new(struct past **out, struct gv_cmd *c);
int past_add(struct past *p, const struct gv_id *id, const struct gv_sealable *v);
int past_count(struct past *p, size_t *commits);
void past_free(struct past *p);

/* How many records, of all kinds, name the key; `each` (may be NULL) is called with their ids. */
int key_usage(struct gv_cmd *c, const char *key, size_t *records, void (*each)(void *ctx, struct gv_str id), void *ctx);

#endif
