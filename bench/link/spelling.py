"""Ways in which people write one Vietnamese name differently.

In: a name. Out: the name as somebody else may write it. Used by worlds.py only; the program has its own rules.
"""
import unicodedata

_STYLE = [("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ")]
_HOOK, _TILDE = "\u0309", "\u0303"
_STARTS = [("Gi", "D"), ("D", "Gi"), ("S", "X"), ("X", "S"), ("Ch", "Tr"), ("Tr", "Ch")]
_ENDS = [("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t")]
_LETTERS = "abcdeghiklmnopqrstuvxy"


def asc(text):
    """Lower case without marks."""
    return no_marks(text).lower()


def no_marks(text):
    """Without marks."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def tone_style(text):
    """The other place of the tone mark, or i for y."""
    words = []
    for word in text.split(" "):
        for old, new in _STYLE:
            if word.lower().endswith(old) and not word.lower().startswith("qu"):
                word = word.replace(old, new)
                break
        else:
            if word in ("Lý", "Mỹ", "Kỳ", "Quý", "Vỹ", "Sỹ", "Kỷ"):
                word = word.translate(str.maketrans("ýỹỳỷ", "íĩìỉ"))
        words.append(word)
    return " ".join(words)


def regional(text, random):
    """One word as it sounds in another place."""
    words = text.split(" ")
    at = random.randrange(len(words)) if random.random() < .4 else len(words) - 1
    word = words[at]
    parts = unicodedata.normalize("NFD", word)
    choices = []
    if _HOOK in parts:
        choices.append(parts.replace(_HOOK, _TILDE))
    if _TILDE in parts:
        choices.append(parts.replace(_TILDE, _HOOK))
    choices += [new + parts[len(old):] for old, new in _STARTS if parts.startswith(old) and not (old == "D" and parts.startswith("D\u0304"))]
    if len(parts) > 2:
        choices += [parts[: -len(old)] + new for old, new in _ENDS if parts.endswith(old) and not (old == "n" and parts.endswith("ng"))]
    if choices:
        words[at] = unicodedata.normalize("NFC", random.choice(choices))
    return " ".join(words)


def typo(text, random):
    """One slip of the keyboard: a letter changed, left out, doubled, two in each other's place, or a mark lost."""
    at = [place for place, c in enumerate(text) if c.isalpha()]
    place = random.choice(at[1:] or at)
    kind = random.random()
    if kind < .35:
        bare = no_marks(text[place])
        return text[:place] + (bare if bare != text[place] else random.choice(_LETTERS)) + text[place + 1:]
    if kind < .55:
        return text[:place] + text[place + 1:]
    if kind < .7:
        return text[:place] + text[place] + text[place:]
    if kind < .85 and place + 1 < len(text) and text[place + 1] != " ":
        return text[:place] + text[place + 1] + text[place] + text[place + 2:]
    return text[:place] + random.choice(_LETTERS) + text[place + 1:]
