/* GStreamer areascale: the sizes that people mean
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What comes out of the element beside caps of each kind: the size, the pixel
 * aspect ratio, and the part of the frame that the picture fills.
 */

#include <string.h>

#include <gst/base/gstbasetransform.h>

#include "caps.h"
#include "rig.h"

#define RAW(format, width, height) "video/x-raw,format=" format ",width=" \
    G_STRINGIFY (width) ",height=" G_STRINGIFY (height) ",framerate=25/1"
#define INTERLACED ",interlace-mode=interleaved"
#define SQUARE ",pixel-aspect-ratio=1/1"

typedef struct
{
  const gchar *in, *filter;
  gint width, height, par_n, par_d;
} Case;

/* All of a white frame that is not black after scaling */
static GstVideoRectangle
find_picture (const GstVideoInfo * info, GstBuffer * buffer)
{
  gint x0 = info->width, y0 = info->height, x1 = 0, y1 = 0, x, y;
  GstVideoRectangle picture;
  GstVideoFrame frame;

  fail_unless (gst_video_frame_map (&frame, info, buffer, GST_MAP_READ));
  for (y = 0; y < info->height; y++) {
    const guint8 *row = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (&frame, 0)
        + y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, 0);

    for (x = 0; x < info->width; x++) {
      if (row[x * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, 0)] < 128)
        continue;
      x0 = MIN (x0, x);
      x1 = MAX (x1, x + 1);
      y0 = MIN (y0, y);
      y1 = MAX (y1, y + 1);
    }
  }
  gst_video_frame_unmap (&frame);
  picture.x = x0;
  picture.y = y0;
  picture.w = x1 - x0;
  picture.h = y1 - y0;
  return picture;
}

static void
get_info (GstPad * pad, GstVideoInfo * info)
{
  GstCaps *caps = gst_pad_get_current_caps (pad);

  fail_unless (caps != NULL && gst_video_info_from_caps (info, caps));
  gst_caps_unref (caps);
}

static GstVideoRectangle
scale_white_frame (GstHarness * h, GstVideoInfo * out)
{
  GstVideoRectangle picture;
  GstVideoInfo in;
  GstBuffer *buffer;

  get_info (h->srcpad, &in);
  buffer = gst_buffer_new_allocate (NULL, in.size, NULL);
  gst_buffer_memset (buffer, 0, 0xff, -1);
  buffer = gst_harness_push_and_pull (h, buffer);
  fail_unless (buffer != NULL);
  get_info (h->sinkpad, out);
  picture = find_picture (out, buffer);
  gst_buffer_unref (buffer);
  return picture;
}

static void
check_case (const Case * c, const GstVideoRectangle * wanted)
{
  GstHarness *h = gst_harness_new (rig_element_name ());
  GstVideoRectangle picture;
  GstVideoInfo out;

  gst_harness_set_sink_caps_str (h, c->filter);
  gst_harness_set_src_caps_str (h, c->in);
  picture = scale_white_frame (h, &out);

  fail_unless (out.width == c->width && out.height == c->height
      && out.par_n == c->par_n && out.par_d == c->par_d,
      "%s into %s: %dx%d of %d/%d", c->in, c->filter, out.width, out.height,
      out.par_n, out.par_d);
  fail_unless (memcmp (&picture, wanted, sizeof (picture)) == 0,
      "%s into %s: the picture is %dx%d at %d,%d", c->in, c->filter, picture.w,
      picture.h, picture.x, picture.y);
  gst_harness_teardown (h);
}

/* The picture fills the frame. */
static void
check_cases (const Case * cases, guint n)
{
  guint i;

  for (i = 0; i < n; i++) {
    const GstVideoRectangle all = { 0, 0, cases[i].width, cases[i].height };

    check_case (&cases[i], &all);
  }
}

