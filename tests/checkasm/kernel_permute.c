/* areascale: calls of kernels that permute rows, all of their tables being random
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <stdlib.h>

#include "kernels.h"

enum {
    VECTOR = AREASCALE_PERMUTE_VECTOR,
    LANES = AREASCALE_PERMUTE_LANES,
    N_TABLES = 24,
    N_ROW_CLASSES = 2,
    MAX_UNITS = 6,
    MAX_STEPS = 7,
    MAX_OWN_ROWS = 3,
    MAX_WINDOW_ROWS = MAX_OWN_ROWS + 2,
};

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) { SLOTS, VECTORS, PICKS, LOADS },
static const AreascalePermuteShape shapes[] = { AREASCALE_PERMUTE_SHAPES(SHAPE) };
#undef SHAPE

/* The arguments of a call. */
typedef struct Permute {
    AreascalePermuteShape shape;
    AreascalePermuteRows rows;
    AreascalePermuteUnit units[MAX_UNITS];
    AreascalePermuteStep steps[MAX_STEPS];
    uint8_t lanes[LANES], order[LANES];
    int n_rows; /* of input */
    int class_bytes;
    Rows picks, divisors; /* aligned blocks */
} Permute;

static int unit_samples(const Permute *p)
{
    return p->shape.vectors * VECTOR / p->shape.slots;
}

static AreascaleSample out_of(const Call *call)
{
    return call->kernel->type == PERMUTE_8_16 ? AREASCALE_SAMPLE_16 : AREASCALE_SAMPLE_8;
}

/* The most taps of an output sample whose sum fits what the division takes. */
static int most_taps(const Permute *p)
{
    switch (p->rows.division) {
    case AREASCALE_DIVIDE_ROUND: return 11;
    case AREASCALE_DIVIDE_NARROW: return 255;
    case AREASCALE_DIVIDE_LIFTED: return p->shape.slots > 2 ? 20000 : 255;
    case AREASCALE_DIVIDE_FUSED: return 255;
    default: return 20000;
    }
}

/* Gives each output sample of a pick at most so many taps. */
static void make_pick(AreascalePick *pick, int slots, int most, Random *r)
{
    for (int i = 0; i < VECTOR; i += slots) {
        const int n = random_in(r, 0, most), from = random_in(r, 0, slots - 1);

        for (int slot = 0; slot < slots; slot++) {
            pick->from[i + slot] = (uint8_t) random_in(r, 0, VECTOR - 1);
            pick->weight[i + slot] = (int8_t) ((slot + from) % slots < n);
        }
    }
}

static void make_picks(Permute *p, Random *r)
{
    const int most = most_taps(p) / (MAX_WINDOW_ROWS * p->shape.picks);

    block_init(&p->picks, N_TABLES * sizeof(AreascalePick));
    p->rows.picks = (const AreascalePick *) p->picks.row0;
    for (int i = 0; i < N_TABLES; i++)
        make_pick((AreascalePick *) p->picks.row0 + i, p->shape.slots,
                  most < p->shape.slots ? most : p->shape.slots, r);
}

static void make_units(Permute *p, int row_bytes, Random *r)
{
    for (int u = 0; u < p->rows.n_units; u++) {
        AreascalePermuteUnit *unit = &p->units[u];

        for (int q = 0; q < p->shape.vectors * p->shape.picks; q++)
            unit->pick[q] = random_in(r, 0, N_TABLES - 1);
        for (int l = 0; l < p->shape.loads; l++)
            unit->offset[l] = random_in(r, 0, row_bytes - VECTOR);
        unit->divisor = random_in(r, 0, 1) * N_ROW_CLASSES * p->class_bytes;
        unit->sample = u * unit_samples(p);
    }
    p->rows.units = p->units;
}

/* Windows with rows of their own and rows in common, at least one each. */
static void make_steps(Permute *p, Random *r)
{
    bool shared = false;

    for (int y = 0; y < p->rows.n_steps; y++) {
        const int rows = random_in(r, shared ? 0 : 1, MAX_OWN_ROWS);

        shared = y + 1 < p->rows.n_steps && random_in(r, 0, 1);
        p->steps[y] = (AreascalePermuteStep) {
            rows, shared, random_in(r, 0, N_ROW_CLASSES - 1) * p->class_bytes
        };
        p->n_rows += rows + shared;
    }
    p->rows.steps = p->steps;
}

