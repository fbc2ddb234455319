# SPDX-License-Identifier: LGPL-2.1-or-later
"""How well the planned costs of paths foretell their times.

Usage: bench-sweep --compare paths ... | costs.py [MOST]

Prints, for each level, path and kind of samples, the time over the planned cost: its
geometric mean, which a cost should be multiplied by, and the spread that then remains.
After that, at most MOST (30) of the sizes where another path is faster than the one that
is taken, the worst first.
"""

import csv
import math
import sys
from collections import defaultdict


def size_of(row):
    return tuple(row[name] for name in ('level', 'layout', 'depth', 'input', 'output'))


def print_models(rows):
    logs = defaultdict(list)
    for row in rows:
        kind = 'bytes' if int(row['depth']) <= 8 else 'words'
        logs[row['level'], row['path'], kind].append(
            math.log(float(row['ms']) * 1e6 / float(row['cost'])))
    print('level\tpath\tsamples\tsizes\ttime over cost\tspread')
    for key, values in sorted(logs.items()):
        mean = sum(values) / len(values)
        spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
        print(*key, len(values), f'{math.exp(mean):.3f}', f'{math.exp(spread):.2f}',
              sep='\t')


def wrong_choices(rows):
    """(taken over fastest, size, path taken, fastest path)"""
    sizes = defaultdict(list)
    for row in rows:
        sizes[size_of(row)].append((float(row['ms']), row['path'], row['taken'] == '1'))
    for size, paths in sizes.items():
        best_ms, best, _ = min(paths)
        ms, taken, _ = next(path for path in paths if path[2])
        if taken != best:
            yield ms / best_ms, size, taken, best


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    rows = list(csv.DictReader(sys.stdin, delimiter='\t'))
    print_models(rows)
    wrong = sorted(wrong_choices(rows), reverse=True)
    print(f'\nanother path is faster: {len(wrong)}, by more than a tenth: '
          f'{sum(ratio > 1.1 for ratio, *_ in wrong)}')
    for ratio, size, taken, best in wrong[:most]:
        print(f'{ratio:.2f}', *size, f'{taken} instead of {best}', sep='\t')


main()
