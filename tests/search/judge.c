/* GStreamer areascale: what must hold between a stream and what becomes of it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include "judge.h"
#include "engine.h"

/* Of doubles that are compared with whole and half pixels. */
#define TINY 1e-6

/* One choice, as the judge sees it. */
typedef struct
{
  const Limits *limits;
  GstVideoInfo in, out;
  gint from[N_SIDES], to[N_SIDES];
  gdouble in_ratio, ratio;      /* pixel aspect ratios */
  gdouble in_shape, shape;      /* display aspect ratios */
  gdouble exact[N_SIDES];       /* what goes with the other side */
  gint grid[N_SIDES];
  gboolean fixed[N_SIDES];
} Case;

static void
fault (GString * faults, const gchar * text)
{
  g_string_append_printf (faults, "    %s\n", text);
}

static gdouble
ratio_of (const GstVideoInfo * info)
{
  return info->par_n > 0 && info->par_d > 0
      ? (gdouble) info->par_n / info->par_d : 1;
}

static gboolean
structure_allows (GstCaps * caps, guint index, GstCaps * result)
{
  GstCaps *nth = gst_caps_copy_nth (caps, index);
  gboolean allows = gst_caps_can_intersect (nth, result);

  gst_caps_unref (nth);
  return allows;
}

/* The first structure that allows it: those before it have another format, or no
 * size that can exist. */
static const Limits *
find_limits (const Pair * pair, const Case * c, GstCaps * result)
{
  guint i;

  for (i = 0; i < pair->n_limits; i++) {
    const Limits *limits = &pair->limits[i];

    if (structure_allows (pair->neighbour, i, result)
        && sizes_allow (&limits->size[WIDE], c->to[WIDE])
        && sizes_allow (&limits->size[HIGH], c->to[HIGH])
        && ratios_allow (&limits->ratio, c->ratio))
      return limits;
  }
  return NULL;
}

static void
init_grid (Case * c)
{
  const GstVideoFormatInfo *finfo = c->out.finfo;
  guint i;

  c->grid[WIDE] = c->grid[HIGH] = 1;
  for (i = 0; i < finfo->n_components; i++) {
    c->grid[WIDE] = MAX (c->grid[WIDE], 1 << finfo->w_sub[i]);
    c->grid[HIGH] = MAX (c->grid[HIGH], 1 << finfo->h_sub[i]);
  }
  if (c->out.interlace_mode != GST_VIDEO_INTERLACE_MODE_PROGRESSIVE)
    c->grid[HIGH] *= 2;
}

static gboolean
only_passes (GstCaps * caps, const GstVideoInfo * info)
{
  return gst_caps_features_contains (gst_caps_get_features (caps, 0),
      "memory:GLMemory")
      || !gst_area_engine_handles_format (GST_VIDEO_INFO_FORMAT (info));
}

static gboolean
init_case (Case * c, const Pair * pair, GstCaps * result)
{
  gint side;

  if (!gst_video_info_from_caps (&c->in, pair->stream)
      || !gst_video_info_from_caps (&c->out, result))
    return FALSE;
  c->from[WIDE] = c->in.width;
  c->from[HIGH] = c->in.height;
  c->to[WIDE] = c->out.width;
  c->to[HIGH] = c->out.height;
  c->in_ratio = ratio_of (&c->in);
  c->ratio = ratio_of (&c->out);
  c->in_shape = c->in_ratio * c->from[WIDE] / c->from[HIGH];
  c->shape = c->ratio * c->to[WIDE] / c->to[HIGH];
  c->exact[WIDE] = c->to[HIGH] * c->in_shape / c->ratio;
  c->exact[HIGH] = c->to[WIDE] * c->ratio / c->in_shape;
  init_grid (c);
  c->limits = find_limits (pair, c, result);
  for (side = 0; c->limits && side < N_SIDES; side++)
    c->fixed[side] = only_passes (pair->stream, &c->in)
        || sizes_are_fixed (&c->limits->size[side]);
  return c->limits != NULL;
}

static gboolean
keeps_shape (const Case * c)
{
  return about_equal (c->shape, c->in_shape);
}

