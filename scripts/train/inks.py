"""Lines of writing as masks: what the networks learn to find and to read.

An Ink is a line of text without paper: its coverage (0 to 255), the rows of its x-height band, the text, and whether it is
printed or handwritten and in a script that the installed languages cannot read. Inks come from fonts (packages) and from
the real lines of a `train` folder with labels.tsv and tar files.
"""
import collections
import glob
import io
import os
import random
import tarfile

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Ink = collections.namedtuple("Ink", "mask top bottom text kind foreign")  # kind: print or hand

HAND_PACKAGES = ("dancingscript", "kristi", "humor-sans", "rufscript", "tomsontalks", "ecolier", "isabella", "sjfonts", "pagul",
                 "chilanka", "klee", "yusei", "lxgw", "purisa", "Purisa", "kaushan", "summersby", "comic-neue", "ComicNeue",
                 "Dancing", "Kristi", "Humor", "Rufscript", "Tomson", "Ecolier", "SteveHand", "Delphine", "Chilanka", "Klee")
NEVER = ("dkg", "breip", "femke", "caveat", "kalam", "patrick")  # fonts that only ever measure
SYMBOLS = ("Emoji", "Symbol", "Math", "Dingbat", "Music", "OpenSymbol", "fontawesome", "D050000L", "StandardSymbols", "Webdings",
           "DSEG", "dseg", "ancient", "Braille", "SignWriting", "unifont", "Keyboard", "ConnectCode", "Mono-Bold-Oblique")

# Unicode ranges of letters and the Noto fonts that draw them.
SCRIPTS = {
    "Arabic": ((0x0628, 0x064A), "NotoNaskhArabic|NotoSansArabic|NotoKufiArabic|Amiri|KacstOne"),
    "Hebrew": ((0x05D0, 0x05EA), "NotoSansHebrew|NotoSerifHebrew|FreeSans"),
    "Cyrillic": ((0x0410, 0x044F), "DejaVuSans|DejaVuSerif|LiberationSerif|NotoSans-|FreeSerif"),
    "Greek": ((0x0391, 0x03C9), "DejaVuSans|DejaVuSerif|LiberationSerif|NotoSans-|FreeSerif"),
    "Devanagari": ((0x0905, 0x0939), "NotoSansDevanagari|NotoSerifDevanagari"),
    "Bengali": ((0x0995, 0x09B9), "NotoSansBengali|NotoSerifBengali"),
    "Tamil": ((0x0B95, 0x0BB9), "NotoSansTamil|NotoSerifTamil"),
    "Thai": ((0x0E01, 0x0E2E), "NotoSansThai|NotoSerifThai|Loma|Norasi"),
    "Khmer": ((0x1780, 0x17A2), "NotoSansKhmer|NotoSerifKhmer|KhmerOS"),
    "Myanmar": ((0x1000, 0x1021), "NotoSansMyanmar|NotoSerifMyanmar|Padauk"),
    "Javanese": ((0xA984, 0xA9B2), "NotoSansJavanese"),
    "Balinese": ((0x1B05, 0x1B33), "NotoSansBalinese|NotoSerifBalinese"),
    "Sundanese": ((0x1B83, 0x1BA0), "NotoSansSundanese"),
    "Han": ((0x4E00, 0x6FFF), "NotoSansCJK|NotoSerifCJK|wqy|ukai|TakaoGothic"),
    "Kana": ((0x3042, 0x30F3), "NotoSansCJK|NotoSerifCJK|TakaoGothic"),
    "Hangul": ((0xAC00, 0xBFFF), "NotoSansCJK|NanumGothic|NanumMyeongjo|NanumPen"),
    "Georgian": ((0x10D0, 0x10F0), "NotoSansGeorgian|DejaVuSans|DejaVuSerif"),
    "Armenian": ((0x0561, 0x0586), "NotoSansArmenian|DejaVuSans|DejaVuSerif"),
    "Ethiopic": ((0x1200, 0x1350), "NotoSansEthiopic|NotoSerifEthiopic"),
    "Sinhala": ((0x0D9A, 0x0DC6), "NotoSansSinhala|NotoSerifSinhala"),
    "Lao": ((0x0E81, 0x0EAE), "NotoSansLao|NotoSerifLao"),
}


