/* GStreamer areascale: tests of the metas
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "metas.h"

/* A change of size, and a buffer on either side of it */
typedef struct
{
  GstVideoInfo in, out;
  GstAreaScalePlacement placement;
  GstBuffer *inbuf, *outbuf;
  GstAreaScaleOverlay overlay;
} Change;

static void
change_init (Change * c, gint in_w, gint in_h, gint out_w, gint out_h,
    GstVideoRectangle content)
{
  const GstAreaScalePlacement placement = {
    in_w, in_h, out_w, out_h, content
  };

  gst_video_info_set_format (&c->in, GST_VIDEO_FORMAT_I420, in_w, in_h);
  gst_video_info_set_format (&c->out, GST_VIDEO_FORMAT_I420, out_w, out_h);
  c->placement = placement;
  memset (&c->overlay, 0, sizeof (c->overlay));
  c->inbuf = gst_buffer_new ();
  c->outbuf = gst_buffer_new ();
}

static void
change_init_full (Change * c, gint in_w, gint in_h, gint out_w, gint out_h)
{
  GstVideoRectangle all = { 0, 0, out_w, out_h };

  change_init (c, in_w, in_h, out_w, out_h, all);
}

/* 320x240 into 640x240: pillars of 160 columns, nothing scaled */
static void
change_init_pillars (Change * c)
{
  GstVideoRectangle content = { 160, 0, 320, 240 };

  change_init (c, 320, 240, 640, 240, content);
}

static void
change_clear (Change * c)
{
  gst_area_scale_overlay_clear (&c->overlay);
  gst_buffer_unref (c->inbuf);
  gst_buffer_unref (c->outbuf);
}

/* What GstBaseTransform does with the answer */
static gboolean
carry_one (GstBuffer * inbuf, GstMeta ** meta, gpointer user_data)
{
  Change *c = user_data;
  GstMetaTransformCopy all = { FALSE, 0, -1 };

  if (gst_area_scale_metas_transform (c->outbuf, *meta, inbuf, &c->in, &c->out,
          &c->placement, &c->overlay))
    (*meta)->info->transform_func (c->outbuf, *meta, inbuf,
        _gst_meta_transform_copy, &all);
  return TRUE;
}

static void
carry (Change * c)
{
  gst_buffer_foreach_meta (c->inbuf, carry_one, c);
}

/* The one meta of its kind that came out */
static gpointer
carried (Change * c, GType api)
{
  fail_unless_equals_int (gst_buffer_get_n_meta (c->outbuf, api), 1);
  return gst_buffer_get_meta (c->outbuf, api);
}

static void
fail_unless_dropped (Change * c)
{
  gpointer state = NULL;

  fail_unless (gst_buffer_iterate_meta (c->inbuf, &state));
  state = NULL;
  fail_if (gst_buffer_iterate_meta (c->outbuf, &state));
}

/*** regions of interest ***/

#define REGION GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE

static void
fail_unless_region (Change * c, guint x, guint y, guint w, guint h)
{
  GstVideoRegionOfInterestMeta *region = carried (c, REGION);

  fail_unless_equals_int64 (region->x, x);
  fail_unless_equals_int64 (region->y, y);
  fail_unless_equals_int64 (region->w, w);
  fail_unless_equals_int64 (region->h, h);
}

GST_START_TEST (region_grows_with_the_picture)
{
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  gst_buffer_add_video_region_of_interest_meta (c.inbuf, "face", 0, 1, 2, 3);
  carry (&c);
  fail_unless_region (&c, 0, 2, 4, 6);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_moves_with_the_border)
{
  const GstVideoRectangle content = { 40, 30, 160, 60 };
  Change c;

  change_init (&c, 320, 240, 240, 120, content);
  gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", 32, 48, 64, 80);
  carry (&c);
  fail_unless_region (&c, 40 + 16, 30 + 12, 32, 20);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_keeps_identity_and_params)
{
  GstVideoRegionOfInterestMeta *in, *out;
  GstStructure *param;
  gint qp = 0;
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "car", 2, 2, 4,
      4);
  in->id = 7;
  in->parent_id = 3;
  gst_video_region_of_interest_meta_add_param (in,
      gst_structure_new ("roi/x264enc", "delta-qp", G_TYPE_INT, -5, NULL));
  gst_video_region_of_interest_meta_add_param (in,
      gst_structure_new_empty ("other"));
  carry (&c);

  out = carried (&c, REGION);
  fail_unless_equals_int (out->roi_type, g_quark_from_string ("car"));
  fail_unless_equals_int (out->id, 7);
  fail_unless_equals_int (out->parent_id, 3);
  fail_unless_equals_int (g_list_length (out->params), 2);
  param = gst_video_region_of_interest_meta_get_param (out, "roi/x264enc");
  fail_unless (gst_structure_get_int (param, "delta-qp", &qp));
  fail_unless_equals_int (qp, -5);
  /* a copy of its own: it outlives the input */
  fail_if (param == gst_video_region_of_interest_meta_get_param (in,
          "roi/x264enc"));
  change_clear (&c);
}

GST_END_TEST;

/* Whether output pixel o of a size shows any of the input pixels from .. to */
static gboolean
shows (gint o, gint size, gint in, guint from, guint to)
{
  return (guint64) o *in < (guint64) to * size
      && (guint64) (o + 1) * in > (guint64) from *size;
}

static void
fail_unless_covers (gint size, gint in, gint pos, guint from, guint length,
    guint got_from, guint got_length)
{
  gint o;

  for (o = 0; o < size; o++)
    fail_unless_equals_int (length > 0
        && shows (o, size, in, from, from + length),
        got_length > 0 && (guint) (o + pos) >= got_from
        && (guint) (o + pos) < got_from + got_length);
}

