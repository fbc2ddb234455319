/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_PLAN_H
#define AREASCALE_PLAN_H

#include "columns.h"
#include "path.h"
#include "window.h"

struct AreascalePlan {
    AreascaleGeometry geometry;
    AreascaleDsp dsp;
    AreascaleSample sample;
    AreascaleArith arith;
    const AreascaleGroup *group;
    int in_samples, out_samples; /**< in a row, whole groups */
    unsigned mask;               /**< the value's bits, before the shift */

    bool row_pairs;         /**< a window counts its first and its last row, which
                                 may be one and the same; otherwise all its rows */
    AreascaleWindow *rows;  /**< the window of every output row */
    int min_rows, max_rows; /**< that a window counts; they differ by 1 at most */
    int windows_ahead;      /**< output rows from one to that whose input is fetched */

    AreascaleColumns columns;

    /* By [rows of the window - min_rows][class]. */
    uint32_t area[2][AREASCALE_N_CLASSES];
    uint32_t reciprocal[2][AREASCALE_N_CLASSES];
    int div_shift;

    const AreascalePath *path; /**< the one that is taken */
    void *state;               /**< the path's */
    void *band;                /**< the band path's, whether it is taken or not */
};

/** Rows that the window of output row @p y counts. */
int areascale_plan_row_count(const AreascalePlan *plan, int y);

/** Bytes from a row of output row @p y's window to one that is read soon; 0 near the
 *  end of the plane. */
ptrdiff_t areascale_plan_bytes_ahead(const AreascalePlan *plan, int y, ptrdiff_t src_stride);

/** The cost of a path that takes @p instructions for 16 output samples of a row. */
double areascale_plan_cost(const AreascalePlan *plan, double instructions);

/** The first aligned address of scratch memory. */
static inline void *areascale_scratch_align(void *scratch)
{
    const uintptr_t unaligned = (uintptr_t) scratch % AREASCALE_SCRATCH_ALIGNMENT;

    return (char *) scratch + (unaligned ? AREASCALE_SCRATCH_ALIGNMENT - unaligned : 0);
}

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
