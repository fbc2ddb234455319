/* areascale: which planes, sizes and instruction sets are measured
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define _POSIX_C_SOURCE 200112L

#include "selection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/cpu.h"

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

static bool take_out_depth(Selection *s, const char *word)
{
    s->out_depth = atoi(word);
    return s->out_depth == 0 || (s->out_depth >= 8 && s->out_depth <= 16);
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
    return s->n_sources < SELECTION_MAX_SOURCES &&
           parse_size(word, &s->sources[s->n_sources++]);
}

static bool take_size(Selection *s, const char *word)
{
    return s->n_sizes < SELECTION_MAX_SIZES && parse_size(word, &s->sizes[s->n_sizes++]);
}

static bool take_seconds(Selection *s, const char *word)
{
    char *end;

    s->seconds = strtod(word, &end);
    return !*end && s->seconds >= 0;
}

static bool take_compared(Selection *s, const char *word)
{
    static const char *const names[] = { "levels", "paths", "methods" };

    for (int i = 0; i < N_ELEMENTS(names); i++)
        if (!strcmp(word, names[i])) {
            s->compared = (Comparison) i;
            return true;
        }
    return false;
}

static bool take_method(Selection *s, const char *word)
{
    s->method = !strcmp(word, "coverage") ? AREASCALE_METHOD_COVERAGE
                                          : AREASCALE_METHOD_ADAPTIVE;
    return s->method == AREASCALE_METHOD_COVERAGE || !strcmp(word, "adaptive");
}

static const struct {
    const char *name;
    bool (*take)(Selection *s, const char *word);
    const char *usual;    /* a list of words */
    const char *expected; /* what a word may be */
} options[] = {
    { "--layout", take_layout, "1,2,3,4,yuyv", "1, 2, 3, 4 or yuyv" },
    { "--depth", take_depth, "8,10,12,16", "8 to 16" },
    { "--out-depth", take_out_depth, "0", "0 or 8 to 16" },
    { "--level", take_level, "sse4,avx2,avx512,avx512icl,neon",
      "c, sse4, avx2, avx512, avx512icl or neon" },
    { "--source", take_source, "1080p,4k", "1080p, 4k or WIDTHxHEIGHT, 8 at most" },
    { "--sizes", take_size, "", "WIDTHxHEIGHT, 128 at most" },
    { "--seconds", take_seconds, "0.15", "a number" },
    { "--compare", take_compared, "levels", "levels, paths or methods" },
    { "--method", take_method, "adaptive", "adaptive or coverage" },
};

static void take_list(Selection *s, int option, const char *list)
{
    char words[4096], *rest = NULL;

    snprintf(words, sizeof(words), "%s", list);
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        if (!options[option].take(s, word)) {
            fprintf(stderr, "sweep: %s is %s, expected %s\n", options[option].name, word,
                    options[option].expected);
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
        fprintf(stderr, " %s (%s)", options[i].name, options[i].expected);
    fprintf(stderr, "\n");
    exit(EXIT_FAILURE);
}

void selection_init(Selection *s, int argc, char **argv)
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

int selection_sizes(const Selection *s, const Size *source, const Size **sizes)
{
    if (s->n_sizes) {
        *sizes = s->sizes;
        return s->n_sizes;
    }
    *sizes = source->width > size_1080p.width ? sizes_of_4k : sizes_of_1080p;
    return *sizes == sizes_of_4k ? N_ELEMENTS(sizes_of_4k) : N_ELEMENTS(sizes_of_1080p);
}

void selection_for_each_plane(const Selection *s,
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
                    .method = s->method,
                    .out_depth = s->out_depth,
                };

                plane(s, &g);
            }
}
