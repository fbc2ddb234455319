/* areascale: calls of kernels that halve bytes on both axes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels.h"
#include "naive.h"

/* The arguments of a call. */
typedef struct Halve {
    int n;
    ptrdiff_t ahead;
} Halve;

static void make_call(Call *call, const Halve *halve, Pattern pattern, const RowsShape *src_shape,
                      const RowsShape *dst_shape, Random *r)
{
    Halve *args = call_args(call, sizeof(*args));

    *args = *halve;
    rows_init(&call->src, 2 * (size_t) halve->n, 2, src_shape);
    rows_fill(&call->src, pattern, 1, 0xff, r);
    rows_init(&call->dst, (size_t) halve->n, 1, dst_shape);
    rows_init(&call->expected, (size_t) halve->n, 1, dst_shape);
}

/* Bytes of `width` pixels; pairs of them in 4:2:2. */
static int bytes_of(const Call *call, int width)
{
    const AreascaleLayout layout = (AreascaleLayout) call->kernel->type;

    return (int) naive_row_samples(layout, width);
}

static void make(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const Halve halve = {
        .n = bytes_of(call, width_of_case(n, 5000, r)),
        .ahead = random_in(r, -100000, 100000),
    };
    const RowsShape src_shape = random_rows_shape(1, r), dst_shape = random_rows_shape(1, r);
    const Pattern pattern = random_pattern(r);

    check_case(check, "%s: %d bytes, places %d and %d, pattern %d", call->kernel->name, halve.n,
               (int) src_shape.place, (int) dst_shape.place, (int) pattern);
    make_call(call, &halve, pattern, &src_shape, &dst_shape, r);
}

static void make_usual(Call *call, Check *check)
{
    const Halve halve = { .n = bytes_of(call, 960) };
    const RowsShape loose = { .place = PLACE_LOOSE };

    make_call(call, &halve, PATTERN_NOISE, &loose, &loose, &check->random);
}

static void run(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Halve *h = call->args;

    ((AreascaleHalveFn) kernel)(dst->row0, rows_at(&call->src, 0), rows_at(&call->src, 1), h->n,
                                h->ahead);
}

/* Of output byte i: the first (0) or the second (1) input byte of its component. */
static int input_of(AreascaleLayout layout, int i, int which)
{
    const int channels = (int) layout + 1;
    const int luma = layout == AREASCALE_LAYOUT_YUYV ? 0 : 1;

    if (layout <= AREASCALE_LAYOUT_4)
        return (2 * (i / channels) + which) * channels + i % channels;
    if (i % 2 == luma)
        return 2 * (2 * (i / 2) + which) + luma;
    return 4 * (2 * (i / 4) + which) + i % 4;
}

static void run_plain(const Call *call, const Rows *dst)
{
    const Halve *h = call->args;

    for (int i = 0; i < h->n; i++) {
        int sum = 0;

        for (int j = 0; j < 4; j++)
            sum += rows_at(&call->src, j / 2)[input_of((AreascaleLayout) call->kernel->type, i,
                                                       j % 2)];
        dst->row0[i] = (uint8_t) ((sum + 2) / 4);
    }
}

const KernelKind kind_halve = {
    .make = make,
    .make_usual = make_usual,
    .run = run,
    .run_plain = run_plain,
};
