/* areascale: planes through the kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <string.h>

#include "plan.h"

/* The scratch memory of a thread:
 *     Band | scratch of the horizontal step | partial sums | column sums
 * each aligned to ALIGNMENT. */
enum { ALIGNMENT = 64 };

/* Bytes of column sums that a panel's band may take: what stays in L2. */
enum { PANEL_BYTES = 128 * 1024 };

/* A band under way: output rows [y0, y1), output samples [s0, s1). */
typedef struct Band {
    int y0, y1;
    int s0, s1;
    int c0, c1; /* the input samples that they are made from */
} Band;

static size_t align_up(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Column sums of a row of n samples, padded for vectors. */
static size_t sums_length(int n)
{
    return ((size_t) n / AREASCALE_SUMS_PADDING + 2) * AREASCALE_SUMS_PADDING;
}

static size_t partial_size(const AreascalePlan *plan)
{
    return sums_length(plan->in_samples) * sizeof(uint16_t);
}

static Band *scratch_band(void *scratch)
{
    return (Band *) (((uintptr_t) scratch + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

static void *scratch_hsum(void *scratch)
{
    return (char *) scratch_band(scratch) + align_up(sizeof(Band));
}

static uint16_t *scratch_partial(void *scratch)
{
    return (uint16_t *) ((char *) scratch_hsum(scratch) + align_up(AREASCALE_HSUM_SCRATCH));
}

static void *scratch_sums(const AreascalePlan *plan, void *scratch, int row)
{
    const Band *band = scratch_band(scratch);
    const size_t pitch = sums_length(band->c1 - band->c0) * areascale_sum_size(plan->arith);

    return (char *) scratch_partial(scratch) + align_up(partial_size(plan)) +
           (size_t) row * pitch;
}

size_t areascale_plan_scratch_size(const AreascalePlan *plan)
{
    return ALIGNMENT + align_up(sizeof(Band)) + align_up(AREASCALE_HSUM_SCRATCH) +
           align_up(partial_size(plan)) +
           (size_t) plan->dsp.band_rows * sums_length(plan->in_samples) *
               areascale_sum_size(plan->arith);
}

int areascale_plan_band_rows(const AreascalePlan *plan)
{
    return plan->dsp.band_rows;
}

void areascale_plan_input_rows(const AreascalePlan *plan, int y0, int y1, int *first,
                               int *end)
{
    *first = plan->rows[y0].start;
    *end = plan->rows[y1 - 1].end;
}

/* The input samples [*c0, *c1) that the output samples [s0, s1), whole groups,
 * are made from. */
static void input_samples(const AreascalePlan *plan, int s0, int s1, int *c0, int *c1)
{
    const int n = plan->group->n_samples;

    *c0 = plan->first[s0];
    *c1 = 0;
    for (int s = s0; s < s0 + n; s++)
        if (plan->first[s] < *c0)
            *c0 = plan->first[s];
    for (int s = s1 - n; s < s1; s++)
        if (plan->last[s] >= *c1)
            *c1 = plan->last[s] + 1;
}

static void band_set(const AreascalePlan *plan, Band *band, int y0, int y1, int s0, int s1)
{
    band->y0 = y0;
    band->y1 = y1;
    band->s0 = s0;
    band->s1 = s1;
    input_samples(plan, s0, s1, &band->c0, &band->c1);
}

/* Adds 16-bit partial sums to column sums. */
static void add_partial(uint32_t *restrict sums, const uint16_t *restrict partial, int n,
                        bool accumulate)
{
    if (accumulate)
        for (int x = 0; x < n; x++)
            sums[x] += partial[x];
    else
        for (int x = 0; x < n; x++)
            sums[x] = partial[x];
}

/* The vertical step into 32-bit sums, by way of 16 bits while that is faster. */
static void vsum_wide(const AreascalePlan *plan, uint32_t *sums, const char *src,
                      ptrdiff_t stride, int rows, int n, bool accumulate,
                      uint16_t *partial)
{
    enum { MIN_BATCH = 16 };
    const int shift = plan->geometry.shift;

    if (plan->batch_rows < MIN_BATCH) {
        plan->dsp.vsum32(sums, src, stride, rows, n, shift, plan->mask, accumulate);
        return;
    }
    while (rows > 0) {
        const int batch = rows < plan->batch_rows ? rows : plan->batch_rows;

        plan->vsum16(partial, src, stride, batch, n, shift, plan->mask, false);
        add_partial(sums, partial, n, accumulate);
        src += batch * stride;
        rows -= batch;
        accumulate = true;
    }
}

/* The vertical step of rows that begin at @src, the first sample of a row. */
static void band_vsum(const AreascalePlan *plan, int row, const char *src,
                      ptrdiff_t stride, int rows, bool accumulate, void *scratch)
{
    const Band *band = scratch_band(scratch);
    const int n = band->c1 - band->c0;
    void *sums = scratch_sums(plan, scratch, row);

    src += (size_t) band->c0 * areascale_sample_size(plan->sample);
    if (areascale_sum_size(plan->arith) == sizeof(uint16_t))
        plan->vsum16(sums, src, stride, rows, n, plan->geometry.shift, plan->mask, accumulate);
    else
        vsum_wide(plan, sums, src, stride, rows, n, accumulate, scratch_partial(scratch));
}

/* Feeds those of the input rows [row0, row0 + n_rows) that are in the window of
 * a band's row. */
static void feed_window(const AreascalePlan *plan, int y, const char *src,
                        ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const AreascaleWindow w = plan->rows[y];
    const int start = w.start > row0 ? w.start : row0;
    const int end = w.end < row0 + n_rows ? w.end : row0 + n_rows;
    const int row = y - scratch_band(scratch)->y0;

    if (start >= end)
        return;
    src += (start - row0) * stride;
    if (plan->row_pairs && w.end - w.start == 1) /* the one row twice */
        band_vsum(plan, row, src, 0, 2, false, scratch);
    else
        band_vsum(plan, row, src, stride, end - start, start > w.start, scratch);
}

static void band_feed(const AreascalePlan *plan, const char *src, ptrdiff_t stride,
                      int row0, int n_rows, void *scratch)
{
    const Band *band = scratch_band(scratch);

    for (int y = band->y0; y < band->y1; y++)
        feed_window(plan, y, src, stride, row0, n_rows, scratch);
}

static void hsum_divisors(const AreascalePlan *plan, const Band *band, AreascaleHsum *h)
{
    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++) {
        const int y = i < h->n_rows ? band->y0 + i : band->y1 - 1;
        const int v = areascale_plan_row_count(plan, y) - plan->min_rows;

        for (int c = 0; c < AREASCALE_N_CLASSES; c++) {
            h->area[c][i] = plan->area[v][c];
            h->reciprocal[c][i] = plan->reciprocal[v][c];
        }
    }
}

static void band_hsum(const AreascalePlan *plan, void *dst, ptrdiff_t stride, void *scratch)
{
    const Band *band = scratch_band(scratch);
    const ptrdiff_t c0 = (ptrdiff_t) band->c0 * (ptrdiff_t) areascale_sum_size(plan->arith);
    AreascaleHsum h = {
        .n_rows = band->y1 - band->y0,
        .taps = plan->taps,
        .first_sample = band->s0,
        .end_sample = band->s1,
        .first = plan->first,
        .last = plan->last,
        .cls = plan->cls,
        .step = plan->step,
        .min_taps = plan->min_taps,
        .near_uniform = plan->near_uniform,
        .chunk = plan->chunk,
        .div_shift = plan->div_shift,
        .out_shift = plan->geometry.shift,
        .dst = dst,
        .dst_stride = stride,
        .scratch = scratch_hsum(scratch),
    };

    memcpy(h.class_taps, plan->class_taps, sizeof(h.class_taps));
    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++)
        h.sums[i] = (char *) scratch_sums(plan, scratch, i < h.n_rows ? i : h.n_rows - 1) - c0;
    hsum_divisors(plan, band, &h);
    plan->dsp.hsum[plan->arith][plan->sample](&h);
}

int areascale_band_begin(const AreascalePlan *plan, int y0, int y1, void *scratch)
{
    if (y0 < 0 || y0 >= y1 || y1 > plan->geometry.out_height ||
        y1 - y0 > plan->dsp.band_rows)
        return -EINVAL;
    band_set(plan, scratch_band(scratch), y0, y1, 0, plan->out_samples);
    return 0;
}

void areascale_band_feed(const AreascalePlan *plan, const void *src, ptrdiff_t src_stride,
                         int row0, int n_rows, void *scratch)
{
    band_feed(plan, src, src_stride, row0, n_rows, scratch);
}

void areascale_band_finish(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                           void *scratch)
{
    band_hsum(plan, dst, dst_stride, scratch);
}

/* The output samples of a rectangle's columns. */
typedef struct Columns {
    int s0, s1;
} Columns;

static Columns rect_columns(const AreascalePlan *plan, const AreascaleRect *rect)
{
    const AreascaleGroup *g = plan->group;

    return (Columns) {
        rect->x0 / g->n_pixels * g->n_samples,
        (rect->x1 + g->n_pixels - 1) / g->n_pixels * g->n_samples,
    };
}

static bool rect_valid(const AreascalePlan *plan, const AreascaleRect *r)
{
    const AreascaleGeometry *g = &plan->geometry;
    const int n = plan->group->n_pixels;

    return r->x0 >= 0 && r->x0 < r->x1 && r->x1 <= g->out_width && r->x0 % n == 0 &&
           (r->x1 % n == 0 || r->x1 == g->out_width) && r->y0 >= 0 && r->y0 < r->y1 &&
           r->y1 <= g->out_height;
}

static void copy_bytes(uint8_t *restrict dst, const uint8_t *restrict src, int s0, int s1,
                       unsigned bits)
{
    for (int s = s0; s < s1; s++)
        dst[s] = src[s] & bits;
}

static void copy_words(uint16_t *restrict dst, const uint16_t *restrict src, int s0, int s1,
                       unsigned bits)
{
    for (int s = s0; s < s1; s++)
        dst[s] = src[s] & bits;
}

/* Copies what the values' bits hold; the input's own last sample may be the
 * unused one of an odd 4:2:2 row, so the last group goes by its taps. */
static void copy_row(const AreascalePlan *plan, void *dst, const void *src, Columns cols)
{
    const unsigned bits = plan->mask << plan->geometry.shift;
    const int body = cols.s1 - plan->group->n_samples;

    if (plan->sample == AREASCALE_SAMPLE_8) {
        copy_bytes(dst, src, cols.s0, body, bits);
        for (int s = body; s < cols.s1; s++)
            ((uint8_t *) dst)[s] = ((const uint8_t *) src)[plan->first[s]] & bits;
    } else {
        copy_words(dst, src, cols.s0, body, bits);
        for (int s = body; s < cols.s1; s++)
            ((uint16_t *) dst)[s] = ((const uint16_t *) src)[plan->first[s]] & bits;
    }
}

static void run_copy(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                     const char *src, ptrdiff_t src_stride, const AreascaleRect *rect)
{
    const Columns cols = rect_columns(plan, rect);

    for (int y = rect->y0; y < rect->y1; y++)
        copy_row(plan, dst + y * dst_stride, src + y * src_stride, cols);
}

static void run_halve(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                      const char *src, ptrdiff_t src_stride, const AreascaleRect *rect)
{
    const AreascaleHalve halve = plan->dsp.halve[plan->geometry.layout];
    const Columns cols = rect_columns(plan, rect);

    for (int y = rect->y0; y < rect->y1; y++) {
        const uint8_t *row = (const uint8_t *) src + 2 * y * src_stride + 2 * cols.s0;

        halve((uint8_t *) dst + y * dst_stride + cols.s0, row, row + src_stride,
              cols.s1 - cols.s0);
    }
}

/* Output samples of a panel: as many as keep a band's column sums in L2, in
 * whole groups. */
static int panel_samples(const AreascalePlan *plan)
{
    const int64_t sums = PANEL_BYTES / plan->dsp.band_rows /
                         (int) areascale_sum_size(plan->arith);
    const int64_t samples = sums * plan->out_samples / plan->in_samples;
    const int n = plan->group->n_samples;

    return samples < n ? n : (int) (samples / n * n);
}

static void run_band(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                     const char *src, ptrdiff_t src_stride, const AreascaleRect *rect,
                     void *scratch)
{
    const Columns cols = rect_columns(plan, rect);
    const int panel = panel_samples(plan);

    for (int y = rect->y0; y < rect->y1; y += plan->dsp.band_rows) {
        const int y1 = rect->y1 - y < plan->dsp.band_rows ? rect->y1 : y + plan->dsp.band_rows;

        for (int s = cols.s0; s < cols.s1; s += panel) {
            const int s1 = cols.s1 - s < panel ? cols.s1 : s + panel;

            band_set(plan, scratch_band(scratch), y, y1, s, s1);
            band_feed(plan, src, src_stride, 0, plan->geometry.in_height, scratch);
            band_hsum(plan, dst + y * dst_stride, dst_stride, scratch);
        }
    }
}

int areascale_run(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                  const void *src, ptrdiff_t src_stride, const AreascaleRect *rect,
                  void *scratch)
{
    if (!rect_valid(plan, rect))
        return -EINVAL;
    switch (plan->path) {
    case AREASCALE_PATH_COPY:
        run_copy(plan, dst, dst_stride, src, src_stride, rect);
        break;
    case AREASCALE_PATH_HALVE:
        run_halve(plan, dst, dst_stride, src, src_stride, rect);
        break;
    case AREASCALE_PATH_BAND:
        run_band(plan, dst, dst_stride, src, src_stride, rect, scratch);
        break;
    }
    return 0;
}