static gint
common_multiple (gint a, gint b)
{
  gint multiple = a;

  while (multiple % b != 0)
    multiple += a;
  return multiple;
}

/* How far the next sizes are that are on the grid too, if this one is. */
static gint
step_of (const Case * c, gint side)
{
  const Sizes *sizes = &c->limits->size[side];
  gint grid = c->to[side] % c->grid[side] == 0 ? c->grid[side] : 1;
  gint step = grid;
  guint i;

  for (i = 0; i < sizes->n_runs; i++) {
    const Run *run = &sizes->run[i];

    if (c->to[side] >= run->min && c->to[side] <= run->max
        && c->to[side] % run->step == 0)
      step = MAX (step, common_multiple (run->step, grid));
  }
  return step;
}

/* Whether a side that was not fixed is the nearest to the exact one, or one of
 * the two that it lies between, or a step of the grid from it. With @slack for
 * what the other arithmetic may see otherwise. */
static gboolean
is_rounded (const Case * c, gint side, gdouble slack)
{
  gint step = step_of (c, side);
  gdouble error = c->to[side] - c->exact[side];

  if (c->fixed[side])
    return FALSE;
  return fabs (error) <= MAX (step / 2.0, c->grid[side]) + slack
      || (fabs (error) < step + slack
      && sizes_allow (&c->limits->size[side],
          c->to[side] + (error < 0 ? step : -step)));
}

static gboolean
a_side_is_rounded (const Case * c, gdouble slack)
{
  return is_rounded (c, WIDE, slack) || is_rounded (c, HIGH, slack);
}

/* Whether fractions can express the pixel aspect ratio that the size asks for,
 * and the neighbour allows it. */
static gboolean
ratio_can_follow (const Case * c)
{
  gdouble wanted = c->in_shape * c->to[HIGH] / c->to[WIDE];

  return wanted < G_MAXINT && wanted > 1.0 / G_MAXINT
      && ratios_allow (&c->limits->ratio, wanted);
}

static gboolean
frame_exists (const Case * c, gint side, gint size)
{
  GstVideoInfo info;

  return size <= MAX_SIZE && gst_video_info_set_interlaced_format (&info,
      GST_VIDEO_INFO_FORMAT (&c->out), c->out.interlace_mode,
      side == WIDE ? size : c->to[WIDE], side == HIGH ? size : c->to[HIGH]);
}

/* Whole pixels, also of what is beyond all sizes. */
static gint
below (gdouble exact)
{
  return (gint) MIN (exact, MAX_SIZE + 1);
}

static gint
above (gdouble exact)
{
  return below (exact) + (below (exact) < exact);
}

/* --- the picture --- */

/* Whether fixed sides, or sides at the end of what is allowed, differ so little
 * that a picture on the grid has no room for a border. */
static gboolean
has_no_room (const Case * c)
{
  gint side;

  for (side = 0; side < N_SIDES; side++)
    if (fabs (c->to[side] - c->exact[side]) <= MAX (0.5,
            c->grid[side]) + TINY * c->to[side]
        || (c->exact[side] < c->to[side] && c->to[side] <= c->grid[side]))
      return TRUE;
  return FALSE;
}

static void
judge_side (const Case * c, gint side, gint start, gint length,
    GString * faults)
{
  gint end = c->to[side] - start - length;
  gint grid = c->grid[side];

  if (start < 0 || length < 1 || end < 0)
    fault (faults, "the picture is outside of the frame");
  if (start % grid != 0 || (length % grid != 0 && end != 0))
    fault (faults, "the picture is not on the grid");
  if (end < start || end - start >= 2 * grid)
    fault (faults, "the picture is not in the middle");
  if (length != c->to[side]
      && fabs (length - c->exact[side]) > grid / 2.0 + TINY * length
      && length != grid)
    fault (faults, "the picture has another shape");
}

