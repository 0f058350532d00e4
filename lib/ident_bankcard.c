/* SPDX-License-Identifier: MIT */
/* Bank cards: ISO/IEC 7812 with the Luhn check, rule ID-15.  Accounts of firms have none. */
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"

enum { SHORTEST = 13, LONGEST = 19 };

/* Luhn: what the last digit should be, from the digits before it. */
static int check_digit(const struct gv_ident_text *t)
{
	int sum = 0;

	for (size_t i = t->n - 1; i-- > 0;) {
		int d = (int)(t->cp[i] - '0');

		if ((t->n - i) % 2 == 0)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return (10 - sum % 10) % 10;
}

void gv_ident_bankcard(struct gv_ident *out, const struct gv_ident_text *t)
{
	struct gv_ident_text card = { .n = 0 };
	bool unionpay;
	int right;

	for (size_t i = 0; i < t->n && i < GV_IDENT_CHARS; i++)
		if (t->cp[i] != '-')
			card.cp[card.n++] = t->cp[i];
	if (t->n > GV_IDENT_CHARS || card.n < SHORTEST || card.n > LONGEST) {
		gv_ident_no(out, _("%zu digits, should be %d to %d"),
		            t->n > GV_IDENT_CHARS ? t->n : card.n, SHORTEST, LONGEST);
		return;
	}
	if (!gv_ident_digits(out, &card, 0, card.n))
		return;
	if (card.cp[0] == '0') {
		gv_ident_no(out, "%s", _("no bank card begins with 0"));
		return;
	}
	right = check_digit(&card);
	if (card.cp[card.n - 1] != '0' + right) {
		gv_ident_no(out, _("check digit is %c, should be %c"), (char)card.cp[card.n - 1],
		            (char)('0' + right));
		return;
	}
	unionpay = card.cp[0] == '6' && card.cp[1] == '2';
	out->valid = true;
	gv_ident_copy(out->normal, &card, 0, card.n);
	snprintf(out->form, sizeof out->form, "%s", unionpay ? "unionpay" : "other");
	if (unionpay && card.n != 16 && card.n != LONGEST)
		gv_ident_no(out, _("%zu digits, UnionPay cards usually have 16 or 19"), card.n);
}
