/* areascale: the windows of the definition
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "window.h"

AreascaleWindow areascale_window(int i, int in, int out)
{
    const uint64_t start = (uint64_t) i * (uint64_t) in / (uint64_t) out;
    const uint64_t end =
        (((uint64_t) i + 1) * (uint64_t) in + (uint64_t) out - 1) / (uint64_t) out;

    return (AreascaleWindow) { (int32_t) start, (int32_t) end };
}

void areascale_windows_fill(AreascaleWindow *windows, int in, int out)
{
    for (int i = 0; i < out; i++)
        windows[i] = areascale_window(i, in, out);
}
