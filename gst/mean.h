/* GStreamer areascale: which mean is taken
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_MEAN_H__
#define __GST_AREA_SCALE_MEAN_H__

#include <glib.h>
#include "areascale.h"

G_BEGIN_DECLS

/**
 * GstAreaScaleMean:
 * @method: how the samples of a window count
 * @keep_chroma_site: the windows of subsampled chroma go by its site
 * @weight_by_alpha: pixels count by their alpha
 * @gamma_decode: it is that of the light, by the transfer function
 *
 * Which mean of the input an output sample is; without padding.
 */
typedef struct {
  AreascaleMethod method;
  gboolean keep_chroma_site;
  gboolean weight_by_alpha;
  gboolean gamma_decode;
} GstAreaScaleMean;

G_END_DECLS

#endif /* __GST_AREA_SCALE_MEAN_H__ */
