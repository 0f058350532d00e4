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

/* Eighteen characters with the right check digit, no others around them. */
static bool has_resident(struct gv_str text)
{
	struct gv_ident id;

	for (size_t at = 0, n; at < text.n; at += n + 1) {
		for (n = 0; at + n < text.n && is_digit(text.p[at + n]);)
			n++;
		if (n == DIGITS && at + n < text.n && (text.p[at + n] | 0x20) == 'x')
			n++;
		if (n != DIGITS + 1)
			continue;
		gv_ident_check(&id, GV_ID_RESIDENT, (struct gv_str){ text.p + at, n });
		if (id.valid)
			return true;
	}
	return false;
}

static bool shows_resident(const struct gv_val *v)
{
	bool found = v->type == GV_STRING && has_resident(gv_val_str(v));

	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n && !found; i++)
		found = shows_resident(&v->items[i]);
	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !found; i++)
		found = shows_resident(&v->members[i].val);
	return found;
}

int site_check_shown(struct site *s, const struct gv_val *view, struct gv_str id)
{
	for (uint32_t i = 0; i < view->n; i++) {
		if (!shows_resident(&view->members[i].val))
			continue;
		gv_fail_field(s->err, GV_EDATA, view->members[i].name.p, "%s", _("has a resident's identity number: no page is made while it is there (DK-14)"));
		gv_err_thing(s->err, id.p, id.n);
		return s->err->code;
	}
	return 0;
}
