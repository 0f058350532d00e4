/* SPDX-License-Identifier: MIT */
/* gittree: editing trees; the slow twin is git. */
#include "objw_unit.h"

static struct gv_oid blob_id(unsigned v)
{
	struct gv_oid oid;
	char text[16];

	snprintf(text, sizeof text, "%u\n", v);
	gv_oid_of(&oid, "blob", gv_str_of(text));
	return oid;
}

/* The slow twin: git's own index, from lines "MODE OID\tPATH". */
static const char *git_tree(const char *index_lines)
{
	FILE *f = fopen("lines", "w");

	if (!f)
		return "";
	fputs(index_lines, f);
	fclose(f);
	return sh_out("cd r && rm -f index && git update-index --index-info <../lines && git write-tree --missing-ok");
}

enum { PATHS = 60 };

/* Random sets and removals in several rounds; each root must be the one that git makes of the same files. */
static void tree_random(void)
{
	static const char *const parts[] = { "a", "a.json", "a-b", "a0", "b", "沪0114", "0012", "~", "a.", "aa" };
	unsigned seed = 4711;
	char paths[PATHS][64];
	unsigned value[PATHS] = { 0 };
	struct gv_objw *w;
	struct gv_odb *o;
	struct gv_oid root = { { 0 } }, next;

	repo_new();
	w = writer();
	o = reader();
	for (unsigned i = 0; i < PATHS; i++) /* as a folder each name ends in /, as a file in .f: never both */
		snprintf(paths[i], sizeof paths[i], "%s/%s/%s.f%s", parts[i % 10], parts[i / 6], parts[i % 7], i % 3 ? "" : "x");
	for (unsigned i = 0; i < PATHS; i += 5)
		snprintf(paths[i], sizeof paths[i], "%s.%u", parts[i % 10], i);
	for (int round = 0; round < 40; round++) {
		struct gv_tree_edit edits[PATHS];
		struct gv_buf lines = GV_BUF_INIT(65536);
		size_t n = 0;

		for (unsigned i = 0; i < PATHS; i++) {
			seed = seed * 1103515245 + 12345;
			if ((seed >> 16) % 4 == 0) {
				value[i] = (seed >> 20) % 3 ? seed >> 18 : 0;
				edits[n] = (struct gv_tree_edit){ .path = gv_str_of(paths[i]) };
				if (value[i])
					edits[n].oid = blob_id(value[i]);
				n++;
			}
		}
		for (unsigned i = 0; i < PATHS; i++) {
			struct gv_oid id = blob_id(value[i]);

			if (value[i])
				gv_buf_addf(&lines, "100644 %s\t%s\n", hex(&id), paths[i]);
		}
		for (size_t i = n; i > 1; i--) { /* shuffled: the edit sorts them */
			struct gv_tree_edit t = edits[i - 1];
			size_t k = (seed = seed * 1103515245 + 12345, (seed >> 8) % i);

			edits[i - 1] = edits[k];
			edits[k] = t;
		}
		CHECK_OK(gv_tree_edit(o, w, &root, edits, n, NULL, NULL, &next, &err), &err);
		CHECK_STR(hex(&next), git_tree(lines.p ? lines.p : ""));
		root = next;
		if (round % 5 == 4)
			CHECK_OK(gv_objw_finish(w, NULL, &err), &err); /* some trees are read from disk, some from the batch */
		gv_buf_free(&lines);
	}
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

static void tree_rows(void)
{
	static const struct {
		const char *before, *edits;  /* paths with a blank between; "-p" removes, "=p" sets what is there */
		const char *want;            /* git ls-tree -r, names only, or the error */
	} rows[] = {
		{ "", "a", "a" },
		{ "", "a/b/c", "a/b/c" },
		{ "", "", "" },
		{ "a b/c", "-a -b/c", "" },              /* folders that become empty go */
		{ "a b/c", "-b/c", "a" },
		{ "a/b/c", "-a/x/y -q -a/b/d", "a/b/c" },/* removing what is not there */
		{ "a/b", "-a/b a", "a" },                /* a folder becomes a file */
		{ "a", "-a a/b", "a/b" },                /* and the reverse */
		{ "a.b a/c", "a/d a0", "a.b\na/c\na/d\na0" },
		{ "", "a-b a.b a/b a0b", "a-b\na.b\na/b\na0b" },
		{ "a/b", "a", "a: cannot be a file and a folder at once" },
		{ "a", "a/b", "a: cannot be a file and a folder at once" },
		{ "a a-b", "a/b", "a: cannot be a file and a folder at once" },
		{ "x/a x/a.b x/a-c", "x/a/b", "x/a: cannot be a file and a folder at once" },
		{ "", "a a/b", "a: cannot be a file and a folder at once" },
		{ "", "a a! a!/b", "a!: cannot be a file and a folder at once" },
		{ "", "a a", "a: is there twice" },
		{ "", "a/b a/b a/c", "a/b: is there twice" },
		{ "", "a//b", "a//b: is no path that git can keep" },
		{ "", "/a", "/a: is no path that git can keep" },
		{ "", "a/", "a/: is no path that git can keep" },
		{ "", "../a", "../a: is no path that git can keep" },
		{ "", "a/./b", "a/./b: is no path that git can keep" },
		{ "", "a/..", "a/..: is no path that git can keep" },
		{ "", ".git/config", ".git/config: is no path that git can keep" },
		{ "", "a/.GiT", "a/.GiT: is no path that git can keep" },
		{ "", ".gitattributes ...", "...\n.gitattributes" },
	};

	repo_new();
	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct gv_objw *w = writer();
		struct gv_odb *o = reader();
		struct gv_oid root = { { 0 } }, out;
		const char *lists[2] = { rows[r].before, rows[r].edits };
		int rc = 0;

		for (int step = 0; step < 2 && !rc; step++) {
			struct gv_tree_edit edits[8] = { 0 };
			char text[128], *save = NULL;
			size_t n = 0;

			snprintf(text, sizeof text, "%s", lists[step]);
			for (char *p = strtok_r(text, " ", &save); p; p = strtok_r(NULL, " ", &save)) {
				edits[n].oid = *p == '-' ? (struct gv_oid){ { 0 } } : add_blob(w, p);
				edits[n++].path = gv_str_of(p + (*p == '-'));
			}
			rc = gv_tree_edit(o, w, &root, edits, n, NULL, NULL, &out, &err);
			root = out;
		}
		if (rc) {
			CHECK_ERR(rc, &err, GV_EDATA, rows[r].want);
		} else {
			CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
			CHECK_STR(sh_out("git -C r ls-tree -r --name-only %s", hex(&root)), rows[r].want);
			CHECK_INT(sh("git -C r fsck --strict --no-progress --no-dangling >out 2>&1"), 0);
		}
		gv_odb_close(o);
		gv_objw_free(w);
	}
	repo_done();
}

