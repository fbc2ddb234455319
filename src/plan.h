/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_PLAN_H
#define AREASCALE_PLAN_H

#include "columns.h"
#include "gather.h"
#include "window.h"

/** The way of a plane through the kernels. */
typedef enum AreascalePath {
    AREASCALE_PATH_COPY,   /**< equal sizes: rows are copied */
    AREASCALE_PATH_HALVE,  /**< bytes, 1/2 on both axes */
    AREASCALE_PATH_GATHER, /**< small windows, both steps in one, row by row */
    AREASCALE_PATH_BAND,   /**< column sums, then window sums of a band of rows */
} AreascalePath;

struct AreascalePlan {
    AreascaleGeometry geometry;
    AreascaleDsp dsp;
    AreascaleSample sample;
    AreascaleVsum16 vsum16; /**< the one for the plane's samples */
    AreascalePath path;
    AreascaleArith arith;
    const AreascaleGroup *group;
    int in_samples, out_samples; /**< in a row, whole groups */
    unsigned mask;               /**< the value's bits, before the shift */

    bool row_pairs;        /**< a window counts its first and its last row, which
                                may be one and the same; otherwise all its rows */
    AreascaleWindow *rows; /**< the window of every output row */
    int min_rows;          /**< the fewest rows that a window counts; the others
                                have one more */
    int batch_rows;        /**< rows whose column sums fit 16 bits */
    int windows_ahead;     /**< output rows from one to that whose input is fetched */

    AreascaleColumns columns;
    AreascaleHalve halve; /**< HALVE: the kernel */
    AreascaleGather gather;
    AreascaleGatherFn gather_row; /**< GATHER: the kernel */

    /* By [rows of the window - min_rows][class]. */
    uint32_t area[2][AREASCALE_N_CLASSES];
    uint32_t reciprocal[2][AREASCALE_N_CLASSES];
    int div_shift;
};

/** Rows that the window of output row @p y counts. */
int areascale_plan_row_count(const AreascalePlan *plan, int y);

/** Bytes of a sample. */
static inline size_t areascale_sample_size(AreascaleSample sample)
{
    return sample == AREASCALE_SAMPLE_8 ? 1 : 2;
}

/** Bytes of a column sum. */
static inline size_t areascale_sum_size(AreascaleArith arith)
{
    return arith == AREASCALE_ARITH_NARROW || arith == AREASCALE_ARITH_WIDE16 ? 2 : 4;
}

#endif /* AREASCALE_PLAN_H */
