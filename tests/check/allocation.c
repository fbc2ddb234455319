/* GStreamer areascale: memory that comes and goes as others want it
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "rig.h"

#define SEED 61

/* an allocator that counts copies */

typedef struct
{
  GstMemory parent;
  guint8 *data;
} CountedMemory;

typedef struct
{
  GstAllocator parent;
} CountingAllocator;

typedef struct
{
  GstAllocatorClass parent_class;
} CountingAllocatorClass;

GType counting_allocator_get_type (void);
G_DEFINE_TYPE (CountingAllocator, counting_allocator, GST_TYPE_ALLOCATOR);

static gint n_copies, n_allocs;

static GstMemory *
counting_alloc (GstAllocator * allocator, gsize size,
    GstAllocationParams * params)
{
  CountedMemory *memory = g_new0 (CountedMemory, 1);

  gst_memory_init (GST_MEMORY_CAST (memory), params ? params->flags : 0,
      allocator, NULL, size, 0, 0, size);
  memory->data = g_malloc (size);
  g_atomic_int_inc (&n_allocs);
  return GST_MEMORY_CAST (memory);
}

static void
counting_free (GstAllocator * allocator, GstMemory * memory)
{
  (void) allocator;
  g_free (((CountedMemory *) memory)->data);
  g_free (memory);
}

static gpointer
counting_map (GstMemory * memory, gsize size, GstMapFlags flags)
{
  (void) size;
  (void) flags;
  return ((CountedMemory *) memory)->data;
}

static void
counting_unmap (GstMemory * memory)
{
  (void) memory;
}

static GstMemory *
counting_copy (GstMemory * memory, gssize offset, gssize size)
{
  gsize n = size < 0 ? memory->size - offset : (gsize) size;
  GstMemory *copy = counting_alloc (memory->allocator, n, NULL);

  g_atomic_int_inc (&n_copies);
  memcpy (((CountedMemory *) copy)->data,
      ((CountedMemory *) memory)->data + offset, n);
  return copy;
}

static void
counting_allocator_class_init (CountingAllocatorClass * klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = counting_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = counting_free;
}

static void
counting_allocator_init (CountingAllocator * self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);

  allocator->mem_type = "Counted";
  allocator->mem_map = counting_map;
  allocator->mem_unmap = counting_unmap;
  allocator->mem_copy = counting_copy;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

static GstAllocator *
new_allocator (void)
{
  return gst_object_ref_sink (g_object_new (counting_allocator_get_type (),
          NULL));
}

/* One plane of @plain in a memory of its own, read-only, its rows @padding
 * bytes apart and, if @flip, the last one first. */
static GstMemory *
plane_memory (GstAllocator * allocator, const GstVideoFrame * plain, guint c,
    gint padding, gboolean flip)
{
  gint width = GST_VIDEO_FRAME_COMP_STRIDE (plain, c);
  gint height = GST_VIDEO_FRAME_COMP_HEIGHT (plain, c), y;
  GstMemory *memory = gst_allocator_alloc (allocator,
      (gsize) (width + padding) * height, NULL);
  guint8 *data = ((CountedMemory *) memory)->data;

  for (y = 0; y < height; y++)
    memcpy (data + (width + padding) * (flip ? height - 1 - y : y),
        (guint8 *) GST_VIDEO_FRAME_COMP_DATA (plain, c) + y * width, width);
  GST_MINI_OBJECT_FLAG_SET (memory, GST_MEMORY_FLAG_READONLY);
  return memory;
}

static GstBuffer *
in_memories (GstAllocator * allocator, const GstVideoInfo * info,
    GstBuffer * plain, gint padding, gboolean flip)
{
  GstBuffer *buffer = gst_buffer_new ();
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 }, start = 0;
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  GstVideoFrame frame;
  guint c;

  fail_unless (gst_video_frame_map (&frame, info, plain, GST_MAP_READ));
  for (c = 0; c < GST_VIDEO_INFO_N_PLANES (info); c++) {
    GstMemory *memory = plane_memory (allocator, &frame, c, padding, flip);

    stride[c] = GST_VIDEO_FRAME_COMP_STRIDE (&frame, c) + padding;
    offset[c] = start;
    start += memory->size;
    if (flip) {
      offset[c] = start - stride[c];
      stride[c] = -stride[c];
    }
    gst_buffer_append_memory (buffer, memory);
  }
  gst_video_frame_unmap (&frame);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_INFO_FORMAT (info), info->width, info->height,
      GST_VIDEO_INFO_N_PLANES (info), offset, stride);
  return buffer;
}

