/* areascale: calls of kernels that gather small windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tables need not be those of any plane: what counts is that a kernel does what
 * they say. Plain C follows them an output sample at a time.
 */

#include <string.h>

#include "kernels.h"

enum { OWORD = 16, NOTHING = 0x80 };

/* The arguments of a call. Tables end at inaccessible pages. */
typedef struct Gathered {
    AreascaleGather tables;
    AreascaleGatherRow row; /* without its output */
    int owords;             /* of a vector */
    int max_taps;           /* of an output sample in a row of its window */
    Rows offset, pick, round, reciprocal;
} Gathered;

static bool is_wide(const Call *call)
{
    return call->kernel->type == GATHER_WIDE || call->kernel->type == GATHER_FULL;
}

static int sample_size(const Call *call)
{
    return call->kernel->type == GATHER_8 ? 1 : 2;
}

static uint32_t max_sum(const Call *call)
{
    return is_wide(call) ? UINT32_MAX : UINT16_MAX;
}

/* Vectors of slots for half a unit. */
static int count_vectors(const Call *call)
{
    const Gathered *g = call->args;

    return g->tables.slots * sample_size(call) / 2;
}

/* Output samples of an oword of slots. */
static int count_samples(const Call *call)
{
    const Gathered *g = call->args;

    return OWORD / sample_size(call) / g->tables.slots;
}

static void set_pick(uint8_t *pick, int slot, int size, int sample)
{
    for (int b = 0; b < size; b++)
        pick[slot * size + b] = (uint8_t) (sample < 0 ? NOTHING : sample * size + b);
}

/* The loads of the output samples of one oword, each of them with max_taps at most. */
static void fill_loads(const Call *call, int32_t *offset, uint8_t *pick, Random *r)
{
    const Gathered *g = call->args;
    const int size = sample_size(call);
    const int in_samples = (int) call->src.row_bytes / size;
    int taps[OWORD] = { 0 };

    for (int k = 0; k < g->tables.loads; k++) {
        offset[k * g->owords] = size * random_in(r, 0, in_samples - OWORD / size);
        for (int i = 0; i < OWORD / size; i++) {
            int *n = &taps[i / g->tables.slots];
            const bool picked = *n < g->max_taps && random_in(r, 0, 3);

            *n += picked;
            set_pick(pick + k * g->owords * OWORD, i, size,
                     picked ? random_in(r, 0, OWORD / size - 1) : -1);
        }
    }
}

static void fill_tables(const Call *call, Random *r)
{
    const Gathered *g = call->args;
    const int n_vectors = 2 * g->tables.n_units * count_vectors(call);

    for (int v = 0; v < n_vectors; v++)
        for (int l = 0; l < g->owords; l++) {
            const int at = v * g->tables.loads * g->owords + l;

            fill_loads(call, g->tables.offset + at, g->tables.pick + at * OWORD, r);
        }
}

/* What the kernel takes samples for less than they are, in all. */
static uint32_t bias_of(const Call *call)
{
    const Gathered *g = call->args;
    const uint32_t n = (uint32_t) (g->tables.slots * g->tables.loads * g->row.rows);

    return is_wide(call) ? n * AREASCALE_GATHER_BIAS : 0;
}

static uint32_t random_up_to(uint64_t most, Random *r)
{
    return (uint32_t) (random_next(r) % (most + 1));
}

/* Divisors that make no result too large. */
static void fill_divisors(const Call *call, Random *r)
{
    const Gathered *g = call->args;
    const uint32_t sum = (uint32_t) (g->max_taps * g->row.rows) * g->row.mask;
    const uint64_t too_large = (uint64_t) (g->row.mask + 1) << g->row.div_shift;

    for (int i = 0; i < g->tables.n_units * g->tables.unit_samples; i++) {
        const uint32_t round = random_up_to(max_sum(call) - sum, r);
        const uint64_t most = (too_large - 1) / ((uint64_t) sum + round);
        const uint32_t reciprocal = random_up_to(most < max_sum(call) ? most : max_sum(call), r);

        if (is_wide(call)) {
            ((uint32_t *) g->round.row0)[i] = round + bias_of(call);
            ((uint32_t *) g->reciprocal.row0)[i] = reciprocal;
        } else {
            ((uint16_t *) g->round.row0)[i] = (uint16_t) round;
            ((uint16_t *) g->reciprocal.row0)[i] = (uint16_t) reciprocal;
        }
    }
}

