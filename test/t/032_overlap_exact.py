"""Exact areas of intersections, by rational arithmetic.

    make N SEED        prints N pairs of each kind: number, kind, two WKT texts, tab-separated
    check CASES        reads "number, area, smaller area" lines and compares the areas with
                       exact ones of the polygons in CASES (as printed by make); prints one
                       line for each kind: kind, pairs, pairs without overlap, largest error
                       in units of the smaller area, pairs that were done again

The method is another one than the tested: the plane is cut into slabs at every
vertex and every crossing; inside a slab edges do not cross and are sorted by height.
"""
import math
import random
import re
import sys
from fractions import Fraction


# ---- exact area ----

def edges(polygon):
    for ring in polygon:
        for p, q in zip(ring, ring[1:] + ring[:1]):
            if p != q:
                yield p, q


def crossings(first, second):
    """x of every point that edges of the two lists have in common, overlaps left out"""
    for (px, py), (qx, qy) in first:
        dx, dy = qx - px, qy - py
        for (rx, ry), (sx, sy) in second:
            ex, ey = sx - rx, sy - ry
            d = dx * ey - dy * ex
            if d == 0:
                continue
            t = (rx - px) * ey - (ry - py) * ex
            u = (rx - px) * dy - (ry - py) * dx
            if d < 0:
                d, t, u = -d, -t, -u
            if 0 <= t <= d and 0 <= u <= d:
                yield px + dx * t / d


def exact_area(a, b):
    origin = [Fraction(v) for v in a[0][0]]
    sides = []
    for polygon in (a, b):
        sides.append([tuple((Fraction(x) - origin[0], Fraction(y) - origin[1]) for x, y in edge)
                      for edge in edges(polygon)])
    xs = {p[0] for side in sides for edge in side for p in edge}
    xs.update(crossings(*sides))
    lines = [(min(edge), max(edge), which)
             for which, side in enumerate(sides) for edge in side if edge[0][0] != edge[1][0]]
    xs = sorted(xs)
    total = Fraction(0)
    for left, right in zip(xs, xs[1:]):
        middle = (left + right) / 2
        active = sorted((p[1] + (q[1] - p[1]) * (middle - p[0]) / (q[0] - p[0]), which)
                        for p, q, which in lines if p[0] <= left and q[0] >= right)
        inside = [False, False]
        below = None
        for y, which in active:
            if all(inside):
                total += (right - left) * (y - below)
            inside[which] = not inside[which]
            below = y
    return total


# ---- cases ----

EAST, NORTH = 518500.0, 4331600.0


def star(rng, x, y, radius, n, digits=3):
    """simple because its angles rise by less than half a turn"""
    turn = sorted((i + rng.uniform(0, 0.8)) * 2 * math.pi / n for i in range(n))
    return [(round(x + radius * rng.uniform(0.3, 1) * math.cos(t), digits),
             round(y + radius * rng.uniform(0.3, 1) * math.sin(t), digits)) for t in turn]


def stairs(rng, x, y, n, step):
    heights = [rng.randint(1, 9) * step for _ in range(n)]
    points = [(x, y), (x + n * step, y)]
    for i in reversed(range(n)):
        points += [(x + (i + 1) * step, y + heights[i]), (x + i * step, y + heights[i])]
    return points


def strip(x, y, angle):
    c, s = math.cos(angle), math.sin(angle)
    return [(x + u * c - v * s, y + u * s + v * c)
            for u, v in ((0, 0), (1000, 0), (1000, 0.001), (0, 0.001))]


def split(rng, noise):
    """two parts of a convex polygon, with a common border that noise pulls apart"""
    n = rng.randint(6, 14)
    ring = [(round(EAST + 50 * math.cos(2 * math.pi * (i + 0.3) / n), 3),
             round(NORTH + 50 * math.sin(2 * math.pi * (i + 0.3) / n), 3)) for i in range(n)]
    k = rng.randint(2, n - 2)
    first = ring[:k + 1] if rng.random() < 0.7 else ring
    second = [(x + rng.uniform(-noise, noise), y + rng.uniform(-noise, noise)) if noise else (x, y)
              for x, y in ring[k:] + ring[:1]]
    return [first], [second]


