/* SPDX-License-Identifier: MIT */
/*
 * site: a public docket as a static website: documents, typical cases and reports that are released, stubs of those that are
 * withheld or withdrawn, lists by facets, a search that needs no server, statistics, a feed, a sitemap.
 *
 * Pages are made by libjq programs (*.jq in share/site), which escape whatever comes from a record, in the child of filter.h.
 * They see the members of a record that are for the public, and no others.  The same commit gives the same bytes.
 */
#ifndef GAVEL_SITE_H
#define GAVEL_SITE_H

#include "date.h"
#include "store.h"
#include "webtree.h"

struct gv_site_opts {
	const char *dir;         /* where it goes */
	const char *languages;   /* "zh", "en" or "both": then Chinese, and English below en/ */
	const char *base_url;    /* http(s)://HOST/PATH/, or NULL: no sitemap, no canonical links */
	const char *title;       /* NULL: the home court's name */
	const char *templates;   /* a folder whose files stand for those of share/site, or NULL */
	gv_day as_of;            /* the day it is of; GV_DAY_NONE: that of the commit */
};

/*
 * GV_EUSAGE for options that will not do; GV_EDATA for a docket that holds more than may be seen, for a record or a template;
 * GV_ECONFLICT while a conflict is open; others as gv_webtree_open().  Nothing is written where the docket is refused.
 */
int gv_site_write(struct gv_store *s, const struct gv_site_opts *o, struct gv_webtree_count *count, struct gv_err *err);

#endif
