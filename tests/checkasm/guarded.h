/* areascale: rows in memory that reports every access outside of them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_GUARDED_H
#define AREASCALE_TESTS_GUARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How rows lie in memory. */
typedef enum Placement {
    PLACE_END,   /**< each row ends at an inaccessible page */
    PLACE_BEGIN, /**< each row begins after an inaccessible page */
    PLACE_LOOSE, /**< one after the other, the highest one ending at such a page */
} Placement;

#define N_PLACEMENTS 3

typedef struct RowsShape {
    Placement placement;
    size_t offset;  /**< LOOSE: bytes before the lowest row */
    size_t padding; /**< LOOSE: bytes between rows and after the highest one */
    bool upwards;   /**< row 0 is the highest one: a negative stride */
} RowsShape;

/** Rows with known bytes around them. Tall planes are loose in any case; without
 *  memory protection nothing crashes. */
typedef struct Rows {
    uint8_t *row0;
    ptrdiff_t stride;
    size_t row_bytes;
    int height;
    /* The accessible memory: `n_blocks` of `block_size` bytes, `pitch` apart. */
    uint8_t *block0;
    size_t block_size, pitch;
    int n_blocks;
    void *map;
    size_t map_size;
} Rows;

/** Ends the program when there is no memory. */
void rows_init(Rows *rows, size_t row_bytes, int height, const RowsShape *shape);
void rows_free(Rows *rows);

/** Sets all accessible memory. */
void rows_reset(Rows *rows);

/** Whether all accessible memory of two Rows of the same shape is equal. */
bool rows_equal(const Rows *a, const Rows *b);

/** One block of memory that ends at an inaccessible page. */
static inline void block_init(Rows *rows, size_t size)
{
    rows_init(rows, size, 1, &(RowsShape) { .placement = PLACE_END });
}

/** From now on a crash prints `what` before it ends the program. */
void report_crashes(const char *what);

#endif /* AREASCALE_TESTS_GUARDED_H */
