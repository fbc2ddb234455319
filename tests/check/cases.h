/* GStreamer areascale: cases of scaling at random, and their pictures
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __CASES_H__
#define __CASES_H__

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "engine.h"

typedef struct
{
  GstVideoFormat format;
  GstVideoInterlaceMode mode;
  gboolean interlaced;          /* the buffer of a mixed stream */
  gboolean is_bottom;           /* the field of an alternate stream */
  gint in_width, in_height, out_width, out_height;
  gint content_x, content_y, content_w, content_h;
  guint32 argb;
  GstVideoColorRange range;
  GstVideoColorMatrix matrix;
  GstVideoTransferFunction transfer;    /* unknown: the format's own */
  guint n_threads;
  gboolean pad, flip;
  GstAreaScaleMean mean;
  GstVideoChromaSite site;
} Case;

typedef struct
{
  GstVideoInfo info;
  gint width, height;           /* of the buffer: field height when alternate */
  GstAreaScaleFrame frame;
  guint8 *block[GST_VIDEO_MAX_PLANES];
  gsize size[GST_VIDEO_MAX_PLANES];
  gint n_rows[GST_VIDEO_MAX_PLANES];    /* of tiles: 1 */
  gsize row_bytes[GST_VIDEO_MAX_PLANES];
} Picture;

/* What a test draws its cases from, and the threads that it may use. */
extern GRand *rng;
extern GstTaskPool *pool;

/* A fixture that makes them. */
void cases_set_up (void);
void cases_tear_down (void);

/* Both limits are possible. */
gint any_of (gint low, gint high);

/* Any progressive case without borders. */
void any_case (Case * c, GstVideoFormat format);

/* Makes it interlaced in any mode, or puts borders round what it has. */
void add_interlacing (Case * c);
void add_border (Case * c);

/* Noise. Each plane is a block of its own that ends with the last row's last
 * byte. */
void picture_init (Picture * picture, const Case * c, gint width, gint height);

/* Lays the rows of a picture that is not tiled @offset bytes behind an even
 * address, and @gap bytes further apart. */
void picture_move (Picture * picture, gsize offset, gint gap);

void picture_clear (Picture * picture);

guint8 *picture_row (const Picture * picture, guint p, gint row);

#endif /* __CASES_H__ */
