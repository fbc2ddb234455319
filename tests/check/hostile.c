/* GStreamer areascale: buffers that lie, fail or are merely odd
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every buffer ends in an element error or in the correct frame, and in both
 * cases the next good buffer is scaled.
 */

#include <string.h>

#include "rig.h"

#define SEED 5
#define FAR 4096                /* bytes from a plane to the memory it claims */

/* memories that an allocator refuses to map */

typedef struct
{
  GstAllocator parent;
} DeadAllocator;

typedef struct
{
  GstAllocatorClass parent_class;
} DeadAllocatorClass;

GType dead_allocator_get_type (void);
G_DEFINE_TYPE (DeadAllocator, dead_allocator, GST_TYPE_ALLOCATOR);

static GstMemory *
dead_alloc (GstAllocator * allocator, gsize size, GstAllocationParams * params)
{
  GstMemory *memory = g_new0 (GstMemory, 1);

  (void) params;
  gst_memory_init (memory, 0, allocator, NULL, size, 0, 0, size);
  return memory;
}

static void
dead_free (GstAllocator * allocator, GstMemory * memory)
{
  (void) allocator;
  g_free (memory);
}

static gpointer
dead_map (GstMemory * memory, gsize size, GstMapFlags flags)
{
  (void) memory;
  (void) size;
  (void) flags;
  return NULL;
}

static void
dead_unmap (GstMemory * memory)
{
  (void) memory;
}

static void
dead_allocator_class_init (DeadAllocatorClass * klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = dead_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = dead_free;
}

static void
dead_allocator_init (DeadAllocator * self)
{
  GST_ALLOCATOR (self)->mem_map = dead_map;
  GST_ALLOCATOR (self)->mem_unmap = dead_unmap;
}

static GstMemory *
new_dead_memory (gsize size)
{
  GstAllocator *allocator = g_object_new (dead_allocator_get_type (), NULL);
  GstMemory *memory = gst_allocator_alloc (gst_object_ref_sink (allocator),
      size, NULL);

  gst_object_unref (allocator);
  return memory;
}

/* input buffers */

#define IN_FORMAT "I420"
#define IN_WIDTH 17
#define IN_HEIGHT 11

/* The default place of the 17x11 input: rows of 17 and 9 bytes. */
#define DEFAULT_PLACE {384, {0, 240, 312}, {20, 12, 12}}

/* A block of exactly place->size bytes, so that memcheck and ASan see a byte
 * too much, with the picture of @plain at its place. */
static GstMemory *
place_picture (const GstVideoInfo * info, GstBuffer * plain,
    const Place * place)
{
  GstMemory *memory = gst_allocator_alloc (NULL, place->size, NULL);
  GstVideoFrame frame;
  GstMapInfo map;
  guint plane;
  gint y;

  fail_unless (gst_memory_map (memory, &map, GST_MAP_WRITE));
  memset (map.data, 0xaa, map.size);
  fail_unless (gst_video_frame_map (&frame, info, plain, GST_MAP_READ));
  for (plane = 0; plane < GST_VIDEO_FRAME_N_PLANES (&frame); plane++) {
    gint rows = GST_VIDEO_FRAME_COMP_HEIGHT (&frame, plane);
    gint bytes = GST_VIDEO_FRAME_COMP_WIDTH (&frame, plane) *
        GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, plane);

    for (y = 0; y < rows; y++)
      memcpy (map.data + (gssize) place->offset[plane] +
          y * place->stride[plane],
          (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, plane) +
          y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane), bytes);
  }
  gst_video_frame_unmap (&frame);
  gst_memory_unmap (memory, &map);
  return memory;
}

static GstVideoMeta *
add_meta (GstBuffer * buffer, const GstVideoInfo * info, const Place * place)
{
  Place copy = *place;

  return gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_INFO_FORMAT (info), GST_VIDEO_INFO_WIDTH (info),
      GST_VIDEO_INFO_HEIGHT (info), GST_VIDEO_INFO_N_PLANES (info),
      copy.offset, copy.stride);
}

