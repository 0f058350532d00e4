/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runs_unit.h"
#include "sorter.h"

/* Does the reader give just these? */
static void compare(struct gv_runs_reader *m, const struct record *want, size_t n)
{
	struct gv_err err = { 0 };
	struct gv_str key = { 0 }, payload = { 0 };
	size_t same = 0;

	for (size_t i = 0; i < n; i++) {
		int rc = gv_runs_next(m, &key, &payload, &err);

		same += !rc && key.p && gv_str_eq(key, want[i].key) && gv_str_eq(payload, want[i].payload);
	}
	CHECK_INT(same, n);
	for (int i = 0; i < 2; i++) {
		CHECK_OK(gv_runs_next(m, &key, &payload, &err), &err);
		CHECK(key.p == NULL && payload.p == NULL);
	}
}

static struct gv_runs *new_runs(void)
{
	struct gv_runs *r = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_runs_new(&r, &err), &err);
	return r;
}

static void put_run(struct gv_runs *r, struct record *some, size_t n)
{
	struct gv_err err = { 0 };

	if (n)
		qsort(some, n, sizeof *some, by_key);
	gv_runs_begin(r);
	for (size_t i = 0; i < n; i++)
		CHECK_OK(gv_runs_put(r, some[i].key, some[i].payload, &err), &err);
	CHECK_OK(gv_runs_end(r, &err), &err);
}

/* ---- merging ---- */

static void merge_round(size_t n, size_t files, size_t longest)
{
	struct record *all = random_records(n);
	struct gv_runs *runs[5] = { 0 };
	struct gv_runs_reader *m, *other;
	struct gv_err err = { 0 };
	size_t expected = 0, counted = 0;

	for (size_t i = 0; i < files; i++)
		runs[i] = new_runs();
	for (size_t from = 0, i = 0; i < files; i++) { /* the order of the files is that of the records */
		size_t to = i + 1 == files ? n : from + (n - from) / (files - i);

		while (from < to) {
			size_t part = 1 + pick((unsigned)longest);

			part = part > to - from ? to - from : part;
			put_run(runs[i], all + from, part);
			from += part;
			expected++;
		}
		put_run(runs[i], NULL, 0); /* leaves no trace */
		counted += gv_runs_count(runs[i]);
	}
	CHECK_INT(counted, expected);
	qsort(all, n, sizeof *all, by_key);
	for (int again = 0; again < 2; again++) {
		CHECK_OK(gv_runs_open(&m, runs, files, &err), &err);
		CHECK_OK(gv_runs_open(&other, runs, files, &err), &err);
		compare(m, all, n);
		compare(other, all, n);
		gv_runs_reader_close(other);
		gv_runs_reader_close(m);
	}
	for (size_t i = 0; i < files; i++)
		gv_runs_free(runs[i]);
	free_records(all, n);
}

static void merges(void)
{
	merge_round(0, 0, 1);
	merge_round(0, 3, 1);
	for (int round = 0; round < 150; round++)
		merge_round(pick(300), 1 + pick(5), 1 + pick(40));
	merge_round(3000, 2, 1);   /* as many runs as records */
	merge_round(3000, 5, 3000);
}

/* Records that fill no buffer, just one, and some; a long one between short ones. */
static void long_records(void)
{
	static const size_t sizes[] = { 0, 1, 65527, 65528, 65529, 262135, 262136, 262137, 700000, 3, 3 * GV_MIB, 2 };
	enum { N = sizeof sizes / sizeof sizes[0] };
	struct gv_runs *runs[2] = { new_runs(), new_runs() };
	struct record all[2 * N] = { 0 };
	struct gv_runs_reader *m;
	struct gv_err err = { 0 };

	for (size_t i = 0; i < 2 * N; i++) {
		size_t key = i < N ? 1 : sizes[i - N] + 1, payload = sizes[i % N];
		char *k = malloc(key), *p = malloc(payload + 1);

		memset(k, i < N ? (int)i : 'k', key);
		memset(p, (int)('a' + i), payload);
		all[i] = (struct record){ { k, key }, { p, payload }, i };
	}
	put_run(runs[0], all, N);
	put_run(runs[1], all + N, N);
	CHECK(gv_runs_bytes(runs[0]) > 4 * GV_MIB && gv_runs_bytes(runs[1]) > 8 * GV_MIB);
	qsort(all, sizeof all / sizeof all[0], sizeof all[0], by_key);
	CHECK_OK(gv_runs_open(&m, runs, 2, &err), &err);
	compare(m, all, 2 * N);
	gv_runs_reader_close(m);
	for (size_t i = 0; i < 2 * N; i++) {
		free((void *)(uintptr_t)all[i].key.p);
		free((void *)(uintptr_t)all[i].payload.p);
	}
	gv_runs_free(runs[0]);
	gv_runs_free(runs[1]);
}