def font_files(npm):
    """Paths of (printed, handwritten) Latin fonts."""
    paths = sorted(glob.glob("/usr/share/fonts/**/*.[to]t[fc]", recursive=True))
    printed, hand = [], []
    for path in paths:
        name = os.path.basename(path)
        if any(n.lower() in path.lower() for n in NEVER) or any(s in path for s in SYMBOLS):
            continue
        if any(h in path for h in HAND_PACKAGES):
            hand.append(path)
        elif "noto" in path.lower():
            if name.startswith(("NotoSans-", "NotoSerif-", "NotoSansMono-")):
                printed.append(path)
        elif "CJK" not in name:
            printed.append(path)
    for path in sorted(glob.glob(os.path.join(npm, "node_modules/@fontsource/*/files/*-latin-*.woff"))):
        if "latin-ext" not in path and "italic" not in path and not any(n in path for n in NEVER):
            hand.append(path)
    return [p for p in printed if has_latin(p)], [p for p in hand if has_latin(p)]


def has_latin(path):
    try:
        font = ImageFont.truetype(path, 24)
        boxes = {bytes(font.getmask(c)) for c in "aegknRS4"}
        return len(boxes) == 8 and font.getlength("nnnn") > 12
    except Exception:
        return False


def words_of_dictionaries():
    words = []
    for path in ("/usr/share/hunspell/id_ID.dic", "/usr/share/hunspell/en_US.dic"):
        with open(path, encoding="utf-8", errors="ignore") as lines:
            found = [line.split("/")[0].strip() for line in lines]
        words.append([w for w in found if 1 < len(w) < 16 and w.isalpha()])
    return words


SMALL = {"id": "dan yang di ke dari untuk pada ini itu akan dengan oleh atau tidak dalam juga".split(),
         "en": "the of and to in is for on with as at by or not this that be are from".split()}


def phrase(rng, words, least=1, most=7):
    """Words with cases, numbers and signs mixed as on letters, slides, boards and notes."""
    language = rng.random() < .55
    pool, small = (words[0], SMALL["id"]) if language else (words[1], SMALL["en"])
    out = []
    for _ in range(rng.randint(least, most)):
        kind = rng.random()
        if kind < .62:
            out.append(rng.choice(pool))
        elif kind < .82:
            out.append(rng.choice(small))
        elif kind < .9:
            out.append(str(rng.randint(0, 10 ** rng.randint(1, 6))))
        elif kind < .95:
            out.append(rng.choice(("%d/%d/%d" % (rng.randint(1, 31), rng.randint(1, 12), rng.randint(2015, 2030)), "Rp%d.000" % rng.randint(1, 999),
                                   "%d%%" % rng.randint(1, 100), "%d:%02d" % (rng.randint(0, 23), rng.randint(0, 59)), "(%s)" % rng.choice(pool),
                                   "->", "=", "+", "&", "No.", "f(x)", "{", "}", "[%d]" % rng.randint(1, 9))))
        else:
            out.append("".join(rng.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(rng.randint(1, 6))))
    text = " ".join(out)
    style = rng.random()
    if style < .25:
        text = text.upper()
    elif style < .5:
        text = text[:1].upper() + text[1:]
    elif style < .6:
        text = text.title()
    if rng.random() < .2:
        text += rng.choice(".,:;!?")
    if rng.random() < .1:
        text = rng.choice(("- ", "• ", "%d. " % rng.randint(1, 12), "%s) " % rng.choice("abcde"))) + text
    return text


def font_ink(path, text, kind, foreign=False, size=48):
    """Draws `text`; the band runs from the font's x-height to its baseline (from its letters' middle for other scripts)."""
    font = ImageFont.truetype(path, size)
    box = font.getbbox(text, anchor="ls")
    width, height = box[2] - box[0], box[3] - box[1]
    if width < 6 or height < 6 or width > 4000:
        return None
    pad = 4
    image = Image.new("L", (width + 2 * pad, height + 2 * pad), 0)
    ImageDraw.Draw(image).text((pad - box[0], pad - box[1]), text, font=font, fill=255, anchor="ls")
    mask = np.asarray(image)
    if mask.max() < 128:
        return None
    baseline = pad - box[1]
    x_box = font.getbbox("x", anchor="ls")
    x_height = -x_box[1]
    if foreign or not .15 * size < x_height < .9 * size:
        top, bottom = pad + .25 * height, pad + .75 * height
    else:
        top, bottom = baseline - x_height, baseline
    return Ink(mask, float(top), float(bottom), text, kind, foreign)


