#!/usr/bin/python3
"""Trains the line recogniser and writes models/line-recogniser.onnx.

usage: train_recogniser.py DATA TRAIN RULES OUT.onnx [--minutes M] [--seed N] [--device cpu|cuda] [--bf16] [--batch N]
                           [--begin PT|ONNX] [--rate R] [--workers N] [--check PNG]

DATA is the folder that scripts/train/setup filled, TRAIN the folder of real lines (or "-"), RULES the folder of rule packs,
whose terms are written among everyday words. The network is a convolutional CTC recogniser (Graves et al., 2006,
"Connectionist temporal classification"; dilated convolutions along the line in place of a recurrent layer). It reads a grey
line of 32 pixels height and any width that is a multiple of 8, dark on bright, -1 to 1, and answers 1 x C x 1 x (width / 4)
logits: class 0 is CTC's blank, class k the sign k - 1 of lines.ALPHABET.
"""
import glob
import os
import random
import time
import tomllib

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

import inks
import lines
import scenes
import training

HELD_FONTS = ("architects-daughter", "nothing-you-could-do", "gochi-hand", "schoolbell", "reenie-beanie")
SOURCES = ("dhsd_german_words", "icdar2015_words", "sroie_receipts", "stanford_memorials_1905", "testaments_poilus", "peraire_notebooks")


def conv(i, o, stride=1):
    return nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(True))


