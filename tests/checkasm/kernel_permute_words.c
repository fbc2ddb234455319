/* areascale: calls of kernels that permute rows of words, all of their tables being random
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <stdlib.h>

#include "kernels.h"

enum {
    WORDS = AREASCALE_PERMUTE_VECTOR / 2, /* of a vector */
    LANES = AREASCALE_PERMUTE_LANES,
    N_TABLES = 24,
    N_ROW_CLASSES = 2,
    CLASS_BYTES = 2 * LANES * 4,
    MAX_UNITS = 6,
    MAX_STEPS = 7,
    MAX_OWN_ROWS = 3,
    MAX_WINDOW_ROWS = MAX_OWN_ROWS + 2,
    MAX_TERMS = MAX_WINDOW_ROWS * WORDS, /* of a sum: no shape has more slots */
    BIAS = 32768,
    FIRST_SHAPE = AREASCALE_N_PERMUTE_SHAPES - AREASCALE_N_PERMUTE_WIDE_SHAPES,
};

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) { SLOTS, VECTORS, PICKS, LOADS },
static const AreascalePermuteShape shapes[] = { AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE) };
#undef SHAPE

/* The arguments of a call. */
typedef struct Permute {
    AreascalePermuteShape shape;
    AreascalePermuteRows rows;
    AreascalePermuteUnit units[MAX_UNITS];
    AreascalePermuteStep steps[MAX_STEPS];
    uint8_t lanes[LANES], order[LANES];
    int n_rows; /* of input */
    Rows picks, divisors; /* aligned blocks */
} Permute;

static int unit_samples(const Permute *p)
{
    return p->shape.vectors * AREASCALE_PERMUTE_VECTOR / p->shape.slots;
}

static bool by_rows(const Call *call)
{
    return call->kernel->type == PERMUTE_16_BY_ROWS;
}

static void make_picks(Permute *p, Random *r)
{
    AreascalePick *picks;

    block_init(&p->picks, N_TABLES * sizeof(AreascalePick));
    picks = (AreascalePick *) p->picks.row0;
    p->rows.picks = picks;
    for (int i = 0; i < N_TABLES; i++)
        for (int slot = 0; slot < WORDS; slot++) {
            picks[i].word_from[slot] = (uint16_t) random_in(r, 0, WORDS - 1);
            picks[i].word_weight[slot] = (int16_t) (random_in(r, 0, 3) > 0);
        }
}

static void make_units(Permute *p, int row_words, Random *r)
{
    for (int u = 0; u < p->rows.n_units; u++) {
        AreascalePermuteUnit *unit = &p->units[u];

        for (int q = 0; q < p->shape.vectors * p->shape.picks; q++)
            unit->pick[q] = random_in(r, 0, N_TABLES - 1);
        for (int l = 0; l < p->shape.loads; l++)
            unit->offset[l] = 2 * random_in(r, 0, row_words - WORDS);
        unit->divisor = random_in(r, 0, 1) * N_ROW_CLASSES * CLASS_BYTES;
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
            rows, shared, random_in(r, 0, N_ROW_CLASSES - 1) * CLASS_BYTES
        };
        p->n_rows += rows + shared;
    }
    p->rows.steps = p->steps;
}

static void set_lane(const Permute *p, uint32_t *lane, uint32_t area, uint32_t missing)
{
    switch (p->rows.division) {
    case AREASCALE_DIVIDE_FUSED:
        ((float *) lane)[0] = (float) (area | 1) / (float) (2 * area);
        ((float *) lane)[LANES] = (float) (1 << p->rows.lift) / (float) area;
        break;
    case AREASCALE_DIVIDE_FLOAT:
        lane[0] = area / 2 + missing;
        ((float *) lane)[LANES] = 1.0f / (float) area;
        break;
    default:
        lane[0] = area / 2 + missing;
        lane[LANES] = (uint32_t) (((uint64_t) 1 << (32 + p->rows.shift)) / area);
    }
}

/* Divisors of which no quotient exceeds a word: dividends stay below 2^24 where floats
 * divide them, otherwise below 2^32. */
