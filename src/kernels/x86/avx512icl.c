/* areascale: kernels for AVX-512 with VBMI and VNNI
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A byte permutation of a whole vector lays the taps of its output samples side by side,
 * a dot product with ones adds them up. Picks stay in registers while a unit goes down
 * the rows of a band, and a row that two windows share is summed once.
 */

#include <immintrin.h>
#include <string.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"

typedef AreascalePermuteShape Shape;

/* Units from one to that whose rows are fetched meanwhile. */
enum { UNITS_AHEAD = 4 };

/* A value that stays in a register where the compiler can be told: a load for each use
 * would take the place of a load of pixels. */
ALWAYS_INLINE __m512i keep(__m512i v)
{
#ifdef __AVX512F__
    __asm__("" : "+v"(v));
#endif
    return v;
}

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

/* Sums of a unit. */
typedef struct Sums {
    __m512i v[4];
} Sums;

ALWAYS_INLINE Sums zero_sums(void)
{
    const __m512i zero = _mm512_setzero_si512();

    return (Sums) { { zero, zero, zero, zero } };
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

/* Sums of neighbouring 32-bit lanes: of each 128-bit lane first a's, then b's. */
ALWAYS_INLINE __m512i fold_lanes(__m512i a, __m512i b)
{
    const __m512 x = _mm512_castsi512_ps(a), y = _mm512_castsi512_ps(b);

    return _mm512_add_epi32(_mm512_castps_si512(_mm512_shuffle_ps(x, y, 0x88)),
                            _mm512_castps_si512(_mm512_shuffle_ps(x, y, 0xdd)));
}

/* Sums of neighbouring 128-bit lanes: first a's, then b's. */
ALWAYS_INLINE __m512i fold_owords(__m512i a, __m512i b)
{
    return _mm512_add_epi32(_mm512_shuffle_i32x4(a, b, 0x88),
                            _mm512_shuffle_i32x4(a, b, 0xdd));
}

/* Halves the slots of each output sample of n vectors. */
ALWAYS_INLINE Sums halve_slots(Sums a, int n, bool owords)
{
    for (int v = 0; v < n; v += 2) {
        const __m512i x = a.v[v], y = a.v[n > 1 ? v + 1 : v];

        a.v[v / 2] = owords ? fold_owords(x, y) : fold_lanes(x, y);
    }
    return a;
}

/* Vectors of n that are left when their output samples have so many slots. */
ALWAYS_INLINE int vectors_left(Shape s, int slots)
{
    const int n = s.vectors * slots / s.slots;

    return n ? n : 1;
}

/* Sums of one 32-bit lane for each output sample. */
ALWAYS_INLINE Sums fold_slots(Sums a, Shape s)
{
    if (s.slots > 32)
        a = halve_slots(a, vectors_left(s, 64), true);
    if (s.slots > 16)
        a = halve_slots(a, vectors_left(s, 32), true);
    if (s.slots > 8)
        a = halve_slots(a, vectors_left(s, 16), false);
    if (s.slots > 4)
        a = halve_slots(a, vectors_left(s, 8), false);
    return a;
}

/* The sums of up to 64 output samples in 16-bit lanes. */
typedef struct Narrow {
    __m512i a, b;
} Narrow;

ALWAYS_INLINE int unit_samples(Shape s)
{
    return s.vectors * AREASCALE_PERMUTE_VECTOR / s.slots;
}

/* Vectors of a unit's sums of 32 bits. */
ALWAYS_INLINE int unit_vectors(Shape s)
{
    return in_words(s) ? 2 * s.vectors : vectors_left(s, 4);
}

/* 32-bit lanes as 16-bit lanes; b is a where the unit has one vector of them. */
ALWAYS_INLINE Narrow pack_sums(Sums a, Shape s)
{
    if (unit_vectors(s) == 4)
        return (Narrow) { _mm512_packus_epi32(a.v[0], a.v[1]),
                         _mm512_packus_epi32(a.v[2], a.v[3]) };
    a.v[0] = _mm512_packus_epi32(a.v[0], a.v[unit_vectors(s) - 1]);
    return (Narrow) { a.v[0], a.v[0] };
}

/* Folded sums as 16-bit lanes. */
ALWAYS_INLINE Narrow narrow_sums(Sums a, Shape s)
{
    return in_words(s) ? (Narrow) { a.v[0], a.v[s.vectors - 1] } : pack_sums(a, s);
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

/* What a band's units have in common. */
typedef struct Division {
    AreascalePermuteDivision how;
    __m128i shift, lift, out_shift;
    __m512i order[2]; /* of bytes, or of the two halves of the unit's words */
} Division;

enum { NARROW_BYTES = 128, WIDE_BYTES = 256 }; /* of 64 lanes of a divisor */

ALWAYS_INLINE __m512i divide_narrow(__m512i sums, const char *divisor, const Division *d)
{
    const __m512i reciprocal = _mm512_load_si512(divisor + NARROW_BYTES);

    if (d->how == AREASCALE_DIVIDE_ROUND)
        return _mm512_mulhrs_epi16(sums, reciprocal);
    sums = _mm512_add_epi16(sums, _mm512_load_si512(divisor));
    return _mm512_srl_epi16(_mm512_mulhi_epu16(sums, reciprocal), d->shift);
}

ALWAYS_INLINE __m512i divide_float(__m512i sums, const char *divisor)
{
    const __m512i n = _mm512_add_epi32(sums, _mm512_load_si512(divisor));
    const __m512 reciprocal = _mm512_load_ps(divisor + WIDE_BYTES);

    return _mm512_cvttps_epi32(_mm512_mul_ps(_mm512_cvtepi32_ps(n), reciprocal));
}

ALWAYS_INLINE __m512i divide_lifted(__m512i sums, const char *divisor, const Division *d)
{
    const __m512i n =
        _mm512_add_epi32(_mm512_sll_epi32(sums, d->lift), _mm512_load_si512(divisor));
    const __m512i reciprocal = _mm512_load_si512(divisor + WIDE_BYTES);
    const __m512i even = _mm512_mul_epu32(n, reciprocal);
    const __m512i odd =
        _mm512_mul_epu32(_mm512_srli_epi64(n, 32), _mm512_srli_epi64(reciprocal, 32));

    return _mm512_srl_epi32(
        _mm512_mask_blend_epi32(0xaaaa, _mm512_srli_epi64(even, 32), odd), d->shift);
}

ALWAYS_INLINE __m512i divide_fused(__m512i sums, const char *divisor)
{
    const __m512 reciprocal = _mm512_load_ps(divisor + WIDE_BYTES);

    return _mm512_cvttps_epi32(
        _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums), reciprocal, _mm512_load_ps(divisor)));
}

