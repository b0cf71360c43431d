"""A sheet as the writers share it, and the writers of xlsx and csv.

In: cells put at row and column (from 1). Out: the bytes of a file, the same for the same cells on every day.
"""

import csv
import datetime
import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape as _escape

DEFAULT_FONT = "Times New Roman"


def escape(text):
    """For XML text and attributes."""
    return _escape(text, {'"': "&quot;"})


@dataclass
class Cell:
    """A value with its font. `runs`: rich text as (text, font or None, bold)."""
    value: object = None
    font: str = None
    runs: tuple = None
    error: str = None


class Sheet:
    """Cells by (row, column), merged ranges, hidden rows and columns."""

    def __init__(self, name, font=None):
        self.name, self.font = name, font or DEFAULT_FONT
        self.cells, self.merges, self.hidden_rows, self.hidden_columns = {}, [], set(), set()

    def put(self, row, column, value, font=None):
        """Puts a value; empty text and None put nothing."""
        if isinstance(value, Cell):
            value.font = value.font or font or self.font
            self.cells[row, column] = value
        elif value not in (None, ""):
            self.cells[row, column] = Cell(value, font or self.font)

    def merge(self, top, left, bottom, right):
        """Merges a range."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    def rows(self):
        """(row number, [(column, cell), …]) in order."""
        by_row = {}
        for (row, column), cell in sorted(self.cells.items()):
            by_row.setdefault(row, []).append((column, cell))
        return sorted(by_row.items())

    def grid(self):
        """The rows from 1 to the last as lists of values; an empty row is an empty list."""
        by_row = dict(self.rows())
        width = max(column for _, column in self.cells)
        grid = []
        for row in range(1, max(by_row) + 1):
            line = [None] * width
            for column, cell in by_row.get(row, []):
                line[column - 1] = cell.value
            grid.append(line)
        return grid


def letters(column):
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def serial(day, date1904=False):
    """The number Excel keeps for a day."""
    return (day - datetime.date(1904, 1, 1)).days if date1904 else (day - datetime.date(1899, 12, 30)).days


def pack(members, stored=()):
    """A zip file of (name, bytes), all of one fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2024, 6, 10, 8, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(info, data, compresslevel=9)
    return out.getvalue()


class Styles:
    """Fonts and cell formats in the order of their first use."""

    def __init__(self):
        self.fonts, self.formats = [DEFAULT_FONT], [(DEFAULT_FONT, "general")]

    def index(self, font, kind):
        """The style of a font and a kind (general, date, text)."""
        if font not in self.fonts:
            self.fonts.append(font)
        if (font, kind) not in self.formats:
            self.formats.append((font, kind))
        return self.formats.index((font, kind))

    def xml(self):
        """styles.xml."""
        fonts = "".join(f'<font><sz val="12"/><name val="{escape(font)}"/></font>' for font in self.fonts)
        number = {"general": 0, "date": 164, "text": 49}
        formats = "".join(f'<xf numFmtId="{number[kind]}" fontId="{self.fonts.index(font)}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' for font, kind in self.formats)
        return (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="{len(self.fonts)}">{fonts}</fonts>'
                '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
                '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
                '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
                f'<cellXfs count="{len(self.formats)}">{formats}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relationships(targets):
    """A .rels part of (id, type's last word, target)."""
    items = "".join(f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in targets)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def content_types(overrides, extra=""):
    """[Content_Types].xml of (part, type)."""
    items = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{extra}{items}</Types>')


def xlsx(sheets, date1904=False):
    """An xlsx file of sheets."""
    styles, shared, places = Styles(), [], {}

    def string(cell):
        key = (cell.value, cell.runs)
        if key not in places:
            places[key] = len(shared)
            if cell.runs:
                shared.append("<si>" + "".join(_run(*run) for run in cell.runs) + "</si>")
            else:
                shared.append(f'<si><t xml:space="preserve">{escape(cell.value)}</t></si>')
        return places[key]

    parts = [_sheet_xml(sheet, styles, string, date1904) for sheet in sheets]
    book = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr{" date1904=" + chr(34) + "1" + chr(34) if date1904 else ""}/><sheets>'
            + "".join(f'<sheet name="{escape(sheet.name)}" sheetId="{at}" r:id="rId{at}"/>' for at, sheet in enumerate(sheets, 1)) + "</sheets></workbook>")
    rels = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
    rels += [("rId901", "styles", "styles.xml"), ("rId902", "sharedStrings", "sharedStrings.xml")]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = [("/xl/workbook.xml", kind + "sheet.main+xml"), ("/xl/styles.xml", kind + "styles+xml"), ("/xl/sharedStrings.xml", kind + "sharedStrings+xml")]
    types += [(f"/xl/worksheets/sheet{at}.xml", kind + "worksheet+xml") for at in range(1, len(sheets) + 1)]
    members = [("[Content_Types].xml", content_types(types)), ("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])),
               ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relationships(rels)), ("xl/styles.xml", styles.xml()),
               ("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(shared)}">{"".join(shared)}</sst>')]
    members += [(f"xl/worksheets/sheet{at}.xml", part) for at, part in enumerate(parts, 1)]
    return pack(members)


def _run(text, font, bold):
    looks = ("<b/>" if bold else "") + (f'<rFont val="{escape(font)}"/>' if font else "")
    return (f"<r><rPr>{looks}</rPr>" if looks else "<r>") + f'<t xml:space="preserve">{escape(text)}</t></r>'


def _sheet_xml(sheet, styles, string, date1904):
    lines = []
    for row, cells in sheet.rows():
        parts = []
        for column, cell in cells:
            at = f"{letters(column)}{row}"
            value = cell.value
            if cell.error:
                parts.append(f'<c r="{at}" t="e"><f>{escape(value)}</f><v>{cell.error}</v></c>')
            elif value == " ghost":  # a cell that has a format and no value
                parts.append(f'<c r="{at}" s="{styles.index(cell.font, "date")}"/>')
            elif isinstance(value, datetime.date):
                parts.append(f'<c r="{at}" s="{styles.index(cell.font, "date")}"><v>{serial(value, date1904)}</v></c>')
            elif isinstance(value, (int, float)):
                parts.append(f'<c r="{at}" s="{styles.index(cell.font, "general")}"><v>{value}</v></c>')
            else:
                parts.append(f'<c r="{at}" s="{styles.index(cell.font, "text")}" t="s"><v>{string(cell)}</v></c>')
        hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
        lines.append(f'<row r="{row}"{hidden}>{"".join(parts)}</row>')
    columns = "".join(f'<col min="{column}" max="{column}" width="9" hidden="1" customWidth="1"/>' for column in sorted(sheet.hidden_columns))
    merges = "".join(f'<mergeCell ref="{letters(left)}{top}:{letters(right)}{bottom}"/>' for top, left, bottom, right in sheet.merges)
    return (f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">' + (f"<cols>{columns}</cols>" if columns else "") + f'<sheetData>{"".join(lines)}</sheetData>'
            + (f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "") + "</worksheet>")


def text(sheet, delimiter=",", dates="%d/%m/%Y"):
    """The sheet as delimited text with CRLF; an empty row becomes a row of delimiters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in sheet.grid():
        writer.writerow([value.strftime(dates) if isinstance(value, datetime.date) else "" if value is None else value for value in line])
    return out.getvalue()
