/* areascale: calls of kernels that make means of rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels.h"

enum { MAX_ROWS = 16 };

/* The arguments of a call. */
typedef struct Vmean {
    AreascaleVmean row;
    int n; /* samples */
} Vmean;

static int sample_size(const Call *call)
{
    return 1 << call->kernel->type;
}

/* The divisors of so many rows, whose sums must not exceed 16 bits. */
static void set_divisors(Vmean *v, int rows)
{
    unsigned log2 = 0;

    while ((rows - 1) >> (log2 + 1))
        log2++;
    v->row.rows = rows;
    v->row.round = (unsigned) rows / 2;
    v->row.div_shift = (int) log2;
    v->row.reciprocal = ((1u << (16 + log2)) + (unsigned) rows - 1) / (unsigned) rows;
}

static void make_call(Call *call, const Vmean *vmean, Pattern pattern,
                      const RowsShape *src_shape, const RowsShape *dst_shape, Random *r)
{
    const size_t bytes = (size_t) (vmean->n * sample_size(call));
    Vmean *args = call_args(call, sizeof(*args));

    *args = *vmean;
    args->row.bytes = (ptrdiff_t) bytes;
    rows_init(&call->src, bytes, vmean->row.rows, src_shape);
    rows_fill(&call->src, pattern, (size_t) sample_size(call), sample_size(call) == 1 ? 0xff : 0xffff, r);
    rows_init(&call->dst, bytes, 1, dst_shape);
    rows_init(&call->expected, bytes, 1, dst_shape);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const int size = sample_size(call), least = AREASCALE_VMEAN_BYTES / size;
    const int depth = size == 1 ? 8 : random_in(r, 9, 12), width = width_of_case(n, 3000, r);
    const RowsShape src_shape = random_rows_shape((size_t) size, r),
                    dst_shape = random_rows_shape((size_t) size, r);
    const Pattern pattern = random_pattern(r);
    Vmean v = { .n = width < least ? width + least : width };

    v.row.mask = (1u << depth) - 1;
    v.row.shift = size == 1 ? 0 : random_in(r, 0, 16 - depth);
    v.row.ahead = random_in(r, -100000, 100000);
    set_divisors(&v, random_in(r, 2, depth == 12 ? MAX_ROWS - 1 : MAX_ROWS));
    check_case(check, "%s: %d samples of %d bits, %d rows, places %d and %d, pattern %d",
               call->kernel->name, v.n, depth, v.row.rows, (int) src_shape.place,
               (int) dst_shape.place, (int) pattern);
    make_call(call, &v, pattern, &src_shape, &dst_shape, r);
}

static void make_usual(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Vmean v = { .n = 1920, .row = { .mask = 0x3ff } };

    set_divisors(&v, 3);
    make_call(call, &v, PATTERN_NOISE, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Vmean *v = call->args;
    AreascaleVmean row = v->row;

    row.src = (const char *) call->src.row0;
    row.stride = call->src.stride;
    row.dst = (char *) dst->row0;
    ((AreascaleVmeanFn) kernel)(&row);
}

static unsigned value_at(const Call *call, int y, int x)
{
    const Vmean *v = call->args;
    const uint8_t *row = rows_at(&call->src, y);

    if (sample_size(call) == 1)
        return row[x];
    return ((const uint16_t *) row)[x] >> v->row.shift & v->row.mask;
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Vmean *v = call->args;

    for (int x = 0; x < v->n; x++) {
        unsigned sum = v->row.round, mean;

        for (int y = 0; y < v->row.rows; y++)
            sum += value_at(call, y, x);
        mean = (unsigned) ((uint64_t) sum * v->row.reciprocal >> 16 >> v->row.div_shift);
        if (sample_size(call) == 1)
            dst->row0[x] = (uint8_t) mean;
        else
            ((uint16_t *) dst->row0)[x] = (uint16_t) (mean << v->row.shift);
    }
}

const KernelKind kind_vmean = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
};
