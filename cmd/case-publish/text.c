/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "public.h"
#include "utf8.h"

/* ---- what a text is about ---- */

static int set_profile(struct publish_texts *t, struct publish_text *one)
{
	const char *option = gv_cmd_opt(t->c, "profile");
	struct gv_str name = option ? gv_str_of(option) : gv_val_getstr(one->row, "profile");
	const char *policy = NULL;
	int rc;

	/* Nothing is hidden by a rule that nobody chose. */
	if (!name.n && (gv_cmd_opt(t->c, "docket") || one->kase.n)) {
		rc = 0;
		if (gv_cmd_store(t->c))
			rc = publish_policy_profile(t->c, &policy);
		else
			gv_err_clear(&t->c->err);
		if (rc)
			return rc;
		name = gv_str_of(policy);
	}
	if (!name.n)
		return gv_fail(&t->c->err, GV_EUSAGE, _("whose names are to be hidden?  Give --profile 2016 or 2024, or decide the policy anon_profile"));
	if (!gv_profile_parse(&one->job.profile, name))
		return gv_fail_field(&t->c->err, GV_EDATA, "profile", _("\"%.*s\" is neither 2016 nor 2024"), (int)name.n, name.p);
	return 0;
}

static gv_day day_of(const struct publish_texts *t, const struct gv_val *row)
{
	static const char *const fields[] = { "issued_on", "decided_on", "judgment_date", "closed_on" };
	gv_day day = GV_DAY_NONE;

	for (size_t i = 0; i < sizeof fields / sizeof *fields && day == GV_DAY_NONE; i++)
		day = gv_day_read(gv_val_getstr(row, fields[i]));
	return day == GV_DAY_NONE ? t->c->today : day;
}

/* The paper that a publication names: of the case's files, by name. */
static int read_paper(struct publish_texts *t, struct publish_text *one, const struct gv_val *kase)
{
	struct gv_str name = gv_val_getstr(one->row, "file"), sha = gv_val_getstr(one->row, "text_sha256");
	struct gv_err *err = &t->c->err;
	int rc;

	if (!sha.n && name.n)
		sha = gv_val_getstr(publish_file_of(kase, name), "sha256");
	if (!sha.n)
		return gv_fail_field(err, GV_EDATA, name.n ? "file" : "text", "%s", name.n ? _("the case has no file of that name") : _("is missing, and no file is named"));
	rc = publish_read_paper(t->c, sha, &t->text);
	one->job.text = gv_buf_str(&t->text);
	return rc;
}

/* The case of a row that has no parties of its own, from the docket. */
static int find_case(struct publish_texts *t, struct publish_text *one)
{
	const struct gv_val *kase = NULL;
	bool own = gv_val_get(one->row, "parties") != NULL, has_text = gv_val_get(one->row, "text") != NULL;
	int rc;

	one->job.kase = one->row;
	if ((own && has_text) || !one->kase.n)
		return has_text ? 0 : gv_fail_field(&t->c->err, GV_EDATA, "text", _("is missing"));
	rc = gv_cmd_get(t->c, one->kase, "case", &t->kase, &kase);
	if (!rc)
		rc = gv_cmd_unseal_doc(t->c, &t->kase);
	if (rc)
		return rc;
	one->job.kase = &t->kase.root;
	return has_text ? 0 : read_paper(t, one, &t->kase.root);
}

/* ---- typical cases and reports: every word that the public would see, a line each ---- */

static int add_word(void *ctx, struct gv_str text)
{
	struct publish_texts *t = ctx;

	gv_buf_addstr(&t->text, text);
	gv_buf_addc(&t->text, '\n');
	return 0;
}

static int work_on_told(struct publish_texts *t, struct publish_text *one)
{
	const char *const *field = gv_public_fields(gv_val_getstr(one->row, "kind"), GV_STR("released"));
	const struct gv_val *kase = NULL;
	int rc = 0;

	gv_buf_reset(&t->text);
	for (; *field && !rc; field++) {
		const struct gv_val *v = gv_val_get(one->row, *field);

		rc = v ? publish_each_word(v, add_word, t, &t->c->err) : 0;
	}
	if (rc)
		return rc;
	if (one->kase.n && gv_cmd_store(t->c))
		rc = gv_cmd_look_up(t->c, one->kase, &t->kase, &kase);
	else
		gv_err_clear(&t->c->err);
	if (!rc)
		rc = gv_buf_check(&t->text, &t->c->err);
	one->job.text = gv_buf_str(&t->text);
	one->job.kase = kase;
	one->job.profile = GV_PROFILE_2024;
	one->redacted = true;
	return rc ? rc : t->each(t, one);
}

static int work_on(struct publish_texts *t, struct publish_text *one)
{
	int rc;

	one->kase = gv_val_getstr(one->row, "case");
	if (!one->kase.n)
		one->kase = gv_val_getstr(one->row, "case_no");
	one->id = gv_val_getstr(one->row, "id");
	one->redacted = gv_val_is_true(one->row, "redacted");
	one->job.text = gv_val_getstr(one->row, "text");
	if (!one->job.text.p && gv_val_get(one->row, "text"))
		return gv_fail_field(&t->c->err, GV_EDATA, "text", "%s", _("is no text"));
	one->job.by_length = gv_cmd_has(t->c, "by-length");
	one->job.by_letter = gv_cmd_has(t->c, "by-letter");
	one->job.people = gv_val_get(one->row, "people");
	one->job.labels = gv_val_get(one->row, "labels");
	one->job.waivers = gv_val_get(one->row, "waivers");
	one->job.as_of = day_of(t, one->row);
	one->withheld = !one->job.text.p && gv_str_is(gv_val_getstr(one->row, "decision"), "withhold");
	if (one->withheld)
		return t->each(t, one);
	if (t->told && publish_is_told(gv_val_getstr(one->row, "kind")))
		return work_on_told(t, one);
	rc = set_profile(t, one);
	if (!rc)
		rc = find_case(t, one);
	if (!one->job.labels && one->kase.n)
		one->job.labels = gv_labels_of(t->labels, one->kase);
	return rc ? rc : t->each(t, one);
}

