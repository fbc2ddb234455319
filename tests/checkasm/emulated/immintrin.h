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

#endif /* AREASCALE_TESTS_IMMINTRIN_H */
