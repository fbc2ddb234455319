/* areascale: hashes of planes that must never change (tests/data/hashes.txt)
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: test-hashes HASHES.TXT          every instruction set makes these planes
 *        test-hashes --print HASHES.TXT  the same lines, with the reference's hashes
 *
 * A line of the file is a plane:
 *
 *     IN_WIDTH IN_HEIGHT OUT_WIDTH OUT_HEIGHT LAYOUT DEPTH SHIFT CONTENT HASH
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "naive.h"

/* What the samples hold, bits outside of the value included. */
static const char *const contents[] = {
    "noise",    /* anything */
    "extremes", /* each sample all zeros or all ones */
    "ones",     /* all ones */
};

#define N_HASH_CONTENTS (sizeof(contents) / sizeof(*contents))

/* A plane of the file. */
typedef struct Entry {
    AreascaleGeometry g;
    char content[16];
    uint64_t hash;
} Entry;

static unsigned next_word(const char *content, Random *r)
{
    const uint32_t random = random_next(r);

    if (!strcmp(content, "noise"))
        return random >> 16;
    return !strcmp(content, "ones") || random >> 31 ? 0xffff : 0;
}

/* Of the samples' values, so that byte order does not matter. 64-bit FNV-1a. */
static uint64_t hash_of(const AreascaleGeometry *g, const Rows *plane)
{
    const size_t samples = plane->row_bytes / naive_sample_size(g->depth);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (int y = 0; y < plane->height; y++)
        for (size_t i = 0; i < samples; i++)
            hash = (hash ^ naive_get(g, plane->row0 + y * plane->stride, i)) *
                   UINT64_C(0x100000001b3);
    return hash;
}

static void make_planes(const Entry *entry, Rows *src, Rows *out)
{
    const AreascaleGeometry *g = &entry->g;
    const size_t samples = naive_row_samples(g->layout, g->in_width);
    const RowsShape shape = { .place = PLACE_EXACT };
    Random r = { 1 };

    rows_init(src, naive_row_bytes(g, g->in_width), g->in_height, &shape);
    rows_init(out, naive_row_bytes(g, g->out_width), g->out_height, &shape);
    for (size_t i = 0; i < samples * (size_t) g->in_height; i++)
        naive_put(g, src->row0, i, next_word(entry->content, &r));
}

static void run_level(const Entry *entry, AreascaleCpu cpu, const Rows *src, Rows *out)
{
    const AreascaleGeometry *g = &entry->g;
    const AreascaleRect all = { 0, 0, g->out_width, g->out_height };
    AreascalePlan *plan = plan_of(g, cpu);
    void *scratch;

    if (!plan)
        return;
    scratch = scratch_of(plan);
    rows_reset(out);
    check_that(areascale_run(plan, out->row0, out->stride, src->row0, src->stride, &all,
                             scratch) == 0,
               g, cpu, "run");
    check_that(hash_of(g, out) == entry->hash, g, cpu, entry->content);
    free(scratch);
    areascale_plan_free(plan);
}

static void check_entry(const Entry *entry)
{
    Rows src, out;

    make_planes(entry, &src, &out);
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        run_level(entry, (AreascaleCpu) cpu, &src, &out);
    rows_free(&src);
    rows_free(&out);
}

static void print_entry(const Entry *entry)
{
    const AreascaleGeometry *g = &entry->g;
    Rows src, out;

    make_planes(entry, &src, &out);
    naive_scale(g, out.row0, out.stride, src.row0, src.stride);
    printf("%d %d %d %d %d %d %d %s %016" PRIx64 "\n", g->in_width, g->in_height,
           g->out_width, g->out_height, (int) g->layout, g->depth, g->shift, entry->content,
           hash_of(g, &out));
    rows_free(&src);
    rows_free(&out);
}

static bool content_known(const char *content)
{
    for (size_t i = 0; i < N_HASH_CONTENTS; i++)
        if (!strcmp(content, contents[i]))
            return true;
    return false;
}

/* False at the end of the file; ends the program at a line that is no plane. */
static bool next_entry(FILE *file, Entry *entry)
{
    AreascaleGeometry *g = &entry->g;
    int layout;
    const int n = fscanf(file, "%d %d %d %d %d %d %d %15s %16" SCNx64, &g->in_width,
                         &g->in_height, &g->out_width, &g->out_height, &layout, &g->depth,
                         &g->shift, entry->content, &entry->hash);

    if (n == EOF)
        return false;
    g->layout = (AreascaleLayout) layout;
    check_that(n == 9 && content_known(entry->content), g, AREASCALE_CPU_C, "bad line");
    return true;
}

int main(int argc, char **argv)
{
    const bool print = argc == 3 && !strcmp(argv[1], "--print");
    FILE *file = argc == 2 || print ? fopen(argv[argc - 1], "r") : NULL;
    Entry entry = { 0 };
    int n = 0;

    if (!file) {
        fprintf(stderr, "usage: %s [--print] HASHES.TXT\n", argv[0]);
        return EXIT_FAILURE;
    }
    for (; next_entry(file, &entry); n++)
        (print ? print_entry : check_entry)(&entry);
    fclose(file);
    fprintf(stderr, "%d planes\n", n);
    return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
