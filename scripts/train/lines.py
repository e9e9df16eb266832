"""Pictures of single lines, as the reader cuts them out of a photo: the recogniser's training data.

A picture is HEIGHT pixels high, dark on bright, and shows about two and a half x-heights: the locator's quad with a little
around it. What the locator gets wrong is in it too: a band that is too high or too low, a slope, bits of the neighbours.
"""
import math
import unicodedata

import cv2
import numpy as np

import inks
import scenes

HEIGHT = 32
WIDEST = 800
ALPHABET = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-/()&'\"!?%+=#@_*[]{}<>|¤"
FOREIGN = "¤"  # stands for a letter of a script that is not Latin
INDEX = {sign: i + 1 for i, sign in enumerate(ALPHABET)}  # 0 is the blank of CTC


def folded(text):
    """The text in the recogniser's alphabet, accents dropped; None where a sign is left that it does not have."""
    text = text.replace("ß", "B").replace("’", "'").replace("–", "-").replace("•", "*").replace("æ", "ae").replace("œ", "oe")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).strip()
    return text if text and all(c in INDEX for c in text) else None


def frames_needed(text):
    """Frames that CTC needs: one a sign, and one between equal neighbours."""
    return len(text) + sum(a == b for a, b in zip(text, text[1:]))


def shifted(mask, reach, cells, gen):
    """The mask as an unsteady hand would draw it: each of `cells` (rows, columns) moved by about `reach` pixels."""
    height, width = mask.shape
    drift = lambda: reach * cv2.resize(gen.standard_normal(cells).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    return cv2.remap(mask, xs + drift(), ys + drift(), cv2.INTER_LINEAR)


def warped(mask, top, bottom, rng, gen):
    """The ink set aslant, thinned or thickened, bent a little; with the new band."""
    height, width = mask.shape
    band = max(4.0, bottom - top)
    if rng.random() < .35:
        size = 2 if band < 22 else rng.choice((2, 3, 3, 4, 5))  # markers are broad
        kernel = np.ones((size, size), np.uint8)
        mask = cv2.dilate(mask, kernel) if rng.random() < .7 else cv2.erode(mask, kernel)
    stretch, shear, slope = rng.uniform(.72, 1.35), rng.gauss(0, .14), math.tan(math.radians(rng.gauss(0, 1.2)))
    matrix = np.float32([[stretch, -shear, 0], [slope, 1, 0]])
    corners = np.float32([[0, 0], [width, 0], [0, height], [width, height]]) @ matrix[:, :2].T
    least = corners.min(0)
    matrix[:, 2] = -least
    size = np.ceil(corners.max(0) - least).astype(int)
    mask = cv2.warpAffine(mask, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR)
    middle = slope * width / 2 - least[1]
    top, bottom = top + middle, bottom + middle
    if rng.random() < .3:  # a hand that rises and falls along the line
        h, w = mask.shape
        period, phase = rng.uniform(8, 30) * band, rng.uniform(0, 2 * math.pi)
        drift = rng.uniform(.05, .25) * band * np.sin(np.arange(w, dtype=np.float32) * 2 * math.pi / period + phase)
        ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
        mask = cv2.remap(mask, xs, ys + drift[None].astype(np.float32), cv2.INTER_LINEAR)
    if rng.random() < .4:
        h, w = mask.shape
        mask = shifted(mask, rng.uniform(.02, .09) * band, (max(2, int(h / band)), max(2, int(w / band / 1.5))), gen)
    return mask, top, bottom


def hollow(mask, rng):
    """Outlines in place of strokes: bubble letters, open capitals."""
    reach = rng.choice((1, 1, 2))
    kernel = np.ones((3, 3), np.uint8)
    if rng.random() < .6:
        mask = cv2.dilate(mask, kernel, iterations=rng.choice((1, 2)))
    return cv2.subtract(cv2.dilate(mask, kernel, iterations=reach), cv2.erode(mask, kernel, iterations=1))


def sketched(mask, rng, gen):
    """Letters gone over more than once, or outlined by hand and hatched, with ink that is nowhere quite even."""
    reach = rng.uniform(.6, 2.2)
    cells = max(2, mask.shape[0] // 24), max(2, mask.shape[1] // 24)
    again = lambda ink: shifted(ink, reach, cells, gen)
    kind = rng.random()
    if kind < .4:  # strokes drawn two or three times
        thin = cv2.erode(mask, np.ones((2, 2), np.uint8)) if rng.random() < .4 else mask
        out = np.maximum.reduce([again(thin) for _ in range(rng.choice((2, 2, 3)))])
    else:
        outline = hollow(cv2.dilate(mask, np.ones((3, 3), np.uint8), iterations=rng.choice((0, 1, 2))), rng)
        out = np.maximum(again(outline), again(outline))
        if kind > .7:  # hatching within
            height, width = mask.shape
            ys, xs = np.mgrid[0:height, 0:width]
            slant, gap = rng.uniform(-1.5, 1.5), rng.choice((4, 5, 7))
            out = np.maximum(out, np.where((xs + slant * ys).astype(np.int32) % gap < 2, mask, 0).astype(np.uint8))
    return out


def struck(mask, top, bottom, rng):
    """Words crossed out, once or twice, that can still be read."""
    out, width, band = mask.copy(), mask.shape[1], bottom - top
    first, last = sorted(rng.uniform(-.1, 1.1) * width for _ in range(2))
    if last - first < band:
        first, last = 0, width
    for _ in range(rng.choice((1, 1, 2))):
        level = lambda: int(top + rng.uniform(.15, .85) * band)
        cv2.line(out, (int(first), level()), (int(last), level()), 255, max(1, int(band * rng.uniform(.04, .14))), cv2.LINE_AA)
    return out


def torn(mask, rng, gen):
    """Ink of a stamp: blotches where the rubber did not touch, and now and then the box around the words."""
    height, width = mask.shape
    noise = cv2.resize(gen.standard_normal((max(2, height // rng.randint(3, 8)), max(2, width // rng.randint(3, 8)))).astype(np.float32),
                       (width, height), interpolation=cv2.INTER_LINEAR)
    mask = (mask * np.clip(.9 + noise * rng.uniform(.3, .9), .05, 1)).astype(np.uint8)
    if rng.random() < .5:
        cv2.rectangle(mask, (1, 1), (width - 2, height - 2), rng.randint(150, 255), rng.choice((2, 3, 4)))
    return mask


def cut(mask, top, bottom, rng, exact=False):
    """The rows and columns that the locator would have cut, brought to HEIGHT; outside the mask there is no ink."""
    band = max(4.0, bottom - top)
    shift = 0 if exact else rng.gauss(0, .12) * band
    size = (2.45 if exact else 2.45 * math.exp(rng.gauss(0, .16))) * band
    centre = top + .5 * band - .12 * band + shift
    columns = np.where(mask.max(axis=0) > 60)[0]
    if len(columns) < 3:
        return None
    before, after = (.5, .5) if exact else (rng.uniform(-.05, 1.0), rng.uniform(-.05, 1.0))
    left, right = columns[0] - before * band, columns[-1] + 1 + after * band
    scale = HEIGHT / size
    width = int(round((right - left) * scale))
    if width < 10 or width > WIDEST:
        return None
    matrix = np.float32([[scale, 0, -left * scale], [0, scale, -(centre - size / 2) * scale]])
    if scale < .7:
        mask = cv2.GaussianBlur(mask, (0, 0), .4 / scale)
    return cv2.warpAffine(mask, matrix, (width, HEIGHT), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def on_paper(ink, rng, gen, over=None):
    """Ink (0 to 1) laid on paper or board, with ruling, light, blur, noise and compression; grey levels 0 to 255.

    `over`, of the same shape, is other writing on the same place: what a stamp, a watermark or a late remark crosses.
    """
    height, width = ink.shape
    paper = np.full((height, width), rng.uniform(110, 250), np.float32)
    paper += np.linspace(rng.uniform(-25, 25), rng.uniform(-25, 25), width, dtype=np.float32)[None]
    paper += np.linspace(rng.uniform(-15, 15), rng.uniform(-15, 15), height, dtype=np.float32)[:, None]
    if rng.random() < .3:
        paper += cv2.resize(gen.standard_normal((3, max(2, width // 16))).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(2, 9)
    darkness = rng.uniform(.25, .95)
    if rng.random() < .14:  # a ruled line, or the line under a heading
        y = rng.uniform(.6, .98) * height if rng.random() < .7 else rng.uniform(0, .3) * height
        fall = rng.uniform(-.05, .05)
        cv2.line(paper, (0, int(y)), (width, int(y + fall * height)), float(paper.mean() * (1 - darkness * rng.uniform(.15, 1))), rng.choice((1, 1, 2)))
    if rng.random() < .06:  # squared paper
        gap = rng.randint(8, 22)
        paper[:, rng.randint(0, gap)::gap] *= rng.uniform(.75, .95)
        paper[rng.randint(0, gap)::gap] *= rng.uniform(.75, .95)
    strength = ink
    if rng.random() < .3:  # a pen that runs dry
        strength = ink * np.clip(1 + .45 * cv2.resize(gen.standard_normal((4, max(2, width // 10))).astype(np.float32), (width, height)), .25, 1)
    out = paper * (1 - darkness * strength)
    if over is not None:
        out *= 1 - over
    if rng.random() < .5:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(.3, 1.2))
    if rng.random() < .25:
        q = rng.uniform(.33, .8)
        out = cv2.resize(cv2.resize(out, None, fx=q, fy=q, interpolation=cv2.INTER_AREA), (width, height), interpolation=cv2.INTER_LINEAR)
    out += gen.standard_normal(out.shape).astype(np.float32) * rng.choice((0, 1.5, 4, 9))
    out = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < .3:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(25, 80)])[1], cv2.IMREAD_GRAYSCALE)
    return out


def as_input(grey):
    """What the network gets: grey levels between their 1st and 99th percentile as -1 to 1, dark on bright."""
    low, high = np.percentile(grey, (1, 99))
    out = np.clip((grey.astype(np.float32) - low) / max(8.0, high - low), 0, 1)
    return ((1 - out if np.median(out) < .5 else out) * 2 - 1).astype(np.float16)


class Lines:
    """Draws examples (picture, text). Fonts are paths, real lines as inks.real_greys gives them, backgrounds photographs
    without text: what the locator takes for a line now and then, to be read as nothing."""

    def __init__(self, printed, hand, real, terms, words, backgrounds, foreign, rng, gen):
        self.foreign = foreign  # as inks.foreign_fonts gives them, or None
        self.printed, self.hand, self.real, self.terms, self.words = printed, hand, real, terms, words
        self.backgrounds, self.rng, self.gen = backgrounds, rng, gen
        self.neighbours = []

    def text(self):
        rng = self.rng
        if rng.random() > .2:
            return inks.phrase(rng, self.words, 1, rng.choice((1, 2, 3, 5)))
        term = rng.choice(self.terms)
        style = rng.random()
        term = term.upper() if style < .6 else term.title() if style < .8 else term
        if rng.random() < .3:
            other = inks.phrase(rng, self.words, 1, 2)
            term = f"{term} {other}" if rng.random() < .5 else f"{other} {term}"
        return rng.choice(("%s",) * 6 + ("(%s)", "%s!", "- %s", "[%s]")) % term

    def drawn(self):
        rng = self.rng
        path, kind = (rng.choice(self.hand), "hand") if rng.random() < .7 else (rng.choice(self.printed), "print")
        size = rng.choice((32, 40, 52))
        if kind == "hand" and rng.random() < .5:
            return inks.uneven_ink(path, self.text(), kind, rng, size)
        return inks.font_ink(path, self.text(), kind, size=size)

    def example(self):
        while True:
            try:
                made = self.attempt()
            except (OSError, ValueError, cv2.error):  # a font that cannot draw this text
                made = None
            if made is not None:
                return made

    def nothing(self):
        rng = self.rng
        if rng.random() < .5:
            field = self.backgrounds.crop(rng)
        else:
            field = scenes.sheet(rng, self.gen)
            scenes.draw_clutter(field, rng, rng.randint(1, 10))
        height = rng.randint(18, 90)
        width = min(scenes.SIDE, int(height * rng.uniform(1.2, 9)))
        y, x = rng.randint(0, scenes.SIDE - height), rng.randint(0, scenes.SIDE - width)
        strip = cv2.cvtColor(field[y:y + height, x:x + width], cv2.COLOR_BGR2GRAY)
        return as_input(cv2.resize(strip, (max(12, width * HEIGHT // height), HEIGHT), interpolation=cv2.INTER_AREA)), ""

    def attempt(self):
        rng = self.rng
        if self.backgrounds and rng.random() < .07:
            return self.nothing()
        if self.foreign and rng.random() < .06:
            ink = inks.foreign_ink(rng, self.foreign)
            return self.finished(ink, FOREIGN * len(ink.text.replace(" ", ""))) if ink else None
        real = rng.choice(self.real) if self.real and rng.random() < .5 else None
        if real and rng.random() < .5:  # as it was photographed
            return self.photographed(real)
        ink = inks.ink_of(*real) if real else self.drawn()
        text = folded(ink.text) if ink else None
        return self.finished(ink, text) if text else None

    def finished(self, ink, text):
        """The ink written, cut and laid on paper."""
        rng = self.rng
        mask, top, bottom = warped(ink.mask, ink.top, ink.bottom, rng, self.gen)
        style = rng.random()
        if style < .04:
            mask = hollow(mask, rng)
        elif style < .08:
            mask = sketched(mask, rng, self.gen)
        elif style < .14:
            mask = torn(mask, rng, self.gen)
        elif style < .16:
            mask = struck(mask, top, bottom, rng)
        picture = cut(mask, top, bottom, rng)
        if picture is None or picture.shape[1] // 4 < frames_needed(text):
            return None
        self.neighbours = (self.neighbours + [picture])[-40:]
        if rng.random() < .3:  # the feet of the line above, the heads of the line below
            other = rng.choice(self.neighbours)
            strip, reach = other[:, :picture.shape[1]], rng.randint(2, 7)
            strip = np.pad(strip, ((0, 0), (0, picture.shape[1] - strip.shape[1])))
            picture = picture.copy()
            if rng.random() < .5:
                picture[:reach] = np.maximum(picture[:reach], strip[-reach - 4:-4])
            else:
                picture[-reach:] = np.maximum(picture[-reach:], strip[4:4 + reach])
        over = self.crossing(picture.shape) if rng.random() < .09 else None
        return as_input(on_paper(picture.astype(np.float32) / 255, rng, self.gen, over)), text

    def crossing(self, shape):
        """Other writing to lie over or under a line: smaller and dark, or larger and paler."""
        rng = self.rng
        height, width = shape
        small = rng.random() < .6
        scale = rng.uniform(.25, .55) if small else rng.uniform(1.2, 2.5)
        out = np.zeros(shape, np.float32)
        y = -rng.uniform(0, 1) * HEIGHT * scale
        while y < height:
            other = cv2.resize(rng.choice(self.neighbours), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
            other = np.tile(other, (1, width // other.shape[1] + 2))
            x = rng.randint(0, other.shape[1] - width)
            row = max(0, -int(y))
            part = other[row:row + height - max(0, int(y)), x:x + width]
            into = out[max(0, int(y)):max(0, int(y)) + part.shape[0]]
            np.maximum(into, part[:into.shape[0]], out=into)
            y += HEIGHT * scale * rng.uniform(.7, 1.1)
            if rng.random() < .3:
                break
        return out * (rng.uniform(.25, .75) if small else rng.uniform(.1, .45))

    def photographed(self, real):
        rng = self.rng
        grey, text, _ = real
        text = folded(text)
        if not text:
            return None
        height, width = grey.shape
        scale = HEIGHT / height
        wide = int(width * scale * rng.uniform(.8, 1.25))
        if wide < 10 or wide > WIDEST or wide // 4 < frames_needed(text):
            return None
        reach = .1 * height
        corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
        corners += np.float32([[rng.uniform(-reach, reach * .3) * (1 if i in (0, 3) else -1), rng.uniform(-reach, reach * .5) * (1 if i < 2 else -1)] for i in range(4)])
        matrix = cv2.getPerspectiveTransform(corners, np.float32([[0, 0], [wide, 0], [wide, HEIGHT], [0, HEIGHT]]))
        small = cv2.warpPerspective(grey, matrix, (wide, HEIGHT), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        noise = self.gen.standard_normal(small.shape) * rng.choice((0, 0, 2, 5))
        return as_input(np.clip(small + noise, 0, 255)), text

    def measured(self, real):
        """A real line as it is, for measuring; None where the alphabet lacks a sign."""
        grey, text, _ = real
        text = folded(text)
        wide = int(grey.shape[1] * HEIGHT / grey.shape[0])
        if not text or not 10 <= wide <= WIDEST:
            return None
        return as_input(cv2.resize(grey, (wide, HEIGHT), interpolation=cv2.INTER_AREA)), text