GST_START_TEST (region_covers_every_pixel_that_shows_it)
{
  GRand *rand = g_rand_new_with_seed (4);
  gint i;

  for (i = 0; i < 2000; i++) {
    const GstVideoRectangle content = {
      g_rand_int_range (rand, 0, 9), g_rand_int_range (rand, 0, 9),
      g_rand_int_range (rand, 1, 90), g_rand_int_range (rand, 1, 90)
    };
    const gint in_w = g_rand_int_range (rand, 1, 90);
    const gint in_h = g_rand_int_range (rand, 1, 90);
    const guint x = g_rand_int_range (rand, 0, in_w);
    const guint y = g_rand_int_range (rand, 0, in_h);
    const guint w = g_rand_int_range (rand, 0, in_w - x + 1);
    const guint h = g_rand_int_range (rand, 0, in_h - y + 1);
    GstVideoRegionOfInterestMeta *out;
    Change c;

    change_init (&c, in_w, in_h, content.w + 20, content.h + 20, content);
    gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", x, y, w, h);
    carry (&c);
    out = carried (&c, REGION);
    fail_unless_covers (content.w, in_w, content.x, x, w, out->x, out->w);
    fail_unless_covers (content.h, in_h, content.y, y, h, out->y, out->h);
    change_clear (&c);
  }
  g_rand_free (rand);
}

GST_END_TEST;

GST_START_TEST (nested_regions_stay_nested)
{
  gpointer state = NULL;
  GstVideoRegionOfInterestMeta *face, *eye, *in;
  Change c;

  /* the eye is on the last pixel of the face, the scale is not an integer */
  change_init_full (&c, 320, 240, 97, 31);
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "face", 11, 13,
      50, 60);
  in->id = 1;
  in = gst_buffer_add_video_region_of_interest_meta (c.inbuf, "eye", 60, 72, 1,
      1);
  in->id = 2;
  in->parent_id = 1;
  carry (&c);

  fail_unless_equals_int (gst_buffer_get_n_meta (c.outbuf, REGION), 2);
  face = (gpointer) gst_buffer_iterate_meta (c.outbuf, &state);
  eye = (gpointer) gst_buffer_iterate_meta (c.outbuf, &state);
  if (face->id != 1) {
    gpointer other = face;

    face = eye;
    eye = other;
  }
  fail_unless_equals_int (face->id, 1);
  fail_unless_equals_int (eye->parent_id, 1);
  fail_unless (eye->w > 0 && eye->h > 0);
  fail_unless (eye->x >= face->x && eye->x + eye->w <= face->x + face->w);
  fail_unless (eye->y >= face->y && eye->y + eye->h <= face->y + face->h);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (region_never_leaves_the_picture)
{
  static const guint values[] = {
    0, 1, 319, 320, 321, 32767, G_MAXINT, (guint) G_MAXINT + 1, G_MAXUINT - 1,
    G_MAXUINT
  };
  const GstVideoRectangle content = { 6, 4, 32000, 100 };
  const guint n = G_N_ELEMENTS (values);
  guint i;

  for (i = 0; i < n * n; i++) {
    const guint start = values[i / n], length = values[i % n];
    GstVideoRegionOfInterestMeta *out;
    Change c;

    change_init (&c, 320, 240, 32012, 108, content);
    gst_buffer_add_video_region_of_interest_meta (c.inbuf, "x", start, start,
        length, length);
    carry (&c);
    out = carried (&c, REGION);
    fail_unless (out->x >= 6 && out->x <= 32006);
    fail_unless (out->y >= 4 && out->y <= 104);
    fail_unless (out->w <= 32006 - out->x);
    fail_unless (out->h <= 104 - out->y);
    /* what touches the picture is not lost */
    fail_unless_equals_int (out->w > 0, start < 320 && length > 0);
    fail_unless_equals_int (out->h > 0, start < 240 && length > 0);
    change_clear (&c);
  }
}

GST_END_TEST;

/*** overlays ***/

#define OVERLAY GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE

static GstVideoOverlayRectangle *
new_rectangle (gint x, gint y, guint w, guint h)
{
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, 4 * 4 * 4, NULL);
  GstVideoOverlayRectangle *rectangle;

  gst_buffer_memset (pixels, 0, 0x80, -1);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 4, 4);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, x, y, w, h,
      GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  gst_buffer_unref (pixels);
  return rectangle;
}

static void
add_overlay (GstBuffer * buffer, GstVideoOverlayRectangle * rectangle)
{
  GstVideoOverlayComposition *composition =
      gst_video_overlay_composition_new (rectangle);

  gst_buffer_add_video_overlay_composition_meta (buffer, composition);
  gst_video_overlay_composition_unref (composition);
}

static void
fail_unless_rectangle (GstVideoOverlayComposition * composition, guint n,
    gint x, gint y, guint w, guint h)
{
  gint got_x, got_y;
  guint got_w, got_h;

  gst_video_overlay_rectangle_get_render_rectangle
      (gst_video_overlay_composition_get_rectangle (composition, n), &got_x,
      &got_y, &got_w, &got_h);
  fail_unless_equals_int (got_x, x);
  fail_unless_equals_int (got_y, y);
  fail_unless_equals_int64 (got_w, w);
  fail_unless_equals_int64 (got_h, h);
}

/* Where an overlay at the given place comes out */
static void
fail_unless_overlay (Change * c, gint x, gint y, guint w, guint h)
{
  GstVideoOverlayCompositionMeta *out = carried (c, OVERLAY);

  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 1);
  fail_unless_rectangle (out->overlay, 0, x, y, w, h);
}

