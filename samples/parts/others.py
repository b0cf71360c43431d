"""The writers of xls, xlsb, ods and docx.

In: sheets (or, for docx, paragraphs and tables). Out: the bytes of a file. The xls writer needs xlwt; the others need nothing.
"""

import datetime
import io
import struct

from .sheet import HEAD, Styles, content_types, escape, pack, relationships, serial


def xls(sheets, date1904=False):
    """An Excel 97 file."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = date1904
    looks = {}

    def look(font, kind):
        if (font, kind) not in looks:
            style = xlwt.XFStyle()
            style.font.name = font
            style.num_format_str = {"date": "dd/mm/yyyy", "text": "@", "general": "General"}[kind]
            looks[font, kind] = style
        return looks[font, kind]

    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {}
        for top, left, bottom, right in sheet.merges:
            merged[top, left] = (bottom, right)
        for (row, column), cell in sorted(sheet.cells.items()):
            value, kind = cell.value, "text"
            if isinstance(value, datetime.date):
                value, kind = serial(value, date1904), "date"
            elif isinstance(value, (int, float)):
                kind = "general"
            if (row, column) in merged:
                bottom, right = merged[row, column]
                page.write_merge(row - 1, bottom - 1, column - 1, right - 1, value, look(cell.font, kind))
            else:
                page.write(row - 1, column - 1, value, look(cell.font, kind))
        for row in sheet.hidden_rows:
            page.row(row - 1).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# xlsb ------------------------------------------------------------------------------------------------------------------------


def _record(kind, data=b""):
    """One record of BIFF12: type and size in seven-bit pieces, then the data."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while True:
        piece, size = size & 0x7F, size >> 7
        length += bytes([piece | (0x80 if size else 0)])
        if not size:
            return head + length + data


def _wide(text):
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def xlsb(sheets):
    """An Excel binary file (MS-XLSB), with the few parts that a reader needs."""
    styles, shared, places = Styles(), [], {}
    pages = []
    for sheet in sheets:
        body = b""
        for row, cells in sheet.rows():
            flags = 0x10 if row in sheet.hidden_rows else 0
            body += _record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, flags, 0, 0))
            for column, cell in cells:
                value = cell.value
                kind = "date" if isinstance(value, datetime.date) else "general" if isinstance(value, (int, float)) else "text"
                place = struct.pack("<II", column - 1, styles.index(cell.font, kind))
                if kind == "text":
                    if value not in places:
                        places[value] = len(shared)
                        shared.append(value)
                    body += _record(7, place + struct.pack("<I", places[value]))
                else:
                    body += _record(5, place + struct.pack("<d", serial(value) if kind == "date" else value))
        last_row = max(row for row, _ in sheet.cells)
        last_column = max(column for _, column in sheet.cells)
        merges = b"".join(_record(176, struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1)) for top, left, bottom, right in sheet.merges)
        if merges:
            merges = _record(177, struct.pack("<I", len(sheet.merges))) + merges + _record(178)
        pages.append(_record(129) + _record(148, struct.pack("<IIII", 0, last_row - 1, 0, last_column - 1)) + _record(145) + body + _record(146) + merges + _record(130))
    bundle = b"".join(_record(156, struct.pack("<II", 0, at) + _wide(f"rId{at}") + _wide(sheet.name)) for at, sheet in enumerate(sheets, 1))
    book = _record(131) + _record(153, struct.pack("<II", 0, 0) + _wide("")) + _record(143) + bundle + _record(144) + _record(132)
    strings = _record(159, struct.pack("<II", len(shared), len(shared))) + b"".join(_record(19, b"\0" + _wide(text)) for text in shared) + _record(160)
    number = {"general": 0, "date": 164, "text": 49}
    fonts = b"".join(_record(43, struct.pack("<HHHHBBBB", 240, 0, 400, 0, 0, 0, 0, 0) + bytes([1, 0, 0, 0, 0, 0, 0, 255]) + b"\0" + _wide(font)) for font in styles.fonts)
    # Two fills and one border that show nothing: Excel asks for them.
    fill = b"".join(_record(45, struct.pack("<I", pattern) + bytes(64)) for pattern in (0, 17))
    border = _record(46, bytes(51))

    def formats(items, parent):
        return b"".join(_record(47, struct.pack("<HHHHH", parent, number[kind], styles.fonts.index(font), 0, 0) + bytes([0, 0, 0x10, 0x10, 0x03, 0])) for font, kind in items)

    look = (_record(278) + _record(615, struct.pack("<I", 1)) + _record(44, struct.pack("<H", 164) + _wide("dd/mm/yyyy")) + _record(616)
            + _record(611, struct.pack("<I", len(styles.fonts))) + fonts + _record(612)
            + _record(603, struct.pack("<I", 2)) + fill + _record(604) + _record(613, struct.pack("<I", 1)) + border + _record(614)
            + _record(626, struct.pack("<I", 1)) + formats(styles.formats[:1], 0xFFFF) + _record(627)
            + _record(617, struct.pack("<I", len(styles.formats))) + formats(styles.formats, 0) + _record(618) + _record(279))
    kind = "application/vnd.ms-excel."
    types = [("/xl/workbook.bin", kind + "sheet.binary.macroEnabled.main"), ("/xl/styles.bin", kind + "styles"), ("/xl/sharedStrings.bin", kind + "sharedStrings")]
    types += [(f"/xl/worksheets/sheet{at}.bin", kind + "worksheet") for at in range(1, len(pages) + 1)]
    rels = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.bin") for at in range(1, len(pages) + 1)] + [("rId901", "styles", "styles.bin"), ("rId902", "sharedStrings", "sharedStrings.bin")]
    members = [("[Content_Types].xml", content_types(types, '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>')),
               ("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.bin")])), ("xl/workbook.bin", book), ("xl/_rels/workbook.bin.rels", relationships(rels)),
               ("xl/styles.bin", look), ("xl/sharedStrings.bin", strings)]
    return pack(members + [(f"xl/worksheets/sheet{at}.bin", page) for at, page in enumerate(pages, 1)])


