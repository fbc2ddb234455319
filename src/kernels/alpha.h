/* areascale: the kernels of means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pixels have four samples, one of which is alpha. A *product* is that of a sample and
 * the alpha of its pixel; the product of alpha is alpha itself.
 *
 * The weights of a window add up to at most AREASCALE_MAX_SPAN < 2^19 along an axis, and
 * to its number of rows or columns < 2^15 where all are 1. With samples of d bits a column
 * of products is less than 2^(19 + 2 d), and a window of them less than 2^(38 + 2 d).
 */

#ifndef AREASCALE_ALPHA_H
#define AREASCALE_ALPHA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "kernels/vsum.h"

/** The types of sums, of columns and of windows. */
typedef enum AreascaleAlphaSums {
    AREASCALE_ALPHA_NARROW, /**< uint32_t, uint32_t, all less than 2^31 */
    AREASCALE_ALPHA_MIXED,  /**< uint32_t, uint64_t */
    AREASCALE_ALPHA_LONG,   /**< uint64_t, uint64_t */
    AREASCALE_ALPHA_WIDE,   /**< AreascaleLimbs, AreascaleWide */
} AreascaleAlphaSums;

#define AREASCALE_N_ALPHA_SUMS 4

/** Rows of a window that weigh the same. */
typedef struct AreascaleAlphaRows {
    const void *src; /**< sample 0 of the first one */
    ptrdiff_t stride;
    int rows;        /**< at least 1 */
    int n;           /**< samples in a row, whole pixels, at least one */
    int alpha;       /**< which sample of a pixel alpha is, 0 .. 3 */
    int shift;       /**< take the value out of a sample */
    unsigned mask;
    uint32_t weight; /**< of each row */
    bool accumulate; /**< add to the sums instead of setting them */
    void *sums;      /**< of n columns, all of which fit their type. There is room for n
                          rounded up to a multiple of AREASCALE_BLOCK_COLUMNS; what lies
                          past n is undefined afterwards */
} AreascaleAlphaRows;

/** The vertical step: weighed column sums of products. */
typedef void (*AreascaleAlphaVsumFn)(const AreascaleAlphaRows *r);

/** One output row. */
typedef struct AreascaleAlphaRow {
    const AreascaleColumns *columns;
    const void *sums;    /**< of columns... */
    int origin;          /**< ...from this input sample on */
    uint32_t row_weight; /**< of all rows of the window */
    int lift;            /**< sums are multiplied by 2^lift... */
    int drop;            /**< ...and divisors by 2^drop, where output samples have more bits,
                              or fewer; less than 16 */
    unsigned out_max;    /**< the largest value of an output sample */
    int s0, s1;          /**< output samples [s0, s1) to make, whole pixels */
    int alpha;
    int shift;           /**< the value's position in the output sample */
    void *dst;           /**< output sample 0 */
} AreascaleAlphaRow;

/** The horizontal step: the weighed sum of each window's columns, divided once by that of
 *  its alpha, and alpha by the weight of the window. A pixel whose window has no alpha
 *  stays what it is.
 *  @return whether every pixel was made */
typedef bool (*AreascaleAlphaHsumFn)(const AreascaleAlphaRow *r);

#endif /* AREASCALE_ALPHA_H */