GST_START_TEST (test_open_sides_follow_on_the_chroma_grid)
{
  static const Case cases[] = {
    /* 225, 281.25, 499.56, 500.44 */
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400", 400, 226, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=500", 500, 282, 1, 1},
    {RAW ("NV12", 1920, 1080), "video/x-raw,width=500", 500, 282, 1, 1},
    {RAW ("P010_10LE", 1920, 1080), "video/x-raw,width=500", 500, 282, 1, 1},
    {RAW ("YUV9", 1920, 1080), "video/x-raw,width=500", 500, 280, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,height=281", 500, 281, 1, 1},
    {RAW ("YUY2", 1920, 1080), "video/x-raw,height=281", 500, 281, 1, 1},
    {RAW ("Y42B", 1921, 1080), "video/x-raw,height=281", 500, 281, 1, 1},
    {RAW ("Y41B", 1920, 1080), "video/x-raw,height=281", 500, 281, 1, 1},
    {RAW ("Y42B", 1920, 1080), "video/x-raw,width=500", 500, 281, 1, 1},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=500", 500, 281, 1, 1},
    {RAW ("Y444", 1920, 1080), "video/x-raw,width=400", 400, 225, 1, 1},
    {RAW ("GRAY8", 1920, 1080), "video/x-raw,height=281", 500, 281, 1, 1},
    /* both fields' */
    {RAW ("I420", 1920, 1080) INTERLACED, "video/x-raw,width=500", 500, 280, 1,
        1},
    {RAW ("Y42B", 1920, 1080) INTERLACED, "video/x-raw,width=500", 500, 282, 1,
        1},
    {RAW ("RGB", 1920, 1080) INTERLACED, "video/x-raw,width=500", 500, 282, 1,
        1},
    /* as far as downstream allows */
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400,height=[1,225]", 400,
        224, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400,height=[16,32767]", 400,
        226, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400,height=225", 400, 225,
        1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400,height={225,500}", 400,
        225, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=400,height={225,226}", 400,
        226, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=500,height=[3,999,3]", 500,
        282, 1, 1},
    {RAW ("P010_10LE", 854, 1), "video/x-raw,width=[5,32765,5]", 850, 1, 1, 1},
    /* a side that stays may be off it */
    {RAW ("I420", 641, 481), "video/x-raw,width=641,height=[1,1000],"
          "colorimetry={bt601,bt709}", 641, 481, 1, 1},
    /* what leads too, where it changes */
    {RAW ("I420", 1920, 1080), "video/x-raw,width=[1,641]", 640, 360, 1, 1},
    {RAW ("I420", 641, 481), "video/x-raw,width=[1,1000],height=[1,400]"
          SQUARE, 534, 400, 1, 1},
    {RAW ("I420", 641, 481), "video/x-raw,width=[1,1000],height=[1,400]", 641,
        400, 400, 481},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_every_even_width_gives_an_even_height)
{
  GstCaps *caps = caps_from (RAW ("I420", 1920, 1080));
  gint width, height, w;
  gdouble par;

  for (width = 160; width <= 1280; width += 2) {
    gchar *string = g_strdup_printf ("video/x-raw,format=I420,width=%d,"
        "height=[16,32767]", width);
    GstCaps *open = caps_from (string);
    GstCaps *result = fixate (GST_PAD_SINK, caps, open);

    get_shape (result, &w, &height, &par);
    fail_unless (w == width && height % 2 == 0 && par == 1
        && ABS (height * 16 - width * 9) <= 16, "%d gives %d", width, height);
    gst_caps_unref (result);
    gst_caps_unref (open);
    g_free (string);
  }
  gst_caps_unref (caps);
}

GST_END_TEST;

