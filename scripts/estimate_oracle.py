#!/usr/bin/env python3
"""Log-linear models of capture histories fitted by statsmodels, for crates/child/tests/oracles/estimate.tsv.

usage: python3 scripts/estimate_oracle.py > crates/child/tests/oracles/estimate.tsv     (pip install statsmodels)
Figures are invented (a seed makes them). Columns: lists, counts of histories 1 … 2^lists-1 (bit i = in list i), pairs that hang together,
logarithm of the unseen, its variance, deviance.
"""

import random

import numpy
import statsmodels.api as sm

random.seed(20240613)


def world(lists, people, tie):
    """Counts of histories: lists of different reach, the first two tied, some children hard to list."""
    reach = [random.uniform(0.25, 0.8) for _ in range(lists)]
    counts = [0] * (1 << lists)
    for _ in range(people):
        hard = random.random() < 0.2
        history = 0
        for at, share in enumerate(reach):
            chance = share * (0.7 if hard else 1.0)
            if at == 1 and history & 1:
                chance += tie * (1 - chance)
            if random.random() < chance:
                history |= 1 << at
        counts[history] += 1
    return counts


print("lists\tcounts\tpairs\tunseen_log\tvariance\tdeviance")
for lists, people, tie in [(3, 400, 0.0), (3, 5000, 0.3), (3, 60000, 0.1), (4, 900, 0.0), (4, 20000, 0.4), (5, 3000, 0.2), (6, 8000, 0.2)]:
    counts = world(lists, people, tie)
    for pairs in [[], [(0, 1)], [(0, 1), (1, 2)], [(0, 2), (1, 2)]] + ([[(0, 1), (1, 2), (2, 3)]] if lists > 3 else []):
        rows = []
        for history in range(1, 1 << lists):
            bits = [history >> at & 1 for at in range(lists)]
            rows.append([1] + bits + [bits[one] * bits[other] for one, other in pairs])
        fit = sm.GLM(numpy.array(counts[1:]), numpy.array(rows, dtype=float), family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
        print(
            lists,
            ",".join(map(str, counts[1:])),
            ",".join(f"{one}-{other}" for one, other in pairs) or "-",
            f"{fit.params[0]:.9f}",
            f"{fit.cov_params()[0][0]:.9e}",
            f"{fit.deviance:.7f}",
            sep="\t",
        )
