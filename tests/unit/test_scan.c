/* SPDX-License-Identifier: MIT */
/* Scanning: what is a record, in which order, what is pruned, what is lent. */
#include "gitread_unit.h"

#include "store_impl.h"

static struct gv_err err;

/* In list order: by folder, numerically by serial, old numbers last. */
static const char *const ordered[] = {
	"cases/2021/沪01/民终/0000/1.json",
	"cases/2021/沪0114/民初/0000/9.json",
	"cases/2021/沪0114/民初/0000/10.json",
	"cases/2021/沪0114/民初/0000/99.json",
	"cases/2021/沪0114/民初/0009/900.json",
	"cases/2021/沪0114/民初/0010/1000.json",
	"cases/2021/沪0114/民初/0099/9999.json",
	"cases/2021/沪0114/民初/0100/10000.json",
	"cases/2021/沪0114/民初/10000/1000000.json",
	"cases/2022/京0105/民初/0000/1.json",
	"cases/2022/最高法/刑核/1234/12345678.json",
	"cases/2022/最高法/知-民终/0000/1.json",
	"cases/2022/最高法/知-行终/0000/2.json",
	"cases/2022/沪0114/执/0000/1.json",
	"cases/2022/沪0114/执/0000/2.json",
	"cases/2022/沪0114/执/0000/11.json",
	"cases/2022/沪0114/执异/0000/1.json",
	"cases/2022/沪0114/执恢/0000/1.json",
	"cases/2022/沪0114/民初/0000/1.json",
	"cases/legacy/2013/0a/0a00000000000000000000000000000000000000000000000000000000000000.json",
	"cases/legacy/2013/10/1000000000000000000000000000000000000000000000000000000000000000.json",
	"cases/legacy/2014/09/0900000000000000000000000000000000000000000000000000000000000000.json",
};

/* No records, and not to trip over. */
static const char *const strangers[] = {
	"README", "cases/README", "cases/2022/README", "cases/22/沪0114/民初/0000/1.json", "cases/2022/沪0114/民初/0000/1.txt",
	"cases/2022/沪0114/民初/0000/x.json", "cases/2022/沪0114/民初/0000/.json", "cases/2022/沪0114/民初/0000/sub/1.json",
	"cases/2022/沪0114/民初/x/1.json", "cases/2022/沪0114/民初/1.json", "cases/legacy/x.json", "cases/legacy/2013/0a/1.json",
	"cases/legacy/2013/0A/0a00000000000000000000000000000000000000000000000000000000000001.json", "caseS/2022/沪0114/民初/0000/1.json",
	"conflicts/case/1.json", "zzz/沪0114/0000/沪0114-Z000001.json",
};

/* The files of both lists, strangers first and backwards, each with its path as the text. */
static void fill(void)
{
	FILE *p;

	start_docket();
	p = popen("git -C r fast-import --quiet", "w");
	fprintf(p, "commit refs/heads/main\ncommitter A <a@b> 1656547200 +0800\ndata 1\nx\nfrom refs/heads/main^0\n");
	for (size_t i = sizeof strangers / sizeof strangers[0]; i--;)
		fprintf(p, "M 100644 inline \"%s\"\ndata %zu\n%s\n", strangers[i], strlen(strangers[i]), strangers[i]);
	for (size_t i = sizeof ordered / sizeof ordered[0]; i--;)
		fprintf(p, "M 100644 inline \"%s\"\ndata %zu\n%s\n", ordered[i], strlen(ordered[i]), ordered[i]);
	CHECK_INT(pclose(p), 0);
}

static int note(void *ctx, const struct gv_item *item)
{
	struct gv_oid oid;

	gv_oid_of(&oid, "blob", item->text);
	CHECK(gv_oid_eq(&oid, &item->oid));
	CHECK_BYTES(item->text, item->path);
	gv_buf_addstr(ctx, item->path);
	gv_buf_addc(ctx, '\n');
	return 0;
}

