/* SPDX-License-Identifier: MIT */
/* The archive that a subcommand reads. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "case-bundle.h"

/* *n stays 0, the default, where the option is not given. */
static int limit(struct gv_cmd *c, const char *name, int64_t most, int64_t *n)
{
	const char *text = gv_cmd_opt(c, name);

	*n = 0;
	if (!text || (gv_str_int(gv_str_of(text), n) && *n > 0 && *n <= most))
		return 0;
	return gv_fail(&c->err, GV_EUSAGE, _("--%s: \"%s\" is no number from 1 to %lld"), name, text,
	               (long long)most);
}

static int begin(struct source *s, struct gv_cmd *c)
{
	static const struct { const char *name; int64_t most; } options[] = {
		{ "max-bytes", GV_JSON_INT_MAX }, { "max-file", GV_JSON_INT_MAX }, { "max-entries", GV_JSON_INT_MAX },
		{ "max-ratio", GV_JSON_INT_MAX }, { "max-seconds", 86400 },
	};
	struct gv_archive_limits limits;
	int64_t n[5];

	for (size_t i = 0; i < 5; i++) {
		int rc = limit(c, options[i].name, options[i].most, &n[i]);

		if (rc)
			return rc;
	}
	limits = (struct gv_archive_limits){ (uint64_t)n[0], (uint64_t)n[1], (uint64_t)n[2], (uint64_t)n[3],
		(unsigned)n[4] };
	return gv_archive_open(&s->archive, s->fd, s->name, &limits, &c->err);
}

int source_again(struct source *s, struct gv_cmd *c, const struct source *first)
{
	*s = (struct source){ .name = first->name, .fd = dup(gv_archive_fd(first->archive)) };
	if (s->fd < 0)
		return gv_fail_sys(&c->err, s->name, "%s", _("cannot open"));
	return begin(s, c);
}

int source_open(struct source *s, struct gv_cmd *c)
{
	*s = (struct source){ .fd = -1 };
	if (c->argc < 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which archive? give its file, or - for standard input"));
	s->name = c->argv[0];
	if (strcmp(s->name, "-") == 0) {
		s->name = "stdin";
		s->fd = dup(STDIN_FILENO);
	} else {
		/* A fifo without a writer shall not stop us. */
		s->fd = open(s->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	}
	if (s->fd < 0)
		return gv_fail_sys(&c->err, s->name, "%s", _("cannot open"));
	fcntl(s->fd, F_SETFL, 0);
	return begin(s, c);
}

void source_close(struct source *s)
{
	gv_archive_close(s->archive);
	if (s->fd >= 0)
		close(s->fd);
	*s = (struct source){ .fd = -1 };
}
