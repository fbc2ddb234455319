/* GStreamer areascale: lines of the log counted
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "log.h"

static void
count (GstDebugCategory * category, GstDebugLevel level, const gchar * file,
    const gchar * function, gint line, GObject * object,
    GstDebugMessage * message, gpointer user_data)
{
  LogLines *lines = user_data;

  (void) file;
  (void) function;
  (void) line;
  (void) object;
  if (level == lines->level
      && g_str_equal (gst_debug_category_get_name (category), lines->category)
      && strstr (gst_debug_message_get (message), lines->words))
    g_atomic_int_inc (&lines->n);
}

void
log_begin (LogLines * lines)
{
  gst_debug_add_log_function (count, lines, NULL);
  gst_debug_set_threshold_for_name (lines->category, lines->level);
}

void
log_end (LogLines * lines)
{
  gst_debug_set_threshold_for_name (lines->category, GST_LEVEL_NONE);
  gst_debug_remove_log_function (count);
}
