/* areascale: rows in memory that reports every access outside of them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_ROWS_H
#define AREASCALE_TESTS_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "random.h"

/** How rows lie in memory. */
typedef enum RowsPlace {
    PLACE_END,   /**< each row ends at an inaccessible page */
    PLACE_BEGIN, /**< each row begins after an inaccessible page */
    PLACE_LOOSE, /**< one after the other, the highest one ending at such a page */
    PLACE_EXACT, /**< one after the other, in a block from malloc() that has nothing else */
} RowsPlace;

#define N_GUARDED_PLACES 3

typedef struct RowsShape {
    RowsPlace place;
    size_t offset;  /**< LOOSE, EXACT: bytes before the lowest row */
    size_t padding; /**< LOOSE: bytes between rows and after the highest one;
                         EXACT: between rows alone */
    bool upwards;   /**< row 0 is the highest one: a negative stride */
} RowsShape;

/** Rows with known bytes around them. Tall planes are loose where others have a page
 *  for each row; without memory protection nothing crashes. */
typedef struct Rows {
    uint8_t *row0;
    ptrdiff_t stride;
    size_t row_bytes;
    int height;
    /* The accessible memory: `n_blocks` of `block_size` bytes, `pitch` apart. */
    uint8_t *block0;
    size_t block_size, pitch;
    int n_blocks;
    void *map; /* NULL: block0 is from malloc() */
    size_t map_size;
} Rows;

/** A shape with guards whose rows keep samples aligned. */
RowsShape random_rows_shape(size_t sample_size, Random *r);

/** All bytes of the memory are untouched. Ends the program when there is no memory. */
void rows_init(Rows *rows, size_t row_bytes, int height, const RowsShape *shape);
void rows_free(Rows *rows);

static inline uint8_t *rows_at(const Rows *rows, int y)
{
    return rows->row0 + y * rows->stride;
}

/** Makes all accessible memory untouched again. */
void rows_reset(Rows *rows);

/** Whether all accessible memory of two Rows of the same shape is equal. */
bool rows_equal(const Rows *a, const Rows *b);

/** Whether that of @p a is equal to @p b in the bytes [x0, x1) of the rows [y0, y1),
 *  and untouched everywhere else. */
bool rows_equal_part(const Rows *a, const Rows *b, int y0, int y1, size_t x0, size_t x1);

/** Puts the bytes that are of no row out of bounds, where there is AddressSanitizer,
 *  until rows_unfence(). */
void rows_fence(const Rows *rows);
void rows_unfence(const Rows *rows);

/** One block of memory that ends at an inaccessible page. */
static inline void block_init(Rows *rows, size_t size)
{
    rows_init(rows, size, 1, &(RowsShape) { .place = PLACE_END });
}

/** What samples hold. */
typedef enum Pattern {
    PATTERN_NOISE,   /**< all bits random, also those outside of the value */
    PATTERN_ZERO,
    PATTERN_ONES,    /**< all bits, also those outside of the value */
    PATTERN_MAX,     /**< the largest value */
    PATTERN_EXTREME, /**< 0 or the maximum, at random */
    PATTERN_STRIPES, /**< the same by turns */
    PATTERN_CHECKER, /**< the same by turns on both axes */
    PATTERN_NEAR,    /**< the maximum, or 1 less */
} Pattern;

#define N_PATTERNS 8

Pattern random_pattern(Random *r);

/** Fills rows with samples of 1, 2 or 4 bytes, and what lies between them with noise.
 *  @p max is the largest value in its place. */
void rows_fill(Rows *rows, Pattern pattern, size_t sample_size, unsigned max, Random *r);

/** From now on a crash prints @p what before it ends the program. */
void report_crashes(const char *what);

#endif /* AREASCALE_TESTS_ROWS_H */
