/* areascale: calls of kernels that mix, take apart, weave and shuffle components
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "mix.h"
#include "mixes.h"

/* The arguments of a call of the matrix. */
typedef struct Mix {
    AreascaleMix mix;
    int n;
} Mix;

static int random_depth(Random *r, AreascaleSample sample, bool whole)
{
    if (sample == AREASCALE_SAMPLE_8)
        return whole ? 8 : random_in(r, 1, 8);
    return random_in(r, 0, 1) ? 16 : random_in(r, 9, 16);
}

/* A mix of planar components that vectors can make. */
static AreascaleMix random_mix(int type, Random *r)
{
    for (;;) {
        AreascaleMix mix = { .in = (AreascaleSample) (type / 2),
                             .out = (AreascaleSample) (type % 2) };
        AreascaleMixSpec *s = &mix.spec;

        *s = (AreascaleMixSpec){
            .n_in = random_in(r, 1, AREASCALE_MIX_MAX),
            .in_depth = random_depth(r, mix.in, false),
            .in_step = { 1, 1, 1, 1 },
            .n_out = random_in(r, 1, AREASCALE_MIX_MAX),
            .out_depth = random_depth(r, mix.out, true),
            .out_step = { 1, 1, 1, 1 },
        };
        if (mix.out == AREASCALE_SAMPLE_16)
            s->out_shift = random_in(r, 0, 16 - s->out_depth);
        random_mix_matrix(s, r);
        if (areascale_mix_find_terms(&mix) && mix.terms.n_terms > 0)
            return mix;
    }
}

static void make_mix_call(Call *call, const AreascaleMix *mix, int n, Pattern pattern,
                          const RowsShape *src_shape, const RowsShape *dst_shape, Random *r)
{
    const size_t in = (size_t) 1 << mix->in, out = (size_t) 1 << mix->out;
    Mix *args = call_args(call, sizeof(*args));

    *args = (Mix){ *mix, n };
    rows_init(&call->src, (size_t) n * in, mix->spec.n_in, src_shape);
    rows_fill(&call->src, pattern, in, in == 1 ? UINT8_MAX : UINT16_MAX, r);
    rows_init(&call->dst, (size_t) n * out, mix->spec.n_out, dst_shape);
    rows_init(&call->expected, (size_t) n * out, mix->spec.n_out, dst_shape);
}

static void make_mix(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const AreascaleMix mix = random_mix(call->kernel->type, r);
    const RowsShape src_shape = random_rows_shape((size_t) 1 << mix.in, r);
    const RowsShape dst_shape = random_rows_shape((size_t) 1 << mix.out, r);
    const Pattern pattern = random_pattern(r);
    const MixCase described = { .spec = mix.spec, .n = width_of_case(n, 2000, r) };
    char text[MIX_TEXT_SIZE];

    check_case(check, "%s: places %d and %d, pattern %d, %s", call->kernel->name,
               (int) src_shape.place, (int) dst_shape.place, (int) pattern,
               mix_case_text(&described, text));
    make_mix_call(call, &mix, described.n, pattern, &src_shape, &dst_shape, r);
}

static void make_usual_mix(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    const int depths[] = { 8, 16 };
    AreascaleMix mix = {
        .spec = { .n_in = 3,
                  .in_depth = depths[call->kernel->type / 2],
                  .in_step = { 1, 1, 1 },
                  .n_out = 3,
                  .out_depth = depths[call->kernel->type % 2],
                  .out_step = { 1, 1, 1 },
                  .matrix = { { 19077, 0, 29372 },
                              { 19077, -3494, -8731 },
                              { 19077, 34610 } } },
        .in = (AreascaleSample) (call->kernel->type / 2),
        .out = (AreascaleSample) (call->kernel->type % 2),
    };

    if (!areascale_mix_find_terms(&mix))
        abort();
    make_mix_call(call, &mix, 640, PATTERN_NOISE, &loose, &loose, &check->random);
}

static void run_mix(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Mix *args = call->args;
    const void *in[AREASCALE_MIX_MAX];
    void *out[AREASCALE_MIX_MAX];

    for (int i = 0; i < args->mix.spec.n_in; i++)
        in[i] = rows_at(&call->src, i);
    for (int o = 0; o < args->mix.spec.n_out; o++)
        out[o] = rows_at(dst, o);
    ((AreascaleMixFn) kernel)(&args->mix.terms, out, in, args->n);
}

