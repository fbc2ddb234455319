/* areascale: the kernel table
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Scaling a plane takes two steps. The vertical one adds the rows of a window
 * into a row of *column sums*; it does not care which component a sample is of.
 * The horizontal one adds the column sums of each output sample's window,
 * divides once, and stores. It works on a *band* of output rows at a time, so
 * that vectors can hold one column of many rows: a window is then a plain sum
 * of vectors, at any ratio and for any interleaving.
 */

#ifndef AREASCALE_DSP_H
#define AREASCALE_DSP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "areascale.h"

/** The most rows of a band that any instruction set works on at once. */
#define AREASCALE_MAX_BAND_ROWS 16

/** The most different window lengths of an output row: two of luma, two of
 *  chroma. */
#define AREASCALE_N_CLASSES 4

/** Column sums are stored in rows padded to this many samples, so that vector
 *  loads and stores may pass a row's end. */
#define AREASCALE_SUMS_PADDING 64

/** The type of a sample in memory. */
typedef enum AreascaleSample {
    AREASCALE_SAMPLE_8,
    AREASCALE_SAMPLE_16,
} AreascaleSample;

#define AREASCALE_N_SAMPLES 2

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
    AREASCALE_TAPS_UNIT, /**< one tap at the same position: no change of width */
    AREASCALE_TAPS_PAIR, /**< exactly the taps first and last, which may be one
                              and the same */
    AREASCALE_TAPS_RUN,  /**< every step-th position from first to last */
} AreascaleTaps;

/**
 * The vertical step: column sums of @p rows rows.
 *
 *     sums[x] (+)= sum over r of (src[r][x] >> shift) & mask
 *
 * @param n           samples in a row, at least 1
 * @param shift,mask  take the value out of a sample
 * @param accumulate  add to @p sums instead of setting them
 * The sums must fit their type. @p sums has room for n rounded up to a multiple
 * of AREASCALE_SUMS_PADDING; what lies past n is undefined afterwards.
 */
typedef void (*AreascaleVsum16)(uint16_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, bool accumulate);
/** The same into 32-bit sums, from 16-bit samples. */
typedef void (*AreascaleVsum32)(uint32_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, bool accumulate);

/** One call of the horizontal step: a band of rows, a run of output samples. */
typedef struct AreascaleHsum {
    int n_rows;                                /**< 1 .. the kernel set's band */
    const void *sums[AREASCALE_MAX_BAND_ROWS]; /**< column sums of each row, sample
                                                    0 first; rows past n_rows
                                                    repeat the last one */
    AreascaleTaps taps;
    int first_sample, end_sample; /**< output samples [first, end) to make */
    const int32_t *first;         /**< of each output sample: its first tap */
    const int32_t *last;          /**< of each output sample: its last tap */
    const uint8_t *cls;           /**< of each output sample: its class */
    const uint8_t *step;          /**< of each output sample: from tap to tap */
    int min_taps;                 /**< the fewest taps of a RUN; the others have
                                       one more, or any number if !near_uniform */
    bool near_uniform;            /**< whether all RUNs have min_taps or
                                       min_taps + 1 taps */
    int class_taps[AREASCALE_N_CLASSES]; /**< taps of a class's windows */
    int chunk; /**< WIDE16: taps whose sum still fits 16 bits */

    /* Division: out = ((sum + round) * reciprocal) >> shift, EXACT: (sum + round) / area.
     * One column a row of the band. */
    uint32_t area[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS];
    uint32_t reciprocal[AREASCALE_N_CLASSES][AREASCALE_MAX_BAND_ROWS];
    int div_shift;

    int out_shift; /**< the value's position in the output sample */
    void *dst;     /**< output sample 0 of the first row */
    ptrdiff_t dst_stride;
    void *scratch; /**< areascale_hsum_scratch_size bytes, aligned to 64 */
} AreascaleHsum;

/** Columns whose transposed sums fit an AreascaleHsum's scratch memory. */
#define AREASCALE_HSUM_COLUMNS 512

/** Bytes of AreascaleHsum.scratch: transposed columns of 32-bit sums, and a block
 *  of 16 results. */
#define AREASCALE_HSUM_SCRATCH \
    ((AREASCALE_HSUM_COLUMNS + 2 * 16) * AREASCALE_MAX_BAND_ROWS * sizeof(uint32_t))

typedef void (*AreascaleHsumFn)(const AreascaleHsum *h);

/**
 * Scaling by exactly 1/2 on both axes in one step, bytes only.
 *
 * @param n    bytes of output, at least 1; a multiple of the layout's group
 * @param row0,row1  the two input rows, 2 * n bytes each
 */
typedef void (*AreascaleHalve)(uint8_t *restrict dst, const uint8_t *restrict row0,
                               const uint8_t *restrict row1, int n);

/** The kernels of an instruction set. */
typedef struct AreascaleDsp {
    AreascaleCpu cpu;
    int band_rows; /**< rows that hsum works on at once */
    AreascaleVsum16 vsum16[AREASCALE_N_SAMPLES]; /**< bytes: all 8 bits count */
    AreascaleVsum16 vsum16_bits;                 /**< bytes of fewer bits */
    AreascaleVsum32 vsum32;
    AreascaleHsumFn hsum[AREASCALE_N_ARITHS][AREASCALE_N_SAMPLES];
    AreascaleHalve halve[AREASCALE_N_LAYOUTS]; /**< NULL: none for the layout */
} AreascaleDsp;

/** Fills the table with the best kernels up to @p cpu. Thread-safe. */
void areascale_dsp_init(AreascaleDsp *dsp, AreascaleCpu cpu);

/** @name Filling by one instruction set, each over what is there
 * @{ */
void areascale_dsp_init_c(AreascaleDsp *dsp);
void areascale_dsp_init_sse4(AreascaleDsp *dsp);
void areascale_dsp_init_avx2(AreascaleDsp *dsp);
void areascale_dsp_init_avx512(AreascaleDsp *dsp);
void areascale_dsp_init_neon(AreascaleDsp *dsp);
/** @} */

#endif /* AREASCALE_DSP_H */
