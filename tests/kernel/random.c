/* areascale: pseudo-random numbers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random.h"

uint32_t random_next(Random *r)
{
    /* xorshift64* */
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return (uint32_t) ((r->state * UINT64_C(0x2545f4914f6cdd1d)) >> 32);
}

int random_in(Random *r, int low, int high)
{
    return low + (int) (random_next(r) % (uint32_t) (high - low + 1));
}

int random_size(Random *r, int max)
{
    switch (random_in(r, 0, 3)) {
    case 0: return random_in(r, 1, max < 5 ? max : 5);
    case 1: return random_in(r, 1, max);
    default: return random_in(r, 1, max < 40 ? max : 40);
    }
}
