#!/usr/bin/python3
"""Trains the text locator and writes models/text-locator.onnx, or with --marks models/mark-locator.onnx.

usage: train_locator.py DATA TRAIN OUT.onnx [--minutes M] [--seed N] [--device cpu|cuda] [--bf16] [--batch N]
                        [--begin PT|ONNX] [--rate R] [--workers N] [--check PNG] [--marks]

DATA is the folder that scripts/train/setup filled, TRAIN the folder of real lines (or "-"). The network is a small
encoder-decoder in the manner of DB (Liao et al., 2020, "Real-time scene text detection with differentiable binarization"),
with one map of shrunken text lines, and maps for foreign script, handwriting and reading direction beside it. It reads BGR
pixels of any size that is a multiple of 32, (value - 127.5) / 63.75, and answers in cells of 4 x 4 pixels:
channel 0 text, 1 foreign, 2 handwriting (logits), 3 and 4 cosine and sine of the reading direction.
"""
import math
import random
import sys
import time

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional

import inks
import lines
import scenes
import training


def conv(i, o, stride=1):
    return nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(True))


class Locator(nn.Module):
    """`deeper`: three more convolutions where cells are coarse, for letters that fill half a scene."""

    def __init__(self, deeper=False, widths=(8, 16, 32, 64, 96), lateral=24):
        super().__init__()
        a, b, c, d, e = widths
        self.stem = conv(3, a, 2)
        self.four = nn.Sequential(conv(a, b, 2), conv(b, b))
        self.eight = nn.Sequential(conv(b, c, 2), conv(c, c))
        self.sixteen = nn.Sequential(conv(c, d, 2), *[conv(d, d) for _ in range(2 if deeper else 1)])
        self.thirtytwo = nn.Sequential(conv(d, e, 2), *[conv(e, e) for _ in range(3 if deeper else 1)])
        self.lateral = nn.ModuleList([nn.Conv2d(k, lateral, 1) for k in (b, c, d, e)])
        self.head = nn.Sequential(conv(lateral, lateral), nn.Conv2d(lateral, 5, 1))

    def forward(self, x):
        four = self.four(self.stem(x))
        eight = self.eight(four)
        sixteen = self.sixteen(eight)
        y = self.lateral[3](self.thirtytwo(sixteen))
        for level, features in ((2, sixteen), (1, eight), (0, four)):
            y = functional.interpolate(y, scale_factor=2, mode="nearest") + self.lateral[level](features)
        return self.head(y)


