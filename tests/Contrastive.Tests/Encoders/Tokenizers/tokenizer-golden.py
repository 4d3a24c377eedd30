"""Writes tokenizer-golden.json: texts with the ids that the reference tokenizers give them.

Neither transformers nor CLIP is needed: the published algorithms are written out here, on Python's own Unicode data.
Run with Python 3.11: CONTRASTIVE_DATA=... python3 tokenizer-golden.py
"""
import gzip
import hashlib
import html
import json
import os
import random
import re
import unicodedata

here = os.path.dirname(os.path.abspath(__file__))
data = os.path.join(os.environ["CONTRASTIVE_DATA"], "tokenizers")
category = unicodedata.category

# ---------------------------------------------------------------- BERT
SPECIAL = ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"]
CHINESE = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
           (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]


def bert_words(text, lowercase):
    kept = ""
    for c in text:
        if c in "\t\n\r" or category(c) == "Zs":
            kept += " "
        elif ord(c) in (0, 0xFFFD) or category(c)[0] == "C":
            continue
        elif any(a <= ord(c) <= b for a, b in CHINESE):
            kept += f" {c} "
        else:
            kept += c
    for token in unicodedata.normalize("NFC", kept).split():
        if lowercase:
            token = "".join(c for c in unicodedata.normalize("NFD", token.lower()) if category(c) != "Mn")
        parted = ""
        for c in token:
            ascii_mark = ord(c) < 128 and not c.isalnum() and 32 < ord(c) < 127
            parted += f" {c} " if ascii_mark or category(c)[0] == "P" else c
        yield from parted.split()


def bert_ids(text, vocabulary, lowercase):
    ids = []
    for part in re.split("(" + "|".join(map(re.escape, SPECIAL)) + ")", text):
        if part in SPECIAL:
            ids.append(vocabulary[part])
            continue
        # The slow tokenizer lower-cases the characters one by one before anything else.
        for word in bert_words("".join(c.lower() for c in part) if lowercase else part, lowercase):
            pieces, rest, prefix = [], word, ""
            while rest and len(word) <= 100:
                size = next((n for n in range(len(rest), 0, -1) if prefix + rest[:n] in vocabulary), 0)
                if not size:
                    break
                pieces.append(vocabulary[prefix + rest[:size]])
                rest, prefix = rest[size:], "##"
            ids += pieces if not rest else [vocabulary["[UNK]"]]
    return ids


