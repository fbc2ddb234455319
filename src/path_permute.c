/* areascale: the path that permutes whole vectors of rows into small windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One permutation of a loaded vector lays the taps of many output samples side by side,
 * each having so many slots, and a sum of neighbouring slots makes windows of them. Taps
 * that do not fit take further permutations, of the same load or of others. The tables
 * depend on the columns alone and work for any interleaving; equal ones are stored once.
 * Output rows are made a few at a time, a unit of their samples after the other.
 */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "units.h"

enum {
    N_LANES = AREASCALE_PERMUTE_LANES,
    MAX_STEPS = 32, /* output rows of a band */
    BAND_ROWS = 16, /* input rows of a band, about: their next ones stay in L1 */
};

/* The path's state. */
typedef struct Permutation {
    AreascalePermuteFn kernel;
    int shape; /* which of AREASCALE_PERMUTE_SHAPES */
    AreascalePermuteDivision division;
    AreascalePicking picking;
    int n_steps;     /* output rows of a band */
    int class_bytes; /* of a unit's divisors for a row class */
    bool by_rows;    /* words are added up after they are permuted */
    unsigned bias;   /* AreascalePermuteRows.bias */
    uint8_t lanes[N_LANES], order[N_LANES];
    AreascaleUnits tables;
} Permutation;

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

/* Whether (S * reciprocal + 2^14) >> 15 with reciprocal = ceil(2^15 / area) is the
 * rounded mean for every sum S <= max_value * area. With e = reciprocal * area - 2^15 it
 * is floor(S / area + 1/2 + S * e / (area * 2^15)). S / area + 1/2 = (2 * S + area) /
 * (2 * area) stays at least 1 / (2 * area) below the next integer, and 1 / area where
 * area, and with it the numerator, is even. */
static bool rounds_exactly(uint64_t area, uint64_t max_value)
{
    const uint64_t one = 1 << 15, reciprocal = (one + area - 1) / area;
    const uint64_t e = reciprocal * area - one;

    return area >= 2 && max_value * area <= INT16_MAX &&
           2 * max_value * area * e < one * (area % 2 ? 1 : 2);
}

/*
 * Whether trunc(fl(S * r + c)) with r = fl(2^lift / area), c = fl((area | 1) / (2 * area))
 * is floor(S * 2^lift / area + 1/2) for all sums S of quotients below 2^out_depth.
 * S * 2^lift / area + 1/2 is a multiple of 1 / (2 * area), an odd one where the area is
 * odd, an even one elsewhere; with c for the 1/2 it is an odd multiple of 1 / (2 * area),
 * and that far from any whole number. The error of r is at most 2^-24 of the quotient,
 * that of the sum 2^-25 * 2^out_depth, that of c 2^-25. S < 2^24 is a float itself.
 */
static bool divides_fused(uint64_t area, uint64_t max_value, int out_depth)
{
    return max_value * area < 1 << 24 && ((3u << out_depth) + 1) * area < 1 << 24;
}

/* Whether sums are of 32 bits when they are divided. */
static bool is_wide(AreascalePermuteDivision division)
{
    return division >= AREASCALE_DIVIDE_FLOAT;
}

/* The fastest division to words that is exact for all windows; false if there is none.
 * Sums of 2 slots are of 16 bits until then. */
static bool choose_to_words(const AreascalePlan *plan, AreascalePermuteShape shape,
                            unsigned bias, AreascalePermuteDivision *division)
{
    const AreascaleDivisors *d = &plan->divisors;
    const uint64_t most = shape.slots > 2 ? UINT32_MAX : UINT16_MAX;
    bool in_float = !d->lift, fused = !bias, fits = d->arith != AREASCALE_ARITH_EXACT;

    for (int r = 0; r < plan->rows.n_classes; r++)
        for (int c = 0; c < plan->columns.n_classes; c++) {
            in_float = in_float && areascale_divides_in_float(d->area[r][c], plan->mask);
            fused = fused && divides_fused(d->area[r][c], plan->mask, plan->out_depth);
            fits = fits && d->area[r][c] * plan->mask <= most;
        }
    *division = in_float ? AREASCALE_DIVIDE_FLOAT
                : fused  ? AREASCALE_DIVIDE_FUSED
                         : AREASCALE_DIVIDE_LIFTED;
    return fits;
}