GST_START_TEST (overlay_is_scaled_and_moved)
{
  const GstVideoRectangle content = { 40, 30, 160, 60 };
  GstVideoOverlayRectangle *rectangle = new_rectangle (32, -48, 64, 80);
  GstVideoOverlayCompositionMeta *out;
  GstVideoOverlayRectangle *moved;
  Change c;

  gst_video_overlay_rectangle_set_global_alpha (rectangle, 0.25);
  change_init (&c, 320, 240, 240, 120, content);
  add_overlay (c.inbuf, rectangle);
  carry (&c);
  fail_unless_overlay (&c, 40 + 16, 30 - 12, 32, 20);

  out = carried (&c, OVERLAY);
  moved = gst_video_overlay_composition_get_rectangle (out->overlay, 0);
  fail_unless_equals_float (gst_video_overlay_rectangle_get_global_alpha
      (moved), 0.25);
  fail_unless_equals_int (gst_video_overlay_rectangle_get_flags (moved),
      gst_video_overlay_rectangle_get_flags (rectangle));
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_pixels_are_shared_and_input_untouched)
{
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 4, 4), *moved;
  GstVideoOverlayCompositionMeta *in, *out;
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  add_overlay (c.inbuf, rectangle);
  carry (&c);

  in = (gpointer) gst_buffer_get_meta (c.inbuf, OVERLAY);
  out = carried (&c, OVERLAY);
  fail_unless_rectangle (in->overlay, 0, 10, 20, 4, 4);
  fail_unless_rectangle (out->overlay, 0, 20, 40, 8, 8);
  moved = gst_video_overlay_composition_get_rectangle (out->overlay, 0);
  fail_unless (gst_video_overlay_rectangle_get_pixels_unscaled_raw (moved,
          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA)
      == gst_video_overlay_rectangle_get_pixels_unscaled_raw (rectangle,
          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_neighbours_stay_neighbours)
{
  GstVideoOverlayRectangle *left = new_rectangle (0, 0, 7, 9);
  GstVideoOverlayRectangle *right = new_rectangle (7, 9, 20, 20);
  GstVideoOverlayComposition *composition =
      gst_video_overlay_composition_new (left);
  GstVideoOverlayCompositionMeta *out;
  Change c;

  gst_video_overlay_composition_add_rectangle (composition, right);
  change_init_full (&c, 100, 100, 33, 150);
  gst_buffer_add_video_overlay_composition_meta (c.inbuf, composition);
  carry (&c);

  /* 7 * .33 = 2.31, 27 * .33 = 8.91, 9 * 1.5 = 13.5, 29 * 1.5 = 43.5 */
  out = carried (&c, OVERLAY);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 2);
  fail_unless_rectangle (out->overlay, 0, 0, 0, 2, 14);
  fail_unless_rectangle (out->overlay, 1, 2, 14, 7, 30);
  gst_video_overlay_composition_unref (composition);
  gst_video_overlay_rectangle_unref (left);
  gst_video_overlay_rectangle_unref (right);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (overlay_of_any_value_stays_in_range)
{
  static const struct
  {
    gint in, size, x;
    guint w;
    gint expect_x;
    guint expect_w;
  } cases[] = {
    {1, 32767, G_MAXINT, G_MAXUINT, G_MAXINT, 1},
    {1, 32767, G_MININT, G_MAXUINT, G_MININT, G_MAXINT},
    {1, 32767, 100000, 10, G_MAXINT, 1},
    {32767, 1, G_MAXINT, G_MAXUINT, 65538, 1},
    {32767, 1, G_MININT, 1, -65538, 1},
    {100, 1, 3, 1, 0, 1},
    {100, 1, -51, 1, -1, 1},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstVideoOverlayRectangle *rectangle =
        new_rectangle (cases[i].x, cases[i].x, cases[i].w, cases[i].w);
    Change c;

    change_init_full (&c, cases[i].in, cases[i].in, cases[i].size,
        cases[i].size);
    add_overlay (c.inbuf, rectangle);
    carry (&c);
    fail_unless_overlay (&c, cases[i].expect_x, cases[i].expect_x,
        cases[i].expect_w, cases[i].expect_w);
    gst_video_overlay_rectangle_unref (rectangle);
    change_clear (&c);
  }
}

GST_END_TEST;

GST_START_TEST (overlay_without_area_or_composition_is_left_out)
{
  GstVideoOverlayRectangle *rectangle = new_rectangle (1, 2, 3, 4);
  GstVideoOverlayCompositionMeta *out;
  Change c;

  gst_video_overlay_rectangle_set_render_rectangle (rectangle, 1, 2, 0, 4);
  change_init_full (&c, 320, 240, 640, 480);
  add_overlay (c.inbuf, rectangle);
  gst_buffer_add_meta (c.inbuf, GST_VIDEO_OVERLAY_COMPOSITION_META_INFO, NULL);
  carry (&c);
  out = carried (&c, OVERLAY);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles
      (out->overlay), 0);
  gst_video_overlay_rectangle_unref (rectangle);
  change_clear (&c);
}

GST_END_TEST;

/*** affine transformations ***/

#define AFFINE GST_VIDEO_AFFINE_TRANSFORMATION_META_API_TYPE

/* By columns: x' = .5 x - .25 y + .1, y' = 2 x + .75 y - .3 */
static const gfloat some_matrix[16] = {
  .5f, 2, 0, 0, -.25f, .75f, 0, 0, 0, 0, 1, 0, .1f, -.3f, 0, 1
};

static void
add_affine (GstBuffer * buffer, const gfloat * matrix)
{
  gst_video_affine_transformation_meta_apply_matrix
      (gst_buffer_add_video_affine_transformation_meta (buffer), matrix);
}

static void
apply (const gfloat * m, gdouble x, gdouble y, gdouble * to_x, gdouble * to_y)
{
  *to_x = m[0] * x + m[4] * y + m[12];
  *to_y = m[1] * x + m[5] * y + m[13];
}

/* From the unit square of the input to that of the output, y upwards in both */
static void
place (const GstAreaScalePlacement * p, gdouble * x, gdouble * y)
{
  *x = (p->content.x + *x * p->content.w) / p->out_width;
  *y = 1 - (p->content.y + (1 - *y) * p->content.h) / p->out_height;
}

