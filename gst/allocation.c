/* GStreamer areascale: output buffers that suit downstream
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/video/video.h>

#include "allocation.h"
#include "debug.h"

/* Padding and stride alignment beyond it are no wish but a mistake, and would
 * overflow the sizes that GStreamer makes of them. */
#define MAX_ALIGNMENT 0xffff

/* What a pool is asked for. */
typedef struct
{
  GstCaps *caps;
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
      && parse_number (wanted, "stride-align0", &align->stride_align[0])
      && parse_number (wanted, "stride-align1", &align->stride_align[1])
      && parse_number (wanted, "stride-align2", &align->stride_align[2])
      && parse_number (wanted, "stride-align3", &align->stride_align[3]);
}

static gboolean
configure_pool (GstBufferPool * pool, const Request * request)
{
  GstStructure *config = gst_buffer_pool_get_config (pool);

  gst_buffer_pool_config_set_params (config, request->caps, request->size,
      request->min, request->max);
  gst_buffer_pool_config_set_allocator (config, request->allocator,
      &request->params);
  if (gst_buffer_pool_has_option (pool, GST_BUFFER_POOL_OPTION_VIDEO_META))
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_META);
  if (request->aligned
      && gst_buffer_pool_has_option (pool,
          GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT)) {
    gst_buffer_pool_config_add_option (config,
        GST_BUFFER_POOL_OPTION_VIDEO_ALIGNMENT);
    gst_buffer_pool_config_set_video_alignment (config, &request->align);
  }
  return gst_buffer_pool_set_config (pool, config);
}

/* The size of the buffers that a pool was configured for: padding adds to
 * it. */
static guint
pool_size (GstBufferPool * pool, guint size)
{
  GstStructure *config = gst_buffer_pool_get_config (pool);
  guint configured = 0;

  gst_buffer_pool_config_get_params (config, NULL, &configured, NULL, NULL);
  gst_structure_free (config);
  return MAX (size, configured);
}

gboolean
gst_area_scale_allocation_decide (GstBaseTransform * trans, GstQuery * query)
{
  GstBufferPool *pool = NULL;
  GstVideoInfo info;
  Request request = { 0 };
  gboolean offered = gst_query_get_n_allocation_pools (query) > 0;

  gst_query_parse_allocation (query, &request.caps, NULL);
  if (request.caps == NULL || !gst_video_info_from_caps (&info, request.caps))
    return FALSE;

  gst_allocation_params_init (&request.params);
  if (gst_query_get_n_allocation_params (query) > 0)
    gst_query_parse_nth_allocation_param (query, 0, &request.allocator,
        &request.params);
  request.aligned = parse_alignment (query, &request.align);
  if (offered)
    gst_query_parse_nth_allocation_pool (query, 0, &pool, &request.size,
        &request.min, &request.max);
  request.size = MAX (request.size, GST_VIDEO_INFO_SIZE (&info));

  if (pool && !configure_pool (pool, &request)) {
    GST_INFO_OBJECT (trans, "%" GST_PTR_FORMAT " offered by downstream refuses "
        "its configuration, using an own pool", pool);
    gst_clear_object (&pool);
  }
  if (pool == NULL) {
    pool = gst_video_buffer_pool_new ();
    configure_pool (pool, &request);
  }
  request.size = pool_size (pool, request.size);

  if (offered)
    gst_query_set_nth_allocation_pool (query, 0, pool, request.size,
        request.min, request.max);
  else
    gst_query_add_allocation_pool (query, pool, request.size, request.min,
        request.max);

  gst_object_unref (pool);
  gst_clear_object (&request.allocator);
  return TRUE;
}
