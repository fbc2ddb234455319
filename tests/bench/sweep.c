/* areascale: the kernels at the sizes that people scale to, beside the speed of memory
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: sweep [OPTION VALUE]..., lists being separated by commas
 *
 *     --layout   1,2,3,4,yuyv           channels of a row, or packed 4:2:2
 *     --depth    8,10,12,16             bits of a sample
 *     --level    sse4,avx2,avx512,neon  instruction sets; also c
 *     --source   1080p,4k,WxH
 *     --sizes    WxH,...                of the output
 *     --seconds  0.15                   for all levels of a size together
 *
 * Prints a line for each size to stdout: what it is, the milliseconds of the limit and
 * of each level. To stderr: progress, and at the end the worst and the geometric mean
 * of time over limit.
 */

#define _POSIX_C_SOURCE 200112L

#include "cpu.h"
#include "plane.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIZES 128
#define MAX_SOURCES 8

typedef struct Size {
    int width, height;
} Size;

/* What is measured. */
typedef struct Selection {
    bool layouts[BENCH_N_LAYOUTS];
    bool depths[17];
    bool levels[AREASCALE_N_CPUS];
    Size sources[MAX_SOURCES];
    int n_sources;
    Size sizes[MAX_SIZES]; /* none: those of the source */
    int n_sizes;
    double seconds;
} Selection;

/* Worst and mean of the ratios of one level. */
typedef struct Summary {
    double worst, log_sum;
    int n;
    char where[80];
} Summary;

enum { SHRUNK_BYTES, SHRUNK_WORDS, ENLARGED, N_SUMMARIES };

static const char *const summary_names[N_SUMMARIES] = { "bytes", "words", "enlarged" };

static const Size size_1080p = { 1920, 1080 };
static const Size size_4k = { 3840, 2160 };

/* What models and previews take, primes, and neighbours of integer ratios. */
static const Size sizes_of_1080p[] = {
    { 2560, 1440 }, { 1921, 1081 }, { 1919, 1079 }, { 1800, 1012 }, { 1600, 900 },
    { 1440, 810 },  { 1366, 768 },  { 1281, 721 },  { 1280, 720 },  { 1279, 719 },
    { 1152, 648 },  { 1080, 1080 }, { 1024, 576 },  { 1000, 562 },  { 961, 541 },
    { 960, 540 },   { 959, 539 },   { 854, 480 },   { 800, 450 },   { 769, 433 },
    { 720, 405 },   { 641, 361 },   { 640, 640 },   { 640, 360 },   { 639, 359 },
    { 608, 608 },   { 576, 324 },   { 512, 512 },   { 481, 271 },   { 480, 270 },
    { 479, 269 },   { 448, 448 },   { 416, 416 },   { 384, 384 },   { 384, 216 },
    { 320, 320 },   { 320, 180 },   { 300, 300 },   { 299, 299 },   { 256, 256 },
    { 241, 137 },   { 240, 135 },   { 224, 224 },   { 192, 108 },   { 160, 160 },
    { 160, 90 },    { 128, 128 },   { 97, 53 },     { 96, 54 },     { 64, 64 },
    { 48, 27 },     { 32, 32 },     { 16, 16 },     { 1, 1 },
};

static const Size sizes_of_4k[] = {
    { 3600, 2024 }, { 2560, 1440 }, { 1921, 1081 }, { 1920, 1080 }, { 1919, 1079 },
    { 1706, 960 },  { 1600, 900 },  { 1366, 768 },  { 1281, 721 },  { 1280, 720 },
    { 1279, 719 },  { 1152, 648 },  { 1024, 576 },  { 960, 540 },   { 854, 480 },
    { 800, 450 },   { 769, 433 },   { 640, 640 },   { 640, 360 },   { 608, 608 },
    { 512, 512 },   { 480, 270 },   { 416, 416 },   { 384, 216 },   { 320, 320 },
    { 320, 180 },   { 300, 300 },   { 256, 256 },   { 224, 224 },   { 192, 108 },
    { 128, 128 },   { 96, 54 },     { 64, 64 },     { 32, 32 },     { 16, 16 },
    { 1, 1 },
};

#define N_ELEMENTS(array) (int) (sizeof(array) / sizeof(*(array)))

