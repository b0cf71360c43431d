#!/usr/bin/env python3
"""Writes crates/papers/data/widths.tsv from the fonts in crates/papers/fonts: every letter that papers can print and how wide it is.

Needs fonttools. In: the four fonts. Out: a line a letter: code in hex, width in 1/2048 em upright or italic, the same in bold; the wider
of upright and italic counts. Letters of scripts that run from right to left, and signs that steer direction or cannot be seen, are left out.
"""
import pathlib
import unicodedata

from fontTools.ttLib import TTFont

papers = pathlib.Path(__file__).resolve().parents[2] / "crates" / "papers"
fonts = {style: TTFont(papers / "fonts" / f"LiberationSerif-{style}.ttf") for style in ("Regular", "Italic", "Bold", "BoldItalic")}
tables = {style: (font.getBestCmap(), font["hmtx"].metrics) for style, font in fonts.items()}
ranges = [(0x20, 0x36F), (0x370, 0x513), (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x2070, 0x2094), (0x20A0, 0x20BF), (0x2100, 0x215E),
          (0x2190, 0x2195), (0x2202, 0x2265), (0x25A0, 0x25E6)]


def width(code, *styles):
    return max(tables[style][1][tables[style][0][code]][0] for style in styles)


lines = []
for first, last in ranges:
    for code in range(first, last + 1):
        letter = chr(code)
        seen = unicodedata.category(letter)[0] != "C" and unicodedata.category(letter) not in ("Zl", "Zp")
        left_to_right = unicodedata.bidirectional(letter) not in ("R", "AL", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI")
        if seen and left_to_right and all(code in cmap for cmap, _ in tables.values()):
            lines.append(f"{code:04X}\t{width(code, 'Regular', 'Italic')}\t{width(code, 'Bold', 'BoldItalic')}\n")
(papers / "data" / "widths.tsv").write_text("".join(lines))
