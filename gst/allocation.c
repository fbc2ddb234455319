/* GStreamer areascale: output buffers that suit downstream
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/video/video.h>

#include "allocation.h"
#include "debug.h"
#include "frame.h"

/* Padding and stride alignment beyond it are no wish but a mistake, and would
 * overflow the sizes that GStreamer makes of them. */
#define MAX_ALIGNMENT 0xffff

/* Strides of packed groups that no power of two divides become multiples of a
 * page within so many pixels. */
#define MAX_EXTRA_PADDING 4096

/* What a pool is asked for. */
typedef struct
{
  GstCaps *caps;
  GstVideoInfo info;
  guint size, min, max;
  GstAllocator *allocator;
  GstAllocationParams params;
  gboolean aligned;
  GstVideoAlignment align;
} Request;

/* One of the numbers that downstream wants; absent means 0. */
static gboolean
parse_number (const GstStructure * wanted, const gchar * field, guint * number)
{
  gst_structure_get_uint (wanted, field, number);
  return *number <= MAX_ALIGNMENT;
}

/* Alignments are powers of two, less 1. */
static gboolean
is_alignment (gsize mask)
{
  return (mask & (mask + 1)) == 0;
}

static gboolean
parse_stride_alignment (const GstStructure * wanted, const gchar * field,
    guint * mask)
{
  return parse_number (wanted, field, mask) && is_alignment (*mask);
}

/* The padding and stride alignment that downstream wants; whether it does. */
static gboolean
parse_alignment (GstQuery * query, GstVideoAlignment * align)
{
  const GstStructure *wanted = NULL;
  guint index;

  gst_video_alignment_reset (align);
  if (!gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, &index))
    return FALSE;
  gst_query_parse_nth_allocation_meta (query, index, &wanted);

  return wanted != NULL
      && parse_number (wanted, "padding-top", &align->padding_top)
      && parse_number (wanted, "padding-bottom", &align->padding_bottom)
      && parse_number (wanted, "padding-left", &align->padding_left)
      && parse_number (wanted, "padding-right", &align->padding_right)
      && parse_stride_alignment (wanted, "stride-align0",
      &align->stride_align[0])
      && parse_stride_alignment (wanted, "stride-align1",
      &align->stride_align[1])
      && parse_stride_alignment (wanted, "stride-align2",
      &align->stride_align[2])
      && parse_stride_alignment (wanted, "stride-align3",
      &align->stride_align[3]);
}

static gboolean
alignment_is_nothing (const GstVideoAlignment * align)
{
  guint any = align->padding_top | align->padding_bottom |
      align->padding_left | align->padding_right;
  guint i;

  for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    any |= align->stride_align[i];
  return any == 0;
}

/* GstVideoBufferPool gives every plane the strictest of all stride alignments and
 * the memory's. */
static guint
strictest_alignment (const GstVideoAlignment * align, const Request * request)
{
  guint mask = request->params.align;
  guint i;

  for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    mask |= align->stride_align[i];
  return mask;
}

/* Where GStreamer puts the planes by the padding, and one alignment for all
 * strides. Fails when the frame is too large. */
static gboolean
lay_out (const GstVideoAlignment * align, guint mask, const Request * request,
    GstVideoInfo * layout)
{
  GstVideoAlignment copy = *align;
  guint i;

  for (i = 0; i < GST_VIDEO_MAX_PLANES; i++)
    copy.stride_align[i] = mask;
  *layout = request->info;
  return gst_video_info_align (layout, &copy)
      && GST_VIDEO_INFO_SIZE (layout) <= G_MAXUINT;
}

/* Whether the buffers of a pool would hold the frame. */
static gboolean
alignment_holds_frame (const GstVideoAlignment * align,
    const Request * request)
{
  GstVideoInfo layout;

  return lay_out (align, strictest_alignment (align, request), request,
      &layout) && gst_area_scale_frame_fits (&request->info, &layout);
}

