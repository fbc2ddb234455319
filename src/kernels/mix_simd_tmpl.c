/* areascale: the matrix of a mix in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The including file defines MVEC, the widest vector, MCount, a number of bits to shift
 * by, and the functions below. Zipping and packing may stay within owords: what one does
 * the other undoes.
 */

static inline MVEC mload(const void *p);
static inline MVEC mload_bytes(const void *p); /* half a vector of them, as words */
static inline void mstore(void *p, MVEC v);
static inline MVEC mset32(uint32_t v);
static inline MVEC mset16(int v);
static inline MVEC mxor(MVEC a, MVEC b);
static inline MVEC mzip_lo(MVEC a, MVEC b); /* words */
static inline MVEC mzip_hi(MVEC a, MVEC b);
static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b); /* sum + a * b, of signed words */
static inline MVEC madd32(MVEC a, MVEC b);
static inline MVEC madd16(MVEC a, MVEC b); /* signed, saturating */
static inline MVEC mmin16(MVEC a, MVEC b); /* unsigned */
static inline MCount mcount(int n);
static inline MVEC mshift32(MVEC v, MCount n); /* down, signed */
static inline MVEC msll16(MVEC v, MCount n);
static inline MVEC mpack_signed(MVEC lo, MVEC hi);   /* 32 bits to 16, saturating */
static inline MVEC mpack_unsigned(MVEC lo, MVEC hi); /* signed ones to unsigned */
static inline MVEC mpack_bytes(MVEC a, MVEC b);      /* the same, 16 bits to 8, in order */

enum {
    MWORDS = sizeof(MVEC) / 2,
    MUNIT = 2 * MWORDS, /* pixels that are made at once */
};

/* Two vectors of words of each pair of terms, and the bits that they have in common. */
typedef struct MixPairs {
    MVEC lo[2][AREASCALE_MIX_MAX_PAIRS], hi[2][AREASCALE_MIX_MAX_PAIRS];
} MixPairs;

ALWAYS_INLINE MVEC mix_words(const void *in, int x, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8)
        return mload_bytes((const uint8_t *) in + x);
    return mxor(mload((const uint16_t *) in + x), mset16(INT16_MIN));
}

ALWAYS_INLINE MixPairs mix_load(const void *const terms[], int x, AreascaleSample sample,
                                int n_pairs)
{
    MixPairs p;

    for (int h = 0; h < 2; h++) {
        for (int i = 0; i < n_pairs; i++) {
            const MVEC a = mix_words(terms[2 * i], x + h * MWORDS, sample);
            const MVEC b = mix_words(terms[2 * i + 1], x + h * MWORDS, sample);

            p.lo[h][i] = mzip_lo(a, b);
            p.hi[h][i] = mzip_hi(a, b);
        }
    }
    return p;
}

/* What one output is made by. */
typedef struct MixLine {
    MVEC coefficients[AREASCALE_MIX_MAX_PAIRS], bias, base;
} MixLine;

ALWAYS_INLINE MVEC mix_sum(const MVEC pairs[], const MixLine *line, MCount shift,
                           int n_pairs)
{
    MVEC sum = line->bias;

    for (int i = 0; i < n_pairs; i++)
        sum = madd_pairs(sum, pairs[i], line->coefficients[i]);
    return mshift32(sum, shift);
}

ALWAYS_INLINE void mix_store_bytes(void *dst, const MixPairs *p, const MixLine *line,
                                   MCount shift, int n_pairs)
{
    MVEC level[2];

    for (int h = 0; h < 2; h++)
        level[h] = madd16(mpack_signed(mix_sum(p->lo[h], line, shift, n_pairs),
                                       mix_sum(p->hi[h], line, shift, n_pairs)),
                          line->base);
    mstore(dst, mpack_bytes(level[0], level[1]));
}

ALWAYS_INLINE void mix_store_words(uint16_t *dst, const MixPairs *p, const MixLine *line,
                                   const AreascaleMixTerms *t, int n_pairs)
{
    const MCount shift = mcount(t->shift), up = mcount(t->out_shift);
    const MVEC max = mset16(t->max);

    for (int h = 0; h < 2; h++) {
        const MVEC lo = madd32(mix_sum(p->lo[h], line, shift, n_pairs), line->base);
        const MVEC hi = madd32(mix_sum(p->hi[h], line, shift, n_pairs), line->base);

        mstore(dst + h * MWORDS, msll16(mmin16(mpack_unsigned(lo, hi), max), up));
    }
}

