"""The xlsx lists: layout, fonts and the ways to write a record.

In: People and the units by name. Out: for each list its file name, its bytes and where every child stands: (sheet, row, Record).
"""

import datetime

from . import legacy
from .layout import (BIRTH, DATE_FORMS, DMY, ETHNICITY, FATHER, GUARDIAN, HAMLET, MOTHER, NAME, NOTE, NUMBER, PHONE, SEX, STT, body, dated, encode, footer, headings, letterhead, numbering,
                     rich, title)
from .people import HAMLETS, HILL_HAMLETS, WARD_HAMLETS
from .sheet import Sheet, serial, xlsx

KINH = (("Kinh", "Kinh"),)
HILL = (("Pa Cô", "Tà Ôi"), ("Pa Cô", "Tà Ôi"), ("Pa Kô", "Tà Ôi"), ("Tà Ôi", "Tà Ôi"), ("Vân Kiều", "Bru - Vân Kiều"))
BRU = (("Bru - Vân Kiều", "Bru - Vân Kiều"), ("Vân Kiều", "Bru - Vân Kiều"), ("Bru Vân Kiều", "Bru - Vân Kiều"), ("Kinh", "Kinh"))
MIXED = (("Kinh", "Kinh"),) * 8 + (("Hoa", "Hoa"), ("Mường", "Mường"), ("Tày", "Tày"), ("H'Mông", "Hmông"), ("Thái", "Thái"), ("Lào", "Lào"))


def on(sheet, placed):
    """Each record with the name of its sheet."""
    return [(sheet.name, row, record) for row, record in placed]


def plain(sheet, unit, columns, records, name, heading="DANH SÁCH TRẺ EM DƯỚI 16 TUỔI", **kinds):
    """A title with the commune, one table. Gives the file."""
    row = title(sheet, 1, len(columns), heading, f"{unit.name.upper()}, {unit.district.upper()}") + 1
    row = headings(sheet, row, columns)
    _, placed = body(sheet, row, columns, records, **kinds)
    return name, xlsx([sheet]), on(sheet, placed)


def heads(people, known):
    """Letterhead, two-row heading, numbers under it, hamlet rows, sub-totals, footer; all of one surname."""
    unit = known["Xã Tà Rụt"]
    records = people.children(unit, 40, HILL_HAMLETS, HILL)
    people.plant(records, ["id.missing=chưa có", "name.invalid=Con bà Thoan", "birth.partial", "id.missing=-", "id.century", "carer.missing", "id.length", "name.invalid=Bé gái", "sex.missing", "id.missing=Chưa có",
                           "ethnicity.unknown=Thiểu số", "birth.partial={m}/{y}", "not-yet"])
    people.twins(records[2], records[3])
    people.again(records[20], records[38], "none")
    records[6].cells["father"] = "Không rõ"
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, ("Số định danh cá nhân/CCCD", "number"), (("Cha", "Họ và tên"), "father"), (("Cha", "Năm sinh"), "father_birth"),
               (("Mẹ", "Họ và tên"), "mother"), (("Mẹ", "Năm sinh"), "mother_birth"), GUARDIAN, NOTE]
    row = letterhead(sheet, unit, len(columns))
    row = title(sheet, row, len(columns), "DANH SÁCH TRẺ EM DƯỚI 16 TUỔI TRÊN ĐỊA BÀN XÃ TÀ RỤT", "(Số liệu tính đến ngày 10/6/2024)") + 1
    row = numbering(sheet, headings(sheet, row, columns), len(columns))
    row, placed = body(sheet, row, columns, records, hamlet_rows=True, totals=True)
    footer(sheet, row, len(columns), unit, len(records), "Hồ Văn Nghin", "Hồ Thị Loan")
    return "01-tieu-de-nhieu-dong.xlsx", xlsx([sheet]), on(sheet, placed)


BIRTH_TEXT = ("Ngày, tháng, năm sinh", DMY)


