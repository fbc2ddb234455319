/* areascale: planes at a level against planes in C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <string.h>

#include "checkasm.h"
#include "naive.h"
#include "path.h"

/* The way in which a plane is made. */
typedef enum Manner {
    MANNER_WHOLE,
    MANNER_TILES, /* by rectangles */
    MANNER_ONE,   /* one rectangle of it */
    MANNER_BANDS,
} Manner;

#define N_MANNERS 4

typedef struct PlaneCase {
    AreascaleGeometry g;
    const AreascalePath *path; /* NULL: the one that the plan chooses */
    Manner manner;
    Pattern pattern;
    RowsShape src_shape, dst_shape;
} PlaneCase;

/* A plan with its scratch memory. */
typedef struct Engine {
    AreascalePlan *plan;
    Rows scratch;
} Engine;

/* The path is another one where that path does not fit. */
static bool engine_init(Engine *engine, const AreascaleGeometry *g, AreascaleCpu cpu,
                        const AreascalePath *path)
{
    int ret = areascale_plan_create_path(&engine->plan, g, cpu, path);

    if (ret == -ERANGE)
        ret = areascale_plan_create(&engine->plan, g, cpu);
    if (ret != 0)
        return false;
    block_init(&engine->scratch, areascale_plan_scratch_size(engine->plan));
    return true;
}

static void engine_free(Engine *engine)
{
    areascale_plan_free(engine->plan);
    rows_free(&engine->scratch);
}

static bool run_rect(Engine *engine, const Rows *dst, const Rows *src, AreascaleRect rect)
{
    if (rect.x0 == rect.x1 || rect.y0 == rect.y1)
        return true;
    return areascale_run(engine->plan, dst->row0, dst->stride, src->row0, src->stride, &rect,
                         engine->scratch.row0) == 0;
}

/* A column or row to cut at; columns are even, as 4:2:2 wants. */
static int random_cut(int size, int unit, Random *r)
{
    return random_in(r, 0, size) / unit * unit;
}

static bool run_tiles(Engine *engine, const Rows *dst, const Rows *src, bool all, Random *r)
{
    const AreascaleGeometry *g = areascale_plan_geometry(engine->plan);
    const int x[] = { 0, random_cut(g->out_width, 2, r), g->out_width };
    const int y[] = { 0, random_cut(g->out_height, 1, r), g->out_height };
    bool ok = true;

    for (int i = 0; i < 4; i++)
        if (all || i == 1)
            ok = ok && run_rect(engine, dst, src,
                                (AreascaleRect) { x[i % 2], y[i / 2], x[i % 2 + 1],
                                                  y[i / 2 + 1] });
    return ok;
}

static void feed_band(Engine *engine, const Rows *src, int y0, int y1, Random *r)
{
    int row, end;

    areascale_plan_input_rows(engine->plan, y0, y1, &row, &end);
    while (row < end) {
        const int most = end - row < 9 ? end - row : 9;
        const int n = random_in(r, 1, most);

        areascale_band_feed(engine->plan, src->row0 + row * src->stride, src->stride, row, n,
                            engine->scratch.row0);
        row += n;
    }
}

static bool run_bands(Engine *engine, const Rows *dst, const Rows *src, Random *r)
{
    const int height = areascale_plan_geometry(engine->plan)->out_height;
    const int most = areascale_plan_band_rows(engine->plan);

    for (int y = 0, n; y < height; y += n) {
        n = random_in(r, 1, most < height - y ? most : height - y);
        if (areascale_band_begin(engine->plan, y, y + n, engine->scratch.row0) != 0)
            return false;
        feed_band(engine, src, y, y + n, r);
        areascale_band_finish(engine->plan, dst->row0 + y * dst->stride, dst->stride,
                              engine->scratch.row0);
    }
    return true;
}

static bool run_manner(Engine *engine, const Rows *dst, const Rows *src, Manner manner,
                       Random *r)
{
    const AreascaleGeometry *g = areascale_plan_geometry(engine->plan);

    switch (manner) {
    case MANNER_TILES:
    case MANNER_ONE:
        return run_tiles(engine, dst, src, manner == MANNER_TILES, r);
    case MANNER_BANDS:
        return run_bands(engine, dst, src, r);
    default:
        return run_rect(engine, dst, src, (AreascaleRect) { 0, 0, g->out_width, g->out_height });
    }
}

static bool run_level(const PlaneCase *pc, AreascaleCpu cpu, const AreascalePath *path,
                      Rows *dst, const Rows *src, Random r)
{
    Engine engine;
    bool ok;

    if (!engine_init(&engine, &pc->g, cpu, path))
        return false;
    ok = areascale_plan_cpu(engine.plan) == cpu &&
         run_manner(&engine, dst, src, pc->manner, &r);
    engine_free(&engine);
    return ok;
}

