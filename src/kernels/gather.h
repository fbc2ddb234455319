/* areascale: kernels that pick small windows out of whole vectors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_GATHER_H
#define AREASCALE_GATHER_H

#include <stddef.h>
#include <stdint.h>

#include "axis.h"

/** AreascaleDsp.gather_wide adds signed words: it takes samples for this much less
 *  than they are, also in the slots that have no tap. */
#define AREASCALE_GATHER_BIAS 32768u

/** The most loads that a vector of small windows takes. */
#define AREASCALE_MAX_LOADS 4

/** Tables of small windows, see path_gather.c. A *unit* is what the kernel makes at once:
 *  two vectors of 16-bit sums, its halves. The last unit of a row ends with the row
 *  and overlaps the one before; of a row shorter than a unit, repetitions of the last
 *  sample fill it up. */
typedef struct AreascaleGather {
    int slots;        /**< places for taps of an output sample: 2, 4 or 8 */
    int loads;        /**< of a vector, 1 .. AREASCALE_MAX_LOADS */
    int unit_samples; /**< output samples of a unit */
    int n_units;      /**< of a row */
    /* By [unit][half][vector of slots][load][oword]: */
    int32_t *offset; /**< bytes from the row's begin */
    uint8_t *pick;   /**< 16 bytes: the byte of the load for each byte of the
                          vector, 0x80 for none */
    /* By [class of the rows][unit][half][sample of the half], in the
     * order of the sums' lanes; of 16 bits for NARROW windows, otherwise of 32: */
    void *round[AREASCALE_AXIS_CLASSES];
    void *reciprocal[AREASCALE_AXIS_CLASSES];
} AreascaleGather;

/** One row of small windows. */
typedef struct AreascaleGatherRow {
    const AreascaleGather *gather;
    const char *src;  /**< sample 0 of the window's first row */
    ptrdiff_t stride; /**< bytes from row to row of the window */
    int rows;
    ptrdiff_t ahead; /**< bytes from a sample to one that is read soon, a hint */
    int row_class;   /**< of the window's rows */
    int shift;       /**< the value's position in samples */
    unsigned mask;
    int div_shift; /**< as AreascaleBand has it */
    void *dst;     /**< output sample 0 */
    int n;         /**< output samples */
} AreascaleGatherRow;

/** Both steps of one output row. */
typedef void (*AreascaleGatherFn)(const AreascaleGatherRow *r);

#endif /* AREASCALE_GATHER_H */
