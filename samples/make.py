#!/usr/bin/env python3
"""Makes `lists/`, `truth.csv` and `broken/`: made-up lists of children as communes send them, and what must be found in them.

usage: pip install xlwt==1.3.0 && python3 samples/make.py          (writes beside this file; the same bytes every time)
       python3 samples/make.py --huge DIR                         (the bad inputs that are too large to keep)

In: nothing but the seed. Out: the files. Every child, parent and number is invented. The truth is written down where a fault is
planted, never read back from a program. Judged on 13/6/2024 with the area units of 1/1/2020.
"""

import csv
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from parts import broken, lists_excel, lists_more, lists_text  # noqa: E402
from parts.people import People, units  # noqa: E402

SEED = 20240613
HERE = os.path.dirname(os.path.abspath(__file__))
# Every rule that the folder must show at least twice.
RULES = ("birth.future birth.invalid birth.missing birth.over-age birth.partial birth.swapped carer.missing child.duplicate ethnicity.ambiguous ethnicity.missing "
         "ethnicity.unknown id.abroad id.century id.length id.missing id.parent id.place id.sex id.shared id.year id.zero-lost name.invalid name.missing name.short "
         "place.hamlet place.missing place.unknown sex.invalid sex.missing").split()


def fresh(folder):
    """An empty folder: what stands in it from an earlier run is removed."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
    return folder


def main():
    """Makes everything and says what was made."""
    known, taken, truth, names = units(), set(), [], set()
    folder = fresh(os.path.join(HERE, "lists"))
    size = 0
    for maker in lists_excel.LISTS + lists_text.LISTS + lists_more.LISTS:
        people = People(random.Random(f"{SEED}:{maker.__name__}"), taken)
        name, data, placed = maker(people, known)
        assert name not in names, name
        names.add(name)
        size += len(data)
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)
        for sheet, row, record in placed:
            truth.append((name, sheet, row, record.name, record.birth, record.sex, record.ethnicity, record.number, "|".join(sorted(record.rules))))
    order = {name: at for at, name in enumerate(sorted(names))}
    truth.sort(key=lambda line: order[line[0]])
    with open(os.path.join(HERE, "truth.csv"), "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow("file,sheet,row,name,birth,sex,ethnicity,number,rules".split(","))
        writer.writerows(truth)
    counts = {rule: sum(rule in line[8].split("|") for line in truth) for rule in RULES}
    rare = [rule for rule, count in counts.items() if count < 2]
    assert not rare, f"planted less than twice: {rare}"
    strange = {rule for line in truth for rule in line[8].split("|") if rule} - set(RULES)
    assert not strange, strange
    clean = sum(not line[8] for line in truth)
    print(f"{len(names)} lists, {size:,} bytes, {len(truth)} children, {clean} of them clean")
    print(", ".join(f"{rule} {count}" for rule, count in counts.items()))
    print(f"{broken.make(fresh(os.path.join(HERE, 'broken')))} broken files")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--huge"] and len(sys.argv) == 3:
        broken.huge(sys.argv[2])
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        main()
