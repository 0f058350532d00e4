/* SPDX-License-Identifier: MIT */
/* site_shown: what has come into a public docket by an import or a push and must be on no page: a resident's number (DK-14). */
#include "i18n.h"
#include "ident.h"
#include "site_impl.h"

enum { DIGITS = 17 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Eighteen characters with the right check digit, no others around them.  Of numbers in other writings, case-file check --strict tells:
 * that is no work for each page of each run. */
static int has_resident(void *ctx, struct gv_str text)
{
	struct gv_ident id;

	(void)ctx;
	for (size_t at = 0, n; at < text.n; at += n + 1) {
		for (n = 0; at + n < text.n && is_digit(text.p[at + n]);)
			n++;
		if (n == DIGITS && at + n < text.n && (text.p[at + n] | 0x20) == 'x')
			n++;
		if (n != DIGITS + 1)
			continue;
		gv_ident_check(&id, GV_ID_RESIDENT, (struct gv_str){ text.p + at, n });
		if (id.valid)
			return 1;
	}
	return 0;
}

int site_check_shown(struct site *s, const struct gv_val *view, struct gv_str id)
{
	for (uint32_t i = 0; i < view->n; i++) {
		if (!gv_val_each_string(&view->members[i].val, has_resident, NULL))
			continue;
		gv_fail_field(s->err, GV_EDATA, view->members[i].name.p, "%s", _("has a resident's identity number: no page is made while it is there (DK-14)"));
		gv_err_thing(s->err, id.p, id.n);
		return s->err->code;
	}
	return 0;
}