GST_START_TEST (test_rounded_sizes_are_filled)
{
  static const Case cases[] = {
    {RAW ("I420", 1920, 800), "video/x-raw,width=[2,640,2],height=[2,360,2]"
          SQUARE, 640, 266, 1, 1},
    {RAW ("RGB", 1920, 800), "video/x-raw,width=[2,640,2],height=[2,360,2]"
          SQUARE, 640, 266, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=500" SQUARE, 500, 282, 1, 1},
    {RAW ("I420", 1920, 1080) INTERLACED, "video/x-raw,width=500" SQUARE, 500,
        280, 1, 1},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=[16,1072,16]"
          SQUARE, 500, 288, 1, 1},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=[16,640,16],height=281"
          SQUARE, 496, 281, 1, 1},
    /* a pixel or a step of the grid off, at the end of what is allowed */
    {RAW ("RGB", 1924, 1080), "video/x-raw,width=500,height=[1,280]" SQUARE,
        500, 280, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=500,height=[1,280]" SQUARE,
        500, 280, 1, 1},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

/* To the pixel, on the chroma grid */
GST_START_TEST (test_fixed_sizes_keep_their_borders)
{
  static const struct
  {
    Case c;
    GstVideoRectangle picture;
  } cases[] = {
    {{RAW ("I420", 1920, 800), "video/x-raw,width=640,height=266" SQUARE, 640,
            266, 1, 1}, {0, 0, 638, 266}},
    {{RAW ("RGB", 1920, 800), "video/x-raw,width=640,height=266" SQUARE, 640,
            266, 1, 1}, {1, 0, 638, 266}},
    {{RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=282" SQUARE, 500,
            282, 1, 1}, {0, 0, 500, 281}},
    {{RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=288" SQUARE, 500,
            288, 1, 1}, {0, 3, 500, 281}},
    /* and so do sizes that are limited, not stepped */
    {{RAW ("RGB", 1920, 1080), "video/x-raw,width=[1,640],height=[400,480]"
                SQUARE, 640, 400, 1, 1}, {0, 20, 640, 360}},
    {{RAW ("RGB", 500, 400), "video/x-raw,width={100,1000},height=[16,48,16]"
                SQUARE, 100, 48, 1, 1}, {20, 0, 60, 48}},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i].c, &cases[i].picture);
}

GST_END_TEST;

GST_START_TEST (test_free_pixel_aspect_ratio_takes_the_difference)
{
  static const Case cases[] = {
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=[16,1072,16]",
        500, 288, 128, 125},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=500,height=[16,1072,16]",
        500, 288, 128, 125},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=[16,640,16],height=281", 496,
        281, 281, 279},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=288", 500, 288,
        128, 125},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=500,height=[1,270]", 500, 270,
        24, 25},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_sides_are_fitted_again)
{
  static const Case cases[] = {
    {RAW ("RGB", 1080, 1920), "video/x-raw,width=[16,1280,16],height=[1,720]"
          SQUARE, 400, 711, 1, 1},
    {RAW ("I420", 1080, 1920), "video/x-raw,width=[16,1280,16],height=[1,720]"
          SQUARE, 400, 712, 1, 1},
    /* snapped up, since 368x645 is farther from it */
    {RAW ("RGB", 1080, 1920), "video/x-raw,width=[16,1280,16],"
          "height=[15,690,15]" SQUARE, 384, 690, 1, 1},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width={320,640},height={180,240}"
          SQUARE, 320, 180, 1, 1},
    /* beside several pixel aspect ratios */
    {RAW ("GRAY8", 288, 576) ",pixel-aspect-ratio=12/11",
        "video/x-raw,width={3,640,9},height=[576,1083,3],"
          "pixel-aspect-ratio={646/49,4/3,89/118}", 640, 885, 89, 118},
    /* of equal shapes the larger */
    {RAW ("RGB", 1000, 1000), "video/x-raw,width={100,300},height={100,300}"
          SQUARE, 300, 300, 1, 1},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_fitting_inside_a_square)
{
  static const Case cases[] = {
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=[1,640],height=[1,640]", 640,
        640, 16, 9},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=[1,640],height=[1,640]"
          SQUARE, 640, 360, 1, 1},
    {RAW ("RGB", 1080, 1920), "video/x-raw,width=[1,640],height=[1,640]"
          SQUARE, 360, 640, 1, 1},
    {RAW ("RGB", 320, 240), "video/x-raw,width=[1,640],height=[1,640]" SQUARE,
        320, 240, 1, 1},
    /* a side without an upper limit is open */
    {RAW ("I420", 1920, 1080), "video/x-raw,width=[1,640],height=[16,"
          "2147483647]", 640, 360, 1, 1},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=[2,32766,2],height=[2,240,"
          "2]", 426, 240, 1, 1},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

