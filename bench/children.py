"""Rows of invented children, as many as wanted, in constant memory.

In: a count and a share of rows with a plain fault. Out: tuples of text in the order of COLUMNS. All rows are sound unless a fault
is asked for: numbers agree with sex and birth year and are unique, no two children of one birthday share a parent's name, all are
under 16 on 23/11/2026, the communes are those of Quảng Trị in the edition of 1/1/2020.
"""

import csv
import datetime
import os

import numpy

COLUMNS = "rec_id,full_name,dob,gender,ethnicity,province,district,commune,hamlet,address,phone,father,mother,guardian,personal_id".split(",")
FIRST, LAST = datetime.date(2010, 11, 24), datetime.date(2026, 11, 20)

_SURNAMES = "Trần Lê Phạm Hoàng Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đoàn Trương Trịnh Đinh Lâm Phùng Mai Hà Lương Cao Thái Tạ Đào".split()
# The frequent surnames stand with several second syllables.
_FAMILY = ["Nguyễn"] + [f"Nguyễn {second}" for second in "Hữu Đức Văn Đình Phước Công Xuân Quang".split()] + [f"Trần {second}" for second in "Đình Văn Quốc".split()] + [f"Lê {second}" for second in "Văn Công Hữu".split()] + _SURNAMES
_BOY = ("Minh Gia Duy Thanh Ngọc Tuấn Bảo Hoàng Thế Trường Nhật Anh Việt".split(), "Sơn Dũng Long Hải Thành Phong Bình Hùng Nam Nguyên Cường Khang An Quân Huy Khánh Lâm Hưng Phúc Khôi Tâm Kiên".split())
_GIRL = ("Thị Thanh Hồng Kim Phương Bích Thu Mỹ Quỳnh Thúy Tuyết Diệu Như Trúc".split(), "Nhi Linh Trang Mai Vân Hương Thảo Hà Uyên Ngọc Chi Vy Giang Yến My Ngân Châu Trinh Thư Trâm Hân Oanh".split())
_BOY_GIVEN = [f"{middle} {given}" for middle in _BOY[0] for given in _BOY[1]]
_GIRL_GIVEN = [f"{middle} {given}" for middle in _GIRL[0] for given in _GIRL[1]]
_MALE = [f"{family} {given}" for family in _FAMILY for given in _BOY_GIVEN]
_FEMALE = [f"{family} {given}" for family in _SURNAMES for given in _GIRL_GIVEN]
_HAMLETS = "Thôn Phú Hậu|Thôn Mai Đàn|Thôn Bích Khê|Thôn Xuân Mỵ|Thôn An Mô|Thôn Đại Hào|Thôn Nhĩ Trung|Khu phố 1|Khu phố 2|Khu phố 5|Thôn A Đăng|Thôn Ka Hẹp|Bản Cu Tai|Thôn Pa Ling|Thôn 3|Thôn 7".split("|")
_ETHNICITY = ["Kinh"] * 82 + ["Bru - Vân Kiều"] * 12 + ["Tà Ôi"] * 3 + ["Hoa", "Tày", "Mường"]
_PROVINCES = "045 044 046 048 049 042 040 038 001 079 066 067".split()
_CHUNK = 100_000


def _units():
    path = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "samples", "units.csv")
    with open(path, encoding="utf-8", newline="") as lines:
        return [(row["district"], row["commune"]) for row in csv.DictReader(lines)]


def _coprime(step, size):
    """The first number from `step` on that has no factor in common with `size`: its multiples visit every place once."""
    while numpy.gcd(step, size) != 1:
        step += 1
    return step


def _fault(row, kind):
    """One plain fault in a row."""
    at, text = ((14, ""), (14, row[14][1:-1]), (1, ""), (2, ""), (3, ""), (4, "DTTS"), (2, row[2][:4]), (3, "?"))[kind]
    if kind == 1 and len(text) == 10 and text[0] == "4":
        text = text[:9]
    row[at] = text
    return row


def rows(count, faults=0.0, seed=20261123):
    """Yields `count` rows as lists of text."""
    rng = numpy.random.default_rng(seed)
    units, span = _units(), (LAST - FIRST).days + 1
    days = [FIRST + datetime.timedelta(days=at) for at in range(span)]
    iso = [day.isoformat() for day in days]
    digits = [f"{day.year % 100:02}" for day in days]
    born, given = [0] * span, {}
    father_step, mother_step = _coprime(7_919, len(_MALE)), _coprime(5_077, len(_FEMALE))
    done = 0
    while done < count:
        size = min(_CHUNK, count - done)
        day, boy, hamlet, ethnic = (rng.integers(0, top, size).tolist() for top in (span, 2, len(_HAMLETS), len(_ETHNICITY)))
        unit, name, house, phone, odd = (rng.integers(0, top, size).tolist() for top in (len(units), len(_BOY_GIVEN), 300, 10**8, 1_000_000))
        for at in range(size):
            born_on, male = day[at], boy[at]
            # The n-th child of a day has parents whom no other child of that day has.
            nth = born[born_on]
            born[born_on] = nth + 1
            father = _MALE[(nth * father_step + born_on * 131) % len(_MALE)]
            mother = _FEMALE[(nth * mother_step + born_on * 197) % len(_FEMALE)]
            key = digits[born_on] + ("2" if male else "3")
            serial = given.get(key, 0)
            given[key] = serial + 1
            place = _PROVINCES[serial // 1_000_000]
            number = f"{place}{key[2]}{key[:2]}{serial * 611_953 % 1_000_000:06}"
            district, commune = units[unit[at]]
            family = father.split(" ", 1)[0]
            row = [str(done + at + 1), f"{family} {(_BOY_GIVEN if male else _GIRL_GIVEN)[name[at]]}", iso[born_on], "Nam" if male else "Nữ", _ETHNICITY[ethnic[at]], "Quảng Trị", district, commune,
                   _HAMLETS[hamlet[at]], f"Số nhà {house[at] + 1}", f"09{phone[at]:08}", father, mother, mother if odd[at] % 40 == 7 else "", number]
            yield _fault(row, odd[at] % 8) if odd[at] < faults * 1_000_000 else row
        done += size
