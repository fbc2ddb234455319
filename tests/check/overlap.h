/* GStreamer areascale: which input samples count for an output sample
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The definition of the means along one axis, spelt out: every sample covers some
 * interval of luma, and input samples count where their interval overlaps that of
 * the output sample.
 */

#ifndef __OVERLAP_H__
#define __OVERLAP_H__

#include <glib.h>

/* Samples of one axis: every n_fields-th of a column or row of a frame, or all of
 * those that a buffer holds of one field. */
typedef struct
{
  gint n;                       /* of them */
  gint luma;                    /* of luma, on the same axis */
  gint shared;                  /* luma samples that share one of them */
  gint site;                    /* halves of a luma sample in the frame, from the
                                 * first of these to where they lie */
  gint field;                   /* 0 top, 1 bottom, -1 when it is no field */
} Line;

/* The weights of all input samples for all output samples. */
typedef struct
{
  gint n_in;
  gint *first, *end;            /* of each output sample: the input samples that
                                 * may count */
  gint64 *weight;               /* at n_in times output sample plus input sample */
} Overlap;

/* Of the whole grids, edge to edge, where the lines have luma of their own. */
void overlap_init (Overlap * overlap, const Line * in, const Line * out,
    gboolean by_part);

void overlap_clear (Overlap * overlap);

#endif /* __OVERLAP_H__ */
