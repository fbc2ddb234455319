/* areascale: permuting rows in vectors of 512 bits: sums and their division
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * For AVX-512 F, BW, DQ and VL. Sums of a vector of slots are of 32 bits, in the order of
 * the slots; folds leave one lane for each output sample.
 */

#ifndef AREASCALE_PERMUTE512_H
#define AREASCALE_PERMUTE512_H

#include <immintrin.h>
#include <string.h>

#include "kernels/inline.h"
#include "kernels/permute.h"

typedef AreascalePermuteShape Shape;

enum {
    LANES = AREASCALE_PERMUTE_LANES,
    NARROW_BYTES = LANES * 2, /* of what is added to sums of 16 bits */
    WIDE_BYTES = LANES * 4,   /* of 32 bits */
};

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

/* Sums of a unit. */
typedef struct Sums {
    __m512i v[4];
} Sums;

ALWAYS_INLINE Sums zero_sums(void)
{
    const __m512i zero = _mm512_setzero_si512();

    return (Sums) { { zero, zero, zero, zero } };
}

ALWAYS_INLINE int unit_samples(Shape s)
{
    return s.vectors * AREASCALE_PERMUTE_VECTOR / s.slots;
}

/* Bytes from a row of unit i of n to one of a unit that comes soon, be it of the next band,
 * whose rows are `ahead` bytes further. */
ALWAYS_INLINE ptrdiff_t bytes_ahead(const AreascalePermuteUnit *units, int i, int n,
                                    ptrdiff_t ahead)
{
    const int at = i + UNITS_AHEAD;
    const int32_t here = units[i].offset[0];

    return at < n ? units[at].offset[0] - here : units[at % n].offset[0] - here + ahead;
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

/* Vectors of a unit's sums when its output samples have so many bytes each. */
ALWAYS_INLINE int vectors_left(Shape s, int slots)
{
    const int n = s.vectors * slots / s.slots;

    return n ? n : 1;
}

/* Sums of one 32-bit lane for each output sample, in vectors_left(s, 4) vectors. */
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

/* n vectors of 32-bit lanes as 16-bit lanes; b is a where one vector holds them all. */
ALWAYS_INLINE Narrow pack_sums(Sums a, int n)
{
    const __m512i low = _mm512_packus_epi32(a.v[0], a.v[n > 1]);

    if (n < 4)
        return (Narrow) { low, low };
    return (Narrow) { low, _mm512_packus_epi32(a.v[2], a.v[3]) };
}

/* What a band's units have in common. */
typedef struct Division {
    AreascalePermuteDivision how;
    __m128i shift, lift, out_shift;
    __m512i order[2]; /* of bytes, or of the two halves of the unit's words */
} Division;

ALWAYS_INLINE Division load_division(const AreascalePermuteRows *r, bool to_words)
{
    uint16_t words[LANES];
    Division d = {
        .how = r->division,
        .shift = _mm_cvtsi32_si128(r->shift),
        .lift = _mm_cvtsi32_si128(r->lift),
        .out_shift = _mm_cvtsi32_si128(r->out_shift),
    };

    for (int i = 0; i < LANES; i++)
        words[i] = r->order[i];
    if (to_words)
        for (int half = 0; half < 2; half++)
            d.order[half] = _mm512_loadu_si512(words + 32 * half);
    else
        d.order[0] = keep(_mm512_loadu_si512(r->order));
    return d;
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

/* The words of n vectors of sums of 32 bits. */
ALWAYS_INLINE Narrow divide_to_words(Sums sums, int n, const char *divisor,
                                     const Division *d)
{
    for (int v = 0; v < n; v++, divisor += sizeof(__m512i))
        sums.v[v] = d->how == AREASCALE_DIVIDE_FLOAT   ? divide_float(sums.v[v], divisor)
                    : d->how == AREASCALE_DIVIDE_FUSED ? divide_fused(sums.v[v], divisor)
                                                       : divide_lifted(sums.v[v], divisor, d);
    return pack_sums(sums, n);
}

/* Half of a unit's words in the order of the output samples. */
ALWAYS_INLINE __m512i words_in_order(Narrow n, int half, const Division *d)
{
    return _mm512_sll_epi16(_mm512_permutex2var_epi16(n.a, d->order[half], n.b),
                            d->out_shift);
}

ALWAYS_INLINE void store_words(char *dst, Narrow n, const Division *d, Shape s)
{
    const __m512i words = words_in_order(n, 0, d);
    const __m128i low = _mm512_castsi512_si128(words);

    switch (unit_samples(s)) {
    case 64:
        _mm512_storeu_si512(dst, words);
        _mm512_storeu_si512(dst + sizeof(words), words_in_order(n, 1, d));
        break;
    case 32: _mm512_storeu_si512(dst, words); break;
    case 16: _mm256_storeu_si256((__m256i *) dst, _mm512_castsi512_si256(words)); break;
    case 8: _mm_storeu_si128((__m128i *) dst, low); break;
    default: _mm_storel_epi64((__m128i *) dst, low);
    }
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

/* The 32-bit lanes of folded labels. */
ALWAYS_INLINE void tell_wide_lanes(Sums labels, uint8_t *lanes)
{
    uint32_t all[LANES];

    for (int v = 0; v < 4; v++)
        _mm512_storeu_si512(all + 16 * v, labels.v[v]);
    for (int i = 0; i < LANES; i++)
        lanes[i] = (uint8_t) all[i];
}

ALWAYS_INLINE void tell_narrow_lanes(Narrow labels, uint8_t *lanes)
{
    uint16_t all[LANES];

    _mm512_storeu_si512(all, labels.a);
    _mm512_storeu_si512(all + 32, labels.b);
    for (int i = 0; i < LANES; i++)
        lanes[i] = (uint8_t) all[i];
}

/* Where each label is first. */
ALWAYS_INLINE void invert_lanes(const uint8_t *lanes, uint8_t *order)
{
    memset(order, 0, LANES);
    for (int i = LANES - 1; i >= 0; i--)
        order[lanes[i]] = (uint8_t) i;
}

#endif /* AREASCALE_PERMUTE512_H */
