// A program that uses the library: a grey picture at half its size
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <areascale.h>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

int main()
{
    const std::uint8_t in[] = { 0, 1, 10, 20, 2, 4, 30, 40 };
    AreascaleGeometry geometry = {};
    geometry.in_width = 4;
    geometry.in_height = 2;
    geometry.out_width = 2;
    geometry.out_height = 1;
    geometry.layout = AREASCALE_LAYOUT_1;
    geometry.depth = 8;

    AreascalePlan *created;
    if (areascale_plan_create(&created, &geometry, areascale_cpu_detect(nullptr)) < 0)
        return 1;
    const std::unique_ptr<AreascalePlan, void (*)(AreascalePlan *)> plan(created,
                                                                         areascale_plan_free);
    std::vector<char> scratch(areascale_plan_scratch_size(plan.get()));
    const AreascaleRect all = { 0, 0, 2, 1 };
    std::uint8_t out[2];

    const int ret = areascale_run(plan.get(), out, 2, in, 4, &all, scratch.data());
    std::printf("%d %d\n", out[0], out[1]);
    return ret == 0 && out[0] == 2 && out[1] == 25 ? 0 : 1;
}
