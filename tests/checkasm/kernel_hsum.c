/* areascale: calls of the horizontal step's kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "divide.h"
#include "kernels.h"
#include "naive.h"

/* The arguments of a call. The source's rows are column sums. */
typedef struct Banded {
    AreascaleGeometry g; /* of the columns, depth and shift; heights are 1 */
    AreascaleAxis rows;  /* its classes alone */
    AreascaleColumns columns;
    AreascaleDivisors divisors;
    int row_class[AREASCALE_MAX_BAND_ROWS];
    AreascaleBand band; /* without its output */
    Rows panels, scratch;
} Banded;

static AreascaleArith arith_of(const Call *call)
{
    return (AreascaleArith) (call->kernel->type / AREASCALE_N_SAMPLES);
}

static bool has_bytes(const Call *call)
{
    return call->kernel->type % AREASCALE_N_SAMPLES == AREASCALE_SAMPLE_8;
}

/* Another depth of the output than that of the sums, or the same. */
static bool is_rescaled(const Banded *b)
{
    return b->g.depth != b->g.out_depth;
}

static unsigned mask_of(const Banded *b)
{
    return (1u << b->g.depth) - 1;
}

static int random_length(Random *r, int log2)
{
    return random_in(r, 1, 1 << random_in(r, 0, log2));
}

static void choose_columns(const Call *call, int n, Random *r)
{
    Banded *b = call->args;
    AreascaleGeometry *g = &b->g;
    const int width = width_of_case(n, 700, r);

    g->layout = (AreascaleLayout) random_in(r, 0, AREASCALE_N_LAYOUTS - 1);
    g->out_depth = has_bytes(call) ? random_in(r, 1, 8) : random_in(r, 9, 16);
    g->out_shift = random_in(r, 0, (has_bytes(call) ? 8 : 16) - g->out_depth);
    g->depth = random_in(r, 0, 2) ? g->out_depth : random_in(r, 1, 16);
    g->in_height = g->out_height = 1;
    g->in_width = g->out_width = width;
    switch (random_in(r, 0, 4)) {
    case 0: break;
    case 1: g->in_width = random_in(r, 1, 700); break;
    default: g->in_width = width * random_length(r, 4) + random_in(r, 0, width - 1);
    }
    g->x = (AreascaleSpans) { 0, 0, 0 };
    /* spans set luma and chroma apart */
    for (int i = 0; !g->x.unit && i < (g->layout >= AREASCALE_LAYOUT_YUYV ? 8 : 1); i++)
        g->x = random_spans(r, naive_spanned_width(g, g->in_width),
                            naive_spanned_width(g, g->out_width));
}

/* Rows of windows with which the columns have the arithmetic; false if none were found. */
static bool choose_rows(const Call *call, Random *r)
{
    Banded *b = call->args;

    for (int i = 0; i < 30; i++) {
        const int taps = random_length(r, 15), less = random_in(r, 0, 1);

        b->rows = (AreascaleAxis) {
            .n_classes = random_in(r, 1, 2),
            .class_taps = { taps + 1 - less, taps + less },
            .class_weight = { taps + 1 - less, taps + less },
        };
        areascale_divisors_init(&b->divisors, &b->rows, &b->columns, b->g.depth,
                                b->g.out_depth);
        if (b->divisors.arith == arith_of(call))
            return true;
    }
    return false;
}

static void make_columns(Banded *b)
{
    if (areascale_columns_init(&b->columns, &b->g) == 0)
        return;
    fputs("no memory\n", stderr);
    exit(EXIT_FAILURE);
}

static void choose_arith(const Call *call, int n, Random *r)
{
    Banded *b = call->args;

    for (int i = 0; i < 1000; i++) {
        choose_columns(call, n, r);
        make_columns(b);
        if (choose_rows(call, r))
            return;
        areascale_columns_clear(&b->columns);
    }
    fprintf(stderr, "%s: no columns of %d samples\n", call->kernel->name, b->g.out_width);
    exit(EXIT_FAILURE);
}

static int group_of(const Banded *b)
{
    return areascale_group(b->g.layout)->n_samples;
}

