/* areascale: calls of kernels of ribbons, all of their tables being random
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels.h"

enum {
    OWORD = 16,
    NOTHING = 0x80,
    N_TABLES = 5,
    N_ROW_CLASSES = 2,
    MAX_STEPS = 6,
    MAX_UNITS = 6,
    MAX_WINDOW_ROWS = 5,
};

/* The arguments of a call. Tables end at inaccessible pages. */
typedef struct Ribbon {
    AreascaleRibbonRows rows; /* without their output */
    AreascaleBlendStep steps[MAX_STEPS];
    AreascaleStripUnit units[MAX_UNITS];
    int slots, loads, owords, unit_samples;
    int row_weight, column_weight; /* most that those of a window add up to */
    int n_rows;                    /* of input */
    Rows offset, pick, weight, divisor;
} Ribbon;

static int sample_size(const Call *call)
{
    return call->kernel->type / 100 == 16 ? 2 : 1;
}

/* Owords of all tables. */
static int count_owords(const Ribbon *s)
{
    return N_TABLES * s->slots * s->loads * s->owords;
}

/* Picks of an oword, whose taps weigh at most their part of a window. */
static void fill_oword(const Call *call, int at, Random *r)
{
    const Ribbon *s = call->args;
    const int most = s->column_weight / (s->slots * s->loads), size = sample_size(call);

    for (int slot = 0; slot < OWORD / 2; slot++) {
        const bool picked = random_in(r, 0, 3);
        const int from = random_in(r, 0, OWORD / size - 1) * size;
        const int16_t weight = (int16_t) (picked ? random_in(r, 0, most) : 0);
        uint8_t *pick = s->pick.row0 + at * OWORD + 2 * slot;

        pick[0] = (uint8_t) (picked ? from : NOTHING);
        pick[1] = (uint8_t) (picked && size == 2 ? from + 1 : NOTHING);
        memcpy(s->weight.row0 + at * OWORD + 2 * slot, &weight, sizeof(weight));
    }
}

static uint32_t random_area(const Ribbon *s, Random *r)
{
    const int least = s->row_weight * s->column_weight;

    return (uint32_t) (least + random_in(r, 0, least / 2 + 1)) << s->rows.lift;
}

static void fill_divisors(const Ribbon *s, Random *r)
{
    const uint32_t bias =
        s->rows.bias * (uint32_t) s->row_weight * (uint32_t) s->column_weight;
    uint32_t *divisor = (uint32_t *) s->divisor.row0;
    const int n = s->unit_samples;

    for (int i = 0; i < N_ROW_CLASSES * N_TABLES * n; i++) {
        const uint32_t area = random_area(s, r);
        const float inverse = 1.0f / (float) area;
        uint32_t *at = divisor + i / n * 2 * n + i % n;

        at[0] = area / 2 + (bias << s->rows.lift);
        if (s->rows.in_float)
            memcpy(&at[n], &inverse, sizeof(inverse));
        else
            at[n] = (uint32_t) (((UINT64_C(1) << s->rows.div_shift) + area - 1) / area);
    }
}

static void make_tables(const Call *call, int row_bytes, Random *r)
{
    Ribbon *s = call->args;
    const int n = count_owords(s), size = sample_size(call);
    const int reach = random_in(r, 0, (row_bytes - OWORD) / 2 / size) * size;

    block_init(&s->offset, (size_t) n * sizeof(int32_t));
    block_init(&s->pick, (size_t) n * OWORD);
    block_init(&s->weight, (size_t) n * OWORD);
    block_init(&s->divisor, (size_t) (N_ROW_CLASSES * N_TABLES * 2 * s->unit_samples) *
                                sizeof(uint32_t));
    for (int at = 0; at < n; at++) {
        ((int32_t *) s->offset.row0)[at] = random_in(r, 0, reach / size) * size;
        fill_oword(call, at, r);
    }
    for (int u = 0; u < s->rows.n_units; u++)
        s->units[u] = (AreascaleStripUnit){
            .offset = random_in(r, 0, (row_bytes - OWORD - reach) / size) * size,
            .table = random_in(r, 0, N_TABLES - 1),
        };
    fill_divisors(s, r);
}

