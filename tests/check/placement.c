/* GStreamer areascale: tests of where the picture goes in a frame
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include "caps.h"

typedef struct
{
  GstVideoFormat format;
  GstVideoInterlaceMode mode;
  gint in_width, in_height, in_par_n, in_par_d;
  gint out_width, out_height, out_par_n, out_par_d;
  gint x, y, w, h;
} PlaceCase;

static void
set_info (GstVideoInfo * info, GstVideoFormat format,
    GstVideoInterlaceMode mode, gint width, gint height, gint par_n, gint par_d)
{
  fail_unless (gst_video_info_set_interlaced_format (info, format, mode, width,
          height));
  info->par_n = par_n;
  info->par_d = par_d;
}

static void
place (const PlaceCase * c, gboolean add_borders, GstAreaScalePlacement * p)
{
  GstVideoInfo in, out;

  set_info (&in, c->format, c->mode, c->in_width, c->in_height, c->in_par_n,
      c->in_par_d);
  set_info (&out, c->format, c->mode, c->out_width, c->out_height,
      c->out_par_n, c->out_par_d);
  memset (p, 0xff, sizeof (*p));
  gst_area_scale_placement_init (p, &in, &out, add_borders);
  fail_unless_equals_int (p->in_width, c->in_width);
  fail_unless_equals_int (p->in_height, c->in_height);
  fail_unless_equals_int (p->out_width, c->out_width);
  fail_unless_equals_int (p->out_height, c->out_height);
}

static void
assert_rectangle (const GstVideoRectangle * r, gint x, gint y, gint w, gint h)
{
  fail_unless (r->x == x && r->y == y && r->w == w && r->h == h,
      "content is %dx%d at %d,%d instead of %dx%d at %d,%d", r->w, r->h, r->x,
      r->y, w, h, x, y);
}

#define PROGRESSIVE GST_VIDEO_INTERLACE_MODE_PROGRESSIVE
#define INTERLEAVED GST_VIDEO_INTERLACE_MODE_INTERLEAVED
#define MIXED GST_VIDEO_INTERLACE_MODE_MIXED
#define ALTERNATE GST_VIDEO_INTERLACE_MODE_ALTERNATE
#define FORMAT(name) GST_VIDEO_FORMAT_ ## name

GST_START_TEST (test_place_letterboxes_and_pillarboxes)
{
  static const PlaceCase cases[] = {
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 640, 480, 1, 1,
        0, 60, 640, 360},
    {FORMAT (RGB), PROGRESSIVE, 640, 480, 1, 1, 1920, 1080, 1, 1,
        240, 0, 1440, 1080},
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (RGB), PROGRESSIVE, 720, 576, 16, 15, 720, 576, 1, 1,
        0, 18, 720, 540},
    {FORMAT (RGB), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 323, 288},
    /* the display aspect ratio is kept by the pixel aspect ratio */
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 1, 1, 640, 320, 2, 3,
        0, 0, 640, 320},
    /* by rounding to nearest, either side */
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 321, 181, 1, 1,
        0, 0, 321, 181},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 101, 57, 1, 1,
        0, 0, 101, 57},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 107, 60, 1, 1,
        0, 0, 107, 60},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 109, 60, 1, 1,
        1, 0, 107, 60},
    /* an unknown pixel aspect ratio is taken for 1/1 */
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 0, 1, 160, 120, 1, 1,
        0, 0, 160, 120},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
    place (&cases[i], FALSE, &p);
    assert_rectangle (&p.content, 0, 0, cases[i].out_width,
        cases[i].out_height);
  }
}

GST_END_TEST;

