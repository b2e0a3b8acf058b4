"""A second, slow evaluator of criteria, written from the rules and not from the C code.

make FOLDER     random rulesets and rows of facts, as SQL
judge FOLDER    compares what classify() made of them (verdicts.txt) with its own verdicts

Numbers are fractions made from the shortest decimal of each double, truth is 0 (false),
1 (unknown) or 2 (true), and an unknown value is None.
"""
import datetime
import json
import os
import random
import sys
from fractions import Fraction

RULESETS = int(os.environ.get('TWIN_RULESETS', 700))
ROWS = 24
FALSE, UNKNOWN, TRUE = 0, 1, 2
AS_OF = datetime.date(2024, 2, 29)
INFINITE = float('inf')

FACTS = [('x', 'number', 'open'), ('y', 'number', 'open'), ('z', 'number', 'open'),
         ('contract.v', 'number', 'open'), ('s', 'series', 'open'), ('x', 'series', 'open'),
         ('t', 'text', 'complete_list'), ('u', 'text', 'open'), ('w', 'text', 'open'),
         ('a', 'boolean', 'complete_list'), ('b', 'boolean', 'open'), ('c', 'boolean', 'open'),
         ('d', 'date', 'open'), ('e', 'date', 'open')]
TYPES = {'x': float, 'y': str, 'z': int}
CODES = ['A', 'B', 'C', 'D']
ORDER = ['A', 'B', 'C']
LITERALS = ['0', '1', '2', '0.5', '0.1', '3', '-1', '40%', '60%', '7.5', '12.25', '100']
PEERS = {'peer_mean(x)': ('u', {'A': '10', 'B': '0.3', 'C': None}),
         'peer_median(y)': ('z', {'0': '1', '1': '2.5', '2': '0.1'}),
         'peer_percentile(x, 25%, year => -1)': ('b', {'true': '5', 'false': '0.7'}),
         'control_indicator(v)': (None, {None: '1.5'}),
         'peer_ratio(x, y)': (None, {})}


# ---- random criteria: tuples (kind, ...), written as text without any cleverness ----

def term(rng, depth, in_years):
    numbers = ['y', 'z', 'contract.v'] if in_years else ['x', 'y', 'z', 'contract.v']   # in for_years x is the series
    if depth == 0 or rng.random() < 0.3:
        return rng.choice([('number', rng.choice(LITERALS)), ('name', rng.choice(numbers)),
                           ('series', rng.choice(['s', 'x'])) if in_years else ('name', 'x')])
    kind = rng.random()
    if kind < 0.15 and not in_years:
        return ('peer', rng.choice(list(PEERS)))
    if kind < 0.25:
        return ('years', ('name', rng.choice(['d', 'e'])))
    if kind < 0.32:
        return ('minus', ('name', rng.choice(numbers)))
    return ('op', rng.choice('++--***/'), term(rng, depth - 1, in_years), term(rng, depth - 1, in_years))


def predicate(rng, depth, in_years):
    kind = rng.random()
    if kind < 0.4:
        return ('compare', rng.choice(['<', '<=', '>', '>=', '=', '<>']), term(rng, 2, in_years), term(rng, 1, in_years))
    if kind < 0.5:
        return ('between', rng.random() < 0.3, term(rng, 1, in_years), term(rng, 1, in_years), term(rng, 1, in_years))
    if kind < 0.55:
        return ('in', rng.random() < 0.3, term(rng, 1, in_years), [('number', n) for n in rng.sample(LITERALS, 3)])
    if kind < 0.62:
        return ('in', rng.random() < 0.3, ('code', rng.choice('tuw')), [('text', code) for code in rng.sample(CODES, 2)])
    if kind < 0.68:
        return ('same', rng.choice(['=', '<>']), ('code', rng.choice('tuw')), rng.choice([('text', rng.choice(CODES)), ('code', rng.choice('tuw'))]))
    if kind < 0.74:
        return ('order', rng.choice(['<', '<=', '>', '>=', '=', '<>']), ('code', rng.choice('tuw')), ('text', rng.choice(ORDER)))
    if kind < 0.8:
        return ('dates', rng.choice(['<', '<=', '>', '>=', '=', '<>']), ('name', rng.choice('de')), rng.choice([('date', '2023-02-28'), ('name', 'd')]))
    if kind < 0.86:
        return ('known', rng.random() < 0.5, rng.choice([term(rng, 1, in_years), ('code', 't'), ('flag', 'a'), ('name', 'd')]))
    if kind < 0.9:
        return ('alike', ('flag', rng.choice('abc')), condition(rng, depth - 1, in_years) if depth > 0 else ('flag', 'b'))
    return ('flag', rng.choice('abc'))


