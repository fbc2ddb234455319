/* areascale: the path of means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A row at a time: the rows of a window are added up, and then the column sums of each
 * output pixel, of its products with alpha and of its samples alone.
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
    int sample;       /* of a pixel, that is alpha */
    size_t row_bytes; /* of the sums of a row of products, or of samples */
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
    if (rows * columns <= UINT32_MAX / most)
        return AREASCALE_ALPHA_NARROW;
    if (rows * columns > UINT64_MAX / most)
        return AREASCALE_ALPHA_WIDE;
    return rows <= UINT32_MAX / most ? AREASCALE_ALPHA_MIXED : AREASCALE_ALPHA_LONG;
}

static int alpha_init(const AreascalePlan *plan, void **state, double *cost)
{
    static const size_t sizes[AREASCALE_N_ALPHA_SUMS] = { 4, 4, 8, sizeof(AreascaleLimbs) };
    const AreascaleAlphaSums sums = sums_of(plan);
    Alpha *alpha = malloc(sizeof(*alpha));

    if (!alpha)
        return -ENOMEM;
    *alpha = (Alpha){
        .vsum = plan->dsp.alpha_vsum[plan->in_sample][sums],
        .hsum = plan->dsp.alpha_hsum[plan->out_sample][sums],
        .sample = plan->geometry.alpha - 1,
        .row_bytes =
            ((size_t) plan->in_samples * sizes[sums] + AREASCALE_SCRATCH_ALIGNMENT - 1) /
            AREASCALE_SCRATCH_ALIGNMENT * AREASCALE_SCRATCH_ALIGNMENT,
    };
    *state = alpha;
    *cost = 0.5 * areascale_plan_in_bytes(plan);
    return 0;
}

/* The scratch memory of a thread: Span | column sums of products and of samples of each
 * row of a band, each aligned to AREASCALE_SCRATCH_ALIGNMENT. */

/* The band under way: output rows [y0, y1). */
typedef struct Span {
    int y0, y1;
} Span;

static size_t alpha_scratch_size(const AreascalePlan *plan, const void *state)
{
    const Alpha *a = state;

    return AREASCALE_SCRATCH_ALIGNMENT + (size_t) plan->dsp.band_rows * 2 * a->row_bytes;
}

/* The sums of products; those of samples are a->row_bytes on. */
static char *row_sums(const Alpha *a, void *scratch, int row)
{
    return (char *) scratch + AREASCALE_SCRATCH_ALIGNMENT + (size_t) row * 2 * a->row_bytes;
}

/* Adds `rows` rows of output row y's window, the first of them being input row k. */
static void add_rows(const AreascalePlan *plan, const Alpha *a, int y, int k, int rows,
                     const char *src, ptrdiff_t stride, char *sums)
{
    const AreascaleAlphaRows r = {
        .src = src,
        .stride = stride,
        .rows = rows,
        .n = plan->in_samples,
        .alpha = a->sample,
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .weight = areascale_axis_weight(&plan->rows, y, k),
        .accumulate = k > plan->rows.windows[y].start,
        .products = sums,
        .samples = sums + a->row_bytes,
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

/* Feeds those of the input rows [row0, row0 + n_rows) that are in the window of output
 * row y. */
static void feed_window(const AreascalePlan *plan, const Alpha *a, int y, const char *src,
                        ptrdiff_t stride, int row0, int n_rows, char *sums)
{
    const AreascaleWindow window = plan->rows.windows[y];
    const int end = window.end < row0 + n_rows ? window.end : row0 + n_rows;

    for (int k = window.start > row0 ? window.start : row0, next; k < end; k = next) {
        next = end_of_weight(&plan->rows, window, k, end);
        add_rows(plan, a, y, k, next - k, src + (k - row0) * stride, stride, sums);
    }
}

static void make_row(const AreascalePlan *plan, const Alpha *a, int y, char *dst, int s0,
                     int s1, const char *sums)
{
    const AreascaleAlphaRow row = {
        .columns = &plan->columns,
        .products = sums,
        .samples = sums + a->row_bytes,
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

    a->hsum(&row);
}

static void alpha_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    char *sums = row_sums(state, part->scratch, 0);

    for (int y = part->y0; y < part->y1; y++) {
        feed_window(plan, state, y, part->src, part->src_stride, 0,
                    plan->geometry.in_height, sums);
        make_row(plan, state, y, part->dst + y * part->dst_stride, part->s0, part->s1,
                 sums);
    }
}

static void alpha_begin(const AreascalePlan *plan, const void *state, int y0, int y1,
                        void *scratch)
{
    (void) plan;
    (void) state;
    *(Span *) scratch = (Span){ y0, y1 };
}

static void alpha_feed(const AreascalePlan *plan, const void *state, const char *src,
                       ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const Span span = *(const Span *) scratch;

    for (int y = span.y0; y < span.y1; y++)
        feed_window(plan, state, y, src, stride, row0, n_rows,
                    row_sums(state, scratch, y - span.y0));
}

static void alpha_finish(const AreascalePlan *plan, const void *state, char *dst,
                         ptrdiff_t stride, void *scratch)
{
    const Span span = *(const Span *) scratch;

    for (int y = span.y0; y < span.y1; y++, dst += stride)
        make_row(plan, state, y, dst, 0, plan->out_samples,
                 row_sums(state, scratch, y - span.y0));
}

static const AreascaleBands alpha_bands = { alpha_begin, alpha_feed, alpha_finish };

const AreascalePath areascale_path_alpha = {
    .name = "alpha",
    .means = AREASCALE_MEAN_ALPHA,
    .bands = &alpha_bands,
    .init = alpha_init,
    .scratch_size = alpha_scratch_size,
    .run = alpha_run,
    .clear = free,
};
