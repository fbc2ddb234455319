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

#undef _mm512_mulhi_epu16
#define _mm512_mulhi_epu16(a, b) emulated_mulhi_epu16(a, b)
#undef _mm512_cvtepi32_ps
#define _mm512_cvtepi32_ps(a) emulated_cvtepi32_ps(a)
#undef _mm512_cvttps_epi32
#define _mm512_cvttps_epi32(a) emulated_cvttps_epi32(a)

/* SIMDe 0.7.4 gives this alias the arguments of another function. */
#undef _mm512_madd_epi16
#define _mm512_madd_epi16(a, b) simde_mm512_madd_epi16(a, b)

#endif /* AREASCALE_TESTS_IMMINTRIN_H */