static void plane_case(Check *check, const PlaneCase *pc)
{
    const AreascaleGeometry *g = &pc->g;
    const AreascaleGeometry output = naive_output(g);
    const size_t out_bytes = naive_row_bytes(&output, g->out_width);
    Rows src, dst, expected;

    check_case(check,
               "plane: %dx%d -> %dx%d, layout %d, depth %d, shift %d, method %d, "
               "spans %d%+d/%d, %d%+d/%d, out depth %d, out shift %d, alpha %d, path %s, manner %d, "
               "pattern %d, placements %d and %d, padding %zu and %zu, upwards %d and %d",
               g->in_width, g->in_height, g->out_width, g->out_height, (int) g->layout,
               g->depth, g->shift, (int) g->method, g->x.step, g->x.offset, g->x.unit,
               g->y.step, g->y.offset, g->y.unit, g->out_depth, g->out_shift, g->alpha, pc->path ? pc->path->name : "any", (int) pc->manner,
               (int) pc->pattern,
               (int) pc->src_shape.place, (int) pc->dst_shape.place,
               pc->src_shape.padding, pc->dst_shape.padding, pc->src_shape.upwards,
               pc->dst_shape.upwards);
    rows_init(&src, naive_row_bytes(g, g->in_width), g->in_height, &pc->src_shape);
    rows_init(&dst, out_bytes, g->out_height, &pc->dst_shape);
    rows_init(&expected, out_bytes, g->out_height, &pc->dst_shape);
    rows_fill(&src, pc->pattern, naive_sample_size(g->depth), naive_max_word(g),
              &check->random);

    check_result(check, run_level(pc, check->cpu, pc->path, &dst, &src, check->random) &&
                            run_level(pc, AREASCALE_CPU_C, NULL, &expected, &src,
                                      check->random) &&
                            rows_equal(&dst, &expected));
    random_next(&check->random);

    rows_free(&src);
    rows_free(&dst);
    rows_free(&expected);
}

/* Each of them as often as none. */
static const AreascalePath *random_path(Random *r)
{
    int n = 0;

    while (areascale_paths[n])
        n++;
    return areascale_paths[random_in(r, 0, n)];
}

static void random_plane_case(Check *check, const AreascaleGeometry *g)
{
    Random *r = &check->random;
    PlaneCase pc = {
        .g = *g,
        .path = random_path(r),
        .manner = (Manner) random_in(r, 0, N_MANNERS - 1),
        .pattern = random_in(r, 0, 1) ? PATTERN_NOISE : random_pattern(r),
        .src_shape = random_rows_shape(naive_sample_size(g->depth), r),
    };
    AreascaleGeometry output;

    if (random_in(r, 0, 1))
        random_means(&pc.g, r);
    if (g->depth <= 16 && random_in(r, 0, 1))
        random_out_depth(&pc.g, r);
    output = naive_output(&pc.g);
    pc.dst_shape = random_rows_shape(naive_sample_size(output.depth), r);
    plane_case(check, &pc);
}

/* Mostly the depths that formats have. */
static void random_format(AreascaleGeometry *g, Random *r)
{
    static const int usual[] = { 8, 8, 8, 10, 12, 16 };

    g->layout = (AreascaleLayout) random_in(r, 0, AREASCALE_N_LAYOUTS - 1);
    g->depth = random_in(r, 0, 3) ? usual[random_in(r, 0, 5)] : random_in(r, 1, 16);
    g->shift = random_in(r, 0, 1) ? random_in(r, 0, (g->depth <= 8 ? 8 : 16) - g->depth) : 0;
}

/* Sizes related to `size`: equal, halved, doubled, a small ratio, or any. */
static int related_size(int size, int max, Random *r)
{
    int other;

    switch (random_in(r, 0, 6)) {
    case 0: other = size; break;
    case 1: other = size / 2; break;
    case 2: other = 2 * size; break;
    case 3: other = size * random_in(r, 20, 99) / 100; break;
    case 4: other = size * random_in(r, 101, 300) / 100; break;
    default: other = random_in(r, 1, max);
    }
    return other < 1 ? 1 : other > max ? max : other;
}

/* All widths come before all layouts of a width. */
void check_plane_halves(Check *check)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 257 * AREASCALE_N_LAYOUTS); i++) {
        const int width = i % 257 + 1, height = random_in(r, 1, 3);
        const AreascaleGeometry g = {
            .in_width = 2 * width,
            .in_height = 2 * height,
            .out_width = width,
            .out_height = height,
            .layout = (AreascaleLayout) (i % AREASCALE_N_LAYOUTS),
            .depth = 8,
        };

        random_plane_case(check, &g);
    }
}

/* Input, then output widths of 1 to 257. */
void check_plane_widths(Check *check)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 257 * 2 * 6); i++) {
        const int width = i % 257 + 1;
        const int other = related_size(width, 300, r);
        AreascaleGeometry g = {
            .in_width = i / 257 % 2 ? width : other,
            .out_width = i / 257 % 2 ? other : width,
            .in_height = random_in(r, 1, 9),
        };

        g.out_height = related_size(g.in_height, 9, r);
        random_format(&g, r);
        random_plane_case(check, &g);
    }
}