/* The results of a unit as words, in the order of `lanes`. */
ALWAYS_INLINE Narrow divide_to_words(Sums sums, const char *divisor, const Division *d,
                                     Shape s)
{
    sums = widen_sums(fold_slots(sums, s), s);
    for (int v = 0; v < unit_vectors(s); v++, divisor += sizeof(__m512i))
        sums.v[v] = d->how == AREASCALE_DIVIDE_FUSED ? divide_fused(sums.v[v], divisor)
                                                     : divide_lifted(sums.v[v], divisor, d);
    return pack_sums(sums, s);
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

ALWAYS_INLINE void store_words(char *dst, Narrow n, const Division *d, Shape s)
{
    const __m512i lower = _mm512_sll_epi16(
        _mm512_permutex2var_epi16(n.a, d->order[0], n.b), d->out_shift);

    switch (unit_samples(s)) {
    case 64:
        _mm512_storeu_si512(dst, lower);
        _mm512_storeu_si512(
            dst + sizeof(lower),
            _mm512_sll_epi16(_mm512_permutex2var_epi16(n.a, d->order[1], n.b),
                             d->out_shift));
        break;
    case 32: _mm512_storeu_si512(dst, lower); break;
    case 16: _mm256_storeu_si256((__m256i *) dst, _mm512_castsi512_si256(lower)); break;
    case 8: _mm_storeu_si128((__m128i *) dst, _mm512_castsi512_si128(lower)); break;
    default: _mm_storel_epi64((__m128i *) dst, _mm512_castsi512_si128(lower));
    }
}

/* Unit i of n; `ahead` is the bytes from a row of the band to that of the next one. */
ALWAYS_INLINE Unit load_unit(const AreascalePermuteUnit *units, int i, int n,
                             const AreascalePick *picks, ptrdiff_t ahead, Shape s)
{
    const AreascalePermuteUnit *unit = &units[i];
    const int at = i + UNITS_AHEAD, next = at < n ? at : at % n;
    Unit u;

    for (int q = 0; q < s.vectors * s.picks; q++) {
        u.from[q] = keep(_mm512_load_si512(picks[unit->pick[q]].from));
        u.weight[q] = keep(_mm512_load_si512(picks[unit->pick[q]].weight));
    }
    for (int l = 0; l < s.loads; l++)
        u.offset[l] = unit->offset[l];
    u.ahead = units[next].offset[0] - unit->offset[0] + (next == at ? 0 : ahead);
    return u;
}

/* Divides a unit's sums and stores what comes out. */
ALWAYS_INLINE void finish_unit(char *dst, Sums sums, const char *divisor, const Division *d,
                               Shape s, AreascaleSample out)
{
    if (out == AREASCALE_SAMPLE_16)
        store_words(dst, divide_to_words(sums, divisor, d, s), d, s);
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

ALWAYS_INLINE Division load_division(const AreascalePermuteRows *r, AreascaleSample out)
{
    uint16_t words[AREASCALE_PERMUTE_LANES];
    Division d = {
        .how = r->division,
        .shift = _mm_cvtsi32_si128(r->shift),
        .lift = _mm_cvtsi32_si128(r->lift),
        .out_shift = _mm_cvtsi32_si128(r->out_shift),
    };

    for (int i = 0; i < AREASCALE_PERMUTE_LANES; i++)
        words[i] = r->order[i];
    if (out == AREASCALE_SAMPLE_16)
        for (int half = 0; half < 2; half++)
            d.order[half] = _mm512_loadu_si512(words + 32 * half);
    else
        d.order[0] = keep(_mm512_loadu_si512(r->order));
    return d;
}

ALWAYS_INLINE void make_rows(const AreascalePermuteRows *r, Shape s, AreascaleSample out)
{
    const Division d = load_division(r, out);

    for (int i = 0; i < r->n_units; i++)
        make_unit(r, i, &d, s, out);
}

/* Sums that are the numbers of the output samples of a unit. */
ALWAYS_INLINE Sums label_sums(Shape s)
{
    Sums labels = zero_sums();

    for (int v = 0; v < s.vectors; v++) {
        uint8_t slots[AREASCALE_PERMUTE_VECTOR] = { 0 };

        for (int i = 0; i < AREASCALE_PERMUTE_VECTOR; i += s.slots)
            slots[i] = (uint8_t) (v * AREASCALE_PERMUTE_VECTOR / s.slots + i / s.slots);
        labels.v[v] = _mm512_loadu_si512(slots);
    }
    return labels;
}

/* Sends labels the way of the sums. */
ALWAYS_INLINE void tell_lanes(bool wide, uint8_t *lanes, uint8_t *order, Shape s,
                              AreascaleSample out)
{
    const Sums labels = fold_slots(label_sums(s), s), wide_labels = widen_sums(labels, s);
    const Narrow n = narrow_sums(labels, s);
    uint32_t wide_lanes[64];
    uint16_t narrow_lanes[64];
    uint8_t packed[64];

    for (int v = 0; v < 4; v++)
        _mm512_storeu_si512(wide_lanes + 16 * v, wide_labels.v[v]);
    _mm512_storeu_si512(narrow_lanes, n.a);
    _mm512_storeu_si512(narrow_lanes + 32, n.b);
    _mm512_storeu_si512(packed, _mm512_packus_epi16(n.a, n.b));
    for (int i = 0; i < 64; i++)
        lanes[i] = (uint8_t) (wide ? wide_lanes[i] : narrow_lanes[i]);
    memset(order, 0, 64);
    for (int i = 63; i >= 0; i--)
        order[out == AREASCALE_SAMPLE_16 ? narrow_lanes[i] : packed[i]] = (uint8_t) i;
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
}
