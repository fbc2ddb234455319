/* areascale: kernels for AVX-512 with VBMI and VNNI
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A byte permutation of a whole vector lays the taps of its output samples side by side,
 * a dot product with ones adds them up. Picks stay in registers while a unit goes down
 * the rows of a band, and a row that two windows share is summed once.
 */

#include "kernels/dsp.h"
#include "kernels/x86/curve_vbmi.h"
#include "kernels/x86/mix512.h"
#include "kernels/x86/mix_vbmi.h"
#include "kernels/x86/permute512.h"

static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b)
{
    return _mm512_dpwssd_epi32(sum, a, b);
}

#include "kernels/mix_simd_tmpl.c"

/* What a unit keeps in registers. */
typedef struct Unit {
    __m512i from[AREASCALE_MAX_PICKS], weight[AREASCALE_MAX_PICKS];
    ptrdiff_t offset[AREASCALE_MAX_PICKS];
    ptrdiff_t ahead; /* bytes from a sample to one that is read soon */
} Unit;

ALWAYS_INLINE bool in_words(Shape s)
{
    return s.slots == 2;
}

ALWAYS_INLINE Sums add_sums(Sums a, Sums b, Shape s)
{
    for (int v = 0; v < s.vectors; v++)
        a.v[v] = in_words(s) ? _mm512_add_epi16(a.v[v], b.v[v])
                             : _mm512_add_epi32(a.v[v], b.v[v]);
    return a;
}

/* Adds the taps that a pick takes out of a load. */
ALWAYS_INLINE __m512i add_pick(__m512i sum, __m512i load, const Unit *u, int q, Shape s)
{
    const __m512i taps = _mm512_permutexvar_epi8(u->from[q], load);

    if (in_words(s))
        return _mm512_add_epi16(sum, _mm512_maddubs_epi16(taps, u->weight[q]));
    return _mm512_dpbusd_epi32(sum, taps, u->weight[q]);
}

ALWAYS_INLINE Sums add_row(Sums sums, const char *row, const Unit *u, Shape s)
{
    const int per_load = s.vectors * s.picks / s.loads;

    for (int l = 0; l < s.loads; l++) {
        const char *at = row + u->offset[l];
        __m512i load = _mm512_loadu_si512(at);

        if (per_load > 1)
            load = keep(load);
        _mm_prefetch(at + u->ahead, _MM_HINT_T0);
        for (int q = l * per_load; q < (l + 1) * per_load; q++)
            sums.v[q / s.picks] = add_pick(sums.v[q / s.picks], load, u, q, s);
    }
    for (int v = 0; v < s.vectors; v++)
        sums.v[v] = keep(sums.v[v]);
    return sums;
}

/* Vectors of a unit's sums of 32 bits. */
ALWAYS_INLINE int unit_vectors(Shape s)
{
    return in_words(s) ? 2 * s.vectors : vectors_left(s, 4);
}

/* Folded sums as 16-bit lanes. */
ALWAYS_INLINE Narrow narrow_sums(Sums a, Shape s)
{
    return in_words(s) ? (Narrow) { a.v[0], a.v[s.vectors - 1] }
                       : pack_sums(a, unit_vectors(s));
}

/* Folded sums as 32-bit lanes, which pack_sums() puts back. */
ALWAYS_INLINE Sums widen_sums(Sums a, Shape s)
{
    const __m512i zero = _mm512_setzero_si512();

    for (int v = s.vectors - 1; v >= 0 && in_words(s); v--) {
        a.v[2 * v + 1] = _mm512_unpackhi_epi16(a.v[v], zero);
        a.v[2 * v] = _mm512_unpacklo_epi16(a.v[v], zero);
    }
    return a;
}

ALWAYS_INLINE __m512i divide_narrow(__m512i sums, const char *divisor, const Division *d)
{
    const __m512i reciprocal = _mm512_load_si512(divisor + NARROW_BYTES);

    if (d->how == AREASCALE_DIVIDE_ROUND)
        return _mm512_mulhrs_epi16(sums, reciprocal);
    sums = _mm512_add_epi16(sums, _mm512_load_si512(divisor));
    return _mm512_srl_epi16(_mm512_mulhi_epu16(sums, reciprocal), d->shift);
}