static int samples_of(const Banded *b, int width)
{
    return (int) naive_row_samples(b->g.layout, width);
}

static AreascalePanel panel_of(const AreascaleColumns *c, int s0, int s1)
{
    AreascalePanel panel = { s0, s1, c->first[s0], c->last[s0] + 1 };

    for (int s = s0; s < s1; s++) {
        panel.c0 = c->first[s] < panel.c0 ? c->first[s] : panel.c0;
        panel.c1 = c->last[s] >= panel.c1 ? c->last[s] + 1 : panel.c1;
    }
    return panel;
}

/* Panels of any number of groups, of which one alone may span too many columns. */
static void make_panels(Banded *b, Random *r)
{
    const int n_samples = samples_of(b, b->g.out_width), group = group_of(b);
    AreascalePanel *panels;

    block_init(&b->panels, (size_t) (n_samples / group) * sizeof(*panels));
    b->band.panels = panels = (AreascalePanel *) b->panels.row0;
    for (int s = 0; s < n_samples; s = panels[b->band.n_panels++].s1) {
        const int most = random_in(r, 1, AREASCALE_PANEL_COLUMNS);
        AreascalePanel panel = panel_of(&b->columns, s, s + group), longer = panel;

        while (longer.s1 < n_samples && longer.c1 - longer.c0 <= most) {
            panel = longer;
            longer = panel_of(&b->columns, s, panel.s1 + group);
        }
        panels[b->band.n_panels] = longer.c1 - longer.c0 <= most ? longer : panel;
    }
}

/* Column sums of windows of so many rows, and noise in what lies past them. */
static void fill_sums(const Call *call, int y, size_t n, Pattern pattern, Random *r)
{
    const Banded *b = call->args;
    const uint32_t most = (uint32_t) b->rows.class_taps[b->row_class[y]] * mask_of(b);
    void *row = rows_at(&call->src, y);

    for (size_t x = 0; x < n; x++) {
        const uint32_t sum = pattern == PATTERN_ZERO    ? 0
                             : pattern == PATTERN_MAX   ? most
                             : pattern == PATTERN_NOISE ? random_next(r) % (most + 1)
                                                        : most - random_next(r) % 2;

        if (areascale_sum_size(arith_of(call)) == sizeof(uint16_t))
            ((uint16_t *) row)[x] = (uint16_t) sum;
        else
            ((uint32_t *) row)[x] = sum;
    }
}

static void make_sums(Call *call, Pattern pattern, Random *r)
{
    Banded *b = call->args;
    const size_t size = areascale_sum_size(arith_of(call));
    const size_t n = (size_t) samples_of(b, b->g.in_width);
    const size_t padded = (n / AREASCALE_BLOCK_COLUMNS + 2) * AREASCALE_BLOCK_COLUMNS;

    rows_init(&call->src, padded * size, b->band.n_rows, &(RowsShape) { .place = PLACE_LOOSE });
    rows_fill(&call->src, PATTERN_NOISE, size, 0, r);
    for (int y = 0; y < AREASCALE_MAX_BAND_ROWS; y++) {
        const int at = y < b->band.n_rows ? y : b->band.n_rows - 1;

        b->row_class[y] = y == at ? random_in(r, 0, b->rows.n_classes - 1) : b->row_class[at];
        b->band.sums[y] = rows_at(&call->src, at);
        if (y == at)
            fill_sums(call, y, n, pattern, r);
    }
}

static void set_divisors(Banded *b)
{
    for (int y = 0; y < AREASCALE_MAX_BAND_ROWS; y++)
        for (int c = 0; c < b->columns.n_classes; c++) {
            b->band.area[c][y] = b->divisors.area[b->row_class[y]][c];
            b->band.reciprocal[c][y] = b->divisors.reciprocal[b->row_class[y]][c];
        }
    b->band.div_shift = b->divisors.shift;
    b->band.chunk =
        (int) (UINT16_MAX / ((uint64_t) areascale_axis_max_taps(&b->rows) * mask_of(b)));
}