static void make_tables(const Call *call, Random *r)
{
    Gathered *g = call->args;
    AreascaleGather *t = &g->tables;
    size_t n_loads, n_divisors;

    t->unit_samples = 16 * g->owords;
    t->n_units = (g->row.n + t->unit_samples - 1) / t->unit_samples;
    n_loads = 2 * (size_t) (t->n_units * count_vectors(call) * t->loads * g->owords);
    n_divisors = (size_t) (t->n_units * t->unit_samples);
    block_init(&g->offset, n_loads * sizeof(*t->offset));
    block_init(&g->pick, n_loads * OWORD);
    block_init(&g->round, n_divisors * (is_wide(call) ? sizeof(uint32_t) : sizeof(uint16_t)));
    block_init(&g->reciprocal, g->round.row_bytes);
    t->offset = (int32_t *) g->offset.row0;
    t->pick = g->pick.row0;
    t->round[g->row.row_class] = g->round.row0;
    t->reciprocal[g->row.row_class] = g->reciprocal.row0;
    fill_tables(call, r);
    fill_divisors(call, r);
}

/* The rest of a call whose shape is known. */
static void make_memory(Call *call, Pattern pattern, int in_samples, const RowsShape *src_shape,
                        const RowsShape *dst_shape, Random *r)
{
    Gathered *g = call->args;
    const size_t size = (size_t) sample_size(call);

    rows_init(&call->src, (size_t) in_samples * size, g->row.rows, src_shape);
    rows_fill(&call->src, pattern, size, g->row.mask << g->row.shift, r);
    rows_init(&call->dst, (size_t) g->row.n * size, 1, dst_shape);
    rows_init(&call->expected, (size_t) g->row.n * size, 1, dst_shape);
    g->row.gather = &g->tables;
    g->row.src = (const char *) call->src.row0;
    g->row.stride = call->src.stride;
    make_tables(call, r);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* A depth of the type, and as many taps and rows as do not make sums too large. */
static void choose_shape(const Call *call, Random *r)
{
    static const int least_depth[] = { 8, 9, 9, 16 }, most_depth[] = { 8, 16, 15, 16 };
    Gathered *g = call->args;
    const int type = call->kernel->type;
    const int depth = random_in(r, least_depth[type], most_depth[type]);

    g->tables.slots = 2 << random_in(r, 0, 2);
    g->tables.loads = random_in(r, 1, AREASCALE_MAX_LOADS);
    g->row.mask = (1u << depth) - 1;
    g->row.shift = random_in(r, 0, 8 * sample_size(call) - depth);
    g->row.div_shift = is_wide(call) ? random_in(r, 32, 40) : random_in(r, 16, 24);
    g->max_taps = least(g->tables.slots * g->tables.loads, (int) (UINT16_MAX / g->row.mask));
    if (is_wide(call))
        g->max_taps = g->tables.slots * g->tables.loads;
    g->row.rows = random_in(
        r, 1, least(40, (int) (max_sum(call) / ((uint32_t) g->max_taps * g->row.mask))));
    if (random_in(r, 0, 1))
        g->row.rows = least(g->row.rows, 4);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    Gathered *g = call_args(call, sizeof(*g));
    const size_t size = (size_t) sample_size(call);
    const int in_samples = random_in(r, OWORD / (int) size, 600);
    const RowsShape src_shape = random_rows_shape(size, r), dst_shape = random_rows_shape(size, r);
    const Pattern pattern = random_pattern(r);

    choose_shape(call, r);
    g->owords = check->dsp.gather_owords;
    g->row.n = width_of_case(n, 1000, r);
    g->row.row_class = random_in(r, 0, 1);
    g->row.ahead = random_in(r, -100000, 100000);
    check_case(check,
               "%s: %d rows of %d to %d, %d slots, %d loads, mask %#x, shift %d, div_shift %d, "
               "places %d and %d, pattern %d",
               call->kernel->name, g->row.rows, in_samples, g->row.n, g->tables.slots,
               g->tables.loads, g->row.mask, g->row.shift, g->row.div_shift,
               (int) src_shape.place, (int) dst_shape.place, (int) pattern);
    make_memory(call, pattern, in_samples, &src_shape, &dst_shape, r);
}

/* As 3:2 is. */
static void make_usual(Call *call, Check *check)
{
    static const int depths[] = { 8, 10, 12, 16 };
    const RowsShape loose = { .place = PLACE_LOOSE };
    Gathered *g = call_args(call, sizeof(*g));

    g->owords = check->dsp.gather_owords;
    g->max_taps = 2;
    g->tables.slots = 2;
    g->tables.loads = 1;
    g->row.rows = 2;
    g->row.n = 1280;
    g->row.mask = (1u << depths[call->kernel->type]) - 1;
    g->row.div_shift = is_wide(call) ? 32 : 16;
    make_memory(call, PATTERN_NOISE, 1920, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Gathered *g = call->args;
    AreascaleGatherRow row = g->row;

    row.dst = dst->row0;
    ((AreascaleGatherFn) kernel)(&row);
}

/* The value that a load picks, and 0 where it picks nothing. */
static unsigned picked(const Call *call, int y, int32_t offset, const uint8_t *pick)
{
    const Gathered *g = call->args;
    const uint8_t *load = rows_at(&call->src, y) + offset;
    uint16_t word;

    if (*pick == NOTHING)
        return 0;
    if (sample_size(call) == 1)
        return load[*pick];
    memcpy(&word, load + *pick, sizeof(word));
    return word >> g->row.shift & g->row.mask;
}

/* The sum of the window of sample i of the half-th half of a unit. */
static uint32_t window_sum(const Call *call, int half, int i)
{
    const Gathered *g = call->args;
    const AreascaleGather *t = &g->tables;
    const int n = count_samples(call), vectors = count_vectors(call);
    const int oword = i / (n * vectors), vector = i / n % vectors;
    uint32_t sum = 0;

    for (int k = 0; k < t->loads; k++) {
        const int at = ((half * vectors + vector) * t->loads + k) * g->owords + oword;

        for (int slot = i % n * t->slots; slot < (i % n + 1) * t->slots; slot++)
            for (int y = 0; y < g->row.rows; y++)
                sum += picked(call, y, t->offset[at],
                              t->pick + at * OWORD + slot * sample_size(call));
    }
    return sum;
}

/* The mean of sample i of half a unit. Sums of 32 bits come in two vectors: each of
 * their owords has four samples, first the first vector's. */
static unsigned mean(const Call *call, int half, int i)
{
    const Gathered *g = call->args;
    const int per_half = g->tables.unit_samples / 2;
    const int wide_lane = i / 8 * 4 + i / 4 % 2 * (per_half / 2) + i % 4;
    const int lane = half * per_half + (is_wide(call) ? wide_lane : i);
    const uint32_t sum = window_sum(call, half, i) - bias_of(call);

    if (is_wide(call)) {
        const uint32_t n = sum + ((uint32_t *) g->round.row0)[lane];

        return (unsigned) ((uint64_t) n * ((uint32_t *) g->reciprocal.row0)[lane] >>
                           g->row.div_shift);
    }
    return (sum + ((uint16_t *) g->round.row0)[lane]) *
               ((uint16_t *) g->reciprocal.row0)[lane] >>
           g->row.div_shift;
}

/* The last unit ends with the row. */
static void run_plain(const Call *call, const Rows *dst)
{
    const Gathered *g = call->args;
    const int per_unit = g->tables.unit_samples, last = g->row.n - per_unit;

    for (int unit = 0; unit < g->tables.n_units; unit++)
        for (int i = 0; i < least(per_unit, g->row.n); i++) {
            const int begin = last < 0 ? 0 : least(unit * per_unit, last);
            const unsigned word =
                mean(call, 2 * unit + 2 * i / per_unit, i % (per_unit / 2)) << g->row.shift;

            if (sample_size(call) == 1)
                dst->row0[begin + i] = (uint8_t) word;
            else
                ((uint16_t *) dst->row0)[begin + i] = (uint16_t) word;
        }
}

static void clear(Call *call)
{
    Gathered *g = call->args;

    rows_free(&g->offset);
    rows_free(&g->pick);
    rows_free(&g->round);
    rows_free(&g->reciprocal);
}

const KernelKind kind_gather = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
