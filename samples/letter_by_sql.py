#!/usr/bin/env python3
"""Counts the letter's figures in a generated province by SQL, with nothing of treem.

usage: samples/letter_by_sql.py PROVINCE

In: PROVINCE/register.csv or register.xlsx, headcounts.csv, truth-children.csv. Out: one JSON object: for each district its
headcount, records, sound records, records without parents or address, children whom only lists have, and what should never be
(numbers that stand on two children, children of sixteen). Needs Python alone (csv, zipfile, sqlite3).
"""

import csv
import json
import os
import re
import sqlite3
import sys
import xml.etree.ElementTree as tree
import zipfile

PLACES = ("001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 "
          "062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096").split()
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMNS = {"Họ và tên": "name", "Ngày sinh": "birth", "Giới tính": "sex", "Số định danh cá nhân": "number", "Huyện": "district", "Xã": "commune", "Họ tên cha": "father",
           "Số CCCD cha": "father_number", "Họ tên mẹ": "mother", "Số CCCD mẹ": "mother_number", "Người giám hộ": "guardian", "Hoàn cảnh": "circumstance"}


def column(reference):
    """B7 → 1."""
    at = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        at = at * 26 + ord(letter) - 64
    return at - 1


def spreadsheet(path):
    """The rows of the first sheet of an xlsx file whose texts stand in their cells or in a table of shared strings."""
    with zipfile.ZipFile(path) as file:
        shared = []
        if "xl/sharedStrings.xml" in file.namelist():
            shared = ["".join(node.itertext()) for node in tree.fromstring(file.read("xl/sharedStrings.xml")).iter(MAIN + "si")]
        with file.open("xl/worksheets/sheet1.xml") as sheet:
            for _, row in tree.iterparse(sheet):
                if row.tag != MAIN + "row":
                    continue
                line = []
                for cell in row.iter(MAIN + "c"):
                    at = column(cell.get("r"))
                    line += [""] * (at + 1 - len(line))
                    text = "".join(cell.itertext())
                    line[at] = shared[int(text)] if cell.get("t") == "s" else text
                yield line
                row.clear()


def register(folder):
    """The records as dictionaries by heading."""
    path = os.path.join(folder, "register.csv")
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
        return
    rows = spreadsheet(os.path.join(folder, "register.xlsx"))
    head = next(rows)
    for row in rows:
        yield dict(zip(head, row + [""] * (len(head) - len(row))))


def main(folder):
    """Loads and counts."""
    base = sqlite3.connect(":memory:")
    base.create_function("regexp", 2, lambda pattern, text: re.fullmatch(pattern, text) is not None, deterministic=True)
    names = list(COLUMNS.values())
    base.execute(f"create table record ({', '.join(names)})")
    base.executemany(f"insert into record values ({', '.join('?' * len(names))})", ([row[heading] for heading in COLUMNS] for row in register(folder)))
    base.execute("create table headcount (district, headcount integer)")
    with open(os.path.join(folder, "headcounts.csv"), encoding="utf-8", newline="") as lines:
        base.executemany("insert into headcount values (?, ?)", ((row["district_name"], int(row["headcount"])) for row in csv.DictReader(lines)))
    base.execute("create table child (child, birth, number, district, record)")
    with open(os.path.join(folder, "truth-children.csv"), encoding="utf-8", newline="") as lines:
        base.executemany("insert into child values (?, ?, ?, ?, ?)", ((row["child"], row["birth"], row["number"], row["district_name"], row["record"]) for row in csv.DictReader(lines)))
    base.execute("create table place (code)")
    base.executemany("insert into place values (?)", ((code,) for code in PLACES))
    base.executescript("""
        create index by_number on record (number);
        create table sound as select rowid as id from record
         where number regexp '[0-9]{12}' and substr(number, 1, 3) in (select code from place)
           and substr(number, 4, 1) = case sex when 'Nam' then '2' when 'Nữ' then '3' end
           and substr(number, 5, 2) = substr(birth, 9, 2) and number <> father_number and number <> mother_number
           and number not in (select number from record group by number having count(*) > 1);
    """)
    districts = {}
    for district, headcount in base.execute("select district, sum(headcount) from headcount group by district"):
        districts[district] = {"headcount": headcount}
    for district, records, sound, incomplete in base.execute("""
        select district, count(*), count(sound.id), sum(sound.id is not null and ((father = '' and mother = '' and guardian = '') or commune = ''))
          from record left join sound on sound.id = record.rowid group by district"""):
        districts[district].update(records=records, sound=sound, incomplete=incomplete)
    for district, listed in base.execute("select district, sum(record = 'list') from child group by district"):
        districts[district]["listed"] = listed
    one = lambda query: base.execute(query).fetchone()[0]
    print(json.dumps({
        "districts": districts,
        "children": one("select count(*) from child"),
        "numbers_twice": one("select count(*) from (select 1 from child where number <> '' group by number having count(*) > 1)"),
        "not_children": one("select count(*) from child where birth <= '2008-06-13' or birth > '2024-06-13'"),
        "special_communes": one("select count(*) from (select 1 from record where commune <> '' group by district, commune having count(*) = sum(circumstance <> ''))"),
    }, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
