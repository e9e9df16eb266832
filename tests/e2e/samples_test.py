#!/usr/bin/env python3
"""Recognition floors on samples/, by kind: what is read there now must never be lost unnoticed.

usage: samples_test.py SARING SAMPLES [--show]

Words are counted as the project's scores count them: three letters or more, one edit allowed from five letters. A floor
is set a little below what was measured; raising one is progress, lowering one needs a reason in the commit.
"""
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata

# kind: share of words that must be read
FLOORS = {"letter": 0.97, "slide": 0.97, "board": 0.80, "note": 0.80}


def plain(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", text.casefold())


def one_edit(a, b):
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    return a[i + 1:] == b[i + 1:] or a[i:] == b[i + 1:] or a[i + 1:] == b[i:]


def is_read(word, words):
    return word in words or (len(word) >= 5 and any(one_edit(word, other) for other in words))


def inside(quad, around, slack):
    xs, ys = [p[0] for p in around], [p[1] for p in around]
    cx, cy = sum(p[0] for p in quad) / 4, sum(p[1] for p in quad) / 4
    return min(xs) - slack <= cx <= max(xs) + slack and min(ys) - slack <= cy <= max(ys) + slack


def main():
    saring, folder = sys.argv[1:3]
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as stream:
        truth = json.load(stream)
    requests = "".join(json.dumps({"id": e["file"], "path": os.path.join(folder, e["file"])}) + "\n" for e in truth)
    done = subprocess.run([saring, "worker"], input=requests.encode(), capture_output=True, check=True)
    results = {a["id"]: a.get("result") for a in map(json.loads, done.stdout.splitlines())}
    read, wanted, wrong = collections.Counter(), collections.Counter(), []
    for entry in truth:
        result = results[entry["file"]]
        if result is None:
            wrong.append(f"{entry['file']}: not read at all")
            continue
        words = set(plain(" ".join(line["text"] for page in result["pages"] for line in page["lines"])))
        asked = [w for text in entry["must_find"] for w in plain(text) if len(w) >= 3 and any(c.isalpha() for c in w)]
        missed = [w for w in asked if not is_read(w, words)]
        read[entry["kind"]] += len(asked) - len(missed)
        wanted[entry["kind"]] += len(asked)
        if result["verdict"] not in entry["verdict"].split(" or "):
            wrong.append(f"{entry['file']}: {result['verdict']}, should be {entry['verdict']}")
        if entry["marker_quad"] and entry["kind"] in ("letter", "slide") and "review or" not in entry["verdict"]:
            quads = [q for f in result["findings"] for q in f["quads"]]
            if not any(inside(q, entry["marker_quad"], 12) for q in quads):
                wrong.append(f"{entry['file']}: the marker is not pointed at")
        if "--show" in sys.argv:
            print(f"{entry['file']:34s}{result['verdict']:7s} missed {missed}")
    for kind, floor in FLOORS.items():
        share = read[kind] / wanted[kind]
        print(f"{kind:8s}{read[kind]:5d}/{wanted[kind]:<5d}{share:.3f} (floor {floor})")
        if share < floor:
            wrong.append(f"{kind}: {share:.3f} of the words read, floor {floor}")
    print("\n".join(wrong) or "all floors hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
