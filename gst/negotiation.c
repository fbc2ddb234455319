/* GStreamer areascale: caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "negotiation.h"

#include <gst/video/video.h>

#include "areascale.h"
#include "choice.h"
#include "colorimetry.h"
#include "engine.h"
#include "formats.h"
#include "placement.h"

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

/* The grid and the sizes that can exist are those of the format in @structure */
static void
set_format (GstVideoInfo * info, const GstStructure * structure)
{
  const gchar *name = gst_structure_get_string (structure, "format");

  if (name != NULL)
    info->finfo = gst_video_format_get_info
        (gst_video_format_from_string (name));
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
    set_format (&info, structure);
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

/* Where @structure offers a choice in a field that @caps lack, what its absence
 * means comes first, so that the pictures keep their meaning */
static void
prefer_defaults (GstCaps * caps, GstStructure * structure)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;

  if (gst_structure_has_field (structure, "interlace-mode"))
    gst_structure_fixate_field_string (structure, "interlace-mode",
        gst_video_interlace_mode_to_string (info.interlace_mode));
  if (gst_structure_has_field (structure, "multiview-mode"))
    gst_structure_fixate_field_string (structure, "multiview-mode", "mono");
}

/* A structure of caps, and what a picture loses in the best of its formats */
typedef struct
{
  guint index;
  GstVideoFormat format;        /* UNKNOWN: as the structure has it */
  GstAreaLoss loss;
} Candidate;

static gint
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a, *second = b;
  gint order = gst_area_loss_compare (&first->loss, &second->loss);

  return order != 0 ? order : (gint) first->index - (gint) second->index;
}

/* The structures that a frame of @caps can have a format of, the best first, of
 * equal ones in their order */
static GArray *
find_candidates (GstCaps * caps, GstCaps * othercaps)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  const gchar *name =
      gst_structure_get_string (gst_caps_get_structure (caps, 0), "format");
  GstVideoFormat from = name != NULL ? gst_video_format_from_string (name)
      : GST_VIDEO_FORMAT_UNKNOWN;
  Candidate candidate = { 0 };
  guint n = gst_caps_get_size (othercaps);

  for (; candidate.index < n; candidate.index++) {
    if (from != GST_VIDEO_FORMAT_UNKNOWN) {
      candidate.format =
          gst_area_formats_choose (gst_video_format_get_info (from),
          gst_structure_get_value (gst_caps_get_structure (othercaps,
                  candidate.index), "format"), &candidate.loss);
      if (candidate.format == GST_VIDEO_FORMAT_UNKNOWN)
        continue;
    }
    g_array_append_val (candidates, candidate);
  }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

/* Returns: (transfer full): fixed caps of one structure of @othercaps, or %NULL
 * when no size or pixel aspect ratio can be chosen */
static GstCaps *
fixate_candidate (GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps, const Candidate * candidate, gboolean * fills)
{
  GstCaps *result = gst_caps_copy_nth (othercaps, candidate->index);
  GstStructure *structure = gst_caps_get_structure (result, 0);

  if (gst_caps_is_subset (caps, result)) {
    gst_caps_replace (&result, caps);
    return result;
  }
  if (candidate->format != GST_VIDEO_FORMAT_UNKNOWN)
    gst_structure_set (structure, "format", G_TYPE_STRING,
        gst_video_format_to_string (candidate->format), NULL);
  if (!fixate_shape (direction, caps, structure, fills)) {
    gst_caps_unref (result);
    return NULL;
  }
  prefer_defaults (caps, structure);
  gst_area_colorimetry_prefer (caps, result);
  result = gst_caps_fixate (result);
  gst_area_colorimetry_transfer (caps, result);
  return result;
}

