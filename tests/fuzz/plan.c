/* areascale: fuzz target of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Any geometry, layout of memory, rectangle and band; every instruction set that
 * works here; compared with the reference. Memory has the exact size of its
 * rows, and with AddressSanitizer the bytes between rows are out of bounds too.
 */

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "areascale.h"
#include "fuzz.h"
#include "naive.h"

enum {
    UNTOUCHED = 0xa5,
    MAX_PIXELS = 3000, /* of either side, so that executions stay quick */
};

/* Rows in a block of their exact size. */
typedef struct Plane {
    uint8_t *block;
    size_t size;
    uint8_t *row0;
    ptrdiff_t stride;
    size_t row_bytes;
    int height;
} Plane;

/* How the rows of a plane lie in its memory. */
typedef struct Shape {
    size_t offset;
    size_t padding;
    bool upwards;
} Shape;

typedef struct Case {
    AreascaleGeometry g;
    Plane src, out, expected;
    FuzzInput rest; /* which part is made, and how */
} Case;

static void fail_unless(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu,
                        const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %dx%d -> %dx%d, layout %d, depth %d, shift %d, %s\n", what,
            g->in_width, g->in_height, g->out_width, g->out_height, (int) g->layout,
            g->depth, g->shift, areascale_cpu_name(cpu));
    abort();
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);

    if (!memory)
        exit(EXIT_FAILURE);
    return memory;
}

/* Mostly small, sometimes anything. */
static int size_from(FuzzInput *in, int small)
{
    const unsigned word = fuzz_word(in);
    const int value = (int) (word & 0xfff);

    switch (word >> 12) {
    case 15: return 1 + value * 8 % AREASCALE_MAX_SIZE;
    case 14: return 1 + value % 600;
    case 13:
    case 12: return 1 + value % 130;
    default: return 1 + value % small;
    }
}

static int limit(int size, int other)
{
    return size > MAX_PIXELS / other ? MAX_PIXELS / other : size;
}

/* Sizes that belong together in a ratio, or not. */
static void axis_from(FuzzInput *in, int small, int *from, int *to)
{
    const int ratio = (int) (fuzz_byte(in) % 16);

    *from = size_from(in, small);
    *to = size_from(in, small);
    if (ratio > 8)
        return;
    if (ratio > 0 && *to * ratio <= AREASCALE_MAX_SIZE)
        *from = *to * ratio;
}

static AreascaleGeometry likely_geometry(FuzzInput *in)
{
    AreascaleGeometry g;

    g.layout = (AreascaleLayout) (fuzz_byte(in) % AREASCALE_N_LAYOUTS);
    g.depth = 1 + (int) (fuzz_byte(in) % 16);
    g.shift = (int) (fuzz_byte(in) % (unsigned) ((g.depth <= 8 ? 8 : 16) - g.depth + 1));
    axis_from(in, 40, &g.in_width, &g.out_width);
    axis_from(in, 9, &g.in_height, &g.out_height);
    if (g.in_width > MAX_PIXELS)
        g.in_width = MAX_PIXELS;
    if (g.out_width > MAX_PIXELS)
        g.out_width = MAX_PIXELS;
    g.in_height = limit(g.in_height, g.in_width);
    g.out_height = limit(g.out_height, g.out_width);
    return g;
}

static AreascaleGeometry any_geometry(FuzzInput *in)
{
    return (AreascaleGeometry) {
        .layout = (AreascaleLayout) fuzz_byte(in),
        .depth = (int8_t) fuzz_byte(in),
        .shift = (int8_t) fuzz_byte(in),
        .in_width = (int) (fuzz_long(in) ^ 1),
        .in_height = (int) (fuzz_long(in) ^ 1),
        .out_width = (int) (fuzz_long(in) ^ 1),
        .out_height = (int) (fuzz_long(in) ^ 1),
    };
}

static bool is_size(int size)
{
    return size > 0 && size <= 32767;
}

static bool is_valid(const AreascaleGeometry *g)
{
    return is_size(g->in_width) && is_size(g->in_height) && is_size(g->out_width) &&
           is_size(g->out_height) && (int) g->layout >= 0 && (int) g->layout <= 5 &&
           g->depth > 0 && g->depth <= 16 && g->shift >= 0 &&
           g->depth + g->shift <= (g->depth <= 8 ? 8 : 16);
}

static bool is_quick(const AreascaleGeometry *g)
{
    return (int64_t) g->in_width * g->in_height <= MAX_PIXELS &&
           (int64_t) g->out_width * g->out_height <= MAX_PIXELS;
}

static Shape shape_from(FuzzInput *in, const AreascaleGeometry *g)
{
    const size_t unit = naive_sample_size(g->depth);
    const unsigned byte = fuzz_byte(in);

    return (Shape) {
        .offset = byte % 4 == 3 ? unit * (byte >> 4) : 0,
        .padding = byte % 2 ? unit * fuzz_byte(in) : 0,
        .upwards = byte & 8,
    };
}