def loss_of(out, label):
    core, looked = label[:, scenes.CORE], 1 - label[:, scenes.IGNORE]
    logit = out[:, 0]
    probability = torch.sigmoid(logit) * looked
    entropy = functional.binary_cross_entropy_with_logits(logit, core, reduction="none", pos_weight=torch.tensor(1.5, device=out.device)) * looked
    flat = entropy.flatten(1)  # the hardest cells of every scene count as much as all others together
    hard = flat.topk(flat.shape[1] // 20, dim=1)[0].mean()
    dice = 1 - (2 * (probability * core).sum() + 1) / (probability.sum() + (core * looked).sum() + 1)
    on = (core * looked).sum() + 1
    side = sum((functional.binary_cross_entropy_with_logits(out[:, k], label[:, m], reduction="none") * core * looked).sum() / on
               for k, m in ((1, scenes.FOREIGN), (2, scenes.HAND)))
    known = core * looked * (label[:, scenes.COS].abs() + label[:, scenes.SIN].abs() > 0)
    length = torch.sqrt(out[:, 3] ** 2 + out[:, 4] ** 2 + 1e-4)
    cosine = (out[:, 3] * label[:, scenes.COS] + out[:, 4] * label[:, scenes.SIN]) / length
    direction = ((1 - cosine) * known).sum() / (known.sum() + 1)
    return flat.mean() + .3 * hard + dice + .3 * side + .3 * direction


def marks_of(fonts, words, rng):
    """What stamps and watermarks say, by font: short, mostly capitals, some of them outlined."""
    out = []
    for path in fonts:
        try:
            texts = [" ".join(rng.choice(words[rng.random() < .5]) for _ in range(rng.choice((1, 1, 2, 3)))) for _ in range(4)]
            made = [inks.font_ink(path, text.upper() if rng.random() < .8 else text.title(), "print", size=rng.choice((48, 64))) for text in texts]
        except Exception:  # a font that cannot draw these letters
            continue
        made = [ink if rng.random() < .85 else ink._replace(mask=lines.hollow(ink.mask, rng)) for ink in made if ink]
        if made:
            out.append(made)
    return out


def pools(data, train, seed, with_marks):
    """Groups of inks, by font, and by source for real writing; of marks, where they are wanted; inks of other scripts."""
    rng = random.Random(seed)
    words = inks.words_of_dictionaries()
    printed, hand = inks.font_files(data + "/npm")
    groups = []
    for paths, kind, number in ((printed, "print", 7), (hand, "hand", 22)):
        for path in paths:
            made = []
            for _ in range(number):
                try:
                    made.append(inks.font_ink(path, inks.phrase(rng, words, 1, rng.choice((1, 2, 4, 8))), kind, size=rng.choice((32, 48, 64))))
                except Exception:
                    break
            made = [ink for ink in made if ink]
            if made:
                groups.append(made)
    marks = marks_of(printed, words, rng) if with_marks else []
    if train != "-":
        for source, most in (("dhsd_german_words", 1500), ("testaments_poilus", 1000), ("peraire_notebooks", 700), ("stanford_memorials_1905", 600)):
            real = inks.real_inks(f"{train}/{source}", most, rng)
            groups += [real[i::12] for i in range(12)]
        receipts = inks.real_inks(f"{train}/sroie_receipts", 600, rng)
        groups += [receipts[i::6] for i in range(6)]
    foreign_fonts = inks.foreign_fonts()
    foreign = []
    while len(foreign) < 1500:
        try:
            ink = inks.foreign_ink(rng, foreign_fonts)
        except Exception:
            continue
        if ink:
            foreign.append(ink)
    return groups, marks, foreign


def worker(queue, batch, groups, marks, foreign, backgrounds, seed):
    rng, gen = random.Random(seed), np.random.default_rng(seed)
    maker = scenes.Scenes(groups, marks, foreign, backgrounds, rng, gen)
    while True:
        made = [maker.make() for _ in range(batch)]
        queue.put((np.stack([p for p, _ in made]), np.stack([l for _, l in made])))


def tensors(batch, device):
    pictures = torch.from_numpy(batch[0]).to(device).permute(0, 3, 1, 2).float()
    return (pictures - 127.5) / 63.75, torch.from_numpy(batch[1]).to(device)


def score(net, batches, device):
    """Precision and recall of text cells, accuracy of the side maps on them, mean error of the direction in degrees."""
    net.eval()
    hit = found = there = foreign = hand = 0
    angles = []
    with torch.no_grad():
        for batch in batches:
            x, y = tensors(batch, device)
            out = net(x)
            text, core = (out[:, 0] > 0) & (y[:, 1] == 0), y[:, 0] > 0
            hit, found, there = hit + (text & core).sum().item(), found + text.sum().item(), there + core.sum().item()
            foreign += ((out[:, 1] > 0) == (y[:, 2] > 0))[core].sum().item()
            hand += ((out[:, 2] > 0) == (y[:, 3] > 0))[core].sum().item()
            known = core & (y[:, 4].abs() + y[:, 5].abs() > 0)
            turn = torch.atan2(out[:, 4], out[:, 3]) - torch.atan2(y[:, 5], y[:, 4])
            angles.append(torch.atan2(torch.sin(turn), torch.cos(turn)).abs()[known].cpu())
    net.train()
    angles = torch.cat(angles) * 180 / math.pi
    return (f"precision {hit / max(1, found):.3f} recall {hit / max(1, there):.3f} foreign {foreign / max(1, there):.3f} "
            f"hand {hand / max(1, there):.3f} direction off by more than 20 degrees {(angles > 20).float().mean():.3f}")


def main():
    options = training.options(__doc__.split("\n")[0], 90, 16)
    options.add_argument("data")
    options.add_argument("train")
    options.add_argument("out")
    options.add_argument("--marks", action="store_true", help="learn to find stamps and watermarks above all")
    args = options.parse_args()
    cv2.setNumThreads(1)  # before its first use: the processes that draw are forked and would wait for its threads
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    groups, marks, foreign = pools(args.data, args.train, args.seed, args.marks)
    backgrounds = scenes.Backgrounds(args.data + "/pictures")
    print(f"{len(groups)} hands and fonts, {sum(map(len, groups))} lines, {len(foreign)} foreign lines, {len(backgrounds.pictures)} backgrounds", flush=True)
    if args.check:
        maker = scenes.Scenes(groups, marks, foreign, backgrounds, random.Random(args.seed), np.random.default_rng(args.seed))
        rows = []
        begin = time.time()
        made = [maker.make() for _ in range(24)]
        print(f"{24 / (time.time() - begin):.1f} scenes/s")
        for i in range(0, 24, 4):
            row = []
            for picture, label in made[i:i + 4]:
                core = cv2.resize((label[0] * 255).astype(np.uint8), (scenes.SIDE, scenes.SIDE), interpolation=cv2.INTER_NEAREST)
                shown = picture.copy()
                shown[core > 0] = shown[core > 0] // 2 + np.uint8([0, 127, 0])
                row += [picture, shown]
            rows.append(np.hstack(row))
        cv2.imwrite(args.check, np.vstack(rows))
        return
    draw = lambda queue, seed: worker(queue, args.batch, groups, marks, foreign, backgrounds, seed)
    # Other seeds than training for the scenes that measure: the last worker's number never comes up.
    checker = training.Examples(draw, 1, args.seed + 1000, least=12, most=12)
    held = [checker.next() for _ in range(12)]
    checker.close()
    device = torch.device(args.device)
    net = Locator(deeper=args.marks)

    def learnt(net, batch):
        x, y = tensors(batch, device)
        if random.random() < .5:  # upside down is a turn by 180 degrees
            x, y = x.flip(2, 3), y.flip(2, 3)
            y[:, 4:6] *= -1
        return loss_of(net(x * random.uniform(.8, 1.2) + random.uniform(-.2, .2)).float(), y), len(x)

    examples = training.Examples(draw, args.workers, args.seed, least=40, most=400)  # scenes are dear: each is shown often, flipped
    training.learn(net, examples, learnt, lambda net: score(net, held, device), args, args.out,
                   inputs_of=lambda batch: tensors(batch, "cpu")[0], rate=4e-3, warm_up=3000, steady=30000)
    torch.onnx.export(net, torch.zeros(1, 3, 640, 640), args.out, opset_version=11, input_names=["picture"], output_names=["maps"])


if __name__ == "__main__":
    sys.exit(main())
