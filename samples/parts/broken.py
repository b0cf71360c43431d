"""Files that hold no list, or that nobody can read: each must get one clear sentence, and nothing else may be lost.

In: a folder. Out: the files in it. Those of `huge` are made where they are needed and not kept.
"""

import base64
import os
import random
import struct
import zipfile
import zlib

from .layout import DMY, headings, title
from .others import docx
from .people import People, units
from .sheet import HEAD, MAIN, Cell, Sheet, content_types, pack, relationships, xlsx

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def make(folder):
    """Writes them all. Gives their number."""
    sound = _list_of_six("Danh sách")
    pixels = zlib.compress(b"".join(b"\0" + bytes((x * 8, y * 8, 160)[at] for x in range(32) for at in range(3)) for y in range(32)), 9)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(_png(kind, data) for kind, data in ((b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)), (b"IDAT", pixels), (b"IEND", b"")))
    files = {
        "01-rong.xlsx": b"", "02-rong.csv": b"", "03-co-mat-khau.xlsx": encrypted(), "04-bom-nen.xlsx": bomb(), "05-bi-cat.xlsx": sound[:len(sound) * 2 // 3], "06-word-doi-duoi.xlsx": _word_list(),
        "07-word-khong-bang.docx": docx(["CÔNG VĂN", "Về việc rà soát trẻ em trên địa bàn", "Kính gửi: các thôn."]), "08-anh.png": png, "09-anh-doi-duoi.xlsx": png, "10-khong-co-bang.xlsx": _no_table(),
        "11-khong-co-cot-ten.xlsx": _no_names(), "12-cong-thuc-loi.xlsx": _errors(), "13-chi-co-dong-trong.csv": b"\r\n\r\n;;;\r\n", "14-khong-phai-excel.xls": b"Day khong phai la tep Excel.\r\n",
    }
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)
    return len(files)


