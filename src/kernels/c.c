/* areascale: the kernels in plain C, the definition that all others must equal
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "kernels/dsp.h"

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

#define SUM uint32_t
#define SAMPLE uint8_t
#define VFN vweigh32_8_c
#define HFN hweigh32_8_c
#include "kernels/weigh_c_tmpl.c"

#define SUM uint32_t
#define SAMPLE uint16_t
#define VFN vweigh32_16_c
#define HFN hweigh32_16_c
#include "kernels/weigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint8_t
#define VFN vweigh64_8_c
#define HFN hweigh64_8_c
#include "kernels/weigh_c_tmpl.c"

#define SUM uint64_t
#define SAMPLE uint16_t
#define VFN vweigh64_16_c
#define HFN hweigh64_16_c
#include "kernels/weigh_c_tmpl.c"

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
        .vweigh = { { vweigh32_8_c, vweigh64_8_c }, { vweigh32_16_c, vweigh64_16_c } },
        .hweigh = { { hweigh32_8_c, hweigh64_8_c }, { hweigh32_16_c, hweigh64_16_c } },
    };
}
