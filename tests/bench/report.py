# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the tables and the plot from what the benchmarks print.

Usage: report.py RESULTS.TSV

Rewrites the marked sections of docs/benchmark.md and README.md, and
docs/benchmark.svg where matplotlib is installed. Run it at the top of the tree.
"""

import csv
import math
import subprocess
import sys
from collections import defaultdict

# Time over limit that is allowed, by planes and by how many input pixels an
# output pixel has along the shorter axis: [at least, below, {level: target}].
TARGETS = [
    ('8-bit of 1, 2, 4 channels', ('GRAY8', 'NV12 chroma', 'RGBx'), [
        (4, math.inf, {'avx512': 1.25, 'avx2': 1.4}),
        (2, 4, {'avx512': 1.5, 'avx2': 1.8}),
        (1, 2, {'avx512': 2.0, 'avx2': 2.5})]),
    ('RGB, YUY2', ('RGB', 'YUY2'), [
        (2, math.inf, {'avx512': 1.6, 'avx2': 2.0}),
        (1, 2, {'avx512': 2.2, 'avx2': 3.0})]),
    ('10, 12, 16 bits, P010', ('planar 10-bit', 'planar 12-bit', 'planar 16-bit',
                               'P010 chroma'), [
        (2, math.inf, {'avx512': 1.5, 'avx2': 1.8}),
        (1, 2, {'avx512': 2.0, 'avx2': 2.5})]),
]
LEVELS = {'avx512': 'AVX-512', 'avx2': 'AVX2', 'sse4': 'SSE4.1', 'neon': 'NEON',
          'c': 'C'}

# The columns of the element's tables.
CONTESTANTS = {'areascale': 'areascale', 'nearest': 'videoscale nearest',
               'bilinear': 'videoscale default', 'bilinear2': 'videoscale bilinear2',
               'libyuv': 'libyuv box', 'OpenCV': 'OpenCV area',
               'swscale': 'swscale area'}
AREA_PEERS = ('libyuv', 'OpenCV', 'swscale')
BEATS_NEAREST = ('I420', 'NV12')
BEATS_DEFAULT = ('I420', 'NV12', 'I420_10LE', 'P010_10LE')
DEFAULT_SPEED_UP = 3
THREADS_SPEED_UP = 1.8
OVERHEAD_US = 20

# The rows of the readme.
SHORT = [('I420', '3840x2160', '1920x1080'), ('I420', '3840x2160', '1280x720'),
         ('I420', '3840x2160', '640x360'), ('I420', '1920x1080', '1280x720'),
         ('I420', '1920x1080', '854x480'), ('NV12', '3840x2160', '1920x1080'),
         ('NV12', '1920x1080', '1280x720'), ('GRAY8', '3840x2160', '1280x720'),
         ('BGRx', '3840x2160', '1280x720'), ('RGB', '3840x2160', '1280x720'),
         ('YUY2', '3840x2160', '1920x1080'),
         ('I420_10LE', '3840x2160', '1920x1080'),
         ('P010_10LE', '3840x2160', '1280x720')]

SIZE_NAMES = {'3840x2160': '4K', '1920x1080': '1080p', '1280x720': '720p',
              '2560x1440': '1440p'}


class Results:
    """cases[section][format, input, output][contestant] = milliseconds"""

    def __init__(self, path):
        self.versions = []
        self.cases = defaultdict(lambda: defaultdict(dict))
        with open(path, encoding='utf-8') as lines:
            for row in csv.reader(lines, delimiter='\t'):
                if row[0].startswith('# '):
                    self.versions.append(row[0][2:])
                elif row[0] != 'section':
                    section, *case, contestant, ms, _ = row
                    self.cases[section][tuple(case)][contestant] = float(ms)


def size_name(size):
    return SIZE_NAMES.get(size, size)


def sizes_name(case):
    return f'{size_name(case[1])} → {size_name(case[2])}'


def ratio(case):
    """How many input pixels an output pixel has, along the shorter axis."""
    (iw, ih), (ow, oh) = (map(int, size.split('x')) for size in case[1:])
    return min(iw / ow, ih / oh)


def kernel_class(case):
    """The row of the targets that a case belongs to; None when upscaling."""
    for planes, formats, ranges in TARGETS:
        for low, high, targets in ranges:
            if case[0] in formats and low <= ratio(case) < high and ratio(case) != 1:
                return planes, low, high, targets
    return None


def kernel_target(case, level):
    row = kernel_class(case)
    return row[3].get(level) if row else None


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |',
             '|' + '|'.join('---' if i == 0 else '---:' for i in range(len(head))) + '|']
    lines += ['| ' + ' | '.join(row) + ' |' for row in rows]
    return '\n'.join(lines) + '\n'


def by_format(cases):
    formats = defaultdict(dict)
    for case, times in cases.items():
        formats[case[0]][case] = times
    return formats


def levels_of(cases):
    present = {name for times in cases.values() for name in times}
    return [level for level in LEVELS if level in present]


def verdict(value, text, target):
    """The text of a value; set off when it exceeds its target."""
    return f'**{text} miss**' if target is not None and value > target else text


def kernel_cell(case, times, level):
    if level not in times:
        return ''
    value = times[level] / times['limit']
    target = kernel_target(case, level)
    text = f'{value:.2f}' + (f' of {target:g}' if target else '')
    return verdict(value, text, target)


def kernel_tables(cases):
    levels = levels_of(cases)
    parts = []
    for name, rows in by_format(cases).items():
        parts.append(f'**{name}**\n\n' + table(
            ['', 'limit, ms'] + [LEVELS[level] for level in levels],
            [[sizes_name(case), f'{times["limit"]:.3f}'] +
             [kernel_cell(case, times, level) for level in levels]
             for case, times in rows.items()]))
    return '\n'.join(parts)


def range_name(low, high):
    return f'r ≥ {low}' if high == math.inf else \
        f'{low} ≤ r < {high}' if low > 1 else f'{low} < r < {high}'


def class_row(cases, planes, low, high, targets):
    """What a row of the summary says about each level."""
    members = [times for case, times in cases.items()
               if kernel_class(case) == (planes, low, high, targets)]
    line = []
    for level, target in targets.items():
        values = [times[level] / times['limit'] for times in members if level in times]
        if values:
            missed = sum(value > target for value in values)
            line += [f'{target:g}', f'{min(values):.2f} – {max(values):.2f}',
                     f'**{missed} of {len(values)}**' if missed else '0']
        else:
            line += [f'{target:g}', 'not measured', '']
    return line


def kernel_summary(cases):
    """Each row of the targets, and how many of its cases miss."""
    head = ['time ÷ limit']
    for level in TARGETS[0][2][0][2]:
        head += [f'{LEVELS[level]}: at most', 'measured', 'miss']
    return table(head, [
        [f'{planes}, {range_name(low, high)}'] +
        class_row(cases, planes, low, high, targets)
        for planes, _, ranges in TARGETS for low, high, targets in ranges])


def element_bound(case, times):
    """The most that areascale may take: milliseconds, and because of whom."""
    bounds = [(times[peer], CONTESTANTS[peer]) for peer in AREA_PEERS if peer in times]
    if case[0] in BEATS_NEAREST:
        bounds.append((times['nearest'], CONTESTANTS['nearest']))
    if case[0] in BEATS_DEFAULT:
        bounds.append((times['bilinear'] / DEFAULT_SPEED_UP,
                       f'{CONTESTANTS["bilinear"]} ÷ {DEFAULT_SPEED_UP}'))
    return min(bounds) if bounds else None


def element_row(case, times, name):
    bound = element_bound(case, times)
    own = times['areascale']
    text = f'{own:.2f} (×{own / times["limit"]:.2f})'
    return ([name, f'{times["limit"]:.2f}', verdict(own, text, bound and bound[0]),
             f'{bound[0]:.2f}, {bound[1]}' if bound else ''] +
            [f'{times[peer]:.2f}' if peer in times else ''
             for peer in CONTESTANTS if peer != 'areascale'])


def element_table(rows):
    """Of (case, times, name of the row)."""
    return table(['ms a frame', 'limit', 'areascale (× limit)', 'at most'] +
                 [CONTESTANTS[peer] for peer in CONTESTANTS if peer != 'areascale'],
                 [element_row(*row) for row in rows])


def element_tables(cases):
    return '\n'.join(
        f'**{name}**\n\n' + element_table(
            [(case, times, sizes_name(case)) for case, times in rows.items()])
        for name, rows in by_format(cases).items())


def speed_up(times):
    return times['1 thread'] / times['2 threads']


def memory_speed_up(times):
    """What two threads gain that only load and store."""
    return times['limit'] / times['limit, 2 threads']


def threads_table(cases):
    rows = []
    for case, times in cases.items():
        value = speed_up(times)
        rows.append([f'{case[0]} {sizes_name(case)}', f'{times["1 thread"]:.2f}',
                     f'{times["2 threads"]:.2f}',
                     verdict(-value, f'{value:.2f}', -THREADS_SPEED_UP),
                     f'{memory_speed_up(times):.2f}'])
    return table(['', '1 thread, ms', '2 threads, ms',
                  f'speed-up (at least {THREADS_SPEED_UP})', "the limit's speed-up"], rows)


def overhead_us(times):
    return (times['areascale'] - times['kernels']) * 1e3


def overhead_table(cases):
    rows = []
    for case, times in cases.items():
        value = overhead_us(times)
        rows.append([f'{case[0]} {sizes_name(case)}', f'{times["kernels"] * 1e3:.2f}',
                     f'{times["areascale"] * 1e3:.2f}',
                     verdict(value, f'{value:.2f}', OVERHEAD_US),
                     f'{times["nearest"] * 1e3:.2f}'])
    return table(['µs a frame', 'kernels alone', 'areascale',
                  f'difference (at most {OVERHEAD_US})', 'videoscale nearest'], rows)


def machine():
    facts = {}
    for line in subprocess.run(['lscpu'], capture_output=True, text=True, check=True,
                               env={'LC_ALL': 'C', 'PATH': '/usr/bin:/bin'}
                               ).stdout.splitlines():
        key, _, value = line.partition(':')
        facts[key.strip()] = value.strip()
    name = facts.get('Model name', facts.get('Architecture', ''))
    if 'CPU family' in facts:
        name += f' (family {facts["CPU family"]}, model {facts["Model"]})'
    caches = [f'{cache} {facts[cache + " cache"].split(" (")[0]}'
              for cache in ('L2', 'L3') if cache + ' cache' in facts]
    return ', '.join([f'{name}, {facts["CPU(s)"]} processors'] + caches)


def short_report(results):
    cases = results.cases
    rows = [(case, cases['element'][case], f'{case[0]} {sizes_name(case)}')
            for case in SHORT if case in cases['element']]
    slowest = min(map(speed_up, cases['threads'].values()))
    threads = verdict(-slowest, f'{slowest:.2f}', -THREADS_SPEED_UP)
    memory = [memory_speed_up(times) for times in cases['threads'].values()]
    overhead = max(map(overhead_us, cases['overhead'].values()))
    cost = verdict(overhead, f'{overhead:.1f}', OVERHEAD_US)
    return f'''## Speed

Measured by `sh tests/bench.sh` in one run and one thread on
{machine()}.
The *limit* is one vector pass of loads over the input and of stores over the
output. What falls short of its target is marked *miss*; libyuv's box filter skips
pixels of BGRx. All cases, and how they are measured:
[docs/benchmark.md](docs/benchmark.md).

Frames through the element, beside what they may take at most:

{element_table(rows)}
The kernels alone, by instruction set; r is the ratio of input to output size:

{kernel_summary(cases['kernel'])}
Two threads scale 4K at least {threads} times as fast as one; the target is
{THREADS_SPEED_UP}. The limit itself, shared by two threads, is {min(memory):.2f} – {max(memory):.2f} times as fast:
the cores share the memory. A frame costs {cost} µs beyond its kernels; the target is {OVERHEAD_US}.
'''


def full_report(results):
    cases = results.cases
    return f'''Measured on {machine()}; {', '.join(results.versions)}.

![time of a frame by the limit, of each scaler, format and size](benchmark.svg)

### The element

{element_tables(cases['element'])}
### Two threads

{threads_table(cases['threads'])}
### Cost of a frame beyond its kernels

{overhead_table(cases['overhead'])}
### The kernels, time ÷ limit

{kernel_summary(cases['kernel'])}
{kernel_tables(cases['kernel'])}'''


def replace_section(path, text):
    """Between the two markers of a file."""
    begin, end = '<!-- benchmark table -->\n', '<!-- /benchmark table -->'
    with open(path, encoding='utf-8') as f:
        content = f.read()
    if begin not in content or end not in content:
        sys.exit(f'{path}: the markers of the benchmark are missing')
    before, _, rest = content.partition(begin)
    after = rest.partition(end)[2]
    with open(path, 'w', encoding='utf-8') as f:
        f.write(f'{before}{begin}\n{text}\n{end}{after}')


# Marker and colour of each contestant.
LOOK = {'areascale': ('o', '#c8102e', 70), 'nearest': ('<', '#8aa0b4', 34),
        'bilinear': ('s', '#3d6fa5', 34), 'bilinear2': ('D', '#1f3a5f', 28),
        'libyuv': ('^', '#2a9d5c', 38), 'OpenCV': ('P', '#e09f1f', 38),
        'swscale': ('X', '#8d5bb0', 38)}


def plot_format(axes, name, rows):
    axes.set_axisbelow(True)
    axes.grid(axis='x', color='#e4e4e4')
    axes.axvline(1, color='#444444', linewidth=1, zorder=1)
    for y, times in enumerate(rows.values()):
        for contestant, (marker, colour, area) in LOOK.items():
            if contestant in times:
                axes.scatter(times[contestant] / times['limit'], y, s=area,
                             marker=marker, color=colour, linewidths=0,
                             zorder=3 if contestant == 'areascale' else 2)
    axes.set_title(name, loc='left', fontsize=10, fontweight='bold')
    axes.set_yticks(range(len(rows)), [sizes_name(case) for case in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(which='both', length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def plot(cases, path):
    try:
        import matplotlib
    except ImportError:
        print('matplotlib is not installed: no plot', file=sys.stderr)
        return
    matplotlib.use('Agg')
    matplotlib.rcParams.update({'svg.hashsalt': 'areascale', 'font.size': 8.5})
    from matplotlib import pyplot

    formats = by_format(cases)
    figure, grid = pyplot.subplots((len(formats) + 1) // 2, 2, sharex=True,
                                   figsize=(10, 10.5), squeeze=False)
    panels = list(grid.flat)
    for axes, (name, rows) in zip(panels, formats.items()):
        plot_format(axes, name, rows)
    for axes in panels[len(formats):]:
        axes.set_visible(False)
    panels[0].set_xscale('log')
    panels[0].xaxis.set_major_formatter(lambda x, _: f'×{x:g}')
    for axes in grid[-1]:
        axes.set_xlabel('time of a frame ÷ limit (the line), one thread')
    handles = [pyplot.Line2D([], [], linestyle='', marker=marker, color=colour,
                             markeredgewidth=0, markersize=7,
                             label=CONTESTANTS[contestant])
               for contestant, (marker, colour, _) in LOOK.items()]
    figure.legend(handles=handles, loc='upper center', ncol=len(handles),
                  frameon=False, columnspacing=1.2, handletextpad=0.1)
    figure.tight_layout(rect=(0, 0, 1, 0.965), h_pad=1.5)
    figure.savefig(path, metadata={'Date': None} if path.endswith('.svg') else None,
                   facecolor='white')


def main():
    results = Results(sys.argv[1])
    replace_section('docs/benchmark.md', full_report(results))
    replace_section('README.md', short_report(results))
    plot(results.cases['element'], 'docs/benchmark.svg')


if __name__ == '__main__':
    main()
