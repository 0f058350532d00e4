/* SPDX-License-Identifier: MIT */
/* stat_impl: what stat*.c and report*.c share; nobody else includes it. */
#ifndef GAVEL_STAT_IMPL_H
#define GAVEL_STAT_IMPL_H

#include "date.h"
#include "dist.h"
#include "key.h"
#include "query.h"
#include "stat.h"
#include "uniq.h"

/* ---- stat_spec.c ---- */

enum gv_date_part { GV_PART_ALL, GV_PART_YEAR, GV_PART_QUARTER, GV_PART_MONTH, GV_PART_WEEK, GV_PART_DAY };

struct gv_stat_group {    /* a column that groups */
	struct gv_str text, path, name;
	enum gv_date_part part;
};

/* What aggregates look at: a field, or days between two.  Read once for a record. */
struct gv_stat_value {
	struct gv_str text, path;
	struct gv_str until;  /* .p not NULL: days from path to this */
	bool wants_number, wants_order;  /* who looks at it: what else it holds is a misfit */
};

enum gv_cell_kind { GV_CELL_HAS, GV_CELL_SUM, GV_CELL_RANGE, GV_CELL_DIST, GV_CELL_UNIQ, GV_CELL_RATE, GV_CELL_FIRST, GV_CELL_LAST };

/* What is kept for one or several aggregates. */
struct gv_stat_cell {
	enum gv_cell_kind kind;
	uint32_t value;           /* index; unused by a rate */
	size_t at;                /* in the memory of a group */
	bool squares;             /* GV_CELL_SUM */
	struct gv_str text;       /* GV_CELL_RATE: the predicate; FIRST, LAST: path of the order, .p NULL: of the input */
};

enum gv_stat_fn {
	GV_FN_COUNT, GV_FN_HAS, GV_FN_SUM, GV_FN_MEAN, GV_FN_SD, GV_FN_MIN, GV_FN_MAX, GV_FN_QUANTILE, GV_FN_DISTINCT,
	GV_FN_RATE, GV_FN_FIRST, GV_FN_LAST
};

struct gv_stat_column {       /* an aggregate */
	struct gv_str text, name;
	enum gv_stat_fn fn;
	uint32_t cell;            /* unused by count */
	struct gv_percent percent;
};

struct gv_stat_spec {
	struct gv_arena arena;
	struct gv_stat_group *groups;
	struct gv_stat_column *columns;
	struct gv_stat_value *values;
	struct gv_stat_cell *cells;
	struct gv_str *where;
	size_t ngroups, ncolumns, nvalues, ncells, nwhere;
	uint32_t exact;
	size_t group_size;        /* bytes of a group without its key */
	struct gv_json_only only;
	struct gv_str *members;
};

/* ---- groups ---- */

#define GV_STAT_RECORDS_MAX ((uint64_t)GV_JSON_INT_MAX)  /* of a group, so that a state can tell it */

struct gv_group {
	uint64_t hash, count;
	struct gv_str key;        /* values of the groups (key.h), then nothing */
	uint64_t misfits[];       /* one a value; cells follow */
};

static inline void *gv_cell_of(const struct gv_group *g, const struct gv_stat_cell *cell)
{
	return (char *)g + cell->at;
}

/* ---- stat_cell.c ---- */

/* What a record has for one gv_stat_value. */
struct gv_seen {
	enum { GV_SEEN_NOTHING, GV_SEEN_NUMBER, GV_SEEN_DATE, GV_SEEN_OTHER } what;
	const struct gv_val *val;   /* NULL for days */
	struct gv_num num;
	struct gv_num_room room;
	struct gv_moment moment;
};

struct gv_range {
	bool has_small;             /* integers of 18 digits */
	int64_t low, high;
	char *least, *most;         /* keys of all else, NULL if there is none */
};

struct gv_pick { char *key; };  /* order, value; NULL: none yet */
enum { GV_PLACE_KEY = 24 };     /* bytes of an order by the place in the input */
void gv_place_key(struct gv_buf *key, struct gv_stat_place at);

/* A key with its length in front of it, in memory of its own. */
struct gv_str gv_blob(const char *blob);
int gv_blob_keep(char **blob, struct gv_str key, bool least, struct gv_err *err);  /* the lesser, or greater, of the two */

size_t gv_cell_size(enum gv_cell_kind kind);
void gv_cells_begin(const struct gv_stat_spec *spec, struct gv_group *g);
void gv_cells_free(const struct gv_stat_spec *spec, struct gv_group *g);
size_t gv_cells_bytes(const struct gv_stat_spec *spec, const struct gv_group *g);
/* All cells but rates, firsts and lasts. */
int gv_cell_add(const struct gv_stat_cell *cell, void *at, struct gv_seen *seen, struct gv_buf *scratch, struct gv_err *err);
/* into += from */
int gv_cells_join(const struct gv_stat_spec *spec, struct gv_group *into, struct gv_group *from, struct gv_err *err);
/* Key of a seen number or date. */
void gv_seen_key(struct gv_buf *key, const struct gv_seen *seen);
/* Key of the value of a record, or of days. */
void gv_value_key(struct gv_buf *key, const struct gv_seen *seen);

/* ---- stat_state.c ---- */

/* Count, misfits and cells alone: what goes to disk. */
int gv_cells_write(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_group *g, struct gv_err *err);
int gv_state_bad(struct gv_err *err, const char *field);  /* GV_EDATA */
int gv_cells_read(const struct gv_stat_spec *spec, struct gv_group *g, const struct gv_val *state, struct gv_err *err);
/* The key that a state names; appended. */
int gv_state_key(struct gv_buf *key, const struct gv_stat_spec *spec, const struct gv_val *state, struct gv_err *err);
bool gv_state_has_group(const struct gv_val *state);
int gv_state_check(const struct gv_stat_spec *spec, const struct gv_val *state, struct gv_err *err);

/* ---- stat_row.c ---- */

enum { GV_RESULT_TEXT = GV_SUM_TEXT };

/* An aggregate of a group. */
struct gv_result {
	bool has;
	struct gv_val val;          /* GV_INT, GV_NUMBER, or what first and last picked; made in the doc */
};
int gv_stat_result(struct gv_doc *d, struct gv_result *out, const struct gv_stat_spec *spec, const struct gv_stat_column *c,
                   struct gv_group *g, bool interpolate, struct gv_err *err);
/* Of a quantile or a count of different values, once its result has been made: is it approximate?  False if there is none. */
bool gv_stat_error(const struct gv_stat_spec *spec, const struct gv_stat_column *c, const struct gv_group *g, bool *approximate);
int gv_stat_number(struct gv_doc *d, struct gv_val *out, struct gv_str digits, struct gv_err *err);
int gv_stat_count(struct gv_doc *d, struct gv_val *out, uint64_t n, struct gv_err *err);

#endif
