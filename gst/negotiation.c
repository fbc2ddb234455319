/* GStreamer areascale: caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "negotiation.h"

#include <math.h>

#include <gst/video/video.h>

#include "areascale.h"
#include "shape.h"

static const gchar *const size_fields[N_AXES] = { "width", "height" };

#define PAR_FIELD "pixel-aspect-ratio"

/* The format whose samples are palette indices */
#define PALETTE "RGB8P"

/* What a structure allows; NULL allows everything */
typedef struct
{
  const GValue *size[N_AXES];
  const GValue *par;
} Choice;

/* How many times the larger ratio is the smaller one: 1 when they are equal */
static gdouble
distortion (gdouble a, gdouble b)
{
  return a > b ? a / b : b / a;
}

/* The fraction n/d with terms up to G_MAXINT: exact where it fits, otherwise
 * the last convergent of its continued fraction that does, off by less than
 * 2^-31 of it, and the limits beyond them */
static GstAreaScalePar
par_from_ratio (guint64 n, guint64 d)
{
  guint64 n0 = 0, d0 = 1, n1 = 1, d1 = 0;
  GstAreaScalePar par;

  while (d != 0) {
    guint64 term = n / d, rest = n % d, next;

    if (term > (G_MAXINT - n0) / MAX (n1, 1)
        || term > (G_MAXINT - d0) / MAX (d1, 1))
      break;
    next = term * n1 + n0;
    n0 = n1;
    n1 = next;
    next = term * d1 + d0;
    d0 = d1;
    d1 = next;
    n = d;
    d = rest;
  }
  par.n = d1 == 0 ? G_MAXINT : MAX (n1, 1);
  par.d = n1 == 0 ? G_MAXINT : MAX (d1, 1);
  return par;
}

/* The pixel aspect ratio that keeps the display aspect ratio at a given size */
static GstAreaScalePar
matching_par (const GstAreaScaleShape * from, const gint size[N_AXES])
{
  /* 15 + 31 + 15 bits */
  guint64 n = (guint64) from->size[WIDTH] * from->par.n * size[HEIGHT];
  guint64 d = (guint64) from->size[HEIGHT] * from->par.d * size[WIDTH];

  return par_from_ratio (n, d);
}

static gint
nearest_in_range (gint min, gint max, gint step, gdouble target)
{
  gint first = (MAX (min, 1) - 1) / step + 1;
  gint last = MIN (max, AREASCALE_MAX_SIZE) / step;

  if (first > last)
    return 0;
  return (gint) CLAMP (target / step + 0.5, first, last) * step;
}

/* The legal size nearest to @target, halves up; 0 when there is none */
static gint
nearest_size (const GValue * allowed, gdouble target)
{
  gint best = 0;
  guint i;

  if (allowed == NULL)
    return nearest_in_range (1, AREASCALE_MAX_SIZE, 1, target);
  if (G_VALUE_HOLDS_INT (allowed)) {
    gint size = g_value_get_int (allowed);

    return nearest_in_range (size, size, 1, target);
  }
  if (GST_VALUE_HOLDS_INT_RANGE (allowed))
    return nearest_in_range (gst_value_get_int_range_min (allowed),
        gst_value_get_int_range_max (allowed),
        gst_value_get_int_range_step (allowed), target);
  if (GST_VALUE_HOLDS_LIST (allowed)) {
    for (i = 0; i < gst_value_list_get_size (allowed); i++) {
      gint size = nearest_size (gst_value_list_get_value (allowed, i), target);

      if (size != 0
          && (best == 0 || fabs (size - target) < fabs (best - target)))
        best = size;
    }
  }
  return best;
}

/* Whether @size is what @target becomes on the grid of @allowed, and not the
 * end of what is allowed */
static gboolean
is_rounded (const GValue * allowed, gint size, gdouble target)
{
  gint step = 1;

  if (allowed != NULL && GST_VALUE_HOLDS_INT_RANGE (allowed))
    step = gst_value_get_int_range_step (allowed);
  return fabs (size - target) * 2 <= step;
}

static gboolean
size_is_fixed (const GValue * allowed)
{
  return nearest_size (allowed, 1) == nearest_size (allowed,
      AREASCALE_MAX_SIZE);
}

static gboolean
size_is_open (const GValue * allowed)
{
  return allowed == NULL || (GST_VALUE_HOLDS_INT_RANGE (allowed)
      && gst_value_get_int_range_min (allowed) <= 1
      && gst_value_get_int_range_max (allowed) >= AREASCALE_MAX_SIZE
      && gst_value_get_int_range_step (allowed) == 1);
}