def huge(folder):
    """16,384 columns, a cell of 10 MB in an xlsx and in a csv."""
    os.makedirs(folder, exist_ok=True)
    sheet = Sheet("Sheet1")
    records = _records(20)
    for column in range(1, 16385):
        sheet.put(1, column, ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Mã định danh", "Họ tên mẹ", "Thôn")[column - 1] if column <= 8 else f"Cột {column}")
        for row, record in enumerate(records, 2):
            cells = record.cells
            sheet.put(row, column, (row - 1, cells["name"], cells["birth"], cells["sex"], cells["ethnicity"], cells["number"], cells["mother"], cells["hamlet"])[column - 1] if column <= 8 else row * column)
    _write(folder, "16384-cot.xlsx", xlsx([sheet]))
    long = "Nguyễn Văn An " * 560_000
    sheet = Sheet("Sheet1")
    title(sheet, 1, 4, "DANH SÁCH TRẺ EM XÃ GIO AN")
    columns = [("Họ và tên", "name"), ("Ngày sinh", "birth"), ("Giới tính", "sex"), ("Ghi chú", "note")]
    headings(sheet, 2, columns)
    for row, record in enumerate(records, 3):
        for column, field in enumerate(("name", "birth", "sex", "note"), 1):
            sheet.put(row, column, long if (row, column) in ((6, 4), (9, 1)) else record.cells[field])
    _write(folder, "o-10-mb.xlsx", xlsx([sheet]))
    lines = ["Họ và tên,Ngày sinh,Giới tính,Ghi chú"]
    lines += [f'{long if at == 4 else record.cells["name"]},{record.cells["birth"]:%d/%m/%Y},{record.cells["sex"]},{long if at == 7 else ""}' for at, record in enumerate(records)]
    _write(folder, "o-10-mb.csv", "\r\n".join(lines).encode())


def _write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(data)
    print(f"{name}: {len(data):,} bytes")


def _records(count):
    return People(random.Random(count), set()).children(units()["Xã Gio An"], count, ["Thôn Xuân Mỵ"])


def _png(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _list_of_six(name):
    sheet = Sheet(name)
    columns = [("Họ và tên", "name"), ("Ngày sinh", DMY), ("Giới tính", "sex"), ("Dân tộc", "ethnicity"), ("Mã định danh", "number"), ("Họ tên mẹ", "mother"), ("Thôn", "hamlet")]
    row = headings(sheet, title(sheet, 1, 7, "DANH SÁCH TRẺ EM XÃ GIO AN"), columns)
    for at, record in enumerate(_records(6)):
        for column, (_, field) in enumerate(columns, 1):
            sheet.put(row + at, column, field(record, at) if callable(field) else record.cells[field])
    return xlsx([sheet])


def _word_list():
    table = Sheet("table 1")
    for row, record in enumerate([None, *_records(4)], 1):
        for column, item in enumerate(("Họ và tên", "Ngày sinh", "Giới tính") if record is None else (record.cells["name"], record.cells["birth"], record.cells["sex"]), 1):
            table.put(row, column, item)
    return docx(["Danh sách trẻ em xã Gio An", table])


def _no_table():
    text, empty = Sheet("Hướng dẫn"), Sheet("Trang trắng")
    for row, line in enumerate(("Hướng dẫn nhập liệu", "Đề nghị các thôn gửi danh sách trước ngày 10/6/2024.", "Mọi thắc mắc xin liên hệ văn phòng."), 1):
        text.put(row, 1, line)
    return xlsx([text, empty])


def _no_names():
    sheet = Sheet("Sheet1")
    for row, line in enumerate([("TT", "Thôn", "Số hộ", "Số trẻ em", "Trong đó nữ")] + [(at, f"Thôn số {at}", 40 + at, 60 + 2 * at, 30 + at) for at in range(1, 9)], 1):
        for column, item in enumerate(line, 1):
            sheet.put(row, column, item)
    return xlsx([sheet])


def _errors():
    """A sound list in which some cells are formulas that failed."""
    sheet = Sheet("Sheet1")
    columns = [("STT", "#"), ("Họ và tên", "name"), ("Ngày sinh", "birth"), ("Giới tính", "sex"), ("Dân tộc", "ethnicity"), ("Mã định danh", "number"), ("Họ tên mẹ", "mother"), ("Thôn", "hamlet")]
    row = headings(sheet, title(sheet, 1, 8, "DANH SÁCH TRẺ EM XÃ GIO AN"), columns)
    for at, record in enumerate(_records(8)):
        for column, (_, field) in enumerate(columns, 1):
            sheet.put(row + at, column, at + 1 if field == "#" else record.cells[field])
    for (at, column), error in {(1, 6): "#N/A", (2, 3): "#VALUE!", (3, 2): "#REF!", (4, 5): "#NAME?", (5, 1): "#DIV/0!", (6, 8): "#NULL!"}.items():
        sheet.cells[row + at, column] = Cell("VLOOKUP(B1,#REF!,2,0)", sheet.font, None, error)
    return xlsx([sheet])


def bomb():
    """A small xlsx whose twelve sheets are one part that unpacks to 285 MB: 3.4 GB when all are read."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start, end = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1'.encode(), b"</v></c></row></sheetData></worksheet>"
    zeros, count = b"0" * (1 << 20), 272
    data, check, size = packer.compress(start), zlib.crc32(start), len(start)
    for _ in range(count):
        data += packer.compress(zeros)
        check, size = zlib.crc32(zeros, check), size + len(zeros)
    data += packer.compress(end) + packer.flush()
    check, size = zlib.crc32(end, check), size + len(end)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    sheets = "".join(f'<sheet name="Trang {at}" sheetId="{at}" r:id="rId{at}"/>' for at in range(1, 13))
    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
    members = [("[Content_Types].xml", content_types([("/xl/workbook.xml", kind + "sheet.main+xml"), ("/xl/worksheets/sheet1.xml", kind + "worksheet+xml")])),
               ("_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])), ("xl/workbook.xml", book),
               ("xl/_rels/workbook.xml.rels", relationships([(f"rId{at}", "worksheet", "worksheets/sheet1.xml") for at in range(1, 13)]))]
    small = pack(members)
    return _with_packed(small, "xl/worksheets/sheet1.xml", data, check, size)


def _with_packed(archive, name, data, check, size):
    """The zip file with one more member that is packed already."""
    end = archive.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack("<HII", archive[end + 10:end + 20])
    name = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0, zipfile.ZIP_DEFLATED, 0x4000, 0x58CA, check, len(data), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0o600 << 16, start) + name
    directory = archive[start:start + length] + central
    return archive[:start] + local + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0)


def encrypted():
    """What Excel writes when a workbook is saved with a password: an OLE file with EncryptionInfo and EncryptedPackage (noise here)."""
    noise = random.Random(6)

    def secret(size):
        return base64.b64encode(noise.randbytes(size)).decode()

    look = f'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{secret(16)}"'
    info = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
            f'<keyData {look}/><dataIntegrity encryptedHmacKey="{secret(64)}" encryptedHmacValue="{secret(64)}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
            f'<p:encryptedKey spinCount="100000" {look} encryptedVerifierHashInput="{secret(16)}" encryptedVerifierHashValue="{secret(64)}" encryptedKeyValue="{secret(32)}"/></keyEncryptor></keyEncryptors></encryption>')
    return compound({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + info.encode(), "EncryptedPackage": struct.pack("<Q", 8192) + noise.randbytes(8192)})


def compound(streams):
    """An OLE compound file (version 3) of two streams: one below 4,096 bytes (kept in the mini stream), one above."""
    (small_name, small), (large_name, large) = sorted(streams.items(), key=lambda pair: len(pair[1]))
    sectors = []

    def chain(data):
        first = len(sectors)
        sectors.extend(data[at:at + 512].ljust(512, b"\0") for at in range(0, len(data), 512))
        return first, len(sectors) - first

    mini_count = -(-len(small) // 64)
    large_at, large_len = chain(large)
    mini_at, mini_len = chain(small.ljust(mini_count * 64, b"\0"))
    mini_fat = [at + 1 for at in range(mini_count - 1)] + [_END]
    mini_fat_at, _ = chain(b"".join(struct.pack("<I", at) for at in mini_fat + [_FREE] * (128 - mini_count)))

    def entry(name, kind, left, right, child, start, size):
        text = (name + "\0").encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, left, right, child) + bytes(36) + struct.pack("<IQ", start, size)

    directory = (entry("Root Entry", 5, _NONE, _NONE, 1, mini_at, mini_count * 64) + entry(small_name, 2, _NONE, 2, _NONE, 0, len(small))
                 + entry(large_name, 2, _NONE, _NONE, _NONE, large_at, len(large)) + bytes(68) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(48))
    directory_at, _ = chain(directory)
    fat = [_FREE] * 128
    for start, length in ((large_at, large_len), (mini_at, mini_len), (mini_fat_at, 1), (directory_at, 1)):
        for at in range(start, start + length):
            fat[at] = at + 1 if at + 1 < start + length else _END
    fat_at = len(sectors)
    fat[fat_at] = _FAT
    sectors.append(b"".join(struct.pack("<I", at) for at in fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, mini_fat_at, 1, _END, 0) + struct.pack("<I", fat_at) + struct.pack("<I", _FREE) * 108
    return head + b"".join(sectors)
