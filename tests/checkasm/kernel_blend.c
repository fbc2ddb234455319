/* areascale: calls of kernels that blend rows, all of their tables being random
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "kernels.h"

enum {
    VECTOR = AREASCALE_PERMUTE_VECTOR,
    LANES = AREASCALE_PERMUTE_LANES,
    N_TABLES = 24,
    N_ROW_CLASSES = 2,
    MAX_UNITS = 6,
    MAX_STEPS = 7,
    MAX_WINDOW_ROWS = 5,
};

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) { SLOTS, VECTORS, PICKS, LOADS },
static const AreascalePermuteShape shapes[] = { AREASCALE_PERMUTE_SHAPES(SHAPE) };
#undef SHAPE

/* The arguments of a call. */
typedef struct Blend {
    AreascalePermuteShape shape;
    AreascaleBlendRows rows;
    AreascalePermuteUnit units[MAX_UNITS];
    AreascaleBlendStep steps[MAX_STEPS];
    uint8_t lanes[LANES]; /* of what is divided */
    uint8_t byte_order[LANES];
    uint16_t word_order[LANES];
    int row_weight, column_weight; /* most that those of a window add up to */
    int n_rows;                    /* of input */
    int class_bytes;
    Rows picks, divisors; /* aligned blocks */
} Blend;

static int unit_samples(const Blend *b)
{
    return b->shape.vectors * VECTOR / b->shape.slots;
}

static bool is_narrow(const Blend *b)
{
    return b->rows.division == AREASCALE_BLEND_NARROW;
}

static int tap_size(const Blend *b)
{
    return b->rows.kind == AREASCALE_BLEND_BYTES ? 1 : 2;
}

static int sample_size(const Blend *b)
{
    return b->rows.kind == AREASCALE_BLEND_WORDS ? 2 : 1;
}

/* Weights of an output sample's slots that add up to what is left at most. */
static void make_taps(const Blend *b, AreascalePick *pick, int byte, Random *r)
{
    const int n = b->shape.slots / tap_size(b);
    int left = b->column_weight / b->shape.picks;

    for (int i = 0; i < n; i++) {
        const int at = byte + i * tap_size(b);
        const int most = tap_size(b) == 1 ? INT8_MAX : INT16_MAX;
        const int weight = random_in(r, 0, left < most ? left : most);
        const int from = random_in(r, 0, VECTOR / sample_size(b) - 1) * sample_size(b);

        left -= weight;
        pick->from[at] = (uint8_t) from;
        if (tap_size(b) == 1) {
            pick->weight[at] = (int8_t) weight;
        } else {
            pick->from[at + 1] = (uint8_t) (from + sample_size(b) - 1);
            memcpy(&pick->weight[at], &(int16_t) { (int16_t) weight }, sizeof(int16_t));
        }
    }
}

static void make_picks(Blend *b, Random *r)
{
    block_init(&b->picks, N_TABLES * sizeof(AreascalePick));
    b->rows.picks = (const AreascalePick *) b->picks.row0;
    for (int i = 0; i < N_TABLES; i++)
        for (int byte = 0; byte < VECTOR; byte += b->shape.slots)
            make_taps(b, (AreascalePick *) b->picks.row0 + i, byte, r);
}

static void make_units(Blend *b, int row_bytes, Random *r)
{
    for (int u = 0; u < b->rows.n_units; u++) {
        AreascalePermuteUnit *unit = &b->units[u];

        for (int q = 0; q < b->shape.vectors * b->shape.picks; q++)
            unit->pick[q] = random_in(r, 0, N_TABLES - 1);
        for (int l = 0; l < b->shape.loads; l++)
            unit->offset[l] = random_in(r, 0, row_bytes - VECTOR);
        unit->divisor = random_in(r, 0, 1) * N_ROW_CLASSES * b->class_bytes;
        unit->sample = u * unit_samples(b);
    }
    b->rows.units = b->units;
}

