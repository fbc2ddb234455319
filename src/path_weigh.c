/* areascale: the path of means whose samples do not weigh the same, or are of 32 bits
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A row at a time: the rows of a window are added up, each by its weight, and then the
 * column sums of each output sample, by theirs.
 */

#include <errno.h>
#include <stdlib.h>

#include "path.h"
#include "plan.h"

/* The path's state. */
typedef struct Weighing {
    AreascaleVweighFn vweigh;
    AreascaleHweighFn hweigh;
    AreascaleVweighFn vweigh_partial; /* of 16-bit sums */
    AreascaleVsum16Fn vsum16;         /* the one for the plane's samples */
    int batch_rows;                   /* rows whose column sums fit 16 bits */
    bool has_reciprocals;
    size_t row_bytes; /* of column sums */
} Weighing;

static size_t align_up(size_t size)
{
    return (size + AREASCALE_SCRATCH_ALIGNMENT - 1) / AREASCALE_SCRATCH_ALIGNMENT *
           AREASCALE_SCRATCH_ALIGNMENT;
}

/* Each input row costs, and each column sum and sample of each output row. */
static double cost_of(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;

    return 0.05 * plan->in_samples * (g->in_height + 2.0 * g->out_height) +
           g->out_height * (0.35 * plan->in_samples + 2.5 * plan->out_samples);
}

static int weigh_init(const AreascalePlan *plan, void **state, double *cost)
{
    const uint64_t max_sum =
        (uint64_t) areascale_axis_max_weight(&plan->rows) * plan->mask;
    const bool wide = plan->in_sample == AREASCALE_SAMPLE_32 || max_sum > UINT32_MAX;
    const size_t sum = wide ? sizeof(uint64_t) : sizeof(uint32_t);
    Weighing *weighing = malloc(sizeof(*weighing));

    if (!weighing)
        return -ENOMEM;
    *weighing = (Weighing){
        .vweigh = plan->dsp.vweigh[plan->in_sample][wide],
        .hweigh = plan->dsp.hweigh[plan->out_sample][wide],
        .vweigh_partial = plan->dsp.vweigh[AREASCALE_SAMPLE_16][wide],
        .vsum16 = plan->geometry.depth < 8 ? plan->dsp.vsum16_bits
                                           : plan->dsp.vsum16[plan->in_sample],
        .batch_rows = (int) (UINT16_MAX / plan->mask),
        .has_reciprocals = plan->mean == AREASCALE_MEAN_WEIGHED &&
                           plan->divisors.arith != AREASCALE_ARITH_EXACT,
        .row_bytes = align_up((size_t) plan->in_samples * sum),
    };
    *state = weighing;
    *cost = cost_of(plan);
    return 0;
}

/* The scratch memory of a thread: Span | 16-bit sums of a row | column sums of each row of
 * a band, each aligned to AREASCALE_SCRATCH_ALIGNMENT. */

/* The band under way: output rows [y0, y1). */
typedef struct Span {
    int y0, y1;
} Span;

/* A row of 16-bit sums, padded for vectors. */
static size_t partial_size(const AreascalePlan *plan)
{
    const size_t n = ((size_t) plan->in_samples / AREASCALE_BLOCK_COLUMNS + 2) *
                     AREASCALE_BLOCK_COLUMNS;

    return align_up(n * sizeof(uint16_t));
}

static size_t weigh_scratch_size(const AreascalePlan *plan, const void *state)
{
    const Weighing *w = state;

    return align_up(sizeof(Span)) + partial_size(plan) +
           (size_t) plan->dsp.band_rows * w->row_bytes;
}

static uint16_t *partial_sums(void *scratch)
{
    return (uint16_t *) ((char *) scratch + align_up(sizeof(Span)));
}

static void *row_sums(const AreascalePlan *plan, const Weighing *w, void *scratch, int row)
{
    return (char *) partial_sums(scratch) + partial_size(plan) +
           (size_t) row * w->row_bytes;
}

/* Adds rows of one weight by way of 16-bit sums. */
static void add_batches(const AreascalePlan *plan, const Weighing *w, int rows,
                        uint32_t weight, const char *src, ptrdiff_t stride, void *sums,
                        void *scratch)
{
    uint16_t *partial = partial_sums(scratch);

    while (rows > 0) {
        const int batch = rows < w->batch_rows ? rows : w->batch_rows;

        w->vsum16(partial, src, stride, batch, plan->in_samples, plan->geometry.shift,
                  plan->mask, AREASCALE_STREAMS * stride, false);
        w->vweigh_partial(sums, partial, 0, 1, plan->in_samples, 0, UINT16_MAX, weight,
                          true);
        src += batch * stride;
        rows -= batch;
    }
}