GST_START_TEST (affine_without_borders_is_kept)
{
  GstVideoAffineTransformationMeta *out;
  Change c;
  gint i;

  change_init_full (&c, 320, 240, 99, 500);
  add_affine (c.inbuf, some_matrix);
  carry (&c);
  out = carried (&c, AFFINE);
  for (i = 0; i < 16; i++)
    fail_unless (out->matrix[i] == some_matrix[i]);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (affine_with_borders_shows_the_same_points)
{
  const GstVideoRectangle content = { 40, 10, 160, 90 };
  GstVideoAffineTransformationMeta *out;
  Change c;
  gint i;

  change_init (&c, 320, 240, 240, 120, content);
  add_affine (c.inbuf, some_matrix);
  carry (&c);
  out = carried (&c, AFFINE);
  for (i = 0; i < 9; i++) {
    const gdouble x = (i % 3) / 2., y = (i / 3) / 2.;
    gdouble first_x, first_y, then_x = x, then_y = y, got_x, got_y;

    /* transformed, then placed */
    apply (some_matrix, x, y, &first_x, &first_y);
    place (&c.placement, &first_x, &first_y);
    /* placed, then transformed */
    place (&c.placement, &then_x, &then_y);
    apply (out->matrix, then_x, then_y, &got_x, &got_y);
    fail_unless (ABS (got_x - first_x) < 1e-6);
    fail_unless (ABS (got_y - first_y) < 1e-6);
  }
  change_clear (&c);
}

GST_END_TEST;

/*** active format and bars ***/

#define AFD GST_VIDEO_AFD_META_API_TYPE
#define BAR GST_VIDEO_BAR_META_API_TYPE

GST_START_TEST (active_format_is_kept_in_a_frame_of_the_same_shape)
{
  static const struct
  {
    gint in_w, in_h, in_n, in_d, out_w, out_h, out_n, out_d;
    gboolean kept;
  } cases[] = {
    {1920, 1080, 1, 1, 320, 180, 1, 1, TRUE},
    /* the shape is that of the display */
    {720, 576, 64, 45, 1024, 576, 1, 1, TRUE},
    {320, 240, 1, 1, 640, 320, 2, 3, TRUE},
    {720, 576, 64, 45, 720, 576, 16, 15, FALSE},
    {320, 240, 1, 1, 640, 320, 1, 1, FALSE},
    /* sizes are whole numbers */
    {854, 480, 1, 1, 512, 288, 1, 1, TRUE},
    {854, 480, 1, 1, 512, 292, 1, 1, FALSE},
    {1, 1, G_MAXINT, 1, 1, 1, 1, G_MAXINT, FALSE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    Change c;

    change_init_full (&c, cases[i].in_w, cases[i].in_h, cases[i].out_w,
        cases[i].out_h);
    c.in.par_n = cases[i].in_n;
    c.in.par_d = cases[i].in_d;
    c.out.par_n = cases[i].out_n;
    c.out.par_d = cases[i].out_d;
    gst_buffer_add_video_afd_meta (c.inbuf, 1, GST_VIDEO_AFD_SPEC_DVB_ETSI,
        GST_VIDEO_AFD_14_9_LETTER_14_9_PILLAR);
    carry (&c);
    if (cases[i].kept) {
      GstVideoAFDMeta *out = carried (&c, AFD);

      fail_unless_equals_int (out->field, 1);
      fail_unless_equals_int (out->spec, GST_VIDEO_AFD_SPEC_DVB_ETSI);
      fail_unless_equals_int (out->afd, GST_VIDEO_AFD_14_9_LETTER_14_9_PILLAR);
    } else {
      fail_unless_dropped (&c);
    }
    change_clear (&c);
  }
}

GST_END_TEST;

GST_START_TEST (active_format_is_dropped_with_borders)
{
  Change c;

  change_init_pillars (&c);
  c.out.par_d = 2;
  gst_buffer_add_video_afd_meta (c.inbuf, 0, GST_VIDEO_AFD_SPEC_ATSC_A53,
      GST_VIDEO_AFD_4_3_FULL_16_9_FULL);
  carry (&c);
  fail_unless_dropped (&c);
  change_clear (&c);
}

GST_END_TEST;

static void
fail_unless_pillars (Change * c, guint left, guint right, guint expect_left,
    guint expect_right)
{
  GstVideoBarMeta *out;

  gst_buffer_add_video_bar_meta (c->inbuf, 1, FALSE, left, right);
  carry (c);
  out = carried (c, BAR);
  fail_unless_equals_int (out->field, 1);
  fail_if (out->is_letterbox);
  fail_unless_equals_int64 (out->bar_data1, expect_left);
  fail_unless_equals_int64 (out->bar_data2, expect_right);
  change_clear (c);
}

GST_START_TEST (pillar_bars_are_scaled_and_moved)
{
  const GstVideoRectangle content = { 40, 0, 960, 540 };
  Change c;

  /* bars of 240 columns at 1920: 0 .. 239 and 1680 .. 1919 */
  change_init_full (&c, 1920, 1080, 960, 540);
  fail_unless_pillars (&c, 239, 1680, 119, 840);
  change_init (&c, 1920, 1080, 1040, 540, content);
  fail_unless_pillars (&c, 239, 1680, 40 + 119, 40 + 840);
  change_init_full (&c, 960, 540, 1920, 1080);
  fail_unless_pillars (&c, 119, 840, 239, 1680);
  /* 10 columns of 30 are 3.33 of 10: the fourth is half picture */
  change_init_full (&c, 30, 30, 10, 10);
  fail_unless_pillars (&c, 9, 20, 2, 7);
  /* any values */
  change_init (&c, 1920, 1080, 1040, 540, content);
  fail_unless_pillars (&c, G_MAXUINT, G_MAXUINT, 999, 1000);
  change_init_full (&c, 1920, 1080, 1, 1);
  fail_unless_pillars (&c, 0, 0, 0, 0);
}

GST_END_TEST;

GST_START_TEST (letter_bars_are_kept_while_the_lines_are_the_same)
{
  const GstVideoRectangle lower = { 0, 270, 960, 540 };
  GstVideoBarMeta *out;
  Change c;

  change_init_pillars (&c);
  gst_buffer_add_video_bar_meta (c.inbuf, 0, TRUE, 51, 211);
  carry (&c);
  out = carried (&c, BAR);
  fail_unless (out->is_letterbox);
  fail_unless_equals_int (out->bar_data1, 51);
  fail_unless_equals_int (out->bar_data2, 211);
  change_clear (&c);

  change_init_full (&c, 1920, 1080, 1280, 720);
  gst_buffer_add_video_bar_meta (c.inbuf, 0, TRUE, 160, 981);
  carry (&c);
  fail_unless_dropped (&c);
  change_clear (&c);

  change_init (&c, 1920, 1080, 960, 1080, lower);
  gst_buffer_add_video_bar_meta (c.inbuf, 0, TRUE, 160, 981);
  carry (&c);
  fail_unless_dropped (&c);
  change_clear (&c);
}

GST_END_TEST;

/*** metas that a scaled picture keeps, and those that it loses ***/

GST_START_TEST (metas_about_time_and_text_are_kept)
{
  static const guint8 cc[] = { 0xfc, 0x94, 0x2c };
  static const guint8 uuid[16] = { 1, 2, 3 };
  GstCaps *clock = gst_caps_new_empty_simple ("timestamp/x-ntp");
  GstVideoTimeCodeMeta *time_code;
  GstVideoCaptionMeta *caption;
  GstReferenceTimestampMeta *timestamp;
  GstVideoSEIUserDataUnregisteredMeta *sei;
  Change c;

  change_init_pillars (&c);
  gst_buffer_add_video_time_code_meta_full (c.inbuf, 25, 1, NULL, 0, 10, 11, 12,
      13, 0);
  gst_buffer_add_video_caption_meta (c.inbuf, GST_VIDEO_CAPTION_TYPE_CEA708_RAW,
      cc, sizeof (cc));
  gst_buffer_add_reference_timestamp_meta (c.inbuf, clock, 1234, 40);
  gst_buffer_add_video_sei_user_data_unregistered_meta (c.inbuf,
      (guint8 *) uuid, (guint8 *) cc, sizeof (cc));
  carry (&c);

  time_code = carried (&c, GST_VIDEO_TIME_CODE_META_API_TYPE);
  fail_unless_equals_int (time_code->tc.hours, 10);
  fail_unless_equals_int (time_code->tc.frames, 13);
  caption = carried (&c, GST_VIDEO_CAPTION_META_API_TYPE);
  fail_unless_equals_int (caption->caption_type,
      GST_VIDEO_CAPTION_TYPE_CEA708_RAW);
  fail_unless_equals_int (caption->size, sizeof (cc));
  fail_unless_equals_int (memcmp (caption->data, cc, sizeof (cc)), 0);
  timestamp = carried (&c, GST_REFERENCE_TIMESTAMP_META_API_TYPE);
  fail_unless_equals_uint64 (timestamp->timestamp, 1234);
  fail_unless (gst_caps_is_equal (timestamp->reference, clock));
  sei = carried (&c, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE);
  fail_unless_equals_int (sei->size, sizeof (cc));
  gst_caps_unref (clock);
  change_clear (&c);
}

GST_END_TEST;

static gboolean
upload_nothing (G_GNUC_UNUSED GstVideoGLTextureUploadMeta * meta,
    G_GNUC_UNUSED guint texture_id[4])
{
  return FALSE;
}

GST_START_TEST (metas_about_memory_and_coding_are_dropped)
{
  GstVideoGLTextureType type[4] = { GST_VIDEO_GL_TEXTURE_TYPE_RGBA };
  GstBuffer *parent = gst_buffer_new ();
  GstVideoCropMeta *crop;
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  gst_buffer_add_video_meta (c.inbuf, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_FORMAT_I420, 320, 240);
  gst_buffer_add_video_gl_texture_upload_meta (c.inbuf,
      GST_VIDEO_GL_TEXTURE_ORIENTATION_X_NORMAL_Y_NORMAL, 1, type,
      upload_nothing, NULL, NULL, NULL);
  gst_buffer_add_parent_buffer_meta (c.inbuf, parent);
  gst_buffer_add_video_codec_alpha_meta (c.inbuf, gst_buffer_new ());
  crop = gst_buffer_add_video_crop_meta (c.inbuf);
  crop->width = crop->height = 16;
  carry (&c);
  fail_unless_dropped (&c);
  gst_buffer_unref (parent);
  change_clear (&c);
}

GST_END_TEST;

/*** metas of others ***/

/* Scales its field "x" by the sizes, or copies it */
static gboolean
scale_point (GstBuffer * outbuf, GstCustomMeta * meta,
    G_GNUC_UNUSED GstBuffer * inbuf, GQuark type, gpointer data,
    G_GNUC_UNUSED gpointer user_data)
{
  GstCustomMeta *copy;
  gint x = 0;

  gst_structure_get_int (gst_custom_meta_get_structure (meta), "x", &x);
  if (GST_VIDEO_META_TRANSFORM_IS_SCALE (type)) {
    const GstVideoMetaTransform *scale = data;

    x = x * scale->out_info->width / scale->in_info->width;
#if GST_CHECK_VERSION (1, 28, 0)
  } else if (GST_VIDEO_META_TRANSFORM_IS_MATRIX (type)) {
    gint y = 0;

    gst_video_meta_transform_matrix_point (data, &x, &y);
#endif
  } else if (!GST_META_TRANSFORM_IS_COPY (type)) {
    return FALSE;
  }

  copy = gst_buffer_add_custom_meta (outbuf, meta->meta.info->type ?
      g_type_name (meta->meta.info->type) : NULL);
  gst_structure_set (gst_custom_meta_get_structure (copy), "x", G_TYPE_INT, x,
      NULL);
  return TRUE;
}

/* Carries a custom meta with the field x of 10 and the given tags */
static GType
carry_custom (Change * c, const gchar * name, const gchar * tag1,
    const gchar * tag2, GstCustomMetaTransformFunction transform)
{
  const gchar *tags[] = { tag1, tag2, NULL };
  GstCustomMeta *meta;

  gst_meta_register_custom (name, tags, transform, NULL, NULL);
  meta = gst_buffer_add_custom_meta (c->inbuf, name);
  gst_structure_set (gst_custom_meta_get_structure (meta), "x", G_TYPE_INT, 10,
      NULL);
  carry (c);
  return meta->meta.info->api;
}

static void
fail_unless_custom (Change * c, GType api, gint x)
{
  gint got = 0;

  fail_unless (gst_structure_get_int (gst_custom_meta_get_structure (carried (c,
                  api)), "x", &got));
  fail_unless_equals_int (got, x);
  change_clear (c);
}

GST_START_TEST (foreign_meta_that_can_scale_scales)
{
  Change c;
  GType api;

  change_init_full (&c, 320, 240, 640, 480);
  api = carry_custom (&c, "point", GST_META_TAG_VIDEO_STR,
      GST_META_TAG_VIDEO_SIZE_STR, scale_point);
  fail_unless_custom (&c, api, 20);
}

GST_END_TEST;

GST_START_TEST (foreign_meta_that_can_scale_is_not_wrong_with_borders)
{
  Change c;
  GType api;

  change_init_pillars (&c);
  api = carry_custom (&c, "bordered-point", GST_META_TAG_VIDEO_STR,
      GST_META_TAG_VIDEO_SIZE_STR, scale_point);
#if GST_CHECK_VERSION (1, 28, 0)
  fail_unless_custom (&c, api, 170);
#else
  fail_unless (api != 0);
  fail_unless_dropped (&c);
  change_clear (&c);
#endif
}

GST_END_TEST;

GST_START_TEST (foreign_meta_that_cannot_scale_is_dropped)
{
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  carry_custom (&c, "fixed", GST_META_TAG_VIDEO_STR,
      GST_META_TAG_VIDEO_SIZE_STR, NULL);
  fail_unless_dropped (&c);
  change_clear (&c);
}

GST_END_TEST;

static gboolean
init_nothing (G_GNUC_UNUSED GstMeta * meta, G_GNUC_UNUSED gpointer params,
    G_GNUC_UNUSED GstBuffer * buffer)
{
  return TRUE;
}

GST_START_TEST (foreign_meta_without_a_transform_is_dropped)
{
  static const gchar *tags[] = { GST_META_TAG_VIDEO_SIZE_STR, NULL };
  GType api = gst_meta_api_type_register ("StiffMetaAPI", tags);
  const GstMetaInfo *info = gst_meta_register (api, "StiffMeta",
      sizeof (GstMeta), init_nothing, NULL, NULL);
  Change c;

  change_init_full (&c, 320, 240, 640, 480);
  gst_buffer_add_meta (c.inbuf, info, NULL);
  carry (&c);
  fail_unless_dropped (&c);
  change_clear (&c);
}

GST_END_TEST;

GST_START_TEST (foreign_meta_is_kept_by_its_tags)
{
  static const struct
  {
    const gchar *name, *tag1, *tag2;
  } kept[] = {
    {"untagged", NULL, NULL},
    {"video", GST_META_TAG_VIDEO_STR, NULL},
    {"oriented", GST_META_TAG_VIDEO_ORIENTATION_STR, GST_META_TAG_VIDEO_STR},
    {"coloured", GST_META_TAG_VIDEO_COLORSPACE_STR, NULL},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (kept); i++) {
    Change c;
    GType api;

    change_init_pillars (&c);
    api = carry_custom (&c, kept[i].name, kept[i].tag1, kept[i].tag2, NULL);
    fail_unless (gst_area_scale_metas_handles (api));
    fail_unless_custom (&c, api, 10);
  }
}

GST_END_TEST;

GST_START_TEST (foreign_meta_is_dropped_by_its_tags)
{
  static const gchar *const tags[] = {
    GST_META_TAG_MEMORY_STR, GST_META_TAG_MEMORY_REFERENCE_STR, "audio",
    "origin", "unheard-of"
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (tags); i++) {
    gchar *name = g_strconcat ("dropped-", tags[i], NULL);
    Change c;
    GType api;

    change_init_full (&c, 320, 240, 640, 480);
    api = carry_custom (&c, name, GST_META_TAG_VIDEO_STR, tags[i], NULL);
    fail_if (gst_area_scale_metas_handles (api));
    fail_unless_dropped (&c);
    change_clear (&c);
    g_free (name);
  }
}

GST_END_TEST;

GST_START_TEST (only_metas_that_come_through_are_proposed)
{
  fail_unless (gst_area_scale_metas_handles (OVERLAY));
  fail_unless (gst_area_scale_metas_handles (REGION));
  fail_unless (gst_area_scale_metas_handles (AFFINE));
  fail_unless (gst_area_scale_metas_handles (AFD));
  fail_unless (gst_area_scale_metas_handles (BAR));
  fail_if (gst_area_scale_metas_handles (GST_VIDEO_CROP_META_API_TYPE));
  fail_if (gst_area_scale_metas_handles (GST_VIDEO_CODEC_ALPHA_META_API_TYPE));
  fail_if (gst_area_scale_metas_handles (GST_VIDEO_META_API_TYPE));
}

GST_END_TEST;

/*** through the element ***/

static GstHarness *
new_harness (const gchar * in, const gchar * out)
{
  GstHarness *h = gst_harness_new ("areascale");

  gst_harness_set_src_caps_str (h, in);
  gst_harness_set_sink_caps_str (h, out);
  return h;
}

#define GRAY(size) "video/x-raw,format=GRAY8,framerate=25/1," \
    "pixel-aspect-ratio=1/1," size

/* Pushes a buffer whose metas are those of @metas */
static GstBuffer *
push_metas (GstHarness * h, GstBuffer * metas, gsize size)
{
  GstBuffer *buffer = gst_harness_create_buffer (h, size), *out;

  gst_buffer_memset (buffer, 0, 0x55, -1);
  gst_buffer_copy_into (buffer, metas, GST_BUFFER_COPY_META, 0, -1);
  out = gst_harness_push_and_pull (h, buffer);
  fail_unless (out != NULL);
  return out;
}

static void
count_other_metas (GstBuffer * buffer, guint * n)
{
  gpointer state = NULL;
  GstMeta *meta;

  *n = 0;
  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    if (meta->info->api == GST_VIDEO_META_API_TYPE)
      continue;
    fail_unless_equals_int (gst_buffer_get_n_meta (buffer, meta->info->api),
        1);
    (*n)++;
  }
}

GST_START_TEST (element_carries_each_meta_once)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=640,height=480"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  static const guint8 cc[] = { 0xfc, 0x94, 0x2c };
  GstVideoRegionOfInterestMeta *region;
  guint n;

  gst_buffer_add_video_region_of_interest_meta (metas, "face", 0, 1, 2, 3);
  add_overlay (metas, rectangle);
  add_affine (metas, some_matrix);
  gst_buffer_add_video_afd_meta (metas, 0, GST_VIDEO_AFD_SPEC_ATSC_A53,
      GST_VIDEO_AFD_4_3_FULL_16_9_FULL);
  gst_buffer_add_video_bar_meta (metas, 0, FALSE, 9, 310);
  gst_buffer_add_video_caption_meta (metas, GST_VIDEO_CAPTION_TYPE_CEA708_RAW,
      cc, sizeof (cc));
  gst_buffer_add_video_time_code_meta_full (metas, 25, 1, NULL, 0, 1, 2, 3, 4,
      0);
  gst_buffer_add_video_crop_meta (metas);

  out = push_metas (h, metas, 320 * 240);
  count_other_metas (out, &n);
  fail_unless_equals_int (n, 7);
  region = (gpointer) gst_buffer_get_meta (out, REGION);
  fail_unless_equals_int (region->x, 0);
  fail_unless_equals_int (region->y, 2);
  fail_unless_equals_int (region->w, 4);
  fail_unless_equals_int (region->h, 6);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_moves_region_and_overlay_by_its_borders)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=320,height=120"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoRegionOfInterestMeta *region;
  GstVideoOverlayCompositionMeta *overlay;

  gst_buffer_add_video_region_of_interest_meta (metas, "face", 10, 20, 30, 40);
  add_overlay (metas, rectangle);
  out = push_metas (h, metas, 320 * 240);

  /* 160x120 at 80,0 */
  region = (gpointer) gst_buffer_get_meta (out, REGION);
  fail_unless_equals_int (region->x, 80 + 5);
  fail_unless_equals_int (region->y, 10);
  fail_unless_equals_int (region->w, 15);
  fail_unless_equals_int (region->h, 20);
  overlay = (gpointer) gst_buffer_get_meta (out, OVERLAY);
  fail_unless_rectangle (overlay->overlay, 0, 80 + 5, 10, 15, 20);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

