/* areascale: pseudo-random numbers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_RANDOM_H
#define AREASCALE_TESTS_RANDOM_H

#include <stdint.h>

/** A pseudo-random sequence; any seed but 0. */
typedef struct Random {
    uint64_t state;
} Random;

/** The next 32 bits. */
uint32_t random_next(Random *r);

/** A number in [low, high]. */
int random_in(Random *r, int low, int high);

/** A size: mostly small, sometimes up to @p max. */
int random_size(Random *r, int max);

#endif /* AREASCALE_TESTS_RANDOM_H */
