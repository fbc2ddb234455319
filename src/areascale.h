/* areascale: exact area-averaging scaling of video planes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/**
 * @file areascale.h
 * The one public header of the kernel library: plain C11, no dependency.
 *
 * Definition. For one component stored as an in_w x in_h grid and scaled to
 * out_w x out_h, with all divisions exact:
 *
 *     start(i) = floor(i * in / out)      end(i) = ceil((i + 1) * in / out)
 *     out(y, x) = floor(mean + 1/2), the mean taken over the rows
 *                 [start(y), end(y)) and the columns [start(x), end(x))
 *
 * These are the windows of PyTorch's adaptive_avg_pool2d, which
 * interpolate(mode="area") calls: the method *adaptive*. The method *coverage* weighs
 * the samples of these windows by the part of each that lies under the output sample,
 * as OpenCV's INTER_AREA and TensorFlow's resize_area do; along one axis, in integers,
 *
 *     w(i, k) = min((i + 1) * in, (k + 1) * out) - max(i * in, k * out)
 *     out(y, x) = floor(sum of w(y, row) * w(x, column) * in(row, column) /
 *                       (in_h * in_w) + 1/2)
 *
 * so that flat pictures stay flat, and the mean of the output is that of the input but
 * for the rounding. At whole ratios both methods are the same.
 *
 * Either mean may be one that *alpha weighs*, so that pixels which are not seen give no
 * colour to those which are. With w being 1 in a window of the method adaptive, and the
 * product of both axes' weights in one of coverage, a a pixel's alpha, and c another of its
 * components:
 *
 *     out(y, x) = floor(sum of w * a * c / sum of w * a + 1/2)
 *
 * and the mean without alpha where all alpha of the window is 0; alpha's own is that one
 * everywhere. Where alpha is the same in the whole window, there is no difference.
 *
 * Every component is averaged on its own grid and at its own depth, and rounded once, at the
 * very end. The output is a pure function of the input samples and the sizes: the same
 * bytes from every instruction set, thread count, slice and stride.
 *
 * Output samples may have a depth of their own, to keep more of the means than the input's
 * samples could hold, or less. Then, with the exact mean,
 *
 *     out(y, x) = min(floor(mean * 2^(out_depth - depth) + 1/2), 2^out_depth - 1)
 *
 * Words. A *sample* is one value of one component: a uint8_t when its depth is
 * 8 bits or less, a native-endian uint16_t up to 16 bits, otherwise a native-endian
 * uint32_t, which serves intermediate results and has plain C alone. A *pixel* is a position
 * of the plane's grid. A *row* is a line of interleaved samples. *Strides* are
 * in bytes and may be negative; they, and the base pointers, must be multiples of the
 * size of a sample. Rows may have any alignment otherwise, and no access is made
 * outside a row's own samples.
 *
 * Versions. The library is linked statically, so that there is no binary interface to
 * keep: programs are built anew with it. Within a major version (0.x: a minor one)
 * functions, fields and values are added and never changed or removed; structures grow at
 * their end, so fill them by designated initializers, or from zero. The output for a
 * given input is part of the interface, and does not change at all.
 *
 * Threads. A plan never changes once it is made and may be used by any number
 * of threads at once, each with a scratch of its own and a rectangle that no
 * other thread writes.
 */

#ifndef AREASCALE_H
#define AREASCALE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Largest width or height of a plane, in pixels. */
#define AREASCALE_MAX_SIZE 32767

/** How the samples of a row follow each other. */
typedef enum AreascaleLayout {
    AREASCALE_LAYOUT_1,    /**< one component: a planar plane */
    AREASCALE_LAYOUT_2,    /**< two interleaved components (the chroma of NV12) */
    AREASCALE_LAYOUT_3,    /**< three interleaved components (RGB) */
    AREASCALE_LAYOUT_4,    /**< four interleaved components (RGBx, AYUV) */
    AREASCALE_LAYOUT_YUYV, /**< packed 4:2:2, luma first: Y0 C0 Y1 C1 for two
                                pixels, each C on a grid of ceil(width / 2) */
    AREASCALE_LAYOUT_UYVY, /**< packed 4:2:2, chroma first: C0 Y0 C1 Y1 */
} AreascaleLayout;

/** Number of values of AreascaleLayout. */
#define AREASCALE_N_LAYOUTS 6

/** How the samples of a window count. */
typedef enum AreascaleMethod {
    AREASCALE_METHOD_ADAPTIVE, /**< each as much as the others */
    AREASCALE_METHOD_COVERAGE, /**< by the part that lies under the output sample */
} AreascaleMethod;

