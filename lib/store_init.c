/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gitconf.h"
#include "helper.h"
#include "i18n.h"
#include "objw.h"
#include "run.h"
#include "store_impl.h"
#include "store_place.h"
#include "store_write.h"

#define COMMAND "case-file init"

/* Harmless without any driver: only that no clone on another system turns line ends. */
#define ATTRIBUTES "*.json text eol=lf\n"

struct init {
	const struct gv_init_opts *o;
	const char *dir;          /* the repository that is being built */
	struct gv_str court_name; /* {0} if the table has none */
	struct gv_buf author, committer;
	struct gv_sign_how *how;  /* NULL: the first commit is not signed */
	struct gv_err *err;
};

/* ---- the files of the repository that git does not know ---- */

static int write_file(struct init *in, const char *name, struct gv_str text, bool executable)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct stat st;
	mode_t mode;
	int fd = -1, rc;

	gv_buf_addf(&path, "%s/%s", in->dir, name);
	rc = gv_buf_check(&path, in->err);
	if (rc)
		goto out;
	if (stat(in->dir, &st)) {
		rc = gv_fail_sys(in->err, in->dir, _("cannot read"));
		goto out;
	}
	mode = 0600 | (st.st_mode & 0066); /* as the repository's own files */
	if (executable)
		mode = 0700 | (st.st_mode & 0055);
	fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0 || fchmod(fd, mode))
		rc = gv_fail_sys(in->err, path.p, _("cannot write"));
	else
		rc = gv_write_all(fd, text.p, text.n, path.p, in->err);
out:
	if (fd >= 0)
		close(fd);
	gv_buf_free(&path);
	return rc;
}

static int write_hook(struct init *in)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	int rc;

	gv_buf_adds(&text,
	            "#!/bin/sh\n"
	            "# Made by case-file init: what is pushed must be as legal as what commands "
	            "write.\n"
	            "gavel=");
	gv_run_quote(&text, in->o->hook_command ? in->o->hook_command : "case-file");
	gv_buf_adds(&text,
	            "\n"
	            "command -v \"$gavel\" >/dev/null || gavel=case-file\n"
	            "if ! command -v \"$gavel\" >/dev/null; then\n"
	            "\techo 'case-file is not installed on this machine: nothing can be pushed "
	            "here' >&2\n"
	            "\texit 1\n"
	            "fi\n"
	            "exec \"$gavel\" check --incoming -C . -o table\n");
	rc = gv_buf_check(&text, in->err);
	if (!rc)
		rc = write_file(in, "hooks/pre-receive", gv_buf_str(&text), true);
	gv_buf_free(&text);
	return rc;
}

static int write_description(struct init *in)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	int rc;

	gv_buf_addf(&text, "docket of %s %.*s\n", in->o->court, (int)in->court_name.n,
	            in->court_name.p ? in->court_name.p : "");
	rc = gv_buf_check(&text, in->err);
	if (!rc)
		rc = write_file(in, "description", gv_buf_str(&text), false);
	gv_buf_free(&text);
	return rc;
}

/* ---- the first commit ---- */

static int config_text(struct init *in, struct gv_buf *out)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val v = gv_mkobj();
	int rc = gv_obj_set(&d, &v, GV_STR("format"), gv_mkint(1), in->err);

	if (!rc)
		rc = gv_obj_set(&d, &v, GV_STR("court"), gv_mkstr(&d, gv_str_of(in->o->court)),
		                in->err);
	if (!rc)
		rc = gv_obj_set(&d, &v, GV_STR("zone"), gv_mklit("Asia/Shanghai"), in->err);
	if (!rc)
		rc = gv_obj_set(&d, &v, GV_STR("fanout"), gv_mkint(100), in->err);
	if (!rc)
		rc = gv_obj_set(&d, &v, GV_STR("policy"), gv_mkobj(), in->err);
	if (!rc)
		rc = gv_store_check_config(&v, in->err);
	if (!rc)
		gv_json_canon(out, &v);
	gv_doc_free(&d);
	return rc ? rc : gv_buf_check(out, in->err);
}

static int add_commit(struct init *in, struct gv_objw *w, const struct gv_oid *tree,
                      struct gv_oid *id)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(tree, hex);
	gv_buf_addf(&text,
	            "tree %s\nauthor %s\ncommitter %s\n\n" COMMAND
	            ": %s%s%.*s\n\nGavel-Cmd: " COMMAND "\n",
	            hex, in->author.p, in->committer.p, in->o->court, in->court_name.n ? " " : "",
	            (int)in->court_name.n, in->court_name.p ? in->court_name.p : "");
	rc = gv_write_object(w, &text, in->how, id, in->err);
	gv_buf_free(&text);
	return rc;
}