/* Cuts a buffer's only memory into pieces of @sizes and the rest. */
static void
cut (GstBuffer * buffer, const gsize * sizes, guint n)
{
  GstMemory *whole = gst_buffer_get_all_memory (buffer);
  gsize offset = 0;
  guint i;

  gst_buffer_remove_all_memory (buffer);
  for (i = 0; i < n; i++) {
    gst_buffer_append_memory (buffer, gst_memory_copy (whole, offset,
            sizes[i]));
    offset += sizes[i];
  }
  gst_buffer_append_memory (buffer, gst_memory_copy (whole, offset, -1));
  gst_memory_unref (whole);
}

/* ways to spoil a buffer; meta is NULL for those without one */

typedef void (*Spoil) (GstBuffer * buffer, GstVideoMeta * meta);

#define SPOIL(name, code) \
  static void \
  name (GstBuffer * buffer, GstVideoMeta * meta) \
  { \
    (void) buffer; \
    (void) meta; \
    code; \
  }

static gboolean
failing_map (GstVideoMeta * meta, guint plane, GstMapInfo * info,
    gpointer * data, gint * stride, GstMapFlags flags)
{
  (void) meta;
  (void) plane;
  (void) info;
  (void) data;
  (void) stride;
  (void) flags;
  return FALSE;
}

static gboolean
no_unmap (GstVideoMeta * meta, guint plane, GstMapInfo * info)
{
  (void) meta;
  (void) plane;
  (void) info;
  return TRUE;
}

/* as those of hardware: nothing is said of what is mapped */
static GstMapInfo unsaid[GST_VIDEO_MAX_PLANES];

static gboolean
silent_map (GstVideoMeta * meta, guint plane, GstMapInfo * info,
    gpointer * data, gint * stride, GstMapFlags flags)
{
  info->flags = flags;
  if (!gst_buffer_map (meta->buffer, &unsaid[plane], flags))
    return FALSE;
  *data = unsaid[plane].data + meta->offset[plane];
  *stride = meta->stride[plane];
  return TRUE;
}

static gboolean
silent_unmap (GstVideoMeta * meta, guint plane, GstMapInfo * info)
{
  (void) info;
  gst_buffer_unmap (meta->buffer, &unsaid[plane]);
  return TRUE;
}

static gboolean
nowhere_map (GstVideoMeta * meta, guint plane, GstMapInfo * info,
    gpointer * data, gint * stride, GstMapFlags flags)
{
  (void) info;
  (void) flags;
  *data = NULL;
  *stride = meta->stride[plane];
  return TRUE;
}

static guint8 elsewhere[2 * FAR];

static gboolean
astray_map (GstVideoMeta * meta, guint plane, GstMapInfo * info,
    gpointer * data, gint * stride, GstMapFlags flags)
{
  (void) flags;
  info->data = elsewhere + FAR;
  info->size = 384;
  *data = elsewhere;
  *stride = meta->stride[plane];
  return TRUE;
}

static gboolean
unstriding_map (GstVideoMeta * meta, guint plane, GstMapInfo * info,
    gpointer * data, gint * stride, GstMapFlags flags)
{
  (void) meta;
  (void) plane;
  (void) flags;
  info->data = elsewhere;
  info->size = sizeof (elsewhere);
  *data = elsewhere;
  *stride = 1;
  return TRUE;
}

/* a map function of one's own that tells the truth: one memory, mapped whole */
static gboolean
own_map (GstVideoMeta * meta, guint plane, GstMapInfo * info, gpointer * data,
    gint * stride, GstMapFlags flags)
{
  if (!gst_buffer_map (meta->buffer, info, flags))
    return FALSE;
  *data = info->data + meta->offset[plane];
  *stride = meta->stride[plane];
  return TRUE;
}

static gboolean
own_unmap (GstVideoMeta * meta, guint plane, GstMapInfo * info)
{
  (void) plane;
  gst_buffer_unmap (meta->buffer, info);
  return TRUE;
}

static void
set_map (GstVideoMeta * meta,
    gboolean (*map) (GstVideoMeta *, guint, GstMapInfo *, gpointer *, gint *,
        GstMapFlags))
{
  meta->map = map;
  meta->unmap = no_unmap;
}

