/* areascale: the path that works on bands of output rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The vertical step adds up the rows of each window of a band, the horizontal one
 * divides a row into panels, whose column sums stay in L1, and makes all rows of a
 * panel at once.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "plan.h"

/* The path's state. */
typedef struct Bands {
    AreascaleVsum16Fn vsum16; /* the one for the plane's samples */
    int batch_rows;         /* rows whose column sums fit 16 bits */
    int chunk;              /* WIDE16: taps whose sum fits 16 bits */
    AreascalePanel *panels; /* they cover a row */
    int n_panels;
} Bands;

/* The input samples that the output samples [s0, s1), whole groups of n, are
 * made from. */
static AreascalePanel panel_of(const AreascaleColumns *columns, int n, int s0, int s1)
{
    AreascalePanel panel = { s0, s1, columns->first[s0], 0 };

    for (int s = s0; s < s0 + n; s++)
        if (columns->first[s] < panel.c0)
            panel.c0 = columns->first[s];
    for (int s = s1 - n; s < s1; s++)
        if (columns->last[s] >= panel.c1)
            panel.c1 = columns->last[s] + 1;
    return panel;
}

/* The longest panel from s0 in steps of `step` output samples that spans at most
 * max_span input samples, at least one step. */
static AreascalePanel longest_panel(const AreascaleColumns *columns, int n, int s0, int s_end,
                                    int step, int max_span)
{
    AreascalePanel panel = panel_of(columns, n, s0, s_end - s0 < step ? s_end : s0 + step);

    while (panel.s1 < s_end) {
        const int s1 = s_end - panel.s1 < step ? s_end : panel.s1 + step;
        const AreascalePanel longer = panel_of(columns, n, s0, s1);

        if (longer.c1 - longer.c0 > max_span)
            break;
        panel = longer;
    }
    return panel;
}

/* Divides a row into the longest runs of whole groups whose column sums fit, and whole
 * multiples of what the kernels make at once where that is possible; writes them unless
 * `panels` is NULL. Returns their number. */
static int divide_row(const AreascalePlan *plan, AreascalePanel *panels)
{
    const int n = plan->group->n_samples;
    const int max_span = AREASCALE_PANEL_COLUMNS * (int) sizeof(uint16_t) /
                         (int) areascale_sum_size(plan->divisors.arith);
    const int rows = plan->dsp.band_rows; /* a multiple of 1, 2 and 4 */
    int n_panels = 0;

    for (int s = 0; s < plan->out_samples;) {
        AreascalePanel panel = longest_panel(&plan->columns, n, s, plan->out_samples,
                                             n == 3 ? 3 * rows : rows, max_span);

        if (panel.c1 - panel.c0 > max_span)
            panel = longest_panel(&plan->columns, n, s, plan->out_samples, n, max_span);
        s = panel.s1;
        if (panels)
            panels[n_panels] = panel;
        n_panels++;
    }
    return n_panels;
}

/* Vertically each row of each window costs, horizontally each column sum and output
 * sample, by the width of vectors; column sums that leave no room in L2 cost more. */
static double cost_of(const AreascalePlan *plan)
{
    enum { ROOMY = 192 * 1024 };
    const double row = (double) plan->in_samples * (double) areascale_sample_size(plan->in_sample);
    const double sums = plan->in_samples * (double) areascale_sum_size(plan->divisors.arith);
    const double narrower = plan->dsp.gather_owords > 1 ? 1 : 2;
    const bool roomy = sums * plan->dsp.band_rows <= ROOMY;
    const double per_row = narrower * (0.025 * sums + 0.2 * plan->out_samples) +
                           (roomy ? 0 : 0.017 * sums);

    return 0.016 * row * (double) areascale_axis_total_taps(&plan->rows) +
           per_row * plan->geometry.out_height + 0.002 * areascale_plan_in_bytes(plan);
}

static int band_init(const AreascalePlan *plan, void **state, double *cost)
{
    const uint64_t max_column = (uint64_t) areascale_axis_max_taps(&plan->rows) * plan->mask;
    Bands *bands = malloc(sizeof(*bands));

    if (!bands)
        return -ENOMEM;
    *bands = (Bands) {
        .vsum16 = plan->geometry.depth < 8 ? plan->dsp.vsum16_bits
                                           : plan->dsp.vsum16[plan->in_sample],
        .batch_rows = (int) (UINT16_MAX / plan->mask),
        .chunk = (int) (UINT16_MAX / max_column),
    };
    *state = bands;
    *cost = cost_of(plan);
    return 0;
}

