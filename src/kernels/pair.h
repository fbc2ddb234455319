/* areascale: kernels that enlarge rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where rows and columns grow, or stay, an output sample is the mean of two columns of
 * two rows, each pair being one and the same at times.
 */

#ifndef AREASCALE_PAIR_H
#define AREASCALE_PAIR_H

#include <stdint.h>

/** The most owords of a vector. */
#define AREASCALE_PAIR_OWORDS 2

/** Output samples of an oword of words. */
#define AREASCALE_PAIR_LANES 8

/** Where the columns of a vector of output samples are, which is one of
 *  AreascaleDsp.gather_owords owords. */
typedef struct AreascalePairVector {
    int32_t first[AREASCALE_PAIR_OWORDS]; /**< of each oword: bytes from the row's column
                                              sums to 16 that have all first columns */
    int32_t last[AREASCALE_PAIR_OWORDS];  /**< the same for the last ones */
} AreascalePairVector;

/**
 * An output row out of column sums of two rows.
 *
 *     sum = sums[first column] + sums[last column]
 *     out = min((sum + half) >> down, max) << up
 *
 * Sums and half are less than 2^16 together.
 */
typedef struct AreascalePairRow {
    const uint16_t *sums;
    const AreascalePairVector *vectors; /**< two for each unit of output samples */
    const uint8_t *picks; /**< of each vector: the bytes of what is at `first` for all its
                               owords, then of what is at `last` */
    void *dst;
    int n; /**< output samples, at least a unit; the last unit ends with them */
    int half, down, max, up;
} AreascalePairRow;

/** Makes the row. A unit is two vectors of words. */
typedef void (*AreascalePairFn)(const AreascalePairRow *r);

#endif /* AREASCALE_PAIR_H */