/* Planes in their own read-only memories, padded, upside down; the output in
 * downstream's memories, which are used again */
GST_START_TEST (test_nothing_is_copied)
{
  GstAllocator *allocator = new_allocator ();
  GstAllocationParams params;
  Rig rig;
  guint i;

  rig_open (&rig);
  g_object_set (rig.h->element, "add-borders", FALSE, NULL);
  gst_allocation_params_init (&params);
  gst_harness_set_propose_allocator (rig.h, gst_object_ref (allocator),
      &params);
  rig_set_out_caps (&rig, CAPS ("I420", 21, 13));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 48));
  for (i = 0; i < 8; i++) {
    GstBuffer *plain = rig_noise (&rig.in, SEED + i);
    GstBuffer *inbuf = in_memories (allocator, &rig.in, plain, i % 2 * 16,
        i / 2 % 2);
    GstBuffer *outbuf = gst_harness_push_and_pull (rig.h, inbuf);

    fail_unless (outbuf != NULL);
    fail_unless (gst_memory_is_type (gst_buffer_peek_memory (outbuf, 0),
            "Counted"));
    rig_assert_scaled (&rig.in, plain, &rig.out, outbuf);
    gst_buffer_unref (outbuf);
    gst_buffer_unref (plain);
  }
  fail_unless_equals_int (n_copies, 0);
  /* three memories of each input, and one of all outputs */
  fail_unless_equals_int (n_allocs, 8 * 3 + 1);
  rig_clear (&rig);
  gst_object_unref (allocator);
}

GST_END_TEST;

GST_START_TEST (test_input_is_not_written)
{
  GstBuffer *inbuf, *copy, *outbuf;
  GstMapInfo map;
  Rig rig;

  rig_init (&rig, CAPS ("v210", 50, 48), CAPS ("v210", 21, 13));
  inbuf = rig_noise (&rig.in, SEED);
  copy = gst_buffer_copy_deep (inbuf);
  GST_MINI_OBJECT_FLAG_SET (gst_buffer_peek_memory (inbuf, 0),
      GST_MEMORY_FLAG_READONLY);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless (outbuf != NULL);
  fail_unless (gst_buffer_map (copy, &map, GST_MAP_READ));
  fail_unless (gst_buffer_memcmp (inbuf, 0, map.data, map.size) == 0);
  gst_buffer_unmap (copy, &map);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (copy);
  gst_buffer_unref (inbuf);
  rig_clear (&rig);
}

GST_END_TEST;

/* A buffer out of an element whose downstream asks for @padding to the left and
 * above, and for strides that have no bits of @mask */
static GstBuffer *
push_with_alignment (Rig * rig, guint padding, guint mask, GstBuffer * inbuf)
{
  GstStructure *wanted = gst_structure_new ("video-meta",
      "padding-top", G_TYPE_UINT, padding, "padding-left", G_TYPE_UINT,
      padding, "stride-align0", G_TYPE_UINT, mask, "stride-align1",
      G_TYPE_UINT, mask, NULL);

  g_object_set (rig->h->element, "add-borders", FALSE, NULL);
  gst_harness_add_propose_allocation_meta (rig->h, GST_VIDEO_META_API_TYPE,
      wanted);
  gst_structure_free (wanted);
  rig_set_out_caps (rig, CAPS ("NV12", 20, 12));
  rig_set_in_caps (rig, CAPS ("NV12", 64, 64));
  return gst_harness_push_and_pull (rig->h, inbuf);
}

