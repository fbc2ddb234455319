/* areascale: a row of a mix, by vectors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A row goes through in blocks that stay in L1: inputs that are interleaved are taken
 * apart, outputs are made or copied, and those that are interleaved are woven.
 */

#include <string.h>

#include "mix.h"

enum { BLOCK = 1024 };

/* Planar samples of a block. */
typedef struct Planes {
    uint16_t in[AREASCALE_MIX_MAX][BLOCK], out[AREASCALE_MIX_MAX][BLOCK];
} Planes;

/* Outputs that fill an interleaved row together, or one alone. */
typedef struct Group {
    int n;
    int output[AREASCALE_MIX_MAX]; /* in the order of memory */
} Group;

/* The row that is made. */
typedef struct Row {
    const AreascaleMix *mix;
    void *const *out;
    const void *const *in;
    int n_groups;
    Group groups[AREASCALE_MIX_MAX];
    unsigned used; /* inputs that are needed */
} Row;

/* The output that lies so many samples after output o, with the same step; or -1. */
static int output_at(const Row *row, int o, int samples)
{
    const AreascaleMix *mix = row->mix;
    const uintptr_t at = (uintptr_t) row->out[o] + ((uintptr_t) samples << mix->out);

    for (int p = 0; p < mix->spec.n_out; p++)
        if ((uintptr_t) row->out[p] == at && mix->spec.out_step[p] == mix->spec.out_step[o])
            return p;
    return -1;
}

/* The outputs that fill all samples of a step, the first of them being o. */
static bool find_group(const Row *row, int o, Group *group)
{
    group->n = row->mix->spec.out_step[o];
    if (group->n > AREASCALE_MIX_MAX)
        return false;
    for (int i = 0; i < group->n; i++) {
        group->output[i] = output_at(row, o, i);
        if (group->output[i] < 0)
            return false;
    }
    return true;
}

/* What cannot be woven is alone. */
static void find_groups(Row *row)
{
    const int n_out = row->mix->spec.n_out;
    unsigned found = 0; /* outputs that are in a group */

    for (int o = 0; o < n_out; o++) {
        Group *group = &row->groups[row->n_groups];

        if (found >> o & 1 || !find_group(row, o, group))
            continue;
        for (int i = 0; i < group->n; i++)
            found |= 1u << group->output[i];
        row->n_groups++;
    }
    for (int o = 0; o < n_out; o++) {
        if (found >> o & 1)
            continue;
        row->groups[row->n_groups].n = 1;
        row->groups[row->n_groups++].output[0] = o;
    }
}

/* The bytes that an output of a shuffle comes from, as an offset to the first input of
 * the pixel. */
static bool find_order(const Row *row, const Group *group, uintptr_t first,
                       AreascaleShuffle *s)
{
    const AreascaleMix *mix = row->mix;

    s->in_span = 0;
    for (int i = 0; i < group->n; i++) {
        const int o = group->output[i];
        uintptr_t at;

        s->order[i] = AREASCALE_SHUFFLE_CONSTANT;
        s->constant[i] = mix->constant[o] ? (uint8_t) mix->value[o] : 0;
        if (mix->constant[o])
            continue;
        at = (uintptr_t) row->in[mix->source[o]] - first;
        if (mix->spec.in_step[mix->source[o]] != s->in_step || at >= (uintptr_t) s->in_step)
            return false;
        s->order[i] = (uint8_t) at;
        if (s->in_span <= (int) at)
            s->in_span = (int) at + 1;
    }
    return true;
}

/* The input of a group that is the first in memory, or -1. */
static int first_input(const Row *row, const Group *group)
{
    int first = -1;

    for (int i = 0; i < group->n; i++) {
        const int in = row->mix->source[group->output[i]];

        if (in >= 0 && (first < 0 || (uintptr_t) row->in[in] < (uintptr_t) row->in[first]))
            first = in;
    }
    return first;
}

/* Makes a group whose pixels are merely laid out anew, if it is one. */
static bool shuffle_group(const Row *row, const Group *group, int n)
{
    const AreascaleMix *mix = row->mix;
    const int first = first_input(row, group);
    AreascaleShuffle s;

    if (mix->in != AREASCALE_SAMPLE_8 || group->n < 2 || first < 0)
        return false;
    s.in_step = mix->spec.in_step[first];
    s.out_step = group->n;
    if (s.in_step < 2 || s.in_step > AREASCALE_MIX_MAX ||
        !find_order(row, group, (uintptr_t) row->in[first], &s))
        return false;
    mix->shuffle(row->out[group->output[0]], row->in[first], &s, n);
    return true;
}

