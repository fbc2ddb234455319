/* GStreamer areascale: caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "negotiation.h"

#include <gst/video/video.h>

#include "areascale.h"
#include "choice.h"
#include "placement.h"
#include "engine.h"

static const gchar *const size_fields[N_AXES] = { "width", "height" };

#define PAR_FIELD "pixel-aspect-ratio"

static gboolean
shape_from_structure (const GstStructure * structure, GstAreaScaleShape * shape)
{
  gint axis, n = 1, d = 1;

  for (axis = 0; axis < N_AXES; axis++) {
    if (!gst_structure_get_int (structure, size_fields[axis],
            &shape->size[axis]))
      return FALSE;
    if (shape->size[axis] < 1 || shape->size[axis] > AREASCALE_MAX_SIZE)
      return FALSE;
  }
  gst_structure_get_fraction (structure, PAR_FIELD, &n, &d);
  shape->par = gst_area_scale_par_sanitized (n, d);
  return TRUE;
}

/* Fixates the size and pixel aspect ratio. A structure of the source pad that
 * has no pixel aspect ratio allows any, one of the sink pad means 1/1. */
static gboolean
fixate_shape (GstPadDirection direction, GstCaps * caps,
    GstStructure * structure, gboolean * fills)
{
  GValue square = G_VALUE_INIT;
  GstAreaScaleChoice choice = { {NULL}, NULL, {1, 1}, NULL };
  GstAreaScaleShape from, to;
  GstVideoInfo info;
  gint axis;

  if (!shape_from_structure (gst_caps_get_structure (caps, 0), &from))
    return FALSE;

  for (axis = 0; axis < N_AXES; axis++)
    choice.size[axis] = gst_structure_get_value (structure, size_fields[axis]);
  choice.par = gst_structure_get_value (structure, PAR_FIELD);
  g_value_init (&square, GST_TYPE_FRACTION);
  gst_value_set_fraction (&square, 1, 1);
  if (choice.par == NULL && direction == GST_PAD_SRC)
    choice.par = &square;
  if (gst_video_info_from_caps (&info, caps)) {
    gst_area_scale_placement_grid (&info, &choice.grid[WIDTH],
        &choice.grid[HEIGHT]);
    choice.frame = &info;
  }

  if (!gst_area_scale_choice_make (&choice, &from, &to, fills))
    return FALSE;

  for (axis = 0; axis < N_AXES; axis++)
    gst_structure_set (structure, size_fields[axis], G_TYPE_INT,
        to.size[axis], NULL);
  if (gst_structure_has_field (structure, PAR_FIELD) || to.par.n != to.par.d)
    gst_structure_set (structure, PAR_FIELD, GST_TYPE_FRACTION, to.par.n,
        to.par.d, NULL);
  return TRUE;
}

static void
prefer_string (GstStructure * structure, const gchar * field,
    const gchar * value)
{
  if (value != NULL && gst_structure_has_field (structure, field))
    gst_structure_fixate_field_string (structure, field, value);
}

/* Where @structure offers a choice in a field that @caps lack, what its absence
 * means comes first, so that the pictures keep their meaning */
static void
prefer_defaults (GstCaps * caps, GstStructure * structure)
{
  GstVideoInfo info;
  gchar *colorimetry, *chroma_site;

  if (!gst_caps_is_fixed (caps) || !gst_video_info_from_caps (&info, caps))
    return;

  colorimetry = gst_video_colorimetry_to_string (&info.colorimetry);
  chroma_site = gst_video_chroma_site_to_string (info.chroma_site);
  prefer_string (structure, "colorimetry", colorimetry);
  prefer_string (structure, "chroma-site", chroma_site);
  prefer_string (structure, "interlace-mode",
      gst_video_interlace_mode_to_string (info.interlace_mode));
  prefer_string (structure, "multiview-mode", "mono");
  g_free (colorimetry);
  g_free (chroma_site);
}

static void
set_string (GstCaps * caps, const gchar * field, gchar * value)
{
  if (value != NULL
      && !gst_structure_has_field (gst_caps_get_structure (caps, 0), field))
    gst_caps_set_simple (caps, field, G_TYPE_STRING, value, NULL);
  g_free (value);
}

