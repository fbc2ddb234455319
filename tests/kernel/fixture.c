/* areascale: planes, contents and geometries for the tests of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naive.h"

/* What output memory holds before it is written. */
enum { UNTOUCHED = 0xa5 };

/* Guard bytes at both ends of a plane. */
enum { GUARD = 64 };

uint32_t random_next(Random *r)
{
    /* xorshift64* */
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return (uint32_t) ((r->state * UINT64_C(0x2545f4914f6cdd1d)) >> 32);
}

int random_in(Random *r, int low, int high)
{
    return low + (int) (random_next(r) % (uint32_t) (high - low + 1));
}

int random_size(Random *r, int max)
{
    switch (random_in(r, 0, 3)) {
    case 0: return random_in(r, 1, max < 5 ? max : 5);
    case 1: return random_in(r, 1, max);
    default: return random_in(r, 1, max < 40 ? max : 40);
    }
}

void check_that(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %dx%d -> %dx%d, layout %d, depth %d, shift %d, %s\n", what,
            g->in_width, g->in_height, g->out_width, g->out_height, (int) g->layout,
            g->depth, g->shift, areascale_cpu_name(cpu));
    exit(EXIT_FAILURE);
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

PlaneShape random_shape(const AreascaleGeometry *g, Random *r)
{
    const size_t unit = naive_sample_size(g->depth);
    return (PlaneShape) {
        .offset = unit * (size_t) random_in(r, 0, 17),
        .padding = random_in(r, 0, 1) ? unit * (size_t) random_in(r, 1, 70) : 0,
        .upwards = random_in(r, 0, 1),
    };
}

void plane_init(Plane *plane, size_t row_bytes, int height, const PlaneShape *shape)
{
    const size_t pitch = row_bytes + shape->padding;
    const size_t last = (size_t) (height - 1) * pitch;

    plane->size = GUARD + shape->offset + last + row_bytes + GUARD;
    plane->block = allocate(plane->size);
    plane->row0 = plane->block + GUARD + shape->offset + (shape->upwards ? last : 0);
    plane->stride = shape->upwards ? -(ptrdiff_t) pitch : (ptrdiff_t) pitch;
    plane->row_bytes = row_bytes;
    plane->height = height;
    memset(plane->block, UNTOUCHED, plane->size);
}

void plane_free(Plane *plane)
{
    free(plane->block);
    plane->block = NULL;
}

/* Noise everywhere, also in the bits and bytes that are not of the picture. */
static void fill_noise(Plane *plane, Random *r)
{
    for (size_t i = 0; i < plane->size; i += sizeof(uint32_t)) {
        const uint32_t noise = random_next(r);
        const size_t rest = plane->size - i;
        memcpy(plane->block + i, &noise, rest < sizeof(noise) ? rest : sizeof(noise));
    }
}

static void fill_word(const AreascaleGeometry *g, Plane *plane, unsigned word)
{
    const size_t samples = plane->row_bytes / naive_sample_size(g->depth);

    for (int y = 0; y < plane->height; y++)
        for (size_t i = 0; i < samples; i++)
            naive_put(g, plane->row0 + y * plane->stride, i, word);
}

void case_init(Case *c, const AreascaleGeometry *g, Content content, Random *r)
{
    const PlaneShape src_shape = random_shape(g, r);
    const PlaneShape out_shape = random_shape(g, r);
    const size_t out_bytes = naive_row_bytes(g, g->out_width);

    c->g = *g;
    plane_init(&c->src, naive_row_bytes(g, g->in_width), g->in_height, &src_shape);
    plane_init(&c->expected, out_bytes, g->out_height, &out_shape);
    plane_init(&c->out, out_bytes, g->out_height, &out_shape);

    fill_noise(&c->src, r);
    if (content != CONTENT_NOISE)
        fill_word(g, &c->src, content == CONTENT_MAX ? naive_max_word(g) : 0);
    naive_scale(g, c->expected.row0, c->expected.stride, c->src.row0, c->src.stride);
}

void case_free(Case *c)
{
    plane_free(&c->src);
    plane_free(&c->expected);
    plane_free(&c->out);
}

void case_reset(Case *c)
{
    memset(c->out.block, UNTOUCHED, c->out.size);
}

void case_check(const Case *c, AreascaleCpu cpu, const char *what)
{
    check_that(memcmp(c->out.block, c->expected.block, c->out.size) == 0, &c->g, cpu, what);
}

void case_check_only(const Case *c, const AreascaleRect *rect, AreascaleCpu cpu,
                     const char *what)
{
    const size_t x0 = naive_row_bytes(&c->g, rect->x0);
    const size_t x1 = naive_row_bytes(&c->g, rect->x1);
    uint8_t *wanted = allocate(c->out.size);

    memset(wanted, UNTOUCHED, c->out.size);
    for (int y = rect->y0; y < rect->y1; y++) {
        const ptrdiff_t row = c->expected.row0 - c->expected.block + y * c->expected.stride;
        memcpy(wanted + row + x0, c->expected.block + row + x0, x1 - x0);
    }
    check_that(memcmp(c->out.block, wanted, c->out.size) == 0, &c->g, cpu, what);
    free(wanted);
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
        for (int depth = 1; depth <= 16; depth++)
            for (int shift = 0; shift <= (depth <= 8 ? 8 : 16) - depth; shift++)
                for (int i = 0; i < n; i++) {
                    const AreascaleGeometry g =
                        random_geometry(layout, depth, shift, max_size, &r);
                    Case c;
                    case_init(&c, &g, (Content) (i % N_CONTENTS), &r);
                    for_each_level(&c, &r, test);
                    case_free(&c);
                }
}
