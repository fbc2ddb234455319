/* areascale: PyTorch's own results (tests/data/golden.txt)
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: test-golden GOLDEN.TXT
 */

#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "naive.h"

/* Reads one number a sample into a plane without gaps. */
static bool read_plane(FILE *file, const AreascaleGeometry *g, Rows *plane, int width,
                       int height)
{
    const RowsShape shape = { .place = PLACE_EXACT };
    const size_t n = naive_row_samples(g->layout, width) * (size_t) height;

    rows_init(plane, naive_row_bytes(g, width), height, &shape);
    for (size_t i = 0; i < n; i++) {
        unsigned value;
        if (fscanf(file, "%u", &value) != 1)
            return false;
        naive_put(g, plane->row0, i, value);
    }
    return true;
}

/* The next vector of the file: sizes, input, output. */
static bool next_vector(FILE *file)
{
    const RowsShape shape = { .place = PLACE_EXACT };
    Case c = { 0 };
    int channels;

    if (fscanf(file, "%d %d %d %d %d %d", &c.g.in_width, &c.g.in_height, &c.g.out_width,
               &c.g.out_height, &channels, &c.g.depth) != 6)
        return false;
    c.g.layout = (AreascaleLayout) (AREASCALE_LAYOUT_1 + channels - 1);
    check_that(read_plane(file, &c.g, &c.src, c.g.in_width, c.g.in_height) &&
                   read_plane(file, &c.g, &c.expected, c.g.out_width, c.g.out_height),
               &c.g, AREASCALE_CPU_C, "vector cut short");
    rows_init(&c.out, c.expected.row_bytes, c.g.out_height, &shape);
    for_each_level(&c, NULL, test_whole_plane);
    case_free(&c);
    return true;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    int n = 0;

    if (!file) {
        fprintf(stderr, "usage: %s GOLDEN.TXT\n", argv[0]);
        return EXIT_FAILURE;
    }
    while (next_vector(file))
        n++;
    fclose(file);
    printf("%d vectors\n", n);
    return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
