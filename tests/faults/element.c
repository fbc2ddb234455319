/* GStreamer areascale: what the element asks for fails once
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every allocation of the element and its library, every map of a frame's
 * memory, every buffer of a pool, the pool's threads; each once, and the next frame is
 * right again. Then states and flushes from another thread in the middle of
 * frames. Linked with --wrap for the functions below.
 */

/* RTLD_NEXT */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "outside.h"

#define CAPS_MORE(format, w, h, more) "video/x-raw,format=" format \
    ",framerate=0/1,width=" G_STRINGIFY (w) ",height=" G_STRINGIFY (h) more

/* Frames that another thread disturbs. */
#define N_FRAMES 4000

void *__real_malloc (size_t size);
void *__real_calloc (size_t n, size_t size);
gpointer __real_g_try_malloc (gsize size);
gpointer __real_g_try_malloc0 (gsize size);
gpointer __real_g_try_malloc_n (gsize n, gsize size);
gpointer __real_g_try_malloc0_n (gsize n, gsize size);
void __real_gst_task_pool_prepare (GstTaskPool * pool, GError ** error);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t n, size_t size);
gpointer __wrap_g_try_malloc (gsize size);
gpointer __wrap_g_try_malloc0 (gsize size);
gpointer __wrap_g_try_malloc_n (gsize n, gsize size);
gpointer __wrap_g_try_malloc0_n (gsize n, gsize size);
void __wrap_gst_task_pool_prepare (GstTaskPool * pool, GError ** error);

/* 0: none fails */
static gint allocations_until_failure;
static gboolean prepare_fails;
/* of all libraries: the program's own comes first */
static gboolean threads_fail;

static gboolean
counts_down (gint * n)
{
  return *n > 0 && --*n == 0;
}

static gboolean
allocation_fails (void)
{
  return counts_down (&allocations_until_failure);
}

void *
__wrap_malloc (size_t size)
{
  return allocation_fails ()? NULL : __real_malloc (size);
}

void *
__wrap_calloc (size_t n, size_t size)
{
  return allocation_fails ()? NULL : __real_calloc (n, size);
}

gpointer
__wrap_g_try_malloc (gsize size)
{
  return allocation_fails ()? NULL : __real_g_try_malloc (size);
}

gpointer
__wrap_g_try_malloc0 (gsize size)
{
  return allocation_fails ()? NULL : __real_g_try_malloc0 (size);
}

gpointer
__wrap_g_try_malloc_n (gsize n, gsize size)
{
  return allocation_fails ()? NULL : __real_g_try_malloc_n (n, size);
}

gpointer
__wrap_g_try_malloc0_n (gsize n, gsize size)
{
  return allocation_fails ()? NULL : __real_g_try_malloc0_n (n, size);
}

void
__wrap_gst_task_pool_prepare (GstTaskPool * pool, GError ** error)
{
  if (prepare_fails)
    g_set_error_literal (error, G_THREAD_ERROR, G_THREAD_ERROR_AGAIN, "none");
  else
    __real_gst_task_pool_prepare (pool, error);
}

int
pthread_create (pthread_t * thread, const pthread_attr_t * attr,
    void *(*start) (void *), void *arg)
{
  static int (*next) (pthread_t *, const pthread_attr_t *, void *(*)(void *),
      void *);

  if (threads_fail)
    return EAGAIN;
  if (next == NULL)
    *(void **) &next = dlsym (RTLD_NEXT, "pthread_create");
  return next (thread, attr, start, arg);
}

/* --- memory that cannot be mapped at times --- */

typedef struct
{
  GstMemory parent;
  guint8 *data;
} FickleMemory;

typedef struct
{
  GstAllocator parent;
} FickleAllocator;

typedef struct
{
  GstAllocatorClass parent_class;
} FickleAllocatorClass;

GType fickle_allocator_get_type (void);
G_DEFINE_TYPE (FickleAllocator, fickle_allocator, GST_TYPE_ALLOCATOR);

static gint memories_until_failure;
/* GStreamer copies what it cannot map, so all maps fail from then on */
static gint maps_until_failure;
static gboolean maps_fail;
static gint n_mapped;

static GstMemory *
fickle_alloc (GstAllocator * allocator, gsize size,
    GstAllocationParams * params)
{
  FickleMemory *memory;

  (void) params;
  if (counts_down (&memories_until_failure))
    return NULL;
  memory = g_new0 (FickleMemory, 1);
  memory->data = g_malloc0 (size);
  gst_memory_init (GST_MEMORY_CAST (memory), GST_MEMORY_FLAG_NO_SHARE,
      allocator, NULL, size, 0, 0, size);
  return GST_MEMORY_CAST (memory);
}

