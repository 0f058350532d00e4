/* SPDX-License-Identifier: MIT */
/* roll: numbers that look random and are the same in every run.  Who wants others defines SEED first. */
#ifndef GAVEL_ROLL_H
#define GAVEL_ROLL_H

#include <stdint.h>

#ifndef SEED
#define SEED 20220630
#endif

static uint64_t seed = SEED;

static inline uint64_t roll(uint64_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (seed >> 33) % below;
}

static inline int roll_int(int below)
{
	return (int)roll((uint64_t)below);
}

#endif