static void make_divisors(Permute *p, Random *r)
{
    const uint32_t missing = (uint32_t) p->rows.bias * MAX_TERMS << p->rows.lift;
    const uint32_t most = (p->rows.mask * MAX_TERMS << p->rows.lift) + missing;
    const int least_area = (int) (most / 65535) + 1;
    uint32_t *lanes;

    block_init(&p->divisors, 2 * N_ROW_CLASSES * CLASS_BYTES);
    lanes = (uint32_t *) p->divisors.row0;
    p->rows.divisors = (const char *) lanes;
    p->rows.shift = random_in(r, 0, 3);
    for (int d = 0; d < 2 * N_ROW_CLASSES; d++, lanes += 2 * LANES)
        for (int i = 0; i < LANES; i++) {
            const uint32_t area = (uint32_t) random_in(r, least_area + 1, least_area * 2 + 9);

            set_lane(p, lanes + i, area, missing);
        }
}

/* Makes a call of this shape and division, and memory for it. */
static void make_call(Call *call, const Check *check, Permute *p,
                      const RowsShape *src_shape, const RowsShape *dst_shape,
                      Pattern pattern, Random *r)
{
    const int row_words = p->rows.n_units * 3 * WORDS;
    size_t dst_bytes;

    p->shape = shapes[p->rows.shape - FIRST_SHAPE];
    dst_bytes = (size_t) (p->rows.n_units * unit_samples(p)) * sizeof(uint16_t);
    make_steps(p, r);
    make_picks(p, r);
    make_units(p, row_words, r);
    make_divisors(p, r);
    check->dsp.permute_lanes[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_16](
        p->rows.shape, true, p->lanes, p->order);
    p->rows.order = p->order;
    rows_init(&call->src, (size_t) row_words * sizeof(uint16_t), p->n_rows, src_shape);
    rows_fill(&call->src, pattern, sizeof(uint16_t), 0xffff, r);
    rows_init(&call->dst, dst_bytes, p->rows.n_steps, dst_shape);
    rows_init(&call->expected, dst_bytes, p->rows.n_steps, dst_shape);
}

