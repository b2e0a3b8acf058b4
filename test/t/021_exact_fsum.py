"""Cases for 021_exact_fsum.pl: deterministic random sums, and a judge of means.

make FOLDER writes values.csv (case, value) and sums.csv (case, math.fsum).
judge FOLDER reads means.csv (case, mean) and prints the largest error in units
of the last place by rational arithmetic: of means whose sum and value lie
between 1e-250 and 1e250 in size, and of the others.
"""
import csv
import fractions
import math
import random
import struct
import sys

CASES = 4000


def any_double(rng, low, high):
    """A double with an exponent field between low and high, any sign."""
    bits = rng.getrandbits(1) << 63 | rng.randint(low, high) << 52 | rng.getrandbits(52)
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def case(rng, kind):
    n = rng.randint(1, 40)
    if kind == 0:       # anything, the result stays finite
        values = [any_double(rng, 0, 2030) for _ in range(n)]
    elif kind == 1:     # subnormals and their neighbours
        values = [any_double(rng, 0, 3) for _ in range(n)]
    elif kind == 2:     # what measures look like
        values = [round(rng.lognormvariate(7, 2), 2) for _ in range(n)]
    else:               # cancellation down to the last bits
        values = [any_double(rng, 1000, 1060) for _ in range(n)]
        values += [-v * (1 - rng.randint(0, 2) * 2.0**-53) for v in values]
    rng.shuffle(values)
    return values


def cases():
    rng = random.Random(20240229)
    for number in range(CASES):
        yield number, case(rng, number % 4)


def make(folder):
    with open(f"{folder}/values.csv", "w", newline="") as v, open(f"{folder}/sums.csv", "w", newline="") as s:
        values, sums = csv.writer(v), csv.writer(s)
        for number, terms in cases():
            values.writerows((number, repr(x)) for x in terms)
            sums.writerow((number, repr(math.fsum(terms))))


def judge(folder):
    with open(f"{folder}/means.csv", newline="") as f:
        means = {int(number): float(mean) for number, mean in csv.reader(f)}
    worst = [0.0, 0.0]
    for number, terms in cases():
        exact = sum(map(fractions.Fraction, terms)) / len(terms)
        unit = fractions.Fraction(math.ulp(float(exact)))
        error = float(abs(fractions.Fraction(means[number]) - exact) / unit)
        extreme = not all(1e-250 < abs(x) < 1e250 for x in (float(exact), math.fsum(terms)))
        worst[extreme] = max(worst[extreme], error)
    print(len(means), *worst)


{"make": make, "judge": judge}[sys.argv[1]](sys.argv[2])