static Summary summaries[N_SUMMARIES][AREASCALE_N_CPUS];
static int n_done, n_all;

static bool parse_size(const char *word, Size *size)
{
    char rest;

    if (!strcmp(word, "1080p"))
        *size = size_1080p;
    else if (!strcmp(word, "4k"))
        *size = size_4k;
    else if (sscanf(word, "%dx%d%c", &size->width, &size->height, &rest) != 2)
        return false;
    return size->width >= 1 && size->width <= AREASCALE_MAX_SIZE && size->height >= 1 &&
           size->height <= AREASCALE_MAX_SIZE;
}

static bool take_layout(Selection *s, const char *word)
{
    for (int i = 0; i < BENCH_N_LAYOUTS; i++)
        if (!strcmp(word, bench_layout_names[i]))
            return s->layouts[i] = true;
    return false;
}

static bool take_depth(Selection *s, const char *word)
{
    int depth = atoi(word);

    return depth >= 8 && depth <= 16 && (s->depths[depth] = true);
}

static bool take_level(Selection *s, const char *word)
{
    for (int i = 0; i < AREASCALE_N_CPUS; i++)
        if (!strcmp(word, areascale_cpu_name(i)))
            return s->levels[i] = true;
    return false;
}

static bool take_source(Selection *s, const char *word)
{
    return s->n_sources < MAX_SOURCES && parse_size(word, &s->sources[s->n_sources++]);
}

static bool take_size(Selection *s, const char *word)
{
    return s->n_sizes < MAX_SIZES && parse_size(word, &s->sizes[s->n_sizes++]);
}

static bool take_seconds(Selection *s, const char *word)
{
    char *end;

    s->seconds = strtod(word, &end);
    return !*end && s->seconds >= 0;
}

static const struct {
    const char *name;
    bool (*take)(Selection *s, const char *word);
    const char *usual;
} options[] = {
    { "--layout", take_layout, "1,2,3,4,yuyv" },
    { "--depth", take_depth, "8,10,12,16" },
    { "--level", take_level, "sse4,avx2,avx512,neon" },
    { "--source", take_source, "1080p,4k" },
    { "--sizes", take_size, "" },
    { "--seconds", take_seconds, "0.15" },
};

static void take_list(Selection *s, int option, const char *list)
{
    char words[4096], *rest = NULL;

    snprintf(words, sizeof(words), "%s", list);
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        if (!options[option].take(s, word)) {
            fprintf(stderr, "sweep: %s cannot be %s\n", options[option].name, word);
            exit(EXIT_FAILURE);
        }
}

static int find_option(const char *name)
{
    for (int i = 0; i < N_ELEMENTS(options); i++)
        if (!strcmp(name, options[i].name))
            return i;
    fprintf(stderr, "sweep: unknown option %s; there are", name);
    for (int i = 0; i < N_ELEMENTS(options); i++)
        fprintf(stderr, " %s (%s)", options[i].name, options[i].usual);
    fprintf(stderr, "\n");
    exit(EXIT_FAILURE);
}

static void select_by_arguments(Selection *s, int argc, char **argv)
{
    bool given[N_ELEMENTS(options)] = { 0 };

    for (int i = 1; i < argc; i += 2) {
        int option = find_option(argv[i]);

        if (i + 1 == argc)
            bench_fail("the last option has no value");
        take_list(s, option, argv[i + 1]);
        given[option] = true;
    }
    for (int i = 0; i < N_ELEMENTS(options); i++)
        if (!given[i])
            take_list(s, i, options[i].usual);
    for (int i = 0; i < AREASCALE_N_CPUS; i++)
        s->levels[i] = s->levels[i] && areascale_cpu_supports(i);
}

/* The sizes that a source is scaled to. */
static int sizes_of(const Selection *s, const Size *source, const Size **sizes)
{
    if (s->n_sizes) {
        *sizes = s->sizes;
        return s->n_sizes;
    }
    *sizes = source->width > size_1080p.width ? sizes_of_4k : sizes_of_1080p;
    return *sizes == sizes_of_4k ? N_ELEMENTS(sizes_of_4k) : N_ELEMENTS(sizes_of_1080p);
}

