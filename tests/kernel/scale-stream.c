/* areascale: planes from standard input, scaled to standard output
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * For scripts that compare the library with others. Reads any number of lines
 *
 *     IN_WIDTH IN_HEIGHT OUT_WIDTH OUT_HEIGHT CHANNELS DEPTH
 *
 * each followed by the input's samples as native-endian 16-bit words, and writes
 * the output's samples in the same way.
 */

#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "naive.h"

static void store(const AreascaleGeometry *g, const uint16_t *words, void *plane, size_t n)
{
    for (size_t i = 0; i < n; i++)
        naive_put(g, plane, i, words[i]);
}

static void load(const AreascaleGeometry *g, const void *plane, uint16_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        words[i] = (uint16_t) naive_get(g, plane, i);
}

static size_t plane_samples(const AreascaleGeometry *g, int width, int height)
{
    return naive_row_samples(g->layout, width) * (size_t) height;
}

static bool scale_one(const AreascaleGeometry *g)
{
    const AreascaleRect all = { 0, 0, g->out_width, g->out_height };
    const size_t n_in = plane_samples(g, g->in_width, g->in_height);
    const size_t n_out = plane_samples(g, g->out_width, g->out_height);
    AreascalePlan *plan = NULL;
    bool ok = false;

    uint16_t *words = calloc(n_in > n_out ? n_in : n_out, sizeof(*words));
    void *src = calloc(n_in, sizeof(*words));
    void *dst = calloc(n_out, sizeof(*words));
    void *scratch = NULL;
    if (!words || !src || !dst || fread(words, sizeof(*words), n_in, stdin) != n_in ||
        areascale_plan_create(&plan, g, areascale_cpu_detect(NULL)) < 0)
        goto done;

    scratch = scratch_of(plan);
    store(g, words, src, n_in);
    if (areascale_run(plan, dst, (ptrdiff_t) naive_row_bytes(g, g->out_width), src,
                      (ptrdiff_t) naive_row_bytes(g, g->in_width), &all, scratch) < 0)
        goto done;
    load(g, dst, words, n_out);
    ok = fwrite(words, sizeof(*words), n_out, stdout) == n_out && fflush(stdout) == 0;

done:
    free(scratch);
    areascale_plan_free(plan);
    free(dst);
    free(src);
    free(words);
    return ok;
}

int main(void)
{
    AreascaleGeometry g = { 0 };
    int channels;

    while (scanf("%d %d %d %d %d %d", &g.in_width, &g.in_height, &g.out_width,
                 &g.out_height, &channels, &g.depth) == 6) {
        if (getchar() != '\n' || channels < 1 || channels > 4)
            return EXIT_FAILURE;
        g.layout = (AreascaleLayout) (AREASCALE_LAYOUT_1 + channels - 1);
        if (!scale_one(&g))
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
