/* GStreamer areascale: what the tests of metas share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __CHANGE_H__
#define __CHANGE_H__

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "metas.h"

#define REGION GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE
#define OVERLAY GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE
#define AFFINE GST_VIDEO_AFFINE_TRANSFORMATION_META_API_TYPE
#define AFD GST_VIDEO_AFD_META_API_TYPE
#define BAR GST_VIDEO_BAR_META_API_TYPE

/* A change of size, and a buffer on either side of it */
typedef struct
{
  GstVideoInfo in, out;
  GstAreaScalePlacement placement;
  GstBuffer *inbuf, *outbuf;
  GstAreaScaleOverlay overlay;
} Change;

/* The content may lie anywhere in the output. */
void change_init (Change * c, gint in_w, gint in_h, gint out_w, gint out_h,
    GstVideoRectangle content);

/* Without borders. */
void change_init_full (Change * c, gint in_w, gint in_h, gint out_w,
    gint out_h);

/* 320x240 into 640x240: pillars of 160 columns, nothing scaled. */
void change_init_pillars (Change * c);

void change_clear (Change * c);

/* Carries all metas of the input buffer over. */
void carry (Change * c);

/* The one meta of its kind that came out. */
gpointer carried (Change * c, GType api);

/* The input buffer has metas, the output buffer none. */
void fail_unless_dropped (Change * c);

GstVideoOverlayRectangle *new_rectangle (gint x, gint y, guint w, guint h);

/* A composition of this rectangle alone. */
void add_overlay (GstBuffer * buffer, GstVideoOverlayRectangle * rectangle);

/* Where the n-th rectangle is. */
void fail_unless_rectangle (GstVideoOverlayComposition * composition, guint n,
    gint x, gint y, guint w, guint h);

/* By columns: x' = .5 x - .25 y + .1, y' = 2 x + .75 y - .3 */
extern const gfloat some_matrix[16];

void add_affine (GstBuffer * buffer, const gfloat * matrix);

#endif /* __CHANGE_H__ */