#define GRAY_OVERLAY(size) \
    "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition)," \
    "format=GRAY8,framerate=25/1,pixel-aspect-ratio=1/1," size

GST_START_TEST (element_scales_with_the_overlay_feature_in_the_caps)
{
  GstHarness *h = new_harness (GRAY_OVERLAY ("width=320,height=240"),
      GRAY_OVERLAY ("width=640,height=480"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoOverlayCompositionMeta *overlay;

  add_overlay (metas, rectangle);
  out = push_metas (h, metas, 320 * 240);
  fail_unless_equals_int (gst_buffer_get_size (out), 640 * 480);
  fail_unless_equals_int (gst_buffer_get_n_meta (out, OVERLAY), 1);
  overlay = (gpointer) gst_buffer_get_meta (out, OVERLAY);
  fail_unless_rectangle (overlay->overlay, 0, 20, 40, 60, 80);

  gst_video_overlay_rectangle_unref (rectangle);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_scales_all_of_a_cropped_frame)
{
  static const guint8 picture[16] = {
    0, 0, 200, 200, 0, 0, 200, 200, 0, 0, 200, 200, 0, 0, 200, 200
  };
  GstHarness *h = new_harness (GRAY ("width=4,height=4"),
      GRAY ("width=2,height=2"));
  GstBuffer *in = gst_harness_create_buffer (h, 16), *out;
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (in);
  guint8 got[6];

  crop->x = 2;
  crop->width = 2;
  crop->height = 4;
  gst_buffer_fill (in, 0, picture, sizeof (picture));
  out = gst_harness_push_and_pull (h, in);
  fail_unless_equals_int (gst_buffer_extract (out, 0, got, 6), 6);
  /* rows of GRAY8 are padded to four bytes */
  fail_unless_equals_int (got[0], 0);
  fail_unless_equals_int (got[1], 200);
  fail_unless_equals_int (got[4], 0);
  fail_unless_equals_int (got[5], 200);
  fail_if (gst_buffer_get_meta (out, GST_VIDEO_CROP_META_API_TYPE));
  gst_buffer_unref (out);
  gst_harness_teardown (h);
}

GST_END_TEST;

GST_START_TEST (element_proposes_metas_that_come_through)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=640,height=480"));
  GstBuffer *metas = gst_buffer_new ();
  GstCaps *caps = gst_caps_from_string (GRAY ("width=320,height=240"));
  GstQuery *query = gst_query_new_allocation (caps, FALSE);
  guint n;

  gst_harness_add_propose_allocation_meta (h, OVERLAY, NULL);
  gst_harness_add_propose_allocation_meta (h, REGION, NULL);
  gst_harness_add_propose_allocation_meta (h, GST_VIDEO_CROP_META_API_TYPE,
      NULL);
  gst_buffer_unref (push_metas (h, metas, 320 * 240));

  fail_unless (gst_pad_peer_query (h->srcpad, query));
  fail_unless (gst_query_find_allocation_meta (query, OVERLAY, &n));
  fail_unless (gst_query_find_allocation_meta (query, REGION, &n));
  fail_unless (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE,
          &n));
  fail_if (gst_query_find_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE,
          &n));

  gst_query_unref (query);
  gst_caps_unref (caps);
  gst_buffer_unref (metas);
  gst_harness_teardown (h);
}

