"""Pictures with writing on them, and where it stands: the locator's training data.

A scene is SIDE x SIDE pixels of a background (a photograph without text, a sheet, a board, a slide), clutter that is not
text (rules, boxes, arrows, grids, circles), and lines of ink at known places, seen through light, lens, sensor and JPEG.
"""
import glob
import math
import os

import cv2
import numpy as np

SIDE = 320
CELL = 4  # the label maps count cells of 4 x 4 pixels
# Channels of a label: text core, 1 where the loss must not look, foreign script, handwriting, cos and sin of the direction.
CORE, IGNORE, FOREIGN, HAND, COS, SIN = range(6)
PALEST, PALEST_MARK = 18, 12  # contrast of ink, in grey levels, below which the loss does not look


class Backgrounds:
    """Photographs and textures without text."""

    def __init__(self, pictures, most=900):
        paths = [p for e in ("jpg", "jpeg", "png", "webp") for p in glob.glob(f"/usr/share/backgrounds/**/*.{e}", recursive=True)]
        for folder in glob.glob("/usr/share/wallpapers/*/contents/images*"):  # one size of each
            sizes = sorted(glob.glob(folder + "/*"))
            paths += sizes[-1:]
        textures = glob.glob(os.path.join(pictures, "supertuxkart/usr/share/games/supertuxkart/data/textures/**/*.*"), recursive=True)
        textures += glob.glob(os.path.join(pictures, "supertuxkart/usr/share/games/supertuxkart/data/tracks/*/*.*"))
        wordy = ("sign", "banner", "logo", "text", "poster", "title", "board", "bill", "name", "font", "letter", "icon", "screen",
                 "gui", "advert", "stk_", "flag", "book", "label", "start", "finish", "arrow", "number", "gnu", "paper", "normal", "mask",
                 "minimap", "shot", "clock", "keyboard", "plate", "bonus", "nitro", "zipper")
        textures = [p for p in textures if p.lower().endswith((".jpg", ".png")) and not any(w in os.path.basename(p).lower() for w in wordy)]
        self.pictures = []
        for path in sorted(paths) + sorted(textures):
            picture = cv2.imread(path)
            if picture is None or min(picture.shape[:2]) < 256 or picture.std() < 8:
                continue
            scale = 1600 / max(picture.shape[:2])
            if scale < 1:
                picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            self.pictures.append(picture)
            if len(self.pictures) == most:
                break

    def crop(self, rng):
        picture = self.pictures[min(int(rng.random() ** 1.3 * len(self.pictures)), len(self.pictures) - 1)]
        height, width = picture.shape[:2]
        side = int(min(height, width, SIDE * math.exp(rng.uniform(math.log(.5), math.log(4)))))
        x, y = rng.randint(0, width - side), rng.randint(0, height - side)
        crop = picture[y:y + side, x:x + side]
        out = cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)
        return out[:, ::-1].copy() if rng.random() < .5 else out.copy()


