/* areascale: cases and levels for the tests of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naive.h"

enum { TEXT_SIZE = 256 };

static void print_geometry(char text[TEXT_SIZE], const AreascaleGeometry *g)
{
    snprintf(text, TEXT_SIZE,
             "%dx%d -> %dx%d, layout %d, depth %d, shift %d, method %d, spans %d%+d/%d, "
             "%d%+d/%d, out depth %d, out shift %d, alpha %d",
             g->in_width, g->in_height, g->out_width, g->out_height, (int) g->layout,
             g->depth, g->shift, (int) g->method, g->x.step, g->x.offset, g->x.unit,
             g->y.step, g->y.offset, g->y.unit,
             g->out_depth, g->out_shift, g->alpha);
}

void check_that(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu, const char *what)
{
    char text[TEXT_SIZE];

    if (ok)
        return;
    print_geometry(text, g);
    fprintf(stderr, "%s: %s, %s\n", what, text, areascale_cpu_name(cpu));
    exit(EXIT_FAILURE);
}

/* What a crash prints. */
static void name_case(const AreascaleGeometry *g)
{
    static char text[TEXT_SIZE];

    print_geometry(text, g);
    report_crashes(text);
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (!memory) {
        fprintf(stderr, "no memory for %zu bytes\n", size);
        exit(EXIT_FAILURE);
    }
    return memory;
}

void case_init(Case *c, const AreascaleGeometry *g, Pattern pattern, Random *r)
{
    const size_t unit = naive_sample_size(g->depth);
    const RowsShape src_shape = random_rows_shape(unit, r);
    const AreascaleGeometry output = naive_output(g);
    const RowsShape out_shape = random_rows_shape(naive_sample_size(output.depth), r);
    const size_t out_bytes = naive_row_bytes(&output, g->out_width);

    c->g = *g;
    name_case(g);
    rows_init(&c->src, naive_row_bytes(g, g->in_width), g->in_height, &src_shape);
    rows_init(&c->expected, out_bytes, g->out_height, &out_shape);
    rows_init(&c->out, out_bytes, g->out_height, &out_shape);

    rows_fill(&c->src, pattern, unit, naive_max_word(g), r);
    naive_scale(g, c->expected.row0, c->expected.stride, c->src.row0, c->src.stride);
}

void case_free(Case *c)
{
    rows_free(&c->src);
    rows_free(&c->expected);
    rows_free(&c->out);
}

void case_reset(Case *c)
{
    rows_reset(&c->out);
}

void case_check(const Case *c, AreascaleCpu cpu, const char *what)
{
    check_that(rows_equal(&c->out, &c->expected), &c->g, cpu, what);
}

void case_check_only(const Case *c, const AreascaleRect *rect, AreascaleCpu cpu,
                     const char *what)
{
    const AreascaleGeometry output = naive_output(&c->g);
    const size_t x0 = naive_row_bytes(&output, rect->x0);
    const size_t x1 = naive_row_bytes(&output, rect->x1);

    check_that(rows_equal_part(&c->out, &c->expected, rect->y0, rect->y1, x0, x1), &c->g,
               cpu, what);
}

AreascalePlan *plan_of(const AreascaleGeometry *g, AreascaleCpu cpu)
{
    AreascalePlan *plan;

    check_that(areascale_plan_create(&plan, g, cpu) == 0, g, cpu, "no plan");
    if (areascale_plan_cpu(plan) != cpu) {
        areascale_plan_free(plan);
        return NULL;
    }
    return plan;
}

void *scratch_of(const AreascalePlan *plan)
{
    return allocate(areascale_plan_scratch_size(plan));
}

void test_whole_plane(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const AreascaleRect all = { 0, 0, c->g.out_width, c->g.out_height };
    const AreascaleCpu cpu = areascale_plan_cpu(plan);

    (void) r;
    case_reset(c);
    check_that(areascale_run(plan, c->out.row0, c->out.stride, c->src.row0, c->src.stride,
                             &all, scratch) == 0,
               &c->g, cpu, "run");
    case_check(c, cpu, "whole plane");
}

void for_each_level(Case *c, Random *r, CaseTest test)
{
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        AreascalePlan *plan = plan_of(&c->g, cpu);
        if (!plan)
            continue;
        void *scratch = scratch_of(plan);
        test(c, plan, scratch, r);
        free(scratch);
        areascale_plan_free(plan);
    }
}

