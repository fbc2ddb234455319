/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_PLAN_H
#define AREASCALE_PLAN_H

#include "axis.h"
#include "columns.h"
#include "divide.h"
#include "kernels/dsp.h"
#include "path.h"

struct AreascalePlan {
    AreascaleGeometry geometry;
    AreascaleDsp dsp;
    AreascaleSample in_sample, out_sample;
    const AreascaleGroup *group;
    int in_samples, out_samples; /**< in a row, whole groups */
    unsigned mask;               /**< an input value's bits, before the shift */
    int out_depth, out_shift;    /**< of output samples, also where they are the input's */
    unsigned mean;               /**< one of AREASCALE_MEAN_ */

    AreascaleAxis rows;
    AreascaleColumns columns;
    AreascaleDivisors divisors;
    int windows_ahead; /**< output rows from one to that whose input is fetched */

    const AreascalePath *path;  /**< the one that is taken */
    void *state;                /**< the path's */
    double cost;                /**< what it is planned to cost */
    const AreascalePath *bands; /**< the one with bands, whether it is taken or not */
    void *bands_state;          /**< that path's */
};

/** Bytes from a row of output row @p y's window to one that is read soon; 0 near the
 *  end of the plane. */
ptrdiff_t areascale_plan_bytes_ahead(const AreascalePlan *plan, int y, ptrdiff_t src_stride);

/** @name What costs are made of
 * Costs are nanoseconds. Their factors were fitted to the times of every path at all sizes
 * of tests/bench on an AMD Zen 5; what they choose is what they are for.
 * @{ */

/** Bytes of the input plane. */
double areascale_plan_in_bytes(const AreascalePlan *plan);

/** How many rows of a window, read side by side, contend for the same lines of L1: 0 for
 *  few, more where rows are a multiple of a large power of two apart. */
double areascale_plan_contention(const AreascalePlan *plan);

/** @} */

/** Describes output rows [y0, y1) of weighed means to kernels that go down them.
 *  @param divisors  bytes from those of a row class to those of the next one
 *  @param steps     one for each row */
void areascale_blend_steps(const AreascaleAxis *rows, int y0, int y1, ptrdiff_t divisors,
                           AreascaleBlendStep *steps);

/** The first aligned address of scratch memory. */
static inline void *areascale_scratch_align(void *scratch)
{
    const uintptr_t unaligned = (uintptr_t) scratch % AREASCALE_SCRATCH_ALIGNMENT;

    return (char *) scratch + (unaligned ? AREASCALE_SCRATCH_ALIGNMENT - unaligned : 0);
}

/** Whether output samples are like the input's. */
static inline bool areascale_plan_keeps_samples(const AreascalePlan *plan)
{
    return plan->out_depth == plan->geometry.depth && plan->out_shift == plan->geometry.shift;
}

/** Whether output samples have as many bits as the input's. */
static inline bool areascale_plan_keeps_depth(const AreascalePlan *plan)
{
    return plan->out_depth == plan->geometry.depth;
}

/** The largest output value, before the shift. */
static inline unsigned areascale_plan_out_max(const AreascalePlan *plan)
{
    return UINT32_MAX >> (32 - plan->out_depth);
}

/** The type of a sample. */
static inline AreascaleSample areascale_sample_of(int depth)
{
    return depth <= 8    ? AREASCALE_SAMPLE_8
           : depth <= 16 ? AREASCALE_SAMPLE_16
                         : AREASCALE_SAMPLE_32;
}

/** Bytes of a sample. */
static inline size_t areascale_sample_size(AreascaleSample sample)
{
    return (size_t) 1 << (int) sample;
}

#endif /* AREASCALE_PLAN_H */