/* Caps without colorimetry mean one that goes by the size, and with it a chroma
 * site: where the new size would mean another one, it is said. The colorimetry
 * comes first, since naming it leaves the chroma site unknown. */
static void
keep_colorimetry (GstCaps * caps, GstCaps * result)
{
  GstVideoInfo from, to;

  if (!gst_video_info_from_caps (&from, caps)
      || !gst_video_info_from_caps (&to, result))
    return;

  if (!gst_video_colorimetry_is_equal (&from.colorimetry, &to.colorimetry))
    set_string (result, "colorimetry",
        gst_video_colorimetry_to_string (&from.colorimetry));
  if (gst_video_info_from_caps (&to, result)
      && from.chroma_site != to.chroma_site)
    set_string (result, "chroma-site",
        gst_video_chroma_site_to_string (from.chroma_site));
}

GstCaps *
gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps, gboolean * fills)
{
  GstCaps *result = NULL;
  GstStructure *structure;
  guint i, n = gst_caps_get_size (othercaps);

  *fills = FALSE;
  if (gst_caps_is_any (othercaps))
    result = gst_caps_ref (caps);

  for (i = 0; i < n && result == NULL; i++) {
    result = gst_caps_copy_nth (othercaps, i);
    structure = gst_caps_get_structure (result, 0);
    if (gst_caps_is_subset (caps, result)) {
      gst_caps_replace (&result, caps);
    } else if (fixate_shape (direction, caps, structure, fills)) {
      prefer_defaults (caps, structure);
      result = gst_caps_fixate (result);
      keep_colorimetry (caps, result);
    } else {
      gst_clear_caps (&result);
    }
  }

  gst_caps_unref (othercaps);
  return result != NULL ? result : gst_caps_new_empty ();
}

/* Whether frames of these features can be mapped into system memory and scaled
 * without losing what the features promise */
static gboolean
features_are_scalable (const GstCapsFeatures * features)
{
  guint i;

  if (gst_caps_features_is_any (features))
    return FALSE;
  for (i = 0; i < gst_caps_features_get_size (features); i++) {
    const gchar *feature = gst_caps_features_get_nth (features, i);

    if (!g_str_equal (feature, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY)
        && !g_str_equal (feature, GST_CAPS_FEATURE_FORMAT_INTERLACED)
        && !g_str_equal (feature,
            GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION))
      return FALSE;
  }
  return TRUE;
}

static gboolean
format_is_scalable (const gchar * format)
{
  return gst_area_engine_handles_format (gst_video_format_from_string (format));
}

/* Appends a copy of @structure, in the given formats unless @format is %NULL,
 * and in any size if @open, except where @caps have it already. Takes @caps and
 * returns them. */
static GstCaps *
append_structure (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features, const GValue * format, gboolean open)
{
  GstStructure *copy = gst_structure_copy (structure);

  if (format != NULL)
    gst_structure_set_value (copy, "format", format);
  if (open) {
    gst_structure_set (copy,
        "width", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE,
        "height", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE, NULL);
    if (gst_structure_has_field (copy, PAR_FIELD))
      gst_structure_set (copy, PAR_FIELD, GST_TYPE_FRACTION_RANGE, 1, G_MAXINT,
          G_MAXINT, 1, NULL);
  }
  return gst_caps_merge_structure_full (caps, copy,
      gst_caps_features_copy (features));
}

/* Sorts the strings of @format, which is one or a list of them */
static void
split_formats (const GValue * format, GValue * scalable, GValue * others)
{
  guint i;

  if (GST_VALUE_HOLDS_LIST (format)) {
    for (i = 0; i < gst_value_list_get_size (format); i++)
      split_formats (gst_value_list_get_value (format, i), scalable, others);
  } else if (G_VALUE_HOLDS_STRING (format)
      && format_is_scalable (g_value_get_string (format))) {
    gst_value_list_append_value (scalable, format);
  } else {
    gst_value_list_append_value (others, format);
  }
}

