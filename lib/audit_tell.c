/* SPDX-License-Identifier: MIT */
/* The rules of an audit, and how a finding is told: with its commit, lowered where somebody annotated it, counted. */
#include "audit_impl.h"

#include "i18n.h"

enum { TEXT_MAX = 64 * 1024 };

static const struct gv_basis format[] = { { "gavel-docket(5)", NULL, NULL }, { 0 } };

const struct gv_rule gv_audit_rules[] = {
	[AU_SIGNED] = { "AU-01", "the commit is signed", "提交已签名", GV_VIOLATION, format,
	                .needs = N_("the header gpgsig; violation where the policy signed_commits demands it, else a warning once the docket has signers") },
	[AU_VALID] = { "AU-02", "the signature is one of this commit", "签名与提交相符", GV_VIOLATION, format,
	               .needs = N_("the signature and the commit as it was signed") },
	[AU_KNOWN] = { "AU-03", "the signer was known before", "签名人事先已登记", GV_VIOLATION, format,
	               .needs = N_("the files signers and people/ of the first parent: nobody brings in a key by himself") },
	[AU_IN_DAYS] = { "AU-04", "the key was good on that day and for commits", "密钥在有效期和用途之内", GV_VIOLATION, format,
	                 .needs = N_("valid-after, valid-before and namespaces in signers, and the time of the commit") },
	[AU_PERSON] = { "AU-05", "the signer is the committer", "签名人即提交人", GV_WARN, format,
	                .needs = N_("the committer's e-mail, the principals in signers, the e-mails of the person") },
	[AU_DUTY] = { "AU-06", "those who signed may change it", "签名人有权作此变更", GV_VIOLATION, format,
	              .needs = N_("policy/duties.json of the first parent, the signer, and approvals/ of the commit") },
	[AU_WHOLE] = { "AU-07", "history is whole and was not replaced", "历史完整、未被替换", GV_VIOLATION, format,
	               .needs = N_("every object of the history; the checkpoint that case-audit checkpoint remembered") },
	[AU_NOTE] = { "AU-08", "an annotation is by somebody else who may", "注释须由他人依权限作出", GV_VIOLATION, format,
	              .needs = N_("trailers Gavel-Annotates and Gavel-Reason, and who signed both commits") },
	[AU_TIME] = { "AU-09", "the commit is not older than its parent", "提交时间不早于上一提交", GV_VIOLATION, format,
	              .needs = N_("the times of both: keys and duties are judged by the later one; a warning, and a violation where a push comes from the future") },
	{ 0 }
};

int gv_audit_check_lists(const char *only, const char *skip, struct gv_err *err)
{
	const char *lists[2] = { only, skip };
	int rc = 0;

	for (size_t i = 0; i < 2 && !rc; i++) {
		struct gv_str rest = gv_str_of(lists[i] ? lists[i] : ""), one;

		while (!rc && gv_rule_next(&rest, &one)) {
			rc = gv_rules_check_list(gv_audit_rules, one, err);
			if (rc && gv_str_starts(one, GV_STR("DK-")))
				rc = gv_rules_check_list(gv_case_rules, one, err);
		}
	}
	return rc;
}

bool gv_audit_wants_records(const char *only, const char *skip)
{
	for (const struct gv_rule *r = gv_case_rules; r->id; r++)
		if (gv_str_starts(gv_str_of(r->id), GV_STR("DK-")) && (!only || gv_rule_listed(gv_str_of(only), gv_str_of(r->id))) &&
		    (!skip || !gv_rule_listed(gv_str_of(skip), gv_str_of(r->id))))
			return true;
	return false;
}

/* ---- building ---- */

/* What findings about commits refer to; the letter keeps its id from being taken for a case number. */
static const struct gv_schema commit_kind = { .kind = "commit", .letter = 'C' };

static int tell(struct gv_audit *a, enum gv_audit_rule rule, const struct gv_rec *rec, enum gv_level level,
                const struct gv_val *facts, const char *text)
{
	struct gv_check *check = &a->judge.check;
	const struct gv_rec *kept = check->rec;
	const struct gv_rule *kept_rule = check->rule;
	int rc;

	if (a->quick)
		return 0;
	check->rec = rec;
	check->rule = &gv_audit_rules[rule];
	rc = gv_finding(check, level, facts, "%s", text);
	check->rec = kept;
	check->rule = kept_rule;
	return rc;
}

int gv_audit_tell(struct gv_audit *a, enum gv_audit_rule rule, enum gv_level level, const char *fmt, ...)
{
	struct gv_rec rec = { .id = { .schema = &commit_kind } };
	struct gv_buf text = GV_BUF_INIT(TEXT_MAX);
	va_list ap;
	int rc;

	gv_oid_hex(&a->id, rec.id.key);
	va_start(ap, fmt);
	gv_buf_addv(&text, fmt, ap);
	va_end(ap);
	rc = gv_buf_check(&text, a->err);
	if (!rc) {
		gv_doc_reset(&a->judge.check.scratch);
		rc = tell(a, rule, &rec, level, NULL, text.p);
	}
	gv_buf_free(&text);
	return rc;
}