static void
replace_memory (GstBuffer * buffer, GstMemory * memory)
{
  gst_buffer_remove_all_memory (buffer);
  if (memory)
    gst_buffer_append_memory (buffer, memory);
}

static void
truncate_to (GstBuffer * buffer, gsize size)
{
  replace_memory (buffer, gst_allocator_alloc (NULL, size, NULL));
}

static void
cut_thirds (GstBuffer * buffer, gsize first, gsize second)
{
  const gsize sizes[] = { first, second };

  cut (buffer, sizes, G_N_ELEMENTS (sizes));
}

static void
cut_sixteenths (GstBuffer * buffer)
{
  gsize sizes[15];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (sizes); i++)
    sizes[i] = 24;
  cut (buffer, sizes, G_N_ELEMENTS (sizes));
}

static void
hide_in_larger_memory (GstBuffer * buffer)
{
  GstMemory *memory = gst_buffer_get_all_memory (buffer);
  GstMemory *larger = gst_allocator_alloc (NULL, memory->size + 200, NULL);
  GstMapInfo from, to;

  fail_unless (gst_memory_map (memory, &from, GST_MAP_READ));
  fail_unless (gst_memory_map (larger, &to, GST_MAP_WRITE));
  memset (to.data, 0x55, to.size);
  memcpy (to.data + 100, from.data, from.size);
  gst_memory_unmap (larger, &to);
  gst_memory_resize (larger, 100, from.size);
  gst_memory_unmap (memory, &from);
  gst_memory_unref (memory);
  replace_memory (buffer, larger);
}

static void
share_memory (GstBuffer * buffer)
{
  GstMemory *memory = gst_buffer_get_all_memory (buffer);

  replace_memory (buffer, gst_memory_share (memory, 0, -1));
  gst_memory_unref (memory);
}

/* *INDENT-OFF* */
SPOIL (nothing, )
SPOIL (cut_at_planes, cut_thirds (buffer, 240, 72))
SPOIL (cut_in_planes, cut_thirds (buffer, 100, 200))
SPOIL (cut_small, cut_sixteenths (buffer))
SPOIL (empty_first, gst_buffer_prepend_memory (buffer,
    gst_allocator_alloc (NULL, 0, NULL)))
SPOIL (hidden, hide_in_larger_memory (buffer))
SPOIL (shared, share_memory (buffer))
SPOIL (read_only, GST_MINI_OBJECT_FLAG_SET (gst_buffer_peek_memory (buffer, 0),
    GST_MEMORY_FLAG_READONLY))
SPOIL (without_last_padding, gst_buffer_resize (buffer, 0, 381))
SPOIL (last_byte_missing, gst_buffer_resize (buffer, 0, 380))
SPOIL (id_of_five, meta->id = 5)
SPOIL (decoder_size, meta->width = 32; meta->height = 16)
SPOIL (own_functions, meta->map = own_map; meta->unmap = own_unmap)
SPOIL (no_memory, replace_memory (buffer, NULL))
SPOIL (memory_of_no_size, gst_buffer_resize (buffer, 0, 0))
SPOIL (sixteen_bytes, truncate_to (buffer, 16))
SPOIL (sixteen_bytes_of_64, truncate_to (buffer, 16); meta->width = 64;
    meta->height = 64)
SPOIL (one_byte, truncate_to (buffer, 1))
SPOIL (offset_at_end, meta->offset[0] = 384)
SPOIL (offset_in_last_row, meta->offset[2] = 383)
SPOIL (offset_one_too_far, meta->offset[2] = 313 + 2 + 1)
SPOIL (offset_largest, meta->offset[1] = G_MAXSIZE)
SPOIL (offset_wrapping, meta->offset[1] = G_MAXSIZE - 16)
SPOIL (offset_signed, meta->offset[2] = (gsize) 1 << 31)
SPOIL (giant_with_negative_stride, meta->width = 30000; meta->height = 30000;
    meta->stride[0] = -64)
