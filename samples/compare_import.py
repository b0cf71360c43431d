#!/usr/bin/env python3
"""Imports a generated province into a new register and holds what became of every row against the province's truth.

usage: samples/compare_import.py TREEM PROVINCE [--data DATA] [--work DIR] [--least SHARE] [--json]

In: the program; a folder of `treem generate`. It makes a register (DATA: a file or postgres://…, default WORK/register.db), imports the
register of the province and then its lists, decides every row that waits as the truth says, undoes the import of the lists and does it
again. Out: of the rows of the lists, by what treem took them for, how many were right; how many a person has to decide; whether the book
then holds exactly the children of the truth; whether undoing brings the book back byte by byte; how long each step took. Exits 1 where
less than SHARE percent (default 99.5) of the rows that treem decided by itself are right, where one row was taken for another child, or
where the book is not what the truth says; 2 where something cannot be run.
"""

import argparse
import collections
import csv
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

AS_OF = "2024-06-13"


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


class Register:
    """A register and its program."""

    def __init__(self, treem, data):
        self.treem, self.data, self.took = treem, data, {}

    def run(self, *arguments, may_refuse=False, name=None):
        begun = time.monotonic()
        ran = subprocess.run([self.treem, *arguments, "--data", self.data, "--json"], capture_output=True, text=True, check=False)
        if name:
            self.took[name] = round(time.monotonic() - begun, 2)
        if ran.returncode != 0 and not (may_refuse and ran.returncode == 2):
            print(f"treem {' '.join(arguments)}: {ran.stderr}", file=sys.stderr)
            raise SystemExit(2)
        return json.loads(ran.stdout) if ran.returncode == 0 else None

    def export(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        self.run("export", "--out", folder, "--sensitive")
        return folder


def truth_of(province, prefix):
    """By file, sheet and row as an import of a part of the province names them: the child."""
    out = {}
    for row in rows_of(os.path.join(province, "truth.csv")):
        file = row["file"].replace("\\", "/")
        if file.startswith(prefix):
            out[file.removeprefix(prefix), row["sheet"], row["row"]] = row["child"]
    return out


def equal(one, other):
    return all(filecmp.cmp(os.path.join(one, name), os.path.join(other, name), shallow=False) for name in ("children.csv", "findings.csv", "rows.csv"))


def compare(register, province, work):
    found = {}
    book_file = next(name for name in ("register.xlsx", "register.csv") if os.path.exists(os.path.join(province, name)))
    register.run("init", "--edition", AS_OF)
    register.run("import", os.path.join(province, book_file), "--as-of", AS_OF, name="import the register")
    before = register.export(os.path.join(work, "before"))
    told = register.run("import", os.path.join(province, "lists"), "--as-of", AS_OF, name="import the lists")
    found["told"] = {key: told[key] for key in ("rows", "new", "same", "changes", "perhaps", "filled", "differing", "disputed")}
    after = register.export(os.path.join(work, "after"))

    # Whose record is whose: the register's by its row, a new one by the row that made it.
    of_book, of_lists = truth_of(province, book_file), truth_of(province, "lists/")
    owner, first, waiting = {}, {}, []
    counts = collections.Counter()
    for row in rows_of(os.path.join(after, "rows.csv")):
        if row["import"] == told["import"]:
            continue
        child = of_book["", row["sheet"], row["row"]]
        owner[row["child"]], first[child] = child, row["child"]
    lists = [row for row in rows_of(os.path.join(after, "rows.csv")) if row["import"] == told["import"]]
    for row in lists:
        child = of_lists[row["file"].replace("\\", "/"), row["sheet"], row["row"]]
        if row["decision"] == "new":
            counts["new, right" if child not in first else "new, but is in the book"] += 1
            owner[row["child"]] = child
            first.setdefault(child, row["child"])
    for row in lists:
        child = of_lists[row["file"].replace("\\", "/"), row["sheet"], row["row"]]
        if row["decision"] == "same":
            counts["same, right" if owner[row["child"]] == child else "same, but another child"] += 1
        elif row["decision"] == "perhaps":
            counts["perhaps, is in the book" if child in first else "perhaps, is new"] += 1
            waiting.append((row, child))
    found["rows"] = dict(sorted(counts.items()))
    by_itself = sum(count for what, count in counts.items() if not what.startswith("perhaps"))
    right = counts["new, right"] + counts["same, right"]
    found["decided by treem"], found["right"] = by_itself, round(100 * right / max(by_itself, 1), 4)

    begun = time.monotonic()
    for row, child in waiting:
        name = f"{told['import']}:{row['nth']}"
        choice = ["--same", first[child]] if child in first else ["--new"]
        done = register.run("decide", name, *choice, may_refuse=True)
        if done and child not in first:
            first[child] = done["child"]
            owner[done["child"]] = child
    register.took["decide one by one"] = round(time.monotonic() - begun, 2)
    decided = register.export(os.path.join(work, "decided"))
    children = [row["child"] for row in rows_of(os.path.join(decided, "children.csv")) if row["state"] == "active"]
    held = collections.Counter(owner[child] for child in children)
    due = {row["child"] for row in rows_of(os.path.join(province, "truth-children.csv"))}
    found["book"] = {
        "children": len(children),
        "children of the truth": len(due),
        "missing": len(due - held.keys()),
        "twice": sum(count - 1 for count in held.values()),
    }
    register.run("undo", told["import"], "--yes", name="undo")
    found["undone is as before"] = equal(before, register.export(os.path.join(work, "undone")))
    register.run("undo", told["import"], "--redo", "--yes", name="do again")
    found["done again is as it was"] = equal(decided, register.export(os.path.join(work, "again")))
    troubles = register.run("doctor")["troubles"]
    found["troubles"], found["seconds"] = troubles, register.took
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("treem")
    parser.add_argument("province")
    parser.add_argument("--data")
    parser.add_argument("--work")
    parser.add_argument("--least", type=float, default=99.5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = asked.work or folder
        os.makedirs(work, exist_ok=True)
        register = Register(asked.treem, asked.data or os.path.join(work, "register.db"))
        found = compare(register, asked.province, work)
    print(json.dumps(found, ensure_ascii=False, indent=None if asked.json else 2))
    rows = found["rows"]
    good = (
        found["right"] >= asked.least
        and "same, but another child" not in rows
        and found["book"]["missing"] == 0
        and found["undone is as before"]
        and found["done again is as it was"]
        and not found["troubles"]
    )
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
