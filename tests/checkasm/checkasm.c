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

/* setenv() */
#define _POSIX_C_SOURCE 200809L

#include "checkasm.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "kernels/cpu.h"

/* What meson takes for a skipped test. */
enum { EXIT_SKIPPED = 77 };

enum { MAX_REPORTS = 20 };

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

static void check_environment(Check *check)
{
    static const AreascaleGeometry g = { .in_width = 64, .in_height = 64, .out_width = 31, .out_height = 31, .depth = 8 };
    const char *unknown = "";
    AreascalePlan *plan;

#if defined(__unix__) || defined(__APPLE__)
    setenv("AREASCALE_CPU", areascale_cpu_name(check->cpu), 1);
    check_case(check, "environment: AREASCALE_CPU");
    check_result(check, areascale_cpu_detect(&unknown) == check->cpu && !unknown);
    unsetenv("AREASCALE_CPU");
#endif
    check_case(check, "environment: plan");
    if (areascale_plan_create(&plan, &g, check->cpu) == 0) {
        check_result(check, areascale_plan_cpu(plan) == check->cpu);
        areascale_plan_free(plan);
    } else {
        check_result(check, false);
    }
}

/* What is tested after all kernels. */
static const struct {
    const char *name;
    void (*run)(Check *check);
} tests[] = {
    { "table", check_table },
    { "environment", check_environment },
    { "plane_halves", check_plane_halves },
    { "plane_widths", check_plane_widths },
    { "plane_formats", check_plane_formats },
    { "plane_ratios", check_plane_ratios },
    { "plane_sizes", check_plane_sizes },
    { "plane_large", check_plane_large },
    { "plane_windows", check_plane_windows },
};

enum { N_TESTS = sizeof(tests) / sizeof(tests[0]) };

/* Gives every test at every level cases of its own, whatever others there are. */
static uint64_t seed_of(const Options *options, AreascaleCpu cpu, const char *name)
{
    uint64_t hash = options->seed * AREASCALE_N_CPUS + (uint64_t) cpu + 1;

    while (*name)
        hash = (hash ^ (unsigned char) *name++) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ? hash : 1;
}

/* C is compared with itself: what counts are the accesses. */
static int effort_of(const Options *options, AreascaleCpu cpu)
{
    return cpu == AREASCALE_CPU_C ? (options->effort + 3) / 4 : options->effort;
}

static const char *name_of(int test)
{
    return test < n_kernels ? kernels[test].name : tests[test - n_kernels].name;
}

static Check run_test(const Options *options, AreascaleCpu cpu, int test)
{
    Check check = {
        .cpu = cpu,
        .random = { seed_of(options, cpu, name_of(test)) },
        .effort = effort_of(options, cpu),
    };

    areascale_dsp_init(&check.dsp, cpu);
    if (test < n_kernels)
        check_kernel(&check, &kernels[test]);
    else
        tests[test - n_kernels].run(&check);
    printf("%-7s %-14s %7d passed, %d failed\n", areascale_cpu_name(cpu), name_of(test),
           check.passed, check.failed);
    fflush(stdout);
    return check;
}

static void run_level(const Options *options, AreascaleCpu cpu, int *passed, int *failed)
{
    for (int i = 0; i < n_kernels + N_TESTS; i++) {
        if (!options->test || strcmp(options->test, name_of(i)) == 0) {
            const Check check = run_test(options, cpu, i);

            *passed += check.passed;
            *failed += check.failed;
        }
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
    for (int i = 0; i < n_kernels + N_TESTS; i++)
        if (strcmp(name, name_of(i)) == 0)
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
        bench_kernels(cpus, n_cpus);
        bench_planes(cpus, n_cpus);
        return EXIT_SUCCESS;
    }
    for (int i = 0; i < n_cpus; i++)
        run_level(&options, cpus[i], &passed, &failed);
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
