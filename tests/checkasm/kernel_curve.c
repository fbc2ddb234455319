/* areascale: calls of kernels that look up light
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels.h"

/* The arguments of a call. */
typedef struct Decode {
    AreascaleCurveTables tables;
    int n;
    uint16_t light[];
} Decode;

/* A table of 2^bits lights, for codes that are shifted to some place of a byte. */
static void make_call(Call *call, int bits, int shift, int n, const RowsShape *src_shape,
                      const RowsShape *dst_shape, Random *r)
{
    const size_t entries = (size_t) 1 << bits;
    Decode *args = call_args(call, sizeof(*args) + entries * sizeof(*args->light));

    for (size_t i = 0; i < entries; i++)
        args->light[i] = (uint16_t) random_in(r, 0, UINT16_MAX);
    args->tables = (AreascaleCurveTables){
        .shift = shift,
        .mask = (uint32_t) entries - 1,
        .light = args->light,
    };
    args->n = n;
    rows_init(&call->src, (size_t) n, 1, src_shape);
    rows_fill(&call->src, PATTERN_NOISE, 1, UINT8_MAX, r);
    rows_init(&call->dst, 2 * (size_t) n, 1, dst_shape);
    rows_init(&call->expected, 2 * (size_t) n, 1, dst_shape);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int bits = random_in(r, 0, 1) ? 8 : random_in(r, 1, 7);
    const int shift = random_in(r, 0, 8 - bits), codes = width_of_case(n, 5000, r);
    const RowsShape src_shape = random_rows_shape(1, r), dst_shape = random_rows_shape(2, r);

    check_case(check, "%s: %d codes of %d bits from bit %d, places %d and %d",
               call->kernel->name, codes, bits, shift, (int) src_shape.place,
               (int) dst_shape.place);
    make_call(call, bits, shift, codes, &src_shape, &dst_shape, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };

    make_call(call, 8, 0, 3 * 1920, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Decode *args = call->args;

    ((AreascaleDecodeFn) kernel)(dst->row0, call->src.row0, args->n, &args->tables);
}

const KernelKind kind_decode = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
};
