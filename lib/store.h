/* SPDX-License-Identifier: MIT */
/*
 * store: a docket, that is a bare git repository whose branch main is the truth
 * (gavel-docket(5)).  Reading is our own (odb.h), so that a command starts as fast as
 * git; writing makes objects, then moves the ref by compare-and-swap under a
 * queueing lock.  Killed at any moment, a docket is as it was or as it should be.
 */
#ifndef GAVEL_STORE_H
#define GAVEL_STORE_H

#include "rec.h"
#include "seal.h"
#include "sha.h"

struct gv_store;

/* ---- making and opening ---- */

struct gv_init_opts {
	const char *court;      /* home court, e.g. 沪0114 */
	const char *shared;     /* NULL, "group", "all" (as git init --shared) */
	const char *hook_command; /* absolute path of case-file for the hook, or NULL = found on PATH */
};
/* Makes the bare repository (libgit2, in the helper gavel-git), gavel.json, .gitattributes,
 * the pre-receive hook and the first commit.  GV_ECONFLICT if something is there already. */
int gv_store_init(const char *dir, const struct gv_init_opts *o, struct gv_err *err);

/*
 * dir: the docket itself, or a clone or worktree of one (reading only), or NULL: GAVEL_DOCKET, else
 * upwards from here.  Messages tell apart: not there (6), no repository or one that is no docket
 * (6), one that we cannot read: SHA-256, reftable, a newer format (3), another owner (9, with
 * the safe.directory line), no permission (9).
 */
int gv_store_open(struct gv_store **out, const char *dir, struct gv_err *err);
void gv_store_close(struct gv_store *s);

/* All borrowed: until the store is closed, the last two but one until its snapshot changes. */
const char *gv_store_dir(const struct gv_store *s);            /* absolute */
bool gv_store_is_bare(const struct gv_store *s);               /* else a clone or worktree, for reading only */
const char *gv_store_gitdir(const struct gv_store *s);         /* the same, but of a clone or worktree: where its config is */
const char *gv_store_court(const struct gv_store *s);          /* home court */
const struct gv_val *gv_store_config(const struct gv_store *s);/* gavel.json as of the snapshot */
struct gv_odb *gv_store_odb(struct gv_store *s);               /* for those who look at trees themselves */
struct gv_caseno_reader *gv_store_caseno(struct gv_store *s);  /* with home court; year = today's */

/*
 * The snapshot that reads go to: main when opened (of a clone, the clone's own).  `rev`: a commit or
 * the beginning of its id, a ref, anything git rev-parse takes (through the helper), or a DATE (the
 * last first-parent commit at the end of that day, UTC+8).  GV_ENOTFOUND "no revision ..."; GV_EDATA
 * if it is ambiguous, no commit, or no docket yet.  On failure the snapshot stays.
 */
int gv_store_at(struct gv_store *s, const char *rev, struct gv_err *err);
int gv_store_refresh(struct gv_store *s, struct gv_err *err);  /* back to main as it is now */
const struct gv_oid *gv_store_commit_id(const struct gv_store *s);
int gv_store_resolve(struct gv_store *s, const char *rev, struct gv_oid *commit,
                     struct gv_err *err);

/* ---- reading ---- */

/* The text as it is stored, without a NUL behind it, borrowed until the next call with the same
 * store; oid may be NULL.  GV_ENOTFOUND. */
int gv_store_read(struct gv_store *s, const char *path, struct gv_str *text, struct gv_oid *oid,
                  struct gv_err *err);
/* The same by id, parsed into `doc` (the caller's), which `out` points into.  GV_EDATA if it is no
 * JSON object; not checked against the schema. */
int gv_store_get(struct gv_store *s, const struct gv_id *id, struct gv_doc *doc, struct gv_rec *out,
                 struct gv_err *err);

/* A blob as JSON, in `doc` (the caller's); *v NULL for a zero id. */
int gv_store_value(struct gv_store *s, const struct gv_oid *oid, struct gv_doc *doc, const struct gv_val **v,
                   struct gv_err *err);

/* A walk over one kind (or all), in list order: by path, numerically by serial.  The path parts
 * prune whole subtrees before anything is read.  Old numbers (cases/legacy) come after the years;
 * they have a year, but no court and no type to match.  Files that do not lie where records lie are
 * passed over: `check` names them. */
