/* areascale: the path of means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A row at a time: the products of the rows of a window are added up, and then the column
 * sums of each output pixel. Pixels without any alpha are those of a plan that has none.
 */

#include <errno.h>
#include <stdlib.h>

#include "kernels/wide.h"
#include "path.h"
#include "plan.h"

/* The path's state. */
typedef struct Alpha {
    AreascaleAlphaVsumFn vsum;
    AreascaleAlphaHsumFn hsum;
    int sample;            /* of a pixel, that is alpha */
    size_t row_bytes;      /* of column sums */
    int panel;             /* output samples whose column sums stay in L1, whole pixels */
    AreascalePlan *plain;  /* the mean where there is no alpha */
} Alpha;

/* The most that the weights of a window add up to, of classes. */
static uint64_t max_weight(const int *class_weight, int n_classes)
{
    int max = 0;

    for (int c = 0; c < n_classes; c++)
        if (class_weight[c] > max)
            max = class_weight[c];
    return (uint64_t) max;
}

/* The bits that output samples have more than those of the input... */
static int lift_of(const AreascalePlan *plan)
{
    const int more = plan->out_depth - plan->geometry.depth;

    return more > 0 ? more : 0;
}

/* ...or fewer. */
static int drop_of(const AreascalePlan *plan)
{
    const int fewer = plan->geometry.depth - plan->out_depth;

    return fewer > 0 ? fewer : 0;
}

/* The narrowest sums that hold all. */
static AreascaleAlphaSums sums_of(const AreascalePlan *plan)
{
    const uint64_t rows = max_weight(plan->rows.class_weight, plan->rows.n_classes);
    const uint64_t columns = max_weight(plan->columns.class_weight, plan->columns.n_classes);
    const uint64_t mask = plan->mask;
    /* a product, and half of a divisor */
    const uint64_t most = (mask * mask << lift_of(plan)) + (mask << drop_of(plan));

    if (plan->in_sample == AREASCALE_SAMPLE_32)
        return AREASCALE_ALPHA_WIDE;
    if (rows * columns <= INT32_MAX / most)
        return AREASCALE_ALPHA_NARROW;
    if (rows * columns > UINT64_MAX / most)
        return AREASCALE_ALPHA_WIDE;
    return rows <= UINT32_MAX / most ? AREASCALE_ALPHA_MIXED : AREASCALE_ALPHA_LONG;
}

/* Column sums of this many bytes leave room in L1. */
#define PANEL_BYTES (16 * 1024)

/* At least a vector's pixels, at any ratio. */
static int panel_of(const AreascalePlan *plan, size_t sum_size)
{
    const int least = 16;
    const double pixel = (double) (4 * sum_size) * plan->geometry.in_width /
                         plan->geometry.out_width;
    const double pixels = PANEL_BYTES / pixel;

    return 4 * (pixels < least                     ? least
                : pixels > plan->geometry.out_width ? plan->geometry.out_width
                                                    : (int) pixels);
}

/* Kernels of bytes of which all bits count take the place of those of all samples. */
static void choose_kernels(const AreascalePlan *plan, Alpha *a, AreascaleAlphaSums sums)
{
    const AreascaleDsp *dsp = &plan->dsp;
    const bool in_bytes = plan->geometry.depth == 8;

    a->vsum = dsp->alpha_vsum[plan->in_sample][sums];
    a->hsum = dsp->alpha_hsum[plan->out_sample][sums];
    if (in_bytes && sums <= AREASCALE_ALPHA_MIXED && dsp->alpha_vsum_bytes)
        a->vsum = dsp->alpha_vsum_bytes;
    if (in_bytes && sums == AREASCALE_ALPHA_NARROW && plan->out_depth == 8 &&
        dsp->alpha_hsum_bytes)
        a->hsum = dsp->alpha_hsum_bytes;
}

