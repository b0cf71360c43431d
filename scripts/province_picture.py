#!/usr/bin/env python3
"""Draws what lives in a generated province: ages, names, ethnic groups by commune, households, who is in the register.

usage: scripts/province_picture.py PROVINCE OUT.svg

In: PROVINCE/truth-children.csv of `treem generate`. Out: an SVG of six panels; nothing of a single child is in it.
"""

import collections
import csv
import os
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 1200, 1330
INK, SOFT, BOY, GIRL, KINH, BRU, PACO, OTHER, IN, OUT = "#22303c", "#6b7a86", "#3b6ea8", "#b5533c", "#c9d3da", "#4f7f52", "#c98a2b", "#7a5c99", "#3b6ea8", "#e3b9ad"


class Picture:
    """An SVG in the making."""

    def __init__(self):
        self.parts = []

    def text(self, x, y, words, size=13, colour=INK, anchor="start", weight="normal"):
        """Words."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" font-weight="{weight}">{escape(str(words))}</text>')

    def bar(self, x, y, width, height, colour, title=""):
        """A rectangle."""
        inside = f"<title>{escape(title)}</title>" if title else ""
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" height="{height:.1f}" fill="{colour}">{inside}</rect>')

    def head(self, x, y, words, more=""):
        """The heading of a panel."""
        self.text(x, y, words, 17, weight="bold")
        self.text(x, y + 19, more, 12, SOFT)

    def svg(self):
        """The whole."""
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Noto Sans, DejaVu Sans, sans-serif">'
                f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>' + "".join(self.parts) + "</svg>\n")


def grouped(count):
    """26847 → 26.847."""
    return f"{count:,}".replace(",", ".")


def main(folder, out):
    """Reads and draws."""
    with open(os.path.join(folder, "truth-children.csv"), encoding="utf-8", newline="") as lines:
        children = [row for row in csv.DictReader(lines) if row["province"] == "45"]
    picture = Picture()
    picture.text(40, 44, "Tỉnh mẫu Quảng Trị, 13/6/2024: người bịa ra, tỷ lệ như thật", 23, weight="bold")
    picture.text(40, 68, f"{grouped(len(children))} trẻ dưới 16 tuổi, 125 xã, phường, thị trấn; đếm từ truth-children.csv", 13, SOFT)
    years = collections.Counter((row["birth"][:4], row["sex"]) for row in children)
    top = max(years.values())
    picture.head(40, 112, "Năm sinh và giới tính", "2008 và 2024 chỉ có nửa năm; bé trai 110 trên 100 bé gái")
    for at, year in enumerate(range(2024, 2007, -1)):
        y, half = 146 + at * 19, 240
        for sex, colour, side in (("Nam", BOY, -1), ("Nữ", GIRL, 1)):
            count = years[str(year), sex]
            width = 168 * count / top
            picture.bar(half - 22 - width if side < 0 else half + 22, y, width, 15, colour, f"{year} {sex}: {count}")
        picture.text(half, y + 12, year, 11, anchor="middle")
    picture.text(150, 484, "Nam", 12, BOY, "middle")
    picture.text(330, 484, "Nữ", 12, GIRL, "middle")

    picture.head(490, 112, "Họ", "phần trăm, theo dân tộc")
    for column, (group, colour) in enumerate((("Kinh", KINH), ("Bru - Vân Kiều", BRU), ("Tà Ôi", PACO))):
        names = collections.Counter(row["name"].split()[0] for row in children if row["ethnicity"] == group)
        total, x = sum(names.values()), 490 + column * 235
        picture.text(x, 156, f"{group} ({grouped(total)})", 12, weight="bold")
        for at, (name, count) in enumerate(names.most_common(11)):
            y, share = 166 + at * 19, 100 * count / total
            picture.bar(x + 62, y, 105 * count / names.most_common(1)[0][1], 14, colour)
            picture.text(x, y + 12, name, 12)
            picture.text(x + 66 + 105 * count / names.most_common(1)[0][1], y + 12, f"{share:.1f}".replace(".", ","), 11, SOFT)
    picture.head(490, 410, "Tên gọi nhiều nhất", "phần trăm; sinh 2008–2012 và 2020–2024")
    for column, (sex, early) in enumerate((("Nam", True), ("Nam", False), ("Nữ", True), ("Nữ", False))):
        mine = [row for row in children if row["sex"] == sex and row["ethnicity"] == "Kinh" and (row["birth"][:4] <= "2012" if early else row["birth"][:4] >= "2020")]
        pairs = collections.Counter(" ".join(row["name"].split()[-2:]) for row in mine)
        x = 490 + column * 175
        picture.text(x, 454, f"{sex}, {'2008–2012' if early else '2020–2024'}", 12, BOY if sex == "Nam" else GIRL, weight="bold")
        for at, (name, count) in enumerate(pairs.most_common(8)):
            picture.text(x, 474 + at * 17, f"{name}  {100 * count / len(mine):.2f}".replace(".", ","), 12)

    picture.head(40, 640, "Dân tộc theo xã", "mỗi vạch một xã, phường, thị trấn, xếp theo huyện; xanh: Bru - Vân Kiều, vàng: Tà Ôi (Pa Cô), xám: Kinh, tím: dân tộc khác")
    communes = collections.defaultdict(collections.Counter)
    for row in children:
        communes[row["district"], row["district_name"], row["unit"], row["unit_name"]][row["ethnicity"]] += 1
    x, width = 40, 1120 / (len(communes) + 9 * 2)
    before = None
    for (district, district_name, _, name), groups in sorted(communes.items()):
        if before != district:
            x += width * 2 if before else 0
            picture.text(x, 862, district_name.replace("Huyện ", "").replace("Thành phố ", "").replace("Thị xã Quảng Trị", "TX QT"), 12)
            before = district
        total, y = sum(groups.values()), 680
        kinds = [("Bru - Vân Kiều", BRU), ("Tà Ôi", PACO), (None, OTHER), ("Kinh", KINH)]
        for group, colour in kinds:
            count = groups[group] if group else total - sum(groups[kind] for kind, _ in kinds if kind)
            height = 160 * count / total
            picture.bar(x, y, width * 0.86, height, colour, f"{name}: {group or 'khác'} {100 * count / total:.0f} %")
            y += height
        x += width

    picture.head(40, 910, "Đã nhập vào sổ theo xã", "xanh: trong sổ; nhạt: chỉ có trong danh sách của xã (chiều cao theo số trẻ)")
    entered = collections.defaultdict(lambda: [0, 0])
    for row in children:
        entered[row["district"], row["unit"], row["unit_name"]][row["record"] == "list"] += 1
    x, before, most = 40, None, max(sum(pair) for pair in entered.values())
    for (district, _, name), (inside, outside) in sorted(entered.items()):
        if before != district:
            x += width * 2 if before else 0
            before = district
        scale = 150 / most
        picture.bar(x, 1100 - inside * scale, width * 0.86, inside * scale, IN, f"{name}: {inside} trong sổ")
        picture.bar(x, 1100 - (inside + outside) * scale, width * 0.86, outside * scale, OUT, f"{name}: {outside} chưa nhập")
        x += width

    households = collections.defaultdict(list)
    for row in children:
        households[row["household"]].append(row)
    picture.head(40, 1150, "Số con dưới 16 tuổi trong hộ", "phần trăm số hộ")
    for column, (label, hill) in enumerate((("Kinh", False), ("Bru - Vân Kiều, Tà Ôi", True))):
        sizes = collections.Counter(min(6, len(rows)) for rows in households.values() if (rows[0]["ethnicity"] in ("Bru - Vân Kiều", "Tà Ôi")) == hill)
        total = sum(sizes.values())
        picture.text(40 + column * 290, 1190, f"{label} ({grouped(total)} hộ)", 12, weight="bold")
        for at in range(1, 7):
            share = 100 * sizes[at] / total
            picture.text(40 + column * 290, 1210 + at * 17 - 12, f"{at}{'+' if at == 6 else ''}", 12)
            picture.bar(60 + column * 290, 1200 + at * 17 - 13, 2.6 * share, 13, BRU if hill else KINH)
            picture.text(66 + column * 290 + 2.6 * share, 1210 + at * 17 - 12, f"{share:.1f}".replace(".", ","), 11, SOFT)
    one_parent = sum(not row["father"] for row in children)
    hill = [row for row in children if row["ethnicity"] in ("Bru - Vân Kiều", "Tà Ôi")]
    twins = sum(len({row["birth"] for row in rows}) < len(rows) for rows in households.values())
    picture.head(660, 1150, "Thêm", "")
    facts = [
        f"Không có tên cha: {100 * one_parent / len(children):.1f} % (Bru - Vân Kiều, Tà Ôi: {100 * sum(not row['father'] for row in hill) / len(hill):.1f} %)",
        f"Sống với ông bà, người thân: {100 * sum(bool(row['guardian']) for row in children) / len(children):.1f} %",
        f"Hộ có sinh đôi: {100 * twins / len(households):.1f} %",
        f"Hoàn cảnh đặc biệt hoặc nguy cơ: {100 * sum(bool(row['circumstance']) for row in children) / len(children):.1f} %",
        f"Chưa đăng ký khai sinh: {grouped(sum(row['no_number'] == 'unregistered' for row in children))} trẻ",
        f"Đăng ký khai sinh ngoài tỉnh: {100 * sum(bool(row['number']) and row['number'][:3] != '045' for row in children) / len(children):.1f} %",
        f"Sinh ngày 01/01: {100 * sum(row['birth'].endswith('01-01') for row in hill) / len(hill):.1f} % (Bru - Vân Kiều, Tà Ôi)",
        f"Họ tên khác nhau: {grouped(len({row['name'] for row in children}))}; họ tên nhiều người mang nhất: "
        f"{collections.Counter(row['name'] for row in children).most_common(1)[0][1]} trẻ",
    ]
    for at, words in enumerate(facts):
        picture.text(660, 1180 + at * 18, words.replace(".", ",") if "%" in words else words, 12)
    with open(out, "w", encoding="utf-8") as file:
        file.write(picture.svg())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
