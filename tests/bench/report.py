# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes the tables and the plots from what the benchmarks print.

Usage: report.py machine   prints a line for docs/benchmark.tsv
       report.py make      makes docs/benchmark.svg, docs/sweep.svg and the marked
                           sections of README.md and docs/benchmark.md
       report.py check     fails where one of them is not what would be made

They depend on docs/benchmark.tsv and docs/sweep.tsv alone.
"""

import csv
import math
import pathlib
import subprocess
import sys
from collections import defaultdict

import plot

ROOT = pathlib.Path(__file__).parents[2]

LEVELS = {'avx512icl': 'AVX-512 with VBMI', 'avx512': 'AVX-512', 'avx2': 'AVX2', 'sse4': 'SSE4.1', 'neon': 'NEON',
          'c': 'C'}
LAYOUTS = {'1': '1 channel', '2': '2 channels', '3': '3 channels', '4': '4 channels',
           'yuyv': 'packed 4:2:2'}

# Time over limit that a plane that shrinks may take at most, and on geometric
# average: {level: [(planes, whether a (layout, depth) belongs to them, at most)]}.
SWEEP_BOUNDS = {
    'avx512': [('8 bits', lambda layout, depth: depth == 8, 1.5),
               ('more bits', lambda layout, depth: depth > 8, 1.7)],
    'avx2': [('8 bits of 1 and 2 channels',
              lambda layout, depth: depth == 8 and layout in '12', 1.8),
             ('8 bits of 3 and 4 channels, 4:2:2',
              lambda layout, depth: depth == 8 and layout not in '12', 2.1),
             ('more bits', lambda layout, depth: depth > 8, 2.1)],
}
SWEEP_BOUNDS['avx512icl'] = SWEEP_BOUNDS['avx512']
SWEEP_MEANS = {'avx512icl': 1.2, 'avx512': 1.2, 'avx2': 1.5}
NEIGHBOURS = 0.05
NEIGHBOUR_BOUND = 1.3

# The columns of the element's tables.
CONTESTANTS = {'areascale': 'areascale', 'nearest': 'videoscale nearest',
               'bilinear': 'videoscale default', 'bilinear2': 'videoscale bilinear2',
               'libyuv': 'libyuv box', 'OpenCV': 'OpenCV area',
               'swscale': 'swscale area'}
AREA_PEERS = ('libyuv', 'OpenCV', 'swscale')
BEATS_NEAREST = ('I420', 'NV12')
BEATS_DEFAULT = ('I420', 'NV12', 'I420_10LE', 'P010_10LE')
DEFAULT_SPEED_UP = 3
THREADS_SHARE = 0.95
OVERHEAD_US = 20
PLAN_US = 100

# The columns of conversion, and what it has to beat.
CONVERTERS = {'areaconvertscale': 'areaconvertscale',
              'videoconvertscale': 'videoconvertscale',
              'scale, convert': 'areascale, videoconvert',
              'convert, scale': 'videoconvert, areascale',
              'OpenCV': 'OpenCV cvtColor, area', 'swscale': 'swscale area'}
CONVERT_LIMIT = 1.25
CONVERT_SPEED_UPS = {'videoconvertscale': 4, 'convert, scale': 10}
CONVERT_ALONE_SPEED_UP = 2
CONVERTS_TO_RGB = ('RGB', 'BGRx', 'RGBP')

# The rows of the readme.
SHORT = [('I420', '3840x2160', '1280x720'), ('I420', '1920x1080', '1280x720'),
         ('NV12', '3840x2160', '1920x1080'), ('RGB', '3840x2160', '1280x720'),
         ('YUY2', '3840x2160', '1920x1080'), ('I420_10LE', '3840x2160', '1920x1080')]

SHORT_CONVERT = [('NV12 to RGB', '3840x2160', '640x640'),
                 ('NV12 to RGBP', '3840x2160', '640x640'),
                 ('NV12 to RGB', '1920x1080', '640x640')]

SIZE_NAMES = {'3840x2160': '4K', '1920x1080': '1080p', '1280x720': '720p',
              '2560x1440': '1440p'}



class Results:
    """cases[section][format, input, output][contestant] = milliseconds"""

    def __init__(self, path):
        self.facts = []
        self.cases = defaultdict(lambda: defaultdict(dict))
        with open(path, encoding='utf-8') as lines:
            for row in csv.reader(lines, delimiter='\t'):
                if row[0].startswith('# '):
                    self.facts.append(row[0][2:])
                elif row[0] != 'section':
                    section, *case, contestant, ms, _ = row
                    self.cases[section][tuple(case)][contestant] = float(ms)


def pixels(size):
    width, height = size.split('x')
    return int(width), int(height)


class Plane:
    """A line of the sweep."""

    def __init__(self, row):
        self.layout, self.depth = row.pop('layout'), int(row.pop('depth'))
        self.source, self.size = row.pop('input'), row.pop('output')
        limit = float(row.pop('limit'))
        self.ratios = {level: float(ms) / limit for level, ms in row.items()}
        self.ms = {level: float(ms) for level, ms in row.items()}
        (self.in_width, self.in_height) = pixels(self.source)
        (self.width, self.height) = pixels(self.size)

    def shrinks(self):
        return self.width <= self.in_width

    def whole(self):
        """Whether the ratio is an integer on both axes."""
        return self.in_width % self.width == 0 and self.in_height % self.height == 0

    def near(self, other):
        return all(abs(a - b) <= NEIGHBOURS * max(a, b) for a, b in (
            (self.width, other.width), (self.height, other.height)))

    def name(self):
        return f'{LAYOUTS[self.layout]}, {self.depth} bits, {size_name(self.source)} → ' \
            f'{self.size}'


def read_sweep(path):
    with open(path, encoding='utf-8') as lines:
        return [Plane(row) for row in csv.DictReader(lines, delimiter='\t')]


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def size_name(size):
    return SIZE_NAMES.get(size, size)


def sizes_name(case):
    return f'{size_name(case[1])} → {size_name(case[2])}'


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


def verdict(value, text, target):
    """The text of a value; set off when it exceeds its target."""
    return f'**{text} miss**' if target is not None and value > target else text


def element_bound(case, times):
    """The most that areascale may take: milliseconds, and because of whom."""
    bounds = [(times[peer], CONTESTANTS[peer]) for peer in AREA_PEERS if peer in times]
    if case[0] in BEATS_NEAREST:
        bounds.append((times['nearest'], CONTESTANTS['nearest']))
    if case[0] in BEATS_DEFAULT:
        bounds.append((times['bilinear'] / DEFAULT_SPEED_UP,
                       f'{CONTESTANTS["bilinear"]} ÷ {DEFAULT_SPEED_UP}'))
    return min(bounds) if bounds else None


def element_row(case, times):
    return [f'{case[0]} {sizes_name(case)}'] + [
        f'{times[peer]:.2f}' if peer in times else '' for peer in CONTESTANTS] + [
        f'{times["limit"]:.2f}']


def element_table(cases):
    """What users see of the element."""
    head = ['ms a frame'] + list(CONTESTANTS.values()) + ['limit']
    return table(head, [element_row(case, cases[case]) for case in SHORT if case in cases])


def element_bounds(cases):
    rows = []
    for case, times in cases.items():
        own, bound = times['areascale'], element_bound(case, times)
        rows.append([f'{case[0]} {sizes_name(case)}', f'{own / times["limit"]:.2f}',
                     verdict(own, f'{own:.2f}', bound and bound[0]),
                     f'{bound[0]:.2f}, {bound[1]}' if bound else ''])
    return table(['', 'time ÷ limit', 'ms', 'at most'], rows)


def convert_bound(case, times):
    """The most that conversion may take: milliseconds, and because of whom."""
    def share(peer, speed_up):
        return times[peer] / speed_up, f'{CONVERTERS[peer]} ÷ {speed_up}'

    if case[1] == case[2]:
        return share('videoconvertscale', CONVERT_ALONE_SPEED_UP)
    bounds = [(times['limit'] * CONVERT_LIMIT, f'limit × {CONVERT_LIMIT}'),
              share('scale, convert', 1)]
    if case[0].split(' to ')[1] in CONVERTS_TO_RGB:
        bounds += [share(peer, speed_up) for peer, speed_up in CONVERT_SPEED_UPS.items()]
    return min(bounds)


def convert_table(cases):
    rows = []
    for case, times in cases.items():
        rows.append([f'{case[0]} {sizes_name(case)}'] + [
            f'{times[peer]:.2f}' if peer in times else '' for peer in CONVERTERS] + [
            f'{times["limit"]:.2f}'])
    return table(['ms a frame'] + list(CONVERTERS.values()) + ['limit'], rows)


def convert_bounds(cases):
    rows = []
    for case, times in cases.items():
        own, bound = times['areaconvertscale'], convert_bound(case, times)
        rows.append([f'{case[0]} {sizes_name(case)}', f'{own / times["limit"]:.2f}',
                     verdict(own, f'{own:.2f}', bound[0]), f'{bound[0]:.2f}, {bound[1]}'])
    return table(['', 'time ÷ limit', 'ms', 'at most'], rows)


def speed_up(times):
    return times['1 thread'] / times['2 threads']


def memory_speed_up(times):
    """What two threads gain that only load and store."""
    return times['limit'] / times['limit, 2 threads']


def threads_share(times):
    return speed_up(times) / memory_speed_up(times)


def threads_table(cases):
    rows = []
    for case, times in cases.items():
        share = threads_share(times)
        rows.append([f'{case[0]} {sizes_name(case)}', f'{times["1 thread"]:.2f}',
                     f'{times["2 threads"]:.2f}', f'{speed_up(times):.2f}',
                     f'{memory_speed_up(times):.2f}',
                     verdict(-share, f'{share * 100:.0f} %', -THREADS_SHARE)])
    return table(['', '1 thread, ms', '2 threads, ms', 'speed-up', "the limit's speed-up",
                  f'share (at least {THREADS_SHARE * 100:.0f} %)'], rows)


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


def plan_name(case):
    layout, depth = case[0].split()
    return f'{LAYOUTS[layout]}, {depth} bits'


def plan_table(cases):
    """By planes; in each cell the time of every size."""
    planes = defaultdict(dict)
    for case, times in cases.items():
        planes[plan_name(case)][sizes_name(case)] = times
    levels = [level for level in LEVELS if level in next(iter(cases.values()))]
    sizes = list(next(iter(planes.values())))
    rows = []
    for name, by_size in planes.items():
        times = [(by_size[size][level] * 1e3) for level in levels for size in sizes]
        rows.append([name] + [verdict(us, f'{us:.0f}', PLAN_US) for us in times])
    return table([f'µs a plan (at most {PLAN_US})'] +
                 [f'{LEVELS[level]} {size}' for level in levels for size in sizes], rows)


def sweep_levels(planes):
    return [level for level in LEVELS if level in planes[0].ratios]


def summary_row(name, planes, level):
    values = [plane.ratios[level] for plane in planes]
    worst = max(planes, key=lambda plane: plane.ratios[level])
    return [name, f'{geometric_mean(values):.2f}',
            f'{worst.ratios[level]:.2f}', worst.name()]


def sweep_summary(planes):
    """A line for each level and kind of planes."""
    kinds = [('8 bits', lambda plane: plane.shrinks() and plane.depth == 8),
             ('more bits', lambda plane: plane.shrinks() and plane.depth > 8),
             ('enlarging', lambda plane: not plane.shrinks())]
    rows = []
    for level in sweep_levels(planes):
        for name, belongs in kinds:
            members = list(filter(belongs, planes))
            if members:
                rows.append(summary_row(f'{LEVELS[level]}, {name}', members, level))
    return table(['time ÷ limit', 'geometric mean', 'worst', 'at'], rows)


def bounds_row(level, name, planes, bound):
    missed = [plane for plane in planes if plane.ratios[level] > bound]
    row = summary_row(f'{LEVELS[level]}, {name}', planes, level)
    return row[:1] + [f'{bound:g}'] + row[2:] + [
        f'**{len(missed)} of {len(planes)}**' if missed else f'0 of {len(planes)}']


def sweep_bounds(planes):
    """What planes that shrink may take at most, and how many take more."""
    shrinking = [plane for plane in planes if plane.shrinks()]
    rows = []
    for level in sweep_levels(planes):
        for name, belongs, bound in SWEEP_BOUNDS.get(level, []):
            members = [p for p in shrinking if belongs(p.layout, p.depth)]
            if members:
                rows.append(bounds_row(level, name, members, bound))
    return table(['time ÷ limit', 'at most', 'worst', 'at', 'miss'], rows)


def sweep_means(planes):
    shrinking = [plane for plane in planes if plane.shrinks()]
    parts = []
    for level, bound in SWEEP_MEANS.items():
        if level in sweep_levels(planes):
            mean = geometric_mean([plane.ratios[level] for plane in shrinking])
            parts.append(f'{LEVELS[level]} ' + verdict(mean, f'{mean:.2f}', bound) +
                         f' (at most {bound})')
    return ', '.join(parts)


def neighbours(planes, level):
    """Pairs of one plane and source, the first one being the slower."""
    by_source = defaultdict(list)
    for plane in planes:
        if not plane.whole():
            by_source[plane.layout, plane.depth, plane.source].append(plane)
    return [(a, b) for group in by_source.values() for a in group for b in group
            if a.near(b) and a.ms[level] > b.ms[level]]


def neighbour_table(planes):
    rows = []
    for level in sweep_levels(planes):
        pairs = neighbours(planes, level)
        if not pairs:
            continue
        steps = [a.ms[level] / b.ms[level] for a, b in pairs]
        worst, (a, b) = max(zip(steps, pairs), key=lambda step: step[0])
        missed = sum(step > NEIGHBOUR_BOUND for step in steps)
        rows.append([LEVELS[level], f'{worst:.2f}', f'{a.name()} beside {b.size}',
                     f'**{missed} of {len(pairs)}**' if missed else f'0 of {len(pairs)}'])
    return table([f'slower than a neighbour (at most {NEIGHBOUR_BOUND})', 'worst', 'at',
                  'miss'], rows)


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


def span(values):
    return f'{min(values):.2f} – {max(values):.2f}'


def readme_section(results, planes):
    cases = results.cases
    level = sweep_levels(planes)[0]
    ratios = [plane.ratios[level] for plane in planes if plane.shrinks()]
    return f'''## Speed

One thread on {results.facts[0]}.
The *limit* is one pass of loads over the input and of stores over the output; the
kernels take {geometric_mean(ratios):.2f} times as long on average over the sizes that models and previews
take. More, and how it is measured: [docs/benchmark.md](docs/benchmark.md).

{element_table(cases['element'])}
{convert_table({case: cases['convert'][case] for case in SHORT_CONVERT
                if case in cases['convert']})}
![Time of a frame by the limit, of each scaler, format and size](docs/benchmark.svg)
'''


def docs_section(results, planes):
    cases = results.cases
    return f'''Measured on {results.facts[0]}; {', '.join(results.facts[1:])}.

### The element

![time of a frame by the limit, of each scaler, format and size](benchmark.svg)

### Another format

{convert_table(cases['convert'])}
### The kernels at the sizes that models and previews take

![time of a plane by the limit, over the width of the output](sweep.svg)

{sweep_summary(planes)}
### Two threads

{threads_table(cases['threads'])}
### Cost of a frame beyond its kernels

{overhead_table(cases['overhead'])}
## For contributors: what it may take

What exceeds its bound is marked *miss*.

### Planes

{sweep_bounds(planes)}
Geometric mean of all planes that shrink: {sweep_means(planes)}.

{neighbour_table(planes)}
Neighbours are sizes within {NEIGHBOURS * 100:.0f} % on both axes; integer ratios, which have kernels of
their own, are left out.

### Making a plan

{plan_table(cases['plan'])}
### Frames

{element_bounds(cases['element'])}
### Conversion

{convert_bounds(cases['convert'])}'''


def with_section(path, text):
    """The file's content with this text between its two markers."""
    begin, end = '<!-- benchmark table -->\n', '<!-- /benchmark table -->'
    content = (ROOT / path).read_text(encoding='utf-8')
    if begin not in content or end not in content:
        sys.exit(f'{path}: the markers of the benchmark are missing')
    before, _, rest = content.partition(begin)
    after = rest.partition(end)[2]
    return f'{before}{begin}\n{text}\n{end}{after}'


