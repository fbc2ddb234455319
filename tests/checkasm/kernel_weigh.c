/* areascale: calls of the kernels of weighed means
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels.h"
#include "naive.h"

/* The samples of a type, and the sums. */
static const struct {
    size_t sample_size, sum_size;
} types[] = {
    [WEIGH_8_32] = { sizeof(uint8_t), sizeof(uint32_t) },
    [WEIGH_16_32] = { sizeof(uint16_t), sizeof(uint32_t) },
    [WEIGH_8_64] = { sizeof(uint8_t), sizeof(uint64_t) },
    [WEIGH_16_64] = { sizeof(uint16_t), sizeof(uint64_t) },
    [WEIGH_32_64] = { sizeof(uint32_t), sizeof(uint64_t) },
};

static int random_depth(int type, Random *r)
{
    const int bits = 8 * (int) types[type].sample_size;

    return random_in(r, bits == 8 ? 1 : bits / 2 + 1, bits);
}

static uint64_t get_sum(const uint8_t *sums, int x, size_t size)
{
    uint64_t wide;
    uint32_t narrow;

    if (size == sizeof(narrow)) {
        memcpy(&narrow, sums + (size_t) x * size, sizeof(narrow));
        return narrow;
    }
    memcpy(&wide, sums + (size_t) x * size, sizeof(wide));
    return wide;
}

static void put_sum(uint8_t *sums, int x, size_t size, uint64_t value)
{
    const uint32_t narrow = (uint32_t) value;

    if (size == sizeof(narrow))
        memcpy(sums + (size_t) x * size, &narrow, sizeof(narrow));
    else
        memcpy(sums + (size_t) x * size, &value, sizeof(value));
}

static uint64_t random_sum(uint64_t most, Random *r)
{
    const uint64_t random = (uint64_t) random_next(r) << 32 | random_next(r);

    return random_in(r, 0, 7) ? random % (most + 1) : most;
}

/* --- vertical --- */

/* The arguments of a call. */
typedef struct Vweigh {
    AreascaleGeometry g; /* of samples: depth and shift */
    int rows, n;
    unsigned mask;
    uint32_t weight;
    bool accumulate;
} Vweigh;

/* The memory for the arguments, which are kept. The sums that there are leave room for
 * what is added. */
static void make_vertical(Call *call, const Vweigh *v, Pattern pattern,
                          const RowsShape *shape, Random *r)
{
    const size_t sample_size = types[call->kernel->type].sample_size;
    const size_t sum_size = types[call->kernel->type].sum_size;
    const uint64_t limit = sum_size == sizeof(uint32_t) ? UINT32_MAX : UINT64_C(1) << 51;
    const uint64_t added = (uint64_t) v->rows * v->weight * v->mask;
    Vweigh *args = call_args(call, sizeof(*args));

    rows_init(&call->src, (size_t) v->n * sample_size, v->rows, shape);
    rows_fill(&call->src, pattern, sample_size, v->mask << v->g.shift, r);
    block_init(&call->dst, (size_t) v->n * sum_size);
    block_init(&call->expected, (size_t) v->n * sum_size);
    *args = *v;
    for (int x = 0; x < v->n; x++)
        put_sum(call->dst.row0, x, sum_size, random_sum(limit - added, r));
    memcpy(call->expected.row0, call->dst.row0, (size_t) v->n * sum_size);
}

static void make_vweigh(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int type = call->kernel->type, depth = random_depth(type, r);
    const RowsShape shape = random_rows_shape(types[type].sample_size, r);
    const Pattern pattern = random_pattern(r);
    Vweigh v = {
        .g = { .depth = depth,
               .shift = random_in(r, 0, 8 * (int) types[type].sample_size - depth) },
        .rows = random_in(r, 1, 9),
        .n = width_of_case(n, 5000, r),
        .mask = UINT32_MAX >> (32 - depth),
        .accumulate = random_in(r, 0, 1),
    };
    const uint64_t most = (types[type].sum_size == sizeof(uint32_t) ? UINT32_MAX
                                                                    : UINT64_C(1) << 51) /
                          v.mask / (uint64_t) v.rows;

    v.weight = (uint32_t) random_in(r, 1, most < 1 << 19 ? (int) most : 1 << 19);
    check_case(check,
               "%s: %d rows of %d, shift %d, mask %#x, weight %u, accumulate %d, place %d, "
               "pattern %d",
               call->kernel->name, v.rows, v.n, v.g.shift, v.mask, (unsigned) v.weight,
               v.accumulate, (int) shape.place, (int) pattern);
    make_vertical(call, &v, pattern, &shape, r);
}

static void make_usual_vweigh(Call *call, Check *check)
{
    const Vweigh v = { .rows = 2, .n = 1920, .mask = 255, .weight = 19 };

    make_vertical(call, &v, PATTERN_NOISE, &(RowsShape){ .place = PLACE_LOOSE },
                  &check->random);
}