/* Frames of 4 GiB and more cannot exist */
GST_START_TEST (test_sizes_that_can_exist_are_chosen)
{
  static const struct
  {
    const gchar *in, *allowed;
    gboolean exists;
  } cases[] = {
    {RAW ("AYUV64", 720, 576), "height=32767,width=[1,32767]", TRUE},
    {RAW ("AYUV64", 720, 576), "width=32767,height=[1,32767]", TRUE},
    {RAW ("AYUV64", 720, 576), "width=32767,height=[16,20000]", TRUE},
    {RAW ("AYUV64", 720, 576), "width=32767,height=[16368,32752,16]", TRUE},
    {RAW ("AYUV64", 720, 576), "width={32767,100},height=32767", TRUE},
    {RAW ("ARGB", 32766, 32766), "width=32767,height=[1,32767]", TRUE},
    {RAW ("AYUV64", 32000, 16000), "width=[1,32000],height=[17000,17100]",
        TRUE},
    {RAW ("AYUV64", 32000, 16000), "width=[17000,32000],height=[30000,31000]",
        TRUE},
    {RAW ("AYUV64", 720, 576), "width=32767,height=32767", FALSE},
    {RAW ("AYUV64", 720, 576), "width=[30000,32767],height=[20000,32767]",
        FALSE},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstCaps *caps = caps_from (cases[i].in);
    gchar *string = g_strdup_printf ("video/x-raw,%s", cases[i].allowed);
    GstCaps *filter = caps_from (string);
    GstCaps *open = gst_area_scale_negotiation_transform_caps
        (GST_AREA_CHANGES_SIZE, GST_PAD_SINK,
        caps, filter);
    GstCaps *result = fixate (GST_PAD_SINK, caps, open);
    GstVideoInfo info;

    if (cases[i].exists)
      fail_unless (gst_video_info_from_caps (&info, result), "%s", string);
    else
      fail_unless (gst_caps_is_empty (result), "%s", string);
    gst_caps_unref (result);
    gst_caps_unref (open);
    gst_caps_unref (filter);
    gst_caps_unref (caps);
    g_free (string);
  }
}

GST_END_TEST;

