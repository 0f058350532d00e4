/* SPDX-License-Identifier: MIT */
/* Judging chains from commits to files; collecting them is tested with git as the oracle in tests/bundle.bats. */
#include "oom.h"
#include "proof.h"

static struct gv_oid file, other;

static void add_entry(struct gv_buf *tree, const char *mode_and_name, const struct gv_oid *id)
{
	gv_buf_add(tree, mode_and_name, strlen(mode_and_name) + 1);
	gv_buf_add(tree, id->b, sizeof id->b);
}

static int take(struct gv_proofs *p, const char *folder, const char *type, struct gv_str data, struct gv_oid *id, struct gv_err *err)
{
	char name[GV_PROOF_NAME + 1];

	gv_oid_of(id, type, data);
	snprintf(name, sizeof name, "%s", folder);
	gv_oid_hex(id, name + strlen(name));
	return gv_proofs_take(p, gv_str_of(name), data, err);
}

/* cases/1.json in a commit; without what `leave` says: 0 nothing, 1 the commit, 2 the root, 3 the folder */
static int build(struct gv_proofs **out, int leave, struct gv_oid *commit, struct gv_err *err)
{
	struct gv_buf folder = GV_BUF_INIT(1024), root = GV_BUF_INIT(1024), text = GV_BUF_INIT(1024);
	char hex[GV_HEX + 1];
	struct gv_oid id;
	int rc = gv_proofs_new(out, err);

	gv_oid_of(&file, "blob", GV_STR("{}\n"));
	gv_oid_of(&other, "blob", GV_STR("[]\n"));
	add_entry(&folder, "100644 0.json", &other);
	add_entry(&folder, "100644 1.json", &file);
	if (!rc && !folder.failed && leave != 3)
		rc = take(*out, "trees/", "tree", gv_buf_str(&folder), &id, err);
	gv_oid_of(&id, "tree", gv_buf_str(&folder));
	add_entry(&root, "40000 cases", &id);
	add_entry(&root, "100644 gavel.json", &other);
	if (!rc && !root.failed && leave != 2)
		rc = take(*out, "trees/", "tree", gv_buf_str(&root), &id, err);
	gv_oid_of(&id, "tree", gv_buf_str(&root));
	gv_oid_hex(&id, hex);
	gv_buf_addf(&text, "tree %s\nauthor a <a> 1 +0000\n\nx\n", hex);
	gv_oid_of(commit, "commit", gv_buf_str(&text));
	if (!rc && !text.failed && leave != 1)
		rc = take(*out, "commits/", "commit", gv_buf_str(&text), commit, err);
	if (!rc && (folder.failed || root.failed || text.failed))
		rc = gv_fail_nomem(err);
	gv_buf_free(&folder);
	gv_buf_free(&root);
	gv_buf_free(&text);
	return rc;
}

static void chains(void)
{
	static const struct { int leave; const char *path; bool other; const char *why; } rows[] = {
		{ 0, "cases/1.json", false, NULL }, { 0, "gavel.json", true, NULL }, { 0, "cases/0.json", true, NULL },
		{ 1, "cases/1.json", false, "is not in the bundle" }, { 2, "cases/1.json", false, "is not in the bundle" },
		{ 3, "cases/1.json", false, "is not in the bundle" }, { 3, "gavel.json", true, NULL },
		{ 0, "cases/1.json", true, "has another version at this path" }, { 0, "cases/2.json", false, "has nothing at this path" },
		{ 0, "cases", false, "has nothing at this path" }, { 0, "cases/1.json/x", false, "has nothing at this path" },
		{ 0, "", false, "has another version" }, { 0, "/cases/1.json", false, "has nothing at this path" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_proofs *p;
		struct gv_oid commit;
		struct gv_err err = { 0 };
		int rc = build(&p, rows[i].leave, &commit, &err);

		CHECK_INT(rc, 0);
		rc = gv_proofs_check(p, &commit, gv_str_of(rows[i].path), rows[i].other ? &other : &file, &err);
		CHECK_ROW(rc == (rows[i].why ? GV_EINTEGRITY : 0), rows[i].path);
		CHECK_ROW(!rows[i].why || strstr(err.msg, rows[i].why), err.msg);
		gv_proofs_free(p);
	}
}

static void objects(void)
{
	static const struct { const char *name, *data; bool good; } rows[] = {
		{ "trees/4b825dc642cb6eb9a060e54bf8d69288fbee4904", "", true }, { "trees/4b825dc642cb6eb9a060e54bf8d69288fbee4905", "", false },
		{ "commits/4b825dc642cb6eb9a060e54bf8d69288fbee4904", "", false }, { "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "", false },
		{ "trees/4b825dc642cb6eb9a060e54bf8d69288fbee4904", "x", false }, { "blobs/4b825dc642cb6eb9a060e54bf8d69288fbee4904", "", false },
		{ "trees/", "", false }, { "trees/4b825dc642cb6eb9a060e54bf8d69288fbee4904x", "", false },
	};
	struct gv_proofs *p;
	struct gv_err err = { 0 };
	struct gv_oid commit;

	CHECK_INT(gv_proofs_new(&p, &err), 0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_ROW(gv_proofs_take(p, gv_str_of(rows[i].name), gv_str_of(rows[i].data), &err) == (rows[i].good ? 0 : GV_EINTEGRITY),
		          rows[i].name);
	/* A commit that names no tree, and a tree that is none. */
	CHECK_INT(take(p, "commits/", "commit", GV_STR("parent x\n"), &commit, &err), 0);
	CHECK_INT(gv_proofs_check(p, &commit, GV_STR("a"), &file, &err), GV_EINTEGRITY);
	CHECK_STR(err.msg, "a commit names no tree");
	gv_proofs_free(p);
}

static int whole(struct gv_err *err)
{
	struct gv_proofs *p;
	struct gv_oid commit;
	int rc = build(&p, 0, &commit, err);

	if (!rc)
		rc = gv_proofs_check(p, &commit, GV_STR("cases/1.json"), &file, err);
	gv_proofs_free(p);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run(whole) > 3);
	CHECK_INT(oom_leaks, 0);
}

UNIT_MAIN("proof", { "chains", chains }, { "objects", objects }, { "memory", memory })