static void everything(void)
{
	struct gv_buf got = GV_BUF_INIT(65536), want = GV_BUF_INIT(65536);
	struct gv_store *s;

	fill();
	for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++) {
		CHECK_ROW(gv_path_kind(gv_str_of(ordered[i])) != NULL, ordered[i]); /* the grammar of paths agrees */
		gv_buf_adds(&want, ordered[i]);
		gv_buf_addc(&want, '\n');
	}
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
		CHECK_ROW(gv_path_kind(gv_str_of(strangers[i])) == NULL, strangers[i]);
	s = docket_open();
	CHECK_OK(gv_store_scan(s, &(struct gv_scan){ 0 }, note, &got, &err), &err);
	CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
	gv_buf_reset(&got);
	CHECK_OK(gv_store_scan(s, &(struct gv_scan){ .kind = gv_schema_find(GV_STR("case")) }, note, &got, &err), &err);
	CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
	CHECK_ERR(gv_store_scan(s, &(struct gv_scan){ .kind = gv_schema_find(GV_STR("finding")) }, note, &got, &err), &err,
	          GV_EDATA, "records of kind finding are not stored");
	gv_buf_free(&got);
	gv_buf_free(&want);
	gv_store_close(s);
	repo_done();
}

/* Filters name parts of the path: the slow twin looks at every path. */
static bool part_is(const char *path, int which, const char *list, bool by_group)
{
	char part[64], items[256], *item, *save = NULL, plain[64];
	size_t n = 0;
	const char *at = path;

	if (!list)
		return true;
	while (which--)
		at = strchr(at, '/') + 1;
	snprintf(part, sizeof part, "%.*s", (int)strcspn(at, "/"), at);
	for (size_t i = 0; part[i]; i++) {
		if (part[i] != '-')
			plain[n++] = part[i];
	}
	plain[n] = '\0';
	snprintf(items, sizeof items, "%s", list);
	for (item = strtok_r(items, ", ", &save); item; item = strtok_r(NULL, ", ", &save)) {
		if (strcmp(item, part) == 0 || (by_group && strcmp(item, plain) == 0) ||
		    (by_group && strlen(item) == 3 && strncmp(part, item, 3) == 0))
			return true;
	}
	return false;
}

static void filters(void)
{
	static const struct { const char *year, *court, *type; int found; } rows[] = {
		{ "2022", NULL, NULL, 10 }, { "2021,2022", NULL, NULL, 19 }, { "2021, 2022", NULL, NULL, 19 }, { "2013", NULL, NULL, 2 },
		{ "2013,2014", NULL, NULL, 3 }, { "1999", NULL, NULL, 0 }, { "", NULL, NULL, 0 }, { "202", NULL, NULL, 0 },
		{ NULL, "沪0114", NULL, 14 }, { NULL, "沪01", NULL, 1 }, { NULL, "沪01,京0105", NULL, 2 }, { NULL, "沪", NULL, 0 },
		{ NULL, NULL, "执", 5 }, { NULL, NULL, "执恢", 1 }, { NULL, NULL, "执异,执恢", 2 }, { NULL, NULL, "民", 11 },
		{ NULL, NULL, "民初", 10 }, { NULL, NULL, "知民终", 1 }, { NULL, NULL, "知-民终", 1 }, { NULL, NULL, "知", 2 },
		{ NULL, NULL, "民终", 1 }, { NULL, NULL, "执恢,执", 5 }, { NULL, NULL, "执恢异", 0 }, { "2022", "沪0114", "民", 1 },
		{ "2022", "最高法", NULL, 3 }, { "2021", NULL, "执", 0 },
	};
	struct gv_buf got = GV_BUF_INIT(65536), want = GV_BUF_INIT(65536);
	struct gv_store *s;

	fill();
	s = docket_open();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_scan what = { .year = rows[i].year, .court = rows[i].court, .type = rows[i].type };
		int found = 0;
		char row[128];

		gv_buf_reset(&got);
		gv_buf_reset(&want);
		for (size_t k = 0; k < sizeof ordered / sizeof ordered[0]; k++) {
			bool legacy = strncmp(ordered[k], "cases/legacy/", 13) == 0;

			if (legacy ? (what.court || what.type || !part_is(ordered[k], 2, what.year, false)) :
			             !part_is(ordered[k], 1, what.year, false) || !part_is(ordered[k], 2, what.court, false) ||
			             !part_is(ordered[k], 3, what.type, true))
				continue;
			gv_buf_adds(&want, ordered[k]);
			gv_buf_addc(&want, '\n');
			found++;
		}
		snprintf(row, sizeof row, "year %s court %s type %s", rows[i].year ? rows[i].year : "-",
		         rows[i].court ? rows[i].court : "-", rows[i].type ? rows[i].type : "-");
		CHECK_ROW(found == rows[i].found, row);
		CHECK_OK(gv_store_scan(s, &what, note, &got, &err), &err);
		CHECK_ROW(gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)), row);
	}
	gv_buf_free(&got);
	gv_buf_free(&want);
	gv_store_close(s);
	repo_done();
}

