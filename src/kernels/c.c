/* areascale: the kernels in plain C, the definition that all others must equal
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"
#include "kernels/wide.h"

#define SAMPLE uint8_t
#define SUM uint16_t
#define FN vsum16_8_c
#include "kernels/vsum_c_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint16_t
#define FN vsum16_16_c
#include "kernels/vsum_c_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint32_t
#define FN vsum32_c
#include "kernels/vsum_c_tmpl.c"

#define SUM uint16_t
#define SAMPLE uint8_t
#define FN hsum16_8_c
#include "kernels/hsum_c_tmpl.c"

#define SUM uint16_t
#define SAMPLE uint16_t
#define FN hsum16_16_c
#include "kernels/hsum_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint8_t
#define FN hsum32_8_c
#include "kernels/hsum_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint16_t
#define FN hsum32_16_c
#include "kernels/hsum_c_tmpl.c"

/* The mean of a window whose sum is high * 2^32 + low, high < 2^38 and low < 2^51, in two
 * digits of 16 bits: it is less than 2^32, and so high is less than the area, which is
 * less than 2^38. */
static uint32_t long_mean(uint64_t high, uint64_t low, uint64_t area)
{
    low += area / 2;
    high = ((high + (low >> 32)) << 16) + (low >> 16 & 0xffff);
    low = (high % area << 16) + (low & 0xffff);
    return (uint32_t) ((high / area << 16) + low / area);
}

#define SUM uint32_t
#define SAMPLE uint8_t
#define FN vweigh32_8_c
#include "kernels/vweigh_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint8_t
#define WFN window32_8_c
#define FN hweigh32_8_c
#include "kernels/hweigh_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint16_t
#define FN vweigh32_16_c
#include "kernels/vweigh_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint16_t
#define WFN window32_16_c
#define FN hweigh32_16_c
#include "kernels/hweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint8_t
#define FN vweigh64_8_c
#include "kernels/vweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint8_t
#define WFN window64_8_c
#define FN hweigh64_8_c
#include "kernels/hweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint16_t
#define FN vweigh64_16_c
#include "kernels/vweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint16_t
#define WFN window64_16_c
#define FN hweigh64_16_c
#include "kernels/hweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint32_t
#define FN vweigh64_32_c
#include "kernels/vweigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint32_t
#define WFN window64_32_c
#define FN hweigh64_32_c
#include "kernels/hweigh_c_tmpl.c"

#define IN uint8_t
#define OUT uint8_t
#define FN mix_8_8_c
#include "kernels/mix_c_tmpl.c"

#define IN uint8_t
#define OUT uint16_t
#define FN mix_8_16_c
#include "kernels/mix_c_tmpl.c"

#define IN uint16_t
#define OUT uint8_t
#define FN mix_16_8_c
#include "kernels/mix_c_tmpl.c"

#define IN uint16_t
#define OUT uint16_t
#define FN mix_16_16_c
#include "kernels/mix_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint8_t
#define FN alpha_vsum32_8_c
#include "kernels/alpha_vsum_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint8_t
#define FN alpha_vsum64_8_c
#include "kernels/alpha_vsum_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint16_t
#define FN alpha_vsum32_16_c
#include "kernels/alpha_vsum_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint16_t
#define FN alpha_vsum64_16_c
#include "kernels/alpha_vsum_c_tmpl.c"

#define TOTAL uint32_t
#define SUM uint32_t
#define SAMPLE uint8_t
#define NAME(f) alpha_##f##_narrow_8_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define TOTAL uint64_t
#define SUM uint32_t
#define SAMPLE uint8_t
#define NAME(f) alpha_##f##_mixed_8_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define TOTAL uint64_t
#define SUM uint64_t
#define SAMPLE uint8_t
#define NAME(f) alpha_##f##_long_8_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define TOTAL uint32_t
#define SUM uint32_t
#define SAMPLE uint16_t
#define NAME(f) alpha_##f##_narrow_16_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define TOTAL uint64_t
#define SUM uint32_t
#define SAMPLE uint16_t
#define NAME(f) alpha_##f##_mixed_16_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define TOTAL uint64_t
#define SUM uint64_t
#define SAMPLE uint16_t
#define NAME(f) alpha_##f##_long_16_c
#include "kernels/alpha_hsum_c_tmpl.c"

#define SAMPLE uint8_t
#define NAME(f) alpha_##f##_wide_8_c
#include "kernels/alpha_wide_c_tmpl.c"