/* ---- where they come from ---- */

static const char *kind_of(const struct publish_texts *t, struct gv_str id)
{
	if (t->told && gv_str_starts(id, GV_STR("typical-case:")))
		return "typical-case";
	return t->told && gv_str_starts(id, GV_STR("report:")) ? "report" : "publication";
}

static int one_record(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct publish_texts *t = c->ctx;
	struct publish_text one = { .doc = &t->row, .line = line };
	const struct gv_val *rec;
	int rc;

	if (text.n && text.p[0] == '{') {
		rc = gv_json_parse(&t->row, text, GV_JSON_DROP_NULL | GV_JSON_FOREIGN, &c->err);
	} else {
		rc = gv_cmd_get(c, text, kind_of(t, text), &t->row, &rec);
		if (!rc)
			rc = gv_cmd_unseal_doc(c, &t->row);
	}
	one.row = &t->row.root;
	if (!rc)
		rc = work_on(t, &one);
	if (rc != GV_EDATA && rc != GV_ENOTFOUND)
		return rc;
	if (one.id.n)
		gv_err_thing(&c->err, one.id.p, one.id.n);
	if (text.n && text.p[0] == '{') {
		struct gv_err bad = c->err;

		gv_err_clear(&c->err);
		bad.line = line;
		return gv_cmd_bad_row(c, &bad, text);
	}
	gv_cmd_pass_over(c, line);
	return 0;
}

/* --party, --cause and --case, as a case has them. */
static int made_row(struct publish_texts *t, struct gv_val *row)
{
	struct gv_cmd *c = t->c;
	struct gv_val list = gv_mkarr();
	const char *text, *cause = gv_cmd_opt(c, "cause"), *number = gv_cmd_opt(c, "case");
	int rc = 0;

	*row = gv_mkobj();
	for (size_t i = 0; !rc && (text = gv_opts_nth(c->opts, "party", i)); i++) {
		const char *eq = strchr(text, '=');
		struct gv_val party = gv_mkobj();

		if (!eq || eq == text || !eq[1])
			return gv_fail(&c->err, GV_EUSAGE, _("--party: \"%s\" is not ROLE=NAME"), text);
		rc = gv_obj_set(&t->row, &party, GV_STR("role"), gv_mkstr(&t->row, (struct gv_str){ text, (size_t)(eq - text) }), &c->err);
		if (!rc)
			rc = gv_obj_set(&t->row, &party, GV_STR("name"), gv_mklit(eq + 1), &c->err);
		if (!rc)
			rc = gv_arr_add(&t->row, &list, party, &c->err);
	}
	if (!rc)
		rc = gv_obj_set(&t->row, row, GV_STR("parties"), list, &c->err);
	if (!rc && cause)
		rc = gv_obj_set(&t->row, row, GV_STR("cause"), gv_mklit(cause), &c->err);
	if (!rc && number)
		rc = gv_obj_set(&t->row, row, GV_STR("case"), gv_mklit(number), &c->err);
	return rc;
}

static int plain_text(struct publish_texts *t, const char *path)
{
	struct gv_cmd *c = t->c;
	struct publish_text one = { .doc = &t->row };
	struct gv_val row;
	bool is_stdin = strcmp(path, "-") == 0;
	int rc = is_stdin ? gv_buf_read_fd(&t->text, 0, _("<stdin>"), &c->err) : gv_buf_read_file(&t->text, path, &c->err);

	if (!rc && gv_utf8_valid(gv_buf_str(&t->text)) != t->text.n) {
		rc = gv_fail(&c->err, GV_EDATA, _("is no UTF-8 text"));
		gv_err_thing(&c->err, path, strlen(path));
	}
	if (!rc)
		rc = made_row(t, &row);
	if (rc)
		return rc;
	one.job.text = gv_buf_str(&t->text);
	one.job.kase = &row;
	one.job.as_of = c->today;
	one.job.by_length = gv_cmd_has(c, "by-length");
	one.job.by_letter = gv_cmd_has(c, "by-letter");
	rc = set_profile(t, &one);
	return rc ? rc : t->each(t, &one);
}

int publish_texts_run(struct publish_texts *t)
{
	struct gv_cmd *c = t->c;
	const char *path = gv_cmd_opt(c, "text");
	int rc;

	c->ctx = t;
	gv_buf_init(&t->text, GV_JSON_TEXT_MAX);
	if (path && c->argc)
		return gv_fail(&c->err, GV_EUSAGE, _("--text FILE and records do not go together"));
	if (!path && (gv_cmd_has(c, "party") || gv_cmd_has(c, "cause") || gv_cmd_has(c, "case")))
		return gv_fail(&c->err, GV_EUSAGE, _("--party, --cause and --case are about a --text; records have their own"));
	gv_json_want_fast();
	rc = gv_redactor_open(&t->redactor, c->today, &c->err);
	if (!rc)
		rc = gv_labels_new(&t->labels, &c->err);
	if (!rc)
		rc = path ? plain_text(t, path) : gv_cmd_each_text(c, one_record, &c->err);
	gv_labels_free(t->labels);
	gv_redactor_free(t->redactor);
	gv_doc_free(&t->row);
	gv_doc_free(&t->kase);
	gv_buf_free(&t->text);
	return rc < 0 ? 0 : rc;
}
