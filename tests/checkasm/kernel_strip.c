/* areascale: calls of kernels that go down strips
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tables need not be those of any plane: what counts is that a kernel does what
 * they say. Plain C follows them an output sample at a time.
 */

#include <string.h>

#include "kernels.h"

enum { OWORD = 16, NOTHING = 0x80, MAX_STEPS = 4 };

/* The arguments of a call. Tables end at inaccessible pages. */
typedef struct Strip {
    AreascaleStrips tables;
    AreascaleStripRows rows; /* without their output */
    AreascaleStripStep steps[MAX_STEPS];
    int n_vectors, n_results, owords;
    int slots, loads, singles;
    int unit_samples, n_tables;
    int max_taps; /* of an output sample in a row of its window */
    int max_rows; /* of a window */
    Rows units, offset, pick, divisor;
} Strip;

static int kind_of(const Call *call)
{
    return call->kernel->type / 100;
}

static bool is_wide(const Call *call)
{
    return kind_of(call) >= AREASCALE_STRIP_WIDE;
}

/* Bytes of an input sample. */
static int sample_size(const Call *call)
{
    return kind_of(call) == AREASCALE_STRIP_BYTES || kind_of(call) == AREASCALE_STRIP_LIFTED
               ? 1
               : 2;
}

/* Bytes of an output sample. */
static int out_size(const Call *call)
{
    return kind_of(call) == AREASCALE_STRIP_BYTES ? 1 : 2;
}

/* Output samples of an oword of slots. */
static int per_oword(const Call *call)
{
    const Strip *s = call->args;

    return OWORD / sample_size(call) / s->slots;
}

