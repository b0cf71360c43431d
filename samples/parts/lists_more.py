"""The other formats (xls, xlsb, ods, docx), and where the commune stands.

In: People and the units by name. Out: as the xlsx lists; a table of a docx is the sheet `table N`.
"""

import datetime

from . import legacy
from .layout import BIRTH, DMY, ETHNICITY, FATHER, GUARDIAN, HAMLET, MOTHER, NAME, NUMBER, PHONE, SEX, STT, body, encode, headings, letterhead, numbering, rich, title
from .lists_excel import BIRTH_TEXT, BRU, HILL, on
from .others import docx, ods, xls, xlsb
from .people import HAMLETS, HILL_HAMLETS
from .sheet import Sheet, xlsx

PLAIN = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]


def sheet_names(people, known):
    """One sheet a commune, named after it; nothing else says the place, and no hamlet at all."""
    sheets, places = [], []
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER]
    for name in ("Xã Hải Hưng", "Xã Hải An"):
        records = people.children(known[name], 9)
        people.plant(records, ["id.missing", "birth.partial=number"])
        for record in records:
            people.fault(record, "place.hamlet")
        sheet = Sheet(name)
        title(sheet, 1, 8, "DANH SÁCH TRẺ EM CẦN RÀ SOÁT")
        _, placed = body(sheet, headings(sheet, 3, columns), columns, records)
        sheets.append(sheet)
        places += on(sheet, placed)
    return "18-xa-o-ten-trang.xlsx", xlsx(sheets), places


def file_name(people, known):
    """The commune stands in the file name only."""
    records = people.children(known["Xã Triệu Vân"], 12, HAMLETS[:2])
    people.plant(records, ["sex.missing", "id.length", "name.short"])
    sheet = Sheet("Sheet1")
    _, placed = body(sheet, headings(sheet, 1, PLAIN), PLAIN, records)
    return "19-tre-em-xa-trieu-van.xlsx", xlsx([sheet]), on(sheet, placed)


def swapped_column(people, known):
    """Excel of another country has read day/month as month/day where it could, and left text where it could not."""
    records = people.children(known["Xã Gio Hải"], 20, HAMLETS[:2])

    def birth(record, _):
        day = record.cells["birth"]
        if not isinstance(day, datetime.date):
            return day
        if day.day > 12:
            return f"{day:%d/%m/%Y}"
        record.rules.add("birth.swapped")
        return datetime.date(day.year, day.day, day.month)

    people.plant(records, ["id.missing", "id.sex"])
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, ("Ngày sinh", birth), SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    row = title(sheet, 1, 9, "DANH SÁCH TRẺ EM XÃ GIO HẢI") + 1
    _, placed = body(sheet, headings(sheet, row, columns), columns, records)
    return "20-ngay-thang-bi-dao.xlsx", xlsx([sheet]), on(sheet, placed)


def addresses(people, known):
    """Hamlet, commune and district in one address; several communes in one list."""
    records = []
    for name in ("Xã Kim Thạch", "Xã Vĩnh Sơn"):
        records += people.children(known[name], 8, HAMLETS[:3])
    people.plant(records, ["id.missing=chưa có", "carer.missing", "place.hamlet", "birth.invalid=30/02/2014", "place.hamlet"])

    def address(record, ordinal):
        cells = record.cells
        parts = [cells["hamlet"], cells["commune"], cells["district"]] + ([] if ordinal % 2 else ["tỉnh Quảng Trị"])
        return (" - " if ordinal % 4 == 0 else ", ").join(part for part in parts if part)

    sheet = Sheet("Sheet1")
    columns = [STT, ("Họ tên trẻ", "name"), ("Ngày sinh", DMY), SEX, ETHNICITY, ("Số CCCD/CMND", "number"), ("Nơi thường trú", address), ("Cha", "father"), ("Mẹ", "mother"), ("SĐT", "phone")]
    row = title(sheet, 1, 10, "DANH SÁCH TRẺ EM ĐỀ NGHỊ XÁC THỰC") + 1
    _, placed = body(sheet, headings(sheet, row, columns), columns, records)
    return "21-dia-chi-mot-o.xlsx", xlsx([sheet]), on(sheet, placed)


