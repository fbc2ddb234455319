/* areascale: windows are those of the definition
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdio.h>
#include <stdlib.h>

#include "areascale.h"
#include "window.h"

static void fail(const char *what, int i, int in, int out)
{
    fprintf(stderr, "window %d of %d -> %d: %s\n", i, in, out, what);
    exit(EXIT_FAILURE);
}

/* start = floor(i * in / out) and end = ceil((i + 1) * in / out), said without
 * a division. */
static void check_window(AreascaleWindow w, int i, int in, int out)
{
    const int64_t low = (int64_t) i * in;
    const int64_t high = ((int64_t) i + 1) * in;

    if ((int64_t) w.start * out > low || ((int64_t) w.start + 1) * out <= low)
        fail("start is not the floor", i, in, out);
    if ((int64_t) w.end * out < high || ((int64_t) w.end - 1) * out >= high)
        fail("end is not the ceiling", i, in, out);
    if (w.start < 0 || w.start >= w.end || w.end > in)
        fail("not inside the input", i, in, out);
}

static AreascaleWindow windows[AREASCALE_MAX_SIZE];

static void check_axis(int in, int out)
{
    areascale_windows_fill(windows, in, out);
    for (int i = 0; i < out; i++) {
        check_window(windows[i], i, in, out);
        check_window(areascale_window(i, in, out), i, in, out);
        /* Neighbours share at most one position and leave none out. */
        if (i > 0 && (windows[i].start > windows[i - 1].end ||
                      windows[i].start < windows[i - 1].end - 1))
            fail("gap or overlap", i, in, out);
    }
    if (windows[0].start != 0 || windows[out - 1].end != in)
        fail("input left out at an end", out - 1, in, out);
}

int main(void)
{
    for (int in = 1; in <= 512; in++)
        for (int out = 1; out <= 512; out++)
            check_axis(in, out);

    static const int edge[] = { 1,     2,     3,     255,   256,   257,  4096,
                                16383, 16384, 16385, 32765, 32766, 32767 };
    enum { N_EDGE = sizeof(edge) / sizeof(edge[0]) };
    for (int i = 0; i < N_EDGE; i++)
        for (int o = 0; o < N_EDGE; o++)
            check_axis(edge[i], edge[o]);
    return EXIT_SUCCESS;
}
