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
#include "date.h"
#include "schema.h"

#define GV_KEY_MAX 256

struct gv_id {
	const struct gv_schema *schema;
	char key[GV_KEY_MAX];   /* official form */
};

/*
 * What a user typed -> id.  `home` is the command's kind (may be NULL); `cn` must be there.  A
 * case number in any form is accepted, whatever the home kind; another kind's key must look like
 * COURT-Xnnnnnn.  GV_EDATA with the reason otherwise: numbers of mediation registers
 * (CN-14), kinds that are not stored, control and bidi characters, over-long ids.
 */
int gv_id_parse(struct gv_id *out, struct gv_str text, const struct gv_schema *home,
                struct gv_caseno_reader *cn, struct gv_err *err);

/* "case:（2022）沪0114民初1234号"; without prefix for cases if `short_form`. */
void gv_id_format(const struct gv_id *id, bool short_form, struct gv_buf *out);

/*
 * Is `text` a record id as records store it: a case number in official form, or KIND:KEY?  GV_EDATA
 * says why not, with the official form where there is one.  `cn` as for gv_schema_validate().
 */
int gv_id_check(struct gv_str text, struct gv_caseno_reader *cn, struct gv_err *err);

/*
 * Path in the tree (gavel-docket(5)).  For an official key it is a matter of its parts alone:
 *   cases/2022/沪0114/民初/0012/1234.json        serial div 100, four digits or more
 *   cases/2022/最高法/知-民终/0000/1.json         the special character stays apart
 *   cases/2022/最高法/刑核/1234/12345678.json     eight random digits: the first four
 *   cases/legacy/2014/HH/HASH.json               every other number: SHA-256 of the key
 *   debtors/沪0114/0001/沪0114-D000123.json       other kinds
 */
int gv_id_path(const struct gv_id *id, struct gv_buf *out, struct gv_err *err);

/* Is this a path that records live at?  The kind, or NULL; the key is what the record
 * inside says. */
const struct gv_schema *gv_path_kind(struct gv_str path);
bool gv_path_is(const struct gv_schema *s, struct gv_str path);

/* Does a record of this id belong at `path`?  GV_EDATA names the right path. */
int gv_id_lies_at(const struct gv_id *id, struct gv_str path, struct gv_err *err);

/* A record with its id: what commands pass around. */
struct gv_rec {
	struct gv_id id;
	struct gv_doc *doc;         /* owner of val */
	const struct gv_val *val;   /* the object */
};

/* Take kind and id out of an object.  The id may be in any accepted form (streams from
 * elsewhere); rec->id has the official one.  GV_EDATA if either is missing; `home` (may be
 * NULL) then tells the user what was expected. */
int gv_rec_of(struct gv_rec *out, struct gv_doc *doc, const struct gv_schema *home,
              struct gv_caseno_reader *cn, struct gv_err *err);

/* Whole-record validity: schema, then cross-field checks.  What `put` demands.  The first
 * problem only; `cn` as for gv_schema_validate(). */
int gv_rec_check(const struct gv_schema *s, const struct gv_val *rec, struct gv_caseno_reader *cn,
                 struct gv_err *err);
/* Every problem (at most GV_PROBLEMS_MAX), as gv_schema_validate(). */
int gv_rec_problems(const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn,
                    int (*each)(void *ctx, const struct gv_err *problem), void *ctx);

/*
 * Compute derived fields named in `list` ("court,type,serial" or "all") into a copy at
 * *out (in d; values are borrowed from rec).  What cannot be computed is left out.  GV_EUSAGE
 * names a field that the kind does not derive.  What runs still is counted up to as_of.
 *
 * plaintiffs and defendants of a case go by the role's first words, up to a bracket:
 *   原告 上诉人 申请人 申请执行人 再审申请人 复议申请人 申诉人 异议人 起诉人 自诉人 公诉机关
 *   抗诉机关 赔偿请求人 反诉被告
 *   被告 被告人 被上诉人 被申请人 被执行人 被申诉人 赔偿义务机关 反诉原告
 * Everybody else (第三人, 案外人, 原审被告 ...) is on neither side.
 */
int gv_rec_derive(struct gv_doc *d, struct gv_val *out, const struct gv_rec *rec,
                  struct gv_caseno_reader *cn, gv_day as_of, struct gv_str list, struct gv_err *err);

/*
 * Events.  New eid: 16 characters of base32 (RFC 4648 lower case) over 80 random bits.
 * Adding keeps the order (on, eid), byte-wise: a day stands before its hours.  `event` needs
 * strings "on" and "event"; without "eid" it gets a new one, behind all that have the same "on".
 * GV_EDATA if the eid is there already or "events" is no array of objects.
 */
int gv_eid_new(char out[17], struct gv_err *err);
int gv_event_add(struct gv_doc *d, struct gv_val *rec, struct gv_val event, struct gv_err *err);
/*
 * May an event that moves the state be of this day?  The log must lead to the state that the record says: nothing is put in front of
 * what moved it last.  GV_EDATA names both.
 */
int gv_event_check_order(const struct gv_schema *s, const struct gv_val *rec, const char *name, struct gv_str on, struct gv_err *err);
/* One that says no more than its name and its day (or time); `on` is copied, `name` borrowed. */
int gv_event_add_plain(struct gv_doc *d, struct gv_val *rec, const char *name, struct gv_str on, struct gv_err *err);

/* {"rel", "id"} among the record's links, once.  A case's id says what it is, another's wears its kind. */
int gv_link_add(struct gv_doc *d, struct gv_val *rec, const char *rel, const struct gv_id *other, struct gv_err *err);

#endif
