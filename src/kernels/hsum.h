/* areascale: the horizontal step's kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_HSUM_H
#define AREASCALE_HSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/vsum.h"

/** The most rows of a band that any instruction set works on at once. */
#define AREASCALE_MAX_BAND_ROWS 16

/** The most different window lengths of an output row: two of luma, two of
 *  chroma. */
#define AREASCALE_N_CLASSES 4

/** Columns of a panel: the transposed sums of so many columns stay in L1. */
#define AREASCALE_PANEL_COLUMNS 256

/** The arithmetic of the horizontal step: types of column sums, of window
 *  sums, and the way of dividing. */
typedef enum AreascaleArith {
    AREASCALE_ARITH_NARROW, /**< uint16_t, uint16_t, × 16-bit reciprocal */
    AREASCALE_ARITH_WIDE16, /**< uint16_t, uint32_t, × 32-bit reciprocal */
    AREASCALE_ARITH_WIDE32, /**< uint32_t, uint32_t, × 32-bit reciprocal */
    AREASCALE_ARITH_EXACT,  /**< uint32_t, uint64_t, division */
} AreascaleArith;

#define AREASCALE_N_ARITHS 4

/** Where the horizontal windows lie and how many taps they have. */
typedef enum AreascaleTaps {
    AREASCALE_TAPS_SAME, /**< one tap at the same position: no change of width */
    AREASCALE_TAPS_PAIR, /**< exactly the taps first and last, which may be one
                              and the same */
    AREASCALE_TAPS_RUN,  /**< every step-th position from first to last */
} AreascaleTaps;

/** A run of output samples whose windows are worked on together. */
typedef struct AreascalePanel {
    int32_t s0, s1; /**< the output samples [s0, s1) */
    int32_t c0, c1; /**< the input samples [c0, c1) that they are made from */
} AreascalePanel;

/** The horizontal windows of a plane: what every band shares. */
typedef struct AreascaleColumns {
    AreascaleTaps taps;
    int32_t *first; /**< of each output sample: its first tap */
    int32_t *last;  /**< of each output sample: its last tap */
    uint8_t *cls;   /**< of each output sample: its class */
    uint8_t *step;  /**< of each output sample: from tap to tap */
    int n_classes;
    int class_taps[AREASCALE_N_CLASSES]; /**< taps of a class's windows */
    int min_taps;                        /**< the fewest of them */
    bool near_uniform;                   /**< all are min_taps or min_taps + 1 */
} AreascaleColumns;

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
    uint32_t area[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS]; /**< of windows, by class
                                                                      and output row */
    uint32_t reciprocal[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS];
    int div_shift; /**< quotient = ((sum + area / 2) * reciprocal) >> div_shift */
    int out_shift; /**< the value's position in the output sample */
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
