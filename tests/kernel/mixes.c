/* areascale: random mixes, and what they come to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mixes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t size_of(int depth)
{
    return depth <= 8 ? 1 : 2;
}

/* Components [first, first + n) in any order in the slots of a step. */
static MixGroup random_group(Random *r, int first, int n, int step)
{
    MixGroup g = { .step = step, .n = n, .first = first };
    bool taken[AREASCALE_MIX_MAX_STEP] = { false };
    int lowest = AREASCALE_MIX_MAX_STEP;

    for (int i = 0; i < n; i++) {
        do
            g.slot[i] = random_in(r, 0, step - 1);
        while (taken[g.slot[i]]);
        taken[g.slot[i]] = true;
        if (g.slot[i] < lowest)
            lowest = g.slot[i];
    }
    for (int i = 0; i < n; i++)
        g.slot[i] -= lowest;
    return g;
}

MixSide random_mix_side(Random *r, int n)
{
    enum { PLANAR, INTERLEAVED, SEMIPLANAR, ANY };
    const int kind = random_in(r, PLANAR, ANY);
    MixSide side = { 0 };

    for (int first = 0, step = 1, members = 1; first < n; first += members) {
        if (kind == INTERLEAVED) {
            members = step = n;
        } else if (kind == SEMIPLANAR && n == 3 && first == 1) {
            members = step = 2;
        } else if (kind == ANY) {
            members = random_in(r, 1, n - first);
            step =
                random_in(r, members,
                          random_in(r, 0, 3) ? AREASCALE_MIX_MAX : AREASCALE_MIX_MAX_STEP);
        }
        side.groups[side.n_groups++] = random_group(r, first, members, step);
    }
    return side;
}

static int random_sign(Random *r, int number)
{
    return random_in(r, 0, 1) ? number : -number;
}

/* About those of limited YUV to full RGB: no line adds up to more than videos need. */
static void make_usual_line(AreascaleMixSpec *s, int o, Random *r)
{
    for (int i = 0; i < s->n_in; i++)
        s->matrix[o][i] = i == 0 ? random_in(r, 16384, 19100)
                                 : random_sign(r, random_in(r, 0, i == o ? 35200 : 13400));
    s->offset[o] = random_sign(r, random_in(r, 0, 1 << 15)) * (INT64_C(1) << s->in_depth);
}

static void make_any_line(AreascaleMixSpec *s, int o, Random *r)
{
    const int max = AREASCALE_MIX_MAX_COEFFICIENT >> random_in(r, 0, 16);

    for (int i = 0; i < s->n_in; i++)
        s->matrix[o][i] =
            random_in(r, 0, 4) ? random_sign(r, random_in(r, 0, max)) : random_sign(r, max);
    s->offset[o] = random_sign(r, random_in(r, 0, 1 << 20)) *
                   (INT64_C(1) << random_in(r, 0, 20));
}

static void make_copy_line(AreascaleMixSpec *s, int o, Random *r)
{
    memset(s->matrix[o], 0, sizeof(s->matrix[o]));
    s->matrix[o][random_in(r, 0, s->n_in - 1)] = 1 << AREASCALE_MIX_BITS;
    s->offset[o] = 0;
}

static void make_constant_line(AreascaleMixSpec *s, int o, Random *r)
{
    memset(s->matrix[o], 0, sizeof(s->matrix[o]));
    s->offset[o] = (int64_t) random_in(r, 0, (1 << s->in_depth) - 1) << AREASCALE_MIX_BITS;
}

void random_mix_matrix(AreascaleMixSpec *spec, Random *r)
{
    enum { USUAL, COPIES, ANY };
    const int kind = random_in(r, USUAL, ANY);

    for (int o = 0; o < spec->n_out; o++) {
        if (kind == ANY)
            make_any_line(spec, o, r);
        else if (o == 3 && random_in(r, 0, 1))
            make_constant_line(spec, o, r);
        else if (o == 3 || kind == COPIES)
            make_copy_line(spec, o, r);
        else
            make_usual_line(spec, o, r);
    }
}

/* Samples of a group from its first to its last. */
static size_t group_bytes(const MixGroup *g, int n, int depth)
{
    int last = 0;

    for (int i = 0; i < g->n; i++)
        if (g->slot[i] > last)
            last = g->slot[i];
    return (size_t) ((n - 1) * g->step + last + 1) * size_of(depth);
}

static void init_rows(MixCase *c, Random *r)
{
    const size_t in = size_of(c->spec.in_depth), out = size_of(c->spec.out_depth);

    for (int i = 0; i < c->in.n_groups; i++) {
        const RowsShape shape = random_rows_shape(in, r);

        rows_init(&c->src[i], group_bytes(&c->in.groups[i], c->n, c->spec.in_depth), 1,
                  &shape);
        rows_fill(&c->src[i], random_pattern(r), in, in == 1 ? UINT8_MAX : UINT16_MAX, r);
    }
    for (int i = 0; i < c->out.n_groups; i++) {
        const size_t bytes = group_bytes(&c->out.groups[i], c->n, c->spec.out_depth);
        const RowsShape shape = random_rows_shape(out, r);

        rows_init(&c->dst[i], bytes, 1, &shape);
        rows_init(&c->expected[i], bytes, 1, &shape);
    }
}

