/* GStreamer areascale: tests of the other metas
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "change.h"

/*** affine transformations ***/

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

/* Whether such metas are proposed where frames only change their size. */
static gboolean
handles (GType api)
{
  GstVideoInfo in, out;

  gst_video_info_set_format (&in, GST_VIDEO_FORMAT_I420, 320, 240);
  gst_video_info_set_format (&out, GST_VIDEO_FORMAT_I420, 160, 120);
  return gst_area_scale_metas_handles (api, &in, &out);
}

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
    fail_unless (handles (api));
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
    fail_if (handles (api));
    fail_unless_dropped (&c);
    change_clear (&c);
    g_free (name);
  }
}

GST_END_TEST;

GST_START_TEST (only_metas_that_come_through_are_proposed)
{
  fail_unless (handles (OVERLAY));
  fail_unless (handles (REGION));
  fail_unless (handles (AFFINE));
  fail_unless (handles (AFD));
  fail_unless (handles (BAR));
  fail_if (handles (GST_VIDEO_CROP_META_API_TYPE));
  fail_if (handles (GST_VIDEO_CODEC_ALPHA_META_API_TYPE));
  fail_if (handles (GST_VIDEO_META_API_TYPE));
}

GST_END_TEST;

static Suite *
metas_suite (void)
{
  Suite *suite = suite_create ("metas");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
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
  return suite;
}

GST_CHECK_MAIN (metas);