GST_START_TEST (test_alignment_of_downstream_meta_is_used)
{
  GstVideoInfo in;
  GstBuffer *inbuf, *outbuf;
  GstVideoMeta *meta;
  Rig rig;

  gst_video_info_set_format (&in, GST_VIDEO_FORMAT_NV12, 64, 64);
  rig_open (&rig);
  inbuf = rig_noise (&in, SEED);
  outbuf = push_with_alignment (&rig, 8, 63, gst_buffer_ref (inbuf));
  fail_unless (outbuf != NULL);
  meta = gst_buffer_get_video_meta (outbuf);
  fail_unless (meta != NULL);
  /* GStreamer aligns the left padding too: 64 + 20 pixels */
  fail_unless_equals_int (meta->stride[0], 128);
  fail_unless_equals_int (meta->stride[1], 128);
  fail_unless_equals_int (meta->offset[0], 8 * 128 + 64);
  rig_assert_scaled (&rig.in, inbuf, &rig.out, outbuf);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_alignment_that_no_memory_can_have_is_ignored)
{
  static const struct
  {
    guint padding, mask;
  } cases[] = {
    {G_MAXINT, 63}, {G_MAXUINT - 15, 0}, {8, G_MAXUINT}, {0x10000, 0},
  };
  GstVideoInfo in;
  GstBuffer *inbuf, *outbuf;
  Rig rig;
  guint i;

  gst_video_info_set_format (&in, GST_VIDEO_FORMAT_NV12, 64, 64);
  inbuf = rig_noise (&in, SEED);
  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    rig_open (&rig);
    outbuf = push_with_alignment (&rig, cases[i].padding, cases[i].mask,
        gst_buffer_ref (inbuf));
    fail_unless (outbuf != NULL);
    fail_unless_equals_int (gst_buffer_get_size (outbuf), rig.out.size);
    rig_assert_scaled (&rig.in, inbuf, &rig.out, outbuf);
    gst_buffer_unref (outbuf);
    rig_clear (&rig);
  }
  gst_buffer_unref (inbuf);
}

GST_END_TEST;

/* Whoever does not know GstVideoMeta finds the planes where the caps say. */
GST_START_TEST (test_output_without_video_meta_has_the_default_layout)
{
  GstBuffer *inbuf, *outbuf;
  GstVideoInfo part;
  GstBuffer *view;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 21, 21));
  inbuf = rig_noise (&rig.in, SEED);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless_equals_int (gst_buffer_get_size (outbuf), rig.out.size);
  fail_unless_equals_int (gst_buffer_n_memory (outbuf), 1);
  gst_video_info_set_format (&part, GST_VIDEO_FORMAT_I420, 21, 21);
  view = rig_part (outbuf, &rig.out, &part, 0, 0);
  rig_assert_scaled (&rig.in, inbuf, &part, view);
  gst_buffer_unref (view);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  rig_clear (&rig);
}

GST_END_TEST;

/* what upstream is offered, and what downstream asks for */

