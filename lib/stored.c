/* SPDX-License-Identifier: MIT */
#include "stored.h"

#include "utf8.h"

struct gv_str gv_stored_id(struct gv_str text)
{
	struct gv_str mark = GV_STR("\n  \"id\": \"");
	const char *at = gv_str_find(text, mark), *end;

	if (!at || !gv_json_has_canon_frame(text))
		return (struct gv_str){ 0 };
	at += mark.n;
	end = memchr(at, '"', text.n - (size_t)(at - text.p));
	if (!end || memchr(at, '\\', (size_t)(end - at))) /* no id has an escape in it */
		return (struct gv_str){ 0 };
	return (struct gv_str){ at, (size_t)(end - at) };
}

/* Only a case goes by its number alone; of another kind the full id names the kind too. */
static bool is_case(struct gv_str text, struct gv_str id)
{
	static const char mark[] = "\n  \"kind\": \"case\"";

	return memmem(id.p, (size_t)(text.p + text.n - id.p), mark, sizeof mark - 1);
}

bool gv_stored_parses(struct gv_cmd *c)
{
	return gv_out_needs_tree(c->out) || gv_cmd_with(c);
}

int gv_stored_print(struct gv_cmd *c, struct gv_doc *scratch, struct gv_str text)
{
	struct gv_str id = gv_stored_id(text);
	struct gv_caseno_reader *cn;
	struct gv_rec rec;
	int rc;

	if (id.n && !gv_stored_parses(c)) {
		if (gv_out_format(c->out) == GV_OUT_IDS && !is_case(text, id))
			id = (struct gv_str){ 0 };
		rc = gv_out_canon(c->out, text, id, &c->err);
		return rc ? rc : gv_out_closed(c->out) ? -1 : 0;
	}
	cn = gv_cmd_caseno(c);
	rc = cn ? gv_json_parse(scratch, text, 0, &c->err) : c->err.code;
	if (!rc)
		rc = gv_rec_of(&rec, scratch, gv_cmd_schema(c), cn, &c->err);
	return rc ? rc : gv_cmd_print_rec(c, &rec);
}

/* As JSON escapes: it is still the same record. */
static void add_escape(struct gv_buf *out, uint32_t cp)
{
	if (cp <= 0xFFFF)
		gv_buf_addf(out, "\\u%04x", cp);
	else
		gv_buf_addf(out, "\\u%04x\\u%04x", 0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF));
}

int gv_stored_show(struct gv_cmd *c, struct gv_str text)
{
	struct gv_buf safe = GV_BUF_INIT(GV_JSON_TEXT_MAX * 6);
	size_t pos = 0, from = 0;
	int32_t cp;
	int rc;

	while ((cp = gv_utf8_next(text, &pos)) >= 0) {
		struct gv_str one = { text.p + from, pos - from };

		from = pos;
		if (cp == '\n' || gv_utf8_is_safe(one))
			gv_buf_addstr(&safe, one);
		else
			add_escape(&safe, (uint32_t)cp);
	}
	rc = gv_buf_check(&safe, &c->err);
	if (!rc)
		rc = gv_cmd_print(c, "%s", safe.p ? safe.p : "");
	gv_buf_free(&safe);
	return rc ? rc : c->closed ? -1 : 0;
}
