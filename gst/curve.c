/* GStreamer areascale: transfer functions as tables
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <math.h>

#include "curve.h"
#include "layout.h"

#define MIN_LIGHTS_OF_LEVEL 4

/* The range is defined at the unpacked depth, and the levels of a lower depth
 * are its high bits. */
void
gst_area_scale_curve_codes (GstAreaScaleCodes * codes,
    const GstVideoInfo * info, guint component)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  gint depth = finfo->depth[component];
  gint shift = gst_area_scale_layout_unpacked_bits (finfo) - depth;
  gint offset[GST_VIDEO_MAX_COMPONENTS], scale[GST_VIDEO_MAX_COMPONENTS];

  gst_video_color_range_offsets (info->colorimetry.range,
      gst_video_format_get_info (finfo->unpack_format), offset, scale);
  codes->transfer = info->colorimetry.transfer;
  codes->n_codes = 1 << depth;
  codes->zero = offset[component] >> shift;
  codes->unit = scale[component] >> shift;
  codes->steps = 1;
}

static gdouble
decode_above (GstVideoTransferFunction transfer, gdouble value)
{
  gdouble white = gst_video_transfer_function_decode (transfer, 1.0);
  gdouble slope = 1024.0 * (white -
      gst_video_transfer_function_decode (transfer, 1023.0 / 1024.0));

  return white + slope * (value - 1.0);
}

gdouble
gst_area_scale_curve_decode (GstVideoTransferFunction transfer, gdouble value)
{
  if (value < 0)
    return -gst_area_scale_curve_decode (transfer, -value);
  if (value > 1)
    return decode_above (transfer, value);
  return gst_video_transfer_function_decode (transfer, value);
}

gboolean
gst_area_scale_curve_is_linear (GstVideoTransferFunction transfer)
{
  gint i;

  for (i = 0; i <= 16; i++) {
    if (gst_video_transfer_function_decode (transfer, i / 16.0) != i / 16.0)
      return FALSE;
  }
  return TRUE;
}

/* The light of a code, or of what lies between two. */
static gdouble
light_of_code (const GstAreaScaleCodes * codes, gdouble code)
{
  return gst_area_scale_curve_decode (codes->transfer,
      (code - codes->zero) / codes->unit);
}

/* How far light is from the first, in units of what is stored. */
static gdouble
stored_light (const GstAreaScaleCodes * codes, gdouble code,
    const GstAreaScaleLight * light)
{
  gdouble max = light->bits == 32 ? G_MAXUINT32 : G_MAXUINT16;

  return (light_of_code (codes, code) - light->first) /
      (light->last - light->first) * max;
}

static gboolean
levels_are_apart (const GstAreaScaleCodes * codes,
    const GstAreaScaleLight * light)
{
  gint i;

  for (i = 0; i + codes->steps < codes->n_codes; i++) {
    if (stored_light (codes, i + codes->steps, light) -
        stored_light (codes, i, light) < MIN_LIGHTS_OF_LEVEL)
      return FALSE;
  }
  return TRUE;
}

void
gst_area_scale_curve_light (GstAreaScaleLight * light,
    const GstAreaScaleCodes * codes, guint n)
{
  guint i;

  light->first = light_of_code (&codes[0], 0);
  light->last = light_of_code (&codes[0], codes[0].n_codes - 1);
  for (i = 1; i < n; i++) {
    light->first = MIN (light->first, light_of_code (&codes[i], 0));
    light->last = MAX (light->last,
        light_of_code (&codes[i], codes[i].n_codes - 1));
  }

  light->bits = 16;
  for (i = 0; i < n; i++) {
    if (!levels_are_apart (&codes[i], light))
      light->bits = 32;
  }
}

/* The light of each code, and the least that is nearer to it than to the one
 * before; both as GStreamer's functions go but where they do not rise, as that
 * of BT.709 at 0.081. */
static void
fill_tables (const GstAreaScaleCodes * codes, const GstAreaScaleLight * light,
    guint32 * lights, guint32 * limits)
{
  guint32 max = light->bits == 32 ? G_MAXUINT32 : G_MAXUINT16;
  guint32 rise = light->bits == 32 ? 1 : 0;
  gint i;

  for (i = 0; i < codes->n_codes; i++) {
    guint32 last = i == 0 ? 0 : lights[i - 1];
    guint32 least = i == 0 ? 0 : last + MIN (rise, max - last);
    gdouble stored = floor (stored_light (codes, i, light) + 0.5);
    gdouble limit = ceil (stored_light (codes, i - 0.5, light));

    lights[i] = (guint32) CLAMP (stored, (gdouble) least, (gdouble) max);
    if (i == 0)
      limits[i] = 0;
    else if (lights[i] == last)
      limits[i] = last;
    else
      limits[i] = (guint32) CLAMP (limit, last + 1.0, (gdouble) lights[i]);
  }
}

AreascaleCurve *
gst_area_scale_curve_new (const GstAreaScaleCodes * codes, gint code_bytes,
    gint shift, const GstAreaScaleLight * light)
{
  guint32 *lights = g_try_new (guint32, codes->n_codes);
  guint32 *limits = g_try_new (guint32, codes->n_codes);
  AreascaleCurve *curve = NULL;
  AreascaleCurveSpec spec = { 0 };

  if (lights != NULL && limits != NULL) {
    fill_tables (codes, light, lights, limits);
    spec.n_codes = codes->n_codes;
    spec.code_bytes = code_bytes;
    spec.shift = shift;
    spec.light_bytes = light->bits / 8;
    spec.light = lights;
    spec.limit = limits;
    areascale_curve_create (&curve, &spec, areascale_cpu_detect (NULL));
  }
  g_free (lights);
  g_free (limits);
  return curve;
}