SPOIL (stride_none, meta->stride[0] = 0)
SPOIL (stride_short, meta->stride[0] = 16)
SPOIL (stride_short_negative, meta->stride[0] = -16; meta->offset[0] = 200)
SPOIL (chroma_stride_short, meta->stride[2] = 8)
SPOIL (stride_long, meta->stride[1] = 20)
SPOIL (stride_largest, meta->stride[0] = G_MAXINT)
SPOIL (stride_smallest, meta->stride[0] = G_MININT)
SPOIL (stride_upside_down, meta->stride[0] = -20)
SPOIL (stride_under_by_one, meta->stride[0] = -20; meta->offset[0] = 199)
SPOIL (format_of_other, meta->format = GST_VIDEO_FORMAT_NV12)
SPOIL (format_same_planes, meta->format = GST_VIDEO_FORMAT_Y444)
SPOIL (format_negative, meta->format = (GstVideoFormat) -1)
SPOIL (format_none, meta->format = GST_VIDEO_FORMAT_UNKNOWN)
SPOIL (planes_none, meta->n_planes = 0)
SPOIL (planes_one, meta->n_planes = 1)
SPOIL (planes_four, meta->n_planes = 4)
SPOIL (planes_many, meta->n_planes = 1000)
SPOIL (width_less, meta->width = 16)
SPOIL (height_less, meta->height = 10)
SPOIL (size_none, meta->width = 0; meta->height = 0)
SPOIL (map_none, meta->map = NULL)
SPOIL (unmap_none, meta->unmap = NULL)
SPOIL (buffer_none, meta->buffer = NULL)
SPOIL (map_fails, set_map (meta, failing_map))
SPOIL (map_silently, meta->map = silent_map; meta->unmap = silent_unmap)
SPOIL (map_silently_with_stride_of_1, meta->map = silent_map;
    meta->unmap = silent_unmap; meta->stride[0] = 1)
SPOIL (map_to_nowhere, set_map (meta, nowhere_map))
SPOIL (map_astray, set_map (meta, astray_map))
SPOIL (map_with_own_stride, set_map (meta, unstriding_map))
SPOIL (dead, replace_memory (buffer, new_dead_memory (384)))
SPOIL (dead_chroma, gst_buffer_resize (buffer, 0, 240);
    gst_buffer_append_memory (buffer, new_dead_memory (144)))
SPOIL (memory_missing, cut_thirds (buffer, 240, 72);
    gst_buffer_remove_memory (buffer, 2))

