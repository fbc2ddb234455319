/* areascale: calls of the vertical step's kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels.h"

/* The arguments of a call. */
typedef struct Vsum {
    int rows, n;
    int shift;
    unsigned mask;
    ptrdiff_t ahead;
    bool accumulate;
    bool repeat; /* the same row each time */
} Vsum;

/* The samples of a type, the depths that it takes, and the sums. */
static const struct {
    size_t sample_size;
    int least_depth, bits;
    size_t sum_size;
} types[] = {
    [VSUM_8] = { sizeof(uint8_t), 8, 8, sizeof(uint16_t) },
    [VSUM_BITS] = { sizeof(uint8_t), 1, 8, sizeof(uint16_t) },
    [VSUM_16] = { sizeof(uint16_t), 1, 16, sizeof(uint16_t) },
    [VSUM_32] = { sizeof(uint16_t), 1, 16, sizeof(uint32_t) },
};

/* Sums that what is added to them does not make too large for their type. */
static void fill_sums(const Vsum *vsum, size_t sum_size, const Rows *rows, Random *r)
{
    const uint32_t limit = sum_size == sizeof(uint16_t) ? UINT16_MAX : UINT32_MAX;
    const uint32_t room = limit - (uint32_t) vsum->rows * vsum->mask;

    for (int x = 0; x < vsum->n; x++) {
        const uint32_t value = room == UINT32_MAX ? random_next(r) : random_next(r) % (room + 1);

        if (sum_size == sizeof(uint16_t))
            ((uint16_t *) rows->row0)[x] = (uint16_t) value;
        else
            ((uint32_t *) rows->row0)[x] = value;
    }
}

/* The memory for the arguments, which are kept. */
static void make_call(Call *call, const Vsum *vsum, Pattern pattern, const RowsShape *shape,
                      Random *r)
{
    const size_t sample_size = types[call->kernel->type].sample_size;
    const size_t sum_size = types[call->kernel->type].sum_size;
    const size_t padded = (size_t) (vsum->n + AREASCALE_BLOCK_COLUMNS - 1) /
                          AREASCALE_BLOCK_COLUMNS * AREASCALE_BLOCK_COLUMNS;
    Vsum *args = call_args(call, sizeof(*args));

    rows_init(&call->src, (size_t) vsum->n * sample_size, vsum->repeat ? 1 : vsum->rows, shape);
    rows_fill(&call->src, pattern, sample_size, vsum->mask << vsum->shift, r);
    block_init(&call->dst, padded * sum_size);
    block_init(&call->expected, padded * sum_size);
    *args = *vsum;
    call->compared = (size_t) vsum->n * sum_size;
    fill_sums(args, sum_size, &call->dst, r);
    memcpy(call->expected.row0, call->dst.row0, call->compared);
}

static int random_rows(int most, Random *r)
{
    switch (random_in(r, 0, 3)) {
    case 0: return random_in(r, 1, most);
    case 1: return most;
    default: return random_in(r, 1, most < 2 * AREASCALE_STREAMS + 1
                                        ? most
                                        : 2 * AREASCALE_STREAMS + 1);
    }
}

/* The rows whose sum fits. */
static int max_rows(int type, unsigned mask)
{
    const int most = types[type].sum_size == sizeof(uint16_t) ? (int) (UINT16_MAX / mask) : 40;

    return most < 300 ? most : 300;
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int type = call->kernel->type;
    const int depth = random_in(r, types[type].least_depth, types[type].bits);
    const unsigned mask = (1u << depth) - 1;
    const Vsum vsum = {
        .rows = random_rows(max_rows(type, mask), r),
        .n = width_of_case(n, 5000, r),
        .shift = random_in(r, 0, types[type].bits - depth),
        .mask = mask,
        .ahead = random_in(r, -100000, 100000),
        .accumulate = random_in(r, 0, 1),
        .repeat = random_in(r, 0, 7) == 0,
    };
    const RowsShape shape = random_rows_shape(types[type].sample_size, r);
    const Pattern pattern = random_pattern(r);

    check_case(check,
               "%s: %d rows of %d, shift %d, mask %#x, accumulate %d, repeat %d, place %d, "
               "pattern %d",
               call->kernel->name, vsum.rows, vsum.n, vsum.shift, vsum.mask, vsum.accumulate,
               vsum.repeat, (int) shape.place, (int) pattern);
    make_call(call, &vsum, pattern, &shape, r);
}

static void make_usual(Call *call, Check *check)
{
    const int depth = types[call->kernel->type].bits == 8 ? 8 : 12;
    const Vsum vsum = { .rows = 3, .n = 1920, .mask = (1u << depth) - 1 };

    make_call(call, &vsum, PATTERN_NOISE, &(RowsShape) { .place = PLACE_LOOSE },
              &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Vsum *v = call->args;
    const ptrdiff_t stride = v->repeat ? 0 : call->src.stride;

    if (call->kernel->type == VSUM_32)
        ((AreascaleVsum32Fn) kernel)((uint32_t *) dst->row0, call->src.row0, stride, v->rows, v->n,
                                     v->shift, v->mask, v->ahead, v->accumulate);
    else
        ((AreascaleVsum16Fn) kernel)((uint16_t *) dst->row0, call->src.row0, stride, v->rows, v->n,
                                     v->shift, v->mask, v->ahead, v->accumulate);
}

const KernelKind kind_vsum = { .make = make, .make_usual = make_usual, .run = run };