def hamlet_sheets(people, known):
    """One sheet a hamlet, real dates, and a summary sheet that holds no child."""
    unit = known["Xã Triệu Phước"]
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, PHONE]
    records = people.children(unit, 32, HAMLETS[:4])
    people.plant(records, ["id.sex", "birth.future", "id.missing", "birth.over-age", "id.year", "id.place", "birth.missing", "name.short"])
    sheets, places, counts = [], [], []
    for hamlet in HAMLETS[:4]:
        sheet = Sheet(hamlet)
        mine = [record for record in records if record.cells["hamlet"] == hamlet]
        row = title(sheet, 1, len(columns), "DANH SÁCH TRẺ EM", "XÃ TRIỆU PHƯỚC - NĂM 2024") + 1
        row, placed = body(sheet, headings(sheet, row, columns), columns, mine)
        sheet.put(row, 2, f"Tổng cộng: {len(mine)} trẻ")
        sheets.append(sheet)
        places += on(sheet, placed)
        counts.append((hamlet, len(mine)))
    summary = Sheet("Tổng hợp")
    title(summary, 1, 3, "TỔNG HỢP SỐ TRẺ EM XÃ TRIỆU PHƯỚC")
    for row, line in enumerate([("TT", "Thôn", "Số trẻ em")] + [(at, *pair) for at, pair in enumerate(counts, 1)] + [("", "Cộng", len(records))], 3):
        for column, item in enumerate(line, 1):
            summary.put(row, column, item)
    return "02-moi-thon-mot-trang.xlsx", xlsx(sheets + [summary]), places


def two_tables(people, known):
    """Two tables on a sheet, each with its heading row; the second in another order of columns."""
    unit = known["Xã Gio Mỹ"]
    old, new = people.children(unit, 14, HAMLETS[2:5]), people.children(unit, 10, HAMLETS[2:5])
    people.plant(old, ["id.length=4,52E+10", "birth.invalid", "ethnicity.missing", "id.sex"])
    people.plant(new, ["id.missing=không có", "sex.invalid=Không rõ", "id.missing=0", "birth.partial=tháng {m}/{y}"])
    sheet = Sheet("Danh sách")
    first = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    second = [STT, NAME, SEX, BIRTH_TEXT, HAMLET, ("Họ tên bố", "father"), ("Họ tên mẹ", "mother"), ETHNICITY, ("Mã định danh", "number")]
    row = title(sheet, 1, 9, "DANH SÁCH TRẺ EM XÃ GIO MỸ")
    sheet.put(row, 1, "I. TRẺ EM ĐÃ CÓ TRÊN PHẦN MỀM")
    row, placed = body(sheet, headings(sheet, row + 1, first), first, old)
    sheet.put(row + 1, 1, "II. TRẺ EM MỚI PHÁT SINH")
    _, more = body(sheet, headings(sheet, row + 2, second), second, new)
    return "03-hai-bang.xlsx", xlsx([sheet]), on(sheet, placed + more)


def hidden(people, known):
    """Hidden rows and a hidden column, blank rows inside, ghost cells far to the right and far below, line breaks in cells."""
    unit = known["Xã Hải Quế"]
    records = people.children(unit, 24, HAMLETS[:3])
    people.plant(records, ["name.missing", "id.zero-lost=text", "birth.missing=-", "place.hamlet", "id.missing=…", "sex.missing=-", "carer.missing"])
    for at in (3, 11):
        words = records[at].cells["name"].split(" ")
        records[at].cells["name"] = " " + words[0] + "  " + "\n".join(words[1:]) + "\u00a0"
    sheet = Sheet("Sheet1")
    columns = [STT, ("Mã hồ sơ", lambda record, at: f"HS{at:04}"), NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    name, _, placed = plain(sheet, unit, columns, records, "04-dong-an-o-ma.xlsx", blank_every=5)
    for _, row, record in placed[7:9] + placed[15:16]:
        sheet.hidden_rows.add(row)
    sheet.hidden_columns.add(2)
    for row in (1, 5, 300, 4000):
        sheet.put(row, 45, " ghost")
    sheet.put(900, 1, " ghost")
    sheet.put(6, 30, " ")
    return name, xlsx([sheet]), placed


def rich_text(people, known):
    """Names in runs: bold given names, red notes, and runs of a `.VnTime` font among Unicode ones."""
    unit = known["Xã Cam Hiếu"]
    records = people.children(unit, 18, HAMLETS[3:6], MIXED)
    people.plant(records, ["id.year", "ethnicity.ambiguous=Xá Khao", "id.missing", "birth.swapped"], 2)

    def name(record, ordinal):
        words = record.cells["name"].split(" ")
        if len(words) < 2:
            return record.cells["name"]
        first, last = " ".join(words[:-1]) + " ", words[-1]
        if ordinal % 3 == 0:
            return rich((first, None, False), (last, None, True))
        if ordinal % 3 == 1:
            return rich((legacy.tcvn3(first), ".VnTime", False), (legacy.tcvn3(last), ".VnTime", True))
        return record.cells["name"]

    columns = [STT, ("Họ và tên", name), BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "05-chu-dam-nhieu-phong.xlsx")


def vntime(people, known):
    """TCVN3: headings and names in `.VnTimeH`, the rest in `.VnTime`; some cells typed with the capitals locked; one column pasted in Unicode."""
    unit = known["Xã Vĩnh Thủy"]
    records = people.children(unit, 26, HAMLETS[:3])
    people.plant(records, ["id.missing=Chưa có", "birth.partial=tháng {m}/{y}", "sex.invalid=Không rõ", "id.century", "ethnicity.unknown=DTTS", "name.invalid=Chưa đặt tên"])
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET, NOTE]
    records[5].cells["note"] = "Hộ nghèo"
    row = title(sheet, 1, len(columns), "Danh sách trẻ em dưới 16 tuổi", "Xã Vĩnh Thủy, huyện Vĩnh Linh") + 1
    first = headings(sheet, row, columns)
    last, placed = body(sheet, first, columns, records, totals=True)
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell.value, str) or column == 8:  # the mothers' names were pasted in Unicode and kept the old font
            cell.font = ".VnTime"
        elif row < first or column == 2 and row % 2:
            cell.value, cell.font = legacy.tcvn3_caps(cell.value), ".VnTimeH"
        elif column == 2 and row % 4 == 0:  # capitals locked: letters with a tone stay small
            cell.value, cell.font = "".join(legacy.tcvn3(letter) for letter in cell.value.upper()), ".VnTime"
        else:
            cell.value, cell.font = legacy.tcvn3(cell.value), ".VnTime"
    return "06-phong-vntime.xlsx", xlsx([sheet]), on(sheet, placed)