static int write_objects(struct init *in, struct gv_objw *w, struct gv_odb *odb,
                         struct gv_oid *commit)
{
	struct gv_buf config = GV_BUF_INIT(4096);
	struct gv_tree_edit edits[] = { { .path = GV_STR(".gitattributes") },
		                        { .path = GV_STR(GV_STORE_CONFIG) } };
	struct gv_oid root = { { 0 } };
	int rc = config_text(in, &config);

	if (!rc)
		rc = gv_objw_add(w, GV_OBJ_BLOB, GV_STR(ATTRIBUTES), NULL, &edits[0].oid, in->err);
	if (!rc)
		rc = gv_objw_add(w, GV_OBJ_BLOB, gv_buf_str(&config), NULL, &edits[1].oid, in->err);
	if (!rc)
		rc = gv_tree_edit(odb, w, &root, edits, 2, NULL, NULL, &root, in->err);
	if (!rc)
		rc = add_commit(in, w, &root, commit);
	if (!rc)
		rc = gv_objw_finish(w, NULL, in->err);
	gv_buf_free(&config);
	return rc;
}

static int first_commit(struct init *in)
{
	struct gv_buf objects = GV_BUF_INIT(8192);
	struct gv_objw *w = NULL;
	struct gv_odb *odb = NULL;
	struct gv_oid commit;
	struct gv_gitref_move m = { .name = GV_STORE_BRANCH, .to = &commit, .who = in->committer.p,
		                    .why = COMMAND };
	int rc;

	gv_buf_addf(&objects, "%s/objects", in->dir);
	rc = gv_buf_check(&objects, in->err);
	if (!rc)
		rc = gv_objw_new(&w, objects.p, in->err);
	if (!rc)
		rc = gv_odb_open(&odb, objects.p, in->err);
	if (!rc)
		rc = write_objects(in, w, odb, &commit);
	if (!rc)
		rc = gv_gitref_move(in->dir, &m, in->err);
	gv_objw_free(w);
	gv_odb_close(odb);
	gv_buf_free(&objects);
	return rc;
}

/* ---- all of it ---- */

static int check(struct init *in, struct gv_caseno_reader *cn)
{
	const char *shared = in->o->shared;
	bool sign;
	int rc;

	if (shared && strcmp(shared, "group") != 0 && strcmp(shared, "all") != 0)
		return gv_fail_field(in->err, GV_EUSAGE, "--shared",
		                     _("\"%s\" is neither group nor all"), shared);
	in->court_name = gv_caseno_court_name(cn, in->o->court);
	if (!in->court_name.n)
		return gv_fail_field(in->err, GV_EDATA, "--court",
		                     _("no court has the code \"%s\""), in->o->court);
	rc = gv_gitconf_commit(NULL, &in->author, &in->committer, &sign, in->err);
	return rc || !sign ? rc : gv_sign_settings(&in->how, NULL, in->err);
}

static int build(struct init *in, const char *dir)
{
	const char *args[] = { "init", dir, in->o->shared ? in->o->shared : "", NULL };
	struct gv_buf answer = GV_BUF_INIT(4096);
	int rc = gv_helper_ask("gavel-git", args, &answer, in->err);

	gv_buf_free(&answer);
	in->dir = dir;
	if (!rc)
		rc = write_hook(in);
	if (!rc)
		rc = write_description(in);
	if (!rc)
		rc = write_file(in, "gavel.lock", (struct gv_str){ "", 0 }, false);
	return rc ? rc : first_commit(in);
}

int gv_store_init(const char *dir, const struct gv_init_opts *o, struct gv_err *err)
{
	struct init in = {
		.o = o, .author = GV_BUF_INIT(4096), .committer = GV_BUF_INIT(4096), .err = err
	};
	struct gv_caseno_reader *cn = NULL;
	struct gv_place place;
	int rc = gv_caseno_reader_new(&cn, NULL, 0, err);

	if (!rc)
		rc = check(&in, cn);
	if (rc)
		goto out;
	rc = gv_place_open(&place, dir, err);
	if (!rc)
		rc = build(&in, place.build.p);
	if (!rc)
		rc = gv_place_finish(&place, err);
	gv_place_close(&place);
out:
	gv_caseno_reader_free(cn);
	gv_sign_how_free(in.how);
	gv_buf_free(&in.author);
	gv_buf_free(&in.committer);
	return rc;
}