struct gv_scan {
	const struct gv_schema *kind;  /* NULL = every kind */
	const char *year, *court, *type;  /* comma lists or NULL; cases only.  type matches the
	                                   * group's first character too: 执 = 执, 执恢, 执异 ... */
	bool ids_only;                    /* items come without their text: no record is read */
};
struct gv_item {
	struct gv_str path;
	struct gv_oid oid;
	struct gv_str text;   /* canonical text, borrowed during the call */
};
/* each returns non-zero to stop (that value is returned).  It may read from the store, and even
 * refresh it: the walk stays with the snapshot that it began with. */
int gv_store_scan(struct gv_store *s, const struct gv_scan *what,
                  int (*each)(void *ctx, const struct gv_item *item), void *ctx, struct gv_err *err);

/* Files that differ between two commits (from or to zero = the empty tree), pruned by tree ids, in
 * git's order of paths.  prefix: NULL = the folders of kinds, "" = all files, else what lies at or
 * below that path. */
struct gv_change {
	struct gv_str path;
	struct gv_oid before, after;  /* zero = absent */
};
int gv_store_diff(struct gv_store *s, const struct gv_oid *from, const struct gv_oid *to,
                  const char *prefix, int (*each)(void *ctx, const struct gv_change *c), void *ctx,
                  struct gv_err *err);
/* The same between two trees, as commits name them. */
int gv_store_diff_trees(struct gv_store *s, const struct gv_oid *from, const struct gv_oid *to,
                        const char *prefix, int (*each)(void *ctx, const struct gv_change *c), void *ctx,
                        struct gv_err *err);
/* The best common ancestors of a line (of several tips) and a commit; *out is the caller's, unsorted. */
int gv_store_bases(struct gv_store *s, const struct gv_oid *ours, size_t nours, const struct gv_oid *theirs,
                   struct gv_oid **out, size_t *n, struct gv_err *err);
/* What lies at a path below a tree: a file's blob or a folder's tree, zero if there is nothing. */
int gv_store_entry(struct gv_store *s, const struct gv_oid *tree, const char *path, struct gv_oid *out,
                   struct gv_err *err);
/* From now on every object that is read must have the hash that it is asked for by, else GV_EINTEGRITY: for those
 * who do not trust the disk. */
int gv_store_distrust(struct gv_store *s, struct gv_err *err);
/* Appended to `out`. */
int gv_store_blob(struct gv_store *s, const struct gv_oid *oid, struct gv_buf *out,
                  struct gv_err *err);

/* History, newest first, first parent unless all (then by time).  Ends where a shallow clone was
 * cut; else a missing commit is GV_EINTEGRITY. */
struct gv_commit {
	struct gv_oid id, tree, parent[2];
	unsigned parents;
	int64_t time; int zone;          /* the committer's: seconds, minutes east */
	struct gv_str author, email, committer, subject, body;  /* borrowed during the call */
	struct gv_str committer_email;
	struct gv_str text;              /* the whole object, signature and all */
	bool signed_;
};
/* One commit, whose slices borrow from `obj` (odb.h: GV_OBJECT_INIT, used again from call to call).  GV_EINTEGRITY. */
struct gv_object;
int gv_commit_read(struct gv_store *s, const struct gv_oid *id, struct gv_object *obj, struct gv_commit *c,
                   struct gv_err *err);
int gv_store_log(struct gv_store *s, const struct gv_oid *from, bool first_parent,
                 int (*each)(void *ctx, const struct gv_commit *c), void *ctx, struct gv_err *err);
/* Does `old` come before `new` in history?  (false: history was replaced.) */
int gv_store_is_ancestor(struct gv_store *s, const struct gv_oid *old, const struct gv_oid *new_,
                         bool *yes, struct gv_err *err);
/* Is this where a shallow clone was cut off, so that its parents are missing by intent? */
bool gv_store_is_shallow(const struct gv_store *s, const struct gv_oid *id);
/* For whoever must know what came before such a commit: says so, GV_EINTEGRITY. */
int gv_store_fail_cut(const struct gv_oid *id, struct gv_err *err);
/* A trailer in the last paragraph of a commit's body ("Gavel-Reason"), {0} if absent; the last one
 * if there are two. */
struct gv_str gv_commit_trailer(const struct gv_commit *c, const char *name);
/* The committer's time as text in the docket's zone; "" for a year that no calendar has. */
void gv_commit_time(const struct gv_commit *commit, char out[40]);
/* commit, time ("2022-06-30T09:30:00+08:00", wherever it was made), author, email, subject, command, reason into an object:
 * what is there.  Bytes that are no UTF-8 are made visible. */
int gv_commit_row(struct gv_doc *d, struct gv_val *row, const struct gv_commit *commit, struct gv_err *err);

/* ---- writing: a plan, then one commit ---- */