/** Number of values of AreascaleMethod. */
#define AREASCALE_N_METHODS 2

/** Largest step, offset (of either sign) and unit of AreascaleSpans. */
#define AREASCALE_MAX_SPAN (16 * AREASCALE_MAX_SIZE)

/**
 * Where the positions of an output axis lie on the input's: position i covers
 *
 *     [(step * i + offset) / unit, (step * (i + 1) + offset) / unit)
 *
 * of it, input position k being [k, k + 1). What lies outside of the input is cut off;
 * of a position that lies there altogether, the nearest input position is taken. With
 * step = in, offset = 0, unit = out this is the definition above; all three 0 mean the
 * same. Other spans keep the place of samples that do not share their first edge with
 * those of the input, such as the chroma of a 4:2:0 picture.
 */
typedef struct AreascaleSpans {
    int step;   /**< 1 .. AREASCALE_MAX_SPAN, or 0 */
    int offset; /**< -AREASCALE_MAX_SPAN .. AREASCALE_MAX_SPAN */
    int unit;   /**< 1 .. AREASCALE_MAX_SPAN, or 0 */
} AreascaleSpans;

/** Everything the result of a plane depends on besides its samples. */
typedef struct AreascaleGeometry {
    int in_width;           /**< pixels, 1 .. AREASCALE_MAX_SIZE */
    int in_height;          /**< rows, 1 .. AREASCALE_MAX_SIZE */
    int out_width;          /**< pixels, 1 .. AREASCALE_MAX_SIZE */
    int out_height;         /**< rows, 1 .. AREASCALE_MAX_SIZE */
    AreascaleLayout layout; /**< the same for input and output */
    int depth;              /**< significant bits of an input sample, 1 .. 32 */
    int shift;              /**< position of the value's lowest bit in the sample,
                                 0 .. 8, 16 or 32 - depth. Input bits
                                 outside the value are ignored, output bits
                                 outside it are 0. */
    AreascaleMethod method;
    AreascaleSpans x; /**< of the columns; of the packed 4:2:2 layouts, of chroma's */
    AreascaleSpans y; /**< of the rows */
    int out_depth;    /**< significant bits of an output sample, 1 .. 16, of input samples of
                           as many bits at most; 0: as the input's, and at the same
                           position */
    int out_shift;    /**< position of the value's lowest bit in an output sample, 0 ..
                           8 - out_depth or 16 - out_depth; 0 where out_depth is 0 */
    int alpha;        /**< 0, or 1 + the sample of a pixel of AREASCALE_LAYOUT_4 that is alpha,
                           1 .. 4: the mean that alpha weighs */
} AreascaleGeometry;

/** Instruction sets, by rising level within a processor family. */
typedef enum AreascaleCpu {
    AREASCALE_CPU_C,         /**< plain C, the definition made executable */
    AREASCALE_CPU_SSE4,      /**< x86: SSE4.1 */
    AREASCALE_CPU_AVX2,      /**< x86: AVX2 */
    AREASCALE_CPU_AVX512,    /**< x86: AVX-512 F, BW, DQ and VL */
    AREASCALE_CPU_AVX512ICL, /**< x86: AVX-512 with VBMI and VNNI besides, as Ice Lake and
                                  Zen 4 brought them */
    AREASCALE_CPU_NEON,      /**< aarch64: Advanced SIMD */
} AreascaleCpu;

/** Number of values of AreascaleCpu. */
#define AREASCALE_N_CPUS 6

/** A rectangle of output pixels: columns [x0, x1), rows [y0, y1). */
typedef struct AreascaleRect {
    int x0, y0, x1, y1;
} AreascaleRect;

/** How one plane is scaled: window tables, divisors, chosen kernels. Opaque,
 *  immutable. */
typedef struct AreascalePlan AreascalePlan;

/**
 * The best instruction set that this processor and its operating system
 * support, and that the environment variable AREASCALE_CPU
 * (c, sse4, avx2, avx512, avx512icl or neon) allows. A word that is none of these, or names
 * another processor family's set, changes nothing.
 * Thread-safe; reads the environment at each call.
 *
 * @param unknown  set to the value of AREASCALE_CPU when it was not understood,
 *                 otherwise to NULL; may be NULL. Owned by the environment.
 */
AreascaleCpu areascale_cpu_detect(const char **unknown);

/** The name of an instruction set, as AREASCALE_CPU spells it; a static string. */
const char *areascale_cpu_name(AreascaleCpu cpu);