static gboolean
strides_are_aligned (const GstVideoInfo * layout, guint mask)
{
  guint i;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (layout); i++) {
    if (GST_VIDEO_INFO_PLANE_STRIDE (layout, i) & mask)
      return FALSE;
  }
  return TRUE;
}

/* Pads to a width at which the strides are aligned. GStreamer tries multiples of
 * powers of two alone, with which the strides of groups of three pixels never are. */
static gboolean
pad_to_aligned_strides (GstVideoAlignment * align, const Request * request)
{
  guint mask = strictest_alignment (align, request);
  GstVideoInfo layout;
  guint i;

  for (i = 0; i < MAX_EXTRA_PADDING; i++) {
    if (!lay_out (align, 0, request, &layout))
      return FALSE;
    if (strides_are_aligned (&layout, mask)
        && alignment_holds_frame (align, request))
      return TRUE;
    align->padding_right++;
  }
  return FALSE;
}

/* GStreamer moves planes by the padding rounded up to whole samples of theirs, and
 * by lines of a field in alternate streams, but makes room for the padding as it
 * is, of a whole frame. Within tiles nothing can be moved. */
static void
make_room (GstVideoAlignment * align, const GstVideoInfo * info)
{
  const GstVideoFormatInfo *finfo = info->finfo;
  guint lines = GST_VIDEO_INFO_INTERLACE_MODE (info) ==
      GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1;
  guint w_sub = 0, h_sub = 0, i;

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
    align->padding_left = align->padding_top = 0;

  for (i = 0; i < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (finfo); i++) {
    w_sub = MAX (w_sub, GST_VIDEO_FORMAT_INFO_W_SUB (finfo, i));
    h_sub = MAX (h_sub, GST_VIDEO_FORMAT_INFO_H_SUB (finfo, i));
  }
  align->padding_right +=
      GST_ROUND_UP_N (align->padding_left, 1u << w_sub) - align->padding_left;
  align->padding_bottom +=
      GST_ROUND_UP_N (align->padding_top, 1u << h_sub) * lines -
      align->padding_top;
}

/* Makes an alignment one that pools can lay out; whether there is one. */
static gboolean
fit_alignment (GstVideoAlignment * align, const Request * request)
{
  make_room (align, &request->info);
  return !alignment_is_nothing (align)
      && (alignment_holds_frame (align, request)
      || pad_to_aligned_strides (align, request));
}

static GstStructure *
make_config (GstBufferPool * pool, const GstStructure * current,
    const Request * request, gboolean aligned)
{
  GstStructure *config = gst_structure_copy (current);

  gst_buffer_pool_config_set_params (config, request->caps, request->size,
      request->min, request->max);
  gst_buffer_pool_config_set_allocator (config, request->allocator,
      &request->params);
  if (gst_buffer_pool_has_option (pool, GST_BUFFER_POOL_OPTION_VIDEO_META))
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_META);
  if (aligned) {
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT);
    gst_buffer_pool_config_set_video_alignment (config, &request->align);
  }
  return config;
}

/* Whether a configuration will do. */
static gboolean
config_is_valid (GstStructure * config, const Request * request)
{
  GstCaps *caps;

  return gst_buffer_pool_config_get_params (config, &caps, NULL, NULL, NULL)
      && caps != NULL
      && gst_buffer_pool_config_validate_params (config, request->caps,
      request->size, request->min, request->max);
}

/* Whether a pool takes a configuration, or has its own version of it. */
static gboolean
apply_config (GstBufferPool * pool, const Request * request,
    GstStructure * config)
{
  if (gst_buffer_pool_set_config (pool, config))
    return TRUE;

  config = gst_buffer_pool_get_config (pool);
  if (config_is_valid (config, request))
    return gst_buffer_pool_set_config (pool, config);
  gst_structure_free (config);
  return FALSE;
}

