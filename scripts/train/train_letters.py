#!/usr/bin/python3
"""Counts which letter follows which and writes models/letter-model.bin, the language model of the recogniser's decoding.

usage: train_letters.py DATA TRAIN OUT.bin [--order N] [--least N]

DATA is the folder that scripts/train/setup filled (its texts/ holds running text in Indonesian and English, out of Debian
packages), TRAIN the folder of real lines (or "-"), of which the transcripts in Indonesian and English are read.

A model of letters with interpolated Witten-Bell smoothing (Chen and Goodman, "An empirical study of smoothing techniques for
language modeling", 1998, section 2.2.6) in the form of Katz: a sign that was seen after a context has a probability of its own,
any other one that after the shorter context times what the context leaves over. What was seen fewer than --least times after
contexts of three signs and more is left out. Signs are SIGNS: small letters, 0 for any digit, . for any other mark.

The file, little-endian: "SLM1", the number of signs and the order as bytes, two bytes of nought; then for every length of
n-gram from 1 to the order the number of its n-grams (4 bytes), their keys (4 bytes each, ascending: the signs as digits of a
number in base len(SIGNS)), their log-probabilities and what they leave over as contexts (a byte each: 16 times minus the natural
logarithm, 255 for anything below).
"""
import argparse
import collections
import glob
import gzip
import html
import math
import os
import re
import unicodedata

import numpy as np

import inks

SIGNS = " abcdefghijklmnopqrstuvwxyz0."
STEPS = 16  # of a quantised logarithm, to one
ENGLISH = ("stanford_memorials_1905", "icdar2015_words", "sroie_receipts")
HELD = 40  # every so many-th line of a text only measures


def folded(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "".join(c if "a" <= c <= "z" else "0" if c.isdigit() else " " if c.isspace() else "." for c in text)


def lines_of_html(source):
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", source)
    body = re.sub(r"<(p|li|h\d|td|th|div|br)\b", "\n<", body)
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split("\n")


def texts(data):
    """Running text, line by line."""
    for path in sorted(glob.glob(data + "/texts/usr/share/games/fortunes/*")):
        if not path.endswith((".dat", ".u8")):
            with open(path, encoding="utf-8", errors="ignore") as lines:
                yield from lines
    for path in sorted(glob.glob(data + "/texts/usr/share/libreoffice/help/id/text/**/*.html", recursive=True)):
        with open(path, encoding="utf-8", errors="ignore") as source:
            yield from lines_of_html(source.read())
    for path in sorted(glob.glob(data + "/texts/usr/share/debian-reference/*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="ignore") as lines:
            yield from lines


def transcripts(train):
    for source in ENGLISH:
        with open(os.path.join(train, source, "labels.tsv"), encoding="utf-8") as lines:
            yield from (line.split("\t")[1] for line in lines)


def lines_to_learn(data, train):
    """Folded lines with their weights, and lines of the same texts that are held out."""
    learnt, held, seen = [], [], set()
    for number, line in enumerate(texts(data)):
        line = re.sub(" +", " ", folded(line)).strip()
        if sum("a" <= c <= "z" for c in line) >= .6 * max(8, len(line)) and line not in seen:
            seen.add(line)
            (held if number % HELD == 0 else learnt).append(line)
    words = [w for pool in inks.words_of_dictionaries() for w in pool]
    learnt += [folded(w) for w in words]
    if train != "-":
        learnt += [re.sub(" +", " ", folded(line)).strip() for line in transcripts(train)]
    return learnt, held


def counted(lines, order):
    """For every length, the n-grams as keys and how often each was seen."""
    index = {sign: i for i, sign in enumerate(SIGNS)}
    codes = np.array([index[c] for line in lines for c in " " + line + " "], np.uint64)
    starts = np.zeros(len(codes), bool)
    at = np.cumsum([0] + [len(line) + 2 for line in lines])[:-1]
    starts[at] = True
    out = []
    line_of = np.cumsum(starts)
    for length in range(1, order + 1):
        keys = np.zeros(len(codes) - length + 1, np.uint64)
        for i in range(length):
            keys = keys * np.uint64(len(SIGNS)) + codes[i:len(codes) - length + 1 + i]
        whole = line_of[:len(keys)] == line_of[length - 1:]
        out.append(np.unique(keys[whole], return_counts=True))
    return out


class Letters:
    """Log-probabilities and left-over weights by length of n-gram: {key: value}."""

    def __init__(self, counts, least):
        self.order = len(counts)
        base = len(SIGNS)
        self.probability, self.left_over = [], []
        for length, (keys, seen) in enumerate(counts, 1):
            kept = seen >= (least if length > 3 else 1)
            keys, seen = keys[kept], seen[kept].astype(float)
            contexts, where = np.unique(keys // np.uint64(base), return_inverse=True)
            total, kinds = np.bincount(where, seen), np.bincount(where)
            if length == 1:
                probability = (seen + 1) / (seen.sum() + base)
            else:
                tail = keys % np.uint64(base ** (length - 1))
                below = np.array([self.value(int(k), length - 1) for k in tail])
                probability = (seen + kinds[where] * np.exp(below)) / (total + kinds)[where]
                left = dict(zip(contexts.tolist(), np.log(kinds / (total + kinds)).tolist()))
                self.left_over.append(left)
            self.probability.append(dict(zip(keys.tolist(), np.log(probability).tolist())))

    def value(self, key, length):
        """Log-probability of the last sign of `key` after the others."""
        base, out = len(SIGNS), 0.0
        while length > 1:
            if key in self.probability[length - 1]:
                return out + self.probability[length - 1][key]
            out += self.left_over[length - 2].get(key // base, 0.0)
            key %= base ** (length - 1)
            length -= 1
        return out + self.probability[0].get(key, -12.0)

    def perplexity(self, lines):
        index, total, count = {sign: i for i, sign in enumerate(SIGNS)}, 0.0, 0
        for line in lines:
            key, length = 0, 1
            for c in line + " ":
                length = min(length + 1, self.order)
                key = (key * len(SIGNS) + index[c]) % len(SIGNS) ** length
                total += self.value(key, length)
                count += 1
        return math.exp(-total / count)

    def write(self, path):
        quantised = lambda values: np.clip(np.round(-STEPS * np.asarray(values)), 0, 255).astype(np.uint8).tobytes()
        with open(path, "wb") as out:
            out.write(b"SLM1" + bytes((len(SIGNS), self.order, 0, 0)))
            for length, probability in enumerate(self.probability, 1):
                keys = sorted(probability)
                left = self.left_over[length - 1] if length < self.order else {}
                out.write(np.uint32(len(keys)).tobytes() + np.array(keys, np.uint32).tobytes())
                out.write(quantised([probability[k] for k in keys]) + quantised([left.get(k, 0.0) for k in keys]))
        return os.path.getsize(path)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("data")
    options.add_argument("train")
    options.add_argument("out")
    options.add_argument("--order", type=int, default=6)
    options.add_argument("--least", type=int, default=3)
    args = options.parse_args()
    learnt, held = lines_to_learn(args.data, args.train)
    letters = Letters(counted(learnt, args.order), args.least)
    size = letters.write(args.out)
    print(f"{len(learnt)} lines with {sum(map(len, learnt))} signs; n-grams by length: {[len(p) for p in letters.probability]}; {size} bytes")
    print(f"perplexity per sign of {len(held)} lines held out: {letters.perplexity(held[:4000]):.2f}")


if __name__ == "__main__":
    main()
