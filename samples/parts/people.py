"""Invented children, and the faults that are planted in them.

In: a random generator and an area unit. Out: a Record: what a list would write, what a reader must get, and the rules it must show.
"""

import csv
import datetime
import os
import unicodedata
from dataclasses import dataclass, field

AS_OF = datetime.date(2024, 6, 13)
FIRST_BIRTH, LAST_BIRTH = datetime.date(2008, 7, 1), datetime.date(2024, 5, 31)

SURNAMES = ("Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Hoàng Phan Võ Đặng Bùi Đỗ Ngô Dương Lý Đoàn Trương Trịnh Đinh Lâm "
            "Phùng Mai Hà Lương Cao Thái Tạ Đào").split()
BOY_MIDDLE = "Minh Hữu Quang Đức Quốc Việt Gia Duy Thanh Xuân Ngọc Đình Tuấn Bảo Hoàng Công Thế Trường Nhật Văn".split()
BOY_GIVEN = "Minh Sơn Dũng Long Hải Anh Thành Phong Bình Hùng Nam Nguyên Cường Khang Tuấn An Đức Quân Huy Khánh Lâm Bảo Hưng Phúc Khôi Ánh".split()
GIRL_MIDDLE = "Ngọc Thanh Hồng Kim Phương Minh Bích Thu Mỹ Quỳnh Thúy Mai Tuyết Bảo Diệu Khánh Như Trúc Thảo Thị".split()
GIRL_GIVEN = "Nhi Anh Linh Phương Trang Mai Vân Hương Thảo Hà Uyên Ngọc Chi Vy Quỳnh Giang Yến My Ngân Châu Trinh Thư Trâm Hân Ý".split()
BRU_GIVEN_BOY = "Thoan Bun Khăm Phone Nghin Ray Cường Bảo Thương Vai Ăm Lứt Tế".split()
BRU_GIVEN_GIRL = "Mơ Pỉ Xa Loan Den Thương Ánh Ki Lứt Nhung Hiền Út Thoan".split()

# Invented hamlets; none has the name of a commune of the province.
HAMLETS = ["Thôn Phú Hậu", "Thôn Mai Đàn", "Thôn Bích Khê", "Thôn Xuân Mỵ", "Thôn An Mô", "Thôn Đại Hào", "Thôn Nhĩ Trung"]
WARD_HAMLETS = ["Khu phố 1", "Khu phố 3", "Khu phố 6"]
HILL_HAMLETS = ["Thôn A Đăng", "Thôn Ka Hẹp", "Bản Cu Tai", "Thôn Pa Ling"]


@dataclass(frozen=True)
class Unit:
    """A commune of the edition of 1/1/2020."""
    code: str
    name: str
    district: str

    @property
    def bare(self):
        """The name without its kind."""
        for kind in ("Thị trấn ", "Phường ", "Xã "):
            if self.name.startswith(kind):
                return self.name[len(kind):]
        return self.name


def units():
    """The 125 communes, by name (a name that stands twice: the last one)."""
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "units.csv")
    with open(path, encoding="utf-8", newline="") as lines:
        return {row["commune"]: Unit(row["code"], row["commune"], row["district"]) for row in csv.DictReader(lines)}


@dataclass
class Record:
    """One child: `cells` as written, the truth as it must be read, and the rules the row must show."""
    cells: dict
    name: str
    birth: str
    sex: str
    ethnicity: str
    number: str
    born: datetime.date
    rules: set = field(default_factory=set)