/* Where the components begin; their steps go to the specification. */
static void find_components(const MixSide *side, const Rows *rows, size_t size,
                            uint8_t *at[AREASCALE_MIX_MAX], int step[AREASCALE_MIX_MAX])
{
    for (int g = 0; g < side->n_groups; g++) {
        const MixGroup *group = &side->groups[g];

        for (int i = 0; i < group->n; i++) {
            at[group->first + i] = rows[g].row0 + (size_t) group->slot[i] * size;
            step[group->first + i] = group->step;
        }
    }
}

static unsigned load(const uint8_t *at, size_t size)
{
    uint16_t word;

    if (size == 1)
        return *at;
    memcpy(&word, at, sizeof(word));
    return word;
}

static void store(uint8_t *at, unsigned value, size_t size)
{
    const uint16_t word = (uint16_t) value;

    if (size == 1)
        *at = (uint8_t) value;
    else
        memcpy(at, &word, sizeof(word));
}

/* The level nearest to a / b, b > 0: the only one that is at most 1/2 below, and less
 * than 1/2 above it. */
static int64_t nearest(int64_t a, int64_t b)
{
    const int64_t twice = 2 * a + b;
    const int64_t q = twice / (2 * b);

    return twice % (2 * b) < 0 ? q - 1 : q;
}

static unsigned expected_sample(const MixCase *c, uint8_t *const in[], int o, int x)
{
    const AreascaleMixSpec *s = &c->spec;
    const size_t size = size_of(s->in_depth);
    const int64_t max = (1 << s->out_depth) - 1;
    int64_t sum = s->offset[o], level;

    for (int i = 0; i < s->n_in; i++)
        sum += (int64_t) s->matrix[o][i] *
               load(in[i] + (size_t) (x * s->in_step[i]) * size, size);
    level = nearest(sum * (1 << s->out_depth), INT64_C(16384) << s->in_depth);
    level = level < 0 ? 0 : level > max ? max : level;
    return (unsigned) level << s->out_shift;
}

static void make_expected(MixCase *c)
{
    const size_t size = size_of(c->spec.out_depth);
    uint8_t *in[AREASCALE_MIX_MAX], *out[AREASCALE_MIX_MAX];

    find_components(&c->in, c->src, size_of(c->spec.in_depth), in, c->spec.in_step);
    find_components(&c->out, c->expected, size, out, c->spec.out_step);
    for (int o = 0; o < c->spec.n_out; o++)
        for (int x = 0; x < c->n; x++)
            store(out[o] + (size_t) (x * c->spec.out_step[o]) * size,
                  expected_sample(c, in, o, x), size);
}

void mix_case_init(MixCase *c, Random *r)
{
    init_rows(c, r);
    make_expected(c);
}

void mix_case_free(MixCase *c)
{
    for (int i = 0; i < c->in.n_groups; i++)
        rows_free(&c->src[i]);
    for (int i = 0; i < c->out.n_groups; i++) {
        rows_free(&c->dst[i]);
        rows_free(&c->expected[i]);
    }
}

bool mix_case_run(MixCase *c, AreascaleCpu cpu)
{
    uint8_t *in[AREASCALE_MIX_MAX], *out[AREASCALE_MIX_MAX];
    const void *sources[AREASCALE_MIX_MAX];
    void *targets[AREASCALE_MIX_MAX];
    AreascaleMix *mix;
    bool equal = true;

    find_components(&c->in, c->src, size_of(c->spec.in_depth), in, c->spec.in_step);
    find_components(&c->out, c->dst, size_of(c->spec.out_depth), out, c->spec.out_step);
    for (int i = 0; i < AREASCALE_MIX_MAX; i++) {
        sources[i] = i < c->spec.n_in ? in[i] : NULL;
        targets[i] = i < c->spec.n_out ? out[i] : NULL;
    }
    if (areascale_mix_create(&mix, &c->spec, cpu) < 0)
        return false;
    for (int i = 0; i < c->out.n_groups; i++)
        rows_reset(&c->dst[i]);
    areascale_mix_row(mix, targets, sources, c->n);
    areascale_mix_free(mix);
    for (int i = 0; i < c->out.n_groups; i++)
        equal = equal && rows_equal(&c->dst[i], &c->expected[i]);
    return equal;
}

static int print_side(char *text, size_t size, const char *name, const int *step, int n,
                      int depth, int shift)
{
    int length = snprintf(text, size, "%s depth %d shift %d steps", name, depth, shift);

    for (int i = 0; i < n; i++)
        length += snprintf(text + length, size - (size_t) length, " %d", step[i]);
    return length;
}

const char *mix_case_text(const MixCase *c, char text[MIX_TEXT_SIZE])
{
    const AreascaleMixSpec *s = &c->spec;
    int at = print_side(text, MIX_TEXT_SIZE, "in", s->in_step, s->n_in, s->in_depth, 0);

    at += print_side(text + at, MIX_TEXT_SIZE - (size_t) at, ", out", s->out_step, s->n_out,
                     s->out_depth, s->out_shift);
    for (int o = 0; o < s->n_out; o++) {
        at += snprintf(text + at, MIX_TEXT_SIZE - (size_t) at, "; %lld",
                       (long long) s->offset[o]);
        for (int i = 0; i < s->n_in; i++)
            at += snprintf(text + at, MIX_TEXT_SIZE - (size_t) at, " %d",
                           (int) s->matrix[o][i]);
    }
    snprintf(text + at, MIX_TEXT_SIZE - (size_t) at, "; %d pixels", c->n);
    return text;
}
