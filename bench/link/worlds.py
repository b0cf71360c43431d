#!/usr/bin/env python3
"""Made-up worlds of children with their truth, to measure `treem link` on.

usage: worlds.py SET SEED RECIPE OUT     SET: a, b, c, d (shapes of docs/link.md), or s (a small one); RECIPE: one, two
Out: OUT/a.csv, OUT/b.csv (c: only a.csv) with rec_id, full_name, dob, gender, ethnicity, father, mother, commune, personal_id, and
OUT/truth.csv (left, right). The same seed gives the same bytes. All people are invented. A child of a family may stand in one list, in the
other or in both, independently of its brothers and sisters: so most children of one list have siblings in the other.
"""
import csv
import datetime
import os
import random
import sys

from spelling import asc, no_marks, regional, tone_style, typo

SHAPES = {  # records of A, of B, in both, mountain, with numbers
    "a": (50_000, 140_000, 10_000, False, True),
    "b": (50_000, 140_000, 10_000, False, False),
    "c": (1_000_000, 0, 54_000, False, True),
    "d": (30_000, 60_000, 6_000, True, True),
    "s": (3_000, 8_000, 800, False, True),
}
# How often a record that is written a second time is damaged, by recipe; what is not named in "two" is as in "one".
RECIPES = {
    "one": dict(upper=.08, tone=.12, plain=.04, typo=.025, regional=.035, middle=.02, placeholder=.004, renamed=.005, order=.002, swapped=.012, year=.02, january=.01, slip=.02,
                year_off=.007, no_dob=.003, sex=.006, no_sex=.003, ethnic=.02, no_father=.05, no_mother=.03, thi=.04, teknonym=.005, parents_swapped=.004, carer=.01, moved=.05,
                number_missing=.25, zero=.05, number_slip=.007, pasted=.006, parent_number=.003, register=.3, names=0),
    "two": dict(upper=.02, tone=.05, plain=.10, typo=.045, regional=.06, middle=.035, placeholder=.008, renamed=.008, swapped=.025, year=.045, january=.02, slip=.03, year_off=.015,
                sex=.012, ethnic=.04, no_father=.09, no_mother=.06, thi=.07, parents_swapped=.01, carer=.02, moved=.09, number_missing=.4, zero=.12, number_slip=.012, pasted=.012, register=.5),
    # Kept back: other rates again.
    "three": dict(upper=.3, tone=.2, plain=.06, typo=.02, regional=.08, middle=.01, placeholder=.006, renamed=.006, swapped=.03, year=.03, january=.03, slip=.012, year_off=.004,
                  sex=.004, ethnic=.06, no_father=.12, no_mother=.02, thi=.10, parents_swapped=.006, carer=.005, moved=.12, number_missing=.15, zero=.25, number_slip=.004, pasted=.02, register=.15),
    # Few names, much unknown, both lists careless: beyond what was seen.
    "hard": dict(names=50, plain=.08, typo=.04, regional=.07, middle=.05, placeholder=.01, renamed=.012, swapped=.03, year=.06, january=.05, slip=.03, year_off=.02, no_dob=.01, sex=.015,
                 ethnic=.05, no_father=.10, no_mother=.06, thi=.08, teknonym=.03, parents_swapped=.01, carer=.03, moved=.08, number_missing=.5, zero=.1, number_slip=.012, pasted=.015, register=.8),
}
KINH = "Nguyễn 31 Trần 11 Lê 12 Phạm 5 Hoàng 6 Phan 5 Võ 4 Đặng 2 Bùi 2 Đỗ 1.4 Hồ 3 Ngô 1.5 Dương 1.3 Lý .5 Trương 3 Đoàn 2 Thái 1.5 Mai 1.2 Hà 1 Cao 1 Lương .8 Tạ .5 Đào .6 Trịnh .6 Cáp .4 Văn .6 Lâm .4 Đinh .6"
BOY_MIDDLE = "Văn 12 Minh 9 Hữu 5 Quang 6 Đức 5 Quốc 5 Gia 8 Duy 4 Thanh 4 Xuân 3 Ngọc 3 Đình 4 Tuấn 3 Bảo 5 Hoàng 5 Công 3 Thế 2 Anh 4 Trường 1 Nhật 3 Việt 2 Hải 1 Đăng 2 Thiên 2 Phúc 2"
BOY = "Huy 6 Khang 5 Bảo 6 Minh 5 Phúc 5 Anh 5 Khoa 3 Phát 3 Đạt 4 Khôi 3 Long 4 Nam 3 Duy 4 Quân 4 Kiệt 3 Thịnh 3 Tuấn 4 Hưng 3 Hùng 2 Hoàng 4 Hiếu 3 Nhân 3 Trí 2 Tài 2 Phong 3 Nguyên 3 An 3 Sơn 2 Hải 2 Dũng 2 Thành 2 Cường 1 Bình 1 Lâm 2 Khánh 2 Quang 1 Việt 1 Thiện 1 Vinh 1 Tiến 1 Trung 1 Tùng 1 Đức 1 Hòa .5 Quý .7 Kỳ .5 Vũ 1 Vĩ .5 Thắng 1 Lợi .4 Toàn .6 Nghĩa .8 Tâm .6 Hậu .5 Hào .7"
GIRL_MIDDLE = "Thị 16 Ngọc 10 Thanh 5 Hồng 3 Kim 3 Phương 5 Minh 4 Bích 2 Thu 3 Mỹ 2 Quỳnh 4 Thúy 2 Mai 2 Tuyết 1 Bảo 6 Diệu 3 Khánh 4 Như 4 Trúc 1 Thảo 3 Hoàng 3 Gia 4 An 2 Anh 4 Hà 2 Tường 1 Uyên 1 Hoài 2"
GIRL = "Nhi 6 Anh 6 Linh 5 Phương 4 Trang 4 Mai 2 Vân 2 Hương 1 Thảo 4 Hà 3 Uyên 3 Ngọc 4 Chi 4 Vy 4 Quỳnh 3 Giang 2 Yến 2 My 4 Ngân 4 Châu 3 Trinh 1 Thư 5 Trâm 3 Hân 5 Nhung 1 Hiền 2 Hằng 1 Nga .7 Như 3 Tiên 2 Ly 2 Lan 1 Huyền 2 Diệp 1 An 2 Hoa .5 Thủy .8 Thùy .6 Thúy .6 Khuê .5 Đan .6 Kim .6 Oanh .5 Trúc .7 Vi .6 Thi .4 Lý .3 Quyên .8 Phượng .4"
OLD_BOY = "Hùng Dũng Sơn Hải Thành Bình Cường Minh Tuấn Long Nam Đức Quân Hòa Thắng Lợi Toàn Trung Tiến Hiếu Phong Quang Tân Lâm Vinh Thuận Sỹ Khánh Đông Hiệp Phước Tài Lộc Thọ Việt Linh Ánh Chiến Công Hậu Huy Phương Quốc Thanh Tâm Thịnh Trường Tú Tùng Vũ".split()
OLD_GIRL = "Hoa Lan Hương Hồng Hạnh Thủy Thúy Nga Liên Loan Mai Huệ Hà Hằng Hiền Thảo Trang Phương Nhung Oanh Yến Tuyết Vân Lý Lệ Nguyệt Bình Thu Xuân Hòa Thanh Tâm Kim Cúc Dung Duyên Gái Gấm Hường Huyền Linh Ly Nhàn Nhi Sen Thắm Thơm Tình Trinh Vui Anh Ánh Bé Chi Diệu Giang".split()
BRU = "Thoan Pỉ Bun Xa Mơ Lứt Khăm Phone Pả Ăm Ki Nghin Ray Loan Thương Vai Den Nhung Hương Hải Dũng Sơn Hà Thảo Đông Nam Xuân Thu Hạ Lan Mai Hồng Nga Nguyệt Tuyết Sen Thơm Tình Liên Lý Lệ Kha Thiết Ngoan Hiền Phượng Đào Cương Ngọc Thuận Hiếu Tiến Long Hùng Minh Quyết Thắng Chiến Lợi Bình An Trang Linh Vân Anh Xê Lách Ươi Nừng Đệ Khiên Rôn Tăng Meng Ngữa Hơn Thực Kỷ Noi Tâng Chuôi Ngan Hợi Thìn Choai".split()
DISTRICT = {"mountain": ("Huyện Hướng Hóa", "Huyện Đa Krông")}