static GstAreaScalePar
par_from_value (const GValue * fraction)
{
  GstAreaScalePar par = {
    gst_value_get_fraction_numerator (fraction),
    gst_value_get_fraction_denominator (fraction)
  };

  return par;
}

/* Finds the allowed pixel aspect ratio nearest to @target, by the distortion
 * between them. Returns %FALSE when no positive one is allowed. */
static gboolean
nearest_par (const GValue * allowed, const GstAreaScalePar * target,
    GstAreaScalePar * par)
{
  gdouble ratio = (gdouble) target->n / target->d;
  gdouble best = 0;
  guint i;

  *par = *target;
  if (allowed == NULL)
    return TRUE;
  if (GST_VALUE_HOLDS_FRACTION (allowed)) {
    *par = par_from_value (allowed);
  } else if (GST_VALUE_HOLDS_FRACTION_RANGE (allowed)) {
    GstAreaScalePar min =
        par_from_value (gst_value_get_fraction_range_min (allowed));
    GstAreaScalePar max =
        par_from_value (gst_value_get_fraction_range_max (allowed));

    if ((gint64) target->n * min.d < (gint64) min.n * target->d)
      *par = min;
    else if ((gint64) target->n * max.d > (gint64) max.n * target->d)
      *par = max;
  } else if (GST_VALUE_HOLDS_LIST (allowed)) {
    par->n = 0;
    for (i = 0; i < gst_value_list_get_size (allowed); i++) {
      GstAreaScalePar next;
      gdouble error;

      if (!nearest_par (gst_value_list_get_value (allowed, i), target, &next))
        continue;
      error = distortion ((gdouble) next.n / next.d, ratio);
      if (par->n == 0 || error < best) {
        *par = next;
        best = error;
      }
    }
  } else {
    return FALSE;
  }
  return par->n > 0;
}

/* Makes the other side of @to follow from its side along @axis. Returns whether
 * that keeps the display aspect ratio. */
static gboolean
follow (const GstAreaScaleShape * from, const Choice * choice, gint axis,
    GstAreaScaleShape * to)
{
  gdouble ratio[N_AXES], target;

  gst_area_scale_shape_ratio (from, &to->par, ratio);
  target = gst_area_scale_shape_matching_size (ratio, axis, to->size[axis]);
  to->size[!axis] = nearest_size (choice->size[!axis], target);
  return is_rounded (choice->size[!axis], to->size[!axis], target);
}

/* Makes the pixel aspect ratio of @to follow from its size. Returns whether
 * that keeps the display aspect ratio. */
static gboolean
follow_par (const GstAreaScaleShape * from, const Choice * choice,
    GstAreaScaleShape * to)
{
  GstAreaScalePar target = matching_par (from, to->size);

  return nearest_par (choice->par, &target, &to->par)
      && gst_area_scale_par_equal (&to->par, &target);
}

static gdouble
shape_distortion (const GstAreaScaleShape * from, const GstAreaScaleShape * to)
{
  gdouble ratio[N_AXES];

  gst_area_scale_shape_ratio (from, &to->par, ratio);
  return distortion (to->size[WIDTH] * ratio[HEIGHT],
      to->size[HEIGHT] * ratio[WIDTH]);
}

/* One side leads: the pixel aspect ratio of @to stays and the other side follows,
 * and only where the other side cannot, the pixel aspect ratio does */
static void
choose_with_one_side (const GstAreaScaleShape * from, const Choice * choice,
    gint axis, GstAreaScaleShape * to)
{
  if (!follow (from, choice, axis, to) && !follow_par (from, choice, to))
    follow (from, choice, axis, to);
}

/* Both sides or none lead: keeps the size as far as possible and adjusts
 * the pixel aspect ratio, and where that cannot, keeps the height (because of
 * interlacing) or else the width, whichever distorts less */
static void
choose_by_size (const GstAreaScaleShape * from, const Choice * choice,
    GstAreaScaleShape * to)
{
  GstAreaScaleShape other;

  if (follow_par (from, choice, to))
    return;
  other = *to;
  if (follow (from, choice, HEIGHT, to))
    return;
  if (follow (from, choice, WIDTH, &other)
      || shape_distortion (from, &other) < shape_distortion (from, to))
    *to = other;
}