/* Calls back for every plane of the selection: a layout, a depth and a source. */
static void for_each_plane(const Selection *s,
                           void (*plane)(const Selection *s, AreascaleGeometry *g))
{
    for (int layout = 0; layout < BENCH_N_LAYOUTS; layout++)
        for (int depth = 8; depth <= 16; depth++)
            for (int i = 0; i < s->n_sources && s->layouts[layout] && s->depths[depth];
                 i++) {
                AreascaleGeometry g = {
                    .in_width = s->sources[i].width,
                    .in_height = s->sources[i].height,
                    .layout = layout,
                    .depth = depth,
                };

                plane(s, &g);
            }
}

static void count_plane(const Selection *s, AreascaleGeometry *g)
{
    const Size source = { g->in_width, g->in_height }, *sizes;

    n_all += sizes_of(s, &source, &sizes);
}

static void summarize(const AreascaleGeometry *g, AreascaleCpu cpu, double ratio)
{
    int kind = g->out_width > g->in_width ? ENLARGED
               : g->depth > 8             ? SHRUNK_WORDS
                                          : SHRUNK_BYTES;
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

static void print_summaries(void)
{
    for (int kind = 0; kind < N_SUMMARIES; kind++)
        for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
            const Summary *summary = &summaries[kind][cpu];

            if (summary->n)
                fprintf(stderr, "%s %s: geometric mean %.3f of %d, worst %.2f at %s\n",
                        areascale_cpu_name(cpu), summary_names[kind],
                        exp(summary->log_sum / summary->n), summary->n, summary->worst,
                        summary->where);
        }
}

static void print_header(const Selection *s)
{
    printf("layout\tdepth\tinput\toutput\tlimit");
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (s->levels[cpu])
            printf("\t%s", areascale_cpu_name(cpu));
    printf("\n");
}

/* The limit's time and those of the levels. */
static void print_times(const AreascaleGeometry *g, const BenchContestant *contestants,
                        int n)
{
    double limit = contestants[0].ms;

    printf("%s\t%d\t%dx%d\t%dx%d\t%.4f", bench_layout_names[g->layout], g->depth,
           g->in_width, g->in_height, g->out_width, g->out_height, limit);
    fprintf(stderr, "%3d %% layout %s, %d bits, %dx%d -> %dx%d: limit %.4f ms",
            100 * ++n_done / n_all, bench_layout_names[g->layout], g->depth, g->in_width,
            g->in_height, g->out_width, g->out_height, limit);
    for (int i = 1; i < n; i++) {
        const BenchLevel *level = contestants[i].data;
        double ratio = contestants[i].ms / limit;

        printf("\t%.4f", contestants[i].ms);
        fprintf(stderr, ", %s %.2f (%s)", contestants[i].name, ratio,
                areascale_plan_path(level->plan));
        summarize(g, areascale_plan_cpu(level->plan), ratio);
    }
    printf("\n");
    fprintf(stderr, "\n");
    fflush(stdout);
}

static void measure_size(const Selection *s, const BenchPlanes *planes,
                         const AreascaleGeometry *g)
{
    BenchLevel levels[AREASCALE_N_CPUS];
    BenchContestant contestants[1 + AREASCALE_N_CPUS];
    int n = 0;

    contestants[0] = bench_contestant("limit", bench_limit_turn, (void *) &planes->limit);
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (s->levels[cpu] && bench_level_init(&levels[n], planes, g, cpu)) {
            contestants[1 + n] =
                bench_contestant(areascale_cpu_name(cpu), bench_level_turn, &levels[n]);
            n++;
        }
    bench_time(contestants, 1 + n, s->seconds);
    print_times(g, contestants, 1 + n);
    while (n)
        bench_level_free(&levels[--n]);
}

/* One set of planes serves all sizes: filling them takes longer than scaling. */
static void measure_plane(const Selection *s, AreascaleGeometry *g)
{
    const Size source = { g->in_width, g->in_height }, *sizes;
    int n_sizes = sizes_of(s, &source, &sizes);
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
        measure_size(s, &planes, g);
    }
    bench_planes_free(&planes);
}

int main(int argc, char **argv)
{
    static Selection selection;

    select_by_arguments(&selection, argc, argv);
    print_header(&selection);
    for_each_plane(&selection, count_plane);
    for_each_plane(&selection, measure_plane);
    print_summaries();
    return EXIT_SUCCESS;
}