GST_START_TEST (test_place_on_the_grid_of_chroma_and_fields)
{
  static const PlaceCase cases[] = {
    /* 62.5 above, 75 high */
    {FORMAT (Y444), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (Y42B), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (I420), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 76},
    {FORMAT (YUV9), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (RGB), INTERLEAVED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 76},
    {FORMAT (I420), INTERLEAVED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (I420), MIXED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (NV12), ALTERNATE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (RGB), ALTERNATE, 1920, 1080, 1, 1, 640, 480, 1, 1,
        0, 60, 640, 360},
    {FORMAT (I420), ALTERNATE, 1920, 1080, 1, 1, 320, 240, 1, 1,
        0, 28, 320, 180},
    /* 322.67 wide */
    {FORMAT (Y42B), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 322, 288},
    {FORMAT (Y41B), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        12, 0, 324, 288},
    {FORMAT (YUY2), INTERLEAVED, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 322, 288},
    /* odd frames */
    {FORMAT (I420), PROGRESSIVE, 320, 240, 1, 1, 201, 201, 1, 1,
        0, 24, 201, 150},
    {FORMAT (I420), INTERLEAVED, 240, 320, 1, 1, 201, 201, 1, 1,
        24, 0, 150, 201},
    /* less than a step of the grid of border */
    {FORMAT (I420), PROGRESSIVE, 320, 180, 1, 1, 322, 180, 1, 1,
        0, 0, 320, 180},
    {FORMAT (I420), PROGRESSIVE, 320, 180, 1, 1, 323, 180, 1, 1,
        0, 0, 320, 180},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
  }
}

GST_END_TEST;

GST_START_TEST (test_place_leaves_something_of_extreme_ratios)
{
  static const PlaceCase cases[] = {
    {FORMAT (RGB), PROGRESSIVE, 32767, 1, G_MAXINT, 1, 100, 100, 1, G_MAXINT,
        0, 49, 100, 1},
    {FORMAT (RGB), PROGRESSIVE, 1, 32767, 1, G_MAXINT, 100, 100, G_MAXINT, 1,
        49, 0, 1, 100},
    {FORMAT (I420), PROGRESSIVE, 32767, 1, 1, 1, 100, 100, 1, 1,
        0, 48, 100, 2},
    {FORMAT (I420), INTERLEAVED, 32767, 1, 1, 1, 100, 100, 1, 1,
        0, 48, 100, 4},
    {FORMAT (I420), PROGRESSIVE, 1, 32767, 1, 1, 100, 100, 1, 1,
        48, 0, 2, 100},
    {FORMAT (I420), PROGRESSIVE, 32767, 1, 1, 1, 9, 1, 1, 1, 0, 0, 9, 1},
    {FORMAT (I420), INTERLEAVED, 32767, 1, 1, 1, 9, 3, 1, 1, 0, 0, 9, 3},
    {FORMAT (RGB), PROGRESSIVE, 32767, 32767, 1, 1, 1, 32767, 1, 1,
        0, 16383, 1, 1},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
  }
}

GST_END_TEST;

/* One side of a content: inside the frame, on the grid, centred to it, and as
 * long as the display aspect ratio wants it */
static void
check_side (gint frame, gint start, gint length, gint grid, gdouble exact)
{
  gint end = frame - start - length;

  fail_unless (start >= 0 && length >= 1 && end >= 0);
  fail_unless_equals_int (start % grid, 0);
  fail_unless (length % grid == 0 || end == 0);
  fail_unless (end >= start && end - start < 2 * grid);
  fail_unless (fabs (length - exact) <= grid / 2.0 + 1e-6 * exact
      || length == MIN (grid, frame) || length == frame);
}