/* Modes that we never write are kept; a link that is written to becomes a file. */
static void tree_modes(void)
{
	struct gv_objw *w;
	struct gv_odb *o;
	struct gv_oid root, out;
	struct gv_tree_edit edits[3] = { 0 };
	char line[256];

	repo_new();
	w = writer();
	o = reader();
	for (size_t i = 0; i < 3; i++)
		edits[i].oid = add_blob(w, "new\n");
	edits[0].path = GV_STR("run");
	edits[1].path = GV_STR("link");
	edits[2].path = GV_STR("plain");
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	snprintf(line, sizeof line, "100755 %s\trun\n120000 %s\tlink\n120000 %s\tother\n100644 %s\tplain\n",
	         hex(&edits[0].oid), hex(&edits[0].oid), hex(&edits[0].oid), hex(&edits[0].oid));
	CHECK(gv_oid_read(&root, gv_str_of(git_tree(line))));
	edits[0].oid = edits[1].oid = edits[2].oid = add_blob(w, "newer\n");
	CHECK_OK(gv_tree_edit(o, w, &root, edits, 3, NULL, NULL, &out, &err), &err);
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	CHECK_STR(sh_out("git -C r ls-tree %s | cut -c 1-6", hex(&out)), "100644\n120000\n100644\n100755");
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

struct met { char text[256]; };

static int meet(void *ctx, struct gv_tree_edit *edit, const struct gv_oid *now, struct gv_err *e)
{
	struct met *m = ctx;
	size_t n = strlen(m->text);

	snprintf(m->text + n, sizeof m->text - n, "%.*s:%u:%s ", (int)edit->path.n, edit->path.p, edit->tag,
	         gv_oid_is_zero(now) ? "new" : "there");
	if (edit->tag == 9)
		return gv_fail(e, GV_ECONFLICT, "no");
	if (edit->tag == 5)
		edit->oid = *now; /* leave it */
	return 0;
}

static void tree_meet(void)
{
	struct gv_objw *w;
	struct gv_odb *o;
	struct gv_oid root = { { 0 } }, out, x;
	struct gv_tree_edit edits[] = { { .path = GV_STR("b/x"), .tag = 1 }, { .path = GV_STR("a"), .tag = 2 },
		                        { .path = GV_STR("b/c/d"), .tag = 5 } };
	struct met m = { "" };

	repo_new();
	w = writer();
	o = reader();
	x = add_blob(w, "x");
	for (size_t i = 0; i < 3; i++)
		edits[i].oid = x;
	CHECK_OK(gv_tree_edit(o, w, &root, edits, 3, meet, &m, &root, &err), &err);
	CHECK_STR(m.text, "a:2:new b/c/d:5:new b/x:1:new "); /* in order; what is left as nothing is not made */
	m.text[0] = '\0';
	edits[0].oid = edits[2].oid = x;
	edits[1].oid = add_blob(w, "y");
	CHECK_OK(gv_tree_edit(o, w, &root, edits, 3, meet, &m, &out, &err), &err);
	CHECK_STR(m.text, "a:2:there b/c/d:5:new b/x:1:there ");
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	CHECK_STR(sh_out("git -C r ls-tree -r --name-only %s", hex(&out)), "a\nb/x");
	edits[0].tag = 9;
	CHECK_ERR(gv_tree_edit(o, w, &root, edits, 1, meet, &m, &out, &err), &err, GV_ECONFLICT, "no");
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

/* More than are sorted at a time, in an order of their own, and in that of their paths. */
static void tree_many(void)
{
	enum { MANY = 70000, STEP = 7919 };  /* without a common factor */
	static char paths[MANY][24];
	struct gv_tree_edit *edits = calloc(MANY, sizeof *edits);
	struct gv_oid zero = { { 0 } }, sorted, shuffled;
	struct gv_objw *w;
	struct gv_odb *o;

	repo_new();
	w = writer();
	o = reader();
	for (size_t i = 0; edits && i < MANY; i++) {
		snprintf(paths[i], sizeof paths[i], "cases/%03zu/%02zu.json", i / 100, i % 100);
		edits[i] = (struct gv_tree_edit){ .path = gv_str_of(paths[i]), .oid = blob_id((unsigned)i) };
	}
	CHECK_OK(gv_tree_edit(o, w, &zero, edits, MANY, NULL, NULL, &sorted, &err), &err);
	for (size_t i = 0; edits && i < MANY; i++) {
		size_t k = i * STEP % MANY;

		edits[i] = (struct gv_tree_edit){ .path = gv_str_of(paths[k]), .oid = blob_id((unsigned)k) };
	}
	CHECK_OK(gv_tree_edit(o, w, &zero, edits, MANY, NULL, NULL, &shuffled, &err), &err);
	CHECK(gv_oid_eq(&sorted, &shuffled));
	free(edits);
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

/* An old entry without an object goes when its folder is edited; its neighbours stay. */
static void tree_of_nothing(void)
{
	static const char old[] = "100644 a\0" "aaaaaaaaaaaaaaaaaaaa" "100644 b\0" "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	                          "100755 c\0" "cccccccccccccccccccc";
	static const char want[] = "100644 a\0" "aaaaaaaaaaaaaaaaaaaa" "100755 c\0" "cccccccccccccccccccc" "100644 d\0" "dddddddddddddddddddd";
	struct gv_tree_edit edit = { .path = GV_STR("d") };
	struct gv_oid root, out, is;
	struct gv_objw *w;
	struct gv_odb *o;

	memcpy(edit.oid.b, "dddddddddddddddddddd", sizeof edit.oid.b);
	repo_new();
	w = writer();
	o = reader();
	CHECK_OK(gv_objw_add(w, GV_OBJ_TREE, (struct gv_str){ old, sizeof old - 1 }, NULL, &root, &err), &err);
	CHECK_OK(gv_tree_edit(o, w, &root, &edit, 1, NULL, NULL, &out, &err), &err);
	gv_oid_of(&is, "tree", (struct gv_str){ want, sizeof want - 1 });
	CHECK(gv_oid_eq(&is, &out));
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

UNIT_MAIN("gittree", { "rows", tree_rows }, { "as git makes them", tree_random }, { "many", tree_many },
          { "an entry without an object", tree_of_nothing }, { "modes", tree_modes }, { "meeting", tree_meet })