/* Configures a pool, with the alignment if it can have one. */
static gboolean
configure_pool (GstBufferPool * pool, const Request * request)
{
  GstStructure *current = gst_buffer_pool_get_config (pool);
  gboolean ok = FALSE;

  if (request->aligned
      && gst_buffer_pool_has_option (pool,
          GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT))
    ok = apply_config (pool, request, make_config (pool, current, request,
            TRUE));
  if (!ok)
    ok = apply_config (pool, request, make_config (pool, current, request,
            FALSE));
  gst_structure_free (current);
  return ok;
}

/* A pool of downstream's that could be configured, or an own one. */
static GstBufferPool *
choose_pool (GstBaseTransform * trans, GstBufferPool * offered,
    const Request * request)
{
  GstBufferPool *pool;

  if (offered && configure_pool (offered, request))
    return gst_object_ref (offered);
  if (offered)
    GST_INFO_OBJECT (trans, "%" GST_PTR_FORMAT " offered by downstream refuses "
        "its configuration, using an own pool", offered);

  pool = gst_video_buffer_pool_new ();
  if (!configure_pool (pool, request))
    gst_clear_object (&pool);
  return pool;
}

/* The allocator that downstream wants, and how memory is aligned, which the base
 * class reads from the query too. */
static void
parse_allocator (Request * request, GstQuery * query)
{
  gst_allocation_params_init (&request->params);
  if (gst_query_get_n_allocation_params (query) == 0)
    return;

  gst_query_parse_nth_allocation_param (query, 0, &request->allocator,
      &request->params);
  if (!is_alignment (request->params.align)) {
    request->params.align = 0;
    gst_query_set_nth_allocation_param (query, 0, request->allocator,
        &request->params);
  }
}

/* What downstream wants. */
static gboolean
parse_request (Request * request, GstQuery * query, GstBufferPool ** offered)
{
  gst_query_parse_allocation (query, &request->caps, NULL);
  if (request->caps == NULL
      || !gst_video_info_from_caps (&request->info, request->caps))
    return FALSE;

  parse_allocator (request, query);
  if (gst_query_get_n_allocation_pools (query) > 0)
    gst_query_parse_nth_allocation_pool (query, 0, offered, &request->size,
        &request->min, &request->max);
  request->size = MAX (request->size, GST_VIDEO_INFO_SIZE (&request->info));
  if (request->max != 0)
    request->max = MAX (request->max, request->min);
  request->aligned = parse_alignment (query, &request->align)
      && !alignment_is_nothing (&request->align);
  return TRUE;
}

/* Puts a configured pool first. Padding adds to the size of its buffers, and it may
 * insist on other numbers of them. */
static void
answer (GstQuery * query, GstBufferPool * pool)
{
  GstStructure *config = gst_buffer_pool_get_config (pool);
  guint size, min, max;

  gst_buffer_pool_config_get_params (config, NULL, &size, &min, &max);
  gst_structure_free (config);
  if (gst_query_get_n_allocation_pools (query) > 0)
    gst_query_set_nth_allocation_pool (query, 0, pool, size, min, max);
  else
    gst_query_add_allocation_pool (query, pool, size, min, max);
}

gboolean
gst_area_scale_allocation_decide (GstBaseTransform * trans, GstQuery * query,
    GError ** error)
{
  GstBufferPool *offered = NULL, *pool = NULL;
  Request request = { 0 };
  gboolean ok;

  if (parse_request (&request, query, &offered)) {
    if (request.aligned && !fit_alignment (&request.align, &request)) {
      GST_INFO_OBJECT (trans, "padding that downstream wants cannot be laid out "
          "for %" GST_PTR_FORMAT, request.caps);
      request.aligned = FALSE;
    }
    pool = choose_pool (trans, offered, &request);
  }
  if (pool)
    answer (query, pool);
  else
    g_set_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
        "Cannot configure a pool of output buffers of %u bytes", request.size);

  ok = pool != NULL;
  gst_clear_object (&pool);
  gst_clear_object (&offered);
  gst_clear_object (&request.allocator);
  return ok;
}