GST_START_TEST (test_place_random_pairs)
{
  static const struct
  {
    GstVideoFormat format;
    gint grid_x, grid_y;
  } formats[] = {
    {FORMAT (I420), 2, 2}, {FORMAT (NV12), 2, 2}, {FORMAT (A420), 2, 2},
    {FORMAT (P010_10LE), 2, 2}, {FORMAT (YUY2), 2, 1}, {FORMAT (v210), 2, 1},
    {FORMAT (Y41B), 4, 1}, {FORMAT (YUV9), 4, 4}, {FORMAT (GRAY8), 1, 1},
    {FORMAT (BGRA), 1, 1},
  };
  static const GstVideoInterlaceMode modes[] = {
    PROGRESSIVE, INTERLEAVED, MIXED, ALTERNATE,
  };
  GRand *rand = g_rand_new_with_seed (21);
  guint i, f, n_bordered = 0;

  for (i = 0; i < 40000; i++) {
    GstAreaScalePlacement p;
    const GstVideoRectangle *r = &p.content;
    gdouble width, height, ratio;
    gint grid_y;
    PlaceCase c;

    f = g_rand_int_range (rand, 0, G_N_ELEMENTS (formats));
    c.format = formats[f].format;
    c.mode = modes[g_rand_int_range (rand, 0, G_N_ELEMENTS (modes))];
    c.in_width = random_size (rand);
    c.in_height = random_size (rand);
    c.in_par_n = random_term (rand);
    c.in_par_d = random_term (rand);
    c.out_width = random_size (rand);
    c.out_height = random_size (rand);
    c.out_par_n = random_term (rand);
    c.out_par_d = random_term (rand);
    place (&c, TRUE, &p);

    grid_y = formats[f].grid_y * (c.mode == PROGRESSIVE ? 1 : 2);
    ratio = ((gdouble) c.in_width / c.in_height)
        * ((gdouble) c.in_par_n / c.in_par_d)
        / ((gdouble) c.out_par_n / c.out_par_d);
    width = c.out_height * ratio;
    height = c.out_width / ratio;
    fail_unless (r->w == c.out_width || r->h == c.out_height);
    check_side (c.out_width, r->x, r->w, formats[f].grid_x, width);
    check_side (c.out_height, r->y, r->h, grid_y, height);
    if (width > c.out_width + 0.5)
      fail_unless_equals_int (r->w, c.out_width);
    if (height > c.out_height + 0.5)
      fail_unless_equals_int (r->h, c.out_height);
    /* a step of the grid off is a border */
    if (width < c.out_width - formats[f].grid_x)
      fail_unless (r->w < c.out_width || c.out_width <= formats[f].grid_x
          || fabs (height - c.out_height) <= 0.5);
    if (height < c.out_height - grid_y)
      fail_unless (r->h < c.out_height || c.out_height <= grid_y
          || fabs (width - c.out_width) <= 0.5);
    n_bordered += r->w < c.out_width || r->h < c.out_height;
  }
  fail_unless (n_bordered > 10000);
  g_rand_free (rand);
}

GST_END_TEST;

/* Whatever fixation chose for one open side must not make a border */
GST_START_TEST (test_place_after_one_open_side_has_no_border)
{
  GRand *rand = g_rand_new_with_seed (22);
  guint i;

  for (i = 0; i < 2000; i++) {
    gboolean wide = g_rand_boolean (rand);
    gchar *caps_string = g_strdup_printf ("video/x-raw,format=I420,width=%d,"
        "height=%d,pixel-aspect-ratio=%d/%d", random_size (rand),
        random_size (rand), random_term (rand), random_term (rand));
    gchar *filter_string = g_strdup_printf ("video/x-raw,%s=%d",
        wide ? "width" : "height", random_size (rand));
    GstCaps *caps = caps_from (caps_string);
    GstCaps *filter = caps_from (filter_string);
    GstCaps *open = gst_area_scale_negotiation_transform_caps
        (GST_AREA_CHANGES_SIZE, GST_PAD_SINK,
        caps, filter);
    GstAreaScalePlacement p;
    GstCaps *result = fixate_and_place (GST_PAD_SINK, caps, open, &p);
    gdouble in_par, par;
    gint w, h;
    gdouble in_dar = get_shape (caps, &w, &h, &in_par);
    gdouble dar = get_shape (result, &w, &h, &par);

    /* unless both the side and the pixel aspect ratio came to their limits */
    if (((wide ? h : w) > 2 && (wide ? h : w) < 32766)
        || fabs (dar / in_dar - 1) < 1e-12)
      assert_rectangle (&p.content, 0, 0, w, h);

    gst_caps_unref (result);
    gst_caps_unref (open);
    gst_caps_unref (filter);
    gst_caps_unref (caps);
    g_free (filter_string);
    g_free (caps_string);
  }
  g_rand_free (rand);
}

GST_END_TEST;

static Suite *
placement_suite (void)
{
  Suite *suite = suite_create ("placement");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_place_letterboxes_and_pillarboxes);
  tcase_add_test (tc, test_place_on_the_grid_of_chroma_and_fields);
  tcase_add_test (tc, test_place_leaves_something_of_extreme_ratios);
  tcase_add_test (tc, test_place_random_pairs);
  tcase_add_test (tc, test_place_after_one_open_side_has_no_border);
  return suite;
}

GST_CHECK_MAIN (placement);
