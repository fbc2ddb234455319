/* areascale: mixes equal their definition, and what they refuse
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernels/cpu.h"
#include "mixes.h"

static void check(bool ok, const char *what, const char *text)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", what, text);
    exit(EXIT_FAILURE);
}

/* Makes one case with every instruction set that works here. */
static void run_case(MixCase *c, Random *r)
{
    char text[MIX_TEXT_SIZE];

    mix_case_init(c, r);
    report_crashes(mix_case_text(c, text));
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (areascale_cpu_supports((AreascaleCpu) cpu))
            check(mix_case_run(c, (AreascaleCpu) cpu),
                  areascale_cpu_name((AreascaleCpu) cpu), text);
    mix_case_free(c);
}

static int random_width(Random *r)
{
    return random_in(r, 0, 7) ? random_in(r, 1, 300) : random_in(r, 1, 5000);
}

static void test_random(int in_depth, int out_depth, int out_shift, int n, Random *r)
{
    for (int i = 0; i < n; i++) {
        MixCase c = {
            .spec = { .n_in = random_in(r, 1, AREASCALE_MIX_MAX),
                      .in_depth = in_depth,
                      .n_out = random_in(r, 1, AREASCALE_MIX_MAX),
                      .out_depth = out_depth,
                      .out_shift = out_shift },
            .n = random_width(r),
        };

        c.in = random_mix_side(r, c.spec.n_in);
        c.out = random_mix_side(r, c.spec.n_out);
        random_mix_matrix(&c.spec, r);
        run_case(&c, r);
    }
}

static void test_depths(Random *r)
{
    for (int in = 1; in <= 16; in++) {
        for (int out = 1; out <= 16; out++) {
            test_random(in, out, 0, 6, r);
            test_random(in, out, (out <= 8 ? 8 : 16) - out, 2, r);
        }
    }
}

static const AreascaleMixSpec good = {
    .n_in = 3,
    .in_depth = 16,
    .in_step = { 1, 2, 2 },
    .n_out = 4,
    .out_depth = 8,
    .out_step = { 4, 4, 4, 4 },
    .matrix = { { 1 << 14, 0, 1 << 14 }, { 1 << 14, -5000, -9000 }, { 1 << 14, 35000 } },
    .offset = { 0, 0, 0, (int64_t) 255 << 22 },
};

static void expect(AreascaleMixSpec spec, AreascaleCpu cpu, int expected, const char *what)
{
    AreascaleMix *mix = (AreascaleMix *) &spec;

    check(areascale_mix_create(&mix, &spec, cpu) == expected, what, "return value");
    check((mix != NULL) == (expected == 0), what, "mix");
    areascale_mix_free(mix);
}

/* Sets one field at a time: in range, just beyond it, and far. */
static void test_range(AreascaleMixSpec *spec, int *field, int low, int high,
                       const char *what)
{
    const int bad[] = { low - 1, high + 1, INT_MIN, INT_MAX }, before = *field;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        *field = bad[i];
        expect(*spec, AREASCALE_CPU_C, -EINVAL, what);
    }
    *field = low;
    expect(*spec, AREASCALE_CPU_C, 0, what);
    *field = high;
    expect(*spec, AREASCALE_CPU_C, 0, what);
    *field = before;
}

static void test_steps(void)
{
    for (int i = 0; i < AREASCALE_MIX_MAX; i++) {
        AreascaleMixSpec s = good;

        s.n_in = 4;
        s.in_step[3] = 1;
        test_range(&s, &s.in_step[i], 1, AREASCALE_MIX_MAX_STEP, "in_step");
        test_range(&s, &s.out_step[i], 1, AREASCALE_MIX_MAX_STEP, "out_step");
    }
}

static void test_numbers(void)
{
    const int64_t offset = AREASCALE_MIX_MAX_OFFSET;

    for (int o = 0; o < AREASCALE_MIX_MAX; o++) {
        AreascaleMixSpec s = good;

        for (int i = 0; i < good.n_in; i++) {
            s.matrix[o][i] = AREASCALE_MIX_MAX_COEFFICIENT + 1;
            expect(s, AREASCALE_CPU_C, -EINVAL, "matrix");
            s.matrix[o][i] = -AREASCALE_MIX_MAX_COEFFICIENT - 1;
            expect(s, AREASCALE_CPU_C, -EINVAL, "matrix");
            s.matrix[o][i] = -AREASCALE_MIX_MAX_COEFFICIENT;
            expect(s, AREASCALE_CPU_C, 0, "matrix");
        }
        s.offset[o] = offset + 1;
        expect(s, AREASCALE_CPU_C, -EINVAL, "offset");
        s.offset[o] = -offset - 1;
        expect(s, AREASCALE_CPU_C, -EINVAL, "offset");
        s.offset[o] = -offset;
        expect(s, AREASCALE_CPU_C, 0, "offset");
    }
}

static void test_errors(void)
{
    AreascaleMixSpec s = good;

    s.n_out = 3;
    test_range(&s, &s.in_depth, 1, 16, "in_depth");
    test_range(&s, &s.out_depth, 1, 16, "out_depth");
    s.out_depth = 5;
    test_range(&s, &s.out_shift, 0, 3, "out_shift");
    s.out_depth = 10;
    test_range(&s, &s.out_shift, 0, 6, "out_shift");
    s = good;
    s.in_step[3] = 1;
    test_range(&s, &s.n_in, 1, AREASCALE_MIX_MAX, "n_in");
    test_range(&s, &s.n_out, 1, AREASCALE_MIX_MAX, "n_out");
    test_steps();
    test_numbers();
    /* what is not used does not matter */
    s = good;
    s.n_out = 3;
    s.out_step[3] = s.in_step[3] = -1;
    s.matrix[3][0] = s.matrix[0][3] = INT32_MAX;
    s.offset[3] = INT64_MAX;
    expect(s, AREASCALE_CPU_C, 0, "unused fields");
    expect(good, (AreascaleCpu) AREASCALE_N_CPUS, -EINVAL, "cpu");
    expect(good, (AreascaleCpu) -1, -EINVAL, "cpu");
    areascale_mix_free(NULL);
}

/* No pixels, no access. */
static void test_nothing(void)
{
    void *const out[AREASCALE_MIX_MAX] = { NULL };
    const void *const in[AREASCALE_MIX_MAX] = { NULL };

    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        AreascaleMix *mix;

        check(areascale_mix_create(&mix, &good, (AreascaleCpu) cpu) == 0, "create", "none");
        areascale_mix_row(mix, out, in, 0);
        areascale_mix_row(mix, out, in, -1);
        areascale_mix_free(mix);
    }
}

int main(void)
{
    Random r = { 23 };

    test_errors();
    test_nothing();
    test_depths(&r);
    test_random(16, 8, 0, 1500, &r);
    test_random(8, 8, 0, 1000, &r);
    test_random(16, 16, 0, 300, &r);
    test_random(10, 10, 6, 300, &r);
    test_random(16, 10, 0, 300, &r);
    test_random(10, 8, 0, 300, &r);
    return EXIT_SUCCESS;
}
