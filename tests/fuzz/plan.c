/* areascale: fuzz target of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Any geometry, layout of memory, rectangle, band, path and instruction set that works
 * here, compared with the reference. Memory has the exact size of its rows, and
 * with AddressSanitizer the bytes between rows are out of bounds too.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "areascale.h"
#include "fuzz.h"
#include "naive.h"
#include "path.h"
#include "rows.h"

typedef struct Case {
    AreascaleGeometry g;
    const AreascalePath *path; /* NULL: the one that the plan chooses */
    Rows src, out, expected;
} Case;

/* The instruction sets that have kernels of their own here. */
static AreascaleCpu levels[AREASCALE_N_CPUS];
static unsigned n_levels;

static void fail_unless(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu,
                        const char *what)
{
    if (ok)
        return;
    fprintf(stderr,
            "%s: %dx%d -> %dx%d, layout %d, depth %d, shift %d, method %d, spans %d %d %d and "
            "%d %d %d, %s\n",
            what, g->in_width, g->in_height, g->out_width, g->out_height, (int) g->layout,
            g->depth, g->shift, (int) g->method, g->x.step, g->x.offset, g->x.unit,
            g->y.step, g->y.offset, g->y.unit, areascale_cpu_name(cpu));
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
static int size_from(FuzzInput *in)
{
    const unsigned word = fuzz_word(in);
    const int value = (int) (word & 0xfff);

    switch (word >> 12) {
    case 15: return 1 + value * 8 % AREASCALE_MAX_SIZE;
    case 14: return 1 + value % 600;
    case 13:
    case 12: return 1 + value % 130;
    default: return 1 + value % 40;
    }
}

/* Sizes that belong together in a ratio, or not. */
static void axis_from(FuzzInput *in, int *from, int *to)
{
    const int ratio = (int) (fuzz_byte(in) % 16);

    *from = size_from(in);
    *to = size_from(in);
    if (ratio > 0 && ratio <= 8 && *to * ratio <= AREASCALE_MAX_SIZE)
        *from = *to * ratio;
}

/* Chance that mutations cannot hold on to: what is rare stays rare, also among
 * the inputs that come from one that had it. */
static unsigned chance(const uint8_t *data, size_t size)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ data[i]) * 16777619u;
    return (hash ^ hash >> 16) % 256;
}

/* What the greater sizes of both axes may multiply to: about what the reference
 * has to read. Mostly little, so that executions are many, sometimes a row of any
 * width. */
static int max_work(unsigned chance)
{
    if (chance == 0)
        return AREASCALE_MAX_SIZE;
    return chance < 8 ? 1600 : 160;
}

static int max(int a, int b)
{
    return a > b ? a : b;
}

static void cut(int *from, int *to, int most)
{
    *from = *from < most ? *from : most;
    *to = *to < most ? *to : most;
}

/* One axis takes what it wants of the work, the other one what is left. */
static void cut_sizes(AreascaleGeometry *g, int work, bool height_first)
{
    if (height_first) {
        cut(&g->in_height, &g->out_height, work);
        cut(&g->in_width, &g->out_width, work / max(g->in_height, g->out_height));
    } else {
        cut(&g->in_width, &g->out_width, work);
        cut(&g->in_height, &g->out_height, work / max(g->in_width, g->out_width));
    }
}