static int alpha_init(const AreascalePlan *plan, void **state, double *cost)
{
    static const size_t sizes[AREASCALE_N_ALPHA_SUMS] = { 4, 4, 8, sizeof(AreascaleLimbs) };
    const AreascaleAlphaSums sums = sums_of(plan);
    const size_t blocks = ((size_t) plan->in_samples + AREASCALE_BLOCK_COLUMNS - 1) /
                          AREASCALE_BLOCK_COLUMNS;
    Alpha *alpha = malloc(sizeof(*alpha));

    if (!alpha)
        return -ENOMEM;
    *alpha = (Alpha){
        .sample = plan->geometry.alpha - 1,
        .row_bytes = blocks * AREASCALE_BLOCK_COLUMNS * sizes[sums],
        .panel = panel_of(plan, sizes[sums]),
    };
    choose_kernels(plan, alpha, sums);
    *state = alpha;
    *cost = 0.5 * areascale_plan_in_bytes(plan);
    return 0;
}

static int alpha_prepare(const AreascalePlan *plan, void *state)
{
    AreascaleGeometry geometry = plan->geometry;
    Alpha *a = state;

    geometry.alpha = 0;
    return areascale_plan_create(&a->plain, &geometry, plan->dsp.cpu);
}

static void alpha_clear(void *state)
{
    Alpha *a = state;

    areascale_plan_free(a->plain);
    free(a);
}

/* The scratch memory of a thread: Span | column sums of each row of a band, each aligned to
 * AREASCALE_SCRATCH_ALIGNMENT | that of the plan without alpha. */

/* The band under way: output rows [y0, y1). */
typedef struct Span {
    int y0, y1;
} Span;

static size_t plain_offset(const AreascalePlan *plan, const Alpha *a)
{
    return AREASCALE_SCRATCH_ALIGNMENT + (size_t) plan->dsp.band_rows * a->row_bytes;
}

static size_t alpha_scratch_size(const AreascalePlan *plan, const void *state)
{
    const Alpha *a = state;

    return plain_offset(plan, a) + areascale_plan_scratch_size(a->plain);
}

static void *plain_scratch(const AreascalePlan *plan, const Alpha *a, void *scratch)
{
    return (char *) scratch + plain_offset(plan, a);
}

static char *row_sums(const Alpha *a, void *scratch, int row)
{
    return (char *) scratch + AREASCALE_SCRATCH_ALIGNMENT + (size_t) row * a->row_bytes;
}

/* The input samples [first, first + n) of some output samples. */
typedef struct Columns {
    int first, n;
} Columns;

static Columns columns_of(const AreascalePlan *plan, int s0, int s1)
{
    const int first = plan->columns.first[s0];

    return (Columns){ first, plan->columns.last[s1 - 4] + 4 - first };
}

/* Input rows, row 0 being at src. */
typedef struct Rows {
    const char *src;
    ptrdiff_t stride;
    int first, n; /* those that there are */
} Rows;

/* Adds `n` rows of output row y's window, the first of them being input row k. */
static void add_rows(const AreascalePlan *plan, const Alpha *a, int y, int k, int n,
                     const Rows *rows, Columns columns, char *sums)
{
    const ptrdiff_t left = columns.first * (ptrdiff_t) areascale_sample_size(plan->in_sample);
    const AreascaleAlphaRows r = {
        .src = rows->src + (k - rows->first) * rows->stride + left,
        .stride = rows->stride,
        .rows = n,
        .n = columns.n,
        .alpha = a->sample,
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .weight = areascale_axis_weight(&plan->rows, y, k),
        .accumulate = k > plan->rows.windows[y].start,
        .sums = sums,
    };

    a->vsum(&r);
}

/* How far the rows from input row k on weigh what k does; `end` at most. */
static int end_of_weight(const AreascaleAxis *rows, AreascaleWindow window, int k, int end)
{
    if (!rows->weighed || k == window.end - 1)
        return end;
    if (k == window.start)
        return k + 1;
    return end < window.end - 1 ? end : window.end - 1;
}

/* Adds those of the input rows that are in the window of output row y. */
static void feed_window(const AreascalePlan *plan, const Alpha *a, int y, const Rows *rows,
                        Columns columns, char *sums)
{
    const AreascaleWindow window = plan->rows.windows[y];
    const int end = window.end < rows->first + rows->n ? window.end : rows->first + rows->n;

    for (int k = window.start > rows->first ? window.start : rows->first, next; k < end;
         k = next) {
        next = end_of_weight(&plan->rows, window, k, end);
        add_rows(plan, a, y, k, next - k, rows, columns, sums);
    }
}