static void run_plain_mix(const Call *call, const Rows *dst)
{
    const Mix *args = call->args;
    const void *in[AREASCALE_MIX_MAX];
    void *out[AREASCALE_MIX_MAX];
    AreascaleDsp c;

    areascale_dsp_init(&c, AREASCALE_CPU_C);
    for (int i = 0; i < args->mix.spec.n_in; i++)
        in[i] = rows_at(&call->src, i);
    for (int o = 0; o < args->mix.spec.n_out; o++)
        out[o] = rows_at(dst, o);
    c.mix_row[args->mix.in][args->mix.out](&args->mix.spec, out, in, args->n);
}

const KernelKind kind_mix = {
    .make = make_mix,
    .make_usual = make_usual_mix,
    .run = run_mix,
    .run_plain = run_plain_mix,
};

/* The arguments of a call that takes a component out of others, or weaves some. */
typedef struct Steps {
    int step, n;
} Steps;

static void make_take_call(Call *call, int step, int n, const RowsShape *src_shape,
                           const RowsShape *dst_shape, Random *r)
{
    const size_t size = (size_t) 1 << call->kernel->type;
    Steps *args = call_args(call, sizeof(*args));

    *args = (Steps){ step, n };
    rows_init(&call->src, (size_t) ((n - 1) * step + 1) * size, 1, src_shape);
    rows_fill(&call->src, PATTERN_NOISE, size, UINT8_MAX, r);
    rows_init(&call->dst, (size_t) n * size, 1, dst_shape);
    rows_init(&call->expected, (size_t) n * size, 1, dst_shape);
}

static void make_take(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const size_t size = (size_t) 1 << call->kernel->type;
    const RowsShape src_shape = random_rows_shape(size, r);
    const RowsShape dst_shape = random_rows_shape(size, r);
    const int step = random_in(r, 2, AREASCALE_MIX_MAX), pixels = width_of_case(n, 2000, r);

    check_case(check, "%s: step %d, %d samples, places %d and %d", call->kernel->name, step,
               pixels, (int) src_shape.place, (int) dst_shape.place);
    make_take_call(call, step, pixels, &src_shape, &dst_shape, r);
}

static void make_usual_take(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };

    make_take_call(call, 3, 640, &loose, &loose, &check->random);
}

static void run_take(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Steps *args = call->args;

    ((AreascaleTakeFn) kernel)(dst->row0, call->src.row0, args->step, args->n);
}

static void run_plain_take(const Call *call, const Rows *dst)
{
    const Steps *args = call->args;
    const size_t size = (size_t) 1 << call->kernel->type;

    for (size_t x = 0; x < (size_t) args->n; x++)
        memcpy(dst->row0 + x * size, call->src.row0 + x * (size_t) args->step * size, size);
}

const KernelKind kind_take = {
    .make = make_take,
    .make_usual = make_usual_take,
    .run = run_take,
    .run_plain = run_plain_take,
};

static void make_weave_call(Call *call, int step, int n, const RowsShape *src_shape,
                            const RowsShape *dst_shape, Random *r)
{
    const size_t size = (size_t) 1 << call->kernel->type;
    Steps *args = call_args(call, sizeof(*args));

    *args = (Steps){ step, n };
    rows_init(&call->src, (size_t) n * size, step, src_shape);
    rows_fill(&call->src, PATTERN_NOISE, size, UINT8_MAX, r);
    rows_init(&call->dst, (size_t) (n * step) * size, 1, dst_shape);
    rows_init(&call->expected, (size_t) (n * step) * size, 1, dst_shape);
}

static void make_weave(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const size_t size = (size_t) 1 << call->kernel->type;
    const RowsShape src_shape = random_rows_shape(size, r);
    const RowsShape dst_shape = random_rows_shape(size, r);
    const int step = random_in(r, 2, AREASCALE_MIX_MAX), pixels = width_of_case(n, 2000, r);

    check_case(check, "%s: %d planes, %d samples, places %d and %d", call->kernel->name,
               step, pixels, (int) src_shape.place, (int) dst_shape.place);
    make_weave_call(call, step, pixels, &src_shape, &dst_shape, r);
}

static void make_usual_weave(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };

    make_weave_call(call, 3, 640, &loose, &loose, &check->random);
}

