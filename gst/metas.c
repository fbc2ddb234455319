/* GStreamer areascale: metas and navigation events across a change of size
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "metas.h"

#include <math.h>

#include "colorimetry.h"

/* One direction of a placement: input positions 0 .. in become output positions
 * pos .. pos + size */
typedef struct
{
  gint in;
  gint pos;
  gint size;
} Axis;

/* One buffer's change of size */
typedef struct
{
  GstBuffer *inbuf;
  GstBuffer *outbuf;
  const GstVideoInfo *in;
  const GstVideoInfo *out;
  const GstAreaScalePlacement *placement;
  GstAreaScaleOverlay *overlay;
} Change;

/* Returns whether the base class shall copy the meta */
typedef gboolean (*Transform) (const Change * change, GstMeta * meta);

static Axis
horizontal (const GstAreaScalePlacement * p)
{
  const Axis axis = { p->in_width, p->content.x, p->content.w };

  return axis;
}

static Axis
vertical (const GstAreaScalePlacement * p)
{
  const Axis axis = { p->in_height, p->content.y, p->content.h };

  return axis;
}

/* The output position of an input position; @bias / in is added before rounding
 * down. |edge| <= 2^31 and size < 2^31, so that the product fits. */
static gint64
to_output (const Axis * axis, gint64 edge, gint bias)
{
  gint64 n = edge * axis->size + bias;
  gint64 q = n / axis->in - (n % axis->in < 0);

  return axis->pos + q;
}

/* The smallest run of output pixels that covers a run of input pixels: what is
 * not empty stays so, and what lies in another run stays in it. The part
 * outside the input is cut off. */
static void
cover_span (const Axis * axis, guint * start, guint * length)
{
  gint64 first = MIN (*start, (guint) axis->in);
  gint64 end = MIN ((guint64) *start + *length, (guint64) axis->in);

  *start = to_output (axis, first, 0);
  *length = first == end ? 0 : to_output (axis, end, axis->in - 1) - *start;
}

static gint
nearest_output (const Axis * axis, gint64 edge)
{
  return (gint) CLAMP (to_output (axis, edge, axis->in / 2), G_MININT,
      G_MAXINT);
}

/* Rounds both ends of a span to nearest, so that neighbours stay neighbours,
 * and keeps at least one pixel */
static void
round_span (const Axis * axis, gint * start, guint * length)
{
  const gint first = nearest_output (axis, *start);
  const gint end = nearest_output (axis,
      MIN ((gint64) *start + *length, G_MAXINT));

  *start = first;
  *length = (guint) CLAMP ((gint64) end - first, 1, G_MAXINT);
}

static gpointer
copy_param (gconstpointer param, G_GNUC_UNUSED gpointer user_data)
{
  return gst_structure_copy (param);
}

static gboolean
transform_region (const Change * change, GstMeta * meta)
{
  const GstVideoRegionOfInterestMeta *region =
      (GstVideoRegionOfInterestMeta *) meta;
  const Axis across = horizontal (change->placement);
  const Axis down = vertical (change->placement);
  GstVideoRegionOfInterestMeta *copy;
  guint x = region->x, y = region->y, w = region->w, h = region->h;

  cover_span (&across, &x, &w);
  cover_span (&down, &y, &h);

  copy = gst_buffer_add_video_region_of_interest_meta_id (change->outbuf,
      region->roi_type, x, y, w, h);
  copy->id = region->id;
  copy->parent_id = region->parent_id;
  copy->params = g_list_copy_deep (region->params, copy_param, NULL);
  return FALSE;
}

/* The pixels of the overlay are shared, only its place and size are new */
static void
transform_rectangle (GstVideoOverlayComposition * composition,
    GstVideoOverlayRectangle * rectangle,
    const GstAreaScalePlacement * placement)
{
  const Axis across = horizontal (placement), down = vertical (placement);
  GstVideoOverlayRectangle *copy;
  gint x, y;
  guint w, h;

  gst_video_overlay_rectangle_get_render_rectangle (rectangle, &x, &y, &w, &h);
  if (w == 0 || h == 0)
    return;

  round_span (&across, &x, &w);
  round_span (&down, &y, &h);

  copy = gst_video_overlay_rectangle_copy (rectangle);
  gst_video_overlay_rectangle_set_render_rectangle (copy, x, y, w, h);
  gst_video_overlay_composition_add_rectangle (composition, copy);
  gst_video_overlay_rectangle_unref (copy);
}

