/* SPDX-License-Identifier: MIT */
#include "sandbox.h"

#if defined(__SANITIZE_ADDRESS__)

void gv_sandbox_enter(size_t memory, size_t stack)
{
	(void)memory;
	(void)stack;
}

#else

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static void limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit r = { most, most };

	if (setrlimit(what, &r) != 0 && getrlimit(what, &r) == 0) {
		r.rlim_cur = r.rlim_max; /* the hard limit is lower already */
		setrlimit(what, &r);
	}
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), \
                    ANSWER(SECCOMP_RET_ALLOW)

/* What is not listed fails with EPERM, so that a library may do without. */
static void only_harmless_calls(void)
{
	struct sock_filter rules[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
		ANSWER(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		ALLOW(read), ALLOW(write), ALLOW(setitimer), ALLOW(futex),
		ALLOW(brk), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise),
		ALLOW(clock_gettime), ALLOW(gettimeofday), ALLOW(getrandom),
		ALLOW(rt_sigreturn), ALLOW(rt_sigprocmask), ALLOW(restart_syscall),
		ALLOW(exit), ALLOW(exit_group),
		/* memory, but none that holds code */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mmap, 1, 0),
		ANSWER(SECCOMP_RET_ERRNO | EPERM),
		LOAD(args[2]),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
		ANSWER(SECCOMP_RET_ERRNO | EPERM),
		ANSWER(SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof rules / sizeof rules[0], rules };

	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void only_harmless_calls(void)
{
}
#endif

void gv_sandbox_enter(size_t memory, size_t stack)
{
	limit(RLIMIT_AS, memory);
	limit(RLIMIT_STACK, stack);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, 0); /* what is open stays open */
	limit(RLIMIT_NPROC, 0);
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	only_harmless_calls();
}

#endif
