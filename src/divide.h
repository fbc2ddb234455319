/* areascale: the division of window sums by their areas
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_DIVIDE_H
#define AREASCALE_DIVIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"

/** The arithmetic of a plane: types of column sums, of window sums, and the way of
 *  dividing. */
typedef enum AreascaleArith {
    AREASCALE_ARITH_NARROW, /**< uint16_t, uint16_t, × 16-bit reciprocal */
    AREASCALE_ARITH_WIDE16, /**< uint16_t, uint32_t, × 32-bit reciprocal */
    AREASCALE_ARITH_WIDE32, /**< uint32_t, uint32_t, × 32-bit reciprocal */
    AREASCALE_ARITH_EXACT,  /**< uint32_t, uint64_t, division */
} AreascaleArith;

#define AREASCALE_N_ARITHS 4

/** What windows are divided by, by [class of rows][class of columns]. */
typedef struct AreascaleDivisors {
    AreascaleArith arith;
    int lift;  /**< sums are multiplied by 2^lift before they are divided */
    int shift; /**< quotient = ((sum + area / 2) * reciprocal) >> shift; not EXACT */
    /** Of windows; 2^(depth - out_depth) times as much where output samples have fewer bits.
     *  Less than 2^32 but for EXACT. */
    uint64_t area[AREASCALE_AXIS_CLASSES][AREASCALE_N_CLASSES];
    uint32_t reciprocal[AREASCALE_AXIS_CLASSES][AREASCALE_N_CLASSES];
} AreascaleDivisors;

/** Finds the narrowest arithmetic that is exact for samples of @p depth bits and means of
 *  @p out_depth, and its divisors. */
void areascale_divisors_init(AreascaleDivisors *divisors, const AreascaleAxis *rows,
                             const AreascaleColumns *columns, int depth, int out_depth);

/**
 * Whether trunc(fl(n * r)) = floor(n / area) for every n = S + floor(area / 2) <
 * (max_value + 1) * area, r being the area's reciprocal as a float, and n a float itself.
 */
bool areascale_divides_in_float(uint64_t area, uint64_t max_value);

/** The same for all areas, and all sums as they are divided, of samples of @p depth bits. */
bool areascale_divisors_in_float(const AreascaleDivisors *divisors, const AreascaleAxis *rows,
                                 const AreascaleColumns *columns, int depth);

/** 1 / area, rounded up to a float; its bits. */
uint32_t areascale_float_reciprocal(uint32_t area);

/** Bytes of a column sum. */
static inline size_t areascale_sum_size(AreascaleArith arith)
{
    return arith == AREASCALE_ARITH_NARROW || arith == AREASCALE_ARITH_WIDE16 ? 2 : 4;
}

#endif /* AREASCALE_DIVIDE_H */