static const struct
{
  const gchar *name;
  gboolean with_meta;
  Place place;
  Spoil spoil;
  Ending ending;
} inputs[] = {
  {"plain", FALSE, DEFAULT_PLACE, nothing, CORRECT},
  {"with meta", TRUE, DEFAULT_PLACE, nothing, CORRECT},
  {"padded rows", TRUE, {4000, {0, 1000, 3000}, {64, 48, 32}}, nothing,
      CORRECT},
  {"luma upside down", TRUE, {384, {200, 240, 312}, {-20, 12, 12}}, nothing,
      CORRECT},
  {"all upside down", TRUE, {384, {200, 300, 372}, {-20, -12, -12}}, nothing,
      CORRECT},
  {"rows without padding", TRUE, {295, {0, 187, 241}, {17, 9, 9}}, nothing,
      CORRECT},
  {"far into the memory", TRUE, {1384, {1000, 1240, 1312}, {20, 12, 12}},
      nothing, CORRECT},
  {"planes in reverse", TRUE, {384, {144, 72, 0}, {20, 12, 12}}, nothing,
      CORRECT},
  {"chroma rows side by side", TRUE, {384, {0, 240, 252}, {20, 24, 24}},
      nothing, CORRECT},
  {"a memory a plane", FALSE, DEFAULT_PLACE, cut_at_planes, CORRECT},
  {"a memory a plane with meta", TRUE, DEFAULT_PLACE, cut_at_planes, CORRECT},
  {"planes across memories", FALSE, DEFAULT_PLACE, cut_in_planes, CORRECT},
  {"sixteen memories", FALSE, DEFAULT_PLACE, cut_small, CORRECT},
  {"an empty memory first", FALSE, DEFAULT_PLACE, empty_first, CORRECT},
  {"an empty memory first with meta", TRUE, DEFAULT_PLACE, empty_first,
      CORRECT},
  {"part of a larger memory", FALSE, DEFAULT_PLACE, hidden, CORRECT},
  {"part of a larger memory with meta", TRUE, DEFAULT_PLACE, hidden, CORRECT},
  {"shared memory", TRUE, DEFAULT_PLACE, shared, CORRECT},
  {"read-only memory", FALSE, DEFAULT_PLACE, read_only, CORRECT},
  {"read-only memory with meta", TRUE, DEFAULT_PLACE, read_only, CORRECT},
  {"short of padding", FALSE, DEFAULT_PLACE, without_last_padding, CORRECT},
  {"short of padding with meta", TRUE, DEFAULT_PLACE, without_last_padding,
      CORRECT},
  {"too long", FALSE, {1000, {0, 240, 312}, {20, 12, 12}}, nothing, CORRECT},
  {"meta with another id", TRUE, DEFAULT_PLACE, id_of_five, CORRECT},
  {"meta of the decoder's size", TRUE, DEFAULT_PLACE, decoder_size, CORRECT},
  {"honest map function", TRUE, DEFAULT_PLACE, own_functions, CORRECT},

  {"no memory", FALSE, DEFAULT_PLACE, no_memory, REFUSED},
  {"no memory with meta", TRUE, DEFAULT_PLACE, no_memory, REFUSED},
  {"memory of no size", FALSE, DEFAULT_PLACE, memory_of_no_size, REFUSED},
  {"memory of no size with meta", TRUE, DEFAULT_PLACE, memory_of_no_size,
      REFUSED},
  {"16 bytes", FALSE, DEFAULT_PLACE, sixteen_bytes, REFUSED},
  {"16 bytes that claim 64x64", TRUE, DEFAULT_PLACE, sixteen_bytes_of_64,
      REFUSED},
  {"one byte", TRUE, DEFAULT_PLACE, one_byte, REFUSED},
  {"short of a byte", FALSE, DEFAULT_PLACE, last_byte_missing, REFUSED},
  {"short of a byte with meta", TRUE, DEFAULT_PLACE, last_byte_missing,
      REFUSED},
  {"offset at the end", TRUE, DEFAULT_PLACE, offset_at_end, REFUSED},
  {"offset in the last row", TRUE, DEFAULT_PLACE, offset_in_last_row, REFUSED},
  {"offset a byte too far", TRUE, DEFAULT_PLACE, offset_one_too_far, REFUSED},
  {"largest offset", TRUE, DEFAULT_PLACE, offset_largest, REFUSED},
  {"offset that wraps", TRUE, DEFAULT_PLACE, offset_wrapping, REFUSED},
  {"offset of 2^31", TRUE, DEFAULT_PLACE, offset_signed, REFUSED},
  {"30000x30000 with stride -64", TRUE, DEFAULT_PLACE,
      giant_with_negative_stride, REFUSED},
  {"stride 0", TRUE, DEFAULT_PLACE, stride_none, REFUSED},
  {"stride below the row", TRUE, DEFAULT_PLACE, stride_short, REFUSED},
  {"stride below the row upside down", TRUE, DEFAULT_PLACE,
      stride_short_negative, REFUSED},
  {"chroma stride below the row", TRUE, DEFAULT_PLACE, chroma_stride_short,
      REFUSED},
  {"stride out of memory", TRUE, {384, {0, 300, 0}, {20, 12, 12}}, stride_long,
      REFUSED},
  {"largest stride", TRUE, DEFAULT_PLACE, stride_largest, REFUSED},
  {"smallest stride", TRUE, DEFAULT_PLACE, stride_smallest, REFUSED},
  {"upside down from the first row", TRUE, DEFAULT_PLACE, stride_upside_down,
      REFUSED},
  {"upside down a byte too low", TRUE, DEFAULT_PLACE, stride_under_by_one,
      REFUSED},
  {"another format", TRUE, DEFAULT_PLACE, format_of_other, REFUSED},
  {"another format of as many planes", TRUE, DEFAULT_PLACE, format_same_planes,
      REFUSED},
  {"negative format", TRUE, DEFAULT_PLACE, format_negative, REFUSED},
  {"unknown format", TRUE, DEFAULT_PLACE, format_none, REFUSED},
  {"no plane", TRUE, DEFAULT_PLACE, planes_none, REFUSED},
  {"one plane", TRUE, DEFAULT_PLACE, planes_one, REFUSED},
  {"four planes", TRUE, DEFAULT_PLACE, planes_four, REFUSED},
  {"1000 planes", TRUE, DEFAULT_PLACE, planes_many, REFUSED},
  {"width too small", TRUE, DEFAULT_PLACE, width_less, REFUSED},
  {"height too small", TRUE, DEFAULT_PLACE, height_less, REFUSED},
  {"no size", TRUE, DEFAULT_PLACE, size_none, REFUSED},
  {"no map function", TRUE, DEFAULT_PLACE, map_none, REFUSED},
  {"no unmap function", TRUE, DEFAULT_PLACE, unmap_none, REFUSED},
  {"meta of no buffer", TRUE, DEFAULT_PLACE, buffer_none, REFUSED},
  {"map function fails", TRUE, DEFAULT_PLACE, map_fails, REFUSED},
  {"map function that says nothing", TRUE, DEFAULT_PLACE, map_silently,
      CORRECT},
  {"silent map function with a stride of 1", TRUE, DEFAULT_PLACE,
      map_silently_with_stride_of_1, REFUSED},
  {"map function to nowhere", TRUE, DEFAULT_PLACE, map_to_nowhere, REFUSED},
  {"map function astray", TRUE, DEFAULT_PLACE, map_astray, REFUSED},
  {"map function with a stride of 1", TRUE, DEFAULT_PLACE, map_with_own_stride,
      REFUSED},
  {"memory that cannot be mapped", FALSE, DEFAULT_PLACE, dead, REFUSED},
  {"memory that cannot be mapped with meta", TRUE, DEFAULT_PLACE, dead,
      REFUSED},
  {"chroma that cannot be mapped", FALSE, DEFAULT_PLACE, dead_chroma, REFUSED},
  {"chroma that cannot be mapped with meta", TRUE, DEFAULT_PLACE, dead_chroma,
      REFUSED},
  {"planes across memories with meta", TRUE, DEFAULT_PLACE, cut_in_planes,
      REFUSED},
  {"a memory missing", FALSE, DEFAULT_PLACE, memory_missing, REFUSED},
  {"a memory missing with meta", TRUE, DEFAULT_PLACE, memory_missing, REFUSED},
};
/* *INDENT-ON* */