class People:
    """Makes children. `taken` keeps every number and every name with its birth date unique over the whole folder."""

    def __init__(self, rng, taken):
        self.rng, self.taken = rng, taken

    def _surname(self, hill):
        return "Hồ" if hill else self.rng.choice(SURNAMES)

    def _given(self, sex, hill, adult):
        rng = self.rng
        if hill and (adult or rng.random() < 0.7):
            return ("Văn " + rng.choice(BRU_GIVEN_BOY)) if sex == "Nam" else ("Thị " + rng.choice(BRU_GIVEN_GIRL))
        middle, given = (BOY_MIDDLE, BOY_GIVEN) if sex == "Nam" else (GIRL_MIDDLE, GIRL_GIVEN)
        if adult:
            return ("Văn " if sex == "Nam" else "Thị ") + rng.choice(given)
        first = rng.choice(middle)
        return first + " " + rng.choice([one for one in given if one != first])

    def adult(self, sex, hill=False, surname=None):
        """Name of a grown-up."""
        return f"{surname or self._surname(hill)} {self._given(sex, hill, True)}"

    def number(self, sex, year, place="045"):
        """A number that agrees with sex and birth year, never given before."""
        digit = (year // 100 - 19) * 2 + (sex == "Nữ")
        while True:
            number = f"{place}{digit}{year % 100:02}{self.rng.randrange(10**6):06}"
            if number not in self.taken:
                self.taken.add(number)
                return number

    def birthday(self, first=FIRST_BIRTH, last=LAST_BIRTH):
        """A birth date, never 1 January and never day = month."""
        while True:
            day = first + datetime.timedelta(days=self.rng.randrange((last - first).days))
            if day.day != day.month:
                return day

    def child(self, unit, hamlet, ethnicity=("Kinh", "Kinh")):
        """A sound child of a commune; `ethnicity` = (written, official)."""
        rng = self.rng
        written, official = ethnicity
        hill = official in ("Bru - Vân Kiều", "Tà Ôi")
        sex = rng.choice(("Nam", "Nữ"))
        father = self.adult("Nam", hill)
        mother = self.adult("Nữ", hill)
        while True:
            name = f"{father.split()[0]} {self._given(sex, hill, False)}"
            born = self.birthday()
            if (name, born) not in self.taken:
                self.taken.add((name, born))
                break
        place = "045" if rng.random() < 0.93 else rng.choice(("044", "046", "001", "048"))
        number = self.number(sex, born.year, place)
        years = (born.year - rng.randrange(21, 38), born.year - rng.randrange(19, 34))
        cells = {
            "name": name, "birth": born, "sex": sex, "ethnicity": written, "number": number, "father": father, "mother": mother, "guardian": "",
            "father_birth": years[0], "mother_birth": years[1], "father_number": self.number("Nam", years[0]), "mother_number": self.number("Nữ", years[1]),
            "hamlet": hamlet, "commune": unit.name, "district": unit.district, "phone": "09" + f"{rng.randrange(10**8):08}", "nationality": "Việt Nam", "note": "",
        }
        return Record(cells, name, born.isoformat(), sex, official, number, born)

    def children(self, unit, count, hamlets=None, ethnicities=(("Kinh", "Kinh"),)):
        """`count` sound children, hamlet by hamlet."""
        hamlets = hamlets or [""]
        share = [hamlets[index * len(hamlets) // count] for index in range(count)]
        return [self.child(unit, hamlet, self.rng.choice(ethnicities)) for hamlet in share]

    # Faults -------------------------------------------------------------------------------------------------------------

    def plant(self, records, faults, start=1):
        """Plants one fault (or several joined by "&") in each of evenly spread records."""
        step = max(1, (len(records) - start) // max(1, len(faults)))
        assert start + step * (len(faults) - 1) < len(records), "more faults than records"
        for index, fault in enumerate(faults):
            for one in fault.split("&"):
                self.fault(records[start + index * step], *one.split("=", 1))

    def fault(self, record, code, written=None):
        """Plants one fault. `written`: what the cell shall say, where the fault has spellings."""
        rng, cells, born = self.rng, record.cells, record.born
        other = "Nữ" if record.sex == "Nam" else "Nam"
        record.rules.add(code)
        if code == "id.missing":
            cells["number"], record.number = written or "", ""
        elif code == "not-yet":  # a note, no rule of weight: no number can exist
            record.rules.discard(code)
            if written == "Lào":
                cells["nationality"], cells["number"] = "Lào", ""
            else:
                cells["number"] = written or "chưa đăng ký khai sinh"
            record.number = ""
        elif code == "id.length":
            if written == "contradicts":  # eleven digits, but restored they contradict the sex
                written = self.number(other, born.year)[1:]
            cells["number"], record.number = written or f"197{rng.randrange(10**6):06}", ""
        elif code == "id.zero-lost":
            number = self.number(record.sex, born.year, "001" if written == "001" else "045")
            cells["number"] = int(number) if written != "text" else number.lstrip("0")
            record.number = ""
        elif code == "id.place":
            cells["number"], record.number = (written or "097") + record.number[3:], ""
        elif code == "id.abroad":
            cells["number"] = record.number = (written or "193") + record.number[3:]
        elif code == "id.century":
            cells["number"], record.number = self.number(record.sex, born.year - 27), ""
        elif code == "id.sex":
            cells["number"] = record.number = self.number(other, born.year)
        elif code == "id.year":
            cells["number"] = record.number = self.number(record.sex, born.year - 1 if born.year > 2012 else born.year + 1)
        elif code == "id.parent":
            self._parent(record, written)
        elif code == "name.missing":
            cells["name"], record.name = written or "", ""
        elif code == "name.invalid":
            cells["name"], record.name = written or "Chưa đặt tên", ""
        elif code == "name.short":
            record.name = cells["name"] = written or record.name.split()[-1]
        elif code.startswith("birth."):
            self._birth(record, code, written)
        elif code == "sex.missing":
            cells["sex"], record.sex = written or "", ""
        elif code == "sex.invalid":
            cells["sex"], record.sex = written or "?", ""
        elif code.startswith("ethnicity."):
            default = {"missing": "", "unknown": "DTTS", "ambiguous": "Xá Lá Vàng"}[code.split(".")[1]]
            cells["ethnicity"], record.ethnicity = written or default, ""
        elif code == "carer.missing":
            cells.update(father="", mother="", guardian="", father_birth=None, mother_birth=None, father_number="", mother_number="")
        elif code == "place.missing":
            cells["commune"] = ""
        elif code == "place.unknown":
            cells["commune"] = written or "Xã Tân Phú Thượng"
        elif code == "place.hamlet":
            cells["hamlet"] = ""
        else:
            raise ValueError(code)

    def _parent(self, record, written):
        cells = record.cells
        if written == "pasted":  # the child's number pasted into the father's cell
            cells["father_number"] = cells["number"]
            return
        cells["mother_birth"], cells["mother_number"] = 1985, self.number("Nữ", 1985)
        if written == "zeros":  # the mother's number with its zero lost, on both sides
            cells["number"] = cells["mother_number"] = cells["mother_number"][1:]
            record.rules.add("id.length")
        else:  # the mother's number in the child's cell; with "zero" the mother's own cell has lost its zero
            cells["number"] = cells["mother_number"]
            if written == "zero":
                cells["mother_number"] = int(cells["mother_number"])
            record.rules.add("id.century")
        record.number = ""

    def _birth(self, record, code, written):
        cells, born = record.cells, record.born
        kind = code.split(".")[1]
        if kind == "missing":
            cells["birth"], record.birth = written or "", ""
        elif kind == "invalid":
            cells["birth"], record.birth = written or f"31/02/{born.year}", ""
        elif kind == "partial":
            form = written or "{y}"
            record.birth = f"{born.year}-{born.month:02}" if "{m" in form else str(born.year)
            cells["birth"] = born.year if form == "number" else form.format(y=born.year, m=born.month, mm=f"{born.month:02}")
        elif kind == "swapped":
            while record.born.day <= 12:
                record.born = self.birthday(datetime.date(born.year, 2, 1), datetime.date(born.year, 12, 28)) if born.year < 2024 else self.birthday(datetime.date(2024, 1, 13))
            born = record.born
            cells["birth"], record.birth = f"{born.month}/{born.day}/{born.year}", born.isoformat()
        elif kind == "future":
            record.born = datetime.date(2024, 8, 20) if written is None else record.born
            self._renumber(record, 2024)
            cells["birth"], record.birth = (record.born, record.born.isoformat()) if written is None else (written, "-".join(reversed(written.split("/"))))
        elif kind == "over-age":
            days = {None: datetime.date(2007, 3, 21), "last": datetime.date(2008, 6, 13)}
            record.born = days[written]
            self._renumber(record, record.born.year)
            cells["birth"], record.birth = record.born, record.born.isoformat()
        else:
            raise ValueError(code)

    def _renumber(self, record, year):
        """A new number after the birth year was changed, where the row still has a sound one."""
        if record.number:
            record.cells["number"] = record.number = self.number(record.cells["sex"], year)

    def twins(self, first, second, sister=False):
        """`second` becomes a twin of `first` with the number pasted from one to the other: id.shared (and id.sex on a sister)."""
        for key in ("father", "mother", "father_birth", "mother_birth", "father_number", "mother_number", "hamlet", "commune", "district", "phone", "ethnicity"):
            second.cells[key] = first.cells[key]
        sex = first.sex if not sister else ("Nữ" if first.sex == "Nam" else "Nam")
        while True:
            hill = first.ethnicity in ("Bru - Vân Kiều", "Tà Ôi")
            name = f"{first.name.split()[0]} {self._given(sex, hill, False)}"
            if name.split()[-1] != first.name.split()[-1]:
                break
        second.cells.update(name=name, sex=sex, birth=first.born, number=first.cells["number"])
        second.name, second.sex, second.born, second.birth = name, sex, first.born, first.birth
        second.ethnicity, second.number = first.ethnicity, first.number
        first.rules.add("id.shared")
        second.rules.add("id.shared")
        if sister:
            second.rules.add("id.sex")

    def again(self, first, second, number="same"):
        """`second` becomes the same child once more: child.duplicate on both. `number`: "same", "none" or "other"."""
        hamlet = second.cells["hamlet"]
        second.cells = dict(first.cells, hamlet=hamlet)
        second.name, second.birth, second.sex, second.born = first.name, first.birth, first.sex, first.born
        second.ethnicity, second.number = first.ethnicity, first.number
        if number == "none":
            self.fault(second, "id.missing")
        elif number == "other":
            second.cells["number"] = second.number = self.number(first.sex, first.born.year)
        second.rules |= {"child.duplicate"}
        first.rules |= {"child.duplicate"}


def bare(text):
    """Without diacritics, for file names and the like."""
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in text if not unicodedata.combining(letter))