def vni(people, known):
    """VNI-Times throughout, hamlet rows."""
    unit = known["Xã Triệu Long"]
    records = people.children(unit, 22, HAMLETS[4:7])
    people.plant(records, ["id.missing=không có", "birth.invalid", "id.length", "carer.missing", "name.invalid=Bé trai"])
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, GUARDIAN]
    row = title(sheet, 1, len(columns), "DANH SÁCH TRẺ EM XÃ TRIỆU LONG", "HUYỆN TRIỆU PHONG") + 1
    _, placed = body(sheet, headings(sheet, row, columns), columns, records, hamlet_rows=True, totals=True)
    encode(sheet, legacy.vni, "VNI-Times")
    return "07-phong-vni.xlsx", xlsx([sheet]), on(sheet, placed)


def decomposed(people, known):
    """Decomposed Unicode, Ð for Đ, invisible characters, names in capitals or in small letters."""
    unit = known["Xã Gio An"]
    records = people.children(unit, 24, HAMLETS[1:4], MIXED)
    people.plant(records, ["id.sex", "ethnicity.unknown=Người DTTS", "id.missing", "ethnicity.ambiguous=Trại", "birth.partial=00/00/{y}"])
    for at, record in enumerate(records):
        for key in ("name", "father", "mother"):
            words = record.cells[key]
            words = words.upper() if at % 3 == 1 else words.lower() if at % 8 == 3 else words
            words = legacy.eth(words)
            record.cells[key] = words.replace(" ", "\u200b ", 1) if at % 5 == 4 else words
    records[12].cells["mother"] = "ÐẶNG THỊ ÐÀO"
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    name, _, placed = plain(sheet, unit, columns, records, "08-unicode-to-hop.xlsx")
    for cell in sheet.cells.values():
        if isinstance(cell.value, str):
            cell.value = legacy.decomposed(cell.value)
    return name, xlsx([sheet]), placed


def date1904(people, known):
    """A workbook that counts days from 1904."""
    unit = known["Xã Vĩnh Chấp"]
    records = people.children(unit, 12, HAMLETS[:2])
    people.plant(records, ["birth.over-age=last", "id.year", "birth.future"])
    sheet = Sheet("Sheet1")
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    name, _, placed = plain(sheet, unit, columns, records, "09-ngay-tinh-tu-1904.xlsx")
    return name, xlsx([sheet], date1904=True), placed


