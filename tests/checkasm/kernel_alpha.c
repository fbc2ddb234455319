/* areascale: calls of the kernels of means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "kernels.h"

/* What is less than this can be a sum, of a window and half of its divisor. */
#define LIMIT 0x80000000u

static const AreascaleDsp *plain(void)
{
    static AreascaleDsp dsp;

    areascale_dsp_init(&dsp, AREASCALE_CPU_C);
    return &dsp;
}

/* --- vertical --- */

static void make_rows(Call *call, const AreascaleAlphaRows *rows, Pattern pattern,
                      const RowsShape *shape, Random *r)
{
    const size_t padded = (size_t) (rows->n + AREASCALE_BLOCK_COLUMNS - 1) /
                          AREASCALE_BLOCK_COLUMNS * AREASCALE_BLOCK_COLUMNS;
    AreascaleAlphaRows *args = call_args(call, sizeof(*args));

    rows_init(&call->src, (size_t) rows->n, rows->rows, shape);
    rows_fill(&call->src, pattern, 1, 255, r);
    block_init(&call->dst, padded * sizeof(uint32_t));
    block_init(&call->expected, padded * sizeof(uint32_t));
    *args = *rows;
    args->src = call->src.row0;
    args->stride = call->src.stride;
    args->mask = 255;
    call->compared = (size_t) rows->n * sizeof(uint32_t);
    for (int x = 0; x < rows->n; x++) /* what there is, and is to be added to */
        ((uint32_t *) call->dst.row0)[x] = random_next(r) % LIMIT;
    memcpy(call->expected.row0, call->dst.row0, call->compared);
}

static void make_vsum(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int most = n % 8 ? 9 : 300;
    const AreascaleAlphaRows rows = {
        .rows = random_in(r, 1, most),
        .n = 4 * width_of_case(n, 1300, r),
        .alpha = random_in(r, 0, 3),
        .weight = random_in(r, 0, 1) ? 1 : (uint32_t) random_in(r, 1, 32768 / most),
        .accumulate = random_in(r, 0, 1),
    };
    const RowsShape shape = random_rows_shape(1, r);
    const Pattern pattern = random_pattern(r);

    check_case(check,
               "%s: %d rows of %d, alpha %d, weight %u, accumulate %d, place %d, pattern %d",
               call->kernel->name, rows.rows, rows.n, rows.alpha, (unsigned) rows.weight,
               rows.accumulate, (int) shape.place, (int) pattern);
    make_rows(call, &rows, pattern, &shape, r);
}

static void make_usual_vsum(Call *call, Check *check)
{
    const AreascaleAlphaRows rows = { .rows = 3, .n = 4 * 1024, .alpha = 3, .weight = 1 };

    make_rows(call, &rows, PATTERN_NOISE, &(RowsShape) { .place = PLACE_LOOSE },
              &check->random);
}

static void run_vsum(const Call *call, KernelFn kernel, const Rows *dst)
{
    AreascaleAlphaRows rows = *(const AreascaleAlphaRows *) call->args;

    rows.sums = dst->row0;
    ((AreascaleAlphaVsumFn) kernel)(&rows);
}

static void run_plain_vsum(const Call *call, const Rows *dst)
{
    run_vsum(call, (KernelFn) plain()->alpha_vsum[AREASCALE_SAMPLE_8][AREASCALE_ALPHA_NARROW],
             dst);
}

const KernelKind kind_alpha_vsum = {
    .make = make_vsum,
    .make_usual = make_usual_vsum,
    .run = run_vsum,
    .run_plain = run_plain_vsum,
};

/* --- horizontal --- */

typedef struct Hsum {
    AreascaleAlphaRow row;
    AreascaleColumns columns;
} Hsum;

/* Column sums of a number of rows whose weights are row_weight together: those of
 * products are at most 255 times those of alpha, to the last unit of either side. */
static void fill_sums(const Hsum *h, uint32_t *sums, int n, Random *r)
{
    const uint32_t most = 255 * h->row.row_weight;

    for (int x = 0; x < n; x += 4) {
        const int kind = random_in(r, 0, 4);
        const uint32_t alpha = kind == 0   ? 0
                               : kind == 1 ? 1
                               : kind == 2 ? most
                                           : random_next(r) % (most + 1);

        for (int i = 0; i < 4; i++) {
            const int near = random_in(r, 0, 3);
            const uint32_t level = random_next(r) % 256;
            uint32_t sum = alpha * level;

            /* about where the mean is rounded */
            if (near == 0 && level < 255)
                sum += (alpha + 1) / 2;
            else if (near == 1 && level < 255 && alpha > 0)
                sum += (alpha + 1) / 2 - 1;
            sums[x + i] = i == h->row.alpha ? alpha : sum;
        }
    }
}

