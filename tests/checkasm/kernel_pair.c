/* areascale: calls of kernels that enlarge rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels.h"

enum {
    OWORD_BYTES = 16,
    MAX_UNITS = 80,
    MAX_VECTORS = 2 * MAX_UNITS,
};

/* The arguments of a call. */
typedef struct Pair {
    AreascalePairRow row;
    int owords;
    AreascalePairVector vectors[MAX_VECTORS];
    uint8_t picks[MAX_VECTORS * 2 * AREASCALE_PAIR_OWORDS * OWORD_BYTES];
} Pair;

/* Output samples of a vector. */
static int lanes_of(const Pair *p)
{
    return p->owords * AREASCALE_PAIR_LANES;
}

static void fill_tables(Pair *p, int n_sums, Random *r)
{
    for (int i = 0; i < MAX_VECTORS; i++) {
        for (int w = 0; w < p->owords; w++) {
            p->vectors[i].first[w] = 2 * random_in(r, 0, n_sums - AREASCALE_PAIR_LANES);
            p->vectors[i].last[w] = 2 * random_in(r, 0, n_sums - AREASCALE_PAIR_LANES);
        }
    }
    for (size_t i = 0; i < sizeof(p->picks); i += 2) {
        p->picks[i] = (uint8_t) (2 * random_in(r, 0, AREASCALE_PAIR_LANES - 1));
        p->picks[i + 1] = (uint8_t) (p->picks[i] + 1);
    }
}

/* From more bits to fewer, or the other way. */
static void fill_scale(AreascalePairRow *row, AreascaleSample sample, Random *r)
{
    const int out = sample == AREASCALE_SAMPLE_8 ? random_in(r, 1, 8) : random_in(r, 9, 16);
    const int more = out - random_in(r, 1, 13) - 2;

    row->half = more < 0 ? 1 << (-more - 1) : 0;
    row->down = more < 0 ? -more : 0;
    row->max = more < 0 ? (1 << out) - 1 : UINT16_MAX;
    row->up = more < 0 ? random_in(r, 0, (8 << sample) - out) : more;
}

/* The most that the column sums are: what comes of two of them fits the output. */
static uint16_t max_sum(const AreascalePairRow *row, AreascaleSample sample)
{
    const unsigned bits = 8u << sample;

    return (uint16_t) (row->down ? 0x3fff : ((1u << (bits - 1)) - 1) >> row->up);
}

static void make_call(Call *call, Check *check, int n, int n_sums,
                      const RowsShape *src_shape, const RowsShape *dst_shape)
{
    const AreascaleSample sample = (AreascaleSample) call->kernel->type;
    Random *r = &check->random;
    Pair *p = call_args(call, sizeof(*p));

    p->owords = check->dsp.gather_owords;
    p->row.n = n;
    fill_tables(p, n_sums, r);
    fill_scale(&p->row, sample, r);
    rows_init(&call->src, (size_t) n_sums * sizeof(uint16_t), 1, src_shape);
    rows_fill(&call->src, random_pattern(r), sizeof(uint16_t), UINT16_MAX, r);
    for (int i = 0; i < n_sums; i++)
        ((uint16_t *) call->src.row0)[i] &= max_sum(&p->row, sample);
    rows_init(&call->dst, (size_t) n << sample, 1, dst_shape);
    rows_init(&call->expected, (size_t) n << sample, 1, dst_shape);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int unit = 2 * AREASCALE_PAIR_LANES * check->dsp.gather_owords;
    const int width = unit - 1 + width_of_case(n, unit * (MAX_UNITS - 1), r);
    const int n_sums = random_in(r, AREASCALE_PAIR_LANES, 600);
    const RowsShape src_shape = random_rows_shape(2, r);
    const RowsShape dst_shape = random_rows_shape((size_t) 1 << call->kernel->type, r);

    check_case(check, "%s: %d samples of %d sums, places %d and %d", call->kernel->name,
               width, n_sums, (int) src_shape.place, (int) dst_shape.place);
    make_call(call, check, width, n_sums, &src_shape, &dst_shape);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };

    make_call(call, check, 1280, 960, &loose, &loose);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    Pair *p = call->args;

    p->row.sums = (const uint16_t *) call->src.row0;
    p->row.vectors = p->vectors;
    p->row.picks = p->picks;
    p->row.dst = dst->row0;
    ((AreascalePairFn) kernel)(&p->row);
}

/* The sum of column sums that lane `lane` of a vector is made from. */
static unsigned sum_of(const Call *call, int vector, int lane)
{
    const Pair *p = call->args;
    const int w = lane / AREASCALE_PAIR_LANES, bytes = p->owords * OWORD_BYTES;
    const uint8_t *pick = p->picks + vector * 2 * bytes + 2 * lane;
    uint16_t first, last;

    memcpy(&first, call->src.row0 + p->vectors[vector].first[w] + pick[0], 2);
    memcpy(&last, call->src.row0 + p->vectors[vector].last[w] + pick[bytes], 2);
    return (unsigned) first + last;
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Pair *p = call->args;
    const AreascalePairRow *row = &p->row;
    const int unit = 2 * lanes_of(p), n_units = (row->n + unit - 1) / unit;

    for (int i = 0; i < n_units * unit; i++) {
        const int begin = i / unit * unit;
        const int at = (begin < row->n - unit ? begin : row->n - unit) + i % unit;
        const unsigned sum = sum_of(call, i / lanes_of(p), i % lanes_of(p));
        unsigned level = (sum + (unsigned) row->half) >> row->down;

        level = (level < (unsigned) row->max ? level : (unsigned) row->max) << row->up;
        if (call->kernel->type == AREASCALE_SAMPLE_8)
            dst->row0[at] = (uint8_t) level;
        else
            ((uint16_t *) dst->row0)[at] = (uint16_t) level;
    }
}

const KernelKind kind_pair = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
};
