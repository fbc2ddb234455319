/* areascale: the vertical step of weighed means, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Compilers make vectors of plain C here, as wide as the instruction set has them.
 */

#define SAMPLE uint8_t
#define SUM uint32_t
#define FN vweigh32_8
#include "kernels/vweigh_c_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint32_t
#define FN vweigh32_16
#include "kernels/vweigh_c_tmpl.c"

static void weigh_init(AreascaleDsp *dsp)
{
    dsp->vweigh[AREASCALE_SAMPLE_8][0] = vweigh32_8;
    dsp->vweigh[AREASCALE_SAMPLE_16][0] = vweigh32_16;
}
