/* areascale: the path of planes whose size stays
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

/* What becomes of each sample. */
typedef struct Copying {
    int shift, out_shift;
    unsigned mask, out_max;
    int lift, drop; /* bits that output values have more, or less */
} Copying;

/* Copies n samples that follow each other. */
typedef void (*CopyFn)(void *restrict dst, const void *restrict src, int n, const Copying *c);

static int copy_init(const AreascalePlan *plan, void **state, double *cost)
{
    const AreascaleGeometry *g = &plan->geometry;

    if (g->in_width != g->out_width || g->in_height != g->out_height || g->x.unit ||
        g->y.unit)
        return -ERANGE;
    *state = NULL;
    *cost = 0.02 * areascale_plan_in_bytes(plan);
    return 0;
}

/* Where samples stay as they are. */
static void copy_bytes(void *restrict out, const void *restrict in, int n, const Copying *c)
{
    const unsigned bits = c->mask << c->shift;
    const uint8_t *restrict src = in;
    uint8_t *restrict dst = out;

    for (int i = 0; i < n; i++)
        dst[i] = (uint8_t) (src[i] & bits);
}

static void copy_words(void *restrict out, const void *restrict in, int n, const Copying *c)
{
    const unsigned bits = c->mask << c->shift;
    const uint16_t *restrict src = in;
    uint16_t *restrict dst = out;

    for (int i = 0; i < n; i++)
        dst[i] = (uint16_t) (src[i] & bits);
}

/* An output sample of any kind. */
static inline unsigned rescale(unsigned sample, const Copying *c)
{
    const unsigned value = (sample >> c->shift & c->mask) << c->lift;
    const unsigned rounded = (value + ((1u << c->drop) >> 1)) >> c->drop;

    return (rounded < c->out_max ? rounded : c->out_max) << c->out_shift;
}

#define COPY(NAME, OUT, IN)                                                                  \
    static void NAME(void *restrict out, const void *restrict in, int n, const Copying *c)   \
    {                                                                                        \
        const Copying copying = *c;                                                          \
        const IN *restrict src = in;                                                         \
        OUT *restrict dst = out;                                                             \
                                                                                             \
        for (int i = 0; i < n; i++)                                                          \
            dst[i] = (OUT) rescale(src[i], &copying);                                        \
    }

COPY(rescale_bytes, uint8_t, uint8_t)
COPY(rescale_words, uint16_t, uint16_t)
COPY(widen_bytes, uint16_t, uint8_t)
COPY(narrow_words, uint8_t, uint16_t)

/* Where bits but move up. */
#define LIFT(NAME, IN)                                                                       \
    static void NAME(void *restrict out, const void *restrict in, int n, const Copying *c)   \
    {                                                                                        \
        const uint16_t bits = (uint16_t) (c->mask << c->shift);                              \
        const uint16_t factor = (uint16_t) (1u << (c->lift + c->out_shift - c->shift));      \
        const IN *restrict src = in;                                                         \
        uint16_t *restrict dst = out;                                                        \
                                                                                             \
        for (int i = 0; i < n; i++)                                                          \
            dst[i] = (uint16_t) ((src[i] & bits) * factor);                                  \
    }

LIFT(lift_bytes, uint8_t)
LIFT(lift_words, uint16_t)

static CopyFn function_for(const AreascalePlan *plan, const Copying *c)
{
    const bool from_bytes = plan->in_sample == AREASCALE_SAMPLE_8;
    const bool lifts = !c->drop && c->lift + c->out_shift >= c->shift;

    if (areascale_plan_keeps_samples(plan))
        return from_bytes ? copy_bytes : copy_words;
    if (plan->out_sample == AREASCALE_SAMPLE_8)
        return from_bytes ? rescale_bytes : narrow_words;
    if (from_bytes)
        return lifts ? lift_bytes : widen_bytes;
    return lifts ? lift_words : rescale_words;
}

static Copying copying_of(const AreascalePlan *plan)
{
    const int lift = plan->out_depth - plan->geometry.depth;

    return (Copying) {
        .shift = plan->geometry.shift,
        .out_shift = plan->out_shift,
        .mask = plan->mask,
        .out_max = areascale_plan_out_max(plan),
        .lift = lift > 0 ? lift : 0,
        .drop = lift < 0 ? -lift : 0,
    };
}

/* The input's own last sample may be the unused one of an odd 4:2:2 row, so the last group
 * goes by its taps. */
static void copy_row(const AreascalePlan *plan, char *dst, const char *src, int s0, int s1,
                     CopyFn copy, const Copying *c)
{
    const int body = s1 - plan->group->n_samples;
    const size_t in = areascale_sample_size(plan->in_sample);
    const size_t out = areascale_sample_size(plan->out_sample);

    copy(dst + (size_t) s0 * out, src + (size_t) s0 * in, body - s0, c);
    for (int s = body; s < s1; s++)
        copy(dst + (size_t) s * out, src + (size_t) plan->columns.first[s] * in, 1, c);
}

static void copy_run(const AreascalePlan *plan, const void *state,
                     const AreascalePart *part)
{
    const Copying c = copying_of(plan);
    const CopyFn copy = function_for(plan, &c);

    (void) state;
    for (int y = part->y0; y < part->y1; y++)
        copy_row(plan, part->dst + y * part->dst_stride, part->src + y * part->src_stride,
                 part->s0, part->s1, copy, &c);
}

const AreascalePath areascale_path_copy = {
    .name = "copy",
    .means = AREASCALE_MEAN_PLAIN,
    .init = copy_init,
    .run = copy_run,
};
