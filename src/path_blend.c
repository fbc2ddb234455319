/* areascale: the path that permutes whole vectors of rows into small weighed windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * As the path of permutation does, but slots have the weights of their taps, and the sums
 * of rows are multiplied by those of the rows. The rows between the first and the last one
 * of a window weigh the same, and are added up first.
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
typedef struct Blending {
    AreascaleBlendKind kind;
    AreascaleBlendDivision division;
    int shape; /* which of AREASCALE_PERMUTE_SHAPES */
    AreascalePicking picking;
    unsigned bias;   /* of words */
    int n_steps;     /* output rows of a band */
    int class_bytes; /* of a unit's divisors for a row class */
    uint8_t lanes[N_LANES];
    uint16_t order[N_LANES]; /* as the kernel takes it, bytes or words */
    AreascaleUnits tables;
} Blending;

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_weight(const int *weights, int n)
{
    int max = 0;

    for (int c = 0; c < n; c++)
        max = max_int(max, weights[c]);
    return max;
}

/* The largest weight of a tap of a row. */
static int max_tap_weight(const AreascaleColumns *c, int n_samples)
{
    int max = 1;

    for (int s = 0; c->weighed && s < n_samples; s++)
        max = max_int(max, max_int(max_int(c->head[s], c->tail[s]),
                                   c->class_body[c->cls[s]]));
    return max;
}

static AreascaleBlendDivision choose_division(const AreascalePlan *plan)
{
    if (plan->divisors.arith == AREASCALE_ARITH_NARROW && !plan->divisors.lift &&
        plan->in_sample == AREASCALE_SAMPLE_8)
        return AREASCALE_BLEND_NARROW;
    return plan->geometry.depth < 16 && areascale_plan_keeps_depth(plan) &&
                   areascale_divisors_in_float(&plan->divisors, &plan->rows, &plan->columns,
                                               plan->geometry.depth)
               ? AREASCALE_BLEND_FLOAT
               : AREASCALE_BLEND_LONG;
}

/* The kind that has the weights of the plane's taps; -1: there is none. */
static int kind_of(const AreascalePlan *plan)
{
    const int max = max_tap_weight(&plan->columns, plan->out_samples);

    if (max > INT16_MAX)
        return -1;
    if (plan->in_sample == AREASCALE_SAMPLE_16)
        return AREASCALE_BLEND_WORDS;
    if (plan->geometry.depth < 8)
        return -1;
    return max <= INT8_MAX ? AREASCALE_BLEND_BYTES : AREASCALE_BLEND_WIDE;
}

/* About the nanoseconds that a plane takes. */
static double cost_of(const AreascalePicking *p, AreascaleBlendDivision division)
{
    const AreascaleGeometry *g = &p->plan->geometry;
    const AreascalePermuteShape s = p->shape;
    const double picks = s.vectors * s.picks * 0.7, loads = s.loads;
    const double per_row = (picks > loads ? picks : loads) + 0.5;
    const double per_result = 6 + s.vectors * (s.slots > 4 ? 3.5 : 2.5) +
                              (division == AREASCALE_BLEND_LONG ? 4 : 0);

    return p->n_units * 0.3 * (per_row * g->in_height + per_result * g->out_height);
}

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) { SLOTS, VECTORS, PICKS, LOADS },
static const AreascalePermuteShape shapes[AREASCALE_N_PERMUTE_SHAPES] = {
    AREASCALE_PERMUTE_SHAPES(SHAPE)
};
#undef SHAPE

/* Whether sums of a shape's slots fit their lanes: pairs of bytes are added up in signed
 * 16 bits. */
static bool sums_fit(const AreascalePlan *plan, const Blending *b,
                     AreascalePermuteShape shape)
{
    const AreascaleColumns *c = &plan->columns;

    return shape.slots > 2 ||
           (b->kind == AREASCALE_BLEND_BYTES && b->division == AREASCALE_BLEND_NARROW &&
            max_weight(c->class_weight, c->n_classes) * UINT8_MAX <= INT16_MAX);
}