/* Windows that begin with the last row of the one before, or do not. */
static void make_steps(Blend *b, Random *r)
{
    const int most = b->row_weight / MAX_WINDOW_ROWS;

    for (int y = 0; y < b->rows.n_steps; y++) {
        const int carried = y && random_in(r, 0, 1);

        b->steps[y] = (AreascaleBlendStep) {
            .carried = carried,
            .rows = random_in(r, 1 - carried, MAX_WINDOW_ROWS - carried),
            .head = random_in(r, 0, most),
            .body = random_in(r, 0, most),
            .tail = random_in(r, 0, most),
            .divisor = random_in(r, 0, N_ROW_CLASSES - 1) * b->class_bytes,
        };
        b->n_rows += b->steps[y].rows;
    }
    b->rows.steps = b->steps;
}

/* Room for a window's sum, and what rounds it. */
static uint32_t random_area(const Blend *b, Random *r)
{
    const int least = b->row_weight * b->column_weight;

    return (uint32_t) (least + random_in(r, 0, least / 2 + 1)) << b->rows.lift;
}

static void set_lane(const Blend *b, char *divisor, int lane, uint32_t area)
{
    const uint64_t whole = UINT64_C(1) << b->rows.shift;
    const uint32_t bias =
        b->rows.bias * (uint32_t) b->row_weight * (uint32_t) b->column_weight;
    const float inverse = 1.0f / (float) area;

    if (is_narrow(b)) {
        const uint64_t reciprocal = (whole + area - 1) / area;

        ((uint16_t *) divisor)[lane] = (uint16_t) (area / 2);
        ((uint16_t *) divisor)[LANES + lane] =
            (uint16_t) (reciprocal > UINT16_MAX ? UINT16_MAX : reciprocal);
        return;
    }
    ((uint32_t *) divisor)[lane] = area / 2 + (bias << b->rows.lift);
    if (b->rows.division == AREASCALE_BLEND_FLOAT)
        memcpy(&((uint32_t *) divisor)[LANES + lane], &inverse, sizeof(inverse));
    else
        ((uint32_t *) divisor)[LANES + lane] = (uint32_t) ((whole + area - 1) / area);
}

static void make_divisors(Blend *b, Random *r)
{
    block_init(&b->divisors, 2 * N_ROW_CLASSES * (size_t) b->class_bytes);
    b->rows.divisors = (const char *) b->divisors.row0;
    for (int d = 0; d < 2 * N_ROW_CLASSES; d++)
        for (int lane = 0; lane < LANES; lane++)
            set_lane(b, (char *) b->divisors.row0 + d * b->class_bytes, lane,
                     random_area(b, r));
}

static void find_lanes(const Check *check, Blend *b)
{
    AreascalePermuteLanesFn tell =
        check->dsp.permute_lanes[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8];

    tell(b->rows.shape, false, b->lanes, b->byte_order);
    for (int i = LANES - 1; i >= 0; i--)
        b->word_order[b->lanes[i]] = (uint16_t) i;
    if (!is_narrow(b))
        tell(b->rows.shape, true, b->lanes, b->byte_order);
    b->rows.order = b->rows.to_words ? (const void *) b->word_order : b->byte_order;
}

/* Weights that make no sum too large, and shifts. */
static void choose_arithmetic(Blend *b, Random *r)
{
    const bool words = b->rows.kind == AREASCALE_BLEND_WORDS;
    const int depth = words ? random_in(r, 9, 16) : 8;
    const int most = is_narrow(b)                                ? 257
                     : b->rows.division == AREASCALE_BLEND_FLOAT ? (1 << 22) >> depth
                                                                 : (1 << 29) >> depth;

    b->rows.mask = (1u << depth) - 1;
    b->rows.bias = depth == 16 ? 1u << 15 : 0;
    b->rows.in_shift = words ? random_in(r, 0, 16 - depth) : 0;
    b->row_weight = random_in(r, MAX_WINDOW_ROWS, most / 8 < 6 ? 6 : most / 8);
    b->column_weight = random_in(r, 2, most / b->row_weight < 2 ? 2 : most / b->row_weight);
    if (is_narrow(b) && b->column_weight > 128)
        b->column_weight = 128;
    b->rows.lift = b->rows.division == AREASCALE_BLEND_LONG ? random_in(r, 0, 2) : 0;
    b->rows.shift = is_narrow(b) ? random_in(r, 16, 19) : 32;
}

