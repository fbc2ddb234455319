/* GStreamer areascale: borders through the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The picture inside is compared with the definition, the colour outside with
 * bytes worked out by hand from the standards' equations.
 */

#include <string.h>

#include "rig.h"

#define SEED 31

#define LIMITED601 "2:4:16:1"   /* range : matrix : transfer : primaries */
#define FULL601 "1:4:0:0"
#define FULL_UNKNOWN "1:0:0:0"  /* taken for 601 */
#define LIMITED709 "bt709"
#define SRGB "sRGB"

#define BLACK 0xff000000
#define WHITE 0xffffffff
#define RED 0xffff0000
#define BLUE 0xff0000ff

#define MAX_PIXEL 8

/* A pixel of each plane */
typedef struct
{
  const gchar *format, *colorimetry;
  guint32 argb;
  guint8 pixel[3][MAX_PIXEL];
} Color;

static const Color colors[] = {
  {"I420", LIMITED601, BLACK, {{16}, {128}, {128}}},
  {"I420", LIMITED601, WHITE, {{235}, {128}, {128}}},
  {"I420", LIMITED601, RED, {{81}, {90}, {240}}},
  {"I420", LIMITED601, BLUE, {{41}, {240}, {110}}},
  {"I420", LIMITED709, RED, {{63}, {102}, {240}}},
  {"I420", LIMITED709, BLUE, {{32}, {240}, {118}}},
  {"I420", FULL601, BLACK, {{0}, {128}, {128}}},
  {"I420", FULL601, WHITE, {{255}, {128}, {128}}},
  {"I420", FULL601, RED, {{76}, {85}, {255}}},
  {"NV12", LIMITED601, RED, {{81}, {90, 240}}},
  {"NV21", LIMITED601, RED, {{81}, {240, 90}}},
  {"Y42B", LIMITED601, RED, {{81}, {90}, {240}}},
  {"Y41B", LIMITED601, RED, {{81}, {90}, {240}}},
  {"AYUV", LIMITED601, BLACK, {{255, 16, 128, 128}}},
  {"AYUV", LIMITED601, 0x40ff0000, {{0x40, 81, 90, 240}}},
  {"AYUV", FULL601, 0x00000000, {{0, 0, 128, 128}}},
  {"RGB", SRGB, 0xff102030, {{0x10, 0x20, 0x30}}},
  {"BGR", SRGB, 0x00102030, {{0x30, 0x20, 0x10}}},
  {"RGBA", SRGB, 0x40102030, {{0x10, 0x20, 0x30, 0x40}}},
  {"ABGR", SRGB, 0x40102030, {{0x40, 0x30, 0x20, 0x10}}},
  {"ARGB64", SRGB, 0x00ff8000,
      {{0, 0, 0xff, 0xff, 0x80, 0x80, 0, 0}}},
  {"GRAY8", LIMITED601, WHITE, {{235}}},
  {"GRAY8", FULL601, WHITE, {{255}}},
  {"GRAY8", LIMITED601, RED, {{81}}},
  {"GRAY8", FULL_UNKNOWN, RED, {{76}}},
  {"GRAY16_LE", FULL601, WHITE, {{0xff, 0xff}}},
  {"GRAY16_LE", LIMITED601, BLACK, {{0, 16}}},
  {"I420_10LE", LIMITED601, WHITE, {{940 & 255, 940 >> 8}, {0, 2}, {0, 2}}},
  {"P010_10LE", LIMITED601, BLACK,
      {{0, 16}, {0, 128, 0, 128}}},
  {"P010_10LE", LIMITED601, WHITE,
      {{0, 235}, {0, 128, 0, 128}}},
};

/* A square picture of 64x64 in frames that are too wide or too high. The
 * places are on the grid of the coarsest chroma, 4 by 2. */
static const struct
{
  gint width, height;
  GstVideoRectangle content;
} frames[] = {
  {64, 32, {16, 0, 32, 32}},
  {32, 64, {0, 16, 32, 32}},
  {208, 104, {52, 0, 104, 104}},
  {96, 200, {0, 52, 96, 96}},
};

static gchar *
caps_of (const Color * color, gint width, gint height)
{
  return g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d,"
      "framerate=25/1,pixel-aspect-ratio=1/1,colorimetry=%s", color->format,
      width, height, color->colorimetry);
}

/* Everything of a component's plane outside of @content is its pixel. */
static void
assert_colored_outside (const GstVideoFrame * frame, guint c,
    const GstVideoRectangle * content, const guint8 * pixel)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint w_sub = GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c);
  gint h_sub = GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c);
  gint step = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c);
  guint plane = GST_VIDEO_FORMAT_INFO_PLANE (finfo, c);
  gint x0 = content->x >> w_sub, y0 = content->y >> h_sub;
  gint x1 = x0 + GST_VIDEO_SUB_SCALE (w_sub, content->w);
  gint y1 = y0 + GST_VIDEO_SUB_SCALE (h_sub, content->h);
  gint x, y;

  for (y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, c); y++) {
    const guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, plane) +
        y * GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);

    for (x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (frame, c); x++) {
      if ((x < x0 || x >= x1 || y < y0 || y >= y1)
          && memcmp (row + x * step, pixel, step) != 0)
        fail ("%s: plane %u at %d,%d: byte 0 is %u", finfo->name, plane, x, y,
            row[x * step]);
    }
  }
}