struct gv_plan;
int gv_plan_new(struct gv_plan **out, struct gv_store *s, struct gv_err *err);
void gv_plan_free(struct gv_plan *p);  /* forgets what was not committed, removes temporary files */

/*
 * Put a record.  `base` is the blob the new text was made from (NULL: there was none).  The blob is
 * written to the batch at once (memory stays small: about 150 bytes a record).  `val` must be valid
 * (gv_rec_check).  A text equal to its base is counted as unchanged and forgotten.  The same path
 * again must build on what the plan has for it (base = the blob put before, see gv_plan_read), else
 * GV_ECONFLICT: nothing is lost silently.
 */
int gv_plan_put(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base,
                const struct gv_val *val, struct gv_err *err);
/* Any file of the docket.  GV_EDATA if the path is none that a docket can keep. */
int gv_plan_put_text(struct gv_plan *p, const char *path, const struct gv_oid *base,
                     struct gv_str text, struct gv_err *err);
/* Take a file away (a record that moves to its right path): GV_ECONFLICT under the lock if it is not
 * `base` any more. */
int gv_plan_remove(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                   struct gv_err *err);
/* What the plan holds for a path, borrowed until the next call with the same plan; GV_ENOTFOUND. */
int gv_plan_read(struct gv_plan *p, const char *path, struct gv_str *text, struct gv_oid *oid,
                 struct gv_err *err);
size_t gv_plan_count(const struct gv_plan *p);      /* paths to write */
/* Forget everything put since the mark was taken: a record that turned out not to go takes what went with it. */
size_t gv_plan_mark(const struct gv_plan *p);
void gv_plan_rollback(struct gv_plan *p, size_t mark);
size_t gv_plan_unchanged(const struct gv_plan *p);  /* puts that changed nothing */

/*
 * --dry-run, a line each:
 *   {"op":"plan","docket":"<home court>","head":"<commit>"}                       first
 *   {"op":"put","kind","id","path","base":"<oid>"|null,"record":{...}}            per record
 *   {"op":"put","path","base","text"}                                             per other file
 *   {"op":"put","path","base","base64"}                                           if that is no text
 *   {"op":"remove","path","base"}
 * gv_plan_add_line() takes them back (case-file apply): a record is checked as if it were put, and a
 * moved base is GV_ECONFLICT, now and under the lock: such changes are never merged.
 */
int gv_plan_print(struct gv_plan *p, int (*each)(void *ctx, const struct gv_val *line), void *ctx,
                  struct gv_err *err);
int gv_plan_add_line(struct gv_plan *p, const struct gv_val *line, struct gv_err *err);

struct gv_commit_opts {
	const char *command;    /* "case-file import" */
	const char *what;       /* subject after "COMMAND: "; read again after under_lock, as is body */
	const char *body;       /* NULL */
	const char *reason;     /* -m, or NULL */
	const char *batch;      /* run id, or NULL */
	const char *bundle;     /* SHA-256 of the manifest that it was taken from, or NULL */
	unsigned lock_seconds;  /* 0 = 30 */
	/*
	 * Called under the lock with the store refreshed to main, may put more records: here
	 * serials are allocated (gv_store_next_serial) and live state is re-read.  Called again, with the
	 * plan as it was before, if a git push moved main in between.
	 */
	int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err);
	void *ctx;
};
/* written includes merged */
struct gv_commit_result { struct gv_oid id; size_t written, merged, unchanged; };

/*
 * Locks (GV_EBUSY names the holder), refreshes, runs under_lock, joins records that another writer
 * changed meanwhile field by field and re-validates them (GV_ECONFLICT names record, field and both
 * values; then nothing is stored), writes objects (loose for a handful, one undeltified pack
 * otherwise), syncs, moves the ref.  A plan that changes nothing makes no commit: result id is zero.
 * Afterwards the store stands on the new commit and the plan is empty.
 *
 * Signed as git is configured to (sign.h), if commit.gpgsign is set or the docket's policy signed_commits
 * demands it: once, under the lock, as only there the tree is known.
 *
 * GV_EUSAGE in a clone or worktree, from a hook whose push is not accepted yet, if git does not know who commits
 * or what to sign with.  After any failure main is where it was (but GV_EIO "may not
 * survive a power failure": it has moved) and the plan is good for gv_plan_free() only.  `git gc`,
 * `git repack` and `git pack-refs` may run meanwhile; `git prune --expire=now` must not.
 */
int gv_store_commit(struct gv_store *s, struct gv_plan *p, const struct gv_commit_opts *o,
                    struct gv_commit_result *r, struct gv_err *err);