/**
 * Makes the plan of a plane. Takes memory of O(width + height).
 *
 * @param plan      set to the new plan, free it with areascale_plan_free();
 *                  set to NULL on error
 * @param geometry  copied
 * @param cpu       the highest instruction set to use; sets that the library was
 *                  not built with or the processor lacks fall to the next lower
 * @return 0, -EINVAL (a field of @p geometry is out of its range), or -ENOMEM
 */
int areascale_plan_create(AreascalePlan **plan, const AreascaleGeometry *geometry,
                          AreascaleCpu cpu);

/** Frees a plan; NULL is allowed. No thread may be using it. */
void areascale_plan_free(AreascalePlan *plan);

/** The geometry that the plan was made from, its spans in the smallest numbers; owned by
 *  the plan. */
const AreascaleGeometry *areascale_plan_geometry(const AreascalePlan *plan);

/** The instruction set that the plan's kernels are of: at most the one asked
 *  for. */
AreascaleCpu areascale_plan_cpu(const AreascalePlan *plan);

/** The name of the way that the plan's kernels work, for logs; a static
 *  string. */
const char *areascale_plan_path(const AreascalePlan *plan);

/** Bytes of scratch memory that one thread needs to run the plan: O(width). The
 *  scratch needs no alignment and no initial content, and carries nothing from
 *  one call to the next, except through the areascale_band functions. */
size_t areascale_plan_scratch_size(const AreascalePlan *plan);

/**
 * Scales a rectangle of the output plane.
 *
 * @param dst         the first sample of row 0 of the whole output plane
 * @param dst_stride  bytes from one output row to the next
 * @param src         the first sample of row 0 of the whole input plane; must not
 *                    overlap the output
 * @param src_stride  bytes from one input row to the next
 * @param rect        the output pixels to write; for the packed 4:2:2 layouts
 *                    x0 must be even, and x1 even or out_width. An odd
 *                    width's unused last luma sample is written too, as a copy
 *                    of the last luma.
 * @param scratch     areascale_plan_scratch_size() bytes, this thread's own
 * @return 0, or -EINVAL when the rectangle is empty or not inside the output
 */
int areascale_run(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                  const void *src, ptrdiff_t src_stride, const AreascaleRect *rect,
                  void *scratch);

/** @name Bands
 * The same computation for input that exists a few rows at a time (formats
 * that must be unpacked first). A *band* is a run of at most
 * areascale_plan_band_rows() output rows at full width. For each band: begin, then
 * feed every row of its input range once, in rising order, in
 * pieces of any size, then finish. The scratch holds the band's state between
 * these calls.
 * @{ */

/** What areascale_plan_band_rows() is at least: the luma rows that share a chroma row, of
 *  one field of any format, go into one band. */
#define AREASCALE_MIN_BAND_ROWS 4

/** The largest number of rows of a band, at least AREASCALE_MIN_BAND_ROWS. */
int areascale_plan_band_rows(const AreascalePlan *plan);

/** The input rows [*first, *end) that the output rows [y0, y1) are made from;
 *  0 <= y0 < y1 <= out_height. */
void areascale_plan_input_rows(const AreascalePlan *plan, int y0, int y1, int *first,
                               int *end);

/** Begins the band of output rows [y0, y1).
 *  @return 0, or -EINVAL when the range is empty, too tall or outside the output */
int areascale_band_begin(const AreascalePlan *plan, int y0, int y1, void *scratch);

/** Feeds the input rows [row0, row0 + n_rows), @p src being the first sample of
 *  row0. Rows outside the band's input range are ignored. */
void areascale_band_feed(const AreascalePlan *plan, const void *src, ptrdiff_t src_stride,
                         int row0, int n_rows, void *scratch);

/** Writes the band's output rows, @p dst being the first sample of row y0. */
void areascale_band_finish(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                           void *scratch);

/** @} */

/** @name Mixes
 * A *mix* makes rows of components out of rows of others by a matrix: YUV means to RGB,
 * RGB to grey, one range to another; or it lays the same values out in another order. It
 * knows no windows: input and output are on one grid. With all operations exact, and x a
 * pixel,
 *
 *     sum(o, x) = sum over i of matrix[o][i] * in(i, x) + offset[o]
 *     out(o, x) = clamp(floor(sum(o, x) * 2^(out_depth - in_depth - 14) + 1/2),
 *                       0, 2^out_depth - 1)
 *
 * rounded once, and the same from every instruction set.
 * @{ */

/** Most components on either side of a mix. */
#define AREASCALE_MIX_MAX 4