def date_texts(people, known):
    """Every way to write a date as text, day numbers without a date format, and what is no full date."""
    unit = known["Xã Hải Lâm"]
    records = people.children(unit, 58, HAMLETS[:4])
    faults = ["birth.partial={y}", "birth.partial={m}/{y}", "birth.partial={mm}-{y}", "birth.partial=tháng {m}/{y}", "birth.partial=Tháng {m} năm {y}", "birth.partial=00/00/{y}", "birth.partial=0/{m}/{y}",
              "birth.partial=number", "birth.swapped", "birth.swapped", "birth.invalid", "birth.invalid=31/04/2015", "birth.invalid=29/02/2011", "birth.invalid=15/03/0212", "birth.invalid=15/03/20012", "birth.invalid=8 tuổi",
              "birth.missing=…", "birth.future=25/12/2024", "birth.over-age", "birth.partial={y}&id.year"]
    people.plant(records, faults, 2)
    forms = DATE_FORMS + ["serial", "wide", "look-alike"]

    def birth(record, ordinal):
        form, written = forms[ordinal % len(forms)], record.cells["birth"]
        if not isinstance(written, datetime.date):
            return written
        if form == "serial":
            return serial(written)
        text = dated("{d:02}/{m:02}/{y}" if form in ("wide", "look-alike") else form)(record, ordinal)
        if form == "wide":
            return "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in text)
        return text[:6].replace("0", "O").replace("1", "l") + text[6:] if form == "look-alike" else text

    columns = [STT, NAME, ("Ngày sinh", birth), SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "10-ngay-sinh-dang-chu.xlsx")


def three_columns(people, known):
    """Day, month and year in three columns under one heading."""
    unit = known["Xã Trung Nam"]
    records = people.children(unit, 18, HAMLETS[2:4])
    people.plant(records, ["birth.partial", "birth.invalid", "birth.partial={m}/{y}", "birth.missing", "id.year"])

    def part(at):
        def field(record, _):
            written = record.cells["birth"]
            if isinstance(written, datetime.date):
                return (written.day, written.month, written.year)[at]
            pieces = [None] * (3 - len(written.split("/"))) + written.split("/") if written else [None] * 3
            return int(pieces[at]) if pieces[at] else None
        return field

    columns = [STT, NAME, (("Sinh ngày", "Ngày"), part(0)), (("Sinh ngày", "Tháng"), part(1)), (("Sinh ngày", "Năm"), part(2)), SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "11-ngay-thang-nam-ba-cot.xlsx")


def ticks(people, known):
    """Sex as a tick in one of two columns."""
    unit = known["Xã Triệu Đại"]
    records = people.children(unit, 20, HAMLETS[:2])
    people.plant(records, ["sex.missing", "sex.invalid=both", "id.sex", "sex.invalid=both", "id.missing"])

    def tick(sex, sign):
        return lambda record, _: sign if record.cells["sex"] in (sex, "both") else ""

    columns = [STT, NAME, BIRTH_TEXT, (("Giới tính", "Nam"), tick("Nam", "x")), (("Giới tính", "Nữ"), tick("Nữ", "X")), ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "12-nam-nu-danh-dau.xlsx")


def births_by_sex(people, known):
    """Two columns Nam and Nữ that hold the birth date; hamlet rows with Roman numbers."""
    unit = known["Xã Húc"]
    records = people.children(unit, 20, HILL_HAMLETS[:2], BRU)
    people.plant(records, ["sex.missing&birth.missing", "birth.partial", "id.century", "sex.missing&birth.missing", "id.missing"])

    def born(sex):
        return lambda record, ordinal: DMY(record, ordinal) if record.cells["sex"] == sex else ""

    columns = [STT, NAME, (("Ngày tháng năm sinh", "Nam"), born("Nam")), (("Ngày tháng năm sinh", "Nữ"), born("Nữ")), ETHNICITY, NUMBER, FATHER, MOTHER]
    return plain(Sheet("Sheet1"), unit, columns, records, "13-nam-nu-ghi-ngay-sinh.xlsx", hamlet_rows=True, totals=True)


def two_name_columns(people, known):
    """Family and given name apart; father and mother in one cell, in several ways."""
    unit = known["Xã Cam Nghĩa"]
    records = people.children(unit, 20, HAMLETS[5:7])
    people.plant(records, ["name.missing", "carer.missing", "name.invalid=Bé", "id.missing", "carer.missing"])

    def both(record, ordinal):
        father, mother = record.cells["father"], record.cells["mother"]
        if not father:
            return ""
        return (f"{father}\n{mother}", f"Cha: {father}; Mẹ: {mother}", f"{father} - {mother}", f"{father}, {mother}", f"{father} / {mother}")[ordinal % 5]

    columns = [STT, ("Họ và chữ đệm", lambda record, _: " ".join(record.cells["name"].split(" ")[:-1])), ("Tên", lambda record, _: record.cells["name"].split(" ")[-1]), BIRTH_TEXT, SEX, ETHNICITY, NUMBER,
               ("Họ tên cha, mẹ", both), HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "14-ho-va-ten-hai-cot.xlsx")