/* From under_lock, for the number to be nobody else's; elsewhere a preview.  Next free serial below a folder ("cases/2022/沪0114/民初",
 * "debtors/沪0114"): one more than the highest in main and in the plan, counting from 1. */
int gv_store_next_serial(struct gv_plan *p, const char *folder_path, int64_t *next,
                         struct gv_err *err);

/* ---- sealed values (seal.h) ---- */

/* The folder of keys of this docket, borrowed until the store is closed. */
int gv_store_keys(struct gv_store *s, struct gv_keys **keys, struct gv_err *err);

/*
 * gv_plan_put() seals what the policy "sealed_fields" of gavel.json names today (a list of "KIND:FIELD", e.g.
 * "case:parties[].id_no"), and what was sealed in the base and has a new value now; a value that is as it was
 * keeps its sealed form byte for byte.  The key is that of what stood in its place, else that of the subject with the record's
 * full id for a name ("case:（2022）沪0114民初1号"), made if it is missing.  GV_EDATA with the field where the key was
 * destroyed or is not here, and for a sealed value from elsewhere that the key does not open here.
 */

/* The text that gv_plan_put() would write, borrowed until the plan is used again; nothing is put.  Keys may be made. */
int gv_plan_sealed(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base, const struct gv_val *val,
                   struct gv_str *text, struct gv_err *err);

/* The list in force today, borrowed from the config; NULL: none.  GV_EDATA if it names what cannot be sealed. */
int gv_store_sealed_fields(struct gv_store *s, const struct gv_val **list, struct gv_err *err);
/* All lists of a gavel.json, whatever their days. */
int gv_seal_policy_check(const struct gv_val *config, struct gv_err *err);
/* Does it name this field ("parties[].id_no")?  list may be NULL. */
bool gv_seal_policy_names(const struct gv_val *list, const char *kind, struct gv_str shape);

/* For case-file unseal: what was sealed in the base and comes in plain stays plain from now on, unless the policy says
 * otherwise. */
void gv_plan_unsealing(struct gv_plan *p, bool yes);

/* ---- joining two lines of history ---- */

/* What could not be joined of one record lies in conflicts/KIND/KEY.json (gavel-docket(5)). */
struct gv_conflict;
struct gv_merge_row {
	const char *op;         /* "taken", "removed": as their side has it; "joined"; "conflict": joined but for some fields */
	struct gv_str path;
	const struct gv_conflict *conflicts;  /* merge.h: field, base, and the sides as the conflict file names them */
	size_t nconflicts;
};
struct gv_merge_opts {
	const char *command;    /* "case-file merge" */
	const char *what;       /* subject: where it came from */
	const char *reason;     /* or NULL */
	unsigned lock_seconds;  /* 0 = 30 */
	bool dry_run;           /* count and tell only: nothing is written */
	/* Every file that the join changes, borrowed during the call; may be NULL.  Again from the first, if a push came in
	 * between.  Non-zero stops and is returned. */
	int (*each)(void *ctx, const struct gv_merge_row *row);
	void *ctx;
};
struct gv_merge_result {
	struct gv_oid id;       /* main afterwards */
	bool same;              /* theirs was in main already */
	bool forward;           /* main only moved forward to theirs */
	size_t taken;           /* files taken from their side */
	size_t joined;          /* records joined field by field */
	size_t conflicts;       /* records with fields left at their base */
};
/*
 * Joins commit `theirs` (its objects are in the docket already) into main: trees walked three ways, equal folders never
 * opened; records field by field, events as sets, then checked whole (recjoin.h); other JSON by field, `signers` by line.
 * What cannot be joined keeps its base value and becomes a conflict file; of two versions of a whole file one stays and both
 * are kept there.  The tree of the result depends on the two commits alone, not on which of them is main: each of two
 * dockets may pull the other first.  Lines with several common ancestors are joined over the join of these.
 * GV_ECONFLICT if the two have no common ancestor; others as gv_store_commit().  Afterwards the store stands on main.
 */
int gv_store_merge(struct gv_store *s, const struct gv_oid *theirs, const struct gv_merge_opts *o,
                   struct gv_merge_result *r, struct gv_err *err);

/* ---- views ---- */

/*
 * case-file checkout: a read-only work tree outside the docket, refreshed by the difference of trees
 * to the store's snapshot; what a killed refresh left undone is done first.  GV_ECONFLICT, naming the
 * file, where somebody changed something, or if `dir` is no view of this docket; GV_EBUSY while
 * another process refreshes it.
 */
struct gv_view_result { size_t written, removed, unchanged; };
int gv_store_checkout(struct gv_store *s, const char *dir, struct gv_view_result *r,
                      struct gv_err *err);

#endif
