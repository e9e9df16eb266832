#!/usr/bin/python3
"""How far the confidences of both readers can be trusted: where the constants of LineRecogniser::likely come from, and the
reliability plot in models/README.md.

usage: measure_confidence.py DATA TRAIN MODEL.onnx LETTERS.bin [--lines N] [--seed N] [--svg OUT.svg]

Lines as in measure_decoding.py, twice as high for Tesseract. A word is right when it stands in the line, letters and digits only.
Fits the probability that it is (logistic regression) to what each reader says: of ours, per sign of the word, the mean logarithm
of the frame's best probability, what the decoded sign lacks to it, and what the letter model gives it.
"""
import os
import random

import cv2
import numpy as np
import tesserocr
from PIL import Image

import inks
import lines
import train_letters
from measure_decoding import Letters, arguments, decoded, drawn
from measure_spotting import Recogniser
from train_recogniser import HELD_FONTS

WEIGHT, BONUS = .4, .6  # of src/text/beam_search.cpp
TALL = 64


def aligned(scores, classes):
    """Frames at which the signs stand out, on the best path that writes them all."""
    states = [0] + [c for k in classes for c in (k, 0)]
    best, back = np.full(len(states), -1e9), []
    skip = np.array([s > 1 and s % 2 == 1 and states[s] != states[s - 2] for s in range(len(states))])
    for t, row in enumerate(scores):
        if t == 0:
            from_here, step = np.where(np.arange(len(states)) < 2, 0.0, -1e9), np.zeros(len(states), int)
        else:
            one = np.concatenate([[-1e9], best[:-1]])
            two = np.where(skip, np.concatenate([[-1e9, -1e9], best[:-2]]), -1e9)[:len(states)]
            step = np.argmax([best, one, two], 0)
            from_here = np.choose(step, [best, one, two])
        best, _ = from_here + row[states], back.append(step)
    s = len(states) - 2 if len(states) > 1 and best[-2] > best[-1] else len(states) - 1
    frames, most = [0] * len(classes), [-1e9] * len(classes)
    for t in range(len(scores) - 1, -1, -1):
        if s % 2 and scores[t, states[s]] > most[s // 2]:
            most[s // 2], frames[s // 2] = scores[t, states[s]], t
        s -= back[t][s]
    return frames


def plain(word):
    return "".join(c for c in word.lower() if c.isalnum())


def our_words(recogniser, letters, picture):
    """(word, features) of a line."""
    scores = recogniser.scores(picture)[0]
    text = decoded(scores, letters, WEIGHT, BONUS)
    classes = [lines.INDEX[c] for c in text]
    frames = aligned(scores, classes)
    best = -np.log(np.exp(scores).sum(1))
    out, word = [], []
    for i, (c, k, t) in enumerate(zip(text + " ", classes + [0], frames + [0])):
        if c != " ":
            word.append((c, best[t], scores[t, k], letters.after(train_letters.folded(" " + text[:i]), train_letters.folded(c))))
        elif word:
            out.append(("".join(w[0] for w in word), np.mean([w[1:] for w in word], 0)))
            word = []
    return out


def words_of_tesseract(api, picture):
    api.SetImage(Image.fromarray(cv2.copyMakeBorder(picture, 10, 10, 10, 10, cv2.BORDER_REPLICATE)))
    api.Recognize()
    try:
        return [(w, np.array([c / 100])) for w, c in api.MapWordConfidences()]
    except RuntimeError:
        return []  # nothing was read


def logistic(features, right):
    x, w = np.column_stack([np.ones(len(features)), features]), np.zeros(features.shape[1] + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w)), x.T @ (right - p) - 1e-3 * w)
    return w


def chances(features, w):
    return 1 / (1 + np.exp(-(w[0] + features @ w[1:])))


def reliability(said, right, bins=10):
    """(mean of what was said, share that is right, number) by tenth."""
    where = np.minimum((said * bins).astype(int), bins - 1)
    return [(said[where == b].mean(), right[where == b].mean(), int((where == b).sum())) for b in range(bins) if (where == b).any()]