def vaccinations(people, known):
    """A vaccination list: no column of numbers, the carer is the mother; columns that are of no use here."""
    records = people.children(known["Xã Lìa"], 10, HILL_HAMLETS[:2], BRU)
    people.plant(records, ["birth.partial", "carer.missing"])
    for record in records:
        people.fault(record, "id.missing")
    sheet = Sheet("T6-2024")
    columns = [("TT", "#"), ("Họ tên trẻ", "name"), ("Ngày sinh", DMY), ("Giới", "sex"), ("Dân tộc", "ethnicity"), ("Họ tên mẹ", "mother"), ("Thôn/bản", "hamlet"), ("BCG", "=x"), ("Ngày tiêm", "=05/06/2024")]
    row = title(sheet, 1, 9, "TRẠM Y TẾ XÃ LÌA", "SỔ THEO DÕI TIÊM CHỦNG") + 1
    _, placed = body(sheet, headings(sheet, row, columns), columns, records)
    return "22-so-tiem-chung.xlsx", xlsx([sheet]), on(sheet, placed)


def school(people, known):
    """The template of the schools: province, district and commune by column, birth years of the parents, one nationality."""
    records = people.children(known["Xã Thanh"], 16, HILL_HAMLETS[1:3], BRU)
    people.plant(records, ["not-yet=Lào", "id.missing", "ethnicity.ambiguous=Hạ", "not-yet=Lào", "birth.over-age"])
    for record in records:
        if record.cells["nationality"] == "Lào":
            record.cells["ethnicity"], record.ethnicity = "Lào", "Lào"
    sheet = Sheet("HOC_SINH")
    columns = [STT, ("Mã lớp", "=5A"), ("Họ và tên", "name"), ("Ngày sinh", DMY), ("Giới tính", "sex"), ("Dân tộc", "ethnicity"), ("Quốc tịch", "nationality"), ("Tỉnh", "=Tỉnh Quảng Trị"), ("Huyện", "district"), ("Xã", "commune"),
               ("Thôn", "hamlet"), ("Họ tên cha", "father"), ("Năm sinh cha", "father_birth"), ("Họ tên mẹ", "mother"), ("Năm sinh mẹ", "mother_birth"), ("Số ĐDCN", "number")]
    _, placed = body(sheet, headings(sheet, 1, columns), columns, records)
    kinds = Sheet("DAN_TOC")
    for row, line in enumerate(("Tên dân tộc", "Kinh", "Bru - Vân Kiều", "Tà Ôi", "Khác"), 1):
        kinds.put(row, 1, line)
    return "23-mau-truong-hoc.xlsx", xlsx([sheet, kinds]), on(sheet, placed)


def old_excel(people, known):
    """Excel 97 in `.VnTime`, merged title, hamlet rows, a hidden row."""
    unit = known["Xã Cam Chính"]
    records = people.children(unit, 26, HAMLETS[:3])
    people.plant(records, ["id.missing=Chưa có", "birth.partial={m}/{y}", "id.length", "id.sex", "sex.missing"])
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER]
    row = letterhead(sheet, unit, 8)
    row = title(sheet, row, 8, "DANH SÁCH TRẺ EM XÃ CAM CHÍNH") + 1
    row = numbering(sheet, headings(sheet, row, columns), 8, "{}")
    _, placed = body(sheet, row, columns, records, hamlet_rows=True, totals=True)
    encode(sheet, legacy.tcvn3, ".VnTime")
    sheet.hidden_rows.add(placed[4][0])
    return "41-excel-97-vntime.xls", xls([sheet]), on(sheet, placed)


def old_excel_1904(people, known):
    """Excel 97 that counts days from 1904, Unicode, numbers that have lost their zero."""
    unit = known["Xã Hải Sơn"]
    records = people.children(unit, 14, HAMLETS[:2])
    people.plant(records, ["id.zero-lost", "id.missing", "birth.partial=number", "id.zero-lost=001"])
    sheet = Sheet("Sheet1")
    row = title(sheet, 1, 9, "DANH SÁCH TRẺ EM XÃ HẢI SƠN") + 1
    _, placed = body(sheet, headings(sheet, row, PLAIN), PLAIN, records)
    return "42-excel-97-1904.xls", xls([sheet], date1904=True), on(sheet, placed)


