#!/usr/bin/env python3
"""Makes an xlsx of invented children as Excel itself would save it: every text in the shared strings, dates as day numbers.

usage: bench/make_xlsx.py ROWS COLS OUT.xlsx     (ROWS counts the children; one heading row stands above them; COLS up to 25, more are filled)

In: the size. Out: the file. Written row by row; only the distinct texts are held. (A ready-made writer either holds all cells or
writes the texts inside the cells, which Excel does not.)
"""

import argparse
import datetime
import os
import time
import zipfile

from children import rows

HEADINGS = ("STT|Mã hồ sơ|Họ và tên|Ngày sinh|Giới tính|Dân tộc|Quốc tịch|Tỉnh|Huyện|Xã|Thôn|Địa chỉ|Số định danh cá nhân|Họ tên cha|Năm sinh cha|Số CCCD cha|Họ tên mẹ|Năm sinh mẹ|Số CCCD mẹ|"
            "Người giám hộ|Số điện thoại|Trường|Lớp|Mã hộ|Ghi chú").split("|")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def letters(column):
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cells(row):
    """The 25 values of a child: text, a number, or a date."""
    number, name, dob, sex, ethnicity, province, district, commune, hamlet, address, phone, father, mother, guardian, identity = row
    at, year = int(number), int(dob[:4])
    day = (datetime.date.fromisoformat(dob) - datetime.date(1899, 12, 30)).days
    old, young = year - 22 - at % 12, year - 20 - at % 10
    return (at, f"HS{at:07}", name, (day,), sex, ethnicity, "Việt Nam", province, district, commune, hamlet, address, identity, father, old, f"0450{old % 100:02}{at % 10**6:06}", mother, young,
            f"0451{young % 100:02}{at % 10**6:06}", guardian, phone, f"Trường Tiểu học số {at % 40 + 1}", f"{at % 9 + 1}A", f"H{at // 2:06}", "")


def main():
    """Writes the file and says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("columns", type=int)
    parser.add_argument("out")
    options = parser.parse_args()
    started, shared = time.perf_counter(), {}
    names = [letters(column) for column in range(1, options.columns + 1)]

    def string(text):
        return shared.setdefault(text, len(shared))

    with zipfile.ZipFile(options.out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        def put(name, text):
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 23, 8, 0, 0)), text, zipfile.ZIP_DEFLATED)

        types = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
                        for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"), ("sharedStrings", "sharedStrings")))
        put("[Content_Types].xml", f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>')
        relation = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        put("_rels/.rels", f'{HEAD}{relation}<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        put("xl/workbook.xml", f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>')
        put("xl/_rels/workbook.xml.rels", HEAD + relation + "".join(f'<Relationship Id="rId{at}" Type="{REL}/{kind}" Target="{target}.xml"/>' for at, (kind, target) in
            enumerate((("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")), 1)) + "</Relationships>")
        put("xl/styles.xml", f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="12"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" '
            'applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')
        page = zipfile.ZipInfo("xl/worksheets/sheet1.xml", (2026, 11, 23, 8, 0, 0))
        page.compress_type = zipfile.ZIP_DEFLATED
        with file.open(page, "w", force_zip64=True) as sheet:
            headings = (HEADINGS + [f"Cột {at}" for at in range(26, options.columns + 1)])[:options.columns]
            sheet.write((f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:{names[-1]}{options.rows + 1}"/><sheetData><row r="1">'
                         + "".join(f'<c r="{name}1" t="s"><v>{string(text)}</v></c>' for name, text in zip(names, headings)) + "</row>").encode())
            for at, row in enumerate(rows(options.rows), 2):
                parts = [f'<row r="{at}">']
                for name, value in zip(names, cells(row) + (at,) * (options.columns - 25)):
                    if value.__class__ is str:
                        if value:
                            parts.append(f'<c r="{name}{at}" s="2" t="s"><v>{string(value)}</v></c>')
                    elif value.__class__ is tuple:
                        parts.append(f'<c r="{name}{at}" s="1"><v>{value[0]}</v></c>')
                    else:
                        parts.append(f'<c r="{name}{at}"><v>{value}</v></c>')
                parts.append("</row>")
                sheet.write("".join(parts).encode())
            sheet.write(b"</sheetData></worksheet>")
        put("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(shared)}">' + "".join(f"<si><t>{text}</t></si>" for text in shared) + "</sst>")
    print(f"{options.rows:,} rows of {options.columns} columns, {len(shared):,} texts, {os.path.getsize(options.out):,} bytes, {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
