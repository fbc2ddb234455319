/* areascale: AVX-512 in terms of AVX2, in the place of the compiler's header
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_IMMINTRIN_H
#define AREASCALE_TESTS_IMMINTRIN_H

#pragma GCC system_header

#include_next <immintrin.h>

/* the compiler has it; with clang, SIMDe would make it of another type */
#define __mmask64 __mmask64

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

/* What SIMDe 0.7.4 lacks, a half at a time. */

static inline simde__m512i emulated_mulhi_epu16(simde__m512i a, simde__m512i b)
{
    simde__m512i_private x = simde__m512i_to_private(a);
    const simde__m512i_private y = simde__m512i_to_private(b);

    for (int i = 0; i < 2; i++)
        x.m256i[i] = simde_mm256_mulhi_epu16(x.m256i[i], y.m256i[i]);
    return simde__m512i_from_private(x);
}

static inline simde__m512 emulated_cvtepi32_ps(simde__m512i a)
{
    const simde__m512i_private x = simde__m512i_to_private(a);
    simde__m512_private y;

    for (int i = 0; i < 2; i++)
        y.m256[i] = simde_mm256_cvtepi32_ps(x.m256i[i]);
    return simde__m512_from_private(y);
}

static inline simde__m512i emulated_cvttps_epi32(simde__m512 a)
{
    const simde__m512_private x = simde__m512_to_private(a);
    simde__m512i_private y;

    for (int i = 0; i < 2; i++)
        y.m256i[i] = simde_mm256_cvttps_epi32(x.m256[i]);
    return simde__m512i_from_private(y);
}

/* By 12 bits, fewer than the instruction's. */
static inline simde__m512 emulated_rcp14_ps(simde__m512 a)
{
    const simde__m512_private x = simde__m512_to_private(a);
    simde__m512_private y;

    for (int i = 0; i < 2; i++)
        y.m256[i] = simde_mm256_rcp_ps(x.m256[i]);
    return simde__m512_from_private(y);
}

static inline __m128i emulated_cvtepi32_epi8(simde__m512i a)
{
    const simde__m512i_private x = simde__m512i_to_private(a);
    unsigned char bytes[16];

    for (int i = 0; i < 16; i++)
        bytes[i] = (unsigned char) x.i32[i];
    return _mm_loadu_si128((const __m128i *) bytes);
}

static inline simde__m512i emulated_sra_epi32(simde__m512i a, simde__m128i n)
{
    simde__m512i_private x = simde__m512i_to_private(a);

    for (int i = 0; i < 2; i++)
        x.m256i[i] = simde_mm256_sra_epi32(x.m256i[i], n);
    return simde__m512i_from_private(x);
}

static inline simde__m512i emulated_cvtepu8_epi16(simde__m256i a)
{
    simde__m512i_private x;

    x.m256i[0] = simde_mm256_cvtepu8_epi16(simde_mm256_castsi256_si128(a));
    x.m256i[1] = simde_mm256_cvtepu8_epi16(simde_mm256_extracti128_si256(a, 1));
    return simde__m512i_from_private(x);
}

static inline simde__m512i emulated_maskz_loadu_epi8(__mmask64 mask, const void *p)
{
    unsigned char bytes[64];

    for (int i = 0; i < 64; i++)
        bytes[i] = mask >> i & 1 ? ((const unsigned char *) p)[i] : 0;
    return simde_mm512_loadu_si512(bytes);
}

static inline void emulated_mask_storeu_epi8(void *p, __mmask64 mask, simde__m512i a)
{
    unsigned char bytes[64];

    simde_mm512_storeu_si512(bytes, a);
    for (int i = 0; i < 64; i++)
        if (mask >> i & 1)
            ((unsigned char *) p)[i] = bytes[i];
}

#undef _mm512_mulhi_epu16
#define _mm512_mulhi_epu16(a, b) emulated_mulhi_epu16(a, b)
#undef _mm512_cvtepi32_ps
#define _mm512_cvtepi32_ps(a) emulated_cvtepi32_ps(a)
#undef _mm512_cvttps_epi32
#define _mm512_cvttps_epi32(a) emulated_cvttps_epi32(a)
#undef _mm512_cvtepi32_epi8
#define _mm512_cvtepi32_epi8(a) emulated_cvtepi32_epi8(a)
#undef _mm512_rcp14_ps
#define _mm512_rcp14_ps(a) emulated_rcp14_ps(a)

#undef _mm512_sra_epi32
#define _mm512_sra_epi32(a, n) emulated_sra_epi32(a, n)

#undef _mm512_cvtepu8_epi16
#define _mm512_cvtepu8_epi16(a) emulated_cvtepu8_epi16(a)

#undef _mm512_maskz_loadu_epi8
#define _mm512_maskz_loadu_epi8(mask, p) emulated_maskz_loadu_epi8(mask, p)

#undef _mm512_mask_storeu_epi8
#define _mm512_mask_storeu_epi8(p, mask, a) emulated_mask_storeu_epi8(p, mask, a)

/* SIMDe 0.7.4 gives this alias the arguments of another function. */
#undef _mm512_madd_epi16
#define _mm512_madd_epi16(a, b) simde_mm512_madd_epi16(a, b)

#endif /* AREASCALE_TESTS_IMMINTRIN_H */