static void set_lane(const Permute *p, char *divisor, int lane, uint32_t area)
{
    const uint32_t narrow = ((1u << (16 + p->rows.shift)) + area - 1) / area;

    switch (p->rows.division) {
    case AREASCALE_DIVIDE_ROUND:
        ((uint16_t *) divisor)[LANES + lane] = (uint16_t) (((1u << 15) + area - 1) / area);
        break;
    case AREASCALE_DIVIDE_NARROW:
        ((uint16_t *) divisor)[lane] = (uint16_t) (area / 2);
        ((uint16_t *) divisor)[LANES + lane] = (uint16_t) (narrow > 65535 ? 65535 : narrow);
        break;
    case AREASCALE_DIVIDE_FLOAT:
        ((uint32_t *) divisor)[lane] = area / 2;
        ((float *) divisor)[LANES + lane] = 1.0f / (float) area;
        break;
    case AREASCALE_DIVIDE_LIFTED:
        ((uint32_t *) divisor)[lane] = area / 2;
        ((uint32_t *) divisor)[LANES + lane] = (uint32_t) (((uint64_t) 1 << (32 + p->rows.shift)) / area);
        break;
    case AREASCALE_DIVIDE_FUSED:
        ((float *) divisor)[lane] = 0.5f;
        ((float *) divisor)[LANES + lane] = (float) (1 << p->rows.lift) / (float) area;
    }
}

/* Divisors of which no quotient exceeds a byte, or a word. */
static void make_divisors(Permute *p, Random *r)
{
    const int most = most_taps(p);

    block_init(&p->divisors, 2 * N_ROW_CLASSES * (size_t) p->class_bytes);
    p->rows.divisors = (const char *) p->divisors.row0;
    p->rows.shift = random_in(r, 0, 3);
    for (int d = 0; d < 2 * N_ROW_CLASSES; d++)
        for (int lane = 0; lane < LANES; lane++)
            set_lane(p, (char *) p->divisors.row0 + d * p->class_bytes, lane,
                     (uint32_t) random_in(r, most, most + most / 2));
}

/* Makes a call of this shape and division, and memory for it. */
static void make_call(Call *call, const Check *check, Permute *p,
                      const RowsShape *src_shape, const RowsShape *dst_shape,
                      Pattern pattern, Random *r)
{
    const bool wide = p->rows.division >= AREASCALE_DIVIDE_FLOAT;
    const AreascaleSample out = out_of(call);
    const int row_bytes = p->rows.n_units * 3 * VECTOR;
    size_t dst_bytes;

    p->shape = shapes[p->rows.shape];
    dst_bytes = (size_t) (p->rows.n_units * unit_samples(p)) << (int) out;
    p->class_bytes = 2 * LANES * (wide ? 4 : 2);
    make_steps(p, r);
    make_picks(p, r);
    make_units(p, row_bytes, r);
    make_divisors(p, r);
    check->dsp.permute_lanes[AREASCALE_SAMPLE_8][out](p->rows.shape, wide, p->lanes, p->order);
    p->rows.order = p->order;
    rows_init(&call->src, (size_t) row_bytes, p->n_rows, src_shape);
    rows_fill(&call->src, pattern, 1, 0xff, r);
    rows_init(&call->dst, dst_bytes, p->rows.n_steps, dst_shape);
    rows_init(&call->expected, dst_bytes, p->rows.n_steps, dst_shape);
}