def libre_office(people, known):
    """LibreOffice: merged two-row heading, real dates, hamlet rows, a million empty rows."""
    unit = known["Xã Vĩnh Ô"]
    records = people.children(unit, 22, HILL_HAMLETS[:3], BRU)
    people.plant(records, ["id.missing", "birth.future", "id.parent=pasted", "ethnicity.missing", "id.abroad"])
    sheet = Sheet("Trẻ em")
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, (("Cha", "Họ tên"), "father"), (("Cha", "Số CCCD"), "father_number"), (("Mẹ", "Họ tên"), "mother"), (("Mẹ", "Số CCCD"), "mother_number")]
    row = title(sheet, 1, 10, "DANH SÁCH TRẺ EM XÃ VĨNH Ô") + 1
    _, placed = body(sheet, headings(sheet, row, columns), columns, records, hamlet_rows=True)
    return "43-libreoffice.ods", ods([sheet]), on(sheet, placed)


def binary_excel(people, known):
    """Excel binary with two sheets."""
    unit = known["Xã Triệu Độ"]
    records = people.children(unit, 20, HAMLETS[:2])
    people.plant(records, ["id.missing=-", "id.zero-lost", "birth.over-age", "name.invalid=?", "id.place"])
    sheets, places = [], []
    for hamlet in HAMLETS[:2]:
        sheet = Sheet(hamlet)
        columns = PLAIN[:-1]
        row = title(sheet, 1, 8, "DANH SÁCH TRẺ EM XÃ TRIỆU ĐỘ", "(Kèm theo Kế hoạch rà soát năm 2024)") + 1
        _, placed = body(sheet, headings(sheet, row, columns), columns, [record for record in records if record.cells["hamlet"] == hamlet])
        sheets.append(sheet)
        places += on(sheet, placed)
    return "44-excel-nhi-phan.xlsb", xlsb(sheets), places


def word(people, known):
    """Word: the letterhead is a table, then two lists; two-row heading, hamlets by column and by heading row."""
    unit = known["Xã Ba Nang"]
    old, new = people.children(unit, 14, HILL_HAMLETS[:2], HILL), people.children(unit, 10, HILL_HAMLETS[2:], HILL)
    people.plant(old, ["id.missing=chưa có", "birth.partial", "id.century", "place.hamlet"])
    people.plant(new, ["id.missing", "birth.swapped", "name.invalid=Con bà Mơ"])
    people.again(old[0], old[13])
    head, first, second = Sheet("table 1"), Sheet("table 2"), Sheet("table 3")
    for row, line in enumerate((("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("XÃ BA NANG", "Độc lập - Tự do - Hạnh phúc")), 1):
        head.put(row, 1, line[0])
        head.put(row, 2, line[1])
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, (("Cha, mẹ", "Họ tên cha"), "father"), (("Cha, mẹ", "Họ tên mẹ"), "mother"), HAMLET]
    _, one = body(first, headings(first, 1, columns), columns, old)
    columns = [STT, NAME, SEX, BIRTH_TEXT, ETHNICITY, ("Cha", "father"), ("Mẹ", "mother"), GUARDIAN, ("Số định danh", "number")]
    _, two = body(second, headings(second, 1, columns), columns, new, hamlet_rows=True)
    data = docx([head, "DANH SÁCH TRẺ EM DƯỚI 16 TUỔI XÃ BA NANG", "I. Trẻ em đã có trên phần mềm", first, "II. Trẻ em mới phát sinh", second, "Ba Nang, ngày 10 tháng 6 năm 2024", "NGƯỜI LẬP BIỂU"])
    return "45-van-ban-word.docx", data, on(first, one) + on(second, two)


def word_vntime(people, known):
    """Word in `.VnTime`: the names are runs of the old font, the rest is Unicode; hamlet and commune in the title."""
    unit = known["Xã Hải Định"]
    records = people.children(unit, 16, HAMLETS[1:2])
    people.plant(records, ["id.missing", "id.year", "birth.invalid"])

    def old(field):
        return lambda record, _: rich((legacy.tcvn3(record.cells[field]), ".VnTime", False)) if record.cells[field] else ""

    sheet = Sheet("table 1")
    columns = [STT, ("Họ và tên", old("name")), BIRTH_TEXT, SEX, ETHNICITY, NUMBER, ("Họ tên cha", old("father")), ("Họ tên mẹ", old("mother")), PHONE]
    _, placed = body(sheet, headings(sheet, 1, columns), columns, records)
    data = docx([(legacy.tcvn3("Danh sách trẻ em"), ".VnTime"), (legacy.tcvn3(f"{HAMLETS[1]}, xã Hải Định, huyện Hải Lăng"), ".VnTime"), sheet])
    return "46-word-vntime.docx", data, on(sheet, placed)


LISTS = [sheet_names, file_name, swapped_column, addresses, vaccinations, school, old_excel, old_excel_1904, libre_office, binary_excel, word, word_vntime]