static void
fickle_free (GstAllocator * allocator, GstMemory * memory)
{
  (void) allocator;
  g_free (((FickleMemory *) memory)->data);
  g_free (memory);
}

static gpointer
fickle_map (GstMemory * memory, gsize size, GstMapFlags flags)
{
  (void) size;
  (void) flags;
  maps_fail |= counts_down (&maps_until_failure);
  if (maps_fail)
    return NULL;
  n_mapped++;
  return ((FickleMemory *) memory)->data;
}

static void
fickle_unmap (GstMemory * memory)
{
  (void) memory;
  n_mapped--;
}

static void
fickle_allocator_class_init (FickleAllocatorClass * klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = fickle_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = fickle_free;
}

static void
fickle_allocator_init (FickleAllocator * self)
{
  GstAllocator *allocator = GST_ALLOCATOR_CAST (self);

  allocator->mem_type = "fickle";
  allocator->mem_map = fickle_map;
  allocator->mem_unmap = fickle_unmap;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

/* --- cases --- */

/* One of each way through the element; output without padding. */
static const struct
{
  const gchar *in, *out;
  guint n_threads;
  gboolean converts;
} cases[] = {
  {CAPS_MORE ("I420", 65, 33, ""), CAPS_MORE ("I420", 24, 12, ""), 1, FALSE},
  {CAPS_MORE ("NV12", 65, 33, ",interlace-mode=mixed"),
      CAPS_MORE ("NV12", 24, 12, ",interlace-mode=mixed"), 3, FALSE},
  {CAPS_MORE ("GRAY16_LE", 64, 32, ",pixel-aspect-ratio=1/1"),
      CAPS_MORE ("GRAY16_LE", 32, 32, ",pixel-aspect-ratio=1/1"), 2, FALSE},
  {CAPS_MORE ("v210", 64, 32, ",pixel-aspect-ratio=1/1"),
      CAPS_MORE ("v210", 48, 48, ",pixel-aspect-ratio=1/1"), 2, FALSE},
  {CAPS_MORE ("UYVP", 65, 33, ",interlace-mode=interleaved"),
      CAPS_MORE ("UYVP", 24, 40, ",interlace-mode=interleaved"), 1, FALSE},
  {CAPS_MORE ("NV12", 65, 33, ",pixel-aspect-ratio=1/1"),
      CAPS_MORE ("BGRx", 32, 32, ",pixel-aspect-ratio=1/1"), 2, TRUE},
  {CAPS_MORE ("RGB", 64, 32, ",interlace-mode=mixed"),
      CAPS_MORE ("I420", 24, 40, ",interlace-mode=mixed"), 1, TRUE},
  {CAPS_MORE ("v210", 65, 33, ""), CAPS_MORE ("A420_10LE", 24, 12, ""), 3,
      TRUE},
};

static void
open_case (Rig * rig, guint i)
{
  rig_open_element (rig,
      cases[i].converts ? "areaconvertscale" : "areascale");
  g_object_set (rig->h->element, "n-threads", cases[i].n_threads, NULL);
  rig_set_out_caps (rig, cases[i].out);
}

/* The bytes of a frame of noise, scaled; NULL when the element refuses. */
static GBytes *
scaled (Rig * rig)
{
  GstBuffer *outbuf = NULL;
  GBytes *bytes;
  gsize size;
  gpointer data;

  if (gst_harness_push (rig->h, rig_noise (&rig->in, 7)) == GST_FLOW_OK)
    outbuf = gst_harness_pull (rig->h);
  if (outbuf == NULL)
    return NULL;
  gst_buffer_extract_dup (outbuf, 0, -1, &data, &size);
  gst_buffer_unref (outbuf);
  bytes = g_bytes_new_take (data, size);
  return bytes;
}

static void
forget_errors (Rig * rig)
{
  gchar *error;

  while ((error = rig_pop_error (rig)))
    g_free (error);
}

static gboolean
has_error (Rig * rig)
{
  gchar *error = rig_pop_error (rig);

  g_free (error);
  return error != NULL;
}

/* Returns whether there was an n-th allocation to fail: for new caps, or later
 * for a frame after a property was set. */
static gboolean
fail_nth_allocation (guint i, gint n, gboolean later, GBytes * expected)
{
  GBytes *bytes;
  gboolean reached;
  Rig rig;

  open_case (&rig, i);
  if (later) {
    rig_set_in_caps (&rig, cases[i].in);
    g_bytes_unref (scaled (&rig));
    g_object_set (rig.h->element, "n-threads", cases[i].n_threads + 1, NULL);
  }
  allocations_until_failure = n;
  if (!later)
    rig_set_in_caps (&rig, cases[i].in);
  bytes = scaled (&rig);
  reached = allocations_until_failure == 0;
  allocations_until_failure = 0;

  if (bytes == NULL) {
    check (reached);
    check (has_error (&rig));
    forget_errors (&rig);
    if (!later)
      rig_set_in_caps (&rig, cases[i].in);
    bytes = scaled (&rig);
  }
  check (bytes != NULL && g_bytes_equal (bytes, expected));
  g_bytes_unref (bytes);
  rig_clear (&rig);
  return reached;
}

static GBytes *
expected_of (guint i)
{
  GBytes *bytes;
  Rig rig;

  open_case (&rig, i);
  rig_set_in_caps (&rig, cases[i].in);
  bytes = scaled (&rig);
  check (bytes != NULL && !has_error (&rig));
  rig_clear (&rig);
  return bytes;
}

static gint
test_allocations (gboolean later)
{
  gint n_failed = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GBytes *expected = expected_of (i);
    gint n = 1;

    while (fail_nth_allocation (i, n, later, expected))
      n++;
    check (n > 10);
    n_failed += n - 1;
    g_bytes_unref (expected);
  }
  return n_failed;
}

