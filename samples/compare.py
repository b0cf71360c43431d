#!/usr/bin/env python3
"""Compares what `treem check` wrote with the truth.

usage: samples/compare.py samples/truth.csv OUTDIR [--quiet]

In: truth.csv, OUTDIR/children.csv and OUTDIR/findings.csv. Out: for each file the rows found, missing and too many, the values
that are right column by column, and the rows whose set of rules is exactly right; every miss is printed. Exits 1 on any
difference, 2 where a file cannot be read. Notes and the two habits of whole lists (birth.heaped, name.sex) are not compared.
"""

import collections
import csv
import os
import sys

COLUMNS = ("name", "birth", "sex", "ethnicity", "number")
NOT_COMPARED = ("birth.heaped", "name.sex")


def read(path, columns):
    """The rows of a csv file, which must have these columns."""
    try:
        with open(path, encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except OSError as error:
        print(f"cannot read {path}: {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        print(f"{path} has no column {', '.join(missing)}", file=sys.stderr)
        raise SystemExit(2)
    return rows


def place(row, known):
    """File, sheet and row; a file is known by the end of its path."""
    file = row["file"].replace("\\", "/")
    if file not in known and os.path.basename(file) in known:
        file = os.path.basename(file)
    return file, row["sheet"], row["row"]


def compare(truth_path, folder, quiet):
    """Prints the comparison. Gives the number of differences."""
    truth = read(truth_path, ("file", "sheet", "row", *COLUMNS, "rules"))
    children = read(os.path.join(folder, "children.csv"), ("file", "sheet", "row", *COLUMNS))
    findings = read(os.path.join(folder, "findings.csv"), ("file", "sheet", "row", "rule", "severity"))
    known = {row["file"] for row in truth}
    expected = {place(row, known): row for row in truth}
    found, twice = {}, []
    for row in children:
        at = place(row, known)
        if at in found:
            twice.append(at)
        found[at] = row
    rules, loose = collections.defaultdict(set), []
    for row in findings:
        if row["severity"] == "note" or row["rule"].startswith("text.") or row["rule"] in NOT_COMPARED:
            continue
        at = place(row, known)
        rules[at].add(row["rule"])
        if at not in found:
            loose.append((at, row["rule"]))
    files = sorted(known | {at[0] for at in found})
    total, wrong_rules = collections.Counter(), collections.Counter()
    for file in files:
        here = [at for at in expected if at[0] == file]
        count, misses = collections.Counter(rows=len(here)), []
        for at in here:
            where = f"{at[1]}:{at[2]}" if at[1] else at[2]
            if at not in found:
                count["missing"] += 1
                misses.append(f"  {where}: row not found ({expected[at]['name'] or 'no name'})")
                continue
            count["found"] += 1
            for column in COLUMNS:
                if found[at][column] == expected[at][column]:
                    count[column] += 1
                else:
                    misses.append(f"  {where}: {column} is {found[at][column]!r}, must be {expected[at][column]!r}")
            must = set(filter(None, expected[at]["rules"].split("|")))
            if rules[at] == must:
                count["rules"] += 1
            else:
                lacking, extra = sorted(must - rules[at]), sorted(rules[at] - must)
                wrong_rules.update([f"-{rule}" for rule in lacking] + [f"+{rule}" for rule in extra])
                count["false alarms"] += not must
                misses.append(f"  {where}: rules" + (f" lack {', '.join(lacking)}" if lacking else "") + (f" have too many: {', '.join(extra)}" if extra else ""))
        for at in found:
            if at[0] == file and at not in expected:
                count["extra"] += 1
                misses.append(f"  {at[1]}:{at[2]}: no child stands here ({found[at]['name']})")
        extra = [f"  {at[1]}:{at[2]}: two rows for one place" for at in twice if at[0] == file] + [f"  {at[1]}:{at[2]}: {rule} without a row" for at, rule in loose if at[0] == file]
        count["other"] = len(extra)
        misses += extra
        total += count
        differences = len(misses)
        values = ", ".join(f"{column} {count[column]}" for column in COLUMNS)
        print(f"{'ok ' if not differences else '-- '} {file}: {count['found']}/{count['rows']} rows, {count['missing']} missing, {count['extra']} extra; {values}; rules {count['rules']}")
        total["differences"] += differences
        if not quiet:
            print("\n".join(misses), end="\n" if misses else "")
    share = 100 * total["rules"] / max(1, total["rows"])
    print(f"all: {total['found']}/{total['rows']} rows, {total['missing']} missing, {total['extra']} extra; " + ", ".join(f"{column} {total[column]}" for column in COLUMNS)
          + f"; exact rules {total['rules']} ({share:.2f} %), false alarms on clean rows {total['false alarms']}")
    if wrong_rules:
        print("rules lacking (-) and too many (+): " + ", ".join(f"{rule} {count}" for rule, count in wrong_rules.most_common()))
    return total["differences"]


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--quiet"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    sys.exit(1 if compare(*arguments, "--quiet" in sys.argv) else 0)