def condition(rng, depth, in_years=False):
    if depth <= 0:
        return predicate(rng, 0, in_years)
    kind = rng.random()
    if kind < 0.25:
        return ('and', [condition(rng, depth - 1, in_years) for _ in range(rng.randint(2, 3))])
    if kind < 0.5:
        return ('or', [condition(rng, depth - 1, in_years) for _ in range(rng.randint(2, 3))])
    if kind < 0.6:
        return ('not', condition(rng, depth - 1, in_years))
    if kind < 0.7:
        parts = [condition(rng, depth - 1, in_years) for _ in range(3)]
        return ('at_least', rng.randint(1, 3), parts)
    if kind < 0.8 and not in_years:
        inner = ('and', [('compare', '<', ('series', rng.choice(['s', 'x'])), ('number', rng.choice(LITERALS))), condition(rng, depth - 2, True)])
        return ('for_years', rng.randint(1, 3), rng.choice([None, None, 0, -1]), rng.choice([inner, inner[1][0]]))
    return predicate(rng, depth, in_years)


def text_of(n):
    kind = n[0]
    if kind in ('number', 'peer'):
        return n[1]
    if kind in ('name', 'series', 'code', 'flag'):
        return n[1]
    if kind == 'text':
        return "'%s'" % n[1]
    if kind == 'date':
        return "date '%s'" % n[1]
    if kind == 'years':
        return 'years_since(%s)' % text_of(n[1])
    if kind == 'minus':
        return '-(%s)' % text_of(n[1])
    if kind == 'op':
        return '(%s) %s (%s)' % (text_of(n[2]), n[1], text_of(n[3]))
    if kind in ('compare', 'same', 'dates'):
        return '(%s) %s (%s)' % (text_of(n[2]), n[1], text_of(n[3]))
    if kind == 'order':
        return "%s %s %s of (%s)" % (text_of(n[2]), n[1], text_of(n[3]), ', '.join("'%s'" % code for code in ORDER))
    if kind == 'between':
        return '(%s) %sbetween (%s) and (%s)' % (text_of(n[2]), 'not ' * n[1], text_of(n[3]), text_of(n[4]))
    if kind == 'in':
        return '(%s) %sin (%s)' % (text_of(n[2]), 'not ' * n[1], ', '.join(text_of(item) for item in n[3]))
    if kind == 'known':
        return '(%s) is %sknown' % (text_of(n[2]), 'un' * n[1])
    if kind == 'alike':
        return '(%s) = (%s)' % (text_of(n[1]), text_of(n[2]))
    if kind in ('and', 'or'):
        return (' %s ' % kind).join('(%s)' % text_of(part) for part in n[1])
    if kind == 'not':
        return 'not (%s)' % text_of(n[1])
    if kind == 'at_least':
        return 'at_least(%d, %s)' % (n[1], ', '.join(text_of(part) for part in n[2]))
    return 'for_years(%d, %s%s)' % (n[1], text_of(n[3]), '' if n[2] is None else ', year => %d' % n[2])


# ---- values ----

def decimal(value):
    return None if value is None else Fraction(str(value))


def literal(text):
    return Fraction(text[:-1]) / 100 if text.endswith('%') else Fraction(text)


def full_years(start):
    """How many anniversaries have passed, stepping year by year."""
    def anniversary(n):
        try:
            return start.replace(year=start.year + n)
        except ValueError:
            return datetime.date(start.year + n, 2, 28)
    n = 0
    while anniversary(n + 1) <= AS_OF:
        n += 1
    while anniversary(n) > AS_OF:
        n -= 1
    return n