static void
begin_stream (Rig * rig)
{
  GstCaps *caps = gst_video_info_to_caps (&rig->in);
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (rig->h->srcpad, gst_event_new_stream_start ("again"));
  gst_pad_push_event (rig->h->srcpad, gst_event_new_caps (caps));
  gst_pad_push_event (rig->h->srcpad, gst_event_new_segment (&segment));
  gst_caps_unref (caps);
}

/* No threads: the frame is scaled on one. */
static void
test_no_threads (void)
{
  Rig rig;

  prepare_fails = TRUE;
  open_case (&rig, 1);
  rig_set_in_caps (&rig, cases[1].in);
  rig_check_frame (&rig, 1);
  check (!has_error (&rig));
  prepare_fails = FALSE;
  rig_clear (&rig);
}

/* No thread starts though the pool is there: frames are scaled on one, stopping
 * does not wait for what nobody does, and threads are tried again after that. */
static void
test_threads_that_do_not_start (void)
{
  guint i;
  Rig rig;

  open_case (&rig, 1);
  rig_set_in_caps (&rig, cases[1].in);
  /* GLib keeps threads that have nothing to do */
  g_thread_pool_stop_unused_threads ();
  while (g_thread_pool_get_num_unused_threads () > 0)
    g_thread_yield ();
  threads_fail = TRUE;
  for (i = 0; i < 3; i++)
    rig_check_frame (&rig, i);
  gst_element_set_state (rig.h->element, GST_STATE_READY);
  threads_fail = FALSE;
  gst_element_set_state (rig.h->element, GST_STATE_PLAYING);
  begin_stream (&rig);
  for (i = 0; i < 3; i++)
    rig_check_frame (&rig, i);
  check (!has_error (&rig));
  rig_clear (&rig);
}

static GstBuffer *
fickle_noise (Rig * rig, GstAllocator * allocator)
{
  GstBuffer *plain = rig_noise (&rig->in, 3), *buffer = gst_buffer_new ();
  GstMapInfo map;
  guint i;

  check (gst_buffer_map (plain, &map, GST_MAP_READ));
  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (&rig->in); i++) {
    gsize begin = GST_VIDEO_INFO_PLANE_OFFSET (&rig->in, i);
    gsize end = i + 1 < GST_VIDEO_INFO_N_PLANES (&rig->in) ?
        GST_VIDEO_INFO_PLANE_OFFSET (&rig->in, i + 1) : map.size;
    GstMemory *memory = gst_allocator_alloc (allocator, end - begin, NULL);

    memcpy (((FickleMemory *) memory)->data, map.data + begin, end - begin);
    gst_buffer_append_memory (buffer, memory);
  }
  gst_buffer_unmap (plain, &map);
  gst_buffer_unref (plain);
  return buffer;
}

/* Every map of a plane of one side fails once; what was mapped is unmapped. */
static gint
test_maps (gboolean of_output)
{
  GstAllocator *allocator = g_object_new (fickle_allocator_get_type (), NULL);
  gboolean reached;
  gint n = 0;
  Rig rig;

  gst_object_ref_sink (allocator);
  open_case (&rig, 0);
  if (of_output)
    gst_harness_set_propose_allocator (rig.h, gst_object_ref (allocator), NULL);
  rig_set_in_caps (&rig, cases[0].in);
  do {
    GstBuffer *buffer = of_output ? rig_noise (&rig.in, n)
        : fickle_noise (&rig, allocator);
    GstFlowReturn ret;

    maps_until_failure = ++n;
    ret = gst_harness_push (rig.h, buffer);
    reached = maps_fail;
    maps_fail = FALSE;
    maps_until_failure = 0;
    check ((ret == GST_FLOW_OK) == !reached);
    check (has_error (&rig) == reached);
    check (n_mapped == 0);
    if (!reached)
      gst_buffer_unref (gst_harness_pull (rig.h));
    rig_check_frame (&rig, n);
  } while (reached);
  check (n > 3);
  rig_clear (&rig);
  gst_object_unref (allocator);
  return n - 1;
}

