"""The codes that Vietnamese was written in before Unicode, and other damage to text.

In: Unicode text (NFC). Out: the text as it stands in an old file: characters U+0000 to U+00FF for the one-byte fonts.
Tables after TCVN 5712:1993 and the VNI code page; both are facts of the field.
"""

import unicodedata

_TCVN3 = ("µà ¸á ¶ả ·ã ¹ạ ¨ă »ằ ¾ắ ¼ẳ ½ẵ Æặ ©â Çầ Êấ Èẩ Éẫ Ëậ Ìè Ðé Îẻ Ïẽ Ñẹ ªê Òề Õế Óể Ôễ Öệ ×ì Ýí Øỉ Üĩ Þị ßò ãó áỏ âõ äọ «ô åồ èố æổ çỗ éộ ¬ơ êờ íớ ëở ìỡ îợ "
          "ïù óú ñủ òũ ôụ \u00adư õừ øứ öử ÷ữ ùự úỳ ýý ûỷ üỹ þỵ ®đ ¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ")
TCVN3 = {pair[1]: pair[0] for pair in _TCVN3.split(" ")}

_TONES = {"\u0300": 0, "\u0301": 1, "\u0309": 2, "\u0303": 3, "\u0323": 4}
_VNI_PLAIN, _VNI_ROOF, _VNI_BREVE = "øùûõï", "àáåãä", "èéúüë"
_VNI_ALONE = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def tcvn3(text):
    """As typed in a `.VnTime` font: a capital with a tone has no code of its own and is typed as the small letter."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower()) or letter for letter in text)


def tcvn3_caps(text):
    """As typed in a `.VnTimeH` font, which shows small letters as capitals."""
    return tcvn3(text.lower())


def vni(text):
    """As typed in a `VNI-*` font: base letter and a mark; the mark has the case of its letter."""
    out = []
    for letter in text:
        small = letter.lower()
        code = _vni_small(small)
        if letter != small:
            code = "".join(part.upper() for part in code)
        out.append(code)
    return "".join(out)


def _vni_small(letter):
    if letter in _VNI_ALONE:
        return _VNI_ALONE[letter]
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), None)
    shape = next((mark for mark in parts[1:] if mark not in _TONES), None)
    base = parts[0]
    if shape == "\u031b":
        return _VNI_ALONE[unicodedata.normalize("NFC", base + shape)] + _VNI_PLAIN[tone]
    if shape == "\u0302":
        return base + ("â" if tone is None else _VNI_ROOF[tone])
    if shape == "\u0306":
        return base + ("ê" if tone is None else _VNI_BREVE[tone])
    return base if tone is None else base + _VNI_PLAIN[tone]


def decomposed(text):
    """Unicode with the marks apart (NFD)."""
    return unicodedata.normalize("NFD", text)


def eth(text):
    """Đ written with the Icelandic letter Ð."""
    return text.replace("Đ", "Ð").replace("đ", "ð")


def twice(text):
    """UTF-8 bytes taken for Windows-1252 and written as UTF-8 once more; unassigned bytes pass through."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8"))


def cp1258(text):
    """The bytes of Windows-1258: letter with its shape, then the tone as a character of its own."""
    out = bytearray()
    for letter in text:
        tone = ""
        parts = unicodedata.normalize("NFD", letter)
        rest = "".join(mark for mark in parts if mark not in _TONES)
        if len(rest) < len(parts):
            tone = next(mark for mark in parts if mark in _TONES)
        out += (unicodedata.normalize("NFC", rest) + tone).encode("cp1258")
    return bytes(out)