/** Largest step of a component on either side: room for chroma among pixels of four
 *  samples, of which several share it. */
#define AREASCALE_MIX_MAX_STEP 32

/** Fractional bits of a mix's matrix. */
#define AREASCALE_MIX_BITS 14

/** Largest coefficient, of either sign: just below 8. */
#define AREASCALE_MIX_MAX_COEFFICIENT ((1 << 17) - 1)

/** Largest offset, of either sign. */
#define AREASCALE_MIX_MAX_OFFSET (INT64_C(1) << 40)

/** Everything the result of a mix depends on besides its samples. */
typedef struct AreascaleMixSpec {
    int n_in;     /**< components of the input, 1 .. AREASCALE_MIX_MAX */
    int in_depth; /**< 1 .. 16. An input sample counts as the number that it is: one
                       above 2^in_depth - 1 is a level above white. */
    int in_step[AREASCALE_MIX_MAX]; /**< samples from a pixel to the next, 1 ..
                                         AREASCALE_MIX_MAX_STEP */
    int n_out;                      /**< components of the output, 1 .. AREASCALE_MIX_MAX */
    int out_depth;                  /**< 1 .. 16 */
    int out_shift; /**< position of the value's lowest bit in the output sample, 0 ..
                        8 - out_depth or 16 - out_depth */
    int out_step[AREASCALE_MIX_MAX]; /**< as in_step */
    /** [output][input], in units of 2^-14. A row of zeros makes the output constant. */
    int32_t matrix[AREASCALE_MIX_MAX][AREASCALE_MIX_MAX];
    int64_t offset[AREASCALE_MIX_MAX]; /**< in units of 2^-14 of a level of the input */
} AreascaleMixSpec;

/** A matrix with its kernels. Opaque, immutable; any number of threads may use it at
 *  once. */
typedef struct AreascaleMix AreascaleMix;

/**
 * Makes a mix.
 *
 * @param mix   set to the new mix, free it with areascale_mix_free(); set to NULL on error
 * @param spec  copied; what is beyond n_in and n_out does not matter
 * @param cpu   the highest instruction set to use, as of areascale_plan_create()
 * @return 0, -EINVAL (a field of @p spec is out of its range), or -ENOMEM
 */
int areascale_mix_create(AreascaleMix **mix, const AreascaleMixSpec *spec,
                         AreascaleCpu cpu);

/** Frees a mix; NULL is allowed. No thread may be using it. */
void areascale_mix_free(AreascaleMix *mix);

/**
 * Mixes a row, or a part of one. Component i of pixel x is at in[i] + x * in_step[i]
 * samples, or at out[i] + x * out_step[i]; of interleaved RGB the in[] are p, p + 1 and
 * p + 2, with a step of 3. What lies between the samples of a step is neither read for
 * its value nor written. Nothing outside of the pixels [0, n) is accessed.
 *
 * @param out  the first samples of each output component; they must not overlap the input.
 *             Samples of 16 bits are at even addresses, here and in @p in.
 * @param in   the first samples of each input component
 * @param n    pixels; there is nothing to do for 0 and less
 */
void areascale_mix_row(const AreascaleMix *mix, void *const out[], const void *const in[],
                       int n);

/** @} */

/** @name Curves
 * Light is what means are right of: samples whose *codes* are spaced for the eye have to be
 * decoded to it, averaged, and encoded again. A curve is a pair of tables, whatever they
 * are of.
 * @{ */

/** Largest number of codes of a curve. */
#define AREASCALE_MAX_CODES (1 << 20)

/** What a curve is made from. */
typedef struct AreascaleCurveSpec {
    int n_codes;           /**< 2 .. AREASCALE_MAX_CODES; codes are 0 .. n_codes - 1 */
    int code_bytes;        /**< of a sample that holds a code: 1, 2 or 4, native endian */
    int shift;             /**< position of the code's lowest bit in the sample; the sample
                                has room for the last code. Input bits outside the code
                                are ignored, where n_codes is a power of two, output bits
                                are 0. */
    int light_bytes;       /**< of a sample that holds light: 2 or 4, native endian */
    const uint32_t *light; /**< of each code, not falling, at most what the sample holds */
    const uint32_t *limit; /**< the least light that is encoded as each code: limit[0] is 0,
                                not falling, at most the light of the code */
} AreascaleCurveSpec;

/** The tables of a curve, and the kernels that look things up in them. Opaque, immutable:
 *  any number of threads may use it at once. */
typedef struct AreascaleCurve AreascaleCurve;

