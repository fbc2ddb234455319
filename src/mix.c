/* areascale: rows of components out of others
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mix.h"

#include <errno.h>
#include <stdlib.h>

static bool components_valid(int n, int depth, const int step[AREASCALE_MIX_MAX])
{
    if (n < 1 || n > AREASCALE_MIX_MAX || depth < 1 || depth > 16)
        return false;
    for (int i = 0; i < n; i++)
        if (step[i] < 1 || step[i] > AREASCALE_MIX_MAX_STEP)
            return false;
    return true;
}

static bool matrix_valid(const AreascaleMixSpec *s)
{
    for (int o = 0; o < s->n_out; o++) {
        if (s->offset[o] < -AREASCALE_MIX_MAX_OFFSET ||
            s->offset[o] > AREASCALE_MIX_MAX_OFFSET)
            return false;
        for (int i = 0; i < s->n_in; i++)
            if (s->matrix[o][i] < -AREASCALE_MIX_MAX_COEFFICIENT ||
                s->matrix[o][i] > AREASCALE_MIX_MAX_COEFFICIENT)
                return false;
    }
    return true;
}

static bool spec_valid(const AreascaleMixSpec *s)
{
    return components_valid(s->n_in, s->in_depth, s->in_step) &&
           components_valid(s->n_out, s->out_depth, s->out_step) && s->out_shift >= 0 &&
           s->out_shift <= (s->out_depth <= 8 ? 8 : 16) - s->out_depth && matrix_valid(s);
}

static AreascaleSample sample_of(int depth)
{
    return depth <= 8 ? AREASCALE_SAMPLE_8 : AREASCALE_SAMPLE_16;
}

/* Finds the outputs that are the same everywhere. */
static void find_constants(AreascaleMix *mix)
{
    const AreascaleMixSpec *s = &mix->spec;

    for (int o = 0; o < s->n_out; o++) {
        mix->constant[o] = true;
        for (int i = 0; i < s->n_in; i++)
            if (s->matrix[o][i] != 0)
                mix->constant[o] = false;
        mix->value[o] = (uint16_t) (areascale_mix_level(s, s->offset[o]) << s->out_shift);
    }
}

/* The input that an output is a copy of, all samples having all values that their type
 * has; or AREASCALE_MIX_CONSTANT. */
static int find_source(const AreascaleMixSpec *s, int o)
{
    int source = AREASCALE_MIX_CONSTANT;

    for (int i = 0; i < s->n_in; i++) {
        if (s->matrix[o][i] == 0)
            continue;
        if (s->matrix[o][i] != 1 << AREASCALE_MIX_BITS || source >= 0)
            return AREASCALE_MIX_CONSTANT;
        source = i;
    }
    return s->offset[o] == 0 ? source : AREASCALE_MIX_CONSTANT;
}

/* Whether all outputs are copies of inputs, or constant. */
static bool find_copies(AreascaleMix *mix)
{
    const AreascaleMixSpec *s = &mix->spec;

    if (s->in_depth != s->out_depth || s->in_depth % 8 != 0)
        return false;
    for (int o = 0; o < s->n_out; o++) {
        mix->source[o] = find_source(s, o);
        if (!mix->constant[o] && mix->source[o] < 0)
            return false;
    }
    return true;
}

static void choose_kernels(AreascaleMix *mix, AreascaleCpu cpu)
{
    AreascaleDsp dsp;

    areascale_dsp_init(&dsp, cpu);
    mix->row = dsp.mix_row[mix->in][mix->out];
    mix->mix = dsp.mix[mix->in][mix->out];
    mix->take = dsp.take[mix->in];
    mix->weave = dsp.weave[mix->out];
    mix->shuffle = dsp.shuffle;
    find_constants(mix);
    mix->copies = find_copies(mix);
    mix->vectors = mix->mix && mix->take && mix->shuffle &&
                   (mix->copies || areascale_mix_find_terms(mix));
}

int areascale_mix_create(AreascaleMix **out, const AreascaleMixSpec *spec, AreascaleCpu cpu)
{
    AreascaleMix *mix;

    *out = NULL;
    if (!spec_valid(spec) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    mix = calloc(1, sizeof(*mix));
    if (!mix)
        return -ENOMEM;
    mix->spec = *spec;
    mix->in = sample_of(spec->in_depth);
    mix->out = sample_of(spec->out_depth);
    choose_kernels(mix, cpu);
    *out = mix;
    return 0;
}

void areascale_mix_free(AreascaleMix *mix)
{
    free(mix);
}

void areascale_mix_row(const AreascaleMix *mix, void *const out[], const void *const in[],
                       int n)
{
    if (mix->vectors && n > 0)
        areascale_mix_run(mix, out, in, n);
    else
        mix->row(&mix->spec, out, in, n);
}
