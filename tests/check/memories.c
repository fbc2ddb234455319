/* GStreamer areascale: frames in several memories
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "frame.h"
#include "rig.h"

#define SEED 71

#define IN_CAPS CAPS ("I420", 80, 48)
#define OUT_CAPS CAPS ("I420", 20, 12)
#define OUT_SIZE (20 * 12 + 2 * 12 * 6)

/* A buffer of these sizes of memory, with the bytes of @plain if there is one. */
static GstBuffer *
new_split (const gsize * sizes, guint n, GstBuffer * plain)
{
  GstBuffer *buffer = gst_buffer_new ();
  gsize start = 0;
  guint i;

  for (i = 0; i < n; i++) {
    GstMemory *memory = gst_allocator_alloc (NULL, sizes[i], NULL);
    GstMapInfo map;

    fail_unless (gst_memory_map (memory, &map, GST_MAP_WRITE));
    if (plain)
      gst_buffer_extract (plain, start, map.data, map.size);
    else
      memset (map.data, 0xee, map.size);
    gst_memory_unmap (memory, &map);
    gst_buffer_append_memory (buffer, memory);
    start += sizes[i];
  }
  return buffer;
}

static void
add_meta (GstBuffer * buffer, GstVideoInfo * info)
{
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_INFO_FORMAT (info), info->width, info->height,
      GST_VIDEO_INFO_N_PLANES (info), info->offset, info->stride);
}

/* GStreamer's map function maps the memory that a plane begins in and no more: the
 * error says so. Without GstVideoMeta the plane is put together. */
GST_START_TEST (test_input_plane_in_several_memories)
{
  const gboolean with_meta = __i__;
  const gsize sizes[] = { 1000, 3000, 1760 };
  GstBuffer *plain, *split;
  Rig rig;

  rig_init (&rig, IN_CAPS, OUT_CAPS);
  plain = rig_noise (&rig.in, SEED);
  split = new_split (sizes, G_N_ELEMENTS (sizes), plain);
  if (with_meta) {
    add_meta (split, &rig.in);
    fail_unless_equals_int (gst_harness_push (rig.h, split), GST_FLOW_ERROR);
    rig_assert_error (&rig, "its memory has 0 and 1000; with GstVideoMeta all of "
        "a plane has to lie in one memory");
  } else {
    rig_assert_correct (&rig, gst_harness_push (rig.h, split), plain, "split");
  }
  gst_buffer_unref (plain);
  rig_clear (&rig);
}

GST_END_TEST;

/* A buffer that is too small in one memory has another fault. */
GST_START_TEST (test_error_of_one_memory_does_not_speak_of_several)
{
  const gsize size = 1000;
  gchar *error;
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, IN_CAPS, OUT_CAPS);
  buffer = new_split (&size, 1, NULL);
  add_meta (buffer, &rig.in);
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_ERROR);
  error = rig_pop_error (&rig);
  fail_unless (g_str_has_suffix (error, "its memory has 0 and 1000"), "%s",
      error);
  g_free (error);
  rig_clear (&rig);
}

GST_END_TEST;

GST_START_TEST (test_plane_beyond_the_buffer_is_told_where_it_is)
{
  const gsize size = 1000;
  GstBuffer *buffer;
  Rig rig;

  rig_init (&rig, IN_CAPS, OUT_CAPS);
  buffer = new_split (&size, 1, NULL);
  add_meta (buffer, &rig.in);
  gst_buffer_get_video_meta (buffer)->offset[0] = 5000;
  fail_unless_equals_int (gst_harness_push (rig.h, buffer), GST_FLOW_ERROR);
  rig_assert_error (&rig,
      "plane 0, at byte 5000 of 1000, could not be mapped for reading");
  rig_clear (&rig);
}

GST_END_TEST;

/* A pool whose buffers are in pieces, without GstVideoMeta. */

typedef struct
{
  GstBufferPool parent;
  gsize sizes[4];
  guint n;
} PiecesPool;

typedef struct
{
  GstBufferPoolClass parent_class;
} PiecesPoolClass;

GType pieces_pool_get_type (void);
G_DEFINE_TYPE (PiecesPool, pieces_pool, GST_TYPE_BUFFER_POOL);

static GstFlowReturn
pieces_pool_alloc_buffer (GstBufferPool * pool, GstBuffer ** buffer,
    GstBufferPoolAcquireParams * params)
{
  PiecesPool *self = (PiecesPool *) pool;

  (void) params;
  *buffer = new_split (self->sizes, self->n, NULL);
  return GST_FLOW_OK;
}

static void
pieces_pool_class_init (PiecesPoolClass * klass)
{
  GST_BUFFER_POOL_CLASS (klass)->alloc_buffer = pieces_pool_alloc_buffer;
}

static void
pieces_pool_init (PiecesPool * pool)
{
  pool->n = 0;
}

/* Planes are written where they are, unless one of them is split: then they are
 * put into one memory, as GStreamer does with all frames without GstVideoMeta. */
static const struct
{
  gsize sizes[4];
  guint n, n_after;
} pieces[] = {
  {{OUT_SIZE}, 1, 1},
  {{240, 72, 72}, 3, 3},
  {{240, 144}, 2, 2},
  {{100, 284}, 2, 1},
  {{300, 84}, 2, 1},
  {{240, 100, 44}, 3, 1},
  {{1, 1, 1, 381}, 4, 1},
};

GST_START_TEST (test_output_planes_in_several_memories)
{
  PiecesPool *pool =
      gst_object_ref_sink (g_object_new (pieces_pool_get_type (), NULL));
  GstBuffer *plain, *outbuf;
  Rig rig;
  guint i;

  memcpy (pool->sizes, pieces[__i__].sizes, sizeof (pool->sizes));
  pool->n = pieces[__i__].n;
  rig_open (&rig);
  rig_offer_pool (&rig, GST_BUFFER_POOL (pool), OUT_SIZE);
  rig_set_out_caps (&rig, OUT_CAPS);
  rig_set_in_caps (&rig, IN_CAPS);
  for (i = 0; i < 3; i++) {
    plain = rig_noise (&rig.in, SEED + i);
    gst_harness_push (rig.h, gst_buffer_ref (plain));
    rig_assert_no_error (&rig);
    outbuf = gst_harness_pull (rig.h);
    fail_unless_equals_int (gst_buffer_n_memory (outbuf),
        pieces[__i__].n_after);
    rig_assert_scaled (&rig.in, plain, &rig.out, outbuf);
    gst_buffer_unref (outbuf);
    gst_buffer_unref (plain);
  }
  rig_clear (&rig);
  gst_object_unref (pool);
}

GST_END_TEST;

static Suite *
memories_suite (void)
{
  Suite *suite = suite_create ("memories");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_input_plane_in_several_memories, 0, 2);
  tcase_add_test (tc, test_error_of_one_memory_does_not_speak_of_several);
  tcase_add_test (tc, test_plane_beyond_the_buffer_is_told_where_it_is);
  tcase_add_loop_test (tc, test_output_planes_in_several_memories, 0,
      G_N_ELEMENTS (pieces));
  return suite;
}

GST_CHECK_MAIN (memories);
