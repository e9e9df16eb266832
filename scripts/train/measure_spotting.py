#!/usr/bin/python3
"""How well terms are told from other writing by the line recogniser: where the thresholds of src/text/line_reader.cpp come from.

usage: measure_spotting.py DATA TRAIN RULES MODEL.onnx [--lines N] [--seed N]

Positive: rule terms in fonts that were held out of the training, on paper, in bad light, cut as badly as the locator cuts.
Negative: phrases without a term in the same fonts, and real lines held out (copiste_dun_jour, whose writers the network has
never seen, among them). Prints, for a row of thresholds on the mean log-likelihood per sign, the share of positives whose own
term scores above it, and of negatives for which any term does; and how sure the free readings are.
"""
import argparse
import os
import random

import cv2
import numpy as np

import inks
import lines
from train_recogniser import HELD_FONTS, SOURCES, distance, rule_terms


class Recogniser:
    def __init__(self, path):
        self.net = cv2.dnn.readNetFromONNX(path)

    def scores(self, picture):
        """Log-likelihoods minus the frame's best; the free reading, the mean probability of its signs, and that of its path."""
        width = (picture.shape[1] + 7) // 8 * 8
        blob = np.ones((1, 1, lines.HEIGHT, width), np.float32)
        blob[0, 0, :, :picture.shape[1]] = picture
        self.net.setInput(blob)
        logits = self.net.forward()[0, :, 0].T
        logits = logits - logits.max(1, keepdims=True)
        likelihood = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        best, before, text, sums = likelihood.argmax(1), 0, "", []
        for t, k in enumerate(best):
            if k and k != before:
                text += lines.ALPHABET[k - 1]
                sums.append(likelihood[t, k])
            before = k
        most = likelihood.max(1, keepdims=True)
        path = float(np.exp(most.sum() / len(sums))) if sums else 0.0
        return likelihood - most, text, float(np.exp(np.mean(sums))) if sums else 0.0, path


def spotting_score(scores, term):
    """The same as saring::text::spotting_score."""
    upper, lower = [lines.INDEX[c.upper()] for c in term], [lines.INDEX[c.lower()] for c in term]
    path = np.full(2 * len(term) - 1, -1e9)
    skip = np.zeros(len(path), bool)
    skip[2::2] = [lower[i] != lower[i - 1] for i in range(1, len(term))]
    best = -1e9
    for row in scores:
        here = np.full(len(path), row[0])
        signs = np.maximum(row[upper], row[lower])
        here[::2] = np.where([c == " " for c in term], np.maximum(signs, row[0] - 1), signs)
        one = np.concatenate([[0.0], path[:-1]])
        two = np.where(skip, np.concatenate([[-1e9, -1e9], path[:-2]]), -1e9)
        path = np.maximum(np.maximum(path, one), two) + here
        best = max(best, path[-1])
    return best / len(term)