def uneven_ink(path, text, kind, rng, size=48):
    """The same, as a hand writes it: every letter a little larger or smaller, higher or lower, nearer or farther."""
    restless = rng.uniform(.01, .07)
    sizes = [ImageFont.truetype(path, max(8, round(size * (1 + restless * k)))) for k in (-2, -1, 0, 0, 1, 2)]
    plain = sizes[2]
    gap = size * rng.gauss(.01, .03)
    x = rise = 0.0
    placed, before = [], ""
    for letter in text:
        font = rng.choice(sizes)
        x += gap + rng.gauss(0, .3 * restless) * size
        if before:
            x += plain.getlength(before + letter) - plain.getlength(before) - plain.getlength(letter)  # kerning
        rise = .7 * rise + rng.gauss(0, .6 * restless) * size
        placed.append((letter, font, x, rise))
        x += font.getlength(letter) * (rng.uniform(.8, 1.5) if letter == " " else 1)
        before = letter
    pad = size
    width = int(x) + 2 * pad
    if x < 6 or width > 4000:
        return None
    image = Image.new("L", (width, 4 * size), 0)
    for letter, font, at, up in placed:
        if letter != " ":
            piece = Image.new("L", (4 * size, 4 * size), 0)
            ImageDraw.Draw(piece).text((1.5 * size, 2.5 * size + up), letter, font=font, fill=255, anchor="ls")
            left = int(pad + at - 1.5 * size)
            area = (left, 0, left + piece.size[0], piece.size[1])
            image.paste(255, area, piece)
    box = image.getbbox()
    if box is None:
        return None
    x_height = -plain.getbbox("x", anchor="ls")[1]
    if not .15 * size < x_height < .9 * size:
        return None
    box = (max(0, box[0] - 4), max(0, box[1] - 4), box[2] + 4, box[3] + 4)
    baseline = 2.5 * size - box[1]
    return Ink(np.asarray(image.crop(box)), float(baseline - x_height), float(baseline), text, kind, False)


def foreign_ink(rng, fonts_by_script):
    script = rng.choice(sorted(fonts_by_script))
    (first, last), _ = SCRIPTS[script]
    crowded = script in ("Han", "Kana", "Hangul")
    words = ["".join(chr(rng.randint(first, last)) for _ in range(rng.randint(2, 8))) for _ in range(rng.randint(1, 4))]
    return font_ink(rng.choice(fonts_by_script[script]), ("" if crowded else " ").join(words), "print", True)


def foreign_fonts():
    paths = sorted(glob.glob("/usr/share/fonts/**/*.[to]t[fc]", recursive=True))
    out = {}
    for script, (_, names) in SCRIPTS.items():
        found = [p for p in paths if any(os.path.basename(p).startswith(n) for n in names.split("|"))]
        if found:
            out[script] = found
    return out


def real_greys(folder, most, rng, heldout=False):
    """Real lines as they are: (grey picture, text, script). `folder` is one source of the train set."""
    rows = []
    with open(os.path.join(folder, "heldout.tsv" if heldout else "labels.tsv"), encoding="utf-8") as lines:
        for line in lines:
            name, text, _, script = line.rstrip("\n").split("\t")
            rows.append((name, text, script))
    rng.shuffle(rows)
    wanted = {name: (text, script) for name, text, script in rows[:most]}
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "lines", "*.tar"))):
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name in wanted:
                    grey = np.asarray(Image.open(io.BytesIO(archive.extractfile(member).read())).convert("L"))
                    out.append((grey, *wanted[member.name]))
    return out


def ink_of(grey, text, script):
    """The darkness of a real line against its paper, as an ink; None where there is hardly any."""
    grey = grey.astype(np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((9, 9))), (0, 0), 9)
    dark = np.clip((paper - grey) / np.maximum(paper, 1) * 2.2 - .12, 0, 1)
    rows_of_ink = dark.sum(axis=1)
    if rows_of_ink.sum() < 20:
        return None
    strong = np.where(rows_of_ink > .5 * rows_of_ink.max())[0]
    return Ink((dark * 255).astype(np.uint8), float(strong[0]), float(strong[-1] + 1), text, "hand" if script == "hand" else "print", False)


def real_inks(folder, most, rng, heldout=False):
    """Real lines as inks."""
    return [ink for ink in (ink_of(*row) for row in real_greys(folder, most, rng, heldout)) if ink]