/* The memory of a call whose columns and rows are chosen. */
static void make_memory(Call *call, Pattern pattern, const RowsShape *shape, Random *r)
{
    Banded *b = call->args;
    const AreascaleGeometry output = naive_output(&b->g);
    const size_t row_bytes = naive_row_bytes(&output, b->g.out_width);

    make_panels(b, r);
    make_sums(call, pattern, r);
    set_divisors(b);
    block_init(&b->scratch, AREASCALE_BAND_SCRATCH);
    rows_init(&call->dst, row_bytes, b->band.n_rows, shape);
    rows_init(&call->expected, row_bytes, b->band.n_rows, shape);
    b->band.columns = &b->columns;
    b->band.rescaled = is_rescaled(b);
    b->band.lift = b->divisors.lift;
    b->band.out_max = (1u << b->g.out_depth) - 1;
    b->band.out_shift = b->g.out_shift;
    b->band.scratch = b->scratch.row0;
}

static void make(Call *call, Check *check, int n)
{
    static const Pattern patterns[] = { PATTERN_NOISE, PATTERN_NOISE, PATTERN_ZERO, PATTERN_MAX,
                                        PATTERN_NEAR };
    Random *r = &check->random;
    Banded *b = call_args(call, sizeof(*b));
    const Pattern pattern = patterns[random_in(r, 0, 4)];
    RowsShape shape;
    int n_groups;

    choose_arith(call, n, r);
    shape = random_rows_shape(naive_sample_size(b->g.out_depth), r);
    n_groups = samples_of(b, b->g.out_width) / group_of(b);
    b->band.n_rows = random_in(r, 1, check->dsp.band_rows);
    b->band.s0 = random_in(r, 0, 1) ? 0 : random_in(r, 0, n_groups - 1) * group_of(b);
    b->band.s1 = n_groups * group_of(b);
    if (random_in(r, 0, 1))
        b->band.s1 = b->band.s0 + random_in(r, 1, n_groups - b->band.s0 / group_of(b)) *
                                      group_of(b);
    check_case(check,
               "%s: %d rows of %d to %d, layout %d, depth %d, out depth %d, out shift %d, spans %d%+d/%d, windows "
               "of %d and %d rows, samples %d to %d, place %d, pattern %d",
               call->kernel->name, b->band.n_rows, b->g.in_width, b->g.out_width,
               (int) b->g.layout, b->g.depth, b->g.out_depth, b->g.out_shift, b->g.x.step, b->g.x.offset,
               b->g.x.unit, b->rows.class_taps[0],
               b->rows.class_taps[b->rows.n_classes - 1], b->band.s0, b->band.s1,
               (int) shape.place, (int) pattern);
    make_memory(call, pattern, &shape, r);
}

/* As high as the arithmetic asks for. */
static void make_usual(Call *call, Check *check)
{
    Banded *b = call_args(call, sizeof(*b));

    b->g = (AreascaleGeometry) {
        .in_width = 1920,
        .in_height = 1,
        .out_width = arith_of(call) == AREASCALE_ARITH_EXACT ? 1 : 640,
        .out_height = 1,
        .depth = has_bytes(call) ? 8 : 10,
        .out_depth = has_bytes(call) ? 8 : 10,
    };
    make_columns(b);
    b->rows.n_classes = 1;
    do {
        b->rows.class_weight[0] = ++b->rows.class_taps[0];
        areascale_divisors_init(&b->divisors, &b->rows, &b->columns, b->g.depth,
                                b->g.out_depth);
    } while (b->divisors.arith != arith_of(call));
    b->band.n_rows = check->dsp.band_rows;
    b->band.s1 = b->g.out_width;
    make_memory(call, PATTERN_NOISE, &(RowsShape) { .place = PLACE_LOOSE }, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Banded *b = call->args;
    AreascaleBand band = b->band;

    band.dst = dst->row0;
    band.dst_stride = dst->stride;
    ((AreascaleHsumFn) kernel)(&band);
}

static void clear(Call *call)
{
    Banded *b = call->args;

    areascale_columns_clear(&b->columns);
    rows_free(&b->panels);
    rows_free(&b->scratch);
}

const KernelKind kind_hsum = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .clear = clear,
};