GST_START_TEST (test_sizes_that_cannot_exist_are_explained)
{
  static const struct
  {
    const gchar *in, *filter, *words;
  } cases[] = {
    {RAW ("AYUV64", 720, 576), "video/x-raw,width=32767,height=32767",
        "such sizes are too large"},
    {RAW ("AYUV64", 32767, 32767), "video/x-raw,width=[1,320]",
        "this size are too large"},
    {RAW ("AYUV64", 720, 576), "video/x-raw,pixel-aspect-ratio=0/1",
        "not positive"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    Rig rig;

    rig_open (&rig);
    gst_harness_set_sink_caps_str (rig.h, cases[i].filter);
    gst_harness_set_src_caps_str (rig.h, cases[i].in);
    rig_assert_error (&rig, cases[i].words);
    rig_clear (&rig);
  }
}

GST_END_TEST;

/* The limit of pixel aspect ratios is not the one that was looked for */
GST_START_TEST (test_saturated_ratios_are_not_exact)
{
  static const Case cases[] = {
    {RAW ("GRAY8", 100, 10) ",pixel-aspect-ratio=2147483647/1",
        "video/x-raw,width=[1,50],height=[1,20]", 50, 5, 2147483647, 1},
    {RAW ("GRAY8", 10, 100) ",pixel-aspect-ratio=1/2147483647",
        "video/x-raw,width=[1,20],height=[1,50]", 5, 50, 1, 2147483647},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_chroma_site_keeps_its_meaning)
{
  static const struct
  {
    const gchar *in, *filter;
  } cases[] = {
    {RAW ("I420", 1920, 1080), "video/x-raw,width=640"},
    {RAW ("I420", 320, 240), "video/x-raw,width=1920"},
    {RAW ("I420", 1920, 1080), "video/x-raw,width=1280"},
    {RAW ("NV12", 3840, 2160), "video/x-raw,width=640"},
    {RAW ("I420", 320, 240), "video/x-raw,width=1920,colorimetry=bt709"},
    {RAW ("I420", 320, 240), "video/x-raw,width=1920,chroma-site=jpeg"},
    {RAW ("I420", 1920, 1080) ",chroma-site=jpeg,colorimetry=bt709",
        "video/x-raw,width=640"},
    {RAW ("I420", 1920, 1080) ",colorimetry=bt709", "video/x-raw,width=640"},
    {RAW ("RGB", 1920, 1080), "video/x-raw,width=640"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstHarness *h = gst_harness_new (rig_element_name ());
    GstVideoInfo in, out;

    gst_harness_set_sink_caps_str (h, cases[i].filter);
    gst_harness_set_src_caps_str (h, cases[i].in);
    scale_white_frame (h, &out);
    get_info (h->srcpad, &in);
    fail_unless (in.chroma_site == out.chroma_site, "%s into %s: %#x",
        cases[i].in, cases[i].filter, out.chroma_site);
    gst_harness_teardown (h);
  }
}

GST_END_TEST;

static void
assert_width (GstHarness * h, const gchar * sink_caps, gint width)
{
  GstVideoInfo out;

  gst_harness_set_sink_caps_str (h, sink_caps);
  scale_white_frame (h, &out);
  fail_unless_equals_int (scale_white_frame (h, &out).w, width);
  fail_unless_equals_int (out.width, 640);
  fail_unless_equals_int (out.height, 266);
}

/* The same size, chosen by one side or the other, between frames */
GST_START_TEST (test_borders_follow_who_chose_the_size)
{
  static const gchar range[] = "video/x-raw,width=[2,640,2],height=[2,360,2]"
      SQUARE;
  static const gchar fixed[] = "video/x-raw,width=640,height=266" SQUARE;
  GstHarness *h = gst_harness_new (rig_element_name ());

  gst_harness_set_sink_caps_str (h, range);
  gst_harness_set_src_caps_str (h, RAW ("RGB", 1920, 800) SQUARE);
  assert_width (h, range, 640);
  assert_width (h, fixed, 638);
  g_object_set (h->element, "border-color", 0xff000010, NULL);
  assert_width (h, fixed, 638);
  assert_width (h, range, 640);
  g_object_set (h->element, "border-color", 0xff000000, NULL);
  assert_width (h, range, 640);
  gst_harness_teardown (h);
}

GST_END_TEST;

/* Somebody who only asks what would be chosen changes nothing */
GST_START_TEST (test_other_fixations_leave_the_stream_alone)
{
  GstHarness *h = gst_harness_new (rig_element_name ());
  GstBaseTransform *trans = GST_BASE_TRANSFORM (h->element);
  static const gchar range[] = "video/x-raw,width=[2,640,2],height=[2,360,2]"
      SQUARE;
  GstCaps *caps = caps_from (RAW ("RGB", 320, 200));

  gst_harness_set_sink_caps_str (h, range);
  gst_harness_set_src_caps_str (h, RAW ("RGB", 1920, 800) SQUARE);
  assert_width (h, range, 640);
  gst_caps_unref (GST_BASE_TRANSFORM_GET_CLASS (trans)->fixate_caps (trans,
          GST_PAD_SINK, caps, caps_from (RAW ("RGB", 100, 100) SQUARE)));
  gst_caps_unref (GST_BASE_TRANSFORM_GET_CLASS (trans)->fixate_caps (trans,
          GST_PAD_SRC, caps, caps_from (RAW ("RGB", 100, 100) SQUARE)));
  g_object_set (h->element, "border-color", 0xff000010, NULL);
  assert_width (h, range, 640);
  gst_caps_unref (caps);
  gst_harness_teardown (h);
}

GST_END_TEST;

static Suite *
sizes_suite (void)
{
  Suite *suite = suite_create ("sizes");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_open_sides_follow_on_the_chroma_grid);
  tcase_add_test (tc, test_every_even_width_gives_an_even_height);
  tcase_add_test (tc, test_rounded_sizes_are_filled);
  tcase_add_test (tc, test_fixed_sizes_keep_their_borders);
  tcase_add_test (tc, test_free_pixel_aspect_ratio_takes_the_difference);
  tcase_add_test (tc, test_sides_are_fitted_again);
  tcase_add_test (tc, test_fitting_inside_a_square);
  tcase_add_test (tc, test_sizes_that_can_exist_are_chosen);
  tcase_add_test (tc, test_sizes_that_cannot_exist_are_explained);
  tcase_add_test (tc, test_saturated_ratios_are_not_exact);
  tcase_add_test (tc, test_chroma_site_keeps_its_meaning);
  tcase_add_test (tc, test_borders_follow_who_chose_the_size);
  tcase_add_test (tc, test_other_fixations_leave_the_stream_alone);
  return suite;
}

GST_CHECK_MAIN (sizes);