/* Folders that are not wanted are not even opened. */
static void pruning(void)
{
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_store *s;

	fill();
	CHECK_INT(sh("cd r && for p in cases/2021 cases/2022/最高法 cases/2022/沪0114/执 cases/legacy; do "
	             "i=$(git rev-parse main:$p) && chmod u+w objects/* && rm -f objects/$(echo $i | sed 's,^..,&/,') || exit 1; done"), 0);
	s = docket_open();
	CHECK_OK(gv_store_scan(s, &(struct gv_scan){ .year = "2022", .court = "沪0114", .type = "民,执恢" }, note, &got, &err), &err);
	CHECK_BYTES(gv_buf_str(&got), GV_STR("cases/2022/沪0114/执恢/0000/1.json\ncases/2022/沪0114/民初/0000/1.json\n"));
	CHECK_INT(gv_store_scan(s, &(struct gv_scan){ .year = "2021" }, note, &got, &err), GV_EINTEGRITY);
	CHECK_STR(err.thing, "cases/2021");
	CHECK(strstr(err.msg, " is missing") != NULL);
	gv_buf_free(&got);
	gv_store_close(s);
	repo_done();
}

/* ---- what happens meanwhile ---- */

struct stop { size_t calls, after; int code; struct gv_store *s; };

static int stop_after(void *ctx, const struct gv_item *item)
{
	struct stop *x = ctx;
	struct gv_str other;

	/* Reading other records does not disturb the one that is lent. */
	CHECK_OK(gv_store_read(x->s, ordered[x->calls % 5], &other, NULL, &err), &err);
	CHECK_BYTES(item->text, item->path);
	return ++x->calls == x->after ? x->code : 0;
}

static void stopping(void)
{
	static const int codes[] = { 1, -1, GV_ECONFLICT, 1000 };
	struct gv_store *s;

	fill();
	s = docket_open();
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		struct stop x = { .after = 3 + i, .code = codes[i], .s = s };

		CHECK_INT(gv_store_scan(s, &(struct gv_scan){ 0 }, stop_after, &x, &err), codes[i]);
		CHECK_INT(x.calls, 3 + i);
	}
	gv_store_close(s);
	repo_done();
}

static int count(void *ctx, const struct gv_item *item)
{
	(void)item;
	++*(size_t *)ctx;
	return 0;
}

/* A docket of several hundred records in every kind of pack, and repacked while it is open. */
static void all_packs(void)
{
	static const char *const ways[] = {
		"true", "git repack -adfq", "git repack -adfq --window=0", "git -c pack.compression=0 repack -adFq --window=0", "git gc -q",
	};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		struct gv_store *s;
		size_t n = 0;

		start_docket();
		CHECK_INT(sh("awk 'BEGIN { print \"commit refs/heads/main\\ncommitter A <a@b> 1656547200 +0800\\ndata 1\\nx\\nfrom refs/heads/main^0\";"
		             " for (i = 1; i <= 700; i++) { p = sprintf(\"cases/2022/沪0114/民初/%%04d/%%d.json\", int(i / 100), i);"
		             " printf \"M 100644 inline %%s\\ndata <<E\\n{\\n  \\\"id\\\": \\\"（2022）沪0114民初%%d号\\\",\\n  \\\"kind\\\": \\\"case\\\"\\n}\\nE\\n\", p, i } }' | "
		             "git -C r fast-import --quiet && cd r && %s", ways[i]), 0);
		s = docket_open();
		CHECK_OK(gv_store_scan(s, &(struct gv_scan){ 0 }, count, &n, &err), &err);
		CHECK_INT(n, 700);
		CHECK_INT(sh("cd r && git repack -adfq"), 0);
		CHECK_OK(gv_store_scan(s, &(struct gv_scan){ 0 }, count, &n, &err), &err);
		CHECK_INT(n, 1400);
		gv_store_close(s);
		repo_done();
	}
}

UNIT_MAIN("scan",
	{ "all records in list order, nothing else", everything },
	{ "filters by year, court and type", filters },
	{ "what is not wanted is not opened", pruning },
	{ "the callback stops it, and may read", stopping },
	{ "packs of every make", all_packs })
