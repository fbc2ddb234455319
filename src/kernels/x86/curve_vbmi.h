/* areascale: light of codes of 8 bits by permutations of bytes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Up to 256 words of a table are in registers as two planes, of low and of high bytes.
 */

#ifndef AREASCALE_CURVE_VBMI_H
#define AREASCALE_CURVE_VBMI_H

#include "kernels/x86/mix_vbmi.h"

#define LOW_BYTE(A, B, I) (2 * (I))
#define HIGH_BYTE(A, B, I) (2 * (I) + 1)

/* A table, and what a code is masked by once it is shifted. */
typedef struct LightTable {
    __m512i low[4], high[4];
    __m512i mask, order;
    __m128i shift;
} LightTable;

ALWAYS_INLINE LightTable load_light(const AreascaleCurveTables *t)
{
    static const uint8_t low_bytes[64] = ROW(LOW_BYTE, 0, 0);
    static const uint8_t high_bytes[64] = ROW(HIGH_BYTE, 0, 0);
    const ptrdiff_t bytes = 2 * ((ptrdiff_t) t->mask + 1);
    LightTable table = {
        .mask = _mm512_set1_epi8((char) t->mask),
        .order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0),
        .shift = _mm_cvtsi32_si128(t->shift),
    };

    for (int i = 0; i < 4; i++) {
        const char *words = (const char *) t->light + 128 * i;
        const __m512i v[2] = { load_first(words, bytes - 128 * i),
                               load_first(words + 64, bytes - 128 * i - 64) };

        table.low[i] = choose_bytes(v, 2, _mm512_loadu_si512(low_bytes));
        table.high[i] = choose_bytes(v, 2, _mm512_loadu_si512(high_bytes));
    }
    return table;
}

/* The light of 64 codes, of which n are stored. Quarters of the codes are put so that
 * interleaving, which works within them, leaves the words in order; bits that the shift
 * brings from the neighbour are outside the mask. */
ALWAYS_INLINE void decode_unit(char *light, ptrdiff_t n, __m512i codes,
                               const LightTable *table)
{
    const __m512i shifted = _mm512_srl_epi16(codes, table->shift);
    const __m512i at = _mm512_permutexvar_epi64(table->order,
                                                _mm512_and_si512(shifted, table->mask));
    const __m512i low = choose_bytes(table->low, 4, at);
    const __m512i high = choose_bytes(table->high, 4, at);

    store_first(light, 2 * n, _mm512_unpacklo_epi8(low, high));
    store_first(light + 64, 2 * n - 64, _mm512_unpackhi_epi8(low, high));
}

static void decode_8_16(void *light, const void *codes, int n, const AreascaleCurveTables *t)
{
    const LightTable table = load_light(t);
    const char *from = codes;
    char *to = light;
    ptrdiff_t x = 0;

    for (; x + 64 <= n; x += 64)
        decode_unit(to + 2 * x, 64, _mm512_loadu_si512(from + x), &table);
    if (x < n)
        decode_unit(to + 2 * x, n - x, load_first(from + x, n - x), &table);
}

static void curve_vbmi_init(AreascaleDsp *dsp)
{
    dsp->decode[0][0] = decode_8_16;
}

#endif /* AREASCALE_CURVE_VBMI_H */
