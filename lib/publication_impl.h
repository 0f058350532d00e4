/* SPDX-License-Identifier: MIT */
/* publication_impl: what publication.c (documents), publication_decide.c and publication_clock.c share. */
#ifndef GAVEL_PUBLICATION_IMPL_H
#define GAVEL_PUBLICATION_IMPL_H

#include "publication.h"

/* As the case has it now, or else the record. */
struct gv_str gv_publication_cause(const struct gv_publication *p);
bool gv_publication_group_is(const struct gv_publication *p, const char *group);
/* A case about a crime, by its number, its cause, who prosecutes, or the name of the document. */
bool gv_publication_is_criminal(const struct gv_publication *p);
/* Is one of the causes the same as that, or below it? */
bool gv_publication_below(const struct gv_publication *p, const char *general);
/* Does its cause, or another of the case, stand in no list and have one of these words (NULL at the end) in it? */
bool gv_publication_hints(const struct gv_publication *p, const char *const *words);

#endif
