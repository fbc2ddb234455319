/* areascale: axes interleaved as a layout has them
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_COLUMNS_H
#define AREASCALE_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "areascale.h"
#include "axis.h"

/** Where one sample of a layout's group stands. A *group* is the shortest run of
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

/** The width, in values, of the component of a layout that AreascaleGeometry.x is of. */
int areascale_spanned_width(AreascaleLayout layout, int width);

/** The axes of a layout: of all pixels, and of those that share chroma. */
#define AREASCALE_MAX_AXES 2

/** The most classes of a row. */
#define AREASCALE_N_CLASSES (AREASCALE_MAX_AXES * AREASCALE_AXIS_CLASSES)

/** The windows of a row: of each output sample, in samples of the input row. */
typedef struct AreascaleColumns {
    AreascaleTaps taps; /**< of all axes */
    int32_t *first;     /**< of each output sample: its first tap */
    int32_t *last;      /**< of each output sample: its last tap */
    uint8_t *step;      /**< of each output sample: from tap to tap */
    uint8_t *cls;       /**< of each output sample: its class */
    int n_classes;
    int class_taps[AREASCALE_N_CLASSES];   /**< taps of a class's windows */
    int class_weight[AREASCALE_N_CLASSES]; /**< of all of a window's taps */
    int min_taps;                          /**< the fewest taps of a class */
    bool near_uniform;                     /**< all are min_taps or min_taps + 1 */
    bool weighed;  /**< an axis is, and so `taps` is RUN; see AreascaleAxis */
    int class_body[AREASCALE_N_CLASSES]; /**< weight of a tap between first and last */
    int32_t *head; /**< of each output sample: weight of its first tap; NULL unless weighed */
    int32_t *tail; /**< the same of its last one */
    int period;    /**< output samples, whole groups, after which all windows repeat... */
    int in_period; /**< ...so many input samples further on */
} AreascaleColumns;

/**
 * Makes the windows of a plane's rows.
 *
 * @param columns  filled; areascale_columns_clear() frees what it owns, also after
 *                 an error
 * @return 0 or -ENOMEM
 */
int areascale_columns_init(AreascaleColumns *columns, const AreascaleGeometry *geometry);

/** Frees the tables. */
void areascale_columns_clear(AreascaleColumns *columns);

#endif /* AREASCALE_COLUMNS_H */
