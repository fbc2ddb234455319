/* GStreamer areascale: what a scaler is made of
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_SCALER_PRIVATE_H__
#define __GST_AREA_SCALE_SCALER_PRIVATE_H__

#include "areascale.h"
#include "crew.h"
#include "layout.h"
#include "lines.h"
#include "scaler.h"

G_BEGIN_DECLS

#define MAX_CHANNELS GST_VIDEO_MAX_COMPONENTS
#define MAX_FIELDS 2

/* One field of one channel. Its rows are every n-th of the channel's grid. */
typedef struct
{
  AreascalePlan *plan;          /* NULL: no output rows */
  gint in_field;                /* the input's field that it is made from */
  gint in_rows;
  gint out_rows;

  /* where the state of a band and its output rows lie in a worker's memory */
  gsize scratch;
  gsize rows;
} Field;

/* A rectangle of a field's output, in its plan's pixels and rows; of unpacked
 * formats the lines [y0, y1) of the output frame. */
typedef struct
{
  guint channel;
  gint field;
  AreascaleRect rect;
} Job;

/* How the lines of a frame belong together: all of them, or by fields. */
typedef struct
{
  gint n_fields;                /* 0: frames are never scanned like this */
  Field field[MAX_FIELDS][MAX_CHANNELS];
  gint band_lines;
  Job *jobs;
  guint n_jobs;
} Scan;

enum
{
  PROGRESSIVE,
  INTERLACED,
  N_SCANS
};

struct _GstAreaScaler
{
  GstAreaScaleLayout layout;
  /* where the picture lies, in lines of a buffer, and on each channel's grid */
  GstAreaScalePlacement placement;
  GstAreaScalePlacement grid[MAX_CHANNELS];
  gboolean has_border;
  Scan scan[N_SCANS];

  GstAreaScaleLines in_lines;
  GstAreaScaleLines out_lines;
  /* a line of border: unpacked pixels, and the planes that they pack to */
  gpointer border_pixels;
  gpointer border_rows[GST_VIDEO_MAX_PLANES];

  guint n_threads;
  guint8 **memory;              /* of each worker */
  gsize memory_size;
  gsize in_pixels, out_pixels, samples, bounce;
  GstAreaScaleCrew *crew;

  /* the frame that is being scaled */
  const Scan *current;
  const GstAreaScaleFrame *in;
  const GstAreaScaleFrame *out;
};

static inline gint
ceil_div (gint a, gint b)
{
  return a > 0 ? (a + b - 1) / b : 0;
}

/* The i-th of n equal parts of a length begins here. */
static inline gint
part_start (gint length, gint i, gint n)
{
  return (gint) ((gint64) length * i / n);
}

G_END_DECLS

#endif /* __GST_AREA_SCALE_SCALER_PRIVATE_H__ */
