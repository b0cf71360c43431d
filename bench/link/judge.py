#!/usr/bin/env python3
"""Holds pairs.csv against the truth.

usage: judge.py PAIRS.csv TRUTH.csv      (left,right,probability,bits[,band]; left,right)
Out: one JSON line: F1 at p ≥ 0.9, best F1 and its threshold, the band same, calibration by tenth.
"""
import csv
import json
import sys


def load(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def f1(right, found, true):
    return 2 * right / (found + true) if found + true else 0.0


def judge(pairs, truth):
    key = lambda row: tuple(sorted((row["left"], row["right"])))
    true = {key(row) for row in truth}
    rows = sorted(((float(row["probability"]), key(row) in true, row.get("band", "")) for row in pairs), reverse=True)
    out, right = {}, 0
    best = (0.0, 0.0)
    at9 = (0, 0)
    for count, (p, hit, _) in enumerate(rows, 1):
        right += hit
        if p >= 0.9:
            at9 = (right, count)
        if count == len(rows) or rows[count][0] < p:
            best = max(best, (f1(right, count, len(true)), p))
    out["f1_at_0.9"] = round(f1(*at9, len(true)), 5)
    out["precision_at_0.9"] = round(at9[0] / max(at9[1], 1), 5)
    out["recall_at_0.9"] = round(at9[0] / max(len(true), 1), 5)
    out["f1_best"], out["threshold"] = round(best[0], 5), best[1]
    out["found"] = round(right / max(len(true), 1), 5)
    same = [hit for _, hit, band in rows if band == "same"]
    if same:
        out["same_precision"], out["same_recall"] = round(sum(same) / len(same), 5), round(sum(same) / len(true), 4)
    out["tenths"] = []
    for tenth in range(10):
        inside = [(p, hit) for p, hit, _ in rows if tenth / 10 <= p < (tenth + 1) / 10 or (tenth == 9 and p >= 0.9)]
        if inside:
            mean, share = sum(p for p, _ in inside) / len(inside), sum(hit for _, hit in inside) / len(inside)
            out["tenths"].append([len(inside), round(mean, 3), round(share, 3)])
    return out


if __name__ == "__main__":
    print(json.dumps(judge(load(sys.argv[1]), load(sys.argv[2]))))
