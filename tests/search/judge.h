/* GStreamer areascale: what must hold between a stream and what becomes of it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __JUDGE_H__
#define __JUDGE_H__

#include "pairs.h"
#include "placement.h"

/* Appends a line to @faults for each property that does not hold of @result,
 * the caps that were chosen for the neighbour of @pair, and of the @placement of
 * its picture. By the limits of @pair and arithmetic of its own. The format may be
 * another one if the element @converts and it has to; returns whether it is. */
gboolean judge (const Pair * pair, gboolean converts, GstCaps * result,
    const GstAreaScalePlacement * placement, GString * faults);

#endif /* __JUDGE_H__ */