/* What samples are, so that the sums of columns fit, and sums of windows. */
static void make_values(const Call *call, AreascalePermuteRows *rows, Random *r)
{
    const int most = by_rows(call) ? 16 : 13;
    const int depth = random_in(r, 0, 1) ? most : random_in(r, 9, most);
    const unsigned mask = (1u << depth) - 1, term = by_rows(call) ? mask : mask * MAX_WINDOW_ROWS;

    rows->mask = mask;
    rows->in_shift = random_in(r, 0, 16 - depth);
    rows->out_shift = random_in(r, 0, 3);
    rows->bias = term > INT16_MAX || random_in(r, 0, 1) ? BIAS : 0;
    rows->division = (AreascalePermuteDivision) random_in(
        r, AREASCALE_DIVIDE_FLOAT, rows->bias ? AREASCALE_DIVIDE_LIFTED : AREASCALE_DIVIDE_FUSED);
    if (rows->division != AREASCALE_DIVIDE_FLOAT)
        rows->lift = random_in(r, 0, 16 - depth);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const RowsShape src_shape = random_rows_shape(2, r), dst_shape = random_rows_shape(2, r);
    const Pattern pattern = random_pattern(r);
    Permute *p = call_args(call, sizeof(*p));

    p->rows.shape = FIRST_SHAPE + n % AREASCALE_N_PERMUTE_WIDE_SHAPES;
    make_values(call, &p->rows, r);
    p->rows.n_units = random_in(r, 1, MAX_UNITS);
    p->rows.n_steps = random_in(r, 1, MAX_STEPS);
    p->rows.ahead = random_in(r, -50000, 50000) * 2;
    check_case(check,
               "%s: shape %d, division %d, mask %x, bias %d, %d units of %d rows, places %d "
               "and %d, pattern %d",
               call->kernel->name, p->rows.shape, (int) p->rows.division, p->rows.mask,
               (int) p->rows.bias, p->rows.n_units, p->rows.n_steps, (int) src_shape.place,
               (int) dst_shape.place, (int) pattern);
    make_call(call, check, p, &src_shape, &dst_shape, pattern, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Permute *p = call_args(call, sizeof(*p));

    p->rows.shape = FIRST_SHAPE + 1; /* 2 words, a load for each of 4 vectors */
    p->rows.division = AREASCALE_DIVIDE_FLOAT;
    p->rows.mask = by_rows(call) ? 0xffff : 0x3ff;
    p->rows.bias = by_rows(call) ? BIAS : 0;
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

/* The sum of a column of the rows [row0, row1), from a load's word on, less its bias. */
static int64_t column_sum(const Call *call, int offset, int word, int row0, int row1)
{
    const Permute *p = call->args;
    int64_t sum = -(int64_t) p->rows.bias * (by_rows(call) ? row1 - row0 : 1);

    for (int y = row0; y < row1; y++) {
        const uint16_t *words = (const uint16_t *) (rows_at(&call->src, y) + offset);

        sum += words[word] >> p->rows.in_shift & p->rows.mask;
    }
    return sum;
}

/* The sum of an output sample's window of the rows [row0, row1). */
static int64_t window_sum(const Call *call, const AreascalePermuteUnit *unit, int sample,
                          int row0, int row1)
{
    const Permute *p = call->args;
    const AreascalePermuteShape s = p->shape;
    const int slots = s.slots / 2, per_vector = WORDS / slots, v = sample / per_vector;
    const int per_load = s.vectors * s.picks / s.loads;
    const int slot0 = sample % per_vector * slots;
    int64_t sum = 0;

    for (int q = v * s.picks; q < (v + 1) * s.picks; q++) {
        const AreascalePick *pick = &p->rows.picks[unit->pick[q]];

        for (int i = slot0; i < slot0 + slots; i++)
            if (pick->word_weight[i])
                sum += column_sum(call, unit->offset[q / per_load], pick->word_from[i], row0,
                                  row1);
    }
    return sum;
}

static uint16_t result_of(const Permute *p, const uint32_t *divisor, int sample, int64_t sum)
{
    const float *as_float = (const float *) divisor;
    int lane = 0;
    int64_t n;

    while (p->lanes[lane] != sample)
        lane++;
    n = sum * (1 << p->rows.lift) + divisor[lane];
    switch (p->rows.division) {
    case AREASCALE_DIVIDE_FUSED:
        n = (int64_t) fmaf((float) sum, as_float[LANES + lane], as_float[lane]);
        break;
    case AREASCALE_DIVIDE_FLOAT: n = (int64_t) (float) ((float) n * as_float[LANES + lane]); break;
    default: n = (int64_t) ((uint64_t) n * divisor[LANES + lane] >> 32 >> p->rows.shift);
    }
    return (uint16_t) (n << p->rows.out_shift);
}

/* The output row of a step whose window has the rows [row0, row1). */
static void run_step(const Call *call, const AreascalePermuteStep *step, int row0, int row1,
                     uint16_t *dst)
{
    const Permute *p = call->args;

    for (int u = 0; u < p->rows.n_units; u++) {
        const AreascalePermuteUnit *unit = &p->units[u];
        const char *divisor = p->rows.divisors + unit->divisor + step->divisor;

        for (int i = 0; i < unit_samples(p); i++)
            dst[unit->sample + i] = result_of(p, (const uint32_t *) divisor, i,
                                              window_sum(call, unit, i, row0, row1));
    }
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Permute *p = call->args;
    int row = 0; /* the first one that is of no window before */

    for (int y = 0; y < p->rows.n_steps; y++) {
        const int first = y && p->steps[y - 1].shared ? row - 1 : row;

        row += p->steps[y].rows + p->steps[y].shared;
        run_step(call, &p->steps[y], first, row, (uint16_t *) rows_at(dst, y));
    }
}

static void clear(Call *call)
{
    Permute *p = call->args;

    rows_free(&p->picks);
    rows_free(&p->divisors);
}

const KernelKind kind_permute_words = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