# ods -------------------------------------------------------------------------------------------------------------------------

_ODS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2"')


def _ods_cell(value, span):
    where = "" if span is None else f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"{where}><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{where}><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string"{where}>{lines}</table:table-cell>'


def ods(sheets):
    """A LibreOffice sheet; each table ends with the million empty rows and the columns that LibreOffice writes."""
    tables = []
    for sheet in sheets:
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
        covered = {(row, column) for top, left, bottom, right in sheet.merges for row in range(top, bottom + 1) for column in range(left, right + 1)} - set(spans)
        grid, rows = sheet.grid(), []
        for row, line in enumerate(grid, 1):
            cells = "".join("<table:covered-table-cell/>" if (row, column) in covered else _ods_cell(value, spans.get((row, column))) for column, value in enumerate(line, 1))
            hidden = ' table:visibility="collapse"' if row in sheet.hidden_rows else ""
            rows.append(f'<table:table-row{hidden}>{cells}<table:table-cell table:number-columns-repeated="{1024 - len(line)}"/></table:table-row>')
        rest = 1048576 - len(grid)
        rows.append(f'<table:table-row table:number-rows-repeated="{rest}"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>')
        tables.append(f'<table:table table:name="{escape(sheet.name)}"><table:table-column table:number-columns-repeated="1024"/>{"".join(rows)}</table:table>')
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_ODS}><office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body></office:document-content>'
    manifest = ('<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
    return pack([("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)], stored=("mimetype",))


# docx ------------------------------------------------------------------------------------------------------------------------


def _paragraph(text, font=None, pieces=None):
    """A paragraph; `pieces` are (text, font) runs."""
    runs = ""
    for part, look in pieces or [(text, font)]:
        look = f'<w:rPr><w:rFonts w:ascii="{look}" w:hAnsi="{look}"/></w:rPr>' if look else ""
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in part.split("\n"))
        runs += f"<w:r>{look}{lines}</w:r>"
    return f"<w:p>{runs}</w:p>"


def _table(sheet):
    """A table of a sheet: merged ranges become gridSpan and vMerge."""
    wide = {}
    for top, left, bottom, right in sheet.merges:
        for row in range(top, bottom + 1):
            wide[row, left] = (right - left + 1, "restart" if row == top else "continue", bottom > top)
    width = max(column for _, column in sheet.cells)
    by_row, rows = {}, []
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell
    for row in range(1, max(by_row) + 1):
        cells, column = "", 1
        while column <= width:
            span, step, tall = wide.get((row, column), (1, "", False))
            looks = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + ((f'<w:vMerge w:val="{step}"/>' if step == "restart" else "<w:vMerge/>") if tall else "")
            cell = by_row.get(row, {}).get(column)
            value = "" if cell is None or step == "continue" else cell.value
            value = f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)
            pieces = [(text, font) for text, font, _ in cell.runs] if cell is not None and cell.runs else None
            font = cell.font if cell is not None and cell.font.startswith((".Vn", "VNI")) else None
            cells += f"<w:tc><w:tcPr>{looks}</w:tcPr>{_paragraph(value, font, pieces)}</w:tc>"
            column += span
        rows.append(f"<w:tr>{cells}</w:tr>")
    grid = "<w:gridCol/>" * width
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def docx(parts):
    """A Word file of texts, (text, font) and sheets (as tables), in order."""
    body = "".join(_paragraph(part) if isinstance(part, str) else _paragraph(*part) if isinstance(part, tuple) else _table(part) + _paragraph("") for part in parts)
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'{HEAD}<w:document xmlns:w="{name}"><w:body>{body}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:body></w:document>'
    styles = (f'{HEAD}<w:styles xmlns:w="{name}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>')
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    return pack([("[Content_Types].xml", content_types([("/word/document.xml", kind + "document.main+xml"), ("/word/styles.xml", kind + "styles+xml")])),
                 ("_rels/.rels", relationships([("rId1", "officeDocument", "word/document.xml")])), ("word/document.xml", document),
                 ("word/_rels/document.xml.rels", relationships([("rId1", "styles", "styles.xml")])), ("word/styles.xml", styles)])
