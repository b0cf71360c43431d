#!/usr/bin/env python3
"""Compares what `treem check` found in a generated province with the province's truth, by rule and by layout.

usage: samples/compare_province.py PROVINCE OUT [--misses N]

In: PROVINCE/truth.csv of `treem generate`; OUT/children.csv and OUT/findings.csv of one run of `treem check PROVINCE --out OUT`. Out: for each layout the rows, the rows found, and those with exactly
the rules of the truth; for each rule how often it was due, found, missed and false; then the first N misses (default 20). Notes on
repaired text (text.*) are not compared. Exits 1 where less than 99.5 % of the rows are exact, 2 where a
file cannot be read.
"""

import collections
import csv
import os
import sys

LEAST = 99.5


def read(path):
    """The rows of a csv file."""
    try:
        with open(path, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    except OSError as error:
        print(f"cannot read {path}: {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None


def place(row):
    """File, sheet and row."""
    return row["file"].replace("\\", "/"), row["sheet"], row["row"]


def compare(province, out, misses):
    """Prints the comparison. Gives the share of rows with exactly the rules of the truth, in percent."""
    truth = {place(row): row for row in read(os.path.join(province, "truth.csv"))}
    found = collections.defaultdict(set)
    for row in read(os.path.join(out, "findings.csv")):
        rule = row["rule"]
        if not rule.startswith("text."):
            found[place(row)].add(rule)
    seen = {place(row) for row in read(os.path.join(out, "children.csv"))}
    layouts, rules, missed = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter), []
    for at, row in truth.items():
        must, count = set(filter(None, row["rules"].split("|"))), layouts[row["layout"]]
        count["rows"] += 1
        count["found"] += at in seen
        has = found.get(at, set())
        for rule in must:
            rules[rule]["due"] += 1
            rules[rule]["found"] += rule in has
        for rule in has - must:
            rules[rule]["false"] += 1
        if at in seen and has == must:
            count["exact"] += 1
        else:
            lacks, extra = " ".join(sorted(must - has)) or "-", " ".join(sorted(has - must)) or "-"
            missed.append((row["layout"], f"{'|'.join(at)} ({row['child']}): " + (f"lacks {lacks}, too many {extra}" if at in seen else "row not found")))
    strange = seen - truth.keys()
    print(f"{'layout':<44}{'rows':>9}{'found':>9}{'exact':>9}{'%':>8}")
    total = collections.Counter()
    for name, count in sorted(layouts.items(), key=lambda item: (item[1]["exact"] / item[1]["rows"], item[0])):
        total += count
        print(f"{name:<44}{count['rows']:>9}{count['found']:>9}{count['exact']:>9}{100 * count['exact'] / count['rows']:>8.2f}")
    share = 100 * total["exact"] / max(1, total["rows"])
    print(f"{'all':<44}{total['rows']:>9}{total['found']:>9}{total['exact']:>9}{share:>8.2f}")
    print(f"\n{'rule':<24}{'due':>9}{'found':>9}{'missed':>9}{'false':>9}")
    for rule, count in sorted(rules.items()):
        print(f"{rule:<24}{count['due']:>9}{count['found']:>9}{count['due'] - count['found']:>9}{count['false']:>9}")
    print(f"\n{len(truth)} rows of the truth, {len(missed)} missed, {len(strange)} rows that are no child of the truth")
    for layout, words in missed[:misses]:
        print(f"  [{layout}] {words}")
    for at in sorted(strange)[:misses]:
        print(f"  no child stands at {'|'.join(at)}")
    return share


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = 20
    if "--misses" in arguments:
        at = arguments.index("--misses")
        count = int(arguments[at + 1])
        del arguments[at:at + 2]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.exit(0 if compare(*arguments, count) >= LEAST else 1)
