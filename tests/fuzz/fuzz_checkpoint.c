/* SPDX-License-Identifier: MIT */
/*
 * fuzz_checkpoint: what an auditor remembers, and the signature beside it.  It is a checkpoint or it is refused; written
 * again, without a signature, it is the same.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../cmd/case-audit/remembered.c"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARMOUR "-----BEGIN"
static char dir[256];

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_checkpoint: %s\n", what);
	abort();
}

/* Valid until the next call but one. */
static const char *at(const char *name)
{
	static char path[2][512];
	static size_t n;
	char *p = path[n++ % 2];

	snprintf(p, sizeof path[0], "%s/%s", dir, name);
	return p;
}

static void clear_up(void)
{
	unlink(at("one.json"));
	unlink(at("one.json.sig"));
	unlink(at("two.json"));
	rmdir(dir);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *tmp = getenv("TMPDIR");

	(void)argc;
	(void)argv;
	snprintf(dir, sizeof dir, "%s/fuzz-checkpoint-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : tmp ? tmp : "/tmp");
	must(mkdtemp(dir) != NULL, "no folder");
	atexit(clear_up);
	return 0;
}

static void put(const char *name, struct gv_str text)
{
	int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	must(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && close(fd) == 0, "not written");
}

static void round_trip(const struct remembered *m)
{
	struct remembered again = REMEMBERED_INIT;
	struct gv_cmd c = { .name = "fuzz_checkpoint" };

	gv_buf_adds(&again.path, at("two.json"));
	must(remembered_write(&again, &c, &m->doc.root, false) == 0 && read_it(&again, &c) == 0 && again.there,
	     "its own print is refused");
	must(gv_val_eq(&m->doc.root, &again.doc.root) && memcmp(&m->commit, &again.commit, sizeof m->commit) == 0,
	     "printed differently");
	remembered_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *mark = size ? memmem(data, size, ARMOUR, strlen(ARMOUR)) : NULL;
	struct gv_str text = { (const char *)data, mark ? (size_t)(mark - (const char *)data) : size };
	struct remembered m = REMEMBERED_INIT;
	struct gv_cmd c = { .name = "fuzz_checkpoint" };
	int rc;

	gv_buf_adds(&m.path, at("one.json"));
	put("one.json", text);
	unlink(at("one.json.sig"));
	if (mark)
		put("one.json.sig", (struct gv_str){ mark, size - text.n });
	rc = read_it(&m, &c);
	must(m.there && (rc ? (rc == GV_EINTEGRITY || size > TEXT_MAX) && c.err.msg[0] && c.err.thing[0] : c.err.code == 0),
	     "neither read nor refused");
	if (!rc) {
		must(remembered_commits(&m) >= 0, "fewer commits than none");
		round_trip(&m);
	}
	is_moved(m.path.p, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
	remembered_free(&m);
	return 0;
}
