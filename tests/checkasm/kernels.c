/* areascale: every kernel of the table against plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one timing takes. */
#define BENCH_SECONDS 20e-6

enum {
    SSE4 = 1 << AREASCALE_CPU_SSE4,
    AVX2 = 1 << AREASCALE_CPU_AVX2,
    AVX512 = 1 << AREASCALE_CPU_AVX512,
    AVX512ICL = 1 << AREASCALE_CPU_AVX512ICL,
    NEON = 1 << AREASCALE_CPU_NEON,
    EVERY = SSE4 | AVX2 | AVX512 | NEON,
};

#define MEMBER(NAME) offsetof(AreascaleDsp, NAME)

#define HSUM(NAME, ARITH, SAMPLE, LEVELS) \
    { NAME, &kind_hsum, MEMBER(hsum[ARITH][SAMPLE]), HSUM_TYPE(ARITH, SAMPLE), LEVELS }

#define RIBBON(BITS, SLOTS, LOADS)                                                     \
    { "ribbon_" #BITS "_" #SLOTS "_" #LOADS, &kind_ribbon,                             \
      MEMBER(ribbon[AREASCALE_SAMPLE_##BITS][SLOTS / 4][LOADS - 1]),                   \
      BITS * 100 + SLOTS * 10 + LOADS, SSE4 | AVX2 | NEON }

#define RIBBONS(BITS, SLOTS) \
    RIBBON(BITS, SLOTS, 1), RIBBON(BITS, SLOTS, 2), RIBBON(BITS, SLOTS, 3)

#define WEIGH(NAME, SAMPLE, WIDE, TYPE, LEVELS)                                       \
    { "vweigh_" NAME, &kind_vweigh, MEMBER(vweigh[SAMPLE][WIDE]), TYPE, LEVELS },     \
        { "hweigh_" NAME, &kind_hweigh, MEMBER(hweigh[SAMPLE][WIDE]), TYPE, 0 }

/* AVX-512 has AVX2's. */
#define STRIP(NAME, KIND, SLOTS, LOADS, SINGLES)                                          \
    { "strip_" NAME, &kind_strip,                                                         \
      MEMBER(strip[AREASCALE_STRIP_##KIND][SLOTS / 4][LOADS - 1][SINGLES].run),           \
      STRIP_TYPE(AREASCALE_STRIP_##KIND, SLOTS, SINGLES ? 0 : LOADS), SSE4 | AVX2 | NEON }

#define MIX(NAME, IN, OUT)                                                                \
    { "mix_" NAME, &kind_mix, MEMBER(mix[AREASCALE_SAMPLE_##IN][AREASCALE_SAMPLE_##OUT]), \
      2 * AREASCALE_SAMPLE_##IN + AREASCALE_SAMPLE_##OUT, EVERY | AVX512ICL }

/* AVX-512 without VBMI has AVX2's. */
#define BY_SAMPLE(NAME)                                                                    \
    { #NAME "_8", &kind_##NAME, MEMBER(NAME[AREASCALE_SAMPLE_8]), AREASCALE_SAMPLE_8,      \
      SSE4 | AVX2 | AVX512ICL | NEON },                                                    \
    {                                                                                      \
        #NAME "_16", &kind_##NAME, MEMBER(NAME[AREASCALE_SAMPLE_16]), AREASCALE_SAMPLE_16, \
            SSE4 | AVX2 | AVX512ICL | NEON                                                 \
    }

#define STRIPS(NAME, KIND, SLOTS)              \
    STRIP(NAME "_1", KIND, SLOTS, 1, 0),       \
        STRIP(NAME "_1+1", KIND, SLOTS, 1, 1), \
        STRIP(NAME "_2", KIND, SLOTS, 2, 0)

const Kernel kernels[] = {
    { "vsum16_8", &kind_vsum, MEMBER(vsum16[AREASCALE_SAMPLE_8]), VSUM_8, EVERY },
    { "vsum16_bits", &kind_vsum, MEMBER(vsum16_bits), VSUM_BITS, EVERY },
    { "vsum16_16", &kind_vsum, MEMBER(vsum16[AREASCALE_SAMPLE_16]), VSUM_16, EVERY },
    { "vsum32", &kind_vsum, MEMBER(vsum32), VSUM_32, EVERY },
    { "vmean_8", &kind_vmean, MEMBER(vmean[AREASCALE_SAMPLE_8]), AREASCALE_SAMPLE_8, EVERY },
    { "vmean_16", &kind_vmean, MEMBER(vmean[AREASCALE_SAMPLE_16]), AREASCALE_SAMPLE_16, EVERY },
    HSUM("hsum_narrow_8", AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_8, EVERY),
    HSUM("hsum_narrow_16", AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_16, EVERY),
    HSUM("hsum_wide16_8", AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_8, EVERY),
    HSUM("hsum_wide16_16", AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_16, EVERY),
    HSUM("hsum_wide32_8", AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_8, EVERY),
    HSUM("hsum_wide32_16", AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_16, EVERY),
    HSUM("hsum_exact_8", AREASCALE_ARITH_EXACT, AREASCALE_SAMPLE_8, 0),
    HSUM("hsum_exact_16", AREASCALE_ARITH_EXACT, AREASCALE_SAMPLE_16, 0),
    { "gather_8", &kind_gather, MEMBER(gather[AREASCALE_SAMPLE_8]), GATHER_8, EVERY },
    { "gather_16", &kind_gather, MEMBER(gather[AREASCALE_SAMPLE_16]), GATHER_16, EVERY },
    { "gather_wide", &kind_gather, MEMBER(gather_wide), GATHER_WIDE, EVERY },
    { "gather_full", &kind_gather, MEMBER(gather_full), GATHER_FULL, EVERY },
    STRIPS("bytes2", BYTES, 2),
    STRIP("bytes2_3", BYTES, 2, 3, 0),
    STRIPS("bytes4", BYTES, 4),
    STRIP("bytes4_3", BYTES, 4, 3, 0),
    STRIPS("bytes8", BYTES, 8),
    STRIP("bytes8_3", BYTES, 8, 3, 0),
    STRIPS("words2", WORDS, 2),
    STRIPS("words4", WORDS, 4),
    STRIPS("wide2", WIDE, 2),
    STRIPS("wide4", WIDE, 4),
    STRIPS("full2", FULL, 2),
    STRIPS("full4", FULL, 4),
    STRIPS("lifted2", LIFTED, 2),
    STRIP("lifted2_3", LIFTED, 2, 3, 0),
    STRIPS("lifted4", LIFTED, 4),
    STRIP("lifted4_3", LIFTED, 4, 3, 0),
    STRIPS("lifted8", LIFTED, 8),
    STRIP("lifted8_3", LIFTED, 8, 3, 0),
    { "halve_1", &kind_halve, MEMBER(halve[AREASCALE_LAYOUT_1]), AREASCALE_LAYOUT_1, EVERY },
    { "halve_2", &kind_halve, MEMBER(halve[AREASCALE_LAYOUT_2]), AREASCALE_LAYOUT_2, EVERY },
    { "halve_4", &kind_halve, MEMBER(halve[AREASCALE_LAYOUT_4]), AREASCALE_LAYOUT_4, EVERY },
    { "halve_yuyv", &kind_halve, MEMBER(halve[AREASCALE_LAYOUT_YUYV]), AREASCALE_LAYOUT_YUYV,
      EVERY },
    { "halve_uyvy", &kind_halve, MEMBER(halve[AREASCALE_LAYOUT_UYVY]), AREASCALE_LAYOUT_UYVY,
      EVERY },
    { "permute_8", &kind_permute, MEMBER(permute[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_8]),
      PERMUTE_8, AVX512ICL },
    { "permute_8_16", &kind_permute,
      MEMBER(permute[AREASCALE_SAMPLE_8][AREASCALE_SAMPLE_16]), PERMUTE_8_16, AVX512ICL },
    WEIGH("8_32", AREASCALE_SAMPLE_8, 0, WEIGH_8_32, EVERY),
    WEIGH("16_32", AREASCALE_SAMPLE_16, 0, WEIGH_16_32, EVERY),
    WEIGH("8_64", AREASCALE_SAMPLE_8, 1, WEIGH_8_64, 0),
    WEIGH("16_64", AREASCALE_SAMPLE_16, 1, WEIGH_16_64, 0),
    WEIGH("32_64", AREASCALE_SAMPLE_32, 1, WEIGH_32_64, 0),
    RIBBONS(8, 2),
    RIBBONS(8, 4),
    RIBBONS(8, 8),
    RIBBONS(16, 2),
    RIBBONS(16, 4),
    RIBBONS(16, 8),
    { "blend_bytes", &kind_blend, MEMBER(blend[AREASCALE_BLEND_BYTES]),
      AREASCALE_BLEND_BYTES, AVX512ICL },
    { "blend_wide", &kind_blend, MEMBER(blend[AREASCALE_BLEND_WIDE]), AREASCALE_BLEND_WIDE,
      AVX512ICL },
    { "blend_words", &kind_blend, MEMBER(blend[AREASCALE_BLEND_WORDS]),
      AREASCALE_BLEND_WORDS, AVX512ICL },
    { "permute_16", &kind_permute_words,
      MEMBER(permute[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_16]), PERMUTE_16, AVX512 },
    { "permute_16_by_rows", &kind_permute_words, MEMBER(permute_by_rows), PERMUTE_16_BY_ROWS,
      AVX512 },
    MIX("8_8", 8, 8),
    MIX("8_16", 8, 16),
    MIX("16_8", 16, 8),
    MIX("16_16", 16, 16),
    BY_SAMPLE(take),
    BY_SAMPLE(weave),
    { "pair_8", &kind_pair, MEMBER(pair[AREASCALE_SAMPLE_8]), AREASCALE_SAMPLE_8,
      SSE4 | AVX2 | NEON },
    { "pair_16", &kind_pair, MEMBER(pair[AREASCALE_SAMPLE_16]), AREASCALE_SAMPLE_16,
      SSE4 | AVX2 | NEON },
    { "shuffle", &kind_shuffle, MEMBER(shuffle), 0, SSE4 | AVX2 | NEON },
    { "alpha_vsum", &kind_alpha_vsum, MEMBER(alpha_vsum_bytes), 0, EVERY },
    { "alpha_hsum", &kind_alpha_hsum, MEMBER(alpha_hsum_bytes), 0, EVERY },
    { "decode_8_16", &kind_decode, MEMBER(decode[0][0]), 0, AVX512ICL },
};

const int n_kernels = sizeof(kernels) / sizeof(*kernels);

void *call_args(Call *call, size_t size)
{
    call->args = calloc(1, size);
    if (!call->args) {
        fputs("no memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return call->args;
}

int width_of_case(int n, int max, Random *r)
{
    return n % 260 < 257 ? n % 260 + 1 : random_in(r, 258, max);
}

static KernelFn function_of(const AreascaleDsp *dsp, const Kernel *kernel)
{
    KernelFn function;

    memcpy(&function, (const char *) dsp + kernel->member, sizeof(function));
    return function;
}

/* Whether a level has another function than all below it. */
static bool has_own(const Check *check, const Kernel *kernel)
{
    const KernelFn own = function_of(&check->dsp, kernel);
    AreascaleDsp below;

    for (int cpu = AREASCALE_CPU_C; cpu < (int) check->cpu; cpu++) {
        areascale_dsp_init(&below, (AreascaleCpu) cpu);
        if (function_of(&below, kernel) == own)
            return false;
    }
    return own != NULL;
}

void check_table(Check *check)
{
    check_case(check, "table: cpu");
    check_result(check, check->dsp.cpu == check->cpu);
    for (int i = 0; check->cpu != AREASCALE_CPU_C && i < n_kernels; i++) {
        const bool wanted = kernels[i].levels >> check->cpu & 1;

        check_case(check, "table: %s is%s the level's own", kernels[i].name,
                   wanted ? " not" : "");
        check_result(check, has_own(check, &kernels[i]) == wanted);
    }
}

static void run_plain(const Call *call, const Rows *dst)
{
    AreascaleDsp c;

    if (call->kernel->kind->run_plain) {
        call->kernel->kind->run_plain(call, dst);
    } else {
        areascale_dsp_init(&c, AREASCALE_CPU_C);
        call->kernel->kind->run(call, function_of(&c, call->kernel), dst);
    }
}

static bool is_equal(const Call *call)
{
    if (call->compared)
        return memcmp(call->dst.row0, call->expected.row0, call->compared) == 0;
    return rows_equal(&call->dst, &call->expected);
}

static void free_call(Call *call)
{
    if (call->kernel->kind->clear)
        call->kernel->kind->clear(call);
    free(call->args);
    rows_free(&call->src);
    rows_free(&call->dst);
    rows_free(&call->expected);
}

void check_kernel(Check *check, const Kernel *kernel)
{
    const KernelFn function = function_of(&check->dsp, kernel);
    const bool inherited = check->cpu != AREASCALE_CPU_C && !has_own(check, kernel);

    for (int n = 0; function && !inherited && n < check_count(check, 257 * 6); n++) {
        Call call = { .kernel = kernel };

        kernel->kind->make(&call, check, n);
        kernel->kind->run(&call, function, &call.dst);
        run_plain(&call, &call.expected);
        check_result(check, is_equal(&call));
        free_call(&call);
    }
}

/* So many calls of a kernel, or of plain C where there is none. */
static double time_calls(const Call *call, KernelFn function, int n)
{
    const double begin = bench_now();

    for (int i = 0; i < n; i++) {
        if (function)
            call->kernel->kind->run(call, function, &call->dst);
        else
            run_plain(call, &call->dst);
    }
    return (bench_now() - begin) / n;
}

static int count_calls(const Call *call, KernelFn function)
{
    int n = 1;

    while (n < 1 << 20 && time_calls(call, function, n) * n < BENCH_SECONDS)
        n *= 2;
    return n;
}

/* The same call by the level's kernel and by plain C, in turns. */
static void bench_level(const Kernel *kernel, Check *check)
{
    const KernelFn function = function_of(&check->dsp, kernel);
    double seconds[N_TURNS], plain[N_TURNS];
    Call call = { .kernel = kernel };
    int n, n_plain;

    kernel->kind->make_usual(&call, check);
    n = count_calls(&call, function);
    n_plain = count_calls(&call, NULL);
    for (int turn = 0; turn < N_TURNS; turn++) {
        seconds[turn] = time_calls(&call, function, n);
        plain[turn] = time_calls(&call, NULL, n_plain);
    }
    printf("  %-6s %7.3f us %5.1fx", areascale_cpu_name(check->cpu),
           1e6 * bench_median(seconds), bench_median(plain) / bench_median(seconds));
    free_call(&call);
}

static void bench_kernel(const Kernel *kernel, const AreascaleCpu *cpus, int n_cpus)
{
    printf("%-14s", kernel->name);
    for (int i = 0; i < n_cpus; i++) {
        Check check = { .cpu = cpus[i], .random = { 1 } };

        areascale_dsp_init(&check.dsp, cpus[i]);
        if (has_own(&check, kernel))
            bench_level(kernel, &check);
    }
    putchar('\n');
    fflush(stdout);
}

void bench_kernels(const AreascaleCpu *cpus, int n_cpus)
{
    for (int i = 0; i < n_kernels; i++)
        bench_kernel(&kernels[i], cpus, n_cpus);
}
