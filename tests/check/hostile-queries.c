/* GStreamer areascale: answers to ALLOCATION queries that lie or are merely odd
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * After each of them, frames are right and nothing is critical.
 */

#include "rig.h"

#define SEED 19

static void
add_video_meta (GstQuery * query, const gchar * params)
{
  GstStructure *structure =
      params ? gst_structure_from_string (params, NULL) : NULL;

  fail_unless (structure != NULL || params == NULL);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, structure);
  if (structure)
    gst_structure_free (structure);
}

static void
add_params (GstQuery * query, GstAllocationParams params)
{
  gst_query_add_allocation_param (query, NULL, &params);
}

#define ANSWER(name, ...) \
static void \
name (GstQuery * query) \
{ \
  __VA_ARGS__; \
}

/* *INDENT-OFF* */
ANSWER (nothing, (void) query)
ANSWER (no_pool_of_many_to_few,
    gst_query_add_allocation_pool (query, NULL, 0, 5, 2))
ANSWER (no_pool_of_few_to_any,
    gst_query_add_allocation_pool (query, NULL, 0, 3, 0))
ANSWER (two_pools, gst_query_add_allocation_pool (query, NULL, 1, 0, 0);
    gst_query_add_allocation_pool (query, NULL, 2, 0, 0))
ANSWER (large_buffers, gst_query_add_allocation_pool (query, NULL, 99999, 0, 0))
ANSWER (memory_aligned_to_six, add_params (query,
    (GstAllocationParams) {.align = 6}))
ANSWER (memory_aligned_to_six_and_padding, add_params (query,
    (GstAllocationParams) {.align = 6});
    add_video_meta (query, "x,padding-top=(uint)2"))
ANSWER (memory_aligned_to_255_and_padding, add_params (query,
    (GstAllocationParams) {.align = 255});
    add_video_meta (query, "x,padding-top=(uint)2"))
ANSWER (memory_with_ends, add_params (query, (GstAllocationParams) {
    .flags = GST_MEMORY_FLAG_ZERO_PREFIXED | GST_MEMORY_FLAG_ZERO_PADDED,
    .prefix = 33, .padding = 77}))
ANSWER (two_memories, add_params (query, (GstAllocationParams) {.align = 31});
    add_params (query, (GstAllocationParams) {.align = 6}))
ANSWER (strides_aligned_to_six,
    add_video_meta (query, "x,stride-align0=(uint)6"))
ANSWER (strides_aligned_to_six_and_seven,
    add_video_meta (query, "x,stride-align0=(uint)7,stride-align1=(uint)6"))
ANSWER (padding_of_text,
    add_video_meta (query, "x,padding-top=(string)two,stride-align0=(int)15"))
ANSWER (padding_below_nothing,
    add_video_meta (query, "x,padding-top=(int)-2,padding-left=(uint)4294967294"))
ANSWER (two_metas, add_video_meta (query, NULL);
    add_video_meta (query, "x,padding-top=(uint)2"))
/* *INDENT-ON* */

static void (*const answers[]) (GstQuery *) = {
  nothing, no_pool_of_many_to_few, no_pool_of_few_to_any, two_pools,
  large_buffers, memory_aligned_to_six, memory_aligned_to_six_and_padding,
  memory_aligned_to_255_and_padding, memory_with_ends, two_memories,
  strides_aligned_to_six, strides_aligned_to_six_and_seven, padding_of_text,
  padding_below_nothing, two_metas,
};

static GstPadProbeReturn
answer_allocation (GstPad * pad, GstPadProbeInfo * probe, gpointer index)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (probe);

  (void) pad;
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;
  answers[GPOINTER_TO_INT (index)] (query);
  return GST_PAD_PROBE_HANDLED;
}

GST_START_TEST (test_odd_answer_to_the_allocation_query)
{
  static const gchar *const formats[] = { "I420", "RGB", "GRAY16_LE" };
  guint i, n;

  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    const gchar *caps = "video/x-raw,framerate=25/1,pixel-aspect-ratio=1/1,"
        "format=%s,width=%d,height=%d";
    gchar *in = g_strdup_printf (caps, formats[i], 66, 44);
    gchar *out = g_strdup_printf (caps, formats[i], 33, 22);
    Rig rig;

    rig_open (&rig);
    gst_pad_add_probe (rig.h->sinkpad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
        answer_allocation, GINT_TO_POINTER (__i__), NULL);
    rig_set_out_caps (&rig, out);
    rig_set_in_caps (&rig, in);
    for (n = 0; n < 3; n++)
      rig_check_frame (&rig, SEED + n);
    rig_assert_no_error (&rig);
    rig_clear (&rig);
    g_free (out);
    g_free (in);
  }
}

GST_END_TEST;

static Suite *
hostile_queries_suite (void)
{
  Suite *suite = suite_create ("hostile-queries");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_odd_answer_to_the_allocation_query, 0,
      G_N_ELEMENTS (answers));
  return suite;
}

GST_CHECK_MAIN (hostile_queries);