# Name, colour and marker of each contestant.
LOOK = dict(zip(CONTESTANTS, zip(
    CONTESTANTS.values(), plot.COLOURS,
    ['circle', 'left', 'square', 'diamond', 'up', 'plus', 'bar'])))
SWEEP_LOOK = dict(zip(LAYOUTS, zip(LAYOUTS.values(), [
    plot.COLOURS[i] for i in (0, 5, 4, 2, 6)])))
SWEEP_PANELS = [('1920x1080', 8), ('1920x1080', 10), ('3840x2160', 8)]


def plot_element(cases):
    panels = []
    for name, rows in by_format(cases).items():
        panels.append((name, [
            (sizes_name(case), {peer: times[peer] / times['limit'] for peer in CONTESTANTS
                                if peer in times}) for case, times in rows.items()]))
    return plot.dots('time of a frame ÷ limit', panels, LOOK,
                     [0.5, 1, 2, 5, 10, 20, 50])


def sweep_series(planes, level, source, depth):
    """{layout: its points by width, and by height where widths are equal}"""
    series = defaultdict(list)
    for plane in sorted(planes, key=lambda plane: (plane.width, plane.height)):
        if plane.source == source and plane.depth == depth and plane.width >= 16:
            series[plane.layout].append((plane.width, plane.ratios[level]))
    return series