static void run_weave(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Steps *args = call->args;
    const void *planes[AREASCALE_MIX_MAX];

    for (int p = 0; p < args->step; p++)
        planes[p] = rows_at(&call->src, p);
    ((AreascaleWeaveFn) kernel)(dst->row0, planes, args->step, args->n);
}

static void run_plain_weave(const Call *call, const Rows *dst)
{
    const Steps *args = call->args;
    const size_t size = (size_t) 1 << call->kernel->type;
    uint8_t *to = dst->row0;

    for (size_t x = 0; x < (size_t) args->n; x++)
        for (int p = 0; p < args->step; p++, to += size)
            memcpy(to, rows_at(&call->src, p) + x * size, size);
}

const KernelKind kind_weave = {
    .make = make_weave,
    .make_usual = make_usual_weave,
    .run = run_weave,
    .run_plain = run_plain_weave,
};

/* The arguments of a call that shuffles. */
typedef struct Shuffle {
    AreascaleShuffle s;
    int n;
} Shuffle;

static AreascaleShuffle random_shuffle(Random *r)
{
    AreascaleShuffle s = {
        .in_step = random_in(r, 2, AREASCALE_MIX_MAX),
        .out_step = random_in(r, 2, AREASCALE_MIX_MAX),
    };

    s.in_span = random_in(r, 1, s.in_step);
    for (int c = 0; c < s.out_step; c++) {
        s.order[c] = (uint8_t) random_in(r, 0, s.in_span - 1);
        if (random_in(r, 0, 4) == 0) {
            s.order[c] = AREASCALE_SHUFFLE_CONSTANT;
            s.constant[c] = (uint8_t) random_in(r, 0, 255);
        }
    }
    return s;
}

static void make_shuffle_call(Call *call, const AreascaleShuffle *s, int n,
                              const RowsShape *src_shape, const RowsShape *dst_shape,
                              Random *r)
{
    Shuffle *args = call_args(call, sizeof(*args));

    *args = (Shuffle){ *s, n };
    rows_init(&call->src, (size_t) ((n - 1) * s->in_step + s->in_span), 1, src_shape);
    rows_fill(&call->src, PATTERN_NOISE, 1, UINT8_MAX, r);
    rows_init(&call->dst, (size_t) (n * s->out_step), 1, dst_shape);
    rows_init(&call->expected, (size_t) (n * s->out_step), 1, dst_shape);
}

static void make_shuffle(Call *call, Check *check, int n)
{
    Random *r = &check->random;
    const RowsShape src_shape = random_rows_shape(1, r),
                    dst_shape = random_rows_shape(1, r);
    const AreascaleShuffle s = random_shuffle(r);
    const int pixels = width_of_case(n, 2000, r);

    check_case(check, "%s: %d pixels, steps %d and %d, order %d %d %d %d, places %d and %d",
               call->kernel->name, pixels, s.in_step, s.out_step, s.order[0], s.order[1],
               s.order[2], s.order[3], (int) src_shape.place, (int) dst_shape.place);
    make_shuffle_call(call, &s, pixels, &src_shape, &dst_shape, r);
}

static void make_usual_shuffle(Call *call, Check *check)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    const AreascaleShuffle s = { 4, 4, 4, { 2, 1, 0, 3 }, { 0 } };

    make_shuffle_call(call, &s, 640, &loose, &loose, &check->random);
}

static void run_shuffle(const Call *call, KernelFn kernel, const Rows *dst)
{
    const Shuffle *args = call->args;

    ((AreascaleShuffleFn) kernel)(dst->row0, call->src.row0, &args->s, args->n);
}

static void run_plain_shuffle(const Call *call, const Rows *dst)
{
    const Shuffle *args = call->args;
    const AreascaleShuffle *s = &args->s;

    for (int x = 0; x < args->n; x++)
        for (int c = 0; c < s->out_step; c++)
            dst->row0[x * s->out_step + c] =
                s->order[c] == AREASCALE_SHUFFLE_CONSTANT
                    ? s->constant[c]
                    : call->src.row0[x * s->in_step + s->order[c]];
}

const KernelKind kind_shuffle = {
    .make = make_shuffle,
    .make_usual = make_usual_shuffle,
    .run = run_shuffle,
    .run_plain = run_plain_shuffle,
};
