#!/usr/bin/env python3
"""Makes a csv of N invented children in 15 columns.

usage: bench/make_csv.py N OUT.csv [--faults SHARE]     (SHARE of rows with one plain fault, e.g. 0.01; without it all are clean)

In: the count. Out: UTF-8 without mark, the same bytes for the same arguments.
"""

import argparse
import os
import time

from children import COLUMNS, rows


def main():
    """Writes the file and says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("count", type=int)
    parser.add_argument("out")
    parser.add_argument("--faults", type=float, default=0.0, help="share of rows with one plain fault")
    options = parser.parse_args()
    started = time.perf_counter()
    with open(options.out, "w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        out.write(",".join(COLUMNS) + "\n")
        for row in rows(options.count, options.faults):
            out.write(",".join(row) + "\n")
    print(f"{options.count:,} rows, {os.path.getsize(options.out):,} bytes, {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