/* The results of a unit, in the order of `lanes`. */
ALWAYS_INLINE __m512i divide(Sums sums, const char *divisor, const Division *d, Shape s)
{
    Narrow n;

    sums = fold_slots(sums, s);
    if (d->how == AREASCALE_DIVIDE_FLOAT && !in_words(s)) {
        for (int v = 0; v < vectors_left(s, 4); v++)
            sums.v[v] = divide_float(sums.v[v], divisor + v * (int) sizeof(__m512i));
        n = narrow_sums(sums, s);
    } else {
        n = narrow_sums(sums, s);
        n.a = divide_narrow(n.a, divisor, d);
        n.b = unit_samples(s) > 32 ? divide_narrow(n.b, divisor + sizeof(__m512i), d) : n.a;
    }
    return _mm512_packus_epi16(n.a, n.b);
}

ALWAYS_INLINE void store_unit(char *dst, __m512i results, Shape s)
{
    const __m128i low = _mm512_castsi512_si128(results);

    switch (unit_samples(s)) {
    case 64: _mm512_storeu_si512(dst, results); break;
    case 32: _mm256_storeu_si256((__m256i *) dst, _mm512_castsi512_si256(results)); break;
    case 16: _mm_storeu_si128((__m128i *) dst, low); break;
    case 8: _mm_storel_epi64((__m128i *) dst, low); break;
    default: memcpy(dst, &(int32_t) { _mm_cvtsi128_si32(low) }, (size_t) unit_samples(s));
    }
}

/* Unit i of n; `ahead` is the bytes from a row of the band to that of the next one. */
ALWAYS_INLINE Unit load_unit(const AreascalePermuteUnit *units, int i, int n,
                             const AreascalePick *picks, ptrdiff_t ahead, Shape s)
{
    const AreascalePermuteUnit *unit = &units[i];
    Unit u;

    for (int q = 0; q < s.vectors * s.picks; q++) {
        u.from[q] = keep(_mm512_load_si512(picks[unit->pick[q]].from));
        u.weight[q] = keep(_mm512_load_si512(picks[unit->pick[q]].weight));
    }
    for (int l = 0; l < s.loads; l++)
        u.offset[l] = unit->offset[l];
    u.ahead = bytes_ahead(units, i, n, ahead);
    return u;
}

/* Divides a unit's sums and stores what comes out. */
ALWAYS_INLINE void finish_unit(char *dst, Sums sums, const char *divisor, const Division *d,
                               Shape s, AreascaleSample out)
{
    if (out == AREASCALE_SAMPLE_16)
        store_words(dst, divide_to_words(widen_sums(fold_slots(sums, s), s), unit_vectors(s),
                                         divisor, d), d, s);
    else
        store_unit(dst, _mm512_permutexvar_epi8(d->order[0], divide(sums, divisor, d, s)), s);
}

/* A unit of all rows of a band. */
ALWAYS_INLINE void make_unit(const AreascalePermuteRows *r, int i, const Division *d,
                             Shape s, AreascaleSample out)
{
    const Unit u = load_unit(r->units, i, r->n_units, r->picks, r->ahead, s);
    const char *row = r->src, *divisors = r->divisors + r->units[i].divisor;
    char *dst = r->dst + (r->units[i].sample << (int) out);
    Sums sums = zero_sums();

    for (int y = 0; y < r->n_steps; y++, dst += r->dst_stride) {
        const AreascalePermuteStep *step = &r->steps[y];
        Sums shared = zero_sums();

        for (int n = step->rows; n > 0; n--, row += r->stride)
            sums = add_row(sums, row, &u, s);
        if (step->shared) {
            shared = add_row(shared, row, &u, s);
            row += r->stride;
            sums = add_sums(sums, shared, s);
        }
        finish_unit(dst, sums, divisors + step->divisor, d, s, out);
        sums = shared;
    }
}

ALWAYS_INLINE void make_rows(const AreascalePermuteRows *r, Shape s, AreascaleSample out)
{
    const Division d = load_division(r, out == AREASCALE_SAMPLE_16);

    for (int i = 0; i < r->n_units; i++)
        make_unit(r, i, &d, s, out);
}

/* Sends labels the way of the sums. */
ALWAYS_INLINE void tell_lanes(bool wide, uint8_t *lanes, uint8_t *order, Shape s,
                              AreascaleSample out)
{
    const Sums labels = fold_slots(label_sums(s), s);
    const Narrow n = narrow_sums(labels, s);
    uint8_t packed[LANES];

    tell_narrow_lanes(n, lanes);
    if (out == AREASCALE_SAMPLE_16)
        memcpy(packed, lanes, LANES);
    else
        _mm512_storeu_si512(packed, _mm512_packus_epi16(n.a, n.b));
    if (wide)
        tell_wide_lanes(widen_sums(labels, s), lanes);
    invert_lanes(packed, order);
}