void check_plane_formats(Check *check)
{
    Random *r = &check->random;

    for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++)
        for (int depth = 1; depth <= 32; depth++)
            for (int shift = 0; shift <= 8 * (int) naive_sample_size(depth) - depth;
                 shift += depth > 16 ? 5 : 1)
                for (int i = 0; i < check_count(check, 4); i++) {
                    AreascaleGeometry g = { .layout = (AreascaleLayout) layout,
                                            .depth = depth,
                                            .shift = shift };

                    g.in_width = random_in(r, 1, 150);
                    g.in_height = random_in(r, 1, 20);
                    g.out_width = related_size(g.in_width, 150, r);
                    g.out_height = related_size(g.in_height, 20, r);
                    random_plane_case(check, &g);
                }
}

/* The same ratios on both axes, from 4 up to 16 down. */
void check_plane_ratios(Check *check)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 3000); i++) {
        const int percent = i % 2 ? random_in(r, 25, 1600) : 100 * random_in(r, 1, 16);
        AreascaleGeometry g = { .out_width = random_in(r, 1, 120),
                                .out_height = random_in(r, 1, 24) };

        g.in_width = (g.out_width * percent + 99) / 100 + (i % 3 ? 0 : random_in(r, 0, 2));
        g.in_height = (g.out_height * percent + 99) / 100;
        random_format(&g, r);
        random_plane_case(check, &g);
    }
}

void check_plane_sizes(Check *check)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 2500); i++) {
        AreascaleGeometry g = {
            .in_width = random_size(r, 600),
            .in_height = random_size(r, 120),
            .out_width = random_size(r, 600),
            .out_height = random_size(r, 120),
        };

        random_format(&g, r);
        random_plane_case(check, &g);
    }
}

/* Wide rows and tall columns. */
void check_plane_large(Check *check)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 120); i++) {
        const int in_long = random_in(r, 258, i % 4 ? 4100 : AREASCALE_MAX_SIZE);
        const int out_long = i % 3 ? random_in(r, 1, i % 2 ? 4 : 3000)
                                   : related_size(in_long, AREASCALE_MAX_SIZE, r);
        const int in_short = random_in(r, 1, 12), out_short = random_in(r, 1, 12);
        AreascaleGeometry g = { .in_width = in_long, .in_height = in_short, .out_width = out_long, .out_height = out_short,
              .layout = AREASCALE_LAYOUT_1, .depth = 8 };

        if (random_in(r, 0, 3) == 0)
            g = (AreascaleGeometry) { .in_width = in_short, .in_height = in_long, .out_width = out_short, .out_height = out_long,
                  .layout = AREASCALE_LAYOUT_1, .depth = 8 };
        random_format(&g, r);
        random_plane_case(check, &g);
    }
}

/* One case of a few windows of `width` x `height` pixels at most. */
static void window_case(Check *check, int width, int height, int depth, Pattern pattern)
{
    Random *r = &check->random;
    const int across = width < 1000 ? random_in(r, 1, 4) : 1;
    const bool few = width * height < 100000;
    PlaneCase pc = {
        .g = {
            .in_width = width * across,
            .in_height = height,
            .out_width = across,
            .out_height = 1,
            .layout = few ? (AreascaleLayout) random_in(r, 0, AREASCALE_N_LAYOUTS - 1)
                          : AREASCALE_LAYOUT_1,
            .depth = depth,
        },
        .manner = random_in(r, 0, 1) ? MANNER_WHOLE : MANNER_BANDS,
        .pattern = pattern,
        .src_shape = { .place = PLACE_LOOSE },
        .dst_shape = { .place = PLACE_END },
    };

    if (pc.g.in_width > 1 && random_in(r, 0, 1)) /* windows of two sizes */
        pc.g.in_width--;
    plane_case(check, &pc);
}

/* Areas around those where the arithmetic changes, in several forms, at the
 * common depths. */
void check_plane_windows(Check *check)
{
    static const int areas[] = { 2, 16, 64, 255, 256, 257, 258, 512, 1024, 4096, 16384, 32768,
                                 65536, 65537, 65538, 1 << 18, 1 << 20, 1 << 22 };
    static const int depths[] = { 8, 9, 10, 12, 14, 16 };
    static const int heights[] = { 1, 2, 4, 16, 17, 63, 64, 65, 256, 257, 258, 2048 };
    const int step = check->effort < 100 ? 100 / (check->effort > 0 ? check->effort : 1) : 1;
    int n = 0;

    for (size_t a = 0; a < sizeof(areas) / sizeof(areas[0]); a++)
        for (size_t h = 0; h < sizeof(heights) / sizeof(heights[0]); h++) {
            const int width = areas[a] / heights[h] + random_in(&check->random, -1, 1);

            if (width < 1 || width > AREASCALE_MAX_SIZE || n++ % step)
                continue;
            for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++)
                window_case(check, width, heights[h], depths[d],
                            d % 2 ? PATTERN_NOISE : PATTERN_ONES);
        }
    /* sums beyond 32 bits */
    if (check->effort >= 100)
        window_case(check, 4105, 4105, 8, PATTERN_ONES);
}