/* Makes the pixels that have alpha; returns whether all have. */
static bool make_row(const AreascalePlan *plan, const Alpha *a, int y, char *dst, int s0,
                     int s1, const char *sums, int origin)
{
    const AreascaleAlphaRow row = {
        .columns = &plan->columns,
        .sums = sums,
        .origin = origin,
        .row_weight = (uint32_t) plan->rows.class_weight[plan->rows.cls[y]],
        .lift = lift_of(plan),
        .drop = drop_of(plan),
        .out_max = areascale_plan_out_max(plan),
        .s0 = s0,
        .s1 = s1,
        .alpha = a->sample,
        .shift = plan->out_shift,
        .dst = dst,
    };

    return a->hsum(&row);
}

/* Makes a panel of output row y. Pixels without alpha stay what they are; if there are any,
 * they are made first, and the others again. */
static void make_panel(const AreascalePlan *plan, const Alpha *a, const AreascalePart *part,
                       int y, int s0, int s1)
{
    const Rows rows = { part->src, part->src_stride, 0, plan->geometry.in_height };
    const Columns columns = columns_of(plan, s0, s1);
    const AreascaleRect rect = { s0 / 4, y, s1 / 4, y + 1 };
    char *sums = row_sums(a, part->scratch, 0), *dst = part->dst + y * part->dst_stride;

    feed_window(plan, a, y, &rows, columns, sums);
    if (make_row(plan, a, y, dst, s0, s1, sums, columns.first))
        return;
    areascale_run(a->plain, part->dst, part->dst_stride, part->src, part->src_stride, &rect,
                  plain_scratch(plan, a, part->scratch));
    make_row(plan, a, y, dst, s0, s1, sums, columns.first);
}

static void alpha_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    const Alpha *a = state;

    for (int y = part->y0; y < part->y1; y++)
        for (int s = part->s0; s < part->s1; s += a->panel)
            make_panel(plan, a, part, y, s,
                       part->s1 - s < a->panel ? part->s1 : s + a->panel);
}

static void alpha_begin(const AreascalePlan *plan, const void *state, int y0, int y1,
                        void *scratch)
{
    const Alpha *a = state;

    *(Span *) scratch = (Span){ y0, y1 };
    areascale_band_begin(a->plain, y0, y1, plain_scratch(plan, a, scratch));
}

static void alpha_feed(const AreascalePlan *plan, const void *state, const char *src,
                       ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const Span span = *(const Span *) scratch;
    const Rows rows = { src, stride, row0, n_rows };
    const Columns all = { 0, plan->in_samples };
    const Alpha *a = state;

    for (int y = span.y0; y < span.y1; y++)
        feed_window(plan, a, y, &rows, all, row_sums(a, scratch, y - span.y0));
    areascale_band_feed(a->plain, src, stride, row0, n_rows, plain_scratch(plan, a, scratch));
}

static void alpha_finish(const AreascalePlan *plan, const void *state, char *dst,
                         ptrdiff_t stride, void *scratch)
{
    const Span span = *(const Span *) scratch;
    const Alpha *a = state;

    areascale_band_finish(a->plain, dst, stride, plain_scratch(plan, a, scratch));
    for (int y = span.y0; y < span.y1; y++, dst += stride)
        make_row(plan, a, y, dst, 0, plan->out_samples, row_sums(a, scratch, y - span.y0), 0);
}

static const AreascaleBands alpha_bands = { alpha_begin, alpha_feed, alpha_finish };

const AreascalePath areascale_path_alpha = {
    .name = "alpha",
    .means = AREASCALE_MEAN_ALPHA,
    .bands = &alpha_bands,
    .init = alpha_init,
    .prepare = alpha_prepare,
    .scratch_size = alpha_scratch_size,
    .run = alpha_run,
    .clear = alpha_clear,
};
