/* GStreamer areascale: the components of pictures
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A format is known only through its unpack function: components are taken from
 * unpacked lines at their own depth and on their own grid. Positions are those of an
 * unpacked pixel: alpha, then the colours.
 */

#ifndef __COMPONENTS_H__
#define __COMPONENTS_H__

#include "cases.h"

#define N_SAMPLES 4

typedef struct
{
  gint width, height;
  guint16 *value;
  guint32 *weight;              /* what each counts; NULL: all alike */
} Grid;

/* Component of a position, -1 for one that is none. */
gint component_at (const GstVideoFormatInfo * finfo, guint position);

gint depth_at (const GstVideoFormatInfo * finfo, guint position);
gint w_sub_at (const GstVideoFormatInfo * finfo, guint position);
gint h_sub_at (const GstVideoFormatInfo * finfo, guint position);

/* Whether a position holds something that is averaged: not where grey pixels have
 * chroma, nor the two bits that belong to no component. */
gboolean position_counts (const GstVideoFormatInfo * finfo, guint position);

/* Formats whose rows have no room for the last V sample at some odd widths. */
gboolean last_v_is_missing (GstVideoFormat format, gint width);

/* The pixels of all lines. */
guint16 *picture_unpack (const Picture * picture);

void picture_grid (const Picture * picture, const guint16 * samples,
    guint position, Grid * grid);

/* The V sample that an input row has no room for is the one before. */
void repeat_last (Grid * grid);

/* The border's value by the equations of the standards. */
guint border_value (const Case * c, const GstVideoFormatInfo * finfo,
    guint position);

#endif /* __COMPONENTS_H__ */