static void plane_init(Plane *p, size_t row_bytes, int height, const Shape *shape)
{
    const size_t pitch = row_bytes + shape->padding;
    const size_t last = (size_t) (height - 1) * pitch;

    p->size = shape->offset + last + row_bytes;
    p->block = allocate(p->size);
    p->row0 = p->block + shape->offset + (shape->upwards ? last : 0);
    p->stride = shape->upwards ? -(ptrdiff_t) pitch : (ptrdiff_t) pitch;
    p->row_bytes = row_bytes;
    p->height = height;
    memset(p->block, UNTOUCHED, p->size);
}

static void plane_free(Plane *p)
{
    free(p->block);
}

static uint8_t *plane_row(const Plane *p, int y)
{
    return p->row0 + y * p->stride;
}

/* Puts the bytes that are not of a row out of bounds. */
static void plane_fence(const Plane *p)
{
    ASAN_POISON_MEMORY_REGION(p->block, p->size);
    for (int y = 0; y < p->height; y++)
        ASAN_UNPOISON_MEMORY_REGION(plane_row(p, y), p->row_bytes);
}

static void plane_unfence(const Plane *p)
{
    ASAN_UNPOISON_MEMORY_REGION(p->block, p->size);
}

static uint32_t noise(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Noise of all values, or of the smallest and largest only. */
static void fill(Plane *p, FuzzInput *in)
{
    uint32_t state = fuzz_long(in);
    const bool extreme = state & 1;

    for (size_t i = 0; i < p->size; i++) {
        const uint32_t value = noise(&state);
        p->block[i] = (uint8_t) (extreme ? (value & 8 ? 0xff : 0) : value);
    }
}

static AreascaleRect whole(const Case *c)
{
    return (AreascaleRect) { 0, 0, c->g.out_width, c->g.out_height };
}

static int column_step(const Case *c)
{
    return c->g.layout >= AREASCALE_LAYOUT_YUYV ? 2 : 1;
}

static bool rect_is_valid(const Case *c, const AreascaleRect *r)
{
    const int step = column_step(c);

    return r->x0 >= 0 && r->y0 >= 0 && r->x1 > r->x0 && r->y1 > r->y0 &&
           r->x1 <= c->g.out_width && r->y1 <= c->g.out_height && r->x0 % step == 0 &&
           (r->x1 % step == 0 || r->x1 == c->g.out_width);
}

/* The output must hold the expected bytes in the rectangle and be untouched
 * everywhere else. */
static void check_rect(const Case *c, const AreascaleRect *r, AreascaleCpu cpu)
{
    const size_t x0 = naive_row_bytes(&c->g, r->x0);
    const size_t x1 = naive_row_bytes(&c->g, r->x1);
    uint8_t *wanted = allocate(c->out.size);

    memset(wanted, UNTOUCHED, c->out.size);
    for (int y = r->y0; y < r->y1; y++) {
        const ptrdiff_t row = plane_row(&c->expected, y) - c->expected.block;
        memcpy(wanted + row + x0, c->expected.block + row + x0, x1 - x0);
    }
    plane_unfence(&c->out);
    fail_unless(memcmp(wanted, c->out.block, c->out.size) == 0, &c->g, cpu, "differs");
    free(wanted);
}

static int run(const Case *c, const AreascalePlan *plan, const AreascaleRect *r,
               void *scratch)
{
    return areascale_run(plan, c->out.row0, c->out.stride, c->src.row0, c->src.stride, r,
                         scratch);
}

static void test_rect(const Case *c, const AreascalePlan *plan, const AreascaleRect *r,
                      void *scratch)
{
    const AreascaleRect nothing = { 0, 0, 0, 0 };
    const AreascaleCpu cpu = areascale_plan_cpu(plan);
    const bool valid = rect_is_valid(c, r);
    const int ret = run(c, plan, r, scratch);

    fail_unless(ret == (valid ? 0 : -EINVAL), &c->g, cpu, "validity of a rectangle");
    check_rect(c, valid ? r : &nothing, cpu);
}

/* Anything, the closer to the output the likelier. */
static int coordinate_from(FuzzInput *in, int size)
{
    const unsigned byte = fuzz_byte(in);

    if (byte == 0xff)
        return (int) fuzz_long(in);
    return (int) byte * (size + 2) / 0xff - 1;
}

static void test_any_rect(const Case *c, const AreascalePlan *plan, FuzzInput *in,
                          void *scratch)
{
    const int step = column_step(c);
    AreascaleRect r;

    r.x0 = coordinate_from(in, c->g.out_width);
    r.x1 = coordinate_from(in, c->g.out_width);
    r.y0 = coordinate_from(in, c->g.out_height);
    r.y1 = coordinate_from(in, c->g.out_height);
    if (fuzz_byte(in) % 8)
        r.x0 -= r.x0 % step;
    test_rect(c, plan, &r, scratch);
}

static void test_tiles(const Case *c, const AreascalePlan *plan, FuzzInput *in,
                       void *scratch)
{
    const AreascaleRect all = whole(c);
    const int w = (1 + (int) (fuzz_word(in) % (unsigned) all.x1)) * column_step(c);
    const int h = 1 + (int) (fuzz_word(in) % (unsigned) all.y1);

    for (int y = 0; y < all.y1; y += h) {
        for (int x = 0; x < all.x1; x += w) {
            const AreascaleRect tile = { x, y, x + w < all.x1 ? x + w : all.x1,
                                         y + h < all.y1 ? y + h : all.y1 };
            fail_unless(run(c, plan, &tile, scratch) == 0, &c->g, areascale_plan_cpu(plan),
                        "tile refused");
        }
    }
    check_rect(c, &all, areascale_plan_cpu(plan));
}

/* Feeds rows out of a block of their own, which is gone afterwards. */
static void feed_copy(const Case *c, const AreascalePlan *plan, int row0, int n,
                      void *scratch)
{
    const size_t bytes = c->src.row_bytes;
    uint8_t *copy = allocate((size_t) n * bytes);

    for (int y = 0; y < n; y++)
        memcpy(copy + (size_t) y * bytes, plane_row(&c->src, row0 + y), bytes);
    areascale_band_feed(plan, copy, (ptrdiff_t) bytes, row0, n, scratch);
    free(copy);
}

static void test_bands(const Case *c, const AreascalePlan *plan, FuzzInput *in,
                       void *scratch)
{
    const AreascaleRect all = whole(c);
    const AreascaleCpu cpu = areascale_plan_cpu(plan);
    const int max_rows = areascale_plan_band_rows(plan);

    for (int y0 = 0, y1; y0 < all.y1; y0 = y1) {
        int row, end;

        y1 = y0 + 1 + (int) (fuzz_byte(in) % (unsigned) max_rows);
        y1 = y1 < all.y1 ? y1 : all.y1;
        areascale_plan_input_rows(plan, y0, y1, &row, &end);
        fail_unless(areascale_band_begin(plan, y0, y1, scratch) == 0, &c->g, cpu, "begin");
        while (row < end) {
            const int n = 1 + (int) (fuzz_byte(in) % (unsigned) (end - row));
            feed_copy(c, plan, row, n, scratch);
            row += n;
        }
        areascale_band_finish(plan, plane_row(&c->out, y0), c->out.stride, scratch);
    }
    check_rect(c, &all, cpu);
}

static void test_with_plan(const Case *c, const AreascalePlan *plan)
{
    const AreascaleRect all = whole(c);
    FuzzInput in = c->rest;
    void *scratch = allocate(areascale_plan_scratch_size(plan));

    memset(c->out.block, UNTOUCHED, c->out.size);
    plane_fence(&c->out);
    switch (fuzz_byte(&in) % 4) {
    case 0: test_rect(c, plan, &all, scratch); break;
    case 1: test_any_rect(c, plan, &in, scratch); break;
    case 2: test_tiles(c, plan, &in, scratch); break;
    default: test_bands(c, plan, &in, scratch); break;
    }
    plane_unfence(&c->out);
    free(scratch);
}

static void test_case(Case *c)
{
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        AreascalePlan *plan;

        fail_unless(areascale_plan_create(&plan, &c->g, (AreascaleCpu) cpu) == 0, &c->g,
                    (AreascaleCpu) cpu, "no plan");
        if ((int) areascale_plan_cpu(plan) == cpu)
            test_with_plan(c, plan);
        areascale_plan_free(plan);
    }
}