static int band_prepare(const AreascalePlan *plan, void *state)
{
    const int n_panels = divide_row(plan, NULL);
    Bands *bands = state;

    bands->panels = malloc((size_t) n_panels * sizeof(*bands->panels));
    if (!bands->panels)
        return -ENOMEM;
    bands->n_panels = divide_row(plan, bands->panels);
    return 0;
}

static void band_clear(void *state)
{
    Bands *bands = state;

    free(bands->panels);
    free(bands);
}

/* The scratch memory of a thread:
 *     Span | scratch of the kernels | partial sums of a row | sums of a band
 * each aligned to AREASCALE_SCRATCH_ALIGNMENT. */

/* The band under way: output rows [y0, y1), from the input samples [c0, c1) of
 * each row. */
typedef struct Span {
    int y0, y1;
    int c0, c1;
} Span;

/* What a thread works with. */
typedef struct Work {
    const AreascalePlan *plan;
    const Bands *bands;
    Span *span; /* where the scratch memory begins */
} Work;

static size_t align_up(size_t size)
{
    return (size + AREASCALE_SCRATCH_ALIGNMENT - 1) / AREASCALE_SCRATCH_ALIGNMENT *
           AREASCALE_SCRATCH_ALIGNMENT;
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

static size_t band_scratch_size(const AreascalePlan *plan, const void *state)
{
    (void) state;
    return align_up(sizeof(Span)) + align_up(AREASCALE_BAND_SCRATCH) + partial_size(plan) +
           (size_t) plan->dsp.band_rows * sums_length(plan) *
               areascale_sum_size(plan->divisors.arith);
}

static void *kernel_scratch(const Work *w)
{
    return (char *) w->span + align_up(sizeof(Span));
}

static uint16_t *partial_sums(const Work *w)
{
    return (uint16_t *) ((char *) kernel_scratch(w) + align_up(AREASCALE_BAND_SCRATCH));
}

static void *row_sums(const Work *w, int row)
{
    const size_t pitch = sums_length(w->plan) * areascale_sum_size(w->plan->divisors.arith);

    return (char *) partial_sums(w) + partial_size(w->plan) + (size_t) row * pitch;
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
static void vsum_wide(const Work *w, uint32_t *sums, const char *src, ptrdiff_t stride,
                      int rows, int n, bool accumulate)
{
    enum { MIN_BATCH = 16 };
    const AreascalePlan *plan = w->plan;
    const int shift = plan->geometry.shift;
    const ptrdiff_t ahead = rows_ahead(stride);
    uint16_t *partial = partial_sums(w);

    if (w->bands->batch_rows < MIN_BATCH) {
        plan->dsp.vsum32(sums, src, stride, rows, n, shift, plan->mask, ahead, accumulate);
        return;
    }
    while (rows > 0) {
        const int batch = rows < w->bands->batch_rows ? rows : w->bands->batch_rows;

        w->bands->vsum16(partial, src, stride, batch, n, shift, plan->mask, ahead, false);
        add_partial(sums, partial, n, accumulate);
        src += batch * stride;
        rows -= batch;
        accumulate = true;
    }
}

/* The vertical step of some rows of an output row's window. */
static void vsum(const Work *w, int y, const char *src, ptrdiff_t stride, int rows,
                 bool accumulate)
{
    const AreascalePlan *plan = w->plan;
    const Span *span = w->span;
    const int n = span->c1 - span->c0;
    char *sums = row_sums(w, y - span->y0);

    sums += (size_t) span->c0 * areascale_sum_size(plan->divisors.arith);
    src += (size_t) span->c0 * areascale_sample_size(plan->in_sample);
    if (areascale_sum_size(plan->divisors.arith) == sizeof(uint16_t))
        w->bands->vsum16((uint16_t *) sums, src, stride, rows, n, plan->geometry.shift,
                         plan->mask, rows_ahead(stride), accumulate);
    else
        vsum_wide(w, (uint32_t *) sums, src, stride, rows, n, accumulate);
}

/* Feeds those of the input rows [row0, row0 + n_rows) that are in the window of
 * a band's row. */
static void feed_window(const Work *w, int y, const char *src, ptrdiff_t stride, int row0,
                        int n_rows)
{
    const AreascaleWindow window = w->plan->rows.windows[y];
    const int start = window.start > row0 ? window.start : row0;
    const int end = window.end < row0 + n_rows ? window.end : row0 + n_rows;

    if (start >= end)
        return;
    src += (start - row0) * stride;
    if (areascale_axis_count(&w->plan->rows, y) > window.end - window.start)
        vsum(w, y, src, 0, 2, false); /* the one row twice */
    else
        vsum(w, y, src, stride, end - start, start > window.start);
}

static void feed(const Work *w, const char *src, ptrdiff_t stride, int row0, int n_rows)
{
    for (int y = w->span->y0; y < w->span->y1; y++)
        feed_window(w, y, src, stride, row0, n_rows);
}

static void set_divisors(const Work *w, AreascaleBand *b)
{
    const AreascalePlan *plan = w->plan;

    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++) {
        const int y = i < b->n_rows ? w->span->y0 + i : w->span->y1 - 1;
        const int r = plan->rows.cls[y];

        for (int c = 0; c < plan->columns.n_classes; c++) {
            b->area[c][i] = plan->divisors.area[r][c];
            b->reciprocal[c][i] = plan->divisors.reciprocal[r][c];
        }
    }
}

/* The horizontal step, from the scratch memory's sums. */
static void hsum(const Work *w, void *dst, ptrdiff_t dst_stride, int s0, int s1)
{
    const AreascalePlan *plan = w->plan;
    AreascaleBand b = {
        .n_rows = w->span->y1 - w->span->y0,
        .columns = &plan->columns,
        .panels = w->bands->panels,
        .n_panels = w->bands->n_panels,
        .chunk = w->bands->chunk,
        .s0 = s0,
        .s1 = s1,
        .rescaled = plan->out_depth != plan->geometry.depth,
        .lift = plan->divisors.lift,
        .div_shift = plan->divisors.shift,
        .out_max = areascale_plan_out_max(plan),
        .out_shift = plan->out_shift,
        .dst = dst,
        .dst_stride = dst_stride,
        .scratch = kernel_scratch(w),
    };

    for (int i = 0; i < AREASCALE_MAX_BAND_ROWS; i++)
        b.sums[i] = row_sums(w, i < b.n_rows ? i : b.n_rows - 1);
    set_divisors(w, &b);
    plan->dsp.hsum[plan->divisors.arith][plan->out_sample](&b);
}

/* The span of a band of which the output samples [s0, s1) are made. */
static Span span_of(const AreascalePlan *plan, const Bands *bands, int y0, int y1, int s0,
                    int s1)
{
    Span span = { y0, y1, plan->in_samples, 0 };

    for (int i = 0; i < bands->n_panels; i++) {
        const AreascalePanel *p = &bands->panels[i];

        if (p->s0 >= s1 || p->s1 <= s0)
            continue;
        if (p->c0 < span.c0)
            span.c0 = p->c0;
        if (p->c1 > span.c1)
            span.c1 = p->c1;
    }
    return span;
}

static void band_run(const AreascalePlan *plan, const void *state, const AreascalePart *part)
{
    const Work w = { plan, state, part->scratch };
    /* nothing is transposed where the width stays: one row's sums stay in L1 */
    const int rows = plan->columns.taps == AREASCALE_TAPS_SAME ? 1 : plan->dsp.band_rows;

    for (int y = part->y0; y < part->y1; y += rows) {
        const int y1 = part->y1 - y < rows ? part->y1 : y + rows;

        *w.span = span_of(plan, w.bands, y, y1, part->s0, part->s1);
        feed(&w, part->src, part->src_stride, 0, plan->geometry.in_height);
        hsum(&w, part->dst + y * part->dst_stride, part->dst_stride, part->s0, part->s1);
    }
}

static const char *band_describe(const AreascalePlan *plan, const void *state)
{
    static const char *const names[AREASCALE_N_ARITHS] = {
        [AREASCALE_ARITH_NARROW] = "band/16",
        [AREASCALE_ARITH_WIDE16] = "band/16+32",
        [AREASCALE_ARITH_WIDE32] = "band/32",
        [AREASCALE_ARITH_EXACT] = "band/64",
    };

    (void) state;
    return names[plan->divisors.arith];
}

static void bands_begin(const AreascalePlan *plan, const void *state, int y0, int y1,
                        void *scratch)
{
    (void) state;
    *(Span *) scratch = (Span) { y0, y1, 0, plan->in_samples };
}

static void bands_feed(const AreascalePlan *plan, const void *state, const char *src,
                       ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const Work w = { plan, state, scratch };

    feed(&w, src, stride, row0, n_rows);
}

static void bands_finish(const AreascalePlan *plan, const void *state, char *dst,
                         ptrdiff_t stride, void *scratch)
{
    const Work w = { plan, state, scratch };

    hsum(&w, dst, stride, 0, plan->out_samples);
}

static const AreascaleBands bands_functions = { bands_begin, bands_feed, bands_finish };

const AreascalePath areascale_path_band = {
    .name = "band",
    .means = AREASCALE_MEAN_PLAIN,
    .bands = &bands_functions,
    .init = band_init,
    .prepare = band_prepare,
    .scratch_size = band_scratch_size,
    .run = band_run,
    .clear = band_clear,
    .describe = band_describe,
};