/* The same to bytes. */
static bool choose_to_bytes(const AreascalePlan *plan, AreascalePermuteShape shape,
                            AreascalePermuteDivision *division)
{
    const AreascaleDivisors *d = &plan->divisors;
    const bool narrow = d->arith == AREASCALE_ARITH_NARROW;
    bool round = narrow, in_float = shape.slots > 2;

    for (int r = 0; r < plan->rows.n_classes; r++)
        for (int c = 0; c < plan->columns.n_classes; c++) {
            round = round && rounds_exactly(d->area[r][c], plan->mask);
            in_float = in_float && areascale_divides_in_float(d->area[r][c], plan->mask);
        }
    *division = round    ? AREASCALE_DIVIDE_ROUND
                : narrow ? AREASCALE_DIVIDE_NARROW
                         : AREASCALE_DIVIDE_FLOAT;
    return narrow || in_float;
}

static bool choose_division(const AreascalePlan *plan, AreascalePermuteShape shape,
                            unsigned bias, AreascalePermuteDivision *division)
{
    return plan->out_sample == AREASCALE_SAMPLE_16
               ? choose_to_words(plan, shape, bias, division)
               : choose_to_bytes(plan, shape, division);
}

/* Of words: where sums of rows are permuted, picks cost for an output row, otherwise for
 * an input row. */
static double cost_of_words(const AreascalePicking *p, bool by_rows)
{
    const AreascaleGeometry *g = &p->plan->geometry;
    const double picks = p->shape.vectors * p->shape.picks, loads = p->shape.loads;
    const double per_row = by_rows ? 0.25 * loads + 0.43 * picks : 0.42 * loads;
    const double per_result =
        by_rows ? 3.2 + 0.11 * p->shape.vectors : 0.45 * picks + 0.53 * p->shape.vectors;

    return p->n_units * (per_row * g->in_height + per_result * g->out_height) +
           0.001 * areascale_plan_in_bytes(p->plan);
}

static double cost_of_bytes(const AreascalePicking *p)
{
    const AreascaleGeometry *g = &p->plan->geometry;
    const AreascalePermuteShape s = p->shape;
    const double picks = s.vectors * s.picks * 0.7, loads = s.loads;
    const double per_row = (picks > loads ? picks : loads) + 0.5;
    const double per_result = 4.5 + s.vectors * (s.slots > 4 ? 1.5 : 0.5);

    return p->n_units * 0.3 * (per_row * g->in_height + per_result * g->out_height);
}

/* About the nanoseconds that a plane takes. */
static double cost_of(const AreascalePicking *p, bool by_rows)
{
    return p->plan->in_sample == AREASCALE_SAMPLE_8 ? cost_of_bytes(p)
                                                    : cost_of_words(p, by_rows);
}

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) { SLOTS, VECTORS, PICKS, LOADS },
static const AreascalePermuteShape shapes[AREASCALE_N_PERMUTE_SHAPES] = {
    AREASCALE_PERMUTE_SHAPES(SHAPE)
};
#undef SHAPE

/* Finds the cheapest shape that has a place for all taps. Returns whether there is one. */
static bool find_shape(const AreascalePlan *plan, Permutation *found, double *cost)
{
    const bool wide = plan->in_sample == AREASCALE_SAMPLE_16;
    const int n = wide ? AREASCALE_N_PERMUTE_WIDE_SHAPES : AREASCALE_N_PERMUTE_SHAPES;

    *cost = INFINITY;
    for (int i = AREASCALE_N_PERMUTE_SHAPES - n; i < AREASCALE_N_PERMUTE_SHAPES; i++) {
        const AreascalePicking picking = areascale_picking(plan, shapes[i]);
        AreascalePermuteDivision division;

        if (cost_of(&picking, found->by_rows) >= *cost ||
            !choose_division(plan, shapes[i], found->bias, &division) ||
            !areascale_picking_fits(&picking))
            continue;
        found->shape = i;
        found->division = division;
        found->picking = picking;
        *cost = cost_of(&picking, found->by_rows);
    }
    return *cost < INFINITY;
}

/* Output rows whose windows have about the rows of a band. */
static int count_steps(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;
    const int steps = (int) ((int64_t) BAND_ROWS * g->out_height / g->in_height);

    return max_int(1, min_int(steps, MAX_STEPS));
}

/* Whether windows have all of their rows once each, and each window begins with the last
 * row of the one before or after it. */
static bool rows_are_summed(const AreascaleAxis *rows)
{
    const AreascaleWindow *w = rows->windows;

    for (int y = 0; y < rows->out; y++) {
        if (areascale_axis_count(rows, y) != w[y].end - w[y].start)
            return false;
        if (y && w[y].start != w[y - 1].end && w[y].start != w[y - 1].end - 1)
            return false;
        if (y && w[y].end <= w[y - 1].end)
            return false;
    }
    return true;
}