static void run_case(const AreascaleGeometry *g, FuzzInput *in)
{
    const Shape src_shape = shape_from(in, g);
    const Shape out_shape = shape_from(in, g);
    const size_t out_bytes = naive_row_bytes(g, g->out_width);
    Case c = { .g = *g };

    plane_init(&c.src, naive_row_bytes(g, g->in_width), g->in_height, &src_shape);
    plane_init(&c.out, out_bytes, g->out_height, &out_shape);
    plane_init(&c.expected, out_bytes, g->out_height, &out_shape);
    fill(&c.src, in);
    c.rest = *in;
    plane_fence(&c.src);
    naive_scale(g, c.expected.row0, c.expected.stride, c.src.row0, c.src.stride);
    test_case(&c);
    plane_unfence(&c.src);
    plane_free(&c.src);
    plane_free(&c.out);
    plane_free(&c.expected);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void) argc;
    (void) argv;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput in = { data, size };
    const bool likely = fuzz_byte(&in) < 240;
    const AreascaleGeometry g = likely ? likely_geometry(&in) : any_geometry(&in);
    AreascalePlan *plan;
    int ret;

    if (likely) {
        run_case(&g, &in);
        return 0;
    }
    ret = areascale_plan_create(&plan, &g, areascale_cpu_detect(NULL));
    fail_unless(ret == (is_valid(&g) ? 0 : -EINVAL), &g, AREASCALE_CPU_C,
                "validity of a geometry");
    fail_unless((plan != NULL) == (ret == 0), &g, AREASCALE_CPU_C, "plan");
    areascale_plan_free(plan);
    if (ret == 0 && is_quick(&g))
        run_case(&g, &in);
    return 0;
}
