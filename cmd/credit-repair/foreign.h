/* SPDX-License-Identifier: MIT */
/* foreign: entries that came with another court's list: which there are, and what a row makes of them.  import.c reads and commits. */
#ifndef GAVEL_CREDIT_REPAIR_FOREIGN_H
#define GAVEL_CREDIT_REPAIR_FOREIGN_H

#include "credit-repair.h"
#include "credit_public.h"
#include "numbering.h"

/* One entry of that court: known by its number there. */
struct foreign_entry {
	struct gv_str key;
	struct gv_str id;             /* of our record; {0}: none yet */
	size_t line;                  /* of this run's last row about it; 0: none */
	bool removed;                 /* says that row; */
	unsigned char digest[32];     /* of it, */
	unsigned char before[32];     /* and of the removal that stood before it, for a new listing; 0: none did */
};

struct foreign {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_oid read_at;        /* the commit that `entries` are of */
	const char *court, *feed;     /* feed NULL: it has no name */
	char today[GV_DATE_LEN + 1];
	struct gv_arena arena;
	struct foreign_entry *entries;
	size_t n, cap;
	uint32_t *slots;              /* by key: index + 1, 0 = free */
	size_t nslots;                /* a power of two */
	struct gv_plan *plan;
	struct gv_doc new;            /* records that wait for numbers: */
	struct gv_numbering waiting;  /* by twos, an entry and its debtor */
	struct gv_doc old, doc;       /* a record as it is and as it becomes */
	size_t added, changed, removed, unchanged;
};

/* Those that the snapshot has. */
int foreign_load(struct foreign *f);
/* The record that the court's entry of that number is, or is becoming; NULL: memory is short. */
struct foreign_entry *foreign_entry(struct foreign *f, struct gv_str key, struct gv_err *err);
void foreign_free(struct foreign *f);

/* One row: into the plan, or among those that wait for numbers.  GV_EDATA: the row is bad, and nothing of it is kept. */
int foreign_take(struct foreign *f, const struct gv_val *row, size_t line);
/* For gv_cmd_commit()'s under_lock: numbers to those that wait.  GV_ECONFLICT: somebody else took the same list meanwhile. */
int foreign_give_numbers(struct foreign *f, struct gv_plan *plan);

#endif
