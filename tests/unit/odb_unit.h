/* SPDX-License-Identifier: MIT */
/* What the tests of odb share: opening, reading with git's own proof, writing files that git would not. */
#ifndef GAVEL_ODB_UNIT_H
#define GAVEL_ODB_UNIT_H

#include "repo.h"

#include <fcntl.h>

#include "odb_impl.h"

static inline struct gv_odb *open_odb(const char *dir)
{
	struct gv_err err = { 0 };
	struct gv_odb *o = NULL;

	CHECK_OK(gv_odb_open(&o, dir, &err), &err);
	return o;
}

static inline struct gv_oid oid_of_hex(const char *hex)
{
	struct gv_oid oid = { { 0 } };

	CHECK_ROW(gv_oid_read(&oid, gv_str_of(hex)), hex);
	return oid;
}

/* Read it, and hash what came: git's own proof. */
static inline int read_and_hash(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj, struct gv_err *err)
{
	int rc = gv_odb_read(o, oid, 0, obj, err);
	struct gv_oid got;

	if (rc)
		return rc;
	gv_oid_of(&got, gv_otype_name(obj->type), obj->data);
	CHECK(gv_oid_eq(&got, oid));
	return 0;
}

/* Every object that git lists in the repository; how many. */
static inline size_t read_all(struct gv_odb *o, const char *repo)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	char cmd[512], hex[128];
	size_t n = 0;
	FILE *p;

	snprintf(cmd, sizeof cmd, "git -C %s cat-file --batch-all-objects --unordered --batch-check='%%(objectname)'", repo);
	p = popen(cmd, "r");
	while (p && fgets(hex, sizeof hex, p)) {
		struct gv_oid oid;

		hex[strcspn(hex, "\n")] = '\0';
		oid = oid_of_hex(hex);
		CHECK_OK(read_and_hash(o, &oid, &obj, &err), &err);
		n++;
	}
	if (p)
		pclose(p);
	gv_object_free(&obj);
	return n;
}

static inline void write_file(const char *path, const void *p, size_t n)
{
	struct gv_err err = { 0 };
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	CHECK_ROW(fd >= 0, path);
	CHECK_OK(gv_write_all(fd, p, n, path, &err), &err);
	close(fd);
}

#endif
