/* SPDX-License-Identifier: MIT */
/*
 * filter_impl: what filter.c and its child gavel-filter say to each other over one stream
 * socket.  Both come from the same build, so integers are the machine's own.
 *
 *   parent: struct gv_filter_hello, prelude, program; then for each record its length
 *           (uint32_t) and its bytes
 *   child:  frames: struct gv_filter_head and `n` bytes
 */
#ifndef GAVEL_FILTER_IMPL_H
#define GAVEL_FILTER_IMPL_H

#include <stdint.h>

#define GV_FILTER_MAGIC 0x31465647u  /* "GVF1" */
#define GV_FILTER_PROGRAM_MAX ((size_t)1 << 20)

struct gv_filter_hello {
	uint32_t magic;
	uint32_t mode;         /* enum gv_filter_mode */
	uint32_t seconds, mib;
	uint32_t prelude, program;  /* bytes that follow */
};

enum gv_filter_say {
	GV_FILTER_READY = 'R',
	GV_FILTER_NO_COMPILE = 'C',  /* jq's message */
	GV_FILTER_YES = 'Y', GV_FILTER_NO = 'N',
	GV_FILTER_OUTPUT = 'O',      /* one JSON text */
	GV_FILTER_END = 'E',         /* of the outputs of a record */
	GV_FILTER_FAILED = 'F',      /* the message */
	GV_FILTER_DEAD = 'D'         /* one byte: the signal, 0 = out of memory; the last frame */
};

struct gv_filter_head {
	uint32_t say;
	uint32_t n;
};

#endif
