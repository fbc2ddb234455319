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

#include "areascale.h"
#include "divide.h"
#include "kernels/alpha.h"
#include "kernels/blend.h"
#include "kernels/curve.h"
#include "kernels/gather.h"
#include "kernels/halve.h"
#include "kernels/hsum.h"
#include "kernels/mix.h"
#include "kernels/pair.h"
#include "kernels/permute.h"
#include "kernels/ribbon.h"
#include "kernels/strip.h"
#include "kernels/vmean.h"
#include "kernels/vsum.h"
#include "kernels/weigh.h"
#include "kernels/yuv.h"

/** The type of a sample in memory. */
typedef enum AreascaleSample {
    AREASCALE_SAMPLE_8,
    AREASCALE_SAMPLE_16,
    AREASCALE_SAMPLE_32, /**< vweigh, hweigh and alpha alone have kernels */
} AreascaleSample;

#define AREASCALE_N_SAMPLES 3

/** The types that YUV is converted in. */
typedef enum AreascaleYuvKind {
    AREASCALE_YUV_NARROW, /**< codes of 16 bits, sums of 32 */
    AREASCALE_YUV_WIDE,   /**< codes of 16 bits, sums of 64 */
    AREASCALE_YUV_LONG,   /**< codes of 32 bits, sums of 64 */
} AreascaleYuvKind;

#define AREASCALE_N_YUV_KINDS 3

/** The kernels of an instruction set. */
typedef struct AreascaleDsp {
    AreascaleCpu cpu;
    int band_rows; /**< rows that hsum works on at once */
    AreascaleVsum16Fn vsum16[AREASCALE_N_SAMPLES]; /**< bytes: all 8 bits count */
    AreascaleVsum16Fn vsum16_bits;                 /**< bytes of fewer bits */
    AreascaleVsum32Fn vsum32;
    AreascaleVmeanFn vmean[AREASCALE_N_SAMPLES]; /**< NARROW; NULL: none */
    AreascaleHsumFn hsum[AREASCALE_N_ARITHS][AREASCALE_N_SAMPLES];
    int gather_owords;                             /**< of 16 bytes, that gather works on */
    AreascaleGatherFn gather[AREASCALE_N_SAMPLES]; /**< NARROW; NULL: none */
    AreascaleGatherFn gather_wide;                 /**< 16-bit samples, WIDE; NULL: none */
    AreascaleGatherFn gather_full;                 /**< the same of all 16 bits */
    AreascaleVweighFn vweigh[AREASCALE_N_SAMPLES][2]; /**< sums of 32 and of 64
                                                           bits; of 32-bit samples
                                                           of 64 alone */
    AreascaleHweighFn hweigh[AREASCALE_N_SAMPLES][2];
    /** By the type of an input sample, and of an output one; of 32 bits WIDE alone. */
    AreascaleAlphaVsumFn alpha_vsum[AREASCALE_N_SAMPLES][AREASCALE_N_ALPHA_SUMS];
    AreascaleAlphaHsumFn alpha_hsum[AREASCALE_N_SAMPLES][AREASCALE_N_ALPHA_SUMS];
    AreascaleAlphaVsumFn alpha_vsum_bytes; /**< NARROW or MIXED, bytes of which all bits
                                                count; NULL: none */
    AreascaleAlphaHsumFn alpha_hsum_bytes; /**< NARROW, of bytes as many; NULL: none */
    AreascaleHalveFn halve[AREASCALE_N_LAYOUTS];     /**< NULL: none for the layout */
    AreascalePermuteFn permute[AREASCALE_N_SAMPLES][AREASCALE_N_SAMPLES]; /**< by [input]
                                                                               [output];
                                                                               NULL: none */
    AreascalePermuteFn permute_by_rows; /**< of words to words whose window's rows add up
                                             to more than 16 bits; NULL: none */
    AreascalePermuteLanesFn permute_lanes[AREASCALE_N_SAMPLES][AREASCALE_N_SAMPLES];
    AreascaleBlendFn blend[AREASCALE_N_BLEND_KINDS]; /**< NULL: none; lanes are those of
                                                          permute from bytes */
    int ribbon_owords; /**< of 16 bytes, that ribbon works on; 0: there are none */
    /** By [sample][log2 of the slots - 1][loads - 1]. */
    AreascaleRibbonFn ribbon[2][3][AREASCALE_MAX_RIBBON_LOADS];
    int strip_owords; /**< of 16 bytes, that strip works on; 0: there are none */
    /** By [kind][log2 of the slots - 1][loads - 1][singles]. */
    AreascaleStrip strip[AREASCALE_N_STRIP_KINDS][3][AREASCALE_MAX_STRIP_LOADS]
                        [AREASCALE_MAX_STRIP_SINGLES + 1];
    AreascaleMixRowFn mix_row[2][2]; /**< samples of 1 or 2 bytes, input and output */
    AreascaleMixFn mix[2][2];        /**< the same; NULL: none, here and below */
    AreascaleTakeFn take[2];         /**< samples of 1 or 2 bytes */
    AreascaleWeaveFn weave[2];
    AreascaleShuffleFn shuffle;
    /** By [log2 of the bytes of a code][light has 32 bits]. */
    AreascaleDecodeFn decode[3][2];
    AreascaleEncodeFn encode[3][2];
    AreascaleBetweenFn between;
    AreascaleSpreadFn spread;
    AreascaleToRgbFn to_rgb[AREASCALE_N_YUV_KINDS];
    AreascaleFromRgbFn from_rgb[AREASCALE_N_YUV_KINDS];
    AreascalePairFn pair[2]; /**< output samples of 1 or 2 bytes; NULL: none */
} AreascaleDsp;

/** Fills the table with the best kernels up to @p cpu. Thread-safe. */
void areascale_dsp_init(AreascaleDsp *dsp, AreascaleCpu cpu);

/** @name Filling by one instruction set, each over what is there
 * @{ */
void areascale_dsp_init_c(AreascaleDsp *dsp);
void areascale_dsp_init_sse4(AreascaleDsp *dsp);
void areascale_dsp_init_avx2(AreascaleDsp *dsp);
void areascale_dsp_init_avx512(AreascaleDsp *dsp);
void areascale_dsp_init_avx512_words(AreascaleDsp *dsp); /**< which that of avx512 calls */
void areascale_dsp_init_avx512icl(AreascaleDsp *dsp);
void areascale_dsp_init_neon(AreascaleDsp *dsp);
/** @} */

#endif /* AREASCALE_DSP_H */
