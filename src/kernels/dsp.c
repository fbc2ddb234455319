/* areascale: the kernel table
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels/dsp.h"

#include "areascale_config.h"
#include "kernels/cpu.h"

void areascale_dsp_init(AreascaleDsp *dsp, AreascaleCpu cpu)
{
    areascale_dsp_init_c(dsp);
    (void) cpu; /* where C is all there is */
#if AREASCALE_HAVE_SSE4
    if (cpu >= AREASCALE_CPU_SSE4 && areascale_cpu_supports(AREASCALE_CPU_SSE4))
        areascale_dsp_init_sse4(dsp);
#endif
#if AREASCALE_HAVE_AVX2
    if (cpu >= AREASCALE_CPU_AVX2 && areascale_cpu_supports(AREASCALE_CPU_AVX2))
        areascale_dsp_init_avx2(dsp);
#endif
#if AREASCALE_HAVE_AVX512
    if (cpu >= AREASCALE_CPU_AVX512 && areascale_cpu_supports(AREASCALE_CPU_AVX512))
        areascale_dsp_init_avx512(dsp);
#endif
#if AREASCALE_HAVE_AVX512ICL
    if (cpu >= AREASCALE_CPU_AVX512ICL && areascale_cpu_supports(AREASCALE_CPU_AVX512ICL))
        areascale_dsp_init_avx512icl(dsp);
#endif
#if AREASCALE_HAVE_NEON
    if (cpu >= AREASCALE_CPU_NEON && areascale_cpu_supports(AREASCALE_CPU_NEON))
        areascale_dsp_init_neon(dsp);
#endif
}
