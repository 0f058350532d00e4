/* SPDX-License-Identifier: MIT */
/*
 * sandbox: for a helper process that runs what a user wrote.  After the call it can read and
 * write what is already open, take memory up to its limit, look at the clock and end; nothing
 * else: no files, no processes, no network, no signals to others, no core dump, no tracing.
 */
#ifndef GAVEL_SANDBOX_H
#define GAVEL_SANDBOX_H

#include <stddef.h>

/*
 * For the rest of the process.  It cannot fail: on a kernel without seccomp the resource limits
 * remain.  In a build with AddressSanitizer, which needs more, it does nothing.
 */
void gv_sandbox_enter(size_t memory, size_t stack);

#endif