static void run_vweigh(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Vweigh *v = call->args;

    ((AreascaleVweighFn) kernel)(dst->row0, call->src.row0, call->src.stride, v->rows, v->n,
                                 v->g.shift, v->mask, v->weight, v->accumulate);
}

static uint32_t get_sample(const uint8_t *row, int x, size_t size)
{
    uint32_t sample32;
    uint16_t sample16;

    if (size == 1)
        return row[x];
    if (size == sizeof(sample16)) {
        memcpy(&sample16, row + (size_t) x * size, sizeof(sample16));
        return sample16;
    }
    memcpy(&sample32, row + (size_t) x * size, sizeof(sample32));
    return sample32;
}

static void run_plain_vweigh(const Call *call, const Rows *dst)
{
    const Vweigh *v = call->args;
    const size_t sum_size = types[call->kernel->type].sum_size;

    for (int x = 0; x < v->n; x++) {
        uint64_t sum = v->accumulate ? get_sum(dst->row0, x, sum_size) : 0;

        for (int row = 0; row < v->rows; row++)
            sum += (uint64_t) v->weight *
                   (get_sample(rows_at(&call->src, row), x,
                               types[call->kernel->type].sample_size) >>
                        v->g.shift &
                    v->mask);
        put_sum(dst->row0, x, sum_size, sum);
    }
}

const KernelKind kind_vweigh = {
    .make = make_vweigh,
    .make_usual = make_usual_vweigh,
    .run = run_vweigh,
    .run_plain = run_plain_vweigh,
};

/* --- horizontal --- */

/* The arguments of a call. The sums are its source, as 32-bit samples. */
typedef struct Hweigh {
    AreascaleGeometry g;
    AreascaleColumns columns;
    AreascaleWeighRow row;
} Hweigh;

static void make_horizontal(Call *call, Hweigh *h, uint64_t most, Random *r)
{
    const size_t sum_size = types[call->kernel->type].sum_size;
    const int n_in = (int) naive_row_samples(h->g.layout, h->g.in_width);
    const size_t out_bytes = naive_row_samples(h->g.layout, h->g.out_width) *
                             types[call->kernel->type].sample_size;

    areascale_columns_init(&h->columns, &h->g);
    block_init(&call->src, (size_t) n_in * sum_size);
    for (int x = 0; x < n_in; x++)
        put_sum(call->src.row0, x, sum_size, random_sum(most, r));
    block_init(&call->dst, out_bytes);
    block_init(&call->expected, out_bytes);
    h->row.s1 = (int) naive_row_samples(h->g.layout, h->g.out_width);
}

static void make_hweigh(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int type = call->kernel->type, depth = random_depth(type, r);
    const unsigned mask = UINT32_MAX >> (32 - depth);
    const uint64_t limit =
        types[type].sum_size == sizeof(uint32_t) ? UINT32_MAX : UINT64_C(1) << 51;
    const uint64_t weight = limit / mask < 1 << 19 ? limit / mask : 1 << 19;
    Hweigh *h = call_args(call, sizeof(*h));

    h->g = (AreascaleGeometry){
        .in_width = width_of_case(n, 3000, r),
        .in_height = 1,
        .out_width = random_in(r, 1, 300),
        .out_height = 1,
        .layout = (AreascaleLayout) random_in(r, 0, AREASCALE_N_LAYOUTS - 1),
        .depth = depth,
    };
    random_means(&h->g, r);
    h->row.row_weight = (uint64_t) random_in(r, 1, (int) weight);
    h->row.out_max = mask;
    h->row.shift = random_in(r, 0, 8 * (int) types[type].sample_size - depth);
    check_case(check, "%s: %d to %d, layout %d, method %d, depth %d, row weight %d",
               call->kernel->name, h->g.in_width, h->g.out_width, (int) h->g.layout,
               (int) h->g.method, depth, (int) h->row.row_weight);
    make_horizontal(call, h, h->row.row_weight * mask, r);
}

static void make_usual_hweigh(Call *call, Check *check)
{
    Hweigh *h = call_args(call, sizeof(*h));

    h->g = (AreascaleGeometry){ .in_width = 1920,
                                .in_height = 1,
                                .out_width = 608,
                                .out_height = 1,
                                .depth = 8,
                                .method = AREASCALE_METHOD_COVERAGE };
    h->row.row_weight = 135;
    h->row.out_max = 255;
    make_horizontal(call, h, 135 * 255, &check->random);
}

static void run_hweigh(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Hweigh *h = call->args;
    AreascaleWeighRow row = h->row;

    row.columns = &h->columns;
    row.sums = call->src.row0;
    row.dst = dst->row0;
    ((AreascaleHweighFn) kernel)(&row);
}

static void clear_hweigh(Call *call)
{
    Hweigh *h = call->args;

    areascale_columns_clear(&h->columns);
}

const KernelKind kind_hweigh = {
    .make = make_hweigh,
    .make_usual = make_usual_hweigh,
    .run = run_hweigh,
    .clear = clear_hweigh,
};
