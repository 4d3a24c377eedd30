"""Writes UnicodeTables.txt, here, and the tokenizers' HtmlEntities.txt, which are read instead of the host's culture data.

Python's unicodedata and html modules are what the reference tokenizers use. Run with Python 3.11 (Unicode 14): python3 unicode-tables.py
"""
import html.entities
import os
import sys
import unicodedata

folder = os.path.dirname(os.path.abspath(__file__))
points = [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF]
# Hangul syllables are decomposed by arithmetic.
decomposable = [c for c in points if unicodedata.decomposition(chr(c)) and not unicodedata.decomposition(chr(c)).startswith("<")]


def ranges(members):
    start = previous = None
    for c in members:
        if previous is not None and c == previous + 1:
            previous = c
            continue
        if start is not None:
            yield start, previous
        start = previous = c
    if start is not None:
        yield start, previous


def span(pair):
    return f"{pair[0]:X}" if pair[0] == pair[1] else f"{pair[0]:X}-{pair[1]:X}"


with open(os.path.join(folder, "UnicodeTables.txt"), "w", encoding="ascii", newline="\n") as out:
    out.write(f"# Unicode {unicodedata.unidata_version}, written by unicode-tables.py.\n")
    out.write("# d: canonical decomposition; x: the same, never composed again; c: combining class; i: ignored by the rule of the final sigma;\n")
    out.write("# l: a cased letter for that rule; w: what a half- or full-width form stands for.\n")
    for c in decomposable:
        parts = unicodedata.decomposition(chr(c))
        mark = "d" if unicodedata.normalize("NFC", chr(c)) == chr(c) else "x"
        out.write(f"{mark} {c:X} {parts}\n")
    for value in sorted({unicodedata.combining(chr(c)) for c in points} - {0}):
        members = [c for c in points if unicodedata.combining(chr(c)) == value]
        out.write(f"c {value} {' '.join(map(span, ranges(members)))}\n")
    # After a cased letter a capital sigma is final, unless a letter follows; what is skipped on the way is ignorable.
    ignorable = [c for c in points if ("a" + chr(c) + "\u03A3").lower()[-1] == "\u03C2" and (chr(c) + "\u03A3").lower()[-1] != "\u03C2"]
    cased = [c for c in points if (chr(c) + "\u03A3").lower()[-1] == "\u03C2"]
    out.write(f"i {' '.join(map(span, ranges(ignorable)))}\n")
    out.write(f"l {' '.join(map(span, ranges(cased)))}\n")
    for c in [0x3000] + list(range(0xFF01, 0xFFF0)):
        wide = " " if c == 0x3000 else unicodedata.normalize("NFKC", chr(c))
        if wide != chr(c):
            out.write(f"w {c:X} {' '.join(f'{ord(w):X}' for w in wide)}\n")

entities = os.path.join(folder, "..", "..", "Encoders", "Tokenizers", "Unicode", "HtmlEntities.txt")
with open(entities, "w", encoding="ascii", newline="\n") as out:
    out.write("# The named character references of HTML 5, written by unicode-tables.py. A name without a semicolon stands without one too.\n")
    for name, text in sorted(html.entities.html5.items()):
        out.write(f"{name} {' '.join(f'{ord(t):X}' for t in text)}\n")
