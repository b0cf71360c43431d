#!/usr/bin/env python3
"""Who is missing, held against the truth of generated provinces.

usage: samples/compare_missing.py TREEM [--people N] [--seeds A-B] [--work DIR] [--keep] [--json]

In: the program. For each seed a province of `treem generate --scenario real` (N children, default 20,000), its register imported, its headcounts and the
lists of all five sectors loaded, and all of it compared (`treem missing link`). Out: of the children who are missing from the register, how many are
named (and how many of those any list names at all); how many are named who are not missing; how often the true number of children lies in the range,
by level and age; which headcounts are doubted. The truth is what the generator wrote; nothing of treem is asked for it. Exits 1 where a name in a
hundred is false, or a headcount is doubted that was not inflated.
"""

import argparse
import collections
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

AS_OF = "2024-06-13"
KINDS = ["a0", "school", "vaccination", "insurance", "civil"]
BANDS = [("0-2", 0), ("3-5", 3), ("6-10", 6), ("11-15", 11)]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def band_of(birth):
    """The age band on the day of the figures."""
    age = int(AS_OF[:4]) - int(birth[:4]) - (birth[5:] > AS_OF[5:])
    return [band for band, first in BANDS if age >= first][-1]


class Province:
    """A province, and what treem makes of it."""

    def __init__(self, treem, folder, people, seed):
        self.treem, self.folder, self.took = treem, folder, {}
        self.province = os.path.join(folder, "province")
        self.data = os.path.join(folder, "register.db")
        self.run("generate", "--out", self.province, "--scenario", "real", "--seed", str(seed), "--people", str(people), "--format", "csv", data=False)
        self.inflated = json.load(open(os.path.join(self.province, "generate.json"), encoding="utf-8"))["inflated"]

    def run(self, *arguments, data=True):
        begun = time.monotonic()
        where = ["--data", self.data] if data else []
        ran = subprocess.run([self.treem, *arguments, *where, "--json"], capture_output=True, text=True, check=False)
        word = " ".join(arguments[:2]) if arguments[0] == "missing" else arguments[0]
        self.took[word] = round(self.took.get(word, 0) + time.monotonic() - begun, 2)
        if ran.returncode != 0:
            print(f"treem {' '.join(arguments)}: {ran.stderr}", file=sys.stderr)
            raise SystemExit(2)
        return json.loads(ran.stdout)

    def compare(self):
        at = ("--as-of", AS_OF)
        self.run("init", "--edition", AS_OF)
        self.run("import", os.path.join(self.province, "register.csv"), *at)
        self.run("headcount", "load", os.path.join(self.province, "headcounts.csv"), "--edition", AS_OF)
        for kind in KINDS:
            self.run("missing", "load", os.path.join(self.province, "sectors", kind), "--kind", kind, "--day", AS_OF, "--purpose", "Rà soát trẻ em",
                     "--basis", "Kế hoạch số 12/KH-UBND")
        self.linked = self.run("missing", "link", *at)
        self.report = self.run("missing", "estimate", *at)

    def tell(self):
        children = {row["child"]: row for row in rows_of(os.path.join(self.province, "truth-children.csv"))}
        missing = {child for child, row in children.items() if row["record"] == "list"}
        truth = {(row["file"].split("sectors/")[1], int(row["row"])): row["child"]
                 for row in rows_of(os.path.join(self.province, "truth-sectors.csv"))}
        named_anywhere = set(truth.values())
        base = sqlite3.connect(self.data)
        kind_of = dict(base.execute("select source, kind from sector_source"))
        child_of = {}
        for source, nth, file, row in base.execute("select source, nth, file, row_number from sector_row"):
            child_of[source, nth] = truth[f"{kind_of[source]}/{file.replace(os.sep, '/').removeprefix(kind_of[source] + '/')}", row]
        rows = collections.Counter()
        sides = collections.defaultdict(set)
        for source, nth, child, found_source, found_nth in base.execute("select source, nth, child, found_source, found_nth from sector_match"):
            who = child_of[source, nth]
            rows["missing" if who in missing else "in book", "found" if child is None else "book"] += 1
            if child is None:
                sides[found_source, found_nth].add(who)
        sure, perhaps, false_names, twice, mixed = set(), set(), [], 0, 0
        doubtful = collections.Counter()
        for source, nth, is_sure in base.execute("select source, nth, sure from sector_found"):
            who = child_of[source, nth]
            mixed += len(sides[source, nth]) > 1
            if is_sure:
                if who in missing:
                    twice += who in sure
                    sure.add(who)
                else:
                    false_names.append(who)
            else:
                doubtful["missing" if who in missing else "in book"] += 1
                perhaps.add(who)
        out = {
            "missing": len(missing), "missing_in_a_list": len(missing & named_anywhere), "named": len(sure), "perhaps": len((perhaps & missing) - sure),
            "names": len(sure) + len(false_names) + twice, "false_names": len(false_names), "named_twice": twice, "mixed": mixed,
            "perhaps_all": sum(doubtful.values()), "rows": {" → ".join(key): count for key, count in sorted(rows.items())},
        }
        true = collections.Counter()
        gross = collections.Counter()
        for child, row in children.items():
            for unit in (row["unit"], row["district"], row["province"]):
                for band in ("", band_of(row["birth"])):
                    true[unit, band] += 1
                    gross[unit, band] += child in missing
        held = collections.defaultdict(collections.Counter)
        flagged = {"right": [], "wrong": [], "not": []}
        for unit in self.report["units"]:
            cells = [("", unit["estimate"])] + [(band["band"], band["estimate"]) for band in unit["bands"]]
            for band, estimate in cells:
                of = held[unit["level"], "all ages" if band == "" else "bands"]
                number = true[unit["unit"], band]
                if estimate is None:
                    of["unknown"] += 1
                    continue
                of["asked"] += 1
                of["held"] += estimate["low"] <= number <= estimate["high"]
                of["below"] += number < estimate["low"]
                of["above"] += number > estimate["high"]
                of["off"] += abs(estimate["total"] - number)
                of["signed"] += estimate["total"] - number
                of["children"] += number
            if unit["gross"]:
                of = held[unit["level"], "gross missing"]
                number = gross[unit["unit"], ""]
                of["asked"] += 1
                of["held"] += unit["gross"]["low"] <= number <= unit["gross"]["high"]
                of["below"] += number < unit["gross"]["low"]
                of["above"] += number > unit["gross"]["high"]
                of["off"] += abs(unit["gross"]["total"] - number)
                of["signed"] += unit["gross"]["total"] - number
                of["children"] += number
            if unit["level"] == "district":
                is_inflated = unit["unit"] == self.inflated
                if unit["doubts"]:
                    flagged["right" if is_inflated else "wrong"].append(unit["unit"])
                elif is_inflated:
                    flagged["not"].append(unit["unit"])
            if unit["level"] == "commune" and unit["headcount"]:
                is_inflated = unit["parent"] == self.inflated
                key = ("inflated" if is_inflated else "other") + (" doubted" if unit["doubts"] else " not doubted")
                held["commune", "headcounts"][key] += 1
        out["districts_flagged"] = flagged
        out["held"] = {" ".join(key): dict(counts) for key, counts in held.items()}
        out["took"] = self.took
        return out


