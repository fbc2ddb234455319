/* areascale: the kernels at the sizes that people scale to, beside the speed of memory
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: sweep [OPTION VALUE]..., lists being separated by commas
 *
 *     --layout   1,2,3,4,yuyv           channels of a row, or packed 4:2:2
 *     --depth    8,10,12,16             bits of a sample
 *     --out-depth 16                    bits of an output sample; 0: as many
 *     --level    sse4,avx2,avx512,avx512icl,neon  instruction sets; also c
 *     --source   1080p,4k,WxH
 *     --sizes    WxH,...                of the output
 *     --seconds  0.15                   for all levels of a size together
 *     --compare  levels                 or paths: each that fits, of each level; or methods
 *     --method   adaptive               or coverage
 *
 * To stdout, a line for each size: what it is, the milliseconds of the limit and of each
 * level. Comparing paths, a line for each size, level and path: its milliseconds, the
 * nanoseconds that it is planned to cost, and whether it is the one that is taken.
 * Comparing methods, a line for each size and level: the milliseconds of each. To
 * stderr: progress, and at the end the worst and the geometric mean of time over limit,
 * of the time of the path that is taken over that of the fastest, or of coverage over
 * adaptive.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "selection.h"

/* The worst and the mean of some ratios. */
typedef struct Summary {
    double worst, log_sum;
    int n;
    char where[80];
} Summary;

enum { SHRUNK_BYTES, SHRUNK_WORDS, ENLARGED, SMALL_WEIGHTS, LARGE_WEIGHTS, N_SUMMARIES };

static const char *const summary_names[N_SUMMARIES] = {
    "bytes", "words", "enlarged", "weights of a byte", "larger weights"
};

static Summary summaries[N_SUMMARIES][AREASCALE_N_CPUS];
static int n_done, n_all;

static int kind_of(const AreascaleGeometry *g)
{
    return g->out_width > g->in_width ? ENLARGED : g->depth > 8 ? SHRUNK_WORDS : SHRUNK_BYTES;
}

static void summarize(const AreascaleGeometry *g, int kind, AreascaleCpu cpu, double ratio)
{
    Summary *summary = &summaries[kind][cpu];

    summary->n++;
    summary->log_sum += log(ratio);
    if (ratio <= summary->worst)
        return;
    summary->worst = ratio;
    snprintf(summary->where, sizeof(summary->where), "layout %s, %d bits, %dx%d -> %dx%d",
             bench_layout_names[g->layout], g->depth, g->in_width, g->in_height,
             g->out_width, g->out_height);
}

static void print_summaries(const Selection *s)
{
    static const char *const over[] = { "limit", "the fastest path's", "adaptive's" };

    for (int kind = 0; kind < N_SUMMARIES; kind++)
        for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
            const Summary *summary = &summaries[kind][cpu];

            if (summary->n)
                fprintf(
                    stderr,
                    "%s %s, time over %s: geometric mean %.3f of %d, worst %.2f at %s\n",
                    areascale_cpu_name(cpu), summary_names[kind],
                    over[s->compared],
                    exp(summary->log_sum / summary->n), summary->n, summary->worst,
                    summary->where);
        }
}

static void print_header(const Selection *s)
{
    printf("layout\tdepth\tinput\toutput\tlimit");
    for (int cpu = 0; cpu < AREASCALE_N_CPUS && s->compared == COMPARE_LEVELS; cpu++)
        if (s->levels[cpu])
            printf("\t%s", areascale_cpu_name(cpu));
    printf(s->compared == COMPARE_PATHS     ? "\tlevel\tpath\tms\tcost\ttaken\n"
           : s->compared == COMPARE_METHODS ? "\tlevel\tadaptive\tcoverage\n"
                                            : "\n");
}

static void print_size(const AreascaleGeometry *g, double limit)
{
    printf("%s\t%d\t%dx%d\t%dx%d\t%.4f", bench_layout_names[g->layout], g->depth,
           g->in_width, g->in_height, g->out_width, g->out_height, limit);
}

static void report_size(const AreascaleGeometry *g, double limit)
{
    fprintf(stderr, "%3d %% layout %s, %d bits, %dx%d -> %dx%d: limit %.4f ms",
            100 * n_done / n_all, bench_layout_names[g->layout], g->depth, g->in_width,
            g->in_height, g->out_width, g->out_height, limit);
}