static void choose_output(Blend *b, Random *r)
{
    const int bits = b->rows.to_words ? 16 : 8, depth = random_in(r, bits - 4, bits);

    b->rows.out_max = (1u << depth) - 1;
    b->rows.out_shift = random_in(r, 0, bits - depth);
}

/* Makes a call of this kind, shape and division, and memory for it. */
static void make_call(Call *call, const Check *check, Blend *b, const RowsShape *src_shape,
                      const RowsShape *dst_shape, Pattern pattern, Random *r)
{
    const int row_bytes = b->rows.n_units * 3 * VECTOR;
    const size_t size = b->rows.to_words ? 2 : 1;
    size_t dst_bytes;

    b->shape = shapes[b->rows.shape];
    dst_bytes = (size_t) (b->rows.n_units * unit_samples(b)) * size;
    choose_arithmetic(b, r);
    choose_output(b, r);
    b->class_bytes = 2 * LANES * (is_narrow(b) ? 2 : 4);
    make_steps(b, r);
    make_picks(b, r);
    make_units(b, row_bytes, r);
    make_divisors(b, r);
    find_lanes(check, b);
    rows_init(&call->src, (size_t) row_bytes, b->n_rows, src_shape);
    rows_fill(&call->src, pattern, (size_t) sample_size(b),
              b->rows.mask << b->rows.in_shift, r);
    rows_init(&call->dst, dst_bytes, b->rows.n_steps, dst_shape);
    rows_init(&call->expected, dst_bytes, b->rows.n_steps, dst_shape);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    Blend *b = call_args(call, sizeof(*b));
    RowsShape src_shape, dst_shape;
    const Pattern pattern = random_pattern(r);
    const int shape = n % AREASCALE_N_PERMUTE_SHAPES;

    b->rows.kind = (AreascaleBlendKind) call->kernel->type;
    b->rows.shape =
        shapes[shape].slots > 2 || b->rows.kind == AREASCALE_BLEND_BYTES ? shape : 3;
    b->rows.division =
        shapes[b->rows.shape].slots == 2
            ? AREASCALE_BLEND_NARROW
            : (AreascaleBlendDivision) random_in(
                  r, b->rows.kind == AREASCALE_BLEND_WORDS ? AREASCALE_BLEND_FLOAT : 0,
                  AREASCALE_BLEND_LONG);
    b->rows.to_words = random_in(r, 0, 1);
    b->rows.n_units = random_in(r, 1, MAX_UNITS);
    b->rows.n_steps = random_in(r, 1, MAX_STEPS);
    b->rows.ahead = random_in(r, -100000, 100000);
    src_shape = random_rows_shape((size_t) sample_size(b), r);
    dst_shape = random_rows_shape(b->rows.to_words ? 2 : 1, r);
    check_case(
        check,
        "%s: shape %d, division %d, to words %d, %d units of %d rows, places %d and %d, "
        "pattern %d",
        call->kernel->name, b->rows.shape, (int) b->rows.division, b->rows.to_words,
        b->rows.n_units, b->rows.n_steps, (int) src_shape.place, (int) dst_shape.place,
        (int) pattern);
    make_call(call, check, b, &src_shape, &dst_shape, pattern, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Blend *b = call_args(call, sizeof(*b));

    b->rows.kind = (AreascaleBlendKind) call->kernel->type;
    b->rows.shape = 3; /* 4 slots, a load for each of 4 vectors */
    b->rows.division = AREASCALE_BLEND_FLOAT;
    b->rows.n_units = MAX_UNITS;
    b->rows.n_steps = MAX_STEPS;
    make_call(call, check, b, &loose, &loose, PATTERN_NOISE, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Blend *b = call->args;
    AreascaleBlendRows rows = b->rows;

    rows.src = (const char *) call->src.row0;
    rows.stride = call->src.stride;
    rows.dst = (char *) dst->row0;
    rows.dst_stride = dst->stride;
    ((AreascaleBlendFn) kernel)(&rows);
}

/* What a kernel takes a slot's tap for. */
static int32_t value_of(const Blend *b, const uint8_t *load, uint8_t from)
{
    uint16_t word;
    int32_t value;

    if (sample_size(b) == 1)
        return load[from];
    memcpy(&word, load + from, sizeof(word));
    value = word >> b->rows.in_shift & (int) b->rows.mask;
    return b->rows.bias ? value - (1 << 15) : value;
}

static int weight_of(const Blend *b, const AreascalePick *pick, int slot)
{
    int16_t word;

    if (tap_size(b) == 1)
        return pick->weight[slot];
    memcpy(&word, &pick->weight[slot], sizeof(word));
    return word;
}

/* The weighed sum of an output sample's taps of one row. */
static int64_t row_sum(const Call *call, const AreascalePermuteUnit *unit, int sample,
                       int row)
{
    const Blend *b = call->args;
    const AreascalePermuteShape s = b->shape;
    const int per_vector = VECTOR / s.slots, v = sample / per_vector;
    const int per_load = s.vectors * s.picks / s.loads;
    const int slot0 = sample % per_vector * s.slots;
    int64_t sum = 0;

    for (int q = v * s.picks; q < (v + 1) * s.picks; q++) {
        const AreascalePick *pick = &b->rows.picks[unit->pick[q]];
        const uint8_t *load = rows_at(&call->src, row) + unit->offset[q / per_load];

        for (int slot = slot0; slot < slot0 + s.slots; slot += tap_size(b))
            sum += (int64_t) weight_of(b, pick, slot) * value_of(b, load, pick->from[slot]);
    }
    return sum;
}

static uint32_t quotient(const Blend *b, const char *divisor, int sample, int64_t sum)
{
    const uint16_t *narrow = (const uint16_t *) divisor;
    const uint32_t *wide = (const uint32_t *) divisor;
    int64_t n;
    float inverse;
    int lane = 0;

    while (b->lanes[lane] != sample)
        lane++;
    if (is_narrow(b))
        return (uint32_t) (sum + narrow[lane]) * narrow[LANES + lane] >> b->rows.shift;
    n = sum * (INT64_C(1) << b->rows.lift) + wide[lane];
    memcpy(&inverse, &wide[LANES + lane], sizeof(inverse));
    if (b->rows.division == AREASCALE_BLEND_FLOAT)
        return (uint32_t) (float) ((float) n * inverse);
    return (uint32_t) ((uint64_t) n * wide[LANES + lane] >> b->rows.shift);
}

static void put(const Blend *b, uint8_t *dst, int at, uint32_t value)
{
    value = (value < b->rows.out_max ? value : b->rows.out_max) << b->rows.out_shift;
    if (b->rows.to_words)
        memcpy(dst + 2 * at, &(uint16_t) { (uint16_t) value }, sizeof(uint16_t));
    else
        dst[at] = (uint8_t) value;
}

/* The output row of a step whose window has the rows [row0, row1). */
static void run_step(const Call *call, const AreascaleBlendStep *step, int row0, int row1,
                     uint8_t *dst)
{
    const Blend *b = call->args;

    for (int u = 0; u < b->rows.n_units; u++) {
        const AreascalePermuteUnit *unit = &b->units[u];

        for (int i = 0; i < unit_samples(b); i++) {
            int64_t sum = 0;

            for (int row = row0; row < row1; row++)
                sum += (row == row0       ? step->head
                        : row == row1 - 1 ? step->tail
                                          : step->body) *
                       row_sum(call, unit, i, row);
            put(b, dst, unit->sample + i,
                quotient(b, b->rows.divisors + unit->divisor + step->divisor, i, sum));
        }
    }
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Blend *b = call->args;
    int row = 0; /* the first one that is of no window before */

    for (int y = 0; y < b->rows.n_steps; y++) {
        const int first = row - b->steps[y].carried;

        row += b->steps[y].rows;
        run_step(call, &b->steps[y], first, row, rows_at(dst, y));
    }
}

static void clear(Call *call)
{
    Blend *b = call->args;

    rows_free(&b->picks);
    rows_free(&b->divisors);
}

const KernelKind kind_blend = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
