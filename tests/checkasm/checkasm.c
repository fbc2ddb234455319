/* areascale: every instruction set against C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: checkasm [OPTION...]
 *     --seed N        another sequence of cases
 *     --cpu LEVEL     this level only; ends with 77 where it does not work
 *     --test NAME     this test only
 *     --effort N      percent of the usual number of cases
 *     --expect LEVEL  fail unless this is the best level here
 *     --bench         measure instead of testing
 */

#include "checkasm.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/cpu.h"

/* What meson takes for a skipped test. */
enum { EXIT_SKIPPED = 77 };

enum { MAX_REPORTS = 20 };

typedef struct Test {
    const char *name;
    void (*run)(Check *check);
} Test;

static const Test tests[] = {
    { "table", check_table },
    { "environment", check_environment },
    { "vsum16_8", check_vsum16_8 },
    { "vsum16_bits", check_vsum16_bits },
    { "vsum16_16", check_vsum16_16 },
    { "vsum32", check_vsum32 },
    { "halve", check_halve },
    { "widths", check_widths },
    { "formats", check_formats },
    { "ratios", check_ratios },
    { "planes", check_planes },
    { "large", check_large },
    { "windows", check_windows },
};

#define N_TESTS (sizeof(tests) / sizeof(tests[0]))

typedef struct Options {
    unsigned long long seed;
    int cpu;    /* or -1 */
    int expect; /* or -1 */
    int effort;
    const char *test; /* or NULL */
    bool bench;
} Options;

static char current_case[512];

void check_case(const Check *check, const char *format, ...)
{
    va_list args;
    int n;

    n = snprintf(current_case, sizeof(current_case), "%s: ", areascale_cpu_name(check->cpu));
    va_start(args, format);
    vsnprintf(current_case + n, sizeof(current_case) - (size_t) n, format, args);
    va_end(args);
}

void check_result(Check *check, bool ok)
{
    if (ok) {
        check->passed++;
        return;
    }
    if (check->failed++ < MAX_REPORTS)
        fprintf(stderr, "failed: %s\n", current_case);
}

int check_count(const Check *check, int usual)
{
    const int n = usual * check->effort / 100;

    return n > 0 ? n : 1;
}

/* Gives every test at every level cases of its own. */
static uint64_t seed_of(const Options *options, AreascaleCpu cpu, size_t test)
{
    return (options->seed * AREASCALE_N_CPUS + (uint64_t) cpu) * N_TESTS + test + 1;
}

/* C is compared with itself: what counts are the accesses. */
static int effort_of(const Options *options, AreascaleCpu cpu)
{
    return cpu == AREASCALE_CPU_C ? (options->effort + 3) / 4 : options->effort;
}

static void run_level(const Options *options, AreascaleCpu cpu, int *passed, int *failed)
{
    for (size_t i = 0; i < N_TESTS; i++) {
        Check check = {
            .cpu = cpu,
            .random = { seed_of(options, cpu, i) * UINT64_C(0x9e3779b97f4a7c15) },
            .effort = effort_of(options, cpu),
        };

        if (options->test && strcmp(options->test, tests[i].name) != 0)
            continue;
        areascale_dsp_init(&check.dsp, cpu);
        areascale_dsp_init(&check.c, AREASCALE_CPU_C);
        tests[i].run(&check);
        printf("%-7s %-12s %7d passed, %d failed\n", areascale_cpu_name(cpu), tests[i].name,
               check.passed, check.failed);
        fflush(stdout);
        *passed += check.passed;
        *failed += check.failed;
    }
}

static void usage(void)
{
    fputs("usage: checkasm [--seed N] [--cpu LEVEL] [--test NAME] [--effort PERCENT]\n"
          "                [--expect LEVEL] [--bench]\n",
          stderr);
    exit(EXIT_FAILURE);
}

static int parse_level(const char *name)
{
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (strcmp(name, areascale_cpu_name((AreascaleCpu) cpu)) == 0)
            return cpu;
    usage();
    return -1;
}

static const char *parse_test(const char *name)
{
    for (size_t i = 0; i < N_TESTS; i++)
        if (strcmp(name, tests[i].name) == 0)
            return name;
    usage();
    return NULL;
}

static Options parse_options(int argc, char **argv)
{
    Options options = { .seed = 1, .cpu = -1, .expect = -1, .effort = 100 };

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--bench") == 0)
            options.bench = true;
        else if (i + 1 == argc)
            usage();
        else if (strcmp(argv[i], "--seed") == 0)
            options.seed = strtoull(argv[++i], NULL, 0);
        else if (strcmp(argv[i], "--effort") == 0)
            options.effort = atoi(argv[++i]);
        else if (strcmp(argv[i], "--cpu") == 0)
            options.cpu = parse_level(argv[++i]);
        else if (strcmp(argv[i], "--expect") == 0)
            options.expect = parse_level(argv[++i]);
        else if (strcmp(argv[i], "--test") == 0)
            options.test = parse_test(argv[++i]);
        else
            usage();
    }
    return options;
}

int main(int argc, char **argv)
{
    const Options options = parse_options(argc, argv);
    const AreascaleCpu best = areascale_cpu_detect(NULL);
    AreascaleCpu cpus[AREASCALE_N_CPUS];
    int n_cpus = 0, passed = 0, failed = 0;

    report_crashes(current_case);
    printf("best level: %s\n", areascale_cpu_name(best));
    if (options.expect >= 0 && options.expect != (int) best) {
        fprintf(stderr, "failed: %s expected\n",
                areascale_cpu_name((AreascaleCpu) options.expect));
        return EXIT_FAILURE;
    }
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (areascale_cpu_supports((AreascaleCpu) cpu) &&
            (options.cpu < 0 || options.cpu == cpu ||
             (options.bench && cpu == AREASCALE_CPU_C)))
            cpus[n_cpus++] = (AreascaleCpu) cpu;
    if (n_cpus == 0)
        return EXIT_SKIPPED;
    if (options.bench) {
        bench(cpus, n_cpus);
        return EXIT_SUCCESS;
    }
    for (int i = 0; i < n_cpus; i++)
        run_level(&options, cpus[i], &passed, &failed);
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