GST_END_TEST;

/* The composition of the frame that comes out when one with @composition goes
 * in */
static GstVideoOverlayComposition *
push_composition (GstHarness * h, GstVideoOverlayComposition * composition)
{
  GstBuffer *metas = gst_buffer_new (), *out;
  GstVideoOverlayComposition *result;

  gst_buffer_add_video_overlay_composition_meta (metas, composition);
  out = push_metas (h, metas, 320 * 240);
  result = ((GstVideoOverlayCompositionMeta *) gst_buffer_get_meta (out,
          OVERLAY))->overlay;
  gst_video_overlay_composition_ref (result);
  gst_buffer_unref (metas);
  gst_buffer_unref (out);
  return result;
}

/* Whoever draws overlays keeps what it made of a composition, by its sequence
 * number */
GST_START_TEST (element_keeps_the_composition_of_an_overlay_that_stays)
{
  GstHarness *h = new_harness (GRAY ("width=320,height=240"),
      GRAY ("width=320,height=120"));
  GstVideoOverlayRectangle *rectangle = new_rectangle (10, 20, 30, 40);
  GstVideoOverlayComposition *first =
      gst_video_overlay_composition_new (rectangle);
  GstVideoOverlayComposition *second =
      gst_video_overlay_composition_new (rectangle);
  GstVideoOverlayComposition *out[4];
  guint i;

  out[0] = push_composition (h, first);
  out[1] = push_composition (h, first);
  out[2] = push_composition (h, second);
  g_object_set (h->element, "add-borders", FALSE, NULL);
  out[3] = push_composition (h, second);

  fail_unless_equals_int (gst_video_overlay_composition_get_seqnum (out[0]),
      gst_video_overlay_composition_get_seqnum (out[1]));
  fail_if (gst_video_overlay_composition_get_seqnum (out[1]) ==
      gst_video_overlay_composition_get_seqnum (out[2]));
  fail_unless_rectangle (out[1], 0, 80 + 5, 10, 15, 20);
  fail_unless_rectangle (out[2], 0, 80 + 5, 10, 15, 20);
  fail_unless_rectangle (out[3], 0, 10, 10, 30, 20);

  for (i = 0; i < G_N_ELEMENTS (out); i++)
    gst_video_overlay_composition_unref (out[i]);
  gst_video_overlay_composition_unref (second);
  gst_video_overlay_composition_unref (first);
  gst_video_overlay_rectangle_unref (rectangle);
  gst_harness_teardown (h);
}