static AreascaleGeometry likely_geometry(FuzzInput *in, int work)
{
    const unsigned byte = fuzz_byte(in);
    AreascaleGeometry g = { 0 };

    g.layout = (AreascaleLayout) (byte / 2 % AREASCALE_N_LAYOUTS);
    g.depth = 1 + (int) (fuzz_byte(in) % 16);
    g.shift = (int) (fuzz_byte(in) % (unsigned) ((g.depth <= 8 ? 8 : 16) - g.depth + 1));
    axis_from(in, &g.in_width, &g.out_width);
    axis_from(in, &g.in_height, &g.out_height);
    cut_sizes(&g, work, byte & 1);
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

/* What an input has behind the length that it could have before there were means of
 * several kinds and paths to choose: older inputs keep their meaning. */
static FuzzInput later_bytes(const uint8_t *data, size_t size)
{
    enum { BEFORE = 64 };

    return size > BEFORE ? (FuzzInput) { data + BEFORE, size - BEFORE }
                         : (FuzzInput) { data, 0 };
}

static int number_from(FuzzInput *in, int low, int high)
{
    return low + (int) (fuzz_word(in) % (unsigned) (high - low + 1));
}

/* Spans that begin and end anywhere, also outside of the input; none where each may have
 * to read all of a long axis. */
static AreascaleSpans far_spans(FuzzInput *in, int from, int to)
{
    if (from * to > 160 * 160)
        return (AreascaleSpans) { 0 };
    return (AreascaleSpans) { number_from(in, 1, 3 * from), number_from(in, -2 * from, 2 * from),
                              number_from(in, 1, 3 * to) };
}

/* Spans as chroma has them: some luma samples to each, the first a little off. */
static AreascaleSpans spans_from(FuzzInput *in, int from, int to)
{
    const unsigned byte = fuzz_byte(in);
    const int luma = 1 << byte / 2 % 3;
    const int first_in = (int) (fuzz_byte(in) % 25) - 12;
    const int first_out = (int) (fuzz_byte(in) % 25) - 12;

    if (byte >= 0xe0)
        return far_spans(in, from, to);
    if (!(byte & 1) || first_out * from - first_in * to > AREASCALE_MAX_SPAN ||
        first_in * to - first_out * from > AREASCALE_MAX_SPAN)
        return (AreascaleSpans) { 0 };
    return (AreascaleSpans) { 4 * luma * from, first_out * from - first_in * to,
                              4 * luma * to };
}

static void likely_mean(AreascaleGeometry *g, FuzzInput *in)
{
    const unsigned byte = fuzz_byte(in);

    g->method = (AreascaleMethod) (byte % AREASCALE_N_METHODS);
    g->alpha = g->layout == AREASCALE_LAYOUT_4 ? (int) (byte / AREASCALE_N_METHODS % 5) : 0;
    g->x = spans_from(in, naive_spanned_width(g, g->in_width),
                      naive_spanned_width(g, g->out_width));
    g->y = spans_from(in, g->in_height, g->out_height);
}

/* Some samples are of 32 bits. */
static void lengthen_samples(AreascaleGeometry *g, FuzzInput *in)
{
    if (fuzz_byte(in) >= 0xd0) {
        g->depth += 16;
        g->shift = (int) (fuzz_byte(in) % (unsigned) (33 - g->depth));
    }
}

static void any_mean(AreascaleGeometry *g, FuzzInput *in)
{
    g->method = (AreascaleMethod) fuzz_byte(in);
    for (int i = 0; i < 2; i++)
        *(i ? &g->y : &g->x) = (AreascaleSpans) {
            .step = (int) fuzz_long(in),
            .offset = (int) fuzz_long(in),
            .unit = (int) fuzz_long(in),
        };
    g->alpha = (int8_t) fuzz_byte(in);
}

static bool are_spans(AreascaleSpans s)
{
    const int most = 16 * 32767;

    if (s.step == 0 && s.offset == 0 && s.unit == 0)
        return true;
    return s.step > 0 && s.step <= most && s.unit > 0 && s.unit <= most &&
           s.offset >= -most && s.offset <= most;
}

static bool is_size(int size)
{
    return size > 0 && size <= 32767;
}

static bool is_valid(const AreascaleGeometry *g)
{
    return is_size(g->in_width) && is_size(g->in_height) && is_size(g->out_width) &&
           is_size(g->out_height) && (int) g->layout >= 0 && (int) g->layout <= 5 &&
           g->depth > 0 && g->depth <= 32 && g->shift >= 0 &&
           g->depth + g->shift <= (g->depth <= 8 ? 8 : g->depth <= 16 ? 16 : 32) && (int) g->method >= 0 &&
           (int) g->method <= 1 && are_spans(g->x) && are_spans(g->y) && g->alpha >= 0 &&
           g->alpha <= ((int) g->layout == 3 ? 4 : 0);
}

static bool is_quick(const AreascaleGeometry *g)
{
    return (int64_t) max(g->in_width, g->out_width) * max(g->in_height, g->out_height) <=
           AREASCALE_MAX_SIZE;
}

static RowsShape shape_from(FuzzInput *in, const AreascaleGeometry *g)
{
    const size_t unit = naive_sample_size(g->depth);
    const unsigned byte = fuzz_byte(in);

    return (RowsShape) {
        .place = PLACE_EXACT,
        .offset = byte % 4 == 3 ? unit * (byte >> 4) : 0,
        .padding = byte % 2 ? unit * (fuzz_byte(in) % 64) : 0,
        .upwards = byte & 8,
    };
}

/* One value and its neighbour, whose means are close to where rounding turns. */
static void fill_close(Rows *rows, const AreascaleGeometry *g, Random *r)
{
    const size_t unit = naive_sample_size(g->depth);
    const unsigned bit = 1u << g->shift % 8;
    const int value = random_in(r, 0, 0xff);

    for (int y = 0; y < rows->height; y++) {
        uint8_t *row = rows_at(rows, y);

        memset(row, value, rows->row_bytes);
        for (size_t i = (size_t) g->shift / 8; i < rows->row_bytes; i += unit)
            row[i] ^= random_in(r, 0, 1) ? bit : 0;
    }
}

static void fill(Rows *rows, const AreascaleGeometry *g, FuzzInput *in)
{
    const unsigned pattern = fuzz_byte(in) % (N_PATTERNS + 1);
    Random r = { fuzz_word(in) + 1 };

    if (pattern == N_PATTERNS)
        fill_close(rows, g, &r);
    else
        rows_fill(rows, (Pattern) pattern, naive_sample_size(g->depth), naive_max_word(g), &r);
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

    rows_unfence(&c->out);
    fail_unless(rows_equal_part(&c->out, &c->expected, r->y0, r->y1, x0, x1), &c->g, cpu,
                "differs");
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
        memcpy(copy + (size_t) y * bytes, rows_at(&c->src, row0 + y), bytes);
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
        areascale_band_finish(plan, rows_at(&c->out, y0), c->out.stride, scratch);
    }
    check_rect(c, &all, cpu);
}

