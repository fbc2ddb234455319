/* areascale: enlarging in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after gather_simd_tmpl.c and mix_simd_tmpl.c, whose operations it uses: their
 * vectors are the same.
 */

/* What all vectors of a row have in common. */
typedef struct PairScale {
    HVEC half, max;
    HCount down, up;
} PairScale;

ALWAYS_INLINE HVEC pair_vector(const AreascalePairRow *r, int i, const PairScale *scale)
{
    const char *sums = (const char *) r->sums;
    const uint8_t *picks = r->picks + (size_t) i * 2 * sizeof(HVEC);
    const HVEC first = gload(sums, goffset(r->vectors[i].first));
    const HVEC last = gload(sums, goffset(r->vectors[i].last));
    const HVEC sum =
        hadd16(gpick(first, hload(picks)), gpick(last, hload(picks + sizeof(HVEC))));
    const HVEC level = hsrl16(hadd16(sum, scale->half), scale->down);

    return hsll16(mmin16(level, scale->max), scale->up);
}

ALWAYS_INLINE void pair_row(const AreascalePairRow *r, AreascaleSample sample)
{
    enum { UNIT = sizeof(HVEC) };
    const PairScale scale = { hset16((unsigned) r->half), hset16((unsigned) r->max),
                              hcount(r->down), hcount(r->up) };

    for (int s = 0, i = 0; s < r->n; s += UNIT, i += 2) {
        const size_t at = (size_t) (s < r->n - UNIT ? s : r->n - UNIT);

        store_two((char *) r->dst + (at << sample), pair_vector(r, i, &scale),
                  pair_vector(r, i + 1, &scale), sample);
    }
}

static void pair_8(const AreascalePairRow *r)
{
    pair_row(r, AREASCALE_SAMPLE_8);
}

static void pair_16(const AreascalePairRow *r)
{
    pair_row(r, AREASCALE_SAMPLE_16);
}

static void pair_init(AreascaleDsp *dsp)
{
    dsp->pair[AREASCALE_SAMPLE_8] = pair_8;
    dsp->pair[AREASCALE_SAMPLE_16] = pair_16;
}
