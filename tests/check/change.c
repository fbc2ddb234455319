/* GStreamer areascale: what the tests of metas share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "change.h"

void
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

void
change_init_full (Change * c, gint in_w, gint in_h, gint out_w, gint out_h)
{
  GstVideoRectangle all = { 0, 0, out_w, out_h };

  change_init (c, in_w, in_h, out_w, out_h, all);
}

void
change_init_pillars (Change * c)
{
  GstVideoRectangle content = { 160, 0, 320, 240 };

  change_init (c, 320, 240, 640, 240, content);
}

void
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

void
carry (Change * c)
{
  gst_buffer_foreach_meta (c->inbuf, carry_one, c);
}

gpointer
carried (Change * c, GType api)
{
  fail_unless_equals_int (gst_buffer_get_n_meta (c->outbuf, api), 1);
  return gst_buffer_get_meta (c->outbuf, api);
}

void
fail_unless_dropped (Change * c)
{
  gpointer state = NULL;

  fail_unless (gst_buffer_iterate_meta (c->inbuf, &state));
  state = NULL;
  fail_if (gst_buffer_iterate_meta (c->outbuf, &state));
}

GstVideoOverlayRectangle *
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

void
add_overlay (GstBuffer * buffer, GstVideoOverlayRectangle * rectangle)
{
  GstVideoOverlayComposition *composition =
      gst_video_overlay_composition_new (rectangle);

  gst_buffer_add_video_overlay_composition_meta (buffer, composition);
  gst_video_overlay_composition_unref (composition);
}

void
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

const gfloat some_matrix[16] = {
  .5f, 2, 0, 0, -.25f, .75f, 0, 0, 0, 0, 1, 0, .1f, -.3f, 0, 1
};

void
add_affine (GstBuffer * buffer, const gfloat * matrix)
{
  gst_video_affine_transformation_meta_apply_matrix
      (gst_buffer_add_video_affine_transformation_meta (buffer), matrix);
}