static void make_columns(Call *call, const AreascaleGeometry *g, int alpha, uint32_t weight,
                         Random *r)
{
    Hsum *h = call_args(call, sizeof(*h));
    const int ret = areascale_columns_init(&h->columns, g);

    check_that(ret == 0, g, AREASCALE_CPU_C, "no columns");
    h->row = (AreascaleAlphaRow) {
        .row_weight = weight, .out_max = 255, .s1 = 4 * g->out_width, .alpha = alpha
    };
    if (random_in(r, 0, 1)) { /* a part */
        h->row.s0 = 4 * random_in(r, 0, g->out_width - 1);
        h->row.origin = h->columns.first[h->row.s0];
    }
    block_init(&call->src, 4 * sizeof(uint32_t) * (size_t) g->in_width);
    fill_sums(h, (uint32_t *) call->src.row0, 4 * g->in_width, r);
    h->row.sums = (uint32_t *) call->src.row0 + h->row.origin;
    block_init(&call->dst, 4 * (size_t) g->out_width);
    block_init(&call->expected, 4 * (size_t) g->out_width);
}

static int max_window(const AreascaleColumns *columns)
{
    int most = 0;

    for (int c = 0; c < columns->n_classes; c++)
        if (columns->class_weight[c] > most)
            most = columns->class_weight[c];
    return most;
}

/* The most rows that windows of a geometry can have. */
static uint32_t max_rows(const AreascaleGeometry *g)
{
    AreascaleColumns columns;
    uint32_t rows = 0;

    if (areascale_columns_init(&columns, g) == 0)
        rows = (LIMIT - 1) / (255 * 256) / (uint32_t) max_window(&columns);
    areascale_columns_clear(&columns);
    return rows;
}

static void make_hsum(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    AreascaleGeometry g = {
        .in_width = random_size(r, 900),
        .in_height = 1,
        .out_width = width_of_case(n, 900, r),
        .out_height = 1,
        .layout = AREASCALE_LAYOUT_4,
        .depth = 8,
    };
    const int alpha = random_in(r, 0, 3);
    uint32_t most;

    random_means(&g, r);
    most = max_rows(&g);
    if (most == 0) { /* windows of this kernel are not so large */
        g.method = AREASCALE_METHOD_ADAPTIVE;
        most = max_rows(&g);
    }
    check_case(check, "%s: %d to %d, method %d, spans %d%+d/%d, alpha %d, rows up to %u",
               call->kernel->name, g.in_width, g.out_width, (int) g.method, g.x.step,
               g.x.offset, g.x.unit, alpha, (unsigned) most);
    make_columns(call, &g, alpha,
                 random_in(r, 0, 2) ? 1 + random_next(r) % (most < 9 ? most : 9) : most, r);
}

static void make_usual_hsum(Call *call, Check *check)
{
    const AreascaleGeometry g = { .in_width = 1920, .in_height = 1, .out_width = 640,
                                  .out_height = 1, .layout = AREASCALE_LAYOUT_4, .depth = 8 };

    make_columns(call, &g, 3, 3, &check->random);
}

static void run_hsum(const Call *call, KernelFn kernel, const Rows *dst)
{
    AreascaleAlphaRow row = ((const Hsum *) call->args)->row;

    row.columns = &((const Hsum *) call->args)->columns;
    row.dst = dst->row0;
    ((AreascaleAlphaHsumFn) kernel)(&row);
}

static void run_plain_hsum(const Call *call, const Rows *dst)
{
    run_hsum(call, (KernelFn) plain()->alpha_hsum[AREASCALE_SAMPLE_8][AREASCALE_ALPHA_NARROW],
             dst);
}

static void clear_hsum(Call *call)
{
    areascale_columns_clear(&((Hsum *) call->args)->columns);
}

const KernelKind kind_alpha_hsum = {
    .make = make_hsum,
    .make_usual = make_usual_hsum,
    .run = run_hsum,
    .run_plain = run_plain_hsum,
    .clear = clear_hsum,
};
