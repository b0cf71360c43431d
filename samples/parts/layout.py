"""How a list is laid out on a sheet: letterhead, title, heading rows, hamlet rows, sub-totals, footer.

In: a sheet, columns, records. Out: the cells, and where each record stands (row, record).
"""

import datetime

from .sheet import Cell

# Columns that most lists share: heading and what it holds.
STT = ("STT", "#")
NAME = ("Họ và tên", "name")
BIRTH = ("Ngày, tháng, năm sinh", "birth")
SEX = ("Giới tính", "sex")
ETHNICITY = ("Dân tộc", "ethnicity")
NUMBER = ("Số định danh cá nhân", "number")
FATHER = ("Họ tên cha", "father")
MOTHER = ("Họ tên mẹ", "mother")
GUARDIAN = ("Người giám hộ", "guardian")
HAMLET = ("Thôn", "hamlet")
PHONE = ("Số điện thoại", "phone")
NOTE = ("Ghi chú", "note")


def letterhead(sheet, unit, width, row=1):
    """The two blocks at the head of an official paper. Gives the next row."""
    right = max(3, width - 3)
    for at, (left, other) in enumerate((("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (unit.name.upper(), "Độc lập - Tự do - Hạnh phúc"))):
        sheet.put(row + at, 1, left)
        sheet.put(row + at, right, other)
        sheet.merge(row + at, 1, row + at, right - 1)
        sheet.merge(row + at, right, row + at, width)
    return row + 3


def title(sheet, row, width, *lines):
    """Title lines over the whole width. Gives the next row."""
    for line in lines:
        sheet.put(row, 1, line)
        sheet.merge(row, 1, row, width)
        row += 1
    return row


def headings(sheet, row, columns):
    """One heading row, or two merged ones where a heading is (group, heading). Gives the next row."""
    tops = [heading[0] if isinstance(heading, tuple) else heading for heading, _ in columns]
    two = any(isinstance(heading, tuple) for heading, _ in columns)
    start = 1
    for column, (heading, _) in enumerate(columns, 1):
        if not isinstance(heading, tuple):
            sheet.put(row, column, heading)
            if two:
                sheet.merge(row, column, row + 1, column)
            start = column + 1
            continue
        if column == start:
            sheet.put(row, column, heading[0])
        sheet.put(row + 1, column, heading[1])
        last = column == len(columns) or tops[column] != heading[0] or not isinstance(columns[column][0], tuple)
        if last:
            sheet.merge(row, start, row, column)
            start = column + 1
    return row + (2 if two else 1)


def numbering(sheet, row, width, form="({})"):
    """The row (1) (2) (3). Gives the next row."""
    for column in range(1, width + 1):
        sheet.put(row, column, form.format(column))
    return row + 1


def value(field, record, ordinal):
    """What a column writes for a record; a callable decides for itself."""
    if callable(field):
        return field(record, ordinal)
    if field == "#":
        return ordinal
    if field.startswith("="):
        return field[1:]
    return record.cells.get(field, "")


def body(sheet, row, columns, records, hamlet_rows=False, totals=False, blank_every=0, ordinal=1, hamlet_form="{}"):
    """The rows of the children. Gives (next row, [(row, record)])."""
    placed, seen, count = [], None, 0
    width = len(columns)

    def total(at):
        sheet.put(at, 1, f"Cộng {seen}")
        sheet.put(at, 3, f"{count} trẻ")
        sheet.merge(at, 1, at, 2)
        return at + 1

    for index, record in enumerate(records):
        hamlet = record.cells["hamlet"]
        if (hamlet_rows or totals) and hamlet != seen:
            if totals and seen:
                row = total(row)
            seen, count = hamlet, 0
            if hamlet_rows:
                sheet.put(row, 1, hamlet_form.format(hamlet))
                sheet.merge(row, 1, row, width)
                row += 1
        if blank_every and index and index % blank_every == 0:
            row += 1
        for column, (_, field) in enumerate(columns, 1):
            sheet.put(row, column, value(field, record, ordinal))
        placed.append((row, record))
        row, ordinal, count = row + 1, ordinal + 1, count + 1
    if totals:
        row = total(row)
    return row, placed


def footer(sheet, row, width, unit, count, maker, leader):
    """Total, place and day, who signs, and their names."""
    right = max(3, width - 3)
    sheet.put(row, 1, f"Tổng cộng danh sách có {count} trẻ em./.")
    sheet.put(row + 1, right, f"{unit.bare}, ngày 10 tháng 6 năm 2024")
    sheet.put(row + 2, 2, "NGƯỜI LẬP BIỂU")
    sheet.put(row + 2, right, "TM. ỦY BAN NHÂN DÂN")
    sheet.put(row + 3, 2, "(Ký, ghi rõ họ tên)")
    sheet.put(row + 3, right, "KT. CHỦ TỊCH")
    sheet.put(row + 4, right, "PHÓ CHỦ TỊCH")
    sheet.put(row + 8, 2, maker)
    sheet.put(row + 8, right, leader)


def encode(sheet, code, font):
    """Turns every text of a sheet into an old code, shown in its font."""
    sheet.font = font
    for cell in sheet.cells.values():
        if isinstance(cell.value, str):
            cell.value = code(cell.value)
            cell.font = font


# Birth dates as text -----------------------------------------------------------------------------------------------------------

DATE_FORMS = ["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d:02}.{m:02}.{y}", "{d:02}-{m:02}-{yy:02}", "{d}/{m}/{yy:02}", "ngày {d:02} tháng {m:02} năm {y}",
              "{d} tháng {m} năm {y}", "{d:02} / {m:02} / {y}", "{y}-{m:02}-{d:02}", "{d:02}\\{m:02}\\{y}", "{d:02},{m:02},{y}", " {d:02}/{m:02}/{y} ", "'{d:02}/{m:02}/{y}", "{d:02} {m:02} {y}",
              "{d:02}/{m:02}/{y} 00:00:00"]


def dated(form):
    """A field that writes the birth date as text in a form; `form` may be a function of the ordinal."""

    def field(record, ordinal):
        written = record.cells["birth"]
        if not isinstance(written, datetime.date):
            return written
        pattern = form(ordinal) if callable(form) else form
        return pattern.format(d=written.day, m=written.month, y=written.year, yy=written.year % 100)

    return field


DMY = dated("{d:02}/{m:02}/{y}")


def rich(*pieces):
    """A cell of (text, font, bold) runs."""
    return Cell("".join(piece[0] for piece in pieces), None, tuple(pieces))