def smooth_noise(gen, size, cells):
    return cv2.resize(gen.standard_normal((cells, cells)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)


def sheet(rng, gen):
    """Paper, board, wall or slide: one colour with slow changes, now and then ruled, folded or stained."""
    kind = rng.random()
    if kind < .6:
        level = rng.uniform(120, 250)
        colour = np.array([level + rng.gauss(0, 7), level + rng.gauss(0, 4), level + rng.gauss(0, 7)])
    elif kind < .8:
        colour = np.array([rng.uniform(10, 90) + rng.gauss(0, 20) for _ in range(3)])
    else:
        colour = np.array([rng.uniform(20, 245) for _ in range(3)])
    out = np.tile(colour.astype(np.float32), (SIDE, SIDE, 1))
    for cells, strength in ((2, 14), (5, 8), (20, 3), (80, 2)):
        out += smooth_noise(gen, SIDE, cells)[..., None] * rng.uniform(0, strength)
    if rng.random() < .12:  # fold
        x = rng.uniform(0, SIDE)
        ramp = np.clip((np.arange(SIDE) - x) / 12, -1, 1) * rng.uniform(4, 18)
        out += ramp[None, :, None] if rng.random() < .5 else ramp[:, None, None]
    out = np.clip(out, 0, 255)
    if rng.random() < .15:  # ruled or squared
        gap, tint = rng.randint(9, 42), rng.uniform(-60, -12)
        start = rng.randint(0, gap)
        shift = np.array([tint * rng.uniform(.4, 1) for _ in range(3)], np.float32)
        out[start::gap] += shift
        if rng.random() < .4:
            out[:, start::gap] += shift
    return np.clip(out, 0, 255).astype(np.uint8)


def draw_clutter(picture, rng, count):
    """Strokes that are no text."""
    colour = tuple(int(rng.uniform(0, 255)) for _ in range(3))
    point = lambda: (rng.randint(-40, SIDE + 40), rng.randint(-40, SIDE + 40))
    for _ in range(count):
        if rng.random() < .5:
            colour = tuple(int(rng.uniform(0, 255)) for _ in range(3))
        thick, kind = rng.choice((1, 1, 2, 2, 3, 5)), rng.random()
        if kind < .2:
            cv2.line(picture, point(), point(), colour, thick, cv2.LINE_AA)
        elif kind < .38:
            a = point()
            cv2.rectangle(picture, a, (a[0] + rng.randint(8, 160), a[1] + rng.randint(8, 120)), colour, -1 if rng.random() < .25 else thick, cv2.LINE_AA)
        elif kind < .55:
            cv2.ellipse(picture, point(), (rng.randint(3, 60), rng.randint(3, 60)), rng.uniform(0, 180), 0, rng.choice((360, 360, 200)), colour,
                        -1 if rng.random() < .2 else thick, cv2.LINE_AA)
        elif kind < .7:
            cv2.arrowedLine(picture, point(), point(), colour, thick, cv2.LINE_AA, tipLength=rng.uniform(.05, .3))
        elif kind < .8:
            points = np.array([point() for _ in range(rng.randint(3, 7))])
            cv2.polylines(picture, [points], rng.random() < .5, colour, thick, cv2.LINE_AA)
        elif kind < .87:  # a grid or blinds
            x, y, gap = rng.randint(0, SIDE), rng.randint(0, SIDE), rng.randint(4, 26)
            for i in range(rng.randint(3, 14)):
                cv2.line(picture, (x, y + i * gap), (x + rng.randint(40, 200), y + i * gap), colour, thick)
            if rng.random() < .5:
                for i in range(rng.randint(3, 14)):
                    cv2.line(picture, (x + i * gap, y), (x + i * gap, y + 120), colour, thick)
        elif kind < .93:  # a row of dots or dashes
            x, y, gap, size = rng.randint(0, SIDE), rng.randint(0, SIDE), rng.randint(5, 24), rng.randint(1, 5)
            for i in range(rng.randint(4, 16)):
                if rng.random() < .5:
                    cv2.circle(picture, (x + i * gap, y), size, colour, -1, cv2.LINE_AA)
                else:
                    cv2.rectangle(picture, (x + i * gap, y), (x + i * gap + size, y + size * rng.randint(1, 4)), colour, -1)
        else:  # a curve
            t = np.linspace(0, rng.uniform(2, 12), 60)
            x, y = rng.randint(0, SIDE), rng.randint(0, SIDE)
            curve = np.stack([x + t * rng.uniform(4, 20), y + np.sin(t * rng.uniform(.5, 2)) * rng.uniform(3, 30)], 1)
            cv2.polylines(picture, [curve.astype(np.int32)], False, colour, thick, cv2.LINE_AA)


def boxed(ink, rng):
    """The ink within a frame, or between two lines."""
    band = ink.bottom - ink.top
    gap, thick = int(band * rng.uniform(.25, .7)) + 1, max(1, int(band * rng.uniform(.06, .2)))
    pad = gap + thick + 2
    mask = cv2.copyMakeBorder(ink.mask, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    height, width = mask.shape
    first, last = (thick, thick), (width - thick - 1, height - thick - 1)
    if rng.random() < .75:
        cv2.rectangle(mask, first, last, 255, thick)
    else:
        cv2.line(mask, first, (last[0], first[1]), 255, thick)
        cv2.line(mask, (first[0], last[1]), last, 255, thick)
    return ink._replace(mask=mask, top=ink.top + pad, bottom=ink.bottom + pad)


def draw_binding(picture, rng):
    """The rings of a spiral binding along an edge of a notebook: round or oval loops with their holes."""
    upright = rng.random() < .5
    gap, at = rng.uniform(7, 30), rng.uniform(10, SIDE - 10)
    reach, tall = gap * rng.uniform(.6, 1.8), gap * rng.uniform(.15, .45)
    metal, hole = rng.uniform(20, 240), rng.uniform(0, 80)
    start, number = rng.uniform(-20, SIDE / 2), rng.randint(6, 40)
    lean = rng.uniform(-25, 25)
    for i in range(number):
        along = start + i * gap
        centre = (along, at) if upright else (at, along)
        axes = (tall, reach) if upright else (reach, tall)
        middle = tuple(int(c) for c in centre)
        if rng.random() < .95:
            cv2.ellipse(picture, middle, tuple(max(1, int(a)) for a in axes), lean, 0, 360, (metal,) * 3, rng.choice((1, 1, 2)), cv2.LINE_AA)
        end = (along, at + reach) if upright else (at + reach, along)
        cv2.circle(picture, tuple(int(c) for c in end), max(1, int(tall)), (hole,) * 3, -1, cv2.LINE_AA)


class Canvas:
    """A picture that takes ink, with its label."""

    def __init__(self, picture, palest=PALEST):
        self.picture = picture.astype(np.float32)
        self.palest = palest  # contrast below which large letters need not be found
        cells = SIDE // CELL
        self.label = np.zeros((6, cells, cells), np.float32)
        self.taken = np.zeros((SIDE, SIDE), np.uint8)

    def write(self, ink, centre, x_height, degrees, colour, alpha, rng, overlay=False):
        """Lays an ink with its middle at `centre`, its x-height band `x_height` pixels high. Returns whether there was room."""
        band = ink.bottom - ink.top
        scale = x_height / band
        mask, top, bottom = ink.mask, ink.top, ink.bottom
        if scale < .75:  # shrink by area first: a plain warp would alias
            mask = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if min(mask.shape) * scale >= 2 else mask
            if mask is ink.mask:
                return False
            top, bottom, scale = top * scale, bottom * scale, 1.0
        height, width = mask.shape
        a = math.radians(degrees)
        shear = rng.gauss(0, .06)
        rotate = np.float64([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]]) @ np.float64([[1, shear], [0, 1]]) * scale
        middle = np.float64([width / 2, (top + bottom) / 2])
        shift = np.float64(centre) - rotate @ middle
        matrix = np.hstack([rotate, shift[:, None]])
        place = lambda points: (np.float64(points) @ rotate.T + shift)
        outline = place([[0, 0], [width, 0], [width, height], [0, height]])
        spot = np.zeros((SIDE, SIDE), np.uint8)
        cv2.fillConvexPoly(spot, outline.astype(np.int32), 1)
        wanted = int(spot.sum())
        if wanted < 20 or (not overlay and int((spot & self.taken).sum()) > .03 * wanted):
            return False
        self.taken |= spot
        coverage = cv2.warpAffine(mask, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR).astype(np.float32) / 255
        inside = coverage > .4
        if not inside.any():
            return False
        before = self.picture[inside].mean(axis=0)
        self.picture += (np.float32(colour) - self.picture) * (coverage * alpha)[..., None]
        contrast = float(np.abs(self.picture[inside].mean(axis=0) - before).max())
        # The label: the x-height band, cut a little at both ends; at least one cell thick.
        half = max((bottom - top) * .4 * scale, .55 * CELL) / scale
        mid = (top + bottom) / 2
        ends = min(.3 * (bottom - top), width * .1)
        core = place([[ends, mid - half], [width - ends, mid - half], [width - ends, mid + half], [ends, mid + half]]) / CELL - .5
        cells = SIDE // CELL
        area = np.zeros((cells, cells), np.uint8)
        cv2.fillConvexPoly(area, np.round(core * 16).astype(np.int32), 1, shift=4)
        area = area > 0
        around = np.zeros((cells, cells), np.uint8)
        cv2.fillConvexPoly(around, np.round((outline / CELL - .5) * 16).astype(np.int32), 1, shift=4)
        if contrast < (PALEST if x_height < 9 else self.palest) or x_height < 3.2:
            self.label[IGNORE][around > 0] = 1
            return True
        clash = area & (self.label[CORE] > 0)
        self.label[CORE][area] = 1
        self.label[FOREIGN][area] = ink.foreign
        self.label[HAND][area] = ink.kind == "hand"
        self.label[COS][area] = math.cos(a)
        self.label[SIN][area] = math.sin(a)
        self.label[COS][clash] = self.label[SIN][clash] = 0
        return True


class Scenes:
    """Makes scenes from pools of inks; `groups` are lists of inks of one hand or font, `marks` of those with short capitals: with
    them, every fourth scene has a mark across it, and bindings are among the negatives."""

    def __init__(self, groups, marks, foreign, backgrounds, rng, gen):
        self.groups, self.marks, self.foreign, self.backgrounds, self.rng, self.gen = groups, marks, foreign, backgrounds, rng, gen
        self.hand = [g for g in groups if g[0].kind == "hand"]
        self.print = [g for g in groups if g[0].kind == "print"]

    def canvas(self, picture):
        return Canvas(picture, PALEST_MARK if self.marks else PALEST)

    def group(self, hand_share):
        rng = self.rng
        if rng.random() < .12:
            return self.foreign
        return rng.choice(self.hand if rng.random() < hand_share else self.print)

    def direction(self):
        rng, kind = self.rng, self.rng.random()
        if kind < .68:
            return rng.gauss(0, 4)
        if kind < .78:
            return rng.choice((90, -90)) + rng.gauss(0, 4)
        if kind < .86:
            return 180 + rng.gauss(0, 4)
        return rng.uniform(-180, 180)

    def ink_colour(self, picture):
        rng = self.rng
        level = float(picture.mean())
        if rng.random() < .15:
            return [rng.uniform(0, 255) for _ in range(3)]
        dark = level > 115 if rng.random() < .9 else level <= 115
        base = rng.uniform(0, 90) if dark else rng.uniform(165, 255)
        return [float(np.clip(base + rng.gauss(0, 35 if rng.random() < .5 else 6), 0, 255)) for _ in range(3)]

    def size(self):
        return math.exp(self.rng.uniform(math.log(3.4), math.log(34)))

    def paragraph(self, canvas, hand_share):
        rng = self.rng
        group, degrees, x_height = self.group(hand_share), self.direction(), min(self.size(), 22)
        colour, alpha = self.ink_colour(canvas.picture), rng.uniform(.55, 1)
        a = math.radians(degrees)
        pitch = x_height * rng.uniform(2.1, 3.6)
        start = np.array([rng.uniform(0, SIDE), rng.uniform(0, SIDE)])
        for i in range(rng.randint(2, 16)):
            ink = rng.choice(group)
            width = ink.mask.shape[1] * x_height / (ink.bottom - ink.top)
            along = width / 2 + rng.choice((0, 0, 0, 2 * x_height))
            centre = start + np.array([math.cos(a), math.sin(a)]) * along + np.array([-math.sin(a), math.cos(a)]) * pitch * i
            canvas.write(ink, centre, x_height * rng.uniform(.97, 1.03), degrees + rng.gauss(0, .6), colour, alpha, rng)

    def page(self, canvas, hand_share):
        """Running text in one or two columns, as pages, receipts and forms have it."""
        rng = self.rng
        group, x_height = self.group(hand_share), math.exp(rng.uniform(math.log(3.4), math.log(13)))
        degrees = rng.gauss(0, 3) if rng.random() < .75 else self.direction()
        colour, alpha = self.ink_colour(canvas.picture), rng.uniform(.6, 1)
        a = math.radians(degrees)
        along, across = np.array([math.cos(a), math.sin(a)]), np.array([-math.sin(a), math.cos(a)])
        pitch, width = x_height * rng.uniform(2.0, 3.2), x_height * rng.uniform(18, 80)
        start = np.array([SIDE / 2, SIDE / 2]) - along * rng.uniform(.1, .9) * width - across * rng.uniform(.2, .8) * SIDE
        for i in range(int(SIDE * 1.3 / pitch)):
            at = rng.choice((0, 0, 0, 0, 3 * x_height))
            if rng.random() < .06:
                continue
            while at < width:
                ink = rng.choice(group)
                length = ink.mask.shape[1] * x_height / (ink.bottom - ink.top)
                centre = start + along * (at + length / 2) + across * pitch * i
                if -40 < centre[0] < SIDE + 40 and -40 < centre[1] < SIDE + 40:
                    canvas.write(ink, centre, x_height, degrees, colour, alpha, rng)
                at += length + x_height * (rng.uniform(.5, 1) if rng.random() < .93 else 7)
                if rng.random() < .1:
                    break

    def scattered(self, canvas, hand_share):
        rng = self.rng
        same = self.direction() if rng.random() < .6 else None
        for _ in range(rng.randint(1, 12)):
            degrees = same + rng.gauss(0, 2) if same is not None else self.direction()
            canvas.write(rng.choice(self.group(hand_share)), (rng.uniform(0, SIDE), rng.uniform(0, SIDE)), self.size(), degrees,
                         self.ink_colour(canvas.picture), rng.uniform(.35, 1), rng)

    def across(self, canvas):
        """A stamp or a watermark over everything."""
        rng = self.rng
        stamp = rng.random() < .5
        colour = [(45, 35, 205), (170, 50, 60), (150, 40, 130)][rng.randint(0, 2)] if stamp else [rng.uniform(120, 180)] * 3
        canvas.write(rng.choice(self.group(0)), (rng.uniform(60, SIDE - 60), rng.uniform(60, SIDE - 60)), math.exp(rng.uniform(math.log(9), math.log(50))),
                     rng.uniform(-60, 60), colour, rng.uniform(.5, .9) if stamp else rng.uniform(.2, .55), rng, overlay=True)

    def marked(self, canvas):
        """The same for the locator of marks: coloured ink, framed at times, or a shade of the ground, in rows at times."""
        rng = self.rng
        stamp = rng.random() < .5
        if stamp:
            base = rng.choice(((45, 35, 205), (170, 50, 60), (150, 40, 130), (60, 120, 40), (50, 50, 50)))
            colour, alpha = [c + rng.gauss(0, 20) for c in base], rng.uniform(.3, .9)
        else:
            level = float(canvas.picture.mean())
            dark = level > 150 if rng.random() < .8 else level <= 150
            colour, alpha = [rng.uniform(100, 180) if dark else rng.uniform(215, 255)] * 3, rng.uniform(.15, .55)
        ink = rng.choice(rng.choice(self.marks) if rng.random() < .75 else self.group(0))
        if stamp and rng.random() < .5:
            ink = boxed(ink, rng)
        x_height, degrees = math.exp(rng.uniform(math.log(9), math.log(55))), rng.choice((rng.uniform(-60, 60), rng.gauss(0, 12)))
        middle = (rng.uniform(60, SIDE - 60), rng.uniform(60, SIDE - 60))
        canvas.write(ink, middle, x_height, degrees, colour, alpha, rng, overlay=True)
        if not stamp and rng.random() < .3:  # the same again, in rows
            x_height = min(x_height, 16)
            a, length = math.radians(degrees), ink.mask.shape[1] * x_height / (ink.bottom - ink.top)
            for row in (-2, -1, 1, 2):
                for column in (-1, 0, 1):
                    along, across = column * length * 1.3, row * x_height * 6
                    canvas.write(ink, (middle[0] + along * math.cos(a) - across * math.sin(a), middle[1] + along * math.sin(a) + across * math.cos(a)),
                                 x_height, degrees, colour, alpha, rng, overlay=True)

    def surface_in_photo(self):
        """A sheet or board hung into a photograph, as it stands behind people; writing only on it."""
        rng = self.rng
        canvas = self.canvas(sheet(rng, self.gen))
        if rng.random() < .5:
            self.paragraph(canvas, .5)
        self.scattered(canvas, .6)
        side = rng.uniform(.35, .9) * SIDE
        x, y = rng.uniform(0, SIDE - side), rng.uniform(0, SIDE - side)
        mask = np.zeros((SIDE, SIDE), np.uint8)
        jitter = lambda: rng.uniform(-.05, .05) * side
        corners = np.float32([[x + jitter(), y + jitter()], [x + side + jitter(), y + jitter()], [x + side + jitter(), y + side + jitter()], [x + jitter(), y + side + jitter()]])
        cv2.fillConvexPoly(mask, corners.astype(np.int32), 1)
        photo = self.backgrounds.crop(rng).astype(np.float32)
        soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), rng.uniform(.5, 1.5))[..., None]
        canvas.picture = canvas.picture * soft + photo * (1 - soft)
        inside = cv2.resize(mask, (SIDE // CELL, SIDE // CELL), interpolation=cv2.INTER_AREA)
        edge = cv2.dilate(mask, np.ones((9, 9))) - cv2.erode(mask, np.ones((9, 9)))
        canvas.label *= inside[None]
        canvas.label[IGNORE][cv2.resize(edge, (SIDE // CELL, SIDE // CELL), interpolation=cv2.INTER_NEAREST) * (canvas.label[CORE] > 0) > 0] = 1
        return canvas

    def seen(self, picture):
        """Light, lens, sensor, chat app."""
        rng, gen = self.rng, self.gen
        if rng.random() < .35:  # uneven light
            gain = 1 + smooth_noise(gen, SIDE, rng.randint(2, 4)) * rng.uniform(.03, .2)
            picture = picture * np.clip(gain, .3, 1.7)[..., None]
        if rng.random() < .08:  # a lamp's reflection
            centre, radius = (rng.randint(0, SIDE), rng.randint(0, SIDE)), rng.uniform(10, 60)
            spot = np.zeros((SIDE, SIDE), np.float32)
            cv2.ellipse(spot, centre, (int(radius), int(radius * rng.uniform(.3, 1))), rng.uniform(0, 180), 0, 360, 1, -1)
            picture = picture + (255 - picture) * cv2.GaussianBlur(spot, (0, 0), radius / 3)[..., None] * rng.uniform(.4, 1)
        if rng.random() < .06:  # banding of screens and projectors
            bands = np.sin(np.arange(SIDE) * rng.uniform(.05, 1.8))[:, None, None] * rng.uniform(3, 16) * np.array([rng.uniform(.2, 1) for _ in range(3)])
            picture = picture + (bands if rng.random() < .5 else bands.transpose(1, 0, 2))
        if rng.random() < .3:
            picture = picture * rng.uniform(.45, 1.1) + rng.uniform(-15, 25)
        if rng.random() < .45:
            picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(.4, 1.3))
        if rng.random() < .12:
            length = rng.randint(3, 5)
            kernel = np.zeros((length, length), np.float32)
            cv2.line(kernel, (0, rng.randint(0, length - 1)), (length - 1, rng.randint(0, length - 1)), 1)
            picture = cv2.filter2D(picture, -1, kernel / max(kernel.sum(), 1))
        if rng.random() < .5:
            picture = picture + gen.standard_normal((SIDE, SIDE, 1 if rng.random() < .6 else 3)).astype(np.float32) * rng.uniform(1, 9)
        picture = np.clip(picture, 0, 255).astype(np.uint8)
        if rng.random() < .2:
            picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        if rng.random() < .5:
            picture = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(30, 92)])[1], 1)
        return picture

    def make(self):
        """(picture uint8 SIDE x SIDE x 3 BGR, label float32 6 x SIDE/4 x SIDE/4)"""
        rng, kind = self.rng, self.rng.random()
        if kind < .2:  # no text at all
            canvas = self.canvas(self.backgrounds.crop(rng) if rng.random() < .75 else sheet(rng, self.gen))
            drawn = canvas.picture.astype(np.uint8)
            draw_clutter(drawn, rng, rng.choice((0, 0, 0, 2, 6, 12)))
            if self.marks and rng.random() < .12:
                draw_binding(drawn, rng)
            canvas.picture = drawn.astype(np.float32)
        elif kind < .38:
            canvas = self.surface_in_photo()
        else:
            base = self.backgrounds.crop(rng) if rng.random() < .22 else sheet(rng, self.gen)
            draw_clutter(base, rng, rng.choice((0, 0, 1, 2, 4, 9)))
            if self.marks and rng.random() < .06:
                draw_binding(base, rng)
            canvas = self.canvas(base)
            hand_share = rng.choice((0, .3, .8, 1))
            if rng.random() < .3:
                self.page(canvas, hand_share)
            else:
                for _ in range(rng.choice((1, 1, 2, 3))):
                    (self.paragraph if rng.random() < .62 else self.scattered)(canvas, hand_share)
            if self.marks:
                if rng.random() < .25:
                    self.marked(canvas)
            elif rng.random() < .12:
                self.across(canvas)
        return self.seen(canvas.picture), canvas.label