/* Windows that begin with the last row of the one before, or do not. */
static void make_steps(Ribbon *s, Random *r)
{
    const int most = s->row_weight / MAX_WINDOW_ROWS;

    for (int y = 0; y < s->rows.n_steps; y++) {
        const int carried = y && random_in(r, 0, 1);

        s->steps[y] = (AreascaleBlendStep){
            .carried = carried,
            .rows = random_in(r, 1 - carried, MAX_WINDOW_ROWS - carried),
            .head = random_in(r, 0, most),
            .body = random_in(r, 0, most),
            .tail = random_in(r, 0, most),
            .divisor = random_in(r, 0, N_ROW_CLASSES - 1) * N_TABLES * 2 *
                       s->unit_samples * (ptrdiff_t) sizeof(uint32_t),
        };
        s->n_rows += s->steps[y].rows;
    }
}

/* Weights that make no sum too large, shifts, and what comes out. */
static void choose_arithmetic(const Call *call, Random *r)
{
    Ribbon *s = call->args;
    const int depth = sample_size(call) == 2 ? random_in(r, 9, 16) : 8;
    const int most = (s->rows.in_float ? 1 << 22 : 1 << 29) >> depth;
    const int bits = s->rows.to_words ? 16 : 8, out_depth = random_in(r, bits - 4, bits);

    s->rows.mask = (1u << depth) - 1;
    s->rows.bias = depth == 16 ? 1u << 15 : 0;
    s->rows.in_shift = sample_size(call) == 2 ? random_in(r, 0, 16 - depth) : 0;
    s->row_weight = random_in(r, MAX_WINDOW_ROWS, most / 30 < 6 ? 6 : most / 30);
    s->column_weight = most / s->row_weight < 26 ? 26 : most / s->row_weight;
    if (s->column_weight > INT16_MAX)
        s->column_weight = INT16_MAX;
    s->rows.lift = s->rows.in_float ? 0 : random_in(r, 0, 2);
    s->rows.div_shift = 32;
    s->rows.out_max = (1u << out_depth) - 1;
    s->rows.out_shift = random_in(r, 0, bits - out_depth);
}

