/* SPDX-License-Identifier: MIT */
/*
 * unit: a table runner for C tests.  Prints TAP, counts rows, exits 1 on failure.
 * A test program is: includes, static test functions, and
 *     UNIT_MAIN("json", { "reads numbers", numbers }, { "refuses", refuses })
 */
#ifndef GAVEL_UNIT_H
#define GAVEL_UNIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "err.h"

static int unit_failed_here;
static size_t unit_checks;
static const char *unit_skipped;

#define UNIT_FAIL(...) do { \
		unit_failed_here++; \
		printf("# %s:%d: ", __FILE__, __LINE__); \
		printf(__VA_ARGS__); \
		putchar('\n'); \
	} while (0)

/* A condition; the text of it is the message. */
#define CHECK(cond) do { \
		unit_checks++; \
		if (!(cond)) \
			UNIT_FAIL("not true: %s", #cond); \
	} while (0)

/* A condition of a table row: `row` is printed when it fails. */
#define CHECK_ROW(cond, row) do { \
		unit_checks++; \
		if (!(cond)) \
			UNIT_FAIL("not true: %s   [%s]", #cond, (row)); \
	} while (0)

#define CHECK_INT(got, want) do { \
		long long unit_g = (long long)(got), unit_w = (long long)(want); \
		unit_checks++; \
		if (unit_g != unit_w) \
			UNIT_FAIL("%s: got %lld, want %lld", #got, unit_g, unit_w); \
	} while (0)

#define CHECK_STR(got, want) do { \
		const char *unit_g = (got), *unit_w = (want); \
		unit_checks++; \
		if (!unit_g || !unit_w || strcmp(unit_g, unit_w) != 0) \
			UNIT_FAIL("%s:\n#   got  [%s]\n#   want [%s]", #got, unit_g ? unit_g : "NULL", unit_w ? unit_w : "NULL"); \
	} while (0)

#define CHECK_BYTES(got, want) do { \
		struct gv_str unit_g = (got), unit_w = (want); \
		unit_checks++; \
		if (!gv_str_eq(unit_g, unit_w)) \
			UNIT_FAIL("%s:\n#   got  [%.*s]\n#   want [%.*s]", #got, (int)unit_g.n, unit_g.p, (int)unit_w.n, unit_w.p); \
	} while (0)

/* rc 0, else the error text is shown. */
#define CHECK_OK(rc, err) do { \
		int unit_rc = (rc); \
		unit_checks++; \
		if (unit_rc != 0) { \
			struct gv_buf unit_b = GV_BUF_INIT(8192); \
			gv_err_text((err), &unit_b); \
			UNIT_FAIL("%s: %d: %s", #rc, unit_rc, unit_b.p ? unit_b.p : ""); \
			gv_buf_free(&unit_b); \
		} \
	} while (0)

/* rc and the whole error text. */
#define CHECK_ERR(rc, err, want_rc, want_text) do { \
		int unit_rc = (rc); \
		struct gv_buf unit_b = GV_BUF_INIT(8192); \
		unit_checks++; \
		gv_err_text((err), &unit_b); \
		if (unit_rc != (want_rc) || strcmp(unit_b.p ? unit_b.p : "", (want_text)) != 0) \
			UNIT_FAIL("%s:\n#   got  %d [%s]\n#   want %d [%s]", #rc, unit_rc, unit_b.p ? unit_b.p : "", (want_rc), (want_text)); \
		gv_buf_free(&unit_b); \
	} while (0)

/* A test that cannot run here says why and returns. */
#define SKIP(why) do { unit_skipped = (why); return; } while (0)

struct unit_test { const char *name; void (*fn)(void); };

static inline int unit_run(const char *module, const struct unit_test *tests, size_t n)
{
	int bad = 0;

	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		unit_failed_here = 0;
		unit_skipped = NULL;
		tests[i].fn();
		if (unit_failed_here)
			bad = 1;
		printf("%sok %zu - %s: %s", unit_failed_here ? "not " : "", i + 1, module, tests[i].name);
		if (unit_skipped && !unit_failed_here)
			printf(" # skip %s", unit_skipped);
		putchar('\n');
		fflush(stdout);
	}
	printf("# %zu checks\n", unit_checks);
	return bad;
}

#define UNIT_MAIN(module, ...) \
	int main(void) \
	{ \
		static const struct unit_test unit_tests[] = { __VA_ARGS__ }; \
		return unit_run(module, unit_tests, sizeof unit_tests / sizeof unit_tests[0]); \
	}

/* The folder of real data, or NULL: tests that need it SKIP. */
static inline const char *unit_real(void)
{
	const char *p = getenv("GAVEL_REAL_DATA");

	return p && *p ? p : NULL;
}

#endif