static GstVideoOverlayComposition *
scale_composition (GstVideoOverlayComposition * composition,
    const GstAreaScalePlacement * placement)
{
  GstVideoOverlayComposition *scaled = gst_video_overlay_composition_new (NULL);
  guint i, n = gst_video_overlay_composition_n_rectangles (composition);

  for (i = 0; i < n; i++)
    transform_rectangle (scaled,
        gst_video_overlay_composition_get_rectangle (composition, i),
        placement);
  return scaled;
}

void
gst_area_scale_overlay_clear (GstAreaScaleOverlay * overlay)
{
  g_clear_pointer (&overlay->from, gst_video_overlay_composition_unref);
  g_clear_pointer (&overlay->to, gst_video_overlay_composition_unref);
}

static gboolean
transform_composition (const Change * change, GstMeta * meta)
{
  GstVideoOverlayComposition *from =
      ((GstVideoOverlayCompositionMeta *) meta)->overlay;
  GstAreaScaleOverlay *overlay = change->overlay;

  if (!from)
    return FALSE;

  /* held, so that no other one can be at its address */
  if (from != overlay->from) {
    gst_area_scale_overlay_clear (overlay);
    overlay->from = gst_video_overlay_composition_ref (from);
    overlay->to = scale_composition (from, change->placement);
  }
  gst_buffer_add_video_overlay_composition_meta (change->outbuf, overlay->to);
  return FALSE;
}

/* The matrix M moves positions in the frame, whose lower left corner is (0, 0)
 * and upper right corner (1, 1). With T the way from the input frame to its
 * place in the output frame, T M T^-1 shows the picture as if it had been
 * transformed by M first and scaled afterwards. Without borders, that is M. */
static gboolean
transform_affine (const Change * change, GstMeta * meta)
{
  const GstAreaScalePlacement *p = change->placement;
  const gint below = p->out_height - p->content.y - p->content.h;
  const gfloat sx = (gfloat) p->content.w / p->out_width;
  const gfloat sy = (gfloat) p->content.h / p->out_height;
  const gfloat tx = (gfloat) p->content.x / p->out_width;
  const gfloat ty = (gfloat) below / p->out_height;
  /* by columns */
  const gfloat place[16] = {
    sx, 0, 0, 0, 0, sy, 0, 0, 0, 0, 1, 0, tx, ty, 0, 1
  };
  const gfloat unplace[16] = {
    1 / sx, 0, 0, 0, 0, 1 / sy, 0, 0, 0, 0, 1, 0, -tx / sx, -ty / sy, 0, 1
  };
  GstVideoAffineTransformationMeta *copy =
      gst_buffer_add_video_affine_transformation_meta (change->outbuf);

  gst_video_affine_transformation_meta_apply_matrix (copy, place);
  gst_video_affine_transformation_meta_apply_matrix (copy,
      ((GstVideoAffineTransformationMeta *) meta)->matrix);
  gst_video_affine_transformation_meta_apply_matrix (copy, unplace);
  return FALSE;
}

/* Whether the output frame has the display aspect ratio of the input frame,
 * up to one pixel of the shorter side for the rounding of its size */
static gboolean
keeps_display_aspect (const GstVideoInfo * in, const GstVideoInfo * out)
{
  const gdouble a = (gdouble) in->width * in->par_n * out->height * out->par_d;
  const gdouble b = (gdouble) out->width * out->par_n * in->height * in->par_d;

  return fabs (a - b) * MIN (out->width, out->height) <= b;
}

/* An active format is told relative to the shape of the whole frame */
static gboolean
transform_active_format (const Change * change, G_GNUC_UNUSED GstMeta * meta)
{
  return !gst_area_scale_placement_has_border (change->placement)
      && keeps_display_aspect (change->in, change->out);
}

/* Pixels are numbered from 0. A pixel is of a bar when all of it is. */
static void
transform_pillarbox (const Change * change, const GstVideoBarMeta * bars)
{
  const Axis across = horizontal (change->placement);
  gint64 left_end = MIN ((gint64) bars->bar_data1 + 1, across.in);
  gint64 right_start = MIN (bars->bar_data2, (guint) across.in);

  left_end = MAX (to_output (&across, left_end, 0), 1);
  right_start = to_output (&across, right_start, across.in - 1);
  gst_buffer_add_video_bar_meta (change->outbuf, bars->field, FALSE,
      left_end - 1, right_start);
}

/* Lines are numbered by the television standard that the input's size is of;
 * there are no such numbers for any other size */
static gboolean
transform_bars (const Change * change, GstMeta * meta)
{
  const GstAreaScalePlacement *p = change->placement;
  const GstVideoBarMeta *bars = (GstVideoBarMeta *) meta;

  if (bars->is_letterbox)
    return p->in_height == p->out_height && p->content.h == p->out_height;

  transform_pillarbox (change, bars);
  return FALSE;
}

