/* areascale: the horizontal step's kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_HSUM_H
#define AREASCALE_HSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "kernels/vsum.h"

/** The most rows of a band that any instruction set works on at once. */
#define AREASCALE_MAX_BAND_ROWS 16

/** Columns of a panel: the transposed sums of so many columns stay in L1. */
#define AREASCALE_PANEL_COLUMNS 256

/** A run of output samples whose windows are worked on together. */
typedef struct AreascalePanel {
    int32_t s0, s1; /**< the output samples [s0, s1) */
    int32_t c0, c1; /**< the input samples [c0, c1) that they are made from */
} AreascalePanel;

/** A band: what one call of the kernels works on. */
typedef struct AreascaleBand {
    int n_rows; /**< 1 .. the kernel set's band_rows */

    const AreascaleColumns *columns;
    const AreascalePanel *panels; /**< they cover a row */
    int n_panels;
    int chunk;                                 /**< WIDE16: taps whose sum fits 16 bits */
    int s0, s1;                                /**< output samples [s0, s1) to make */
    const void *sums[AREASCALE_MAX_BAND_ROWS]; /**< of each output row: the column sums
                                                    of whole rows; rows past n_rows repeat
                                                    the last one */
    uint64_t area[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS]; /**< AreascaleDivisors.area,
                                                                      by output row */
    uint32_t reciprocal[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS];
    bool rescaled; /**< whether quotients are of another depth than sums; if not, lift is 0
                        and no quotient exceeds out_max */
    int lift;
    int div_shift; /**< quotient = (((sum << lift) + area / 2) * reciprocal) >> div_shift */
    unsigned out_max; /**< the largest value of an output sample */
    int out_shift;    /**< its position in the sample */
    void *dst;     /**< output sample 0 of the first row */
    ptrdiff_t dst_stride;
    void *scratch; /**< AREASCALE_BAND_SCRATCH bytes, aligned to 64 */
} AreascaleBand;

/** Bytes of AreascaleBand.scratch: some columns of results, a panel's transposed sums. */
#define AREASCALE_BAND_SCRATCH                    \
    (AREASCALE_MAX_BAND_ROWS * sizeof(uint32_t) * \
     (16 + AREASCALE_PANEL_COLUMNS + 2 * AREASCALE_BLOCK_COLUMNS))

/** The horizontal step of a band. */
typedef void (*AreascaleHsumFn)(const AreascaleBand *b);

#endif /* AREASCALE_HSUM_H */
