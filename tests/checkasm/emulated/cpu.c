/* areascale: a processor whose AVX-512 is emulated
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels/cpu.h"

#include <stdlib.h>
#include <string.h>

bool areascale_cpu_supports(AreascaleCpu cpu)
{
    return cpu == AREASCALE_CPU_C ||
           (cpu == AREASCALE_CPU_AVX512 && __builtin_cpu_supports("avx2"));
}

const char *areascale_cpu_name(AreascaleCpu cpu)
{
    static const char *const names[AREASCALE_N_CPUS] = { "c", "sse4", "avx2", "avx512", "neon" };

    return names[cpu];
}

AreascaleCpu areascale_cpu_detect(const char **unknown)
{
    const char *word = getenv("AREASCALE_CPU");

    if (unknown)
        *unknown = NULL;
    return word && strcmp(word, "c") == 0 ? AREASCALE_CPU_C : AREASCALE_CPU_AVX512;
}