static void largest(void)
{
	char *much = calloc(1, GV_RUNS_MAX);
	struct gv_str most = { much, GV_RUNS_MAX }, key, payload;
	struct gv_runs *r = new_runs();
	struct gv_runs_reader *m;
	struct gv_err err = { 0 };

	CHECK_OK(gv_runs_put(r, most, most, &err), &err);
	CHECK_OK(gv_runs_end(r, &err), &err);
	CHECK_OK(gv_runs_open(&m, &r, 1, &err), &err);
	CHECK_OK(gv_runs_next(m, &key, &payload, &err), &err);
	CHECK(gv_str_eq(key, most) && gv_str_eq(payload, most));
	gv_runs_reader_close(m);
	gv_runs_free(r);
	free(much);
}

static void refuses(void)
{
	struct gv_str long_one = { "", GV_RUNS_MAX + 1 };
	struct gv_runs *r = new_runs();
	struct gv_sorter *s = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_runs_put(r, GV_STR("b"), GV_STR("1"), &err), &err);
	CHECK_ERR(gv_runs_put(r, GV_STR("a"), GV_STR("2"), &err), &err, GV_EDATA,
	          "a sorted run goes on with a key below the one before it");
	CHECK_ERR(gv_runs_put(r, GV_STR(""), GV_STR("2"), &err), &err, GV_EDATA,
	          "a sorted run goes on with a key below the one before it");
	CHECK_ERR(gv_runs_put(r, GV_STR("c"), long_one, &err), &err, GV_EDATA,
	          "67108865 bytes are too many to be sorted: at most 67108864");
	CHECK_ERR(gv_runs_put(r, long_one, GV_STR("c"), &err), &err, GV_EDATA,
	          "67108865 bytes are too many to be sorted: at most 67108864");
	CHECK_OK(gv_runs_put(r, GV_STR("b"), GV_STR("3"), &err), &err);
	CHECK_OK(gv_runs_put(r, GV_STR("b\0"), GV_STR("4"), &err), &err);
	CHECK_OK(gv_runs_end(r, &err), &err);
	CHECK_OK(gv_runs_put(r, GV_STR("a"), GV_STR("5"), &err), &err); /* a new run */
	CHECK_OK(gv_runs_end(r, &err), &err);
	CHECK_INT(gv_runs_count(r), 2);
	gv_runs_free(r);
	gv_runs_free(NULL);
	gv_runs_reader_close(NULL);

	CHECK_OK(gv_sorter_new(&s, 1000, &err), &err);
	CHECK_ERR(gv_sorter_add(s, long_one, GV_STR(""), &err), &err, GV_EDATA,
	          "67108865 bytes are too many to be sorted: at most 67108864");
	gv_sorter_free(s);
	gv_sorter_free(NULL);
}

/* A run that is begun anew is forgotten, also the part of it in the file. */
static void forgets(void)
{
	struct record kept[] = { { GV_STR("a"), GV_STR("1"), 0 }, { GV_STR("b"), GV_STR("2"), 1 } };
	char much[100000] = "";
	struct gv_runs *r = new_runs();
	struct gv_runs_reader *m;
	struct gv_err err = { 0 };

	put_run(r, kept, 1);
	gv_runs_begin(r);
	for (int i = 0; i < 7; i++)
		CHECK_OK(gv_runs_put(r, GV_STR("c"), (struct gv_str){ much, sizeof much }, &err), &err);
	put_run(r, kept + 1, 1);
	CHECK_INT(gv_runs_count(r), 2);
	CHECK_INT(gv_runs_bytes(r), 20);
	CHECK_OK(gv_runs_open(&m, &r, 1, &err), &err);
	compare(m, kept, 2);
	gv_runs_reader_close(m);
	gv_runs_free(r);
}