#define SAMPLE uint16_t
#define NAME(f) alpha_##f##_wide_16_c
#include "kernels/alpha_wide_c_tmpl.c"

#define SAMPLE uint32_t
#define NAME(f) alpha_##f##_wide_32_c
#include "kernels/alpha_wide_c_tmpl.c"
#define CODE uint8_t
#define DECODE16 decode_8_16_c
#define DECODE32 decode_8_32_c
#define ENCODE16 encode_8_16_c
#define ENCODE32 encode_8_32_c
#include "kernels/curve_c_tmpl.c"

#define CODE uint16_t
#define DECODE16 decode_16_16_c
#define DECODE32 decode_16_32_c
#define ENCODE16 encode_16_16_c
#define ENCODE32 encode_16_32_c
#include "kernels/curve_c_tmpl.c"

#define CODE uint32_t
#define DECODE16 decode_32_16_c
#define DECODE32 decode_32_32_c
#define ENCODE16 encode_32_16_c
#define ENCODE32 encode_32_32_c
#include "kernels/curve_c_tmpl.c"

#define BETWEEN between_c
#define SPREAD spread_c
#include "kernels/chroma_c_tmpl.c"

#define CODE uint16_t
#define ACC int32_t
#define TO_RGB to_rgb_narrow_c
#define FROM_RGB from_rgb_narrow_c
#include "kernels/yuv_c_tmpl.c"

#define CODE uint16_t
#define ACC int64_t
#define TO_RGB to_rgb_wide_c
#define FROM_RGB from_rgb_wide_c
#include "kernels/yuv_c_tmpl.c"

#define CODE uint32_t
#define ACC int64_t
#define TO_RGB to_rgb_long_c
#define FROM_RGB from_rgb_long_c
#include "kernels/yuv_c_tmpl.c"

void areascale_dsp_init_c(AreascaleDsp *dsp)
{
    *dsp = (AreascaleDsp) {
        .cpu = AREASCALE_CPU_C,
        .band_rows = AREASCALE_MAX_BAND_ROWS,
        .vsum16 = { vsum16_8_c, vsum16_16_c },
        .vsum16_bits = vsum16_8_c,
        .vsum32 = vsum32_c,
        .hsum = {
            [AREASCALE_ARITH_NARROW] = { hsum16_8_c, hsum16_16_c },
            [AREASCALE_ARITH_WIDE16] = { hsum16_8_c, hsum16_16_c },
            [AREASCALE_ARITH_WIDE32] = { hsum32_8_c, hsum32_16_c },
            [AREASCALE_ARITH_EXACT] = { hsum32_8_c, hsum32_16_c },
        },
        .vweigh = { { vweigh32_8_c, vweigh64_8_c },
                    { vweigh32_16_c, vweigh64_16_c },
                    { NULL, vweigh64_32_c } },
        .hweigh = { { hweigh32_8_c, hweigh64_8_c },
                    { hweigh32_16_c, hweigh64_16_c },
                    { NULL, hweigh64_32_c } },
        .mix_row = { { mix_8_8_c, mix_8_16_c }, { mix_16_8_c, mix_16_16_c } },
        .alpha_vsum = { { alpha_vsum32_8_c, alpha_vsum32_8_c, alpha_vsum64_8_c,
                          alpha_vsum_wide_8_c },
                        { alpha_vsum32_16_c, alpha_vsum32_16_c, alpha_vsum64_16_c,
                          alpha_vsum_wide_16_c },
                        { NULL, NULL, NULL, alpha_vsum_wide_32_c } },
        .alpha_hsum = { { alpha_hsum_narrow_8_c, alpha_hsum_mixed_8_c, alpha_hsum_long_8_c,
                          alpha_hsum_wide_8_c },
                        { alpha_hsum_narrow_16_c, alpha_hsum_mixed_16_c,
                          alpha_hsum_long_16_c, alpha_hsum_wide_16_c },
                        { NULL, NULL, NULL, alpha_hsum_wide_32_c } },
        .decode = { { decode_8_16_c, decode_8_32_c },
                    { decode_16_16_c, decode_16_32_c },
                    { decode_32_16_c, decode_32_32_c } },
        .encode = { { encode_8_16_c, encode_8_32_c },
                    { encode_16_16_c, encode_16_32_c },
                    { encode_32_16_c, encode_32_32_c } },
        .between = between_c,
        .spread = spread_c,
        .to_rgb = { to_rgb_narrow_c, to_rgb_wide_c, to_rgb_long_c },
        .from_rgb = { from_rgb_narrow_c, from_rgb_wide_c, from_rgb_long_c },
    };
}