/* Ratios that kernels treat in ways of their own come up often: 0 stands for
 * sizes that have nothing to do with each other. */
static int random_ratio(Random *r)
{
    const int choice = random_in(r, 0, 7);
    return choice < 4 ? choice : choice == 4 ? random_in(r, 4, 9) : 0;
}

static void random_axis(Random *r, int ratio, int max_size, int *in, int *out)
{
    if (ratio > 0) {
        *out = random_size(r, max_size / ratio);
        *in = *out * ratio;
    } else {
        *in = random_size(r, max_size);
        *out = random_size(r, max_size);
    }
}

/* Spans like those of subsampled chroma, whose samples lie `quarters` quarters of a luma
 * sample below the first of two that share it. */
static AreascaleSpans chroma_spans(Random *r, int in, int out)
{
    const int luma_in = 2 * in - random_in(r, 0, 1),
              luma_out = 2 * out - random_in(r, 0, 1);
    const int quarters = random_in(r, 0, 3);

    return (AreascaleSpans){ 8 * luma_in, (quarters - 2) * (luma_in - luma_out),
                             8 * luma_out };
}

/* Spans that begin and end anywhere, also outside of the input. */
static AreascaleSpans any_spans(Random *r, int in, int out)
{
    return (AreascaleSpans){ random_in(r, 1, 3 * in), random_in(r, -2 * in, 2 * in),
                             random_in(r, 1, 3 * out) };
}

AreascaleSpans random_spans(Random *r, int in, int out)
{
    switch (random_in(r, 0, 7)) {
    case 0: return any_spans(r, in, out);
    case 1: return chroma_spans(r, in, out);
    default: return (AreascaleSpans){ 0, 0, 0 };
    }
}

void random_means(AreascaleGeometry *g, Random *r)
{
    g->method = random_in(r, 0, 2) ? AREASCALE_METHOD_ADAPTIVE : AREASCALE_METHOD_COVERAGE;
    g->x = random_spans(r, naive_spanned_width(g, g->in_width),
                        naive_spanned_width(g, g->out_width));
    g->y = random_spans(r, g->in_height, g->out_height);
    if (g->layout == AREASCALE_LAYOUT_4 && random_in(r, 0, 2) == 0)
        g->alpha = random_in(r, 1, 4);
}

void random_out_depth(AreascaleGeometry *g, Random *r)
{
    static const int usual[] = { 16, 16, 8, 10, 12 };

    g->out_depth = random_in(r, 0, 1) ? usual[random_in(r, 0, 4)] : random_in(r, 1, 16);
    g->out_shift = random_in(r, 0, (g->out_depth <= 8 ? 8 : 16) - g->out_depth);
    if (random_in(r, 0, 1))
        g->out_shift = 0;
}

static AreascaleGeometry random_geometry(int layout, int depth, int shift, int max_size,
                                         Random *r)
{
    const int ratio = random_ratio(r);
    AreascaleGeometry g = {
        .layout = (AreascaleLayout) layout,
        .depth = depth,
        .shift = shift,
    };

    random_axis(r, ratio, max_size, &g.in_width, &g.out_width);
    random_axis(r, random_in(r, 0, 1) ? ratio : random_ratio(r), max_size, &g.in_height,
                &g.out_height);
    random_means(&g, r);
    if (depth <= 16 && random_in(r, 0, 2) == 0)
        random_out_depth(&g, r);
    return g;
}

/* As often as usual, or the percentage of it that the environment asks for. */
static int n_rounds(int usual)
{
    const char *percent = getenv("AREASCALE_TEST_PERCENT");
    const int n = percent ? usual * atoi(percent) / 100 : usual;

    return n > 0 ? n : 1;
}

void for_random_cases(int n_each, int max_size, uint64_t seed, CaseTest test)
{
    const int n = n_rounds(n_each);
    Random r = { seed };

    for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++)
        for (int depth = 1; depth <= 32; depth++)
            for (int shift = 0; shift <= 8 * (int) naive_sample_size(depth) - depth;
                 shift += depth > 16 ? 4 : 1)
                for (int i = 0; i < n; i++) {
                    const AreascaleGeometry g =
                        random_geometry(layout, depth, shift, max_size, &r);
                    Case c;
                    case_init(&c, &g, i % 3 ? random_pattern(&r) : PATTERN_NOISE, &r);
                    for_each_level(&c, &r, test);
                    case_free(&c);
                }
}