static void
assert_bordered (Rig * rig, GstBuffer * inbuf, GstBuffer * outbuf,
    const GstVideoRectangle * content, const Color * color)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  GstBuffer *part;
  guint c;

  gst_video_info_set_format (&info, GST_VIDEO_INFO_FORMAT (&rig->out),
      content->w, content->h);
  part = rig_part (outbuf, &rig->out, &info, content->x, content->y);
  rig_assert_scaled (&rig->in, inbuf, &info, part);
  gst_buffer_unref (part);

  fail_unless (gst_video_frame_map (&frame, &rig->out, outbuf, GST_MAP_READ));
  for (c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (&rig->out); c++)
    assert_colored_outside (&frame, c, content,
        color->pixel[GST_VIDEO_INFO_COMP_PLANE (&rig->out, c)]);
  gst_video_frame_unmap (&frame);
}

/* The buffers of the pool come back with other bytes in them. */
static void
soil (GstBuffer * buffer)
{
  gst_buffer_memset (buffer, 0, 0xa5, -1);
  gst_buffer_unref (buffer);
}

GST_START_TEST (test_definition_inside_and_color_outside)
{
  const Color *color = &colors[__i__];
  Rig rig;
  guint f, i;

  rig_open (&rig);
  g_object_set (rig.h->element, "border-color", color->argb, NULL);
  for (f = 0; f < G_N_ELEMENTS (frames); f++) {
    gchar *in = caps_of (color, 64, 64);
    gchar *out = caps_of (color, frames[f].width, frames[f].height);

    rig_set_out_caps (&rig, out);
    rig_set_in_caps (&rig, in);
    for (i = 0; i < 2; i++) {
      GstBuffer *inbuf = rig_noise (&rig.in, SEED + i);
      GstBuffer *outbuf =
          gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));

      fail_unless (outbuf != NULL);
      assert_bordered (&rig, inbuf, outbuf, &frames[f].content, color);
      gst_buffer_unref (inbuf);
      soil (outbuf);
    }
    g_free (out);
    g_free (in);
  }
  rig_assert_no_error (&rig);
  rig_clear (&rig);
}

GST_END_TEST;

/* Formats without a byte of their own for a sample: the first words of black
 * lines, as they lie in memory */
static const struct
{
  const gchar *format, *colorimetry;
  gsize n;
  guint8 bytes[16];
} packed[] = {
  {"YUY2", LIMITED601, 4, {16, 128, 16, 128}},
  {"UYVY", FULL601, 4, {128, 0, 128, 0}},
  {"RGBx", SRGB, 3, {0, 0, 0}},
  {"RGB16", SRGB, 4, {0, 0, 0, 0}},
  {"v210", LIMITED601, 16, {0x00, 0x02, 0x01, 0x20, 0x40, 0x00, 0x08, 0x04,
          0x00, 0x02, 0x01, 0x20, 0x40, 0x00, 0x08, 0x04}},
  {"Y210", LIMITED601, 8, {0, 16, 0, 128, 0, 16, 0, 128}},
  {"v216", LIMITED601, 8, {0, 128, 0, 16, 0, 128, 0, 16}},
};

GST_START_TEST (test_black_of_packed_formats)
{
  Color color = { packed[__i__].format, packed[__i__].colorimetry, BLACK,
    {{0}}
  };
  gchar *in = caps_of (&color, 48, 48), *out = caps_of (&color, 48, 96);
  GstBuffer *outbuf;
  guint8 have[16];
  Rig rig;

  rig_init (&rig, in, out);
  outbuf = gst_harness_push_and_pull (rig.h, rig_noise (&rig.in, SEED));
  fail_unless (outbuf != NULL);
  gst_buffer_extract (outbuf, 0, have, sizeof (have));
  fail_unless (memcmp (have, packed[__i__].bytes, packed[__i__].n) == 0,
      "%s", color.format);
  gst_buffer_unref (outbuf);
  g_free (out);
  g_free (in);
  rig_clear (&rig);
}

GST_END_TEST;

/* The picture is one line or one column, in the middle. */
static const struct
{
  gint in_width, in_height, out_width, out_height;
  GstVideoRectangle content;
} extremes[] = {
  {32767, 1, 16, 17, {0, 8, 16, 1}},
  {1, 32767, 17, 16, {8, 0, 1, 16}},
  {30000, 2, 3, 5, {0, 2, 3, 1}},
  {1000, 1, 1, 1, {0, 0, 1, 1}},
};

GST_START_TEST (test_extreme_shapes_keep_a_line)
{
  const Color white = { "GRAY8", FULL601, WHITE, {{255}} };
  gchar *in = caps_of (&white, extremes[__i__].in_width,
      extremes[__i__].in_height);
  gchar *out = caps_of (&white, extremes[__i__].out_width,
      extremes[__i__].out_height);
  GstBuffer *inbuf, *outbuf;
  Rig rig;

  rig_open (&rig);
  g_object_set (rig.h->element, "border-color", WHITE, NULL);
  rig_set_out_caps (&rig, out);
  rig_set_in_caps (&rig, in);
  inbuf = rig_noise (&rig.in, SEED);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless (outbuf != NULL);
  assert_bordered (&rig, inbuf, outbuf, &extremes[__i__].content, &white);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  g_free (out);
  g_free (in);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
borders_suite (void)
{
  Suite *suite = suite_create ("borders");
  TCase *tc = tcase_create ("element");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_definition_inside_and_color_outside, 0,
      G_N_ELEMENTS (colors));
  tcase_add_loop_test (tc, test_black_of_packed_formats, 0,
      G_N_ELEMENTS (packed));
  tcase_add_loop_test (tc, test_extreme_shapes_keep_a_line, 0,
      G_N_ELEMENTS (extremes));
  return suite;
}

GST_CHECK_MAIN (borders);