/**
 * Makes a curve.
 *
 * @param curve  set to the new curve, free it with areascale_curve_free(); set to NULL on
 *               error
 * @param spec   its tables are copied
 * @param cpu    the highest instruction set to use, as for areascale_plan_create()
 * @return 0, -EINVAL (a field of @p spec is not what it says there), or -ENOMEM
 */
int areascale_curve_create(AreascaleCurve **curve, const AreascaleCurveSpec *spec,
                           AreascaleCpu cpu);

/** Frees a curve; NULL is allowed. No thread may be using it. */
void areascale_curve_free(AreascaleCurve *curve);

/** The light of @p n samples of codes. The rows are aligned to their samples and do not
 *  overlap. */
void areascale_curve_decode(const AreascaleCurve *curve, void *light, const void *codes,
                            int n);

/** The codes of @p n samples of light: of each the last code whose limit is not above it.
 *  The rows are aligned to their samples and do not overlap. */
void areascale_curve_encode(const AreascaleCurve *curve, void *codes, const void *light,
                            int n);

/** @} */

/** @name YUV
 * Rows of YUV to codes of R'G'B', for an AreascaleCurve, and back. Chroma is put to the
 * luma samples of a row first: linearly between the two rows that are nearest by their
 * site, then between the two samples, all exact; where there is only one, it is taken.
 * @{ */

/** What AreascaleYuv is made from. Matrices take three samples and 1, R' G' B' or Y U V. */
typedef struct AreascaleYuvSpec {
    int width;       /**< luma samples of a row, 1 .. AREASCALE_MAX_SIZE */
    int depth;       /**< bits of a level, 1 .. 16 */
    int w_sub;       /**< log2 of the luma samples of a row that share chroma, 0 .. 2 */
    int h_sub;       /**< log2 of those of a column, 0 .. 2 */
    int column_site; /**< quarters of a luma sample from the first of those that share a
                          chroma sample to that, 0 .. 4 * (2^w_sub - 1) */
    int n_codes;     /**< codes are 0 .. n_codes - 1 <= AREASCALE_MAX_CODES - 1, of two
                          bytes up to 65536 of them, of four above. No levels may lead
                          outside. */
    int to_bits;     /**< 1 .. 32 */
    int from_bits;   /**< 1 .. 32 */
    int64_t to_rgb[3][4];   /**< codes of levels, in units of 2^-to_bits; the factor of Y is
                                 the same in all, those of U in R' and of V in B' are 0 */
    int64_t from_rgb[3][4]; /**< levels of codes, in units of 2^-from_bits */
} AreascaleYuvSpec;

/** How rows of YUV become codes of R'G'B'. Opaque, immutable: any number of threads may
 *  use it at once. */
typedef struct AreascaleYuv AreascaleYuv;

/**
 * Makes it.
 *
 * @param yuv   set to the new one, free it with areascale_yuv_free(); to NULL on error
 * @param spec  copied; sums of its matrices that leave 63 bits are undefined
 * @param cpu   the highest instruction set to use, as for areascale_plan_create()
 * @return 0, -EINVAL (a field of @p spec is out of its range), or -ENOMEM
 */
int areascale_yuv_create(AreascaleYuv **yuv, const AreascaleYuvSpec *spec, AreascaleCpu cpu);

/** Frees it; NULL is allowed. No thread may be using it. */
void areascale_yuv_free(AreascaleYuv *yuv);

/** Bytes of scratch that areascale_yuv_to_rgb() needs, aligned to 4. */
size_t areascale_yuv_scratch_size(const AreascaleYuv *yuv);

/**
 * The codes of a row of luma samples: of each, the sum rounded half up.
 *
 * @param codes   rows of R', G' and B'
 * @param y       the row of luma, levels
 * @param u       the rows of U above and below it, or beside it
 * @param v       those of V
 * @param weight  how much the lower one counts, of 4 << h_sub parts; 0 without h_sub
 */
void areascale_yuv_to_rgb(const AreascaleYuv *yuv, void *const codes[3], const uint16_t *y,
                          const uint16_t *const u[2], const uint16_t *const v[2], int weight,
                          void *scratch);

/**
 * The levels of @p n pixels: of each the sum rounded half up and clamped to what the depth
 * holds.
 *
 * @param component  0 Y, 1 U, 2 V
 * @param codes      rows of R', G' and B'
 */
void areascale_yuv_from_rgb(const AreascaleYuv *yuv, uint16_t *levels, int component,
                            const void *const codes[3], int n);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* AREASCALE_H */