/* ---- the file ---- */

static char folder[] = "/tmp/gavel-test-runs-XXXXXX";

static size_t files_in_folder(void)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

/* The descriptor of the temporary file, which has no name; -1 if there is none. */
static int hidden_file(void)
{
	for (int fd = 3; fd < 64; fd++) {
		char link[64], to[4096] = "";

		snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		if (readlink(link, to, sizeof to - 1) > 0 && strncmp(to, folder, strlen(folder)) == 0)
			return fd;
	}
	return -1;
}

static void hides_its_file(void)
{
	struct gv_runs *r;
	struct gv_err err = { 0 };
	struct stat st = { 0 };
	int fd;

	CHECK(mkdtemp(folder) != NULL);
	setenv("TMPDIR", folder, 1);
	r = new_runs();
	CHECK_OK(gv_runs_put(r, GV_STR("a"), GV_STR("1"), &err), &err);
	CHECK_INT(hidden_file(), -1); /* not before it is needed */
	CHECK_OK(gv_runs_end(r, &err), &err);
	fd = hidden_file();
	CHECK(fd >= 0 && fstat(fd, &st) == 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	CHECK_INT(st.st_nlink, 0);
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	CHECK_INT(files_in_folder(), 0);
	gv_runs_free(r);
	CHECK_INT(hidden_file(), -1);
	CHECK_INT(files_in_folder(), 0);
	rmdir(folder);
	unsetenv("TMPDIR");
}

static void no_folder(void)
{
	static const char *const where[][2] = {
		{ "/nowhere/at/all", "cannot make a temporary file in /nowhere/at/all: No such file or directory" },
		{ "/dev/null", "cannot make a temporary file in /dev/null: Not a directory" },
		{ "/proc", "cannot make a temporary file in /proc: No such file or directory" },
	};

	for (size_t i = 0; i < sizeof where / sizeof where[0]; i++) {
		struct gv_sorter *s = NULL;
		struct gv_runs *r;
		struct gv_err err = { 0 };
		struct gv_str key = { 0 }, payload;

		setenv("TMPDIR", where[i][0], 1);
		r = new_runs();
		CHECK_OK(gv_runs_put(r, GV_STR("a"), GV_STR("1"), &err), &err);
		CHECK_ERR(gv_runs_end(r, &err), &err, GV_EIO, where[i][1]);
		CHECK_INT(gv_runs_count(r), 0);
		gv_runs_free(r);

		CHECK_OK(gv_sorter_new(&s, GV_MIB, &err), &err); /* has room: needs no folder */
		CHECK_OK(gv_sorter_add(s, GV_STR("b"), GV_STR("2"), &err), &err);
		CHECK_OK(gv_sorter_add(s, GV_STR("a"), GV_STR("1"), &err), &err);
		CHECK_OK(gv_sorter_done(s, &err), &err);
		CHECK_OK(gv_sorter_next(s, &key, &payload, &err), &err);
		CHECK_BYTES(key, GV_STR("a"));
		gv_sorter_free(s);
		CHECK_OK(gv_sorter_new(&s, 1, &err), &err);
		CHECK_OK(gv_sorter_add(s, GV_STR("b"), GV_STR("2"), &err), &err);
		CHECK_ERR(gv_sorter_add(s, GV_STR("a"), GV_STR("1"), &err), &err, GV_EIO, where[i][1]);
		gv_sorter_free(s);
	}
	setenv("TMPDIR", "", 1); /* as if it were not set */
	struct gv_runs *r = new_runs();
	struct record one = { GV_STR("a"), GV_STR(""), 0 };
	put_run(r, &one, 1);
	gv_runs_free(r);
	unsetenv("TMPDIR");
}

static void full_disk(void)
{
	struct rlimit before, small;
	char much[100000] = "";
	struct gv_str payload = { much, sizeof much };
	struct gv_runs *r = new_runs();
	struct gv_err err = { 0 };
	int rc = 0;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	small = before;
	small.rlim_cur = 300000;
	setrlimit(RLIMIT_FSIZE, &small);
	CHECK_OK(gv_runs_put(r, GV_STR("a"), payload, &err), &err);
	CHECK_OK(gv_runs_end(r, &err), &err);
	for (int i = 0; !rc && i < 10; i++)
		rc = gv_runs_put(r, GV_STR("b"), payload, &err);
	CHECK_ERR(rc, &err, GV_EIO, "cannot write temporary file in /tmp: File too large");
	CHECK_ERR(gv_runs_put(r, GV_STR("c"), payload, &err), &err, GV_EIO,
	          "cannot write temporary file in /tmp: File too large");
	CHECK_ERR(gv_runs_end(r, &err), &err, GV_EIO, "cannot write temporary file in /tmp: File too large");
	CHECK_INT(gv_runs_count(r), 1);
	gv_runs_begin(r); /* there is room for a shorter one */
	CHECK_OK(gv_runs_put(r, GV_STR("d"), payload, &err), &err);
	CHECK_OK(gv_runs_end(r, &err), &err);
	setrlimit(RLIMIT_FSIZE, &before);
	struct record want[] = { { GV_STR("a"), payload, 0 }, { GV_STR("d"), payload, 1 } };
	struct gv_runs_reader *m;
	CHECK_OK(gv_runs_open(&m, &r, 1, &err), &err);
	compare(m, want, 2);
	gv_runs_reader_close(m);
	gv_runs_free(r);
}

/* What has been cut, or overwritten, is told. */
static void cut_file(void)
{
	static const off_t lengths[] = { 0, 3, 8, 100, 99999, 150000, 200000 };
	char much[100000] = "", path[] = "/tmp/gavel-test-runs-XXXXXX";
	struct gv_str payload = { much, sizeof much }, key;
	struct gv_err err = { 0 };

	CHECK(mkdtemp(path) != NULL);
	memcpy(folder, path, sizeof folder);
	setenv("TMPDIR", path, 1);
	for (size_t i = 0; i <= sizeof lengths / sizeof lengths[0]; i++) {
		struct gv_runs *r = new_runs();
		struct gv_runs_reader *m = NULL;
		char want[256];
		int rc = 0;

		for (int k = 0; k < 2; k++)
			CHECK_OK(gv_runs_put(r, GV_STR("a"), payload, &err), &err);
		CHECK_OK(gv_runs_end(r, &err), &err);
		CHECK_INT(gv_runs_bytes(r), 200018);
		if (i < sizeof lengths / sizeof lengths[0])
			CHECK(ftruncate(hidden_file(), lengths[i]) == 0);
		else
			CHECK(pwrite(hidden_file(), "\xff\xff\xff\xff\xff\xff\xff\xff", 8, 100009) == 8);
		rc = gv_runs_open(&m, &r, 1, &err);
		for (int k = 0; !rc && k < 2; k++)
			rc = gv_runs_next(m, &key, &(struct gv_str){ 0 }, &err);
		snprintf(want, sizeof want, "cannot read temporary file in %s: it has been cut short", path);
		CHECK_ERR(rc, &err, GV_EIO, want);
		gv_runs_reader_close(m);
		gv_runs_free(r);
	}
	CHECK_INT(files_in_folder(), 0);
	rmdir(path);
	unsetenv("TMPDIR");
}

UNIT_MAIN("runs",
	{ "merges as the slow twin does", merges },
	{ "takes long records", long_records },
	{ "takes the longest ones", largest },
	{ "refuses what is out of order or too long", refuses },
	{ "forgets a run that was not ended", forgets },
	{ "hides its file and leaves nothing", hides_its_file },
	{ "says where it cannot make a file", no_folder },
	{ "reports a full disk", full_disk },
	{ "reports a file that is cut", cut_file })
