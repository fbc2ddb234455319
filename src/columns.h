/* areascale: the horizontal windows of a plane
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_COLUMNS_H
#define AREASCALE_COLUMNS_H

#include "kernels/dsp.h"

/** Where one sample of a layout's group stands. A group is the shortest run of
 *  samples after which the components repeat. */
typedef struct AreascalePosition {
    uint8_t offset;   /**< the group's first sample of the same component */
    uint8_t step;     /**< samples from one value of the component to the next */
    uint8_t log2_sub; /**< log2 of the pixels that share a value */
} AreascalePosition;

/** The group of a layout. */
typedef struct AreascaleGroup {
    uint8_t n_samples;
    uint8_t n_pixels;
    AreascalePosition position[4];
} AreascaleGroup;

/** The group of a layout; a static constant. */
const AreascaleGroup *areascale_group(AreascaleLayout layout);

/** Samples in a row of @p width pixels, whole groups. */
int areascale_row_samples(AreascaleLayout layout, int width);

/**
 * Makes the tables of a plane's columns.
 * @param columns  filled; areascale_columns_clear() frees what it owns, also after
 *                 an error
 * @return 0 or -ENOMEM
 */
int areascale_columns_init(AreascaleColumns *columns, const AreascaleGeometry *geometry);

/** Frees the tables. */
void areascale_columns_clear(AreascaleColumns *columns);

#endif /* AREASCALE_COLUMNS_H */