def plot_sweep(planes):
    grid = [[(f'{LEVELS[level]}, {size_name(source)}, {depth} bits',
              sweep_series(planes, level, source, depth))
             for source, depth in SWEEP_PANELS]
            for level in sweep_levels(planes)]
    return plot.lines('time of a plane ÷ limit, by the width of the output', grid,
                      SWEEP_LOOK, [16, 32, 64, 160, 320, 640, 1280, 2560],
                      [0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10])


def contents():
    """What is made: {path: content}"""
    results = Results(ROOT / 'docs/benchmark.tsv')
    planes = read_sweep(ROOT / 'docs/sweep.tsv')
    return {
        'docs/benchmark.md': with_section('docs/benchmark.md',
                                          docs_section(results, planes)),
        'README.md': with_section('README.md', readme_section(results, planes)),
        'docs/benchmark.svg': plot_element(results.cases['element']),
        'docs/sweep.svg': plot_sweep(planes),
    }


def main():
    if sys.argv[1:] == ['machine']:
        print('# ' + machine())
    elif sys.argv[1:] == ['make']:
        for path, content in contents().items():
            (ROOT / path).write_text(content, encoding='utf-8')
    elif sys.argv[1:] == ['check']:
        stale = [path for path, content in contents().items()
                 if not (ROOT / path).exists()
                 or (ROOT / path).read_text(encoding='utf-8') != content]
        if stale:
            sys.exit('not made of the numbers in docs: ' + ', '.join(stale))
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