/* As append_structure(), for a list of formats that may be empty */
static GstCaps *
append_formats (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features, const GValue * formats, gboolean open)
{
  guint n = gst_value_list_get_size (formats);

  if (n == 0)
    return caps;
  return append_structure (caps, structure, features,
      n == 1 ? gst_value_list_get_value (formats, 0) : formats, open);
}

/* As append_structure(), for what frames of a scalable structure can become:
 * any size, but formats that cannot be averaged keep theirs */
static GstCaps *
append_scaled (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features)
{
  const GValue *format = gst_structure_get_value (structure, "format");
  GValue scalable = G_VALUE_INIT, others = G_VALUE_INIT;

  if (format == NULL)
    return append_structure (caps, structure, features, NULL, TRUE);

  g_value_init (&scalable, GST_TYPE_LIST);
  g_value_init (&others, GST_TYPE_LIST);
  split_formats (format, &scalable, &others);
  caps = append_formats (caps, structure, features, &scalable, TRUE);
  caps = append_formats (caps, structure, features, &others, FALSE);
  g_value_unset (&others);
  g_value_unset (&scalable);
  return caps;
}

GstCaps *
gst_area_scale_negotiation_transform_caps (GstPadDirection direction
    G_GNUC_UNUSED, GstCaps * caps, GstCaps * filter)
{
  GstCaps *result, *intersection;
  guint i;

  result = gst_caps_is_any (caps) ? gst_caps_new_any () : gst_caps_new_empty ();
  for (i = 0; i < gst_caps_get_size (caps); i++) {
    const GstStructure *structure = gst_caps_get_structure (caps, i);
    const GstCapsFeatures *features = gst_caps_get_features (caps, i);

    if (gst_structure_has_name (structure, "video/x-raw")
        && features_are_scalable (features))
      result = append_scaled (result, structure, features);
    else
      result = append_structure (result, structure, features, NULL, FALSE);
  }

  if (filter == NULL)
    return result;
  intersection =
      gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST);
  gst_caps_unref (result);
  return intersection;
}

/* Whether frames of @caps could become one of @accepted, but none of those that
 * are allowed can exist */
static gboolean
no_frame_exists (GstCaps * caps, GstCaps * accepted)
{
  GstCaps *possible = gst_area_scale_negotiation_transform_caps (GST_PAD_SINK,
      caps, accepted);
  gboolean is_possible = !gst_caps_is_empty (possible), fills, is_empty;
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (GST_PAD_SINK, caps,
      possible, &fills);

  is_empty = gst_caps_is_empty (result);
  gst_caps_unref (result);
  return is_possible && is_empty;
}

const gchar *
gst_area_scale_negotiation_limit (GstCaps * caps, GstCaps * accepted)
{
  const gchar *format =
      gst_structure_get_string (gst_caps_get_structure (caps, 0), "format");
  GstVideoInfo info;

  if (!features_are_scalable (gst_caps_get_features (caps, 0)))
    return "frames with these caps features can only pass through";
  if (format != NULL && !format_is_scalable (format))
    return "palette indices have no mean, such frames can only pass through";
  if (format != NULL && !gst_video_info_from_caps (&info, caps))
    return "frames of this size are too large for GStreamer";
  if (no_frame_exists (caps, accepted))
    return "frames of such sizes are too large for GStreamer, or their pixel "
        "aspect ratio is not positive";
  return "only the size and the pixel aspect ratio can change";
}

void
gst_area_scale_fixation_init (GstAreaScaleFixation * fixation,
    GstPadDirection direction, GstCaps * caps, GstCaps * othercaps,
    gboolean fills)
{
  gboolean from_sink = direction == GST_PAD_SINK;

  if (gst_video_info_from_caps (&fixation->in, from_sink ? caps : othercaps)
      && gst_video_info_from_caps (&fixation->out,
          from_sink ? othercaps : caps))
    fixation->fills = fills;
  else
    memset (fixation, 0, sizeof (*fixation));
}

gboolean
gst_area_scale_fixation_is_of (const GstAreaScaleFixation * fixation,
    const GstVideoInfo * in, const GstVideoInfo * out)
{
  return fixation->in.finfo != NULL
      && gst_video_info_is_equal (in, &fixation->in)
      && gst_video_info_is_equal (out, &fixation->out);
}