# The rules of src/text/line_reader.cpp: a reading at least so sure is read where every term scores less.
READ_RULES = ((.6, -1.3), (.5, -1.6), (.45, -1.7), (.4, -2.3))


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def print_misread(recogniser, terms, drawn, negatives, pools, count, rng):
    """Lines that READ_RULES take for read, by the least probability of the path."""
    rows = []
    for _ in range(count):
        term = rng.choice(terms)
        shown = term.upper() if rng.random() < .7 else term.title()
        scores, text, sure, path = recogniser.scores(drawn(shown, pools))
        best = max(spotting_score(scores, t) for t in terms)
        rows.append((letters(text), distance(letters(text), letters(shown)) > .15 * len(letters(shown)), sure, path, best))
    for kind, picture, _ in negatives:
        scores, text, sure, path = recogniser.scores(picture)
        rows.append((letters(text), kind, sure, path, max(spotting_score(scores, t) for t in terms)))
    rows = [r for r in rows if len(r[0]) >= 3]  # what reads as letters of another script is held for that
    print("a term misread and yet read; share of lines without a term that are not read: by the least probability of the path")
    for least in (0, .1, .15, .2, .25, .3):
        read = [path >= least and any(sure >= s and best < b for s, b in READ_RULES) for _, _, sure, path, best in rows]
        leaked = sum(ok for ok, row in zip(read, rows) if row[1] is True and row[4] < -.8)
        kinds = sorted({row[1] for row in rows if isinstance(row[1], str)})
        unread = {k: 1 - np.mean([ok for ok, row in zip(read, rows) if row[1] == k]) for k in kinds}
        print(f"  {least:.2f}  {leaked} of {sum(row[1] is True for row in rows)}   " + "  ".join(f"{k} {unread[k]:.3f}" for k in kinds))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("data")
    options.add_argument("train")
    options.add_argument("rules")
    options.add_argument("model")
    options.add_argument("--lines", type=int, default=400)
    options.add_argument("--seed", type=int, default=11)
    args = options.parse_args()
    rng, gen = random.Random(args.seed), np.random.default_rng(args.seed)
    words, terms = inks.words_of_dictionaries(), rule_terms(args.rules)
    ornate = inks.font_files(args.data + "/ornate")[1]
    held = [p for p in inks.font_files(args.data + "/npm")[1] if any(n in p for n in HELD_FONTS)]
    recogniser = Recogniser(args.model)
    maker = lines.Lines([], held, [], terms, words, None, None, rng, gen)

    def drawn(text, fonts=held):
        while True:
            ink = inks.font_ink(rng.choice(fonts), text, "hand", size=40)
            mask, top, bottom = lines.warped(ink.mask, ink.top, ink.bottom, rng, gen)
            picture = lines.cut(mask, top, bottom, rng)
            if picture is not None:
                return lines.as_input(lines.on_paper(picture.astype(np.float32) / 255, rng, gen))

    rows = []
    for _ in range(args.lines):
        term = rng.choice(terms)
        shown = term.upper() if rng.random() < .6 else term.title()
        scores, text, sure, _ = recogniser.scores(drawn(shown))
        rows.append(("term", spotting_score(scores, term), sure, distance(text.lower(), shown.lower()) / len(shown)))
    negatives = []
    for _ in range(args.lines):
        negatives.append(("phrases", drawn(inks.phrase(rng, words, 1, 3).replace("•", "*")), None))
    for source in SOURCES + ("copiste_dun_jour",):
        real = inks.real_greys(os.path.join(args.train, source), args.lines // 4, rng, heldout=True)
        negatives += [(source, *m) for m in map(maker.measured, real) if m]
    for kind, picture, truth in negatives:
        scores, text, sure, _ = recogniser.scores(picture)
        rows.append((kind, max(spotting_score(scores, t) for t in terms), sure, distance(text.lower(), truth.lower()) / len(truth) if truth else 0))
    kinds = sorted({r[0] for r in rows})
    print("share of lines in which a term scores above the threshold (terms: their own)")
    thresholds = (-.5, -.75, -1, -1.25, -1.5, -1.75, -2, -2.5, -3, -4)
    print(f"{'':26s}{'lines':>6s}" + "".join(f"{t:8.2f}" for t in thresholds))
    for kind in kinds:
        of_kind = [r for r in rows if r[0] == kind]
        print(f"{kind:26s}{len(of_kind):6d}" + "".join(f"{np.mean([r[1] > t for r in of_kind]):8.3f}" for t in thresholds))
    print("the same for terms by the mean probability of their free reading")
    for low, high in ((0, .4), (.4, .6), (.6, .8), (.8, 1.01)):
        band = [r for r in rows if r[0] == "term" and low <= r[2] < high]
        print(f"{f'{low} to {high}':26s}{len(band):6d}" + "".join(f"{np.mean([r[1] > t for r in band] or [0]):8.3f}" for t in thresholds))
    print("mean probability of the free reading: share of lines above it, and their character error rate where the truth is known")
    for kind in kinds:
        of_kind = [r for r in rows if r[0] == kind]
        print(f"{kind:26s}{len(of_kind):6d}" + "".join(
            f"   >{p:.2f} {np.mean([r[2] > p for r in of_kind]):.3f} ({np.mean([r[3] for r in of_kind if r[2] > p] or [0]):.3f})" for p in (.5, .6, .7, .8, .9)))
    print_misread(recogniser, terms, drawn, negatives, held + [p for p in ornate if "/ornate/" in p], args.lines, rng)


if __name__ == "__main__":
    main()
