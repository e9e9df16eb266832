#!/usr/bin/python3
"""What the language model of letters gains in decoding, and with which weights: where those of src/text/beam_search.cpp come
from.

usage: measure_decoding.py DATA TRAIN MODEL.onnx LETTERS.bin [--lines N] [--seed N] [--poor P]

Lines of texts that were held out of both trainings in handwriting fonts that were held out, and real lines held out. For a grid
of weights of the letter model's logarithm, and of bonuses for every sign in multiples of that weight, prints the error rates of
letters and of words (three letters or more), of all lines and of those that the free reading reads with a mean probability
below P.
"""
import argparse
import math
import os
import random

import cv2
import numpy as np

import inks
import lines
import train_letters
from measure_spotting import Recogniser
from train_recogniser import HELD_FONTS, distance

BEAM = 12
LEAST = -7.0  # of a sign against the frame's best, for it to be tried


class Letters:
    """The model as it is written."""

    def __init__(self, path):
        with open(path, "rb") as source:
            data = source.read()
        assert data[:4] == b"SLM1" and data[4] == len(train_letters.SIGNS)
        self.order, at, self.tables = data[5], 8, []
        for _ in range(self.order):
            count = int.from_bytes(data[at:at + 4], "little")
            keys = np.frombuffer(data, np.uint32, count, at + 4)
            rest = np.frombuffer(data, np.uint8, 2 * count, at + 4 + 4 * count)
            self.tables.append({int(k): (-p / train_letters.STEPS, -b / train_letters.STEPS)
                                for k, p, b in zip(keys, rest[:count].astype(float), rest[count:].astype(float))})
            at += 4 + 6 * count
        self.index = {sign: i for i, sign in enumerate(train_letters.SIGNS)}
        self.known = {}

    def after(self, context, sign):
        """Log-probability of a sign after a text of signs."""
        context = context[-(self.order - 1):]
        asked = (context, sign)
        if asked not in self.known:
            out, base = 0.0, len(train_letters.SIGNS)
            while True:
                key = 0
                for c in context + sign:
                    key = key * base + self.index[c]
                entry = self.tables[len(context)].get(key)
                if entry or not context:
                    out += entry[0] if entry else -12.0
                    break
                left = self.tables[len(context) - 1].get(key // base)
                out += left[1] if left else 0.0
                context = context[1:]
            self.known[asked] = out
        return self.known[asked]


def decoded(scores, letters, weight, bonus):
    """The same as saring::text::decoded."""
    add = lambda a, b: max(a, b) + math.log1p(math.exp(-abs(a - b)))
    folded = lambda text: train_letters.folded(text)
    beam = {"": (0.0, -1e9, 0.0)}  # blank last, sign last, language
    for row in scores:
        tried = [(k, float(row[k])) for k in np.nonzero(row > LEAST)[0] if k]
        following = {}

        def give(text, blank, sign, language):
            old = following.get(text, (-1e9, -1e9, language))
            following[text] = (add(old[0], blank), add(old[1], sign), language)

        for text, (blank, sign, language) in beam.items():
            both = add(blank, sign)
            give(text, both + float(row[0]), -1e9, language)
            for k, score in tried:
                c = lines.ALPHABET[k - 1]
                if text and text[-1] == c:
                    give(text, -1e9, sign + score, language)
                    from_here = blank
                else:
                    from_here = both
                if from_here < -1e8:
                    continue
                more = weight * letters.after(" " + folded(text), folded(c)) + bonus
                give(text + c, -1e9, from_here + score, language + more)
        best = sorted(following.items(), key=lambda e: -(add(e[1][0], e[1][1]) + e[1][2]))
        beam = dict(best[:BEAM])
    return max(beam.items(), key=lambda e: add(e[1][0], e[1][1]) + e[1][2])[0]


def drawn(rng, gen, fonts, sentences):
    """A few words out of the sentences by one of the fonts: grey levels of lines.HEIGHT rows, text."""
    while True:
        words = rng.choice(sentences).replace(".", "").split()
        at, count = rng.randrange(max(1, len(words) - 3)), rng.randint(2, 6)
        text = " ".join(words[at:at + count])
        text = rng.choice((text, text, text.upper(), text.capitalize()))
        if len(text) < 5:
            continue
        ink = inks.font_ink(rng.choice(fonts), text, "hand", size=40 * lines.HEIGHT // 32)
        mask, top, bottom = lines.warped(ink.mask, ink.top, ink.bottom, rng, gen)
        picture = lines.cut(mask, top, bottom, rng)
        if picture is not None:
            return lines.on_paper(picture.astype(np.float32) / 255, rng, gen), text


def word_errors(read, truth):
    words = lambda text: ["".join(c for c in w if c.isalnum()) for w in text.lower().split()]
    wanted, there = [w for w in words(truth) if len(w) >= 3], set(words(read))
    return sum(w not in there for w in wanted), len(wanted)


def arguments(lines, seed):
    options = argparse.ArgumentParser()
    for name in ("data", "train", "model", "letters"):
        options.add_argument(name)
    options.add_argument("--lines", type=int, default=lines)
    options.add_argument("--seed", type=int, default=seed)
    return options


def main():
    options = arguments(150, 13)
    options.add_argument("--poor", type=float, default=.85)
    args = options.parse_args()
    rng, gen = random.Random(args.seed), np.random.default_rng(args.seed)
    recogniser, letters = Recogniser(args.model), Letters(args.letters)
    held = [p for p in inks.font_files(args.data + "/npm")[1] if any(n in p for n in HELD_FONTS)]
    maker = lines.Lines([], held, [], [], inks.words_of_dictionaries(), None, None, rng, gen)
    _, sentences = train_letters.lines_to_learn(args.data, "-")

    kinds = {"texts in held-out hands": []}
    for _ in range(args.lines):
        picture, text = drawn(rng, gen, held, sentences)
        kinds["texts in held-out hands"].append((lines.as_input(picture), text))
    if args.train != "-":
        for source in ("stanford_memorials_1905", "icdar2015_words", "dhsd_german_words", "copiste_dun_jour"):
            real = inks.real_greys(os.path.join(args.train, source), args.lines, rng, heldout=True)
            kinds[source] = [m for m in map(maker.measured, real) if m]
    for kind, pictures in kinds.items():
        read = [(recogniser.scores(picture), truth) for picture, truth in pictures]

        def show(title, readings):
            out = f"  {title:24s}"
            for some in (range(len(read)), [i for i, (r, _) in enumerate(read) if r[2] < args.poor]):
                errors = sum(distance(readings[i].lower(), read[i][1].lower()) for i in some)
                signs = sum(len(read[i][1]) for i in some)
                missed = [word_errors(readings[i], read[i][1]) for i in some]
                out += (f"   {len(some):4d} lines: letters {errors / max(1, signs):.3f}, "
                        f"words missed {sum(m for m, _ in missed)} of {sum(n for _, n in missed)}")
            print(out, flush=True)

        print(kind)
        show("free", [r[1] for r, _ in read])
        for weight in (.2, .4, .6, .8):
            for bonus in (.5, 1.0, 1.5):
                show(f"weight {weight} bonus {bonus}", [decoded(r[0], letters, weight, bonus * weight) for r, _ in read])


if __name__ == "__main__":
    main()