static void
judge_picture (const Case * c, const GstAreaScalePlacement * placement,
    GString * faults)
{
  const GstVideoRectangle *picture = &placement->content;
  gboolean bordered = picture->w != c->to[WIDE] || picture->h != c->to[HIGH];

  judge_side (c, WIDE, picture->x, picture->w, faults);
  judge_side (c, HIGH, picture->y, picture->h, faults);

  if (!bordered && !keeps_shape (c) && !a_side_is_rounded (c, TINY)
      && !has_no_room (c))
    fault (faults, "the shape is lost");
  if (bordered && ratio_can_follow (c))
    fault (faults, "a border although the pixel aspect ratio could follow");
  if (bordered && a_side_is_rounded (c, -TINY))
    fault (faults, "a border for rounding");
}

static gboolean
can_follow (const Case * c, gint side, gint size)
{
  return sizes_allow (&c->limits->size[side], size)
      && frame_exists (c, side, size);
}

/* A border is drawn because no side that is not fixed could follow. */
static void
judge_border (const Case * c, const GstAreaScalePlacement * placement,
    GString * faults)
{
  gint side;

  if (placement->content.w == c->to[WIDE]
      && placement->content.h == c->to[HIGH])
    return;
  for (side = 0; side < N_SIDES; side++) {
    if (!c->fixed[side] && (can_follow (c, side, below (c->exact[side]))
            || can_follow (c, side, above (c->exact[side]))))
      fault (faults, "a border although a side could follow");
  }
}

/* --- sizes --- */

/* Whether the side is left open, and the other one is fixed or has to change. */
static gboolean
has_to_follow (const Case * c, gint side)
{
  const Sizes *other = &c->limits->size[!side];

  return c->limits->size[side].n_runs == 0
      && (c->fixed[!side] || !sizes_allow (other, c->from[!side]));
}

static gint
nearest_allowed (const Sizes * sizes, gint size)
{
  gint d;

  for (d = 0; d < MAX_SIZE; d++)
    if (sizes_allow (sizes, size + d) || sizes_allow (sizes, size - d))
      return sizes_allow (sizes, size + d) ? size + d : size - d;
  return 0;
}

/* Unless what the other side would be at first leaves nothing of it, or is beyond
 * all sizes. */
static void
judge_open_side (const Case * c, gint side, GString * faults)
{
  gdouble exact = (gdouble) c->to[!side] * c->from[side] / c->from[!side];
  gdouble at_first =
      (gdouble) nearest_allowed (&c->limits->size[!side], c->from[!side])
      * c->from[side] / c->from[!side];

  if (!has_to_follow (c, side)
      || !ratios_allow (&c->limits->ratio, c->in_ratio)
      || (c->to[WIDE] == c->from[WIDE] && c->to[HIGH] == c->from[HIGH]))
    return;
  if (MIN (exact, at_first) < c->grid[side] || at_first > MAX_SIZE
      || !frame_exists (c, side, above (exact) + c->grid[side]))
    return;

  if (!about_equal (c->ratio, c->in_ratio))
    fault (faults, "an open side, but the pixel aspect ratio changed");
  if (fabs (c->to[side] - exact) > c->grid[side] / 2.0 + TINY * exact)
    fault (faults, "an open side is not the nearest");
  if (c->to[side] % c->grid[side] != 0)
    fault (faults, "an open side is not on the grid");
}

/* Nothing changes where nothing must. */
static void
judge_change (const Case * c, GString * faults)
{
  if (sizes_allow (&c->limits->size[WIDE], c->from[WIDE])
      && sizes_allow (&c->limits->size[HIGH], c->from[HIGH])
      && ratios_allow (&c->limits->ratio, c->in_ratio)
      && (c->to[WIDE] != c->from[WIDE] || c->to[HIGH] != c->from[HIGH]
          || !about_equal (c->ratio, c->in_ratio)))
    fault (faults, "a change that nobody asked for");
}

/* --- other fields --- */

static const gchar *
field_of (GstCaps * caps, const gchar * field)
{
  return gst_structure_get_string (gst_caps_get_structure (caps, 0), field);
}

/* Whether the neighbour leaves a field to the stream. */
static gboolean
leaves (const Pair * pair, const gchar * field)
{
  guint i;

  for (i = 0; i < gst_caps_get_size (pair->neighbour); i++)
    if (gst_structure_has_field (gst_caps_get_structure (pair->neighbour, i),
            field))
      return FALSE;
  return TRUE;
}