static BenchContestant limit_of(const BenchPlanes *planes)
{
    return bench_contestant("limit", bench_limit_turn, (void *) &planes->limit);
}

/* --- levels --- */

/* The limit's time and those of the levels. */
static void print_times(const AreascaleGeometry *g, const BenchContestant *contestants,
                        int n)
{
    double limit = contestants[0].ms;

    print_size(g, limit);
    report_size(g, limit);
    for (int i = 1; i < n; i++) {
        const BenchLevel *level = contestants[i].data;
        double ratio = contestants[i].ms / limit;

        printf("\t%.4f", contestants[i].ms);
        fprintf(stderr, ", %s %.2f (%s)", contestants[i].name, ratio,
                areascale_plan_path(level->plan));
        summarize(g, kind_of(g), areascale_plan_cpu(level->plan), ratio);
    }
    printf("\n");
    fprintf(stderr, "\n");
}

static void compare_levels(const Selection *s, const BenchPlanes *planes,
                           const AreascaleGeometry *g)
{
    BenchLevel levels[AREASCALE_N_CPUS];
    BenchContestant contestants[1 + AREASCALE_N_CPUS] = { limit_of(planes) };
    int n = 0;

    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (s->levels[cpu] && bench_level_init(&levels[n], planes, g, cpu, NULL)) {
            contestants[1 + n] =
                bench_contestant(areascale_cpu_name(cpu), bench_level_turn, &levels[n]);
            n++;
        }
    bench_time(contestants, 1 + n, s->seconds);
    print_times(g, contestants, 1 + n);
    while (n)
        bench_level_free(&levels[--n]);
}

/* --- paths --- */

/* The path that is taken when none is forced. */
static const AreascalePath *taken_path(const AreascaleGeometry *g, AreascaleCpu cpu)
{
    const AreascalePath *path;
    AreascalePlan *plan;

    if (areascale_plan_create(&plan, g, cpu))
        bench_fail("cannot plan");
    path = plan->path;
    areascale_plan_free(plan);
    return path;
}

/* The times of all paths of a level. */
static void print_paths(const AreascaleGeometry *g, AreascaleCpu cpu,
                        const BenchContestant *contestants, int n)
{
    const AreascalePath *taken = taken_path(g, cpu);
    double limit = contestants[0].ms, best = INFINITY, ms = 0;

    report_size(g, limit);
    fprintf(stderr, ", %s", areascale_cpu_name(cpu));
    for (int i = 1; i < n; i++) {
        const BenchContestant *c = &contestants[i];
        const BenchLevel *level = c->data;
        bool is_taken = level->plan->path == taken;

        print_size(g, limit);
        printf("\t%s\t%s\t%.4f\t%.0f\t%d\n", areascale_cpu_name(cpu), c->name, c->ms,
               level->plan->cost, is_taken);
        fprintf(stderr, ", %s%s %.2f", is_taken ? "* " : "", c->name, c->ms / limit);
        best = fmin(best, c->ms);
        if (is_taken)
            ms = c->ms;
    }
    fprintf(stderr, ", taken over fastest %.2f\n", ms / best);
    summarize(g, kind_of(g), cpu, ms / best);
}

static void compare_paths(const Selection *s, const BenchPlanes *planes,
                          const AreascaleGeometry *g, AreascaleCpu cpu)
{
    BenchLevel levels[BENCH_MAX_CONTESTANTS];
    BenchContestant contestants[BENCH_MAX_CONTESTANTS] = { limit_of(planes) };
    int n = 0;

    for (int i = 0; areascale_paths[i] && n + 1 < BENCH_MAX_CONTESTANTS; i++)
        if (bench_level_init(&levels[n], planes, g, cpu, areascale_paths[i])) {
            contestants[1 + n] =
                bench_contestant(areascale_paths[i]->name, bench_level_turn, &levels[n]);
            n++;
        }
    bench_time(contestants, 1 + n, s->seconds);
    print_paths(g, cpu, contestants, 1 + n);
    while (n)
        bench_level_free(&levels[--n]);
}

/* --- methods --- */

static int greatest_common_divisor(int a, int b)
{
    return b ? greatest_common_divisor(b, a % b) : a;
}