/* Adds `rows` rows of output row y's window, the first of them being input row k. */
static void add_rows(const AreascalePlan *plan, const Weighing *w, int y, int k, int rows,
                     const char *src, ptrdiff_t stride, void *sums, void *scratch)
{
    enum { MIN_BATCH = 3 };
    const int start = plan->rows.windows[y].start;
    const uint32_t weight = areascale_axis_weight(&plan->rows, y, k);

    if (k > start && rows >= MIN_BATCH && w->batch_rows >= MIN_BATCH)
        add_batches(plan, w, rows, weight, src, stride, sums, scratch);
    else
        w->vweigh(sums, src, stride, rows, plan->in_samples, plan->geometry.shift,
                  plan->mask, weight, k > start);
}

/* Feeds those of the input rows [row0, row0 + n_rows) that are in the window of output
 * row y, those that weigh the same together. */
static void feed_window(const AreascalePlan *plan, const Weighing *w, int y,
                        const char *src, ptrdiff_t stride, int row0, int n_rows, void *sums,
                        void *scratch)
{
    const AreascaleWindow window = plan->rows.windows[y];
    const int end = window.end < row0 + n_rows ? window.end : row0 + n_rows;

    for (int k = window.start > row0 ? window.start : row0, next; k < end; k = next) {
        next = k == window.start ? k + 1 : k == window.end - 1 ? end : window.end - 1;
        if (next > end)
            next = end;
        add_rows(plan, w, y, k, next - k, src + (k - row0) * stride, stride, sums,
                 scratch);
    }
}

static void make_row(const AreascalePlan *plan, const Weighing *w, int y, char *dst, int s0,
                     int s1, const void *sums)
{
    const int lift = plan->out_depth - plan->geometry.depth;
    const AreascaleWeighRow row = {
        .columns = &plan->columns,
        .sums = sums,
        .row_weight = (uint64_t) plan->rows.class_weight[plan->rows.cls[y]]
                      << (lift < 0 ? -lift : 0),
        .lift = lift > 0 ? lift : 0,
        .out_max = areascale_plan_out_max(plan),
        .reciprocal = w->has_reciprocals
                          ? plan->divisors.reciprocal[plan->rows.cls[y]]
                          : NULL,
        .div_shift = plan->divisors.shift,
        .s0 = s0,
        .s1 = s1,
        .shift = plan->out_shift,
        .dst = dst,
    };

    w->hweigh(&row);
}

static void weigh_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    void *sums = row_sums(plan, state, part->scratch, 0);

    for (int y = part->y0; y < part->y1; y++) {
        feed_window(plan, state, y, part->src, part->src_stride, 0,
                    plan->geometry.in_height, sums, part->scratch);
        make_row(plan, state, y, part->dst + y * part->dst_stride, part->s0, part->s1,
                 sums);
    }
}

static void weigh_begin(const AreascalePlan *plan, const void *state, int y0, int y1,
                        void *scratch)
{
    (void) plan;
    (void) state;
    *(Span *) scratch = (Span){ y0, y1 };
}

static void weigh_feed(const AreascalePlan *plan, const void *state, const char *src,
                       ptrdiff_t stride, int row0, int n_rows, void *scratch)
{
    const Span span = *(const Span *) scratch;

    for (int y = span.y0; y < span.y1; y++)
        feed_window(plan, state, y, src, stride, row0, n_rows,
                    row_sums(plan, state, scratch, y - span.y0), scratch);
}

static void weigh_finish(const AreascalePlan *plan, const void *state, char *dst,
                         ptrdiff_t stride, void *scratch)
{
    const Span span = *(const Span *) scratch;

    for (int y = span.y0; y < span.y1; y++, dst += stride)
        make_row(plan, state, y, dst, 0, plan->out_samples,
                 row_sums(plan, state, scratch, y - span.y0));
}

static const AreascaleBands weigh_bands = { weigh_begin, weigh_feed, weigh_finish };

const AreascalePath areascale_path_weigh = {
    .name = "weigh",
    .means = AREASCALE_MEAN_WEIGHED | AREASCALE_MEAN_LONG,
    .bands = &weigh_bands,
    .init = weigh_init,
    .scratch_size = weigh_scratch_size,
    .run = weigh_run,
    .clear = free,
};
