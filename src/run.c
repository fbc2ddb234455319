/* areascale: planes through the kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <string.h>

#include "plan.h"

/* The scratch memory of a thread:
 *     Span | scratch of the kernels | partial sums of a row | sums of a band
 * each aligned to ALIGNMENT. */
enum { ALIGNMENT = 64 };

/* The band under way: output rows [y0, y1), from the input samples [c0, c1) of
 * each row. */
typedef struct Span {
    int y0, y1;
    int c0, c1;
} Span;

static size_t align_up(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Column sums of a row, padded for vectors. */
static size_t sums_length(const AreascalePlan *plan)
{
    return ((size_t) plan->in_samples / AREASCALE_BLOCK_COLUMNS + 2) *
           AREASCALE_BLOCK_COLUMNS;
}

static size_t partial_size(const AreascalePlan *plan)
{
    return align_up(sums_length(plan) * sizeof(uint16_t));
}

static Span *scratch_span(void *scratch)
{
    return (Span *) (((uintptr_t) scratch + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

static void *scratch_band(void *scratch)
{
    return (char *) scratch_span(scratch) + align_up(sizeof(Span));
}

static uint16_t *scratch_partial(void *scratch)
{
    return (uint16_t *) ((char *) scratch_band(scratch) + align_up(AREASCALE_BAND_SCRATCH));
}

static void *scratch_sums(const AreascalePlan *plan, void *scratch, int row)
{
    const size_t pitch = sums_length(plan) * areascale_sum_size(plan->arith);

    return (char *) scratch_partial(scratch) + partial_size(plan) + (size_t) row * pitch;
}

size_t areascale_plan_scratch_size(const AreascalePlan *plan)
{
    return ALIGNMENT + align_up(sizeof(Span)) + align_up(AREASCALE_BAND_SCRATCH) +
           partial_size(plan) +
           (size_t) plan->dsp.band_rows * sums_length(plan) * areascale_sum_size(plan->arith);
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

/* Bytes from a sample to the one that is read a few rows later, when rows are
 * read one after the other. */
static ptrdiff_t rows_ahead(ptrdiff_t stride)
{
    return AREASCALE_STREAMS * stride;
}

/* The vertical step into 32-bit sums, by way of 16 bits while that is faster. */
static void vsum_wide(const AreascalePlan *plan, uint32_t *sums, const char *src,
                      ptrdiff_t stride, int rows, int n, bool accumulate, uint16_t *partial)
{
    enum { MIN_BATCH = 16 };
    const int shift = plan->geometry.shift;
    const ptrdiff_t ahead = rows_ahead(stride);

    if (plan->batch_rows < MIN_BATCH) {
        plan->dsp.vsum32(sums, src, stride, rows, n, shift, plan->mask, ahead, accumulate);
        return;
    }
    while (rows > 0) {
        const int batch = rows < plan->batch_rows ? rows : plan->batch_rows;

        plan->vsum16(partial, src, stride, batch, n, shift, plan->mask, ahead, false);
        add_partial(sums, partial, n, accumulate);
        src += batch * stride;
        rows -= batch;
        accumulate = true;
    }
}

/* The vertical step of some rows of an output row's window. */
static void vsum(const AreascalePlan *plan, int y, const char *src, ptrdiff_t stride,
                 int rows, bool accumulate, void *scratch)
{
    const Span *span = scratch_span(scratch);
    const int n = span->c1 - span->c0;
    char *sums = scratch_sums(plan, scratch, y - span->y0);

    sums += (size_t) span->c0 * areascale_sum_size(plan->arith);
    src += (size_t) span->c0 * areascale_sample_size(plan->sample);
    if (areascale_sum_size(plan->arith) == sizeof(uint16_t))
        plan->vsum16((uint16_t *) sums, src, stride, rows, n, plan->geometry.shift,
                     plan->mask, rows_ahead(stride), accumulate);
    else
        vsum_wide(plan, (uint32_t *) sums, src, stride, rows, n, accumulate,
                  scratch_partial(scratch));
}

/* Feeds those of the input rows [row0, row0 + n_rows) that are in the window of
 * a band's row. */
static void feed_window(const AreascalePlan *plan, int y, const char *src,
                        ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const AreascaleWindow w = plan->rows[y];
    const int start = w.start > row0 ? w.start : row0;
    const int end = w.end < row0 + n_rows ? w.end : row0 + n_rows;

    if (start >= end)
        return;
    src += (start - row0) * stride;
    if (plan->row_pairs && w.end - w.start == 1) /* the one row twice */
        vsum(plan, y, src, 0, 2, false, scratch);
    else
        vsum(plan, y, src, stride, end - start, start > w.start, scratch);
}

static void set_divisors(const AreascalePlan *plan, const Span *span, AreascaleBand *b)
{
    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++) {
        const int y = i < b->n_rows ? span->y0 + i : span->y1 - 1;
        const int v = areascale_plan_row_count(plan, y) - plan->min_rows;

        for (int c = 0; c < plan->columns.n_classes; c++) {
            b->area[c][i] = plan->area[v][c];
            b->reciprocal[c][i] = plan->reciprocal[v][c];
        }
    }
}

/* The horizontal step, from the scratch memory's sums. */
static void hsum(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride, int s0, int s1,
                 void *scratch)
{
    const Span *span = scratch_span(scratch);
    AreascaleBand b;

    b.n_rows = span->y1 - span->y0;
    b.columns = &plan->columns;
    b.s0 = s0;
    b.s1 = s1;
    b.div_shift = plan->div_shift;
    b.out_shift = plan->geometry.shift;
    b.dst = dst;
    b.dst_stride = dst_stride;
    b.scratch = scratch_band(scratch);
    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++)
        b.sums[i] = scratch_sums(plan, scratch, i < b.n_rows ? i : b.n_rows - 1);
    set_divisors(plan, span, &b);
    plan->dsp.hsum[plan->arith][plan->sample](&b);
}

int areascale_band_begin(const AreascalePlan *plan, int y0, int y1, void *scratch)
{
    if (y0 < 0 || y0 >= y1 || y1 > plan->geometry.out_height ||
        y1 - y0 > plan->dsp.band_rows)
        return -EINVAL;
    *scratch_span(scratch) = (Span) { y0, y1, 0, plan->in_samples };
    return 0;
}

void areascale_band_feed(const AreascalePlan *plan, const void *src, ptrdiff_t src_stride,
                         int row0, int n_rows, void *scratch)
{
    const Span *span = scratch_span(scratch);

    for (int y = span->y0; y < span->y1; y++)
        feed_window(plan, y, src, src_stride, row0, n_rows, scratch);
}

void areascale_band_finish(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                           void *scratch)
{
    hsum(plan, dst, dst_stride, 0, plan->out_samples, scratch);
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
            ((uint8_t *) dst)[s] = ((const uint8_t *) src)[plan->columns.first[s]] & bits;
    } else {
        copy_words(dst, src, cols.s0, body, bits);
        for (int s = body; s < cols.s1; s++)
            ((uint16_t *) dst)[s] = ((const uint16_t *) src)[plan->columns.first[s]] & bits;
    }
}

static void run_copy(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                     const char *src, ptrdiff_t src_stride, const AreascaleRect *rect)
{
    const Columns cols = rect_columns(plan, rect);

    for (int y = rect->y0; y < rect->y1; y++)
        copy_row(plan, dst + y * dst_stride, src + y * src_stride, cols);
}

/* Bytes from a row of output row y's window to one that is read soon; 0 near the end
 * of the plane. */
static ptrdiff_t windows_ahead(const AreascalePlan *plan, int y, ptrdiff_t src_stride)
{
    const int at = y + plan->windows_ahead;

    if (at >= plan->geometry.out_height)
        return 0;
    return (plan->rows[at].start - plan->rows[y].start) * src_stride;
}

static void run_halve(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                      const char *src, ptrdiff_t src_stride, const AreascaleRect *rect)
{
    const Columns cols = rect_columns(plan, rect);

    for (int y = rect->y0; y < rect->y1; y++) {
        const uint8_t *row = (const uint8_t *) src + 2 * y * src_stride + 2 * cols.s0;

        plan->halve((uint8_t *) dst + y * dst_stride + cols.s0, row, row + src_stride,
                    cols.s1 - cols.s0, windows_ahead(plan, y, src_stride));
    }
}

static void run_gather(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                       const char *src, ptrdiff_t src_stride, const AreascaleRect *rect)
{
    AreascaleGatherRow r = {
        .gather = &plan->gather,
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .div_shift = plan->div_shift,
        .n = plan->out_samples,
    };

    for (int y = rect->y0; y < rect->y1; y++) {
        const AreascaleWindow w = plan->rows[y];

        r.rows = areascale_plan_row_count(plan, y);
        r.src = src + w.start * src_stride;
        r.stride = w.end - w.start < r.rows ? 0 : src_stride; /* one row twice */
        r.variant = r.rows - plan->min_rows;
        r.ahead = windows_ahead(plan, y, src_stride);
        r.dst = dst + y * dst_stride;
        plan->gather_row(&r);
    }
}

/* The span of a band of which only some columns are made. */
static Span span_of(const AreascalePlan *plan, int y0, int y1, Columns cols)
{
    const AreascaleColumns *columns = &plan->columns;
    Span span = { y0, y1, plan->in_samples, 0 };

    for (int i = 0; i < columns->n_panels; i++) {
        const AreascalePanel *p = &columns->panels[i];

        if (p->s0 >= cols.s1 || p->s1 <= cols.s0)
            continue;
        if (p->c0 < span.c0)
            span.c0 = p->c0;
        if (p->c1 > span.c1)
            span.c1 = p->c1;
    }
    return span;
}

static void run_band(const AreascalePlan *plan, char *dst, ptrdiff_t dst_stride,
                     const char *src, ptrdiff_t src_stride, const AreascaleRect *rect,
                     void *scratch)
{
    const Columns cols = rect_columns(plan, rect);
    /* nothing is transposed where the width stays: one row's sums stay in L1 */
    const int rows = plan->columns.taps == AREASCALE_TAPS_UNIT ? 1 : plan->dsp.band_rows;

    for (int y = rect->y0; y < rect->y1; y += rows) {
        const int y1 = rect->y1 - y < rows ? rect->y1 : y + rows;

        *scratch_span(scratch) = span_of(plan, y, y1, cols);
        areascale_band_feed(plan, src, src_stride, 0, plan->geometry.in_height, scratch);
        hsum(plan, dst + y * dst_stride, dst_stride, cols.s0, cols.s1, scratch);
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
    case AREASCALE_PATH_GATHER:
        if (rect->x1 - rect->x0 == plan->geometry.out_width)
            run_gather(plan, dst, dst_stride, src, src_stride, rect);
        else
            run_band(plan, dst, dst_stride, src, src_stride, rect, scratch);
        break;
    case AREASCALE_PATH_BAND:
        run_band(plan, dst, dst_stride, src, src_stride, rect, scratch);
        break;
    }
    return 0;
}
