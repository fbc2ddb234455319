/* areascale: rows of components out of others
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "kernels/dsp.h"

struct AreascaleMix {
    AreascaleMixSpec spec;
    AreascaleMixRowFn row;
};

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

int areascale_mix_create(AreascaleMix **out, const AreascaleMixSpec *spec, AreascaleCpu cpu)
{
    AreascaleMix *mix;
    AreascaleDsp dsp;

    *out = NULL;
    if (!spec_valid(spec) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    mix = malloc(sizeof(*mix));
    if (!mix)
        return -ENOMEM;
    areascale_dsp_init(&dsp, cpu);
    *mix = (AreascaleMix){
        .spec = *spec,
        .row = dsp.mix_row[sample_of(spec->in_depth)][sample_of(spec->out_depth)],
    };
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
    mix->row(&mix->spec, out, in, n);
}
