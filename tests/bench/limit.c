/* areascale: the work that no scaler can avoid, with the vectors of one
 * instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Built once for each instruction set: LIMIT is then the name of the function.
 */

#include "limit.h"

#if defined(__AVX512F__)

#include <immintrin.h>

typedef __m512i Vector;
#define load(p) _mm512_loadu_si512(p)
#define store(p, v) _mm512_storeu_si512(p, v)
#define fill(x) _mm512_set1_epi64(x)
#define join(a, b) _mm512_xor_si512(a, b)

#elif defined(__AVX2__)

#include <immintrin.h>

typedef __m256i Vector;
#define load(p) _mm256_loadu_si256((const __m256i *) (p))
#define store(p, v) _mm256_storeu_si256((__m256i *) (p), v)
#define fill(x) _mm256_set1_epi64x(x)
#define join(a, b) _mm256_xor_si256(a, b)

#elif defined(__aarch64__)

#include <arm_neon.h>

typedef uint8x16_t Vector;
#define load(p) vld1q_u8(p)
#define store(p, v) vst1q_u8(p, v)
#define fill(x) vreinterpretq_u8_u64(vdupq_n_u64(x))
#define join(a, b) veorq_u8(a, b)

#else

typedef uint64_t Vector;
#define load(p) (*(const uint64_t *) (p))
#define store(p, v) (*(uint64_t *) (p) = (v))
#define fill(x) (x)
#define join(a, b) ((a) ^ (b))

#endif

#define SIZE sizeof(Vector)

uint64_t LIMIT(uint8_t *out, size_t out_bytes, const uint8_t *in, size_t in_bytes,
               uint64_t value)
{
    Vector a = fill(value), b = a, c = a, d = a;
    uint64_t words[SIZE / sizeof(uint64_t)];

    for (size_t i = 0; i + 4 * SIZE <= in_bytes; i += 4 * SIZE) {
        a = join(a, load(in + i));
        b = join(b, load(in + i + SIZE));
        c = join(c, load(in + i + 2 * SIZE));
        d = join(d, load(in + i + 3 * SIZE));
    }
    a = join(join(a, b), join(c, d));
    for (size_t i = 0; i + SIZE <= out_bytes; i += SIZE)
        store(out + i, a);
    store((uint8_t *) words, a);
    return words[0];
}
