/* areascale: the kernels of means whose samples do not weigh the same
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Weights are whole numbers, see AreascaleAxis; those of a window add up to at most
 * AREASCALE_MAX_SPAN < 2^19 along an axis. A column sum of samples up to 16 bits is then
 * less than 2^35, and a window's sum less than 2^54; of 32-bit samples 2^51 and 2^70.
 */

#ifndef AREASCALE_WEIGH_H
#define AREASCALE_WEIGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"

/**
 * The vertical step: weighed column sums of rows that weigh the same.
 *
 *     sums[x] (+)= weight * sum over r of ((src[r][x] >> shift) & mask)
 *
 * @param sums        n sums, of uint32_t where they fit, otherwise of uint64_t
 * @param rows        at least 1
 * @param n           samples in a row, at least 1
 * @param shift,mask  take the value out of a sample
 * @param accumulate  add to @p sums instead of setting them
 */
typedef void (*AreascaleVweighFn)(void *restrict sums, const void *restrict src,
                                  ptrdiff_t stride, int rows, int n, int shift,
                                  unsigned mask, uint32_t weight, bool accumulate);

/** One output row of weighed windows. */
typedef struct AreascaleWeighRow {
    const AreascaleColumns *columns;
    const void *sums;    /**< column sums of the whole input row */
    uint64_t row_weight; /**< of all rows of the window; 2^(depth - out_depth) times as much
                              where output samples have fewer bits */
    int lift;            /**< the bits that they have more: sums are multiplied by 2^lift */
    unsigned out_max;    /**< the largest value of an output sample */
    int s0, s1;          /**< output samples [s0, s1) to make */
    const uint32_t *reciprocal; /**< by class of columns: quotient = (((sum << lift) + area / 2) *
                                     reciprocal) >> div_shift; NULL: divide. Not of
                                     32-bit samples */
    int div_shift;
    int shift;           /**< the value's position in the output sample */
    void *dst;           /**< output sample 0 */
} AreascaleWeighRow;

/** The horizontal step: the weighed sum of each window's columns, divided once. */
typedef void (*AreascaleHweighFn)(const AreascaleWeighRow *r);

#endif /* AREASCALE_WEIGH_H */
