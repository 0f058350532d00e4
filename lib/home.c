/* SPDX-License-Identifier: MIT */
#include "home.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "i18n.h"

/* "X" for a program X/bin/CMD (or X/libexec/gavel/CMD). */
static int prefix(struct gv_buf *out, struct gv_err *err)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	struct gv_str helper = GV_STR("/libexec/gavel");

	if (n <= 0)
		return gv_fail_sys(err, "/proc/self/exe", _("cannot find the program's own folder"));
	while (n > 0 && exe[n - 1] != '/') /* the program */
		n--;
	if (n > 0)
		n--;
	if ((size_t)n >= helper.n && memcmp(exe + n - helper.n, helper.p, helper.n) == 0) {
		n -= (ssize_t)helper.n;
	} else {
		while (n > 0 && exe[n - 1] != '/') /* bin */
			n--;
		if (n > 0)
			n--;
	}
	gv_buf_add(out, exe, (size_t)n);
	return gv_buf_check(out, err);
}

static int under(struct gv_buf *out, const char *env, const char *sub, const char *name, struct gv_err *err)
{
	const char *fixed = getenv(env);
	int rc = 0;

	if (fixed && *fixed) {
		gv_buf_adds(out, fixed);
	} else {
		rc = prefix(out, err);
		if (rc)
			return rc;
		gv_buf_adds(out, sub);
	}
	gv_buf_addc(out, '/');
	gv_buf_adds(out, name);
	return gv_buf_check(out, err);
}

int gv_home_share(struct gv_buf *out, const char *name, struct gv_err *err)
{
	size_t start = out->n;
	const char *fixed = getenv("GAVEL_SHARE");
	int rc = under(out, "GAVEL_SHARE", "/share/gavel", name, err);

	if (rc || (fixed && *fixed) || access(out->p + start, F_OK) == 0)
		return rc;
	/* A source tree has no gavel/ in between. */
	out->n = start;
	return under(out, "GAVEL_SHARE", "/share", name, err);
}

int gv_home_libexec(struct gv_buf *out, const char *name, struct gv_err *err)
{
	return under(out, "GAVEL_LIBEXEC", "/libexec/gavel", name, err);
}