/* Keeps the groups that are not made by that alone, and the inputs that those need. */
static void shuffle_groups(Row *row, int n)
{
    int kept = 0;

    row->used = 0;
    for (int g = 0; g < row->n_groups; g++) {
        const Group group = row->groups[g];

        if (shuffle_group(row, &group, n))
            continue;
        row->groups[kept++] = group;
        for (int i = 0; i < group.n; i++)
            if (row->mix->source[group.output[i]] >= 0)
                row->used |= 1u << row->mix->source[group.output[i]];
    }
    row->n_groups = kept;
}

static const void *input_at(const Row *row, int i, int x)
{
    const ptrdiff_t samples = (ptrdiff_t) x * row->mix->spec.in_step[i];

    return (const char *) row->in[i] + (samples << row->mix->in);
}

static void *output_of(const Row *row, int o, int x)
{
    const ptrdiff_t samples = (ptrdiff_t) x * row->mix->spec.out_step[o];

    return (char *) row->out[o] + (samples << row->mix->out);
}

/* Copies samples that are so many apart in either row, one at a time. */
static void copy_apart(char *dst, int dst_step, const char *src, int src_step, int n,
                       AreascaleSample sample)
{
    const size_t size = (size_t) 1 << sample;

    for (ptrdiff_t x = 0; x < n; x++)
        memcpy(dst + (x * dst_step << sample), src + (x * src_step << sample), size);
}

/* Where the samples of input i are planar. */
static const void *take_input(const Row *row, int i, int x, int n, void *aside)
{
    const int step = row->mix->spec.in_step[i];
    const void *at = input_at(row, i, x);

    if (step == 1)
        return at;
    if (step <= AREASCALE_MIX_MAX)
        row->mix->take(aside, at, step, n);
    else
        copy_apart(aside, 1, at, step, n, row->mix->in);
    return aside;
}

static void fill(void *dst, unsigned value, int n, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8) {
        memset(dst, (int) value, (size_t) n);
        return;
    }
    for (int x = 0; x < n; x++)
        ((uint16_t *) dst)[x] = (uint16_t) value;
}

/* Planar outputs by the matrix: in their place where that is planar, otherwise aside. */
static void make_outputs(const Row *row, const void *const in[], int x, int n,
                         Planes *planes, const void *made[])
{
    const AreascaleMix *mix = row->mix;
    void *out[AREASCALE_MIX_MAX];

    for (int o = 0; o < mix->terms.n_out; o++) {
        const int output = mix->terms.out[o];

        out[o] = mix->spec.out_step[output] == 1 ? output_of(row, output, x)
                                                 : planes->out[output];
        made[output] = out[o];
    }
    if (mix->terms.n_out > 0)
        mix->mix(&mix->terms, out, in, n);
}

/* Interleaves the planar samples of a group, copies them, or puts them apart. */
static void store_group(const Row *row, const Group *group, const void *const made[], int x,
                        int n)
{
    const AreascaleMix *mix = row->mix;
    const int first = group->output[0], step = mix->spec.out_step[first];
    const void *planes[AREASCALE_MIX_MAX];
    char *dst = output_of(row, first, x);

    for (int i = 0; i < group->n; i++)
        planes[i] = made[group->output[i]];
    if (group->n > 1)
        mix->weave(dst, planes, group->n, n);
    else if (step > 1)
        copy_apart(dst, step, planes[0], 1, n, mix->out);
    else if (planes[0] != dst)
        memcpy(dst, planes[0], (size_t) n << mix->out);
}

static void run_block(const Row *row, int x, int n, Planes *planes)
{
    const AreascaleMix *mix = row->mix;
    const void *in[AREASCALE_MIX_MAX], *made[AREASCALE_MIX_MAX];

    for (int i = 0; i < mix->spec.n_in; i++)
        if (row->used >> i & 1)
            in[i] = take_input(row, i, x, n, planes->in[i]);
    for (int o = 0; o < mix->spec.n_out; o++) {
        made[o] = planes->out[o];
        if (mix->copies && mix->source[o] >= 0)
            made[o] = in[mix->source[o]];
    }
    if (!mix->copies)
        make_outputs(row, in, x, n, planes, made);
    for (int g = 0; g < row->n_groups; g++)
        store_group(row, &row->groups[g], made, x, n);
}

void areascale_mix_run(const AreascaleMix *mix, void *const out[], const void *const in[],
                       int n)
{
    Planes planes;
    Row row;

    row.mix = mix;
    row.out = out;
    row.in = in;
    row.n_groups = 0;
    row.used = mix->used;
    find_groups(&row);
    if (mix->copies)
        shuffle_groups(&row, n);
    if (row.n_groups == 0)
        return;
    for (int o = 0; o < mix->spec.n_out; o++)
        if (mix->constant[o])
            fill(planes.out[o], mix->value[o], n < BLOCK ? n : BLOCK, mix->out);
    for (int x = 0; x < n; x += BLOCK)
        run_block(&row, x, n - x < BLOCK ? n - x : BLOCK, &planes);
}