def add(into, more):
    for key, value in more.items():
        if isinstance(value, dict):
            add(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            into.setdefault(key, []).extend(value)
        else:
            into[key] = round(into.get(key, 0) + value, 2)


def share(part, whole):
    return f"{100 * part / whole:.2f} %" if whole else "–"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("treem")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seeds", default="1-10")
    parser.add_argument("--work")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    total = {}
    for seed in range(int(first), int(last or first) + 1):
        folder = os.path.join(asked.work, f"seed-{seed}") if asked.work else tempfile.mkdtemp(prefix="treem-missing-")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        province = Province(asked.treem, folder, asked.people, seed)
        province.compare()
        told = province.tell()
        if not asked.json:
            print(f"seed {seed}: missing {told['missing']}, in a list {told['missing_in_a_list']}, named {told['named']}, perhaps {told['perhaps']}, "
                  f"false {told['false_names']}, flagged {told['districts_flagged']}", flush=True)
        add(total, told)
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        print(json.dumps(total, ensure_ascii=False))
    else:
        print(f"missing {total['missing']}, of whom some list names {total['missing_in_a_list']} ({share(total['missing_in_a_list'], total['missing'])})")
        print(f"named: {total['named']} ({share(total['named'], total['missing_in_a_list'])} of those a list names, {share(total['named'], total['missing'])} of all); "
              f"as perhaps {total['perhaps']}")
        print(f"names: {total['names']}, false {total['false_names']} ({share(total['false_names'], total['names'])}), twice {total['named_twice']}, "
              f"of two children {total['mixed']}; perhaps {total['perhaps_all']}")
        print("rows:", total["rows"])
        for key, of in total["held"].items():
            if "asked" in of:
                print(f"{key}: in the range {of['held']} of {of['asked']} ({share(of['held'], of['asked'])}); truth below {of['below']}, above {of['above']}; "
                      f"off {share(of['off'], of['children'])}, all together {share(of['signed'], of['children'])}; unknown {of.get('unknown', 0)}")
            else:
                print(f"{key}: {of}")
        print("districts flagged:", {key: len(value) for key, value in total["districts_flagged"].items()}, total["districts_flagged"]["wrong"])
        print("seconds:", total["took"])
    wrong = total["districts_flagged"]["wrong"] + total["districts_flagged"]["not"]
    return 1 if wrong or total["false_names"] * 100 > total["names"] else 0


if __name__ == "__main__":
    sys.exit(main())
