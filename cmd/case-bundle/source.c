/* SPDX-License-Identifier: MIT */
/* The archive that a subcommand reads. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "case-bundle.h"

static uint64_t limit(struct gv_cmd *c, const char *name)
{
	const char *text = gv_cmd_opt(c, name);
	int64_t n = 0;

	return text && gv_str_int(gv_str_of(text), &n) && n > 0 ? (uint64_t)n : 0;
}

int source_open(struct source *s, struct gv_cmd *c)
{
	struct gv_archive_limits limits = {
		.bytes = limit(c, "max-bytes"), .file_bytes = limit(c, "max-file"), .entries = limit(c, "max-entries"),
		.ratio = limit(c, "max-ratio"),
	};
	uint64_t seconds = limit(c, "max-seconds");

	*s = (struct source){ .fd = -1 };
	limits.seconds = seconds > 86400 ? 86400 : (unsigned)seconds;
	if (c->argc < 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which archive? give its file, or - for standard input"));
	s->name = c->argv[0];
	if (strcmp(s->name, "-") == 0) {
		s->name = "stdin";
		s->fd = dup(STDIN_FILENO);
	} else {
		s->fd = open(s->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a fifo without a writer shall not stop us */
	}
	if (s->fd < 0)
		return gv_fail_sys(&c->err, s->name, "%s", _("cannot open"));
	fcntl(s->fd, F_SETFL, 0);
	return gv_archive_open(&s->archive, s->fd, s->name, &limits, &c->err);
}

void source_close(struct source *s)
{
	gv_archive_close(s->archive);
	if (s->fd >= 0)
		close(s->fd);
	*s = (struct source){ .fd = -1 };
}