GST_END_TEST;

static Suite *
metas_suite (void)
{
  Suite *s = suite_create ("metas");
  TCase *tc = tcase_create ("values");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, region_grows_with_the_picture);
  tcase_add_test (tc, region_moves_with_the_border);
  tcase_add_test (tc, region_keeps_identity_and_params);
  tcase_add_test (tc, region_covers_every_pixel_that_shows_it);
  tcase_add_test (tc, nested_regions_stay_nested);
  tcase_add_test (tc, region_never_leaves_the_picture);
  tcase_add_test (tc, overlay_is_scaled_and_moved);
  tcase_add_test (tc, overlay_pixels_are_shared_and_input_untouched);
  tcase_add_test (tc, overlay_neighbours_stay_neighbours);
  tcase_add_test (tc, overlay_of_any_value_stays_in_range);
  tcase_add_test (tc, overlay_without_area_or_composition_is_left_out);
  tcase_add_test (tc, affine_without_borders_is_kept);
  tcase_add_test (tc, affine_with_borders_shows_the_same_points);
  tcase_add_test (tc, active_format_is_kept_in_a_frame_of_the_same_shape);
  tcase_add_test (tc, active_format_is_dropped_with_borders);
  tcase_add_test (tc, pillar_bars_are_scaled_and_moved);
  tcase_add_test (tc, letter_bars_are_kept_while_the_lines_are_the_same);
  tcase_add_test (tc, metas_about_time_and_text_are_kept);
  tcase_add_test (tc, metas_about_memory_and_coding_are_dropped);
  tcase_add_test (tc, foreign_meta_that_can_scale_scales);
  tcase_add_test (tc, foreign_meta_that_can_scale_is_not_wrong_with_borders);
  tcase_add_test (tc, foreign_meta_that_cannot_scale_is_dropped);
  tcase_add_test (tc, foreign_meta_without_a_transform_is_dropped);
  tcase_add_test (tc, foreign_meta_is_kept_by_its_tags);
  tcase_add_test (tc, foreign_meta_is_dropped_by_its_tags);
  tcase_add_test (tc, only_metas_that_come_through_are_proposed);

  tc = tcase_create ("element");
  suite_add_tcase (s, tc);
  tcase_add_test (tc, element_carries_each_meta_once);
  tcase_add_test (tc, element_moves_region_and_overlay_by_its_borders);
  tcase_add_test (tc, element_scales_with_the_overlay_feature_in_the_caps);
  tcase_add_test (tc, element_keeps_the_composition_of_an_overlay_that_stays);
  tcase_add_test (tc, element_scales_all_of_a_cropped_frame);
  tcase_add_test (tc, element_proposes_metas_that_come_through);
  return s;
}

GST_CHECK_MAIN (metas);
