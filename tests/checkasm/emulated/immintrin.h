/* areascale: AVX-512 in terms of AVX2, in the place of the compiler's header
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_IMMINTRIN_H
#define AREASCALE_TESTS_IMMINTRIN_H

#pragma GCC system_header

#include_next <immintrin.h>

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#endif /* AREASCALE_TESTS_IMMINTRIN_H */