/* Downstream's allocator fails for every buffer of its pool once. */
static gint
test_pool_allocations (void)
{
  GstAllocator *allocator = g_object_new (fickle_allocator_get_type (), NULL);
  gint n, n_failed = 0;

  gst_object_ref_sink (allocator);
  for (n = 1; n < 6; n++) {
    GstBuffer *held[6] = { NULL };
    guint i;
    Rig rig;

    open_case (&rig, 0);
    gst_harness_set_propose_allocator (rig.h, gst_object_ref (allocator), NULL);
    rig_set_in_caps (&rig, cases[0].in);
    memories_until_failure = n;
    for (i = 0; i < G_N_ELEMENTS (held); i++) {
      GstFlowReturn ret = gst_harness_push (rig.h, rig_noise (&rig.in, i));

      check (has_error (&rig) == (ret != GST_FLOW_OK));
      if (ret == GST_FLOW_OK)
        held[i] = gst_harness_pull (rig.h);
      else
        n_failed++;
    }
    memories_until_failure = 0;
    rig_check_frame (&rig, 1);
    for (i = 0; i < G_N_ELEMENTS (held); i++)
      gst_clear_buffer (&held[i]);
    rig_clear (&rig);
  }
  gst_object_unref (allocator);
  return n_failed;
}

/* --- another thread --- */

static gint disturbing;

static gpointer
disturb (gpointer data)
{
  Rig *rig = data;
  guint i = 0;

  while (g_atomic_int_get (&disturbing)) {
    switch (i++ % 4) {
      case 0:
        gst_element_set_state (rig->h->element, GST_STATE_READY);
        gst_element_set_state (rig->h->element, GST_STATE_PLAYING);
        break;
      case 1:
        gst_pad_push_event (rig->h->srcpad, gst_event_new_flush_start ());
        gst_pad_push_event (rig->h->srcpad, gst_event_new_flush_stop (TRUE));
        break;
      case 2:
        g_object_set (rig->h->element, "n-threads", i % 5, "border-color", i,
            "method", i / 4 % 2, "keep-chroma-site", i / 8 % 2,
            "weight-by-alpha", i / 16 % 2, "gamma-decode", i / 32 % 2, NULL);
        break;
      default:
        gst_pad_push_event (rig->h->sinkpad, gst_event_new_reconfigure ());
        break;
    }
    g_usleep (100);
  }
  return NULL;
}

/* Frames go through or are refused while states change under them, and the
 * frames after that are right. Pads warn of frames that come after a flush and
 * before a segment, as they do here: such warnings are no faults. */
static void
test_states_and_flushes_in_the_middle_of_frames (void)
{
  GLogLevelFlags fatal =
      g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  GThread *thread;
  guint i;
  Rig rig;

  open_case (&rig, 1);
  rig_set_in_caps (&rig, cases[1].in);
  g_atomic_int_set (&disturbing, TRUE);
  thread = g_thread_new ("disturber", disturb, &rig);
  for (i = 0; i < N_FRAMES; i++) {
    GstBuffer *outbuf;

    gst_harness_push (rig.h, rig_noise (&rig.in, i));
    while ((outbuf = gst_harness_try_pull (rig.h)))
      gst_buffer_unref (outbuf);
    if (i % 16 == 0)
      begin_stream (&rig);
  }
  g_atomic_int_set (&disturbing, FALSE);
  g_thread_join (thread);

  gst_element_set_state (rig.h->element, GST_STATE_PLAYING);
  g_object_set (rig.h->element, "method", 0, "keep-chroma-site", FALSE,
      "weight-by-alpha", FALSE, "gamma-decode", FALSE, NULL);
  begin_stream (&rig);
  g_log_set_always_fatal (fatal);
  forget_errors (&rig);
  rig_check_frame (&rig, 1);
  rig_clear (&rig);
}

int
main (void)
{
  gint n_allocations, n_maps, n_pools;

  outside_init ();
  n_allocations = test_allocations (FALSE) + test_allocations (TRUE);
  test_no_threads ();
  test_threads_that_do_not_start ();
  n_maps = test_maps (FALSE) + test_maps (TRUE);
  n_pools = test_pool_allocations ();
  test_states_and_flushes_in_the_middle_of_frames ();
  g_print ("failed: %d allocations, %d maps, %d buffers of pools\n",
      n_allocations, n_maps, n_pools);
  gst_deinit ();
  return EXIT_SUCCESS;
}
