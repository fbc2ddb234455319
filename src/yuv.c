/* areascale: rows of YUV to codes of R'G'B' and back
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "areascale.h"
#include "kernels/dsp.h"

struct AreascaleYuv {
    AreascaleYuvSpec spec;
    AreascaleBetweenFn between;
    AreascaleSpreadFn spread;
    AreascaleToRgbFn to_rgb;
    AreascaleFromRgbFn from_rgb;
    AreascaleYuvSum to[3];
    AreascaleYuvSum from[3];
    int chroma_width;
    int row_weights, column_weights; /* what those of two samples add up to */
};

static int weights_of(int sub)
{
    return sub ? 4 << sub : 1;
}

static bool spec_valid(const AreascaleYuvSpec *s)
{
    return s->width >= 1 && s->width <= AREASCALE_MAX_SIZE && s->depth >= 1 &&
           s->depth <= 16 && s->w_sub >= 0 && s->w_sub <= 2 && s->h_sub >= 0 &&
           s->h_sub <= 2 && s->column_site >= 0 && s->column_site <= 4 * ((1 << s->w_sub) - 1) &&
           s->n_codes >= 2 && s->n_codes <= AREASCALE_MAX_CODES && s->to_bits >= 1 &&
           s->to_bits <= 32 && s->from_bits >= 1 && s->from_bits <= 32;
}

/* The chroma that rows are made of is in units of 1 / chroma_scale. */
static void init_sums(AreascaleYuv *yuv)
{
    const AreascaleYuvSpec *s = &yuv->spec;
    const int64_t scale = yuv->row_weights * yuv->column_weights;

    for (int c = 0; c < 3; c++) {
        const int64_t *to = s->to_rgb[c], *from = s->from_rgb[c];
        int shift = s->to_bits;

        for (int64_t one = scale; one > 1; one /= 2)
            shift++;
        yuv->to[c] = (AreascaleYuvSum){
            .factor = { to[0] * scale, to[1], to[2] },
            .offset = to[3] * scale + ((int64_t) 1 << shift) / 2,
            .shift = shift,
            .max = s->n_codes - 1,
        };
        yuv->from[c] = (AreascaleYuvSum){
            .factor = { from[0], from[1], from[2] },
            .offset = from[3] + ((int64_t) 1 << s->from_bits) / 2,
            .shift = s->from_bits,
            .max = (1 << s->depth) - 1,
        };
    }
}

/* Whether no part of the sum reaches 2^31 for samples up to those. */
static bool is_narrow(const AreascaleYuvSum *sum, const int64_t max[3])
{
    int64_t bound = llabs(sum->offset);

    for (int i = 0; i < 3; i++)
        bound += llabs(sum->factor[i]) * max[i];
    return bound <= INT32_MAX;
}

static bool sums_are_narrow(const AreascaleYuv *yuv)
{
    const int64_t level = (1 << yuv->spec.depth) - 1, code = yuv->spec.n_codes - 1;
    const int64_t chroma = level * yuv->row_weights * yuv->column_weights;
    const int64_t levels[3] = { level, chroma, chroma }, codes[3] = { code, code, code };

    for (int c = 0; c < 3; c++)
        if (!is_narrow(&yuv->to[c], levels) || !is_narrow(&yuv->from[c], codes))
            return false;
    return true;
}

int areascale_yuv_create(AreascaleYuv **out, const AreascaleYuvSpec *spec, AreascaleCpu cpu)
{
    AreascaleYuv *yuv;
    AreascaleDsp dsp;
    int kind;

    *out = NULL;
    if (!spec_valid(spec) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    yuv = calloc(1, sizeof(*yuv));
    if (!yuv)
        return -ENOMEM;
    yuv->spec = *spec;
    yuv->chroma_width = (spec->width + (1 << spec->w_sub) - 1) >> spec->w_sub;
    yuv->row_weights = weights_of(spec->h_sub);
    yuv->column_weights = weights_of(spec->w_sub);
    init_sums(yuv);
    areascale_dsp_init(&dsp, cpu);
    kind = spec->n_codes > 1 << 16 ? AREASCALE_YUV_LONG
           : sums_are_narrow(yuv)  ? AREASCALE_YUV_NARROW
                                   : AREASCALE_YUV_WIDE;
    yuv->between = dsp.between;
    yuv->spread = dsp.spread;
    yuv->to_rgb = dsp.to_rgb[kind];
    yuv->from_rgb = dsp.from_rgb[kind];
    *out = yuv;
    return 0;
}

void areascale_yuv_free(AreascaleYuv *yuv)
{
    free(yuv);
}

/* Of one chroma component: what lies between two rows with a sample more at either end, and
 * what it is spread to, which may reach behind the last luma sample. */
static size_t between_samples(const AreascaleYuv *yuv)
{
    return (size_t) yuv->chroma_width + 2;
}

static size_t component_samples(const AreascaleYuv *yuv)
{
    return between_samples(yuv) + ((size_t) yuv->chroma_width << yuv->spec.w_sub);
}

size_t areascale_yuv_scratch_size(const AreascaleYuv *yuv)
{
    return 2 * component_samples(yuv) * sizeof(int32_t);
}

static const int32_t *place_chroma(const AreascaleYuv *yuv, const uint16_t *const rows[2],
                                   int weight, int32_t *scratch)
{
    const int n = yuv->chroma_width;
    int32_t *between = scratch + 1;

    yuv->between(between, rows[0], rows[1], n, weight, yuv->row_weights);
    if (!yuv->spec.w_sub)
        return between;
    between[-1] = between[0];
    between[n] = between[n - 1];
    yuv->spread(scratch + between_samples(yuv), between, n, yuv->spec.w_sub,
                yuv->spec.column_site);
    return scratch + between_samples(yuv);
}

void areascale_yuv_to_rgb(const AreascaleYuv *yuv, void *const codes[3], const uint16_t *y,
                          const uint16_t *const u[2], const uint16_t *const v[2], int weight,
                          void *scratch)
{
    const int32_t *placed_u = place_chroma(yuv, u, weight, scratch);
    const int32_t *placed_v =
        place_chroma(yuv, v, weight, (int32_t *) scratch + component_samples(yuv));

    yuv->to_rgb(codes, y, placed_u, placed_v, yuv->spec.width, yuv->to);
}

void areascale_yuv_from_rgb(const AreascaleYuv *yuv, uint16_t *levels, int component,
                            const void *const codes[3], int n)
{
    yuv->from_rgb(levels, codes, n, &yuv->from[component]);
}
