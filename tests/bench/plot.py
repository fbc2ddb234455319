# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plots as SVG: small, the same bytes from the same numbers, and readable on light
and on dark pages, for they bring their own background."""

import math

FONT = 'font: 11px sans-serif'
STYLE = f'''\
.paper {{ fill: #ffffff }}
.grid {{ stroke: #d8dee4; fill: none }}
.one {{ stroke: #57606a; fill: none }}
text {{ {FONT}; fill: #1f2328 }}
.title {{ font-weight: bold }}
.end {{ text-anchor: end }}
.middle {{ text-anchor: middle }}
.line {{ fill: none; stroke-width: 1.5; stroke-linejoin: round }}
@media (prefers-color-scheme: dark) {{
.paper {{ fill: #0d1117 }}
.grid {{ stroke: #30363d }}
.one {{ stroke: #9198a1 }}
text {{ fill: #e6edf3 }}
}}'''

# Readable on both backgrounds.
COLOURS = ['#e5484d', '#8b949e', '#3e8fd8', '#2f6fb0', '#30a46c', '#e28a1b', '#9b6bd3']

# Around the point before them, each about 8 wide.
MARKERS = {
    'circle': 'm-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0',
    'square': 'm-3.5-3.5h7v7h-7z',
    'diamond': 'm0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z',
    'up': 'm0-4l4 7.5h-8z',
    'left': 'm-4 0l7.5-4v8z',
    'plus': 'm-1.5-4h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5v-3h2.5z',
    'bar': 'm-1.5-4.5h3v9h-3z',
}


def number(value):
    """With at most one decimal."""
    return f'{value:.1f}'.removesuffix('.0')


class Scale:
    """A logarithmic axis from pixels to pixels."""

    def __init__(self, low, high, begin, end):
        self.low, self.begin = math.log(low), begin
        self.step = (end - begin) / (math.log(high) - self.low)

    def __call__(self, value):
        return self.begin + (math.log(value) - self.low) * self.step


class Drawing:
    """Elements of an SVG, a line each."""

    def __init__(self, width, height, title):
        self.lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">',
            f'<title>{title}</title>', f'<style>\n{STYLE}\n</style>',
            f'<rect class="paper" width="{width}" height="{height}"/>']

    def text(self, x, y, text, kind=''):
        self.lines.append(f'<text class="{kind}" x="{number(x)}" y="{number(y)}">'
                          f'{text}</text>')

    def path(self, d, kind='', colour=None):
        attribute = f'class="{kind}"' if kind else f'fill="{colour}"'
        if kind and colour:
            attribute += f' stroke="{colour}"'
        self.lines.append(f'<path {attribute} d="{d}"/>')

    def markers(self, points, shape, colour):
        if points:
            self.path(''.join(f'M{number(x)} {number(y)}{MARKERS[shape]}'
                              for x, y in points), colour=colour)

    def polyline(self, points, colour):
        if points:
            self.path('M' + 'L'.join(f'{number(x)} {number(y)}' for x, y in points),
                      'line', colour)

    def svg(self):
        return '\n'.join(self.lines + ['</svg>', ''])


def legend(drawing, entries, y, width):
    """Entries of (name, colour, shape), spread over the width."""
    lengths = [len(name) + 6 for name, _, _ in entries]
    for i, (name, colour, shape) in enumerate(entries):
        x = 20 + sum(lengths[:i]) * (width - 30) / sum(lengths)
        drawing.markers([(x, y - 4)], shape, colour)
        drawing.text(x + 10, y, name)


def axis(values, begin, end):
    """A scale with a margin."""
    return Scale(min(values) * 0.93, max(values) * 1.07, begin, end)


def visible(ticks, values):
    return [tick for tick in ticks if min(values) <= tick <= max(values)]


def dots_panel(drawing, name, rows, x_of, ticks, entries, left, top, row):
    """One panel of dots(), its names ending at the left."""
    bottom = top + len(rows) * row
    drawing.text(left, top - 6, name, 'title end')
    for tick in ticks:
        drawing.path(f'M{number(x_of(tick))} {top}V{bottom}',
                     'one' if tick == 1 else 'grid')
        drawing.text(x_of(tick), bottom + 12, f'×{tick:g}', 'middle')
    for j, (row_name, _) in enumerate(rows):
        drawing.text(left, top + j * row + 13, row_name, 'end')
    for key in reversed(entries):
        drawing.markers([(x_of(values[key]), top + j * row + 9)
                         for j, (_, values) in enumerate(rows) if key in values],
                        entries[key][2], entries[key][1])


def dots(title, panels, entries, ticks):
    """The SVG of panels of (name, rows), a row being (name, {entry: value}); entries are
    {key: (name, colour, shape)}. The values' axis is shared."""
    width, label, row, columns = 940, 110, 17, 2
    values = [v for _, rows in panels for _, by_entry in rows for v in by_entry.values()]
    heights = [max(len(rows) for _, rows in panels[i:i + columns]) * row + 42
               for i in range(0, len(panels), columns)]
    drawing = Drawing(width, 44 + sum(heights), title)
    legend(drawing, list(entries.values()), 22, width)
    for i, (name, rows) in enumerate(panels):
        left = i % columns * width // columns + label
        top = 60 + sum(heights[:i // columns])
        x_of = axis(values, left + 8, left + width // columns - label - 10)
        dots_panel(drawing, name, rows, x_of, visible(ticks, values), entries, left, top,
                   row)
    return drawing.svg()


def lines_panel(drawing, name, series, x_of, y_of, x_ticks, y_ticks, entries, box):
    """One panel of lines() in a box of left, top, right and bottom."""
    left, top, right, bottom = box
    drawing.text(left, top - 6, name, 'title')
    for tick in y_ticks:
        drawing.path(f'M{number(left)} {number(y_of(tick))}H{number(right)}',
                     'one' if tick == 1 else 'grid')
        drawing.text(left - 4, y_of(tick) + 4, f'×{tick:g}', 'end')
    for tick in x_ticks:
        drawing.path(f'M{number(x_of(tick))} {top}V{bottom}', 'grid')
        drawing.text(x_of(tick), bottom + 12, f'{tick}', 'middle')
    for key, (_, colour) in entries.items():
        drawing.polyline([(x_of(x), y_of(y)) for x, y in series.get(key, [])], colour)


def lines(title, grid, entries, x_ticks, y_ticks):
    """The SVG of rows of panels of (name, {entry: [(x, y)]}); entries are
    {key: (name, colour)}. The axes are shared."""
    width, height, margin = 940, 210, 32
    xs, ys = zip(*(point for row in grid for _, series in row
                   for line in series.values() for point in line))
    drawing = Drawing(width, 44 + height * len(grid), title)
    legend(drawing, [(name, colour, 'square') for name, colour in entries.values()],
           22, width)
    for i, row in enumerate(grid):
        for j, (name, series) in enumerate(row):
            left = j * width / len(row) + margin
            box = (left, 62 + i * height, left + width / len(row) - margin - 8,
                   26 + (i + 1) * height)
            lines_panel(drawing, name, series, axis(xs, box[0], box[2]),
                        axis(ys, box[3], box[1]), visible(x_ticks, xs),
                        visible(y_ticks, ys), entries, box)
    return drawing.svg()
