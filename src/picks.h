/* areascale: where the taps of a row's output samples lie in vectors of it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_PICKS_H
#define AREASCALE_PICKS_H

#include "plan.h"

/** A row of samples as a shape lays it out. A *cluster* is of vectors that have loads in
 *  common. */
typedef struct AreascalePicking {
    const AreascalePlan *plan;
    AreascalePermuteShape shape;
    int tap_size; /**< bytes of a slot that takes a tap */
    bool weighed; /**< slots have the weights of their taps instead of 1 */
    int unit_samples; /**< output samples of a unit */
    int n_units;
    int clusters; /**< of a unit */
    int cluster_samples;
    int cluster_picks, cluster_loads;
} AreascalePicking;

/** The loads of a cluster, and its picks by [vector][pick]. */
typedef struct AreascaleCluster {
    int32_t offset[AREASCALE_MAX_PICKS]; /**< bytes from the row's begin */
    AreascalePick picks[AREASCALE_MAX_PICKS];
} AreascaleCluster;

AreascalePicking areascale_picking(const AreascalePlan *plan, AreascalePermuteShape shape);

/** The same where taps have weights, of @p tap_size bytes, as their slots have then: 1, or
 *  2 in native order. The upper byte of a slot that takes a byte is not of any meaning. */
AreascalePicking areascale_picking_weighed(const AreascalePlan *plan,
                                           AreascalePermuteShape shape, int tap_size);

/** The first output sample of a unit: the last one ends with the row, and overlaps the one
 *  before, where the row is long enough. */
int areascale_picking_begin(const AreascalePicking *p, int unit);

/** The output sample that stands at position @p s: past the row, its last one. */
int areascale_picking_sample(const AreascalePicking *p, int s);

/** Whether the shape has a place for all taps of the row, and the row for a load. */
bool areascale_picking_fits(const AreascalePicking *p);

/** Finds the loads and picks of the cluster whose first output sample is @p s. */
void areascale_picking_find(const AreascalePicking *p, int s, AreascaleCluster *cluster);

/** Whether the cluster's loads lie where its taps do: those that would pass the end of the
 *  row end with it, and the picks are others. */
bool areascale_picking_is_free(const AreascalePicking *p, int s);

#endif /* AREASCALE_PICKS_H */