#define NAME(FN, SLOTS, VECTORS, PICKS, LOADS, OUT) \
    FN##_##SLOTS##_##VECTORS##_##PICKS##_##LOADS##_##OUT

#define FUNCTIONS(SLOTS, VECTORS, PICKS, LOADS, OUT)                                       \
    NEVER_INLINE void NAME(rows, SLOTS, VECTORS, PICKS, LOADS,                             \
                           OUT)(const AreascalePermuteRows *r)                             \
    {                                                                                      \
        make_rows(r, (Shape) { SLOTS, VECTORS, PICKS, LOADS }, AREASCALE_SAMPLE_##OUT);     \
    }                                                                                      \
                                                                                           \
    static void NAME(lanes, SLOTS, VECTORS, PICKS, LOADS, OUT)(bool wide, uint8_t *lanes,  \
                                                               uint8_t *order)             \
    {                                                                                      \
        tell_lanes(wide, lanes, order, (Shape) { SLOTS, VECTORS, PICKS, LOADS },            \
                   AREASCALE_SAMPLE_##OUT);                                                \
    }

/* From bytes to samples of OUT bits. */
#define PERMUTE(NAME_OF, LANES_OF, OUT)                                                    \
    AREASCALE_PERMUTE_SHAPES(FUNCTIONS_##OUT)                                              \
                                                                                           \
    static void NAME_OF(const AreascalePermuteRows *r)                                     \
    {                                                                                      \
        static const AreascalePermuteFn kernels[AREASCALE_N_PERMUTE_SHAPES] = {            \
            AREASCALE_PERMUTE_SHAPES(ROWS_##OUT)                                           \
        };                                                                                 \
                                                                                           \
        kernels[r->shape](r);                                                              \
    }                                                                                      \
                                                                                           \
    static void LANES_OF(int shape, bool wide, uint8_t lanes[AREASCALE_PERMUTE_LANES],     \
                         uint8_t order[AREASCALE_PERMUTE_LANES])                           \
    {                                                                                      \
        static void (*const kernels[AREASCALE_N_PERMUTE_SHAPES])(bool, uint8_t *,          \
                                                                 uint8_t *) = {            \
            AREASCALE_PERMUTE_SHAPES(LANES_##OUT)                                          \
        };                                                                                 \
                                                                                           \
        kernels[shape](wide, lanes, order);                                                \
    }

#define FUNCTIONS_8(SLOTS, VECTORS, PICKS, LOADS) FUNCTIONS(SLOTS, VECTORS, PICKS, LOADS, 8)
#define FUNCTIONS_16(SLOTS, VECTORS, PICKS, LOADS) FUNCTIONS(SLOTS, VECTORS, PICKS, LOADS, 16)
#define ROWS_8(SLOTS, VECTORS, PICKS, LOADS) NAME(rows, SLOTS, VECTORS, PICKS, LOADS, 8),
#define ROWS_16(SLOTS, VECTORS, PICKS, LOADS) NAME(rows, SLOTS, VECTORS, PICKS, LOADS, 16),
#define LANES_8(SLOTS, VECTORS, PICKS, LOADS) NAME(lanes, SLOTS, VECTORS, PICKS, LOADS, 8),
#define LANES_16(SLOTS, VECTORS, PICKS, LOADS) NAME(lanes, SLOTS, VECTORS, PICKS, LOADS, 16),

PERMUTE(permute_8, permute_lanes_8, 8)
PERMUTE(permute_8_16, permute_lanes_8_16, 16)

#include "kernels/x86/blend512.h"

void areascale_dsp_init_avx512icl(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_AVX512ICL;
    dsp->permute[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8] = permute_8;
    dsp->permute[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_16] = permute_8_16;
    dsp->permute_lanes[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8] = permute_lanes_8;
    dsp->permute_lanes[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_16] = permute_lanes_8_16;
    dsp->blend[AREASCALE_BLEND_BYTES] = blend_bytes;
    dsp->blend[AREASCALE_BLEND_WIDE] = blend_wide;
    dsp->blend[AREASCALE_BLEND_WORDS] = blend_words;
    mix_init(dsp);
    mix_vbmi_init(dsp);
    curve_vbmi_init(dsp);
}