GST_START_TEST (test_input_ends_in_an_error_or_the_correct_frame)
{
  GstBuffer *plain, *buffer;
  GstVideoMeta *meta = NULL;
  GstFlowReturn ret;
  Rig rig;

  rig_init (&rig, CAPS (IN_FORMAT, 17, 11), CAPS (IN_FORMAT, 8, 5));
  plain = rig_noise (&rig.in, SEED);
  buffer = gst_buffer_new ();
  gst_buffer_append_memory (buffer, place_picture (&rig.in, plain,
          &inputs[__i__].place));
  if (inputs[__i__].with_meta)
    meta = add_meta (buffer, &rig.in, &inputs[__i__].place);
  inputs[__i__].spoil (buffer, meta);

  ret = gst_harness_push (rig.h, buffer);
  if (inputs[__i__].ending == REFUSED)
    rig_assert_refused (&rig, ret, inputs[__i__].name);
  else
    rig_assert_correct (&rig, ret, plain, inputs[__i__].name);

  rig_check_frame (&rig, SEED + 1);
  gst_buffer_unref (plain);
  rig_clear (&rig);
}

GST_END_TEST;

static Suite *
hostile_suite (void)
{
  Suite *suite = suite_create ("hostile");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_input_ends_in_an_error_or_the_correct_frame, 0,
      G_N_ELEMENTS (inputs));
  return suite;
}

GST_CHECK_MAIN (hostile);
