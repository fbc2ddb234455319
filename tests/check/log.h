/* GStreamer areascale: lines of the log counted
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __LOG_H__
#define __LOG_H__

#include <gst/gst.h>

/* What the element says once for every engine, and its plans, that it makes. */
#define LOG_ENGINES {"GST_PERFORMANCE", GST_LEVEL_INFO, " thread", 0}

/* Lines of one level that contain @words, and how many there were. */
typedef struct
{
  const gchar *category;
  GstDebugLevel level;
  const gchar *words;
  gint n;
} LogLines;

/* Nothing else may be counted until the end. */
void log_begin (LogLines * lines);
void log_end (LogLines * lines);

#endif /* __LOG_H__ */
