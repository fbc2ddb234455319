/* areascale: what the processor and the operating system support
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "areascale_config.h"
#include "kernels/cpu.h"

#include <stdlib.h>
#include <string.h>

#if AREASCALE_HAVE_SSE4 || AREASCALE_HAVE_AVX2 || AREASCALE_HAVE_AVX512
#define HAVE_X86 1
#include <cpuid.h>
#else
#define HAVE_X86 0
#endif

static const char *const cpu_names[AREASCALE_N_CPUS] = {
    [AREASCALE_CPU_C] = "c",
    [AREASCALE_CPU_SSE4] = "sse4",
    [AREASCALE_CPU_AVX2] = "avx2",
    [AREASCALE_CPU_AVX512] = "avx512",
    [AREASCALE_CPU_AVX512ICL] = "avx512icl",
    [AREASCALE_CPU_NEON] = "neon",
};

#if HAVE_X86

/* Bits of XCR0: the register state that the operating system saves. */
enum {
    XCR0_SSE_AVX = 0x6,     /* XMM and YMM */
    XCR0_AVX512 = 0xe6,     /* and opmasks, upper ZMM, ZMM16..31 */
};

static unsigned read_xcr0(void)
{
    unsigned eax, edx;

    __asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
    return eax;
}

static bool ask_x86(AreascaleCpu cpu)
{
    unsigned eax, ebx, ecx, edx, xcr0;

    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_SSE4_1))
        return false;
    if (cpu == AREASCALE_CPU_SSE4)
        return true;

    if (!(ecx & bit_OSXSAVE))
        return false;
    xcr0 = read_xcr0();
    if ((xcr0 & XCR0_SSE_AVX) != XCR0_SSE_AVX ||
        !__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || !(ebx & bit_AVX2))
        return false;
    if (cpu == AREASCALE_CPU_AVX2)
        return true;

    if ((xcr0 & XCR0_AVX512) != XCR0_AVX512 || !(ebx & bit_AVX512F) ||
        !(ebx & bit_AVX512BW) || !(ebx & bit_AVX512DQ) || !(ebx & bit_AVX512VL))
        return false;
    if (cpu == AREASCALE_CPU_AVX512)
        return true;

    return (ecx & bit_AVX512VBMI) && (ecx & bit_AVX512VNNI);
}

/* The processor is asked once: where a hypervisor traps it, that takes as long as making
 * a small plan. Threads that ask at once find the same. */
static bool x86_supports(AreascaleCpu cpu)
{
    static _Atomic unsigned known; /* a bit for each level */
    unsigned levels = known;

    if (!levels) {
        levels = 1u << AREASCALE_CPU_C;
        for (int i = AREASCALE_CPU_SSE4; i <= AREASCALE_CPU_AVX512ICL; i++)
            if (ask_x86(i))
                levels |= 1u << i;
        known = levels;
    }
    return levels >> cpu & 1;
}

#endif

bool areascale_cpu_supports(AreascaleCpu cpu)
{
    switch (cpu) {
    case AREASCALE_CPU_C:
        return true;
#if AREASCALE_HAVE_SSE4
    case AREASCALE_CPU_SSE4:
        return x86_supports(cpu);
#endif
#if AREASCALE_HAVE_AVX2
    case AREASCALE_CPU_AVX2:
        return x86_supports(cpu);
#endif
#if AREASCALE_HAVE_AVX512
    case AREASCALE_CPU_AVX512:
        return x86_supports(cpu);
#endif
#if AREASCALE_HAVE_AVX512ICL
    case AREASCALE_CPU_AVX512ICL:
        return x86_supports(cpu);
#endif
#if AREASCALE_HAVE_NEON
    case AREASCALE_CPU_NEON: /* part of every aarch64 */
        return true;
#endif
    default:
        return false;
    }
}

const char *areascale_cpu_name(AreascaleCpu cpu)
{
    return cpu_names[cpu];
}

/* The level that @p word names, AREASCALE_N_CPUS if none. */
static int cpu_from_name(const char *word)
{
    int cpu = 0;

    while (cpu < AREASCALE_N_CPUS && strcmp(word, cpu_names[cpu]))
        cpu++;
    return cpu;
}

AreascaleCpu areascale_cpu_detect(const char **unknown)
{
    const char *word = getenv("AREASCALE_CPU");
    int cpu = word && *word ? cpu_from_name(word) : AREASCALE_N_CPUS;

    if (unknown)
        *unknown = word && *word && cpu == AREASCALE_N_CPUS ? word : NULL;
    if (cpu != AREASCALE_CPU_C && cpu < AREASCALE_N_CPUS && areascale_cpu_supports(cpu))
        return cpu;
    if (cpu == AREASCALE_CPU_C)
        return AREASCALE_CPU_C;

    for (cpu = AREASCALE_N_CPUS - 1; !areascale_cpu_supports(cpu); cpu--)
        ;
    return cpu;
}