int gv_audit_tell_file(struct gv_audit *a, const struct gv_judged *file, enum gv_level level, const struct gv_val *facts,
                       const char *text)
{
	const struct gv_val *val = file->now ? file->now : file->was;
	struct gv_str key = gv_val_getstr(val, "id");
	struct gv_rec rec = { .id = { .schema = file->schema }, .val = val };

	if (!file->schema || !key.n || key.n >= sizeof rec.id.key) {
		rec.id.schema = &commit_kind;
		rec.val = NULL;
		gv_oid_hex(&a->commit.id, rec.id.key);
	} else {
		memcpy(rec.id.key, key.p, key.n);
	}
	return tell(a, AU_DUTY, &rec, level, facts, text);
}

/* ---- telling ---- */

static int set(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_str text, struct gv_err *err)
{
	return text.n ? gv_obj_set(d, obj, gv_str_of(name), gv_mkstr(d, text), err) : 0;
}

static int set_oid(struct gv_doc *d, struct gv_val *obj, const char *name, const struct gv_oid *id, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	if (gv_oid_is_zero(id))
		return 0;
	gv_oid_hex(id, hex);
	return set(d, obj, name, gv_str_of(hex), err);
}

static int add_note(struct gv_audit *a, struct gv_doc *d, struct gv_val *facts)
{
	struct gv_val note = gv_mkobj();
	int rc = set_oid(d, &note, "commit", &a->note->note.by, a->err);

	if (!rc)
		rc = set(d, &note, "by", a->note->note.who, a->err);
	if (!rc)
		rc = set(d, &note, "reason", a->note->note.reason, a->err);
	return rc ? rc : gv_obj_set(d, facts, GV_STR("annotated"), note, a->err);
}

/* Where it was found and what that commit was. */
static int add_facts(struct gv_audit *a, struct gv_doc *d, struct gv_val *told)
{
	const struct gv_val *old = gv_val_get(told, "facts");
	struct gv_val facts = gv_mkobj();
	int rc = old ? gv_val_copy(d, &facts, old, a->err) : 0;

	if (!rc)
		rc = set_oid(d, &facts, "commit", &a->id, a->err);
	if (!rc)
		rc = set(d, &facts, "signer", a->verdict.actor ? a->verdict.actor->key : (struct gv_str){ 0 }, a->err);
	if (!rc && a->commit.parents > 1)
		rc = gv_obj_set(d, &facts, GV_STR("merge"), gv_mkbool(true), a->err);
	if (!rc)
		rc = set_oid(d, &facts, "corrects", &a->corrects, a->err);
	if (!rc && a->note)
		rc = add_note(a, d, &facts);
	return rc ? rc : gv_obj_set(d, told, GV_STR("facts"), facts, a->err);
}

static enum gv_level level_of(struct gv_str name)
{
	enum gv_level l = GV_INFO;

	while (l < GV_VIOLATION && !gv_str_is(name, gv_level_name(l)))
		l++;
	return l;
}

/* An object that is not what it says is no matter of opinion. */
static bool may_be_annotated(const struct gv_audit *a, bool broken, struct gv_str rule)
{
	return a->note && !broken && !gv_str_is(rule, "AU-07");
}

static bool is_untrue(bool broken, struct gv_str rule)
{
	return broken || gv_str_is(rule, "AU-02") || gv_str_is(rule, "AU-03") || gv_str_is(rule, "AU-04") ||
	       gv_str_is(rule, "AU-07");
}

int gv_audit_sink(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct gv_audit *a = check->ctx;
	struct gv_str rule = gv_val_getstr(finding, "rule");
	enum gv_level level = level_of(gv_val_getstr(finding, "level"));
	bool broken = a->broken || a->judge.broken;
	struct gv_val told = *finding;
	int rc = 0;

	if (a->quick || (a->o.only.n && !gv_rule_listed(a->o.only, rule)) || gv_rule_listed(a->o.skip, rule))
		return 0;
	if (may_be_annotated(a, broken, rule) && level > GV_INFO) {
		level = GV_INFO;
		rc = gv_obj_set(&check->scratch, &told, GV_STR("level"), gv_mklit(gv_level_name(level)), err);
	}
	if (level == GV_VIOLATION && is_untrue(broken, rule))
		a->sums->untrue = true;
	a->sums->counts[level]++;
	a->counts[level]++;
	if (!rc)
		rc = add_facts(a, &check->scratch, &told);
	return rc ? rc : a->o.finding(a->o.ctx, &told, err);
}