/* A meta that depends on the size in a way only its own code knows. The plain
 * scale transform has no room for an offset: it is wrong with borders. */
static gboolean
transform_by_own_function (const Change * change, GstMeta * meta)
{
  GstMetaTransformFunction transform = meta->info->transform_func;
  /* the members are not const, but nothing writes through them */
  GstVideoMetaTransform scale = {
    (GstVideoInfo *) change->in, (GstVideoInfo *) change->out
  };
#if GST_CHECK_VERSION (1, 28, 0)
  const GstAreaScalePlacement *p = change->placement;
  const GstVideoRectangle whole = { 0, 0, p->in_width, p->in_height };
  GstVideoMetaTransformMatrix matrix;
#endif

  if (!transform)
    return FALSE;

#if GST_CHECK_VERSION (1, 28, 0)
  gst_video_meta_transform_matrix_init (&matrix, change->in, &whole,
      change->out, &p->content);
  if (transform (change->outbuf, meta, change->inbuf,
          gst_video_meta_transform_matrix_get_quark (), &matrix))
    return FALSE;
#endif

  if (!gst_area_scale_placement_has_border (change->placement))
    transform (change->outbuf, meta, change->inbuf,
        gst_video_meta_transform_scale_get_quark (), &scale);
  return FALSE;
}

static gboolean
depends_on (GType api, const gchar * tag)
{
  return gst_meta_api_type_has_tag (api, g_quark_from_string (tag));
}

gboolean
gst_area_scale_metas_handles (GType api, const GstVideoInfo * in,
    const GstVideoInfo * out)
{
  /* orientation is the same before and after */
  static const gchar *const known[] = {
    GST_META_TAG_VIDEO_STR, GST_META_TAG_VIDEO_SIZE_STR,
    GST_META_TAG_VIDEO_ORIENTATION_STR, GST_META_TAG_VIDEO_COLORSPACE_STR, NULL
  };
  const gchar *const *tag = gst_meta_api_type_get_tags (api);

  if (api == GST_VIDEO_CROP_META_API_TYPE
      || api == GST_VIDEO_CODEC_ALPHA_META_API_TYPE)
    return FALSE;

  for (; tag && *tag; tag++)
    if (!g_strv_contains (known, *tag))
      return FALSE;

  return !depends_on (api, GST_META_TAG_VIDEO_COLORSPACE_STR)
      || !gst_area_colorimetry_changes (in, out);
}

gboolean
gst_area_scale_metas_transform (GstBuffer * outbuf, GstMeta * meta,
    GstBuffer * inbuf, const GstVideoInfo * in, const GstVideoInfo * out,
    const GstAreaScalePlacement * placement, GstAreaScaleOverlay * overlay)
{
  static const struct
  {
    GType (*api) (void);
    Transform transform;
  } special[] = {
    {gst_video_region_of_interest_meta_api_get_type, transform_region},
    {gst_video_overlay_composition_meta_api_get_type, transform_composition},
    {gst_video_affine_transformation_meta_api_get_type, transform_affine},
    {gst_video_afd_meta_api_get_type, transform_active_format},
    {gst_video_bar_meta_api_get_type, transform_bars},
  };
  const Change change = { inbuf, outbuf, in, out, placement, overlay };
  const GType api = meta->info->api;
  guint i;

  if (!gst_area_scale_metas_handles (api, in, out))
    return FALSE;

  for (i = 0; i < G_N_ELEMENTS (special); i++)
    if (special[i].api () == api)
      return special[i].transform (&change, meta);

  return !depends_on (api, GST_META_TAG_VIDEO_SIZE_STR)
      || transform_by_own_function (&change, meta);
}

static gdouble
to_input (const Axis * axis, gdouble position)
{
  return CLAMP ((position - axis->pos) * axis->in / axis->size, 0,
      axis->in - 1);
}

GstEvent *
gst_area_scale_metas_navigation (GstEvent * event,
    const GstAreaScalePlacement * placement)
{
  const Axis across = horizontal (placement), down = vertical (placement);
  /* by its fields: gst_navigation_event_get_coordinates() of 1.22 leaves out
   * scrolling, and warns about events that lack a field */
  const GstStructure *s = gst_event_get_structure (event);
  gdouble x, y;

  if (!s || !gst_structure_get_double (s, "pointer_x", &x)
      || !gst_structure_get_double (s, "pointer_y", &y)
      || isnan (x) || isnan (y))
    return event;

  event = gst_event_make_writable (event);
  gst_structure_set (gst_event_writable_structure (event),
      "pointer_x", G_TYPE_DOUBLE, to_input (&across, x),
      "pointer_y", G_TYPE_DOUBLE, to_input (&down, y), NULL);
  return event;
}