def parents(people, known):
    """The parents' numbers and birth years beside the child's."""
    unit = known["Thị trấn Khe Sanh"]
    records = people.children(unit, 30, WARD_HAMLETS, BRU)
    people.plant(records, ["id.parent", "id.parent=zero", "id.parent=zeros", "id.parent=pasted", "id.century", "id.abroad", "id.parent"], 5)
    people.twins(records[1], records[2], sister=True)
    people.twins(records[3], records[4])
    people.again(records[22], records[29], "other")
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, (("Họ tên, năm sinh, số CCCD của cha", "Họ và tên"), "father"), (("Họ tên, năm sinh, số CCCD của cha", "Năm sinh"), "father_birth"),
               (("Họ tên, năm sinh, số CCCD của cha", "Số CCCD"), "father_number"), (("Họ tên, năm sinh, số CCCD của mẹ", "Họ và tên"), "mother"),
               (("Họ tên, năm sinh, số CCCD của mẹ", "Năm sinh"), "mother_birth"), (("Họ tên, năm sinh, số CCCD của mẹ", "Số CCCD"), "mother_number"), ("Khu phố", "hamlet")]
    return plain(Sheet("Sheet1"), unit, columns, records, "15-so-cua-cha-me.xlsx")


def zeros(people, known):
    """The column of numbers kept as numbers: every zero in front is lost."""
    unit = known["Xã Triệu Thành"]
    records = people.children(unit, 16, HAMLETS[:2])
    for at, record in enumerate(records):
        if at not in (5, 10, 12):
            people.fault(record, "id.zero-lost", "001" if at == 3 else None)
    people.fault(records[7], "sex.missing")
    people.fault(records[8], "birth.missing")
    people.fault(records[5], "id.length", "contradicts")
    lost = int(people.number("Nam", 2015))  # neither sex nor birth year known: nothing speaks for the zero
    for one in ("sex.missing", "birth.missing", "id.length"):
        people.fault(records[10], one)
    records[10].cells["number"] = lost
    people.fault(records[12], "id.abroad")
    for at in (5, 12):
        records[at].cells["number"] = int(records[at].cells["number"])
    columns = [STT, NAME, BIRTH, SEX, ETHNICITY, ("Mã định danh", "number"), FATHER, MOTHER, HAMLET]
    return plain(Sheet("Sheet1"), unit, columns, records, "16-so-mat-so-0.xlsx")


def number_forms(people, known):
    """Sound numbers written in every way, and numbers that are none."""
    unit = known["Phường Đông Lương"]
    records = people.children(unit, 36, WARD_HAMLETS, MIXED)
    people.plant(records, ["id.missing=Không có", "id.length=4,52E+10", "id.length=O45215001234", "id.place=097", "id.place=000", "id.abroad", "id.length=0452150012345", "id.missing=0", "id.missing=-", "id.length=045 215"])
    forms = ["{0}", "{1} {2} {3} {4}", "{1}.{2}.{3}.{4}", "'{0}", "{1}-{2}-{3}-{4}", " {0} ", "wide", "\u00a0{0}", "{1}{2}\u00a0{3}{4}"]

    def number(record, ordinal):
        text = record.cells["number"]
        form = forms[ordinal % len(forms)]
        if len(text) != 12 or not text.isdigit():
            return text
        if form == "wide":
            return "".join(chr(ord(letter) + 0xFEE0) for letter in text)
        return form.format(text, *(text[at:at + 3] for at in (0, 3, 6, 9)))

    columns = [STT, NAME, BIRTH_TEXT, SEX, ETHNICITY, ("Số ĐDCN", number), FATHER, MOTHER, ("Tổ dân phố", "hamlet")]
    return plain(Sheet("Sheet1"), unit, columns, records, "17-so-viet-nhieu-cach.xlsx")


LISTS = [heads, hamlet_sheets, two_tables, hidden, rich_text, vntime, vni, decomposed, date1904, date_texts, three_columns, ticks, births_by_sex, two_name_columns, parents, zeros, number_forms]