/* A division that takes the shape. */
static AreascalePermuteDivision random_division(const Call *call, int shape, Random *r)
{
    const int last =
        shapes[shape].slots > 2 ? AREASCALE_DIVIDE_FLOAT : AREASCALE_DIVIDE_NARROW;

    if (out_of(call) == AREASCALE_SAMPLE_16)
        return random_in(r, 0, 1) ? AREASCALE_DIVIDE_LIFTED : AREASCALE_DIVIDE_FUSED;
    return (AreascalePermuteDivision) random_in(r, AREASCALE_DIVIDE_ROUND, last);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const RowsShape src_shape = random_rows_shape(1, r),
                    dst_shape = random_rows_shape(out_of(call) == AREASCALE_SAMPLE_16 ? 2 : 1, r);
    const Pattern pattern = random_pattern(r);
    Permute *p = call_args(call, sizeof(*p));

    p->rows.shape = n % AREASCALE_N_PERMUTE_SHAPES;
    p->rows.division = random_division(call, p->rows.shape, r);
    p->rows.lift = random_in(r, 1, 8);
    p->rows.out_shift = random_in(r, 0, 8 - p->rows.lift);
    p->rows.n_units = random_in(r, 1, MAX_UNITS);
    p->rows.n_steps = random_in(r, 1, MAX_STEPS);
    p->rows.ahead = random_in(r, -100000, 100000);
    check_case(
        check,
        "%s: shape %d, division %d, %d units of %d rows, places %d and %d, pattern %d",
        call->kernel->name, p->rows.shape, (int) p->rows.division, p->rows.n_units,
        p->rows.n_steps, (int) src_shape.place, (int) dst_shape.place, (int) pattern);
    make_call(call, check, p, &src_shape, &dst_shape, pattern, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Permute *p = call_args(call, sizeof(*p));

    p->rows.shape = 3; /* 4 slots, a load for each of 4 vectors */
    p->rows.division = out_of(call) == AREASCALE_SAMPLE_16 ? AREASCALE_DIVIDE_FUSED
                                                           : AREASCALE_DIVIDE_NARROW;
    p->rows.lift = 8;
    p->rows.n_units = MAX_UNITS;
    p->rows.n_steps = MAX_STEPS;
    make_call(call, check, p, &loose, &loose, PATTERN_NOISE, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Permute *p = call->args;
    AreascalePermuteRows rows = p->rows;

    rows.src = (const char *) call->src.row0;
    rows.stride = call->src.stride;
    rows.dst = (char *) dst->row0;
    rows.dst_stride = dst->stride;
    ((AreascalePermuteFn) kernel)(&rows);
}

/* The sum of what a pick takes of a load for an output sample of its vector. */
static uint32_t pick_sum(const AreascalePick *pick, const uint8_t *load, int slot,
                         int slots)
{
    uint32_t sum = 0;

    for (int i = slot; i < slot + slots; i++)
        sum += (uint32_t) pick->weight[i] * load[pick->from[i]];
    return sum;
}

/* The sum of an output sample's window of the rows [row0, row1). */
static uint32_t window_sum(const Call *call, const AreascalePermuteUnit *unit, int sample,
                           int row0, int row1)
{
    const Permute *p = call->args;
    const AreascalePermuteShape s = p->shape;
    const int per_vector = VECTOR / s.slots, v = sample / per_vector;
    const int per_load = s.vectors * s.picks / s.loads;
    uint32_t sum = 0;

    for (int q = v * s.picks; q < (v + 1) * s.picks; q++)
        for (int y = row0; y < row1; y++)
            sum += pick_sum(&p->rows.picks[unit->pick[q]],
                            rows_at(&call->src, y) + unit->offset[q / per_load],
                            sample % per_vector * s.slots, s.slots);
    return sum;
}

static uint16_t quotient(const Permute *p, const char *divisor, int sample, uint32_t sum)
{
    const uint16_t *narrow = (const uint16_t *) divisor;
    const uint32_t *wide = (const uint32_t *) divisor;
    int lane = 0;

    while (p->lanes[lane] != sample)
        lane++;
    switch (p->rows.division) {
    case AREASCALE_DIVIDE_ROUND:
        return (uint8_t) ((sum * narrow[LANES + lane] + (1 << 14)) >> 15);
    case AREASCALE_DIVIDE_NARROW:
        return (uint8_t) ((sum + narrow[lane]) * narrow[LANES + lane] >> 16 >>
                          p->rows.shift);
    case AREASCALE_DIVIDE_LIFTED:
        return (uint16_t) (((uint64_t) (sum << p->rows.lift) + wide[lane]) *
                               wide[LANES + lane] >> 32 >> p->rows.shift
                           << p->rows.out_shift);
    case AREASCALE_DIVIDE_FUSED:
        return (uint16_t) ((unsigned) fmaf((float) sum, ((const float *) divisor)[LANES + lane],
                                           ((const float *) divisor)[lane])
                           << p->rows.out_shift);
    default:
        return (uint8_t) (float) ((float) (sum + wide[lane]) *
                                  ((const float *) divisor)[LANES + lane]);
    }
}

/* The output row of a step whose window has the rows [row0, row1). */
static void run_step(const Call *call, const AreascalePermuteStep *step, int row0, int row1,
                     uint8_t *dst)
{
    const Permute *p = call->args;

    for (int u = 0; u < p->rows.n_units; u++) {
        const AreascalePermuteUnit *unit = &p->units[u];
        const char *divisor = p->rows.divisors + unit->divisor + step->divisor;

        for (int i = 0; i < unit_samples(p); i++) {
            const uint16_t result =
                quotient(p, divisor, i, window_sum(call, unit, i, row0, row1));

            if (out_of(call) == AREASCALE_SAMPLE_16)
                ((uint16_t *) dst)[unit->sample + i] = result;
            else
                dst[unit->sample + i] = (uint8_t) result;
        }
    }
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Permute *p = call->args;
    int row = 0; /* the first one that is of no window before */

    for (int y = 0; y < p->rows.n_steps; y++) {
        const int first = y && p->steps[y - 1].shared ? row - 1 : row;

        row += p->steps[y].rows + p->steps[y].shared;
        run_step(call, &p->steps[y], first, row, rows_at(dst, y));
    }
}

static void clear(Call *call)
{
    Permute *p = call->args;

    rows_free(&p->picks);
    rows_free(&p->divisors);
}

const KernelKind kind_permute = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
