#!/usr/bin/env python3
"""Holds `treem link` of the sample province's lists against its register to the province's truth.

usage: bench/link/province.py TREEM [--people N] [--seed N] [--in DIR] [--least]

In: the program. It makes the sample (`treem generate --format csv`) in DIR or a temporary folder, writes one list of what the communes' lists say
(`treem check lists` → children.csv, their ids are file:sheet:row) and links it with the register. Out: seconds, processor seconds, peak memory,
then F1 at p ≥ 0.9, precision and share of *same*, and pairs by tenth of p. A true pair is two rows of one child in truth.csv, one in a list, one in the register.
With --least exits 1 where precision of *same* is below 0.9995 or F1 at p ≥ 0.9 below 0.95.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

from judge import judge, load
from measure import run

AS_OF = "2024-06-13"


def made(treem, folder, people, seed):
    """The sample in a folder, made where it is not there yet."""
    if not os.path.exists(os.path.join(folder, "truth.csv")):
        subprocess.check_call([treem, "generate", "--out", folder, "--people", str(people), "--seed", str(seed), "--as-of", AS_OF, "--format", "csv"], stdout=subprocess.DEVNULL)


def truth_of(province):
    """Pairs of a list's row and a register's row of one child; and how many rows the lists have."""
    register, lists = {}, []
    with open(os.path.join(province, "truth.csv"), encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            file = row["file"].replace("\\", "/")
            if file.startswith("register"):
                register.setdefault(row["child"], []).append(row["row"])
            else:
                lists.append((f"{file.removeprefix('lists/')}:{row['sheet']}:{row['row']}", row["child"]))
    return [{"left": left, "right": right} for left, child in lists for right in register.get(child, [])], len(lists)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    parser.add_argument("treem")
    parser.add_argument("--people", type=int, default=187_288)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in", dest="folder")
    parser.add_argument("--least", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        province = given.folder or os.path.join(scratch, "province")
        made(given.treem, province, given.people, given.seed)
        out = os.path.join(scratch, "out")
        command = [given.treem, "link", os.path.join(province, "lists"), os.path.join(province, "register.csv"), "--as-of", AS_OF, "--out", out]
        seconds, processor, memory, _ = run(command)
        truth, rows = truth_of(province)
        found = judge(load(os.path.join(out, "pairs.csv")), truth)
        print(f"{rows} rows of lists, {len(truth)} of them in the register; {seconds:.2f} s, {processor:.2f} cpu, {memory:.0f} MiB")
        print(json.dumps(found))
        if given.least and (found.get("same_precision", 0) < 0.9995 or found["f1_at_0.9"] < 0.95):
            sys.exit(1)


if __name__ == "__main__":
    main()
