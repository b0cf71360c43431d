"""The text lists: csv, tsv and txt in every encoding and with every delimiter.

In: People and the units by name. Out: as the xlsx lists; the sheet of a text file is "".
"""

from . import legacy
from .layout import BIRTH, ETHNICITY, FATHER, GUARDIAN, HAMLET, MOTHER, NAME, NUMBER, PHONE, SEX, STT, body, headings
from .lists_excel import HILL, KINH, MIXED
from .people import HAMLETS, HILL_HAMLETS
from .sheet import Sheet, text

PLAIN = [STT, NAME, BIRTH, SEX, ETHNICITY, NUMBER, FATHER, MOTHER, HAMLET]


def lines(columns, records, *title):
    """A list without letterhead. Gives the sheet and the places."""
    sheet = Sheet("")
    for row, line in enumerate(title, 1):
        sheet.put(row, 1, line)
    _, placed = body(sheet, headings(sheet, len(title) + 1, columns), columns, records)
    return sheet, [("", row, record) for row, record in placed]


def export(people, known):
    """An export with English headings, UTF-8 with a byte-order mark; communes of several districts by row, written in several ways."""
    names = ["Xã Tà Long", "Thị trấn Khe Sanh", "Phường Đông Lương", "Xã Thuận", "Phường 1", "Xã A Dơi", "Xã Đa Krông", "Thị trấn Diên Sanh"]
    written = ["Tà Long", "TT. Khe Sanh", "P. Đông Lương", "Xã Thuận", "Phường 1", "Xã  A Dơi", "Xã Đakrông", "thị trấn Diên Sanh"]
    records = []
    for name, form in zip(names, written):
        unit = known[name]
        hill = unit.district in ("Huyện Đa Krông", "Huyện Hướng Hóa")
        mine = people.children(unit, 7, (HILL_HAMLETS if hill else HAMLETS)[:2], HILL if hill else KINH)
        for record in mine:
            record.cells["commune"] = form
        records += mine
    people.plant(records, ["place.missing", "place.unknown", "place.hamlet", "place.missing", "place.unknown=Xã Triệu Cơ", "place.hamlet", "sex.invalid=3", "ethnicity.missing", "birth.future", "name.short",
                           "id.zero-lost=text", "place.missing&place.hamlet", "name.invalid=Nguyễn Văn An 2"])
    for at, sex in ((3, {"Nam": "M", "Nữ": "F"}), (9, {"Nam": "Trai", "Nữ": "Gái"}), (17, {"Nam": "nam", "Nữ": "nu"})):
        records[at].cells["sex"] = sex.get(records[at].cells["sex"], records[at].cells["sex"])
    columns = [("rec_id", lambda _, at: f"QT{at:05}"), ("full_name", "name"), ("dob", "birth"), ("gender", "sex"), ("ethnicity", "ethnicity"), ("province", "=Quảng Trị"), ("district", "district"), ("commune", "commune"),
               ("hamlet", "hamlet"), ("phone", "phone"), ("father", "father"), ("mother", "mother"), ("guardian", "guardian"), ("personal_id", "number")]
    sheet, placed = lines(columns, records)
    return "31-xuat-tu-phan-mem.csv", b"\xef\xbb\xbf" + text(sheet, dates="%Y-%m-%d").encode(), placed


def semicolons(people, known):
    """UTF-8 without mark, semicolons, quotes and line breaks inside cells, an empty record."""
    records = people.children(known["Xã Cam Thành"], 14, HAMLETS[:3])
    people.plant(records, ["id.missing=chưa có", "birth.swapped", "id.length=4,52E+10", "ethnicity.missing"])
    records[1].cells["father"] = records[1].cells["father"] + '\n(đi làm xa; "Đồng Nai")'
    records[6].cells["hamlet"] = "Thôn Phú Hậu;"
    sheet, placed = lines(PLAIN + [("Xã", "commune")], records, "Danh sách trẻ em; năm 2024", "")
    return "32-cham-phay.csv", text(sheet, ";").encode(), placed


def tabs(people, known):
    """UTF-8 with tabs."""
    records = people.children(known["Xã Triệu Ái"], 12, HAMLETS[2:4])
    people.plant(records, ["id.missing", "id.year", "carer.missing"])
    sheet, placed = lines(PLAIN, records, "Danh sách trẻ em xã Triệu Ái")
    return "33-cach-tab.tsv", text(sheet, "\t").encode(), placed


def unicode_text(people, known):
    """What Excel calls Unicode text: UTF-16LE with tabs."""
    records = people.children(known["Xã Hải Phong"], 12, HAMLETS[:2])
    people.plant(records, ["id.sex", "id.missing", "birth.partial"])
    sheet, placed = lines(PLAIN, records, "DANH SÁCH TRẺ EM XÃ HẢI PHONG")
    return "34-unicode-text.txt", b"\xff\xfe" + text(sheet, "\t").encode("utf-16-le"), placed


def windows1258(people, known):
    """Windows-1258."""
    records = people.children(known["Xã Vĩnh Lâm"], 20, HAMLETS[1:4])
    people.plant(records, ["id.missing=Chưa có", "name.invalid=Chưa đặt tên", "id.place=003"])
    sheet, placed = lines(PLAIN + [GUARDIAN], records, "Danh sách trẻ em xã Vĩnh Lâm")
    return "35-windows-1258.csv", legacy.cp1258(text(sheet)), placed


def one_byte_tcvn3(people, known):
    """TCVN3, one byte a letter, commas."""
    records = people.children(known["Xã Gio Quang"], 20, HAMLETS[3:6])
    people.plant(records, ["id.missing=không có", "ethnicity.unknown=Thiểu số", "birth.invalid"])
    sheet, placed = lines(PLAIN, records, "Danh sách trẻ em xã Gio Quang")
    return "36-tcvn3.csv", legacy.tcvn3(text(sheet)).encode("latin-1"), placed


def one_byte_vni(people, known):
    """VNI, one byte a mark, tabs."""
    records = people.children(known["Xã Triệu Giang"], 20, HAMLETS[3:6])
    people.plant(records, ["id.missing=Chưa có", "birth.missing", "sex.missing"])
    sheet, placed = lines(PLAIN, records, "Danh sách trẻ em xã Triệu Giang")
    return "37-vni.txt", legacy.vni(text(sheet, "\t")).encode("latin-1"), placed


def utf8_twice(people, known):
    """UTF-8 that was taken for Windows-1252 and saved as UTF-8 once more."""
    records = people.children(known["Xã Hải Thượng"], 16, HAMLETS[:3], MIXED)
    people.plant(records, ["id.missing=chưa có", "id.century", "name.missing"])
    sheet, placed = lines(PLAIN + [PHONE], records, "Danh sách trẻ em xã Hải Thượng")
    return "38-utf8-hai-lan.csv", legacy.twice(text(sheet)).encode(), placed


def no_heading(people, known):
    """No heading row at all; the commune stands in the file name only."""
    records = people.children(known["Xã Gio Mai"], 24, HAMLETS[:3])
    people.plant(records, ["id.missing", "birth.partial", "id.year", "ethnicity.missing"], 4)
    sheet = Sheet("")
    _, placed = body(sheet, 1, PLAIN, records)
    return "39-khong-tieu-de-xa-gio-mai.csv", text(sheet).encode(), [("", row, record) for row, record in placed]


LISTS = [export, semicolons, tabs, unicode_text, windows1258, one_byte_tcvn3, one_byte_vni, utf8_twice, no_heading]
