/* GStreamer areascale: planes averaged as light
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include "curve.h"
#include "light.h"

#define BAND_ROWS AREASCALE_MIN_BAND_ROWS

static gboolean
is_alpha_plane (const GstAreaScaleLayout * layout, guint plane)
{
  const GstVideoFormatInfo *finfo = layout->finfo;

  return finfo->n_components > GST_VIDEO_COMP_A
      && finfo->plane[GST_VIDEO_COMP_A] == plane;
}

static gboolean
one_curve_serves (const GstVideoInfo * in, const GstVideoInfo * out)
{
  const GstVideoFormatInfo *finfo = in->finfo;
  guint i;

  if (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo)
      || in->colorimetry.transfer != out->colorimetry.transfer
      || in->colorimetry.range != out->colorimetry.range)
    return FALSE;
  for (i = 0; i < finfo->n_components; i++) {
    if (i == GST_VIDEO_COMP_A ? finfo->plane[i] == finfo->plane[0] :
        finfo->depth[i] != finfo->depth[0])
      return FALSE;
  }
  return TRUE;
}

gboolean
gst_area_scale_light_init_layouts (const GstVideoInfo * in,
    const GstVideoInfo * out, GstAreaScaleLayout * in_layout,
    GstAreaScaleLayout * out_layout)
{
  GstAreaScaleCodes codes;
  GstAreaScaleLight light;
  guint c;

  if (!one_curve_serves (in, out))
    return FALSE;

  gst_area_scale_curve_codes (&codes, in, 0);
  gst_area_scale_curve_light (&light, &codes, 1);
  for (c = 0; c < in_layout->n_channels; c++) {
    if (!is_alpha_plane (in_layout, c))
      in_layout->channel[c].light = out_layout->channel[c].light = light.bits;
  }
  return TRUE;
}

static gint
code_bytes (const GstAreaScaleChannel * channel)
{
  return channel->depth > 8 ? 2 : 1;
}

static gsize
row_samples (const GstAreaScaleChannel * channel, gint width)
{
  return gst_area_scale_channel_row_bytes (channel, width) /
      code_bytes (channel);
}

static gsize
light_bytes (const GstAreaScaleChannel * channel, gint width)
{
  return row_samples (channel, width) * (channel->light / 8);
}

/* The row of codes that stands for one at an odd address lies at the start. */
static void
init_memory (GstAreaScaleLightRows * rows, const GstAreaScalePlans * plans)
{
  gsize codes = 0, in = 0, out = 0;
  guint c;

  for (c = 0; c < plans->out_layout.n_channels; c++) {
    const GstAreaScaleChannel *channel = &plans->out_layout.channel[c];
    gint in_width = plans->grid[c].in_width;
    gint out_width = plans->grid[c].content.w;

    codes = MAX (codes, gst_area_scale_channel_row_bytes (channel,
            MAX (in_width, out_width)));
    in = MAX (in, light_bytes (channel, in_width));
    out = MAX (out, light_bytes (channel, out_width));
  }
  rows->in_row = GST_ROUND_UP_64 (codes);
  rows->out_rows = rows->in_row + GST_ROUND_UP_64 (in);
  rows->memory_size = rows->out_rows + BAND_ROWS * out;
}

gboolean
gst_area_scale_light_init (GstAreaScaleLightRows * rows,
    const GstAreaScalePlans * plans, const GstVideoInfo * info)
{
  const GstAreaScaleChannel *channel = &plans->out_layout.channel[0];
  GstAreaScaleCodes codes;
  GstAreaScaleLight light;

  memset (rows, 0, sizeof (*rows));
  if (channel->light == 0)
    return TRUE;

  init_memory (rows, plans);
  gst_area_scale_curve_codes (&codes, info, 0);
  gst_area_scale_curve_light (&light, &codes, 1);
  rows->curve = gst_area_scale_curve_new (&codes, code_bytes (channel),
      channel->shift, &light);
  return rows->curve != NULL;
}

void
gst_area_scale_light_clear (GstAreaScaleLightRows * rows)
{
  areascale_curve_free (rows->curve);
}

static gboolean
is_odd (const GstAreaScaleChannel * channel, gconstpointer row)
{
  return (guintptr) row % code_bytes (channel) != 0;
}

static void
decode_row (const GstAreaScaleLightRows * rows,
    const GstAreaScaleLightTask * task, gint row, guint8 * memory)
{
  gint width = areascale_plan_geometry (task->plan)->in_width;
  gconstpointer codes = task->in + task->in_stride * row;

  if (is_odd (task->channel, codes)) {
    memcpy (memory, codes, gst_area_scale_channel_row_bytes (task->channel,
            width));
    codes = memory;
  }
  areascale_curve_decode (rows->curve, memory + rows->in_row, codes,
      row_samples (task->channel, width));
}

/* The columns of the rectangle, out of a row of light. */
static void
encode_row (const GstAreaScaleLightRows * rows,
    const GstAreaScaleLightTask * task, gint y, const guint8 * light,
    guint8 * memory)
{
  const GstAreaScaleChannel *channel = task->channel;
  gint x0 = task->rect->x0, width = task->rect->x1 - x0;
  gint n = row_samples (channel, width);
  guint8 *codes = task->out + task->out_stride * y +
      gst_area_scale_channel_row_bytes (channel, x0);

  light += light_bytes (channel, x0);
  if (is_odd (channel, codes)) {
    areascale_curve_encode (rows->curve, memory, light, n);
    memcpy (codes, memory, gst_area_scale_channel_row_bytes (channel, width));
  } else {
    areascale_curve_encode (rows->curve, codes, light, n);
  }
}

void
gst_area_scale_light_scale (const GstAreaScaleLightRows * rows,
    const GstAreaScaleLightTask * task, guint8 * scratch, guint8 * memory)
{
  const AreascaleRect *rect = task->rect;
  guint8 *light = memory + rows->out_rows;
  gsize stride = light_bytes (task->channel,
      areascale_plan_geometry (task->plan)->out_width);
  gint y, y1, row, end;

  for (y = rect->y0; y < rect->y1; y = y1) {
    y1 = MIN (y + BAND_ROWS, rect->y1);
    areascale_plan_input_rows (task->plan, y, y1, &row, &end);
    areascale_band_begin (task->plan, y, y1, scratch);
    for (; row < end; row++) {
      decode_row (rows, task, row, memory);
      areascale_band_feed (task->plan, memory + rows->in_row, 0, row, 1,
          scratch);
    }
    areascale_band_finish (task->plan, light, stride, scratch);
    for (row = y; row < y1; row++)
      encode_row (rows, task, row, light + (row - y) * stride, memory);
  }
}