static gboolean
is_named (const Pair * pair, const gchar * field)
{
  return field_of (pair->stream, field) != NULL;
}

static gboolean
are_alike (const GstVideoFormatInfo * a, const GstVideoFormatInfo * b)
{
  const guint family = GST_VIDEO_FORMAT_FLAG_RGB | GST_VIDEO_FORMAT_FLAG_YUV
      | GST_VIDEO_FORMAT_FLAG_GRAY;

  return (a->flags & family) == (b->flags & family);
}

/* Whether a structure of the neighbour allows the stream in its own format. */
static gboolean
format_is_allowed (const Pair * pair)
{
  GstCaps *open = gst_caps_copy (pair->stream);
  gboolean allowed;

  gst_structure_remove_fields (gst_caps_get_structure (open, 0), "width",
      "height", "pixel-aspect-ratio", "colorimetry", "chroma-site", NULL);
  allowed = gst_caps_can_intersect (open, pair->neighbour);
  gst_caps_unref (open);
  return allowed;
}

static void
judge_format (const Pair * pair, const Case * c, gboolean converts,
    GString * faults)
{
  if (c->in.finfo != c->out.finfo && (!converts || format_is_allowed (pair)))
    fault (faults, "another format");
}

/* What its samples are stays with the kind of format, what they mean always. */
static void
judge_colorimetry (const Pair * pair, const Case * c, GString * faults)
{
  const GstVideoColorimetry *in = &c->in.colorimetry;
  const GstVideoColorimetry *out = &c->out.colorimetry;
  gboolean alike = are_alike (c->in.finfo, c->out.finfo);

  if (!leaves (pair, "colorimetry"))
    return;
  if (alike && (in->range != out->range || in->matrix != out->matrix))
    fault (faults, "the range or matrix changed");
  if ((alike || is_named (pair, "colorimetry"))
      && (in->transfer != out->transfer || in->primaries != out->primaries))
    fault (faults, "the colorimetry means another one");
}

/* GStreamer's default of the chroma site overrides a name where none of the
 * colorimetry is beside it. */
static void
judge_chroma_site (const Pair * pair, const Case * c, GstCaps * result,
    GString * faults)
{
  const gchar *site = field_of (pair->stream, "chroma-site");
  const GstVideoFormatInfo *in = c->in.finfo, *out = c->out.finfo;

  if (!leaves (pair, "chroma-site") || !leaves (pair, "colorimetry")
      || !are_alike (in, out) || in->w_sub[1] != out->w_sub[1]
      || in->h_sub[1] != out->h_sub[1])
    return;
  if (site ? g_strcmp0 (site, field_of (result, "chroma-site")) != 0
      : c->in.chroma_site != c->out.chroma_site)
    fault (faults, "the chroma site means another one");
}

static void
judge_fields (const Pair * pair, const Case * c, GString * faults)
{
  if (c->in.interlace_mode != c->out.interlace_mode)
    fault (faults, "another interlace mode");
  if (leaves (pair, "framerate")
      && (c->in.fps_n != c->out.fps_n || c->in.fps_d != c->out.fps_d))
    fault (faults, "another frame rate");
}

gboolean
judge (const Pair * pair, gboolean converts, GstCaps * result,
    const GstAreaScalePlacement * placement, GString * faults)
{
  Case c;

  if (!init_case (&c, pair, result)) {
    fault (faults, "such frames do not exist or are not allowed");
    return FALSE;
  }
  /* demanded by the neighbour, and refused by the element */
  if (c.in.interlace_mode != c.out.interlace_mode
      && !leaves (pair, "interlace-mode"))
    return FALSE;
  judge_picture (&c, placement, faults);
  judge_border (&c, placement, faults);
  judge_open_side (&c, WIDE, faults);
  judge_open_side (&c, HIGH, faults);
  judge_change (&c, faults);
  judge_format (pair, &c, converts, faults);
  judge_colorimetry (pair, &c, faults);
  judge_chroma_site (pair, &c, result, faults);
  judge_fields (pair, &c, faults);
  return c.in.finfo != c.out.finfo;
}
