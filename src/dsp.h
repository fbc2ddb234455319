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

/** Input rows that the vertical step reads side by side. */
#define AREASCALE_STREAMS 8

/** The most different window lengths of an output row: two of luma, two of
 *  chroma. */
#define AREASCALE_N_CLASSES 4

/** Kernels add up columns in blocks of this many; rows of column sums are padded
 *  to whole blocks, so that vector loads and stores may pass a row's end. */
#define AREASCALE_BLOCK_COLUMNS 64

/** Columns of a panel: the transposed sums of so many columns stay in L1. */
#define AREASCALE_PANEL_COLUMNS 256

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
 * @param ahead       bytes from a sample to one that is read soon, a hint to fetch it
 * @param accumulate  add to @p sums instead of setting them
 * The sums must fit their type. @p sums has room for n rounded up to a multiple
 * of AREASCALE_BLOCK_COLUMNS; what lies past n is undefined afterwards.
 */
typedef void (*AreascaleVsum16)(uint16_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, ptrdiff_t ahead, bool accumulate);
/** The same into 32-bit sums, from 16-bit samples. */
typedef void (*AreascaleVsum32)(uint32_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, ptrdiff_t ahead, bool accumulate);

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

/** Bytes of AreascaleBand.scratch: a block of results, a panel's transposed sums. */
#define AREASCALE_BAND_SCRATCH                    \
    (AREASCALE_MAX_BAND_ROWS * sizeof(uint32_t) * \
     (16 + AREASCALE_PANEL_COLUMNS + 2 * AREASCALE_BLOCK_COLUMNS))

/** The horizontal step of a band. */
typedef void (*AreascaleHsumFn)(const AreascaleBand *b);

/** AreascaleDsp.gather_wide adds signed words: it takes samples for this much less
 *  than they are, also in the slots that have no tap. */
#define AREASCALE_GATHER_BIAS 32768u

/** The most loads that a vector of small windows takes. */
#define AREASCALE_MAX_LOADS 4

/** Tables of small windows, see gather.h. A *unit* is what the kernel makes at once:
 *  two vectors of 16-bit sums, its halves. The last unit of a row ends with the row
 *  and overlaps the one before; of a row shorter than a unit, repetitions of the last
 *  sample fill it up. */
typedef struct AreascaleGather {
    int slots;        /**< places for taps of an output sample: 2, 4 or 8 */
    int loads;        /**< of a vector, 1 .. AREASCALE_MAX_LOADS */
    int unit_samples; /**< output samples of a unit */
    int n_units;      /**< of a row */
    /* By [unit][half][vector of slots][load][lane]: */
    int32_t *offset; /**< bytes from the row's begin */
    uint8_t *pick;   /**< 16 bytes: the byte of the load for each byte of the
                          vector, 0x80 for none */
    /* By [rows of the window - the fewest][unit][half][sample of the half], in the
     * order of the sums' lanes; of 16 bits for NARROW windows, otherwise of 32: */
    void *round[2];
    void *reciprocal[2];
} AreascaleGather;

/** One row of small windows. */
typedef struct AreascaleGatherRow {
    const AreascaleGather *gather;
    const char *src;  /**< sample 0 of the window's first row */
    ptrdiff_t stride; /**< bytes from row to row of the window */
    int rows;
    ptrdiff_t ahead; /**< bytes from a sample to one that is read soon, a hint */
    int variant;     /**< which of the divisors */
    int shift;       /**< the value's position in samples */
    unsigned mask;
    int div_shift; /**< as AreascaleBand has it */
    void *dst;     /**< output sample 0 */
    int n;         /**< output samples */
} AreascaleGatherRow;

/** Both steps of one output row. */
typedef void (*AreascaleGatherFn)(const AreascaleGatherRow *r);

/**
 * Scaling of bytes by exactly 1/2 on both axes.
 *
 * @param row0,row1  the two input rows, 2 * n bytes each
 * @param n          bytes of output, at least 1; whole groups of the layout
 * @param ahead      bytes from a sample to one that is read soon, a hint
 */
typedef void (*AreascaleHalve)(uint8_t *restrict dst, const uint8_t *restrict row0,
                               const uint8_t *restrict row1, int n, ptrdiff_t ahead);

/** The kernels of an instruction set. */
typedef struct AreascaleDsp {
    AreascaleCpu cpu;
    int band_rows; /**< rows that hsum works on at once */
    AreascaleVsum16 vsum16[AREASCALE_N_SAMPLES]; /**< bytes: all 8 bits count */
    AreascaleVsum16 vsum16_bits;                 /**< bytes of fewer bits */
    AreascaleVsum32 vsum32;
    AreascaleHsumFn hsum[AREASCALE_N_ARITHS][AREASCALE_N_SAMPLES];
    int gather_lanes;                              /**< of 16 bytes, that gather works on */
    AreascaleGatherFn gather[AREASCALE_N_SAMPLES]; /**< NARROW; NULL: none */
    AreascaleGatherFn gather_wide;                 /**< 16-bit samples, WIDE; NULL: none */
    AreascaleGatherFn gather_full;                 /**< the same of all 16 bits */
    AreascaleHalve halve[AREASCALE_N_LAYOUTS];     /**< NULL: none for the layout */
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
