/* areascale: numbers of 128 bits in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_WIDE_H
#define AREASCALE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/** A number: high * 2^64 + low. */
typedef struct AreascaleWide {
    uint64_t high, low;
} AreascaleWide;

/** a + b, less than 2^128. */
static inline AreascaleWide areascale_wide_add(AreascaleWide a, AreascaleWide b)
{
    const bool carries = a.low > UINT64_MAX - b.low;

    return (AreascaleWide){ a.high + b.high + carries,
                            carries ? a.low - (UINT64_MAX - b.low) - 1 : a.low + b.low };
}

/** a - b, b being at most a. */
static inline AreascaleWide areascale_wide_subtract(AreascaleWide a, AreascaleWide b)
{
    const bool borrows = a.low < b.low;

    return (AreascaleWide){ a.high - b.high - borrows,
                            borrows ? UINT64_MAX - (b.low - a.low) + 1 : a.low - b.low };
}

/** a << n, less than 2^128; n of 0 .. 63. */
static inline AreascaleWide areascale_wide_shift(AreascaleWide a, int n)
{
    return (AreascaleWide){ n ? a.high << n | a.low >> (64 - n) : a.high, a.low << n };
}

static inline bool areascale_wide_is_less(AreascaleWide a, AreascaleWide b)
{
    return a.high < b.high || (a.high == b.high && a.low < b.low);
}

/** A number in two parts, high * 2^32 + low. Sums of them carry nothing: each part is less
 *  than 2^32 times the sum of the weights. */
typedef struct AreascaleLimbs {
    uint64_t high, low;
} AreascaleLimbs;

/** sum += value * weight; the sum of the weights is less than 2^32. */
static inline void areascale_limbs_add(AreascaleLimbs *sum, uint64_t value, uint32_t weight)
{
    sum->high += (value >> 32) * weight;
    sum->low += (value & UINT32_MAX) * weight;
}

/** limbs * weight, less than 2^128. */
static inline AreascaleWide areascale_limbs_times(AreascaleLimbs limbs, uint32_t weight)
{
    const uint64_t low = (limbs.low & UINT32_MAX) * weight;
    const uint64_t middle = (limbs.low >> 32) * weight;
    const uint64_t high = (limbs.high & UINT32_MAX) * weight;
    const uint64_t highest = (limbs.high >> 32) * weight;

    return areascale_wide_add(
        areascale_wide_add((AreascaleWide){ highest + (high >> 32), high << 32 },
                           (AreascaleWide){ middle >> 32, middle << 32 }),
        (AreascaleWide){ 0, low });
}

/** floor(a / b + 1/2), which is less than 2^33; b is at least 1 and less than 2^94. */
static inline uint64_t areascale_wide_divide(AreascaleWide a, AreascaleWide b)
{
    uint64_t quotient = 0;

    /* floor((2 a + b) / (2 b)), a bit at a time */
    a = areascale_wide_add(areascale_wide_shift(a, 1), b);
    for (int bit = 32; bit >= 0; bit--) {
        const AreascaleWide part = areascale_wide_shift(b, bit + 1);

        if (!areascale_wide_is_less(a, part)) {
            a = areascale_wide_subtract(a, part);
            quotient |= (uint64_t) 1 << bit;
        }
    }
    return quotient;
}

#endif /* AREASCALE_WIDE_H */
