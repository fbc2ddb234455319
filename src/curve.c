/* areascale: rows of codes to light and back
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "areascale.h"
#include "kernels/dsp.h"

enum { N_UPPER = 1 << 16 };

struct AreascaleCurve {
    AreascaleCurveTables tables;
    AreascaleDecodeFn decode;
    AreascaleEncodeFn encode;
    void *memory; /* of the tables */
};

static int log2_of_bytes(int bytes)
{
    return bytes == 4 ? 2 : bytes - 1;
}

static bool spec_valid(const AreascaleCurveSpec *s)
{
    const bool types = (s->code_bytes == 1 || s->code_bytes == 2 || s->code_bytes == 4) &&
                       (s->light_bytes == 2 || s->light_bytes == 4);

    if (!types || s->n_codes < 2 || s->n_codes > AREASCALE_MAX_CODES || s->shift < 0 ||
        s->shift >= 8 * s->code_bytes ||
        (uint64_t) (s->n_codes - 1) << s->shift >> (8 * s->code_bytes) || s->limit[0] != 0)
        return false;
    for (int i = 0; i < s->n_codes; i++) {
        if (s->limit[i] > s->light[i] || (s->light_bytes == 2 && s->light[i] > UINT16_MAX))
            return false;
        if (i > 0 && (s->limit[i] < s->limit[i - 1] || s->light[i] < s->light[i - 1]))
            return false;
    }
    return true;
}

static void store(void *table, int bytes, size_t i, uint32_t value)
{
    if (bytes == 1)
        ((uint8_t *) table)[i] = (uint8_t) value;
    else if (bytes == 2)
        ((uint16_t *) table)[i] = (uint16_t) value;
    else
        ((uint32_t *) table)[i] = value;
}

/* What lies behind the last code has the light of the last one. */
static void fill_tables(const AreascaleCurveSpec *s, size_t n, void *light, uint32_t *limit,
                        void *of_light)
{
    const int step = s->light_bytes == 4 ? 16 : 0;
    const uint32_t last = (uint32_t) s->n_codes - 1;
    uint32_t code = 0;

    for (size_t i = 0; i < n; i++) {
        store(light, s->light_bytes, i, s->light[i < last ? i : last]);
        limit[i] = i > last ? UINT32_MAX : s->limit[i];
    }
    for (size_t i = 0; i < N_UPPER; i++) {
        while (code < last && s->limit[code + 1] <= (uint32_t) i << step)
            code++;
        store(of_light, s->code_bytes, i, code);
    }
    store(of_light, s->code_bytes, N_UPPER, last);
}

/* Light, limits, codes of light; the widest first. */
static int make_tables(AreascaleCurve *curve, const AreascaleCurveSpec *s)
{
    size_t n = 1;
    char *memory;

    while (n < (size_t) s->n_codes)
        n *= 2;
    memory = malloc(n * (sizeof(uint32_t) + (size_t) s->light_bytes) +
                    ((size_t) N_UPPER + 1) * (size_t) s->code_bytes);
    if (!memory)
        return -ENOMEM;
    curve->memory = memory;
    curve->tables = (AreascaleCurveTables){
        .shift = s->shift,
        .mask = (uint32_t) n - 1,
        .limit = (uint32_t *) memory,
        .light = memory + n * sizeof(uint32_t),
        .of_light = memory + n * (sizeof(uint32_t) + (size_t) s->light_bytes),
    };
    fill_tables(s, n, memory + n * sizeof(uint32_t), (uint32_t *) memory,
                memory + n * (sizeof(uint32_t) + (size_t) s->light_bytes));
    return 0;
}

int areascale_curve_create(AreascaleCurve **out, const AreascaleCurveSpec *spec,
                           AreascaleCpu cpu)
{
    AreascaleCurve *curve;
    AreascaleDsp dsp;
    int ret;

    *out = NULL;
    if (!spec_valid(spec) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    curve = calloc(1, sizeof(*curve));
    if (!curve)
        return -ENOMEM;
    areascale_dsp_init(&dsp, cpu);
    curve->decode = dsp.decode[log2_of_bytes(spec->code_bytes)][spec->light_bytes == 4];
    curve->encode = dsp.encode[log2_of_bytes(spec->code_bytes)][spec->light_bytes == 4];
    ret = make_tables(curve, spec);
    if (ret < 0)
        areascale_curve_free(curve);
    else
        *out = curve;
    return ret;
}

void areascale_curve_free(AreascaleCurve *curve)
{
    if (!curve)
        return;
    free(curve->memory);
    free(curve);
}

void areascale_curve_decode(const AreascaleCurve *curve, void *light, const void *codes,
                            int n)
{
    curve->decode(light, codes, n, &curve->tables);
}

void areascale_curve_encode(const AreascaleCurve *curve, void *codes, const void *light,
                            int n)
{
    curve->encode(codes, light, n, &curve->tables);
}