def holed(rng):
    outer = star(rng, EAST, NORTH, 60, 12)
    hole = star(rng, EAST, NORTH, 9, 7)
    return [outer, hole], [star(rng, EAST + rng.uniform(-30, 30), NORTH + rng.uniform(-30, 30), 40, 9)]


def make_pair(kind, rng):
    if kind == 'general':
        return ([star(rng, EAST, NORTH, 50, rng.randint(3, 14))],
                [star(rng, EAST + rng.uniform(-60, 60), NORTH + rng.uniform(-60, 60),
                      rng.uniform(5, 50), rng.randint(3, 14))])
    if kind == 'zone number':
        a, b = make_pair('general', rng)
        return [[[(x + 39e6, y) for x, y in ring] for ring in polygon] for polygon in (a, b)]
    if kind == 'axis-aligned':
        return ([stairs(rng, EAST, NORTH, rng.randint(2, 6), 5.0)],
                [stairs(rng, EAST + rng.randint(-6, 6) * 5.0, NORTH + rng.randint(-3, 3) * 5.0,
                        rng.randint(2, 6), 5.0)])
    if kind == 'snapped':
        return ([star(rng, EAST, NORTH, 40, rng.randint(3, 9), 0)],
                [star(rng, EAST + rng.randint(-20, 20), NORTH + rng.randint(-20, 20), 40,
                      rng.randint(3, 9), 0)])
    if kind == 'flush':
        return split(rng, 0)
    if kind == 'noisy':
        return split(rng, 10 ** rng.uniform(-4, -2.3))
    if kind == 'holes':
        return holed(rng)
    if kind == 'strips':
        angle = rng.uniform(0, math.pi)
        return ([strip(EAST, NORTH, angle)],
                [strip(EAST + rng.uniform(-1, 1), NORTH, angle + rng.choice((0, 1e-6, 1e-3, 1)))])
    if kind == 'strip and star':
        return [strip(EAST, NORTH, rng.uniform(0, math.pi))], [star(rng, EAST, NORTH, 300, 9)]
    ring = star(rng, EAST, NORTH, 50, 12)
    return [ring], [ring]


KINDS = ('general', 'zone number', 'axis-aligned', 'snapped', 'flush', 'noisy', 'holes', 'strips',
         'strip and star', 'itself')


def wkt(polygon):
    rings = ('(' + ','.join(f'{x!r} {y!r}' for x, y in ring + ring[:1]) + ')' for ring in polygon)
    return 'POLYGON(' + ','.join(rings) + ')'


def rings_of(text):
    """every ring of a POLYGON or MULTIPOLYGON; inside is where an odd number of them is"""
    return [[tuple(float(v) for v in point.split()) for point in ring.split(',')][:-1]
            for ring in re.findall(r'\(([^()]+)\)', text)]


def make(count, seed):
    rng = random.Random(seed)
    number = 0
    for kind in KINDS:
        for _ in range(count):
            number += 1
            a, b = make_pair(kind, rng)
            print(number, kind, wkt(a), wkt(b), sep='\t')


def check(path):
    found = {}
    for line in sys.stdin:
        number, area, smaller, again = line.rstrip('\n').split('|')
        found[number] = (float(area), float(smaller), again == 't')
    kinds = {}
    with open(path, encoding='utf-8') as cases:
        for line in cases:
            number, kind, a, b = line.rstrip('\n').split('\t')
            if number not in found:
                continue
            area, smaller, again = found[number]
            truth = exact_area(rings_of(a), rings_of(b))
            tally = kinds.setdefault(kind, [0, 0, 0.0, 0])
            tally[0] += 1
            tally[1] += truth == 0
            tally[2] = max(tally[2], float(abs(Fraction(area) - truth)) / smaller)
            tally[3] += again
    for kind, (count, empty, worst, again) in kinds.items():
        print(kind, count, empty, f'{worst:.2e}', again, sep='\t')


if sys.argv[1] == 'make':
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    check(sys.argv[2])
