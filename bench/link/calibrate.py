#!/usr/bin/env python3
"""Draws the lines of calibration of the child model, and holds them against worlds they were not drawn on.

usage: calibrate.py PAIRS.csv [LEARN,LEARN… [JUDGE,JUDGE…]]      PAIRS.csv: what `cargo run --example calibrate` writes; worlds by name,
a name that ends with * stands for all that begin so. Without LEARN: all. Needs numpy.
Out: by grouping (two lists, one) and situation (number known of both, not) corners of a line from bits to bits, as Rust; then, for the worlds
learned from and for the others, by tenth of p: pairs, mean p, true share and the interval that holds it in 95 of 100 cases (Wilson).

The line: log-odds of being true, piecewise linear in the bits, by maximum likelihood, bends held small where there are few pairs.
"""
import csv
import sys
from collections import defaultdict

import numpy

KNOTS = [-8.0, -5.0, -2.5, 0.0, 2.5, 5.0, 8.0, 12.0, 20.0]
STIFF = 3.0


def load(path):
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["world"], ("one" if row["world"].startswith("c") else "two", int(row["situation"])), float(row["weighed"]), int(row["hit"])


def hats(bits, knots):
    """Each bit as a mixture of corners; beyond the ends the line goes on as steep as its last piece."""
    knots = numpy.asarray(knots)
    at = numpy.clip(numpy.searchsorted(knots, bits, side="right") - 1, 0, len(knots) - 2)
    share = (bits - knots[at]) / (knots[at + 1] - knots[at])
    out = numpy.zeros((len(bits), len(knots)))
    rows = numpy.arange(len(bits))
    out[rows, at], out[rows, at + 1] = 1 - share, share
    return out


def draw(bits, hit, knots=KNOTS):
    """Corners (bits to bits) of the likeliest line that rises."""
    x = hats(numpy.clip(bits, knots[0] - 4, knots[-1] + 6), knots)
    line = numpy.array(knots) * numpy.log(2)
    gaps = numpy.diff(knots)
    bend = numpy.zeros((len(knots) - 2, len(knots)))
    for at in range(len(knots) - 2):
        bend[at, at] = 1 / gaps[at]
        bend[at, at + 1] = -1 / gaps[at] - 1 / gaps[at + 1]
        bend[at, at + 2] = 1 / gaps[at + 1]
    hold = STIFF * bend.T @ bend
    pull = 1e-3 * numpy.eye(len(knots))
    start = line.copy()
    for _ in range(100):
        p = 1 / (1 + numpy.exp(-numpy.clip(x @ line, -40, 40)))
        slope = x.T @ (hit - p) - hold @ line - pull @ (line - start)
        curve = (x * (p * (1 - p))[:, None]).T @ x + hold + pull
        step = numpy.linalg.solve(curve, slope)
        line += numpy.clip(step, -3, 3)
        if numpy.abs(step).max() < 1e-6:
            break
    line /= numpy.log(2)
    for at in range(1, len(line)):
        line[at] = max(line[at], line[at - 1] + 0.1 * gaps[at - 1])
    return list(zip(knots, numpy.round(line, 1)))


def moved(line, bits):
    xs, ys = zip(*line)
    return hats(bits, xs) @ numpy.array(ys)


def wilson(hits, count):
    share, z = hits / count, 1.96
    middle, half = share + z * z / (2 * count), z * ((share * (1 - share) + z * z / (4 * count)) / count) ** .5
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def table(p, hit):
    cells = []
    for tenth in range(10):
        inside = (p >= max(tenth / 10, .01)) & (p < (tenth + 1) / 10 if tenth < 9 else p <= 1)
        count = int(inside.sum())
        if count:
            low, high = wilson(hit[inside].sum(), count)
            share, mean = hit[inside].mean(), p[inside].mean()
            cells.append(f"{count}: {mean:.2f} → {share:.2f} [{low:.2f}, {high:.2f}]" + ("" if abs(share - mean) <= .05 else " !") + ("" if count >= 30 else " few"))
        else:
            cells.append("–")
    return "\n      ".join(cells)


def matches(world, names):
    return any(world == name or name.endswith("*") and world.startswith(name[:-1]) for name in names)


def main(path, learn="*", judge=""):
    groups = defaultdict(lambda: ([], [], []))
    for world, group, bits, hit in load(path):
        for place, value in zip(groups[group], (world, bits, hit)):
            place.append(value)
    every = {"learned": defaultdict(list), "others": defaultdict(list)}
    for group, (worlds, bits, hit) in sorted(groups.items()):
        worlds, bits, hit = numpy.array(worlds), numpy.array(bits), numpy.array(hit)
        ground = numpy.array([matches(world, learn.split(",")) for world in worlds])
        line = draw(bits[ground], hit[ground])
        print(f"{group}: {int(ground.sum())} pairs\n    " + ", ".join(f"({x:.1f}, {y:.1f})" for x, y in line))
        p = 1 / (1 + numpy.exp2(-moved(line, bits)))
        for world in sorted(set(worlds)):
            side = "learned" if matches(world, learn.split(",")) else "others"
            if side == "others" and judge and not matches(world, judge.split(",")):
                continue
            mine = worlds == world
            every[side][world[0]].append((world, p[mine], hit[mine]))
    for side, kinds in every.items():
        for kind, parts in sorted(kinds.items()):
            print(f"{side}, {kind}: {', '.join(sorted({part[0] for part in parts}))}")
            print("      " + table(numpy.concatenate([part[1] for part in parts]), numpy.concatenate([part[2] for part in parts])))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