GST_START_TEST (test_upstream_is_offered_a_pool_and_video_meta)
{
  GstBufferPool *pool;
  GstCaps *caps;
  GstQuery *query;
  guint size, min, max;
  Rig rig;

  rig_init (&rig, CAPS ("I420", 64, 64), CAPS ("I420", 32, 32));
  rig_check_frame (&rig, SEED);

  caps = gst_video_info_to_caps (&rig.in);
  query = gst_query_new_allocation (caps, TRUE);
  fail_unless (gst_pad_peer_query (rig.h->srcpad, query));
  fail_unless_equals_int (gst_query_get_n_allocation_pools (query), 1);
  gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &min, &max);
  fail_unless (pool != NULL && size == rig.in.size);
  fail_unless (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE,
          NULL));
  fail_if (gst_query_find_allocation_meta (query,
          GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_object_unref (pool);
  gst_query_unref (query);
  gst_caps_unref (caps);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_only_metas_that_survive_are_proposed_upstream)
{
  static gboolean (*const find) (GstQuery *, GType, guint *) =
      gst_query_find_allocation_meta;
  GstCaps *caps;
  GstQuery *query;
  Rig rig;

  rig_open (&rig);
  gst_harness_add_propose_allocation_meta (rig.h, GST_VIDEO_META_API_TYPE,
      NULL);
  gst_harness_add_propose_allocation_meta (rig.h, GST_VIDEO_CROP_META_API_TYPE,
      NULL);
  gst_harness_add_propose_allocation_meta (rig.h,
      GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));
  rig_check_frame (&rig, SEED);

  caps = gst_video_info_to_caps (&rig.in);
  query = gst_query_new_allocation (caps, TRUE);
  fail_unless (gst_pad_peer_query (rig.h->srcpad, query));
  fail_unless (find (query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL));
  fail_if (find (query, GST_VIDEO_CROP_META_API_TYPE, NULL));
  gst_query_unref (query);
  gst_caps_unref (caps);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_strides_of_the_pool_of_downstream_are_kept)
{
  GstBufferPool *pool = gst_video_buffer_pool_new ();
  GstVideoAlignment align;
  GstStructure *config;
  GstVideoMeta *meta;
  GstBuffer *inbuf, *outbuf;
  GstCaps *caps;
  Rig rig;

  rig_open (&rig);

  caps = gst_caps_from_string (CAPS ("I420", 32, 32));
  gst_video_alignment_reset (&align);
  align.padding_left = 6;
  align.padding_top = 4;
  align.padding_right = 50;
  config = gst_buffer_pool_get_config (pool);
  gst_buffer_pool_config_set_params (config, caps, 1536, 0, 0);
  gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
  gst_buffer_pool_config_add_option (config,
      GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT);
  gst_buffer_pool_config_set_video_alignment (config, &align);
  fail_unless (gst_buffer_pool_set_config (pool, config));
  gst_caps_unref (caps);

  rig_offer_pool (&rig, pool, 1536);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));

  inbuf = rig_noise (&rig.in, SEED);
  outbuf = gst_harness_push_and_pull (rig.h, gst_buffer_ref (inbuf));
  fail_unless (outbuf->pool == pool);
  meta = gst_buffer_get_video_meta (outbuf);
  fail_unless (meta != NULL && meta->stride[0] == 88
      && meta->offset[0] == 4 * 88 + 6);
  rig_assert_scaled (&rig.in, inbuf, &rig.out, outbuf);

  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
  gst_object_unref (pool);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_alignment_asked_for_by_downstream_is_kept)
{
  GstAllocationParams params;
  GstBuffer *outbuf;
  GstMapInfo map;
  Rig rig;

  rig_open (&rig);
  gst_allocation_params_init (&params);
  params.align = 4095;
  gst_harness_set_propose_allocator (rig.h, NULL, &params);
  rig_set_out_caps (&rig, CAPS ("I420", 32, 32));
  rig_set_in_caps (&rig, CAPS ("I420", 64, 64));

  outbuf = rig_push_and_pull_noise (&rig, SEED);
  fail_unless (gst_buffer_map (outbuf, &map, GST_MAP_READ));
  fail_unless_equals_int (GPOINTER_TO_SIZE (map.data) % 4096, 0);
  gst_buffer_unmap (outbuf, &map);
  gst_buffer_unref (outbuf);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
allocation_suite (void)
{
  Suite *suite = suite_create ("allocation");
  TCase *tc = tcase_create ("element");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_nothing_is_copied);
  tcase_add_test (tc, test_input_is_not_written);
  tcase_add_test (tc, test_alignment_of_downstream_meta_is_used);
  tcase_add_test (tc, test_alignment_that_no_memory_can_have_is_ignored);
  tcase_add_test (tc, test_output_without_video_meta_has_the_default_layout);
  tcase_add_test (tc, test_upstream_is_offered_a_pool_and_video_meta);
  tcase_add_test (tc, test_only_metas_that_survive_are_proposed_upstream);
  tcase_add_test (tc, test_strides_of_the_pool_of_downstream_are_kept);
  tcase_add_test (tc, test_alignment_asked_for_by_downstream_is_kept);
  return suite;
}

GST_CHECK_MAIN (allocation);