GstCaps *
gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps, gboolean * fills)
{
  GArray *candidates = find_candidates (caps, othercaps);
  GstCaps *result = NULL;
  guint i;

  *fills = FALSE;
  if (gst_caps_is_any (othercaps))
    result = gst_caps_ref (caps);
  for (i = 0; i < candidates->len && result == NULL; i++)
    result = fixate_candidate (direction, caps, othercaps,
        &g_array_index (candidates, Candidate, i), fills);

  g_array_unref (candidates);
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

/* Every format that can be averaged. Thread-safe. */
static const GValue *
scalable_formats (void)
{
  static GValue formats = G_VALUE_INIT;
  static gsize made;

  if (g_once_init_enter (&made)) {
    const GstVideoFormat *all;
    guint i, n;

    g_value_init (&formats, GST_TYPE_LIST);
    all = gst_video_formats_raw (&n);
    for (i = 0; i < n; i++) {
      GValue name = G_VALUE_INIT;

      if (!gst_area_engine_handles_format (all[i]))
        continue;
      g_value_init (&name, G_TYPE_STRING);
      g_value_set_static_string (&name, gst_video_format_to_string (all[i]));
      gst_value_list_append_and_take_value (&formats, &name);
    }
    g_once_init_leave (&made, 1);
  }
  return &formats;
}

static void
open_size (GstStructure * structure)
{
  gst_structure_set (structure,
      "width", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE,
      "height", GST_TYPE_INT_RANGE, 1, AREASCALE_MAX_SIZE, NULL);
  if (gst_structure_has_field (structure, PAR_FIELD))
    gst_structure_set (structure, PAR_FIELD, GST_TYPE_FRACTION_RANGE, 1, G_MAXINT,
        G_MAXINT, 1, NULL);
}

static void
open_format (GstStructure * structure)
{
  gst_structure_set_value (structure, "format", scalable_formats ());
  gst_structure_remove_fields (structure, "colorimetry", "chroma-site", NULL);
}

/* Appends a copy of @structure, in the given formats unless @format is %NULL,
 * with what may change open, except where @caps have it already. Takes @caps and
 * returns them. */
static GstCaps *
append_structure (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features, const GValue * format,
    GstAreaChanges changes)
{
  GstStructure *copy = gst_structure_copy (structure);

  if (format != NULL)
    gst_structure_set_value (copy, "format", format);
  if (changes != GST_AREA_CHANGES_NOTHING)
    open_size (copy);
  if (changes == GST_AREA_CHANGES_ALL)
    open_format (copy);
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
    const GstCapsFeatures * features, const GValue * formats,
    GstAreaChanges changes)
{
  guint n = gst_value_list_get_size (formats);

  if (n == 0)
    return caps;
  return append_structure (caps, structure, features,
      n == 1 ? gst_value_list_get_value (formats, 0) : formats, changes);
}

/* Without a format: where that may change, those that can be averaged, and all of
 * them as they are */
static GstCaps *
append_any_format (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features, GstAreaChanges changes)
{
  caps = append_structure (caps, structure, features, NULL, changes);
  return changes == GST_AREA_CHANGES_SIZE ? caps
      : append_structure (caps, structure, features, NULL,
      GST_AREA_CHANGES_NOTHING);
}

/* As append_structure(), for what frames of a scalable structure can become:
 * whatever may change, but formats that cannot be averaged stay as they are */
static GstCaps *
append_changed (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features, GstAreaChanges changes)
{
  const GValue *format = gst_structure_get_value (structure, "format");
  GValue scalable = G_VALUE_INIT, others = G_VALUE_INIT;

  if (format == NULL)
    return append_any_format (caps, structure, features, changes);

  g_value_init (&scalable, GST_TYPE_LIST);
  g_value_init (&others, GST_TYPE_LIST);
  split_formats (format, &scalable, &others);
  caps = append_formats (caps, structure, features, &scalable, changes);
  caps = append_formats (caps, structure, features, &others,
      GST_AREA_CHANGES_NOTHING);
  g_value_unset (&others);
  g_value_unset (&scalable);
  return caps;
}

GstCaps *
gst_area_scale_negotiation_transform_caps (GstAreaChanges changes,
    GstPadDirection direction G_GNUC_UNUSED, GstCaps * caps, GstCaps * filter)
{
  GstCaps *result, *intersection;
  guint i;

  result = gst_caps_is_any (caps) ? gst_caps_new_any () : gst_caps_new_empty ();
  for (i = 0; i < gst_caps_get_size (caps); i++) {
    const GstStructure *structure = gst_caps_get_structure (caps, i);
    const GstCapsFeatures *features = gst_caps_get_features (caps, i);

    if (gst_structure_has_name (structure, "video/x-raw")
        && features_are_scalable (features))
      result = append_changed (result, structure, features, changes);
    else
      result = append_structure (result, structure, features, NULL,
          GST_AREA_CHANGES_NOTHING);
  }

  if (filter == NULL)
    return result;
  intersection =
      gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST);
  gst_caps_unref (result);
  return intersection;
}

gboolean
gst_area_scale_negotiation_only_passes (GstCaps * caps)
{
  const gchar *format =
      gst_structure_get_string (gst_caps_get_structure (caps, 0), "format");

  return format == NULL || !format_is_scalable (format)
      || !features_are_scalable (gst_caps_get_features (caps, 0));
}

/* Whether frames of @caps could become one of @accepted, but none of those that
 * are allowed can exist */
static gboolean
no_frame_exists (GstAreaChanges changes, GstCaps * caps, GstCaps * accepted)
{
  GstCaps *possible = gst_area_scale_negotiation_transform_caps (changes,
      GST_PAD_SINK, caps, accepted);
  gboolean is_possible = !gst_caps_is_empty (possible), fills, is_empty;
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (GST_PAD_SINK, caps,
      possible, &fills);

  is_empty = gst_caps_is_empty (result);
  gst_caps_unref (result);
  return is_possible && is_empty;
}

const gchar *
gst_area_scale_negotiation_limit (GstAreaChanges changes, GstCaps * caps,
    GstCaps * accepted)
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
  if (no_frame_exists (changes, caps, accepted))
    return "frames of such sizes are too large for GStreamer, or their pixel "
        "aspect ratio is not positive";
  return changes == GST_AREA_CHANGES_ALL ? "only the size, the pixel aspect "
      "ratio, the format, the colorimetry and the chroma site can change"
      : "only the size and the pixel aspect ratio can change";
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
