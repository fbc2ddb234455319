/* areascale: the definition, translated literally
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_NAIVE_H
#define AREASCALE_TESTS_NAIVE_H

#include <stddef.h>

#include "areascale.h"

/**
 * The reference that everything else is compared with: one output sample at a
 * time, each over its own window, in 64-bit integers, the
 * halves of 32-bit samples apart. It uses the types of
 * areascale.h and nothing else of the library.
 */

/** Samples of a row of @p width pixels, with the unused last luma of a packed
 *  4:2:2 row of odd width. */
size_t naive_row_samples(AreascaleLayout layout, int width);

/** Values in a row of @p width pixels of the component that the spans of columns are of. */
int naive_spanned_width(const AreascaleGeometry *g, int width);

/** Bytes of a sample. */
size_t naive_sample_size(int depth);

/** The geometry's output, as if it were its input: its depth and its shift. */
AreascaleGeometry naive_output(const AreascaleGeometry *g);

/** Bytes of a row of @p width pixels of input samples. */
size_t naive_row_bytes(const AreascaleGeometry *g, int width);

/** The largest value of an input sample, in its place in the word. */
unsigned naive_max_word(const AreascaleGeometry *g);

/** The word @p index input samples after @p row. */
unsigned naive_get(const AreascaleGeometry *g, const void *row, size_t index);

/** Writes the word @p index input samples after @p row. */
void naive_put(const AreascaleGeometry *g, void *row, size_t index, unsigned word);

/** The input rows [*first, *end) that output row @p y is made from. */
void naive_rows(const AreascaleGeometry *g, int y, int *first, int *end);

/** Scales a whole plane; pointers and strides as for areascale_run(). */
void naive_scale(const AreascaleGeometry *g, void *dst, ptrdiff_t dst_stride,
                 const void *src, ptrdiff_t src_stride);

#endif /* AREASCALE_TESTS_NAIVE_H */