/* Whether the weights of coverage fit a signed byte. */
static bool weights_are_small(const AreascaleGeometry *g)
{
    enum { MOST = 127 };

    return g->out_width / greatest_common_divisor(g->in_width, g->out_width) <= MOST &&
           g->out_height / greatest_common_divisor(g->in_height, g->out_height) <= MOST;
}

static void print_methods(const AreascaleGeometry *g, AreascaleCpu cpu,
                          const BenchContestant *contestants)
{
    double limit = contestants[0].ms, ratio = contestants[2].ms / contestants[1].ms;

    print_size(g, limit);
    printf("\t%s\t%.4f\t%.4f\n", areascale_cpu_name(cpu), contestants[1].ms,
           contestants[2].ms);
    report_size(g, limit);
    fprintf(stderr, ", %s", areascale_cpu_name(cpu));
    for (int i = 1; i < 3; i++) {
        const BenchLevel *level = contestants[i].data;

        fprintf(stderr, ", %s %.2f (%s)", contestants[i].name, contestants[i].ms / limit,
                areascale_plan_path(level->plan));
    }
    fprintf(stderr, ", ratio %.2f%s\n", ratio, weights_are_small(g) ? "" : ", larger weights");
    summarize(g, weights_are_small(g) ? SMALL_WEIGHTS : LARGE_WEIGHTS, cpu, ratio);
}

static void compare_methods(const Selection *s, const BenchPlanes *planes,
                            const AreascaleGeometry *g, AreascaleCpu cpu)
{
    AreascaleGeometry adaptive = *g, coverage = *g;
    BenchLevel levels[2];
    BenchContestant contestants[] = {
        limit_of(planes),
        bench_contestant("adaptive", bench_level_turn, &levels[0]),
        bench_contestant("coverage", bench_level_turn, &levels[1]),
    };

    adaptive.method = AREASCALE_METHOD_ADAPTIVE;
    coverage.method = AREASCALE_METHOD_COVERAGE;
    if (!bench_level_init(&levels[0], planes, &adaptive, cpu, NULL))
        return;
    if (!bench_level_init(&levels[1], planes, &coverage, cpu, NULL))
        bench_fail("cannot plan");
    bench_time(contestants, 3, s->seconds);
    print_methods(g, cpu, contestants);
    bench_level_free(&levels[0]);
    bench_level_free(&levels[1]);
}

/* --- planes --- */

/* All levels, one after the other. */
static void compare_apart(const Selection *s, const BenchPlanes *planes,
                          const AreascaleGeometry *g)
{
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (s->levels[cpu])
            (s->compared == COMPARE_PATHS ? compare_paths : compare_methods)(s, planes, g,
                                                                             cpu);
}

static void count_plane(const Selection *s, AreascaleGeometry *g)
{
    const Size source = { g->in_width, g->in_height }, *sizes;

    n_all += selection_sizes(s, &source, &sizes);
}

/* One set of planes serves all sizes: filling them takes longer than scaling. */
static void measure_plane(const Selection *s, AreascaleGeometry *g)
{
    const Size source = { g->in_width, g->in_height }, *sizes;
    int n_sizes = selection_sizes(s, &source, &sizes);
    BenchPlanes planes;

    g->out_width = g->out_height = 1;
    for (int i = 0; i < n_sizes; i++) {
        if (sizes[i].width > g->out_width)
            g->out_width = sizes[i].width;
        if (sizes[i].height > g->out_height)
            g->out_height = sizes[i].height;
    }
    bench_planes_init(&planes, g);
    for (int i = 0; i < n_sizes; i++) {
        g->out_width = sizes[i].width;
        g->out_height = sizes[i].height;
        bench_planes_resize(&planes, g);
        n_done++;
        (s->compared == COMPARE_LEVELS ? compare_levels : compare_apart)(s, &planes, g);
        fflush(stdout);
    }
    bench_planes_free(&planes);
}

int main(int argc, char **argv)
{
    static Selection selection;

    selection_init(&selection, argc, argv);
    print_header(&selection);
    selection_for_each_plane(&selection, count_plane);
    selection_for_each_plane(&selection, measure_plane);
    print_summaries(&selection);
    return EXIT_SUCCESS;
}