static int count_picks(const Strip *s)
{
    return s->loads + s->singles;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void set_pick(uint8_t *pick, int slot, int size, int sample)
{
    for (int b = 0; b < size; b++)
        pick[slot * size + b] = (uint8_t) (sample < 0 ? NOTHING : sample * size + b);
}

/* The picks of an oword, owords apart; singles go into first slots alone. */
static void fill_picks(const Call *call, uint8_t *pick, Random *r)
{
    const Strip *s = call->args;
    const int size = sample_size(call);
    int taps[OWORD] = { 0 };

    for (int k = 0; k < count_picks(s); k++) {
        for (int i = 0; i < OWORD / size; i++) {
            int *n = &taps[i / s->slots];
            const bool picked = *n < s->max_taps && (k < s->loads || i % s->slots == 0) &&
                                random_in(r, 0, 3);

            *n += picked;
            set_pick(pick + k * s->owords * OWORD, i, size,
                     picked ? random_in(r, 0, OWORD / size - 1) : -1);
        }
    }
}

/* Loads begin up to `reach` bytes after the unit's offset. */
static void fill_loads(const Call *call, int reach, Random *r)
{
    const Strip *s = call->args;
    const int n_vectors = s->n_tables * s->n_vectors, size = sample_size(call);

    for (int i = 0; i < n_vectors * s->loads * s->owords; i++)
        s->tables.offset[i] = size * random_in(r, 0, reach / size);
    for (int v = 0; v < n_vectors; v++)
        for (int o = 0; o < s->owords; o++)
            fill_picks(call, s->tables.pick + (v * count_picks(s) * s->owords + o) * OWORD,
                       r);
}

static void fill_units(const Call *call, int reach, Random *r)
{
    const Strip *s = call->args;
    const int size = sample_size(call);
    const int most = (int) call->src.row_bytes - OWORD - reach;

    for (int u = 0; u < s->tables.n_units; u++)
        s->tables.units[u] = (AreascaleStripUnit){
            .offset = size * random_in(r, 0, most / size),
            .table = random_in(r, 0, s->n_tables - 1),
        };
}

/* The rows that the window of a step has. */
static int window_rows(const Strip *s, int step)
{
    return s->steps[step].rows + (step && s->steps[step - 1].keep);
}

/* What a kernel takes the samples of a window for less than they are, in all. */
static uint32_t bias_of(const Call *call, int rows)
{
    const Strip *s = call->args;
    const uint32_t n = (uint32_t) (s->slots * count_picks(s) * rows);

    return kind_of(call) == AREASCALE_STRIP_FULL ? n * AREASCALE_STRIP_BIAS : 0;
}

static size_t divisor_size(const Call *call)
{
    return is_wide(call) ? sizeof(uint32_t) : sizeof(uint16_t);
}

static uint32_t max_sum(const Call *call)
{
    const Strip *s = call->args;

    return s->rows.in_float ? (1u << 24) - 1 : is_wide(call) ? UINT32_MAX : UINT16_MAX;
}

static uint32_t random_up_to(uint64_t most, Random *r)
{
    return (uint32_t) (random_next(r) % (most + 1));
}

static void put_divisor(const Call *call, size_t at, uint32_t value)
{
    const Strip *s = call->args;

    if (is_wide(call))
        ((uint32_t *) s->divisor.row0)[at] = value;
    else
        ((uint16_t *) s->divisor.row0)[at] = (uint16_t) value;
}

static uint32_t get_divisor(const Call *call, size_t at)
{
    const Strip *s = call->args;

    return is_wide(call) ? ((const uint32_t *) s->divisor.row0)[at]
                         : ((const uint16_t *) s->divisor.row0)[at];
}

/* Any float up to this one; its bits. */
static uint32_t random_float(double most, Random *r)
{
    union {
        float value;
        uint32_t bits;
    } f = { (float) (most * random_in(r, 0, 1000) / 1001) };

    return f.bits;
}

/* Divisors that make no result too large, for each step's window those of its own. */
static void fill_divisors(const Call *call, Random *r)
{
    const Strip *s = call->args;
    const int n = s->unit_samples;
    const uint64_t too_large =
        (uint64_t) (s->rows.mask + 1) << s->rows.lift << s->rows.div_shift;

    for (int step = 0; step < s->rows.n_steps; step++) {
        const int rows = window_rows(s, step);
        const uint32_t sum = (uint32_t) (s->max_taps * rows) * s->rows.mask << s->rows.lift;

        for (int i = 0; i < s->n_tables * n; i++) {
            const size_t at = (size_t) (2 * (step * s->n_tables + i / n) * n + i % n);
            const uint32_t round = random_up_to(max_sum(call) - sum, r);
            const uint64_t n_values = (uint64_t) sum + round + 1;
            const uint64_t most = (too_large - 1) / n_values;

            put_divisor(call, at, round + bias_of(call, rows));
            if (s->rows.in_float)
                put_divisor(call, at + (size_t) n,
                            random_float((double) (too_large >> s->rows.div_shift) /
                                             (double) n_values, r));
            else
                put_divisor(call, at + (size_t) n,
                            random_up_to(most < max_sum(call) ? most : max_sum(call), r));
        }
    }
}

static void make_tables(const Call *call, Random *r)
{
    Strip *s = call->args;
    const int reach = random_in(r, 0, (int) call->src.row_bytes - OWORD);
    const size_t n_owords = (size_t) (s->n_tables * s->n_vectors * s->owords);
    const size_t n_divisors =
        (size_t) (2 * s->rows.n_steps * s->n_tables * s->unit_samples);

    block_init(&s->units, (size_t) s->tables.n_units * sizeof(AreascaleStripUnit));
    block_init(&s->offset, n_owords * (size_t) s->loads * sizeof(int32_t));
    block_init(&s->pick, n_owords * (size_t) count_picks(s) * OWORD);
    block_init(&s->divisor, n_divisors * divisor_size(call));
    s->tables.units = (AreascaleStripUnit *) s->units.row0;
    s->tables.offset = (int32_t *) s->offset.row0;
    s->tables.pick = s->pick.row0;
    s->tables.divisor = (char *) s->divisor.row0;
    fill_loads(call, reach, r);
    fill_units(call, reach, r);
    fill_divisors(call, r);
}

/* The rest of a call whose shape is known. */
static void make_memory(Call *call, Pattern pattern, int in_samples,
                        const RowsShape *src_shape, const RowsShape *dst_shape, Random *r)
{
    Strip *s = call->args;
    const size_t size = (size_t) sample_size(call);
    int n_rows = 0;

    for (int i = 0; i < s->rows.n_steps; i++) {
        n_rows += s->steps[i].rows;
        s->steps[i].divisor = (ptrdiff_t) (2 * i * s->n_tables * s->unit_samples) *
                              (ptrdiff_t) divisor_size(call);
    }
    s->tables.n_units = (s->rows.n + s->unit_samples - 1) / s->unit_samples;
    rows_init(&call->src, (size_t) in_samples * size, n_rows, src_shape);
    rows_fill(&call->src, pattern, size, s->rows.mask << s->rows.shift, r);
    rows_init(&call->dst, (size_t) (s->rows.n * out_size(call)), s->rows.n_steps, dst_shape);
    rows_init(&call->expected, (size_t) (s->rows.n * out_size(call)), s->rows.n_steps,
              dst_shape);
    make_tables(call, r);
}

/* What the level's kernel is made for. */
static void take_kernel(const Call *call, const AreascaleDsp *dsp)
{
    Strip *s = call->args;
    const AreascaleStrip *kernel;

    s->slots = call->kernel->type / 10 % 10;
    s->loads = call->kernel->type % 10 ? call->kernel->type % 10 : 1;
    s->singles = call->kernel->type % 10 == 0;
    kernel = &dsp->strip[kind_of(call)][s->slots / 4][s->loads - 1][s->singles];
    s->n_vectors = kernel->n_vectors;
    s->n_results = kernel->n_results;
    s->owords = dsp->strip_owords;
    s->unit_samples = s->n_vectors * s->owords * per_oword(call);
}

/* Rows of a window whose slots fit half of 16 bits, or so much as `most`. */
static int rows_that_fit(const Call *call, int most)
{
    const Strip *s = call->args;

    switch (kind_of(call)) {
    case AREASCALE_STRIP_WIDE: return most / count_picks(s);
    case AREASCALE_STRIP_LIFTED: return most / (2 * s->loads + s->singles);
    case AREASCALE_STRIP_FULL: return 100;
    default: return most / s->max_taps;
    }
}

/* A depth of the kind, and as many taps and rows as do not make sums too large: lanes that
 * are taken for signed have half of 16 bits, those of WIDE have one slot, and those of
 * LIFTED two. */
static void choose_shape(const Call *call, Random *r)
{
    static const int least_depth[] = { 8, 9, 9, 16, 8 }, most_depth[] = { 8, 15, 14, 16, 8 };
    static const int most_lift[] = { 0, 0, 2, 0, 8 };
    Strip *s = call->args;
    const int kind = kind_of(call), places = s->slots * s->loads + s->singles;
    const int depth = random_in(r, least_depth[kind], most_depth[kind]);
    const bool one_lane = kind == AREASCALE_STRIP_BYTES && s->slots == 2;
    int most = one_lane ? UINT16_MAX : INT16_MAX;

    s->rows.mask = (1u << depth) - 1;
    s->rows.shift = random_in(r, 0, 8 * sample_size(call) - depth);
    s->rows.lift = random_in(r, 0, least(most_lift[kind], 16 - depth));
    s->rows.out_shift = random_in(r, 0, 8 * out_size(call) - depth - s->rows.lift);
    s->rows.div_shift = is_wide(call) ? random_in(r, 32, 40) : random_in(r, 16, 24);
    most /= (int) s->rows.mask;
    s->max_taps = is_wide(call) ? places : least(places, random_in(r, 1, most));
    s->max_rows = rows_that_fit(call, most);
    s->rows.in_float =
        is_wide(call) && random_in(r, 0, 1) &&
        (uint64_t) s->max_taps * (unsigned) s->max_rows * s->rows.mask << s->rows.lift < 1 << 24;
}

static void choose_steps(const Call *call, Random *r)
{
    Strip *s = call->args;
    const int most = least(s->max_rows, random_in(r, 0, 7) ? 2 : 12);

    s->rows.n_steps = random_in(r, 1, MAX_STEPS);
    for (int i = 0; i < s->rows.n_steps; i++) {
        s->steps[i].rows = random_in(r, 1, most);
        if (i && s->steps[i - 1].keep && s->steps[i].rows == s->max_rows)
            s->steps[i - 1].keep = 0;
        s->steps[i].keep = random_in(r, 0, 1) ? UINT32_MAX : 0;
    }
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    Strip *s = call_args(call, sizeof(*s));
    const size_t size = (size_t) sample_size(call);
    const int in_samples = random_in(r, OWORD / (int) size, 600);
    const RowsShape src_shape = random_rows_shape(size, r),
                    dst_shape = random_rows_shape((size_t) out_size(call), r);
    const Pattern pattern = random_pattern(r);

    take_kernel(call, &check->dsp);
    choose_shape(call, r);
    choose_steps(call, r);
    s->n_tables = random_in(r, 1, 4);
    s->rows.n = s->unit_samples + n % (2 * s->unit_samples + 1);
    s->rows.ahead = random_in(r, -100000, 100000);
    check_case(
        check,
        "%s: %d steps of %d rows at most, %d to %d, mask %#x, shift %d, lift %d, div_shift %d, in float %d, "
        "places %d and %d, pattern %d",
        call->kernel->name, s->rows.n_steps, s->max_rows, in_samples, s->rows.n,
        s->rows.mask, s->rows.shift, s->rows.lift, s->rows.div_shift, s->rows.in_float, (int) src_shape.place,
        (int) dst_shape.place, (int) pattern);
    make_memory(call, pattern, in_samples, &src_shape, &dst_shape, r);
}

/* Windows of two rows, of which each shares one with the next. */
static void make_usual(Call *call, Check *check)
{
    static const int depths[] = { 8, 10, 12, 16, 8 };
    const RowsShape loose = { .place = PLACE_LOOSE };
    Strip *s = call_args(call, sizeof(*s));

    take_kernel(call, &check->dsp);
    s->max_taps = 2;
    s->n_tables = 1;
    s->rows.n = 1280;
    s->rows.n_steps = MAX_STEPS;
    for (int i = 0; i < MAX_STEPS; i++)
        s->steps[i] = (AreascaleStripStep){ .rows = i ? 1 : 2, .keep = UINT32_MAX };
    s->rows.mask = (1u << depths[kind_of(call)]) - 1;
    s->rows.lift = kind_of(call) == AREASCALE_STRIP_LIFTED ? 8 : 0;
    s->rows.div_shift = is_wide(call) ? 32 : 16;
    s->rows.in_float = is_wide(call) && kind_of(call) != AREASCALE_STRIP_FULL;
    make_memory(call, PATTERN_NOISE, 1920, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Strip *s = call->args;
    AreascaleStripRows rows = s->rows;

    rows.strips = &s->tables;
    rows.steps = s->steps;
    rows.src = (const char *) call->src.row0;
    rows.stride = call->src.stride;
    rows.dst = (char *) dst->row0;
    rows.dst_stride = dst->stride;
    ((AreascaleStripFn) kernel)(&rows);
}

/* The value that a load picks, and 0 where it picks nothing. */
static unsigned picked(const Call *call, int y, int32_t offset, const uint8_t *pick)
{
    const Strip *s = call->args;
    const uint8_t *load = rows_at(&call->src, y) + offset;
    uint16_t word;

    if (*pick == NOTHING)
        return 0;
    if (sample_size(call) == 1)
        return load[*pick];
    memcpy(&word, load + *pick, sizeof(word));
    return word >> s->rows.shift & s->rows.mask;
}

/* Where the slots of sample i of a unit are: vectors whose results make one vector have
 * neighbours in each oword. */
static void find_slots(const Call *call, int i, int *vector, int *oword)
{
    const Strip *s = call->args;
    const int joined = s->n_vectors / (out_size(call) == 1 ? 1 : s->n_results);
    const int block = i / per_oword(call), group = block / (joined * s->owords);

    *oword = block / joined % s->owords;
    *vector = group * joined + block % joined;
}

/* The sum of rows [y0, y1) for sample i of a unit. */
static uint32_t window_sum(const Call *call, const AreascaleStripUnit *unit, int i, int y0,
                           int y1)
{
    const Strip *s = call->args;
    const int first = i % per_oword(call) * s->slots, size = sample_size(call);
    int vector, oword;
    uint32_t sum = 0;

    find_slots(call, i, &vector, &oword);
    vector += unit->table * s->n_vectors;
    for (int k = 0; k < count_picks(s); k++) {
        const int load = k < s->loads ? k : 0;
        const int32_t offset =
            unit->offset + s->tables.offset[(vector * s->loads + load) * s->owords + oword];
        const uint8_t *pick =
            s->tables.pick + ((vector * count_picks(s) + k) * s->owords + oword) * OWORD;

        for (int slot = first; slot < first + s->slots; slot++)
            for (int y = y0; y < y1; y++)
                sum += picked(call, y, offset, pick + slot * size);
    }
    return sum;
}

/* The place of sample i's divisors: that of its sum, of 32 bits in pairs of vectors whose
 * owords have four samples by turns, of bytes in vectors whose owords have eight by turns.
 */
static int lane_of(const Call *call, int i)
{
    const Strip *s = call->args;
    const int n = is_wide(call) ? 4 : 8;
    const int turns = is_wide(call) ? 2 : out_size(call) == 1 ? s->n_results : 1;
    const int all = n * turns * s->owords, at = i % all;

    return i - at + at / n % turns * (n * s->owords) + at / n / turns * n + i % n;
}

static float float_of(uint32_t bits)
{
    const union {
        uint32_t bits;
        float value;
    } f = { bits };

    return f.value;
}

/* The mean of sample i of a unit in the window of a step. */
static unsigned mean(const Call *call, const AreascaleStripUnit *unit, int i, int step,
                     int y0, int y1)
{
    const Strip *s = call->args;
    const size_t table = (size_t) (step * s->n_tables + unit->table);
    const size_t at = 2 * table * (size_t) s->unit_samples + (size_t) lane_of(call, i);
    const uint32_t sum = window_sum(call, unit, i, y0, y1) - bias_of(call, y1 - y0);
    const uint32_t n = (sum << s->rows.lift) + get_divisor(call, at);

    const uint32_t reciprocal = get_divisor(call, at + (size_t) s->unit_samples);

    if (s->rows.in_float)
        return (unsigned) (float) ((float) n * float_of(reciprocal));
    return (unsigned) ((uint64_t) n * reciprocal >> s->rows.div_shift);
}

static void put(const Call *call, uint8_t *row, int s, unsigned word)
{
    if (out_size(call) == 1)
        row[s] = (uint8_t) word;
    else
        ((uint16_t *) row)[s] = (uint16_t) word;
}

/* The last unit ends with the row. */
static void run_plain(const Call *call, const Rows *dst)
{
    const Strip *s = call->args;
    const int n = s->unit_samples;
    int end = 0;

    for (int step = 0; step < s->rows.n_steps; step++) {
        end += s->steps[step].rows;
        for (int u = 0; u < s->tables.n_units; u++)
            for (int i = 0; i < n; i++)
                put(call, rows_at(dst, step), least(u * n, s->rows.n - n) + i,
                    mean(call, &s->tables.units[u], i, step, end - window_rows(s, step),
                         end)
                        << s->rows.out_shift);
    }
}

static void clear(Call *call)
{
    Strip *s = call->args;

    rows_free(&s->units);
    rows_free(&s->offset);
    rows_free(&s->pick);
    rows_free(&s->divisor);
}

const KernelKind kind_strip = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
    .clear = clear,
};