class Along(nn.Module):
    """A residual step along the line that sees `dilation` times five frames."""

    def __init__(self, width, dilation):
        super().__init__()
        self.step = nn.Sequential(nn.Conv2d(width, width, (1, 5), padding=(0, 2 * dilation), dilation=(1, dilation), groups=width, bias=False),
                                  nn.BatchNorm2d(width), nn.Conv2d(width, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(True))

    def forward(self, x):
        return x + self.step(x)


class Recogniser(nn.Module):
    def __init__(self, classes=len(lines.ALPHABET) + 1, width=320):
        super().__init__()
        self.strokes = nn.Sequential(conv(1, 24, 2), conv(24, 56), nn.MaxPool2d(2, 2), conv(56, 112), conv(112, 112), nn.MaxPool2d((2, 1), (2, 1)),
                                     conv(112, 160), conv(160, 160), nn.MaxPool2d((2, 1), (2, 1)), conv(160, width),
                                     nn.Conv2d(width, width, (2, 1), bias=False), nn.BatchNorm2d(width), nn.ReLU(True))
        self.along = nn.Sequential(*[Along(width, d) for d in (1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 1)], nn.Dropout(.1))
        self.signs = nn.Conv2d(width, classes, 1)

    def forward(self, x):
        return self.signs(self.along(self.strokes(x)))  # N, C, 1, T: OpenCV 4.6 would freeze the width of a squeezed one


def tensor(pictures):
    width = (max(p.shape[1] for p in pictures) + 7) // 8 * 8
    out = np.ones((len(pictures), 1, lines.HEIGHT, width), np.float32)
    for i, picture in enumerate(pictures):
        out[i, 0, :, :picture.shape[1]] = picture
    return torch.from_numpy(out)


def generate(queue, maker_of, seed, batch):
    maker = maker_of(random.Random(seed), np.random.default_rng(seed))
    while True:
        made = sorted((maker.example() for _ in range(batch * 8)), key=lambda m: m[0].shape[1])
        for i in range(0, len(made), batch):
            queue.put(made[i:i + batch])


def read_greedily(logits):
    out = []
    for row in logits[:, :, 0].argmax(1).numpy():
        out.append("".join(lines.ALPHABET[k - 1] for i, k in enumerate(row) if k and (i == 0 or row[i - 1] != k)))
    return out


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def error_rate(net, examples, device):
    """Character errors per character of the truth."""
    net.eval()
    wrong = signs = 0
    with torch.no_grad():
        for i in range(0, len(examples), 32):
            part = examples[i:i + 32]
            logits = net(tensor([p for p, _ in part]).to(device)).cpu()
            for read, (_, text) in zip(read_greedily(logits), part):
                wrong += distance(read.strip().lower(), text.lower())
                signs += len(text)
    net.train()
    return wrong / max(1, signs)


def rule_terms(folder):
    """The terms that are looked for by their shape: of markers, unless a rule says otherwise."""
    out = set()
    for path in sorted(glob.glob(folder + "/*.toml")):
        with open(path, "rb") as stream:
            for rule in tomllib.load(stream).get("rule", []):
                if rule.get("spot", rule["category"] == "marker"):
                    out.update(rule.get("terms", []))
    return sorted(t for t in out if all(c in lines.INDEX for c in t.lower()))


def main():
    options = training.options(__doc__.split("\n")[0], 100, 48)
    options.add_argument("data")
    options.add_argument("train")
    options.add_argument("rules")
    options.add_argument("out")
    args = options.parse_args()
    cv2.setNumThreads(1)  # before its first use: the processes that draw are forked and would wait for its threads
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    words, terms = inks.words_of_dictionaries(), rule_terms(args.rules)
    printed, hand = inks.font_files(args.data + "/npm")
    held = [p for p in hand if any(n in p for n in HELD_FONTS)]
    hand = [p for p in hand if p not in held]
    real = [] if args.train == "-" else [row for s in SOURCES for row in inks.real_greys(os.path.join(args.train, s), 10 ** 6, rng)]
    foreign = inks.foreign_fonts()
    backgrounds = scenes.Backgrounds(args.data + "/pictures")
    print(f"{len(printed)} printed fonts, {len(hand)} handwritten, {len(held)} held out, {len(real)} real lines, {len(terms)} terms", flush=True)

    def maker_of(chance, gen):
        return lines.Lines(printed, hand, real, terms, words, backgrounds, foreign, chance, gen)

    maker = maker_of(rng, np.random.default_rng(args.seed))
    if args.check:
        rows, begin = [], time.time()
        for _ in range(40):
            picture, text = maker.example()
            print(text)
            row = np.full((lines.HEIGHT + 4, lines.WIDEST), 128, np.uint8)
            row[2:-2, :picture.shape[1]] = ((picture.astype(np.float32) + 1) * 127.5).astype(np.uint8)
            rows.append(row)
        print(f"{40 / (time.time() - begin):.0f} lines/s")
        cv2.imwrite(args.check, np.vstack(rows))
        return
    measured = {}
    quiet = lines.Lines(printed, held, [], terms, words, None, None, random.Random(7), np.random.default_rng(7))
    strange = lines.Lines(printed, held, [], terms, words, None, foreign, random.Random(8), np.random.default_rng(8))
    other_scripts = []
    while len(other_scripts) < 60:
        ink = inks.foreign_ink(strange.rng, foreign)
        made = strange.finished(ink, lines.FOREIGN * len(ink.text.replace(" ", ""))) if ink else None
        if made:
            other_scripts.append(made)
    measured["other scripts"] = other_scripts
    drawn = []
    while len(drawn) < 200:  # held-out fonts
        text = quiet.text()
        ink = inks.font_ink(quiet.rng.choice(held), text, "hand")
        picture = ink and lines.folded(text) and lines.cut(ink.mask, ink.top, ink.bottom, quiet.rng)
        if picture is not None and picture is not False and len(picture):
            drawn.append((lines.as_input(lines.on_paper(picture.astype(np.float32) / 255, quiet.rng, quiet.gen)), lines.folded(text)))
    measured["held-out fonts"] = drawn
    for source in SOURCES + ("copiste_dun_jour",) if args.train != "-" else ():
        rows = inks.real_greys(os.path.join(args.train, source), 100, random.Random(3), heldout=True)
        measured[source] = [m for m in map(quiet.measured, rows) if m]

    net = Recogniser()
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    device = torch.device(args.device)

    def loss_of(net, batch):
        seen = tensor([p for p, _ in batch]).to(device)
        stretch = 1.0
        if random.random() < .6:  # shown again, a batch differs a little from what it was
            stretch = round(seen.shape[3] * random.uniform(.92, 1.2) / 8) * 8 / seen.shape[3]
            seen = functional.interpolate(seen, (lines.HEIGHT, round(seen.shape[3] * stretch)), mode="bilinear", align_corners=False)
            seen = seen.roll(random.choice((-1, 0, 0, 1)), 2) * random.uniform(.85, 1.05)
        out = net(seen.contiguous(memory_format=torch.channels_last)).float()
        targets = torch.tensor([lines.INDEX[c] for _, text in batch for c in text])
        lengths = torch.tensor([len(text) for _, text in batch])
        frames = torch.tensor([int(p.shape[1] * stretch) // 4 for p, _ in batch]).clamp(max=out.shape[3])
        signs = out[:, :, 0].permute(2, 0, 1).log_softmax(2)
        return functional.ctc_loss(signs, targets.to(device), frames, lengths, zero_infinity=True), len(batch)

    def measure(net):
        return "  ".join(f"{name} {error_rate(net, examples, device):.3f}" for name, examples in measured.items())

    examples = training.Examples(lambda queue, seed: generate(queue, maker_of, seed, args.batch), args.workers, args.seed, least=30, most=2500)
    training.learn(net, examples, loss_of, measure, args, args.out,
                   inputs_of=lambda batch: tensor([p for p, _ in batch]), rate=3e-3, warm_up=8000, steady=60000)
    torch.onnx.export(net, torch.zeros(1, 1, lines.HEIGHT, 256), args.out, opset_version=11, input_names=["line"], output_names=["signs"])


if __name__ == "__main__":
    main()
