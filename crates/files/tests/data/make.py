"""Makes the small lists of this folder: `pip install xlwt odfpy`, then `python make.py`. Only invented people.

list.xlsb cannot be written by a free library: its parts are put together by hand below (MS-XLSB).
"""
import struct, zipfile
from pathlib import Path

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

HERE = Path(__file__).parent
HEAD = ["STT", "Họ tên", "Ngày sinh", "Số định danh", "Thôn"]

# --- xls: a merged title, a merged hamlet, a date, a number that lost its zero, a hidden row, a hidden sheet, an error.
book = xlwt.Workbook(encoding="utf-8")
sheet = book.add_sheet("Xã A")
sheet.write_merge(0, 0, 0, 4, "DANH SÁCH TRẺ EM")
for column, text in enumerate(HEAD):
    sheet.write(2, column, text)
day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
zeros = xlwt.easyxf(num_format_str="000000000000")
legacy = xlwt.easyxf("font: name .VnTime")
for row, name in enumerate(["Hồ Văn An", "Hồ Thị Bình"], 3):
    sheet.write(row, 0, row - 2)
    sheet.write(row, 1, name)
    sheet.write(row, 2, 42078 + row, day)
    sheet.write(row, 3, 45215001234 + row - 3, zeros if row == 4 else xlwt.Style.default_style)
sheet.write_merge(3, 4, 4, 4, "Thôn 1")
sheet.write(5, 1, "Hå V¨n An", legacy)
sheet.write(5, 3, xlwt.Formula("1/0"))
sheet.write(6, 1, "ẩn")
sheet.row(6).hidden = True
hidden = book.add_sheet("phụ")
hidden.visibility = 1
hidden.write(0, 0, "x")
book.save(str(HERE / "list.xls"))

old = xlwt.Workbook(encoding="utf-8")
old.dates_1904 = True
sheet = old.add_sheet("a")
sheet.write(0, 0, 40617, day)
old.save(str(HERE / "list1904.xls"))

# --- ods: a merged hamlet, repeated cells, a date, a hidden sheet.
document = OpenDocumentSpreadsheet()
table = Table(name="Xã A")
def cell(shown=None, kind="string", **extra):
    made = TableCell(valuetype=kind, **extra) if shown is not None else TableCell(**extra)
    if shown is not None:
        made.addElement(P(text=str(shown)))
    return made
def line(*cells):
    row = TableRow()
    for one in cells:
        row.addElement(one)
    table.addElement(row)
line(*[cell(text) for text in HEAD])
line(cell(1, "float", value="1"), cell("Hồ Văn An"), cell("15/03/2015", "date", datevalue="2015-03-15"),
     cell("45215001234", "float", value="45215001234"), cell("Thôn 1", numberrowsspanned=2, numbercolumnsspanned=1))
line(cell(2, "float", value="2"), cell("Hồ Thị Bình"), cell("2016", "float", value="2016"), cell(), CoveredTableCell())
line(cell(numbercolumnsrepeated=1000))
document.spreadsheet.addElement(table)
document.save(str(HERE / "list.ods"))

# --- xlsb.
def number(value):
    out = b""
    while True:
        byte = value & 0x7F
        value >>= 7
        out += bytes([byte | (0x80 if value else 0)])
        if not value:
            return out
def record(kind, data=b""):
    return number(kind) + number(len(data)) + data
def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16le")
def place(column, style=0):
    return struct.pack("<II", column, style)
workbook = record(131) + record(153, struct.pack("<II", 0, 0) + wide("")) + record(143) + \
    record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Xã A")) + record(144) + record(132)
rows = b""
for row, cells in enumerate([["STT", "Họ tên", "Số định danh"], [1.0, "Hồ Văn An", 45215001234.0]]):
    rows += record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
    for column, value in enumerate(cells):
        rows += record(6, place(column) + wide(value)) if isinstance(value, str) else record(5, place(column) + struct.pack("<d", value))
sheet = record(129) + record(148, struct.pack("<IIII", 0, 1, 0, 2)) + record(145) + rows + record(146) + record(130)
with zipfile.ZipFile(HERE / "list.xlsb", "w", zipfile.ZIP_DEFLATED) as package:
    package.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    package.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    package.writestr("xl/workbook.bin", workbook)
    package.writestr("xl/_rels/workbook.bin.rels",
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>')
    package.writestr("xl/worksheets/sheet1.bin", sheet)
