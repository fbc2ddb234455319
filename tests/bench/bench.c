/* areascale: measuring, shared by the benchmarks
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define _POSIX_C_SOURCE 199309L

#include "areascale_config.h"
#include "bench.h"
#include "kernels/cpu.h"
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAGE 4096

/* The first rounds negotiate, fault pages in and train predictors. */
#define WARM_UP_ROUNDS 2

#define MIN_ROUNDS 9
#define MAX_ROUNDS 1000

/* Who takes more than this many times as long as the first takes a turn in
 * every n-th round only, so that the others get enough of them. */
#define PATIENCE 12
#define MAX_REST 4

static double case_seconds;
static const char *only_format, *only_section;

static double samples[BENCH_MAX_CONTESTANTS][MAX_ROUNDS];

/* What is read goes here, so that it has to be read. */
static _Thread_local volatile uint64_t sink;

void bench_fail(const char *message)
{
    fprintf(stderr, "benchmark: %s\n", message);
    exit(EXIT_FAILURE);
}

void bench_init(int argc, char **argv, double default_seconds)
{
    char *end = NULL;

    case_seconds = argc > 1 ? strtod(argv[1], &end) : default_seconds;
    only_format = argc > 2 ? argv[2] : NULL;
    only_section = argc > 3 ? argv[3] : NULL;
    if (argc > 4 || (end && *end) || !(case_seconds >= 0))
        bench_fail("arguments are [SECONDS [FORMAT [SECTION]]]");
    printf("section\tformat\tinput\toutput\tcontestant\tms\tratio\n");
}

/* Nothing and an empty word choose everything. */
static bool matches(const char *only, const char *word)
{
    return !only || !*only || !strcmp(only, word);
}

bool bench_wants(const char *section, const char *format)
{
    return matches(only_section, section) && matches(only_format, format);
}

BenchContestant bench_contestant(const char *name, void (*turn)(void *data, int frame),
                                 void *data)
{
    BenchContestant contestant = { name, turn, data, 0 };

    return contestant;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static double time_turn(const BenchContestant *c, int frame)
{
    double begin = now_ms();

    c->turn(c->data, frame);
    return now_ms() - begin;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, n, sizeof(*values), compare_doubles);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/* Frames go round, and every so often skip one, so that each contestant meets
 * all of them. */
static int next_frame(int n_contestants)
{
    static unsigned turn;

    turn++;
    return (turn + turn / (n_contestants * BENCH_FRAMES)) % BENCH_FRAMES;
}

/* Every how many rounds each contestant takes a turn. */
static void choose_rests(BenchContestant *contestants, int n, int *rests)
{
    double first;

    for (int round = 0; round < WARM_UP_ROUNDS; round++)
        for (int i = 0; i < n; i++)
            contestants[i].ms = time_turn(&contestants[i], next_frame(n));
    first = contestants[0].ms;
    for (int i = 0; i < n; i++) {
        double patience = contestants[i].ms / (PATIENCE * first);

        rests[i] = patience < 1 ? 1 : patience < MAX_REST ? (int) patience : MAX_REST;
    }
}

void bench_time(BenchContestant *contestants, int n, double seconds)
{
    int rests[BENCH_MAX_CONTESTANTS], counts[BENCH_MAX_CONTESTANTS] = { 0 };
    double end;

    choose_rests(contestants, n, rests);
    end = now_ms() + seconds * 1e3;
    for (int round = 0; round < MIN_ROUNDS || (round < MAX_ROUNDS && now_ms() < end);
         round++)
        for (int i = 0; i < n; i++)
            if (round % rests[i] == 0)
                samples[i][counts[i]++] = time_turn(&contestants[i], next_frame(n));
    for (int i = 0; i < n; i++)
        contestants[i].ms = median(samples[i], counts[i]);
}

void bench_measure(const BenchCase *c, BenchContestant *contestants, int n)
{
    bench_time(contestants, n, case_seconds);
    fprintf(stderr, "%s %s %dx%d -> %dx%d:", c->section, c->format, c->in_width,
            c->in_height, c->out_width, c->out_height);
    for (int i = 0; i < n; i++) {
        double ratio = contestants[i].ms / contestants[0].ms;

        printf("%s\t%s\t%dx%d\t%dx%d\t%s\t%.5f\t%.3f\n", c->section, c->format, c->in_width,
               c->in_height, c->out_width, c->out_height, contestants[i].name,
               contestants[i].ms, ratio);
        fprintf(stderr, " %s %.3f", contestants[i].name, contestants[i].ms);
    }
    fprintf(stderr, "\n");
    fflush(stdout);
}

/* With the widest vectors that there are. */
static LimitFunction *widest_limit(void)
{
#if AREASCALE_HAVE_AVX512
    if (areascale_cpu_supports(AREASCALE_CPU_AVX512))
        return limit_avx512;
#endif
#if AREASCALE_HAVE_AVX2
    if (areascale_cpu_supports(AREASCALE_CPU_AVX2))
        return limit_avx2;
#endif
    return limit_plain;
}

void bench_limit_turn(void *data, int frame)
{
    /* asking the processor takes as long as a small plane */
    static LimitFunction *_Atomic chosen;
    LimitFunction *run = chosen;
    const BenchLimit *limit = data;

    if (!run)
        chosen = run = widest_limit();
    sink =
        run(limit->out[frame], limit->out_bytes, limit->in[frame], limit->in_bytes, sink);
}

void bench_fill(void *data, size_t bytes, uint16_t mask, uint32_t seed)
{
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    uint64_t masks = mask * UINT64_C(0x0001000100010001);
    uint8_t *p = data;

    while (bytes) {
        size_t n = bytes < sizeof(state) ? bytes : sizeof(state);
        uint64_t word;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        word = state & masks;
        memcpy(p, &word, n);
        p += n;
        bytes -= n;
    }
}

void *bench_alloc(size_t bytes)
{
    void *block = aligned_alloc(PAGE, (bytes + PAGE - 1) / PAGE * PAGE);

    if (!block)
        bench_fail("not enough memory");
    return block;
}