ALWAYS_INLINE MixLine mix_line(const AreascaleMixTerms *t, int o, int n_pairs)
{
    MixLine line = { .bias = mset32(t->bias[o]), .base = mset32(t->base[o]) };

    for (int i = 0; i < n_pairs; i++)
        line.coefficients[i] = mset32(t->coefficients[o][i]);
    return line;
}

ALWAYS_INLINE void mix_unit(const AreascaleMixTerms *t, void *const out[],
                            const void *const terms[], int x, AreascaleSample in,
                            AreascaleSample sample, int n_pairs)
{
    const MixPairs p = mix_load(terms, x, in, n_pairs);

    for (int o = 0; o < t->n_out; o++) {
        const MixLine line = mix_line(t, o, n_pairs);

        if (sample == AREASCALE_SAMPLE_8)
            mix_store_bytes((uint8_t *) out[o] + x, &p, &line, mcount(t->shift), n_pairs);
        else
            mix_store_words((uint16_t *) out[o] + x, &p, &line, t, n_pairs);
    }
}

/* Less than a unit, by way of a unit aside. */
ALWAYS_INLINE void mix_rest(const AreascaleMixTerms *t, void *const out[],
                            const void *const terms[], int n, AreascaleSample in,
                            AreascaleSample sample, int n_pairs)
{
    const size_t in_bytes = (size_t) n << in, out_bytes = (size_t) n << sample;
    uint16_t src[2 * AREASCALE_MIX_MAX_PAIRS][MUNIT] = { { 0 } };
    uint16_t dst[AREASCALE_MIX_MAX][MUNIT];
    const void *aside[2 * AREASCALE_MIX_MAX_PAIRS];
    void *made[AREASCALE_MIX_MAX];

    for (int i = 0; i < 2 * n_pairs; i++)
        aside[i] = memcpy(src[i], terms[i], in_bytes);
    for (int o = 0; o < t->n_out; o++)
        made[o] = dst[o];
    mix_unit(t, made, aside, 0, in, sample, n_pairs);
    for (int o = 0; o < t->n_out; o++)
        memcpy(out[o], made[o], out_bytes);
}

/* Any number of pixels. The last unit ends with the row and overlaps the one before. */
ALWAYS_INLINE void mix(const AreascaleMixTerms *t, void *const out[],
                       const void *const in[], int n, AreascaleSample in_sample,
                       AreascaleSample sample, int n_pairs)
{
    const void *terms[2 * AREASCALE_MIX_MAX_PAIRS];

    for (int i = 0; i < 2 * n_pairs; i++)
        terms[i] = in[t->term[i]];
    if (n < MUNIT) {
        mix_rest(t, out, terms, n, in_sample, sample, n_pairs);
        return;
    }
    for (int x = 0; x < n; x += MUNIT)
        mix_unit(t, out, terms, x < n - MUNIT ? x : n - MUNIT, in_sample, sample, n_pairs);
}

#define MIX(NAME, IN, OUT)                                                                 \
    static void NAME(const AreascaleMixTerms *t, void *const out[],                        \
                     const void *const in[], int n)                                        \
    {                                                                                      \
        switch (t->n_pairs) {                                                              \
        case 1: mix(t, out, in, n, IN, OUT, 1); break;                                     \
        case 2: mix(t, out, in, n, IN, OUT, 2); break;                                     \
        default: mix(t, out, in, n, IN, OUT, 3);                                           \
        }                                                                                  \
    }

MIX(mix_8_8, AREASCALE_SAMPLE_8, AREASCALE_SAMPLE_8)
MIX(mix_8_16, AREASCALE_SAMPLE_8, AREASCALE_SAMPLE_16)
MIX(mix_16_8, AREASCALE_SAMPLE_16, AREASCALE_SAMPLE_8)
MIX(mix_16_16, AREASCALE_SAMPLE_16, AREASCALE_SAMPLE_16)

static void mix_init(AreascaleDsp *dsp)
{
    dsp->mix[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8] = mix_8_8;
    dsp->mix[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_16] = mix_8_16;
    dsp->mix[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_8] = mix_16_8;
    dsp->mix[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_16] = mix_16_16;
}