/* Returns %FALSE when no legal size or pixel aspect ratio is allowed */
static gboolean
choose_shape (const GstAreaScaleShape * from, const Choice * choice,
    GstAreaScaleShape * to)
{
  gboolean leads[N_AXES];
  gint axis;

  if (!nearest_par (choice->par, &from->par, &to->par))
    return FALSE;
  for (axis = 0; axis < N_AXES; axis++) {
    to->size[axis] = nearest_size (choice->size[axis], from->size[axis]);
    if (to->size[axis] == 0)
      return FALSE;
    leads[axis] = size_is_fixed (choice->size[axis])
        || (to->size[axis] != from->size[axis]
        && size_is_open (choice->size[!axis]));
  }

  if (leads[WIDTH] == leads[HEIGHT])
    choose_by_size (from, choice, to);
  else
    choose_with_one_side (from, choice, leads[WIDTH] ? WIDTH : HEIGHT, to);
  return TRUE;
}

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
fixate_shape (GstPadDirection direction, const GstAreaScaleShape * from,
    GstStructure * structure)
{
  GValue square = G_VALUE_INIT;
  Choice choice;
  GstAreaScaleShape to;
  gint axis;

  for (axis = 0; axis < N_AXES; axis++)
    choice.size[axis] = gst_structure_get_value (structure, size_fields[axis]);
  choice.par = gst_structure_get_value (structure, PAR_FIELD);
  g_value_init (&square, GST_TYPE_FRACTION);
  gst_value_set_fraction (&square, 1, 1);
  if (choice.par == NULL && direction == GST_PAD_SRC)
    choice.par = &square;

  if (!choose_shape (from, &choice, &to))
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

/* Caps without colorimetry mean one that goes by the size: where the new size
 * would mean another one, it is said */
static void
keep_colorimetry (GstCaps * caps, GstCaps * result)
{
  GstVideoInfo from, to;
  gchar *colorimetry;

  if (!gst_video_info_from_caps (&from, caps)
      || !gst_video_info_from_caps (&to, result)
      || gst_video_colorimetry_is_equal (&from.colorimetry, &to.colorimetry)
      || gst_structure_has_field (gst_caps_get_structure (result, 0),
          "colorimetry"))
    return;

  colorimetry = gst_video_colorimetry_to_string (&from.colorimetry);
  gst_caps_set_simple (result, "colorimetry", G_TYPE_STRING, colorimetry, NULL);
  g_free (colorimetry);
}

GstCaps *
gst_area_scale_negotiation_fixate_caps (GstPadDirection direction,
    GstCaps * caps, GstCaps * othercaps)
{
  GstCaps *result = NULL;
  GstStructure *structure;
  GstAreaScaleShape from;
  guint i, n = gst_caps_get_size (othercaps);

  if (gst_caps_is_any (othercaps))
    result = gst_caps_ref (caps);

  for (i = 0; i < n && result == NULL; i++) {
    result = gst_caps_copy_nth (othercaps, i);
    structure = gst_caps_get_structure (result, 0);
    if (gst_caps_is_subset (caps, result)) {
      gst_caps_replace (&result, caps);
    } else if (shape_from_structure (gst_caps_get_structure (caps, 0), &from)
        && fixate_shape (direction, &from, structure)) {
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

const gchar *
gst_area_scale_negotiation_limit (GstCaps * caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  if (!features_are_scalable (gst_caps_get_features (caps, 0)))
    return "frames with these caps features can only pass through";
  if (g_strcmp0 (gst_structure_get_string (structure, "format"), PALETTE) == 0)
    return "palette indices have no mean, such frames can only pass through";
  return "only the size and the pixel aspect ratio can change";
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

/* As append_structure(), for what frames of a scalable structure can become:
 * any size, but palette indices cannot be averaged and keep theirs */
static GstCaps *
append_scaled (GstCaps * caps, const GstStructure * structure,
    const GstCapsFeatures * features)
{
  const GValue *format = gst_structure_get_value (structure, "format");
  GValue palette = G_VALUE_INIT, part = G_VALUE_INIT;

  if (format == NULL)
    return append_structure (caps, structure, features, NULL, TRUE);

  g_value_init (&palette, G_TYPE_STRING);
  g_value_set_static_string (&palette, PALETTE);
  if (gst_value_subtract (&part, format, &palette)) {
    caps = append_structure (caps, structure, features, &part, TRUE);
    g_value_unset (&part);
  }
  if (gst_value_intersect (&part, format, &palette)) {
    caps = append_structure (caps, structure, features, &part, FALSE);
    g_value_unset (&part);
  }
  g_value_unset (&palette);
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