# ---------------------------------------------------------------- CLIP
LITERAL = re.compile(r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d", re.IGNORECASE)
WHITE = set(map(chr, [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))
visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
order = visible + [b for b in range(256) if b not in visible]
symbol = {b: chr(b) if b in visible else chr(256 + i - len(visible)) for i, b in enumerate(order)}


def clip_clean(text):
    before = None
    while "<" not in text and text != before:
        before, text = text, re.sub("&#?[0-9A-Za-z]{1,24};", lambda m: html.unescape(m.group()), text)
    text = re.sub("\x1b\\[[0-9;]*[a-zA-Z]", "", text).replace("\r\n", "\n")
    result = ""
    for c in text:
        n = ord(c)
        if 0x80 <= n <= 0x9F and n != 0x85:
            c = bytes([n]).decode("cp1252", errors="ignore") or c
            n = ord(c)
        if n in (0x0D, 0x85, 0x2028, 0x2029):
            c = "\n"
        elif n == 0x149:
            c = "'n"
        elif n == 0xFB05:
            c = "\u017ft"  # ftfy keeps the long s that NFKC would lose
        elif n == 0x2BC or 0x2018 <= n <= 0x201B:
            c = "'"
        elif 0x201C <= n <= 0x201F:
            c = '"'
        elif n < 9 or n == 11 or 14 <= n < 32 or n == 127 or 0x206A <= n < 0x2070 or n == 0xFEFF or 0xFFF9 <= n <= 0xFFFC \
                or 0x1D173 <= n <= 0x1D17A or 0xE0000 <= n <= 0xE007F:
            c = ""
        elif n == 0x3000 or 0xFF01 <= n < 0xFFF0 or 0xFB00 <= n <= 0xFB04 or n == 0xFB06 or n in (0x132, 0x133) \
                or 0x1C4 <= n <= 0x1CC or 0x1F1 <= n <= 0x1F3:
            c = unicodedata.normalize("NFKC", c)
        result += c
    return unicodedata.normalize("NFC", result)


def clip_words(text):
    text = html.unescape(html.unescape(clip_clean(text))).strip()
    text = "".join(" " if c in WHITE else c for c in text)
    text = re.sub(" +", " ", text).strip().lower()
    kinds = "".join("S" if c in WHITE else category(c)[0] if category(c)[0] in "LN" else "O" for c in text)
    at = 0
    while at < len(text):
        match = LITERAL.match(text, at)
        end = match.end() if match else re.compile("L+|N|O+|S").match(kinds, at).end()
        if kinds[at] != "S":
            yield text[at:end]
        at = end


def clip_ids(text, merges):
    ranks = merges["ranks"]
    ids = []
    for word in clip_words(text):
        if word in ("<|startoftext|>", "<|endoftext|>"):
            ids.append(merges["ids"][word])
            continue
        parts = [symbol[b] for b in word.encode("utf-8")]
        parts[-1] += "</w>"
        while True:
            known = [(ranks[pair], pair) for pair in zip(parts, parts[1:]) if pair in ranks]
            if not known:
                break
            first, second = min(known)[1]
            joined, i = [], 0
            while i < len(parts):
                if parts[i:i + 2] == [first, second]:
                    joined.append(first + second)
                    i += 2
                else:
                    joined.append(parts[i])
                    i += 1
            parts = joined
        ids += [merges["ids"][part] for part in parts]
    return ids


def clip_model(lines):
    pairs = [tuple(line.split()) for line in lines]
    names = [symbol[b] for b in order]
    names += [n + "</w>" for n in names] + ["".join(p) for p in pairs] + ["<|startoftext|>", "<|endoftext|>"]
    return {"ranks": {p: i for i, p in enumerate(pairs)}, "ids": {n: i for i, n in enumerate(names)}}


# ---------------------------------------------------------------- texts
texts = [
    "", " ", "\t\n\r ", "hello world", "Hello, World!", "a photo of a cat", "unaffable", "UPPER lower MiXed", "don't can't I'll we've he'd I'm they're it's",
    "don\u2019t \u201cquote\u201d \u2018single\u2019", "state-of-the-art, 3.14 and 1,000,000!", "caf\u00e9 na\u00efve r\u00e9sum\u00e9", "cafe\u0301 nai\u0308ve re\u0301sume\u0301",
    "\u00c5ngstr\u00f6m \u212bngstrom \u212a \u2126", "\u0130stanbul I\u0307zmir d\u0131\u015f", "\u039f\u0394\u039f\u03a3 \u03a3\u0391\u03a3 \u03a3 A\u03a3. A\u03a3b A.\u03a3",
    "stra\u00dfe STRASSE \u1e9e", "\u65e5\u672c\u8a9e\u306e\u30c6\u30b9\u30c8", "a\u65e5b \u4e2d\u6587chinese", "\uac00\ub098\ub2e4 \ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab",
    "\U00020000\U0002a6df \U0002f800 \uf900 \u8c48", "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0439 \u0438\u0306", "\u0645\u0631\u062d\u0628\u0627 \u0628\u0650\u0633\u0652\u0645\u0650", "\u0928\u092e\u0938\u094d\u0924\u0947",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "zero\u200bwidth \u200cnon\u200djoiner \ufeffbom soft\u00adhyphen", "no\u00a0break\u2003em\u3000ideographic\u202fnarrow",
    "line\u2028sep\u2029para\u0085next", "tab\tnew\nline\rreturn\x0bvt\x0cff", "nul\x00l bell\x07 esc\x1b[31mred\x1b[0m del\x7f c1\x80\x93\x99", "fs\x1cgs\x1drs\x1eus\x1f", "\x1c edge \x1f",
    "emoji \U0001f600\U0001f601 \u2764\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd", "x" * 100, "x" * 101, "a" * 300, "\U0001d49c" * 60, "\U0001d49c" * 101, "\u00e9" * 100, "e\u0301" * 101,
    "[MASK]", "the [MASK] sat", "a[MASK]b", "[mask] [Mask]", "[CLS] x [SEP] [PAD][UNK]", "[MASK][MASK", "[[MASK]]", "##ing ## #", "$5 + \u20ac7 = \u00a312 ^ ` ~ | < >", "_under_score_ \u203f \u2040",
    "\u00bfqu\u00e9? \u00a1hola! \u00abguillemets\u00bb \u2014 \u2013 \u2026 \u2022", "\u00bd \u00b2 \u2460 \u2167 \u0663 x\u00b2y", "\ufb01ne o\ufb03ce \ufb06 \u0132", "\uff28\uff45\uff4c\uff4c\uff4f\uff01 \uff76\uff9e \uffe6", "&amp; &lt;b&gt; &eacute; &rsquo;s &#39;t &#x41; &nbsp;x",
    "AT&T R&D &amp;amp;lt; &notit; &copy &copyx &#0; &#128; &#xD800; &#x110000; &#11; &bogus; &", "<b>bold &amp; brash</b>", "&amp;amp;amp;amp;gt;", "it'\u017f '\u017f <|\u017ftartoftext|>",
    "<|startoftext|>hi<|endoftext|>", "<|STARTOFTEXT|> <|end of text|>", "http://example.com/a?b=c&d=e#f", "user@example.com #hashtag @user", "C++ C# .NET 10.0 node.js", "1234567890 12a34b", "a1b2 \u4e00\u4e8c\u4e09",
    "\ufffd replacement \ufffe \u0378", "\ue000 private \U000f0000", "\u0301 leading mark", "q\u0323\u0307 q\u0307\u0323 \u1e69 s\u0323\u0307 \u0340\u0341\u0344", "\u1fed \u1fef \u037e \u2000a\u2001b", "\u1e9b\u0323 \u0385 \u1fee", "\u302e\u302f \U0001d15e \U0001d1bb",
    "\u0149 \u01c4 \u01c5 \u01f2 \u01c9", "\u02bcn \u2032 \u201f \u201b", "supercalifragilisticexpialidocious antidisestablishmentarianism", "The quick brown fox jumps over the lazy dog.", "a man is playing a guitar on stage .",
    "two dogs 're running", "!'s ?'ll \"'d", "''''", "it's 's 'S \u2019S IT\u2019S", "hello" * 30, "abcabcabc aaaa ababab",
]
pool = list("abcdefgeanotrsilABCDEST0129   .,'-!?&;#[]<>|") + [
    "\u00e9", "\u00fc", "\u0301", "\u0308", "\u0327", "\u4e2d", "\u6587", "\u3042", "\uac01", "\u0434", "\u0419", "\u03a3", "\u03c3", "\u0130", "\u00df", "\u200b", "\u200d", "\ufe0f", "\u00ad", "\u00a0", "\u2019", "\u201d",
    "\u2014", "\U0001f600", "\U0001d49c", "\U00020001", "\x00", "\x07", "\x85", "\t", "\n", "\ufffd", "\u0e33", "\u093f", "\u0663", "\u00bd", "\ufb01", "\uff21", "\u2028", "[MASK]", "'s", "'ll", "&amp;", "&#65;", "ing", "the", " the ",
]
rng = random.Random(5)
texts += ["".join(rng.choice(pool) for _ in range(rng.randrange(3, 40))) for _ in range(160)]
# All of Unicode 14, scripts and symbols that nobody thought of among them. What is assigned later is another character to later readers.
assigned = [c for c in map(chr, range(0x110000)) if category(c) not in ("Cn", "Cs", "Co")]
basic = [c for c in assigned if ord(c) < 0x10000 and not 0x3400 <= ord(c) < 0xD800]
texts += ["".join(rng.choice(rng.choice([basic, basic, assigned, pool])) for _ in range(rng.randrange(3, 30))) for _ in range(160)]

small_vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("abcdefghijklmnopqrstuvwxyzABCDE0123456789.,!?'-[]#\u00e9\u4e2d\u0434\u0438\u03c3\u1100") \
    + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789\u00e9\u0438\u03c3\u1161\u11a8"] + ["the", "un", "##aff", "##able", "##ing", "hello", "world", "cat", "a", "photo", "of", "caf\u00e9", "cafe", "mask"]
small_vocabulary = list(dict.fromkeys(small_vocabulary))
small_merges = ["t h", "th e</w>", "i n", "in g</w>", "h e", "l l", "he ll", "hell o</w>", "o f</w>", "b c</w>", "b c", "a b", "ab c", "abc a", "a bc", "a bc</w>", "a a", "aa aa", "' s</w>", "\u00e3 \u0122"]

with open(os.path.join(data, "bert-base-uncased-vocab.txt"), encoding="utf-8") as f:
    released_vocabulary = [line.rstrip("\n") for line in f]
with gzip.open(os.path.join(data, "bpe_simple_vocab_16e6.txt.gz")) as f:
    released_merges = f.read().decode("utf-8").split("\n")[1:49152 - 256 - 2 + 1]
number = lambda tokens: {t: i for i, t in enumerate(tokens)}
small_clip, released_clip = clip_model(small_merges), clip_model(released_merges)
# ---------------------------------------------------------------- Unicode
points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
letters = [*range(0x300, 0x370), *range(0xC0, 0x250), *range(0x1E00, 0x2000), *range(0x1100, 0x1200), *range(0xAC00, 0xAC40), *range(0x390, 0x400), *range(0x5B0, 0x5D0), *range(0x940, 0x960), 0x41, 0x61, 0x73]
mixed = ["".join(chr(letters[(k * 7919 + j * j * 104729 + j * k) % len(letters)]) for j in range(6)) for k in range(20000)]
stable = [c for c in points if c < 0x1C89 or 0x1C90 <= c < 0xA7B0 or 0xAB30 <= c < 0x10D40 or c >= 0x10D90]
digest = lambda strings: hashlib.sha256("\n".join(strings).encode("utf-8")).hexdigest()

golden = {
    "smallVocabulary": small_vocabulary, "smallMerges": small_merges,
    "unicode": {form: digest(unicodedata.normalize(form, s) for s in [chr(c) for c in points] + mixed) for form in ("NFC", "NFD")}
    | {"lower": digest(chr(c).lower() for c in stable)},
    "cases": [{
        "text": t,
        "bertUncased": bert_ids(t, number(released_vocabulary), True), "bertCased": bert_ids(t, number(released_vocabulary), False), "clip": clip_ids(t, released_clip),
        "smallUncased": bert_ids(t, number(small_vocabulary), True), "smallCased": bert_ids(t, number(small_vocabulary), False), "smallClip": clip_ids(t, small_clip),
    } for t in texts],
}
with open(os.path.join(here, "tokenizer-golden.json"), "w", encoding="ascii", newline="\n") as out:
    cases = golden.pop("cases")
    out.write(json.dumps(golden)[:-1] + ', "cases": [\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")
print(len(cases), [bert_ids("hello world", number(released_vocabulary), True), clip_ids("hello world", released_clip), clip_ids("a photo of a cat", released_clip)])
