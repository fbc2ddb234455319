/* areascale: a processor whose AVX-512 is emulated
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels/cpu.h"

#include <stdlib.h>
#include <string.h>

bool areascale_cpu_supports(AreascaleCpu cpu)
{
    return cpu == AREASCALE_CPU_C ||
           ((cpu == AREASCALE_CPU_AVX512 || cpu == AREASCALE_CPU_AVX512ICL) &&
            __builtin_cpu_supports("avx2"));
}

const char *areascale_cpu_name(AreascaleCpu cpu)
{
    static const char *const names[AREASCALE_N_CPUS] = { "c",      "sse4",      "avx2",
                                                         "avx512", "avx512icl", "neon" };

    return names[cpu];
}

AreascaleCpu areascale_cpu_detect(const char **unknown)
{
    const char *word = getenv("AREASCALE_CPU");

    if (unknown)
        *unknown = NULL;
    for (int cpu = 0; word && cpu < AREASCALE_N_CPUS; cpu++)
        if (areascale_cpu_supports((AreascaleCpu) cpu) &&
            strcmp(word, areascale_cpu_name((AreascaleCpu) cpu)) == 0)
            return (AreascaleCpu) cpu;
    return AREASCALE_CPU_AVX512ICL;
}
