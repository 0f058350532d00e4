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

static int begin(struct source *s, struct gv_cmd *c)
{
	uint64_t seconds = limit(c, "max-seconds");
	const struct gv_archive_limits limits = {
		.bytes = limit(c, "max-bytes"), .file_bytes = limit(c, "max-file"), .entries = limit(c, "max-entries"),
		.ratio = limit(c, "max-ratio"), .seconds = seconds > 86400 ? 86400 : (unsigned)seconds,
	};

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
		s->fd = open(s->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a fifo without a writer shall not stop us */
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