/* Finds the cheapest shape that has a place for all taps. Returns whether there is one. */
static bool find_shape(const AreascalePlan *plan, Blending *b, double *cost)
{
    const int tap_size = b->kind == AREASCALE_BLEND_BYTES ? 1 : 2;

    *cost = INFINITY;
    for (int i = 0; i < AREASCALE_N_PERMUTE_SHAPES; i++) {
        const AreascalePicking picking =
            areascale_picking_weighed(plan, shapes[i], tap_size);

        if (!sums_fit(plan, b, shapes[i]) || cost_of(&picking, b->division) >= *cost ||
            !areascale_picking_fits(&picking))
            continue;
        b->shape = i;
        b->picking = picking;
        *cost = cost_of(&picking, b->division);
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

static int blend_init(const AreascalePlan *plan, void **state, double *cost)
{
    const int kind = kind_of(plan);
    Blending found = { .division = choose_division(plan) }, *b;

    if (kind < 0 || !plan->dsp.blend[kind] || plan->divisors.arith == AREASCALE_ARITH_EXACT)
        return -ERANGE;
    found.kind = (AreascaleBlendKind) kind;
    if (!find_shape(plan, &found, cost))
        return -ERANGE;
    found.bias = plan->geometry.depth == 16 ? 1u << 15 : 0;
    found.n_steps = count_steps(plan);
    found.class_bytes = 2 * N_LANES * (found.division == AREASCALE_BLEND_NARROW ? 2 : 4);
    b = malloc(sizeof(*b));
    if (!b)
        return -ENOMEM;
    *b = found;
    *state = b;
    return 0;
}

/* What is added to a window's sum: half of what divides it, and what all of its samples
 * are taken for less than they are, modulo 2^32. */
static uint32_t rounding_of(const Blending *b, int r, int c)
{
    const AreascalePlan *plan = b->picking.plan;
    const uint64_t weight = (uint64_t) plan->rows.class_weight[r] *
                            (uint64_t) plan->columns.class_weight[c];

    return (uint32_t) (plan->divisors.area[r][c] / 2 + b->bias * weight);
}

/* Sets what divides the sums of a lane. */
static void set_divisor(const Blending *b, char *divisor, int lane, int r, int c)
{
    const AreascaleDivisors *d = &b->picking.plan->divisors;
    const uint32_t round = rounding_of(b, r, c);

    if (b->division == AREASCALE_BLEND_NARROW) {
        ((uint16_t *) divisor)[lane] = (uint16_t) round;
        ((uint16_t *) divisor)[N_LANES + lane] = (uint16_t) d->reciprocal[r][c];
    } else {
        ((uint32_t *) divisor)[lane] = round;
        ((uint32_t *) divisor)[N_LANES + lane] =
            b->division == AREASCALE_BLEND_FLOAT ? areascale_float_reciprocal((uint32_t) d->area[r][c])
                                                 : d->reciprocal[r][c];
    }
}

static void fill_divisors(const void *data, char *divisors, int s)
{
    const Blending *b = data;
    const AreascalePlan *plan = b->picking.plan;

    for (int r = 0; r < plan->rows.n_classes; r++)
        for (int i = 0; i < N_LANES; i++)
            set_divisor(
                b, divisors + r * b->class_bytes, i, r,
                plan->columns.cls[areascale_picking_sample(&b->picking, s + b->lanes[i])]);
}

/* Learns where the kernel leaves sums and results. */
static void find_lanes(const AreascalePlan *plan, Blending *b)
{
    AreascalePermuteLanesFn tell =
        plan->dsp.permute_lanes[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8];
    uint8_t order[N_LANES];

    tell(b->shape, false, b->lanes, order);
    if (plan->out_sample == AREASCALE_SAMPLE_8)
        memcpy(b->order, order, sizeof(order));
    else
        for (int i = N_LANES - 1; i >= 0; i--)
            b->order[b->lanes[i]] = (uint16_t) i;
    if (b->division != AREASCALE_BLEND_NARROW)
        tell(b->shape, true, b->lanes, order);
}

static int blend_prepare(const AreascalePlan *plan, void *state)
{
    Blending *b = state;
    const AreascaleUnitDivisors divisors = {
        .size = (size_t) (plan->rows.n_classes * b->class_bytes),
        .fill = fill_divisors,
        .data = b,
    };

    find_lanes(plan, b);
    return areascale_units_init(&b->tables, &b->picking, &divisors);
}

static void blend_clear(void *state)
{
    Blending *b = state;

    areascale_units_clear(&b->tables);
    free(b);
}

/* Makes output rows of less than a unit, of which it would write too much, aside. */
static void run_aside(const AreascalePlan *plan, const Blending *b,
                      const AreascaleBlendRows *rows, char *scratch)
{
    const size_t size = areascale_sample_size(plan->out_sample);
    AreascaleBlendRows aside = *rows;

    aside.dst = scratch;
    aside.dst_stride = N_LANES * (ptrdiff_t) size;
    plan->dsp.blend[b->kind](&aside);
    for (int y = 0; y < rows->n_steps; y++)
        memcpy(rows->dst + y * rows->dst_stride, scratch + y * aside.dst_stride,
               (size_t) plan->out_samples * size);
}

/* What the rows of a part have in common. */
static AreascaleBlendRows rows_of(const AreascalePlan *plan, const Blending *b,
                                  const AreascalePart *part)
{
    return (AreascaleBlendRows) {
        .kind = b->kind,
        .shape = b->shape,
        .picks = b->tables.picks,
        .divisors = b->tables.divisors,
        .units = b->tables.units,
        .n_units = b->picking.n_units,
        .division = b->division,
        .lift = plan->divisors.lift,
        .shift = plan->divisors.shift,
        .to_words = plan->out_sample == AREASCALE_SAMPLE_16,
        .out_max = areascale_plan_out_max(plan),
        .out_shift = plan->out_shift,
        .order = b->order,
        .in_shift = plan->geometry.shift,
        .mask = plan->mask,
        .bias = b->bias,
        .stride = part->src_stride,
        .dst_stride = part->dst_stride,
    };
}

static void blend_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    const Blending *b = state;
    AreascaleBlendStep steps[MAX_STEPS];
    AreascaleBlendRows rows = rows_of(plan, b, part);

    rows.steps = steps;
    for (int y = part->y0; y < part->y1; y += b->n_steps) {
        const int y1 = min_int(y + b->n_steps, part->y1), next = min_int(y1, part->y1 - 1);
        const int row = plan->rows.windows[y].start;

        areascale_blend_steps(&plan->rows, y, y1, b->class_bytes, steps);
        rows.n_steps = y1 - y;
        rows.src = part->src + row * part->src_stride;
        rows.ahead = (plan->rows.windows[next].start - row) * part->src_stride;
        rows.dst = part->dst + y * part->dst_stride;
        if (plan->out_samples < b->picking.unit_samples)
            run_aside(plan, b, &rows, part->scratch);
        else
            plan->dsp.blend[b->kind](&rows);
    }
}

static size_t blend_scratch_size(const AreascalePlan *plan, const void *state)
{
    return (size_t) ((const Blending *) state)->n_steps * N_LANES *
           areascale_sample_size(plan->out_sample);
}

static const char *blend_describe(const AreascalePlan *plan, const void *state)
{
    static const char *const names[] = {
        [AREASCALE_BLEND_NARROW] = "blend/16",
        [AREASCALE_BLEND_FLOAT] = "blend/32",
        [AREASCALE_BLEND_LONG] = "blend/64",
    };

    (void) plan;
    return names[((const Blending *) state)->division];
}

const AreascalePath areascale_path_blend = {
    .name = "blend",
    .means = AREASCALE_MEAN_WEIGHED,
    .whole_rows = true,
    .init = blend_init,
    .prepare = blend_prepare,
    .scratch_size = blend_scratch_size,
    .run = blend_run,
    .clear = blend_clear,
    .describe = blend_describe,
};