static void make_call(Call *call, const Check *check, Pattern pattern,
                      const RowsShape *src_shape, const RowsShape *dst_shape, Random *r)
{
    Ribbon *s = call->args;
    const int row_bytes = random_in(r, OWORD, 500) * sample_size(call);
    size_t dst_bytes;

    s->slots = call->kernel->type / 10 % 10;
    s->loads = call->kernel->type % 10;
    s->owords = check->dsp.ribbon_owords;
    s->unit_samples = s->owords * AREASCALE_RIBBON_SAMPLES;
    s->rows.n = random_in(r, s->unit_samples, MAX_UNITS * s->unit_samples);
    s->rows.n_units = (s->rows.n + s->unit_samples - 1) / s->unit_samples;
    dst_bytes = (size_t) s->rows.n * (s->rows.to_words ? 2 : 1);
    choose_arithmetic(call, r);
    make_steps(s, r);
    make_tables(call, row_bytes, r);
    rows_init(&call->src, (size_t) row_bytes, s->n_rows, src_shape);
    rows_fill(&call->src, pattern, (size_t) sample_size(call),
              s->rows.mask << s->rows.in_shift, r);
    rows_init(&call->dst, dst_bytes, s->rows.n_steps, dst_shape);
    rows_init(&call->expected, dst_bytes, s->rows.n_steps, dst_shape);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    Ribbon *s = call_args(call, sizeof(*s));
    const Pattern pattern = random_pattern(r);
    RowsShape src_shape, dst_shape;

    s->rows.to_words = n % 2;
    s->rows.in_float = random_in(r, 0, 1);
    s->rows.n_steps = random_in(r, 1, MAX_STEPS);
    s->rows.ahead = random_in(r, -100000, 100000);
    src_shape = random_rows_shape((size_t) sample_size(call), r);
    dst_shape = random_rows_shape(s->rows.to_words ? 2 : 1, r);
    check_case(check, "%s: to words %d, in float %d, %d rows, places %d and %d, pattern %d",
               call->kernel->name, s->rows.to_words, s->rows.in_float, s->rows.n_steps,
               (int) src_shape.place, (int) dst_shape.place, (int) pattern);
    make_call(call, check, pattern, &src_shape, &dst_shape, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Ribbon *s = call_args(call, sizeof(*s));

    s->rows.in_float = true;
    s->rows.to_words = sample_size(call) == 2;
    s->rows.n_steps = MAX_STEPS;
    make_call(call, check, PATTERN_NOISE, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Ribbon *s = call->args;
    AreascaleRibbonRows rows = s->rows;

    rows.offset = (const int32_t *) s->offset.row0;
    rows.pick = s->pick.row0;
    rows.weight = (const int16_t *) s->weight.row0;
    rows.divisor = (const char *) s->divisor.row0;
    rows.units = s->units;
    rows.steps = s->steps;
    rows.src = (const char *) call->src.row0;
    rows.stride = call->src.stride;
    rows.dst = (char *) dst->row0;
    rows.dst_stride = dst->stride;
    ((AreascaleRibbonFn) kernel)(&rows);
}

/* What a kernel takes a picked sample for. */
static int32_t picked(const Call *call, const uint8_t *load, const uint8_t *pick)
{
    const Ribbon *s = call->args;
    uint16_t word;
    int32_t value;

    if (*pick == NOTHING)
        return 0;
    if (sample_size(call) == 1)
        return load[*pick];
    memcpy(&word, load + *pick, sizeof(word));
    value = word >> s->rows.in_shift & (int) s->rows.mask;
    return s->rows.bias ? value - (1 << 15) : value;
}

/* The weighed sum of sample i of a unit in an input row. */
static int64_t row_sum(const Call *call, const AreascaleStripUnit *unit, int i, int y)
{
    const Ribbon *s = call->args;
    const int oword = i / AREASCALE_RIBBON_SAMPLES, within = i % AREASCALE_RIBBON_SAMPLES;
    const int per_oword = AREASCALE_RIBBON_SAMPLES / s->slots, v = within / per_oword;
    int64_t sum = 0;

    for (int l = 0; l < s->loads; l++) {
        const int at = ((unit->table * s->slots + v) * s->loads + l) * s->owords + oword;
        const uint8_t *load = rows_at(&call->src, y) + unit->offset +
                              ((const int32_t *) s->offset.row0)[at];

        for (int k = 0; k < s->slots; k++) {
            const int slot = within % per_oword * s->slots + k;
            int16_t weight;

            memcpy(&weight, s->weight.row0 + at * OWORD + 2 * slot, sizeof(weight));
            sum += (int64_t) weight *
                   picked(call, load, s->pick.row0 + at * OWORD + 2 * slot);
        }
    }
    return sum;
}

/* The first four samples of each oword come before the others. */
static int lane_of(const Ribbon *s, int i)
{
    return i % 8 / 4 * 4 * s->owords + i / 8 * 4 + i % 4;
}

static uint32_t quotient(const Ribbon *s, const char *divisors, int i, int64_t sum)
{
    const uint32_t *divisor = (const uint32_t *) divisors + lane_of(s, i);
    const int64_t n = sum * (INT64_C(1) << s->rows.lift) + divisor[0];
    float inverse;
    uint32_t q;

    memcpy(&inverse, &divisor[s->unit_samples], sizeof(inverse));
    q = s->rows.in_float
            ? (uint32_t) (float) ((float) n * inverse)
            : (uint32_t) ((uint64_t) n * divisor[s->unit_samples] >> s->rows.div_shift);
    return (q < s->rows.out_max ? q : s->rows.out_max) << s->rows.out_shift;
}

/* The output row of a step whose window has the rows [row0, row1). */
static void run_step(const Call *call, const AreascaleBlendStep *step, int row0, int row1,
                     uint8_t *dst)
{
    const Ribbon *s = call->args;

    for (int u = 0; u < s->rows.n_units; u++) {
        const int last = s->rows.n - s->unit_samples;
        const int begin = u * s->unit_samples < last ? u * s->unit_samples : last;
        const char *divisors = (const char *) s->divisor.row0 + step->divisor +
                               s->units[u].table * 2 * s->unit_samples *
                                   (ptrdiff_t) sizeof(uint32_t);

        for (int i = 0; i < s->unit_samples; i++) {
            int64_t sum = 0;
            uint16_t word;

            for (int row = row0; row < row1; row++)
                sum += (row == row0       ? step->head
                        : row == row1 - 1 ? step->tail
                                          : step->body) *
                       row_sum(call, &s->units[u], i, row);
            word = (uint16_t) quotient(s, divisors, i, sum);
            if (s->rows.to_words)
                memcpy(dst + 2 * (begin + i), &word, sizeof(word));
            else
                dst[begin + i] = (uint8_t) word;
        }
    }
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Ribbon *s = call->args;
    int row = 0; /* the first one that is of no window before */

    for (int y = 0; y < s->rows.n_steps; y++) {
        const int first = row - s->steps[y].carried;

        row += s->steps[y].rows;
        run_step(call, &s->steps[y], first, row, rows_at(dst, y));
    }
}

static void clear(Call *call)
{
    Ribbon *s = call->args;

    rows_free(&s->offset);
    rows_free(&s->pick);
    rows_free(&s->weight);
    rows_free(&s->divisor);
}

const KernelKind kind_ribbon = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