/* Sets the kernel that can permute the plane's rows, NULL if there is none. */
static void choose_kernel(const AreascalePlan *plan, Permutation *p)
{
    const unsigned rows = (unsigned) areascale_axis_max_taps(&plan->rows);

    if (plan->geometry.depth < 8 || plan->out_depth < plan->geometry.depth)
        return;
    p->kernel = plan->dsp.permute[plan->in_sample][plan->out_sample];
    if (plan->in_sample == AREASCALE_SAMPLE_8)
        return;
    p->by_rows = rows * plan->mask > UINT16_MAX;
    if (p->by_rows)
        p->kernel = plan->dsp.permute_by_rows;
    if ((p->by_rows ? 1 : rows) * plan->mask > INT16_MAX)
        p->bias = 1 << 15;
}

static int permute_init(const AreascalePlan *plan, void **state, double *cost)
{
    Permutation found = { .by_rows = false };
    Permutation *p;

    choose_kernel(plan, &found);
    if (!found.kernel || !rows_are_summed(&plan->rows) || !find_shape(plan, &found, cost))
        return -ERANGE;
    found.n_steps = count_steps(plan);
    found.class_bytes = 2 * N_LANES * (is_wide(found.division) ? 4 : 2);
    p = malloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    *p = found;
    *state = p;
    return 0;
}

/* How much further up reciprocals stand, so that the quotient begins above the product's
 * lower 32 bits. */
static int lifted_bits(const AreascaleDivisors *d)
{
    return d->arith == AREASCALE_ARITH_NARROW ? 16 : 0;
}

/* What sums of windows are less than they are, lifted: their terms are rows' samples, or
 * sums of columns. */
static uint32_t missing(const Permutation *p, int r, int c)
{
    const AreascalePlan *plan = p->picking.plan;
    const int rows = p->by_rows ? plan->rows.class_taps[r] : 1;

    return (p->bias * (uint32_t) (rows * plan->columns.class_taps[c]))
           << plan->divisors.lift;
}

/* Sets what divides the sums of a lane. */
static void set_divisor(const Permutation *p, char *divisor, int lane, int r, int c)
{
    const AreascaleDivisors *d = &p->picking.plan->divisors;
    const uint32_t area = (uint32_t) d->area[r][c];
    uint16_t *narrow = (uint16_t *) divisor;
    uint32_t *wide = (uint32_t *) divisor;

    switch (p->division) {
    case AREASCALE_DIVIDE_FLOAT:
        wide[lane] = area / 2 + missing(p, r, c);
        wide[N_LANES + lane] = areascale_float_reciprocal(area);
        break;
    case AREASCALE_DIVIDE_LIFTED:
        wide[lane] = area / 2 + missing(p, r, c);
        wide[N_LANES + lane] = d->reciprocal[r][c] << lifted_bits(d);
        break;
    case AREASCALE_DIVIDE_FUSED:
        ((float *) divisor)[lane] = (float) (area | 1) / (float) (2 * area);
        ((float *) divisor)[N_LANES + lane] = (float) (1 << d->lift) / (float) area;
        break;
    case AREASCALE_DIVIDE_NARROW:
        narrow[lane] = (uint16_t) (area / 2);
        narrow[N_LANES + lane] = (uint16_t) d->reciprocal[r][c];
        break;
    case AREASCALE_DIVIDE_ROUND:
        narrow[lane] = 0;
        narrow[N_LANES + lane] = (uint16_t) (((1u << 15) + area - 1) / area);
    }
}

static void fill_divisors(const void *data, char *divisors, int s)
{
    const Permutation *p = data;
    const AreascalePlan *plan = p->picking.plan;

    for (int r = 0; r < plan->rows.n_classes; r++)
        for (int i = 0; i < N_LANES; i++)
            set_divisor(
                p, divisors + r * p->class_bytes, i, r,
                plan->columns.cls[areascale_picking_sample(&p->picking, s + p->lanes[i])]);
}

static int permute_prepare(const AreascalePlan *plan, void *state)
{
    Permutation *p = state;
    const AreascaleUnitDivisors divisors = {
        .size = (size_t) (plan->rows.n_classes * p->class_bytes),
        .fill = fill_divisors,
        .data = p,
    };

    plan->dsp.permute_lanes[plan->in_sample][plan->out_sample](
        p->shape, is_wide(p->division), p->lanes, p->order);
    return areascale_units_init(&p->tables, &p->picking, &divisors);
}