/* A path of the input's choice, or none. */
static const AreascalePath *path_from(FuzzInput *in)
{
    unsigned n = 0, choice;

    while (areascale_paths[n])
        n++;
    choice = fuzz_byte(in) % (n + 1);
    return choice ? areascale_paths[choice - 1] : NULL;
}

/* A plan by the path of the case, or by its own where that does not fit. */
static AreascalePlan *plan_of(const Case *c, AreascaleCpu cpu)
{
    AreascalePlan *plan;
    int ret = areascale_plan_create_path(&plan, &c->g, cpu, c->path);

    if (ret == -ERANGE && c->path)
        ret = areascale_plan_create(&plan, &c->g, cpu);
    fail_unless(ret == 0, &c->g, cpu, "no plan");
    return plan;
}

static void test_case(const Case *c, AreascaleCpu cpu, FuzzInput *in)
{
    const AreascaleRect all = whole(c);
    AreascalePlan *plan = plan_of(c, cpu);
    void *scratch;

    scratch = allocate(areascale_plan_scratch_size(plan));
    rows_fence(&c->out);
    switch (fuzz_byte(in) % 4) {
    case 0: test_rect(c, plan, &all, scratch); break;
    case 1: test_any_rect(c, plan, in, scratch); break;
    case 2: test_tiles(c, plan, in, scratch); break;
    default: test_bands(c, plan, in, scratch); break;
    }
    rows_unfence(&c->out);
    free(scratch);
    areascale_plan_free(plan);
}

static void run_case(const AreascaleGeometry *g, const AreascalePath *path, FuzzInput *in)
{
    const AreascaleCpu cpu = levels[fuzz_byte(in) % n_levels];
    const RowsShape src_shape = shape_from(in, g);
    const RowsShape out_shape = shape_from(in, g);
    const size_t out_bytes = naive_row_bytes(g, g->out_width);
    Case c = { .g = *g, .path = path };

    rows_init(&c.src, naive_row_bytes(g, g->in_width), g->in_height, &src_shape);
    rows_init(&c.out, out_bytes, g->out_height, &out_shape);
    rows_init(&c.expected, out_bytes, g->out_height, &out_shape);
    fill(&c.src, g, in);
    rows_fence(&c.src);
    naive_scale(g, c.expected.row0, c.expected.stride, c.src.row0, c.src.stride);
    test_case(&c, cpu, in);
    rows_unfence(&c.src);
    rows_free(&c.src);
    rows_free(&c.out);
    rows_free(&c.expected);
}

/* Any values: refused, or a plan. */
static void test_geometry(const AreascaleGeometry *g)
{
    AreascalePlan *plan;
    const int ret = areascale_plan_create(&plan, g, areascale_cpu_detect(NULL));

    fail_unless(ret == (is_valid(g) ? 0 : -EINVAL), g, AREASCALE_CPU_C,
                "validity of a geometry");
    fail_unless((plan != NULL) == (ret == 0), g, AREASCALE_CPU_C, "plan");
    areascale_plan_free(plan);
}

static void find_levels(void)
{
    const AreascaleGeometry g = { .in_width = 1, .in_height = 1, .out_width = 1, .out_height = 1,
          .layout = AREASCALE_LAYOUT_1, .depth = 8 };

    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        AreascalePlan *plan;

        fail_unless(areascale_plan_create(&plan, &g, (AreascaleCpu) cpu) == 0, &g,
                    (AreascaleCpu) cpu, "no plan");
        if ((int) areascale_plan_cpu(plan) == cpu)
            levels[n_levels++] = (AreascaleCpu) cpu;
        areascale_plan_free(plan);
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void) argc;
    (void) argv;
    find_levels();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput in = { data, size };
    const unsigned luck = chance(data, size);
    const bool likely = luck < 254;
    FuzzInput later = later_bytes(data, size);
    AreascaleGeometry g =
        likely ? likely_geometry(&in, max_work(luck)) : any_geometry(&in);

    const AreascalePath *path;

    (likely ? likely_mean : any_mean)(&g, &later);
    path = path_from(&later);
    if (likely)
        lengthen_samples(&g, &later);
    else
        test_geometry(&g);
    if (likely || (is_valid(&g) && is_quick(&g)))
        run_case(&g, path, &in);
    return 0;
}
