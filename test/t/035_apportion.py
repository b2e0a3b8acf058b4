# The shares of apportion again, by exact fractions: reads "source<TAB>units<TAB>parcel=weight=units ..."
# lines, where weights are the areas as hexadecimal floating-point numbers, and prints how
# many sources there are and how many were shared otherwise.
import sys
from fractions import Fraction


def shares(units, weights):
    whole = sum(weights.values())
    part = {key: Fraction(units) * weight / whole for key, weight in weights.items()}
    given = {key: int(value) for key, value in part.items()}
    order = sorted(part, key=lambda key: (given[key] - part[key], -weights[key], key))
    for key in order[:units - sum(given.values())]:
        given[key] += 1
    return given


sources = wrong = 0
for line in sys.stdin:
    _, units, pieces = line.rstrip('\n').split('\t')
    rows = [piece.split('=') for piece in pieces.split(' ')]
    expected = shares(int(units), {int(key): Fraction(float(weight)) for key, weight, _ in rows})
    sources += 1
    wrong += any(expected[int(key)] != int(got) for key, _, got in rows)
print(f'{sources}\t{wrong}')