static void permute_clear(void *state)
{
    Permutation *p = state;

    areascale_units_clear(&p->tables);
    free(p);
}

/* Describes the output rows [y0, y1) to the kernel. */
static void set_steps(const AreascalePlan *plan, const Permutation *p, int y0, int y1,
                      AreascalePermuteStep *steps)
{
    int row = plan->rows.windows[y0].start;

    for (int y = y0; y < y1; y++) {
        const AreascaleWindow w = plan->rows.windows[y];
        const bool shared = y + 1 < y1 && plan->rows.windows[y + 1].start < w.end;

        *steps++ = (AreascalePermuteStep) {
            .rows = w.end - row - shared,
            .shared = shared,
            .divisor = plan->rows.cls[y] * p->class_bytes,
        };
        row = w.end;
    }
}

/* Makes output rows of less than a unit, of which it would write too much, aside. */
static void run_aside(const AreascalePlan *plan, const Permutation *p,
                      const AreascalePermuteRows *rows, char *scratch)
{
    const size_t size = areascale_sample_size(plan->out_sample);
    AreascalePermuteRows aside = *rows;

    aside.dst = scratch;
    aside.dst_stride = (ptrdiff_t) (N_LANES * size);
    p->kernel(&aside);
    for (int y = 0; y < rows->n_steps; y++)
        memcpy(rows->dst + y * rows->dst_stride, scratch + y * aside.dst_stride,
               (size_t) plan->out_samples * size);
}

/* What the rows of a part have in common. */
static AreascalePermuteRows rows_of(const AreascalePlan *plan, const Permutation *p,
                                    const AreascalePart *part)
{
    return (AreascalePermuteRows) {
        .shape = p->shape,
        .picks = p->tables.picks,
        .divisors = p->tables.divisors,
        .units = p->tables.units,
        .n_units = p->picking.n_units,
        .division = p->division,
        .shift = plan->divisors.shift -
                 (is_wide(p->division) ? 32 - lifted_bits(&plan->divisors)
                                                         : 16),
        .lift = plan->divisors.lift,
        .in_shift = plan->geometry.shift,
        .mask = plan->mask,
        .bias = p->bias,
        .out_shift = plan->out_shift,
        .order = p->order,
        .stride = part->src_stride,
        .dst_stride = part->dst_stride,
    };
}

static void permute_run(const AreascalePlan *plan, const void *state,
                        const AreascalePart *part)
{
    const Permutation *p = state;
    AreascalePermuteStep steps[MAX_STEPS];
    AreascalePermuteRows rows = rows_of(plan, p, part);

    rows.steps = steps;
    for (int y = part->y0; y < part->y1; y += p->n_steps) {
        const int y1 = min_int(y + p->n_steps, part->y1), next = min_int(y1, part->y1 - 1);
        const int row = plan->rows.windows[y].start;

        set_steps(plan, p, y, y1, steps);
        rows.n_steps = y1 - y;
        rows.src = part->src + row * part->src_stride;
        rows.ahead = (plan->rows.windows[next].start - row) * part->src_stride;
        rows.dst = part->dst + y * part->dst_stride;
        if (plan->out_samples < p->picking.unit_samples)
            run_aside(plan, p, &rows, part->scratch);
        else
            p->kernel(&rows);
    }
}

static size_t permute_scratch_size(const AreascalePlan *plan, const void *state)
{
    return (size_t) ((const Permutation *) state)->n_steps * N_LANES *
           areascale_sample_size(plan->out_sample);
}

static const char *permute_describe(const AreascalePlan *plan, const void *state)
{
    static const char *const names[] = {
        [AREASCALE_DIVIDE_ROUND] = "permute/16",
        [AREASCALE_DIVIDE_NARROW] = "permute/16",
        [AREASCALE_DIVIDE_FLOAT] = "permute/32",
        [AREASCALE_DIVIDE_LIFTED] = "permute/32",
        [AREASCALE_DIVIDE_FUSED] = "permute/32",
    };

    (void) plan;
    return names[((const Permutation *) state)->division];
}

const AreascalePath areascale_path_permute = {
    .name = "permute",
    .means = AREASCALE_MEAN_PLAIN,
    .whole_rows = true,
    .init = permute_init,
    .prepare = permute_prepare,
    .scratch_size = permute_scratch_size,
    .run = permute_run,
    .clear = permute_clear,
    .describe = permute_describe,
};