def plot(curves, path):
    side, edge = 300, 40
    at = lambda x, y: f"{edge + x * side:.0f},{edge + (1 - y) * side:.0f}"
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge + 160} {side + 2 * edge}" font-family="sans-serif" font-size="12">',
           f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="#fff" stroke="#999"/>',
           f'<polyline points="{at(0, 0)} {at(1, 1)}" stroke="#bbb" fill="none" stroke-dasharray="4"/>',
           f'<text x="{edge + side / 2 - 40}" y="{edge + side + 28}">what the reader says</text>',
           f'<text x="14" y="{edge + side / 2 + 50}" transform="rotate(-90 14 {edge + side / 2 + 50})">share of words right</text>']
    for i, (title, rows) in enumerate(curves.items()):
        colour = ("#c33", "#27a", "#383", "#a6a")[i]
        out.append(f'<polyline points="{" ".join(at(x, y) for x, y, _ in rows)}" stroke="{colour}" fill="none" stroke-width="2"/>')
        out += [f'<circle cx="{at(x, y).split(",")[0]}" cy="{at(x, y).split(",")[1]}" r="{1.5 + n ** .5 / 6:.1f}" fill="{colour}"/>' for x, y, n in rows]
        out.append(f'<text x="{edge + side + 12}" y="{edge + 20 + 20 * i}" fill="{colour}">{title}</text>')
    with open(path, "w", encoding="utf-8") as svg:
        svg.write("\n".join(out) + "\n</svg>\n")


def main():
    options = arguments(200, 17)
    options.add_argument("--svg")
    args = options.parse_args()
    rng, gen = random.Random(args.seed), np.random.default_rng(args.seed)
    recogniser, letters = Recogniser(args.model), Letters(args.letters)
    api = tesserocr.PyTessBaseAPI(lang="ind+eng", psm=tesserocr.PSM.SINGLE_LINE)
    held = [p for p in inks.font_files(args.data + "/npm")[1] if any(n in p for n in HELD_FONTS)]
    sentences = train_letters.lines_to_learn(args.data, "-")[1]
    lines.HEIGHT, lines.WIDEST = TALL, 2 * lines.WIDEST
    pictures = []
    while len(pictures) < args.lines:
        pictures.append(drawn(rng, gen, held, sentences))
    if args.train != "-":
        for source in ("stanford_memorials_1905", "icdar2015_words", "sroie_receipts"):
            for grey, text, _ in inks.real_greys(os.path.join(args.train, source), args.lines // 2, rng, heldout=True):
                text = lines.folded(text)
                if text and grey.shape[1] < 25 * grey.shape[0]:
                    wide = int(grey.shape[1] * TALL / grey.shape[0])
                    pictures.append((cv2.resize(grey, (wide, TALL), interpolation=cv2.INTER_AREA), text))
    lines.HEIGHT, lines.WIDEST = TALL // 2, lines.WIDEST // 2
    ours, theirs = [], []
    for picture, text in pictures:
        there = {plain(w) for w in text.split()}
        small = lines.as_input(cv2.resize(picture, None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA)[:lines.HEIGHT])
        ours += [(f, plain(w) in there) for w, f in our_words(recogniser, letters, small) if len(plain(w)) > 1]
        theirs += [(f, plain(w) in there) for w, f in words_of_tesseract(api, picture) if len(plain(w)) > 1]
    curves = {}
    for name, rows in (("ours", ours), ("Tesseract", theirs)):
        features, right = np.array([f for f, _ in rows]), np.array([r for _, r in rows], float)
        print(f"{name}: {len(rows)} words, {right.mean():.3f} right")
        w = logistic(features, right)
        print("  all of them: constant and weights", np.round(w, 3))
        if name == "ours":
            for title, said in (("of the signs seen", np.exp(features[:, 0] + features[:, 1])), ("of the frames' best", np.exp(features[:, 0])),
                                ("with half of what the sign lacks", np.exp(features[:, 0] + .5 * features[:, 1])), ("fitted", chances(features, w))):
                print(f"  {title:34s} Brier {((said - right) ** 2).mean():.4f}  ", "  ".join(f"{a:.2f}:{b:.2f}({n})" for a, b, n in reliability(said, right)))
            curves["ours"] = reliability(np.exp(features[:, 0] + features[:, 1]), right)
            curves["ours, fitted"] = reliability(chances(features, w), right)
        else:
            said = features[:, 0]
            print(f"  as it is {'':25s} Brier {((said - right) ** 2).mean():.4f}  ", "  ".join(f"{a:.2f}:{b:.2f}({n})" for a, b, n in reliability(said, right)))
            fitted = chances(features, w)
            print(f"  fitted {'':27s} Brier {((fitted - right) ** 2).mean():.4f}  ", "  ".join(f"{a:.2f}:{b:.2f}({n})" for a, b, n in reliability(fitted, right)))
            curves["Tesseract"] = reliability(said, right)
            curves["Tesseract, fitted"] = reliability(fitted, right)
    if args.svg:
        plot(curves, args.svg)


if __name__ == "__main__":
    main()
