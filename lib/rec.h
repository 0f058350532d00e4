/* SPDX-License-Identifier: MIT */
/*
 * rec: records, their ids and their paths.  A full id is KIND:KEY; the prefix
 * may be dropped for a command's home kind and for case numbers.  The member "id" of a
 * record holds the KEY alone (its "kind" stands beside it).  A key never
 * holds personal data.
 */
#ifndef GAVEL_REC_H
#define GAVEL_REC_H

#include "caseno.h"
#include "schema.h"

#define GV_KEY_MAX 256

struct gv_id {
	const struct gv_schema *schema;
	char key[GV_KEY_MAX];   /* official form */
};

/*
 * What a user typed -> id.  `home` is the command's kind (may be NULL).  A
 * case number in any form is accepted; another kind's key must look like COURT-Xnnnnnn.
 * GV_EDATA with the reason otherwise.
 */
int gv_id_parse(struct gv_id *out, struct gv_str text, const struct gv_schema *home,
                struct gv_caseno_reader *cn, struct gv_err *err);

/* "case:（2022）沪0114民初1234号"; without prefix for cases if `short_form`. */
void gv_id_format(const struct gv_id *id, bool short_form, struct gv_buf *out);

/* Path in the tree: cases/2022/沪0114/民初/0012/1234.json (gavel-docket(5)). */
int gv_id_path(const struct gv_id *id, struct gv_caseno_reader *cn, struct gv_buf *out, struct gv_err *err);

/* Is this a path that records live at?  Fills kind; the key is what the record inside says. */
const struct gv_schema *gv_path_kind(struct gv_str path);

/* A record with its id: what commands pass around. */
struct gv_rec {
	struct gv_id id;
	struct gv_doc *doc;         /* owner of val */
	const struct gv_val *val;   /* the object */
};

/* Take kind and id out of an object.  The id may be in any accepted form (streams from
 * elsewhere); rec->id has the official one.  GV_EDATA if either is missing. */
int gv_rec_of(struct gv_rec *out, struct gv_doc *doc, const struct gv_schema *home,
              struct gv_caseno_reader *cn, struct gv_err *err);

/* Whole-record validity: schema, then cross-field checks.  What `put` demands. */
int gv_rec_check(const struct gv_schema *s, const struct gv_val *rec, struct gv_err *err);

/* Compute derived fields named in `list` ("court,type,serial" or "all") into
 * a copy at *out. */
int gv_rec_derive(struct gv_doc *d, struct gv_val *out, const struct gv_rec *rec,
                  struct gv_caseno_reader *cn, struct gv_str list, struct gv_err *err);

/* Events.  New eid: 16 characters of base32 (RFC 4648 lower case) over 80
 * random bits.  Adds in order (on, eid). */
int gv_eid_new(char out[17], struct gv_err *err);
int gv_event_add(struct gv_doc *d, struct gv_val *rec, struct gv_val event, struct gv_err *err);

#endif