class Case:
    """One row of facts under one ruleset."""

    def __init__(self, row, dated):
        self.row = row
        self.dated = dated
        self.year = None

    def peer(self, expression):
        """(value, names missing)"""
        key, figures = PEERS[expression]
        if key is not None and self.row[key] is None:
            return None, {key}
        value = self.row[key] if key is not None else None
        if isinstance(value, bool):
            value = str(value).lower()
        figure = figures.get(value if value is None else str(value))
        return (None, {expression}) if figure is None else (Fraction(figure), set())

    def series(self, name):
        return dict(zip(self.row[name + '_years'], self.row[name + '_series'])) if self.row[name + '_series'] is not None else {}

    def value(self, n):
        kind = n[0]
        if kind == 'number':
            return literal(n[1])
        if kind == 'name':
            value = self.row[n[1]]
            return value if isinstance(value, datetime.date) else decimal(value)
        if kind == 'series':
            return decimal(self.series(n[1]).get(self.year))
        if kind == 'date':
            return datetime.date.fromisoformat(n[1])
        if kind == 'years':
            day = self.row[n[1][1]]
            return None if day is None or not self.dated else Fraction(full_years(day))
        if kind == 'peer':
            return self.peer(n[1])[0]
        if kind == 'minus':
            value = self.value(n[1])
            return None if value is None else -value
        left, right = self.value(n[2]), self.value(n[3])
        if left is None or right is None or (n[1] == '/' and right == 0):
            return None
        return left + right if n[1] == '+' else left - right if n[1] == '-' else left * right if n[1] == '*' else left / right

    def code(self, n):
        """A code, None, or the word that stands for a complete list without the subject."""
        if n[0] == 'text':
            return n[1]
        value = self.row[n[1]]
        return 'not listed' if value is None and n[1] == 't' else value

    # ---- truth ----

    def truth(self, n):
        kind = n[0]
        if kind in ('and', 'or'):
            return (min if kind == 'and' else max)(self.truth(part) for part in n[1])
        if kind == 'not':
            return 2 - self.truth(n[1])
        if kind == 'at_least':
            truths = [self.truth(part) for part in n[2]]
            return TRUE if truths.count(TRUE) >= n[1] else FALSE if len(truths) - truths.count(FALSE) < n[1] else UNKNOWN
        if kind == 'flag':
            value = self.row[n[1]]
            return FALSE if value is None and n[1] == 'a' else UNKNOWN if value is None else TRUE if value else FALSE
        if kind == 'alike':
            left, right = self.truth(n[1]), self.truth(n[2])
            return UNKNOWN if UNKNOWN in (left, right) else TRUE if left == right else FALSE
        if kind == 'known':
            inner = n[2]
            known = (self.truth(inner) != UNKNOWN if inner[0] == 'flag' else self.code(inner) is not None if inner[0] == 'code'
                     else self.value(inner) is not None)
            return TRUE if known != n[1] else FALSE
        if kind in ('compare', 'dates'):
            return self.compare(n[1], self.value(n[2]), self.value(n[3]))
        if kind == 'between':
            value = self.value(n[2])
            inside = min(self.compare('>=', value, self.value(n[3])), self.compare('<=', value, self.value(n[4])))
            return 2 - inside if n[1] else inside
        if kind == 'in':
            return self.member(n)
        if kind == 'same':
            left, right = self.code(n[2]), self.code(n[3])
            equal = FALSE if 'not listed' in (left, right) else UNKNOWN if None in (left, right) else TRUE if left == right else FALSE
            return 2 - equal if n[1] == '<>' else equal
        if kind == 'order':
            left, right = self.code(n[2]), self.code(n[3])
            if left == 'not listed':
                return TRUE if n[1] == '<>' else FALSE
            return UNKNOWN if left not in ORDER else self.compare(n[1], ORDER.index(left), ORDER.index(right))
        return self.for_years(n)[0]

    @staticmethod
    def compare(op, left, right):
        if left is None or right is None:
            return UNKNOWN
        return TRUE if {'<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right, '=': left == right, '<>': left != right}[op] else FALSE

    def member(self, n):
        if n[2][0] == 'code':
            value = self.code(n[2])
            found = FALSE if value == 'not listed' else UNKNOWN if value is None else TRUE if value in [item[1] for item in n[3]] else FALSE
        else:
            value = self.value(n[2])
            found = UNKNOWN if value is None else TRUE if value in [literal(item[1]) for item in n[3]] else FALSE
        return 2 - found if n[1] else found

    def years(self, n):
        """The years that are looked at, or None when there are too few."""
        if n[2] is not None:
            return list(range(AS_OF.year + n[2] - n[1] + 1, AS_OF.year + n[2] + 1)) if self.dated else None
        years = [year for name in names_of(n[3], 'series') for year in self.series(name)]
        if not years or max(years) - min(years) + 1 < n[1]:
            return None
        return list(range(min(years), max(years) + 1))

    def for_years(self, n):
        years = self.years(n)
        if years is None:
            return UNKNOWN, {}
        truths = {}
        for self.year in years:
            truths[self.year] = self.truth(n[3])
        windows = [min(truths[year + i] for i in range(n[1])) for year in years[:len(years) - n[1] + 1]]
        return max(windows, default=FALSE), truths

    # ---- what keeps an unknown condition open ----

    def missing(self, n):
        kind = n[0]
        if kind in ('and', 'or', 'not', 'at_least', 'alike'):
            parts = {'and': lambda: n[1], 'or': lambda: n[1], 'not': lambda: [n[1]], 'at_least': lambda: n[2], 'alike': lambda: [n[1], n[2]]}[kind]()
            return set().union(*(self.missing(part) for part in parts if self.truth(part) == UNKNOWN))
        if kind == 'for_years':
            if self.years(n) is None:
                self.year = None
                return self.unknown_in(n[3]) | ({'as_of'} if n[2] is not None else set())
            found = set()
            for year, truth in self.for_years(n)[1].items():
                self.year = year
                if truth == UNKNOWN:
                    found |= self.missing(n[3])
            return found
        if kind == 'order':
            return {n[2][1]}
        return self.unknown_in(n)

    def unknown_in(self, n):
        """Everything unknown below, whether it matters or not."""
        found = set()
        if n[0] in ('name', 'series') and self.value(n) is None:
            found.add(n[1])
        if n[0] in ('code', 'flag') and self.row[n[1]] is None and n[1] not in 'ta':
            found.add(n[1])
        if n[0] == 'peer':
            found |= self.peer(n[1])[1]
        if n[0] == 'years' and not self.dated:
            found.add('as_of')
        if n[0] == 'op' and n[1] == '/' and self.value(n[3]) == 0:
            found |= set(names_of(n[3], 'name')) | set(names_of(n[3], 'series')) | set(names_of(n[3], 'peer'))
        for part in children(n):
            found |= self.unknown_in(part)
        return found

    # ---- margin ----

    def margin(self, n):
        """None where nothing is known, infinite where there is no distance."""
        kind = n[0]
        if kind in ('and', 'or'):
            parts = [m for m in (self.margin(part) for part in n[1]) if m is not None]
            return (max if kind == 'and' else min)(parts) if parts else None
        if kind == 'not':
            inner = self.margin(n[1])
            return None if inner is None else -inner
        if kind == 'at_least':
            parts = sorted(m for m in (self.margin(part) for part in n[2]) if m is not None)
            return parts[n[1] - 1] if len(parts) >= n[1] else None
        if kind == 'compare' and n[1] not in ('=', '<>'):
            left_limit = not plain(n[2]) and plain(n[3])
            return self.distance(n[1], self.value(n[2]), self.value(n[3]), left_limit)
        if kind == 'between':
            parts = [m for m in (self.distance('>=', self.value(n[2]), self.value(n[3]), False),
                                 self.distance('<=', self.value(n[2]), self.value(n[4]), False)) if m is not None]
            return None if not parts else -max(parts) if n[1] else max(parts)
        if kind == 'for_years':
            return self.margin_of_years(n)
        truth = self.truth(n)
        return None if truth == UNKNOWN else -INFINITE if truth == TRUE else INFINITE

    def margin_of_years(self, n):
        years = self.years(n)
        if years is None:
            return None
        margins = []
        for self.year in years:
            margins.append(self.margin(n[3]))
        windows = [[m for m in margins[i:i + n[1]] if m is not None] for i in range(len(margins) - n[1] + 1)]
        windows = [max(window) for window in windows if window]
        return min(windows) if windows else None

    @staticmethod
    def distance(op, left, right, left_limit):
        if left is None or right is None:
            return None
        limit = abs(left if left_limit else right)
        if left == right:
            return 0
        holds = left < right if op in ('<', '<=') else left > right
        way = abs(left - right) / limit if limit else INFINITE
        return -way if holds else way


def children(n):
    return [part for item in n[1:] for part in (item if isinstance(item, list) else [item]) if isinstance(part, tuple)]


def names_of(n, kind):
    own = [n[1]] if n[0] == kind else []
    return own + [name for part in children(n) for name in names_of(part, kind)]


def plain(n):
    return n[0] == 'series' or (n[0] == 'name' and '.' not in n[1]) or any(plain(part) for part in children(n))


# ---- rulesets and rows ----

def make_ruleset(rng):
    roles = ['gate'] * rng.randint(0, 1) + ['criterion'] * rng.randint(1, 3) + ['exemption'] * rng.randint(0, 2)
    rng.shuffle(roles)
    return {'dated': rng.random() < 0.9,
            'needed': rng.randint(1, min(2, roles.count('criterion'))),
            'rules': [{'code': 'R%d' % i, 'role': role, 'criterion': condition(rng, 3),
                       'applies': condition(rng, 1) if rng.random() < 0.3 else None,
                       'discretionary': role == 'exemption' and rng.random() < 0.5} for i, role in enumerate(roles)]}


def make_row(rng):
    def maybe(value):
        return None if rng.random() < 0.12 else value

    def series():
        years = rng.sample(range(2020, 2025), rng.randint(0, 4))
        return years, [maybe(rng.choice([0.5, 1, 2, 7.5, 0.30000000000000004])) for _ in years]
    row = {'x': maybe(rng.choice([0, 0.1, 0.3, 0.30000000000000004, 1, 1.5, 2, 7.5, 12.25, -1, 0.9, 0.6, 100])),
           'y': maybe(rng.choice(['0', '0.1', '0.3', '1', '1.5', '2.50', '7.5', '-1', '0.6', '0.30000000000000000000000001'])),
           'z': maybe(rng.choice([0, 1, 2, 3, 100])), 'contract.v': maybe(rng.choice([1.5, 2, 0.1, 10])),
           't': maybe(rng.choice(CODES)), 'u': maybe(rng.choice(CODES)), 'w': maybe(rng.choice(CODES)),
           'a': maybe(rng.random() < 0.5), 'b': maybe(rng.random() < 0.5), 'c': maybe(rng.random() < 0.5),
           'd': maybe(datetime.date(2019, 1, 1) + datetime.timedelta(rng.randint(0, 2300))),
           'e': maybe(rng.choice([datetime.date(2020, 2, 29), datetime.date(2023, 2, 28), datetime.date(2023, 3, 1)])),
           'decided': rng.sample(['R%d' % i for i in range(6)], rng.randint(0, 3))}
    for name in ('s', 'x'):
        row[name + '_years'], row[name + '_series'] = series()
    if rng.random() < 0.1:
        row['s_years'] = row['s_series'] = None
    return row


def judge_row(ruleset, row):
    """What classify() is to say: verdict, reasons, missing, flags, margin."""
    case = Case(row, ruleset['dated'])
    results = []
    for rule in ruleset['rules']:
        applies = TRUE if rule['applies'] is None else case.truth(rule['applies'])
        results.append((rule, applies, min(applies, case.truth(rule['criterion']))))

    def missing(role):
        found = set()
        for rule, _, truth in results:
            if rule['role'] == role and truth == UNKNOWN:
                for part in (rule['applies'], rule['criterion']):
                    if part is not None and case.truth(part) == UNKNOWN:
                        found |= case.missing(part)
        return found

    gates = [truth for rule, _, truth in results if rule['role'] == 'gate']
    if TRUE in gates:
        return 'excluded', [rule['code'] for rule, _, truth in results if rule['role'] == 'gate' and truth == TRUE], set(), set(), None
    criteria = [(rule, applies, truth) for rule, applies, truth in results if rule['role'] == 'criterion']
    margins = [case.margin(rule['criterion']) for rule, applies, _ in criteria if applies != FALSE]
    margins = [m for m in margins if m is not None and abs(m) != INFINITE]
    certain = sum(truth == TRUE for _, _, truth in criteria)
    possible = sum(truth != FALSE for _, _, truth in criteria)
    c = TRUE if certain >= ruleset['needed'] else UNKNOWN if possible >= ruleset['needed'] else FALSE
    flags, counted = set(), []
    candidate = False
    for rule, _, truth in results:
        if rule['role'] != 'exemption':
            continue
        decided = rule['code'] in row['decided']
        if truth == FALSE and decided:
            flags.add('decision_contradicts_facts')
        if truth == TRUE and rule['discretionary'] and not decided:
            candidate, truth = True, FALSE
        counted.append((rule['code'], truth))
    x = max((truth for _, truth in counted), default=FALSE)
    reasons = [rule['code'] for rule, _, truth in criteria if truth == TRUE]
    margin = min(margins) if margins else None
    if UNKNOWN in gates:
        return 'insufficient_data', reasons, missing('gate'), flags, margin
    if c == FALSE:
        return 'not_inefficient', reasons, set(), flags, margin
    open_facts = (missing('criterion') if c == UNKNOWN else set()) | (missing('exemption') if x == UNKNOWN else set())
    if x == TRUE:
        reasons += [code for code, truth in counted if truth == TRUE]
        return 'exempt', reasons, open_facts, flags | ({'criterion_open'} if c == UNKNOWN else set()), margin
    flags |= {'exemption_candidate'} if candidate else set()
    if c == TRUE:
        return 'inefficient', reasons, open_facts, flags | ({'exemption_open'} if x == UNKNOWN else set()), margin
    return 'insufficient_data', reasons, open_facts, flags, margin


def cases():
    rng = random.Random(20240229)
    for number in range(RULESETS):
        yield number, make_ruleset(rng), [make_row(rng) for _ in range(ROWS)]


# ---- SQL ----

def sql(value):
    if value is None:
        return 'NULL'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "'{%s}'" % ','.join('NULL' if item is None else str(item) for item in value)
    if isinstance(value, (int, float)):
        return repr(value)
    return "'%s'" % str(value).replace("'", "''")


def make(folder):
    columns = ['x', 'y', 'z', 'contract.v', 't', 'u', 'w', 'a', 'b', 'c', 'd', 'e', 'decided', 's_years', 's_series', 'x_years', 'x_series']
    facts = ','.join("(%s,%s,NULL,NULL,%s,NULL,NULL,NULL)" % (sql(name), sql(kind), sql(openness)) for name, kind, openness in FACTS)
    peers = []
    for expression, (key, figures) in PEERS.items():
        for value, figure in figures.items():
            keys = "'{}','{}'" if key is None else "'{%s}','{%s}'" % (key, value)
            peers.append("(%s,%s,NULL,%s,NULL)" % (sql(expression), keys, sql(figure if figure is None else float(figure))))
    with open(folder + '/cases.sql', 'w') as out:
        for number, ruleset, rows in cases():
            rules = ','.join("(%s,%s,%s,%s,%s,NULL,NULL,NULL)" % (
                sql(rule['code']), sql(rule['role']), sql(rule['applies'] and text_of(rule['applies'])), sql(text_of(rule['criterion'])),
                sql(rule['discretionary'])) for rule in ruleset['rules'])
            out.write("INSERT INTO rule_set SELECT %d, compile_ruleset('t', '1', %s, %d, ARRAY[%s]::ruleset_fact[], ARRAY[%s]::ruleset_rule[], ARRAY[%s]::ruleset_benchmark[]);\n"
                      % (number, sql(AS_OF if ruleset['dated'] else None), ruleset['needed'], facts, rules, ','.join(peers)))
            for i, row in enumerate(rows):
                out.write("INSERT INTO fact VALUES (%d, %d, %s);\n" % (number, i, ', '.join(sql(row[name]) for name in columns)))


def judge(folder):
    with open(folder + '/verdicts.txt') as lines:
        given = {(v['number'], v['row']): v for v in map(json.loads, lines)}
    wrong, words = 0, {}
    order = [name for name, _, _ in FACTS] + list(PEERS) + ['as_of']
    for number, ruleset, rows in cases():
        for i, row in enumerate(rows):
            verdict, reasons, missing, flags, margin = judge_row(ruleset, row)
            v = given[(number, i)]
            words[verdict] = words.get(verdict, 0) + 1
            near = (v['margin'] is None) == (margin is None) and (margin is None or abs(v['margin'] - margin) <= 1e-12 * max(1, abs(margin)))
            facts = [name for name in v['missing'] if name in order[:len(FACTS)]]
            if ((v['verdict'], v['reasons'], set(v['missing']), set(v['flags'])) != (verdict, reasons, missing, flags) or not near
                    or len(v['missing']) != len(missing) or facts != sorted(facts, key=order.index)):
                wrong += 1
                if wrong <= 3:
                    print('# ruleset %d, row %d: %s' % (number, i, row), file=sys.stderr)
                    for rule in ruleset['rules']:
                        print('#   %s %s: %s' % (rule['code'], rule['role'], text_of(rule['criterion'])), file=sys.stderr)
                    print('#   given %s\n#   twin  %s' % (v, (verdict, reasons, missing, flags, margin)), file=sys.stderr)
    print(len(given), wrong, *('%s=%d' % item for item in sorted(words.items())))


if __name__ == '__main__':
    {'make': make, 'judge': judge}[sys.argv[1]](sys.argv[2])
