/* GStreamer areascale: output buffers that suit downstream
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <gst/video/video.h>

#include "allocation.h"

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

/* The padding and stride alignment that downstream wants; whether it does. */
static gboolean
parse_alignment (GstQuery * query, GstVideoAlignment * align)
{
  static const gchar *const stride_fields[] = {
    "stride-align0", "stride-align1", "stride-align2", "stride-align3"
  };
  const GstStructure *wanted = NULL;
  guint index, i;

  gst_video_alignment_reset (align);
  if (!gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, &index))
    return FALSE;
  gst_query_parse_nth_allocation_meta (query, index, &wanted);
  if (wanted == NULL)
    return FALSE;

  gst_structure_get_uint (wanted, "padding-top", &align->padding_top);
  gst_structure_get_uint (wanted, "padding-bottom", &align->padding_bottom);
  gst_structure_get_uint (wanted, "padding-left", &align->padding_left);
  gst_structure_get_uint (wanted, "padding-right", &align->padding_right);
  for (i = 0; i < G_N_ELEMENTS (stride_fields); i++)
    gst_structure_get_uint (wanted, stride_fields[i], &align->stride_align[i]);
  return TRUE;
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

static GstBufferPool *
make_pool (Request * request)
{
  GstBufferPool *pool = gst_video_buffer_pool_new ();

  /* more than memory can hold; a pool keeps what it was refused with */
  if (!configure_pool (pool, request) && request->aligned) {
    gst_object_unref (pool);
    pool = gst_video_buffer_pool_new ();
    request->aligned = FALSE;
    configure_pool (pool, request);
  }
  return pool;
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
  if (pool == NULL)
    pool = make_pool (&request);
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