class World:
    """Draws families and their children."""

    def __init__(self, kind, seed, recipe):
        self.kind, self.random = kind, random.Random(f"{kind} {seed} {recipe}")
        self.rates = {**RECIPES["one"], **RECIPES[recipe]}
        self.mountain = SHAPES[kind][3]
        if self.mountain:
            self.rates = {**self.rates, "january": self.rates["january"] * 3, "no_father": self.rates["no_father"] * 1.8, "teknonym": .02, "pasted": .02, "year": self.rates["year"] * 1.5}
        # Fewer syllables to call a Bru child by, the first ones more often.
        few = self.rates["names"]
        self.bru = [word for at, word in enumerate(BRU[:few]) for _ in range(max(1, few // (at + 4)))] if few else BRU
        self.numbers = set()
        self.weighted = {}
        self.communes = self.draw_communes()

    def pick(self, table):
        """One of a table of words and weights."""
        if table not in self.weighted:
            words = table.split()
            total, sums = 0, []
            for weight in words[1::2]:
                total += float(weight)
                sums.append(total)
            self.weighted[table] = (words[::2], sums)
        words, sums = self.weighted[table]
        return self.random.choices(words, cum_weights=sums)[0]

    def draw_communes(self):
        here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        with open(os.path.join(here, "samples", "units.csv"), encoding="utf-8", newline="") as lines:
            units = list(csv.DictReader(lines))
        if self.kind == "c":
            first, last = "An Bình Cẩm Đại Đông Hải Hòa Hưng Kim Lộc Long Mỹ Nam Nghĩa Phú Phước Quảng Sơn Tân Tam Thanh Thái Thạch Thuận Trung Tiên Vĩnh Xuân Yên Bắc".split(), "An Bình Châu Giang Hà Hải Hiệp Hòa Hưng Khánh Lâm Lập Lộc Long Lương Minh Mỹ Nghĩa Ninh Phong Phú Phúc Quang Sơn Tân Thành Thạnh Thịnh Thọ Thủy Tiến Trung Trường Xuân".split()
            names = [f"Xã {self.random.choice(first)} {self.random.choice(last)}, tỉnh {at % 63 + 1}" for at in range(10_500)]
            return [(name, 1, .02) for name in dict.fromkeys(names)]
        names = [(unit["commune"], unit["district"]) for unit in units]
        seen = [name for name, _ in names]
        unique = [(name, district) for name, district in names if seen.count(name) == 1]
        if self.mountain:
            inside = [name for name, district in unique if district in DISTRICT["mountain"]]
            return [(name, 1 + at % 3, .97 if at % 10 < 7 else .2) for at, name in enumerate(inside)]
        return [(name, 1 + at % 4, (.9 if at % 3 else .3) if district in DISTRICT["mountain"] else .015) for at, (name, district) in enumerate(unique)]

    def adult(self, bru, male):
        r = self.random
        if bru:
            surname = "Hồ" if r.random() < .95 else r.choice(["Lê", "Nguyễn", "Kôn", "Pa"])
            if r.random() < .12:
                return f"{surname} {r.choice(self.bru)}"
            return f"{surname} {'Văn' if male else 'Thị'} {r.choice(self.bru)}"
        surname = self.pick(KINH)
        if male:
            return f"{surname} {self.pick(BOY_MIDDLE) if r.random() < .6 else 'Văn'} {r.choice(OLD_BOY)}"
        return f"{surname} {'Thị' if r.random() < .72 else self.pick(GIRL_MIDDLE)} {r.choice(OLD_GIRL)}"

    def given(self, bru, boy, mother, born):
        """Middle and given name."""
        r = self.random
        if bru and r.random() < .72:
            middle = "Văn" if boy else "Thị"
            return middle, r.choice(self.bru) if r.random() < .8 else self.pick(BOY if boy else GIRL)
        middle = self.pick(BOY_MIDDLE if boy else GIRL_MIDDLE)
        if r.random() < .07:
            middle = f"{mother.split()[0]} {middle}"
        return middle, self.pick(BOY if boy else GIRL)

    def number(self, boy, born):
        while True:
            place = "045" if self.kind != "c" and self.random.random() < .96 else self.random.choice("001 036 038 040 044 046 049 048 079 052 066".split())
            text = f"{place}{2 if boy else 3}{born.year % 100:02}{self.random.randrange(10**6):06}"
            if text not in self.numbers:
                self.numbers.add(text)
                return text

    def family(self, start):
        """The children of one family as dicts."""
        r = self.random
        commune, bru_share = start
        bru = r.random() < bru_share
        father, mother = self.adult(bru, True), self.adult(bru, False)
        known_father = r.random() >= (.15 if bru else .05)
        ethnic = "Kinh" if not bru else ("Bru - Vân Kiều" if r.random() < .8 else "Tà Ôi")
        sizes = ([12, 24, 27, 20, 11, 6] if self.mountain else [28, 43, 20, 7, 2, 0])
        size = r.choices(range(1, 7), sizes)[0]
        born = datetime.date(2008, 6, 14) + datetime.timedelta(days=r.randrange(5843 - 300))
        children, last = [], None
        habit = self.random.random() < .4
        for _ in range(size):
            if last is None:
                pass
            elif r.random() < .012:
                born = last["born"]
            else:
                born = last["born"] + datetime.timedelta(days=330 + int(r.expovariate(1 / 700)))
            if born > datetime.date(2024, 6, 13):
                break
            boy = r.random() < .524
            middle, given = self.given(bru, boy, mother, born)
            same_sex = [child for child in children if child["boy"] == boy]
            if same_sex and habit:
                middle = same_sex[-1]["middle"]
            if children and r.random() < .08:   # brothers and sisters whose names sound alike
                like = [word for word in (BOY if boy else GIRL).split()[::2] if asc(word)[0] == asc(children[-1]["given"])[0]]
                given = r.choice(like or [given])
            if any((child["middle"], child["given"]) == (middle, given) for child in children):
                middle, given = self.given(bru, boy, mother, born)
                if any((child["middle"], child["given"]) == (middle, given) for child in children):
                    continue
            surname = father.split()[0] if known_father else mother.split()[0]
            day = born.replace(day=1, month=1) if bru and r.random() < .02 else born
            last = dict(boy=boy, middle=middle, given=given, name=f"{surname} {middle} {given}", born=born, dob=day.isoformat(), gender="Nam" if boy else "Nữ", ethnicity=ethnic,
                        father=father if known_father else "", mother=mother if r.random() > .01 else "", commune=commune, personal_id=self.number(boy, born))
            children.append(last)
        return children

    def damage(self, child, siblings, scale):
        """A record of the child as somebody wrote it."""
        r, rate = self.random, self.rates
        hit = lambda what: r.random() < rate[what] * scale
        row = {key: child[key] for key in ("dob", "gender", "ethnicity", "father", "mother", "commune", "personal_id")}
        middle, given, name = child["middle"], child["given"], child["name"]
        if hit("renamed"):
            name = f"{name.split()[0]} {middle} {self.pick(BOY if child['boy'] else GIRL)}"
        if hit("middle"):
            name = f"{name.split()[0]} {given}" if r.random() < .5 else " ".join([name.split()[0], *middle.split()[1:], given])
        people = {"name": name, "father": row["father"], "mother": row["mother"]}
        if hit("thi") and " Thị " in people["mother"]:
            people["mother"] = people["mother"].replace(" Thị ", " ", 1)
        if hit("thi") and " Thị " in people["name"]:
            people["name"] = people["name"].replace(" Thị ", " ", 1)
        for key in people:
            if people[key]:
                if hit("regional"):
                    people[key] = regional(people[key], r)
                if hit("typo"):
                    people[key] = typo(people[key], r)
                if hit("tone"):
                    people[key] = tone_style(people[key])
        if hit("order"):
            words = people["name"].split()
            people["name"] = " ".join(words[-1:] + words[:-1])
        if hit("placeholder"):
            people["name"] = r.choice(["Bé", "Bé trai" if child["boy"] else "Bé gái", "Chưa đặt tên", "Cu Tý", f"Con bà {people['mother'].split()[-1] if people['mother'] else 'Lan'}"])
        if hit("teknonym"):
            people["father"] = f"Pả {given}"
        if hit("no_father"):
            people["father"] = "" if r.random() < .8 else "Không rõ"
        if hit("no_mother"):
            people["mother"] = ""
        if hit("parents_swapped"):
            people["father"], people["mother"] = people["mother"], people["father"]
        if hit("carer"):
            people["father" if r.random() < .5 else "mother"] = self.adult("Bru" in row["ethnicity"], r.random() < .5)
        if hit("plain"):
            people = {key: no_marks(text) for key, text in people.items()}
        if hit("upper"):
            people = {key: text.upper() for key, text in people.items()}
        row.update(people)
        year, month, day = row["dob"].split("-")
        if hit("swapped") and int(day) <= 12:
            month, day = day, month
        elif hit("slip"):
            if r.random() < .6:
                day = f"{max(1, min(28, int(day) + r.choice([-10, -1, 1, 2, 10, 7]))):02}"
            else:
                month = f"{max(1, min(12, int(month) + r.choice([-1, 1, 2, 10, -6]))):02}"
        if hit("year_off"):
            year = str(int(year) + r.choice([-1, 1]))
        if hit("january"):
            month = day = "01"
        row["dob"] = f"{year}-{month}-{day}"
        if hit("year"):
            row["dob"] = year
        if hit("no_dob"):
            row["dob"] = ""
        if hit("sex"):
            row["gender"] = "Nữ" if child["boy"] else "Nam"
        if hit("no_sex"):
            row["gender"] = ""
        if hit("ethnic"):
            row["ethnicity"] = r.choice(["", "Kinh", "Vân Kiều" if "Bru" in row["ethnicity"] else row["ethnicity"], "Pa Cô" if "Tà" in row["ethnicity"] else row["ethnicity"]])
        if hit("moved"):
            row["commune"] = r.choice(self.communes)[0] if r.random() < .75 else no_marks(row["commune"])
        if hit("number_missing") and scale >= .9 or (scale < .9 and r.random() < .003):
            row["personal_id"] = ""
        else:
            others = [other["personal_id"] for other in siblings if other is not child]
            if hit("pasted") and others:
                row["personal_id"] = r.choice(others)
            elif hit("number_slip"):
                at = r.randrange(6, 11)
                text = row["personal_id"]
                row["personal_id"] = text[:at] + (str(r.randrange(10)) + text[at + 1:] if r.random() < .7 else text[at + 1] + text[at] + text[at + 2:])
            elif hit("parent_number"):
                row["personal_id"] = f"0450{r.randrange(75, 99)}{r.randrange(10**6):06}"
            if hit("zero"):
                row["personal_id"] = row["personal_id"].lstrip("0")
        if not SHAPES[self.kind][4]:
            del row["personal_id"]
        return row


def main(kind, seed, recipe, out):
    """Draws a world and writes it."""
    world = World(kind, int(seed), recipe)
    of_a, of_b, both, _, numbers = SHAPES[kind]
    r, one_list = world.random, SHAPES[kind][1] == 0
    rows_a, rows_b = [], []
    sums, total = [], 0
    for _, weight, _ in world.communes:
        total += weight
        sums.append(total)
    starts = [(name, share) for name, _, share in world.communes]
    children = (of_a if one_list else of_a + of_b) - both
    share_both = both / children
    share_a = 0 if one_list else (of_a - both) / children
    made, register = 0, world.rates["register"]
    truth = []
    while made < children:
        family = world.family(r.choices(starts, cum_weights=sums)[0])[: children - made]
        for child in family:
            made += 1
            dice = r.random()
            first = second = None
            if dice < share_both:
                first, second = world.damage(child, family, 1), world.damage(child, family, register)
            elif dice < share_both + share_a:
                first = world.damage(child, family, 1)
            else:
                second = world.damage(child, family, register)
            if first is not None and second is not None:
                truth.append((len(rows_a), len(rows_b)))
            if first is not None:
                rows_a.append(first)
            if second is not None:
                rows_b.append(second)
    os.makedirs(out, exist_ok=True)
    heads = ["rec_id", "name", "dob", "gender", "ethnicity", "father", "mother", "commune"] + (["personal_id"] if numbers else [])
    def write(name, rows):
        with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(["full_name" if head == "name" else head for head in heads])
            writer.writerows([row[head] for head in heads] for row in rows)
    ids = [f"r{at}" if one_list else f"a{at}" for at in range(len(rows_a))], [f"r{len(rows_a) + at}" if one_list else f"b{at}" for at in range(len(rows_b))]
    for name, rows in zip(ids, (rows_a, rows_b)):
        order = list(range(len(rows)))
        r.shuffle(order)
        prefix = name[0][0] if rows else ""
        for new, at in enumerate(order):
            base = len(rows_a) if one_list and rows is rows_b else 0
            rows[at]["rec_id"] = f"{prefix}{base + new}"
    truth = [(rows_a[left]["rec_id"], rows_b[right]["rec_id"]) for left, right in truth]
    both_lists = (rows_a, rows_b) if not one_list else (rows_a + rows_b,)
    for name, rows in zip(("a.csv", "b.csv"), both_lists):
        rows.sort(key=lambda row: int(row["rec_id"][1:]) * 7919 % 1_000_003)
        write(name, rows)
    with open(os.path.join(out, "truth.csv"), "w", encoding="utf-8") as lines:
        print("left,right", file=lines)
        for pair in truth:
            print(*pair, sep=",", file=lines)


if __name__ == "__main__":
    main(*sys.argv[1:5])
